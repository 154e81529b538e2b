# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What it costs to keep a whole tenant: by one task of this collection, by loops over its modules, by uri tasks.

Run it so that Ansible finds the collection:

    python tests/harness/scratch.py python benchmarks/whole_tenant.py [OPTION]...

For each number of APIs, as many clients and as many grants are kept in a new tenant of the emulator: at first when
nothing of it is there, again when all is there, as a dry run (check mode) when one in a hundred is declared otherwise,
and then without check mode. Last, many small tenants are kept in one run. The tables are Markdown and go to stdout.

Requests are counted by the tenants. Processor time and memory are those of ansible-playbook and all that it starts, and
depend little on what else the machine does; wall time does. Everything is on loopback, and all that is started is
stopped at the end, on an interrupt as well. It takes a quarter of an hour.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import datetime
import importlib.metadata
import json
import os
import platform
import ssl
import sys
import tempfile
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from auth0_emulator.process import running
from measuring import Cost, cost_of, end_on_signals
from ways import SLOW, WAYS, Tasks, changed_of, declared

FLEET_NUMBER = 10
"""Objects of each of three kinds in each of many tenants."""
TOKEN = "token"
CHECKED = "dry run"
CHANGED = "1 % changed"
RUNS = ("fresh", "converged", CHECKED, CHANGED)


@dataclasses.dataclass(frozen=True)
class Measured:
    """A run: what it cost, and the requests that it sent by method, those for tokens apart."""

    cost: Cost
    requests: Mapping[str, int]

    @property
    def writes(self) -> int:
        """The requests that were to change something."""
        return sum(count for name, count in self.requests.items() if name not in ("GET", TOKEN))


