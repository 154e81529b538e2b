# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Network ACLs: an object that a change replaces whole, and a rule in which only some keys can be there together."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._engine.apply import Applier
from ansible_collections.community.auth0.plugins.module_utils._engine.bodies import replacement
from ansible_collections.community.auth0.plugins.module_utils._engine.management import ManagementClient
from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Direct, Kind
from ansible_collections.community.auth0.plugins.module_utils._kinds.field import Field
from ansible_collections.community.auth0.plugins.module_utils._modules.config.info import WORK as CONFIG_INFO
from ansible_collections.community.auth0.plugins.module_utils._modules.config.work import WORK as CONFIG
from ansible_collections.community.auth0.plugins.module_utils._modules.keeping import work_of
from ansible_collections.community.auth0.plugins.module_utils._modules.reading import info_work_of
from ansible_collections.community.auth0.plugins.module_utils._task.runner import TaskFailed
from ansible_collections.community.auth0.tests.harness.in_process import DROPPED_AFTER, InProcessTenant, answered
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.tasks import (
    failed,
    run,
)

Result = dict[str, Any]

NETWORK_ACL = KINDS["network_acl"]
KEEP, READ = work_of(NETWORK_ACL), info_work_of(NETWORK_ACL)
RULE = {"action": {"block": True}, "match": {"asns": [1, 2], "geo_country_codes": ["US"]}, "scope": "tenant"}
ACL: dict[str, Any] = {"description": "ours", "active": True, "priority": 3, "rule": RULE}


@pytest.fixture
def tenant() -> Iterator[InProcessTenant]:
    tenant = InProcessTenant()
    with tenant.installed():
        yield tenant


def changed(tenant: InProcessTenant, rule: Any, held: Any = None) -> Any:
    """The rule that a change sends, foreseen as it will be."""
    run(tenant, KEEP, **{**ACL, "rule": held or RULE})
    tenant.forget()
    foreseen = run(tenant, KEEP, True, description="ours", rule=rule)
    done = run(tenant, KEEP, description="ours", rule=rule)
    assert foreseen["network_acl"]["rule"] == done["network_acl"]["rule"]
    (write,) = tenant.writes
    assert run(tenant, KEEP, description="ours", rule=rule)["action"] == "none"
    return write.body["rule"]


# ---------------------------------------------------------------- the whole is sent


def test_a_change_sends_the_object_as_it_is_with_what_changes_and_nothing_that_only_auth0_sets(
    tenant: InProcessTenant,
) -> None:
    made = run(tenant, KEEP, **ACL)["network_acl"]
    tenant.forget()
    result = run(tenant, KEEP, description="ours", active=False)
    assert [(one.method, one.body) for one in tenant.writes] == [("PUT", {**ACL, "active": False})]
    assert result["diff"]["before"]["active"] is True and result["diff"]["after"]["active"] is False
    assert {k: v for k, v in result["network_acl"].items() if k not in ("active", "updated_at")} == {
        k: v for k, v in made.items() if k not in ("active", "updated_at")
    }
    tenant.forget()
    assert run(tenant, KEEP, **{**ACL, "active": False})["action"] == "none"
    assert tenant.writes == []


def test_what_is_cleared_is_left_out_of_what_replaces_an_object() -> None:
    fields = {
        "id": Field(read_only=True),
        "name": Field(),
        "note": Field(nullable=True),
        "kind": Field(create_only=True),
        "part": Field("dict", fields={"key": Field(), "made": Field(read_only=True)}),
        "secret": Field(secret=True, write_only=True),
    }
    kind = Kind("cat", "cat", "cats", "cats", "id", ("name",), (Direct("id"),), fields, False, True, replaced=True)
    held = {
        "id": "1",
        "name": "n",
        "note": "x",
        "kind": "k",
        "part": {"key": "a", "made": 1},
        "secret": "****",
    }
    assert replacement(kind, held, {"note": None}) == {"name": "n", "part": {"key": "a"}}
    assert replacement(kind, held, {"name": "m"}) == {"name": "m", "note": "x", "part": {"key": "a"}}
    newer = {**held, "newer": {"a": [1]}, "gone": None}
    assert replacement(kind, newer, {"note": None}) == {"name": "n", "part": {"key": "a"}, "newer": {"a": [1]}}


