# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A tenant of the emulator inside the process of a test: no socket, no thread, no wait, well under 2 ms a request.

    tenant = InProcessTenant()
    with tenant.installed():                        # what `requests` sends to https://acme.eu.auth0.com arrives here
        ...
    tenant.fail(DROPPED_AFTER, "POST", "/clients$")  # the next one is performed, and its answer is lost
    tenant.sent                                      # everything that was sent, in order, also what never arrived
    tenant.call("GET", "/clients")                   # look at the tenant: no fault, no entry in `sent`
    tenant.clock.advance(86400)                      # its time stands still unless somebody moves it

What a fault does to one exchange is a Fault: whether the tenant performs the request, and what becomes of the answer.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import http.client
import io
import itertools
import json
import re
import threading
import urllib.parse
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from unittest import mock

import requests
import urllib3
from auth0_emulator.controls.rate_limit import Plan
from auth0_emulator.serving.app import Site, create_app, new_site
from auth0_emulator.state.tenant import Choices, Credentials
from cryptography.hazmat.primitives.asymmetric import rsa

DOMAIN = "acme.eu.auth0.com"
#: Epoch seconds at which the time of a tenant begins.
BEGINNING = 1_800_000_000.0

_PAGE_SIZE = re.compile(r"\b(per_page|take)=(\d+)\b")

Request = requests.PreparedRequest
Response = requests.Response
BaseAdapter = requests.adapters.BaseAdapter
Send = Callable[..., Response]


class Clock:
    """A time that only moves when somebody moves it. Call it for the epoch seconds."""

    def __init__(self, now: float = BEGINNING) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        """Let time pass; it fits where a function to sleep is wanted."""
        self.now += seconds


@dataclasses.dataclass(frozen=True)
class Raw:
    """An answer on its way. headers: with names in lower case."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    def with_json(self, value: Any, status: int | None = None) -> Raw:
        """The same with another JSON value as its body."""
        content = json.dumps(value).encode()
        headers = {**self.headers, "content-type": "application/json", "content-length": str(len(content))}
        return Raw(status or self.status, headers, content)


@dataclasses.dataclass(frozen=True)
class Fault:
    """What happens to an exchange.

    name: for the ids of tests. performed: whether the tenant does what was asked. effect: makes the answer that arrives
    of the request and of the tenant's answer, or raises what `requests` raises; the answer of a request that is not
    performed is an empty 503.
    """

    name: str
    performed: bool
    effect: Callable[[Request, Raw], Raw]

    def __str__(self) -> str:
        return self.name


def _connection_error(request: Request, cause: Exception) -> requests.ConnectionError:
    error = requests.ConnectionError(cause, request=request)
    error.__cause__ = cause
    return error


def _refused(request: Request, answer: Raw) -> Raw:
    pool = urllib3.HTTPSConnectionPool(DOMAIN)
    cause = urllib3.exceptions.NewConnectionError(pool, "[Errno 111] Connection refused")  # type: ignore[arg-type]
    raise _connection_error(request, urllib3.exceptions.MaxRetryError(pool, str(request.url), cause))


def _dropped(request: Request, answer: Raw) -> Raw:
    closed = http.client.RemoteDisconnected("Remote end closed connection without response")
    raise _connection_error(request, urllib3.exceptions.ProtocolError("Connection aborted.", closed))


def _hung(request: Request, answer: Raw) -> Raw:
    raise requests.ReadTimeout("Read timed out.", request=request)


def _truncated(request: Request, answer: Raw) -> Raw:
    half = answer.content[: len(answer.content) // 2]
    return Raw(answer.status, {**answer.headers, "content-length": str(len(half))}, half)


def _broken_off(request: Request, answer: Raw) -> Raw:
    return Raw(answer.status, answer.headers, answer.content[: len(answer.content) // 2])


def _html(request: Request, answer: Raw) -> Raw:
    page = b"<html><body><h1>502 Bad Gateway</h1></body></html>"
    return Raw(502, {"content-type": "text/html", "content-length": str(len(page))}, page)


def _empty(request: Request, answer: Raw) -> Raw:
    return Raw(answer.status, {**answer.headers, "content-length": "0"}, b"")


def _wrong_type(request: Request, answer: Raw) -> Raw:
    return answer.with_json("surprise")


REFUSED = Fault("refused", False, _refused)
DROPPED_BEFORE = Fault("dropped before", False, _dropped)
DROPPED_AFTER = Fault("dropped after", True, _dropped)
HUNG_BEFORE = Fault("hung before", False, _hung)
HUNG_AFTER = Fault("hung after", True, _hung)
TRUNCATED = Fault("truncated JSON", True, _truncated)
BROKEN_OFF = Fault("broken off", True, _broken_off)
HTML_502_BEFORE = Fault("HTML 502 before", False, _html)
HTML_502_AFTER = Fault("HTML 502 after", True, _html)
EMPTY = Fault("empty 2xx", True, _empty)
WRONG_TYPE = Fault("wrong type", True, _wrong_type)

TRANSPORT_FAULTS = (
    REFUSED,
    DROPPED_BEFORE,
    DROPPED_AFTER,
    HUNG_BEFORE,
    HUNG_AFTER,
    TRUNCATED,
    BROKEN_OFF,
    HTML_502_BEFORE,
    HTML_502_AFTER,
    EMPTY,
    WRONG_TYPE,
)


def answered(
    status: int, message: str = "A fault", code: str | None = None, performed: bool = False, **headers: str
) -> Fault:
    """A fault that answers with a status and Auth0's error body: 429, 500, 503, 401, a stale 404, a 409.

    headers: their names with underscores for hyphens, such as retry_after="1".
    """
    body = {"statusCode": status, "error": http.client.responses.get(status, "Error"), "message": message}
    if code is not None:
        body["errorCode"] = code
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    def effect(request: Request, answer: Raw) -> Raw:
        made = answer.with_json(body, status)
        return Raw(status, {**made.headers, **named}, made.content)

    return Fault(f"{status}{' after' if performed else ''}", performed, effect)


def replaced(value: Any, status: int = 200, performed: bool = True) -> Fault:
    """A fault that answers with another JSON value."""
    return Fault(f"another {status}", performed, lambda request, answer: answer.with_json(value, status))


def mutated(change: Callable[[Any], object]) -> Fault:
    """A fault that changes the JSON value of the tenant's answer. change: does that in place."""

    def effect(request: Request, answer: Raw) -> Raw:
        value = json.loads(answer.content)
        change(value)
        return answer.with_json(value)

    return Fault("mutated", True, effect)


