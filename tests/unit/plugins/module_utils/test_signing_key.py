# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tasks that rotate, revoke and read signing keys: what they send and return, and what a lost answer leads to."""

from __future__ import annotations

import datetime
import itertools
from typing import Any

import jwt
import pytest
from ansible_collections.community.auth0.plugins.module_utils._errors import (
    ApiError,
    Auth0Error,
    InvalidOptions,
    OutcomeUnknown,
    Refused,
)
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from ansible_collections.community.auth0.plugins.module_utils._modules.reading import read
from ansible_collections.community.auth0.plugins.module_utils._modules.signing_key.key_rotation import NOT_MADE_YET
from ansible_collections.community.auth0.plugins.module_utils._modules.signing_key.work import keep_signing_key
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Task, TaskFailed
from ansible_collections.community.auth0.tests.harness.in_process import (
    HUNG_AFTER,
    HUNG_BEFORE,
    Fault,
    answered,
    mutated,
    replaced,
)
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.keys import rsa_key
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.numbered_tenant import (
    CALLER,
    DOMAIN,
    TOKEN,
    Numbered,
)
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.tasks import info_task_of
from auth0_emulator.state.keys import SigningKey

NOW = datetime.datetime(2026, 11, 22, 3, 15, tzinfo=datetime.UTC)
KEYS = "/api/v2/keys/signing"
GET, POST = f"GET {KEYS}", f"POST {KEYS}/rotate"
OPTIONS: dict[str, Any] = {"max_age": None, "force": False, "revoke_previous_after": None}
CONNECTION = {"auth0_domain": DOMAIN, "auth0_timeout": 60, "auth0_retries": 0}


def look(kid: str) -> str:
    return f"GET {KEYS}/{kid}"


def put(kid: str) -> str:
    return f"PUT {KEYS}/{kid}/revoke"


def signed_by(kid: str) -> str:
    return jwt.encode({"azp": "the-caller"}, "k" * 32, algorithm="HS256", headers={"kid": kid})


def run(check_mode: bool = False, diff: bool = False, **options: Any) -> dict[str, Any]:
    credentials = {} if "auth0_client_id" in options else {"auth0_api_token": TOKEN}
    return keep_signing_key(Task({**CONNECTION, **credentials, **OPTIONS, **options}, check_mode, diff), lambda: NOW)


def failed(error: type[Auth0Error], **options: Any) -> TaskFailed:
    with pytest.raises(TaskFailed) as caught:
        run(**options)
    assert isinstance(caught.value.error, error)
    return caught.value


def by_role(result: dict[str, Any]) -> dict[str, str]:
    """The ids of the keys of a result by what they are, in their order."""
    names = ("current", "next", "previous", "revoked")
    return {key["kid"]: next((name for name in names if key[name]), "") for key in result["signing_keys"]}


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: None)


@pytest.fixture
def keys(tenant: Numbered, monkeypatch: pytest.MonkeyPatch) -> Numbered:
    """A tenant whose key has been signing for a hundred days; the one before it is revoked."""
    numbers = itertools.count(1)
    monkeypatch.setattr("auth0_emulator.state.keys.alphanumeric", lambda dummy: f"made{next(numbers)}")
    tenant.clock.now = NOW.timestamp()
    tenant.accept(*map(signed_by, ("a", "follower", "old", "signer")))
    ring = tenant.site.tenant.keys
    ring._current, ring._next = a_key("signer", current_since=days_ago(100)), a_key("follower")
    ring._revoked = [a_key("gone", current_since=days_ago(325), revoked_at=days_ago(94))]
    return tenant


def days_ago(days: int) -> datetime.datetime:
    return NOW - datetime.timedelta(days=days)


def a_key(kid: str, **moments: datetime.datetime) -> SigningKey:
    return SigningKey(kid, "acme.emulated.auth0.invalid", rsa_key(), **moments)


