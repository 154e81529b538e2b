# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How many tokens a client, or the clients of an organization, may get."""

from __future__ import annotations

from typing import Annotated, Required

from pydantic import Field

from auth0_emulator.schema.shapes import CLOSED, Part, properties


@CLOSED
class Quota(Part, total=False):
    enforce: bool
    per_day: Annotated[int, Field(ge=1, le=2147483647)]
    per_hour: Annotated[int, Field(ge=1, le=2147483647)]


class TokenQuota(Part, total=False):
    client_credentials: Required[Annotated[Quota, properties(1)]]
