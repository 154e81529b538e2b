# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The fields of a client, as the official description and the recordings give them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from auth0_emulator.schema.shapes import (
    CLEARABLE,
    NULLABLE,
    READ_ONLY,
    UNIQUE,
    CallbackUrl,
    Handling,
    HttpsWithPlaceholdersOrEmpty,
    Name,
    Shape,
    UriOrEmpty,
    Url,
    UrlWithPlaceholders,
    Words,
    properties,
)

from . import client_credential_shapes as credential_shapes
from . import client_shapes as shapes
from .client_addons import Addons
from .token_quota import TokenQuota

_MetadataName = Annotated[str, Field(max_length=255, pattern=r"^[A-Za-z0-9:,\-+=_*?\"/\\()<>@\t ]*$")]
"""Letters, digits and the special characters that the official description lists."""
_Metadata = dict[_MetadataName, Annotated[str, Field(max_length=255)] | None]


class Client(Shape):
    client_id: Annotated[str, READ_ONLY]
    tenant: Annotated[str, READ_ONLY]
    name: Annotated[Name, Handling(required=True)]
    description: Annotated[str, Field(max_length=140)]
    all_applications: Annotated[bool, Handling(create=False, update=False, named="global")]
    client_secret: Annotated[Words, Handling(create=False)]
    app_type: shapes.AppType
    logo_uri: UriOrEmpty
    is_first_party: Annotated[bool, Handling(default=True)]
    oidc_conformant: bool
    callbacks: list[CallbackUrl]
    allowed_origins: list[UrlWithPlaceholders]
    web_origins: list[UrlWithPlaceholders]
    client_aliases: list[Words]
    allowed_clients: list[Words]
    allowed_logout_urls: list[UrlWithPlaceholders]
    grant_types: Annotated[list[Words], UNIQUE]
    """Reported: a repeated one is refused."""
    token_endpoint_auth_method: Annotated[
        Literal["none", "client_secret_post", "client_secret_basic"], Handling(clearable=True)
    ]
    client_authentication_methods: Annotated[
        Annotated[credential_shapes.InlineAuthenticationMethods, properties(1, 1)],
        Handling(
            clearable=True,
            update_as=Annotated[credential_shapes.AuthenticationMethods, properties(1, 1)],
            answer_as=dict[str, Any],
        ),
    ]
    is_token_endpoint_ip_header_trusted: Annotated[bool, Handling(default=False)]
    jwt_configuration: Annotated[shapes.JwtConfiguration, Handling(merged=True)]
    """Merged key by key (recorded)."""
    encryption_key: Annotated[shapes.EncryptionKey, NULLABLE]
    signing_keys: Annotated[list[shapes.SigningKey], READ_ONLY]
    sso: bool
    sso_disabled: Annotated[bool, Handling(default=False)]
    cross_origin_authentication: Annotated[bool, Handling(default=False)]
    cross_origin_auth: Annotated[bool, READ_ONLY]
    """The older name of the field before (recorded)."""
    cross_origin_loc: Annotated[Url, CLEARABLE]
    custom_login_page_on: Annotated[bool, Handling(default=True)]
    custom_login_page: Annotated[Words, Handling(update_as=str, answer_as=str)]
    """May not be empty at creation (documented); an update to "" is stored (recorded)."""
    custom_login_page_preview: Annotated[Words, Handling(update_as=str, answer_as=str)]
    form_template: Annotated[Words, Handling(update_as=str, answer_as=str)]
    addons: Annotated[Addons, Handling(merged=True, clearable=True)]
    """An addon that is not named stays, one that is named is replaced; an empty one is kept (all recorded, in 2023)."""
    client_metadata: Annotated[
        Annotated[_Metadata, Field(max_length=10)],
        Handling(merged=True),
    ]
    """Merged per key; null removes one key; the last one leaves {} (recorded)."""
    mobile: Annotated[shapes.Mobile, Handling(merged=True)]
    initiate_login_uri: Annotated[HttpsWithPlaceholdersOrEmpty, Handling(empty_is_absent=True)]
    """Setting "" is accepted and removes the key (recorded)."""
    native_social_login: Annotated[
        Annotated[shapes.NativeSocialLogin, properties(1)],
        Handling(
            merged=True,
            clearable=True,
            update_as=Annotated[shapes.NativeSocialLoginUpdate, properties(1)],
            answer_as=shapes.NativeSocialLogin,
        ),
    ]
    fedcm_login: Annotated[
        Annotated[shapes.FedcmLogin, properties(1)],
        Handling(
            merged=True,
            clearable=True,
            update_as=Annotated[shapes.FedcmLoginUpdate, properties(1)],
            answer_as=shapes.FedcmLogin,
        ),
    ]
    refresh_token: Annotated[shapes.RefreshToken, Handling(merged=True, clearable=True, null_at_create=True)]
    default_organization: Annotated[shapes.DefaultOrganization, NULLABLE]
    organization_usage: Annotated[Literal["deny", "allow", "require"], CLEARABLE]
    organization_require_behavior: Annotated[Literal["no_prompt", "pre_login_prompt", "post_login_prompt"], CLEARABLE]
    organization_discovery_methods: Annotated[
        list[Literal["email", "organization_name"]], Field(min_length=1), CLEARABLE
    ]
    oidc_logout: Annotated[shapes.OidcLogout, Handling(empty_is_absent=True)]
    """{} is accepted and removes the key (recorded)."""
    oidc_backchannel_logout: Annotated[shapes.OidcLogout, Handling(clearable=True, empty_is_absent=True)]
    session_transfer: Annotated[shapes.SessionTransfer, Handling(merged=True, clearable=True, null_at_create=True)]
    require_pushed_authorization_requests: bool
    require_proof_of_possession: bool
    signed_request_object: Annotated[
        credential_shapes.InlineSignedRequestObject,
        Handling(
            merged=True, clearable=True, update_as=credential_shapes.SignedRequestObject, answer_as=dict[str, Any]
        ),
    ]
    token_vault_privileged_access: Annotated[
        credential_shapes.InlineTokenVaultAccess,
        Handling(clearable=True, update_as=credential_shapes.TokenVaultAccess, answer_as=dict[str, Any]),
    ]
    # From here to oidc_support: as newer official SDKs have them (the first one, and its null, are recorded, too).
    identity_assertion_authorization_grant: Annotated[shapes.Active, CLEARABLE]
    anonymous_sessions: Annotated[shapes.Active, CLEARABLE]
    enforce_anon_session_transfer_network_binding: Annotated[Literal["ip", "asn", "none"], CLEARABLE]
    b2b_integration_configuration: Annotated[shapes.B2bIntegration, CLEARABLE]
    oidc_support: Annotated[shapes.OidcSupport, CLEARABLE]
    compliance_level: Annotated[
        Literal["none", "fapi1_adv_pkj_par", "fapi1_adv_mtls_par", "fapi2_sp_pkj_mtls", "fapi2_sp_mtls_mtls"],
        NULLABLE,
    ]
    skip_non_verifiable_callback_uri_confirmation_prompt: Annotated[bool, CLEARABLE]
    token_exchange: Annotated[shapes.TokenExchange, CLEARABLE]
    par_request_expiry: Annotated[int, Field(ge=10, le=600), NULLABLE]
    token_quota: Annotated[TokenQuota, CLEARABLE]
    resource_server_identifier: Annotated[str, Field(min_length=1, max_length=600), Handling(update=False)]
    third_party_security_mode: Literal["strict", "permissive"]
    redirection_policy: Literal["allow_always", "open_redirect_protection"]
    express_configuration: Annotated[shapes.ExpressConfiguration, CLEARABLE]
    my_organization_configuration: Annotated[shapes.MyOrganizationConfiguration, CLEARABLE]
    async_approval_notification_channels: Annotated[
        list[Literal["guardian-push", "email"]], Field(min_length=1), CLEARABLE
    ]
    callback_url_template: Annotated[bool, READ_ONLY]
    encrypted: Annotated[bool, READ_ONLY]
    former_secret: Annotated[str, Handling(create=False, update=False, answer=False)]
    """The secret before the last change; it is accepted while reads lag."""
    secret_since: Annotated[float, Handling(create=False, update=False, answer=False)]
    """When the secret was set."""
