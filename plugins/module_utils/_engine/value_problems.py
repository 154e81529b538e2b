# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""What is wrong with a declared value, and what an object lacks that must be sent whole. Pure."""

from __future__ import annotations

import re
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._kinds.field import Field

from .values import FREE, Object, by_name, displaced, flags_that_stand_alone, moment, subfield

#: What a value of each type is, and what it is called.
_TYPES: t.Mapping[str, tuple[type, str]] = {
    "str": (str, "a string"),
    "bool": (bool, "true or false"),
    "int": (int, "a number"),
    "list": (list, "a list"),
    "dict": (dict, "an object"),
}


def problems(field: Field, value: t.Any, path: str) -> t.Iterator[str]:
    """Say what is wrong with a declared value: types, limits, duplicates, unknown keys. Shows no secret."""
    if value is None:
        return
    if not _is_of_type(field, value):
        yield "%s: expected %s, not %s" % (path, _TYPES[field.type][1], type(value).__name__)
        return
    shown = "the given value" if field.no_log else repr(value)
    if field.choices and value not in field.choices:
        yield "%s: %s is none of %s" % (path, shown, ", ".join(field.choices))
    if field.type == "str":
        yield from _string_problems(field, value, path, shown)
    elif field.type == "int":
        if field.minimum is not None and value < field.minimum:
            yield "%s: %s is less than %d" % (path, shown, field.minimum)
        if field.maximum is not None and value > field.maximum:
            yield "%s: %s is more than %d" % (path, shown, field.maximum)
    elif field.type == "list":
        yield from _list_problems(field, value, path)
    elif field.type == "dict":
        yield from _object_problems(field, value, path)


def _is_of_type(field: Field, value: t.Any) -> bool:
    if isinstance(value, bool):  # which Python counts as a number
        return field.type in ("bool", "raw")
    return isinstance(value, _TYPES.get(field.type, (object, ""))[0])


def _object_problems(field: Field, value: Object, path: str) -> t.Iterator[str]:
    if field.one_key and len(value) != 1:
        yield "%s: exactly one of %s is needed" % (path, ", ".join(sorted(field.fields or ())))
    yield from _choice_problems(field, value, path)
    if field.max_length is not None and len(value) > field.max_length:
        yield "%s: %d keys, at most %d are allowed" % (path, len(value), field.max_length)
    for key in value:
        sub = subfield(field, key, value)
        others = field.forms_with(key) if sub is None else ()
        if others:
            known = ", ".join(sorted(field.fields or ()))
            owner = "%s %s" % (field.chosen_by, " and ".join(others))
            yield "%s.%s: that belongs to %s; what is chosen here has %s" % (path, key, owner, known)
        elif sub is None:
            yield "%s.%s: no such key; it has %s" % (path, key, ", ".join(sorted(field.fields or ())))
        else:
            yield from problems(sub, value[key], "%s.%s" % (path, key))
    yield from misplaced(field, value, path)


def _choice_problems(field: Field, value: Object, path: str) -> t.Iterator[str]:
    """What is wrong with flags, and other keys, of which only some can be there together."""
    given = {key for key in (*field.one_of, *field.some_of) if value.get(key) is not None}
    lonely = flags_that_stand_alone(field)
    for keys in ([key for key in field.one_of if key in given], [key for key in field.some_of if key in given]):
        if len(keys) > 1 and (set(keys) <= set(field.one_of) or lonely.intersection(keys)):
            yield "%s: %s exclude each other; give one of them" % (path, " and ".join(keys))
    for key in sorted(given.intersection(field.one_of) | given.intersection(lonely)):
        if value[key] is False:
            yield "%s.%s: false means nothing here; give what is meant instead" % (path, key)


def misplaced(field: Field, value: t.Any, path: str) -> t.Iterator[str]:
    """What an object has no place for beside its other values, as far as those follow from what is declared."""
    if not isinstance(value, dict):
        return
    settled = value.keys() | displaced(field, value)
    for key, sub in (field.fields or {}).items():
        if sub.goes_with and sub.goes_with[0] in settled and value.get(key) is not None:
            yield from _misplaced_key(key, sub, value, path)


