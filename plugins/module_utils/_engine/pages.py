# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Lists of the Management API, page by page. Pure but for the fetching."""

from __future__ import annotations

import dataclasses
import math
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._errors import Unreachable
from ansible_collections.community.auth0.plugins.module_utils._kinds.field import Field

from .references import Object
from .shapes import misshapen

#: Objects asked for in one page: the most that Auth0 documents. What comes may be less, so the answer drives the loop.
PAGE_SIZE = 100
#: Pages of one list after which it cannot be one: more objects than Auth0 lets any tenant have of a kind.
MOST_PAGES = 20_000


@dataclasses.dataclass(frozen=True)
class Page:
    """A page of a list. left: how many pages are still to come: 0 for the last, None where that is not known."""

    rows: t.Sequence[Object]
    left: int | None


#: Gets the answer of a list to these query parameters.
Fetch = t.Callable[[Object], t.Any]


@dataclasses.dataclass(frozen=True)
class Listing:
    """A list of the API.

    collection: the key of its rows. what: those, for messages. needed: what each of them has. bare: the answer is
    nothing but the rows. fields: of a row. counted: its total is the true number of rows. numbered: it knows no
    include_totals, and says the size of a page as per_page.
    """

    path: str
    collection: str
    what: str
    needed: tuple[str, ...]
    fields: t.Mapping[str, Field]
    bare: bool = False
    counted: bool = False
    numbered: bool = False


def by_checkpoint(listing: Listing, query: Object, fetch: Fetch) -> t.Iterator[Page]:
    start: dict[str, t.Any] = {}
    seen: set[str] = set()
    while True:
        answer = page_of(listing, fetch, {**query, "take": PAGE_SIZE, **start})
        following = answer.get("next")
        yield Page(answer[listing.collection], None if following else 0)
        if not following:
            return
        # An empty page can be followed by others, but not one cursor by itself, nor more than a tenant can hold.
        if not isinstance(following, str) or following in seen or len(seen) >= MOST_PAGES:
            raise _endless(listing)
        seen.add(following)
        start = {"from": following}


def by_offset(listing: Listing, query: Object, fetch: Fetch) -> t.Iterator[Page]:
    page = read = 0
    before: t.Sequence[Object] = ()
    totals = {} if listing.numbered else {"include_totals": "true"}
    while True:
        answer = page_of(listing, fetch, {**query, "page": page, "per_page": PAGE_SIZE, **totals})
        rows, total = answer[listing.collection], _number(answer, "total")
        limit = _number(answer, "per_page" if listing.numbered else "limit")
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


def page_of(listing: Listing, fetch: Fetch, query: Object) -> dict[str, t.Any]:
    """One answer of a list. Raises Unreachable for one that is no list of such rows, and what fetching raises."""
    answer = fetch(query)
    if listing.bare:
        answer = {listing.collection: answer}
    rows = answer.get(listing.collection) if isinstance(answer, dict) else None
    problem = "it is not a list" if not isinstance(rows, list) else _misshapen_row(listing, rows)
    if problem is None:
        return t.cast("dict[str, t.Any]", answer)
    raise Unreachable(
        "GET %s was answered with something that Auth0 never answers: %s." % (listing.path, problem),
        "unexpected",
        "GET",
        listing.path,
    )


def _misshapen_row(listing: Listing, rows: t.Sequence[t.Any]) -> str | None:
    for index, row in enumerate(rows):
        if not isinstance(row, dict) or not all(isinstance(row.get(name), str) for name in listing.needed):
            return "row %d is not one of the %s" % (index, listing.what)
        problem = misshapen(listing.fields, row)
        if problem:
            return "of row %d, %s" % (index, problem)
    return None


def _endless(listing: Listing) -> Unreachable:
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
