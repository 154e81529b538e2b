# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Getting tokens, what each refusal means, and verification of tokens as an API has to do it."""

from __future__ import annotations

import base64
import functools
import hmac
import json
import time
from collections.abc import Callable, Mapping
from typing import Any

import joserfc.jwk
import joserfc.jwt
import jwt
import pytest
from ansible_collections.community.auth0.plugins.module_utils import _verification
from ansible_collections.community.auth0.plugins.module_utils._client_authentication import ClientSecret
from ansible_collections.community.auth0.plugins.module_utils._errors import ApiError, Auth0Error, Unreachable
from ansible_collections.community.auth0.plugins.module_utils._http import Session
from ansible_collections.community.auth0.plugins.module_utils._private_key import PrivateKey
from ansible_collections.community.auth0.plugins.module_utils._tokens import (
    RequestedToken,
    client_of,
    decoded_claims,
    key_of,
    request_token,
)
from ansible_collections.community.auth0.plugins.module_utils._verification import (
    Expectation,
    TokenNotAcceptable,
    fetch_jwks,
    verify_token,
)
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.fake_tenant import URL, Clock
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import example, given
from hypothesis import strategies as st
from responses import RequestsMock

from .keys import rsa_key

AUDIENCE = "https://appointments.example.com"
ISSUER = "https://acme.eu.auth0.com/"
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


def encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def unsigned(claims: Any, header: Any = None) -> str:
    parts = [header or {"alg": "RS256", "typ": "JWT"}, claims]
    return ".".join(encoded(json.dumps(part).encode()) for part in parts) + ".c2lnbmF0dXJl"


def test_claims_are_read_without_verification_whatever_their_padding() -> None:
    for length in range(8):
        claims = {"sub": "x" * length, "scope": "ü"}
        assert decoded_claims(unsigned(claims)) == claims


DEEP = encoded(b"[" * 200_000)
GARBAGE = [
    "",
    ".",
    "..",
    "...",
    "a.b",
    "a.b.c.d.e",
    "not a token",
    "ä.ö.ü",
    f"{encoded(b'{}')}.{encoded(b'[]')}.",
    f"{encoded(b'{}')}.{encoded(b'null')}.",
    f"{encoded(b'{}')}.{encoded(bytes([255, 254]))}.",
    f"{encoded(b'{}')}.{DEEP}.",
    f"{DEEP}.{encoded(b'{}')}.",
    f"{encoded(b'{}')}.{encoded(b'9' * 10_000)}.",
    "eyJhbGciOiJSUzI1NiJ9.!!!.x",
    "A" * 2**20,
    ".".join(["A" * 2**20] * 3),
    "." * 2**20,
]


@pytest.mark.parametrize("token", GARBAGE, ids=range(len(GARBAGE)))
def test_what_is_no_jwt_claims_nothing(token: str) -> None:
    assert decoded_claims(token) is None or token.startswith(DEEP)
    assert client_of(token) is None
    assert key_of(token) is None


@given(st.one_of(st.text(), st.lists(st.binary(), min_size=3, max_size=3).map(lambda p: ".".join(map(encoded, p)))))
@example("a.=.c")
def test_reading_claims_never_fails(token: str) -> None:
    assert isinstance(decoded_claims(token), (dict, type(None)))
    assert isinstance(key_of(token), (str, type(None)))


@pytest.mark.parametrize(("header", "kid"), [({"kid": "k"}, "k"), ({"kid": 1}, None), ({"alg": "HS256"}, None)])
def test_the_key_that_signed_a_token_is_read_from_its_header(header: Any, kid: str | None) -> None:
    assert key_of(unsigned({"azp": "a"}, header)) == kid


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


# verifying a token


@functools.cache
def private_key(name: str) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def public_pem(name: str) -> bytes:
    return (
        private_key(name)
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )


def private_pem(name: str) -> bytes:
    return private_key(name).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def jwk(name: str, **more: Any) -> dict[str, Any]:
    entry: dict[str, Any] = jwt.algorithms.RSAAlgorithm.to_jwk(private_key(name).public_key(), as_dict=True)
    return {**entry, "kid": name, "use": "sig", "alg": "RS256", **more}


