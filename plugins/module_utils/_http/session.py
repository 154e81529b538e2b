# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Requests to a tenant: what may be sent again, when, and with which token. Knows no kind and no Ansible."""

from __future__ import annotations

import contextlib
import dataclasses
import random
import re
import time
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._errors import (
    ApiError,
    InvalidOptions,
    Refused,
    Unreachable,
)

from .exchange import Exchange, Throttled
from .rate_gate import Answered, RateGate
from .transport import Transport

_HEADER_VALUE = re.compile(r"[!-~]+")


class Authorization(t.Protocol):
    """Where the bearer token of a request comes from."""

    def token(self) -> str:
        """The token to send."""

    def renew(self, refused: str, status: int) -> bool:
        """Have another token than the one that was refused with that status; False when there is no use or no way."""


@dataclasses.dataclass(frozen=True)
class Prepared:
    """What serves for one sending only. body, headers: of the request. secrets: what of them no failure shows."""

    body: t.Mapping[str, t.Any] | None = dataclasses.field(default=None, repr=False)
    headers: t.Mapping[str, str] = dataclasses.field(default_factory=dict, repr=False)
    secrets: t.Collection[str] = dataclasses.field(default=(), repr=False)


class Session:
    """The way to one tenant, whose connections are kept open between requests.

    Several threads may use it at the same time, each with a connection of its own; all are closed together.

    url: scheme and host, without a trailing slash. timeout: seconds to wait for an answer, once for its beginning and,
    with what connecting may take, once for all of it.
    retries: how often a request may be sent again. ca_path: a file of certificates to trust instead of the usual ones.
    read_only: refuse every write before it is sent; the lock that check mode turns.
    sleep, now, jitter: the clock (seconds) and a random number from 0 to 1.
    gate: through which each request passes; None to wait only for what a limit has refused.
    transport: connections to this url that are kept open when the session ends; None for some of its own.
    Raises InvalidOptions when ca_path holds no certificates.
    """

    def __init__(
        self,
        url: str,
        timeout: float = 60,
        retries: int = 5,
        ca_path: str | None = None,
        read_only: bool = False,
        sleep: t.Callable[[float], None] = time.sleep,
        now: t.Callable[[], float] = time.time,
        jitter: t.Callable[[], float] = random.random,
        gate: RateGate | None = None,
        transport: Transport | None = None,
    ) -> None:
        self.url = url
        self._retries = retries
        self._read_only = read_only
        self._sleep = sleep
        self._now = now
        self._jitter = jitter
        self._gate = gate
        self._transport = transport or Transport(url, timeout, ca_path)
        self._kept = transport is not None

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *dummy: object) -> None:
        if not self._kept:
            self._transport.close()

    def request(
        self,
        method: str,
        path: str,
        query: t.Mapping[str, t.Any] | None = None,
        body: t.Mapping[str, t.Any] | None = None,
        authorization: Authorization | None = None,
        harmless: bool = False,
        prepare: t.Callable[[], Prepared] | None = None,
        secrets: t.Collection[str] = (),
        read_headers: t.Callable[[t.Mapping[str, str]], object] | None = None,
    ) -> t.Any:
        """Send a request and return the decoded JSON of its answer, None for an empty one.

        path: below the host, encoded, with the leading slash. prepare: makes body and headers again for each sending,
        in place of body and authorization. harmless: this method changes nothing, so it may be sent again and also in
        check mode; always so for GET. secrets: what no failure shows, though the server may repeat it. read_headers:
        gets the headers of the answer when the request succeeded, for what is said nowhere else.
        Raises ApiError for a refusal, Unreachable when no sensible answer came and nothing was changed, OutcomeUnknown
        when a write was sent and its fate is not known, Refused for a write in a read-only session.
        """
        if self._read_only and not Exchange(self.url, method, path, harmless).harmless:
            raise Refused("%s %s was not sent: this run may not write." % (method, path), "check_mode", method, path)
        attempt, renewed = 0, False
        while True:
            token = _usable(authorization.token()) if authorization else ""
            headers: t.Mapping[str, str] = {"Authorization": "Bearer %s" % token} if authorization else {}
            try:
                with self._turn(method, path) as answered:
                    if prepare:
                        prepared = prepare()
                        body, headers, secrets = prepared.body, prepared.headers, prepared.secrets
                    sent_token = headers.get("Authorization", "").partition(" ")[2]
                    hidden = {sent_token: "(token)", **dict.fromkeys(secrets, "(secret)")}
                    exchange = Exchange(self.url, method, path, harmless, hidden)
                    answer = self._transport.send(exchange, query, body, headers)
                    answered(answer.status, answer.headers)
                content = exchange.read(answer, self._now(), self._jitter)
            except ApiError as error:
                if _blames_the_token(error) and authorization and not renewed:
                    renewed = authorization.renew(token, error.status or 0)
                    if renewed:
                        continue
                wait = error.wait if isinstance(error, Throttled) else None
                if wait is None or attempt >= self._retries:
                    raise
                if self._gate:  # which holds all threads back, this one with them
                    wait = 0.0
            except Unreachable as error:
                if not error.retryable or attempt >= self._retries:
                    raise
                wait = self._backoff(attempt)
            else:
                if read_headers:
                    read_headers(answer.headers)
                return content
            attempt += 1
            if wait:
                self._sleep(wait)

    def _turn(self, method: str, path: str) -> contextlib.AbstractContextManager[Answered]:
        return self._gate.turn(method, path) if self._gate else contextlib.nullcontext(_heard)

    def _backoff(self, attempt: int) -> float:
        return min(0.5 * float(2**attempt), 10.0) * (1 + 0.2 * self._jitter())


def _heard(dummy_status: int, dummy_headers: t.Mapping[str, str]) -> None:
    """Without a gate, an answer says nothing about the next request."""


def _blames_the_token(error: ApiError) -> bool:
    return error.status == 401 or (error.status == 403 and error.code == "insufficient_scope")


def _usable(token: str) -> str:
    """The token. Raises InvalidOptions for one that no header can hold."""
    if not _HEADER_VALUE.fullmatch(token):
        raise InvalidOptions(
            "The access token holds characters that no token has, such as a space or a line break. Give it "
            "exactly as it was issued."
        )
    return token
