# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a module prints for Ansible."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest
from ansible.module_utils import basic
from ansible.module_utils.common.parameters import PASS_VARS
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from ansible_collections.community.auth0.plugins.module_utils._modules.kind_options import kind_spec
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Task, Work, run_module, utc_now

MASK = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"
PRIVATE = "-----BEGIN {0} KEY-----\nnobody-sees-this\n-----END {0} KEY-----".format("PRIVATE")
ACCESS = {"auth0_domain": "tenant.example.com", "auth0_api_token": "a-token-for-the-tenant"}


def printed(options: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """All that the module auth0_client prints and logs, where its work is to give its options back."""
    logged: list[str] = []
    # From 2.21 on, the result holds the options only where they are to be shown, as with -vvv.
    shown = {"_ansible_inject_invocation": True} if "inject_invocation" in PASS_VARS else {}
    given = {"ANSIBLE_MODULE_ARGS": {**ACCESS, **options, **shown}}
    monkeypatch.setattr(basic, "_ANSIBLE_ARGS", json.dumps(given).encode())
    monkeypatch.setattr(basic, "_ANSIBLE_PROFILE", "legacy", raising=False)
    monkeypatch.setattr(basic.AnsibleModule, "log", lambda self, msg, log_args: logged.append(f"{msg} {log_args}"))

    def perform(task: Task) -> dict[str, Any]:
        return {"changed": False, "options": dict(task.params)}

    with pytest.raises(SystemExit):
        run_module(Work(lambda: kind_spec(KINDS["client"]), perform))
    return capsys.readouterr().out + "".join(logged)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"token_vault_privileged_access": {"credentials": [{"pem": PRIVATE}]}}, "arguments: id found in"),
        ({"signed_request_object": {"credentials": [{"id": "a", "pem": PRIVATE}]}}, "credentials[0].pem"),
        (
            {"client_authentication_methods": {"private_key_jwt": {"credentials": [{"id": "a", "pem": PRIVATE}]}}},
            "credentials[0].pem",
        ),
        ({"encryption_kye": {"pub": PRIVATE}}, "encryption_kye"),
    ],
)
def test_a_private_key_for_an_option_that_there_is_not_is_refused_and_masked(
    options: dict[str, Any], told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = printed({"name": "n", **options}, monkeypatch, capsys)
    assert '"failed": true' in text
    assert told in text
    assert MASK in text
    assert "nobody-sees-this" not in text


def test_a_private_key_is_masked_in_what_is_passed_on_and_in_the_log_of_the_machine(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = printed({"name": "a-name", "addons": {"samlp": {"signingCert": PRIVATE}}}, monkeypatch, capsys)
    assert text.count("a-name") >= 2  # in the result and in the log
    assert MASK in text
    assert "nobody-sees-this" not in text


def test_a_secret_that_is_too_short_is_refused_before_ansible_hides_pieces_of_words_by_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = printed({"name": "sentence", "client_secret": "e", "auth0_api_token": "t"}, monkeypatch, capsys)
    assert '"failed": true' in text
    assert "auth0_api_token is too short for a secret" in text
    assert "client_secret is too short for a secret: it has fewer than 8 characters" in text
    assert '"code": "short_secret"' in text
    assert "sentence" in text


def test_connection_options_without_content_count_as_not_given_for_a_module(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AUTH0_SIGNING_ALG", "")
    blank = {"auth0_timeout": "", "auth0_retries": " ", "auth0_signing_alg": "", "auth0_ca_path": "", "description": ""}
    text = printed({"name": "n", **blank, "auth0_private_key": None}, monkeypatch, capsys)
    options = json.loads(next(line for line in text.splitlines() if line.startswith("{")))["options"]
    assert (options["auth0_timeout"], options["auth0_retries"]) == (60, 5)
    assert options["auth0_signing_alg"] is options["auth0_ca_path"] is None
    assert options["description"] == ""


def test_the_clock_tells_the_time_in_utc() -> None:
    assert utc_now().tzinfo is datetime.UTC
