# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Desired and current → change. Pure: no I/O, no Ansible, no requests."""

from __future__ import annotations

import copy
import dataclasses
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions, Refused
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import (
    CALLER,
    MANAGEMENT_API,
    AtMost,
    Excludes,
    Field,
    Kept,
    Kind,
    MembersOf,
    Needs,
    OneOf,
    Overrides,
)

from . import values

Object = t.Mapping[str, t.Any]

#: What a diff shows in place of a secret that would change.
_OLD_SECRET, _NEW_SECRET = "(secret)", "(new secret)"


@dataclasses.dataclass(frozen=True)
class Pending:
    """A value that the server will assign: ``field`` of the object of ``kind`` in which ``by`` is ``value``."""

    kind: str
    field: str
    by: str
    value: str

    def __str__(self) -> str:
        return "(known once %s %r exists)" % (self.kind, self.value)


@dataclasses.dataclass(frozen=True)
class Desired:
    """What is declared for one object.

    fields: the declared fields by their API names, the identity among them; null only inside free-form objects.
    A reference to an object that does not exist yet is a Pending. object_id: the id by which the object is named.
    present: False to have it removed. clear: fields to remove from the object. additive: lists that only grow.
    unchecked: lists whose items need not be defined by the object they refer to.
    unseen: secrets that are written even where the tenant does not show the present one.
    names: what the user called an object that a field refers to, where that is not the field's own value.
    known_by: what the server will derive from the fields, where that is what the object can be found by.
    with_dependants: whether what the server would leave behind is removed first, where the object is to be removed.
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

    @property
    def label(self) -> str:
        """The object in the user's words, for messages."""
        words = [self.names.get(name) or self.fields.get(name) for name in self.kind.identity]
        known = [str(word) for word in words if word is not None] or [str(self.object_id)]
        return "%s %s" % (self.kind.title, " / ".join(known))

    @property
    def identity(self) -> Object:
        """What to look the object up by: the id where it was given, else the natural key."""
        if self.object_id is not None:
            return {self.kind.id_field: self.object_id}
        if self.known_by:
            return self.known_by
        return {name: self.fields.get(name) for name in self.kind.identity}

    @property
    def pending(self) -> tuple[Pending, ...]:
        """The values in it that are not known yet."""
        return tuple(value for value in self.fields.values() if isinstance(value, Pending))


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
    current: the object as the tenant holds it; predicted: as it would be. Both may hold secrets.
    warnings: what comes of it for the task itself, for people.
    """

    desired: Desired
    action: str
    object_id: str | None = None
    payloads: tuple[Object, ...] = dataclasses.field(default=(), repr=False)
    current: Object | None = dataclasses.field(default=None, repr=False)
    predicted: Object | None = dataclasses.field(default=None, repr=False)
    warnings: tuple[str, ...] = ()

    @property
    def kind(self) -> Kind:
        return self.desired.kind

    @property
    def sent(self) -> Object:
        """All fields that the payloads set."""
        return {name: value for payload in self.payloads for name, value in payload.items()}

    @property
    def steps(self) -> tuple[str, ...]:
        """What is done, for people: a step for each request."""
        label = self.desired.label
        if self.action == "delete":
            return ("delete %s" % label,)
        changes = ["change %s of %s" % (" and ".join(sorted(payload)), label) for payload in self.payloads]
        return ("create %s" % label, *changes[1:]) if self.action == "create" else tuple(changes)

    def diff(self, after: Object | None = None) -> dict[str, t.Any]:
        """What changes, for people: ``before`` and ``after`` without secrets, ``{}`` for an absent object.

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
            before_view = values.marked(whole, before_view, old, new, _OLD_SECRET)
            after_view = values.marked(whole, after_view, new, old, _NEW_SECRET)
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
        if field and not field.write_only and (secrets or not field.secret):
            view[name] = str(value) if isinstance(value, Pending) else values.shown(field, value, secrets)
    return view


def diffable(kind: Kind, item: Object | None) -> dict[str, t.Any]:
    """An object as a diff shows it: as ``represent``, with lists sorted whose order means nothing."""
    return {name: values.sorted_sets(kind.fields[name], value) for name, value in represent(kind, item).items()}


