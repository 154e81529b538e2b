# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Resource servers: the APIs of a tenant.

Fields and limits: Auth0's Management API description. Defaults, what is absent until set, what PATCH replaces, and that
token_lifetime_for_web is writable: recorded exchanges of Auth0's servers.
"""

from __future__ import annotations

from .claims_mapping import CLAIMS_MAPPING
from .declaration import AcceptsTokens, Direct, Filter, Kind
from .field import Field
from .formats import key_thumbprint, public_pem, scope
from .rules import (
    MANAGEMENT_API,
    AtMost,
    Kept,
    SystemOwned,
)

_NO_ANGLE_BRACKETS = r"^[^<>]+$"

RESOURCE_SERVER = Kind(
    name="resource_server",
    title="API",
    path="resource-servers",
    collection="resource_servers",
    id_field="id",
    identity=("identifier",),
    lookups=(Direct("id"), Direct("identifier")),
    checkpoint=False,
    counted=True,
    unique=True,
    shown_secret="signing_secret",
    secret_scope="read:resource_servers",
    filters={
        "identifiers": Filter(Field("list", max_length=10, elements=Field(min_length=1, max_length=600))),
    },
    accepts_tokens=AcceptsTokens(
        audience="identifier",
        algorithm="signing_alg",
        scopes="scopes",
        scope="value",
        dialect="token_dialect",
        usual_dialect="access_token",
    ),
    rules=(AtMost("token_lifetime_for_web", "token_lifetime"),),
    system_owned=SystemOwned(
        flag="is_system",
        what="a system API",
        updatable=frozenset(
            {
                "token_lifetime",
                "skip_consent_for_verifiable_first_party_clients",
                "subject_type_authorization.user",
                "proof_of_possession",
                "authorization_policy",
            }
        ),
    ),
    kept=(
        Kept(
            when={"is_system": True, "identifier": MANAGEMENT_API},
            why="it is the tenant's Management API, and everything that manages the tenant depends on it",
            fixed={"proof_of_possession": None},
        ),
    ),
    fields={
        "id": Field(read_only=True),
        "identifier": Field(required=True, create_only=True, min_length=1, max_length=600),
        "name": Field(max_length=200, pattern=_NO_ANGLE_BRACKETS, pattern_says="contain neither < nor >"),
        "scopes": Field(
            "list",
            key="value",
            max_length=1000,
            purge_option="purge_scopes",
            elements=Field(
                "dict",
                fields={
                    "value": scope(required=True),
                    "description": Field(max_length=500),
                },
            ),
        ),
        "signing_alg": Field(choices=("HS256", "RS256", "RS512", "PS256"), initial="RS256"),
        "signing_secret": Field(secret=True, min_length=16),
        "token_lifetime": Field("int", minimum=0, maximum=2592000, initial=86400),
        "token_lifetime_for_web": Field("int", minimum=0, maximum=2592000, initial=7200),
        "token_dialect": Field(
            choices=("access_token", "access_token_authz", "rfc9068_profile", "rfc9068_profile_authz"),
            absent="access_token",
        ),
        "enforce_policies": Field("bool"),
        "allow_offline_access": Field("bool", initial=False),
        "allow_online_access": Field("bool"),
        "allow_online_access_with_ephemeral_sessions": Field("bool"),
        "skip_consent_for_verifiable_first_party_clients": Field("bool", initial=False),
        "subject_type_authorization": Field(
            "dict",
            initial={"client": {"policy": "require_client_grant"}, "user": {"policy": "allow_all"}},
            fields={
                "user": Field(
                    "dict", fields={"policy": Field(choices=("allow_all", "deny_all", "require_client_grant"))}
                ),
                "client": Field("dict", fields={"policy": Field(choices=("deny_all", "require_client_grant"))}),
                # As the official SDKs of November 2026 have it.
                "anonymous_user": Field("dict", fields={"policy": Field(choices=("deny_all", "require_client_grant"))}),
            },
        ),
        "consent_policy": Field(nullable=True, choices=("transactional-authorization-with-mfa",)),
        "authorization_details": Field(
            "list",
            nullable=True,
            key="type",
            elements=Field("dict", fields={"type": Field(required=True, min_length=1)}),
        ),
        "token_encryption": Field(
            "dict",
            nullable=True,
            fields={
                "format": Field(required=True, choices=("compact-nested-jwe",)),
                "encryption_key": Field(
                    "dict",
                    required=True,
                    fields={
                        "name": Field(min_length=1, max_length=128),
                        "alg": Field(required=True, choices=("RSA-OAEP-256", "RSA-OAEP-384", "RSA-OAEP-512")),
                        "kid": Field(min_length=1, max_length=128),
                        "pem": public_pem(
                            required=True,
                            write_only=True,
                            fingerprint=("thumbprint_sha256", key_thumbprint),
                            min_length=1,
                            max_length=4096,
                        ),
                        "thumbprint_sha256": Field(read_only=True),
                    },
                ),
            },
        ),
        "proof_of_possession": Field(
            "dict",
            nullable=True,
            fields={
                "mechanism": Field(required=True, choices=("mtls", "dpop")),
                "required": Field("bool", required=True),
                "required_for": Field(choices=("public_clients", "all_clients")),
            },
        ),
        "authorization_policy": Field(
            "dict", nullable=True, fields={"policy_id": Field(required=True, min_length=1, max_length=1024)}
        ),
        # The next three: as the official SDKs of November 2026 have them.
        "token_lifetime_for_anonymous_access_tokens": Field("int", nullable=True, minimum=86400, maximum=2592000),
        "access_token": CLAIMS_MAPPING,
        "require_consent_non_repudiation": Field("bool"),
        "verification_location": Field(),
        "client_id": Field(read_only=True),
        "is_system": Field("bool", read_only=True),
    },
)