@dataclasses.dataclass(frozen=True)
class Sent:
    """A request as it was sent.

    path: as sent, without query. body: decoded, None without one, the bytes of what cannot be decoded. fault: what
    happened to it. status: of the answer that arrived, None where none did.
    """

    method: str
    path: str
    query: Mapping[str, list[str]]
    body: Any
    headers: Mapping[str, str]
    fault: Fault | None
    status: int | None

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@dataclasses.dataclass
class _Planned:
    fault: Fault
    method: str
    path: str
    skip: int
    times: int

    def meets(self, method: str, path: str) -> bool:
        """Whether the fault happens to a request, which counts it."""
        if self.times <= 0 or method != self.method or not re.search(self.path, path):
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        self.times -= 1
        return True


class InProcessTenant:
    """A new tenant, and the way of `requests` to it.

    name: of the tenant. domain: the host of the requests that it answers. clock: its time. choices: where tenants
    differ, such as a lag of reads. check_answers: hold every answer against the emulator's own description, which
    costs as much again. credentials: of the client that may do everything; made up where there are none. plan: its rate
    limits; none, where there is no plan.

    page_size, to be set: how many objects a page of a list has at most, whatever is asked for.
    """

    def __init__(
        self,
        name: str = "acme",
        domain: str = DOMAIN,
        clock: Clock | None = None,
        choices: Choices | None = None,
        check_answers: bool = False,
        credentials: Credentials | None = None,
        plan: Plan | None = None,
    ) -> None:
        self.domain = domain
        self.url = f"https://{domain}"
        self.audience = f"https://{domain}/api/v2/"
        self.clock = clock or Clock()
        self.sent: list[Sent] = []
        self._planned: list[_Planned] = []
        self._lock = threading.RLock()
        self.page_size = 100
        self.site: Site = new_site(name, credentials, clock=self.clock, make_key=_next_key, choices=choices, plan=plan)
        self._application = create_app(self.site, check_answers=check_answers)
        self._tokens: dict[str, str] = {}
        self._accepted: set[str] = set()

    @property
    def credentials(self) -> Credentials:
        """Those of the client that may do everything."""
        return self.site.tenant.credentials

    # what tests do to it

    def fail(self, fault: Fault, method: str, path: str, times: int = 1, skip: int = 0) -> None:
        """Let a fault happen to the next requests of a method whose path holds a regular expression.

        times: to how many. skip: how many go well first.
        """
        self._planned.append(_Planned(fault, method, path, skip, times))

    def heal(self) -> None:
        """Forget the faults that have not happened."""
        self._planned.clear()

    def forget(self) -> None:
        """Forget what was sent."""
        self.sent.clear()

    def accept(self, *tokens: str) -> None:
        """Take tokens that it did not issue for one for all scopes."""
        self._accepted.update(f"Bearer {token}" for token in tokens)

    def lack(self, *scopes: str) -> None:
        """Take scopes from the client that may do everything; the tokens that it has got so far keep them."""
        store = self.site.tenant.store("client_grant")
        grant = next(grant for grant in store if grant.get("client_id") == self.credentials.client_id)
        grant["scope"] = [scope for scope in grant["scope"] if scope not in scopes]
        self._tokens.clear()

    def make(self, path: str, **fields: Any) -> Any:
        """A new object, as the answer to its creation shows it. path: of its list, such as clients."""
        return self.call("POST", f"/{path}", fields)

    # what tests look at

    @property
    def requests(self) -> list[str]:
        """Methods and paths of everything that was sent."""
        return [str(sent) for sent in self.sent]

    @property
    def written(self) -> list[str]:
        """Methods and paths of the requests that were to change something in the tenant."""
        return [str(sent) for sent in self.writes]

    def bodies(self, method: str) -> list[Any]:
        """What the requests of a method sent."""
        return [sent.body for sent in self.sent if sent.method == method]

    @property
    def writes(self) -> list[Sent]:
        """The requests that were to change something in the tenant."""
        return [sent for sent in self.sent if sent.method != "GET" and sent.path != "/oauth/token"]

    def call(self, method: str, path: str, body: Any = None, token: str | None = None) -> Any:
        """The decoded answer of the Management API to a test: no fault happens to it, and `sent` does not show it.

        path: below /api/v2, with its query. token: another one than that for all scopes. Raises AssertionError for an
        error.
        """
        status, answer = self.ask(method, path, body, token)
        assert status < 300, (method, path, status, answer)
        return answer

    def ask(self, method: str, path: str, body: Any = None, token: str | None = None) -> tuple[int, Any]:
        """The same with the status, also of an error."""
        headers = {"Authorization": f"Bearer {token or self.token()}"}
        answer = self._look(method, "/api/v2" + path, body, headers)
        return answer.status, json.loads(answer.content) if answer.content else None

    def token_request(self, **parameters: str) -> tuple[int, Any]:
        """The status and the answer of the token endpoint, for the caller's credentials unless others are given."""
        body = {
            "grant_type": "client_credentials",
            "client_id": self.credentials.client_id,
            "client_secret": self.credentials.client_secret,
            "audience": self.audience,
            **parameters,
        }
        answer = self._look("POST", "/oauth/token", body, {})
        return answer.status, json.loads(answer.content)

    def token(self, **parameters: str) -> str:
        """A token for all scopes of the Management API, unless parameters of the token request say otherwise."""
        with self._lock:  # which the first of several threads makes
            signer = self.site.tenant.keys.current.kid
        if not parameters and signer in self._tokens:
            return self._tokens[signer]
        status, answer = self.token_request(**parameters)
        assert status == 200, answer
        token = str(answer["access_token"])
        if not parameters:
            self._tokens[signer] = token
        return token

    def _look(self, method: str, target: str, body: Any, headers: Mapping[str, str]) -> Raw:
        path, dummy, query = target.partition("?")
        raw = b"" if body is None else json.dumps(body).encode()
        given = {**headers, "content-type": "application/json", "host": self.domain}
        with self._lock:
            return self._perform(method, path, query, given, raw)

    # the way of a request

    def send(self, request: Request, **dummy: Any) -> Response:
        """Answer a request as a transport adapter of `requests` does: the answer, or its exception."""
        target = urllib.parse.urlsplit(str(request.url))
        method, raw = str(request.method), _bytes(request.body)
        headers = {"host": target.netloc, **{name.lower(): value for name, value in request.headers.items()}}
        with self._lock:
            fault = next((one.fault for one in self._planned if one.meets(method, target.path)), None)
            sent = Sent(
                method, target.path, urllib.parse.parse_qs(target.query), _decoded(raw, headers), headers, fault, None
            )
            position = len(self.sent)
            self.sent.append(sent)
            answer = Raw(503, {"content-length": "0"}, b"")
            if fault is None or fault.performed:
                answer = self._perform(method, target.path, target.query, headers, raw)
            if fault is not None:
                answer = fault.effect(request, answer)
            self.sent[position] = dataclasses.replace(sent, status=answer.status)
        return _response(request, answer)

    def adapter(self) -> BaseAdapter:
        """A transport adapter, for ``session.mount(tenant.url, tenant.adapter())``."""
        return _Adapter(self.send)

    @contextlib.contextmanager
    def installed(self) -> Iterator[InProcessTenant]:
        """All sessions of `requests` reach this tenant under its domain; nothing else is reached, and nothing sent."""
        with installed(self):
            yield self

    def _perform(self, method: str, path: str, query: str, headers: Mapping[str, str], raw: bytes) -> Raw:
        """Run the application to its end. It never waits, so that no event loop is needed."""
        if headers.get("authorization") in self._accepted:
            headers = {**headers, "authorization": f"Bearer {self.token()}"}
        query = _PAGE_SIZE.sub(lambda found: f"{found[1]}={min(int(found[2]), self.page_size)}", query)
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "https",
            "path": urllib.parse.unquote(path),
            "raw_path": path.encode("ascii"),
            "query_string": query.encode("ascii"),
            "headers": [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()],
            "client": ("127.0.0.1", 1),
            "server": (self.domain, 443),
        }
        incoming = iter([{"type": "http.request", "body": raw, "more_body": False}])
        messages: list[Mapping[str, Any]] = []

        async def receive() -> Any:
            return next(incoming, {"type": "http.disconnect"})

        async def send(message: Any) -> None:
            messages.append(message)

        running = self._application(scope, receive, send)
        try:
            running.send(None)
        except StopIteration:
            pass
        else:
            raise AssertionError(f"{method} {path} waits for something, which nothing in this process will bring")
        start, *body = messages
        found = {name.decode("latin-1"): value.decode("latin-1") for name, value in start["headers"]}
        return Raw(start["status"], found, b"".join(one.get("body", b"") for one in body))


