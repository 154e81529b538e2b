# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""What a PEM says of itself, without reading the key in it, for which a library is needed. Pure."""

from __future__ import annotations

import re
import typing as t

#: How a private key begins: as OpenSSL writes it, or after dashes in any case and spacing. Words about one do not so.
_BEGINNING = r"(?:-{2,}\s*(?i:BEGIN\s+(?:[A-Z0-9]+\s+){0,3}PRIVATE\s+KEY)|BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY)"
#: A private key; to the end of the string where its own end is missing.
_PRIVATE_KEY = re.compile(_BEGINNING + r".*?(?:(?i:END\s+(?:[A-Z0-9]+\s+){0,3}PRIVATE\s+KEY)-*|\Z)", re.DOTALL)
_BLOCK = re.compile(r"(-----BEGIN [A-Z0-9 ]+-----)(.*?)(-----END [A-Z0-9 ]+-----)", re.DOTALL)
_BREAKS = re.compile(r"(?:\\[rn]|\s)+")
_BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}")
#: A line of it has 64 characters, the last one fewer. Anything shorter can be in another string by chance.
_PIECE = re.compile(r"[A-Za-z0-9+/=]{20,}")


def why_not_public(pem: str) -> str | None:
    """What is wrong with a string where a public key or a certificate belongs: that it holds a private key."""
    if not re.search(r"PRIVATE\s+KEY", pem, re.IGNORECASE):
        return None
    return (
        "holds a private key, which belongs to its owner alone; nothing was sent. Give its public half, which `openssl "
        "pkey -in private.pem -pubout` prints. If anybody else can have seen the private key by now, replace it"
    )


def with_line_breaks(pem: str) -> str:
    """A PEM with the lines that it must have, where its line breaks became a backslash and an n, spaces, or nothing."""

    def rebuilt(found: re.Match[str]) -> str:
        content = _BREAKS.sub("", found[2])
        if not _BASE64.fullmatch(content):  # as with an encrypted key, which has lines that say how
            return found[0]
        lines = [content[start : start + 64] for start in range(0, len(content), 64)]
        return "\n".join(["", found[1], *lines, found[3], ""])

    return _BLOCK.sub(rebuilt, pem)


def private_keys(value: t.Any) -> t.Iterator[str]:
    """The private keys in a value, at any depth, each also as it is written within other strings, and in pieces.

    Pieces are what is in base64, mostly a line each, since a string may be taken apart and put together otherwise.
    """
    if isinstance(value, str):
        for found in _PRIVATE_KEY.finditer(value):
            yield from dict.fromkeys((found.group(), repr(found.group())[1:-1]))
            plain = found.group().replace("\\r", "\r").replace("\\n", "\n")
            yield plain
            yield from _PIECE.findall(plain)
    elif isinstance(value, t.Mapping):
        for item in value.values():
            yield from private_keys(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from private_keys(item)
