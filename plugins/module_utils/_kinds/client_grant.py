# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Client grants: which client may call which API with which scopes.

Fields and limits: Auth0's Management API description. That the server checks no scope against the API, that
allow_all_scopes removes scope and is left in two changes, what absence means, and that a grant goes with its client
but was found without its API: recorded exchanges of Auth0's servers.
"""

from __future__ import annotations

from .declaration import Filter, Kind, Listed
from .field import Field, MembersOf, Refers
from .formats import scope
from .rules import (
    CALLER,
    MANAGEMENT_API,
    Kept,
    OneOf,
    Overrides,
    SystemOwned,
)

_CLIENT_ID = Field(create_only=True, min_length=1, refers=Refers("client", "client_id", "client_name", "name"))
_DEFAULT_FOR = Field(create_only=True, choices=("third_party_clients",))
_AUDIENCE = Field(
    required=True,
    create_only=True,
    min_length=1,
    max_length=600,
    refers=Refers("resource_server", "identifier", outlives=True),
)
_SUBJECT_TYPE = Field(create_only=True, choices=("client", "user", "anonymous_user"), absent="client", initial="client")
_ALLOW_ANY_ORGANIZATION = Field("bool", nullable=True)

CLIENT_GRANT = Kind(
    name="client_grant",
    title="client grant",
    path="client-grants",
    collection="client_grants",
    id_field="id",
    identity=("client_id", "default_for", "audience", "subject_type"),
    lookups=(
        Listed(
            match=("client_id", "default_for", "audience", "subject_type"),
            query={name: name for name in ("client_id", "default_for", "audience")},
        ),
    ),
    checkpoint=True,
    unique=True,
    rules=(OneOf(("client_id", "default_for")), Overrides("allow_all_scopes", "scope")),
    system_owned=SystemOwned(flag="is_system", what="a system grant", updatable=frozenset()),
    kept=(
        Kept(when={"is_system": True}, why="it is a system grant, which Auth0 manages itself"),
        Kept(
            when={"client_id": CALLER, "audience": MANAGEMENT_API, "subject_type": "client"},
            why="it is the grant with which this task reaches the Management API; without it you would be locked out",
            keeps={"scope": None},
            fixed={"organization_usage": "deny"},
        ),
    ),
    filters={
        "client_id": Filter(_CLIENT_ID),
        "default_for": Filter(_DEFAULT_FOR),
        "audience": Filter(_AUDIENCE),
        "subject_type": Filter(_SUBJECT_TYPE),
        "allow_any_organization": Filter(_ALLOW_ANY_ORGANIZATION),
    },
    fields={
        "id": Field(read_only=True),
        "client_id": _CLIENT_ID,
        "default_for": _DEFAULT_FOR,
        "audience": _AUDIENCE,
        "subject_type": _SUBJECT_TYPE,
        "scope": Field(
            "list",
            nullable=True,
            elements=scope(),
            purge_option="purge_scope",
            members_of=MembersOf("audience", "scopes", "value", "validate_scope", "scope", unchecked=True),
        ),
        "allow_all_scopes": Field("bool", nullable=True),
        "organization_usage": Field(nullable=True, choices=("deny", "allow", "require"), absent="deny"),
        "allow_any_organization": _ALLOW_ANY_ORGANIZATION,
        "authorization_details_types": Field("list", elements=Field(min_length=1, max_length=255)),
        "is_system": Field("bool", read_only=True),
    },
)
