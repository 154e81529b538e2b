# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Getting tokens, what each refusal means, and what a token says of itself."""

from __future__ import annotations

import base64
import json
from typing import Any

import jwt
import pytest
from ansible_collections.community.auth0.plugins.module_utils._errors import ApiError, Unreachable
from ansible_collections.community.auth0.plugins.module_utils._http.session import Session
from ansible_collections.community.auth0.plugins.module_utils._tokens.authorization import RequestedToken
from ansible_collections.community.auth0.plugins.module_utils._tokens.client_authentication import ClientSecret
from ansible_collections.community.auth0.plugins.module_utils._tokens.private_key import PrivateKey
from ansible_collections.community.auth0.plugins.module_utils._tokens.request import request_token
from ansible_collections.community.auth0.plugins.module_utils._tokens.unverified import (
    client_of,
    decoded_claims,
    key_id_of,
)
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.fake_tenant import URL, Clock
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
            "byte for byte",
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
