# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The settings of a tenant: one object that is always there. Some of them concern the token endpoint."""

from __future__ import annotations

from typing import Annotated, Literal, Required

from pydantic import Field

from auth0_emulator.schema.errors import management_error
from auth0_emulator.schema.shapes import (
    OPEN,
    EmailOrEmpty,
    HtmlColor,
    HttpsUriOrEmpty,
    Part,
    Shape,
    UriOrEmpty,
    UrlWithPlaceholders,
    one_of,
    properties,
)
from auth0_emulator.state.store import Keys, Thing
from auth0_emulator.state.tenant import Tenant

from .resource_servers import AccessToken
from .token_quota import Quota

NAME = "tenant_settings"
KEYS = Keys()
_ID = "settings"


class Page(Part, total=False):
    enabled: bool
    html: str


class ErrorPage(Part, total=False):
    html: str
    show_log_link: bool
    url: UriOrEmpty


class DeviceFlow(Part, total=False):
    charset: Literal["base20", "digits"]
    mask: Annotated[str, Field(max_length=20)]


@OPEN
class DefaultQuota(Part, total=False):
    client_credentials: Required[Annotated[Quota, properties(1)]]


class DefaultTokenQuota(Part, total=False):
    clients: DefaultQuota
    organizations: DefaultQuota


Flags = dict[
    Literal[
        "allow_changing_enable_sso",
        "allow_legacy_delegation_grant_types",
        "allow_legacy_ro_grant_types",
        "allow_legacy_tokeninfo_endpoint",
        "allow_other_legacy_grant_types",
        "change_pwd_flow_v1",
        "custom_domains_provisioning",
        "dashboard_insights_view",
        "dashboard_log_streams_next",
        "dashboard_new_onboarding",
        "disable_clickjack_protection_headers",
        "disable_fields_map_fix",
        "disable_impersonation",
        "disable_management_api_sms_obfuscation",
        "enable_adfs_waad_email_verification",
        "enable_apis_section",
        "enable_client_connections",
        "enable_custom_domain_in_emails",
        "enable_dynamic_client_registration",
        "enable_idtoken_api2",
        "enable_legacy_logs_search_v2",
        "enable_legacy_profile",
        "enable_pipeline2",
        "enable_public_signup_user_exists_error",
        "enable_sso",
        "enforce_client_authentication_on_passwordless_start",
        "genai_trial",
        "improved_signup_bot_detection_in_classic",
        "local_resource_discovery",
        "mfa_show_factor_list_on_enrollment",
        "no_disclose_enterprise_connections",
        "remove_alg_from_jwks",
        "require_pushed_authorization_requests",
        "revoke_refresh_token_grant",
        "trust_azure_adfs_email_verified_connection_property",
        "universal_login",
        "use_scope_descriptions_for_consent",
    ],
    bool,
]
"""Those of the official description, of newer official SDKs and of recorded requests."""


class SessionCookie(Part, total=False):
    mode: Required[Literal["persistent", "non-persistent"]]


@OPEN
class AnonymousSessions(Part, total=False):
    activate_cookie: bool
    lifetime_in_minutes: Annotated[int, Field(ge=1)]


class Sessions(Part, total=False):
    oidc_logout_prompt_enabled: bool
    anonymous: AnonymousSessions | None
    """As newer official SDKs have it."""


class OidcLogoutDiscovery(Part, total=False):
    rp_logout_end_session_endpoint_discovery: bool


class Mtls(Part, total=False):
    enable_endpoint_aliases: bool


class CspReporting(Part, total=False):
    report_uri: str
    report_to_group: str


class CspPolicy(Part, total=False):
    mode: Literal["enforcing", "reporting"]
    directives: Annotated[dict[str, list[Annotated[str, Field(max_length=2048)]]], Field(max_length=30)]
    flags: list[Literal["upgrade-insecure-requests", "block-all-mixed-content"]]
    reporting: CspReporting | None


class CspEndpoint(Part, total=False):
    url: str


class CspReportTo(Part, total=False):
    group: str
    max_age: int
    endpoints: list[CspEndpoint]


class CspInfrastructure(Part, total=False):
    report_to: CspReportTo | None
    reporting_endpoints: dict[str, str]


