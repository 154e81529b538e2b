# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tenants that fail, and variables that are wrong."""

from __future__ import annotations

import json
import re
import subprocess
import typing as t

import pytest

from .support import DECLARATIONS, LEDGER, ORDERS, ROOT, SMALL, SMALL_OBJECTS, Played, Player, Tenant, tool

API = {"identifier": ORDERS, "name": "Orders", "scopes": [{"value": "read:orders"}]}

MISTAKES: list[tuple[dict[str, t.Any], str]] = [
    ({"auth0_resource_servers": {"identifier": ORDERS}}, "auth0_resource_servers has to be a list"),
    ({"auth0_resource_servers": ["x"]}, "auth0_resource_servers[0] has to be a dictionary"),
    ({"auth0_resource_servers": [{"name": "x"}]}, "auth0_resource_servers[0]: identifier is missing"),
    ({"auth0_resource_servers": [{"identifier": ""}]}, "identifier has to be a text that is not empty"),
    (
        {"auth0_resource_servers": [{**API, "nmae": "x"}]},
        "auth0_resource_servers[0]: community.auth0.auth0_resource_server has no option nmae",
    ),
    ({"auth0_resource_servers": [{**API, "return_secret": True}]}, "return_secret cannot be declared"),
    ({"auth0_resource_servers": [{**API, "auth0_domain": "x"}]}, "auth0_domain cannot be declared"),
    ({"auth0_resource_servers": [API, API]}, f"{ORDERS} is declared 2 times"),
    ({"auth0_resource_servers": [{**API, "scopes": ["read:orders"]}]}, "scopes has to be a list of dictionaries"),
    ({"auth0_resource_servers": [{**API, "scopes": [{"value": "a"}] * 2}]}, "scopes has a value twice"),
    ({"auth0_resource_servers": [{**API, "name": "{{ no_such_variable }}"}]}, "'no_such_variable' is undefined"),
    ({"auth0_clients": [{"app_type": "non_interactive"}]}, "auth0_clients[0]: name is missing"),
    ({"auth0_clients": [{"name": "shop"}, {"name": "shop"}]}, "shop is declared 2 times"),
    (
        {"auth0_clients": [{"name": "shop", "client_id": " "}]},
        "auth0_clients[0]: client_id has to be a text that is not empty",
    ),
    (
        {"auth0_client_grants": [{"audience": ORDERS}]},
        "auth0_client_grants[0]: client_name or client_id or default_for is missing",
    ),
    (
        {"auth0_client_grants": [{"client_name": "a", "client_id": "b", "audience": ORDERS}]},
        "client_name or client_id or default_for: give only one of them",
    ),
    (
        {"auth0_client_grants": [{"client_name": "shop", "audience": ORDERS, "scope": "read:orders"}]},
        "auth0_client_grants[0]: scope has to be a list of texts",
    ),
    (
        {"auth0_client_grants": [{"client_name": "shop", "audience": ORDERS}] * 2},
        f"auth0_client_grants[1] (shop -> {ORDERS}) is declared more than once",
    ),
    (
        {"auth0_client_grants": [{"default_for": "third_party_clients", "audience": ORDERS}] * 2},
        f"auth0_client_grants[1] (third_party_clients -> {ORDERS}) is declared more than once",
    ),
    (
        {"auth0_client_grants": [{"client_name": "shop", "audience": LEDGER, "scope": ["read:entrys"]}]},
        "the API is declared without the scope read:entrys; it has read:entries",
    ),
    (
        {"auth0_clients": [{"name": "shop", "state": "absent"}]},
        f"(shop -> {ORDERS}) is to be present, but its client is declared with state: absent",
    ),
    ({"auth0_domain": " "}, "auth0_domain is not set"),
]

CALL = {"client_name": "shop", "audience": ORDERS, "url": "https://orders.example.com/orders"}
# One tenant for all of a sort: what a list of calls looks like has to be right before it can make sense.
MISSHAPEN_CALLS: list[tuple[t.Any, str]] = [
    ("https://orders.example.com", "has to be a dictionary of options of a call of an API"),
    ({**CALL, "client_name": None}, "client_name has to be a text that is not empty"),
    ({**CALL, "client_id": "x"}, "client_name or client_id: give only one of them"),
    ({"client_name": "shop", "url": CALL["url"]}, "audience is missing"),
    ({**CALL, "body": "x"}, "a call of an API has no option body"),
    ({**CALL, "scope": "read:orders"}, "scope has to be a list of texts"),
]
SENSELESS_CALLS: list[tuple[t.Any, str]] = [
    ({**CALL, "scope": []}, "scope is empty"),
    ({**CALL, "method": "get"}, "method has to be one of GET, HEAD"),
    ({**CALL, "status": "2xx"}, "status has to be the status of an HTTP answer"),
    ({**CALL, "client_name": "former"}, "its client is declared with state: absent"),
    *(
        ({**CALL, "url": url}, "url has to begin with https:// and a host")
        for url in (
            "http://orders.example.com/",
            "http://127.0.0.1.example.com/",
            "http://localhost:80@example.com/",
            "https://shop:planted-password@orders.example.com/",
            "orders.example.com",
            "file:///etc/passwd",
        )
    ),
]


