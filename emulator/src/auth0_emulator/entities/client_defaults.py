# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a new client has that was not sent: its defaults depend on the other fields."""

from __future__ import annotations

from auth0_emulator.state import identifiers
from auth0_emulator.state.store import Thing


def is_third_party(body: Thing) -> bool:
    """Whether a client belongs to somebody else."""
    return body.get("is_first_party") is False


def is_strict(body: Thing) -> bool:
    """Whether a client is held to the controls for third parties, the default since October 2026 (documented)."""
    return is_third_party(body) and body.get("third_party_security_mode", "strict") == "strict"


def values(body: Thing, now: float = 0) -> Thing:
    """The defaults of a client that is created with this body. now: epoch seconds, since when its secret counts."""
    strict = is_strict(body)
    api_client = body.get("app_type") == "resource_server"
    defaults: Thing = {
        "client_secret": identifiers.client_secret(),
        "secret_since": now,
        "oidc_conformant": strict or api_client,
        "grant_types": _grant_types(body),
        "jwt_configuration": _jwt_configuration(body),
        "refresh_token": _refresh_token(body),
    }
    if body.get("app_type") == "express_configuration":
        defaults |= _express_configuration(body)
    if is_third_party(body):
        defaults |= {"third_party_security_mode": "strict", "redirection_policy": "open_redirect_protection"}
    return defaults


def global_client(client: Thing) -> Thing:
    """The client of the legacy tenant settings, which lacks some of what the others have (recorded)."""
    lacking = ("grant_types", "jwt_configuration", "oidc_conformant")
    kept = {name: value for name, value in client.items() if name not in lacking}
    return kept | {"global": True, "callbacks": []}


_SESSION_TRANSFER: Thing = {
    "can_create_session_transfer_token": False,
    "enforce_cascade_revocation": True,
    "allowed_authentication_methods": [],
    "enforce_device_binding": "ip",
    "allow_refresh_token": False,
    "enforce_online_refresh_tokens": True,
}
"""Documented, and recorded as six; that no method is allowed by default is our choice."""


def complete_parts(client: Thing, body: Thing) -> None:
    """Give the nested objects that a body names, in place, what the server fills in where they are given in part."""
    if body.get("session_transfer") is not None:
        client["session_transfer"] = _SESSION_TRANSFER | client["session_transfer"]
    if body.get("refresh_token"):
        client["refresh_token"] = _refresh_token(client) | client["refresh_token"]


def _is_secret_method(method: str | None) -> bool:
    return method in ("client_secret_post", "client_secret_basic")


def _grant_types(body: Thing) -> list[str]:
    """Four grant types, also for non_interactive (recorded); none for the client of an API (recorded)."""
    if body.get("app_type") == "resource_server":
        return []
    if is_strict(body):
        return ["authorization_code"]
    granted = ["authorization_code", "implicit", "refresh_token"]
    return granted if body.get("token_endpoint_auth_method") == "none" else [*granted, "client_credentials"]


def _jwt_configuration(body: Thing) -> Thing:
    """The default lifetime is lost when the object is sent without it (recorded)."""
    if body.get("app_type") == "resource_server":
        return {"secret_encoded": False, "alg": "RS256"}
    if is_strict(body):
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


def _refresh_token(body: Thing) -> Thing:
    """Lifetimes are longer for a client that is created with a secret method (recorded). Those of a strict third party
    expire (recorded), and rotate where the client is public (documented)."""
    long_lived = _is_secret_method(body.get("token_endpoint_auth_method"))
    strict = is_strict(body)
    public = body.get("app_type") in ("spa", "native") or body.get("token_endpoint_auth_method") == "none"
    return {
        "rotation_type": "rotating" if strict and public else "non-rotating",
        "expiration_type": "expiring" if strict else "non-expiring",
        "leeway": 0,
        "token_lifetime": 31557600 if long_lived else 2592000,
        "infinite_token_lifetime": True,
        "infinite_idle_token_lifetime": not strict,
        "idle_token_lifetime": 2592000 if long_lived else 1296000,
    }