@pytest.mark.parametrize("by", ["id", "description"])
def test_what_auth0_has_and_this_collection_does_not_know_stays_and_what_only_reads_show_is_not_sent(
    tenant: InProcessTenant, by: str
) -> None:
    """As a field that Auth0 adds one day, which a PUT without it would take away."""
    fields = {name: field for name, field in NETWORK_ACL.fields.items() if name != "priority"}
    keep = work_of(dataclasses.replace(NETWORK_ACL, fields=fields))
    made = run(tenant, KEEP, **ACL)["network_acl"]
    read = tenant.call("GET", f"/network-acls/{made['id']}")
    assert {"tenant_id", "deleted_at"} <= read.keys()
    result = run(tenant, keep, **{by: made[by], "active": False})
    assert tenant.bodies("PUT") == [{**ACL, "active": False}]
    assert tenant.call("GET", f"/network-acls/{made['id']}")["priority"] == ACL["priority"]
    assert result["network_acl"].keys() == made.keys() - {"priority"}


def test_what_lists_do_not_show_of_an_object_stays_when_that_is_replaced(
    tenant: InProcessTenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(tenant, KEEP, **ACL)
    listed = ManagementClient._listed

    def short(*arguments: Any) -> Any:
        row = listed(*arguments)
        return row and {name: value for name, value in row.items() if name != "priority"}

    monkeypatch.setattr(ManagementClient, "_listed", short)
    run(tenant, KEEP, description="ours", active=False)
    assert tenant.bodies("PUT") == [{**ACL, "active": False}]


def test_what_only_auth0_knows_what_it_is_for_is_in_no_result(tenant: InProcessTenant) -> None:
    made = run(tenant, KEEP, **ACL)["network_acl"]
    for found in (run(tenant, READ, id=made["id"]), run(tenant, READ)):
        assert [one.keys() for one in found["network_acls"]] == [made.keys()]
    assert not {"tenant_id", "deleted_at"} & made.keys()


def test_a_replacement_whose_answer_is_lost_is_found_again_and_not_sent_twice(tenant: InProcessTenant) -> None:
    run(tenant, KEEP, **ACL)
    tenant.forget()
    tenant.fail(DROPPED_AFTER, "PUT", "/network-acls/")
    assert run(tenant, KEEP, description="ours", active=False)["changed"]
    assert len(tenant.writes) == 1


# ---------------------------------------------------------------- the rule


@pytest.mark.parametrize(
    ("declared", "sent"),
    [
        ({"action": {"log": True}}, {**RULE, "action": {"log": True}}),
        (
            {"action": {"redirect": True, "redirect_uri": "https://a.example"}},
            {**RULE, "action": {"redirect": True, "redirect_uri": "https://a.example"}},
        ),
        ({"match": {"asns": [3]}}, {**RULE, "match": {"asns": [3], "geo_country_codes": ["US"]}}),
        ({"match": {"asns": []}}, {**RULE, "match": {"geo_country_codes": ["US"]}}),
        ({"not_match": {"asns": [9]}}, {**RULE, "not_match": {"asns": [9]}}),
        (
            {"match": {}, "not_match": {"asns": [9]}},
            {"action": {"block": True}, "scope": "tenant", "not_match": {"asns": [9]}},
        ),
        ({"match_all": True}, {"action": {"block": True}, "scope": "tenant", "match_all": True}),
    ],
)
def test_what_is_declared_of_a_rule_takes_the_place_of_what_cannot_be_beside_it_and_the_rest_is_kept(
    tenant: InProcessTenant, declared: Any, sent: Any
) -> None:
    assert changed(tenant, declared) == sent


def test_another_action_takes_the_uri_of_a_redirect_along(tenant: InProcessTenant) -> None:
    held = {**RULE, "action": {"redirect": True, "redirect_uri": "https://a.example"}}
    assert changed(tenant, {"action": {"allow": True}}, held)["action"] == {"allow": True}


def test_what_tells_requests_apart_takes_the_place_of_all_of_them(tenant: InProcessTenant) -> None:
    held = {"action": {"log": True}, "match_all": True, "scope": "management"}
    wanted = {"action": {"log": True}, "match": {"asns": [1]}, "scope": "management"}
    assert changed(tenant, {"match": {"asns": [1]}}, held) == wanted


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"action": {"block": True, "allow": True}}, "rule.action: block and allow exclude each other"),
        ({"action": {"block": False}}, "rule.action.block: false means nothing here"),
        ({"match_all": False}, "rule.match_all: false means nothing here"),
        ({"match_all": True, "match": {"asns": [1]}}, "match and match_all exclude each other"),
        ({"action": {"redirect": True}}, "rule.action.redirect_uri"),
        ({"match": {}}, "one of rule.match, rule.not_match, rule.match_all"),
        ({"match": {"ipv4_cidrs": ["::1"]}}, "'::1' is neither an IPv4 address nor a network"),
        ({"match": {"ipv6_cidrs": ["10.0.0.0/8"]}}, "'10.0.0.0/8' is neither an IPv6 address nor a network"),
        ({"match": {"connecting_ipv4_cidrs": ["10.0.0.0/33"]}}, "'10.0.0.0/33' is neither an IPv4 address"),
        ({"match": {"asns": [1, 1]}}, "1 is given twice"),
        (
            {"action": {"block": True, "redirect_uri": "https://a.example"}},
            "is not valid:\n  - rule.action.redirect_uri: cannot be used without redirect: true",
        ),
        (
            {"action": {"redirect_uri": "https://a.example"}},
            "rule.action.redirect_uri: cannot be used without redirect: true. Declare both.",
        ),
    ],
)
def test_a_rule_that_auth0_would_refuse_is_refused_before_anything_is_written(
    tenant: InProcessTenant, rule: Any, words: str
) -> None:
    run(tenant, KEEP, **ACL)
    tenant.forget()
    with pytest.raises(TaskFailed) as caught:
        run(tenant, KEEP, description="ours", rule=rule)
    assert isinstance(caught.value.error, InvalidOptions)
    assert words in caught.value.message
    assert tenant.writes == []


