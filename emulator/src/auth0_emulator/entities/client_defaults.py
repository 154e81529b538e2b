# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a new client has that was not sent: its defaults depend on the other fields."""

from __future__ import annotations

from auth0_emulator.state import identifiers
from auth0_emulator.state.store import Thing


def values(body: Thing) -> Thing:
    """The defaults of a client that is created with this body."""
    third_party = body.get("is_first_party") is False
    api_client = body.get("app_type") == "resource_server"
    defaults: Thing = {
        "client_secret": identifiers.client_secret(),
        "oidc_conformant": third_party or api_client,
        "grant_types": _grant_types(body),
        "jwt_configuration": _jwt_configuration(body),
        "refresh_token": _refresh_token(body),
    }
    if body.get("app_type") == "express_configuration":
        defaults |= _express_configuration(body)
    if third_party:
        defaults |= {"third_party_security_mode": "strict", "redirection_policy": "open_redirect_protection"}
    return defaults


def _is_secret_method(method: str | None) -> bool:
    return method in ("client_secret_post", "client_secret_basic")


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
