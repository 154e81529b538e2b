# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The cache for tokens: who may find which token, for how long, and all that can be in its way."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._errors import Unreachable
from ansible_collections.community.auth0.plugins.module_utils._tokens import cache as token_cache
from ansible_collections.community.auth0.plugins.module_utils._tokens import cache_directory, cache_lock
from ansible_collections.community.auth0.plugins.module_utils._tokens.cache import (
    LONGEST_LIFETIME,
    Answer,
    CachePolicy,
    TokenCache,
    cache_key,
    cached_answer,
    lifetime_of,
)
from ansible_collections.community.auth0.plugins.module_utils._tokens.cache_directory import (
    CacheUnusable,
    directory_from,
)
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.clock import Clock
from hypothesis import example, given
from hypothesis import strategies as st

SOMEBODY = 4711


class Cache:
    """The cache of a user, and a tenant behind it. requested: how many tokens it has issued."""

    def __init__(self, home: Path) -> None:
        self.environ = {"HOME": str(home)}
        self.directory = home / ".cache" / "community.auth0"
        self.clock = Clock()
        self.requested = 0
        self.warnings: list[str] = []
        self.answer: Answer = {"token_type": "Bearer", "expires_in": 1000, "scope": "read:a write:a"}
        self.key = "0123456789abcdef" * 4

    def get(self, key: str = "", min_lifetime: int = 300, since: float | None = None) -> tuple[Answer, bool]:
        return cached_answer(
            self.environ,
            key or self.key,
            CachePolicy(min_lifetime, since, patience=10),
            self.request,
            self.warnings.append,
            self.clock.now,
            self.clock.sleep,
            monotonic=lambda: sum(self.clock.slept),
        )

    def request(self) -> Answer:
        self.requested += 1
        return {"access_token": f"token-{self.requested}", **self.answer}

    def token(self, **options: Any) -> str:
        token: str = self.get(**options)[0]["access_token"]
        return token

    @property
    def file(self) -> Path:
        return self.directory / f"{self.key}.json"

    @property
    def names(self) -> set[str]:
        return {path.name for path in self.directory.iterdir()}


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    """A cache that had no trouble unless the test has taken its warnings away."""
    found = Cache(tmp_path)
    yield found
    assert found.warnings == []


def owned_by(monkeypatch: pytest.MonkeyPatch, function: str, matches: Callable[[os.stat_result], bool]) -> None:
    """Let a function of os tell that what matches belongs to somebody else."""
    real = getattr(os, function)

    def told(*arguments: Any, **options: Any) -> os.stat_result:
        status = real(*arguments, **options)
        if not matches(status):
            return status
        return os.stat_result([*status[:4], SOMEBODY, *status[5:]])

    monkeypatch.setattr(cache_directory.os, function, told)


def is_whole(value: Any) -> bool:
    """Whether it is a number without a fraction, and no boolean, which Python takes for one."""
    return isinstance(value, int) and not isinstance(value, bool)


def failing(number: int) -> Callable[..., Any]:
    def fail(*dummy: Any, **more: Any) -> Any:
        raise OSError(number, os.strerror(number))

    return fail


# what is kept


def test_the_same_token_is_found_until_it_expires_soon(cache: Cache) -> None:
    assert cache.get() == ({"access_token": "token-1", **cache.answer}, False)
    cache.clock.time += 700.0
    assert cache.get() == ({"access_token": "token-1", **cache.answer, "expires_in": 300}, True)
    cache.clock.time += 0.5
    assert cache.get() == ({"access_token": "token-2", **cache.answer}, False)
    assert cache.token() == "token-2"
    assert cache.requested == 2


def test_a_token_is_good_until_its_end_when_no_lifetime_is_asked_for(cache: Cache) -> None:
    cache.get(min_lifetime=0)
    cache.clock.time += 999
    assert cache.get(min_lifetime=0)[1] is True
    cache.clock.time += 1
    assert cache.get(min_lifetime=0)[1] is False


def test_a_token_for_another_key_is_another_token(cache: Cache) -> None:
    assert [cache.token(), cache.token(key="f" * 64), cache.token(), cache.token(key="f" * 64)] == [
        "token-1",
        "token-2",
        "token-1",
        "token-2",
    ]


