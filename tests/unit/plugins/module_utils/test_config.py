# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A whole tenant in one task, against a tenant in this process."""

from __future__ import annotations

import cProfile
import dataclasses
import datetime
import json
import math
import pstats
import signal
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._errors import ApiError, InvalidOptions
from ansible_collections.community.auth0.plugins.module_utils._modules.config.work import keep_config
from ansible_collections.community.auth0.plugins.module_utils._task.runner import TaskFailed
from ansible_collections.community.auth0.tests.harness.in_process import DROPPED_AFTER, InProcessTenant, answered
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.configurations import (
    ALL,
    API,
    CLIENT,
    GRANT,
    TODAY,
    Options,
    configuration,
    failed,
    rows,
    run,
    task_with,
)
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.keys import public_pem

pytestmark = pytest.mark.usefixtures("short_waits")


@pytest.fixture
def tenant() -> Iterator[InProcessTenant]:
    tenant = InProcessTenant()
    with tenant.installed():
        yield tenant


def test_a_whole_set_up_is_made_by_one_task_and_found_unchanged_by_the_next(tenant: InProcessTenant) -> None:
    made = run(tenant, **configuration(2))
    assert made["changed"]
    assert [(row["kind"], row["name"], row["action"]) for row in made["changes"]] == [
        ("resource_server", "https://api-0/", "create"),
        ("resource_server", "https://api-1/", "create"),
        ("client", "client 0", "create"),
        ("client", "client 1", "create"),
        ("client_grant", "client 0 / https://api-0/", "create"),
        ("client_grant", "client 1 / https://api-1/", "create"),
    ]
    tenant.forget()
    again = run(tenant, **configuration(2))
    assert (again["changed"], again["changes"], tenant.writes) == (False, [], [])
    assert again["unchanged"] == {"resource_server": 2, "client": 2, "client_grant": 2}
    assert again["ids"] == made["ids"]


@pytest.mark.parametrize("number", [0, 1, 99, 100, 250, 1000])
def test_a_converged_run_costs_a_request_a_page_of_each_kind_and_one_for_the_token(
    tenant: InProcessTenant, number: int
) -> None:
    run(tenant, **configuration(number))
    tenant.forget()
    assert not run(tenant, **configuration(number))["changed"]
    # Beside those that are declared, the tenant holds one of each kind that is its own.
    pages = 0 if number == 0 else 3 * math.ceil((number + 1) / 100)
    assert len(tenant.sent) == (0 if number == 0 else pages + 1)


def test_nothing_is_written_when_anything_is_wrong_and_all_of_it_is_reported_with_its_place(
    tenant: InProcessTenant,
) -> None:
    wrong = failed(
        tenant,
        resource_servers=[
            {"identifier": "urn:a", "singing_alg": "RS256", "scopes": [{"value": "read"}]},
            {"identifier": "urn:b", "signing_alg": "RS255"},
            {"identifier": "urn:c", "scopes": [{"value": "read", "descripton": "x"}]},
            {"identifier": "urn:d", "scopes": [{"value": "read"}]},
            "urn:e",
        ],
        clients=[
            {"name": "one", "app_type": "non_interactive"},
            {"name": "one"},
            {"name": "two", "description": "x" * 141},
        ],
        client_grants=[
            {"client_name": "one", "audience": "urn:d", "scope": ["raed"]},
            {"client_name": "nobody", "audience": "urn:d", "scope": ["read"]},
            {"client_name": "one", "audience": "urn:none", "scope": ["read"]},
            {"client_name": "two", "audience": "urn:d", "scope": ["read"]},
        ],
        roles=[{"name": "r", "permissions": [{"resource_server_identifier": "urn:d", "permission_name": "wirte"}]}],
    )
    lines = wrong.message.splitlines()
    for line in (
        "  - resource_servers[0] (urn:a): there is no option singing_alg; did you mean signing_alg?",
        "  - resource_servers[1] (urn:b): value of signing_alg must be one of: HS256, RS256, RS512, PS256, got: RS255",
        "  - resource_servers[2] (urn:c): there is no option scopes[0].descripton; did you mean description?",
        "  - resource_servers[4]: expected a dictionary with the options of community.auth0.auth0_resource_server, "
        "not str.",
        "  - clients[1] (one): client one is declared more than once (it is also declared in clients[0] (one)).",
        "      - description: has 141 characters, at most 140 are allowed",
    ):
        assert line in lines
    assert any(line.startswith("  - client_grants[0] (one / urn:d): ") and line.endswith("raed.") for line in lines)
    assert any(
        "client_grants[1] (nobody / urn:d)" in line and "the client nobody, which is not" in line for line in lines
    )
    assert any(
        "client_grants[2] (one / urn:none)" in line and "the API urn:none, which is not" in line for line in lines
    )
    assert any(line.startswith("  - roles[0] (r): ") and "wirte" in line for line in lines)
    # What refers to a mistaken declaration is not to blame.
    assert "client_grants[3]" not in wrong.message
    assert (tenant.writes, wrong.changed) == ([], False)