def validate_declaration(desired: Desired) -> None:
    """Raise InvalidOptions for what is wrong with a declaration in itself, all of it in one message."""
    kind, found = desired.kind, []
    for name, value in desired.fields.items():
        field = kind.fields.get(name)
        if field is None or field.read_only:
            found.append("%s: a %s has no such field to declare" % (name, kind.title))
        elif not isinstance(value, Pending):
            found.extend(values.problems(field, value, name))
    for name in sorted(desired.clear):
        if name not in kind.options or not kind.options[name].nullable:
            found.append("clear: %s cannot be cleared" % name)
        elif name in desired.fields:
            found.append("clear: %s is also declared" % name)
    found.extend(_twins(kind, [*desired.fields, *sorted(desired.clear)]))
    if desired.present:
        found.extend(_contradictions(kind, desired.fields))
    if found:
        raise InvalidOptions("%s is not valid:\n%s" % (desired.label, "\n".join("  - %s" % text for text in found)))


def _twins(kind: Kind, names: t.Iterable[str]) -> t.Iterator[str]:
    """Fields that are given under two of their names."""
    known: dict[str, str] = {}
    for name in names:
        held = kind.fields[name].read_as or name if name in kind.fields else name
        other = known.setdefault(held, name)
        if other != name:
            yield "%s and %s are the same field under two names; give one of them" % (other, name)


def _contradictions(kind: Kind, fields: Object) -> t.Iterator[str]:
    if kind.secret_hidden_by in fields and kind.shown_secret in fields:
        yield "%s and %s exclude each other" % (kind.shown_secret, kind.secret_hidden_by)
    for rule in kind.rules:
        if isinstance(rule, OneOf):
            given = [name for name in rule.fields if fields.get(name) is not None]
            if len(given) > 1:
                yield "%s exclude each other" % " and ".join(given)
        elif isinstance(rule, Overrides):
            if fields.get(rule.field) is True and fields.get(rule.other):
                yield "%s has no effect while %s is true; declare one of them" % (rule.other, rule.field)
        elif isinstance(rule, AtMost):
            yield from _too_large(rule, fields)


def _too_large(rule: AtMost, fields: Object) -> t.Iterator[str]:
    small, large = fields.get(rule.field), fields.get(rule.other)
    if small is not None and large is not None and small > large:
        yield "%s (%s) may not be larger than %s (%s)" % (rule.field, small, rule.other, large)


def _exclusions(kind: Kind, fields: Object) -> t.Iterator[str]:
    for rule in kind.rules:
        if isinstance(rule, Excludes):
            yield from _excluded(rule, fields)


def _excluded(rule: Excludes, fields: Object) -> t.Iterator[str]:
    if fields.get(rule.field) == rule.value and rule.item in (fields.get(rule.other) or ()):
        yield "%s cannot hold %s while %s is %s; declare %s without it, or another %s" % (
            rule.other,
            rule.item,
            rule.field,
            rule.value,
            rule.other,
            rule.field,
        )


def reconcile(desired: Desired, current: Object | None, surroundings: Surroundings) -> Change:
    """The change that makes the current object (None: there is none) hold what is declared, and nothing else.

    Raises InvalidOptions or Refused when that cannot be done; nothing has been written then.
    """
    validate_declaration(desired)
    if not desired.present:
        return _removal(desired, current, surroundings)
    if current is None:
        return _creation(desired)
    return _alignment(desired, current, surroundings)


def to_clear(desired: Desired, item: Object) -> dict[str, None]:
    """What removes those fields from an object that it is declared not to have."""
    fields = desired.kind.fields
    return {
        name: None
        for name in sorted(desired.clear)
        if not fields[name].means_absent(item.get(fields[name].read_as or name))
    }


def holds(kind: Kind, item: Object, payload: Object) -> bool:
    """Whether an object is seen to hold what a payload sets.

    A secret that is not shown holds if the rest of the payload does, since they were sent together.
    """
    held = {name: item.get(kind.fields[name].read_as or name) for name in payload}
    rest = {name: values.comparable(kind.fields[name], value, held[name]) for name, value in payload.items()}
    seen = [name for name in payload if rest[name] is not None or payload[name] is None]
    return bool(seen) and not any(values.differs(kind.fields[name], rest[name], held[name]) for name in seen)


