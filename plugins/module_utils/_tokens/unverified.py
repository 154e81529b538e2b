# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""What a token says of itself, without any verification."""

from __future__ import annotations

import base64
import binascii
import typing as t

from . import compact_jws


def decoded_claims(token: str) -> dict[str, t.Any] | None:
    """What a JWT claims, without any verification; None when it is no JWT that can be read, and shown by Ansible."""
    return _decoded(token, 1)


def _decoded(token: str, number: int) -> dict[str, t.Any] | None:
    """One of the two objects in a JWT: its header, its claims."""
    parts = token.split(".")
    if len(parts) != 3:
        return None
    try:
        content = base64.urlsafe_b64decode(parts[number] + "=" * (-len(parts[number]) % 4))
        return compact_jws.read_object(content, "part")
    except (ValueError, binascii.Error, compact_jws.NotCompactJws):
        return None


def key_id_of(token: str) -> str | None:
    """The id of the key that signed a token, where it can be read from it."""
    kid = (_decoded(token, 0) or {}).get("kid")
    return kid if isinstance(kid, str) else None


def client_of(token: str) -> str | None:
    """The client id that a Management API token was issued to, where it can be read from it."""
    claims = decoded_claims(token) or {}
    client = claims.get("azp") or claims.get("client_id")
    return client if isinstance(client, str) else None


def management_audience_of(token: str) -> str | None:
    """The identifier of the Management API that a token was issued for, where it can be read from it."""
    audience = (decoded_claims(token) or {}).get("aud")
    several = audience if isinstance(audience, list) else [audience]
    return next((one for one in several if isinstance(one, str) and one.endswith("/api/v2/")), None)