def test_check_mode_predicts_what_a_run_does_and_writes_nothing(tenant: InProcessTenant) -> None:
    foreseen = run(tenant, check_mode=True, **ALL)
    assert (foreseen["changed"], tenant.writes) == (True, [])
    done = run(tenant, **ALL)
    without_ids = [{**row, "id": None} for row in done["changes"]]
    assert foreseen["changes"] == without_ids
    changed = {**ALL, "clients": [{**CLIENT, "description": "new"}]}
    foreseen, done = run(tenant, check_mode=True, **changed), run(tenant, **changed)
    assert foreseen["changes"] == done["changes"]
    assert done["changes"][0]["fields"] == ["description"]


def test_a_diff_is_given_for_each_change_and_shows_no_secret(tenant: InProcessTenant) -> None:
    secret = "a-signing-secret-of-the-api-0123456789"
    found = run(tenant, diff=True, resource_servers=[{**API, "signing_alg": "HS256", "signing_secret": secret}])
    assert len(found["diff"]) == 1
    assert secret not in json.dumps(found)


def test_one_failure_stops_what_depends_on_it_and_nothing_else_and_the_next_run_does_the_rest(
    tenant: InProcessTenant,
) -> None:
    tenant.fail(answered(400, "No."), "POST", "/clients$", times=1)
    two = configuration(2)
    caught = failed(tenant, ApiError, **two, concurrency=1)
    assert caught.changed
    result = caught.result
    assert [row["name"] for row in result["changes"]] == [
        "https://api-0/",
        "https://api-1/",
        "client 1",
        "client 1 / https://api-1/",
    ]
    assert [(row["kind"], row["name"], row["status"]) for row in result["failures"]] == [("client", "client 0", 400)]
    assert result["remaining"] == ["create client client 0", "create client grant client 0 / https://api-0/"]
    assert len(result["done"]) == 4
    assert "client client 0" in caught.message and "does only what is left" in caught.message
    again = run(tenant, **two)
    assert rows(again) == [("client", "client 0", "create"), ("client_grant", "client 0 / https://api-0/", "create")]


def test_nothing_is_pruned_after_a_failure(tenant: InProcessTenant) -> None:
    tenant.call("POST", "/clients", {"name": "svc-old"})
    tenant.fail(answered(400, "No."), "POST", "/resource-servers$")
    prune = {"max": 1, "clients": {"name_pattern": "svc-*"}}
    caught = failed(tenant, ApiError, resource_servers=[API], prune=prune)
    assert caught.result["remaining"] == ["create API urn:api", "delete client svc-old"]
    assert [str(one) for one in tenant.writes] == ["POST /api/v2/resource-servers"]


