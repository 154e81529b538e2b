# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What YAML has made of a string is refused or warned of, the same way by every door."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._kinds.client_grant import CLIENT_GRANT
from ansible_collections.community.auth0.plugins.module_utils._kinds.resource_server import RESOURCE_SERVER
from ansible_collections.community.auth0.plugins.module_utils._modules.config.entries import read_entries
from ansible_collections.community.auth0.plugins.module_utils._modules.config.work import WORK as CONFIG
from ansible_collections.community.auth0.plugins.module_utils._modules.keeping import work_of
from ansible_collections.community.auth0.plugins.module_utils._modules.token import WORK as TOKEN
from ansible_collections.community.auth0.plugins.module_utils._task.misread import misread
from ansible_collections.community.auth0.plugins.module_utils._task.validation import validated
from ansible_collections.community.auth0.plugins.plugin_utils.direct import performed

GRANT = {"client_name": "app", "audience": "urn:api"}
TRUE = "a string belongs there, and YAML has made true of it"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"scope": [True]}, f"scope[0]: {TRUE}"),
        ({"scope": ["read", False]}, "scope[1]: a string belongs there, and YAML has made false of it"),
        ({"client_name": True}, f"client_name: {TRUE}"),
        ({"client_name": ["app"]}, "client_name: a string belongs there, not a list."),
        ({"scope": [{"value": "read"}]}, "scope[0]: a string belongs there, not a dictionary."),
        (
            {"scope": [10**40]},
            "scope[0]: a string belongs there, and YAML has made a number of it, one that is too large",
        ),
    ],
    ids=str,
)
def test_what_cannot_be_meant_is_refused_by_a_module_and_in_an_entry_of_a_configuration(
    options: dict[str, Any], words: str
) -> None:
    given = {"auth0_domain": "acme.eu.auth0.com", **GRANT, **options}
    refusal = validated(work_of(CLIENT_GRANT).spec, given, "auth0_client_grant").refusal
    assert refusal is not None
    assert refusal.message.startswith(words)
    problems: Any = []
    assert read_entries(CLIENT_GRANT, "client_grants", [{**GRANT, **options}], problems) == []
    ((where, error),) = problems
    assert where.startswith("client_grants[0]")
    assert error.message.startswith(words)


def test_a_number_is_used_and_warned_of_by_a_module_and_in_an_entry_of_a_configuration() -> None:
    words = "scope[0]: a string belongs there, and YAML has made a number of it; 1.1 is used."
    given = {"auth0_domain": "acme.eu.auth0.com", **GRANT, "scope": [1.10]}
    options = validated(work_of(CLIENT_GRANT).spec, given, "auth0_client_grant")
    assert options.params["scope"] == ["1.1"]
    assert [warning.startswith(words) for warning in options.warnings] == [True]
    warnings: list[str] = []
    (entry,) = read_entries(CLIENT_GRANT, "client_grants", [{**GRANT, "scope": [1.10]}], [], warnings)
    assert entry.params["scope"] == ["1.1"]
    assert warnings[0].startswith(f"client_grants[0] (app / urn:api): {words}")


def test_a_number_that_is_a_secret_is_not_shown() -> None:
    (warning,) = misread(TOKEN.spec.options, {"client_secret": 1234567890}).warnings
    assert "1234567890" not in warning


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"subject_type_authorization": 60}, "subject_type_authorization: a dictionary belongs there, not a number."),
        (
            {"subject_type_authorization": {"user": False}},
            "subject_type_authorization.user: a dictionary belongs there",
        ),
        ({"scopes": 5}, "scopes: a list belongs there, not a number."),
        ({"name": ["Orders"]}, "name: a string belongs there, not a list."),
        ({"scopes": [{"value": {"read": 1}}]}, "scopes[0].value: a string belongs there, not a dictionary."),
        ({"scopes": [["read"]]}, "scopes[0]: a dictionary belongs there, not a list."),
        ({"token_lifetime": [600]}, "token_lifetime: a number belongs there, not a list."),
        ({"auth0_timeout": float("inf")}, "auth0_timeout: a number belongs there, not one that is infinite, or none."),
    ],
    ids=str,
)
def test_what_ansible_would_end_in_a_traceback_for_is_refused_in_words(options: dict[str, Any], words: str) -> None:
    given = {"auth0_domain": "acme.eu.auth0.com", "identifier": "urn:api", **options}
    refusal = validated(work_of(RESOURCE_SERVER).spec, given, "auth0_resource_server").refusal
    assert refusal is not None
    assert refusal.message.startswith(words)


def test_mistakes_that_ansible_finds_and_those_that_it_cannot_are_reported_together() -> None:
    given = {"auth0_domain": "acme.eu.auth0.com", "identifier": "urn:api", "signing_alg": "RS255", "scopes": 5}
    result = performed(work_of(RESOURCE_SERVER), "auth0_resource_server", given, {}, True, False, lambda *of: None)
    assert "value of signing_alg must be one of" in result["msg"]
    assert "scopes: a list belongs there, not a number" in result["msg"]


def test_choices_and_nulls_are_left_to_ansible() -> None:
    assert misread(CONFIG.spec.options, {"clients": [{"name": True}]}).refusals == []  # its entries are read later
    found = misread(
        work_of(RESOURCE_SERVER).spec.options, {"signing_alg": True, "name": None, "enforce_policies": "yes"}
    )
    assert (found.refusals, found.warnings) == ([], [])
