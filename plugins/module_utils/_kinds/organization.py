# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Organizations: the customers or the partners of those who run the tenant; the clients that belong to one, and the
client grants that may be used for one.

Fields, limits, the filters, and that an organization is read by its name below ``name/``: Auth0's Management API
description. third_party_client_access and is_app_entitlement_active: the official SDKs of November 2026. That metadata
is replaced, that an empty one is gone, that null removes a quota, and the defaults: recorded exchanges of Auth0's
servers. Whether branding is replaced or merged is not known; it is sent whole, which is right for both. Of clients:
what is added, changed and removed how, and that lists are read by checkpoint, from recorded exchanges; how many an
organization has, and how many a request takes, from the Terraform provider.

Connections are not here: Auth0 takes them in creations only, and keeps them by requests of their own afterwards.
"""

from __future__ import annotations

import dataclasses

from .client_grant import CLIENT_GRANT
from .declaration import Direct, Kind
from .field import NOTHING, Field, Refers
from .link import (
    Link,
    LinkList,
    OneByOne,
    Together,
)
from .token_quota import TOKEN_QUOTA

_FILTERS = ("client_id", "audience")
_COLOR = Field(
    required=True,
    pattern=r"#([0-9A-Fa-f]{3}){1,2}",
    pattern_says="be a colour such as #0059d6, in hexadecimal digits",
)

ORGANIZATION = Kind(
    name="organization",
    title="organization",
    path="organizations",
    collection="organizations",
    id_field="id",
    identity=("name",),
    lookups=(Direct("id"), Direct("name", under="name")),
    checkpoint=True,
    unique=True,
    fields={
        "id": Field(read_only=True),
        "name": Field(
            required=True,
            min_length=1,
            max_length=50,
            pattern=r"[a-z0-9][a-z0-9_-]*",
            pattern_says="consist of lower case letters, digits, - and _, and begin with a letter or a digit",
        ),
        "display_name": Field(min_length=1, max_length=255),
        "branding": Field(
            "dict",
            fields={
                "logo_url": Field(pattern=r"https://.+", pattern_says="begin with https://", empty_is_null=True),
                "colors": Field("dict", fields={"primary": _COLOR, "page_background": _COLOR}),
            },
        ),
        "metadata": Field("dict", max_length=25, values=Field(max_length=255, absent=NOTHING), always_shown=True),
        "token_quota": TOKEN_QUOTA,
        "third_party_client_access": Field(choices=("block", "allow"), absent="block", initial="block"),
        "is_app_entitlement_active": Field("bool", initial=False),
    },
)

ORGANIZATION_CLIENT_GRANT = Link(
    owner=ORGANIZATION,
    title="client grant",
    path="client-grants",
    collection="client_grants",
    fields={
        "id": Field(required=True, min_length=1, refers=Refers("client_grant", "id")),
        "client_id": Field(read_only=True),
        "audience": Field(read_only=True),
    },
    in_entry=False,  # but in that of the grant
    # The list names a grant by its id, what adds it by its grant_id (recorded).
    sending=OneByOne("id", "grant_id"),
    most=100,
    query={"id": "grant_ids"},
    kind=dataclasses.replace(CLIENT_GRANT, filters={name: CLIENT_GRANT.filters[name] for name in _FILTERS}),
)

ORGANIZATION_CLIENT = Link(
    owner=ORGANIZATION,
    title="client",
    path="clients",
    collection="clients",
    fields={
        "client_id": Field(required=True, min_length=1, refers=Refers("client", "client_id", "client_name", "name")),
        "client": Field(
            "dict",
            read_only=True,
            fields={
                "name": Field(),
                "app_type": Field(),
                "logo_uri": Field(),
                "is_first_party": Field("bool"),
                "grant_types": Field("list", elements=Field()),
                "organization_usage": Field(),
            },
        ),
    },
    carries={"use_for_member_access": Field("bool", required=True)},
    checkpoint=True,
    # One that is there already makes the server refuse all that are added with it (the Terraform provider).
    sending=Together("clients", by="client_id", at_most=10),
    most=100,
)

#: The same from the other side, where nothing can be changed.
CLIENT_GRANT_ORGANIZATIONS = LinkList(
    owner=CLIENT_GRANT,
    title="organization",
    path="organizations",
    collection="organizations",
    fields={name: Field(required=True) for name in ("id", "name")},
    goes_with=("organization_usage", ("allow", "require")),
)
