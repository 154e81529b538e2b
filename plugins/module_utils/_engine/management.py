# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""The verbs of the Management API for any kind: find, list, create, update, delete."""

from __future__ import annotations

import re
import typing as t
import urllib.parse

from ansible_collections.community.auth0.plugins.module_utils._errors import (
    Ambiguous,
    ApiError,
    InvalidOptions,
    OutcomeUnknown,
    Unreachable,
)
from ansible_collections.community.auth0.plugins.module_utils._http.session import Authorization, Session
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import (
    Action,
    Direct,
    Kind,
    Listed,
    with_article,
)
from ansible_collections.community.auth0.plugins.module_utils._kinds.link import (
    Link,
    LinkList,
    Message,
)
from ansible_collections.community.auth0.plugins.module_utils._task.reports import Report, unreported

from . import value_views
from .pages import Fetch, Listing, Page, by_checkpoint, by_offset, page_of
from .refusals import explanation, says_it_is_gone
from .shapes import understood

Object = t.Mapping[str, t.Any]
# ManagementClient has a method that is called list.
Sequence = t.Sequence

#: What means something inside of quotes in a query of the search, or may.
_UNSEARCHABLE = re.compile(r"[\"\\*?\x00-\x1f]")


class ManagementClient:
    """The Management API of one tenant. report: tells how far a list has been read."""

    def __init__(self, session: Session, authorization: Authorization, report: Report = unreported) -> None:
        self._session = session
        self._authorization = authorization
        self._report = report

    def tell(self, doing: str) -> None:
        """Tell that something takes the tenant a while. doing: what, in words."""
        self._report(0, None, doing)

    def find(self, kind: Kind, identity: Object, whole: bool = True) -> Object | None:
        """The object of that identity, or None.

        identity: the id, or the fields that name an object. whole: False when its identity and id are enough, which
        saves a request where the list holds them. Raises Ambiguous when several fit, and what the requests raise.
        """
        if kind.standing:
            return self.get(kind, str(identity.get(kind.id_field, "")))
        for way in kind.lookups:
            if isinstance(way, Direct):
                if identity.get(way.field) is not None:
                    return self.directly(kind, way.field, str(identity[way.field]))
            elif all(name in identity for name in way.match):
                return self._listed(kind, way, identity, whole)
        raise InvalidOptions("No %s can be found by %s." % (kind.title, ", ".join(identity)))

    def all_of(self, kind: Kind, identity: Object) -> Sequence[Object]:
        """All objects with these values of what names them, as the list shows them. identity: empty for all."""
        for way in kind.lookups:
            if isinstance(way, Listed):
                rows = (row for page in self._pages_of(kind, way, identity) for row in page.rows)
                return _fitting(kind, way, identity, rows)
        return tuple(self.list(kind))

    def directly(self, kind: Kind, field: str, value: str) -> Object | None:
        """The object whose field, one of ``kind.direct``, has that value, or None."""
        # One path serves ids and identifiers, so what comes back may be another object than the one that was meant.
        ways = (way for way in kind.lookups if isinstance(way, Direct) and way.field == field)
        found = self.get(kind, value, next(ways, Direct(field)).under)
        return found if found is not None and found.get(field) == value else None

    def _listed(self, kind: Kind, way: Listed, identity: Object, whole: bool) -> Object | None:
        pages = self._pages_of(kind, way, identity)
        first = next(pages)
        found = {kind.id_of(row): row for row in _fitting(kind, way, identity, first.rows)}
        # A tenant can hold thousands: before all of its pages are read, the search is asked.
        sought = {} if first.left == 0 else {kind.id_of(row): row for row in self.sought(kind, identity)}
        found.update(sought)
        if not sought:
            rows = (row for page in pages for row in page.rows)
            found.update((kind.id_of(row), row) for row in _fitting(kind, way, identity, rows))
        if len(found) > 1:
            raise ambiguous(kind, {name: identity[name] for name in way.match}, list(found.values()))
        for object_id, row in found.items():
            return self.get(kind, object_id) if way.summary and whole and object_id not in sought else row
        return None

    def sought(self, kind: Kind, identity: Object) -> Sequence[Object]:
        """The objects of that identity that the server's search finds and reads by id confirm.

        None of it says nothing: the search lags behind, and not every tenant, nor every token, has it.
        """
        way = next((way for way in kind.lookups if isinstance(way, Listed) and way.search), None)
        value = None if way is None else identity.get(str(way.search))
        if way is None or not isinstance(value, str) or _UNSEARCHABLE.search(value):
            return ()
        path = _path(kind, "search")
        listing = Listing(path, kind.collection, kind.titles, (kind.id_field,), kind.fields)
        try:
            query = {"q": '%s:"%s"' % (way.search, value)}
            rows = [row for page in by_checkpoint(listing, query, self._fetch(listing)) for row in page.rows]
        except ApiError as error:
            if error.status in (400, 403, 404):
                return ()
            raise
        read = (self.get(kind, kind.id_of(row)) for row in _fitting(kind, way, identity, rows))
        return _fitting(kind, way, identity, [row for row in read if row is not None])

    def _pages_of(self, kind: Kind, way: Listed, identity: Object) -> t.Iterator[Page]:
        names = [name for name in way.match if name in way.query and identity.get(name) is not None]
        return self.pages(kind, {**way.constant, **{way.query[name]: identity[name] for name in names}})

    def get(self, kind: Kind, object_id: str, under: str | None = None) -> Object | None:
        """The object of that id, or None. under: what stands before it in the path where it is not an id."""
        path = _path(kind, object_id, under)
        try:
            what = " ".join(filter(None, [kind.title, object_id]))
            query = kind.translation.query if kind.translation else None
            answer = self._send("GET", path, "reading the %s" % what, query=query)
        except ApiError as error:
            if says_it_is_gone(error) or (kind.lacking and kind.lacking in (error.server_message or "")):
                return None
            raise
        item, problem = understood(kind, answer)
        if problem is None:
            return _keyed(kind, object_id, item)
        raise Unreachable(
            "GET %s was answered with something that Auth0 never answers: %s." % (path, problem),
            "unexpected",
            "GET",
            path,
        )

    def list(self, kind: Kind, query: Object | None = None) -> t.Iterator[Object]:
        """All objects of a kind that fit the query, page by page."""
        for page in self.pages(kind, query):
            yield from page.rows

    def pages(self, kind: Kind, query: Object | None = None) -> t.Iterator[Page]:
        """The list of all objects of a kind that fit the query.

        By checkpoint where the kind has it, which has no limit of depth and says by itself when it ends; otherwise by
        offset, until a page is shorter than the size that the server says it used, or holds the last of a total that
        can be trusted. What is always there is in no list: each object of it is a page.
        """
        if kind.standing:
            found = (self.get(kind, key) for key in kind.keys)
            return (Page([row], None) for row in found if row is not None)
        collection, what = kind.collection, kind.titles
        listing = Listing(
            _path(kind), collection, what, (kind.id_field,), kind.fields, kind.bare, kind.counted, kind.numbered
        )
        fetch = self._fetch(listing)
        if kind.bare:
            return iter([Page(page_of(listing, fetch, query or {})[collection], 0)])
        pages = (by_checkpoint if kind.checkpoint else by_offset)(listing, query or {}, fetch)
        return self._reported(listing, pages)

    def _reported(self, listing: Listing, pages: t.Iterable[Page]) -> t.Iterator[Page]:
        read = 0
        for page in pages:
            read += len(page.rows)
            self._report(read, None, "listing the %s" % listing.what)
            yield page

    def _fetch(self, listing: Listing) -> Fetch:
        return lambda query: self._send("GET", listing.path, "listing the %s" % listing.what, query=query)

    def links(self, link: LinkList, owner_id: str, query: Object | None = None) -> t.Sequence[Object] | None:
        """All that an object is linked to that fits the query, or None where there is no such object."""
        what = "%s of the %s %s" % (link.titles, link.owner.title, owner_id)
        listing = Listing(_links_path(link, owner_id), link.collection, what, tuple(link.naming), link.known)
        try:
            read = (by_checkpoint if link.checkpoint else by_offset)(listing, query or {}, self._fetch(listing))
            pages = self._reported(listing, read)
            return tuple(row for page in pages for row in page.rows)
        except ApiError as error:
            if says_it_is_gone(error):
                return None
            raise

    def change_links(self, link: Link, owner_id: str, message: Message, label: str) -> None:
        """Add links to an object, change or remove some. Raises ApiError with status 409 for what cannot be added
        (again)."""
        doing = {"POST": "adding to", "PATCH": "changing one of", "DELETE": "removing from"}[message.method]
        path = _links_path(link, owner_id, message.below)
        self._send(message.method, path, "%s the %s" % (doing, label), message.body)

    def create(self, kind: Kind, payload: Object, label: str) -> Object:
        """Create an object and return what the server made of it. Raises ApiError with status 409 on a conflict."""
        return self._write("POST", kind, _path(kind), "creating the %s" % label, payload)

    def update(self, kind: Kind, object_id: str, payload: Object, label: str) -> Object:
        """Change fields of an object, or replace it where the kind wants that, and return the whole object."""
        method = "PUT" if kind.replaced else "PATCH"
        changed = self._write(method, kind, _path(kind, object_id), "updating the %s" % label, payload)
        return _keyed(kind, object_id, changed)

    def perform(self, kind: Kind, action: Action, object_id: str | None = None, label: str | None = None) -> Object:
        """Perform an action on the objects of a kind, or on the one of that id. Returns what the server answers.

        label: what to call it, by default by its id.
        """
        path = "/".join([_path(kind, object_id), action.name])
        what = label or " ".join([kind.title, *([] if object_id is None else [object_id])])
        return self._write(action.method, kind, path, "%s the %s" % (action.doing, what), None)

    def _write(self, method: str, kind: Kind, path: str, doing: str, payload: Object | None) -> Object:
        # Also those that the task did not give, so that Ansible would not know to mask them.
        secrets = tuple(value_views.secrets(kind.whole, payload))
        body = kind.translation.sent(payload) if kind.translation and payload else payload
        item, problem = understood(kind, self._send(method, path, doing, body, secrets=secrets))
        if problem is None:
            return t.cast("Object", item)
        raise OutcomeUnknown(
            "%s %s was answered with something that Auth0 never answers (%s)" % (method, path, problem),
            "unexpected",
            method,
            path,
            retryable=True,
        )

    def delete(self, kind: Kind, object_id: str, label: str, force: bool = False) -> None:
        """Delete an object. Auth0 answers alike when it is gone already (recorded).

        force: also where others use it, of the kinds of which the server refuses that otherwise.
        Raises OutcomeUnknown for a 404: it is another service's, or what lags behind does not know the object yet.
        """
        path = _path(kind, object_id)
        try:
            query = {kind.in_use: "true"} if kind.in_use and force else None
            self._send("DELETE", path, "deleting the %s" % label, query=query)
        except ApiError as error:
            if error.status != 404:
                raise
            raise OutcomeUnknown(
                "DELETE %s was answered with a 404%s"
                % (path, "" if says_it_is_gone(error) else " that is not Auth0's"),
                "unexpected",
                "DELETE",
                path,
                404,
                error.server_message,
                retryable=True,
            ) from None

    def _send(
        self,
        method: str,
        path: str,
        doing: str,
        body: Object | None = None,
        query: Object | None = None,
        secrets: t.Collection[str] = (),
    ) -> t.Any:
        try:
            return self._session.request(method, path, query, body, self._authorization, secrets=secrets)
        except ApiError as error:
            if error.path == path:  # a refusal of the request for a token is explained already
                error.message = "Failed %s: %s" % (doing, explanation(error))
            raise


