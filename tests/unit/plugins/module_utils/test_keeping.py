# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A task from its parameters to its result: check mode, diff, secrets, protection, and what it costs in requests."""

from __future__ import annotations

import dataclasses
import itertools
import json
import time
from typing import Any

import jwt
import pytest
from ansible_collections.community.auth0.plugins.module_utils._errors import (
    Ambiguous,
    ApiError,
    Auth0Error,
    InvalidOptions,
    Missing,
    Refused,
    Unreachable,
)
from ansible_collections.community.auth0.plugins.module_utils._http import session as http_session
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind
from ansible_collections.community.auth0.plugins.module_utils._modules.keeping import keep
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Task, TaskFailed
from ansible_collections.community.auth0.tests.harness.in_process import answered, replaced
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.keys import public_pem, rsa_pem
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.numbered_tenant import (
    AUDIENCE,
    CALLER,
    DOMAIN,
    GONE,
    TOKEN,
    Numbered,
)
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.tasks import InvalidTask, task_of
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.wire import RawRequest, answer, wire

API, CLIENT, GRANT = KINDS["resource_server"], KINDS["client"], KINDS["client_grant"]
CLIENTS, APIS, GRANTS = "/api/v2/clients", "/api/v2/resource-servers", "/api/v2/client-grants"
SETTINGS = "GET /api/v2/tenants/settings"
GRANT_ID = "cgr_0000000000000003"
POST_TOKEN = "POST /oauth/token"
#: The name of the client that may do everything, and the tenant's own audience behind a custom domain.
MANAGEMENT, CANONICAL = "API Explorer Application", "https://acme-canonical.eu.auth0.com/api/v2/"


def run(kind: Kind, check_mode: bool = False, diff: bool = False, **options: Any) -> dict[str, Any]:
    return keep(kind, task_of(kind, check_mode, diff, **options))


def failed(kind: Kind, error: type[Auth0Error], check_mode: bool = False, **options: Any) -> TaskFailed:
    with pytest.raises(TaskFailed) as caught:
        run(kind, check_mode, **options)
    assert isinstance(caught.value.error, error)
    return caught.value


# what it costs in requests: with a token, then one request more with credentials


@dataclasses.dataclass(frozen=True)
class Case:
    """A task on a tenant that holds an API, a client and its grant, and the requests that it may send."""

    kind: Kind
    options: dict[str, Any]
    action: str
    requests: list[str]


