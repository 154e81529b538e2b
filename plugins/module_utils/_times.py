# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Times as Auth0 writes and reads them, in ISO 8601, and days as tasks give them. Pure."""

from __future__ import annotations

import datetime

from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions

#: The largest number of days that a task can give: a hundred years.
MOST_DAYS = 36500


def check_days(option: str, days: int | None, least: int) -> None:
    """Raise InvalidOptions for a number of days, where one is given, after which nothing can be rotated or revoked."""
    if days is not None and not least <= days <= MOST_DAYS:
        raise InvalidOptions(
            "%s: %d is not a number of days from %d to %d.%s"
            % (option, days, least, MOST_DAYS, " To rotate now, use force: true." if days == 0 else "")
        )


def parse_time(value: str) -> datetime.datetime:
    """An ISO 8601 time; UTC when it does not say. Raises ValueError."""
    found = datetime.datetime.fromisoformat(value.strip().upper())
    return found.replace(tzinfo=datetime.UTC) if found.tzinfo is None else found.astimezone(datetime.UTC)


def format_time(moment: datetime.datetime) -> str:
    """A time as Auth0 writes it: in UTC, with milliseconds."""
    return moment.astimezone(datetime.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
