# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Actions: built and deployed after each write, with secrets that never come back and code from files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._errors import ApiError, InvalidOptions
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from ansible_collections.community.auth0.plugins.module_utils._modules.config.info import WORK as CONFIG_INFO
from ansible_collections.community.auth0.plugins.module_utils._modules.config.work import WORK as CONFIG
from ansible_collections.community.auth0.plugins.module_utils._modules.keeping import work_of
from ansible_collections.community.auth0.plugins.module_utils._modules.reading import info_work_of
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Task, TaskFailed, Work
from ansible_collections.community.auth0.plugins.module_utils._task.secrets import guarded, restored
from ansible_collections.community.auth0.plugins.module_utils._task.validation import validated
from ansible_collections.community.auth0.tests.harness.in_process import (
    DROPPED_AFTER,
    DROPPED_BEFORE,
    InProcessTenant,
    answered,
    mutated,
)
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.tasks import InvalidTask, params_of

pytestmark = pytest.mark.usefixtures("short_waits")

Options = dict[str, Any]
Result = dict[str, Any]

ACTION = KINDS["action"]
KEEP, READ = work_of(ACTION), info_work_of(ACTION)
PATH = "/api/v2/actions/actions"
CODE = "exports.onExecuteCredentialsExchange = async (event, api) => {};\n"
NEW: Options = {
    "name": "claims",
    "supported_triggers": [{"id": "credentials-exchange", "version": "v2"}],
    "code": CODE,
}
VALUE, OTHER = "the-value-of-a-secret", "another-value-of-it"


@pytest.fixture
def tenant() -> Iterator[InProcessTenant]:
    tenant = InProcessTenant()
    with tenant.installed():
        yield tenant


def run(tenant: InProcessTenant, work: Work = KEEP, check_mode: bool = False, **options: Any) -> Result:
    access = {
        "auth0_domain": tenant.domain,
        "auth0_client_id": tenant.credentials.client_id,
        "auth0_client_secret": tenant.credentials.client_secret,
    }
    return work.perform(Task(params_of(work.spec, {**access, **options}), check_mode, diff=True))


def failed(tenant: InProcessTenant, work: Work = KEEP, **options: Any) -> TaskFailed:
    with pytest.raises(TaskFailed) as caught:
        run(tenant, work, **options)
    return caught.value


def sent(tenant: InProcessTenant) -> list[tuple[str, Any]]:
    """The writes since the last call: what of the path follows the id, and the body."""
    found = [(f"{one.method} {one.path.removeprefix(PATH)[38:]}".strip(), one.body) for one in tenant.writes]
    tenant.forget()
    return found


def undeployed(tenant: InProcessTenant, **fields: Any) -> str:
    """The id of an action that an earlier run has made and not deployed."""
    return str(tenant.make("actions/actions", **{**NEW, **fields})["id"])


# ---------------------------------------------------------------- deployed after each write


def test_a_new_action_is_built_and_deployed_and_then_nothing_is_left_to_do(tenant: InProcessTenant) -> None:
    dependencies = [{"name": "jose", "version": "5.9.6"}]  # without, it is built at once
    foreseen = run(tenant, check_mode=True, **NEW, dependencies=dependencies)
    assert sent(tenant) == []
    made = run(tenant, **NEW, dependencies=dependencies)
    assert sent(tenant) == [("POST", {**NEW, "dependencies": dependencies}), ("POST deploy", None)]
    assert (made["changed"], made["action"]) == (foreseen["changed"], foreseen["action"]) == (True, "create")
    assert made["auth0_action"]["status"] == "built"
    assert made["auth0_action"]["deployed_version"]["number"] == 1
    for result in (made, foreseen):
        assert result["auth0_action"]["all_changes_deployed"] is True
        assert result["diff"]["after"]["all_changes_deployed"] is True
    again = run(tenant, **NEW, dependencies=dependencies)
    assert (again["changed"], again["action"], sent(tenant)) == (False, "none", [])
    assert again["auth0_action"] == made["auth0_action"]


def test_a_change_is_deployed_as_a_new_version(tenant: InProcessTenant) -> None:
    run(tenant, **NEW)
    sent(tenant)
    changed = run(tenant, name="claims", runtime="node18")
    assert sent(tenant) == [("PATCH", {"runtime": "node18"}), ("POST deploy", None)]
    assert changed["auth0_action"]["deployed_version"]["number"] == 2