@pytest.mark.parametrize("pruned", [False, True], ids=["declared absent", "pruned"])
def test_an_api_stays_while_a_grant_for_it_could_not_be_removed(tenant: InProcessTenant, pruned: bool) -> None:
    run(tenant, **ALL)
    tenant.make("resource-servers", identifier="urn:free")
    tenant.forget()
    tenant.fail(answered(400, "No."), "DELETE", "/client-grants/")
    gone: Options = {"resource_servers": [{"identifier": "urn:api", "state": "absent", "force": True}]}
    gone["resource_servers"].append({"identifier": "urn:free", "state": "absent"})
    if pruned:
        gone = {"prune": {"max": 3, "resource_servers": {"identifier_pattern": "urn:*"}}}
    caught = failed(tenant, ApiError, **gone)
    assert caught.result["done"] == ["delete API urn:free"]
    assert caught.result["remaining"][1:] == ["delete API urn:api"]
    assert len(tenant.writes) == 2
    assert sorted(row[2] for row in rows(run(tenant, **gone))) == ["delete", "delete"]
    assert tenant.call("GET", "/client-grants?audience=urn:api") == []


def test_an_api_is_not_pruned_while_a_declared_role_has_permissions_of_it(tenant: InProcessTenant) -> None:
    run(tenant, **ALL)
    permission = {"resource_server_identifier": "urn:api", "permission_name": "read"}
    prune = {"max": 2, "resource_servers": {"identifier_pattern": "urn:*"}}
    kept = run(tenant, roles=[{"name": "Planner", "permissions": [permission]}], prune=prune)
    assert rows(kept) == [("role", "Planner", "create"), ("role_permissions", "Planner", "create")]
    gone = run(tenant, roles=[{"name": "Planner", "permissions": []}], prune=prune)
    assert ("resource_server", "urn:api", "delete") in rows(gone)


@pytest.mark.parametrize("keep", ["reminders", "reminders / urn:api", "urn:*"])
def test_a_grant_is_kept_by_the_names_by_which_it_is_declared(tenant: InProcessTenant, keep: str) -> None:
    run(tenant, **ALL)
    prune = {"max": 1, "client_grants": {"of_declared_apis": True, "keep": [keep]}}
    assert not run(tenant, resource_servers=[API], prune=prune)["changed"]


def test_metadata_that_owns_is_written_as_that_of_a_client(tenant: InProcessTenant) -> None:
    metadata = {"managed": True, "team": 7}
    run(tenant, clients=[{"name": "a", "client_metadata": metadata}, {"name": "b", "client_metadata": {"team": 8}}])
    pruned = run(tenant, prune={"max": 2, "clients": {"client_metadata": metadata}})
    assert rows(pruned) == [("client", "a", "delete")]


def test_pruning_deletes_what_is_owned_and_not_declared_and_only_that(tenant: InProcessTenant) -> None:
    run(tenant, **ALL)
    for name in ("svc-old", "svc-kept", "other"):
        tenant.call("POST", "/clients", {"name": name})
    tenant.call("POST", "/resource-servers", {"identifier": "https://acme/old", "name": "Old"})
    old = next(row for row in tenant.call("GET", "/clients?is_global=false") if row["name"] == "svc-old")
    other = next(row for row in tenant.call("GET", "/clients?is_global=false") if row["name"] == "other")
    for client in (old, other):
        grant = {"client_id": client["client_id"], "audience": "https://acme/old", "scope": []}
        tenant.call("POST", "/client-grants", grant)
    tenant.call("POST", "/client-grants", {"client_id": other["client_id"], "audience": "urn:api", "scope": []})
    tenant.forget()
    prune = {
        "max": 5,
        "clients": {"name_pattern": "svc-*", "keep": ["svc-kept"]},
        "resource_servers": {"identifier_pattern": "https://acme/*"},
        "client_grants": {"of_declared_apis": True},
    }
    foreseen = run(tenant, check_mode=True, diff=True, **ALL, prune=prune)
    done = run(tenant, **ALL, prune=prune)
    assert foreseen["changes"] == done["changes"]
    assert len(foreseen["diff"]) == len(done["changes"]) == 5
    assert sorted(row["kind"] for row in done["changes"]) == ["client", *["client_grant"] * 3, "resource_server"]
    assert [row["kind"] for row in done["changes"]][:3] == ["client_grant"] * 3
    left = [row["name"] for row in tenant.call("GET", "/clients?is_global=false")]
    assert "svc-old" not in left and {"svc-kept", "other", "reminders"} <= set(left)


