# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""One requests session for a tenant: timeouts, what may be sent again, rate limits. Knows no kind and no Ansible.

A failure tells method, path and status, and of the answer only Auth0's own error fields: never headers, never a body
that was sent.
"""

from __future__ import annotations

import dataclasses
import email.utils
import http.client
import json
import queue
import random
import re
import socket
import ssl
import threading
import time
import traceback
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._errors import (
    ApiError,
    InvalidOptions,
    OutcomeUnknown,
    Refused,
    Unreachable,
    duration,
)

try:
    import requests
    import urllib3.exceptions

    REQUESTS_IMPORT_ERROR = None
except ImportError:
    REQUESTS_IMPORT_ERROR = traceback.format_exc()

VERSION = "1.1.0"

#: Seconds within which a connection has to stand.
CONNECT_TIMEOUT = 10
#: The longest wait for a rate limit to reset, in seconds; Auth0's buckets refill within a minute.
LONGEST_WAIT = 60.0
#: Bytes of an answer's body. The largest that Auth0 can have is a page of a hundred APIs with a thousand scopes each.
LARGEST_ANSWER = 64 * 1024 * 1024

_READS = ("GET", "HEAD")
_HEADER_VALUE = re.compile(r"[!-~]+")


class Authorization(t.Protocol):
    """Where the bearer token of a request comes from."""

    def token(self) -> str:
        """The token to send."""

    def renew(self) -> bool:
        """Get another token because this one was refused; False when there is no way to."""


@dataclasses.dataclass(frozen=True)
class Answer:
    """What came back, in full. content: the body, decompressed."""

    status: int
    headers: t.Mapping[str, str]
    content: bytes


class Session:
    """The connection to one tenant, kept open between requests.

    url: scheme and host, without a trailing slash. timeout: seconds to wait for an answer, once for its beginning and,
    with what connecting may take, once for all of it.
    retries: how often a request may be sent again. ca_path: a file of certificates to trust instead of the usual ones.
    read_only: refuse every write before it is sent; the lock that check mode turns.
    sleep, now, jitter: the clock (seconds) and a random number from 0 to 1.
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
    ) -> None:
        self.url = url
        self._timeout = (min(CONNECT_TIMEOUT, timeout), timeout)
        self._retries = retries
        self._ca_path = ca_path
        self._read_only = read_only
        self._sleep = sleep
        self._now = now
        self._jitter = jitter
        if ca_path:
            _check_certificates(ca_path)
        self._session = self._opened()

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *dummy: object) -> None:
        self._session.close()

    def _opened(self) -> requests.Session:
        session = requests.Session()
        # Plain http is for loopback only: never through a proxy that the environment names.
        session.trust_env = self.url.startswith("https://")
        session.headers["User-Agent"] = "ansible-community.auth0/%s" % VERSION
        session.headers["Accept"] = "application/json"
        return session

    def request(
        self,
        method: str,
        path: str,
        query: t.Mapping[str, t.Any] | None = None,
        body: t.Mapping[str, t.Any] | None = None,
        authorization: Authorization | None = None,
        harmless: bool = False,
        prepare: t.Callable[[], tuple[t.Mapping[str, t.Any] | None, t.Mapping[str, str]]] | None = None,
        secrets: t.Collection[str] = (),
        read_headers: t.Callable[[t.Mapping[str, str]], object] | None = None,
    ) -> t.Any:
        """Send a request and return the decoded JSON of its answer, None for an empty one.

        path: below the host, encoded, with the leading slash. prepare: makes body and headers anew for each sending,
        for what serves only once. harmless: this method changes nothing, so it may be sent again and also in check
        mode; always so for GET. secrets: what no failure shows, though the server may repeat it. read_headers: gets the
        headers of the answer when the request succeeded, for what is told nowhere else.
        Raises ApiError for a refusal, Unreachable when no sensible answer came and nothing was changed, OutcomeUnknown
        when a write was sent and its fate is not known, Refused for a write in a read-only session.
        """
        harmless = harmless or method in _READS
        if self._read_only and not harmless:
            raise Refused("%s %s was not sent: this run may not write." % (method, path), "check_mode", method, path)
        attempt, renewed = 0, False
        while True:
            token = authorization.token() if authorization else None
            if token is not None and not _HEADER_VALUE.fullmatch(token):
                raise InvalidOptions(
                    "The access token holds characters that no token has, such as a blank or a line break. Give it "
                    "exactly as it was issued."
                )
            headers: t.Mapping[str, str] = {} if token is None else {"Authorization": "Bearer %s" % token}
            if prepare:
                body, headers = prepare()
            sent_token = headers.get("Authorization", "").partition(" ")[2]
            hidden = {sent_token: "(token)", **dict.fromkeys(secrets, "(secret)")}
            try:
                response = self._once(method, path, query, body, headers, harmless)
                answer = self._read(response, method, path, harmless, hidden)
            except ApiError as error:
                if error.status == 401 and authorization and not renewed and authorization.renew():
                    renewed = True
                    continue
                wait = error.wait if isinstance(error, Throttled) else None
                if wait is None or attempt >= self._retries:
                    raise
            except Unreachable as error:
                if not error.retryable or attempt >= self._retries:
                    raise
                wait = self._backoff(attempt)
            else:
                if read_headers:
                    read_headers(response.headers)
                return answer
            attempt += 1
            self._sleep(wait)

    def _backoff(self, attempt: int) -> float:
        return min(0.5 * float(2**attempt), 10.0) * (1 + 0.2 * self._jitter())

    def _once(
        self,
        method: str,
        path: str,
        query: t.Mapping[str, t.Any] | None,
        body: t.Mapping[str, t.Any] | None,
        headers: t.Mapping[str, str],
        harmless: bool,
    ) -> Answer:
        def sign(request: t.Any) -> t.Any:
            # An explicit function, since requests would otherwise take credentials from a .netrc file.
            request.headers.update(headers)
            return request

        try:
            return self._within_the_deadline(
                method,
                self.url + path,
                params=query,
                json=body,
                auth=sign,
                timeout=self._timeout,
                verify=self._ca_path or True,
                allow_redirects=False,
                stream=True,
            )
        except requests.exceptions.SSLError as error:
            if not harmless and not _before_sending(error):
                raise self._lost(method, path, error, harmless) from None
            raise Unreachable(
                "%s: no trusted TLS connection (%s). Check auth0_domain; for a private certificate authority give its "
                "file as auth0_ca_path." % (self.url, _reason(error)),
                "tls",
                method,
                path,
            ) from None
        except (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema):
            # What they say may hold a part of the proxy's password.
            raise Unreachable(
                "%s: the request could not be sent, because the address of a proxy is not usable. Check HTTPS_PROXY "
                "and ALL_PROXY in the environment; special characters in a password have to be percent-encoded, and "
                "SOCKS needs the Python package PySocks." % self.url,
                "bad_proxy",
                method,
                path,
            ) from None
        except requests.exceptions.ConnectTimeout as error:
            raise self._not_sent(method, path, error) from None
        except requests.exceptions.ConnectionError as error:
            if _before_sending(error):
                raise self._not_sent(method, path, error) from None
            raise self._lost(method, path, error, harmless) from None
        except requests.exceptions.RequestException as error:
            raise self._lost(method, path, error, harmless) from None
        except _TooLarge:
            raise self._too_large(method, path, harmless) from None
        except OSError as error:  # what requests says, before sending, of a bundle that the environment names
            raise Unreachable(
                "%s: no trusted TLS connection (%s). Check REQUESTS_CA_BUNDLE and CURL_CA_BUNDLE in the environment."
                % (self.url, error),
                "tls",
                method,
                path,
            ) from None

    def _within_the_deadline(self, *arguments: t.Any, **options: t.Any) -> Answer:
        """Send a request and take in its answer; give both up together, also when each byte comes in time.

        The timeouts of sockets are for the silence between two bytes, hence a thread. It is left alone with its
        connection, and ends with the process at the latest.
        """
        session = self._session
        outcomes: queue.SimpleQueue[Answer | Exception] = queue.SimpleQueue()

        def exchange() -> None:
            try:
                outcomes.put(_taken_in(session.request(*arguments, **options)))
            except Exception as error:  # whatever it is, it belongs to the caller
                outcomes.put(error)

        threading.Thread(target=exchange, daemon=True).start()
        try:
            outcome = outcomes.get(timeout=sum(self._timeout))
        except queue.Empty:
            self._session = self._opened()
            outcome = requests.exceptions.ReadTimeout()
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def _not_sent(self, method: str, path: str, error: Exception) -> Unreachable:
        if _no_such_host(error) and not isinstance(error, requests.exceptions.ProxyError):
            # The resolver is certain, so the domain is probably mistyped: trying again would only delay the message.
            return Unreachable(
                "There is no host %s. Check the spelling of auth0_domain." % self.url.split("://")[1],
                "no_such_host",
                method,
                path,
            )
        through, check = (
            (" through the proxy that the environment names", "HTTPS_PROXY")
            if isinstance(error, requests.exceptions.ProxyError)
            else ("", "auth0_domain")
        )
        return Unreachable(
            "%s cannot be reached%s (%s). Check %s and the network." % (self.url, through, _reason(error), check),
            "unreachable",
            method,
            path,
            retryable=True,
        )

    def _lost(self, method: str, path: str, error: Exception, harmless: bool) -> Unreachable | OutcomeUnknown:
        if harmless:
            return Unreachable(
                "%s does not answer %s %s (%s). Try again later, or raise auth0_timeout."
                % (self.url, method, path, _reason(error)),
                "no_answer",
                method,
                path,
                retryable=True,
            )
        return OutcomeUnknown(
            "%s %s was sent, but its answer was lost (%s)" % (method, path, _reason(error)),
            "outcome_unknown",
            method,
            path,
            retryable=True,
        )

    def _too_large(self, method: str, path: str, harmless: bool) -> Unreachable | OutcomeUnknown:
        size = "more than %d MiB" % (LARGEST_ANSWER // 2**20)
        if not harmless:
            return OutcomeUnknown("%s %s was answered with %s" % (method, path, size), "too_large", method, path)
        return Unreachable(
            "%s answered %s %s with %s, as Auth0 never does. Is auth0_domain really an Auth0 tenant, with no proxy in "
            "between?" % (self.url, method, path, size),
            "too_large",
            method,
            path,
        )

    def _read(self, response: Answer, method: str, path: str, harmless: bool, hidden: t.Mapping[str, str]) -> t.Any:
        status = response.status
        if status == 204 or (status < 300 and not response.content):
            return None
        try:
            answer = json.loads(response.content)
        except (ValueError, RecursionError):
            if status == 429:  # by something in front of Auth0, which sets the same headers
                self._throttle(response, method, path, "too_many_requests", None)
            raise self._no_json(response, method, path, harmless, hidden) from None
        if status < 300:
            return answer
        fields = answer if isinstance(answer, dict) else {}
        words = fields.get("message") or fields.get("error_description")
        told = _quoted(words, 500, hidden) if words else None
        code = _quoted(fields.get("errorCode") or fields.get("error") or "http_%d" % status, 100, hidden)
        if status == 429:
            return self._throttle(response, method, path, code, told)
        if status >= 500:
            if not harmless:
                raise OutcomeUnknown(
                    "%s %s was answered with the server error %d" % (method, path, status),
                    code,
                    method,
                    path,
                    status,
                    told,
                    retryable=True,
                )
            raise Unreachable(
                "%s answers %s %s with the server error %d. Try again later." % (self.url, method, path, status),
                code,
                method,
                path,
                status,
                told,
                retryable=True,
            )
        raise ApiError(
            "%s %s was refused (%d): %s" % (method, path, status, told or code), code, method, path, status, told
        )

    def _throttle(self, response: Answer, method: str, path: str, code: str, told: str | None) -> t.NoReturn:
        resets_in = _seconds_to_reset(response.headers, self._now())
        far = resets_in is not None and resets_in > LONGEST_WAIT
        error = Throttled(
            "%s %s was refused because of the tenant's rate limit (429): %s. Everything that calls this tenant shares "
            "it; %s."
            % (
                method,
                path,
                told or code,
                "try again in %s" % duration(resets_in or 0) if far else "run with fewer forks, or raise auth0_retries",
            ),
            code,
            method,
            path,
            429,
            told,
            retryable=True,
        )
        error.resets_in = resets_in
        error.wait = None if far else max(1.0 if resets_in is None else resets_in, 0.2) * (1 + 0.2 * self._jitter())
        raise error

    def _no_json(
        self, response: Answer, method: str, path: str, harmless: bool, hidden: t.Mapping[str, str]
    ) -> Unreachable | OutcomeUnknown:
        status = response.status
        kind = _quoted(response.headers.get("Content-Type", "no content type").split(";")[0], 100, hidden)
        if not harmless and (status < 300 or status >= 500):
            return OutcomeUnknown(
                "%s %s was answered with something that is not JSON (%d, %s)" % (method, path, status, kind),
                "not_json",
                method,
                path,
                status,
                retryable=True,
            )
        return Unreachable(
            "%s answered %s %s with something that is not JSON (%d, %s). Is auth0_domain really an Auth0 tenant, "
            "with no proxy in between?" % (self.url, method, path, status, kind),
            "not_json",
            method,
            path,
            status,
            retryable=status < 300 or status >= 500,
        )


class _TooLarge(Exception):
    """The body of an answer is larger than any of Auth0's."""


class Throttled(ApiError):
    """Refused by a rate limit or a quota.

    resets_in: seconds until more is allowed, where the answer says so. wait: seconds after which to send the request
    again; None when that would be too long to wait for.
    """

    resets_in: float | None = None
    wait: float | None = None


def _taken_in(response: requests.Response) -> Answer:
    """All of an answer. Raises RequestException when it breaks off, _TooLarge when it does not end."""
    with response:
        content = bytearray()
        for part in response.iter_content(64 * 1024):
            content += part
            if len(content) > LARGEST_ANSWER:
                raise _TooLarge
        return Answer(response.status_code, response.headers, bytes(content))


def _seconds_to_reset(headers: t.Mapping[str, str], now: float) -> float | None:
    """The seconds until a limit resets; None where the answer does not tell them.

    Retry-After is in seconds, x-ratelimit-reset in epoch seconds of the server (documented), whose clock is the one of
    the header Date. now: the epoch seconds here, in case that there is none.
    """
    wait = _number(headers.get("Retry-After"))
    if wait is None:
        reset = _number(headers.get("x-ratelimit-reset"))
        wait = None if reset is None else reset - (_epoch_seconds(headers.get("Date")) or now)
    return None if wait is None else max(wait, 0.0)


def _number(value: str | None) -> float | None:
    """The number of seconds in a header; None without any that makes sense."""
    try:
        seconds = float(value or "")
    except ValueError:
        return None
    return seconds if 0 <= seconds < 1e11 else None


def _epoch_seconds(date: str | None) -> float | None:
    """The point in time that the header Date tells."""
    try:
        return email.utils.parsedate_to_datetime(date or "").timestamp()
    except (ValueError, OverflowError):
        return None


def _quoted(words: object, longest: int, hidden: t.Mapping[str, str]) -> str:
    """What the server says, with what stands for each text that is not to be shown, if it repeats one.

    It is shortened at a blank: Ansible would not recognise, and mask, half of a secret that a task gave.
    """
    text = str(words)
    for secret in sorted(filter(None, hidden), key=len, reverse=True):
        text = text.replace(secret, hidden[secret]).replace(json.dumps(secret)[1:-1], hidden[secret])
    return text if len(text) <= longest else text[:longest].rpartition(" ")[0] + "..."


def _before_sending(error: Exception) -> bool:
    """Whether the connection failed before the request can have been processed."""
    return any(
        isinstance(
            cause,
            (
                urllib3.exceptions.NewConnectionError,
                urllib3.exceptions.ConnectTimeoutError,
                ssl.SSLCertVerificationError,
            ),
        )
        # What http.client says of a proxy that refuses to let the request through.
        or (isinstance(cause, OSError) and str(cause).startswith("Tunnel connection failed"))
        for cause in _causes(error)
    )


def _causes(error: BaseException) -> t.Iterator[BaseException]:
    """The error and what it wraps, from the outside in. urllib3 and requests keep that in different places."""
    cause: t.Any = error
    while isinstance(cause, BaseException):
        yield cause
        args = getattr(cause, "args", ())
        inner = (getattr(cause, "reason", None), getattr(cause, "original_error", None), *args, cause.__cause__)
        cause = next((one for one in inner if isinstance(one, BaseException) and one is not cause), None)


def _no_such_host(error: Exception) -> bool:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, socket.gaierror):
            return cause.errno == socket.EAI_NONAME
        cause = cause.__context__
    return False


def _check_certificates(path: str) -> None:
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cafile=path)
    except OSError as error:
        raise InvalidOptions(
            "auth0_ca_path: %s is not a file of certificates in PEM format (%s)." % (path, _reason(error))
        ) from None


def _reason(error: Exception) -> str:
    """The innermost cause in a few words: this machine's, never the server's, which can repeat a token."""
    if isinstance(error, requests.exceptions.Timeout):
        return "timed out"
    if isinstance(error, requests.exceptions.ContentDecodingError):
        return "it cannot be decompressed"
    *dummy, cause = _causes(error)
    if isinstance(cause, http.client.RemoteDisconnected):
        return "the connection was closed"
    if isinstance(cause, http.client.IncompleteRead):
        return "it broke off"
    if isinstance(cause, http.client.HTTPException):
        return "it is not HTTP"
    if isinstance(cause, OSError) and cause.args:
        told = str(cause.args[-1])
        refused = re.match(r"Tunnel connection failed: \d+", told)
        return refused.group() if refused else told[:200]
    return type(cause).__name__
