# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""The settings of a tenant: one object that is always there.

Fields, limits and documented defaults: Auth0's Management API description. Flags that it does not name, access_token,
sessions.anonymous and what else is newer: the official SDKs of November 2026. That flags, change_password and
guardian_mfa_page are merged and a quota is replaced, that null takes a setting away, that an empty
default_redirection_uri is gone and an empty acr_values_supported is not, and what a new tenant has: recorded exchanges
of Auth0's servers. Of the other objects it is not known whether they are merged; they are sent whole, which is right
for both.
"""

from __future__ import annotations

import dataclasses

from .claims_mapping import CLAIMS_MAPPING
from .declaration import Kind
from .field import NOTHING, Field, Refers
from .formats import absolute_uri, https_uri
from .security_headers import SECURITY_HEADERS
from .token_quota import TOKEN_QUOTA

_LOCALES = """
am ar ar-EG ar-SA az bg bn bs ca-ES cnr cs cy da de el en en-CA es es-419 es-AR es-MX et eu-ES fa fi fr fr-CA fr-FR
gl-ES gu he hi hr hu hy id is it ja ka kk kn ko lt lv mk ml mn mr ms my nb nl nn no pa pl pt pt-BR pt-PT ro ru sk sl
so sq sr sv sw ta te th tl tr uk ur vi zgh zh-CN zh-HK zh-MO zh-TW
"""

_FLAGS = """
allow_changing_enable_sso allow_legacy_delegation_grant_types allow_legacy_ro_grant_types
allow_legacy_tokeninfo_endpoint allow_other_legacy_grant_types change_pwd_flow_v1 custom_domains_provisioning
dashboard_insights_view dashboard_log_streams_next dashboard_new_onboarding disable_clickjack_protection_headers
disable_fields_map_fix disable_management_api_sms_obfuscation enable_adfs_waad_email_verification enable_apis_section
enable_client_connections enable_custom_domain_in_emails enable_dynamic_client_registration enable_idtoken_api2
enable_legacy_logs_search_v2 enable_legacy_profile enable_pipeline2 enable_public_signup_user_exists_error enable_sso
genai_trial improved_signup_bot_detection_in_classic local_resource_discovery mfa_show_factor_list_on_enrollment
no_disclose_enterprise_connections remove_alg_from_jwks require_pushed_authorization_requests
revoke_refresh_token_grant trust_azure_adfs_email_verified_connection_property use_scope_descriptions_for_consent
"""

# A flag that is not shown may be on or off: only what is shown is known.
_FLAG = Field("bool", absent=NOTHING)
_QUOTA = dataclasses.replace(TOKEN_QUOTA, nullable=False)
_PAGE = Field(
    "dict",
    nullable=True,
    merged=True,
    initial={"enabled": False, "html": ""},
    fields={"enabled": Field("bool"), "html": Field()},
)


def _hours(initial: int) -> Field:
    return Field("int", minimum=1, initial=initial)


def _minutes(hours: str) -> Field:
    return Field("int", minimum=1, read_as=hours, per=60)


TENANT_SETTINGS = Kind(
    name="tenant_settings",
    title="tenant settings",
    path="tenants/settings",
    collection="tenant_settings",
    id_field="",
    identity=(),
    lookups=(),
    checkpoint=False,
    unique=True,
    standing=True,
    fields={
        "friendly_name": Field(),
        "picture_url": absolute_uri(),
        "support_email": Field(pattern=r"[^@\s]+@[^@\s]+", pattern_says="be an email address"),
        "support_url": absolute_uri(),
        "default_audience": Field(refers=Refers("resource_server", "identifier", retains=True)),
        "default_directory": Field(),
        "default_token_quota": Field(
            "dict", nullable=True, min_length=1, fields={"clients": _QUOTA, "organizations": _QUOTA}
        ),
        "resource_parameter_profile": Field(
            choices=("audience", "compatibility"), absent="audience", initial="audience"
        ),
        "mtls": Field("dict", nullable=True, fields={"enable_endpoint_aliases": Field("bool")}),
        "pushed_authorization_requests_supported": Field("bool", nullable=True),
        "authorization_response_iss_parameter_supported": Field("bool", nullable=True),
        "dpop_strict_refresh_token_binding": Field("bool", nullable=True),
        "allow_organization_name_in_authentication_api": Field("bool", nullable=True),
        "acr_values_supported": Field("list", nullable=True, absent=NOTHING, elements=Field()),
        "client_id_metadata_document_supported": Field("bool", initial=False),
        "client_id_metadata_document_dynamic_registration_supported": Field("bool", initial=False),
        "dynamic_client_registration_security_mode": Field(choices=("strict", "permissive"), initial="strict"),
        "access_token": CLAIMS_MAPPING,
        "flags": Field(
            "dict",
            merged=True,
            resend_option="update_flags",
            initial={
                "allow_changing_enable_sso": False,
                "disable_clickjack_protection_headers": False,
                "enable_sso": True,
                "revoke_refresh_token_grant": False,
            },
            fields={
                **dict.fromkeys(_FLAGS.split(), _FLAG),
                "disable_impersonation": Field("bool", read_only=True),
                # Answers to changes have it, reads have not (recorded).
                "enforce_client_authentication_on_passwordless_start": Field("bool", write_only=True),
            },
        ),
        "session_lifetime": _hours(168),
        "session_lifetime_in_minutes": _minutes("session_lifetime"),
        "idle_session_lifetime": _hours(72),
        "idle_session_lifetime_in_minutes": _minutes("idle_session_lifetime"),
        "ephemeral_session_lifetime": _hours(72),
        "ephemeral_session_lifetime_in_minutes": _minutes("ephemeral_session_lifetime"),
        "idle_ephemeral_session_lifetime": _hours(24),
        "idle_ephemeral_session_lifetime_in_minutes": _minutes("idle_ephemeral_session_lifetime"),
        "session_cookie": Field(
            "dict",
            nullable=True,
            fields={"mode": Field(choices=("persistent", "non-persistent"), required=True, absent="persistent")},
        ),
        "sessions": Field(
            "dict",
            nullable=True,
            fields={
                "oidc_logout_prompt_enabled": Field("bool", absent=True),
                "anonymous": Field(
                    "dict",
                    fields={
                        "activate_cookie": Field("bool", absent=True),
                        "lifetime_in_minutes": Field("int", minimum=1, absent=43200),
                    },
                ),
            },
        ),
        "oidc_logout": Field(
            "dict",
            initial={"rp_logout_end_session_endpoint_discovery": True},
            fields={"rp_logout_end_session_endpoint_discovery": Field("bool", absent=True)},
        ),
        "allowed_logout_urls": Field("list", elements=absolute_uri()),
        "default_redirection_uri": https_uri(),
        "customize_mfa_in_postlogin_action": Field("bool", nullable=True),
        # No value is neither of the two: what then happens depends on the URI (documented).
        "skip_non_verifiable_callback_uri_confirmation_prompt": Field("bool", nullable=True, absent=NOTHING),
        "enabled_locales": Field(
            "list",
            ordered=True,
            min_length=1,
            initial=["en"],
            elements=Field(choices=tuple(_LOCALES.split())),
        ),
        "change_password": _PAGE,
        "guardian_mfa_page": _PAGE,
        "error_page": Field(
            "dict",
            nullable=True,
            fields={"html": Field(), "show_log_link": Field("bool"), "url": absolute_uri()},
        ),
        "device_flow": Field(
            "dict",
            nullable=True,
            fields={
                "charset": Field(choices=("base20", "digits"), absent="base20"),
                "mask": Field(max_length=20, absent="****-****"),
            },
        ),
        "country_codes": Field(
            "dict",
            nullable=True,
            fields={
                "list": Field(
                    "list",
                    elements=Field(
                        min_length=2,
                        max_length=2,
                        pattern=r"[A-Z]{2}",
                        pattern_says="be the code of a country in two capital letters, such as DE",
                    ),
                ),
                "mode": Field(choices=("allow", "deny")),
            },
        ),
        "security_headers": SECURITY_HEADERS,
        "sandbox_version": Field(max_length=8, initial="22"),
        "sandbox_versions_available": Field("list", read_only=True, elements=Field()),
        "legacy_sandbox_version": Field(max_length=8),
        "phone_consolidated_experience": Field("bool", initial=False),
        "enable_ai_guide": Field("bool"),
        "include_session_metadata_in_tenant_logs": Field("bool"),
    },
)
