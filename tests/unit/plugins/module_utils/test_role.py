# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tasks that keep and read roles: what they cost in requests, and how a filter that ignores case is used."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._errors import (
    ApiError,
    Auth0Error,
    InvalidOptions,
    Refused,
)
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from ansible_collections.community.auth0.plugins.module_utils._modules.keeping import keep
from ansible_collections.community.auth0.plugins.module_utils._modules.reading import read
from ansible_collections.community.auth0.plugins.module_utils._task.runner import TaskFailed
from ansible_collections.community.auth0.tests.harness.in_process import mutated, replaced
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.numbered_tenant import CALLER, GONE, Numbered
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.tasks import info_task_of, task_of

ROLE = KINDS["role"]
ROLES = "/api/v2/roles"


def run(check_mode: bool = False, diff: bool = False, **options: Any) -> dict[str, Any]:
    return keep(ROLE, task_of(ROLE, check_mode, diff, **options))


def failed(error: type[Auth0Error], **options: Any) -> TaskFailed:
    with pytest.raises(TaskFailed) as caught:
        run(**options)
    assert isinstance(caught.value.error, error)
    return caught.value


@dataclasses.dataclass(frozen=True)
class Case:
    """What a task declares, what it does, and the requests that it sends."""

    options: dict[str, Any]
    action: str
    requests: list[str]


CASES = [
    Case({"name": "Planner"}, "none", [f"GET {ROLES}"]),
    Case({"name": "Planner", "description": "Plans"}, "none", [f"GET {ROLES}"]),
    Case({"name": "Planner", "description": "Plans all"}, "update", [f"GET {ROLES}", f"PATCH {ROLES}/rol_2"]),
    Case({"name": "planner"}, "create", [f"GET {ROLES}", f"POST {ROLES}"]),
    Case({"name": "Plan", "description": ""}, "create", [f"GET {ROLES}", f"POST {ROLES}"]),
    Case({"id": "rol_2", "description": "Plans"}, "none", [f"GET {ROLES}/rol_2"]),
    Case({"id": "rol_2", "name": "Scheduler"}, "update", [f"GET {ROLES}/rol_2", f"PATCH {ROLES}/rol_2"]),
    Case({"name": "Planner", "state": "absent"}, "delete", [f"GET {ROLES}", f"DELETE {ROLES}/rol_2"]),
    Case({"id": "rol_2", "state": "absent"}, "delete", [f"GET {ROLES}/rol_2", f"DELETE {ROLES}/rol_2"]),
    Case({"id": "rol_9", "state": "absent"}, "none", [f"GET {ROLES}/rol_9"]),
    Case({"name": "Nobody", "state": "absent"}, "none", [f"GET {ROLES}"]),
]
each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.action} {case.options}")


@pytest.fixture
def furnished(tenant: Numbered) -> Numbered:
    """Names of which one is a part of the others."""
    tenant.add_role("Chief Planner")
    tenant.add_role("Planner", description="Plans")
    tenant.add_role("PLANNER")
    return tenant


@each_case
def test_a_task_with_a_token_sends_exactly_these_requests(furnished: Numbered, case: Case) -> None:
    result = run(diff=True, **case.options)
    assert furnished.requests == case.requests
    assert (result["action"], result["changed"]) == (case.action, case.action != "none")
    assert ("role" in result) is (case.options.get("state") != "absent")
    assert (result["diff"]["before"] == result["diff"]["after"]) is (case.action == "none")


@each_case
def test_credentials_cost_one_request_more_and_check_mode_sends_no_write(furnished: Numbered, case: Case) -> None:
    predicted = run(True, **case.options, **CALLER)
    assert furnished.requests == ["POST /oauth/token", case.requests[0]]
    assert furnished.written == []
    done = run(**case.options)
    assert {**done, "role": None} == {**predicted, "role": None}
    assert (done.get("role") or {}).items() >= (predicted.get("role") or {}).items()


@each_case
def test_a_second_run_changes_nothing(furnished: Numbered, case: Case) -> None:
    run(**case.options)
    furnished.forget()
    assert run(**case.options)["changed"] is False
    assert furnished.written == []


def test_the_server_filters_by_name_and_only_the_same_name_counts(furnished: Numbered) -> None:
    furnished.page_size = 2
    assert run(name="Planner")["role"] == furnished.roles[1]
    assert [call.query["name_filter"] for call in furnished.sent] == [["Planner"], ["Planner"]]
    assert [call.query["page"] for call in furnished.sent] == [["0"], ["1"]]


def test_two_roles_of_the_name_are_an_error_with_their_ids(furnished: Numbered) -> None:
    furnished.stored("role", furnished.add_role("Another")["id"])["name"] = "Planner"
    error = failed(Auth0Error, name="Planner", description="new").error
    assert error.code == "ambiguous"
    assert "rol_2, rol_4" in error.message
    assert furnished.written == []


