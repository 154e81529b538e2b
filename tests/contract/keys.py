# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keys of clients and their certificates; each is made once in a run, as that takes a while."""

from __future__ import annotations

import datetime
import functools
from typing import Any

from ansible_collections.community.auth0.tests.unit.plugins.module_utils.keys import rsa_key
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import NameOID

#: When the certificates end.
EXPIRES = datetime.datetime(2099, 12, 31, 12, tzinfo=datetime.UTC)


def _key(number: int) -> Any:
    return rsa_key(2048 + 8 * number)


@functools.cache
def public_key(number: int) -> str:
    """The public half of a key, as a PEM."""
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return str(_key(number).public_key().public_bytes(serialization.Encoding.PEM, form).decode())


def subject(number: int) -> str:
    """The subject of its certificate."""
    return f"CN=client-{number},O=Acme"


@functools.cache
def certificate(number: int) -> str:
    """A certificate of the key, as a PEM."""
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Acme"),
            x509.NameAttribute(NameOID.COMMON_NAME, f"client-{number}"),
        ]
    )
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(_key(number).public_key())
    made = made.serial_number(number + 1).not_valid_before(EXPIRES - datetime.timedelta(days=36500))
    signed = made.not_valid_after(EXPIRES).sign(_key(number), hashes.SHA256())
    return signed.public_bytes(serialization.Encoding.PEM).decode()


def credential_of(credential_type: str, number: int) -> dict[str, Any]:
    """What creates a credential of a type in a tenant."""
    known = {
        "public_key": lambda: {"pem": public_key(number)},
        "cert_subject_dn": lambda: {"subject_dn": subject(number)},
        "x509_cert": lambda: {"pem": certificate(number)},
    }
    return {"credential_type": credential_type, **known[credential_type]()}