def previous(keys: Numbered, kid: str = "old", **moments: datetime.datetime) -> None:
    """Let the tenant have a previous key."""
    keys.site.tenant.keys.previous = a_key(kid, **moments)


# reading


def test_all_keys_are_read_by_one_request_the_current_one_first(keys: Numbered) -> None:
    for check_mode in (False, True):
        result = read(KINDS["signing_key"], info_task_of(KINDS["signing_key"], check_mode))
        assert result["changed"] is False
        assert by_role(result) == {"signer": "current", "follower": "next", "gone": "revoked"}
        assert list(by_role(result)) == ["signer", "follower", "gone"]
        assert result["signing_keys"][0]["cert"] == keys.site.tenant.keys.current.pem
    assert keys.requests == [GET, GET]


def test_one_key_is_read_directly_and_none_is_an_empty_list(keys: Numbered) -> None:
    (key,) = read(KINDS["signing_key"], info_task_of(KINDS["signing_key"], kid="gone"))["signing_keys"]
    assert key["revoked_at"] == "2026-08-20T03:15:00.000Z"
    assert read(KINDS["signing_key"], info_task_of(KINDS["signing_key"], kid="none"))["signing_keys"] == []
    assert keys.requests == [look("gone"), look("none")]


def test_the_scope_that_reading_needs_is_named(keys: Numbered) -> None:
    keys.lack("read:signing_keys")
    with pytest.raises(TaskFailed) as caught:
        read(KINDS["signing_key"], info_task_of(KINDS["signing_key"]))
    assert "It needs read:signing_keys" in caught.value.error.message


# rotating


def test_a_key_that_is_young_enough_costs_one_look_and_changes_nothing(keys: Numbered) -> None:
    for check_mode in (False, True):
        result = run(check_mode, diff=True, max_age=101, revoke_previous_after=0)
        assert (result["changed"], result["steps"]) == (False, [])
        assert not {"reason", "warnings"} & result.keys()
        assert result["diff"]["before"] == result["diff"]["after"]
    assert keys.requests == [GET, GET]


@pytest.mark.parametrize("diff", [False, True])
def test_a_rotation_is_one_look_and_one_write_without_a_body(keys: Numbered, diff: bool) -> None:
    result = run(diff=diff, max_age=90)
    assert keys.requests == [GET, POST]
    assert keys.bodies("POST") == [None]
    assert result["changed"] is True
    assert result["reason"] == "it has been signing for 100 days"
    assert result["steps"] == ["rotate: follower signs instead of signer"]
    assert by_role(result) == {"follower": "current", "made1": "next", "signer": "previous", "gone": "revoked"}
    assert ("diff" in result) is diff
    if diff:
        assert result["diff"]["before"] == {
            "current": ["signer"],
            "next": ["follower"],
            "previous": [],
            "revoked": ["gone"],
        }
        assert result["diff"]["after"] == {
            "current": ["follower"],
            "next": ["made1"],
            "previous": ["signer"],
            "revoked": ["gone"],
        }


def test_what_is_returned_is_what_the_tenant_holds(keys: Numbered) -> None:
    unknown = ("fingerprint", "pkcs7", "thumbprint")
    for options in ({"max_age": 90}, {"force": True, "revoke_previous_after": 0}, {"max_age": 90}):
        returned = run(**options)["signing_keys"]
        held = read(KINDS["signing_key"], info_task_of(KINDS["signing_key"]))["signing_keys"]
        for key, present in zip(returned, held, strict=True):
            # What the answer to a rotation does not hold of the key that it made is not made up.
            assert key == present or key == {k: v for k, v in present.items() if k not in unknown}
            assert key == present or key["next"]


