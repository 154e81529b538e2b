# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One call of the Management API: its tenant, its verified caller, its parameters; and how it becomes a route."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, unquote

from starlette.requests import Request
from starlette.responses import Response

from auth0_emulator.entities.access import Caller, authenticate
from auth0_emulator.entities.creation import named
from auth0_emulator.entities.entity import Entity
from auth0_emulator.schema.described import DescribedRoute, ManagementError
from auth0_emulator.schema.validation import parse_json
from auth0_emulator.state import own_apis
from auth0_emulator.state.store import Thing
from auth0_emulator.state.tenant import Tenant

from . import paging

PREFIX = "/api/v2"


class Call:
    """One request to the Management API, after its token was verified."""

    def __init__(self, request: Request, raw: bytes) -> None:
        self.tenant: Tenant = request.scope["tenant"]
        self.host = request.headers.get("host", "")
        self.caller: Caller = authenticate(request.headers.get("authorization"), self.tenant, self.host)
        self.path = {name: unquote(value) for name, value in request.path_params.items()}
        self.query: paging.Query = parse_qs(request.url.query, keep_blank_values=True)
        self.url = str(request.url.replace(query=""))
        self._raw = raw

    def body(self) -> Any:
        """The JSON body."""
        return parse_json(self._raw)

    def body_if_any(self) -> Any:
        """The same where there need not be one; None where there is none, and for null."""
        return self.body() if self._raw.strip() else None

    @property
    def stored_query(self) -> paging.Query:
        """The query with the tenant's own APIs spelled as they are stored."""
        return {name: [own_apis.stored(value, self.host) for value in values] for name, values in self.query.items()}

    def shown(self, entity: Entity, thing: Thing) -> Thing:
        """An object as this caller sees it, with the tenant's own APIs spelled as its host spells them."""
        return named(entity, entity.present(self.tenant, thing, self.caller), self.host)

    def shown_alone(self, entity: Entity, thing: Thing) -> Thing:
        """The same where the object alone was asked for."""
        return named(entity, entity.present_read(self.tenant, thing, self.caller), self.host)


Handler = Callable[[Call], Response]


def route(
    method: str,
    path: str,
    handler: Handler,
    answer: Any,
    *,
    status: int = 200,
    body: Any = None,
    query: dict[str, str] | None = None,
) -> DescribedRoute:
    """A route whose handler works without waiting, so that requests do not interleave; and what it declares."""

    async def endpoint(request: Request) -> Response:
        return handler(Call(request, await request.body()))

    return DescribedRoute(
        method, PREFIX + path, endpoint, answer, status=status, body=body, query=query, errors=ManagementError
    )


def no_content() -> Response:
    """204: empty, yet declared as JSON (recorded)."""
    return Response(status_code=204, media_type="application/json")
