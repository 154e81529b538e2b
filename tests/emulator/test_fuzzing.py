# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Requests made up from the emulator's own OpenAPI description find no 500, and no answer outside its models."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import hypothesis
import pytest
import schemathesis
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance

CHECKS = [not_a_server_error, response_schema_conformance]
SETTINGS = hypothesis.settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(hypothesis.HealthCheck),
)
OPERATIONS = 137


@pytest.fixture
def fuzzed(emulator: dict[str, dict[str, str]], client_of: Callable[..., Any]) -> Iterator[Any]:
    with client_of(emulator["controls"]) as tenant:
        yield tenant


def operations(tenant: Any) -> list[Any]:
    """The operations of the description; rotating keys comes last, for it makes the caller's token worthless."""
    document = tenant.http.get("/_emulator/openapi.json").json()
    schema = schemathesis.openapi.from_dict(document)
    found = [result.ok() for result in schema.get_all_operations()]
    return sorted(found, key=lambda operation: operation.path.endswith("/rotate"))


def test_no_500(fuzzed: Any) -> None:
    token = fuzzed.token()
    headers = {"Authorization": f"Bearer {token}"}
    found = operations(fuzzed)
    assert len(found) == OPERATIONS
    for operation in found:

        @SETTINGS
        @hypothesis.given(operation.as_strategy())
        def attack(case: Any) -> None:
            response = case.call(base_url=fuzzed.row["url"], headers=headers)
            case.validate_response(response, checks=CHECKS, headers=headers)

        attack()
