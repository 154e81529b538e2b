# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How far long work is, in lines, and which work tells it."""

from __future__ import annotations

import dataclasses
import functools
import threading
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._engine import connection
from ansible_collections.community.auth0.plugins.module_utils._http.rate_gate import RateGate
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from ansible_collections.community.auth0.plugins.module_utils._modules.config.info import config_info_spec, read_config
from ansible_collections.community.auth0.plugins.module_utils._modules.config.work import config_spec, keep_config
from ansible_collections.community.auth0.plugins.module_utils._modules.reading import read
from ansible_collections.community.auth0.plugins.module_utils._task.arguments import ArgumentSpec
from ansible_collections.community.auth0.plugins.module_utils._task.reports import Reports, line, unreported
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Task
from ansible_collections.community.auth0.tests.harness.in_process import Clock, answered
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.numbered_tenant import TOKEN, Numbered
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.tasks import info_task_of, params_of


@pytest.mark.parametrize(
    ("done", "total", "as_bar", "expected"),
    [
        (3, 12, False, "3 of 12, client a"),
        (3, 12, True, "[#####...............] 3 of 12, client a"),
        (0, 0, True, "[####################] 0 of 0, client a"),
        (13, 12, True, "[####################] 13 of 12, client a"),
        (3, None, True, "client a, 3 so far"),
        (0, None, False, "client a"),
    ],
)
def test_a_line_says_how_far_the_work_is(done: int, total: int | None, as_bar: bool, expected: str) -> None:
    assert line(done, total, " client\n a", as_bar) == expected


def test_a_line_is_written_now_and_then() -> None:
    clock, lines = [0.0], list[str]()
    report = Reports(lines.append, False, 10, lambda: clock[0])
    for second in range(0, 31, 3):
        clock[0] = second
        report(second, 30, "done")
    assert lines == ["12 of 30, done", "24 of 30, done"]


def test_nothing_is_said_where_nobody_can_read_it() -> None:
    unreported(1, 2, "client a")


def test_while_a_task_waits_it_is_as_far_as_before() -> None:
    lines = list[str]()
    report = Reports(lines.append, False, 0)
    report(0, None, "waiting")
    report(3, 12, "client a")
    report(0, None, "waiting")
    report(200, None, "listing")
    assert lines == ["waiting", "3 of 12, client a", "3 of 12, waiting", "listing, 200 so far"]


# which work tells how far it is


class Heard:
    """What a task has told."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def __call__(self, done: int, total: int | None, words: str) -> None:
        self.lines.append(line(done, total, words))

    def by(self, task: Task) -> Task:
        return dataclasses.replace(task, report=self)


@pytest.fixture
def heard() -> Heard:
    return Heard()


def config_task(spec: ArgumentSpec, **options: Any) -> Task:
    return Task(params_of(spec, {"auth0_api_token": TOKEN, "concurrency": 1, **options}))


def test_a_long_list_tells_how_many_were_read(tenant: Numbered, heard: Heard) -> None:
    for number in range(210):
        tenant.add_role(f"role {number}")
    read(KINDS["role"], heard.by(info_task_of(KINDS["role"])))
    assert heard.lines == [f"listing the roles, {number} so far" for number in (100, 200, 210)]


def test_many_reads_of_what_belongs_to_objects_tell_how_many_were_made(tenant: Numbered, heard: Heard) -> None:
    tenant.add_api("urn:a", ("read",))
    for number in range(3):
        tenant.add_role(f"role {number}", ("urn:a", "read"))
    read(KINDS["role"], heard.by(info_task_of(KINDS["role"], include_permissions=True)))
    expected = [f"{number} of 3, reading the permissions of roles" for number in (1, 2, 3)]
    assert [line for line in heard.lines if "reading" in line] == expected
    heard.lines.clear()
    read_config(heard.by(config_task(config_info_spec(), kinds=["roles"])))
    assert [line for line in heard.lines if "reading" in line] == expected


def test_a_configuration_tells_how_many_of_its_changes_are_done(tenant: Numbered, heard: Heard) -> None:
    # A client may turn out to have a twin, which is looked for in a step that is no change.
    keep_config(heard.by(config_task(config_spec(), clients=[{"name": "a"}, {"name": "b"}])))
    assert [line for line in heard.lines if " of " in line] == ["1 of 2, create client a", "2 of 2, create client b"]


def test_a_task_tells_how_long_it_still_waits_until_a_request_is_sent_again(
    tenant: Numbered, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept = list[float]()
    monkeypatch.setattr("time.sleep", slept.append)
    tenant.fail(answered(429, retry_after="40"), "GET", "/api/v2/roles")
    read(KINDS["role"], heard.by(info_task_of(KINDS["role"])))
    waiting = [line for line in heard.lines if line.startswith("waiting")]
    assert len(waiting) == len(slept) >= 40
    assert 40 <= sum(slept) <= 48
    assert waiting[-1] == "waiting 1 seconds until a request is sent again"


def test_a_configuration_tells_how_long_it_still_waits_for_a_rate_limit(
    tenant: Numbered, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()

    def wait(dummy: threading.Condition, seconds: float) -> None:
        clock.advance(seconds)

    gate = functools.partial(RateGate, monotonic=clock, epoch=clock, wait=wait, jitter=lambda: 0.0)
    monkeypatch.setattr(connection, "RateGate", gate)
    task = config_task(config_spec(), rate_limit=0.05, roles=[{"name": "a"}, {"name": "b"}])
    keep_config(heard.by(task))
    first = heard.lines.index("1 of 2, create role a")
    waits = [line for line in heard.lines[first:] if line.startswith("waiting")]
    assert waits[:19] == [f"waiting {seconds} seconds for a rate limit" for seconds in range(20, 1, -1)]
