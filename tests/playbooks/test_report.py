# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The report on all tenants of an inventory. What the page looks like is in the unit tests of access_page."""

from __future__ import annotations

import json
import stat
import typing as t
from pathlib import Path

import pytest

from .support import JWT, LEDGER, SMALL, Player, Tenant, secrets


def read(player: Player, name: str = "auth0-report") -> tuple[dict[str, t.Any], str]:
    """The report as JSON, and its page."""
    file = player.directory / name
    report: dict[str, t.Any] = json.loads(file.with_suffix(".json").read_text())
    return report, file.with_suffix(".html").read_text()


def by_name(report: dict[str, t.Any]) -> dict[str, dict[str, t.Any]]:
    return {tenant["name"]: tenant for tenant in report["tenants"]}


def test_it_says_of_each_tenant_what_differs_from_the_declarations_and_what_ends(
    player: Player, tenants: list[Tenant]
) -> None:
    dev, prod = tenants
    dev.set_up(SMALL)
    (api,) = dev.read(f"resource-servers?identifiers={LEDGER}")
    dev.manage(
        "PATCH", f"resource-servers/{api['id']}", {"token_lifetime": 4000, "signing_secret": "another-planted-secret-1"}
    )
    stranger = dev.create(
        "clients",
        name="strange & co",
        app_type="non_interactive",
        client_metadata={"client_secret_rotated_at": "2020-01-01T00:00:00Z"},
    )
    dev.create("client-grants", client_id=stranger["client_id"], audience=LEDGER, scope=["no:such:scope"])
    dev.forget()
    changed = [{**SMALL["auth0_resource_servers"][0], "token_lifetime": 7200}]
    hosts: dict[str, dict[str, t.Any]] = {
        "dev": {**dev.access, "auth0_resource_servers": changed},
        "prod": prod.access,
        "silent": {**prod.access, "auth0_domain": "http://127.0.0.1:9", "auth0_retries": 0},
        "nameless": {},
        "mistaken": {**prod.access, "auth0_clients": [{"nmae": "x"}]},
    }
    player.declare(hosts, **SMALL)
    player.environment.update(AUTH0_DOMAIN=dev.domain)
    gate = ("--extra-vars", "auth0_report_fail_on=drift,expiry")
    played = player.play("report", "-vvv", *gate, may_warn=True)
    assert played.status == 2
    report, page = read(player)
    found = by_name(report)
    assert {name: (one["read"], one["compared"]) for name, one in found.items()} == {
        "dev": (True, True),
        "prod": (True, True),
        "silent": (False, False),
        "nameless": (False, False),
        "mistaken": (False, False),
    }
    assert found["dev"]["drift"] == [
        {
            "difference": "different",
            "kind": "resource_server",
            "name": LEDGER,
            "fields": [
                {
                    "name": "signing_secret",
                    "before": found["dev"]["drift"][0]["fields"][0]["before"],
                    "after": found["dev"]["drift"][0]["fields"][0]["after"],
                },
                {"name": "token_lifetime", "before": 4000, "after": 7200},
            ],
        }
    ]
    assert "strange & co" in found["dev"]["undeclared"]["client"]
    assert {one["code"] for one in found["dev"]["findings"]} >= {"undeclared_grant", "undefined_scope", "old_secret"}
    assert [one["difference"] for one in found["prod"]["drift"]] == ["missing"] * 3
    assert "auth0_domain is not set" in found["nameless"]["problems"][0]
    assert "did you mean name?" in found["mistaken"]["problems"][0]
    failed = {(one["tenant"], one["gate"]) for one in report["failures"]}
    assert failed == {
        ("dev", "drift"),
        ("dev", "expiry"),
        ("prod", "drift"),
        ("silent", "unreadable"),
        ("nameless", "unreadable"),
        ("mistaken", "unreadable"),
    }
    assert "strange &amp; co" in page and "<script" not in page
    assert dev.writes() == prod.writes() == []
    hidden = secrets(dev) | secrets(prod) | {"another-planted-secret-1"}
    for told in (page, json.dumps(report), played.output):
        assert not [secret for secret in hidden if secret in told]
        assert not JWT.search(told)


def test_it_passes_where_everything_is_as_declared_and_can_prove_it(provisioned: Player) -> None:
    options = {
        "auth0_report_fail_on": "drift,access,expiry",
        "auth0_report_verify": True,
        "auth0_report_file": "mine.html",
    }
    played = provisioned.succeed("report", "--extra-vars", json.dumps(options))
    file = provisioned.directory / "mine.html"
    assert played.words[-1] == f"The page: {file}"
    assert played.words[:2] == ["TENANT GRANTS DIFFERENT NOT DECLARED FINDINGS", "dev 2 0 0 2"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    report, page = read(provisioned, "mine")
    assert {one["code"] for one in by_name(report)["dev"]["findings"]} == {"unknown_secret_age"}
    (row,) = [row for row in by_name(report)["dev"]["access"] if row["audience"] == LEDGER]
    assert row["verification"]["result"] == "verified"
    assert "Passed: nothing is wrong with drift, access, expiry." in page


def test_a_gate_fails_for_what_must_not_be_read_and_names_a_few_of_many_failures(
    provisioned: Player, tenants: list[Tenant]
) -> None:
    dev, prod = tenants
    auditor = dev.create("clients", name="auditor", app_type="non_interactive")
    scope = ["read:clients", "read:client_grants", "read:resource_servers"]
    dev.create("client-grants", client_id=auditor["client_id"], audience=dev.management_audience, scope=scope)
    access = {name: auditor[name.removeprefix("auth0_")] for name in ("auth0_client_id", "auth0_client_secret")}
    for number in range(12):
        dev.create("clients", name=f"stranger {number:02d}", app_type="non_interactive")
    provisioned.declare(
        {
            "dev": {**dev.access, **access},
            "prod": {**prod.access, "auth0_domain": "http://127.0.0.1:9"},
        },
        **SMALL,
        auth0_retries=0,
    )
    played = provisioned.play(
        "report", "--check", "--extra-vars", "auth0_report_fail_on=expiry,undeclared", may_warn=True
    )
    assert played.status == 2
    for words in (
        "dev: books: its keys cannot be read, so nobody knows when they end: the token for the Management API needs",
        "\\n- and 9 more",
    ):
        assert words in played.output, played.output
    assert played.words[-1].startswith("The page, which --check does not write: ")
    assert not list(provisioned.directory.glob("auth0-report*"))
    # Without a gate, a tenant that cannot be read is no failure.
    assert provisioned.play("report", may_warn=True).status == 0
    report, dummy = read(provisioned)
    assert {name: one["read"] for name, one in by_name(report).items()} == {"dev": True, "prod": False}


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({"auth0_report_max_secret_age": "soon"}, "max_secret_age must be a number of days"),
        ({"auth0_report_min_key_days": -1}, "min_key_days must be a number of days"),
        ({"auth0_report_fail_on": "drift,everything"}, "there is no everything. Give some of drift"),
        ({"auth0_report_file": "report.txt"}, "auth0_report_file must end in .html"),
    ],
)
def test_a_mistaken_setting_is_refused_before_any_tenant_is_read(
    variables: dict[str, t.Any], message: str, player: Player, tmp_path: Path
) -> None:
    player.declare({"dev": {"auth0_domain": "http://127.0.0.1:9"}, "prod": {"auth0_domain": "http://127.0.0.1:9"}})
    played = player.play("report", "--extra-vars", json.dumps(variables))
    assert played.status == 2
    assert message in " ".join(played.output.split())
    assert "cannot be reached" not in played.output
    assert not list(tmp_path.glob("*.html"))
