# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""The verbs of the Management API for any kind: find, list, create, update, delete."""

from __future__ import annotations

import dataclasses
import math
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
)
from ansible_collections.community.auth0.plugins.module_utils._kinds.link import (
    Link,
    LinkList,
    Message,
)

from . import values

Object = t.Mapping[str, t.Any]

#: Objects asked for in one page: the most that Auth0 documents. What comes may be less, so the answer drives the loop.
PAGE_SIZE = 100

_SCOPE = re.compile(r"\b[a-z]+:[a-z_]+\b")
_PLAN_CODES = ("feature_not_enabled", "insufficient_entitlement", "operation_not_supported")


#: Pages of one list after which it cannot be one: more objects than Auth0 lets any tenant have of a kind.
MOST_PAGES = 20_000


@dataclasses.dataclass(frozen=True)
class Page:
    """A page of a list. left: how many pages are still to come: 0 for the last, None where that is not known."""

    rows: t.Sequence[Object]
    left: int | None


@dataclasses.dataclass(frozen=True)
class _Listing:
    """A list of the API.

    collection: the key of its rows. what: those, for messages. needed: what each of them has. bare: the answer is
    nothing but the rows. counted: its total is the true number of rows.
    """

    path: str
    collection: str
    what: str
    needed: tuple[str, ...]
    bare: bool = False
    counted: bool = False


