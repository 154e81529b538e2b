# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Resource servers: the APIs that tokens are issued for."""

from __future__ import annotations

from copy import deepcopy
from typing import Annotated, Literal, Required

from pydantic import Field

from auth0_emulator.schema.errors import AnsweredError, invalid_body, management_error
from auth0_emulator.schema.shapes import CLEARABLE, NULLABLE, OPEN, READ_ONLY, Handling, Part, Shape, Words
from auth0_emulator.state import identifiers, own_apis
from auth0_emulator.state.certificates import read_pem
from auth0_emulator.state.store import Thing
from auth0_emulator.state.tenant import Tenant

from . import system_apis
from .access import Caller
from .entity import Behaviour, Entity, Listing, RequiredScopes, equal


class Scope(Part, total=False):
    value: Required[Annotated[str, Field(min_length=1, max_length=280)]]
    description: Annotated[str, Field(max_length=500)]


class EncryptionKey(Part, total=False):
    name: Annotated[str, Field(min_length=1, max_length=128)]
    alg: Required[Literal["RSA-OAEP-256", "RSA-OAEP-384", "RSA-OAEP-512"]]
    kid: Annotated[str, Field(min_length=1, max_length=128)]
    pem: Required[Annotated[str, Field(min_length=1, max_length=4096)]]


class TokenEncryption(Part, total=False):
    format: Required[Literal["compact-nested-jwe"]]
    encryption_key: Required[EncryptionKey]


class ShownEncryptionKey(Part, total=False):
    name: str
    alg: Required[str]
    kid: str
    thumbprint_sha256: str


class ShownTokenEncryption(Part, total=False):
    format: Required[str]
    encryption_key: Required[ShownEncryptionKey]


class ProofOfPossession(Part, total=False):
    mechanism: Required[Literal["mtls", "dpop"]]
    required: Required[bool]
    required_for: Literal["public_clients", "all_clients"]


@OPEN
class AuthorizationDetail(Part, total=False):
    type: str


class AuthorizationPolicy(Part, total=False):
    policy_id: Required[Annotated[str, Field(min_length=1, max_length=1024)]]


@OPEN
class UserPolicy(Part, total=False):
    policy: Literal["allow_all", "deny_all", "require_client_grant"]


@OPEN
class ClientPolicy(Part, total=False):
    policy: Literal["deny_all", "require_client_grant"]


class SubjectTypeAuthorization(Part, total=False):
    user: UserPolicy
    client: ClientPolicy
    anonymous_user: ClientPolicy
    """As newer official SDKs have it."""


class CustomClaim(Part, total=False):
    name: Required[str]
    expression: Required[str]


class ClaimsMapping(Part, total=False):
    custom_claims: Annotated[list[CustomClaim], Field(max_length=20)]
    """At most twenty (the Terraform provider says so)."""


class AccessToken(Part, total=False):
    claims_mapping: ClaimsMapping


class ResourceServer(Shape):
    id: Annotated[str, READ_ONLY]
    identifier: Annotated[str, Field(min_length=1, max_length=600), Handling(update=False, required=True)]
    name: Annotated[str, Field(max_length=200, pattern=r"^[^<>]+$")]
    scopes: list[Scope]
    signing_alg: Annotated[Literal["HS256", "RS256", "RS512", "PS256"], Handling(default="RS256")]
    """The server's default is RS256 (recorded), although the official schema says HS256."""
    signing_secret: Annotated[str, Field(min_length=16)]
    token_lifetime: Annotated[int, Field(ge=0, le=2592000), Handling(default=86400)]
    token_lifetime_for_web: Annotated[int, Field(ge=0, le=2592000), Handling(default=7200)]
    """Writable (recorded), although the official schema lists it in answers only."""
    allow_offline_access: Annotated[bool, Handling(default=False)]
    allow_online_access: bool
    allow_online_access_with_ephemeral_sessions: bool
    skip_consent_for_verifiable_first_party_clients: Annotated[bool, Handling(default=False)]
    enforce_policies: bool
    token_dialect: Literal["access_token", "access_token_authz", "rfc9068_profile", "rfc9068_profile_authz"]
    subject_type_authorization: Annotated[
        SubjectTypeAuthorization,
        Handling(
            merged=True,
            default={"client": {"policy": "require_client_grant"}, "user": {"policy": "allow_all"}},
        ),
    ]
    """Giving one side keeps the other (unverified: our choice)."""
    token_encryption: Annotated[
        TokenEncryption, Handling(clearable=True, null_at_create=True, answer_as=ShownTokenEncryption)
    ]
    consent_policy: Annotated[Literal["transactional-authorization-with-mfa"], NULLABLE]
    authorization_details: Annotated[list[AuthorizationDetail], NULLABLE]
    proof_of_possession: Annotated[ProofOfPossession, NULLABLE]
    """Replaced whole: a sub-key that is left out vanishes (recorded)."""
    authorization_policy: Annotated[AuthorizationPolicy, NULLABLE]
    # The next three: as newer official SDKs have them.
    token_lifetime_for_anonymous_access_tokens: Annotated[int, Field(ge=86400, le=2592000), NULLABLE]
    """The limits are those of the Terraform provider."""
    access_token: Annotated[AccessToken, NULLABLE]
    require_consent_non_repudiation: bool
    verification_location: Annotated[Words, CLEARABLE]
    is_system: Annotated[bool, READ_ONLY]
    """Present only as true (recorded)."""
    client_id: Annotated[str, READ_ONLY]


