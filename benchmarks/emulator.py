# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How fast the emulator is: ``python benchmarks/emulator.py``, by hand, about a minute on an idle machine.

It starts emulators of its own on free ports of 127.0.0.1 and stops them. Beside the time that passes, it shows the
time that the emulator's process computes, which does not depend on what else the machine does.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from auth0_emulator.process import Emulator, running

TENANTS = 100
OBJECTS = 1000
REQUESTS = 300
PATIENCE = 60.0
TICKS = os.sysconf("SC_CLK_TCK")


class Measured:
    """A running emulator, and what its process uses."""

    def __init__(self, emulator: Emulator) -> None:
        self.tenants = list(emulator.tenants.values())
        self._proc = Path("/proc", str(emulator.process.pid))

    def computed(self) -> float:
        """Seconds of processor time that it has used."""
        fields = (self._proc / "stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def megabytes(self) -> float:
        """Its memory."""
        lines = (self._proc / "status").read_text().splitlines()
        return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


@contextlib.contextmanager
def measured(names: list[str]) -> Iterator[Measured]:
    """An emulator with these tenants, when they listen; stopped afterwards."""
    with tempfile.TemporaryDirectory() as directory, running(Path(directory), *names) as emulator:
        yield Measured(emulator)


class Caller:
    """A client of one tenant that keeps its connection."""

    def __init__(self, tenant: dict[str, str]) -> None:
        host = tenant["url"].partition("//")[2]
        self._connection = http.client.HTTPConnection(host, timeout=PATIENCE)
        self.token_request = {
            "grant_type": "client_credentials",
            "client_id": tenant["client_id"],
            "client_secret": tenant["client_secret"],
            "audience": f"https://{host}/api/v2/",
        }
        self._headers = {"Content-Type": "application/json"}
        token = self.call("POST", "/oauth/token", self.token_request)["access_token"]
        self._headers["Authorization"] = f"Bearer {token}"

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """The answer, which must be a success."""
        self._connection.request(method, path, None if body is None else json.dumps(body), self._headers)
        response = self._connection.getresponse()
        content = response.read()
        if response.status >= 300:
            raise SystemExit(f"{method} {path}: {response.status} {content.decode()}")
        return json.loads(content) if content else None


def row(what: str, *values: str) -> None:
    """A line of the table."""
    print(f"{what:<46}" + "".join(f"{value:>13}" for value in values), flush=True)


def measure(what: str, emulator: Measured, times: int, action: Callable[[int], Any]) -> None:
    """A line about one kind of request."""
    passed = []
    computed, started = emulator.computed(), time.perf_counter()
    for n in range(times):
        before = time.perf_counter()
        action(n)
        passed.append((time.perf_counter() - before) * 1000)
    seconds = time.perf_counter() - started
    own = (emulator.computed() - computed) * 1000 / times
    worst = sorted(passed)[int(times * 0.95)]
    row(what, f"{statistics.median(passed):.1f}", f"{worst:.1f}", f"{own:.1f}", f"{times / seconds:.0f}")


def start_up() -> None:
    """Many tenants in one process."""
    started = time.perf_counter()
    with measured([f"t{n}" for n in range(TENANTS)]) as emulator:
        passed = time.perf_counter() - started
        row(f"{TENANTS} tenants listen after", f"{passed:.2f} s")
        row("  of which it computes", f"{emulator.computed():.2f} s")
        row("  in memory", f"{emulator.megabytes():.0f} MB")


def requests() -> None:
    """One tenant with many objects."""
    with measured(["full"]) as emulator:
        caller = Caller(emulator.tenants[0])
        api, clients, grants = "/api/v2/resource-servers", "/api/v2/clients", "/api/v2/client-grants"
        print()
        row("", "median ms", "95 % ms", "computes ms", "per second")
        apis: list[str] = []
        ids: list[str] = []
        granted: list[str] = []
        scopes = [{"value": f"read:{n}", "description": "Read"} for n in range(5)]

        def make_api(n: int) -> None:
            apis.append(caller.call("POST", api, {"identifier": f"urn:api:{n}", "name": "API", "scopes": scopes})["id"])

        def make_client(n: int) -> None:
            ids.append(caller.call("POST", clients, {"name": "client", "app_type": "non_interactive"})["client_id"])

        def make_grant(n: int) -> None:
            body = {"client_id": ids[n], "audience": f"urn:api:{n}", "scope": ["read:0"]}
            granted.append(caller.call("POST", grants, body)["id"])

        measure("create an API", emulator, OBJECTS, make_api)
        measure("create a client", emulator, OBJECTS, make_client)
        measure("create a grant", emulator, OBJECTS, make_grant)
        reads: dict[str, Callable[[int], str]] = {
            "page of 50 APIs": lambda n: f"{api}?per_page=50&page={n % 20}&include_totals=true",
            "page of 50 clients": lambda n: f"{clients}?per_page=50&page={n % 20}&include_totals=true",
            "page of 50 grants": lambda n: f"{grants}?per_page=50&page={n % 20}",
            "page of 50 grants by checkpoint": lambda n: f"{grants}?take=50",
            "an API by its id": lambda n: f"{api}/{apis[n]}",
            "an API by its identifier": lambda n: f"{api}/urn:api:{n}",
            "an API by the filter identifiers": lambda n: f"{api}?identifiers=urn:api:{n}",
            "a client by its id": lambda n: f"{clients}/{ids[n]}",
            "a grant by its id": lambda n: f"{grants}/{granted[n]}",
            "a grant by client and audience": lambda n: f"{grants}?client_id={ids[n]}&audience=urn:api:{n}",
        }
        for what, path in reads.items():
            measure(what, emulator, REQUESTS, lambda n, path=path: caller.call("GET", path(n)))  # type: ignore[misc]
        measure("a token", emulator, REQUESTS, lambda n: caller.call("POST", "/oauth/token", caller.token_request))
        change = {"name": "changed"}
        measure("change an API", emulator, REQUESTS, lambda n: caller.call("PATCH", f"{api}/{apis[n]}", change))
        row("memory with 3 x 1,000 objects", f"{emulator.megabytes():.0f} MB")


if __name__ == "__main__":
    start_up()
    requests()
