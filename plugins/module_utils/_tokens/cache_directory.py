# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""A directory that only its owner can read, and the files in it. Knows no token, no Ansible and no HTTP."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
import typing as t

_LONGEST_FILE = 2**20
#: What can be done about every trouble.
ELSEWHERE = "Or set XDG_CACHE_HOME to a directory of this user alone, or leave cache out."


class CacheUnusable(Exception):
    """Where no token can be kept, why, and what to do about it; for a warning."""


def directory_from(environ: t.Mapping[str, str]) -> str:
    """Where this user's tokens are kept: below $XDG_CACHE_HOME if that is an absolute path, else below ~/.cache.

    Raises CacheUnusable for a user without a home.
    """
    base = environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(base):
        home = environ.get("HOME", "")
        if not os.path.isabs(home):
            raise CacheUnusable("Neither XDG_CACHE_HOME nor HOME is an absolute path. %s" % ELSEWHERE)
        base = os.path.join(home, ".cache")
    return os.path.join(base, "community.auth0")


class OwnDirectory:
    """A directory of this user alone.

    Opens it, making it where it is missing. Everything happens relative to the open directory, so that exchanging it
    afterwards changes nothing. Raises CacheUnusable when it is not of this user alone.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        try:
            self._directory = _opened(path)
        except OSError as error:
            raise CacheUnusable("%s: %s. %s" % (path, error.strerror or error, ELSEWHERE)) from None

    def close(self) -> None:
        os.close(self._directory)

    def names(self) -> list[str]:
        """What there is. Raises OSError."""
        return os.listdir(self._directory)

    def content(self, name: str) -> bytes:
        """What a file holds; nothing if it is missing, or not a file that this user alone can read and write."""
        try:
            # Not waiting, as a named pipe would make it.
            file = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=self._directory)
        except OSError:
            return b""
        try:
            status = os.fstat(file)
            if not is_own_file(status) or stat.S_IMODE(status.st_mode) != 0o600:
                return b""
            with open(file, "rb", closefd=False) as opened:
                return opened.read(_LONGEST_FILE)
        except OSError:
            return b""
        finally:
            os.close(file)

    def write(self, name: str, content: bytes, modified: float) -> None:
        """Put a file there, as a whole or not at all. Raises OSError.

        modified: the time that the file gets. An interruption leaves ``.STEM.`` and 16 hexadecimal digits.
        """
        temporary = ".%s.%s" % (name.rpartition(".")[0], secrets.token_hex(8))
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        file = os.open(temporary, flags, 0o600, dir_fd=self._directory)
        try:
            with open(file, "wb") as opened:
                os.fchmod(file, 0o600)  # whatever the umask is
                opened.write(content)
                opened.flush()
                os.utime(file, (modified, modified))
            os.rename(temporary, name, src_dir_fd=self._directory, dst_dir_fd=self._directory)
        except BaseException:
            self.remove(temporary)
            raise

    def modified(self, name: str) -> float | None:
        """The time of a file; None for one that has vanished."""
        try:
            return os.stat(name, dir_fd=self._directory, follow_symlinks=False).st_mtime
        except OSError:
            return None

    def remove(self, name: str) -> None:
        """Remove a file; what cannot be removed stays."""
        with contextlib.suppress(OSError):
            os.unlink(name, dir_fd=self._directory)

    def opened(self, name: str) -> int:
        """A descriptor of a file for reading and writing, which is made where it is missing. Raises OSError."""
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK
        return os.open(name, flags, 0o600, dir_fd=self._directory)


def is_own_file(status: os.stat_result) -> bool:
    """Whether it is a plain file of this user."""
    return stat.S_ISREG(status.st_mode) and status.st_uid == os.geteuid()


def _opened(path: str) -> int:
    """A descriptor of the directory. Raises OSError, or CacheUnusable when it is not of this user alone."""
    if not os.path.lexists(path):
        _make(path)
    if os.path.islink(path):
        raise CacheUnusable("%s is a symbolic link. Put a directory in its place. %s" % (path, ELSEWHERE))
    directory = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    status = os.fstat(directory)
    problem = None
    if status.st_uid != os.geteuid():
        problem = "belongs to another user."
    elif status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        problem = "is open to others. Take their rights away: chmod 700."
    if problem:
        os.close(directory)
        raise CacheUnusable("%s %s %s" % (path, problem, ELSEWHERE))
    return directory


def _make(path: str) -> None:
    parent = os.path.dirname(path)
    there = parent
    while not os.path.exists(there):
        there = os.path.dirname(there)
    if os.stat(there).st_uid not in (os.geteuid(), 0):
        # As with sudo, which may leave HOME as it was: what is made now would be in that user's way for ever.
        raise CacheUnusable("%s belongs to another user. %s" % (there, ELSEWHERE))
    os.makedirs(parent, mode=0o700, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        os.mkdir(path, 0o700)
