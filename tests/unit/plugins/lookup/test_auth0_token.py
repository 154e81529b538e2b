# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The lookup auth0_token: terms and options, where they may come from, and what a failure shows."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Any

import jwt
import pytest
from ansible.errors import AnsibleError, AnsibleLookupError, AnsibleOptionsError
from ansible_collections.community.auth0.plugins.module_utils._http import causes
from ansible_collections.community.auth0.plugins.module_utils._tokens import cache as token_cache
from ansible_collections.community.auth0.tests.harness.in_process import replaced
from ansible_collections.community.auth0.tests.unit.plugins.lookup.conftest import Templates
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.keys import rsa_pem
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.numbered_tenant import (
    AUDIENCE,
    CALLER,
    DOMAIN,
    TOKEN,
    URL,
    Numbered,
)
from responses import RequestsMock

SECRET = CALLER["auth0_client_secret"]
HOST = {"auth0_domain": DOMAIN, "auth0_client_id": "the-caller", "auth0_client_secret": SECRET}
NAME = "'community.auth0.auth0_token'"


@pytest.fixture
def tenant(tenant: Numbered) -> Numbered:
    """It gives a token to whoever asks."""
    tenant.issue()
    return tenant


@pytest.fixture
def host(templates: Templates) -> Templates:
    """A host of the inventory that is a tenant, with credentials in its variables."""
    templates.give(HOST)
    return templates


def told(caught: pytest.ExceptionInfo[BaseException]) -> str:
    """All that a failure can show of itself, with what it came from."""
    return "".join(traceback.format_exception(caught.value))


def bodies(tenant: Numbered) -> list[Any]:
    return [call.body for call in tenant.sent]


# terms


def test_a_token_for_the_management_api_is_asked_for_by_its_identifier(host: Templates, tenant: Numbered) -> None:
    assert host.render("{{ lookup(%s, 'https://' ~ auth0_domain ~ '/api/v2/') }}" % NAME) == TOKEN
    assert bodies(tenant) == [
        {
            "grant_type": "client_credentials",
            "client_id": "the-caller",
            "client_secret": SECRET,
            "audience": AUDIENCE,
        }
    ]


@pytest.mark.parametrize(
    "template",
    ["lookup(%s)", "query(%s)", "lookup(%s, [])", "query(%s, empty)", "query(%s, [], empty)"],
)
def test_without_a_term_it_is_refused_and_told_how_to_ask_for_the_management_api(
    host: Templates, tenant: Numbered, template: str
) -> None:
    """The module takes none for the Management API; here it may be a variable that turned out empty."""
    with pytest.raises(AnsibleError) as caught:
        host.render("{{ %s }}" % template % NAME, empty=[])
    assert "The terms of auth0_token are the identifiers of APIs: at least one" in told(caught)
    assert "For a token for the Management API give its identifier, https://TENANT.REGION.auth0.com/api/v2/." in told(
        caught
    )
    assert tenant.requests == []


def test_each_term_is_an_api_and_gets_a_token_of_its_own(host: Templates, mocked: RequestsMock) -> None:
    for number in range(3):
        mocked.post(f"{URL}/oauth/token", json={"access_token": f"token-{number}"})
    template = "{{ query(%s, 'urn:a', ['urn:b', 'urn:c']) | join(' ') }}" % NAME
    assert host.render(template) == "token-0 token-1 token-2"
    audiences = [str(call.request.body).split('"audience": "')[1].split('"')[0] for call in mocked.calls]
    assert audiences == ["urn:a", "urn:b", "urn:c"]


@pytest.mark.parametrize("term", ["", "  ", "\t\n", None, 3, True, {"audience": "urn:a"}, [["urn:a"]]])
def test_a_term_that_is_no_identifier_is_refused_and_not_taken_for_none(
    host: Templates, tenant: Numbered, term: Any
) -> None:
    with pytest.raises(AnsibleOptionsError, match="each a string, none of them empty"):
        host.run("auth0_token", "urn:a", term)
    assert tenant.requests == []


# options


