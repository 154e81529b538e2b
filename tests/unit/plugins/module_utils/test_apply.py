# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Applying changes: conflicts, writes whose outcome is not known, partial failures, objects that refer to others."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._engine.apply import (
    Applier,
    Outcome,
)
from ansible_collections.community.auth0.plugins.module_utils._engine.changes import (
    Desired,
    Surroundings,
)
from ansible_collections.community.auth0.plugins.module_utils._engine.management import ManagementClient
from ansible_collections.community.auth0.plugins.module_utils._engine.plan import plan
from ansible_collections.community.auth0.plugins.module_utils._engine.references import Reference
from ansible_collections.community.auth0.plugins.module_utils._engine.settling import (
    ATTEMPTS,
    SETTLE,
)
from ansible_collections.community.auth0.plugins.module_utils._errors import (
    ApiError,
    Auth0Error,
    OutcomeUnknown,
    Refused,
)
from ansible_collections.community.auth0.plugins.module_utils._http.session import Session
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from ansible_collections.community.auth0.plugins.module_utils._task.progress import Progress
from ansible_collections.community.auth0.plugins.module_utils._tokens.authorization import FixedToken
from ansible_collections.community.auth0.tests.harness.in_process import (
    DROPPED_AFTER,
    HUNG_AFTER,
    HUNG_BEFORE,
    Fault,
    Raw,
    Request,
    answered,
    replaced,
)
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.clock import Clock
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.numbered_tenant import (
    AUDIENCE,
    GONE,
    TOKEN,
    URL,
    Numbered,
)

API, CLIENT, GRANT = KINDS["resource_server"], KINDS["client"], KINDS["client_grant"]
HERE = Surroundings(AUDIENCE, "the-caller")
IDENTIFIER = "urn:api"
CLIENTS, APIS, GRANTS = "/api/v2/clients", "/api/v2/resource-servers", "/api/v2/client-grants"
GRANT_ID = "cgr_0000000000000003"

READ_API = f"GET {APIS}/urn%3Aapi"
POST_API = f"POST {APIS}"
READ_GRANTS = "GET /api/v2/client-grants"
READ_SETTINGS = "GET /api/v2/tenants/settings"


@dataclasses.dataclass(frozen=True)
class Applied:
    """What came of applying a plan."""

    outcomes: list[Outcome]
    progress: Progress
    error: Auth0Error | None = None

    @property
    def changed(self) -> bool:
        return self.progress.changed


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def applied(tenant: Numbered, clock: Clock) -> Iterator[Callable[..., Applied]]:
    """Plans and applies declarations."""
    with Session(URL, sleep=clock.sleep, now=clock.now, jitter=lambda: 0.0) as session:
        management = ManagementClient(session, FixedToken(TOKEN))

        def run(*desired: Desired, between: Callable[[], object] = lambda: None) -> Applied:
            planned = plan(desired, management, HERE)
            between()
            applier = Applier(management, HERE, Progress(), clock.sleep)
            try:
                applier.apply(planned)
            except Auth0Error as error:
                return Applied(applier.outcomes, applier.progress, error)
            return Applied(applier.outcomes, applier.progress)

        yield run


def api(**fields: Any) -> Desired:
    return Desired(API, {"identifier": IDENTIFIER, "token_lifetime": 3600, **fields})


def client(**fields: Any) -> Desired:
    return Desired(CLIENT, {"name": "reminders", "description": "Sends reminders", **fields})


def grant(client_id: Any = "client1", scope: tuple[str, ...] = (), **fields: Any) -> Desired:
    unchecked = frozenset({"scope"})
    return Desired(
        GRANT, {"client_id": client_id, "audience": IDENTIFIER, "scope": list(scope), **fields}, unchecked=unchecked
    )


def summary(result: Applied) -> list[tuple[str, bool]]:
    """What became of each change: the action and whether it changed something."""
    return [(outcome.change.action, outcome.changed) for outcome in result.outcomes]


def succeeded(result: Applied) -> Applied:
    assert result.error is None
    return result


def failed(result: Applied, error: type[Auth0Error]) -> Auth0Error:
    assert isinstance(result.error, error)
    return result.error


