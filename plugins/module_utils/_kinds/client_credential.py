# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Credentials of clients: the public keys and certificates by which a client may authenticate, and what else it uses
them for.

They exist only within a client and only a set of them makes sense, so they are kept as one, by the module
auth0_client_credentials, and not each by a module of its own.
"""

from __future__ import annotations

from .declaration import Kind, Listed
from .field import Field
from .formats import public_pem

CLIENT_CREDENTIAL = Kind(
    name="client_credential",
    title="credential",
    path="clients/{}/credentials",
    collection="credentials",
    id_field="id",
    identity=("name",),
    lookups=(Listed(match=("kid",)), Listed(match=("thumbprint_sha256",)), Listed(match=("subject_dn",))),
    checkpoint=False,
    bare=True,
    # Of one key there is one; the name says nothing (recorded, and reported).
    unique=True,
    conflict="already exist in client",
    fields={
        "id": Field(read_only=True),
        "credential_type": Field(
            create_only=True, required=True, choices=("public_key", "x509_cert", "cert_subject_dn")
        ),
        "name": Field(create_only=True, max_length=128),
        "kid": Field(read_only=True),
        "alg": Field(create_only=True, choices=("RS256", "RS384", "PS256")),
        "subject_dn": Field(create_only=True, min_length=1, max_length=256),
        "pem": public_pem(create_only=True, write_only=True),
        "parse_expiry_from_cert": Field("bool", create_only=True, write_only=True),
        "expires_at": Field(nullable=True, time=True),
        "thumbprint_sha256": Field(read_only=True),
        "created_at": Field(read_only=True),
        "updated_at": Field(read_only=True),
    },
)
