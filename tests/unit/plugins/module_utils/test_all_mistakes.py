# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A task tells all mistakes at once, those that Ansible finds and those that we find, by every door."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from ansible.module_utils import basic
from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions
from ansible_collections.community.auth0.plugins.module_utils._kinds.resource_server import RESOURCE_SERVER
from ansible_collections.community.auth0.plugins.module_utils._modules.config.entries import Problem, read_entries
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module
from ansible_collections.community.auth0.plugins.plugin_utils.direct import module_work, performed
from ansible_collections.community.auth0.tests.harness.in_process import InProcessTenant
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.configurations import failed

# Nobody answers there: had something been sent, the message would be another one.
NOWHERE = {"auth0_domain": "http://127.0.0.1:9", "auth0_api_token": "a-token-for-the-tenant", "auth0_retries": 0}
SECRET = "a-planted-signing-secret"

Said = Callable[..., str]


def _in_the_controller(name: str, options: dict[str, Any]) -> dict[str, Any]:
    return performed(module_work(name), name, {**NOWHERE, **options}, {}, False, False, lambda *of: None)


def _in_its_own_process(name: str, options: dict[str, Any]) -> None:
    work = module_work(name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(basic, "_ANSIBLE_ARGS", json.dumps({"ANSIBLE_MODULE_ARGS": {**NOWHERE, **options}}).encode())
        patch.setattr(basic, "_ANSIBLE_PROFILE", "legacy", raising=False)
        patch.setattr(basic.AnsibleModule, "log", lambda self, msg, log_args: None)
        with pytest.raises(SystemExit):
            run_module(work)


@pytest.fixture(params=["controller", "module"])
def said(request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]) -> Said:
    """What a task that is refused says, with its name and its options."""

    def run(name: str, /, **options: Any) -> str:
        if request.param == "controller":
            result = _in_the_controller(name, options)
        else:
            _in_its_own_process(name, options)
            result = json.loads(capsys.readouterr().out.splitlines()[-1])
        assert result["failed"] is True
        assert SECRET not in json.dumps(result)
        assert "cannot be reached" not in result["msg"]
        return str(result["msg"])

    return run


def lacking(message: str, *words: str) -> list[str]:
    """Which words a message does not have exactly once."""
    return [each for each in words if message.count(each) != 1]


def test_a_misspelt_list_does_not_hide_what_is_wrong_in_it_and_in_the_others(said: Said) -> None:
    message = said(
        "auth0_config",
        resource_servers=[
            {"identifier": "urn:a", "token_lifetime": -5},
            {"identifier": "urn:b", "singing_alg": "RS256"},
            {"identifier": "urn:a"},
        ],
        client_grant=[{"client_nmae": "shop", "audience": "urn:a"}],
        clients=[{"name": "shop", "app_type": "wholly else"}, "x"],
        prune={"max": -1, "clients": {"name_pattern": "a", "keeps": []}, "roles": {}},
    )
    assert not lacking(
        message,
        "client_grant (did you mean client_grants?)",
        "prune.clients.keeps (did you mean keep?)",
        "resource_servers[0] (urn:a): ",
        "token_lifetime: -5 is less than 0",
        "resource_servers[1] (urn:b): there is no option singing_alg; did you mean signing_alg?",
        "resource_servers[2] (urn:a): API urn:a is declared more than once (it is also declared in resource_servers[0]",
        "client_grant[0] (urn:a): there is no option client_nmae; did you mean client_name?",
        "clients[0] (shop): value of app_type must be one of",
        "clients[1]: expected a dictionary",
    ), message


def test_a_value_of_the_wrong_type_does_not_hide_what_is_wrong_in_the_lists(said: Said) -> None:
    wrong = [{"identifier": "urn:b", "singing_alg": "RS256"}]
    for odd, told in (
        ({"auth0_timeout": "long"}, "auth0_timeout"),
        ({"concurrency": [1]}, "concurrency: a number belongs there, not a list"),
        ({"auth0_api_token": "short"}, "auth0_api_token is too short for a secret"),
        ({"auth0_audience": True}, "auth0_audience: a string belongs there"),
        ({"clients": {"name": "shop"}}, "clients"),
        ({"clients": "shop", "prune": "x"}, "prune"),
        ({"prune": {"max": -1, "clients": {"name_pattern": True}}}, "prune: max: -1 is less than 0"),
    ):
        message = said("auth0_config", resource_servers=wrong, **odd)
        assert told in message
        assert not lacking(message, "resource_servers[0] (urn:b): there is no option singing_alg"), message