def missing(dummy: str) -> AnsweredError:
    """404 (recorded)."""
    return management_error(404, "The resource server does not exist", "inexistent_resource_server")


def _conflict(thing: Thing) -> AnsweredError:
    """409; the wording is documented, the code is unverified."""
    return management_error(
        409, "A resource server with the same identifier already exists.", "resource_server_conflict"
    )


class ResourceServerBehaviour(Behaviour):
    def new_id(self, body: Thing) -> str:
        return identifiers.object_id()

    def default_values(self, tenant: Tenant, body: Thing) -> Thing:
        return {"signing_secret": identifiers.signing_secret()}

    def refuse_creation(self, tenant: Tenant, body: Thing) -> None:
        if body["identifier"] == own_apis.USERINFO:
            raise management_error(400, "The selected identifier is reserved.")

    def settle(self, tenant: Tenant, thing: Thing, body: Thing) -> None:
        """The lifetime for the web is at most the other one (documented); refusing and trimming are our choice."""
        longest = thing["token_lifetime"]
        web = body.get("token_lifetime_for_web", 0)
        if web > longest:
            raise invalid_body(f"'Value {web} is greater than maximum {longest}' on property token_lifetime_for_web")
        if "token_lifetime" in body:
            thing["token_lifetime_for_web"] = min(thing["token_lifetime_for_web"], longest)
        system = system_apis.CREATABLE.get(thing["identifier"])
        if system is not None and "is_system" not in thing:
            thing |= deepcopy(system) | {"is_system": True}

    def refuse_update(self, tenant: Tenant, current: Thing, body: Thing) -> None:
        """On a system API only a few fields may change (reported, with the validator's wording for the others)."""
        if not current.get("is_system"):
            return
        refused = [name for name in body if name not in system_apis.WRITABLE]
        if refused:
            raise invalid_body(f"'Additional properties not allowed: {','.join(reversed(refused))}'")
        if "client" in (body.get("subject_type_authorization") or {}):
            raise invalid_body("'Additional properties not allowed: client' on property subject_type_authorization")

    def refuse_deletion(self, tenant: Tenant, current: Thing) -> None:
        """The Management API stays; system APIs that were created by a POST can be deleted (recorded)."""
        if current["identifier"] == own_apis.MANAGEMENT:
            raise management_error(400, "System resource servers cannot be deleted.")

    def present(self, tenant: Tenant, thing: Thing, caller: Caller) -> Thing:
        if "token_encryption" not in thing:
            return thing
        stored = thing["token_encryption"]["encryption_key"]
        key = {name: value for name, value in stored.items() if name != "pem"}
        pem = read_pem(stored["pem"])
        if pem is not None:
            # Recorded: the key's own thumbprint, also where a certificate was given.
            key["thumbprint_sha256"] = pem.thumbprint
        return thing | {"token_encryption": thing["token_encryption"] | {"encryption_key": key}}

    def present_created(self, tenant: Tenant, thing: Thing, body: Thing, caller: Caller) -> Thing:
        shown = self.present(tenant, thing, caller)
        if thing["identifier"] == own_apis.MY_ACCOUNT:
            return shown | {"scopes": shown["scopes"][: system_apis.SCOPES_IN_ANSWER_TO_CREATION]}
        return shown


RESOURCE_SERVERS = Entity(
    name="resource_server",
    path="resource-servers",
    model=ResourceServer,
    scopes=RequiredScopes(
        read=("read:resource_servers",),
        create=("create:resource_servers",),
        update=("update:resource_servers",),
        delete=("delete:resource_servers",),
    ),
    listing=Listing("resource_servers", filters={"identifiers": equal("identifier", at_most=10)}),
    missing=missing,
    behaviour=ResourceServerBehaviour(),
    also_found_by="identifier",
    unique=("identifier",),
    conflict=_conflict,
    names_api="identifier",
)
