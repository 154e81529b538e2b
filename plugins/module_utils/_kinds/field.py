# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""The words in which a field of a kind is declared: its type and limits, and how the server treats it."""

from __future__ import annotations

import dataclasses
import functools
import math
import typing as t

#: A field has no value that means the same as its absence.
NOTHING: t.Any = type("Nothing", (), {"__repr__": lambda self: "NOTHING"})()


_EMPTY: t.Mapping[str, t.Any] = {"str": "", "bool": False, "list": [], "dict": {}}


@dataclasses.dataclass(frozen=True)
class Refers:
    """The field holds another object's value, so that object has to exist first.

    kind: the name of the other kind. field: the field of the other object that is held here.
    option, by: the module's option that names the other object by another of its fields, where there is one.
    outlives: the server does not remove this object with the other one, but leaves it behind without a meaning.
    retains: the other object must not go while this one refers to it, for it would be missed, and this one is not to
    go with it. shown_by: the flag of the other object that says so, which spares reading this one. only: a list of
    objects in the other one, and what names the item without which it can never be referred to here. keyed_by: a list
    of objects in the other one, which has the ids of those that can refer to it here; they are always there, and the
    server lets them let go where the other one is removed by force.
    prefix: what stands before the other object's value here. What does not begin so, or goes on with what is no id
    (such as a URI), refers to nothing.
    """

    kind: str
    field: str
    option: str | None = None
    by: str | None = None
    outlives: bool = False
    retains: bool = False
    shown_by: str | None = None
    only: tuple[str, str] | None = None
    keyed_by: str | None = None
    prefix: str = ""

    def value_in(self, held: t.Any) -> t.Any:
        """The other object's value in what the field holds; None where that refers to no object."""
        if not self.prefix or not isinstance(held, str):
            return held
        value = held[len(self.prefix) :] if held.startswith(self.prefix) else ""
        return value if value and not set(value) & set(":/") else None

    def held(self, value: t.Any) -> t.Any:
        """What the field holds to refer to the object with that value."""
        return "%s%s" % (self.prefix, value) if self.prefix else value


@dataclasses.dataclass(frozen=True)
class MembersOf:
    """The value, or each item of the list, should be defined by another object; what is not is refused beforehand.

    reference: the field beside it that refers to the other object.
    field, key: the list of objects in the other object, and what names them.
    option: the module's boolean option that turns the check off. noun: what an item is, for messages.
    unchecked: whether the server accepts what is not defined.
    """

    reference: str
    field: str
    key: str
    option: str
    noun: str
    unchecked: bool = False