def test_what_an_earlier_run_did_not_deploy_is_deployed_although_nothing_differs(tenant: InProcessTenant) -> None:
    undeployed(tenant)
    foreseen, done = run(tenant, check_mode=True, **NEW), run(tenant, **NEW)
    assert sent(tenant) == [("POST deploy", None)]
    for result in (foreseen, done):
        assert (result["changed"], result["action"]) == (True, "update")
        before, after = result["diff"]["before"], result["diff"]["after"]
        assert (before.pop("all_changes_deployed"), after.pop("all_changes_deployed")) == (False, True)
        assert before == after
    assert run(tenant, **NEW)["changed"] is False


def test_without_deploy_changes_wait_and_are_no_difference(tenant: InProcessTenant) -> None:
    made = run(tenant, **NEW, deploy=False)
    assert made["auth0_action"]["all_changes_deployed"] is False
    assert run(tenant, **NEW, deploy=False)["changed"] is False
    assert [method for method, dummy in sent(tenant)] == ["POST"]
    foreseen = run(tenant, check_mode=True, **{**NEW, "code": "// 2"}, deploy=False)
    assert foreseen["auth0_action"]["all_changes_deployed"] is False


def test_a_build_that_fails_is_told_and_begins_anew_in_the_next_run(tenant: InProcessTenant) -> None:
    broken = {**NEW, "dependencies": [{"name": "crypto", "version": "17.7.1"}]}
    caught = failed(tenant, **broken)
    assert "Failed deploying the action claims: Auth0 gave up, its status is failed." in caught.message
    assert "versions of its dependencies" in caught.message
    assert caught.changed is True
    assert (caught.error.code, caught.error.retryable) == ("follow_up_failed", False)
    assert caught.result["done"] == ["create action claims"]
    assert caught.result["remaining"] == ["deploy action claims"]
    sent(tenant)
    assert "its status is failed" in failed(tenant, **broken).message
    assert sent(tenant) == [("PATCH", {"code": CODE})]
    mended = run(tenant, **{**NEW, "dependencies": [{"name": "crypto", "version": "1.0.1"}]})
    assert mended["auth0_action"]["all_changes_deployed"] is True


@pytest.mark.parametrize(("fault", "deployments"), [(DROPPED_AFTER, 1), (DROPPED_BEFORE, 2)])
def test_a_deployment_whose_answer_is_lost_is_read_back(tenant: InProcessTenant, fault: Any, deployments: int) -> None:
    tenant.fail(fault, "POST", f"{PATH}/[^/]+/deploy")
    made = run(tenant, **NEW)
    assert made["auth0_action"]["deployed_version"]["number"] == 1
    assert [method for method, dummy in sent(tenant)] == ["POST", *["POST deploy"] * deployments]


def test_a_deployment_that_comes_too_early_is_tried_again(tenant: InProcessTenant) -> None:
    words = "A draft must be in the 'built' state before it can be deployed."
    tenant.fail(answered(400, words), "POST", f"{PATH}/[^/]+/deploy", times=2)
    assert run(tenant, **NEW)["auth0_action"]["all_changes_deployed"] is True
    tenant.fail(answered(400, "Something else."), "POST", f"{PATH}/[^/]+/deploy")
    caught = failed(tenant, **{**NEW, "code": "// 2"})
    assert isinstance(caught.error, ApiError)
    assert "Failed deploying the action claims: Something else (400)." in caught.message


def test_a_build_that_takes_too_long_ends_the_task(tenant: InProcessTenant) -> None:
    tenant.fail(mutated(lambda body: body.update(status="building")), "GET", f"{PATH}/[^/]+", times=99)
    caught = failed(tenant, **NEW, deploy_timeout=3)
    assert "Auth0 was not ready after 3 seconds. Its status is building." in caught.message
    assert "deploy_timeout" in caught.message
    assert (caught.error.code, caught.error.retryable, caught.changed) == ("timeout", True, True)
    tenant.heal()
    sent(tenant)
    assert run(tenant, **NEW)["changed"] is True
    assert sent(tenant) == [("POST deploy", None)]


