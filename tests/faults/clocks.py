# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The clock of a tenant in the place of the machine's, wherever the collection looks at one or waits."""

from __future__ import annotations

import contextlib
import datetime
import inspect
import sys
import threading
import time
import types
from collections.abc import Callable, Iterator
from typing import Any
from unittest import mock

from ansible_collections.community.auth0.plugins.module_utils._http import rate_gate, transport
from ansible_collections.community.auth0.plugins.module_utils._task import runner
from ansible_collections.community.auth0.tests.harness.in_process import Clock

_COLLECTION = "ansible_collections.community.auth0.plugins."


@contextlib.contextmanager
def clocked(clock: Clock) -> Iterator[None]:
    """Nothing waits in here: a sleep moves the clock. No request has a thread, since each is answered at once.

    All modules of the collection must have been imported.
    """

    def wait(dummy: threading.Condition, seconds: float) -> None:
        clock.advance(seconds)

    replaced = {time.sleep: clock.advance, time.time: clock, time.monotonic: clock, rate_gate._wait: wait}

    class Moments(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> datetime.datetime:
            return datetime.datetime.fromtimestamp(clock(), tz)

    fake = types.SimpleNamespace(datetime=Moments, UTC=datetime.UTC, timedelta=datetime.timedelta)
    with contextlib.ExitStack() as used:
        for function in list(_functions()):
            defaults = function.__defaults__ or ()
            if any(map(replaced.__contains__, filter(callable, defaults))):
                used.callback(setattr, function, "__defaults__", defaults)
                function.__defaults__ = tuple(
                    replaced.get(value, value) if callable(value) else value for value in defaults
                )
        used.enter_context(mock.patch("time.sleep", clock.advance))
        used.enter_context(mock.patch.object(runner, "datetime", fake))
        used.enter_context(
            mock.patch.object(transport, "threading", types.SimpleNamespace(Thread=_Inline, Lock=threading.Lock))
        )
        yield


class _Inline:
    """A thread that has done its work by the time it is started."""

    def __init__(self, target: Callable[[], object], daemon: bool) -> None:
        self.start = target


def _functions() -> Iterator[types.FunctionType]:
    """The functions and methods of the collection, each once."""
    for name, module in list(sys.modules.items()):
        if name.startswith(_COLLECTION):
            for value in list(vars(module).values()):
                if getattr(value, "__module__", None) == name:
                    yield from _of(value)


def _of(value: Any) -> Iterator[types.FunctionType]:
    found: Callable[[Any], bool] = inspect.isfunction
    if found(value):
        yield value
    elif inspect.isclass(value):
        yield from (one for one in vars(value).values() if found(one))
