# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rotation and revocation of the tenant's signing keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import jwt
import pytest


@pytest.fixture
def tenant(emulator: dict[str, dict[str, str]], client_of: Callable[..., Any]) -> Iterator[Any]:
    with client_of(emulator["keys"]) as one:
        yield one


def by_role(tenant: Any, token: str | None = None) -> dict[str, dict[str, Any]]:
    """The keys by what they are: current, next, previous."""
    listed = tenant.call("GET", "/keys/signing", token=token).json()
    return {name: key for key in listed for name in ("current", "next", "previous") if key.get(name)}


def published(tenant: Any) -> set[str]:
    return {key["kid"] for key in tenant.http.get("/.well-known/jwks.json").json()["keys"]}


def test_keys_rotate_and_are_revoked(tenant: Any) -> None:
    old_token = tenant.token()
    before = by_role(tenant)
    assert set(before) == {"current", "next"}
    assert jwt.get_unverified_header(old_token)["kid"] == before["current"]["kid"]

    rotated = tenant.call("POST", "/keys/signing/rotate")
    assert rotated.status_code == 201
    after = by_role(tenant)
    assert set(after) == {"current", "next", "previous"}
    assert rotated.json() == {"kid": after["next"]["kid"], "cert": after["next"]["cert"]}
    assert after["current"]["kid"] == before["next"]["kid"]
    assert after["previous"]["kid"] == before["current"]["kid"]
    assert published(tenant) == {key["kid"] for key in after.values()}
    assert jwt.get_unverified_header(tenant.token())["kid"] == after["current"]["kid"]
    assert tenant.call("GET", "/clients", token=old_token).status_code == 200

    previous = after["previous"]["kid"]
    new_token = tenant.token()
    revoked = tenant.call("PUT", f"/keys/signing/{previous}/revoke", token=new_token)
    assert (revoked.status_code, set(revoked.json())) == (200, {"kid", "cert"})
    assert previous not in published(tenant)
    assert tenant.call("GET", "/clients", token=old_token).status_code == 401
    shown = tenant.call("GET", f"/keys/signing/{previous}", token=new_token).json()
    assert shown["revoked"] is True
    assert {"revoked_at", "current_since", "current_until"} <= set(shown)
    assert tenant.call("PUT", f"/keys/signing/{previous}/revoke", token=new_token).status_code == 400


def test_a_key_as_the_list_shows_it(tenant: Any) -> None:
    current = by_role(tenant)["current"]
    assert set(current) == {"kid", "cert", "pkcs7", "fingerprint", "thumbprint", "current", "current_since"}
    assert current["fingerprint"].replace(":", "") == current["thumbprint"]


def test_missing_keys(tenant: Any) -> None:
    for method, path in (("GET", "/keys/signing/none"), ("PUT", "/keys/signing/none/revoke")):
        answer = tenant.call(method, path)
        assert (answer.status_code, answer.json()["message"]) == (404, "Signing key not found.")


def test_rotation_needs_two_scopes(tenant: Any) -> None:
    before = by_role(tenant)
    for scope in ("create", "update"):
        client, dummy = tenant.granted_client(tenant.audience, [f"{scope}:signing_keys"])
        token = tenant.token(client_id=client["client_id"], client_secret=client["client_secret"])
        answer = tenant.call("POST", "/keys/signing/rotate", token=token)
        assert (answer.status_code, answer.json()["errorCode"]) == (403, "insufficient_scope")
        words = "Insufficient scope; expected create:signing_keys and update:signing_keys."
        assert answer.json()["message"] == words
    assert by_role(tenant) == before


def test_rotating_twice_revokes_the_older_key_and_only_the_previous_one_can_be_revoked(tenant: Any) -> None:
    first = by_role(tenant)["current"]["kid"]
    for dummy in range(2):
        assert tenant.call("POST", "/keys/signing/rotate").status_code == 201
    assert tenant.call("GET", "/keys/signing").status_code == 401
    token = tenant.token()
    keys = by_role(tenant, token)
    assert tenant.call("GET", f"/keys/signing/{first}", token=token).json()["revoked"] is True
    for kid in (first, keys["current"]["kid"], keys["next"]["kid"]):
        assert tenant.call("PUT", f"/keys/signing/{kid}/revoke", token=token).status_code == 400
    assert by_role(tenant, token) == keys
