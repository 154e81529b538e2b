# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A tenant that somebody else changes after auth0_config has read it, or while it does: nothing of that is undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._errors import ApiError
from ansible_collections.community.auth0.tests.harness.in_process import Fault, InProcessTenant, Raw, Request
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.configurations import (
    ALL,
    API,
    CLIENT,
    GRANT,
    failed,
    rows,
    run,
)

pytestmark = pytest.mark.usefixtures("short_waits")

LISTS = {"resource_servers": "/resource-servers$", "clients": "/clients$", "client_grants": "/client-grants$"}


@pytest.fixture
def tenant() -> Iterator[InProcessTenant]:
    tenant = InProcessTenant()
    with tenant.installed():
        yield tenant


def meanwhile(tenant: InProcessTenant, collection: str, others: Callable[[], object]) -> None:
    """Let others do something just after the next page of a list was read."""

    def effect(dummy: Request, answer: Raw) -> Raw:
        others()
        return answer

    tenant.fail(Fault("others", True, effect), "GET", LISTS[collection])


def named(tenant: InProcessTenant, name: str) -> list[dict[str, Any]]:
    return [row for row in tenant.call("GET", "/clients?is_global=false&per_page=100") if row["name"] == name]


def apis(tenant: InProcessTenant) -> dict[str, dict[str, Any]]:
    rows = tenant.call("GET", "/resource-servers?per_page=100")
    return {row["identifier"]: row for row in rows if not row.get("is_system")}


def test_an_api_that_others_create_is_adopted_and_only_what_is_declared_is_changed(tenant: InProcessTenant) -> None:
    theirs = {"identifier": "urn:api", "name": "Theirs", "token_lifetime": 7200, "scopes": API["scopes"]}
    meanwhile(tenant, "resource_servers", lambda: tenant.make("resource-servers", **theirs))
    run(tenant, **ALL)
    (patch,) = tenant.bodies("PATCH")
    assert patch == {"name": "An API"}
    assert (apis(tenant)["urn:api"]["name"], apis(tenant)["urn:api"]["token_lifetime"]) == ("An API", 7200)
    assert not run(tenant, **ALL)["changed"]


def test_a_client_that_others_create_stays_the_only_one_of_its_name(tenant: InProcessTenant) -> None:
    theirs = []
    meanwhile(
        tenant, "clients", lambda: theirs.append(tenant.make("clients", name="reminders", callbacks=["https://x"]))
    )
    run(tenant, **ALL)
    (held,) = named(tenant, "reminders")
    assert (held["client_id"], held["callbacks"]) == (theirs[0]["client_id"], ["https://x"])
    assert held["app_type"] == "non_interactive"
    grants = tenant.call("GET", "/client-grants?audience=urn:api")
    assert [row["client_id"] for row in grants] == [held["client_id"]]
    assert not run(tenant, **ALL)["changed"]


def test_what_others_change_of_an_object_stays_unless_it_is_declared(tenant: InProcessTenant) -> None:
    client_id = run(tenant, **ALL)["ids"]["client"]["reminders"]
    tenant.forget()
    changes = {"callbacks": ["https://theirs.example/"], "client_metadata": {"theirs": "1"}}
    meanwhile(tenant, "clients", lambda: tenant.call("PATCH", f"/clients/{client_id}", changes))
    run(tenant, clients=[{**CLIENT, "description": "Ours", "client_metadata": {"ours": "1"}}])
    assert tenant.bodies("PATCH") == [{"description": "Ours", "client_metadata": {"ours": "1"}}]
    (held,) = named(tenant, "reminders")
    assert (held["callbacks"], held["client_metadata"]) == (changes["callbacks"], {"theirs": "1", "ours": "1"})


