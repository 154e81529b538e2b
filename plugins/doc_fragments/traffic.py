# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """The options that say how much a module that reads whole lists may ask of a tenant at a time."""

    DOCUMENTATION = r"""
options:
  concurrency:
    description: How many requests are on their way at a time, each over a connection of its own.
    type: int
    default: 4
  rate_limit:
    description: The most requests a second that this task sends to the tenant. Without it, only the tenant's own limit
      counts.
    type: float
  rate_reserve:
    description: The share of the tenant's rate limit that is left to others, as Auth0's answers report the limit. When
      no more than that is left, the task waits until the limit resets.
    type: float
    default: 0.25
"""
