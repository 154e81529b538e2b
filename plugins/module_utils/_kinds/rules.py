# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Rules between the fields of a kind, and what is protected in its objects.

A rule answers what the engine asks of any rule. The engine iterates over them and knows none by name.
"""

from __future__ import annotations

import dataclasses
import typing as t

Object = t.Mapping[str, t.Any]

#: In a Kept rule: the client whose credentials or token the task uses.
CALLER = "the caller's own client"
#: In a Kept rule: the identifier of the tenant's Management API.
MANAGEMENT_API = "the Management API"


class Rule:
    """What the engine asks of any rule; a rule overrides what concerns it.

    label: the object in the user's words. declared: the fields that are declared. cleared: those to remove.
    current: the object as the tenant has it. payload: what is about to be sent. predicted: the object afterwards.
    """

    @property
    def exclusive(self) -> tuple[str, ...]:
        """Fields of which at most one can be declared."""
        return ()

    def contradictions(self, declared: Object) -> t.Iterator[str]:
        """What is wrong with a declaration in itself."""
        yield from ()

    def exclusions(self, item: Object) -> t.Iterator[str]:
        """What a new object cannot hold together."""
        yield from ()

    def conflicts(self, label: str, declared: Object, current: Object, payload: Object) -> t.Iterator[str]:
        """What is wrong with a change of this object."""
        yield from ()

    def unclear(self, label: str, declared: Object, cleared: t.Collection[str], current: Object) -> t.Iterator[str]:
        """What a declaration leaves open for this object."""
        yield from ()

    def lacking(self, label: str, payload: Object, predicted: Object) -> t.Iterator[str]:
        """What a change would lack, though the server would take it. What is not sent stays as it is."""
        yield from ()

    def split(self, declared: Object, payload: Object, current: Object) -> tuple[Object, ...] | None:
        """The payloads to send in place of one, where the server needs more than one change; None for no need."""
        return None

    def stands_for(self, name: str, item: Object) -> bool:
        """Whether another field of the object says what the field of that name says otherwise."""
        return False

    def foresee(self, item: dict[str, t.Any]) -> None:
        """Let the server's own consequences act on an object that is predicted."""


@dataclasses.dataclass(frozen=True)
class OneOf(Rule):
    """Fields of which at most one may have a value at a time; to switch, the other one is cleared in the same
    change."""

    fields: tuple[str, ...]

    @property
    def exclusive(self) -> tuple[str, ...]:
        return self.fields

    def contradictions(self, declared: Object) -> t.Iterator[str]:
        given = [name for name in self.fields if declared.get(name) is not None]
        if len(given) > 1:
            yield "%s exclude each other" % " and ".join(given)

    def conflicts(self, label: str, declared: Object, current: Object, payload: Object) -> t.Iterator[str]:
        others = [name for name in self.fields if current.get(name) is not None and name not in payload]
        if others and any(payload.get(name) is not None for name in self.fields):
            yield "%s has %s, which excludes what is declared. To switch, add it to clear: [%s]." % (
                label,
                " and ".join(others),
                ", ".join(others),
            )


@dataclasses.dataclass(frozen=True)
class Overrides(Rule):
    """While the boolean ``field`` is true, ``other`` has no value.

    Turning it on removes ``other``. Turning it off needs ``other`` to be declared, and the server wants ``other``
    emptied in the change that turns it off and filled in one of its own.
    """

    field: str
    other: str

    def contradictions(self, declared: Object) -> t.Iterator[str]:
        if declared.get(self.field) is True and declared.get(self.other):
            yield "%s has no effect while %s is true; declare one of them" % (self.other, self.field)

    def unclear(self, label: str, declared: Object, cleared: t.Collection[str], current: Object) -> t.Iterator[str]:
        if current.get(self.field) is not True:
            return
        leaves = declared.get(self.field) is False or self.field in cleared
        if self.other in declared and not leaves and self.field not in declared:
            yield "%s has %s: true, so %s has no effect. Declare %s: false as well to go back to a list." % (
                label,
                self.field,
                self.other,
                self.field,
            )
        if leaves and self.other not in declared:
            yield "%s has %s: true. Declare %s as well (it may be empty), to say what takes its place." % (
                label,
                self.field,
                self.other,
            )

    def split(self, declared: Object, payload: Object, current: Object) -> tuple[Object, ...] | None:
        """Recorded for leaving allow_all_scopes. A server that shows the list in spite of it (reported) and shows the
        wanted one needs no more than the rest."""
        if current.get(self.field) is not True or self.field not in payload:
            return None
        if self.other in current and self.other not in payload:
            return None
        wanted = declared.get(self.other)
        first = {**payload, self.other: []}
        return (first, {self.other: wanted}) if wanted else (first,)

    def stands_for(self, name: str, item: Object) -> bool:
        return name == self.other and item.get(self.field) is True

    def foresee(self, item: dict[str, t.Any]) -> None:
        if item.get(self.field) is True:
            item.pop(self.other, None)


