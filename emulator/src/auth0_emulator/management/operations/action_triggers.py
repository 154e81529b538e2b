# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""GET /actions/triggers; GET and PATCH /actions/triggers/{id}/bindings."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from auth0_emulator.entities import action_triggers
from auth0_emulator.entities.actions import ActionTrigger, CurrentVersion, DeployedVersion, Trigger
from auth0_emulator.entities.entity import Listing
from auth0_emulator.schema.described import Body, DescribedRoute
from auth0_emulator.schema.errors import management_error
from auth0_emulator.schema.validation import valid_body
from auth0_emulator.state.store import Thing

from .. import paging
from ..calls import Call, route

_LISTING = Listing("bindings", numbered=True)


class BoundAction(Body):
    id: str
    name: str
    supported_triggers: list[ActionTrigger]
    all_changes_deployed: bool
    created_at: str
    updated_at: str
    current_version: CurrentVersion = {}
    deployed_version: DeployedVersion = {}


class Binding(Body):
    id: str
    trigger_id: Trigger
    action: BoundAction
    display_name: str
    created_at: str
    updated_at: str


class Bindings(Body):
    bindings: list[Binding]


class Triggers(Body):
    triggers: list[ActionTrigger]


def routes() -> list[DescribedRoute]:
    """All triggers, and the bindings of one."""
    path = "/actions/triggers/{id}/bindings"
    return [
        route("GET", "/actions/triggers", _list, Triggers),
        route("GET", path, _read, paging.page_of(Binding, _LISTING), query=paging.parameters(_LISTING)),
        route("PATCH", path, _update, Bindings, body=action_triggers.Update),
    ]


def _list(call: Call) -> Response:
    call.caller.require_any(("read:actions",))
    return JSONResponse({"triggers": action_triggers.listed()})


def _read(call: Call) -> Response:
    call.caller.require_any(("read:actions",))
    rows: list[paging.Row] = [(row["id"], row) for row in action_triggers.shown(call.tenant, _trigger(call))]
    found = paging.page(rows, _LISTING, call.query, call.url)
    return JSONResponse(found.body("bindings", found.things))


def _update(call: Call) -> Response:
    call.caller.require_any(("update:actions",))
    body = valid_body(action_triggers.Update, call.body())
    trigger = _trigger(call)
    changed = action_triggers.bind(call.tenant, trigger["id"], body.get("bindings", []))
    return JSONResponse({"bindings": action_triggers.shown(call.tenant, changed)})


def _trigger(call: Call) -> Thing:
    name = call.path["id"]
    found = call.tenant.store(action_triggers.NAME).get(name)
    if found is None:
        # Documented as an invalid URI; the wording is unverified.
        message = f"Path validation error: 'Invalid value \"{name}\"' on property triggerId"
        raise management_error(400, message, "invalid_uri")
    if name in action_triggers.ENTITY_BOUND:
        raise action_triggers.entity_bound()
    return found
