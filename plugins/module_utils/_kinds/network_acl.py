# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Network access control lists: who may reach the tenant at all.

Fields and limits: Auth0's Management API description. auth0_managed, match_all and http_message_signature: the official
SDKs of November 2026. That PUT replaces all, that an action is one flag, which names auth0_managed takes, and that a
redirect needs its URI: recorded exchanges of Auth0's servers. What PATCH makes of a rule is not known, so a change is a
PUT of the whole.

A list is known by its description, which people give it. The priority is unique, but says only the order: it changes
when another list is to come first. The official tool that compares lists by priority and rule takes every change of
those for a new list.
"""

from __future__ import annotations

from .declaration import Direct, Kind, Listed
from .field import Field
from .formats import networks

_FLAG = Field("bool")
_STRINGS = Field("list", min_length=1, elements=Field(min_length=1))
#: What tells requests apart.
_MATCH = Field(
    "dict",
    min_length=1,
    fields={
        "asns": Field("list", min_length=1, elements=Field("int")),
        "auth0_managed": Field(
            "list", min_length=1, elements=Field(choices=("auth0.low_reputation", "auth0.icloud_relay_proxy"))
        ),
        "geo_country_codes": _STRINGS,
        "geo_subdivision_codes": _STRINGS,
        "ipv4_cidrs": networks(4),
        "ipv6_cidrs": networks(6),
        "connecting_ipv4_cidrs": networks(4),
        "connecting_ipv6_cidrs": networks(6),
        "ja3_fingerprints": _STRINGS,
        "ja4_fingerprints": _STRINGS,
        "user_agents": _STRINGS,
        "hostnames": _STRINGS,
        "http_message_signature": Field(
            "dict",
            min_length=1,
            fields={
                "keys": Field(
                    "list",
                    required=True,
                    min_length=1,
                    key="id",
                    elements=Field("dict", fields={"id": Field(required=True, min_length=1, local=True)}),
                )
            },
        ),
    },
)

NETWORK_ACL = Kind(
    name="network_acl",
    title="network ACL",
    path="network-acls",
    collection="network_acls",
    id_field="id",
    identity=("description",),
    lookups=(Direct("id"), Listed(match=("description",))),
    checkpoint=False,
    unique=False,
    replaced=True,
    fields={
        "id": Field(read_only=True),
        "description": Field(required=True, min_length=1, max_length=255),
        "active": Field("bool", required=True),
        "priority": Field("int", minimum=1, maximum=100, initial=50, unique=True),
        "rule": Field(
            "dict",
            required=True,
            some_of=("match", "not_match", "match_all"),
            fields={
                "action": Field(
                    "dict",
                    required=True,
                    one_of=("block", "allow", "log", "redirect"),
                    fields={
                        "block": _FLAG,
                        "allow": _FLAG,
                        "log": _FLAG,
                        "redirect": _FLAG,
                        "redirect_uri": Field(
                            required=True, goes_with=("redirect", (True,)), min_length=1, max_length=2000
                        ),
                    },
                ),
                "match": _MATCH,
                "not_match": _MATCH,
                "match_all": Field("bool", alone=True),
                "scope": Field(
                    required=True,
                    choices=("management", "authentication", "tenant", "dynamic_client_registration"),
                ),
            },
        ),
        "created_at": Field(read_only=True),
        "updated_at": Field(read_only=True, volatile=True),
        # A read by the id shows these two, and a PUT takes neither (recorded).
        "tenant_id": Field(read_only=True, hidden=True),
        "deleted_at": Field(read_only=True, hidden=True),
    },
)