def test_more_deletions_than_allowed_are_refused_before_anything_is_written(tenant: InProcessTenant) -> None:
    for number in range(3):
        tenant.call("POST", "/clients", {"name": f"svc-{number}"})
    prune = {"max": 2, "clients": {"name_pattern": "svc-*"}}
    caught = failed(tenant, InvalidOptions, resource_servers=[API], prune=prune)
    assert "prune would delete 3 objects, and max is 2" in caught.message
    assert "client svc-0" in caught.message
    assert caught.error.failure()["code"] == "too_many_deletions"
    assert tenant.writes == []


@pytest.mark.parametrize(
    ("prune", "words"),
    [
        ({"clients": {"name_pattern": "a*"}}, "max is missing"),
        ({"max": 3}, "names nothing that this configuration owns"),
        ({"max": 3, "clients": {"keep": ["a"]}}, "clients: does not say which objects this configuration owns"),
        ({"max": -1, "clients": {"name_pattern": "a*"}}, "less than 0"),
    ],
)
def test_a_prune_that_could_mean_everything_is_refused(
    tenant: InProcessTenant, prune: dict[str, Any], words: str
) -> None:
    assert words in failed(tenant, InvalidOptions, **ALL, prune=prune).message
    assert tenant.writes == []


def test_pruning_spares_the_tasks_own_client_and_grant_and_system_objects(tenant: InProcessTenant) -> None:
    prune = {
        "max": 0,
        "clients": {"name_pattern": "*"},
        "resource_servers": {"identifier_pattern": "*"},
        "client_grants": {"of_declared_clients": True},
    }
    run(tenant, resource_servers=[], prune=prune)
    assert tenant.writes == []


def test_a_pattern_that_fits_nothing_is_warned_of(tenant: InProcessTenant) -> None:
    task = task_with(tenant, prune={"max": 0, "clients": {"name_pattern": "nothing-*"}})
    keep_config(task)
    assert task.warnings == ["prune.clients matches no object of this tenant"]


def test_what_is_declared_absent_goes_first_dependants_before_what_they_depend_on(tenant: InProcessTenant) -> None:
    run(tenant, **ALL)
    gone = {name: [{**item, "state": "absent"} for item in items] for name, items in ALL.items()}
    tenant.forget()
    done = run(tenant, **gone, roles=[{"name": "new"}])
    actions = [(row["kind"], row["action"]) for row in done["changes"]]
    assert (actions[0], actions[-1]) == (("client_grant", "delete"), ("role", "create"))
    assert sorted(actions[1:3]) == [("client", "delete"), ("resource_server", "delete")]


def test_a_scope_that_a_grant_still_holds_is_not_taken_away_unless_the_grant_changes_too(
    tenant: InProcessTenant,
) -> None:
    run(tenant, **ALL)
    tenant.forget()
    smaller = {**API, "scopes": [{"value": "write"}]}
    caught = failed(tenant, InvalidOptions, resource_servers=[smaller])
    assert "read is removed, but the client grant reminders / urn:api still holds it" in caught.message
    assert "resource_servers[0] (urn:api)" in caught.message
    assert tenant.writes == []
    done = run(tenant, resource_servers=[smaller], client_grants=[{**GRANT, "scope": ["write"]}])
    assert rows(done) == [
        ("resource_server", "urn:api", "update"),
        ("client_grant", "reminders / urn:api", "update"),
    ]


def test_a_role_has_the_permissions_of_its_entry_also_when_all_is_new(tenant: InProcessTenant) -> None:
    permissions = [{"resource_server_identifier": "urn:api", "permission_name": name} for name in ("read", "write")]
    roles = [{"name": "Planner", "permissions": permissions}]
    made = run(tenant, resource_servers=[API], roles=roles)
    assert rows(made) == [
        ("resource_server", "urn:api", "create"),
        ("role", "Planner", "create"),
        ("role_permissions", "Planner", "create"),
    ]
    tenant.forget()
    assert not run(tenant, resource_servers=[API], roles=roles)["changed"]
    fewer = run(tenant, resource_servers=[API], roles=[{"name": "Planner", "permissions": permissions[:1]}])
    assert rows(fewer) == [("role_permissions", "Planner", "delete")]
    more = [{"name": "Planner", "permissions": permissions[1:], "purge_permissions": False}]
    assert rows(run(tenant, resource_servers=[API], roles=more)) == [("role_permissions", "Planner", "create")]


