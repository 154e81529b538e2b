# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""How far long work is, reported now and then. Pure."""

from __future__ import annotations

import threading
import time
import typing as t

#: How far a task is: how many are done, of how many (None where that is not known), and what it is about, in words.
#: None done of an unknown number: as far as before.
Report = t.Callable[[int, "int | None", str], None]

#: Characters of a bar.
_BAR = 20


def unreported(done: int, total: int | None, words: str) -> None:
    """Say nothing, as where nobody can read it."""


class Reports:
    """Writes how far a task is, never more often than there is something to see. Several threads may use it.

    write: gets a line. as_bar: whether lines are drawn as a bar, each in the place of the one before, and an empty one
    at the end. every: seconds between two lines; the first one comes when the task has taken that long.
    now: a clock, in seconds.
    """

    def __init__(
        self, write: t.Callable[[str], None], as_bar: bool, every: float, now: t.Callable[[], float] = time.monotonic
    ) -> None:
        self._write = write
        self._as_bar = as_bar
        self._every = every
        self._now = now
        self._last = now()
        self._lock = threading.Lock()
        self._known: tuple[int, int | None] = (0, None)

    def __call__(self, done: int, total: int | None, words: str) -> None:
        """Tell how far the task is, if it is time to."""
        with self._lock:
            if total is not None:
                self._known = (done, total)
            elif not done:
                done, total = self._known
            if self._now() - self._last >= self._every:
                self._last = self._now()
                self._write(line(done, total, words, self._as_bar))

    def end(self) -> None:
        """Take away what was drawn, by whomever, so that nothing of it stays beside what is written next."""
        if self._as_bar:
            self._write("")


def line(done: int, total: int | None, words: str, as_bar: bool = False) -> str:
    """How far a task is, in one line."""
    words = " ".join(words.split())
    if total is None:
        return "%s, %d so far" % (words, done) if done else words
    drawn = ""
    if as_bar:
        full = min(_BAR, _BAR * done // total) if total > 0 else _BAR
        drawn = "[%s%s] " % ("#" * full, "." * (_BAR - full))
    return "%s%d of %d, %s" % (drawn, done, total, words)
