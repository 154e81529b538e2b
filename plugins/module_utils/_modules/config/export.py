# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Objects of a tenant → the entries that declare them in any tenant. Pure but for the look-ups by name."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._engine.following import is_done
from ansible_collections.community.auth0.plugins.module_utils._engine.references import Object
from ansible_collections.community.auth0.plugins.module_utils._engine.value_views import secrets
from ansible_collections.community.auth0.plugins.module_utils._engine.values import shown, subfield, writable
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind
from ansible_collections.community.auth0.plugins.module_utils._kinds.field import Field


@dataclasses.dataclass(frozen=True)
class Exported:
    """entry: what declares an object. left_out: the names of what it has and the entry cannot hold."""

    entry: dict[str, t.Any]
    left_out: tuple[str, ...]


def exported(
    kind: Kind,
    item: Object,
    name_of: t.Callable[[str, str, t.Any, str], str | None],
    include_secrets: bool = False,
) -> Exported | None:
    """The entry of an object; None where there is nothing to declare of it.

    name_of: given the name of a kind, a field, its value and the field that names its objects, the name of that object
    if it is the only one. include_secrets: whether the secrets that the tenant shows are in the entry.
    """
    system = kind.system_owned is not None and bool(item.get(kind.system_owned.flag))
    updatable = kind.system_owned.updatable if kind.system_owned and system else None
    entry: dict[str, t.Any] = {}
    left_out: list[str] = []
    lacking = [] if system else [name for name in kind.options if _lacks_what_new_ones_have(kind, name, item)]
    if lacking:
        entry["clear"] = lacking
    for name in kind.options:
        field = kind.field(name, item)
        value = field.held(name, item)
        if (field.read_as and field.per == 1) or not _fits(kind, name, item):
            continue
        if value is None or (updatable is not None and not _may_change(updatable, name)):
            continue
        if any(rule.stands_for(name, item) for rule in kind.rules):
            continue
        value = _part(updatable, name, int(value) if field.type == "int" else value)
        if kind.standing and field.merged and isinstance(field.initial, dict):
            # What is not in the entry stays as it is there anyway.
            value = {key: one for key, one in value.items() if key not in field.initial or one != field.initial[key]}
        if field.refers and field.refers.option and field.refers.by and field.refers.value_in(value) is not None:
            known = name_of(field.refers.kind, field.refers.field, field.refers.value_in(value), field.refers.by)
            entry[field.refers.option if known else name] = known or value
            left_out += [] if known else [name]
            continue
        if (name not in kind.identity or field.means_absent(value)) and _is_usual(kind, name, value):
            continue
        if not include_secrets and any(secrets(field, value)):
            left_out.append(name)
        if field.write_only or _is_local(field, value) or (field.secret and not include_secrets):
            left_out += [] if name in left_out else [name]
            continue
        if _lacks_write_only(field, value) or _is_unknown_choice(field, value):
            left_out += [] if name in left_out else [name]
            continue
        value = shown(field, writable(field, value, new=True), include_secrets)
        value, nameless = _with_names(field, value if include_secrets else _complete(field, value), name_of)
        if nameless:
            left_out += [] if name in left_out else [name]
        elif value is not None and (value or not isinstance(value, dict)):
            entry[name] = value
    if kind.follow_up and kind.follow_up.by_default and not is_done(kind.follow_up, item):
        entry[kind.follow_up.option] = False
    own = set(entry) - set(kind.identity) - {_reference_option(kind, name) for name in kind.identity}
    # What a single object cannot be declared with is told all the same.
    if (system or kind.standing) and not own and not (kind.single and left_out):
        return None
    for name in kind.identity:
        if name not in entry and item.get(name) is not None and not kind.fields[name].means_absent(item[name]):
            option = _reference_option(kind, name)
            if option not in entry:
                entry[name] = item[name]
    return Exported(_in_reading_order(kind, entry), tuple(left_out))


def _with_names(
    field: Field, value: t.Any, name_of: t.Callable[[str, str, t.Any, str], str | None]
) -> tuple[t.Any, bool]:
    """A value with names in place of the ids of other objects in it, and whether one of those has no unique name."""
    if isinstance(value, dict):
        found: dict[str, t.Any] = {}
        nameless = False
        for key, item in value.items():
            refers = (field.fields or {}).get(key, Field()).refers
            if refers and refers.option and refers.by and item is not None:
                name = name_of(refers.kind, refers.field, item, refers.by)
                nameless |= name is None
                found[refers.option] = name
            else:
                found[key], below = _with_names(subfield(field, key) or Field("raw"), item, name_of)
                nameless |= below
        return found, nameless
    if isinstance(value, list) and field.elements:
        items = [_with_names(field.elements, item, name_of) for item in value]
        return [item for item, dummy in items], any(below for dummy, below in items)
    return value, False


