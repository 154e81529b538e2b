# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What auth0_config refuses before it writes anything, because of what else is declared or of what the tenant holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions
from ansible_collections.community.auth0.tests.harness.in_process import InProcessTenant
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.configurations import (
    ALL,
    API,
    CLIENT,
    GRANT,
    Options,
    failed,
    run,
)

PERMISSION = {"resource_server_identifier": "urn:api", "permission_name": "read"}
ROLE = {"name": "Planner", "permissions": [PERMISSION]}
NO_API = {"identifier": "urn:api", "state": "absent"}
NO_CLIENT = {"name": "reminders", "state": "absent"}


@pytest.fixture
def tenant() -> Iterator[InProcessTenant]:
    tenant = InProcessTenant()
    with tenant.installed():
        yield tenant


def refused(tenant: InProcessTenant, **options: Any) -> str:
    """What is said of a configuration that is refused without a write."""
    tenant.forget()
    caught = failed(tenant, InvalidOptions, **options)
    assert (tenant.writes, caught.changed) == ([], False)
    return caught.message


@pytest.mark.parametrize("scope", [[], ["read"]], ids=["without scopes", "with scopes"])
@pytest.mark.parametrize("there", [False, True], ids=["new grant", "grant that is there"])
@pytest.mark.parametrize("gone", ["api", "client", "client by its id"])
def test_a_grant_cannot_be_there_without_what_it_refers_to(
    tenant: InProcessTenant, gone: str, there: bool, scope: list[str]
) -> None:
    made = run(tenant, **(ALL if there else {**ALL, "client_grants": []}))
    grant: Options = {**GRANT, "scope": scope}
    if gone == "api":
        config = {"resource_servers": [{**NO_API, "force": True}], "client_grants": [grant]}
        what = "the API urn:api"
    elif gone == "client":
        config = {"clients": [NO_CLIENT], "client_grants": [grant]}
        what = "the client reminders"
    else:
        client_id = made["ids"]["client"]["reminders"]
        by_id = {"client_id": client_id, "audience": "urn:api", "scope": scope}
        config = {"clients": [{"client_id": client_id, "state": "absent"}], "client_grants": [by_id]}
        what = f"the client {client_id}"
    said = refused(tenant, **config)
    assert "client_grants[0] (" in said
    assert f"refers to {what}, which is declared with state: absent." in said


@pytest.mark.parametrize("there", [False, True], ids=["new role", "role that is there"])
def test_a_role_cannot_have_permissions_of_an_api_that_is_to_go(tenant: InProcessTenant, there: bool) -> None:
    run(tenant, resource_servers=[API], roles=[ROLE] if there else [])
    said = refused(tenant, resource_servers=[NO_API], roles=[ROLE])
    assert "roles[0] (Planner): role Planner refers to the API urn:api, which is declared" in said


@pytest.mark.parametrize("scope", [[], ["read"]], ids=["without scopes", "with scopes"])
@pytest.mark.parametrize(
    ("grant", "what"),
    [
        ({"client_name": "nobody", "audience": "urn:api"}, "the client nobody, which is not in this tenant"),
        ({"client_id": "nobody", "audience": "urn:api"}, "the client nobody, which is not in this tenant"),
        ({"client_name": "reminders", "audience": "urn:no"}, "the API urn:no, which is not in this tenant"),
    ],
    ids=["client", "client by its id", "API"],
)
def test_a_new_grant_refers_to_what_is_there_or_declared(
    tenant: InProcessTenant, grant: Options, what: str, scope: list[str]
) -> None:
    said = refused(tenant, **{**ALL, "client_grants": [{**grant, "scope": scope}]})
    assert "client_grants[0] (" in said
    assert what in said


def test_in_check_mode_what_is_missing_may_come_into_being_elsewhere(tenant: InProcessTenant) -> None:
    foreseen = run(tenant, check_mode=True, client_grants=[{"client_id": "c1", "audience": "urn:no", "scope": []}])
    assert sorted(foreseen["assumed"]) == ["API urn:no", "client c1"]
    assert [row["action"] for row in foreseen["changes"]] == ["create"]


def test_an_api_that_is_to_go_and_has_grants_is_refused_with_their_names(tenant: InProcessTenant) -> None:
    run(tenant, **ALL)
    said = refused(tenant, resource_servers=[NO_API], clients=[CLIENT])
    assert "Deleting API urn:api would leave behind: client grant reminders / urn:api." in said


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ({"resource_servers": [{"identifier": "{audience}", "state": "absent"}]}, "resource_servers[0] ({audience}): "),
        ({"resource_servers": [{"identifier": "{audience}", "scopes": []}]}, "resource_servers[0] ({audience}): "),
        ({"clients": [{"client_id": "{caller}", "state": "absent"}]}, "clients[0] ({caller}): "),
        (
            {"client_grants": [{"client_id": "{caller}", "audience": "{audience}", "state": "absent"}]},
            "client_grants[0] ({caller} / {audience}): ",
        ),
        (
            {"client_grants": [{"client_id": "{caller}", "audience": "{audience}", "scope": []}]},
            "client_grants[0] ({caller} / {audience}): ",
        ),
    ],
    ids=["a system API", "its scopes", "the caller", "its grant", "scopes of its grant"],
)
def test_protected_objects_are_refused_with_their_place_and_beside_other_mistakes(
    tenant: InProcessTenant, config: dict[str, list[Options]], words: str
) -> None:
    here = {"audience": tenant.audience, "caller": tenant.credentials.client_id}
    filled = {
        name: [{key: item.format(**here) if isinstance(item, str) else item for key, item in one.items()} for one in of]
        for name, of in config.items()
    }
    said = refused(tenant, **filled, roles=[{"name": "Planner", "descripton": "x"}])
    assert f"  - {words.format(**here)}" in said
    assert "  - roles[0] (Planner): there is no option descripton" in said


def test_an_option_that_is_null_is_not_given(tenant: InProcessTenant) -> None:
    said = refused(tenant, clients=[{"name": None}, {"name": None, "description": "x"}])
    assert said.splitlines()[1:] == [
        f"  - clients[{position}]: one of the following is required: client_id, name" for position in (0, 1)
    ]
    made = run(tenant, clients=[{"name": "one", "state": None, "description": None}])
    assert made["changes"][0]["fields"] == ["name"]


def test_a_value_of_another_type_is_one_mistake_that_names_its_option(tenant: InProcessTenant) -> None:
    said = refused(tenant, clients=[{"name": "one", "addons": "none"}, {"name": ["two"]}])
    assert all("addons" in line for line in said.splitlines() if "clients[0]" in line)
    assert "clients[1] (['two']): name: a string belongs there, not a list." in said


def test_what_is_owned_cannot_be_owned_by_a_null(tenant: InProcessTenant) -> None:
    said = refused(tenant, prune={"max": 1, "clients": {"client_metadata": {"managed_by": None}}})
    assert "prune: clients: client_metadata.managed_by is null, which no client has." in said
