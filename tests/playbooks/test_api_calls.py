# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""verify calls APIs with the tokens that it got: the example of a protected API, and two that mean no good."""

from __future__ import annotations

import contextlib
import http.server
import socketserver
import threading
import typing as t
from pathlib import Path

import pytest

from .support import DECLARATIONS, JWT, LEDGER, ORDERS, Player, Tenant, protected_api, secrets


@contextlib.contextmanager
def served(handler: type[socketserver.BaseRequestHandler]) -> t.Iterator[str]:
    """A server on loopback, at this address."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def astray() -> t.Iterator[tuple[str, list[str]]]:
    """An API that sends its callers, with their tokens, elsewhere; and the paths of the requests to it."""
    paths: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(302)
            self.send_header("Location", "/stolen")
            self.send_header("WWW-Authenticate", f'Bearer error_description="{self.headers["Authorization"]}"')
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *dummy: t.Any) -> None:
            pass

    with served(Handler) as url:
        yield url, paths


@pytest.fixture
def parrot() -> t.Iterator[tuple[str, list[str]]]:
    """A server that answers with nothing but the token that it was sent; and the first lines of the requests to it."""
    lines: list[str] = []

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            head = [line.decode() for line in iter(self.rfile.readline, b"\r\n")]
            lines.append(head[0].strip())
            token = next(line.split()[-1] for line in head if line.startswith("Authorization:"))
            self.wfile.write(f"{token}\r\n\r\n".encode())

    with served(Handler) as url:
        yield url, lines


def tokens_for_apis(tenant: Tenant) -> list[tuple[str, str | None]]:
    """For which audience and scopes the tenant was asked for tokens, the Management API aside."""
    return [
        (request["body"]["audience"], request["body"].get("scope"))
        for request in tenant.requests()
        if request["path"] == "/oauth/token" and request["body"]["audience"] != tenant.management_audience
    ]


def test_verify_shows_what_apis_answer_and_fails_where_it_is_not_as_expected(
    player: Player,
    tenants: list[Tenant],
    astray: tuple[str, list[str]],
    parrot: tuple[str, list[str]],
    tmp_path: Path,
) -> None:
    dev, prod = tenants
    dev.set_up(DECLARATIONS)
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login mine password of-my-own\n")
    # A proxy would see the token of a call by plain http, and could make up its answer.
    player.environment.update(HOME=str(tmp_path), HTTP_PROXY=parrot[0], NO_PROXY="", no_proxy="")
    with protected_api(dev, tmp_path) as url:
        shop: dict[str, t.Any] = {"client_name": "shop", "audience": ORDERS, "ca_path": str(tmp_path / "api-ca.pem")}
        books = {**shop, "client_name": "books"}
        calls = [
            {**shop, "url": f"{url}/orders"},
            {**books, "url": f"{url}/orders", "method": "POST", "status": 403},
            {**books, "url": f"{url}/orders/1", "method": "DELETE", "status": "204"},
            *[{**shop, "url": f"{url}/orders", "scope": ["read:orders"]}] * 2,
            {**books, "url": f"{url}/ledger", "audience": LEDGER},
            {**shop, "url": f"{url}/ledger", "audience": LEDGER},
            {**shop, "url": f"{url}/orders", "ca_path": None},
            {**shop, "url": "https://127.0.0.1:9/orders"},
            {**shop, "url": astray[0], "status": 302},
            {**shop, "url": parrot[0]},
        ]
        player.declare(
            {"dev": {**dev.token_access(), "auth0_api_calls": calls}, "prod": prod.token_access()}, **DECLARATIONS
        )
        played = player.play("verify", "-vvv", "--limit", "dev", may_warn=True)
        asked = tokens_for_apis(dev)
        dev.forget()

        calls[1:] = [{**shop, "url": f"{url}/orders", "method": "POST"}]
        player.declare({"dev": {**dev.token_access(), "auth0_api_calls": calls}}, auth0_client_grants=[])
        checked = player.succeed("verify", "--check")

    assert played.status == 2
    assert played.words[4:] == [
        "",
        "TENANT CLIENT CALL SCOPES ANSWER",
        f"dev shop GET {url}/orders read:orders write:orders 200",
        f"dev books POST {url}/orders read:orders 403 insufficient_scope",
        f"dev books DELETE {url}/orders/1 read:orders 403 insufficient_scope, NOT 204",
        *[f"dev shop GET {url}/orders read:orders write:orders NOT CALLED, see below"] * 2,
        f"dev books GET {url}/ledger read:entries 200",
        f"dev shop GET {url}/ledger - NO TOKEN, see below",
        f"dev shop GET {url}/orders read:orders write:orders NO ANSWER, see below",
        "dev shop GET https://127.0.0.1:9/orders read:orders write:orders NO ANSWER, see below",
        f"dev shop GET {astray[0]} read:orders write:orders 302",
        f"dev shop GET {parrot[0]} read:orders write:orders NO ANSWER, see below",
    ]
    for problem in (
        f"books -> DELETE {url}/orders/1: the API answers 403 insufficient_scope, not 204",
        f"shop -> {LEDGER}: No token for client ",
        f"shop -> {ORDERS}: the token has scopes that are not asked for: write:orders",
        f"shop -> GET {url}/orders: no answer: no trusted TLS connection ([SSL: CERTIFICATE_VERIFY_FAILED] certificate",
        "shop -> GET https://127.0.0.1:9/orders: no answer: it cannot be reached (Connection refused)",
        f"shop -> GET {parrot[0]}: no answer: nothing that can be understood came back (it is not HTTP)",
    ):
        assert problem in played.output
    assert astray[1] == ["/"]
    assert parrot[1] == ["GET / HTTP/1.1"]
    # A token of a grant serves all calls with all of its scopes; another one is asked for once.
    wanted = [(ORDERS, None), (ORDERS, None), (LEDGER, None), (ORDERS, "read:orders"), (LEDGER, None)]
    assert sorted(asked, key=str) == sorted(wanted, key=str)
    hidden = secrets(dev) | {"of-my-own"}
    assert not [secret for secret in hidden if secret in played.output]
    assert not JWT.search(played.output)

    # In check mode nothing is changed in an API, either. Grants need not be declared.
    assert checked.words == [
        "TENANT CLIENT API SCOPES VERIFIED BY",
        "dev - - - no grant is declared",
        "",
        "TENANT CLIENT CALL SCOPES ANSWER",
        f"dev shop GET {url}/orders read:orders write:orders 200",
        f"dev shop POST {url}/orders read:orders write:orders not called with --check",
    ]
    assert tokens_for_apis(dev) == [(ORDERS, None)]
    assert dev.writes() == []
