# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A token holds what the grant holds, whatever was asked for: a task says where that differs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from ansible_collections.community.auth0.plugins.module_utils._errors import Refused
from ansible_collections.community.auth0.plugins.module_utils._modules.token import argument_spec, obtain_token
from ansible_collections.community.auth0.plugins.module_utils._modules.token_info import argument_spec as info_spec
from ansible_collections.community.auth0.plugins.module_utils._modules.token_info import verify_token
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Result, Task, TaskFailed
from ansible_collections.community.auth0.tests.harness.in_process import InProcessTenant
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.tasks import params_of

API = "urn:orders"


class Furnished(NamedTuple):
    """A tenant with a client that may read and delete."""

    tenant: InProcessTenant
    client: dict[str, Any]


@pytest.fixture
def furnished() -> Iterator[Furnished]:
    tenant = InProcessTenant()
    tenant.make("resource-servers", identifier=API, scopes=[{"value": "read:o"}, {"value": "delete:o"}])
    client = tenant.make("clients", name="app", grant_types=["client_credentials"])
    tenant.make("client-grants", client_id=client["client_id"], audience=API, scope=["read:o", "delete:o"])
    with tenant.installed():
        yield Furnished(tenant, client)


def obtained(furnished: Furnished, **options: Any) -> tuple[Result, list[str]]:
    """The result and the warnings of a task."""
    client = {name: furnished.client[name] for name in ("client_id", "client_secret")}
    task = Task(params_of(argument_spec(), {**client, "audience": API, **options}))
    return obtain_token(task), task.warnings


@pytest.mark.parametrize("scope", [["read:o", "delete:o"], ["delete:o read:o"], None])
def test_a_token_as_it_was_asked_for_is_no_matter_for_words(furnished: Furnished, scope: Any) -> None:
    result, warnings = obtained(furnished, scope=scope, validate_scope=True)
    assert sorted(result["scope"]) == ["delete:o", "read:o"]
    assert warnings == []


def test_a_token_with_more_than_was_asked_for_is_warned_of(furnished: Furnished) -> None:
    result, warnings = obtained(furnished, scope=["read:o"])
    assert result["scope"] == ["read:o", "delete:o"]
    assert len(warnings) == 1
    assert warnings[0].startswith("The token holds more than was asked for: delete:o. Auth0 issues all scopes")


def test_a_token_with_more_than_was_asked_for_is_not_returned_where_the_task_says_so(furnished: Furnished) -> None:
    with pytest.raises(TaskFailed, match="No token is returned, since validate_scope is true") as caught:
        obtained(furnished, scope=["read:o"], validate_scope=True)
    assert isinstance(caught.value.error, Refused)
    assert caught.value.error.code == "other_scope"
    assert "access_token" not in caught.value.result


def test_scopes_in_one_string_are_taken_by_both_modules(furnished: Furnished) -> None:
    result, dummy = obtained(furnished, scope=["read:o delete:o"])
    token = {"token": result["access_token"], "audience": API, "scope": "read:o delete:o"}
    verified = verify_token(Task(params_of(info_spec(), token)), furnished.tenant.clock)
    assert verified["active"] is True
