# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Access tokens in files that only their owner can read, so that tasks, hosts and runs share them.

Knows no Ansible and no HTTP. A cache that cannot be used, for whatever reason, is a warning and never a failure: the
token is requested as it would be without one. Reading removes nothing, and what has expired is only removed under the
lock of its key: between a look at a file and its removal another process may have put a new token there.
"""

from __future__ import annotations

import contextlib
import dataclasses
import errno
import hashlib
import json
import os
import re
import secrets
import stat
import time
import typing as t

try:
    import fcntl
except ImportError:  # not on every system
    fcntl = None  # type: ignore[assignment]

#: What the token endpoint answers: access_token, token_type, expires_in (seconds) and, where there is any, scope.
Answer = dict[str, t.Any]
#: The longest that Auth0 lets a token live, in seconds (documented).
LONGEST_LIFETIME = 2_592_000

#: How often the hash runs that makes a key. Secrets of Auth0 cannot be guessed, those that people make up can: this
#: makes it dear (a tenth of a second each) to find one by trying, for somebody who has the name of a file.
ITERATIONS = 600_000
_SALT = b"community.auth0 token cache, version 1"
_LONGEST_FILE = 2**20
_ABANDONED_SECONDS = 3600
_CLOCK_SKEW_SECONDS = 60
_POLL_SECONDS = 0.05
_TOKEN_FILE = re.compile(r"[0-9a-f]{64}\.json")
_TEMPORARY_FILE = re.compile(r"\.[0-9a-f]{64}\.[0-9a-f]{16}")
_LOCK_FILE = "lock"
#: Moments beyond this are none; no double tells its seconds apart.
_LATEST = 2**53
#: What can be done about every trouble.
_ELSEWHERE = "Or set XDG_CACHE_HOME to a directory of this user alone, or leave cache out."


class CacheUnusable(Exception):
    """Where no token can be kept, why, and what to do about it; for a warning."""


@dataclasses.dataclass(frozen=True)
class CachePolicy:
    """Which token of the cache will do, and for how long to wait for it.

    min_lifetime: seconds for which it has to be valid still. requested_since: seconds since the epoch, before which it
    must not have been requested; None for any time. patience: seconds to wait for another process that requests the
    same token.
    """

    min_lifetime: int
    requested_since: float | None
    patience: float


def cache_key(material: t.Mapping[str, t.Any]) -> str:
    """The name of a token: a hash of everything that it is made of, from which no part of that can be found.

    material: what JSON can hold. It includes the client's secret, so that a wrong one finds no token.
    """
    text = json.dumps(material, sort_keys=True).encode()
    return hashlib.pbkdf2_hmac("sha256", text, _SALT, ITERATIONS).hex()


def lifetime_of(answer: Answer) -> int | None:
    """The seconds for which a token is valid from its issue on; None where the answer does not say it credibly."""
    lifetime = answer.get("expires_in")
    credible = isinstance(lifetime, int) and not isinstance(lifetime, bool) and 0 < lifetime <= LONGEST_LIFETIME
    return lifetime if credible else None


def directory_from(environ: t.Mapping[str, str]) -> str:
    """Where this user's tokens are kept: below $XDG_CACHE_HOME if that is an absolute path, else below ~/.cache.

    Raises CacheUnusable for a user without a home.
    """
    base = environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(base):
        home = environ.get("HOME", "")
        if not os.path.isabs(home):
            raise CacheUnusable("Neither XDG_CACHE_HOME nor HOME is an absolute path. %s" % _ELSEWHERE)
        base = os.path.join(home, ".cache")
    return os.path.join(base, "community.auth0")


def cached_answer(
    environ: t.Mapping[str, str],
    key: str,
    policy: CachePolicy,
    request: t.Callable[[], Answer],
    warn: t.Callable[[str], object],
    now: t.Callable[[], float] = time.time,
    sleep: t.Callable[[float], None] = time.sleep,
    monotonic: t.Callable[[], float] = time.monotonic,
) -> tuple[Answer, bool]:
    """The token of that key, from the cache, or requested and then kept; and whether it comes from the cache.

    request: gets a token; what it raises passes through. warn: gets a text each when the cache cannot be used, when the
    lock cannot be had, and when the token cannot be kept: what it means, where and why that is, and what to do.
    Of processes that need the same token at the same time one requests it, while the others wait.
    now, sleep, monotonic: the clocks (seconds); the second one for waiting, which nobody sets.
    """
    try:
        cache = TokenCache(directory_from(environ), warn, now, sleep, monotonic)
    except CacheUnusable as unusable:
        warn("The cache for tokens cannot be used, so that one is requested each time: %s" % unusable)
        return request(), False
    with cache:
        return cache.get_or_request(key, policy, request)


class TokenCache:
    """The tokens of this user, a file each.

    Opens the directory, making it where it is missing. Everything happens relative to the open directory, so that
    exchanging it afterwards changes nothing. See ``cached_answer`` for warn and the clocks.
    Raises CacheUnusable when the directory is not of this user alone.
    """

    def __init__(
        self,
        path: str,
        warn: t.Callable[[str], object],
        now: t.Callable[[], float] = time.time,
        sleep: t.Callable[[float], None] = time.sleep,
        monotonic: t.Callable[[], float] = time.monotonic,
    ) -> None:
        self._path = path
        self._warn = warn
        self._now = now
        self._sleep = sleep
        self._monotonic = monotonic
        try:
            self._directory = _opened(path)
        except OSError as error:
            raise CacheUnusable("%s: %s. %s" % (path, error.strerror or error, _ELSEWHERE)) from None

    def __enter__(self) -> TokenCache:
        return self

    def __exit__(self, *dummy: object) -> None:
        os.close(self._directory)

    def get_or_request(self, key: str, policy: CachePolicy, request: t.Callable[[], Answer]) -> tuple[Answer, bool]:
        """See ``cached_answer``."""
        found = self.read(key, policy)
        if found is not None:
            return found, True
        with self._locked(key, policy.patience) as lock:
            # Whom this one has waited for may have requested just that.
            found = self.read(key, policy)
            if found is not None:
                return found, True
            started = self._now()
            answer = request()
            self._keep(key, answer, started)
            if lock is not None:
                self._prune(lock, key)
        return answer, False

    def read(self, key: str, policy: CachePolicy) -> Answer | None:
        """The token of that key, if it is there, this user's own, in one piece, and will do."""
        entry = _parsed(self._content(_file(key)), key)
        if entry is None:
            return None
        requested, expires, answer = entry
        now = self._now()
        if expires <= now or expires - now < policy.min_lifetime or requested > now + _CLOCK_SKEW_SECONDS:
            return None
        if policy.requested_since is not None and not policy.requested_since <= requested <= now:
            return None
        return {**answer, "expires_in": int(expires - now)}

    def _keep(self, key: str, answer: Answer, requested: float) -> None:
        lifetime = lifetime_of(answer)
        problem = None
        if lifetime is None:
            problem = (
                "the answer with it does not say for how long it is valid (expires_in is no whole number from 1 to "
                "%d). Is auth0_domain really an Auth0 tenant?" % LONGEST_LIFETIME
            )
        else:
            try:
                self._write(key, answer, requested, int(requested) + lifetime)
            except OSError as error:
                problem = "%s: %s. Make room there, or mend what is in the way. %s" % (
                    self._path,
                    error.strerror or error,
                    _ELSEWHERE,
                )
        if problem:
            # What this one was to replace must not come back in its place.
            self._remove(_file(key))
            self._warn("The token could not be kept, so that the next task requests another one: %s" % problem)

    def _content(self, name: str) -> bytes:
        """What a file holds; nothing if it is missing, or not a file that this user alone can read and write."""
        try:
            # Not waiting, as a named pipe would make it.
            file = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=self._directory)
        except OSError:
            return b""
        try:
            status = os.fstat(file)
            if not _own_file(status) or stat.S_IMODE(status.st_mode) != 0o600:
                return b""
            with open(file, "rb", closefd=False) as opened:
                return opened.read(_LONGEST_FILE)
        except OSError:
            return b""
        finally:
            os.close(file)

    def _write(self, key: str, answer: Answer, requested: float, expires: int) -> None:
        kept = {name: answer[name] for name in ("access_token", "token_type", "scope") if name in answer}
        entry = {"key": key, "requested_at": requested, "expires_at": expires, "answer": kept}
        temporary = ".%s.%s" % (key, secrets.token_hex(8))
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        file = os.open(temporary, flags, 0o600, dir_fd=self._directory)
        try:
            with open(file, "wb") as opened:
                os.fchmod(file, 0o600)  # whatever the umask is
                opened.write(json.dumps(entry).encode())
                opened.flush()
                # Tells without reading when it can be removed.
                os.utime(file, (expires, expires))
            os.rename(temporary, _file(key), src_dir_fd=self._directory, dst_dir_fd=self._directory)
        except BaseException:
            self._remove(temporary)
            raise

    def _prune(self, lock: int, own: str) -> None:
        """Remove tokens that have expired, and what an interrupted process has left; what cannot be removed stays.

        A token only while its key is locked, since another process may be about to replace it.
        """
        with contextlib.suppress(OSError):
            for name in os.listdir(self._directory):
                if _TEMPORARY_FILE.fullmatch(name) and self._is_older_than(_ABANDONED_SECONDS, name):
                    self._remove(name)
                elif _TOKEN_FILE.fullmatch(name) and name != _file(own) and self._is_older_than(0, name):
                    self._remove_expired(name, lock)

    def _remove_expired(self, name: str, lock: int) -> None:
        byte = _lock_byte(name)
        try:
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, byte)
        except OSError:
            return  # it is being replaced
        try:
            if self._is_older_than(0, name):
                self._remove(name)
        finally:
            fcntl.lockf(lock, fcntl.LOCK_UN, 1, byte)

    def _is_older_than(self, seconds: float, name: str) -> bool:
        """Whether a file's time, which is when its token expires, is so long past; not of what has vanished."""
        try:
            status = os.stat(name, dir_fd=self._directory, follow_symlinks=False)
        except OSError:
            return False
        return status.st_mtime + seconds <= self._now()

    def _remove(self, name: str) -> None:
        with contextlib.suppress(OSError):
            os.unlink(name, dir_fd=self._directory)

    @contextlib.contextmanager
    def _locked(self, key: str, patience: float) -> t.Iterator[int | None]:
        """Alone with that key among the processes of this user; after some patience, or without locks, not alone.

        Gives the descriptor by which keys are locked; None without locks.
        """
        file = None
        problem = None
        try:
            file = self._lock_file()
            if not self._wait_for(file, key, patience):
                # Rather one token too many than a queue behind a tenant that does not answer.
                problem = (
                    "another process has held it for %d seconds. Raise auth0_timeout where the tenant is slow to answer"
                    % patience
                )
        except OSError as error:
            problem = "%s. Remove what is in the way, or use a file system that can lock" % (error.strerror or error)
        if problem:
            self._warn(
                "The lock of the cache for tokens cannot be had, so that processes which need the same token at the "
                "same time request one each: %s: %s. %s" % (os.path.join(self._path, _LOCK_FILE), problem, _ELSEWHERE)
            )
        try:
            yield file
        finally:
            if file is not None:
                os.close(file)

    def _lock_file(self) -> int:
        if fcntl is None:
            raise OSError(errno.ENOLCK, "this system has no fcntl")
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK
        file = os.open(_LOCK_FILE, flags, 0o600, dir_fd=self._directory)
        if _own_file(os.fstat(file)):
            return file
        os.close(file)
        raise OSError(errno.EPERM, "it is not a plain file of this user")

    def _wait_for(self, file: int, key: str, patience: float) -> bool:
        """Lock the byte of one file that stands for a key: a lock file for each would have to be cleared away."""
        deadline = self._monotonic() + patience
        while True:
            try:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _lock_byte(key))
                return True
            except (BlockingIOError, PermissionError):
                if self._monotonic() >= deadline:
                    return False
                self._sleep(_POLL_SECONDS)


