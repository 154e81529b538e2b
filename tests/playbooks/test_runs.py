# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a run goes: where its tasks run, what it says at the end, what inventories and command lines may hold."""

from __future__ import annotations

import json
import typing as t

from .support import LEDGER, SMALL, SMALL_OBJECTS, Player, Tenant


def test_two_hosts_that_stand_for_one_tenant_are_noticed_before_anything_is_sent(
    declared: Player, tenants: list[Tenant]
) -> None:
    dev, prod = tenants
    same = {**dev.access, "auth0_domain": f" {dev.domain.replace('http', 'HTTP')}"}
    quoted = {**dev.access, "auth0_domain": f"\ufeff\u201c{dev.domain}\u201d"}
    hosts = {"team-one": dev.access, "team-two": same, "team-quotes": quoted, "prod": prod.access}
    declared.declare(hosts, **SMALL)
    for playbook in ("provision", "teardown"):
        played = declared.play(playbook, "--extra-vars", "auth0_teardown_confirm=yes")
        assert played.status == 2
        assert "The hosts team-one, team-quotes, team-two stand for one tenant" in played.output
        assert dev.requests() == []
        assert played.table == [
            "TENANT CREATED CHANGED REMOVED LEFT ALONE",
            "team-one - - - - failed",
            "team-two - - - - failed",
            "team-quotes - - - - failed",
            "prod 3 0 0 0" if playbook == "provision" else "prod 0 0 3 0",
        ]
    # One at a time is what each team may do.
    declared.succeed("provision", "--limit", "team-two")


def test_a_blank_answer_of_a_survey_counts_as_not_given(player: Player, tenants: list[Tenant]) -> None:
    dev = tenants[0]
    of_access = ("audience", "ca_path", "api_token", "private_key", "private_key_id", "signing_alg")
    of_work = ("timeout", "concurrency", "rate_reserve", "prune", "roles", "resource_servers")
    blank: dict[str, t.Any] = {f"auth0_{name}": "" for name in (*of_access, *of_work)}
    blank.update(auth0_retries=None, auth0_rate_limit=None)
    player.declare({"dev": dev.access}, auth0_clients=[{"name": "shop"}])
    assert player.succeed("provision", "--extra-vars", json.dumps(blank)).changes == ["dev created client shop"]


def test_a_run_that_fails_shows_what_it_has_changed_by_then(player: Player, tenants: list[Tenant]) -> None:
    dev = tenants[0]
    fault = {"method": "POST", "path": "/api/v2/clients", "status": 400, "body": {"message": "Not today."}}
    dev.send("PUT", "/_emulator/faults", json.dumps([fault]).encode())
    player.environment["ANSIBLE_STRATEGY"] = "free"
    player.declare({tenant.name: tenant.access for tenant in tenants}, **SMALL)
    played = player.play("provision")
    assert played.status == 2
    assert "Not today." in played.output
    assert played.changes == [
        f"dev created API {LEDGER}",
        "dev failed: its message is above",
        *(f"prod created {what}" for what in SMALL_OBJECTS),
    ]
    assert played.table == ["TENANT CREATED CHANGED REMOVED LEFT ALONE", "dev 1 0 0 0 failed", "prod 3 0 0 0"]
    assert played.output.count("TASK [community.auth0.tenant : What has changed]") == 1

    dev.send("PUT", "/_emulator/faults", b"[]")
    assert player.succeed("provision").table[1:] == ["dev 2 0 0 1", "prod 0 0 0 3"]


def test_tags_choose_whole_playbooks_and_a_tag_that_is_none_of_theirs_is_reported(
    player: Player, tenants: list[Tenant]
) -> None:
    dev = tenants[0]
    player.declare({"dev": dev.access}, auth0_clients=[{"name": "shop"}])
    playbooks = ("provision", "verify", "teardown", "export")
    played = player.succeed(*(f"community.auth0.{playbook}" for playbook in playbooks), "--tags", "clients")
    for playbook in playbooks:
        assert f"has only the tag {playbook}, so nothing was done" in played.output
    assert dev.requests() == []
    site = player.directory / "site.yml"
    site.write_text(json.dumps([{"import_playbook": "community.auth0.provision", "tags": ["auth0"]}]))
    assert player.succeed(str(site), "--tags", "auth0").changes == ["dev created client shop"]
