# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tasks that keep permissions of roles, and keep or read grants of organizations: requests, results, failures."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._engine.selection import Selection
from ansible_collections.community.auth0.plugins.module_utils._errors import (
    Ambiguous,
    ApiError,
    Auth0Error,
    InvalidOptions,
    Missing,
    OutcomeUnknown,
    Refused,
    Unreachable,
)
from ansible_collections.community.auth0.plugins.module_utils._kinds.client_grant import CLIENT_GRANT
from ansible_collections.community.auth0.plugins.module_utils._modules import linking, role_permissions
from ansible_collections.community.auth0.plugins.module_utils._modules import organization_client_grant as _grant
from ansible_collections.community.auth0.plugins.module_utils._task.arguments import ArgumentSpec
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Task, TaskFailed
from ansible_collections.community.auth0.tests.harness.in_process import HUNG_AFTER, HUNG_BEFORE, answered, replaced
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.numbered_tenant import CALLER, TOKEN, Numbered
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.tasks import InvalidTask, params_of

ROLES, APIS, CLIENTS, GRANTS = "/api/v2/roles", "/api/v2/resource-servers", "/api/v2/clients", "/api/v2/client-grants"
ORGANIZATIONS = "/api/v2/organizations"
GRANT_A, GRANT_B = "cgr_0000000000000006", "cgr_0000000000000007"
LACKING = answered(403, "Insufficient scope, expected any of: update:roles", "insufficient_scope")
HELD, LINKED = f"{ROLES}/rol_4/permissions", f"{ORGANIZATIONS}/org_8/client-grants"

Options = dict[str, Any]


@dataclasses.dataclass(frozen=True)
class Module:
    """A module: its options and its work."""

    spec: ArgumentSpec
    keep: Callable[[Task], dict[str, Any]]

    def run(self, check_mode: bool = False, diff: bool = False, **options: Any) -> dict[str, Any]:
        credentials = {} if "auth0_client_id" in options else {"auth0_api_token": TOKEN}
        return self.keep(Task(params_of(self.spec, {**credentials, **options}), check_mode, diff))

    def failed(self, error: type[Auth0Error], check_mode: bool = False, **options: Any) -> TaskFailed:
        with pytest.raises(TaskFailed) as caught:
            self.run(check_mode, **options)
        assert isinstance(caught.value.error, error)
        return caught.value


PERMISSIONS = Module(role_permissions.role_permissions_spec(), role_permissions.keep_role_permissions)
GRANT = Module(_grant.organization_client_grant_spec(), _grant.keep_organization_client_grant)
GRANTS_INFO = Module(_grant.organization_client_grant_info_spec(), _grant.read_organization_client_grants)


def permissions(*names: str) -> list[dict[str, str]]:
    """Permissions from names such as ``a:read``, in the API ``urn:a``."""
    pairs = [name.split(":") for name in names]
    return [{"resource_server_identifier": f"urn:{api}", "permission_name": scope} for api, scope in pairs]


@pytest.fixture
def furnished(tenant: Numbered) -> Numbered:
    """Two APIs, two roles of which one has permissions, two clients with grants, one of them in an organization."""
    tenant.add_api("urn:a", ("read", "write", "more"))
    tenant.add_api("urn:b", ("read",))
    tenant.add_role("Chief planner")
    tenant.add_role("Planner", ("urn:b", "read"), ("urn:a", "read"), ("urn:a", "write"))
    tenant.add_client("reminders")
    tenant.add_grant("client5", "urn:a", organization_usage="require")
    tenant.add_grant("client5", "urn:b", organization_usage="require")
    tenant.add_organization("practice", GRANT_A)
    return tenant


@pytest.fixture(autouse=True)
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    seconds: list[float] = []
    monkeypatch.setattr(linking, "time", type("Clock", (), {"sleep": seconds.append}))
    return seconds


@dataclasses.dataclass(frozen=True)
class Case:
    """What a task declares on that tenant, what it does, and the requests that it sends."""

    module: Module
    options: Options
    action: str
    requests: list[str]


