# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A task that sets or rotates a client's secret: what it sends, returns, and never shows."""

from __future__ import annotations

import datetime
import json
from typing import Any

import jwt
import pytest
from ansible_collections.community.auth0.plugins.module_utils._errors import (
    Ambiguous,
    ApiError,
    Auth0Error,
    InvalidOptions,
    Missing,
    OutcomeUnknown,
    Refused,
)
from ansible_collections.community.auth0.plugins.module_utils._modules.client_secret.work import keep_secret
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Task, TaskFailed
from ansible_collections.community.auth0.tests.harness.in_process import HUNG_AFTER, HUNG_BEFORE
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.numbered_tenant import (
    DOMAIN,
    TOKEN,
    Numbered,
)

pytestmark = pytest.mark.usefixtures("short_waits")

NOW = datetime.datetime(2026, 11, 22, 3, 15, tzinfo=datetime.UTC)
TOLD = "2026-11-22T03:15:00Z"
CLIENTS = "/api/v2/clients"
SECRET_READERS = ("read:client_keys", "read:client_credentials")
GET, PATCH = f"GET {CLIENTS}/client1", f"PATCH {CLIENTS}/client1"
OPTIONS: dict[str, Any] = dict.fromkeys(("client_id", "client_name", "client_secret", "max_age")) | {"force": False}
CONNECTION = {"auth0_domain": DOMAIN, "auth0_timeout": 60, "auth0_retries": 0}


def run(check_mode: bool = False, diff: bool = False, token: str = TOKEN, **options: Any) -> dict[str, Any]:
    params = {**CONNECTION, "auth0_api_token": token, **OPTIONS, "client_id": "client1", **options}
    return keep_secret(Task(params, check_mode, diff), lambda: NOW)


def failed(error: type[Auth0Error], **options: Any) -> TaskFailed:
    with pytest.raises(TaskFailed) as caught:
        run(**options)
    assert isinstance(caught.value.error, error)
    return caught.value


def test_a_rotation_is_one_look_and_one_write_of_secret_and_time(tenant: Numbered) -> None:
    tenant.add_client("reminders", client_metadata={"team": "patients"})
    result = run(max_age=90)
    assert tenant.requests == [GET, PATCH]
    (body,) = tenant.bodies("PATCH")
    assert body == {
        "client_secret": result["client_secret"],
        "client_metadata": {"client_secret_rotated_at": TOLD},
    }
    assert len(result["client_secret"]) == 64
    assert (result["changed"], result["rotated_at"]) == (True, TOLD)
    assert result["reason"] == "the time of its last rotation is not known"
    assert result["client"]["client_metadata"] == {"team": "patients", "client_secret_rotated_at": TOLD}
    assert "client_secret" not in result["client"]


def test_the_second_run_changes_nothing_and_returns_no_secret(tenant: Numbered) -> None:
    tenant.add_client("reminders")
    run(max_age=90)
    tenant.forget()
    again = run(max_age=90)
    assert tenant.requests == [GET]
    assert again["changed"] is False
    assert again["rotated_at"] == TOLD
    assert not {"client_secret", "reason"} & again.keys()


def test_each_forced_rotation_makes_another_secret(tenant: Numbered) -> None:
    tenant.add_client("reminders")
    found = {run(force=True)["client_secret"] for dummy in range(3)}
    assert len(found) == 3
    assert len(tenant.written) == 3


def test_check_mode_says_what_would_be_done_and_writes_and_returns_no_secret(tenant: Numbered) -> None:
    tenant.add_client("reminders")
    result = run(check_mode=True, diff=True, max_age=90)
    assert tenant.requests == [GET]
    assert (result["changed"], result["rotated_at"]) == (True, TOLD)
    assert "client_secret" not in result
    assert result["diff"]["before"]["client_secret"] == "(secret)"
    assert result["diff"]["after"]["client_secret"] == "(new secret)"


def test_a_given_secret_is_set_once(tenant: Numbered) -> None:
    tenant.add_client("reminders")
    first = run(client_secret="the-one-from-the-store", diff=True)
    assert tenant.bodies("PATCH") == [{"client_secret": "the-one-from-the-store"}]
    assert first["client_secret"] == "the-one-from-the-store"
    assert "the-one-from-the-store" not in json.dumps(first["diff"]) + json.dumps(first["client"])
    second = run(client_secret="the-one-from-the-store")
    assert second["changed"] is False
    assert len(tenant.written) == 1


def test_a_secret_that_cannot_be_seen_is_not_overwritten_unless_it_is_forced(tenant: Numbered) -> None:
    tenant.add_client("reminders")
    tenant.lack(*SECRET_READERS)
    error = failed(Refused, client_secret="the-one-from-the-store").error
    assert error.code == "unseen_secret"
    assert "read:client_keys" in error.message
    assert tenant.written == []
    assert run(client_secret="the-one-from-the-store", force=True)["changed"] is True


def test_a_rotation_needs_not_see_the_old_secret(tenant: Numbered) -> None:
    tenant.add_client("reminders")
    tenant.lack(*SECRET_READERS)
    assert run(max_age=1)["changed"] is True


