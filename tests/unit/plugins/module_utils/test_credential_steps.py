# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The steps from what a client uses credentials for to what it is to, on a model of the server with its limits."""

from __future__ import annotations

import collections
import datetime
import functools
import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._errors import Refused
from ansible_collections.community.auth0.plugins.module_utils._modules.client_credentials.step_planning import (
    plan_steps,
)
from ansible_collections.community.auth0.plugins.module_utils._modules.client_credentials.steps import (
    Attach,
    Attachment,
    Create,
    Delete,
    Expire,
    Goal,
    Step,
    describe_steps,
)
from ansible_collections.community.auth0.plugins.module_utils._modules.client_credentials.stored import (
    AUTHENTICATION,
    FINGERPRINTS,
    MOST_ATTACHED,
    NEVER,
    SIGNED_REQUESTS,
    TOKEN_VAULT,
    TYPES,
    USES,
    Key,
    State,
    Use,
    days_left,
    identity_of,
)
from hypothesis import event, given
from hypothesis import strategies as st

NOW = datetime.datetime(2026, 11, 22, 3, 15, tzinfo=datetime.UTC)
PAST, SOON, LATER = "2026-01-01T00:00:00.000Z", "2027-01-01T00:00:00.000Z", "2028-01-01T00:00:00.000Z"
JWT = "private_key_jwt"

Goals = Mapping[str, Goal]


def told(steps: Sequence[Step], start: State, goals: Goals) -> list[str]:
    """All that steps do, in words."""
    return [word for step in describe_steps(steps, start, goals) for word in step]


def item(handle: str, fingerprint: str, method: str = JWT, **fields: Any) -> dict[str, Any]:
    return {"id": handle, "credential_type": TYPES[method], FINGERPRINTS[TYPES[method]]: fingerprint, **fields}


def state(
    *stored: dict[str, Any], attached: str = "", method: str | None = JWT, signing: str = "", vault: str = ""
) -> State:
    """attached, signing, vault: what is used to authenticate, and for the others; ids of one letter each."""
    uses = {
        AUTHENTICATION: Use(frozenset(attached), method),
        SIGNED_REQUESTS: Use(frozenset(signing)),
        TOKEN_VAULT: Use(frozenset(vault)),
    }
    return State(uses, {one["id"]: one for one in stored})


def key(fingerprint: str, method: str = JWT, **fields: Any) -> Key:
    return Key(TYPES[method], fingerprint, **fields)


def by(method: str, *keys: Key) -> dict[str, Goal]:
    """To authenticate by."""
    return {AUTHENTICATION: Goal(keys, method)}


def signing(*keys: Key, **more: Any) -> dict[str, Goal]:
    return {SIGNED_REQUESTS: Goal(keys, **more)}


def vault(*keys: Key, **more: Any) -> dict[str, Goal]:
    return {TOKEN_VAULT: Goal(keys, **more)}


def attach(method: str, *credentials: str | Key) -> Attach:
    return Attach((Attachment(AUTHENTICATION, credentials, method),))


def attach_to(use: str, *credentials: str | Key, settings: bool = False) -> Attach:
    return Attach((Attachment(use, credentials, None, settings),))


