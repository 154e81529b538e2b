# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""private_key_jwt: a client proves itself by a signed assertion (RFC 7523, with Auth0's documented limits)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import jwt

from auth0_emulator.entities import finding
from auth0_emulator.schema.errors import AnsweredError, oauth_error
from auth0_emulator.state import own_apis
from auth0_emulator.state.certificates import read_pem
from auth0_emulator.state.clock import Clock, moment
from auth0_emulator.state.store import Thing
from auth0_emulator.state.tenant import Tenant

TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
LONGEST = 2048
FARTHEST_EXPIRY = 300
SKEW = 10
"""Bytes, seconds and seconds (documented)."""


def refused(reason: str) -> AnsweredError:
    """401; the code is documented, the wordings are unverified."""
    return oauth_error(401, "invalid_client", f"Invalid client assertion: {reason}")


def client_of_assertion(tenant: Tenant, host: str, given: dict[str, str]) -> Thing:
    """The client that an assertion proves, or the refusal."""
    assertion = given.get("client_assertion", "")
    if given.get("client_assertion_type") != TYPE:
        raise refused(f"client_assertion_type must be {TYPE}")
    if len(assertion) > LONGEST:
        raise refused(f"longer than {LONGEST} bytes")
    try:
        header = jwt.get_unverified_header(assertion)
        client_id = str(jwt.decode(assertion, options={"verify_signature": False}).get("sub", ""))
    except jwt.InvalidTokenError:
        raise refused("not a JSON Web Token") from None
    client = finding.client(tenant, client_id)
    if client is None or given.get("client_id", client_id) != client_id:
        raise refused("iss, sub and client_id must be the same client")
    claims = _verified(_usable_credentials(tenant, client, header), assertion, own_apis.issuer(host), tenant.clock)
    if claims["iss"] != client_id:
        raise refused("iss, sub and client_id must be the same client")
    if claims["exp"] > tenant.clock() + FARTHEST_EXPIRY + SKEW:
        raise refused(f"exp is more than {FARTHEST_EXPIRY} seconds ahead")
    if not tenant.used_assertions.take(f"{client_id} {claims['jti']}", claims["exp"] + SKEW):
        raise refused("jti was used before")
    return client


def _usable_credentials(tenant: Tenant, client: Thing, header: dict[str, Any]) -> list[Thing]:
    """The credentials attached for this method that fit the header and have not expired."""
    method = client.get("client_authentication_methods", {}).get("private_key_jwt", {"credentials": []})
    attached = {one["id"] for one in method["credentials"]}
    now = moment(tenant.clock)
    found = [
        one
        for one in finding.credentials_of(tenant, client["client_id"])
        if one["id"] in attached
        and one["alg"] == header.get("alg")
        and header.get("kid", one["kid"]) == one["kid"]
        and ("expires_at" not in one or datetime.fromisoformat(one["expires_at"]) > now)
    ]
    if not found:
        raise refused("no attached credential has this kid and alg")
    return found


def _verified(credentials: list[Thing], assertion: str, audience: str, clock: Clock) -> dict[str, Any]:
    for credential in credentials:
        pem = read_pem(credential["pem"])
        if pem is None:
            continue
        try:
            claims: dict[str, Any] = jwt.decode(
                assertion,
                pem.key,
                algorithms=[credential["alg"]],
                audience=audience,
                # The times are the tenant's, not this machine's.
                options={
                    "require": ["iss", "sub", "aud", "exp", "jti"],
                    "verify_exp": False,
                    "verify_iat": False,
                    "verify_nbf": False,
                },
            )
            _refuse_times(claims, clock())
        except jwt.InvalidSignatureError:
            continue
        except jwt.InvalidTokenError as error:
            raise refused(str(error)) from None
        return claims
    raise refused("Signature verification failed")


def _refuse_times(claims: dict[str, Any], now: float) -> None:
    """Raise the refusal of an assertion that has expired, or is not yet good; a little skew is forgiven."""
    for name in ("exp", "iat", "nbf"):
        if type(claims.get(name, 0)) not in (int, float):
            raise refused(f"{name} must be a number")
    if not claims["exp"] > now - SKEW:  # also for what is no number at all, which JSON in Python can hold
        raise refused("Signature has expired")
    if max(claims.get("iat", 0), claims.get("nbf", 0)) > now + SKEW:
        raise refused("The token is not yet valid (iat, nbf)")