def test_a_client_is_found_by_its_name(tenant: Numbered) -> None:
    tenant.add_client("reminders")
    run(client_id=None, client_name="reminders", force=True)
    assert tenant.requests == [f"GET {CLIENTS}", GET, PATCH]
    tenant.add_client("reminders")
    failed(Ambiguous, client_id=None, client_name="reminders", force=True)


def test_a_client_that_is_missing_fails_but_may_come_into_being_before_a_real_run(tenant: Numbered) -> None:
    for options in ({"client_id": "nobody"}, {"client_id": None, "client_name": "nobody"}):
        assert "nobody" in failed(Missing, force=True, **options).error.message
    failed(Missing, check_mode=True, force=True, client_id="nobody")
    foreseen = run(check_mode=True, client_id=None, client_name="nobody", max_age=90)
    assert foreseen == {"changed": True, "assumed": ["client nobody"]}
    assert tenant.written == []


def test_an_answer_that_was_lost_is_read_back_and_the_secret_is_returned(
    tenant: Numbered, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    tenant.add_client("reminders")
    tenant.fail(HUNG_AFTER, "PATCH", CLIENTS)
    result = run(force=True)
    assert tenant.requests == [GET, PATCH, GET]
    assert result["client_secret"] == tenant.stored("client", "client1")["client_secret"]


def test_a_lost_answer_is_recognised_by_the_time_where_the_secret_cannot_be_seen(
    tenant: Numbered, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    tenant.add_client("reminders")
    tenant.lack(*SECRET_READERS)
    tenant.fail(HUNG_AFTER, "PATCH", CLIENTS)
    result = run(max_age=90)
    assert tenant.requests == [GET, PATCH, GET]
    assert result["client_secret"] == tenant.stored("client", "client1")["client_secret"]


def test_a_rotation_of_unknown_outcome_is_not_left_to_a_run_that_would_find_nothing_to_do(
    tenant: Numbered, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    tenant.add_client("reminders")
    tenant.fail(HUNG_AFTER, "PATCH", CLIENTS)

    def lose_the_next_read() -> datetime.datetime:
        tenant.fail(HUNG_BEFORE, "GET", CLIENTS + "/client1")
        return NOW

    task = Task({**CONNECTION, "auth0_api_token": TOKEN, **OPTIONS, "client_id": "client1", "max_age": 90})
    with pytest.raises(TaskFailed) as caught:
        keep_secret(task, lose_the_next_read)
    assert isinstance(caught.value.error, OutcomeUnknown)
    assert "use force: true" in caught.value.error.message


def test_a_refused_write_changes_nothing_and_shows_no_secret(tenant: Numbered) -> None:
    tenant.add_client("reminders")
    tenant.lack("update:client_keys")
    caught = failed(ApiError, client_secret="the-one-from-the-store")
    assert caught.changed is False
    assert "update:client_keys" in caught.error.message
    assert "the-one-from-the-store" not in caught.error.message + json.dumps(caught.error.failure())


def test_the_tasks_own_client_is_rotated_with_a_warning(tenant: Numbered) -> None:
    tenant.add_client("reminders")
    token = jwt.encode({"azp": "client1"}, "k" * 32, algorithm="HS256")
    params = {**CONNECTION, **OPTIONS, "client_id": "client1", "force": True}
    tenant.accept(token)
    for given, check_mode, warned in ((token, True, True), (token, False, True), (TOKEN, False, False)):
        task = Task({**params, "auth0_api_token": given}, check_mode)
        keep_secret(task, lambda: NOW)
        assert (
            task.warnings
            == [
                "client reminders: it is the client whose credentials this task uses. Once it is replaced, only the new"
                " client_secret is accepted."
            ]
            * warned
        )


def test_full_metadata_are_told_before_anything_is_written(tenant: Numbered) -> None:
    tenant.add_client("reminders", client_metadata={f"key{number}": "x" for number in range(10)})
    assert "11 keys" in failed(InvalidOptions, max_age=1).error.message
    assert tenant.written == []


def test_the_global_client_is_left_alone(tenant: Numbered) -> None:
    assert failed(Refused, client_id="own-client2", force=True).error.code == "protected"
    assert tenant.written == []


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({}, "Say what to do"),
        ({"max_age": 0}, "max_age: 0 is not a number of days from 1 to 36500. To rotate now, use force: true."),
        ({"max_age": -1}, "max_age: -1 is not a number of days"),
        ({"max_age": 10**10}, "is not a number of days from 1 to 36500"),
        ({"client_secret": ""}, "client_secret is empty"),
        ({"client_id": "", "force": True}, "client_id is empty"),
        ({"client_id": None, "client_name": "", "force": True}, "client_name is empty"),
    ],
)
def test_bad_options_are_told_before_anything_is_sent(tenant: Numbered, options: dict[str, Any], told: str) -> None:
    assert told in failed(InvalidOptions, **options).error.message
    assert tenant.requests == []
