# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""POST /oauth/token for client credentials: authentication of the client, its grant, the token."""

from __future__ import annotations

import base64
import hmac
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import parse_qsl, unquote_plus

import jwt
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from auth0_emulator.entities import finding, tenant_settings
from auth0_emulator.entities.clients import accepted_secret
from auth0_emulator.schema.described import Body, DescribedRoute
from auth0_emulator.schema.errors import AnsweredError, oauth_error
from auth0_emulator.schema.validation import parse_json
from auth0_emulator.state import own_apis
from auth0_emulator.state.identifiers import alphanumeric
from auth0_emulator.state.store import Thing
from auth0_emulator.state.tenant import Tenant

from .client_assertion import client_of_assertion

GRANT_DOCS = "https://auth0.com/docs/clients/client-grant-types"
CLIENT_GRANT_DOCS = "https://auth0.com/docs/api/v2#!/Client_Grants/post_client_grants"

Parameters = dict[str, str]


@dataclass(frozen=True)
class Issue:
    """What a token is made of."""

    client_id: str
    api: Thing
    scopes: list[str]
    organization: Thing | None


class TokenRequest(BaseModel):
    """What the token endpoint knows; it ignores the rest, and what is no string."""

    grant_type: str = ""
    client_id: str = ""
    client_secret: str = ""
    client_assertion_type: str = ""
    client_assertion: str = ""
    audience: str = ""
    scope: str = ""
    organization: str = ""
    resource: str = ""


class TokenAnswer(Body):
    access_token: str
    token_type: Literal["Bearer"]
    expires_in: int
    scope: str = ""


def routes() -> list[DescribedRoute]:
    """The token endpoint."""
    return [DescribedRoute("POST", "/oauth/token", _endpoint, TokenAnswer, body=TokenRequest)]


async def _endpoint(request: Request) -> Response:
    tenant: Tenant = request.scope["tenant"]
    return answer(tenant, request.headers.get("host", ""), parameters(request, await request.body()))


def answer(tenant: Tenant, host: str, given: Parameters) -> Response:
    """200 with a token, or the refusal."""
    grant_type = given.get("grant_type")
    if not grant_type:
        raise oauth_error(400, "invalid_request", "Missing required parameter: grant_type")
    if grant_type != "client_credentials":
        raise oauth_error(400, "unsupported_grant_type", f"Unsupported grant type: {grant_type}")
    client = authenticated_client(tenant, host, given)
    if "client_credentials" not in client.get("grant_types", []):
        raise oauth_error(
            403, "unauthorized_client", "Grant type 'client_credentials' not allowed for the client.", GRANT_DOCS
        )
    issue = authorized(tenant, host, client, given)
    quotas = tenant.token_quotas.take(client, issue.organization, tenant_settings.of(tenant).get("default_token_quota"))
    body: dict[str, Any] = {
        "access_token": token(tenant, host, issue),
        "token_type": "Bearer",
        "expires_in": issue.api["token_lifetime"],
    }
    if issue.scopes:
        # The member is there only when a scope was granted (recorded without, documented with).
        body["scope"] = " ".join(issue.scopes)
    return JSONResponse(body, headers={"Cache-Control": "no-store", "Pragma": "no-cache", **quotas})


def parameters(request: Request, raw: bytes) -> Parameters:
    """The parameters, from JSON or a form (both recorded), and the credentials of HTTP Basic."""
    if request.headers.get("content-type", "").partition(";")[0].strip() == "application/x-www-form-urlencoded":
        given = dict(parse_qsl(raw.decode("utf-8", "replace"), keep_blank_values=True))
    else:
        given = _json_parameters(raw)
    scheme, dummy, encoded = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            user, dummy, password = base64.b64decode(encoded.strip(), validate=True).decode().partition(":")
        except ValueError:
            raise unauthorized() from None
        given |= {"client_id": unquote_plus(user), "client_secret": unquote_plus(password)}
    return given


def _json_parameters(raw: bytes) -> Parameters:
    try:
        body = parse_json(raw) if raw else {}
    except AnsweredError:
        body = None
    if not isinstance(body, dict):
        raise oauth_error(400, "invalid_request", "The request body is neither a form nor a JSON object.")
    return {name: value for name, value in body.items() if isinstance(value, str)}


def unauthorized() -> AnsweredError:
    """A wrong secret and an unknown client look the same (reported)."""
    return oauth_error(401, "access_denied", "Unauthorized")


def authenticated_client(tenant: Tenant, host: str, given: Parameters) -> Thing:
    """The client that the credentials prove: an assertion, or a secret.

    A client with a secret method may use either form, body or Basic (unverified: our choice is lenient).
    """
    if "client_assertion" in given:
        return client_of_assertion(tenant, host, given)
    client = finding.client(tenant, given.get("client_id", ""))
    if client is None or client.get("global") or "client_authentication_methods" in client:
        raise unauthorized()
    if client.get("token_endpoint_auth_method") == "none":
        raise unauthorized()
    secret = accepted_secret(tenant, client)
    if secret is None or not hmac.compare_digest(given.get("client_secret", "").encode(), secret.encode()):
        raise unauthorized()
    return client


