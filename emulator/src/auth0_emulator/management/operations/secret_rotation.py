# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""POST /clients/{id}/rotate-secret: a new secret."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import JSONResponse, Response

from auth0_emulator.entities import finding
from auth0_emulator.entities.clients import CLIENTS, SECRET_READERS, SECRET_WRITERS, missing, new_secret
from auth0_emulator.entities.creation import named
from auth0_emulator.schema.described import DescribedRoute
from auth0_emulator.schema.errors import management_error
from auth0_emulator.state import identifiers

from ..calls import Call, route


def routes() -> list[DescribedRoute]:
    """The one operation."""
    return [route("POST", "/clients/{id}/rotate-secret", _rotate, CLIENTS.answer_model)]


def _rotate(call: Call) -> Response:
    """200 and the client; it shows the new secret to whoever may rotate it (recorded: the answer has the secret)."""
    call.caller.require_any(SECRET_WRITERS)
    client = finding.client(call.tenant, call.path["id"])
    if client is None:
        raise missing(call.path["id"])
    if "private_key_jwt" in client.get("client_authentication_methods", {}):
        # Documented; the wording is unverified.
        raise management_error(400, "The secret of a client that uses private_key_jwt cannot be rotated.")
    rotated = dict(client)
    new_secret(call.tenant, rotated, identifiers.client_secret())
    call.tenant.store(CLIENTS.name).put(rotated)
    reader = replace(call.caller, scopes=call.caller.scopes | set(SECRET_READERS))
    return JSONResponse(named(CLIENTS, CLIENTS.present(call.tenant, rotated, reader), call.host))
