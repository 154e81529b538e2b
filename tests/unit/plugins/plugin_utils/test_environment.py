# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The environment of a task in the process that performs it."""

from __future__ import annotations

import contextlib
import os

import pytest
from ansible_collections.community.auth0.plugins.plugin_utils.environment import in_force


def test_the_environment_is_what_it_was_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHANGED", "before")
    monkeypatch.delenv("ADDED", raising=False)
    before = dict(os.environ)
    with contextlib.suppress(KeyboardInterrupt), in_force({"CHANGED": "within", "ADDED": "within"}) as environ:
        assert (os.environ["CHANGED"], os.environ["ADDED"]) == ("within", "within")
        assert environ == dict(os.environ)
        raise KeyboardInterrupt
    assert dict(os.environ) == before
    assert environ["ADDED"] == "within"
