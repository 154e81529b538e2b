# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A task that verifies a token: its options, its result, its failures, and what it asks the tenant for."""

from __future__ import annotations

import threading
from typing import Any

import pytest
import requests
from ansible_collections.community.auth0.plugins.module_utils._errors import ApiError, InvalidOptions, Unreachable
from ansible_collections.community.auth0.plugins.module_utils._http.session import Session
from ansible_collections.community.auth0.plugins.module_utils._modules.token_info import argument_spec, verify_token
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Task, TaskFailed
from ansible_collections.community.auth0.plugins.module_utils._tokens.verification import TokenNotAcceptable, fetch_jwks
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.numbered_tenant import URL
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.tasks import InvalidTask, params_of
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.wire import RawRequest, wire
from responses import RequestsMock

from .signed_tokens import AUDIENCE, NOW, RFC9068_PROFILE, SIGNING_SECRET, by_pyjwt, claims, header, jwk

JWKS = URL + "/.well-known/jwks.json"
HS256 = {"signing_alg": "HS256", "signing_secret": SIGNING_SECRET}


def verified(token: str | None = None, check_mode: bool = False, **options: Any) -> dict[str, Any]:
    own = {"token": by_pyjwt(claims()) if token is None else token, "audience": AUDIENCE, "auth0_retries": 0}
    given = {**own, **options}
    return verify_token(Task(params_of(argument_spec(), given), check_mode), lambda: NOW)


def failed(error: type[Exception], token: str | None = None, **options: Any) -> TaskFailed:
    with pytest.raises(TaskFailed) as caught:
        verified(token, **options)
    assert isinstance(caught.value.error, error)
    assert not caught.value.changed
    return caught.value


@pytest.mark.parametrize("check_mode", [False, True])
def test_an_acceptable_token_is_active_with_its_claims_and_the_rest_of_its_life(
    mocked: RequestsMock, check_mode: bool
) -> None:
    mocked.get(JWKS, json={"keys": [jwk("next"), jwk("current")]})
    content = claims(permissions=["read:appointments"], exp=NOW + 600)
    assert verified(by_pyjwt(content), check_mode) == {
        "changed": False,
        "active": True,
        "claims": content,
        "scope": ["read:appointments", "write:appointments"],
        "permissions": ["read:appointments"],
        "expires_in": 600,
    }
    assert len(mocked.calls) == 1


def test_a_token_that_is_not_acceptable_fails_the_task_or_is_told_as_inactive() -> None:
    token = by_pyjwt(claims(exp=NOW - 600), header("HS256"))
    error = failed(TokenNotAcceptable, token, **HS256).error
    assert error.message == f"The token is not acceptable to {AUDIENCE}: It has expired, 600 seconds ago."
    assert error.failure() == {
        "method": None,
        "path": None,
        "status": None,
        "code": "expired",
        "message": "",
        "retryable": False,
    }
    assert verified(token, fail=False, **HS256) == {
        "changed": False,
        "active": False,
        "reason": "It has expired, 600 seconds ago.",
        "code": "expired",
    }


@pytest.mark.parametrize(
    ("options", "content", "code"),
    [
        ({}, claims(iss="https://other.eu.auth0.com/"), "wrong_issuer"),
        ({"issuer": "https://login.example.com/"}, claims(), "wrong_issuer"),
        ({"issuer": "https://login.example.com/"}, claims(iss="https://login.example.com/"), None),
        ({"audience": "urn:other"}, claims(), "wrong_audience"),
        ({"scope": ["write:appointments"]}, claims(), None),
        ({"scope": ["read:appointments", "x"]}, claims(), "insufficient_scope"),
        ({"scope": []}, claims(scope=None), None),
        ({"permissions": ["a"]}, claims(permissions=["a", "b"]), None),
        ({"permissions": ["a", "c"]}, claims(permissions=["a", "b"]), "insufficient_permissions"),
        ({"permissions": []}, claims(), None),
        ({"token_dialect": "access_token_authz"}, claims(), None),
        ({"token_dialect": "rfc9068_profile_authz"}, claims(RFC9068_PROFILE), "wrong_type"),
        ({}, claims(exp=NOW - 9), None),
        ({}, claims(exp=NOW - 10), "expired"),
        ({"leeway": 0}, claims(exp=NOW), "expired"),
        ({"leeway": 60}, claims(exp=NOW - 59), None),
        ({"signing_secret": SIGNING_SECRET + "x"}, claims(), "bad_signature"),
    ],
)
def test_every_option_is_a_demand(options: dict[str, Any], content: dict[str, Any], code: str | None) -> None:
    result = verified(by_pyjwt(content, header("HS256")), fail=False, **{**HS256, **options})
    assert (result["active"], result.get("code")) == (code is None, code)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"token": ""}, "token is empty. Give the access token exactly as it was issued."),
        ({"token": " \n"}, "token is empty"),
        ({"audience": ""}, "audience is empty"),
        ({"audience": " "}, "audience is empty"),
        ({"issuer": ""}, "issuer is empty"),
        ({"leeway": -1}, "leeway: -1 is too small"),
        ({"scope": ["read:appointments", ""]}, "scope holds an empty item"),
        ({"permissions": [" "]}, "permissions holds an empty item"),
        ({"auth0_timeout": 0}, "auth0_timeout: 0 is too small"),
        ({"auth0_domain": "https://acme.eu.auth0.com"}, "auth0_domain"),
    ],
)
def test_options_that_are_wrong_in_themselves_fail_also_where_a_token_would_be_inactive(
    options: dict[str, Any], words: str
) -> None:
    assert words in failed(InvalidOptions, fail=False, **options).error.message