def _removal(desired: Desired, current: Object | None, surroundings: Surroundings) -> Change:
    if current is None:
        return Change(desired, "none")
    for rule in desired.kind.kept:
        if _applies_to(desired.kind, rule, current, surroundings):
            raise Refused("%s is never deleted: %s." % (desired.label, rule.why), "protected")
    return Change(desired, "delete", str(current[desired.kind.id_field]), current=current)


def _applies_to(kind: Kind, rule: Kept, current: Object, surroundings: Surroundings) -> bool:
    known = {CALLER: surroundings.caller, MANAGEMENT_API: surroundings.management_audience}
    expected = {name: known.get(value, value) for name, value in rule.when.items()}
    return all(value is not None and _is(kind, name, value, current.get(name)) for name, value in expected.items())


def _is(kind: Kind, name: str, value: t.Any, held: t.Any) -> bool:
    """Whether a field holds a value, or is absent where that means the same."""
    field = kind.fields[name]
    return bool(held == value) or (field.means_absent(held) and field.means_absent(value))


def _creation(desired: Desired) -> Change:
    kind = desired.kind
    if desired.object_id is not None:
        raise Refused(
            "There is no %s with the %s %s in this tenant, and ids are assigned by Auth0, so it cannot be created with "
            "it. Correct the %s, or leave it out and declare %s to have a new one created."
            % (kind.title, kind.id_field, desired.object_id, kind.id_field, " and ".join(kind.identity)),
            "not_found",
        )
    declared = {name: _sendable(kind.fields[name], value) for name, value in desired.fields.items()}
    payload = {name: value for name, value in declared.items() if value is not None}
    for start in kind.initially:
        fits = all(payload.get(name) == value for name, value in start.when.items())
        if start.field not in payload and fits:
            with_it = {**payload, start.field: _plain(start.value)}
            payload = payload if any(_exclusions(kind, with_it)) else with_it
    for text in _exclusions(kind, payload):
        raise InvalidOptions("%s: %s." % (desired.label, text))
    lacking = [name for name, field in kind.options.items() if field.required and payload.get(name) is None]
    lacking += [path for name, value in payload.items() for path in values.missing(kind.fields[name], value, name)]
    if lacking:
        raise InvalidOptions(
            "%s does not exist yet and cannot be created without %s." % (desired.label, ", ".join(sorted(lacking)))
        )
    predicted: dict[str, t.Any] = {
        name: _plain(field.initial)
        for name, field in kind.fields.items()
        if field.initial is not None and name not in payload
    }
    predicted.update(desired.known_by)
    _foresee(kind, predicted, payload)
    _refuse_needy(desired, payload, predicted)
    later = {name: payload.pop(name) for name in list(payload) if kind.fields[name].update_only}
    return Change(desired, "create", payloads=(payload, later) if later else (payload,), predicted=predicted)


def _sendable(field: Field, value: t.Any) -> t.Any:
    return value if isinstance(value, Pending) else values.completed(field, value, None)


def _plain(value: t.Any) -> t.Any:
    return list(value) if isinstance(value, tuple) else copy.deepcopy(value)


def _alignment(desired: Desired, current: Object, surroundings: Surroundings) -> Change:
    kind = desired.kind
    payload: dict[str, t.Any] = {}
    object_id = str(current[kind.id_field])
    _refuse_immutable(desired, current)
    _refuse_overridden(desired, current)
    updatable = _updatable(kind, current)
    for name, want in desired.fields.items():
        field = kind.fields[name]
        have = current.get(field.read_as or name)
        if not field.create_only and values.differs(field, want, have, name in desired.additive):
            value = _update_of(field, want, have, name in desired.additive)
            _refuse_unseen(desired, name, values.unseen(field, value, have, name), current)
            _refuse_system(desired, updatable, values.differing_paths(field, want, have, name))
            payload[name] = _allowed(updatable, name, value)
    cleared = to_clear(desired, current)
    for name in desired.clear - cleared.keys():
        if kind.fields[name].holds_secret:  # which may be why it is not shown
            _refuse_unseen(desired, name, (name,), current)
    _refuse_system(desired, updatable, cleared)
    payload.update(cleared)
    if not payload:
        return Change(desired, "none", object_id, current=current, predicted=current)
    _refuse_incomplete(desired, payload, current)
    _refuse_contradiction(desired, current, payload)
    payloads = _in_order(desired, current, payload)
    predicted = dict(current)
    for part in payloads:
        _foresee(kind, predicted, part)
    _refuse_needy(desired, payload, predicted)
    _refuse_lock_out(desired, current, predicted, surroundings)
    return Change(
        desired, "update", object_id, payloads, current, predicted, _warnings(desired, current, payload, surroundings)
    )


