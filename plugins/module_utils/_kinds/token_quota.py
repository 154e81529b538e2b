# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""How many tokens a client, or the clients of an organization, may get by client credentials.

Limits: Auth0's Management API description.
"""

from __future__ import annotations

from .field import NOTHING, Field

_LARGEST = 2147483647

TOKEN_QUOTA = Field(
    "dict",
    nullable=True,
    fields={
        "client_credentials": Field(
            "dict",
            required=True,
            min_length=1,
            fields={
                "enforce": Field("bool", absent=NOTHING),
                "per_day": Field("int", minimum=1, maximum=_LARGEST),
                "per_hour": Field("int", minimum=1, maximum=_LARGEST),
            },
        )
    },
)
