# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""What a change must not do: lock the task out, destroy a secret that it cannot see, touch the system's own. Pure.

What is refused here would be refused by the server, or would do harm.
"""

from __future__ import annotations

import typing as t

from ansible_collections.community.auth0.plugins.module_utils._errors import Refused
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind
from ansible_collections.community.auth0.plugins.module_utils._kinds.rules import CALLER, MANAGEMENT_API, Kept

from . import value_views, values
from .changes import Desired, Surroundings
from .references import Object, at


def refuse_removal(desired: Desired, current: Object, surroundings: Surroundings) -> None:
    """Refuse to delete what is never deleted."""
    for rule in desired.kind.kept:
        if _applies_to(desired.kind, rule, current, surroundings):
            raise Refused("%s is never deleted: %s." % (desired.label, rule.why), "protected")


def is_callers(kind: Kind, item: Object, surroundings: Surroundings) -> bool:
    """Whether an object is one of those by which the task itself reaches the Management API."""
    return any(CALLER in rule.when.values() and _applies_to(kind, rule, item, surroundings) for rule in kind.kept)


def _applies_to(kind: Kind, rule: Kept, current: Object, surroundings: Surroundings) -> bool:
    known = {CALLER: surroundings.caller, MANAGEMENT_API: surroundings.management_audience}
    expected = {name: known.get(value, value) for name, value in rule.when.items()}
    return all(value is not None and _is(kind, name, value, current.get(name)) for name, value in expected.items())


def _is(kind: Kind, name: str, value: t.Any, held: t.Any) -> bool:
    """Whether a field holds a value, or is absent where that means the same."""
    field = kind.fields[name]
    return bool(held == value) or (field.means_absent(held) and field.means_absent(value))


def refuse_immutable(desired: Desired, current: Object) -> None:
    for name, want in desired.fields.items():
        field = desired.kind.field(name, current, desired.fields)
        path = values.immutable_difference(field, want, current.get(name), name)
        if path:
            raise Refused(
                "%s: %s cannot be changed after creation; the tenant has %r. Declare that value, or remove the object "
                "and create it again, which gives it a new id." % (desired.label, path, at(current, path)),
                "immutable",
            )


def refuse_unseen(desired: Desired, name: str, unseen: t.Iterable[str], current: Object) -> None:
    """Refuse to replace, or remove, secrets which this token may just not be shown: those at the paths in a field."""
    kind = desired.kind
    field = kind.fields[name]
    have = current.get(field.read_as or name)
    found = [path for path in unseen if path not in desired.unseen]
    own_is_shown = kind.shown_secret is None or current.get(kind.shown_secret) is not None
    if not found or own_is_shown or any(value_views.secrets(field, have)):
        return
    # Beside keys there is no secret to show. They are shown to whom other secrets are shown (documented).
    if kind.secret_hidden_by and current.get(kind.secret_hidden_by) is not None:
        if name == kind.shown_secret and kind.secret_hidden_by not in desired.clear:
            raise Refused(
                "%s has %s, so %s would have no effect. To switch, declare clear: [%s]."
                % (desired.label, kind.secret_hidden_by, name, kind.secret_hidden_by),
                "no_secret",
            )
    elif kind.secret_scope:
        raise Refused(
            "%s: Auth0 does not show its %s, so it is not known what this change would replace or remove. Add the "
            "scope %s to the grant of the client that manages the tenant, and get a new token."
            % (desired.label, " and ".join(found), kind.secret_scope),
            "unseen_secret",
        )


def updatable_of(kind: Kind, current: Object) -> frozenset[str] | None:
    owned = kind.system_owned
    return owned.updatable if owned and current.get(owned.flag) else None


def refuse_system(desired: Desired, updatable: frozenset[str] | None, paths: t.Iterable[str]) -> None:
    if updatable is None or desired.kind.system_owned is None:
        return
    refused = [path for path in paths if not any(path == ok or path.startswith(ok + ".") for ok in updatable)]
    if refused:
        raise Refused(
            "%s is %s: Auth0 does not allow changing its %s. %s"
            % (
                desired.label,
                desired.kind.system_owned.what,
                ", ".join(refused),
                "It can only be read." if not updatable else "It allows changing %s." % ", ".join(sorted(updatable)),
            ),
            "protected",
        )


def allowed(updatable: frozenset[str] | None, name: str, value: t.Any) -> t.Any:
    """The part of a value that may be sent: a system object takes only some keys, even of what stays the same."""
    if updatable is None or name in updatable or not isinstance(value, dict):
        return value
    return {key: item for key, item in value.items() if "%s.%s" % (name, key) in updatable}


def refuse_lock_out(desired: Desired, current: Object, predicted: Object, surroundings: Surroundings) -> None:
    def anything(item: Object, name: str) -> bool:
        return bool(item.get(name)) or any(rule.stands_for(name, item) for rule in desired.kind.rules)

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


def warnings_of(desired: Desired, current: Object, payload: Object, surroundings: Surroundings) -> tuple[str, ...]:
    return tuple(
        "%s: %s. %s" % (desired.label, rule.why, text)
        for rule in desired.kind.kept
        if _applies_to(desired.kind, rule, current, surroundings)
        for name, text in rule.warned.items()
        if name in payload
    )
