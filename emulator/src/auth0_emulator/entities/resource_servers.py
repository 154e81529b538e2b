# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Resource servers: the APIs that tokens are issued for."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING, Annotated, Literal, Required

from pydantic import Field

from auth0_emulator import identifiers, own_apis
from auth0_emulator.entity import Entity, Filter, Listing, Rules, Scopes, Thing
from auth0_emulator.errors import AnsweredError, invalid_body, management_error
from auth0_emulator.shapes import (
    CLEARABLE,
    NULLABLE,
    OPEN,
    READ_ONLY,
    Part,
    Rule,
    Shape,
    Words,
)

if TYPE_CHECKING:
    from auth0_emulator.access import Caller
    from auth0_emulator.tenant import Tenant


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
    custom_claims: list[CustomClaim]


class AccessToken(Part, total=False):
    claims_mapping: ClaimsMapping


class ResourceServer(Shape):
    id: Annotated[str, READ_ONLY]
    identifier: Annotated[str, Field(min_length=1, max_length=600), Rule(update=False, required=True)]
    name: Annotated[str, Field(max_length=200, pattern=r"^[^<>]+$")]
    scopes: list[Scope]
    signing_alg: Annotated[Literal["HS256", "RS256", "RS512", "PS256"], Rule(default="RS256")]
    """The server's default is RS256 (recorded), although the official schema says HS256."""
    signing_secret: Annotated[str, Field(min_length=16)]
    token_lifetime: Annotated[int, Field(ge=0, le=2592000), Rule(default=86400)]
    token_lifetime_for_web: Annotated[int, Field(ge=0, le=2592000), Rule(default=7200)]
    """Writable (recorded), although the official schema lists it in answers only."""
    allow_offline_access: Annotated[bool, Rule(default=False)]
    allow_online_access: bool
    allow_online_access_with_ephemeral_sessions: bool
    skip_consent_for_verifiable_first_party_clients: Annotated[bool, Rule(default=False)]
    enforce_policies: bool
    token_dialect: Literal["access_token", "access_token_authz", "rfc9068_profile", "rfc9068_profile_authz"]
    subject_type_authorization: Annotated[
        SubjectTypeAuthorization,
        Rule(
            merged=True,
            default={"client": {"policy": "require_client_grant"}, "user": {"policy": "allow_all"}},
        ),
    ]
    """Giving one side keeps the other (unverified: our choice)."""
    token_encryption: Annotated[
        TokenEncryption, Rule(clearable=True, null_at_create=True, answer_as=ShownTokenEncryption)
    ]
    consent_policy: Annotated[Literal["transactional-authorization-with-mfa"], NULLABLE]
    authorization_details: Annotated[list[AuthorizationDetail], NULLABLE]
    proof_of_possession: Annotated[ProofOfPossession, NULLABLE]
    """Replaced whole: a sub-key that is left out vanishes (recorded)."""
    authorization_policy: Annotated[AuthorizationPolicy, NULLABLE]
    # The next three: as newer official SDKs have them.
    token_lifetime_for_anonymous_access_tokens: Annotated[int, Field(ge=0)]
    access_token: Annotated[AccessToken, CLEARABLE]
    require_consent_non_repudiation: bool
    verification_location: Annotated[Words, CLEARABLE]
    is_system: Annotated[bool, READ_ONLY]
    """Present only as true (recorded)."""
    client_id: Annotated[str, READ_ONLY]


_SYSTEM_WRITABLE = {
    "token_lifetime",
    "skip_consent_for_verifiable_first_party_clients",
    "subject_type_authorization",
    "proof_of_possession",
    "authorization_policy",
}


def _scopes(*values: str) -> list[Thing]:
    """Scopes such as read:me:factors, described as they are named (recorded for those of the My Account API)."""
    return [{"value": value, "description": re.sub(":my_org:|:me:|_", " ", value).title()} for value in values]