GRANT_OF = {"client_id": "client1", "audience": "urn:api"}
CASES = [
    Case(API, {"identifier": "urn:api", "token_lifetime": 60}, "none", [f"GET {APIS}/urn%3Aapi"]),
    Case(API, {"id": "api2", "token_lifetime": 60}, "none", [f"GET {APIS}/api2"]),
    Case(
        API,
        {"identifier": "urn:api", "token_lifetime": 90},
        "update",
        [f"GET {APIS}/urn%3Aapi", f"PATCH {APIS}/api2"],
    ),
    Case(API, {"identifier": "urn:new"}, "create", [f"GET {APIS}/urn%3Anew", f"POST {APIS}"]),
    Case(
        API,
        {"identifier": "urn:unused", "state": "absent"},
        "delete",
        [f"GET {APIS}/urn%3Aunused", SETTINGS, f"GET {GRANTS}", f"DELETE {APIS}/api4"],
    ),
    Case(
        API,
        {"identifier": "urn:api", "state": "absent", "force": True},
        "delete",
        [f"GET {APIS}/urn%3Aapi", SETTINGS, f"GET {GRANTS}", f"DELETE {GRANTS}/{GRANT_ID}", f"DELETE {APIS}/api2"],
    ),
    Case(API, {"identifier": "urn:new", "state": "absent"}, "none", [f"GET {APIS}/urn%3Anew"]),
    Case(CLIENT, {"client_id": "client1", "description": "old"}, "none", [f"GET {CLIENTS}/client1"]),
    Case(
        CLIENT,
        {"client_id": "client1", "name": "new", "description": "new"},
        "update",
        [f"GET {CLIENTS}/client1", f"PATCH {CLIENTS}/client1"],
    ),
    Case(
        CLIENT,
        {"client_id": "client1", "state": "absent"},
        "delete",
        [f"GET {CLIENTS}/client1", f"DELETE {CLIENTS}/client1"],
    ),
    Case(
        CLIENT,
        {"name": "reminders", "description": "old"},
        "none",
        [f"GET {CLIENTS}", f"GET {CLIENTS}/client1"],
    ),
    Case(
        CLIENT,
        {"name": "reminders", "description": "new"},
        "update",
        [f"GET {CLIENTS}", f"GET {CLIENTS}/client1", f"PATCH {CLIENTS}/client1"],
    ),
    Case(CLIENT, {"name": "new"}, "create", [f"GET {CLIENTS}", f"POST {CLIENTS}", f"GET {CLIENTS}"]),
    Case(
        CLIENT,
        {"name": "reminders", "state": "absent"},
        "delete",
        [f"GET {CLIENTS}", f"GET {CLIENTS}/client1", f"DELETE {CLIENTS}/client1"],
    ),
    Case(GRANT, {**GRANT_OF, "scope": ["write", "read"]}, "none", [f"GET {GRANTS}", f"GET {APIS}/urn%3Aapi"]),
    Case(
        GRANT,
        {**GRANT_OF, "organization_usage": "allow"},
        "update",
        [f"GET {GRANTS}", f"PATCH {GRANTS}/{GRANT_ID}"],
    ),
    Case(
        GRANT,
        {**GRANT_OF, "scope": ["read"]},
        "update",
        [f"GET {GRANTS}", f"GET {APIS}/urn%3Aapi", f"PATCH {GRANTS}/{GRANT_ID}"],
    ),
    Case(
        GRANT,
        {**GRANT_OF, "scope": ["read"], "validate_scope": False},
        "update",
        [f"GET {GRANTS}", f"PATCH {GRANTS}/{GRANT_ID}"],
    ),
    Case(GRANT, {**GRANT_OF, "scope": []}, "update", [f"GET {GRANTS}", f"PATCH {GRANTS}/{GRANT_ID}"]),
    Case(GRANT, {"client_id": "client5", "audience": "urn:api"}, "create", [f"GET {GRANTS}", f"POST {GRANTS}"]),
    Case(
        GRANT,
        {"client_id": "client5", "audience": "urn:api", "scope": ["read"]},
        "create",
        [f"GET {GRANTS}", f"GET {APIS}/urn%3Aapi", f"POST {GRANTS}"],
    ),
    Case(GRANT, {**GRANT_OF, "state": "absent"}, "delete", [f"GET {GRANTS}", f"DELETE {GRANTS}/{GRANT_ID}"]),
    Case(
        GRANT,
        {"client_name": "reminders", "audience": "urn:api", "scope": ["read", "write"]},
        "none",
        [f"GET {CLIENTS}", f"GET {GRANTS}", f"GET {APIS}/urn%3Aapi"],
    ),
    Case(
        GRANT,
        {"client_name": "reminders", "audience": "urn:api", "state": "absent"},
        "delete",
        [f"GET {CLIENTS}", f"GET {GRANTS}", f"DELETE {GRANTS}/{GRANT_ID}"],
    ),
    Case(
        GRANT,
        {"client_name": "nobody", "audience": "urn:api", "state": "absent"},
        "none",
        [f"GET {CLIENTS}"],
    ),
]


@pytest.fixture
def furnished(tenant: Numbered) -> Numbered:
    tenant.add_client("reminders", description="old")
    tenant.add_api("urn:api", ("read", "write"), token_lifetime=60)
    tenant.add_grant("client1", "urn:api", ("read", "write"))
    tenant.add_api("urn:unused")
    tenant.add_client("another")
    return tenant


def case_id(case: Case) -> str:
    return f"{case.kind.name} {case.action} {sorted(case.options)}"


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_a_task_with_a_token_sends_exactly_these_requests(furnished: Numbered, case: Case) -> None:
    result = run(case.kind, **case.options)
    assert furnished.requests == case.requests
    assert (result["action"], result["changed"]) == (case.action, case.action != "none")
    assert (case.kind.name in result) is (case.options.get("state") != "absent")


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_a_task_with_credentials_sends_one_token_request_more(furnished: Numbered, case: Case) -> None:
    run(case.kind, **case.options, **CALLER)
    assert furnished.requests == [POST_TOKEN, *case.requests]
    assert furnished.sent[0].body == {
        "grant_type": "client_credentials",
        "client_id": "the-caller",
        "client_secret": "the-caller-s-secret",
        "audience": AUDIENCE,
    }


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_check_mode_sends_the_same_reads_and_no_write_and_predicts_what_the_run_does(
    furnished: Numbered, case: Case
) -> None:
    predicted = run(case.kind, check_mode=True, **case.options)
    assert furnished.requests == list(itertools.takewhile(lambda request: request.startswith("GET"), case.requests))
    furnished.forget()
    done = run(case.kind, **case.options)
    assert (predicted["action"], predicted["changed"]) == (done["action"], done["changed"])
    if case.kind.name in done:
        assigned = {case.kind.id_field}
        known = {name: value for name, value in predicted[case.kind.name].items() if name not in assigned}
        really = done[case.kind.name]
        declared = {name for name in case.options if name in case.kind.fields and name not in assigned}
        assert {name: known[name] for name in declared} == {name: really[name] for name in declared}


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_a_second_run_changes_nothing(furnished: Numbered, case: Case) -> None:
    run(case.kind, **case.options)
    furnished.forget()
    result = run(case.kind, **case.options)
    assert (result["action"], result["changed"]) == ("none", False)
    assert furnished.written == []


