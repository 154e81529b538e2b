# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tests of the playbooks begin with."""

from __future__ import annotations

import contextlib
import dataclasses
import typing as t
from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling

from .support import SMALL, Player, Tenant, emulated

#: How many tenants one emulator has. It starts in the same time with two, and nobody waits for it before each test.
IN_STOCK = 60

#: Modules whose tests share runs, so that one process has to run all of them: the others would make the same runs.
SHARING_RUNS = ("test_export.py", "test_mistakes.py", "test_tenants.py")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--door", choices=["controller", "module"], help="where modules do their work (test_doors has both)"
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--door") == "module":
        Player.door = ("--extra-vars", "auth0_direct=false")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: t.Any) -> LoadScopeScheduling:
    """What deals the tests out to processes. The marks of --dist=loadgroup have no effect with pytest 9.2."""

    class Scheduler(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            module = nodeid.split("::")[0]
            return module if module.endswith(SHARING_RUNS) else nodeid

    return Scheduler(config, log)


@pytest.fixture(scope="session")
def new_tenants(tmp_path_factory: pytest.TempPathFactory) -> t.Iterator[t.Iterator[Tenant]]:
    """Tenants that nobody has used, as many as are wanted."""
    with contextlib.ExitStack() as emulators:

        def made() -> t.Iterator[Tenant]:
            while True:
                names = [f"t{number}" for number in range(IN_STOCK)]
                yield from emulators.enter_context(emulated(tmp_path_factory.mktemp("emulator"), *names))

        yield made()


@pytest.fixture
def tenants(new_tenants: t.Iterator[Tenant]) -> list[Tenant]:
    """Two tenants, as new as tenants can be: dev and prod."""
    return [dataclasses.replace(next(new_tenants), name=name) for name in ("dev", "prod")]


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
