# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is refused of a client although each field alone is right: rules between fields and between objects."""

from __future__ import annotations

from auth0_emulator.schema.errors import invalid_body, management_error
from auth0_emulator.state.store import Thing
from auth0_emulator.state.tenant import Tenant

from . import client_defaults, finding
from .credentials import attachments


def refuse_creation(tenant: Tenant, body: Thing) -> None:
    """Raise the refusal of a client that does not make sense in this tenant."""
    _refuse_two_methods(body)
    _refuse_grant_types(body, body)
    _refuse_what_strict_lacks(body, body)
    defaults = client_defaults.values(body)
    _refuse_mismatches(defaults | body, body, defaults["refresh_token"])
    _refuse_organizations_of_third_party(body, body)
    _refuse_missing_landing_client(tenant, body)
    _refuse_alias_in_use(tenant, body.get("client_aliases", []))
    identifier = body.get("resource_server_identifier")
    if identifier is not None and body.get("app_type") != "resource_server":
        # The Terraform provider says so; the wording is unverified.
        raise invalid_body("'resource_server_identifier requires the app_type resource_server'")
    if identifier is not None and finding.api(tenant, identifier) is None:
        raise management_error(404, "The resource server does not exist", "inexistent_resource_server")


def refuse_update(tenant: Tenant, current: Thing, body: Thing) -> None:
    """Raise the refusal of an update after which the client would not make sense."""
    kept = {
        name: current[name]
        for name in ("token_endpoint_auth_method", "client_authentication_methods")
        if name in current
    }
    _refuse_two_methods(kept | body)
    _refuse_foreign_credentials(tenant, current, body)
    _refuse_grant_types(current | body, body)
    _refuse_what_strict_lacks(current | body, body)
    _refuse_mismatches(current | body, body, current.get("refresh_token", {}))
    _refuse_organizations_of_third_party(current | body, body)
    _refuse_missing_landing_client(tenant, body)
    if body.get("is_first_party", current["is_first_party"]) != current["is_first_party"]:
        raise invalid_body("'The is_first_party of a client cannot be changed'")
    mode = body.get("third_party_security_mode")
    if mode is not None and mode != current.get("third_party_security_mode"):
        raise invalid_body("'The third_party_security_mode of a client cannot be changed'")
    metadata = {**current.get("client_metadata", {}), **body.get("client_metadata", {})}
    size = sum(value is not None for value in metadata.values())
    if size > 10:
        raise invalid_body(f"'Too many properties defined ({size}), maximum 10' on property client_metadata")


def _refuse_two_methods(body: Thing) -> None:
    """A client authenticates by a secret or by keys, not by both (documented; the wording is unverified)."""
    methods = body.get("client_authentication_methods")
    if methods is not None and body.get("token_endpoint_auth_method") is not None:
        raise invalid_body(
            "'The properties token_endpoint_auth_method and client_authentication_methods are mutually exclusive'"
        )


_GRANT_TYPES = frozenset(
    {
        "authorization_code",
        "implicit",
        "refresh_token",
        "client_credentials",
        "password",
        "http://auth0.com/oauth/grant-type/mfa-oob",
        "http://auth0.com/oauth/grant-type/mfa-otp",
        "http://auth0.com/oauth/grant-type/mfa-recovery-code",
        "http://auth0.com/oauth/grant-type/password-realm",
        "http://auth0.com/oauth/grant-type/passwordless/otp",
        "http://auth0.com/oauth/legacy/grant-type/access_token",
        "http://auth0.com/oauth/legacy/grant-type/delegation/id_token",
        "http://auth0.com/oauth/legacy/grant-type/delegation/refresh_token",
        "http://auth0.com/oauth/legacy/grant-type/ro",
        "http://auth0.com/oauth/legacy/grant-type/ro/jwt-bearer",
        "urn:auth0:params:oauth:grant-type:token-exchange:federated-connection-access-token",
        "urn:ietf:params:oauth:grant-type:device_code",
        "urn:ietf:params:oauth:grant-type:jwt-bearer",
        "urn:ietf:params:oauth:grant-type:token-exchange",
        "urn:okta:params:oauth:grant-type:webauthn",
        "urn:openid:params:grant-type:ciba",
    }
)
"""All that the documentation and the official SDKs name."""


def _refuse_grant_types(settled: Thing, body: Thing) -> None:
    """A public client may not have client credentials, a strict third party only three, nobody an unknown one (the
    wording is reported, the lists are documented)."""
    known = _GRANT_TYPES
    if client_defaults.is_strict(settled):
        known = frozenset({"authorization_code", "refresh_token", "client_credentials"})
    if settled.get("token_endpoint_auth_method") == "none":
        known -= {"client_credentials"}
    refused = [name for name in body.get("grant_types", []) if name not in known]
    if refused:
        raise management_error(400, f"Invalid grant types: {', '.join(refused)}")


def _refuse_login_prompt(settled: Thing, body: Thing) -> None:
    """Asking for the organization after the login needs a conformant client (documented; the wording is unverified)."""
    touched = not {"organization_require_behavior", "oidc_conformant"}.isdisjoint(body)
    late = settled.get("organization_require_behavior") == "post_login_prompt"
    if touched and late and not settled.get("oidc_conformant"):
        raise invalid_body("'post_login_prompt requires oidc_conformant' on property organization_require_behavior")


