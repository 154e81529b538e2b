# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What follows on a write, of kinds that do not exist: what each word of its declaration does."""

from __future__ import annotations

import dataclasses
from typing import Any, cast

import pytest
from ansible_collections.community.auth0.plugins.module_utils._engine.changes import Change, Desired, Surroundings
from ansible_collections.community.auth0.plugins.module_utils._engine.completing import PAUSES, Completing
from ansible_collections.community.auth0.plugins.module_utils._engine.management import ManagementClient
from ansible_collections.community.auth0.plugins.module_utils._engine.reconcile import reconcile
from ansible_collections.community.auth0.plugins.module_utils._errors import Auth0Error, OutcomeUnknown
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import (
    Action,
    FollowUp,
    Kind,
    Listed,
    Stage,
)
from ansible_collections.community.auth0.plugins.module_utils._kinds.field import Field
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.clock import Clock

#: As a custom domain: verified again and again, until somebody else has made a record.
VERIFY = FollowUp(
    Action("POST", "verify", "verifying"),
    done={"status": "ready"},
    option="verify",
    timeout="verify_timeout",
    seconds=30,
    after=Stage("status", "ready", "disabled", "errors", "Look at its record."),
    repeated=True,
)
#: As a module of actions: published as it is, and known by a flag.
PUBLISH = FollowUp(
    Action("POST", "versions", "publishing"),
    done={"published": True},
    undone={"published": False},
    option="publish",
    timeout="publish_timeout",
    seconds=30,
)


def kind_of(follow_up: FollowUp) -> Kind:
    return Kind(
        name="domain",
        title="domain",
        path="domains",
        collection="domains",
        id_field="id",
        identity=("name",),
        lookups=(Listed(match=("name",)),),
        checkpoint=False,
        unique=True,
        follow_up=follow_up,
        fields={
            "id": Field(read_only=True),
            "name": Field(required=True),
            "note": Field(),
            "status": Field(read_only=True, volatile=True),
            "published": Field("bool", read_only=True),
        },
    )


class Answering:
    """A tenant that shows one object, each time as the next of the given ones; the last one from then on."""

    def __init__(self, *shown: dict[str, Any]) -> None:
        self.shown = [{"id": "1", "name": "a", **one} for one in shown]
        self.requests: list[str] = []
        self.told: list[str] = []

    def tell(self, doing: str) -> None:
        self.told.append(doing)

    def get(self, kind: Kind, object_id: str) -> dict[str, Any]:
        self.requests.append("GET")
        return self.shown.pop(0) if len(self.shown) > 1 else self.shown[0]

    def perform(self, kind: Kind, action: Action, object_id: str, label: str) -> dict[str, Any]:
        self.requests.append(action.name)
        return {"id": object_id}


def complete(follow_up: FollowUp, tenant: Answering, patience: int = 30) -> tuple[dict[str, Any], list[float]]:
    """The object in the end, and the pauses."""
    clock = Clock()
    desired = Desired(kind_of(follow_up), {"name": "a"}, patience=patience)
    change = Change(desired, "update", "1", follow_up=follow_up)
    done = Completing(cast(ManagementClient, tenant), change, follow_up, clock.sleep).complete({"id": "1"})
    return dict(done), clock.slept


def test_what_is_repeated_is_performed_at_each_look() -> None:
    tenant = Answering({"status": "pending"}, {"status": "pending"}, {"status": "ready"})
    done, slept = complete(VERIFY, tenant)
    assert done["status"] == "ready"
    assert tenant.requests == ["verify", "GET"] * 3
    assert slept == list(PAUSES[:2])
    assert tenant.told == ["verifying the domain a"] * 2


def test_what_is_not_repeated_is_performed_once() -> None:
    tenant = Answering({"published": False}, {"published": False}, {"published": True})
    done, slept = complete(PUBLISH, tenant)
    assert done["published"] is True
    assert tenant.requests == ["versions", "GET", "GET", "GET"]
    assert slept == list(PAUSES[:2])


def test_nobody_waits_for_what_the_server_has_given_up() -> None:
    errors = [{"msg": "No record was found."}, {"other": 1}]
    with pytest.raises(Auth0Error) as caught:
        complete(VERIFY, Answering({"status": "disabled", "errors": errors}))
    assert caught.value.message == (
        "Failed verifying the domain a: Auth0 gave up, its status is disabled. It says: No record was found. "
        "Look at its record. Correct it, then run the task again."
    )
    assert caught.value.failure()["message"] == "No record was found."


