# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Setting up, looking at and taking away what is declared."""

from __future__ import annotations

import copy
import json
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from .support import DECLARATIONS, LEDGER, OBJECTS, ORDERS, ROOT, SMALL, SMALL_OBJECTS, Player, Tenant, emulated


def test_check_mode_predicts_what_a_run_does_and_then_nothing_is_left_to_do(
    declared: Player, tenants: list[Tenant]
) -> None:
    dev, prod = tenants
    declared.declare({"dev": {**dev.access, **DECLARATIONS}, "prod": prod.access}, **SMALL)
    objects = [("dev", what) for what in OBJECTS] + [("prod", what) for what in SMALL_OBJECTS]
    predicted = declared.succeed("provision", "--check", "--diff")
    assert predicted.changes == [f"{tenant} create {what}" for tenant, what in objects]
    for tenant in tenants:
        assert tenant.writes() == []
        assert len(tenant.token_requests()) == 1
        tenant.forget()

    first = declared.succeed("provision")
    assert first.changes == [f"{tenant} created {what}" for tenant, what in objects]
    for tenant in tenants:
        assert first.recap(tenant.name)["changed"] == 1
        assert len(tenant.writes()) == [name for name, dummy in objects].count(tenant.name)
        assert len(tenant.token_requests()) == 1
        tenant.forget()

    again = declared.succeed("provision", "--diff")
    assert again.changes == ["dev nothing to change: 7 as declared", "prod nothing to change: 3 as declared"]
    assert "+++" not in again.output
    for tenant in tenants:
        assert again.recap(tenant.name)["changed"] == 0
        assert tenant.writes() == []
        assert len(tenant.token_requests()) == 1


def test_a_difference_is_shown_and_written_and_only_where_it_is(player: Player, tenants: list[Tenant]) -> None:
    dev = tenants[0]
    dev.set_up(DECLARATIONS)
    changed = copy.deepcopy(DECLARATIONS)
    changed["auth0_resource_servers"][0]["token_lifetime"] = 43200
    changed["auth0_client_grants"][0]["scope"] = ["read:orders"]
    changed["auth0_client_grants"][2]["state"] = "absent"
    player.declare({dev.name: dev.token_access()}, **changed)

    shown = player.succeed("provision", "--check", "--diff")
    expected = [
        f"dev {{}} client grant books / {LEDGER}",
        f"dev {{}} API {ORDERS}",
        f"dev {{}} client grant shop / {ORDERS}",
    ]
    verbs = ["delete", "update", "update"]
    assert shown.changes == [line.format(verb) for line, verb in zip(expected, verbs, strict=True)]
    assert "43200" in shown.output
    assert dev.writes() == []

    done = player.succeed("provision")
    assert done.changes == [line.format(verb + "d") for line, verb in zip(expected, verbs, strict=True)]
    assert [write.split()[0] for write in dev.writes()] == ["DELETE", "PATCH", "PATCH"]


def test_check_mode_predicts_a_grant_of_a_scope_that_its_api_is_about_to_get(
    player: Player, tenants: list[Tenant]
) -> None:
    dev = tenants[0]
    dev.set_up(DECLARATIONS)
    changed = copy.deepcopy(DECLARATIONS)
    changed["auth0_client_grants"][1]["scope"].append("new")
    player.declare({"dev": dev.token_access()}, **changed)
    mistaken = player.play("provision", "--check")
    assert mistaken.status == 2
    assert f"client_grants[1] (books / {ORDERS})" in mistaken.output
    assert f"the API {ORDERS} does not define this scope: new" in mistaken.output
    assert dev.writes() == []

    changed["auth0_resource_servers"][0]["scopes"].append({"value": "new"})
    player.declare({"dev": dev.token_access()}, **changed)
    expected = [f"API {ORDERS}", f"client grant books / {ORDERS}"]
    assert player.succeed("provision", "--check").changes == [f"dev update {what}" for what in expected]
    assert dev.writes() == []
    assert player.succeed("provision").changes == [f"dev updated {what}" for what in expected]
    assert [write.split()[0] for write in dev.writes()] == ["PATCH", "PATCH"]