def test_a_token_that_was_requested_too_early_is_replaced(cache: Cache) -> None:
    cache.get()
    cache.clock.time += 0.001
    assert cache.token(since=cache.clock.time) == "token-2"
    assert cache.token() == "token-2"


def test_of_all_that_ask_for_another_token_before_it_is_requested_one_requests_it(cache: Cache) -> None:
    cache.get()
    began = [cache.clock.time + seconds for seconds in (0.1, 0.2, 0.3)]
    cache.clock.time += 0.3
    assert [cache.get(since=since)[1] for since in began] == [False, True, True]
    assert cache.token() == "token-2"


def test_who_asks_for_another_token_while_one_is_requested_gets_one_of_its_own(cache: Cache) -> None:
    """It may have been issued before what made this one ask."""
    real, since = cache.request, cache.clock.time + 0.5

    def slow() -> Answer:
        cache.clock.time += 1
        return real()

    cache.request = slow  # type: ignore[method-assign]
    cache.get()
    assert cache.token(since=since) == "token-2"


def test_a_clock_that_was_set_back_makes_no_old_token_a_new_one(cache: Cache) -> None:
    cache.get()
    cache.clock.time -= 30
    assert cache.get()[1] is True
    assert cache.token(since=cache.clock.time) == "token-2"


def test_an_answer_without_scope_is_kept_as_it_is(cache: Cache) -> None:
    del cache.answer["scope"]
    assert cache.get()[0] == cache.get()[0]
    assert cache.requested == 1


ABSURD = [None, 0, -1, -(10**30), LONGEST_LIFETIME + 1, 10**30, 10**400, True, "1000", "", 1.5, float("nan"), [1], {}]


@pytest.mark.parametrize("lifetime", ["left out", *ABSURD])
def test_a_token_of_which_nobody_knows_how_long_it_is_valid_is_not_kept_and_that_is_told(
    cache: Cache, lifetime: Any
) -> None:
    cache.answer["expires_in"] = lifetime
    if lifetime == "left out":
        del cache.answer["expires_in"]
    assert [cache.token(), cache.token()] == ["token-1", "token-2"]
    assert cache.names == {"lock"}
    told = (
        "The token could not be kept, so the next task requests another one: the answer with it does not say for "
        "how long it is valid (expires_in is no whole number from 1 to 2592000). Is auth0_domain really an Auth0 "
        "tenant?"
    )
    assert cache.warnings == [told, told]
    cache.warnings.clear()


@pytest.mark.parametrize("lifetime", [1, LONGEST_LIFETIME])
def test_the_shortest_and_the_longest_lifetime_are_kept(cache: Cache, lifetime: int) -> None:
    cache.answer["expires_in"] = lifetime
    assert cache.get(min_lifetime=0)[0] == cache.get(min_lifetime=0)[0]
    assert cache.requested == 1


@given(st.integers() | st.integers(1, LONGEST_LIFETIME) | st.booleans() | st.floats() | st.text() | st.none())
def test_a_lifetime_is_a_whole_number_of_seconds_that_auth0_allows_or_none(found: Any) -> None:
    lifetime = lifetime_of({"expires_in": found})
    if lifetime is None:
        assert not is_whole(found) or not 1 <= found <= LONGEST_LIFETIME
    else:
        assert lifetime == found
        assert is_whole(found)
        assert 1 <= found <= LONGEST_LIFETIME


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o277])
def test_only_the_user_can_read_what_is_kept_whatever_the_umask(cache: Cache, umask: int) -> None:
    cache.directory.mkdir(parents=True, mode=0o700)
    before = os.umask(umask)
    try:
        cache.get()
    finally:
        os.umask(before)
    assert stat.S_IMODE(cache.file.stat().st_mode) == 0o600


def test_the_directories_that_are_made_are_of_the_user_alone(cache: Cache) -> None:
    before = os.umask(0)
    try:
        cache.get()
    finally:
        os.umask(before)
    assert {stat.S_IMODE(path.stat().st_mode) for path in (cache.directory, cache.directory.parent)} == {0o700}


def test_nothing_but_the_token_and_the_lock_is_left(cache: Cache) -> None:
    cache.get()
    assert cache.names == {"lock", cache.file.name}


