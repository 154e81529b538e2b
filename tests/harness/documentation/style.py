# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Documentation → YAML in the form that it has in the modules, always the same for the same documentation."""

from __future__ import annotations

import functools
import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

#: Ansible reads YAML by libyaml, too, where it is there, which takes a tenth of the time.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
WIDTH = 120
#: Keys whose lists hold sentences or entries of their own, each on a line of its own.
BLOCKS = {"description", "details", "notes", "requirements", "author", "extends_documentation_fragment", "membership"}


def to_yaml(documentation: Mapping[str, Any]) -> str:
    """A block of documentation as YAML, each line ended. Comments and the kind of quotes are not kept.

    Raises ValueError for what cannot be written so that it reads the same again.
    """
    written = "".join(line + "\n" for line in _mapping(documentation, 0))
    if yaml.load(written, LOADER) != documentation:
        raise ValueError("this documentation cannot be written as YAML in the form of the modules")
    return written


def _mapping(values: Mapping[str, Any], indent: int) -> Iterator[str]:
    for key, value in values.items():
        yield from _entry(_scalar(key), key, value, indent)


def _entry(written: str, key: str, value: Any, indent: int) -> Iterator[str]:
    """A key and its value, as lines."""
    start = " " * indent + written + ":"
    if isinstance(value, Mapping) and value:
        yield start
        yield from _mapping(value, indent + 2)
    elif isinstance(value, list) and value:
        flow = None if key in BLOCKS else _flow(start + " ", value, indent + 2)
        if flow:
            yield from flow
        else:
            yield start
            yield from _items(value, indent + 2)
    else:
        yield from _wrapped(start + " ", _scalar(value), indent + 2)


def _items(values: Sequence[Any], indent: int) -> Iterator[str]:
    for value in values:
        if isinstance(value, Mapping):
            first, *others = _mapping(value, indent + 2)
            yield " " * indent + "- " + first.lstrip(" ")
            yield from others
        else:
            yield from _wrapped(" " * indent + "- ", _scalar(value), indent + 2)


def _flow(start: str, values: Sequence[Any], indent: int) -> list[str] | None:
    """A list in brackets, where its items are words or it fits in a line; None where it does not."""
    if any(isinstance(value, (Mapping, list)) for value in values):
        return None
    items = [_scalar(value, flow=True) for value in values]
    whole = start + "[" + ", ".join(items) + "]"
    if len(whole) <= WIDTH:
        return [whole]
    if any(" " in item for item in items):
        return None
    return list(_wrapped(start, "[" + ", ".join(items) + "]", indent))


def _wrapped(start: str, written: str, indent: int) -> Iterator[str]:
    """What is written after the start, in lines that are no longer than WIDTH where a space lets them end."""
    yield from textwrap.wrap(
        start + written,
        WIDTH,
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
        drop_whitespace=True,
    )


def _scalar(value: Any, flow: bool = False) -> str:
    """A value that is no list and no mapping, quoted where it would be read as another one without."""
    if isinstance(value, list):
        return "[]"
    if isinstance(value, Mapping):
        return "{}"
    if not isinstance(value, str):
        return json.dumps(value)
    return _string(value, flow)


@functools.cache
def _string(value: str, flow: bool) -> str:
    plain = f"[{value}]" if flow else f"key: {value}"
    try:
        read = yaml.load(plain, LOADER)
    except yaml.YAMLError:
        read = None
    if value and read == ([value] if flow else {"key": value}) and "\n" not in value:
        return value
    return json.dumps(value, ensure_ascii=False)
