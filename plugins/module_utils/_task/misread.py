# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Options that are something else than anybody meant, before Ansible looks at them.

Ansible would make the string ``True`` of ``on``, and ``1.1`` of ``1.10``, without a word; and end in a traceback where
a number stands in the place of a dictionary.
"""

from __future__ import annotations

import dataclasses
import math
import typing as t

Spec = t.Mapping[str, t.Any]

#: Digits of a number that somebody may have meant as a string.
_MOST_DIGITS = 30


@dataclasses.dataclass
class Misread:
    """options: without what Ansible could not even refuse. refusals: what cannot be meant. warnings: what may not be
    meant. Both a sentence each, without secrets."""

    options: dict[str, t.Any] = dataclasses.field(default_factory=dict)
    refusals: list[str] = dataclasses.field(default_factory=list)
    warnings: list[str] = dataclasses.field(default_factory=list)


def misread(spec: Spec, given: t.Mapping[t.Any, t.Any]) -> Misread:
    """Find what was given to options and is of another type, at every depth.

    spec: the options, in the words of AnsibleModule. given: before Ansible has validated them. Raises nothing, whatever
    the shape of the options.
    """
    found = Misread()
    found.options = _options(spec, given, "", found)
    return found


def _options(spec: Spec, given: t.Mapping[t.Any, t.Any], path: str, found: Misread) -> dict[str, t.Any]:
    known = {name: option for own, option in spec.items() for name in (own, *(option.get("aliases") or ()))}
    kept = {}
    for name, value in given.items():
        option = known.get(name)
        if option is None or value is None:
            kept[name] = value
        else:
            kept[name] = _value(option, value, "%s.%s" % (path, name) if path else str(name), found)
    return kept


def _value(option: Spec, value: t.Any, path: str, found: Misread) -> t.Any:
    """The same value; None in the place of what is refused because Ansible could not refuse it."""
    kind = option.get("type") or "str"
    if kind == "list":
        return _list(option, value, path, found)
    if kind == "dict" and option.get("options"):
        if isinstance(value, t.Mapping):
            return _options(option["options"], value, path, found)
        return value if isinstance(value, str) else _refuse(path, "a dictionary", value, found)
    if kind in ("int", "float"):
        fits = isinstance(value, (int, float, str)) and not (isinstance(value, float) and not math.isfinite(value))
        return value if fits else _refuse(path, "a number", value, found)
    if kind in ("str", "path") and not option.get("choices"):
        _string(value, path, bool(option.get("no_log")), found)
    return value


def _list(option: Spec, value: t.Any, path: str, found: Misread) -> t.Any:
    inner = {**option, "type": option.get("elements") or "raw"}
    if isinstance(value, (list, tuple)):
        return [
            item if item is None else _value(inner, item, "%s[%d]" % (path, index), found)
            for index, item in enumerate(value)
        ]
    if option.get("options"):
        return value if isinstance(value, str) else _refuse(path, "a list", value, found)
    if not isinstance(value, (str, t.Mapping)):
        _value(inner, value, path, found)  # Ansible takes a number for the only item
    return value


def _refuse(path: str, wanted: str, value: t.Any, found: Misread) -> None:
    names = {bool: "true or false", int: "a number", float: "a number", list: "a list", tuple: "a list"}
    have = "a dictionary" if isinstance(value, t.Mapping) else names.get(type(value), type(value).__name__)
    if have == wanted:
        have = "one that is infinite, or none"
    found.refusals.append("%s: %s belongs there, not %s." % (path, wanted, have))


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
    elif isinstance(value, (list, tuple, t.Mapping)):
        _refuse(path, "a string", value, found)  # Ansible takes what Python shows of it
