# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The searches beside the lists: a filter in Lucene's or SCIM's syntax, pages by checkpoint.

Documented: the fields that each one knows, five filters at most, and that results lag behind (here they do with --lag
only). Of both syntaxes the part is known that the documentation shows: comparisons joined by and (or or), wildcards at
the ends of a value in Lucene's, the operators eq, ne, sw, ew, co, pr, gt, ge, lt, le in SCIM's. All else is a 400 (its
wording is unverified).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.responses import JSONResponse, Response

from auth0_emulator.entities import finding
from auth0_emulator.entities.client_grants import CLIENT_GRANTS
from auth0_emulator.entities.clients import CLIENTS
from auth0_emulator.entities.entity import Entity, Listing
from auth0_emulator.entities.organizations import ORGANIZATIONS
from auth0_emulator.entities.resource_servers import RESOURCE_SERVERS
from auth0_emulator.schema.described import DescribedRoute
from auth0_emulator.schema.errors import invalid_query
from auth0_emulator.state import own_apis
from auth0_emulator.state.store import Thing
from auth0_emulator.state.tenant import Tenant

from .. import paging
from ..calls import Call, route

MOST_FILTERS = 5

Keeps = Callable[[Thing], bool]


@dataclass(frozen=True)
class Search:
    """The search of one entity.

    fields: what it filters by; of metadata.NAME the part before the point. sorting: the fields that order it. hidden:
    what it never shows. scopes: any of them suffices.
    """

    entity: Entity
    fields: tuple[str, ...]
    sorting: tuple[str, ...]
    scopes: tuple[str, ...]
    hidden: tuple[str, ...] = ()

    def route(self) -> DescribedRoute:
        """GET."""
        query = {"q": "string", "parser": "string", "take": "integer", "from": "string", "sort": "string"}
        listing = self._listing
        answer = paging.page_of(self.entity.answer_model, listing)
        return route("GET", f"/{self.entity.path}/search", self._read, answer, query=query | paging.FIELDS)

    @property
    def _listing(self) -> Listing:
        return Listing(self.entity.listing.collection, checkpoint=True, always_checkpoint=True)

    def _read(self, call: Call) -> Response:
        call.caller.require_any(self.scopes)
        keeps = self._filter(call)
        rows = self._ordered(call, [row for row in self._rows(call) if keeps(row)])
        found = paging.page(list(enumerate(rows)), self._listing, call.query, call.url)
        return JSONResponse(found.body(self._listing.collection, [self._shown(call, one) for one in found.things]))

    def _rows(self, call: Call) -> list[Thing]:
        stored = call.tenant.store(self.entity.name).sorted()
        return [thing for dummy, thing in stored if call.tenant.is_readable(self.entity.name, thing)]

    def _ordered(self, call: Call, rows: list[Thing]) -> list[Thing]:
        name = call.query.get("sort", [""])[0]
        if not name:
            return rows
        if name not in self.sorting:
            raise invalid_query(f"'No enum match for: {name}' on property sort")
        return sorted(rows, key=lambda thing: str(thing.get(name, "")))

    def _shown(self, call: Call, thing: Thing) -> Thing:
        shown = call.shown(self.entity, thing).items()
        return paging.selected({name: value for name, value in shown if name not in self.hidden}, call.query)

    def _filter(self, call: Call) -> Keeps:
        given = call.query.get("q", [""])[0].strip()
        parser = call.query.get("parser", ["lucene"])[0]
        if parser not in ("lucene", "scim"):
            raise invalid_query(f"'No enum match for: {parser}' on property parser")
        if not given:
            return lambda thing: True
        alternatives = [
            [self._comparison(call, parser, one) for one in _parted("and", alternative)]
            for alternative in _parted("or", given)
        ]
        if sum(map(len, alternatives)) > MOST_FILTERS:
            raise invalid_query(f"'Too many filters, maximum {MOST_FILTERS}' on property q")
        return lambda thing: any(all(keeps(thing) for keeps in together) for together in alternatives)

    def _comparison(self, call: Call, parser: str, given: str) -> Keeps:
        match = (_SCIM if parser == "scim" else _LUCENE).fullmatch(given)
        if match is None or match["field"].partition(".")[0] not in {name.partition(".")[0] for name in self.fields}:
            raise invalid_query(f"'Unsupported query: {given}' on property q")
        field = match["field"]
        if parser == "scim":
            operator, value = match["operator"].lower(), _value(match["value"])
        else:
            operator, value = _lucene(match["value"])
        wanted = own_apis.stored(value, call.host)
        return lambda thing: _holds(operator, _values(call.tenant, self.entity, thing, field), wanted)