def _refuse_immutable(desired: Desired, current: Object) -> None:
    for name, want in desired.fields.items():
        field = desired.kind.fields[name]
        path = values.immutable_difference(field, want, current.get(name), name)
        if path:
            raise Refused(
                "%s: %s cannot be changed after creation; the tenant has %r. Declare that value, or remove the object "
                "and create it anew, which gives it a new id." % (desired.label, path, _at(current, path)),
                "immutable",
            )


def _refuse_unseen(desired: Desired, name: str, unseen: t.Iterable[str], current: Object) -> None:
    """Refuse to replace, or remove, secrets which this token may just not be shown: those at the paths in a field."""
    kind = desired.kind
    field = kind.fields[name]
    have = current.get(field.read_as or name)
    found = [path for path in unseen if path not in desired.unseen]
    own_is_shown = kind.shown_secret is None or current.get(kind.shown_secret) is not None
    if not found or own_is_shown or any(values.secrets(field, have)):
        return
    # Beside keys there is no secret to show. They are shown to whom other secrets are shown (documented).
    if kind.secret_hidden_by and current.get(kind.secret_hidden_by) is not None:
        if name == kind.shown_secret and kind.secret_hidden_by not in desired.clear:
            raise Refused(
                "%s has %s, beside which a %s is of no use. To switch, add it to clear: [%s]."
                % (desired.label, kind.secret_hidden_by, name, kind.secret_hidden_by),
                "no_secret",
            )
    elif kind.secret_scope:
        raise Refused(
            "%s: Auth0 does not show its %s, so it cannot be said what this change would replace or remove. Add the "
            "scope %s to the grant of the client that manages the tenant, and get a new token."
            % (desired.label, " and ".join(found), kind.secret_scope),
            "unseen_secret",
        )


def _at(item: t.Any, path: str) -> t.Any:
    for key in path.split("."):
        item = item.get(key) if isinstance(item, dict) else None
    return item


def _updatable(kind: Kind, current: Object) -> frozenset[str] | None:
    owned = kind.system_owned
    return owned.updatable if owned and current.get(owned.flag) else None


def _refuse_system(desired: Desired, updatable: frozenset[str] | None, paths: t.Iterable[str]) -> None:
    if updatable is None or desired.kind.system_owned is None:
        return
    refused = [path for path in paths if not any(path == ok or path.startswith(ok + ".") for ok in updatable)]
    if refused:
        raise Refused(
            "%s is %s: Auth0 does not let %s be changed on it. %s"
            % (
                desired.label,
                desired.kind.system_owned.what,
                ", ".join(refused),
                "It can only be read." if not updatable else "What can be: %s." % ", ".join(sorted(updatable)),
            ),
            "protected",
        )


def _allowed(updatable: frozenset[str] | None, name: str, value: t.Any) -> t.Any:
    """The part of a value that may be sent: a system object takes only some keys, even of what stays the same."""
    if updatable is None or name in updatable or not isinstance(value, dict):
        return value
    return {key: item for key, item in value.items() if "%s.%s" % (name, key) in updatable}


def _update_of(field: Field, want: t.Any, have: t.Any, additive: bool) -> t.Any:
    whole = values.completed(field, want, have, additive)
    if not field.merged or not isinstance(want, dict):
        return whole
    return {key: whole.get(key) for key in values.changed_keys(field, want, have)}


def _refuse_incomplete(desired: Desired, payload: Object, current: Object) -> None:
    lacking = [
        path
        for name, value in payload.items()
        if not desired.kind.fields[name].merged
        for path in values.missing(desired.kind.fields[name], value, name)
    ]
    if lacking:
        replaced = any(_at(current, path.rpartition(".")[0]) is not None for path in lacking)
        raise InvalidOptions(
            "%s: Auth0 %s, so these have to be declared as well: %s."
            % (
                desired.label,
                "replaces the whole object in this change" if replaced else "takes a new object only as a whole",
                ", ".join(sorted(lacking)),
            )
        )