def authorized(tenant: Tenant, host: str, client: Thing, given: Parameters) -> Issue:
    """What the client's grant for the audience allows. Without an audience, that of the tenant's settings counts; and
    ``resource``, where the settings say so (documented)."""
    settings = tenant_settings.of(tenant)
    compatible = settings["resource_parameter_profile"] == "compatibility"
    audience = given.get("audience") or (compatible and given.get("resource")) or settings["default_audience"]
    if not audience:
        raise oauth_error(403, "access_denied", "Non-global clients are not allowed access to APIv1")
    api = finding.api(tenant, own_apis.stored(audience, host))
    if api is None:
        raise oauth_error(403, "access_denied", f"Service not enabled within domain: {audience}")
    grant = _grant(tenant, client, api)
    if grant is None:
        raise oauth_error(
            403,
            "access_denied",
            f'Client is not authorized to access "{audience}". You need to create a "client-grant" associated to this'
            f" API. See: {CLIENT_GRANT_DOCS}",
        )
    organization = organization_for(tenant, client, grant, given.get("organization"))
    scopes = _scopes(grant, api, given.get("scope", "").split(), tenant.choices.narrow_scopes)
    return Issue(client["client_id"], api, scopes, organization)


def organization_for(tenant: Tenant, client: Thing, grant: Thing, asked: str | None) -> Thing | None:
    """The organization that a token is for: the one asked for; the client's default one where the grant requires one
    (documented).

    The grant says whether there may be or must be one, and whether any will do (documented). How it is refused is
    unverified.
    """
    usage = grant.get("organization_usage", "deny")
    name = asked
    if name is None and usage == "require":
        name = client.get("default_organization", {}).get("organization_id")
        if name is None:
            raise oauth_error(400, "invalid_request", "parameter organization is required for this client")
    if name is None:
        return None
    if usage == "deny":
        raise oauth_error(400, "invalid_request", "parameter organization is not allowed for this client")
    organization = finding.organization(tenant, name)
    if organization is None:
        raise oauth_error(400, "invalid_request", f"organization {name} does not exist")
    if not grant.get("allow_any_organization") and grant["id"] not in organization["grant_ids"]:
        raise oauth_error(403, "access_denied", f"Client is not authorized for organization {name}")
    return organization


def _grant(tenant: Tenant, client: Thing, api: Thing) -> Thing | None:
    """The client's own grant, else one for all third-party clients; only those for clients, not for users."""
    policies = api.get("subject_type_authorization", {})
    if policies.get("client", {}).get("policy") == "deny_all":
        return None
    grants = [
        grant
        for grant in finding.client_grants(tenant)
        if grant["audience"] == api["identifier"] and grant["subject_type"] == "client"
    ]
    own = [grant for grant in grants if grant.get("client_id") == client["client_id"]]
    shared = [grant for grant in grants if "default_for" in grant and not client["is_first_party"]]
    return next(iter(own + shared), None)


def _scopes(grant: Thing, api: Thing, asked: list[str], narrow: bool) -> list[str]:
    """All of the grant, also where a subset was asked for (announced, and so in Auth0's support articles); others are
    refused, not dropped (reported). narrow: give the subset instead.

    Scopes of the grant that the API does not define are issued, too (unverified: our choice).
    """
    if grant.get("allow_all_scopes"):
        granted = [scope["value"] for scope in api.get("scopes", [])]
    else:
        granted = list(grant.get("scope", []))
    foreign = [scope for scope in asked if scope not in granted]
    if foreign:
        raise oauth_error(403, "access_denied", f"Client has not been granted scopes: {', '.join(foreign)}")
    return list(dict.fromkeys(asked)) if asked and narrow else granted


def token(tenant: Tenant, host: str, issue: Issue) -> str:
    """The signed token: the claims follow the API's token dialect, the signature its algorithm (documented).

    What an action adds never takes the place of what is there (documented).
    """
    api = issue.api
    dialect = api.get("token_dialect", "access_token")
    now = int(tenant.clock())
    claims: dict[str, Any] = {
        "iss": own_apis.issuer(host),
        "sub": f"{issue.client_id}@clients",
        "aud": own_apis.shown(api["identifier"], host),
        "iat": now,
        "exp": now + api["token_lifetime"],
    }
    if issue.organization is not None:
        claims["org_id"] = issue.organization["id"]
        if tenant_settings.of(tenant).get("allow_organization_name_in_authentication_api"):
            claims["org_name"] = issue.organization["name"]
    if issue.scopes:
        claims["scope"] = " ".join(issue.scopes)
    headers = {"typ": "JWT"}
    if dialect.startswith("rfc9068_profile"):
        claims |= {"client_id": issue.client_id, "jti": alphanumeric(24)}
        headers["typ"] = "at+jwt"
    else:
        claims |= {"gty": "client-credentials", "azp": issue.client_id}
    if dialect.endswith("_authz") and api.get("enforce_policies"):
        claims["permissions"] = issue.scopes
    claims = tenant.custom_claims.of(issue.client_id, api, claims["aud"]) | claims
    algorithm = api["signing_alg"]
    if algorithm == "HS256":
        return jwt.encode(claims, api["signing_secret"], algorithm="HS256", headers=headers)
    key = tenant.keys.current
    return jwt.encode(claims, key.private, algorithm=algorithm, headers=headers | {"kid": key.kid})
