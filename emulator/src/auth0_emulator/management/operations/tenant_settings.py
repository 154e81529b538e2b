# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""GET and PATCH /tenants/settings."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from auth0_emulator.entities import tenant_settings
from auth0_emulator.schema.described import DescribedRoute
from auth0_emulator.schema.errors import invalid_body
from auth0_emulator.schema.validation import valid_body

from .. import paging
from ..calls import Call, route

_LIFETIMES = ("session", "idle_session", "ephemeral_session", "idle_ephemeral_session")


def routes() -> list[DescribedRoute]:
    """Both operations."""
    path = "/tenants/settings"
    return [
        route("GET", path, _read, tenant_settings.Settings, query=paging.FIELDS),
        route("PATCH", path, _update, tenant_settings.Settings, body=tenant_settings.Update),
    ]


def _read(call: Call) -> Response:
    call.caller.require_any(("read:tenant_settings",))
    return JSONResponse(paging.selected(tenant_settings.read(tenant_settings.of(call.tenant)), call.query))


def _update(call: Call) -> Response:
    call.caller.require_any(("update:tenant_settings",))
    body = valid_body(tenant_settings.Update, call.body())
    if not body:
        raise invalid_body("'Too few properties defined (0), minimum 1'")
    for name in _LIFETIMES:
        if f"{name}_lifetime" in body and f"{name}_lifetime_in_minutes" in body:
            # Documented; the wording is unverified.
            raise invalid_body(f"'{name}_lifetime and {name}_lifetime_in_minutes are mutually exclusive'")
    tenant_settings.refuse_sandbox(body)
    supported = body.get("client_id_metadata_document_supported")
    if supported is None:
        supported = tenant_settings.of(call.tenant).get("client_id_metadata_document_supported")
    if body.get("client_id_metadata_document_dynamic_registration_supported") and not supported:
        # Documented; the wording is unverified.
        raise invalid_body("'Registration from client_id URLs requires client_id_metadata_document_supported'")
    return JSONResponse(tenant_settings.shown(tenant_settings.change(call.tenant, body)))
