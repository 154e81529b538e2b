# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The show of the protected API where it is not as it should be. As it should be, it is in the demo: test_demo.py."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
import typing as t
from pathlib import Path

import pytest
import trustme
import yaml
from ansible_collections.community.auth0.plugins.module_utils._task.arguments import connection_spec

from .support import JWT, ROOT, Player, Tenant, rendered, secrets, template
from .test_demo import commands, left

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
    # The emulator is on this machine, and a proxy of the environment is not asked for it.
    player.environment.update(HTTP_PROXY="http://127.0.0.1:9", NO_PROXY="", no_proxy="")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    # The certificates that the modules trust, where the variables name none.
    trustme.CA().cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    player.environment.update(HOME=str(tmp_path), AUTH0_CA_PATH="~/ca.pem")
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\necho \"$SSL_CERT_FILE\" > '{tmp_path}/trusted'\nexec '{sys.executable}' \"$@\"\n")
    python.chmod(0o700)
    storefront = {"client": "storefront", "token": "RS256", "call": "GET /orders"}
    variables = {
        "protected_api_tmp": str(temporary),
        "protected_api_python": str(python),
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
    assert (tmp_path / "trusted").read_text().strip() == str(tmp_path / "ca.pem")
    assert left(temporary) == []
    assert not [secret for secret in secrets(dev) if secret in played.output]
    assert not JWT.search(played.output)


def tasks_around_the_api() -> tuple[dict[str, t.Any], dict[str, t.Any]]:
    """The task that starts the API and the one that stops it."""
    play = yaml.safe_load(SHOW.read_text())[-1]
    (block,) = (task for task in play["tasks"] if "block" in task)
    start = next(task for task in block["block"] if task["name"] == "Start it, and wait until it listens")
    stop = next(task for task in block["always"] if task["name"] == "Stop it, and wait for its end")
    return start, stop


def run_command_of(
    task: dict[str, t.Any], directory: Path, python: Path, **variables: t.Any
) -> subprocess.CompletedProcess[str]:
    """What the task runs in this directory, for an API that this Python is to run."""
    variables = {"playbook_dir": str(SHOW.parent), "protected_api_python": str(python), **variables}
    return subprocess.run(
        ["sh", "-c", rendered(task["ansible.builtin.shell"]["cmd"], variables)],
        cwd=directory,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        text=True,
        timeout=40,  # less than protected_api_patience
    )


@pytest.fixture
def hanging(tmp_path: Path) -> Path:
    """A Python that runs nothing, and does not end."""
    path = tmp_path / "python"
    path.write_text("#!/bin/sh\necho It hangs.\nexec sleep 300\n")
    path.chmod(0o700)
    return path


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """The directory of the API, alone in another one."""
    path = tmp_path / "temporary" / "directory"
    path.mkdir(parents=True)
    return path


def test_an_api_that_does_not_listen_is_told_with_its_log_and_stopped(hanging: Path, directory: Path) -> None:
    variables = {"playbook_pid": os.getpid(), "protected_api_patience": 1}
    started, stopped = (run_command_of(task, directory, hanging, **variables) for task in tasks_around_the_api())
    assert started.returncode == 1
    assert "The API does not listen." in started.stderr
    assert "It hangs." in started.stderr
    assert stopped.returncode == 0
    shutil.rmtree(directory)
    assert left(directory.parent) == []


def test_nothing_waits_for_an_api_of_a_playbook_that_has_ended(hanging: Path, directory: Path) -> None:
    with subprocess.Popen(["true"]) as playbook:
        pass
    start, dummy = tasks_around_the_api()
    assert run_command_of(start, directory, hanging, playbook_pid=playbook.pid).returncode == 1
    assert left(directory.parent) == []


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("", None),
        ("~/ca.pem", "/home/me/ca.pem"),
        ("$HOME/ca.pem", "/home/me/ca.pem"),
        ("ca.pem", "/playbooks/ca.pem"),
        ("/certificates/ca.pem", "/certificates/ca.pem"),
    ],
)
def test_the_api_trusts_the_certificates_that_the_modules_trust(
    given: str, expected: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", "/home/me")
    start, dummy = tasks_around_the_api()
    of_task = {name: template(text) for name, text in start["vars"].items()}
    variables = {"no_proxy": "127.0.0.1", "playbook_dir": "/playbooks", "auth0_ca_path": given, **of_task}
    assert rendered(start["environment"], variables).get("SSL_CERT_FILE") == expected


def test_its_modules_take_every_option_of_the_connection() -> None:
    plays = [play for play in yaml.safe_load(SHOW.read_text()) if "module_defaults" in play]
    assert len(plays) == 3
    for play in plays:
        defaults = play["module_defaults"]["group/community.auth0.auth0"]
        assert set(defaults) == set(connection_spec().options)
        for name, text in defaults.items():
            assert rendered(text, {name: "given", "omit": "left out"}) == "given"
            assert name == "auth0_domain" or rendered(text, {"omit": "left out"}) == "left out"


def test_what_serves_the_api_tells_of_its_end_and_waits_for_that_of_the_playbook(tmp_path: Path) -> None:
    directory = tmp_path / "directory"
    directory.mkdir()
    script = SHOW.with_name("serve.sh")
    with (
        subprocess.Popen(["sleep", "300"]) as playbook,
        subprocess.Popen(["sh", script, str(playbook.pid), "/nonexistent/python"], cwd=directory) as serving,
    ):
        deadline = time.monotonic() + 10
        while not (directory / "api.ended").exists():
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert "/nonexistent/python" in (directory / "api.log").read_text()
        assert serving.poll() is None
        playbook.kill()
        playbook.wait()
    assert not directory.exists()


def test_it_leaves_nothing_behind_when_it_is_interrupted(player: Player, tenants: list[Tenant], tmp_path: Path) -> None:
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
    }
    with subprocess.Popen(
        [*player.command(str(SHOW)), "--extra-vars", json.dumps(variables)],
        cwd=tmp_path,
        env={**player.environment, "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as playing:
        assert playing.stdout
        shown = ""
        try:
            while "TASK [Call it with all sorts of tokens]" not in shown:
                line = playing.stdout.readline()
                assert line, shown
                shown += line
            running = [command for command in commands() if str(temporary) in command]
        finally:
            playing.kill()  # the hardest of all interruptions; on a softer one, Ansible does not always end
    assert [command for command in running if "uvicorn" in command]
    assert left(temporary) == []


@pytest.mark.parametrize(
    ("run", "mistakes"),
    [
        ({}, []),
        ({"other_tenant": "none", "ansible_play_hosts_all": ["dev"]}, []),
        ({"ansible_check_mode": True}, ["does nothing with --check"]),
        ({"tenant": "nowhere"}, ["There is no host nowhere in the inventory"]),
        ({"other_tenant": "dev"}, ["has to be another one than dev"]),
        (
            {"ansible_play_hosts_all": ["dev", "prod"]},
            ["Tokens of dev and staging are needed, and --limit leaves staging out."],
        ),
        ({"ansible_play_hosts_all": ["prod"]}, ["are needed, and --limit leaves dev and staging out"]),
    ],
)
def test_it_says_with_which_runs_it_does_not_begin(run: dict[str, t.Any], mistakes: list[str]) -> None:
    everybody = ["dev", "staging", "prod"]
    variables = {
        "tenant": "dev",
        "other_tenant": "staging",
        "groups": {"all": everybody},
        "ansible_play_hosts_all": everybody,
        "ansible_check_mode": False,
        **run,
    }
    (task,) = yaml.safe_load(SHOW.read_text())[0]["tasks"]
    variables.update({name: template(text) for name, text in task["vars"].items()})
    found = rendered(task["vars"]["mistakes"], variables)
    assert len(found) == len(mistakes)
    assert all(mistake in one for mistake, one in zip(mistakes, found, strict=True))


def test_it_says_what_the_tenants_have_to_hold(player: Player, tenants: list[Tenant], tmp_path: Path) -> None:
    dev, prod = tenants
    dev.set_up(DECLARED)
    player.declare({"dev": dev.token_access(), "prod": prod.token_access()})
    variables = {
        "protected_api_other_tenant": "prod",
        "auth0_resource_servers": [],
        "auth0_client_grants": [],
        "tokens_wanted": {"orders": {"client": "storefront", "audience": IDENTIFIERS["orders"]}},
    }
    played = player.play(str(SHOW), "--extra-vars", json.dumps(variables), may_warn=True)
    assert played.status == 2
    shown = " ".join(played.output.split())
    assert "There is no client storefront, or its secret cannot be read" in shown
    assert "run community.auth0.provision with that inventory first." in shown
    assert played.recap("dev")["failed"] == 0
    assert not [request for request in dev.token_requests() if request["body"]["client_id"] != dev.client_id]
    assert [tenant.writes() for tenant in tenants] == [[], []]


def test_it_says_which_token_was_refused() -> None:
    (check,) = (
        task
        for play in yaml.safe_load(SHOW.read_text())
        for task in play.get("tasks", [])
        if task["name"] == "Check that they were issued"
    )
    results = [{"access_token": "eyJh.eyJi"}, {"msg": "No token for client x."}, {"msg": "No token for client x."}]
    variables = {"tokens": {"results": results}, **{name: template(text) for name, text in check["vars"].items()}}
    assert rendered("{{ %s }}" % check["ansible.builtin.assert"]["that"], variables) is False
    shown = rendered(check["ansible.builtin.assert"]["fail_msg"], variables)
    assert shown.startswith("No token for client x. This tenant has to hold what examples/inventory/emulator declares")
    variables["tokens"] = {"results": results[:1]}
    assert rendered("{{ %s }}" % check["ansible.builtin.assert"]["that"], variables) is True


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
    play = yaml.safe_load(SHOW.read_text())[-1]
    (pattern,) = re.findall(r"^\{\{ auth0_domain is match\('(.*)'\) \}\}$", play["vars"]["emulated"])
    assert bool(re.match(pattern.replace("\\\\", "\\"), domain)) is emulated
    touching = [task for task in play["tasks"][0]["block"] if "community.auth0.auth0_signing_key" in task]
    assert len(touching) == 2
    assert all(task["when"] == "emulated" for task in touching)