# as it should be


def test_a_creation_is_one_post_and_its_answer_is_the_item(tenant: Numbered, applied: Callable[..., Applied]) -> None:
    result = succeeded(applied(api()))
    assert tenant.requests == [READ_API, POST_API]
    assert tenant.bodies("POST") == [{"identifier": IDENTIFIER, "token_lifetime": 3600}]
    assert summary(result) == [("create", True)]
    assert result.outcomes[0].item == tenant.apis[0]


def test_an_update_is_one_patch_of_the_differing_fields(tenant: Numbered, applied: Callable[..., Applied]) -> None:
    tenant.add_api(IDENTIFIER, token_lifetime=60, name="kept")
    result = succeeded(applied(api(allow_offline_access=False)))
    assert tenant.requests == [READ_API, f"PATCH {APIS}/api1"]
    assert tenant.bodies("PATCH") == [{"token_lifetime": 3600}]
    assert summary(result) == [("update", True)]
    assert result.outcomes[0].item == tenant.apis[0]


def test_what_is_as_declared_is_not_written(tenant: Numbered, applied: Callable[..., Applied]) -> None:
    tenant.add_api(IDENTIFIER, token_lifetime=3600)
    result = succeeded(applied(api()))
    assert tenant.requests == [READ_API]
    assert summary(result) == [("none", False)]
    assert not result.changed
    assert result.outcomes[0].item == tenant.apis[0]


def test_a_removal_is_one_delete_by_id(tenant: Numbered, applied: Callable[..., Applied]) -> None:
    tenant.add_api(IDENTIFIER)
    result = succeeded(applied(Desired(API, {"identifier": IDENTIFIER}, present=False)))
    assert tenant.requests == [READ_API, READ_SETTINGS, READ_GRANTS, f"DELETE {APIS}/api1"]
    assert summary(result) == [("delete", True)]
    assert result.outcomes[0].item is None
    assert tenant.apis == []


def test_what_only_an_update_takes_follows_the_creation(tenant: Numbered, applied: Callable[..., Applied]) -> None:
    result = succeeded(applied(client(client_secret="mine")))
    assert tenant.requests == [f"GET {CLIENTS}", f"POST {CLIENTS}", f"GET {CLIENTS}", f"PATCH {CLIENTS}/client1"]
    assert tenant.bodies("POST") == [{"name": "reminders", "description": "Sends reminders"}]
    assert tenant.bodies("PATCH") == [{"client_secret": "mine"}]
    assert summary(result) == [("create", True)]
    assert result.outcomes[0].item == tenant.clients[0]


@pytest.mark.parametrize("later", [{}, {"client_secret": "mine"}])
def test_what_a_new_object_comes_with_and_is_not_to_have_is_removed_at_once(
    tenant: Numbered, applied: Callable[..., Applied], later: dict[str, Any]
) -> None:
    desired = dataclasses.replace(client(**later), clear=frozenset({"refresh_token", "token_quota"}))
    result = succeeded(applied(desired))
    assert tenant.bodies("PATCH") == [{**later, "refresh_token": None}]
    assert summary(result) == [("create", True)]
    assert summary(succeeded(applied(desired))) == [("none", False)]


def test_a_creation_whose_second_half_fails_has_changed_something(
    tenant: Numbered, applied: Callable[..., Applied]
) -> None:
    tenant.fail(answered(403, "No"), "PATCH", CLIENTS)
    result = applied(client(client_secret="mine"))
    failed(result, ApiError)
    assert result.changed
    assert succeeded(applied(client(client_secret="mine"))).changed
    assert tenant.clients[0]["client_secret"] == "mine"


