# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Values that no two objects may have: objects take them in an order in which none is held twice at any time."""

from __future__ import annotations

import itertools
from typing import Any

from ansible_collections.community.auth0.plugins.module_utils._engine.changes import Change, Desired, Surroundings
from ansible_collections.community.auth0.plugins.module_utils._engine.reconcile import reconcile
from ansible_collections.community.auth0.plugins.module_utils._engine.unique_values import NoneFree, clashes, turns
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Direct, Kind, Listed
from ansible_collections.community.auth0.plugins.module_utils._kinds.field import Field
from ansible_collections.community.auth0.plugins.module_utils._modules.config.job_order import Turns
from hypothesis import given
from hypothesis import strategies as st

MOST = 7
SEAT = Kind(
    name="seat",
    title="seat",
    path="seats",
    collection="seats",
    id_field="id",
    identity=("name",),
    lookups=(Direct("id"), Listed(match=("name",))),
    checkpoint=False,
    unique=True,
    fields={
        "id": Field(read_only=True),
        "name": Field(required=True),
        "number": Field("int", minimum=1, maximum=MOST, initial=MOST, unique=True),
    },
)

Row = dict[str, Any]
NUMBERS = st.lists(st.integers(1, MOST), max_size=MOST, unique=True)


def seats(numbers: dict[str, int]) -> list[Row]:
    return [{"id": f"id {name}", "name": name, "number": number} for name, number in numbers.items()]


def change(name: str, number: int | None, rows: list[Row]) -> Change:
    """What a declaration comes to; without a number, the object is to be absent."""
    current = next((row for row in rows if row["name"] == name), None)
    fields = {"name": name} if number is None else {"name": name, "number": number}
    return reconcile(Desired(SEAT, fields, present=number is not None), current, Surroundings("urn:management"))


def performed(changes: list[Change], rows: list[Row], backwards: bool) -> dict[str, int]:
    """The numbers after all jobs; what comes at the same time is done one after the other, in one of two orders."""
    order = Turns(turns(SEAT, "number", changes, rows))
    jobs: list[tuple[int, str, int]] = []
    for one in changes:
        if one.predicted is not None and one.action != "none":
            jobs += [(0, one.desired.name, value) for value in order.detour(one).values()]
            jobs.append((order.place(one), one.desired.name, one.predicted["number"]))
    gone = {one.object_id for one in changes if one.action == "delete"}
    held: dict[str, int] = {row["name"]: row["number"] for row in rows if row["id"] not in gone}
    for dummy, wave in itertools.groupby(sorted(jobs, key=lambda job: job[0]), key=lambda job: job[0]):
        for dummy, name, number in reversed(list(wave)) if backwards else wave:
            assert number not in {other for owner, other in held.items() if owner != name}
            held[name] = number
    return held


@given(before=NUMBERS, after=NUMBERS, backwards=st.booleans())
def test_no_value_is_held_twice_at_any_time(before: list[int], after: list[int], backwards: bool) -> None:
    names = [f"seat {number}" for number in range(MOST)]
    rows = seats(dict(zip(names, before, strict=False)))
    wanted = dict(zip(names, after, strict=False))
    changes = [change(name, wanted.get(name), rows) for name in names[: max(len(before), len(after))]]
    assert not list(clashes(SEAT, "number", changes, rows))
    try:
        assert performed(changes, rows, backwards) == wanted
    except NoneFree as error:
        assert {*before, *after} == set(range(1, MOST + 1))
        places = [(rows[names.index(one.desired.name)]["number"], wanted[one.desired.name]) for one in error.changes]
        assert {old for old, dummy in places} == {new for dummy, new in places}


@given(before=NUMBERS, wanted=st.lists(st.integers(1, MOST), min_size=1, max_size=3))
def test_what_would_be_held_twice_is_a_clash(before: list[int], wanted: list[int]) -> None:
    """Objects of the tenant that are not declared keep their values."""
    rows = seats({f"other {number}": number for number in before})
    changes = [change(f"seat {place}", number, rows) for place, number in enumerate(wanted)]
    found = list(clashes(SEAT, "number", changes, rows))
    assert {one.value for one in found} == set(wanted) & set(before) | {one for one in wanted if wanted.count(one) > 1}
    assert all((one.row is None) != (one.other is None) for one in found)


def test_a_declaration_that_changes_nothing_is_not_blamed_for_what_another_one_takes() -> None:
    rows = seats({"a": 1, "b": 2})
    changes = [change("b", 1, rows), change("a", 1, rows)]
    (found,) = clashes(SEAT, "number", changes, rows)
    assert (found.change.desired.name, found.other.desired.name if found.other else None) == ("b", "a")
