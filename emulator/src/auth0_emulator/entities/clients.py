# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Clients: the applications that ask for tokens."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from auth0_emulator import identifiers
from auth0_emulator.creation import make
from auth0_emulator.entities import client_shapes as shapes
from auth0_emulator.entities.client_grants import CLIENT_GRANTS, system_grant
from auth0_emulator.entities.credentials import CREDENTIALS, attachments, credentials_of
from auth0_emulator.entities.organizations import ORGANIZATIONS
from auth0_emulator.entities.resource_servers import RESOURCE_SERVERS
from auth0_emulator.entity import Entity, Filter, Listing, Rules, Scopes, Thing
from auth0_emulator.errors import AnsweredError, invalid_body, invalid_query, management_error
from auth0_emulator.shapes import (
    CLEARABLE,
    NULLABLE,
    READ_ONLY,
    UNIQUE,
    CallbackUrl,
    HttpsUriOrEmpty,
    Name,
    Rule,
    Shape,
    UriOrEmpty,
    Url,
    UrlWithPlaceholders,
    Words,
    properties,
)

if TYPE_CHECKING:
    from auth0_emulator.access import Caller
    from auth0_emulator.tenant import Tenant

_Metadata = dict[Annotated[str, Field(max_length=255)], Annotated[str, Field(max_length=255)] | None]


