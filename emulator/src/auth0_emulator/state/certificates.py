# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a PEM string holds: a public key or a certificate."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from .keys import base64url, integer64


@dataclass(frozen=True)
class Pem:
    """An RSA public key, and the certificate it came in."""

    key: rsa.RSAPublicKey
    certificate: x509.Certificate | None

    @property
    def thumbprint(self) -> str:
        """The JWK thumbprint of the key (RFC 7638): the same key has the same one everywhere (recorded)."""
        numbers = self.key.public_numbers()
        jwk = {"e": integer64(numbers.e), "kty": "RSA", "n": integer64(numbers.n)}
        return base64url(hashlib.sha256(json.dumps(jwk, separators=(",", ":")).encode()).digest())

    @property
    def certificate_thumbprint(self) -> str | None:
        """The SHA-256 thumbprint of the certificate."""
        if self.certificate is None:
            return None
        return base64url(hashlib.sha256(self.certificate.public_bytes(serialization.Encoding.DER)).digest())

    @property
    def expires(self) -> datetime | None:
        """When the certificate ends."""
        return None if self.certificate is None else self.certificate.not_valid_after_utc

    @property
    def subject(self) -> str | None:
        """The certificate's subject: one attribute a line, in the certificate's order (recorded)."""
        if self.certificate is None:
            return None
        return "\n".join(f"{_short_name(one)}={one.value!s}" for one in self.certificate.subject)


_SHORT_NAMES = {
    NameOID.EMAIL_ADDRESS: "emailAddress",
    NameOID.GIVEN_NAME: "GN",
    NameOID.SURNAME: "SN",
    NameOID.SERIAL_NUMBER: "serialNumber",
    NameOID.TITLE: "title",
}
"""The names that OpenSSL gives to attributes for which RFC 4514 has none."""


def _short_name(attribute: x509.NameAttribute[Any]) -> str:
    return _SHORT_NAMES.get(attribute.oid) or attribute.rfc4514_attribute_name


def read_pem(string: str) -> Pem | None:
    """The key in a PEM string; None: there is none, or not an RSA one of 2048 to 4096 bits (documented limits)."""
    data = string.encode()
    certificate = None
    try:
        if "BEGIN CERTIFICATE" in string:
            certificate = x509.load_pem_x509_certificate(data)
            key: object = certificate.public_key()
        else:
            key = serialization.load_pem_public_key(data)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return None
    if not isinstance(key, rsa.RSAPublicKey) or not 2048 <= key.key_size <= 4096:
        return None
    return Pem(key, certificate)
