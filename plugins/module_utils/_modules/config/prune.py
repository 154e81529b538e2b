# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Which objects of a tenant a configuration owns and no longer declares."""

from __future__ import annotations

import dataclasses
import fnmatch
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._engine.changes import Change, Desired, Surroundings
from ansible_collections.community.auth0.plugins.module_utils._engine.dependency import ranks_of
from ansible_collections.community.auth0.plugins.module_utils._engine.plan import Planning, removal_of
from ansible_collections.community.auth0.plugins.module_utils._engine.reconcile import reconcile
from ansible_collections.community.auth0.plugins.module_utils._engine.references import Object
from ansible_collections.community.auth0.plugins.module_utils._engine.snapshot import Snapshot
from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions, Refused, named
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS, dependants_of
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind
from ansible_collections.community.auth0.plugins.module_utils._kinds.field import Refers
from ansible_collections.community.auth0.plugins.module_utils._task.arguments import Spec, to_string


def prune_options(kinds: t.Iterable[Kind]) -> Spec:
    """The options that say what a configuration owns, for each kind under the name of its list."""
    options: Spec = {"max": {"type": "int"}}
    for kind in kinds:
        owned = _owned_options(kind)
        if owned:
            keep = {"type": "list", "elements": "str", "default": []}
            # It holds patterns and names, whatever Ansible would take its own name for.
            options[kind.collection] = {"type": "dict", "no_log": False, "options": {**owned, "keep": keep}}
    return options


def _owned_options(kind: Kind) -> Spec:
    """The options by which objects of a kind are owned; none where nothing tells one configuration's from another's."""
    if kind.standing:
        return {}
    options: Spec = {"%s_pattern" % name: {"type": "str"} for name in _named_by(kind)}
    if "client_metadata" in kind.fields:
        options["client_metadata"] = {"type": "dict"}
    return {**options, **{name: {"type": "bool", "default": False} for name in _owners(kind)}}


def _named_by(kind: Kind) -> tuple[str, ...]:
    """The fields that people give their objects to tell them apart, of which a pattern can say whose they are."""
    found = [name for name in ("name", "identifier") if name in kind.fields]
    if not found and len(kind.identity) == 1 and not kind.fields[kind.identity[0]].refers:
        found = list(kind.identity)
    return tuple(found)


def _owners(kind: Kind) -> dict[str, tuple[str, Refers]]:
    """Objects without a name of their own are owned with one to which they refer: by option, the field that refers."""
    if kind.named:
        return {}
    refers = {name: kind.fields[name].refers for name in kind.identity}
    return {
        "of_declared_%s" % KINDS[found.kind].titles.lower().replace(" ", "_"): (name, found)
        for name, found in refers.items()
        if found
    }


def prune_mistakes(prune: Object) -> t.Iterator[str]:
    """What is wrong with the option in itself."""
    if prune["max"] is None:
        yield "max is missing. Give the number of objects that one run may delete."
    elif prune["max"] < 0:
        yield "max: %d is less than 0." % prune["max"]
    owned = {name: value for name, value in prune.items() if name != "max" and value is not None}
    if not owned:
        yield "names nothing that this configuration owns. Give one of %s." % ", ".join(
            name for name in prune if name != "max"
        )
    for name, value in owned.items():
        if not any(item for option, item in value.items() if option != "keep"):
            yield "%s: does not say which objects this configuration owns. Give one of %s." % (
                name,
                ", ".join(option for option in value if option != "keep"),
            )
        for key in (key for key, item in (value.get("client_metadata") or {}).items() if item is None):
            yield "%s: client_metadata.%s is null, which no client has. Give its value." % (name, key)


@dataclasses.dataclass(frozen=True)
class Pruned:
    """removals: what is deleted, dependants first. warnings: what is owned and stays, and what fits no object."""

    removals: tuple[Change, ...]
    warnings: tuple[str, ...]