class Bench:
    """Tenants of a running emulator, and plays over them. patience: seconds for a play."""

    def __init__(self, directory: Path, tenants: Mapping[str, Mapping[str, str]], patience: float) -> None:
        self._directory = directory
        self._tenants = tenants
        self._patience = patience
        self._authority = directory / "ca.pem"
        context = ssl.create_default_context(cafile=str(self._authority))
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context)
        )
        (directory / "ansible.cfg").touch()

    def measure(self, tasks: Tasks, variables: Mapping[str, Any], check: bool = False, forks: int = 5) -> Measured:
        """Run the tasks in all tenants. Raises SystemExit when that fails."""
        book, inventory = self._directory / "play.json", self._directory / "hosts.json"
        options = {name: "{{ %s }}" % name for name in self._access(next(iter(self._tenants)))}
        group = {"group/community.auth0.auth0": options}
        play = {"hosts": "all", "gather_facts": False, "module_defaults": group, "tasks": tasks}
        book.write_text(json.dumps([play]))
        hosts = {name: self._access(name) for name in self._tenants}
        local = {"ansible_connection": "local", "ansible_python_interpreter": sys.executable}
        inventory.write_text(json.dumps({"all": {"hosts": hosts, "vars": {**variables, **local}}}))
        for name in self._tenants:
            self._control(name, "DELETE", "/_emulator/requests")
        command = [str(Path(sys.executable).with_name("ansible-playbook")), "--inventory", str(inventory), str(book)]
        command += ["--forks", str(forks), *(["--check"] if check else [])]
        cost = cost_of(command, self._environment(), self._directory / "output.txt", self._patience)
        return Measured(cost, self._requests())

    def _access(self, tenant: str) -> dict[str, str]:
        row = self._tenants[tenant]
        access = {f"auth0_{key}": row[key] for key in ("domain", "client_id", "client_secret")}
        return {**access, "auth0_ca_path": str(self._authority)}

    def _environment(self) -> dict[str, str]:
        """This one's without settings of Ansible and Auth0: a real tenant must stay out of this."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "AUTH0_"))}
        home = self._directory / "ansible"
        return {
            **kept,
            "NO_PROXY": "127.0.0.1",
            "no_proxy": "127.0.0.1",
            "ANSIBLE_COLLECTIONS_PATH": os.environ["ANSIBLE_COLLECTIONS_PATH"],
            "ANSIBLE_CONFIG": str(self._directory / "ansible.cfg"),
            "ANSIBLE_HOME": str(home),
            "ANSIBLE_LOCAL_TEMP": str(home / "local"),
            "ANSIBLE_REMOTE_TEMP": str(home / "remote"),
        }

    def _requests(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for name in self._tenants:
            for row in self._control(name, "GET", "/_emulator/requests/count")["counts"]:
                found[TOKEN if row["path"] == "/oauth/token" else row["method"]] += row["count"]
        return found

    def _control(self, tenant: str, method: str, path: str) -> Any:
        request = urllib.request.Request(self._tenants[tenant]["url"].rstrip("/") + path, method=method)
        with self._opener.open(request, timeout=60) as answer:
            content = answer.read()
        return json.loads(content) if content else None


@contextlib.contextmanager
def bench(given: argparse.Namespace, tenants: Sequence[str]) -> Iterator[Bench]:
    """New tenants."""
    with tempfile.TemporaryDirectory(prefix="auth0-benchmark-") as name:
        directory = Path(name).resolve()
        options = ["--latency", given.latency, "--tls-dir", str(directory)]
        with running(directory, *tenants, options=options) as emulator:
            yield Bench(directory, emulator.tenants, given.patience)


def measured_runs(
    place: Bench, tasks: Tasks, runs: Sequence[str], number: int, tenants: int = 1, forks: int = 5
) -> Iterator[tuple[str, Measured]]:
    """Runs in new tenants, one after the other. Raises SystemExit where one has not written what it has to."""
    few = 3 * changed_of(number) * tenants
    expected = {"fresh": 3 * number * tenants, "converged": 0, CHECKED: 0, CHANGED: few}
    for run in runs:
        made = place.measure(tasks, declared(number, run in (CHECKED, CHANGED)), run == CHECKED, forks)
        if made.writes != expected[run]:
            raise SystemExit(f"{run}: {made.writes} writes instead of {expected[run]}")
        yield run, made


def ratio(value: float | None, base: float | None) -> str:
    """How many times as much."""
    if value is None or not base:
        return ""
    times = value / base
    return f"{times:.1f}" if times < 10 else f"{times:.0f}"


def costs(one: Measured, base: Measured | None) -> list[str]:
    """The cells about what a run cost, each with its ratio to another run."""
    cells = []
    values: list[tuple[Callable[[Cost], float | None], str]] = [
        (lambda cost: cost.cpu, "{:.1f}"),
        (lambda cost: cost.wall, "{:.1f}"),
        (lambda cost: cost.megabytes, "{:.0f}"),
    ]
    for value, form in values:
        own = value(one.cost)
        cells += ["" if own is None else form.format(own), ratio(own, value(base.cost) if base else None)]
    return cells


def counts(one: Measured, base: Measured | None) -> list[str]:
    """The cells about the requests of a run, and how many times as many as those of another run they are."""
    total = sum(one.requests.values())
    methods = [str(one.requests.get(name, 0)) for name in ("GET", "POST", "PATCH", TOKEN)]
    return [*methods, str(one.writes), ratio(total, sum(base.requests.values()) if base else None)]


REQUESTS = ("GET", "POST", "PATCH", TOKEN, "writes", "ratio")
COSTS = ("CPU s", "ratio", "wall s", "ratio", "MB", "ratio")


def show(cells: Sequence[object]) -> None:
    """A row of a table."""
    print("| " + " | ".join(map(str, cells)) + " |", flush=True)


def head(*columns: str) -> None:
    """The head of a table whose first columns are given; the others hold numbers."""
    show([*columns, *REQUESTS, *COSTS])
    show(["---"] * len(columns) + ["---:"] * len(REQUESTS + COSTS))


def single(given: argparse.Namespace) -> None:
    """The table of one tenant."""
    print("\nOne tenant. Ratios are those to auth0_config; the first one is that of all requests.\n")
    head("APIs, clients, grants each", "run", "way")
    for number in given.numbers:
        found: dict[str, dict[str, Measured]] = {}
        for way in given.ways:
            if way in SLOW and number > given.slow_limit:
                continue
            with bench(given, ["tenant"]) as place:
                for run, made in measured_runs(place, WAYS[way], given.runs, number):
                    tell(f"{number} of each kind, {way}, {run}: {made.cost.cpu:.1f} CPU s")
                    found.setdefault(run, {})[way] = made
        for run, by_way in found.items():
            base = by_way.get(next(iter(WAYS)))
            for way, made in by_way.items():
                show([f"{number:,}", run, way, *counts(made, base), *costs(made, base)])


def fleet(given: argparse.Namespace) -> None:
    """The table of many tenants."""
    print(f"\nauth0_config, {given.tenants} tenants with {3 * FLEET_NUMBER} objects each.", end=" ")
    print(f"Ratios are those to {given.forks[0]} forks.\n")
    head("forks", "run")
    bases: dict[str, Measured] = {}
    for forks in given.forks:
        with bench(given, [f"t{n}" for n in range(given.tenants)]) as place:
            tasks = WAYS["auth0_config"]
            for run, made in measured_runs(place, tasks, given.runs, FLEET_NUMBER, given.tenants, forks):
                tell(f"{given.tenants} tenants, {forks} forks, {run}: {made.cost.cpu:.1f} CPU s")
                base = bases.setdefault(run, made)
                show([forks, run, *counts(made, base), *costs(made, base)])


def tell(text: str) -> None:
    """What has been done, for who waits."""
    print(text, file=sys.stderr, flush=True)


def numbers(text: str) -> list[int]:
    """A list of numbers from 1, separated by commas."""
    found = [int(part) for part in text.split(",")]
    if min(found) < 1:
        raise ValueError
    return found


def ways(text: str) -> list[str]:
    """A list of ways, separated by commas."""
    return chosen(text, list(WAYS))


def runs(text: str) -> list[str]:
    """A list of runs, separated by commas. The first one is among them: the others need what it creates."""
    return chosen(f"{RUNS[0]},{text}", RUNS)


def chosen(text: str, known: Sequence[str]) -> list[str]:
    """Those that a list names. Raises ValueError where it names others."""
    found = text.split(",")
    if not set(found) <= set(known):
        raise ValueError
    return [one for one in known if one in found]


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--numbers", type=numbers, default=[10, 100, 1000], help="objects of each kind (default: 10,100,1000)"
    )
    parser.add_argument("--ways", type=ways, default=list(WAYS), help=f"of {','.join(WAYS)} (default: all)")
    parser.add_argument(
        "--runs", type=runs, default=list(RUNS), help=f"of {','.join(RUNS)} (default: all)".replace("%", "%%")
    )
    parser.add_argument(
        "--slow-limit", type=int, default=100, help=f"largest number for {', '.join(SLOW)} (default: %(default)s)"
    )
    parser.add_argument(
        "--latency", default="0.1", help="seconds that each answer takes, or 'recorded' (default: %(default)s)"
    )
    parser.add_argument("--tenants", type=int, default=100, help="in the second table; 0: none (default: %(default)s)")
    parser.add_argument("--forks", type=numbers, default=[5, 20], help="in the second table (default: 5,20)")
    parser.add_argument(
        "--patience", type=float, default=1800, help="seconds that one run may take (default: %(default)s)"
    )
    given = parser.parse_args()
    if not os.environ.get("ANSIBLE_COLLECTIONS_PATH"):
        parser.error("Ansible does not find the collection: run it by tests/harness/scratch.py, as above")
    return given


def main() -> None:
    given = options()
    end_on_signals()
    core = importlib.metadata.version("ansible-core")
    print(
        f"Measured on {datetime.date.today().isoformat()}: ansible-core {core}, Python {platform.python_version()}, "
        f"{os.cpu_count()} cores, TLS, latency {given.latency}."
    )
    single(given)
    if given.tenants:
        fleet(given)


if __name__ == "__main__":
    main()
