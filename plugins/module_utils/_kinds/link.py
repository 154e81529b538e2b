# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""The words in which links between objects are declared: what an object has a list of, kept by requests of its own."""

from __future__ import annotations

import dataclasses
import typing as t

from .declaration import Kind, plural
from .field import Field

Object = t.Mapping[str, t.Any]


@dataclasses.dataclass(frozen=True)
class Message:
    """A request that adds, changes or removes links. below: what follows the path of their list.

    links: those it is about, with what it sets of each beside what names it.
    """

    method: str
    below: str | None
    body: Object | None
    links: tuple[Object, ...]


@dataclasses.dataclass(frozen=True)
class Together:
    """Links are added by one POST and removed by one DELETE, whose bodies list them. key: of that list.

    by: the field whose values alone the DELETE lists; a link is changed by a PATCH of the path that ends in its value.
    at_most: how many links one request takes.
    """

    key: str
    by: str | None = None
    at_most: int | None = None

    def added(self, links: t.Sequence[Object]) -> tuple[Message, ...]:
        """What adds links."""
        return tuple(Message("POST", None, {self.key: list(some)}, some) for some in self._batches(links))

    def changed(self, changes: t.Sequence[tuple[Object, Object]]) -> tuple[Message, ...]:
        """What changes links. changes: what names each, and what it gets."""
        return _changed(str(self.by), changes)

    def removed(self, links: t.Sequence[Object]) -> tuple[Message, ...]:
        """What removes links."""
        return tuple(
            Message("DELETE", None, {self.key: [one[self.by] if self.by else one for one in some]}, some)
            for some in self._batches(links)
        )

    def _batches(self, links: t.Sequence[Object]) -> t.Iterator[tuple[Object, ...]]:
        size = self.at_most or max(len(links), 1)
        return (tuple(links[first : first + size]) for first in range(0, len(links), size))


@dataclasses.dataclass(frozen=True)
class OneByOne:
    """Each link is added by a POST, and removed by a DELETE or changed by a PATCH of its own path.

    field: names it; key: holds it in the POST.
    """

    field: str
    key: str

    def added(self, links: t.Sequence[Object]) -> tuple[Message, ...]:
        """What adds links."""
        return tuple(
            Message("POST", None, {self.key if name == self.field else name: link[name] for name in link}, (link,))
            for link in links
        )

    def changed(self, changes: t.Sequence[tuple[Object, Object]]) -> tuple[Message, ...]:
        """What changes links. changes: what names each, and what it gets."""
        return _changed(self.field, changes)

    def removed(self, links: t.Sequence[Object]) -> tuple[Message, ...]:
        """What removes links."""
        return tuple(Message("DELETE", str(link[self.field]), None, (link,)) for link in links)


def _changed(field: str, changes: t.Sequence[tuple[Object, Object]]) -> tuple[Message, ...]:
    return tuple(Message("PATCH", str(link[field]), more, ({**link, **more},)) for link, more in changes)


@dataclasses.dataclass(frozen=True, kw_only=True)
class LinkList:
    """What objects of a kind are linked to, in a list that each of them has.

    owner: that kind. title: of one link, for messages. path: of the list, below an object of the owner.
    collection: the key of the list in answers. fields: those that name a link, and what only the server tells of one.
    carries: the fields that a link has of its own, beside those that name it.
    checkpoint: the list is read by checkpoint (``from``/``take``), otherwise by offset.
    goes_with: a field of the owner, and its values beside which it has any links; without it, all owners may have some.
    """

    owner: Kind
    title: str
    path: str
    collection: str
    fields: t.Mapping[str, Field]
    carries: t.Mapping[str, Field] = dataclasses.field(default_factory=dict)
    checkpoint: bool = False
    goes_with: tuple[str, tuple[t.Any, ...]] | None = None

    def has_place(self, owner: t.Mapping[str, t.Any]) -> bool:
        """Whether an object can have such links at all."""
        return self.goes_with is None or owner.get(self.goes_with[0]) in self.goes_with[1]

    @property
    def naming(self) -> t.Mapping[str, Field]:
        """The fields that name a link."""
        return {name: field for name, field in self.fields.items() if not field.read_only}

    @property
    def known(self) -> t.Mapping[str, Field]:
        """All that is known of a link."""
        return {**self.naming, **self.carries, **self.fields}

    @property
    def titles(self) -> str:
        """What several links are called."""
        return plural(self.title)

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
    in_entry: in a configuration they are a list in the entry of the object that has them.
    """

    sending: Together | OneByOne
    most: int
    query: t.Mapping[str, str] = dataclasses.field(default_factory=dict)
    kind: Kind | None = None
    in_entry: bool = True

    @property
    def purge_option(self) -> str:
        """The option that says whether links which are not declared are removed."""
        return "purge_%s" % self.collection

    @property
    def name(self) -> str:
        """What all links of one object are called in results."""
        return "%s_%s" % (self.owner.name, self.collection)

    @property
    def name_of_one(self) -> str:
        """What one link is called in results."""
        return "%s_%s" % (self.owner.name, self.title.replace(" ", "_"))

    @property
    def owner_id(self) -> str:
        """The option and the result that hold the id of an object of the owner."""
        return "%s_id" % self.owner.name

    @property
    def owner_name(self) -> str:
        """The option that holds its name."""
        return "%s_name" % self.owner.name
