# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Objects whose form is chosen by a field beside them: what holds in one form does not in another."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._engine import value_problems, values
from ansible_collections.community.auth0.plugins.module_utils._engine.changes import (
    Change,
    Desired,
    Surroundings,
    represent,
)
from ansible_collections.community.auth0.plugins.module_utils._engine.reconcile import reconcile
from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions, Refused
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Direct, Kind, Listed
from ansible_collections.community.auth0.plugins.module_utils._kinds.field import Field
from ansible_collections.community.auth0.plugins.module_utils._modules.config.export import exported
from ansible_collections.community.auth0.plugins.module_utils._modules.kind_options import kind_spec

SURROUNDINGS = Surroundings("https://tenant.example.com/api/v2/")

FORMS = {
    "post": {
        "address": Field(required=True, max_length=5),
        "key": Field(secret=True),
        "region": Field(choices=("eu", "us")),
    },
    "queue": {
        "queue": Field(required=True, create_only=True),
        "key": Field(required=True, secret=True),
        "region": Field(choices=("eu", "ap")),
        "made_up": Field(read_only=True),
    },
    "vault": {
        "user": Field(required=True),
        "password": Field(required=True, secret=True, write_only=True, stays=True),
    },
}
TARGET = Field("dict", required=True, chosen_by="type", variants=FORMS)
KIND = Kind(
    name="stream",
    title="stream",
    path="streams",
    collection="streams",
    id_field="id",
    identity=("name",),
    lookups=(Direct("id"), Listed(("name",))),
    checkpoint=False,
    unique=True,
    fields={
        "id": Field(read_only=True),
        "name": Field(required=True),
        "type": Field(required=True, create_only=True, choices=tuple(FORMS)),
        "target": TARGET,
    },
)
#: What chooses the form can be in an object itself, and can change.
NESTED = Field(
    "dict",
    fields={"by": Field(choices=("post", "vault")), "with": Field("dict", chosen_by="by", variants=FORMS)},
)


def change(current: dict[str, Any] | None, **declared: Any) -> Change:
    held = None if current is None else {"id": "s1", "name": "one", **current}
    return reconcile(Desired(KIND, {"name": "one", **declared}), held, SURROUNDINGS)


def refusal(current: dict[str, Any] | None, **declared: Any) -> str:
    with pytest.raises((InvalidOptions, Refused)) as caught:
        change(current, **declared)
    return caught.value.message


# ---------------------------------------------------------------- the forms


def test_the_keys_of_all_forms_are_known_and_none_is_required_while_the_form_is_not() -> None:
    assert set(TARGET.fields or {}) == {"address", "key", "region", "queue", "made_up", "user", "password"}
    assert not any(field.required for field in (TARGET.fields or {}).values())
    assert list(value_problems.missing(TARGET, {}, "target")) == []


def test_a_form_has_its_own_keys_and_what_is_said_of_them_there() -> None:
    post = TARGET.chosen({"type": "post"})
    assert post.fields == FORMS["post"]
    assert list(value_problems.missing(post, {}, "target")) == ["target.address"]


@pytest.mark.parametrize("unknown", [{}, {"type": None}, {"type": "pigeon"}, {"type": ["post"]}, None])
def test_what_nothing_known_chooses_has_the_keys_of_all_forms(unknown: Any) -> None:
    assert TARGET.chosen(unknown) is TARGET


def test_the_first_that_chooses_counts() -> None:
    assert TARGET.chosen({}, {"type": "vault"}, {"type": "post"}).fields == FORMS["vault"]


def test_of_a_key_that_differs_between_forms_only_what_holds_in_all_is_said_while_the_form_is_not_known() -> None:
    fields = TARGET.fields or {}
    assert fields["region"].choices == ("eu", "us", "ap")
    assert fields["key"].secret


def test_a_key_is_secret_if_it_is_so_in_one_form() -> None:
    forms = {"a": {"key": Field(max_length=3, aliases=("k",))}, "b": {"key": Field(secret=True, aliases=("l",))}}
    found = (Field("dict", chosen_by="type", variants=forms).fields or {})["key"]
    assert (found.secret, found.max_length, found.aliases) == (True, None, ("k", "l"))


def test_a_key_cannot_be_of_another_type_in_another_form() -> None:
    with pytest.raises(ValueError, match="size is something else in several variants"):
        Field("dict", chosen_by="type", variants={"a": {"size": Field("int")}, "b": {"size": Field()}})


def test_no_secret_of_any_form_is_shown_and_every_one_is_masked() -> None:
    item = {"id": "s1", "name": "one", "type": "new", "target": {"address": "a", "key": "k", "password": "p"}}
    assert represent(KIND, item)["target"] == {"address": "a"}
    options = kind_spec(KIND).options["target"]["options"]
    assert {name for name, option in options.items() if option["no_log"]} == {"key", "password"}
    assert "made_up" not in options


# ---------------------------------------------------------------- declarations


def test_a_key_of_another_form_is_refused_with_the_form_that_has_it() -> None:
    said = refusal(None, type="post", target={"address": "a", "queue": "q", "colour": "red"})
    assert "target.queue: that belongs to type queue; what is chosen here has address, key, region" in said
    assert "target.colour: no such key" in said


def test_so_is_one_where_only_the_object_that_is_there_says_its_form() -> None:
    said = refusal({"type": "post", "target": {"address": "a"}}, target={"user": "u"})
    assert "target.user: that belongs to type vault" in said