def test_reading_removes_nothing(cache: Cache) -> None:
    """Between the look at an expired token and its removal another process may have put a new one there."""
    cache.get()
    cache.clock.time += 1000

    def refused() -> Answer:
        raise Unreachable("no", "no_answer")

    cache.request = refused  # type: ignore[method-assign]
    with pytest.raises(Unreachable):
        cache.get()
    assert cache.names == {"lock", cache.file.name}


def test_keeping_a_token_clears_away_what_has_expired_and_what_was_abandoned(cache: Cache) -> None:
    cache.get(key="a" * 64)
    cache.clock.time += 500
    cache.get(key="b" * 64)
    hour = cache.clock.time - 3600
    for name, modified in {
        ".%s.%s" % ("c" * 64, "0" * 16): hour - 600,
        ".%s.%s" % ("d" * 64, "0" * 16): hour + 600,
        "notes.json": hour,
    }.items():
        (cache.directory / name).write_text("x")
        os.utime(cache.directory / name, (modified, modified))
    cache.clock.time += 500
    cache.get()
    assert cache.names == {
        "lock",
        cache.file.name,
        "b" * 64 + ".json",
        ".%s.%s" % ("d" * 64, "0" * 16),
        "notes.json",
    }


def test_a_token_from_the_future_is_not_used(cache: Cache) -> None:
    """The clock was wrong when it was kept, so nobody knows when it expires."""
    cache.get()
    cache.clock.time -= 3600
    assert cache.token() == "token-2"


# keys


def test_a_key_depends_on_all_that_it_is_made_of_and_shows_nothing_of_it() -> None:
    material = {"client_id": "a", "credential": ["hush-hush"], "scope": None}
    assert cache_key(material) == cache_key(dict(reversed(material.items())))
    assert cache_key(material) != cache_key({**material, "scope": []})
    assert len(cache_key(material)) == 64
    assert set(cache_key(material)) <= set("0123456789abcdef")


def test_a_key_costs_so_much_that_nobody_finds_a_secret_by_trying(monkeypatch: pytest.MonkeyPatch) -> None:
    """600,000 rounds are what OWASP recommends for passwords."""
    real, rounds = token_cache.hashlib.pbkdf2_hmac, []

    def counted(name: str, text: bytes, salt: bytes, iterations: int) -> bytes:
        rounds.append((name, iterations))
        return real(name, text, salt, 1)

    monkeypatch.setattr(token_cache.hashlib, "pbkdf2_hmac", counted)
    cache_key({"a": 1})
    assert rounds == [("sha256", 600_000)]


# where


@pytest.mark.parametrize(
    ("environ", "directory"),
    [
        ({"HOME": "/home/me"}, "/home/me/.cache/community.auth0"),
        ({"HOME": "/home/me", "XDG_CACHE_HOME": "/var/me"}, "/var/me/community.auth0"),
        ({"XDG_CACHE_HOME": "/var/me"}, "/var/me/community.auth0"),
        ({"HOME": "/home/me", "XDG_CACHE_HOME": "relative"}, "/home/me/.cache/community.auth0"),
        ({"HOME": "/home/me", "XDG_CACHE_HOME": ""}, "/home/me/.cache/community.auth0"),
    ],
)
def test_the_directory_is_where_the_xdg_specification_says(environ: dict[str, str], directory: str) -> None:
    assert directory_from(environ) == directory


@pytest.mark.parametrize("environ", [{}, {"HOME": ""}, {"HOME": "~"}, {"XDG_CACHE_HOME": "here"}])
def test_without_a_home_there_is_none(environ: dict[str, str]) -> None:
    with pytest.raises(CacheUnusable, match="HOME"):
        directory_from(environ)


# what may be in the way

Spoil = Callable[[Cache], object]


def relinked(cache: Cache) -> None:
    elsewhere = cache.file.rename(cache.directory / "elsewhere")
    cache.file.symlink_to(elsewhere)


def replaced(content: bytes) -> Spoil:
    return lambda cache: cache.file.write_bytes(content)


def edited(**changes: Any) -> Spoil:
    return lambda cache: cache.file.write_text(json.dumps({**json.loads(cache.file.read_text()), **changes}))


