# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Links that are declared and those that are there → what to add, to change and to remove. Pure."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions
from ansible_collections.community.auth0.plugins.module_utils._kinds.field import Field
from ansible_collections.community.auth0.plugins.module_utils._kinds.link import (
    Link,
    LinkList,
    Message,
)

from . import value_problems, values
from .references import Object, Reference


@dataclasses.dataclass(frozen=True)
class DesiredLinks:
    """Which links an object must have.

    owner: the object. items: what names each link, a Reference where that is another object's id, and what is declared
    of what it carries.
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
        return "%s of the %s" % (self.link.titles, self.owner.label)

    def step(self, method: str, number: int) -> str:
        """What a request with that method does with a number of links, in words."""
        return "%s %d of the %s" % (_DOING[method], number, self.label)


_DOING: t.Mapping[str, str] = {"POST": "add", "PATCH": "change", "DELETE": "remove"}


@dataclasses.dataclass(frozen=True)
class LinkChange:
    """The outcome of comparing declared links with those that are there; all sorted.

    changed: what names each link that stays, and what it gets.
    """

    desired: DesiredLinks
    before: tuple[Object, ...]
    after: tuple[Object, ...]
    added: tuple[Object, ...]
    removed: tuple[Object, ...]
    changed: tuple[tuple[Object, Object], ...] = ()

    @property
    def action(self) -> str:
        """``create`` when links are only added, ``delete`` when they are only removed, ``update`` for anything else."""
        if self.changed or (self.added and self.removed):
            return "update"
        return "create" if self.added else "delete" if self.removed else "none"

    @property
    def messages(self) -> tuple[Message, ...]:
        """What to send, in order.

        What is added may be refused, so it goes first: nothing has been removed then. Unless there is no room for it.
        """
        link = self.desired.link
        adding, removing = link.sending.added(self.added), link.sending.removed(self.removed)
        keeping = link.sending.changed(self.changed)
        full = len(self.before) + len(self.added) > link.most
        return (*removing, *adding, *keeping) if full else (*adding, *keeping, *removing)

    @property
    def steps(self) -> tuple[str, ...]:
        """What is done, in words: a step for each request."""
        return tuple(self.desired.step(message.method, len(message.links)) for message in self.messages)

    @property
    def diff(self) -> dict[str, t.Any]:
        """What changes, for display."""
        link, label = self.desired.link, self.desired.label
        return {
            "before_header": label,
            "after_header": label,
            "before": {link.collection: shown(link, self.before)},
            "after": {link.collection: shown(link, self.after)},
        }


def shown(link: LinkList, links: t.Sequence[Object]) -> list[dict[str, t.Any]]:
    """Links as they are returned: what names them, and what they carry."""
    return [{name: value if name in link.carries else str(value) for name, value in one.items()} for one in links]


def described(link: LinkList, links: t.Sequence[Object]) -> list[dict[str, t.Any]]:
    """Links that are there as they are returned, in order, with what the server tells of each."""
    rows = {
        _name(link, one): {name: values.shown(link.known[name], one[name]) for name in link.known if name in one}
        for one in links
    }
    return [rows[_name(link, one)] for one in sorted_links(link, links)]


def validate_links(desired: DesiredLinks) -> None:
    """Raise InvalidOptions for what is wrong with a declaration in itself, all of it in one message."""
    link = desired.link
    one = Field("dict", fields={**link.naming, **link.carries})
    found, seen = (
        list(value_problems.problems(Field("list", max_length=link.most), list(desired.items), link.collection)),
        set(),
    )
    for index, item in enumerate(desired.items):
        where, name = "%s[%d]" % (link.collection, index), _name(link, item)
        plain = {key: value for key, value in item.items() if not isinstance(value, Reference)}
        found.extend(value_problems.problems(one, plain, where))
        if name in seen:
            found.append("%s: %s is given twice" % (where, _called(link, item)))
        seen.add(name)
    named = [
        desired.owner,
        *(value for item in desired.items for value in item.values() if isinstance(value, Reference)),
    ]
    for reference in named:
        found.extend(reference.empty_names)
    if found:
        raise InvalidOptions(
            "The %s of %s are not valid:\n%s"
            % (link.titles, link.owner.a_title, "\n".join("  - %s" % text for text in found))
        )


def compare(desired: DesiredLinks, items: t.Sequence[Object], current: t.Sequence[Object]) -> LinkChange:
    """What makes the present links those that are declared. items: the declared ones, with the ids that are known.

    Raises InvalidOptions where one is declared in two ways, or a new one without what it cannot be without.
    """
    link = desired.link
    wanted, held = by_name(link, items), by_name(link, current)
    payloads: dict[t.Any, Object] = {}
    if not desired.present:
        added, removed = set[t.Any](), held.keys() & wanted.keys()
    else:
        added = wanted.keys() - held.keys()
        removed = held.keys() - wanted.keys() if desired.purge else set()
        called = _words_for(desired, items)
        _refuse_contradictions(desired, items, wanted, called)
        _refuse_incomplete(desired, [wanted[name] for name in added], called)
        found = {name: payload_of(link, wanted[name], held[name]) for name in held.keys() & wanted.keys()}
        payloads = {name: payload for name, payload in found.items() if payload}
    known = {**wanted, **held, **{name: {**held[name], **payload} for name, payload in payloads.items()}}
    before, after, adding = (
        sorted_links(link, some)
        for some in (
            held.values(),
            [known[name] for name in (held.keys() | added) - removed],
            [wanted[n] for n in added],
        )
    )
    named = {name: {field: one[field] for field in link.naming} for name, one in known.items()}
    removing, changing = (sorted_links(link, [named[name] for name in names]) for names in (removed, payloads))
    changed = tuple((one, payloads[_name(link, one)]) for one in changing)
    return LinkChange(desired, before, after, adding, removing, changed)


def payload_of(link: LinkList, want: Object, have: Object) -> dict[str, t.Any]:
    """What has to be sent so that a link carries what is wanted of it."""
    return {
        name: values.completed(field, want[name], have.get(name))
        for name, field in link.carries.items()
        if name in want and values.differs(field, want[name], have.get(name))
    }


def _words_for(desired: DesiredLinks, items: t.Sequence[Object]) -> t.Mapping[t.Any, str]:
    """What the user calls each of the declared links, by what names it."""
    given = desired.items if len(desired.items) == len(items) else items
    link = desired.link
    return {_name(link, item): _called(link, one) for one, item in zip(given, items, strict=True)}


def _refuse_contradictions(
    desired: DesiredLinks, items: t.Sequence[Object], wanted: t.Mapping[t.Any, Object], called: t.Mapping[t.Any, str]
) -> None:
    """What can be named in two ways can be declared twice without being seen before."""
    for item in items:
        name = _name(desired.link, item)
        if any(wanted[name].get(field) != item.get(field) for field in desired.link.carries):
            raise InvalidOptions("One of the %s, %s, is declared in two ways." % (desired.label, called[name]))


def _refuse_incomplete(desired: DesiredLinks, added: t.Sequence[Object], called: t.Mapping[t.Any, str]) -> None:
    fields = desired.link.carries
    for item in sorted_links(desired.link, added):
        lacking = [name for name, field in fields.items() if field.required and item.get(name) is None]
        lacking += [
            path for name in fields if name in item for path in value_problems.missing(fields[name], item[name], name)
        ]
        if lacking:
            raise InvalidOptions(
                "%s is none of the %s yet and cannot be added without %s."
                % (called[_name(desired.link, item)], desired.label, ", ".join(lacking))
            )


def sorted_links(link: LinkList, links: t.Iterable[Object]) -> tuple[Object, ...]:
    """Links, each once, without what only the server tells, in an order that depends on nothing but them."""
    return tuple(sorted(by_name(link, links).values(), key=lambda one: [str(part) for part in one.values()]))


def by_name(link: LinkList, links: t.Iterable[Object]) -> dict[tuple[t.Any, ...], Object]:
    """Links by what names them, without what only the server tells."""
    fields = (*link.naming, *link.carries)
    return {_name(link, one): {name: one[name] for name in fields if name in one} for one in links}


def _name(link: LinkList, one: Object) -> tuple[t.Any, ...]:
    return tuple(one[name] for name in link.naming)


def _called(link: LinkList, one: Object) -> str:
    """What the user calls a link."""
    named = {
        name: value.name if isinstance(value, Reference) else value
        for name, value in zip(link.naming, _name(link, one), strict=True)
    }
    return repr(named) if len(named) > 1 else str(*named.values())
