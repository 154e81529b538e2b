# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Verification of access tokens as an API does it. Only imported where that is wanted: it takes its time."""

from __future__ import annotations

import dataclasses
import math
import re
import time
import traceback
import typing as t
import warnings

from ansible_collections.community.auth0.plugins.module_utils._errors import Auth0Error, Unreachable, named
from ansible_collections.community.auth0.plugins.module_utils._http.session import Prepared, Session

from . import compact_jws
from .profile import JWKS_PATH, by_secret, token_type

try:
    import jwt
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from jwt.algorithms import RSAAlgorithm

    # PyJWT's own exceptions, and what it lets through.
    _GARBAGE: tuple[type[Exception], ...] = (jwt.exceptions.PyJWTError, TypeError, ValueError)
    PYJWT_IMPORT_ERROR = None
except ImportError:
    PYJWT_IMPORT_ERROR = traceback.format_exc()

#: The algorithms by which the tokens for an API may be signed (documented).
SIGNING_ALGS = ("HS256", "RS256", "RS512", "PS256")
#: Which profile the tokens for an API follow (documented).
TOKEN_DIALECTS = ("access_token", "access_token_authz", "rfc9068_profile", "rfc9068_profile_authz")

#: Shorter RSA keys must not be used (RFC 7518, section 3.3).
_FEWEST_BITS = 2048
_RSA_ALGS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512")
#: Auth0 lets no API have a shorter signing secret (documented).
_SHORTEST_SECRET = 16
#: The claims that every access token of Auth0 has (documented), and those that RFC 9068 demands beside them.
_REQUIRED = ("iss", "aud", "exp", "iat")
_REQUIRED_BY_RFC9068 = ("sub", "client_id", "jti")
_STRINGS = ("iss", "sub", "client_id", "jti", "scope", "org_id", "org_name")
#: What the id of an organization begins with; its name cannot (documented).
_ORGANIZATION_ID = "org_"
#: What only ID tokens claim (OpenID Connect Core); no Action can put it into an access token (documented).
_OF_ID_TOKENS = ("nonce", "at_hash", "c_hash")
#: No double counts seconds beyond this one by one.
_LATEST = 2**53

#: Gets the tenant's keys, each as a JWK. Its argument: whether a copy that was kept on the way will not do.
KeySet = t.Callable[[bool], t.Sequence[t.Mapping[str, t.Any]]]


