# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""When the work is done in the controller's process, and what comes of it there.

That both doors give the same is shown by tests/playbooks/test_doors.py.
"""

from __future__ import annotations

import os
import subprocess
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ansible.template
import pytest
from ansible import constants as C
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.action.normal import ActionModule as ModuleAction
from ansible.plugins.loader import action_loader
from ansible.utils import color
from ansible.utils.display import Display
from ansible_collections.community.auth0.plugins.module_utils._http import causes
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Result, Task, Work
from ansible_collections.community.auth0.plugins.plugin_utils import direct
from ansible_collections.community.auth0.tests.harness.in_process import answered
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.numbered_tenant import (
    CALLER,
    DOMAIN,
    TOKEN,
    Numbered,
)

ACCESS = {"auth0_domain": DOMAIN, "auth0_api_token": TOKEN}
MASK = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"


class Worker:
    """The process of Ansible that runs a task. said: what it wrote for the user, with -vvv."""

    def __init__(self) -> None:
        self.variables: dict[str, Any] = {"inventory_hostname": "dev", "ansible_playbook_python": sys.executable}
        self.task = types.SimpleNamespace(
            action="community.auth0.auth0_role_info",
            args=dict[str, Any](ACCESS),
            async_val=0,
            check_mode=False,
            diff=False,
            no_log=False,
            delegate_to=None,
            environment=list[Any](),
        )
        shell = types.SimpleNamespace(env_prefix=lambda **dummy: "", tmpdir=None)
        self.connection = types.SimpleNamespace(ansible_name="ansible.builtin.local", become=None, _shell=shell)
        self.said: list[str] = []
        self.shown: list[str] = []

    def run(self) -> dict[str, Any]:
        """The result of the task."""
        loader = DataLoader()
        action = action_loader.get(
            "community.auth0.auth0_config",
            task=self.task,
            connection=self.connection,
            play_context=None,
            loader=loader,
            templar=ansible.template.Templar(loader=loader, variables=self.variables),
            shared_loader_obj=None,
        )
        result: dict[str, Any] = action.run(task_vars=self.variables)
        return result

    def works(self, monkeypatch: pytest.MonkeyPatch, perform: Any) -> None:
        """Give the module other work."""
        work = direct.module_work(self.task.action)
        monkeypatch.setattr(direct, "module_work", lambda dummy: Work(work.make_spec, perform))
        plugin = action_loader.get("community.auth0.auth0_config", class_only=True)
        monkeypatch.setattr(sys.modules[plugin.__module__], "module_work", direct.module_work)


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch) -> Iterator[Worker]:
    """A worker on a host with a local connection."""
    worker = Worker()
    monkeypatch.setattr(Display, "vvv", lambda self, msg, **dummy: worker.said.append(msg))
    monkeypatch.setattr(Display, "display", lambda self, msg, **dummy: worker.shown.append(msg))
    monkeypatch.setattr(ModuleAction, "run", lambda self, tmp, task_vars: {"module": True})
    yield worker
    direct.KEPT.close()


def test_a_result_is_what_the_module_would_return(worker: Worker, tenant: Numbered) -> None:
    result = worker.run()
    arguments = result.pop("invocation", {"module_args": {"auth0_api_token": MASK, "auth0_retries": 5}})["module_args"]
    assert result == {"changed": False, "roles": []}
    assert (arguments["auth0_api_token"], arguments["auth0_retries"]) == (MASK, 5)
    assert worker.said == ["community.auth0.auth0_role_info runs in the controller's process"]


@pytest.mark.parametrize("action", ["auth0_role_info", "community.auth0.auth0_role_info"])
def test_the_module_is_found_by_both_of_its_names(action: str, worker: Worker, tenant: Numbered) -> None:
    worker.task.action = action
    assert worker.run()["roles"] == []


@pytest.mark.parametrize(
    ("place", "name", "value", "why"),
    [
        ("variables", "auth0_direct", False, "auth0_direct is false"),
        ("variables", "auth0_direct", "no", "auth0_direct is false"),
        ("connection", "ansible_name", "ansible.builtin.ssh", "the connection is not local"),
        ("connection", "become", object(), "it becomes another user"),
        ("task", "async_val", 10, "it is asynchronous"),
        ("variables", "ansible_python_interpreter", "/other/python", "its interpreter is /other/python"),
    ],
)
def test_what_is_not_the_same_here_runs_in_a_process_of_its_own(
    place: str, name: str, value: Any, why: str, worker: Worker
) -> None:
    where = getattr(worker, place)
    if isinstance(where, dict):
        where[name] = value
    else:
        setattr(where, name, value)
    assert worker.run() == {"module": True}
    assert worker.said == [f"community.auth0.auth0_role_info runs in a process of its own, because {why}"]


def test_without_requests_the_module_looks_for_another_python(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(causes, "REQUESTS_IMPORT_ERROR", "ImportError: none")
    assert worker.run() == {"module": True}
    assert worker.said[0].endswith("because the controller's Python has no requests")


@pytest.mark.parametrize(
    "interpreter", [None, "auto", "auto_silent", "auto_legacy", "{{ ansible_playbook_python }}", sys.executable]
)
def test_any_interpreter_and_the_controllers_own_are_this_one(
    interpreter: str | None, worker: Worker, tenant: Numbered
) -> None:
    marked = getattr(ansible.template, "trust_as_template", str)
    worker.variables["ansible_python_interpreter"] = interpreter and marked(interpreter)
    assert "roles" in worker.run()


def test_the_interpreter_is_that_of_the_host_to_which_a_task_is_delegated(worker: Worker, tenant: Numbered) -> None:
    worker.task.delegate_to = "localhost"
    worker.variables["ansible_python_interpreter"] = "/other/python"
    worker.variables["ansible_delegated_vars"] = {"localhost": {"ansible_python_interpreter": sys.executable}}
    assert "roles" in worker.run()
    worker.variables["ansible_python_interpreter"] = sys.executable
    worker.variables["ansible_delegated_vars"]["localhost"]["ansible_python_interpreter"] = "/other/python"
    assert worker.run() == {"module": True}


def test_the_python_of_a_virtual_environment_is_not_that_to_which_it_is_a_link(tmp_path: Path) -> None:
    (tmp_path / "python").symlink_to(sys.executable)
    assert direct.foreign_interpreter(str(tmp_path / "python"))
    own = Path(sys.executable)
    other_name = next(path for path in own.parent.glob("python*") if path.resolve() == own.resolve())
    assert not direct.foreign_interpreter(str(other_name))


def test_the_environment_of_a_task_is_in_force_during_the_task_only(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Any] = []

    def perform(task: Task) -> Result:
        seen.append((task.params["auth0_audience"], os.environ.get("NUMBER"), task.environ.get("NUMBER")))
        return {"changed": False}

    worker.works(monkeypatch, perform)
    monkeypatch.setenv("AUTH0_AUDIENCE", "before")
    worker.task.environment = [{"AUTH0_AUDIENCE": "of-the-block"}, {"AUTH0_AUDIENCE": "of-the-task", "NUMBER": 1}]
    worker.run()
    assert seen == [("of-the-task", "1", "1")]
    assert (os.environ["AUTH0_AUDIENCE"], os.environ.get("NUMBER")) == ("before", None)


def test_check_mode_and_diff_are_those_of_the_task(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []
    worker.works(monkeypatch, lambda task: seen.append((task.check_mode, task.diff)) or {"changed": False})
    worker.task.check_mode = worker.task.diff = True
    worker.run()
    assert seen == [(True, True)]


def test_a_failure_is_masked_with_its_warnings(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    def perform(task: Task) -> Result:
        task.warnings.append(f"{TOKEN} is old")
        raise ValueError(f"{TOKEN} is bad")

    worker.works(monkeypatch, perform)
    result = worker.run()
    assert result["failed"]
    assert "This is a bug of community.auth0, please report it: ValueError: ******** is bad" in result["msg"]
    assert result["failure"]["code"] == "bug"
    assert result["warnings"] == ["******** is old"]
    assert TOKEN not in str(result)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (
            {"nmae": "x"},
            "Unsupported parameters for (community.auth0.auth0_role_info) module: nmae (did you mean name?)",
        ),
        ({"auth0_timeout": "soon", "auth0_retries": "often"}, "auth0_timeout.*auth0_retries"),
        ({"auth0_client_secret": "abc"}, "auth0_client_secret is too short for a secret"),
    ],
)
def test_options_are_validated_as_the_modules(options: dict[str, Any], told: str, worker: Worker) -> None:
    worker.task.args.update(options)
    result = worker.run()
    assert result["failed"]
    assert TOKEN not in str(result)
    words = told.split(".*")
    assert [word for word in words if word not in result["msg"]] == []


def test_tasks_share_a_token(worker: Worker, tenant: Numbered) -> None:
    worker.task.args = {"auth0_domain": DOMAIN, **CALLER}
    assert [worker.run()["roles"] for dummy in range(3)] == [[], [], []]
    assert tenant.requests == ["POST /oauth/token", "GET /api/v2/roles", "GET /api/v2/roles", "GET /api/v2/roles"]


def test_a_token_of_an_earlier_task_that_lacks_a_scope_is_replaced_once(worker: Worker, tenant: Numbered) -> None:
    worker.task.args = {"auth0_domain": DOMAIN, **CALLER}
    lacks = answered(403, "Insufficient scope, expected any of: read:roles", "insufficient_scope")
    tenant.fail(lacks, "GET", "/api/v2/roles")
    assert worker.run()["failure"]["code"] == "insufficient_scope"
    assert tenant.requests == ["POST /oauth/token", "GET /api/v2/roles"]
    tenant.fail(lacks, "GET", "/api/v2/roles")
    assert worker.run()["roles"] == []
    assert tenant.requests[2:] == ["GET /api/v2/roles", "POST /oauth/token", "GET /api/v2/roles"]


def test_items_that_share_a_token_get_another_when_one_of_them_revokes_the_key_that_signed_it(
    worker: Worker, tenant: Numbered
) -> None:
    worker.task.action = "community.auth0.auth0_signing_key"
    worker.task.args = {"auth0_domain": DOMAIN, **CALLER, "force": True}
    keys, rotate = "GET /api/v2/keys/signing", "POST /api/v2/keys/signing/rotate"
    # The second rotation revokes the key that signed before the first one.
    assert [worker.run()["changed"] for dummy in range(3)] == [True, True, True]
    assert tenant.requests == [
        *("POST /oauth/token", keys, rotate),
        *(keys, rotate, keys, "POST /oauth/token", keys),
        *(keys, rotate, keys),
    ]
    assert [sent.status for sent in tenant.sent].index(401) == 5


def report(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is shown of long work."""
    plugin = sys.modules[action_loader.get("community.auth0.auth0_config", class_only=True).__module__]
    monkeypatch.setattr(plugin, "LINE_SECONDS", 0.0)
    monkeypatch.setattr(plugin, "BAR_SECONDS", 0.0)
    worker.works(monkeypatch, lambda task: task.report(5, 10, "client a") or {"changed": False})
    worker.run()
    return worker.shown


