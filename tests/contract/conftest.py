# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A tenant of the emulator for the session, furnished with what declarations refer to."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest
from ansible_collections.community.auth0.tests.playbooks.support import emulated
from hypothesis import settings

from .tenant import Surroundings, Tenant, furnish

# Whoever looks for a fault takes more examples: --hypothesis-profile=thorough. No deadline: how long an example takes
# says something about the machine, not about the code.
settings.register_profile("thorough", deadline=None, max_examples=2000)
settings.register_profile("contract", deadline=None)
settings.load_profile("contract")


@pytest.fixture(scope="session")
def tenants(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Tenant]]:
    """Two tenants in a process of their own, which checks what it answers.

    They give tokens with some of the scopes of a grant, since what a module lacks without a scope is tested with those.
    """
    directory = tmp_path_factory.mktemp("emulator")
    with contextlib.ExitStack() as used:
        arguments = ["--check-answers", "--narrow-scopes"]
        rows = used.enter_context(emulated(directory, "contract", "signing", arguments=arguments))
        yield [used.enter_context(contextlib.closing(Tenant(row))) for row in rows]


@pytest.fixture(scope="session")
def tenant(tenants: list[Tenant]) -> Tenant:
    """The tenant of most tests."""
    return tenants[0]


@pytest.fixture(scope="session")
def signing_tenant(tenants: list[Tenant]) -> Tenant:
    """A tenant whose signing keys come and go, and the tokens that they signed with them."""
    return tenants[1]


@pytest.fixture(scope="session")
def surroundings(tenant: Tenant) -> Surroundings:
    """What is there for declarations to refer to."""
    return furnish(tenant)
