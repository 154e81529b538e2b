# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options of a module: what is documented and what is declared → what the documentation must say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind
from ansible_collections.community.auth0.plugins.module_utils._kinds.field import Field

from .limits import Forms, value_sentence, with_value_sentence

Option = dict[str, Any]

#: The keys of an option or a return value, in the order in which they are written.
ORDER = (
    "description",
    "type",
    "elements",
    "required",
    "returned",
    "choices",
    "default",
    "aliases",
    "version_added",
    "suboptions",
    "contains",
    "sample",
)
#: What the declaration says alone: where it says nothing, the documentation does not either.
_DECLARED = ("type", "elements", "required", "choices", "default", "aliases")


class Undocumented(Exception):
    """Options that are declared but not documented, or documented but not declared, each a line."""


def documented_options(
    documented: Mapping[str, Option],
    options: Mapping[str, Mapping[str, Any]],
    fields: Mapping[str, Field],
    *,
    kind: Kind | None = None,
    first: Sequence[str] = (),
    place: str = "",
    owner: Field | None = None,
) -> dict[str, Option]:
    """The options as the documentation must say them: descriptions are a person's, the rest is declared.

    kind: that of the objects whose fields the options take; None for the fields of a nested object.
    first: options that come before the others, which follow in the order of the declaration, or of the documentation
    where no kind is declared.
    place: where the options are, for messages. owner: the object that they are the keys of. Raises Undocumented.
    """
    wrong = ["%s%s is declared: describe it" % (place, name) for name in options if name not in documented]
    wrong += ["%s%s is not declared: remove it" % (place, name) for name in documented if name not in options]
    named_by_id = bool(kind and kind.id_field in options)
    found = {}
    for name in _in_order(documented, options if kind else (), first):
        if name in documented and name in options:
            try:
                forms = _forms(owner, name, place)
                found[name] = _option(
                    documented[name], options[name], fields.get(name), kind, name, place, named_by_id, forms
                )
            except Undocumented as nested:
                wrong.append(str(nested))
    if wrong:
        raise Undocumented("\n".join(wrong))
    return found


def _option(
    documented: Option,
    option: Mapping[str, Any],
    field: Field | None,
    kind: Kind | None,
    name: str,
    place: str,
    named_by_id: bool,
    forms: Forms | None,
) -> Option:
    known = {key: option[key] for key in _DECLARED if option.get(key) is not None and (option[key] or key == "default")}
    known.setdefault("type", "str")
    if isinstance(documented.get("choices"), Mapping):
        known["choices"] = _chosen(documented["choices"], known.get("choices", []), place + name)
    of = "tenant" if kind and kind.single else kind.title if kind else ""
    sentence = value_sentence(
        field,
        masked=bool(option.get("no_log")),
        required=bool(option.get("required")),
        of=of,
        identity=bool(kind and name in kind.identity and not named_by_id),
        forms=forms,
    )
    more = {key: value for key, value in documented.items() if key not in _DECLARED and key != "suboptions"}
    described = {**more, **known, "description": paragraphs(documented.get("description") or (), sentence)}
    if not described["description"]:
        raise Undocumented("%s%s is declared: describe it" % (place, name))
    if option.get("options"):
        inner = (field.elements if field and field.elements else field) or Field("dict")
        described["suboptions"] = documented_options(
            documented.get("suboptions") or {},
            option["options"],
            inner.fields or {},
            place="%s%s." % (place, name),
            owner=inner,
        )
    return in_order(described)


def _forms(owner: Field | None, key: str, place: str) -> Forms | None:
    """In which forms of an object a key is; place: where the keys of the object are."""
    if owner is None or owner.chosen_by is None:
        return None
    beside = place[:-1].rpartition(".")
    return Forms(owner, key, "".join([beside[0], beside[1], owner.chosen_by]))


def paragraphs(description: str | Iterable[str], sentence: str | None = None) -> str | list[str]:
    """A description with the sentence of its value; one paragraph alone is a string."""
    kept = with_value_sentence([description] if isinstance(description, str) else list(description), sentence)
    return kept[0] if len(kept) == 1 else kept


def in_order(entry: Mapping[str, Any]) -> dict[str, Any]:
    """An option or a return value with its keys in their order."""
    known = [key for key in ORDER if key in entry]
    return {key: entry[key] for key in (*known, *(key for key in entry if key not in known))}


def _chosen(documented: Mapping[str, Any], choices: Sequence[str], place: str) -> dict[str, Any]:
    """Choices that have a description each."""
    missing = [choice for choice in choices if choice not in documented]
    if missing:
        raise Undocumented("%s: describe its choices %s" % (place, ", ".join(map(str, missing))))
    return {choice: documented[choice] for choice in choices}


def _in_order(documented: Iterable[str], options: Iterable[str], first: Sequence[str]) -> list[str]:
    known = list(documented)
    order = [name for name in ("state", *first, *options, *known) if name in known]
    return list(dict.fromkeys(order))