def test_the_words_of_the_server_for_a_version_that_fails_are_told(tenant: InProcessTenant) -> None:
    run(tenant, **NEW)

    def failing(body: Any) -> None:
        body["deployed_version"].update(status="failed", errors=[{"id": "x", "msg": "no such module: jsoe"}])

    tenant.fail(mutated(failing), "GET", f"{PATH}/[^/]+", times=99, skip=1)
    caught = failed(tenant, name="claims", code="// 2")
    assert "its deployed_version.status is failed. It says: no such module: jsoe." in caught.message
    assert caught.error.failure()["message"] == "no such module: jsoe"


@pytest.mark.parametrize("seconds", [0, -1, 3601])
def test_a_time_to_wait_that_makes_no_sense_is_refused(tenant: InProcessTenant, seconds: int) -> None:
    caught = failed(tenant, **NEW, deploy_timeout=seconds)
    assert f"deploy_timeout: {seconds} is no number of seconds from 1 to 3600" in caught.message
    assert tenant.sent == []


# ---------------------------------------------------------------- secrets


def with_secrets(*secrets: Options) -> Options:
    return {**NEW, "secrets": list(secrets)}


def test_another_value_alone_is_no_difference_and_another_name_is_one(tenant: InProcessTenant) -> None:
    run(tenant, **with_secrets({"name": "KEY", "value": VALUE}))
    sent(tenant)
    assert run(tenant, **with_secrets({"name": "KEY", "value": OTHER}))["changed"] is False
    both = [{"name": "KEY", "value": OTHER}, {"name": "URL", "value": VALUE}]
    result = run(tenant, **with_secrets(*both))
    assert sent(tenant) == [("PATCH", {"secrets": both}), ("POST deploy", None)]
    assert [one["name"] for one in result["auth0_action"]["secrets"]] == ["KEY", "URL"]
    run(tenant, **with_secrets({"name": "URL", "value": VALUE}))
    assert sent(tenant)[0] == ("PATCH", {"secrets": [{"name": "URL", "value": VALUE}]})
    run(tenant, **with_secrets())
    assert sent(tenant)[0] == ("PATCH", {"secrets": []})


def test_secrets_are_left_alone_where_something_else_changes(tenant: InProcessTenant) -> None:
    secret = {"name": "KEY", "value": VALUE}
    run(tenant, **with_secrets(secret))
    sent(tenant)
    run(tenant, **{**with_secrets(secret), "code": "// 2"})
    assert sent(tenant)[0] == ("PATCH", {"code": "// 2"})


def test_a_value_that_was_changed_since_auth0_received_it_is_sent_once(tenant: InProcessTenant) -> None:
    run(tenant, **with_secrets({"name": "KEY", "value": VALUE}))
    tenant.clock.advance(3600)
    sent(tenant)
    stamp = tenant.call("GET", "/actions/actions")["actions"][0]["secrets"][0]["updated_at"]
    earlier, later = f"{int(stamp[:4]) - 1}{stamp[4:19]}Z", f"{stamp[:14]}{59}:59Z"
    assert run(tenant, **with_secrets({"name": "KEY", "value": OTHER, "changed_at": earlier}))["changed"] is False
    changed = with_secrets({"name": "KEY", "value": OTHER, "changed_at": later})
    result = run(tenant, **changed)
    assert sent(tenant) == [("PATCH", {"secrets": [{"name": "KEY", "value": OTHER}]}), ("POST deploy", None)]
    assert result["diff"]["before"]["secrets"] == [{"name": "KEY", "value": "(secret)"}]
    assert result["diff"]["after"]["secrets"] == [{"name": "KEY", "value": "(new secret)"}]
    assert run(tenant, **changed)["changed"] is False


def test_always_sends_secrets_in_each_run_and_says_so(tenant: InProcessTenant) -> None:
    options = {**with_secrets({"name": "KEY", "value": VALUE}), "update_secrets": "always"}
    run(tenant, **options)
    for dummy in range(2):
        sent(tenant)
        foreseen, done = run(tenant, check_mode=True, **options), run(tenant, **options)
        assert foreseen["changed"] is done["changed"] is True
        assert sent(tenant)[0] == ("PATCH", {"secrets": [{"name": "KEY", "value": VALUE}]})
    assert run(tenant, **{**options, "secrets": []})["changed"] is True
    assert run(tenant, **{**options, "secrets": []})["changed"] is False


