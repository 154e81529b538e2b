# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The steps from one way of authenticating to another, on a model of the server with its limits."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._credentials import (
    FINGERPRINTS,
    NEVER,
    SECRET_METHODS,
    TYPES,
    Attach,
    Create,
    Delete,
    Expire,
    Key,
    State,
    Step,
    days_left,
    identity_of,
    plan,
    words,
)
from ansible_collections.community.auth0.plugins.module_utils._errors import Refused
from hypothesis import event, given
from hypothesis import strategies as st

NOW = datetime.datetime(2026, 11, 22, 3, 15, tzinfo=datetime.UTC)
PAST, SOON, LATER = "2026-01-01T00:00:00.000Z", "2027-01-01T00:00:00.000Z", "2028-01-01T00:00:00.000Z"
JWT = "private_key_jwt"


def item(handle: str, fingerprint: str, method: str = JWT, **fields: Any) -> dict[str, Any]:
    return {"id": handle, "credential_type": TYPES[method], FINGERPRINTS[TYPES[method]]: fingerprint, **fields}


def state(*stored: dict[str, Any], attached: str = "", method: str | None = JWT, used: str = "") -> State:
    """attached, used: ids of one letter each."""
    return State(method, frozenset(attached), frozenset(used), {one["id"]: one for one in stored})


def key(fingerprint: str, method: str = JWT, **fields: Any) -> Key:
    return Key(TYPES[method], fingerprint, **fields)


class Server:
    """What Auth0 does with the steps, and what it refuses."""

    def __init__(self, start: State) -> None:
        self.method = start.method
        self.attached = set(start.attached)
        self.used = set(start.used_otherwise)
        self.stored = {handle: dict(one) for handle, one in start.stored.items()}
        self.ids: dict[Key, str] = {}

    @property
    def state(self) -> State:
        return State(self.method, frozenset(self.attached), frozenset(self.used), self.stored)

    def perform(self, step: Step) -> None:
        if isinstance(step, Create):
            new = step.key
            assert len(self.stored) < 4, "at most 4 are stored"
            assert new.identity not in [identity_of(one) for one in self.stored.values()], "the same key twice"
            handle = self.ids[new] = "new%d" % len(self.ids)
            fields = {"name": new.name, "alg": new.alg or ("RS256" if new.type == "public_key" else None)}
            if new.expires_at != NEVER:
                fields["expires_at"] = new.expires_at
            given = {name: value for name, value in fields.items() if value is not None}
            self.stored[handle] = {"id": handle, "credential_type": new.type, FINGERPRINTS[new.type]: new.fingerprint}
            self.stored[handle].update(given)
        elif isinstance(step, Attach):
            ids = [one if isinstance(one, str) else self.ids[one] for one in step.credentials]
            assert len(set(ids)) == len(ids) <= 2, "at most 2 are attached"
            for one in ids:
                assert self.stored[one]["credential_type"] == TYPES[step.method], "a type that the method takes"
            self.method, self.attached = step.method, set(ids)
        elif isinstance(step, Expire):
            self.stored[step.credential]["expires_at"] = step.expires_at
        else:
            assert step.credential in self.stored
            assert step.credential not in self.attached | self.used, "what is in use cannot be deleted"
            del self.stored[step.credential]

    def works(self) -> bool:
        """Whether the client could get a token now."""
        return self.method not in TYPES or any(
            (days := days_left(self.stored[one], NOW)) is None or days >= 0 for one in self.attached
        )


letters = st.sampled_from("KLMNOP")
names = st.sampled_from([None, "old", "new"])
algs = st.sampled_from([None, "RS256", "PS256"])
times = st.sampled_from([None, PAST, SOON, LATER])
methods = st.sampled_from([*TYPES, *SECRET_METHODS])


@st.composite
def states(draw: st.DrawFn) -> State:
    """What a client can be in: any method, up to 4 credentials, some attached, some in use by something else."""
    method = draw(methods | st.none())
    kinds = st.sampled_from([method, *TYPES] if method in TYPES else list(TYPES))
    found = draw(st.lists(st.tuples(kinds, letters), max_size=4, unique=True))
    stored = []
    for handle, (one, fingerprint) in zip("abcd", found, strict=False):
        fields = {"name": draw(names), "expires_at": draw(times)}
        if one == JWT:
            fields["alg"] = draw(algs) or "RS256"
        stored.append(item(handle, fingerprint, one, **{k: v for k, v in fields.items() if v}))
    fit = [one["id"] for one in stored if one["credential_type"] == TYPES.get(str(method))]
    attached = draw(st.lists(st.sampled_from(fit), max_size=2, unique=True)) if fit else []
    keys = [one["id"] for one in stored if one["credential_type"] == "public_key"]
    used = draw(st.lists(st.sampled_from(keys), max_size=2, unique=True)) if keys and draw(st.booleans()) else []
    return state(*stored, attached="".join(attached), method=method, used="".join(used))


