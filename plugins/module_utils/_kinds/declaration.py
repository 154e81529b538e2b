# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""The words in which a kind is declared: once, for the engine, the argument spec, the prediction and the redaction."""

from __future__ import annotations

import dataclasses
import functools
import typing as t
import urllib.parse

from .field import Field, Refers
from .rules import Initially, Kept, Rule, SystemOwned


def with_article(title: str) -> str:
    """What an object is called, with the article before it: an API, a client."""
    return "%s %s" % ("an" if title[0] in "AEIOUaeiou" else "a", title)


def plural(title: str) -> str:
    """What several objects are called: APIs, policies. A title that is a plural, such as settings, stays."""
    if title.endswith("s"):
        return title
    if title.endswith("y") and title[-2:-1] not in "aeiou":
        return "%sies" % title[:-1]
    return "%ss" % title


def _references(field: Field, path: str) -> t.Iterator[tuple[str, Refers]]:
    for name, sub in (field.fields or {}).items():
        below = "%s.%s" % (path, name) if path else name
        if sub.refers:
            yield below, sub.refers
        yield from _references(sub, below)
    if field.elements:
        yield from _references(field.elements, path)


@dataclasses.dataclass(frozen=True)
class Direct:
    """An object is found by ``GET /<path>/<value of field>``. under: what stands before the value, where there is
    something."""

    field: str
    under: str | None = None


@dataclasses.dataclass(frozen=True)
class Listed:
    """An object is found by going through the kind's list.

    match: the fields that must be exactly equal. query: those of them by which the server can filter, and the
    names of its parameters for that, of which each may let more through than what is equal.
    constant: further query parameters. fixed: what else has to be true of the object, such as whose it is.
    summary: the list is asked for a few fields only; the object is then read by id.
    search: the field by which the server also searches, beside the list (``GET /<path>/search``). What it finds lags
    behind, so that only an object counts which a read by its id confirms, and none found means nothing.
    """

    match: tuple[str, ...]
    query: t.Mapping[str, str] = dataclasses.field(default_factory=dict)
    constant: t.Mapping[str, str] = dataclasses.field(default_factory=dict)
    fixed: t.Mapping[str, t.Any] = dataclasses.field(default_factory=dict)
    summary: bool = False
    search: str | None = None


@dataclasses.dataclass(frozen=True)
class Filter:
    """A query parameter by which the server filters the kind's list.

    field: the type and the limits of its value. joined: the items of a list go into one parameter, separated by
    commas; otherwise each into one of its own. otherwise: the value that is sent when none is given.
    alone: the server takes no other filter beside it. parameter: its name in the query, where that is another.
    """

    field: Field
    joined: bool = False
    otherwise: t.Any = None
    alone: bool = False
    parameter: str | None = None


@dataclasses.dataclass(frozen=True)
class AcceptsTokens:
    """Access tokens are issued for objects of the kind; its fields that say how they are verified.

    audience, algorithm: what a token has to be for, and to be signed with.
    scopes, scope: the list of the scopes that it can hold, and what names one.
    dialect, usual_dialect: the profile that it follows, and the one where the object tells none.
    """

    audience: str
    algorithm: str
    scopes: str
    scope: str
    dialect: str
    usual_dialect: str


@dataclasses.dataclass(frozen=True)
class Action:
    """A request without a body by which the server does something to objects of a kind itself.

    name: what follows the path of the kind or of the object. doing: for messages.
    """

    method: str
    name: str
    doing: str


@dataclasses.dataclass(frozen=True)
class Stage:
    """How far the server is with something that takes it a while.

    field: the dotted path of the field that says it. reached: its value once that is done. failed: its value where it
    never will be. errors: the dotted path of a list of objects with the server's words for what went wrong, as ``msg``.
    advice: what to look at then, as a sentence.
    """

    field: str
    reached: t.Any
    failed: t.Any = None
    errors: str | None = None
    advice: str = ""


