# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The filter community.auth0.columns."""

from __future__ import annotations

DOCUMENTATION = r"""
name: columns
short_description: Align rows of cells in columns
version_added: 1.1.0
description:
  - Makes one string of a list of rows, with a line for each row. Each column is as wide as its widest cell, and two
    spaces stand between columns.
  - The last cell of a row does not make its column wider for other rows, so that rows may end early with a sentence.
author:
  - community.auth0 contributors (@ansible-collections)
options:
  _input:
    description: The rows. Each is a list of cells, which are strings or numbers.
    type: list
    elements: list
    required: true
"""

EXAMPLES = r"""
- name: Show which client has which id
  ansible.builtin.debug:
    msg: "{{ (rows | community.auth0.columns).splitlines() }}"
  vars:
    rows: "{{ [['CLIENT', 'ID']] + auth0_result.ids.client | dictsort }}"
"""

RETURN = r"""
_value:
  description: The lines, without spaces at their ends.
  type: str
  sample: |-
    CLIENT      ID
    Reminders   mbnq1iPUDaPzYCd9CWr0hMe8CWvJlCqd
    Storefront  1hHoTBj0w3WbCzBnNvlAHGnv9vQxUcBZ
"""

import collections.abc
import typing as t

from ansible.errors import AnsibleFilterError


def columns(rows: t.Any) -> str:
    """Rows of cells → lines with aligned columns. Raises AnsibleFilterError for what is no list of lists."""
    if not _is_list(rows) or not all(_is_list(row) for row in rows):
        raise AnsibleFilterError("columns expects a list of rows, each a list of cells.")
    table = [[_plain(cell) for cell in row] for row in rows]
    widths: dict[int, int] = {}
    for row in table:
        for number, cell in enumerate(row[:-1]):
            widths[number] = max(widths.get(number, 0), len(cell))
    lines = []
    for row in table:
        cells = [cell.ljust(widths[number]) for number, cell in enumerate(row[:-1])]
        lines.append("  ".join([*cells, *row[-1:]]).rstrip())
    return "\n".join(lines)


def _is_list(value: t.Any) -> bool:
    return isinstance(value, collections.abc.Sequence) and not isinstance(value, (str, bytes))


def _plain(cell: t.Any) -> str:
    """A cell on one line, without characters that would move a terminal's cursor."""
    return "".join(character if character.isprintable() else " " for character in str(cell))


class FilterModule:
    """What Ansible loads."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        """The filters by name."""
        return {"columns": columns}