def find_pruned(
    prune: Object,
    snapshot: Snapshot,
    planning: Planning,
    declared: t.Callable[[Kind, Object], bool],
    surroundings: Surroundings,
    names_of: t.Callable[[Kind, Object], t.Mapping[str, str]],
) -> Pruned:
    """The objects that the configuration owns and does not declare.

    declared: whether an object is declared, or something that is declared refers to it.
    names_of: what a user calls an object, by the fields of its identity.
    Raises InvalidOptions where there are more than ``max``.
    """
    found: dict[tuple[str, str], Change] = {}
    warnings = []

    for kind in KINDS.values():
        owned = prune.get(kind.collection)
        if owned is None:
            continue
        owned_rows = [row for row in snapshot.all(kind) if _owns(kind, owned, row, planning)]
        if not owned_rows:
            warnings.append("prune.%s matches no object of this tenant" % kind.collection)
        for row in owned_rows:
            if declared(kind, row):
                continue
            removal = removal_of(kind, row, names_of)
            if not _is_kept(owned["keep"], removal, row):
                _add(found, removal, row, planning, surroundings)
    ranks = ranks_of(list(KINDS.values()))
    for change in sorted(found.values(), key=lambda change: -ranks[change.kind.name]):
        warnings.extend(_kept_in_use(found, change, planning))
    for change in list(found.values()):
        for kind, name in dependants_of(change.kind):
            refers = kind.fields[name].refers
            value = refers.held(change.current[refers.field]) if refers and change.current else None
            for row in snapshot.list(kind, {name: value}):
                if not planning.is_removed(kind, kind.id_of(row)):
                    _add(found, removal_of(kind, row, names_of), row, planning, surroundings)
    removals = tuple(sorted(found.values(), key=lambda change: -ranks[change.kind.name]))
    if len(removals) > prune["max"]:
        names = named(change.desired.label for change in removals)
        raise InvalidOptions(
            "prune would delete %d objects, and max is %d: %s. Declare what must stay, name it under keep, or raise "
            "max." % (len(removals), prune["max"], names),
            "too_many_deletions",
        )
    return Pruned(removals, tuple(warnings))


def _kept_in_use(found: dict[tuple[str, str], Change], change: Change, planning: Planning) -> t.Iterator[str]:
    """Take from what is deleted an object to which something refers that stays; yield why, in words."""
    kind, row = change.kind, change.current or {}
    for use in planning.uses(change.desired, row):
        if use.item is not None and (use.kind.name, use.kind.id_of(use.item)) in found:
            continue
        found.pop((kind.name, kind.id_of(row)), None)
        what = planning.label_of(use)
        if use.unknown is None:
            yield "prune keeps %s, to which %s refers" % (change.desired.label, what)
        else:
            label = change.desired.label
            yield "prune keeps %s, since it is not known whether %s refers to it: %s" % (label, what, use.unknown)


def _owns(kind: Kind, owned: Object, row: Object, planning: Planning) -> bool:
    """Whether a configuration owns an object: everything that it says of its own has to be true of it."""
    owners = _owners(kind)
    if owners:
        return any(
            owned[option]
            and refers.value_in(row.get(name)) is not None
            and planning.planned(KINDS[refers.kind], {refers.field: refers.value_in(row[name])})
            for option, (name, refers) in owners.items()
        )
    for field in _named_by(kind):
        option = "%s_pattern" % field
        if owned.get(option) is not None and not fnmatch.fnmatchcase(str(row.get(field) or ""), owned[option]):
            return False
    held = row.get("client_metadata") or {}
    return all(held.get(name) == to_string(value) for name, value in (owned.get("client_metadata") or {}).items())


def _is_kept(keep: t.Sequence[str], removal: Desired, row: Object) -> bool:
    """Whether an object is named, by a pattern, its id, its name, or what identifies it, among those to keep."""
    kind = removal.kind
    names = [str(row[name]) for name in (kind.id_field, *kind.identity) if row.get(name) is not None]
    names += [removal.name, *removal.names.values()]
    return any(fnmatch.fnmatchcase(name, pattern) for name in names for pattern in keep)


def _add(
    found: dict[tuple[str, str], Change], desired: Desired, row: Object, planning: Planning, surroundings: Surroundings
) -> None:
    """Let an object be deleted, unless it is one of those that never are, or the plan does so already."""
    kind, object_id = desired.kind, desired.kind.id_of(row)
    system = kind.system_owned and row.get(kind.system_owned.flag)
    if system or planning.is_removed(kind, object_id):
        return
    try:
        change = reconcile(desired, row, surroundings)
    except Refused:
        return
    found[kind.name, object_id] = change
