# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""A configuration and a tenant → all changes, in waves, or all mistakes."""

from __future__ import annotations

import collections
import dataclasses
import datetime
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._engine.changes import Change, Desired, Surroundings
from ansible_collections.community.auth0.plugins.module_utils._engine.management import ManagementClient
from ansible_collections.community.auth0.plugins.module_utils._engine.membership import (
    defined_by,
    memberships,
    stale_members,
    undefined,
)
from ansible_collections.community.auth0.plugins.module_utils._engine.plan import Planning, references_of
from ansible_collections.community.auth0.plugins.module_utils._engine.references import (
    Index,
    Object,
    Reference,
    all_at,
    replaced,
)
from ansible_collections.community.auth0.plugins.module_utils._engine.snapshot import Need, Snapshot
from ansible_collections.community.auth0.plugins.module_utils._engine.unique_values import takes, unique_fields
from ansible_collections.community.auth0.plugins.module_utils._engine.waves import Job, Key, Workers
from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions, Refused
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS, dependants_of
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind
from ansible_collections.community.auth0.plugins.module_utils._task.arguments import Spec

from ..kind_options import desired_from
from .entries import Entry, Problem
from .jobs import Jobs
from .part import Context, Part, PartChange
from .parts import PARTS
from .prune import find_pruned


def traffic_spec() -> Spec:
    """The options that say how much a task may ask of a tenant at a time."""
    return {
        "concurrency": {"type": "int", "default": 4},
        "rate_limit": {"type": "float"},
        "rate_reserve": {"type": "float", "default": 0.25},
    }


@dataclasses.dataclass(frozen=True)
class PlannedConfig:
    """changes: of all declared objects and of what goes with them, in the order in which they are applied.

    parts: what changes beside the objects' own fields. removals: what is pruned. waves: the jobs of all that.
    detours: by jobs among these, changes to values that objects have for the time being, until another job is done.
    assumed, warnings: sentences for the user.
    undeclared: by kind, the names of what the tenant holds and the configuration does not declare.
    """

    changes: tuple[Change, ...]
    parts: tuple[PartChange, ...]
    removals: tuple[Change, ...]
    waves: tuple[tuple[Job, ...], ...] = dataclasses.field(repr=False)
    detours: t.Mapping[Key, Change] = dataclasses.field(default_factory=dict, repr=False)
    assumed: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    undeclared: t.Mapping[str, list[str]] = dataclasses.field(default_factory=dict)


def plan_config(
    entries: t.Sequence[Entry],
    problems: t.Sequence[Problem],
    tenant: ManagementClient,
    workers: Workers,
    surroundings: Surroundings,
    now: datetime.datetime,
    check_mode: bool,
    prune: Object | None,
    listed: t.Sequence[Kind],
    secrets_returned: bool = False,
    mistaken: t.Sequence[Entry] = (),
) -> PlannedConfig:
    """Compare a configuration with a tenant, which is read once.

    problems: mistakes that are known already. prune: what the configuration owns. listed: the kinds of which it is
    said what is not declared. secrets_returned: the user gets to know the secrets that are made up. mistaken: the
    entries that have mistakes, as far as they are right.
    Raises InvalidOptions that reports all mistakes, and what the requests raise; nothing is written.
    """
    planning = _ConfigPlanning(tenant, workers, surroundings, now, check_mode, secrets_returned)
    return planning.plan(entries, problems, prune, listed, mistaken)


def declared_of(entry: Entry) -> Desired:
    """What an entry declares."""
    desired = desired_from(entry.kind, entry.params)
    return dataclasses.replace(desired, where=entry.where, previous_name=entry.params.get("previous_name"))


