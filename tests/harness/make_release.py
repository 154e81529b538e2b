# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Make the release of the version that galaxy.yml names: its changelog and its tarball, which galaxy-importer accepts.

    python tests/harness/make_release.py DIRECTORY [--write]

The tarball comes into the directory. With --write the changelog is written into the checkout as well, and its fragments
are gone, as they are to be committed; without it the checkout stays as it is.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from scratch import CHECKOUT, PLACE, copied, run

#: What a release changes in the checkout.
CHANGED = ("CHANGELOG.rst", "changelogs/changelog.yaml")
FRAGMENTS = "changelogs/fragments"
#: What the importer says when it has something against a tarball. It ends with status 0 all the same.
FAULT = re.compile(r"^(?:WARNING: )?(?:ERROR|CRITICAL)\b.*", re.MULTILINE)


class Failed(Exception):
    """A step did not succeed. Its words say which, and why."""


def step(collections: Path, *command: str) -> None:
    """Run a tool of this environment in the copy."""
    tool = str(Path(sys.executable).with_name(command[0]))
    print("$", *command, flush=True)
    if run([tool, *command[1:]], collections, cwd=collections / PLACE):
        raise Failed(f"{command[0]} has failed")


def faults_in(output: str) -> list[str]:
    """What galaxy-importer has against a tarball, by what it printed."""
    return [found.group().strip() for found in FAULT.finditer(output)]


def check(tarball: Path) -> None:
    """Refuse a tarball that Galaxy or Automation Hub would not take without complaint."""
    print("$ galaxy-importer", tarball.name, flush=True)
    command = [sys.executable, "-m", "galaxy_importer.main", tarball.name]
    done = subprocess.run(
        command, cwd=tarball.parent, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    faults = faults_in(done.stdout)
    if done.returncode or faults:
        raise Failed("\n".join(["galaxy-importer does not accept the tarball:", *(faults or [done.stdout])]))


def write(released: Path) -> None:
    """Take over into the checkout what the release of a copy has changed."""
    for name in CHANGED:
        shutil.copy2(released / name, CHECKOUT / name)
    left = {path.name for path in (released / FRAGMENTS).iterdir()}
    for path in (CHECKOUT / FRAGMENTS).iterdir():
        if path.name not in left:
            path.unlink()


def main(arguments: Sequence[str]) -> int:
    if not arguments or set(arguments[1:]) - {"--write"}:
        sys.exit(__doc__)
    directory = Path(arguments[0]).absolute()
    directory.mkdir(parents=True, exist_ok=True)
    for old in directory.glob("community-auth0-*.tar.gz"):
        old.unlink()
    with copied() as collections:
        try:
            step(collections, "antsibull-changelog", "release")
            step(collections, "ansible-galaxy", "collection", "build", "--output-path", str(directory))
            (tarball,) = directory.glob("community-auth0-*.tar.gz")
            check(tarball)
        except Failed as error:
            print(f"FAILED: {error}", file=sys.stderr)
            return 1
        if "--write" in arguments:
            write(collections / PLACE)
    print(f"{tarball} is ready.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