@dataclasses.dataclass(frozen=True)
class FollowUp:
    """An action by which the server puts to use what was written: a write alone has no effect.

    action: what is performed. done: the fields, and their values, of an object on which there is nothing to perform.
    undone: the fields, and their values, that a write leaves behind, as far as they can be foreseen.
    option: the module's boolean option that turns it off. timeout, seconds: the module's option for how long to wait,
    and what that is by default.
    before, after: what has to be reached before the action can be performed, and after it until the object is in use.
    too_early: words in which the server says that the former is not reached yet.
    again: the field that is sent once more, unchanged, to have the server begin again where ``before`` has failed.
    repeated: performing the action is also how to look whether ``after`` is reached.
    by_default: whether it is done where the option is not given.
    shows: the secret that only the answer to the action holds, and only once; the module's ``return_secret`` returns
    it. shown_of: the fields, and their values, of the objects that have one.
    """

    action: Action
    done: t.Mapping[str, t.Any]
    option: str
    timeout: str
    seconds: int
    undone: t.Mapping[str, t.Any] = dataclasses.field(default_factory=dict)
    before: Stage | None = None
    after: Stage | None = None
    too_early: str | None = None
    again: str | None = None
    repeated: bool = False
    by_default: bool = True
    shows: str | None = None
    shown_of: t.Mapping[str, t.Any] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True)
class Translation:
    """The server shows and takes objects in other forms than the declared one.

    read: makes the declared form of what the server shows. Raises ValueError, with the reason, for what cannot be
    trusted to be all of it. sent: makes the body of the fields to send. query: with which an object is read.
    """

    read: t.Callable[[t.Mapping[str, t.Any]], t.Mapping[str, t.Any]]
    sent: t.Callable[[t.Mapping[str, t.Any]], t.Mapping[str, t.Any]]
    query: t.Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, repr=False)