def by_a_pipe(cache: Cache) -> None:
    cache.file.unlink()
    os.mkfifo(cache.file, 0o600)


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(relinked, id="a symbolic link to the token"),
        pytest.param(lambda cache: cache.file.chmod(0o640), id="its group can read it"),
        pytest.param(lambda cache: cache.file.chmod(0o602), id="others can write it"),
        pytest.param(lambda cache: cache.file.chmod(0o700), id="it can be run"),
        pytest.param(by_a_pipe, id="a named pipe"),
        pytest.param(replaced(b""), id="empty"),
        pytest.param(replaced(b"{"), id="cut short"),
        pytest.param(replaced(b"\xff\xfe\x00"), id="no text"),
        pytest.param(replaced(b"[]"), id="a list"),
        pytest.param(replaced(b"[" * 200_000), id="very deep"),
        pytest.param(replaced(b" " * 2**20 + b"{}"), id="very long"),
        pytest.param(edited(key="f" * 64), id="for something else"),
        pytest.param(edited(answer=None), id="without a token"),
        pytest.param(edited(answer={}), id="without an access token"),
        pytest.param(edited(answer={"access_token": ["t"]}), id="a list of tokens"),
        pytest.param(edited(answer={"access_token": "t", "scope": ["a"]}), id="a list of scopes"),
        pytest.param(edited(expires_at="never"), id="without an end"),
        pytest.param(edited(expires_at=10**30), id="without an end that anybody lives to see"),
        pytest.param(edited(requested_at=None), id="without a beginning"),
        pytest.param(edited(answer={"access_token": ""}), id="an empty access token"),
    ],
)
def test_a_file_that_is_not_the_users_own_whole_token_is_ignored_and_replaced(cache: Cache, spoil: Spoil) -> None:
    cache.get()
    spoil(cache)
    assert cache.get()[1] is False
    assert stat.S_ISREG(cache.file.lstat().st_mode)
    assert cache.get() == ({"access_token": "token-2", **cache.answer}, True)


def test_a_file_of_another_user_is_ignored(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.get()
    size = cache.file.stat().st_size
    owned_by(monkeypatch, "fstat", lambda status: stat.S_ISREG(status.st_mode) and status.st_size == size)
    assert cache.token() == "token-2"


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([0, 1, 999, 10**30, 10**400, 1e308, -1.5])
    | st.integers(Clock().time - LONGEST_LIFETIME, Clock().time + LONGEST_LIFETIME)
    | st.floats()
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)
ANSWER = {"access_token": "t", "token_type": "Bearer", "scope": "a"}
GOOD = {
    "key": "0123456789abcdef" * 4,
    "requested_at": Clock().time,
    "expires_at": Clock().time + 1000,
    "answer": ANSWER,
}
MOMENTS = st.integers(Clock().time - 1500, Clock().time + 1500)
#: What takes the place of something in a good entry.
CHANGES = st.one_of(
    st.fixed_dictionaries({}, optional={"requested_at": MOMENTS, "expires_at": MOMENTS}),
    *(st.fixed_dictionaries({name: VALUES}) for name in GOOD),
    *(VALUES.map(lambda value, name=name: {"answer": {**ANSWER, name: value}}) for name in ANSWER),
)
CONTENTS = st.binary(max_size=300) | st.one_of(VALUES, CHANGES.map(lambda changes: GOOD | changes)).map(
    lambda value: json.dumps(value).encode()
)


