# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""The words in which links between objects are declared: what an object has a list of, kept by requests of its own."""

from __future__ import annotations

import dataclasses
import typing as t

from .declaration import (
    Field,
    Kind,
)


@dataclasses.dataclass(frozen=True)
class Message:
    """A request that adds or removes links. below: what follows the path of their list. links: those it is about."""

    method: str
    below: str | None
    body: t.Mapping[str, t.Any] | None
    links: tuple[t.Mapping[str, t.Any], ...]


@dataclasses.dataclass(frozen=True)
class Together:
    """Links are added by one POST and removed by one DELETE, whose bodies list them. key: of that list."""

    key: str

    def added(self, links: t.Sequence[t.Mapping[str, t.Any]]) -> tuple[Message, ...]:
        """What adds links."""
        return self._messages("POST", links)

    def removed(self, links: t.Sequence[t.Mapping[str, t.Any]]) -> tuple[Message, ...]:
        """What removes links."""
        return self._messages("DELETE", links)

    def _messages(self, method: str, links: t.Sequence[t.Mapping[str, t.Any]]) -> tuple[Message, ...]:
        return (Message(method, None, {self.key: list(links)}, tuple(links)),) if links else ()


@dataclasses.dataclass(frozen=True)
class OneByOne:
    """Each link is added by a POST and removed by a DELETE of its own path. field: names it; key: holds it in the
    POST."""

    field: str
    key: str

    def added(self, links: t.Sequence[t.Mapping[str, t.Any]]) -> tuple[Message, ...]:
        """What adds links."""
        return tuple(Message("POST", None, {self.key: link[self.field]}, (link,)) for link in links)

    def removed(self, links: t.Sequence[t.Mapping[str, t.Any]]) -> tuple[Message, ...]:
        """What removes links."""
        return tuple(Message("DELETE", str(link[self.field]), None, (link,)) for link in links)


@dataclasses.dataclass(frozen=True, kw_only=True)
class LinkList:
    """What objects of a kind are linked to, in a list that each of them has.

    owner: that kind. title: of one link, for messages. path: of the list, below an object of the owner.
    collection: the key of the list in answers. fields: those that name a link, and what only the server tells of one.
    """

    owner: Kind
    title: str
    path: str
    collection: str
    fields: t.Mapping[str, Field]

    @property
    def naming(self) -> t.Mapping[str, Field]:
        """The fields that name a link."""
        return {name: field for name, field in self.fields.items() if not field.read_only}

    @property
    def include(self) -> str:
        """The option that shows the links with the objects that have them."""
        return "include_%s" % self.collection


@dataclasses.dataclass(frozen=True, kw_only=True)
class Link(LinkList):
    """Links that are added to their list, and removed from it.

    sending: how the list is changed. most: how many an object can have.
    query: the fields by which the server filters the list, and its parameters.
    kind: that of the objects in the list, with the filters that the list knows, where they are such as can be declared.
    """

    sending: Together | OneByOne
    most: int
    query: t.Mapping[str, str] = dataclasses.field(default_factory=dict)
    kind: Kind | None = None

    @property
    def name(self) -> str:
        """What all links of one object are called in results."""
        return "%s_%s" % (self.owner.name, self.collection)

    @property
    def owner_id(self) -> str:
        """The option and the result that hold the id of an object of the owner."""
        return "%s_id" % self.owner.name

    @property
    def owner_name(self) -> str:
        """The option that holds its name."""
        return "%s_name" % self.owner.name
