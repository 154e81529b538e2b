# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Scopes that are taken from an API while grants hold them, and the limits and shapes of what a tenant answers."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._errors import (
    Auth0Error,
    InvalidOptions,
    OutcomeUnknown,
    Refused,
)
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from ansible_collections.community.auth0.plugins.module_utils._modules.client_credentials.work import WORK as KEYS
from ansible_collections.community.auth0.plugins.module_utils._modules.client_secret.work import WORK as SECRET
from ansible_collections.community.auth0.plugins.module_utils._modules.keeping import work_of
from ansible_collections.community.auth0.plugins.module_utils._modules.reading import info_work_of
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Task, TaskFailed, Work
from ansible_collections.community.auth0.tests.harness.in_process import (
    DROPPED_AFTER,
    Fault,
    InProcessTenant,
    Raw,
    answered,
)
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.keys import public_pem
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.tasks import params_of

pytestmark = pytest.mark.usefixtures("short_waits")

API, CLIENT, GRANT, ROLE = (work_of(KINDS[name]) for name in ("resource_server", "client", "client_grant", "role"))


@pytest.fixture
def tenant(monkeypatch: pytest.MonkeyPatch) -> Iterator[InProcessTenant]:
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    tenant = InProcessTenant()
    with tenant.installed():
        yield tenant


def task_of(tenant: InProcessTenant, work: Work, **options: Any) -> Task:
    access = {"auth0_domain": tenant.domain, "auth0_api_token": tenant.token()}
    return Task(params_of(work.make_spec(), {**access, **options}))


def run(tenant: InProcessTenant, work: Work, **options: Any) -> tuple[dict[str, Any], list[str]]:
    """What a task returns, and its warnings."""
    task = task_of(tenant, work, **options)
    return work.perform(task), task.warnings


def failed(tenant: InProcessTenant, error: type[Auth0Error], work: Work, **options: Any) -> TaskFailed:
    with pytest.raises(TaskFailed) as caught:
        work.perform(task_of(tenant, work, **options))
    assert isinstance(caught.value.error, error)
    return caught.value


def scopes(*names: str) -> list[dict[str, str]]:
    return [{"value": name} for name in names]


@pytest.fixture
def granted(tenant: InProcessTenant) -> InProcessTenant:
    run(tenant, API, identifier="urn:a", scopes=scopes("read", "write"))
    run(tenant, CLIENT, name="one", app_type="non_interactive")
    run(tenant, GRANT, client_name="one", audience="urn:a", scope=["read", "write"])
    return tenant


def test_a_scope_that_is_taken_away_while_a_grant_holds_it_is_warned_of(granted: InProcessTenant) -> None:
    granted.forget()
    dummy, warnings = run(granted, API, identifier="urn:a", scopes=scopes("write"))
    assert len(warnings) == 1 and "read is removed, but the client grant" in warnings[0]
    assert [str(sent) for sent in granted.sent] == [
        "GET /api/v2/resource-servers/urn%3Aa",
        "GET /api/v2/client-grants",
        next(str(sent) for sent in granted.writes),
    ]


def test_it_is_refused_where_the_task_says_so_and_nothing_is_written(granted: InProcessTenant) -> None:
    granted.forget()
    options = {"identifier": "urn:a", "scopes": scopes("write"), "validate_grants": True}
    assert "still holds it" in failed(granted, InvalidOptions, API, **options).message
    assert granted.writes == []


def test_nobody_is_warned_of_a_scope_that_no_grant_holds(granted: InProcessTenant) -> None:
    run(granted, GRANT, client_name="one", audience="urn:a", scope=["write"])
    assert run(granted, API, identifier="urn:a", scopes=scopes("write"))[1] == []


def test_the_task_of_a_grant_that_keeps_a_scope_without_a_meaning_warns_of_it(granted: InProcessTenant) -> None:
    run(granted, API, identifier="urn:a", scopes=scopes("write"))
    result, warnings = run(granted, GRANT, client_name="one", audience="urn:a", scope=["read", "write"])
    assert result["changed"] is False
    assert len(warnings) == 1 and "the API urn:a does not define this scope: read." in warnings[0]
    unchecked = {"client_name": "one", "audience": "urn:a", "scope": ["read", "write"], "validate_scope": False}
    assert run(granted, GRANT, **unchecked)[1] == []


def test_a_tenant_that_stores_fewer_keys_says_so_and_the_failure_says_how_to_go_on(tenant: InProcessTenant) -> None:
    run(tenant, CLIENT, name="one", app_type="non_interactive")
    tenant.fail(answered(400, "A client can have a maximum of 2 credentials."), "POST", "/credentials$")
    options = {"client_name": "one", "method": "private_key_jwt", "credentials": [{"pem": public_pem()}]}
    assert "in a first run" in failed(tenant, Refused, KEYS, **options).message


def test_a_role_of_an_organization_is_not_the_role_of_the_tenant_that_has_its_name(tenant: InProcessTenant) -> None:
    organization = tenant.call("POST", "/organizations", {"name": "acme"})["id"]
    other = {"name": "admin", "description": "acme's", "type": "organization", "owner_id": organization}
    theirs = tenant.call("POST", "/roles", other)["id"]
    result, dummy = run(tenant, ROLE, name="admin", description="the tenant's")
    assert (result["action"], result["role"]["id"] == theirs) == ("create", False)
    assert tenant.call("GET", f"/roles/{theirs}")["description"] == "acme's"
    assert run(tenant, ROLE, name="admin", description="the tenant's")[0]["changed"] is False


