# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Declarations and a tenant → the changes that are needed, in the order in which they can be applied. Pure but for the
look-ups."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._errors import (
    InvalidOptions,
    Missing,
    Refused,
    named,
)
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS, dependants_of
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind

from .changes import Change, Desired, Surroundings
from .declarations import Declarations
from .dependency import in_order_of_dependency
from .in_use import Use, refuse_in_use, uses_of
from .look_up import LookUp, Rows
from .membership import Membership, defined_by, memberships, refusal, undefined
from .reconcile import reconcile
from .references import Index, Object, Reference, all_at, replaced, resolve
from .unique_values import Clash, NoneFree, Turn, clashes, takes, turns, unique_fields


@dataclasses.dataclass(frozen=True)
class Plan:
    """changes: in the order in which to apply them. assumed: what has to be true by then and is not yet, in words.
    warnings: what could not be looked at, in words."""

    changes: tuple[Change, ...]
    assumed: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def plan(desired: t.Sequence[Desired], look_up: LookUp, surroundings: Surroundings, assume: bool = False) -> Plan:
    """Compare declarations with a tenant.

    assume: whether something that is neither in the tenant nor declared may be taken to come into being elsewhere, and
    something that is in the way to vanish, as in check mode, where an earlier task would have seen to it; it is listed
    in the plan then.
    Raises InvalidOptions, Refused, Ambiguous or Missing before anything is written, for several mistakes InvalidOptions
    that names them all; and what the look-ups raise.
    """
    planning = Planning(look_up, surroundings, assume, lone=len(desired) == 1)
    planning.add(desired)
    return planning.finished()


