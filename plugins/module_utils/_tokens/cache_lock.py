# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""One process of a user at a time for each key. Knows no token, no Ansible and no HTTP."""

from __future__ import annotations

import contextlib
import errno
import os
import time
import typing as t

from .cache_directory import ELSEWHERE, OwnDirectory, is_own_file

try:
    import fcntl
except ImportError:  # not on every system
    fcntl = None  # type: ignore[assignment]

_POLL_SECONDS = 0.05
_LOCK_FILE = "lock"


class KeyLocks:
    """Locks for keys, in a directory: a byte each of one file, since a file each would have to be cleared away.

    warn: gets a string when a lock cannot be had: where and why that is, and what to do.
    sleep, monotonic: the clock (seconds) for waiting, which nobody sets.
    """

    def __init__(
        self,
        directory: OwnDirectory,
        warn: t.Callable[[str], object],
        sleep: t.Callable[[float], None] = time.sleep,
        monotonic: t.Callable[[], float] = time.monotonic,
    ) -> None:
        self._directory = directory
        self._warn = warn
        self._sleep = sleep
        self._monotonic = monotonic

    @contextlib.contextmanager
    def locked(self, key: str, patience: float) -> t.Iterator[KeyLock | None]:
        """Alone with that key among the processes of this user; after some patience, or without locks, not alone.

        patience: seconds to wait for another process. Gives None without locks.
        """
        file = None
        problem = None
        try:
            file = self._opened()
            if not self._wait_for(file, key, patience):
                # Rather one token too many than a queue behind a tenant that does not answer.
                problem = (
                    "another process has held it for %d seconds. Raise auth0_timeout if the tenant is slow to answer"
                    % patience
                )
        except OSError as error:
            problem = "%s. Remove what is in the way, or use a file system that can lock" % (error.strerror or error)
        if problem:
            self._warn(
                "The cache for tokens cannot be locked, so processes that need the same token at the same time request "
                "one each: %s: %s. %s" % (os.path.join(self._directory.path, _LOCK_FILE), problem, ELSEWHERE)
            )
        try:
            yield None if file is None else KeyLock(file)
        finally:
            if file is not None:
                os.close(file)

    def _opened(self) -> int:
        if fcntl is None:
            raise OSError(errno.ENOLCK, "this system has no fcntl")
        file = self._directory.opened(_LOCK_FILE)
        if is_own_file(os.fstat(file)):
            return file
        os.close(file)
        raise OSError(errno.EPERM, "it is not a plain file of this user")

    def _wait_for(self, file: int, key: str, patience: float) -> bool:
        deadline = self._monotonic() + patience
        while True:
            try:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _byte(key))
                return True
            except (BlockingIOError, PermissionError):
                if self._monotonic() >= deadline:
                    return False
                self._sleep(_POLL_SECONDS)


class KeyLock:
    """The lock of one key that is had, by which others can be taken for a moment."""

    def __init__(self, file: int) -> None:
        self._file = file

    @contextlib.contextmanager
    def other(self, key: str) -> t.Iterator[bool]:
        """Whether another key could be locked at once; it is locked as long as the context lasts."""
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _byte(key))
        except OSError:
            yield False
            return
        try:
            yield True
        finally:
            fcntl.lockf(self._file, fcntl.LOCK_UN, 1, _byte(key))


def _byte(key: str) -> int:
    """The byte of the lock file that stands for a key, which may be followed by something."""
    return int(key[:15], 16)
