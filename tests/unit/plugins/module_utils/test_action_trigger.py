# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which actions run at a trigger: in their order, by their names, and after they are deployed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._engine.management import ManagementClient
from ansible_collections.community.auth0.plugins.module_utils._errors import Missing, Refused
from ansible_collections.community.auth0.plugins.module_utils._kinds.action_trigger import ACTION_TRIGGER
from ansible_collections.community.auth0.plugins.module_utils._modules.config.info import WORK as CONFIG_INFO
from ansible_collections.community.auth0.plugins.module_utils._modules.config.work import WORK as CONFIG
from ansible_collections.community.auth0.plugins.module_utils._modules.keeping import work_of
from ansible_collections.community.auth0.plugins.module_utils._modules.reading import info_work_of
from ansible_collections.community.auth0.tests.harness.in_process import (
    DROPPED_AFTER,
    InProcessTenant,
    answered,
    mutated,
)
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.tasks import (
    InvalidTask,
    failed,
    refused,
    run,
    warned,
)

Result = dict[str, Any]

KEEP, READ = work_of(ACTION_TRIGGER), info_work_of(ACTION_TRIGGER)
EXCHANGE = "credentials-exchange"
PATH = f"/api/v2/actions/triggers/{EXCHANGE}/bindings"
LOOK, CHANGE = f"GET {PATH}", f"PATCH {PATH}"


@pytest.fixture
def tenant(monkeypatch: pytest.MonkeyPatch) -> Iterator[InProcessTenant]:
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    tenant = InProcessTenant()
    with tenant.installed():
        yield tenant


def action(name: str) -> Result:
    return {"name": name, "code": f"// {name}", "supported_triggers": [{"id": EXCHANGE}]}


def actions(tenant: InProcessTenant, *names: str) -> dict[str, str]:
    """Deployed actions, and their ids."""
    ids = {name: tenant.make("actions/actions", **action(name), deploy=True)["id"] for name in names}
    tenant.forget()
    return ids


def bound(*names: str) -> list[Result]:
    return [{"action_name": name, "display_name": name.upper()} for name in names]


def held(tenant: InProcessTenant) -> list[str]:
    found = tenant.call("GET", f"/actions/triggers/{EXCHANGE}/bindings")["bindings"]
    return [one["display_name"] for one in found]


def bind(tenant: InProcessTenant, *names: str, check_mode: bool = False, **more: Any) -> Result:
    return run(tenant, KEEP, check_mode, trigger_id=EXCHANGE, bindings=bound(*names), **more)


# ---------------------------------------------------------------- one trigger


def test_the_whole_list_is_sent_once_in_its_order_and_by_ids(tenant: InProcessTenant) -> None:
    ids = actions(tenant, "a", "b")
    foreseen = bind(tenant, "b", "a", check_mode=True)
    done = bind(tenant, "b", "a")
    assert tenant.bodies("PATCH") == [
        {
            "bindings": [
                {"ref": {"type": "action_id", "value": ids[name]}, "display_name": name.upper()} for name in "ba"
            ]
        }
    ]
    assert (foreseen["changed"], foreseen["action"]) == (done["changed"], done["action"]) == (True, "update")
    assert [one["action_id"] for one in foreseen["action_trigger"]["bindings"]] == [ids["b"], ids["a"]]
    assert done["action_trigger"] == {
        "trigger_id": EXCHANGE,
        "bindings": [{"action_id": ids[name], "action_name": name, "display_name": name.upper()} for name in "ba"],
    }
    assert bind(tenant, "b", "a")["action"] == "none"
    assert len(tenant.writes) == 1


@pytest.mark.parametrize("then", ["ab", "ba", "b", "cab", ""])
def test_another_order_and_other_actions_are_a_change(tenant: InProcessTenant, then: str) -> None:
    actions(tenant, "a", "b", "c")
    bind(tenant, "a", "b")
    assert bind(tenant, *then)["changed"] is (then != "ab")
    assert held(tenant) == [name.upper() for name in then]
    assert not bind(tenant, *then)["changed"]


def test_another_display_name_is_a_change(tenant: InProcessTenant) -> None:
    ids = actions(tenant, "a")
    bind(tenant, "a")
    renamed = [{"action_id": ids["a"], "display_name": "First"}]
    assert run(tenant, KEEP, trigger_id=EXCHANGE, bindings=renamed)["changed"]
    assert held(tenant) == ["First"]


