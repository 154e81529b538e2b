# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Clients: the applications of a tenant.

Fields and limits: Auth0's Management API description. Defaults, which objects PATCH merges and which it replaces, what
null removes, and identity_assertion_authorization_grant: recorded exchanges of Auth0's servers.
"""

from __future__ import annotations

from .client_addons import ADDONS
from .declaration import Direct, Filter, Kind, Listed
from .field import NOTHING, Field, Refers
from .formats import absolute_uri, https_uri, public_pem, scope
from .rules import (
    CALLER,
    Excludes,
    Initially,
    Kept,
    Needs,
    OneOf,
)
from .token_quota import TOKEN_QUOTA

_FREE = Field("raw")
_APP_TYPE = Field(
    choices=(
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
    )
)
_STRINGS = Field("list", elements=Field(min_length=1))
#: In a free-form object: a list whose order means nothing.
_SET = Field("list", elements=Field())
_CREDENTIAL_ID = Field("dict", fields={"id": Field(required=True, local=True)})
_CREDENTIALS = Field("list", required=True, key="id", max_length=2, elements=_CREDENTIAL_ID)
#: Without credentials, too, it is something else than none: the client cannot authenticate then (recorded).
_CREDENTIAL_METHOD = Field("dict", absent=NOTHING, fields={"credentials": _CREDENTIALS})
#: What a new client has: the times depend on how it authenticates (recorded).
_REFRESH_TOKENS = tuple(
    {
        "rotation_type": "non-rotating",
        "expiration_type": "non-expiring",
        "leeway": 0,
        "token_lifetime": lifetime,
        "infinite_token_lifetime": True,
        "infinite_idle_token_lifetime": True,
        "idle_token_lifetime": idle,
    }
    for lifetime, idle in ((2592000, 1296000), (31557600, 2592000))
)
_LOGOUT = {
    "backchannel_logout_urls": _STRINGS,
    "backchannel_logout_initiators": Field("dict", values=_FREE, fields={"selected_initiators": _SET}),
    "backchannel_logout_session_metadata": Field("dict", values=_FREE),
}

SIGNED_REQUESTS_NEED_A_KEY = Needs(
    "signed_request_object", "required", "credentials", "without a key nobody could log in"
)

CLIENT = Kind(
    name="client",
    title="client",
    path="clients",
    collection="clients",
    id_field="client_id",
    identity=("name",),
    lookups=(
        Direct("client_id"),
        Listed(
            match=("name",),
            constant={"fields": "client_id,name", "include_fields": "true", "is_global": "false"},
            fixed={"global": False},
            summary=True,
            search="name",
        ),
    ),
    checkpoint=True,
    unique=False,
    shown_secret="client_secret",
    secret_scope="read:client_keys",
    secret_hidden_by="client_authentication_methods",
    filters={
        "app_type": Filter(Field("list", elements=_APP_TYPE), joined=True),
        "is_first_party": Filter(Field("bool")),
        # As in the look-up by name: who asks for clients does not mean the one that Auth0 keeps for itself.
        "is_global": Filter(Field("bool"), otherwise=False),
        "external_client_id": Filter(Field(min_length=1, max_length=120)),
        "q": Filter(Field(min_length=1), alone=True),
    },
    rules=(
        OneOf(("token_endpoint_auth_method", "client_authentication_methods")),
        SIGNED_REQUESTS_NEED_A_KEY,
        # Auth0 refuses client credentials to a client that does not authenticate (reported).
        Excludes("token_endpoint_auth_method", "none", "grant_types", "client_credentials"),
    ),
    kept=(
        Kept(when={"global": True}, why="it is the tenant's global client"),
        Kept(
            when={"client_id": CALLER},
            why="it is the client whose credentials this task uses",
            keeps={"grant_types": "client_credentials"},
            fixed={
                "token_endpoint_auth_method": "client_secret_post",
                "client_authentication_methods": None,
                "require_proof_of_possession": False,
            },
            warned={"client_secret": "Once it is replaced, only the new client_secret is accepted."},
        ),
    ),
    initially=(
        Initially(
            "grant_types",
            ("client_credentials",),
            when={"app_type": "non_interactive"},
        ),
    ),
    fields={
        "client_id": Field(read_only=True),
        "client_secret": Field(update_only=True, secret=True, min_length=1),
        "name": Field(required=True, min_length=1, pattern=r"^[^<>]+$", pattern_says="contain neither < nor >"),
        "description": Field(max_length=140),
        "app_type": _APP_TYPE,
        "grant_types": Field("list", elements=Field(min_length=1)),
        "token_endpoint_auth_method": Field(
            nullable=True, choices=("none", "client_secret_post", "client_secret_basic")
        ),
        "client_authentication_methods": Field(
            "dict",
            nullable=True,
            one_key=True,
            fields={
                "private_key_jwt": _CREDENTIAL_METHOD,
                "tls_client_auth": _CREDENTIAL_METHOD,
                "self_signed_tls_client_auth": _CREDENTIAL_METHOD,
            },
        ),
        "jwt_configuration": Field(
            "dict",
            merged=True,
            usual=({"lifetime_in_seconds": 36000, "secret_encoded": False},),
            fields={
                "alg": Field(choices=("HS256", "RS256", "RS512", "PS256")),
                "lifetime_in_seconds": Field("int"),
                "scopes": Field("dict", values=_FREE),
                "secret_encoded": Field("bool", create_only=True),
            },
        ),
        "client_metadata": Field("dict", merged=True, max_length=10, values=Field(max_length=255, absent=NOTHING)),
        "is_first_party": Field("bool", initial=True, absent=True),
        "oidc_conformant": Field("bool"),
        "allowed_clients": Field("list", elements=Field(min_length=1, local=True)),
        "organization_usage": Field(nullable=True, choices=("deny", "allow", "require"), absent="deny"),
        "organization_require_behavior": Field(
            nullable=True, choices=("no_prompt", "pre_login_prompt", "post_login_prompt"), absent="no_prompt"
        ),
        "organization_discovery_methods": Field(
            "list", nullable=True, min_length=1, elements=Field(choices=("email", "organization_name"))
        ),
        "default_organization": Field(
            "dict",
            nullable=True,
            fields={
                "organization_id": Field(
                    required=True, refers=Refers("organization", "id", "organization_name", "name")
                ),
                "flows": Field("list", required=True, elements=Field(choices=("client_credentials",))),
            },
        ),
        "token_quota": TOKEN_QUOTA,
        "resource_server_identifier": Field(create_only=True, min_length=1, max_length=600),
        "third_party_security_mode": Field(create_only=True, choices=("strict", "permissive")),
        "redirection_policy": Field(choices=("allow_always", "open_redirect_protection")),
        "require_proof_of_possession": Field("bool"),
        "require_pushed_authorization_requests": Field("bool"),
        "compliance_level": Field(
            nullable=True,
            choices=("none", "fapi1_adv_pkj_par", "fapi1_adv_mtls_par", "fapi2_sp_pkj_mtls", "fapi2_sp_mtls_mtls"),
        ),
        "par_request_expiry": Field("int", nullable=True, minimum=10, maximum=600),
        "token_exchange": Field(
            "dict",
            nullable=True,
            fields={
                "allow_any_profile_of_type": Field(
                    "list", elements=Field(choices=("custom_authentication", "on_behalf_of_token_exchange"))
                )
            },
        ),
        "identity_assertion_authorization_grant": Field(
            "dict", nullable=True, fields={"active": Field("bool", required=True)}
        ),
        # The next four: as the official SDKs of November 2026 have them.
        "anonymous_sessions": Field("dict", nullable=True, fields={"active": Field("bool", required=True)}),
        "enforce_anon_session_transfer_network_binding": Field(nullable=True, choices=("ip", "asn", "none")),
        "b2b_integration_configuration": Field(
            "dict",
            nullable=True,
            fields={
                "sso_profiles": Field("list", max_length=1, elements=Field(min_length=1)),
                "integration_type": Field(choices=("custom_auth_server", "third_party", "application")),
            },
        ),
        "oidc_support": Field(
            "dict",
            nullable=True,
            fields={
                "is_allowed": Field("bool", required=True),
                "allow_all_scopes": Field("bool"),
                "allowed_scopes": Field("list", elements=Field(choices=("profile", "email", "address", "phone"))),
            },
        ),
        "signed_request_object": Field(
            "dict",
            nullable=True,
            merged=True,
            fields={
                "required": Field("bool"),
                "credentials": Field("list", key="id", elements=_CREDENTIAL_ID),
            },
        ),
        "token_vault_privileged_access": Field(
            "dict",
            nullable=True,
            fields={
                "credentials": _CREDENTIALS,
                # These limits are documented.
                "ip_allowlist": Field("list", max_length=10, elements=Field(min_length=1)),
                "grants": Field(
                    "list",
                    key="connection",
                    max_length=5,
                    elements=Field(
                        "dict",
                        fields={
                            "connection": Field(required=True, min_length=1),
                            "scopes": Field("list", required=True, elements=scope(max_length=None)),
                        },
                    ),
                ),
            },
        ),
        "refresh_token": Field(
            "dict",
            nullable=True,
            usual=_REFRESH_TOKENS,
            fields={
                "rotation_type": Field(required=True, choices=("rotating", "non-rotating")),
                "expiration_type": Field(required=True, choices=("expiring", "non-expiring")),
                "leeway": Field("int", minimum=0),
                "token_lifetime": Field("int", minimum=1, maximum=157788000),
                "infinite_token_lifetime": Field("bool"),
                "idle_token_lifetime": Field("int", minimum=1),
                "infinite_idle_token_lifetime": Field("bool"),
                "policies": Field(
                    "list",
                    nullable=True,
                    key="audience",
                    min_length=1,
                    elements=Field(
                        "dict",
                        fields={
                            "audience": Field(required=True, min_length=1, max_length=600),
                            "scope": Field("list", required=True, elements=scope()),
                        },
                    ),
                ),
            },
        ),
        "logo_uri": absolute_uri(),
        "callbacks": _STRINGS,
        "allowed_logout_urls": _STRINGS,
        "allowed_origins": _STRINGS,
        "web_origins": _STRINGS,
        "client_aliases": _STRINGS,
        "initiate_login_uri": https_uri(),
        "oidc_logout": Field("dict", fields=_LOGOUT),
        "oidc_backchannel_logout": Field("dict", nullable=True, fields=_LOGOUT, read_as="oidc_logout"),
        "is_token_endpoint_ip_header_trusted": Field("bool", initial=False),
        "sso": Field("bool"),
        "sso_disabled": Field("bool", initial=False),
        "cross_origin_authentication": Field("bool", initial=False),
        "cross_origin_loc": absolute_uri(nullable=True),
        "custom_login_page_on": Field("bool", initial=True, absent=True),
        "custom_login_page": Field(),
        "custom_login_page_preview": Field(),
        "form_template": Field(),
        "skip_non_verifiable_callback_uri_confirmation_prompt": Field("bool", nullable=True, absent=NOTHING),
        "async_approval_notification_channels": Field(
            "list", nullable=True, ordered=True, min_length=1, elements=Field(choices=("guardian-push", "email"))
        ),
        "addons": ADDONS,
        "encryption_key": Field(
            "dict", nullable=True, values=_FREE, fields={"pub": public_pem(), "cert": public_pem()}
        ),
        "mobile": Field(
            "dict",
            merged=True,
            values=_FREE,
            fields={"android": Field("dict", values=_FREE, fields={"sha256_cert_fingerprints": _SET})},
        ),
        "native_social_login": Field("dict", nullable=True, merged=True, min_length=1, values=_FREE),
        "fedcm_login": Field("dict", nullable=True, merged=True, min_length=1, values=_FREE),
        "session_transfer": Field(
            "dict",
            nullable=True,
            merged=True,
            filled={
                "can_create_session_transfer_token": False,
                "enforce_cascade_revocation": True,
                "allowed_authentication_methods": [],
                "enforce_device_binding": "ip",
                "allow_refresh_token": False,
                "enforce_online_refresh_tokens": True,
            },
            values=_FREE,
            fields={"allowed_authentication_methods": _SET},
        ),
        "my_organization_configuration": Field(
            "dict", nullable=True, values=_FREE, fields={"allowed_strategies": _SET}
        ),
        "express_configuration": Field(
            "dict",
            nullable=True,
            values=_FREE,
            fields={
                "linked_clients": Field(
                    "list", key="client_id", elements=Field("dict", fields={"client_id": Field(required=True)})
                )
            },
        ),
        "global": Field("bool", read_only=True),
        "tenant": Field(read_only=True),
        "external_client_id": Field(read_only=True),
        "external_metadata_type": Field(read_only=True),
        "external_metadata_created_by": Field(read_only=True),
        "jwks_uri": Field(read_only=True),
    },
)
