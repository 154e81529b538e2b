# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rate limit policies: what goes with which action, and the client that a selector refers to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions, Missing
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from ansible_collections.community.auth0.plugins.module_utils._modules.config.info import WORK as CONFIG_INFO
from ansible_collections.community.auth0.plugins.module_utils._modules.config.work import WORK as CONFIG
from ansible_collections.community.auth0.plugins.module_utils._modules.keeping import work_of
from ansible_collections.community.auth0.plugins.module_utils._modules.reading import info_work_of
from ansible_collections.community.auth0.tests.harness.in_process import InProcessTenant
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.tasks import (
    InvalidTask,
    refused,
    rows,
    run,
)

Options = dict[str, Any]
Result = dict[str, Any]

POLICY = KINDS["rate_limit_policy"]
KEEP, READ = work_of(POLICY), info_work_of(POLICY)
CONSUMER: Options = {"resource": "oauth_authentication_api", "consumer": "client"}
DEFAULT: Options = {**CONSUMER, "consumer_selector": "default"}
BLOCK: Options = {"action": "block", "limit": 5}
REDIRECT: Options = {"action": "redirect", "limit": 9, "redirect_uri": "https://acme.example/slow"}
CLIENT: Options = {"name": "app", "app_type": "non_interactive"}
FOR_CLIENT: Options = {**CONSUMER, "client_name": "app", "configuration": BLOCK}


@pytest.fixture
def tenant() -> Iterator[InProcessTenant]:
    tenant = InProcessTenant()
    with tenant.installed():
        yield tenant


# ---------------------------------------------------------------- what goes with which action


@pytest.mark.parametrize(
    ("held", "declared", "sent"),
    [
        (BLOCK, {"limit": 6}, {"action": "block", "limit": 6}),
        (BLOCK, {"limit": 0}, {"action": "block", "limit": 0}),
        (BLOCK, {"action": "log"}, {"action": "log", "limit": 5}),
        (BLOCK, {"action": "allow"}, {"action": "allow"}),
        (BLOCK, {"action": "redirect", "redirect_uri": "https://a.example"}, {**BLOCK, "action": "redirect"}),
        (REDIRECT, {"action": "log", "limit": 1}, {"action": "log", "limit": 1}),
        (REDIRECT, {"redirect_uri": "https://b.example"}, {**REDIRECT, "redirect_uri": "https://b.example"}),
        ({"action": "allow"}, BLOCK, BLOCK),
    ],
    ids=str,
)
def test_what_does_not_go_with_the_action_any_more_is_dropped_and_the_rest_is_kept(
    tenant: InProcessTenant, held: Options, declared: Options, sent: Options
) -> None:
    run(tenant, KEEP, **DEFAULT, configuration=held)
    tenant.forget()
    foreseen = run(tenant, KEEP, True, **DEFAULT, configuration=declared)
    assert tenant.writes == []
    done = run(tenant, KEEP, **DEFAULT, configuration=declared)
    whole = {**sent, **declared}
    assert [one.body for one in tenant.writes] == [{"configuration": whole}]
    assert foreseen == done
    assert done["rate_limit_policy"]["configuration"] == whole
    assert run(tenant, KEEP, **DEFAULT, configuration=declared)["action"] == "none"


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        (
            {"action": "allow", "limit": 5},
            "configuration.limit: cannot be used with action: allow, only with block or log or redirect",
        ),
        ({**REDIRECT, "action": "block"}, "configuration.redirect_uri: cannot be used with action: block"),
        ({"action": "block", "limit": 10001}, "configuration.limit: 10001 is more than 10000"),
        ({**REDIRECT, "redirect_uri": "http://a.example"}, "must begin with https://"),
    ],
    ids=str,
)
def test_what_does_not_go_together_is_refused_before_anything_is_sent(
    tenant: InProcessTenant, declared: Options, said: str
) -> None:
    caught = refused(tenant, KEEP, **DEFAULT, configuration=declared)
    assert isinstance(caught.error, InvalidOptions)
    assert said in caught.message
    assert tenant.sent == []


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        ({"action": "block"}, "configuration.limit"),
        ({"action": "redirect", "limit": 5}, "configuration.redirect_uri"),
        ({"limit": 5}, "configuration.action"),
        (None, "configuration"),
    ],
    ids=str,
)
def test_a_new_policy_needs_what_goes_with_its_action(
    tenant: InProcessTenant, declared: Options | None, said: str
) -> None:
    caught = refused(tenant, KEEP, **DEFAULT, configuration=declared)
    assert "cannot be created without %s." % said in caught.message


