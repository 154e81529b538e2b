# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The tenant's signing keys: list, rotate, revoke."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from starlette.responses import JSONResponse, Response

from auth0_emulator.schema.described import Body, DescribedRoute
from auth0_emulator.schema.errors import AnsweredError, management_error
from auth0_emulator.state.clock import written
from auth0_emulator.state.keys import KeyRing, SigningKey

from ..calls import Call, route

_READ = ("read:signing_keys",)
_ROTATE = ("create:signing_keys", "update:signing_keys")
_REVOKE = ("update:signing_keys",)


class Brief(Body):
    kid: str
    cert: str


class Key(Brief):
    pkcs7: str
    fingerprint: str
    thumbprint: str
    current: bool = False
    next: bool = False
    previous: bool = False
    current_since: str = ""
    current_until: str = ""
    revoked: bool = False
    revoked_at: str = ""


def routes() -> list[DescribedRoute]:
    """All operations."""
    return [
        route("GET", "/keys/signing", _list, list[Key]),
        route("GET", "/keys/signing/{kid}", _read, Key),
        route("POST", "/keys/signing/rotate", _rotate, Brief, status=201),
        route("PUT", "/keys/signing/{kid}/revoke", _revoke, Brief),
    ]


def _list(call: Call) -> Response:
    call.caller.require_any(_READ)
    keys = call.tenant.keys
    return JSONResponse([_shown(keys, key) for key in keys.all])


def _read(call: Call) -> Response:
    call.caller.require_any(_READ)
    return JSONResponse(_shown(call.tenant.keys, _key(call)))


def _rotate(call: Call) -> Response:
    """201 and the key that is next now; needs both scopes (documented: it is the next key's id and certificate)."""
    call.caller.require_all(_ROTATE)
    call.tenant.keys.rotate()
    return _brief(call.tenant.keys.next, 201)


def _revoke(call: Call) -> Response:
    """200 and the key; only the previous key can be revoked (documented; how another is refused is unverified)."""
    call.caller.require_any(_REVOKE)
    key = _key(call)
    if key is not call.tenant.keys.previous:
        raise management_error(400, "Only the previous signing key can be revoked.")
    call.tenant.keys.revoke_previous()
    return _brief(key, 200)


def missing() -> AnsweredError:
    """404 (documented)."""
    return management_error(404, "Signing key not found.")


def _key(call: Call) -> SigningKey:
    found = next((key for key in call.tenant.keys.all if key.kid == call.path["kid"]), None)
    if found is None:
        raise missing()
    return found


def _brief(key: SigningKey, status: int) -> Response:
    return JSONResponse({"kid": key.kid, "cert": key.pem}, status)


def _shown(keys: KeyRing, key: SigningKey) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "kid": key.kid,
        "cert": key.pem,
        "pkcs7": key.pkcs7,
        "fingerprint": ":".join(key.thumbprint[i : i + 2] for i in range(0, len(key.thumbprint), 2)),
        "thumbprint": key.thumbprint,
    }
    roles = {"current": keys.current, "next": keys.next, "previous": keys.previous}
    shown |= {name: True for name, holder in roles.items() if holder is key}
    if key.revoked_at is not None:
        shown["revoked"] = True
    for name in ("current_since", "current_until", "revoked_at"):
        moment: datetime | None = getattr(key, name)
        if moment is not None:
            shown[name] = written(moment)
    return shown
