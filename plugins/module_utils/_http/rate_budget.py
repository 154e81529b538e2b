# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""How many requests a tenant allows, as far as its answers say, and when the next one may start. Pure."""

from __future__ import annotations

import dataclasses
import math

from .limits import Limit

#: Below this limit a wait for the whole second of a reset would lose too much: requests are spaced evenly instead.
_TINY = 4
#: How much longer the space is than what the reset implies, so that a request that travels fast is not too early.
_SLACK = 1.02
#: Seconds between requests that use the reserve, where one comes just before a reset and the next just after it.
_APART = 0.5
#: After so many refusals the reset does not imply what was thought, and is waited for.
_MOST_REFUSALS = 3


class ServerClock:
    """What time it is at the server, from the header Date, which has whole seconds. Each answer narrows it down."""

    def __init__(self) -> None:
        self._least = -math.inf
        self._most = math.inf

    def learn(self, date: float, sent: float, received: float) -> None:
        """An answer had that Date, in epoch seconds. sent, received: by the clock here."""
        least, most = date - received, date + 1 - sent
        self._least, self._most = max(self._least, least), min(self._most, most)
        if self._least > self._most:  # a clock was set
            self._least, self._most = least, most

    def probably(self, moment: float) -> float:
        """The time here when it is probably that moment, in epoch seconds, at the server."""
        return moment - (self._least + self._most) / 2

    def surely(self, moment: float) -> float:
        """The time here when that moment is past at the server."""
        return moment - self._least


class Budget:
    """What is known of the requests that a tenant allows, all of one limit.

    reserve: the part of the limit that is left to others, from 0 to 0.9.
    """

    def __init__(self, reserve: float, clock: ServerClock) -> None:
        self._reserve = reserve
        self._clock = clock
        self._limit: Limit | None = None
        self._unlimited = False
        self._on_their_way = 0
        self._started = -math.inf
        self._received = -math.inf
        self._space = math.inf
        self._refusals = 0

    def opens(self, now: float) -> float | None:
        """When the next request may start; None for once an answer to one on its way has come.

        When all but the reserve is used, that is when more is allowed again. How much that is, the answer to a single
        request then says. What others use beyond the reserve stops nobody for good: one request follows each reset.
        """
        if self._unlimited:
            return now
        if self._limit is None:
            return self._alone(now)
        kept_back = math.floor(self._limit.limit * self._reserve)
        if self._limit.remaining - self._on_their_way > kept_back:
            return now
        tiny = self._limit.limit < _TINY
        if tiny and self._refusals < _MOST_REFUSALS and not kept_back:
            return max(now, self._started + self._space * _SLACK)
        # Half a second too late is nothing for a large limit, and half of what a tiny one allows.
        reset = (self._clock.probably if tiny else self._clock.surely)(self._limit.reset)
        opens = max(reset, self._started + _APART)
        return opens if opens > now else self._alone(now)

    def _alone(self, now: float) -> float | None:
        return None if self._on_their_way else now

    def start(self, now: float) -> None:
        """A request starts."""
        self._on_their_way += 1
        self._started = now

    def end(self) -> None:
        """A request has got its answer, or never will."""
        self._on_their_way -= 1

    def learn(self, said: Limit | None, date: float, sent: float, received: float, refused: bool) -> None:
        """An answer came. said: of this limit. date: that of the server, in epoch seconds. sent, received: here."""
        if said is None:
            self._unlimited = self._limit is None and not refused
            return
        self._unlimited = False
        if self._limit and sent < self._received:  # the one that overtook it may have been counted after it
            said = dataclasses.replace(said, remaining=min(said.remaining, self._limit.remaining))
        self._limit = said
        self._received = received
        self._space = min(self._space, max(said.reset - date, 1.0) / said.limit)
        self._refusals += refused
