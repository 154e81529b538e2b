# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A sketch → the file of _kinds that declares it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from ansible_collections.community.auth0.plugins.module_utils._kinds.field import Field

from .sketch import DESCRIBE, FIND_OUT, KindSketch, Sketch, remark

_HEAD = """\
# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""
#: In the order in which a Field says them.
_ORDER = [field.name for field in dataclasses.fields(Field)]


def declaration(kind: KindSketch) -> str:
    """The source of the file; ``ruff format`` breaks its lines."""
    ways = [
        f"Direct({name!r})" if under is None else f"Direct({name!r}, under={under!r})" for name, under in kind.directs
    ]
    query = f", query={dict(kind.query)!r}" if kind.query else ""
    if not kind.standing and not any(name in kind.identity for name, dummy in kind.directs):
        ways.append(f"Listed(match={kind.identity!r}{query})")
    words = ["Kind"]
    words += [word for word in ("Direct", "Listed") if any(way.startswith(word) for way in ways)]
    words += ["Filter"] if kind.filters else []
    lines = [
        _HEAD.rstrip("\n") + "\n",
        f'"""{kind.plural[0].upper()}{kind.plural[1:]}: {DESCRIBE}what they are, in a line.\n\n'
        "Fields, limits, filters and what a change takes: Auth0's Management API description.\n"
        f'{FIND_OUT}where everything else is from: recorded exchanges, documentation, SDKs.\n"""\n',
        "from __future__ import annotations\n",
        f"from .declaration import {', '.join(sorted(words))}",
        "from .field import Field\n",
        f"{kind.constant} = Kind(",
        *_marks(kind.questions["kind"]),
        f"name={kind.name!r}, title={kind.title!r}, path={kind.path!r}, collection={kind.collection!r},",
        f"id_field={kind.id_field!r},",
        *_marks(kind.questions["identity"]),
        f"identity={kind.identity!r},",
        *_marks(kind.questions["lookups"]),
        f"lookups=({', '.join(ways)},)," if ways else "lookups=(),",
        f"checkpoint={kind.checkpoint},",
        *(["bare=True,"] if kind.bare else []),
        f"unique={kind.unique},",
        *(["replaced=True,"] if kind.replaced else []),
        *(["standing=True,"] if kind.standing else []),
        *_filters(kind),
        *_marks(kind.questions["fields"]),
        "fields={",
        *(line for name, field in kind.fields.items() for line in _entry(name, field)),
        "},",
        ")",
    ]
    return "\n".join(lines) + "\n"


def _marks(questions: Sequence[str]) -> list[str]:
    return [line for question in dict.fromkeys(questions) for line in remark(question)]


def _filters(kind: KindSketch) -> list[str]:
    if not kind.filters:
        return []
    lines = [
        line
        for name, field in kind.filters.items()
        for line in (*_marks(field.questions), f"{name!r}: Filter({field_source(field)}),")
    ]
    return ["filters={", *lines, "},"]


def _entry(name: str, field: Sketch) -> list[str]:
    return [*_marks(field.questions), f"{name!r}: {field_source(field)},"]


def _entries(fields: Mapping[str, Sketch]) -> str:
    return "\n".join(line for name, field in fields.items() for line in _entry(name, field))


def field_source(field: Sketch) -> str:
    """The Field, with what has to be found out above each of its keys."""
    given: list[str] = []
    for word in sorted(field.attributes, key=_ORDER.index):
        value: Any = field.attributes[word]
        if word == "type":
            given.append(repr(value))
        elif isinstance(value, Sketch):
            given.append(f"{word}={field_source(value)}")
        elif word == "fields":
            given.append(f"fields={{\n{_entries(value)}\n}}")
        elif word == "variants":
            forms = [f"{form!r}: {{\n{_entries(one)}\n}}," for form, one in value.items()]
            given.append(f"variants={{\n{chr(10).join(forms)}\n}}")
        elif word == "pattern":
            given.append(f"pattern={raw_string(value)}")
        else:
            given.append(f"{word}={value!r}")
    return f"Field({', '.join(given)})"


def raw_string(value: str) -> str:
    """A string as people write regular expressions."""
    return repr(value) if '"' in value or value.endswith("\\") or "\n" in value else f'r"{value}"'
