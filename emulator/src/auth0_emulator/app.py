# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The ASGI application: finds the tenant by the port, then log, latency, faults, rate limit, and the routes."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Match, Route
from starlette.types import Message, Receive, Scope, Send

from auth0_emulator import authorization, discovery, management, openapi
from auth0_emulator.controls.faults import Fault, Faults
from auth0_emulator.controls.latency import Latency
from auth0_emulator.controls.rate_limit import Limits
from auth0_emulator.controls.request_log import RequestLog, Row, logged_body
from auth0_emulator.described import checked
from auth0_emulator.errors import AnsweredError, management_error, no_such_route
from auth0_emulator.tenant import Tenant
from auth0_emulator.validation import parse_json

CONTROLS = "/_emulator/"

Drop = Callable[[Scope], None]
"""Closes the connection that a request came on, without a word."""


@dataclass
class Site:
    """A tenant and what surrounds it."""

    tenant: Tenant
    limits: Limits
    latency: Latency
    log: RequestLog = field(default_factory=RequestLog)
    faults: Faults = field(default_factory=Faults)


class Application:
    """All tenants, told apart by the port that a request came to."""

    def __init__(self, sites: dict[int, Site], drop: Drop, check_answers: bool = False) -> None:
        self._sites = sites
        self._drop = drop
        self._check_answers = check_answers
        self._routes = [*management.routes(), *authorization.routes(), *discovery.routes()]
        self._controls = [
            Route("/_emulator/openapi.json", self._openapi, methods=["GET"]),
            Route("/_emulator/requests", _read_requests, methods=["GET"]),
            Route("/_emulator/requests", _clear_requests, methods=["DELETE"]),
            Route("/_emulator/faults", _replace_faults, methods=["PUT"]),
            Route("/_emulator/faults", _clear_faults, methods=["DELETE"]),
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        site = self._sites[scope["server"][1]]
        # The path as sent: an escaped slash is part of an identifier, not a separator.
        path = scope["raw_path"].decode("ascii", "replace")
        scope.update(path=path, root_path="", site=site, tenant=site.tenant)
        if path.startswith(CONTROLS):
            await (await self._routed(self._controls, scope, receive))(scope, receive, send)
            return
        await self._serve(site, path, scope, receive, send)

    async def _serve(self, site: Site, path: str, scope: Scope, receive: Receive, send: Send) -> None:
        raw = await _whole_body(receive)
        client = scope["client"]
        row = site.log.open(
            scope["method"], path, scope["query_string"].decode("ascii", "replace"), client and client[1]
        )
        if raw:
            row["body"] = logged_body(raw, Request(scope).headers.get("content-type", ""))
        delay = site.latency(scope["method"], path)
        if delay:
            await asyncio.sleep(delay)
        fault = site.faults.take(scope["method"], path)
        if fault is not None and fault.delay:
            await asyncio.sleep(fault.delay)
        if fault is not None and fault.drop == "before":
            await self._hang_up(scope, receive)
            return
        response = await self._answer(site, fault, scope, raw)
        if fault is not None and fault.drop == "after":
            await self._hang_up(scope, receive)
            return
        row["status"] = response.status_code
        await response(scope, receive, send)

    async def _answer(self, site: Site, fault: Fault | None, scope: Scope, raw: bytes) -> Response:
        allowance = site.limits.take(scope["method"], scope["path"], scope["query_string"].decode("ascii", "replace"))
        if fault is not None and fault.status is not None:
            response = _fault_response(fault, fault.status)
        elif allowance.allowed:
            response = await self._routed(self._routes, scope, _replay(raw))
            if fault is not None and fault.body is not None:
                response = _fault_response(fault, response.status_code)
        else:
            response = _error_response(management_error(429, allowance.message, "too_many_requests"))
        for name, value in allowance.headers().items():
            response.headers.setdefault(name, value)
        if response.headers.get("content-type") == "application/json":
            response.headers["content-type"] = "application/json; charset=utf-8"
        return response

    async def _routed(self, routes: Sequence[Route], scope: Scope, receive: Receive) -> Response:
        """The answer of the first route that matches; an error that a handler raises becomes its answer."""
        for route in routes:
            match, child = route.matches(scope)
            if match is Match.FULL:
                try:
                    response = await _call(route, {**scope, **child}, receive)
                except AnsweredError as error:
                    response = _error_response(error)
                return checked(route, response, _complain) if self._check_answers else response
        return _error_response(no_such_route())

    async def _openapi(self, request: Request) -> Response:
        return JSONResponse(openapi.description(self._routes))

    async def _hang_up(self, scope: Scope, receive: Receive) -> None:
        self._drop(scope)
        while (await receive())["type"] != "http.disconnect":
            pass


def _complain(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


async def _call(route: Route, scope: Scope, receive: Receive) -> Response:
    endpoint: Any = route.endpoint
    response: Response = await endpoint(Request(scope, receive))
    return response


async def _whole_body(receive: Receive) -> bytes:
    chunks: list[bytes] = []
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            break
        chunks.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(chunks)


def _replay(raw: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": raw, "more_body": False}

    return receive


def _error_response(error: AnsweredError) -> JSONResponse:
    return JSONResponse(error.body, error.status, error.headers)


_WITHOUT_BODY = (204, 304)


def _fault_response(fault: Fault, status: int) -> Response:
    headers = dict(fault.headers)
    if status in _WITHOUT_BODY:
        return _with_headers(Response(status_code=status), headers)
    if fault.body is None:
        return _with_headers(_error_response(management_error(status, "A fault that was asked for")), headers)
    if isinstance(fault.body, str):
        return _with_headers(Response(fault.body, status, media_type="text/html"), headers)
    return _with_headers(JSONResponse(fault.body, status), headers)


def _with_headers(response: Response, headers: dict[str, str]) -> Response:
    for name, value in headers.items():
        response.headers[name] = value
    return response


def _site(request: Request) -> Site:
    site: Site = request.scope["site"]
    return site


async def _read_requests(request: Request) -> Response:
    rows: list[Row] = _site(request).log.rows()
    return JSONResponse(rows)


async def _clear_requests(request: Request) -> Response:
    _site(request).log.clear()
    return Response(status_code=204)


async def _replace_faults(request: Request) -> Response:
    try:
        faults = _FAULTS.validate_python(parse_json(await request.body()))
    except ValidationError as error:
        problems = [f"{'.'.join(map(str, p['loc']))}: {p['msg']}" for p in error.errors()]
        return JSONResponse({"error": "not a list of faults", "problems": problems}, 400)
    _site(request).faults.replace(faults)
    return Response(status_code=204)


async def _clear_faults(request: Request) -> Response:
    _site(request).faults.replace([])
    return Response(status_code=204)


_FAULTS = TypeAdapter(list[Fault])