def published(*names: str) -> Callable[[], dict[str, Any]]:
    return lambda: {"keys": [jwk(name) for name in names or ("current", "next")]}


def never() -> dict[str, Any]:
    raise AssertionError("the key set is not needed for this")


SIGNING_SECRET = "the-signing-secret-of-the-api-which-is-long-enough-for-hmac"
EXPECTED = Expectation(AUDIENCE, ISSUER, leeway=60)
EXPECTED_HS256 = Expectation(AUDIENCE, ISSUER, "HS256", SIGNING_SECRET)


def claims(**changes: Any) -> dict[str, Any]:
    """What Auth0 puts into an access token; None takes a claim out."""
    now = int(time.time())
    content = {
        "iss": ISSUER,
        "sub": "the-client@clients",
        "aud": AUDIENCE,
        "iat": now,
        "exp": now + 86400,
        "azp": "the-client",
        "gty": "client-credentials",
        "scope": "read:appointments write:appointments",
        **changes,
    }
    return {name: value for name, value in content.items() if value is not None}


def by_pyjwt(content: Mapping[str, Any], alg: str = "RS256", kid: str | None = "current") -> str:
    key = SIGNING_SECRET if alg == "HS256" else private_pem("current")
    return jwt.encode(dict(content), key, alg, headers={"kid": kid} if kid else None)


def by_joserfc(content: Mapping[str, Any], alg: str = "RS256", kid: str | None = "current") -> str:
    key: Any = (
        joserfc.jwk.OctKey.import_key(SIGNING_SECRET)
        if alg == "HS256"
        else joserfc.jwk.RSAKey.import_key(private_pem("current"))
    )
    header = {"alg": alg, "typ": "at+jwt", **({"kid": kid} if kid else {})}
    return joserfc.jwt.encode(header, dict(content), key, algorithms=[alg])


def signed_with_the_public_key(kid: str | None) -> str:
    """HS256 with what everybody can read, which libraries of today refuse to make."""
    header = {"alg": "HS256", "typ": "JWT", **({"kid": kid} if kid else {})}
    text = unsigned(claims(), header).rsplit(".", 1)[0]
    return f"{text}.{encoded(hmac.digest(public_pem('current'), text.encode(), 'sha256'))}"


MAKERS = pytest.mark.parametrize("make", [by_pyjwt, by_joserfc])


@MAKERS
@pytest.mark.parametrize("alg", ["RS256", "RS512", "PS256"])
def test_a_token_signed_with_a_published_key_is_acceptable(make: Callable[..., str], alg: str) -> None:
    content = claims()
    expected = Expectation(AUDIENCE, ISSUER, alg, scope=("write:appointments", "read:appointments"))
    assert verify_token(make(content, alg), expected, published()) == content


@MAKERS
def test_a_token_signed_with_the_apis_secret_is_acceptable_without_the_key_set(make: Callable[..., str]) -> None:
    content = claims()
    assert verify_token(make(content, "HS256", kid=None), EXPECTED_HS256, never) == content


def test_an_api_secret_of_the_shortest_length_that_auth0_allows_can_verify() -> None:
    token = joserfc.jwt.encode({"alg": "HS256"}, claims(), joserfc.jwk.OctKey.import_key("0123456789abcdef"))
    assert verify_token(token, Expectation(AUDIENCE, ISSUER, "HS256", "0123456789abcdef"), never)


def test_keys_are_found_without_their_alg_which_a_tenant_may_leave_out() -> None:
    entry = jwk("current")
    del entry["alg"]
    assert verify_token(by_pyjwt(claims(), "RS512"), Expectation(AUDIENCE, ISSUER, "RS512"), lambda: {"keys": [entry]})


def refused(
    token: str, expected: Expectation = EXPECTED, keys: Callable[[], dict[str, Any]] | None = None
) -> TokenNotAcceptable:
    """The refusal of a token, which never shows the token."""
    with pytest.raises(TokenNotAcceptable) as caught:
        verify_token(token, expected, keys or published())
    told = f"{caught.value.message} {caught.value.failure()}"
    assert len(token) < 10 or token not in told
    assert not any(len(part) > 20 and part in told for part in token.split("."))
    assert len(told) < 2000
    return caught.value


