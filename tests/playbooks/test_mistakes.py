# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tenants that fail, and variables that are wrong."""

from __future__ import annotations

import re
import typing as t

import pytest

from .support import DECLARATIONS, LEDGER, ORDERS, SMALL, SMALL_OBJECTS, Played, Player, Tenant, emulated

API = {"identifier": ORDERS, "name": "Orders", "scopes": [{"value": "read:orders"}]}

# What auth0_config refuses, its own tests show. Here: that its words get through, and what comes before it.
MISTAKES: dict[str, tuple[dict[str, t.Any], str]] = {
    "list": (
        {"auth0_resource_servers": {"identifier": ORDERS}},
        "of type dict and we were unable to convert to list",
    ),
    "entry": ({"auth0_clients": ["x"]}, "clients[0]: expected a dictionary"),
    "option": ({"auth0_resource_servers": [{**API, "nmae": "x"}]}, "there is no option nmae; did you mean name?"),
    "undefined": ({"auth0_clients": [{"name": "{{ no_such_variable }}"}]}, "'no_such_variable' is undefined"),
    "secret": ({"auth0_client_secret": "{{ no_such_secret }}"}, "'no_such_secret' is undefined"),
    "blank": ({"auth0_domain": " "}, "auth0_domain is not set"),
    "none": ({"auth0_domain": None}, "auth0_domain is not set"),
}

CALL = {"client_name": "shop", "audience": ORDERS, "url": "https://orders.example.com/orders"}
# What auth0_access_info refuses, its own tests show.
MISTAKEN_CALLS: dict[str, tuple[list[t.Any], list[str]]] = {
    "misshapen": (
        [CALL, {**CALL, "body": "x"}, {"client_name": "shop", "url": CALL["url"]}, {**CALL, "method": "get"}],
        ["calls.body", "audience found in calls", "value of method must be one of: GET, HEAD"],
    ),
    "senseless": (
        [{**CALL, "client_name": "former"}, {**CALL, "url": "https://shop:planted-password@orders.example.com/"}],
        ["calls[0]: its client is declared with state: absent.", "calls[1]: url must begin with https:// and a host"],
    ),
}


@pytest.fixture(scope="module")
def mistaken(tmp_path_factory: pytest.TempPathFactory) -> t.Iterator[tuple[Played, list[Tenant]]]:
    """One run with a tenant for every mistake."""
    directory = tmp_path_factory.mktemp("mistaken")
    player = Player(directory)
    with emulated(directory, *MISTAKES) as tenants:
        player.declare({each.name: {**each.access, **DECLARATIONS, **MISTAKES[each.name][0]} for each in tenants})
        yield player.play("provision"), tenants


@pytest.mark.parametrize("playbook", ["provision", "verify"])
def test_a_tenant_that_fails_does_not_stop_the_others(playbook: str, declared: Player, tenants: list[Tenant]) -> None:
    dev, prod = tenants
    if playbook == "verify":
        dev.set_up(SMALL)
    broken: dict[str, dict[str, str]] = {
        "silent": {**prod.access, "auth0_domain": "http://127.0.0.1:9"},
        "unpaid": {**prod.access, "auth0_client_secret": "not-the-secret-of-this-client"},
        "no-domain": {},
    }
    declared.declare({**broken, "dev": dev.access}, **SMALL, auth0_retries=0)
    played = declared.play(playbook)
    assert played.status == 2
    assert played.recap("dev")["failed"] == 0
    for name in broken:
        assert played.recap(name)["failed"] == 1
        assert (
            f"{name} failed: its message is above" in played.changes
            or f"{name} - - - failed: its message is above" in played.words
        )
    assert "client id or secret is wrong" in played.output
    assert "auth0_domain is not set" in played.output
    assert len(dev.writes()) == (len(SMALL_OBJECTS) if playbook == "provision" else 0)
    assert prod.writes() == []


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_the_variables_is_reported_and_nothing_is_written(
    mistake: str, mistaken: tuple[Played, list[Tenant]]
) -> None:
    played, tenants = mistaken
    assert played.recap(mistake)["failed"] == 1
    (told,) = re.findall(rf"^fatal: \[{mistake}\]: .*$", played.output, re.MULTILINE)
    assert MISTAKES[mistake][1] in told
    assert "censored" not in told
    assert [tenant.writes() for tenant in tenants if tenant.name == mistake] == [[]]
    assert f"{mistake} failed: its message is above" in played.changes
    assert [row.split()[-1] for row in played.table[1:]] == ["failed"] * len(MISTAKES)


@pytest.mark.parametrize("sort", MISTAKEN_CALLS)
def test_a_mistake_in_a_call_is_reported_and_nothing_is_sent(sort: str, player: Player) -> None:
    calls, messages = MISTAKEN_CALLS[sort]
    # Port 9 answers nobody: had something been sent, the message would be another one.
    player.declare(
        {sort: {"auth0_domain": "http://127.0.0.1:9", "auth0_api_token": "no-token-of-any-tenant"}},
        auth0_clients=[*DECLARATIONS["auth0_clients"], {"name": "former", "state": "absent"}],
        auth0_api_calls=calls,
    )
    played = player.play("verify")
    (told,) = re.findall(rf"^fatal: \[{sort}\]: .*$", played.output, re.MULTILINE)
    assert not [message for message in messages if message not in told], told
    assert "planted-password" not in played.output


def test_all_mistakes_are_reported_at_once(player: Player, tenants: list[Tenant]) -> None:
    grant = {"client_name": "shop", "audience": LEDGER, "scope": ["read:entrys"]}
    player.declare(
        {"dev": tenants[0].token_access()},
        auth0_resource_servers=[*SMALL["auth0_resource_servers"], {"identifier": ORDERS, "nmae": 1}],
        auth0_clients=[{"name": "shop"}, {"name": "shop"}],
        auth0_client_grants=[grant],
    )
    output = player.play("provision").output
    for message in (
        "no option nmae",
        "client shop is declared more than once",
        "does not define this scope: read:entrys",
    ):
        assert message in output
    assert tenants[0].writes() == []
