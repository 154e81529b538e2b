# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which clients are associated with an organization, and whether they serve the access of its members (recorded)."""

from __future__ import annotations

from typing import Annotated, Any, Required

from pydantic import Field
from starlette.responses import JSONResponse, Response

from auth0_emulator.entities import clients, finding
from auth0_emulator.entities.entity import Listing
from auth0_emulator.schema.described import Body, DescribedRoute
from auth0_emulator.schema.errors import AnsweredError, management_error
from auth0_emulator.schema.shapes import Part
from auth0_emulator.schema.validation import valid_body
from auth0_emulator.state.store import Thing

from .. import paging
from ..calls import Call, no_content, route

_LISTING = Listing("clients", checkpoint=True, always_checkpoint=True)
_SHOWN = ("name", "app_type", "is_first_party", "grant_types", "organization_usage", "logo_uri", "external_client_id")


MOST_AT_A_TIME, MOST_CLIENTS = 10, 100
"""How many one request takes, and how many an organization has at most (the Terraform provider)."""


class NewAssociation(Part, total=False):
    client_id: Required[str]
    use_for_member_access: Required[bool]


class Additions(Body):
    clients: Annotated[list[NewAssociation], Field(min_length=1, max_length=MOST_AT_A_TIME)]


class Removals(Body):
    clients: Annotated[list[str], Field(min_length=1, max_length=MOST_AT_A_TIME)]


class AssociationUpdate(Body):
    use_for_member_access: bool = False


class Association(Body):
    client_id: str
    use_for_member_access: bool
    client: dict[str, Any]


def routes() -> list[DescribedRoute]:
    """List, add several, remove several; read and update one."""
    many, one = "/organizations/{id}/clients", "/organizations/{id}/clients/{client_id}"
    listed = paging.page_of(Association, _LISTING)
    return [
        route("GET", many, _list, listed, query=paging.parameters(_LISTING)),
        route("POST", many, _add, list[Association], status=201, body=Additions),
        route("DELETE", many, _remove, None, status=204, body=Removals),
        route("GET", one, _read, Association),
        route("PATCH", one, _update, Association, body=AssociationUpdate),
    ]


def missing() -> AnsweredError:
    """404 (unverified)."""
    return management_error(404, "The client is not associated with this organization.")


def _list(call: Call) -> Response:
    call.caller.require_any(("read:organization_clients",))
    held = _organization(call)["clients"]
    rows: list[paging.Row] = [
        (client_id, {"client_id": client_id}) for client_id in sorted(held) if finding.client(call.tenant, client_id)
    ]
    found = paging.page(rows, _LISTING, call.query, call.url)
    return JSONResponse(found.body("clients", [_shown(call, row["client_id"], held) for row in found.things]))


def _add(call: Call) -> Response:
    """201 and the associations (recorded).

    One that is there already is a 409 for all of them, and of one that is given twice the last counts (the Terraform
    provider says so; the wordings are unverified).
    """
    call.caller.require_any(("create:organization_clients",))
    added = valid_body(Additions, call.body())["clients"]
    organization = _organization(call)
    for one in added:
        if finding.client(call.tenant, one["client_id"]) is None:
            raise clients.missing(one["client_id"])
    new = {one["client_id"]: one["use_for_member_access"] for one in added}
    there = [client_id for client_id in organization["clients"] if finding.client(call.tenant, client_id)]
    if not new.keys().isdisjoint(there):
        raise management_error(409, "One or more clients are already associated with this organization.")
    if len(there) + len(new) > MOST_CLIENTS:
        quota = f"Quota exceeded; cannot associate more than {MOST_CLIENTS} clients with a single organization"
        raise management_error(409, quota)
    held = organization["clients"] | new
    _store(call, organization, held)
    return JSONResponse([_shown(call, client_id, held) for client_id in new], 201)


def _remove(call: Call) -> Response:
    """204, also for what was not associated (the Terraform provider says so)."""
    call.caller.require_any(("delete:organization_clients",))
    removed = valid_body(Removals, call.body())["clients"]
    organization = _organization(call)
    _store(call, organization, {k: v for k, v in organization["clients"].items() if k not in removed})
    return no_content()


def _read(call: Call) -> Response:
    call.caller.require_any(("read:organization_clients",))
    return JSONResponse(_shown(call, _associated(call), _organization(call)["clients"]))


def _update(call: Call) -> Response:
    call.caller.require_any(("update:organization_clients",))
    body = valid_body(AssociationUpdate, call.body())
    organization, client_id = _organization(call), _associated(call)
    held = organization["clients"]
    if "use_for_member_access" in body:
        held = held | {client_id: body["use_for_member_access"]}
    _store(call, organization, held)
    return JSONResponse(_shown(call, client_id, held))


def _associated(call: Call) -> str:
    client_id = call.path["client_id"]
    if client_id not in _organization(call)["clients"] or finding.client(call.tenant, client_id) is None:
        raise missing()
    return client_id


def _organization(call: Call) -> Thing:
    return finding.organization_by_id(call.tenant, call.path["id"])


def _store(call: Call, organization: Thing, held: dict[str, bool]) -> None:
    finding.organizations(call.tenant).put(organization | {"clients": held})


def _shown(call: Call, client_id: str, held: dict[str, bool]) -> Thing:
    """The association, and of the client what the organization's readers may know (recorded)."""
    client = finding.client(call.tenant, client_id) or {}
    known = {name: client[name] for name in _SHOWN if name in client}
    return {"client_id": client_id, "use_for_member_access": held[client_id], "client": known}