@pytest.mark.parametrize("token", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage_is_not_acceptable(token: str) -> None:
    assert refused(token).code in ("malformed", "wrong_algorithm", "unknown_key")


@given(st.one_of(st.text(), st.lists(st.binary(), min_size=3, max_size=3).map(lambda p: ".".join(map(encoded, p)))))
def test_no_garbage_makes_verification_fail_in_another_way(token: str) -> None:
    refused(token)


@given(
    st.dictionaries(
        st.sampled_from(["alg", "kid", "typ", "crit", "b64", "zip", "jku", "jwk", "x5c"]),
        st.one_of(st.none(), st.integers(), st.text(), st.lists(st.text()), st.sampled_from(["RS256", "current"])),
    )
)
def test_no_header_makes_verification_fail_in_another_way(header: dict[str, Any]) -> None:
    refused(unsigned(claims(), header))


@given(
    st.sampled_from(["iss", "aud", "exp", "iat", "nbf", "sub", "jti", "scope"]),
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(),
        st.lists(st.text()),
        st.dictionaries(st.text(), st.text()),
    ),
)
@example("exp", float("inf"))
@example("exp", float("nan"))
@example("iat", [])
@example("exp", "99999999999")
@example("scope", {"read": 1})
def test_signed_claims_of_any_type_are_acceptable_or_told_why_not(name: str, value: Any) -> None:
    content = json.dumps({**claims(), name: value}).encode()
    token = jwt.api_jws.encode(content, SIGNING_SECRET, "HS256")
    try:
        accepted = verify_token(token, EXPECTED_HS256, never)
    except TokenNotAcceptable:
        return
    assert isinstance(accepted["exp"], (int, float))


@pytest.mark.parametrize("alg", ["none", "None", "nOnE", ""])
@pytest.mark.parametrize("expected", [EXPECTED, EXPECTED_HS256])
def test_a_token_without_a_signature_is_never_acceptable(alg: str, expected: Expectation) -> None:
    unprotected = unsigned(claims(), {"alg": alg, "typ": "JWT"})
    for token in (unprotected, unprotected.rsplit(".", 1)[0] + "."):
        assert refused(token, expected).code in ("wrong_algorithm", "malformed")
    assert refused(jwt.encode(claims(), None, "none"), expected).code == "wrong_algorithm"


def test_a_token_signed_with_hs256_and_the_public_key_as_secret_is_not_acceptable_where_rs256_is_demanded() -> None:
    for kid in ("current", None):
        assert refused(signed_with_the_public_key(kid)).code == "wrong_algorithm"


@MAKERS
@pytest.mark.parametrize(
    ("made", "demanded"),
    [("RS512", "RS256"), ("PS256", "RS256"), ("RS256", "PS256"), ("RS256", "HS256"), ("HS256", "RS256")],
)
def test_a_token_signed_in_another_way_than_the_api_demands_is_not_acceptable(
    make: Callable[..., str], made: str, demanded: str
) -> None:
    expected = Expectation(AUDIENCE, ISSUER, demanded, SIGNING_SECRET)
    error = refused(make(claims(), made), expected, never)
    assert error.code == "wrong_algorithm"
    assert f"signed with {made}, the API demands {demanded}" in error.message


@pytest.mark.parametrize(
    "kid",
    [
        "unknown",
        "",
        "CURRENT",
        "current ",
        "../../current",
        "/dev/null",
        "https://evil.example/jwks.json",
        "x" * 5000,
        "' OR 1=1 --",
    ],
)
def test_a_key_that_the_tenant_does_not_publish_is_not_looked_for_elsewhere(kid: str) -> None:
    assert refused(by_joserfc(claims(), kid=kid) if kid else unsigned(claims(), {"alg": "RS256", "kid": ""})).code == (
        "unknown_key"
    )


def test_a_token_that_names_no_key_is_not_tried_with_each_key() -> None:
    assert refused(by_joserfc(claims(), kid=None)).code == "unknown_key"


def test_a_key_in_the_token_itself_is_not_trusted() -> None:
    header = {"alg": "RS256", "kid": "forged", "jwk": jwk("forged"), "jku": "https://evil.example/jwks.json"}
    token = jwt.encode(claims(), private_pem("forged"), "RS256", headers=header)
    assert refused(token).code == "unknown_key"


