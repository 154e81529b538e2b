# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which client grants may be used for which organizations."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from auth0_emulator.entities import client_grants, finding
from auth0_emulator.entities.client_grants import CLIENT_GRANTS
from auth0_emulator.entities.entity import Listing, equal
from auth0_emulator.entities.organizations import ORGANIZATIONS
from auth0_emulator.schema.described import Body, DescribedRoute
from auth0_emulator.schema.errors import management_error
from auth0_emulator.schema.shapes import GrantId
from auth0_emulator.schema.validation import valid_body
from auth0_emulator.state.store import Thing

from .. import paging
from ..calls import Call, no_content, route

MOST_GRANTS = 100
_READ = ("read:organization_client_grants",)
_IN_ANSWER_TO_ADDING = ("client_id", "audience", "scope", "organization_usage", "allow_any_organization")

_GRANTS = Listing(
    "client_grants",
    filters={
        "audience": equal("audience"),
        "client_id": equal("client_id"),
        "grant_ids": equal("id", at_most=10),
    },
)
_ORGANIZATIONS = Listing("organizations", checkpoint=True)


class Addition(Body):
    grant_id: GrantId


class Added(Body):
    grant_id: GrantId
    client_id: str = ""
    audience: str
    scope: list[str] = []
    organization_usage: str = ""
    allow_any_organization: bool = False


def routes() -> list[DescribedRoute]:
    """Both directions of the relation."""
    grants = "/organizations/{id}/client-grants"
    return [
        route(
            "GET",
            grants,
            _list_grants,
            paging.page_of(CLIENT_GRANTS.answer_model, _GRANTS),
            query=paging.parameters(_GRANTS),
        ),
        route("POST", grants, _add, Added, status=201, body=Addition),
        route("DELETE", grants + "/{grant_id}", _remove, None, status=204),
        route(
            "GET",
            "/client-grants/{id}/organizations",
            _list_organizations,
            paging.page_of(ORGANIZATIONS.answer_model, _ORGANIZATIONS),
            query=paging.parameters(_ORGANIZATIONS),
        ),
    ]


def _list_grants(call: Call) -> Response:
    call.caller.require_any(_READ)
    organization = _organization(call)
    rows = [row for row in finding.client_grants(call.tenant).sorted() if row[1]["id"] in organization["grant_ids"]]
    found = paging.page(paging.filtered(rows, _GRANTS.filters, call.stored_query), _GRANTS, call.query, call.url)
    return JSONResponse(found.body(_GRANTS.collection, [call.shown(CLIENT_GRANTS, grant) for grant in found.things]))


def _add(call: Call) -> Response:
    """201; the answer says ``grant_id`` and has no subject_type (recorded). The conflicts are documented."""
    call.caller.require_any(("create:organization_client_grants",))
    body = valid_body(Addition, call.body())
    organization = _organization(call)
    grant = finding.client_grants(call.tenant).get(body["grant_id"])
    if grant is None:
        raise client_grants.missing(body["grant_id"])
    held = [one for one in organization["grant_ids"] if finding.client_grants(call.tenant).get(one) is not None]
    if grant["id"] in held:
        raise management_error(409, "The client grant has already been added to this organization.")
    if len(held) >= MOST_GRANTS:
        quota = f"Quota exceeded; cannot add more than {MOST_GRANTS} client grants to a single organization"
        raise management_error(409, quota)
    _store_ids(call, organization, [*held, grant["id"]])
    shown = call.shown(CLIENT_GRANTS, grant)
    return JSONResponse({"grant_id": grant["id"]} | {n: shown[n] for n in _IN_ANSWER_TO_ADDING if n in shown}, 201)


def _remove(call: Call) -> Response:
    """204, also for a grant that was not added; a missing organization is a 404 (recorded, documented)."""
    call.caller.require_any(("delete:organization_client_grants",))
    organization = _organization(call)
    left = [grant_id for grant_id in organization["grant_ids"] if grant_id != call.path["grant_id"]]
    _store_ids(call, organization, left)
    return no_content()


def _list_organizations(call: Call) -> Response:
    call.caller.require_any(_READ)
    grant = finding.client_grants(call.tenant).get(call.path["id"])
    if grant is None:
        raise client_grants.missing(call.path["id"])
    rows = [row for row in finding.organizations(call.tenant).sorted() if grant["id"] in row[1]["grant_ids"]]
    found = paging.page(rows, _ORGANIZATIONS, call.query, call.url)
    shown = [call.shown(ORGANIZATIONS, one) for one in found.things]
    return JSONResponse(found.body(_ORGANIZATIONS.collection, shown))


def _organization(call: Call) -> Thing:
    return finding.organization_by_id(call.tenant, call.path["id"])


def _store_ids(call: Call, organization: Thing, grant_ids: list[str]) -> None:
    finding.organizations(call.tenant).put(organization | {"grant_ids": grant_ids})