def test_limits_hold_in_their_form_only() -> None:
    assert "target.region: 'ap' is none of eu, us" in refusal(
        None, type="post", target={"address": "a", "region": "ap"}
    )
    assert change(None, type="queue", target={"queue": "q", "key": "k", "region": "ap"}).action == "create"


@pytest.mark.parametrize(
    ("form", "target", "lacks"),
    [
        ("post", {"key": "k"}, "target.address"),
        ("queue", {"queue": "q"}, "target.key"),
        ("vault", {"user": "u"}, "pass"),
    ],
)
def test_a_creation_needs_what_its_form_needs(form: str, target: dict[str, Any], lacks: str) -> None:
    assert lacks in refusal(None, type=form, target=target)


def test_a_change_is_completed_with_what_the_form_has() -> None:
    held = {"type": "queue", "target": {"queue": "q", "key": "k", "region": "eu", "made_up": "m"}}
    (payload,) = change(held, target={"region": "ap"}).payloads
    assert payload == {"target": {"key": "k", "region": "ap"}}


def test_what_cannot_change_in_a_form_is_refused() -> None:
    held = {"type": "queue", "target": {"queue": "q", "key": "k"}}
    assert "target.queue cannot be changed after creation" in refusal(held, target={"queue": "other"})
    assert change(held, target={"queue": "q"}).action == "none"
    assert "type cannot be changed" in refusal(held, type="post", target={"address": "a"})


def test_another_secret_is_a_change_that_is_seen_and_not_shown() -> None:
    found = change({"type": "post", "target": {"address": "a", "key": "old"}}, target={"key": "new"})
    assert found.payloads == ({"target": {"address": "a", "key": "new"}},)
    assert found.diff()["before"]["target"] == {"address": "a", "key": "(secret)"}
    assert found.diff()["after"]["target"] == {"address": "a", "key": "(new secret)"}


def test_what_the_server_shows_in_the_place_of_a_password_is_neither_compared_nor_sent_back() -> None:
    held = {"type": "vault", "target": {"user": "u", "password": "********"}}
    assert change(held, target={"password": "another"}).action == "none"
    assert change(held, target={"user": "v"}).payloads == ({"target": {"user": "v"}},)
    with_it = change(held, target={"user": "v", "password": "another"})
    assert with_it.payloads == ({"target": {"user": "v", "password": "another"}},)


def test_what_does_not_stay_has_to_be_declared_again() -> None:
    fields = {**FORMS["vault"], "password": dataclasses.replace(FORMS["vault"]["password"], stays=False)}
    held = {"user": "u"}
    assert list(value_problems.missing(Field("dict", fields=fields), {"user": "v"}, "target", held)) == [
        "target.password"
    ]
    assert list(value_problems.missing(Field("dict", fields=FORMS["vault"]), {"user": "v"}, "target", held)) == []


def test_a_form_that_is_left_leaves_none_of_its_keys_behind() -> None:
    held = {"by": "post", "with": {"address": "a", "key": "k", "unknown": 1}}
    sent = values.completed(NESTED, {"by": "vault", "with": {"user": "u", "password": "p"}}, held)
    assert sent == {"by": "vault", "with": {"user": "u", "password": "p", "unknown": 1}}


def test_an_object_of_a_form_that_is_not_known_is_kept_as_it_is() -> None:
    held = {"type": "pigeon", "target": {"address": "a", "ring": 1}}
    assert change(held, target={"address": "b"}).payloads == ({"target": {"address": "b", "ring": 1}},)


# ---------------------------------------------------------------- a configuration


@pytest.mark.parametrize(
    ("form", "target", "entry", "left_out"),
    [
        ("post", {"address": "a", "key": "k"}, {"address": "a"}, ("target",)),
        ("post", {"address": "a"}, {"address": "a"}, ()),
        ("queue", {"queue": "q", "key": "k", "made_up": "m"}, None, ("target",)),
        ("vault", {"user": "u", "password": "********"}, None, ("target",)),
    ],
)
def test_an_export_leaves_out_what_cannot_be_declared_without_its_secret(
    form: str, target: dict[str, Any], entry: Any, left_out: tuple[str, ...]
) -> None:
    item = {"id": "s1", "name": "one", "type": form, "target": target}
    found = exported(KIND, item, lambda *of: None)
    assert found
    assert (found.entry.get("target"), found.left_out) == (entry, left_out)
    assert "k" not in str(found.entry.get("target"))


def test_an_export_with_secrets_has_what_the_server_shows_of_them() -> None:
    item = {"id": "s1", "name": "one", "type": "queue", "target": {"queue": "q", "key": "k", "made_up": "m"}}
    found = exported(KIND, item, lambda *of: None, include_secrets=True)
    assert found and found.entry["target"] == {"queue": "q", "key": "k"}


def test_an_export_names_what_only_the_server_says() -> None:
    kind = dataclasses.replace(KIND, fields={**KIND.fields, "status": Field(choices=("on", "off"), absent="on")})
    item = {"id": "s1", "name": "one", "type": "post", "target": {"address": "a"}}
    for status, entry, left_out in (("off", "off", ()), ("on", None, ()), ("broken", None, ("status",))):
        found = exported(kind, {**item, "status": status}, lambda *of: None)
        assert found and (found.entry.get("status"), found.left_out) == (entry, left_out)