class ContentSecurityPolicy(Part, total=False):
    enabled: bool
    policies: list[CspPolicy]
    reporting_infrastructure: CspInfrastructure | None


class XssProtection(Part, total=False):
    enabled: bool
    mode: Literal["block"]
    report_uri: str


class SecurityHeaders(Part, total=False):
    content_security_policy: ContentSecurityPolicy | None
    x_xss_protection: XssProtection | None


class CountryCodes(Part, total=False):
    list: list[Annotated[str, Field(pattern=r"^[A-Z]{2}$")]]
    mode: Literal["allow", "deny"]


Hours = Annotated[int, Field(ge=1)]
Minutes = Annotated[int, Field(ge=1)]


_LOCALES = """
am ar ar-EG ar-SA az bg bn bs ca-ES cnr cs cy da de el en en-CA es es-419 es-AR es-MX et eu-ES fa fi fr fr-CA fr-FR
gl-ES gu he hi hr hu hy id is it ja ka kk kn ko lt lv mk ml mn mr ms my nb nl nn no pa pl pt pt-BR pt-PT ro ru sk sl
so sq sr sv sw ta te th tl tr uk ur vi zgh zh-CN zh-HK zh-MO zh-TW
"""
Locale = Annotated[str, one_of(_LOCALES.split())]
"""Those of the official description."""


class PageBackground(Part, total=False):
    """As the official Go SDK has it."""

    type: str
    start: HtmlColor
    end: HtmlColor
    angle_deg: int


class Colors(Part, total=False):
    primary: HtmlColor
    page_background: HtmlColor | PageBackground


class UniversalLogin(Part, total=False):
    """Not in the official description, but taken (recorded)."""

    colors: Colors


class ShownUniversalLogin(UniversalLogin, total=False):
    is_custom_theme_set: bool
    is_custom_template_set: bool


class Common(Shape):
    """What bodies and answers have alike; null clears what the official description marks as nullable."""

    change_password: Page | None = None
    device_flow: DeviceFlow | None = None
    guardian_mfa_page: Page | None = None
    default_audience: str = ""
    default_directory: str = ""
    error_page: ErrorPage | None = None
    default_token_quota: Annotated[DefaultTokenQuota, properties(1)] | None = None
    friendly_name: str = ""
    picture_url: UriOrEmpty = ""
    support_email: EmailOrEmpty = ""
    support_url: UriOrEmpty = ""
    allowed_logout_urls: list[UrlWithPlaceholders] = []
    sandbox_version: Annotated[str, Field(max_length=8)] = ""
    legacy_sandbox_version: Annotated[str, Field(max_length=8)] = ""
    default_redirection_uri: HttpsUriOrEmpty = ""
    enabled_locales: Annotated[list[Locale], Field(min_length=1)] = ["en"]
    access_token: AccessToken | None = None
    """As newer official SDKs have it."""
    security_headers: SecurityHeaders | None = None
    session_cookie: SessionCookie | None = None
    sessions: Sessions | None = None
    oidc_logout: OidcLogoutDiscovery = {}
    customize_mfa_in_postlogin_action: bool | None = None
    allow_organization_name_in_authentication_api: bool | None = None
    acr_values_supported: list[str] | None = None
    mtls: Mtls | None = None
    pushed_authorization_requests_supported: bool | None = None
    authorization_response_iss_parameter_supported: bool | None = None
    dpop_strict_refresh_token_binding: bool | None = None
    skip_non_verifiable_callback_uri_confirmation_prompt: bool | None = None
    resource_parameter_profile: Literal["audience", "compatibility"] = "audience"
    client_id_metadata_document_supported: bool = False
    client_id_metadata_document_dynamic_registration_supported: bool = False
    enable_ai_guide: bool = False
    phone_consolidated_experience: bool = False
    include_session_metadata_in_tenant_logs: bool = False
    dynamic_client_registration_security_mode: Literal["strict", "permissive"] = "strict"
    country_codes: CountryCodes | None = None


class Update(Common):
    """The body of an update."""

    flags: Flags = {}
    universal_login: UniversalLogin = {}
    session_lifetime: Hours = 1
    idle_session_lifetime: Hours = 1
    ephemeral_session_lifetime: Hours = 1
    idle_ephemeral_session_lifetime: Hours = 1
    session_lifetime_in_minutes: Minutes = 1
    idle_session_lifetime_in_minutes: Minutes = 1
    ephemeral_session_lifetime_in_minutes: Minutes = 1
    idle_ephemeral_session_lifetime_in_minutes: Minutes = 1