class ManagementClient:
    """The Management API of one tenant."""

    def __init__(self, session: Session, authorization: Authorization) -> None:
        self._session = session
        self._authorization = authorization

    def find(self, kind: Kind, identity: Object, whole: bool = True) -> Object | None:
        """The object of that identity, or None.

        identity: the id, or the fields that name an object. whole: False when its identity and id are enough, which
        saves a request where the list holds them. Raises Ambiguous when several fit, and what the requests raise.
        """
        for way in kind.lookups:
            if isinstance(way, Direct):
                if identity.get(way.field) is not None:
                    return self.directly(kind, way.field, str(identity[way.field]))
            elif all(name in identity for name in way.match):
                found = self._listed(kind, way, identity)
                if found is not None and way.summary and whole:
                    return self.get(kind, str(found[kind.id_field]))
                return found
        raise InvalidOptions("A %s cannot be found by %s." % (kind.title, ", ".join(identity)))

    def directly(self, kind: Kind, field: str, value: str) -> Object | None:
        """The object whose field, one of ``kind.direct``, has that value, or None."""
        # One path serves ids and identifiers, so what comes back may be another object than the one that was meant.
        ways = (way for way in kind.lookups if isinstance(way, Direct) and way.field == field)
        found = self.get(kind, value, next(ways, Direct(field)).under)
        return found if found is not None and found.get(field) == value else None

    def _listed(self, kind: Kind, way: Listed, identity: Object) -> Object | None:
        query = {parameter: identity[name] for name, parameter in way.query.items() if identity[name] is not None}
        found = [
            row
            for row in self.list(kind, {**way.constant, **query})
            if all(_same(kind, name, row.get(name), identity[name]) for name in way.match)
        ]
        if len(found) > 1:
            raise ambiguous(kind, {name: identity[name] for name in way.match}, found)
        return found[0] if found else None

    def get(self, kind: Kind, object_id: str, under: str | None = None) -> Object | None:
        """The object of that id, or None. under: what stands before it in the path where it is not an id."""
        path = _path(kind, object_id, under)
        try:
            answer = self._send("GET", path, "reading the %s %s" % (kind.title, object_id))
        except ApiError as error:
            if _says_it_is_gone(error):
                return None
            raise
        if _is_object(answer, kind):
            return t.cast("Object", answer)
        raise Unreachable(
            "%s was answered with something else than a %s." % (path, kind.title), "unexpected", "GET", path
        )

    def list(self, kind: Kind, query: Object | None = None) -> t.Iterator[Object]:
        """All objects of a kind that fit the query, page by page."""
        for page in self.pages(kind, query):
            yield from page.rows

    def pages(self, kind: Kind, query: Object | None = None) -> t.Iterator[Page]:
        """The list of all objects of a kind that fit the query.

        By checkpoint where the kind has it, which has no limit of depth and says by itself when it ends; otherwise by
        offset, until a page is shorter than the size that the server says it used, or holds the last of a total that
        can be trusted.
        """
        collection, what = kind.collection, "%ss" % kind.title
        listing = _Listing(_path(kind), collection, what, (kind.id_field,), kind.bare, kind.counted)
        if kind.bare:
            return iter([Page(self._page(listing, query or {})[collection], 0)])
        return self._by_checkpoint(listing, query or {}) if kind.checkpoint else self._by_offset(listing, query or {})

    def links(self, link: LinkList, owner_id: str, query: Object | None = None) -> t.Sequence[Object] | None:
        """All that an object is linked to that fits the query, or None where there is no such object."""
        what = "%ss of the %s %s" % (link.title, link.owner.title, owner_id)
        listing = _Listing(_links_path(link, owner_id), link.collection, what, tuple(link.naming))
        try:
            return tuple(row for page in self._by_offset(listing, query or {}) for row in page.rows)
        except ApiError as error:
            if _says_it_is_gone(error):
                return None
            raise

    def change_links(self, link: Link, owner_id: str, message: Message, label: str) -> None:
        """Add links to an object or remove some. Raises ApiError with status 409 for what cannot be added (again)."""
        doing = "adding to" if message.method == "POST" else "removing from"
        path = _links_path(link, owner_id, message.below)
        self._send(message.method, path, "%s the %s" % (doing, label), message.body)

    def _by_checkpoint(self, listing: _Listing, query: Object) -> t.Iterator[Page]:
        start: dict[str, t.Any] = {}
        seen: set[str] = set()
        while True:
            answer = self._page(listing, {**query, "take": PAGE_SIZE, **start})
            following = answer.get("next")
            yield Page(answer[listing.collection], None if following else 0)
            if not following:
                return
            # An empty page can be followed by others, but not one cursor by itself, nor more than a tenant can hold.
            if not isinstance(following, str) or following in seen or len(seen) >= MOST_PAGES:
                raise _endless(listing)
            seen.add(following)
            start = {"from": following}

    def _by_offset(self, listing: _Listing, query: Object) -> t.Iterator[Page]:
        page = read = 0
        before: t.Sequence[Object] = ()
        while True:
            answer = self._page(listing, {**query, "page": page, "per_page": PAGE_SIZE, "include_totals": "true"})
            rows, limit, total = answer[listing.collection], _number(answer, "limit"), _number(answer, "total")
            if (rows and rows == before) or page >= MOST_PAGES:
                raise _endless(listing)
            read += len(rows)
            left = math.ceil(max(total - read, 0) / limit) if listing.counted and limit and total else None
            if not rows or len(rows) < limit:
                left = 0
            yield Page(rows, left)
            if left == 0:
                return
            before = rows
            page += 1

    def _page(self, listing: _Listing, query: Object) -> dict[str, t.Any]:
        path = listing.path
        answer = self._send("GET", path, "listing the %s" % listing.what, query=query)
        if listing.bare:
            answer = {listing.collection: answer}
        rows = answer.get(listing.collection) if isinstance(answer, dict) else None
        if isinstance(rows, list) and all(isinstance(row, dict) and row.keys() >= {*listing.needed} for row in rows):
            return t.cast("dict[str, t.Any]", answer)
        raise Unreachable("%s was answered with something else than a list." % path, "unexpected", "GET", path)

    def create(self, kind: Kind, payload: Object, label: str) -> Object:
        """Create an object and return what the server made of it. Raises ApiError with status 409 on a conflict."""
        return self._write("POST", kind, _path(kind), "creating the %s" % label, payload)

    def update(self, kind: Kind, object_id: str, payload: Object, label: str) -> Object:
        """Change fields of an object and return the whole object."""
        return self._write("PATCH", kind, _path(kind, object_id), "updating the %s" % label, payload)

    def perform(self, kind: Kind, action: Action, object_id: str | None = None) -> Object:
        """Perform an action on the objects of a kind, or on the one of that id. Returns what the server answers."""
        path = "/".join([_path(kind, object_id), action.name])
        what = " ".join([kind.title, *([] if object_id is None else [object_id])])
        return self._write(action.method, kind, path, "%s the %s" % (action.doing, what), None)

    def _write(self, method: str, kind: Kind, path: str, doing: str, payload: Object | None) -> Object:
        # Also those that the task did not give, so that Ansible would not know to mask them.
        secrets = tuple(values.secrets(kind.whole, payload))
        answer = self._send(method, path, doing, payload, secrets=secrets)
        if _is_object(answer, kind):
            return t.cast("Object", answer)
        raise OutcomeUnknown(
            "%s %s was answered with something else than a %s" % (method, path, kind.title),
            "unexpected",
            method,
            path,
            retryable=True,
        )

    def delete(self, kind: Kind, object_id: str, label: str) -> None:
        """Delete an object. Auth0 answers alike when it is gone already (recorded)."""
        try:
            self._send("DELETE", _path(kind, object_id), "deleting the %s" % label)
        except ApiError as error:
            if not _says_it_is_gone(error):
                raise

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
                error.message = "Failed %s: %s" % (doing, _explanation(error))
            raise


