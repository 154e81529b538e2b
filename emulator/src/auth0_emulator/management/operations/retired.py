# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules and hooks, which new tenants do not have."""

from __future__ import annotations

from starlette.responses import Response

from auth0_emulator.schema.described import DescribedRoute, Nothing
from auth0_emulator.schema.errors import management_error

from ..calls import Call, route


def routes() -> list[DescribedRoute]:
    """All of their endpoints that tools read."""
    paths = ("/rules", "/rules/{id}", "/rules-configs", "/hooks", "/hooks/{id}")
    return [route("GET", path, _refuse, Nothing) for path in paths]


def _refuse(call: Call) -> Response:
    """403 (reported by users of newer tenants, with this wording)."""
    raise management_error(403, "Insufficient privileges to use this deprecated feature")
