# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tenants that fail, and variables that are wrong."""

from __future__ import annotations

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
        ["calls[1].body", "audience found in calls", "value of method must be one of: GET, HEAD"],
    ),
    "senseless": (
        [{**CALL, "client_name": "former"}, {**CALL, "url": "https://shop:planted-password@orders.example.com/"}],
        ["calls[0]: its client is declared with state: absent.", "calls[1]: url must begin with https:// and a host"],
    ),
}


ALL_AT_ONCE = {
    "auth0_resource_servers": [*SMALL["auth0_resource_servers"], {"identifier": ORDERS, "nmae": 1}],
    "auth0_clients": [{"name": "shop"}, {"name": "shop"}],
    "auth0_client_grants": [{"client_name": "shop", "audience": LEDGER, "scope": ["read:entrys"]}],
}

# How a tenant fails in whose declarations nothing is wrong: what differs from its access.
BROKEN: dict[str, dict[str, t.Any]] = {
    "silent": {"auth0_domain": "http://127.0.0.1:9"},
    "unpaid": {"auth0_client_secret": "not-the-secret-of-this-client"},
    "no-domain": {},
}


class Runs(t.NamedTuple):
    """The runs by their playbooks, the tenants by their names, and what each run wrote to them."""

    played: dict[str, Played]
    tenants: dict[str, Tenant]
    written: dict[str, dict[str, list[str]]]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> t.Iterator[Runs]:
    """A run of two playbooks with a tenant for every mistake, and with one that has none: dev."""
    directory = tmp_path_factory.mktemp("mistaken")
    player = Player(directory)
    with emulated(directory, *MISTAKES, *BROKEN, "all-at-once", "dev") as found:
        tenants = {tenant.name: tenant for tenant in found}
        hosts: dict[str, dict[str, t.Any]] = {name: {**tenants[name].access, **SMALL} for name in (*BROKEN, "dev")}
        hosts["no-domain"] = dict(SMALL)
        for name, broken in BROKEN.items():
            hosts[name].update(broken)
        for name, (variables, dummy) in MISTAKES.items():
            hosts[name] = {**tenants[name].access, **DECLARATIONS, **variables}
        hosts["all-at-once"] = {**tenants["all-at-once"].token_access(), **ALL_AT_ONCE}
        for name, (calls, dummy) in MISTAKEN_CALLS.items():
            # Port 9 answers nobody: had something been sent, the message would be another one.
            hosts[name] = {"auth0_domain": "http://127.0.0.1:9", "auth0_api_token": "no-token-of-any-tenant"}
            hosts[name]["auth0_clients"] = [*DECLARATIONS["auth0_clients"], {"name": "former", "state": "absent"}]
            hosts[name]["auth0_api_calls"] = calls
        player.declare(hosts, auth0_retries=0)
        runs = Runs({}, tenants, {})
        for playbook, hosts_of_run in (
            ("provision", (*MISTAKES, *BROKEN, "all-at-once", "dev")),
            ("verify", (*MISTAKEN_CALLS, *BROKEN, "dev")),
        ):
            runs.played[playbook] = player.play(playbook, "--limit", ",".join(hosts_of_run))
            runs.written[playbook] = {tenant.name: tenant.writes() for tenant in found}
            for tenant in found:
                tenant.forget()
        yield runs


@pytest.mark.parametrize("playbook", ["provision", "verify"])
def test_a_tenant_that_fails_does_not_stop_the_others(playbook: str, runs: Runs) -> None:
    played, written = runs.played[playbook], runs.written[playbook]
    assert played.status == 2
    assert played.recap("dev")["failed"] == 0
    told = {name: runs.played[playbook].failure(name) for name in BROKEN}
    for name in BROKEN:
        assert (
            f"{name} failed: its message is above" in played.changes
            or f"{name} - - - failed: its message is above" in played.words
        )
    assert "client id or secret is wrong" in told["unpaid"]
    assert "auth0_domain is not set" in told["no-domain"]
    assert len(written.pop("dev")) == (len(SMALL_OBJECTS) if playbook == "provision" else 0)
    assert not any(written.values()), written


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_the_variables_is_reported_and_nothing_is_written(mistake: str, runs: Runs) -> None:
    played = runs.played["provision"]
    told = played.failure(mistake)
    assert MISTAKES[mistake][1] in told
    assert "censored" not in told
    assert runs.written["provision"][mistake] == []
    assert f"{mistake} failed: its message is above" in played.changes
    failed = [row.split()[0] for row in played.table[1:] if row.split()[-1] == "failed"]
    assert mistake in failed and "dev" not in failed


@pytest.mark.parametrize("sort", MISTAKEN_CALLS)
def test_a_mistake_in_a_call_is_reported_and_nothing_is_sent(sort: str, runs: Runs) -> None:
    told = runs.played["verify"].failure(sort)
    assert not [message for message in MISTAKEN_CALLS[sort][1] if message not in told], told
    assert "planted-password" not in runs.played["verify"].output


def test_all_mistakes_are_reported_at_once(runs: Runs) -> None:
    told = runs.played["provision"].failure("all-at-once")
    for message in (
        "no option nmae",
        "client shop is declared more than once",
        "does not define this scope: read:entrys",
    ):
        assert message in told
    assert runs.written["provision"]["all-at-once"] == []
