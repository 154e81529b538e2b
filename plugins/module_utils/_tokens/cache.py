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
import hashlib
import json
import re
import time
import typing as t

from .cache_directory import ELSEWHERE, CacheUnusable, OwnDirectory, directory_from
from .cache_lock import KeyLock, KeyLocks

#: What the token endpoint answers: access_token, token_type, expires_in (seconds) and, where there is any, scope.
Answer = dict[str, t.Any]
#: The longest that Auth0 lets a token live, in seconds (documented).
LONGEST_LIFETIME = 2_592_000

#: How often the hash runs that makes a key. Secrets of Auth0 cannot be guessed, those that people make up can: this
#: makes it dear (a tenth of a second each) to find one by trying, for somebody who has the name of a file.
ITERATIONS = 600_000
_SALT = b"community.auth0 token cache, version 1"
_ABANDONED_SECONDS = 3600
_CLOCK_SKEW_SECONDS = 60
_TOKEN_FILE = re.compile(r"[0-9a-f]{64}\.json")
_TEMPORARY_FILE = re.compile(r"\.[0-9a-f]{64}\.[0-9a-f]{16}")
#: Moments beyond this are none; no double distinguishes its seconds.
_LATEST = 2**53


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
    content = json.dumps(material, sort_keys=True).encode()
    return hashlib.pbkdf2_hmac("sha256", content, _SALT, ITERATIONS).hex()


def lifetime_of(answer: Answer) -> int | None:
    """The seconds for which a token is valid from its issue on; None where the answer does not say it credibly."""
    lifetime = answer.get("expires_in")
    credible = isinstance(lifetime, int) and not isinstance(lifetime, bool) and 0 < lifetime <= LONGEST_LIFETIME
    return lifetime if credible else None


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

    request: gets a token; what it raises passes through. warn: gets a sentence each when the cache cannot be used, when
    the lock cannot be had, and when the token cannot be kept: what it means, where and why that is, and what to do.
    Of processes that need the same token at the same time one requests it, while the others wait.
    now, sleep, monotonic: the clocks (seconds); the second one for waiting, which nobody sets.
    """
    try:
        cache = TokenCache(directory_from(environ), warn, now, sleep, monotonic)
    except CacheUnusable as unusable:
        warn("The cache for tokens cannot be used, so a token is requested each time: %s" % unusable)
        return request(), False
    with cache:
        return cache.get_or_request(key, policy, request)


class TokenCache:
    """The tokens of this user, a file each.

    Opens the directory at that path. See ``cached_answer`` for warn and the clocks.
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
        self._warn = warn
        self._now = now
        self._directory = OwnDirectory(path)
        self._locks = KeyLocks(self._directory, warn, sleep, monotonic)

    def __enter__(self) -> TokenCache:
        return self

    def __exit__(self, *dummy: object) -> None:
        self._directory.close()

    def get_or_request(self, key: str, policy: CachePolicy, request: t.Callable[[], Answer]) -> tuple[Answer, bool]:
        """See ``cached_answer``."""
        found = self.read(key, policy)
        if found is not None:
            return found, True
        with self._locks.locked(key, policy.patience) as lock:
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
        entry = _parsed(self._directory.content(_file(key)), key)
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
                problem = "%s: %s. Make room there, or fix what is in the way. %s" % (
                    self._directory.path,
                    error.strerror or error,
                    ELSEWHERE,
                )
        if problem:
            # What this one was to replace must not come back in its place.
            self._directory.remove(_file(key))
            self._warn("The token could not be kept, so the next task requests another one: %s" % problem)

    def _write(self, key: str, answer: Answer, requested: float, expires: int) -> None:
        kept = {name: answer[name] for name in ("access_token", "token_type", "scope") if name in answer}
        entry = {"key": key, "requested_at": requested, "expires_at": expires, "answer": kept}
        # The time of the file says without reading when it can be removed.
        self._directory.write(_file(key), json.dumps(entry).encode(), expires)

    def _prune(self, lock: KeyLock, own: str) -> None:
        """Remove tokens that have expired, and what an interrupted process has left; what cannot be removed stays.

        A token only while its key is locked, since another process may be about to replace it.
        """
        with contextlib.suppress(OSError):
            for name in self._directory.names():
                if _TEMPORARY_FILE.fullmatch(name) and self._is_older_than(_ABANDONED_SECONDS, name):
                    self._directory.remove(name)
                elif _TOKEN_FILE.fullmatch(name) and name != _file(own) and self._is_older_than(0, name):
                    with lock.other(name) as locked:  # otherwise it is being replaced
                        if locked and self._is_older_than(0, name):
                            self._directory.remove(name)

    def _is_older_than(self, seconds: float, name: str) -> bool:
        """Whether a file's time, which is when its token expires, is so long past; not of what has vanished."""
        modified = self._directory.modified(name)
        return modified is not None and modified + seconds <= self._now()


def _file(key: str) -> str:
    return key + ".json"


def _parsed(content: bytes, key: str) -> tuple[float, float, Answer] | None:
    """When the token of that key was requested, when it expires, and the token; None for anything else."""
    try:
        entry = json.loads(content)
    except (ValueError, RecursionError):
        return None
    if not isinstance(entry, dict) or entry.get("key") != key or not isinstance(entry.get("answer"), dict):
        return None
    answer, requested, expires = entry["answer"], _epoch(entry.get("requested_at")), _epoch(entry.get("expires_at"))
    strings = [answer.get("access_token"), answer.get("token_type", ""), answer.get("scope", "")]
    if not all(isinstance(one, str) for one in strings) or not strings[0]:
        return None
    if requested is None or expires is None or not 0 < expires - requested <= LONGEST_LIFETIME:
        return None
    return requested, expires, answer


def _epoch(value: t.Any) -> float | None:
    """Seconds since the epoch that can be compared with a clock; None for anything else."""
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return value if is_number and 0 <= value < _LATEST else None
