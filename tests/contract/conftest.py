# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A tenant of the emulator for the session, furnished with what declarations refer to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from ansible_collections.community.auth0.plugins.module_utils._engine import completing
from hypothesis import settings

from .tenant import Surroundings, Tenant, furnish

# Whoever looks for a fault takes more examples: --hypothesis-profile=thorough. No deadline: how long an example takes
# says something about the machine, not about the code.
settings.register_profile("thorough", deadline=None, max_examples=2000)
settings.register_profile("contract", deadline=None)
settings.load_profile("contract")


@pytest.fixture(scope="session", autouse=True)
def no_pauses() -> Iterator[None]:
    """Nothing takes a tenant of a test a while."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(completing, "PAUSES", (0.0,))
        yield


@pytest.fixture(scope="session")
def tenant() -> Tenant:
    """The tenant of most tests."""
    return Tenant("contract")


@pytest.fixture(scope="session")
def signing_tenant() -> Tenant:
    """A tenant whose signing keys come and go, and the tokens that they signed with them."""
    return Tenant("signing")


@pytest.fixture(scope="session")
def surroundings(tenant: Tenant) -> Surroundings:
    """What is there for declarations to refer to."""
    return furnish(tenant)
