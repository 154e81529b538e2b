# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One process, one event loop, one port per tenant: sockets, TLS, the ready file, signals."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import trustme
import uvicorn
from starlette.types import Scope
from uvicorn.protocols.http.h11_impl import H11Protocol

from auth0_emulator.settings import Settings, StartError

from . import own_files
from .app import Application, Site, new_site

SIGNALS = (signal.SIGTERM, signal.SIGINT)


@dataclass
class Listening:
    """A tenant that has its socket."""

    site: Site
    socket: socket.socket
    host: str
    tls: bool

    @property
    def port(self) -> int:
        """The port that the system gave."""
        return int(self.socket.getsockname()[1])

    @property
    def address(self) -> str:
        """Host and port, as in a Host header."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    def ready(self) -> dict[str, str]:
        """The tenant's row in the ready file."""
        url = f"{'https' if self.tls else 'http'}://{self.address}"
        return {
            "name": self.site.tenant.name,
            "domain": self.address if self.tls else url,
            "url": url,
            "client_id": self.site.tenant.credentials.client_id,
            "client_secret": self.site.tenant.credentials.client_secret,
        }


@dataclass
class Connections:
    """The open connections, so that a fault can cut one."""

    open: dict[tuple[Any, Any], asyncio.Transport] = field(default_factory=dict)
    patience: float = 300
    """Seconds within which a connection has to bring a whole request."""

    def cut(self, scope: Scope) -> None:
        """Close the connection that a request came on, without an answer."""
        transport = self.open.get((tuple(scope["client"]), scope["server"][1]))
        if transport is not None:
            transport.abort()

    def protocol(self) -> type[H11Protocol]:
        """The HTTP protocol, registering its connections here."""
        connections, patience = self.open, self.patience

        class Registered(H11Protocol):
            _end: asyncio.TimerHandle | None = None

            def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
                super().connection_made(transport)
                if self.client and self.server:
                    connections[(tuple(self.client), self.server[1])] = transport
                self._expect(transport)

            def data_received(self, data: bytes) -> None:
                super().data_received(data)
                cycle = getattr(self, "cycle", None)
                if cycle is not None and not cycle.more_body:
                    self._expect_no_more()
                elif self._end is None:
                    self._expect(self.transport)

            def _expect(self, transport: asyncio.Transport) -> None:
                # A connection on which no whole request comes in time is given up.
                self._end = asyncio.get_running_loop().call_later(patience, transport.abort)

            def _expect_no_more(self) -> None:
                if self._end is not None:
                    self._end.cancel()
                    self._end = None

            def connection_lost(self, exc: Exception | None) -> None:
                self._expect_no_more()
                if self.client and self.server:
                    connections.pop((tuple(self.client), self.server[1]), None)
                super().connection_lost(exc)

        return Registered


class Server(uvicorn.Server):
    """A server that says when it listens, leaves signals to the caller, and waits for nobody who asks nothing."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._report = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, then tell."""
        await super().startup(sockets)
        self._report()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Answer what was asked, then end.

        From Python 3.12 on, waiting for a closed listener means waiting for its connections, also for one that never
        finishes its TLS handshake, so the listeners are not left to uvicorn.
        """
        for listener in self.servers:
            listener.close()
        self.servers = []
        await super().shutdown(sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """The caller has its own handlers, which end the process with status 0."""
        yield


def run(settings: Settings, say: Callable[[str], None]) -> None:
    """Serve until a signal comes; ``say`` prints a line for the user."""
    # They wait until the loop has its handler for them, so that what was written by then is removed in any case.
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    with contextlib.ExitStack() as cleanup:
        # Ports first: who does not get them leaves the files of the one that has them alone.
        listening = _listen(settings, cleanup)
        context, ca = _tls(settings, cleanup)
        asyncio.run(_serve(settings, listening, context, ca, say, cleanup))


async def _serve(
    settings: Settings,
    listening: list[Listening],
    context: ssl.SSLContext | None,
    ca: Path | None,
    say: Callable[[str], None],
    cleanup: contextlib.ExitStack,
) -> None:
    connections = Connections()
    sites = {one.port: one.site for one in listening}

    def started() -> None:
        if settings.ready_file is not None:
            ready = {"tenants": [one.ready() for one in listening], "ca": str(ca) if ca else None}
            with _reported("--ready-file", settings.ready_file):
                # Readable by its owner only: it holds secrets.
                own_files.write(settings.ready_file, json.dumps(ready, indent=2), 0o600, cleanup)
        _announce(settings, listening, ca, say)

    config = uvicorn.Config(
        Application(lambda scope: sites[scope["server"][1]], connections.cut, settings.check_answers),
        http=connections.protocol(),
        loop="asyncio",
        ws="none",
        lifespan="off",
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_keep_alive=60,
        timeout_graceful_shutdown=1,
    )
    config.load()
    config.ssl = context
    server = Server(config, started)
    loop = asyncio.get_running_loop()
    for number in SIGNALS:
        loop.add_signal_handler(number, setattr, server, "should_exit", True)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
    try:
        await server.serve(sockets=[one.socket for one in listening])
    finally:
        signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)


def _listen(settings: Settings, cleanup: contextlib.ExitStack) -> list[Listening]:
    found = []
    for option in settings.tenants:
        family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        # Named, because asyncio turns Nagle's algorithm off only where the protocol says TCP.
        one = cleanup.enter_context(socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP))
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind((settings.host, option.port))
            one.listen(256)
        except OSError as error:
            reason = os.strerror(error.errno) if error.errno else str(error)
            raise StartError(
                f"tenant {option.name}: cannot listen on {settings.host}:{option.port}: {reason}"
            ) from None
        site = new_site(option.name, settings.credentials, settings.plan, settings.latency, choices=settings.choices)
        found.append(Listening(site, one, settings.host, tls=settings.tls_dir is not None))
    return found


def _tls(settings: Settings, cleanup: contextlib.ExitStack) -> tuple[ssl.SSLContext | None, Path | None]:
    """A server certificate by a CA that lives as long as the process; the CA's certificate is written for clients."""
    if settings.tls_dir is None:
        return None, None
    authority = trustme.CA()
    certificate = authority.issue_cert("localhost", "127.0.0.1", "::1", settings.host)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    path = settings.tls_dir / "ca.pem"
    with _reported("--tls-dir", settings.tls_dir):
        if not settings.tls_dir.exists():
            cleanup.callback(_remove_if_empty, settings.tls_dir)
            settings.tls_dir.mkdir(parents=True)
        own_files.write(path, authority.cert_pem.bytes().decode(), 0o644, cleanup)
    return context, path.resolve()


@contextlib.contextmanager
def _reported(option: str, path: Path) -> Iterator[None]:
    """A file that cannot be written is one line for the user."""
    try:
        yield
    except OSError as error:
        raise StartError(f"{option} {path}: {error.strerror}") from None


def _remove_if_empty(directory: Path) -> None:
    with contextlib.suppress(OSError):
        directory.rmdir()


def _announce(settings: Settings, listening: list[Listening], ca: Path | None, say: Callable[[str], None]) -> None:
    """Where the tenants are; secrets only where the user cannot know them otherwise."""
    for one in listening:
        row = one.ready()
        line = f"{row['name']} {row['url']}"
        if settings.credentials is None and settings.ready_file is None:
            line += f" client_id={row['client_id']} client_secret={row['client_secret']}"
        say(line)
    if ca is not None:
        say(f"CA certificate: {ca}")
    if settings.ready_file is not None:
        say(f"ready file: {settings.ready_file}")
