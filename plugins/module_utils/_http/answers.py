# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""What a server says: decoded strictly, read one field at a time, and made fit to be displayed.

Everything in an answer may be of any shape: a proxy, another service or a mistake sent it. Each reader gives the field
in its shape, None where it is absent or null, or raises OddAnswer.
"""

from __future__ import annotations

import json
import math
import re
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._errors import Unreachable

#: How deep objects and lists may be nested in each other. Auth0's have about ten levels; Ansible gives up at about 250.
MOST_LEVELS = 100
#: Beyond this, numbers are not whole for every reader of JSON (RFC 8259, section 6).
MOST_INTEGER = 2**53 - 1

_HALF = re.compile("[\ud800-\udfff]")


class OddAnswer(Unreachable):
    """A field of an answer does not have the shape that it must have. Shows nothing of what it holds."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "unexpected")


def decoded(content: bytes) -> t.Any:
    """The JSON in a body. Halves of characters, which nobody could display, are replaced.

    Raises ValueError for what is no JSON, for numbers beyond a double, and for what is nested too deep.
    """
    try:
        found = json.loads(content, parse_constant=_refused, parse_float=_float)
        if _deeper_than(MOST_LEVELS, found):
            raise ValueError("nested deeper than %d levels" % MOST_LEVELS)
    except RecursionError:
        raise ValueError("nested deeper than %d levels" % MOST_LEVELS) from None
    return _whole(found) if b"\\u" in content else found


def string(answer: t.Any, name: str) -> str | None:
    """A string."""
    return t.cast("str | None", _read(answer, name, "a string", lambda value: isinstance(value, str)))


def strings(answer: t.Any, name: str) -> list[str] | None:
    """A list of strings."""
    return t.cast("list[str] | None", _read(answer, name, "a list of strings", lambda value: _is_list(value, str)))


def integer(answer: t.Any, name: str, least: int = -MOST_INTEGER, most: int = MOST_INTEGER) -> int | None:
    """A whole number within bounds."""
    return t.cast(
        "int | None",
        _read(
            answer,
            name,
            "a whole number from %d to %d" % (least, most),
            lambda value: isinstance(value, int) and not isinstance(value, bool) and least <= value <= most,
        ),
    )


def boolean(answer: t.Any, name: str) -> bool | None:
    """True or false."""
    return t.cast("bool | None", _read(answer, name, "true or false", lambda value: isinstance(value, bool)))


def mapping(answer: t.Any, name: str) -> dict[str, t.Any] | None:
    """An object."""
    return t.cast("dict[str, t.Any] | None", _read(answer, name, "an object", lambda value: isinstance(value, dict)))


def mappings(answer: t.Any, name: str) -> list[dict[str, t.Any]] | None:
    """A list of objects."""
    return t.cast(
        "list[dict[str, t.Any]] | None", _read(answer, name, "a list of objects", lambda value: _is_list(value, dict))
    )


def displayable(words: str) -> str:
    """A string of a server as it can be shown: what is invisible, or moves the cursor, is replaced by its code."""
    text = _HALF.sub("\ufffd", words)
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in text)


def _read(answer: t.Any, name: str, shape: str, fits: t.Callable[[t.Any], bool]) -> t.Any:
    if not isinstance(answer, dict):
        raise OddAnswer("The tenant answered with something that has no %s, since it is no object." % name)
    value = answer.get(name)
    if value is None or fits(value):
        return value
    raise OddAnswer("The tenant answered with %s that is not %s." % (name, shape))


def _is_list(value: t.Any, kind: type) -> bool:
    return isinstance(value, list) and all(isinstance(one, kind) for one in value)


def _refused(constant: str) -> t.NoReturn:
    raise ValueError("%s is no JSON" % constant)


def _float(number: str) -> float:
    found = float(number)
    if not math.isfinite(found):
        raise ValueError("a number beyond a double")
    return found


def _whole(value: t.Any) -> t.Any:
    """The same with every character whole, at every depth."""
    if isinstance(value, str):
        return _HALF.sub("\ufffd", value)
    if isinstance(value, list):
        return [_whole(one) for one in value]
    if isinstance(value, dict):
        return {_whole(name): _whole(one) for name, one in value.items()}
    return value


def _deeper_than(levels: int, value: t.Any) -> bool:
    inner = [value]
    for dummy in range(levels):
        inner = [below for one in inner for below in _below(one)]
    return any(isinstance(one, (dict, list)) for one in inner)


def _below(value: t.Any) -> t.Iterable[t.Any]:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