def test_what_a_new_rule_has_no_place_for_is_refused_with_what_it_lacks(tenant: InProcessTenant) -> None:
    rule = {"action": {"redirect_uri": "https://a.example"}, "match_all": True}
    caught = failed(tenant, KEEP, **{**ACL, "rule": rule})
    assert "without one of rule.action.block" in caught.message
    assert "rule.scope" in caught.message
    assert "rule.action.redirect_uri: cannot be used without redirect: true. Declare both." in caught.message
    assert tenant.writes == []


def test_the_uri_of_a_redirect_that_is_there_is_changed_alone(tenant: InProcessTenant) -> None:
    held = {**RULE, "action": {"redirect": True, "redirect_uri": "https://a.example"}}
    sent = changed(tenant, {"action": {"redirect_uri": "https://b.example"}}, held)
    assert sent["action"] == {"redirect": True, "redirect_uri": "https://b.example"}


@pytest.mark.parametrize("lacking", ["active", "rule"])
def test_a_new_one_needs_to_be_active_or_not_and_to_have_a_rule(tenant: InProcessTenant, lacking: str) -> None:
    with pytest.raises(TaskFailed, match="cannot be created without %s" % lacking):
        run(tenant, KEEP, **{name: value for name, value in ACL.items() if name != lacking})


# ---------------------------------------------------------------- which one


def test_a_description_is_changed_by_the_id_and_a_priority_by_the_description(tenant: InProcessTenant) -> None:
    made = run(tenant, KEEP, **ACL)["network_acl"]
    assert run(tenant, KEEP, description="ours", priority=1)["network_acl"]["id"] == made["id"]
    assert run(tenant, KEEP, id=made["id"], description="theirs")["network_acl"]["priority"] == 1
    assert [one["description"] for one in run(tenant, READ)["network_acls"]] == ["theirs"]


def test_a_priority_that_another_one_has_is_refused_in_auth0s_words_and_foreseen(tenant: InProcessTenant) -> None:
    """A lone task leaves it to Auth0, which spares it a second look at the list."""
    run(tenant, KEEP, **ACL)
    theirs = {**ACL, "description": "theirs"}
    caught = failed(tenant, KEEP, **theirs)
    assert "this priority number has already been created" in caught.message
    assert not caught.changed
    assert [one.method for one in tenant.sent if one.path == "/api/v2/network-acls"] == ["GET", "POST", "GET"]
    foreseen = run(tenant, KEEP, True, **theirs)
    assert foreseen["assumed"] == ["network ACL ours no longer has the priority 3"]


@pytest.mark.parametrize("object_id", ["acl_0000000000000000000000", "acl_invalid_id", "ours"])
def test_an_id_that_none_has_and_one_that_none_can_have_name_nothing(tenant: InProcessTenant, object_id: str) -> None:
    assert run(tenant, READ, id=object_id)["network_acls"] == []
    assert run(tenant, KEEP, id=object_id, state="absent")["action"] == "none"
    with pytest.raises(TaskFailed, match="There is no network ACL with the id %s" % object_id):
        run(tenant, KEEP, id=object_id, active=False)


def test_a_plan_without_network_acls_is_told_from_a_lack_of_scopes(tenant: InProcessTenant) -> None:
    words = "Please upgrade your subscription to enable Tenant ACL Management."
    tenant.fail(answered(403, words, "insufficient_scope"), "POST", "/api/v2/network-acls")
    with pytest.raises(TaskFailed, match="the tenant's plan does not include this"):
        run(tenant, KEEP, **ACL)


