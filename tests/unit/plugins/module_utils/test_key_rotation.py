# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""When a signing key is rotated, which keys are revoked, and what is refused."""

from __future__ import annotations

import dataclasses
import datetime
import itertools
from collections.abc import Sequence
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._errors import Refused
from ansible_collections.community.auth0.plugins.module_utils._modules.signing_key.key_rotation import (
    MOST_A_DAY,
    NOT_MADE_YET,
    RotationPlan,
    WantedRotation,
    current_of,
    plan_rotation,
    revoked,
    role_of,
    roles,
    rotated,
    tells_all,
)
from hypothesis import given
from hypothesis import strategies as st

NOW = datetime.datetime(2026, 11, 22, 3, 15, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
SECOND = datetime.timedelta(seconds=1)

Key = dict[str, Any]


def written(moment: datetime.datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def ago(age: datetime.timedelta) -> str:
    return written(NOW - age)


def current(age: datetime.timedelta, **fields: Any) -> Key:
    return {"kid": "now", "current": True, "current_since": ago(age), **fields}


def previous(age: datetime.timedelta, kid: str = "old", **fields: Any) -> Key:
    began = ago(age + 30 * DAY)
    return {"kid": kid, "previous": True, "current_since": began, "current_until": ago(age), **fields}


def dead(age: datetime.timedelta, kid: str) -> Key:
    return {"kid": kid, "revoked": True, "current_since": ago(age), "current_until": ago(age), "revoked_at": ago(age)}


FOLLOWER = {"kid": "follower", "next": True}

# anything that a server may say, also what contradicts itself

TIMES = st.one_of(
    st.none(),
    st.integers(-3 * 86400, 400 * 86400).map(lambda seconds: ago(datetime.timedelta(seconds=seconds))),
    st.sampled_from(["soon", {}, 7]),
)
FLAGS = st.sampled_from([True, False, None])


def keys_of_all_sorts(well_formed: bool = False) -> st.SearchStrategy[list[Key]]:
    """Lists of keys; well_formed: one current key and one next, and times that fit."""
    if not well_formed:
        fields = {
            **dict.fromkeys(("current", "next", "previous", "revoked"), FLAGS),
            **dict.fromkeys(("current_since", "current_until", "revoked_at"), TIMES),
        }
        some = st.fixed_dictionaries({}, optional=fields)
        return st.lists(some, max_size=7).map(lambda keys: [{**key, "kid": str(n)} for n, key in enumerate(keys)])
    ages = st.lists(st.integers(0, 400 * 86400), min_size=1, max_size=7, unique=True).map(sorted)
    return st.tuples(ages, st.lists(st.booleans(), min_size=7, max_size=7)).map(_history)


def _history(drawn: tuple[list[int], list[bool]]) -> list[Key]:
    """Keys that replaced each other so many seconds ago, some of which are revoked."""
    ages, gone = drawn
    times = [ago(datetime.timedelta(seconds=age)) for age in ages]
    keys: list[Key] = [{"kid": "now", "current": True, "current_since": times[0]}, dict(FOLLOWER)]
    for number, (end, begin) in enumerate(itertools.pairwise(times)):
        state = {"revoked": True, "revoked_at": end} if gone[number] else {"previous": True}
        keys.append({"kid": f"old{number}", "current_since": begin, "current_until": end, **state})
    return keys


WANTED = st.builds(
    WantedRotation,
    max_age=st.one_of(st.none(), st.integers(1, 400)),
    force=st.booleans(),
    revoke_previous_after=st.one_of(st.none(), st.integers(0, 400)),
)


def planned(keys: Sequence[Any], wanted: WantedRotation, now: datetime.datetime = NOW) -> RotationPlan:
    """The plan; to do nothing where that is refused."""
    try:
        return plan_rotation(keys, wanted, now)
    except Refused:
        return RotationPlan(None, ())


def carried_out(keys: Sequence[Any], done: RotationPlan, now: datetime.datetime = NOW) -> tuple[Any, ...]:
    after = rotated(keys, now, {"kid": "made"}) if done.reason else tuple(keys)
    for kid in done.revoked:
        after = revoked(after, kid, now)
    return after


# what holds for every list


@given(keys_of_all_sorts(), WANTED)
def test_neither_the_current_nor_the_next_key_is_ever_revoked(keys: list[Key], wanted: WantedRotation) -> None:
    done = planned(keys, wanted)
    after = rotated(keys, NOW) if done.reason else keys
    assert not {key["kid"] for key in after if key.get("current") or key.get("next")} & set(done.revoked)


@given(keys_of_all_sorts(), WANTED)
def test_each_key_is_revoked_once_and_only_when_it_is_asked_for(keys: list[Key], wanted: WantedRotation) -> None:
    done = planned(keys, wanted)
    assert len(done.revoked) == len(set(done.revoked))
    assert wanted.revoke_previous_after is not None or done.revoked == ()
    assert not {key["kid"] for key in keys if key.get("revoked")} & set(done.revoked)


@given(keys_of_all_sorts(well_formed=True), WANTED)
def test_the_key_of_the_tasks_own_token_is_revoked_last(keys: list[Key], wanted: WantedRotation) -> None:
    done = planned(keys, wanted)
    for kid in done.revoked:
        again = plan_rotation(keys, wanted, NOW, kid)
        assert again.revoked == (*(other for other in done.revoked if other != kid), kid)


@given(keys_of_all_sorts(well_formed=True), WANTED, st.integers(0, 3600))
def test_a_second_run_right_afterwards_changes_nothing(keys: list[Key], wanted: WantedRotation, seconds: int) -> None:
    wanted = dataclasses.replace(wanted, force=False)
    after = carried_out(keys, plan_rotation(keys, wanted, NOW))
    assert plan_rotation(after, wanted, NOW + datetime.timedelta(seconds=seconds)) == RotationPlan(None, ())


@given(keys_of_all_sorts(well_formed=True), WANTED)
def test_there_is_a_current_and_a_next_key_afterwards_and_what_signed_is_previous(
    keys: list[Key], wanted: WantedRotation
) -> None:
    done = planned(keys, wanted)
    after = carried_out(keys, done)
    held = [role_of(key) for key in after]
    assert (held.count("current"), held.count("next")) == (1, 1)
    if done.reason:
        assert current_of(after) == "follower"
        assert role_of(after[0]) == ("revoked" if wanted.revoke_previous_after == 0 else "previous")
    else:
        assert current_of(after) == "now"


@given(keys_of_all_sorts(well_formed=True))
def test_there_are_never_more_rotations_in_a_day_than_auth0_allows(keys: list[Key]) -> None:
    held: tuple[Any, ...] = tuple(keys)
    before = [key for key in held if key.get("current_since", "") > ago(DAY)]
    rotations = 0
    for number in range(MOST_A_DAY + 2):
        if planned(held, WantedRotation(force=True)).reason:
            rotations += 1
            held = rotated(held, NOW, {"kid": f"made{number}"})
    assert rotations == max(0, MOST_A_DAY - len(before))


# when a key is rotated


@given(st.integers(0, 400 * 86400), st.integers(1, 400))
def test_a_key_is_rotated_when_it_has_been_signing_for_longer_than_it_may(seconds: int, days: int) -> None:
    age = datetime.timedelta(seconds=seconds)
    done = plan_rotation([current(age), FOLLOWER], WantedRotation(max_age=days), NOW)
    assert (done.reason is not None) == (age > days * DAY)


@pytest.mark.parametrize(
    ("age", "reason"),
    [
        (90 * DAY, None),
        (90 * DAY + SECOND, "it has been signing for 90 days"),
        (-DAY, None),  # a clock that is behind rotates nothing
    ],
)
def test_the_border_is_to_the_second(age: datetime.timedelta, reason: str | None) -> None:
    assert plan_rotation([current(age), FOLLOWER], WantedRotation(max_age=90), NOW) == RotationPlan(reason, ())


def test_force_rotates_a_fresh_key_and_one_of_unknown_age() -> None:
    for key in (current(SECOND), current(DAY, current_since=None), {"kid": "now", "current": True}, current(-9 * DAY)):
        assert plan_rotation([key, FOLLOWER], WantedRotation(max_age=90, force=True), NOW) == RotationPlan("forced", ())


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ([current(DAY, current_since="soon")], "now.current_since is 'soon', not a time"),
        ([current(DAY, current_since={})], "now.current_since is {}, not a time"),
        ([{"kid": "now", "current": True}], "now.current_since is None, not a time"),
        ([current(-DAY - SECOND)], "now.current_since is 2026-11-23T03:15:01.000Z, in the future"),
        ([FOLLOWER, previous(DAY)], "None of the tenant's signing keys is the current one"),
        ([], "None of the tenant's signing keys is the current one"),
    ],
)
def test_an_age_that_is_not_known_is_told_with_what_to_do(keys: list[Key], told: str) -> None:
    with pytest.raises(Refused) as caught:
        plan_rotation(keys, WantedRotation(max_age=1), NOW)
    assert told in caught.value.message
    assert "force: true" in caught.value.message
    assert caught.value.code == "unknown_age"
    plan_rotation(keys, WantedRotation(revoke_previous_after=0), NOW)  # which needs no age


