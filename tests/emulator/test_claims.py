# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Claims that a test wants in access tokens, in the place of the actions that would add them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import jwt
import pytest

PLAN = "https://acme.example/plan"
_COUNT = itertools.count()


@pytest.fixture
def claiming(controls: Any) -> Iterator[Any]:
    """The tenant of the controls, which adds no claims before and after."""
    yield controls
    controls.http.delete("/_emulator/claims")


def put(tenant: Any, body: Any) -> None:
    answer = tenant.http.put("/_emulator/claims", json=body)
    assert answer.status_code == 204, answer.text


def api_and_client(tenant: Any, **fields: Any) -> tuple[str, dict[str, Any]]:
    """A new API, and a client that may have tokens for it."""
    api = tenant.make("/resource-servers", {"identifier": f"urn:claims:{next(_COUNT)}", **fields})
    return api["identifier"], tenant.granted_client(api["identifier"], [])[0]


def claims(tenant: Any, client: dict[str, Any] | None = None, audience: str | None = None) -> dict[str, Any]:
    """What is in a new token of a client, or of the one that may do everything."""
    credentials = {name: client[name] for name in ("client_id", "client_secret")} if client else {}
    token = tenant.token(**credentials, audience=audience or tenant.audience)
    found: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    return found


def test_tokens_get_the_claims_that_were_set(claiming: Any) -> None:
    audience, client = api_and_client(claiming)
    before = set(claims(claiming, client, audience))
    wanted = {PLAN: "gold", "employee_id": 7, "https://acme.example/tags": ["a", {"b": None}], "urn:acme:x": True}
    put(claiming, {"claims": wanted})
    after = claims(claiming, client, audience)
    assert {name: after[name] for name in wanted} == wanted
    assert set(after) - before == set(wanted)


@pytest.mark.parametrize("dialect", ["rfc9068_profile", "access_token_authz"])
def test_each_dialect_has_them(claiming: Any, dialect: str) -> None:
    audience, client = api_and_client(claiming, token_dialect=dialect)
    put(claiming, {"claims": {PLAN: "gold"}})
    assert claims(claiming, client, audience)[PLAN] == "gold"


def test_tokens_that_were_issued_before_stay(claiming: Any) -> None:
    audience, client = api_and_client(claiming)
    before = claims(claiming, client, audience)
    put(claiming, {"claims": {PLAN: "gold"}})
    assert PLAN not in before


def test_claims_of_one_client_and_of_one_api(claiming: Any) -> None:
    (first, one), (second, other) = api_and_client(claiming), api_and_client(claiming)
    claiming.make("/client-grants", {"client_id": other["client_id"], "audience": first, "scope": []})
    put(
        claiming,
        [
            {"claims": {PLAN: "none", "all": 1}},
            {"claims": {PLAN: "silver"}, "audience": first},
            {"claims": {PLAN: "gold"}, "client_id": other["client_id"], "audience": first},
            {"claims": {"mine": True}, "client_id": one["client_id"], "audience": None},
        ],
    )
    own = ("all", PLAN, "mine")
    assert [claims(claiming, one, first).get(name) for name in own] == [1, "silver", True]
    assert [claims(claiming, other, first).get(name) for name in own] == [1, "gold", None]
    assert [claims(claiming, other, second).get(name) for name in own] == [1, "none", None]


def test_a_token_for_the_management_api_gets_only_claims_with_a_url(claiming: Any) -> None:
    put(claiming, {"claims": {PLAN: "gold", "employee_id": 7, "urn:acme:x": True}, "audience": claiming.audience})
    found = claims(claiming)
    assert found[PLAN] == "gold"
    assert not {"employee_id", "urn:acme:x"} & set(found)


def test_what_was_set_can_be_read_replaced_and_forgotten(claiming: Any) -> None:
    audience, client = api_and_client(claiming)
    assert claiming.http.get("/_emulator/claims").json() == []
    one = {"claims": {PLAN: "gold"}, "client_id": client["client_id"]}
    put(claiming, one)
    assert claiming.http.get("/_emulator/claims").json() == [one]
    put(claiming, [{"claims": {"x": 1}}])
    found = claims(claiming, client, audience)
    assert (PLAN in found, found["x"]) == (False, 1)
    assert claiming.http.delete("/_emulator/claims").status_code == 204
    assert claiming.http.get("/_emulator/claims").json() == []
    assert "x" not in claims(claiming, client, audience)


@pytest.mark.parametrize(
    "name", ["iss", "sub", "aud", "exp", "iat", "scope", "permissions", "azp", "gty", "org_id", "client_id", "x5t#S256"]
)
def test_claims_of_auth0_are_refused(claiming: Any, name: str) -> None:
    answer = claiming.http.put("/_emulator/claims", json={"claims": {name: "other"}})
    assert answer.status_code == 400
    assert f"'{name}' is a claim of Auth0's own" in answer.json()["problems"][0]
    assert claiming.http.get("/_emulator/claims").json() == []


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ({}, "claims: Field required"),
        ({"claims": {}}, "claims: Dictionary should have at least 1 item"),
        ({"claims": ["x"]}, "claims: Input should be a valid dictionary"),
        ({"claims": {"x": 1}, "client": "y"}, "client: Extra inputs are not permitted"),
        ({"claims": {"x": 1}, "client_id": 7}, "client_id: Input should be a valid string"),
        ({"claims": {"": 1}}, "'' needs a name"),
        ({"claims": {"urn:auth0:x": 1}}, "'urn:auth0:x' begins with urn:auth0"),
        ({"claims": {"https://acme.auth0.com/x": 1}}, "has the namespace of a domain of Auth0 (acme.auth0.com)"),
        ({"claims": {"iss": 1, "HTTP://WEBTASK.IO/x": 1}}, "'HTTP://WEBTASK.IO/x' has the namespace"),
        ({"claims": {"x": "y" * 102_400}}, "102408 bytes are more than Auth0 adds"),
        ([{"claims": {"x": 1}}, {"claims": 1}], "1.claims: Input should be a valid dictionary"),
        ("x", "Input should be a valid dictionary or instance of ClaimSet"),
    ],
)
def test_other_bodies_are_refused_in_words(claiming: Any, body: Any, problem: str) -> None:
    put(claiming, {"claims": {PLAN: "gold"}})
    answer = claiming.http.put("/_emulator/claims", json=body)
    assert answer.status_code == 400
    assert problem in "\n".join(answer.json()["problems"])
    assert claiming.http.get("/_emulator/claims").json() == [{"claims": {PLAN: "gold"}}]


def test_a_body_that_is_no_json_is_refused(claiming: Any) -> None:
    answer = claiming.http.put("/_emulator/claims", content=b"{")
    assert (answer.status_code, answer.json()["message"]) == (400, "Invalid request payload JSON format")


def test_names_that_only_look_like_those_of_auth0_are_added(claiming: Any) -> None:
    audience, client = api_and_client(claiming)
    names = ["urn:auth01:x", "https://notauth0.com/x", "https://[/x", "Scope", "name"]
    put(claiming, {"claims": dict.fromkeys(names, 1)})
    assert set(names) <= set(claims(claiming, client, audience))
