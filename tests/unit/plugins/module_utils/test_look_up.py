# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rows that a plan needs several times are read once, all of them apart from those of some ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._engine.look_up import Rows
from ansible_collections.community.auth0.plugins.module_utils._errors import ApiError
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind

ROLE = KINDS["role"]


class Tenant:
    """Holds two roles, and counts how often it is asked."""

    def __init__(self, error: ApiError | None = None) -> None:
        self.asked: list[str] = []
        self._error = error

    def find(self, kind: Kind, identity: Mapping[str, Any], whole: bool = True) -> Mapping[str, Any] | None:
        self.asked.append(str(identity[kind.id_field]))
        return identity if identity[kind.id_field] in ("a", "b") else None

    def list(self, kind: Kind, query: Mapping[str, Any] | None = None) -> Iterator[Mapping[str, Any]]:
        self.asked.append("all")
        if self._error:
            raise self._error
        return iter([{"id": "a"}, {"id": "b"}])


def test_all_rows_and_those_of_some_ids_or_of_none_are_told_apart() -> None:
    tenant = Tenant()
    rows = Rows(tenant)
    for dummy in range(2):
        assert rows.of(ROLE, []) == ()
        assert rows.of(ROLE, ["b", "c"]) == ({"id": "b"},)
        assert rows.of(ROLE) == ({"id": "a"}, {"id": "b"})
    assert tenant.asked == ["b", "c", "all"]


def test_what_cannot_be_read_is_asked_for_once_and_refused_each_time() -> None:
    tenant = Tenant(ApiError("No", "insufficient_scope"))
    rows = Rows(tenant)
    for dummy in range(2):
        with pytest.raises(ApiError, match="No"):
            rows.of(ROLE)
    assert tenant.asked == ["all"]
