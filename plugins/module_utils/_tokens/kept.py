# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""What a process keeps between the tasks that it runs: connections to tenants, and tokens for their Management APIs."""

from __future__ import annotations

import collections
import contextlib
import dataclasses
import os
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._http.session import Session
from ansible_collections.community.auth0.plugins.module_utils._http.transport import Transport

from .authorization import RequestedToken
from .client_authentication import ClientAuthentication

#: The tenants of a loop that are remembered at the same time.
_MOST_TENANTS = 16


@dataclasses.dataclass(frozen=True)
class _Tenant:
    """One way to a tenant. tokens: those that were requested on it, by what they are made of."""

    transport: Transport
    tokens: dict[t.Any, RequestedToken] = dataclasses.field(default_factory=dict)


class Kept:
    """Connections and tokens, in memory only; for the one thread that runs the tasks of a process.

    A process that was forked from the one that opened the connections opens its own.
    """

    def __init__(self) -> None:
        self._process = os.getpid()
        self._tenants: collections.OrderedDict[t.Any, _Tenant] = collections.OrderedDict()

    def transport(self, url: str, timeout: float, ca_path: str | None) -> Transport:
        """The connections that were opened with these very options, for ``Session(..., transport=)``.

        See Session for the options. Raises InvalidOptions when ca_path holds no certificates.
        """
        if self._process != os.getpid():
            # They are the other process's. Nothing is closed, since the server would notice that.
            self._process, self._tenants = os.getpid(), collections.OrderedDict()
        key = (url, timeout, ca_path, _version(ca_path))
        if key not in self._tenants:
            self._tenants[key] = _Tenant(Transport(url, timeout, ca_path))
        self._tenants.move_to_end(key)
        while len(self._tenants) > _MOST_TENANTS:
            self._tenants.popitem(last=False)[1].transport.close()
        return self._tenants[key].transport

    def authorization(
        self, session: Session, transport: Transport, client: ClientAuthentication, audience: str, issuer: str
    ) -> RequestedToken:
        """The token that was requested over these connections for that client, or is when it is first needed.

        session: over these connections. See RequestedToken for the others.
        """
        tokens = next((one.tokens for one in self._tenants.values() if one.transport is transport), {})
        key = (client.client_id, client.how, client.credential, audience, issuer)
        return tokens.setdefault(key, RequestedToken(session, client, audience, issuer)).inherit()

    def close(self) -> None:
        """Close the connections and forget the tokens."""
        if self._process == os.getpid():
            for tenant in self._tenants.values():
                tenant.transport.close()
        self._tenants.clear()


def _version(path: str | None) -> object:
    """What changes when a file does."""
    with contextlib.suppress(OSError, ValueError):
        status = os.stat(path or "")
        return status.st_mtime_ns, status.st_size, status.st_ino
    return None