def test_a_signature_by_another_key_under_a_published_name_is_bad() -> None:
    token = jwt.encode(claims(), private_pem("forged"), "RS256", headers={"kid": "current"})
    assert refused(token).code == "bad_signature"


def test_a_signature_by_another_secret_is_bad() -> None:
    token = joserfc.jwt.encode({"alg": "HS256"}, claims(), joserfc.jwk.OctKey.import_key("another-secret-" * 4))
    assert refused(token, EXPECTED_HS256, never).code == "bad_signature"


@pytest.mark.parametrize("alg", ["RS256", "HS256"])
def test_a_token_whose_claims_were_changed_after_signing_has_a_bad_signature(alg: str) -> None:
    header, dummy, signature = by_pyjwt(claims(), alg).split(".")
    changed = encoded(json.dumps(claims(scope="everything")).encode())
    expected = EXPECTED if alg == "RS256" else EXPECTED_HS256
    assert refused(f"{header}.{changed}.{signature}", expected).code == "bad_signature"


@pytest.mark.parametrize("cut", [1, 10, 300])
def test_a_truncated_token_is_not_acceptable(cut: int) -> None:
    assert refused(by_pyjwt(claims())[:-cut]).code in ("bad_signature", "malformed")


@pytest.mark.parametrize("tail", [".", ".x", ".x.y", "ä", "AAAA"])
def test_a_token_with_something_added_is_not_acceptable(tail: str) -> None:
    assert refused(by_pyjwt(claims()) + tail).code in ("bad_signature", "malformed")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param({"exp": -30}, None, id="expired within the leeway"),
        pytest.param({"exp": -90}, "expired", id="expired beyond the leeway"),
        pytest.param({"nbf": 30}, None, id="valid soon, within the leeway"),
        pytest.param({"nbf": 90}, "not_yet_valid", id="valid later"),
        pytest.param({"iat": 30}, None, id="issued just ahead of our clock"),
        pytest.param({"iat": 90}, "not_yet_valid", id="issued in the future"),
    ],
)
def test_clocks_may_differ_by_the_leeway_and_no_more(changes: dict[str, int], code: str | None) -> None:
    now = int(time.time())
    token = by_joserfc(claims(**{name: now + seconds for name, seconds in changes.items()}))
    if code is None:
        assert verify_token(token, EXPECTED, published())
    else:
        assert refused(token).code == code


def test_without_leeway_a_token_that_expires_now_has_expired() -> None:
    token = by_joserfc(claims(exp=int(time.time())))
    assert refused(token, Expectation(AUDIENCE, ISSUER, leeway=0)).code == "expired"


@pytest.mark.parametrize("audience", [AUDIENCE, [AUDIENCE], ["https://acme.eu.auth0.com/userinfo", AUDIENCE]])
def test_the_audience_may_be_one_of_several(audience: Any) -> None:
    assert verify_token(by_pyjwt(claims(aud=audience)), EXPECTED, published())


@pytest.mark.parametrize(
    "audience", ["https://other.example.com", AUDIENCE + "/", AUDIENCE.upper(), ["https://a", "https://b"], [], ""]
)
def test_a_token_for_another_audience_is_not_acceptable_to_the_byte(audience: Any) -> None:
    error = refused(by_pyjwt(claims(aud=audience)))
    assert error.code in ("wrong_audience", "missing_claim")
    assert AUDIENCE in error.message or error.code == "missing_claim"


@pytest.mark.parametrize(
    "issuer", ["https://acme.eu.auth0.com", "http://acme.eu.auth0.com/", "https://evil.example/", ISSUER.upper(), ""]
)
def test_a_token_of_another_issuer_is_not_acceptable_to_the_byte(issuer: str) -> None:
    error = refused(by_pyjwt(claims(iss=issuer)))
    assert error.code == "wrong_issuer"
    assert ISSUER in error.message


def test_the_message_about_a_huge_audience_or_issuer_stays_readable() -> None:
    assert refused(by_pyjwt(claims(aud=["a" * 10_000] * 10))).code == "wrong_audience"
    assert refused(by_pyjwt(claims(iss="i" * 100_000))).code == "wrong_issuer"


