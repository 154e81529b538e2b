# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""POST /actions/actions/{id}/deploy: what an action holds becomes the version that runs."""

from __future__ import annotations

from copy import deepcopy
from typing import Annotated

from starlette.responses import JSONResponse, Response

from auth0_emulator.entities import actions
from auth0_emulator.entities.actions import ACTIONS, ActionTrigger, Dependency, ModuleReference, ShownSecret, Status
from auth0_emulator.schema.described import Body, DescribedRoute
from auth0_emulator.schema.errors import management_error

from ..calls import Call, route

_OF_ACTION = ("id", "name", "supported_triggers", "created_at", "updated_at")


class DeployedAction(Body):
    id: str
    name: str
    supported_triggers: list[ActionTrigger]
    all_changes_deployed: bool
    created_at: str
    updated_at: str


class NewVersion(Body):
    id: str
    code: str
    dependencies: list[Dependency]
    deployed: bool
    runtime: str
    secrets: list[ShownSecret]
    status: Status
    number: int
    created_at: str
    updated_at: str
    supported_triggers: list[ActionTrigger]
    modules: Annotated[list[ModuleReference] | None, "where it uses some"] = None
    action: DeployedAction


def routes() -> list[DescribedRoute]:
    """The one operation."""
    return [route("POST", "/actions/actions/{id}/deploy", _deploy, NewVersion)]


def _deploy(call: Call) -> Response:
    """200 and the new version (recorded; the description says 202). A draft that is not built is refused (reported)."""
    call.caller.require_any(ACTIONS.scopes.create)
    found = call.tenant.store(ACTIONS.name).get(call.path["id"])
    if found is None:
        raise actions.missing()
    if actions.look(found) != "built":
        raise management_error(400, "A draft must be in the 'built' state before it can be deployed.")
    action = deepcopy(found)
    version = actions.new_version(call.tenant, action)
    call.tenant.store(ACTIONS.name).put(action)
    # As it was before it (recorded).
    shown = {name: found[name] for name in _OF_ACTION} | {"all_changes_deployed": found["all_changes_deployed"]}
    return JSONResponse(version | {"action": shown})