def test_check_mode_foresees_a_rotation_and_a_revocation_and_writes_nothing(keys: Numbered) -> None:
    foreseen = run(check_mode=True, diff=True, max_age=90, revoke_previous_after=0)
    assert keys.requests == [GET]
    done = run(diff=True, max_age=90, revoke_previous_after=0)
    assert (foreseen["changed"], foreseen["steps"], foreseen["reason"]) == (True, done["steps"], done["reason"])
    assert foreseen["steps"] == ["rotate: follower signs instead of signer", "revoke signer"]
    assert by_role(foreseen) == {
        "follower": "current",
        NOT_MADE_YET: "next",
        "signer": "revoked",
        "gone": "revoked",
    }
    assert foreseen["diff"]["after"] == {**done["diff"]["after"], "next": [NOT_MADE_YET]}


def test_a_second_run_changes_nothing(keys: Numbered) -> None:
    run(max_age=90, revoke_previous_after=2)
    keys.forget()
    assert run(max_age=90, revoke_previous_after=2)["changed"] is False
    assert keys.requests == [GET]


def test_force_rotates_in_each_run_until_the_daily_limit(keys: Numbered) -> None:
    for dummy in range(5):
        assert run(force=True)["reason"] == "forced"
    keys.forget()
    for check_mode in (True, False):
        caught = failed(Refused, check_mode=check_mode, force=True, revoke_previous_after=0)
        assert (caught.changed, caught.error.code) == (False, "daily_limit")
    assert keys.requests == [GET, GET]


def test_where_an_older_key_was_not_revoked_the_keys_are_read_after_the_rotation(keys: Numbered) -> None:
    run(force=True)
    keys.forget()
    assert by_role(run(force=True)) == {
        "made1": "current",
        "made2": "next",
        "follower": "previous",
        "signer": "revoked",
        "gone": "revoked",
    }
    assert keys.requests == [GET, POST, GET]


@pytest.mark.parametrize("keep", [True, False])
def test_an_older_key_that_a_rotation_revokes_is_not_revoked_again(keys: Numbered, keep: bool) -> None:
    keys.clock.advance(-300)
    run(force=True)
    keys.forget()
    keys.clock.advance(300)
    if keep:

        def not_revoked(listed: list[dict[str, Any]]) -> None:
            older = next(key for key in listed if key["kid"] == "signer")
            del older["revoked"], older["revoked_at"]
            older["previous"] = True

        keys.fail(mutated(not_revoked), "GET", "/signing$", skip=1)
        keys.fail(replaced({"kid": "signer", "cert": "its certificate"}), "PUT", "/signer/revoke$")
    result = run(force=True, revoke_previous_after=0)
    assert keys.requests == [GET, POST, GET, *([put("signer")] if keep else []), put("follower")]
    assert by_role(result)["signer"] == by_role(result)["follower"] == "revoked"
    assert ("revoke signer" in result["steps"]) is keep


def test_an_answer_that_is_not_the_next_key_is_not_relied_upon(keys: Numbered) -> None:
    keys.fail(replaced({"kid": "follower", "cert": "its certificate"}, 201), "POST", KEYS)
    assert by_role(run(max_age=90)) == {"follower": "current", "made1": "next", "signer": "previous", "gone": "revoked"}
    assert keys.requests == [GET, POST, GET]


# revoking


def test_a_previous_key_is_revoked_once_it_is_old_enough_by_one_write(keys: Numbered) -> None:
    previous(keys, current_until=days_ago(2))
    assert run(revoke_previous_after=3)["changed"] is False
    keys.forget()
    result = run(revoke_previous_after=2)
    assert keys.requests == [GET, put("old")]
    assert keys.bodies("PUT") == [None]
    assert (result["changed"], result["steps"]) == (True, ["revoke old"])
    assert "reason" not in result
    (key,) = [key for key in result["signing_keys"] if key["kid"] == "old"]
    assert (key["previous"], key["revoked"], key["revoked_at"]) == (False, True, "2026-11-22T03:15:00.000Z")
    assert run(revoke_previous_after=2)["changed"] is False


