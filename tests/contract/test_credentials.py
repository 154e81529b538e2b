# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Random sets of keys and certificates of a client on the emulator: the client authenticates by them and no others."""

from __future__ import annotations

import functools
from typing import Any

from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from ansible_collections.community.auth0.plugins.module_utils._kinds.client_credential import CLIENT_CREDENTIAL
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.fake_tenant import derived
from hypothesis import given, settings
from hypothesis import strategies as st

from . import expected
from .keys import EXPIRES, certificate, public_key, subject
from .tenant import Item, Tenant

CLIENT = KINDS["client"]
MODULE = "auth0_client_credentials"

some = settings(max_examples=max(1, settings().max_examples // 12))

TYPES = {
    "private_key_jwt": "public_key",
    "self_signed_tls_client_auth": "x509_cert",
    "tls_client_auth": "cert_subject_dn",
}
OTHERS = ["client_secret_post", "client_secret_basic", "none"]

#: What no declaration here lets a credential have twice: an option that cannot be changed.
NAMES = {number: f"key {number}" for number in (0, 2)}
ALGS = {1: "PS256", 2: "RS384"}

LATER = "2098-01-01T00:00:00.000Z"


def credentials_of(method: str) -> st.SearchStrategy[list[dict[str, Any]]]:
    """One or two keys as an option of the module, each of which is always called the same."""
    numbers = st.lists(st.integers(0, 3), min_size=1, max_size=2, unique=True)
    return numbers.flatmap(lambda chosen: st.tuples(*(_credential(method, number) for number in chosen)).map(list))


def _credential(method: str, number: int) -> st.SearchStrategy[dict[str, Any]]:
    named = {"name": NAMES[number]} if number in NAMES else {}
    if method == "tls_client_auth":
        ways = [{"subject_dn": subject(number)}, {"pem": certificate(number)}]
    elif method == "self_signed_tls_client_auth":
        ways = [{"pem": certificate(number)}]
    else:
        named |= {"alg": ALGS[number]} if number in ALGS else {}
        ways = [
            {"pem": public_key(number), **times} for times in ({}, {"expires_at": LATER}, {"expires_at": "never"})
        ] + [{"pem": certificate(number), "parse_expiry_from_cert": True}]
    return st.sampled_from([{**named, **way} for way in ways])


declarations = st.sampled_from([*TYPES, *OTHERS]).flatmap(
    lambda method: st.fixed_dictionaries(
        {"method": st.just(method), **({"credentials": credentials_of(method)} if method in TYPES else {})}
    )
)


def test_every_field_of_a_credential_is_declared_here() -> None:
    declared = {"name", "alg", "subject_dn", "pem", "parse_expiry_from_cert", "expires_at"}
    assert CLIENT_CREDENTIAL.options.keys() == declared | {"credential_type"}  # which follows from the method


@some
@given(first=declarations, second=declarations, third=declarations)
def test_a_client_authenticates_by_what_is_declared_and_by_nothing_else(
    tenant: Tenant, first: dict[str, Any], second: dict[str, Any], third: dict[str, Any]
) -> None:
    with tenant.removing(CLIENT):
        name = tenant.unused("client")
        client_id = tenant.make("clients", name=name, app_type="regular_web", grant_types=["password"])["client_id"]
        path = f"clients/{client_id}"
        for declared in (first, second, third):
            options = {"client_name": name, **declared}
            before, stored = tenant.get(path), tenant.get(f"{path}/credentials")
            foreseen = tenant.run(MODULE, options, check_mode=True)
            assert tenant.writes() == []
            done = tenant.run(MODULE, options)
            assert without_ids(foreseen) == without_ids(done)

            writes = tenant.writes()
            assert done["changed"] is bool(writes)
            assert all(
                len(write.body["client_authentication_methods"][method]["credentials"])
                for write in writes
                for method in attaching(write.body)
            )
            after = tenant.get(path)
            check_client(before, after, declared, [item["id"] for item in tenant.get(f"{path}/credentials")])
            check_credentials(tenant.get(f"{path}/credentials"), stored, declared)

            again = tenant.run(MODULE, options)
            assert (again["changed"], again["steps"]) == (False, [])
            assert tenant.writes() == []


def attaching(body: Item | None) -> list[str]:
    """The methods for which a request attaches credentials."""
    return list((body or {}).get("client_authentication_methods") or {})


def without_ids(result: dict[str, Any]) -> dict[str, Any]:
    """A result without what only Auth0 knows before a credential is stored."""
    assigned = {"id", "kid", "created_at", "updated_at"}
    credentials = [{k: v for k, v in one.items() if k not in assigned} for one in result["credentials"]]
    return {**result, "credentials": credentials, "client": None}


def check_client(before: Item, after: Item, declared: dict[str, Any], stored: list[str]) -> None:
    """The client authenticates by the method, with all that is stored; nothing else of it is another."""
    method = declared["method"]
    if method in TYPES:
        (held,) = after["client_authentication_methods"].items()
        assert (held[0], sorted(one["id"] for one in held[1]["credentials"])) == (method, sorted(stored))
        assert "token_endpoint_auth_method" not in after
    else:
        assert after["token_endpoint_auth_method"] == method
        assert "client_authentication_methods" not in after
    ways = {"client_authentication_methods", "token_endpoint_auth_method", "client_secret"}
    assert expected.differences(CLIENT, before, after).keys() <= ways


def check_credentials(rows: list[Item], before: list[Item], declared: dict[str, Any]) -> None:
    """What is stored is what is declared, and what is not said of it is as it was."""
    given = {number_of(item): item for item in declared.get("credentials", ())}
    held = {row["id"]: row for row in before}
    stored = {number_of(row): row for row in rows}
    assert len(rows) == len(stored)
    assert stored.keys() == given.keys()
    for number, row in stored.items():
        assert row["credential_type"] == TYPES[declared["method"]]
        assert row.get("name") == NAMES.get(number)
        if row["credential_type"] == "public_key":
            assert row["alg"] == ALGS.get(number, "RS256")
        if "parse_expiry_from_cert" in given[number]:
            assert row["expires_at"] == EXPIRES.strftime("%Y-%m-%dT%H:%M:%S.000Z")
        elif "expires_at" in given[number]:
            assert row.get("expires_at", "never") == given[number]["expires_at"]
        else:
            assert row.get("expires_at") == held.get(row["id"], {}).get("expires_at")


def number_of(item: dict[str, Any]) -> int:
    """Which of the keys an option gives, or a stored credential is."""
    told = {item.get(name) for name in ("pem", "subject_dn", "kid", "thumbprint_sha256")}
    (number,) = (number for number in range(4) if told & known_by(number))
    return number


@functools.cache
def known_by(number: int) -> set[str]:
    """All by which a key can be told: PEMs, subject, and what Auth0 derives from them."""
    texts = {subject(number), public_key(number), certificate(number)}
    for credential_type, pem in (("public_key", public_key(number)), ("x509_cert", certificate(number))):
        found = derived({"credential_type": credential_type, "pem": pem})
        texts.add(found["kid" if credential_type == "public_key" else "thumbprint_sha256"])
    return texts
