# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What tells a credential from another one, when it ends, and what it is used for."""

from __future__ import annotations

import datetime

import pytest
from ansible_collections.community.auth0.plugins.module_utils._modules.client_credentials.stored import (
    AUTHENTICATION,
    FINGERPRINTS,
    SIGNED_REQUESTS,
    TOKEN_VAULT,
    Key,
    Use,
    days_left,
    identity_of,
    used_for,
    uses_of,
)

NOW = datetime.datetime(2026, 11, 22, 3, 15, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("cert_subject_dn", "CN=me,O=Acme\\, Inc.,C=US", "C=US\nO=Acme, Inc.\nCN=me"),
        ("cert_subject_dn", "CN=me,O=Acme,C=US", "/C=US/O=Acme/CN=me"),
        ("cert_subject_dn", "cn = me, o=Acme", "CN=me,O=Acme"),
        ("x509_cert", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", bytes(range(32)).hex()),
        ("x509_cert", bytes(range(32)).hex().upper(), bytes(range(32)).hex(":")),
    ],
)
def test_a_fingerprint_can_be_written_in_several_ways(kind: str, one: str, other: str) -> None:
    assert identity_of({"id": "a", "credential_type": kind, FINGERPRINTS[kind]: one}) == Key(kind, other).identity


def test_what_is_not_known_of_a_credential_does_not_make_it_another_ones_twin() -> None:
    unknown = [{"id": handle, "credential_type": kind} for kind in ("public_key", "new_type") for handle in "ab"]
    assert len({identity_of(one) for one in unknown}) == 2
    assert identity_of(unknown[0]) != Key("public_key", "K").identity


@pytest.mark.parametrize(
    ("expires_at", "days"),
    [(None, None), ("2027-01-01T00:00:00Z", 39), ("2026-01-01T00:00:00Z", -326), ("2026-11-22T04:00:00Z", 0)],
)
def test_days_are_counted_down_and_below_zero(expires_at: str | None, days: int | None) -> None:
    assert days_left({"expires_at": expires_at}, NOW) == days


def test_a_client_tells_what_it_uses_each_credential_for() -> None:
    uses = uses_of(
        {
            "client_authentication_methods": {"private_key_jwt": {"credentials": [{"id": "a"}, {"id": "b"}]}},
            "signed_request_object": {"required": True, "credentials": [{"id": "b"}]},
            "token_vault_privileged_access": {"credentials": []},
        }
    )
    assert uses == {
        AUTHENTICATION: Use(frozenset("ab"), "private_key_jwt"),
        SIGNED_REQUESTS: Use(frozenset("b")),
        TOKEN_VAULT: Use(),
    }
    assert [used_for({"id": one}, uses) for one in "abc"] == [
        [AUTHENTICATION],
        [AUTHENTICATION, SIGNED_REQUESTS],
        [],
    ]
    secret = uses_of({"token_endpoint_auth_method": "none", "signed_request_object": {"required": False}})
    assert secret[AUTHENTICATION] == Use(method="none")
    assert uses_of({})[AUTHENTICATION].method is None


@pytest.mark.parametrize("holder", [5, "text", [1], {"credentials": 5}, {"credentials": [5, {"a": 1}, {"id": None}]}])
def test_what_stands_under_an_unknown_method_may_be_anything(holder: object) -> None:
    use = uses_of({"client_authentication_methods": {"of_tomorrow": holder}})[AUTHENTICATION]
    assert (use.method, use.attached) == ("of_tomorrow", frozenset())
