# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Routes that declare what they take and what they answer.

The OpenAPI description is made of these declarations, and with ``--check-answers`` every answer is held against them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import cached_property
from typing import Any

from pydantic import TypeAdapter, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .shapes import Shape

Endpoint = Callable[[Request], Awaitable[Response]]


class Body(Shape):
    """The base of bodies and answers that are no entity's: what is not declared is refused."""


class Nothing(Body):
    """An empty object."""


class ManagementError(Body):
    statusCode: int
    error: str
    message: str
    errorCode: str = ""
    """Often absent (recorded)."""


class OAuthError(Body):
    error: str
    error_description: str
    error_uri: str = ""


class DescribedRoute(Route):
    """One operation: its path, the model of its body, its query parameters, its success and the model of its errors."""

    def __init__(
        self,
        method: str,
        path: str,
        endpoint: Endpoint,
        answer: Any,
        *,
        status: int = 200,
        body: Any = None,
        query: dict[str, str] | None = None,
        errors: type[Body] = OAuthError,
    ) -> None:
        super().__init__(path, endpoint, methods=[method])
        self.method = method
        self.status = status
        self.answer = answer
        """The type of the answer; None: an empty body."""
        self.body = body
        self.query = query or {}
        self.errors = errors

    @cached_property
    def _answers(self) -> TypeAdapter[Any]:
        return TypeAdapter(self.answer)

    def complaint(self, response: Response) -> str | None:
        """What is wrong with an answer of this route; None: it is as declared."""
        raw = bytes(response.body)
        try:
            if 400 <= response.status_code < 500:
                self.errors.model_validate_json(raw)
            elif response.status_code != self.status:
                return f"status {response.status_code}, {self.status} is declared"
            elif self.answer is None:
                return "a body, none is declared" if raw else None
            else:
                self._answers.validate_json(raw)
        except ValidationError as error:
            problems = [f"{'.'.join(map(str, p['loc']))}: {p['msg']}" for p in error.errors(include_url=False)]
            return "; ".join(problems)
        return None


def checked(route: Route, response: Response, report: Callable[[str], None]) -> Response:
    """The answer, if it is as declared; else a 500 that says what is not."""
    problem = route.complaint(response) if isinstance(route, DescribedRoute) else None
    if problem is None:
        return response
    complaint = f"{route.path} answers what it does not declare: {problem}"
    report(complaint)
    return JSONResponse({"statusCode": 500, "error": "Internal Server Error", "message": complaint}, 500)
