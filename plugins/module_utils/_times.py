# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Times as Auth0 writes and reads them: ISO 8601. Pure."""

from __future__ import annotations

import datetime


def parse_time(text: str) -> datetime.datetime:
    """An ISO 8601 time; UTC when it does not say. Raises ValueError."""
    found = datetime.datetime.fromisoformat(text.strip().upper())
    return found.replace(tzinfo=datetime.UTC) if found.tzinfo is None else found.astimezone(datetime.UTC)


def format_time(moment: datetime.datetime) -> str:
    """A time as Auth0 writes it: in UTC, with milliseconds."""
    return moment.astimezone(datetime.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