@pytest.mark.parametrize(
    "options",
    [{"signing_alg": "none"}, {"signing_alg": "ES256"}, {"token_dialect": "opaque"}, {"leeway": "ten"}],
)
def test_what_no_api_can_demand_is_no_option(options: dict[str, Any]) -> None:
    with pytest.raises(InvalidTask):
        params_of(argument_spec(), {"token": "t", "audience": AUDIENCE, **options})


def test_the_token_and_the_secret_are_masked_by_ansible() -> None:
    options = argument_spec().options
    assert {name for name, option in options.items() if option.get("no_log")} == {"token", "signing_secret"}


# what it asks the tenant for


def test_the_keys_are_asked_for_once_without_any_credentials(mocked: RequestsMock) -> None:
    mocked.get(JWKS, json={"keys": [jwk("current")]})
    assert verified(auth0_client_id="a-client", auth0_client_secret="a-secret", auth0_api_token=None)["active"]
    assert [(call.request.method, call.request.url) for call in mocked.calls] == [("GET", JWKS)]
    assert not {"Authorization", "Cache-Control"} & set(mocked.calls[0].request.headers)
    assert mocked.calls[0].request.body is None


def test_an_unknown_key_is_asked_for_once_more_past_all_copies(mocked: RequestsMock) -> None:
    mocked.get(JWKS, json={"keys": [jwk("next")]})
    mocked.get(JWKS, json={"keys": [jwk("next"), jwk("current")]})
    assert verified()["active"]
    assert [call.request.headers.get("Cache-Control") for call in mocked.calls] == [None, "no-cache"]
    assert mocked.calls[1].request.body is None


def test_a_key_that_stays_unknown_is_asked_for_twice_and_no_more(mocked: RequestsMock) -> None:
    for dummy in range(3):
        mocked.get(JWKS, json={"keys": [jwk("next")]})
    assert verified(fail=False)["code"] == "unknown_key"
    assert len(mocked.calls) == 2


def test_nothing_is_asked_for_where_no_key_of_the_tenant_is_needed(mocked: RequestsMock) -> None:
    assert verified(by_pyjwt(claims(), header("HS256")), **HS256)["active"]
    for token in (
        "opaque",
        "x" * 2**20,
        by_pyjwt(claims(), header("HS256")),
        by_pyjwt(claims(), header("PS256")),
        by_pyjwt(claims(), header(kid=None)),
        by_pyjwt(claims(), header(typ="logout+jwt")),
        by_pyjwt(claims()) + "\n",
    ):
        assert not verified(token, fail=False)["active"]
    assert len(mocked.calls) == 0


# a tenant that does not give its keys


@pytest.mark.parametrize(
    ("answer", "code", "words"),
    [
        ({"body": "<html>Welcome</html>", "content_type": "text/html"}, "not_json", "not JSON (200, text/html)"),
        ({"body": ""}, "no_jwks", "without a key set. Is auth0_domain really an Auth0 tenant?"),
        ({"json": []}, "no_jwks", "without a key set"),
        ({"json": {}}, "no_jwks", "without a key set"),
        ({"json": "keys"}, "no_jwks", "without a key set"),
        ({"json": {"keys": None}}, "no_jwks", "without a key set"),
        ({"json": {"keys": {"current": {}}}}, "no_jwks", "without a key set"),
        ({"body": "[" * 200_000}, "not_json", "not JSON"),
        ({"status": 503, "json": {}}, "http_503", "server error 503"),
        ({"body": requests.exceptions.ReadTimeout()}, "no_answer", "does not answer GET"),
    ],
)
def test_a_tenant_that_does_not_give_its_keys_is_a_failure_and_not_an_inactive_token(
    mocked: RequestsMock, answer: dict[str, Any], code: str, words: str
) -> None:
    mocked.get(JWKS, **answer)
    error = failed(Unreachable, fail=False).error
    assert error.code == code
    assert words in error.message
    assert (error.method, error.path) == ("GET", "/.well-known/jwks.json")
    assert len(mocked.calls) == 1


def test_a_tenant_that_refuses_to_give_its_keys_is_a_failure_too(mocked: RequestsMock) -> None:
    mocked.get(JWKS, status=404, json={})
    assert failed(ApiError, fail=False).error.failure()["status"] == 404


def test_a_key_set_may_be_empty_or_hold_what_is_no_key(mocked: RequestsMock) -> None:
    for keys in ([], [None, 7, "current", ["current"], {}]):
        mocked.get(JWKS, json={"keys": keys})
        mocked.get(JWKS, json={"keys": keys})
        assert verified(fail=False)["code"] == "unknown_key"


def test_a_tenant_that_says_nothing_is_not_waited_for_longer_than_the_timeout() -> None:
    ended = threading.Event()

    def silent(request: RawRequest) -> None:
        ended.wait()

    with wire(silent) as server:
        try:
            with Session(server.url, timeout=0.2, retries=0) as session, pytest.raises(Unreachable) as caught:
                fetch_jwks(session)
        finally:
            ended.set()
    assert "does not answer GET /.well-known/jwks.json (timed out)" in caught.value.message


# nothing is given away


@pytest.mark.parametrize("fail", [False, True])
def test_neither_result_nor_failure_holds_the_token_or_a_key(mocked: RequestsMock, fail: bool) -> None:
    mocked.get(JWKS, json={"keys": [jwk("current")]})
    good = by_pyjwt(claims())
    bad = by_pyjwt(claims(exp=1), header("HS256"))
    told = [repr(verified(good))]
    try:
        told.append(repr(verified(bad, fail=fail, **HS256)))
    except TaskFailed as caught:
        told += [repr(caught), str(caught), repr(caught.error.failure())]
    for part in (*good.split("."), *bad.split("."), SIGNING_SECRET, jwk("current")["n"]):
        assert not any(part in one for one in told)
