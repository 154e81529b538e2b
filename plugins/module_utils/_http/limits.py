# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""What the headers of an answer say about a rate limit. Pure."""

from __future__ import annotations

import dataclasses
import email.utils
import typing as t


@dataclasses.dataclass(frozen=True)
class Limit:
    """What a tenant says of one limit. limit: requests at once. remaining: how many of them are left.

    reset: epoch seconds of the server, from which on more are allowed (documented).
    """

    limit: int
    remaining: int
    reset: float


def limit_of(headers: t.Mapping[str, str]) -> Limit | None:
    """What the three headers say that Auth0 puts on every answer (recorded); None without all of them."""
    names = ("x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset")
    limit, remaining, reset = (_number(headers.get(name)) for name in names)
    if limit is None or limit < 1 or remaining is None or reset is None:
        return None
    return Limit(int(limit), int(remaining), reset)


def seconds_to_reset(headers: t.Mapping[str, str], now: float) -> float | None:
    """The seconds until a limit resets; None where the answer does not say.

    Retry-After is in seconds, x-ratelimit-reset in epoch seconds of the server (documented), whose clock is the one of
    the header Date. now: the epoch seconds here, in case there is none.
    """
    wait = _number(headers.get("Retry-After"))
    if wait is None:
        reset = _number(headers.get("x-ratelimit-reset"))
        wait = None if reset is None else reset - (epoch_seconds(headers.get("Date")) or now)
    return None if wait is None else max(wait, 0.0)


def _number(value: str | None) -> float | None:
    """The number of seconds in a header; None without any that makes sense."""
    try:
        seconds = float(value or "")
    except ValueError:
        return None
    return seconds if 0 <= seconds < 1e11 else None


def epoch_seconds(date: str | None) -> float | None:
    """The point in time in the header Date."""
    try:
        return email.utils.parsedate_to_datetime(date or "").timestamp()
    except (ValueError, OverflowError):
        return None
