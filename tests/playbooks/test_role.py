# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The role in plays of other people."""

from __future__ import annotations

import json
import typing as t
from pathlib import Path

from .support import OF_SERVERS, SMALL, SMALL_OBJECTS, Player, Tenant


def play(player: Player, *tasks: dict[str, t.Any], **keywords: t.Any) -> str:
    """A playbook with these tasks, for the hosts of the inventory."""
    file = player.directory / "site.yml"
    file.write_text(json.dumps([{"hosts": "all", "gather_facts": False, "tasks": tasks, **keywords}]))
    return str(file)


def included(entry: str | None = None, **keywords: t.Any) -> dict[str, t.Any]:
    """A task that includes the role."""
    options = {"name": "community.auth0.tenant", **({"tasks_from": entry} if entry else {})}
    apply = keywords.pop("apply", None)
    return {"ansible.builtin.include_role": {**options, **({"apply": apply} if apply else {})}, **keywords}


def test_each_entry_point_does_its_work_and_shows_it(player: Player, tenants: list[Tenant]) -> None:
    dev, prod = tenants
    player.declare({tenant.name: tenant.access for tenant in (dev, prod)}, **SMALL, **OF_SERVERS)
    export = str(player.directory / "export")
    everything = play(
        player,
        included(),
        included("provision"),
        included("verify"),
        included("export", vars={"auth0_export_dir": export}),
        included("teardown", vars={"auth0_teardown_confirm": "yes"}),
        become=True,
    )
    shown = " ".join(player.succeed(everything).output.split())
    for tenant in (dev, prod):
        for what in SMALL_OBJECTS:
            assert f"{tenant.name} created {what}" in shown
            assert f"{tenant.name} deleted {what}" in shown
        assert f"{tenant.name} nothing to change: 3 as declared" in shown
        assert f"{tenant.name} books https://ledger.example.com read:entries HS256, the API's secret" in shown
        assert Path(export, f"{tenant.name}.yml").exists()
        assert len(tenant.writes()) == 2 * len(SMALL_OBJECTS)


def test_a_failure_shows_what_has_changed_by_then(player: Player, tenants: list[Tenant]) -> None:
    dev = tenants[0]
    fault = {"method": "POST", "path": "/api/v2/clients", "status": 400, "body": {"message": "Not today."}}
    dev.send("PUT", "/_emulator/faults", json.dumps([fault]).encode())
    player.declare({"dev": dev.access}, **SMALL)
    played = player.play(play(player, included()))
    assert played.status == 2
    assert "Not today." in played.output
    assert played.words == ["dev created API https://ledger.example.com", "dev failed: its message is above"]
