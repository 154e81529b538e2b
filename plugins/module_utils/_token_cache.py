# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Access tokens in files that only their owner can read, so that tasks, hosts and runs share them.

Knows no Ansible and no HTTP. A cache that cannot be used, for whatever reason, is a warning and never a failure: the
token is requested as it would be without one.
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


class CacheUnusable(Exception):
    """Why no token can be kept; for a warning."""


@dataclasses.dataclass(frozen=True)
class Use:
    """How a task uses the cache.

    min_lifetime: seconds for which a token from it has to be valid still. refresh: request another one even so.
    patience: seconds to wait for another process that requests the same token.
    """

    min_lifetime: int
    refresh: bool
    patience: float


def key_of(material: t.Mapping[str, t.Any]) -> str:
    """The name of a token: a hash of everything that it is made of, from which no part of that can be found.

    material: what JSON can hold. It includes the client's secret, so that a wrong one finds no token.
    """
    text = json.dumps(material, sort_keys=True).encode()
    return hashlib.pbkdf2_hmac("sha256", text, _SALT, ITERATIONS).hex()


def directory_from(environ: t.Mapping[str, str]) -> str:
    """Where this user's tokens are kept: below $XDG_CACHE_HOME if that is an absolute path, else below ~/.cache.

    Raises CacheUnusable for a user without a home.
    """
    base = environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(base):
        home = environ.get("HOME", "")
        if not os.path.isabs(home):
            raise CacheUnusable("neither XDG_CACHE_HOME nor HOME is an absolute path")
        base = os.path.join(home, ".cache")
    return os.path.join(base, "community.auth0")


def cached_answer(
    environ: t.Mapping[str, str],
    key: str,
    use: Use,
    request: t.Callable[[], Answer],
    warn: t.Callable[[str], object],
    now: t.Callable[[], float] = time.time,
    sleep: t.Callable[[float], None] = time.sleep,
) -> tuple[Answer, bool]:
    """The token of that key, from the cache, or requested and then kept; and whether it comes from the cache.

    request: gets a token; what it raises passes through. warn: gets at most one sentence, about a cache that cannot be
    used. Of processes that need the same token at the same time one requests it, while the others wait.
    """
    troubles: list[str] = []
    try:
        with TokenCache(directory_from(environ), troubles.append, now, sleep) as cache:
            return cache.get_or_request(key, use, request)
    except CacheUnusable as unusable:
        troubles.append(str(unusable))
        return request(), False
    finally:
        if troubles:
            warn("The cache for tokens cannot be used, so that one is requested each time: %s." % troubles[0])