class Planning(Declarations):
    """Adds declarations to a plan and collects the mistakes in them.

    names_of: what a user calls an object of the tenant, by the fields of its identity. lone: there is one declaration,
    and nothing else that is written beside it. changes: in the order in which to apply them.
    """

    def __init__(
        self,
        look_up: LookUp,
        surroundings: Surroundings,
        assume: bool,
        names_of: t.Callable[[Kind, Object], t.Mapping[str, str]] | None = None,
        lone: bool = False,
    ) -> None:
        super().__init__()
        self._look_up = look_up
        self._surroundings = surroundings
        self._assume = assume
        self._names_of = names_of
        self._lone = lone
        self.changes: list[Change] = []
        self._assumed: list[str] = []
        #: Those that leave an object in the tenant, by any of its fields.
        self._present = Index()
        #: Those that take an object from the tenant, by any of its fields.
        self._removed = Index()
        #: All changes, by the ids and by the identities of their objects.
        self._by_id: dict[tuple[str, str], Change] = {}
        self._defined: dict[tuple[str, t.Any], frozenset[str]] = {}
        #: In which order objects get values of which no two may have the same.
        self.turns: list[Turn] = []
        self._rows = Rows(look_up)
        #: What is removed, by what may refer to it, and why that is not known.
        self._unsure: dict[tuple[str, str], list[str]] = {}

    def finished(self) -> Plan:
        """The plan. Raises what the declarations lead to: one mistake as it is, several in one, with their code where
        they have the same."""
        if len(self.problems) == 1 and self.problems[0][0] is None:
            raise self.problems[0][1]
        if self.problems:
            bullets = "\n".join("  - %s" % line.replace("\n", "\n    ") for line in self.sentences)
            codes = {error.code for dummy, error in self.problems}
            code = codes.pop() if len(codes) == 1 else "invalid_options"
            raise InvalidOptions("The declarations are not valid; nothing was written:\n%s" % bullets, code)
        return Plan(tuple(self.changes), tuple(dict.fromkeys(self._assumed)), self.warnings)

    def add(self, desired: t.Sequence[Desired]) -> None:
        """Plan for declarations. Raises what the look-ups raise."""
        for item in in_order_of_dependency(self.valid(desired)):
            with self.collecting(item.where):
                self._add(item)
                continue
            self.distrust(item)
        for kind in {change.kind.name: change.kind for change in self.changes}.values():
            for name in unique_fields(kind):
                self._share_out(kind, name)

    def _share_out(self, kind: Kind, name: str) -> None:
        """See to it that no two objects have the same value of a field, at any time.

        The server refuses a lone change in time, without a look at all objects.
        """
        changes = [change for change in self.changes if change.kind is kind]
        takers = [change for change in changes if takes(change, name)]
        if not takers or (self._lone and not self._assume):
            return
        rows = self._rows.of(kind)
        clashing = list(clashes(kind, name, changes, rows))
        for clash in clashing:
            with self.collecting(clash.change.desired.where):
                self._refuse_clash(clash)
        if clashing:
            return
        try:
            self.turns.extend(turns(kind, name, changes, rows))
        except NoneFree as error:
            with self.collecting(error.changes[0].desired.where):
                raise Refused(
                    "%s exchange their %s, and no other one is free for the time being. Free one first."
                    % (named(change.desired.label for change in error.changes), name),
                    "conflict",
                ) from None

    def _refuse_clash(self, clash: Clash) -> None:
        label = clash.change.desired.label
        if clash.other is not None:
            where = clash.other.desired.where
            raise InvalidOptions(
                "%s has the %s %s, and so has %s%s. Give them different ones."
                % (label, clash.name, clash.value, clash.other.desired.label, " (%s)" % where if where else "")
            )
        other = removal_of(clash.change.kind, clash.row or {}, self._names_of).label
        if not self._assume:
            raise Refused(
                "%s would have the %s %s, which %s has. Choose another one, or change or remove that first, or in the "
                "same configuration by an entry of its own: what prune deletes goes last."
                % (label, clash.name, clash.value, other),
                "conflict",
            )
        self._assumed.append("%s no longer has the %s %s" % (other, clash.name, clash.value))

    def _add(self, desired: Desired) -> None:
        known = self._resolved(desired)
        if known.present:
            self.refuse_removed(known.label, references_of(known))
        current = self._look_up.find(known.kind, known.identity) if known.findable else None
        if current is None and known.previous_name is not None:
            current = self._look_up.find(known.kind, {"name": known.previous_name})
            if current is not None:
                known = dataclasses.replace(known, object_id=known.kind.id_of(current))
        change = reconcile(known, current, self._surroundings)
        if change.object_id is not None:
            other = self._by_id.setdefault((change.kind.name, change.object_id), change)
            if other is not change:
                raise self._second(desired, other.desired)
        for membership in memberships(change):
            self._check(change, membership)
        if change.action == "delete":
            for removal in self._removals_before(change):
                self._by_id[removal.kind.name, str(removal.object_id)] = removal
                self._removed.add(removal.kind, removal.current or {}, removal)
                self.changes.append(removal)
            self._removed.add(change.kind, change.current or {}, change)
        if change.predicted is not None:
            self._present.add(change.kind, {**change.desired.known_fields, **change.predicted}, change)
        self.changes.append(change)

    def _resolved(self, desired: Desired) -> Desired:
        """The same with each reference replaced by its value where that is known."""
        if not desired.unresolved:
            return desired

        def value_of(reference: Reference) -> t.Any:
            value = resolve(reference, lambda kind, identity: self._found(kind, identity, desired))
            if value is None and desired.present:
                self.miss(reference, desired.label)
            return reference if value is None else value

        return dataclasses.replace(desired, fields=replaced(dict(desired.fields), value_of))

    def planned(self, kind: Kind, identity: Object) -> Change | None:
        """The change that leaves an object of that identity in the tenant, where there is one in this plan."""
        return next(iter(self._present.find(kind, identity)), None)

    def is_removed(self, kind: Kind, object_id: str) -> bool:
        """Whether the plan removes an object."""
        change = self._by_id.get((kind.name, object_id))
        return change is not None and change.action == "delete"

    def change_of(self, kind: Kind, object_id: str) -> Change | None:
        """What the plan does with an object, None for nothing."""
        return self._by_id.get((kind.name, object_id))

    def _found(self, kind: Kind, identity: Object, desired: Desired, whole: bool = False) -> Object | None:
        """An object to which a declaration refers, as it will be in this plan or as it is in the tenant."""
        planned = self.planned(kind, identity)
        if planned is not None:
            return planned.predicted
        if desired.present:
            self.refuse_removed(desired.label, [(kind, identity)])
        return self._look_up.find(kind, identity, whole=whole)

    def refuse_removed(self, label: str, references: t.Iterable[tuple[Kind, Object]]) -> None:
        """Refuse what must be there and refers to something that the plan removes. label: what it is, in words.

        Raises InvalidOptions that names the first.
        """
        for kind, identity in references:
            if self._removed.find(kind, identity) and self.planned(kind, identity) is None:
                raise InvalidOptions(
                    "%s refers to the %s %s, which is declared with state: absent."
                    % (label, kind.title, " ".join(str(value) for value in identity.values()))
                )

    def _removals_before(self, change: Change) -> list[Change]:
        """What has to go before an object that is removed, since Auth0 would leave it behind.

        Raises Refused that names it, unless it is declared to go as well, and what refers to the object, unless that
        is declared to go, or to refer to something else.
        """
        label = change.desired.label
        uses = self._known_uses(change)
        words = [self.label_of(use) for use in uses]
        removals = [
            reconcile(removal_of(kind, row, self._names_of), row, self._surroundings)
            for kind, name in dependants_of(change.kind)
            for object_id, row in self._dependants(kind, name, change).items()
            if not self.is_removed(kind, object_id)
        ]
        left = [] if change.desired.with_dependants else [removal.desired.label for removal in removals]
        if self._assume:
            self._assumed.extend("%s is gone" % other for other in left)
            self._assumed.extend("%s no longer refers to %s" % (use, label) for use in words)
        else:
            refuse_in_use(label, left, words, all(use.refers.keyed_by for use in uses))
        return [] if left else removals

    def _known_uses(self, change: Change) -> list[Use]:
        """What refers to the object of a removal. What is not known is warned of."""
        found = []
        for use in self.uses(change.desired, change.current or {}):
            if use.unknown is None:
                found.append(use)
            else:
                self._unsure.setdefault((use.label(), use.unknown), []).append(change.desired.label)
        return found

    def uses(self, desired: Desired, current: Object) -> list[Use]:
        """What refers to an object that is declared absent, so that it must not go, and still does after this plan."""
        return [
            use
            for use in uses_of(desired.kind, current, self._rows.of, desired.with_dependants)
            if not self._lets_go(use)
            and not self.is_mistaken(use.kind, use.identity)
            and not (use.item is not None and self.is_removed(use.kind, use.kind.id_of(use.item)))
        ]

    def _lets_go(self, use: Use) -> bool:
        """Whether what is always there is declared to refer to something else, or to nothing."""
        if not use.kind.standing:
            return False
        identity = {} if use.kind.single or use.item is None else {use.kind.id_field: use.kind.id_of(use.item)}
        top = use.path.partition(".")[0]
        for declared in self._declared.find(use.kind, identity):
            named = top in declared.fields or top in declared.clear
            return named and top not in declared.additive and use.value not in all_at(dict(declared.fields), use.path)
        return False

    def label_of(self, use: Use) -> str:
        """What refers to an object, in words."""
        return use.label(self._names_of(use.kind, use.item) if self._names_of and use.item else None)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is not known of the removals, in words."""
        return tuple(
            "Whether %s refers to %s is not known: %s" % (label, named(removed), why)
            for (label, why), removed in self._unsure.items()
        )

    def _dependants(self, kind: Kind, name: str, change: Change) -> dict[str, Object]:
        """The objects of a kind, by their ids, that refer to the object of a change by their field of that name."""
        refers = kind.fields[name].refers
        if refers is None or change.current is None:
            return {}
        value = refers.held(change.current[refers.field])
        rows = self._look_up.list(kind, {name: value} if name in kind.filters else {})
        return {kind.id_of(row): row for row in rows if row.get(name) == value}

    def _check(self, change: Change, membership: Membership) -> None:
        owner = membership.owner
        if self.is_mistaken(owner.kind, owner.identity):
            return
        key = (owner.kind.name, owner)
        if key not in self._defined:
            other = self._found(owner.kind, owner.identity, change.desired, whole=True)
            if other is None:
                self.miss(owner, change.desired.label, membership.rule.reference)
                return
            self._defined[key] = defined_by(membership, other)
        problem = undefined(membership, self._defined[key])
        if problem:
            raise refusal(change.desired.label, membership, [problem])

    def miss(self, reference: Reference, subject: str, option: str | None = None) -> None:
        """What something refers to is not there: that is assumed to change, or else a mistake.

        subject: what refers to it, in words. option: by which it does. Raises Missing.
        """
        if self.is_mistaken(reference.kind, reference.identity):
            return
        if not self._assume:
            raise Missing(reference.missing(subject, option))
        self._assumed.append(reference.label)


def references_of(desired: Desired) -> t.Iterator[tuple[Kind, Object]]:
    """The objects to which a declaration refers by known values, each with the field that has the value."""
    for path, refers in desired.kind.references.items():
        for held in all_at(dict(desired.fields), path):
            value = None if isinstance(held, Reference) else refers.value_in(held)
            if value is not None:
                yield KINDS[refers.kind], {refers.field: value}


def removal_of(
    kind: Kind, row: Object, names_of: t.Callable[[Kind, Object], t.Mapping[str, str]] | None = None
) -> Desired:
    """The declaration that an object must be absent.

    names_of: what a user calls it, by the fields of its identity; without, it is called by what identifies it.
    """
    names = names_of(kind, row) if names_of else {}
    fields = {name: row[name] for name in names or kind.identity if row.get(name) is not None}
    return Desired(kind, fields, object_id=kind.id_of(row), present=False, names=names)
