# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A playbook as AWX runs it: ansible-runner, a directory of the job's own, a project that can only be read."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import jinja2
import yaml

from .support import LEDGER, SMALL, Player, Tenant, tool

ROOT = Path(__file__).parents[2]
INJECTORS = yaml.safe_load((ROOT / "extensions" / "awx" / "credential_type_injectors.yml").read_text())
INPUTS = yaml.safe_load((ROOT / "extensions" / "awx" / "credential_type_inputs.yml").read_text())
PASSWORD = "the-password-of-the-vault"


def injected(**fields: str) -> dict[str, str]:
    """The environment of a job that has the credential. Fields that are left empty have no value."""
    assert set(fields) <= {field["id"] for field in INPUTS["fields"]} and set(INPUTS["required"]) <= set(fields)
    return {name: jinja2.Template(template).render(fields) for name, template in INJECTORS["env"].items()}


def vaulted(player: Player, text: str) -> str:
    """A string as ansible-vault encrypts it, for a file of variables."""
    secret = player.directory / "vault-password"
    secret.write_text(PASSWORD)
    command = [tool("ansible-vault"), "encrypt_string", "--vault-password-file", str(secret), "--stdin-name", "name"]
    done = subprocess.run(command, env=player.environment, input=text, capture_output=True, text=True, check=True)
    return re.sub(r"^name: ", "", done.stdout)


def run(player: Player, private: Path) -> tuple[str, str]:
    """Run provision from the directory of a job. What it ended with, and all of its events and output."""
    project = private / "project"
    (project / "provision.yml").write_text("- import_playbook: community.auth0.provision\n")
    for path in (*project.iterdir(), project):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        output, artifacts = player.run_job(private, "provision.yml")
        assert [path.name for path in project.iterdir()] == ["provision.yml"]
    finally:
        project.chmod(0o755)
    # The runner itself writes down the environment of the command, there and nowhere else.
    written = [path.read_text() for path in artifacts.rglob("*") if path.is_file() and path.name != "command"]
    status = (artifacts / "status").read_text()
    shutil.rmtree(artifacts)
    return status, "\n".join([output, *written])


def test_provision_runs_as_a_job_with_a_credential_a_survey_and_a_vault(player: Player, tenants: list[Tenant]) -> None:
    """dev is managed by the credential of the job, prod by a vaulted secret of its own."""
    dev, prod = tenants
    private = player.directory / "job"
    for name in ("env", "inventory", "project"):
        (private / name).mkdir(parents=True)
    credential = injected(domain=dev.domain, client_id=dev.client_id, client_secret=dev.client_secret)
    # An audience of an empty field counts as not given; so does a survey's answer that was left empty.
    assert credential["AUTH0_AUDIENCE"] == ""
    (private / "env" / "envvars").write_text(json.dumps(credential))
    survey = {"auth0_audience": "", "auth0_timeout": "", "auth0_teardown_confirm": "", "auth0_prune": "", **SMALL}
    (private / "env" / "extravars").write_text(json.dumps(survey))
    (private / "env" / "passwords").write_text(json.dumps({"Vault password:": PASSWORD}))
    (private / "env" / "cmdline").write_text("--ask-vault-pass")
    (private / "inventory" / "hosts.yml").write_text(
        f"auth0_tenants:\n  hosts:\n    dev: {{auth0_domain: '{dev.domain}'}}\n    prod:\n"
        f"      auth0_domain: '{prod.domain}'\n      auth0_client_id: '{prod.client_id}'\n"
        "      auth0_client_secret: " + vaulted(player, prod.client_secret).replace("\n", "\n    ").rstrip() + "\n"
    )
    status, shown = run(player, private)
    assert status == "successful"
    for tenant in tenants:
        assert LEDGER in [api["identifier"] for api in tenant.read("resource-servers")]
        assert tenant.client_secret not in shown
    assert PASSWORD not in shown

    for tenant in tenants:
        tenant.forget()
    status, shown = run(player, private)
    assert status == "successful"
    assert {request["method"] for tenant in tenants for request in tenant.requests()} == {"GET", "POST"}
    assert [request["path"] for tenant in tenants for request in tenant.requests() if request["method"] == "POST"] == [
        "/oauth/token",
        "/oauth/token",
    ]
