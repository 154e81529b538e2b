# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""A client → access tokens, and what a refusal means; what a token says of itself, unverified."""

from __future__ import annotations

import base64
import binascii
import re
import typing as t

from ansible_collections.community.auth0.plugins.module_utils import _compact_jws
from ansible_collections.community.auth0.plugins.module_utils._client_authentication import ClientAuthentication
from ansible_collections.community.auth0.plugins.module_utils._errors import ApiError, Unreachable, duration
from ansible_collections.community.auth0.plugins.module_utils._http import Session, Throttled

TOKEN_PATH = "/oauth/token"
#: What a 401 may mean, by the way in which the client authenticated.
_WRONG_CREDENTIALS = {
    "client_secret_post": "client id or secret is wrong, or the client authenticates in another way than by a secret "
    "in the request (its token_endpoint_auth_method).",
    "client_secret_basic": "client id or secret is wrong, or the client authenticates in another way than by a secret "
    "in a header (its token_endpoint_auth_method).",
    "private_key_jwt": "the client id or the key is wrong, Auth0 does not know the key under this key id, the client "
    "does not authenticate by private_key_jwt (its client_authentication_methods), or the clock of this machine is "
    "wrong.",
}
#: What a token request holds by itself.
REQUEST_PARAMETERS = frozenset(
    {
        "audience",
        "client_assertion",
        "client_assertion_type",
        "client_id",
        "client_secret",
        "grant_type",
        "organization",
        "scope",
    }
)
JWKS_PATH = "/.well-known/jwks.json"
#: What can be sent in a header (RFC 6749, appendix A.12, without the blank that ends it there).
_TOKEN = re.compile(r"[!-~]+")


def request_token(
    session: Session,
    client: ClientAuthentication,
    audience: str,
    issuer: str,
    scope: t.Sequence[str] | None = None,
    organization: str | None = None,
    parameters: t.Mapping[str, str] | None = None,
    read_headers: t.Callable[[t.Mapping[str, str]], object] | None = None,
) -> dict[str, t.Any]:
    """Get an access token by client credentials.

    issuer: the tenant's, for which a client signs its assertion. scope: a subset of the granted scopes; None for all
    of them. organization: an id or a name. parameters: further ones of the request. read_headers: gets the headers of
    the answer that brings the token.
    Returns ``access_token``, ``token_type``, ``expires_in`` (seconds) and, when at least one was granted, ``scope``
    (separated by spaces). Raises ApiError whose message explains the refusal, or Unreachable.
    """
    body = {**(parameters or {}), "grant_type": "client_credentials", "audience": audience}
    if scope is not None:
        body["scope"] = " ".join(scope)
    if organization is not None:
        body["organization"] = organization

    def prepare() -> tuple[t.Mapping[str, t.Any], t.Mapping[str, str]]:
        proof = client.proof(issuer)
        return {**body, **proof.fields}, proof.headers

    try:
        answer = session.request("POST", TOKEN_PATH, harmless=True, prepare=prepare, read_headers=read_headers)
    except ApiError as error:
        raise _explained(error, client, audience) from None
    if not isinstance(answer, dict) or not _is_token(answer.get("access_token")):
        raise Unreachable(
            "%s answered the token request without a token. Is auth0_domain really an Auth0 tenant?" % session.url,
            "no_token",
            "POST",
            TOKEN_PATH,
        )
    return answer


def _is_token(value: t.Any) -> bool:
    return isinstance(value, str) and bool(_TOKEN.fullmatch(value))


def _explained(error: ApiError, client: ClientAuthentication, audience: str) -> ApiError:
    """The same refusal in words that say what to do: Auth0 answers most of them with access_denied."""
    code, why = _refusal(error, client)
    return ApiError(
        "No token for client %s and audience %s: %s" % (client.client_id, audience, why),
        code,
        error.method,
        error.path,
        error.status,
        error.server_message,
        error.retryable,
    )


