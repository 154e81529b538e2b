# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A tenant of the emulator for the session, furnished with what declarations refer to."""

from __future__ import annotations

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
def tenant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tenant]:
    """A tenant in a process of its own, which checks what it answers."""
    with emulated(tmp_path_factory.mktemp("emulator"), "contract", arguments=["--check-answers"]) as (row,):
        tenant = Tenant(row)
        try:
            yield tenant
        finally:
            tenant.close()


@pytest.fixture(scope="session")
def surroundings(tenant: Tenant) -> Surroundings:
    """What is there for declarations to refer to."""
    return furnish(tenant)