@st.composite
def wishes(draw: st.DrawFn) -> tuple[str, list[Key]]:
    method = draw(st.sampled_from([JWT, JWT]) | methods)
    if method not in TYPES:
        return method, []
    found = draw(st.lists(letters, min_size=1, max_size=2, unique=True))
    more = {"alg": algs, "expires_at": times | st.just(NEVER)} if method == JWT else {}
    made = [key(one, method, name=draw(names), **{k: draw(v) for k, v in more.items()}) for one in found]
    return method, made


@given(states(), wishes())
def test_the_steps_reach_what_is_wanted_and_the_client_works_all_the_time(
    start: State, wanted: tuple[str, list[Key]]
) -> None:
    method, keys = wanted
    refusal = None
    try:
        steps = plan(start, method, keys, NOW)
    except Refused as refused:
        refusal = refused.code
    if refusal:
        event(refusal)
        if refusal == "last_credential":
            working = [one for one in start.attached if (days_left(start.stored[one], NOW) or 0) >= 0]
            same = {one.identity for one in keys}
            # There is nothing that could stand in: every other credential would have to be new as well as stored.
            assert {identity_of(start.stored[one]) for one in working} <= same or len(start.stored) == 4
        else:
            assert refusal == "expired" or start.used_otherwise
        return
    event("%d steps" % len(steps))
    server = Server(start)
    worked = server.works()
    for step in steps:
        server.perform(step)
        assert server.works() or not worked
        worked = server.works()
    assert worked
    assert server.method == method
    assert {identity_of(server.stored[one]) for one in server.attached} == {one.identity for one in keys}
    assert server.stored.keys() == server.attached | (start.used_otherwise & start.stored.keys())
    for one in keys:
        stored = next(
            s for s in server.stored.values() if identity_of(s) == one.identity and s["id"] in server.attached
        )
        assert one.name in (None, stored.get("name"))
        assert one.alg in (None, stored.get("alg"))
        assert one.expires_at in (None, stored.get("expires_at") or NEVER)
    assert plan(server.state, method, keys, NOW) == ()


@given(states(), wishes())
def test_nothing_that_the_tasks_own_client_may_use_is_taken_from_it(
    start: State, wanted: tuple[str, list[Key]]
) -> None:
    method, keys = wanted
    try:
        steps = plan(start, method, keys, NOW, keep_attached=True)
    except Refused:
        return
    server = Server(start)
    for step in steps:
        server.perform(step)
        assert server.method == start.method
        assert server.attached >= start.attached
        for one in start.attached:
            before, after = days_left(start.stored[one], NOW), days_left(server.stored[one], NOW)
            assert after is None or (before is not None and before <= after)


def test_a_rotation_is_create_attach_detach_delete() -> None:
    start = state(item("a", "K", name="first"), attached="a")
    both = [key("K"), key("L", name="second")]
    steps = plan(start, JWT, both, NOW)
    assert steps == (Create(both[1]), Attach(JWT, ("a", both[1])))
    assert words(steps, start) == ["create second (L)", "attach second (L)"]
    start = state(item("a", "K", name="first"), item("b", "L"), attached="ab")
    steps = plan(start, JWT, [key("L")], NOW)
    assert steps == (Attach(JWT, ("b",)), Delete("a"))
    assert words(steps, start) == ["detach first (K)", "delete first (K)"]


def test_one_key_takes_the_place_of_another_in_one_request() -> None:
    start = state(item("a", "K"), attached="a")
    steps = plan(start, JWT, [key("L")], NOW)
    assert steps == (Create(key("L")), Attach(JWT, (key("L"),)), Delete("a"))
    assert words(steps, start) == ["create L", "attach L", "detach K", "delete K"]


def test_keys_instead_of_a_secret_and_back() -> None:
    start = state(method="client_secret_post")
    steps = plan(start, JWT, [key("K")], NOW)
    assert steps == (Create(key("K")), Attach(JWT, (key("K"),)))
    assert words(steps, start) == ["create K", "switch to private_key_jwt", "attach K"]
    start = state(item("a", "K"), item("b", "L"), attached="a")
    steps = plan(start, "client_secret_basic", [], NOW)
    assert steps == (Attach("client_secret_basic", ()), Delete("a"), Delete("b"))


