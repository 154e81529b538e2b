# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._engine.apply import Applier
from ansible_collections.community.auth0.plugins.module_utils._engine.apply_links import LinkApplier
from ansible_collections.community.auth0.plugins.module_utils._engine.waves import Job, Key
from ansible_collections.community.auth0.plugins.module_utils._modules.config import work

_SLEEP = time.sleep


def _briefly(seconds: float) -> None:
    _SLEEP(seconds / 100)


@pytest.fixture
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a test gives no clock, a task waits a hundredth of the time until the tenant has settled."""
    monkeypatch.setattr(time, "sleep", _briefly)
    for applier in (Applier, LinkApplier):
        defaults = applier.__init__.__defaults__ or ()
        brief = tuple(_briefly if value is _SLEEP else value for value in defaults)
        monkeypatch.setattr(applier.__init__, "__defaults__", brief)


@pytest.fixture(autouse=True)
def _jobs_come_after_those_on_which_they_depend(monkeypatch: pytest.MonkeyPatch) -> None:
    """A job says what it depends on, and stands in a wave: both are held against each other in every configuration."""
    run = work.run

    def checked(waves: Sequence[Sequence[Job]], workers: Any) -> Any:
        done: set[Key] = set()
        for wave in waves:
            for job in wave:
                assert job.after <= done, f"{job.key} comes before {job.after - done}"
            done |= {job.key for job in wave}
        return run(waves, workers)

    monkeypatch.setattr(work, "run", checked)