def refusal(start: State, goals: Goals, **more: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        plan_steps(start, goals, NOW, **more)
    return caught.value


class Server:
    """What Auth0 does with the steps, and what it refuses."""

    def __init__(self, start: State, goals: Goals) -> None:
        self.attached = {use: set(held.attached) for use, held in start.uses.items()}
        self.method = start.uses[AUTHENTICATION].method
        self.stored = {handle: dict(one) for handle, one in start.stored.items()}
        self.unsettled = {use for use, goal in goals.items() if goal.settings}
        self.goals = goals
        self.ids: dict[Key, str] = {}

    @property
    def state(self) -> State:
        uses = {use: Use(frozenset(ids)) for use, ids in self.attached.items()}
        return State(uses | {AUTHENTICATION: Use(uses[AUTHENTICATION].attached, self.method)}, self.stored)

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
            assert step.uses, "an empty body is refused"
            for one in step.uses:
                self.attach(one)
        elif isinstance(step, Expire):
            self.stored[step.credential]["expires_at"] = step.expires_at
        else:
            assert step.credential in self.stored
            assert step.credential not in set().union(*self.attached.values()), "what is in use cannot be deleted"
            del self.stored[step.credential]

    def attach(self, one: Attachment) -> None:
        assert one.use in self.goals, "what has no goal is left alone"
        ids = [handle if isinstance(handle, str) else self.ids[handle] for handle in one.credentials]
        assert len(set(ids)) == len(ids) <= MOST_ATTACHED[one.use], "at most so many are attached"
        for handle in ids:
            kind = TYPES[str(one.method)] if one.use == AUTHENTICATION else "public_key"
            assert self.stored[handle]["credential_type"] == kind, "a type that the use takes"
        if one.use == AUTHENTICATION:
            self.method = one.method
        self.attached[one.use] = set(ids)
        if one.settings:
            self.unsettled.remove(one.use)

    def works(self, use: str) -> bool:
        """Whether the client could use a key now, or authenticate by its secret."""
        return (use == AUTHENTICATION and self.method not in TYPES) or any(
            (days := days_left(self.stored[one], NOW)) is None or days >= 0 for one in self.attached[use]
        )


letters = st.sampled_from("KLMNOP")
few_letters = st.sampled_from("KLMN")
names = st.sampled_from([None, "old", "new"])
algs = st.sampled_from([None, "RS256", "PS256"])
times = st.sampled_from([None, PAST, SOON, LATER])
methods = st.sampled_from([*TYPES, "client_secret_post", "client_secret_basic", "none"])


@st.composite
def states(draw: st.DrawFn) -> State:
    """What a client can be in: any method, up to 4 credentials, each used for any of what it fits, or for nothing."""
    crowded = draw(st.booleans())
    method = draw(st.just(JWT) if crowded else methods | st.none())
    kinds = [JWT] if crowded else [JWT, *([method] if method in TYPES else []), *TYPES]
    found = draw(
        st.lists(
            st.tuples(st.sampled_from(kinds), few_letters if crowded else letters),
            min_size=2 if crowded else 0,
            max_size=4,
            unique=True,
        )
    )
    stored = []
    for handle, (one, fingerprint) in zip("abcd", found, strict=False):
        fields = {"name": draw(names), "expires_at": draw(times)}
        if one == JWT:
            fields["alg"] = draw(algs) or "RS256"
        stored.append(item(handle, fingerprint, one, **{k: v for k, v in fields.items() if v}))

    def some(kind: str | None, most: int) -> str:
        fit = [one["id"] for one in stored if one["credential_type"] == kind]
        least = 1 if crowded else 0
        return "".join(draw(st.lists(st.sampled_from(fit), min_size=least, max_size=most, unique=True))) if fit else ""

    return state(
        *stored,
        attached=some(TYPES.get(str(method)), 2),
        method=method,
        signing=some("public_key", 3) if draw(st.booleans()) else "",
        vault=some("public_key", 2) if draw(st.booleans()) else "",
    )


def made(draw: st.DrawFn, fingerprint: str, method: str) -> Key:
    more = {"alg": algs, "expires_at": times | st.just(NEVER)} if method == JWT else {}
    return key(fingerprint, method, name=draw(names), **{k: draw(v) for k, v in more.items()})


@st.composite
def wishes(draw: st.DrawFn) -> Goals:
    """What can be declared: a few keys, and for a use any of them, none, or that it is left those it has."""
    uses = draw(st.lists(st.sampled_from([AUTHENTICATION, *USES]), min_size=1, max_size=3, unique=True))
    pool = [made(draw, one, JWT) for one in draw(st.lists(few_letters | letters, min_size=1, max_size=3, unique=True))]
    goals: dict[str, Goal] = {}
    if AUTHENTICATION in uses:
        method = draw(st.just(JWT) | methods)
        keys = st.lists(st.sampled_from(pool), min_size=1, max_size=2, unique=True)
        if method not in TYPES:
            keys = st.just([])
        elif method != JWT:
            keys = keys.map(lambda some: [key(one.fingerprint, method, name=one.name) for one in some][:1])
        goals |= by(method, *draw(keys))
    for use in uses:
        if use != AUTHENTICATION:
            some = draw(st.none() | st.lists(st.sampled_from(pool), max_size=2, unique=True))
            goals[use] = Goal(None if some is None else tuple(some), settings=draw(st.sampled_from([(), ("x",)])))
    return goals


def plan_or_refusal(start: State, goals: Goals, **more: Any) -> tuple[tuple[Step, ...], str | None]:
    try:
        return plan_steps(start, goals, NOW, **more), None
    except Refused as refused:
        return (), refused.code


@given(states(), wishes())
def test_the_steps_reach_what_is_wanted_and_each_use_works_all_the_time(start: State, goals: Goals) -> None:
    steps, refused = plan_or_refusal(start, goals)
    event(refused or "%d steps" % len(steps))
    if refused:
        return
    server = Server(start, goals)
    worked = {use for use in USES if server.works(use)}
    for step in steps:
        server.perform(step)
        works = {use for use in USES if server.works(use) or not needs_key(start, goals, use)}
        assert works >= worked
        worked |= works
    assert not server.unsettled
    for use in USES:
        reached(server, start, goals, use)
    if any(goal.keys is not None for goal in goals.values()):
        assert server.stored.keys() == set().union(*server.attached.values()) | spared(start, goals)
    else:
        assert server.stored.keys() == start.stored.keys()
    assert plan_steps(server.state, {use: Goal(goal.keys, goal.method) for use, goal in goals.items()}, NOW) == ()


def spared(start: State, goals: Goals) -> set[str]:
    """What is used for nothing and not declared: a task that leaves the authentication alone does not know it."""
    if AUTHENTICATION in goals:
        return set()
    declared = {one.identity for goal in goals.values() for one in goal.keys or ()}
    used = {one for use in start.uses.values() for one in use.attached}
    return {one for one, held in start.stored.items() if one not in used and identity_of(held) not in declared}


def needs_key(start: State, goals: Goals, use: str) -> bool:
    """Whether a use has keys in the end."""
    keys = goals[use].keys if use in goals else None
    return bool(start.uses[use].attached if keys is None else keys)


def reached(server: Server, start: State, goals: Goals, use: str) -> None:
    goal = goals.get(use, Goal(None))
    if goal.keys is None:
        assert server.attached[use] == start.uses[use].attached
        return
    if use == AUTHENTICATION:
        assert server.method == goal.method
    held = {identity_of(one): one for one in map(server.stored.__getitem__, server.attached[use])}
    assert held.keys() == {one.identity for one in goal.keys}
    for one in goal.keys:
        stored = held[one.identity]
        assert one.name in (None, stored.get("name"))
        assert one.alg in (None, stored.get("alg"))
        assert one.expires_at in (None, stored.get("expires_at") or NEVER)
    assert server.works(use) or not goal.keys


@given(states(), wishes())
def test_nothing_that_the_tasks_own_client_may_authenticate_by_is_taken_from_it(start: State, goals: Goals) -> None:
    steps, dummy = plan_or_refusal(start, goals, keep_authentication=True)
    server = Server(start, goals)
    own = start.uses[AUTHENTICATION]
    for step in steps:
        server.perform(step)
        assert server.method == own.method
        assert server.attached[AUTHENTICATION] >= own.attached
        for one in own.attached:
            before, after = days_left(start.stored[one], NOW), days_left(server.stored[one], NOW)
            assert after is None or (before is not None and before <= after)


class Anything:
    """Every way that the server allows and that keeps each use working, however odd, to find the shortest by trying.

    It is written from the rules, with none of the shortcuts of the search under test. A point: the method, what is
    attached to each use, the uses whose settings are still to change, and what is stored.
    """

    def __init__(self, start: State, goals: Goals) -> None:
        self.start, self.goals = start, goals
        self.keyed = {use: goal.keys for use, goal in goals.items() if goal.keys is not None}
        self.keys = {one for keys in self.keyed.values() for one in keys}
        self.known: dict[Any, Any] = {**start.stored, **{one: one for one in self.keys}}
        self.locked = set().union(*(held.attached for use, held in start.uses.items() if use not in self.keyed))
        self.spared = spared(start, goals)

    def fits(self, wanted: Key, handle: Any) -> bool:
        held = self.known[handle]
        if isinstance(handle, Key):
            return bool(handle == wanted)
        own = {"name": held.get("name"), "alg": held.get("alg")}
        declared = {"name": wanted.name, "alg": wanted.alg}
        same = all(value in (None, own[name]) for name, value in declared.items())
        return identity_of(held) == wanted.identity and same

    def works(self, handle: Any) -> bool:
        held = self.known[handle]
        times = [held.expires_at if isinstance(handle, Key) else held.get("expires_at")]
        times += [one.expires_at for one in self.keys if self.fits(one, handle) and one.expires_at]
        return any(time in (None, NEVER) or str(time) > NOW.isoformat() for time in times)

    def shortest(self, most: int) -> int | None:
        """The number of steps, but for those that change times; None if more than so many are needed."""
        uses = self.start.uses
        attached = tuple(frozenset(uses[use].attached) for use in USES)
        unsettled = frozenset(use for use, goal in self.goals.items() if goal.settings)
        first = (uses[AUTHENTICATION].method, attached, unsettled, frozenset(self.start.stored))
        far = {first: 0}
        queue = collections.deque([first])
        while queue:
            here = queue.popleft()
            if self.done(here):
                return far[here]
            if far[here] < most:
                for there in self.moves(here):
                    if there not in far:
                        far[there] = far[here] + 1
                        queue.append(there)
        return None

    def done(self, point: Any) -> bool:
        method, attached, unsettled, stored = point
        for use, handles in zip(USES, attached, strict=True):
            wanted = self.keyed.get(use)
            if wanted is not None:
                one_each = all(sum(self.fits(one, handle) for handle in handles) == 1 for one in wanted)
                if len(handles) != len(wanted) or not one_each:
                    return False
        right = AUTHENTICATION not in self.goals or method == self.goals[AUTHENTICATION].method
        rest = self.spared.union(*attached) if self.keyed else self.start.stored.keys()
        return right and not unsettled and stored == rest

    def moves(self, point: Any) -> Iterator[Any]:
        method, attached, unsettled, stored = point
        identities = {self.identity(handle) for handle in stored}
        for one in self.keys:
            if len(stored) < 4 and one.identity not in identities:
                yield method, attached, unsettled, stored | {one}
        for handle in stored - self.locked - self.spared.union(*attached) if self.keyed else ():
            if not any(self.fits(one, handle) for one in self.keys):
                yield method, attached, unsettled, stored - {handle}
        ways = [
            list(self.ways(use, method, now, stored)) if use in self.keyed else [(method, now)]
            for use, now in zip(USES, attached, strict=True)
        ]
        for then in itertools.product(*ways):
            yield then[0][0], tuple(handles for dummy, handles in then), frozenset(), stored

    def ways(self, use: str, method: Any, now: frozenset[Any], stored: frozenset[Any]) -> Iterator[Any]:
        """What may be attached in one request: of what the use has had, and what it is to have."""
        yield method, now
        targets = [method, self.goals[use].method] if use == AUTHENTICATION else [method]
        own = {one for one in stored if one in now or any(self.fits(wanted, one) for wanted in self.keyed[use])}
        for then in dict.fromkeys(targets):
            kind = TYPES.get(str(then)) if use == AUTHENTICATION else "public_key"
            fit = [one for one in own if self.identity(one)[0] == kind]
            for size in range(min(len(fit), MOST_ATTACHED[use]) + 1):
                for some in itertools.combinations(fit, size):
                    if self.safe(use, then, frozenset(some)) or not self.safe(use, method, now):
                        yield then, frozenset(some)

    def safe(self, use: str, method: Any, handles: frozenset[Any]) -> bool:
        without = method not in TYPES if use == AUTHENTICATION else not self.keyed[use]
        return without or any(map(self.works, handles))

    def identity(self, handle: Any) -> tuple[str, str]:
        held = self.known[handle]
        return held.identity if isinstance(handle, Key) else identity_of(held)


@given(states(), wishes())
def test_there_is_no_shorter_way_and_none_at_all_where_it_is_refused(start: State, goals: Goals) -> None:
    steps, refused = plan_or_refusal(start, goals)
    if refused == "expired" or len(start.stored) + sum(len(goal.keys or ()) for goal in goals.values()) > 6:
        return
    event(refused or "compared")
    own = [step for step in steps if not isinstance(step, Expire)]
    assert Anything(start, goals).shortest(8 if refused else len(own)) == (None if refused else len(own))


def test_a_rotation_is_create_attach_detach_delete() -> None:
    start = state(item("a", "K", name="first"), attached="a")
    both = by(JWT, key("K"), key("L", name="second"))
    new = key("L", name="second")
    steps = plan_steps(start, both, NOW)
    assert steps == (Create(new), attach(JWT, "a", new))
    assert told(steps, start, both) == ["create second (L)", "attach second (L)"]
    start = state(item("a", "K", name="first"), item("b", "L"), attached="ab")
    steps = plan_steps(start, by(JWT, key("L")), NOW)
    assert steps == (attach(JWT, "b"), Delete("a"))
    assert told(steps, start, {}) == ["detach first (K)", "delete first (K)"]


def test_one_key_takes_the_place_of_another_in_one_request() -> None:
    start = state(item("a", "K"), attached="a")
    steps = plan_steps(start, by(JWT, key("L")), NOW)
    assert steps == (Create(key("L")), attach(JWT, key("L")), Delete("a"))
    assert told(steps, start, {}) == ["create L", "attach L", "detach K", "delete K"]


def test_keys_instead_of_a_secret_and_back() -> None:
    start = state(method="client_secret_post")
    steps = plan_steps(start, by(JWT, key("K")), NOW)
    assert steps == (Create(key("K")), attach(JWT, key("K")))
    assert told(steps, start, {}) == ["create K", "switch to private_key_jwt", "attach K"]
    start = state(item("a", "K"), item("b", "L"), attached="a")
    steps = plan_steps(start, by("client_secret_basic"), NOW)
    assert steps == (attach("client_secret_basic"), Delete("a"), Delete("b"))


def test_a_full_store_is_emptied_of_what_is_not_used_before_a_key_is_created() -> None:
    start = state(*[item(one, one) for one in "abcd"], attached="ab")
    steps = plan_steps(start, by(JWT, key("K"), key("L")), NOW)
    assert steps[:1] == (Delete("c"),)
    assert [type(step) for step in steps].count(Attach) == 1


def test_another_name_for_a_key_needs_another_key_that_works_meanwhile() -> None:
    alone = state(item("a", "K", name="old"), attached="a")
    for wanted in ([key("K", name="new")], [key("K", name="new"), key("L", expires_at=PAST)]):
        refused = refusal(alone, by(JWT, *wanted))
        assert refused.code == "last_credential"
        assert "old (K) cannot get another name or alg while no other key is there for the client's" in str(refused)
    beside = state(item("a", "K", name="old"), item("b", "L"), attached="ab")
    new = key("K", name="new")
    assert plan_steps(beside, by(JWT, new, key("L")), NOW) == (
        attach(JWT, "b"),
        Delete("a"),
        Create(new),
        attach(JWT, new, "b"),
    )
    expired = state(item("a", "K", name="old"), item("b", "L", expires_at=PAST), attached="ab")
    assert refusal(expired, by(JWT, new, key("L"))).code == "last_credential"


def test_a_key_that_works_no_more_can_be_given_up_at_once() -> None:
    start = state(item("a", "K", name="old", expires_at=PAST), attached="a")
    new = key("K", name="new")
    assert plan_steps(start, by(JWT, new), NOW) == (attach(JWT), Delete("a"), Create(new), attach(JWT, new))


def test_a_key_that_is_used_for_something_else_stays_where_it_is() -> None:
    start = state(item("a", "K", name="old"), item("b", "L"), attached="b", signing="a")
    assert plan_steps(start, by("none"), NOW) == (attach("none"), Delete("b"))
    refused = refusal(start, by(JWT, key("K", name="new"), key("L")))
    assert refused.code == "in_use"
    assert "also uses it for signed_request_object" in str(refused)
    full = state(*[item(one, one) for one in "abcd"], attached="a", signing="bc", vault="d")
    refused = refusal(full, by(JWT, key("K")))
    assert refused.code == "no_room"
    assert "beside the 3 that it uses for signed_request_object and token_vault_privileged_access" in str(refused)


def test_what_has_no_goal_is_left_alone() -> None:
    start = state(item("a", "K"), item("b", "L"), attached="a", signing="b")
    steps = plan_steps(start, signing(key("M")), NOW)
    assert steps == (Create(key("M")), attach_to(SIGNED_REQUESTS, key("M")), Delete("b"))
    assert told(steps, start, {})[1:] == [
        "attach M to signed_request_object",
        "detach L from signed_request_object",
        "delete L",
    ]
    assert refusal(start, signing(key("K", name="new"))).code == "in_use"
    assert plan_steps(start, signing(), NOW) == (attach_to(SIGNED_REQUESTS), Delete("b"))


def test_keys_that_are_stored_for_nothing_are_deleted_only_with_the_authentication() -> None:
    start = state(item("a", "K"), item("b", "L"), item("c", "M"), method="none", signing="a")
    assert plan_steps(start, signing(key("M")), NOW) == (attach_to(SIGNED_REQUESTS, "c"), Delete("a"))
    assert plan_steps(start, signing(), NOW) == (attach_to(SIGNED_REQUESTS), Delete("a"))
    assert plan_steps(start, signing(key("K")), NOW) == ()
    assert plan_steps(start, {**by("none"), **signing(key("K"))}, NOW) == (Delete("b"), Delete("c"))
    assert plan_steps(start, by("none"), NOW) == (Delete("b"), Delete("c"))


def test_a_key_that_is_stored_for_nothing_and_declared_is_replaced_where_its_name_differs() -> None:
    start = state(item("a", "K", name="old"), item("b", "L"), method="none")
    new = key("K", name="new")
    assert plan_steps(start, signing(new), NOW) == (Delete("a"), Create(new), attach_to(SIGNED_REQUESTS, new))


def test_keys_that_leave_no_room_and_are_not_known_are_named_as_the_reason() -> None:
    start = state(*[item(one, one) for one in "abcd"], method="none", signing="a")
    refused = refusal(start, signing(key("K")))
    assert refused.code == "no_room"
    assert "beside the 3 that it uses for nothing. A task that declares the method deletes what is" in str(refused)
    used = state(*[item(one, one) for one in "abcd"], attached="b", signing="a")
    assert "beside the 1 that it uses for authentication and the 2 that it uses for nothing. Remove some" in str(
        refusal(used, signing(key("K")))
    )


def test_several_uses_change_in_one_request() -> None:
    start = state(item("a", "K"), attached="a", vault="a")
    goals = {**by(JWT, key("L")), **signing(key("M"), settings=("required",)), **vault(key("L"))}
    steps = plan_steps(start, goals, NOW)
    assert steps == (
        Create(key("L")),
        Create(key("M")),
        Attach(
            (
                Attachment(AUTHENTICATION, (key("L"),), JWT),
                Attachment(SIGNED_REQUESTS, (key("M"),), None, settings=True),
                Attachment(TOKEN_VAULT, (key("L"),)),
            )
        ),
        Delete("a"),
    )
    assert told(steps, start, goals)[2:7] == [
        "attach L",
        "detach K",
        "attach M to signed_request_object",
        "change required of signed_request_object",
        "attach L to token_vault_privileged_access",
    ]


def test_a_key_that_one_use_gives_up_stays_for_the_other() -> None:
    start = state(item("a", "K"), attached="a", signing="a")
    assert plan_steps(start, signing(), NOW) == (attach_to(SIGNED_REQUESTS),)
    both = {**by("client_secret_post"), **signing(key("K"))}
    assert plan_steps(start, both, NOW) == (attach("client_secret_post"),)


def test_settings_alone_are_one_request_and_delete_nothing() -> None:
    start = state(item("a", "K"), item("b", "L"), attached="a", signing="a")
    only = {SIGNED_REQUESTS: Goal(None, settings=("required",))}
    assert plan_steps(start, only, NOW) == (attach_to(SIGNED_REQUESTS, "a", settings=True),)
    assert plan_steps(start, {SIGNED_REQUESTS: Goal(None)}, NOW) == ()


def test_settings_change_with_the_keys_that_they_are_declared_with() -> None:
    start = state(item("a", "K", name="old"), item("b", "L"), method="none", signing="ab")
    new = key("K", name="new")
    steps = plan_steps(start, signing(new, key("L"), settings=("required",)), NOW)
    assert [step.uses[0].settings for step in steps if isinstance(step, Attach)] == [False, True]


def test_what_is_required_is_not_left_without_a_key() -> None:
    start = state(item("a", "K"), method="none", signing="a")
    refused = refusal(start, signing(needed="It needs a key."))
    assert (refused.code, str(refused)) == ("no_key", "It needs a key.")
    turned_on = Goal(None, settings=("required",), needed="It needs a key.")
    assert refusal(state(method="none"), {SIGNED_REQUESTS: turned_on}).code == "no_key"
    assert plan_steps(start, {SIGNED_REQUESTS: Goal(None, needed="It needs a key.")}, NOW) == ()


def test_what_is_required_and_without_a_key_already_is_left_so() -> None:
    without = state(method="none")
    assert plan_steps(without, {SIGNED_REQUESTS: Goal(None, needed="It needs a key.")}, NOW) == ()
    assert plan_steps(without, signing(needed="It needs a key."), NOW) == ()


def test_times_are_compared_as_times_and_made_later_first() -> None:
    start = state(item("a", "K", expires_at="2027-01-01T01:00:00+01:00"), item("b", "L"), attached="ab")
    assert plan_steps(start, by(JWT, key("K", expires_at=SOON), key("L", expires_at=NEVER)), NOW) == ()
    assert plan_steps(start, by(JWT, key("K", expires_at=LATER), key("L", expires_at=SOON)), NOW) == (
        Expire("a", LATER),
        Expire("b", SOON),
    )
    assert plan_steps(start, by(JWT, key("K", expires_at=NEVER), key("L")), NOW) == (Expire("a", None),)
    assert told([Expire("a", None)], start, {}) == ["let K expire never"]


@pytest.mark.parametrize("declared", [functools.partial(by, JWT), signing, vault])
def test_no_use_is_left_with_expired_keys_only(declared: Any) -> None:
    start = state(item("a", "K", expires_at=PAST), attached="a", signing="a", vault="a")
    for wanted in (key("K"), key("L", expires_at=PAST), key("K", expires_at=PAST)):
        refused = refusal(start, declared(wanted))
        assert refused.code == "expired"
        assert "All keys that are declared for" in str(refused)


def test_a_key_is_not_made_to_expire_under_a_use_that_has_no_other() -> None:
    start = state(item("a", "K"), item("b", "L"), attached="a", signing="ab")
    refused = refusal(start, signing(key("K", expires_at=PAST), key("L")))
    assert refused.code == "expired"
    assert "The only key for the client's authentication" in str(refused)
    assert plan_steps(start, signing(key("K"), key("L", expires_at=SOON)), NOW) == (Expire("b", SOON),)


def test_the_tasks_own_client_can_still_sign_requests_by_other_keys() -> None:
    start = state(item("a", "K"), item("b", "L"), attached="a", signing="b")
    steps = plan_steps(start, signing(key("M")), NOW, keep_authentication=True)
    assert steps == plan_steps(start, signing(key("M")), NOW)
    shared = signing(key("K", expires_at=SOON), key("L"))
    assert refusal(start, shared, keep_authentication=True).code == "protected"
    assert refusal(start, by(JWT, key("L")), keep_authentication=True).code == "protected"


def test_what_the_tenant_does_not_list_among_the_stored_does_not_count_as_a_key() -> None:
    start = state(item("a", "K", name="old"), attached="ax", signing="x")
    assert refusal(start, by(JWT, key("K", name="new"))).code == "last_credential"
    only = {SIGNED_REQUESTS: Goal(None, settings=("required",))}
    assert plan_steps(start, only, NOW) == (attach_to(SIGNED_REQUESTS, "x", settings=True),)