def test_looking_up_a_name_in_a_long_list_costs_a_page_a_search_and_a_read(furnished: Numbered) -> None:
    for number in range(3):
        furnished.add_client(f"another {number}")
    furnished.page_size = 2
    run(CLIENT, name="reminders")
    assert furnished.requests == [f"GET {CLIENTS}", f"GET {CLIENTS}/search", f"GET {CLIENTS}/client1"]


def test_a_task_uses_one_tcp_connection() -> None:
    def tenant(request: RawRequest) -> bytes:
        if request.target == "/oauth/token":
            return answer({"access_token": TOKEN})
        if request.method == "GET":
            return answer({"statusCode": 404, "error": "Not Found", "message": "It does not exist"}, 404)
        return answer({"id": "1", **json.loads(request.body)}, 201)

    with wire(tenant) as server:
        result = run(API, identifier="urn:api", auth0_domain=server.url, **CALLER)
    assert result["action"] == "create"
    assert [request.method for request in server.requests] == ["POST", "GET", "POST"]
    assert server.connections == 1


# results and diffs


def test_a_created_object_is_returned_as_the_server_made_it_without_secrets(tenant: Numbered) -> None:
    result = run(CLIENT, diff=True, name="reminders", app_type="non_interactive")
    (made,) = tenant.clients
    hidden = {"client_secret", "signing_keys", "cross_origin_auth", "callback_url_template"}
    expected = {name: value for name, value in made.items() if name not in hidden}
    assert result == {
        "changed": True,
        "action": "create",
        "client": expected,
        "diff": {
            "before": {},
            "after": expected,
            "before_header": "client reminders",
            "after_header": "client reminders",
        },
    }


def test_only_declared_fields_of_what_the_server_returns_are_returned(tenant: Numbered) -> None:
    tenant.add_client("reminders")
    tenant.stored("client", "client1")["new_secret"] = "secret-of-tomorrow"
    result = run(CLIENT, diff=True, name="reminders", description="x")
    assert {"new_secret", "signing_keys"} <= tenant.clients[0].keys() - result["client"].keys()
    assert not [word for word in ("secret-of-", "BEGIN CERTIFICATE") if word in json.dumps(result)]


def test_a_diff_shows_that_a_secret_changes_and_not_what_it_is(tenant: Numbered) -> None:
    tenant.add_api("urn:api", signing_secret="old-signing-secret")
    options = {"identifier": "urn:api", "signing_secret": "new-signing-secret"}
    for check_mode in (True, False):
        result = run(API, check_mode, True, **options)
        assert result["changed"]
        assert result["diff"]["before"]["signing_secret"] != result["diff"]["after"]["signing_secret"]
        assert "signing-secret" not in json.dumps(result)


def test_a_diff_of_sets_shows_only_what_differs(tenant: Numbered) -> None:
    tenant.add_client("reminders")
    tenant.add_api("urn:api")
    tenant.add_grant("client1", "urn:api", ("c", "a", "b"))
    options = {"client_id": "client1", "audience": "urn:api", "scope": ["b", "d", "a"], "validate_scope": False}
    diff = run(GRANT, True, True, **options)["diff"]
    assert (diff["before"]["scope"], diff["after"]["scope"]) == (["a", "b", "c"], ["a", "b", "d"])


def test_a_diff_of_a_removal_ends_with_nothing(furnished: Numbered) -> None:
    for check_mode in (True, False):
        diff = run(API, check_mode, True, identifier="urn:unused", state="absent")["diff"]
        assert diff["before"]["identifier"] == "urn:unused"
        assert diff["after"] == {}


# what Auth0 would leave behind


def test_an_api_with_grants_on_it_is_not_deleted_and_they_are_named(furnished: Numbered) -> None:
    furnished.add_grant("client5", "urn:api", subject_type="user")
    furnished.add_grant("client5", "urn:unused")
    error = failed(API, Refused, identifier="urn:api", state="absent")
    assert error.error.code == "has_dependants"
    assert not error.changed
    assert "client grant client1 / urn:api / client, client grant client5 / urn:api / user. " in error.error.message
    assert "force: true" in error.error.message
    assert furnished.sent[-1].query["audience"] == ["urn:api"]
    assert furnished.written == []


def test_not_all_of_a_crowd_of_grants_are_named(furnished: Numbered) -> None:
    for number in range(30):
        furnished.add_grant(furnished.add_client(f"another {number}")["client_id"], "urn:api")
    message = failed(API, Refused, identifier="urn:api", state="absent").error.message
    assert message.count("client grant") == 20
    assert " and 11 more. " in message


