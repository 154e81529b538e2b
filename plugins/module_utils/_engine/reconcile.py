# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Desired and current → change. Pure: no I/O, no Ansible, no requests."""

from __future__ import annotations

import copy
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions, Refused
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import FollowUp, Kind
from ansible_collections.community.auth0.plugins.module_utils._kinds.field import Field

from . import following, guards, value_problems, value_views, values
from .bodies import to_clear
from .changes import Change, Desired, Surroundings
from .references import Object, at, replaced

#: The longest that a task can be told to wait: an hour.
MOST_PATIENCE = 3600


def validate_declaration(desired: Desired) -> None:
    """Raise InvalidOptions for what is wrong with a declaration in itself, all of it in one message."""
    found = list(declaration_mistakes(desired))
    if found:
        raise InvalidOptions("%s is not valid:\n%s" % (desired.label, "\n".join("  - %s" % text for text in found)))


def declaration_mistakes(desired: Desired) -> t.Iterator[str]:
    """What is wrong with a declaration in itself."""
    kind = desired.kind
    for name, value in desired.fields.items():
        field = kind.fields.get(name)
        if field is None or field.read_only:
            yield "%s: %s has no such field to declare" % (name, kind.a_title)
        else:
            whole = field.chosen(desired.fields)
            yield from value_problems.problems(whole, replaced(value, lambda reference: None), name)
            if isinstance(value, list) and len(value) < field.min_length and not field.nullable:
                yield "%s: %d items, at least %d are needed" % (name, len(value), field.min_length)
    for name in sorted(desired.clear):
        if name not in kind.options or not kind.options[name].nullable:
            yield "clear: %s cannot be cleared" % name
        elif name in desired.fields:
            yield "clear: %s is also declared" % name
    yield from _twins(kind, [*desired.fields, *sorted(desired.clear)])
    if desired.present and kind.follow_up and not 1 <= desired.patience <= MOST_PATIENCE:
        yield "%s: %d is no number of seconds from 1 to %d" % (
            kind.follow_up.timeout,
            desired.patience,
            MOST_PATIENCE,
        )
    if desired.present:
        yield from _contradictions(kind, desired.fields)


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
        yield from rule.contradictions(fields)


def _exclusions(kind: Kind, item: Object) -> t.Iterator[str]:
    for rule in kind.rules:
        yield from rule.exclusions(item)


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


def _removal(desired: Desired, current: Object | None, surroundings: Surroundings) -> Change:
    if current is None:
        return Change(desired, "none")
    guards.refuse_removal(desired, current, surroundings)
    return Change(desired, "delete", desired.kind.id_of(current), current=current)


def _creation(desired: Desired) -> Change:
    kind = desired.kind
    if kind.standing:
        raise Refused("This tenant does not have the %s, which nobody can create." % desired.label, "not_found")
    if desired.object_id is not None:
        raise Refused(
            "There is no %s with the %s %s in this tenant. Auth0 assigns ids, so none can be created with this one. "
            "Correct the %s, or leave it out and declare %s to create a new one."
            % (kind.title, kind.id_field, desired.object_id, kind.id_field, " and ".join(kind.identity)),
            "not_found",
        )
    declared = {
        name: values.completed(kind.field(name, desired.fields), value, None) for name, value in desired.fields.items()
    }
    payload = {name: value for name, value in declared.items() if value is not None and not _is_left_out(desired, name)}
    for start in kind.initially:
        fits = all(payload.get(name) == value for name, value in start.when.items())
        if start.field not in payload and fits:
            with_it = {**payload, start.field: _plain(start.value)}
            payload = payload if any(_exclusions(kind, with_it)) else with_it
    for text in _exclusions(kind, payload):
        raise InvalidOptions("%s: %s." % (desired.label, text))
    lacking = [name for name, field in kind.options.items() if field.required and payload.get(name) is None]
    for name, value in payload.items():
        lacking.extend(value_problems.missing(kind.field(name, desired.fields), value, name))
    misplaced = _misplaced(desired, payload)
    if lacking:
        sentence = "does not exist yet and cannot be created without %s." % ", ".join(sorted(lacking))
        raise InvalidOptions(" ".join([desired.label, sentence, *misplaced]))
    _refuse_misplaced(desired, payload)
    predicted: dict[str, t.Any] = {
        name: _plain(field.initial)
        for name, field in kind.fields.items()
        if field.initial is not None and name not in payload
    }
    predicted.update(desired.known_by)
    _foresee(kind, predicted, payload)
    _refuse_lacking(desired, payload, predicted)
    later = {name: payload.pop(name) for name in list(payload) if kind.fields[name].update_only}
    follow_up = kind.follow_up if desired.follows_up else None
    _refuse_lost_secret(desired, follow_up, predicted)
    return Change(
        desired,
        "create",
        payloads=(payload, later) if later else (payload,),
        predicted=_written(kind, predicted, follow_up),
        follow_up=follow_up,
    )


