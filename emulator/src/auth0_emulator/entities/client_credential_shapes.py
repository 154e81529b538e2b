# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The nested objects of a client that hold credentials: given inline at creation, named by identifier later."""

from __future__ import annotations

from typing import Annotated, Literal, Required

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from auth0_emulator.schema.shapes import DateTime, IpAddressOrNetwork, Part


class PublicKeyCredential(Part, total=False):
    credential_type: Required[Literal["public_key"]]
    name: Annotated[str, Field(max_length=128)]
    pem: Required[str]
    alg: Literal["RS256", "RS384", "PS256"]
    parse_expiry_from_cert: bool
    expires_at: DateTime
    kid: Annotated[str, Field(min_length=10, max_length=64, pattern=r"^([0-9a-zA-Z-_]{10,64})$")]


class SubjectDnCredential(Part, total=False):
    credential_type: Required[Literal["cert_subject_dn"]]
    name: Annotated[str, Field(max_length=128)]
    subject_dn: Annotated[str, Field(min_length=1, max_length=256)]
    pem: Annotated[str, Field(min_length=1, max_length=4096)]


class CertificateCredential(Part, total=False):
    credential_type: Required[Literal["x509_cert"]]
    name: Annotated[str, Field(max_length=128)]
    pem: Required[Annotated[str, Field(min_length=1, max_length=4096)]]


class CredentialReference(Part, total=False):
    id: Required[str]


class InlinePrivateKeyJwt(Part, total=False):
    credentials: Required[Annotated[list[PublicKeyCredential], Field(max_length=2)]]


class InlineTlsClientAuth(Part, total=False):
    credentials: Required[list[SubjectDnCredential]]


class InlineSelfSignedTlsClientAuth(Part, total=False):
    credentials: Required[list[CertificateCredential]]


class AttachedCredentials(Part, total=False):
    credentials: Required[Annotated[list[CredentialReference], Field(max_length=2)]]
    """At most two at a time (reported)."""


class InlineAuthenticationMethods(Part, total=False):
    """Exactly one of the methods; credentials are given inline at creation."""

    private_key_jwt: InlinePrivateKeyJwt
    tls_client_auth: InlineTlsClientAuth
    self_signed_tls_client_auth: InlineSelfSignedTlsClientAuth


class AuthenticationMethods(Part, total=False):
    """Exactly one of the methods; credentials are named by their identifiers."""

    private_key_jwt: AttachedCredentials
    tls_client_auth: AttachedCredentials
    self_signed_tls_client_auth: AttachedCredentials


class InlineSignedRequestObject(Part, total=False):
    required: bool
    credentials: list[PublicKeyCredential]


class SignedRequestObject(Part, total=False):
    required: bool
    credentials: list[CredentialReference]


class TokenVaultGrant(Part, total=False):
    connection: Required[str]
    scopes: Required[Annotated[list[str], Field(min_length=1)]]


def _pinned(grants: list[TokenVaultGrant]) -> list[TokenVaultGrant]:
    """Each connection once (the Terraform provider says so), 20 scopes in all (documented); texts are unverified."""
    names = [grant["connection"] for grant in grants]
    for index, name in enumerate(names):
        if name in names[:index]:
            raise PydanticCustomError("twice", "The connection {name} is granted twice", {"name": name})
    scopes = sum(len(grant["scopes"]) for grant in grants)
    if scopes > 20:
        raise PydanticCustomError("many", "Too many scopes ({n}), maximum 20", {"n": scopes})
    return grants


_TokenVaultAddresses = Annotated[list[IpAddressOrNetwork], Field(max_length=10)]
"""At most ten (documented)."""


_TokenVaultGrants = Annotated[list[TokenVaultGrant], Field(max_length=5), AfterValidator(_pinned)]
"""At most five (documented); as newer official SDKs have them."""


class InlineTokenVaultAccess(Part, total=False):
    credentials: Required[Annotated[list[PublicKeyCredential], Field(max_length=2)]]
    ip_allowlist: _TokenVaultAddresses
    grants: _TokenVaultGrants


class TokenVaultAccess(Part, total=False):
    credentials: Required[Annotated[list[CredentialReference], Field(max_length=2)]]
    """At most two (the Terraform provider says so)."""
    ip_allowlist: _TokenVaultAddresses
    grants: _TokenVaultGrants
