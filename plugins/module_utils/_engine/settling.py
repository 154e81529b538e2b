# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Writes whose answer was lost: what is there afterwards says whether they were performed."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._errors import Ambiguous, Auth0Error, OutcomeUnknown

#: Seconds to let a write settle whose answer was lost before reading it back.
SETTLE = 2.0
#: How often a write of unknown outcome is tried in all.
ATTEMPTS = 3

_Answer = t.TypeVar("_Answer")
_Seen = t.TypeVar("_Seen")


class Undecided(OutcomeUnknown):
    """A write that was looked for, and of which it stays unknown whether it was performed."""


@dataclasses.dataclass(frozen=True)
class Settled(t.Generic[_Answer, _Seen]):
    """A write that was performed. answer: what the server answered, None where that was lost.

    seen: what was read back then. attempts: how often it was sent.
    """

    answer: _Answer | None
    seen: _Seen | None
    attempts: int


def settled(
    send: t.Callable[[int], _Answer],
    look: t.Callable[[], _Seen],
    done: t.Callable[[_Seen], bool],
    sleep: t.Callable[[float], None],
    again: t.Callable[[_Seen], bool] = lambda seen: True,
    problem: str = "reading it back did not show the change",
    attempts: int = ATTEMPTS,
) -> Settled[_Answer, _Seen]:
    """Send a write until it is known to have been performed.

    send: sends it, given the number of the attempt. look: what is there afterwards, where the answer was lost.
    done: whether that shows that the write was performed. again: whether it may be sent once more.
    problem: what to say where it was not seen to be performed. Raises OutcomeUnknown then, and what sending raises.
    """
    attempt = 1
    while True:
        try:
            return Settled(send(attempt), None, attempt)
        except Undecided:
            raise
        except OutcomeUnknown as error:
            seen = read_back(error, look, sleep)
            if done(seen):
                return Settled(None, seen, attempt)
            if attempt >= attempts or not again(seen):
                raise undecided(error, problem) from None
        attempt += 1


def read_back(error: Auth0Error, look: t.Callable[[], _Seen], sleep: t.Callable[[float], None]) -> _Seen:
    """What is there after a write whose answer was lost, once it has had time to settle."""
    sleep(SETTLE)
    try:
        return look()
    except Ambiguous as several:
        found = "reading it back found several that fit: %s" % several.message.rstrip(".")
        raise undecided(error, found) from None
    except Auth0Error as failed:
        raise undecided(error, "reading it back failed too: %s" % failed.message.rstrip(".")) from None


def undecided(error: Auth0Error, found: str) -> Undecided:
    """The failure of a write of which it stays unknown whether it was performed. found: what was seen afterwards."""
    return Undecided(
        "%s; %s. Look at the tenant, then run the task again." % (error.message, found),
        "outcome_unknown",
        error.method,
        error.path,
        error.status,
        error.server_message,
        retryable=True,
    )
