# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rows of cells become lines."""

from __future__ import annotations

import typing as t

import pytest
from ansible.errors import AnsibleFilterError
from ansible_collections.community.auth0.plugins.filter.columns import FilterModule

columns = FilterModule().filters()["columns"]


def test_each_column_is_as_wide_as_its_widest_cell() -> None:
    rows = [["TENANT", "CREATED", "NOTE"], ["dev", 12345678, "short"], ["production", 0, ""]]
    assert columns(rows).splitlines() == [
        "TENANT      CREATED   NOTE",
        "dev         12345678  short",
        "production  0",
    ]


def test_a_row_that_ends_early_with_a_sentence_leaves_the_others_narrow() -> None:
    rows = [("dev", "created", "API"), ("production", "nothing to change: 3 as declared")]
    assert columns(rows).splitlines() == ["dev         created  API", "production  nothing to change: 3 as declared"]


def test_a_cell_stays_on_its_line_and_moves_no_cursor() -> None:
    assert columns([["a\nb\x1b[2J", "c"]]) == "a b [2J  c"


@pytest.mark.parametrize("rows", [[], [[]], [[""]]])
def test_nothing_is_an_empty_string(rows: list[t.Any]) -> None:
    assert columns(rows) == ""


@pytest.mark.parametrize("rows", ["text", None, {"a": 1}, ["text"], [1]])
def test_what_is_no_list_of_lists_is_refused(rows: t.Any) -> None:
    with pytest.raises(AnsibleFilterError, match="a list of rows"):
        columns(rows)