@pytest.mark.parametrize("check_mode", [True, False])
def test_grants_are_removed_first_where_that_is_asked_for_and_are_in_the_result(
    furnished: Numbered, check_mode: bool
) -> None:
    result = run(API, check_mode, True, identifier="urn:api", state="absent", force=True)
    assert (result["action"], result["changed"]) == ("delete", True)
    assert [grant["id"] for grant in result["dependants"]["client_grants"]] == [GRANT_ID]
    assert [diff["before"].get("id") for diff in result["diff"]] == [GRANT_ID, "api2"]
    assert [diff["after"] for diff in result["diff"]] == [{}, {}]
    assert furnished.written == ([] if check_mode else [f"DELETE {GRANTS}/{GRANT_ID}", f"DELETE {APIS}/api2"])


def test_in_check_mode_grants_are_taken_to_be_removed_by_earlier_tasks_and_that_is_told(
    furnished: Numbered,
) -> None:
    result = run(API, True, identifier="urn:api", state="absent")
    assert (result["action"], result["assumed"]) == ("delete", ["client grant client1 / urn:api / client is gone"])
    assert result["dependants"] == {"client_grants": []}


def test_a_removal_that_fails_after_a_grant_is_gone_is_a_change(furnished: Numbered) -> None:
    furnished.fail(answered(403, "No"), "DELETE", APIS)
    error = failed(API, ApiError, identifier="urn:api", state="absent", force=True)
    assert error.changed
    assert furnished.written == [f"DELETE {GRANTS}/{GRANT_ID}", f"DELETE {APIS}/api2"]
    assert error.result["done"] == ["delete client grant client1 / urn:api / client"]
    assert error.result["remaining"] == ["delete API urn:api"]
    assert error.message.endswith(
        " Done before: delete client grant client1 / urn:api / client. Left to do: delete API urn:api. "
        "Once the cause is removed, run the task again: it does only what is left."
    )
    result = run(API, identifier="urn:api", state="absent", force=True)
    assert (result["changed"], furnished.written[2:]) == (True, [f"DELETE {APIS}/api2"])


def test_grants_that_could_not_be_removed_are_left_to_do_with_their_api(furnished: Numbered) -> None:
    furnished.add_grant("client5", "urn:api")
    furnished.add_client("last")
    furnished.add_grant("client7", "urn:api")
    furnished.fail(answered(403, "No"), "DELETE", f"{GRANTS}/cgr_0000000000000006")
    error = failed(API, ApiError, identifier="urn:api", state="absent", force=True)
    steps = [f"delete client grant client{number} / urn:api / client" for number in (1, 5, 7)]
    assert (error.result["done"], error.result["remaining"]) == (steps[:1], [*steps[1:], "delete API urn:api"])


def test_a_failure_before_anything_is_written_tells_of_no_steps(furnished: Numbered) -> None:
    furnished.fail(answered(403, "No"), "DELETE", GRANTS)
    error = failed(API, ApiError, identifier="urn:api", state="absent", force=True)
    assert error.result.keys() == {"failure", "changed"}
    assert (error.changed, error.message) == (False, error.error.message)


def test_a_client_whose_secret_could_not_be_set_is_told_to_be_created(furnished: Numbered) -> None:
    furnished.fail(answered(403, "No"), "PATCH", CLIENTS)
    error = failed(CLIENT, ApiError, name="new", client_secret="the-given-one")
    assert error.result["done"] == ["create client new"]
    assert error.result["remaining"] == ["change client_secret of client new"]
    assert "the-given-one" not in error.message + json.dumps(error.result)


def test_what_may_not_be_removed_is_not_removed_with_something_else_either(furnished: Numbered) -> None:
    furnished.add_grant("client5", "urn:api", is_system=True)
    error = failed(API, Refused, identifier="urn:api", state="absent", force=True)
    assert "it is a system grant" in error.error.message
    assert furnished.written == []


def test_without_a_difference_before_and_after_are_the_same(furnished: Numbered) -> None:
    diff = run(API, False, True, identifier="urn:api", token_lifetime=60)["diff"]
    assert diff["before"] == diff["after"]


def test_there_is_no_diff_where_none_is_wanted(furnished: Numbered) -> None:
    assert "diff" not in run(API, identifier="urn:api", token_lifetime=90)


def test_an_object_that_somebody_created_meanwhile_is_told_as_what_was_done_to_it(tenant: Numbered) -> None:
    tenant.add_api("urn:api", name="theirs", token_lifetime=60)
    tenant.fail(GONE, "GET", APIS)
    result = run(API, False, True, identifier="urn:api", token_lifetime=90)
    assert (result["action"], result["changed"]) == ("update", True)
    assert result["diff"]["before"]["token_lifetime"] == 60
    tenant.fail(GONE, "GET", APIS)
    result = run(API, False, True, identifier="urn:api", token_lifetime=90)
    assert (result["action"], result["changed"]) == ("none", False)


# secrets on request


