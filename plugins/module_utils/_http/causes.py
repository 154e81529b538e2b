# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""What an exception of requests means: whether anything was sent by then, and why it failed, in a few words."""

from __future__ import annotations

import http.client
import re
import socket
import ssl
import traceback
import typing as t

from .answers import displayable

try:
    import requests
    import urllib3.exceptions

    REQUESTS_IMPORT_ERROR = None
except ImportError:
    REQUESTS_IMPORT_ERROR = traceback.format_exc()


def before_sending(error: Exception) -> bool:
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


def at_a_proxy(error: Exception) -> bool:
    """Whether it is a proxy that failed, and not what is behind it."""
    return isinstance(error, requests.exceptions.ProxyError)


def no_such_host(error: Exception) -> bool:
    """Whether the resolver is certain that there is no such host."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, socket.gaierror):
            return cause.errno == socket.EAI_NONAME
        cause = cause.__context__
    return False


def reason(error: Exception) -> str:
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
        words = str(cause.args[-1])
        refused = re.match(r"Tunnel connection failed: \d+", words)
        return displayable(refused.group() if refused else words[:200])
    return type(cause).__name__


def _causes(error: BaseException) -> t.Iterator[BaseException]:
    """The error and what it wraps, from the outside in. urllib3 and requests keep that in different places."""
    cause: t.Any = error
    while isinstance(cause, BaseException):
        yield cause
        args = getattr(cause, "args", ())
        inner = (getattr(cause, "reason", None), getattr(cause, "original_error", None), *args, cause.__cause__)
        cause = next((one for one in inner if isinstance(one, BaseException) and one is not cause), None)