def test_without_purging_others_keep_their_places_and_new_ones_follow(tenant: InProcessTenant) -> None:
    actions(tenant, "a", "b", "c")
    bind(tenant, "a", "b")
    assert bind(tenant, "c", "a", purge_bindings=False)["changed"]
    assert held(tenant) == ["A", "B", "C"]
    assert not bind(tenant, "b", "a", purge_bindings=False)["changed"]
    assert not bind(tenant, purge_bindings=False)["changed"]


def test_nothing_is_changed_where_no_bindings_are_given(tenant: InProcessTenant) -> None:
    actions(tenant, "a")
    bind(tenant, "a")
    assert not run(tenant, KEEP, trigger_id=EXCHANGE)["changed"]


def test_a_lost_answer_is_read_back(tenant: InProcessTenant) -> None:
    actions(tenant, "a")
    tenant.fail(DROPPED_AFTER, "PATCH", PATH)
    assert bind(tenant, "a")["changed"]
    assert [one for one in tenant.requests if EXCHANGE in one] == [LOOK, CHANGE, LOOK]


def test_a_list_that_is_not_shown_as_a_whole_is_not_replaced(tenant: InProcessTenant) -> None:
    actions(tenant, "a")
    bind(tenant, "a")
    tenant.forget()
    tenant.fail(mutated(lambda answer: answer.update(total=101)), "GET", PATH)
    assert "it shows 1 of 101 bindings" in failed(tenant, KEEP, trigger_id=EXCHANGE, bindings=[]).message
    assert tenant.writes == []


def test_an_action_that_is_not_deployed_is_refused_by_the_tenant_in_its_words(tenant: InProcessTenant) -> None:
    tenant.make("actions/actions", **action("draft"))
    caught = failed(tenant, KEEP, trigger_id=EXCHANGE, bindings=bound("draft"))
    assert "has not been deployed yet" in caught.message
    assert held(tenant) == []


def test_an_action_that_is_not_there_is_told_before_anything_is_sent(tenant: InProcessTenant) -> None:
    caught = failed(tenant, KEEP, trigger_id=EXCHANGE, bindings=bound("nobody"))
    assert isinstance(caught.error, Missing)
    foreseen = run(tenant, KEEP, True, trigger_id=EXCHANGE, bindings=bound("nobody"))
    assert foreseen["assumed"] == ["action nobody"]
    assert tenant.writes == []


@pytest.mark.parametrize("given", [{"display_name": "A"}, {"action_id": "a"}])
def test_a_binding_names_an_action_and_has_a_name(tenant: InProcessTenant, given: Result) -> None:
    caught = failed(tenant, KEEP, trigger_id=EXCHANGE, bindings=[given])
    missing = {"action_id", "display_name"} - given.keys()
    assert f"bindings[0].{missing.pop()}" in caught.message
    assert tenant.writes == []


def test_a_trigger_whose_actions_belong_to_another_object_is_refused(tenant: InProcessTenant) -> None:
    caught = failed(tenant, KEEP, trigger_id="event-stream", bindings=[])
    assert isinstance(caught.error, Refused)
    assert caught.message == "This tenant does not have the trigger event-stream, which nobody can create."


def test_a_trigger_that_there_is_not_is_no_choice(tenant: InProcessTenant) -> None:
    with pytest.raises(InvalidTask, match="trigger_id"):
        run(tenant, KEEP, trigger_id="post-lunch")


def test_one_trigger_is_read_by_one_request_and_all_by_one_each(tenant: InProcessTenant) -> None:
    actions(tenant, "a")
    bind(tenant, "a")
    tenant.forget()
    (one,) = run(tenant, READ, trigger_id=EXCHANGE)["action_triggers"]
    assert [row["action_name"] for row in one["bindings"]] == ["a"]
    assert tenant.requests[1:] == [LOOK]
    found = [row["trigger_id"] for row in run(tenant, READ)["action_triggers"]]
    assert found == sorted(found)
    assert EXCHANGE in found and "event-stream" not in found


# ---------------------------------------------------------------- in a configuration


def config(*names: str) -> Result:
    return {
        "actions": [action(name) for name in names],
        "action_triggers": [{"trigger_id": EXCHANGE, "bindings": bound(*names)}],
    }


