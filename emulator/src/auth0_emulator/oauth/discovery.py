# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The tenant's public documents: its keys and its OpenID configuration."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from auth0_emulator.schema.described import Body, DescribedRoute
from auth0_emulator.state import own_apis
from auth0_emulator.state.tenant import Tenant


class PublicKey(Body):
    kty: str
    use: str
    n: str
    e: str
    kid: str
    x5t: str
    x5c: list[str]
    alg: str


class PublicKeys(Body):
    keys: list[PublicKey]


def routes() -> list[DescribedRoute]:
    """Both documents."""
    return [
        DescribedRoute("GET", "/.well-known/jwks.json", _jwks, PublicKeys),
        DescribedRoute(
            "GET", "/.well-known/openid-configuration", _openid_configuration, dict[str, str | bool | list[str]]
        ),
    ]


async def _jwks(request: Request) -> Response:
    tenant: Tenant = request.scope["tenant"]
    return JSONResponse({"keys": [key.jwk for key in tenant.keys.published]})


async def _openid_configuration(request: Request) -> Response:
    """The members are documented. Links use the request's scheme, also http; the issuer is always https."""
    host = request.headers.get("host", "")
    base = f"{request.url.scheme}://{host}"
    return JSONResponse(
        {
            "issuer": own_apis.issuer(host),
            "authorization_endpoint": f"{base}/authorize",
            "token_endpoint": f"{base}/oauth/token",
            "device_authorization_endpoint": f"{base}/oauth/device/code",
            "userinfo_endpoint": f"{base}/userinfo",
            "mfa_challenge_endpoint": f"{base}/mfa/challenge",
            "jwks_uri": f"{base}/.well-known/jwks.json",
            "registration_endpoint": f"{base}/oidc/register",
            "revocation_endpoint": f"{base}/oauth/revoke",
            "scopes_supported": ["openid", "profile", "offline_access", "email"],
            "response_types_supported": ["code", "token", "id_token", "code token", "code id_token", "token id_token"],
            "response_modes_supported": ["query", "fragment", "form_post"],
            "subject_types_supported": ["public"],
            "code_challenge_methods_supported": ["S256", "plain"],
            "id_token_signing_alg_values_supported": ["HS256", "RS256", "PS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "private_key_jwt"],
            "token_endpoint_auth_signing_alg_values_supported": ["RS256", "RS384", "PS256"],
            "claims_supported": ["aud", "exp", "iat", "iss", "sub"],
            "request_uri_parameter_supported": False,
        }
    )