@given(CONTENTS, st.integers(0, 1500), st.none() | st.floats(Clock().time - 10, Clock().time + 10))
@example(json.dumps({**GOOD, "expires_at": 10**30}).encode(), 300, None)
@example(json.dumps({**GOOD, "expires_at": Clock().time + LONGEST_LIFETIME + 61}).encode(), 300, None)
@example(json.dumps({**GOOD, "requested_at": 10**400, "expires_at": 10**400 + 1}).encode(), 300, None)
@example(json.dumps({**GOOD, "requested_at": 1.5, "expires_at": 10**400}).encode(), 300, None)
@example(json.dumps({**GOOD, "requested_at": float("nan")}).encode(), 300, None)
@example(json.dumps({**GOOD, "expires_at": True}).encode(), 0, None)
@example(json.dumps({**GOOD, "requested_at": Clock().time + 30}).encode(), 0, Clock().time)
@example(json.dumps(GOOD).encode(), 1001, None)
def test_whatever_a_file_holds_what_is_read_is_a_token_that_will_do(
    content: bytes, min_lifetime: int, since: float | None
) -> None:
    """Nothing else comes out, nothing fails, and it is the token that the file holds, within the life that it gives."""
    with tempfile.TemporaryDirectory() as home:
        cache = Cache(Path(home))
        cache.directory.mkdir(parents=True, mode=0o700)
        cache.file.touch(mode=0o600)
        cache.file.write_bytes(content)
        with TokenCache(str(cache.directory), cache.warnings.append, cache.clock.now) as opened:
            found = opened.read(cache.key, CachePolicy(min_lifetime, since, patience=10))
        assert cache.file.read_bytes() == content
    assert cache.warnings == []
    if found is None:
        return
    entry = json.loads(content)
    now = cache.clock.time
    assert (entry["key"], entry["answer"]["access_token"]) == (cache.key, found["access_token"])
    assert all(isinstance(found[name], str) for name in ANSWER if name in found)
    assert found["access_token"]
    assert is_whole(found["expires_in"])
    assert min_lifetime <= entry["expires_at"] - now <= LONGEST_LIFETIME + 60
    assert found["expires_in"] == int(entry["expires_at"] - now)
    assert since is None or since <= entry["requested_at"] <= now


def test_what_a_link_points_to_is_never_written(cache: Cache, tmp_path: Path) -> None:
    target = tmp_path / "precious"
    target.write_text("as it was")
    cache.directory.mkdir(parents=True, mode=0o700)
    cache.file.symlink_to(target)
    cache.get()
    assert target.read_text() == "as it was"


ELSEWHERE = "Or set XDG_CACHE_HOME to a directory of this user alone, or leave cache out."


def warned_twice(cache: Cache, *words: str) -> None:
    """Two tokens are got, with one warning each that holds these words, and says what can be done in any case."""
    assert [cache.get()[1], cache.get()[1]] == [False, False]
    assert [[word in warning for word in words] for warning in cache.warnings] == [[True] * len(words)] * 2
    assert all(warning.endswith(f". {ELSEWHERE}") for warning in cache.warnings)
    cache.warnings.clear()


def unusable(cache: Cache, reason: str) -> None:
    """Two tokens are got, with one warning each that tells the reason for which the cache cannot be used."""
    warned_twice(cache, "The cache for tokens cannot be used, so a token is requested each time: ", reason)


def not_kept(cache: Cache, reason: str) -> None:
    """Two tokens are got, with one warning each that tells the reason for which it could not be kept."""
    words = "The token could not be kept, so the next task requests another one: "
    warned_twice(cache, f"{words}{cache.directory}: {reason}. Make room there, or fix what is in the way.")


def locked_out(cache: Cache, reason: str) -> None:
    """A token is got, with a warning that tells the reason for which there was no lock; and kept all the same."""
    assert cache.token() == "token-1"
    assert cache.token() == "token-1"
    (warning,) = cache.warnings
    assert warning.startswith(
        "The cache for tokens cannot be locked, so processes that need the same token at the same time "
        f"request one each: {cache.directory}/lock: "
    )
    assert reason in warning
    assert warning.endswith(f". {ELSEWHERE}")
    cache.warnings.clear()


@pytest.mark.parametrize("mode", [0o750, 0o701, 0o722])
def test_a_directory_that_is_open_to_others_is_not_used(cache: Cache, mode: int) -> None:
    cache.get()
    cache.directory.chmod(mode)
    unusable(cache, "is open to others. Take their rights away: chmod 700.")