def test_actions_are_deployed_before_they_are_bound(tenant: InProcessTenant) -> None:
    foreseen, done = run(tenant, CONFIG, True, **config("a", "b")), run(tenant, CONFIG, **config("a", "b"))
    rows = [(row["kind"], row["name"], row["action"]) for row in done["changes"]]
    assert rows == [("action", "a", "create"), ("action", "b", "create"), ("action_trigger", EXCHANGE, "update")]
    assert rows == [(row["kind"], row["name"], row["action"]) for row in foreseen["changes"]]
    assert held(tenant) == ["A", "B"]
    tenant.forget()
    assert not run(tenant, CONFIG, **config("a", "b"))["changed"]
    assert sorted(tenant.requests[1:]) == ["GET /api/v2/actions/actions", LOOK]


def test_an_action_that_failed_stops_its_trigger(tenant: InProcessTenant) -> None:
    tenant.fail(answered(403, "Not in this plan", "insufficient_entitlement"), "POST", "/actions/actions$")
    failed(tenant, CONFIG, **config("a"))
    assert CHANGE not in tenant.requests


def test_a_trigger_lets_go_of_an_action_before_that_is_deleted(tenant: InProcessTenant) -> None:
    run(tenant, CONFIG, **config("a", "b"))
    given = config("b")
    given["actions"].append({"name": "a", "state": "absent"})
    foreseen, done = run(tenant, CONFIG, True, **given), run(tenant, CONFIG, **given)
    rows = [(row["kind"], row["name"], row["action"]) for row in done["changes"]]
    assert rows == [("action_trigger", EXCHANGE, "update"), ("action", "a", "delete")]
    assert rows == [(row["kind"], row["name"], row["action"]) for row in foreseen["changes"]]
    assert held(tenant) == ["B"]


def replacing(force: bool) -> Result:
    """The configuration that puts b in the place of a."""
    given = config("b")
    given["actions"].append({"name": "a", "state": "absent", "force": force})
    return given


@pytest.mark.parametrize("force", [False, True])
def test_an_action_is_replaced_in_one_run_so_that_there_is_always_one_bound(
    tenant: InProcessTenant, force: bool
) -> None:
    run(tenant, CONFIG, **config("a"))
    foreseen, done = run(tenant, CONFIG, True, **replacing(force)), run(tenant, CONFIG, **replacing(force))
    rows = [(row["kind"], row["name"], row["action"]) for row in done["changes"]]
    assert rows == [("action", "b", "create"), ("action_trigger", EXCHANGE, "update"), ("action", "a", "delete")]
    assert rows == [(row["kind"], row["name"], row["action"]) for row in foreseen["changes"]]
    assert held(tenant) == ["B"]
    assert not run(tenant, CONFIG, **replacing(force))["changed"]


@pytest.mark.parametrize("force", [False, True])
def test_an_action_whose_successor_cannot_be_made_stays_bound(tenant: InProcessTenant, force: bool) -> None:
    run(tenant, CONFIG, **config("a"))
    tenant.fail(answered(403, "Not in this plan", "insufficient_entitlement"), "POST", "/actions/actions$")
    caught = failed(tenant, CONFIG, **replacing(force))
    assert caught.result["remaining"][-1] == "delete action a"
    assert held(tenant) == ["A"]


def test_an_action_stays_where_its_trigger_could_not_let_go_of_it(tenant: InProcessTenant) -> None:
    run(tenant, CONFIG, **config("a"))
    tenant.forget()
    tenant.fail(answered(403, "Not in this plan", "insufficient_entitlement"), "PATCH", "/bindings$")
    gone = {
        "actions": [{"name": "a", "state": "absent"}],
        "action_triggers": [{"trigger_id": EXCHANGE, "bindings": []}],
    }
    failed(tenant, CONFIG, **gone)
    assert tenant.written == [CHANGE]
    assert not run(tenant, CONFIG, **gone)["changes"][2:]


def test_a_bound_action_is_not_pruned(tenant: InProcessTenant) -> None:
    actions(tenant, "x-1", "x-2")
    given = {"action_triggers": [{"trigger_id": EXCHANGE, "bindings": bound("x-1")}]}
    prune = {"max": 5, "actions": {"name_pattern": "x-*"}}
    done = run(tenant, CONFIG, **given, prune=prune)
    assert [(row["name"], row["action"]) for row in done["changes"]] == [(EXCHANGE, "update"), ("x-2", "delete")]