def test_an_object_that_others_remove_before_it_is_changed_is_said_to_be_gone_and_the_next_run_creates_it(
    tenant: InProcessTenant,
) -> None:
    client_id = run(tenant, **ALL)["ids"]["client"]["reminders"]
    tenant.forget()
    other = {"identifier": "urn:other", "scopes": [{"value": "read"}]}
    changed = {**ALL, "resource_servers": [API, other], "clients": [{**CLIENT, "description": "Ours"}]}
    meanwhile(tenant, "clients", lambda: tenant.call("DELETE", f"/clients/{client_id}"))
    caught = failed(tenant, ApiError, **changed)
    assert [(row["kind"], row["name"], row["status"]) for row in caught.result["failures"]] == [
        ("client", "reminders", 404)
    ]
    assert caught.result["done"] == ["create API urn:other"]
    assert [str(one) for one in tenant.writes if one.method == "POST"] == ["POST /api/v2/resource-servers"]
    assert [row[:2] for row in rows(run(tenant, **changed))] == [
        ("client", "reminders"),
        ("client_grant", "reminders / urn:api"),
    ]


@pytest.mark.parametrize("pruned", [False, True])
def test_what_others_have_removed_already_counts_as_removed(tenant: InProcessTenant, pruned: bool) -> None:
    client_id = run(tenant, **ALL)["ids"]["client"]["reminders"]
    meanwhile(tenant, "clients", lambda: tenant.call("DELETE", f"/clients/{client_id}"))
    gone: dict[str, Any] = {"clients": [{**CLIENT, "state": "absent"}]}
    if pruned:
        gone = {"prune": {"max": 2, "clients": {"name_pattern": "rem*"}}}
    run(tenant, **gone)
    assert named(tenant, "reminders") == []
    assert not run(tenant, **gone)["changed"]


def test_what_others_create_after_the_list_was_read_is_not_pruned(tenant: InProcessTenant) -> None:
    tenant.make("clients", name="svc-old")
    meanwhile(tenant, "clients", lambda: tenant.make("clients", name="svc-new"))
    pruned = run(tenant, prune={"max": 1, "clients": {"name_pattern": "svc-*"}})
    assert rows(pruned) == [("client", "svc-old", "delete")]
    assert len(named(tenant, "svc-new")) == 1


def test_an_object_that_slips_between_two_pages_is_found_in_the_end(tenant: InProcessTenant) -> None:
    numbers = range(6)
    config = {
        "resource_servers": [{"identifier": f"urn:{n}", "scopes": [{"value": "read"}]} for n in numbers],
        "clients": [{"name": f"client {n}"} for n in numbers],
    }
    ids = run(tenant, **config)["ids"]
    tenant.page_size = 3
    tenant.forget()
    first_api, first_client = ids["resource_server"]["urn:0"], ids["client"]["client 0"]
    meanwhile(tenant, "resource_servers", lambda: tenant.call("DELETE", f"/resource-servers/{first_api}"))
    meanwhile(tenant, "clients", lambda: tenant.call("DELETE", f"/clients/{first_client}"))
    run(tenant, **config)
    assert [str(one) for one in tenant.sent if one.status == 409] == ["POST /api/v2/resource-servers"]
    tenant.page_size = 100
    assert [(name, row["id"]) for name, row in sorted(apis(tenant).items())] == [
        (f"urn:{n}", ids["resource_server"][f"urn:{n}"]) for n in numbers[1:]
    ]
    assert [[row["client_id"] for row in named(tenant, f"client {n}")] for n in numbers[1:]] == [
        [ids["client"][f"client {n}"]] for n in numbers[1:]
    ]
    run(tenant, **config)
    assert not run(tenant, **config)["changed"]
    assert len(named(tenant, "client 0")) == 1


def test_a_grant_whose_client_others_remove_is_not_created_for_another(tenant: InProcessTenant) -> None:
    made = run(tenant, resource_servers=[API], clients=[CLIENT])
    client_id = made["ids"]["client"]["reminders"]
    meanwhile(tenant, "clients", lambda: tenant.call("DELETE", f"/clients/{client_id}"))
    caught = failed(tenant, ApiError, client_grants=[GRANT])
    assert "reminders / urn:api" in caught.message
    assert tenant.call("GET", "/client-grants?audience=urn:api") == []
