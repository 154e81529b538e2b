# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Quotas of tokens: how many a client and an organization may get in an hour and in a day.

Documented: the quotas of both are looked at together, hours and days are those of UTC, a quota is enforced unless it
says otherwise, answers say what is left of those that apply, and the tenant's settings hold defaults. Unverified are
the wording for an organization, and that tokens for the Management API count like others.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

from auth0_emulator.schema.errors import AnsweredError, oauth_error

from .clock import WALL, Clock
from .store import Thing

WINDOWS = {"per_hour": 3600, "per_day": 86400}


@dataclass
class Count:
    """The tokens of one owner in one hour or day. window: which one, counted from the epoch."""

    window: int = 0
    used: int = 0


@dataclass(frozen=True)
class Allotment:
    """One quota of one owner at one moment. resets: seconds until it does."""

    name: str
    limit: int
    enforced: bool
    resets: int
    count: Count

    @property
    def remaining(self) -> int:
        """How many tokens are left."""
        return max(0, self.limit - self.count.used)

    def __str__(self) -> str:
        return f"b={self.name};q={self.limit};r={self.remaining};t={self.resets}"


@dataclass
class TokenQuotas:
    """What a tenant's clients and organizations have used of their quotas."""

    clock: Clock = WALL
    _counts: dict[tuple[str, str, str], Count] = field(default_factory=dict)

    def take(self, client: Thing, organization: Thing | None, defaults: Thing | None = None) -> dict[str, str]:
        """Count one token, if there may be one; the headers that tell what is left of the quotas that apply.

        defaults: the quotas of clients and of organizations that have none of their own (documented).
        Raises the 429 of a quota that is used up and enforced. A refused request is not counted (unverified).
        """
        now, general = self.clock(), defaults or {}
        owners = {"Client": list(self._allotments("client_id", client, general.get("clients"), now))}
        if organization is not None:
            owners["Organization"] = list(self._allotments("id", organization, general.get("organizations"), now))
        for owner, allotments in owners.items():
            exceeded = [allotment for allotment in allotments if allotment.enforced and not allotment.remaining]
            if exceeded:
                raise _refusal(owner, allotments, max(exceeded, key=lambda allotment: allotment.resets), now)
        for allotments in owners.values():
            for allotment in allotments:
                allotment.count.used += 1
        return {_header(owner): _value(allotments) for owner, allotments in owners.items() if allotments}

    def _allotments(self, id_field: str, owner: Thing, default: Thing | None, now: float) -> Iterator[Allotment]:
        quota = (owner.get("token_quota") or default or {}).get("client_credentials", {})
        for name, seconds in WINDOWS.items():
            if name in quota:
                window, into = divmod(now, seconds)
                count = self._counts.setdefault((id_field, owner[id_field], name), Count())
                if count.window != int(window):
                    count.window, count.used = int(window), 0
                yield Allotment(name, quota[name], quota.get("enforce", True), math.ceil(seconds - into), count)


def _header(owner: str) -> str:
    return f"Auth0-{owner}-Quota-Limit"


def _value(allotments: list[Allotment]) -> str:
    return ",".join(map(str, allotments))


def _refusal(owner: str, allotments: list[Allotment], exceeded: Allotment, now: float) -> AnsweredError:
    """The 429: the wording for a client and the headers are documented."""
    headers = {
        _header(owner): _value(allotments),
        "x-ratelimit-limit": str(exceeded.limit),
        "x-ratelimit-remaining": "0",
        "x-ratelimit-reset": str(math.ceil(now) + exceeded.resets),
        "Retry-After": str(exceeded.resets),
    }
    return oauth_error(429, "too_many_requests", f"{owner} quota exceeded", headers=headers)
