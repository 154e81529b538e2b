# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""A client that proves who it is by a JWT that it signs. Only imported where that is wanted: it takes its time."""

from __future__ import annotations

import dataclasses
import os
import re
import stat
import time
import traceback
import typing as t
import uuid

from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions

from .client_authentication import SIGNING_ALGS, Proof
from .public_key import FEWEST_BITS, jwk_thumbprint

try:
    import jwt
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    PYJWT_IMPORT_ERROR = None
except ImportError:
    PYJWT_IMPORT_ERROR = traceback.format_exc()

#: Seconds for which an assertion is valid. Auth0 refuses more than five minutes (documented).
ASSERTION_SECONDS = 60
_PRIVATE_KEY = re.compile(r"-----BEGIN ([A-Z ]*)PRIVATE KEY-----.*?-----END \1PRIVATE KEY-----", re.DOTALL)
_ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


@dataclasses.dataclass(frozen=True)
class PrivateKey:
    """A client that signs a JWT with its RSA key (private_key_jwt).

    key_id: the kid under which Auth0 knows the public key.
    """

    client_id: str
    key: RSAPrivateKey = dataclasses.field(repr=False)
    key_id: str
    signing_alg: str = "RS256"
    now: t.Callable[[], float] = dataclasses.field(default=time.time, repr=False, compare=False)

    how: t.ClassVar[str] = "private_key_jwt"

    @property
    def credential(self) -> tuple[str, ...]:
        return jwk_thumbprint(self.key.public_key()), self.key_id, self.signing_alg

    def proof(self, issuer: str) -> Proof:
        now = int(self.now())
        claims = {
            "iss": self.client_id,
            "sub": self.client_id,
            "aud": issuer,
            "iat": now,
            "exp": now + ASSERTION_SECONDS,
            "jti": str(uuid.uuid4()),
        }
        assertion = jwt.encode(claims, self.key, algorithm=self.signing_alg, headers={"kid": self.key_id})
        return Proof(
            {"client_id": self.client_id, "client_assertion_type": _ASSERTION_TYPE, "client_assertion": assertion}
        )


def private_key(client_id: str, given: str, key_id: str | None, signing_alg: str | None, option: str) -> PrivateKey:
    """The client with the key that an option gives: a PEM, or the path of a file that holds one.

    key_id: without one, the key's RFC 7638 thumbprint, which is the kid that Auth0 makes up itself (recorded).
    Raises InvalidOptions that says what is wrong with the key and shows nothing of it.
    """
    if PYJWT_IMPORT_ERROR:
        raise InvalidOptions(
            "%s needs the Python package PyJWT[crypto] where the module runs." % option, "missing_library"
        )
    key = _loaded(given if is_pem(given) else _content(given, option), option)
    return PrivateKey(client_id, key, key_id or jwk_thumbprint(key.public_key()), signing_alg or SIGNING_ALGS[0])


def is_pem(given: str) -> bool:
    """Whether the option holds the key itself; otherwise it is the path of a file."""
    return "-----BEGIN" in given


def warning_about(path: str, option: str) -> str | None:
    """What to tell when others can read the file of a private key."""
    try:
        mode = os.stat(os.path.expanduser(path)).st_mode
    except (OSError, ValueError):
        return None
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        # Without the path, which Ansible would mask as the value of the option.
        return "%s: others can read this file (its mode is %s). Take that right from them: chmod 600." % (
            option,
            oct(stat.S_IMODE(mode)),
        )
    return None


def _content(path: str, option: str) -> str:
    try:
        with open(os.path.expanduser(path), encoding="ascii") as file:
            return file.read(65536)
    except (OSError, ValueError) as error:
        # Not what was given: it may be a key that lost its first line.
        raise InvalidOptions(
            "%s is neither a private key in PEM format nor the path of a file with one that can be read (%s)."
            % (option, (isinstance(error, OSError) and error.strerror) or "not a text")
        ) from None


def _loaded(pem: str, option: str) -> RSAPrivateKey:
    block = _PRIVATE_KEY.search(pem)  # beside it there may be its certificate
    if block is None or "ENCRYPTED" in block[0]:
        raise InvalidOptions("%s %s." % (option, _no_private_key(pem)))
    try:
        key = load_pem_private_key(block[0].encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise InvalidOptions("%s is not a private key in PEM format; it may be cut short." % option) from None
    if not isinstance(key, RSAPrivateKey):
        raise InvalidOptions("%s is not an RSA key, and Auth0 takes no other kind for private_key_jwt." % option)
    if key.key_size < FEWEST_BITS:
        raise InvalidOptions(
            "%s has %d bits, and Auth0 takes no key with fewer than %d." % (option, key.key_size, FEWEST_BITS)
        )
    return key


def _no_private_key(pem: str) -> str:
    for sign, problem in (
        ("ENCRYPTED", "is encrypted. Give it without a passphrase, from a vault"),
        ("PUBLIC KEY-----", "is a public key. Auth0 has that one; the private key signs"),
        ("CERTIFICATE-----", "is a certificate. The private key that belongs to it signs"),
    ):
        if sign in pem:
            return problem
    return "is not a private key in PEM format; it may be cut short"
