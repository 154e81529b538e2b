# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who may call what in a tenant, and the proof of it: rows, tokens, keys, findings. Calls are in test_access_calls."""

from __future__ import annotations

import base64
import datetime
import json
import stat
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._modules.access.work import WORK, access_spec
from ansible_collections.community.auth0.plugins.module_utils._modules.access.work import (
    read_tenant_access as read_access_of,
)
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Task, TaskFailed, perform
from ansible_collections.community.auth0.tests.harness.in_process import (
    DROPPED_AFTER,
    Fault,
    InProcessTenant,
    Raw,
    answered,
)
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.tasks import InvalidTask, params_of
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

ORDERS, LEDGER = "https://orders.example.com", "https://ledger.example.com"
SIGNING_SECRET = "a-planted-signing-secret-of-the-ledger"


def task_of(tenant: InProcessTenant, check_mode: bool = False, **options: Any) -> Task:
    access = {
        "auth0_domain": tenant.domain,
        "auth0_client_id": tenant.credentials.client_id,
        "auth0_client_secret": tenant.credentials.client_secret,
    }
    return Task(params_of(access_spec(), {**access, **options}), check_mode)


def now_of(tenant: InProcessTenant) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(tenant.clock.now, datetime.UTC)


def read(tenant: InProcessTenant, check_mode: bool = False, **options: Any) -> dict[str, Any]:
    with tenant.installed():
        return read_access_of(task_of(tenant, check_mode, **options), lambda: now_of(tenant))


def refused(tenant: InProcessTenant, **options: Any) -> str:
    with pytest.raises(TaskFailed) as failed:
        read(tenant, **options)
    return failed.value.message


class Shop:
    """A tenant with two APIs, two clients and three grants. ids: of the clients, by name."""

    def __init__(self, tenant: InProcessTenant | None = None) -> None:
        self.tenant = tenant or InProcessTenant()
        scopes = [{"value": "read:orders"}, {"value": "write:orders"}]
        self.orders = self.tenant.call(
            "POST", "/resource-servers", {"identifier": ORDERS, "token_dialect": "rfc9068_profile", "scopes": scopes}
        )
        self.ledger = self.tenant.call(
            "POST",
            "/resource-servers",
            {
                "identifier": LEDGER,
                "signing_alg": "HS256",
                "signing_secret": SIGNING_SECRET,
                "scopes": [{"value": "read:entries"}],
            },
        )
        self.ids: dict[str, str] = {}
        self.client("shop")
        self.client("books", token_endpoint_auth_method="client_secret_basic")
        self.grant("shop", ORDERS, "read:orders", "write:orders")
        self.grant("books", ORDERS, "read:orders")
        self.grant("books", LEDGER, "read:entries")

    def client(self, name: str, **fields: Any) -> str:
        made = self.tenant.call("POST", "/clients", {"name": name, "app_type": "non_interactive", **fields})
        self.ids[name] = str(made["client_id"])
        return self.ids[name]

    def grant(self, client: str, audience: str, *scope: str, **fields: Any) -> dict[str, Any]:
        body = {"client_id": self.ids[client], "audience": audience, "scope": list(scope), **fields}
        made: dict[str, Any] = self.tenant.call("POST", "/client-grants", body)
        return made

    def change(self, path: str, **fields: Any) -> None:
        self.tenant.call("PATCH", path, fields)

    def secrets(self) -> set[str]:
        """What must never leave the module, the tokens aside."""
        found = {self.tenant.credentials.client_secret, SIGNING_SECRET}
        found.update(str(client.get("client_secret") or "") for client in self.tenant.call("GET", "/clients"))
        return {secret for secret in found if secret}


@pytest.fixture
def shop() -> Shop:
    return Shop()


def rows(result: dict[str, Any], *names: str) -> list[tuple[Any, ...]]:
    """Some fields of the rows, those of the Management API aside."""
    return [
        tuple(row[name] for name in names) for row in result["access"] if not str(row["audience"]).endswith("/api/v2/")
    ]


def verdicts(result: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(row["client"], row["verification"]["result"], row["verification"]["note"]) for row in result["access"]]