@dataclasses.dataclass(frozen=True)
class Field:
    """One field of a kind, or of an object nested in it.

    type: Ansible's name of the type: str, bool, int, list, dict; ``raw`` inside free-form objects.
    elements: what a list holds. fields: what an object holds. values: what the other keys hold of a free-form object,
    which takes any; ``fields`` are then the ones of which something has to be known, such as that a list is a set.
    chosen_by, variants: the field beside it whose value chooses the form of an object, and the keys of each form.
    ``fields`` are then the keys of all forms together; ``chosen`` says those of one.
    choices, minimum, maximum, min_length, max_length, pattern: the limits of a value; of a list or an object, the
    lengths are numbers of items. A list that cannot be empty is null instead; in an object, such a list or object is
    left out where it is not nullable. pattern_says: the pattern in words, behind "must". check: says what else is wrong
    with a string, in words that follow it; None for nothing.
    time: a string that holds a time, in ISO 8601.
    required: cannot be missing where the object is created or replaced.
    goes_with: in an object that is replaced, the key beside it, and the values of that beside which it has a place;
    only there it is required.
    stays: the server keeps it where the object around it is replaced without it, so it is required at creation only.
    create_only: can be set when the object is created, never changed. update_only: the other way round.
    read_only: only ever comes from the server. hidden: nobody needs that, so no result has it.
    write_only: never comes back, or as a mask only, so it cannot be compared, but by its fingerprint: the field beside
    it that the server shows in its place, and how that is made, which gives None where it cannot be. It may be the
    field itself, where the server shows it for a while.
    secret: never shown.
    dates: a time that is declared and never sent: when what is write-only beside it was changed last. An earlier time
    in the field of that name, which the server shows, is a difference.
    resend_option: at the top of a kind, the module's option that says whether what is write-only in the field is sent
    in each run, and not only beside what differs.
    short: a secret that may be too short for Ansible to mask it, such as a setting that is kept with secrets.
    masked: no secret, but Ansible must show nothing of what is given, since one can be given by mistake.
    nullable: null removes it; at the top of a kind it can be named in ``clear``.
    empty_is_null: a string inside an object is null where it is declared empty, since ``clear`` does not reach there.
    unique: no two objects of the kind have the same value, though it names none of them. A number with limits.
    ordered: the order of the list means something. key: what names an object in a list whose order means nothing.
    merged: the server merges this object into the one it has, key by key; otherwise it replaces it.
    empty_is_gone: the server takes the field away where it is sent empty.
    sent_along: the server takes it away with a change that does not name it, so that it goes along with each.
    one_key: the object has exactly one key, so that declaring another one replaces the one that is there.
    one_of: flags of an object of which exactly one is true, and the others are not there; declaring another one
    replaces the one that is there. some_of: keys of an object of which it has at least one. alone: a flag among those
    beside which there is none of the others.
    absent: the value that means the same as the field's absence; by default the empty value of the type. NOTHING says
    of an object that an empty one is something else than none.
    initial: what the server sets at creation when nothing was declared. usual: what else it sets then, depending on
    other fields; a configuration that is exported leaves such values out.
    filled: what an object has beside what is declared, where there was none.
    volatile: the server sets it with each write, so that nothing can be foreseen of it and no diff shows it.
    lines: text in lines, of which it means nothing how they end, nor whether the last one does. file_option: the
    module's option that names a file which holds it.
    local: the value means something in this tenant only, such as an id, so that it cannot be exported.
    purge_option: the module's option that makes a list additive when it is false.
    read_as: the name under which the server returns it, where that is another. per: how many of its units are one of
    those in which the server returns it, such as 60 minutes of an hour.
    aliases: other names of the option, such as those of another tool, where what is given under one has to be known.
    always_shown: results hold it also where the server leaves it out, with the value that means its absence.
    """

    type: str = "str"
    elements: Field | None = None
    fields: t.Mapping[str, Field] | None = None
    values: Field | None = None
    chosen_by: str | None = None
    variants: t.Mapping[str, t.Mapping[str, Field]] = dataclasses.field(default_factory=dict)
    choices: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    min_length: int = 0
    max_length: int | None = None
    pattern: str | None = None
    pattern_says: str = ""
    check: t.Callable[[str], str | None] | None = None
    time: bool = False
    required: bool = False
    goes_with: tuple[str, tuple[t.Any, ...]] | None = None
    stays: bool = False
    create_only: bool = False
    update_only: bool = False
    read_only: bool = False
    hidden: bool = False
    write_only: bool = False
    fingerprint: tuple[str, t.Callable[[str], str | None]] | None = None
    dates: str | None = None
    resend_option: str | None = None
    secret: bool = False
    short: bool = False
    masked: bool = False
    nullable: bool = False
    empty_is_null: bool = False
    unique: bool = False
    ordered: bool = False
    key: str | None = None
    merged: bool = False
    empty_is_gone: bool = False
    sent_along: bool = False
    one_key: bool = False
    one_of: tuple[str, ...] = ()
    some_of: tuple[str, ...] = ()
    alone: bool = False
    absent: t.Any = None
    initial: t.Any = None
    usual: tuple[t.Any, ...] = ()
    filled: t.Mapping[str, t.Any] | None = None
    volatile: bool = False
    lines: bool = False
    file_option: str | None = None
    local: bool = False
    purge_option: str | None = None
    refers: Refers | None = None
    members_of: MembersOf | None = None
    read_as: str | None = None
    per: int = 1
    aliases: tuple[str, ...] = ()
    always_shown: bool = False

    def __post_init__(self) -> None:
        if self.chosen_by is not None and self.fields is None:
            object.__setattr__(self, "fields", _together(self.variants.values()))

    def chosen(self, *objects: t.Any) -> Field:
        """The field in the form that is chosen; as it is where it has only one, or where nothing known is chosen.

        objects: in which it may be, the first one that chooses counts. In the form that is returned, ``variants`` are
        those that it does not have.
        """
        if self.chosen_by is None:
            return self
        named = (one.get(self.chosen_by) for one in objects if isinstance(one, t.Mapping))
        form = next((name for name in named if name is not None), None)
        if not isinstance(form, str) or form not in self.variants:
            return self
        others = {name: fields for name, fields in self.variants.items() if name != form}
        return dataclasses.replace(self, fields=self.variants[form], variants=others)

    def forms_with(self, key: str) -> tuple[str, ...]:
        """The names of the variants that have a key; in a chosen form, of the others."""
        return tuple(name for name, fields in self.variants.items() if key in fields)

    @property
    def empty(self) -> t.Any:
        """The value that means the same as the field's absence; NOTHING where none does."""
        return _EMPTY.get(self.type, NOTHING) if self.absent is None else self.absent

    def means_absent(self, value: t.Any) -> bool:
        """Whether the server treats this value as if the field were not there."""
        if value is None:
            return True
        empty = self.empty
        return empty is not NOTHING and type(value) is type(empty) and bool(value == empty)

    def has_place(self, beside: t.Mapping[str, t.Any]) -> bool:
        """Whether an object with these values has a place for it."""
        return self.goes_with is None or beside.get(self.goes_with[0]) in self.goes_with[1]

    def held(self, name: str, item: t.Mapping[str, t.Any]) -> t.Any:
        """The value that an object of the server has for the field of that name, in the field's own unit."""
        value = item.get(self.read_as or name)
        if self.per == 1 or not isinstance(value, (int, float)):
            return value
        whole = round(value * self.per)  # thirds of an hour have no end
        return whole if math.isclose(whole, value * self.per) else value * self.per

    def returned(self, value: t.Any) -> t.Any:
        """A value as the server returns it."""
        return value if self.per == 1 or value is None else value / self.per

    @property
    def free(self) -> bool:
        """Whether an object takes any key."""
        return self.fields is None or self.values is not None

    @functools.cached_property
    def no_log(self) -> bool:
        """Whether Ansible must show nothing of what is given.

        Where that is not sure to be a secret, it must not be a short or a common string either: Ansible hides it
        wherever it is in a result.
        """
        return self.secret or self.masked or (self.free and self.type != "list" and self.holds_secret)

    @functools.cached_property
    def holds_secret(self) -> bool:
        """Whether it, or something in it, is a secret."""
        return self.secret or any(part.holds_secret for part in self._parts)

    @functools.cached_property
    def shows_secret(self) -> bool:
        """Whether it, or something in it, is a secret that the server returns."""
        return (self.secret and not self.write_only) or any(part.shows_secret for part in self._parts)

    @property
    def _parts(self) -> list[Field]:
        return [part for part in (*(self.fields or {}).values(), self.elements, self.values) if part]


