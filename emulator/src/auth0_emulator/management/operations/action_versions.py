# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""POST /actions/actions/{id}/deploy: what an action holds becomes the version that runs; and its versions."""

from __future__ import annotations

from copy import deepcopy
from typing import Annotated

from starlette.responses import JSONResponse, Response

from auth0_emulator.entities import actions
from auth0_emulator.entities.actions import ACTIONS, ActionTrigger, Dependency, ModuleReference, ShownSecret, Status
from auth0_emulator.entities.entity import Listing
from auth0_emulator.schema.described import Body, DescribedRoute
from auth0_emulator.schema.errors import management_error
from auth0_emulator.schema.validation import valid_body
from auth0_emulator.state.store import Thing

from .. import paging
from ..calls import Call, route

_OF_ACTION = ("id", "name", "supported_triggers", "created_at", "updated_at")
_LISTING = Listing("versions", numbered=True)


class VersionedAction(Body):
    id: str
    name: str
    supported_triggers: list[ActionTrigger]
    all_changes_deployed: bool
    created_at: str
    updated_at: str


class Version(Body):
    id: str
    code: str
    dependencies: list[Dependency]
    deployed: bool
    runtime: str
    secrets: list[ShownSecret]
    status: Status
    number: int
    built_at: Annotated[str, "once it is built"] = ""
    created_at: str
    updated_at: str
    supported_triggers: list[ActionTrigger]
    modules: Annotated[list[ModuleReference] | None, "where it uses some"] = None
    action: VersionedAction


class Rollback(Body):
    """The body with which an earlier version is deployed again; there may be none, or null."""

    update_draft: bool = False


def routes() -> list[DescribedRoute]:
    """To deploy an action; to list its versions, to read one, and to deploy one again."""
    versions = "/actions/actions/{id}/versions"
    version = versions + "/{version}"
    return [
        route("POST", "/actions/actions/{id}/deploy", _deploy, Version),
        route("GET", versions, _list, paging.page_of(Version, _LISTING), query=paging.parameters(_LISTING)),
        route("GET", version, _read, Version),
        route("POST", version + "/deploy", _deploy_again, Version, body=Rollback),
    ]


def _deploy(call: Call) -> Response:
    """200 and the new version (recorded; the description says 202). A draft that is not built is refused (reported)."""
    call.caller.require_any(ACTIONS.scopes.create)
    found = _action(call)
    if actions.look(found) != "built":
        raise management_error(400, "A draft must be in the 'built' state before it can be deployed.")
    action = deepcopy(found)
    version = actions.new_version(call.tenant, action)
    call.tenant.store(ACTIONS.name).put(action)
    return JSONResponse(_shown(found, version))


def _list(call: Call) -> Response:
    """The pages are recorded; that the newest comes first is unverified."""
    call.caller.require_any(ACTIONS.scopes.read)
    action = _action(call)
    actions.look(action)
    rows: list[paging.Row] = [(one["number"], _shown(action, one)) for one in reversed(action["versions"])]
    found = paging.page(rows, _LISTING, call.query, call.url)
    return JSONResponse(found.body("versions", found.things))


def _read(call: Call) -> Response:
    call.caller.require_any(ACTIONS.scopes.read)
    action = _action(call)
    actions.look(action)
    return JSONResponse(_shown(action, _version(call, action)))


def _deploy_again(call: Call) -> Response:
    """200 and a new version that holds the same (recorded; the description says 202).

    The draft follows where that is asked for (documented).
    """
    call.caller.require_any(ACTIONS.scopes.create)
    given = call.body_if_any()
    body = {} if given is None else valid_body(Rollback, given)
    found = _action(call)
    actions.look(found)
    earlier = _version(call, found)
    if earlier["status"] != "built":
        # Unverified, both.
        raise management_error(400, "A version must be in the 'built' state before it can be deployed.")
    action = deepcopy(found)
    if body.get("update_draft"):
        actions.return_to(call.tenant, action, earlier)
    version = actions.new_version(call.tenant, action, holding=earlier)
    call.tenant.store(ACTIONS.name).put(action)
    return JSONResponse(_shown(found, version))


def _action(call: Call) -> Thing:
    found = call.tenant.store(ACTIONS.name).get(call.path["id"])
    if found is None:
        raise actions.missing(call.path["id"])
    return found


def _version(call: Call, action: Thing) -> Thing:
    """A version of an action. Raises the 404 of one that it never had (documented; the wording is unverified)."""
    version_id = call.path["version"]
    found: Thing | None = next((one for one in action["versions"] if one["id"] == version_id), None)
    if found is None:
        raise management_error(404, "That action version does not exist.")
    return found


def _shown(action: Thing, version: Thing) -> Thing:
    """A version with its action, which never says that all of it is deployed (recorded)."""
    part = {name: action[name] for name in _OF_ACTION}
    return version | {"action": part | {"all_changes_deployed": False}}
