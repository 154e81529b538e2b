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
)
from ansible_collections.community.auth0.plugins.module_utils._kinds.link import (
    Link,
    LinkList,
    Message,
)

from . import values
from .references import Object, Reference


@dataclasses.dataclass(frozen=True)
class DesiredLinks:
    """Which links an object must have.

    owner: the object. items: the links by the link's fields; a Reference where a field holds another object's id.
    present: False to have these removed. purge: whether all others are removed.
    checked: whether what is added has to be defined by what it refers to.
    """

    link: Link
    owner: Reference
    items: tuple[Object, ...]
    present: bool = True
    purge: bool = False
    checked: bool = False

    @property
    def label(self) -> str:
        """The list of links, for messages."""
        return "%ss of the %s" % (self.link.title, self.owner.label)

    def step(self, adds: bool, number: int) -> str:
        """What is done with a number of links, in words."""
        return "%s %d of the %s" % ("add" if adds else "remove", number, self.label)


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
    def steps(self) -> tuple[str, ...]:
        """What is done, in words: a step for each request."""
        return tuple(self.desired.step(message.method == "POST", len(message.links)) for message in self.messages)

    @property
    def diff(self) -> dict[str, t.Any]:
        """What changes, for display."""
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
    rows = {_name(link, one): {name: one[name] for name in link.fields if name in one} for one in links}
    return [rows[_name(link, one)] for one in sorted_links(link, links)]


def validate_links(desired: DesiredLinks) -> None:
    """Raise InvalidOptions for what is wrong with a declaration in itself, all of it in one message."""
    link = desired.link
    whole = Field("list", max_length=link.most, elements=Field("dict", fields=link.naming))
    given = [
        {name: value for name, value in item.items() if not isinstance(value, Reference)} for item in desired.items
    ]
    found = list(values.problems(whole, [item for item in given if item], link.collection))
    named = [
        desired.owner,
        *(value for item in desired.items for value in item.values() if isinstance(value, Reference)),
    ]
    for one in named:
        found.extend(one.empty_names)
    if found:
        raise InvalidOptions(
            "The %ss of %s are not valid:\n%s"
            % (link.title, link.owner.a_title, "\n".join("  - %s" % text for text in found))
        )


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