@pytest.mark.parametrize(
    ("kind", "options", "name"),
    [(CLIENT, {"name": "reminders"}, "client_secret"), (API, {"identifier": "urn:api"}, "signing_secret")],
    ids=["client", "API"],
)
def test_a_secret_is_returned_on_request_only_and_as_a_value_of_its_own(
    tenant: Numbered, kind: Kind, options: dict[str, Any], name: str
) -> None:
    for _created_then_there in range(2):
        result = run(kind, False, True, **options, return_secret=True)
        assert result.pop(name).startswith("secret-of-")
        assert "secret-of-" not in json.dumps(result)
    assert "secret-of-" not in json.dumps(run(kind, False, True, **options))


def test_the_secret_of_a_client_that_does_not_exist_yet_is_null_in_check_mode_without_a_warning(
    tenant: Numbered,
) -> None:
    result = run(CLIENT, check_mode=True, name="reminders", return_secret=True)
    assert result["client_secret"] is None
    assert "warnings" not in result


@pytest.mark.parametrize("check_mode", [True, False])
def test_a_secret_that_the_token_may_not_see_is_null_with_a_warning(tenant: Numbered, check_mode: bool) -> None:
    tenant.add_client("reminders")
    tenant.lack("read:client_keys", "read:client_credentials")
    result = run(CLIENT, check_mode, name="reminders", return_secret=True)
    assert result["client_secret"] is None
    assert len(result["warnings"]) == 1
    assert "client reminders" in result["warnings"][0]
    assert "read:client_keys" in result["warnings"][0]


def test_removing_an_object_returns_no_secret(furnished: Numbered) -> None:
    assert "client_secret" not in run(CLIENT, name="reminders", state="absent", return_secret=True)


# what is never deleted


def management_token(**claims: Any) -> str:
    """A token as Auth0 issues it, of which only the claims are read here."""
    return jwt.encode(claims, "a-key-that-does-not-matter-but-is-long-enough", "HS256")


AS_CALLER = [
    pytest.param(CALLER, id="credentials"),
    pytest.param({"auth0_api_token": management_token(azp="the-caller")}, id="token"),
    pytest.param({"auth0_api_token": management_token(client_id="the-caller")}, id="token of the other dialect"),
]


@pytest.mark.parametrize("check_mode", [True, False])
@pytest.mark.parametrize("who", AS_CALLER)
def test_the_callers_own_client_is_never_deleted(tenant: Numbered, who: dict[str, str], check_mode: bool) -> None:
    tenant.accept(who.get("auth0_api_token", ""))
    for options in ({"name": MANAGEMENT}, {"client_id": "the-caller"}):
        error = failed(CLIENT, Refused, check_mode, **options, state="absent", **who)
        assert error.error.code == "protected"
        assert not error.changed
    assert tenant.written == []


@pytest.mark.parametrize("check_mode", [True, False])
@pytest.mark.parametrize("who", AS_CALLER)
def test_the_callers_own_grant_for_the_management_api_is_never_deleted(
    tenant: Numbered, who: dict[str, str], check_mode: bool
) -> None:
    tenant.accept(who.get("auth0_api_token", ""))
    for options in ({"client_name": MANAGEMENT}, {"client_id": "the-caller"}):
        error = failed(GRANT, Refused, check_mode, **options, audience=AUDIENCE, state="absent", **who)
        assert "locked out" in error.error.message
    assert tenant.written == []


@pytest.mark.parametrize("who", AS_CALLER)
def test_other_clients_and_other_grants_of_the_caller_can_be_deleted(tenant: Numbered, who: dict[str, str]) -> None:
    tenant.accept(who.get("auth0_api_token", ""))
    tenant.add_client("other")
    tenant.add_api("urn:api")
    tenant.add_grant("client1", AUDIENCE)
    tenant.add_grant("the-caller", "urn:api")
    run(GRANT, client_id="client1", audience=AUDIENCE, state="absent", **who)
    run(GRANT, client_id="the-caller", audience="urn:api", state="absent", **who)
    run(CLIENT, name="other", state="absent", **who)
    assert len(tenant.written) == 3


def test_behind_a_custom_domain_the_callers_grant_is_protected_under_the_tenants_own_audience(
    tenant: Numbered,
) -> None:
    tenant.add_api(CANONICAL)
    tenant.add_grant("the-caller", CANONICAL)
    tenant.fail(replaced({"access_token": TOKEN}), "POST", "/oauth/token")
    options = {"client_id": "the-caller", "audience": CANONICAL, "state": "absent", "auth0_audience": CANONICAL}
    failed(GRANT, Refused, **options, **CALLER)
    assert tenant.sent[0].body["audience"] == CANONICAL
    assert tenant.written == []


@pytest.mark.parametrize("as_list", [True, False])
def test_behind_a_custom_domain_a_token_tells_which_grant_is_the_callers_own(tenant: Numbered, as_list: bool) -> None:
    tenant.add_api(CANONICAL)
    tenant.add_grant("the-caller", CANONICAL)
    audiences: Any = ["urn:other", CANONICAL] if as_list else CANONICAL
    token = management_token(azp="the-caller", aud=audiences)
    tenant.accept(token)
    options = {"client_id": "the-caller", "audience": CANONICAL, "state": "absent"}
    failed(GRANT, Refused, **options, auth0_api_token=token)
    assert tenant.written == []


