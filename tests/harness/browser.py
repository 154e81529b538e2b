# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a browser tells the programs that read a page aloud: its accessibility tree, by Chromium's own protocol.

for node in read_aloud(Path("report.html"), "chromium", tmp_path):
    node.role, node.name                        # "table", "All tenants"
"""

from __future__ import annotations

import contextlib
import dataclasses
import fcntl
import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")


@dataclasses.dataclass(frozen=True)
class Node:
    """A node of the tree that is not hidden."""

    role: str
    name: str


def read_aloud(file: Path, browser: str, directory: Path) -> list[Node]:
    """The nodes of a page, without what is folded. directory: for the browser's own files."""
    with _started(browser, directory) as talk:
        target = talk.call("Target.createTarget", url="about:blank")["targetId"]
        talk.session = talk.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        talk.call("Page.enable")
        talk.call("Page.navigate", url=file.as_uri())
        talk.wait_for("Page.loadEventFired")
        nodes = talk.call("Accessibility.getFullAXTree")["nodes"]
        talk.session = None
        talk.call("Browser.close")
    return [
        Node(node["role"]["value"], str(node.get("name", {}).get("value", ""))) for node in nodes if not node["ignored"]
    ]


@contextlib.contextmanager
def _started(browser: str, directory: Path) -> Iterator[_Talk]:
    """A browser that listens at its descriptor 3 and answers at 4."""
    (heard, said), (answered, answers) = os.pipe(), os.pipe()

    def put_in_place() -> None:
        # By way of higher ones, since one of these may be 3 or 4 itself.
        ends = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in (heard, answers)]
        for place, end in enumerate(ends, 3):
            os.dup2(end, place)

    with open(said, "wb", buffering=0) as write, open(answered, "rb") as read:
        process = subprocess.Popen(
            [browser, *FLAGS, f"--user-data-dir={directory / 'profile'}", "--remote-debugging-pipe", "about:blank"],
            preexec_fn=put_in_place,
            pass_fds=(3, 4),
            env={**os.environ, "HOME": str(directory)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(heard)
        os.close(answers)
        try:
            yield _Talk(write, read)
            process.wait(60)
        finally:
            process.kill()
            process.wait()


class _Talk:
    """Calls and their answers, each ended by a zero byte. session: the page that calls are about."""

    def __init__(self, write: Any, read: Any) -> None:
        self._write = write
        self._read = read
        self._calls = 0
        self._events: list[str] = []
        self._heard = b""
        self.session: str | None = None

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        self._calls += 1
        about = {"sessionId": self.session} if self.session else {}
        self._write.write(json.dumps({"id": self._calls, "method": method, "params": params, **about}).encode() + b"\0")
        while (told := self._next()).get("id") != self._calls:
            self._events.append(str(told.get("method")))
        assert "result" in told, told
        result: dict[str, Any] = told["result"]
        return result

    def wait_for(self, event: str) -> None:
        while event not in self._events:
            self._events.append(str(self._next().get("method")))

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._heard:
            more = self._read.read1()
            assert more, "the browser has ended"
            self._heard += more
        text, dummy, self._heard = self._heard.partition(b"\0")
        told: dict[str, Any] = json.loads(text)
        return told
