# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A server on loopback that shows what goes over the wire: connections, raw requests, answers that break off."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from typing import Any

#: Instead of an answer: the connection is closed.
DROP = None


@dataclasses.dataclass(frozen=True)
class RawRequest:
    """connection: the number of the TCP connection it came on, from 0. target: path and query as sent."""

    connection: int
    method: str
    target: str
    headers: dict[str, str]
    body: bytes


#: What is sent, at once or in parts, after which the connection is closed.
Answers = Callable[[RawRequest], "bytes | Iterator[bytes] | None"]


def answer(body: Any = None, status: int = 200, headers: dict[str, str] | None = None) -> bytes:
    """An answer in JSON, after which the connection stays open."""
    content = b"" if body is None else json.dumps(body).encode()
    lines = [f"HTTP/1.1 {status} Whatever", "Content-Type: application/json", f"Content-Length: {len(content)}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return "\r\n".join([*lines, "", ""]).encode() + content


class Wire:
    """Answers each request by what ``answers`` says; an answer that is cut short closes the connection."""

    def __init__(self, answers: Answers, tls: ssl.SSLContext | None = None) -> None:
        self.requests: list[RawRequest] = []
        self.connections = 0
        self._answers = answers
        self._tls = tls
        self._listener = socket.socket()
        self._listener.bind(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"{'https' if self._tls else 'http'}://{self.host}"

    def listen(self) -> None:
        """Before this, connections are refused."""
        self._listener.listen()
        self._start(self._accept)

    def close(self) -> None:
        for end in (self._listener, *self._open):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        for thread in self._threads:
            thread.join(timeout=10)

    def _start(self, target: Callable[..., None], *arguments: Any) -> None:
        thread = threading.Thread(target=target, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                connection, dummy = self._listener.accept()
            except OSError:
                return
            self._open.append(connection)
            self._start(self._serve, connection, self.connections)
            self.connections += 1

    def _serve(self, connection: socket.socket, number: int) -> None:
        try:
            if self._tls:
                connection = self._tls.wrap_socket(connection, server_side=True)
                self._open.append(connection)
            with connection, connection.makefile("rb") as stream:
                if stream.peek(1)[:1] == b"\x16":  # a TLS handshake, to which servers of plain HTTP answer so
                    connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                    return
                while request := _read(stream, number):
                    self.requests.append(request)
                    content = self._answers(request)
                    if content is DROP:
                        return
                    if not isinstance(content, bytes):
                        for part in content:
                            connection.sendall(part)
                        return
                    connection.sendall(content)
                    if _cut_short(content):
                        return
        except (OSError, ValueError):  # the client went away, did not want to talk to us, or does not speak HTTP
            connection.close()


def _read(stream: Any, connection: int) -> RawRequest | None:
    first = stream.readline().decode("latin-1")
    if not first.strip():
        return None
    method, target, dummy = first.split(" ")
    headers: dict[str, str] = {}
    while (line := stream.readline().decode("latin-1").strip()) != "":
        name, dummy, value = line.partition(":")
        headers[name.lower()] = value.strip()
    return RawRequest(connection, method, target, headers, stream.read(int(headers.get("content-length", 0))))


def _cut_short(content: bytes) -> bool:
    head, dummy, body = content.partition(b"\r\n\r\n")
    sizes = [int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    return not sizes or len(body) < sizes[0]


@contextlib.contextmanager
def wire(answers: Answers, tls: ssl.SSLContext | None = None) -> Iterator[Wire]:
    """A server that listens."""
    server = Wire(answers, tls)
    try:
        server.listen()
        yield server
    finally:
        server.close()
