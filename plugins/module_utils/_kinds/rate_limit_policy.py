# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Rate limit policies: how often a client, or each client of a sort, may call the Authentication API.

Fields, limits, which values go together, what a change takes, and that there is one policy for each consumer: Auth0's
Management API description. What a selector can be: the official SDKs of November 2026. That a change replaces the
configuration, and that lists are read by checkpoint: recorded exchanges of Auth0's servers. When a policy was made and
changed is left out: it would differ in every diff.
"""

from __future__ import annotations

from .declaration import Filter, Kind, Listed
from .field import Field, Refers

_BY_ID = "client_id:"
_SORTS = ("default", "third_party_clients", "cimd_clients")


def _why_no_selector(value: str) -> str | None:
    """What is wrong with a selector that Auth0 does not know, in words that follow it."""
    if value in _SORTS or (value.startswith(_BY_ID) and value != _BY_ID):
        return None
    return "is no selector; it can be %s, or %s and the id of a client" % (", ".join(_SORTS), _BY_ID)


_RESOURCE = Field(required=True, create_only=True, choices=("oauth_authentication_api",))
_CONSUMER = Field(required=True, create_only=True, choices=("client",))
_CONSUMER_SELECTOR = Field(
    required=True,
    create_only=True,
    min_length=1,
    max_length=255,
    check=_why_no_selector,
    refers=Refers("client", "client_id", "client_name", "name", prefix=_BY_ID),
)
_IDENTITY = ("resource", "consumer", "consumer_selector")

RATE_LIMIT_POLICY = Kind(
    name="rate_limit_policy",
    title="rate limit policy",
    path="rate-limit-policies",
    collection="rate_limit_policies",
    id_field="id",
    identity=_IDENTITY,
    lookups=(Listed(match=_IDENTITY, query={name: name for name in _IDENTITY}),),
    checkpoint=True,
    unique=True,
    filters={
        "resource": Filter(_RESOURCE),
        "consumer": Filter(_CONSUMER),
        "consumer_selector": Filter(_CONSUMER_SELECTOR),
    },
    fields={
        "id": Field(read_only=True),
        "resource": _RESOURCE,
        "consumer": _CONSUMER,
        "consumer_selector": _CONSUMER_SELECTOR,
        "configuration": Field(
            "dict",
            required=True,
            fields={
                "action": Field(required=True, choices=("allow", "block", "log", "redirect")),
                "limit": Field(
                    "int",
                    required=True,
                    goes_with=("action", ("block", "log", "redirect")),
                    minimum=0,
                    maximum=10000,
                ),
                "redirect_uri": Field(
                    required=True,
                    goes_with=("action", ("redirect",)),
                    pattern=r"https://.+",
                    pattern_says="begin with https://",
                ),
            },
        ),
    },
)
