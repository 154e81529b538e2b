# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The example of a protected API: which tokens it accepts, how it refuses the others, how often it asks for keys.

With made-up keys, since a tenant would not sign what has to be refused. Tokens of a tenant are in test_demo.py.
"""

from __future__ import annotations

import asyncio
import base64
import functools
import http.server
import importlib.util
import json
import sys
import threading
import time
import typing as t
from pathlib import Path

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from .support import ROOT

ISSUER = "https://acme.eu.auth0.com/"
SECRET = "a-planted-signing-secret-of-the-ledger-that-is-long-enough-for-every-hash"
LEEWAY = 30


@functools.cache
def generated(kid: str) -> rsa.RSAPrivateKey:
    """A key; making one takes a while."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Keys:
    """A tenant's published keys, and how often somebody asked for them. answer: what is said instead of them."""

    def __init__(self) -> None:
        self.published: dict[str, rsa.RSAPrivateKey] = {}
        self.asked = 0
        self.answer: bytes | None = None

    def add(self, kid: str) -> rsa.RSAPrivateKey:
        self.published[kid] = generated(kid)
        return self.published[kid]

    def body(self) -> bytes:
        self.asked += 1
        if self.answer is not None:
            return self.answer
        keys = [
            {
                **json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key())),
                "kid": kid,
                "use": "sig",
                "alg": "RS256",
            }
            for kid, key in self.published.items()
        ]
        return json.dumps({"keys": keys}).encode()


class Service:
    """The API with a tenant that signs whatever a test wants."""

    def __init__(self, module: t.Any, keys: Keys, key: rsa.RSAPrivateKey) -> None:
        self.module = module
        self.keys = keys
        self.key: t.Any = key

    def send(self, method: str, path: str, headers: t.Mapping[str, str] | None = None) -> httpx.Response:
        """Send a request through the whole application."""

        async def sent() -> httpx.Response:
            transport = httpx.ASGITransport(self.module.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://api.example.com") as client:
                return await client.request(method, path, headers=headers)

        return asyncio.run(sent())

    def token(
        self,
        name: str,
        /,
        *,
        alg: str = "RS256",
        kid: str = "first",
        typ: str | None = "JWT",
        key: t.Any = None,
        **claims: t.Any,
    ) -> str:
        """A token for one of the APIs; a claim that is None is left out, and so is the typ."""
        now = int(time.time())
        usual = {
            "iss": ISSUER,
            "sub": "shop@clients",
            "aud": f"https://{name}.example.com",
            "iat": now,
            "exp": now + 60,
        }
        body = {claim: value for claim, value in {**usual, **claims}.items() if value is not None}
        return jwt.encode(body, key or self.key, alg, {"kid": kid, "typ": typ})

    def get(self, path: str, token: str | None) -> tuple[int, str | None]:
        """The status and the challenge of an answer."""
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        answer = self.send("GET", path, headers)
        return answer.status_code, answer.headers.get("WWW-Authenticate")


def refused(reason: str, api: str = "orders") -> tuple[int, str]:
    """A refusal of a token."""
    return 401, f'Bearer realm="{api}", error="invalid_token", error_description="{reason}"'


Start = t.Callable[..., Service]


@pytest.fixture
def keys() -> t.Iterator[tuple[Keys, str]]:
    """Keys, and where they are published."""
    keys = Keys()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = keys.body()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *dummy: t.Any) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield keys, f"http://127.0.0.1:{server.server_port}/jwks.json"
        server.shutdown()
        thread.join()


@pytest.fixture
def pass_time(monkeypatch: pytest.MonkeyPatch) -> t.Callable[[int], None]:
    """Puts the clock, by which the age of keys is told, forward by some seconds."""
    passed = [0]
    measured = time.monotonic
    monkeypatch.setattr(time, "monotonic", lambda: measured() + sum(passed))
    return passed.append


