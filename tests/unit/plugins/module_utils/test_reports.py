# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How far long work is, in lines."""

from __future__ import annotations

import pytest
from ansible_collections.community.auth0.plugins.module_utils._task.reports import Reports, line, unreported


@pytest.mark.parametrize(
    ("done", "total", "as_bar", "expected"),
    [
        (3, 12, False, "3 of 12, client a"),
        (3, 12, True, "[#####...............] 3 of 12, client a"),
        (0, 0, True, "[####################] 0 of 0, client a"),
        (13, 12, True, "[####################] 13 of 12, client a"),
        (3, None, True, "3, client a"),
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
