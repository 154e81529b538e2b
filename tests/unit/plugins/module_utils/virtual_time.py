# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Time for several threads that passes only while all of them wait."""

from __future__ import annotations

import heapq
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any


class VirtualTime:
    """A clock for threads that it starts itself. At its start it is that time, in seconds.

    What waits for a condition looks again every few milliseconds of this time.
    """

    def __init__(self, start: float = 1_000.0, look: float = 0.005) -> None:
        self._time = start
        self._look = look
        self._lock = threading.Lock()
        self._running = 0
        self._sleepers: list[tuple[float, int, threading.Event]] = []
        self._number = 0

    def now(self) -> float:
        return self._time

    def sleep(self, seconds: float) -> None:
        woken = threading.Event()
        with self._lock:
            self._number += 1
            heapq.heappush(self._sleepers, (self._time + seconds, self._number, woken))
            self._running -= 1
            self._wake_next()
        woken.wait()

    def wait(self, condition: threading.Condition, seconds: float) -> None:
        """As ``Condition.wait``, but whoever notifies is noticed a little later."""
        condition.release()
        try:
            self.sleep(min(seconds, self._look))
        finally:
            condition.acquire()

    def run(self, *works: Callable[[], Any]) -> list[Any]:
        """Do all works at the same time, a thread each, and return what they return."""
        self._running = len(works)
        with ThreadPoolExecutor(len(works)) as pool:
            return [done.result() for done in [pool.submit(self._ended, work) for work in works]]

    def _ended(self, work: Callable[[], Any]) -> Any:
        try:
            return work()
        finally:
            with self._lock:
                self._running -= 1
                self._wake_next()

    def _wake_next(self) -> None:
        if self._running == 0 and self._sleepers:
            self._time, dummy, woken = heapq.heappop(self._sleepers)
            self._running += 1
            woken.set()
