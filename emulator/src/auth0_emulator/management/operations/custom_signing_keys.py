# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The public keys of a tenant that signs elsewhere: one document, or none (documented)."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field
from starlette.responses import JSONResponse, Response

from auth0_emulator.schema.described import Body, DescribedRoute
from auth0_emulator.schema.errors import management_error
from auth0_emulator.schema.validation import valid_body

from ..calls import Call, no_content, route


class CustomKeys(Body):
    keys: Annotated[list[dict[str, Any]], Field(min_length=1)]


def routes() -> list[DescribedRoute]:
    """Read, replace, remove."""
    path = "/keys/custom-signing"
    return [
        route("GET", path, _read, CustomKeys),
        route("PUT", path, _replace, CustomKeys, body=CustomKeys),
        route("DELETE", path, _remove, None, status=204),
    ]


def _read(call: Call) -> Response:
    """404 where there is none (the wording is unverified)."""
    call.caller.require_any(("read:custom_signing_keys",))
    if call.tenant.custom_signing_keys is None:
        raise management_error(404, "Custom signing keys not found.")
    return JSONResponse({"keys": call.tenant.custom_signing_keys})


def _replace(call: Call) -> Response:
    call.caller.require_any(("create:custom_signing_keys", "update:custom_signing_keys"))
    call.tenant.custom_signing_keys = valid_body(CustomKeys, call.body())["keys"]
    return JSONResponse({"keys": call.tenant.custom_signing_keys})


def _remove(call: Call) -> Response:
    call.caller.require_any(("delete:custom_signing_keys",))
    call.tenant.custom_signing_keys = None
    return no_content()