def test_an_action_that_is_bound_at_a_trigger_that_nobody_declares_is_kept(tenant: InProcessTenant) -> None:
    run(tenant, CONFIG, **config("x-1"))
    prune = {"max": 5, "actions": {"name_pattern": "x-*"}}
    done, warnings = warned(tenant, CONFIG, actions=[], prune=prune)
    assert done["changes"] == []
    assert warnings == [f"prune keeps action x-1, to which bindings.action_id of the trigger {EXCHANGE} refers"]
    gone = {"actions": [{"name": "x-1", "state": "absent"}]}
    caught = refused(tenant, CONFIG, **gone)
    assert (
        f"action x-1 must not go while something refers to it: bindings.action_id of the trigger {EXCHANGE}. Change or "
        "remove that first, or in the same configuration, or declare force: true."
    ) in caught.message
    foreseen = run(tenant, CONFIG, True, **gone)
    assert foreseen["assumed"] == [f"bindings.action_id of the trigger {EXCHANGE} no longer refers to action x-1"]
    additive = {"trigger_id": EXCHANGE, "bindings": [], "purge_bindings": False}
    assert "must not go" in refused(tenant, CONFIG, **gone, action_triggers=[additive]).message
    assert run(tenant, CONFIG, actions=[{"name": "x-1", "state": "absent", "force": True}])["changed"]


def test_an_action_that_is_replaced_at_a_trigger_with_others_goes_last_too(tenant: InProcessTenant) -> None:
    run(tenant, CONFIG, **config("a", "c"))
    given = replacing(True)
    given["action_triggers"][0]["purge_bindings"] = False
    tenant.fail(answered(403, "Not in this plan", "insufficient_entitlement"), "POST", "/actions/actions$")
    failed(tenant, CONFIG, **given)
    assert held(tenant) == ["A", "C"]
    run(tenant, CONFIG, **given)
    assert held(tenant) == ["C", "B"]


def test_a_mistake_in_a_trigger_is_not_blamed_on_the_action_that_it_let_go_of(tenant: InProcessTenant) -> None:
    run(tenant, CONFIG, **config("a"))
    gone = {"actions": [{"name": "a", "state": "absent"}]}
    caught = refused(tenant, CONFIG, **gone, action_triggers=[{"trigger_id": EXCHANGE, "bindings": bound("nobody")}])
    assert "which is not in this tenant" in caught.message
    assert "must not go" not in caught.message


def test_an_export_names_the_actions_and_leaves_out_triggers_without_any(tenant: InProcessTenant) -> None:
    run(tenant, CONFIG, **config("a", "b"))
    found = run(tenant, CONFIG_INFO, kinds=["action_triggers"])
    assert found["config"] == {"action_triggers": config("a", "b")["action_triggers"]}
    assert found["left_out"] == []
    assert not run(tenant, CONFIG, **found["config"])["changed"]


# ---------------------------------------------------------------- what others do meanwhile


def test_what_somebody_else_binds_while_an_action_is_built_stays(
    tenant: InProcessTenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = actions(tenant, "theirs")["theirs"]
    deployed = ManagementClient.perform

    def perform(self: ManagementClient, *arguments: Any) -> Any:
        body = {"bindings": [{"ref": {"type": "action_id", "value": theirs}, "display_name": "THEIRS"}]}
        tenant.call("PATCH", f"/actions/triggers/{EXCHANGE}/bindings", body)
        return deployed(self, *arguments)

    monkeypatch.setattr(ManagementClient, "perform", perform)
    trigger = {"trigger_id": EXCHANGE, "purge_bindings": False, "bindings": bound("ours")}
    run(tenant, CONFIG, actions=[action("ours")], action_triggers=[trigger])
    assert held(tenant) == ["THEIRS", "OURS"]


def test_an_action_is_bound_once(tenant: InProcessTenant) -> None:
    actions(tenant, "one")
    caught = failed(tenant, KEEP, trigger_id=EXCHANGE, bindings=bound("one", "one"))
    assert "is given twice" in caught.message
    assert tenant.writes == []


def test_one_that_is_bound_already_keeps_what_is_not_declared(tenant: InProcessTenant) -> None:
    actions(tenant, "one", "two")
    bind(tenant, "one")
    more = [{"action_name": "one"}, *bound("two")]
    run(tenant, KEEP, trigger_id=EXCHANGE, bindings=more, purge_bindings=False)
    assert held(tenant) == ["ONE", "TWO"]


def test_a_binding_without_its_action_is_told_in_words() -> None:
    translation = ACTION_TRIGGER.translation
    assert translation is not None
    with pytest.raises(ValueError, match="a binding without its action"):
        translation.read({"bindings": [{"id": "1", "display_name": "ONE"}], "total": 1})
