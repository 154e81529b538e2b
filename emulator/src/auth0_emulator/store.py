# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The objects of one entity in one tenant, in memory.

All requests run on one event loop and no handler waits between reading and writing, so that every operation here is
atomic: of two simultaneous creations of one identifier the second one finds the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auth0_emulator.entity import Entity, Thing


class Store:
    """Objects by identifier, by a second name and by their unique key, in the order of creation."""

    def __init__(self, entity: Entity) -> None:
        self.entity = entity
        self._things: dict[str, Thing] = {}
        self._ages: dict[str, int] = {}
        self._by_name: dict[str, str] = {}
        self._by_unique: dict[tuple[Any, ...], str] = {}
        self._created = 0
        self._sorted: list[tuple[Any, Thing]] | None = None

    def __len__(self) -> int:
        return len(self._things)

    def __iter__(self) -> Iterator[Thing]:
        return iter(self._things.values())

    def get(self, key: str) -> Thing | None:
        """The object with this identifier."""
        return self._things.get(key)

    def get_by_name(self, name: str) -> Thing | None:
        """The object with this second name."""
        return self._things.get(self._by_name.get(name, ""))

    def twin(self, thing: Thing) -> Thing | None:
        """Another object that holds this one's unique key."""
        key = self._unique_key(thing)
        other = self._by_unique.get(key) if key is not None else None
        return None if other is None or other == thing[self.entity.id_field] else self._things[other]

    def put(self, thing: Thing) -> None:
        """Store a new object, or a new version of one."""
        own = thing[self.entity.id_field]
        self._sorted = None
        self._forget_keys(own)
        if own not in self._things:
            self._created += 1
            self._ages[own] = self._created
        self._things[own] = thing
        if self.entity.also_found_by:
            self._by_name[thing[self.entity.also_found_by]] = own
        key = self._unique_key(thing)
        if key is not None:
            self._by_unique[key] = own

    def remove(self, key: str) -> None:
        """Remove the object with this identifier."""
        self._sorted = None
        self._forget_keys(key)
        del self._things[key]
        del self._ages[key]

    def sorted(self) -> list[tuple[Any, Thing]]:
        """(position, object) in the order of the entity's lists; an object's position never changes."""
        if self._sorted is None:
            order = self.entity.listing.order
            rows = [(order(thing) if order else self._ages[key], thing) for key, thing in self._things.items()]
            self._sorted = sorted(rows, key=lambda row: row[0])
        return self._sorted

    def _unique_key(self, thing: Thing) -> tuple[Any, ...] | None:
        """The values of the unique fields; an object that has none of the last one cannot be a duplicate."""
        unique = self.entity.unique
        return tuple(thing.get(name) for name in unique) if unique and unique[-1] in thing else None

    def _forget_keys(self, own: str) -> None:
        old = self._things.get(own)
        if old is None:
            return
        if self.entity.also_found_by:
            self._by_name.pop(old[self.entity.also_found_by], None)
        key = self._unique_key(old)
        if key is not None:
            self._by_unique.pop(key, None)
