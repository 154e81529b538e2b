# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run integration targets against an emulator that lives as long as the run.

    python tests/harness/run_integration.py --door controller|module [TARGET]... [ANSIBLE-TEST-ARGUMENT]...

The door says where the work is done: in the controller's process, or with each module in a process of its own. Every
target gets the variables auth0_domain, auth0_client_id, auth0_client_secret and
auth0_emulator_url (the tenant's control address), from a file that only its owner can read. The run fails, too, when
the secret shows up in the output or when a target leaves a process behind.

Where each module has a process of its own, which takes by far the longest, the targets are run in two halves side by
side, without those with the alias door/controller: what Ansible does with their modules, it does with others, too. The
target secrets runs each module in a process of its own.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from auth0_emulator.process import NotStarted, running
from run_ansible_test import ansible_test
from scratch import PLACE, copied

PR_SET_CHILD_SUBREAPER = 36


@contextlib.contextmanager
def tenant_of_emulator() -> Iterator[dict[str, Any]]:
    """A running emulator's tenant, as described in its ready file."""
    with tempfile.TemporaryDirectory(prefix="auth0-emulator-") as directory:
        try:
            with running(Path(directory), "integration", options=["--check-answers"]) as emulator:
                yield emulator.tenants["integration"]
        except NotStarted as error:
            sys.exit(str(error))
        except subprocess.TimeoutExpired:
            sys.exit("The emulator did not stop on SIGTERM.")


class Output:
    """The output of a run: `edit` it line by line. leaks: how many lines showed the secret."""

    def __init__(self, secret: str) -> None:
        self.secret = secret
        self.leaks = 0

    def edit(self, line: str) -> str:
        """What to show: results are for finding secrets in them; whoever reads it wants those of failures only."""
        if self.secret in line:
            self.leaks += 1
            line = line.replace(self.secret, "(A SECRET)")
        elif line.startswith(("ok: ", "changed: ", "skipping: ")) and " => " in line:
            line = line.partition(" => ")[0] + "\n"
        return line


def adopt_orphans() -> None:
    """Become the parent of every process that a target leaves behind (Linux; elsewhere they go unnoticed)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end_orphans() -> list[str]:
    """End the processes that were left behind and return their command lines."""
    left = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
            if int(parent) == os.getpid() and state != "Z":
                left.append(stat.with_name("cmdline").read_text().replace("\0", " ").strip())
                os.kill(int(stat.parent.name), signal.SIGKILL)
    return left


#: Where the work of a module is done: the value of the variable auth0_direct.
DOORS = {"controller": True, "module": False}


TARGETS = Path(__file__).parents[1] / "integration" / "targets"


def main(arguments: Sequence[str]) -> int:
    if len(arguments) < 2 or arguments[0] != "--door" or arguments[1].partition("-")[0] not in DOORS:
        sys.exit(__doc__)
    adopt_orphans()
    door, *targets = arguments[1:]
    if door == "module" and not targets:
        return side_by_side(door)
    return through(door.partition("-")[0], targets, door)


def side_by_side(door: str) -> int:
    """Run the targets in two halves at a time; return the exit status, after the output of both."""
    aliases = {path.parent.name: path.read_text().split() for path in TARGETS.glob("*/aliases")}
    targets = sorted(
        name for name, known in aliases.items() if not name.startswith("setup_") and "door/controller" not in known
    )
    command = [sys.executable, __file__, "--door"]
    with contextlib.ExitStack() as stack:
        halves = [
            stack.enter_context(
                subprocess.Popen(
                    [*command, f"{door}-{number}", *targets[number::2]],
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    text=True,
                )
            )
            for number in range(2)
        ]
        for half in halves:
            stack.callback(half.terminate)
        with ThreadPoolExecutor() as readers:
            outputs = list(readers.map(lambda half: half.communicate()[0], halves))
    for output in outputs:
        print(output, end="", flush=True)
    return int(any(half.returncode for half in halves))


def through(door: str, arguments: Sequence[str], home: str) -> int:
    """Run the targets with the work done in one place; return the exit status. home: where ansible-test is at home."""
    print(f"The work is done in the process of the {door}.", flush=True)
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    with copied() as collections:
        with tenant_of_emulator() as tenant:
            variables: dict[str, Any] = {
                f"auth0_{name}": tenant[name] for name in ("domain", "client_id", "client_secret")
            }
            variables |= {"auth0_emulator_url": tenant["url"], "auth0_direct": DOORS[door]}
            config = collections / PLACE / "tests" / "integration" / "integration_config.yml"
            config.touch(mode=0o600)
            config.write_text(json.dumps(variables))
            command = ["integration", "--local", "--python", python, "--continue-on-error", "-v", *arguments]
            output = Output(tenant["client_secret"])
            status = ansible_test(command, collections, home, output.edit)
        failures = [f"left behind by a target: {process}" for process in end_orphans()]
        if output.leaks:
            failures.append(f"{output.leaks} lines of the output show the secret")
        for failure in failures:
            print(f"FAILED: {failure}", file=sys.stderr)
    return status or int(bool(failures))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
