# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tasks that keep and read the credentials of clients: what they send, return, and never show."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import json
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from ansible_collections.community.auth0.plugins.module_utils._engine import settling
from ansible_collections.community.auth0.plugins.module_utils._errors import (
    ApiError,
    Auth0Error,
    InvalidOptions,
    Missing,
    Refused,
)
from ansible_collections.community.auth0.plugins.module_utils._kinds.client import CLIENT
from ansible_collections.community.auth0.plugins.module_utils._kinds.rules import OneOf
from ansible_collections.community.auth0.plugins.module_utils._modules.client_credentials import performing
from ansible_collections.community.auth0.plugins.module_utils._modules.client_credentials.stored import TYPES
from ansible_collections.community.auth0.plugins.module_utils._modules.client_credentials.work import (
    WORK,
    keep_credentials,
    read_credentials,
)
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Task, TaskFailed
from ansible_collections.community.auth0.tests.harness.in_process import HUNG_AFTER, answered, replaced
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.keys import kid_of
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.numbered_tenant import (
    DOMAIN,
    TOKEN,
    Numbered,
)
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

NOW = datetime.datetime(2026, 11, 22, 3, 15, tzinfo=datetime.UTC)
ENDS = datetime.datetime(2040, 5, 6, 7, 8, 9, tzinfo=datetime.UTC)
CLIENTS = "/api/v2/clients"
KEYS = f"{CLIENTS}/client1/credentials"
READS = [f"GET {CLIENTS}/client1", f"GET {KEYS}"]
POST, PATCH = f"POST {KEYS}", f"PATCH {CLIENTS}/client1"
CONNECTION = {"auth0_domain": DOMAIN, "auth0_timeout": 60, "auth0_retries": 0}
JWT = "private_key_jwt"
LACKING = answered(403, "Insufficient scope: update:clients", "insufficient_scope")
OPTIONS = (
    *("client_id", "client_name", "method", "credentials"),
    *("signed_request_object", "token_vault_privileged_access"),
)
#: A client as the tenant stores it at that time.
Client = Callable[[], dict[str, Any]]


@functools.cache
def private_key(number: int) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def pem(number: int) -> str:
    spki = serialization.PublicFormat.SubjectPublicKeyInfo
    return private_key(number).public_key().public_bytes(serialization.Encoding.PEM, spki).decode()