LIST, ADD, REMOVE = f"GET {HELD}", f"POST {HELD}", f"DELETE {HELD}"
A, B = f"GET {APIS}/urn%3Aa", f"GET {APIS}/urn%3Ab"
ALL = permissions("a:read", "a:write", "b:read")
#: What auth0_role_info shows beside what names a permission.
TOLD = {"description": "Whatever", "resource_server_name": "An API"}
LATER = ["API urn:c", "API urn:d"]
BY_ID = {"role_id": "rol_4"}
ORGANIZATION = {"organization_id": "org_8"}
OF_CLIENT = {"client_name": "reminders", "audience": "urn:b"}
CASES = [
    Case(PERMISSIONS, {**BY_ID, "permissions": ALL}, "none", [LIST]),
    Case(PERMISSIONS, {"role_name": "Planner", "permissions": ALL[::-1]}, "none", [f"GET {ROLES}", LIST]),
    Case(PERMISSIONS, {**BY_ID, "permissions": ALL[:2]}, "delete", [LIST, REMOVE]),
    Case(PERMISSIONS, {**BY_ID, "permissions": [{**one, **TOLD} for one in ALL]}, "none", [LIST]),
    Case(
        PERMISSIONS,
        {**BY_ID, "permissions": [{**one, **TOLD} for one in permissions("a:more")]},
        "update",
        [LIST, A, ADD, REMOVE],
    ),
    Case(PERMISSIONS, {**BY_ID, "permissions": []}, "delete", [LIST, REMOVE]),
    Case(PERMISSIONS, {**BY_ID, "permissions": [], "purge_permissions": False}, "none", [LIST]),
    Case(PERMISSIONS, {**BY_ID, "permissions": ALL + permissions("a:more")}, "create", [LIST, A, ADD]),
    Case(PERMISSIONS, {**BY_ID, "permissions": permissions("a:more")}, "update", [LIST, A, ADD, REMOVE]),
    Case(
        PERMISSIONS,
        {**BY_ID, "permissions": permissions("a:more"), "purge_permissions": False, "validate_permissions": False},
        "create",
        [LIST, ADD],
    ),
    Case(
        PERMISSIONS,
        {"role_id": "rol_3", "permissions": permissions("b:read", "a:read", "a:more")},
        "create",
        [f"GET {ROLES}/rol_3/permissions", A, B, f"POST {ROLES}/rol_3/permissions"],
    ),
    Case(PERMISSIONS, {**BY_ID, "permissions": ALL[:1], "state": "absent"}, "delete", [LIST, REMOVE]),
    Case(PERMISSIONS, {**BY_ID, "permissions": permissions("c:no"), "state": "absent"}, "none", [LIST]),
    Case(
        PERMISSIONS,
        {"role_id": "rol_9", "permissions": ALL, "state": "absent"},
        "none",
        [f"GET {ROLES}/rol_9/permissions"],
    ),
    Case(PERMISSIONS, {"role_name": "Nobody", "permissions": ALL, "state": "absent"}, "none", [f"GET {ROLES}"]),
    Case(GRANT, {**ORGANIZATION, "grant_id": GRANT_A}, "none", [f"GET {LINKED}"]),
    Case(
        GRANT,
        {**ORGANIZATION, "grant_id": GRANT_B},
        "create",
        [f"GET {LINKED}", f"GET {GRANTS}/{GRANT_B}", f"POST {LINKED}"],
    ),
    Case(
        GRANT,
        {"organization_name": "practice", **OF_CLIENT},
        "create",
        [
            f"GET {ORGANIZATIONS}/name/practice",
            f"GET {CLIENTS}",
            f"GET {GRANTS}",
            f"GET {LINKED}",
            f"POST {LINKED}",
        ],
    ),
    Case(
        GRANT,
        {**ORGANIZATION, "client_id": "client5", "audience": "urn:a", "subject_type": "client"},
        "none",
        [f"GET {GRANTS}", f"GET {LINKED}"],
    ),
    Case(
        GRANT,
        {**ORGANIZATION, "grant_id": GRANT_A, "state": "absent"},
        "delete",
        [f"GET {LINKED}", f"DELETE {LINKED}/{GRANT_A}"],
    ),
    Case(GRANT, {**ORGANIZATION, "grant_id": GRANT_B, "state": "absent"}, "none", [f"GET {LINKED}"]),
    Case(
        GRANT,
        {"organization_name": "nobody", "grant_id": GRANT_A, "state": "absent"},
        "none",
        [f"GET {ORGANIZATIONS}/name/nobody"],
    ),
    Case(
        GRANT,
        {**ORGANIZATION, "client_name": "nobody", "audience": "urn:a", "state": "absent"},
        "none",
        [f"GET {CLIENTS}"],
    ),
]
each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.action} {case.options}")


