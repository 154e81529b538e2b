# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.
"""Tokens, obtained as the clients themselves would and verified as the APIs must. They never leave this process."""

from __future__ import annotations

import dataclasses
import threading
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._engine.references import Object
from ansible_collections.community.auth0.plugins.module_utils._errors import Auth0Error
from ansible_collections.community.auth0.plugins.module_utils._http.session import Session
from ansible_collections.community.auth0.plugins.module_utils._tokens import verification
from ansible_collections.community.auth0.plugins.module_utils._tokens.client_authentication import (
    ClientAuthentication,
    ClientSecret,
)
from ansible_collections.community.auth0.plugins.module_utils._tokens.quota import Quota, quota_of
from ansible_collections.community.auth0.plugins.module_utils._tokens.request import NEW_SECRET_SECONDS, request_token

from .rows import rotated_at_of
from .subjects import Access
from .verdicts import FAILED, Verdict, before_asking, of_accepted, of_encrypted

#: Clients with the private keys that the task gives, by their ids.
ClientKeys = t.Mapping[str, ClientAuthentication]


class Prover:
    """Proves access to the APIs of one tenant. Several threads may use it.

    issuer: the tenant's. client_keys: clients that authenticate by a key. now, sleep: the clock, in epoch seconds.
    """

    def __init__(
        self,
        session: Session,
        issuer: str,
        client_keys: ClientKeys,
        now: t.Callable[[], float],
        sleep: t.Callable[[float], None],
    ) -> None:
        self._session = session
        self._issuer = issuer
        self._client_keys = client_keys
        self._now = now
        self._sleep = sleep
        self._lock = threading.Lock()
        self._published: list[dict[str, t.Any]] | None = None

    def prove(self, access: Access) -> Verdict:
        """Whether a client gets a token, and whether its API accepts that. Raises nothing that Auth0 may cause."""
        key = self._client_keys.get(access.client_id or "")
        refused = before_asking(access, key is not None)
        if refused:
            return refused
        client = key or _by_secret(t.cast("Object", access.client))
        try:
            return self._asked(access, client, t.cast("Object", access.api))
        except Auth0Error as error:
            return Verdict(FAILED, error.message)

    def _asked(self, access: Access, client: ClientAuthentication, api: Object) -> Verdict:
        quota: Quota = {}
        answer = request_token(
            self._session,
            client,
            access.audience,
            self._issuer,
            access.asked,
            read_headers=lambda headers: quota.update(quota_of(headers)),
            secret_is_new=isinstance(client, ClientSecret) and self._is_new(t.cast("Object", access.client)),
            sleep=self._sleep,
        )
        verdict = Verdict(
            FAILED,
            "",
            tuple(sorted(str(answer.get("scope") or "").split())),
            answer.get("expires_in"),
            quota,
            answer["access_token"],
        )
        if api.get("token_encryption"):
            return of_encrypted(access, verdict)
        algorithm = str(api.get("signing_alg") or "RS256")
        expected = verification.Expectation(
            access.audience,
            self._issuer,
            algorithm,
            api.get("signing_secret") if algorithm == "HS256" else None,
            api.get("token_dialect") or None,
            organization=access.organization,
        )
        try:
            accepted = verification.verify_token(answer["access_token"], expected, self._keys, self._now)
        except Auth0Error as error:  # the token, or what should verify it
            return dataclasses.replace(verdict, note=error.message)
        return of_accepted(access, accepted.scope, algorithm, verdict)

    def _is_new(self, client: Object) -> bool:
        """Whether the client's secret was rotated a moment ago, as its metadata say."""
        rotated = rotated_at_of(client)
        return rotated is not None and abs(self._now() - rotated.timestamp()) < NEW_SECRET_SECONDS

    def _keys(self, fresh: bool) -> t.Sequence[t.Mapping[str, t.Any]]:
        """The tenant's keys, read once for all tokens."""
        with self._lock:
            if self._published is None or fresh:
                self._published = verification.fetch_jwks(self._session, fresh)
            return self._published


def _by_secret(client: Object) -> ClientSecret:
    basic = client.get("token_endpoint_auth_method") == "client_secret_basic"
    return ClientSecret(str(client["client_id"]), str(client["client_secret"]), basic)