@pytest.fixture
def start(keys: tuple[Keys, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Start:
    """Starts the API with these settings (seconds), the first key being published."""

    def load(
        *, jwks_lifetime: int = 300, jwks_cooldown: int = 30, jwks_uri: str = "", typ: str = "JWT", secret: str = SECRET
    ) -> Service:
        secret_file = tmp_path / "ledger.secret"
        secret_file.write_text(secret)
        apis: dict[str, dict[str, t.Any]] = {
            name: {"algorithms": [alg], "jwks_uri": jwks_uri or keys[1]}
            for name, alg in (("orders", "RS256"), ("invoices", "PS256"), ("vouchers", "RS256"))
        }
        apis["ledger"] = {"algorithms": ["HS256"], "jwks_uri": None, "signing_secret_file": str(secret_file)}
        for name, api in apis.items():
            # As auth0_resource_server_info returns them, which is more than the API needs.
            api.update(issuer=ISSUER, audience=f"https://{name}.example.com", typ=typ, scopes=[f"read:{name}"])
        times = {"leeway": LEEWAY, "jwks_lifetime": jwks_lifetime, "jwks_cooldown": jwks_cooldown}
        file = tmp_path / "settings.json"
        file.write_text(json.dumps({"apis": apis, **times}))
        monkeypatch.setenv("PROTECTED_API_SETTINGS", str(file))
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        spec = importlib.util.spec_from_file_location("protected_api", ROOT / "examples" / "protected_api" / "app.py")
        assert spec and spec.loader
        module = importlib.util.module_from_spec(spec)
        # Annotations are looked up where the module is expected to be.
        monkeypatch.setitem(sys.modules, "protected_api", module)
        spec.loader.exec_module(module)
        return Service(module, keys[0], keys[0].add("first"))

    return load


def test_each_api_accepts_tokens_by_its_own_algorithm_and_no_other(start: Start) -> None:
    service = start()
    rs256 = service.token("orders", scope="read:orders")
    ps256 = service.token("invoices", alg="PS256", scope="read:invoices")
    hs256 = service.token("ledger", alg="HS256", key=SECRET, scope="read:entries")
    assert [
        service.get(path, token) for path, token in (("/orders", rs256), ("/invoices", ps256), ("/ledger", hs256))
    ] == [(200, None)] * 3
    for path, token in (
        ("/orders", service.token("orders", alg="PS256", scope="read:orders")),
        ("/orders", service.token("orders", alg="RS512", scope="read:orders")),
        ("/invoices", service.token("invoices", alg="RS256", scope="read:invoices")),
        ("/ledger", service.token("ledger", alg="RS256", scope="read:entries")),
        ("/ledger", service.token("ledger", alg="HS512", key=SECRET, scope="read:entries")),
    ):
        assert service.get(path, token) == refused("malformed", path.strip("/"))


@pytest.mark.parametrize(
    ("wanted", "typ", "accepted"),
    [
        ("JWT", "JWT", True),
        ("JWT", "jwt", True),
        ("JWT", None, True),
        ("JWT", "at+jwt", False),
        ("at+jwt", "at+jwt", True),
        ("at+jwt", "application/AT+JWT", True),
        ("at+jwt", "JWT", False),
        ("at+jwt", None, False),
    ],
)
def test_tokens_have_to_be_of_the_type_of_the_settings(
    wanted: str, typ: str | None, accepted: bool, start: Start
) -> None:
    service = start(typ=wanted)
    token = service.token("orders", typ=typ, scope="read:orders")
    assert service.get("/orders", token) == ((200, None) if accepted else refused("wrong type"))


def test_it_does_not_start_with_an_empty_secret_by_which_anybody_could_sign(start: Start) -> None:
    with pytest.raises(ValueError, match="ledger: without keys and secret"):
        start(secret="")


def test_a_request_without_a_token_is_told_how_to_authenticate_and_nothing_else(start: Start) -> None:
    service = start()
    assert service.get("/orders", None) == (401, 'Bearer realm="orders"')
    for header in ("Basic c2hvcDpzZWNyZXQ=", "Bearer", ""):
        answer = service.send("GET", "/orders", {"Authorization": header})
        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, 'Bearer realm="orders"')
    assert [service.send("GET", path).status_code for path in ("/docs", "/redoc", "/openapi.json")] == [404] * 3
    assert service.keys.asked == 0


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({"aud": "https://invoices.example.com"}, "wrong audience"),
        ({"aud": "https://orders.example.com/"}, "wrong audience"),
        ({"iss": "https://other.eu.auth0.com/"}, "wrong issuer"),
        ({"iss": ISSUER.rstrip("/")}, "wrong issuer"),
        *(({claim: None}, "malformed") for claim in ("iss", "sub", "aud", "exp", "iat")),
        ({"exp": "soon"}, "malformed"),
        ({"exp": 1}, "expired"),
        ({"exp": float("inf")}, "malformed"),
        ({"scope": ["read:orders"]}, "malformed"),
        ({"scope": 1}, "malformed"),
    ],
)
def test_claims_have_to_be_those_of_the_settings(claims: dict[str, t.Any], reason: str, start: Start) -> None:
    service = start()
    assert service.get("/orders", service.token("orders", **{"scope": "read:orders", **claims})) == refused(reason)


