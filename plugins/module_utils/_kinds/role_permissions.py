# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""The permissions of a role: scopes of APIs, which Auth0 checks against the API."""

from __future__ import annotations

from .field import Field, MembersOf, Refers
from .link import (
    Link,
    Together,
)
from .role import ROLE

ROLE_PERMISSIONS = Link(
    owner=ROLE,
    title="permission",
    path="permissions",
    collection="permissions",
    fields={
        "resource_server_identifier": Field(
            required=True, min_length=1, max_length=600, refers=Refers("resource_server", "identifier")
        ),
        "permission_name": Field(
            required=True,
            min_length=1,
            max_length=280,
            members_of=MembersOf("resource_server_identifier", "scopes", "value", "validate_permissions", "permission"),
        ),
        "resource_server_name": Field(read_only=True),
        "description": Field(read_only=True),
    },
    sending=Together("permissions"),
    most=1000,
)
