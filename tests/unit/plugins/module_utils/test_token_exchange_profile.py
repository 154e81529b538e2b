# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Token exchange profiles: what only they are like, and the action to which each refers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from ansible_collections.community.auth0.plugins.module_utils._modules.config.info import WORK as CONFIG_INFO
from ansible_collections.community.auth0.plugins.module_utils._modules.config.work import WORK as CONFIG
from ansible_collections.community.auth0.plugins.module_utils._modules.keeping import work_of
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Task, TaskFailed, Work
from ansible_collections.community.auth0.tests.harness.in_process import InProcessTenant, answered
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.tasks import params_of, warned

pytestmark = pytest.mark.usefixtures("short_waits")

Options = dict[str, Any]

TOKEN_EXCHANGE_PROFILE = KINDS["token_exchange_profile"]
KEEP, ACT = work_of(TOKEN_EXCHANGE_PROFILE), work_of(KINDS["action"])
ACTION: Options = {"name": "partner", "supported_triggers": [{"id": "custom-token-exchange", "version": "v1"}]}
PROFILE: Options = {"subject_token_type": "urn:partner:token", "name": "Partner", "action_name": "partner"}


@pytest.fixture
def tenant() -> Iterator[InProcessTenant]:
    tenant = InProcessTenant()
    with tenant.installed():
        yield tenant


def run(tenant: InProcessTenant, work: Work = KEEP, check_mode: bool = False, **options: Any) -> dict[str, Any]:
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


def test_a_configuration_makes_the_action_first_and_removes_it_last(tenant: InProcessTenant) -> None:
    config = {"actions": [ACTION], "token_exchange_profiles": [PROFILE]}
    foreseen, done = run(tenant, CONFIG, True, **config), run(tenant, CONFIG, **config)
    kinds = ["action", "token_exchange_profile"]
    assert [row["kind"] for row in foreseen["changes"]] == [row["kind"] for row in done["changes"]] == kinds
    assert [f"{one.method} {one.path.rpartition('/')[2]}" for one in tenant.writes] == [
        "POST actions",
        "POST deploy",
        "POST token-exchange-profiles",
    ]
    assert run(tenant, CONFIG, **config)["changes"] == []
    assert run(tenant, CONFIG_INFO, kinds=list(config))["config"] == {
        "actions": [{**ACTION, "code": "module.exports = () => {}"}],
        "token_exchange_profiles": [{**PROFILE, "type": "custom_authentication"}],
    }
    gone = {name: [{**entry, "state": "absent"} for entry in entries] for name, entries in config.items()}
    assert [row["kind"] for row in run(tenant, CONFIG, **gone)["changes"]] == kinds[::-1]


def test_the_action_of_a_profile_is_fixed_and_the_type_is_not(tenant: InProcessTenant) -> None:
    run(tenant, CONFIG, actions=[ACTION, {**ACTION, "name": "other"}], token_exchange_profiles=[PROFILE])
    assert failed(tenant, **{**PROFILE, "action_name": "other"}).error.code == "immutable"
    made = run(tenant, **PROFILE)["token_exchange_profile"]
    renamed = run(tenant, id=made["id"], subject_token_type="https://partner.example/token")
    assert renamed["action"] == "update"
    assert renamed["token_exchange_profile"]["action_id"] == made["action_id"]


@pytest.mark.parametrize("given", ["partner", "urn:a b c", "//partner", "urn:1"])
def test_a_type_that_is_no_uri_is_refused_before_anything_is_sent(tenant: InProcessTenant, given: str) -> None:
    assert "subject_token_type: " in failed(tenant, **{**PROFILE, "subject_token_type": given}).message
    assert tenant.sent == []


def test_an_action_that_is_not_there_is_said_to_be_missing(tenant: InProcessTenant) -> None:
    assert "action partner, which is not in this tenant" in failed(tenant, **PROFILE).message
    assert tenant.writes == []
    assert run(tenant, check_mode=True, **PROFILE)["assumed"] == ["action partner"]


