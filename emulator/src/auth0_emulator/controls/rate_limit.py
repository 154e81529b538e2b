# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rate limits: a token bucket per tenant."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from urllib.parse import parse_qs

from auth0_emulator.state.clock import WALL, Clock

_GLOBAL = "Global limit has been reached"
_ENDPOINT = "Endpoint limit has been reached"
"""The wording of the two refusals (recorded)."""


@dataclass(frozen=True)
class Rate:
    """So many requests at once, and so many per second after that."""

    burst: int
    per_second: float


@dataclass(frozen=True)
class Allowance:
    """The outcome for one request, and the headers that tell it."""

    allowed: bool
    limit: int
    remaining: int
    reset: int
    """Epoch seconds when a request is possible again, as ``x-ratelimit-reset`` (recorded: whole seconds)."""
    message: str
    """What a refusal says."""

    def headers(self) -> dict[str, str]:
        """The three headers that are on every answer (recorded)."""
        return {
            "x-ratelimit-limit": str(self.limit),
            "x-ratelimit-remaining": str(self.remaining),
            "x-ratelimit-reset": str(self.reset),
        }


class Bucket:
    """One tenant's tokens."""

    def __init__(self, rate: Rate, message: str, clock: Clock = WALL) -> None:
        self._rate = rate
        self._message = message
        self._clock = clock
        self._tokens = float(rate.burst)
        self._filled = clock()

    def take(self) -> Allowance:
        """Use one token, if there is one."""
        now = self._clock()
        self._tokens = min(self._rate.burst, self._tokens + max(0.0, now - self._filled) * self._rate.per_second)
        self._filled = now
        allowed = self._tokens >= 1
        if allowed:
            self._tokens -= 1
        wait = max(0.0, 1 - self._tokens) / self._rate.per_second
        return Allowance(allowed, self._rate.burst, int(self._tokens), math.ceil(now + wait), self._message)


@dataclass(frozen=True)
class Group:
    """Endpoints that share a limit of their own."""

    methods: tuple[str, ...]
    path: str
    rate: Rate
    parameter: str = ""
    """Only requests that carry this query parameter."""

    def holds(self, method: str, path: str, query: str) -> bool:
        """Whether a request belongs to the group."""
        if self.parameter and self.parameter not in parse_qs(query, keep_blank_values=True):
            return False
        return method in self.methods and re.fullmatch(self.path, path) is not None


@dataclass(frozen=True)
class Plan:
    """The limits of a tenant; both APIs have limits of their own (documented)."""

    management: Rate
    authentication: Rate
    groups: tuple[Group, ...] = ()


def per_minute(burst: int, number: int) -> Rate:
    """So many at once, so many a minute."""
    return Rate(burst, number / 60)


_ORGANIZATION_GRANTS = r"/api/v2/organizations/[^/]+/client-grants(/[^/]+)?"
_SEARCH = Group(("GET",), r"/api/v2/clients", per_minute(5, 150), parameter="q")

_KEYS = Group(("GET",), r"/\.well-known/jwks\.json", Rate(20, 20))

PLANS = {
    "free": Plan(Rate(2, 2), Rate(30, 30), (_KEYS,)),
    "essentials": Plan(
        per_minute(10, 150),
        Rate(25, 25),
        (
            _SEARCH,
            Group(("GET",), r"/api/v2/clients", per_minute(5, 100)),
            Group(("GET",), _ORGANIZATION_GRANTS, per_minute(10, 100)),
            Group(("POST", "DELETE"), _ORGANIZATION_GRANTS, per_minute(5, 150)),
        ),
    ),
    "enterprise": Plan(Rate(50, 16), Rate(100, 100), (_SEARCH,)),
}
"""The documented limits; those of the authentication API are given per second, their burst is our choice."""


class Limits:
    """The buckets of one tenant. Without a plan nothing is refused."""

    def __init__(self, plan: Plan | None, clock: Clock = WALL) -> None:
        self._clock = clock
        self._plan = plan
        if plan is not None:
            self._management = Bucket(plan.management, _GLOBAL, clock)
            self._authentication = Bucket(plan.authentication, _GLOBAL, clock)
            self._groups = [(group, Bucket(group.rate, _ENDPOINT, clock)) for group in plan.groups]

    def take(self, method: str, path: str, query: str = "") -> Allowance:
        """Use one token of the bucket that counts this request.

        Without a plan the numbers are those of a tenant at rest (recorded: 50, 49, one second on).
        """
        if self._plan is None:
            return Allowance(True, 50, 49, int(self._clock()) + 1, _GLOBAL)
        buckets = (bucket for group, bucket in self._groups if group.holds(method, path, query))
        general = self._management if path.startswith("/api/v2/") else self._authentication
        return next(buckets, general).take()
