# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The table of the benchmarks, in small."""

from __future__ import annotations

import subprocess
import sys

from .support import ROOT


def test_the_table_has_the_requests_and_writes_of_each_run() -> None:
    arguments = [
        "--numbers",
        "2",
        "--ways",
        "auth0_config",
        "--tenants",
        "0",
        "--latency",
        "0",
        "--runs",
        "1 % changed",
    ]
    command = [sys.executable, str(ROOT / "benchmarks" / "whole_tenant.py"), *arguments]
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stderr
    table = [[cell.strip() for cell in line.split("|")[1:-1]] for line in done.stdout.splitlines() if line[:1] == "|"]
    assert all(len(row) == len(table[0]) for row in table)
    assert [row[:9] for row in table if row[0] == "2"] == [
        # objects, run, way; GET, POST, PATCH, token; writes, ratio of requests
        ["2", "fresh", "auth0_config", "4", "6", "0", "1", "6", "1.0"],
        ["2", "1 % changed", "auth0_config", "3", "0", "3", "1", "3", "1.0"],
    ]