def test_the_management_api_and_the_global_client_are_never_deleted(tenant: Numbered) -> None:
    failed(API, Refused, identifier=AUDIENCE, state="absent")
    failed(CLIENT, Refused, client_id="own-client2", state="absent")
    assert tenant.written == []


# check mode across what does not exist yet


def test_a_grant_for_what_an_earlier_task_would_create_is_predicted_and_what_was_assumed_is_listed(
    tenant: Numbered,
) -> None:
    result = run(GRANT, True, True, client_name="reminders", audience="urn:api", scope=["read"])
    assert (result["action"], result["changed"]) == ("create", True)
    assert result["assumed"] == ["client reminders", "API urn:api"]
    assert result["client_grant"]["audience"] == "urn:api"
    assert result["client_grant"]["scope"] == ["read"]
    assert isinstance(result["client_grant"]["client_id"], str)
    json.dumps(result)


def test_nothing_is_assumed_where_everything_is_there(furnished: Numbered) -> None:
    assert "assumed" not in run(GRANT, True, client_name="reminders", audience="urn:api", scope=["read"])


@pytest.mark.parametrize(
    ("options", "missing"),
    [
        ({"client_name": "nobody", "audience": "urn:api", "scope": ["read"]}, "client nobody"),
        ({"client_id": "client1", "audience": "urn:none", "scope": ["read"]}, "API urn:none"),
    ],
)
def test_a_real_run_assumes_nothing(furnished: Numbered, options: dict[str, Any], missing: str) -> None:
    error = failed(GRANT, Missing, **options)
    assert missing in error.error.message
    assert "Create it first" in error.error.message
    assert furnished.written == []


@pytest.mark.parametrize("check_mode", [True, False])
def test_scopes_that_the_api_does_not_define_are_refused_before_anything_is_sent(
    furnished: Numbered, check_mode: bool
) -> None:
    error = failed(GRANT, InvalidOptions, check_mode, **GRANT_OF, scope=["read", "raed", "wirte"])
    assert error.error.code == "undefined_scope"
    assert "raed, wirte" in error.error.message
    assert "It defines: read, write" in error.error.message
    assert furnished.written == []


def test_undefined_scopes_that_are_asked_for_explicitly_are_sent(furnished: Numbered) -> None:
    run(GRANT, **GRANT_OF, scope=["raed"], validate_scope=False)
    assert furnished.grants[0]["scope"] == ["raed"]


# failures


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"auth0_domain": "https://acme.eu.auth0.com"}, "has a scheme"),
        ({"auth0_domain": "acme,eu.auth0.com"}, "is not a domain name"),
        ({"auth0_domain": "http://acme.eu.auth0.com"}, "plain http"),
        ({"auth0_api_token": ""}, "No credentials: give auth0_client_id and auth0_client_secret"),
        ({"auth0_client_id": "i", "auth0_api_token": ""}, "auth0_client_secret or auth0_private_key is missing"),
        ({"auth0_client_id": "i", "auth0_client_secret": "s", "auth0_api_token": TOKEN}, "Both auth0_api_token and"),
        ({"auth0_api_token": "line\nbreak"}, "characters that no token has"),
        ({"auth0_timeout": 0}, "auth0_timeout"),
        ({"auth0_retries": -1}, "auth0_retries"),
        ({"auth0_ca_path": "/nonexistent.pem"}, "auth0_ca_path"),
        ({"identifier": ""}, "identifier: must not be empty"),
        ({"identifier": "x" * 601}, "identifier: has 601 characters"),
        ({"scopes": [{"value": "a"}, {"value": "a"}]}, "'a' is given twice"),
        ({"scopes": [{"value": ""}]}, "scopes[0].value: must not be empty"),
        ({"clear": ["consent_policy"], "consent_policy": "transactional-authorization-with-mfa"}, "also declared"),
        ({"signing_secret": "short"}, "shorter than 16"),
    ],
)
@pytest.mark.parametrize("check_mode", [True, False])
def test_bad_options_fail_before_anything_is_sent_and_say_what_to_do(
    tenant: Numbered, options: dict[str, Any], told: str, check_mode: bool
) -> None:
    error = failed(API, InvalidOptions, check_mode, **{"identifier": "urn:api", **options})
    assert told in error.error.message
    assert not error.changed
    assert tenant.requests == []
    assert "short" not in error.error.message.replace("shorter", "")


def test_two_clients_of_one_name_fail_with_their_ids_and_nothing_is_written(tenant: Numbered) -> None:
    for _time in range(2):
        tenant.add_client("reminders")
    for options in ({"description": "x"}, {"state": "absent"}):
        assert "client1, client2" in failed(CLIENT, Ambiguous, name="reminders", **options).error.message
    assert "client1, client2" in failed(GRANT, Ambiguous, client_name="reminders", audience="urn:api").error.message
    assert tenant.written == []


