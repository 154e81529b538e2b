# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a client can make the emulator keep, wait for or compute has an end."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
import requests
import uvicorn
from ansible_collections.community.auth0.tests.harness.in_process import InProcessTenant
from auth0_emulator.controls import request_log
from auth0_emulator.serving import app
from auth0_emulator.serving.app import create_app, new_site
from auth0_emulator.serving.server import Connections
from uvicorn.server import ServerState

REFUSED = 400


@pytest.fixture
def tenant() -> Iterator[InProcessTenant]:
    """A tenant that is reached by its host."""
    with InProcessTenant().installed() as installed:
        yield installed


def control(tenant: InProcessTenant, method: str, path: str, body: Any = None) -> requests.Response:
    """A request to a control."""
    return requests.request(method, f"{tenant.url}/_emulator/{path}", json=body)


def test_an_expression_that_goes_back_and_forth_matches_nothing(tenant: InProcessTenant) -> None:
    faults = [{"path": r"^(/|a+)+$", "status": 503}, {"path": "aaaa", "status": 418}]
    assert control(tenant, "PUT", "faults", faults).status_code == 204
    assert requests.get(f"{tenant.url}/{'a' * 60}!").status_code == 418


@pytest.mark.parametrize(
    "fault",
    [{"path": "x" * 1001, "status": 503}, {"path": "x", "delay": 3601}, {"path": "(", "status": 503}],
    ids=["a long expression", "a long delay", "no expression"],
)
def test_a_fault_without_bounds_is_refused(tenant: InProcessTenant, fault: dict[str, Any]) -> None:
    assert control(tenant, "PUT", "faults", [fault]).status_code == REFUSED


def test_faults_are_a_thousand_at_most(tenant: InProcessTenant) -> None:
    fault = {"path": "x", "status": 503}
    assert control(tenant, "PUT", "faults", [fault] * 1000).status_code == 204
    assert control(tenant, "PUT", "faults", [fault] * 1001).status_code == REFUSED


@pytest.mark.parametrize("path", ["api/v2/clients", "oauth/token", "_emulator/faults", "nowhere"])
def test_a_body_beyond_the_limit_is_not_read(tenant: InProcessTenant, path: str) -> None:
    answer = requests.put(f"{tenant.url}/{path}", data=b" " * (app.LARGEST_BODY + 1))
    assert answer.status_code == 413
    assert answer.headers["connection"] == "close"


def test_the_rest_of_a_body_beyond_the_limit_is_not_waited_for() -> None:
    pieces = 0

    async def receive() -> Any:
        nonlocal pieces
        pieces += 1
        return {"type": "http.request", "body": b"x" * 65536, "more_body": True}

    assert asyncio.run(app._whole_body(receive)) is None
    assert pieces == app.LARGEST_BODY // 65536 + 1


def test_the_log_shows_no_large_body(tenant: InProcessTenant) -> None:
    requests.post(f"{tenant.url}/api/v2/clients", json={"name": "x" * 70_000})
    (row,) = control(tenant, "GET", "requests").json()
    assert row["body"] == "(70012 bytes)"


def test_the_log_forgets_and_the_counts_do_not(tenant: InProcessTenant, monkeypatch: pytest.MonkeyPatch) -> None:
    assert request_log.KEPT == 10_000
    monkeypatch.setattr(request_log, "KEPT", 3)
    monkeypatch.setattr(tenant.site, "log", request_log.RequestLog())
    headers = {"Authorization": f"Bearer {tenant.token()}"}
    tenant.site.log.clear()
    for number in range(3):
        requests.get(f"{tenant.url}/api/v2/clients/{number}", headers=headers)
    requests.post(f"{tenant.url}/api/v2/clients", headers=headers)
    requests.get(f"{tenant.url}/elsewhere/{tenant.domain}")
    assert len(control(tenant, "GET", "requests").json()) == 3
    assert control(tenant, "GET", "requests/count").json() == {
        "total": 5,
        "kept": 3,
        "counts": [
            {"method": "(no route)", "path": "(no route)", "count": 1},
            {"method": "GET", "path": "/api/v2/clients/{id}", "count": 3},
            {"method": "POST", "path": "/api/v2/clients", "count": 1},
        ],
    }
    assert control(tenant, "DELETE", "requests").status_code == 204
    assert control(tenant, "GET", "requests/count").json() == {"total": 0, "kept": 0, "counts": []}


def exchanged(sent: bytes, patience: float) -> bytes:
    """What a server answers to these bytes before it closes the connection."""

    async def talk() -> bytes:
        config = uvicorn.Config(create_app(new_site("dev")), lifespan="off", log_level="critical")
        config.load()
        protocol = Connections(patience=patience).protocol()
        server = await asyncio.get_running_loop().create_server(
            lambda: protocol(config=config, server_state=ServerState(), app_state={}), "127.0.0.1"
        )
        async with server:
            reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
            writer.write(sent)
            try:
                return await reader.read()
            except ConnectionResetError:
                return b""
            finally:
                writer.close()

    return asyncio.run(talk())


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET /.well-known/jwks.json HTTP/1.1\r\nHost: x\r\n",
        b"POST /oauth/token HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{",
    ],
    ids=["nothing", "half of the headers", "half of the body"],
)
def test_a_connection_that_brings_no_whole_request_is_given_up(sent: bytes) -> None:
    assert exchanged(sent, patience=0.05) == b""


def test_a_whole_request_is_answered() -> None:
    request = b"GET /.well-known/openid-configuration HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    assert exchanged(request, patience=60).startswith(b"HTTP/1.1 200 OK\r\n")
