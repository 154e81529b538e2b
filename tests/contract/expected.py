# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a declaration promises of an object, whatever the server merges or replaces: a model that sends nothing.

It knows the promise (the declared leaves hold, lists are values, all else stays) and what is known of Auth0's servers:
what they never show, what goes with what. Of the code under test it uses the kinds' declarations and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any
from unittest import mock

from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind
from ansible_collections.community.auth0.plugins.module_utils._kinds.field import Field
from ansible_collections.community.auth0.plugins.module_utils._kinds.rules import (
    AtMost,
    Fills,
    Overrides,
)

Item = dict[str, Any]

_FREE = Field("raw")

#: Names under which the server shows once more what it shows under newer ones (recorded).
OLDER_NAMES = frozenset({"cross_origin_auth", "oidc_backchannel_logout"})

#: What reads show of what was never set (recorded).
SHOWN_EMPTY = (("role", "description", ""),)

#: What no declaration has, and the server sets anew when what was written is put to use (recorded).
SET_ANEW = (("action", "current_version"),)

#: What the server fills in where an object is declared in part (recorded).
FILLED_IN: dict[str, Item] = {
    "client session_transfer": {
        "can_create_session_transfer_token": False,
        "enforce_cascade_revocation": True,
        "allowed_authentication_methods": [],
        "enforce_device_binding": "ip",
        "allow_refresh_token": False,
        "enforce_online_refresh_tokens": True,
    },
    "log_stream pii_config": {"method": "hash", "algorithm": "xxhash"},
}


def after(
    kind: Kind,
    before: Mapping[str, Any],
    declared: Mapping[str, Any],
    clear: Collection[str] = (),
    additive: Collection[str] = (),
) -> Item:
    """The object that a declaration makes of one. additive: the lists that only grow."""
    item = dict(before)
    for name in clear:
        item.pop(_held(kind, name), None)
    for name, value in declared.items():
        held = _held(kind, name)
        start = item.get(held) or (FILLED_IN.get(f"{kind.name} {held}") if value else None)
        item[held] = _applied(kind.fields[name], start, value, name in additive)
        if kind.fields[name].per != 1:
            item[held] = value / kind.fields[name].per
    item = {name: value for name, value in item.items() if value is not None}
    if kind.secret_hidden_by in before and kind.secret_hidden_by not in item:
        item.setdefault(str(kind.shown_secret), mock.ANY)  # it is of use again, and shown as it was (recorded)
    return _consequences(kind, item)


def _held(kind: Kind, name: str) -> str:
    return kind.fields[name].read_as or name


def _applied(field: Field, before: Any, want: Any, additive: bool = False) -> Any:
    """A value with what is declared of it; None: nothing is seen of it, or it is gone."""
    if field.write_only or field.dates:
        return None
    if isinstance(want, dict):
        whole = dict(before) if isinstance(before, dict) else {}
        if field.one_key:
            whole = {key: value for key, value in whole.items() if key in want}
        for key in _displaced(field, want):
            whole.pop(key, None)
        for key, value in want.items():
            whole[key] = None if value is None else _applied(_sub(field, key), whole.get(key), value)
        # What goes with one value of another key is gone with that.
        for key, sub in (field.fields or {}).items():
            if sub.goes_with and whole.get(sub.goes_with[0]) not in sub.goes_with[1]:
                whole.pop(key, None)
        return {key: value for key, value in whole.items() if value is not None}
    if isinstance(want, list) and not want and field.min_length:
        return None  # the server takes no empty list; null takes its place
    if isinstance(want, list) and field.key:
        held = {item[field.key]: item for item in before or ()}
        items = {item[field.key]: item for item in want}
        wanted = {name: _applied(field.elements or _FREE, held.get(name), item) for name, item in items.items()}
        return list(({**held, **wanted} if additive else wanted).values())
    if isinstance(want, list) and additive:
        return [*(before or ()), *(item for item in want if item not in (before or ()))]
    return want


def steady(field: Field, value: Any) -> Any:
    """A value without what the server sets anew with each write."""
    if isinstance(value, dict):
        return {key: steady(_sub(field, key), item) for key, item in value.items() if not _sub(field, key).volatile}
    if isinstance(value, list) and field.elements:
        return [steady(field.elements, item) for item in value]
    return value


def _displaced(field: Field, want: Mapping[str, Any]) -> set[str]:
    """What goes from an object where only some keys can be there together."""
    lonely = {key for key in field.some_of if _sub(field, key).alone}
    if lonely & want.keys():
        return set(field.some_of) - lonely
    gone = lonely if want.keys() & set(field.some_of) else set()
    return gone | (set(field.one_of) - want.keys() if want.keys() & set(field.one_of) else set())


def is_change(field: Field, before: Any, want: Any) -> bool:
    """Whether what is declared of a value is not so already, also of what is not seen."""
    if field.write_only:
        return bool(before != want)
    return bool(shown_value(field, before) != plain_value(field, _applied(field, before, want)))


def shown_value(field: Field, value: Any) -> Any:
    """What is seen of a declared value, in the form of ``plain_value``."""
    return plain_value(field, _applied(field, None, value))


def _sub(field: Field, key: str) -> Field:
    return (field.fields or {}).get(key) or field.values or _FREE


def _consequences(kind: Kind, item: Item) -> Item:
    """What goes with what (recorded), and a secret that is of no use is not shown (recorded)."""
    for rule in kind.rules:
        if isinstance(rule, Overrides) and item.get(rule.field) is True:
            item.pop(rule.other, None)
        elif isinstance(rule, Fills) and item.get(rule.field) is True:
            item[rule.other] = [dict(one) for one in rule.value]
        elif isinstance(rule, AtMost) and {rule.field, rule.other} <= item.keys():
            item[rule.field] = min(item[rule.field], item[rule.other])
    if kind.secret_hidden_by in item:
        item.pop(str(kind.shown_secret), None)
    return item


def differences(kind: Kind, one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """The fields that two objects do not hold alike, with what each holds of them.

    The order of sets, and whether what means absence is there, make no difference.
    """
    left, right = plain(kind, one), plain(kind, other)
    return {
        name: (left.get(name), right.get(name))
        for name in sorted(left.keys() | right.keys())
        if left.get(name) != right.get(name)
    }


def plain(kind: Kind, item: Mapping[str, Any]) -> Item:
    """An object without what means absence, and with its sets in one order."""
    values = {
        name: plain_value(kind.fields.get(name, _FREE), value)
        for name, value in item.items()
        if name not in OLDER_NAMES
        and (kind.name, name, value) not in SHOWN_EMPTY
        and not kind.fields.get(name, _FREE).volatile
        and (kind.name, name) not in SET_ANEW
    }
    return {name: value for name, value in values.items() if value is not None}


def plain_value(field: Field, value: Any) -> Any:
    """A value in the same way; None where it means absence, or stands for what is never shown."""
    if field.write_only:
        return None
    if isinstance(value, dict):
        inner = {key: plain_value(_sub(field, key), item) for key, item in steady(field, value).items()}
        value = {key: item for key, item in inner.items() if item is not None}
    elif isinstance(value, list):
        value = [plain_value(field.elements or _FREE, item) for item in value]
        if field.ordered and field.elements and field.elements.fields:
            known = field.elements.fields  # what only the server tells is known only afterwards
            value = [{key: one for key, one in (item or {}).items() if not known[key].read_only} for item in value]
        if field.type == "list" and not field.ordered:
            value.sort(key=lambda item: json.dumps(item, sort_keys=True))
    return None if field.means_absent(value) else value