@contextlib.contextmanager
def installed(*tenants: InProcessTenant) -> Iterator[None]:
    """All sessions of `requests` reach these tenants, each under its domain; any other host is an AssertionError."""
    known = {tenant.domain: tenant for tenant in tenants}

    def send(adapter: object, request: Request, **options: Any) -> Response:
        host = urllib.parse.urlsplit(str(request.url)).netloc
        assert host in known, f"a request to {host}, which is no tenant here"
        return known[host].send(request, **options)

    with mock.patch.object(requests.adapters.HTTPAdapter, "send", send):
        yield


class _Adapter(requests.adapters.BaseAdapter):
    def __init__(self, send: Send) -> None:
        super().__init__()
        self._send = send

    def send(self, request: Request, *dummy: Any, **options: Any) -> Response:
        return self._send(request, **options)

    def close(self) -> None:
        """There is nothing to close."""


def _bytes(body: Any) -> bytes:
    return body.encode() if isinstance(body, str) else body or b""


def _decoded(raw: bytes, headers: Mapping[str, str]) -> Any:
    if not raw:
        return None
    if headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return dict(urllib.parse.parse_qsl(raw.decode()))
    try:
        return json.loads(raw)
    except ValueError:
        return raw


def _response(request: Request, answer: Raw) -> Response:
    raw = urllib3.HTTPResponse(
        body=io.BytesIO(answer.content),
        headers=answer.headers,
        status=answer.status,
        reason=http.client.responses.get(answer.status),
        preload_content=False,
        request_method=request.method,
    )
    return _BUILDER.build_response(request, raw)


_BUILDER = requests.adapters.HTTPAdapter()


@functools.cache
def _key(number: int) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


#: Keys that tenants sign with: making one takes longer than thousands of requests, so that few serve for all.
_NUMBERS = itertools.cycle(range(4))


def _next_key() -> rsa.RSAPrivateKey:
    return _key(next(_NUMBERS))
