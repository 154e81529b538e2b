# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Build the site of the documentation: the guides, and a page for each plugin. Any warning is a failure.

python tests/harness/build_docs_site.py DIRECTORY
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from scratch import PLACE, copied, run


def main(arguments: Sequence[str]) -> int:
    if len(arguments) != 1:
        sys.exit(__doc__)
    with copied() as collections:
        root = collections / PLACE
        pages = root / "docs" / "docsite" / "collections"
        pages.mkdir(mode=0o755)
        plugins = ["antsibull-docs", "--config-file", "docs/docsite/antsibull-docs.cfg", "collection", "--use-current"]
        plugins += ["--fail-on-error", "--squash-hierarchy", "--dest-dir", str(pages), "community.auth0"]
        site = [
            "sphinx-build",
            "-q",
            "-W",
            "--keep-going",
            "-c",
            "docs/docsite",
            ".",
            str(Path(arguments[0]).absolute()),
        ]
        for command in (plugins, site):
            tool = str(Path(sys.executable).with_name(command[0]))
            if status := run([tool, *command[1:]], collections, cwd=root):
                return status
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