def test_a_leaked_key_is_replaced_and_revoked_in_one_run_and_nothing_is_read_after_that(keys: Numbered) -> None:
    result = run(force=True, revoke_previous_after=0)
    assert keys.requests == [GET, POST, put("signer")]
    assert result["steps"] == ["rotate: follower signs instead of signer", "revoke signer"]
    assert keys.written == [POST, put("signer")]


def test_the_tasks_own_token_survives_until_its_work_is_done_and_is_told_to_be_dead(keys: Numbered) -> None:
    previous(keys, "b", current_until=days_ago(110))

    def with_another(listed: list[dict[str, Any]]) -> None:
        b = next(key for key in listed if key["kid"] == "b")
        listed.append({**b, "kid": "a", "current_until": "2026-08-01T00:00:00.000Z"})

    keys.fail(mutated(with_another), "GET", "/signing$", times=2)
    keys.fail(replaced({"kid": "a", "cert": "its certificate"}), "PUT", "/a/revoke$")
    options = {"auth0_api_token": signed_by("a"), "revoke_previous_after": 1}
    foreseen = run(check_mode=True, **options)
    assert "a. That key would be revoked" in foreseen["warnings"][0]
    result = run(**options)
    assert keys.written == [put("b"), put("a")]
    assert result["warnings"] == [
        "The token that this task uses was signed by the key a. That key is revoked now, and the token is not accepted "
        "any more. Get another token with community.auth0.auth0_token for the tasks that follow."
    ]
    assert "warnings" not in run(auth0_api_token=signed_by("signer"), revoke_previous_after=1)


def test_a_token_that_another_key_signed_is_not_warned_of(keys: Numbered) -> None:
    assert "warnings" not in run(auth0_api_token=signed_by("follower"), force=True, revoke_previous_after=0)
    assert "warnings" not in run(force=True)


def test_credentials_get_another_token_when_theirs_is_revoked_with_its_key(keys: Numbered) -> None:
    previous(keys, "a", current_until=days_ago(110))
    keys.fail(answered(401, "Invalid signature received"), "PUT", KEYS)
    result = run(**CALLER, revoke_previous_after=1)
    assert keys.requests == ["POST /oauth/token", GET, put("a"), "POST /oauth/token", put("a")]
    assert "warnings" not in result


# what goes wrong


def test_a_rotation_whose_answer_was_lost_is_recognised_and_not_sent_again(keys: Numbered) -> None:
    keys.fail(HUNG_AFTER, "POST", KEYS)
    result = run(force=True, revoke_previous_after=0)
    assert keys.requests == [GET, POST, GET, put("signer")]
    assert result["changed"] is True
    assert by_role(result) == {"follower": "current", "made1": "next", "signer": "revoked", "gone": "revoked"}


@pytest.mark.parametrize("fault", [HUNG_BEFORE, answered(500), answered(502)], ids=str)
def test_a_rotation_that_was_not_done_is_not_sent_again_but_told(keys: Numbered, fault: Fault) -> None:
    keys.fail(fault, "POST", KEYS)
    caught = failed(OutcomeUnknown, force=True, revoke_previous_after=0)
    assert keys.requests == [GET, POST, GET]
    assert (caught.changed, caught.error.retryable) == (True, True)
    assert "afterwards no other key was current, and it was not sent again" in caught.error.message


def test_a_rotation_stays_undecided_where_the_keys_cannot_be_read(keys: Numbered) -> None:
    keys.fail(HUNG_AFTER, "POST", KEYS)
    task = Task({**CONNECTION, "auth0_api_token": TOKEN, **OPTIONS, "force": True})

    def lose_the_next_list() -> datetime.datetime:
        keys.fail(HUNG_BEFORE, "GET", KEYS)
        return NOW

    with pytest.raises(TaskFailed) as caught:
        keep_signing_key(task, lose_the_next_list)
    assert isinstance(caught.value.error, OutcomeUnknown)
    assert "reading it back failed too" in caught.value.error.message


