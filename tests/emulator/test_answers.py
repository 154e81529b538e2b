# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""--check-answers: what a route answers is held against what it declares, which makes the description, too."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx
import pytest
from auth0_emulator.entities.resource_servers import RESOURCE_SERVERS
from auth0_emulator.schema.described import Body, DescribedRoute, ManagementError
from auth0_emulator.serving.app import create_app, new_site
from starlette.responses import JSONResponse, Response

HOST = "emulated.invalid:8080"


class Answer(Body):
    name: str
    size: int = 0


async def endpoint(request: Any) -> Response:
    """What a route needs to be declared; these routes are never called."""
    return Response(status_code=500)


ROUTE = DescribedRoute("GET", "/x", endpoint, list[Answer] | Answer, errors=ManagementError)
GONE = DescribedRoute("DELETE", "/x", endpoint, None, status=204, errors=ManagementError)
REFUSAL = {"statusCode": 400, "error": "Bad Request", "message": "no"}


@pytest.mark.parametrize(
    ("route", "status", "body", "complaint"),
    [
        (ROUTE, 200, {"name": "n"}, None),
        (ROUTE, 200, [{"name": "n", "size": 1}], None),
        (ROUTE, 400, REFUSAL, None),
        (ROUTE, 400, REFUSAL | {"errorCode": "c"}, None),
        (GONE, 204, None, None),
        (ROUTE, 200, {"name": "n", "more": 1}, "more: Extra inputs are not permitted"),
        (ROUTE, 200, {}, "name: Field required"),
        (ROUTE, 200, {"name": 1}, "name: Input should be a valid string"),
        (ROUTE, 200, {"name": "n", "size": None}, "size: Input should be a valid integer"),
        (ROUTE, 200, [{"name": "n"}, {"size": 1}], "1.name: Field required"),
        (ROUTE, 201, {"name": "n"}, "status 201, 200 is declared"),
        (ROUTE, 500, REFUSAL, "status 500, 200 is declared"),
        (ROUTE, 404, {"error": "e", "error_description": "d"}, "statusCode: Field required"),
        (ROUTE, 404, REFUSAL | {"errorCode": None}, "errorCode: Input should be a valid string"),
        (GONE, 204, {}, "a body, none is declared"),
        (GONE, 200, None, "status 200, 204 is declared"),
    ],
)
def test_complaints(route: DescribedRoute, status: int, body: Any, complaint: str | None) -> None:
    found = route.complaint(Response(b"" if body is None else json.dumps(body), status))
    if complaint is None:
        assert found is None
    else:
        assert found is not None
        assert complaint in found


def answer_of(method: str, path: str, check_answers: bool) -> httpx.Response:
    """What an application in this process answers."""
    site = new_site("here")
    application = create_app(site, check_answers=check_answers)

    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(application), base_url=f"http://{HOST}") as client:
            credentials = {"client_id": site.tenant.credentials.client_id}
            credentials |= {"client_secret": site.tenant.credentials.client_secret}
            body = {"grant_type": "client_credentials", "audience": f"https://{HOST}/api/v2/"}
            token = (await client.post("/oauth/token", json=body | credentials)).json()["access_token"]
            return await client.request(method, path, headers={"Authorization": f"Bearer {token}"})

    return asyncio.run(ask())


@pytest.mark.parametrize("check", [True, False])
def test_a_wrong_answer_is_a_500(
    check: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    behaviour = type(RESOURCE_SERVERS.behaviour)
    monkeypatch.setattr(behaviour, "present", lambda self, tenant, thing, caller: thing | {"colour": "red"})
    answer = answer_of("GET", "/api/v2/resource-servers", check)
    problem = "/api/v2/resource-servers answers what it does not declare: "
    if not check:
        assert answer.status_code == 200
        assert capsys.readouterr().err == ""
    else:
        assert answer.status_code == 500
        assert answer.json()["message"].startswith(problem)
        assert "colour: Extra inputs are not permitted" in answer.json()["message"]
        assert capsys.readouterr().err.startswith(problem)


def test_a_wrong_error_is_a_500(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = JSONResponse({"oops": True}, 404)
    monkeypatch.setattr("auth0_emulator.serving.app.error_response", lambda error: wrong)
    assert answer_of("GET", "/api/v2/clients/none", check_answers=True).status_code == 500
    assert answer_of("GET", "/api/v2/clients/none", check_answers=False).status_code == 404


def test_all_operations_are_described(main: Any) -> None:
    document = main.http.get("/_emulator/openapi.json").json()
    operations = {(method.upper(), path) for path, item in document["paths"].items() for method in item}
    for one in (
        ("POST", "/oauth/token"),
        ("GET", "/.well-known/jwks.json"),
        ("POST", "/api/v2/clients/{id}/rotate-secret"),
        ("PATCH", "/api/v2/clients/{parent}/credentials/{id}"),
        ("DELETE", "/api/v2/roles/{id}/permissions"),
        ("GET", "/api/v2/client-grants/{id}/organizations"),
        ("PUT", "/api/v2/keys/signing/{kid}/revoke"),
    ):
        assert one in operations
    listed = document["paths"]["/api/v2/clients"]["get"]
    assert {parameter["name"] for parameter in listed["parameters"]} >= {"take", "from", "q", "fields", "is_global"}
    assert "4XX" in listed["responses"]
