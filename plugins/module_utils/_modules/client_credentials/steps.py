# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""The steps that change what a client uses credentials for, and what each of them does, in words. Pure."""

from __future__ import annotations

import dataclasses
import typing as t

from .stored import AUTHENTICATION, NEVER, Key, State, label_of

#: A credential in a plan: by its id where it is stored already, else as what is wanted.
Handle: t.TypeAlias = "str | Key"


@dataclasses.dataclass(frozen=True)
class Goal:
    """What a use must become.

    keys: those that it must have and no others; None to leave it those that it has. method: how the client must
    authenticate; None for the other uses. settings: the names of what else changes for the use.
    needed: why the client cannot do without a key for it, for messages; None where it can.
    """

    keys: tuple[Key, ...] | None
    method: str | None = None
    settings: tuple[str, ...] = ()
    needed: str | None = None


@dataclasses.dataclass(frozen=True)
class Create:
    key: Key


@dataclasses.dataclass(frozen=True)
class Attachment:
    """Let a use have exactly these credentials. method: of authentication. settings: whether these change as well."""

    use: str
    credentials: tuple[Handle, ...]
    method: str | None = None
    settings: bool = False


@dataclasses.dataclass(frozen=True)
class Attach:
    """What changes for one or several uses in one request to the server."""

    uses: tuple[Attachment, ...]


@dataclasses.dataclass(frozen=True)
class Expire:
    """expires_at: None to have it never expire."""

    credential: str
    expires_at: str | None


@dataclasses.dataclass(frozen=True)
class Delete:
    credential: str


Step: t.TypeAlias = "Create | Attach | Expire | Delete"


def sorted_handles(handles: t.Iterable[Handle], wanted: t.Sequence[Handle]) -> tuple[Handle, ...]:
    """In the declared order; what is not declared follows, in an order that depends on nothing but itself."""
    order = {handle: number for number, handle in enumerate(wanted)}
    return tuple(sorted(handles, key=lambda handle: (order.get(handle, len(order)), str(handle))))


def describe_steps(steps: t.Sequence[Step], state: State, goals: t.Mapping[str, Goal]) -> list[list[str]]:
    """What each of the steps does, for display. A request that attaches and detaches is reported as both."""
    methods = {use: held.method for use, held in state.uses.items()}
    attached = {use: frozenset[Handle](held.attached) for use, held in state.uses.items()}
    found = []
    for step in steps:
        words: list[str] = []
        if isinstance(step, Create):
            words.append("create %s" % step.key.label)
        elif isinstance(step, Attach):
            for one in step.uses:
                if one.method != methods[one.use]:
                    words.append("switch to %s" % one.method)
                words += _attached_words(one, attached[one.use], state)
                if one.settings:
                    words.append("change %s of %s" % (" and ".join(goals[one.use].settings), one.use))
                methods[one.use], attached[one.use] = one.method, frozenset(one.credentials)
        elif isinstance(step, Expire):
            words.append("let %s expire %s" % (_name(step.credential, state), step.expires_at or NEVER))
        else:
            words.append("delete %s" % _name(step.credential, state))
        found.append(words)
    return found


def _attached_words(one: Attachment, before: frozenset[Handle], state: State) -> list[str]:
    to, out_of = ("", "") if one.use == AUTHENTICATION else (" to %s" % one.use, " from %s" % one.use)
    more = [handle for handle in one.credentials if handle not in before]
    less = sorted_handles(before - frozenset(one.credentials), ())
    return [
        *("attach %s%s" % (_name(handle, state), to) for handle in more),
        *("detach %s%s" % (_name(handle, state), out_of) for handle in less),
    ]


def _name(handle: Handle, state: State) -> str:
    if isinstance(handle, Key):
        return handle.label
    return label_of(state.stored.get(handle, {"id": handle}))