def test_a_client_id_that_does_not_exist_is_not_created(tenant: Numbered) -> None:
    error = failed(CLIENT, Refused, client_id="nobody", name="reminders")
    assert error.error.code == "not_found"
    assert tenant.written == []


def test_a_changed_immutable_field_is_an_error_and_nothing_is_written(furnished: Numbered) -> None:
    error = failed(API, Refused, id="api2", identifier="urn:other")
    assert error.error.code == "immutable"
    assert "urn:api" in error.error.message
    assert furnished.written == []


def test_a_missing_scope_of_the_management_token_fails_with_its_name(tenant: Numbered) -> None:
    words = "Insufficient scope, expected any of: create:resource_servers"
    tenant.fail(answered(403, words, "insufficient_scope"), "POST", APIS)
    error = failed(API, ApiError, identifier="urn:api")
    assert "It needs create:resource_servers" in error.error.message
    assert error.error.failure() == {
        "method": "POST",
        "path": APIS,
        "status": 403,
        "code": "insufficient_scope",
        "message": words,
        "retryable": False,
    }
    assert not error.changed


def test_refused_credentials_fail_with_an_explanation_and_without_the_secret(tenant: Numbered) -> None:
    refusal = {"error": "access_denied", "error_description": "Unauthorized"}
    tenant.fail(replaced(refusal, 401), "POST", "/oauth/token")
    error = failed(API, ApiError, identifier="urn:api", **CALLER)
    assert "client id or secret is wrong" in error.error.message
    assert error.error.code == "invalid_client"
    assert "the-caller-s-secret" not in f"{error.error.message} {error.error.failure()} {error!r}"
    assert tenant.requests == [POST_TOKEN]


def test_credentials_without_a_grant_for_the_management_api_are_told_as_such(tenant: Numbered) -> None:
    words = f'Client is not authorized to access "{AUDIENCE}".'
    tenant.fail(replaced({"error": "access_denied", "error_description": words}, 403), "POST", "/oauth/token")
    error = failed(CLIENT, ApiError, name="reminders", **CALLER)
    assert "no client grant for this API" in error.error.message
    assert error.error.path == "/oauth/token"


def test_a_token_that_is_refused_is_renewed_once_with_credentials_and_not_without(tenant: Numbered) -> None:
    tenant.fail(answered(401, "Invalid token."), "GET", APIS)
    run(API, identifier="urn:api", **CALLER)
    assert tenant.requests == [POST_TOKEN, f"GET {APIS}/urn%3Aapi", POST_TOKEN, f"GET {APIS}/urn%3Aapi", f"POST {APIS}"]
    tenant.fail(answered(401, "Invalid token."), "GET", APIS)
    assert "not accepted" in failed(API, ApiError, identifier="urn:api").error.message


def test_a_failure_after_something_was_written_is_a_change(tenant: Numbered) -> None:
    tenant.add_client("reminders")
    tenant.add_api("urn:api")
    tenant.add_grant("client1", "urn:api", allow_all_scopes=True)
    tenant.fail(answered(400, "No"), "PATCH", GRANTS, skip=1)
    options = {"client_id": "client1", "audience": "urn:api", "allow_all_scopes": False, "scope": ["a"]}
    error = failed(GRANT, ApiError, **options, validate_scope=False)
    assert error.changed