@pytest.mark.parametrize(("fault", "patches"), [(DROPPED_AFTER, 1), (DROPPED_BEFORE, 2)])
def test_a_new_value_whose_answer_is_lost_is_not_taken_for_received(
    tenant: InProcessTenant, fault: Any, patches: int
) -> None:
    run(tenant, **with_secrets({"name": "KEY", "value": VALUE}))
    tenant.clock.advance(60)
    sent(tenant)
    tenant.fail(fault, "PATCH", f"{PATH}/[^/]+")
    run(tenant, **with_secrets({"name": "KEY", "value": OTHER}), update_secrets="always")
    assert [method for method, dummy in sent(tenant)] == [*["PATCH"] * patches, "POST deploy"]


def test_a_secret_without_a_value_is_enough_where_it_is_there_and_refused_where_it_must_be_sent(
    tenant: InProcessTenant,
) -> None:
    run(tenant, **with_secrets({"name": "KEY", "value": VALUE}))
    assert run(tenant, **with_secrets({"name": "KEY"}))["changed"] is False
    sent(tenant)
    caught = failed(tenant, **with_secrets({"name": "KEY"}, {"name": "URL", "value": VALUE}))
    assert isinstance(caught.error, InvalidOptions)
    assert "secrets[0].value" in caught.message
    assert sent(tenant) == []


# ---------------------------------------------------------------- registries, shown until an action is built


REGISTRY, MIRROR = "https://npm.acme.example", "https://mirror.acme.example"


def from_registry(registry: str, version: str = "5.9.6") -> Options:
    return {**NEW, "dependencies": [{"name": "jose", "version": version, "registry_url": registry}]}


def test_a_registry_that_is_not_shown_any_more_is_no_difference_and_goes_along_with_what_differs(
    tenant: InProcessTenant,
) -> None:
    run(tenant, **from_registry(REGISTRY))
    assert sent(tenant)[0] == ("POST", from_registry(REGISTRY))
    for options in (from_registry(REGISTRY), from_registry(MIRROR)):
        for result in (run(tenant, check_mode=True, **options), run(tenant, **options)):
            assert (result["changed"], result["action"], sent(tenant)) == (False, "none", [])
    changed = from_registry(MIRROR, "5.9.7")
    assert run(tenant, **changed)["auth0_action"]["dependencies"] == [{"name": "jose", "version": "5.9.7"}]
    assert sent(tenant)[0] == ("PATCH", {"dependencies": changed["dependencies"]})
    assert run(tenant, **changed)["changed"] is False
    assert run(tenant, CONFIG, actions=[changed])["changed"] is False


def test_another_registry_is_sent_where_that_is_asked_for_and_shown_in_the_diff(tenant: InProcessTenant) -> None:
    run(tenant, **from_registry(REGISTRY))
    sent(tenant)
    for dummy in range(2):
        foreseen = run(tenant, check_mode=True, **from_registry(MIRROR), update_dependencies="always")
        done = run(tenant, **from_registry(MIRROR), update_dependencies="always")
        assert sent(tenant)[0] == ("PATCH", {"dependencies": from_registry(MIRROR)["dependencies"]})
        for result in (foreseen, done):
            assert result["action"] == "update"
            assert result["diff"]["after"]["dependencies"] == from_registry(MIRROR)["dependencies"]
    assert run(tenant, **NEW, update_dependencies="always")["changed"] is False


@pytest.mark.parametrize("fault", [None, DROPPED_AFTER, DROPPED_BEFORE])
def test_a_registry_from_which_nothing_could_be_built_is_replaced_by_the_one_declared_now(
    tenant: InProcessTenant, fault: Any
) -> None:
    """Auth0 shows it for as long as the action is not built."""
    impossible = "no-version"
    failed(tenant, **from_registry(REGISTRY, impossible))
    sent(tenant)
    failed(tenant, **from_registry(REGISTRY, impossible))
    assert sent(tenant) == [("PATCH", {"code": CODE})]
    if fault:
        tenant.fail(fault, "PATCH", f"{PATH}/[^/]+")
    failed(tenant, **from_registry(MIRROR, impossible))
    assert sent(tenant)[0] == ("PATCH", {"dependencies": from_registry(MIRROR, impossible)["dependencies"]})


