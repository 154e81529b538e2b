# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a test wants in access tokens, in the place of the actions that would add it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from auth0_emulator.schema.validation import parse_json
from auth0_emulator.state.custom_claims import MOST, ClaimSet, CustomClaims
from auth0_emulator.state.tenant import Tenant

_SETS = TypeAdapter(Annotated[list[ClaimSet], Field(max_length=MOST)])


def routes() -> list[Route]:
    """GET shows the sets of claims, PUT replaces them (by one, or by a list), DELETE forgets them."""
    return [
        Route("/_emulator/claims", _read, methods=["GET"]),
        Route("/_emulator/claims", _replace, methods=["PUT"]),
        Route("/_emulator/claims", _forget, methods=["DELETE"]),
    ]


async def _read(request: Request) -> Response:
    return JSONResponse([one.model_dump(exclude_unset=True) for one in _claims(request).sets])


async def _replace(request: Request) -> Response:
    given = parse_json(await request.body())
    several = isinstance(given, list)
    try:
        sets = _SETS.validate_python(given if several else [given])
    except ValidationError as error:
        problems = []
        for problem in error.errors():
            place = ".".join(map(str, problem["loc"] if several else problem["loc"][1:]))
            problems.append(f"{place}: {problem['msg']}" if place else problem["msg"])
        return JSONResponse({"error": "neither a set of claims nor a list of such", "problems": problems}, 400)
    _claims(request).sets = sets
    return Response(status_code=204)


async def _forget(request: Request) -> Response:
    _claims(request).sets = []
    return Response(status_code=204)


def _claims(request: Request) -> CustomClaims:
    tenant: Tenant = request.scope["tenant"]
    return tenant.custom_claims