@each_case
def test_a_task_with_a_token_sends_exactly_these_requests(furnished: Numbered, case: Case) -> None:
    result = case.module.run(diff=True, **case.options)
    assert furnished.requests == case.requests
    assert (result["action"], result["changed"]) == (case.action, case.action != "none")
    assert (result["diff"]["before"] == result["diff"]["after"]) is (case.action == "none")


@each_case
def test_a_task_with_credentials_sends_one_token_request_more(furnished: Numbered, case: Case) -> None:
    names = {"client_id": case.options["client_id"]} if "client_id" in case.options else {}
    case.module.run(**case.options, **CALLER)
    assert furnished.requests == ["POST /oauth/token", *case.requests]
    assert not names or {call.query.get("client_id", ["client5"])[0] for call in furnished.sent} == {"client5"}


@each_case
def test_check_mode_predicts_what_the_run_does_and_sends_no_write(furnished: Numbered, case: Case) -> None:
    predicted = case.module.run(check_mode=True, diff=True, **case.options)
    assert furnished.requests == [request for request in case.requests if request.startswith("GET")]
    assert predicted == case.module.run(diff=True, **case.options)


@each_case
def test_a_second_run_changes_nothing(furnished: Numbered, case: Case) -> None:
    case.module.run(**case.options)
    furnished.forget()
    assert case.module.run(**case.options)["changed"] is False
    assert furnished.written == []


def test_permissions_are_returned_sorted_and_shown_in_a_diff(furnished: Numbered) -> None:
    result = PERMISSIONS.run(diff=True, **BY_ID, permissions=permissions("b:read", "a:more"))
    assert result == {
        "changed": True,
        "action": "update",
        "role_id": "rol_4",
        "permissions": permissions("a:more", "b:read"),
        "diff": {
            "before_header": "permissions of the role rol_4",
            "after_header": "permissions of the role rol_4",
            "before": {"permissions": ALL},
            "after": {"permissions": permissions("a:more", "b:read")},
        },
    }
    assert furnished.bodies("POST") == [{"permissions": permissions("a:more")}]
    assert furnished.bodies("DELETE") == [{"permissions": permissions("a:read", "a:write")}]


def test_a_grant_of_an_organization_is_returned_with_both_ids(furnished: Numbered) -> None:
    result = GRANT.run(organization_name="practice", **OF_CLIENT)
    both = {"organization_id": "org_8", "grant_id": GRANT_B}
    assert result == {"changed": True, "action": "create", "organization_client_grant": both}
    assert furnished.bodies("POST") == [{"grant_id": GRANT_B}]
    assert furnished.sent[3].query["grant_ids"] == [GRANT_B]
    gone = GRANT.run(**ORGANIZATION, grant_id=GRANT_B, state="absent")
    assert gone == {"changed": True, "action": "delete"}
    (held,) = furnished.call("GET", "/organizations/org_8/client-grants")
    assert held["id"] == GRANT_A


def test_all_pages_of_a_list_are_read(furnished: Numbered) -> None:
    furnished.page_size = 2
    assert PERMISSIONS.run(**BY_ID, permissions=ALL)["changed"] is False
    assert [call.query["page"] for call in furnished.sent] == [["0"], ["1"]]


def test_permissions_that_apis_do_not_define_are_refused_with_those_that_they_do(furnished: Numbered) -> None:
    caught = PERMISSIONS.failed(InvalidOptions, **BY_ID, permissions=permissions("a:raed", "b:x", "b:read"))
    assert caught.error.code == "undefined_permission"
    assert (
        "the API urn:a does not define this permission: raed.\nIt defines: more, read, write." in caught.error.message
    )
    assert "the API urn:b does not define this permission: x.\nIt defines: read." in caught.error.message
    assert furnished.requests == [LIST, A, B]


