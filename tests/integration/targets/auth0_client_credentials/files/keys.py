# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the client itself would do: make keys, and sign an assertion with one.

keys.py NUMBER              prints a list of that many keys, each {"private", "public"}
keys.py CLIENT_ID ISSUER    prints a signed assertion; the private key comes from standard input
"""

from __future__ import annotations

import json
import sys
import time
import uuid

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat


def made() -> dict[str, str]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return {"private": private.decode(), "public": public.decode()}


def assertion(client_id: str, issuer: str, private: str) -> str:
    now = int(time.time())
    claims = {"iss": client_id, "sub": client_id, "aud": issuer, "iat": now, "exp": now + 60, "jti": str(uuid.uuid4())}
    return jwt.encode(claims, private, algorithm="RS256")


if __name__ == "__main__":
    if len(sys.argv) > 2:
        print(assertion(sys.argv[1], sys.argv[2], sys.stdin.read()))
    else:
        print(json.dumps([made() for dummy in range(int(sys.argv[1]))]))
