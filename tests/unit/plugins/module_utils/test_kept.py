# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tasks of one process share."""

from __future__ import annotations

import os
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions
from ansible_collections.community.auth0.plugins.module_utils._task.kept import LONGEST_IDLE, Kept


class Connection:
    """A session of which only the end is noted."""

    def __init__(self) -> None:
        self.open = True

    def __exit__(self, *dummy: object) -> None:
        self.open = False


class Requested:
    """Tokens, each with a number."""

    def __init__(self) -> None:
        self.number = 0

    def token(self) -> str:
        self.number += 1
        return f"token-{self.number}"

    def renew(self) -> bool:
        return True


@pytest.fixture
def clock() -> list[float]:
    return [0.0]


@pytest.fixture
def kept(clock: list[float]) -> Kept:
    return Kept(lambda: clock[0])


def use(kept: Kept, key: str = "a", error: BaseException | None = None) -> Any:
    with kept.session(key, Connection) as session:  # type: ignore[arg-type]
        if error:
            raise error
        return session


def test_tasks_with_the_same_options_share_a_connection(kept: Kept) -> None:
    first = use(kept)
    assert use(kept) is first
    assert use(kept, "b") is not first
    assert first.open


def test_a_task_that_fails_leaves_the_connection_to_the_next(kept: Kept) -> None:
    first = use(kept)
    with pytest.raises(InvalidOptions):
        use(kept, error=InvalidOptions("no"))
    assert use(kept) is first


def test_a_task_that_is_torn_out_of_an_answer_leaves_no_connection(kept: Kept) -> None:
    first = use(kept)
    with pytest.raises(KeyboardInterrupt):
        use(kept, error=KeyboardInterrupt())
    assert not first.open
    assert use(kept) is not first


def test_a_connection_that_was_idle_for_long_is_not_used_again(kept: Kept, clock: list[float]) -> None:
    first = use(kept)
    clock[0] = LONGEST_IDLE
    assert use(kept) is first
    clock[0] = 2 * LONGEST_IDLE + 1
    assert use(kept) is not first
    assert not first.open


def test_one_connection_within_another_is_another(kept: Kept) -> None:
    with kept.session("a", Connection) as outer:  # type: ignore[arg-type]
        inner = use(kept)
    assert inner is not outer
    assert not inner.open
    assert use(kept) is outer


def test_another_process_opens_its_own(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    first = use(kept)
    kept.authorization("a", Requested()).token()
    monkeypatch.setattr(os, "getpid", lambda: -1)
    assert use(kept) is not first
    assert first.open  # it belongs to the other process
    assert kept.authorization("a", Requested()).token() == "token-1"
    assert not kept.used_kept_token


def test_tasks_share_a_token(kept: Kept) -> None:
    requested = Requested()
    assert [kept.authorization("a", requested).token() for dummy in "12"] == ["token-1", "token-1"]
    assert kept.used_kept_token
    assert kept.authorization("b", requested).token() == "token-2"


def test_a_token_that_the_task_requested_itself_is_none_of_an_earlier_task(kept: Kept) -> None:
    authorization = kept.authorization("a", Requested())
    assert [authorization.token(), authorization.token()] == ["token-1", "token-1"]
    assert not kept.used_kept_token


def test_a_refused_token_is_replaced_for_all(kept: Kept) -> None:
    requested = Requested()
    authorization = kept.authorization("a", requested)
    authorization.token()
    assert authorization.renew()
    assert kept.authorization("a", requested).token() == "token-2"


def test_nothing_is_left_in_the_end(kept: Kept) -> None:
    session, requested = use(kept), Requested()
    kept.authorization("a", requested).token()
    kept.close()
    assert not session.open
    assert kept.authorization("a", requested).token() == "token-2"