def test_a_grant_is_allowed_for_the_organizations_of_its_entry(tenant: InProcessTenant) -> None:
    for name in ("acme", "globex", "initech"):
        tenant.call("POST", "/organizations", {"name": name})
    grant = {**GRANT, "organization_usage": "allow", "organizations": ["acme", "globex"]}
    made = run(tenant, **{**ALL, "client_grants": [grant]})
    assert rows(made)[-2:] == [("client_grant_organizations", "reminders / urn:api", "create")] * 2
    assert not run(tenant, **{**ALL, "client_grants": [grant]})["changed"]
    moved = run(tenant, **{**ALL, "client_grants": [{**grant, "organizations": ["acme", "initech"]}]})
    assert sorted(row[2] for row in rows(moved)) == ["create", "delete"]
    caught = failed(tenant, InvalidOptions, **{**ALL, "client_grants": [{**grant, "organizations": ["nobody"]}]})
    assert "the organization nobody, which is not in this tenant" in caught.message


def test_a_client_gets_the_keys_of_its_entry(tenant: InProcessTenant) -> None:
    credentials = {"method": "private_key_jwt", "credentials": [{"name": "key", "pem": public_pem()}]}
    clients = [{**CLIENT, "credentials": credentials}]
    made = run(tenant, clients=clients)
    assert rows(made) == [("client", "reminders", "create"), ("client_credentials", "reminders", "update")]
    tenant.forget()
    assert not run(tenant, clients=clients)["changed"]
    assert tenant.writes == []
    both = {**clients[0], "token_endpoint_auth_method": "none"}
    assert "exclude each other" in failed(tenant, InvalidOptions, clients=[both]).message


def test_what_stands_in_entries_beside_the_fields_of_objects_is_foreseen_and_done_once(tenant: InProcessTenant) -> None:
    tenant.call("POST", "/organizations", {"name": "acme"})
    credentials = {"method": "private_key_jwt", "credentials": [{"name": "key", "pem": public_pem()}]}
    permissions = [{"resource_server_identifier": "urn:api", "permission_name": "read"}]
    config = {
        "resource_servers": [API],
        "clients": [{**CLIENT, "credentials": credentials}, {"name": "rotated", "secret": {"max_age": 90}}],
        "client_grants": [{**GRANT, "organization_usage": "allow", "organizations": ["acme"]}],
        "roles": [{"name": "Reader", "permissions": permissions}],
    }
    foreseen = run(tenant, check_mode=True, diff=True, **config)
    done = run(tenant, diff=True, **config)
    assert foreseen["changes"] == [{**row, "id": None} for row in done["changes"]]
    assert len(foreseen["diff"]) == len(done["diff"]) == len(done["changes"])
    objects = {"resource_server", "client", "client_grant", "role"}
    beside = sorted({kind for kind, *dummy in rows(done)} - objects)
    assert beside == ["client_credentials", "client_grant_organizations", "role_permissions"]
    (rotated,) = [row for row in tenant.call("GET", "/clients") if row["name"] == "rotated"]
    assert rotated["client_metadata"]["client_secret_rotated_at"].startswith("2027-01-15")
    assert not run(tenant, **config)["changed"]


def test_a_mistake_in_the_keys_of_a_client_is_told_once(tenant: InProcessTenant) -> None:
    credentials = {"method": "private_key_jwt", "credentials": [{"name": "key", "pem": "no key at all"}]}
    assert failed(tenant, clients=[{**CLIENT, "credentials": credentials}]).message.count("neither a public key") == 1


