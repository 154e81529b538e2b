# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A task gives the same in the controller's process as in a process of its own, and costs less there."""

from __future__ import annotations

import collections
import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
import typing as t
from pathlib import Path

import pytest

from .support import Player, Tenant

SECRETS = ["planted-signing-secret", "planted-client-secret", "planted-wrong-token"]
ACCESS = {name: "{{ %s }}" % name for name in ("auth0_domain", "auth0_client_id", "auth0_client_secret")}


def task(module: str, options: t.Mapping[str, t.Any], **keywords: t.Any) -> dict[str, t.Any]:
    """A task whose failure does not end the play."""
    return {f"community.auth0.{module}": dict(options), "ignore_errors": True, **keywords}


def api(**options: t.Any) -> dict[str, t.Any]:
    """A task for an API with a secret."""
    given = {"identifier": "urn:doors", "signing_alg": "HS256", "signing_secret": SECRETS[0], **options}
    return task("auth0_resource_server", given)


#: What is done in both places, by what it is about.
TASKS: dict[str, dict[str, t.Any]] = {
    "create": task("auth0_client", {"name": "one", "app_type": "non_interactive", "return_secret": True}),
    "nothing to do": task("auth0_client", {"name": "one", "app_type": "non_interactive"}),
    "change": task("auth0_client", {"name": "one", "client_metadata": {"a": 1, "c": True}}, diff=True),
    "check": task("auth0_client", {"name": "two", "client_secret": SECRETS[1]}, check_mode=True, diff=True),
    "failure": task("auth0_client_grant", {"client_name": "nobody", "audience": "urn:x", "scope": []}),
    "refusal": task("auth0_role_info", {"auth0_api_token": SECRETS[2]}),
    "no_log": task("auth0_role", {}, no_log=True),
    "unknown option": task("auth0_role", {"nmae": "x"}),
    "missing option": task("auth0_client_grant", {}),
    "choice": api(signing_alg=SECRETS[0]),
    "scopes of the wrong shape": api(scopes=["read:a", "read:b"]),
    "encryption of the wrong shape": api(token_encryption="text"),
    "permissions of the wrong shape": task("auth0_role_permissions", {"role_name": "x", "permissions": ["read:a"]}),
    "secrets of the wrong shape": task("auth0_client", {"name": "x", "client_secret": {"a": [SECRETS[1]]}}),
    "a client of the wrong shape": task(
        "auth0_client",
        {
            "name": "x",
            "client_secret": SECRETS[1],
            "jwt_configuration": "RS256",
            "addons": {"firebase": "text", "secret": SECRETS[0]},
            "refresh_token": {"policies": ["x"]},
        },
    ),
    "an entry of the wrong shape": task(
        "auth0_config",
        {"clients": [{"name": "x", "client_secret": SECRETS[1], "addons": 3}, "text"], "prune": "text"},
    ),
    "a short secret": api(signing_secret="abc"),
    "a short secret of the environment": task("auth0_role", {"name": "r"}, environment={"AUTH0_API_TOKEN": "abc"}),
    "domain": task("auth0_role", {"auth0_domain": "a b"}),
    "list with secrets": task("auth0_client_info", {"name": "one", "include_secrets": True}),
    "date": task(
        "auth0_client_credentials",
        {
            "client_name": "one",
            "method": "private_key_jwt",
            "credentials": [
                {"name": "a", "pem": "x" * 20, "expires_at": "{{ '2027-02-01' | to_datetime('%Y-%m-%d') }}"}
            ],
        },
    ),
    "loop": task("auth0_role", {"name": "role {{ item }}"}, loop=[1, 2]),
    "failed_when": task("auth0_role", {"name": "  "}, failed_when=False),
    "until": task("auth0_role", {"name": "role 1"}, until=False, retries=1, delay=0),
    "environment": task("auth0_role", {"name": "role 1"}, environment={"AUTH0_AUDIENCE": "urn:nobody"}),
    "timeout": task("auth0_role", {"name": "role 1"}, timeout=60),
    "a string that looks like a template": task("auth0_role", {"name": "role 1", "description": "{{ braces }}"}),
    "token": task("auth0_token", {"parameters": {"tier": 3}}),
}


@pytest.fixture(scope="module")
def names() -> dict[str, str]:
    """The variable that each result is registered as."""
    return {about: "result_%s" % re.sub(r"\W", "_", about) for about in TASKS}


def write(directory: Path, tasks: t.Sequence[t.Mapping[str, t.Any]]) -> str:
    """A playbook for all hosts."""
    group = {"group/community.auth0.auth0": ACCESS, "community.auth0.auth0_role": {"name": "of the defaults"}}
    play = {"hosts": "all", "gather_facts": False, "module_defaults": group, "tasks": list(tasks)}
    path = directory / "doors.yml"
    path.write_text(
        json.dumps(
            [
                {
                    **play,
                    "vars": {
                        "day": "{{ '2027-02-01' | to_datetime('%Y-%m-%d') }}",
                        "braces": "{% raw %}{{ 1 + 1 }}{% endraw %}",
                    },
                }
            ]
        )
    )
    return str(path)


