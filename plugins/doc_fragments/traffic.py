# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """The options that say how much a module that reads whole lists may ask of a tenant at a time."""

    DOCUMENTATION = r"""
options:
  concurrency:
    description: How many requests to send at the same time, each over its own connection.
    type: int
    default: 4
  rate_limit:
    description: How many requests per second this task may send to the tenant. By default, only the tenant's own limit
      counts.
    type: float
  rate_reserve:
    description: The share of the tenant's rate limit to leave to others. Auth0's answers report the limit. If no more
      than that share is left, the task waits until the limit resets.
    type: float
    default: 0.25
"""
