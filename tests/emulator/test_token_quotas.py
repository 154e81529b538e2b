# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Quotas of tokens: what counts, when they reset, what is told of them, and what a refusal looks like."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.auth0.tests.harness.in_process import Clock
from auth0_emulator.schema.errors import AnsweredError
from auth0_emulator.state.token_quotas import TokenQuotas

CLIENT = "Auth0-Client-Quota-Limit"
ORGANIZATION = "Auth0-Organization-Quota-Limit"
MIDNIGHT = 1_800_057_600.0
assert MIDNIGHT % 86400 == 0


@pytest.fixture
def clock() -> Clock:
    return Clock(MIDNIGHT + 60)


@pytest.fixture
def quotas(clock: Clock) -> TokenQuotas:
    return TokenQuotas(clock)


def client(**quota: Any) -> dict[str, Any]:
    return {"client_id": "c", "token_quota": {"client_credentials": quota}}


def organization(**quota: Any) -> dict[str, Any]:
    return {"id": "c", "token_quota": {"client_credentials": quota}}


def refused(quotas: TokenQuotas, *owners: Any) -> AnsweredError:
    with pytest.raises(AnsweredError) as caught:
        quotas.take(*owners)
    return caught.value


def test_what_has_no_quota_is_told_nothing(quotas: TokenQuotas) -> None:
    assert quotas.take({"client_id": "c"}, None) == {}
    assert quotas.take({"client_id": "c", "token_quota": None}, {"id": "o"}) == {}
    assert quotas.take(client(enforce=True), None) == {}


def test_what_is_left_is_told_as_documented(quotas: TokenQuotas) -> None:
    both = client(per_hour=10, per_day=50)
    assert quotas.take(both, None) == {CLIENT: "b=per_hour;q=10;r=9;t=3540,b=per_day;q=50;r=49;t=86340"}
    assert quotas.take(both, None)[CLIENT].startswith("b=per_hour;q=10;r=8;")
    assert quotas.take(client(per_day=50), None) == {CLIENT: "b=per_day;q=50;r=47;t=86340"}


def test_clients_and_organizations_are_counted_apart(quotas: TokenQuotas) -> None:
    quotas.take(client(per_day=5), None)
    assert quotas.take(client(per_day=5), organization(per_day=5)) == {
        CLIENT: "b=per_day;q=5;r=3;t=86340",
        ORGANIZATION: "b=per_day;q=5;r=4;t=86340",
    }


def test_hours_and_days_begin_when_those_of_utc_do(quotas: TokenQuotas, clock: Clock) -> None:
    both = client(per_hour=10, per_day=50)
    quotas.take(both, None)
    clock.now = MIDNIGHT + 3599.5
    assert quotas.take(both, None) == {CLIENT: "b=per_hour;q=10;r=8;t=1,b=per_day;q=50;r=48;t=82801"}
    clock.now = MIDNIGHT + 3600
    assert quotas.take(both, None) == {CLIENT: "b=per_hour;q=10;r=9;t=3600,b=per_day;q=50;r=47;t=82800"}
    clock.now = MIDNIGHT + 86400
    assert quotas.take(both, None) == {CLIENT: "b=per_hour;q=10;r=9;t=3600,b=per_day;q=50;r=49;t=86400"}


@pytest.mark.parametrize("enforce", [{}, {"enforce": True}])
def test_what_is_used_up_is_refused_until_it_resets(quotas: TokenQuotas, clock: Clock, enforce: dict[str, Any]) -> None:
    one = client(per_hour=1, per_day=9, **enforce)
    quotas.take(one, None)
    for dummy in range(2):
        refusal = refused(quotas, one, None)
        assert (refusal.status, refusal.body) == (
            429,
            {"error": "too_many_requests", "error_description": "Client quota exceeded"},
        )
        assert refusal.headers == {
            CLIENT: "b=per_hour;q=1;r=0;t=3540,b=per_day;q=9;r=8;t=86340",
            "x-ratelimit-limit": "1",
            "x-ratelimit-remaining": "0",
            "x-ratelimit-reset": str(int(MIDNIGHT) + 3600),
            "Retry-After": "3540",
        }
    clock.now = MIDNIGHT + 3600
    assert quotas.take(one, None)[CLIENT].endswith(";r=7;t=82800")