def misplaced_in_whole(field: Field, value: t.Any, path: str) -> t.Iterator[str]:
    """What the objects in a value have no place for, at every depth, where nothing comes to what is in them."""
    if isinstance(value, dict):
        for key, item in value.items():
            sub = subfield(field, key, value)
            if sub and item is not None:
                yield from _misplaced_key(key, sub, value, path)
                yield from misplaced_in_whole(sub, item, "%s.%s" % (path, key))
    elif isinstance(value, list) and field.elements:
        for index, item in enumerate(value):
            yield from misplaced_in_whole(field.elements, item, "%s[%d]" % (path, index))


def _misplaced_key(key: str, field: Field, beside: Object, path: str) -> t.Iterator[str]:
    if field.goes_with is None or field.has_place(beside):
        return
    name, fitting = field.goes_with
    held, places = beside.get(name), " or ".join(map(_as_yaml, fitting))
    if held is None:
        yield "%s.%s: cannot be used without %s: %s" % (path, key, name, places)
    else:
        yield "%s.%s: cannot be used with %s: %s, only with %s" % (path, key, name, _as_yaml(held), places)


def _as_yaml(value: t.Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _string_problems(field: Field, value: str, path: str, shown: str) -> t.Iterator[str]:
    if len(value) < field.min_length:
        yield "%s: %s" % (
            path,
            "must not be empty" if not value else "is shorter than %d characters" % field.min_length,
        )
    if field.max_length is not None and len(value) > field.max_length:
        yield "%s: has %d characters, at most %d are allowed" % (path, len(value), field.max_length)
    if field.pattern and value and not re.fullmatch(field.pattern, value):
        yield "%s: %s must %s" % (path, shown, field.pattern_says)
    if field.time and moment(value) is None:
        yield "%s: %s is not a time in ISO 8601, such as 2026-01-31T12:00:00Z" % (path, shown)
    wrong = field.check(value) if field.check else None
    if wrong:
        yield "%s: %s %s" % (path, shown, wrong)


def _list_problems(field: Field, value: t.Sequence[t.Any], path: str) -> t.Iterator[str]:
    if field.max_length is not None and len(value) > field.max_length:
        yield "%s: %d items, at most %d are allowed" % (path, len(value), field.max_length)
    if not field.elements:
        return
    seen: list[t.Any] = []
    for index, item in enumerate(value):
        where = "%s[%d]" % (path, index)
        if item is None:
            yield "%s: is null" % where
            continue
        yield from problems(field.elements, item, where)
        name = item.get(field.key) if field.key and isinstance(item, dict) else item
        if field.ordered and isinstance(item, dict) and (name is None or field.key is None):
            continue  # what names it is known later, or nothing does
        if name is None:
            yield "%s.%s: is missing" % (where, field.key)
        elif name in seen:
            yield "%s: %r is given twice" % (where, name)
        seen.append(name)


def missing(field: Field, value: t.Any, path: str, have: t.Any = None) -> t.Iterator[str]:
    """What an object lacks that is about to be sent whole: the paths of required keys, or any key.

    have: the present value, where there is one.
    """
    if isinstance(value, dict):
        present = have if isinstance(have, dict) else {}
        if len(value) < field.min_length:
            yield "something in %s" % path
        for keys in (field.one_of, field.some_of):
            if keys and all(value.get(key) is None for key in keys):
                yield "one of %s" % ", ".join("%s.%s" % (path, key) for key in keys)
        for key in field.fields or {}:
            sub = subfield(field, key, value, present) or FREE
            stays = have is not None and (sub.stays or sub.create_only)
            if value.get(key) is not None:
                yield from missing(sub, value[key], "%s.%s" % (path, key), present.get(key))
            elif sub.required and sub.has_place(value) and not stays:
                yield "%s.%s" % (path, key)
    elif isinstance(value, list) and field.elements:
        held = by_name(field, have if isinstance(have, list) else [])
        for index, item in enumerate(value):
            other = held.get(item.get(field.key)) if field.key and isinstance(item, dict) else None
            yield from missing(field.elements, item, "%s[%d]" % (path, index), other)