@pytest.fixture(scope="module")
def mistaken(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """One run with a tenant for every mistake."""
    # Port 9 answers nobody: had something been sent, the message would be another one.
    tenant = {"auth0_domain": "http://127.0.0.1:9", **DECLARATIONS}
    player = Player(tmp_path_factory.mktemp("mistaken"))
    hosts = {f"tenant-{number}": {**tenant, **variables} for number, (variables, dummy) in enumerate(MISTAKES)}
    hosts["misshapen"] = {**tenant, "auth0_api_calls": [call for call, dummy in MISSHAPEN_CALLS]}
    hosts["senseless"] = {
        **tenant,
        "auth0_clients": [*DECLARATIONS["auth0_clients"], {"name": "former", "state": "absent"}],
        "auth0_api_calls": [call for call, dummy in SENSELESS_CALLS],
    }
    player.declare(hosts)
    return player.play("provision")


@pytest.mark.parametrize("playbook", ["provision", "verify"])
def test_a_tenant_that_fails_does_not_stop_the_others(playbook: str, declared: Player, tenants: list[Tenant]) -> None:
    dev, prod = tenants
    if playbook == "verify":
        dev.set_up(SMALL)
    broken = {
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
            f"{name} failed: its message is above" in played.words
            or f"{name} - - - failed: its message is above" in played.words
        )
    assert "client id or secret is wrong" in played.output
    assert "auth0_domain is not set" in played.output
    assert len(dev.writes()) == (len(SMALL_OBJECTS) if playbook == "provision" else 0)
    assert prod.writes() == []


@pytest.mark.parametrize(
    ("tenant", "message"), [(f"tenant-{number}", message) for number, (dummy, message) in enumerate(MISTAKES)]
)
def test_a_mistake_in_the_variables_is_told_and_nothing_is_sent(tenant: str, message: str, mistaken: Played) -> None:
    assert mistaken.recap(tenant)["failed"] == 1
    told = re.findall(rf"^fatal: \[{tenant}\]: .*$", mistaken.output, re.MULTILINE)
    assert len(told) == 1
    assert message in told[0]
    assert "Get a token" not in mistaken.output


@pytest.mark.parametrize(("tenant", "calls"), [("misshapen", MISSHAPEN_CALLS), ("senseless", SENSELESS_CALLS)])
def test_a_mistake_in_a_call_is_told(tenant: str, calls: list[tuple[t.Any, str]], mistaken: Played) -> None:
    (told,) = re.findall(rf"^fatal: \[{tenant}\]: .*$", mistaken.output, re.MULTILINE)
    for number, (dummy, message) in enumerate(calls):
        assert f"auth0_api_calls[{number}]: {message}" in told or f"auth0_api_calls[{number}] {message}" in told
    assert "planted-password" not in mistaken.output


def test_all_mistakes_are_told_at_once(player: Player) -> None:
    player.declare({"dev": {}}, auth0_resource_servers=[{}, {"identifier": ORDERS, "nmae": 1}], auth0_clients=[{}])
    output = player.play("provision").output
    for message in ("auth0_domain is not set", "[0]: identifier is missing", "no option nmae", "[0]: name is missing"):
        assert message in output


def test_the_playbooks_know_every_option_of_the_modules() -> None:
    """A new option has to be added to playbooks/vars/declarations.yml, or the playbooks refuse it."""
    yaml = pytest.importorskip("yaml")
    known = yaml.safe_load((ROOT / "playbooks" / "vars" / "declarations.yml").read_text())["auth0_declarations"]
    declarations = {variable: kind for variable, kind in known.items() if variable != "auth0_api_calls"}
    shown = subprocess.run(
        [tool("ansible-doc"), "--json", "--type", "module", *(kind["module"] for kind in declarations.values())],
        capture_output=True,
        check=True,
        text=True,
    )
    for kind in declarations.values():
        options = json.loads(shown.stdout)[kind["module"]]["doc"]["options"]
        expected = {name for name in options if not name.startswith("auth0_") and name != "return_secret"}
        assert set(kind["options"]) == expected