class Client(Shape):
    client_id: Annotated[str, READ_ONLY]
    tenant: Annotated[str, READ_ONLY]
    name: Annotated[Name, Rule(required=True)]
    description: Annotated[str, Field(max_length=140)]
    all_applications: Annotated[bool, Rule(create=False, update=False, named="global")]
    client_secret: Annotated[Words, Rule(create=False)]
    app_type: shapes.AppType
    logo_uri: UriOrEmpty
    is_first_party: Annotated[bool, Rule(default=True)]
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
        Literal["none", "client_secret_post", "client_secret_basic"], Rule(clearable=True)
    ]
    client_authentication_methods: Annotated[
        Annotated[shapes.InlineAuthenticationMethods, properties(1, 1)],
        Rule(
            clearable=True,
            update_as=Annotated[shapes.AuthenticationMethods, properties(1, 1)],
            answer_as=dict[str, Any],
        ),
    ]
    is_token_endpoint_ip_header_trusted: Annotated[bool, Rule(default=False)]
    jwt_configuration: Annotated[shapes.JwtConfiguration, Rule(merged=True)]
    """Merged key by key (recorded)."""
    encryption_key: Annotated[shapes.EncryptionKey, NULLABLE]
    signing_keys: Annotated[list[shapes.SigningKey], READ_ONLY]
    sso: bool
    sso_disabled: Annotated[bool, Rule(default=False)]
    cross_origin_authentication: Annotated[bool, Rule(default=False)]
    cross_origin_loc: Annotated[Url, CLEARABLE]
    custom_login_page_on: Annotated[bool, Rule(default=True)]
    custom_login_page: Annotated[Words, Rule(update_as=str, answer_as=str)]
    """May not be empty at creation (documented); an update to "" is stored (recorded)."""
    custom_login_page_preview: Annotated[Words, Rule(update_as=str, answer_as=str)]
    form_template: Annotated[Words, Rule(update_as=str, answer_as=str)]
    addons: Annotated[shapes.Addons, Rule(merged=True, clearable=True)]
    """An addon that is not named stays, one that is named is replaced; an empty one is kept (all recorded, in 2023)."""
    client_metadata: Annotated[
        Annotated[_Metadata, Field(max_length=10)],
        Rule(merged=True),
    ]
    """Merged per key; null removes one key; the last one leaves {} (recorded)."""
    mobile: Annotated[shapes.Mobile, Rule(merged=True)]
    initiate_login_uri: Annotated[HttpsUriOrEmpty, Rule(empty_is_absent=True)]
    """Setting "" is accepted and removes the key (recorded)."""
    native_social_login: Annotated[
        Annotated[shapes.NativeSocialLogin, properties(1)],
        Rule(
            merged=True,
            clearable=True,
            update_as=Annotated[shapes.NativeSocialLoginUpdate, properties(1)],
            answer_as=shapes.NativeSocialLogin,
        ),
    ]
    fedcm_login: Annotated[
        Annotated[shapes.FedcmLogin, properties(1)],
        Rule(
            merged=True,
            clearable=True,
            update_as=Annotated[shapes.FedcmLoginUpdate, properties(1)],
            answer_as=shapes.FedcmLogin,
        ),
    ]
    refresh_token: Annotated[shapes.RefreshToken, Rule(merged=True, clearable=True, null_at_create=True)]
    default_organization: Annotated[shapes.DefaultOrganization, NULLABLE]
    organization_usage: Annotated[Literal["deny", "allow", "require"], CLEARABLE]
    organization_require_behavior: Annotated[Literal["no_prompt", "pre_login_prompt", "post_login_prompt"], CLEARABLE]
    organization_discovery_methods: Annotated[
        list[Literal["email", "organization_name"]], Field(min_length=1), CLEARABLE
    ]
    oidc_logout: Annotated[shapes.OidcLogout, Rule(empty_is_absent=True)]
    """{} is accepted and removes the key (recorded)."""
    oidc_backchannel_logout: Annotated[shapes.OidcLogout, Rule(clearable=True, empty_is_absent=True)]
    session_transfer: Annotated[shapes.SessionTransfer, Rule(merged=True, clearable=True, null_at_create=True)]
    require_pushed_authorization_requests: bool
    require_proof_of_possession: bool
    signed_request_object: Annotated[
        shapes.InlineSignedRequestObject,
        Rule(merged=True, clearable=True, update_as=shapes.SignedRequestObject, answer_as=dict[str, Any]),
    ]
    token_vault_privileged_access: Annotated[
        shapes.InlineTokenVaultAccess,
        Rule(clearable=True, update_as=shapes.TokenVaultAccess, answer_as=dict[str, Any]),
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
    token_quota: Annotated[shapes.TokenQuota, CLEARABLE]
    resource_server_identifier: Annotated[str, Field(min_length=1, max_length=600), Rule(update=False)]
    third_party_security_mode: Literal["strict", "permissive"]
    redirection_policy: Literal["allow_always", "open_redirect_protection"]
    express_configuration: Annotated[shapes.ExpressConfiguration, CLEARABLE]
    my_organization_configuration: Annotated[shapes.MyOrganizationConfiguration, CLEARABLE]
    async_approval_notification_channels: Annotated[
        list[Literal["guardian-push", "email"]], Field(min_length=1), CLEARABLE
    ]
    callback_url_template: Annotated[bool, READ_ONLY]


SECRET_READERS = ("read:client_keys", "read:client_credentials")
SECRET_WRITERS = ("update:client_keys",)
_READERS = ("read:clients", *SECRET_READERS)
_SUMMARY = ("client_id", "name", "app_type", "description")
_SECRET_FIELDS = ("client_secret", "signing_keys", "encryption_key", "client_authentication_methods")
"""What is shown to readers of keys only (documented)."""


def missing() -> AnsweredError:
    """404 (recorded)."""
    return management_error(404, "The client does not exist", "inexistent_client")


def _is_secret_method(method: str | None) -> bool:
    return method in ("client_secret_post", "client_secret_basic")


class ClientRules(Rules):
    """Defaults depend on the other fields: app_type, the authentication method, whether it is a third party."""

    def new_id(self, body: Thing) -> str:
        third_party = body.get("is_first_party") is False
        return identifiers.third_party_client_id() if third_party else identifiers.client_id()

    def default_values(self, tenant: Tenant, body: Thing) -> Thing:
        third_party = body.get("is_first_party") is False
        api_client = body.get("app_type") == "resource_server"
        values: Thing = {
            "client_secret": identifiers.client_secret(),
            "oidc_conformant": third_party or api_client,
            "grant_types": _grant_types(body),
            "jwt_configuration": _jwt_configuration(body),
            "refresh_token": _refresh_token(body),
        }
        if body.get("app_type") == "express_configuration":
            values |= _express_configuration(body)
        if third_party:
            values |= {"third_party_security_mode": "strict", "redirection_policy": "open_redirect_protection"}
        return values

    def settle(self, tenant: Tenant, thing: Thing, body: Thing) -> None:
        """``oidc_backchannel_logout`` is the older name for writing ``oidc_logout`` (documented)."""
        _store_inline_credentials(tenant, thing)
        if "oidc_backchannel_logout" in body:
            older = thing.pop("oidc_backchannel_logout", None)
            if older:
                thing["oidc_logout"] = older
            else:
                thing.pop("oidc_logout", None)

    def check_create(self, tenant: Tenant, body: Thing) -> None:
        _refuse_two_methods(body)
        _check_grant_types(body, body)
        _refuse_organizations_of_third_party(body, body)
        _check_landing_client(tenant, body)
        _refuse_alias_in_use(tenant, body.get("client_aliases", []))
        identifier = body.get("resource_server_identifier")
        if identifier is not None and tenant.api(identifier) is None:
            raise management_error(404, "The resource server does not exist", "inexistent_resource_server")

    def check_update(self, tenant: Tenant, current: Thing, body: Thing, caller: Caller) -> None:
        if "client_secret" in body:
            caller.require_any(SECRET_WRITERS)
        kept = {
            name: current[name]
            for name in ("token_endpoint_auth_method", "client_authentication_methods")
            if name in current
        }
        _refuse_two_methods(kept | body)
        _check_attached(tenant, current, body)
        _check_grant_types(current | body, body)
        _refuse_organizations_of_third_party(current | body, body)
        _check_landing_client(tenant, body)
        mode = body.get("third_party_security_mode")
        if mode is not None and mode != current.get("third_party_security_mode"):
            raise invalid_body("'The third_party_security_mode of a client cannot be changed'")
        metadata = {**current.get("client_metadata", {}), **body.get("client_metadata", {})}
        size = sum(value is not None for value in metadata.values())
        if size > 10:
            raise invalid_body(f"'Too many properties defined ({size}), maximum 10' on property client_metadata")

    def check_delete(self, tenant: Tenant, current: Thing) -> None:
        if current.get("global"):
            raise management_error(400, "Global client cannot be deleted.")

    def created(self, tenant: Tenant, thing: Thing) -> None:
        """The API that a client is made for shows the client's identifier; an express client is granted (recorded)."""
        self._link(tenant, thing, linked=True)
        if thing.get("app_type") == "express_configuration":
            system_grant(tenant, thing["client_id"], _EXPRESS_SCOPES)

    def deleted(self, tenant: Tenant, thing: Thing) -> None:
        """Deleting a client removes its grants (recorded), here at once."""
        self._link(tenant, thing, linked=False)
        grants = tenant.store(CLIENT_GRANTS)
        for grant in [g for g in grants if g.get("client_id") == thing["client_id"]]:
            grants.remove(grant["id"])
        for credential in credentials_of(tenant, thing["client_id"]):
            tenant.store(CREDENTIALS).remove(credential["id"])

    def present(self, tenant: Tenant, thing: Thing, caller: Caller) -> Thing:
        """What one sees depends on one's scopes: secrets need a scope for keys, a summary shows four fields."""
        if caller.has_any(_READERS) or not caller.has_any(("read:client_summary",)):
            shown = thing | {"tenant": tenant.name, "global": thing.get("global", False)}
            shown["callback_url_template"] = False
        else:
            return {name: thing[name] for name in _SUMMARY if name in thing}
        if not caller.has_any(SECRET_READERS):
            return {name: value for name, value in shown.items() if name not in _SECRET_FIELDS}
        key = tenant.keys.current
        shown["signing_keys"] = [{"cert": key.pem, "pkcs7": key.pkcs7, "subject": f"/CN={key.common_name}"}]
        if "client_authentication_methods" in shown:
            del shown["client_secret"]
        return shown

    def present_created(self, tenant: Tenant, thing: Thing, body: Thing, caller: Caller) -> Thing:
        """After a creation with inline credentials the answer has them in full, and the secret (recorded)."""
        shown = self.present(tenant, thing, caller)
        if "client_authentication_methods" not in body:
            return shown
        if caller.has_any(SECRET_READERS):
            shown["client_secret"] = thing["client_secret"]
        stored = credentials_of(tenant, thing["client_id"])
        own = {one["id"]: CREDENTIALS.present(tenant, one, caller) for one in stored}
        shown["client_authentication_methods"] = {
            method: {"credentials": [own[one["id"]] for one in holder["credentials"]]}
            for method, holder in thing["client_authentication_methods"].items()
        }
        return shown

    def check_fields(self, caller: Caller, fields: set[str]) -> None:
        """Asking by name for a field that one may not see is refused (documented)."""
        if not fields.isdisjoint(_SECRET_FIELDS):
            caller.require_any(SECRET_READERS)
        if not fields.issubset(_SUMMARY):
            caller.require_any(_READERS)

    def _link(self, tenant: Tenant, thing: Thing, linked: bool) -> None:
        api = tenant.api(thing.get("resource_server_identifier", ""))
        if api is None:
            return
        changed = {name: value for name, value in api.items() if name != "client_id"}
        if linked:
            changed["client_id"] = thing["client_id"]
        tenant.store(RESOURCE_SERVERS).put(changed)


def _refuse_two_methods(body: Thing) -> None:
    """A client authenticates by a secret or by keys, not by both (documented; the text is unverified)."""
    methods = body.get("client_authentication_methods")
    if methods is not None and body.get("token_endpoint_auth_method") is not None:
        raise invalid_body(
            "'The properties token_endpoint_auth_method and client_authentication_methods are mutually exclusive'"
        )


_GRANT_TYPE_WORDS = ("authorization_code", "implicit", "refresh_token", "client_credentials", "password")
"""The grant types that are no URI."""


def _check_grant_types(settled: Thing, body: Thing) -> None:
    """A public client may not have client credentials, and nobody a word that is unknown (reported; which URIs are
    known is not, so all are taken)."""
    public = settled.get("token_endpoint_auth_method") == "none"
    refused = [
        name
        for name in body.get("grant_types", [])
        if (public and name == "client_credentials") or (":" not in name and name not in _GRANT_TYPE_WORDS)
    ]
    if refused:
        raise management_error(400, f"Invalid grant types: {', '.join(refused)}")


def _refuse_organizations_of_third_party(settled: Thing, body: Thing) -> None:
    """Third parties have no settings for organizations (documented)."""
    named = [body.get(name) for name in ("organization_usage", "organization_require_behavior")]
    if settled.get("is_first_party") is False and any(value is not None for value in named):
        raise management_error(
            403,
            "Organizations are only available to first party clients on user-based flows. Properties"
            " organization_usage and organization_require_behavior must be unset for third party clients.",
        )


def _refuse_alias_in_use(tenant: Tenant, aliases: list[str]) -> None:
    """409 (documented, for creations only)."""
    taken = (other.get("client_aliases", []) for other in tenant.store(CLIENTS)) if aliases else ()
    if any(alias in theirs for theirs in taken for alias in aliases):
        raise management_error(409, "Another client exists with the same alias.")


def _check_landing_client(tenant: Tenant, body: Thing) -> None:
    """The client that invitations lead to must exist (documented)."""
    landing = (body.get("my_organization_configuration") or {}).get("invitation_landing_client_id")
    if landing is not None and tenant.client(landing) is None:
        raise management_error(404, "The Client ID for Invitations could not be found.")


def _check_attached(tenant: Tenant, current: Thing, body: Thing) -> None:
    """Credentials that are attached must be the client's own and of the method's type (the texts are unverified)."""
    own = {one["id"]: one for one in credentials_of(tenant, current["client_id"])}
    for kind, used in attachments(body):
        for one in used:
            if one["id"] not in own:
                raise management_error(400, f"The credential {one['id']} does not exist on this client.")
            if own[one["id"]]["credential_type"] != kind:
                raise management_error(400, f"The credential {one['id']} is not of type {kind}.")


def _store_inline_credentials(tenant: Tenant, thing: Thing) -> None:
    """Credentials that came with a creation are stored on their own; the client keeps references (recorded)."""
    made: list[str] = []
    try:
        for dummy, used in attachments(thing):
            for index, one in enumerate(used):
                if "id" not in one:
                    made.append(make(CREDENTIALS, tenant, one | {"client_id": thing["client_id"]})["id"])
                    used[index] = {"id": made[-1]}
    except AnsweredError:
        for credential_id in made:
            tenant.store(CREDENTIALS).remove(credential_id)
        raise


def _grant_types(body: Thing) -> list[str]:
    """Four grant types, also for non_interactive (recorded); none for the client of an API (recorded)."""
    if body.get("app_type") == "resource_server":
        return []
    if body.get("is_first_party") is False:
        return ["authorization_code"]
    granted = ["authorization_code", "implicit", "refresh_token"]
    return granted if body.get("token_endpoint_auth_method") == "none" else [*granted, "client_credentials"]


def _jwt_configuration(body: Thing) -> Thing:
    """The default lifetime is lost when the object is sent without it (recorded)."""
    if body.get("app_type") == "resource_server":
        return {"secret_encoded": False, "alg": "RS256"}
    if body.get("is_first_party") is False:
        return {"secret_encoded": False, "lifetime_in_seconds": 3600, "alg": "RS256"}
    if "jwt_configuration" in body:
        return {"secret_encoded": False}
    return {"secret_encoded": False, "lifetime_in_seconds": 36000}


def _express_configuration(body: Thing) -> Thing:
    """What the client of Okta's express configuration is made with (recorded)."""
    values: Thing = {
        "oidc_conformant": True,
        "callbacks": ["https://system-admin.okta.com/admin/app/generic/oauth20redirect"],
        "jwt_configuration": {"secret_encoded": False, "alg": "RS256"},
        "grant_types": ["authorization_code", "client_credentials"],
        "organization_usage": "require",
        "organization_require_behavior": "pre_login_prompt",
    }
    if body.get("token_endpoint_auth_method") is None:
        values["client_authentication_methods"] = {"private_key_jwt": {"credentials": []}}
    return values


_EXPRESS_SCOPES = (
    "read:clients",
    "read:user_attribute_profiles",
    "read:connection_profiles",
    "read:organizations_summary",
    "read:connections",
    "create:connections",
    "update:connections",
    "read:connections_options",
    "update:connections_options",
    "read:organization_connections",
    "create:organization_connections",
    "update:organization_connections",
    "create:scim_config",
    "read:scim_token",
    "create:scim_token",
    "delete:scim_token",
)
"""What it may do with the Management API (recorded)."""


def _refresh_token(body: Thing) -> Thing:
    """Lifetimes are longer for a client that is created with a secret method (recorded)."""
    long_lived = _is_secret_method(body.get("token_endpoint_auth_method"))
    return {
        "rotation_type": "non-rotating",
        "expiration_type": "non-expiring",
        "leeway": 0,
        "token_lifetime": 31557600 if long_lived else 2592000,
        "infinite_token_lifetime": True,
        "infinite_idle_token_lifetime": True,
        "idle_token_lifetime": 2592000 if long_lived else 1296000,
    }


def _boolean(name: str) -> Filter:
    return Filter(lambda thing, values: bool(thing.get(name, False)) == (values[0] == "true"), kind="boolean")


def _app_types(thing: Thing, values: list[str]) -> bool:
    return thing.get("app_type") in {kind for value in values for kind in value.split(",")}


_QUERY = re.compile(r"client_grant\.(?:organization_id:(?P<organization>\S+)|allow_any_organization:true)")


def _search(tenant: Tenant, query: str) -> Callable[[Thing], bool]:
    """The clients that one of their grants lets act for an organization, or for any (the queries are documented)."""
    asked = _QUERY.fullmatch(query.strip())
    if asked is None:
        raise invalid_query(f"'Unsupported query: {query}' on property q")
    name = asked["organization"]
    if name is None:
        holders = {one.get("client_id") for one in tenant.store(CLIENT_GRANTS) if one.get("allow_any_organization")}
    else:
        organization: Thing = tenant.store(ORGANIZATIONS).get(name) or {"grant_ids": []}
        grants = (tenant.store(CLIENT_GRANTS).get(one) for one in organization["grant_ids"])
        holders = {grant.get("client_id") for grant in grants if grant is not None}
    return lambda thing: thing["client_id"] in holders


CLIENTS = Entity(
    name="client",
    path="clients",
    model=Client,
    id_field="client_id",
    scopes=Scopes(
        read=(*_READERS, "read:client_summary"),
        create=("create:clients",),
        update=("update:clients", "update:client_keys", "update:client_credentials"),
        delete=("delete:clients",),
    ),
    listing=Listing(
        "clients",
        checkpoint=True,
        smallest_page=0,
        filters={
            "is_global": _boolean("global"),
            "is_first_party": _boolean("is_first_party"),
            "app_type": Filter(_app_types),
            "external_client_id": Filter(lambda thing, values: thing.get("external_client_id") in values),
        },
        length_in_envelope=True,
        search=_search,
    ),
    missing=missing,
    rules=ClientRules(),
    empty_update=False,
    names_api="resource_server_identifier",
)
