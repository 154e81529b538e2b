# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A whole tenant in one task, against a tenant in this process."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._errors import Auth0Error, InvalidOptions
from ansible_collections.community.auth0.plugins.module_utils._modules.config.work import config_spec, keep_config
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Task, TaskFailed
from ansible_collections.community.auth0.tests.harness.in_process import (
    InProcessTenant,
)
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.tasks import params_of

Options = dict[str, Any]
Result = dict[str, Any]


@pytest.fixture
def tenant() -> Iterator[InProcessTenant]:
    tenant = InProcessTenant()
    with tenant.installed():
        yield tenant


def run(tenant: InProcessTenant, check_mode: bool = False, diff: bool = False, **options: Any) -> Result:
    """What auth0_config returns."""
    access = {
        "auth0_domain": tenant.domain,
        "auth0_client_id": tenant.credentials.client_id,
        "auth0_client_secret": tenant.credentials.client_secret,
    }
    return keep_config(Task(params_of(config_spec(), {**access, **options}), check_mode, diff))


def failed(tenant: InProcessTenant, error: type[Auth0Error] = InvalidOptions, **options: Any) -> TaskFailed:
    with pytest.raises(TaskFailed) as caught:
        run(tenant, **options)
    assert isinstance(caught.value.error, error)
    return caught.value


def configuration(number: int) -> Options:
    """So many APIs, clients and grants."""
    numbers = range(number)
    return {
        "resource_servers": [
            {"identifier": f"https://api-{i}/", "name": f"API {i}", "scopes": [{"value": "read"}, {"value": "write"}]}
            for i in numbers
        ],
        "clients": [{"name": f"client {i}", "app_type": "non_interactive"} for i in numbers],
        "client_grants": [
            {"client_name": f"client {i}", "audience": f"https://api-{i}/", "scope": ["read"]} for i in numbers
        ],
    }


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
        "  - resource_servers[4]: expected a dictionary with the options of community.auth0.auth0_resource_server, not str.",
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
