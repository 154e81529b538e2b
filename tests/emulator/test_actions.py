# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Actions: how builds go on, what deploying makes, what is seen of secrets. As recorded, where nothing else is said."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.auth0.tests.harness.in_process import InProcessTenant

NEW = {"name": "claims", "supported_triggers": [{"id": "post-login", "version": "v3"}], "code": "// 1"}
PATH = "/actions/actions"


@pytest.fixture
def tenant() -> InProcessTenant:
    return InProcessTenant()


def seen(tenant: InProcessTenant, action_id: str, times: int) -> list[str]:
    return [tenant.call("GET", f"{PATH}/{action_id}")["status"] for dummy in range(times)]


@pytest.mark.parametrize(
    ("dependencies", "statuses"),
    [
        ([], ["built", "built"]),
        ([{"name": "auth0", "version": "2.41.0"}], ["building", "built"]),
        (
            [{"name": "crypto", "version": "17.7.1"}],
            ["building", "retrying", "building", "retrying", "building", "failed", "failed"],
        ),
    ],
)
def test_a_build_goes_on_each_time_that_somebody_looks(
    tenant: InProcessTenant, dependencies: Any, statuses: list[str]
) -> None:
    made = tenant.make("actions/actions", **NEW, dependencies=dependencies)
    assert (made["status"], made["all_changes_deployed"]) == ("pending", False)
    assert seen(tenant, made["id"], len(statuses)) == statuses
    assert tenant.call("PATCH", f"{PATH}/{made['id']}", {"code": "// 2"})["status"] == "pending"


def test_only_what_is_built_can_be_deployed_and_makes_a_version(tenant: InProcessTenant) -> None:
    made = tenant.make("actions/actions", **NEW, dependencies=[{"name": "auth0", "version": "2.41.0"}])
    path = f"{PATH}/{made['id']}"
    status, refused = tenant.ask("POST", f"{path}/deploy")
    assert (status, refused["message"]) == (400, "A draft must be in the 'built' state before it can be deployed.")
    version = tenant.call("POST", f"{path}/deploy")
    assert (version["number"], version["status"], version["deployed"]) == (1, "built", False)
    assert version["action"]["id"] == made["id"] and version["action"]["all_changes_deployed"] is False
    deployed = tenant.call("GET", path)
    assert deployed["all_changes_deployed"] is True
    assert deployed["deployed_version"]["id"] == deployed["current_version"]["id"] == version["id"]
    assert deployed["deployed_version"]["deployed"] is True
    assert (deployed["deployed_version"]["status"], deployed["current_version"]["status"]) == ("built", "BUILT")
    changed = tenant.call("PATCH", path, {"code": "// 2"})
    assert changed["all_changes_deployed"] is False
    assert changed["deployed_version"]["code"] == "// 1"


def test_the_registry_of_a_dependency_is_shown_until_the_action_is_built(tenant: InProcessTenant) -> None:
    dependency = {"name": "lodash", "version": "4.0.0"}
    given = [{**dependency, "registry_url": "https://www.npmjs.com/package/lodash"}]
    made = tenant.make("actions/actions", **NEW, dependencies=given)
    path = f"{PATH}/{made['id']}"
    shown = [made, *(tenant.call("GET", path) for dummy in range(2))]
    assert [(one["status"], one["dependencies"]) for one in shown] == [
        ("pending", given),
        ("building", given),
        ("built", [dependency]),
    ]
    assert tenant.call("POST", f"{path}/deploy")["dependencies"] == [dependency]
    assert tenant.call("GET", path)["deployed_version"]["dependencies"] == [dependency]
    assert tenant.call("PATCH", path, {"code": "// 2"})["dependencies"] == [dependency]


def test_versions_are_listed_in_pages_and_read_one_by_one(tenant: InProcessTenant) -> None:
    made = tenant.make("actions/actions", **NEW, secrets=[{"name": "foo", "value": "1"}])
    path = f"{PATH}/{made['id']}"
    assert tenant.call("GET", f"{path}/versions?per_page=50") == {"versions": [], "per_page": 50}
    first = tenant.call("POST", f"{path}/deploy")
    (row,) = tenant.call("GET", f"{path}/versions")["versions"]
    assert row == first | {"deployed": True, "built_at": row["built_at"]}
    assert row["action"] == {**{name: made[name] for name in row["action"]}, "all_changes_deployed": False}
    tenant.call("PATCH", path, {"code": "// 2"})
    tenant.call("GET", path)
    second = tenant.call("POST", f"{path}/deploy")
    found = tenant.call("GET", f"{path}/versions?per_page=1")
    assert [(one["id"], one["deployed"], one["code"]) for one in found.pop("versions")] == [
        (second["id"], True, "// 2")
    ]
    assert found == {"total": 2, "per_page": 1}
    (row,) = tenant.call("GET", f"{path}/versions?page=1&per_page=1")["versions"]
    assert row == tenant.call("GET", f"{path}/versions/{first['id']}")
    assert (row["deployed"], row["code"], row["number"]) == (False, "// 1", 1)


