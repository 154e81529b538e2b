# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""What can go wrong, and the one shape in which it is reported."""

from __future__ import annotations

import math
import typing as t

#: How many names a message gives: the Management API alone has more than 400 scopes.
_NAMED = 20


def named(names: t.Iterable[str]) -> str:
    """The names for a message, with commas between: all, or the first 20 and how many more there are."""
    names = list(names)
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (" and %d more" % more if more > 0 else "")


class Auth0Error(Exception):
    """Anything that ends a task with a message and a ``failure`` for programs.

    message: what was tried, on what, why it failed and what to do next; holds no secret.
    code: a word for the reason; the server's ``errorCode`` or OAuth's ``error`` where there is one.
    method, path, status: the request that was refused, where there was one. The path has no query.
    server_message: the server's own words, where it gave any.
    retryable: whether the same task may succeed later without anybody changing anything.
    returns: what a task that fails so must return all the same, such as a secret that may be in force now.
    """

    def __init__(
        self,
        message: str,
        code: str,
        method: str | None = None,
        path: str | None = None,
        status: int | None = None,
        server_message: str | None = None,
        retryable: bool = False,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.method = method
        self.path = path
        self.status = status
        self.server_message = server_message
        self.retryable = retryable
        self.returns: dict[str, t.Any] = {}

    def failure(self) -> dict[str, t.Any]:
        """The machine-readable half: ``{method, path, status, code, message, retryable}``.

        message: the server's own words; empty where it gave none.
        """
        return {
            "method": self.method,
            "path": self.path,
            "status": self.status,
            "code": self.code,
            "message": self.server_message or "",
            "retryable": self.retryable,
        }


class InvalidOptions(Auth0Error):
    """The task's options are wrong in themselves; nothing was sent."""

    def __init__(self, message: str, code: str = "invalid_options") -> None:
        super().__init__(message, code)


class Refused(Auth0Error):
    """The change would be refused by the server or would do harm; nothing was written."""


class Missing(Auth0Error):
    """An object that the task relies on is not in the tenant; nothing was written."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "not_found")


class Ambiguous(Auth0Error):
    """Several objects fit an identity that should name one."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "ambiguous")


class Unreachable(Auth0Error):
    """No answer that could be understood as one of Auth0's came back, and the request changed nothing."""


class OutcomeUnknown(Auth0Error):
    """A write was sent, and whether the server performed it is not known."""


class ApiError(Auth0Error):
    """The server understood the request and refused it."""


def duration(seconds: float) -> str:
    """A time to wait, in the words of a message."""
    for unit, length in (("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * length:
            return "%d %s" % (math.ceil(seconds / length), unit)
    return "%d seconds" % math.ceil(seconds)
