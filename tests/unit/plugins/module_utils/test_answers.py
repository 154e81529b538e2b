# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a server says, decoded and displayed."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._http.answers import (
    MOST_LEVELS,
    decoded,
    displayable,
)
from hypothesis import given
from hypothesis import strategies as st

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(JSON)
def test_json_is_decoded_as_it_is(value: Any) -> None:
    assert decoded(json.dumps(value).encode()) == value


@given(st.binary() | st.text().map(str.encode))
def test_what_is_no_json_is_a_value_error(content: bytes) -> None:
    with contextlib.suppress(ValueError):
        decoded(content)


@pytest.mark.parametrize(("levels", "fits"), [(MOST_LEVELS, True), (MOST_LEVELS + 1, False)])
def test_an_answer_has_so_many_levels_at_most(levels: int, fits: bool) -> None:
    with contextlib.nullcontext() if fits else pytest.raises(ValueError, match="levels"):
        decoded(b"[" * levels + b"]" * levels)


@given(st.text())
def test_what_is_displayed_can_be_printed_and_is_otherwise_the_same(text: str) -> None:
    shown = displayable(text)
    assert shown.isprintable()
    shown.encode("utf-8")
    if text.isprintable():
        assert shown == text


def test_what_is_displayed_of_two_strings_that_differ_in_what_is_invisible_differs() -> None:
    assert len({displayable(text) for text in ("ab", "a\u200bb", "a\x1bb", "a\x00b", "a\nb")}) == 5
