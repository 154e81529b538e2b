# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Calls of APIs with the tokens of clients: what is sent, what is not, and what is said of the answers."""

from __future__ import annotations

import http.client
import io
import json
from collections.abc import Callable
from typing import Any

import jwt
import pytest
import requests
import trustme
import urllib3
from ansible_collections.community.auth0.plugins.module_utils._modules.access.work import read_tenant_access
from ansible_collections.community.auth0.tests.harness.in_process import InProcessTenant, installed
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.test_access import (
    LEDGER,
    ORDERS,
    Shop,
    now_of,
    refused,
    task_of,
    told_otherwise,
)
from auth0_emulator.state.tenant import Choices

Answer = Callable[[requests.PreparedRequest, str], requests.Response]
URL = "https://api.example.com"


def response(status: int, challenge: str = "", content: bytes = b"", location: str = "") -> requests.Response:
    made = requests.Response()
    made.status_code = status
    headers = {"WWW-Authenticate": challenge, "Location": location}
    made.headers.update({name: value for name, value in headers.items() if value})
    made.raw = io.BytesIO(content)
    return made


def by_scope(request: requests.PreparedRequest, token: str) -> requests.Response:
    """What an API answers that wants write:orders for what is no GET."""
    scope = str(jwt.decode(token, options={"verify_signature": False}).get("scope", "")).split()
    wanted = "read:orders" if request.method == "GET" else "write:orders"
    if wanted in scope:
        return response(200 if request.method == "GET" else 201)
    return response(403, f'Bearer error="insufficient_scope", scope="{wanted}"')


class Api:
    """A protected API, in the place of a tenant. sent: the requests that it got, with how they were sent."""

    def __init__(self, answer: Answer = by_scope) -> None:
        self.domain = URL.removeprefix("https://")
        self.answer = answer
        self.sent: list[tuple[str, dict[str, Any]]] = []
        self.tokens: list[str] = []

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        token = str(request.headers["Authorization"]).removeprefix("Bearer ")
        self.sent.append((f"{request.method} {request.path_url}", options))
        self.tokens.append(token)
        answer = self.answer(request, token)
        answer.request = request
        return answer


def read(shop: Shop, api: Api, *calls: dict[str, Any], check_mode: bool = False, **options: Any) -> dict[str, Any]:
    task = task_of(shop.tenant, check_mode, calls=list(calls), **options)
    with installed(shop.tenant, api):  # type: ignore[arg-type]
        return read_tenant_access(task, lambda: now_of(shop.tenant))


def call(client: str = "shop", path: str = "/orders", **more: Any) -> dict[str, Any]:
    return {"client_name": client, "audience": ORDERS, "url": URL + path, **more}


def tokens_asked(shop: Shop) -> list[tuple[str, str | None]]:
    """For which APIs and scopes tokens were asked, the Management API aside."""
    bodies = [sent.body for sent in shop.tenant.sent if sent.path == "/oauth/token"]
    asked = [(body["audience"], body.get("scope")) for body in bodies if "/api/v2/" not in body["audience"]]
    return sorted(asked, key=str)


@pytest.fixture
def shop() -> Shop:
    found = Shop()
    found.tenant.forget()
    return found


def test_answers_are_compared_with_what_is_expected(shop: Shop) -> None:
    api = Api()
    grants = [{"client_name": name, "audience": ORDERS} for name in ("shop", "books")]
    result = read(
        shop,
        api,
        call(),
        call("books", method="POST", status=403),
        call("books", method="POST", status=204),
        call(path="/orders?since=1#x", method="POST", status=201),
        client_grants=grants,
        obtain_tokens=True,
    )
    assert [(row["client"], row["call"], row["answer"], row["status"], row["expected"]) for row in result["calls"]] == [
        ("shop", f"GET {URL}/orders", "200", 200, 200),
        ("books", f"POST {URL}/orders", "403 insufficient_scope", 403, 403),
        ("books", f"POST {URL}/orders", "403 insufficient_scope, NOT 204", 403, 204),
        ("shop", f"POST {URL}/orders?since=1#x", "201", 201, 201),
    ]
    assert result["calls"][0]["scope"] == ["read:orders", "write:orders"]
    assert result["problems"] == [f"books -> POST {URL}/orders: the API answers 403 insufficient_scope, not 204"]
    # A token of a grant serves all calls with all of its scopes.
    assert tokens_asked(shop) == [(ORDERS, None)] * 2
    assert not [token for token in api.tokens if token in json.dumps(result)]


def test_grants_need_not_be_declared_and_only_the_tokens_of_calls_are_obtained(shop: Shop) -> None:
    result = read(shop, Api(), call(), call(), client_grants=[])
    assert [row["answer"] for row in result["calls"]] == ["200", "200"]
    assert (result["access"], result["problems"]) == ([], [])
    assert tokens_asked(shop) == [(ORDERS, None)]
    assert "verification" not in read(shop, Api(), call())["access"][0]


