# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The ASGI application: finds the tenant, then log, latency, faults, rate limit, and the routes.

In-process use needs no server: ``create_app(new_site("dev"))`` is an ASGI application that serves one tenant, whatever
host a request names; the site's tenant, log and faults can be looked at and set directly.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Match, Route
from starlette.types import Message, Receive, Scope, Send

from auth0_emulator.controls import claims, faults, request_log
from auth0_emulator.controls.faults import Fault, Faults
from auth0_emulator.controls.latency import NONE, Latency
from auth0_emulator.controls.rate_limit import Limits, Plan
from auth0_emulator.controls.request_log import OTHER, RequestLog, logged_body
from auth0_emulator.entities.new_tenant import new_tenant
from auth0_emulator.management import routes as management
from auth0_emulator.oauth import authorization, discovery
from auth0_emulator.schema import openapi
from auth0_emulator.schema.described import DescribedRoute, checked
from auth0_emulator.schema.errors import AnsweredError, error_response, management_error, no_such_route
from auth0_emulator.state.clock import WALL, Clock
from auth0_emulator.state.keys import KeyMaker, new_private_key
from auth0_emulator.state.tenant import Choices, Credentials, Tenant

CONTROLS = "/_emulator/"

Drop = Callable[[Scope], None]
"""Closes the connection that a request came on, without a word."""


@dataclass
class Site:
    """A tenant and what surrounds it."""

    tenant: Tenant
    limits: Limits
    latency: Latency = NONE
    log: RequestLog = field(default_factory=RequestLog)
    faults: Faults = field(default_factory=Faults)


def new_site(
    name: str,
    credentials: Credentials | None = None,
    plan: Plan | None = None,
    latency: Latency = NONE,
    clock: Clock = WALL,
    make_key: KeyMaker = new_private_key,
    choices: Choices | None = None,
) -> Site:
    """A new tenant and what surrounds it.

    credentials: of the client that may do everything; made up where there are none. plan: the rate limits. clock: the
    tenant's time. make_key: makes the keys that it signs with. choices: where tenants differ.
    """
    return Site(new_tenant(name, credentials, clock, make_key, choices), Limits(plan, clock), latency)


class Application:
    """An ASGI application for tenants.

    site_of: the site that a request is for. drop: closes the connection of a request, which some faults ask for.
    check_answers: answer 500 in place of what the own description does not allow.
    """

    def __init__(self, site_of: Callable[[Scope], Site], drop: Drop, check_answers: bool = False) -> None:
        self._site_of = site_of
        self._drop = drop
        self._check_answers = check_answers
        self._routes = _routes()
        self._controls = [
            Route("/_emulator/openapi.json", self._openapi, methods=["GET"]),
            *request_log.routes(),
            *faults.routes(),
            *claims.routes(),
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        site = self._site_of(scope)
        # The path as sent: an escaped slash is part of an identifier, not a separator.
        path = scope["raw_path"].decode("ascii", "replace")
        scope.update(path=path, root_path="", tenant=site.tenant, request_log=site.log, faults=site.faults)
        if path.startswith(CONTROLS):
            await self._control(scope, receive, send)
            return
        await self._serve(site, path, scope, receive, send)

    async def _control(self, scope: Scope, receive: Receive, send: Send) -> None:
        route, child = _matched(self._controls, scope)
        raw = await _whole_body(receive)
        if raw is None:
            await _refuse_size(scope, receive, send)
        else:
            await (await self._routed(route, {**scope, **child}, _replay(raw)))(scope, receive, send)

    async def _serve(self, site: Site, path: str, scope: Scope, receive: Receive, send: Send) -> None:
        route, child = _matched(self._routes, scope)
        raw = await _whole_body(receive)
        client, query = scope["client"], scope["query_string"].decode("ascii", "replace")
        row = site.log.open(scope["method"], path, query, client and client[1], route.path if route else OTHER)
        if raw is None:
            row["status"] = _TOO_LARGE.status
            await _refuse_size(scope, receive, send)
            return
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
        response = await self._answer(site, fault, route, {**scope, **child}, raw)
        if fault is not None and fault.drop == "after":
            await self._hang_up(scope, receive)
            return
        row["status"] = response.status_code
        await response(scope, receive, send)

    async def _answer(self, site: Site, fault: Fault | None, route: Route | None, scope: Scope, raw: bytes) -> Response:
        allowance = site.limits.take(scope["method"], scope["path"], scope["query_string"].decode("ascii", "replace"))
        if fault is not None and fault.status is not None:
            response = fault.response(fault.status)
        elif allowance.allowed:
            response = await self._routed(route, scope, _replay(raw))
            if fault is not None and fault.body is not None:
                response = fault.response(response.status_code)
        else:
            response = error_response(management_error(429, allowance.message, "too_many_requests"))
        for name, value in allowance.headers().items():
            response.headers.setdefault(name, value)
        if response.headers.get("content-type") == "application/json":
            response.headers["content-type"] = "application/json; charset=utf-8"
        return response

    async def _routed(self, route: Route | None, scope: Scope, receive: Receive) -> Response:
        """The answer of a route; an error that its handler raises becomes its answer."""
        if route is None:
            return error_response(no_such_route())
        try:
            response = await _call(route, scope, receive)
        except AnsweredError as error:
            response = error_response(error)
        return checked(route, response, _complain) if self._check_answers else response

    async def _openapi(self, request: Request) -> Response:
        return JSONResponse(openapi.description(self._routes))

    async def _hang_up(self, scope: Scope, receive: Receive) -> None:
        self._drop(scope)
        while (await receive())["type"] != "http.disconnect":
            pass


@cache
def _routes() -> list[DescribedRoute]:
    """The routes of both APIs: the same for all applications of the process, because making them takes time."""
    return [*management.routes(), *authorization.routes(), *discovery.routes()]


def _no_connection(scope: Scope) -> None:
    """Without a server there is nothing to close: such a request ends without an answer."""


def create_app(site: Site, drop: Drop = _no_connection, check_answers: bool = False) -> Application:
    """An application that serves one tenant, whatever host and port a request names."""
    return Application(lambda scope: site, drop, check_answers)


def _complain(problem: str) -> None:
    print(problem, file=sys.stderr, flush=True)


async def _call(route: Route, scope: Scope, receive: Receive) -> Response:
    endpoint: Any = route.endpoint
    response: Response = await endpoint(Request(scope, receive))
    return response


def _matched(routes: Sequence[Route], scope: Scope) -> tuple[Route | None, Mapping[str, Any]]:
    """The first route that matches, and what it adds to the scope."""
    for route in routes:
        match, child = route.matches(scope)
        if match is Match.FULL:
            return route, child
    return None, {}


LARGEST_BODY = 1024 * 1024
"""Bytes, as hapi has it (unverified)."""

_TOO_LARGE = management_error(413, f"Payload content length greater than maximum allowed: {LARGEST_BODY}")


async def _whole_body(receive: Receive) -> bytes | None:
    """The body of a request; None, as soon as there is too much of it."""
    chunks: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            break
        chunks.append(message.get("body", b""))
        size += len(chunks[-1])
        if size > LARGEST_BODY:
            return None
        more = message.get("more_body", False)
    return b"".join(chunks)


async def _refuse_size(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a body that is too large before all of it has come, and close its connection."""
    response = error_response(_TOO_LARGE)
    response.headers["connection"] = "close"
    await response(scope, receive, send)


def _replay(raw: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": raw, "more_body": False}

    return receive