# ---------------------------------------------------------------- in a configuration


def test_those_that_are_owned_by_their_descriptions_and_not_declared_are_pruned(tenant: InProcessTenant) -> None:
    for number, name in enumerate(("ours: a", "ours: b", "theirs"), 1):
        run(tenant, KEEP, **{**ACL, "description": name, "priority": number})
    declared = [{**ACL, "description": "ours: a", "priority": 1}]
    prune = {"max": 1, "network_acls": {"description_pattern": "ours: *"}}
    result = run(tenant, CONFIG, network_acls=declared, prune=prune)
    assert [(row["action"], row["name"]) for row in result["changes"]] == [("delete", "ours: b")]
    assert [one["description"] for one in run(tenant, READ)["network_acls"]] == ["ours: a", "theirs"]


def acls(**priorities: int) -> dict[str, Any]:
    return {"network_acls": [{**ACL, "description": name, "priority": value} for name, value in priorities.items()]}


def priorities(tenant: InProcessTenant) -> dict[str, int]:
    return {one["description"]: one["priority"] for one in tenant.call("GET", "/network-acls")}


@pytest.mark.parametrize(
    ("before", "after", "writes"),
    [
        ({"a": 1, "b": 2}, {"a": 2, "b": 1}, 3),
        ({"a": 1, "b": 2, "c": 3}, {"a": 2, "b": 3, "c": 1}, 4),
        ({"a": 1, "b": 2, "c": 3, "d": 4}, {"a": 2, "b": 1, "c": 4, "d": 3}, 6),
        ({"a": 1, "b": 2}, {"a": 2, "b": 3}, 2),
        ({"a": 1, "b": 2, "c": 3}, {"a": 2, "b": 3, "c": 4, "new": 1}, 4),
        ({"a": 100, "b": 99}, {"a": 99, "b": 100}, 3),
    ],
)
def test_priorities_are_exchanged_and_moved_on_in_one_run(
    tenant: InProcessTenant, before: dict[str, int], after: dict[str, int], writes: int
) -> None:
    run(tenant, CONFIG, **acls(**before))
    tenant.forget()
    foreseen, done = run(tenant, CONFIG, True, **acls(**after)), run(tenant, CONFIG, **acls(**after))
    assert priorities(tenant) == after
    assert len(tenant.writes) == writes
    changed = [(row["name"], row["action"], row["fields"]) for row in done["changes"]]
    assert changed == [(row["name"], row["action"], row["fields"]) for row in foreseen["changes"]]
    assert sorted(name for name, dummy, dummy in changed) == sorted(after)
    assert not run(tenant, CONFIG, **acls(**after))["changed"]


def test_while_two_change_places_the_others_keep_theirs(tenant: InProcessTenant) -> None:
    """The free priority that one takes meanwhile passes no other ACL."""
    run(tenant, CONFIG, **acls(a=1, b=2, c=3, d=6))
    tenant.forget()
    run(tenant, CONFIG, **acls(a=1, b=2, c=6, d=3))
    meanwhile, *dummy = tenant.bodies("PUT")
    assert 3 < meanwhile["priority"] <= 7


def test_an_exchange_that_broke_off_is_told_and_finished_by_the_next_run(tenant: InProcessTenant) -> None:
    run(tenant, CONFIG, **acls(a=1, b=2))
    tenant.fail(answered(400, "No", "invalid_body"), "PUT", "/network-acls/", times=1, skip=1)
    caught = failed(tenant, CONFIG, **acls(a=2, b=1))
    result = caught.result
    assert result["done"] == ["change priority to 3 of network ACL a for the time being"]
    assert result["remaining"] == ["change priority of network ACL b", "change priority of network ACL a"]
    assert caught.changed
    assert [(row["name"], row["action"], row["fields"]) for row in result["changes"]] == [("a", "update", ["priority"])]
    assert [diff["after"]["priority"] for diff in result["diff"]] == [3]
    assert [one.method for one in tenant.writes] == ["PUT", "PUT"]
    run(tenant, CONFIG, **acls(a=2, b=1))
    assert priorities(tenant) == {"a": 2, "b": 1}


def test_one_takes_the_priority_of_another_that_is_declared_absent(tenant: InProcessTenant) -> None:
    run(tenant, CONFIG, **acls(a=1))
    given = acls(b=1)
    given["network_acls"].append({"description": "a", "state": "absent"})
    run(tenant, CONFIG, **given)
    assert priorities(tenant) == {"b": 1}


