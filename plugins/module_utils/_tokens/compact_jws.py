# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""The compact form of a signed JWT (RFC 7515), read strictly. Verifies no signature, so nothing here is trusted.

Libraries read more than the standards allow (padding, repeated names, NaN, other encodings). What one reader takes and
another does not is how tokens slip through, so that only what is exactly a token gets to the library.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._http.answers import deeper_than

#: The longest token that is read, in characters. Auth0 allows 100 kB of custom claims (documented), which are 137,000
#: characters in a token; few servers take a header of even that length.
MOST_CHARACTERS = 262_144
#: How deep objects and lists may be nested in each other. Ansible gives up at about 250.
MOST_LEVELS = 50

_ALPHABET = re.compile(r"[A-Za-z0-9_.-]*")


class NotCompactJws(Exception):
    """It is not one. message: why, in one sentence that shows nothing of it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def read_header(token: str) -> dict[str, t.Any]:
    """The header of a token whose form is right as a whole. Raises NotCompactJws."""
    if len(token) > MOST_CHARACTERS:
        raise NotCompactJws("It has %d characters, and no more than %d are read." % (len(token), MOST_CHARACTERS))
    if not _ALPHABET.fullmatch(token):
        raise NotCompactJws("It is not a signed JWT: it holds a character that none has, such as a space.")
    parts = token.split(".")
    if len(parts) == 5:
        raise NotCompactJws("It is encrypted (JWE): only the API can decrypt it, and verify the signed JWT in it.")
    if len(parts) != 3:
        raise NotCompactJws("It is not a signed JWT, which has 3 parts: it has %d." % len(parts))
    header, *dummy = [_decoded(part) for part in parts]
    return read_object(header, "header")


def read_object(content: bytes, what: str) -> dict[str, t.Any]:
    """The JSON object in a part of a token, when every reader would take it for the same, and Ansible can show it.

    what: the name of the part, for the message. Raises NotCompactJws.
    """
    deep = "Its %s is nested deeper than %d levels." % (what, MOST_LEVELS)
    try:
        found = json.loads(content.decode("utf-8"), object_pairs_hook=_without_repetition)
    except ValueError:
        raise NotCompactJws("Its %s is not JSON with unique names." % what) from None
    except RecursionError:
        raise NotCompactJws(deep) from None
    if not isinstance(found, dict):
        raise NotCompactJws("Its %s is not a JSON object." % what)
    if deeper_than(MOST_LEVELS, found):
        raise NotCompactJws(deep)
    try:
        json.dumps(found, allow_nan=False, ensure_ascii=False).encode("utf-8")
    except ValueError:  # NaN, numbers beyond a double, halves of characters
        raise NotCompactJws("Its %s holds a value that JSON cannot express." % what) from None
    return found


def _decoded(part: str) -> bytes:
    """Raises NotCompactJws also for what decodes, but is not how it would be encoded: each token has one spelling."""
    try:
        decoded = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except binascii.Error:
        decoded = b""
    if base64.urlsafe_b64encode(decoded).rstrip(b"=").decode() != part:
        raise NotCompactJws("It is not a signed JWT: a part of it is not base64url.")
    return decoded


def _without_repetition(pairs: list[tuple[str, t.Any]]) -> dict[str, t.Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found