def test_what_is_to_be_absent_goes_first_dependants_before_what_they_depend_on(
    player: Player, tenants: list[Tenant]
) -> None:
    dev = tenants[0]
    dev.set_up(SMALL)
    gone = {variable: [{**each, "state": "absent"} for each in SMALL[variable]] for variable in SMALL}
    gone["auth0_clients"].insert(0, {"name": "shop", "app_type": "non_interactive"})
    player.declare({"dev": dev.token_access()}, **gone)
    api, client, grant = (f"delete {what}" for what in SMALL_OBJECTS)
    expected = [grant, api, client, "create client shop"]
    assert player.succeed("provision", "--check").changes == [f"dev {line}" for line in expected]
    done = [line.replace("te ", "ted ", 1) for line in expected]
    assert player.succeed("provision").changes == [f"dev {line}" for line in done]
    assert [write.split()[0] for write in dev.writes()] == ["DELETE", "DELETE", "DELETE", "POST"]
    assert player.succeed("provision").changes == ["dev nothing to change: 1 as declared"]


def test_lists_that_only_grow_stay_what_they_are(player: Player, tenants: list[Tenant]) -> None:
    """purge_scopes and purge_scope: false, from the checks of the variables to the verified token."""
    dev = tenants[0]
    dev.set_up(SMALL)
    more = [{"value": value} for value in ("read:entries", "old", "older")]
    (api,) = dev.read(f"resource-servers?identifiers={LEDGER}")
    dev.manage("PATCH", f"resource-servers/{api['id']}", {"scopes": more})
    (grant,) = dev.read(f"client-grants?audience={LEDGER}")
    dev.manage("PATCH", f"client-grants/{grant['id']}", {"scope": ["read:entries", "older"]})
    dev.forget()
    player.declare(
        {"dev": dev.token_access()},
        auth0_resource_servers=[{"identifier": LEDGER, "scopes": [{"value": "new"}], "purge_scopes": False}],
        auth0_client_grants=[
            {"client_name": "books", "audience": LEDGER, "scope": ["old", "new"], "purge_scope": False},
        ],
    )
    changes = [f"API {LEDGER}", f"client grant books / {LEDGER}"]
    assert player.succeed("provision", "--check").changes == [f"dev update {what}" for what in changes]
    assert player.succeed("provision").changes == [f"dev updated {what}" for what in changes]
    assert player.succeed("verify").words[1:] == [
        f"dev books {LEDGER} new old older read:entries HS256, the API's secret"
    ]


def test_scopes_are_checked_alike_in_check_mode_and_without(player: Player, tenants: list[Tenant]) -> None:
    dev = tenants[0]
    dev.set_up(SMALL)
    grant = {"client_name": "books", "audience": LEDGER, "scope": ["read:entrys"]}
    for api in ({}, {"scopes": None}, {"scopes": [{"value": "new"}], "purge_scopes": False}):
        player.declare(
            {"dev": dev.token_access()},
            auth0_resource_servers=[{"identifier": LEDGER, **api}],
            auth0_client_grants=[grant],
        )
        refused = player.play("provision", "--check")
        assert refused.status == 2
        assert "does not define this scope: read:entrys" in refused.output
    assert dev.writes() == []
    player.declare(
        {"dev": dev.token_access()}, **{**SMALL, "auth0_client_grants": [{**grant, "validate_scope": False}]}
    )
    assert player.succeed("provision").changes == [f"dev updated client grant books / {LEDGER}"]


def test_a_declared_id_says_which_object_is_meant(player: Player, tenants: list[Tenant]) -> None:
    """Also while it has another name, and while something else has its name."""
    dev = tenants[0]
    api = dev.create("resource-servers", identifier=ORDERS, name="Orders")
    other_api = dev.create("resource-servers", identifier=LEDGER, name="Ledger")
    mine, other = (dev.create("clients", name=name, app_type="non_interactive") for name in ("old shop", "shop"))
    for client in (mine, other):
        dev.create("client-grants", client_id=client["client_id"], audience=LEDGER, scope=[])
    player.declare(
        {"dev": dev.token_access()},
        auth0_resource_servers=[{"identifier": ORDERS, "id": api["id"]}],
        auth0_clients=[{"name": "shop", "client_id": mine["client_id"]}],
        auth0_client_grants=[{"client_name": "shop", "audience": LEDGER, "scope": []}],
    )
    objects = [f"client grant shop / {LEDGER}", "client shop", f"API {ORDERS}"]

    assert player.succeed("provision", "--check").changes == ["dev update client shop"]
    shown = player.succeed("teardown", "--check")
    assert sorted(shown.changes) == sorted(f"dev delete {what}" for what in objects)
    assert player.succeed("provision").changes == ["dev updated client shop"]
    player.succeed("verify")
    player.succeed("teardown", "--extra-vars", "auth0_teardown_confirm=dev")
    assert [each["client_id"] for each in dev.read("clients") if each["name"] == "shop"] == [other["client_id"]]
    assert [each["client_id"] for each in dev.read(f"client-grants?audience={LEDGER}")] == [other["client_id"]]
    assert [each["id"] for each in dev.read("resource-servers") if not each.get("is_system")] == [other_api["id"]]