def _parted(word: str, given: str) -> list[str]:
    """The parts of a query between a word, which is none inside of quotes."""
    found = re.split(rf'\s+{word}\s+(?=(?:[^"]*"[^"]*")*[^"]*$)', given, flags=re.IGNORECASE)
    return [part.strip() for part in found]


_SCIM = re.compile(
    r'(?P<field>[\w.]+)\s+(?P<operator>(?i:eq|ne|sw|ew|co|gt|ge|lt|le|pr))(?:\s+(?P<value>"[^"]*"|[\w.-]+))?'
)
_LUCENE = re.compile(r'(?P<field>[\w.]+):(?P<value>"[^"]*"|[^\s"]+)')


def _value(given: str | None) -> str:
    return "" if given is None else given.strip('"')


def _lucene(given: str) -> tuple[str, str]:
    """The operator that wildcards mean, and the value without them."""
    value = _value(given)
    wild = (value.startswith("*"), value.endswith("*"))
    if value == "*":
        return "pr", ""
    operator = {(True, True): "co", (True, False): "ew", (False, True): "sw", (False, False): "eq"}[wild]
    return operator, value.strip("*") if any(wild) else value


_OPERATORS: dict[str, Callable[[str, str], bool]] = {
    "eq": lambda have, want: have == want,
    "sw": lambda have, want: have.lower().startswith(want.lower()),
    "ew": lambda have, want: have.lower().endswith(want.lower()),
    "co": lambda have, want: want.lower() in have.lower(),
    "gt": lambda have, want: have > want,
    "ge": lambda have, want: have >= want,
    "lt": lambda have, want: have < want,
    "le": lambda have, want: have <= want,
}


def _holds(operator: str, values: list[str], wanted: str) -> bool:
    if operator == "pr":
        return bool(values)
    if operator == "ne":
        return wanted not in values
    return any(_OPERATORS[operator](value, wanted) for value in values)


def _values(tenant: Tenant, entity: Entity, thing: Thing, field: str) -> list[str]:
    """What an object has in a field, as strings."""
    found: list[Any]
    if field.startswith("metadata."):
        metadata = thing.get("client_metadata") or thing.get("metadata") or {}
        found = [metadata.get(field.removeprefix("metadata."))]
    elif field == "client_grant.organization_id":
        found = [one for grant in _grants_of(tenant, thing) for one in _organizations_of(tenant, grant)]
    elif field == "client_grant.allow_any_organization":
        found = [bool(grant.get("allow_any_organization")) for grant in _grants_of(tenant, thing)]
    elif field == "organization_id" and entity is CLIENT_GRANTS:
        found = _organizations_of(tenant, thing)
    elif field in ("allow_any_organization", "is_first_party"):
        found = [bool(thing.get(field))]
    else:
        found = [thing.get(field)]
    return [one if isinstance(one, str) else json.dumps(one) for one in found if one is not None]


def _grants_of(tenant: Tenant, client: Thing) -> list[Thing]:
    return [one for one in finding.client_grants(tenant) if one.get("client_id") == client["client_id"]]


def _organizations_of(tenant: Tenant, grant: Thing) -> list[str]:
    return [one["id"] for one in finding.organizations(tenant) if grant["id"] in one["grant_ids"]]


_SEARCHES = (
    Search(
        CLIENTS,
        ("client_id", "external_client_id", "name", "app_type", "is_first_party", "metadata.", "client_grant."),
        ("name",),
        ("read:clients", "read:client_summary"),
        ("client_secret", "encryption_key", "signing_keys", "addons", "client_authentication_methods"),
    ),
    Search(
        RESOURCE_SERVERS,
        ("id", "identifier", "name"),
        ("identifier", "name"),
        ("read:resource_servers",),
        ("signing_secret",),
    ),
    Search(
        CLIENT_GRANTS,
        ("audience", "client_id", "subject_type", "allow_any_organization", "organization_id", "default_for"),
        ("audience",),
        ("read:client_grants",),
    ),
    Search(
        ORGANIZATIONS,
        ("id", "name", "display_name", "metadata."),
        ("name", "display_name"),
        ("read:organizations",),
    ),
)


def routes() -> list[DescribedRoute]:
    """One a kind; when an object was changed, the fields created_at and updated_at, is not known here."""
    return [one.route() for one in _SEARCHES]