def test_a_directory_of_another_user_is_not_used(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.get()
    owned_by(monkeypatch, "fstat", lambda status: stat.S_ISDIR(status.st_mode))
    unusable(cache, "belongs to another user")


def test_a_link_to_a_directory_is_not_used(cache: Cache, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir(mode=0o700)
    cache.directory.parent.mkdir()
    cache.directory.symlink_to(tmp_path / "real")
    unusable(cache, "is a symbolic link")
    assert list((tmp_path / "real").iterdir()) == []


def test_nothing_is_made_in_the_home_of_another_user(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    owned_by(monkeypatch, "stat", lambda status: True)
    unusable(cache, "belongs to another user")
    monkeypatch.undo()
    assert not cache.directory.parent.exists()


def test_a_file_in_place_of_the_directory_is_told(cache: Cache) -> None:
    cache.directory.parent.mkdir()
    cache.directory.write_text("")
    unusable(cache, "Not a directory")


def test_a_home_that_cannot_be_written_is_told(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_directory.os, "mkdir", failing(errno.EROFS))
    unusable(cache, "Read-only file system")


def test_a_user_without_a_home_is_told(cache: Cache) -> None:
    cache.environ.clear()
    unusable(cache, "Neither XDG_CACHE_HOME nor HOME")


def by_a_directory(path: Path) -> None:
    path.mkdir()


def by_a_link(path: Path) -> None:
    path.symlink_to("elsewhere")


@pytest.mark.parametrize("replace", [by_a_directory, by_a_link, os.mkfifo])
def test_without_a_lock_a_token_is_requested_and_that_is_told(cache: Cache, replace: Callable[[Path], Any]) -> None:
    cache.directory.mkdir(parents=True, mode=0o700)
    replace(cache.directory / "lock")
    locked_out(cache, "Remove what is in the way, or use a file system that can lock.")
    assert not (cache.directory / "elsewhere").exists()


def test_without_fcntl_a_token_is_requested_and_that_is_told(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_lock, "fcntl", None)
    locked_out(cache, "this system has no fcntl")


def test_a_file_system_that_cannot_lock_is_told(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_lock.fcntl, "lockf", failing(errno.ENOLCK))
    locked_out(cache, "No locks available. Remove what is in the way, or use a file system that can lock.")


@pytest.mark.parametrize("step", ["rename", "utime", "fchmod"])
def test_a_token_that_cannot_be_kept_is_returned_all_the_same(
    cache: Cache, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    monkeypatch.setattr(cache_directory.os, step, failing(errno.ENOSPC))
    not_kept(cache, "No space left on device")
    assert cache.requested == 2
    assert cache.names == {"lock"}


@pytest.mark.parametrize("no_room", [True, False])
def test_a_new_token_that_cannot_be_kept_leaves_no_old_one_behind(
    cache: Cache, monkeypatch: pytest.MonkeyPatch, no_room: bool
) -> None:
    """Who asked for another one had a reason, and the next task is said to request its own."""
    cache.get()
    cache.clock.time += 1
    if no_room:
        monkeypatch.setattr(cache_directory.os, "rename", failing(errno.ENOSPC))
    else:
        cache.answer["expires_in"] = None
    assert cache.token(since=cache.clock.time) == "token-2"
    assert cache.token() == "token-3"
    assert ["The token could not be kept, so the next" in warning for warning in cache.warnings] == [True, True]
    cache.warnings.clear()


def test_no_lock_and_no_room_are_two_warnings(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_lock, "fcntl", None)
    monkeypatch.setattr(cache_directory.os, "rename", failing(errno.ENOSPC))
    cache.get()
    lock, kept = cache.warnings
    assert lock.startswith("The cache for tokens cannot be locked")
    assert kept.startswith("The token could not be kept")
    cache.warnings.clear()


def test_a_directory_that_vanishes_meanwhile_does_not_matter(cache: Cache) -> None:
    real = cache.request

    def vanishing() -> Answer:
        shutil.rmtree(cache.directory)
        return real()

    cache.request = vanishing  # type: ignore[method-assign]
    not_kept(cache, "No such file or directory")


def test_a_refusal_passes_through_and_lets_the_next_one_try(cache: Cache) -> None:
    real = cache.request

    def refused() -> Answer:
        raise Unreachable("no", "no_answer")

    cache.request = refused  # type: ignore[method-assign]
    with pytest.raises(Unreachable):
        cache.get()
    cache.request = real  # type: ignore[method-assign]
    assert cache.token() == "token-1"


# together with other processes

HOLD = """
import fcntl, os, sys
file = os.open(sys.argv[1], os.O_RDWR)
fcntl.lockf(file, fcntl.LOCK_EX, 1, int(sys.argv[2]))
print("held", flush=True)
sys.stdin.read()
"""


Holding = Callable[[str], subprocess.Popen[str]]


@pytest.fixture
def holding(cache: Cache) -> Iterator[Holding]:
    """Starts another process that holds the lock of a key until its input is closed."""
    cache.directory.mkdir(parents=True, mode=0o700)
    (cache.directory / "lock").touch(mode=0o600)
    with contextlib.ExitStack() as running:

        def hold(key: str) -> subprocess.Popen[str]:
            command = [sys.executable, "-c", HOLD, str(cache.directory / "lock"), str(int(key[:15], 16))]
            process = running.enter_context(
                subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            )
            assert process.stdout
            assert process.stdout.readline() == "held\n"
            return process

        yield hold


@pytest.fixture
def held(cache: Cache, holding: Holding) -> subprocess.Popen[str]:
    """Another process that holds the lock of the key until its input is closed."""
    return holding(cache.key)


@pytest.mark.parametrize("set_by", [0.0, 3600.0, -3600.0])
def test_who_waits_too_long_for_another_process_requests_a_token_all_the_same_whatever_the_time_is_set_to(
    cache: Cache, held: subprocess.Popen[str], set_by: float
) -> None:
    sleep = cache.clock.sleep

    def sleep_while_the_clock_is_set(seconds: float) -> None:
        cache.clock.time += set_by
        assert len(cache.clock.slept) < 1000
        sleep(seconds)

    cache.clock.sleep = sleep_while_the_clock_is_set  # type: ignore[method-assign]
    assert cache.token() == "token-1"
    assert sum(cache.clock.slept) == pytest.approx(10, abs=0.1)
    (warning,) = cache.warnings
    assert f"{cache.directory}/lock: another process has held it for 10 seconds. Raise auth0_timeout" in warning
    cache.warnings.clear()


def test_a_token_that_another_process_is_about_to_replace_is_not_cleared_away(cache: Cache, holding: Holding) -> None:
    replaced, forgotten = "b" * 64, "c" * 64
    for key in (replaced, forgotten):
        cache.get(key=key)
    cache.clock.time += 1000
    process = holding(replaced)
    cache.get()
    assert cache.names == {"lock", cache.file.name, f"{replaced}.json"}
    process.communicate()
    cache.get(key=forgotten)
    assert cache.names == {"lock", cache.file.name, f"{forgotten}.json"}


def test_a_token_that_another_process_has_just_replaced_is_not_cleared_away(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It had expired when this process looked, and is new when its lock is had."""
    other = cache.directory / ("b" * 64 + ".json")
    cache.get(key="b" * 64)
    cache.clock.time += 1000
    real, later = cache_lock.fcntl.lockf, cache.clock.time + 1000

    def lockf(file: int, operation: int, length: int, byte: int) -> None:
        real(file, operation, length, byte)
        if byte == int("b" * 15, 16):
            os.utime(other, (later, later))

    monkeypatch.setattr(cache_lock.fcntl, "lockf", lockf)
    cache.get()
    assert other.exists()


def test_clearing_away_leaves_the_key_locked_until_all_is_done(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even when the token has expired by then: unlocking it as what is cleared away would let others in."""
    cache.get(key="b" * 64)
    real, request, unlocked = cache_lock.fcntl.lockf, cache.request, []

    def slow() -> Answer:
        cache.clock.time += 1000
        return request()

    def lockf(file: int, operation: int, length: int, byte: int) -> None:
        real(file, operation, length, byte)
        if operation == fcntl.LOCK_UN:
            unlocked.append(byte)

    monkeypatch.setattr(cache_lock.fcntl, "lockf", lockf)
    cache.request = slow  # type: ignore[method-assign]
    cache.get()
    assert unlocked == [int("b" * 15, 16)]


def test_who_waits_for_another_process_takes_the_token_that_it_has_kept(
    cache: Cache, held: subprocess.Popen[str]
) -> None:
    other = Cache(Path(cache.environ["HOME"]))
    other.get(key="e" * 64)
    entry = json.loads((cache.directory / ("e" * 64 + ".json")).read_text())

    def sleep(seconds: float) -> None:
        cache.file.write_text(json.dumps({**entry, "key": cache.key}))
        cache.file.chmod(0o600)
        held.communicate()

    cache.clock.sleep = sleep  # type: ignore[method-assign]
    assert cache.get()[1] is True
    assert cache.requested == 0


def test_another_key_need_not_wait(cache: Cache, held: subprocess.Popen[str]) -> None:
    cache.get(key="f" * 64)
    assert cache.clock.slept == []