def test_a_secret_is_replaced_when_it_is_old_and_never_for_a_new_client(tenant: InProcessTenant) -> None:
    clients = [{**CLIENT, "secret": {"max_age": 30}}]
    made = run(tenant, now=TODAY, clients=clients, return_secrets=True)
    first = made["secrets"]["client"]["reminders"]["client_secret"]
    assert not run(tenant, now=TODAY, clients=clients)["changed"]
    later = run(tenant, now=TODAY + datetime.timedelta(days=31), clients=clients, return_secrets=True)
    assert later["changes"][0]["fields"] == ["client_metadata", "client_secret"]
    second = later["secrets"]["client"]["reminders"]["client_secret"]
    assert second != first
    (held,) = [row for row in tenant.call("GET", "/clients") if row["name"] == "reminders"]
    assert held["client_secret"] == second
    assert "secrets" not in run(tenant, now=TODAY + datetime.timedelta(days=99), clients=clients)


def own_client_with_an_old_secret(tenant: InProcessTenant) -> Options:
    """What declares that the secret by which the task works has to be replaced."""
    path = f"/clients/{tenant.credentials.client_id}"
    tenant.call("PATCH", path, {"client_metadata": {"client_secret_rotated_at": "2020-01-01T00:00:00Z"}})
    return {"client_id": tenant.credentials.client_id, "name": tenant.call("GET", path)["name"]}


@pytest.mark.parametrize("check_mode", [True, False])
def test_the_secret_by_which_the_task_works_is_only_replaced_where_the_new_one_is_returned(
    tenant: InProcessTenant, check_mode: bool
) -> None:
    own = own_client_with_an_old_secret(tenant)
    with pytest.raises(TaskFailed, match=r"does not return\. Give return_secrets: true"):
        run(tenant, check_mode, clients=[{**own, "secret": {"max_age": 30}}])
    assert tenant.writes == []
    young = run(tenant, clients=[{**own, "secret": {"max_age": 9999}}])
    assert not young["changed"]
    done = run(tenant, clients=[{**own, "secret": {"max_age": 30}}], return_secrets=True)
    held = tenant.call("GET", f"/clients/{own['client_id']}")["client_secret"]
    assert done["secrets"]["client"][own["name"]]["client_secret"] == held != tenant.credentials.client_secret