@functools.cache
def certificate(number: int) -> str:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"me{number}")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).serial_number(number + 1)
    builder = builder.public_key(private_key(number).public_key()).not_valid_before(NOW).not_valid_after(ENDS)
    return builder.sign(private_key(number), hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()


def kid(number: int) -> str:
    return kid_of(pem(number))


def run(check_mode: bool = False, diff: bool = False, token: str = TOKEN, **options: Any) -> dict[str, Any]:
    given = {**dict.fromkeys(OPTIONS), "client_id": "client1", "method": JWT, **options}
    return keep_credentials(Task({**CONNECTION, "auth0_api_token": token, **given}, check_mode, diff), lambda: NOW)


def read(**options: Any) -> list[dict[str, Any]]:
    given = {"client_id": None, "client_name": None, **options}
    result = read_credentials(Task({**CONNECTION, "auth0_api_token": TOKEN, **given}), lambda: NOW)
    assert result.pop("changed") is False
    return list(result["credentials"])


def failed(error: type[Auth0Error], **options: Any) -> TaskFailed:
    with pytest.raises(TaskFailed) as caught:
        run(**options)
    assert isinstance(caught.value.error, error)
    return caught.value


@pytest.fixture
def tenant(tenant: Numbered) -> Numbered:
    tenant.clock.now = NOW.timestamp()
    return tenant


@pytest.fixture
def client(tenant: Numbered) -> Client:
    tenant.add_client("reminders", token_endpoint_auth_method="client_secret_post")
    return lambda: tenant.stored("client", "client1")


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A write whose answer was lost is read back without waiting for it to settle."""
    monkeypatch.setattr(settling, "SETTLE", 0.0)


def store(tenant: Numbered, number: int, **fields: Any) -> str:
    """A key that is there already."""
    made = tenant.make("clients/client1/credentials", credential_type="public_key", pem=pem(number))
    held = tenant.site.tenant.store("credential")
    item = held.get(made["id"])
    assert item is not None
    held.remove(made["id"])
    held.put({**item, "id": f"cred_old{number}", **fields})
    return f"cred_old{number}"


def ids(*some: str) -> list[dict[str, str]]:
    return [{"id": one} for one in some]


def attach(client: Client, *some: str) -> None:
    client().pop("token_endpoint_auth_method", None)
    client()["client_authentication_methods"] = {JWT: {"credentials": ids(*some)}}


def test_the_options_are_what_the_kinds_say_and_keys_are_masked() -> None:
    options = WORK.make_spec().options
    own = options["credentials"]["options"]
    for use in (SRO, VAULT):
        keys = options[use]["options"]["credentials"]["options"]
        assert keys["pem"]["required"]
        assert keys.keys() == own.keys() - {"subject_dn"}
        assert [name for name, option in keys.items() if option["no_log"]] == ["pem"]
    assert "required" not in own["pem"]
    assert options[SRO]["options"]["required"]["type"] == "bool"
    grant = options[VAULT]["options"]["grants"]["options"]
    assert {name: option["required"] for name, option in grant.items()} == {"connection": True, "scopes": True}
    assert set(options["method"]["choices"]) == {*TYPES, "client_secret_post", "client_secret_basic", "none"}


def test_a_key_instead_of_a_secret_is_one_creation_and_one_change(tenant: Numbered, client: Client) -> None:
    credentials = [{"pem": pem(1), "name": "first", "expires_at": "2027-02-01T01:00:00+01:00"}]
    foreseen = run(check_mode=True, credentials=credentials)
    assert tenant.requests == READS
    tenant.forget()
    result = run(credentials=credentials)
    assert tenant.requests == [*READS, POST, PATCH]
    created, changed = (call.body for call in tenant.sent[2:])
    expires_at = "2027-02-01T00:00:00.000Z"
    assert created == {"credential_type": "public_key", "pem": pem(1), "name": "first", "expires_at": expires_at}
    (item,) = result["credentials"]
    assert changed == {
        "client_authentication_methods": {JWT: {"credentials": [{"id": item["id"]}]}},
        "token_endpoint_auth_method": None,
    }
    assert item == {
        "id": item["id"],
        "credential_type": "public_key",
        "name": "first",
        "alg": "RS256",
        "kid": kid(1),
        "expires_at": expires_at,
        "created_at": "2026-11-22T03:15:00.000Z",
        "updated_at": "2026-11-22T03:15:00.000Z",
        "attached": True,
        "used_for": ["authentication"],
    }
    label = f"first ({kid(1)})"
    assert result["steps"] == [f"create {label}", "switch to private_key_jwt", f"attach {label}"] == foreseen["steps"]
    assert (result["changed"], foreseen["changed"]) == (True, True)
    assert "client_secret" not in result["client"]
    (guess,), ends = foreseen["credentials"], {"expires_at": expires_at}
    assert {**guess, "id": None} == {k: v for k, v in item.items() if not k.endswith("_at")} | ends | {"id": None}
    assert foreseen["client"]["client_authentication_methods"] == {JWT: {"credentials": [{"id": guess["id"]}]}}
    tenant.forget()
    for diff in (False, True):
        again = run(credentials=credentials, diff=diff)
        assert (again["changed"], again["steps"], again["credentials"]) == (False, [], [item])
    assert again["diff"]["before"] == again["diff"]["after"]
    assert tenant.requests == READS * 2


def test_what_a_later_step_cannot_do_is_refused_before_the_first_writes(
    tenant: Numbered, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = OneOf(("client_authentication_methods", "description"))
    monkeypatch.setattr(performing, "_CHANGED", dataclasses.replace(CLIENT, rules=(rule,)))
    client()["description"] = "which excludes keys here"
    for check_mode in (True, False):
        refused = failed(InvalidOptions, check_mode=check_mode, credentials=[{"pem": pem(1)}])
        assert "client reminders has description" in refused.message
        assert not refused.changed
    assert tenant.requests == READS * 2


@pytest.mark.parametrize("instead", ["\\n", " ", ""])
def test_a_key_that_has_lost_its_line_breaks_on_the_way_is_sent_with_them(
    tenant: Numbered, client: Client, instead: str
) -> None:
    run(credentials=[{"pem": pem(1).strip().replace("\n", instead), "name": "first"}])
    assert tenant.sent[2].body["pem"].strip() == pem(1).strip()
    assert not run(credentials=[{"pem": pem(1), "name": "first"}])["changed"]


def test_a_refusal_names_the_client(tenant: Numbered, client: Client) -> None:
    refused = failed(Refused, method=None, signed_request_object={"required": True, "credentials": []})
    assert refused.message.startswith("client reminders: signed_request_object.required: true needs credentials")


def test_a_rotation_in_two_runs(tenant: Numbered, client: Client) -> None:
    attach(client, store(tenant, 1, name="first"))
    first, second = {"pem": pem(1)}, {"pem": pem(2), "name": "second", "alg": "PS256"}
    both = run(credentials=[second, first], diff=True)
    new = both["credentials"][0]["id"]
    assert tenant.requests == [*READS, POST, PATCH]
    assert tenant.bodies("PATCH") == [
        {"client_authentication_methods": {JWT: {"credentials": [{"id": new}, {"id": "cred_old1"}]}}}
    ]
    assert both["diff"]["before"] == {
        "method": JWT,
        "credentials": [
            {
                "thumbprint": kid(1),
                "name": "first",
                "alg": "RS256",
                "expires_at": None,
                "used_for": ["authentication"],
            }
        ],
    }
    assert [one["alg"] for one in both["diff"]["after"]["credentials"]] == ["PS256", "RS256"]
    tenant.forget()
    later = run(credentials=[second])
    assert tenant.requests == [*READS, PATCH, f"DELETE {KEYS}/cred_old1"]
    assert later["steps"] == [f"detach first ({kid(1)})", f"delete first ({kid(1)})"]
    assert [one["id"] for one in later["credentials"]] == [new]


def test_a_key_is_exchanged_with_never_less_than_one_attached(tenant: Numbered, client: Client) -> None:
    attach(client, store(tenant, 1))
    result = run(credentials=[{"pem": pem(2)}])
    assert tenant.written == [POST, PATCH, f"DELETE {KEYS}/cred_old1"]
    assert result["steps"] == [f"create {kid(2)}", f"attach {kid(2)}", f"detach {kid(1)}", f"delete {kid(1)}"]


def test_back_to_a_secret_in_one_change_and_deletions(tenant: Numbered, client: Client) -> None:
    attach(client, store(tenant, 1))
    store(tenant, 2)
    result = run(method="client_secret_basic")
    assert tenant.written == [PATCH, f"DELETE {KEYS}/cred_old1", f"DELETE {KEYS}/cred_old2"]
    assert tenant.bodies("PATCH") == [
        {"token_endpoint_auth_method": "client_secret_basic", "client_authentication_methods": None}
    ]
    assert result["credentials"] == []
    assert result["client"]["token_endpoint_auth_method"] == "client_secret_basic"
    tenant.forget()
    assert run(method="client_secret_basic")["changed"] is False
    assert tenant.requests == READS


def test_a_time_is_changed_alone(tenant: Numbered, client: Client) -> None:
    attach(client, store(tenant, 1, expires_at="2027-01-01T00:00:00.000Z"))
    assert run(credentials=[{"pem": pem(1), "expires_at": "2027-01-01"}])["changed"] is False
    result = run(credentials=[{"pem": pem(1), "expires_at": "2028-01-01T00:00:00Z"}])
    assert tenant.written == [f"PATCH {KEYS}/cred_old1"]
    assert tenant.bodies("PATCH") == [{"expires_at": "2028-01-01T00:00:00.000Z"}]
    assert result["steps"] == [f"let {kid(1)} expire 2028-01-01T00:00:00.000Z"]
    assert run(credentials=[{"pem": pem(1), "expires_at": "never"}])["credentials"][0]["expires_at"] is None
    assert tenant.bodies("PATCH")[1] == {"expires_at": None}
    assert run(credentials=[{"pem": pem(1), "expires_at": "never"}])["changed"] is False


def test_a_certificate_tells_when_it_ends(tenant: Numbered, client: Client) -> None:
    wanted = [{"pem": certificate(1), "parse_expiry_from_cert": True}]
    guess = run(check_mode=True, credentials=wanted)["credentials"][0]
    (item,) = run(credentials=wanted)["credentials"]
    assert item["expires_at"] == "2040-05-06T07:08:09.000Z" == guess["expires_at"]
    assert tenant.bodies("POST")[0]["parse_expiry_from_cert"] is True
    assert item["kid"] == kid(1)
    assert run(credentials=wanted)["changed"] is False
    assert run(credentials=[{"pem": pem(1)}])["changed"] is False


@pytest.mark.parametrize(
    ("method", "given"),
    [
        ("self_signed_tls_client_auth", {"pem": 1, "name": "own"}),
        ("tls_client_auth", {"pem": 1}),
        ("tls_client_auth", {"subject_dn": "CN=me1,O=Acme"}),
    ],
)
def test_certificates(tenant: Numbered, client: Client, method: str, given: dict[str, Any]) -> None:
    attach(client, store(tenant, 2))
    wanted = {**given, **({"pem": certificate(1)} if "pem" in given else {})}
    result = run(method=method, credentials=[wanted])
    assert tenant.written == [POST, PATCH, f"DELETE {KEYS}/cred_old2"]
    assert list(result["client"]["client_authentication_methods"]) == [method]
    assert run(method=method, credentials=[wanted])["changed"] is False
    assert run(method=method, credentials=[wanted], check_mode=True)["changed"] is False


def test_what_auth0_makes_of_a_certificate_is_compared_before_it_is_attached(tenant: Numbered, client: Client) -> None:
    other = {"id": "cred_x", "credential_type": "cert_subject_dn", "subject_dn": "CN=somebody else"}
    tenant.fail(replaced(other, 201), "POST", KEYS)
    caught = failed(Refused, method="tls_client_auth", credentials=[{"pem": certificate(1)}])
    assert "CN=somebody else" in caught.error.message
    assert [step.split()[0] for step in caught.result["done"]] == ["create"]
    assert [step.split()[0] for step in caught.result["remaining"]] == ["switch", "attach"]
    assert tenant.written == [POST]


def test_another_name_means_another_credential(tenant: Numbered, client: Client) -> None:
    attach(client, store(tenant, 1, name="old"), store(tenant, 2))
    run(credentials=[{"pem": pem(1), "name": "new"}, {"pem": pem(2)}])
    assert tenant.written == [PATCH, f"DELETE {KEYS}/cred_old1", POST, PATCH]
    attach(client, store(tenant, 3, name="alone"))
    tenant.forget()
    caught = failed(Refused, credentials=[{"pem": pem(3), "name": "new"}])
    assert (caught.error.code, caught.changed) == ("last_credential", False)
    assert tenant.written == []


def test_an_answer_that_was_lost_is_read_back_by_thumbprint(tenant: Numbered, client: Client, at_once: None) -> None:
    tenant.fail(HUNG_AFTER, "POST", KEYS)
    tenant.fail(HUNG_AFTER, "PATCH", CLIENTS)
    result = run(credentials=[{"pem": pem(1), "name": "first", "alg": "RS384"}])
    assert tenant.requests == [*READS, POST, f"GET {KEYS}", PATCH, READS[0]]
    assert result["credentials"][0]["attached"] is True
    assert len(tenant.call("GET", "/clients/client1/credentials")) == 1


def test_a_creation_of_unknown_outcome_is_repeated_since_a_key_cannot_be_stored_twice(
    tenant: Numbered, client: Client, at_once: None
) -> None:
    tenant.fail(answered(503), "POST", KEYS)
    assert run(credentials=[{"pem": pem(1)}])["changed"]
    assert tenant.requests == [*READS, POST, f"GET {KEYS}", POST, f"PATCH {CLIENTS}/client1"]


def test_a_key_that_another_run_has_just_stored_is_taken_for_the_declared_one(
    tenant: Numbered, client: Client, at_once: None
) -> None:
    words = "credentials contains public keys that already exist in client"
    tenant.fail(answered(400, words, performed=True), "POST", KEYS)
    result = run(credentials=[{"pem": pem(1)}])
    assert [row["kid"] for row in result["credentials"]] == [kid(1)]
    assert tenant.requests == [*READS, POST, f"GET {KEYS}", f"PATCH {CLIENTS}/client1"]


def test_a_failure_half_way_tells_that_something_changed(tenant: Numbered, client: Client) -> None:
    tenant.fail(LACKING, "PATCH", CLIENTS)
    caught = failed(ApiError, credentials=[{"pem": pem(1)}])
    assert caught.changed is True
    assert "update:clients" in caught.error.message
    assert caught.result["done"] == [f"create {kid(1)}"]
    assert caught.result["remaining"] == ["switch to private_key_jwt", f"attach {kid(1)}"]
    assert caught.message.endswith(
        f" Done before: create {kid(1)}. Left to do: switch to private_key_jwt, attach {kid(1)}. "
        "Once the cause is removed, run the task again: it does only what is left."
    )
    tenant.forget()
    assert run(credentials=[{"pem": pem(1)}])["steps"][0] == "switch to private_key_jwt"
    assert tenant.written == [PATCH]
    tenant.fail(LACKING, "POST", KEYS)
    caught = failed(ApiError, credentials=[{"pem": pem(2)}])
    assert caught.result.keys() == {"failure", "changed"}
    assert (caught.changed, caught.message) == (False, caught.error.message)


def test_the_tasks_own_client_only_gets_more_keys(tenant: Numbered, client: Client) -> None:
    own = jwt.encode({"azp": "client1"}, "k" * 32, algorithm="HS256")
    tenant.accept(own)
    assert failed(Refused, token=own, credentials=[{"pem": pem(1)}]).error.code == "protected"
    attach(client, store(tenant, 1))
    assert failed(Refused, token=own, method="client_secret_post").error.code == "protected"
    assert failed(Refused, token=own, credentials=[{"pem": pem(2)}]).error.code == "protected"
    sooner = {"pem": pem(1), "expires_at": "2027-01-01"}
    assert failed(Refused, token=own, credentials=[sooner]).error.code == "protected"
    assert tenant.written == []
    run(token=own, credentials=[{"pem": pem(1)}, {"pem": pem(2)}])
    assert tenant.written == [POST, PATCH]


def test_a_client_that_an_earlier_task_would_create(tenant: Numbered) -> None:
    result = run(check_mode=True, diff=True, client_id=None, client_name="new", credentials=[{"pem": pem(1)}])
    assert tenant.requests == [f"GET {CLIENTS}"]
    assert (result["changed"], result["assumed"]) == (True, ["client new"])
    assert result["steps"] == [f"create {kid(1)}", "switch to private_key_jwt", f"attach {kid(1)}"]
    assert result["credentials"][0]["attached"] is True
    assert result["diff"]["before"] == {}
    assert "client" not in result
    failed(Missing, client_id=None, client_name="new", credentials=[{"pem": pem(1)}])
    failed(Missing, check_mode=True, client_id="nobody", credentials=[{"pem": pem(1)}])


def test_the_global_client_is_left_alone(tenant: Numbered) -> None:
    assert failed(Refused, client_id="own-client2", method="none").error.code == "protected"


SRO, VAULT = "signed_request_object", "token_vault_privileged_access"


def signing(*keys: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The options that declare the keys of signed requests, and nothing of authentication."""
    return {"method": None, SRO: {"required": None, "credentials": list(keys), **more}}


def vault(*keys: dict[str, Any], **more: Any) -> dict[str, Any]:
    options = {"credentials": list(keys), "ip_allowlist": None, "grants": None, **more}
    return {"method": None, VAULT: options}


def test_a_key_for_signed_requests_leaves_the_authentication_alone(tenant: Numbered, client: Client) -> None:
    attach(client, store(tenant, 1))
    options = signing({"pem": pem(2), "name": "requests"}, required=True)
    foreseen = run(check_mode=True, **options)
    assert tenant.requests == READS
    tenant.forget()
    result = run(diff=True, **options)
    assert tenant.requests == [*READS, POST, PATCH]
    item = result["credentials"][0]
    assert tenant.bodies("PATCH") == [{SRO: {"required": True, "credentials": ids(item["id"])}}]
    label = f"requests ({kid(2)})"
    assert result["steps"] == [f"create {label}", f"attach {label} to {SRO}", f"change required of {SRO}"]
    assert foreseen["steps"] == result["steps"]
    assert [(one["kid"], one["attached"], one["used_for"]) for one in result["credentials"]] == [
        (kid(2), False, [SRO]),
        (kid(1), True, ["authentication"]),
    ]
    assert result["diff"]["before"] == {"method": JWT, "credentials": result["diff"]["after"]["credentials"][1:]}
    assert result["diff"]["after"][SRO] == {"required": True}
    assert client()["client_authentication_methods"] == {JWT: {"credentials": ids("cred_old1")}}
    tenant.forget()
    again = run(**options)
    assert (again["changed"], again["credentials"]) == (False, result["credentials"])
    assert run(**{**options, SRO: {"required": True, "credentials": None}})["changed"] is False
    assert tenant.requests == READS * 2


def test_keys_of_signed_requests_are_rotated_and_removed(tenant: Numbered, client: Client) -> None:
    client()[SRO] = {"required": True, "credentials": ids(store(tenant, 1))}
    both = run(**signing({"pem": pem(1)}, {"pem": pem(2)}))
    new = both["credentials"][1]["id"]
    run(**signing({"pem": pem(2)}))
    assert tenant.written == [POST, PATCH, PATCH, f"DELETE {KEYS}/cred_old1"]
    assert tenant.bodies("PATCH") == [
        {SRO: {"credentials": ids("cred_old1", new)}},
        {SRO: {"credentials": ids(new)}},
    ]
    tenant.forget()
    for without in (signing(), signing(required=True)):
        caught = failed(Refused, **without)
        assert (caught.error.code, tenant.written) == ("no_key", [])
        assert "signed_request_object.required: true needs credentials: without a key nobody" in caught.error.message
    tenant.forget()
    assert run(**signing(required=False))["credentials"] == []
    assert tenant.requests == [*READS, PATCH, f"DELETE {KEYS}/{new}"]
    assert client()[SRO] == {"required": False, "credentials": []}
    assert run(**signing(required=False))["changed"] is False


GRANTS = [{"connection": "one", "scopes": ["a", "b"]}, {"connection": "two", "scopes": ["c"]}]


def test_a_key_for_the_token_vault_goes_with_what_it_may_be_used_for(tenant: Numbered, client: Client) -> None:
    addresses = ["192.0.2.7", "2001:db8::/32"]
    result = run(**vault({"pem": pem(1)}, ip_allowlist=addresses, grants=GRANTS))
    assert tenant.requests == [*READS, POST, PATCH]
    held = {"credentials": ids(result["credentials"][0]["id"]), "ip_allowlist": addresses, "grants": GRANTS}
    assert tenant.bodies("PATCH") == [{VAULT: held}]
    assert result["steps"][1:] == [f"attach {kid(1)} to {VAULT}", f"change ip_allowlist and grants of {VAULT}"]
    tenant.forget()
    turned = [{**grant, "scopes": grant["scopes"][::-1]} for grant in GRANTS[::-1]]
    assert run(**vault({"pem": pem(1)}, ip_allowlist=addresses[::-1], grants=turned))["changed"] is False
    only = {"credentials": None, "ip_allowlist": ["192.0.2.0/24"], "grants": None}
    changed = run(diff=True, method=None, **{VAULT: only})
    assert tenant.written == [PATCH]
    assert tenant.bodies("PATCH") == [{VAULT: {**held, "ip_allowlist": ["192.0.2.0/24"]}}]
    assert changed["steps"] == [f"change ip_allowlist of {VAULT}"]
    assert changed["diff"]["after"][VAULT] == {"ip_allowlist": ["192.0.2.0/24"], "grants": GRANTS}


def test_one_request_attaches_what_several_uses_get(tenant: Numbered, client: Client) -> None:
    attach(client, store(tenant, 1))
    options = {**signing({"pem": pem(3)}), **vault({"pem": pem(2), "alg": "PS256"})}
    result = run(**{**options, "method": JWT}, credentials=[{"pem": certificate(2), "name": "shared"}])
    assert tenant.written == [POST, POST, PATCH, f"DELETE {KEYS}/cred_old1"]
    shared, other = (one["id"] for one in result["credentials"])
    assert tenant.bodies("PATCH") == [
        {
            "client_authentication_methods": {JWT: {"credentials": ids(shared)}},
            SRO: {"credentials": ids(other)},
            VAULT: {"credentials": ids(shared)},
        }
    ]
    assert [(one.get("name"), one["alg"], one["used_for"]) for one in result["credentials"]] == [
        ("shared", "PS256", ["authentication", VAULT]),
        (None, "RS256", [SRO]),
    ]
    assert run(**{**options, "method": JWT}, credentials=[{"pem": pem(2)}])["changed"] is False


def test_a_task_that_leaves_the_authentication_alone_tells_of_a_key_that_the_next_run_will_not_delete(
    tenant: Numbered, client: Client
) -> None:
    client()[SRO] = {"credentials": ids(store(tenant, 1))}
    store(tenant, 3)
    tenant.fail(answered(403, "Not that one"), "DELETE", KEYS)
    caught = failed(ApiError, **signing({"pem": pem(2)}))
    assert caught.result["remaining"] == [f"delete {kid(1)}"]
    assert caught.message.endswith(
        "run the task again: it does only what is left, except for keys that are detached by now: those stay until a "
        "task declares method."
    )
    tenant.forget()
    assert run(**signing({"pem": pem(2)}))["changed"] is False
    run(**{**signing({"pem": pem(2)}), "method": "client_secret_post"})
    assert tenant.written == [f"DELETE {KEYS}/cred_old1", f"DELETE {KEYS}/cred_old3"]


def test_what_one_use_no_longer_has_stays_for_another(tenant: Numbered, client: Client) -> None:
    attach(client, store(tenant, 1, name="shared"))
    client()[SRO] = {"credentials": ids("cred_old1")}
    result = run(method="client_secret_post")
    assert tenant.written == [PATCH]
    assert result["credentials"][0]["used_for"] == [SRO]
    caught = failed(Refused, credentials=[{"pem": pem(1), "name": "other"}])
    assert caught.error.code == "in_use"


def test_a_certificate_of_one_use_tells_when_the_key_of_both_ends(tenant: Numbered, client: Client) -> None:
    ends = {"pem": certificate(1), "parse_expiry_from_cert": True}
    for first, second in (({"pem": pem(1)}, ends), (ends, {"pem": pem(1), "expires_at": ENDS.isoformat()})):
        tenant.forget()
        (item,) = run(**{**signing(second), "method": JWT}, credentials=[first])["credentials"]
        assert tenant.bodies("POST") == [{"credential_type": "public_key", **ends}]
        assert (item["expires_at"], len(item["used_for"])) == ("2040-05-06T07:08:09.000Z", 2)
        run(**{**signing(), "method": "none"})


def test_an_answer_that_was_lost_is_read_back_for_every_use(tenant: Numbered, client: Client, at_once: None) -> None:
    tenant.fail(HUNG_AFTER, "PATCH", CLIENTS)
    options = {**signing({"pem": pem(1)}, required=True), **vault({"pem": pem(1)}, grants=GRANTS)}
    result = run(**options)
    assert tenant.requests == [*READS, POST, PATCH, READS[0]]
    assert result["credentials"][0]["used_for"] == [SRO, VAULT]


def test_the_next_run_goes_on_where_one_was_interrupted(tenant: Numbered, client: Client) -> None:
    tenant.fail(LACKING, "PATCH", CLIENTS)
    assert failed(ApiError, **vault({"pem": pem(1)})).changed is True
    tenant.forget()
    run(**vault({"pem": pem(1)}))
    assert tenant.written == [PATCH]
    tenant.fail(LACKING, "PATCH", CLIENTS)
    failed(ApiError, **vault({"pem": pem(2)}))
    tenant.forget()
    run(**vault({"pem": pem(3)}))
    assert {one["kid"] for one in tenant.call("GET", "/clients/client1/credentials")} == {
        kid(2),
        kid(3),
    }  # the one was never in use
    run(**{**vault({"pem": pem(3)}), "method": "client_secret_post"})
    assert [one["kid"] for one in tenant.call("GET", "/clients/client1/credentials")] == [kid(3)]


def test_the_tasks_own_client_may_get_other_keys_to_sign_requests(tenant: Numbered, client: Client) -> None:
    own = jwt.encode({"azp": "client1"}, "k" * 32, algorithm="HS256")
    tenant.accept(own)
    attach(client, store(tenant, 1))
    client()[SRO] = {"credentials": ids(store(tenant, 2))}
    run(token=own, **signing({"pem": pem(3)}))
    assert tenant.written == [POST, PATCH, f"DELETE {KEYS}/cred_old2"]


def test_keys_of_every_use_for_a_client_that_an_earlier_task_would_create(tenant: Numbered) -> None:
    options = {**signing({"pem": pem(1)}, required=True), **vault({"pem": pem(2)}, ip_allowlist=["192.0.2.1"])}
    result = run(check_mode=True, diff=True, **{**options, "client_id": None, "client_name": "new"})
    assert [one["used_for"] for one in result["credentials"]] == [[SRO], [VAULT]]
    assert result["diff"]["after"][VAULT] == {"ip_allowlist": ["192.0.2.1"]}


PRIVATE = (
    private_key(1)
    .private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    .decode()
)


@pytest.mark.parametrize("text", [PRIVATE, pem(1) + PRIVATE, PRIVATE.lower(), certificate(1) + PRIVATE])
def test_a_private_key_is_refused_before_anything_is_sent_and_not_shown(tenant: Numbered, text: str) -> None:
    good, bad = {"pem": pem(2)}, {"pem": text}
    cases = [
        ("credentials", {"credentials": [good, bad]}),
        ("credentials", {"credentials": [good, {**bad, "subject_dn": "CN=x"}]}),
        ("credentials", {"credentials": [good, bad], "method": "none"}),
        ("credentials", {"credentials": [good, bad], "method": None}),
        (f"{SRO}.credentials", signing(good, bad)),
        (f"{VAULT}.credentials", vault(good, bad, ip_allowlist=["nowhere"])),
    ]
    for where, options in cases:
        caught = failed(InvalidOptions, **options)
        assert caught.error.code == "private_key"
        assert f"{where}[1].pem: holds a private key" in caught.error.message
        told = caught.error.message + json.dumps(caught.error.failure())
        assert not [line for line in text.splitlines() if len(line) > 20 and "KEY" not in line.upper() and line in told]
    assert tenant.requests == []


def elliptic() -> str:
    spki = serialization.PublicFormat.SubjectPublicKeyInfo
    key = ec.generate_private_key(ec.SECP256R1())
    return key.public_key().public_bytes(serialization.Encoding.PEM, spki).decode()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"credentials": None}, "needs at least one"),
        ({"credentials": []}, "needs at least one"),
        ({"method": "none", "credentials": []}, "takes none"),
        ({"credentials": [{"pem": pem(n)} for n in (1, 2, 3)]}, "Rotate in two runs"),
        ({"credentials": [{"pem": pem(1)}, {"pem": certificate(1)}]}, r"credentials\[1\]: is the same key"),
        ({"credentials": [{"name": "x"}]}, "pem is needed"),
        ({"method": "tls_client_auth", "credentials": [{}]}, "exactly one of subject_dn and pem"),
        ({"method": "self_signed_tls_client_auth", "credentials": [{"pem": pem(1)}]}, "needs an X.509 certificate"),
        ({"method": "tls_client_auth", "credentials": [{"subject_dn": "CN=x", "alg": "RS256"}]}, "alg: does not apply"),
        ({"credentials": [{"pem": pem(1), "subject_dn": "CN=x"}]}, "subject_dn: does not apply"),
        ({"credentials": [{"pem": pem(1), "parse_expiry_from_cert": True}]}, "needs a certificate"),
        (
            {"credentials": [{"pem": certificate(1), "parse_expiry_from_cert": True, "expires_at": "never"}]},
            "exclude each other",
        ),
        ({"credentials": [{"pem": pem(1), "expires_at": "soon"}]}, "'soon' is neither a time"),
        ({"credentials": [{"pem": pem(1), "name": "x" * 129}]}, "at most 128"),
        ({"credentials": [{"pem": "no key"}]}, "neither a public key nor"),
        ({"credentials": [{"pem": pem(1) + pem(2)}]}, "several keys"),
        ({"credentials": [{"pem": pem(1).replace("M", "!")}]}, "neither a public key nor"),
        ({"credentials": [{"pem": elliptic()}]}, "RSA keys of 2048 to 4096 bits only"),
        ({"client_id": "", "method": "none"}, "client_id is empty"),
        ({"method": None, "credentials": [{"pem": pem(1)}]}, "needs method"),
        ({"method": None, SRO: {"required": None, "credentials": None}}, "is empty. Give credentials or required"),
        (signing({"pem": pem(1)}, {"pem": pem(1)}), rf"{SRO}.credentials\[1\]: is the same key as another"),
        (signing({"name": "x"}), rf"{SRO}.credentials\[0\]: pem is needed"),
        (signing({"pem": pem(1), "alg": "HS256"}), rf"{SRO}.credentials\[0\].alg: 'HS256' is none of"),
        (vault(*({"pem": pem(n)} for n in (1, 2, 3))), f"{VAULT}.credentials: 3 are given; Auth0 lets a client use 2"),
        (
            {**signing(*({"pem": pem(n)} for n in (1, 2, 3))), **vault(*({"pem": pem(n)} for n in (4, 5)))},
            "5 different keys are given; Auth0 stores 4",
        ),
        (
            {**signing({"pem": pem(1), "name": "x"}), **vault({"pem": pem(1), "name": "y"})},
            rf"{VAULT}.credentials\[0\]: is the same key as {SRO}.credentials\[0\].* same name in both",
        ),
        (vault(ip_allowlist=["192.0.2.1", "here"]), r"ip_allowlist\[1\]: 'here' is neither an IP address"),
        (vault(ip_allowlist=["192.0.2.1/255.255.255.0"]), "neither an IP address nor a range"),
        (vault(ip_allowlist=["192.0.2.1"] * 2), "is given twice"),
        (vault(ip_allowlist=[f"192.0.2.{n}" for n in range(11)]), "11 items, at most 10"),
        (vault(grants=[GRANTS[0], GRANTS[0]]), "'one' is given twice"),
        (vault(grants=[{"connection": "one", "scopes": []}]), r"grants\[0\].scopes: at least one is needed"),
        (vault(grants=[{"connection": str(n), "scopes": ["a"]} for n in range(6)]), "6 items, at most 5"),
        (vault(grants=[{"connection": "x", "scopes": list("abcdefghijklmnopqrstu")}]), "21 scopes in all, at most 20"),
    ],
)
def test_bad_options_are_told_before_anything_is_sent(tenant: Numbered, options: dict[str, Any], told: str) -> None:
    caught = failed(InvalidOptions, **options)
    with pytest.raises(InvalidOptions, match=told):
        raise caught.error
    assert tenant.requests == []


