# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a declaration says of a field's value → the sentence that says so in the documentation.

It is the last one of a description and begins with a word of its own, by which it is found again.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence

from ansible_collections.community.auth0.plugins.module_utils._kinds.field import Field

#: No sentence of a person begins so.
MARK = "Value: "


def value_sentence(
    field: Field | None,
    *,
    masked: bool = False,
    required: bool = False,
    of: str = "",
    identity: bool = False,
    forms: Forms | None = None,
) -> str | None:
    """What there is to know of an option's value; None where there is nothing.

    field: what is declared. masked: Ansible shows nothing of it. required: the option says itself that it is.
    of: what the field belongs to, such as "client"; "" for a field of a nested object. identity: it names the object,
    which without it would be another one. forms: those of the object that the field is in, where it has several.
    """
    facts: list[str] = []
    if field:
        if forms:
            facts += forms.facts()
        elif field.required and not required:
            facts.append(_needed(field, of))
        # At the top of an object, only null takes a list away.
        facts += limits(field, removable=not of or field.nullable)
        if of and isinstance(field.initial, (str, bool, int)):
            facts.append("V(%s) for a new %s" % (_word(field.initial), of))
        if field.create_only and not identity:
            facts.append("cannot be changed after creation")
    if masked:
        facts.append("masked by Ansible")
    return MARK + "; ".join(facts) + "." if facts else None


@dataclasses.dataclass(frozen=True)
class Forms:
    """In which forms of an object a key of it is. owner: the object. key: its key.

    chooser: the path of the option that chooses the form.
    """

    owner: Field
    key: str
    chooser: str

    def facts(self) -> Iterator[str]:
        """Where the key is, and where it is needed, each in words that can follow another."""
        held = {form: self.owner.variants[form][self.key] for form in self.owner.forms_with(self.key)}
        if len(held) < len(self.owner.variants):
            yield "only for %s" % self._choices(held)
        for words in dict.fromkeys(_needed(field, "") for field in held.values() if field.required):
            needing = [form for form, field in held.items() if field.required and _needed(field, "") == words]
            yield words if len(needing) == len(held) else "for %s %s" % (self._choices(needing), words)

    def _choices(self, forms: Iterable[str]) -> str:
        *others, last = ("O(%s=%s)" % (self.chooser, form) for form in forms)
        return " or ".join([", ".join(others), last] if others else [last])


def _needed(field: Field, of: str) -> str:
    if field.stays:
        return "needed for a new object, and kept where it is not given"
    if field.goes_with:
        key, values = field.goes_with
        *others, last = ("V(%s)" % _word(value) for value in values)
        return "needed with C(%s) %s, and not allowed with others" % (
            key,
            " or ".join([", ".join(others), last] if others else [last]),
        )
    return "needed for a new %s" % of if of else "needed where it is not set yet"


def with_value_sentence(description: Sequence[str], sentence: str | None) -> list[str]:
    """A person's description, with the sentence in place of the one that it had."""
    kept = list(description)
    if len(kept) > 1 and kept[-1].startswith(MARK):
        kept.pop()
    return [*kept, sentence] if sentence else kept


def limits(field: Field, removable: bool = True) -> Iterator[str]:
    """The limits of a value, each in words that can follow another. removable: whether an empty list takes it away."""
    if field.type in ("int", "float"):
        yield from _range(field.minimum, field.maximum, "")
    elif field.type == "str":
        # That a string is not empty goes without saying.
        yield from _range(field.min_length if field.min_length > 1 else None, field.max_length, "character")
    elif field.type in ("list", "dict"):
        removable = removable and field.type == "list" and bool(field.min_length) and not field.required
        least = None if field.nullable or removable else field.min_length or None
        yield from _range(least, field.max_length, "item" if field.type == "list" else "key")
        if removable:
            yield "V([]) removes it"
    if field.pattern_says:
        yield "must %s" % field.pattern_says
    for part, name in ((field.elements, "item"), (field.values, "value")):
        if part and part.type != "dict":
            yield from ("each %s %s" % (name, limit) for limit in limits(part))


def _range(least: int | None, most: int | None, unit: str) -> Iterator[str]:
    def number(value: int) -> str:
        return "%d %s%s" % (value, unit, "s" if value != 1 else "") if unit else str(value)

    if least is not None and least == most:
        yield "exactly %s" % number(least)
    elif least is not None and most is not None:
        yield "from %d to %s" % (least, number(most))
    elif least is not None:
        yield "at least %s" % number(least)
    elif most is not None:
        yield "at most %s" % number(most)


def _word(value: str | bool | int) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
