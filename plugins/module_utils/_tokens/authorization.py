# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Where the bearer token of a Management API request comes from."""

from __future__ import annotations

import threading

from ansible_collections.community.auth0.plugins.module_utils._errors import Auth0Error
from ansible_collections.community.auth0.plugins.module_utils._http.session import Session

from .client_authentication import ClientAuthentication
from .request import request_token


class FixedToken:
    """A Management API token that was given; there is no way to renew it."""

    def __init__(self, token: str) -> None:
        self._token = token

    def token(self) -> str:
        return self._token

    def renew(self, dummy_refused: str, dummy_status: int) -> bool:
        return False


class RequestedToken:
    """A Management API token that is requested when it is first needed, and once more when the tenant refuses it.

    Several threads may use it: one requests the token, and what comes of that is for all that need it meanwhile.
    """

    def __init__(
        self,
        session: Session,
        client: ClientAuthentication,
        audience: str,
        issuer: str,
    ) -> None:
        """See ``request_token``."""
        self._session = session
        self._client = client
        self._audience = audience
        self._issuer = issuer
        self._lock = threading.Lock()
        self._token: str | None = None
        self._inherited: str | None = None
        self._requests = 0
        self._failure: Auth0Error | None = None

    def token(self) -> str:
        before = self._requests
        with self._lock:
            if self._token is None:
                if self._failure and self._requests > before:
                    raise _same(self._failure)
                self._token = self._requested()
            return self._token

    def renew(self, refused: str, status: int) -> bool:
        with self._lock:
            if status == 403 and refused != self._inherited:
                return False  # it has all the scopes that there are
            if self._token == refused:  # otherwise another thread has renewed it
                self._token = None
        return True

    def inherit(self) -> RequestedToken:
        """For another task, which may need scopes that were granted since the token was requested."""
        self._inherited = self._token
        return self

    def _requested(self) -> str:
        self._failure = None
        try:
            answer = request_token(self._session, self._client, self._audience, self._issuer)
        except Auth0Error as error:
            self._failure = error
            raise
        finally:
            self._requests += 1
        return str(answer["access_token"])


def _same(error: Auth0Error) -> Auth0Error:
    """The same failure for another thread, since each may add its own words to it."""
    found = type(error).__new__(type(error), *error.args)
    found.__dict__.update(error.__dict__)
    return found