class Like:
    """What differs between two tenants that hold the same, made the same."""

    def __init__(self, tenant: Tenant) -> None:
        self.tenant = tenant
        self.name = tenant.read("clients")[0]["tenant"]
        self.ids: dict[str, str] = {}

    def of(self, value: t.Any) -> t.Any:
        """A result with numbers for identifiers."""
        if isinstance(value, dict):
            return {name: self.of(item) for name, item in value.items()}
        if isinstance(value, list):
            return [self.of(item) for item in value]
        if isinstance(value, int) and value > 1_000_000_000:
            return "(a time)"
        if not isinstance(value, str):
            return value
        value = value.replace(self.tenant.domain.removeprefix("http://"), "DOMAIN")
        value = "TENANT" if value == self.name else value
        value = re.sub(r"eyJ[\w.-]+|\d{4}-\d\d-\d\dT[\d:.]+Z", "(made up)", value)
        known = {self.tenant.client_id, self.tenant.client_secret}
        pattern = r"(?<![\w-])(?:(?:cgr_|rol_)\w{16}|[\w-]{32}|[\w-]{64})(?![\w-])"
        return re.sub(pattern, lambda found: self._id(found[0]) if found[0] not in known else "CALLER", value)

    def _id(self, found: str) -> str:
        made_up = any(character.isdigit() for character in found) or found.swapcase() != found.upper()
        return self.ids.setdefault(found, f"ID {len(self.ids)}") if made_up and "VALUE" not in found else found


@pytest.fixture
def doors(player: Player, tenants: list[Tenant]) -> Player:
    """One tenant that is worked on in the controller's process, and one with processes of their own."""
    inventory = {}
    for tenant, direct in zip(tenants, (True, False), strict=True):
        more = {} if direct else {"ansible_python_interpreter": "{{ ansible_playbook_python }}"}
        inventory[tenant.name] = {**tenant.access, "ansible_connection": "local", "auth0_direct": direct, **more}
    player.declare(inventory)
    player.environment["ANSIBLE_INJECT_INVOCATION"] = "1"  # only from ansible-core 2.21 on it is not there without
    player.environment["ANSIBLE_LOG_PATH"] = str(player.directory / "ansible.log")
    player.environment["ANSIBLE_CALLBACK_RESULT_FORMAT"] = "json"
    return player


def test_both_doors_give_the_same_and_show_no_secret(
    doors: Player, tenants: list[Tenant], names: dict[str, str]
) -> None:
    # In loops, because only their results keep the options.
    tasks = [{"name": about, "register": names[about], "loop": [1], **one} for about, one in TASKS.items()]
    dump = {
        "ansible.builtin.copy": {
            "content": "{{ dict(results | zip(query('ansible.builtin.vars', *results))) | to_json }}",
            "dest": "%s/{{ inventory_hostname }}.json" % doors.directory,
        },
        "vars": {"results": list(names.values()), "ansible_python_interpreter": sys.executable},
        "no_log": True,
    }
    played = doors.play(write(doors.directory, [*tasks, dump]), "-vvv")
    results = {}
    for tenant in tenants:
        found = json.loads((doors.directory / f"{tenant.name}.json").read_text())
        results[tenant.name] = {about: Like(tenant).of(found[name]["results"][0]) for about, name in names.items()}
    here, there = results[tenants[0].name], results[tenants[1].name]
    different = {about: (here[about], there[about]) for about in TASKS if here[about] != there[about]}
    assert not different, json.dumps(different, indent=1)
    assert {"failure", "msg", "invocation", "failed", "changed"} <= here["failure"].keys()
    assert here["check"]["diff"] and here["check"]["changed"]
    assert "braces" not in str(here["a string that looks like a template"]["role"])
    assert played.output.count(" runs in the controller's process") >= len(TASKS)
    assert played.output.count(" runs in a process of its own, because auth0_direct is false") >= len(TASKS)

    shown = played.output + (doors.directory / "ansible.log").read_text() + json.dumps(results)
    assert [secret for secret in [*SECRETS, *(tenant.client_secret for tenant in tenants)] if secret in shown] == []
    assert "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER" in shown
    assert "abc" not in json.dumps([here["a short secret"], here["a short secret of the environment"]])
    assert "signing_secret is too short for a secret" in here["a short secret"]["msg"]
    assert "signing_secret" in here["a short secret"]["invocation"]["module_args"]


def test_a_loop_over_what_is_converged_takes_one_connection_and_one_token(doors: Player, tenants: list[Tenant]) -> None:
    one = task("auth0_role", {"name": "role {{ item }}"}, loop="{{ range(100) | list }}")
    book = write(doors.directory, [one])
    limit = ("--limit", tenants[0].name)
    assert doors.play(book, *limit).recap(tenants[0].name)["changed"] == 1
    tenants[0].forget()
    assert doors.play(book, *limit).recap(tenants[0].name)["changed"] == 0
    requests = tenants[0].requests()
    assert len({request["connection"] for request in requests}) == 1
    counts = collections.Counter(request["path"] for request in requests)
    assert counts == {"/oauth/token": 1, "/api/v2/roles": 100}


