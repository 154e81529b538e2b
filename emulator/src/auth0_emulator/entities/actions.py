# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Actions: code that Auth0 runs at a trigger. It is built after each write, and deployed as a version.

No code is run here, and no package is fetched: how far a build is follows from how often somebody has looked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from datetime import UTC, datetime
from typing import Annotated, Literal, Required, get_args

from pydantic import Field

from auth0_emulator.schema.errors import AnsweredError, invalid_body, management_error
from auth0_emulator.schema.shapes import OPEN, READ_ONLY, Handling, Part, Shape
from auth0_emulator.state import identifiers
from auth0_emulator.state.store import Thing
from auth0_emulator.state.tenant import Tenant

from .access import Caller
from .entity import Behaviour, Entity, Filter, Listing, RequiredScopes, equal

Trigger = Literal[
    "post-login",
    "credentials-exchange",
    "pre-user-registration",
    "post-user-registration",
    "post-change-password",
    "send-phone-message",
    "custom-phone-provider",
    "custom-email-provider",
    "password-reset-post-challenge",
    "custom-token-exchange",
    "event-stream",
    "password-hash-migration",
    "login-post-identifier",
    "signup-post-identifier",
]
Status = Literal["pending", "building", "packaged", "built", "retrying", "failed"]


@OPEN
class CompatibleTrigger(Part, total=False):
    id: Required[Trigger]
    version: Required[str]


class ActionTrigger(Part, total=False):
    id: Required[Trigger]
    version: str
    status: str
    runtimes: list[str]
    default_runtime: str
    compatible_triggers: list[CompatibleTrigger]
    binding_policy: Literal["trigger-bound", "entity-bound"]


class Dependency(Part, total=False):
    name: str
    version: str
    registry_url: str


@OPEN
class SentSecret(Part, total=False):
    name: Annotated[str, Field(min_length=1, max_length=128)]
    value: str


@OPEN
class ShownSecret(Part, total=False):
    name: str
    updated_at: str


class ModuleReference(Part, total=False):
    module_id: str
    module_name: str
    module_version_id: str
    module_version_number: int


class CurrentVersion(Part, total=False):
    """What is in no description, but in recorded answers."""

    id: str
    code: str
    runtime: str
    status: str
    number: int
    build_time: str
    created_at: str
    updated_at: str


class DeployedVersion(Part, total=False):
    id: str
    code: str
    dependencies: list[Dependency]
    deployed: bool
    runtime: str
    secrets: list[ShownSecret]
    status: Status
    number: int
    built_at: str
    created_at: str
    updated_at: str
    supported_triggers: list[ActionTrigger]
    modules: list[ModuleReference]


_Triggers = Annotated[list[ActionTrigger], Field(min_length=1)]


class Action(Shape):
    id: Annotated[str, READ_ONLY]
    name: Annotated[str, Handling(required=True)]
    supported_triggers: Annotated[_Triggers, Handling(required=True)]
    code: str
    dependencies: list[Dependency]
    runtime: Annotated[str, Handling(default="node22")]
    """The default is recorded."""
    secrets: Annotated[list[SentSecret], Handling(answer_as=list[ShownSecret])]
    modules: list[ModuleReference]
    deploy: Annotated[bool, Handling(update=False, answer=False)]
    status: Annotated[Status, READ_ONLY]
    all_changes_deployed: Annotated[bool, READ_ONLY]
    current_version: Annotated[CurrentVersion, READ_ONLY]
    deployed_version: Annotated[DeployedVersion, READ_ONLY]
    created_at: Annotated[str, READ_ONLY]
    updated_at: Annotated[str, READ_ONLY]
    looks: Annotated[int, Handling(create=False, update=False, answer=False)]
    """How often somebody has looked since the last write."""
    secret_names: Annotated[list[str], Handling(create=False, update=False, answer=False)]
    """In their order, as secrets are replaced."""
    versions: Annotated[list[DeployedVersion], Handling(create=False, update=False, answer=False)]
    """All versions it has had, the oldest first; the last one is deployed."""


def missing(dummy: str) -> AnsweredError:
    """404, without an errorCode (recorded)."""
    return management_error(404, "That action does not exist.")