def test_a_scope_that_is_null_is_malformed(start: Start) -> None:
    service = start()
    claims = {"iss": ISSUER, "sub": "x", "aud": "https://orders.example.com", "iat": 1, "exp": 2**31, "scope": None}
    token = jwt.encode(claims, service.key, "RS256", {"kid": "first"})
    assert service.get("/orders", token) == refused("malformed")


def test_a_token_may_be_for_several_audiences(start: Start) -> None:
    service = start()
    both = ["https://acme.eu.auth0.com/userinfo", "https://orders.example.com"]
    assert service.get("/orders", service.token("orders", aud=both, scope="read:orders")) == (200, None)


@pytest.mark.parametrize(
    ("claim", "seconds", "status"),
    [("exp", 15 - LEEWAY, 200), ("exp", -LEEWAY, 401), ("nbf", LEEWAY, 200), ("nbf", LEEWAY + 60, 401)],
)
def test_the_clocks_may_differ_by_the_leeway(claim: str, seconds: int, status: int, start: Start) -> None:
    service = start()
    token = service.token("orders", scope="read:orders", **{claim: int(time.time()) + seconds})
    assert service.get("/orders", token)[0] == status


def test_each_endpoint_wants_its_scope(start: Start) -> None:
    service = start()
    endpoints = {
        ("GET", "/orders"): "read:orders",
        ("POST", "/orders"): "write:orders",
        ("DELETE", "/orders/1"): "cancel:orders",
        ("GET", "/invoices"): "read:invoices",
        ("GET", "/vouchers"): "read:vouchers",
        ("GET", "/ledger"): "read:entries",
        ("POST", "/ledger"): "write:entries",
    }
    described = service.module.app.openapi()["paths"]
    assert {(method.upper(), path) for path in described for method in described[path]} == {
        (method, path.replace("/1", "/{number}")) for method, path in endpoints
    }
    for (method, path), scope in endpoints.items():
        name = path.split("/")[1]
        how = {"orders": {}, "vouchers": {}, "invoices": {"alg": "PS256"}, "ledger": {"alg": "HS256", "key": SECRET}}[
            name
        ]
        every_other = " ".join(other for other in endpoints.values() if other != scope)
        for granted in (every_other, scope.upper(), scope + "s", None):
            token = service.token(name, scope=granted, **how)
            answer = service.send(method, path, {"Authorization": f"Bearer {token}"})
            assert answer.status_code == 403
            assert (
                answer.headers["WWW-Authenticate"]
                == f'Bearer realm="{name}", error="insufficient_scope", scope="{scope}"'
            )
        token = service.token(name, scope=f"other {scope}", **how)
        assert service.send(method, path, {"Authorization": f"Bearer {token}"}).is_success


