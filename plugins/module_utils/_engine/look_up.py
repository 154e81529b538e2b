# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""How plans look things up in a tenant."""

from __future__ import annotations

import typing as t

from ansible_collections.community.auth0.plugins.module_utils._errors import ApiError
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind

from .references import Object


class LookUp(t.Protocol):
    """The door to the tenant: reading only."""

    def find(self, kind: Kind, identity: Object, whole: bool = True) -> Object | None:
        """The object of that identity, or None. whole: False when its identity and id are enough."""

    def list(self, kind: Kind, query: Object | None = None) -> t.Iterator[Object]:
        """All objects of a kind that fit the query."""


class Rows:
    """Objects of a tenant that are needed several times, each read once."""

    def __init__(self, look_up: LookUp) -> None:
        self._look_up = look_up
        #: By the kind and the ids; an error where they cannot be read.
        self._known: dict[tuple[str, tuple[str, ...] | None], tuple[Object, ...] | ApiError] = {}

    def of(self, kind: Kind, ids: t.Sequence[str] | None = None) -> tuple[Object, ...]:
        """All objects of a kind; with ids, those of them that are there. Raises what the look-ups raise."""
        key = (kind.name, None if ids is None else tuple(ids))
        if key not in self._known:
            try:
                self._known[key] = tuple(self._read(kind, ids))
            except ApiError as error:
                self._known[key] = error
        found = self._known[key]
        if isinstance(found, ApiError):
            raise found
        return found

    def _read(self, kind: Kind, ids: t.Sequence[str] | None) -> t.Iterator[Object]:
        if ids is None:
            yield from self._look_up.list(kind)
            return
        for one in ids:
            row = self._look_up.find(kind, {kind.id_field: one})
            if row is not None:
                yield row