def test_a_change_that_arrived_is_recognised_beside_keys_that_are_not_known_here(
    tenant: Numbered, applied: Callable[..., Applied]
) -> None:
    token = {"rotation_type": "rotating", "expiration_type": "expiring", "leeway": 0}
    tenant.add_client("reminders", description="Sends reminders", refresh_token=token)
    held = tenant.stored("client", "client1")
    held["refresh_token"]["new_auth0_key"] = 1

    def stored_and_lost(request: Request, answer: Raw) -> Raw:
        held.update(json.loads(request.body or ""))
        return HUNG_AFTER.effect(request, answer)

    tenant.fail(Fault("stored and lost", False, stored_and_lost), "PATCH", CLIENTS)
    result = succeeded(applied(client(refresh_token={"leeway": 5})))
    assert result.changed
    assert (held["refresh_token"]["leeway"], held["refresh_token"]["new_auth0_key"]) == (5, 1)
    assert len(tenant.written) == 1


def test_a_lost_creation_in_whose_place_something_else_stands_is_undecided(
    tenant: Numbered, applied: Callable[..., Applied]
) -> None:
    tenant.fail(replaced({"client_grants": []}), "GET", GRANTS)
    tenant.fail(HUNG_BEFORE, "POST", GRANTS)
    result = applied(grant("the-caller", scope=(), audience=AUDIENCE))
    assert "cannot be made what is declared" in failed(result, OutcomeUnknown).message


# somebody else was faster


def test_a_conflict_is_read_back_and_aligned_in_the_same_run(tenant: Numbered, applied: Callable[..., Applied]) -> None:
    result = succeeded(applied(api(), between=lambda: tenant.add_api(IDENTIFIER, name="theirs")))
    assert tenant.requests == [READ_API, POST_API, READ_API, f"PATCH {APIS}/api1"]
    assert tenant.bodies("PATCH") == [{"token_lifetime": 3600}]
    assert summary(result) == [("update", True)]
    assert result.outcomes[0].item == tenant.apis[0]
    assert tenant.apis[0]["name"] == "theirs"


def test_a_conflict_with_an_object_that_is_as_declared_changes_nothing(
    tenant: Numbered, applied: Callable[..., Applied]
) -> None:
    result = succeeded(applied(api(), between=lambda: tenant.add_api(IDENTIFIER, token_lifetime=3600)))
    assert tenant.requests == [READ_API, POST_API, READ_API]
    assert summary(result) == [("none", False)]
    assert not result.changed
    assert result.outcomes[0].item == tenant.apis[0]


def test_a_conflict_over_something_that_is_not_there_is_the_servers_to_explain(
    tenant: Numbered, applied: Callable[..., Applied]
) -> None:
    tenant.fail(answered(409, "Something else is in the way"), "POST", APIS)
    result = applied(api())
    assert "Something else is in the way" in failed(result, ApiError).message
    assert not result.changed
    assert tenant.requests == [READ_API, POST_API, READ_API]


def test_a_conflict_with_an_object_that_differs_in_what_cannot_be_changed_is_refused(
    tenant: Numbered, applied: Callable[..., Applied]
) -> None:
    tenant.fail(answered(409, "It exists"), "POST", CLIENTS)
    mine = client(third_party_security_mode="strict")
    theirs = {"description": "Sends reminders", "third_party_security_mode": "permissive"}
    result = applied(mine, between=lambda: tenant.add_client("reminders", **theirs))
    assert failed(result, Refused).code == "immutable"
    assert not result.changed


# the answer to a POST was lost


@pytest.mark.parametrize(
    "fault", [HUNG_AFTER, DROPPED_AFTER, answered(500, performed=True), answered(503, performed=True)], ids=str
)
def test_a_lost_creation_that_arrived_is_adopted(
    tenant: Numbered, applied: Callable[..., Applied], clock: Clock, fault: Fault
) -> None:
    tenant.fail(fault, "POST", APIS)
    result = succeeded(applied(api()))
    assert tenant.requests == [READ_API, POST_API, READ_API]
    assert clock.slept == [SETTLE]
    assert summary(result) == [("create", True)]
    assert result.outcomes[0].item == tenant.apis[0]


def test_a_lost_creation_that_did_not_arrive_is_repeated_where_a_unique_key_protects_from_a_second(
    tenant: Numbered, applied: Callable[..., Applied]
) -> None:
    tenant.fail(HUNG_BEFORE, "POST", APIS)
    result = succeeded(applied(api()))
    assert tenant.requests == [READ_API, POST_API, READ_API, POST_API]
    assert len(tenant.apis) == 1
    assert summary(result) == [("create", True)]


