# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Single values: what the properties over whole declarations cannot reach with the kinds that exist."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._engine import value_problems, value_views, values
from ansible_collections.community.auth0.plugins.module_utils._kinds.field import NOTHING, Field

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
    assert values.shown(NESTED, value) == {"plain": "p", "list": [{"id": "1"}]}


def test_secrets_are_shown_where_they_are_wanted_and_what_is_undeclared_never() -> None:
    value = {"plain": "p", "key": "k", "pem": "q", "other": 1, "list": [{"id": "1", "key": "k", "other": 1}]}
    shown = values.shown(NESTED, value, secrets=True)
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


KEYS = Field("dict", fields={"plain": Field(), "key": Field(secret=True), "in": Field("dict", fields=NESTED.fields)})


def test_a_mark_stands_for_each_secret_that_is_another_and_for_nothing_else() -> None:
    old = {"plain": "p", "key": "1", "in": {"plain": "p", "key": "1"}}
    new = {"plain": "q", "key": "2", "in": {"plain": "q", "key": "1"}}
    assert value_views.marked(KEYS, {"plain": "q", "in": {"plain": "q"}}, new, old, "*") == {
        "plain": "q",
        "key": "*",
        "in": {"plain": "q"},
    }
    assert value_views.marked(KEYS, {}, new, None, "*") == {"key": "*", "in": {"key": "*"}}
    assert value_views.marked(KEYS, None, {"in": {"plain": "q"}}, new, "*") is None
    assert value_views.marked(KEYS, {}, {"in": {"key": None}}, new, "*") == {}


def test_secrets_are_found_at_every_depth() -> None:
    assert list(
        value_views.secrets(KEYS, {"plain": "p", "key": "1", "in": {"plain": "q", "key": "2", "pem": "3"}})
    ) == [
        "1",
        "2",
    ]
    assert list(value_views.secrets(KEYS, {"plain": "p", "key": None, "in": None})) == []


def test_what_is_not_shown_of_an_object_that_is_there_may_be_lost() -> None:
    sent = {"plain": "q", "in": {"plain": "q", "key": "2"}}
    assert list(values.unseen(KEYS, sent, {"plain": "p", "key": "1", "in": {"key": "1"}}, "k")) == []
    assert list(values.unseen(KEYS, sent, {"plain": "p", "in": {}}, "k")) == ["k.in.key", "k.key"]
    assert list(values.unseen(KEYS, sent, {"plain": "p"}, "k")) == ["k.key"]
    assert list(values.unseen(KEYS, {"in": sent}, {"plain": "p"}, "k")) == ["k.key"]
    merged = Field("dict", merged=True, fields=KEYS.fields)
    assert list(values.unseen(merged, sent, {"plain": "p", "in": {}}, "k")) == ["k.in.key"]


def test_an_object_that_can_hold_secrets_and_is_not_shown_at_all_may_be_lost_where_it_is_replaced() -> None:
    sent = {"plain": "q"}
    assert list(values.unseen(KEYS, sent, None, "k")) == ["k"]
    assert list(values.unseen(Field("dict", merged=True, fields=KEYS.fields), sent, None, "k")) == []
    assert list(values.unseen(Field("dict", fields={"plain": Field()}), sent, None, "k")) == []
    assert list(values.unseen(KEYS, None, None, "k")) == []


def test_an_object_that_means_something_when_it_is_empty_differs_from_none() -> None:
    field = Field("dict", absent=NOTHING, values=Field("raw"))
    for want in ({}, {"a": None}):
        assert values.differs(field, want, None)
        assert not values.differs(field, want, {})
        assert list(values.differing_paths(field, want, None, "f")) == ["f"]
    assert not values.differs(Field("dict", values=Field("raw")), {}, None)


def test_lists_that_are_known_in_a_free_form_object_are_sets() -> None:
    field = Field("dict", values=Field("raw"), fields={"known": Field("list", elements=Field())})
    present = {"known": ["a", "b"], "other": ["a", "b"]}
    assert not values.differs(field, {"known": ["b", "a"]}, present)
    assert values.differs(field, {"other": ["b", "a"]}, present)
    assert values.completed(field, {"known": None}, present) == {"other": ["a", "b"]}
    assert list(value_problems.problems(field, {"any": 1, "known": ["a", "a"]}, "f")) == [
        "f.known[1]: 'a' is given twice"
    ]
    assert values.differs(field, {"other": {}}, present)


def test_an_empty_list_where_the_server_takes_none_is_null() -> None:
    field = Field("list", nullable=True, min_length=1, elements=Field())
    outer = Field("dict", fields={"list": field, "other": Field()})
    assert not values.differs(field, [], None)
    assert values.completed(outer, {"list": []}, {"list": ["a"], "other": "o"}) == {"list": None, "other": "o"}


def test_a_problem_with_a_nested_secret_does_not_show_it() -> None:
    field = Field("dict", fields={"key": Field(secret=True, choices=("a",))})
    (told,) = value_problems.problems(field, {"key": "hidden"}, "field")
    assert "hidden" not in told
    assert "field.key" in told


