# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Claims that a tenant adds to its access tokens, as an action of the trigger credentials-exchange does it.

The emulator runs no actions, so a test says what the action would add. Which names an action can use, and that a token
for one of Auth0's own APIs gets only those that begin with a URL, is documented (Create Custom Claims).
"""

from __future__ import annotations

import json
import re
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from auth0_emulator.schema.shapes import Shape

from .store import Thing

# fmt: off
RESTRICTED = frozenset(
    {
        "acr", "act", "active", "amr", "at_hash", "ath", "attest", "aud", "auth_time", "authorization_details", "azp",
        "c_hash", "client_id", "cnf", "cty", "dest", "entitlements", "events", "exp", "groups", "gty", "htm", "htu",
        "iat", "internalService", "iss", "jcard", "jku", "jti", "jwe", "jwk", "kid", "may_act", "mky", "nbf", "nonce",
        "object_id", "org_id", "org_name", "orig", "origid", "permissions", "roles", "rph", "s_hash", "sid",
        "sip_callid", "sip_cseq_num", "sip_date", "sip_from_tag", "sip_via_branch", "sub", "sub_jwk", "toe", "txn",
        "typ", "uuid", "vot", "vtm", "x5t#S256",
    }
)
# fmt: on
"""Names that Auth0 keeps for itself (documented)."""
OWN = RESTRICTED | {"scope"}
"""The same, and what else the emulator puts into a token itself."""
_AUTH0_DOMAINS = ("auth0.com", "webtask.io", "webtask.run")
LARGEST = 100 * 1024
"""Bytes of all claims that are added (documented as 100 KB)."""
MOST = 1000
"""Sets of claims at a time."""


def why_not_added(name: str) -> str | None:
    """Why Auth0 would leave a claim of this name out, in words that follow the name; None where it would not."""
    if not name:
        return "needs a name"
    if name in OWN:
        return "is a claim of Auth0's own, which an action cannot set"
    if re.match(r"urn:auth0(:|$)", name, re.IGNORECASE):
        return "begins with urn:auth0, which is Auth0's own namespace"
    host = _host(name)
    if any(host == domain or host.endswith("." + domain) for domain in _AUTH0_DOMAINS):
        return f"has the namespace of a domain of Auth0 ({host})"
    return None


def _host(name: str) -> str:
    if not _has_url(name):
        return ""
    try:
        return urlsplit(name).hostname or ""
    except ValueError:
        return ""


def _has_url(name: str) -> bool:
    return name.lower().startswith(("http://", "https://"))


def _claims(given: dict[str, Any]) -> dict[str, Any]:
    problems = [f"{name!r} {problem}" for name in given if (problem := why_not_added(name))]
    size = len(json.dumps(given, separators=(",", ":"), ensure_ascii=False).encode())
    if size > LARGEST:
        problems.append(f"{size} bytes are more than Auth0 adds ({LARGEST})")
    if problems:
        raise ValueError("; ".join(problems))
    return given


class ClaimSet(Shape):
    """Claims, and the tokens that get them: those of one client, those for one audience; otherwise all."""

    claims: Annotated[dict[str, Any], Field(min_length=1), AfterValidator(_claims)]
    client_id: Annotated[str, Field(min_length=1)] | None = None
    audience: Annotated[str, Field(min_length=1)] | None = None


class CustomClaims:
    """The claims that one tenant adds."""

    def __init__(self) -> None:
        self.sets: list[ClaimSet] = []

    def of(self, client_id: str, api: Thing, audience: str) -> dict[str, Any]:
        """What a token gets; of sets that have the same claim, the last one counts.

        audience: the identifier of the API as the caller knows it.
        """
        found: dict[str, Any] = {}
        for one in self.sets:
            if one.client_id in (None, client_id) and one.audience in (None, audience):
                found |= one.claims
        return {name: value for name, value in found.items() if not api.get("is_system") or _has_url(name)}