def test_an_earlier_version_is_deployed_again_as_a_new_one(tenant: InProcessTenant) -> None:
    """What happens to the draft is documented."""
    made = tenant.make("actions/actions", **NEW, secrets=[{"name": "foo", "value": "1"}])
    path = f"{PATH}/{made['id']}"
    tenant.call("GET", path)
    first = tenant.call("POST", f"{path}/deploy")
    again = tenant.call("POST", f"{path}/versions/{first['id']}/deploy")
    new = ("id", "number", "created_at", "updated_at")
    assert again == first | {name: again[name] for name in new}
    assert (again["number"], again["status"], again["deployed"]) == (2, "built", False)
    assert tenant.call("GET", path)["all_changes_deployed"] is True
    tenant.call("PATCH", path, {"code": "// 2", "secrets": []})
    for body, draft, deployed in (({}, "// 2", False), ({"update_draft": True}, "// 1", True)):
        tenant.call("POST", f"{path}/versions/{first['id']}/deploy", body)
        shown = tenant.call("GET", path)
        assert (shown["code"], shown["all_changes_deployed"]) == (draft, deployed)
        assert (shown["deployed_version"]["code"], shown["deployed_version"]["secrets"]) == ("// 1", made["secrets"])
    assert shown["secrets"] == made["secrets"]
    numbers = [one["number"] for one in tenant.call("GET", f"{path}/versions")["versions"] if one["deployed"]]
    assert numbers == [shown["deployed_version"]["number"]] == [4]


def test_a_version_that_is_not_there_is_said_to_be_so(tenant: InProcessTenant) -> None:
    """The words for one of a version are our choice."""
    path = f"{PATH}/{tenant.make('actions/actions', **NEW)['id']}/versions"
    for method, address in (("GET", f"{path}/other"), ("POST", f"{path}/other/deploy")):
        status, error = tenant.ask(method, address)
        assert (status, error["message"]) == (404, "That action version does not exist.")
    status, error = tenant.ask("POST", f"{path}/other/deploy", {"other": True})
    assert (status, error["errorCode"]) == (400, "invalid_body")
    for method, address in (("GET", ""), ("GET", "/one"), ("POST", "/one/deploy")):
        status, error = tenant.ask(method, f"{PATH}/other/versions{address}")
        assert (status, error["message"]) == (404, "That action does not exist.")


def test_one_that_is_created_with_deploy_has_a_version_that_is_built_later(tenant: InProcessTenant) -> None:
    made = tenant.make("actions/actions", **NEW, deploy=True)
    assert made["all_changes_deployed"] is True
    assert (made["deployed_version"]["status"], made["current_version"]["status"]) == ("pending", "PENDING")
    later = tenant.call("GET", f"{PATH}/{made['id']}")
    assert (later["deployed_version"]["status"], later["current_version"]["status"]) == ("built", "BUILT")
    assert later["deployed_version"]["built_at"] == later["current_version"]["build_time"]
    (version,) = tenant.call("GET", f"{PATH}/{made['id']}/versions")["versions"]
    version.pop("action")
    assert version == later["deployed_version"]


def test_a_version_can_be_deployed_again_only_once_it_is_built(tenant: InProcessTenant) -> None:
    """That is our choice."""
    made = tenant.make("actions/actions", **NEW, dependencies=[{"name": "jose", "version": "5.9.6"}], deploy=True)
    path = f"{PATH}/{made['id']}/versions/{made['deployed_version']['id']}/deploy"
    assert tenant.ask("POST", path)[0] == 400
    assert tenant.call("POST", path)["number"] == 2


