# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The secrets among options, whatever shape those have."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from ansible_collections.community.auth0.plugins.module_utils._modules.client_credentials.work import (
    WORK as CREDENTIALS,
)
from ansible_collections.community.auth0.plugins.module_utils._modules.config.work import WORK as CONFIG
from ansible_collections.community.auth0.plugins.module_utils._modules.keeping import work_of
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Work
from ansible_collections.community.auth0.plugins.module_utils._task.secrets import MASK, Guarded, guarded
from ansible_collections.community.auth0.plugins.module_utils._task.validation import validated
from hypothesis import given
from hypothesis import strategies as st

CLIENT, API = work_of(KINDS["client"]), work_of(KINDS["resource_server"])
ONE, OTHER, THIRD = "planted-secret-1", "planted-secret-2", "planted-secret-3"


def told(found: Guarded) -> str:
    """Why the options are refused."""
    assert found.refusal
    return found.refusal.message


def guard(work: Work, **options: Any) -> Guarded:
    return guarded(work.watched, options)


@pytest.mark.parametrize(
    ("work", "neighbour"),
    [
        (API, {"scopes": ["read:a", "read:b"]}),
        (API, {"token_encryption": "text"}),
        (API, {"token_encryption": {"encryption_key": ["a"]}}),
        (CLIENT, {"jwt_configuration": "RS256"}),
        (CLIENT, {"jwt_configuration": ["a=b", 3]}),
        (CLIENT, {"addons": {"firebase": "text"}}),
        (CLIENT, {"addons": 3}),
        (CLIENT, {"addons": [[{}], None]}),
        (CLIENT, {"refresh_token": {"policies": ["x"]}}),
        (CONFIG, {"clients": {"a": 1}}),
        (CONFIG, {"clients": ["text", None, 3, {"addons": 3}]}),
    ],
)
def test_a_neighbour_of_the_wrong_shape_hides_no_secret(work: Work, neighbour: dict[str, Any]) -> None:
    secrets = {"auth0_client_secret": ONE, "auth0_api_token": OTHER}
    secrets |= {"client_secret": THIRD} if work is CLIENT else {"signing_secret": THIRD} if work is API else {}
    found = guard(work, **neighbour, **secrets)
    assert set(secrets.values()) <= found.secrets
    assert found.refusal is None
    assert found.params == {**neighbour, **secrets}


@pytest.mark.parametrize(
    ("work", "options"),
    [
        (CLIENT, {"addons": {"firebase": {"private_key": ONE}}}),
        (CLIENT, {"addons": {"azure_sb": {"sas_key": ONE}}}),  # its name in Terraform
        (CLIENT, {"addons": [{"firebase": [{"private_key": ONE}]}]}),
        (CLIENT, {"addons": {"private_key": ONE}}),
        (CLIENT, {"private_key": ONE}),
        (CLIENT, {"client_metadata": {"client_secret": ONE}}),
        (CLIENT, {"addons": json.dumps({"firebase": {"private_key": ONE}})}),
        (CLIENT, {"addons": "firebase={'private_key':'%s'}" % ONE}),
        (CLIENT, {"addons": {"firebase": "private_key=%s, client_email=x" % ONE}}),
        (CLIENT, {"addons": {"firebase": "private_key: %s" % ONE}}),
        (CREDENTIALS, {"credentials": {"first": {"pem": ONE}}}),
        (CREDENTIALS, {"credentials": [["a", {"pem": ONE}]]}),
        (CREDENTIALS, {"credentials": json.dumps([{"pem": ONE}])}),
        (CREDENTIALS, {"credentials": "pem=%s,name=a" % ONE}),
        (API, {"token_encryption": {"encryption_key": json.dumps({"pem": ONE})}}),
        (CONFIG, {"clients": [{"name": "a", "client_secret": ONE}]}),
        (CONFIG, {"clients": {"name": "a", "client_secret": ONE}}),
        (CONFIG, {"resource_servers": [{"signing_secret": ONE}]}),
        (CONFIG, {"client_secret": ONE}),
        (CLIENT, {"jwt_configuration": "alg=RS256, secret=%s" % ONE}),  # there is no such option, as Ansible will say
    ],
)
def test_a_secret_is_found_at_every_depth_and_in_every_shape(work: Work, options: dict[str, Any]) -> None:
    found = guard(work, **options)
    assert ONE in found.secrets
    assert found.params == options


def test_a_mistake_in_a_list_names_the_position() -> None:
    clients: list[Any] = [{"name": "a"}, {"name": "b", "client_secret": [ONE]}, {"client_secret": "abc"}]
    said = told(guard(CONFIG, clients=clients))
    assert said.startswith("clients[1].client_secret is no string. clients[2].client_secret is too short")


