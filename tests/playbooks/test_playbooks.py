# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Setting up, looking at and taking away what is declared."""

from __future__ import annotations

import json
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from .support import DECLARATIONS, LEDGER, ORDERS, ROOT, SMALL, SMALL_OBJECTS, Player, Tenant, emulated


def test_verify_shows_who_may_call_what_also_in_check_mode(player: Player, tenants: list[Tenant]) -> None:
    dev, prod = tenants
    access = [
        f"dev shop {ORDERS} read:orders write:orders RS256, the tenant's key",
        f"dev books {ORDERS} read:orders RS256, the tenant's key",
        f"dev books {LEDGER} read:entries HS256, the API's secret",
        f"prod books {LEDGER} read:entries HS256, the API's secret",
    ]
    player.declare({"dev": {**dev.token_access(), **DECLARATIONS}, "prod": prod.token_access()}, **SMALL)
    dev.set_up(DECLARATIONS)
    prod.set_up(SMALL)
    (books,) = (client["client_id"] for client in dev.read("clients") if client["name"] == "books")
    dev.manage("PATCH", f"clients/{books}", {"token_endpoint_auth_method": "client_secret_basic"})
    dev.forget()
    for arguments, shown in (([], access), (["--check", "--limit", "prod"], access[3:])):
        verified = player.succeed("verify", *arguments)
        assert verified.words == ["TENANT CLIENT API SCOPES VERIFIED BY", *shown]
        assert verified.recap("prod")["changed"] == 0
    for tenant in tenants:
        assert tenant.writes() == []
    # Each client's secret goes where the client says: into the body, or with HTTP Basic, which the log leaves out.
    bodies = [request["body"] for request in dev.requests() if request["path"] == "/oauth/token"]
    asked = [(body["audience"], "client_secret" in body) for body in bodies]
    assert sorted(asked) == sorted([(ORDERS, True), (ORDERS, False), (LEDGER, False)])


def test_verify_does_not_pass_over_a_secret_that_it_may_not_read(player: Player, tenants: list[Tenant]) -> None:
    dev = tenants[0]
    dev.set_up(DECLARATIONS)
    auditor = dev.create("clients", name="auditor", app_type="non_interactive")
    scope = ["read:clients", "read:client_grants", "read:resource_servers"]
    dev.create("client-grants", client_id=auditor["client_id"], audience=dev.management_audience, scope=scope)
    browser = dev.create("clients", name="browser", app_type="spa", token_endpoint_auth_method="none")
    dev.create("client-grants", client_id=browser["client_id"], audience=ORDERS, scope=[])
    grants = [
        {"client_name": "shop", "audience": ORDERS, "scope": ["read:orders", "write:orders"]},
        {"client_name": "browser", "audience": ORDERS, "scope": []},
    ]
    access = {name: auditor[name.removeprefix("auth0_")] for name in ("auth0_client_id", "auth0_client_secret")}
    calls = [{"client_name": "browser", "audience": ORDERS, "url": "https://orders.example.com/"}]
    player.declare({"dev": {**dev.access, **access}}, auth0_client_grants=grants, auth0_api_calls=calls)
    played = player.play("verify", may_warn=True)
    assert played.status == 2
    assert played.words[1:] == [
        f"dev shop {ORDERS} - NOT VERIFIED, see below",
        f"dev browser {ORDERS} - not checked: the client does not authenticate",
        "",
        "TENANT CLIENT CALL SCOPES ANSWER",
        "dev browser GET https://orders.example.com/ - not called: the client does not authenticate",
    ]
    assert f"shop -> {ORDERS}: the client's secret cannot be read: " in played.output
    assert "needs the scope read:client_keys" in played.output


def test_teardown_takes_away_what_is_declared_when_it_is_confirmed(provisioned: Player, tenants: list[Tenant]) -> None:
    dev, prod = tenants
    refused = provisioned.play("teardown")
    assert refused.status == 2
    assert "-e auth0_teardown_confirm=dev" in refused.output
    assert dev.requests() == prod.requests() == []

    one = provisioned.play("teardown", "--extra-vars", "auth0_teardown_confirm=PROD,dev")
    assert one.status == 2
    assert "-e auth0_teardown_confirm=prod" in one.output
    assert prod.requests() == []
    assert dev.writes() and {write.split()[0] for write in dev.writes()} == {"DELETE"}
    assert [api["identifier"] for api in dev.read("resource-servers") if not api.get("is_system")] == []
    assert {client["name"] for client in dev.read("clients")} & {"books"} == set()

    dev.forget()
    rest = provisioned.succeed("teardown", "--extra-vars", json.dumps({"auth0_teardown_confirm": True}))
    assert "dev nothing to change: 0 as declared" in rest.words
    assert (len(dev.writes()), len(prod.writes())) == (0, len(SMALL_OBJECTS))


