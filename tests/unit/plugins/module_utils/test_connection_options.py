# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Connection options as people, surveys and pipelines give them, and where a failure says that one came from."""

from __future__ import annotations

import re
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._errors import ApiError, InvalidOptions, Unreachable
from ansible_collections.community.auth0.plugins.module_utils._task.arguments import (
    ArgumentSpec,
    check_connection,
    connection_spec,
    tidied_connection,
)
from ansible_collections.community.auth0.plugins.module_utils._task.credentials import (
    credentials_from,
)
from ansible_collections.community.auth0.plugins.module_utils._task.origin import origins_named
from ansible_collections.community.auth0.plugins.module_utils._task.validation import validated
from ansible_collections.community.auth0.plugins.module_utils._tokens.client_authentication import ClientSecret
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.tasks import params_of

OPTIONS = sorted(connection_spec().options)
MACHINE = {"auth0_client_id": "the-client", "auth0_client_secret": "the-client-s-secret"}


# what is given


@pytest.mark.parametrize("name", OPTIONS)
@pytest.mark.parametrize("nothing", ["", " ", "\n", "\t \r\n", '""', "' '", None])
def test_every_connection_option_without_content_counts_as_not_given(name: str, nothing: Any) -> None:
    assert tidied_connection({name: nothing, "name": nothing, "description": ""}) == {
        "name": nothing,
        "description": "",
    }


@pytest.mark.parametrize("name", OPTIONS)
def test_what_is_around_the_value_of_a_connection_option_is_cut(name: str) -> None:
    for around in ("{}\n", "  {}\t", '"{}"', "'{}'", " '{}'\r\n", "\ufeff{}", "\u201c{}\u201d", "\u00a0{}\u200b"):
        assert tidied_connection({name: around.format("a value")}) == {name: "a value"}


@pytest.mark.parametrize("value", ['"half', "it's", '"', 7, True, ["a"], {"a": 1}])
def test_what_is_part_of_a_value_stays(value: Any) -> None:
    assert tidied_connection({"auth0_client_secret": value}) == {"auth0_client_secret": value}


def test_the_options_of_the_objects_stay_as_they_are() -> None:
    options = {"client_secret": " s ", "description": '"quoted"', "name": ""}
    assert tidied_connection(options) == options


def test_what_is_around_a_value_of_the_environment_is_cut_too(monkeypatch: pytest.MonkeyPatch) -> None:
    environ = {"AUTH0_CLIENT_ID": " the-client\n", "AUTH0_CLIENT_SECRET": '"the-client-s-secret"\n'}
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    params = params_of(ArgumentSpec(), {})
    assert credentials_from(params, environ, print) == ClientSecret("the-client", "the-client-s-secret")
    token = params_of(ArgumentSpec(), {"auth0_api_token": "a-token-of-the-task"})
    assert credentials_from(token, environ, print) == "a-token-of-the-task"


@pytest.mark.parametrize("nothing", [" ", '""', "\n"])
def test_a_variable_of_the_environment_without_content_is_none(monkeypatch: pytest.MonkeyPatch, nothing: str) -> None:
    monkeypatch.setenv("AUTH0_AUDIENCE", nothing)
    assert params_of(ArgumentSpec(), {})["auth0_audience"] is None


@pytest.mark.parametrize(
    ("name", "value", "fits"),
    [
        ("auth0_timeout", 1, True),
        ("auth0_timeout", 3600, True),
        ("auth0_timeout", 0, False),
        ("auth0_timeout", 3601, False),
        ("auth0_timeout", 9300000000, False),
        ("auth0_timeout", 10**400, False),
        ("auth0_retries", 0, True),
        ("auth0_retries", 100, True),
        ("auth0_retries", -1, False),
        ("auth0_retries", 101, False),
        ("auth0_retries", 10**400, False),
    ],
)
def test_numbers_have_limits_that_are_named(name: str, value: int, fits: bool) -> None:
    params = params_of(ArgumentSpec(), {name: value})
    if fits:
        check_connection(params)
        return
    with pytest.raises(InvalidOptions, match=f"{name}: .* is too (small|large).* from [01] to [0-9]+") as caught:
        check_connection(params)
    assert len(caught.value.message) < 200


def test_ansible_never_hears_of_a_short_secret_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTH0_CLIENT_SECRET", "short")
    assert params_of(ArgumentSpec(), {})["auth0_client_secret"] is None


# where an option came from


def failed(error: Exception, params: dict[str, Any], environ: dict[str, str]) -> str:
    with pytest.raises(type(error)) as caught, origins_named(params, environ):
        raise error
    return str(getattr(caught.value, "message", ""))