def test_a_time_that_is_none_is_refused(tenant: InProcessTenant) -> None:
    caught = failed(tenant, **with_secrets({"name": "KEY", "value": VALUE, "changed_at": "yesterday"}))
    assert "secrets[0].changed_at: 'yesterday' is not a time in ISO 8601" in caught.message
    assert tenant.sent == []


def test_values_are_in_no_result_and_no_failure_and_masked_at_every_depth(tenant: InProcessTenant) -> None:
    options = with_secrets({"name": "KEY", "value": VALUE})
    results = [run(tenant, check_mode=True, **options), run(tenant, **options), run(tenant, READ)]
    results.append(run(tenant, CONFIG, actions=[{**options, "update_secrets": "always"}]))
    results.append(run(tenant, CONFIG_INFO))
    assert VALUE not in json.dumps(results)
    # Auth0 repeats what it refuses.
    tenant.fail(answered(400, f"Payload validation error: {OTHER}"), "PATCH", f"{PATH}/[^/]+")
    caught = failed(tenant, **with_secrets({"name": "URL", "value": OTHER}))
    assert OTHER not in caught.message and OTHER not in json.dumps(caught.result)
    for work, given in ((KEEP, options), (CONFIG, {"actions": [options]})):
        found = guarded(work.watched, {"auth0_domain": tenant.domain, **given})
        assert VALUE in found.secrets and "KEY" not in found.secrets


def test_a_short_value_is_sent_and_ansible_never_gets_to_see_it(tenant: InProcessTenant) -> None:
    access = {"auth0_domain": tenant.domain, "auth0_api_token": tenant.token()}
    secrets: list[Options] = [{"name": "REGION", "value": "eu"}, {"name": "LEVEL", "value": 3}]
    options = {**NEW, "secrets": [*secrets, {"name": "KEY", "value": VALUE}]}
    for work, given, name in ((KEEP, options, "auth0_action"), (CONFIG, {"actions": [options]}, "auth0_config")):
        found = validated(work.spec, {**access, **given}, name, work.watched)
        assert (found.problem, found.refusal) == (None, None)
        assert set(found.short.values()) == {"eu", "3"}
        assert found.short.keys() < found.secrets
        assert not {"eu", "3"} & found.secrets
        assert "'eu'" not in str(found.params)
        work.perform(Task(restored(found.params, found.short)))
        bodies = [one.body for one in tenant.writes if one.body]
        assert bodies[0]["secrets"][:2] == [{"name": "REGION", "value": "eu"}, {"name": "LEVEL", "value": "3"}]
        run(tenant, name="claims", state="absent")
        tenant.forget()


# ---------------------------------------------------------------- code


def test_code_comes_from_a_file_and_how_its_lines_end_is_no_difference(tenant: InProcessTenant, tmp_path: Path) -> None:
    file = tmp_path / "claims.js"
    file.write_bytes(b"\xef\xbb\xbfconst a = 1;\r\nconst \xc3\xa4 = 2;\r\n")
    options = {name: value for name, value in NEW.items() if name != "code"}
    made = run(tenant, **options, code_file=str(file))
    assert made["auth0_action"]["code"] == "const a = 1;\nconst ä = 2;\n"
    for code in ("const a = 1;\nconst ä = 2;", "const a = 1;\r\nconst ä = 2;\n\n"):
        assert run(tenant, **options, code=code)["changed"] is False
    assert run(tenant, **options, code="const a = 1;\n\nconst ä = 2;")["changed"] is True
    entry = {**options, "code_file": str(file)}
    assert [row["fields"] for row in run(tenant, CONFIG, actions=[entry])["changes"]] == [
        ["all_changes_deployed", "code"]
    ]
    assert run(tenant, CONFIG, actions=[entry])["changes"] == []


def test_a_file_that_cannot_be_read_is_refused_before_anything_is_sent(tenant: InProcessTenant, tmp_path: Path) -> None:
    binary = tmp_path / "binary"
    binary.write_bytes(b"\xff\xfe")
    for path, why in (
        (tmp_path / "none.js", "No such file"),
        (tmp_path, "Is a directory"),
        (binary, "it is no text in UTF-8"),
    ):
        caught = failed(tenant, name="claims", code_file=str(path))
        assert isinstance(caught.error, InvalidOptions)
        assert f"code_file: {path} cannot be read: {why}" in caught.message
        caught = failed(tenant, CONFIG, actions=[{"name": "claims", "code_file": str(path)}])
        assert f"actions[0] (claims): code_file: {path} cannot be read: {why}" in caught.message
    assert tenant.sent == []


