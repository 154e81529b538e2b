# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Credentials of clients, and private_key_jwt at the token endpoint."""

from __future__ import annotations

import itertools
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID
from joserfc import jwt
from joserfc.jwk import RSAKey

_COUNT = itertools.count()
_ENDS = datetime(2040, 5, 6, 7, 8, 9, tzinfo=UTC)


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture(scope="module")
def keys() -> list[rsa.RSAPrivateKey]:
    return [new_key() for dummy in range(5)]


def public_pem(key: Any) -> str:
    """The public key as PEM text."""
    spki = serialization.PublicFormat.SubjectPublicKeyInfo
    pem: bytes = key.public_key().public_bytes(serialization.Encoding.PEM, spki)
    return pem.decode()


def certificate_pem(key: rsa.RSAPrivateKey) -> str:
    """A certificate of the key that ends at a known time."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "tester")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(_ENDS - timedelta(days=9999)).not_valid_after(_ENDS)
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()


def kid_of(key: rsa.RSAPrivateKey) -> str:
    """The RFC 7638 thumbprint, by another library."""
    kid: str = RSAKey.import_key(public_pem(key)).thumbprint()
    return kid


def credential(key: rsa.RSAPrivateKey, **fields: Any) -> dict[str, Any]:
    return {"credential_type": "public_key", "pem": public_pem(key)} | fields


def make_client(tenant: Any, **fields: Any) -> str:
    client: dict[str, Any] = tenant.make("/clients", {"name": "keyed", "app_type": "non_interactive"} | fields)
    client_id: str = client["client_id"]
    return client_id


def attach(tenant: Any, client_id: str, *ids: str) -> Any:
    """Attach credentials for private_key_jwt."""
    methods = {"private_key_jwt": {"credentials": [{"id": one} for one in ids]}}
    body = {"client_authentication_methods": methods, "token_endpoint_auth_method": None}
    return tenant.call("PATCH", f"/clients/{client_id}", body)


def test_a_public_key(main: Any, keys: list[Any]) -> None:
    client_id = make_client(main)
    made = main.make(f"/clients/{client_id}/credentials", credential(keys[0], name="first"))
    assert made == {
        "id": made["id"],
        "credential_type": "public_key",
        "kid": kid_of(keys[0]),
        "alg": "RS256",
        "name": "first",
        "created_at": made["created_at"],
        "updated_at": made["created_at"],
    }
    assert made["id"].startswith("cred_")
    assert main.call("GET", f"/clients/{client_id}/credentials/{made['id']}").json() == made
    other = make_client(main)
    again = main.make(f"/clients/{other}/credentials", credential(keys[0]))
    assert again["kid"] == made["kid"]
    assert main.call("GET", f"/clients/{other}/credentials/{made['id']}").status_code == 404


def test_expiry(main: Any, keys: list[Any]) -> None:
    path = f"/clients/{make_client(main)}/credentials"
    pem = certificate_pem(keys[0])
    parsed = main.make(path, credential(keys[0], pem=pem, parse_expiry_from_cert=True))
    assert parsed["expires_at"] == "2040-05-06T07:08:09.000Z"
    assert parsed["kid"] == kid_of(keys[0])
    given = main.make(path, credential(keys[1], expires_at="2095-05-13T11:33:13+02:00"))
    assert given["expires_at"] == "2095-05-13T09:33:13.000Z"
    changed = main.call("PATCH", f"{path}/{given['id']}", {"expires_at": "2096-05-13T09:33:13Z"})
    assert (changed.status_code, changed.json()["expires_at"]) == (200, "2096-05-13T09:33:13.000Z")
    assert changed.json()["updated_at"] > given["updated_at"]
    assert "expires_at" not in main.call("PATCH", f"{path}/{given['id']}", {"expires_at": None}).json()
    for field in ("name", "alg", "pem", "kid"):
        assert main.call("PATCH", f"{path}/{given['id']}", {field: "x"}).json()["message"] == (
            f"Payload validation error: 'Additional properties not allowed: {field}'."
        )


def test_other_types(main: Any, keys: list[Any]) -> None:
    path = f"/clients/{make_client(main)}/credentials"
    stored = main.make(path, {"credential_type": "x509_cert", "pem": certificate_pem(keys[0])})
    assert "thumbprint_sha256" in stored
    assert "kid" not in stored
    by_name = main.make(path, {"credential_type": "cert_subject_dn", "subject_dn": "CN=me"})
    assert by_name["subject_dn"] == "CN=me"
    read = main.make(path, {"credential_type": "cert_subject_dn", "pem": certificate_pem(keys[0])})
    assert read["subject_dn"] == "CN=tester"


def test_the_list_is_a_bare_array_sorted_by_kid(main: Any, keys: list[Any]) -> None:
    path = f"/clients/{make_client(main)}/credentials"
    kids = [main.make(path, credential(key))["kid"] for key in keys[:4]]
    listed = main.call("GET", path + "?include_totals=true&per_page=2").json()
    assert [one["kid"] for one in listed] == sorted(kids)
    assert not any("pem" in one for one in listed)


def test_limits(main: Any, keys: list[Any]) -> None:
    client_id = make_client(main)
    path = f"/clients/{client_id}/credentials"
    first = main.make(path, credential(keys[0]))
    twice = main.call("POST", path, credential(keys[0], name="other"))
    assert (twice.status_code, twice.json()["message"]) == (
        400,
        "credentials contains public keys that already exist in client",
    )
    more = [main.make(path, credential(key)) for key in keys[1:4]]
    fifth = main.call("POST", path, credential(keys[4]))
    assert (fifth.status_code, fifth.json()["message"]) == (400, "A client can have a maximum of 4 credentials.")
    three = attach(main, client_id, first["id"], *(one["id"] for one in more[:2]))
    assert three.status_code == 400
    assert "'Array is too long (3), maximum 2'" in three.json()["message"]


def test_attached_ones_cannot_be_deleted(main: Any, keys: list[Any]) -> None:
    client_id = make_client(main)
    path = f"/clients/{client_id}/credentials"
    made = main.make(path, credential(keys[0]))
    assert attach(main, client_id, made["id"]).status_code == 200
    refused = main.call("DELETE", f"{path}/{made['id']}")
    assert (refused.status_code, refused.json()["message"]) == (
        400,
        "Cannot delete credential still associated with a client",
    )
    assert attach(main, client_id).status_code == 200
    assert main.call("DELETE", f"{path}/{made['id']}").status_code == 204
    assert main.call("DELETE", f"{path}/{made['id']}").status_code == 204
    assert main.call("GET", f"{path}/{made['id']}").json()["message"] == "Credential does not exist"


@pytest.mark.parametrize("use", ["signed_request_object", "token_vault_privileged_access"])
def test_what_another_use_has_cannot_be_deleted_either(main: Any, keys: list[Any], use: str) -> None:
    client_id = make_client(main)
    path = f"/clients/{client_id}/credentials"
    made = main.make(path, credential(keys[0]))
    body = {use: {"credentials": [{"id": made["id"]}]}}
    assert main.call("PATCH", f"/clients/{client_id}", body).json()[use] == {"credentials": [{"id": made["id"]}]}
    refused = main.call("DELETE", f"{path}/{made['id']}")
    assert refused.json()["message"] == "Cannot delete credential still associated with a client"
    assert main.call("PATCH", f"/clients/{client_id}", {use: {"credentials": []}}).status_code == 200
    assert main.call("DELETE", f"{path}/{made['id']}").status_code == 204


def test_one_credential_serves_several_uses_and_outlives_a_change_of_the_method(main: Any, keys: list[Any]) -> None:
    client_id = make_client(main)
    path = f"/clients/{client_id}/credentials"
    made = main.make(path, credential(keys[0]))
    attached = {"credentials": [{"id": made["id"]}]}
    uses = {"signed_request_object": attached, "token_vault_privileged_access": attached}
    body = {"client_authentication_methods": {"private_key_jwt": attached}, "token_endpoint_auth_method": None, **uses}
    assert main.call("PATCH", f"/clients/{client_id}", body).status_code == 200
    back = {"client_authentication_methods": None, "token_endpoint_auth_method": "client_secret_post"}
    changed = main.call("PATCH", f"/clients/{client_id}", back).json()
    assert {use: changed[use] for use in uses} == uses
    assert main.call("DELETE", f"{path}/{made['id']}").status_code == 400


def test_other_uses_take_public_keys_that_the_client_has(main: Any, keys: list[Any]) -> None:
    client_id = make_client(main)
    by_name = {"credential_type": "cert_subject_dn", "subject_dn": "CN=me"}
    other = main.make(f"/clients/{client_id}/credentials", by_name)
    for use in ("signed_request_object", "token_vault_privileged_access"):
        for wrong in (other["id"], "cred_1m7sfABoNTTKYwTQ8qt6tX"):
            body = {use: {"credentials": [{"id": wrong}]}}
            assert main.call("PATCH", f"/clients/{client_id}", body).status_code == 400


def test_only_own_credentials_of_the_right_type_attach(main: Any, keys: list[Any]) -> None:
    client_id, other = make_client(main), make_client(main)
    foreign = main.make(f"/clients/{other}/credentials", credential(keys[0]))
    assert attach(main, client_id, foreign["id"]).status_code == 400
    by_name = {"credential_type": "cert_subject_dn", "subject_dn": "CN=me"}
    wrong = main.make(f"/clients/{client_id}/credentials", by_name)
    assert attach(main, client_id, wrong["id"]).status_code == 400


def test_the_secret_disappears_while_keys_are_used(main: Any, keys: list[Any]) -> None:
    client = main.make("/clients", {"name": "n", "token_endpoint_auth_method": "client_secret_post"})
    path = f"/clients/{client['client_id']}"
    made = main.make(path + "/credentials", credential(keys[0]))
    attached = attach(main, client["client_id"], made["id"]).json()
    assert "client_secret" not in attached
    assert "token_endpoint_auth_method" not in attached
    assert attached["client_authentication_methods"] == {"private_key_jwt": {"credentials": [{"id": made["id"]}]}}
    both = main.call("PATCH", path, {"token_endpoint_auth_method": "client_secret_post"})
    assert both.status_code == 400
    back = {"client_authentication_methods": None, "token_endpoint_auth_method": "client_secret_post"}
    assert main.call("PATCH", path, back).json()["client_secret"] == client["client_secret"]


def test_inline_at_creation(main: Any, keys: list[Any]) -> None:
    methods = {"private_key_jwt": {"credentials": [credential(keys[0], name="inline"), credential(keys[1])]}}
    made = main.make("/clients", {"name": "n", "client_authentication_methods": methods})
    full = made["client_authentication_methods"]["private_key_jwt"]["credentials"]
    assert [one["kid"] for one in full] == [kid_of(keys[0]), kid_of(keys[1])]
    assert "client_secret" in made
    read = main.call("GET", f"/clients/{made['client_id']}").json()
    assert "client_secret" not in read
    assert read["client_authentication_methods"] == {
        "private_key_jwt": {"credentials": [{"id": one["id"]} for one in full]}
    }
    assert main.call("DELETE", f"/clients/{made['client_id']}").status_code == 204
    assert main.call("GET", f"/clients/{made['client_id']}/credentials").status_code == 404


def test_inline_at_creation_for_another_use(main: Any, keys: list[Any]) -> None:
    inline = {"required": True, "credentials": [credential(keys[0], name="inline")]}
    made = main.make("/clients", {"name": "n", "signed_request_object": inline})
    (stored,) = main.call("GET", f"/clients/{made['client_id']}/credentials").json()
    read = main.call("GET", f"/clients/{made['client_id']}").json()
    assert read["signed_request_object"] == {"required": True, "credentials": [{"id": stored["id"]}]}
    assert (stored["kid"], stored["name"]) == (kid_of(keys[0]), "inline")


def test_a_refused_creation_leaves_nothing(main: Any, keys: list[Any]) -> None:
    before = len(main.call("GET", "/clients?per_page=100&include_totals=true").json()["clients"])
    for second in (credential(keys[0]), credential(keys[1], pem="no pem")):
        methods = {"private_key_jwt": {"credentials": [credential(keys[0]), second]}}
        assert main.call("POST", "/clients", {"name": "n", "client_authentication_methods": methods}).status_code == 400
    assert len(main.call("GET", "/clients?per_page=100&include_totals=true").json()["clients"]) == before


OBSCURE_CURVE = "MDIwEAYHKoZIzj0CAQYFK4EEAAYDHgAEAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQ=="
"""A key on secp112r1, which the cryptography library does not know."""


def test_bad_credentials(main: Any, keys: list[Any]) -> None:
    path = f"/clients/{make_client(main)}/credentials"
    short = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    curve = ec.generate_private_key(ec.SECP256R1())
    for body in (
        {},
        {"credential_type": "public_key"},
        credential(keys[0], pem="x"),
        credential(keys[0], kid="short"),
        credential(keys[0], kid="not allowed!"),
        credential(keys[0], alg="HS256"),
        credential(keys[0], expires_at="tomorrow"),
        credential(keys[0], expires_at="2026-02-31T00:00:00Z"),
        credential(keys[0], pem=public_pem(short)),
        credential(keys[0], pem=public_pem(curve)),
        credential(keys[0], pem=f"-----BEGIN PUBLIC KEY-----\n{OBSCURE_CURVE}\n-----END PUBLIC KEY-----\n"),
        {"credential_type": "x509_cert", "pem": public_pem(keys[0])},
        {"credential_type": "cert_subject_dn"},
    ):
        answer = main.call("POST", path, body)
        assert (answer.status_code, answer.json()["errorCode"]) == (400, "invalid_body"), body
    made = main.make(path, credential(keys[0]))
    empty = main.call("PATCH", f"{path}/{made['id']}", {})
    assert (empty.status_code, empty.json()["errorCode"]) == (400, "invalid_body")
    assert main.call("POST", "/clients/none/credentials", credential(keys[0])).status_code == 404
    assert main.call("GET", "/clients/none/credentials").json()["errorCode"] == "inexistent_client"


def test_rotate_secret(main: Any) -> None:
    client = main.make("/clients", {"name": "n"})
    path = f"/clients/{client['client_id']}/rotate-secret"
    rotated = main.call("POST", path).json()
    assert rotated["client_secret"] != client["client_secret"]
    # Only the answer to a creation says encrypted.
    assert rotated | {"client_secret": "", "encrypted": True} == client | {"client_secret": ""}
    old = {"client_id": client["client_id"], "audience": "urn:none"}
    assert main.token_request(**old, client_secret=client["client_secret"]).status_code == 401
    assert main.token_request(**old, client_secret=rotated["client_secret"]).status_code == 403
    assert main.call("POST", "/clients/none/rotate-secret").status_code == 404


def test_rotate_secret_of_the_client_of_an_api_of_the_tenant(main: Any) -> None:
    body = {"name": "n", "app_type": "resource_server", "resource_server_identifier": main.audience}
    path = f"/clients/{main.make('/clients', body)['client_id']}"
    try:
        rotated = main.call("POST", f"{path}/rotate-secret").json()
        assert rotated == main.call("GET", path).json()
        assert rotated["resource_server_identifier"] == main.audience
    finally:
        main.call("DELETE", path)


class Keyed:
    """A client that authenticates by a key."""

    def __init__(self, tenant: Any, key: rsa.RSAPrivateKey, **fields: Any) -> None:
        self.tenant, self.key = tenant, key
        api = tenant.make("/resource-servers", {"identifier": f"urn:keyed:{next(_COUNT)}"})
        self.audience = api["identifier"]
        client, dummy = tenant.granted_client(self.audience, ["read:a"])
        self.client_id, self.secret = client["client_id"], client["client_secret"]
        self.credential = tenant.make(f"/clients/{self.client_id}/credentials", credential(key, **fields))
        assert attach(tenant, self.client_id, self.credential["id"]).status_code == 200

    def assertion(self, key: Any = None, header: dict[str, Any] | None = None, **claims: Any) -> str:
        """An assertion, good unless changed."""
        now = int(time.time())
        good = {
            "iss": self.client_id,
            "sub": self.client_id,
            "aud": f"https://{self.tenant.host}/",
            "iat": now,
            "exp": now + 60,
            "jti": f"{now}-{next(_COUNT)}",
        }
        payload = {name: value for name, value in (good | claims).items() if value is not None}
        head = {"alg": self.credential["alg"], "kid": self.credential["kid"]} | (header or {})
        signer = RSAKey.import_key(
            (key or self.key).private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        token: str = jwt.encode(head, payload, signer, algorithms=["RS256", "RS384", "PS256"])
        return token

    def ask(self, assertion: str, **more: Any) -> Any:
        """A token request with an assertion."""
        body = {
            "grant_type": "client_credentials",
            "audience": self.audience,
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": assertion,
        }
        return self.tenant.http.post("/oauth/token", data=body | more)


@pytest.mark.parametrize("alg", ["RS256", "RS384", "PS256"])
def test_private_key_jwt(tokens: Any, keys: list[Any], alg: str) -> None:
    keyed = Keyed(tokens, keys[0], alg=alg)
    answer = keyed.ask(keyed.assertion())
    assert answer.status_code == 200, answer.text
    assert answer.json()["scope"] == "read:a"
    assert keyed.ask(keyed.assertion(), client_id=keyed.client_id).status_code == 200


def test_an_assertion_counts_once(tokens: Any, keys: list[Any]) -> None:
    keyed = Keyed(tokens, keys[0])
    assertion = keyed.assertion()
    assert [keyed.ask(assertion).status_code for dummy in range(2)] == [200, 401]


def test_the_secret_does_not_count(tokens: Any, keys: list[Any]) -> None:
    keyed = Keyed(tokens, keys[0])
    answer = tokens.token_request(client_id=keyed.client_id, client_secret=keyed.secret, audience=keyed.audience)
    assert answer.status_code == 401


@pytest.mark.parametrize(
    "changes",
    [
        {"aud": "https://elsewhere/"},
        {"aud": None},
        {"exp": 1},
        {"exp": int(time.time()) + 86400},
        {"exp": None},
        {"exp": str(int(time.time()) + 60)},
        {"exp": float("inf")},
        {"exp": [1]},
        {"exp": True},
        {"iat": {}},
        {"iat": "soon"},
        {"nbf": float("inf")},
        {"sub": ["x"]},
        {"iss": ["x"]},
        {"jti": 5},
        {"jti": None},
        {"iss": "somebody"},
        {"sub": "somebody"},
        {"nbf": int(time.time()) + 86400},
        {"padding": "x" * 2048},
        {"header": {"kid": "another-kid"}},
        {"header": {"alg": "PS256"}},
    ],
)
def test_bad_assertions(tokens: Any, keys: list[Any], changes: dict[str, Any]) -> None:
    keyed = Keyed(tokens, keys[0])
    answer = keyed.ask(keyed.assertion(**changes))
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


def test_other_bad_proofs(tokens: Any, keys: list[Any]) -> None:
    keyed = Keyed(tokens, keys[0])
    assert keyed.ask(keyed.assertion(key=keys[1])).status_code == 401
    assert keyed.ask("nonsense").status_code == 401
    assert keyed.ask(keyed.assertion(), client_assertion_type="other").status_code == 401
    assert keyed.ask(keyed.assertion(), client_id="somebody").status_code == 401
    path = f"/clients/{keyed.client_id}/credentials/{keyed.credential['id']}"
    assert tokens.call("PATCH", path, {"expires_at": "2020-01-01T00:00:00Z"}).status_code == 200
    assert keyed.ask(keyed.assertion()).status_code == 401


def test_rotation_of_keys(tokens: Any, keys: list[Any]) -> None:
    keyed = Keyed(tokens, keys[0])
    second = tokens.make(f"/clients/{keyed.client_id}/credentials", credential(keys[1]))
    assert attach(tokens, keyed.client_id, keyed.credential["id"], second["id"]).status_code == 200
    new = {"key": keys[1], "header": {"kid": second["kid"]}}
    assert keyed.ask(keyed.assertion()).status_code == 200
    assert keyed.ask(keyed.assertion(**new)).status_code == 200
    assert attach(tokens, keyed.client_id, second["id"]).status_code == 200
    assert keyed.ask(keyed.assertion()).status_code == 401
    assert keyed.ask(keyed.assertion(**new)).status_code == 200
    assert attach(tokens, keyed.client_id).status_code == 200
    assert keyed.ask(keyed.assertion(**new)).status_code == 401
