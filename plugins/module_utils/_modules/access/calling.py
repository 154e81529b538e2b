# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.
"""Calls of APIs: a token goes where the task says, and nowhere else."""

from __future__ import annotations

import dataclasses

from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions, Unreachable
from ansible_collections.community.auth0.plugins.module_utils._http.causes import reason
from ansible_collections.community.auth0.plugins.module_utils._http.exchange import Exchange
from ansible_collections.community.auth0.plugins.module_utils._http.transport import Transport

from .calls import Answered, Call


@dataclasses.dataclass(frozen=True)
class _Exchange(Exchange):
    """Of a call that is not sent again. Its failures hold only words of this machine: a server can repeat the token."""

    def untrusted(self, why: object, check: str) -> Unreachable:
        return self._unreachable("no trusted TLS connection (%s)" % why, "tls")

    def unusable_proxy(self) -> Unreachable:
        return self._unreachable("the address of a proxy in the environment is not usable", "bad_proxy")

    def not_sent(self, error: Exception) -> Unreachable:
        return self._unreachable("it cannot be reached (%s)" % reason(error), "unreachable")

    def lost(self, error: Exception) -> Unreachable:
        return self._unreachable("nothing that can be understood came back (%s)" % reason(error), "no_answer")

    def too_large(self, most: int) -> Unreachable:
        return self._unreachable("the answer does not end", "too_large")


def perform_call(call: Call, token: str, timeout: float) -> Answered:
    """Call an API, and tell what it answers: its status, and what it says of the token.

    No redirect is followed, nothing is sent again, and no .netrc is read.
    """
    base, path = call.parts
    try:
        transport = Transport(base, timeout, call.ca_path)
    except InvalidOptions:
        return Answered(problem="ca_path is not a file of certificates in PEM format")
    headers = {"Authorization": "Bearer %s" % token}
    try:
        answer = transport.send(_Exchange(base, call.method, path, harmless=True), None, None, headers)
    except Unreachable as error:
        return Answered(problem=error.message)
    finally:
        transport.close()
    return Answered(answer.status, answer.headers.get("WWW-Authenticate") or "")
