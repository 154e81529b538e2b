# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whatever happens to a write, nothing is lost, made twice, leaked or left unsaid, and the next run does the rest."""

from __future__ import annotations

import collections

import pytest
from ansible_collections.community.auth0.plugins.module_utils._kinds import CONFIGURED_KINDS
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind
from ansible_collections.community.auth0.tests.faults import table
from ansible_collections.community.auth0.tests.faults.cells import CELLS, World
from ansible_collections.community.auth0.tests.faults.scenarios import SCENARIOS, Scenario
from ansible_collections.community.auth0.tests.faults.tenant import FaultyTenant, Memory

Furnished = tuple[FaultyTenant, Memory, dict[str, str]]


@pytest.mark.parametrize("kind", CONFIGURED_KINDS, ids=repr)
def test_each_way_to_write_an_object_of_a_kind_has_a_row(kind: Kind) -> None:
    found = {scenario.name for scenario in SCENARIOS if scenario.module == f"auth0_{kind.name}"}
    assert found >= ({"change"} if kind.standing else {"create", "change", "delete"})


@pytest.mark.parametrize("scenario", SCENARIOS, ids=str)
def test_what_a_killed_run_has_left_the_next_one_does(furnished: Furnished, scenario: Scenario) -> None:
    """At each of its writes, once before it arrives and once after."""
    world = World(*furnished, scenario)
    wrong = [
        f"{write}, {'arrived' if performed else 'not arrived'}: {found}"
        for number, write in enumerate(world.writes)
        for performed in (False, True)
        for found in world.killed(number, performed)
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=str)
def test_whatever_happens_to_a_write_the_end_is_true_and_the_next_run_does_the_rest(
    furnished: Furnished, scenario: Scenario, request: pytest.FixtureRequest
) -> None:
    world = World(*furnished, scenario)
    wrong = collections.defaultdict(list)
    rows = []
    for number, write in enumerate(world.writes):
        ends = {}
        for trouble, reads in CELLS[(number + SCENARIOS.index(scenario)) % scenario.share :: scenario.share]:
            ends[trouble, reads], found = world.end(number, trouble, reads)
            if found:
                *words, first = found
                wrong["; ".join(words)].append(f"{number} {write} / {trouble.name} / {reads.name} ({first})")
        rows.append(table.row(str(scenario), write, ends))
    assert not wrong, "\n".join(
        f"{len(places)} times {words}\n  such as {places[0]}" for words, places in wrong.items()
    )
    document = table.DOCUMENT.read_text()
    if request.config.getoption("--fix"):
        table.DOCUMENT.write_text(table.with_rows(document, {str(scenario): rows}, map(str, SCENARIOS)))
    else:
        assert table.rows_of(str(scenario), document) == rows, "write them: nox -s faults -- --fix"


@pytest.mark.parametrize("scenario", SCENARIOS, ids=str)
def test_every_task_comes_to_its_end_in_a_tenant_whose_reads_lag(lagging: Furnished, scenario: Scenario) -> None:
    """As `--lag` of the emulator makes them. That the task succeeds, and the next changes nothing, is seen by World."""
    assert World(*lagging, scenario).writes
