# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Values that no two objects of a kind may have: who has one already, and in which order objects take those of others.

Pure.
"""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind

from .changes import Change
from .references import Object


@dataclasses.dataclass(frozen=True)
class Clash:
    """Two objects would have the same value. value: of the field of that name. change: what gives it to an object.
    other: the change whose object has it, too; or row: the object of the tenant that has it and is not declared."""

    change: Change
    name: str
    value: t.Any
    other: Change | None = None
    row: Object | None = None


@dataclasses.dataclass(frozen=True)
class Turn:
    """When a change can give its object a value.

    after: the change by which another object lets go of that value; None where nothing has it.
    meanwhile: the free value that this object takes first, since what waits for its present one comes before it.
    """

    change: Change
    name: str
    after: Change | None = None
    meanwhile: t.Any = None


def unique_fields(kind: Kind) -> tuple[str, ...]:
    return tuple(name for name, field in kind.options.items() if field.unique)


def takes(change: Change, name: str) -> bool:
    """Whether a change gives its object a value of the field."""
    return change.predicted is not None and (change.action == "create" or name in change.sent)


def clashes(kind: Kind, name: str, changes: t.Sequence[Change], rows: t.Iterable[Object]) -> t.Iterator[Clash]:
    """The values that a plan gives to an object while another one has them. rows: all objects of the tenant."""
    owners: dict[t.Any, Change] = {}
    planned = {change.object_id for change in changes}
    present = [change for change in changes if change.predicted is not None]
    # What stays as it is was there first.
    for change in sorted(present, key=lambda change: takes(change, name)):
        value = (change.predicted or {}).get(name)
        other = owners.setdefault(value, change)
        if value is not None and other is not change and takes(change, name):
            yield Clash(change, name, value, other=other)
    for row in rows:
        taker = owners.get(row.get(name))
        if taker is not None and takes(taker, name) and kind.id_of(row) not in planned:
            yield Clash(taker, name, row[name], row=row)


class NoneFree(Exception):
    """Objects have to change places, and no value is free for that. changes: of these objects."""

    def __init__(self, changes: t.Sequence[Change]) -> None:
        super().__init__()
        self.changes = changes


def turns(kind: Kind, name: str, changes: t.Sequence[Change], rows: t.Iterable[Object]) -> list[Turn]:
    """The order in which objects take values that others have now, where there are no clashes. Raises NoneFree."""
    takers = [change for change in changes if takes(change, name)]
    leaving = {_held(change, name): change for change in changes if change.action == "delete" or takes(change, name)}
    leaving.pop(None, None)
    after: dict[int, Change | None] = {}
    for change in takers:
        found = leaving.get((change.predicted or {}).get(name))
        after[id(change)] = None if found is change else found
    held = [row.get(name) for row in rows]
    used = {*held, *((change.predicted or {}).get(name) for change in changes)}
    meanwhile: dict[int, t.Any] = {}
    for ring in _rings(takers, after):
        way = _way_out(kind, name, ring, held, used)
        if way is None:
            raise NoneFree(ring)
        change, value = way
        meanwhile[id(change)] = value
        used.add(value)
    return [Turn(change, name, after[id(change)], meanwhile.get(id(change))) for change in takers]


def _held(change: Change, name: str) -> t.Any:
    return (change.current or {}).get(name)


def _rings(takers: t.Sequence[Change], after: t.Mapping[int, Change | None]) -> t.Iterator[list[Change]]:
    """Changes each of which waits for the next one, and the last for the first."""
    seen: set[int] = set()
    for start in takers:
        path: list[Change] = []
        change: Change | None = start
        while change is not None and id(change) not in seen:
            seen.add(id(change))
            path.append(change)
            change = after.get(id(change))
        places = [place for place, one in enumerate(path) if one is change]
        if places:
            yield path[places[0] :]


def _way_out(
    kind: Kind, name: str, ring: t.Sequence[Change], held: t.Sequence[t.Any], used: t.Collection[t.Any]
) -> tuple[Change, t.Any] | None:
    """Which object of a ring takes a free value first, and which: one that passes as few others as possible on the way,
    since such values are an order."""
    field = kind.fields[name]
    free = [value for value in range(field.minimum or 0, (field.maximum or 0) + 1) if value not in used]
    ways = [
        (
            min(_between(held, value, old), _between(held, value, new)),
            abs(value - new),
            place,
            value,
        )
        for place, change in enumerate(ring)
        for old, new in [(_held(change, name), (change.predicted or {})[name])]
        for value in free
    ]
    if not ways:
        return None
    *dummy, place, value = min(ways)
    return ring[place], value


def _between(held: t.Iterable[t.Any], one: int, other: int) -> int:
    low, high = sorted((one, other))
    return sum(low < value < high for value in held if value is not None)
