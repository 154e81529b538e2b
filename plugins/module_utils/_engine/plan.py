# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""A list of declarations → a list of changes, across objects that do not exist yet. Pure but for the look-ups."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions, Missing, Refused
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS, dependants_of
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind

from .reconcile import (
    Change,
    Desired,
    Membership,
    Object,
    Pending,
    Surroundings,
    check_membership,
    in_order_of_dependency,
    memberships,
    reconcile,
    validate_declaration,
)


class LookUp(t.Protocol):
    """The door to the tenant: reading only."""

    def find(self, kind: Kind, identity: Object, whole: bool = True) -> Object | None:
        """The object of that identity, or None. whole: False when its identity and id are enough."""

    def list(self, kind: Kind, query: Object | None = None) -> t.Iterator[Object]:
        """All objects of a kind that fit the query."""


#: How many of the objects that stand in the way of a removal are named.
_NAMED = 20


@dataclasses.dataclass(frozen=True)
class Plan:
    """changes: in the order in which to apply them. assumed: what has to be true by then and is not yet, in words."""

    changes: tuple[Change, ...]
    assumed: tuple[str, ...]


def plan(desired: t.Sequence[Desired], look_up: LookUp, surroundings: Surroundings, assume: bool = False) -> Plan:
    """Compare declarations with a tenant.

    assume: whether something that is neither in the tenant nor declared may be taken to come into being elsewhere, and
    something that is in the way to vanish, as in check mode, where an earlier task would have seen to it; it is listed
    in the plan then.
    Raises InvalidOptions, Refused, Ambiguous or Missing before anything is written, and what the look-ups raise.
    """
    return _Planning(look_up, surroundings, assume).plan(desired)


class _Planning:
    def __init__(self, look_up: LookUp, surroundings: Surroundings, assume: bool) -> None:
        self._look_up = look_up
        self._surroundings = surroundings
        self._assume = assume
        self._changes: list[Change] = []
        self._assumed: list[str] = []

    def plan(self, desired: t.Sequence[Desired]) -> Plan:
        for item in desired:
            validate_declaration(item)
        for item in in_order_of_dependency(desired):
            known = self._resolved(item)
            current = None if known.pending else self._look_up.find(known.kind, known.identity)
            change = reconcile(known, current, self._surroundings)
            self._refuse_second(change)
            for membership in memberships(change):
                self._check(change, membership)
            if change.action == "delete":
                self._changes.extend(self._removals_before(change))
            self._changes.append(change)
        return Plan(tuple(self._changes), tuple(dict.fromkeys(self._assumed)))

    def _resolved(self, desired: Desired) -> Desired:
        """The same with each reference replaced by its value where that is known."""
        fields = dict(desired.fields)
        for name, value in desired.fields.items():
            if isinstance(value, Pending):
                planned = self._planned(value.kind, {value.by: value.value})
                if planned and planned.object_id is None:
                    continue
                found = planned.predicted if planned else self._found(value.kind, {value.by: value.value}, desired)
                if found is not None:
                    fields[name] = found[value.field]
                elif desired.present:
                    self._miss(
                        "%s %r" % (KINDS[value.kind].title, value.value),
                        "%s refers to the %s %r, which is not in this tenant. Create it first, or correct the %s."
                        % (desired.label, KINDS[value.kind].title, value.value, value.by),
                    )
        return dataclasses.replace(desired, fields=fields)

    def _planned(self, kind: str, identity: Object) -> Change | None:
        """The change that leaves an object of that identity in the tenant, where there is one in this plan."""
        for change in self._changes:
            item = change.predicted
            if change.kind.name == kind and item is not None and all(item.get(k) == v for k, v in identity.items()):
                return change
        return None

    def _found(self, kind: str, identity: Object, desired: Desired, whole: bool = False) -> Object | None:
        """An object in the tenant that a declaration refers to, unless the same plan removes it."""
        found = self._look_up.find(KINDS[kind], identity, whole=whole)
        if found is not None and desired.present:
            removed = [change for change in self._changes if change.kind.name == kind and change.action == "delete"]
            if any(change.object_id == str(found[change.kind.id_field]) for change in removed):
                raise InvalidOptions(
                    "%s is to be there, but what it refers to, the %s %s, is to be removed."
                    % (desired.label, KINDS[kind].title, " ".join(str(value) for value in identity.values()))
                )
        return found

    def _refuse_second(self, change: Change) -> None:
        """Two declarations of one object would undo each other, and the second was compared with what is no more."""
        kind = change.kind
        for other in self._changes:
            same_id = change.object_id is not None and change.object_id == other.object_id
            same_name = change.desired.object_id is None and change.desired.identity == other.desired.identity
            if other.kind is kind and (same_id or same_name):
                raise InvalidOptions("%s is declared more than once." % change.desired.label)

    def _removals_before(self, change: Change) -> list[Change]:
        """What has to go before an object that is removed, since Auth0 would leave it behind.

        Raises Refused that names it, unless it is to go as well.
        """
        removals = [
            reconcile(_removal_of(kind, row), row, self._surroundings)
            for kind, name in dependants_of(change.kind)
            for object_id, row in self._dependants(kind, name, change).items()
            if not any(other.kind is kind and other.object_id == object_id for other in self._changes)
        ]
        if change.desired.with_dependants or not removals:
            return removals
        labels = [removal.desired.label for removal in removals]
        if not self._assume:
            more = len(labels) - _NAMED
            raise Refused(
                "%s still has what Auth0 would leave behind: %s%s. Remove that first, or declare force: true to have "
                "it removed, too."
                % (change.desired.label, ", ".join(labels[:_NAMED]), " and %d more" % more if more > 0 else ""),
                "has_dependants",
            )
        self._assumed.extend("%s is gone" % label for label in labels)
        return []

    def _dependants(self, kind: Kind, name: str, change: Change) -> dict[str, Object]:
        """The objects of a kind, by their ids, that refer to the object of a change by their field of that name."""
        refers = kind.fields[name].refers
        if refers is None or change.current is None:
            return {}
        value = change.current[refers.field]
        rows = self._look_up.list(kind, {name: value} if name in kind.filters else {})
        return {str(row[kind.id_field]): row for row in rows if row.get(name) == value}

    def _check(self, change: Change, membership: Membership) -> None:
        planned = self._planned(membership.reference, membership.identity)
        kind = KINDS[membership.reference]
        other = (
            planned.predicted
            if planned
            else self._found(membership.reference, membership.identity, change.desired, whole=True)
        )
        if other is not None:
            check_membership(change, membership, other, kind.title)
            return
        name = " ".join(str(value) for value in membership.identity.values())
        self._miss(
            "%s %s" % (kind.title, name),
            "%s refers to the %s %s, which is not in this tenant. Create it first, or correct the %s."
            % (change.desired.label, kind.title, name, membership.rule.reference),
        )

    def _miss(self, what: str, message: str) -> None:
        if not self._assume:
            raise Missing(message)
        self._assumed.append(what)


def _removal_of(kind: Kind, row: Object) -> Desired:
    """The declaration that an object is to be gone, which is called by what identifies it."""
    fields = {name: row[name] for name in kind.identity if row.get(name) is not None}
    return Desired(kind, fields, object_id=str(row[kind.id_field]), present=False)
