# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The nested objects of a client, as the official description gives them."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Required

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from auth0_emulator.shapes import (
    OPEN,
    ClientId,
    DateTime,
    HttpsUriOrEmpty,
    IpAddressOrNetwork,
    OrganizationId,
    Part,
    Url,
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
    backchannel_logout_urls: list[HttpsUriOrEmpty]
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


class Quota(Part, total=False):
    enforce: bool
    per_day: Annotated[int, Field(ge=1, le=2147483647)]
    per_hour: Annotated[int, Field(ge=1, le=2147483647)]


class TokenQuota(Part, total=False):
    client_credentials: Required[Annotated[Quota, properties(1)]]


class TokenExchange(Part, total=False):
    allow_any_profile_of_type: list[Literal["custom_authentication", "on_behalf_of_token_exchange"]]


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


class Active(Part, total=False):
    active: Required[bool]


class B2bIntegration(Part, total=False):
    sso_profiles: Annotated[list[str], Field(max_length=1)]
    integration_type: Literal["custom_auth_server", "third_party", "application"]


class OidcSupport(Part, total=False):
    is_allowed: Required[bool]
    allow_all_scopes: bool
    allowed_scopes: list[Literal["profile", "email", "address", "phone"]]


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


@OPEN
class AwsAddon(Part, total=False):
    principal: str
    role: str
    lifetime_in_seconds: Annotated[int, Field(ge=900, le=43200)]


@OPEN
class AzureBlobAddon(Part, total=False):
    accountName: Annotated[str, Field(pattern=r"^([a-z0-9]){3,24}$")]
    storageAccessKey: Annotated[str, Field(pattern=r"^([A-Za-z0-9+/]){86}==$")]
    containerName: Annotated[str, Field(pattern=r"^([a-z0-9]){1}([a-z0-9-]){2,62}$")]
    blobName: Annotated[str, Field(pattern=r"^(.){1,1024}$")]
    expiration: Annotated[int, Field(ge=0)]
    signedIdentifier: str
    blob_read: bool
    blob_write: bool
    blob_delete: bool
    container_read: bool
    container_write: bool
    container_delete: bool
    container_list: bool


@OPEN
class AzureSbAddon(Part, total=False):
    namespace: str
    sasKeyName: str
    sasKey: str
    entityPath: str
    expiration: int


@OPEN
class UrlAddon(Part, total=False):
    url: Required[Url]


@OPEN
class SlackAddon(Part, total=False):
    team: Required[str]


@OPEN
class SentryAddon(Part, total=False):
    org_slug: str
    base_url: str


@OPEN
class DomainAddon(Part, total=False):
    domain: str


@OPEN
class FirebaseAddon(Part, total=False):
    secret: str
    private_key_id: str
    private_key: str
    client_email: str
    lifetime_in_seconds: int


@OPEN
class AccountAddon(Part, total=False):
    account: str


@OPEN
class Office365Addon(Part, total=False):
    domain: str
    connection: str


@OPEN
class SalesforceAddon(Part, total=False):
    entity_id: Url


@OPEN
class SalesforceApiAddon(Part, total=False):
    clientid: str
    principal: str
    communityName: str
    community_url_section: str


@OPEN
class SamlpAddon(Part, total=False):
    mappings: dict[str, Any]
    audience: str
    recipient: str
    createUpnClaim: bool
    mapUnknownClaimsAsIs: bool
    passthroughClaimsWithNoMapping: bool
    mapIdentities: bool
    signatureAlgorithm: str
    digestAlgorithm: str
    issuer: str
    destination: str
    lifetimeInSeconds: int
    signResponse: bool
    nameIdentifierFormat: str
    nameIdentifierProbes: list[Words]
    authnContextClassRef: str


@OPEN
class LayerAddon(Part, total=False):
    providerId: Required[str]
    keyId: Required[str]
    privateKey: Required[str]
    principal: str
    expiration: Annotated[int, Field(ge=0)]


@OPEN
class SapApiAddon(Part, total=False):
    clientid: str
    usernameAttribute: str
    tokenEndpointUrl: Url
    scope: str
    servicePassword: str
    nameIdentifierFormat: str


@OPEN
class SharepointAddon(Part, total=False):
    url: str
    external_url: list[str] | str


@OPEN
class SpringcmAddon(Part, total=False):
    acsurl: str


@OPEN
class WamsAddon(Part, total=False):
    masterkey: str


@OPEN
class ZendeskAddon(Part, total=False):
    accountName: str


@OPEN
class SsoIntegrationAddon(Part, total=False):
    name: str
    version: str


class OagAddon(Part, total=False):
    """Has no members."""


class Addons(Part, total=False):
    aws: AwsAddon
    azure_blob: AzureBlobAddon
    azure_sb: AzureSbAddon
    rms: UrlAddon
    mscrm: UrlAddon
    slack: SlackAddon
    sentry: SentryAddon
    box: dict[str, Any]
    cloudbees: dict[str, Any]
    concur: dict[str, Any]
    dropbox: dict[str, Any]
    echosign: DomainAddon
    egnyte: DomainAddon
    firebase: FirebaseAddon
    newrelic: AccountAddon
    office365: Office365Addon
    salesforce: SalesforceAddon
    salesforce_api: SalesforceApiAddon
    salesforce_sandbox_api: SalesforceApiAddon
    samlp: SamlpAddon
    layer: LayerAddon
    sap_api: SapApiAddon
    sharepoint: SharepointAddon
    springcm: SpringcmAddon
    wams: WamsAddon
    wsfed: dict[str, Any]
    zendesk: ZendeskAddon
    zoom: AccountAddon
    sso_integration: SsoIntegrationAddon
    oag: OagAddon | None