def test_a_failure_by_an_option_of_the_environment_names_the_variable() -> None:
    params = {"auth0_audience": "https://orders.example", "auth0_domain": "acme.eu.auth0.com"}
    error = ApiError("No token for client c and audience https://orders.example: no API.", "no_such_api")
    message = failed(error, params, {"AUTH0_AUDIENCE": "https://orders.example"})
    assert message == (
        "No token for client c and audience https://orders.example: no API. (auth0_audience comes from the environment "
        "variable AUTH0_AUDIENCE.)"
    )


@pytest.mark.parametrize(
    ("error", "params", "environ", "named"),
    [
        (Unreachable("There is no host x.com.", "no_such_host"), {"auth0_domain": "x.com"}, "AUTH0_DOMAIN", True),
        (InvalidOptions("auth0_ca_path: no."), {"auth0_ca_path": "/ca.pem"}, "AUTH0_CA_PATH", True),
        (ApiError("wrong", "invalid_client"), {"auth0_client_secret": "hush-hush"}, "AUTH0_CLIENT_SECRET", True),
        (
            InvalidOptions("auth0_private_key is a certificate."),
            {"auth0_private_key": "k"},
            "AUTH0_CLIENT_ASSERTION_PRIVATE_KEY",
            True,
        ),
        (ApiError("not accepted", "unauthorized", status=401), {"auth0_api_token": "hush"}, "AUTH0_API_TOKEN", True),
        (ApiError("no such client c", "not_found"), {"auth0_audience": "urn:a"}, "AUTH0_AUDIENCE", False),
        (ApiError("No token for audience urn:b", "no_such_api"), {"auth0_audience": "urn:a"}, "AUTH0_AUDIENCE", False),
        (Unreachable("x.com does not answer", "no_answer"), {"auth0_domain": "x.com"}, "AUTH0_DOMAIN", True),
    ],
)
def test_only_what_the_failure_is_about_is_named(error: Any, params: dict[str, Any], environ: str, named: bool) -> None:
    message = failed(error, params, {environ: next(iter(params.values()))})
    assert (f"variable {environ}" in message) == named
    assert "hush" not in message


@pytest.mark.parametrize(
    ("params", "environ", "named"),
    [
        # A client of the task gets a token for the API of another program, which the Management API refuses.
        ({"auth0_client_id": "c", "auth0_audience": "urn:app"}, {"AUTH0_AUDIENCE": "urn:app"}, ["AUTH0_AUDIENCE"]),
        # The client counts, not the token beside it.
        ({"auth0_client_id": "c", "auth0_api_token": "a-token"}, {"AUTH0_API_TOKEN": "a-token"}, []),
        # The token counts, for which no audience is asked for.
        (
            {"auth0_api_token": "a-token", "auth0_audience": "urn:app"},
            {"AUTH0_API_TOKEN": "a-token", "AUTH0_AUDIENCE": "urn:app"},
            ["AUTH0_API_TOKEN"],
        ),
    ],
)
def test_a_refused_token_is_put_down_to_what_it_was_made_of(
    params: dict[str, str], environ: dict[str, str], named: list[str]
) -> None:
    error = ApiError("the Management API token is not accepted (401: Bad audience).", "unauthorized", status=401)
    message = failed(error, params, environ)
    assert re.findall(r"variable (\w+)", message) == named


def test_a_choice_of_the_environment_that_there_is_not_names_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTH0_CLIENT_ASSERTION_SIGNING_ALG", "HS256")
    domain = {"auth0_domain": "acme.eu.auth0.com"}
    problem = validated(connection_spec(), domain, "m").problem
    assert problem == (
        "value of auth0_signing_alg must be one of: RS256, RS384, PS256, got: HS256; "
        "auth0_signing_alg comes from the environment variable AUTH0_CLIENT_ASSERTION_SIGNING_ALG"
    )
    given = validated(connection_spec(), {**domain, "auth0_signing_alg": "HS512"}, "m").problem
    assert given is not None and "environment" not in given


def test_an_option_of_the_task_has_no_variable() -> None:
    error = ApiError("No token for audience urn:a", "no_such_api")
    assert failed(error, {"auth0_audience": "urn:a"}, {"AUTH0_AUDIENCE": "urn:b"}) == "No token for audience urn:a"


def failed_within(error: Exception, environ: dict[str, str]) -> None:
    with origins_named({"auth0_domain": "x.com"}, environ):
        raise error


def test_a_variable_is_named_once() -> None:
    error = Unreachable("There is no host x.com.", "no_such_host")
    environ = {"AUTH0_DOMAIN": "x.com"}
    with pytest.raises(Unreachable), origins_named({"auth0_domain": "x.com"}, environ):
        failed_within(error, environ)
    assert error.message.count("AUTH0_DOMAIN") == 1
