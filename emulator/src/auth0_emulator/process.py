# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The emulator as a process of its own, started and stopped from Python: for tests, demonstrations and measurements.

    with process.running(directory, "dev", "prod") as emulator:
        url = emulator.tenants["dev"]["url"]

It needs nothing but the standard library.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

PATIENCE = 60.0
"""Seconds that starting or stopping may take, on a machine that does much else."""


class NotStarted(Exception):
    """The emulator has ended, or not begun to listen in time; the message has what it printed."""


class Emulator:
    """A running emulator.

    directory: where its ready file goes. options: of the command, as ``--help`` lists them. ready: whether it writes a
    ready file. output: the directory for what it prints, where that is not the same. environment: of the process; this
    one's where there is none.
    """

    def __init__(
        self,
        directory: Path,
        *options: str,
        ready: bool = True,
        output: Path | None = None,
        environment: dict[str, str] | None = None,
    ) -> None:
        self.ready_file = directory / "ready.json"
        self._output = tuple((output or directory) / name for name in ("emulator.out", "emulator.err"))
        command = command_line(*options, ready_file=self.ready_file if ready else None)
        with self._output[0].open("wb") as out, self._output[1].open("wb") as err:
            self.process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=err)

    def wait(self) -> dict[str, Any]:
        """The content of the ready file, when it is there. Raises NotStarted."""
        return wait_until_ready(self.process, self.ready_file, self._output)

    @property
    def tenants(self) -> dict[str, dict[str, str]]:
        """The rows of the ready file, by the tenant's name. Raises NotStarted."""
        return {row["name"]: row for row in self.wait()["tenants"]}

    def printed(self) -> tuple[str, str]:
        """What it has printed by now, on stdout and on stderr."""
        out, err = (path.read_text(errors="replace") for path in self._output)
        return out, err

    def stop(self, number: int = signal.SIGTERM) -> int:
        """End it by a signal, unless it has ended; its exit status."""
        if self.process.poll() is None:
            os.kill(self.process.pid, number)
        self.finish()
        return self.process.returncode

    def finish(self) -> tuple[str, str]:
        """What it printed, when it has ended. What does not end in time is killed; raises TimeoutExpired then."""
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise
        return self.printed()


@contextlib.contextmanager
def running(
    directory: Path, *tenants: str, options: Sequence[str] = (), environment: dict[str, str] | None = None
) -> Iterator[Emulator]:
    """An emulator with these tenants (NAME or NAME:PORT) when they listen; stopped at the end. Raises NotStarted."""
    named = [option for tenant in tenants for option in ("--tenant", tenant)]
    emulator = Emulator(directory, *named, *options, environment=environment)
    try:
        emulator.wait()
        yield emulator
    finally:
        emulator.stop()


def command_line(*options: str, ready_file: Path | None = None) -> list[str]:
    """What starts the emulator, with the Python that runs this."""
    ready = [] if ready_file is None else ["--ready-file", str(ready_file)]
    return [sys.executable, "-m", "auth0_emulator", *options, *ready]


def wait_until_ready(
    process: subprocess.Popen[bytes], ready_file: Path, output: Sequence[Path] = (), patience: float = PATIENCE
) -> dict[str, Any]:
    """The content of a process's ready file, when it is there.

    output: files that it prints to, shown when it does not start. patience: seconds. Raises NotStarted.
    """
    deadline = time.monotonic() + patience
    while True:
        # It appears at once and whole, but may be gone again with the process.
        with contextlib.suppress(FileNotFoundError):
            ready: dict[str, Any] = json.loads(ready_file.read_text())
            return ready
        ended = process.poll() is not None
        if ended or time.monotonic() > deadline:
            printed = "".join(path.read_text(errors="replace") for path in output)
            why = f"has ended with status {process.returncode}" if ended else f"was not ready after {patience:.0f} s"
            raise NotStarted(f"the emulator {why}: {printed}".rstrip(": "))
        time.sleep(0.02)
