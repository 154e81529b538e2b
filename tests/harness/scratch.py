# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Put this checkout where Ansible looks for collections, in a directory that is gone afterwards.

Ansible finds the collection as ansible_collections/community/auth0 in a search path, whatever the checkout is called.
Most tools are content with a link there; ansible-test resolves links, so it needs a copy, and a copy keeps what tools
leave behind out of the checkout.

    python tests/harness/scratch.py [--copy] COMMAND [ARGUMENT]...

runs the command (with --copy in the copy, else in the checkout) with ANSIBLE_COLLECTIONS_PATH and PYTHONPATH set.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
PLACE = Path("ansible_collections", "community", "auth0")


@contextmanager
def linked() -> Iterator[Path]:
    """A collections directory that holds a link to the checkout."""
    with _directory() as collections:
        (collections / PLACE).symlink_to(CHECKOUT, target_is_directory=True)
        yield collections


@contextmanager
def copied() -> Iterator[Path]:
    """A collections directory that holds a copy of what git tracks, or would track, in the checkout."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=CHECKOUT,
        check=True,
        capture_output=True,
    )
    with _directory() as collections:
        for name in filter(None, os.fsdecode(listed.stdout).split("\0")):
            source, target = CHECKOUT / name, collections / PLACE / name
            if source.is_symlink() or source.is_file():  # a file deleted but not yet staged is listed, too
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(source, target, follow_symlinks=False)
        yield collections


@contextmanager
def _directory() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="auth0-") as directory:
        collections = Path(directory).resolve()
        (collections / PLACE).parent.mkdir(parents=True)
        yield collections


def run(
    command: Sequence[str],
    collections: Path,
    *,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    edit: Callable[[str], str] | None = None,
) -> int:
    """Run a command that finds the collection; return its exit status. `edit` gets every line of output, to change it.

    An interrupt goes to the command, which gets the time to clean up; so do SIGTERM and SIGHUP.
    """
    path = [str(collections), *filter(None, [os.environ.get("PYTHONPATH")])]
    found = {"ANSIBLE_COLLECTIONS_PATH": str(collections), "PYTHONPATH": os.pathsep.join(path)}
    stdout, stderr = (subprocess.PIPE, subprocess.STDOUT) if edit else (None, None)
    with subprocess.Popen(
        command, cwd=cwd, env={**os.environ, **found, **(env or {})}, stdout=stdout, stderr=stderr, text=True
    ) as process:
        signal.signal(signal.SIGINT, lambda *_: None)  # the terminal has sent it to the command as well
        for end in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(end, lambda *_: process.terminate())
        if edit and process.stdout:
            for line in process.stdout:
                print(edit(line), end="", flush=True)
        return process.wait()


def main(arguments: Sequence[str]) -> int:
    copy = arguments[:1] == ["--copy"]
    command = arguments[1:] if copy else arguments
    if not command:
        sys.exit(__doc__)
    with copied() if copy else linked() as collections:
        return run(command, collections, cwd=collections / PLACE if copy else CHECKOUT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