def test_long_work_tells_how_far_it_is(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(color, "ANSIBLE_COLOR", False)
    assert report(worker, monkeypatch) == ["[dev] 5 of 10, client a"]


def test_on_a_terminal_it_draws_a_bar(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(color, "ANSIBLE_COLOR", True)
    monkeypatch.setattr(C, "ANSIBLE_FORCE_COLOR", False)
    drawn, erased = report(worker, monkeypatch)
    assert drawn == "\033[2K[dev] [##########..........] 5 of 10, client a\r"
    assert erased == "\033[2K\r"


def test_a_bar_is_taken_away_also_where_the_task_runs_out_of_time(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def perform(dummy: Task) -> Result:
        raise KeyboardInterrupt

    monkeypatch.setattr(color, "ANSIBLE_COLOR", True)
    monkeypatch.setattr(C, "ANSIBLE_FORCE_COLOR", False)
    worker.works(monkeypatch, perform)
    with pytest.raises(KeyboardInterrupt):
        worker.run()
    assert worker.shown == ["\033[2K\r"]


def test_where_all_output_is_kept_as_events_it_draws_no_bar(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(color, "ANSIBLE_COLOR", True)
    monkeypatch.setattr(C, "ANSIBLE_FORCE_COLOR", False)
    monkeypatch.setattr(C, "DEFAULT_STDOUT_CALLBACK", "awx_display")
    assert report(worker, monkeypatch) == ["[dev] 5 of 10, client a"]


@pytest.mark.parametrize(("no_log", "callback"), [(True, "default"), (False, "ansible.posix.json"), (False, "jsonl")])
def test_it_says_nothing_where_nobody_may_or_can_read_it(
    no_log: bool, callback: str, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker.task.no_log = no_log
    monkeypatch.setattr(C, "DEFAULT_STDOUT_CALLBACK", callback)
    assert report(worker, monkeypatch) == []


@pytest.mark.parametrize("action", ["auth0_config", "auth0_role"])
def test_the_process_that_forks_a_worker_for_each_task_has_imported_what_the_work_needs(action: str) -> None:
    """So that no worker does it again. Ansible looks for the action plugin of a task before it forks."""
    script = (
        "import sys\n"
        "from ansible.plugins.loader import action_loader, init_plugin_loader\n"
        "init_plugin_loader()\n"
        "action_loader.get('community.auth0.' + sys.argv[1], class_only=True)\n"
        "before = set(sys.modules) | {'ansible_collections.community.auth0.plugins.action.auth0_config'}\n"
        "import ansible_collections.community.auth0.plugins.action.auth0_config\n"
        "from ansible_collections.community.auth0.plugins.plugin_utils.direct import module_work\n"
        "for name in sys.argv[2:]: module_work(name)\n"
        "print(*sorted(name for name in set(sys.modules) - before if 'community.auth0' in name))\n"
    )
    modules = ["auth0_config", "auth0_access_info"]
    done = subprocess.run([sys.executable, "-c", script, action, *modules], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
