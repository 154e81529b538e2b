# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A skeleton (docs/adding-a-kind.md) leaves marks for what has to be found out. None is left in what is committed."""

from __future__ import annotations

from pathlib import Path

import pytest
from ansible_collections.community.auth0.tests.harness.skeleton.sketch import DESCRIBE, FIND_OUT

ROOT = Path(__file__).resolve().parents[2]
#: Where skeletons are written, and what is made of them.
PLACES = ("plugins", "emulator/src", "tests/integration", "tests/contract", "roles", "meta")
#: Of the directories below, those that tools leave.
_LEFT = {"__pycache__", "output"}


def marks(place: Path) -> list[str]:
    """The lines with marks in all files below a directory."""
    found = []
    for path in sorted(place.rglob("*")):
        if path.suffix not in (".py", ".yml", ".yaml", ".md", ".j2") or _LEFT & set(path.parts) or not path.is_file():
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if FIND_OUT.strip() in line or DESCRIBE.strip() in line:
                found.append(f"{path}:{number}: {line.strip()}")
    return found


@pytest.mark.parametrize("place", PLACES)
def test_nothing_is_left_to_find_out_or_to_describe(place: str) -> None:
    assert (ROOT / place).is_dir()
    assert marks(ROOT / place) == []


@pytest.mark.parametrize("mark", [FIND_OUT, DESCRIBE])
def test_a_mark_is_found(mark: str, tmp_path: Path) -> None:
    (tmp_path / "kind.py").write_text(f"a = 1\n# {mark}whether it is so\n")
    assert marks(tmp_path) == [f"{tmp_path}/kind.py:2: # {mark}whether it is so"]
