# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Strings of which YAML has made something else, since they stand there without quotes.

Ansible would make the string ``True`` of ``on``, and ``1.1`` of ``1.10``, without a word.
"""

from __future__ import annotations

import dataclasses
import typing as t

Spec = t.Mapping[str, t.Any]

#: Digits of a number that are shown; no string that somebody means has more.
_MOST_DIGITS = 30


@dataclasses.dataclass
class Misread:
    """refusals: what cannot be meant. warnings: what may not be meant. A sentence each, without secrets."""

    refusals: list[str] = dataclasses.field(default_factory=list)
    warnings: list[str] = dataclasses.field(default_factory=list)


def misread(spec: Spec, given: t.Mapping[t.Any, t.Any], path: str = "") -> Misread:
    """Find what was given to options that are strings, at every depth, and is none.

    spec: the options, in the words of AnsibleModule. given: before Ansible has validated them. path: where they stand.
    Raises nothing, whatever the shape of the options.
    """
    found = Misread()
    _options(spec, given, path, found)
    return found


def _options(spec: Spec, given: t.Mapping[t.Any, t.Any], path: str, found: Misread) -> None:
    for own, option in spec.items():
        for name in (own, *(option.get("aliases") or ())):
            if given.get(name) is not None:
                _value(option, given[name], "%s.%s" % (path, name) if path else name, found)


def _value(option: Spec, value: t.Any, path: str, found: Misread) -> None:
    kind = option.get("type") or "str"
    if kind == "list":
        items = value if isinstance(value, (list, tuple)) else [value]
        inner = {**option, "type": option.get("elements") or "raw"}
        for index, item in enumerate(items):
            _value(inner, item, "%s[%d]" % (path, index) if items is value else path, found)
    elif kind == "dict" and isinstance(value, t.Mapping):
        _options(option.get("options") or {}, value, path, found)
    elif kind in ("str", "path") and not option.get("choices"):
        _string(value, path, bool(option.get("no_log")), found)


def _string(value: t.Any, path: str, hidden: bool, found: Misread) -> None:
    if isinstance(value, bool):
        found.refusals.append(
            "%s: a string belongs there, and YAML has made %s of it, as it does of yes, no, on and off. Put it in "
            "quotes." % (path, "true" if value else "false")
        )
    elif isinstance(value, int) and abs(value) >= 10**_MOST_DIGITS:
        found.refusals.append(
            "%s: a string belongs there, and YAML has made a number of it, one that is too large. Put it in quotes."
            % path
        )
    elif isinstance(value, (int, float)):
        found.warnings.append(
            "%s: a string belongs there, and YAML has made a number of it%s. Put it in quotes, so that nothing of it "
            "is lost, such as a zero." % (path, "" if hidden else "; %s is used" % value)
        )
