# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A time for one thread."""

from __future__ import annotations

from collections.abc import Callable


class Clock:
    """A clock that only moves when somebody sleeps. slept: for how long, each time."""

    def __init__(self, now: float = 1_700_000_000.0, on_sleep: Callable[[], object] = lambda: None) -> None:
        self.time = now
        self.slept: list[float] = []
        self._on_sleep = on_sleep

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds
        self._on_sleep()