class _ConfigPlanning:
    def __init__(
        self,
        tenant: ManagementClient,
        workers: Workers,
        surroundings: Surroundings,
        now: datetime.datetime,
        check_mode: bool,
        secrets_returned: bool,
    ) -> None:
        self._workers = workers
        self._surroundings = surroundings
        self._snapshot = Snapshot(tenant, workers.each)
        self._planning = Planning(self._snapshot, surroundings, check_mode, self._known_names_of)
        self._warnings: list[str] = []
        self._context = Context(
            self._planning, self._snapshot, surroundings, Index(), now, check_mode, secrets_returned
        )

    def plan(
        self,
        entries: t.Sequence[Entry],
        problems: t.Sequence[Problem],
        prune: Object | None,
        listed: t.Sequence[Kind],
        mistaken: t.Sequence[Entry],
    ) -> PlannedConfig:
        self._planning.problems.extend(problems)
        for entry in mistaken:
            self._planning.distrust(declared_of(entry))
        declared = list(zip(entries, _by_declared_ids([declared_of(entry) for entry in entries]), strict=True))
        owned = [kind for kind in KINDS.values() if prune and prune.get(kind.collection) is not None]
        self._snapshot.load(list(_needs([desired for dummy, desired in declared], owned, listed)))
        adjusted = [(entry, self._adjusted(entry, desired)) for entry, desired in declared]
        self._planning.add([desired for dummy, desired in adjusted])
        changes = tuple(self._planning.changes)
        for change in changes:
            with self._planning.collecting(change.desired.where):
                self._refuse_missing(change)
        by_place = {change.desired.where: change for change in changes}
        parts = tuple(self._parts([(entry, by_place.get(entry.where)) for entry, dummy in adjusted]))
        for change in changes:
            with self._planning.collecting(change.desired.where):
                self._refuse_stale(change)
                self._warn_of_kept(change)
        removals: tuple[Change, ...] = ()
        warnings: tuple[str, ...] = ()
        in_use = self._in_use(changes, entries)
        if prune is not None:
            with self._planning.collecting("prune"):
                pruned = find_pruned(prune, self._snapshot, self._planning, in_use, self._surroundings, self._names_of)
                removals, warnings = pruned.removals, pruned.warnings
                _refuse_awaited(removals, changes)
        planned = self._planning.finished()
        context = self._context
        jobs = Jobs(self._planning, self._surroundings, context.made, context.secrets_returned)
        warned = (warning for change in changes for warning in change.warnings)
        waves = jobs.waves(changes, parts, removals)
        return PlannedConfig(
            changes,
            parts,
            removals,
            waves,
            jobs.detours,
            planned.assumed,
            (*warnings, *planned.warnings, *self._warnings, *warned),
            self._undeclared(listed, in_use),
        )

    def _adjusted(self, entry: Entry, desired: Desired) -> Desired:
        for part in _parts_of(entry):
            with self._planning.collecting(entry.where):
                current = self._snapshot.find(desired.kind, desired.identity) if desired.findable else None
                if current is None and desired.previous_name:
                    current = self._snapshot.find(desired.kind, {"name": desired.previous_name})
                desired = part.adjusted(desired, entry.params, current, self._context)
        return desired

    def _parts(self, entries: t.Sequence[tuple[Entry, Change | None]]) -> t.Iterator[PartChange]:
        """What changes beside the objects' own fields. What is there is read side by side."""
        wanted: list[tuple[Part, Entry, Change]] = []
        reads: list[t.Callable[[ManagementClient], t.Any]] = []
        places: list[int | None] = []
        for entry, change in entries:
            if change is None or not change.desired.present:
                continue
            for part in _parts_of(entry):
                read = part.read(change.current) if change.current is not None else None
                places.append(None if read is None else len(reads))
                reads += [read] if read else []
                wanted.append((part, entry, change))
        held = self._workers.each(reads, "reading what belongs to the objects")
        for (part, entry, change), place in zip(wanted, places, strict=True):
            with self._planning.collecting(entry.where):
                self._planning.refuse_removed(change.desired.label, part.references(entry.params))
                yield from part.plan(change, entry.params, None if place is None else held[place], self._context)

    def _refuse_missing(self, change: Change) -> None:
        """Refuse to create what refers by a value to something that is not there and will not be; or to let what is
        always there do so.

        The tenant would refuse it only after other things were written.
        """
        refers = change.action == "create" or (change.kind.standing and change.action == "update")
        for kind, identity in references_of(change.desired) if refers else ():
            if (
                any(identity.values())
                and not self._planning.planned(kind, identity)
                and not self._snapshot.find(kind, identity, whole=False)
            ):
                self._planning.miss(Reference(kind, identity, kind.id_field), change.desired.label)

    def _refuse_stale(self, change: Change) -> None:
        """Refuse to take from an API what a grant in the tenant still holds, and this run does not change."""
        for stale in stale_members(change, self._holders):
            sentence = stale.sentence(change.desired.label, self.name_of(stale.kind, stale.holder))
            if change.desired.refuses_stale is False:
                self._warnings.append("%s." % sentence)
                continue
            raise InvalidOptions(
                "%s. Change that in the same run, keep the %s, or declare validate_grants: false."
                % (sentence, stale.noun),
                "stale_%s" % stale.noun,
            )

    def _holders(self, kind: Kind, field: str, value: t.Any) -> t.Iterator[Object]:
        """The objects of a kind in which a field has a value, each as it will be."""
        for row in self._snapshot.list(kind, {field: value}):
            planned = self._planning.change_of(kind, kind.id_of(row))
            item = row if planned is None else planned.predicted
            if item is not None:
                yield {**row, **item}

    def _warn_of_kept(self, change: Change) -> None:
        """Say which declared scopes a grant keeps that its API does not define, where that is known by now."""
        for membership in memberships(change, kept=True):
            planned = self._planning.planned(membership.owner.kind, membership.owner.identity)
            other = (
                planned.predicted if planned else self._snapshot.known(membership.owner.kind, membership.owner.identity)
            )
            problem = undefined(membership, defined_by(membership, other)) if other is not None else None
            if problem:
                self._warnings.append("%s: %s" % (change.desired.label, problem.replace("\n", " ")))

    def name_of(self, kind: Kind, row: Object) -> str:
        """What a user calls an object of the tenant."""
        return " / ".join(self._names_of(kind, row).values()) or kind.id_of(row)

    def _names_of(self, kind: Kind, row: Object) -> dict[str, str]:
        """The same by the fields of its identity: names where those hold ids."""
        return self._named_by(kind, row, self._snapshot.find)

    def _known_names_of(self, kind: Kind, row: Object) -> dict[str, str]:
        """The same, as far as the names were read already."""
        return self._named_by(kind, row, self._snapshot.known)

    @staticmethod
    def _named_by(kind: Kind, row: Object, find: t.Callable[[Kind, Object], Object | None]) -> dict[str, str]:
        found = {}
        for name in kind.identity:
            refers = kind.fields[name].refers
            value = row.get(name)
            meant = refers.value_in(value) if refers else None
            if meant is not None and refers and refers.by:
                other = find(KINDS[refers.kind], {refers.field: meant})
                value = (other or {}).get(refers.by) or value
            if value is not None and not kind.fields[name].means_absent(value):
                found[name] = str(value)
        return found

    def _in_use(self, changes: t.Sequence[Change], entries: t.Sequence[Entry]) -> t.Callable[[Kind, Object], bool]:
        """Whether an object is declared, or something that is declared refers to it."""
        declared = {(change.kind.name, change.object_id) for change in changes if change.object_id is not None}
        referred: dict[tuple[str, str], set[t.Any]] = collections.defaultdict(set)
        for change in changes:
            if change.desired.present:
                for path, refers in change.kind.references.items():
                    held = map(refers.value_in, all_at(dict(change.predicted or {}), path))
                    referred[refers.kind, refers.field].update(value for value in held if value is not None)
        for entry in entries:
            for part in _parts_of(entry) if entry.params.get("state", "present") == "present" else ():
                for kind, identity in part.references(entry.params):
                    for name, value in identity.items():
                        referred[kind.name, name].add(value)

        def in_use(kind: Kind, row: Object) -> bool:
            if (kind.name, kind.id_of(row)) in declared:
                return True
            fields = (name for other, name in referred if other == kind.name)
            return any(row.get(name) in referred[kind.name, name] for name in fields)

        return in_use

    def _undeclared(self, kinds: t.Sequence[Kind], in_use: t.Callable[[Kind, Object], bool]) -> dict[str, list[str]]:
        found = {}
        for kind in kinds:
            if kind.standing:
                continue
            flag = kind.system_owned.flag if kind.system_owned else None
            rows = [row for row in self._snapshot.all(kind) if not in_use(kind, row) and not (flag and row.get(flag))]
            found[kind.name] = sorted(self.name_of(kind, row) for row in rows)
        return found