def _fits(kind: Kind, name: str, item: Object) -> bool:
    """Whether a field says a number as it is: one of several units does, the largest of those that can."""
    field = kind.fields[name]
    if field.type != "int":
        return True
    larger = field.read_as and _fits(kind, field.read_as, item)
    return not larger and float(field.held(name, item) or 0).is_integer()


def _reference_option(kind: Kind, name: str) -> str:
    refers = kind.fields[name].refers
    return refers.option if refers and refers.option else name


def _in_reading_order(kind: Kind, entry: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    """What names the object comes first, as a reader expects it."""
    names = [option for name in kind.identity for option in (_reference_option(kind, name), name)]
    order = dict.fromkeys([*names, "name", "description", *entry])
    return {name: entry[name] for name in order if name in entry}


def _may_change(updatable: t.Collection[str], name: str) -> bool:
    return any(path == name or path.startswith(name + ".") for path in updatable)


def _part(updatable: t.Collection[str] | None, name: str, value: t.Any) -> t.Any:
    """The part of a value that may be changed on a system object."""
    if updatable is None or name in updatable or not isinstance(value, dict):
        return value
    return {key: item for key, item in value.items() if "%s.%s" % (name, key) in updatable}


def _is_usual(kind: Kind, name: str, value: t.Any) -> bool:
    """Whether a new object has the value by itself."""
    field = kind.fields[name]
    if field.required:
        return False
    if any(start.field == name for start in kind.initially):
        return False  # what a new object gets then depends on what else is declared
    if value == field.initial or value in field.usual:
        return True
    if isinstance(value, dict) and isinstance(field.initial, dict) and value.items() <= field.initial.items():
        return True
    return field.initial is None and field.means_absent(value)


def _lacks_what_new_ones_have(kind: Kind, name: str, item: Object) -> bool:
    """Whether a field was removed from the object that a new one has by itself."""
    field = kind.fields[name]
    by_itself = bool(field.usual) or not field.means_absent(field.initial)
    return field.nullable and by_itself and item.get(field.read_as or name) is None


def _is_local(field: Field, value: t.Any) -> bool:
    """Whether a value, or something in it, means something in this tenant only."""
    if field.local and value is not None:
        return True
    if isinstance(value, dict):
        return any(_is_local(sub, item) for key, item in value.items() if (sub := subfield(field, key, value)))
    return (
        isinstance(value, list)
        and field.elements is not None
        and any(_is_local(field.elements, item) for item in value)
    )


def _is_unknown_choice(field: Field, value: t.Any) -> bool:
    """Whether a value, or something in it, is none that can be declared: Auth0 has more choices than are known here."""
    if field.choices and isinstance(value, str):
        return value not in field.choices
    if isinstance(value, dict):
        return any(_is_unknown_choice(sub, item) for key, item in value.items() if (sub := subfield(field, key, value)))
    return (
        isinstance(value, list)
        and field.elements is not None
        and any(_is_unknown_choice(field.elements, item) for item in value)
    )


def _lacks_write_only(field: Field, value: t.Any) -> bool:
    """Whether a value lacks what the server never returns, and wants when the object is sent."""
    if isinstance(value, dict):
        subs = {key: subfield(field, key, value) or Field("raw") for key in field.fields or {}}
        for key, sub in subs.items():
            if sub.write_only and sub.required:
                return True
            if key in value and _lacks_write_only(sub, value[key]):
                return True
    return (
        isinstance(value, list)
        and field.elements is not None
        and any(_lacks_write_only(field.elements, one) for one in value)
    )


def _complete(field: Field, value: t.Any) -> t.Any:
    """A value without the parts that cannot be sent to a new object, since the secret that they must have is not shown.

    None where nothing is left. A list is kept whole or not at all: what is not in it would be removed.
    """
    if isinstance(value, dict):
        if any(sub.secret and sub.required and key not in value for key, sub in (field.fields or {}).items()):
            return None
        parts = {key: _complete(subfield(field, key, value) or Field("raw"), item) for key, item in value.items()}
        return {key: part for key, part in parts.items() if part is not None}
    if isinstance(value, list) and field.elements:
        items = [_complete(field.elements, item) for item in value]
        return None if any(item is None for item in items) else items
    return value