_CREATABLE_SYSTEM_APIS: dict[str, Thing] = {
    own_apis.MY_ACCOUNT: {
        "name": "Auth0 My Account API",
        "scopes": _scopes(
            "create:me:connected_accounts",
            "read:me:connected_accounts",
            "delete:me:connected_accounts",
            "read:me:authentication_methods",
            "delete:me:authentication_methods",
            "update:me:authentication_methods",
            "read:me:factors",
            "create:me:authentication_methods",
        ),
        "token_lifetime": 600,
        "token_lifetime_for_web": 600,
        "allow_offline_access": True,
        "skip_consent_for_verifiable_first_party_clients": True,
        "subject_type_authorization": {"client": {"policy": "deny_all"}, "user": {"policy": "require_client_grant"}},
        "proof_of_possession": {"mechanism": "dpop", "required": False},
    },
    own_apis.MY_ORGANIZATION: {
        "name": "Auth0 My Organization API",
        "scopes": _scopes(
            "read:my_org:configuration",
            "read:my_org:details",
            "update:my_org:details",
            "read:my_org:identity_providers",
            "create:my_org:identity_providers",
            "update:my_org:identity_providers",
            "delete:my_org:identity_providers",
            "update:my_org:identity_providers_detach",
            "create:my_org:identity_providers_domains",
            "delete:my_org:identity_providers_domains",
            "create:my_org:domains",
            "read:my_org:domains",
            "update:my_org:domains",
            "delete:my_org:domains",
            "create:my_org:identity_providers_provisioning",
            "update:my_org:identity_providers_provisioning",
            "read:my_org:identity_providers_provisioning",
            "delete:my_org:identity_providers_provisioning",
            "create:my_org:identity_providers_scim_tokens",
            "read:my_org:identity_providers_scim_tokens",
            "delete:my_org:identity_providers_scim_tokens",
            "read:my_org:member_invitations",
            "create:my_org:member_invitations",
            "delete:my_org:member_invitations",
            "read:my_org:members",
            "delete:my_org:memberships",
            "read:my_org:member_roles",
            "create:my_org:member_roles",
            "delete:my_org:member_roles",
            "create:my_org:client_grants",
            "create:my_org:clients",
            "read:my_org:clients",
            "delete:my_org:clients",
            "read:my_org:user_stores",
            "delete:my_org:organizations",
            "read:my_org:groups",
            "read:my_org:group_roles",
            "create:my_org:group_roles",
            "delete:my_org:group_roles",
        ),
    },
    own_apis.EXPRESS: {
        "name": "Okta OIN Express Configuration API",
        "scopes": [
            {"value": "express_configure:sso", "description": "Ability to create SSO configurations"},
            {"value": "express_configure:scim", "description": "Ability to create scim configurations"},
        ],
        "token_lifetime": 300,
        "enforce_policies": True,
        "subject_type_authorization": {"client": {"policy": "deny_all"}, "user": {"policy": "allow_all"}},
    },
}
"""System APIs that come into being when their identifier is posted, with values of their own whatever was sent
(recorded; the scopes of the My Organization API are those of its official SDKs, its other values are unverified)."""

_SCOPES_IN_ANSWER_TO_CREATION = 3
"""The answer that creates the My Account API shows only the first three of its scopes (recorded)."""


def missing() -> AnsweredError:
    """404 (recorded)."""
    return management_error(404, "The resource server does not exist", "inexistent_resource_server")


def _conflict(thing: Thing) -> AnsweredError:
    """409; the text is documented, the code is unverified."""
    return management_error(
        409, "A resource server with the same identifier already exists.", "resource_server_conflict"
    )


class ResourceServerRules(Rules):
    def new_id(self, body: Thing) -> str:
        return identifiers.object_id()

    def default_values(self, tenant: Tenant, body: Thing) -> Thing:
        return {"signing_secret": identifiers.signing_secret()}

    def check_create(self, tenant: Tenant, body: Thing) -> None:
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
        system = _CREATABLE_SYSTEM_APIS.get(thing["identifier"])
        if system is not None and "is_system" not in thing:
            thing |= deepcopy(system) | {"is_system": True}

    def check_update(self, tenant: Tenant, current: Thing, body: Thing, caller: Caller) -> None:
        """On a system API only a few fields may change (reported, with the validator's text for the others)."""
        if not current.get("is_system"):
            return
        refused = [name for name in body if name not in _SYSTEM_WRITABLE]
        if refused:
            raise invalid_body(f"'Additional properties not allowed: {','.join(reversed(refused))}'")
        if "client" in (body.get("subject_type_authorization") or {}):
            raise invalid_body("'Additional properties not allowed: client' on property subject_type_authorization")

    def check_delete(self, tenant: Tenant, current: Thing) -> None:
        """The Management API stays; system APIs that were created by a POST can be deleted (recorded)."""
        if current["identifier"] == own_apis.MANAGEMENT:
            raise management_error(400, "System resource servers cannot be deleted.")

    def present(self, tenant: Tenant, thing: Thing, caller: Caller) -> Thing:
        if "token_encryption" not in thing:
            return thing
        key = {name: value for name, value in thing["token_encryption"]["encryption_key"].items() if name != "pem"}
        return thing | {"token_encryption": thing["token_encryption"] | {"encryption_key": key}}

    def present_created(self, tenant: Tenant, thing: Thing, body: Thing, caller: Caller) -> Thing:
        shown = self.present(tenant, thing, caller)
        if thing["identifier"] == own_apis.MY_ACCOUNT:
            return shown | {"scopes": shown["scopes"][:_SCOPES_IN_ANSWER_TO_CREATION]}
        return shown


def _one_of(thing: Thing, values: list[str]) -> bool:
    return thing["identifier"] in values


RESOURCE_SERVERS = Entity(
    name="resource_server",
    path="resource-servers",
    model=ResourceServer,
    scopes=Scopes(
        read=("read:resource_servers",),
        create=("create:resource_servers",),
        update=("update:resource_servers",),
        delete=("delete:resource_servers",),
    ),
    listing=Listing("resource_servers", filters={"identifiers": Filter(_one_of, at_most=10)}),
    missing=missing,
    rules=ResourceServerRules(),
    also_found_by="identifier",
    unique=("identifier",),
    conflict=_conflict,
    names_api="identifier",
)