def _refuse_awaited(removals: t.Sequence[Change], changes: t.Sequence[Change]) -> None:
    """Refuse to prune, which comes last, what has a value that something else gets before."""
    for removal in removals:
        for name in unique_fields(removal.kind):
            value = (removal.current or {}).get(name)
            for change in changes:
                if change.kind is removal.kind and takes(change, name) and (change.predicted or {}).get(name) == value:
                    raise Refused(
                        "%s is deleted last, and %s would have its %s %s before. Declare %s with state: absent."
                        % (removal.desired.label, change.desired.label, name, value, removal.desired.label),
                        "conflict",
                    )


def _by_declared_ids(desired: t.Sequence[Desired]) -> list[Desired]:
    """The same, but what refers by a name to an object that is declared with that name and its id refers to this id.

    The tenant may still call that object something else, or have others of the name.
    """
    ids: dict[tuple[str, str, str], set[str]] = collections.defaultdict(set)
    for item in desired:
        for name, value in item.fields.items():
            if item.object_id is not None and isinstance(value, str):
                ids[item.kind.name, name, value].add(item.object_id)

    def meant(reference: Reference) -> Reference:
        if len(reference.identity) != 1:
            return reference
        ((name, given),) = reference.identity.items()
        found = ids.get((reference.kind.name, name, str(given)), set())
        if len(found) != 1:
            return reference
        return dataclasses.replace(reference, identity={reference.kind.id_field: min(found)})

    return [
        dataclasses.replace(item, fields=replaced(dict(item.fields), meant)) if item.unresolved else item
        for item in desired
    ]


def _parts_of(entry: Entry) -> list[Part]:
    return [part for part in PARTS if part.kind is entry.kind and part.declared(entry.params)]


def _needs(desired: t.Sequence[Desired], owned: t.Sequence[Kind], listed: t.Sequence[Kind]) -> t.Iterator[Need]:
    """What has to be read of each kind that is declared, referred to by names, owned, or listed."""
    identities: dict[str, list[Object]] = collections.defaultdict(list)
    wholly = {kind.name for kind in (*owned, *listed)}
    wholly |= {other.name for kind in owned for other, dummy in dependants_of(kind)}
    # What an object is called may be the name of another.
    wholly |= {
        field.refers.kind
        for kind in (*owned, *listed)
        for field in kind.fields.values()
        if field.refers and field.refers.by
    }
    for item in desired:
        identities[item.kind.name].append(item.identity)
        if item.previous_name is not None:
            identities[item.kind.name].append({"name": item.previous_name})
        for reference in item.unresolved:
            identities[reference.kind.name].append(reference.identity)
    for name in dict.fromkeys([*identities, *sorted(wholly)]):
        yield Need(KINDS[name], tuple(identities[name]), name in wholly)
