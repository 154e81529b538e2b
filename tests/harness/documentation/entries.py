# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options of a module for one object → the options of an entry in a list of such objects, as in auth0_config."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

import yaml
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS

from .blocks import block
from .declared import MODULES

#: Options of a module that an entry does not have: an entry returns nothing.
NOT_IN_ENTRIES = frozenset({"return_secret"})

_MARKUP = re.compile(r"\b(O|RV)\(([^)]*)\)")


def entry_options(
    kind: str, *, without: Collection[str] = NOT_IN_ENTRIES, place: str | None = None
) -> dict[str, dict[str, Any]]:
    """The sub-options of an entry, as the module of the kind documents its options, in the same order.

    kind: its name, such as ``client``. without: options that an entry does not have.
    place: where the entries are; the list of the kind's name by default, such as ``clients[]``.
    Raises KeyError for a kind that there is not.
    """
    where = KINDS[kind].collection + ("" if KINDS[kind].single else "[]")
    return options_at("auth0_%s" % kind, place or where, without=without)


def options_at(module: str, place: str, *, without: Collection[str] = ()) -> dict[str, dict[str, Any]]:
    """The options of a module as they are documented, for another module that has them as sub-options.

    place: where it has them, such as ``clients[].credentials``: options that are named in a text are named there, and
    those that only the module itself has, and return values, as its own.
    """
    documentation = yaml.safe_load(block((MODULES / ("%s.py" % module)).read_text(), "DOCUMENTATION"))
    options = {name: option for name, option in documentation["options"].items() if name not in without}
    elsewhere = "community.auth0.%s#module:" % module

    def renamed(found: re.Match[str]) -> str:
        markup, named = found.groups()
        if "#" in named:
            return found[0]
        here = markup == "O" and re.split(r"[.\[=]", named)[0] in options
        return "%s(%s%s)" % (markup, "%s." % place if here else elsewhere, named)

    return {name: _with_texts(option, lambda text: _MARKUP.sub(renamed, text)) for name, option in options.items()}


def _with_texts(option: Mapping[str, Any], changed: Callable[[str], str]) -> dict[str, Any]:
    """An option whose descriptions, and those of its sub-options, are changed. The version stays with the module."""
    found = {key: value for key, value in option.items() if key != "version_added"}
    described = option["description"]
    found["description"] = changed(described) if isinstance(described, str) else [changed(text) for text in described]
    if "suboptions" in option:
        found["suboptions"] = {name: _with_texts(part, changed) for name, part in option["suboptions"].items()}
    return found
