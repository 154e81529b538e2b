# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an answer holds, read one field at a time: of the right shape, or a failure that says which field."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._http.answers import (
    MOST_LEVELS,
    OddAnswer,
    boolean,
    decoded,
    displayable,
    integer,
    mapping,
    mappings,
    string,
    strings,
)
from hypothesis import given
from hypothesis import strategies as st

READERS = {
    string: "text",
    strings: ["a", "b"],
    integer: 7,
    boolean: False,
    mapping: {"a": 1},
    mappings: [{"a": 1}, {}],
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
def test_a_field_of_its_shape_is_read_and_one_that_is_absent_or_null_is_none(read: Any) -> None:
    assert read({"field": READERS[read]}, "field") == READERS[read]
    assert read({"field": None}, "field") is None
    assert read({}, "field") is None


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
@pytest.mark.parametrize("value", [1.5, [1], ["a", None], [["a"]], "text", True, {"a": 1}, 10**400, [[]], -(2**70)])
def test_a_field_of_another_shape_is_a_failure_that_names_the_field_and_shows_nothing_of_it(
    read: Any, value: Any
) -> None:
    if type(value) is type(READERS[read]) and not isinstance(value, list) and value != 10**400 and value != -(2**70):
        return
    with pytest.raises(OddAnswer) as caught:
        read({"field": value}, "field")
    assert "field" in caught.value.message
    assert "text" not in caught.value.message.replace("field", "")
    assert caught.value.code == "unexpected"


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
@pytest.mark.parametrize("answer", [None, [], "text", 7, True])
def test_what_is_no_object_has_no_fields(read: Any, answer: Any) -> None:
    with pytest.raises(OddAnswer):
        read(answer, "field")


@given(st.sampled_from(list(READERS)), JSON)
def test_whatever_a_field_holds_it_is_read_or_refused(read: Any, value: Any) -> None:
    with contextlib.suppress(OddAnswer):
        found = read({"field": value}, "field")
        assert found is None or found == value


@pytest.mark.parametrize(("value", "fits"), [(0, True), (100, True), (-1, False), (101, False), (True, False)])
def test_a_number_is_within_its_bounds(value: Any, fits: bool) -> None:
    with contextlib.nullcontext() if fits else pytest.raises(OddAnswer):
        assert integer({"field": value}, "field", least=0, most=100) == value


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
