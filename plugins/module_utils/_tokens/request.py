# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""A client → an access token, and what a refusal means."""

from __future__ import annotations

import re
import time
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._errors import ApiError, Unreachable, duration
from ansible_collections.community.auth0.plugins.module_utils._http.exchange import Throttled
from ansible_collections.community.auth0.plugins.module_utils._http.session import Prepared, Session

from .client_authentication import ClientAuthentication

TOKEN_PATH = "/oauth/token"
#: Seconds that a new secret may take to be accepted everywhere, as Auth0 documents.
NEW_SECRET_SECONDS = 30
_MAY_BE_NEW = "A new secret may take up to %d seconds to be accepted." % NEW_SECRET_SECONDS
#: What a 401 may mean, by the way in which the client authenticated.
_WRONG_CREDENTIALS = {
    "client_secret_post": "client id or secret is wrong, or the client authenticates in another way than by a secret "
    "in the request (its token_endpoint_auth_method). " + _MAY_BE_NEW,
    "client_secret_basic": "client id or secret is wrong, or the client authenticates in another way than by a secret "
    "in a header (its token_endpoint_auth_method). " + _MAY_BE_NEW,
    "private_key_jwt": "the client id or the key is wrong, Auth0 does not know the key under this key id, the client "
    "does not authenticate by private_key_jwt (its client_authentication_methods), or the clock of this machine is "
    "wrong.",
}
#: Seconds between requests with a new secret.
_PAUSES = (1, 2, 3, 4, 5, 5, 5, 5)
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
#: Beyond this, numbers are not whole for every reader of JSON (RFC 8259, section 6).
_MOST = 2**53 - 1
#: What can be sent in a header (RFC 6749, appendix A.12, without the space that ends it there).
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
    secret_is_new: bool = False,
    sleep: t.Callable[[float], None] = time.sleep,
) -> dict[str, t.Any]:
    """Get an access token by client credentials.

    issuer: the tenant's, for which a client signs its assertion. scope: a subset of the granted scopes; None for all
    of them. organization: an id or a name. parameters: further ones of the request. read_headers: gets the headers of
    the answer that brings the token. secret_is_new: whether the client's secret is known to have been set a moment
    ago, so that a refusal of it is not believed for half a minute. sleep: the clock (seconds) for that.
    Returns ``access_token``, ``token_type``, ``expires_in`` (seconds) and, when at least one was granted, ``scope``
    (separated by spaces). Raises ApiError whose message explains the refusal, or Unreachable.
    """
    body = {**(parameters or {}), "grant_type": "client_credentials", "audience": audience}
    if scope is not None:
        body["scope"] = " ".join(scope)
    if organization is not None:
        body["organization"] = organization

    def prepare() -> Prepared:
        proof = client.proof(issuer)
        return Prepared({**body, **proof.fields}, proof.headers, proof.secrets)

    pauses = iter(_PAUSES if secret_is_new else ())
    while True:
        try:
            answer = session.request("POST", TOKEN_PATH, harmless=True, prepare=prepare, read_headers=read_headers)
            break
        except ApiError as error:
            pause = next(pauses, None) if error.status == 401 else None
            if pause is None:
                raise _explained(error, client, audience, secret_is_new) from None
            sleep(pause)
    fields = answer if isinstance(answer, dict) else {}
    token = _string(fields.get("access_token"))
    if token is None or not _TOKEN.fullmatch(token):
        raise Unreachable(
            "%s answered the token request without a token. Is auth0_domain really an Auth0 tenant?" % session.url,
            "no_token",
            "POST",
            TOKEN_PATH,
        )
    found = {
        "access_token": token,
        "token_type": _string(fields.get("token_type")),
        "expires_in": _whole_number(fields.get("expires_in")),
        "scope": _string(fields.get("scope")),
    }
    # What is odd is left out, since the token may be good all the same.
    return {name: value for name, value in found.items() if value is not None}


def _string(value: t.Any) -> str | None:
    return value if isinstance(value, str) else None


def _whole_number(value: t.Any) -> int | None:
    is_whole = isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _MOST
    return value if is_whole else None


def _explained(error: ApiError, client: ClientAuthentication, audience: str, secret_is_new: bool) -> ApiError:
    """The same refusal in words that say what to do: Auth0 answers most of them with access_denied."""
    code, why = _refusal(error, client, secret_is_new)
    return ApiError(
        "No token for client %s and audience %s: %s" % (client.client_id, audience, why),
        code,
        error.method,
        error.path,
        error.status,
        error.server_message,
        error.retryable,
    )


def _refusal(error: ApiError, client: ClientAuthentication, secret_is_new: bool) -> tuple[str, str]:
    said = error.server_message or ""
    if error.status == 429:
        later = "in %s" % duration(error.resets_in) if isinstance(error, Throttled) and error.resets_in else "later"
        return "too_many_requests", "the limit of tokens is reached (%s). Try again %s." % (said or "429", later)
    if error.status == 401:
        waited = "refused, also after %d seconds: " % sum(_PAUSES) if secret_is_new else ""
        return "invalid_client", waited + _WRONG_CREDENTIALS[client.how]
    if "Service not enabled within domain" in said:
        return "no_such_api", (
            "this tenant has no API with that identifier. It must be exactly the API's identifier, to the "
            "trailing slash."
        )
    if "not been granted scopes" in said:
        return "scope_not_granted", (
            "%s. Ask for scopes that the client's grant for this API holds, or add them to the grant." % said
        )
    if "not authorized to access" in said:
        return "no_client_grant", (
            "the client has no client grant for this API. Create one (community.auth0.auth0_client_grant with client "
            "%s and this audience)." % client.client_id
        )
    if error.code == "unauthorized_client" or "Grant type" in said:
        return "grant_type_not_allowed", (
            "the client may not use the grant type client_credentials. Add it to the client's grant_types."
        )
    return error.code, "%s (%s)." % (said or "refused", error.status)
