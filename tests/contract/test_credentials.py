# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Random sets of keys and certificates of a client on the emulator: those that are declared are used, and no others."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from ansible_collections.community.auth0.plugins.module_utils._kinds.client_credential import CLIENT_CREDENTIAL
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.keys import kid_of, thumbprint_of
from hypothesis import given, settings
from hypothesis import strategies as st

from . import expected
from .keys import EXPIRES, certificate, public_key, subject
from .tenant import Item, Tenant, Write

CLIENT = KINDS["client"]
MODULE = "auth0_client_credentials"

some = settings(max_examples=max(1, settings().max_examples // 10))

#: The methods of authentication by credentials, and the type that each takes.
TYPES = {
    "private_key_jwt": "public_key",
    "self_signed_tls_client_auth": "x509_cert",
    "tls_client_auth": "cert_subject_dn",
}
METHODS = [*TYPES, "client_secret_post", "client_secret_basic", "none"]

#: The other fields of a client that hold public keys.
OTHERS = ("signed_request_object", "token_vault_privileged_access")

#: What no declaration here gives a key twice, since it cannot be changed; by the number of the key.
NAMES = {0: "key 0", 2: "key 2"}
ALGS = {1: "PS256", 2: "RS384"}

LATER = "2098-01-01T00:00:00.000Z"

#: A credential: its type, and the number of the key.
Name = tuple[str, int]


def credentials_of(credential_type: str, *numbers: int, least: int = 0) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Some of the keys of those numbers, as an option of the module."""
    chosen = st.lists(st.sampled_from(numbers), min_size=least, max_size=2, unique=True)
    return chosen.flatmap(
        lambda found: st.tuples(*(credential_of(credential_type, number) for number in found)).map(list)
    )


def credential_of(credential_type: str, number: int) -> st.SearchStrategy[dict[str, Any]]:
    named = {"name": NAMES[number]} if number in NAMES else {}
    if credential_type == "cert_subject_dn":
        ways = [{"subject_dn": subject(number)}, {"pem": certificate(number)}]
    elif credential_type == "x509_cert":
        ways = [{"pem": certificate(number)}]
    else:
        named |= {"alg": ALGS[number]} if number in ALGS else {}
        ways = [{"pem": public_key(number), **times} for times in ({}, {"expires_at": LATER}, {"expires_at": "never"})]
        ways.append({"pem": certificate(number), "parse_expiry_from_cert": True})
    return st.sampled_from([{**named, **way} for way in ways])


def _authentication(method: str) -> st.SearchStrategy[dict[str, Any]]:
    parts: dict[str, st.SearchStrategy[Any]] = {"method": st.just(method)}
    if method in TYPES:
        parts["credentials"] = credentials_of(TYPES[method], 0, 1, least=1)
    return st.fixed_dictionaries(parts)


def _declaration(parts: tuple[dict[str, Any], dict[str, Any]]) -> dict[str, Any]:
    """Without a key nobody could log in any more while requests have to be signed, which is refused."""
    authentication, others = parts
    signed = others.get("signed_request_object")
    more = {"signed_request_object": {**signed, "required": bool(signed["credentials"])}} if signed else {}
    return {**authentication, **others, **more}


#: The others take keys of their own, so that there is room for all of them.
declarations = (
    st.tuples(
        st.just({}) | st.sampled_from(METHODS).flatmap(_authentication),
        st.fixed_dictionaries(
            {},
            optional={
                name: st.fixed_dictionaries({"credentials": credentials_of("public_key", number)})
                for number, name in enumerate(OTHERS, 2)
            },
        ),
    )
    .map(_declaration)
    .filter(bool)
)


def test_every_field_of_a_credential_is_declared_here() -> None:
    declared = {"name", "alg", "subject_dn", "pem", "parse_expiry_from_cert", "expires_at"}
    assert CLIENT_CREDENTIAL.options.keys() == declared | {"credential_type"}  # which follows from the use


@some
@given(steps=st.lists(declarations, min_size=3, max_size=3))
def test_a_client_uses_the_keys_that_are_declared_and_no_others(tenant: Tenant, steps: list[dict[str, Any]]) -> None:
    with tenant.removing(CLIENT):
        name = tenant.unused("client")
        client_id = tenant.make("clients", name=name, app_type="regular_web")["client_id"]
        client, stored = tenant.item(CLIENT, client_id), list[Item]()
        for declared in steps:
            options = {"client_name": name, **declared}
            foreseen = tenant.run(MODULE, options, check_mode=True)
            assert tenant.writes() == []
            done = tenant.run(MODULE, options)
            assert without_ids(foreseen) == without_ids(done)
            writes = tenant.writes()
            assert done["changed"] is bool(writes)
            assert_always_usable(writes)

            before, client = client, tenant.item(CLIENT, client_id)
            earlier, stored = stored, tenant.get(f"clients/{client_id}/credentials")
            uses = {**uses_of(before, earlier), **declared_uses(declared)}
            assert uses_of(client, stored) == uses
            assert {*map(name_of, stored)} == {name for names in uses.values() for name in names}
            assert len(stored) == len({*map(name_of, stored)})
            assert_method(client, before, declared)
            assert_credentials(stored, earlier, declared)
            others = {"client_authentication_methods", "token_endpoint_auth_method", "client_secret"}
            assert expected.differences(CLIENT, before, client).keys() <= others | declared.keys()

            again = tenant.run(MODULE, options)
            assert (again["changed"], again["steps"]) == (False, [])
            assert tenant.writes() == []


def without_ids(result: dict[str, Any]) -> dict[str, Any]:
    """A result without what only Auth0 knows before a credential is stored."""
    assigned = {"id", "kid", "created_at", "updated_at"}
    credentials = [{k: v for k, v in one.items() if k not in assigned} for one in result["credentials"]]
    return {**result, "credentials": credentials, "client": None}


def assert_always_usable(writes: list[Write]) -> None:
    """No request leaves the client with a method and without a credential for it."""
    for write in writes:
        methods = (write.body or {}).get("client_authentication_methods") or {}
        assert all(holder["credentials"] for holder in methods.values())


def uses_of(client: Item, stored: list[Item]) -> dict[str, set[Name]]:
    """What a client uses which of its credentials for."""
    names = {item["id"]: name_of(item) for item in stored}
    holders = {"credentials": next(iter(client.get("client_authentication_methods", {}).values()), {})}
    holders |= {name: client.get(name, {}) for name in OTHERS}
    return {use: {names[one["id"]] for one in holder.get("credentials", ())} for use, holder in holders.items()}


def declared_uses(declared: Mapping[str, Any]) -> dict[str, set[Name]]:
    """What is declared of that."""
    found = {
        use: {("public_key", number_of(item)) for item in declared[use]["credentials"]}
        for use in OTHERS
        if use in declared
    }
    if "method" in declared:
        credential_type = TYPES.get(declared["method"], "")
        found["credentials"] = {(credential_type, number_of(item)) for item in declared.get("credentials", ())}
    return found


def assert_method(client: Item, before: Item, declared: Mapping[str, Any]) -> None:
    method = declared.get("method")
    if method in TYPES:
        assert client["client_authentication_methods"].keys() == {method}
        assert "token_endpoint_auth_method" not in client
    elif method:
        assert client["token_endpoint_auth_method"] == method
        assert "client_authentication_methods" not in client
    else:
        for name in ("client_authentication_methods", "token_endpoint_auth_method"):
            assert client.get(name) == before.get(name)


def assert_credentials(rows: list[Item], earlier: list[Item], declared: Mapping[str, Any]) -> None:
    """What is declared of a credential holds, and what is not said of it is as it was."""
    held = {row["id"]: row for row in earlier}
    lists = [declared.get("credentials", ()), *(declared.get(use, {}).get("credentials", ()) for use in OTHERS)]
    given_by = {number_of(item): item for items in lists for item in items}
    for row in rows:
        number = number_of(row)
        assert row.get("name") == NAMES.get(number)
        assert row["credential_type"] != "public_key" or row["alg"] == ALGS.get(number, "RS256")
        said = given_by.get(number, {})
        # A certificate says when it ends, also where nobody asks for it (recorded).
        if "parse_expiry_from_cert" in said or row["credential_type"] == "x509_cert":
            assert row["expires_at"] == EXPIRES.strftime("%Y-%m-%dT%H:%M:%S.000Z")
        elif "expires_at" in said:
            assert row.get("expires_at", "never") == said["expires_at"]
        else:
            assert row.get("expires_at") == held.get(row["id"], {}).get("expires_at")


def name_of(item: Item) -> Name:
    return item["credential_type"], number_of(item)


def number_of(item: Mapping[str, Any]) -> int:
    """Which of the keys an option gives, or a stored credential is."""
    told = {item.get(name) for name in ("pem", "subject_dn", "kid", "thumbprint_sha256")}
    (number,) = (number for number in range(4) if told & known_by(number))
    return number


@functools.cache
def known_by(number: int) -> frozenset[str]:
    """All by which a key can be told: PEMs, subject, and what Auth0 derives from them."""
    derived = {kid_of(public_key(number)), thumbprint_of(certificate(number))}
    shown = f"O=Acme\nCN=client-{number}"  # as Auth0 shows the subject of the certificate
    return frozenset({subject(number), shown, public_key(number), certificate(number), *derived})
