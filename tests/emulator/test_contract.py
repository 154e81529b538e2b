# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the Management API answers: stories of exchanges, one line per behaviour.

A line is (method, path, body, status, expected). ``{name}`` in a path or body stands for a value that an earlier line
of the story kept: ``Keep(name, field)``. Expected is a body (compared whole), ``Has`` (these members), ``Lacks``
(without these), ``Error`` (message and errorCode), or several of them; None: no body.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

import pytest


class Has(dict[str, Any]):
    """These members, whatever else there is."""


class Lacks(tuple[str, ...]):
    """None of these members."""

    __slots__ = ()


@dataclass(frozen=True)
class Error:
    """An error's message, and its errorCode or its lack of one."""

    message: str
    code: str | None = None


class Keep:
    """Remember a member of the answer, or one deeper in it, under a name."""

    def __init__(self, name: str, *path: str | int) -> None:
        self.name = name
        self.path = path


@dataclass(frozen=True)
class Matches:
    """A string of this form."""

    pattern: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and re.fullmatch(self.pattern, other) is not None

    def __hash__(self) -> int:
        return hash(self.pattern)


HEX = Matches("[0-9a-f]{24}")
LETTERS32 = Matches("[A-Za-z0-9]{32}")
GRANT_ID = Matches("cgr_[A-Za-z0-9]{16}")
SECRET = Matches(".{16,}")
GRANTS4 = ["authorization_code", "implicit", "refresh_token", "client_credentials"]
SHORT = {
    "rotation_type": "non-rotating",
    "expiration_type": "non-expiring",
    "leeway": 0,
    "token_lifetime": 2592000,
    "infinite_token_lifetime": True,
    "infinite_idle_token_lifetime": True,
    "idle_token_lifetime": 1296000,
}
LONG = SHORT | {"token_lifetime": 31557600, "idle_token_lifetime": 2592000}
POLICIES = {"client": {"policy": "require_client_grant"}, "user": {"policy": "allow_all"}}
NO_API = Error("The resource server does not exist", "inexistent_resource_server")
NO_CLIENT = Error("The client does not exist", "inexistent_client")
NO_GRANT = Error("The grant does not exist.", "inexistent_client_grant")
NOT_ALL_SCOPES = Error("`allow_all_scopes` cannot be provided when `audience` is a system API", code="validation_error")
NOT_PASSWORDLESS = Error("Invalid grant types: passwordless")
BOTH = ["authorization_code", "client_credentials"]
FIRST_PARTY_ONLY = Error(
    "Organizations are only available to first party clients on user-based flows. Properties organization_usage and"
    " organization_require_behavior must be unset for third party clients."
)
ON = {"enabled": True}
VAULT = "token_vault_privileged_access"
VAULT_GRANTS = [{"connection": "google-oauth2", "scopes": ["openid", "profile"]}]
FOUR_ADDONS = {"aws": {"role": "r"}, "samlp": {}, "slack": {"team": "t"}, "wams": {"masterkey": "m"}}
ADDRESSES = ["192.0.2.1", "192.0.2.0/24", "2001:db8::1", "2001:db8::/32"]
LANDING = "invitation_landing_client_id"
INVITING = {"allowed_strategies": ["okta"], "connection_deletion_behavior": "allow"}
NO_LANDING = Error("The Client ID for Invitations could not be found.")
MY_ACCOUNT_SCOPES = [
    {"value": value, "description": description}
    for value, description in (
        ("create:me:connected_accounts", "Create Connected Accounts"),
        ("read:me:connected_accounts", "Read Connected Accounts"),
        ("delete:me:connected_accounts", "Delete Connected Accounts"),
        ("read:me:authentication_methods", "Read Authentication Methods"),
        ("delete:me:authentication_methods", "Delete Authentication Methods"),
        ("update:me:authentication_methods", "Update Authentication Methods"),
        ("read:me:factors", "Read Factors"),
        ("create:me:authentication_methods", "Create Authentication Methods"),
    )
]
MY_ORGANIZATION_SCOPES = [
    {"value": f"{verb}:my_org:{name}", "description": f"{verb} {name.replace('_', ' ')}".title()}
    for name, verbs in (
        ("configuration", ["read"]),
        ("details", ["read", "update"]),
        ("identity_providers", ["read", "create", "update", "delete"]),
        ("identity_providers_detach", ["update"]),
        ("identity_providers_domains", ["create", "delete"]),
        ("domains", ["create", "read", "update", "delete"]),
        ("identity_providers_provisioning", ["create", "update", "read", "delete"]),
        ("identity_providers_scim_tokens", ["create", "read", "delete"]),
        ("member_invitations", ["read", "create", "delete"]),
        ("members", ["read"]),
        ("memberships", ["delete"]),
        ("member_roles", ["read", "create", "delete"]),
        ("client_grants", ["create"]),
        ("clients", ["create", "read", "delete"]),
        ("user_stores", ["read"]),
        ("organizations", ["delete"]),
        ("groups", ["read"]),
        ("group_roles", ["read", "create", "delete"]),
    )
    for verb in verbs
]
EXPRESS_SCOPES = [
    "read:clients",
    "read:user_attribute_profiles",
    "read:connection_profiles",
    "read:organizations_summary",
    *("read:connections", "create:connections", "update:connections"),
    *("read:connections_options", "update:connections_options"),
    *("read:organization_connections", "create:organization_connections", "update:organization_connections"),
    "create:scim_config",
    *("read:scim_token", "create:scim_token", "delete:scim_token"),
]
NO_ORGANIZATION = Error("No organization found by that id or name")
BRANDING = {
    "logo_url": "https://acme.example/logo.svg",
    "colors": {"primary": "#e3e2f0", "page_background": "#e3e2ff"},
}
QUOTA = {"client_credentials": {"enforce": False, "per_day": 1000, "per_hour": 50}}
NEW_ORGANIZATION = {"third_party_client_access": "block", "is_app_entitlement_active": False}
ENCRYPTION = {"format": "compact-nested-jwe", "encryption_key": {"alg": "RSA-OAEP-256", "kid": "k", "pem": "PEM"}}


def refused(*problems: str) -> Error:
    """The refusal of a body."""
    return Error(" (also) ".join(f"Payload validation error: {problem}." for problem in problems), "invalid_body")


def bad_query(problem: str) -> Error:
    """The refusal of a query."""
    return Error(f"Query validation error: {problem}.", "invalid_query_string")


Line = tuple[Any, ...]
API, CLIENT, GRANT = "/resource-servers", "/clients", "/client-grants"
A, C, G = "/resource-servers/{a}", "/clients/{c}", "/client-grants/{g}"
ORG, THIS, ROLE, R = "/organizations", "/organizations/{o}", "/roles", "/roles/{r}"
NEW_API: Line = ("POST", API, {"identifier": "{unique}"}, 201, Keep("a", "id"))
NEW_CLIENT: Line = ("POST", CLIENT, {"name": "one"}, 201, Keep("c", "client_id"))
GRANT_BODY = {"client_id": "{c}", "audience": "{unique}"}
NEW_GRANT: Line = ("POST", GRANT, GRANT_BODY | {"scope": ["a", "b"]}, 201, Keep("g", "id"))
NEW_ORG: Line = ("POST", ORG, {"name": "{slug}"}, 201, Keep("o", "id"))


def permissions(*names: str, identifier: str = "{unique}") -> dict[str, Any]:
    """The body that names permissions."""
    return {"permissions": [{"resource_server_identifier": identifier, "permission_name": name} for name in names]}