def test_what_reads_declarations_tells_of_the_mistakes_in_them_too(said: Said) -> None:
    message = said("auth0_access_info", clients=[{"nmae": "shop"}], client_grant=[{"audience": ["x"]}], verify="no way")
    assert not lacking(
        message,
        "client_grant (did you mean client_grants?)",
        "clients[0]: there is no option nmae; did you mean name?",
        "client_grant[0] (['x']): audience: a string belongs there, not a list",
    ), message


def test_a_short_secret_and_an_unknown_option_are_told_together(said: Said) -> None:
    message = said("auth0_role", name="n", descripton="x", auth0_api_token="short")
    assert not lacking(message, "auth0_api_token is too short for a secret", "did you mean description?"), message


def test_secrets_in_a_misspelt_list_stay_secret(said: Said) -> None:
    message = said(
        "auth0_config",
        resource_server=[
            {"identifier": "urn:a", "signing_secret": SECRET, "signing_alg": SECRET, "name": f"a {SECRET}"}
        ],
    )
    assert not lacking(message, "resource_server[0] (urn:a): value of signing_alg must be one of"), message


def test_what_is_right_is_told_to_nobody(said: Said) -> None:
    message = said("auth0_config", client_grant=[], clients=[{"name": "shop"}])
    assert message.startswith("Unsupported parameters for (")
    assert "\n" not in message


def test_a_module_for_one_object_tells_of_limits_beside_what_ansible_finds(said: Said) -> None:
    message = said(
        "auth0_resource_server",
        identifier="urn:a",
        singing_alg="RS256",
        token_lifetime=-5,
        token_dialect="wholly else",
        scopes=[{"value": "read"}, {"value": "read"}],
        token_encryption={"format": "none", "encryption_key": {"kid": 1}},
        clear=["name", "token_encryption"],
    )
    assert not lacking(
        message,
        "singing_alg (did you mean signing_alg?)",
        "value of token_dialect must be one of",
        "token_lifetime: -5 is less than 0",
        "scopes[1]: 'read' is given twice",
        "value of clear must be one or more of",
    ), message


def test_what_excludes_each_other_is_told_once(said: Said) -> None:
    message = said(
        "auth0_client_grant",
        client_id="c",
        default_for="third_party_clients",
        client_name="n",
        audience="urn:a",
        scope=["a", "a"],
    )
    assert not lacking(message, "scope[1]: 'a' is given twice"), message
    assert "exclude each other" not in message


def test_an_entry_tells_of_limits_beside_what_ansible_finds() -> None:
    problems: list[Problem] = []
    entry = {"identifier": "urn:a", "singing_alg": "RS256", "token_lifetime": -5}
    assert read_entries(RESOURCE_SERVER, "resource_servers", [entry], problems) == []
    told = [error.message for dummy, error in problems]
    assert len(told) == 2
    assert "token_lifetime: -5 is less than 0" in told[1]


@pytest.mark.parametrize("mistake", [{"nmae": "x"}, {"app_type": "wholly else"}, {"description": "d" * 200}])
def test_what_refers_to_a_mistaken_entry_is_not_to_blame(mistake: dict[str, Any]) -> None:
    tenant = InProcessTenant()
    with tenant.installed():
        caught = failed(
            tenant,
            InvalidOptions,
            resource_servers=[{"identifier": "urn:a", "token_lifetime": -1, "scopes": [{"value": "a"}]}],
            clients=[{"name": "shop", **mistake}],
            client_grants=[{"client_name": "shop", "audience": "urn:a", "scope": ["a"]}],
            roles=[{"name": "r", "permissions": [{"resource_server_identifier": "urn:a", "permission_name": "a"}]}],
        )
    assert "clients[0] (shop): " in caught.message
    assert "client_grants[0]" not in caught.message
    assert "roles[0]" not in caught.message
