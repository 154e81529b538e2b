# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""The connections to one tenant: send a request and take in its answer, within a time and a size."""

from __future__ import annotations

import contextlib
import queue
import ssl
import threading
import time
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions

from .causes import before_sending, reason
from .exchange import Answer, Exchange

with contextlib.suppress(ImportError):  # where it is missing, `causes` knows why
    import requests

VERSION = "1.1.0"

#: Seconds within which a connection has to stand.
CONNECT_TIMEOUT = 10
#: Bytes of an answer's body. The largest that Auth0 can have is a page of a hundred APIs with a thousand scopes each.
LARGEST_ANSWER = 64 * 1024 * 1024
#: Seconds after which a connection that nobody used is not trusted to be there still: a write could be lost in it.
LONGEST_IDLE = 20.0


class Transport:
    """The connections to one tenant, kept open between requests: as many as there are requests at the same time.

    Several threads may use it.

    url: scheme and host, without a trailing slash. timeout: seconds to wait for an answer, once for its beginning and,
    with what connecting may take, once for all of it. ca_path: a file of certificates to trust instead of the usual.
    monotonic: the clock (seconds) that says for how long a connection was idle.
    Raises InvalidOptions when ca_path holds no certificates.
    """

    def __init__(
        self, url: str, timeout: float, ca_path: str | None, monotonic: t.Callable[[], float] = time.monotonic
    ) -> None:
        self.url = url
        self._timeout = (min(CONNECT_TIMEOUT, timeout), timeout)
        self._ca_path = ca_path
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._idle: list[tuple[requests.Session, float]] = []
        self._closed = False
        if ca_path:
            _check_certificates(ca_path)

    def close(self) -> None:
        """Close the connections, also those in use, once they are not any more."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for session, dummy in idle:
            session.close()

    def send(
        self,
        exchange: Exchange,
        query: t.Mapping[str, t.Any] | None,
        body: t.Mapping[str, t.Any] | None,
        headers: t.Mapping[str, str],
    ) -> Answer:
        """Send a request. Raises the exchange's own errors: Unreachable, OutcomeUnknown; and InvalidOptions for a query
        that cannot be sent."""

        def sign(request: t.Any) -> t.Any:
            # An explicit function, since requests would otherwise take credentials from a .netrc file.
            request.headers.update(headers)
            return request

        try:
            return self._within_the_deadline(
                exchange.method,
                self.url + exchange.path,
                params=query,
                json=body,
                auth=sign,
                timeout=self._timeout,
                verify=self._ca_path or True,
                allow_redirects=False,
                stream=True,
            )
        except requests.exceptions.SSLError as error:
            if not exchange.harmless and not before_sending(error):
                raise exchange.lost(error) from None
            raise exchange.untrusted(
                reason(error),
                "Check auth0_domain; for a private certificate authority give its file as auth0_ca_path.",
            ) from None
        except (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema):
            raise exchange.unusable_proxy() from None
        except requests.exceptions.ConnectTimeout as error:
            raise exchange.not_sent(error) from None
        except requests.exceptions.ConnectionError as error:
            raise (exchange.not_sent(error) if before_sending(error) else exchange.lost(error)) from None
        except requests.exceptions.RequestException as error:
            raise exchange.lost(error) from None
        except UnicodeEncodeError:  # before sending, of the query: JSON can hold halves of characters
            raise InvalidOptions(
                "The request holds a value that is not valid Unicode, which nothing in a tenant can have."
            ) from None
        except _TooLarge:
            raise exchange.too_large(LARGEST_ANSWER) from None
        except OSError as error:  # what requests says, before sending, of a bundle that the environment names
            raise exchange.untrusted(error, "Check REQUESTS_CA_BUNDLE and CURL_CA_BUNDLE in the environment.") from None

    def _taken(self) -> requests.Session:
        with self._lock:
            session, since = self._idle.pop() if self._idle else (None, 0.0)
        if session and self._monotonic() - since > LONGEST_IDLE:
            session.close()
            session = None
        return session or self._opened()

    def _given_back(self, session: requests.Session) -> None:
        with self._lock:
            if not self._closed:
                self._idle.append((session, self._monotonic()))
                return
        session.close()

    def _opened(self) -> requests.Session:
        session = requests.Session()
        # Plain http is for loopback only: never through a proxy that the environment names.
        session.trust_env = self.url.startswith("https://")
        session.headers["User-Agent"] = "ansible-community.auth0/%s" % VERSION
        session.headers["Accept"] = "application/json"
        return session

    def _within_the_deadline(self, *arguments: t.Any, **options: t.Any) -> Answer:
        """Send a request and take in its answer; give both up together, also when each byte comes in time.

        The timeouts of sockets are for the silence between two bytes, hence a thread. It is left alone with its
        connection, and ends with the process at the latest.
        """
        session = self._taken()
        outcomes: queue.SimpleQueue[Answer | Exception] = queue.SimpleQueue()

        def exchange() -> None:
            try:
                outcomes.put(_taken_in(session.request(*arguments, **options)))
            except Exception as error:  # whatever it is, it belongs to the caller
                outcomes.put(error)

        threading.Thread(target=exchange, daemon=True).start()
        try:
            outcome = within(sum(self._timeout), outcomes)
        except queue.Empty:
            raise requests.exceptions.ReadTimeout from None
        self._given_back(session)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


def within(seconds: float, outcomes: queue.SimpleQueue[Answer | Exception]) -> Answer | Exception:
    """What comes out within so many seconds. Raises queue.Empty."""
    return outcomes.get(timeout=seconds)


class _TooLarge(Exception):
    """The body of an answer is larger than any of Auth0's."""


def _taken_in(response: requests.Response) -> Answer:
    """All of an answer. Raises RequestException when it breaks off, _TooLarge when it does not end."""
    with response:
        content = bytearray()
        for part in response.iter_content(64 * 1024):
            content += part
            if len(content) > LARGEST_ANSWER:
                raise _TooLarge
        return Answer(response.status_code, response.headers, bytes(content))


def _check_certificates(path: str) -> None:
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cafile=path)
    except (OSError, ValueError) as error:  # ValueError: no file has such a name
        raise InvalidOptions(
            "auth0_ca_path: %s is not a file of certificates in PEM format (%s)." % (path, reason(error))
        ) from None
