# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The show of the protected API where it is not as it should be. As it should be, it is in the demo: test_demo.py."""

from __future__ import annotations

import json
import re
import typing as t
from pathlib import Path

import pytest

from .support import ROOT, Player, Tenant
from .test_demo import left
from .test_secrets import JWT, secrets

SHOW = ROOT / "examples" / "protected_api" / "show.yml"
IDENTIFIERS = {name: f"https://{name}.example.com" for name in ("orders", "invoices", "vouchers", "ledger")}
DECLARED: dict[str, list[dict[str, t.Any]]] = {
    "auth0_resource_servers": [
        {
            "identifier": identifier,
            "signing_alg": {"invoices": "PS256", "ledger": "HS256"}.get(name, "RS256"),
            "token_lifetime": 1 if name == "vouchers" else 3600,
            "scopes": [{"value": f"read:{name}"}],
        }
        for name, identifier in IDENTIFIERS.items()
    ],
    "auth0_clients": [{"name": "storefront", "app_type": "non_interactive"}],
    "auth0_client_grants": [
        {"client_name": "storefront", "audience": IDENTIFIERS[name], "scope": [f"read:{name}"]}
        for name in ("orders", "vouchers")
    ],
}


def test_it_fails_and_leaves_nothing_behind_when_an_answer_is_another_one(
    player: Player, tenants: list[Tenant], tmp_path: Path
) -> None:
    """As in a real tenant, whose keys it leaves alone, and with one tenant only."""
    dev = tenants[0]
    dev.set_up(DECLARED)
    player.declare({"dev": dev.access})
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    storefront = {"client": "storefront", "token": "RS256", "call": "GET /orders"}
    variables = {
        "protected_api_tmp": str(temporary),
        "auth0_resource_servers": [],
        "auth0_client_grants": [],
        "emulated": False,
        "leeway": 0,
        "tokens_wanted": {
            name: {"client": "storefront", "audience": IDENTIFIERS[name]} for name in ("orders", "vouchers")
        },
        "first_act": [{**storefront, "expected": "401"}, {**storefront, "sent": "orders", "expected": "403 forbidden"}],
    }
    played = player.play(str(SHOW), "-vvv", "--extra-vars", json.dumps(variables), may_warn=True)
    assert played.status == 2
    assert played.words == [
        "CLIENT TOKEN CALL EXPECTED ANSWER",
        "storefront RS256 GET /orders 401 401",
        "storefront RS256 GET /orders 403 forbidden 200, WRONG",
        "storefront RS256, expired GET /vouchers 401 expired 401 expired",
        "(The tenant's signing keys were left as they are: they are rotated and revoked on the emulator only.)",
    ]
    assert "The API does not answer as it should." in played.output
    assert dev.writes() == []
    assert left(temporary) == []
    assert not [secret for secret in secrets(dev) if secret in played.output]
    assert not JWT.search(played.output)


def test_it_fails_and_leaves_nothing_behind_when_the_api_does_not_start(
    player: Player, tenants: list[Tenant], tmp_path: Path
) -> None:
    dev = tenants[0]
    dev.set_up(DECLARED)
    player.declare({"dev": dev.access})
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    variables = {
        "protected_api_tmp": str(temporary),
        "auth0_resource_servers": [],
        "auth0_client_grants": [],
        "tokens_wanted": {},
        "protected_api_python": "/nonexistent/python",
    }
    played = player.play(str(SHOW), "--extra-vars", json.dumps(variables), may_warn=True)
    assert played.status == 2
    assert "/nonexistent/python" in played.output
    assert dev.writes() == []
    assert left(temporary) == []


@pytest.mark.parametrize(
    ("domain", "emulated"),
    [
        ("http://127.0.0.1:8701", True),
        ("127.0.0.1:8701", True),
        ("localhost:8701", True),
        ("http://[::1]:8701", True),
        ("acme.eu.auth0.com", False),
        ("localhost.example.com", False),
        ("127.0.0.1.example.com:443", False),
        ("login.localhost", False),
        ("", False),
    ],
)
def test_it_touches_the_signing_keys_of_the_emulator_only(domain: str, emulated: bool) -> None:
    yaml = pytest.importorskip("yaml")
    play = yaml.safe_load(SHOW.read_text())[-1]
    (pattern,) = re.findall(r"^\{\{ auth0_domain is match\('(.*)'\) \}\}$", play["vars"]["emulated"])
    assert bool(re.match(pattern.replace("\\\\", "\\"), domain)) is emulated
    touching = [task for task in play["tasks"][0]["block"] if "community.auth0.auth0_signing_key" in task]
    assert len(touching) == 2
    assert all(task["when"] == "emulated" for task in touching)