def test_unchecked_permissions_are_refused_by_the_server_and_nothing_is_removed(furnished: Numbered) -> None:
    options = {**BY_ID, "permissions": permissions("a:raed"), "validate_permissions": False}
    caught = PERMISSIONS.failed(ApiError, **options)
    assert (caught.error.code, caught.changed) == ("inexistent_resource_server_permission", False)
    assert furnished.requests == [LIST, ADD]
    assert len(furnished.call("GET", "/roles/rol_4/permissions")) == 3


# what does not exist


@pytest.mark.parametrize(
    ("module", "options", "what"),
    [
        (PERMISSIONS, {"role_name": "Nobody", "permissions": ALL}, ["role Nobody"]),
        (PERMISSIONS, {**BY_ID, "permissions": ALL + permissions("c:x")}, ["API urn:c"]),
        (
            PERMISSIONS,
            {"role_name": "N", "permissions": permissions("c:x", "d:x")},
            ["role N", *LATER],
        ),
        (GRANT, {**ORGANIZATION, "client_name": "nobody", "audience": "urn:a"}, ["client nobody"]),
        (GRANT, {**ORGANIZATION, "client_id": "client5", "audience": "c"}, ["client grant client5 / c"]),
        (GRANT, {"organization_name": "nobody", "grant_id": GRANT_A}, ["organization nobody"]),
    ],
)
def test_what_is_named_and_missing_fails_and_is_assumed_in_check_mode(
    furnished: Numbered, module: Module, options: Options, what: list[str]
) -> None:
    caught = module.failed(Missing, **options)
    messages = (f"There is no {what[0]} in this tenant", f"refers to the {what[0]}, which is not in this tenant")
    assert any(message in caught.error.message for message in messages)
    foreseen = module.run(check_mode=True, **options)
    assert (foreseen["action"], foreseen["changed"], foreseen["assumed"]) == ("create", True, what)
    assert furnished.written == []


def test_a_prediction_shows_what_will_be_known_later(furnished: Numbered) -> None:
    later = GRANT.run(True, True, **ORGANIZATION, client_name="nobody", audience="urn:a")
    grant_id = "(known once the client grant nobody / urn:a exists)"
    assert later["organization_client_grant"] == {"organization_id": "org_8", "grant_id": grant_id}
    assert later["diff"]["after"] == {"client_grants": [{"id": grant_id}]}
    later = GRANT.run(True, organization_name="nobody", grant_id=GRANT_A)
    assert later["organization_client_grant"] == {"organization_id": None, "grant_id": GRANT_A}


@pytest.mark.parametrize("subject", CLIENT_GRANT.fields["subject_type"].choices)
def test_a_grant_can_be_named_with_each_subject_type_that_grants_have(furnished: Numbered, subject: str) -> None:
    later = GRANT.run(True, **ORGANIZATION, client_id="client5", audience="urn:c", subject_type=subject)
    assert later["assumed"] == [f"client grant client5 / urn:c / {subject}"]


@pytest.mark.parametrize(
    ("module", "options"),
    [
        (PERMISSIONS, {"role_id": "rol_9", "permissions": ALL}),
        (GRANT, {"organization_id": "org_9", "grant_id": GRANT_A}),
        (GRANT, {**ORGANIZATION, "grant_id": "cgr_0000000000000009"}),
    ],
)
@pytest.mark.parametrize("check_mode", [False, True])
def test_an_id_that_is_missing_fails_in_check_mode_too(
    furnished: Numbered, module: Module, options: Options, check_mode: bool
) -> None:
    assert module.failed(Missing, check_mode, **options).error.code == "not_found"
    assert furnished.written == []


def test_a_name_that_fits_several_fails_with_their_ids(furnished: Numbered) -> None:
    furnished.add_client("reminders")
    caught = GRANT.failed(Ambiguous, **ORGANIZATION, **OF_CLIENT)
    assert "client5, client9" in caught.error.message
    assert furnished.written == []


