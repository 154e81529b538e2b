# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Roles: names for sets of permissions. Which permissions a role has is a link of its own.

Fields: Auth0's Management API description, in which a name is unique and nothing has a limit.
"""

from __future__ import annotations

from .declaration import Direct, Filter, Kind, Listed
from .field import Field, Refers

ROLE = Kind(
    name="role",
    title="role",
    path="roles",
    collection="roles",
    id_field="id",
    # A role of an organization is another one, though it may have the same name (recorded).
    identity=("name", "type", "owner_id"),
    # name_filter ignores case; whether it takes a part of the name for the whole is not known, nor does it matter here.
    lookups=(
        Direct("id"),
        Listed(match=("name", "type", "owner_id"), query={"name": "name_filter"}),
        Listed(match=("name",), query={"name": "name_filter"}, fixed={"type": "tenant"}),
    ),
    checkpoint=False,
    counted=True,
    unique=True,
    filters={"name_filter": Filter(Field(min_length=1))},
    fields={
        "id": Field(read_only=True),
        "name": Field(required=True, min_length=1),
        "description": Field(),
        "type": Field(create_only=True, choices=("tenant", "organization"), absent="tenant", initial="tenant"),
        "owner_id": Field(create_only=True, min_length=1, refers=Refers("organization", "id", "owner_name", "name")),
    },
)