@pytest.mark.parametrize("name", ["iss", "aud", "exp", "iat"])
def test_a_token_that_lacks_a_claim_is_not_acceptable_and_the_claim_is_named(name: str) -> None:
    error = refused(by_pyjwt(claims(**{name: None})))
    assert error.code == "missing_claim"
    assert name in error.message


@pytest.mark.parametrize(
    ("held", "demanded", "lacking"),
    [
        ("read:a", ("read:a", "write:a"), "write:a"),
        ("read:a write:a", ("read:a:b",), "read:a:b"),
        ("READ:A", ("read:a",), "read:a"),
        ("read:ab", ("read:a",), "read:a"),
        ("", ("read:a", "write:a"), "read:a, write:a"),
        (None, ("read:a",), "read:a"),
    ],
)
def test_a_token_without_the_demanded_scopes_is_not_acceptable_and_they_are_listed(
    held: str | None, demanded: tuple[str, ...], lacking: str
) -> None:
    error = refused(by_pyjwt(claims(scope=held)), Expectation(AUDIENCE, ISSUER, scope=demanded))
    assert error.code == "insufficient_scope"
    assert f"lacks the scope {lacking}." in error.message


def test_hs256_cannot_be_verified_without_the_apis_secret() -> None:
    for secret in (None, ""):
        error = refused(by_pyjwt(claims(), "HS256"), Expectation(AUDIENCE, ISSUER, "HS256", secret), never)
        assert error.code == "no_key"


def test_a_public_key_given_as_the_signing_secret_verifies_nothing() -> None:
    pem = public_pem("current").decode()
    error = refused(signed_with_the_public_key(None), Expectation(AUDIENCE, ISSUER, "HS256", pem), never)
    assert error.code == "no_key"
    assert pem not in error.message


@pytest.mark.parametrize(
    "keys",
    [
        {},
        {"keys": None},
        {"keys": []},
        {"keys": {}},
        {"keys": "current"},
        {"keys": ["current", None, 7]},
        {"keys": [{}]},
        {"keys": [{"kid": "current"}]},
        {"keys": [{"kid": "current", "kty": "RSA"}]},
        {"keys": [{"kid": "current", "kty": "RSA", "n": "!", "e": 3}]},
        {"keys": [{"kid": "current", "kty": "RSA", "n": "", "e": ""}]},
        {"keys": [{"kid": "current", "kty": "oct", "k": "AAAA"}]},
    ],
)
def test_a_key_set_without_a_usable_key_is_told_as_an_unknown_key(keys: Any) -> None:
    assert refused(by_pyjwt(claims()), EXPECTED, lambda: keys).code == "unknown_key"


def test_a_key_for_encryption_does_not_verify_signatures() -> None:
    keys = {"keys": [jwk("current", use="enc")]}
    assert refused(by_pyjwt(claims()), EXPECTED, lambda: keys).code == "unknown_key"


def test_a_failure_to_get_the_key_set_is_not_the_tokens_fault(mocked: RequestsMock) -> None:
    mocked.get(URL + "/.well-known/jwks.json", status=404, json={})
    with session() as opened, pytest.raises(ApiError) as caught:
        verify_token(by_pyjwt(claims()), EXPECTED, lambda: fetch_jwks(opened))
    assert not isinstance(caught.value, TokenNotAcceptable)


def test_the_key_set_is_fetched_without_a_token_and_need_not_be_an_object(mocked: RequestsMock) -> None:
    mocked.get(URL + "/.well-known/jwks.json", json={"keys": []})
    mocked.get(URL + "/.well-known/jwks.json", json=[])
    with session() as opened:
        assert [fetch_jwks(opened), fetch_jwks(opened)] == [{"keys": []}, {}]
    assert "Authorization" not in mocked.calls[0].request.headers


def test_the_secret_is_not_shown_when_an_expectation_is_printed() -> None:
    assert SIGNING_SECRET not in repr(EXPECTED_HS256)


def test_a_refusal_is_an_error_of_this_collection_like_any_other() -> None:
    assert issubclass(TokenNotAcceptable, Auth0Error)
    assert _verification.PYJWT_IMPORT_ERROR is None