def test_code_and_a_file_exclude_each_other(tenant: InProcessTenant) -> None:
    with pytest.raises(InvalidTask, match=r"code.*code_file"):
        run(tenant, **NEW, code_file="/dev/null")


# ---------------------------------------------------------------- deletion, lists, configurations


def test_an_action_that_is_bound_is_deleted_only_by_force(tenant: InProcessTenant) -> None:
    run(tenant, **NEW)
    tenant.fail(answered(409, "Unable to delete an action bound to a trigger."), "DELETE", f"{PATH}/[^/]+")
    caught = failed(tenant, name="claims", state="absent")
    assert "bound to a trigger" in caught.message and "declare force: true" in caught.message
    tenant.forget()
    assert run(tenant, name="claims", state="absent", force=True)["action"] == "delete"
    (deletion,) = tenant.writes
    assert deletion.query == {"force": ["true"]}


def test_actions_are_found_by_their_trigger_and_all_pages_are_read(tenant: InProcessTenant) -> None:
    for number in range(101):
        undeployed(tenant, name=f"action-{number:03}")
    undeployed(tenant, name="other", supported_triggers=[{"id": "post-login"}])
    tenant.forget()
    assert len(run(tenant, READ)["actions"]) == 102
    assert [one["name"] for one in run(tenant, READ, trigger_id="post-login")["actions"]] == ["other"]
    assert run(tenant, READ, deployed=True)["actions"] == []
    queries = [one.query for one in tenant.sent if one.path == PATH]
    pages: list[Options] = [{"page": [number], "per_page": ["100"]} for number in ("0", "1")]
    assert queries[:3] == [*pages, {**pages[0], "triggerId": ["post-login"]}]
    assert len(queries) == 4


def test_two_actions_of_one_name_are_told_apart_by_their_ids(tenant: InProcessTenant) -> None:
    ids = [undeployed(tenant), undeployed(tenant)]
    caught = failed(tenant, **NEW)
    assert caught.error.code == "ambiguous"
    assert all(one in caught.message for one in ids)
    assert run(tenant, id=ids[0], code="// 2")["auth0_action"]["id"] == ids[0]


def test_a_trigger_is_fixed(tenant: InProcessTenant) -> None:
    run(tenant, **NEW)
    sent(tenant)
    caught = failed(tenant, name="claims", supported_triggers=[{"id": "post-login"}])
    assert caught.error.code == "immutable"
    assert sent(tenant) == []


def test_an_export_names_what_it_cannot_hold_and_says_what_is_not_deployed(tenant: InProcessTenant) -> None:
    module = {"module_id": "m", "module_version_id": "v"}
    run(tenant, **with_secrets({"name": "KEY", "value": VALUE}), modules=[module])
    undeployed(tenant, name="draft")
    found = run(tenant, CONFIG_INFO, kinds=["actions"])
    assert found["config"]["actions"] == [
        {**NEW, "name": "claims"},
        {**NEW, "name": "draft", "deploy": False},
    ]
    assert found["left_out"] == [{"kind": "action", "name": "claims", "fields": ["secrets", "modules"]}]
    assert run(tenant, CONFIG, **found["config"])["changes"] == []


def test_a_configuration_foresees_and_tells_what_is_deployed(tenant: InProcessTenant) -> None:
    undeployed(tenant)
    config = [NEW, {**NEW, "name": "second"}]
    foreseen, done = run(tenant, CONFIG, True, actions=config), run(tenant, CONFIG, actions=config)
    assert [(row["name"], row["action"]) for row in foreseen["changes"]] == [
        (row["name"], row["action"]) for row in done["changes"]
    ]
    assert {row["name"]: row["fields"] for row in done["changes"]} == {
        "claims": ["all_changes_deployed"],
        "second": ["all_changes_deployed", "code", "name", "supported_triggers"],
    }
    assert run(tenant, CONFIG, actions=config)["changes"] == []
