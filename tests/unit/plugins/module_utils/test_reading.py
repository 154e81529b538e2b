# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A task that reads, from its parameters to its result: what it costs in requests, and what it shows."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._engine.management import ManagementClient
from ansible_collections.community.auth0.plugins.module_utils._engine.selection import Selection
from ansible_collections.community.auth0.plugins.module_utils._errors import (
    Ambiguous,
    ApiError,
    Auth0Error,
    InvalidOptions,
    Refused,
)
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind
from ansible_collections.community.auth0.plugins.module_utils._modules import reading
from ansible_collections.community.auth0.plugins.module_utils._modules.reading import read
from ansible_collections.community.auth0.plugins.module_utils._task.runner import TaskFailed
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.numbered_tenant import CALLER, DOMAIN, Numbered
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.tasks import info_task_of
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.wire import RawRequest, answer, wire

API, CLIENT, GRANT = KINDS["resource_server"], KINDS["client"], KINDS["client_grant"]
CLIENTS, APIS, GRANTS = "/api/v2/clients", "/api/v2/resource-servers", "/api/v2/client-grants"
OF_ROBOT, OF_WEB, OF_USERS = "cgr_0000000000000007", "cgr_0000000000000008", "cgr_0000000000000009"


def run(kind: Kind, check_mode: bool = False, **options: Any) -> dict[str, Any]:
    return read(kind, info_task_of(kind, check_mode, **options))


def failed(kind: Kind, error: type[Auth0Error], **options: Any) -> Auth0Error:
    with pytest.raises(TaskFailed) as caught:
        run(kind, **options)
    assert isinstance(caught.value.error, error)
    assert not caught.value.changed
    return caught.value.error


@pytest.fixture
def furnished(tenant: Numbered) -> Numbered:
    """Three of each kind beside the tenant's own, in pages of two; names, where they matter, in another order."""
    tenant.page_size = 2
    tenant.add_client("web", app_type="spa")
    tenant.add_client("robot", app_type="non_interactive")
    tenant.add_client("robot", app_type="non_interactive", description="another")
    tenant.add_api("urn:b", ("read", "write"), name="Beta")
    tenant.add_api("urn:a/ä", name="Alpha", signing_alg="HS256", is_system=True)
    tenant.add_api("urn:c")
    tenant.add_grant("client2", "urn:b", ("read",))
    tenant.add_grant("client1", "urn:b", ("write",))
    tenant.add_grant("client1", "urn:b", subject_type="user")
    return tenant


@dataclasses.dataclass(frozen=True)
class Case:
    """What a task asks for, the ids of what it gets, and the requests that it sends."""

    kind: Kind
    options: dict[str, Any]
    ids: list[str]
    requests: list[str]


CASES = [
    Case(API, {}, ["own-api1", "api5", "api4", "api6"], [f"GET {APIS}"] * 2),
    Case(API, {"identifier": "urn:a/ä"}, ["api5"], [f"GET {APIS}/urn%3Aa%2F%C3%A4"]),
    Case(API, {"identifier": "api5"}, [], [f"GET {APIS}/api5"]),
    Case(API, {"identifier": "urn:nothing"}, [], [f"GET {APIS}/urn%3Anothing"]),
    Case(API, {"id": "api6"}, ["api6"], [f"GET {APIS}/api6"]),
    Case(API, {"identifiers": ["urn:c", "urn:b", "urn:d"]}, ["api4", "api6"], [f"GET {APIS}"]),
    Case(API, {"name": "Beta"}, ["api4"], [f"GET {APIS}"] * 2),
    Case(API, {"name_pattern": "*a"}, ["api5", "api4"], [f"GET {APIS}"] * 2),
    Case(CLIENT, {}, ["the-caller", "client2", "client3", "client1"], [f"GET {CLIENTS}"] * 2),
    Case(CLIENT, {"client_id": "client2"}, ["client2"], [f"GET {CLIENTS}/client2"]),
    Case(CLIENT, {"client_id": "own-client2"}, ["own-client2"], [f"GET {CLIENTS}/own-client2"]),
    Case(CLIENT, {"client_id": "a/b"}, [], [f"GET {CLIENTS}/a%2Fb"]),
    Case(CLIENT, {"name": "robot"}, ["client2", "client3"], [f"GET {CLIENTS}"] * 2),
    Case(CLIENT, {"name": "Robot"}, [], [f"GET {CLIENTS}"] * 2),
    Case(CLIENT, {"name": "All Applications"}, [], [f"GET {CLIENTS}"] * 2),
    Case(CLIENT, {"is_global": True}, ["own-client2"], [f"GET {CLIENTS}"]),
    Case(CLIENT, {"app_type": ["spa"], "name_pattern": "w*"}, ["client1"], [f"GET {CLIENTS}"]),
    Case(
        GRANT,
        {},
        [OF_WEB, OF_USERS, OF_ROBOT, "own-cgr_0000000000000004"],
        [f"GET {GRANTS}"] * 2,
    ),
    Case(GRANT, {"id": OF_ROBOT}, [OF_ROBOT], [f"GET {GRANTS}/{OF_ROBOT}"]),
    Case(GRANT, {"id": "cgr_0000000000000000"}, [], [f"GET {GRANTS}/cgr_0000000000000000"]),
    Case(GRANT, {"client_id": "client1", "subject_type": "user"}, [OF_USERS], [f"GET {GRANTS}"]),
    Case(
        GRANT,
        {"client_name": "web"},
        [OF_WEB, OF_USERS],
        [f"GET {CLIENTS}", f"GET {CLIENTS}/search", f"GET {CLIENTS}/client1", f"GET {GRANTS}"],
    ),
    Case(GRANT, {"client_name": "nobody"}, [], [f"GET {CLIENTS}", f"GET {CLIENTS}/search", f"GET {CLIENTS}"]),
    Case(GRANT, {"audience": "urn:a"}, [], [f"GET {GRANTS}"]),
]
each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.kind.name} {case.options}")


