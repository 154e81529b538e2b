# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An emulator for the session, as its users start it: a process of its own on free ports."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from ansible_collections.community.auth0.tests.harness.in_process import InProcessTenant
from auth0_emulator.process import Emulator

TENANTS = ("main", "lists", "controls", "tokens", "keys")
PATIENCE = 20.0


Start = Callable[..., Emulator]


@contextlib.contextmanager
def _starter(new_directory: Callable[[], Path]) -> Iterator[Start]:
    with contextlib.ExitStack() as cleanup:

        def start(*arguments: str, directory: Path | None = None, ready: bool = True, **options: Any) -> Emulator:
            output = new_directory()
            # Every answer of every test is held against what its route declares: a 500 and a line on stderr report it.
            running = Emulator(
                directory or output, "--check-answers", *arguments, ready=ready, output=output, **options
            )
            cleanup.callback(running.stop)
            return running

        yield start


@pytest.fixture(autouse=True)
def checked_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same of the answers of tenants in the tests' own process."""
    usual = InProcessTenant.__init__

    def checking(self: InProcessTenant, *arguments: Any, **options: Any) -> None:
        usual(self, *arguments, **{**options, "check_answers": True})

    monkeypatch.setattr(InProcessTenant, "__init__", checking)


@pytest.fixture
def start(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    """Start an emulator with the given options; it is stopped after the test."""
    with _starter(lambda: tmp_path_factory.mktemp("output")) as starter:
        yield partial(starter, directory=tmp_path)


@pytest.fixture(scope="session")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, dict[str, str]]]:
    """The rows of the session's tenants, by name."""
    with _starter(lambda: tmp_path_factory.mktemp("emulator")) as starter:
        running = starter(*(option for name in TENANTS for option in ("--tenant", name)))
        yield running.tenants
        assert running.stop() == 0
        assert running.finish()[1] == ""


class Tenant:
    """A client of one tenant."""

    def __init__(self, row: dict[str, str], verify: Any = True) -> None:
        self.row = row
        self.http = httpx.Client(base_url=row["url"], verify=verify, timeout=PATIENCE)
        self.host = httpx.URL(row["url"]).netloc.decode()
        self.audience = f"https://{self.host}/api/v2/"
        self._token: str | None = None

    def token_request(self, **parameters: Any) -> httpx.Response:
        """POST /oauth/token with the caller's credentials unless others are given."""
        given = {
            "grant_type": "client_credentials",
            "client_id": self.row["client_id"],
            "client_secret": self.row["client_secret"],
            "audience": self.audience,
        } | parameters
        return self.http.post("/oauth/token", json={k: v for k, v in given.items() if v is not None})

    def token(self, **parameters: Any) -> str:
        """An access token."""
        answer = self.token_request(**parameters)
        assert answer.status_code == 200, answer.text
        token: str = answer.json()["access_token"]
        return token

    def call(self, method: str, path: str, body: Any = None, token: str | None = None, **extra: Any) -> httpx.Response:
        """A request to the Management API; with a token for all scopes unless another is given ("" for none)."""
        if token is None:
            self._token = token = self._token or self.token()
        headers = ({"Authorization": f"Bearer {token}"} if token else {}) | extra.pop("headers", {})
        content = None if body is None else json.dumps(body)
        if content is not None:
            headers["Content-Type"] = "application/json"
        return self.http.request(method, "/api/v2" + path, content=content, headers=headers, **extra)

    def make(self, path: str, body: Any) -> dict[str, Any]:
        """Create an object that must be creatable."""
        answer = self.call("POST", path, body)
        assert answer.status_code in (200, 201), answer.text
        made: dict[str, Any] = answer.json()
        return made

    def granted_client(self, audience: str, scope: list[str], **fields: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """A new client and its grant for an audience."""
        client = self.make("/clients", {"name": "granted", "app_type": "non_interactive"} | fields)
        body = {"client_id": client["client_id"], "audience": audience, "scope": scope}
        return client, self.make("/client-grants", body)


@contextlib.contextmanager
def _client(row: dict[str, str], verify: Any = True) -> Iterator[Tenant]:
    tenant = Tenant(row, verify)
    try:
        yield tenant
    finally:
        tenant.http.close()


@pytest.fixture
def client_of() -> Callable[..., contextlib.AbstractContextManager[Tenant]]:
    """A client of the tenant that a row of a ready file names."""
    return _client


@pytest.fixture(scope="session")
def main(emulator: dict[str, dict[str, str]]) -> Iterator[Tenant]:
    """The tenant for most tests."""
    with _client(emulator["main"]) as tenant:
        yield tenant


@pytest.fixture(scope="session")
def tokens(emulator: dict[str, dict[str, str]]) -> Iterator[Tenant]:
    """The tenant for tests of tokens."""
    with _client(emulator["tokens"]) as tenant:
        yield tenant


@pytest.fixture(scope="session")
def lists(emulator: dict[str, dict[str, str]]) -> Iterator[Tenant]:
    """The tenant for tests of lists, which nobody else fills."""
    with _client(emulator["lists"]) as tenant:
        yield tenant


@pytest.fixture
def controls(emulator: dict[str, dict[str, str]]) -> Iterator[Tenant]:
    """The tenant whose log and faults tests look at; its log starts empty and its faults are gone afterwards."""
    with _client(emulator["controls"]) as tenant:
        tenant.call("GET", "/clients?per_page=1")
        tenant.http.delete("/_emulator/faults")
        tenant.http.delete("/_emulator/requests")
        yield tenant
        tenant.http.delete("/_emulator/faults")
