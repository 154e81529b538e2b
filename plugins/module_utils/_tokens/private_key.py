# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""A client that proves who it is by a JWT that it signs. Only imported where that is wanted: it takes its time."""

from __future__ import annotations

import dataclasses
import time
import traceback
import typing as t
import uuid

from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions

from .client_authentication import SIGNING_ALGS, Proof
from .private_key_option import read_private_key
from .public_key import jwk_thumbprint

try:
    import jwt
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    PYJWT_IMPORT_ERROR = None
except ImportError:
    PYJWT_IMPORT_ERROR = traceback.format_exc()

#: Seconds for which an assertion is valid. Auth0 refuses more than five minutes (documented).
ASSERTION_SECONDS = 60
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
            {"client_id": self.client_id, "client_assertion_type": _ASSERTION_TYPE, "client_assertion": assertion},
            secrets=(assertion,),
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
    key = read_private_key(given, option)
    return PrivateKey(client_id, key, key_id or jwk_thumbprint(key.public_key()), signing_alg or SIGNING_ALGS[0])
