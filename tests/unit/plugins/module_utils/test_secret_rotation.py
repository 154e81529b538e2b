# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""When a secret is due, and what is declared then."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._errors import Refused
from ansible_collections.community.auth0.plugins.module_utils._modules.client_secret.secret_rotation import (
    ROTATED_AT,
    WantedSecret,
    declaration,
    reason_to_rotate,
    rotated_at,
)
from hypothesis import given
from hypothesis import strategies as st

NOW = datetime.datetime(2026, 11, 22, 3, 15, tzinfo=datetime.UTC)
TOLD = "2026-11-22T03:15:00Z"
MADE_UP = "a-made-up-secret"


def client(**fields: Any) -> dict[str, Any]:
    return {"client_id": "c", "name": "reminders", "client_secret": "the-present-secret", **fields}


def rotated(told: str) -> dict[str, Any]:
    return client(client_metadata={ROTATED_AT: told, "team": "patients"})


def declared(item: dict[str, Any], wanted: WantedSecret) -> tuple[dict[str, Any], str | None]:
    desired, reason = declaration(item, wanted, NOW, lambda: MADE_UP)
    assert desired.identity == {"client_id": "c"}
    return dict(desired.fields), reason


@given(
    st.datetimes(min_value=datetime.datetime(2000, 1, 1), max_value=datetime.datetime(2026, 11, 22)),
    st.integers(min_value=0, max_value=10_000),
)
def test_a_secret_is_due_when_it_is_older_than_the_days_that_it_may_be(last: datetime.datetime, days: int) -> None:
    last = last.replace(microsecond=0, tzinfo=datetime.UTC)
    item = rotated(last.strftime("%Y-%m-%dT%H:%M:%SZ"))
    due = reason_to_rotate(item, WantedSecret(max_age=days), NOW) is not None
    assert due == (last + datetime.timedelta(days=days) < NOW)
    assert rotated_at(item) == last


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ("2026-11-21T03:15:00Z", None),
        ("2026-11-21T03:14:59Z", "it is 1 days old"),
        ("2026-11-23T03:15:00Z", None),
    ],
)
def test_the_border_is_to_the_second_and_a_clock_that_is_behind_rotates_nothing(told: str, reason: str | None) -> None:
    assert reason_to_rotate(rotated(told), WantedSecret(max_age=1), NOW) == reason


def test_a_secret_of_unknown_age_is_due() -> None:
    for item in (client(), client(client_metadata={"team": "patients"}), client(client_metadata=None)):
        assert declared(item, WantedSecret(max_age=90)) == (
            {"client_secret": MADE_UP, "client_metadata": {ROTATED_AT: TOLD}},
            "the time of its last rotation is not known",
        )


def test_force_rotates_a_fresh_secret_and_one_whose_time_is_none() -> None:
    for item in (rotated(TOLD), rotated("yesterday")):
        fields, reason = declared(item, WantedSecret(max_age=90, force=True))
        assert (fields["client_secret"], reason) == (MADE_UP, "forced")


def test_a_time_that_is_none_is_told_and_rotates_nothing() -> None:
    with pytest.raises(Refused, match=r"client reminders: .*'yesterday', not a time such as"):
        declared(rotated("yesterday"), WantedSecret(max_age=90))


@pytest.mark.parametrize("told", ["2026-11-23T03:15:01Z", "2062-01-01T00:00:00Z", 7])
def test_a_time_that_cannot_be_is_told_and_rotates_nothing(told: Any) -> None:
    with pytest.raises(Refused, match=r"so the age of the secret is not known") as raised:
        declared(rotated(told), WantedSecret(max_age=0))
    assert raised.value.code == "unknown_age"


def test_nothing_is_declared_while_the_secret_is_young_enough() -> None:
    assert declared(rotated(TOLD), WantedSecret(max_age=90)) == ({}, None)


def test_a_given_secret_is_declared_alone() -> None:
    assert declared(client(), WantedSecret(secret="mine")) == ({"client_secret": "mine"}, None)


def test_a_given_secret_moves_the_time_that_is_kept_when_it_is_another_one() -> None:
    fields = {"client_secret": "mine", "client_metadata": {ROTATED_AT: TOLD}}
    assert declared(rotated("2026-01-01T00:00:00Z"), WantedSecret(secret="mine")) == (fields, None)
    same = rotated("2026-01-01T00:00:00Z") | {"client_secret": "mine"}
    assert declared(same, WantedSecret(secret="mine")) == ({"client_secret": "mine"}, None)


def test_a_client_that_authenticates_by_keys_gets_no_secret() -> None:
    by_key = client(client_authentication_methods={"private_key_jwt": {"credentials": [{"id": "cred_1"}]}})
    public = client(token_endpoint_auth_method="none")
    for wanted in (WantedSecret(secret="mine"), WantedSecret(max_age=1), WantedSecret(force=True)):
        with pytest.raises(Refused, match="client reminders authenticates by private_key_jwt"):
            declared(by_key, wanted)
        with pytest.raises(Refused, match="client reminders does not authenticate"):
            declared(public, wanted)


def test_a_given_secret_is_not_in_the_representation_of_what_is_wanted() -> None:
    assert "mine" not in repr(WantedSecret(secret="mine"))
    assert MADE_UP not in repr(declaration(client(), WantedSecret(force=True), NOW, lambda: MADE_UP))
