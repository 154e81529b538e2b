# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a client proves at the token endpoint with, and what is said of keys that cannot prove anything."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jwt
import pytest
from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions
from ansible_collections.community.auth0.plugins.module_utils._tokens.client_authentication import (
    SIGNING_ALGS,
    ClientSecret,
)
from ansible_collections.community.auth0.plugins.module_utils._tokens.private_key import PrivateKey, private_key
from ansible_collections.community.auth0.plugins.module_utils._tokens.private_key_option import warning_about
from joserfc.jwk import RSAKey

from .keys import ec_pem, public_pem, rsa_key, rsa_pem

ISSUER = "https://acme.eu.auth0.com/"
NOW = 1_800_000_000


def loaded(given: str, **more: Any) -> PrivateKey:
    return private_key("c", given, more.get("key_id"), more.get("signing_alg"), "auth0_private_key")


@pytest.mark.parametrize("alg", SIGNING_ALGS)
def test_an_assertion_says_what_auth0_demands_and_nothing_else(alg: str) -> None:
    client = PrivateKey("c", rsa_key(), "the-kid", alg, now=lambda: NOW + 0.7)
    fields = client.proof(ISSUER).fields
    assertion = fields["client_assertion"]
    assert set(fields) == {"client_id", "client_assertion", "client_assertion_type"}
    assert jwt.get_unverified_header(assertion) == {"alg": alg, "kid": "the-kid", "typ": "JWT"}
    assert len(assertion) <= 2048
    options: Any = {"verify_exp": False, "verify_iat": False}
    claims = jwt.decode(assertion, rsa_key().public_key(), [alg], audience=ISSUER, options=options)
    assert claims.pop("jti")
    assert claims == {"iss": "c", "sub": "c", "aud": ISSUER, "iat": NOW, "exp": NOW + 60}


def test_the_id_of_a_key_is_its_thumbprint_unless_it_is_given() -> None:
    """Compared with another library, and with the example of RFC 7638."""
    assert loaded(rsa_pem()).key_id == RSAKey.import_key(public_pem()).thumbprint()
    assert loaded(rsa_pem(), key_id="mine").key_id == "mine"


def test_a_key_may_be_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "key.pem"
    file.write_text(rsa_pem())
    monkeypatch.setenv("HOME", str(tmp_path))
    assert loaded(str(file)).key_id == loaded("~/key.pem").key_id == loaded(rsa_pem()).key_id


@pytest.mark.parametrize(
    "spoilt",
    [
        pytest.param(lambda pem: pem.replace("\n", "\\n"), id="escaped, as in an environment variable or in JSON"),
        pytest.param(lambda pem: pem.replace("\n", "\\r\\n"), id="escaped, from Windows"),
        pytest.param(lambda pem: pem.replace("\n", "\r\n"), id="from Windows"),
        pytest.param(lambda pem: pem.replace("\n", " "), id="folded by YAML"),
        pytest.param(lambda pem: pem.replace("\n", ""), id="in one line"),
        pytest.param(lambda pem: pem.replace("\n", "\n    "), id="indented"),
        pytest.param(lambda pem: "a certificate:\\n" + pem.replace("\n", "\\n"), id="after other text"),
    ],
)
def test_a_key_whose_line_breaks_were_changed_on_the_way_is_used(spoilt: Any, tmp_path: Path) -> None:
    pem = spoilt(rsa_pem())
    assert loaded(pem).key_id == loaded(rsa_pem()).key_id
    file = tmp_path / "key.pem"
    file.write_text(pem)
    assert loaded(str(file)).key_id == loaded(rsa_pem()).key_id


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (public_pem(), "is a public key"),
        (rsa_pem(b"passphrase"), "is encrypted"),
        (ec_pem(), "is not an RSA key"),
        (rsa_pem()[:400], "is not a private key in PEM format"),
        (rsa_pem(bits=1024), "has 1024 bits, and Auth0 takes no key with fewer than 2048"),
        ("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----", "is a certificate"),
        ("-----BEGIN nonsense", "is not a private key in PEM format"),
        ("/nowhere/key.pem", r"neither a private key in PEM format nor the path .* \(No such file or directory\)"),
        ("MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwgg", "neither a private key"),
        ("\0", "neither a private key"),
        ("/", r"\(Is a directory\)"),
    ],
)
def test_a_key_that_cannot_sign_is_told_without_showing_anything_of_it(given: str, told: str) -> None:
    with pytest.raises(InvalidOptions, match="auth0_private_key .*" + told) as caught:
        loaded(given)
    assert given not in caught.value.message


@pytest.mark.parametrize(("mode", "warns"), [(0o600, False), (0o400, False), (0o640, True), (0o604, True)])
def test_a_file_that_others_can_read_gets_a_warning(tmp_path: Path, mode: int, warns: bool) -> None:
    file = tmp_path / "key.pem"
    file.write_text("")
    file.chmod(mode)
    warning = warning_about(str(file), "private_key")
    assert (warning is not None) == warns
    assert not warning or "private_key: others can read this file" in warning


def test_a_certificate_beside_the_key_does_not_matter() -> None:
    certificate = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
    for pem in (rsa_pem() + certificate, certificate + rsa_pem()):
        assert loaded(pem).key_id == loaded(rsa_pem()).key_id


def test_a_file_that_is_missing_gets_none() -> None:
    assert warning_about("/nowhere/key.pem", "private_key") is None
    assert warning_about("a text with \0 in it", "private_key") is None


def test_neither_secret_nor_key_is_in_a_representation() -> None:
    shown = repr([ClientSecret("c", "hush-hush"), ClientSecret("c", "hush-hush").proof(ISSUER), loaded(rsa_pem())])
    assert "hush-hush" not in shown
    assert "RSAPrivateKey" not in shown