def test_a_task_ends_after_its_timeout_and_the_next_item_goes_on(doors: Player, tenants: list[Tenant]) -> None:
    fault = {"method": "GET", "path": "/api/v2/roles", "delay": 30, "times": 1}
    tenants[0].send("PUT", "/_emulator/faults", json.dumps([fault]).encode())
    # The second item may take as long as it does on a busy machine.
    one = task("auth0_role", {"name": "role {{ item }}"}, loop=[1, 2], timeout="{{ [0, 2, 60][item] }}")
    played = doors.play(write(doors.directory, [one]), "--limit", tenants[0].name)
    assert played.recap(tenants[0].name)["ignored"] == 1
    assert "imed out after 2 second" in played.output or "time frame (2)" in played.output  # before ansible-core 2.19
    assert [role["name"] for role in tenants[0].read("roles")] == ["role 2"]


def test_an_interrupt_leaves_nothing_behind_and_what_was_done_is_shown(doors: Player, tenants: list[Tenant]) -> None:
    mark = f"INTERRUPTED_RUN={os.getpid()}"
    # Slow, so that the interrupt comes while a request is on its way.
    slow = {"method": "GET", "path": "/api/v2/roles", "delay": 1, "times": 1000}
    tenants[0].send("PUT", "/_emulator/faults", json.dumps([slow]).encode())
    one = task("auth0_role", {"name": "role {{ item }}"}, loop="{{ range(1000) | list }}")
    with subprocess.Popen(
        [*doors.command(write(doors.directory, [one])), "--limit", tenants[0].name],
        env={**doors.environment, **dict([mark.split("=")])},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout
        shown = ""
        while "(item=1)" not in shown:
            line = process.stdout.readline()
            assert line, shown
            shown += line
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        shown += process.communicate(timeout=60)[0]
        assert process.returncode != 0
    assert re.findall(r"^changed: .*item=(\d+)", shown, re.MULTILINE) == ["0", "1"]
    deadline = time.monotonic() + 30
    while any(mark.encode() in environment for environment in environments()):
        assert time.monotonic() < deadline, "a worker goes on"
        time.sleep(0.05)
    tenants[0].send("DELETE", "/_emulator/faults")
    assert [role["name"] for role in tenants[0].read("roles")] == ["role 0", "role 1"]


def environments() -> t.Iterator[bytes]:
    """The environments of all processes of this user."""
    for path in Path("/proc").glob("[0-9]*/environ"):
        with contextlib.suppress(OSError):
            yield path.read_bytes()


def test_a_host_with_a_local_connection_needs_no_interpreter(player: Player, tenants: list[Tenant]) -> None:
    dev = tenants[0]
    player.declare({"dev": {**dev.access, "ansible_connection": "local"}})
    # A Python that Ansible would find first, and that cannot run anything.
    broken = player.directory / "python3"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    player.environment["PATH"] = f"{player.directory}:{player.environment['PATH']}"
    book = write(player.directory, [{"community.auth0.auth0_role": {"name": "role"}}])
    assert player.play(book).recap("dev")["changed"] == 1
    assert [role["name"] for role in dev.read("roles")] == ["role"]


def test_it_runs_under_ansible_runner(player: Player, tenants: list[Tenant]) -> None:
    """The engine of AWX, with a directory of its own and events instead of a terminal."""
    dev, private = tenants[0], player.directory / "private"
    (private / "inventory").mkdir(parents=True)
    (private / "project").mkdir()
    hosts = {"all": {"hosts": {"dev": {**dev.access, "ansible_connection": "local"}}}}
    (private / "inventory" / "hosts.json").write_text(json.dumps(hosts))
    write(private / "project", [{"community.auth0.auth0_role": {"name": "role {{ item }}"}, "loop": [1, 2]}])
    dummy, artifacts = player.run_job(private, "doors.yml")
    events = [json.loads(path.read_text()) for path in (artifacts / "job_events").glob("*.json")]
    results = [event["event_data"]["res"] for event in events if event["event"] == "runner_item_on_ok"]
    assert [result["changed"] for result in results] == [True, True]
    assert dev.client_secret not in json.dumps(events)


def test_a_python_without_requests_is_told_how_to_get_it(player: Player, tenants: list[Tenant]) -> None:
    dev = tenants[0]
    python = player.directory / "bare" / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(python.parents[1])], check=True)
    player.declare({"dev": {**dev.access, "ansible_connection": "local", "ansible_python_interpreter": str(python)}})
    played = player.play(write(player.directory, [{"community.auth0.auth0_role": {"name": "role"}}]))
    assert played.status == 2
    assert f"{python} -m pip install 'requests'" in played.output
