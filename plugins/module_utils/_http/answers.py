# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""What a server says: decoded strictly, and made fit to be displayed."""

from __future__ import annotations

import json
import math
import re
import typing as t

#: How deep objects and lists may be nested in each other. Auth0's have about ten levels; Ansible gives up at about 250.
MOST_LEVELS = 100

_HALF = re.compile("[\ud800-\udfff]")


def decoded(content: bytes) -> t.Any:
    """The JSON in a body. Halves of characters, which nobody could display, are replaced.

    Raises ValueError for what is no JSON, for numbers beyond a double, and for what is nested too deep.
    """
    try:
        found = json.loads(content, parse_constant=_refused, parse_float=_float)
        if deeper_than(MOST_LEVELS, found):
            raise ValueError("nested deeper than %d levels" % MOST_LEVELS)
    except RecursionError:
        raise ValueError("nested deeper than %d levels" % MOST_LEVELS) from None
    return _whole(found) if b"\\u" in content else found


def displayable(words: str) -> str:
    """A string of a server as it can be shown: what is invisible, or moves the cursor, is replaced by its code."""
    text = _HALF.sub("\ufffd", words)
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in text)


def deeper_than(levels: int, value: t.Any) -> bool:
    """Whether objects and lists are nested in each other at more levels."""
    inner = [value]
    for dummy in range(levels):
        inner = [below for one in inner for below in _below(one)]
        if not inner:
            return False
    return any(isinstance(one, (dict, list)) for one in inner)


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


def _below(value: t.Any) -> t.Iterable[t.Any]:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