STORIES: dict[str, list[Line]] = {
    # ---------------------------------------------------------------- resource servers
    "api: defaults of a minimal one": [
        (
            *("POST", API, {"identifier": "{unique}"}, 201),
            {
                "id": HEX,
                "identifier": "{unique}",
                "allow_offline_access": False,
                "skip_consent_for_verifiable_first_party_clients": False,
                "subject_type_authorization": POLICIES,
                "token_lifetime": 86400,
                "token_lifetime_for_web": 7200,
                "signing_alg": "RS256",
                "signing_secret": SECRET,
            },
        ),
    ],
    "api: found by its id, its identifier, and its identifier escaped twice": [
        NEW_API,
        ("GET", A, None, 200, Has(identifier="{unique}")),
        ("GET", "/resource-servers/{unique_escaped}", None, 200, Has(id="{a}")),
        ("GET", "/resource-servers/{unique_escaped_twice}", None, 200, Has(id="{a}")),
        ("PATCH", "/resource-servers/{unique_escaped}", {"name": "n"}, 200, Has(id="{a}", name="n")),
        ("DELETE", "/resource-servers/{unique_escaped}", None, 204, None),
        ("GET", A, None, 404, NO_API),
    ],
    "api: identifiers are byte-exact": [
        NEW_API,
        ("POST", API, {"identifier": "{unique}/"}, 201, Has(identifier="{unique}/")),
        ("POST", API, {"identifier": "{unique}#x y?ä"}, 201, Has(identifier="{unique}#x y?ä")),
    ],
    "api: an identifier occurs once": [
        NEW_API,
        (
            *("POST", API, {"identifier": "{unique}"}, 409),
            Error("A resource server with the same identifier already exists.", "resource_server_conflict"),
        ),
        ("DELETE", A, None, 204, None),
        ("POST", API, {"identifier": "{unique}"}, 201, Has(identifier="{unique}")),
    ],
    "api: all problems of a body are told, an object's own first, then those of its members from the last on": [
        (
            *("POST", API, {"name": "<", "x": 1, "scopes": [{"description": 1}, {"value": ""}], "y": 2}, 400),
            refused(
                "'Additional properties not allowed: y,x'",
                "'Missing required property: identifier'",
                "'String is too short (0 chars), minimum 1' on property scopes[1].value",
                "'Missing required property: value' on property scopes[0]",
                "'Expected type string but found type integer' on property scopes[0].description",
                "'String does not match pattern ^[^<>]+$: <' on property name",
            ),
        ),
    ],
    "api: names may repeat": [
        ("POST", API, {"identifier": "{unique}1", "name": "same"}, 201, Has(name="same")),
        ("POST", API, {"identifier": "{unique}2", "name": "same"}, 201, Has(name="same")),
    ],
    "api: the identifier cannot change": [
        NEW_API,
        ("PATCH", A, {"identifier": "x"}, 400, refused("'Additional properties not allowed: identifier'")),
    ],
    "api: missing ones": [
        ("GET", "/resource-servers/none", None, 404, NO_API),
        ("PATCH", "/resource-servers/none", {"name": "n"}, 404, NO_API),
        ("DELETE", "/resource-servers/none", None, 204, None),
    ],
    "api: scopes are replaced whole, in the order sent; empty differs from never set": [
        NEW_API,
        ("GET", A, None, 200, Lacks(("scopes",))),
        ("PATCH", A, {"scopes": [{"value": "z", "description": ""}, {"value": "a"}]}, 200, Has(id="{a}")),
        ("GET", A, None, 200, Has(scopes=[{"value": "z", "description": ""}, {"value": "a"}])),
        ("PATCH", A, {"scopes": [{"value": "b"}]}, 200, Has(scopes=[{"value": "b"}])),
        ("PATCH", A, {"scopes": []}, 200, Has(scopes=[])),
    ],
    "api: an update keeps what it does not name": [
        ("POST", API, {"identifier": "{unique}", "name": "n", "token_lifetime": 60}, 201, Keep("a", "id")),
        ("PATCH", A, {"allow_offline_access": True}, 200, Has(name="n", token_lifetime=60, allow_offline_access=True)),
    ],
    "api: flags are absent until set": [
        ("POST", API, {"identifier": "{unique}"}, 201, Lacks(("enforce_policies", "token_dialect", "name"))),
        ("POST", API, {"identifier": "{unique}2", "enforce_policies": False}, 201, Has(enforce_policies=False)),
    ],
    "api: null clears, also what is absent": [
        (
            *("POST", API, {"identifier": "{unique}", "consent_policy": "transactional-authorization-with-mfa"}, 201),
            Keep("a", "id"),
        ),
        ("PATCH", A, {"consent_policy": None}, 200, Lacks(("consent_policy",))),
        ("PATCH", A, {"token_encryption": None}, 200, Lacks(("token_encryption",))),
        ("PATCH", A, {"authorization_details": [{"type": "p"}]}, 200, Has(authorization_details=[{"type": "p"}])),
        ("PATCH", A, {"authorization_details": None}, 200, Lacks(("authorization_details",))),
        ("PATCH", A, {"name": None}, 400, refused("'Expected type string but found type null' on property name")),
    ],
    "api: proof_of_possession is replaced whole": [
        NEW_API,
        (
            "PATCH",
            A,
            {"proof_of_possession": {"mechanism": "dpop", "required": True, "required_for": "all_clients"}},
            200,
            Has(proof_of_possession={"mechanism": "dpop", "required": True, "required_for": "all_clients"}),
        ),
        (
            "PATCH",
            A,
            {"proof_of_possession": {"mechanism": "mtls", "required": False}},
            200,
            Has(proof_of_possession={"mechanism": "mtls", "required": False}),
        ),
    ],
    "api: one side of subject_type_authorization keeps the other": [
        NEW_API,
        (
            "PATCH",
            A,
            {"subject_type_authorization": {"client": {"policy": "deny_all"}}},
            200,
            Has(subject_type_authorization=POLICIES | {"client": {"policy": "deny_all"}}),
        ),
    ],
    "api: the key of token_encryption is never shown": [
        (
            *("POST", API, {"identifier": "{unique}", "token_encryption": ENCRYPTION}, 201),
            Has(
                token_encryption={
                    "format": "compact-nested-jwe",
                    "encryption_key": {"alg": "RSA-OAEP-256", "kid": "k"},
                }
            ),
        ),
    ],
    "api: the lifetime for the web is at most the lifetime": [
        ("POST", API, {"identifier": "{unique}", "token_lifetime": 60}, 201, Has(token_lifetime_for_web=60)),
        ("POST", API, {"identifier": "{unique}2", "token_lifetime_for_web": 3600}, 201, Has(token_lifetime=86400)),
        (
            *("POST", API, {"identifier": "{unique}3", "token_lifetime": 60, "token_lifetime_for_web": 61}, 400),
            refused("'Value 61 is greater than maximum 60' on property token_lifetime_for_web"),
        ),
    ],
    "api: bodies are validated": [
        ("POST", API, {}, 400, refused("'Missing required property: identifier'")),
        (
            *("POST", API, {"identifier": "x", "b": 1, "a": 2}, 400),
            refused("'Additional properties not allowed: a,b'"),
        ),
        (
            *("POST", API, {"identifier": "x", "scopes": [{"value": "a"}, {"description": "d"}]}, 400),
            refused("'Missing required property: value' on property scopes[1]"),
        ),
        (
            *("POST", API, {"identifier": "x", "scopes": [{"value": "a", "x": 1}]}, 400),
            refused("'Additional properties not allowed: x' on property scopes[0]"),
        ),
        (
            *("POST", API, {"identifier": ""}, 400),
            refused("'String is too short (0 chars), minimum 1' on property identifier"),
        ),
        (
            *("POST", API, {"identifier": "x" * 601}, 400),
            refused("'String is too long (601 chars), maximum 600' on property identifier"),
        ),
        (
            *("POST", API, {"identifier": 1}, 400),
            refused("'Expected type string but found type integer' on property identifier"),
        ),
        (
            *("POST", API, {"identifier": "x", "name": "<b>"}, 400),
            refused("'String does not match pattern ^[^<>]+$: <b>' on property name"),
        ),
        (
            *("POST", API, {"identifier": "x", "signing_alg": "ES256"}, 400),
            refused("'No enum match for: ES256' on property signing_alg"),
        ),
        (
            *("POST", API, {"identifier": "x", "token_lifetime": "60"}, 400),
            refused("'Expected type integer but found type string' on property token_lifetime"),
        ),
        (
            *("POST", API, {"identifier": "x", "token_lifetime": True}, 400),
            refused("'Expected type integer but found type boolean' on property token_lifetime"),
        ),
        (
            *("POST", API, {"identifier": "x", "token_lifetime": 2592001}, 400),
            refused("'Value 2592001 is greater than maximum 2592000' on property token_lifetime"),
        ),
        (
            *("POST", API, {"identifier": "x", "token_lifetime": -1}, 400),
            refused("'Value -1 is less than minimum 0' on property token_lifetime"),
        ),
        (
            *("POST", API, {"identifier": "x", "allow_offline_access": "true"}, 400),
            refused("'Expected type boolean but found type string' on property allow_offline_access"),
        ),
        (
            *("POST", API, {"identifier": "x", "scopes": {}}, 400),
            refused("'Expected type array but found type object' on property scopes"),
        ),
        (
            *("POST", API, {"identifier": "x", "id": "y"}, 400),
            refused("'Additional properties not allowed: id'"),
        ),
        ("POST", API, [], 400, refused("'Expected type object but found type array'")),
    ],
    "api: an empty update changes nothing": [
        NEW_API,
        ("PATCH", A, {}, 200, Has(id="{a}", identifier="{unique}")),
    ],
    "api: the Management API is a system API": [
        (
            *("GET", "/resource-servers/{management_escaped}", None, 200),
            Has(name="Auth0 Management API", is_system=True, identifier="{management}", signing_alg="RS256"),
            Keep("a", "id"),
        ),
        (
            *("PATCH", A, {"scopes": [], "token_lifetime": 60}, 400),
            refused("'Additional properties not allowed: scopes'"),
        ),
        ("PATCH", A, {"name": "mine"}, 400, refused("'Additional properties not allowed: name'")),
        (
            *("PATCH", A, {"subject_type_authorization": {"client": {"policy": "deny_all"}}}, 400),
            refused("'Additional properties not allowed: client' on property subject_type_authorization"),
        ),
        ("PATCH", A, {"token_lifetime": 3600}, 200, Has(token_lifetime=3600)),
        ("PATCH", A, {"token_lifetime": 86400}, 200, Has(token_lifetime=86400)),
        ("DELETE", A, None, 400, Error("System resource servers cannot be deleted.")),
        (
            *("POST", API, {"identifier": "{management}"}, 409),
            Error("A resource server with the same identifier already exists.", "resource_server_conflict"),
        ),
    ],
    "api: other system APIs come and go": [
        (
            *("POST", API, {"identifier": "https://{host}/me/", "name": "ignored"}, 201),
            {
                "id": HEX,
                "name": "Auth0 My Account API",
                "identifier": "https://{host}/me/",
                "is_system": True,
                "allow_offline_access": True,
                "skip_consent_for_verifiable_first_party_clients": True,
                "subject_type_authorization": {
                    "client": {"policy": "deny_all"},
                    "user": {"policy": "require_client_grant"},
                },
                "token_lifetime": 600,
                "token_lifetime_for_web": 600,
                "signing_alg": "RS256",
                "signing_secret": SECRET,
                "proof_of_possession": {"mechanism": "dpop", "required": False},
                "scopes": MY_ACCOUNT_SCOPES[:3],
            },
            Keep("a", "id"),
        ),
        ("GET", A, None, 200, Has(scopes=MY_ACCOUNT_SCOPES)),
        ("PATCH", A, {"name": "mine"}, 400, refused("'Additional properties not allowed: name'")),
        ("PATCH", A, {"authorization_policy": {"policy_id": "p"}}, 200, Has(authorization_policy={"policy_id": "p"})),
        ("DELETE", A, None, 204, None),
        (
            *("POST", API, {"identifier": "urn:auth0:express-configure"}, 201),
            {
                "id": HEX,
                "name": "Okta OIN Express Configuration API",
                "identifier": "urn:auth0:express-configure",
                "is_system": True,
                "allow_offline_access": False,
                "skip_consent_for_verifiable_first_party_clients": False,
                "subject_type_authorization": POLICIES | {"client": {"policy": "deny_all"}},
                "token_lifetime": 300,
                "token_lifetime_for_web": 7200,
                "signing_alg": "RS256",
                "signing_secret": SECRET,
                "enforce_policies": True,
                "scopes": [
                    {"value": "express_configure:sso", "description": "Ability to create SSO configurations"},
                    {"value": "express_configure:scim", "description": "Ability to create scim configurations"},
                ],
            },
            Keep("a", "id"),
        ),
        ("PATCH", A, {"name": "Modified"}, 400, refused("'Additional properties not allowed: name'")),
        ("PATCH", A, {"proof_of_possession": None}, 200, Has(token_lifetime=300, token_lifetime_for_web=7200)),
        ("DELETE", A, None, 204, None),
        ("POST", API, {"identifier": "urn:auth0:express-configure"}, 201, Has(is_system=True), Keep("a", "id")),
        ("DELETE", A, None, 204, None),
        (
            *("POST", API, {"identifier": "https://{host}/my-org/", "token_dialect": "rfc9068_profile"}, 201),
            Has(name="Auth0 My Organization API", is_system=True, scopes=MY_ORGANIZATION_SCOPES),
            Has(token_dialect="rfc9068_profile"),
            Keep("a", "id"),
        ),
        ("DELETE", A, None, 204, None),
        (
            *("POST", API, {"identifier": "https://{host}/userinfo"}, 400),
            Error("The selected identifier is reserved."),
        ),
    ],
    # ---------------------------------------------------------------- clients
    "client: defaults of a minimal one": [
        (
            *("POST", CLIENT, {"name": "minimal"}, 201),
            {
                "client_id": LETTERS32,
                "client_secret": SECRET,
                "tenant": "main",
                "global": False,
                "name": "minimal",
                "is_first_party": True,
                "is_token_endpoint_ip_header_trusted": False,
                "oidc_conformant": False,
                "sso_disabled": False,
                "cross_origin_auth": False,
                "cross_origin_authentication": False,
                "custom_login_page_on": True,
                "encrypted": True,
                "callback_url_template": False,
                "grant_types": GRANTS4,
                "jwt_configuration": {"secret_encoded": False, "lifetime_in_seconds": 36000},
                "refresh_token": SHORT,
                "signing_keys": [
                    {"cert": Matches("(?s)-----BEGIN CERT.*"), "pkcs7": Matches("(?s).*PKCS7.*"), "subject": "{cn}"}
                ],
            },
        ),
    ],
    "client: defaults depend on other fields": [
        ("POST", CLIENT, {"name": "n", "app_type": "non_interactive"}, 201, Has(grant_types=GRANTS4)),
        (
            *("POST", CLIENT, {"name": "n", "token_endpoint_auth_method": "client_secret_post"}, 201),
            Has(refresh_token=LONG),
        ),
        (
            *("POST", CLIENT, {"name": "n", "token_endpoint_auth_method": "none"}, 201),
            Has(refresh_token=SHORT, grant_types=GRANTS4[:3]),
        ),
        (
            *("POST", CLIENT, {"name": "n", "jwt_configuration": {"alg": "RS256"}}, 201),
            Has(jwt_configuration={"secret_encoded": False, "alg": "RS256"}),
        ),
        (
            *("POST", CLIENT, {"name": "n", "app_type": "regular_web", "is_first_party": False}, 201),
            Has(
                client_id=Matches("tpc_[A-Za-z0-9]{22}"),
                oidc_conformant=True,
                jwt_configuration={"secret_encoded": False, "lifetime_in_seconds": 3600, "alg": "RS256"},
                third_party_security_mode="strict",
                grant_types=["authorization_code"],
            ),
        ),
    ],
    "client: the client of an API": [
        NEW_API,
        (
            "POST",
            CLIENT,
            {"name": "n", "app_type": "resource_server", "resource_server_identifier": "{unique}"},
            201,
            Has(
                grant_types=[],
                oidc_conformant=True,
                jwt_configuration={"secret_encoded": False, "alg": "RS256"},
                refresh_token=SHORT,
                resource_server_identifier="{unique}",
            ),
            Keep("c", "client_id"),
        ),
        ("GET", A, None, 200, Has(client_id="{c}")),
        (
            *("PATCH", C, {"resource_server_identifier": "x"}, 400),
            refused("'Additional properties not allowed: resource_server_identifier'"),
        ),
        ("DELETE", C, None, 204, None),
        ("GET", A, None, 200, Lacks(("client_id",))),
    ],
    "client: that of express configuration has a grant that nobody can change": [
        NEW_API,
        (
            *("POST", CLIENT, {"name": "n", "app_type": "express_configuration"}, 201),
            {
                "client_id": LETTERS32,
                "tenant": "main",
                "global": False,
                "name": "n",
                "app_type": "express_configuration",
                "is_first_party": True,
                "is_token_endpoint_ip_header_trusted": False,
                "oidc_conformant": True,
                "callbacks": ["https://system-admin.okta.com/admin/app/generic/oauth20redirect"],
                "sso_disabled": False,
                "cross_origin_auth": False,
                "cross_origin_authentication": False,
                "custom_login_page_on": True,
                "encrypted": True,
                "callback_url_template": False,
                "grant_types": ["authorization_code", "client_credentials"],
                "jwt_configuration": {"secret_encoded": False, "alg": "RS256"},
                "refresh_token": SHORT,
                "organization_usage": "require",
                "organization_require_behavior": "pre_login_prompt",
                "client_authentication_methods": {"private_key_jwt": {"credentials": []}},
                "signing_keys": [
                    {"cert": Matches("(?s)-----BEGIN CERT.*"), "pkcs7": Matches("(?s).*PKCS7.*"), "subject": "{cn}"}
                ],
            },
            Keep("c", "client_id"),
        ),
        (
            *("GET", "/client-grants?client_id={c}&include_totals=true&per_page=50", None, 200),
            {
                "client_grants": [
                    {
                        "id": GRANT_ID,
                        "client_id": "{c}",
                        "audience": "{management}",
                        "scope": EXPRESS_SCOPES,
                        "is_system": True,
                        "subject_type": "client",
                    }
                ],
                "start": 0,
                "limit": 50,
                "total": 1,
            },
            Keep("g", "client_grants", 0, "id"),
        ),
        ("PATCH", G, {"scope": []}, 400, Error("System client grants cannot be changed.", "validation_error")),
        ("DELETE", G, None, 400, Error("System client grants cannot be changed.", "validation_error")),
        (
            *("POST", GRANT, GRANT_BODY | {"scope": []}, 400),
            Error("Client of type express_configuration cannot be used", "validation_error"),
        ),
        ("GET", G, None, 200, Has(scope=EXPRESS_SCOPES)),
        ("DELETE", C, None, 204, None),
        ("GET", G, None, 404, NO_GRANT),
    ],
    "client: grant types are not repeated": [
        (
            *("POST", CLIENT, {"name": "n", "grant_types": ["implicit", "password", "password"]}, 400),
            refused("'Array items are not unique (indexes 1 and 2)' on property grant_types"),
        ),
    ],
    "client: a public one has no client credentials; unknown grant types are refused": [
        (
            *("POST", CLIENT, {"name": "n", "token_endpoint_auth_method": "none", "grant_types": BOTH}, 400),
            Error("Invalid grant types: client_credentials"),
        ),
        ("POST", CLIENT, {"name": "n", "grant_types": ["passwordless"]}, 400, NOT_PASSWORDLESS),
        (
            *("POST", CLIENT, {"name": "n", "token_endpoint_auth_method": "none"}, 201),
            Has(grant_types=["authorization_code", "implicit", "refresh_token"]),
            Keep("c", "client_id"),
        ),
        ("PATCH", C, {"grant_types": BOTH}, 400, Error("Invalid grant types: client_credentials")),
        ("PATCH", C, {"grant_types": ["passwordless"]}, 400, NOT_PASSWORDLESS),
        (
            *("PATCH", C, {"grant_types": BOTH, "token_endpoint_auth_method": "client_secret_post"}, 200),
            Has(grant_types=BOTH),
        ),
    ],
    "client: an alias occurs once": [
        ("POST", CLIENT, {"name": "n", "client_aliases": ["{unique}", "other"]}, 201, Keep("c", "client_id")),
        (
            *("POST", CLIENT, {"name": "n", "client_aliases": ["{unique}"]}, 409),
            Error("Another client exists with the same alias."),
        ),
        ("DELETE", C, None, 204, None),
        ("POST", CLIENT, {"name": "n", "client_aliases": ["{unique}"]}, 201, Has(client_aliases=["{unique}"])),
    ],
    "client: organizations are not for third parties": [
        ("POST", CLIENT, {"name": "n", "is_first_party": False, "organization_usage": "allow"}, 403, FIRST_PARTY_ONLY),
        ("POST", CLIENT, {"name": "n", "is_first_party": False}, 201, Keep("c", "client_id")),
        ("PATCH", C, {"organization_require_behavior": "no_prompt"}, 403, FIRST_PARTY_ONLY),
        ("PATCH", C, {"organization_usage": None}, 200, Lacks(("organization_usage",))),
    ],
    "client: the one that invitations lead to must exist": [
        ("POST", CLIENT, {"name": "n", "my_organization_configuration": INVITING | {LANDING: "none"}}, 404, NO_LANDING),
        NEW_CLIENT,
        ("PATCH", C, {"my_organization_configuration": INVITING | {LANDING: "none"}}, 404, NO_LANDING),
        (
            *("PATCH", C, {"my_organization_configuration": INVITING | {LANDING: "{c}"}}, 200),
            Has(my_organization_configuration=INVITING | {LANDING: "{c}"}),
        ),
    ],
    "client: names may repeat": [
        ("POST", CLIENT, {"name": "twin"}, 201, Keep("c", "client_id")),
        ("POST", CLIENT, {"name": "twin"}, 201, Has(name="twin")),
        ("GET", C, None, 200, Has(name="twin")),
    ],
    "client: missing ones": [
        ("GET", "/clients/none", None, 404, NO_CLIENT),
        ("PATCH", "/clients/none", {"name": "n"}, 404, NO_CLIENT),
        ("DELETE", "/clients/none", None, 204, None),
    ],
    "client: metadata is merged per key": [
        ("POST", CLIENT, {"name": "n", "client_metadata": {"a": "1", "b": "2"}}, 201, Keep("c", "client_id")),
        ("PATCH", C, {"client_metadata": {"a": None, "c": "3"}}, 200, Has(client_metadata={"b": "2", "c": "3"})),
        ("PATCH", C, {"client_metadata": {}}, 200, Has(client_metadata={"b": "2", "c": "3"})),
        ("PATCH", C, {"client_metadata": {"b": None, "c": None}}, 200, Has(client_metadata={})),
        (
            *("PATCH", C, {"client_metadata": {str(n): "v" for n in range(11)}}, 400),
            refused("'Too many properties defined (11), maximum 10' on property client_metadata"),
        ),
        (
            *("PATCH", C, {"client_metadata": {"k": "v" * 256}}, 400),
            refused("'String is too long (256 chars), maximum 255' on property client_metadata.k"),
        ),
    ],
    "client: jwt_configuration is merged": [
        NEW_CLIENT,
        (
            *("PATCH", C, {"jwt_configuration": {"alg": "RS256"}}, 200),
            Has(jwt_configuration={"secret_encoded": False, "lifetime_in_seconds": 36000, "alg": "RS256"}),
        ),
        (
            *("PATCH", C, {"jwt_configuration": {"lifetime_in_seconds": 60}}, 200),
            Has(jwt_configuration={"secret_encoded": False, "lifetime_in_seconds": 60, "alg": "RS256"}),
        ),
    ],
    "client: other nested objects": [
        NEW_CLIENT,
        ("PATCH", C, {"mobile": {"ios": {"team_id": "t"}}}, 200, Has(mobile={"ios": {"team_id": "t"}})),
        (
            *("PATCH", C, {"mobile": {"android": {"app_package_name": "p"}}}, 200),
            Has(mobile={"ios": {"team_id": "t"}, "android": {"app_package_name": "p"}}),
        ),
        ("PATCH", C, {"oidc_logout": {}}, 200, Lacks(("oidc_logout",))),
        (
            *("PATCH", C, {"oidc_backchannel_logout": {"backchannel_logout_urls": ["https://x.y"]}}, 200),
            Has(oidc_logout={"backchannel_logout_urls": ["https://x.y"]}),
        ),
        ("PATCH", C, {"oidc_backchannel_logout": None}, 200, Lacks(("oidc_logout", "oidc_backchannel_logout"))),
        (
            *("PATCH", C, {"refresh_token": {"leeway": 3}}, 400),
            refused(
                "'Missing required property: expiration_type' on property refresh_token",
                "'Missing required property: rotation_type' on property refresh_token",
            ),
        ),
        (
            *("PATCH", C, {"refresh_token": {"rotation_type": "rotating", "expiration_type": "expiring"}}, 200),
            Has(refresh_token=SHORT | {"rotation_type": "rotating", "expiration_type": "expiring"}),
        ),
    ],
    "client: an addon is replaced and the others stay; an empty one is kept; secrets are answered": [
        ("POST", CLIENT, {"name": "n", "addons": {"aws": {"role": "r"}, "samlp": {}}}, 201, Keep("c", "client_id")),
        ("PATCH", C, {"addons": {"slack": {"team": "t"}, "wams": {"masterkey": "m"}}}, 200, Has(addons=FOUR_ADDONS)),
        ("PATCH", C, {"addons": {"aws": {}}}, 200, Has(addons=FOUR_ADDONS | {"aws": {}})),
        ("PATCH", C, {"addons": {}}, 200, Has(addons=FOUR_ADDONS | {"aws": {}})),
        ("PATCH", C, {"addons": {"slack": None}}, 400, Has(errorCode="invalid_body")),
        ("PATCH", C, {"addons": {"skype": {}}}, 400, Has(errorCode="invalid_body")),
        ("PATCH", C, {"addons": {"wams": {"more": [1]}}}, 200, Has(name="n")),
        ("GET", C, None, 200, Has(addons=FOUR_ADDONS | {"aws": {}, "wams": {"more": [1]}})),
        ("PATCH", C, {"addons": None}, 200, Lacks(("addons",))),
    ],
    "client: social logins and that of the browser can be cleared one by one": [
        (
            *("POST", CLIENT, {"name": "n", "native_social_login": {"apple": ON, "google": ON}}, 201),
            Keep("c", "client_id"),
        ),
        ("POST", CLIENT, {"name": "n", "native_social_login": {"apple": None}}, 400, Has(errorCode="invalid_body")),
        ("PATCH", C, {"native_social_login": {"apple": None}}, 200, Has(native_social_login={"google": ON})),
        ("PATCH", C, {"fedcm_login": {"google": {"is_enabled": True}}}, 200, Has(name="n")),
        ("PATCH", C, {"fedcm_login": {"google": None}}, 200, Has(fedcm_login={})),
    ],
    "client: the token vault is replaced, null clears it": [
        NEW_CLIENT,
        (
            *("PATCH", C, {VAULT: {"credentials": [], "ip_allowlist": ADDRESSES[:1], "grants": VAULT_GRANTS}}, 200),
            Has({VAULT: {"credentials": [], "ip_allowlist": ADDRESSES[:1], "grants": VAULT_GRANTS}}),
        ),
        (
            *("PATCH", C, {VAULT: {"credentials": [], "grants": []}}, 200),
            Has({VAULT: {"credentials": [], "grants": []}}),
        ),
        ("PATCH", C, {VAULT: None}, 200, Lacks((VAULT,))),
    ],
    "client: what the token vault takes": [
        NEW_CLIENT,
        (
            *("PATCH", C, {VAULT: {"credentials": [], "ip_allowlist": [f"192.0.2.{n}" for n in range(11)]}}, 400),
            refused("'Array is too long (11), maximum 10' on property token_vault_privileged_access.ip_allowlist"),
        ),
        ("PATCH", C, {VAULT: {"credentials": [{"id": str(n)} for n in range(3)]}}, 400, Has(errorCode="invalid_body")),
        ("PATCH", C, {VAULT: {"credentials": [], "grants": VAULT_GRANTS * 2}}, 400, Has(errorCode="invalid_body")),
        (
            *("PATCH", C, {VAULT: {"credentials": [], "grants": [{"connection": "x", "scopes": ["s"] * 21}]}}, 400),
            Has(errorCode="invalid_body"),
        ),
        (
            *("PATCH", C, {VAULT: {"credentials": [], "grants": [{"connection": "x", "scopes": []}]}}, 400),
            Has(errorCode="invalid_body"),
        ),
        ("PATCH", C, {VAULT: {"grants": []}}, 400, Has(errorCode="invalid_body")),
    ],
    "client: signed requests are merged, null clears them": [
        NEW_CLIENT,
        (
            *("PATCH", C, {"signed_request_object": {"required": True}}, 200),
            Has(signed_request_object={"required": True}),
        ),
        (
            *("PATCH", C, {"signed_request_object": {"credentials": []}}, 200),
            Has(signed_request_object={"required": True, "credentials": []}),
        ),
        ("PATCH", C, {"signed_request_object": None}, 200, Lacks(("signed_request_object",))),
    ],
    "client: addresses that may use the token vault": [
        NEW_CLIENT,
        (
            *("PATCH", C, {"token_vault_privileged_access": {"credentials": [], "ip_allowlist": ADDRESSES}}, 200),
            Has(token_vault_privileged_access={"credentials": [], "ip_allowlist": ADDRESSES}),
        ),
        (
            *("PATCH", C, {"token_vault_privileged_access": {"credentials": [], "ip_allowlist": ["here"]}}, 400),
            refused(
                "'None of the valid schemas were met' on property token_vault_privileged_access.ip_allowlist[0]",
            ),
        ),
    ],
    "client: identity_assertion_authorization_grant": [
        (
            *("POST", CLIENT, {"name": "n", "identity_assertion_authorization_grant": {"active": True}}, 201),
            Has(identity_assertion_authorization_grant={"active": True}),
            Keep("c", "client_id"),
        ),
        (
            *("PATCH", C, {"identity_assertion_authorization_grant": None}, 200),
            Lacks(("identity_assertion_authorization_grant",)),
        ),
    ],
    "client: token_quota is replaced, null clears it": [
        (
            *(
                "POST",
                CLIENT,
                {"name": "n", "token_quota": {"client_credentials": {"enforce": True, "per_day": 9}}},
                201,
            ),
            Keep("c", "client_id"),
        ),
        (
            *("PATCH", C, {"token_quota": {"client_credentials": {"per_hour": 1}}}, 200),
            Has(token_quota={"client_credentials": {"per_hour": 1}}),
        ),
        (
            *("PATCH", C, {"token_quota": {"client_credentials": {"per_hour": 0}}}, 400),
            refused("'Value 0 is less than minimum 1' on property token_quota.client_credentials.per_hour"),
        ),
        (
            *("PATCH", C, {"token_quota": {"client_credentials": {}}}, 400),
            refused("'Too few properties defined (0), minimum 1' on property token_quota.client_credentials"),
        ),
        ("PATCH", C, {"token_quota": None}, 200, Lacks(("token_quota",))),
    ],
    "client: default_organization needs both members": [
        NEW_CLIENT,
        (
            *("PATCH", C, {"default_organization": {"flows": ["client_credentials"]}}, 400),
            refused("'Missing required property: organization_id' on property default_organization"),
        ),
        (
            *("PATCH", C, {"default_organization": {"organization_id": "org_1", "flows": []}}, 400),
            refused(
                "'Object didn't pass validation for format organization-id: org_1'"
                " on property default_organization.organization_id"
            ),
        ),
        ("PATCH", C, {"default_organization": None}, 200, Lacks(("default_organization",))),
    ],
    "client: empty strings": [
        NEW_CLIENT,
        ("PATCH", C, {"description": ""}, 200, Has(description="")),
        ("PATCH", C, {"initiate_login_uri": "https://x.y/z"}, 200, Has(initiate_login_uri="https://x.y/z")),
        ("PATCH", C, {"initiate_login_uri": ""}, 200, Lacks(("initiate_login_uri",))),
        ("PATCH", C, {"custom_login_page": "", "form_template": ""}, 200, Has(custom_login_page="", form_template="")),
        (
            *("POST", CLIENT, {"name": "n", "custom_login_page": ""}, 400),
            refused("'String is too short (0 chars), minimum 1' on property custom_login_page"),
        ),
    ],
    "client: arrays are replaced, in the order sent": [
        (
            "POST",
            CLIENT,
            {"name": "n", "callbacks": ["h:b", "h:a", "h:b"]},
            201,
            Keep("c", "client_id"),
        ),
        ("GET", C, None, 200, Has(callbacks=["h:b", "h:a", "h:b"])),
        ("PATCH", C, {"grant_types": ["client_credentials"]}, 200, Has(grant_types=["client_credentials"])),
        ("PATCH", C, {"grant_types": []}, 200, Has(grant_types=[])),
    ],
    "client: its secret may be set, but not at creation": [
        NEW_CLIENT,
        ("PATCH", C, {"client_secret": "my own secret"}, 200, Has(client_secret="my own secret")),
        (
            *("POST", CLIENT, {"name": "n", "client_secret": "s"}, 400),
            refused("'Additional properties not allowed: client_secret'"),
        ),
        (
            *("POST", CLIENT, {"name": "n", "client_id": "c"}, 400),
            refused("'Additional properties not allowed: client_id'"),
        ),
    ],
    "client: read-only fields are refused": [
        NEW_CLIENT,
        (
            *("PATCH", C, {"tenant": "x", "global": True, "signing_keys": []}, 400),
            refused("'Additional properties not allowed: signing_keys,global,tenant'"),
        ),
    ],
    "client: chosen fields": [
        NEW_CLIENT,
        ("GET", C + "?fields=client_id,name&include_fields=true", None, 200, {"client_id": "{c}", "name": "one"}),
        ("GET", C + "?fields=client_id", None, 200, {"client_id": "{c}"}),
        ("GET", C + "?fields=name,client_secret&include_fields=false", None, 200, Lacks(("name", "client_secret"))),
        (
            *("GET", C + "?fields=name&include_fields=maybe", None, 400),
            bad_query("'Expected type boolean but found type string' on property include_fields"),
        ),
    ],
    "client: bodies are validated": [
        ("POST", CLIENT, {}, 400, refused("'Missing required property: name'")),
        (
            "POST",
            CLIENT,
            {"name": "a<b"},
            400,
            refused("'String does not match pattern ^[^<>]+$: a<b' on property name"),
        ),
        (
            *("POST", CLIENT, {"name": "n", "description": "d" * 141}, 400),
            refused("'String is too long (141 chars), maximum 140' on property description"),
        ),
        (
            *("POST", CLIENT, {"name": "n", "app_type": "m2m"}, 400),
            refused("'No enum match for: m2m' on property app_type"),
        ),
        (
            *("POST", CLIENT, {"name": "n", "grant_types": ["a", 1]}, 400),
            refused("'Expected type string but found type integer' on property grant_types[1]"),
        ),
        (
            *("POST", CLIENT, {"name": "n", "logo_uri": "no uri"}, 400),
            refused("'Object didn't pass validation for format absolute-uri-or-empty: no uri' on property logo_uri"),
        ),
        ("PATCH", "/clients/none", {}, 400, refused("'Too few properties defined (0), minimum 1'")),
    ],
    "client: the global client": [
        ("GET", "/clients?is_global=true&fields=client_id,global,name", None, 200, [Has(name="All Applications")]),
    ],
    # ---------------------------------------------------------------- client grants
    "grant: as sent, with the subject type added": [
        NEW_API,
        NEW_CLIENT,
        (
            *("POST", GRANT, GRANT_BODY | {"scope": ["b", "a"]}, 201),
            {"id": GRANT_ID, "client_id": "{c}", "audience": "{unique}", "scope": ["b", "a"], "subject_type": "client"},
            Keep("g", "id"),
        ),
        ("GET", G, None, 200, Has(scope=["b", "a"])),
        ("DELETE", G, None, 204, None),
        ("DELETE", G, None, 204, None),
        ("GET", G, None, 404, NO_GRANT),
        ("PATCH", G, {"scope": []}, 404, NO_GRANT),
    ],
    "grant: without scope, the key stays away": [
        NEW_API,
        NEW_CLIENT,
        ("POST", GRANT, GRANT_BODY, 201, Lacks(("scope",))),
    ],
    "grant: scopes are not checked against the API": [
        NEW_API,
        NEW_CLIENT,
        ("POST", GRANT, GRANT_BODY | {"scope": ["no:such"]}, 201, Keep("g", "id")),
        ("PATCH", G, {"scope": ["nor:this"]}, 200, Has(scope=["nor:this"])),
    ],
    "grant: one per client, audience and subject type": [
        NEW_API,
        NEW_CLIENT,
        NEW_GRANT,
        ("POST", GRANT, GRANT_BODY, 409, Error("A client grant already exists between {c} and {unique}")),
        ("POST", GRANT, GRANT_BODY | {"subject_type": "user"}, 201, Has(subject_type="user")),
        ("POST", GRANT, GRANT_BODY | {"subject_type": "user"}, 409, Has(statusCode=409, error="Conflict")),
    ],
    "grant: all scopes instead of a list": [
        NEW_API,
        NEW_CLIENT,
        NEW_GRANT,
        ("PATCH", G, {"allow_all_scopes": True}, 200, Has(allow_all_scopes=True), Lacks(("scope",))),
        ("PATCH", G, {"allow_all_scopes": False, "scope": []}, 200, Has(allow_all_scopes=False, scope=[])),
        ("PATCH", G, {"scope": ["a"]}, 200, Has(allow_all_scopes=False, scope=["a"])),
    ],
    "grant: an update keeps what it does not name": [
        NEW_API,
        NEW_CLIENT,
        (
            *("POST", GRANT, GRANT_BODY | {"scope": ["a"], "authorization_details_types": ["p"]}, 201),
            Keep("g", "id"),
        ),
        ("PATCH", G, {"scope": []}, 200, Has(scope=[], authorization_details_types=["p"])),
        ("PATCH", G, {"organization_usage": "allow"}, 200, Has(organization_usage="allow")),
        ("PATCH", G, {"organization_usage": None}, 200, Lacks(("organization_usage",))),
    ],
    "grant: who and what cannot change": [
        NEW_API,
        NEW_CLIENT,
        NEW_GRANT,
        (
            *("PATCH", G, {"client_id": "{c}", "audience": "{unique}"}, 400),
            refused("'Additional properties not allowed: audience,client_id'"),
        ),
        ("PATCH", G, {"subject_type": "user"}, 400, refused("'Additional properties not allowed: subject_type'")),
        ("PATCH", G, {}, 400, refused("'Too few properties defined (0), minimum 1'")),
    ],
    "grant: the client and the API must exist": [
        NEW_API,
        NEW_CLIENT,
        ("POST", GRANT, {"client_id": "none", "audience": "{unique}"}, 404, Error("Client not found")),
        ("POST", GRANT, {"client_id": "{c}", "audience": "none"}, 404, Error("Resource server not found")),
        ("POST", GRANT, {"client_id": "{c}"}, 400, refused("'Missing required property: audience'")),
        ("POST", GRANT, {"audience": "{unique}"}, 400, refused("'Missing required property: client_id'")),
    ],
    "grant: one for all third parties": [
        NEW_API,
        (
            *("POST", GRANT, {"default_for": "third_party_clients", "audience": "{unique}", "scope": ["a"]}, 201),
            Lacks(("client_id",)),
        ),
    ],
    "grant: for the Management API": [
        NEW_CLIENT,
        ("POST", GRANT, {"client_id": "{c}", "audience": "{management}"}, 201, Has(audience="{management}")),
        (
            *("GET", "/client-grants?client_id={c}&audience={management_escaped}", None, 200),
            [Has(audience="{management}", client_id="{c}")],
            Keep("g", 0, "id"),
        ),
        ("PATCH", G, {"allow_all_scopes": None}, 200, Has(id="{g}")),
        ("PATCH", G, {"allow_all_scopes": True}, 400, NOT_ALL_SCOPES),
        ("DELETE", G, None, 204, None),
        (
            *("POST", GRANT, {"client_id": "{c}", "audience": "{management}", "allow_all_scopes": False}, 400),
            NOT_ALL_SCOPES,
        ),
    ],
    "deleting a client removes its grants": [
        NEW_API,
        NEW_CLIENT,
        NEW_GRANT,
        ("DELETE", C, None, 204, None),
        ("GET", G, None, 404, NO_GRANT),
    ],
    "deleting an API leaves its grants": [
        NEW_API,
        NEW_CLIENT,
        NEW_GRANT,
        ("DELETE", A, None, 204, None),
        ("GET", G, None, 200, Has(audience="{unique}")),
    ],
    # ---------------------------------------------------------------- organizations
    "organization: as recorded": [
        (
            "POST",
            ORG,
            {"name": "{slug}", "display_name": "Test", "is_app_entitlement_active": True},
            201,
            {
                "id": Matches("org_[A-Za-z0-9]{16}"),
                "name": "{slug}",
                "display_name": "Test",
                "third_party_client_access": "block",
                "is_app_entitlement_active": True,
            },
            Keep("o", "id"),
        ),
        ("GET", THIS, None, 200, Has(name="{slug}")),
        ("GET", "/organizations/name/{slug}", None, 200, Has(id="{o}")),
        ("PATCH", THIS, {"display_name": "Other"}, 200, Has(name="{slug}", display_name="Other")),
        ("POST", ORG, {"name": "{slug}"}, 409, Has(error="Conflict")),
        ("PATCH", THIS, {"name": "{slug}-2"}, 200, Has(name="{slug}-2")),
        ("GET", "/organizations/name/{slug}", None, 404, NO_ORGANIZATION),
        ("POST", ORG, {"name": "{slug}"}, 201, Has(name="{slug}")),
        ("PATCH", THIS, {"name": "{slug}"}, 409, Has(error="Conflict")),
        ("DELETE", THIS, None, 204, None),
        ("DELETE", THIS, None, 404, NO_ORGANIZATION),
        ("GET", THIS, None, 404, NO_ORGANIZATION),
    ],
    "organization: a change leaves what it does not name, and replaces what it names": [
        NEW_ORG,
        (
            "PATCH",
            THIS,
            {"branding": BRANDING, "metadata": {"a": "1"}},
            200,
            Has(branding=BRANDING, metadata={"a": "1"}),
        ),
        ("PATCH", THIS, {"metadata": {"b": "2"}}, 200, Has(branding=BRANDING, metadata={"b": "2"})),
        ("PATCH", THIS, {"metadata": {}}, 200, Has(branding=BRANDING)),
        ("GET", THIS, None, 200, Lacks(("metadata",))),
        ("PATCH", THIS, {"token_quota": QUOTA}, 200, Has(token_quota=QUOTA)),
        ("PATCH", THIS, {"display_name": "Other"}, 200, Has(token_quota=QUOTA)),
        ("PATCH", THIS, {"token_quota": None}, 200, Lacks(("token_quota",))),
    ],
    "organization: its client grants": [
        NEW_API,
        NEW_CLIENT,
        (
            *("POST", GRANT, GRANT_BODY | {"scope": [], "organization_usage": "allow"}, 201),
            Keep("g", "id"),
        ),
        NEW_ORG,
        (
            *("POST", THIS + "/client-grants", {"grant_id": "{g}"}, 201),
            {
                "grant_id": "{g}",
                "client_id": "{c}",
                "audience": "{unique}",
                "scope": [],
                "organization_usage": "allow",
            },
        ),
        (
            *("POST", THIS + "/client-grants", {"grant_id": "{g}"}, 409),
            Error("The client grant has already been added to this organization."),
        ),
        (
            *("GET", THIS + "/client-grants?include_totals=true&per_page=50", None, 200),
            {
                "client_grants": [
                    {
                        "id": "{g}",
                        "client_id": "{c}",
                        "audience": "{unique}",
                        "scope": [],
                        "organization_usage": "allow",
                        "subject_type": "client",
                    }
                ],
                "start": 0,
                "limit": 50,
                "total": 1,
            },
        ),
        ("GET", THIS + "/client-grants?grant_ids={g}&grant_ids=none", None, 200, [Has(id="{g}")]),
        ("GET", THIS + "/client-grants?client_id=none", None, 200, []),
        (
            *("GET", "/client-grants/{g}/organizations?take=50&include_totals=true", None, 200),
            {"organizations": [{"id": "{o}", "name": "{slug}", **NEW_ORGANIZATION}]},
        ),
        ("DELETE", THIS + "/client-grants/{g}", None, 204, None),
        ("DELETE", THIS + "/client-grants/{g}", None, 204, None),
        ("GET", "/client-grants/{g}/organizations", None, 200, []),
        ("POST", THIS + "/client-grants", {"grant_id": "cgr_0000000000000000"}, 404, NO_GRANT),
        (
            *("POST", THIS + "/client-grants", {"grant_id": "none"}, 400),
            refused("'Object didn't pass validation for format client-grant-id: none' on property grant_id"),
        ),
        (
            "DELETE",
            "/organizations/none/client-grants/{g}",
            None,
            404,
            NO_ORGANIZATION,
        ),
        ("GET", "/client-grants/none/organizations", None, 404, NO_GRANT),
    ],
    "organization: a deleted grant is gone from it": [
        NEW_API,
        NEW_CLIENT,
        NEW_GRANT,
        NEW_ORG,
        ("POST", THIS + "/client-grants", {"grant_id": "{g}"}, 201, Has(grant_id="{g}")),
        ("DELETE", C, None, 204, None),
        ("GET", THIS + "/client-grants", None, 200, []),
    ],
    "organization: bodies are validated": [
        ("POST", ORG, {}, 400, refused("'Missing required property: name'")),
        ("POST", ORG, {"name": "Upper"}, 400, Has(errorCode="invalid_body")),
        (
            *("POST", ORG, {"name": "n", "branding": {"colors": {"primary": "#fff"}}}, 400),
            refused("'Missing required property: page_background' on property branding.colors"),
        ),
        (
            *("POST", ORG, {"name": "n", "metadata": {str(n): "v" for n in range(26)}}, 400),
            refused("'Too many properties defined (26), maximum 25' on property metadata"),
        ),
    ],
    # ---------------------------------------------------------------- roles
    "role: its status codes are its own": [
        (
            *("POST", ROLE, {"name": "{unique}", "description": "d"}, 200),
            {"id": Matches("rol_[A-Za-z0-9]{16}"), "name": "{unique}", "description": "d", "type": "tenant"},
            Keep("r", "id"),
        ),
        ("POST", ROLE, {"name": "{unique}"}, 409, Error("The role already exists.")),
        ("GET", R, None, 200, Has(name="{unique}")),
        ("GET", "/roles?name_filter={unique}", None, 200, [Has(id="{r}")]),
        ("PATCH", R, {"description": "e"}, 200, Has(name="{unique}", description="e")),
        ("DELETE", R, {}, 200, {}),
        ("DELETE", R, None, 404, Error("The role does not exist.")),
        ("GET", R, None, 404, Error("The role does not exist.")),
        ("PATCH", R, {"description": "e"}, 404, Error("The role does not exist.")),
    ],
    "role: permissions": [
        (
            "POST",
            API,
            {
                "identifier": "{unique}",
                "name": "Api",
                "scopes": [{"value": "r", "description": "Read"}, {"value": "c"}],
            },
            201,
            Keep("a", "id"),
        ),
        ("POST", ROLE, {"name": "{unique}"}, 200, Keep("r", "id")),
        ("POST", R + "/permissions", permissions("r", "c"), 201, {}),
        ("POST", R + "/permissions", permissions("r"), 201, {}),
        (
            *("GET", R + "/permissions?include_totals=true&page=0&per_page=100", None, 200),
            {
                "permissions": [
                    {
                        "permission_name": name,
                        "description": description,
                        "resource_server_name": "Api",
                        "resource_server_identifier": "{unique}",
                    }
                    for name, description in (("c", ""), ("r", "Read"))
                ],
                "start": 0,
                "limit": 100,
                "total": 2,
            },
        ),
        ("DELETE", R + "/permissions", permissions("c"), 204, None),
        ("DELETE", R + "/permissions", permissions("c", "r"), 204, None),
        ("GET", R + "/permissions", None, 200, []),
        (
            *("POST", R + "/permissions", permissions("none"), 404),
            Error("This permission does not exist: 'Api - none'", "inexistent_resource_server_permission"),
        ),
        ("POST", R + "/permissions", permissions("r", identifier="none"), 404, NO_API),
        ("POST", "/roles/none/permissions", permissions("r"), 404, Error("The role does not exist.")),
        (
            *("POST", R + "/permissions", {"permissions": []}, 400),
            refused("'Array is too short (0), minimum 1' on property permissions"),
        ),
        (
            *("POST", R + "/permissions", {"permissions": [{"permission_name": "r"}]}, 400),
            refused("'Missing required property: resource_server_identifier' on property permissions[0]"),
        ),
        ("POST", R + "/permissions", permissions("read:clients", identifier="{management}"), 201, {}),
        (
            *("GET", R + "/permissions", None, 200),
            [Has(resource_server_identifier="{management}", permission_name="read:clients")],
        ),
    ],
    # ---------------------------------------------------------------- the router
    "unknown paths and methods": [
        ("GET", "/tenants/nothing", None, 404, {"statusCode": 404, "error": "Not Found", "message": "Not Found"}),
        ("PUT", "/clients", {"name": "n"}, 404, Error("Not Found")),
        ("GET", "/clients/a/b/c", None, 404, Error("Not Found")),
    ],
}


