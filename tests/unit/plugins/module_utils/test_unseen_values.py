# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Values that Auth0 never shows, wherever they are in a kind: when they are sent, and what a task says otherwise."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._engine.changes import Change, Desired, Surroundings
from ansible_collections.community.auth0.plugins.module_utils._engine.reconcile import reconcile
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Direct, Kind
from ansible_collections.community.auth0.plugins.module_utils._kinds.field import Field

_PRINT = ("print", lambda value: None if value == "unreadable" else value.upper())

CAT = Kind(
    name="cat",
    title="cat",
    path="cats",
    collection="cats",
    id_field="id",
    identity=("name",),
    lookups=(Direct("id"),),
    checkpoint=False,
    unique=True,
    fields={
        "id": Field(read_only=True),
        "name": Field(required=True),
        "password": Field(secret=True, write_only=True, resend_option="update_password"),
        "mark": Field(write_only=True, fingerprint=_PRINT),
        "print": Field(read_only=True),
        "flags": Field(
            "dict",
            merged=True,
            resend_option="update_flags",
            fields={
                "shown": Field("bool"),
                "deep": Field("dict", fields={"shown": Field(), "hidden": Field(write_only=True)}),
                "once": Field(write_only=True, create_only=True),
            },
        ),
        "key": Field(
            "dict",
            fields={
                "kid": Field(),
                "pem": Field(write_only=True, fingerprint=_PRINT),
                "print": Field(read_only=True),
            },
        ),
    },
)
HELD: dict[str, Any] = {
    "id": "1",
    "name": "Tom",
    "print": "OLD",
    "flags": {"shown": True, "deep": {"shown": "a"}},
    "key": {"kid": "1", "print": "OLD"},
}


def change_of(held: Any = None, resent: str = "", **declared: Any) -> Change:
    desired = Desired(CAT, {"name": "Tom", **declared}, resent=frozenset(filter(None, [resent])))
    return reconcile(desired, HELD if held is None else held, Surroundings("https://acme.eu.auth0.com/api/v2/"))


@pytest.mark.parametrize("shown", [{}, {"password": "****"}], ids=["nothing is shown", "a mask is shown"])
def test_a_field_of_its_own_is_sent_where_that_is_asked_for_and_otherwise_not(shown: dict[str, str]) -> None:
    held = {**HELD, **shown}
    assert change_of(held, password="planted").action == "none"
    assert change_of(held, "password").action == "none"
    change = change_of(held, "password", password="planted")
    assert change.payloads == ({"password": "planted"},)
    diff = change.diff()
    assert (diff["before"]["password"], diff["after"]["password"]) == ("(secret)", "(new secret)")
    assert "planted" not in json.dumps(diff)


def test_a_field_of_its_own_is_told_by_what_is_shown_in_its_place() -> None:
    assert change_of(mark="old").action == "none"
    assert change_of(mark="new").payloads == ({"mark": "new"},)


def test_what_is_deep_in_a_merged_object_is_sent_alone_and_goes_along() -> None:
    hidden = {"deep": {"hidden": "x"}}
    whole = {"deep": {"shown": "a", "hidden": "x"}}
    assert change_of(flags=hidden).action == "none"
    assert change_of(resent="flags", flags=hidden).payloads == ({"flags": whole},)
    assert change_of(flags={**hidden, "shown": False}).payloads == ({"flags": {**whole, "shown": False}},)


def test_what_is_set_at_creation_only_is_never_sent_again() -> None:
    assert change_of(resent="flags", flags={"once": "x"}).action == "none"


@pytest.mark.parametrize(
    ("held", "pem"), [(HELD, "unreadable"), ({**HELD, "key": {"kid": "1"}}, "new")], ids=["not made", "not shown"]
)
def test_a_task_warns_where_it_cannot_tell_another_value(held: Any, pem: str) -> None:
    change = change_of(held, key={"pem": pem})
    assert (change.action, change.warnings) == (
        "none",
        (
            "cat Tom: it cannot be seen here whether Auth0 has the declared key.pem, and it is not sent, since nothing "
            "else of key differs. Change something else of it as well to have it sent.",
        ),
    )
    assert change_of(held, key={"pem": pem, "kid": "2"}).warnings == ()


def test_a_task_warns_of_nothing_that_it_can_tell_and_of_nothing_that_an_option_is_for() -> None:
    for declared in ({"key": {"pem": "old"}}, {"mark": "old"}, {"password": "x"}, {"flags": {"deep": {"hidden": "x"}}}):
        assert change_of(**declared).warnings == ()