class TokenNotAcceptable(Auth0Error):
    """The token would be refused by the API; the message says why in one sentence."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message, code)


@dataclasses.dataclass(frozen=True)
class Expectation:
    """What an API demands of a token.

    signing_alg: the API's own algorithm; the token's header is never trusted to choose.
    signing_secret: the API's, for HS256. token_dialect: the API's own; None for any.
    scope, permissions: what the token has to hold of each. organization: the one that it has to be for, by id or name;
    None for any or none. leeway: seconds of clock skew.
    """

    audience: str
    issuer: str
    signing_alg: str = "RS256"
    signing_secret: str | None = dataclasses.field(default=None, repr=False)
    token_dialect: str | None = None
    scope: tuple[str, ...] = ()
    permissions: tuple[str, ...] = ()
    organization: str | None = None
    leeway: int = 10


@dataclasses.dataclass(frozen=True)
class AcceptableToken:
    """What an API may rely on. expires_in: seconds; 0 when only the leeway keeps the token alive."""

    claims: dict[str, t.Any]
    scope: list[str]
    permissions: list[str]
    expires_in: int


def fetch_jwks(session: Session, fresh: bool = False) -> list[dict[str, t.Any]]:
    """The tenant's public keys, as they are published.

    fresh: ask what is between the tenant and here not to answer from a copy (RFC 9111), as far as it heeds that.
    Raises ApiError or Unreachable.
    """
    uncached = Prepared(headers={"Cache-Control": "no-cache"})
    answer = session.request("GET", JWKS_PATH, prepare=(lambda: uncached) if fresh else None)
    keys = answer.get("keys") if isinstance(answer, dict) else None
    if not isinstance(keys, list):
        raise Unreachable(
            "%s answered GET %s without a key set. Is auth0_domain really an Auth0 tenant?" % (session.url, JWKS_PATH),
            "no_jwks",
            "GET",
            JWKS_PATH,
        )
    return [key for key in keys if isinstance(key, dict)]


def verify_token(
    token: str, expected: Expectation, jwks: KeySet, now: t.Callable[[], float] = time.time
) -> AcceptableToken:
    """Verify an access token as the API must.

    jwks: only called when the token names one of the tenant's keys, and once more when that key is not among them.
    now: the clock, in seconds since the epoch.
    Nothing that the token says is believed, or shown but for what refuses it, before its signature is verified.
    Raises TokenNotAcceptable, whose code distinguishes malformed, wrong_algorithm, wrong_type, no_key, unknown_key,
    bad_signature, missing_claim, wrong_issuer, wrong_audience, expired, not_yet_valid, wrong_organization,
    insufficient_scope and insufficient_permissions; and what jwks raises.
    """
    try:
        header = compact_jws.read_header(token)
        _check_header(header, expected)
        payload = _signed_content(token, header, expected, jwks)
        claims = compact_jws.read_object(payload, "payload")
    except compact_jws.NotCompactJws as error:
        raise TokenNotAcceptable(error.message, "malformed") from None
    _check_form(claims, is_rfc9068=_kind(header) == "at+jwt")
    _check_origin(claims, expected)
    moment = now()
    _check_times(claims, expected.leeway, moment)
    _check_organization(claims, expected.organization)
    scope = [one for one in claims.get("scope", "").split(" ") if one]
    _check_held("scope", expected.scope, scope, "insufficient_scope")
    permissions = claims.get("permissions", [])
    what = "permission" if "permissions" in claims else "claim permissions, and so the permission"
    _check_held(what, expected.permissions, permissions, "insufficient_permissions")
    return AcceptableToken(claims, scope, permissions, max(0, int(claims["exp"] - moment)))


def _check_header(header: t.Mapping[str, t.Any], expected: Expectation) -> None:
    """Refuse what cannot be right, whatever the signature is."""
    for name in ("alg", "typ", "kid"):
        if not isinstance(header.get(name, ""), str):
            raise TokenNotAcceptable("Its header's %s is not a string." % name, "malformed")
    if "crit" in header:
        raise TokenNotAcceptable("Its header names extensions that must be understood (crit).", "malformed")
    alg = header.get("alg", "")
    if alg != expected.signing_alg:
        raise TokenNotAcceptable(
            "It is signed with %s, the API demands %s." % (_shown(alg, 20), expected.signing_alg), "wrong_algorithm"
        )
    wanted = ["JWT", "at+jwt"]
    if expected.token_dialect:
        wanted = [token_type(expected.token_dialect)]
    if _kind(header) not in [kind.lower() for kind in wanted]:
        raise TokenNotAcceptable(
            "Its type (typ) is %s, that of an access token%s is %s."
            % (
                _shown(header.get("typ", "not given"), 50),
                " with token_dialect %s" % expected.token_dialect if expected.token_dialect else "",
                " or ".join(wanted),
            ),
            "wrong_type",
        )


def _kind(header: t.Mapping[str, t.Any]) -> str:
    """The type that a header gives, in the one spelling by which types are compared (RFC 7515, section 4.1.9)."""
    return str(header.get("typ", "JWT")).lower().removeprefix("application/")


def _signed_content(token: str, header: t.Mapping[str, t.Any], expected: Expectation, jwks: KeySet) -> bytes:
    """The payload, when its signature is by a key that counts."""
    secret = by_secret(expected.signing_alg)
    keys: t.Sequence[t.Any] = [expected.signing_secret] if secret else _keys_named(header.get("kid"), jwks)
    if not keys[0] or (secret and (len(keys[0]) < _SHORTEST_SECRET or not keys[0].strip())):
        # Such as None, which a template may make of a secret that is not there: anybody could sign with it.
        raise TokenNotAcceptable(
            "To verify %s the API's signing secret is needed, which has %d characters or more."
            % (expected.signing_alg, _SHORTEST_SECRET),
            "no_key",
        )
    for key in keys:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # Auth0 allows API secrets that are shorter than PyJWT recommends
                content: bytes = jwt.PyJWS().decode(token, key, algorithms=[expected.signing_alg])
                return content
        except jwt.exceptions.InvalidSignatureError:
            continue
        except jwt.exceptions.InvalidKeyError:
            raise TokenNotAcceptable(
                "To verify %s the API's signing secret is needed, not a public key." % expected.signing_alg, "no_key"
            ) from None
        except _GARBAGE:
            raise TokenNotAcceptable("It is not a signed JWT.", "malformed") from None
    raise TokenNotAcceptable(
        "Its signature is not by the %s." % ("API's signing secret" if secret else "key that it names"), "bad_signature"
    )


def _keys_named(kid: str | None, jwks: KeySet) -> list[RSAPublicKey]:
    """The tenant's keys of that name, at least one; there should be no more."""
    if kid is None:
        raise TokenNotAcceptable("It does not name the key that it is signed by (kid).", "unknown_key")
    # What was published a moment ago may not have arrived where it is read.
    named = _entries(kid, jwks(False)) or _entries(kid, jwks(True))
    if not named:
        raise TokenNotAcceptable("It is signed by a key that the tenant does not publish.", "unknown_key")
    keys = [key for key in map(_rsa_key, named) if key]
    if not keys:
        raise TokenNotAcceptable(
            "The tenant publishes the key that it names, but not as an RSA key for signatures of %d bits or more."
            % _FEWEST_BITS,
            "unknown_key",
        )
    return keys


def _entries(kid: str, published: t.Iterable[t.Mapping[str, t.Any]]) -> list[t.Mapping[str, t.Any]]:
    return [entry for entry in published if entry.get("kid") == kid]


