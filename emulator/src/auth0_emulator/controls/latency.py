# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How long an answer takes: nothing, a constant, or as the real servers were recorded to take."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass

Latency = Callable[[str, str], float]
"""Seconds to wait before answering a request of this method and path."""


@dataclass(frozen=True)
class Distribution:
    """A log-normal distribution with this median and 95th percentile, cut at the longest recorded (milliseconds)."""

    median: float
    p95: float
    longest: float

    def sample(self) -> float:
        """A latency in seconds."""
        sigma = math.log(self.p95 / self.median) / 1.645
        return min(self.longest, self.median * math.exp(random.gauss(0, sigma))) / 1000


TOKEN = Distribution(180, 512, 543)
RECORDED = {
    "GET": Distribution(339, 640, 35935),
    "POST": Distribution(473, 1107, 10267),
    "PATCH": Distribution(374, 608, 1106),
    "DELETE": Distribution(366, 529, 6769),
}


def constant(seconds: float) -> Latency:
    """The same for all."""
    return lambda method, path: seconds


NONE = constant(0)
"""No wait."""


def recorded(method: str, path: str) -> float:
    """As recorded for the method; the token endpoint is faster."""
    return (TOKEN if path == "/oauth/token" else RECORDED.get(method, RECORDED["GET"])).sample()