def key_pair() -> tuple[str, str]:
    """A private key and its public one, as PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = serialization.PrivateFormat.PKCS8
    private = key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
    spki = serialization.PublicFormat.SubjectPublicKeyInfo
    return private.decode(), key.public_key().public_bytes(serialization.Encoding.PEM, spki).decode()


def test_without_declarations_there_is_a_row_for_every_grant_of_the_tenant(shop: Shop) -> None:
    shop.grant("shop", LEDGER, "read:entries", subject_type="user")
    result = read(shop.tenant)
    assert rows(result, "client", "audience", "subject_type", "scope", "authentication", "declared", "exists") == [
        ("books", LEDGER, "client", ["read:entries"], "client_secret_basic", None, True),
        ("books", ORDERS, "client", ["read:orders"], "client_secret_basic", None, True),
        ("shop", LEDGER, "user", ["read:entries"], "client_secret_post", None, True),
        ("shop", ORDERS, "client", ["read:orders", "write:orders"], "client_secret_post", None, True),
    ]
    assert result["changed"] is False
    assert "verification" not in result["access"][0]
    assert shop.tenant.writes == []


def test_declared_grants_have_rows_in_their_order_and_others_only_where_they_are_asked_for(shop: Shop) -> None:
    shop.grant("shop", LEDGER, "read:entries")
    declared = [
        {"client_name": "books", "audience": LEDGER, "scope": ["read:entries"]},
        {"client_id": shop.ids["shop"], "audience": ORDERS},
        {"client_name": "books", "audience": ORDERS, "state": "absent"},
        {"client_name": "nobody", "audience": ORDERS},
        {"client_name": "books", "audience": ORDERS, "subject_type": "user"},
    ]
    names = ("client", "audience", "subject_type", "declared", "exists")
    expected = [
        ("books", LEDGER, "client", True, True),
        ("shop", ORDERS, "client", True, True),
        ("nobody", ORDERS, "client", True, False),
        ("books", ORDERS, "user", True, False),
    ]
    result = read(shop.tenant, client_grants=declared)
    assert rows(result, *names) == expected
    assert [finding["code"] for finding in result["findings"]] == ["missing_grant"] * 2

    shown = read(shop.tenant, client_grants=declared, show_undeclared=True)
    assert rows(shown, *names) == [
        *expected,
        ("books", ORDERS, "client", False, True),
        ("shop", LEDGER, "client", False, True),
    ]
    undeclared = [finding["message"] for finding in shown["findings"] if finding["code"] == "undeclared_grant"]
    assert undeclared == [
        f"books -> {ORDERS}: in the tenant, and not declared",
        f"shop -> {LEDGER}: in the tenant, and not declared",
    ]


def test_each_token_is_obtained_as_the_client_does_it_and_verified_as_its_api_must(shop: Shop) -> None:
    result = read(
        shop.tenant,
        obtain_tokens=True,
        client_grants=[
            {"client_name": "shop", "audience": ORDERS, "scope": ["write:orders", "read:orders"]},
            {"client_name": "books", "audience": ORDERS, "scope": ["read:orders"]},
            {"client_name": "books", "audience": LEDGER, "scope": ["read:entries"]},
        ],
    )
    assert verdicts(result) == [
        ("shop", "verified", "RS256, the tenant's key"),
        ("books", "verified", "RS256, the tenant's key"),
        ("books", "verified", "HS256, the API's secret"),
    ]
    assert result["access"][0]["verification"]["scope"] == ["read:orders", "write:orders"]
    assert result["access"][0]["verification"]["expires_in"] == 86400
    assert result["problems"] == []
    asked = [
        sent for sent in shop.tenant.sent if sent.path == "/oauth/token" and sent.body["audience"] in (ORDERS, LEDGER)
    ]
    basic = base64.b64encode(f"{shop.ids['books']}:".encode()).decode()[:20]
    ways = Counter(
        (sent.body["audience"], "client_secret" in sent.body, sent.headers.get("authorization", "")[:26])
        for sent in asked
    )
    assert ways == {(ORDERS, True, ""): 1, (ORDERS, False, f"Basic {basic}"): 1, (LEDGER, False, f"Basic {basic}"): 1}
    assert "scope" not in asked[0].body


@pytest.mark.parametrize("obtained", [False, True])
def test_no_secret_and_no_token_is_in_the_result(shop: Shop, obtained: bool) -> None:
    private, public = key_pair()
    credential = {"credential_type": "public_key", "name": "k", "pem": public}
    shop.client("keyed", client_authentication_methods={"private_key_jwt": {"credentials": [credential]}})
    shop.grant("keyed", ORDERS, "read:orders")
    keys = [{"client_name": "keyed", "private_key": private}]
    shop.client("broken")
    shop.tenant.fail(answered(401, "Unauthorized", "access_denied"), "POST", "/oauth/token", times=1, skip=2)
    task = task_of(shop.tenant, obtain_tokens=obtained, private_keys=keys)
    with shop.tenant.installed():
        outcome = perform(WORK, task)
    told = json.dumps([outcome.result, outcome.message, outcome.warnings])
    assert outcome.message is None
    assert "eyJ" not in told and "BEGIN" not in told
    assert not [secret for secret in shop.secrets() if secret in told]


def test_grants_for_which_no_token_can_be_had_are_skipped_with_the_reason(shop: Shop) -> None:
    shop.client("browser", app_type="spa", token_endpoint_auth_method="none", grant_types=["authorization_code"])
    shop.grant("browser", ORDERS)
    credential = {"credential_type": "public_key", "pem": key_pair()[1]}
    shop.client("keyed", client_authentication_methods={"private_key_jwt": {"credentials": [credential]}})
    shop.grant("keyed", ORDERS)
    shop.client("tenants", organization_usage="require")
    shop.grant("tenants", ORDERS, organization_usage="require")
    shop.tenant.call("POST", "/client-grants", {"default_for": "third_party_clients", "audience": ORDERS, "scope": []})
    shop.tenant.forget()
    result = read(
        shop.tenant,
        obtain_tokens=True,
        client_grants=[
            {"default_for": "third_party_clients", "audience": ORDERS},
            {"client_name": "books", "audience": ORDERS, "subject_type": "user"},
            {"client_name": "books", "audience": ORDERS, "subject_type": "anonymous_user"},
            {"client_name": "tenants", "audience": ORDERS},
            {"client_name": "browser", "audience": ORDERS},
            {"client_name": "keyed", "audience": ORDERS},
        ],
    )
    assert verdicts(result) == [
        (
            "third_party_clients",
            "skipped",
            "a grant for all clients of a sort, not for one that could get a token",
        ),
        ("books", "skipped", "a grant for users, who sign in"),
        ("books", "skipped", "a grant for users who have not signed in"),
        ("tenants", "skipped", "tokens are for one organization only, and the client has no default organization"),
        ("browser", "skipped", "the client does not authenticate"),
        ("keyed", "skipped", "the client authenticates with private_key_jwt, not with a secret"),
    ]
    assert result["problems"] == []
    assert len([sent for sent in shop.tenant.sent if sent.path == "/oauth/token"]) == 1  # the task's own


def test_a_grant_that_requires_an_organization_is_proved_by_the_default_one_of_its_client(shop: Shop) -> None:
    acme, other = (shop.tenant.call("POST", "/organizations", {"name": name})["id"] for name in ("acme", "other"))
    client_id = shop.client("tenants", organization_usage="require")
    default = {"organization_id": acme, "flows": ["client_credentials"]}
    shop.change(f"/clients/{client_id}", default_organization=default)
    required = {"organization_usage": "require", "allow_any_organization": True}
    shop.grant("tenants", ORDERS, "read:orders", **required)
    declared = [{"client_name": "tenants", "audience": ORDERS, "scope": ["read:orders"]}]
    proved = read(shop.tenant, obtain_tokens=True, client_grants=declared)
    assert verdicts(proved) == [("tenants", "verified", f"RS256, the tenant's key, for the organization {acme}")]

    # A token for another one is not what this client is meant to get.
    def moved(request: Any, answer: Raw) -> Raw:
        shop.change(f"/clients/{client_id}", default_organization={**default, "organization_id": other})
        return answer

    shop.tenant.fail(Fault("then moved", True, moved), "GET", "/clients")
    wrong = read(shop.tenant, obtain_tokens=True, client_grants=declared)
    assert wrong["problems"] == [
        f"tenants -> {ORDERS}: It is for the organization {other}, not for the organization {acme}."
    ]


def test_a_secret_that_was_rotated_a_moment_ago_is_given_time_to_be_accepted(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []

    def pause(task: Task, seconds: float) -> None:
        waited.append(seconds)
        shop.tenant.clock.advance(seconds)

    monkeypatch.setattr(Task, "pause", pause)
    refusal = answered(401, "Unauthorized", "access_denied")
    declared = [{"client_name": "shop", "audience": ORDERS}]

    def verdict_after(age: int) -> str:
        rotated = now_of(shop.tenant) - datetime.timedelta(seconds=age)
        metadata = {"client_secret_rotated_at": rotated.strftime("%Y-%m-%dT%H:%M:%SZ")}
        shop.change(f"/clients/{shop.ids['shop']}", client_metadata=metadata)
        shop.tenant.heal()
        shop.tenant.fail(refusal, "POST", "/oauth/token", times=3, skip=1)
        waited.clear()
        return verdicts(read(shop.tenant, obtain_tokens=True, client_grants=declared))[0][1]

    assert (verdict_after(5), waited) == ("verified", [1, 2, 3])
    assert (verdict_after(60), waited) == ("failed", [])


def test_what_does_not_work_is_a_problem_with_its_reason_and_the_others_are_proved(shop: Shop) -> None:
    shop.client("twin")
    shop.client("twin")
    result = read(
        shop.tenant,
        obtain_tokens=True,
        client_grants=[
            {"client_name": "nobody", "audience": ORDERS},
            {"client_name": "twin", "audience": ORDERS},
            {"client_name": "shop", "audience": "https://nowhere.example.com"},
            {"client_name": "shop", "audience": LEDGER, "scope": ["read:entries"]},
            {"client_name": "shop", "audience": ORDERS, "scope": ["read:orders"]},
            {"client_name": "books", "audience": LEDGER},
        ],
    )
    assert [(name, found) for name, found, dummy in verdicts(result)] == [
        ("nobody", "failed"),
        ("twin", "failed"),
        ("shop", "failed"),
        ("shop", "failed"),
        ("shop", "failed"),
        ("books", "verified"),
    ]
    nobody, twin, nowhere, ungranted, more = result["problems"]
    assert nobody == f"nobody -> {ORDERS}: there is no such client in this tenant: create it first"
    assert twin.startswith(f"twin -> {ORDERS}: 2 clients have the name 'twin': ")
    assert nowhere.endswith("nowhere.example.com: there is no such API in this tenant: create it first")
    assert ungranted.startswith(f"shop -> {LEDGER}: No token for client {shop.ids['shop']} and audience {LEDGER}: ")
    assert more == f"shop -> {ORDERS}: the token has scopes that are not declared: write:orders"


def told_otherwise(identifier: str, **fields: Any) -> Fault:
    """The list of APIs, in which the tenant says something else of one of them than is true."""

    def effect(request: Any, answer: Raw) -> Raw:
        page = json.loads(answer.content)
        for row in page["resource_servers"]:
            row.update(fields if row["identifier"] == identifier else {})
        return answer.with_json(page)

    return Fault("told otherwise", True, effect)


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        (
            {"token_dialect": "rfc9068_profile"},
            "Its type (typ) is JWT, that of an access token with token_dialect rfc9068_profile is at+jwt.",
        ),
        ({"signing_alg": "RS256"}, "It is signed with HS256, the API demands RS256."),
        ({"signing_secret": "another-secret-of-the-ledger"}, "Its signature is not by the API's signing secret."),
    ],
)
def test_a_token_that_its_api_must_refuse_is_a_problem(shop: Shop, fields: dict[str, Any], problem: str) -> None:
    shop.tenant.fail(told_otherwise(LEDGER, **fields), "GET", "/resource-servers$")
    result = read(shop.tenant, obtain_tokens=True, client_grants=[{"client_name": "books", "audience": LEDGER}])
    assert result["problems"] == [f"books -> {LEDGER}: {problem}"]


ENCRYPTION = {"format": "compact-nested-jwe", "encryption_key": {"alg": "RSA-OAEP-256"}}


@pytest.mark.parametrize("encrypted", [False, True])
@pytest.mark.parametrize(
    ("declared", "problem"),
    [
        ({"scope": ["write:orders", "read:orders"]}, ""),
        ({}, ""),
        ({"scope": None}, ""),
        ({"scope": ["read:orders"], "purge_scope": False}, ""),
        ({"scope": ["read:orders"]}, "has scopes that are not declared: write:orders"),
        ({"scope": []}, "has scopes that are not declared: read:orders, write:orders"),
        (
            {"scope": ["read:orders", "write:orders", "cancel:orders"], "purge_scope": False},
            "lacks scopes that are declared: cancel:orders",
        ),
        (
            {"scope": ["read:orders", "cancel:orders"]},
            "has scopes that are not declared: write:orders; the token lacks scopes that are declared: cancel:orders",
        ),
    ],
)
def test_a_token_must_have_the_declared_scopes_also_where_only_its_api_can_read_it(
    shop: Shop, declared: dict[str, Any], problem: str, encrypted: bool
) -> None:
    if encrypted:
        shop.tenant.fail(told_otherwise(ORDERS, token_encryption=ENCRYPTION), "GET", "/resource-servers$")
    grant = {"client_name": "shop", "audience": ORDERS, **declared}
    result = read(shop.tenant, obtain_tokens=True, client_grants=[grant])
    (verdict,) = (row["verification"] for row in result["access"])
    assert result["problems"] == ([f"shop -> {ORDERS}: the token {problem}"] if problem else [])
    if not problem:
        assert verdict["result"] == ("skipped" if encrypted else "verified")
        assert not encrypted or verdict["note"].startswith(
            "the token is encrypted (token_encryption), and only the API"
        )


def test_a_token_without_declared_scopes_must_have_those_of_its_grant(shop: Shop) -> None:
    """An Action of the tenant may have changed them."""

    def effect(request: Any, answer: Raw) -> Raw:
        page = json.loads(answer.content)
        for row in page["client_grants"]:
            row["scope"] = ["read:orders"] if row["audience"] == ORDERS else row["scope"]
        return answer.with_json(page)

    shop.tenant.fail(Fault("other scopes", True, effect), "GET", "/client-grants$")
    result = read(shop.tenant, obtain_tokens=True)
    assert result["problems"] == [f"shop -> {ORDERS}: the token has scopes that are not granted: write:orders"]


def test_a_grant_of_all_scopes_holds_those_of_its_api(shop: Shop) -> None:
    shop.client("all")
    made = shop.grant("all", ORDERS)
    shop.change(f"/client-grants/{made['id']}", scope=None, allow_all_scopes=True)
    (row,) = (row for row in read(shop.tenant, obtain_tokens=True)["access"] if row["client"] == "all")
    assert row["all_scopes"] is True
    assert row["scope"] == ["read:orders", "write:orders"]
    assert row["verification"]["note"] == "RS256, the tenant's key"


def test_a_client_proves_itself_by_a_key_that_is_given_as_the_tenant_knows_it(shop: Shop, tmp_path: Path) -> None:
    private, public = key_pair()
    file = tmp_path / "key.pem"
    file.touch(mode=stat.S_IRUSR | stat.S_IWUSR)
    file.write_text(private)
    credential = {"credential_type": "public_key", "name": "k", "pem": public, "alg": "PS256"}
    shop.client("keyed", client_authentication_methods={"private_key_jwt": {"credentials": [credential]}})
    shop.grant("keyed", ORDERS, "read:orders")
    grants = [{"client_name": "keyed", "audience": ORDERS, "scope": ["read:orders"]}]
    for owner in ({"client_name": "keyed"}, {"client_id": shop.ids["keyed"]}):
        keys = [{**owner, "private_key": str(file)}]
        result = read(shop.tenant, obtain_tokens=True, client_grants=grants, private_keys=keys)
        assert verdicts(result) == [("keyed", "verified", "RS256, the tenant's key")]
    other, dummy = key_pair()
    keys = [{"client_name": "keyed", "private_key": other}, {"client_name": "nobody", "private_key": other}]
    (problem,) = read(shop.tenant, obtain_tokens=True, client_grants=grants, private_keys=keys)["problems"]
    assert "the client id or the key is wrong" in problem


def test_a_key_for_a_client_with_a_secret_is_a_problem_and_one_that_is_none_a_mistake(shop: Shop) -> None:
    private, dummy = key_pair()
    grants = [{"client_name": "shop", "audience": ORDERS}]
    options = {"obtain_tokens": True, "client_grants": grants}
    result = read(shop.tenant, **options, private_keys=[{"client_name": "shop", "private_key": private}])
    assert result["problems"] == [
        f"shop -> {ORDERS}: a private key is given, but the client authenticates with a secret"
    ]
    message = refused(shop.tenant, **options, private_keys=[{"client_name": "shop", "private_key": "/no/such/file"}])
    assert message.startswith("private_keys[0].private_key is neither a private key in PEM format nor the path")
    message = refused(shop.tenant, **options, private_keys=[{"private_key": private}])
    assert "private_keys[0]: client_name or client_id is missing." in message


def test_a_declared_id_says_which_client_is_meant_whatever_the_tenant_calls_it(shop: Shop) -> None:
    shop.client("old books")
    shop.grant("old books", ORDERS, "write:orders")
    result = read(
        shop.tenant,
        obtain_tokens=True,
        clients=[{"name": "books", "client_id": shop.ids["old books"]}],
        client_grants=[{"client_name": "books", "audience": ORDERS, "scope": ["write:orders"]}],
    )
    assert rows(result, "client", "client_id", "scope") == [("books", shop.ids["old books"], ["write:orders"])]
    assert result["problems"] == []


@pytest.mark.parametrize("called", ["old books", "new books"])
def test_a_client_that_is_still_called_by_its_previous_name_is_the_one_that_is_meant(shop: Shop, called: str) -> None:
    shop.client(called)
    shop.grant(called, ORDERS, "write:orders")
    result = read(
        shop.tenant,
        obtain_tokens=True,
        show_undeclared=True,
        clients=[{"name": "new books", "previous_name": "old books"}],
        client_grants=[{"client_name": "new books", "audience": ORDERS, "scope": ["write:orders"]}],
    )
    assert rows(result, "client", "client_id", "exists", "declared")[0] == (
        "new books",
        shop.ids[called],
        True,
        True,
    )
    assert [one["client"] for one in result["findings"] if one["code"] == "undeclared_grant"] == [
        "books",
        "books",
        "shop",
    ]
    assert result["problems"] == []


def limited(shop: Shop, *scopes: str) -> dict[str, Any]:
    """Options for a tenant to whose Management API a token has these scopes only."""
    shop.client("auditor", token_endpoint_auth_method="client_secret_post")
    shop.grant("auditor", shop.tenant.audience, *scopes)
    token = shop.tenant.token(client_id=shop.ids["auditor"], client_secret=secret_of(shop, "auditor"))
    return {"auth0_client_id": None, "auth0_client_secret": None, "auth0_api_token": token}


def secret_of(shop: Shop, client: str) -> str:
    return str(shop.tenant.call("GET", f"/clients/{shop.ids[client]}")["client_secret"])


READ = ("read:clients", "read:client_grants", "read:resource_servers")


def test_secrets_that_must_not_be_read_are_a_problem_and_a_warning(shop: Shop) -> None:
    shop.client("browser", app_type="spa", token_endpoint_auth_method="none", grant_types=["authorization_code"])
    shop.grant("browser", ORDERS)
    grants = [{"client_name": name, "audience": ORDERS} for name in ("shop", "browser")]
    result = read(shop.tenant, obtain_tokens=True, client_grants=grants, **limited(shop, *READ))
    assert [found for dummy, found, note in verdicts(result)] == ["failed", "skipped"]
    assert result["problems"] == [
        f"shop -> {ORDERS}: the client's secret cannot be read: the token for the Management API needs the scope"
        " read:client_keys"
    ]
    assert [warning.rpartition(" ")[2] for warning in result["warnings"]] == [
        "read:client_keys.",
        "read:client_credentials.",
    ]


def test_keys_that_must_not_be_read_are_unknown_with_a_warning(shop: Shop) -> None:
    credential = {"credential_type": "public_key", "name": "k", "pem": key_pair()[1]}
    shop.client("keyed", client_authentication_methods={"private_key_jwt": {"credentials": [credential]}})
    shop.grant("keyed", ORDERS)
    for scopes in (READ, (*READ, "read:client_keys")):
        access = limited(shop, *scopes)
        result = read(shop.tenant, min_key_days=30, **access)
        (warning,) = result["warnings"]
        assert "read:client_credentials" in warning
        method = "private_key_jwt" if "read:client_keys" in scopes else None
        assert ("keyed", method, None) in rows(result, "client", "authentication", "keys")
        unknown = {one["client"]: one["message"] for one in result["findings"] if one["code"] == "unreadable_keys"}
        assert unknown["keyed"] == (
            "keyed: its keys cannot be read, so nobody knows when they end: the token for the Management API "
            "needs the scope read:client_credentials"
        )
        # Of a client whose secret can be seen, it is known that it has no keys.
        assert ("shop" in unknown) is (method is None)
        assert "unreadable_keys" not in {one["code"] for one in read(shop.tenant, **access)["findings"]}


def test_a_tenant_that_must_not_be_read_fails_the_task_with_the_missing_scope(shop: Shop) -> None:
    assert "read:client_grants" in refused(shop.tenant, **limited(shop, "read:clients", "read:resource_servers"))


def test_age_of_secrets_and_days_of_keys_are_told_and_held_against_the_thresholds(shop: Shop) -> None:
    now = now_of(shop.tenant)
    metadata = {"client_secret_rotated_at": (now - datetime.timedelta(days=91)).strftime("%Y-%m-%dT%H:%M:%SZ")}
    shop.change(f"/clients/{shop.ids['shop']}", client_metadata=metadata)
    shop.change(f"/clients/{shop.ids['books']}", client_metadata={"client_secret_rotated_at": "some day"})
    ends = (now + datetime.timedelta(days=20, hours=1)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    credential = {"credential_type": "public_key", "name": "spring", "pem": key_pair()[1], "expires_at": ends}
    shop.client("keyed", client_authentication_methods={"private_key_jwt": {"credentials": [credential]}})
    shop.grant("keyed", ORDERS)
    result = read(shop.tenant, max_secret_age=90, min_key_days=21)
    names = ("client", "secret_rotated_at", "secret_age_days", "key_days_left")
    assert set(rows(result, *names)) == {
        ("books", None, None, None),
        ("keyed", None, None, 20),
        ("shop", metadata["client_secret_rotated_at"], 91, None),
    }
    (key,) = next(row["keys"] for row in result["access"] if row["client"] == "keyed")
    assert (key["name"], key["days_left"]) == ("spring", 20)
    told = {(one["code"], one["client"], one["days"]) for one in result["findings"] if one["client"] in shop.ids}
    assert told == {
        ("old_secret", "shop", 91),
        ("unknown_secret_age", "books", None),
        ("ending_key", "keyed", 20),
    }
    calm = read(shop.tenant, max_secret_age=91, min_key_days=20)["findings"]
    assert {one["code"] for one in calm} == {"unknown_secret_age"}
    shop.tenant.clock.advance(86400 * 30)
    ended = [one["message"] for one in read(shop.tenant, min_key_days=0)["findings"]]
    assert ended == ["keyed: the key spring has ended"]
    for back, words in ((10.5, "less than a day"), (11.5, "1 day"), (12.5, "2 days")):
        shop.tenant.clock.now = now.timestamp() + 86400 * (20 - back + 10)
        (ending,) = (one["message"] for one in read(shop.tenant, min_key_days=5)["findings"])
        assert ending == f"keyed: the key spring ends in {words}"
    shop.tenant.clock.now = now.timestamp() + 86400 * 30
    assert read(shop.tenant)["findings"] == []


def test_what_serves_nothing_is_found_where_all_grants_are_read(shop: Shop) -> None:
    shop.client("idle")
    shop.client("browser", app_type="spa", token_endpoint_auth_method="none", grant_types=["authorization_code"])
    shop.change(f"/resource-servers/{shop.ledger['id']}", scopes=[{"value": "read:entries"}, {"value": "never:used"}])
    shop.grant("shop", LEDGER, "no:such:scope")
    shop.tenant.call("POST", "/resource-servers", {"identifier": "urn:gone", "scopes": []})
    shop.grant("shop", "urn:gone")
    (gone,) = (api for api in shop.tenant.call("GET", "/resource-servers") if api["identifier"] == "urn:gone")
    shop.tenant.call("DELETE", f"/resource-servers/{gone['id']}")
    found = read(shop.tenant)["findings"]
    assert {(one["code"], one["client"], one["audience"], tuple(one["scope"])) for one in found} == {
        ("undefined_scope", "shop", LEDGER, ("no:such:scope",)),
        ("missing_api", "shop", "urn:gone", ()),
        ("unused_scope", None, LEDGER, ("never:used",)),
        ("client_without_grant", "idle", None, ()),
    }
    declared = [{"client_name": "books", "audience": ORDERS}]
    assert read(shop.tenant, client_grants=declared)["findings"] == []
    assert {one["code"] for one in read(shop.tenant, client_grants=declared, show_undeclared=True)["findings"]} == {
        "undefined_scope",
        "missing_api",
        "unused_scope",
        "client_without_grant",
        "undeclared_grant",
    }


def test_what_auth0_or_the_task_itself_needs_is_not_called_undeclared(shop: Shop) -> None:
    result = read(shop.tenant, client_grants=[], show_undeclared=True)
    own = [row for row in result["access"] if row["client_id"] == shop.tenant.credentials.client_id]
    assert [row["declared"] for row in own] == [None]
    assert result["caller"] == shop.tenant.credentials.client_id
    assert {row["declared"] for row in result["access"] if row not in own} == {False}


def test_the_quota_of_tokens_is_told_and_warned_of(shop: Shop) -> None:
    quota = {"client_credentials": {"enforce": True, "per_hour": 5}}
    shop.change(f"/clients/{shop.ids['shop']}", token_quota=quota)
    grants = [{"client_name": "shop", "audience": ORDERS}]
    for number in range(4):
        result = read(shop.tenant, obtain_tokens=True, client_grants=grants)
        (row,) = result["access"]
        assert row["token_quota"] == quota["client_credentials"]
        assert row["quota"]["client"]["per_hour"]["remaining"] == 4 - number
    assert any(text.startswith(f"shop -> {ORDERS}: Tokens left for this client: 1 of 5") for text in result["warnings"])


def test_a_tenant_is_read_once_and_its_keys_once_however_many_grants_there_are() -> None:
    shop = Shop()
    for number in range(120):
        shop.client(f"service-{number:03d}")
        shop.grant(f"service-{number:03d}", ORDERS, "read:orders")
    shop.tenant.forget()
    result = read(shop.tenant, obtain_tokens=True, concurrency=8)
    paths = Counter(sent.path for sent in shop.tenant.sent)
    assert {row["verification"]["result"] for row in result["access"]} == {"verified"}
    assert paths.pop("/oauth/token") == 1 + len(result["access"])
    assert paths == {
        "/api/v2/resource-servers": 1,
        "/api/v2/clients": 2,
        "/api/v2/client-grants": 2,
        "/.well-known/jwks.json": 1,
    }
    assert result["requests"]["number"] == len(shop.tenant.sent)


def test_one_token_that_cannot_be_had_does_not_stop_the_others(shop: Shop) -> None:
    shop.tenant.fail(answered(403, "Forbidden", "access_denied"), "POST", "/oauth/token", skip=2)
    result = read(shop.tenant, obtain_tokens=True, concurrency=1)
    assert Counter(row["verification"]["result"] for row in result["access"]) == {"failed": 1, "verified": 3}
    shop.tenant.fail(DROPPED_AFTER, "GET", "/jwks.json$", times=20)
    result = read(shop.tenant, obtain_tokens=True, auth0_retries=0)
    assert {problem.rpartition(" does not answer ")[2][:26] for problem in result["problems"]} == {
        "GET /.well-known/jwks.json"
    }


def test_all_mistakes_are_reported_at_once_before_anything_is_sent(shop: Shop) -> None:
    shop.tenant.forget()
    message = refused(
        shop.tenant,
        client_grants=[
            {"client_name": "a", "audience": ORDERS},
            {"client_name": "a", "audience": ORDERS, "subject_type": "client"},
            {"client_name": "a", "audience": ORDERS, "scopes": ["x"]},
            {"audience": ORDERS},
            "nothing",
            {"client_name": "a", "audience": ""},
            {"client_name": "", "audience": ORDERS},
        ],
        clients=["shop"],
        max_secret_age=-1,
        min_key_days=-5,
    )
    for words in (
        f"client_grants[1] (a / {ORDERS} / client): it is declared already, as client_grants[0] (a / {ORDERS}).",
        "there is no option scopes; did you mean scope?",
        f"client_grants[3] ({ORDERS}): one of the following is required: ",
        "client_grants[4]: expected a dictionary",
        "client_grants[5] (a): it names no API.",
        f"client_grants[6] ({ORDERS}): it names no client.",
        "clients[0]: expected a dictionary",
        "max_secret_age: give a number of days, 0 or more.",
        "min_key_days: give a number of days, 0 or more.",
    ):
        assert words in message
    assert shop.tenant.sent == []


def test_thresholds_that_are_no_numbers_are_refused(shop: Shop) -> None:
    for option in ("max_secret_age", "min_key_days"):
        with pytest.raises(InvalidTask, match=option):
            task_of(shop.tenant, **{option: "soon"})