def recent(number: int) -> list[Key]:
    """So many keys that became current within a day, one of them now."""
    others = [dead(datetime.timedelta(hours=hours), str(hours)) for hours in range(2, number + 1)]
    return [current(datetime.timedelta(hours=1)), *others]


def test_a_rotation_beyond_the_daily_limit_is_refused_with_the_time_from_which_on_it_can_be_done() -> None:
    keys = [*recent(MOST_A_DAY), FOLLOWER, dead(30 * DAY, "ancient")]
    with pytest.raises(Refused) as caught:
        plan_rotation(keys, WantedRotation(force=True, revoke_previous_after=0), NOW)
    assert (caught.value.code, caught.value.retryable) == ("daily_limit", True)
    assert "5 keys have become current within 24 hours" in caught.value.message
    assert "Rotate after 2026-11-22T22:15:00.000Z" in caught.value.message
    assert plan_rotation(keys, WantedRotation(force=True), NOW + datetime.timedelta(hours=19)).reason == "forced"


def test_the_daily_limit_is_none_for_what_rotates_nothing_or_less_often() -> None:
    keys = [*recent(MOST_A_DAY), FOLLOWER, previous(DAY)]
    assert plan_rotation(keys, WantedRotation(max_age=1, revoke_previous_after=1), NOW) == RotationPlan(None, ("old",))
    assert plan_rotation([*recent(MOST_A_DAY - 1), FOLLOWER], WantedRotation(force=True), NOW).reason == "forced"