#: Where no version is given (unverified: our choice, the newest of the triggers that are recorded or documented).
_VERSIONS: Mapping[str, str] = {"post-login": "v3", "custom-token-exchange": "v1"}
_USUAL_VERSION = "v2"


def version_of(trigger: str) -> str:
    """The version of a trigger where none is given."""
    return _VERSIONS.get(trigger, _USUAL_VERSION)


#: A package whose one version is known. That another one of it cannot be built is recorded.
_KNOWN = {"crypto": "1.0.1"}
_VERSION = re.compile(r"latest|[\^~]?\d+(\.(\d+|x|\*)){0,2}([-+][0-9A-Za-z.-]+)?")

#: What status reads show after a write, one after the other (recorded).
_WITHOUT_DEPENDENCIES = ("pending", "built")
_WITH_DEPENDENCIES = ("pending", "building", "built")
_FAILING = ("pending", "building", "retrying", "building", "retrying", "building", "failed")


def _can_be_built(thing: Thing) -> bool:
    """Whether there is such a package, as far as that can be said here (unverified: that a version is one)."""
    found = {one.get("name"): one.get("version", "latest") for one in thing["dependencies"]}
    return all(
        _VERSION.fullmatch(version) and (version in ("latest", _KNOWN[name]) if name in _KNOWN else True)
        for name, version in found.items()
    )


def status_of(thing: Thing) -> str:
    """How far its build is."""
    if not _can_be_built(thing):
        steps: tuple[str, ...] = _FAILING
    else:
        steps = _WITH_DEPENDENCIES if thing["dependencies"] else _WITHOUT_DEPENDENCIES
    looks: int = thing["looks"]
    return steps[min(looks, len(steps) - 1)]


def look(thing: Thing) -> str:
    """How far its build is, and let it go on. What is built shows no registries any more (recorded)."""
    status = status_of(thing)
    thing["looks"] += 1
    if status == "built":
        thing["dependencies"] = _without_registries(thing)
        if thing.get("deployed_version", {}).get("status") == "pending":
            _built(thing)  # it was created with deploy (recorded)
    return status


def _without_registries(thing: Thing) -> list[Thing]:
    return [{key: value for key, value in one.items() if key != "registry_url"} for one in thing["dependencies"]]