def test_a_value_that_means_absence_is_not_sent_when_an_object_is_created(tenant: InProcessTenant) -> None:
    run(tenant, CLIENT, name="one", app_type="non_interactive", description="", oidc_conformant=False)
    options = {"audience": tenant.audience, "scope": ["read:users"], "allow_all_scopes": False}
    run(tenant, GRANT, client_name="one", organization_usage="deny", **options)
    bodies = [sent.body for sent in tenant.writes]
    assert bodies[0] == {"name": "one", "app_type": "non_interactive", "grant_types": ["client_credentials"]}
    assert set(bodies[1]) == {"client_id", "audience", "scope"}


# a secret is never thrown away


def test_a_secret_that_may_be_in_force_is_returned_by_the_failure(tenant: InProcessTenant) -> None:
    run(tenant, CLIENT, name="one", app_type="non_interactive")
    tenant.fail(DROPPED_AFTER, "PATCH", "/clients/")
    tenant.fail(answered(503), "GET", "/clients/", times=9, skip=1)
    caught = failed(tenant, OutcomeUnknown, SECRET, client_name="one", force=True)
    tenant.heal()
    (held,) = [row for row in tenant.call("GET", "/clients") if row["name"] == "one"]
    assert caught.changed is True
    assert caught.result["client_secret"] == held["client_secret"]
    assert held["client_secret"] not in caught.message


# unknown outcomes


def test_a_creation_whose_answer_was_lost_while_reads_stay_stale_has_an_unknown_outcome(
    tenant: InProcessTenant,
) -> None:
    tenant.fail(DROPPED_AFTER, "POST", "/resource-servers$")
    gone = answered(404, "The resource server does not exist", "inexistent_resource_server")
    tenant.fail(gone, "GET", "/resource-servers/", times=20)
    caught = failed(tenant, OutcomeUnknown, API, identifier="urn:a")
    assert caught.changed is True
    assert "409" not in caught.message.split("Look at the tenant")[0] or "was not found" in caught.message


def test_it_is_found_once_the_reads_have_caught_up(tenant: InProcessTenant) -> None:
    tenant.fail(DROPPED_AFTER, "POST", "/resource-servers$")
    gone = answered(404, "The resource server does not exist", "inexistent_resource_server")
    tenant.fail(gone, "GET", "/resource-servers/", times=3)
    assert run(tenant, API, identifier="urn:a")[0]["changed"] is True


def test_a_deletion_that_is_answered_by_somebody_else_is_read_back(tenant: InProcessTenant) -> None:
    run(tenant, API, identifier="urn:a")
    tenant.fail(
        Fault("another 404", False, lambda request, answer: answer.with_json({"detail": "?"}, 404)), "DELETE", "/"
    )
    run(tenant, API, identifier="urn:a", state="absent")
    assert [row for row in tenant.call("GET", "/resource-servers") if row["identifier"] == "urn:a"] == []


# the shape of answers


def mutated(change: Any) -> Fault:
    def effect(request: Any, answer: Raw) -> Raw:
        value = json.loads(answer.content)
        change(value)
        return answer.with_json(value)

    return Fault("mutated", True, effect)


WRONG = (7, "text", [1], {"a": 1}, "\ud800", [None])


@pytest.mark.parametrize("name", ["client", "resource_server", "client_grant", "role"])
def test_no_answer_of_another_shape_ends_in_a_traceback(granted: InProcessTenant, name: str) -> None:
    """Each field of each answer, with values of every type in its place: success, or a failure in words."""
    run(granted, ROLE, name="reader")
    kind = KINDS[name]
    rows = granted.call("GET", f"/{kind.path}?per_page=100")
    own = granted.credentials.client_id
    item = next(
        row for row in rows if not row.get("is_system") and row.get("client_id") != own and not row.get("global")
    )
    options = {kind.id_field: item[kind.id_field]}
    if name == "client_grant":
        options = {"client_id": item["client_id"], "audience": item["audience"]}
    keeping, reading = work_of(kind), info_work_of(kind)
    tasks = [
        (keeping, task_of(granted, keeping, **options, **declared(kind, item))),
        (reading, task_of(granted, reading)),
    ]
    failures: list[Auth0Error] = []
    for (field, wrong), (work, task) in zip(
        itertools.product(sorted({*item, *kind.options}), WRONG), itertools.cycle(tasks), strict=False
    ):

        def change(value: Any, field: str = field, wrong: Any = wrong) -> None:
            for row in value if isinstance(value, list) else value.get(kind.collection, [value]):
                row[field] = wrong

        granted.fail(mutated(change), "GET", f"/{kind.path}")
        try:
            work.perform(task)
        except TaskFailed as caught:
            failures.append(caught.error)
        granted.heal()
    assert [error.message for error in failures if error.code == "bug"] == []
    assert len(failures) > 5


def declared(kind: Any, item: Any) -> dict[str, Any]:
    """Something that changes, so that everything is compared."""
    if kind.name == "client":
        return {"description": "new", "jwt_configuration": {"alg": "RS256"}, "client_metadata": {"a": "b"}}
    if kind.name == "resource_server":
        return {"token_lifetime": 99999, "scopes": scopes("read", "write", "more")}
    return {"scope": ["read"]} if kind.name == "client_grant" else {"description": "new"}