NUMBERS = Field(
    "dict",
    fields={
        "flag": Field("bool"),
        "text": Field(),
        "free": Field("dict", values=Field("raw"), fields={"number": Field("int"), "texts": Field("list")}),
        "list": Field("list", key="id", elements=Field("dict", fields={"id": Field(), "inner": Field("dict")})),
        "key": Field(secret=True),
    },
)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ([], "f: expected an object, not list"),
        ({"flag": "yes"}, "f.flag: expected true or false, not str"),
        ({"flag": 1}, "f.flag: expected true or false, not int"),
        ({"text": 1}, "f.text: expected a string, not int"),
        ({"text": ["a"]}, "f.text: expected a string, not list"),
        ({"free": "text"}, "f.free: expected an object, not str"),
        ({"free": {"number": True}}, "f.free.number: expected a number, not bool"),
        ({"free": {"number": "1"}}, "f.free.number: expected a number, not str"),
        ({"free": {"number": 1.5}}, "f.free.number: expected a number, not float"),
        ({"free": {"texts": "text"}}, "f.free.texts: expected a list, not str"),
        ({"free": {"texts": {}}}, "f.free.texts: expected a list, not dict"),
        ({"list": {"id": "a"}}, "f.list: expected a list, not dict"),
        ({"list": ["a"]}, "f.list[0]: expected an object, not str"),
        ({"list": [{"id": "a"}, None]}, "f.list[1]: is null"),
        ({"list": [{"id": 1}]}, "f.list[0].id: expected a string, not int"),
        ({"list": [{"id": "a", "inner": ["b"]}]}, "f.list[0].inner: expected an object, not list"),
        ({"list": [{}]}, "f.list[0].id: is missing"),
        ({"key": 12345678}, "f.key: expected a string, not int"),
    ],
)
def test_a_value_of_another_type_is_told_at_every_depth(value: Any, told: str) -> None:
    assert list(value_problems.problems(NUMBERS, value, "f")) == [told]


def test_what_is_passed_on_as_it_is_may_be_of_any_type() -> None:
    free = {"any": [1, "a", {"b": None}], "other": 1.5, "number": None, "texts": [1, "a"]}
    assert list(value_problems.problems(NUMBERS, {"free": free, "list": None}, "f")) == []


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
    assert values.differs(field, ["a", "b"], ["b", "a"])
    assert not values.differs(field, ["a", "b"], ["a", "b"])


def test_free_form_objects_are_compared_by_the_given_keys_at_every_depth() -> None:
    field = Field("dict", values=Field("raw"))
    assert not values.differs(field, {"a": {"b": 1}}, {"a": {"b": 1, "c": 2}, "d": 3})
    assert values.differs(field, {"a": {"b": 2}}, {"a": {"b": 1, "c": 2}})
    assert values.completed(field, {"a": {"b": 2}}, {"a": {"b": 1, "c": 2}}) == {"a": {"b": 2, "c": 2}}
    assert values.completed(field, {"a": {"c": None}}, {"a": {"b": 1, "c": 2}}) == {"a": {"b": 1}}


def test_what_is_sent_is_predicted_to_replace_what_is_there_or_to_be_merged_into_it() -> None:
    have, sent = {"a": {"x": 1}, "b": 2}, {"a": {"y": 1}, "c": 3}
    assert values.merged(Field("dict", values=Field("raw")), have, sent) == sent
    assert values.merged(Field("dict", merged=True, values=Field("raw")), have, sent) == {**sent, "b": 2}
    assert values.merged(Field("dict", merged=True, values=Field("raw")), have, {"a": None}) == {"b": 2}
    assert values.merged(Field("dict", merged=True, values=Field("raw")), have, None) is None


def test_an_empty_object_differs_from_what_is_no_object_where_it_does_not_mean_absence() -> None:
    field = Field("dict", values=Field("raw"))
    assert not values.differs(field, {}, None)
    assert values.differs(field, {"a": {}}, None)
    assert values.differs(field, {"a": {}}, {"b": 1})
    assert values.differs(field, {"a": {}}, {"a": "text"})
    assert not values.differs(field, {"a": {}}, {"a": {"b": 1}})
    assert values.completed(field, {"a": {}}, {"a": "text", "b": 1}) == {"a": {}, "b": 1}


def test_a_number_too_small_and_text_too_long_are_told_with_the_limit() -> None:
    assert list(value_problems.problems(Field("int", minimum=10), 9, "n")) == ["n: 9 is less than 10"]
    assert list(value_problems.problems(Field(max_length=2), "abc", "t")) == [
        "t: has 3 characters, at most 2 are allowed"
    ]


def test_more_items_than_the_server_holds_are_told() -> None:
    field = Field("list", max_length=1, elements=Field())
    assert list(value_problems.problems(field, ["a", "b"], "l")) == ["l: 2 items, at most 1 are allowed"]