def test_the_options_are_those_of_the_module(host: Templates, tenant: Numbered) -> None:
    template = (
        "{{ lookup(%s, 'urn:a', client_id='c', client_secret='its-own-secret', scope=['a', 'b'], organization='o', "
        "parameters={'tier': 3}) }}" % NAME
    )
    assert host.render(template) == TOKEN
    assert bodies(tenant) == [
        {
            "grant_type": "client_credentials",
            "client_id": "c",
            "client_secret": "its-own-secret",
            "audience": "urn:a",
            "scope": "a b",
            "organization": "o",
            "tier": "3",
        }
    ]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"audence": "urn:a"}, r"this lookup: audence \(did you mean audience\?\). There are: auth0_api_token, auth0_"),
        ({"audience": "urn:a"}, "audience is no option of this lookup: give it as the term"),
        ({"client_secret": SECRET}, "required by 'client_secret': client_id"),
        ({"client_id": "c", "client_secret": SECRET, "private_key": "k"}, "mutually exclusive"),
        ({"auth0_timeout": SECRET}, "auth0_timeout"),
        ({"token_endpoint_auth_method": "x"}, "must be one of: client_secret_post, client_secret_basic, got: x"),
    ],
)
def test_options_that_cannot_be_meant_are_told_in_the_words_of_the_module(
    host: Templates, tenant: Numbered, options: dict[str, Any], words: str
) -> None:
    with pytest.raises(AnsibleOptionsError, match=words):
        host.run("auth0_token", "urn:a", **options)
    assert tenant.requests == []


@pytest.mark.parametrize(
    ("option", "around"),
    [
        ("signing_alg", "{}"),
        ("token_endpoint_auth_method", "{}"),
        ("auth0_timeout", "{}"),
        ("auth0_ca_path", "{}"),
        ("key_id", "{}"),
        ("client_id", "the one of {}"),
    ],
)
def test_a_private_key_that_is_given_to_another_option_is_masked(
    host: Templates, tenant: Numbered, option: str, around: str
) -> None:
    key = rsa_pem()
    with pytest.raises((AnsibleOptionsError, AnsibleLookupError)) as caught:
        host.run("auth0_token", "urn:a", **{option: around.format(key)})
    assert not [line for line in key.splitlines()[1:-1] if line in told(caught)]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"scope": []}, "scope is empty"),
        ({"client_id": "c"}, "client_id alone proves nothing"),
        ({"cache_refresh": True}, "cache_refresh does nothing without cache: true"),
        ({"client_id": "c", "private_key": "/nowhere/key.pem"}, r"private_key is neither a private key .*No such file"),
    ],
)
def test_options_that_mean_nothing_are_told_in_the_words_of_the_module(
    host: Templates, tenant: Numbered, options: dict[str, Any], words: str
) -> None:
    with pytest.raises(AnsibleLookupError, match=words):
        host.run("auth0_token", "urn:a", **options)
    assert tenant.requests == []


# where they come from