def test_pauses_grow_and_end_when_the_task_is_told() -> None:
    clock = Clock()
    desired = Desired(kind_of(VERIFY), {"name": "a"}, patience=20)
    change = Change(desired, "update", "1", follow_up=VERIFY)
    tenant = cast(ManagementClient, Answering({"status": "pending"}))
    with pytest.raises(Auth0Error) as caught:
        Completing(tenant, change, VERIFY, clock.sleep).complete({"id": "1"})
    assert clock.slept == [1.0, 1.0, 2.0, 3.0, 5.0, 5.0, 3.0]
    assert (caught.value.code, caught.value.retryable) == ("timeout", True)
    assert "Its status is pending." in caught.value.message and "verify_timeout" in caught.value.message


def test_an_object_that_somebody_deletes_meanwhile_is_said_to_be_gone() -> None:
    tenant = Answering({})
    tenant.get = lambda kind, object_id: None  # type: ignore[method-assign,assignment,return-value]
    with pytest.raises(Auth0Error) as caught:
        complete(PUBLISH, tenant)
    assert caught.value.code == "not_found"


@pytest.mark.parametrize(
    ("follow_up", "held", "action"),
    [
        (PUBLISH, {"published": True}, "none"),
        (PUBLISH, {"published": False}, "update"),
        (PUBLISH, {}, "update"),
        (VERIFY, {"status": "ready"}, "none"),
        (VERIFY, {"status": "pending"}, "update"),
    ],
)
def test_what_the_object_shows_says_whether_something_has_to_follow(
    follow_up: FollowUp, held: dict[str, Any], action: str
) -> None:
    desired = Desired(kind_of(follow_up), {"name": "a"}, patience=30)
    current = {"id": "1", "name": "a", **held}
    change = reconcile(desired, current, Surroundings("https://a.example/api/v2/"))
    assert (change.action, change.payloads) == (action, ())
    assert change.steps == (() if action == "none" else (f"{follow_up.option} domain a",))
    unwanted = dataclasses.replace(desired, follows_up=False)
    assert reconcile(unwanted, current, Surroundings("https://a.example/api/v2/")).action == "none"


def test_a_write_is_foreseen_with_what_follows_or_without() -> None:
    desired = Desired(kind_of(PUBLISH), {"name": "a", "note": "b"}, patience=30)
    current = {"id": "1", "name": "a", "published": True, "status": "old"}
    for wanted in (True, False):
        one = dataclasses.replace(desired, follows_up=wanted)
        change = reconcile(one, current, Surroundings("https://a.example/api/v2/"))
        assert change.predicted == {"id": "1", "name": "a", "note": "b", "published": wanted}
        assert change.touched == (("note", "published") if wanted else ("note",))
        assert "status" not in change.diff()["before"]


def test_a_new_object_that_is_not_seen_at_once_is_looked_for_again() -> None:
    class Lagging(Answering):
        def get(self, kind: Kind, object_id: str) -> dict[str, Any]:
            self.requests.append("GET")
            return cast("dict[str, Any]", None) if len(self.requests) < 4 else self.shown[0]

    tenant = Lagging({"published": True})
    done, slept = complete(PUBLISH, tenant)
    assert done["published"] is True
    assert slept == list(PAUSES[:2])


def test_a_read_that_is_older_than_the_write_does_not_show_that_it_was_performed() -> None:
    class Losing(Answering):
        def perform(self, kind: Kind, action: Action, object_id: str, label: str) -> dict[str, Any]:
            self.requests.append(action.name)
            if self.requests.count(action.name) == 1:
                raise OutcomeUnknown("lost", "unexpected")
            return {"id": object_id}

    old, new = ({"note": note, "published": True} for note in ("old", "new"))
    tenant = Losing(old, new)
    clock = Clock()
    desired = Desired(kind_of(PUBLISH), {"name": "a", "note": "new"}, patience=30)
    change = Change(desired, "update", "1", payloads=({"note": "new"},), follow_up=PUBLISH)
    written = {"id": "1", "name": "a", "note": "new", "published": False}
    done = Completing(cast(ManagementClient, tenant), change, PUBLISH, clock.sleep).complete(written)
    assert done["note"] == "new"
    assert tenant.requests == ["versions", "GET", "versions", "GET"]