def test_a_role_that_somebody_created_meanwhile_is_taken_over(tenant: Numbered) -> None:
    tenant.add_role("Planner")
    tenant.fail(replaced({"roles": [], "limit": 100}), "GET", ROLES)
    assert run(name="Planner", description="new")["action"] == "update"
    assert tenant.requests == [f"GET {ROLES}", f"POST {ROLES}", f"GET {ROLES}", f"PATCH {ROLES}/rol_1"]


@pytest.mark.parametrize(
    ("options", "told"),
    [({"name": ""}, "name: must not be empty"), ({"id": ".."}, "'..' cannot name a role")],
)
def test_bad_options_fail_before_anything_is_sent(tenant: Numbered, options: dict[str, Any], told: str) -> None:
    assert told in failed(InvalidOptions, **options).error.message
    assert tenant.requests == []


def test_an_id_that_is_not_there_is_not_created(tenant: Numbered) -> None:
    assert failed(Refused, id="rol_9", name="Planner").error.code == "not_found"
    assert tenant.written == []


def test_a_missing_scope_is_named(tenant: Numbered) -> None:
    tenant.lack("create:roles")
    caught = failed(ApiError, name="Planner")
    assert "create:roles" in caught.error.message
    assert not caught.changed


@pytest.mark.parametrize(
    ("options", "filters", "names"),
    [
        ({}, None, ["Chief Planner", "PLANNER", "Planner"]),
        ({"name": "Planner"}, ["Planner"], ["Planner"]),
        ({"name": "planner"}, ["planner"], []),
        ({"name_pattern": "*Planner"}, None, ["Chief Planner", "Planner"]),
        ({"name_filter": "chief"}, ["chief"], ["Chief Planner"]),
        ({"name_filter": "chief", "name_pattern": "P*"}, ["chief"], []),
        ({"name_filter": "chief", "name": "Planner"}, ["chief"], []),
    ],
)
def test_roles_are_read_in_one_request_that_filters_where_it_can(
    furnished: Numbered, options: dict[str, Any], filters: list[str] | None, names: list[str]
) -> None:
    result = read(ROLE, info_task_of(ROLE, **options))
    assert [role["name"] for role in result["roles"]] == names
    assert result["changed"] is False
    assert [call.query.get("name_filter") for call in furnished.sent] == [filters]


def test_a_role_is_read_by_its_id(furnished: Numbered) -> None:
    assert read(ROLE, info_task_of(ROLE, id="rol_2"))["roles"] == [furnished.roles[1]]
    assert read(ROLE, info_task_of(ROLE, id="rol_9"))["roles"] == []
    assert furnished.requests == [f"GET {ROLES}/rol_2", f"GET {ROLES}/rol_9"]


def test_permissions_cost_one_request_for_each_role_and_come_sorted_with_what_the_api_says_of_them(
    furnished: Numbered,
) -> None:
    described = [{"value": scope, "description": "more"} for scope in ("read", "write")]
    furnished.make("resource-servers", identifier="urn:a", name="An API", scopes=described)
    furnished.add_api("urn:b", ("read",))
    names = [("urn:b", "read"), ("urn:a", "write"), ("urn:a", "read")]
    named = [{"resource_server_identifier": api, "permission_name": scope} for api, scope in names]
    furnished.make("roles/rol_2/permissions", permissions=named)

    def with_more(answer: Any) -> None:
        for row in answer["permissions"]:
            row["sources"] = "not declared"

    furnished.fail(mutated(with_more), "GET", "rol_2/permissions")
    roles = read(ROLE, info_task_of(ROLE, include_permissions=True))["roles"]
    assert furnished.requests == [f"GET {ROLES}", *(f"GET {ROLES}/rol_{number}/permissions" for number in (1, 3, 2))]
    assert [role["permissions"] for role in roles[:2]] == [[], []]
    assert [{name: one[name] for name in named[0]} for one in roles[2]["permissions"]] == named[::-1]
    told = {"description": "more", "resource_server_name": "An API"}
    assert roles[2]["permissions"][0] == {**named[2], **told}


def test_a_role_that_goes_while_it_is_read_has_no_permissions(furnished: Numbered) -> None:
    furnished.fail(GONE, "GET", f"{ROLES}/rol_2/permissions")
    (role,) = read(ROLE, info_task_of(ROLE, id="rol_2", include_permissions=True))["roles"]
    assert role["permissions"] == []


def test_a_name_that_is_not_unicode_is_refused_in_words(tenant: Numbered) -> None:
    assert "not valid Unicode" in failed(InvalidOptions, name="\ud800").message
    assert tenant.requests == []
