# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Access tokens as Auth0 issues them, made by two libraries, and tokens as nobody should issue them."""

from __future__ import annotations

import base64
import functools
import hmac
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import joserfc.jwk
import joserfc.jwt
import jwt
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

AUDIENCE = "https://appointments.example.com"
ISSUER = "https://acme.eu.auth0.com/"
SIGNING_SECRET = "the-signing-secret-of-the-api-which-is-long-enough-for-hmac"
#: When all of it happens, in seconds since the epoch.
NOW = 1_800_000_000


def encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def unsigned(claims: Any, header: Any = None) -> str:
    parts = [header or {"alg": "RS256", "typ": "JWT"}, claims]
    return ".".join(encoded(json.dumps(part).encode()) for part in parts) + ".c2lnbmF0dXJl"


DEEP = encoded(b"[" * 200_000)
GARBAGE = [
    "",
    ".",
    "..",
    "...",
    "a.b",
    "a.b.c.d.e",
    "not a token",
    "ä.ö.ü",
    f"{encoded(b'{}')}.{encoded(b'[]')}.",
    f"{encoded(b'{}')}.{encoded(b'null')}.",
    f"{encoded(b'{}')}.{encoded(bytes([255, 254]))}.",
    f"{encoded(b'{}')}.{DEEP}.",
    f"{DEEP}.{encoded(b'{}')}.",
    f"{encoded(b'{}')}.{encoded(b'9' * 10_000)}.",
    "eyJhbGciOiJSUzI1NiJ9.!!!.x",
    "A" * 2**20,
    ".".join(["A" * 2**20] * 3),
    "." * 2**20,
]


# keys


@functools.cache
def private_key(name: str) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def public_pem(name: str) -> bytes:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return private_key(name).public_key().public_bytes(serialization.Encoding.PEM, form)


def jwk(name: str, **more: Any) -> dict[str, Any]:
    """A key as the tenant publishes it."""
    entry: dict[str, Any] = jwt.algorithms.RSAAlgorithm.to_jwk(private_key(name).public_key(), as_dict=True)
    return {"kty": "RSA", "n": entry["n"], "e": entry["e"], "kid": name, "use": "sig", "alg": "RS256", **more}


class KeySets:
    """What the tenant publishes at each look, the last one from then on. looks: whether each was to be a fresh one."""

    def __init__(self, *published: Sequence[Mapping[str, Any]]) -> None:
        self.looks: list[bool] = []
        self._published = published or ([jwk("current"), jwk("next")],)

    def __call__(self, fresh: bool) -> Sequence[Mapping[str, Any]]:
        self.looks.append(fresh)
        return self._published[min(len(self.looks), len(self._published)) - 1]


# tokens

#: What Auth0 puts into an access token, in each profile.
AUTH0_PROFILE = {"azp": "the-client", "gty": "client-credentials"}
RFC9068_PROFILE = {"client_id": "the-client", "jti": "73WakrfVbNJBaAmhQtEeDv"}


def claims(profile: Mapping[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    """The claims of an access token, of Auth0's own profile without another; None takes one out."""
    content = {
        "iss": ISSUER,
        "sub": "the-client@clients",
        "aud": AUDIENCE,
        "iat": NOW,
        "exp": NOW + 86400,
        "scope": "read:appointments write:appointments",
        **(profile or AUTH0_PROFILE),
        **changes,
    }
    return {name: value for name, value in content.items() if value is not None}


def header(alg: str = "RS256", **changes: Any) -> dict[str, Any]:
    """The header of an access token; None takes a field out."""
    fields = {"alg": alg, "typ": "JWT", "kid": None if alg == "HS256" else "current", **changes}
    return {name: value for name, value in fields.items() if value is not None}


def by_pyjwt(content: Mapping[str, Any], fields: Mapping[str, Any] | None = None, key: str = "current") -> str:
    fields = fields or header()
    secret = SIGNING_SECRET if fields["alg"] == "HS256" else private_key(key)
    return jwt.encode(dict(content), secret, fields["alg"], headers={"typ": None, **fields})


def by_joserfc(content: Mapping[str, Any], fields: Mapping[str, Any] | None = None, key: str = "current") -> str:
    fields = fields or header()
    return joserfc.jwt.encode(dict(fields), dict(content), _joserfc_key(fields["alg"], key), algorithms=[fields["alg"]])


@functools.cache
def _joserfc_key(alg: str, name: str) -> joserfc.jwk.OctKey | joserfc.jwk.RSAKey:
    if alg == "HS256":
        return joserfc.jwk.OctKey.import_key(SIGNING_SECRET)
    form = serialization.PrivateFormat.PKCS8
    pem = private_key(name).private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
    return joserfc.jwk.RSAKey.import_key(pem)


def by_hand(fields: bytes, content: bytes, alg: str = "RS256", secret: bytes = SIGNING_SECRET.encode()) -> str:
    """A token whose signature is right, whatever it says. alg: that of the signature."""
    signed = f"{encoded(fields)}.{encoded(content)}"
    if alg == "HS256":
        return f"{signed}.{encoded(hmac.digest(secret, signed.encode(), 'sha256'))}"
    signature = private_key("current").sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
    return f"{signed}.{encoded(signature)}"


def json_bytes(content: Any) -> bytes:
    return json.dumps(content).encode()


Maker = Callable[..., str]
