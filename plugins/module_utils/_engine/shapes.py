# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""The shape of what a tenant answers, held against the declaration of its kind. Pure.

A field of another type than the declared one would lead to a wrong comparison, or end a task in a traceback.
"""

from __future__ import annotations

import typing as t

from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind
from ansible_collections.community.auth0.plugins.module_utils._kinds.field import Field
from ansible_collections.community.auth0.plugins.module_utils._times import parse_time

from .references import Object

_TYPES: t.Mapping[str, tuple[type, ...]] = {
    "str": (str,),
    "bool": (bool,),
    "int": (int, float),
    "list": (list,),
    "dict": (dict,),
}
#: What the types are called.
_NAMES = {"str": "a string", "bool": "true or false", "int": "a number", "list": "a list", "dict": "an object"}


def misshapen(fields: t.Mapping[str, Field], item: Object) -> str | None:
    """What is wrong with the shape of an object, as the end of a sentence; None for nothing. Shows no value.

    Fields that are not declared, and null, may be anything.
    """
    for name, field in fields.items():
        if item.get(name) is not None:
            problem = _problem(field, item[name], name)
            if problem:
                return problem
    return None


def _problem(field: Field, value: t.Any, path: str) -> str | None:
    expected = _TYPES.get(field.type)
    if expected and (not isinstance(value, expected) or (isinstance(value, bool) and field.type != "bool")):
        return "%s is not %s" % (path, _NAMES[field.type])
    if isinstance(value, str):
        return _string_problem(field, value, path)
    if isinstance(value, dict):
        for key, sub in (field.fields or {}).items():
            if value.get(key) is not None:
                problem = _problem(sub, value[key], "%s.%s" % (path, key))
                if problem:
                    return problem
    elif isinstance(value, list) and field.elements:
        for index, one in enumerate(value):
            problem = _problem(field.elements, one, "%s[%d]" % (path, index))
            if problem:
                return problem
            if field.key and isinstance(one, dict) and one.get(field.key) is None:
                return "%s[%d] has no %s" % (path, index, field.key)
    return None


def _string_problem(field: Field, value: str, path: str) -> str | None:
    try:
        value.encode()
    except UnicodeEncodeError:
        return "%s is not Unicode" % path
    if field.time:
        try:
            parse_time(value)
        except (ValueError, OverflowError):
            return "%s is not a time" % path
    return None


def shape_of(kind: Kind, answer: t.Any) -> str | None:
    """What is wrong with an answer where an object of a kind belongs; None for nothing."""
    if not isinstance(answer, dict) or not (kind.standing or isinstance(answer.get(kind.id_field), str)):
        return "it is not %s" % kind.a_title
    return misshapen(kind.fields, answer)


def understood(kind: Kind, answer: t.Any) -> tuple[t.Any, str | None]:
    """An answer in the declared form, and what is wrong with it where an object of a kind belongs; None for nothing."""
    if kind.translation and isinstance(answer, dict):
        try:
            answer = kind.translation.read(answer)
        except ValueError as error:
            return answer, str(error)
    return answer, shape_of(kind, answer)