def test_a_token_with_more_scopes_than_were_asked_for_is_not_sent_to_the_api(shop: Shop) -> None:
    """Auth0 gives all scopes of the grant, so the call could do what it was to prove impossible."""
    api = Api()
    (row,) = (result := read(shop, api, call(method="POST", scope=["read:orders"], status=403)))["calls"]
    assert row["answer"] == "NOT CALLED, see below"
    assert api.sent == []
    assert result["problems"] == [f"shop -> {ORDERS}: the token has scopes that are not asked for: write:orders"]


@pytest.mark.parametrize("scope", [["read:orders write:orders"], ["write:orders", "read:orders"]])
def test_scopes_are_taken_as_a_list_or_as_oauth_writes_them(shop: Shop, scope: list[str]) -> None:
    result = read(shop, Api(), call(method="POST", scope=scope, status=201))
    assert [row["answer"] for row in result["calls"]] == ["201"]
    assert result["problems"] == []


def test_where_a_tenant_gives_fewer_scopes_a_call_is_made_with_these() -> None:
    shop = Shop(InProcessTenant(choices=Choices(narrow_scopes=True)))
    api = Api()
    result = read(
        shop,
        api,
        call(method="POST", scope=["read:orders"], status=403),
        call(method="POST", status=201),
        call(scope=["read:orders"]),
    )
    assert [row["answer"] for row in result["calls"]] == ["403 insufficient_scope", "201", "200"]
    assert result["problems"] == []
    # One token for each set of scopes, however many calls need it.
    assert (ORDERS, "read:orders") in tokens_asked(shop) and len(tokens_asked(shop)) == 2


def test_in_check_mode_only_what_changes_nothing_is_called(shop: Shop) -> None:
    api = Api()
    calls = [call(method=method, status=200) for method in ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")]
    result = read(shop, api, *calls, check_mode=True)
    assert sorted(sent for sent, dummy in api.sent) == ["GET /orders", "HEAD /orders", "OPTIONS /orders"]
    assert [row["answer"] for row in result["calls"][3:]] == ["not called with --check"] * 4
    assert not [row["problem"] for row in result["calls"][3:] if row["problem"]]


def test_a_call_without_a_token_is_not_made_and_says_why(shop: Shop) -> None:
    shop.client("browser", app_type="spa", token_endpoint_auth_method="none", grant_types=["authorization_code"])
    shop.grant("browser", ORDERS)
    api = Api()
    result = read(shop, api, call("browser"), call(audience=LEDGER), call("nobody"))
    assert [row["answer"] for row in result["calls"]] == [
        "not called: the client does not authenticate",
        "NO TOKEN, see below",
        "NO TOKEN, see below",
    ]
    ledger, nobody = result["problems"]
    assert ledger.startswith(f"shop -> {LEDGER}: No token for client ")
    assert nobody == f"nobody -> {ORDERS}: there is no such client in this tenant: create it first"
    assert api.sent == []


def test_a_call_is_made_with_a_token_that_only_its_api_can_read(shop: Shop) -> None:
    encryption = {"format": "compact-nested-jwe", "encryption_key": {"alg": "RSA-OAEP-256"}}
    shop.tenant.fail(told_otherwise(ORDERS, token_encryption=encryption), "GET", "/resource-servers$")
    api = Api()
    result = read(shop, api, call(), obtain_tokens=True, client_grants=[{"client_name": "shop", "audience": ORDERS}])
    assert [row["answer"] for row in result["calls"]] == ["200"]
    assert [row["verification"]["result"] for row in result["access"]] == ["skipped"]
    assert (len(api.sent), result["problems"]) == (1, [])


def test_no_redirect_is_followed_and_nothing_is_sent_again(shop: Shop) -> None:
    api = Api(lambda request, token: response(302, f'Bearer error_description="{token}"', location="/stolen"))
    result = read(shop, api, call(status=302), call())
    assert [row["answer"] for row in result["calls"]] == ["302", "302, NOT 200"]
    assert [sent for sent, dummy in api.sent] == ["GET /orders"] * 2
    assert not [token for token in api.tokens if token in json.dumps(result)]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_an_answer_that_a_tenant_would_be_asked_for_again_is_an_answer(shop: Shop, status: int) -> None:
    api = Api(lambda request, token: response(status))
    (row,) = read(shop, api, call())["calls"]
    assert row["answer"] == f"{status}, NOT 200"
    assert len(api.sent) == 1


def _error(cause: Exception) -> requests.ConnectionError:
    error = requests.ConnectionError(cause)
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (requests.ReadTimeout, "nothing that can be understood came back (timed out)"),
        (
            lambda token: _error(urllib3.exceptions.ProtocolError("x", http.client.BadStatusLine(token))),
            "nothing that can be understood came back (it is not HTTP)",
        ),
        (
            lambda token: _error(
                urllib3.exceptions.ProtocolError("x", ConnectionRefusedError(111, "Connection refused"))
            ),
            "nothing that can be understood came back (Connection refused)",
        ),
        (
            lambda token: _error(OSError(f"Tunnel connection failed: 407 {token}")),
            "it cannot be reached (Tunnel connection failed: 407)",
        ),
        (
            requests.exceptions.InvalidURL,
            "the address of a proxy in the environment is not usable",
        ),
    ],
)
def test_of_what_goes_wrong_only_the_words_of_this_machine_are_shown(
    shop: Shop, failure: Callable[[str], Exception], words: str
) -> None:
    def answer(request: requests.PreparedRequest, token: str) -> requests.Response:
        raise failure(token)

    api = Api(answer)
    (row,) = read(shop, api, call())["calls"]
    assert row["answer"] == "NO ANSWER, see below"
    assert row["problem"] == f"shop -> GET {URL}/orders: no answer: {words}"