def test_a_secret_that_may_be_in_force_is_returned_and_one_that_was_refused_is_not(
    tenant: InProcessTenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    own = own_client_with_an_old_secret(tenant)
    options = {"clients": [{**own, "secret": {"max_age": 30}}], "return_secrets": True}
    tenant.fail(answered(400, "nope", "invalid_body"), "PATCH", "/clients/")
    with pytest.raises(TaskFailed) as refused:
        run(tenant, **options)
    assert (refused.value.result["secrets"], refused.value.changed) == ({}, False)

    tenant.fail(DROPPED_AFTER, "PATCH", "/clients/")
    tenant.fail(answered(403, "nope", "insufficient_scope"), "GET", "/clients/", times=99)
    with pytest.raises(TaskFailed, match="the new one is in secrets") as unknown:
        run(tenant, **options)
    held = tenant.call("GET", f"/clients/{own['client_id']}")["client_secret"]
    assert unknown.value.result["secrets"]["client"][own["name"]]["client_secret"] == held
    assert unknown.value.changed


def test_a_previous_name_renames_once(tenant: InProcessTenant) -> None:
    tenant.call("POST", "/clients", {"name": "old name", "app_type": "non_interactive"})
    renamed = {**ALL, "clients": [{**CLIENT, "previous_name": "old name"}]}
    done = run(tenant, **renamed)
    assert ("client", "reminders", "update") in rows(done)
    assert not run(tenant, **renamed)["changed"]
    names = [row["name"] for row in tenant.call("GET", "/clients?is_global=false")]
    assert names.count("reminders") == 1 and "old name" not in names


def test_secrets_come_back_only_where_they_are_asked_for(tenant: InProcessTenant) -> None:
    made = run(tenant, **ALL, return_secrets=True)
    assert set(made["secrets"]) == {"resource_server", "client"}
    secret = made["secrets"]["client"]["reminders"]["client_secret"]
    assert run(tenant, **ALL, return_secrets=True)["secrets"] == {}
    other = run(tenant, clients=[{"name": "other"}])
    assert "secrets" not in other and "client_secret" not in json.dumps(other)
    assert secret not in json.dumps(run(tenant, **ALL))


def test_what_is_not_declared_is_listed_by_name_when_asked_for(tenant: InProcessTenant) -> None:
    run(tenant, **ALL)
    tenant.call("POST", "/clients", {"name": "other"})
    found = run(tenant, **ALL, show_undeclared=True)["undeclared"]
    assert "other" in found["client"] and "reminders" not in found["client"]
    assert found["resource_server"] == []


def test_two_clients_of_ten_thousand_are_read_by_their_ids_and_not_from_the_list(tenant: InProcessTenant) -> None:
    ids = [tenant.call("POST", "/clients", {"name": f"c{number}"})["client_id"] for number in range(450)][:2]
    clients = [{"client_id": one, "description": ""} for one in ids]
    tenant.forget()
    run(tenant, clients=clients)
    assert [one.path for one in tenant.sent].count("/api/v2/clients") <= 2
    assert len(tenant.sent) <= 5


def test_an_object_whose_creation_got_no_answer_is_there_once(tenant: InProcessTenant) -> None:
    tenant.fail(DROPPED_AFTER, "POST", "/resource-servers$")
    done = run(tenant, **ALL)
    assert done["changed"]
    assert len([row for row in tenant.call("GET", "/resource-servers") if row["identifier"] == "urn:api"]) == 1


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"concurrency": 0}, "concurrency: 0 is not from 1 to 32"),
        ({"concurrency": 99}, "concurrency: 99 is not from 1 to 32"),
        ({"rate_limit": 0}, "rate_limit"),
        ({"rate_reserve": 1}, "rate_reserve"),
    ],
)
def test_options_out_of_their_limits_fail_in_words(tenant: InProcessTenant, options: Options, words: str) -> None:
    assert words in failed(tenant, InvalidOptions, **ALL, **options).message
    assert tenant.sent == []


def test_an_object_under_its_id_and_under_its_name_is_one_object(tenant: InProcessTenant) -> None:
    made = run(tenant, **ALL)
    twice = [CLIENT, {"client_id": made["ids"]["client"]["reminders"], "description": "x"}]
    caught = failed(tenant, InvalidOptions, clients=twice)
    assert "is declared more than once (it is also declared in clients[0] (reminders))" in caught.message


def test_planning_is_linear(tenant: InProcessTenant) -> None:
    """Counted in calls, since a time says something about the machine: ten times as much costs ten times as much."""
    counts = []
    for number in (30, 300):
        profile = cProfile.Profile()
        profile.runcall(run, tenant, check_mode=True, **configuration(number))
        counts.append(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]
    assert counts[1] < 11 * counts[0]


def test_a_task_that_is_interrupted_ends_at_once_and_begins_nothing_more(tenant: InProcessTenant) -> None:
    class Interrupted(BaseException):
        """As Ansible raises it where a task takes longer than its timeout."""

    def interrupt(*dummy: object) -> None:
        raise Interrupted

    ended, lock = threading.Event(), threading.Lock()
    told, main = list[int](), threading.get_ident()

    def report(done: int, total: int | None, dummy_words: str) -> None:
        if total is None:
            return
        with lock:
            told.append(done)
            if len(told) == 3:
                signal.pthread_kill(main, signal.SIGALRM)
        if len(told) >= 3:
            ended.wait(60)

    task = task_with(tenant, clients=[{"name": f"client {number}"} for number in range(40)], concurrency=2)
    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        with pytest.raises(Interrupted):
            keep_config(dataclasses.replace(task, report=report))
        assert not ended.is_set()
    finally:
        ended.set()
        signal.signal(signal.SIGALRM, before)
    for thread in threading.enumerate():
        if thread.name.startswith("ThreadPoolExecutor"):
            thread.join(30)
    assert 3 <= len(tenant.writes) <= 5