def test_a_lost_creation_that_arrives_late_is_found_by_the_conflict_and_was_a_change(
    tenant: Numbered, applied: Callable[..., Applied]
) -> None:
    tenant.fail(HUNG_AFTER, "POST", APIS)
    tenant.fail(GONE, "GET", APIS)  # the first look, before anything is written
    tenant.fail(GONE, "GET", APIS)  # the look after the first POST
    result = succeeded(applied(api()))
    assert tenant.requests == [READ_API, POST_API, READ_API, POST_API, READ_API]
    assert len(tenant.apis) == 1
    assert summary(result) == [("create", True)]
    assert result.changed


def test_a_creation_is_repeated_only_so_often(tenant: Numbered, applied: Callable[..., Applied], clock: Clock) -> None:
    tenant.fail(HUNG_BEFORE, "POST", APIS, times=9)
    result = applied(api())
    error = failed(result, OutcomeUnknown)
    assert tenant.requests == [READ_API, *[POST_API, READ_API] * ATTEMPTS]
    assert clock.slept == [SETTLE] * ATTEMPTS
    assert "it was not found afterwards" in error.message
    assert "run the task again" in error.message
    assert (error.method, error.path) == ("POST", APIS)


def test_a_lost_creation_of_a_client_that_arrived_as_sent_is_adopted(
    tenant: Numbered, applied: Callable[..., Applied]
) -> None:
    tenant.fail(HUNG_AFTER, "POST", CLIENTS)
    result = succeeded(applied(client(app_type="non_interactive")))
    assert tenant.requests == [f"GET {CLIENTS}", f"POST {CLIENTS}", f"GET {CLIENTS}", f"GET {CLIENTS}/client1"]
    assert summary(result) == [("create", True)]
    assert result.outcomes[0].item == tenant.clients[0]


def test_a_lost_creation_of_a_client_is_never_repeated_because_its_name_is_not_unique(
    tenant: Numbered, applied: Callable[..., Applied]
) -> None:
    tenant.fail(HUNG_BEFORE, "POST", CLIENTS)
    result = applied(client())
    error = failed(result, OutcomeUnknown)
    assert tenant.requests == [f"GET {CLIENTS}", f"POST {CLIENTS}", f"GET {CLIENTS}"]
    assert "might then exist twice" in error.message


@pytest.mark.parametrize("difference", [{"description": "Another one's"}, {"app_type": "spa"}])
def test_a_client_that_is_not_what_was_sent_is_not_taken_for_the_lost_one(
    tenant: Numbered, applied: Callable[..., Applied], difference: dict[str, Any]
) -> None:
    tenant.fail(HUNG_BEFORE, "POST", CLIENTS)
    as_sent = {"description": "Sends reminders", "app_type": "non_interactive", "grant_types": ["client_credentials"]}
    result = applied(
        client(app_type="non_interactive"),
        between=lambda: tenant.add_client("reminders", **{**as_sent, **difference}),
    )
    error = failed(result, OutcomeUnknown)
    assert "is not what was sent" in error.message
    assert tenant.written == [f"POST {CLIENTS}"]


def test_several_clients_after_a_lost_creation_are_not_guessed_among(
    tenant: Numbered, applied: Callable[..., Applied]
) -> None:
    tenant.fail(HUNG_AFTER, "POST", CLIENTS)
    result = applied(client(), between=lambda: tenant.add_client("reminders"))
    error = failed(result, OutcomeUnknown)
    assert "client1, client2" in error.message
    assert tenant.written == [f"POST {CLIENTS}"]


@pytest.mark.parametrize(
    ("desired", "method", "path"),
    [(api(), "POST", APIS), (client(), "POST", CLIENTS)],
)
def test_a_failure_to_read_back_a_lost_creation_still_tells_of_the_lost_creation(
    tenant: Numbered, applied: Callable[..., Applied], desired: Desired, method: str, path: str
) -> None:
    tenant.fail(HUNG_BEFORE, method, path)
    result = applied(desired, between=lambda: tenant.fail(answered(403, "No"), "GET", path))
    error = failed(result, OutcomeUnknown)
    assert (error.method, error.path) == (method, path)
    assert "was sent" in error.message
    assert "403" in error.message


