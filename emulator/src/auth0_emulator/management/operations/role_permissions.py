# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The permissions of a role: scopes of APIs. Unlike those of client grants they are checked against the API."""

from __future__ import annotations

from typing import Annotated, Required

from pydantic import Field
from starlette.responses import JSONResponse, Response

from auth0_emulator.entities import finding, resource_servers, roles
from auth0_emulator.entities.entity import Listing
from auth0_emulator.entities.roles import ROLES
from auth0_emulator.schema.described import Body, DescribedRoute, Nothing
from auth0_emulator.schema.errors import management_error
from auth0_emulator.schema.shapes import Part
from auth0_emulator.schema.validation import valid_body
from auth0_emulator.state import own_apis
from auth0_emulator.state.store import Thing

from .. import paging
from ..calls import Call, no_content, route

_LISTING = Listing("permissions")

PermissionName = tuple[str, str]
"""The stored identifier of an API, and a scope."""


class Permission(Part, total=False):
    resource_server_identifier: Required[str]
    permission_name: Required[str]


class Permissions(Body):
    permissions: Annotated[list[Permission], Field(min_length=1)]


class ShownPermission(Body):
    permission_name: str
    description: str
    resource_server_name: str
    resource_server_identifier: str


def routes() -> list[DescribedRoute]:
    """List, add, remove."""
    path = "/roles/{id}/permissions"
    listed = paging.page_of(ShownPermission, _LISTING)
    return [
        route("GET", path, _list, listed, query=paging.parameters(_LISTING)),
        route("POST", path, _add, Nothing, status=201, body=Permissions),
        route("DELETE", path, _remove, None, status=204, body=Permissions),
    ]


def _list(call: Call) -> Response:
    """Sorted by API and name (as recorded). What the API no longer defines is not shown (unverified: our choice)."""
    call.caller.require_any(ROLES.scopes.read)
    names = sorted(_role(call)["permissions"])
    rows: list[paging.Row] = [(name, shown) for name in names if (shown := _shown(call, name)) is not None]
    found = paging.page(rows, _LISTING, call.query, call.url)
    return JSONResponse(found.body(_LISTING.collection, found.things))


def _add(call: Call) -> Response:
    """201 and {} (recorded); adding what is there already changes nothing (unverified: our choice)."""
    call.caller.require_any(ROLES.scopes.update)
    names = _named_in_body(call)
    role = _role(call)
    for identifier, scope in names:
        api = finding.api(call.tenant, identifier)
        if api is None:
            raise resource_servers.missing(identifier)
        if _description(api, scope) is None:
            label = f"{api.get('name', own_apis.shown(identifier, call.host))} - {scope}"
            raise management_error(
                404, f"This permission does not exist: '{label}'", "inexistent_resource_server_permission"
            )
    _store(call, role, list(dict.fromkeys([*role["permissions"], *names])))
    return JSONResponse({}, 201)


def _remove(call: Call) -> Response:
    """204, also for what was not assigned (recorded)."""
    call.caller.require_any(ROLES.scopes.update)
    names = _named_in_body(call)
    role = _role(call)
    _store(call, role, [name for name in role["permissions"] if name not in names])
    return no_content()


def _named_in_body(call: Call) -> list[PermissionName]:
    body = valid_body(Permissions, call.body())
    return [
        (own_apis.stored(one["resource_server_identifier"], call.host), one["permission_name"])
        for one in body["permissions"]
    ]


def _role(call: Call) -> Thing:
    role = call.tenant.store(ROLES.name).get(call.path["id"])
    if role is None:
        raise roles.missing(call.path["id"])
    return role


def _store(call: Call, role: Thing, names: list[PermissionName]) -> None:
    call.tenant.store(ROLES.name).put(role | {"permissions": names})


def _shown(call: Call, name: PermissionName) -> Thing | None:
    identifier, scope = name
    api = finding.api(call.tenant, identifier)
    description = None if api is None else _description(api, scope)
    if api is None or description is None:
        return None
    return {
        "permission_name": scope,
        "description": description,
        "resource_server_name": api.get("name", ""),
        "resource_server_identifier": own_apis.shown(identifier, call.host),
    }


def _description(api: Thing, scope: str) -> str | None:
    """The description of a scope of an API; None: it has no such scope."""
    return next((one.get("description", "") for one in api.get("scopes", []) if one["value"] == scope), None)