def ambiguous(kind: Kind, identity: Object, found: t.Sequence[Object]) -> Ambiguous:
    """The failure for several objects that fit an identity which should name one."""
    return Ambiguous(
        "%d %ss have the %s: %s. Name the one that is meant by its %s."
        % (
            len(found),
            kind.title,
            " and ".join("%s %r" % (name, value) for name, value in identity.items() if value is not None),
            ", ".join(str(row[kind.id_field]) for row in found),
            kind.id_field,
        )
    )


def _endless(listing: _Listing) -> Unreachable:
    return Unreachable(
        "%s sends the same page over and over, or more pages than any tenant has." % listing.path,
        "unexpected",
        "GET",
        listing.path,
    )


def _number(answer: Object, name: str) -> int:
    """A number that an envelope holds; 0 where it holds none."""
    value = answer.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


def _path(kind: Kind, object_id: str | None = None, under: str | None = None) -> str:
    parts = ["/api/v2", kind.path, *([under] if under else [])]
    return "/".join([*parts, *([] if object_id is None else [_segment(object_id, kind.title)])])


def _links_path(link: LinkList, owner_id: str, below: str | None = None) -> str:
    parts = [_path(link.owner, owner_id), link.path]
    return "/".join([*parts, *([] if below is None else [_segment(below, link.title)])])


def _segment(value: str, title: str) -> str:
    if value in ("", ".", ".."):
        raise InvalidOptions("%r cannot name a %s." % (value, title))
    return urllib.parse.quote(value, safe="")


def _says_it_is_gone(error: ApiError) -> bool:
    """Whether it is Auth0 that does not find an object: its 404 has a code and a message (recorded).

    Another service behind a mistyped auth0_domain says 404 to every path, too, and no object is absent by that.
    """
    return error.status == 404 and error.code != "http_404" and bool(error.server_message)


def _same(kind: Kind, name: str, one: t.Any, other: t.Any) -> bool:
    field = kind.fields[name]
    return bool(one == other) or (field.means_absent(one) and field.means_absent(other))


def _is_object(answer: t.Any, kind: Kind) -> bool:
    return isinstance(answer, dict) and kind.id_field in answer


def _explanation(error: ApiError) -> str:
    told = error.server_message or error.code
    if error.status == 401:
        return (
            "the Management API token is not accepted (401: %s). It may have expired, be damaged, or be one of another "
            "tenant. Get a new one with community.auth0.auth0_token, or give client credentials." % told
        )
    if error.status == 403:
        if error.code in _PLAN_CODES or "upgrade your subscription" in told:
            return "the tenant's plan does not include this (403: %s)." % told
        if "reached the limit" in told:
            return "the tenant holds as many of these as its plan allows (403: %s)." % told
        scopes = _scopes(told)
        if scopes and (error.code == "insufficient_scope" or told.startswith("Insufficient scope")):
            return (
                "the Management API token lacks a scope (403). It needs %s: add it to the grant of the client that "
                "manages the tenant, and get a new token." % scopes
            )
        return "not allowed (403: %s)." % told
    if error.status == 429:
        return error.message
    if error.status == 404 and not _says_it_is_gone(error):
        return "not found (404), in other words than Auth0's. Is auth0_domain really an Auth0 tenant?"
    return "%s (%s)." % (told.rstrip("."), error.status)


def _scopes(told: str) -> str:
    """The scopes that a refusal names: one of them is needed, or all where it joins them by "and" (documented)."""
    names = _SCOPE.findall(told)
    if " and " in told:
        return " and ".join(names)
    return "one of %s" % ", ".join(names) if len(names) > 1 else "".join(names)
