# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A module's file → the same with what the declarations know in its documentation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from .blocks import block, with_block
from .common import FIRST, FIRST_MARK, MANY_OPTIONS, OF_ALL_MODULES, RETURNS, TOKEN_TASK, TOKEN_USED
from .declared import Declared, declared
from .options import documented_options, in_order
from .scopes import MARK as SCOPES_MARK
from .scopes import SCOPES, Scopes
from .style import to_yaml


def documented_module(source: str, module: str) -> str:
    """The source of a module with its documentation as the declarations say.

    Raises Undocumented for options that only one of the two knows, ValueError for what cannot be written.
    """
    documentation = yaml.safe_load(block(source, "DOCUMENTATION"))
    fragments = documentation.get("extends_documentation_fragment", [])
    written = with_declared(documentation, declared(module, fragments), FIRST.get(module, ()), SCOPES.get(module))
    source = with_block(source, "DOCUMENTATION", to_yaml(written))
    source = with_block(source, "EXAMPLES", standing_alone(block(source, "EXAMPLES")))
    return with_block(source, "RETURN", to_yaml(with_common_returns(yaml.safe_load(block(source, "RETURN")))))


def with_declared(
    documentation: Mapping[str, Any], what: Declared, first: Sequence[str], scopes: Scopes | None
) -> dict[str, Any]:
    """A module's DOCUMENTATION with its options and scopes as they are declared. Raises Undocumented."""
    found = dict(documentation)
    options = documented_options(
        documentation.get("options") or {}, what.options, what.fields, kind=what.kind, first=first
    )
    if options:
        found["options"] = options
    needed = _first_needed(first, options)
    found["description"] = _marked(_listed(documentation["description"]), FIRST_MARK, needed, last=True)
    notes = _marked(documentation.get("notes") or [], SCOPES_MARK, scopes.sentence if scopes else None)
    return _with_notes(found, notes)


def with_common_returns(returns: Mapping[str, Any] | None) -> dict[str, Any]:
    """RETURN, with what all modules say of a value of that name."""
    found = dict(returns or {})
    found.setdefault(OF_ALL_MODULES, {})
    for name, common in RETURNS.items():
        if name in found:
            found[name] = in_order({**found[name], **common})
    return {name: in_order(value) for name, value in found.items()}


def standing_alone(examples: str) -> str:
    """EXAMPLES, with the task that gets the token which they use."""
    if TOKEN_USED not in examples or "register: management\n" in examples.replace(TOKEN_TASK, ""):
        return examples
    return TOKEN_TASK + examples.replace(TOKEN_TASK, "")


def _first_needed(first: Sequence[str], options: Mapping[str, Any]) -> str | None:
    if len(options) <= MANY_OPTIONS or not first:
        return None
    *others, last = ("O(%s)" % name for name in first)
    return FIRST_MARK + "only some of " + ", ".join(others) + " and " + last + "."


def _marked(paragraphs: Sequence[str], mark: str, sentence: str | None, last: bool = False) -> list[str]:
    """The paragraphs with the sentence in place of the one that begins with the mark."""
    kept = [paragraph for paragraph in paragraphs if not paragraph.startswith(mark)]
    added = [sentence] if sentence else []
    return [*kept, *added] if last else [*added, *kept]


def _with_notes(documentation: Mapping[str, Any], notes: list[str]) -> dict[str, Any]:
    """The notes in their place, behind the options, where there are none yet."""
    found: dict[str, Any] = {}
    for key, value in documentation.items():
        if notes and key in ("requirements", "seealso") and "notes" not in documentation and "notes" not in found:
            found["notes"] = notes
        found[key] = value
    if notes:
        found["notes"] = notes
    return found


def _listed(description: str | list[str]) -> list[str]:
    return [description] if isinstance(description, str) else description
