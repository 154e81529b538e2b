# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which texts are never sent where a public key belongs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

import pytest
from ansible_collections.community.auth0.plugins.module_utils._tokens.pem import private_keys, why_not_public

from .keys import ec_pem, public_pem, rsa_pem

#: By names, since the keys are others in each process.
PRIVATE = {
    "RSA": rsa_pem(),
    "EC": ec_pem(),
    "encrypted": rsa_pem(b"passphrase"),
    "after a public one": public_pem() + rsa_pem(),
    "cut off": rsa_pem()[:100],
    "without dashes": rsa_pem().replace("-----", ""),
    "in lower case": rsa_pem().lower(),
    "with another blank": rsa_pem().replace("PRIVATE KEY", "PRIVATE\tKEY"),
}
PUBLIC = {"public": public_pem(), "text": "text", "nothing": ""}


@pytest.mark.parametrize("name", PRIVATE)
def test_a_private_key_is_known_also_where_it_is_damaged_or_not_alone(name: str) -> None:
    told = why_not_public(PRIVATE[name])
    assert told
    assert told.startswith("holds a private key")
    assert not any(line in told for line in PRIVATE[name].splitlines() if len(line) > 40)


@pytest.mark.parametrize("name", PUBLIC)
def test_anything_else_is_for_the_server_to_judge(name: str) -> None:
    assert why_not_public(PUBLIC[name]) is None


def masked(text: str, hidden: Iterable[str]) -> str:
    """What Ansible shows of a text."""
    for each in sorted(hidden, key=len, reverse=True):
        text = text.replace(each, "********")
    return text


@pytest.mark.parametrize("name", PRIVATE)
@pytest.mark.parametrize("around", ["{}", "a,{},b", '{{"pem": "{}", "x": 1}}'])
def test_a_private_key_is_masked_at_any_depth_and_however_it_is_written(name: str, around: str) -> None:
    pem = PRIVATE[name]
    begins = re.search(r"PRIVATE\s+KEY", pem, re.IGNORECASE)
    assert begins
    lines = pem[begins.end() :].splitlines()
    secret = {line for line in lines if len(line) >= 20 and not line.lower().startswith("-----end")}
    assert secret
    for given in (pem, *(pem.replace("\n", between) for between in ("\\n", " ", "\r\n", ","))):
        text = around.replace("{}", given) if around == "{}" else around.format(given)
        for value in (text, {"credentials": [{"name": "n", "pem": text}, {"pem": None}]}, [1, True, {"other": text}]):
            hidden = set(private_keys(value))
            pieces = str(text.split(",")), " ".join(text.split())
            for shown in (str(value), json.dumps(value), repr(str(value)), *pieces):
                assert not [line for line in secret if line in masked(shown, hidden)]
            assert not {text[:3], text[-3:]} & hidden


@pytest.mark.parametrize(
    "text",
    ["Private key of a PRIVATE KEY", "Begin with the private key of the API, then its certificate", public_pem()],
)
def test_words_about_private_keys_are_none(text: str) -> None:
    assert not [*private_keys({"name": text, "keys": [text], "number": 1})]
