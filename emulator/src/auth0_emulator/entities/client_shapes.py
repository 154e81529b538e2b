# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The nested objects of a client, as the official description gives them."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Required

from pydantic import Field

from auth0_emulator.schema.shapes import (
    OPEN,
    ClientId,
    HttpsWithPlaceholdersOrEmpty,
    OrganizationId,
    Part,
    Words,
    properties,
)

AppType = Literal[
    "native",
    "spa",
    "regular_web",
    "non_interactive",
    "resource_server",
    "express_configuration",
    "rms",
    "box",
    "cloudbees",
    "concur",
    "dropbox",
    "mscrm",
    "echosign",
    "egnyte",
    "newrelic",
    "office365",
    "salesforce",
    "sentry",
    "sharepoint",
    "slack",
    "springcm",
    "zendesk",
    "zoom",
    "sso_integration",
    "oag",
]


@OPEN
class JwtConfiguration(Part, total=False):
    lifetime_in_seconds: int
    secret_encoded: bool
    scopes: dict[str, Any]
    alg: Literal["HS256", "RS256", "RS512", "PS256"]


@OPEN
class EncryptionKey(Part, total=False):
    pub: str
    cert: str
    subject: str


@OPEN
class LogoutInitiators(Part, total=False):
    mode: Literal["custom", "all"]
    selected_initiators: list[
        Literal[
            "rp-logout",
            "idp-logout",
            "password-changed",
            "session-expired",
            "session-revoked",
            "account-deleted",
            "email-identifier-changed",
            "mfa-phone-unenrolled",
            "profile-changed",
            "account-deactivated",
        ]
    ]


@OPEN
class LogoutMetadata(Part, total=False):
    include: bool


@OPEN
class OidcLogout(Part, total=False):
    backchannel_logout_urls: Annotated[list[HttpsWithPlaceholdersOrEmpty], Field(max_length=1)]
    """One at most (documented)."""
    backchannel_logout_initiators: LogoutInitiators
    backchannel_logout_session_metadata: LogoutMetadata | None


class Delegation(Part, total=False):
    allow_delegated_access: bool
    enforce_device_binding: Literal["ip", "asn"]


class SessionTransfer(Part, total=False):
    can_create_session_transfer_token: bool
    enforce_cascade_revocation: bool
    allowed_authentication_methods: list[Literal["cookie", "query"]] | None
    enforce_device_binding: Literal["ip", "asn", "none"]
    allow_refresh_token: bool
    enforce_online_refresh_tokens: bool
    delegation: Delegation | None


@OPEN
class Android(Part, total=False):
    app_package_name: str
    sha256_cert_fingerprints: Annotated[list[Words], Field(min_length=1)]


@OPEN
class Ios(Part, total=False):
    team_id: str
    app_bundle_identifier: str


@OPEN
class Mobile(Part, total=False):
    android: Android
    ios: Ios


class Enabled(Part, total=False):
    enabled: bool


class IsEnabled(Part, total=False):
    is_enabled: bool


class NativeSocialLogin(Part, total=False):
    apple: Annotated[Enabled, properties(1)]
    facebook: Annotated[Enabled, properties(1)]
    google: Annotated[Enabled, properties(1)]


class NativeSocialLoginUpdate(Part, total=False):
    """Null clears one of them."""

    apple: Annotated[Enabled, properties(1)] | None
    facebook: Annotated[Enabled, properties(1)] | None
    google: Annotated[Enabled, properties(1)] | None


class FedcmLogin(Part, total=False):
    google: Annotated[IsEnabled, properties(1)]


class FedcmLoginUpdate(Part, total=False):
    google: Annotated[IsEnabled, properties(1)] | None


class RefreshTokenPolicy(Part, total=False):
    audience: Required[Annotated[str, Field(min_length=1, max_length=600)]]
    scope: Required[list[Annotated[str, Field(min_length=1, max_length=280)]]]


class RefreshToken(Part, total=False):
    rotation_type: Required[Literal["rotating", "non-rotating"]]
    expiration_type: Required[Literal["expiring", "non-expiring"]]
    leeway: Annotated[int, Field(ge=0)]
    token_lifetime: Annotated[int, Field(ge=1, le=157788000)]
    infinite_token_lifetime: bool
    idle_token_lifetime: Annotated[int, Field(ge=1)]
    infinite_idle_token_lifetime: bool
    policies: Annotated[list[RefreshTokenPolicy], Field(min_length=1)] | None


class DefaultOrganization(Part, total=False):
    organization_id: Required[OrganizationId]
    flows: Required[list[Literal["client_credentials"]]]


class TokenExchange(Part, total=False):
    allow_any_profile_of_type: list[Literal["custom_authentication", "on_behalf_of_token_exchange"]]


class Active(Part, total=False):
    active: Required[bool]


class B2bIntegration(Part, total=False):
    sso_profiles: Annotated[list[str], Field(max_length=1)]
    integration_type: Literal["custom_auth_server", "third_party", "application"]


class OidcSupport(Part, total=False):
    is_allowed: Required[bool]
    allow_all_scopes: bool
    allowed_scopes: list[Literal["profile", "email", "address", "phone"]]


class LinkedClient(Part, total=False):
    client_id: Required[ClientId]


class ExpressConfiguration(Part, total=False):
    initiate_login_uri_template: Required[str]
    user_attribute_profile_id: Required[str]
    connection_profile_id: Required[str]
    enable_client: Required[bool]
    enable_organization: Required[bool]
    linked_clients: list[LinkedClient]
    okta_oin_client_id: Required[ClientId]
    admin_login_domain: Required[Words]
    oin_submission_id: Annotated[str, Field(min_length=1, max_length=200)]


class ThirdPartyClientAccess(Part, total=False):
    default_value: Required[Literal["block"]]
    allowed_values: Required[list[Literal["block", "allow"]]]


class MyOrganizationConfiguration(Part, total=False):
    connection_profile_id: str
    user_attribute_profile_id: str
    allowed_strategies: Required[list[Literal["pingfederate", "adfs", "waad", "google-apps", "okta", "oidc", "samlp"]]]
    connection_deletion_behavior: Required[Literal["allow", "allow_if_empty"]]
    invitation_landing_client_id: ClientId
    # The rest as newer official SDKs have it.
    third_party_client_access: ThirdPartyClientAccess
    enforce_permission_ceiling: bool
    enforce_self_assignment_restriction: bool


@OPEN
class SigningKey(Part, total=False):
    cert: str
    pkcs7: str
    subject: str