class Kind:
    """A type of object in a tenant.

    name: in options and results. title: for messages. path: below ``/api/v2/``; ``{}`` in it stands for the object to
    which those of the kind belong, see ``below``. collection: the key of its lists.
    id_field: the id that the server assigns. identity: the fields that name an object in a declaration.
    lookups: ways to find an object, the first whose fields are known is taken.
    checkpoint: lists are read by checkpoint (``from``/``take``), otherwise by offset.
    replaced: a change is a PUT of the whole object, as it is with what changes; otherwise a PATCH of what changes.
    bare: lists are not paged at all, but arrays without anything around them.
    numbered: its lists know no ``include_totals``, and each page says its size as ``per_page``.
    counted: the ``total`` of its lists is the true number of objects, which is not so for client grants (recorded).
    unique: the server refuses a second object of the same identity, so that a lost creation can be repeated.
    conflict: words in which the server says that it has the object already, where it does not answer 409.
    shown_secret: the secret that the module's ``return_secret`` returns as a value of its own.
    secret_scope: the scope of the Management API without which the server hides it.
    secret_hidden_by: the field beside which there is no secret to see, or to use.
    filters: by which the server filters the kind's list, by their names there.
    order: the fields by which results are sorted before the identity: objects in which a flag is true come first, of
    times the latest.
    standing: its objects are always there: they are read and changed, never created, deleted or listed. Without an
    identity there is one of them in a tenant, which has no id. With one, the server has an object for each of its
    choices, which is the ``id_field``, too, and stands in the path in place of ``{}``.
    lacking: words in which the server refuses to read what a tenant does not have, where it does not answer 404.
    translation: between the declared form of an object that is always there and those of the server.
    follow_up: what has to be done after a write, so that it has an effect.
    in_use: the query parameter with which the server deletes an object that others use, too, and refuses that without.
    result: what results call an object, where its name there means something else.
    """

    name: str
    title: str
    path: str
    collection: str
    id_field: str
    identity: tuple[str, ...]
    lookups: tuple[Direct | Listed, ...]
    fields: t.Mapping[str, Field]
    checkpoint: bool
    unique: bool
    rules: tuple[Rule, ...] = ()
    system_owned: SystemOwned | None = None
    kept: tuple[Kept, ...] = ()
    initially: tuple[Initially, ...] = ()
    shown_secret: str | None = None
    secret_scope: str | None = None
    secret_hidden_by: str | None = None
    filters: t.Mapping[str, Filter] = dataclasses.field(default_factory=dict)
    accepts_tokens: AcceptsTokens | None = None
    replaced: bool = False
    bare: bool = False
    counted: bool = False
    numbered: bool = False
    conflict: str | None = None
    order: tuple[str, ...] = ()
    standing: bool = False
    translation: Translation | None = None
    lacking: str | None = None
    follow_up: FollowUp | None = None
    in_use: str | None = None
    result: str | None = None

    @property
    def a_title(self) -> str:
        """Its title with its article."""
        return with_article(self.title)

    @property
    def titles(self) -> str:
        """What several of its objects are called."""
        return plural(self.title)

    @property
    def in_results(self) -> str:
        """The key under which the result of its module has an object."""
        return self.result or self.name

    def is_conflict(self, status: int | None, words: str | None) -> bool:
        """Whether the server refuses to create an object because it has it already."""
        return status == 409 or (self.conflict is not None and self.conflict in (words or ""))

    def below(self, object_id: str) -> Kind:
        """The kind of those objects that belong to the one of that id."""
        return dataclasses.replace(self, path=self.path.format(urllib.parse.quote(object_id, safe="")))

    @property
    def single(self) -> bool:
        """Whether a tenant has exactly one object of it."""
        return self.standing and not self.identity

    @property
    def keys(self) -> tuple[str, ...]:
        """What tells apart the objects that are always there."""
        return ("",) if self.single else tuple(key for name in self.identity for key in self.fields[name].choices)

    def id_of(self, item: t.Mapping[str, t.Any]) -> str:
        """The id of an object of the kind; nothing where there is only one."""
        return "" if self.single else str(item[self.id_field])

    def __repr__(self) -> str:
        return "Kind(%s)" % self.name

    @property
    def whole(self) -> Field:
        """An object of the kind, as a value."""
        return Field("dict", fields=self.fields)

    def field(self, name: str, *objects: t.Any) -> Field:
        """A field in the form that one of these objects of the kind chooses for it."""
        return self.fields[name].chosen(*objects)

    @property
    def returned_secret(self) -> str | None:
        """The secret that the module's ``return_secret`` returns."""
        return self.shown_secret or (self.follow_up.shows if self.follow_up else None)

    @property
    def options(self) -> t.Mapping[str, Field]:
        """The fields that a user can declare. A kind without any has only its actions, and a module for those."""
        return {name: field for name, field in self.fields.items() if not field.read_only}

    @property
    def direct(self) -> tuple[str, ...]:
        """The fields by which an object can be read without going through a list; every id is one."""
        if self.single:
            return ()
        ways = (way.field for way in self.lookups if isinstance(way, Direct))
        return tuple(dict.fromkeys((self.id_field, *ways)))

    @property
    def named(self) -> bool:
        """Whether its objects have a name, which need not be unique."""
        return "name" in self.fields and not self.standing

    @property
    def holds_secret(self) -> bool:
        """Whether its objects hold secrets that can be read."""
        return any(field.shows_secret for field in self.fields.values())

    @functools.cached_property
    def references(self) -> t.Mapping[str, Refers]:
        """What the fields of its objects, and of objects in those, refer to, by their dotted paths.

        The path of a list leads to each of its items.
        """
        return dict(_references(self.whole, ""))

    @property
    def depends_on(self) -> frozenset[str]:
        """The names of the kinds whose objects have to exist first."""
        return frozenset(refers.kind for refers in self.references.values())
