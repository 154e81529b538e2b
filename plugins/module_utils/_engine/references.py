# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Objects that a task names, where what it needs is a value of them. Pure."""

from __future__ import annotations

import dataclasses
import threading
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind
from ansible_collections.community.auth0.plugins.module_utils._kinds.field import Field

Object = t.Mapping[str, t.Any]


@dataclasses.dataclass(frozen=True)
class Reference:
    """An object that a task names, and the field of it that is wanted.

    identity: its id, or the fields that name it; a Reference where one of those holds a value of another object.
    prefix: what stands before the wanted value where it is held.
    """

    kind: Kind
    identity: Object
    field: str
    prefix: str = ""

    def __hash__(self) -> int:
        return hash((self.kind.name, self.field, *self.identity.items()))

    def held(self, value: t.Any) -> t.Any:
        """What is held to refer to the object with that value."""
        return "%s%s" % (self.prefix, value) if self.prefix else value

    @property
    def by_id(self) -> bool:
        """Whether it is named by the id, which only the server assigns."""
        return self.identity.keys() == {self.kind.id_field}

    @property
    def name(self) -> str:
        """What the user calls it."""
        parts = (value.name if isinstance(value, Reference) else value for value in self.identity.values())
        return " / ".join(str(part) for part in parts if part is not None)

    @property
    def label(self) -> str:
        """The same with the kind, for messages."""
        return "%s %s" % (self.kind.title, self.name)

    @property
    def empty_names(self) -> tuple[str, ...]:
        """What of its name is empty, in words."""
        found: list[str] = []
        for name, value in self.identity.items():
            if isinstance(value, Reference):
                found.extend(value.empty_names)
            elif value == "":
                found.append("the %s of the %s is empty" % (name, self.kind.title))
        return tuple(found)

    def missing(self, subject: str | None = None, option: str | None = None) -> str:
        """What to say where there is no such object. subject: what refers to it, in words. option: by which it does."""
        given = option or " and ".join(name for name, value in self.identity.items() if value is not None)
        advice = "Create it first, or correct the %s." % given
        if subject is None:
            return "There is no %s in this tenant. %s" % (self.label, advice)
        return "%s refers to the %s, which is not in this tenant. %s" % (subject, self.label, advice)

    def __str__(self) -> str:
        return known_later(self.label)


def at(item: t.Any, path: str) -> t.Any:
    """What an object holds at a dotted path; None where it holds nothing."""
    for key in path.split("."):
        item = item.get(key) if isinstance(item, dict) else None
    return item


def known_later(label: str) -> str:
    """What is shown in place of an id that the server has not assigned yet. label: the object, with its kind."""
    return "(known once the %s exists)" % label


def resolve(reference: Reference, find: t.Callable[[Kind, Object], Object | None]) -> t.Any:
    """The value of the field that is wanted: None where there is no such object, a Reference where there is one that
    does not have the value yet.

    find: looks an object up. What is named by that very field is taken as it is: whether it exists is not asked.
    """
    identity = {}
    for name, value in reference.identity.items():
        if isinstance(value, Reference):
            value = resolve(value, find)
            if value is None:
                return None
        identity[name] = value
    if identity.keys() == {reference.field}:
        return reference.held(identity[reference.field])
    found = find(reference.kind, identity)
    if found is None:
        return None
    value = found.get(reference.field)
    return dataclasses.replace(reference, identity=identity) if value is None else reference.held(value)


def all_at(item: t.Any, path: str) -> t.Iterator[t.Any]:
    """The values at a path that leads through lists to each of their items."""
    key, dummy, rest = path.partition(".")
    if isinstance(item, list):
        for one in item:
            yield from all_at(one, path)
    elif isinstance(item, dict) and item.get(key) is not None:
        yield from all_at(item[key], rest) if rest else [item[key]]


def references_in(value: t.Any) -> t.Iterator[Reference]:
    """All references in a value, at every depth."""
    if isinstance(value, Reference):
        yield value
    elif isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from references_in(item)


def replaced(value: t.Any, by: t.Callable[[Reference], t.Any]) -> t.Any:
    """A value with something else in place of each reference in it, at every depth."""
    if isinstance(value, Reference):
        return by(value)
    if isinstance(value, dict):
        return {key: replaced(item, by) for key, item in value.items()}
    return [replaced(item, by) for item in value] if isinstance(value, list) else value


class Index:
    """Objects of several kinds, found by any of their fields without going through them all."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._items: dict[str, list[tuple[Object, t.Any]]] = {}
        self._by: dict[tuple[str, tuple[str, ...]], dict[tuple[t.Any, ...], list[t.Any]]] = {}

    def add(self, kind: Kind, item: Object, value: t.Any) -> None:
        """Let ``find`` return a value where it is asked for the object."""
        with self._lock:
            self._items.setdefault(kind.name, []).append((item, value))
            for (name, fields), known in self._by.items():
                if name == kind.name:
                    known.setdefault(_key(kind, fields, item), []).append(value)

    def find(self, kind: Kind, identity: Object) -> t.Sequence[t.Any]:
        """What was added with the objects in which those fields have those values."""
        fields = tuple(identity)
        with self._lock:
            known = self._by.get((kind.name, fields))
            if known is None:
                known = self._by[kind.name, fields] = {}
                for item, value in self._items.get(kind.name, ()):
                    known.setdefault(_key(kind, fields, item), []).append(value)
            return tuple(known.get(_key(kind, fields, identity), ()))


def _key(kind: Kind, fields: tuple[str, ...], item: Object) -> tuple[t.Any, ...]:
    """Values that tell objects apart. What means the same as a field's absence counts as such."""
    return tuple(_compared(kind.fields[name], item.get(name)) for name in fields)


def _compared(field: Field, value: t.Any) -> t.Any:
    if field.means_absent(value):
        return None
    return repr(value) if isinstance(value, (dict, list)) else value
