# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs at the same time that create the same client leave one of it, whatever the order in which they come."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._engine import twins
from ansible_collections.community.auth0.plugins.module_utils._kinds.client import CLIENT
from ansible_collections.community.auth0.plugins.module_utils._modules.config.work import config_spec, keep_config
from ansible_collections.community.auth0.plugins.module_utils._modules.keeping import keep
from ansible_collections.community.auth0.plugins.module_utils._modules.kind_options import kind_spec
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Task
from ansible_collections.community.auth0.tests.harness.in_process import InProcessTenant
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.tasks import params_of

Options = dict[str, Any]


@pytest.fixture
def tenant(monkeypatch: pytest.MonkeyPatch) -> Iterator[InProcessTenant]:
    monkeypatch.setattr(twins, "PAUSE", 0.01)
    tenant = InProcessTenant()
    with tenant.installed():
        yield tenant


def with_access(tenant: InProcessTenant, spec: Any, **options: Any) -> Task:
    return Task(params_of(spec, {"auth0_domain": tenant.domain, "auth0_api_token": tenant.token(), **options}))


def by_module(tenant: InProcessTenant) -> Any:
    return keep(CLIENT, with_access(tenant, kind_spec(CLIENT), name="reminders", app_type="non_interactive"))


def by_config(tenant: InProcessTenant) -> Any:
    clients = [{"name": "reminders", "app_type": "non_interactive"}]
    grants = [{"client_name": "reminders", "audience": "urn:api", "scope": []}]
    options: Options = {"clients": clients, "client_grants": grants, "resource_servers": [{"identifier": "urn:api"}]}
    return keep_config(with_access(tenant, config_spec(), **options))


def named(tenant: InProcessTenant) -> list[str]:
    return [row["client_id"] for row in tenant.call("GET", "/clients?is_global=false") if row["name"] == "reminders"]


def meanwhile(tenant: InProcessTenant, number: int, made: list[str]) -> Callable[..., Any]:
    """The way to the tenant, on which somebody else creates so many clients right before the task creates its own."""
    send = tenant.send

    def sent(request: Any, **more: Any) -> Any:
        if request.method == "POST" and request.url.endswith("/clients") and not made:
            made.extend(tenant.call("POST", "/clients", {"name": "reminders"})["client_id"] for dummy in range(number))
        return send(request, **more)

    return sent


@pytest.mark.parametrize("run", [by_module, by_config])
def test_a_run_that_comes_second_removes_what_it_made_and_takes_the_one_that_stays(
    tenant: InProcessTenant, run: Callable[[InProcessTenant], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    monkeypatch.setattr(tenant, "send", meanwhile(tenant, 1, made))
    run(tenant)
    assert named(tenant) == made
    # It was made what is declared.
    assert tenant.call("GET", f"/clients/{made[0]}")["app_type"] == "non_interactive"
    deleted = [one.path for one in tenant.sent if one.method == "DELETE"]
    assert len(deleted) == 1 and made[0] not in deleted[0]
    tenant.forget()
    assert run(tenant)["changed"] is False


def test_a_grant_is_made_for_the_client_that_stays(tenant: InProcessTenant, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    monkeypatch.setattr(tenant, "send", meanwhile(tenant, 1, made))
    result = by_config(tenant)
    (grant,) = tenant.call("GET", "/client-grants?audience=urn:api")
    assert grant["client_id"] == made[0] == result["ids"]["client"]["reminders"]


@pytest.mark.parametrize(("run", "pair"), list(itertools.product([by_module, by_config], range(15))))
def test_pairs_of_runs_leave_one_client_and_the_next_run_changes_nothing(
    tenant: InProcessTenant, run: Callable[[InProcessTenant], Any], pair: int
) -> None:
    """Both look before either creates: a barrier stands where each sends its first creation."""
    tenant.token()  # one for both
    barrier = threading.Barrier(2)
    send, arrived = tenant.send, itertools.count(1)

    def sent(request: Any, **more: Any) -> Any:
        if request.method == "POST" and request.url.endswith("/clients") and next(arrived) <= 2:
            barrier.wait(60)
        return send(request, **more)

    tenant.send = sent  # type: ignore[method-assign]
    threads = [threading.Thread(target=lambda: results.append(run(tenant))) for dummy in range(2)]
    results: list[Any] = []
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert len(results) == 2
    assert len(named(tenant)) == 1
    tenant.send = send  # type: ignore[method-assign]
    assert run(tenant)["changed"] is False
