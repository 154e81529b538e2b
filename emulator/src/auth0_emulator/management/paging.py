# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lists: filters, the three styles of paging, and the choice of fields."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from pydantic import create_model

from auth0_emulator.entities.entity import Filter, Listing
from auth0_emulator.schema.described import Body
from auth0_emulator.schema.errors import AnsweredError, invalid_query, management_error
from auth0_emulator.state.store import Thing
from auth0_emulator.state.tenant import Tenant

Query = dict[str, list[str]]
Row = tuple[Any, Thing]

DEFAULT_SIZE = 50
"""Also how many a list without paging parameters returns, without a word about the rest (recorded)."""

NUMBERED_SIZE = 20
"""The same of lists whose pages tell their number (documented)."""

LARGEST_SIZE = 100

_OFFSET = ("page", "per_page", "include_totals")


@dataclass(frozen=True)
class Page:
    """One page of a list: the objects, and how the answer wraps them."""

    things: list[Thing]
    envelope: dict[str, Any] | None
    """Members beside the collection; None: a bare array."""
    link: str | None = None

    def body(self, collection: str, shown: list[Thing]) -> Any:
        """The answer's body, with the objects as the caller sees them."""
        return shown if self.envelope is None else {**self.envelope, collection: shown}


def page_of(model: Any, listing: Listing) -> Any:
    """The type of a list's answers: a bare array, or an envelope where the list knows paging."""
    if not listing.paged:
        return list[model]
    members: dict[str, Any] = {listing.collection: (list[model], ...)}
    if listing.numbered:
        members |= dict.fromkeys(("total", "page", "per_page"), (int, 0))
        return create_model(f"{model.__name__}Page", __base__=Body, **members)
    if listing.always_checkpoint:
        return create_model(f"{model.__name__}Page", __base__=Body, **members, next=(str, ""))
    members |= dict.fromkeys(("total", "start", "limit"), (int, 0)) | {"next": (str, "")}
    envelope = create_model(f"{model.__name__}Page", __base__=Body, **members)
    return list[model] | envelope


def parameters(listing: Listing) -> dict[str, str]:
    """The query parameters of a list, and their types."""
    known: dict[str, str] = {}
    if listing.paged and not listing.always_checkpoint:
        known |= {"page": "integer", "per_page": "integer", "include_totals": "boolean"}
    if listing.checkpoint:
        known |= {"from": "string", "take": "integer"}
    if listing.search is not None:
        known |= {"q": "string"}
    if listing.sorting:
        known |= {"sort": "string"}
    known |= dict.fromkeys(listing.adding, "string")
    return known | {name: one.kind for name, one in listing.filters.items()}


FIELDS = {"fields": "string", "include_fields": "boolean"}
"""The query parameters that choose the fields of an answer."""


def filtered(rows: list[Row], filters: dict[str, Filter], query: Query) -> list[Row]:
    """The rows that every given filter keeps."""
    for name, one in filters.items():
        values = query.get(name)
        if not values:
            continue
        if one.kind == "boolean":
            is_true(query, name)
        if one.at_most is not None and len(values) > one.at_most:
            raise invalid_query(f"'Array is too long ({len(values)}), maximum {one.at_most}' on property {name}")
        for value in values if one.choices else ():
            if value not in one.choices:
                raise invalid_query(f"'No enum match for: {value}' on property {name}")
        rows = [row for row in rows if one.keeps(row[1], values)]
    return rows


def searched(rows: list[Row], listing: Listing, tenant: Tenant, query: Query) -> list[Row]:
    """The rows that ``q`` keeps; of some lists, it goes with checkpoint paging only (documented, the wordings are
    unverified)."""
    if listing.search is None or "q" not in query:
        return rows
    others = [name for name in (*listing.filters, *_OFFSET) if name in query]
    if others and listing.search_in_pages:
        raise invalid_query(f"'The parameter {others[0]} cannot be used together with q' on property q")
    if listing.search_in_pages and "take" not in query and "from" not in query:
        raise invalid_query("'The parameters from and take are required together with q' on property q")
    keeps = listing.search(tenant, query["q"][0])
    return [row for row in rows if keeps(row[1])]


def ordered(rows: list[Row], listing: Listing, query: Query) -> list[Row]:
    """The rows in the order that ``sort`` asks for, such as name:1 or name:-1 (documented)."""
    if not listing.sorting or "sort" not in query:
        return rows
    field, dummy, direction = query["sort"][0].partition(":")
    if field not in listing.sorting or direction not in ("1", "-1"):
        raise invalid_query(f"'String does not match pattern field:1 or field:-1: {query['sort'][0]}' on property sort")
    return sorted(rows, key=lambda row: row[1].get(field, ""), reverse=direction == "-1")


