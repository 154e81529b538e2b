# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Answers of another shape: anything may stand in the place of anything, and nothing ends in a traceback."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from ansible_collections.community.auth0.tests.faults.cells import Stage
from ansible_collections.community.auth0.tests.faults.scenarios import READERS, SCENARIOS, Scenario
from ansible_collections.community.auth0.tests.faults.tenant import FaultyTenant, Memory

Furnished = tuple[FaultyTenant, Memory, dict[str, str]]
#: Where something stands in an answer.
Place = tuple[str | int, ...]

ODD: tuple[Any, ...] = (
    *(None, True, 7, -1, 10**40, 1e308),
    *("text", "", "2026", "\ud800"),
    *([], {}, [1], [None], [[]], [{}], {"a": 1}, {"id": 5}),
)
#: How many of the places and values are tried in each scenario.
TRIED = 40


def places(answer: Any, here: Place = ()) -> Iterator[Place]:
    """All places in an answer, and of each list the first two items."""
    yield here
    inner = answer.items() if isinstance(answer, dict) else enumerate(answer[:2]) if isinstance(answer, list) else ()
    for name, value in inner:
        yield from places(value, (*here, name))


@pytest.mark.parametrize("scenario", [*SCENARIOS, *READERS], ids=str)
def test_no_answer_of_another_shape_ends_in_a_traceback(furnished: Furnished, scenario: Scenario) -> None:
    stage = Stage(*furnished, scenario)
    cells = [
        (number, place, odd) for number, answer in enumerate(stage.answers()) for place in places(answer) for odd in ODD
    ]
    wrong = []
    for number, place, odd in random.Random(str(scenario)).sample(cells, min(TRIED, len(cells))):
        wrong += [f"{number} {place} {odd!r}: {found}" for found in stage.answered(number, place, odd)]
    assert not wrong, "\n".join(wrong)