def test_teardown_takes_away_what_triggers_and_settings_refer_to(player: Player, tenants: list[Tenant]) -> None:
    dev, trigger = tenants[0], "credentials-exchange"
    action = {"name": "claims", "code": "// claims", "supported_triggers": [{"id": trigger}]}
    bound = {"trigger_id": trigger, "bindings": [{"action_name": "claims", "display_name": "Claims"}]}
    declared = {
        "auth0_actions": [action],
        "auth0_action_triggers": [bound],
        "auth0_resource_servers": [{"identifier": ORDERS}],
        "auth0_tenant_settings": {"default_audience": ORDERS, "friendly_name": "Acme"},
    }
    player.declare({dev.name: {**dev.access, **declared}})
    player.succeed("provision")
    assert len(dev.read(f"actions/triggers/{trigger}/bindings")["bindings"]) == 1
    player.succeed("teardown", "--extra-vars", json.dumps({"auth0_teardown_confirm": True}))
    assert dev.read("actions/actions")["actions"] == []
    settings = dev.read("tenants/settings")
    assert (settings["default_audience"], settings["friendly_name"]) == ("", "Acme")
    assert [api["identifier"] for api in dev.read("resource-servers") if not api.get("is_system")] == []
    assert dev.read(f"actions/triggers/{trigger}/bindings")["bindings"] == []


def test_a_private_key_serves_instead_of_a_secret(player: Player, tenants: list[Tenant], tmp_path: Path) -> None:
    dev = tenants[0]
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form, spki = serialization.PrivateFormat.PKCS8, serialization.PublicFormat.SubjectPublicKeyInfo
    file = tmp_path / "key.pem"
    file.touch(mode=0o600)
    file.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()))
    public = key.public_key().public_bytes(serialization.Encoding.PEM, spki).decode()
    credential = {"credential_type": "public_key", "pem": public, "alg": "RS256"}
    manager = dev.create(
        "clients",
        name="manager",
        app_type="non_interactive",
        client_authentication_methods={"private_key_jwt": {"credentials": [credential]}},
    )
    scope = ["read:clients", "create:clients"]
    dev.create("client-grants", client_id=manager["client_id"], audience=dev.management_audience, scope=scope)
    access = {"auth0_domain": dev.domain, "auth0_client_id": manager["client_id"], "auth0_private_key": str(file)}
    player.declare({"dev": access}, auth0_clients=[{"name": "shop"}])
    assert player.succeed("provision").changes == ["dev created client shop"]


def test_credentials_come_from_the_environment_when_the_inventory_has_none(
    player: Player, tenants: list[Tenant]
) -> None:
    dev = tenants[0]
    player.declare({"dev": {"auth0_domain": dev.domain}}, auth0_clients=[{"name": "shop"}])
    player.environment.update(AUTH0_CLIENT_ID=dev.client_id, AUTH0_CLIENT_SECRET=dev.client_secret)
    assert player.succeed("provision").changes == ["dev created client shop"]
    assert len(dev.token_requests()) == 1

    del player.environment["AUTH0_CLIENT_ID"], player.environment["AUTH0_CLIENT_SECRET"]
    player.environment["AUTH0_API_TOKEN"] = dev.token_access()["auth0_api_token"]
    assert player.succeed("provision").changes == ["dev nothing to change: 1 as declared"]
    assert dev.token_requests() == []


def test_the_inventory_may_name_another_group(declared: Player, tenants: list[Tenant]) -> None:
    dev = tenants[0]
    declared.inventory.write_text(json.dumps({"mine": {"hosts": {"dev": dev.access}, "vars": SMALL}}))
    assert len(declared.succeed("provision", "--extra-vars", "auth0_hosts=mine").changes) == len(SMALL_OBJECTS)


def test_the_example_inventory_for_real_tenants_is_ready_to_run(player: Player, tmp_path: Path) -> None:
    """With the domains and credentials of other tenants, since nobody has those of the example."""
    inventory = ROOT / "examples" / "inventory" / "real-tenants"
    with emulated(tmp_path, "dev", "staging", "prod") as tenants:
        overlay = tmp_path / "overlay"
        (overlay / "host_vars").mkdir(parents=True)
        (overlay / "hosts.json").write_text(json.dumps({"auth0_tenants": {"hosts": {t.name: {} for t in tenants}}}))
        for tenant in tenants:
            (overlay / "host_vars" / f"{tenant.name}.json").write_text(json.dumps(tenant.access))
        played = player.play("provision", "--inventory", str(overlay), inventory=inventory)
        assert played.status == 0, played.output
        assert len(played.changes) == 3 + 3 + 5
        verified = player.play("verify", "--inventory", str(overlay), "--limit", "dev", inventory=inventory)
        assert verified.status == 0, verified.output
        assert [
            api["token_lifetime"]
            for tenant in tenants
            for api in [tenant.read("resource-servers/https%3A%2F%2Fmy-api-urn")]
        ] == [86400, 86400, 7200]