def test_names_are_encoded_and_have_to_be_the_exactly_the_same(furnished: Numbered) -> None:
    GRANT.failed(Missing, organization_name="a/b", grant_id=GRANT_A)
    furnished.fail(replaced({"id": "org_8", "name": "practice"}), "GET", f"{ORGANIZATIONS}/name/Practice")
    GRANT.failed(Missing, organization_name="Practice", grant_id=GRANT_A)
    assert furnished.requests == [f"GET {ORGANIZATIONS}/name/a%2Fb", f"GET {ORGANIZATIONS}/name/Practice"]


@pytest.mark.parametrize("body", [{}, {"permissions": [{"permission_name": "read"}]}, {"permissions": ["read"]}])
def test_an_answer_that_is_no_list_of_links_is_not_taken_for_an_empty_one(furnished: Numbered, body: Options) -> None:
    furnished.fail(replaced(body), "GET", HELD)
    PERMISSIONS.failed(Unreachable, **BY_ID, permissions=ALL)
    assert furnished.written == []


# reading

READINGS = [
    (ORGANIZATION, [GRANT_A, GRANT_B], [f"GET {LINKED}"]),
    (
        {"organization_name": "practice"},
        [GRANT_A, GRANT_B],
        [f"GET {ORGANIZATIONS}/name/practice", f"GET {LINKED}"],
    ),
    ({"organization_name": "nobody"}, [], [f"GET {ORGANIZATIONS}/name/nobody"]),
    ({"organization_id": "org_9"}, [], [f"GET {ORGANIZATIONS}/org_9/client-grants"]),
    ({**ORGANIZATION, "audience": "urn:a"}, [GRANT_A], [f"GET {LINKED}"]),
    ({**ORGANIZATION, "client_id": "client5"}, [GRANT_A, GRANT_B], [f"GET {LINKED}"]),
    ({**ORGANIZATION, "client_id": "client5", "audience": "urn:c"}, [], [f"GET {LINKED}"]),
    ({**ORGANIZATION, **OF_CLIENT}, [GRANT_B], [f"GET {CLIENTS}", f"GET {LINKED}"]),
    ({**ORGANIZATION, "client_name": "nobody"}, [], [f"GET {CLIENTS}"]),
    ({"organization_name": "nobody", **OF_CLIENT}, [], [f"GET {ORGANIZATIONS}/name/nobody"]),
]
each_reading = pytest.mark.parametrize(("options", "ids", "requests_sent"), READINGS, ids=str)


@pytest.fixture
def allowed(furnished: Numbered) -> Numbered:
    """Both grants of the client may be used for the organization; the tenant lists the second API's first."""
    furnished.call("DELETE", f"/organizations/org_8/client-grants/{GRANT_A}")
    for grant_id in (GRANT_B, GRANT_A):
        furnished.make("organizations/org_8/client-grants", grant_id=grant_id)
    return furnished


@each_reading
@pytest.mark.parametrize("check_mode", [False, True])
def test_grants_of_an_organization_are_read_by_exactly_these_requests(
    allowed: Numbered, options: Options, ids: list[str], requests_sent: list[str], check_mode: bool
) -> None:
    result = GRANTS_INFO.run(check_mode, **options)
    assert allowed.requests == requests_sent
    assert [grant["id"] for grant in result["organization_client_grants"]] == ids
    assert (result["changed"], result.keys()) == (False, {"changed", "organization_client_grants"})


@each_reading
def test_reading_with_credentials_costs_one_token_request_more(
    allowed: Numbered, options: Options, ids: list[str], requests_sent: list[str]
) -> None:
    # The id of a client to look for is not that of the client whose credentials are used.
    GRANTS_INFO.run(**options, **CALLER)
    assert allowed.requests == ["POST /oauth/token", *requests_sent]


def test_grants_of_an_organization_are_read_as_they_are_and_sorted_by_client_and_api(allowed: Numbered) -> None:
    allowed.page_size = 1
    allowed.stored("client_grant", GRANT_A)["news"] = "of a later version of the API"
    rows = GRANTS_INFO.run(**ORGANIZATION)["organization_client_grants"]
    assert [row["audience"] for row in rows] == ["urn:a", "urn:b"]
    assert rows[0] == {
        "id": GRANT_A,
        "client_id": "client5",
        "audience": "urn:a",
        "subject_type": "client",
        "scope": [],
        "organization_usage": "require",
    }
    assert [call.query["page"] for call in allowed.sent] == [["0"], ["1"], ["2"]]