def ambiguous(kind: Kind, identity: Object, found: t.Sequence[Object]) -> Ambiguous:
    """The failure for several objects that fit an identity which should name one."""
    return Ambiguous(
        "%d %s have the %s: %s. Choose one by its %s."
        % (
            len(found),
            kind.titles,
            " and ".join("%s %r" % (name, value) for name, value in identity.items() if value is not None),
            ", ".join(kind.id_of(row) for row in found),
            kind.id_field,
        )
    )


def _keyed(kind: Kind, object_id: str, answer: t.Any) -> Object:
    """An object with its id, which the server leaves out where the id is only a part of the path."""
    return {kind.id_field: object_id, **answer} if kind.standing and not kind.single else t.cast("Object", answer)


def _path(kind: Kind, object_id: str | None = None, under: str | None = None) -> str:
    if kind.standing:
        fixed = kind.path if kind.single else kind.path.format(_segment(object_id or "", kind.title))
        return "/".join(["/api/v2", fixed])
    parts = ["/api/v2", kind.path, *([under] if under else [])]
    return "/".join([*parts, *([] if object_id is None else [_segment(object_id, kind.title)])])


def _links_path(link: LinkList, owner_id: str, below: str | None = None) -> str:
    parts = [_path(link.owner, owner_id), link.path]
    return "/".join([*parts, *([] if below is None else [_segment(below, link.title)])])


def _segment(value: str, title: str) -> str:
    if value in ("", ".", ".."):
        raise InvalidOptions("%r cannot name %s." % (value, with_article(title)))
    try:
        return urllib.parse.quote(value, safe="")
    except UnicodeEncodeError:
        raise InvalidOptions("%r cannot name %s: it is not Unicode." % (value, with_article(title))) from None


def _fitting(kind: Kind, way: Listed, identity: Object, rows: t.Iterable[Object]) -> list[Object]:
    """The rows that have the identity, as far as that is given, and are what the way finds at all."""
    names = [name for name in way.match if name in identity]
    return [
        row
        for row in rows
        if all(_same(kind, name, row.get(name), identity[name]) for name in names)
        and all(_same(kind, name, row.get(name), value) for name, value in way.fixed.items())
    ]


def _same(kind: Kind, name: str, one: t.Any, other: t.Any) -> bool:
    field = kind.fields[name]
    return bool(one == other) or (field.means_absent(one) and field.means_absent(other))