def test_what_the_call_gives_beats_variables_and_those_beat_the_environment(
    host: Templates, mocked: RequestsMock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUTH0_DOMAIN", "environment.example.com")
    monkeypatch.setenv("AUTH0_CLIENT_ID", "of-the-environment")
    mocked.post("https://call.example.com/oauth/token", json={"access_token": "t"})
    host.run("auth0_token", "urn:a", auth0_domain="call.example.com")
    assert '"client_id": "the-caller"' in str(mocked.calls[0].request.body)


def test_the_environment_is_enough(templates: Templates, tenant: Numbered, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in HOST.items():
        monkeypatch.setenv(name.upper(), value)
    monkeypatch.setenv("AUTH0_CLIENT_ASSERTION_PRIVATE_KEY", "")  # as a pipeline sets what it does not have
    assert templates.run("auth0_token", "urn:a") == [TOKEN]
    assert bodies(tenant)[0]["client_id"] == "the-caller"


def test_without_any_the_missing_one_is_told(templates: Templates) -> None:
    with pytest.raises(AnsibleOptionsError, match="missing required arguments: auth0_domain"):
        templates.run("auth0_token", "urn:a")


def test_variables_may_be_templates(host: Templates, tenant: Numbered) -> None:
    host.give({"vault_secret": SECRET, "region": "eu"})
    host.template(auth0_client_secret="{{ vault_secret }}", auth0_domain="acme.{{ region }}.auth0.com")
    assert host.render("{{ lookup(%s, 'urn:a') }}" % NAME) == TOKEN
    assert bodies(tenant)[0]["client_secret"] == SECRET


def test_a_variable_that_cannot_be_evaluated_is_told_by_name_where_it_is_needed(
    host: Templates, tenant: Numbered
) -> None:
    host.template(auth0_client_id="{{ forgotten }}")
    with pytest.raises(AnsibleError) as caught:
        host.render("{{ lookup(%s, 'urn:a') }}" % NAME)
    assert "'forgotten' is undefined" in told(caught)
    assert host.render("{{ lookup(%s, 'urn:a', auth0_client_id='given') }}" % NAME) == TOKEN


@pytest.mark.parametrize("place", ["variables", "environment"])
def test_a_key_that_the_call_gives_beats_a_secret_from_elsewhere_and_the_other_way_round(
    templates: Templates, tenant: Numbered, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    def elsewhere(values: dict[str, str]) -> None:
        for name, value in values.items():
            monkeypatch.setenv(name, value)

    templates.give({"auth0_domain": DOMAIN, "auth0_client_id": "the-caller"})
    if place == "variables":
        templates.give({"auth0_client_secret": SECRET})
    else:
        elsewhere({"AUTH0_CLIENT_SECRET": SECRET})
    templates.run("auth0_token", "urn:a", auth0_private_key=rsa_pem())
    if place == "variables":
        del templates.variables["auth0_client_secret"]
        templates.give({"auth0_private_key": rsa_pem()})
    else:
        monkeypatch.delenv("AUTH0_CLIENT_SECRET")
        elsewhere({"AUTH0_CLIENT_ASSERTION_PRIVATE_KEY": rsa_pem()})
    templates.run("auth0_token", "urn:a", auth0_client_secret=SECRET)
    first, second = bodies(tenant)
    assert "client_assertion" in first and "client_secret" not in first
    assert second["client_secret"] == SECRET and "client_assertion" not in second


# what the user sees


def test_a_refusal_is_told_in_the_words_of_the_module(host: Templates, tenant: Numbered) -> None:
    tenant.heal()
    tenant.add_api("urn:a")
    with pytest.raises(AnsibleError) as caught:
        host.render("{{ lookup(%s, 'urn:a') }}" % NAME)
    assert "No token for client the-caller and audience urn:a: the client has no client grant" in told(caught)
    assert SECRET not in told(caught)


def test_a_refusal_that_repeats_a_secret_is_masked(host: Templates, tenant: Numbered) -> None:
    tenant.heal()
    refusal = {"error": "access_denied", "error_description": f"{SECRET} is no good"}
    tenant.fail(replaced(refusal, 403), "POST", "/oauth/token")
    with pytest.raises(AnsibleLookupError) as caught:
        host.run("auth0_token", "urn:a")
    assert "is no good" in told(caught)
    assert SECRET not in told(caught)


def test_warnings_are_told(host: Templates, mocked: RequestsMock, tmp_path: Path) -> None:
    file = tmp_path / "key.pem"
    file.write_text(rsa_pem())
    file.chmod(0o644)
    headers = {"Auth0-Client-Quota-Limit": "b=per_day;q=10;r=0;t=3600"}
    mocked.post(f"{URL}/oauth/token", json={"access_token": "t"}, headers=headers)
    host.run("auth0_token", "urn:a", client_id="c", private_key=str(file))
    key, quota = host.warnings
    assert key.startswith("private_key: others can read this file")
    assert quota.startswith("Tokens left for this client: 0 of 10 per day; the quota resets in 60 minutes.")


def test_warnings_are_told_when_it_fails_too(host: Templates, tenant: Numbered, tmp_path: Path) -> None:
    file = tmp_path / "key.pem"
    file.write_text(rsa_pem())
    file.chmod(0o644)
    tenant.heal()
    with pytest.raises(AnsibleLookupError):
        host.run("auth0_token", "urn:a", client_id="c", private_key=str(file))
    assert len(host.warnings) == 1


def test_a_kept_token_serves_every_evaluation(
    host: Templates, tenant: Numbered, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(token_cache, "ITERATIONS", 1)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    for dummy in range(3):
        assert host.render("{{ lookup(%s, 'urn:a', cache=true) }}" % NAME) == TOKEN
    assert tenant.requests == ["POST /oauth/token"]
    assert host.warnings == []


def test_a_key_signs_for_the_tenant_of_the_host(host: Templates, tenant: Numbered) -> None:
    host.run("auth0_token", "urn:a", client_id="c", private_key=rsa_pem(), key_id="the-kid", signing_alg="PS256")
    assertion = bodies(tenant)[0]["client_assertion"]
    assert jwt.get_unverified_header(assertion)["alg"] == "PS256"
    assert jwt.decode(assertion, options={"verify_signature": False})["aud"] == f"https://{DOMAIN}/"


def test_a_missing_library_is_told(host: Templates, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(causes, "REQUESTS_IMPORT_ERROR", "Traceback ...")
    with pytest.raises(AnsibleLookupError, match=r"Python library \(requests\)"):
        host.run("auth0_token", "urn:a")
