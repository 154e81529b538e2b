# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Hold the documentation of the modules to what the declarations say, or write it so.

    python tests/harness/scratch.py python tests/harness/document_modules.py [--fix]

shows what differs and fails; with --fix the modules' files are changed instead. What the declarations know is written:
types, elements, choices, defaults, what is required, aliases, the limits of a value (the sentence that begins with
"Value:"), the scopes that a module needs, what modules return alike, the order of options. Every other description is
a person's, and kept. An option without one is an error: describe it, and the rest is written.
"""

from __future__ import annotations

import difflib
import sys
from collections.abc import Sequence

from documentation.declared import MODULES, ROOT, module_names
from documentation.module import documented_module
from documentation.options import Undocumented

DIFFERENT = "The documentation is not as declared. `nox -s documentation -- --fix` writes what can be written."
LEFT = "What is above is for a person to write, in the DOCUMENTATION of the file; then run this again."


def main(arguments: Sequence[str]) -> int:
    if [*arguments] not in ([], ["--fix"]):
        sys.exit(__doc__)
    problems = []
    for module in module_names():
        path = MODULES / f"{module}.py"
        present = path.read_text()
        try:
            wanted = documented_module(present, module)
        except (Undocumented, ValueError) as error:
            problems.append(f"{path.relative_to(ROOT)}: {error}")
            continue
        if wanted != present and arguments:
            path.write_text(wanted)
        elif wanted != present:
            name = str(path.relative_to(ROOT))
            lines = difflib.unified_diff(present.splitlines(), wanted.splitlines(), name, f"{name} as declared", "", "")
            problems.append("\n".join(line.rstrip("\n") for line in lines))
    if problems:
        print(*problems, sep="\n\n")
        print("\n" + (LEFT if arguments else DIFFERENT))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
