# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules take every field that the newest official Python SDK sends; sdk_deviations.yml has the exceptions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from ansible_collections.community.auth0.plugins.module_utils._kinds.client_credential import CLIENT_CREDENTIAL
from ansible_collections.community.auth0.plugins.module_utils._kinds.field import Field
from ansible_collections.community.auth0.tests.harness.sdk_fields import CLIENTS, Fields, comparable, owners, sent

DEVIATIONS: dict[str, dict[str, str]] = yaml.safe_load(
    Path(__file__).with_name("sdk_deviations.yml").read_text(encoding="utf-8")
)
DECLARED = {**KINDS, "credential": CLIENT_CREDENTIAL}
#: Of each kind that the SDK deals with, the bodies that it sends, and whether a field may be in such a one.
BODIES = [
    (name, method)
    for name in sorted(CLIENTS.keys() & DECLARED.keys())
    for method in (("update",) if DECLARED[name].standing else ("create", "update"))
]


def declared(fields: Any, method: str, prefix: str = "") -> Fields:
    """The fields of a declaration that such a body holds, with a point between the names of nested ones."""
    found: Fields = {}
    for name, field in fields.items():
        unsent = field.update_only if method == "create" else field.create_only
        if field.read_only or unsent:
            continue
        nested = field.fields or (field.elements.fields if field.elements else None)
        known = nested is not None and not field.free
        found[prefix + name] = known
        if known:
            found |= declared(nested, method, f"{prefix}{name}.")
    return found


@pytest.mark.parametrize(("name", "method"), BODIES)
def test_the_declared_fields_are_those_that_the_sdk_sends(name: str, method: str) -> None:
    mine, theirs = declared(DECLARED[name].fields, method), sent(name, method)
    reasons = DEVIATIONS.get(f"{name} {method}", {})
    different = comparable(mine, theirs).symmetric_difference(comparable(theirs, mine))
    assert {one for one in different if not any(part in reasons for part in (one, *owners(one)))} == set()
    unneeded = {one for one in reasons if not any(part == one or part.startswith(one + ".") for part in different)}
    assert unneeded == set()


def test_a_declaration_that_takes_anything_is_told_from_one_that_knows_its_fields() -> None:
    free = {"a": Field("dict"), "b": Field("dict", fields={"c": Field()})}
    assert declared(free, "update") == {"a": False, "b": True, "b.c": False}
