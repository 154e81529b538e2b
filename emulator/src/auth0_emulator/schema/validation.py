# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Validation of bodies, with the error messages of the JSON-schema validator that Auth0 uses.

The forms 'Additional properties not allowed', 'Missing required property', 'Object didn't pass validation for format',
'Array items are not unique' and 'Array is too long' are recorded or reported with that wording; the other wordings are
the same validator's (z-schema).
"""

from __future__ import annotations

import json
import math
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from .errors import AnsweredError, invalid_body, management_error

_EXPECTED = {
    "string_type": "string",
    "bool_type": "boolean",
    "int_type": "integer",
    "int_from_float": "integer",
    "list_type": "array",
    "dict_type": "object",
    "model_type": "object",
    "model_attributes_type": "object",
}


DEEPEST = 64
"""How deep arrays and objects may be nested (our choice)."""


def parse_json(raw: bytes) -> Any:
    """The value in a JSON body (the wording of the refusal is unverified)."""
    try:
        value = json.loads(raw, parse_constant=_refuse, parse_float=_finite)
        if b"\\u" in raw:
            json.dumps(value, ensure_ascii=False).encode()
        if raw.count(b"[") + raw.count(b"{") > DEEPEST:
            _refuse_depth(value)
        return value
    except (ValueError, RecursionError):
        raise management_error(400, "Invalid request payload JSON format") from None


def _refuse(constant: str) -> None:
    """NaN and Infinity are no JSON; neither is half a surrogate pair, which encoding refuses."""
    raise ValueError(constant)


def _finite(string: str) -> float:
    """A number that a double can hold."""
    value = float(string)
    if not math.isfinite(value):
        raise ValueError(string)
    return value


def _refuse_depth(value: Any) -> None:
    level = [value]
    for dummy in range(DEEPEST):
        level = [
            inner
            for one in level
            if isinstance(one, dict | list)
            for inner in (one.values() if isinstance(one, dict) else one)
        ]
    if level:
        raise ValueError


def json_type(value: Any) -> str:
    """The JSON-schema type of a value, as the validator names it."""
    for kind, name in (
        (bool, "boolean"),
        (int, "integer"),
        (float, "number"),
        (str, "string"),
        (list, "array"),
        (dict, "object"),
    ):
        if isinstance(value, kind):
            return name
    return "null"


def valid_body(model: type[BaseModel], body: Any) -> dict[str, Any]:
    """The body, if the model accepts it; it is returned as sent (nothing is coerced)."""
    if not isinstance(body, dict):
        raise invalid_body(f"'Expected type object but found type {json_type(body)}'")
    try:
        model.model_validate(body)
    except ValidationError as error:
        raise _refusal(error.errors(include_url=False), body) from None
    return body


def _refusal(problems: list[ErrorDetails], body: dict[str, Any]) -> AnsweredError:
    """One answer for all problems, in the validator's order: an object's own come before those of its members, and
    the last member comes first (reported, and so is it in z-schema)."""
    found: dict[tuple[Any, ...], str] = {}
    for number, problem in enumerate(problems):
        if problem["type"] == "extra_forbidden":
            where = _parent(problem)
            found.setdefault((_turn(where, body), 0), _unknown(problems, where, body))
        elif problem["type"] == "missing":
            where = _parent(problem)
            string = f"'Missing required property: {problem['loc'][-1]}'{_on(where)}"
            found[(_turn(where, body), 1, -number)] = string
        else:
            where = _path(problem, body)
            found.setdefault((_turn(where, body), 2), f"'{_wording(problem)}'{_on(where)}")
    return invalid_body(*(found[turn] for turn in sorted(found)))


def _unknown(problems: list[ErrorDetails], where: tuple[int | str, ...], body: dict[str, Any]) -> str:
    names = {str(p["loc"][-1]) for p in problems if p["type"] == "extra_forbidden" and _parent(p) == where}
    sent = [name for name in _at(body, where) if name in names]
    # The last one sent is named first (reported: client_id and audience, sent in that order, give the reverse).
    return f"'Additional properties not allowed: {','.join(reversed(sent))}'{_on(where)}"


def _turn(path: tuple[int | str, ...], body: Any) -> tuple[int, ...]:
    """When the validator comes to a place."""
    turn: list[int] = []
    for step in path:
        turn.append(-step if isinstance(step, int) else -list(body).index(step))
        body = body[step]
    return tuple(turn)


def _parent(problem: ErrorDetails) -> tuple[int | str, ...]:
    return problem["loc"][:-1]


def _at(body: Any, path: tuple[int | str, ...]) -> Any:
    for step in path:
        body = body[step]
    return body


def _path(problem: ErrorDetails, body: Any) -> tuple[int | str, ...]:
    """The part of the location that exists in the body (pydantic appends names of union members and '[key]')."""
    steps: list[int | str] = []
    value: Any = body
    for step in problem["loc"]:
        if isinstance(value, list) if isinstance(step, int) else (isinstance(value, dict) and step in value):
            value = value[step]
            steps.append(step)
        else:
            break
    return tuple(steps)


def _on(path: tuple[int | str, ...]) -> str:
    string = ""
    for step in path:
        string += f"[{step}]" if isinstance(step, int) else f".{step}" if string else str(step)
    return f" on property {string}" if string else ""


def _wording(problem: ErrorDetails) -> str:
    kind, value, context = problem["type"], problem["input"], problem.get("ctx", {})
    if kind in _EXPECTED:
        return f"Expected type {_EXPECTED[kind]} but found type {json_type(value)}"
    if kind == "literal_error":
        if not isinstance(value, str):
            return f"Expected type string but found type {json_type(value)}"
        return f"No enum match for: {value}"
    if kind == "format":
        return f"Object didn't pass validation for format {context['name']}: {context['value']}"
    if kind == "string_too_short":
        return f"String is too short ({len(value)} chars), minimum {context['min_length']}"
    if kind == "string_too_long":
        return f"String is too long ({len(value)} chars), maximum {context['max_length']}"
    if kind == "string_pattern_mismatch":
        return f"String does not match pattern {context['pattern']}: {value}"
    if kind == "too_short":
        noun = "Array is too short" if isinstance(value, list) else "Too few properties defined"
        return f"{noun} ({len(value)}), minimum {context['min_length']}"
    if kind == "too_long":
        noun = "Array is too long" if isinstance(value, list) else "Too many properties defined"
        return f"{noun} ({len(value)}), maximum {context['max_length']}"
    if kind == "greater_than_equal":
        return f"Value {value} is less than minimum {context['ge']}"
    if kind == "less_than_equal":
        return f"Value {value} is greater than maximum {context['le']}"
    return problem["msg"]
