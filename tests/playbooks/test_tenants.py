# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the playbooks do in a tenant: in seven runs that all tenants of this module take part in, see stories.py.

What is about a run as a whole, and not about one of its tenants, is in test_playbooks.py and test_runs.py.
"""

from __future__ import annotations

import copy
import json
import re
import typing as t

import pytest

from .stories import CASES, RUNS, Story, Variables, case, played_stories
from .support import (
    ADDON_SECRET,
    DECLARATIONS,
    JWT,
    LEDGER,
    OBJECTS,
    OF_SERVERS,
    ORDERS,
    SIGNING_SECRET,
    SMALL,
    SMALL_OBJECTS,
    Tenant,
)


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory) -> t.Iterator[dict[str, Story]]:
    """All tenants, when all runs are over."""
    yield from played_stories(tmp_path_factory.mktemp("tenants"))


def test_limit_touches_the_tenants_that_it_names_and_no_other(stories: dict[str, Story]) -> None:
    assert {name: set(story.parts) for name, story in stories.items()} == {
        name: set(runs) for name, (runs, dummy) in CASES.items()
    }


def test_the_status_of_a_run_says_whether_it_failed_for_a_tenant(stories: dict[str, Story]) -> None:
    for run in RUNS:
        parts = [story.parts[run] for story in stories.values() if run in story.parts]
        assert {part.status for part in parts} == {2 if any(part.failed for part in parts) else 0}


def test_check_mode_verify_and_report_write_nothing(stories: dict[str, Story]) -> None:
    written = {
        (name, run): part.methods
        for name, story in stories.items()
        for run, part in story.parts.items()
        if {"--check", "verify", "report"} & set(RUNS[run])
    }
    assert {run for dummy, run in written} == {"foretold", "taking away foretold", "verified", "reported"}
    assert not any(written.values()), written


@case("by-secret", "foretold", "taking away foretold", "provisioned", "again", "verified", "taken away")
def by_secret(tenant: Tenant) -> Variables:
    return {**tenant.access, **SMALL}


@case("larger", "foretold", "provisioned", "again")
def larger(tenant: Tenant) -> Variables:
    return {**tenant.access, **DECLARATIONS}


@pytest.mark.parametrize(("name", "objects"), [("by-secret", SMALL_OBJECTS), ("larger", OBJECTS)])
def test_check_mode_predicts_what_a_run_does_and_then_nothing_is_left_to_do(
    name: str, objects: list[str], stories: dict[str, Story]
) -> None:
    story = stories[name]
    predicted = story.succeeded("foretold")
    assert predicted.changes == [f"create {what}" for what in objects]
    first = story.succeeded("provisioned")
    assert first.changes == [f"created {what}" for what in objects]
    assert (first.changed, len(first.methods)) == (1, len(objects))
    again = story.succeeded("again")
    assert again.changes == [f"nothing to change: {len(objects)} as declared"]
    assert "+++" not in again.output
    assert (again.changed, again.methods) == (0, [])
    assert [part.token_requests for part in (predicted, first, again)] == [1, 1, 1]


def test_a_playbook_is_chosen_by_its_own_tag_and_not_left_out_with_another(stories: dict[str, Story]) -> None:
    assert "--tags" in RUNS["again"] and "--skip-tags" in RUNS["foretold"]
    for run in ("foretold", "again"):
        part = stories["by-secret"].succeeded(run)
        assert part.changes
        assert "nothing was done" not in part.output


@case("wrong-secret", "provisioned", "verified", "taken away")
def wrong_secret(tenant: Tenant) -> Variables:
    return {**tenant.access, "auth0_client_secret": "planted-wrong-client-secret", **SMALL}


@case("wrong-grant", "foretold", "provisioned", "verified")
def wrong_grant(tenant: Tenant) -> Variables:
    nobodys = {"client_name": "no", "audience": "x"}
    return {**tenant.access, **SMALL, "auth0_client_grants": [*SMALL["auth0_client_grants"], nobodys]}


def test_no_secret_is_in_the_most_verbose_output(stories: dict[str, Story]) -> None:
    hidden = {SIGNING_SECRET, ADDON_SECRET, "planted-wrong-client-secret"}
    hidden.update(*(story.secrets for story in stories.values()))
    assert len(hidden) > 2 * len(CASES)
    for name in ("wrong-secret", "wrong-grant"):
        for run in ("provisioned", "verified"):
            stories[name].failed(run)
    # The output of a tenant is that of the whole run.
    outputs = {run: part.output for story in stories.values() for run, part in story.parts.items()}
    assert outputs.keys() == RUNS.keys()
    for run, output in outputs.items():
        assert not [secret for secret in hidden if secret in output], run
        assert not JWT.search(output), run


@case("server", "provisioned", "verified", "reported", "taken away")
def server(tenant: Tenant) -> Variables:
    return {**OF_SERVERS, **SMALL}


def test_everything_runs_on_the_controller_whatever_the_inventory_says(stories: dict[str, Story]) -> None:
    """And whatever the command line says about the connection."""
    story = stories["server"]
    assert len(story.succeeded("provisioned").methods) == len(SMALL_OBJECTS)
    story.succeeded("verified")
    # The page is written by a task for the first host of a run, and this run has no other.
    reported = story.succeeded("reported")
    assert reported.requests
    (row,) = reported.rows
    grants = len(SMALL["auth0_client_grants"]) + 1  # and that of the caller
    assert row.split()[:3] == [str(grants), "0", "0"]
    assert len(story.succeeded("taken away").methods) == len(SMALL_OBJECTS)


@case("different", "foretold", "provisioned")
def different(tenant: Tenant) -> Variables:
    tenant.set_up(DECLARATIONS)
    changed = copy.deepcopy(DECLARATIONS)
    changed["auth0_resource_servers"][0]["token_lifetime"] = 43200
    changed["auth0_client_grants"][0]["scope"] = ["read:orders"]
    changed["auth0_client_grants"][2]["state"] = "absent"
    return changed


def test_a_difference_is_shown_and_written_and_only_where_it_is(stories: dict[str, Story]) -> None:
    story = stories["different"]
    expected = [f"{{}} client grant books / {LEDGER}", f"{{}} API {ORDERS}", f"{{}} client grant shop / {ORDERS}"]
    verbs = ["delete", "update", "update"]
    shown = story.succeeded("foretold")
    assert shown.changes == [line.format(verb) for line, verb in zip(expected, verbs, strict=True)]
    assert re.search(r"^\+.*43200", shown.output, re.MULTILINE)  # in a diff, not among the options of a task
    done = story.succeeded("provisioned")
    assert done.changes == [line.format(verb + "d") for line, verb in zip(expected, verbs, strict=True)]
    assert done.methods == ["DELETE", "PATCH", "PATCH"]


def with_new_scope(tenant: Tenant) -> dict[str, t.Any]:
    """The declarations, with a grant of a scope that its API does not have; the tenant holds them without it."""
    tenant.set_up(DECLARATIONS)
    changed = copy.deepcopy(DECLARATIONS)
    changed["auth0_client_grants"][1]["scope"].append("new")
    return changed


@case("no-such-scope", "foretold")
def no_such_scope(tenant: Tenant) -> Variables:
    return with_new_scope(tenant)


@case("new-scope", "foretold", "provisioned")
def new_scope(tenant: Tenant) -> Variables:
    changed = with_new_scope(tenant)
    changed["auth0_resource_servers"][0]["scopes"].append({"value": "new"})
    return changed


def test_check_mode_predicts_a_grant_of_a_scope_that_its_api_is_about_to_get(stories: dict[str, Story]) -> None:
    mistaken = stories["no-such-scope"].failed("foretold")
    assert f"client_grants[1] (books / {ORDERS})" in mistaken.fatal
    assert f"the API {ORDERS} does not define this scope: new" in mistaken.fatal

    story = stories["new-scope"]
    expected = [f"API {ORDERS}", f"client grant books / {ORDERS}"]
    assert story.succeeded("foretold").changes == [f"update {what}" for what in expected]
    done = story.succeeded("provisioned")
    assert done.changes == [f"updated {what}" for what in expected]
    assert done.methods == ["PATCH", "PATCH"]


@case("absent", "foretold", "provisioned", "again")
def absent(tenant: Tenant) -> Variables:
    tenant.set_up(SMALL)
    gone: Variables = {variable: [{**each, "state": "absent"} for each in SMALL[variable]] for variable in SMALL}
    gone["auth0_clients"].insert(0, {"name": "shop", "app_type": "non_interactive"})
    return gone


def test_what_is_to_be_absent_goes_first_dependants_before_what_they_depend_on(stories: dict[str, Story]) -> None:
    story = stories["absent"]
    api, client, grant = (f"delete {what}" for what in SMALL_OBJECTS)
    expected = [grant, api, client, "create client shop"]
    assert story.succeeded("foretold").changes == expected
    done = story.succeeded("provisioned")
    assert done.changes == [line.replace("te ", "ted ", 1) for line in expected]
    assert done.methods == ["DELETE", "DELETE", "DELETE", "POST"]
    assert story.succeeded("again").changes == ["nothing to change: 1 as declared"]


@case("growing", "foretold", "provisioned", "verified")
def growing(tenant: Tenant) -> Variables:
    tenant.set_up(SMALL)
    more = [{"value": value} for value in ("read:entries", "old", "older")]
    (api,) = tenant.read(f"resource-servers?identifiers={LEDGER}")
    tenant.manage("PATCH", f"resource-servers/{api['id']}", {"scopes": more})
    (grant,) = tenant.read(f"client-grants?audience={LEDGER}")
    tenant.manage("PATCH", f"client-grants/{grant['id']}", {"scope": ["read:entries", "older"]})
    return {
        "auth0_resource_servers": [{"identifier": LEDGER, "scopes": [{"value": "new"}], "purge_scopes": False}],
        "auth0_client_grants": [
            {"client_name": "books", "audience": LEDGER, "scope": ["old", "new"], "purge_scope": False},
        ],
    }


def test_lists_that_only_grow_stay_what_they_are(stories: dict[str, Story]) -> None:
    """purge_scopes and purge_scope: false, from the checks of the variables to the verified token."""
    story = stories["growing"]
    changes = [f"API {LEDGER}", f"client grant books / {LEDGER}"]
    assert story.succeeded("foretold").changes == [f"update {what}" for what in changes]
    assert story.succeeded("provisioned").changes == [f"updated {what}" for what in changes]
    assert story.succeeded("verified").rows == [f"books {LEDGER} new old older read:entries HS256, the API's secret"]


#: What may be declared of an API beside a grant with a scope that it does not have.
UNDEFINED_SCOPES: dict[str, Variables] = {
    "scopes-left-out": {},
    "scopes-null": {"scopes": None},
    "scopes-growing": {"scopes": [{"value": "new"}], "purge_scopes": False},
}
MISSPELT = {"client_name": "books", "audience": LEDGER, "scope": ["read:entrys"]}


def with_misspelt_scope(api: Variables) -> t.Callable[[Tenant], Variables]:
    def begin(tenant: Tenant) -> Variables:
        tenant.set_up(SMALL)
        return {"auth0_resource_servers": [{"identifier": LEDGER, **api}], "auth0_client_grants": [MISSPELT]}

    return begin


for name, of_api in UNDEFINED_SCOPES.items():
    case(name, "foretold", "provisioned")(with_misspelt_scope(of_api))


@case("scopes-unchecked", "provisioned")
def scopes_unchecked(tenant: Tenant) -> Variables:
    tenant.set_up(SMALL)
    return {**SMALL, "auth0_client_grants": [{**MISSPELT, "validate_scope": False}]}


@pytest.mark.parametrize("run", ["foretold", "provisioned"])
@pytest.mark.parametrize("name", UNDEFINED_SCOPES)
def test_scopes_are_checked_alike_in_check_mode_and_without(name: str, run: str, stories: dict[str, Story]) -> None:
    refused = stories[name].failed(run)
    assert "does not define this scope: read:entrys" in refused.fatal
    assert refused.methods == []


def test_scopes_are_not_checked_where_the_grant_says_so(stories: dict[str, Story]) -> None:
    assert stories["scopes-unchecked"].succeeded("provisioned").changes == [f"updated client grant books / {LEDGER}"]


@case("by-id", "foretold", "taking away foretold", "provisioned", "verified", "taken away")
def by_id(tenant: Tenant) -> Variables:
    """Also while it has another name, and while something else has its name."""
    api = tenant.create("resource-servers", identifier=ORDERS, name="Orders")
    tenant.create("resource-servers", identifier=LEDGER, name="Ledger")
    mine = tenant.create("clients", name="old shop", app_type="non_interactive")
    other = tenant.create("clients", name="shop", app_type="non_interactive", description="the other")
    for client in (mine, other):
        tenant.create("client-grants", client_id=client["client_id"], audience=LEDGER, scope=[])
    return {
        "auth0_resource_servers": [{"identifier": ORDERS, "id": api["id"]}],
        "auth0_clients": [{"name": "shop", "client_id": mine["client_id"]}],
        "auth0_client_grants": [{"client_name": "shop", "audience": LEDGER, "scope": []}],
    }


def test_a_declared_id_says_which_object_is_meant(stories: dict[str, Story]) -> None:
    story = stories["by-id"]
    assert story.succeeded("foretold").changes == ["update client shop"]
    objects = [f"client grant shop / {LEDGER}", "client shop", f"API {ORDERS}"]
    shown = story.succeeded("taking away foretold").changes
    assert sorted(shown) == sorted(f"delete {what}" for what in objects)
    assert story.succeeded("provisioned").changes == ["updated client shop"]
    story.succeeded("verified")
    story.succeeded("taken away")
    (other,) = (each for each in story.tenant.read("clients") if each["name"] in ("shop", "old shop"))
    assert other["description"] == "the other"
    grants = story.tenant.read(f"client-grants?audience={LEDGER}")
    assert [each["client_id"] for each in grants] == [other["client_id"]]
    apis = [each["identifier"] for each in story.tenant.read("resource-servers") if not each.get("is_system")]
    assert apis == [LEDGER]


@case("case", "provisioned", "verified")
def names_by_case(tenant: Tenant) -> Variables:
    return {
        "auth0_resource_servers": [
            {"identifier": "urn:Orders", "scopes": [{"value": "read"}, {"value": "Read"}]},
            {"identifier": "urn:orders", "scopes": [{"value": "read"}]},
        ],
        "auth0_clients": [{"name": name, "app_type": "non_interactive"} for name in ("Shop", "shop")],
        "auth0_client_grants": [
            {"client_name": "Shop", "audience": "urn:Orders", "scope": ["Read", "read"]},
            {"client_name": "shop", "audience": "urn:orders", "scope": ["read"]},
        ],
    }


def test_names_that_differ_by_case_are_different_names(stories: dict[str, Story]) -> None:
    assert len(stories["case"].succeeded("provisioned").changes) == 6
    assert stories["case"].succeeded("verified").rows == [
        "Shop urn:Orders Read read RS256, the tenant's key",
        "shop urn:orders read RS256, the tenant's key",
    ]


@case("default", "provisioned", "verified", "taken away")
def default_grant(tenant: Tenant) -> Variables:
    tenant.create("resource-servers", identifier=ORDERS, scopes=[{"value": "read:orders"}])
    grant = {"default_for": "third_party_clients", "audience": ORDERS, "scope": ["read:orders"]}
    return {"auth0_client_grants": [grant]}


def test_a_grant_for_all_clients_of_a_sort_can_be_declared(stories: dict[str, Story]) -> None:
    story = stories["default"]
    label = f"client grant third_party_clients / {ORDERS}"
    assert story.succeeded("provisioned").changes == [f"created {label}"]
    assert story.succeeded("verified").rows == [
        f"third_party_clients {ORDERS} - not checked: a grant for all clients of a sort,"
        " not for one that could get a token"
    ]
    assert story.succeeded("taken away").changes == [f"deleted {label}"]
    assert story.tenant.read(f"client-grants?audience={ORDERS}") == []


#: A tenant for each variable that is the only one there, with what that declares, and one whose only variable is null.
ALONE: dict[str, tuple[Variables, str | None]] = {
    f"only-{variable.replace('_', '-')}": ({variable: SMALL[variable]}, what)
    for variable, what in zip(SMALL, SMALL_OBJECTS, strict=True)
}
ALONE["only-null"] = ({"auth0_clients": None}, None)


def with_variables(variables: Variables) -> t.Callable[[Tenant], Variables]:
    def begin(tenant: Tenant) -> Variables:
        if "auth0_client_grants" in variables:  # what it refers to is in the tenant already
            tenant.set_up({**SMALL, "auth0_client_grants": []})
        return variables

    return begin


for name, (variables, dummy) in ALONE.items():
    case(name, "provisioned", "verified", "taken away")(with_variables(variables))


@pytest.mark.parametrize("name", ALONE)
def test_each_variable_may_be_missing(name: str, stories: dict[str, Story]) -> None:
    story, what = stories[name], ALONE[name][1]
    nothing = "nothing to change: 0 as declared"
    assert story.succeeded("provisioned").changes == [f"created {what}" if what else nothing]
    story.succeeded("verified")
    assert story.succeeded("taken away").changes == [f"deleted {what}" if what else nothing]


@case("pruned", "foretold", "provisioned")
def pruned(tenant: Tenant) -> Variables:
    clients = [{"name": name, "app_type": "non_interactive"} for name in ("acme shop", "acme books")]
    tenant.set_up({"auth0_resource_servers": [], "auth0_clients": clients, "auth0_client_grants": []})
    return {
        "auth0_clients": clients[:1],
        "auth0_roles": [{"name": "auditor"}],
        "auth0_prune": {"max": 1, "clients": {"name_pattern": "acme *"}},
    }


def test_a_prune_removes_what_the_variables_own_and_no_longer_declare(stories: dict[str, Story]) -> None:
    story = stories["pruned"]
    assert story.succeeded("foretold").changes == ["create role auditor", "delete client acme books"]
    assert story.succeeded("provisioned").changes == ["created role auditor", "deleted client acme books"]


RENAMED: Variables = {
    "auth0_resource_servers": SMALL["auth0_resource_servers"],
    "auth0_clients": [{**SMALL["auth0_clients"][0], "name": "bookkeeping", "previous_name": "books"}],
    "auth0_client_grants": [{**SMALL["auth0_client_grants"][0], "client_name": "bookkeeping"}],
}


@case("renamed", "provisioned", "again")
def renamed(tenant: Tenant) -> Variables:
    tenant.set_up(SMALL)
    (books,) = [client for client in tenant.read("clients") if client["name"] == "books"]
    tenant.manage("PATCH", f"clients/{books['client_id']}", {"description": books["client_id"]})
    return RENAMED


@case("named", "provisioned", "again")
def named(tenant: Tenant) -> Variables:
    return RENAMED


def test_an_object_is_renamed_by_its_previous_name(stories: dict[str, Story]) -> None:
    story, new = stories["renamed"], stories["named"]
    assert story.succeeded("provisioned").changes == ["updated client bookkeeping"]
    (client,) = [client for client in story.tenant.read("clients") if client["name"] == "bookkeeping"]
    assert client["client_id"] == client["description"]  # the id that it had by its old name
    created = [f"created {what.replace('books', 'bookkeeping')}" for what in SMALL_OBJECTS]
    assert new.succeeded("provisioned").changes == created
    for one in (story, new):
        assert one.succeeded("again").rows == ["nothing to change: 3 as declared", "0 0 0 3"]


@case("by-token", "provisioned")
def by_token(tenant: Tenant) -> Variables:
    return {"auth0_clients": [{"name": "shop"}]}


def test_a_ready_made_token_serves_instead_of_credentials(stories: dict[str, Story]) -> None:
    part = stories["by-token"].succeeded("provisioned")
    assert part.changes == ["created client shop"]
    assert part.token_requests == 0


@case("unproven", "verified")
def unproven(tenant: Tenant) -> Variables:
    tenant.set_up(DECLARATIONS)
    page = tenant.read("resource-servers?include_totals=true")
    for api in page["resource_servers"]:
        if api["identifier"] == LEDGER:
            api["token_dialect"] = "rfc9068_profile"  # which its tokens do not follow
        if api["identifier"] == ORDERS:
            api["token_encryption"] = {"format": "compact-nested-jwe", "encryption_key": {"alg": "RSA-OAEP-256"}}
    fault = {"method": "GET", "path": "/resource-servers$", "body": page}
    tenant.send("PUT", "/_emulator/faults", json.dumps([fault]).encode())
    grants = [
        {"client_name": "nobody", "audience": ORDERS},
        {"client_name": "shop", "audience": "https://nowhere.example.com"},
        {"client_name": "shop", "audience": LEDGER, "scope": ["read:entries"]},
        {"client_name": "shop", "audience": ORDERS, "scope": ["read:orders"]},
        {"client_name": "books", "audience": ORDERS, "scope": ["read:orders"]},
        {"client_name": "books", "audience": ORDERS, "subject_type": "user"},
        {"client_name": "books", "audience": LEDGER, "scope": ["read:entries"]},
        {"client_name": "shop", "audience": LEDGER, "subject_type": "user", "state": "absent"},
    ]
    return {"auth0_client_grants": grants}


def test_verify_says_which_grant_does_not_work_and_why(stories: dict[str, Story]) -> None:
    part = stories["unproven"].failed("verified")
    assert part.rows == [
        f"nobody {ORDERS} - NOT VERIFIED, see below",
        "shop https://nowhere.example.com - NOT VERIFIED, see below",
        f"shop {LEDGER} - NOT VERIFIED, see below",
        f"shop {ORDERS} read:orders write:orders NOT VERIFIED, see below",
        f"books {ORDERS} read:orders not checked: the token is encrypted (token_encryption),"
        " and only the API has the key",
        f"books {ORDERS} - not checked: a grant for users, who sign in",
        f"books {LEDGER} read:entries NOT VERIFIED, see below",
    ]
    for reason in (
        f"nobody -> {ORDERS}: there is no such client in this tenant: create it first",
        "shop -> https://nowhere.example.com: there is no such API in this tenant: create it first",
        f"shop -> {LEDGER}: No token for client ",
        f"shop -> {ORDERS}: the token has scopes that are not declared: write:orders",
        f"books -> {LEDGER}: Its type (typ) is JWT, that of an access token with token_dialect rfc9068_profile is at",
    ):
        assert reason in part.fatal
