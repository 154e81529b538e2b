# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Where the bearer token of a Management API request comes from."""

from __future__ import annotations

from ansible_collections.community.auth0.plugins.module_utils._http.session import Session

from .client_authentication import ClientAuthentication
from .request import request_token


class FixedToken:
    """A Management API token that was given; there is no way to renew it."""

    def __init__(self, token: str) -> None:
        self._token = token

    def token(self) -> str:
        return self._token

    def renew(self) -> bool:
        return False


class RequestedToken:
    """A Management API token that is requested when it is first needed, and once more when the tenant refuses it."""

    def __init__(self, session: Session, client: ClientAuthentication, audience: str, issuer: str) -> None:
        self._session = session
        self._client = client
        self._audience = audience
        self._issuer = issuer
        self._token: str | None = None

    def token(self) -> str:
        if self._token is None:
            answer = request_token(self._session, self._client, self._audience, self._issuer)
            self._token = str(answer["access_token"])
        return self._token

    def renew(self) -> bool:
        self._token = None
        return True