def _is_left_out(desired: Desired, name: str) -> bool:
    """Whether a declared value is what a new object has by itself: some are refused where they make no difference."""
    field, value = desired.kind.fields[name], desired.fields[name]
    if isinstance(value, (list, dict)) or field.required or name in desired.kind.identity:
        return False
    return field.means_absent(value) and (field.initial is None or field.initial == value)


def _plain(value: t.Any) -> t.Any:
    return list(value) if isinstance(value, tuple) else copy.deepcopy(value)


def _alignment(desired: Desired, current: Object, surroundings: Surroundings) -> Change:
    kind = desired.kind
    payload: dict[str, t.Any] = {}
    object_id = kind.id_of(current)
    guards.refuse_immutable(desired, current)
    _refuse_other_forms(desired, current)
    _refuse_unclear(desired, current)
    updatable = guards.updatable_of(kind, current)
    for name, want in desired.fields.items():
        field = kind.field(name, desired.fields, current)
        have = field.held(name, current)
        resent = name in desired.resent and values.holds_write_only(field, want)
        differs = values.differs_beside(field, want, have, current, name in desired.additive)
        if not field.create_only and (resent or differs):
            value = _update_of(field, want, have, name in desired.additive)
            guards.refuse_unseen(desired, name, values.unseen(field, value, have, name), current)
            guards.refuse_system(desired, updatable, values.differing_paths(field, want, have, name))
            payload[name] = guards.allowed(updatable, name, value)
    cleared = to_clear(desired, current)
    for name in desired.clear - cleared.keys():
        if kind.fields[name].holds_secret:  # which may be why it is not shown
            guards.refuse_unseen(desired, name, (name,), current)
    guards.refuse_system(desired, updatable, cleared)
    payload.update(cleared)
    follow_up = _follow_up(desired, current, payload)
    if follow_up and not payload:
        payload.update(following.begun_again(follow_up, current))
    unsent = tuple(_unsent(desired, payload, current))
    if not payload and not follow_up:
        return Change(desired, "none", object_id, current=current, predicted=current, warnings=unsent)
    _refuse_incomplete(desired, payload, current)
    _refuse_misplaced(desired, payload, current)
    _refuse_conflicts(desired, payload, current)
    _refuse_lost_secret(desired, follow_up, {**current, **payload})
    payloads = _split(desired, payload, current) if payload else ()
    predicted = dict(current)
    for part in payloads:
        _foresee(kind, predicted, part)
    predicted = _written(kind, predicted, follow_up)
    _refuse_lacking(desired, payload, predicted)
    guards.refuse_lock_out(desired, current, predicted, surroundings)
    return Change(
        desired,
        "update",
        object_id,
        payloads,
        current,
        predicted,
        (*guards.warnings_of(desired, current, payload, surroundings), *unsent),
        follow_up,
    )


def _unsent(desired: Desired, payload: Object, current: Object) -> t.Iterator[str]:
    """What is declared, and neither sent nor seen, in words; of what is created, only that for which there is no option
    that says when it is sent."""
    kind = desired.kind
    for name, want in desired.fields.items():
        field = kind.field(name, desired.fields, current)
        if name in payload or (field.resend_option and not kind.standing):
            continue
        for path in values.unnoticed(field, want, field.held(name, current), current, name):
            if field.resend_option:
                yield (
                    "%s: Auth0 does not show %s, and it is not sent, since nothing else of %s differs. Declare %s: "
                    "always to send it in each run, or leave it out." % (desired.label, path, name, field.resend_option)
                )
            else:
                yield (
                    "%s: it cannot be seen here whether Auth0 has the declared %s, and it is not sent, since nothing "
                    "else of %s differs. Change something else of it as well to have it sent."
                    % (desired.label, path, name)
                )


def _follow_up(desired: Desired, current: Object, payload: Object) -> FollowUp | None:
    """What is done after a payload; without one, what an earlier run did not come to."""
    follow_up = desired.kind.follow_up if desired.follows_up else None
    if follow_up is None:
        return None
    undone = bool(payload and follow_up.undone) or not following.is_done(follow_up, current)
    return follow_up if undone else None


def _refuse_lost_secret(desired: Desired, follow_up: FollowUp | None, predicted: Object) -> None:
    """Refuse to have a secret shown, which is only once, that nobody takes."""
    if follow_up is None or follow_up.shows is None or desired.takes_secret:
        return
    if all(at(predicted, path) == value for path, value in follow_up.shown_of.items()):
        raise Refused(
            "%s: with %s: true, Auth0 shows the %s, once and never again. Give return_secret: true to the module for "
            "a single %s to get it, or leave %s out."
            % (desired.label, follow_up.option, follow_up.shows, desired.kind.title, follow_up.option),
            "lost_secret",
        )


