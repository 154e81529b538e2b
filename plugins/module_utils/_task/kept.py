# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""What the tasks of one process share: connections that stay open, and Management API tokens. Only in memory."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._errors import Auth0Error
from ansible_collections.community.auth0.plugins.module_utils._http.session import Authorization, Session

#: Seconds without a request after which a connection is not trusted any more: something on its way may have dropped it.
LONGEST_IDLE = 30.0


def fingerprint(material: t.Mapping[str, t.Any]) -> str:
    """The name of what is made of this, from which nothing of it can be found. material: what JSON can hold."""
    return hashlib.sha256(json.dumps(material, sort_keys=True).encode()).hexdigest()


class Kept:
    """Open connections and tokens, by the fingerprints of what they are made of. now: a clock, in seconds."""

    def __init__(self, now: t.Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._process = os.getpid()
        self._sessions: dict[str, tuple[Session, float]] = {}
        self._tokens: dict[str, str] = {}
        #: Whether a token was used that an earlier task has requested.
        self.used_kept_token = False

    @contextlib.contextmanager
    def session(self, key: str, opened: t.Callable[[], Session]) -> t.Iterator[Session]:
        """The connection of that key, for this task alone; kept afterwards unless the task was torn out of it."""
        self._forget_what_another_process_opened()
        session, used = self._sessions.pop(key, (None, 0.0))
        if session and self._now() - used > LONGEST_IDLE:
            _close(session)
            session = None
        session = session or opened()
        try:
            yield session
        except Auth0Error:
            self._keep(key, session)
            raise
        except BaseException:  # such as the task's timeout, in the middle of an answer
            _close(session)
            raise
        self._keep(key, session)

    def authorization(self, key: str, requested: Authorization) -> Authorization:
        """The token of that key, which is requested where there is none yet."""
        return _KeptToken(self, self._tokens, key, requested)

    def forget_tokens(self) -> None:
        """Let the next task request a token."""
        self._tokens.clear()
        self.used_kept_token = False

    def close(self) -> None:
        """Close all connections and forget all tokens."""
        self._forget_what_another_process_opened()
        for session, dummy in self._sessions.values():
            _close(session)
        self._sessions.clear()
        self.forget_tokens()

    def _keep(self, key: str, session: Session) -> None:
        replaced = self._sessions.pop(key, None)
        if replaced:
            _close(replaced[0])
        self._sessions[key] = (session, self._now())

    def _forget_what_another_process_opened(self) -> None:
        # Two processes on one connection would read each other's answers.
        if self._process != os.getpid():
            self._process = os.getpid()
            self._sessions.clear()
            self._tokens.clear()


class _KeptToken:
    """A token that several tasks use."""

    def __init__(self, kept: Kept, tokens: dict[str, str], key: str, requested: Authorization) -> None:
        self._kept = kept
        self._tokens = tokens
        self._key = key
        self._requested = requested
        self._own = False

    def token(self) -> str:
        if self._key not in self._tokens:
            self._tokens[self._key] = self._requested.token()
            self._own = True
        elif not self._own:
            self._kept.used_kept_token = True
        return self._tokens[self._key]

    def renew(self) -> bool:
        self._tokens.pop(self._key, None)
        return self._requested.renew()


def _close(session: Session) -> None:
    session.__exit__(None, None, None)
