# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What messages are made of."""

from __future__ import annotations

import pytest
from ansible_collections.community.auth0.plugins.module_utils._errors import named

TWENTY = [f"read:{number}" for number in range(20)]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([], ""),
        (["read:a"], "read:a"),
        (["read:a", "read:b"], "read:a, read:b"),
        (TWENTY, ", ".join(TWENTY)),
        ([*TWENTY, "write"], ", ".join(TWENTY) + " and 1 more"),
        ((f"read:{number}" for number in range(439)), ", ".join(TWENTY) + " and 419 more"),
    ],
    ids=lambda value: None,
)
def test_a_message_names_all_or_the_first_twenty_and_how_many_more(names: list[str], expected: str) -> None:
    assert named(names) == expected
