# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Options that there are not are named, with those that may be meant, the same way by every door."""

from __future__ import annotations

from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions
from ansible_collections.community.auth0.plugins.module_utils._kinds.client import CLIENT
from ansible_collections.community.auth0.plugins.module_utils._kinds.resource_server import RESOURCE_SERVER
from ansible_collections.community.auth0.plugins.module_utils._modules.config.entries import read_entries
from ansible_collections.community.auth0.plugins.module_utils._modules.keeping import work_of
from ansible_collections.community.auth0.plugins.module_utils._modules.token_info import WORK as TOKEN_INFO
from ansible_collections.community.auth0.plugins.module_utils._task.validation import validated

MISSPELT = {
    "auth0_domain": "acme.eu.auth0.com",
    "identifier": "urn:api",
    "singing_alg": "RS256",
    "token_lifetime": "long",
    "scopes": [{"value": "read"}, {"value": "write", "descripton": "x"}],
    "proof_of_possession": {"mechanism": "dpop", "required": True, "wholly_else": 1},
}


def test_each_unknown_option_of_a_module_is_named_with_its_place_and_the_one_that_is_meant() -> None:
    problem = validated(work_of(RESOURCE_SERVER).spec, MISSPELT, "auth0_resource_server").problem
    assert problem is not None
    unknown, other = problem.split("; ")
    assert unknown == (
        "Unsupported parameters for (auth0_resource_server) module: singing_alg (did you mean signing_alg?), "
        "scopes[1].descripton (did you mean description?), proof_of_possession.wholly_else. "
        "Supported parameters include: mechanism, required, required_for"
    )
    assert "token_lifetime" in other


def test_an_entry_of_a_configuration_says_the_same_once() -> None:
    problems: list[tuple[str, InvalidOptions]] = []
    entry = {name: value for name, value in MISSPELT.items() if name != "auth0_domain"}
    read_entries(RESOURCE_SERVER, "resource_servers", [entry], problems)
    told = [error.message for dummy, error in problems]
    assert told[:3] == [
        "there is no option singing_alg; did you mean signing_alg?",
        "there is no option scopes[1].descripton; did you mean description?",
        "there is no option proof_of_possession.wholly_else; there are: mechanism, required, required_for.",
    ]
    assert len(told) == 4 and "token_lifetime" in told[3]


def test_another_name_of_an_option_is_known_in_an_entry_too() -> None:
    problems: list[tuple[str, InvalidOptions]] = []
    addon = {"aws": {}, "layer": {"providerId": "p", "keyId": "k", "private_key": "a-long-private-key"}}
    read_entries(CLIENT, "clients", [{"name": "app", "addons": addon}], problems)
    assert [error.message for dummy, error in problems if "no option" in error.message] == []


def test_what_is_refused_is_told_once() -> None:
    given = {"auth0_domain": "acme.eu.auth0.com", "token": "a-long-token", "audience": "urn:a", "leeway": {"a": 1}}
    found = validated(TOKEN_INFO.spec, {**given, "audences": "x"}, "auth0_token_info").problem
    assert found == (
        "Unsupported parameters for (auth0_token_info) module: audences (did you mean audience?); "
        "leeway: a number belongs there, not a dictionary"
    )
