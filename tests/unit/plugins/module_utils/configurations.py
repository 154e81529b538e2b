# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Configurations for tests, and runs of auth0_config against a tenant in this process."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._errors import Auth0Error, InvalidOptions
from ansible_collections.community.auth0.plugins.module_utils._modules.config.work import config_spec, keep_config
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Task, TaskFailed
from ansible_collections.community.auth0.tests.harness.in_process import InProcessTenant
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.tasks import params_of

Options = dict[str, Any]
Result = dict[str, Any]

TODAY = datetime.datetime(2027, 1, 15, tzinfo=datetime.UTC)


def run(
    tenant: InProcessTenant,
    check_mode: bool = False,
    diff: bool = False,
    now: datetime.datetime = TODAY,
    **options: Any,
) -> Result:
    """What auth0_config returns."""
    return keep_config(task_with(tenant, check_mode, diff, **options), lambda: now)


def task_with(tenant: InProcessTenant, check_mode: bool = False, diff: bool = False, **options: Any) -> Task:
    access = {
        "auth0_domain": tenant.domain,
        "auth0_client_id": tenant.credentials.client_id,
        "auth0_client_secret": tenant.credentials.client_secret,
    }
    return Task(params_of(config_spec(), {**access, **options}), check_mode, diff)


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


API = {"identifier": "urn:api", "name": "An API", "scopes": [{"value": "read"}, {"value": "write"}]}
CLIENT = {"name": "reminders", "app_type": "non_interactive"}
GRANT = {"client_name": "reminders", "audience": "urn:api", "scope": ["read"]}
ALL = {"resource_servers": [API], "clients": [CLIENT], "client_grants": [GRANT]}


def rows(result: Result) -> list[tuple[str, str, str]]:
    return [(row["kind"], row["name"], row["action"]) for row in result["changes"]]
