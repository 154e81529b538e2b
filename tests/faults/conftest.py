# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from collections.abc import Iterator

import pytest
from ansible_collections.community.auth0.plugins.plugin_utils.direct import module_work
from ansible_collections.community.auth0.tests.faults.clocks import clocked
from ansible_collections.community.auth0.tests.faults.scenarios import READERS, SCENARIOS, furnish
from ansible_collections.community.auth0.tests.faults.tenant import LAG, FaultyTenant, Memory
from auth0_emulator.state.tenant import Choices


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fix", action="store_true", help="write docs/faults.md")


Furnished = tuple[FaultyTenant, Memory, dict[str, str]]


def _furnished(choices: Choices) -> Iterator[Furnished]:
    for scenario in (*SCENARIOS, *READERS):
        module_work(scenario.module)
    tenant = FaultyTenant(choices)
    ids = furnish(tenant)
    with clocked(tenant.clock):
        yield tenant, tenant.remember(), ids


@pytest.fixture(scope="session")
def furnished() -> Iterator[Furnished]:
    """A tenant, what it holds, and the ids of that. Its clock is that of the collection."""
    yield from _furnished(Choices())


@pytest.fixture
def lagging() -> Iterator[Furnished]:
    """The same, where for some seconds nothing new can be read, and no new secret is accepted."""
    yield from _furnished(Choices(lag=LAG))
