# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import time

import pytest
from ansible_collections.community.auth0.plugins.module_utils._engine.apply import Applier
from ansible_collections.community.auth0.plugins.module_utils._engine.apply_links import LinkApplier

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
