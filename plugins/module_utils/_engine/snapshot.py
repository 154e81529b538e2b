# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""What a tenant holds, read once: each kind that is needed from its list, or by single reads where those are fewer."""

from __future__ import annotations

import dataclasses
import functools
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._errors import ApiError
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Direct, Kind

from .management import ManagementClient, ambiguous
from .references import Index, Object
from .refusals import is_of_plan
from .selection import query_for

#: Does several things, each with a tenant of its own, and returns what they return, in order.
SideBySide = t.Callable[[t.Sequence[t.Callable[[ManagementClient], t.Any]]], t.Sequence[t.Any]]


@dataclasses.dataclass(frozen=True)
class Need:
    """What is needed of a kind: the objects of these identities, or all (``whole``).

    A Reference in an identity stands for a value that will be known when the object is looked up.
    """

    kind: Kind
    identities: tuple[Object, ...] = ()
    whole: bool = False

    @property
    def single_reads(self) -> bool:
        """Whether each of the objects can be read with one request."""
        return not self.whole and all(_way(self.kind, identity) for identity in self.identities)


#: The most objects that are searched for one by one instead of reading the rest of a list. Each costs two requests.
MOST_SOUGHT = 10


@dataclasses.dataclass(frozen=True)
class _Read:
    """What was read for a need. whole: whether those are all. sought: the identities that were searched for.
    refused: why the tenant has nothing of the kind, where its plan does not include it."""

    rows: t.Sequence[Object]
    whole: bool = False
    sought: tuple[Object, ...] = ()
    refused: ApiError | None = None


def _way(kind: Kind, identity: Object) -> bool:
    """Whether one request finds an object of that identity, whatever else the tenant holds."""
    if kind.standing:
        return True
    for way in kind.lookups:
        if isinstance(way, Direct):
            if identity.get(way.field) is not None:
                return True
        elif all(name in identity for name in way.match):
            return any(identity[name] is not None for name in way.query)
    return False


def _sought(need: Need, tenant: ManagementClient) -> _Read | None:
    """What the server's search finds of the objects that are needed; None where it does not find each of them."""
    named = list({tuple(one.items()): one for one in need.identities if not _way(need.kind, one)}.values())
    if not named or len(named) > MOST_SOUGHT:
        return None
    found: list[Object] = []
    for identity in named:
        rows = tenant.sought(need.kind, identity)
        if not rows:
            return None
        found.extend(rows)
    return _Read(found, sought=tuple(named))


def _parts_of(need: Need) -> t.Sequence[Need]:
    """What can be read side by side for a need: a list is one, and so is each object that is in no list."""
    if not need.kind.standing:
        return [need]
    keys = need.kind.keys if need.whole else [need.kind.id_of(identity) for identity in need.identities]
    return [Need(need.kind, ({need.kind.id_field: key},)) for key in dict.fromkeys(keys)]


