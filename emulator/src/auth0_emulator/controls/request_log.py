# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The log of a tenant's requests, without secrets."""

from __future__ import annotations

import json
from collections import Counter, deque
from typing import Any
from urllib.parse import parse_qs, urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

SECRET = "[REDACTED]"
_SECRET_NAMES = frozenset({"client_secret", "client_assertion", "signing_secret", "access_token", "authorization"}) | {
    # Of grants that the token endpoint refuses:
    "actor_token",
    "password",
    "refresh_token",
    "subject_token",
    # Of the addons of clients:
    "masterkey",
    "private_key",
    "privatekey",
    "saskey",
    "secret",
    "servicepassword",
    "storageaccesskey",
    # Of the sinks of log streams:
    "datadogapikey",
    "httpauthorization",
    "mixpanelserviceaccountpassword",
    "segmentwritekey",
    "splunktoken",
    "sumosourceaddress",
}
KEPT = 10_000
"""So many requests are in the log; beyond, they are counted only."""
_LARGEST_BODY = 64 * 1024
"""Bytes of a body that the log shows."""
OTHER = "(no route)"

Row = dict[str, Any]


class RequestLog:
    """The last requests, oldest first, and how many there were of each kind."""

    def __init__(self) -> None:
        self._rows: deque[Row] = deque(maxlen=KEPT)
        self._counts: Counter[tuple[str, str]] = Counter()

    def open(self, method: str, path: str, query: str, connection: int | None, template: str = OTHER) -> Row:
        """A new row; ``status`` stays None until there is an answer. template: the path that the route declares."""
        self._counts[method if template != OTHER else OTHER, template] += 1
        row: Row = {
            "method": method,
            "path": path,
            "query": redacted(parse_qs(query, keep_blank_values=True)),
            "status": None,
            "connection": connection,
        }
        self._rows.append(row)
        return row

    def rows(self) -> list[Row]:
        """All rows."""
        return list(self._rows)

    def count(self) -> dict[str, Any]:
        """How many requests there were, in all and of each method and path, also of those that the log forgot."""
        counts = [
            {"method": method, "path": path, "count": count} for (method, path), count in sorted(self._counts.items())
        ]
        return {"total": sum(self._counts.values()), "kept": len(self._rows), "counts": counts}

    def clear(self) -> None:
        """Forget all rows and counts."""
        self._rows.clear()
        self._counts.clear()


def logged_body(raw: bytes, content_type: str) -> Any:
    """A request's body as the log shows it: neither a large one, nor one that cannot be parsed and so not redacted."""
    if len(raw) > _LARGEST_BODY:
        return f"({len(raw)} bytes)"
    try:
        if content_type.startswith("application/x-www-form-urlencoded"):
            form = parse_qs(raw.decode(), keep_blank_values=True)
            return redacted({name: values[-1] for name, values in form.items()})
        return redacted(json.loads(raw))
    except (ValueError, RecursionError):
        return f"({len(raw)} bytes that are not JSON)"


def redacted(value: Any) -> Any:
    """A copy without the values of secret members."""
    if isinstance(value, dict):
        return {
            name: SECRET if _is_secret(str(name).lower(), inner) else _inner_secrets(str(name), redacted(inner))
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [redacted(inner) for inner in value]
    return value


def _inner_secrets(name: str, value: Any) -> Any:
    """The secrets of an action, and the headers of a log stream, have names of their own: their value is secret. Of the
    address that a log stream sends to, who sends and what is asked for may be."""
    if name == "httpEndpoint" and isinstance(value, str):
        return _without_secrets(value)
    if name not in ("secrets", "httpCustomHeaders") or not isinstance(value, list):
        return value
    return [one | {"value": SECRET} if isinstance(one, dict) and "value" in one else one for one in value]


def _without_secrets(address: str) -> str:
    """A URL without what stands before the host and behind the path."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return SECRET
    if not parts.netloc:
        return SECRET if any(mark in address for mark in "@?#") else address
    dummy, at, host = parts.netloc.rpartition("@")
    bare = parts._replace(netloc=f"{SECRET}@{host}" if at else host)
    return bare._replace(query=SECRET if parts.query else "", fragment=SECRET if parts.fragment else "").geturl()


def _is_secret(name: str, value: Any) -> bool:
    """What is called like a token may be an object of settings, too: of a client, of an API, of a tenant."""
    settings = name in ("refresh_token", "access_token") and isinstance(value, dict)
    return name in _SECRET_NAMES and value is not None and not settings


def routes() -> list[Route]:
    """GET shows the log and the counts, DELETE forgets both."""
    return [
        Route("/_emulator/requests/count", _count, methods=["GET"]),
        Route("/_emulator/requests", _read, methods=["GET"]),
        Route("/_emulator/requests", _clear, methods=["DELETE"]),
    ]


async def _read(request: Request) -> Response:
    return JSONResponse(_log(request).rows())


async def _count(request: Request) -> Response:
    return JSONResponse(_log(request).count())


async def _clear(request: Request) -> Response:
    _log(request).clear()
    return Response(status_code=204)


def _log(request: Request) -> RequestLog:
    log: RequestLog = request.scope["request_log"]
    return log
