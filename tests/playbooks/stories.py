# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Many tenants that go through the same runs together, each with declarations of its own.

A run costs more than a second of CPU time before it has done anything, a tenant more in it a fraction of that.
"""

from __future__ import annotations

import dataclasses
import json
import re
import typing as t
from pathlib import Path

from .support import Played, Player, Tenant, emulated

# Whatever an inventory, or who types the command, says about the connection is meant for other hosts.
CONNECTION = ("--become", "--connection", "ssh")
#: The runs in their order: by which name a tenant asks for one, the playbook, its arguments.
RUNS: dict[str, tuple[str, ...]] = {
    "foretold": ("provision", "--check", "--skip-tags", "other"),
    "taking away foretold": ("teardown", "--check"),
    "provisioned": ("provision", *CONNECTION),
    "again": ("provision", "--tags", "provision"),
    "verified": ("verify", *CONNECTION),
    "reported": ("report", *CONNECTION),
    "taken away": ("teardown", "--extra-vars", "auth0_teardown_confirm=yes", *CONNECTION),
}

Variables = dict[str, t.Any]
#: The tenants: the runs that each takes part in, and what makes it what it is at first and tells its variables.
CASES: dict[str, tuple[tuple[str, ...], t.Callable[[Tenant], Variables]]] = {}


def case(name: str, *runs: str) -> t.Callable[[t.Callable[[Tenant], Variables]], t.Callable[[Tenant], Variables]]:
    """Note a tenant with this name that takes part in these runs."""

    def noted(begin: t.Callable[[Tenant], Variables]) -> t.Callable[[Tenant], Variables]:
        assert name not in CASES and set(runs) <= set(RUNS)
        CASES[name] = (runs, begin)
        return begin

    return noted


@dataclasses.dataclass(frozen=True)
class Part:
    """What one run was to one tenant.

    failed: how many of its tasks did. changed: how many changed something. changes: the lines about it in the summary,
    rows: in all tables, both without its name. fatal: the messages of the tasks that failed. requests: those that it
    got. The rest is of the whole run.
    """

    failed: int
    changed: int
    changes: list[str]
    rows: list[str]
    fatal: str
    requests: list[dict[str, t.Any]]
    output: str
    status: int

    @property
    def methods(self) -> list[str]:
        """The methods of the requests that were to change something."""
        return [each["method"] for each in self.requests if each["method"] != "GET" and each["path"] != "/oauth/token"]

    @property
    def token_requests(self) -> int:
        """How many tokens were asked for."""
        return [each["path"] for each in self.requests].count("/oauth/token")


def part_of(played: Played, tenant: Tenant) -> Part | None:
    """What a run was to a tenant, whose log of requests is empty then; nothing if the run left it alone."""
    recap, requests = played.recap(tenant.name), tenant.requests()
    tenant.forget()
    if not recap and not requests:
        return None
    fatal = re.findall(rf"^fatal: \[{tenant.name}\]: .*? => (\{{$.*?^\}})", played.output, re.MULTILINE | re.DOTALL)
    own = f"{tenant.name} "
    return Part(
        failed=recap.get("failed", 0) + recap.get("unreachable", 0),
        changed=recap.get("changed", 0),
        changes=[line.removeprefix(own) for line in played.changes if line.startswith(own)],
        rows=[line.removeprefix(own) for line in played.words if line.startswith(own)],
        fatal="\n".join(json.loads(result)["msg"] for result in fatal),
        requests=requests,
        output=played.output,
        status=played.status,
    )


@dataclasses.dataclass(frozen=True)
class Story:
    """A tenant, what each run was to it, and the secrets of its clients, which no run may show."""

    tenant: Tenant
    parts: dict[str, Part]
    secrets: set[str]

    def succeeded(self, run: str) -> Part:
        """The part of a run in which no task failed."""
        assert self.parts[run].failed == 0, self.parts[run].fatal
        return self.parts[run]

    def failed(self, run: str) -> Part:
        """The part of a run in which a task failed."""
        assert self.parts[run].failed == 1, self.parts[run].rows
        return self.parts[run]

    def note_secrets(self) -> None:
        """Remember those that are there now."""
        self.secrets.add(self.tenant.client_secret)
        self.secrets.update(filter(None, (client.get("client_secret") for client in self.tenant.read("clients"))))
        self.tenant.forget()


def played_stories(directory: Path) -> t.Iterator[dict[str, Story]]:
    """All tenants, when all runs are over."""
    player = Player(directory)
    with emulated(directory, *CASES) as tenants:
        stories = {tenant.name: Story(tenant, {}, set()) for tenant in tenants}
        hosts = {name: CASES[name][1](story.tenant) for name, story in stories.items()}
        for name, story in stories.items():
            story.note_secrets()
            if "auth0_client_id" not in hosts[name]:  # a token saves each run the task that gets one
                hosts[name] = {**story.tenant.token_access(), **hosts[name]}
        player.declare(hosts)
        for run, (playbook, *arguments) in RUNS.items():
            taking_part = ",".join(name for name, (runs, dummy) in CASES.items() if run in runs)
            played = player.play(playbook, *arguments, "-vvv", "--diff", "--limit", taking_part)
            for story in stories.values():
                if part := part_of(played, story.tenant):
                    story.parts[run] = part
            if run == "provisioned":
                for story in stories.values():
                    story.note_secrets()
        yield stories
