# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Objects with any of their fields are read as a configuration which changes nothing where it comes from, and makes
the same of a tenant without them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind
from ansible_collections.community.auth0.plugins.module_utils._kinds.field import Field
from hypothesis import given, settings
from hypothesis import strategies as st

from . import expected
from .declarations import declarations_of
from .tenant import Item, Surroundings, Tenant
from .values import DECLARABLE, identity_of

some = settings(max_examples=max(1, settings().max_examples // 10))

KINDS = {kind.name: kind for kind in DECLARABLE}


@pytest.mark.parametrize("name", KINDS)
@some
@given(data=st.data())
def test_what_is_read_as_a_configuration_changes_nothing_and_makes_the_same_again(
    tenant: Tenant, surroundings: Surroundings, name: str, data: st.DataObject
) -> None:
    kind = KINDS[name]
    identity: dict[str, Any] = data.draw(
        identity_of(kind, tenant, surroundings).filter(lambda one: "default_for" not in one), "identity"
    )
    with tenant.removing(kind):
        # Auth0 gives such a client values that it refuses where they are sent.
        others = declarations_of(kind, surroundings).filter(
            lambda one: one.options.get("app_type") != "express_configuration"
        )
        first = data.draw(others, "declared")
        object_id = tenant.keep(kind, {**identity, **first.options})[kind.in_results][kind.id_field]
        before = tenant.item(kind, object_id)
        found = tenant.run("auth0_config_info", {"kinds": [kind.collection]})
        tenant.writes()
        again = tenant.run("auth0_config", found["config"])
        assert (again["changes"], tenant.writes()) == ([], [])

        missing = {one for row in found["left_out"] for one in row["fields"]}
        if any(kind.fields[one].required for one in missing):
            return  # such as the sink of a log stream that cannot be without its secret
        tenant.keep(kind, {**identity, "state": "absent"})
        made = tenant.run("auth0_config", found["config"])
        assert [row["action"] for row in made["changes"]] == ["create"]
        after = tenant.item(kind, made["changes"][0]["id"])
        assert differences(kind, before, after, missing) == {}
        assert tenant.run("auth0_config_info", {"kinds": [kind.collection]})["config"] == found["config"]


def declarable(field: Field, value: Any) -> Any:
    """A value without what only the server says in it."""
    if not isinstance(value, dict) or not field.fields:
        return value
    subs = {key: field.fields.get(key) or Field("raw") for key in value}
    return {key: declarable(subs[key], item) for key, item in value.items() if not subs[key].read_only}


def differences(kind: Kind, before: Item, after: Item, missing: Collection[str]) -> dict[str, Any]:
    """Where two objects differ by more than what the server assigns and what was said to be missing."""
    names = {name for name, field in kind.fields.items() if not field.read_only}.difference(missing)
    one, other = (
        {name: declarable(kind.fields[name], value) for name, value in item.items() if name in names}
        for item in (before, after)
    )
    return expected.differences(kind, one, other)