# the answer to a PATCH or DELETE was lost


def patched_api(tenant: Numbered) -> Desired:
    tenant.add_api(IDENTIFIER, token_lifetime=60)
    return api()


def test_a_lost_update_that_arrived_is_seen_by_reading_back(
    tenant: Numbered, applied: Callable[..., Applied], clock: Clock
) -> None:
    desired = patched_api(tenant)
    tenant.fail(HUNG_AFTER, "PATCH", APIS)
    result = succeeded(applied(desired))
    assert tenant.requests == [READ_API, f"PATCH {APIS}/api1", f"GET {APIS}/api1"]
    assert clock.slept == [SETTLE]
    assert summary(result) == [("update", True)]
    assert result.outcomes[0].item == tenant.apis[0]


def test_a_lost_update_that_did_not_arrive_is_repeated_after_reading_back(
    tenant: Numbered, applied: Callable[..., Applied]
) -> None:
    desired = patched_api(tenant)
    tenant.fail(HUNG_BEFORE, "PATCH", APIS)
    result = succeeded(applied(desired))
    assert tenant.requests == [READ_API, f"PATCH {APIS}/api1", f"GET {APIS}/api1", f"PATCH {APIS}/api1"]
    assert tenant.apis[0]["token_lifetime"] == 3600
    assert summary(result) == [("update", True)]


def test_an_update_is_repeated_only_so_often(tenant: Numbered, applied: Callable[..., Applied]) -> None:
    desired = patched_api(tenant)
    tenant.fail(answered(502), "PATCH", APIS, times=9)
    result = applied(desired)
    assert "did not show the change" in failed(result, OutcomeUnknown).message
    assert tenant.requests == [READ_API, *[f"PATCH {APIS}/api1", f"GET {APIS}/api1"] * ATTEMPTS]


def test_a_lost_update_of_what_is_gone_by_now_is_not_repeated(
    tenant: Numbered, applied: Callable[..., Applied]
) -> None:
    desired = patched_api(tenant)
    tenant.fail(HUNG_BEFORE, "PATCH", APIS)
    result = applied(desired, between=lambda: tenant.call("DELETE", "/resource-servers/api1"))
    failed(result, OutcomeUnknown)
    assert tenant.requests == [READ_API, f"PATCH {APIS}/api1", f"GET {APIS}/api1"]


@pytest.mark.parametrize(
    ("before", "desired"),
    [
        pytest.param({"client_metadata": {"a": "1", "b": "2"}}, client(client_metadata={"a": None}), id="removed key"),
        pytest.param({"description": "x"}, client(), id="text"),
        pytest.param(
            {"description": "Sends reminders", "token_quota": {"client_credentials": {"per_day": 1, "enforce": True}}},
            Desired(CLIENT, {"name": "reminders"}, clear=frozenset({"token_quota"})),
            id="cleared",
        ),
        pytest.param({"grant_types": ["implicit", "password"]}, client(grant_types=["password"]), id="list"),
    ],
)
def test_each_sort_of_change_is_recognised_when_a_lost_update_is_read_back(
    tenant: Numbered, applied: Callable[..., Applied], before: dict[str, Any], desired: Desired
) -> None:
    tenant.add_client("reminders", **before)
    tenant.fail(HUNG_AFTER, "PATCH", CLIENTS)
    tenant.fail(answered(400, "it was sent again"), "PATCH", CLIENTS)
    result = succeeded(applied(desired))
    assert tenant.written == [f"PATCH {CLIENTS}/client1"]
    assert summary(result) == [("update", True)]


def test_a_failure_to_read_back_a_lost_update_still_tells_of_the_lost_update(
    tenant: Numbered, applied: Callable[..., Applied]
) -> None:
    desired = patched_api(tenant)
    tenant.fail(HUNG_AFTER, "PATCH", APIS)
    result = applied(desired, between=lambda: tenant.fail(answered(403, "No"), "GET", APIS))
    error = failed(result, OutcomeUnknown)
    assert error.method == "PATCH"
    assert "403" in error.message