def test_a_change_needs_what_goes_with_the_new_action(tenant: InProcessTenant) -> None:
    run(tenant, KEEP, **DEFAULT, configuration=BLOCK)
    caught = refused(tenant, KEEP, **DEFAULT, configuration={"action": "redirect"})
    assert "declare these as well: configuration.redirect_uri" in caught.message


def test_what_goes_with_an_action_is_refused_where_a_new_policy_has_none(tenant: InProcessTenant) -> None:
    caught = refused(tenant, KEEP, **DEFAULT, configuration={"limit": 5})
    assert "configuration.limit: cannot be used without action: block or log or redirect. Declare both." in (
        caught.message
    )


def test_a_limit_alone_is_refused_where_there_is_none(tenant: InProcessTenant) -> None:
    run(tenant, KEEP, **DEFAULT, configuration={"action": "allow"})
    caught = refused(tenant, KEEP, **DEFAULT, configuration={"limit": 5})
    assert "configuration.limit: cannot be used with action: allow" in caught.message
    assert "Declare both." in caught.message


# ---------------------------------------------------------------- whom it is for


@pytest.mark.parametrize("selector", ["Default", "client_id:", "client:abc", "abc", ""])
def test_a_selector_that_auth0_does_not_know_is_refused(tenant: InProcessTenant, selector: str) -> None:
    caught = refused(tenant, KEEP, **CONSUMER, consumer_selector=selector, configuration=BLOCK)
    assert isinstance(caught.error, InvalidOptions)
    assert "consumer_selector: " in caught.message
    assert tenant.sent == []


def test_a_client_is_named_by_its_name_or_its_id(tenant: InProcessTenant) -> None:
    client_id = tenant.call("POST", "/clients", CLIENT)["client_id"]
    made = run(tenant, KEEP, **FOR_CLIENT)
    assert (made["action"], made["diff"]["after_header"]) == (
        "create",
        "rate limit policy oauth_authentication_api / client / app",
    )
    assert made["rate_limit_policy"]["consumer_selector"] == f"client_id:{client_id}"
    by_id = {**CONSUMER, "consumer_selector": f"client_id:{client_id}", "configuration": BLOCK}
    assert run(tenant, KEEP, **by_id)["action"] == "none"
    assert run(tenant, READ, client_name="app")["rate_limit_policies"] == [made["rate_limit_policy"]]
    assert run(tenant, READ, client_name="nobody")["rate_limit_policies"] == []
    assert run(tenant, KEEP, **{**FOR_CLIENT, "state": "absent"})["action"] == "delete"


def test_a_client_is_named_in_one_way(tenant: InProcessTenant) -> None:
    with pytest.raises(InvalidTask, match="mutually exclusive"):
        run(tenant, KEEP, **DEFAULT, client_name="app", configuration=BLOCK)
    with pytest.raises(InvalidTask, match="one of the following is required: consumer_selector, client_name"):
        run(tenant, KEEP, **CONSUMER, configuration=BLOCK)


def test_a_client_that_is_not_there_yet_is_assumed_in_check_mode_only(tenant: InProcessTenant) -> None:
    foreseen = run(tenant, KEEP, True, **FOR_CLIENT)
    assert (foreseen["action"], foreseen["assumed"]) == ("create", ["client app"])
    assert foreseen["rate_limit_policy"]["consumer_selector"] == "(known once the client app exists)"
    assert isinstance(refused(tenant, KEEP, **FOR_CLIENT).error, Missing)


# ---------------------------------------------------------------- in a configuration


def test_a_policy_is_made_after_its_client_and_found_unchanged(tenant: InProcessTenant) -> None:
    config: Options = {"clients": [CLIENT], "rate_limit_policies": [FOR_CLIENT, {**DEFAULT, "configuration": BLOCK}]}
    foreseen, done = run(tenant, CONFIG, True, **config), run(tenant, CONFIG, **config)
    assert rows(foreseen) == rows(done)
    assert rows(done)[0] == ("client", "app", "create")
    assert ("rate_limit_policy", "oauth_authentication_api / client / app", "create") in rows(done)
    client_id = done["ids"]["client"]["app"]
    found = [one["consumer_selector"] for one in run(tenant, READ)["rate_limit_policies"]]
    assert found == [f"client_id:{client_id}", "default"]
    tenant.forget()
    assert not run(tenant, CONFIG, **config)["changed"]
    assert tenant.writes == []