@pytest.mark.parametrize(
    "domain",
    [
        "user:pass-word@acme.eu.auth0.com",
        "user:pass-word%40acme.eu.auth0.com",
        "acme.eu.auth0.com?client_secret=pass-word",
        "https://acme.eu.auth0.com/#pass-word",
        "acme.eu.auth0.com:pass-word",
        "acme.eu.auth0.com pass-word",
        "acme.eu.auth0.com\\pass-word",
    ],
)
def test_a_domain_that_holds_more_than_a_host_is_hidden_where_ansible_shows_the_options_too(
    domain: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for value in (domain, [domain]):
        options = validated(CLIENT.spec, {"auth0_domain": value, "name": "a"}, "auth0_client", CLIENT.watched)
        assert "pass-word" not in str(options.masked({"shown": options.params}))
    monkeypatch.setenv("AUTH0_DOMAIN", domain)
    options = validated(CLIENT.spec, {"name": "a"}, "auth0_client", CLIENT.watched)
    assert "pass-word" not in str(options.masked({"shown": options.params}))


@pytest.mark.parametrize("domain", ["acme.eu.auth0.com", "http://127.0.0.1:8080", "https://acme.eu.auth0.com", "acme"])
def test_a_domain_that_holds_no_more_is_shown(domain: str) -> None:
    assert guard(CLIENT, auth0_domain=domain).secrets == frozenset()


@pytest.mark.parametrize("value", [{"secret-by-name": ONE}, [ONE, "a"], ({"a": [ONE]},)])
def test_what_is_no_string_is_refused_as_a_secret_and_hidden_with_all_its_parts(value: Any) -> None:
    found = guard(CLIENT, client_secret=value)
    assert ONE in found.secrets
    assert found.params == {"client_secret": MASK}
    assert told(found) == "client_secret is no string."
    assert "secret-by-name" in found.secrets or value[0] != "secret-by-name"


@pytest.mark.parametrize(
    ("options", "path", "cleaned"),
    [
        ({"client_secret": "abc"}, "client_secret", {"client_secret": MASK}),
        ({"client_secret": 1234567}, "client_secret", {"client_secret": MASK}),
        ({"client_secret": True}, "client_secret", {"client_secret": MASK}),
        ({"client_secret": " abc \n     "}, "client_secret", {"client_secret": MASK}),
        (
            {"addons": {"layer": {"private_key": "abc"}}},
            "addons.layer.private_key",
            {"addons": {"layer": {"private_key": MASK}}},
        ),
        (
            {"addons": '{"layer": {"privateKey": "abc"}}'},
            "addons.layer.privateKey",
            {"addons": {"layer": {"privateKey": MASK}}},
        ),
    ],
)
def test_a_short_secret_is_refused_and_shown_nowhere(
    options: dict[str, Any], path: str, cleaned: dict[str, Any]
) -> None:
    found = guard(CLIENT, **options)
    assert not found.secrets
    assert found.params == cleaned
    refusal = told(found)
    assert found.refusal and found.refusal.code == "short_secret"
    assert refusal.startswith(f"{path} is too short for a secret")
    assert refusal.endswith("Give the whole secret.")
    assert "abc" not in refusal


def test_a_short_secret_of_the_environment_is_refused_where_it_would_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTH0_CLIENT_SECRET", "abc")
    assert told(guard(CLIENT, name="a")).startswith(
        "auth0_client_secret (AUTH0_CLIENT_SECRET in the environment) is too"
    )
    assert guard(CLIENT, auth0_client_secret=ONE).refusal is None
    assert guard(CLIENT, auth0_api_token=ONE).refusal is None


def test_a_secret_of_the_environment_is_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTH0_CLIENT_SECRET", ONE)
    found = guard(CLIENT, name="a")
    assert (found.params, found.secrets) == ({"name": "a"}, {ONE})


def test_the_short_name_of_a_file_is_told_how_to_give(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "k.pem").touch()
    monkeypatch.chdir(tmp_path)
    assert told(guard(CLIENT, auth0_private_key="k.pem")).endswith("Give the path of that file from the root.")


@pytest.mark.parametrize("value", [None, "", "  "])
def test_nothing_is_no_secret(value: Any) -> None:
    assert guard(CLIENT, client_secret=value) == Guarded({"client_secret": value}, frozenset())


@pytest.mark.parametrize("name", ["client_secert", "clientsecret", "Client_Secret"])
def test_a_secret_by_a_misspelt_name_is_hidden(name: str) -> None:
    spec = {"client_secret": {"type": "str", "no_log": True}, "name": {"type": "str"}}
    assert guarded(spec, {name: "a-long-secret"}).secrets == {"a-long-secret"}
    free = {"client_secret": {"type": "str", "no_log": True}, "client_metadata": {"type": "dict"}}
    assert guarded(free, {"client_metadata": {name: "a-long-value"}}).secrets == frozenset()


def test_a_short_value_where_a_secret_does_not_belong_is_not_shown_either() -> None:
    assert guard(CLIENT, addons={"private_key": "abc"}).params == {"addons": {"private_key": MASK}}


def test_a_short_value_in_what_is_passed_on_stays_as_it_is() -> None:
    options = {"client_metadata": {"client_secret": "abc"}}
    assert guard(CLIENT, **options) == Guarded(options, frozenset())


def test_a_secret_is_hidden_as_it_is_written_in_other_strings_too() -> None:
    secret = "it's a\nsecret\\\n"
    found = guard(CLIENT, client_secret=secret).secrets
    assert {secret, secret.strip(), repr(secret)[1:-1], json.dumps(secret)[1:-1]} <= found


def test_what_is_nested_too_deeply_is_refused_and_hidden() -> None:
    deep: Any = {"client_secret": ONE}
    for dummy in range(5000):
        deep = [deep]
    found = guard(CLIENT, client_metadata=deep)
    assert ONE in found.secrets
    assert told(found) == "client_metadata is nested too deeply."


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | st.just(ONE),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["firebase", "private_key", "name", "policies", "addons", ""]), inner, max_size=3
        )
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(sorted(CLIENT.spec.options)), anything, max_size=5))
def test_no_options_make_it_fail(options: dict[str, Any]) -> None:
    found = guard(CLIENT, **options)
    assert options.keys() <= found.params.keys()
    if options.get("client_secret") == ONE:
        assert ONE in found.secrets