class TokenCache:
    """The tokens of this user, a file each.

    Opens the directory, making it where it is missing. Everything happens relative to the open directory, so that
    exchanging it afterwards changes nothing. tell: gets the reasons for which a token could not be kept.
    Raises CacheUnusable when the directory is not of this user alone.
    """

    def __init__(
        self,
        path: str,
        tell: t.Callable[[str], object],
        now: t.Callable[[], float] = time.time,
        sleep: t.Callable[[float], None] = time.sleep,
    ) -> None:
        self._path = path
        self._tell = tell
        self._now = now
        self._sleep = sleep
        try:
            self._directory = _opened(path)
        except OSError as error:
            raise CacheUnusable(_reason(path, error)) from None

    def __enter__(self) -> TokenCache:
        return self

    def __exit__(self, *dummy: object) -> None:
        os.close(self._directory)

    def get_or_request(self, key: str, use: Use, request: t.Callable[[], Answer]) -> tuple[Answer, bool]:
        """See ``cached_answer``."""
        found = None if use.refresh else self.read(key, use.min_lifetime)
        if found is not None:
            return found, True
        with self._locked(key, use.patience):
            found = None if use.refresh else self.read(key, use.min_lifetime)
            if found is not None:
                return found, True
            started = self._now()
            answer = request()
            try:
                self._write(key, answer, int(started))
                self._prune()
            except OSError as error:
                self._tell(_reason(self._path, error))
        return answer, False

    def read(self, key: str, min_lifetime: int) -> Answer | None:
        """The token of that key, if it is there, this user's own, in one piece, and valid for long enough."""
        name = _file(key)
        entry = _parsed(self._content(name), key)
        if entry is None:
            return None
        issued, expires, answer = entry
        now = self._now()
        if expires <= now:
            self._remove(name)
            return None
        if expires - now < min_lifetime or issued > now + _CLOCK_SKEW_SECONDS:
            return None
        return {**answer, "expires_in": int(expires - now)}

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

    def _write(self, key: str, answer: Answer, issued: int) -> None:
        lifetime = answer.get("expires_in")
        if not isinstance(lifetime, int) or lifetime <= 0:
            return  # nobody knows for how long it may be used
        expires = issued + lifetime
        kept = {name: answer[name] for name in ("access_token", "token_type", "scope") if name in answer}
        entry = {"key": key, "issued_at": issued, "expires_at": expires, "answer": kept}
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

    def _prune(self) -> None:
        """Remove tokens that have expired, and what an interrupted process has left."""
        now = self._now()
        for name in os.listdir(self._directory):
            if not _TOKEN_FILE.fullmatch(name) and not _TEMPORARY_FILE.fullmatch(name):
                continue
            grace = 0 if _TOKEN_FILE.fullmatch(name) else _ABANDONED_SECONDS
            with contextlib.suppress(OSError):
                status = os.stat(name, dir_fd=self._directory, follow_symlinks=False)
                if status.st_mtime + grace <= now:
                    self._remove(name)

    def _remove(self, name: str) -> None:
        with contextlib.suppress(OSError):
            os.unlink(name, dir_fd=self._directory)

    @contextlib.contextmanager
    def _locked(self, key: str, patience: float) -> t.Iterator[None]:
        """Alone with that key among the processes of this user; after some patience, or without locks, not alone."""
        file = None
        try:
            file = self._lock_file()
            self._wait_for(file, key, patience)
        except OSError as error:
            self._tell(_reason(self._path, error))
        try:
            yield
        finally:
            if file is not None:
                os.close(file)

    def _lock_file(self) -> int:
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK
        file = os.open(_LOCK_FILE, flags, 0o600, dir_fd=self._directory)
        if _own_file(os.fstat(file)):
            return file
        os.close(file)
        raise OSError(errno.EPERM, "%s is not a file of this user" % _LOCK_FILE)

    def _wait_for(self, file: int, key: str, patience: float) -> None:
        """Lock the byte of one file that stands for a key: a lock file for each would have to be cleared away."""
        if fcntl is None:
            raise OSError(errno.ENOLCK, "this system has no fcntl")
        byte = int(key[:15], 16)
        deadline = self._now() + patience
        while True:
            try:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, byte)
                return
            except (BlockingIOError, PermissionError):
                if self._now() >= deadline:
                    return  # rather one token too many than a queue behind a tenant that does not answer
                self._sleep(_POLL_SECONDS)


def _file(key: str) -> str:
    return key + ".json"


def _own_file(status: os.stat_result) -> bool:
    return stat.S_ISREG(status.st_mode) and status.st_uid == os.geteuid()


def _parsed(content: bytes, key: str) -> tuple[int, int, Answer] | None:
    """When the token of that key was issued, when it expires, and the token; None for anything else."""
    try:
        entry = json.loads(content)
    except (ValueError, RecursionError):
        return None
    if not isinstance(entry, dict) or entry.get("key") != key or not isinstance(entry.get("answer"), dict):
        return None
    answer, issued, expires = entry["answer"], entry.get("issued_at"), entry.get("expires_at")
    texts = [answer.get("access_token"), answer.get("token_type", ""), answer.get("scope", "")]
    if not all(isinstance(text, str) for text in texts):
        return None
    return (issued, expires, answer) if isinstance(issued, int) and isinstance(expires, int) else None


def _opened(path: str) -> int:
    """A descriptor of the directory. Raises OSError, or CacheUnusable when it is not of this user alone."""
    if not os.path.lexists(path):
        _make(path)
    if os.path.islink(path):
        raise CacheUnusable("%s is a symbolic link" % path)
    directory = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    status = os.fstat(directory)
    problem = None
    if status.st_uid != os.geteuid():
        problem = "belongs to another user"
    elif status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        problem = "is open to others; take their rights away: chmod 700"
    if problem:
        os.close(directory)
        raise CacheUnusable("%s %s" % (path, problem))
    return directory


def _make(path: str) -> None:
    parent = os.path.dirname(path)
    there = parent
    while not os.path.exists(there):
        there = os.path.dirname(there)
    if os.stat(there).st_uid not in (os.geteuid(), 0):
        # As with sudo, which may leave HOME as it was: what is made now would be in that user's way for ever.
        raise CacheUnusable("%s belongs to another user" % there)
    os.makedirs(parent, mode=0o700, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        os.mkdir(path, 0o700)


def _reason(path: str, error: OSError) -> str:
    return "%s: %s" % (path, error.strerror or error)
