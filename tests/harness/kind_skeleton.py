# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Write the skeleton of a kind, as far as an OpenAPI description of the Management API knows it.

    python tests/harness/scratch.py python tests/harness/kind_skeleton.py OPENAPI.json /event-streams [--name NAME]

OPENAPI.json is a file of yours, such as the description that Auth0 publishes; nothing of its text is copied. What it
cannot say stands in the skeleton as a line that begins with the words for it, and says what to look for in a recorded
exchange. What a person has to describe is marked, too. tests/unit/test_no_marks_are_left.py refuses a tree that still
holds such marks. Files that are there are not overwritten. At the end it prints what is to be done by hand.
"""

from __future__ import annotations

import sys

from skeleton.command import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