def _file(key: str) -> str:
    return key + ".json"


def _lock_byte(key: str) -> int:
    """The byte of the lock file that stands for a key, which may be followed by something."""
    return int(key[:15], 16)


def _own_file(status: os.stat_result) -> bool:
    return stat.S_ISREG(status.st_mode) and status.st_uid == os.geteuid()


def _parsed(content: bytes, key: str) -> tuple[float, float, Answer] | None:
    """When the token of that key was requested, when it expires, and the token; None for anything else."""
    try:
        entry = json.loads(content)
    except (ValueError, RecursionError):
        return None
    if not isinstance(entry, dict) or entry.get("key") != key or not isinstance(entry.get("answer"), dict):
        return None
    answer, requested, expires = entry["answer"], _moment(entry.get("requested_at")), _moment(entry.get("expires_at"))
    texts = [answer.get("access_token"), answer.get("token_type", ""), answer.get("scope", "")]
    if not all(isinstance(text, str) for text in texts) or not texts[0]:
        return None
    if requested is None or expires is None or not 0 < expires - requested <= LONGEST_LIFETIME:
        return None
    return requested, expires, answer


def _moment(value: t.Any) -> float | None:
    """Seconds since the epoch that can be compared with a clock; None for anything else."""
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return value if is_number and 0 <= value < _LATEST else None


def _opened(path: str) -> int:
    """A descriptor of the directory. Raises OSError, or CacheUnusable when it is not of this user alone."""
    if not os.path.lexists(path):
        _make(path)
    if os.path.islink(path):
        raise CacheUnusable("%s is a symbolic link. Put a directory in its place. %s" % (path, _ELSEWHERE))
    directory = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    status = os.fstat(directory)
    problem = None
    if status.st_uid != os.geteuid():
        problem = "belongs to another user."
    elif status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        problem = "is open to others. Take their rights away: chmod 700."
    if problem:
        os.close(directory)
        raise CacheUnusable("%s %s %s" % (path, problem, _ELSEWHERE))
    return directory


def _make(path: str) -> None:
    parent = os.path.dirname(path)
    there = parent
    while not os.path.exists(there):
        there = os.path.dirname(there)
    if os.stat(there).st_uid not in (os.geteuid(), 0):
        # As with sudo, which may leave HOME as it was: what is made now would be in that user's way for ever.
        raise CacheUnusable("%s belongs to another user. %s" % (there, _ELSEWHERE))
    os.makedirs(parent, mode=0o700, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        os.mkdir(path, 0o700)