@dataclasses.dataclass(frozen=True)
class Fills(Rule):
    """While the boolean ``field`` is true, the server itself fills the list ``other`` with ``value``, and ignores what
    is sent of it. Turning it off needs ``other`` to be declared: what the server leaves there is not known."""

    field: str
    other: str
    value: tuple[t.Mapping[str, t.Any], ...]

    def contradictions(self, declared: Object) -> t.Iterator[str]:
        if declared.get(self.field) is True and declared.get(self.other) is not None:
            yield "%s and %s: true exclude each other, since Auth0 sets %s itself then; declare one of them" % (
                self.other,
                self.field,
                self.other,
            )

    def unclear(self, label: str, declared: Object, cleared: t.Collection[str], current: Object) -> t.Iterator[str]:
        if current.get(self.field) is not True:
            return
        if self.other in declared and self.field not in declared:
            yield "%s has %s: true, so Auth0 sets %s itself. Declare %s: false as well, or leave %s out." % (
                label,
                self.field,
                self.other,
                self.field,
                self.other,
            )
        if declared.get(self.field) is False and self.other not in declared:
            yield "%s has %s: true. Declare %s as well (it may be empty), to say what takes its place." % (
                label,
                self.field,
                self.other,
            )

    def stands_for(self, name: str, item: Object) -> bool:
        return name == self.other and item.get(self.field) is True

    def foresee(self, item: dict[str, t.Any]) -> None:
        if item.get(self.field) is True:
            item[self.other] = [dict(one) for one in self.value]


@dataclasses.dataclass(frozen=True)
class AtMost(Rule):
    """The number in ``field`` may not be larger than the one in ``other``; it is lowered with it."""

    field: str
    other: str

    def contradictions(self, declared: Object) -> t.Iterator[str]:
        small, large = declared.get(self.field), declared.get(self.other)
        if small is not None and large is not None and small > large:
            yield "%s (%s) may not be larger than %s (%s)" % (self.field, small, self.other, large)

    def conflicts(self, label: str, declared: Object, current: Object, payload: Object) -> t.Iterator[str]:
        if self.field in payload:
            for problem in self.contradictions({**current, **payload}):
                yield "%s: %s." % (label, problem)

    def foresee(self, item: dict[str, t.Any]) -> None:
        if any(self.contradictions(item)):
            item[self.field] = item[self.other]


@dataclasses.dataclass(frozen=True)
class Needs(Rule):
    """In the object ``field``, the list ``items`` may not be empty while the boolean ``flag`` is true.

    The server would take it; why: what it would lead to, as the end of a sentence.
    """

    field: str
    flag: str
    items: str
    why: str

    @property
    def advice(self) -> str:
        """The rule and what to do, for messages."""
        needs = "%s.%s: true needs %s: %s" % (self.field, self.flag, self.items, self.why)
        return "%s. Declare both together, or %s: false." % (needs, self.flag)

    def is_broken(self, value: Object | None) -> bool:
        """Whether the object, None for none, lacks what it needs."""
        return value is not None and value.get(self.flag) is True and not value.get(self.items)

    def lacking(self, label: str, payload: Object, predicted: Object) -> t.Iterator[str]:
        if self.field in payload and self.is_broken(predicted.get(self.field)):
            yield "%s: %s" % (label, self.advice)


@dataclasses.dataclass(frozen=True)
class Excludes(Rule):
    """While ``field`` has the value, the list ``other`` does not hold the item."""

    field: str
    value: t.Any
    other: str
    item: t.Any

    def exclusions(self, item: Object) -> t.Iterator[str]:
        if item.get(self.field) == self.value and self.item in (item.get(self.other) or ()):
            yield "%s cannot hold %s while %s is %s; declare %s without it, or another %s" % (
                self.other,
                self.item,
                self.field,
                self.value,
                self.other,
                self.field,
            )

    def conflicts(self, label: str, declared: Object, current: Object, payload: Object) -> t.Iterator[str]:
        # What becomes of a list that is not declared is left to the server.
        if self.other in declared and payload.keys() & {self.field, self.other}:
            for problem in self.exclusions({**current, **payload}):
                yield "%s: %s." % (label, problem)


@dataclasses.dataclass(frozen=True)
class SystemOwned:
    """Objects that the server made for itself, recognised by the flag, of which only some fields may be changed.

    updatable: dotted paths of those fields; None for all.
    """

    flag: str
    what: str
    updatable: frozenset[str] | None = None


@dataclasses.dataclass(frozen=True)
class Kept:
    """Objects that are never deleted: those in which each field has the value, or is what CALLER, MANAGEMENT_API say.

    keeps: lists of such an object that never lose this item; None: that are never emptied.
    fixed: fields of such an object that never change, each with what its absence means.
    warned: fields of such an object that may change, each with what comes of that, as a sentence.
    """

    when: t.Mapping[str, t.Any]
    why: str
    keeps: t.Mapping[str, str | None] = dataclasses.field(default_factory=dict)
    fixed: t.Mapping[str, t.Any] = dataclasses.field(default_factory=dict)
    warned: t.Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True)
class Initially:
    """A value that is sent at creation when the user did not declare the field, where no rule excludes it.

    when: what was declared then.
    """

    field: str
    value: t.Any
    when: t.Mapping[str, t.Any]