class Snapshot:
    """The objects of a tenant, as the planner looks them up. Read by ``load``, or when they are first asked for.

    not_in_plan: is told of kinds that the tenant's plan does not include, which count as empty then. Without it, the
    refusal to list them is raised.
    """

    def __init__(
        self,
        tenant: ManagementClient,
        side_by_side: SideBySide,
        not_in_plan: t.Callable[[Kind, ApiError], None] | None = None,
    ) -> None:
        self._tenant = tenant
        self._not_in_plan = not_in_plan
        self._side_by_side = side_by_side
        self._rows: dict[str, dict[str, Object]] = {}
        self._index = Index()
        #: The kinds of which all objects are known.
        self._whole: set[str] = set()
        self._read: dict[tuple[str, tuple[t.Any, ...]], Object | None] = {}
        self._sought: set[tuple[str, tuple[t.Any, ...]]] = set()

    def load(self, needs: t.Sequence[Need]) -> None:
        """Read what is needed, the kinds side by side. Raises what the requests raise."""
        parts = [part for need in needs for part in _parts_of(need)]
        work = [functools.partial(self._pages_in_plan, part) for part in parts]
        for part, read in zip(parts, self._side_by_side(work), strict=True):
            if read.refused is not None and self._not_in_plan is not None:
                self._not_in_plan(part.kind, read.refused)
            self._take(part.kind, read.rows, read.whole)
            self._sought.update((part.kind.name, tuple(identity.items())) for identity in read.sought)
            if part.kind.standing and not read.rows:
                self._read[part.kind.name, tuple(part.identities[0].items())] = None
        self._whole.update(need.kind.name for need in needs if need.kind.standing and need.whole)

    def _pages_in_plan(self, need: Need, tenant: ManagementClient) -> _Read:
        try:
            return self._pages(need, tenant)
        except ApiError as error:
            if self._not_in_plan is None or not is_of_plan(error):
                raise
            return _Read((), whole=True, refused=error)

    @staticmethod
    def _pages(need: Need, tenant: ManagementClient) -> _Read:
        """The rows of a list, as far as they are needed."""
        if need.kind.standing:
            found = [tenant.find(need.kind, identity) for identity in need.identities]
            return _Read([row for row in found if row is not None], need.kind.single)
        rows: list[Object] = []
        known: set[str] = set()
        for number, page in enumerate(tenant.pages(need.kind, query_for(need.kind, {})), 1):
            rows.extend(row for row in page.rows if need.kind.id_of(row) not in known)
            known.update(need.kind.id_of(row) for row in page.rows)
            if page.left == 0:
                break
            if number == 1 and not need.whole:
                sought = _sought(need, tenant)
                if sought:
                    return dataclasses.replace(sought, rows=[*rows, *sought.rows])
            if not need.single_reads:
                continue
            index = Index()
            for row in rows:
                index.add(need.kind, row, row)
            missing = [identity for identity in need.identities if not index.find(need.kind, identity)]
            # Where it is not known how many pages are to come, those that came are the best guess.
            if len(missing) < page.left if page.left is not None else len(missing) <= 2 * number:
                return _Read(rows)
        return _Read(rows, whole=True)

    def _take(self, kind: Kind, rows: t.Iterable[Object], whole: bool) -> None:
        known = self._rows.setdefault(kind.name, {})
        for row in rows:
            if kind.id_of(row) not in known:
                known[kind.id_of(row)] = row
                self._index.add(kind, row, row)
        if whole:
            self._whole.add(kind.name)

    def find(self, kind: Kind, identity: Object, whole: bool = True) -> Object | None:
        """The object of that identity, or None. Raises Ambiguous when several fit, and what the requests raise."""
        object_id = "" if kind.single else identity.get(kind.id_field)
        if object_id is not None:
            known = self._rows.get(kind.name, {}).get(str(object_id))
            return known if known is not None else self._single(kind, {kind.id_field: object_id})
        sought = (kind.name, tuple(identity.items())) in self._sought
        if kind.name not in self._whole and not sought and not _way(kind, identity):
            self.load([Need(kind, whole=True)])
        found = self._index.find(kind, identity)
        if len(found) > 1:
            raise ambiguous(kind, identity, found)
        if found:
            return t.cast("Object", found[0])
        return None if kind.name in self._whole else self._single(kind, identity)

    def known(self, kind: Kind, identity: Object) -> Object | None:
        """The object of that identity, as far as it was read already."""
        return next(iter(self._index.find(kind, identity)), None)

    def _single(self, kind: Kind, identity: Object) -> Object | None:
        """An object that the lists do not hold, as far as they were read."""
        key = (kind.name, tuple(identity.items()))
        if key not in self._read:
            found = self._tenant.find(kind, identity)
            self._read[key] = found
            if found is not None:
                self._take(kind, [found], whole=False)
        return self._read[key]

    def list(self, kind: Kind, query: Object | None = None) -> t.Iterator[Object]:
        """All objects of a kind in which the fields that the query names have those values."""
        if kind.name in self._whole:
            return iter(self._index.find(kind, query or {}))
        return self._tenant.list(kind, {**query_for(kind, {}), **(query or {})})

    def all(self, kind: Kind) -> t.Sequence[Object]:
        """All objects of a kind. Raises what the requests raise."""
        if kind.name not in self._whole:
            self.load([Need(kind, whole=True)])
        return tuple(self._rows[kind.name].values())