def _refusal(error: ApiError, client: ClientAuthentication) -> tuple[str, str]:
    told = error.server_message or ""
    if error.status == 429:
        later = "in %s" % duration(error.resets_in) if isinstance(error, Throttled) and error.resets_in else "later"
        return "too_many_requests", "the limit of tokens is reached (%s). Try again %s." % (told or "429", later)
    if error.status == 401:
        return "invalid_client", _WRONG_CREDENTIALS[client.how]
    if "Service not enabled within domain" in told:
        return "no_such_api", (
            "this tenant has no API with that identifier. It must be byte for byte the API's identifier, to the "
            "trailing slash."
        )
    if "not been granted scopes" in told:
        return "scope_not_granted", (
            "%s. Ask for scopes that the client's grant for this API holds, or add them to the grant." % told
        )
    if "not authorized to access" in told:
        return "no_client_grant", (
            "the client has no client grant for this API. Create one (community.auth0.auth0_client_grant with client "
            "%s and this audience)." % client.client_id
        )
    if error.code == "unauthorized_client" or "Grant type" in told:
        return "grant_type_not_allowed", (
            "the client may not use the grant type client_credentials. Add it to the client's grant_types."
        )
    return error.code, "%s (%s)." % (told or "refused", error.status)


class FixedToken:
    """A Management API token that was given; there is no way to renew it."""

    def __init__(self, token: str) -> None:
        self._token = token

    def token(self) -> str:
        return self._token

    def renew(self) -> bool:
        return False


class RequestedToken:
    """A Management API token that is requested when it is first needed, and once more when the tenant refuses it."""

    def __init__(self, session: Session, client: ClientAuthentication, audience: str, issuer: str) -> None:
        self._session = session
        self._client = client
        self._audience = audience
        self._issuer = issuer
        self._token: str | None = None

    def token(self) -> str:
        if self._token is None:
            answer = request_token(self._session, self._client, self._audience, self._issuer)
            self._token = str(answer["access_token"])
        return self._token

    def renew(self) -> bool:
        self._token = None
        return True


def decoded_claims(token: str) -> dict[str, t.Any] | None:
    """What a JWT claims, without any verification; None when it is no JWT that can be read, and shown by Ansible."""
    return _decoded(token, 1)


def _decoded(token: str, number: int) -> dict[str, t.Any] | None:
    """One of the two objects in a JWT: its header, its claims."""
    parts = token.split(".")
    if len(parts) != 3:
        return None
    try:
        content = base64.urlsafe_b64decode(parts[number] + "=" * (-len(parts[number]) % 4))
        return _compact_jws.read_object(content, "part")
    except (ValueError, binascii.Error, _compact_jws.NotCompactJws):
        return None


def key_id_of(token: str) -> str | None:
    """The id of the key that signed a token, where it can be read from it."""
    kid = (_decoded(token, 0) or {}).get("kid")
    return kid if isinstance(kid, str) else None


def client_of(token: str) -> str | None:
    """The client id that a Management API token was issued to, where it can be read from it."""
    claims = decoded_claims(token) or {}
    client = claims.get("azp") or claims.get("client_id")
    return client if isinstance(client, str) else None


def management_audience_of(token: str) -> str | None:
    """The identifier of the Management API that a token was issued for, where it can be read from it."""
    audience = (decoded_claims(token) or {}).get("aud")
    several = audience if isinstance(audience, list) else [audience]
    return next((one for one in several if isinstance(one, str) and one.endswith("/api/v2/")), None)


def jwks_uri(url: str, algorithm: str | None) -> str | None:
    """Where the tenant at a URL publishes the keys that verify tokens of that algorithm; None where a secret does."""
    return url + JWKS_PATH if algorithm and not by_secret(algorithm) else None


def token_type(dialect: str) -> str:
    """The typ in the header of an access token that follows a token_dialect (documented)."""
    return "at+jwt" if dialect.startswith("rfc9068") else "JWT"


def by_secret(algorithm: str) -> bool:
    return algorithm.startswith("HS")