def test_the_server_filters_the_grants_of_an_organization(allowed: Numbered) -> None:
    GRANTS_INFO.run(**ORGANIZATION, **OF_CLIENT)
    query = allowed.sent[-1].query
    assert (query["client_id"], query["audience"]) == (["client5"], ["urn:b"])


def test_reading_is_locked_in_the_session(allowed: Numbered, monkeypatch: pytest.MonkeyPatch) -> None:
    def write(selection: Selection, tenant: Any) -> Any:
        return tenant.create(selection.kind, {"audience": "urn:a"}, "the grant")

    monkeypatch.setattr(linking, "query_of", write)
    GRANTS_INFO.failed(Refused, **ORGANIZATION)
    assert allowed.requests == []


def test_a_missing_scope_for_reading_is_named(allowed: Numbered) -> None:
    allowed.lack("read:organization_client_grants")
    assert "read:organization_client_grants" in GRANTS_INFO.failed(ApiError, **ORGANIZATION).error.message


# writes of which the outcome is not known


@pytest.mark.parametrize("performed", [True, False])
@pytest.mark.parametrize("method", ["POST", "DELETE"])
@pytest.mark.parametrize(
    ("module", "options", "path"),
    [(PERMISSIONS, {**BY_ID, "permissions": permissions("a:more")}, HELD), (GRANT, ORGANIZATION, LINKED)],
)
def test_a_lost_answer_is_read_back_and_only_what_is_lacking_is_sent_again(
    furnished: Numbered, module: Module, options: Options, path: str, method: str, performed: bool
) -> None:
    if module is GRANT:
        more = {"grant_id": GRANT_B} if method == "POST" else {"grant_id": GRANT_A, "state": "absent"}
        options = {**options, **more}
    furnished.fail(HUNG_AFTER if performed else HUNG_BEFORE, method, path)
    result = module.run(**options)
    assert result["changed"] is True
    assert sum(request.startswith(method) for request in furnished.written) == (1 if performed else 2)
    assert module.run(**options)["changed"] is False


def test_a_write_that_is_lost_each_time_fails_and_says_so(furnished: Numbered, slept: list[float]) -> None:
    furnished.fail(answered(503), "POST", HELD, times=3)
    caught = PERMISSIONS.failed(OutcomeUnknown, **BY_ID, permissions=permissions("a:more"))
    # Whether it was performed is not known, so it must not be taken for nothing.
    assert (caught.changed, caught.error.retryable) == (True, True)
    assert furnished.requests == [LIST, A, *[ADD, LIST] * 3]
    assert slept == [2.0] * 3


def test_a_failure_after_a_write_tells_that_something_was_changed(furnished: Numbered) -> None:
    furnished.fail(LACKING, "DELETE", HELD)
    caught = PERMISSIONS.failed(ApiError, **BY_ID, permissions=permissions("a:more"))
    assert caught.changed is True
    assert "update:roles" in caught.error.message
    label = "permissions of the role %s" % BY_ID["role_id"]
    assert caught.result["done"] == [f"add 1 of the {label}"]
    assert caught.result["remaining"] == [f"remove 3 of the {label}"]
    PERMISSIONS.run(**BY_ID, permissions=permissions("a:more"))
    assert furnished.written == [ADD, REMOVE, REMOVE]


def test_the_part_that_was_done_of_a_write_whose_answer_was_lost_is_told_apart_from_the_rest(
    furnished: Numbered, monkeypatch: pytest.MonkeyPatch
) -> None:
    role = BY_ID["role_id"]
    furnished.call("DELETE", f"/roles/{role}/permissions", {"permissions": ALL})
    furnished.fail(HUNG_BEFORE, "POST", HELD)

    def a_part_arrives(seconds: float) -> None:
        furnished.make(f"roles/{role}/permissions", permissions=permissions("a:more"))
        furnished.fail(LACKING, "POST", HELD)

    monkeypatch.setattr(linking, "time", type("Clock", (), {"sleep": a_part_arrives}))
    caught = PERMISSIONS.failed(ApiError, **BY_ID, permissions=permissions("a:more", "a:read", "b:read"))
    assert caught.result["done"] == [f"add 1 of the permissions of the role {role}"]
    assert caught.result["remaining"] == [f"add 2 of the permissions of the role {role}"]


