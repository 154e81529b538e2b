# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the modules declare as secret, the emulator does not note."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind
from ansible_collections.community.auth0.plugins.module_utils._kinds.field import Field
from auth0_emulator.controls.request_log import SECRET, logged_body

PLANTED = "planted-secret"


def sample(field: Field) -> Any:
    """A value with something at each place that the declaration knows, and a secret wherever there can be one."""
    if field.type == "dict":
        held = {key: sample(sub) for key, sub in (field.fields or {}).items()}
        values = field.values or Field(secret=field.secret)
        return {**held, "any": sample(values)} if field.free else held
    if field.type == "list" and field.elements:
        return [sample(field.elements)]
    return PLANTED if field.secret else "plain"


@pytest.mark.parametrize("kind", KINDS.values(), ids=str)
def test_the_log_of_requests_hides_every_secret_of_a_kind_and_nothing_else(kind: Kind) -> None:
    body = json.dumps({name: sample(field) for name, field in kind.fields.items()})
    assert (PLANTED in body) is any(field.holds_secret for field in kind.fields.values())
    noted = json.dumps(logged_body(body.encode(), "application/json"))
    assert noted == body.replace(PLANTED, SECRET)