# which keys are revoked


@given(st.integers(0, 400 * 86400), st.integers(1, 400))
def test_a_previous_key_is_revoked_when_it_has_not_been_signing_for_long_enough(seconds: int, days: int) -> None:
    age = datetime.timedelta(seconds=seconds)
    done = plan_rotation([current(age), FOLLOWER, previous(age)], WantedRotation(revoke_previous_after=days), NOW)
    assert done == RotationPlan(None, ("old",) if age >= days * DAY else ())


def test_at_once_is_also_the_key_that_is_replaced_by_the_same_run_and_after_the_others() -> None:
    keys = [current(2 * DAY), FOLLOWER, previous(2 * DAY), previous(40 * DAY, "older"), dead(80 * DAY, "ancient")]
    assert plan_rotation(keys, WantedRotation(revoke_previous_after=0), NOW).revoked == ("older", "old")
    assert plan_rotation(keys, WantedRotation(force=True, revoke_previous_after=0), NOW).revoked == (
        "older",
        "old",
        "now",
    )
    assert plan_rotation(keys, WantedRotation(max_age=1, revoke_previous_after=1), NOW).revoked == ("older", "old")
    assert plan_rotation(keys, WantedRotation(force=True), NOW).revoked == ()


def test_at_once_needs_no_time_and_minds_no_clock() -> None:
    for until in (None, "soon", ago(-DAY)):
        keys = [current(DAY), FOLLOWER, previous(DAY, current_until=until)]
        assert plan_rotation(keys, WantedRotation(revoke_previous_after=0), NOW).revoked == ("old",)