def _refuse_contradiction(desired: Desired, current: Object, payload: Object) -> None:
    merged = {**current, **payload}
    for rule in desired.kind.rules:
        if isinstance(rule, OneOf) and payload.keys() & set(rule.fields):
            others = [name for name in rule.fields if merged.get(name) is not None and name not in payload]
            if others and any(payload.get(name) is not None for name in rule.fields):
                raise InvalidOptions(
                    "%s has %s, which excludes what is declared. To switch, add it to clear: [%s]."
                    % (desired.label, " and ".join(others), ", ".join(others))
                )
        elif isinstance(rule, AtMost) and rule.field in payload:
            for text in _too_large(rule, merged):
                raise InvalidOptions("%s: %s." % (desired.label, text))
        elif isinstance(rule, Excludes) and rule.other in desired.fields and payload.keys() & {rule.field, rule.other}:
            # What becomes of a list that is not declared is left to the server.
            for text in _excluded(rule, merged):
                raise InvalidOptions("%s: %s." % (desired.label, text))
    for name, field in desired.kind.fields.items():
        if field.type == "dict" and field.merged and field.max_length is not None and name in payload:
            size = len(values.merged(field, current.get(name), payload[name]) or ())
            if size > field.max_length:
                raise InvalidOptions(
                    "%s: with what it holds already, %s would have %d keys; at most %d are allowed. Set keys that are "
                    "no longer needed to null." % (desired.label, name, size, field.max_length)
                )


def _refuse_needy(desired: Desired, payload: Object, predicted: Object) -> None:
    """Refuse to send what would lack something that it needs. What is like that already and not sent stays so."""
    for rule in desired.kind.rules:
        if isinstance(rule, Needs) and rule.field in payload and rule.is_broken(predicted.get(rule.field)):
            raise Refused("%s: %s" % (desired.label, rule.told), "no_key")


def _refuse_overridden(desired: Desired, current: Object) -> None:
    for rule in desired.kind.rules:
        if not isinstance(rule, Overrides) or current.get(rule.field) is not True:
            continue
        leaves = desired.fields.get(rule.field) is False or rule.field in desired.clear
        if rule.other in desired.fields and not leaves and rule.field not in desired.fields:
            raise InvalidOptions(
                "%s has %s: true, under which %s means nothing. Declare %s: false as well to go back to a list."
                % (desired.label, rule.field, rule.other, rule.field)
            )
        if leaves and rule.other not in desired.fields:
            raise InvalidOptions(
                "%s has %s: true. Declare %s as well (it may be empty), so that it is said what takes its place."
                % (desired.label, rule.field, rule.other)
            )


def _in_order(desired: Desired, current: Object, payload: Object) -> tuple[Object, ...]:
    """Split a payload where the server needs more than one change (recorded for leaving allow_all_scopes).

    A server that shows the list in spite of it (reported) and shows the wanted one needs no more than the rest.
    """
    for rule in desired.kind.rules:
        if isinstance(rule, Overrides) and current.get(rule.field) is True and rule.field in payload:
            if rule.other in current and rule.other not in payload:
                continue
            wanted = desired.fields.get(rule.other)
            first = {**payload, rule.other: []}
            return (first, {rule.other: wanted}) if wanted else (first,)
    return (payload,)


def _refuse_lock_out(desired: Desired, current: Object, predicted: Object, surroundings: Surroundings) -> None:
    def anything(item: Object, name: str) -> bool:
        rules = (rule for rule in desired.kind.rules if isinstance(rule, Overrides) and rule.other == name)
        return bool(item.get(name)) or any(item.get(rule.field) is True for rule in rules)

    for rule in desired.kind.kept:
        if not _applies_to(desired.kind, rule, current, surroundings):
            continue
        for name, item in rule.keeps.items():
            before, after = current.get(name) or [], predicted.get(name) or []
            if (
                (item in before and item not in after)
                if item
                else (anything(current, name) and not anything(predicted, name))
            ):
                raise Refused(
                    "%s: %s cannot lose %s: %s." % (desired.label, name, item or "all it holds", rule.why), "protected"
                )
        for name, absence in rule.fixed.items():
            before, after = (absence if item.get(name) is None else item[name] for item in (current, predicted))
            if values.differs(desired.kind.fields[name], after, before):
                raise Refused("%s: %s cannot be changed: %s." % (desired.label, name, rule.why), "protected")