def test_a_tenant_that_answers_html_is_told_as_such() -> None:
    with wire(lambda _: b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 3\r\n\r\n<p>") as server:
        error = failed(API, Unreachable, identifier="urn:api", auth0_domain=server.url)
    assert "Is auth0_domain really an Auth0 tenant" in error.error.message


def test_the_environment_and_the_secrets_of_a_task_are_not_printed_with_it() -> None:
    assert "the-secret" not in repr(Task({}, environ={"AUTH0_CLIENT_SECRET": "the-secret"}))


def test_check_mode_is_locked_in_the_session_so_that_no_caller_can_forget_it(tenant: Numbered) -> None:
    with task_of(API, check_mode=True, identifier="urn:api").session() as session:
        assert isinstance(session, http_session.Session)
        with pytest.raises(Refused):
            session.request("POST", APIS, body={})
    assert tenant.requests == []


# options that are wrong in themselves

LONG = "x" * 601
WRONG: list[tuple[Kind, dict[str, Any], str]] = [
    (CLIENT, {"name": "a>b"}, "name: 'a>b' must contain neither < nor >"),
    (CLIENT, {"name": "n", "description": "x" * 141}, "141 characters, at most 140"),
    (CLIENT, {"name": "n", "grant_types": ["a", "a"]}, "'a' is given twice"),
    (CLIENT, {"name": "n", "client_metadata": {str(key): key for key in range(11)}}, "11 keys, at most 10"),
    (CLIENT, {"name": "n", "client_metadata": {"a": "x" * 256}}, "client_metadata.a: has 256 characters, at most 255"),
    (CLIENT, {"name": "n", "refresh_token": {"token_lifetime": 0}}, "refresh_token.token_lifetime: 0 is less than 1"),
    (CLIENT, {"name": "n", "logo_uri": "logo.png"}, "logo_uri: 'logo.png' must be an absolute URI, with its scheme"),
    (CLIENT, {"name": "n", "cross_origin_loc": "/login"}, "cross_origin_loc: '/login' must be an absolute URI"),
    (CLIENT, {"name": "n", "initiate_login_uri": "http://a.example.com"}, "initiate_login_uri: .*begin with https://"),
    (CLIENT, {"name": "n", "addons": {"skype": {}}}, "addons.skype"),
    (CLIENT, {"name": "n", "addons": {"azure_blob": {"key": "k"}}}, "addons.azure_blob.key"),
    (
        CLIENT,
        {"name": "n", "addons": {"azure_blob": {"accountName": "A", "storageAccessKey": "k" * 88}}},
        "(?s)addons.azure_blob.accountName: 'A' must have.*storageAccessKey: the given value must be a key of 64 bytes",
    ),
    (CLIENT, {"name": "n", "addons": {"layer": {"expiration": -1}}}, "addons.layer.expiration: -1 is less than 0"),
    (CLIENT, {"name": "n", "clear": ["app_type"]}, "value of clear must be one or more of"),
    (API, {"identifier": LONG}, "601 characters, at most 600"),
    (API, {"identifier": "urn:api", "auth0_timeout": 0}, "auth0_timeout: 0 is too small"),
    (API, {"identifier": "urn:api", "auth0_retries": -1}, "auth0_retries: -1 is too small"),
    (API, {"identifier": "urn:api", "name": "a<b"}, "name: 'a<b' must contain neither"),
    (API, {"identifier": "urn:api", "scopes": [{"value": ""}]}, r"scopes\[0\].value: must not be empty"),
    (API, {"identifier": "urn:api", "scopes": [{"value": "a"}] * 2}, "'a' is given twice"),
    (API, {"identifier": "urn:api", "scopes": [{"value": "a", "descripton": "b"}]}, "descripton"),
    (API, {"identifier": "urn:api", "signing_alg": "RS257"}, "signing_alg must be one of: HS256, RS256"),
    (API, {"identifier": "urn:api", "token_lifetime": -1}, "token_lifetime: -1 is less than 0"),
    (API, {"identifier": "urn:api", "token_lifetime": "soon"}, "token_lifetime.*'soon'"),
    (API, {"identifier": "urn:api", "clear": ["name"]}, "value of clear must be one or more of"),
    (GRANT, {"client_id": "a", "default_for": "third_party_clients", "audience": "b"}, "mutually exclusive: client_id"),
    (GRANT, {"client_id": "", "audience": "b"}, "client_id: must not be empty"),
    (GRANT, {"client_id": "a", "audience": ""}, "audience: must not be empty"),
    (GRANT, {"client_id": "a", "audience": LONG}, "601 characters, at most 600"),
    (GRANT, {"client_id": "a", "audience": "b", "scope": ["c", "c"]}, "'c' is given twice"),
    (GRANT, {"client_id": "a", "audience": "b", "scope": [""]}, r"scope\[0\]: must not be empty"),
]


@pytest.mark.parametrize(("kind", "options", "told"), WRONG)
@pytest.mark.parametrize("check_mode", [True, False])
def test_options_that_are_wrong_in_themselves_are_told_before_anything_is_sent(
    tenant: Numbered, kind: Kind, options: dict[str, Any], told: str, check_mode: bool
) -> None:
    with pytest.raises((InvalidTask, TaskFailed), match=told):
        run(kind, check_mode, **options)
    assert tenant.requests == []


def test_modules_reach_the_tenant_by_a_key(tenant: Numbered) -> None:
    tenant.clock.now = time.time()
    tenant.add_api("urn:api")
    key = tenant.make("clients/the-caller/credentials", credential_type="public_key", pem=public_pem())
    methods = {"private_key_jwt": {"credentials": [{"id": key["id"]}]}}
    body = {"token_endpoint_auth_method": None, "client_authentication_methods": methods}
    tenant.call("PATCH", "/clients/the-caller", body)
    options = {"auth0_client_id": "the-caller", "auth0_private_key": rsa_pem()}
    assert run(API, identifier="urn:api", **options)["changed"] is False
    assert tenant.requests == [POST_TOKEN, f"GET {APIS}/urn%3Aapi"]
    assert tenant.sent[0].body["client_id"] == "the-caller"
    claims = jwt.decode(tenant.sent[0].body["client_assertion"], options={"verify_signature": False})
    assert claims["aud"] == f"https://{DOMAIN}/"