@pytest.mark.parametrize(
    "challenge",
    ['Bearer error="{token}"', 'Bearer error="{token} "', "{token}", 'error="x{token}"'],
)
def test_an_api_that_repeats_the_token_is_not_quoted(shop: Shop, challenge: str) -> None:
    api = Api(lambda request, token: response(401, challenge.format(token=token), content=token.encode()))
    result = read(shop, api, call())
    assert result["calls"][0]["answer"] == "401, NOT 200"
    assert api.tokens[0] not in json.dumps(result)


def test_certificates_that_cannot_be_read_are_a_problem_of_the_call(shop: Shop) -> None:
    (row,) = read(shop, Api(), call(ca_path="/no/such/file"))["calls"]
    assert row["problem"].endswith(": no answer: ca_path is not a file of certificates in PEM format")


def test_the_certificates_of_a_call_are_those_that_it_names(shop: Shop, tmp_path: Any) -> None:
    file = tmp_path / "ca.pem"
    trustme.CA().cert_pem.write_to_path(str(file))
    api = Api()
    read(shop, api, call(ca_path=str(file)), call(), concurrency=1)
    assert [options["verify"] for dummy, options in api.sent] == [str(file), True]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"url": "http://api.example.com/"}, "url must begin with https:// and a host without a password"),
        ({"url": "https://me:a-pass-word@api.example.com/"}, "url must begin with https:// and a host without"),
        ({"url": "http://127.0.0.1.example.com/"}, "url must begin with"),
        ({"url": "http://localhost:80@example.com/"}, "url must begin with"),
        ({"url": "https://api.example.com/a b"}, "url must begin with"),
        ({"url": ""}, "url must begin with"),
        ({"audience": None}, "audience is missing."),
        ({"audience": ""}, "audience is missing."),
        ({"status": 99}, "status must be the status of an HTTP answer, such as 403."),
        ({"status": 600}, "status must be"),
        ({"scope": []}, "scope is empty"),
        ({"scope": ["a", " "]}, "scope is empty"),
        ({"client_name": None}, "client_name or client_id is missing."),
        ({"client_name": ""}, "client_name or client_id is missing."),
        ({"client_id": "x"}, "give client_name or client_id, not both."),
        ({"client_name": "gone"}, "its client is declared with state: absent."),
        ({"audience": LEDGER}, "its API is declared with state: absent."),
    ],
)
def test_a_mistaken_call_is_refused_before_anything_is_sent(shop: Shop, change: dict[str, Any], problem: str) -> None:
    message = refused(
        shop.tenant,
        calls=[call(), {**call(), **change}],
        clients=[{"name": "gone", "state": "absent"}],
        resource_servers=[{"identifier": LEDGER, "state": "absent"}],
    )
    assert f"  - calls[1]: {problem}" in message
    assert "calls[0]" not in message and "a-pass-word" not in message
    assert shop.tenant.sent == []


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000/x", "http://localhost", "http://[::1]:1/", "https://a.example"])
def test_plain_http_is_for_loopback_only(shop: Shop, url: str) -> None:
    sent: list[str] = []

    class Local(Api):
        def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
            sent.append(str(request.url))
            assert options["proxies"] == {} or url.startswith("https")
            return super().send(request, **options)

    api = Local(lambda request, token: response(200))
    api.domain = url.partition("://")[2].partition("/")[0]
    (row,) = read(shop, api, {**call(), "url": url})["calls"]
    assert row["answer"] == "200" and len(sent) == 1


def test_an_opaque_path_is_sent_as_it_is_given(shop: Shop) -> None:
    api = Api(lambda request, token: response(200))
    read(shop, api, call(path="/a%2Fb/?q=%20x"))
    assert [sent for sent, dummy in api.sent] == ["GET /a%2Fb/?q=%20x"]