class Story:
    """One story against one tenant: the values it keeps."""

    def __init__(self, tenant: Any, unique: str) -> None:
        self.tenant = tenant
        escaped = unique.replace("/", "%2F")
        self.kept = {
            "unique": unique,
            "slug": re.sub("[^a-z0-9]", "-", unique.partition("//")[2]),
            "unique_escaped": escaped,
            "unique_escaped_twice": escaped.replace("%", "%25"),
            "host": tenant.host,
            "management": tenant.audience,
            "management_escaped": tenant.audience.replace("/", "%2F").replace(":", "%3A"),
            "cn": "/CN=main.emulated.auth0.invalid",
        }

    def filled(self, value: Any) -> Any:
        """The value with the kept ones in their places."""
        if isinstance(value, str):
            return re.sub(r"\{(\w+)\}", lambda match: self.kept.get(match[1], match[0]), value)
        if isinstance(value, Has):
            return Has({k: self.filled(v) for k, v in value.items()})
        if isinstance(value, dict):
            return {k: self.filled(v) for k, v in value.items()}
        if isinstance(value, list):
            return [self.filled(v) for v in value]
        return value

    def play(self, line: Line) -> None:
        """Send one request and hold the answer against what the line expects."""
        method, path, body, status, *expected = line
        answer = self.tenant.call(method, self.filled(path), self.filled(body))
        assert answer.status_code == status, answer.text
        assert answer.headers["content-type"] == "application/json; charset=utf-8"
        got = answer.json() if answer.content else None
        if status >= 400:
            assert got["statusCode"] == status
        for one in expected:
            self.check(one, got)

    def check(self, expected: Any, got: Any) -> None:
        """One expectation."""
        if isinstance(expected, Keep):
            for step in expected.path:
                got = got[step]
            self.kept[expected.name] = got
        elif isinstance(expected, Error):
            assert got["message"] == self.filled(expected.message)
            assert got.get("errorCode") == expected.code
        elif isinstance(expected, Lacks):
            assert not set(expected) & set(got)
        elif isinstance(expected, Has):
            wanted = self.filled(expected)
            assert {name: got.get(name) for name in wanted} == wanted
        elif isinstance(expected, list) and all(isinstance(one, Has) for one in expected):
            assert len(got) == len(expected)
            for one, thing in zip(expected, got, strict=True):
                self.check(one, thing)
        else:
            assert got == self.filled(expected)


@pytest.mark.parametrize("name", STORIES)
def test_story(main: Any, name: str) -> None:
    story = Story(main, f"https://contract/{list(STORIES).index(name)}/")
    for line in STORIES[name]:
        story.play(line)


def test_a_body_that_is_no_json(main: Any) -> None:
    headers = {"Authorization": f"Bearer {main.token()}", "Content-Type": "application/json"}
    deep = b'{"name": "n", "addons": {"box": ' + b'{"x":' * 400 + b"1" + b"}" * 400 + b"}}"
    huge = b'{"name": "n", "addons": {"box": {"x": 1e999}}}'
    for body in (b"{", b"", b'{"name": "n", "jwt_configuration": {"x": NaN}}', b'"\\ud800"', b"\xff", deep, huge):
        answer = main.http.post("/api/v2/clients", content=body, headers=headers)
        assert answer.status_code == 400
        assert json.loads(answer.text)["statusCode"] == 400