def _refuse_mismatches(settled: Thing, body: Thing, tokens: Thing) -> None:
    """Fields that need another one. tokens: the ``refresh_token`` before."""
    _refuse_login_prompt(settled, body)
    _refuse_discovery(settled, body)
    _refuse_refresh(tokens, body.get("refresh_token") or {})
    _refuse_algorithm(settled, body)
    lacking = [name for name in _NOT_FOR_APIS if body.get(name)]
    if lacking and settled.get("app_type") == "resource_server":
        # The official deploy tool leaves them out; the wording is unverified.
        raise invalid_body(f"'Additional properties not allowed: {','.join(reversed(lacking))}'")
    trusted = body.get("is_token_endpoint_ip_header_trusted")
    if trusted and settled.get("token_endpoint_auth_method") in (None, "none"):
        # The Terraform provider says so; the wording is unverified.
        raise invalid_body("'is_token_endpoint_ip_header_trusted requires a client secret'")


_NOT_FOR_APIS = ("oidc_backchannel_logout", "oidc_logout", "refresh_token")
"""What a client that stands for an API cannot set, although it shows a ``refresh_token`` (recorded)."""


def _refuse_discovery(settled: Thing, body: Thing) -> None:
    """Organizations are found out by the prompt before the login only (reported of updates; the wording is
    unverified)."""
    touched = not {"organization_require_behavior", "organization_discovery_methods"}.isdisjoint(body)
    early = settled.get("organization_require_behavior") == "pre_login_prompt"
    if touched and settled.get("organization_discovery_methods") and not early:
        raise invalid_body("'organization_discovery_methods requires pre_login_prompt'")


def _refuse_refresh(before: Thing, body: Thing) -> None:
    """Tokens that rotate expire (the Terraform provider says so), and no token may be idle for longer than it lives
    (documented; that only lifetimes sent together are compared is our choice). The wordings are unverified."""
    if body.get("rotation_type") == "rotating" and body.get("expiration_type") == "non-expiring":
        raise invalid_body("'No enum match for: non-expiring' on property refresh_token.expiration_type")
    settled = before | body
    infinite = settled.get("infinite_token_lifetime") or settled.get("infinite_idle_token_lifetime")
    idle, longest = body.get("idle_token_lifetime"), body.get("token_lifetime")
    if not infinite and idle is not None and longest is not None and idle > longest:
        problem = f"'Value {idle} is greater than maximum {longest}'"
        raise invalid_body(f"{problem} on property refresh_token.idle_token_lifetime")


def _refuse_algorithm(settled: Thing, body: Thing) -> None:
    """A client that authenticates by a key signs by one (documented for RS256, reported for PS256, too; that a client
    with no algorithm is let through is our choice, and the wording is unverified)."""
    touched = not {"client_authentication_methods", "jwt_configuration"}.isdisjoint(body)
    algorithm = (settled.get("jwt_configuration") or {}).get("alg")
    by_key = "private_key_jwt" in (settled.get("client_authentication_methods") or {})
    if touched and by_key and algorithm not in (None, "RS256", "PS256"):
        raise invalid_body(f"'No enum match for: {algorithm}' on property jwt_configuration.alg")


def _refuse_what_strict_lacks(settled: Thing, body: Thing) -> None:
    """What the security controls for third parties leave out (documented; the wordings are unverified)."""
    if not client_defaults.is_strict(settled):
        return
    if body.get("app_type") not in (None, "regular_web", "spa", "native", "non_interactive"):
        raise invalid_body(f"'No enum match for: {body['app_type']}' on property app_type")
    algorithm = (body.get("jwt_configuration") or {}).get("alg")
    if algorithm not in (None, "RS256"):
        raise invalid_body(f"'No enum match for: {algorithm}' on property jwt_configuration.alg")
    refresh = body.get("refresh_token") or {}
    if refresh.get("expiration_type") == "non-expiring":
        raise invalid_body("'No enum match for: non-expiring' on property refresh_token.expiration_type")
    if refresh.get("infinite_idle_token_lifetime"):
        raise invalid_body("'No enum match for: true' on property refresh_token.infinite_idle_token_lifetime")
    methods = set(body.get("client_authentication_methods") or {}) - {"private_key_jwt"}
    lacking = [
        *(f"client_authentication_methods.{name}" for name in sorted(methods)),
        *(name for name in _NOT_FOR_STRICT if body.get(name)),
    ]
    if lacking:
        raise invalid_body(f"'Additional properties not allowed: {','.join(lacking)}'")
    for name in ("callbacks", "allowed_origins", "web_origins"):
        for url in body.get(name, []):
            if "*" in url:
                raise invalid_body(f"'Object didn't pass validation for format url: {url}' on property {name}")


_NOT_FOR_STRICT = (
    "addons",
    "cross_origin_authentication",
    "default_organization",
    "oidc_backchannel_logout",
    "oidc_logout",
    "require_pushed_authorization_requests",
    "signed_request_object",
)
"""Of features that the documentation names as not supported; it has no list of all fields."""


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
    taken = (other.get("client_aliases", []) for other in finding.clients(tenant)) if aliases else ()
    if any(alias in theirs for theirs in taken for alias in aliases):
        raise management_error(409, "Another client exists with the same alias.")


def _refuse_missing_landing_client(tenant: Tenant, body: Thing) -> None:
    """The client that invitations lead to must exist (documented)."""
    landing = (body.get("my_organization_configuration") or {}).get("invitation_landing_client_id")
    if landing is not None and finding.client(tenant, landing) is None:
        raise management_error(404, "The Client ID for Invitations could not be found.")


def _refuse_foreign_credentials(tenant: Tenant, current: Thing, body: Thing) -> None:
    """Credentials that are attached must be the client's own and of the method's type (the wordings are unverified)."""
    own = {one["id"]: one for one in finding.credentials_of(tenant, current["client_id"])}
    for kind, used in attachments(body):
        for one in used:
            if one["id"] not in own:
                raise management_error(400, f"The credential {one['id']} does not exist on this client.")
            if own[one["id"]]["credential_type"] != kind:
                raise management_error(400, f"The credential {one['id']} is not of type {kind}.")
