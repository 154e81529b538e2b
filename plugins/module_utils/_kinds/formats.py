# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Formats that the Management API's description names, as far as it is certain what they refuse.

What each of them takes is known to the server alone: these rules are for what is plainly wrong.
"""

from __future__ import annotations

import functools
import ipaddress
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions
from ansible_collections.community.auth0.plugins.module_utils._tokens.pem import why_not_public

from .field import Field


def absolute_uri(nullable: bool = False) -> Field:
    """A URI that says its scheme, or nothing."""
    return Field(
        nullable=nullable, pattern=r"[A-Za-z][A-Za-z0-9+.-]*:.+", pattern_says="be an absolute URI, with its scheme"
    )


def https_uri(**limits: t.Any) -> Field:
    """An https URI, placeholders in it or not; an empty one is gone."""
    return Field(pattern=r"https://.+", pattern_says="begin with https://", empty_is_gone=True, **limits)


def public_pem(**limits: t.Any) -> Field:
    """A public key or a certificate. A private key, which is easily given by mistake, is neither sent nor shown."""
    return Field(check=why_not_public, masked=True, **limits)


def scope(required: bool = False, max_length: int | None = 280) -> Field:
    """A scope, as it is declared: in a token, and in a request for one, spaces separate scopes (RFC 6749, 3.3)."""
    return Field(
        pattern=r"\S+",
        pattern_says="hold no space, which separates scopes in OAuth; give each scope as an item of its own",
        min_length=1,
        max_length=max_length,
        required=required,
    )


def networks(version: int) -> Field:
    """A list of IP addresses, and of networks as CIDR blocks, of that version of IP; without one it is not there."""
    return Field("list", min_length=1, elements=Field(check=functools.partial(_why_no_network, version)))


def _why_no_network(version: int, value: str) -> str | None:
    try:
        if ipaddress.ip_network(value, strict=False).version == version:
            return None
    except ValueError:
        pass
    return "is neither an IPv%d address nor a network of such, as a CIDR block" % version


def key_thumbprint(pem: str) -> str | None:
    """The RFC 7638 thumbprint of the key in a PEM string, by which the server shows it (recorded); None where it
    cannot be read here."""
    # Here, because most tasks have no use for it, and importing the library takes its time.
    from ansible_collections.community.auth0.plugins.module_utils._tokens.public_key import (
        CRYPTOGRAPHY_IMPORT_ERROR,
        read_pem,
    )

    if CRYPTOGRAPHY_IMPORT_ERROR:
        return None
    try:
        return read_pem(pem, "pem").thumbprint
    except InvalidOptions:
        return None
