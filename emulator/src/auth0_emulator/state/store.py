# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The objects of one kind in one tenant, in memory. A store is made of keys: it knows no entity.

All requests run on one event loop and no handler waits between reading and writing, so that every operation here is
atomic: of two simultaneous creations of one identifier the second one finds the first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from .clock import WALL, Clock

Thing = dict[str, Any]
"""A stored object: its JSON value."""


@dataclass(frozen=True)
class Keys:
    """By which fields a store knows its objects.

    own: the field that identifies an object. second: another field by which one finds it. unique: fields that together
    occur once; an object that has none of the last one cannot be a duplicate. order: the position of an object in
    lists; None is the order of creation.
    """

    own: str = "id"
    second: str | None = None
    unique: tuple[str, ...] = ()
    order: Callable[[Thing], Any] | None = None


class Store:
    """Objects by identifier, by a second name and by their unique key, in the order of creation."""

    def __init__(self, keys: Keys, clock: Clock = WALL) -> None:
        self._keys = keys
        self._clock = clock
        self._things: dict[str, Thing] = {}
        self._numbers: dict[str, int] = {}
        self._births: dict[str, float] = {}
        self._by_name: dict[str, str] = {}
        self._by_unique: dict[tuple[Any, ...], str] = {}
        self._created = 0
        self._sorted: list[tuple[Any, Thing]] | None = None

    def __iter__(self) -> Iterator[Thing]:
        return iter(self._things.values())

    def get(self, key: str) -> Thing | None:
        """The object with this identifier."""
        return self._things.get(key)

    def get_by_name(self, name: str) -> Thing | None:
        """The object with this second name."""
        return self._things.get(self._by_name.get(name, ""))

    def age(self, thing: Thing) -> float:
        """The seconds since an object was created."""
        return self._clock() - self._births[thing[self._keys.own]]

    def twin(self, thing: Thing) -> Thing | None:
        """Another object that holds this one's unique key."""
        key = self._unique_key(thing)
        other = self._by_unique.get(key) if key is not None else None
        return None if other is None or other == thing[self._keys.own] else self._things[other]

    def put(self, thing: Thing, age: float = 0) -> None:
        """Store a new object, or a new version of one. age: how many seconds ago a new one was created."""
        own = thing[self._keys.own]
        self._sorted = None
        self._forget_keys(own)
        if own not in self._things:
            self._created += 1
            self._numbers[own] = self._created
            self._births[own] = self._clock() - age
        self._things[own] = thing
        if self._keys.second:
            self._by_name[thing[self._keys.second]] = own
        key = self._unique_key(thing)
        if key is not None:
            self._by_unique[key] = own

    def remove(self, key: str) -> None:
        """Remove the object with this identifier."""
        self._sorted = None
        self._forget_keys(key)
        del self._things[key]
        del self._numbers[key]
        del self._births[key]

    def sorted(self) -> list[tuple[Any, Thing]]:
        """(position, object) in the order of lists; an object's position never changes."""
        if self._sorted is None:
            order = self._keys.order
            rows = [(order(thing) if order else self._numbers[key], thing) for key, thing in self._things.items()]
            self._sorted = sorted(rows, key=lambda row: row[0])
        return self._sorted

    def _unique_key(self, thing: Thing) -> tuple[Any, ...] | None:
        """The values of the unique fields; an object that has none of the last one cannot be a duplicate."""
        unique = self._keys.unique
        return tuple(thing.get(name) for name in unique) if unique and unique[-1] in thing else None

    def _forget_keys(self, own: str) -> None:
        old = self._things.get(own)
        if old is None:
            return
        if self._keys.second:
            self._by_name.pop(old[self._keys.second], None)
        key = self._unique_key(old)
        if key is not None:
            self._by_unique.pop(key, None)
