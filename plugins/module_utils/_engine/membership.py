# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Values that another object has to define, such as the scopes of an API. Pure."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions, named
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind
from ansible_collections.community.auth0.plugins.module_utils._kinds.field import Field, MembersOf

from .changes import Change
from .links import LinkChange
from .references import Object, Reference


@dataclasses.dataclass(frozen=True)
class Membership:
    """Items that another object has to define, as ``rule`` says."""

    rule: MembersOf
    owner: Reference
    items: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class StaleMembers:
    """What an object, ``holder`` of a kind, still holds of what is taken away. noun: what an item is."""

    kind: Kind
    holder: Object
    items: tuple[str, ...]
    noun: str

    def sentence(self, subject: str, holder: str) -> str:
        """What to say of it. subject: what loses the items. holder: how the user calls the object that holds them."""
        return "%s: %s is removed, but the %s %s still holds it" % (
            subject,
            named(self.items),
            self.kind.title,
            holder,
        )


def memberships(change: Change, kept: bool = False) -> tuple[Membership, ...]:
    """The checks for what a change of an object sends. kept: those for what is declared and need not be sent."""
    fields, desired = change.kind.fields, change.desired
    if change.predicted is None:
        return ()
    item = dict(change.predicted)
    names = (name for name, field in fields.items() if field.members_of and desired.fields.get(name))
    checked = [name for name in names if name not in desired.unchecked and (name in change.sent) is not kept]
    item.update((name, tuple(desired.fields.get(name) or ())) for name in checked)
    return tuple(found for name in checked for found in _membership(fields, name, [item]))


def refuse_undefined_links(change: LinkChange, find: t.Callable[[Reference], Object | None]) -> None:
    """Refuse links that are added and that the object to which they refer does not define.

    find: that object; None where there is none, which is for the caller to mind. Raises InvalidOptions that names all.
    """
    fields = change.desired.link.fields
    checks = [found for name in fields for found in _membership(fields, name, change.added)]
    found = []
    for membership in checks if change.desired.checked else ():
        other = find(membership.owner)
        problem = None if other is None else undefined(membership, defined_by(membership, other))
        if problem:
            found.append((membership, problem))
    if found:
        raise refusal("The %s" % change.desired.label, found[0][0], [problem for dummy, problem in found])


def _membership(fields: t.Mapping[str, Field], name: str, items: t.Sequence[Object]) -> t.Iterator[Membership]:
    rule = fields[name].members_of
    refers = fields[rule.reference].refers if rule else None
    if rule is None or refers is None:
        return
    held: dict[t.Any, list[str]] = {}
    for item in items:
        value = item[name]
        held.setdefault(item[rule.reference], []).extend(value if isinstance(value, tuple) else (value,))
    for owner, found in held.items():
        kind = KINDS[refers.kind]
        yield Membership(rule, Reference(kind, {refers.field: owner}, kind.id_field), tuple(found))


def defined_by(membership: Membership, other: Object) -> frozenset[str]:
    """What an object defines of such items."""
    return frozenset(str(item[membership.rule.key]) for item in other.get(membership.rule.field) or ())


def undefined(membership: Membership, defined: t.Collection[str]) -> str | None:
    """What is not defined of what has to be, as a sentence that also says what is; None where nothing is missing."""
    unknown = [item for item in membership.items if item not in defined]
    if not unknown:
        return None
    noun = membership.rule.noun
    return "the %s does not define %s: %s.\nIt defines: %s." % (
        membership.owner.label,
        "this %s" % noun if len(unknown) == 1 else "these %ss" % noun,
        named(unknown),
        named(sorted(defined)) or "no %ss at all" % noun,
    )


def refusal(subject: str, membership: Membership, problems: t.Sequence[str]) -> InvalidOptions:
    """The failure for items that are not defined. subject: what has them. problems: of ``undefined``."""
    rule = membership.rule
    silent = " Auth0 itself would accept it silently; %s: false does so too." % rule.option if rule.unchecked else ""
    return InvalidOptions(
        "%s: %s\nCorrect the declaration or add it to the %s first.%s"
        % (subject, "\n".join(problems), membership.owner.kind.title, silent),
        "undefined_%s" % rule.noun,
    )


def lost_members(change: Change) -> frozenset[str]:
    """The items, such as scopes, that a change takes from an object, which others may still hold."""
    lost: set[str] = set()
    for rule in (rule for *dummy, rule in _holders(change.kind)):
        if rule.field not in change.sent or change.current is None or change.predicted is None:
            continue
        before, after = (
            {str(item[rule.key]) for item in one.get(rule.field) or ()} for one in (change.current, change.predicted)
        )
        lost |= before - after
    return frozenset(lost)


def holders_of(kind: Kind) -> tuple[tuple[Kind, str, MembersOf], ...]:
    """The kinds whose objects hold items that objects of a kind define, each with its field and its rule."""
    return tuple(_holders(kind))


def _holders(kind: Kind) -> t.Iterator[tuple[Kind, str, MembersOf]]:
    for other in KINDS.values():
        for name, field in other.fields.items():
            refers = other.fields[field.members_of.reference].refers if field.members_of else None
            if field.members_of and refers and refers.kind == kind.name:
                yield other, name, field.members_of


def stale_members(change: Change, rows: t.Callable[[Kind, str, t.Any], t.Iterable[Object]]) -> t.Iterator[StaleMembers]:
    """What a change takes from an object while others in the tenant hold it.

    rows: the objects of a kind in which a field has a value, each as it will be.
    """
    lost = lost_members(change)
    for kind, name, rule in holders_of(change.kind) if lost else ():
        refers = kind.fields[rule.reference].refers
        value = (change.current or {}).get(refers.field) if refers else None
        for row in rows(kind, rule.reference, value):
            held = tuple(sorted(lost.intersection(row.get(name) or ())))
            if held:
                yield StaleMembers(kind, row, held, rule.noun)
