# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a tenant holds becomes variables, which change nothing in it and make another tenant alike."""

from __future__ import annotations

import stat
import typing as t
from pathlib import Path

import pytest

from .support import (
    ADDON_SECRET,
    DECLARATIONS,
    OF_SERVERS,
    ORDERS,
    SIGNING_SECRET,
    Played,
    Player,
    Tenant,
    emulated,
)


def export(player: Player, *arguments: str) -> str:
    """Run the playbook; the output."""
    return player.succeed("export", "--extra-vars", "auth0_export_dir=host_vars", *arguments).output


def filled(tenant: Tenant) -> None:
    """A tenant with objects that are hard to write down."""
    tenant.set_up(DECLARATIONS)
    tenant.create(
        "clients",
        name="templates: {{ not_a_variable }}",
        app_type="spa",
        description="on\ntwo lines, {% with %} marks of templates # and more",
        callbacks=["https://a.example.com/?q={{q}}", "https://b.example.com"],
        client_metadata={"yes": "no", "number": "007", "empty": ""},
    )
    role = tenant.create("roles", name="auditor", description="!unsafe and: 'quotes'")
    permission = {"resource_server_identifier": ORDERS, "permission_name": "read:orders"}
    tenant.manage("POST", f"roles/{role['id']}/permissions", {"permissions": [permission]})
    tenant.forget()


def test_what_was_exported_changes_nothing_there_and_makes_another_tenant_alike(
    player: Player, tenants: list[Tenant]
) -> None:
    dev, prod = tenants
    filled(dev)
    player.declare({"dev": dev.access})
    export(player)
    assert dev.writes() == []
    file = player.directory / "host_vars" / "dev.yml"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    text = file.read_text()
    assert "!unsafe" in text
    assert SIGNING_SECRET not in text
    assert ADDON_SECRET not in text
    assert '#   client "books": client_secret, addons' in text
    assert '#   resource server "https://ledger.example.com": signing_secret' in text

    # host_vars beside the inventory, as people put it there
    (player.directory / "host_vars" / "prod.yml").write_text(text)
    player.declare({"dev": dev.access, "prod": prod.access})
    nothing, *made = player.succeed("provision", "--diff").changes
    assert nothing == "dev nothing to change: 9 as declared"
    assert dev.writes() == []
    assert len(made) == 10  # nine objects, and the permissions of the role
    assert {line.split()[0] for line in made} == {"prod"}
    (player.directory / "host_vars" / "prod.yml").unlink()
    export(player, "--limit", "prod")
    without_head = [line for line in text.splitlines() if not line.startswith("#")]
    again = (player.directory / "host_vars" / "prod.yml").read_text()
    assert [line for line in again.splitlines() if not line.startswith("#")] == without_head


def test_secrets_are_written_only_when_asked_for_and_never_shown(player: Player, tenants: list[Tenant]) -> None:
    dev = tenants[0]
    dev.set_up(DECLARATIONS)
    player.declare({"dev": dev.access})
    shown = export(player, "-vvv", "--diff", "--extra-vars", "auth0_export_secrets=true")
    text = (player.directory / "host_vars" / "dev.yml").read_text()
    secrets = [client["client_secret"] for client in dev.read("clients") if client["name"] in ("shop", "books")]
    for secret in (*secrets, SIGNING_SECRET, ADDON_SECRET):
        assert secret in text
        assert secret not in shown
    assert "THIS FILE HOLDS SECRETS" in text
    # The file that is overwritten is not shown either.
    assert SIGNING_SECRET not in export(player, "-vvv", "--diff")
    assert SIGNING_SECRET not in (player.directory / "host_vars" / "dev.yml").read_text()


class Exported(t.NamedTuple):
    """One run that exports several tenants, with the connection that the command line says of servers."""

    played: Played
    tenants: dict[str, Tenant]
    directory: Path


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> t.Iterator[Exported]:
    directory = tmp_path_factory.mktemp("exported")
    player = Player(directory)
    (directory / "to").mkdir()
    (directory / "to" / "mine.yml").write_text("mine: true\n")
    of_host: dict[str, dict[str, t.Any]] = {
        "server": OF_SERVERS,
        "kinds": {"auth0_export_kinds": ["resource_servers"]},
        "mine": {},
        "unpaid": {"auth0_client_secret": "not-the-secret-of-this-client", "auth0_export_secrets": True},
        "nowhere": {},
    }
    with emulated(directory, *of_host) as found:
        tenants = {tenant.name: tenant for tenant in found}
        hosts = {name: {**tenants[name].access, "auth0_export_dir": "to", **more} for name, more in of_host.items()}
        del hosts["nowhere"]["auth0_export_dir"]
        for name in ("server", "kinds"):
            tenants[name].set_up(DECLARATIONS)
        player.declare(hosts)
        yield Exported(player.play("export", "--become", "--connection", "ssh"), tenants, directory / "to")


def test_it_runs_on_the_controller_whatever_inventory_and_command_line_say(exported: Exported) -> None:
    assert exported.played.recap("server")["failed"] == 0
    assert "auth0_clients:" in (exported.directory / "server.yml").read_text()


def test_kinds_can_be_chosen(exported: Exported) -> None:
    assert exported.played.recap("kinds")["failed"] == 0
    text = (exported.directory / "kinds.yml").read_text()
    assert "auth0_resource_servers:" in text
    assert "auth0_clients" not in text


def test_a_file_that_export_has_not_written_is_not_overwritten(exported: Exported) -> None:
    assert exported.played.status == 2
    assert "is there already, and this playbook has not written it" in exported.played.failure("mine")
    assert (exported.directory / "mine.yml").read_text() == "mine: true\n"
    assert exported.tenants["mine"].requests() == []


def test_export_says_why_a_tenant_could_not_be_read(exported: Exported) -> None:
    assert "client id or secret is wrong" in exported.played.failure("unpaid")
    assert "auth0_export_dir is not set" in exported.played.failure("nowhere")


def test_check_mode_says_where_export_would_write(player: Player, tenants: list[Tenant]) -> None:
    player.declare({"prod": tenants[1].access})
    assert f"{player.directory}/host_vars/prod.yml" in export(player, "--check")
    assert not (player.directory / "host_vars").exists()
