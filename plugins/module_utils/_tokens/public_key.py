# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""What a PEM holds: a public key or a certificate. A private key is refused, and nothing of it is shown."""

from __future__ import annotations

import base64
import dataclasses
import datetime
import hashlib
import json
import traceback

from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions

from .pem import why_not_public

try:
    from cryptography import x509
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from jwt.algorithms import RSAAlgorithm

    CRYPTOGRAPHY_IMPORT_ERROR = None
except ImportError:
    CRYPTOGRAPHY_IMPORT_ERROR = traceback.format_exc()

#: What Auth0 takes (documented).
FEWEST_BITS, MOST_BITS = 2048, 4096


@dataclasses.dataclass(frozen=True)
class Certificate:
    """thumbprint: of SHA-256, in base64url (RFC 8705). subject: as Auth0 shows it (recorded), a line for each part."""

    thumbprint: str
    subject: str
    expires: datetime.datetime


@dataclasses.dataclass(frozen=True)
class PublicKey:
    """An RSA public key, and the certificate that it came in. thumbprint: of its JWK (RFC 7638)."""

    thumbprint: str
    certificate: Certificate | None


def read_pem(pem: str, where: str) -> PublicKey:
    """The key in a PEM. where: what holds it, for messages. Raises InvalidOptions, whose message shows no key."""
    refusal = why_not_public(pem)
    if refusal:
        raise InvalidOptions("%s: %s." % (where, refusal), "private_key")
    if pem.count("-----BEGIN") > 1:
        raise InvalidOptions("%s: holds several keys or certificates. Give one of them." % where)
    certificate = None
    try:
        if "BEGIN CERTIFICATE" in pem:
            certificate = x509.load_pem_x509_certificate(pem.encode())
            key: object = certificate.public_key()
        else:
            key = serialization.load_pem_public_key(pem.encode())
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise InvalidOptions(
            "%s: is neither a public key nor an X.509 certificate in PEM format. Is it complete, with its line "
            "breaks?" % where
        ) from None
    if not isinstance(key, rsa.RSAPublicKey) or not FEWEST_BITS <= key.key_size <= MOST_BITS:
        raise InvalidOptions("%s: Auth0 takes RSA keys of %d to %d bits only." % (where, FEWEST_BITS, MOST_BITS))
    return PublicKey(jwk_thumbprint(key), _described(certificate) if certificate else None)


def jwk_thumbprint(key: rsa.RSAPublicKey) -> str:
    """The RFC 7638 thumbprint of a public key, which is the kid that Auth0 makes up for it (recorded)."""
    jwk = json.loads(RSAAlgorithm.to_jwk(key))
    required = json.dumps({name: jwk[name] for name in ("e", "kty", "n")}, separators=(",", ":"), sort_keys=True)
    return _base64url(hashlib.sha256(required.encode()).digest())


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _described(certificate: x509.Certificate) -> Certificate:
    # The aware time came with cryptography 42, and the naive one is going away.
    ends = getattr(certificate, "not_valid_after_utc", None) or certificate.not_valid_after.replace(tzinfo=datetime.UTC)
    subject = "\n".join(part.rfc4514_string() for part in certificate.subject.rdns)
    return Certificate(_base64url(certificate.fingerprint(hashes.SHA256())), subject, ends)
