# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Files that tell others about a running emulator: gone when it ends, known as left over when it was killed.

The process holds a lock on such a file while it lives; the system releases it however the process ends.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import tempfile
from pathlib import Path


def remove_leftover(path: Path) -> None:
    """Remove a file unless a running emulator uses it."""
    if not _in_use(path):
        path.unlink(missing_ok=True)


def write(path: Path, content: str, mode: int, cleanup: contextlib.ExitStack) -> None:
    """Write a file, whole or not at all, and remove it in the end; the file of another running emulator is kept."""
    if _in_use(path):
        raise FileInUseError(path)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    # Arranged before it is done, because a signal may come in between.
    cleanup.callback(os.close, handle)
    cleanup.callback(Path(temporary).unlink, missing_ok=True)
    cleanup.callback(path.unlink, missing_ok=True)
    fcntl.flock(handle, fcntl.LOCK_EX)
    os.fchmod(handle, mode)
    os.write(handle, content.encode())
    os.replace(temporary, path)


class FileInUseError(OSError):
    """Another emulator wrote the file, and runs."""

    def __init__(self, path: Path) -> None:
        super().__init__(None, "a running emulator uses it", str(path))


def _in_use(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False
