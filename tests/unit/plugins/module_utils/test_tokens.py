# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Getting tokens, what each refusal means, and what a token says of itself."""

from __future__ import annotations

import base64
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import jwt
import pytest
import trustme
from ansible_collections.community.auth0.plugins.module_utils._errors import ApiError, Auth0Error, Unreachable
from ansible_collections.community.auth0.plugins.module_utils._http.session import Session
from ansible_collections.community.auth0.plugins.module_utils._tokens import authorization
from ansible_collections.community.auth0.plugins.module_utils._tokens.authorization import RequestedToken
from ansible_collections.community.auth0.plugins.module_utils._tokens.client_authentication import ClientSecret
from ansible_collections.community.auth0.plugins.module_utils._tokens.kept import Kept
from ansible_collections.community.auth0.plugins.module_utils._tokens.private_key import PrivateKey
from ansible_collections.community.auth0.plugins.module_utils._tokens.request import request_token
from ansible_collections.community.auth0.plugins.module_utils._tokens.unverified import (
    client_of,
    decoded_claims,
    key_id_of,
)
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.clock import Clock
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.numbered_tenant import URL
from hypothesis import example, given
from hypothesis import strategies as st
from responses import RequestsMock

from .keys import rsa_key
from .signed_tokens import AUDIENCE, DEEP, GARBAGE, ISSUER, encoded, unsigned

CREDENTIALS = ClientSecret("the-client", "the-client-s-secret")
ANSWER = {"access_token": "header.payload.signature", "token_type": "Bearer", "expires_in": 86400}
ENDPOINT = URL + "/oauth/token"


def session(**options: Any) -> Session:
    clock = Clock()
    return Session(URL, sleep=clock.sleep, now=clock.now, **options)


# getting a token


def sent(mocked: RequestsMock, number: int = 0) -> Any:
    return json.loads(mocked.calls[number].request.body)


def test_the_token_request_holds_exactly_what_client_credentials_need(mocked: RequestsMock) -> None:
    mocked.post(ENDPOINT, json=ANSWER)
    with session() as opened:
        assert request_token(opened, CREDENTIALS, AUDIENCE, ISSUER) == ANSWER
    assert sent(mocked) == {
        "grant_type": "client_credentials",
        "client_id": "the-client",
        "client_secret": "the-client-s-secret",
        "audience": AUDIENCE,
    }
    assert mocked.calls[0].request.headers["Content-Type"] == "application/json"
    assert "Authorization" not in mocked.calls[0].request.headers


@pytest.mark.parametrize(
    ("options", "parameters"),
    [
        ({"scope": ["read:a", "write:a"]}, {"scope": "read:a write:a"}),
        ({"scope": []}, {"scope": ""}),
        ({"organization": "org_1"}, {"organization": "org_1"}),
        ({"scope": ["read:a"], "organization": "acme"}, {"scope": "read:a", "organization": "acme"}),
    ],
)
def test_a_subset_of_scopes_and_an_organization_are_sent_when_they_are_asked_for(
    mocked: RequestsMock, options: dict[str, Any], parameters: dict[str, Any]
) -> None:
    mocked.post(ENDPOINT, json=ANSWER)
    with session() as opened:
        request_token(opened, CREDENTIALS, AUDIENCE, ISSUER, **options)
    body = sent(mocked)
    assert {name: body.pop(name) for name in parameters} == parameters
    assert set(body) == {"grant_type", "client_id", "client_secret", "audience"}


def test_further_parameters_are_sent_beside_the_usual_ones_and_never_in_their_place(mocked: RequestsMock) -> None:
    mocked.post(ENDPOINT, json=ANSWER)
    with session() as opened:
        request_token(opened, CREDENTIALS, AUDIENCE, ISSUER, parameters={"tier": "gold", "audience": "another"})
    assert (sent(mocked)["tier"], sent(mocked)["audience"]) == ("gold", AUDIENCE)