@each_case
@pytest.mark.parametrize("check_mode", [False, True])
def test_a_task_with_a_token_sends_exactly_these_requests(furnished: Numbered, case: Case, check_mode: bool) -> None:
    result = run(case.kind, check_mode, **case.options)
    assert furnished.requests == case.requests
    assert [item[case.kind.id_field] for item in result[case.kind.collection]] == case.ids
    assert result.keys() == {"changed", case.kind.collection}
    assert result["changed"] is False


@each_case
def test_a_task_with_credentials_sends_one_token_request_more(furnished: Numbered, case: Case) -> None:
    # The id of a client to look for is not that of the client whose credentials are used.
    run(case.kind, **case.options, **CALLER)
    assert furnished.requests == ["POST /oauth/token", *case.requests]


@each_case
def test_nothing_secret_and_nothing_undeclared_is_returned(furnished: Numbered, case: Case) -> None:
    shown = json.dumps(run(case.kind, **case.options))
    assert not [word for word in ("secret-of-", "the-caller-s-secret", "BEGIN CERTIFICATE") if word in shown]


# a client grant has none
@pytest.mark.parametrize(("kind", "name"), [(API, "signing_secret"), (CLIENT, "client_secret")], ids=str)
def test_secrets_are_in_the_list_on_request(furnished: Numbered, kind: Kind, name: str) -> None:
    shown = run(kind, include_secrets=True)[kind.collection]
    secrets = {item[kind.id_field]: item[name] for item in (furnished.clients if kind is CLIENT else furnished.apis)}
    assert {item[kind.id_field]: item[name] for item in shown}.items() >= secrets.items()
    assert "BEGIN CERTIFICATE" not in json.dumps(shown)
    hidden = [{key: value for key, value in item.items() if key != name} for item in shown]
    assert hidden == run(kind)[kind.collection]


def test_secrets_that_the_token_may_not_see_are_told_in_a_warning(furnished: Numbered) -> None:
    for client_id in ("client1", "client2", "client3"):
        assert "warnings" not in run(CLIENT, include_secrets=True)
        del furnished.stored("client", client_id)["client_secret"]
    furnished.lack("read:client_keys", "read:client_credentials")
    (warning,) = run(CLIENT, include_secrets=True)["warnings"]
    assert "read:client_keys" in warning
    assert "warnings" not in run(CLIENT)
    assert "warnings" not in run(CLIENT, include_secrets=True, name="nobody")


def test_an_api_comes_with_what_verifies_its_tokens(furnished: Numbered) -> None:
    dummy, alpha, beta, gamma = run(API)["resource_servers"]
    assert beta["verification"] == {
        "issuer": f"https://{DOMAIN}/",
        "audience": "urn:b",
        "algorithms": ["RS256"],
        "jwks_uri": f"https://{DOMAIN}/.well-known/jwks.json",
        "scopes": ["read", "write"],
        "token_dialect": "access_token",
        "typ": "JWT",
    }
    assert (alpha["verification"]["algorithms"], alpha["verification"]["jwks_uri"]) == (["HS256"], None)
    assert gamma["verification"]["scopes"] == []


