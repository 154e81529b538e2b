# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The APIs that belong to a tenant itself: their identifiers contain the tenant's host.

A tenant is reachable under several hosts (127.0.0.1, localhost), and the host is known only from a request's Host
header. So these identifiers are stored with a mark in the host's place, which is exchanged at the API's border.
"""

from __future__ import annotations

from typing import Any

_MARK = "https://{tenant}/"
_PATHS = ("api/v2/", "me/", "my-org/", "userinfo")

MANAGEMENT = _MARK + "api/v2/"
MY_ACCOUNT = _MARK + "me/"
MY_ORGANIZATION = _MARK + "my-org/"
USERINFO = _MARK + "userinfo"
EXPRESS = "urn:auth0:express-configure"


def issuer(host: str) -> str:
    """The issuer of the tenant's tokens; https also where the emulator speaks plain HTTP."""
    return f"https://{host}/"


def stored(identifier: Any, host: str) -> Any:
    """The stored form of an identifier (or of anything else: then itself)."""
    prefix = issuer(host)
    if isinstance(identifier, str) and identifier.startswith(prefix) and identifier[len(prefix) :] in _PATHS:
        return _MARK + identifier[len(prefix) :]
    return identifier


def shown(identifier: str, host: str) -> str:
    """The form of a stored identifier for a caller who uses this host."""
    return issuer(host) + identifier[len(_MARK) :] if identifier.startswith(_MARK) else identifier