def test_a_failure_after_the_rotation_tells_what_was_done_and_how_to_go_on(keys: Numbered) -> None:
    message = "Insufficient scope; expected any of: update:signing_keys."
    keys.fail(answered(403, message), "PUT", KEYS)
    caught = failed(ApiError, force=True, revoke_previous_after=0)
    assert caught.changed is True
    assert "It needs update:signing_keys" in caught.error.message
    assert caught.message.endswith(
        " Done before: rotate: follower signs instead of signer. Left to do: revoke signer. Once the cause is removed, "
        "run the task again without force: it does only what is left."
    )
    assert caught.result["done"] == ["rotate: follower signs instead of signer"]
    assert caught.result["remaining"] == ["revoke signer"]
    keys.forget()
    assert run(revoke_previous_after=0)["steps"] == ["revoke signer"]


def test_a_rotation_after_which_the_keys_cannot_be_read_is_told_to_be_done(keys: Numbered) -> None:
    keys.fail(replaced({"kid": "follower"}, 201), "POST", KEYS)

    def lose_the_second_list() -> datetime.datetime:
        if keys.requests == [GET, POST]:
            keys.fail(answered(500, "Oops"), "GET", KEYS)
        return NOW

    with pytest.raises(TaskFailed) as caught:
        keep_signing_key(Task({**CONNECTION, "auth0_api_token": TOKEN, **OPTIONS, "max_age": 90}), lose_the_second_list)
    assert caught.value.changed is True
    told = "Done before: rotate: follower signs instead of signer. Once the cause is removed, run the task again: it "
    assert told in caught.value.message
    assert caught.value.result["remaining"] == []


@pytest.mark.parametrize("performed", [True, False])
def test_a_revocation_whose_answer_was_lost_is_read_back_and_repeated_where_needed(
    keys: Numbered, performed: bool
) -> None:
    previous(keys)
    keys.fail(HUNG_AFTER if performed else HUNG_BEFORE, "PUT", KEYS)
    result = run(revoke_previous_after=0)
    assert keys.requests == [GET, put("old"), look("old"), *([] if performed else [put("old")])]
    assert (result["changed"], result["steps"]) == (True, ["revoke old"])


@pytest.mark.parametrize("settled", [True, False])
def test_a_token_that_dies_with_the_key_that_signed_it_says_that_the_key_is_revoked(
    keys: Numbered, settled: bool
) -> None:
    previous(keys)
    keys.fail(HUNG_BEFORE, "PUT", KEYS)
    refusal = answered(401, "Invalid signature received")
    keys.fail(refusal, "GET" if settled else "PUT", f"{KEYS}/old")
    result = run(auth0_api_token=signed_by("old"), revoke_previous_after=0)
    assert keys.requests == [GET, put("old"), look("old"), *([] if settled else [put("old")])]
    assert (result["changed"], result["steps"]) == (True, ["revoke old"])
    assert by_role(result)["old"] == "revoked"
    assert "is not accepted any more" in result["warnings"][0]


def test_a_token_that_another_key_signed_says_nothing_of_a_revocation(keys: Numbered) -> None:
    previous(keys)
    keys.fail(HUNG_AFTER, "PUT", KEYS)
    keys.fail(answered(401, "Expired token received"), "GET", f"{KEYS}/old")
    caught = failed(OutcomeUnknown, auth0_api_token=signed_by("signer"), revoke_previous_after=0)
    assert "reading it back failed too" in caught.error.message


def test_a_token_that_is_refused_at_first_says_nothing_of_the_key_that_signed_it(keys: Numbered) -> None:
    previous(keys)
    keys.fail(answered(401, "Expired token received"), "PUT", KEYS)
    caught = failed(ApiError, auth0_api_token=signed_by("old"), revoke_previous_after=0)
    assert (caught.changed, keys.requests) == (False, [GET, put("old")])