@pytest.mark.parametrize(
    ("told", "dialect", "typ"),
    [
        (None, "access_token", "JWT"),
        ("access_token_authz", "access_token_authz", "JWT"),
        ("rfc9068_profile", "rfc9068_profile", "at+jwt"),
        ("rfc9068_profile_authz", "rfc9068_profile_authz", "at+jwt"),
    ],
)
def test_an_api_comes_with_the_type_of_its_tokens(tenant: Numbered, told: str | None, dialect: str, typ: str) -> None:
    tenant.stored("resource_server", tenant.add_api("urn:a")["id"])["token_dialect"] = told
    (api,) = run(API, identifier="urn:a")["resource_servers"]
    assert (api["verification"]["token_dialect"], api["verification"]["typ"]) == (dialect, typ)


def test_an_algorithm_that_the_tenant_does_not_tell_is_not_guessed(tenant: Numbered) -> None:
    del tenant.stored("resource_server", tenant.add_api("urn:a")["id"])["signing_alg"]
    (api,) = run(API, identifier="urn:a")["resource_servers"]
    assert (api["verification"]["algorithms"], api["verification"]["jwks_uri"]) == ([], None)


def test_only_apis_have_something_to_verify(furnished: Numbered) -> None:
    assert not [item for kind in (CLIENT, GRANT) for item in run(kind)[kind.collection] if "verification" in item]


def test_on_loopback_the_keys_are_where_the_tenant_is_and_one_connection_is_enough() -> None:
    def tenant(request: RawRequest) -> bytes:
        row = {"id": request.target[-20:], "identifier": "urn:a", "signing_alg": "PS256"}
        page = {"resource_servers": [row] if "page=0" in request.target else [], "limit": 1}
        return answer(page if request.method == "GET" else {"access_token": "t"})

    with wire(tenant) as server:
        (api,) = run(API, auth0_domain=server.url, **CALLER)["resource_servers"]
    host = server.url.partition("//")[2]
    assert api["verification"]["issuer"] == f"https://{host}/"
    assert api["verification"]["jwks_uri"] == f"http://{host}/.well-known/jwks.json"
    assert ([request.method for request in server.requests], server.connections) == (["POST", "GET", "GET"], 1)


def test_reading_is_locked_in_the_session(tenant: Numbered, monkeypatch: pytest.MonkeyPatch) -> None:
    def write(selection: Selection, tenant: ManagementClient) -> list[Any]:
        return [tenant.create(selection.kind, {"identifier": "urn:a"}, "the API urn:a")]

    monkeypatch.setattr(reading, "select", write)
    failed(API, Refused)
    assert tenant.requests == []


def test_the_organizations_of_a_grant_cost_one_request_each_and_come_sorted(furnished: Numbered) -> None:
    for name in ("b", "c", "a"):
        furnished.add_organization(name, OF_WEB)
    assert all("organizations" not in grant for grant in run(GRANT)["client_grants"])
    furnished.forget()
    grants = run(GRANT, client_id="client1", include_organizations=True)["client_grants"]
    pages = [f"GET {GRANTS}/{OF_WEB}/organizations"] * 2 + [f"GET {GRANTS}/{OF_USERS}/organizations"]
    assert furnished.requests == [f"GET {GRANTS}", *pages]
    shown = [{"id": f"org_{number}", "name": name} for number, name in ((10, "b"), (11, "c"), (12, "a"))]
    assert [grant["organizations"] for grant in grants] == [shown, []]


@pytest.mark.parametrize(
    ("kind", "options", "told"),
    [
        (API, {"identifier": ""}, "identifier: is empty"),
        (API, {"id": ".."}, "'..' cannot name an API"),
        (CLIENT, {"name": ""}, "name: is empty"),
        (CLIENT, {"auth0_api_token": ""}, "No credentials"),
        (GRANT, {"client_name": ""}, "client_name: is empty"),
        (GRANT, {"auth0_domain": "https://acme.eu.auth0.com"}, "has a scheme"),
    ],
)
def test_bad_options_fail_before_anything_is_sent(
    tenant: Numbered, kind: Kind, options: dict[str, Any], told: str
) -> None:
    assert told in failed(kind, InvalidOptions, **options).message
    assert tenant.requests == []


def test_a_client_name_that_fits_several_clients_fails_with_their_ids(furnished: Numbered) -> None:
    assert "client2, client3" in failed(GRANT, Ambiguous, client_name="robot").message


def test_a_missing_scope_of_the_management_token_fails_with_its_name(tenant: Numbered) -> None:
    tenant.lack("read:resource_servers")
    error = failed(API, ApiError)
    assert "read:resource_servers" in error.message
    assert error.code == "insufficient_scope"
