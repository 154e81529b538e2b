# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Triggers: which actions run when something happens in a tenant, in which order. They are always there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Annotated, Literal, Required, get_args

from pydantic import Field

from auth0_emulator.schema.errors import AnsweredError, management_error
from auth0_emulator.schema.shapes import OPEN, Part, Shape
from auth0_emulator.state import identifiers
from auth0_emulator.state.store import Keys, Thing
from auth0_emulator.state.tenant import Tenant

from .actions import ACTIONS, BOUND_TO, SentSecret, Trigger, missing, now, version_of

NAME = BOUND_TO
KEYS = Keys()
TRIGGERS: tuple[str, ...] = get_args(Trigger)

ENTITY_BOUND = ("custom-email-provider", "custom-phone-provider", "event-stream")
"""Those whose actions belong to one object, such as an event stream, and are bound by that (which, is unverified)."""


#: The versions of triggers before the one that actions get, as recorded; of newer triggers none is known.
DEPRECATED: Mapping[str, tuple[str, ...]] = {
    "post-login": ("v1", "v2"),
    "credentials-exchange": ("v1",),
    "pre-user-registration": ("v1",),
    "post-user-registration": ("v1",),
    "post-change-password": ("v1",),
    "send-phone-message": ("v1",),
}
COMPATIBLE: Mapping[str, list[Thing]] = {"post-login": [{"id": "post-login", "version": "v2"}]}
"""What the current version of a trigger is compatible with (recorded)."""
_RUNTIMES = ["node12", "node16", "node18", "node22"]
"""All but the last one are recorded; that is the default of a new action (recorded)."""


def listed() -> list[Thing]:
    """All triggers in all their versions, as a list shows them (recorded, but for the binding policy: documented)."""
    return [row for trigger in TRIGGERS for row in (*_deprecated(trigger), _current(trigger))]


def _deprecated(trigger: str) -> Iterator[Thing]:
    for version in DEPRECATED.get(trigger, ()):
        first = version == "v1"
        row = _row(trigger, version, "DEPRECATED", ["node12"] if first else _RUNTIMES)
        if (trigger, version) == ("send-phone-message", "v1"):
            del row["default_runtime"]
        yield row


def _current(trigger: str) -> Thing:
    row = _row(trigger, version_of(trigger), "CURRENT", _RUNTIMES)
    return row | {"compatible_triggers": deepcopy(COMPATIBLE.get(trigger, []))}


def _row(trigger: str, version: str, status: str, runtimes: list[str]) -> Thing:
    return {
        "id": trigger,
        "version": version,
        "status": status,
        "runtimes": list(runtimes),
        "default_runtime": runtimes[-1],
        "compatible_triggers": [],
        "binding_policy": "entity-bound" if trigger in ENTITY_BOUND else "trigger-bound",
    }


@OPEN
class Ref(Part, total=False):
    type: Literal["binding_id", "action_id", "action_name"]
    value: str


class NewBinding(Part, total=False):
    ref: Required[Ref]
    display_name: str
    secrets: list[SentSecret]


class Update(Shape):
    """The body of an update."""

    bindings: Annotated[list[NewBinding], Field()] = []


def new() -> list[Thing]:
    """The triggers of a new tenant, without bindings."""
    return [{"id": trigger, "bindings": []} for trigger in TRIGGERS]


def entity_bound() -> AnsweredError:
    """400 (the wording is reported)."""
    return management_error(400, "cannot list action bindings for an entity-bound trigger")


def bind(tenant: Tenant, trigger: str, given: list[Thing]) -> Thing:
    """Replace the bindings of a trigger: each has a new id, and the order is kept (recorded)."""
    store = tenant.store(NAME)
    current = store.get(trigger)
    assert current is not None, "a tenant always has its triggers"
    bindings = []
    for one in given:
        action = _action(tenant, current, one["ref"])
        if "deployed_version" not in action:
            # The wording is reported.
            message = "Trying to create a binding for an action that has not been deployed yet"
            raise management_error(400, message)
        if action["supported_triggers"][0]["id"] != trigger:
            # Unverified: that it is refused, and the wording.
            raise management_error(400, "The action does not support this trigger.")
        moment = now(tenant)
        bindings.append(
            {
                "id": identifiers.uuid(),
                "action_id": action["id"],
                # That its own name is taken is unverified.
                "display_name": one.get("display_name", action["name"]),
                "created_at": moment,
                "updated_at": moment,
            }
        )
    changed = {"id": trigger, "bindings": bindings}
    store.put(changed)
    return changed


def _action(tenant: Tenant, trigger: Thing, ref: Thing) -> Thing:
    """The action that a reference means; by a name without a type (documented default)."""
    kind, value = ref.get("type", "action_name"), ref.get("value", "")
    if kind == "binding_id":
        held = [one["action_id"] for one in trigger["bindings"] if one["id"] == value]
        kind, value = "action_id", held[0] if held else ""
    field = "id" if kind == "action_id" else "name"
    found = next((one for one in tenant.store(ACTIONS.name) if one[field] == value), None)
    if found is None:
        raise missing(value)
    return found


_OF_ACTION = ("id", "name", "supported_triggers", "created_at", "updated_at", "current_version", "deployed_version")


def shown(tenant: Tenant, trigger: Thing) -> list[Thing]:
    """The bindings of a trigger. The action in one never says that all of it is deployed (recorded)."""
    rows = []
    for one in trigger["bindings"]:
        action = tenant.store(ACTIONS.name).get(one["action_id"])
        assert action is not None, "an action that goes takes its bindings with it"
        part = {name: deepcopy(action[name]) for name in _OF_ACTION if name in action}
        plain = {name: value for name, value in one.items() if name != "action_id"}
        rows.append(plain | {"trigger_id": trigger["id"], "action": part | {"all_changes_deployed": False}})
    return rows
