# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""The keys by which a tenant signs: one that does (current), one that will (next), and those that did.

Nothing of a key can be set. A rotation lets the next key sign and has a new one made; the key that signed before is
called previous, and what it signed stays good until it is revoked. Fields: Auth0's Management API description, in which
all but kid, cert, fingerprint and thumbprint may be left out.
"""

from __future__ import annotations

from .declaration import Action, Direct, Kind
from .field import Field

_FLAG = Field("bool", read_only=True, always_shown=True)
_TEXT = Field(read_only=True)

SIGNING_KEY = Kind(
    name="signing_key",
    title="signing key",
    path="keys/signing",
    collection="signing_keys",
    id_field="kid",
    identity=("kid",),
    lookups=(Direct("kid"),),
    checkpoint=False,
    bare=True,
    unique=True,
    order=("current", "next", "previous", "current_since"),
    fields={
        "kid": _TEXT,
        "cert": _TEXT,
        "pkcs7": _TEXT,
        "fingerprint": _TEXT,
        "thumbprint": _TEXT,
        "current": _FLAG,
        "next": _FLAG,
        "previous": _FLAG,
        "current_since": _TEXT,
        "current_until": _TEXT,
        "revoked": _FLAG,
        "revoked_at": _TEXT,
    },
)

ROTATE = Action("POST", "rotate", "rotating")
REVOKE = Action("PUT", "revoke", "revoking")