def test_secrets_are_replaced_in_their_order_and_show_no_values(tenant: InProcessTenant) -> None:
    made = tenant.make("actions/actions", **NEW, secrets=[{"name": "foo", "value": "1"}])
    body = {"secrets": [{"name": "bar", "value": "2"}, {"name": "foo", "value": "3"}]}
    tenant.clock.advance(60)
    changed = tenant.call("PATCH", f"{PATH}/{made['id']}", body)
    assert [list(one) for one in changed["secrets"]] == [["name", "updated_at"]] * 2
    assert [one["name"] for one in changed["secrets"]] == ["foo", "bar"]
    assert changed["secrets"][0]["updated_at"] == changed["secrets"][1]["updated_at"] > made["secrets"][0]["updated_at"]
    assert tenant.call("PATCH", f"{PATH}/{made['id']}", {"secrets": []})["secrets"] == []


def test_another_trigger_is_refused(tenant: InProcessTenant) -> None:
    """The words are reported."""
    made = tenant.make("actions/actions", **NEW)
    body = {"supported_triggers": [{"id": "pre-user-registration"}]}
    status, error = tenant.ask("PATCH", f"{PATH}/{made['id']}", body)
    assert (status, error["message"]) == (400, "can't upgrade to this trigger.")


def test_pages_tell_their_numbers_but_for_zeros(tenant: InProcessTenant) -> None:
    assert tenant.call("GET", PATH) == {"actions": [], "per_page": 20}
    for name in ("a", "b", "c"):
        tenant.make("actions/actions", **{**NEW, "name": name})
    for query, names, envelope in (
        ("?per_page=2", ["a", "b"], {"total": 3, "per_page": 2}),
        ("?page=1&per_page=2", ["c"], {"total": 3, "page": 1, "per_page": 2}),
        ("?page=2&per_page=2", [], {"page": 2, "per_page": 2}),
        ("?actionName=b", ["b"], {"total": 1, "per_page": 20}),
        ("?triggerId=credentials-exchange", [], {"per_page": 20}),
        ("?deployed=true", [], {"per_page": 20}),
        ("?installed=false&per_page=1", ["a"], {"total": 3, "per_page": 1}),
    ):
        found = tenant.call("GET", f"{PATH}{query}")
        assert [one["name"] for one in found.pop("actions")] == names, query
        assert found == envelope, query


def test_one_that_is_gone_is_said_to_be_so(tenant: InProcessTenant) -> None:
    made = tenant.make("actions/actions", **NEW)
    path = f"{PATH}/{made['id']}"
    assert tenant.ask("DELETE", f"{path}?force=true")[0] == 204
    for method, address in (("GET", path), ("DELETE", path), ("POST", f"{path}/deploy")):
        status, body = tenant.ask(method, address)
        assert (status, body) == (
            404,
            {"statusCode": 404, "error": "Not Found", "message": "That action does not exist."},
        )


def test_a_token_exchange_profile_is_one_for_its_type_and_stays_with_its_action(tenant: InProcessTenant) -> None:
    path = "/token-exchange-profiles"
    trigger = {"id": "custom-token-exchange", "version": "v1"}
    action_id = tenant.make("actions/actions", **{**NEW, "supported_triggers": [trigger]})["id"]
    body = {"name": "profile", "subject_token_type": "https://acme.com/token", "action_id": action_id}
    body["type"] = "custom_authentication"
    made = tenant.call("POST", path, body)
    assert made == {**body, "id": made["id"], "created_at": made["created_at"], "updated_at": made["created_at"]}
    assert made["id"].startswith("tep_") and len(made["id"]) == 20
    assert tenant.ask("POST", path, {**body, "name": "other"})[0] == 409
    other = tenant.make("actions/actions", **NEW)["id"]
    for wrong in ({"action_id": "nobody"}, {"action_id": other}, {"subject_token_type": "no-uri-at-all"}):
        assert tenant.ask("POST", path, {**body, "subject_token_type": "urn:acme:other", **wrong})[0] == 400
    one = f"{path}/{made['id']}"
    assert tenant.ask("PATCH", one, {"action_id": other})[0] == 400
    assert tenant.ask("PATCH", one, {})[0] == 400
    changed = {"name": "another", "subject_token_type": "https://acme.com/token-updated"}
    assert tenant.call("PATCH", one, changed)["subject_token_type"] == changed["subject_token_type"]
    assert [tenant.ask("DELETE", one)[0] for dummy in range(2)] == [204, 204]
    gone = {"statusCode": 404, "error": "Not Found", "message": "Token exchange profile not found."}
    assert tenant.ask("GET", one) == (404, gone)
