# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The table of docs/faults.md: a row a write, with how the tasks end whose write it is."""

from __future__ import annotations

import collections
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from ansible_collections.community.auth0.tests.faults.cells import CLASSES, Trouble
from ansible_collections.community.auth0.tests.faults.tenant import Reads

DOCUMENT = Path(__file__).parents[2] / "docs" / "faults.md"
_BEGIN, _END = "<!-- The rows are written by: nox -s faults -- --fix -->", "<!-- End of the rows -->"
_HEAD = "| task | write | refused once | refused for good | lost, then reads | lost, then no good reads | 404, 409 |"

Cell = tuple[Trouble, Reads]


def _column(trouble: Trouble, reads: Reads) -> int:
    if trouble.settled:
        return 0 if trouble.times == 1 else 1
    if trouble.name[:3] in ("404", "409"):
        return 4
    return 2 if reads in (Reads.FRESH, Reads.LATE) else 3


def row(scenario: str, write: str, ends: Mapping[Cell, str]) -> str:
    """The row of a write. ends: how the tasks ended."""
    columns: dict[int, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for cell, kind in ends.items():
        columns[_column(*cell)][kind] += 1
    cells = [_told(columns[number]) for number in range(5)]
    return f"| {' | '.join([scenario, f'`{write}`', *cells])} |"


def _told(found: Mapping[str, int]) -> str:
    kinds = [kind for kind in CLASSES if kind in found]
    return kinds[0] if len(kinds) == 1 else ", ".join(f"{kind} {found[kind]}" for kind in kinds)


def rows_of(scenario: str, document: str) -> list[str]:
    """The rows that the document has for a scenario."""
    return [line for line in document.splitlines() if line.startswith(f"| {scenario} |")]


def with_rows(document: str, rows: Mapping[str, Sequence[str]], order: Iterable[str]) -> str:
    """The document with these rows in the place of those that it has for the same scenarios."""
    head, dummy, rest = document.partition(_BEGIN)
    lines = [line for name in order for line in (rows[name] if name in rows else rows_of(name, document))]
    return f"{head}{_BEGIN}\n\n{_HEAD}\n{'|---' * 7}|\n" + "\n".join(lines) + f"\n\n{_END}{rest.partition(_END)[2]}"
