# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The tokens by which access is proved: which of them an API must refuse, and how many are asked for at a time."""

from __future__ import annotations

import json
import threading
from typing import Any

import jwt
import pytest
from ansible_collections.community.auth0.tests.harness.in_process import Fault, InProcessTenant, Raw, replaced
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.test_access import (
    LEDGER,
    ORDERS,
    SIGNING_SECRET,
    Shop,
    read,
    verdicts,
)

LEDGER_GRANT = {"client_name": "books", "audience": LEDGER, "scope": ["read:entries"]}


@pytest.fixture
def shop() -> Shop:
    return Shop()


def forged(secret: str = SIGNING_SECRET, **claims: Any) -> Fault:
    """A token of the ledger with other claims than the tenant has given it; None takes one away."""

    def effect(request: Any, answer: Raw) -> Raw:
        given = json.loads(answer.content)
        held = jwt.decode(given["access_token"], options={"verify_signature": False})
        made = {name: value for name, value in {**held, **claims}.items() if value is not None}
        return answer.with_json({**given, "access_token": jwt.encode(made, secret, "HS256")})

    return Fault("forged", True, effect)


def of_the_ledger(shop: Shop, fault: Fault) -> dict[str, Any]:
    """What is said of the ledger's token, which the tenant gives after that of the task itself."""
    shop.tenant.fail(fault, "POST", "/oauth/token", skip=1)
    return read(shop.tenant, obtain_tokens=True, client_grants=[LEDGER_GRANT])


@pytest.mark.parametrize(
    ("claims", "problem"),
    [
        ({"iss": "https://another.eu.auth0.com/"}, "It was issued by https://another.eu.auth0.com/, not by"),
        ({"aud": ORDERS}, f"It is for the audience {ORDERS}, not for {LEDGER}."),
        ({"exp": 1_799_990_000}, "It has expired, 10000 seconds ago."),
        ({"exp": None}, "It lacks the claim exp."),
        ({"secret": "not-the-secret-of-the-ledger-at-all"}, "Its signature is not by the API's signing secret."),
    ],
)
def test_a_token_that_is_not_of_this_tenant_for_this_api_now_is_a_problem(
    shop: Shop, claims: dict[str, Any], problem: str
) -> None:
    result = of_the_ledger(shop, forged(**claims))
    assert [found for dummy, found, note in verdicts(result)] == ["failed"]
    (told,) = result["problems"]
    assert told.startswith(f"books -> {LEDGER}: ") and problem in told


@pytest.mark.parametrize("permissions", [["write:entries"], []])
def test_the_claim_permissions_is_not_looked_at(shop: Shop, permissions: list[str]) -> None:
    result = of_the_ledger(shop, forged(permissions=permissions))
    assert verdicts(result) == [("books", "verified", "HS256, the API's secret")]


def test_a_token_must_be_signed_by_a_key_that_the_tenant_publishes(shop: Shop) -> None:
    of_another_tenant = replaced({"keys": [InProcessTenant().site.tenant.keys.current.jwk]})
    shop.tenant.fail(of_another_tenant, "GET", "/jwks.json$", times=5)
    grants = [{"client_name": "shop", "audience": ORDERS}]
    result = read(shop.tenant, obtain_tokens=True, client_grants=grants)
    assert [found for dummy, found, note in verdicts(result)] == ["failed"]
    assert result["problems"] == [f"shop -> {ORDERS}: It is signed by a key that the tenant does not publish."]


class Watched(InProcessTenant):
    """A tenant that answers the token requests of clients only when so many are on their way."""

    def __init__(self, together: int) -> None:
        super().__init__()
        self.meeting = threading.Barrier(together)
        self.under_way = self.most = 0
        self.counting = threading.Lock()

    def send(self, request: Any, **options: Any) -> Any:
        if not str(request.url).endswith("/oauth/token") or "/api/v2/" in str(request.body):
            return super().send(request, **options)
        with self.counting:
            self.under_way += 1
            self.most = max(self.most, self.under_way)
        try:
            self.meeting.wait(60)
            return super().send(request, **options)
        finally:
            with self.counting:
                self.under_way -= 1


@pytest.mark.parametrize("concurrency", [1, 3])
def test_tokens_are_obtained_side_by_side_and_no_more_at_a_time_than_the_task_allows(concurrency: int) -> None:
    shop = Shop(Watched(concurrency))
    grants = [{"client_name": "shop", "audience": ORDERS}, {"client_name": "books", "audience": ORDERS}, LEDGER_GRANT]
    result = read(shop.tenant, obtain_tokens=True, client_grants=grants, concurrency=concurrency)
    assert [found for dummy, found, note in verdicts(result)] == ["verified"] * 3
    assert isinstance(shop.tenant, Watched) and shop.tenant.most == concurrency