def _rsa_key(entry: t.Mapping[str, t.Any]) -> RSAPublicKey | None:
    """The key in a JWK, when it may verify signatures; by which alg does not matter, since it serves all APIs."""
    uses = entry.get("key_ops", ["verify"])
    if (
        entry.get("kty") != "RSA"
        or entry.get("use", "sig") != "sig"
        or not isinstance(uses, list)
        or "verify" not in uses
        or entry.get("alg", "RS256") not in _RSA_ALGS
    ):
        return None
    try:
        key = RSAAlgorithm.from_jwk({"kty": "RSA", "n": entry.get("n"), "e": entry.get("e")})
    except _GARBAGE:
        return None
    return key if isinstance(key, RSAPublicKey) and key.key_size >= _FEWEST_BITS else None


def _check_form(claims: t.Mapping[str, t.Any], is_rfc9068: bool) -> None:
    """Every claim that counts is there, and of its type; and it is an access token that they are of."""
    for name in _REQUIRED + (_REQUIRED_BY_RFC9068 if is_rfc9068 else ()):
        if claims.get(name) is None:
            raise TokenNotAcceptable("It lacks the claim %s." % name, "missing_claim")
    for name in _STRINGS:
        if not isinstance(claims.get(name, ""), str):
            raise TokenNotAcceptable("Its claim %s is not a string." % name, "malformed")
    if not isinstance(claims["aud"], str) and not _is_list_of_strings(claims["aud"]):
        raise TokenNotAcceptable("Its claim aud is neither a string nor a list of strings.", "malformed")
    if not _is_list_of_strings(claims.get("permissions", [])):
        raise TokenNotAcceptable("Its claim permissions is not a list of strings.", "malformed")
    for name in ("exp", "nbf", "iat"):
        if not _is_time(claims.get(name, 0)):
            raise TokenNotAcceptable("Its claim %s is not a time in seconds." % name, "malformed")
    found = next((name for name in _OF_ID_TOKENS if name in claims), None)
    if found and not is_rfc9068:
        raise TokenNotAcceptable("It is an ID token, which is for a client: it has the claim %s." % found, "wrong_type")


def _check_origin(claims: t.Mapping[str, t.Any], expected: Expectation) -> None:
    if claims["iss"] != expected.issuer:
        raise TokenNotAcceptable(
            "It was issued by %s, not by %s." % (_shown(claims["iss"]), expected.issuer), "wrong_issuer"
        )
    audience = [claims["aud"]] if isinstance(claims["aud"], str) else claims["aud"]
    if expected.audience not in audience:
        raise TokenNotAcceptable(
            "It is for the audience %s, not for %s." % (_shown(", ".join(audience)), expected.audience),
            "wrong_audience",
        )


def _check_times(claims: t.Mapping[str, t.Any], leeway: int, now: float) -> None:
    """RFC 7519: a token is good before exp, and from nbf on. PyJWT would ask the clock of the machine."""
    if now >= claims["exp"] + leeway:
        raise TokenNotAcceptable("It has expired, %d seconds ago." % (now - claims["exp"]), "expired")
    if now < claims.get("nbf", now) - leeway:
        raise TokenNotAcceptable(
            "It is not valid yet, but in %d seconds (nbf); compare the clocks." % math.ceil(claims["nbf"] - now),
            "not_yet_valid",
        )
    if now < claims["iat"] - leeway:
        raise TokenNotAcceptable(
            "It is not valid yet: it was issued %d seconds from now (iat); compare the clocks."
            % math.ceil(claims["iat"] - now),
            "not_yet_valid",
        )


def _check_organization(claims: t.Mapping[str, t.Any], wanted: str | None) -> None:
    """Refuse a token for another organization, or for none, where one is demanded. Names differ in more than case."""
    if wanted is None:
        return
    held = [str(claims[name]) for name in ("org_id", "org_name") if claims.get(name)]
    by_name = not wanted.startswith(_ORGANIZATION_ID)
    if wanted in held or (by_name and wanted.lower() == str(claims.get("org_name") or "").lower()):
        return
    if by_name and held and not claims.get("org_name"):
        raise TokenNotAcceptable(
            "It names its organization only by the id %s, not by a name; demand the id, or have the tenant put names "
            "into tokens." % _shown(held[0]),
            "wrong_organization",
        )
    raise TokenNotAcceptable(
        "It is for %s, not for the organization %s."
        % ("the organization %s" % _shown(" / ".join(held)) if held else "no organization", wanted),
        "wrong_organization",
    )


def _check_held(what: str, demanded: t.Iterable[str], held: t.Collection[str], code: str) -> None:
    lacking = [one for one in demanded if one not in held]
    if lacking:
        raise TokenNotAcceptable("It lacks the %s %s." % (what, named(lacking)), code)


def _is_list_of_strings(value: t.Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _is_time(value: t.Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= _LATEST


def _shown(said: str, longest: int = 200) -> str:
    """What a token says, as it can be shown: in one line, printable, not long, not empty."""
    text = re.sub(r"[^ -~]", "?", said)
    return (text if len(text) <= longest else text[:longest] + "...") or "(nothing)"
