# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A whole tenant in one task, where the tenant's plan has a limit: counts, in a time that passes where a task waits."""

from __future__ import annotations

import functools
import threading

import pytest
from ansible_collections.community.auth0.plugins.module_utils._engine import connection
from ansible_collections.community.auth0.plugins.module_utils._http.rate_gate import RateGate
from ansible_collections.community.auth0.plugins.module_utils._modules.config.work import config_spec, keep_config
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Task
from ansible_collections.community.auth0.tests.harness.in_process import Clock, InProcessTenant
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.tasks import params_of
from auth0_emulator.controls.rate_limit import Plan, Rate

FREE = Plan(Rate(2, 2), Rate(2, 2))
WRITES = 6
HANDFUL = 5


@pytest.mark.parametrize("concurrency", [1, 4, 16])
def test_a_new_tenant_of_the_free_plan_is_set_up_with_no_more_than_a_handful_of_refusals(
    monkeypatch: pytest.MonkeyPatch, concurrency: int
) -> None:
    clock = Clock()

    def wait(condition: threading.Condition, seconds: float) -> None:
        condition.wait(0.001)  # lets the others work
        clock.advance(min(seconds, 0.05))

    gate = functools.partial(RateGate, monotonic=clock, epoch=clock, wait=wait, jitter=lambda: 0.0)
    monkeypatch.setattr(connection, "RateGate", gate)
    tenant = InProcessTenant(clock=clock, plan=FREE)
    numbers = range(WRITES // 3)
    options = {
        "auth0_domain": tenant.domain,
        "auth0_client_id": tenant.credentials.client_id,
        "auth0_client_secret": tenant.credentials.client_secret,
        "concurrency": concurrency,
        "resource_servers": [{"identifier": f"urn:{n}", "scopes": [{"value": "read"}]} for n in numbers],
        "clients": [{"name": f"client {n}"} for n in numbers],
        "client_grants": [{"client_name": f"client {n}", "audience": f"urn:{n}", "scope": ["read"]} for n in numbers],
    }
    with tenant.installed():
        result = keep_config(Task(params_of(config_spec(), options), False))
    refused = [sent for sent in tenant.sent if sent.status == 429]
    assert len(result["changes"]) == len(tenant.writes) - sum(sent.method != "GET" for sent in refused) == WRITES
    assert len(refused) <= HANDFUL
    assert result["requests"]["number"] == len(tenant.sent)