def now(tenant: Tenant) -> str:
    """The time as actions show it: with nanoseconds (recorded)."""
    moment = datetime.fromtimestamp(tenant.clock(), UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f") + "000Z"


_HELD = ("code", "dependencies", "secrets", "runtime", "supported_triggers", "modules")


def _held(thing: Thing) -> Thing:
    """What an action, or a version, holds of what is deployed. A version shows no registries (recorded)."""
    held = {name: deepcopy(thing[name]) for name in _HELD if name in thing}
    return held | {"dependencies": _without_registries(thing)}


def new_version(tenant: Tenant, thing: Thing, *, holding: Thing | None = None, status: str = "built") -> Thing:
    """Deploy what an action holds, or else what an earlier version does (holding), as a new version.

    Returns the version as the answer to that shows it.
    """
    moment = now(tenant)
    held = _held(holding or thing)
    version: Thing = held | {
        "id": identifiers.uuid(),
        "deployed": False,
        "number": len(thing["versions"]) + 1,
        "status": status,
        "created_at": moment,
        "updated_at": moment,
    }
    same = ("id", "code", "runtime", "number", "created_at", "updated_at")
    thing["current_version"] = {name: version[name] for name in same} | {"status": status.upper()}
    thing["versions"] = [*(one | {"deployed": False} for one in thing["versions"]), version | {"deployed": True}]
    thing["deployed_version"] = thing["versions"][-1]
    if status == "built":
        _built(thing)
    thing["all_changes_deployed"] = held == _held(thing)
    return version


def _built(thing: Thing) -> None:
    """Let the version that runs be built."""
    version = thing["deployed_version"]
    moment = version["updated_at"]
    thing["deployed_version"] = version | {"status": "built", "built_at": moment}
    thing["versions"] = [*thing["versions"][:-1], thing["deployed_version"]]
    thing["current_version"] = thing["current_version"] | {"status": "BUILT", "build_time": moment}


def return_to(tenant: Tenant, thing: Thing, version: Thing) -> None:
    """Let an action hold what a version does."""
    thing.pop("modules", None)
    names = [one["name"] for one in version["secrets"]]
    thing |= _held(version) | {"secret_names": names, "updated_at": now(tenant)}


BOUND_TO = "action_trigger"
"""Where it is kept at which triggers actions run."""


def _bound_to(tenant: Tenant, action: Thing) -> list[Thing]:
    return [one for one in tenant.store(BOUND_TO) if any(row["action_id"] == action["id"] for row in one["bindings"])]


class ActionBehaviour(Behaviour):
    def new_id(self, body: Thing) -> str:
        return identifiers.uuid()

    def default_values(self, tenant: Tenant, body: Thing) -> Thing:
        """That code is not empty is unverified: our choice, the description's example."""
        return {
            "code": "module.exports = () => {}",
            "dependencies": [],
            "secrets": [],
            "secret_names": [],
            "all_changes_deployed": False,
            "versions": [],
            "created_at": now(tenant),
        }

    def refuse_creation(self, tenant: Tenant, body: Thing) -> None:
        """An action has one trigger (documented; the wording is unverified)."""
        if len(body["supported_triggers"]) > 1:
            raise invalid_body("'Array is too long (2), maximum 1' on property supported_triggers")

    def refuse_update(self, tenant: Tenant, current: Thing, body: Thing) -> None:
        """It stays with its trigger (reported, with the wording)."""
        given = [one["id"] for one in body.get("supported_triggers", ())]
        if given and given != [one["id"] for one in current["supported_triggers"]]:
            raise management_error(400, "can't upgrade to this trigger.")

    def settle(self, tenant: Tenant, thing: Thing, body: Thing) -> None:
        """Each write has it built. Secrets are replaced, keep their places, and show no values (recorded)."""
        moment = now(tenant)
        if "secrets" in body:
            names = [one.get("name", "") for one in body["secrets"]]
            before = thing["secret_names"]
            names.sort(key=lambda name: before.index(name) if name in before else len(before))
            thing["secrets"] = [{"name": name, "updated_at": moment} for name in names]
            thing["secret_names"] = names
        for trigger in thing["supported_triggers"]:
            trigger.setdefault("version", version_of(trigger["id"]))
        thing |= {"looks": 0, "all_changes_deployed": False, "updated_at": moment}
        if thing.pop("deploy", False):
            new_version(tenant, thing, status="pending")

    def refuse_deletion(self, tenant: Tenant, current: Thing) -> None:
        """One that runs at a trigger is not deleted (documented; the wording is reported)."""
        if _bound_to(tenant, current):
            raise management_error(409, "Unable to delete an action bound to a trigger.")

    def deleted(self, tenant: Tenant, thing: Thing) -> None:
        """By force, it goes out of its triggers (documented)."""
        for trigger in _bound_to(tenant, thing):
            left = [row for row in trigger["bindings"] if row["action_id"] != thing["id"]]
            tenant.store(BOUND_TO).put(trigger | {"bindings": left})

    def present(self, tenant: Tenant, thing: Thing, caller: Caller) -> Thing:
        """To look is what lets the build go on."""
        status = look(thing)
        return thing | {"status": status}


def _is_deployed(thing: Thing, values: list[str]) -> bool:
    return ("deployed_version" in thing) == (values[0] == "true")


ACTIONS = Entity(
    name="action",
    path="actions/actions",
    model=Action,
    scopes=RequiredScopes(
        read=("read:actions",), create=("create:actions",), update=("update:actions",), delete=("delete:actions",)
    ),
    listing=Listing(
        "actions",
        numbered=True,
        filters={
            "triggerId": Filter(
                lambda thing, values: thing["supported_triggers"][0]["id"] in values, choices=get_args(Trigger)
            ),
            "actionName": equal("name"),
            "deployed": Filter(_is_deployed, kind="boolean"),
            # None was installed from the marketplace.
            "installed": Filter(lambda thing, values: values[0] == "false", kind="boolean"),
        },
    ),
    missing=missing,
    behaviour=ActionBehaviour(),
    deleting_missing_fails=True,
    force="force",
)