def test_an_export_names_the_client_and_can_be_given_back(tenant: InProcessTenant) -> None:
    uri = {**CONSUMER, "consumer_selector": "client_id:https://agent.example/client.json", "configuration": BLOCK}
    declared = [FOR_CLIENT, uri, {**DEFAULT, "configuration": REDIRECT}]
    run(tenant, CONFIG, clients=[CLIENT], rate_limit_policies=declared)
    read = run(tenant, CONFIG_INFO, kinds=["clients", "rate_limit_policies"])
    assert read["config"]["rate_limit_policies"] == declared
    assert not [row for row in read["left_out"] if row["kind"] == "rate_limit_policy"]
    assert not run(tenant, CONFIG, **read["config"])["changed"]


def test_a_policy_for_an_id_that_is_not_there_is_refused_before_anything_is_written(tenant: InProcessTenant) -> None:
    selector = "client_id:nobody"
    entry = {**CONSUMER, "consumer_selector": selector, "configuration": BLOCK}
    caught = refused(tenant, CONFIG, clients=[CLIENT], rate_limit_policies=[entry])
    assert "refers to the client nobody, which is not in this tenant" in caught.message


def test_a_policy_cannot_stay_for_a_client_that_is_declared_to_go(tenant: InProcessTenant) -> None:
    made = run(tenant, CONFIG, clients=[CLIENT], rate_limit_policies=[FOR_CLIENT])["ids"]["client"]["app"]
    gone = [{"name": "app", "state": "absent"}]
    by_id = {**CONSUMER, "consumer_selector": f"client_id:{made}", "configuration": BLOCK}
    for entry in (FOR_CLIENT, by_id):
        caught = refused(tenant, CONFIG, clients=gone, rate_limit_policies=[entry])
        assert "declared with state: absent" in caught.message
    both = run(tenant, CONFIG, clients=gone, rate_limit_policies=[{**by_id, "state": "absent"}])
    assert [row[0] for row in rows(both)] == ["rate_limit_policy", "client"]


def test_pruning_takes_policies_of_declared_clients_and_no_others(tenant: InProcessTenant) -> None:
    other = {**CLIENT, "name": "other"}
    declared = [FOR_CLIENT, {**FOR_CLIENT, "client_name": "other"}, {**DEFAULT, "configuration": BLOCK}]
    run(tenant, CONFIG, clients=[CLIENT, other], rate_limit_policies=declared)
    prune: Options = {"max": 1, "rate_limit_policies": {"of_declared_clients": True}}
    left = run(tenant, CONFIG, clients=[CLIENT], rate_limit_policies=[], prune=prune)
    assert rows(left) == [("rate_limit_policy", "oauth_authentication_api / client / app", "delete")]
    assert len(run(tenant, READ)["rate_limit_policies"]) == 2
    kept = {"max": 1, "rate_limit_policies": {"of_declared_clients": True, "keep": ["other"]}}
    assert not run(tenant, CONFIG, clients=[other], rate_limit_policies=[], prune=kept)["changed"]


def test_a_client_that_a_declared_policy_is_for_is_not_pruned(tenant: InProcessTenant) -> None:
    run(tenant, CONFIG, clients=[CLIENT], rate_limit_policies=[FOR_CLIENT])
    prune: Options = {"max": 1, "clients": {"name_pattern": "app"}}
    assert not run(tenant, CONFIG, clients=[], rate_limit_policies=[FOR_CLIENT], prune=prune)["changed"]


def test_whom_it_is_for_stays(tenant: InProcessTenant) -> None:
    """Another selector is another policy; there is no way to change it."""
    run(tenant, KEEP, **DEFAULT, configuration=BLOCK)
    other = run(tenant, KEEP, **CONSUMER, consumer_selector="third_party_clients", configuration=BLOCK)
    assert other["action"] == "create"
    assert len(run(tenant, READ)["rate_limit_policies"]) == 2
