# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""What is declared for an object, and the change that comes of it. Pure."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import FollowUp, Kind

from . import following, value_views, values
from .references import Object, Reference, references_in, replaced

#: What a diff shows in place of a secret that would change.
_OLD_SECRET, _NEW_SECRET = "(secret)", "(new secret)"


@dataclasses.dataclass(frozen=True)
class Desired:
    """What is declared for one object.

    fields: the declared fields by their API names, the identity among them; null only inside free-form objects.
    A value of an object that is not known yet is a Reference. object_id: the id by which the object is named.
    present: False to have it removed. clear: fields to remove from the object. additive: lists that only grow.
    unchecked: lists whose items need not be defined by the object they refer to.
    unseen: secrets that are written even where the tenant does not show the present one.
    names: what the user called an object that a field refers to, where that is not the field's own value.
    known_by: what the server will derive from the fields, where that is what the object can be found by.
    with_dependants: whether what the server would leave behind is removed first, where the object must be absent, or
    the object goes although others use it.
    refuses_stale: whether to refuse to take away what others still hold; None for the usual.
    resent: lists in whose items there is something write-only, which is sent also where nothing differs.
    follows_up, patience: whether what has to be done after a write is done, and for how many seconds to wait.
    takes_secret: whether somebody takes the secret that may be shown then.
    previous_name: what the object may still be called, which is named by its ``name`` from now on.
    where: the place of the declaration among others, in words; None where there is only one.
    """

    kind: Kind
    fields: Object = dataclasses.field(repr=False)
    object_id: str | None = None
    present: bool = True
    clear: frozenset[str] = frozenset()
    additive: frozenset[str] = frozenset()
    unchecked: frozenset[str] = frozenset()
    unseen: frozenset[str] = frozenset()
    names: t.Mapping[str, str] = dataclasses.field(default_factory=dict)
    known_by: Object = dataclasses.field(default_factory=dict)
    with_dependants: bool = False
    refuses_stale: bool | None = None
    resent: frozenset[str] = frozenset()
    follows_up: bool = True
    patience: int = 0
    takes_secret: bool = False
    previous_name: str | None = None
    where: str | None = None

    @property
    def name(self) -> str:
        """What the user calls the object."""
        if self.kind.single:
            return self.kind.title
        parts = [self.names.get(name) or self.fields.get(name) for name in self.kind.identity]
        return " / ".join([str(part) for part in parts if part is not None] or [str(self.object_id)])

    @property
    def label(self) -> str:
        """The same with the kind, for messages."""
        return self.name if self.kind.single else "%s %s" % (self.kind.title, self.name)

    @property
    def identity(self) -> Object:
        """What to look the object up by: the id where it was given, else the natural key."""
        if self.object_id is not None:
            return {self.kind.id_field: self.object_id}
        if self.known_by:
            return self.known_by
        return {name: self.fields.get(name) for name in self.kind.identity}

    @property
    def unresolved(self) -> tuple[Reference, ...]:
        """The values in it that are not known yet, at every depth."""
        return tuple(references_in(self.fields))

    @property
    def known_fields(self) -> Object:
        """What names the object, as far as it is known: its fields that are values and no collections."""
        return {name: value for name, value in self.fields.items() if not isinstance(value, (dict, list))}

    @property
    def findable(self) -> bool:
        """Whether it is known by which values the object is found. Otherwise it cannot exist yet."""
        return not any(references_in(self.identity))


@dataclasses.dataclass(frozen=True)
class Surroundings:
    """What a task itself depends on in a tenant, as far as it is known.

    caller: the client id of its credentials. token_key: the id of the key that signed the token that it was given.
    """

    management_audience: str
    caller: str | None = None
    token_key: str | None = None