def test_a_secret_can_go_into_a_header(mocked: RequestsMock) -> None:
    mocked.post(ENDPOINT, json=ANSWER)
    with session() as opened:
        request_token(opened, ClientSecret("the client", "100%:secret", basic=True), AUDIENCE, ISSUER)
    assert set(sent(mocked)) == {"grant_type", "audience"}
    kind, dummy, pair = mocked.calls[0].request.headers["Authorization"].partition(" ")
    assert kind == "Basic"
    assert base64.b64decode(pair) == b"the+client:100%25%3Asecret"


def test_every_sending_has_an_assertion_of_its_own(mocked: RequestsMock) -> None:
    mocked.post(ENDPOINT, status=503)
    mocked.post(ENDPOINT, json=ANSWER)
    client = PrivateKey("the-client", rsa_key(), "the-kid")
    with session() as opened:
        assert request_token(opened, client, AUDIENCE, ISSUER) == ANSWER
    found = []
    for number in range(2):
        body = sent(mocked, number)
        assert body["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
        assert "client_secret" not in body
        found.append(jwt.decode(body["client_assertion"], rsa_key().public_key(), ["RS256"], audience=ISSUER))
    assert found[0]["jti"] != found[1]["jti"]


def test_what_a_401_may_mean_depends_on_how_the_client_authenticates(mocked: RequestsMock) -> None:
    clients = [CREDENTIALS, ClientSecret("c", "s", basic=True), PrivateKey("c", rsa_key(), "the-kid")]
    told = []
    for client in clients:
        mocked.post(ENDPOINT, status=401, json=denied("Unauthorized"))
        with session() as opened, pytest.raises(ApiError) as caught:
            request_token(opened, client, AUDIENCE, ISSUER)
        told.append(caught.value.message)
    assert [
        words in text for words, text in zip(("in the request", "in a header", "the clock"), told, strict=True)
    ] == [True] * 3


@pytest.mark.parametrize("refusals", [1, 3, 8])
def test_a_secret_that_is_known_to_be_new_is_given_thirty_seconds_to_be_accepted(
    mocked: RequestsMock, refusals: int
) -> None:
    for dummy in range(refusals):
        mocked.post(ENDPOINT, status=401, json=denied("Unauthorized"))
    mocked.post(ENDPOINT, json=ANSWER)
    clock = Clock()
    with session() as opened:
        found = request_token(opened, CREDENTIALS, AUDIENCE, ISSUER, secret_is_new=True, sleep=clock.sleep)
    assert found == ANSWER
    assert len(clock.slept) == refusals
    assert sum(clock.slept) <= 30


def test_a_new_secret_that_is_refused_for_longer_is_wrong_after_all(mocked: RequestsMock) -> None:
    for dummy in range(20):
        mocked.post(ENDPOINT, status=401, json=denied("Unauthorized"))
    clock = Clock()
    with session() as opened, pytest.raises(ApiError, match="after 30 seconds") as caught:
        request_token(opened, CREDENTIALS, AUDIENCE, ISSUER, secret_is_new=True, sleep=clock.sleep)
    assert caught.value.code == "invalid_client"
    assert sum(clock.slept) == 30
    assert len(mocked.calls) <= 10


@pytest.mark.parametrize(("status", "secret_is_new"), [(401, False), (403, True)])
def test_nothing_else_that_is_refused_is_asked_for_again(
    mocked: RequestsMock, status: int, secret_is_new: bool
) -> None:
    mocked.post(ENDPOINT, status=status, json=denied("Unauthorized"))
    clock = Clock()
    with Session(URL, sleep=clock.sleep, now=clock.now) as opened, pytest.raises(ApiError):
        request_token(opened, CREDENTIALS, AUDIENCE, ISSUER, secret_is_new=secret_is_new, sleep=clock.sleep)
    assert (len(mocked.calls), clock.slept) == (1, [])


def test_a_refused_secret_may_be_a_new_one(mocked: RequestsMock) -> None:
    mocked.post(ENDPOINT, status=401, json=denied("Unauthorized"))
    with session() as opened, pytest.raises(ApiError, match="new secret may take up to 30 seconds"):
        request_token(opened, CREDENTIALS, AUDIENCE, ISSUER)


def test_a_token_can_be_requested_in_check_mode(mocked: RequestsMock) -> None:
    mocked.post(ENDPOINT, json=ANSWER)
    with session(read_only=True) as opened:
        assert request_token(opened, CREDENTIALS, AUDIENCE, ISSUER) == ANSWER


def denied(description: str, error: str = "access_denied") -> dict[str, str]:
    return {"error": error, "error_description": description}


@pytest.mark.parametrize(
    ("status", "body", "code", "explained"),
    [
        pytest.param(401, denied("Unauthorized"), "invalid_client", "secret is wrong", id="wrong secret"),
        pytest.param(401, {"error": "invalid_client"}, "invalid_client", "secret is wrong", id="as the API describes"),
        pytest.param(
            403,
            denied(f'Client is not authorized to access "{AUDIENCE}". You need to create a "client-grant" associated'),
            "no_client_grant",
            "auth0_client_grant",
            id="no grant, old words",
        ),
        pytest.param(
            403,
            denied(f'Client "the-client" is not authorized to access resource server "{AUDIENCE}".'),
            "no_client_grant",
            "auth0_client_grant",
            id="no grant, new words",
        ),
        pytest.param(
            403,
            denied(f"Service not enabled within domain: {AUDIENCE}"),
            "no_such_api",
            "exactly the API's identifier",
            id="no such API",
        ),
        pytest.param(
            403,
            denied("Client has not been granted scopes: delete:everything"),
            "scope_not_granted",
            "delete:everything",
            id="scope not granted",
        ),
        pytest.param(
            403,
            denied("Grant type 'client_credentials' not allowed for the client.", "unauthorized_client"),
            "grant_type_not_allowed",
            "grant_types",
            id="grant type",
        ),
        pytest.param(
            400,
            denied("Unsupported grant type: client_credentials", "unsupported_grant_type"),
            "unsupported_grant_type",
            "Unsupported grant type",
            id="unsupported grant type",
        ),
        pytest.param(
            403,
            denied("Non-global clients are not allowed access to APIv1"),
            "access_denied",
            "Non-global clients are not allowed access to APIv1",
            id="something else",
        ),
        pytest.param(403, {}, "http_403", "refused (403)", id="no words at all"),
        pytest.param(400, ["?"], "http_400", "refused (400)", id="a list"),
        pytest.param(
            429,
            denied("Client quota exceeded", "too_many_requests"),
            "too_many_requests",
            "Client quota exceeded",
            id="quota",
        ),
        pytest.param(
            429,
            {"statusCode": 429, "error": "Too Many Requests", "message": "Global limit has been reached"},
            "too_many_requests",
            "Global limit has been reached",
            id="rate limit",
        ),
    ],
)
def test_each_refusal_gets_a_code_and_an_explanation_of_its_own(
    mocked: RequestsMock, status: int, body: Any, code: str, explained: str
) -> None:
    mocked.post(ENDPOINT, json=body, status=status)
    with session(retries=0) as opened, pytest.raises(ApiError) as caught:
        request_token(opened, CREDENTIALS, AUDIENCE, ISSUER)
    error = caught.value
    assert (error.code, error.status, error.method, error.path) == (code, status, "POST", "/oauth/token")
    assert explained in error.message
    assert "the-client" in error.message
    assert AUDIENCE in error.message
    assert error.retryable is (status == 429)
    assert "the-client-s-secret" not in f"{error.message} {error.failure()} {error!r}"


@pytest.mark.parametrize("status", [400, 401, 403, 429, 500])
@pytest.mark.parametrize("how", ["post", "basic", "key"])
def test_a_failure_repeats_nothing_that_proves_who_the_client_is(mocked: RequestsMock, how: str, status: int) -> None:
    """The secret may be one that no task gave, but that was read from the tenant: nobody else would mask it."""
    secret = "the'client\\secret"
    client = {
        "post": ClientSecret("the-client", secret),
        "basic": ClientSecret("the-client", secret, basic=True),
        "key": PrivateKey("the-client", rsa_key(), "the-kid"),
    }[how]
    proofs: list[str] = []

    def repeats(request: Any) -> tuple[int, dict[str, str], str]:
        assertion = json.loads(request.body).get("client_assertion")
        header = request.headers.get("Authorization", "").partition(" ")[2]
        found = [assertion] if assertion else [secret, json.dumps(secret)[1:-1], *([header] if header else [])]
        proofs.extend(found)
        return status, {}, json.dumps({"error": f"bad {found[0]}", "error_description": f"bad {' or '.join(found)}"})

    mocked.add_callback("POST", ENDPOINT, repeats)
    with session(retries=0) as opened, pytest.raises(Auth0Error) as caught:
        request_token(opened, client, AUDIENCE, ISSUER)
    told = f"{caught.value.message} {caught.value.failure()}"
    assert proofs
    assert [proof for proof in proofs if proof in told] == []
    assert "(secret)" in str(caught.value.failure()["message"])


@pytest.mark.parametrize(
    "answer",
    [
        {"body": "<html>Welcome</html>", "content_type": "text/html"},
        {"body": ""},
        {"json": {}},
        {"json": []},
        {"json": "token"},
        {"json": {"access_token": None}},
        {"json": {"access_token": {"a": 1}}},
        *({"json": {"access_token": token}} for token in ("", " ", "two words", "two\nlines", "\0", "\ud800", "tökén")),
    ],
)
def test_an_answer_without_a_token_is_not_from_auth0(mocked: RequestsMock, answer: dict[str, Any]) -> None:
    mocked.post(ENDPOINT, **answer)
    with session(retries=0) as opened, pytest.raises(Unreachable) as caught:
        request_token(opened, CREDENTIALS, AUDIENCE, ISSUER)
    assert "Is auth0_domain really an Auth0 tenant" in caught.value.message


@pytest.mark.parametrize("odd", [{"a": 1}, ["Bearer"], 10**400, -(10**400), True, 1.5, None])
def test_what_is_odd_beside_a_token_is_left_out(mocked: RequestsMock, odd: Any) -> None:
    answer = {"access_token": "the-token", "token_type": odd, "expires_in": odd, "scope": odd, "more": odd}
    mocked.post(ENDPOINT, body=json.dumps(answer), content_type="application/json")
    with session(retries=0) as opened:
        assert request_token(opened, CREDENTIALS, AUDIENCE, ISSUER) == {"access_token": "the-token"}


def test_credentials_do_not_show_the_secret_when_they_are_printed() -> None:
    assert "the-client-s-secret" not in repr(CREDENTIALS)


def test_a_requested_token_is_requested_when_it_is_first_needed_and_then_kept(mocked: RequestsMock) -> None:
    mocked.post(ENDPOINT, json=ANSWER)
    with session() as opened:
        requested = RequestedToken(opened, CREDENTIALS, AUDIENCE, ISSUER)
        assert len(mocked.calls) == 0
        assert [requested.token(), requested.token()] == ["header.payload.signature"] * 2
    assert len(mocked.calls) == 1


def test_a_requested_token_that_is_refused_is_requested_once_more_for_a_request(mocked: RequestsMock) -> None:
    mocked.post(ENDPOINT, json={"access_token": "old"})
    mocked.get(URL + "/x", status=401, json={})
    mocked.post(ENDPOINT, json={"access_token": "new"})
    mocked.get(URL + "/x", status=401, json={})
    with session() as opened, pytest.raises(ApiError):
        opened.request("GET", "/x", authorization=RequestedToken(opened, CREDENTIALS, AUDIENCE, ISSUER))
    assert [call.request.headers.get("Authorization") for call in mocked.calls] == [
        None,
        "Bearer old",
        None,
        "Bearer new",
    ]


def test_threads_that_need_a_token_at_the_same_time_request_it_once(mocked: RequestsMock) -> None:
    together = threading.Barrier(4)

    def answers(dummy: Any) -> tuple[int, dict[str, str], str]:
        return 200, {}, json.dumps({"access_token": f"token{len(mocked.calls)}"})

    mocked.add_callback("POST", ENDPOINT, answers)
    mocked.add_callback("POST", ENDPOINT, answers)
    with session() as opened, ThreadPoolExecutor(4) as pool:
        requested = RequestedToken(opened, CREDENTIALS, AUDIENCE, ISSUER)

        def work(dummy: int) -> tuple[str, bool, str]:
            together.wait()
            first = requested.token()
            together.wait()
            return first, requested.renew(first, 401), requested.token()

        assert list(pool.map(work, range(4))) == [("token0", True, "token1")] * 4
    assert len(mocked.calls) == 2


def test_a_failed_request_for_a_token_is_not_repeated_by_every_thread_that_waits_for_it(
    mocked: RequestsMock, monkeypatch: pytest.MonkeyPatch
) -> None:
    requests, waiting = [], threading.Barrier(4)

    def refused(*dummy: Any, **options: Any) -> dict[str, str]:
        requests.append(1)
        waiting.wait()  # until the others wait for the lock, or nearly so
        raise ApiError("No token", "invalid_client", "POST", "/oauth/token", 401)

    monkeypatch.setattr(authorization, "request_token", refused)
    with session() as opened, ThreadPoolExecutor(4) as pool:
        requested = RequestedToken(opened, CREDENTIALS, AUDIENCE, ISSUER)

        class Noticed:
            """The lock, which tells when another thread is about to wait for it."""

            def __init__(self, lock: Any) -> None:
                self._lock = lock

            def __enter__(self) -> None:
                if not self._lock.acquire(blocking=False):
                    waiting.wait()
                    self._lock.acquire()

            def __exit__(self, *dummy: object) -> None:
                self._lock.release()

        requested._lock = Noticed(requested._lock)  # type: ignore[assignment]
        works = [pool.submit(requested.token) for dummy in range(4)]
        failures = [work.exception() for work in works]
    assert all(isinstance(failure, ApiError) for failure in failures)
    assert len({id(failure) for failure in failures}) == 4
    assert len(requests) == 1


# what is kept between tasks


def test_tasks_with_the_same_options_share_connections_and_a_token(mocked: RequestsMock) -> None:
    mocked.post(ENDPOINT, json=ANSWER)
    kept = Kept()
    tokens = []
    for read_only in (False, True):
        transport = kept.transport(URL, 60, None)
        with Session(URL, read_only=read_only, transport=transport) as opened:
            requested = kept.authorization(opened, transport, CREDENTIALS, AUDIENCE, ISSUER)
            tokens.append(requested.token())
    assert len(mocked.calls) == 1
    assert tokens == [ANSWER["access_token"]] * 2
    assert kept.transport(URL, 60, None) is transport
    kept.close()


def test_other_options_get_other_connections_and_other_credentials_another_token(tmp_path: Path) -> None:
    bundle = tmp_path / "ca.pem"
    trustme.CA().cert_pem.write_to_path(str(bundle))
    kept = Kept()
    options: list[tuple[str, float, str | None]] = [(URL, 60, None), (URL, 61, None), (URL, 60, str(bundle))]
    found = [kept.transport(*each) for each in options]
    trustme.CA().cert_pem.write_to_path(str(bundle))
    found.append(kept.transport(*options[-1]))
    assert len({id(transport) for transport in found}) == 4
    with Session(URL, transport=found[0]) as opened:
        clients = [CREDENTIALS, ClientSecret("the-client", "another"), ClientSecret("another", "the-client-s-secret")]
        tokens = [kept.authorization(opened, found[0], client, AUDIENCE, ISSUER) for client in clients]
        assert len({id(token) for token in tokens}) == 3
        assert kept.authorization(opened, found[0], CREDENTIALS, "urn:other", ISSUER) not in tokens
    kept.close()


def test_of_many_tenants_the_connections_to_those_used_long_ago_are_closed(mocked: RequestsMock) -> None:
    kept = Kept()
    transports = [kept.transport(f"https://t{number}.example", 60, None) for number in range(20)]
    assert [transport._closed for transport in transports] == [True] * 4 + [False] * 16
    kept.close()
    assert all(transport._closed for transport in transports)


def test_a_forked_process_opens_connections_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Kept()
    before = kept.transport(URL, 60, None)
    monkeypatch.setattr("os.getpid", lambda: -1)
    assert kept.transport(URL, 60, None) is not before
    assert not before._closed


@pytest.mark.parametrize(("inherited", "requests"), [(True, 2), (False, 1)])
def test_a_scope_that_was_granted_since_another_task_got_the_token_is_asked_for(
    mocked: RequestsMock, inherited: bool, requests: int
) -> None:
    lacks = {"errorCode": "insufficient_scope", "message": "Insufficient scope, expected any of: read:roles"}
    mocked.post(ENDPOINT, json={"access_token": "token1"})
    mocked.get(URL + "/x", status=403, json=lacks)
    mocked.post(ENDPOINT, json={"access_token": "token2"})
    mocked.get(URL + "/x", status=403, json=lacks)
    kept = Kept()
    transport = kept.transport(URL, 60, None)
    with Session(URL, transport=transport) as opened:
        if inherited:
            kept.authorization(opened, transport, CREDENTIALS, AUDIENCE, ISSUER).token()
        requested = kept.authorization(opened, transport, CREDENTIALS, AUDIENCE, ISSUER)
        with pytest.raises(ApiError):
            opened.request("GET", "/x", authorization=requested)
    assert [call.request.method for call in mocked.calls].count("POST") == requests
    kept.close()


# reading a token


def test_claims_are_read_without_verification_whatever_their_padding() -> None:
    for length in range(8):
        claims = {"sub": "x" * length, "scope": "ü"}
        assert decoded_claims(unsigned(claims)) == claims


@pytest.mark.parametrize("token", GARBAGE, ids=range(len(GARBAGE)))
def test_what_is_no_jwt_claims_nothing(token: str) -> None:
    assert decoded_claims(token) is None or token.startswith(DEEP)
    assert client_of(token) is None
    assert key_id_of(token) is None


@pytest.mark.parametrize(
    "content",
    [
        b'{"deep": %s1%s}' % (b"[" * 300, b"]" * 300),
        b'{"number": NaN}',
        b'{"number": 1e999}',
        b'{"text": "\\ud800"}',
        b'{"name": 1, "name": 2}',
    ],
)
def test_claims_that_ansible_could_not_show_or_that_are_there_twice_are_none(content: bytes) -> None:
    assert decoded_claims(f"{encoded(b'{}')}.{encoded(content)}.") is None


@given(st.one_of(st.text(), st.lists(st.binary(), min_size=3, max_size=3).map(lambda p: ".".join(map(encoded, p)))))
@example("a.=.c")
def test_reading_claims_never_fails(token: str) -> None:
    assert isinstance(decoded_claims(token), (dict, type(None)))
    assert isinstance(key_id_of(token), (str, type(None)))


@pytest.mark.parametrize(("header", "kid"), [({"kid": "k"}, "k"), ({"kid": 1}, None), ({"alg": "HS256"}, None)])
def test_the_key_that_signed_a_token_is_read_from_its_header(header: Any, kid: str | None) -> None:
    assert key_id_of(unsigned({"azp": "a"}, header)) == kid


@pytest.mark.parametrize(
    ("claims", "client"),
    [
        ({"azp": "a"}, "a"),
        ({"client_id": "b"}, "b"),
        ({"azp": "a", "client_id": "b"}, "a"),
        ({"azp": ["a"]}, None),
        ({"sub": "a@clients"}, None),
        ({}, None),
    ],
)
def test_the_client_of_a_token_is_read_in_both_of_auth0s_dialects(claims: Any, client: str | None) -> None:
    assert client_of(unsigned(claims)) == client