def removed_api(tenant: Numbered) -> Desired:
    tenant.add_api(IDENTIFIER)
    return Desired(API, {"identifier": IDENTIFIER}, present=False)


def test_a_lost_removal_that_arrived_is_seen_by_reading_back(tenant: Numbered, applied: Callable[..., Applied]) -> None:
    desired = removed_api(tenant)
    tenant.fail(HUNG_AFTER, "DELETE", APIS)
    result = succeeded(applied(desired))
    assert tenant.requests == [READ_API, READ_SETTINGS, READ_GRANTS, f"DELETE {APIS}/api1", f"GET {APIS}/api1"]
    assert summary(result) == [("delete", True)]


def test_a_lost_removal_that_did_not_arrive_is_repeated(tenant: Numbered, applied: Callable[..., Applied]) -> None:
    desired = removed_api(tenant)
    tenant.fail(HUNG_BEFORE, "DELETE", APIS)
    result = succeeded(applied(desired))
    assert tenant.requests == [
        READ_API,
        READ_SETTINGS,
        READ_GRANTS,
        f"DELETE {APIS}/api1",
        f"GET {APIS}/api1",
        f"DELETE {APIS}/api1",
    ]
    assert tenant.apis == []
    assert summary(result) == [("delete", True)]


def test_a_removal_is_repeated_only_so_often(tenant: Numbered, applied: Callable[..., Applied]) -> None:
    desired = removed_api(tenant)
    tenant.fail(HUNG_BEFORE, "DELETE", APIS, times=9)
    result = applied(desired)
    assert "it is still there" in failed(result, OutcomeUnknown).message
    assert len(tenant.written) == ATTEMPTS


def test_a_failure_to_read_back_a_lost_removal_still_tells_of_the_lost_removal(
    tenant: Numbered, applied: Callable[..., Applied]
) -> None:
    desired = removed_api(tenant)
    tenant.fail(HUNG_BEFORE, "DELETE", APIS)
    result = applied(desired, between=lambda: tenant.fail(answered(403, "No"), "GET", APIS))
    error = failed(result, OutcomeUnknown)
    assert error.method == "DELETE"
    assert "403" in error.message


# partial failure


def leaving_all_scopes(tenant: Numbered) -> Desired:
    """A change that the server wants in two steps."""
    tenant.add_client("reminders")
    tenant.add_api(IDENTIFIER, ("read",))
    tenant.add_grant("client1", IDENTIFIER, allow_all_scopes=True)
    return grant(scope=("read",), allow_all_scopes=False)


def test_a_change_in_two_steps_sends_both_and_is_one_change(tenant: Numbered, applied: Callable[..., Applied]) -> None:
    result = succeeded(applied(leaving_all_scopes(tenant)))
    assert tenant.bodies("PATCH") == [{"allow_all_scopes": False, "scope": []}, {"scope": ["read"]}]
    assert summary(result) == [("update", True)]
    assert result.outcomes[0].item == tenant.grants[0]


def test_a_second_step_that_fails_leaves_a_change_behind_and_says_so(
    tenant: Numbered, applied: Callable[..., Applied]
) -> None:
    desired = leaving_all_scopes(tenant)
    tenant.fail(answered(400, "No"), "PATCH", GRANTS, skip=1)
    result = applied(desired)
    failed(result, ApiError)
    assert result.progress.done == [f"change allow_all_scopes and scope of {desired.label}"]
    assert result.progress.remaining == [f"change scope of {desired.label}"]
    assert result.outcomes == []


def test_what_is_left_of_a_plan_follows_what_somebody_else_has_done_meanwhile(
    tenant: Numbered, applied: Callable[..., Applied]
) -> None:
    tenant.fail(answered(403, "No"), "PATCH", APIS)
    result = applied(client(), api(), grant(REMINDERS), between=lambda: tenant.add_api(IDENTIFIER, name="theirs"))
    failed(result, ApiError)
    assert result.progress.done == ["create client reminders"]
    assert result.progress.remaining == [
        f"change token_lifetime of API {IDENTIFIER}",
        f"create {grant(REMINDERS).label}",
    ]