@pytest.mark.parametrize("method", ["DELETE", "PUT"])
def test_one_whose_priority_did_not_get_free_is_not_tried(tenant: InProcessTenant, method: str) -> None:
    """Neither where the other one could not be deleted, nor where it could not be moved."""
    run(tenant, CONFIG, **acls(a=1, b=2))
    given = acls(b=1)
    given["network_acls"] += (
        [{"description": "a", "state": "absent"}] if method == "DELETE" else acls(a=3)["network_acls"]
    )
    tenant.fail(answered(400, "No", "invalid_body"), method, "/network-acls/")
    caught = failed(tenant, CONFIG, **given)
    assert [one.method for one in tenant.writes] == [method]
    assert "change priority of network ACL b" in caught.result["remaining"]


def test_all_that_would_have_the_same_priority_are_named_before_anything_is_sent(tenant: InProcessTenant) -> None:
    """One without a priority gets 50."""
    run(tenant, CONFIG, **acls(theirs=7))
    tenant.forget()
    given = acls(a=50, b=7)
    given["network_acls"].append({**{name: ACL[name] for name in ("active", "rule")}, "description": "c"})
    caught = failed(tenant, CONFIG, **given)
    for words in (
        "[2] (c): network ACL c has the priority 50, and so has network ACL a (network_acls[0] (a)).",
        "[1] (b): network ACL b would have the priority 7, which network ACL theirs has.",
    ):
        assert f"  - network_acls{words}" in caught.message
    assert tenant.writes == []


def test_a_priority_of_one_that_prune_removes_last_is_not_free(tenant: InProcessTenant) -> None:
    run(tenant, CONFIG, **acls(old=7))
    prune = {"max": 1, "network_acls": {"description_pattern": "*"}}
    caught = failed(tenant, CONFIG, **acls(new=7), prune=prune)
    assert "network ACL new would have the priority 7, which network ACL old has." in caught.message
    assert "what prune deletes goes last" in caught.message
    with pytest.raises(
        TaskFailed, match="network ACL old is deleted last, and network ACL new would have its priority 7"
    ):
        run(tenant, CONFIG, True, **acls(new=7), prune=prune)


def test_where_no_priority_is_free_none_are_exchanged(tenant: InProcessTenant) -> None:
    full = {f"acl {number}": number for number in range(1, 101)}
    for name, number in full.items():
        tenant.make("network-acls", **{**ACL, "description": name, "priority": number})
    tenant.forget()
    caught = failed(tenant, CONFIG, **acls(**{"acl 1": 2, "acl 2": 1}))
    assert (
        "network ACL acl 1, network ACL acl 2 exchange their priority, and no other one is free for the time being. "
        "Free one first."
    ) in caught.message
    assert tenant.writes == []


def test_one_that_is_not_active_is_exported_so(tenant: InProcessTenant) -> None:
    run(tenant, KEEP, **{**ACL, "active": False})
    found = run(tenant, CONFIG_INFO, kinds=["network_acls"])
    assert found["config"]["network_acls"] == [{**ACL, "active": False}]
    assert run(tenant, CONFIG, **found["config"])["changes"] == []


def test_keys_for_signatures_mean_something_in_their_tenant_only_so_their_rule_is_left_out(
    tenant: InProcessTenant,
) -> None:
    signed = {"http_message_signature": {"keys": [{"id": "key_1"}]}}
    run(tenant, KEEP, **{**ACL, "rule": {**RULE, "match": signed}})
    assert [row["fields"] for row in run(tenant, CONFIG_INFO, kinds=["network_acls"])["left_out"]] == [["rule"]]


def test_what_somebody_else_changes_meanwhile_is_not_put_back_in_a_configuration(
    tenant: InProcessTenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = run(tenant, KEEP, **ACL)["network_acl"]["id"]
    performed = Applier.perform

    def perform(self: Applier, *arguments: Any) -> Any:
        tenant.call("PATCH", f"/network-acls/{made}", {"active": False})
        return performed(self, *arguments)

    monkeypatch.setattr(Applier, "perform", perform)
    run(tenant, CONFIG, network_acls=[{"description": "ours", "priority": 20}])
    (held,) = tenant.call("GET", "/network-acls")
    assert (held["priority"], held["active"]) == (20, False)


def test_a_diff_holds_no_time_that_the_server_sets(tenant: InProcessTenant) -> None:
    run(tenant, KEEP, **ACL)
    tenant.clock.advance(60)
    diff = run(tenant, KEEP, description="ours", priority=20)["diff"]
    assert {name for name in diff["after"] if diff["after"][name] != diff["before"].get(name)} == {"priority"}
