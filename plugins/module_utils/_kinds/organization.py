# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Organizations, as far as they can be linked to, and the client grants that may be used for one.

That an organization is read by its name below ``name/``, the filters and the limits: Auth0's Management API
description.
"""

from __future__ import annotations

import dataclasses

from .client_grant import CLIENT_GRANT
from .declaration import (
    Direct,
    Field,
    Kind,
    Refers,
)
from .link import (
    Link,
    LinkList,
    OneByOne,
)

_FILTERS = ("client_id", "audience")

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
        "name": Field(required=True, min_length=1, max_length=50),
    },
)

ORGANIZATION_CLIENT_GRANT = Link(
    owner=ORGANIZATION,
    title="client grant",
    path="client-grants",
    collection="client_grants",
    fields={"id": Field(required=True, min_length=1, refers=Refers("client_grant", "id"))},
    # The list names a grant by its id, what adds it by its grant_id (recorded).
    sending=OneByOne("id", "grant_id"),
    most=100,
    query={"id": "grant_ids"},
    kind=dataclasses.replace(CLIENT_GRANT, filters={name: CLIENT_GRANT.filters[name] for name in _FILTERS}),
)

#: The same from the other side, where nothing can be changed.
CLIENT_GRANT_ORGANIZATIONS = LinkList(
    owner=CLIENT_GRANT,
    title="organization",
    path="organizations",
    collection="organizations",
    fields={name: Field(required=True) for name in ("id", "name")},
)
