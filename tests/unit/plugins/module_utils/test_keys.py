# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is read of a PEM."""

from __future__ import annotations

import base64
import hashlib
import ssl

from ansible_collections.community.auth0.plugins.module_utils._tokens.public_key import read_pem
from cryptography import x509
from joserfc.jwk import RSAKey
from trustme import CA, KeyType

# The example of RFC 7638, section 3.1.
MODULUS = (
    "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknj"
    "hMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQ"
    "vRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzK"
    "nqDKgw"
)
THUMBPRINT = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"


def test_the_thumbprint_of_a_key_is_that_of_the_standard() -> None:
    pem = RSAKey.import_key({"kty": "RSA", "n": MODULUS, "e": "AQAB"}).as_pem(private=False).decode()
    found = read_pem(pem, "pem")
    assert (found.thumbprint, found.certificate) == (THUMBPRINT, None)


def test_a_certificate_is_read_with_its_key() -> None:
    pem = CA(key_type=KeyType.RSA).cert_pem.bytes().decode()
    certificate = x509.load_pem_x509_certificate(pem.encode())
    found = read_pem(pem, "pem")
    digest = hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).digest()
    assert found.certificate is not None
    assert found.certificate.thumbprint == base64.urlsafe_b64encode(digest).decode().rstrip("=")
    assert found.certificate.subject.split("\n") == certificate.subject.rfc4514_string().split(",")[::-1]
    assert found.certificate.expires == certificate.not_valid_after_utc