def _written(kind: Kind, predicted: Object, follow_up: FollowUp | None) -> dict[str, t.Any]:
    """An object as it is foreseen after a write, without that of which nothing can be foreseen."""
    item: dict[str, t.Any] = value_views.steady(kind.whole, predicted)
    if kind.follow_up:
        item.update(following.foreseen(kind, kind.follow_up.undone))
    if follow_up:
        item.update(following.foreseen(kind, follow_up.done))
    return item


def _update_of(field: Field, want: t.Any, have: t.Any, additive: bool) -> t.Any:
    whole = values.completed(field, want, have, additive)
    if not field.merged or not isinstance(want, dict):
        return whole
    # What is not seen goes along, since it may be the very thing that somebody else has changed.
    along = [
        key for key in want if values.holds_write_only(values.subfield(field, key, want) or values.FREE, want[key])
    ]
    return {key: whole.get(key) for key in (*values.changed_keys(field, want, have), *along)}


def _refuse_incomplete(desired: Desired, payload: Object, current: Object) -> None:
    lacking = [
        path
        for name, value in payload.items()
        if not desired.kind.fields[name].merged
        for path in value_problems.missing(
            desired.kind.field(name, desired.fields, current), value, name, current.get(name)
        )
    ]
    if lacking:
        replaced = any(at(current, path.rpartition(".")[0]) is not None for path in lacking)
        raise InvalidOptions(
            "%s: Auth0 %s, so declare these as well: %s."
            % (
                desired.label,
                "replaces the whole object in this change" if replaced else "takes a new object only as a whole",
                ", ".join(sorted(lacking)),
            )
        )


def _misplaced(desired: Desired, payload: Object, current: Object | None = None) -> list[str]:
    """What has no place in objects that are sent, in sentences. Those that are merged hold more than what is sent."""
    return [
        "%s. Declare both." % text
        for name, value in payload.items()
        for text in value_problems.misplaced_in_whole(desired.kind.field(name, desired.fields, current), value, name)
    ]


def _refuse_misplaced(desired: Desired, payload: Object, current: Object | None = None) -> None:
    """Refuse what has no place beside values that are not declared."""
    found = _misplaced(desired, payload, current)
    if found:
        raise InvalidOptions("%s: %s" % (desired.label, " ".join(found)))


def _refuse_conflicts(desired: Desired, payload: Object, current: Object) -> None:
    for rule in desired.kind.rules:
        for problem in rule.conflicts(desired.label, desired.fields, current, payload):
            raise InvalidOptions(problem)
    for name, field in desired.kind.fields.items():
        if field.type == "dict" and field.max_length is not None and name in payload:
            size = len(values.merged(field, current.get(name), payload[name]) or ())
            if size > field.max_length:
                raise InvalidOptions(
                    "%s: with what it holds already, %s would have %d keys; at most %d are allowed. Set keys that are "
                    "no longer needed to null." % (desired.label, name, size, field.max_length)
                )


def _refuse_lacking(desired: Desired, payload: Object, predicted: Object) -> None:
    for rule in desired.kind.rules:
        for problem in rule.lacking(desired.label, payload, predicted):
            raise Refused(problem, "no_key")


def _refuse_other_forms(desired: Desired, current: Object) -> None:
    """Refuse keys that an object of this form does not have, where only the object itself says which form that is."""
    found: list[str] = []
    for name, want in desired.fields.items():
        field = desired.kind.fields[name]
        if field.chosen_by and field.chosen_by not in desired.fields:
            found.extend(value_problems.problems(field.chosen(current), want, name))
    if found:
        raise InvalidOptions("%s is not valid:\n%s" % (desired.label, "\n".join("  - %s" % text for text in found)))


def _refuse_unclear(desired: Desired, current: Object) -> None:
    for rule in desired.kind.rules:
        for problem in rule.unclear(desired.label, desired.fields, desired.clear, current):
            raise InvalidOptions(problem)


def _split(desired: Desired, payload: Object, current: Object) -> tuple[Object, ...]:
    """A payload in as many parts as the server needs."""
    parts = (rule.split(desired.fields, payload, current) for rule in desired.kind.rules)
    return next(filter(None, parts), (payload,))


def _foresee(kind: Kind, item: dict[str, t.Any], payload: Object) -> None:
    """Let a payload act on an object as the server would."""
    for name, value in payload.items():
        field = kind.field(name, payload, item)
        held = field.read_as or name
        new = values.merged(field, item.get(held), field.returned(value))
        if new is None or field.write_only or (field.empty_is_gone and not new):
            item.pop(held, None)
        else:
            item[held] = new
    for rule in kind.rules:
        rule.foresee(item)