def test_a_revocation_that_never_succeeds_is_told(keys: Numbered) -> None:
    previous(keys)
    keys.fail(HUNG_BEFORE, "PUT", KEYS, times=3)
    caught = failed(OutcomeUnknown, revoke_previous_after=0)
    assert keys.requests == [GET, *[put("old"), look("old")] * 3]
    assert caught.changed is True
    assert "it is not revoked" in caught.error.message


def test_a_key_that_somebody_else_revokes_meanwhile_is_no_failure_and_no_change(keys: Numbered) -> None:
    previous(keys)

    def revoke_it() -> datetime.datetime:
        keys.site.tenant.keys.revoke_previous()
        return NOW

    task = Task({**CONNECTION, "auth0_api_token": TOKEN, **OPTIONS, "revoke_previous_after": 0})
    result = keep_signing_key(task, revoke_it)
    assert keys.requests == [GET, put("old"), look("old")]
    assert (result["changed"], result["steps"]) == (False, [])
    assert by_role(result)["old"] == "revoked"


def test_a_key_that_is_gone_is_revoked(keys: Numbered) -> None:
    previous(keys)

    def remove_it() -> datetime.datetime:
        keys.site.tenant.keys.previous = None
        return NOW

    task = Task({**CONNECTION, "auth0_api_token": TOKEN, **OPTIONS, "revoke_previous_after": 0})
    assert keep_signing_key(task, remove_it)["changed"] is False


def test_a_refused_revocation_of_a_key_that_is_not_revoked_is_a_failure(keys: Numbered) -> None:
    previous(keys)
    keys.fail(answered(400, "Not that one."), "PUT", KEYS)
    caught = failed(ApiError, revoke_previous_after=0)
    assert "Failed revoking the signing key old: Not that one" in caught.error.message
    assert caught.changed is False
    assert keys.requests == [GET, put("old"), look("old")]


@pytest.mark.parametrize(("status", "told"), [(401, "not accepted"), (403, "not allowed"), (429, "rate limit")])
def test_a_refusal_that_says_nothing_of_the_key_is_not_looked_into(keys: Numbered, status: int, told: str) -> None:
    previous(keys)
    keys.fail(answered(status, "No."), "PUT", KEYS)
    assert told in failed(ApiError, revoke_previous_after=0).error.message
    assert keys.requests == [GET, put("old")]


def test_the_rate_limit_of_rotations_is_explained(keys: Numbered) -> None:
    keys.fail(answered(429, "Endpoint limit has been reached"), "POST", KEYS)
    caught = failed(ApiError, force=True)
    assert caught.error.message.endswith("Auth0 allows 5 rotations of the signing key a day.")
    assert (caught.changed, caught.error.retryable) == (False, True)


def test_both_scopes_that_a_rotation_needs_are_named(keys: Numbered) -> None:
    message = "Insufficient scope; expected create:signing_keys and update:signing_keys."
    keys.fail(answered(403, message), "POST", KEYS)
    caught = failed(ApiError, force=True, revoke_previous_after=0)
    assert "It needs create:signing_keys and update:signing_keys" in caught.error.message
    assert keys.requests == [GET, POST]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({}, "Say what to do"),
        ({"max_age": 0}, "max_age: 0 is not a number of days from 1 to 36500. To rotate now, use force: true."),
        ({"max_age": -1}, "max_age: -1 is not a number of days"),
        ({"max_age": 36501}, "from 1 to 36500"),
        ({"force": True, "revoke_previous_after": -1}, "revoke_previous_after: -1 is not a number of days from 0"),
        ({"revoke_previous_after": 36501}, "from 0 to 36500"),
    ],
)
def test_bad_options_are_told_before_anything_is_sent(keys: Numbered, options: dict[str, Any], told: str) -> None:
    assert told in failed(InvalidOptions, **options).error.message
    assert keys.requests == []