def test_a_full_store_is_emptied_of_what_is_not_used_before_a_key_is_created() -> None:
    start = state(*[item(one, one) for one in "abcd"], attached="ab")
    steps = plan(start, JWT, [key("K"), key("L")], NOW)
    assert steps[:1] == (Delete("c"),)
    assert [type(step) for step in steps].count(Attach) == 1


def test_another_name_for_a_key_needs_another_key_that_works_meanwhile() -> None:
    alone = state(item("a", "K", name="old"), attached="a")
    for wanted in ([key("K", name="new")], [key("K", name="new"), key("L", expires_at=PAST)]):
        with pytest.raises(Refused, match=r"old \(K\) cannot get another name or alg while it is all") as caught:
            plan(alone, JWT, wanted, NOW)
        assert caught.value.code == "last_credential"
    beside = state(item("a", "K", name="old"), item("b", "L"), attached="ab")
    new = key("K", name="new")
    assert plan(beside, JWT, [new, key("L")], NOW) == (
        Attach(JWT, ("b",)),
        Delete("a"),
        Create(new),
        Attach(JWT, (new, "b")),
    )
    expired = state(item("a", "K", name="old"), item("b", "L", expires_at=PAST), attached="ab")
    with pytest.raises(Refused):
        plan(expired, JWT, [new, key("L")], NOW)


def test_a_key_that_is_used_for_something_else_stays_where_it_is() -> None:
    start = state(item("a", "K", name="old"), item("b", "L"), attached="b", used="a")
    assert plan(start, "none", [], NOW) == (Attach("none", ()), Delete("b"))
    with pytest.raises(Refused, match="signed_request_object") as caught:
        plan(start, JWT, [key("K", name="new"), key("L")], NOW)
    assert caught.value.code == "in_use"
    full = state(*[item(one, one) for one in "abcd"], attached="a", used="bcd")
    with pytest.raises(Refused, match="no room") as caught:
        plan(full, JWT, [key("K")], NOW)
    assert caught.value.code == "no_room"


def test_times_are_compared_as_times_and_made_later_first() -> None:
    start = state(item("a", "K", expires_at="2027-01-01T01:00:00+01:00"), item("b", "L"), attached="ab")
    assert plan(start, JWT, [key("K", expires_at=SOON), key("L", expires_at=NEVER)], NOW) == ()
    assert plan(start, JWT, [key("K", expires_at=LATER), key("L", expires_at=SOON)], NOW) == (
        Expire("a", LATER),
        Expire("b", SOON),
    )
    assert plan(start, JWT, [key("K", expires_at=NEVER), key("L")], NOW) == (Expire("a", None),)
    assert words([Expire("a", None)], start) == ["let K expire never"]


def test_a_client_is_not_left_with_expired_keys_only() -> None:
    stored = item("a", "K", expires_at=PAST)
    for wanted in (key("K"), key("L", expires_at=PAST), key("K", expires_at=PAST)):
        with pytest.raises(Refused, match="All keys that are declared have expired"):
            plan(state(stored, attached="a"), JWT, [wanted], NOW)


@pytest.mark.parametrize(
    ("method", "one", "other"),
    [
        ("tls_client_auth", "CN=me,O=Acme\\, Inc.,C=US", "C=US\nO=Acme, Inc.\nCN=me"),
        ("tls_client_auth", "CN=me,O=Acme,C=US", "/C=US/O=Acme/CN=me"),
        ("tls_client_auth", "cn = me, o=Acme", "CN=me,O=Acme"),
        ("self_signed_tls_client_auth", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", bytes(range(32)).hex()),
        ("self_signed_tls_client_auth", bytes(range(32)).hex().upper(), bytes(range(32)).hex(":")),
    ],
)
def test_a_fingerprint_can_be_written_in_several_ways(method: str, one: str, other: str) -> None:
    assert plan(state(item("a", one, method), attached="a", method=method), method, [key(other, method)], NOW) == ()


def test_what_is_not_known_of_a_credential_does_not_make_it_another_ones_twin() -> None:
    unknown = {"id": "a", "credential_type": "public_key"}
    assert plan(state(unknown, attached="a"), JWT, [key("K")], NOW)[-1] == Delete("a")


@pytest.mark.parametrize(("expires_at", "days"), [(None, None), (SOON, 39), (PAST, -326), ("2026-11-22T04:00:00Z", 0)])
def test_days_are_counted_down_and_below_zero(expires_at: str | None, days: int | None) -> None:
    assert days_left({"expires_at": expires_at}, NOW) == days
