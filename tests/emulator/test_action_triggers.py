# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Triggers: the actions of one are replaced as a list. As recorded, where nothing else is said."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.auth0.tests.harness.in_process import InProcessTenant

PATH = "/actions/triggers/post-login/bindings"


@pytest.fixture
def tenant() -> InProcessTenant:
    return InProcessTenant()


def action(tenant: InProcessTenant, name: str, trigger: str = "post-login", deploy: bool = True) -> str:
    return str(tenant.make("actions/actions", name=name, supported_triggers=[{"id": trigger}], deploy=deploy)["id"])


def bind(tenant: InProcessTenant, *refs: tuple[str, str]) -> list[dict[str, Any]]:
    body = {"bindings": [{"ref": {"type": kind, "value": value}, "display_name": value} for kind, value in refs]}
    found: list[dict[str, Any]] = tenant.call("PATCH", PATH, body)["bindings"]
    return found


def test_a_change_replaces_the_list_keeps_its_order_and_gives_each_binding_a_new_id(tenant: InProcessTenant) -> None:
    ids = [action(tenant, name) for name in ("a", "b")]
    first = bind(tenant, ("action_id", ids[1]), ("action_name", "a"))
    assert [one["action"]["name"] for one in first] == ["b", "a"]
    second = bind(tenant, ("binding_id", first[1]["id"]))
    assert [one["action"]["name"] for one in second] == ["a"]
    assert {one["id"] for one in first}.isdisjoint({one["id"] for one in second})
    assert bind(tenant) == []


def test_a_list_has_pages_and_its_envelope_leaves_out_what_is_zero(tenant: InProcessTenant) -> None:
    assert tenant.call("GET", f"{PATH}?per_page=50") == {"bindings": [], "per_page": 50}
    bind(tenant, *(("action_id", action(tenant, name)) for name in ("a", "b", "c")))
    found = tenant.call("GET", f"{PATH}?page=1&per_page=2")
    assert [one["action"]["name"] for one in found.pop("bindings")] == ["c"]
    assert found == {"total": 3, "page": 1, "per_page": 2}


@pytest.mark.parametrize(
    ("name", "status", "says"),
    [
        ("draft", 400, "Trying to create a binding for an action that has not been deployed yet"),
        ("other", 400, "The action does not support this trigger."),
        ("nobody", 404, "That action does not exist."),
    ],
)
def test_what_cannot_be_bound_is_refused_and_nothing_is_changed(
    tenant: InProcessTenant, name: str, status: int, says: str
) -> None:
    """The first is reported, the second our choice."""
    bind(tenant, ("action_id", action(tenant, "here")))
    action(tenant, "draft", deploy=False)
    action(tenant, "other", "credentials-exchange")
    answered, error = tenant.ask("PATCH", PATH, {"bindings": [{"ref": {"type": "action_name", "value": name}}]})
    assert (answered, error["message"]) == (status, says)
    assert len(tenant.call("GET", PATH)["bindings"]) == 1


def test_a_bound_action_is_deleted_by_force_only_and_goes_out_of_its_trigger(tenant: InProcessTenant) -> None:
    """The description says so; the words of the refusal are reported."""
    one, other = action(tenant, "one"), action(tenant, "other")
    bind(tenant, ("action_id", one), ("action_id", other))
    status, error = tenant.ask("DELETE", f"/actions/actions/{one}")
    assert (status, error["message"]) == (409, "Unable to delete an action bound to a trigger.")
    assert tenant.ask("DELETE", f"/actions/actions/{one}?force=true")[0] == 204
    assert [row["action"]["id"] for row in tenant.call("GET", PATH)["bindings"]] == [other]


def test_all_triggers_are_listed_and_those_of_other_objects_cannot_be_looked_at(tenant: InProcessTenant) -> None:
    """The refusal is reported; which triggers those are, is our choice."""
    listed = {one["id"]: one["binding_policy"] for one in tenant.call("GET", "/actions/triggers")["triggers"]}
    assert listed["credentials-exchange"] == "trigger-bound"
    assert listed["event-stream"] == "entity-bound"
    status, error = tenant.ask("GET", "/actions/triggers/event-stream/bindings")
    assert (status, error["message"]) == (400, "cannot list action bindings for an entity-bound trigger")
    assert tenant.ask("GET", "/actions/triggers/post-lunch/bindings")[0] == 400


def test_a_trigger_is_listed_in_each_of_its_versions(tenant: InProcessTenant) -> None:
    rows = tenant.call("GET", "/actions/triggers")["triggers"]
    keys = [(one["id"], one["version"]) for one in rows]
    assert len(set(keys)) == len(keys)
    of_login = [one for one in rows if one["id"] == "post-login"]
    assert [(one["version"], one["status"], one["compatible_triggers"]) for one in of_login] == [
        ("v1", "DEPRECATED", []),
        ("v2", "DEPRECATED", []),
        ("v3", "CURRENT", [{"id": "post-login", "version": "v2"}]),
    ]
    assert [one["default_runtime"] for one in of_login] == ["node12", "node22", "node22"]
    assert of_login[0]["runtimes"] == ["node12"]
    old = {one["id"] for one in rows if one["status"] == "DEPRECATED" and one["version"] == "v1"}
    assert old == {
        "post-login",
        "credentials-exchange",
        "pre-user-registration",
        "post-user-registration",
        "post-change-password",
        "send-phone-message",
    }
    assert [one["id"] for one in rows if "default_runtime" not in one] == ["send-phone-message"]
    assert len([one for one in rows if one["status"] == "CURRENT"]) == len({one["id"] for one in rows})