@dataclasses.dataclass(frozen=True)
class Change:
    """The outcome of comparing a desired with a current object.

    action: ``create``, ``update``, ``delete`` or ``none``. object_id: of the current object.
    payloads: the bodies to send, in order; more than one only where the server needs it so.
    follow_up: what is done after the payloads, if only because an earlier run did not come to it.
    current: the object as the tenant holds it; predicted: as it would be. Both may hold secrets.
    warnings: what comes of it for the task itself, in words.
    """

    desired: Desired
    action: str
    object_id: str | None = None
    payloads: tuple[Object, ...] = dataclasses.field(default=(), repr=False)
    current: Object | None = dataclasses.field(default=None, repr=False)
    predicted: Object | None = dataclasses.field(default=None, repr=False)
    warnings: tuple[str, ...] = ()
    follow_up: FollowUp | None = None

    @property
    def kind(self) -> Kind:
        return self.desired.kind

    @property
    def sent(self) -> Object:
        """All fields that the payloads set."""
        return {name: value for payload in self.payloads for name, value in payload.items()}

    @property
    def touched(self) -> tuple[str, ...]:
        """The names of the fields that are set, or that what follows sets, sorted."""
        followed = following.foreseen(self.kind, self.follow_up.done) if self.follow_up else {}
        return tuple(sorted({*self.sent, *followed}))

    @property
    def steps(self) -> tuple[str, ...]:
        """What is done, for display: a step for each request."""
        label = self.desired.label
        if self.action == "delete":
            return ("delete %s" % label,)
        changes = ["change %s of %s" % (" and ".join(sorted(payload)), label) for payload in self.payloads]
        if self.follow_up:
            changes.append("%s %s" % (self.follow_up.option, label))
        return ("create %s" % label, *changes[1:]) if self.action == "create" else tuple(changes)

    def diff(self, after: Object | None = None) -> dict[str, t.Any]:
        """What changes, for display: ``before`` and ``after`` without secrets, ``{}`` for an absent object.

        after: the object that the server answered, where the change was applied; otherwise the prediction is shown.
        """
        final = self.predicted if after is None else after
        before_view, after_view = diffable(self.kind, self.current), diffable(self.kind, final)
        if self.payloads:
            whole = self.kind.whole
            # An object has its kind's own secret also where it is not shown.
            own = self.kind.shown_secret
            hidden = {own: _OLD_SECRET} if own and self.current is not None else {}
            old, new = {**hidden, **(self.current or {})}, {**hidden, **(self.predicted or {})}
            before_view = value_views.marked(whole, before_view, old, new, _OLD_SECRET)
            after_view = value_views.marked(whole, after_view, new, old, _NEW_SECRET)
            before_view = value_views.with_sent(whole, before_view, self.sent, _OLD_SECRET)
            after_view = value_views.with_sent(whole, after_view, self.sent, _NEW_SECRET, plain=True)
        return {
            "before_header": self.desired.label,
            "after_header": self.desired.label,
            "before": before_view,
            "after": after_view,
        }


def represent(kind: Kind, item: Object | None, secrets: bool = False) -> dict[str, t.Any]:
    """An object as it may be returned: an allow-list of declared fields; ``{}`` for none.

    secrets: whether the secrets that the server returns are wanted.
    """
    if item is None:
        return {}
    absent = {name: field.empty for name, field in kind.fields.items() if field.always_shown and item.get(name) is None}
    view = {}
    for name, value in {**item, **absent}.items():
        field = kind.fields.get(name)
        # What has a newer name is shown under that one.
        unseen = field is None or field.read_as or field.write_only or field.hidden
        if field and not unseen and (secrets or not field.secret):
            view[name] = values.shown(field, replaced(value, str), secrets)
    return view


def diffable(kind: Kind, item: Object | None) -> dict[str, t.Any]:
    """An object as a diff shows it: as ``represent``, with lists sorted whose order means nothing, and without what the
    server sets with each write."""
    view = value_views.steady(kind.whole, represent(kind, item))
    return {name: value_views.sorted_sets(kind.fields[name], value) for name, value in view.items()}