def test_a_grant_that_somebody_added_meanwhile_is_no_change_and_a_full_organization_a_failure(
    furnished: Numbered,
) -> None:
    furnished.fail(replaced({"client_grants": [], "limit": 100}), "GET", LINKED)
    result = GRANT.run(**ORGANIZATION, grant_id=GRANT_A)
    assert (result["changed"], result["action"]) == (False, "none")
    full = "Quota exceeded; cannot add more than 100 client grants to a single organization"
    furnished.fail(answered(409, full), "POST", LINKED)
    caught = GRANT.failed(ApiError, **ORGANIZATION, grant_id=GRANT_B)
    assert full in caught.error.message
    assert caught.changed is False


# bad input


@pytest.mark.parametrize(
    ("module", "options", "told"),
    [
        (PERMISSIONS, {"role_name": "", "permissions": []}, "the name of the role is empty"),
        (PERMISSIONS, {"role_id": "..", "permissions": []}, "'..' cannot name a role"),
        (PERMISSIONS, {**BY_ID, "permissions": permissions("a:")}, "permission_name: must not be empty"),
        (PERMISSIONS, {**BY_ID, "permissions": [ALL[0], ALL[0]]}, "is given twice"),
        (GRANT, {"organization_id": "", "grant_id": GRANT_A}, "the id of the organization is empty"),
        (GRANT, {**ORGANIZATION, "grant_id": ""}, "the id of the client grant is empty"),
        (GRANT, {**ORGANIZATION, "client_name": "", "audience": "a"}, "the name of the client is empty"),
        (GRANT, {**ORGANIZATION, "client_id": "a", "audience": ""}, "the audience of the client grant is empty"),
        (GRANTS_INFO, {"organization_id": ""}, "the id of the organization is empty"),
        (GRANTS_INFO, {"organization_id": ".."}, "'..' cannot name an organization"),
        (GRANTS_INFO, {"organization_name": ""}, "the name of the organization is empty"),
        (GRANTS_INFO, {**ORGANIZATION, "client_name": ""}, "client_name: is empty"),
        (GRANTS_INFO, {**ORGANIZATION, "client_id": ""}, "client_id: is empty"),
        (GRANTS_INFO, {**ORGANIZATION, "audience": ""}, "audience: is empty"),
    ],
)
def test_bad_options_fail_before_anything_is_sent(
    tenant: Numbered, module: Module, options: Options, told: str
) -> None:
    assert told in module.failed(InvalidOptions, **options).error.message
    assert tenant.requests == []


@pytest.mark.parametrize(
    ("module", "options", "told"),
    [
        (PERMISSIONS, {"permissions": []}, "one of the following is required: role_id, role_name"),
        (PERMISSIONS, {**BY_ID, "role_name": "a", "permissions": []}, "mutually exclusive: role_id|role_name"),
        (PERMISSIONS, BY_ID, "missing required arguments: permissions"),
        (PERMISSIONS, {**BY_ID, "permissions": [{"permission_name": "a"}]}, "resource_server_identifier"),
        (GRANT, {**ORGANIZATION, "client_id": "a"}, "one of the following is required: grant_id, audience"),
        (
            GRANT,
            {**ORGANIZATION, "audience": "a"},
            "one of the following is required: grant_id, client_id",
        ),
        (GRANT, {**ORGANIZATION, "grant_id": "a", "audience": "a"}, "mutually exclusive: grant_id|audience"),
        (GRANTS_INFO, {"audience": "a"}, "one of the following is required: organization_id, organization_name"),
        (
            GRANTS_INFO,
            {**ORGANIZATION, "organization_name": "a"},
            "mutually exclusive: organization_id|organization_name",
        ),
        (GRANTS_INFO, {**ORGANIZATION, "client_id": "a", "client_name": "a"}, "exclusive: client_id|client_name"),
    ],
)
def test_options_that_do_not_fit_together_are_refused_by_ansible(module: Module, options: Options, told: str) -> None:
    with pytest.raises(InvalidTask) as caught:
        module.run(**options)
    assert told in str(caught.value)
