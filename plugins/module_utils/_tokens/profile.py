# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""What an API's settings say of the tokens that it accepts, and how scopes are written."""

from __future__ import annotations

import typing as t

JWKS_PATH = "/.well-known/jwks.json"


def jwks_uri(url: str, algorithm: str | None) -> str | None:
    """Where the tenant at a URL publishes the keys that verify tokens of that algorithm; None where a secret does."""
    return url + JWKS_PATH if algorithm and not by_secret(algorithm) else None


def token_type(dialect: str) -> str:
    """The typ in the header of an access token that follows a token_dialect (documented)."""
    return "at+jwt" if dialect.startswith("rfc9068") else "JWT"


def by_secret(algorithm: str) -> bool:
    return algorithm.startswith("HS")


def scopes_in(items: t.Iterable[str]) -> list[str]:
    """Scopes, each once. items: of each one or several, which spaces separate as in OAuth (RFC 6749, section 3.3)."""
    return list(dict.fromkeys(scope for item in items for scope in item.split()))
