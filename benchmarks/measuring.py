# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a command and all that it starts cost, and its end, however that comes."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import re
import resource
import signal
import subprocess
import threading
import time
import types
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SECONDS_TO_STOP = 10
SECONDS_BETWEEN_LOOKS = 0.25
SHOWN = 3000
"""Characters of the output of a command that failed."""


@dataclasses.dataclass(frozen=True)
class Cost:
    """cpu: seconds of processor time of all processes. wall: seconds. megabytes: the most that they had together.

    Pages that processes share count once. Where the system does not tell memory by process, megabytes is None.
    """

    cpu: float
    wall: float
    megabytes: float | None


def cost_of(command: Sequence[str], environment: Mapping[str, str], log: Path, patience: float) -> Cost:
    """Run a command to its end. log: a file for what it prints. patience: seconds.

    Raises SystemExit with what it printed when it fails or takes longer.
    """
    before, started = _cpu(), time.monotonic()
    with log.open("wb") as output, running(command, environment, output.fileno()) as process:
        with _memory_of(process.pid) as peak:
            try:
                status = process.wait(patience)
            except subprocess.TimeoutExpired:
                raise SystemExit(f"{' '.join(command)}: not done after {patience:.0f} s") from None
        wall = time.monotonic() - started
    if status:
        printed = log.read_text(errors="replace")[-SHOWN:]
        raise SystemExit(f"{' '.join(command)} has ended with status {status}:\n{printed}")
    return Cost(_cpu() - before, wall, max(peak) if any(peak) else None)


def _cpu() -> float:
    """Processor time of all processes that were started from here and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@contextlib.contextmanager
def running(
    command: Sequence[str], environment: Mapping[str, str] | None, output: int
) -> Iterator[subprocess.Popen[bytes]]:
    """A command in a session of its own, so that Ctrl-C reaches only this process, which stops it at the end."""
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)  # nothing may come between starting it and knowing it
    try:
        process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_unblock_signals,
        )
        stack = contextlib.ExitStack()
        stack.callback(_stop, process)
        with stack:
            _unblock_signals()
            yield process
    finally:
        _unblock_signals()


def end_on_signals() -> None:
    """Let a signal end this program with SystemExit, once, so that all that it has started is stopped undisturbed."""

    def end(number: int, dummy: types.FrameType | None) -> NoReturn:
        for one in SIGNALS:
            signal.signal(one, signal.SIG_IGN)
        raise SystemExit(128 + number)

    for number in SIGNALS:
        signal.signal(number, end)


def _unblock_signals() -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a process that still runs, and what it has started: Ansible's workers have sessions of their own."""
    if process.poll() is not None:
        return
    begun = descendants(process.pid)
    process.send_signal(signal.SIGINT)  # on SIGTERM, Ansible leaves files of its own behind
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(SECONDS_TO_STOP)
    for pid in begun:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.kill()
    process.wait()


def descendants(pid: int) -> list[int]:
    """The processes that a process has started, and those that they have: from /proc where that is, else from ps."""
    children: dict[int, list[int]] = {}
    for child, parent in _processes():
        children.setdefault(parent, []).append(child)
    found, new = [], [pid]
    while new:
        new = [child for parent in new for child in children.get(parent, [])]
        found.extend(new)
    return found


def _processes() -> list[tuple[int, int]]:
    """All processes, each with its parent."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            # pid (name) state parent ...; a name may have spaces and parentheses.
            fields = status.read_text(errors="replace").rpartition(")")[2].split()
            found.append((int(status.parent.name), int(fields[1])))
    if not found:
        listing = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, check=True, text=True).stdout
        found = [(int(child), int(parent)) for child, parent in map(str.split, listing.splitlines())]
    return found


@contextlib.contextmanager
def _memory_of(pid: int) -> Iterator[list[float]]:
    """Look at the memory of a process and all that it starts, now and then; the list gets what was found."""
    found: list[float] = []
    over = threading.Event()

    def look() -> None:
        while not over.wait(SECONDS_BETWEEN_LOOKS):
            found.append(sum(map(_megabytes, [pid, *descendants(pid)])))

    looking = threading.Thread(target=look)
    if Path("/proc/self/smaps_rollup").exists():
        looking.start()
    try:
        yield found
    finally:
        over.set()
        if looking.ident:
            looking.join()


def _megabytes(pid: int) -> float:
    """The memory of a process; what it shares with others, by its share."""
    with contextlib.suppress(OSError):  # it has ended meanwhile
        share = re.search(r"^Pss: +(\d+) kB", Path("/proc", str(pid), "smaps_rollup").read_text(), re.MULTILINE)
        return int(share[1]) / 1024 if share else 0.0
    return 0.0
