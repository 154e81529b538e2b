# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who calls the Management API: verification of its tokens and of their scopes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import jwt

from auth0_emulator.schema.errors import AnsweredError, management_error
from auth0_emulator.state import own_apis
from auth0_emulator.state.keys import SigningKey
from auth0_emulator.state.tenant import Tenant

_CHALLENGE = {"WWW-Authenticate": "Bearer"}


@dataclass(frozen=True)
class Caller:
    """The holder of a verified management token, and the host it used."""

    client_id: str
    scopes: frozenset[str]
    host: str

    def has_any(self, scopes: Iterable[str]) -> bool:
        """Whether the token carries one of these scopes."""
        return not self.scopes.isdisjoint(scopes)

    def require_any(self, scopes: tuple[str, ...]) -> None:
        """Refuse a token that carries none of these scopes."""
        if not self.has_any(scopes):
            raise insufficient_scope(scopes)

    def require_all(self, scopes: tuple[str, ...]) -> None:
        """Refuse a token that lacks one of these scopes (the wording is the documented one of such an endpoint)."""
        if not self.scopes.issuperset(scopes):
            message = f"Insufficient scope; expected {' and '.join(scopes)}."
            raise management_error(403, message, "insufficient_scope")


def insufficient_scope(scopes: tuple[str, ...]) -> AnsweredError:
    """403 that names what was missing (recorded; the comma list without spaces is as users report it)."""
    return management_error(403, f"Insufficient scope, expected any of: {','.join(scopes)}", "insufficient_scope")


def authenticate(authorization: str | None, tenant: Tenant, host: str) -> Caller:
    """The caller that an Authorization header proves, or the refusal.

    A missing header is a 401 with a challenge, a malformed one a 400 (both recorded). Bad tokens are refused in the
    documented words; those for an expired token are commonly quoted, but unverified, as are those for a wrong audience.
    """
    if authorization is None:
        raise management_error(401, "Missing authentication", headers=_CHALLENGE)
    match = re.fullmatch(r"[Bb]earer ([^\s]+)", authorization)
    if not match:
        raise management_error(400, "Bad HTTP authentication header format", "Bearer")
    return _verified(match.group(1), tenant, host)


@lru_cache(maxsize=1000)
def _kid(token: str) -> str:
    return str(jwt.get_unverified_header(token).get("kid", ""))


@lru_cache(maxsize=1000)
def _claims(token: str, key: SigningKey, host: str) -> dict[str, Any]:
    """The claims of a good token; remembered, because reading a token with all scopes takes milliseconds."""
    claims: dict[str, Any] = jwt.decode(
        token,
        key.private.public_key(),
        algorithms=["RS256"],
        audience=own_apis.shown(own_apis.MANAGEMENT, host),
        issuer=own_apis.issuer(host),
        # The times are the tenant's, not this machine's.
        options={"require": ["exp"], "verify_exp": False, "verify_iat": False, "verify_nbf": False},
    )
    return claims


def _verified(token: str, tenant: Tenant, host: str) -> Caller:
    try:
        key = tenant.keys.signer(_kid(token))
        if key is None:
            raise _unauthorized("Invalid signature received for JSON Web Token validation")
        claims = _claims(token, key, host)
        if claims["exp"] <= tenant.clock():
            raise jwt.ExpiredSignatureError
    except jwt.ExpiredSignatureError:
        raise _unauthorized("Expired token received for JSON Web Token validation") from None
    except jwt.InvalidSignatureError:
        raise _unauthorized("Invalid signature received for JSON Web Token validation") from None
    except (jwt.InvalidAudienceError, jwt.MissingRequiredClaimError):
        raise _unauthorized("Bad audience") from None
    except jwt.InvalidTokenError:
        raise _unauthorized("Invalid token") from None
    return Caller(str(claims.get("azp", "")), frozenset(str(claims.get("scope", "")).split()), host)


def _unauthorized(message: str) -> AnsweredError:
    return management_error(401, message)
