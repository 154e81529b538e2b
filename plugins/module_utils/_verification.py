# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Verification of access tokens as an API does it. Only imported where that is wanted: it takes its time."""

from __future__ import annotations

import contextlib
import dataclasses
import traceback
import typing as t
import warnings

from ansible_collections.community.auth0.plugins.module_utils._errors import Auth0Error
from ansible_collections.community.auth0.plugins.module_utils._http import Session
from ansible_collections.community.auth0.plugins.module_utils._tokens import JWKS_PATH, by_secret, decoded_claims

try:
    import jwt

    # PyJWT's own exceptions, and what its parsers let through.
    _GARBAGE: tuple[type[Exception], ...] = (
        jwt.exceptions.PyJWTError,
        ArithmeticError,
        RecursionError,
        TypeError,
        ValueError,
    )
    PYJWT_IMPORT_ERROR = None
except ImportError:
    PYJWT_IMPORT_ERROR = traceback.format_exc()


class TokenNotAcceptable(Auth0Error):
    """The token would be refused by the API; the message says why in one sentence."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message, code)


@dataclasses.dataclass(frozen=True)
class Expectation:
    """What an API demands of a token.

    signing_alg: the API's own algorithm; the token's header is never trusted to choose.
    signing_secret: the API's, for HS256. scope: scopes that the token has to hold. leeway: seconds of clock skew.
    """

    audience: str
    issuer: str
    signing_alg: str = "RS256"
    signing_secret: str | None = dataclasses.field(default=None, repr=False)
    scope: tuple[str, ...] = ()
    leeway: int = 10


def fetch_jwks(session: Session) -> dict[str, t.Any]:
    """The tenant's public keys, as they are published. Raises ApiError or Unreachable."""
    answer = session.request("GET", JWKS_PATH)
    return answer if isinstance(answer, dict) else {}


def verify_token(token: str, expected: Expectation, jwks: t.Callable[[], dict[str, t.Any]]) -> dict[str, t.Any]:
    """Verify an access token as the API must, and return its claims.

    jwks: gets the tenant's key set; only called when the token is signed by one of its keys.
    Raises TokenNotAcceptable that distinguishes malformed, wrong algorithm, unknown key, bad signature, expired, not
    yet valid, wrong audience, wrong issuer, missing claim and insufficient scope; and what jwks raises.
    """
    try:
        header = jwt.get_unverified_header(token)
    except _GARBAGE:
        raise TokenNotAcceptable("It is not a signed JWT.", "malformed") from None
    if header.get("alg") != expected.signing_alg:
        raise TokenNotAcceptable(
            "It is signed with %s, the API demands %s." % (str(header.get("alg"))[:20], expected.signing_alg),
            "wrong_algorithm",
        )
    key = _key(header, expected, jwks)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Auth0 allows API secrets that are shorter than PyJWT recommends
            claims: dict[str, t.Any] = jwt.decode(
                token,
                key,
                algorithms=[expected.signing_alg],
                audience=expected.audience,
                issuer=expected.issuer,
                leeway=expected.leeway,
                options={"require": ["iss", "aud", "exp", "iat"]},
            )
    except _GARBAGE as error:
        raise _not_acceptable(error, token, expected) from None
    if not isinstance(claims["exp"], (int, float)):
        raise TokenNotAcceptable("Its claim exp is not a number.", "malformed")
    granted = str(claims.get("scope") or "").split()
    lacking = [scope for scope in expected.scope if scope not in granted]
    if lacking:
        raise TokenNotAcceptable("It lacks the scope %s." % ", ".join(lacking), "insufficient_scope")
    return claims


def _key(header: t.Mapping[str, t.Any], expected: Expectation, jwks: t.Callable[[], dict[str, t.Any]]) -> t.Any:
    if by_secret(expected.signing_alg):
        if not expected.signing_secret:
            raise TokenNotAcceptable("To verify HS256 the API's signing secret is needed.", "no_key")
        return expected.signing_secret
    published = jwks().get("keys")
    for entry in published if isinstance(published, list) else ():
        if not isinstance(entry, dict) or entry.get("kid") != header.get("kid"):
            continue
        if entry.get("kty") == "RSA" and entry.get("use", "sig") == "sig":
            with contextlib.suppress(*_GARBAGE):
                return jwt.PyJWK(entry, algorithm=expected.signing_alg).key
    raise TokenNotAcceptable("It is signed by a key that the tenant does not publish.", "unknown_key")


def _not_acceptable(error: Exception, token: str, expected: Expectation) -> TokenNotAcceptable:
    claims = decoded_claims(token) or {}
    if isinstance(error, jwt.exceptions.ExpiredSignatureError):
        return TokenNotAcceptable("It has expired.", "expired")
    if isinstance(error, (jwt.exceptions.ImmatureSignatureError, jwt.exceptions.InvalidIssuedAtError)):
        return TokenNotAcceptable("It is not valid yet; compare the clocks.", "not_yet_valid")
    if isinstance(error, jwt.exceptions.InvalidSignatureError):
        return TokenNotAcceptable("Its signature is not the tenant's.", "bad_signature")
    if isinstance(error, jwt.exceptions.InvalidAudienceError):
        return TokenNotAcceptable(
            "It is for the audience %s, not for %s." % (str(claims.get("aud"))[:200], expected.audience),
            "wrong_audience",
        )
    if isinstance(error, jwt.exceptions.InvalidIssuerError):
        return TokenNotAcceptable(
            "It was issued by %s, not by %s." % (str(claims.get("iss"))[:200], expected.issuer), "wrong_issuer"
        )
    if isinstance(error, jwt.exceptions.MissingRequiredClaimError):
        return TokenNotAcceptable("It lacks the claim %s." % error.claim, "missing_claim")
    if isinstance(error, jwt.exceptions.InvalidKeyError):
        return TokenNotAcceptable("To verify HS256 the API's signing secret is needed, not a public key.", "no_key")
    return TokenNotAcceptable("It is malformed.", "malformed")
