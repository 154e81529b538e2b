# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tests of the playbooks begin with."""

from __future__ import annotations

import typing as t
from pathlib import Path

import pytest

from .support import SMALL, Player, Tenant, emulated


@pytest.fixture
def tenants(tmp_path: Path) -> t.Iterator[list[Tenant]]:
    """Two tenants, as new as tenants can be: dev and prod."""
    with emulated(tmp_path, "dev", "prod") as found:
        yield found


@pytest.fixture
def player(tmp_path: Path) -> Player:
    """Runs playbooks."""
    return Player(tmp_path)


@pytest.fixture
def declared(player: Player, tenants: list[Tenant]) -> Player:
    """A player whose inventory holds both tenants and declares one API, one client and one grant for each."""
    player.declare({tenant.name: tenant.access for tenant in tenants}, **SMALL)
    return player


@pytest.fixture
def provisioned(declared: Player, tenants: list[Tenant]) -> Player:
    """The same, and both tenants hold what is declared."""
    for tenant in tenants:
        tenant.set_up(SMALL)
    return declared