def test_a_plan_that_is_applied_has_nothing_left(tenant: Numbered, applied: Callable[..., Applied]) -> None:
    result = succeeded(applied(client(client_secret="mine"), api(), grant(REMINDERS)))
    assert result.progress.done == [
        "create client reminders",
        "change client_secret of client reminders",
        f"create API {IDENTIFIER}",
        f"create client grant client1 / {IDENTIFIER}",
    ]
    assert result.progress.remaining == []


def test_a_first_step_that_fails_leaves_nothing_behind(tenant: Numbered, applied: Callable[..., Applied]) -> None:
    desired = leaving_all_scopes(tenant)
    tenant.fail(answered(400, "No"), "PATCH", GRANTS)
    result = applied(desired)
    failed(result, ApiError)
    assert not result.changed
    assert len(tenant.written) == 1


def test_both_steps_survive_lost_answers(tenant: Numbered, applied: Callable[..., Applied]) -> None:
    desired = leaving_all_scopes(tenant)
    tenant.fail(HUNG_AFTER, "PATCH", GRANTS)
    tenant.fail(HUNG_BEFORE, "PATCH", GRANTS)
    result = succeeded(applied(desired))
    patch, read = f"PATCH {GRANTS}/{GRANT_ID}", f"GET {GRANTS}/{GRANT_ID}"
    assert tenant.requests == [f"GET {GRANTS}", patch, read, patch, read, patch]
    assert tenant.grants[0]["scope"] == ["read"]
    assert summary(result) == [("update", True)]


def test_what_was_done_before_a_later_change_failed_stays_known_and_what_comes_after_is_not_sent(
    tenant: Numbered, applied: Callable[..., Applied]
) -> None:
    tenant.fail(answered(400, "No"), "POST", APIS, skip=1)
    second, third = (Desired(API, {"identifier": f"urn:{number}"}) for number in (2, 3))
    result = applied(api(), second, third)
    assert failed(result, ApiError).message == "Failed creating the API urn:2: No (400)."
    assert result.changed
    assert summary(result) == [("create", True)]
    assert len(tenant.written) == 2


# objects that refer to others


REMINDERS = Reference(KINDS["client"], {"name": "reminders"}, "client_id")


def test_a_client_and_its_grant_are_created_in_one_plan_and_the_grant_gets_the_clients_new_id(
    tenant: Numbered, applied: Callable[..., Applied]
) -> None:
    result = succeeded(applied(grant(REMINDERS, ("read",)), client(), api()))
    assert tenant.requests == [
        f"GET {CLIENTS}",
        READ_API,
        f"POST {CLIENTS}",
        f"GET {CLIENTS}",
        POST_API,
        f"POST {GRANTS}",
    ]
    assert tenant.bodies("POST")[-1] == {"client_id": "client1", "audience": IDENTIFIER, "scope": ["read"]}
    assert summary(result) == [("create", True)] * 3


def test_a_grant_of_an_existing_client_is_looked_up_by_its_id(
    tenant: Numbered, applied: Callable[..., Applied]
) -> None:
    tenant.add_client("reminders")
    succeeded(applied(grant(REMINDERS, ("read",)), Desired(API, {"identifier": IDENTIFIER})))
    assert tenant.bodies("POST")[-1] == {"client_id": "client1", "audience": IDENTIFIER, "scope": ["read"]}
    looked_up = [call for call in tenant.sent if str(call) == f"GET {GRANTS}"]
    assert [call.query["client_id"] for call in looked_up] == [["client1"]]


def test_a_client_that_somebody_else_created_meanwhile_still_gives_its_id_to_the_grant(
    tenant: Numbered, applied: Callable[..., Applied]
) -> None:
    tenant.add_api(IDENTIFIER)
    tenant.fail(HUNG_AFTER, "POST", CLIENTS)
    succeeded(applied(grant(REMINDERS), client()))
    assert tenant.bodies("POST")[-1]["client_id"] == "client2"