def test_names_that_differ_by_case_are_different_names(player: Player, tenants: list[Tenant]) -> None:
    dev = tenants[0]
    declarations = {
        "auth0_resource_servers": [
            {"identifier": "urn:Orders", "scopes": [{"value": "read"}, {"value": "Read"}]},
            {"identifier": "urn:orders", "scopes": [{"value": "read"}]},
        ],
        "auth0_clients": [{"name": name, "app_type": "non_interactive"} for name in ("Shop", "shop")],
        "auth0_client_grants": [
            {"client_name": "Shop", "audience": "urn:Orders", "scope": ["Read", "read"]},
            {"client_name": "shop", "audience": "urn:orders", "scope": ["read"]},
        ],
    }
    player.declare({"dev": dev.token_access()}, **declarations)
    assert len(player.succeed("provision").changes) == 6
    assert player.succeed("verify").words[1:] == [
        "dev Shop urn:Orders Read read RS256, the tenant's key",
        "dev shop urn:orders read RS256, the tenant's key",
    ]


def test_a_grant_for_all_clients_of_a_sort_can_be_declared(player: Player, tenants: list[Tenant]) -> None:
    dev = tenants[0]
    dev.create("resource-servers", identifier=ORDERS, scopes=[{"value": "read:orders"}])
    grant = {"default_for": "third_party_clients", "audience": ORDERS, "scope": ["read:orders"]}
    player.declare({"dev": dev.token_access()}, auth0_client_grants=[grant])
    label = f"client grant third_party_clients / {ORDERS}"
    assert player.succeed("provision").changes == [f"dev created {label}"]
    assert player.succeed("verify").words[1:] == [
        f"dev third_party_clients {ORDERS} - not checked: a grant for all clients of a sort,"
        " not for one that could get a token"
    ]
    confirmed = ("--extra-vars", "auth0_teardown_confirm=dev")
    assert player.succeed("teardown", *confirmed).changes == [f"dev deleted {label}"]
    assert dev.read(f"client-grants?audience={ORDERS}") == []


def test_limit_touches_one_tenant(declared: Player, tenants: list[Tenant]) -> None:
    dev, prod = tenants
    played = declared.succeed("provision", "--limit", "dev")
    assert len(dev.writes()) == len(SMALL_OBJECTS)
    assert prod.requests() == []
    assert played.recap("prod") == {}


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
    assert [(body["audience"], "client_secret" in body) for body in bodies] == [
        (ORDERS, True),
        (ORDERS, False),
        (LEDGER, False),
    ]


