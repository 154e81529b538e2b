# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Token exchange profiles: which action decides on tokens of a type that clients want to exchange for tokens of Auth0.

Fields, limits, what is fixed after creation, and that there is one profile for a type: Auth0's Management API
description. That the name and the type can change: recorded exchanges of Auth0's servers. That a type can also be a
URN: Auth0's documentation of custom token exchange.
"""

from __future__ import annotations

from .declaration import Direct, Kind, Listed
from .field import Field, Refers
from .rules import Initially

TOKEN_EXCHANGE_PROFILE = Kind(
    name="token_exchange_profile",
    title="token exchange profile",
    path="token-exchange-profiles",
    collection="token_exchange_profiles",
    id_field="id",
    identity=("subject_token_type",),
    lookups=(Direct("id"), Listed(match=("subject_token_type",))),
    checkpoint=True,
    unique=True,
    # There is only one by now.
    initially=(Initially("type", "custom_authentication", {}),),
    fields={
        "id": Field(read_only=True),
        "subject_token_type": Field(
            required=True,
            min_length=8,
            max_length=100,
            pattern=r"[A-Za-z][A-Za-z0-9+.-]*:\S+",
            pattern_says="be a URI, such as https://acme.example/legacy-token or urn:acme:legacy-token",
        ),
        "name": Field(required=True, min_length=3, max_length=50),
        "action_id": Field(
            required=True,
            create_only=True,
            min_length=1,
            max_length=36,
            local=True,
            refers=Refers(
                "action",
                "id",
                "action_name",
                "name",
                retains=True,
                only=("supported_triggers", "custom-token-exchange"),
            ),
        ),
        "type": Field(create_only=True, choices=("custom_authentication",)),
    },
)