def test_nothing_that_refers_to_a_client_is_sent_when_its_creation_failed(
    tenant: Numbered, applied: Callable[..., Applied]
) -> None:
    tenant.fail(answered(400, "No"), "POST", CLIENTS)
    result = applied(grant(REMINDERS), client())
    failed(result, ApiError)
    assert tenant.written == [f"POST {CLIENTS}"]
    assert not result.changed


def test_a_grant_that_exists_by_the_time_its_client_is_known_is_aligned(
    tenant: Numbered, applied: Callable[..., Applied]
) -> None:
    tenant.add_api(IDENTIFIER)

    def granted_at_once(request: Request, answer: Raw) -> Raw:
        tenant.add_grant("client2", IDENTIFIER, ("old",))
        return answer

    tenant.fail(Fault("granted at once", True, granted_at_once), "POST", CLIENTS)
    result = succeeded(applied(grant(REMINDERS, ("read",)), client()))
    assert tenant.written == [f"POST {CLIENTS}", f"POST {GRANTS}", f"PATCH {GRANTS}/{GRANT_ID}"]
    assert tenant.bodies("PATCH") == [{"scope": ["read"]}]
    assert summary(result) == [("create", True), ("update", True)]


def test_removals_go_dependants_first(tenant: Numbered, applied: Callable[..., Applied]) -> None:
    tenant.add_client("reminders")
    tenant.add_api(IDENTIFIER)
    tenant.add_grant("client1", IDENTIFIER)
    gone = [Desired(d.kind, d.fields, present=False) for d in (api(), client(), grant(REMINDERS))]
    result = succeeded(applied(*gone))
    assert tenant.written == [
        f"DELETE {GRANTS}/{GRANT_ID}",
        f"DELETE {APIS}/api2",
        f"DELETE {CLIENTS}/client1",
    ]
    assert summary(result) == [("delete", True)] * 3


def test_a_grant_that_is_as_declared_is_not_written_although_its_client_is_updated_in_the_same_plan(
    tenant: Numbered, applied: Callable[..., Applied]
) -> None:
    tenant.add_client("reminders", description="old")
    tenant.add_api(IDENTIFIER)
    tenant.add_grant("client1", IDENTIFIER, ("read",))
    result = succeeded(applied(grant(REMINDERS, ("read",)), client()))
    assert tenant.written == [f"PATCH {CLIENTS}/client1"]
    assert summary(result) == [("update", True), ("none", False)]


def test_a_grant_of_a_client_that_is_not_there_is_not_there_either(
    tenant: Numbered, applied: Callable[..., Applied]
) -> None:
    gone = grant(REMINDERS)
    result = succeeded(applied(Desired(GRANT, gone.fields, present=False)))
    assert tenant.requests == [f"GET {CLIENTS}"]
    assert summary(result) == [("none", False)]


def test_a_creation_that_is_refused_is_not_read_back(tenant: Numbered, applied: Callable[..., Applied]) -> None:
    tenant.fail(answered(400, "No"), "POST", APIS)
    failed(applied(api()), ApiError)
    assert tenant.requests == [READ_API, POST_API]


def test_what_is_there_after_a_lost_creation_is_aligned_where_its_key_is_unique(
    tenant: Numbered, applied: Callable[..., Applied]
) -> None:
    tenant.fail(HUNG_BEFORE, "POST", APIS)
    result = succeeded(applied(api(), between=lambda: tenant.add_api(IDENTIFIER, token_lifetime=60)))
    assert tenant.written == [POST_API, f"PATCH {APIS}/api1"]
    assert tenant.apis[0]["token_lifetime"] == 3600
    assert result.changed


def test_a_lost_update_that_clears_a_field_and_did_not_arrive_is_repeated(
    tenant: Numbered, applied: Callable[..., Applied]
) -> None:
    tenant.add_client("reminders", token_quota={"client_credentials": {"per_day": 1}})
    tenant.fail(HUNG_BEFORE, "PATCH", CLIENTS)
    succeeded(applied(Desired(CLIENT, {"name": "reminders"}, clear=frozenset({"token_quota"}))))
    assert tenant.written == [f"PATCH {CLIENTS}/client1"] * 2
    assert "token_quota" not in tenant.clients[0]
