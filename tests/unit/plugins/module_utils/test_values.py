# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Single values: what the properties over whole declarations cannot reach with the kinds that exist."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils import _values
from ansible_collections.community.auth0.plugins.module_utils._kinds._declaration import NOTHING, Field

NESTED = Field(
    "dict",
    fields={
        "plain": Field(),
        "key": Field(secret=True),
        "pem": Field(write_only=True),
        "list": Field("list", key="id", elements=Field("dict", fields={"id": Field(), "key": Field(secret=True)})),
    },
)


def test_what_is_shown_is_an_allow_list_at_every_depth() -> None:
    value = {"plain": "p", "key": "k", "pem": "q", "other": 1, "list": [{"id": "1", "key": "k", "other": 1}]}
    assert _values.shown(NESTED, value) == {"plain": "p", "list": [{"id": "1"}]}


def test_secrets_are_shown_where_they_are_wanted_and_what_is_undeclared_never() -> None:
    value = {"plain": "p", "key": "k", "pem": "q", "other": 1, "list": [{"id": "1", "key": "k", "other": 1}]}
    shown = _values.shown(NESTED, value, secrets=True)
    assert shown == {"plain": "p", "key": "k", "list": [{"id": "1", "key": "k"}]}


@pytest.mark.parametrize(
    ("field", "holds"),
    [
        (Field(secret=True), True),
        (Field("dict", fields={"plain": Field()}), False),
        (Field("dict", fields={"plain": Field(), "key": Field(secret=True)}), True),
        (Field("dict", values=Field(secret=True)), True),
        (Field("list", elements=Field("dict", fields={"key": Field(secret=True)})), True),
    ],
)
def test_a_field_holds_a_secret_at_any_depth(field: Field, holds: bool) -> None:
    assert field.holds_secret is holds


def test_a_problem_with_a_nested_secret_does_not_show_it() -> None:
    field = Field("dict", fields={"key": Field(secret=True, choices=("a",))})
    (told,) = _values.problems(field, {"key": "hidden"}, "field")
    assert "hidden" not in told
    assert "field.key" in told


@pytest.mark.parametrize(
    ("field", "value", "absent"),
    [
        (Field(), "", True),
        (Field(), "x", False),
        (Field("bool"), False, True),
        (Field("bool", absent=True), True, True),
        (Field("bool", absent=True), False, False),
        (Field("int"), 0, False),
        (Field("list"), [], True),
        (Field("dict"), {}, True),
        (Field("raw"), False, False),
        (Field("raw"), "", False),
        (Field(absent="deny"), "deny", True),
        (Field(absent="deny"), "", False),
        (Field(absent=NOTHING), "", False),
        (Field(absent=NOTHING), None, True),
    ],
)
def test_the_value_that_means_the_same_as_absence(field: Field, value: Any, absent: bool) -> None:
    assert field.means_absent(value) is absent


def test_an_ordered_list_differs_by_its_order() -> None:
    field = Field("list", ordered=True, elements=Field())
    assert _values.differs(field, ["a", "b"], ["b", "a"])
    assert not _values.differs(field, ["a", "b"], ["a", "b"])


def test_free_form_objects_are_compared_by_the_given_keys_at_every_depth() -> None:
    field = Field("dict", values=Field("raw"))
    assert not _values.differs(field, {"a": {"b": 1}}, {"a": {"b": 1, "c": 2}, "d": 3})
    assert _values.differs(field, {"a": {"b": 2}}, {"a": {"b": 1, "c": 2}})
    assert _values.completed(field, {"a": {"b": 2}}, {"a": {"b": 1, "c": 2}}) == {"a": {"b": 2, "c": 2}}
    assert _values.completed(field, {"a": {"c": None}}, {"a": {"b": 1, "c": 2}}) == {"a": {"b": 1}}


def test_a_number_too_small_and_text_too_long_are_told_with_the_limit() -> None:
    assert list(_values.problems(Field("int", minimum=10), 9, "n")) == ["n: 9 is less than 10"]
    assert list(_values.problems(Field(max_length=2), "abc", "t")) == ["t: has 3 characters, at most 2 are allowed"]


def test_more_items_than_the_server_holds_are_told() -> None:
    field = Field("list", max_length=1, elements=Field())
    assert list(_values.problems(field, ["a", "b"], "l")) == ["l: 2 items, at most 1 are allowed"]
