# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The time of a tenant, so that a test can let it pass without waiting."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], float]
"""Seconds since the epoch."""

WALL: Clock = time.time
"""The time of this machine."""


def written(date: datetime) -> str:
    """A date as Auth0's JSON has it: in UTC, with milliseconds and a Z (recorded)."""
    return date.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def written_to_the_second(date: datetime) -> str:
    """A date as what Auth0 has from those who certify domains: without fractions of a second (recorded)."""
    return date.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def written_exactly(date: datetime) -> str:
    """A date as newer parts of Auth0 have it: with microseconds, without zeros at the end (recorded)."""
    exact = date.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00")
    return exact.rstrip("0").rstrip(".") + "Z"


def moment(clock: Clock) -> datetime:
    """The time of a clock as a date, in UTC."""
    return datetime.fromtimestamp(clock(), UTC)