def page(rows: list[Row], listing: Listing, query: Query, url: str, total_is_page: bool = False) -> Page:
    """The page that a query asks for. Where a list knows checkpoints, they win over the rest (recorded)."""
    if not listing.paged:
        return Page([thing for dummy, thing in rows], None)
    if listing.always_checkpoint or (listing.checkpoint and ("take" in query or "from" in query)):
        return _checkpoint_page(rows, query)
    usual = NUMBERED_SIZE if listing.numbered else DEFAULT_SIZE
    size = _number(query, "per_page", usual, listing.smallest_page, LARGEST_SIZE)
    number = _number(query, "page", 0, 0, None)
    start = number * size
    if listing.deepest is not None and start >= listing.deepest:
        raise _too_deep(listing.deepest)
    things = [thing for dummy, thing in rows[start : start + size]]
    if listing.numbered:
        return Page(things, _numbers(total=len(rows) if things else 0, page=number, per_page=size))
    if not is_true(query, "include_totals"):
        paged = "page" in query or "per_page" in query
        return Page(things, None, None if paged else _link(url, query, len(rows)))
    total = len(things) if total_is_page else len(rows)
    return Page(things, {"total": total, "start": start, "limit": size})


def _numbers(**numbers: int) -> dict[str, int]:
    """The members of an envelope that leaves out what is zero (recorded)."""
    return {name: number for name, number in numbers.items() if number}


def selected(thing: Thing, query: Query) -> Thing:
    """The object with the fields that ``fields`` names, or without them if ``include_fields`` is false."""
    fields = chosen_fields(query)
    if not fields:
        return thing
    wanted = is_true(query, "include_fields", default=True)
    return {name: value for name, value in thing.items() if (name in fields) == wanted}


def chosen_fields(query: Query) -> set[str]:
    """The names in ``fields``."""
    return {name.strip() for value in query.get("fields", []) for name in value.split(",") if name.strip()}


def asks_for_fields(query: Query) -> bool:
    """Whether the fields named are to be shown rather than left out."""
    return is_true(query, "include_fields", default=True)


def _checkpoint_page(rows: list[Row], query: Query) -> Page:
    size = _number(query, "take", DEFAULT_SIZE, 1, LARGEST_SIZE)
    if "from" in query:
        after = _position(query["from"][0])
        rows = [row for row in rows if type(row[0]) is type(after) and row[0] > after]
    shown = rows[:size]
    # ``next`` is absent on the last page (recorded).
    envelope = {"next": _checkpoint(shown[-1][0])} if len(rows) > size else {}
    return Page([thing for dummy, thing in shown], envelope)


def _checkpoint(position: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(position).encode()).decode()


def _position(checkpoint: str) -> Any:
    try:
        position = json.loads(base64.urlsafe_b64decode(checkpoint.encode()))
    except (ValueError, RecursionError):
        position = None
    if not isinstance(position, str | int):
        raise invalid_query("'Invalid checkpoint' on property from")
    return position


def _too_deep(deepest: int) -> AnsweredError:
    """400; the code is documented, the wording is not."""
    message = f"You can only page through the first {deepest} records. Use checkpoint pagination for more."
    return management_error(400, message, "invalid_paging")


def _number(query: Query, name: str, default: int, least: int, most: int | None) -> int:
    if name not in query:
        return default
    given = query[name][0]
    if not given.isascii() or not given.removeprefix("-").isdigit() or len(given) > 9:
        raise invalid_query(f"'Expected type integer but found type string' on property {name}")
    value = int(given)
    if value < least:
        raise invalid_query(f"'Value {value} is less than minimum {least}' on property {name}")
    if most is not None and value > most:
        raise invalid_query(f"'Value {value} is greater than maximum {most}' on property {name}")
    return value


def is_true(query: Query, name: str, default: bool = False) -> bool:
    """What a query says of a boolean. Raises the refusal of anything else."""
    if name not in query:
        return default
    given = query[name][0]
    if given not in ("true", "false"):
        raise invalid_query(f"'Expected type boolean but found type string' on property {name}")
    return given == "true"


def _link(url: str, query: Query, total: int) -> str:
    """The Link header of a list without paging parameters (RFC 5988; first, next and last are recorded)."""
    last = max(0, (total - 1) // DEFAULT_SIZE)
    pages = {"first": 0, **({"next": 1} if last > 0 else {}), "last": last}
    given = [(name, value) for name, values in query.items() for value in values]
    return ", ".join(
        f'<{url}?{urlencode([*given, ("page", number), ("per_page", DEFAULT_SIZE)])}>; rel="{relation}"'
        for relation, number in pages.items()
    )
