# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One client among hundreds: the search beside the list is asked, and believed only where a read by id confirms it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._engine.connection import connected
from ansible_collections.community.auth0.plugins.module_utils._engine.management import ManagementClient
from ansible_collections.community.auth0.plugins.module_utils._errors import Ambiguous
from ansible_collections.community.auth0.plugins.module_utils._kinds.client import CLIENT
from ansible_collections.community.auth0.plugins.module_utils._modules.config.work import config_spec, keep_config
from ansible_collections.community.auth0.plugins.module_utils._task.arguments import ArgumentSpec
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Task
from ansible_collections.community.auth0.tests.harness.in_process import Fault, InProcessTenant, Sent, answered
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.tasks import params_of

SEARCH = "/clients/search$"
PAGES = 3


def furnished(names: list[str]) -> InProcessTenant:
    tenant = InProcessTenant()
    for name in names:
        tenant.call("POST", "/clients", {"name": name})
    return tenant


@pytest.fixture
def tenant() -> Iterator[InProcessTenant]:
    """A tenant with three pages of clients, the wanted one on the second, others with odd names on the last."""
    names = [f"client {number:03}" for number in range(240)]
    found = furnished([*names, 'a "quoted" one', "twin", "twin"])
    with found.installed():
        yield found


@pytest.fixture
def management(tenant: InProcessTenant) -> Iterator[ManagementClient]:
    with connected(task(tenant, ArgumentSpec())) as (found, dummy):
        yield found


def task(tenant: InProcessTenant, spec: ArgumentSpec, **options: Any) -> Task:
    return Task(params_of(spec, {"auth0_domain": tenant.domain, "auth0_api_token": tenant.token(), **options}))


def lists(tenant: InProcessTenant) -> list[Sent]:
    """The pages of the list of clients that were read."""
    return [sent for sent in tenant.sent if sent.path == "/api/v2/clients"]


def searched(rows: list[dict[str, Any]]) -> Fault:
    """A search that answers with these rows, since it lags behind."""
    return Fault("lagging search", True, lambda request, answer: answer.with_json({"clients": rows}, 200))


def test_a_client_among_hundreds_is_found_by_one_page_a_search_and_a_read(
    tenant: InProcessTenant, management: ManagementClient
) -> None:
    found = management.find(CLIENT, {"name": "client 150"})
    assert found is not None and found["name"] == "client 150"
    assert [sent.path.removeprefix("/api/v2/") for sent in tenant.sent] == [
        "clients",
        "clients/search",
        f"clients/{found['client_id']}",
    ]
    assert tenant.sent[1].query["q"] == ['name:"client 150"']


def test_a_tenant_whose_clients_fit_on_one_page_is_never_searched() -> None:
    tenant = furnished(["a", "b"])
    with tenant.installed(), connected(task(tenant, ArgumentSpec())) as (management, dummy):
        assert management.find(CLIENT, {"name": "b"}, whole=False) is not None
        assert management.find(CLIENT, {"name": "c"}) is None
    assert [sent.path for sent in tenant.sent] == ["/api/v2/clients"] * 2


@pytest.mark.parametrize(
    "fault",
    [
        answered(403, "Insufficient scope, expected any of: read:clients", "insufficient_scope"),
        answered(404, "The client does not exist", "inexistent_client"),
        answered(400, "Query validation error", "invalid_query_string"),
    ],
    ids=str,
)
def test_where_the_search_is_refused_the_list_is_read_on(
    tenant: InProcessTenant, management: ManagementClient, fault: Any
) -> None:
    tenant.fail(fault, "GET", SEARCH)
    found = management.find(CLIENT, {"name": "client 230"})
    assert found is not None and found["name"] == "client 230"
    assert len(lists(tenant)) == PAGES


def test_what_the_search_does_not_know_yet_is_found_in_the_list(
    tenant: InProcessTenant, management: ManagementClient
) -> None:
    tenant.fail(searched([]), "GET", SEARCH)
    found = management.find(CLIENT, {"name": "client 230"})
    assert found is not None and found["name"] == "client 230"
    assert len(lists(tenant)) == PAGES


def test_what_the_search_still_knows_by_a_name_that_it_lost_is_not_believed(
    tenant: InProcessTenant, management: ManagementClient
) -> None:
    row = next(one for one in tenant.call("GET", "/clients?per_page=100&page=2") if one["name"] == "client 230")
    tenant.call("PATCH", f"/clients/{row['client_id']}", {"name": "renamed"})
    tenant.fail(searched([row]), "GET", SEARCH)
    assert management.find(CLIENT, {"name": "client 230"}) is None
    assert len(lists(tenant)) == PAGES


def test_two_that_the_search_finds_are_an_error_that_lists_both(
    tenant: InProcessTenant, management: ManagementClient
) -> None:
    with pytest.raises(Ambiguous, match="2 clients have the name 'twin'"):
        management.find(CLIENT, {"name": "twin"})


def test_a_name_that_means_something_to_the_search_is_looked_for_in_the_list(
    tenant: InProcessTenant, management: ManagementClient
) -> None:
    assert management.find(CLIENT, {"name": 'a "quoted" one'}) is not None
    assert not any(sent.path.endswith("search") for sent in tenant.sent)


def test_after_a_creation_all_clients_are_looked_at_since_the_search_lags_behind(
    tenant: InProcessTenant, management: ManagementClient
) -> None:
    assert len(management.all_of(CLIENT, {"name": "twin"})) == 2
    assert len(lists(tenant)) == PAGES


def test_a_configuration_searches_for_a_few_clients_and_reads_the_list_for_many(tenant: InProcessTenant) -> None:
    few = [{"name": f"client {number:03}"} for number in (0, 150, 230)]
    assert not keep_config(task(tenant, config_spec(), clients=few))["changed"]
    assert len(lists(tenant)) == 1
    tenant.forget()
    many = [{"name": f"client {number:03}"} for number in range(240)]
    assert not keep_config(task(tenant, config_spec(), clients=many))["changed"]
    assert len(lists(tenant)) == len(tenant.sent) == PAGES


def test_a_configuration_reads_the_list_where_one_of_its_clients_is_not_found(tenant: InProcessTenant) -> None:
    options = {"clients": [{"name": "client 230"}, {"name": "new", "app_type": "non_interactive"}]}
    result = keep_config(task(tenant, config_spec(), **options))
    assert [row["name"] for row in result["changes"]] == ["new"]
    tenant.forget()
    assert not keep_config(task(tenant, config_spec(), **options))["changed"]
    assert len(lists(tenant)) == 1