#: What holds for a key of several variants where it holds in one of them.
_CAUTIOUS = ("secret", "masked", "write_only", "local")


def _together(variants: t.Iterable[t.Mapping[str, Field]]) -> dict[str, Field]:
    """The keys of all variants, none of them required: what is not said of a key in all of them is not said of it here,
    but for what keeps secrets."""
    found: dict[str, Field] = {}
    for fields in variants:
        for name, field in fields.items():
            plain = dataclasses.replace(field, required=False)
            found[name] = _either(name, found[name], plain) if name in found else plain
    return found


def _either(name: str, one: Field, other: Field) -> Field:
    differing = {
        part.name for part in dataclasses.fields(Field) if getattr(one, part.name) != getattr(other, part.name)
    }
    if differing & {"type", "elements", "fields", "values"}:
        raise ValueError("%s is something else in several variants, so that no option can take it" % name)
    plain = Field()
    merged: dict[str, t.Any] = {word: getattr(plain, word) for word in differing}
    merged.update((word, True) for word in differing.intersection(_CAUTIOUS))
    if "choices" in differing and one.choices and other.choices:
        merged["choices"] = tuple(dict.fromkeys((*one.choices, *other.choices)))
    if "aliases" in differing:
        merged["aliases"] = tuple(dict.fromkeys((*one.aliases, *other.aliases)))
    return dataclasses.replace(one, **merged)
