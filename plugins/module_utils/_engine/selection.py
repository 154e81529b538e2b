# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""What is asked for → the objects of a tenant that fit. Pure but for the look-ups."""

from __future__ import annotations

import dataclasses
import fnmatch
import functools
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Filter, Kind, Listed
from ansible_collections.community.auth0.plugins.module_utils._kinds.field import Field

from . import value_problems
from .references import Object, Reference, resolve


class Reader(t.Protocol):
    """The door to the tenant: reading only."""

    def find(self, kind: Kind, identity: Object, whole: bool = True) -> Object | None:
        """The object of that identity, or None. whole: False when its identity and id are enough."""

    def directly(self, kind: Kind, field: str, value: str) -> Object | None:
        """The object whose field, one of ``kind.direct``, has that value, or None."""

    def list(self, kind: Kind, query: Object | None = None) -> t.Iterator[Object]:
        """All objects of a kind that fit the query."""


@dataclasses.dataclass(frozen=True)
class Selection:
    """Which objects of a kind are asked for: those that fit everything that is given.

    direct: the field, one of ``kind.direct``, and the value of the only object that can be meant.
    filters: values of ``kind.filters``; a reference to an object by another of its fields is a Reference.
    name: of the objects. name_pattern: what it looks like, a shell pattern.
    """

    kind: Kind
    direct: tuple[str, str] | None = None
    filters: Object = dataclasses.field(default_factory=dict)
    name: str | None = None
    name_pattern: str | None = None


def validate_selection(selection: Selection) -> None:
    """Raise InvalidOptions for what is wrong with a selection in itself, all of it in one message."""
    kind, given = selection.kind, list[tuple[str, Field, t.Any]]()
    if selection.direct:
        name, value = selection.direct
        given.append((name, kind.fields[name], value))
    for name, value in selection.filters.items():
        field = kind.filters[name].field
        if isinstance(value, Reference) and field.refers and field.refers.option:
            given.append((field.refers.option, Field(), value.name))
        else:
            given.append((name, field, value))
    given += [("name", Field(), selection.name), ("name_pattern", Field(), selection.name_pattern)]
    found: list[str] = []
    for name, field, value in given:
        if value in ("", []):
            # What is left out selects everything, so an empty value must not count as left out.
            found.append("%s: is empty; give a value, or leave the option out" % name)
        else:
            found.extend(value_problems.problems(field, value, name))
    if found:
        raise InvalidOptions("The options are not valid:\n%s" % "\n".join("  - %s" % text for text in found))


def select(selection: Selection, tenant: Reader) -> list[Object]:
    """The objects that are asked for, in an order that depends on nothing but them.

    Raises Ambiguous when a reference by name fits several objects, and what the look-ups raise.
    """
    kind = selection.kind
    if selection.direct:
        found = tenant.directly(kind, *selection.direct)
        return [] if found is None else [found]
    query = query_of(selection, tenant)
    return [] if query is None else fitting(selection, tenant.list(kind, query))


def query_of(selection: Selection, tenant: Reader) -> Object | None:
    """What to ask a list of the kind for; None when nothing can fit, as what they refer to does not exist.

    Raises as ``select`` does.
    """
    filters = dict(selection.filters)
    for name, value in selection.filters.items():
        if isinstance(value, Reference):
            filters[name] = resolve(value, lambda kind, identity: tenant.find(kind, identity, whole=False))
            if filters[name] is None:
                return None
    return {**_query_by_name(selection), **query_for(selection.kind, filters)}


def fitting(selection: Selection, rows: t.Iterable[Object]) -> list[Object]:
    """What of a list is asked for, in an order that depends on nothing but the objects."""
    kind = selection.kind
    # By their ids: a list that changes while it is read can hold an object on two pages.
    found = {kind.id_of(row): row for row in rows if _fits(selection, row)}
    return sorted_objects(kind, found.values())


def sorted_objects(kind: Kind, rows: t.Iterable[Object]) -> list[Object]:
    """Objects of a kind in the order in which results show them."""
    found = sorted(rows, key=lambda row: [_text(name, row) for name in (*kind.identity, kind.id_field)])
    for name in reversed(kind.order):
        found.sort(key=functools.partial(_text, name), reverse=True)
    return found


def _text(name: str, row: Object) -> str:
    return str(row.get(name) or "")


def _query_by_name(selection: Selection) -> Object:
    """What the server can make of the name: fewer pages to read where it filters by names."""
    ways = [way for way in selection.kind.lookups if isinstance(way, Listed) and selection.name is not None]
    return {way.query["name"]: selection.name for way in ways if "name" in way.query}


def query_for(kind: Kind, filters: Object) -> Object:
    """The query parameters for a list of a kind that these filters leave."""
    alone = any(kind.filters[name].alone for name in filters)
    query = {}
    for name, declared in kind.filters.items():
        value = filters.get(name, None if alone else declared.otherwise)
        if value is not None:
            query[declared.parameter or name] = _parameter(declared, value)
    return query


def _parameter(declared: Filter, value: t.Any) -> t.Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return ",".join(value) if declared.joined else value


def _fits(selection: Selection, row: Object) -> bool:
    name = _text("name", row)
    return (selection.name is None or name == selection.name) and (
        selection.name_pattern is None or fnmatch.fnmatchcase(name, selection.name_pattern)
    )
