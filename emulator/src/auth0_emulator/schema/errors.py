# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The errors of both APIs, each with the body that Auth0 sends."""

from __future__ import annotations

from http.client import responses
from typing import Any

from starlette.responses import JSONResponse


class AnsweredError(Exception):
    """Ends a request: ``status``, the JSON ``body`` and extra ``headers`` of the answer."""

    def __init__(self, status: int, body: dict[str, Any], headers: dict[str, str] | None = None) -> None:
        super().__init__(status, body)
        self.status = status
        self.body = body
        self.headers = headers or {}


def management_error(
    status: int, message: str, code: str | None = None, headers: dict[str, str] | None = None
) -> AnsweredError:
    """An error of the Management API; many real ones have no ``errorCode`` (recorded)."""
    body: dict[str, Any] = {"statusCode": status, "error": responses.get(status, "Error"), "message": message}
    if code is not None:
        body["errorCode"] = code
    return AnsweredError(status, body, headers)


def invalid_body(*problems: str) -> AnsweredError:
    """A body that the validator refuses, in the validator's own wording (form recorded; joined as reported)."""
    message = " (also) ".join(f"Payload validation error: {problem}." for problem in problems)
    return management_error(400, message, "invalid_body")


def invalid_query(problem: str) -> AnsweredError:
    """A query string that the validator refuses (form as for bodies; code documented)."""
    return management_error(400, f"Query validation error: {problem}.", "invalid_query_string")


def no_such_route() -> AnsweredError:
    """The router's answer to a path it does not know (unverified: hapi's default body)."""
    return management_error(404, "Not Found")


def oauth_error(
    status: int, error: str, description: str, uri: str | None = None, headers: dict[str, str] | None = None
) -> AnsweredError:
    """An error of the token endpoint."""
    body = {"error": error, "error_description": description}
    if uri is not None:
        body["error_uri"] = uri
    return AnsweredError(status, body, headers)


def error_response(error: AnsweredError) -> JSONResponse:
    """The answer that an error is."""
    return JSONResponse(error.body, error.status, error.headers)
