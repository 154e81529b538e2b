# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The demo keeps its promises, and its hands clean."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from .support import ROOT

DEMO = ROOT / "examples" / "demo" / "demo.py"


@contextlib.contextmanager
def started(directory: Path, *arguments: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """The demo, with a directory for temporary files that makes its processes known. It is ended at the end."""
    demo = subprocess.Popen(
        [sys.executable, str(DEMO), *arguments],
        env={**os.environ, "TMPDIR": str(directory), **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield demo
    finally:
        if demo.poll() is None:
            demo.terminate()  # on which it ends what it has started
            demo.communicate(timeout=60)


def commands() -> list[str]:
    """The command lines of all processes, and where /proc tells it, the directories that they run in."""
    if not Path("/proc/self/cmdline").exists():
        listed = subprocess.run(["ps", "-A", "-ww", "-o", "command="], capture_output=True, check=True, text=True)
        return listed.stdout.splitlines()
    found = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):  # the process has ended since
            command = os.fsdecode(file.read_bytes()).replace("\0", " ")
            found.append(f"{command} in {file.with_name('cwd').readlink()}")
    return found


def left(directory: Path) -> list[str]:
    """The processes whose command names the directory or that run in it, and what is in it."""
    deadline = time.monotonic() + 5
    while True:
        found = [command for command in commands() if str(directory) in command]
        found += [str(path) for path in directory.iterdir()]
        if not found or time.monotonic() > deadline:
            return found
        time.sleep(0.2)


def without_times_and_ports(text: str) -> list[str]:
    """The lines, but for what differs from run to run."""
    return [re.sub(r" *[0-9.]+ s\b|(?<=127\.0\.0\.1:)\d+", "", line).rstrip() for line in text.strip().splitlines()]


def test_demo_sets_up_three_tenants_as_the_readme_shows(tmp_path: Path) -> None:
    # A real tenant of the person who runs it must stay out of it.
    real = {
        "AUTH0_DOMAIN": "acme.eu.auth0.com",
        "AUTH0_CLIENT_ID": "mine",
        "AUTH0_CLIENT_SECRET": "mine-too-and-secret",
    }
    with started(tmp_path, **real) as demo:
        output, dummy = demo.communicate(timeout=600)
    assert demo.returncode == 0, output
    assert "Traceback" not in output
    assert "All as promised" in output
    assert "\033" not in output
    for tenant in ("dev", "staging", "prod"):
        assert f"{tenant:<8} created  API           https://orders.example.com" in output
        assert f"{tenant:<8} nothing to change" in output
        assert f"{tenant:<8} storefront   https://orders.example.com  read:orders write:orders" in output
    assert f"{'storefront':<12} PS256" in output
    assert "again  0        300         7" in output
    shown = re.search(r"^\$ make demo\n(.*?)^```", (ROOT / "README.md").read_text(), re.MULTILINE | re.DOTALL)
    assert shown
    transcript = without_times_and_ports(shown[1])
    assert without_times_and_ports(output)[: len(transcript)] == transcript
    (directory,) = tmp_path.iterdir()
    page = directory / "auth0-report.html"
    assert output.rstrip().endswith(f"for your browser: {page}")
    assert all(f">{tenant}</h2>" in page.read_text() for tenant in ("dev", "staging", "prod"))
    shutil.rmtree(directory)
    assert left(tmp_path) == []


@pytest.mark.parametrize(
    ("number", "after"),
    [
        (signal.SIGINT, ""),
        (signal.SIGTERM, "Starting three new tenants"),
        (signal.SIGHUP, "community.auth0.provision"),
        (signal.SIGINT, "Make the tenant what the variables declare]"),
    ],
)
def test_demo_leaves_nothing_behind_when_it_is_interrupted(number: signal.Signals, after: str, tmp_path: Path) -> None:
    with started(tmp_path, "--verbose") as demo:
        assert demo.stdout is not None
        seen = ""
        if not after:
            while not list(tmp_path.iterdir()):  # its temporary directory: from then on there is something to clean up
                assert demo.poll() is None
                time.sleep(0.01)
        while after not in seen:
            line = demo.stdout.readline()
            assert line, seen
            seen += line
        time.sleep(0.3)
        demo.send_signal(number)
        rest, dummy = demo.communicate(timeout=300)
    assert demo.returncode == 128 + number, seen + rest
    assert "Traceback" not in rest
    assert left(tmp_path) == []


def test_demo_stops_the_api_that_an_interrupted_playbook_leaves_running(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = importlib.util.spec_from_file_location("demo", DEMO)
    assert spec and spec.loader
    demo = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "demo", demo)
    spec.loader.exec_module(demo)
    api, ended = (subprocess.Popen(["sleep", seconds]) for seconds in ("300", "0"))
    ended.wait()
    for name, pid in (("running", api.pid), ("ended", ended.pid), ("beginning", "")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "api.pid").write_text(f"{pid}\n")
    demo.stop_api(tmp_path)
    # Ended is not enough: nothing that it does may come after the removal of its directory.
    assert api.poll() == -signal.SIGTERM

    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(300)"
    monkeypatch.setattr(demo, "SECONDS_TO_STOP", 0.1)
    with subprocess.Popen([sys.executable, "-c", deaf], stdout=subprocess.PIPE) as process:
        assert process.stdout and process.stdout.readline()
        (tmp_path / "running" / "api.pid").write_text(f"{process.pid}\n")
        demo.stop_api(tmp_path)
    assert process.returncode == -signal.SIGKILL


def test_demo_says_what_is_wrong_and_leaves_nothing_behind_when_it_fails(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    nowhere = str(tmp_path_factory.mktemp("no-collection"))
    with started(tmp_path, ANSIBLE_COLLECTIONS_PATH=nowhere, PYTHONPATH=nowhere) as demo:
        output, dummy = demo.communicate(timeout=600)
    assert demo.returncode == 1
    assert "The demo has failed: community.auth0.provision has ended with status" in output
    assert "community.auth0.provision could not be found" in output
    assert left(tmp_path) == []