def test_of_two_that_are_used_up_the_longer_one_is_told(quotas: TokenQuotas) -> None:
    one = client(per_hour=1, per_day=1)
    quotas.take(one, None)
    assert refused(quotas, one, None).headers["Retry-After"] == "86340"


def test_what_is_not_enforced_is_only_counted(quotas: TokenQuotas) -> None:
    lenient = client(per_hour=1, enforce=False)
    assert [quotas.take(lenient, None)[CLIENT] for dummy in range(3)] == ["b=per_hour;q=1;r=0;t=3540"] * 3


def test_what_an_organization_has_used_up_is_refused_and_counts_for_nobody(quotas: TokenQuotas) -> None:
    quotas.take(client(per_day=9), organization(per_day=1))
    refusal = refused(quotas, client(per_day=9), organization(per_day=1))
    assert refusal.body["error_description"] == "Organization quota exceeded"
    assert refusal.headers[ORGANIZATION] == "b=per_day;q=1;r=0;t=86340"
    assert CLIENT not in refusal.headers
    assert quotas.take(client(per_day=9), None) == {CLIENT: "b=per_day;q=9;r=7;t=86340"}


def test_a_client_gets_as_many_tokens_as_its_quota_allows(tokens: Any) -> None:
    api = tokens.make("/resource-servers", {"identifier": "urn:quota:api"})
    made, dummy = tokens.granted_client(
        api["identifier"], [], token_quota={"client_credentials": {"per_hour": 1, "per_day": 2}}
    )

    def ask(**changes: Any) -> Any:
        given = {"client_id": made["client_id"], "client_secret": made["client_secret"], "audience": "urn:quota:api"}
        return tokens.token_request(**given | changes)

    assert [ask(client_secret="wrong").status_code, ask(audience="urn:none").status_code] == [401, 403]
    first, second = ask(), ask()
    assert first.status_code == 200
    assert first.headers[CLIENT].startswith("b=per_hour;q=1;r=0;t=")
    assert ",b=per_day;q=2;r=1;t=" in first.headers[CLIENT]
    assert first.headers["x-ratelimit-limit"] == "50"
    assert (second.status_code, second.json()["error_description"]) == (429, "Client quota exceeded")
    assert (second.headers["x-ratelimit-limit"], second.headers["x-ratelimit-remaining"]) == ("1", "0")
    assert 0 < int(second.headers["Retry-After"]) <= 3600
    quota = {"client_credentials": {"per_hour": 2}}
    assert tokens.call("PATCH", f"/clients/{made['client_id']}", {"token_quota": quota}).status_code == 200
    assert ask().headers[CLIENT].startswith("b=per_hour;q=2;r=0;t=")
    assert tokens.call("PATCH", f"/clients/{made['client_id']}", {"token_quota": None}).status_code == 200
    assert CLIENT not in ask().headers


def test_a_token_for_an_organization_counts_for_it(tokens: Any) -> None:
    quota = {"client_credentials": {"per_day": 3}}
    made = tokens.make("/organizations", {"name": "quota-organization", "token_quota": quota})
    tokens.make("/resource-servers", {"identifier": "urn:quota:organizations"})
    client = tokens.make("/clients", {"name": "n", "app_type": "non_interactive"})
    grant = {"client_id": client["client_id"], "audience": "urn:quota:organizations", "organization_usage": "allow"}
    tokens.make("/client-grants", grant | {"allow_any_organization": True})
    given = {name: client[name] for name in ("client_id", "client_secret")} | {"audience": "urn:quota:organizations"}
    answer = tokens.token_request(**given, organization=made["id"])
    assert answer.headers[ORGANIZATION].startswith("b=per_day;q=3;r=2;t=")
    assert ORGANIZATION not in tokens.token_request(**given).headers