def test_a_tenant_that_is_full_is_told_from_a_lack_of_scopes(tenant: InProcessTenant) -> None:
    run(tenant, CONFIG, actions=[ACTION])
    words = "You reached the limit of entities of this type for this tenant."
    tenant.fail(answered(403, words), "POST", "/api/v2/token-exchange-profiles")
    caught = failed(tenant, **PROFILE)
    assert "as many of these as its plan allows" in caught.message and "scope" not in caught.message


def test_an_action_that_a_profile_uses_is_not_removed(tenant: InProcessTenant) -> None:
    run(tenant, CONFIG, actions=[ACTION], token_exchange_profiles=[PROFILE])
    caught = failed(tenant, ACT, name="partner", state="absent", force=True)
    assert (caught.error.code, caught.changed) == ("in_use", False)
    assert caught.message == (
        "action partner must not go while something refers to it: action_id of the token exchange profile "
        "urn:partner:token. Change or remove that first, or in the same configuration."
    )
    assert "must not go" in failed(tenant, CONFIG, actions=[{"name": "partner", "state": "absent"}]).message
    foreseen = run(tenant, ACT, True, name="partner", state="absent")
    assert foreseen["assumed"] == [
        "action_id of the token exchange profile urn:partner:token no longer refers to action partner"
    ]


def test_an_action_that_no_profile_can_use_is_removed_with_a_look_at_its_own_trigger_only(
    tenant: InProcessTenant,
) -> None:
    run(tenant, ACT, name="other", supported_triggers=[{"id": "credentials-exchange"}])
    tenant.forget()
    run(tenant, ACT, name="other", state="absent")
    reads = [one.path.rpartition("/")[2] for one in tenant.sent if one.method == "GET"]
    assert reads == ["actions", "bindings"]
    tenant.forget()
    run(tenant, ACT, name="other", supported_triggers=[{"id": "credentials-exchange"}])
    tenant.forget()
    run(tenant, ACT, name="other", state="absent", force=True)
    assert [one.method for one in tenant.sent if "/api/v2/" in one.path] == ["GET", "DELETE"]


def test_prune_keeps_an_action_that_a_profile_uses_and_removes_it_with_the_profile(tenant: InProcessTenant) -> None:
    run(tenant, CONFIG, actions=[ACTION], token_exchange_profiles=[PROFILE])
    prune: Options = {"max": 2, "actions": {"name_pattern": "*"}}
    kept, warnings = warned(tenant, CONFIG, actions=[], prune=prune)
    assert kept["changes"] == []
    assert warnings == [
        "prune keeps action partner, to which action_id of the token exchange profile urn:partner:token refers"
    ]
    prune["token_exchange_profiles"] = {"name_pattern": "*"}
    done = run(tenant, CONFIG, actions=[], prune=prune)
    assert [(row["kind"], row["action"]) for row in done["changes"]] == [
        ("token_exchange_profile", "delete"),
        ("action", "delete"),
    ]


def test_an_action_stays_where_its_profile_could_not_be_removed(tenant: InProcessTenant) -> None:
    config: Options = {"actions": [ACTION], "token_exchange_profiles": [PROFILE]}
    run(tenant, CONFIG, **config)
    tenant.forget()
    tenant.fail(answered(400, "No", "invalid_body"), "DELETE", "/token-exchange-profiles/")
    failed(tenant, CONFIG, **{name: [{**one, "state": "absent"} for one in ones] for name, ones in config.items()})
    assert [one.path.split("/")[3] for one in tenant.writes] == ["token-exchange-profiles"]


def test_an_action_stays_where_the_profiles_cannot_be_read(tenant: InProcessTenant) -> None:
    run(tenant, ACT, **ACTION)
    tenant.forget()
    tenant.fail(answered(400, "No", "invalid_query_string"), "GET", "/token-exchange-profiles")
    failed(tenant, ACT, name="partner", state="absent")
    assert tenant.writes == []


def test_an_action_is_removed_where_the_plan_has_no_profiles(tenant: InProcessTenant) -> None:
    run(tenant, ACT, **ACTION)
    tenant.fail(answered(403, "Not in this plan", "insufficient_entitlement"), "GET", "/token-exchange-profiles")
    assert run(tenant, ACT, name="partner", state="absent")["action"] == "delete"
