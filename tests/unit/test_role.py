# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The role knows every kind that auth0_config keeps, and documents what it takes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from ansible_collections.community.auth0.plugins.module_utils._kinds import CONFIGURED_KINDS

ROLE = Path(__file__).resolve().parents[2] / "roles" / "tenant"
LISTS = [kind.collection for kind in CONFIGURED_KINDS]


def read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROLE / name).read_text())
    return found


def test_the_role_has_a_variable_for_each_list_of_a_configuration() -> None:
    declared = read("vars/main.yml")["_auth0_declared"]
    assert declared == {
        kind.collection: "{{ auth0_%s or %s }}" % (kind.collection, {} if kind.single else [])
        for kind in CONFIGURED_KINDS
    }


def test_the_role_takes_away_nothing_that_is_always_there() -> None:
    assert read("vars/main.yml")["_auth0_standing"] == [kind.collection for kind in CONFIGURED_KINDS if kind.standing]


def test_the_role_takes_away_by_force_what_is_in_use_otherwise() -> None:
    assert read("vars/main.yml")["_auth0_usable"] == [kind.collection for kind in CONFIGURED_KINDS if kind.in_use]


def test_what_the_role_takes_is_documented_and_has_a_default() -> None:
    entries = read("meta/argument_specs.yml")["argument_specs"]
    assert set(entries) == {"main", "provision", "verify", "teardown", "export"}
    assert all((ROLE / "tasks" / f"{entry}.yml").exists() for entry in entries)
    documented = {name for entry in entries.values() for name in entry["options"]}
    assert documented == set(read("defaults/main.yml"))
    for entry in ("main", "provision", "verify", "teardown"):
        assert {f"auth0_{name}" for name in LISTS} < set(entries[entry]["options"])
