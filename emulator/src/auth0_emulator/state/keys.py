# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A tenant's signing keys: RSA, with a self-signed certificate, made when they are first needed."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

from .clock import WALL, Clock, moment
from .identifiers import alphanumeric


def base64url(data: bytes) -> str:
    """Base64url without padding, as in JOSE."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def integer64(number: int) -> str:
    """An unsigned integer as JOSE writes it."""
    return base64url(number.to_bytes((number.bit_length() + 7) // 8, "big"))


KeyMaker = Callable[[], rsa.RSAPrivateKey]
"""Makes private keys."""


def new_private_key() -> rsa.RSAPrivateKey:
    """A new key of 2048 bits."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass(eq=False)
class SigningKey:
    """One key and when it was put to use."""

    kid: str
    common_name: str
    private: rsa.RSAPrivateKey
    current_since: datetime | None = None
    current_until: datetime | None = None
    revoked_at: datetime | None = None

    @classmethod
    def generate(cls, common_name: str, make: KeyMaker) -> SigningKey:
        """A new key."""
        return cls(kid=alphanumeric(21), common_name=common_name, private=make())

    @cached_property
    def certificate(self) -> x509.Certificate:
        """A self-signed certificate of the key."""
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, self.common_name)])
        now = datetime.now(UTC)
        return (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(self.private.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=5000))
            .sign(self.private, hashes.SHA256())
        )

    @cached_property
    def pem(self) -> str:
        """The certificate as PEM string."""
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()

    @cached_property
    def pkcs7(self) -> str:
        """The certificate as PKCS#7 string."""
        return pkcs7.serialize_certificates([self.certificate], serialization.Encoding.PEM).decode()

    @cached_property
    def jwk(self) -> dict[str, Any]:
        """The public key as the tenant's JWKS shows it (documented members)."""
        numbers = self.private.public_key().public_numbers()
        der = self.certificate.public_bytes(serialization.Encoding.DER)
        return {
            "kty": "RSA",
            "use": "sig",
            "n": integer64(numbers.n),
            "e": integer64(numbers.e),
            "kid": self.kid,
            "x5t": base64url(self.thumbprint.encode()),
            "x5c": [base64.b64encode(der).decode()],
            "alg": "RS256",
        }

    @cached_property
    def thumbprint(self) -> str:
        """The SHA-1 thumbprint of the certificate, in hexadecimal."""
        der = self.certificate.public_bytes(serialization.Encoding.DER)
        return hashlib.sha1(der, usedforsecurity=False).hexdigest().upper()


class KeyRing:
    """The keys of one tenant: current, next and, after a rotation, previous (documented); made when first needed."""

    def __init__(self, common_name: str, clock: Clock = WALL, make_key: KeyMaker = new_private_key) -> None:
        self._common_name = common_name
        self._clock = clock
        self._make_key = make_key
        self._current: SigningKey | None = None
        self._next: SigningKey | None = None
        self.previous: SigningKey | None = None
        self._revoked: list[SigningKey] = []

    @property
    def current(self) -> SigningKey:
        """The key that signs."""
        if self._current is None:
            self._current = SigningKey.generate(self._common_name, self._make_key)
            self._current.current_since = moment(self._clock)
        return self._current

    @property
    def next(self) -> SigningKey:
        """The key that will sign after a rotation."""
        if self._next is None:
            self._next = SigningKey.generate(self._common_name, self._make_key)
        return self._next

    @property
    def published(self) -> list[SigningKey]:
        """The keys in the JWKS: two, three between a rotation and the revocation of the previous key."""
        return [self.current, self.next, *([self.previous] if self.previous else [])]

    @property
    def all(self) -> list[SigningKey]:
        """The published keys and those that were revoked."""
        return [*self.published, *self._revoked]

    def signer(self, kid: str) -> SigningKey | None:
        """The key of this identifier, if tokens signed by it are good."""
        return next((key for key in (self.current, self.previous) if key and key.kid == kid), None)

    def rotate(self) -> None:
        """Next becomes current, current becomes previous; an older previous key is revoked (unverified: our choice)."""
        if self.previous is not None:
            self.revoke_previous()
        now = moment(self._clock)
        self.previous, self._current, self._next = self.current, self.next, None
        self.previous.current_until = now
        self._current.current_since = now

    def revoke_previous(self) -> None:
        """Tokens that the previous key signed are no longer good."""
        if self.previous is not None:
            self.previous.revoked_at = moment(self._clock)
            self._revoked.append(self.previous)
            self.previous = None
