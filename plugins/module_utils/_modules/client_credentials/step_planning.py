# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""What a client uses credentials for, and is to → the steps that lead there, or a refusal. Pure: the time comes from
outside.

The steps are searched for, not written down case by case: among all that the server allows and that never leave a use
without a credential that works, the fewest are taken. What is not found is impossible.
"""

from __future__ import annotations

import collections
import datetime
import itertools
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._errors import Refused
from ansible_collections.community.auth0.plugins.module_utils._times import parse_time

from .steps import Attach, Attachment, Create, Delete, Expire, Goal, Handle, Step, sorted_handles
from .stored import (
    AUTHENTICATION,
    MOST_STORED,
    NEVER,
    TYPES,
    USES,
    Key,
    Object,
    State,
    expiry_of,
    identity_of,
    label_of,
)


def plan_steps(
    state: State, goals: t.Mapping[str, Goal], now: datetime.datetime, keep_authentication: bool = False
) -> tuple[Step, ...]:
    """The steps after which each use that has a goal is as its goal says, and the others as they are.

    If the client's authentication has a goal, which says all that it may authenticate by, what is used for nothing in
    the end is no longer stored. Otherwise only what the steps themselves detach is deleted, and a stored key that is
    declared but needs another name or alg: what else is stored for nothing can be on its way to an authentication that
    somebody else keeps.
    keep_authentication: that by which the client authenticates now has to stay, since the task itself depends on it.
    Raises Refused when no steps lead there.
    """
    return _Planning(state, goals, now, keep_authentication).plan()


class _Place(t.NamedTuple):
    """A use at a point of the search. settled: whether its settings are as declared."""

    method: str | None
    attached: frozenset[Handle]
    settled: bool


#: A point of the search: the uses that have a goal, and what is stored.
_Point: t.TypeAlias = "tuple[tuple[_Place, ...], frozenset[Handle]]"


class _Planning:
    def __init__(
        self, state: State, goals: t.Mapping[str, Goal], now: datetime.datetime, keep_authentication: bool
    ) -> None:
        self._state = state
        self._goals = goals
        self._now = now
        self._keep_authentication = keep_authentication
        self._uses = [use for use in USES if use in goals]
        self._kept: dict[str, Key] = {}
        self._replaced: dict[Key, str] = {}
        keys = list(dict.fromkeys(key for use in self._uses for key in goals[use].keys or ()))
        for key in keys:
            stored = sorted(handle for handle, item in state.stored.items() if identity_of(item) == key.identity)
            same = [handle for handle in stored if not self._another(key, state.stored[handle])]
            if same:
                self._kept[next((handle for handle in same if self._users(handle)), same[0])] = key
            elif stored:
                self._replaced[key] = stored[0]
        kept = {key: handle for handle, key in self._kept.items()}
        self._new = [key for key in keys if key not in kept]
        self._ends_up: dict[str, tuple[Handle, ...]] = {}
        for use in self._uses:
            wanted = goals[use].keys
            held = sorted_handles(state.uses[use].attached, ())
            self._ends_up[use] = held if wanted is None else tuple(kept.get(key, key) for key in wanted)
        self._keyed = [use for use in self._uses if goals[use].keys is not None]
        # What a use has whose keys are left alone.
        left = [state.uses[use].attached for use in USES if use not in self._keyed]
        self._locked = frozenset[Handle](state.stored.keys() & frozenset[str]().union(*left))
        used = [state.uses[use].attached for use in USES]
        declared = {key.identity for key in keys}
        #: What is stored for nothing, and not known to a task that leaves the authentication alone.
        self._unknown = frozenset[Handle](
            handle
            for handle in state.stored.keys() - frozenset[str]().union(*used)
            if AUTHENTICATION not in self._keyed and identity_of(state.stored[handle]) not in declared
        )
        stays = self._locked.union(self._unknown, *(self._ends_up[use] for use in self._keyed))
        self._stays = stays if self._keyed else frozenset[Handle](state.stored)

    @staticmethod
    def _another(key: Key, item: Object) -> bool:
        """Whether what cannot be changed of a stored credential differs from what is declared."""
        declared = {"name": key.name, "alg": key.alg}
        return any(value is not None and value != (item.get(field) or "") for field, value in declared.items())

    def _users(self, handle: str) -> list[str]:
        return [use for use in USES if handle in self._state.uses[use].attached]

    def plan(self) -> tuple[Step, ...]:
        self._refuse_without_key()
        longer, shorter = self._expiries()
        own = self._state.uses[AUTHENTICATION].attached
        if self._keep_authentication and any(step.credential in own for step in shorter):
            raise self._protected()
        return (*longer, *self._path(), *shorter)

    def _refuse_without_key(self) -> None:
        for use in USES:
            goal = self._goals.get(use)
            handles = self._ends_up.get(use, sorted_handles(self._state.uses[use].attached, ()))
            # What is like that already is left so: nothing is sent then.
            if goal and goal.needed and not handles and (goal.settings or self._state.uses[use].attached):
                raise Refused(goal.needed, "no_key")
            # Where keys are left alone, a task is not to blame for what has expired already.
            expires = use in self._keyed or any(map(self._works, handles))
            if handles and expires and not any(self._lasts(self._end(handle)) for handle in handles):
                raise Refused(
                    "All keys that are declared %s have expired, so none would work. Declare one that has not expired."
                    % _for(use)
                    if use in self._keyed
                    else "The only key %s is declared to have expired. Declare another one for that first." % _for(use),
                    "expired",
                )

    def _expiries(self) -> tuple[list[Expire], list[Expire]]:
        """The changes of times, those that let a credential live longer apart from the others."""
        longer, shorter = list[Expire](), list[Expire]()
        for handle, key in self._kept.items():
            if key.expires_at is None:
                continue
            held, wanted = expiry_of(self._state.stored[handle]), self._ends(key)
            if held != wanted:
                step = Expire(handle, None if key.expires_at == NEVER else key.expires_at)
                (longer if wanted is None or (held is not None and held < wanted) else shorter).append(step)
        return longer, shorter

    @staticmethod
    def _ends(key: Key) -> datetime.datetime | None:
        return None if key.expires_at in (None, NEVER) else parse_time(str(key.expires_at))

    def _end(self, handle: Handle) -> datetime.datetime | None:
        """When it expires in the end."""
        key = handle if isinstance(handle, Key) else self._kept.get(handle)
        held = None if isinstance(handle, Key) else expiry_of(self._state.stored.get(handle, {}))
        return held if key is None or key.expires_at is None else self._ends(key)

    def _works(self, handle: Handle) -> bool:
        """Whether the client could use it meanwhile: times are made later first, and earlier last."""
        if isinstance(handle, str) and handle not in self._state.stored:
            return False
        ends = [self._end(handle)]
        if isinstance(handle, str):
            ends.append(expiry_of(self._state.stored[handle]))
        return any(map(self._lasts, ends))

    def _lasts(self, end: datetime.datetime | None) -> bool:
        return end is None or end > self._now

    def _safe(self, use: str, place: _Place) -> bool:
        """Whether a use has a key that works, or will have none."""
        without = place.method not in TYPES if use == AUTHENTICATION else not self._ends_up[use]
        return without or any(map(self._works, place.attached))

    def _path(self) -> list[Step]:
        """The fewest steps; among as few, creations come first and deletions last."""
        start, goal = self._start(), self._goal()
        came: dict[_Point, tuple[_Point, Step] | None] = {start: None}
        queue = collections.deque([start])
        while queue and goal not in came:
            here = queue.popleft()
            for step, there in self._moves(here):
                if there not in came:
                    came[there] = (here, step)
                    queue.append(there)
        if goal not in came:
            raise self._impossible()
        steps: list[Step] = []
        back = came[goal]
        while back:
            steps.append(back[1])
            back = came[back[0]]
        return steps[::-1]

    def _start(self) -> _Point:
        held = {use: self._state.uses[use] for use in self._uses}
        places = [_Place(held[use].method, held[use].attached, not self._goals[use].settings) for use in self._uses]
        return tuple(places), frozenset(self._state.stored)

    def _goal(self) -> _Point:
        return tuple(map(self._last, self._uses)), self._stays

    def _last(self, use: str) -> _Place:
        return _Place(self._goals[use].method, frozenset(self._ends_up[use]), True)

    def _moves(self, point: _Point) -> t.Iterator[tuple[Step, _Point]]:
        places, stored = point
        for key in self._new:
            if key not in stored and len(stored) < MOST_STORED and key.identity not in map(self._identity, stored):
                yield Create(key), (places, stored | {key})
        ways = [list(self._next(use, place, stored)) for use, place in zip(self._uses, places, strict=True)]
        for then in itertools.product(*ways):
            if then != places:
                yield self._attach(places, then), (then, stored)
        attached = frozenset[Handle]().union(*(place.attached for place in places))
        for handle in sorted(handle for handle in stored - attached - self._stays if isinstance(handle, str)):
            yield Delete(handle), (places, stored - {handle})

    def _next(self, use: str, place: _Place, stored: frozenset[Handle]) -> t.Iterator[_Place]:
        """What a use may be in the next request.

        As soon as it can be as declared, that is all: nothing in it stands in the way of anything else. Until then
        it may give up all but one key that works, best one that it keeps, so that others can be deleted; or all keys,
        if none works.
        """
        last = self._last(use)
        kept = self._keep_authentication and use == AUTHENTICATION
        takes = last.method != place.method or not last.attached >= place.attached
        if last.attached - place.attached <= stored and not (kept and takes):
            yield last
            return
        yield place
        if kept:
            return
        leads = [handle for handle in self._ends_up[use] if handle in stored and self._works(handle)]
        for handle in leads[:1] or [one for one in sorted_handles(place.attached, ()) if self._works(one)]:
            if place.attached - {handle}:
                yield _Place(last.method if leads else place.method, frozenset([handle]), place.settled)
        if place.attached and not self._safe(use, place):
            yield place._replace(attached=frozenset())

    def _attach(self, places: tuple[_Place, ...], then: tuple[_Place, ...]) -> Attach:
        changes = []
        for use, old, new in zip(self._uses, places, then, strict=True):
            if new != old:
                handles = sorted_handles(new.attached, self._ends_up[use])
                changes.append(Attachment(use, handles, new.method, new.settled != old.settled))
        return Attach(tuple(changes))

    def _identity(self, handle: Handle) -> tuple[str, str]:
        return handle.identity if isinstance(handle, Key) else identity_of(self._state.stored[handle])

    def _impossible(self) -> Refused:
        if self._keep_authentication:
            without = _Planning(self._state, self._goals, self._now, False)
            without._path()  # what is impossible for any client is reported first
            return self._protected()
        for handle in self._replaced.values():
            if handle in self._locked:
                return Refused(
                    "%s cannot get another name or alg: Auth0 cannot change them, and the key cannot be deleted and "
                    "created again while the client also uses it for %s. Declare the keys of that use in the same "
                    "task, remove the key from that use first, or declare the name and alg that it has."
                    % (
                        label_of(self._state.stored[handle]),
                        " and ".join(use for use in self._users(handle) if use not in self._keyed),
                    ),
                    "in_use",
                )
        if not self._replaced or len(self._stays) > MOST_STORED:
            return self._no_room()
        uses = [use for use in self._keyed if set(self._goals[use].keys or ()) & self._replaced.keys()]
        return Refused(
            "%s cannot get another name or alg while no other key is there %s: Auth0 can neither change them nor store "
            "the same key twice, so the client would be without a key for a while. Declare the name and alg that it "
            "has, or a second key beside it in a first run."
            % (
                " and ".join(label_of(self._state.stored[handle]) for handle in self._replaced.values()),
                " and ".join(map(_for, uses)),
            ),
            "last_credential",
        )

    def _no_room(self) -> Refused:
        others = [use for use in USES if use not in self._keyed and self._state.uses[use].attached]
        beside, advice = [], []
        if others:
            beside.append("the %d that it uses for %s" % (len(self._locked), " and ".join(others)))
            advice.append("Remove some of them first")
        if self._unknown:
            beside.append("the %d that it uses for nothing" % len(self._unknown))
            advice.append("A task that declares the method deletes what is used for nothing")
        return Refused(
            "Auth0 stores at most %d credentials for a client, so there is no room for those that are declared%s."
            % (MOST_STORED, ". ".join([" beside %s" % " and ".join(beside), *advice]) if beside else ""),
            "no_room",
        )

    @staticmethod
    def _protected() -> Refused:
        return Refused(
            "This task uses the credentials of this client, so it can only add keys. It cannot change the method or "
            "remove a key, because it is not known by which key the next run authenticates. For that, let another "
            "client manage the tenant meanwhile.",
            "protected",
        )


def _for(use: str) -> str:
    return "for the client's authentication" if use == AUTHENTICATION else "for %s" % use
