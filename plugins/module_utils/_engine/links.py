# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Links that are declared and those that are there → what to add and what to remove. Pure."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import (
    Field,
    Kind,
    Link,
    LinkList,
    Message,
)

from . import values
from .reconcile import Object


@dataclasses.dataclass(frozen=True, eq=False)
class Named:
    """An object that a task names. identity: its id, or what names it; another Named where a field holds its id."""

    kind: Kind
    identity: Object

    @property
    def by_id(self) -> bool:
        """Whether it is named by the id, which only the server assigns."""
        return self.identity.keys() == {self.kind.id_field}

    @property
    def words(self) -> str:
        """What it is called, in the user's words."""
        told = (value.words if isinstance(value, Named) else value for value in self.identity.values())
        return " / ".join(str(value) for value in told if value is not None)

    @property
    def label(self) -> str:
        """The same with the kind, for messages."""
        return "%s %s" % (self.kind.title, self.words)

    def __str__(self) -> str:
        return "(known once the %s exists)" % self.label


@dataclasses.dataclass(frozen=True)
class DesiredLinks:
    """Which links an object is to have.

    owner: the object. items: the links by the link's fields; a Named where a field holds another object's id.
    present: False to have these removed. purge: whether all others are removed.
    checked: whether what is added has to be defined by what it refers to.
    """

    link: Link
    owner: Named
    items: tuple[Object, ...]
    present: bool = True
    purge: bool = False
    checked: bool = False

    @property
    def label(self) -> str:
        """The list of links, for messages."""
        return "%ss of the %s" % (self.link.title, self.owner.label)


@dataclasses.dataclass(frozen=True)
class LinkChange:
    """The outcome of comparing declared links with those that are there; all sorted."""

    desired: DesiredLinks
    before: tuple[Object, ...]
    after: tuple[Object, ...]
    added: tuple[Object, ...]
    removed: tuple[Object, ...]

    @property
    def action(self) -> str:
        """``create`` when links are only added, ``delete`` when they are only removed, ``update`` for both."""
        if self.added and self.removed:
            return "update"
        return "create" if self.added else "delete" if self.removed else "none"

    @property
    def messages(self) -> tuple[Message, ...]:
        """What to send, in order.

        What is added may be refused, so it goes first: nothing has been removed then. Unless there is no room for it.
        """
        link = self.desired.link
        adding, removing = link.sending.added(self.added), link.sending.removed(self.removed)
        full = len(self.before) + len(self.added) > link.most
        return (*removing, *adding) if full else (*adding, *removing)

    @property
    def diff(self) -> dict[str, t.Any]:
        """What changes, for people."""
        name, label = self.desired.link.collection, self.desired.label
        return {
            "before_header": label,
            "after_header": label,
            "before": {name: shown(self.before)},
            "after": {name: shown(self.after)},
        }


def shown(links: t.Sequence[Object]) -> list[dict[str, str]]:
    """Links as they are returned, by what names them."""
    return [{name: str(value) for name, value in link.items()} for link in links]


def described(link: LinkList, links: t.Sequence[Object]) -> list[dict[str, t.Any]]:
    """Links that are there as they are returned, in order, with what the server tells of each."""
    told = {_name(link, one): {name: one[name] for name in link.fields if name in one} for one in links}
    return [told[_name(link, one)] for one in sorted_links(link, links)]


def validate_links(desired: DesiredLinks) -> None:
    """Raise InvalidOptions for what is wrong with a declaration in itself, all of it in one message."""
    link = desired.link
    whole = Field("list", max_length=link.most, elements=Field("dict", fields=link.naming))
    given = [{name: value for name, value in item.items() if not isinstance(value, Named)} for item in desired.items]
    found = list(values.problems(whole, [item for item in given if item], link.collection))
    named = [desired.owner, *(value for item in desired.items for value in item.values() if isinstance(value, Named))]
    for one in named:
        found.extend(unnamed(one))
    if found:
        raise InvalidOptions(
            "The %ss of a %s are not valid:\n%s"
            % (link.title, link.owner.title, "\n".join("  - %s" % text for text in found))
        )


def unnamed(named: Named) -> t.Iterator[str]:
    """Say what of an object's name is empty."""
    for name, value in named.identity.items():
        if isinstance(value, Named):
            yield from unnamed(value)
        elif value == "":
            yield "the %s of the %s is empty" % (name, named.kind.title)


def compare(desired: DesiredLinks, items: t.Sequence[Object], current: t.Sequence[Object]) -> LinkChange:
    """What makes the present links those that are declared. items: the declared ones, with the ids that are known."""
    wanted, held = by_name(desired.link, items), by_name(desired.link, current)
    if not desired.present:
        added, removed = set[t.Any](), held.keys() & wanted.keys()
    else:
        added = wanted.keys() - held.keys()
        removed = held.keys() - wanted.keys() if desired.purge else set()
    known = {**wanted, **held}
    before, after, adding, removing = (
        sorted_links(desired.link, [known[name] for name in names])
        for names in (held.keys(), (held.keys() | added) - removed, added, removed)
    )
    return LinkChange(desired, before, after, adding, removing)


def sorted_links(link: LinkList, links: t.Sequence[Object]) -> tuple[Object, ...]:
    """Links, each once, without what does not name them, in an order that depends on nothing but them."""
    return tuple(sorted(by_name(link, links).values(), key=lambda one: [str(part) for part in one.values()]))


def by_name(link: LinkList, links: t.Sequence[Object]) -> dict[tuple[t.Any, ...], Object]:
    """Links without what does not name them, by what does."""
    return {_name(link, one): {name: one[name] for name in link.naming} for one in links}


def _name(link: LinkList, one: Object) -> tuple[t.Any, ...]:
    return tuple(one[name] for name in link.naming)


@dataclasses.dataclass(frozen=True)
class Definition:
    """Values that a link's field adds, which ``owner`` has to define in its list ``field``, each named by ``key``."""

    owner: Named
    field: str
    key: str
    noun: str
    values: tuple[str, ...]


def definitions(change: LinkChange, kinds: t.Mapping[str, Kind]) -> tuple[Definition, ...]:
    """What has to be defined for the links that a change adds."""
    found = []
    fields = change.desired.link.fields
    for name, field in fields.items():
        rule = field.members_of
        refers = fields[rule.reference].refers if rule else None
        if rule and refers and change.desired.checked:
            for value in dict.fromkeys(one[rule.reference] for one in change.added):
                values = tuple(one[name] for one in change.added if one[rule.reference] == value)
                other = Named(kinds[refers.kind], {refers.field: value})
                found.append(Definition(other, rule.field, rule.key, rule.noun, values))
    return tuple(found)


def undefined(definition: Definition, other: Object) -> str | None:
    """In words, what an object lacks of what it has to define, and what it has."""
    defined = sorted(str(item[definition.key]) for item in other.get(definition.field) or ())
    unknown = [value for value in definition.values if value not in defined]
    if not unknown:
        return None
    return "the %s does not define %s; it defines %s" % (
        definition.owner.label,
        ", ".join(unknown),
        ", ".join(defined) or "no %ss at all" % definition.noun,
    )
