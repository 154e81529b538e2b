# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is declared with its id is meant by its name, in the whole configuration."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._modules.config.work import config_spec, keep_config
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Task
from ansible_collections.community.auth0.tests.harness.in_process import InProcessTenant
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.tasks import params_of

API = "https://orders/"


@pytest.fixture
def tenant() -> Iterator[InProcessTenant]:
    tenant = InProcessTenant()
    with tenant.installed():
        yield tenant


def run(tenant: InProcessTenant, **options: Any) -> dict[str, Any]:
    """What auth0_config returns."""
    access = {
        "auth0_domain": tenant.domain,
        "auth0_client_id": tenant.credentials.client_id,
        "auth0_client_secret": tenant.credentials.client_secret,
    }
    return keep_config(Task(params_of(config_spec(), {**access, **options})))


def ids_of(result: dict[str, Any]) -> tuple[str, str]:
    return result["ids"]["client"]["old"], result["ids"]["client"]["service"]


@pytest.mark.parametrize("state", ["present", "absent"])
def test_a_grant_means_the_client_that_is_declared_with_its_id_and_not_another_of_its_name(
    tenant: InProcessTenant, state: str
) -> None:
    made = run(
        tenant,
        resource_servers=[{"identifier": API}],
        clients=[{"name": "old"}, {"name": "service"}],
        client_grants=[{"client_name": name, "audience": API, "scope": []} for name in ("old", "service")],
    )
    mine, other = ids_of(made)
    run(tenant, clients=[{"client_id": mine, "name": "service"}])  # now there are two of the name

    result = run(
        tenant,
        clients=[{"client_id": mine, "name": "service", "state": state}],
        client_grants=[{"client_name": "service", "audience": API, "scope": [], "state": state}],
    )
    assert result["changed"] is (state == "absent")
    kept = run(tenant, client_grants=[{"client_id": other, "audience": API, "scope": []}])
    assert kept["changed"] is False