def test_the_keys_of_all_clients_that_use_some(tenant: Numbered, client: Client) -> None:
    tenant.add_client("with a secret")
    attach(client, store(tenant, 1), store(tenant, 2, expires_at="2026-12-22T03:15:00.000Z"))
    store(tenant, 3, expires_at="2026-11-21T00:00:00.000Z")
    found = read()
    assert tenant.requests == [f"GET {CLIENTS}", f"GET {KEYS}"]
    assert [(one["id"], one["days_left"], one["attached"]) for one in found] == [
        ("cred_old3", -2, False),
        ("cred_old2", 30, True),
        ("cred_old1", None, True),
    ]
    assert {(one["client_id"], one["client_name"], one["method"]) for one in found} == {("client1", "reminders", JWT)}


def test_keys_of_other_uses_count_among_those_of_all_clients(tenant: Numbered, client: Client) -> None:
    client()[SRO] = {"required": False, "credentials": []}
    assert read() == []
    client()[SRO] = {"required": False, "credentials": ids(store(tenant, 1))}
    (found,) = read()
    assert (found["attached"], found["used_for"], found["method"]) == (False, [SRO], "client_secret_post")


def test_the_keys_of_one_client_whatever_it_uses(tenant: Numbered, client: Client) -> None:
    store(tenant, 1)
    (found,) = read(client_id="client1")
    assert tenant.requests == READS
    assert (found["attached"], found["method"], found["expires_at"]) == (False, "client_secret_post", None)
    assert read(client_name="reminders") == [found]
    assert read(client_name="nobody") == []
    assert tenant.written == []