def _warnings(desired: Desired, current: Object, payload: Object, surroundings: Surroundings) -> tuple[str, ...]:
    return tuple(
        "%s: %s. %s" % (desired.label, rule.why, text)
        for rule in desired.kind.kept
        if _applies_to(desired.kind, rule, current, surroundings)
        for name, text in rule.warned.items()
        if name in payload
    )


def _foresee(kind: Kind, item: dict[str, t.Any], payload: Object) -> None:
    """Let a payload act on an object as the server would."""
    for name, value in payload.items():
        field = kind.fields[name]
        held = field.read_as or name
        new = value if isinstance(value, Pending) else values.merged(field, item.get(held), value)
        if new is None or field.write_only:
            item.pop(held, None)
        else:
            item[held] = new
    for rule in kind.rules:
        if isinstance(rule, Overrides) and item.get(rule.field) is True:
            item.pop(rule.other, None)
        elif isinstance(rule, AtMost) and any(_too_large(rule, item)):
            item[rule.field] = item[rule.other]


@dataclasses.dataclass(frozen=True)
class Membership:
    """A list of a change whose items should be defined by another object: ``identity`` of the kind ``reference``."""

    field: str
    rule: MembersOf
    reference: str
    identity: Object
    items: tuple[str, ...]


def memberships(change: Change) -> tuple[Membership, ...]:
    """The checks that the server does not make, for what this change sends."""
    found = []
    for name, field in change.kind.fields.items():
        rule = field.members_of
        refers = change.kind.fields[rule.reference].refers if rule else None
        if rule and refers and change.sent.get(name) and name not in change.desired.unchecked:
            value = (change.predicted or {}).get(rule.reference)
            declared = tuple(change.desired.fields.get(name) or ())
            found.append(Membership(name, rule, refers.kind, {refers.field: value}, declared))
    return tuple(found)


def check_membership(change: Change, membership: Membership, other: Object, title: str) -> None:
    """Raise InvalidOptions that lists the items which the other object does not define, and those that it does.

    title: what the other object is, for people.
    """
    rule = membership.rule
    defined = sorted(item[rule.key] for item in other.get(rule.field) or ())
    unknown = [item for item in membership.items if item not in defined]
    if unknown:
        raise InvalidOptions(
            "%s: the %s %s does not define %s: %s.\nIt defines: %s.\nCorrect the declaration or add it to the %s "
            "first. Auth0 itself would accept it silently; %s: false does so too."
            % (
                change.desired.label,
                title,
                " ".join(str(value) for value in membership.identity.values()),
                "this %s" % rule.noun if len(unknown) == 1 else "these %ss" % rule.noun,
                ", ".join(unknown),
                ", ".join(defined) or "no %ss at all" % rule.noun,
                title,
                rule.option,
            ),
            "undefined_%s" % rule.noun,
        )


def in_order_of_dependency(desired: t.Sequence[Desired]) -> list[Desired]:
    """A list of declarations in an order in which each can be applied.

    What is removed goes first, dependants before what they depend on; what is to be there follows, the other way round.
    Within that, the given order is kept.
    """
    ranks = _ranks([item.kind for item in desired])
    removed = [item for item in desired if not item.present]
    present = [item for item in desired if item.present]
    return sorted(removed, key=lambda item: -ranks[item.kind.name]) + sorted(
        present, key=lambda item: ranks[item.kind.name]
    )


def _ranks(kinds: t.Sequence[Kind]) -> dict[str, int]:
    """How deep in the graph of dependencies each kind is; 0 for those that depend on none of the others."""
    by_name = {kind.name: kind for kind in kinds}

    def depth(name: str) -> int:
        below = [depth(other) for other in by_name[name].depends_on if other in by_name]
        return 1 + max(below) if below else 0

    return {name: depth(name) for name in by_name}
