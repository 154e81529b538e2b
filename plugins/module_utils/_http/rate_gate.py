# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""The gate through which all requests to a tenant pass: no faster than its limits allow, nor than the task wants."""

from __future__ import annotations

import contextlib
import dataclasses
import math
import random
import threading
import time
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions, Refused

from .exchange import LONGEST_WAIT
from .limits import epoch_seconds, limit_of, seconds_to_reset
from .rate_budget import Budget, ServerClock

#: The largest part of a limit that can be left to others.
MOST_RESERVE = 0.9
_MANAGEMENT_API = "/api/v2/"

#: Gets the status and the headers of the answer to a request.
Answered = t.Callable[[int, t.Mapping[str, str]], None]


@dataclasses.dataclass(frozen=True)
class GateCounts:
    """requests: how many have passed. waited: seconds in which at least one had to wait. refused: 429s among them."""

    requests: int = 0
    waited: float = 0.0
    refused: int = 0


#: Seconds of waiting that are told, and after which to tell again how long it takes.
_TOLD, _NAP = 2.0, 1.0


def _wait(condition: threading.Condition, seconds: float) -> None:
    condition.wait(seconds)


class RateGate:
    """One for all requests of a run to a tenant, whichever thread sends them.

    rate_limit: how many requests may start in a second; None for any number. They are spaced evenly.
    rate_reserve: which part of the tenant's own limits, as its answers say, is left to others, from 0 to 0.9.
    monotonic, epoch: the clocks (seconds), the second one only for a server whose answers have no date.
    wait: waits for the condition, at most so many seconds. jitter: a random number from 0 to 1.
    tell: gets the seconds for which requests have to wait still, now and then; None where nobody wants to know.
    Raises InvalidOptions for numbers that make no sense.
    """

    def __init__(
        self,
        rate_limit: float | None = None,
        rate_reserve: float = 0.25,
        monotonic: t.Callable[[], float] = time.monotonic,
        epoch: t.Callable[[], float] = time.time,
        wait: t.Callable[[threading.Condition, float], None] = _wait,
        jitter: t.Callable[[], float] = random.random,
        tell: t.Callable[[float], None] | None = None,
    ) -> None:
        if rate_limit is not None and not 0.01 <= rate_limit <= 10_000:
            raise InvalidOptions(
                "rate_limit: %s is not from 0.01 to 10000 requests per second. Leave it out for no limit." % rate_limit
            )
        if not 0 <= rate_reserve <= MOST_RESERVE:
            raise InvalidOptions("rate_reserve: %s is not from 0 to %s." % (rate_reserve, MOST_RESERVE))
        self._space = 1 / rate_limit if rate_limit else 0.0
        self._reserve = rate_reserve
        self._monotonic = monotonic
        self._epoch = epoch
        self._wait = wait
        self._jitter = jitter
        self._tell = tell
        self._shut = False
        self._condition = threading.Condition()
        self._next_start = -math.inf
        self._counts = GateCounts()
        self._waiting = 0
        self._waiting_since = 0.0
        self._apis = {True: _Api(rate_reserve), False: _Api(rate_reserve)}

    @property
    def counts(self) -> GateCounts:
        """What has passed by now."""
        with self._condition:
            return self._counts

    def shut(self) -> None:
        """Let nothing pass any more: neither what waits nor what comes."""
        with self._condition:
            self._shut = True
            self._condition.notify_all()

    @contextlib.contextmanager
    def turn(self, method: str, path: str) -> t.Iterator[Answered]:
        """Waits until a request may start, and lasts until it is answered; gives what to call with the answer.

        Raises Refused once the gate is shut.
        """
        api = self._apis[path.startswith(_MANAGEMENT_API)]
        endpoint = _endpoint(method, path)
        with self._condition:
            budget, sent = self._passed(api, endpoint)

        def answered(status: int, headers: t.Mapping[str, str]) -> None:
            with self._condition:
                self._learn(api, endpoint, budget, sent, status, headers)

        try:
            yield answered
        finally:
            with self._condition:
                budget.end()
                self._condition.notify_all()

    def _passed(self, api: _Api, endpoint: str) -> tuple[Budget, float]:
        """Waits until a request may start. Returns the budget that it uses, and when it started. Raises Refused."""
        now = self._monotonic()
        waits = False
        while True:
            budget = api.budget(endpoint)
            opens = budget.opens(now)
            at = math.inf if opens is None else max(opens, api.held_until, self._next_start)
            if at <= now or self._shut:
                break
            if not waits:
                waits = True
                self._begin_waiting(now)
            wait = min(at - now, LONGEST_WAIT)
            if self._tell and _TOLD <= at - now < math.inf:
                self._tell(at - now)
                wait = _NAP
            self._wait(self._condition, wait)
            now = self._monotonic()
        if waits:
            self._end_waiting(now)
        if self._shut:
            raise Refused("Nothing is sent any more: the task has ended.", "ended")
        # A start that was late by less than a space does not make the next one late.
        late = now - self._next_start
        self._next_start = (self._next_start if late < self._space else now) + self._space
        budget.start(now)
        self._counts = dataclasses.replace(self._counts, requests=self._counts.requests + 1)
        return budget, now

    def _begin_waiting(self, now: float) -> None:
        if not self._waiting:
            self._waiting_since = now
        self._waiting += 1

    def _end_waiting(self, now: float) -> None:
        self._waiting -= 1
        if not self._waiting:
            waited = self._counts.waited + now - self._waiting_since
            self._counts = dataclasses.replace(self._counts, waited=waited)

    def _learn(
        self, api: _Api, endpoint: str, budget: Budget, sent: float, status: int, headers: t.Mapping[str, str]
    ) -> None:
        now = self._monotonic()
        date = epoch_seconds(headers.get("Date"))
        if date is None:
            date = self._epoch()
        api.clock.learn(date, sent, now)
        refused = status == 429
        said = limit_of(headers)
        if said:
            budget = api.counted(endpoint, said.limit)
        budget.learn(said, date, sent, now, refused)
        if refused:
            self._counts = dataclasses.replace(self._counts, refused=self._counts.refused + 1)
            self._hold(api, now, headers)

    def _hold(self, api: _Api, now: float, headers: t.Mapping[str, str]) -> None:
        """Nobody asks again before a limit resets that has refused one; unless that is far, so that each hears it."""
        resets_in = seconds_to_reset(headers, self._epoch())
        if resets_in is not None and resets_in > LONGEST_WAIT:
            return
        said = limit_of(headers)
        if said and "Retry-After" not in headers:
            resets_in = min(api.clock.surely(said.reset) - now, LONGEST_WAIT)
        wait = max(1.0 if resets_in is None else resets_in, 0.2) * (1 + 0.1 * self._jitter())
        api.held_until = max(api.held_until, now + wait)


class _Api:
    """One of the two APIs of a tenant, which have limits of their own (documented), some for a few endpoints only.

    Endpoints that share a limit are recognised by its size: by how many requests at once it allows.
    """

    def __init__(self, reserve: float) -> None:
        self.clock = ServerClock()
        self.held_until = -math.inf
        self._reserve = reserve
        self._budgets: dict[int, Budget] = {}
        self._limits: dict[str, int] = {}
        self._unknown = Budget(reserve, self.clock)

    def budget(self, endpoint: str) -> Budget:
        """The budget that a request uses, as far as that is known: probably the one that all use."""
        known = self._limits.get(endpoint)
        if known is None:
            known = next(reversed(self._budgets), None)
        return self._unknown if known is None else self._budgets[known]

    def counted(self, endpoint: str, limit: int) -> Budget:
        """The budget of that limit, which has counted a request."""
        self._limits[endpoint] = limit
        return self._budgets.setdefault(limit, Budget(self._reserve, self.clock))


def _endpoint(method: str, path: str) -> str:
    """What requests have in common that may share a limit: the names in the path, not the ids."""
    parts = path.removeprefix(_MANAGEMENT_API).split("/")
    return " ".join([method, *(part if number % 2 == 0 else "" for number, part in enumerate(parts))])
