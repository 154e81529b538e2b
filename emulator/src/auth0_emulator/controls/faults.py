# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Faults that a test asks for: for the first ``times`` requests that match a method and a path."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import regex
from pydantic import AfterValidator, Field, TypeAdapter, ValidationError, model_validator
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from auth0_emulator.schema.errors import error_response, management_error
from auth0_emulator.schema.shapes import Shape
from auth0_emulator.schema.validation import parse_json


def _expression(given: str) -> str:
    try:
        regex.compile(given)
    except regex.error as error:
        raise ValueError(f"not a regular expression: {error}") from None
    return given


LONGEST_MATCH = 0.05
"""Seconds that looking for an expression in a path may take: one that goes back and forth for longer does not match."""
MOST = 1000
"""Faults at a time."""

Expression = Annotated[str, Field(max_length=1000), AfterValidator(_expression)]
HeaderName = Annotated[str, Field(pattern=r"^[!#$%&'*+.^_`|~0-9A-Za-z-]+$")]
HeaderValue = Annotated[str, Field(pattern=r"^[\x20-\x7e\t]*$")]


_WITHOUT_BODY = (204, 304)


class Fault(Shape):
    """One fault.

    ``path`` is searched in the path as sent (escaped, without the query). ``status`` answers instead of the tenant,
    with ``headers`` and ``body`` (a string is sent as it is, anything else as JSON); ``body`` alone lets the tenant do
    its work and spoils the answer; ``delay`` waits first, in seconds; ``drop`` closes the connection without an answer,
    before or after the tenant did its work.
    """

    method: Expression = ".*"
    path: Expression
    times: Annotated[int, Field(ge=1)] = 1
    status: Annotated[int, Field(ge=200, le=599)] | None = None
    delay: Annotated[float, Field(ge=0, le=3600, strict=False)] = 0
    drop: Literal["before", "after"] | None = None
    headers: dict[HeaderName, HeaderValue] = Field(default_factory=dict)
    body: Any = None

    @model_validator(mode="after")
    def _does_something(self) -> Fault:
        if self.status is None and self.drop is None and not self.delay and self.body is None:
            raise ValueError("a fault needs one of: status, delay, drop, body")
        return self

    def matches(self, method: str, path: str) -> bool:
        """Whether a request is to suffer."""
        try:
            return (
                regex.fullmatch(self.method, method, regex.IGNORECASE, timeout=LONGEST_MATCH) is not None
                and regex.search(self.path, path, timeout=LONGEST_MATCH) is not None
            )
        except TimeoutError:
            return False

    def response(self, status: int) -> Response:
        """The answer in place of the tenant's."""
        if status in _WITHOUT_BODY:
            response = Response(status_code=status)
        elif self.body is None:
            response = error_response(management_error(status, "A fault that was asked for"))
        elif isinstance(self.body, str):
            response = Response(self.body, status, media_type="text/html")
        else:
            response = JSONResponse(self.body, status)
        for name, value in self.headers.items():
            response.headers[name] = value
        return response


class Faults:
    """The faults of one tenant that are still to happen."""

    def __init__(self) -> None:
        self._left: list[tuple[Fault, int]] = []

    def replace(self, faults: list[Fault]) -> None:
        """Forget the old ones, take these."""
        self._left = [(fault, fault.times) for fault in faults]

    def take(self, method: str, path: str) -> Fault | None:
        """The first fault that matches, used up once."""
        for index, (fault, left) in enumerate(self._left):
            if fault.matches(method, path):
                self._left[index : index + 1] = [(fault, left - 1)] if left > 1 else []
                return fault
        return None


_FAULTS = TypeAdapter(Annotated[list[Fault], Field(max_length=MOST)])


def routes() -> list[Route]:
    """PUT replaces the faults, DELETE forgets them."""
    return [
        Route("/_emulator/faults", _replace, methods=["PUT"]),
        Route("/_emulator/faults", _forget, methods=["DELETE"]),
    ]


async def _replace(request: Request) -> Response:
    try:
        faults = _FAULTS.validate_python(parse_json(await request.body()))
    except ValidationError as error:
        problems = [f"{'.'.join(map(str, p['loc']))}: {p['msg']}" for p in error.errors()]
        return JSONResponse({"error": "not a list of faults", "problems": problems}, 400)
    _faults(request).replace(faults)
    return Response(status_code=204)


async def _forget(request: Request) -> Response:
    _faults(request).replace([])
    return Response(status_code=204)


def _faults(request: Request) -> Faults:
    faults: Faults = request.scope["faults"]
    return faults