def test_forged_tokens_are_refused(start: Start) -> None:
    service = start()
    good = service.token("orders", scope="read:orders")
    head, body, signature = good.split(".")
    spki = serialization.PublicFormat.SubjectPublicKeyInfo
    pem = service.key.public_key().public_bytes(serialization.Encoding.PEM, spki)
    claims = {
        "iss": ISSUER,
        "aud": "https://orders.example.com",
        "sub": "x",
        "iat": 1,
        "exp": 2**31,
        "scope": "read:orders",
    }
    stranger = generated("stranger")
    by_public_key = jwt.api_jws.PyJWS(algorithms=["HS256"])
    by_public_key._algorithms["HS256"].prepare_key = lambda key: key  # type: ignore[method-assign]
    for token in (
        jwt.encode(claims, None, "none", {"kid": "first"}),
        f"{head}.{body}.",
        f"{head}.{body}",
        f"{good}.{signature}",
        f"{head}.{body[:-4]}.{signature}",
        f"{head}.{body}.{signature[:-4]}AAAA",
        by_public_key.encode(json.dumps(claims).encode(), pem, "HS256", {"kid": "first"}),
        service.token("orders", key=stranger, scope="read:orders"),
        "x" * 5000,
        "e30.e30",
        ".".join([base64.urlsafe_b64encode(b"[" * 30_000).decode().rstrip("="), body, signature]),
    ):
        assert service.get("/orders", token) == refused("malformed")
    for kid in ("", "../first", "https://evil.example.com/jwks.json", 'x"\r\nX: y'):
        token = service.token("orders", key=stranger, kid=kid, scope="read:orders")
        assert service.get("/orders", token) == refused("unknown key")
    assert service.get("/orders", good) == (200, None)


def test_keys_are_kept_for_their_lifetime(start: Start, pass_time: t.Callable[[int], None]) -> None:
    service = start(jwks_lifetime=300)
    token = service.token("orders", scope="read:orders")
    assert service.get("/orders", token)[0] == 200
    del service.keys.published["first"]  # revoked
    service.keys.add("second")
    pass_time(290)
    assert service.get("/orders", token)[0] == 200
    assert service.keys.asked == 1
    pass_time(11)
    assert service.get("/orders", token) == refused("unknown key")


def test_a_new_key_is_asked_for_but_not_for_every_token_that_names_one(
    start: Start, pass_time: t.Callable[[int], None]
) -> None:
    service = start(jwks_lifetime=300, jwks_cooldown=30)
    assert service.get("/orders", service.token("orders", scope="read:orders"))[0] == 200
    new = service.keys.add("new")
    pass_time(31)
    assert service.get("/orders", service.token("orders", key=new, kid="new", scope="read:orders"))[0] == 200
    assert service.keys.asked == 2
    for number in range(20):
        token = service.token("orders", kid=f"made up {number}", scope="read:orders")
        assert service.get("/orders", token) == refused("unknown key")
    assert service.keys.asked == 2


@pytest.mark.parametrize(
    "answer",
    [
        b"<html>Bad gateway</html>",
        b'{"keys": []}',
        b'{"keys": "none"}',
        b'{"keys": [1, {"kty": "oct", "k": ""}]}',
        b'{"keys": [{"kty": "RSA", "kid": "first", "n": "AQAB", "e": "AQAB", "use": "enc"}]}',
        b"[]",
        b"null",
        b"[" * 30_000,
        b"\xff\xfe",
    ],
)
def test_it_is_not_the_tokens_fault_when_no_keys_can_be_had(answer: bytes, start: Start) -> None:
    service = start()
    service.keys.answer = answer
    token = service.token("orders", scope="read:orders")
    assert service.get("/orders", token) == (503, None)
    service.keys.answer = None
    assert service.get("/orders", token) == (200, None)


def test_it_is_not_the_tokens_fault_when_the_tenant_does_not_answer(start: Start) -> None:
    service = start(jwks_uri="http://127.0.0.1:9/jwks.json")
    assert service.get("/orders", service.token("orders", scope="read:orders")) == (503, None)


def test_its_log_shows_no_token(start: Start, caplog: pytest.LogCaptureFixture) -> None:
    service = start()
    caplog.set_level("DEBUG")
    token = service.token("orders", aud="x", scope="read:orders")
    assert service.get("/orders", token)[0] == 401
    assert "token refused: InvalidAudienceError" in caplog.text
    assert not [part for part in token.split(".") if part in caplog.text]
