# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The benchmarks clean up after themselves, and measure all that a command starts."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

FILE = Path(__file__).resolve().parents[2] / "benchmarks" / "measuring.py"

#: Starts a process that has a session of its own, as Ansible's workers do, and tells its id.
PARENT = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)
print(child.pid, flush=True)
time.sleep(60)
"""


@pytest.fixture(scope="module")
def measuring() -> Any:
    spec = importlib.util.spec_from_file_location("measuring", FILE)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def is_running(pid: int) -> bool:
    """Whether there is a process that has not ended."""
    listed = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, check=False, text=True).stdout
    return bool(listed.strip()) and not listed.strip().startswith("Z")


def test_what_a_command_has_started_is_stopped_with_it_on_an_interrupt(measuring: Any, tmp_path: Path) -> None:
    printed = tmp_path / "printed"
    command = [sys.executable, "-c", PARENT]
    with (
        contextlib.suppress(SystemExit),
        printed.open("wb") as output,
        measuring.running(command, None, output.fileno()) as process,
    ):
        while not printed.read_text().endswith("\n"):
            assert process.poll() is None
            time.sleep(0.02)
        child = int(printed.read_text())
        assert is_running(child)
        raise SystemExit(130)
    assert process.poll() is not None
    deadline = time.monotonic() + 10
    while is_running(child) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not is_running(child)


def test_the_processor_time_of_all_processes_counts(measuring: Any, tmp_path: Path) -> None:
    busy = "import time\nwhile time.process_time() < 0.3: pass"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {busy!r}])"
    cost = measuring.cost_of([sys.executable, "-c", parent], dict(os.environ), tmp_path / "log", 60)
    assert cost.cpu >= 0.3


def test_a_command_that_fails_ends_the_benchmark_with_what_it_printed(measuring: Any, tmp_path: Path) -> None:
    command = [sys.executable, "-c", "raise SystemExit('no such tenant')"]
    with pytest.raises(SystemExit, match="status 1:\nno such tenant"):
        measuring.cost_of(command, dict(os.environ), tmp_path / "log", 60)


def test_a_command_that_takes_too_long_is_stopped(measuring: Any, tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import time; time.sleep(60)"]
    with pytest.raises(SystemExit, match="not done after 0 s"):
        measuring.cost_of(command, dict(os.environ), tmp_path / "log", 0.2)