class Settings(Common):
    """An answer."""

    flags: dict[str, bool] = {}
    universal_login: ShownUniversalLogin = {}
    session_lifetime: float = 1
    idle_session_lifetime: float = 1
    ephemeral_session_lifetime: float = 1
    idle_ephemeral_session_lifetime: float = 1
    sandbox_versions_available: list[str] = []


_MERGED = ("flags", "change_password", "guardian_mfa_page", "oidc_logout")
"""What an update names in part, and keeps otherwise (recorded)."""


def new() -> Thing:
    """The settings of a new tenant: what both recorded tenants have in common, and the documented defaults."""
    return {
        "id": _ID,
        "allowed_logout_urls": [],
        "change_password": {"enabled": False, "html": ""},
        "client_id_metadata_document_supported": False,
        "default_audience": "",
        "default_directory": "",
        "dynamic_client_registration_security_mode": "strict",
        "enabled_locales": ["en"],
        "ephemeral_session_lifetime": 72,
        "flags": {
            "allow_changing_enable_sso": False,
            "cannot_change_enforce_client_authentication_on_passwordless_start": True,
            "disable_clickjack_protection_headers": False,
            "disable_impersonation": True,
            "enable_sso": True,
            "enforce_client_authentication_on_passwordless_start": True,
            "revoke_refresh_token_grant": False,
            "universal_login": True,
        },
        "guardian_mfa_page": {"enabled": False, "html": ""},
        "idle_ephemeral_session_lifetime": 24,
        "idle_session_lifetime": 72,
        "oidc_logout": {"rp_logout_end_session_endpoint_discovery": True},
        "phone_consolidated_experience": False,
        "resource_parameter_profile": "audience",
        "sandbox_version": "22",
        "session_lifetime": 168,
    }


def of(tenant: Tenant) -> Thing:
    """The settings of a tenant."""
    found = tenant.store(NAME).get(_ID)
    assert found is not None, "a tenant always has settings"
    return found


def change(tenant: Tenant, body: Thing) -> Thing:
    """The settings after a valid update: null removes a setting, some objects are merged, all else is replaced."""
    settings = dict(of(tenant))
    for name, value in body.items():
        if value is None or (name == "default_redirection_uri" and not value):  # the latter is recorded
            settings.pop(name, None)
        elif name in _MERGED:
            settings[name] = {**settings.get(name, {}), **value}
        elif name.endswith("_in_minutes"):
            settings[name.removesuffix("_in_minutes")] = value / 60
        else:
            settings[name] = value
    tenant.store(NAME).put(settings)
    return settings


_SHOWN_TO_WRITERS = (
    "cannot_change_enforce_client_authentication_on_passwordless_start",
    "enforce_client_authentication_on_passwordless_start",
)


_NO_PAGES = {"is_custom_theme_set": False, "is_custom_template_set": False}


def shown(settings: Thing) -> Thing:
    """The answer to an update, which tells also whether pages have a theme or a template of the tenant's: none has
    (recorded)."""
    answer = {name: value for name, value in settings.items() if name != "id"}
    if settings.get("universal_login"):
        answer["universal_login"] = {**settings["universal_login"], **_NO_PAGES}
    return answer


_SANDBOXES = ["22", "18"]


def refuse_sandbox(body: Thing) -> None:
    """Raise the refusal of a sandbox that the tenant does not have (the wording is reported)."""
    if body.get("sandbox_version", _SANDBOXES[0]) not in _SANDBOXES:
        options = ", ".join(f'"{one}"' for one in _SANDBOXES)
        message = f"The sandbox_version provided is invalid. Please use one of the available options: [{options}]"
        raise management_error(400, message)


def read(settings: Thing) -> Thing:
    """The answer to a read, which lacks two flags and knows the sandboxes (recorded)."""
    flags = {name: value for name, value in settings["flags"].items() if name not in _SHOWN_TO_WRITERS}
    answer = {name: value for name, value in settings.items() if name != "id"}
    return answer | {"flags": flags, "sandbox_versions_available": _SANDBOXES}