@pytest.mark.parametrize("until", [None, "soon", {}])
def test_a_key_without_an_end_ended_at_the_latest_when_the_present_one_began(until: Any) -> None:
    key = previous(9 * DAY, current_until=until)
    assert plan_rotation([current(2 * DAY), FOLLOWER, key], WantedRotation(revoke_previous_after=2), NOW).revoked == (
        "old",
    )
    assert plan_rotation([current(2 * DAY), FOLLOWER, key], WantedRotation(revoke_previous_after=3), NOW).revoked == ()
    with pytest.raises(Refused, match=r"signing key old: current_until is .*, not a time") as caught:
        plan_rotation([current(DAY, current_since=None), FOLLOWER, key], WantedRotation(revoke_previous_after=2), NOW)
    assert "revoke_previous_after: 0" in caught.value.message
    assert caught.value.code == "unknown_age"


@pytest.mark.parametrize(
    ("key", "role"),
    [
        ({"current": True, "previous": True, "revoked": False}, "current"),
        ({"next": True, "previous": True, "revoked": True}, "next"),
        ({"previous": True, "revoked": True}, "revoked"),
        ({"previous": True, "revoked_at": "2026-11-22T03:15:00.000Z"}, "revoked"),
        ({"previous": True, "revoked": False, "revoked_at": "2026-11-22T03:15:00.000Z"}, "previous"),
        ({"current": False, "next": False, "previous": True}, "previous"),
        ({"current": False, "current_until": "2026-11-22T03:15:00.000Z"}, None),
        ({}, None),
    ],
)
def test_a_key_that_signs_or_will_is_never_taken_for_one_that_did(key: Key, role: str | None) -> None:
    assert role_of({"kid": "k", **key}) == role


# what is foreseen


def test_a_rotation_is_foreseen_with_all_that_can_be_known() -> None:
    keys = [current(2 * DAY, cert="c"), {**FOLLOWER, "cert": "f"}]
    moment = written(NOW)
    was: Key = {"kid": "now", "cert": "c", "current_since": ago(2 * DAY), "current_until": moment}
    assert rotated(keys, NOW) == (
        {**was, "current": False, "previous": True},
        {"kid": "follower", "cert": "f", "current": True, "next": False, "previous": False, "current_since": moment},
        {"kid": NOT_MADE_YET, "current": False, "next": True, "previous": False, "revoked": False},
    )
    assert rotated(keys, NOW, {"kid": "made", "cert": "m"})[2]["cert"] == "m"
    assert roles(rotated(keys, NOW)) == {
        "current": ["follower"],
        "next": [NOT_MADE_YET],
        "previous": ["now"],
        "revoked": [],
    }


def test_a_revocation_is_foreseen_with_the_time_that_the_server_tells() -> None:
    keys = [current(DAY), previous(DAY)]
    assert revoked(keys, "old", NOW)[1] == {
        **previous(DAY),
        "previous": False,
        "revoked": True,
        "revoked_at": "2026-11-22T03:15:00.000Z",
    }
    assert revoked(keys, "old", NOW, {"kid": "old", "revoked_at": "then"})[1]["revoked_at"] == "then"
    assert revoked(keys, "old", NOW)[0] is keys[0]


@pytest.mark.parametrize(
    ("keys", "kid", "enough"),
    [
        ([current(DAY), FOLLOWER, dead(DAY, "gone")], "made", True),
        ([current(DAY), FOLLOWER], "follower", False),
        ([current(DAY), FOLLOWER], "now", False),
        ([current(DAY), FOLLOWER, previous(DAY)], "made", False),
        ([current(DAY)], "made", False),
        ([FOLLOWER], "made", False),
        ([current(DAY), FOLLOWER, {"kid": "other", "next": True}], "made", False),
    ],
)
def test_an_answer_is_enough_when_it_is_the_new_key_and_nothing_else_can_have_happened(
    keys: list[Key], kid: str, enough: bool
) -> None:
    assert tells_all(keys, {"kid": kid, "cert": "c"}) is enough
