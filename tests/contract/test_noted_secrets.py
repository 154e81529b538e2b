# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the modules declare as secret, the emulator does not note."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind
from ansible_collections.community.auth0.plugins.module_utils._kinds.field import Field
from auth0_emulator.controls.request_log import SECRET, redacted


def secrets_in(name: str, field: Field) -> Iterator[str]:
    if field.secret:
        yield name
    for key, sub in (field.fields or {}).items():
        yield from secrets_in(key, sub)


@pytest.mark.parametrize("kind", KINDS.values(), ids=str)
def test_the_log_of_requests_hides_every_secret_of_a_kind(kind: Kind) -> None:
    names = [name for top, field in kind.fields.items() for name in secrets_in(top, field)]
    assert redacted(dict.fromkeys(names, "a")) == dict.fromkeys(names, SECRET)