def test_verify_says_which_grant_does_not_work_and_why(player: Player, tenants: list[Tenant]) -> None:
    dev = tenants[0]
    dev.set_up(DECLARATIONS)
    grants = [
        {"client_name": "nobody", "audience": ORDERS},
        {"client_name": "shop", "audience": "https://nowhere.example.com"},
        {"client_name": "shop", "audience": LEDGER, "scope": ["read:entries"]},
        {"client_name": "shop", "audience": ORDERS, "scope": ["read:orders"]},
        {"client_name": "books", "audience": ORDERS, "scope": ["read:orders"]},
        {"client_name": "books", "audience": ORDERS, "subject_type": "user"},
        {"client_name": "books", "audience": LEDGER, "scope": ["read:entries"]},
        {"client_name": "shop", "audience": LEDGER, "subject_type": "user", "state": "absent"},
    ]
    player.declare({"dev": dev.token_access()}, auth0_client_grants=grants)
    page = dev.read("resource-servers?include_totals=true")
    for api in page["resource_servers"]:
        if api["identifier"] == LEDGER:
            api["token_dialect"] = "rfc9068_profile"  # which its tokens do not follow
        if api["identifier"] == ORDERS:
            api["token_encryption"] = {"format": "compact-nested-jwe", "encryption_key": {"alg": "RSA-OAEP-256"}}
    fault = {"method": "GET", "path": "/resource-servers$", "body": page}
    dev.send("PUT", "/_emulator/faults", json.dumps([fault]).encode())
    played = player.play("verify")
    assert played.status == 2
    assert played.words[1:] == [
        f"dev nobody {ORDERS} - NOT VERIFIED, see below",
        "dev shop https://nowhere.example.com - NOT VERIFIED, see below",
        f"dev shop {LEDGER} - NOT VERIFIED, see below",
        f"dev shop {ORDERS} read:orders write:orders NOT VERIFIED, see below",
        f"dev books {ORDERS} read:orders not checked: the token is encrypted (token_encryption), and only the API has"
        " the key",
        f"dev books {ORDERS} - not checked: a grant for users, who sign in",
        f"dev books {LEDGER} read:entries NOT VERIFIED, see below",
    ]
    for reason in (
        f"nobody -> {ORDERS}: there is no such client in this tenant: create it first",
        "shop -> https://nowhere.example.com: there is no such API in this tenant: create it first",
        f"shop -> {LEDGER}: No token for client ",
        f"shop -> {ORDERS}: the token has scopes that are not declared: write:orders",
        f"books -> {LEDGER}: Its type (typ) is JWT, that of an access token with token_dialect rfc9068_profile is at",
    ):
        assert reason in played.output


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
    for confirmed in ((), ("--extra-vars", "auth0_teardown_confirm=Dev,PROD")):
        refused = provisioned.play("teardown", *confirmed)
        assert refused.status == 2
        assert "-e auth0_teardown_confirm=dev" in refused.output
        assert dev.requests() == prod.requests() == []

    shown = provisioned.succeed("teardown", "--check")
    assert sorted(shown.changes) == sorted(
        f"{tenant.name} delete {what}" for tenant in tenants for what in SMALL_OBJECTS
    )
    assert dev.writes() == prod.writes() == []

    one = provisioned.play("teardown", "--extra-vars", "auth0_teardown_confirm=dev")
    assert one.status == 2
    assert prod.writes() == []
    assert dev.writes() and {write.split()[0] for write in dev.writes()} == {"DELETE"}
    assert [api["identifier"] for api in dev.read("resource-servers") if not api.get("is_system")] == []
    assert {client["name"] for client in dev.read("clients")} & {"books"} == set()

    dev.forget()
    rest = provisioned.succeed("teardown", "--extra-vars", json.dumps({"auth0_teardown_confirm": True}))
    assert "dev nothing to change: 0 as declared" in rest.words
    assert (len(dev.writes()), len(prod.writes())) == (0, len(SMALL_OBJECTS))


def test_a_ready_made_token_serves_instead_of_credentials(player: Player, tenants: list[Tenant]) -> None:
    dev = tenants[0]
    token = dev.management_token()
    dev.forget()
    player.declare({"dev": {"auth0_domain": dev.domain, "auth0_api_token": token}}, auth0_clients=[{"name": "shop"}])
    assert player.succeed("provision").changes == ["dev created client shop"]
    assert dev.token_requests() == []

    player.declare({"dev": {"auth0_domain": dev.domain}}, auth0_clients=[{"name": "shop"}])
    player.environment.update(AUTH0_API_TOKEN=token)
    assert player.succeed("provision").changes == ["dev nothing to change: 1 as declared"]
    assert dev.token_requests() == []


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


def test_each_variable_may_be_missing(player: Player, tmp_path: Path) -> None:
    alone = {name.replace("_", "-"): {name: SMALL[name]} for name in SMALL}
    alone["nothing"] = {"auth0_clients": None}
    with emulated(tmp_path, *alone) as tenants:
        for tenant in tenants:
            if "auth0_client_grants" in alone[tenant.name]:  # what it refers to is in the tenant already
                tenant.set_up({**SMALL, "auth0_client_grants": []})
        player.declare({tenant.name: {**tenant.token_access(), **alone[tenant.name]} for tenant in tenants})
        created = player.succeed("provision").changes
        assert len(created) == len(SMALL_OBJECTS) + 1
        assert "nothing nothing to change: 0 as declared" in created
        player.succeed("verify")
        assert len(player.succeed("teardown", "--extra-vars", "auth0_teardown_confirm=yes").changes) == len(created)
