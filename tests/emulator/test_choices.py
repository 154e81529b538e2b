# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where tenants differ, or nobody has published what they do: what the options of the command choose."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.auth0.tests.harness.in_process import InProcessTenant
from auth0_emulator import cli
from auth0_emulator.state.tenant import Choices

LAG = 30.0


@pytest.fixture
def lagging() -> InProcessTenant:
    """A tenant whose reads lag."""
    return InProcessTenant(choices=Choices(lag=LAG))


CREATIONS: list[tuple[str, dict[str, Any], str]] = [
    ("/resource-servers", {"identifier": "urn:new"}, "id"),
    ("/clients", {"name": "new"}, "client_id"),
    ("/roles", {"name": "new"}, "id"),
    ("/organizations", {"name": "new"}, "id"),
]


@pytest.mark.parametrize(("path", "body", "key"), CREATIONS, ids=[path for path, *dummy in CREATIONS])
def test_what_was_created_cannot_be_read_for_a_while(
    lagging: InProcessTenant, path: str, body: dict[str, Any], key: str
) -> None:
    made = lagging.call("POST", path, body)[key]

    def listed() -> bool:
        return made in [one[key] for one in lagging.call("GET", path)]

    assert lagging.ask("GET", f"{path}/{made}")[0] == 404
    assert not listed()
    lagging.clock.advance(LAG - 1)
    assert lagging.ask("GET", f"{path}/{made}")[0] == 404
    lagging.clock.advance(1)
    assert lagging.ask("GET", f"{path}/{made}")[0] == 200
    assert listed()


def test_what_cannot_be_read_yet_is_there_all_the_same(lagging: InProcessTenant) -> None:
    made = lagging.call("POST", "/resource-servers", {"identifier": "urn:new"})
    assert lagging.ask("POST", "/resource-servers", {"identifier": "urn:new"})[0] == 409
    assert lagging.ask("PATCH", f"/resource-servers/{made['id']}", {"name": "n"})[0] == 200
    client = lagging.call("POST", "/clients", {"name": "c"})
    grant = {"client_id": client["client_id"], "audience": "urn:new", "scope": []}
    assert lagging.ask("POST", "/client-grants", grant)[0] == 201


def test_what_a_new_tenant_contains_does_not_lag(lagging: InProcessTenant) -> None:
    assert len(lagging.call("GET", "/clients")) == 2
    assert len(lagging.call("GET", "/client-grants")) == 1


def test_a_new_secret_is_refused_for_a_while_and_the_old_one_accepted(lagging: InProcessTenant) -> None:
    client = lagging.call("POST", "/clients", {"name": "c"})
    lagging.call("POST", "/resource-servers", {"identifier": "urn:api"})
    grant = {"client_id": client["client_id"], "audience": "urn:api", "scope": []}
    lagging.call("POST", "/client-grants", grant)
    path, own = f"/clients/{client['client_id']}", {"client_id": client["client_id"], "audience": "urn:api"}

    def accepted(secret: str) -> bool:
        return lagging.token_request(**own, client_secret=secret)[0] == 200

    assert not accepted(client["client_secret"])
    lagging.clock.advance(LAG)
    assert accepted(client["client_secret"])
    rotated = lagging.call("POST", f"{path}/rotate-secret")["client_secret"]
    assert (accepted(client["client_secret"]), accepted(rotated)) == (True, False)
    lagging.clock.advance(LAG)
    assert (accepted(client["client_secret"]), accepted(rotated)) == (False, True)
    lagging.call("PATCH", path, {"client_secret": "a-secret-of-ones-own"})
    assert (accepted(rotated), accepted("a-secret-of-ones-own")) == (True, False)
    lagging.clock.advance(LAG)
    assert (accepted(rotated), accepted("a-secret-of-ones-own")) == (False, True)


@pytest.mark.parametrize(("narrow", "scope"), [(False, "s:a s:b"), (True, "s:b")])
def test_a_token_has_all_scopes_or_those_asked_for(narrow: bool, scope: str) -> None:
    tenant = InProcessTenant(choices=Choices(narrow_scopes=narrow))
    tenant.call("POST", "/resource-servers", {"identifier": "urn:api"})
    client = tenant.call("POST", "/clients", {"name": "c"})
    grant = {"client_id": client["client_id"], "audience": "urn:api", "scope": ["s:a", "s:b"]}
    tenant.call("POST", "/client-grants", grant)
    own = {"client_id": client["client_id"], "client_secret": client["client_secret"], "audience": "urn:api"}
    assert tenant.token_request(**own, scope="s:b")[1]["scope"] == scope
    assert tenant.token_request(**own, scope="s:c")[0] == 403


@pytest.mark.parametrize(("totals", "total"), [("all", 3), ("page", 2)])
def test_the_total_of_grants_counts_all_or_the_page(totals: Any, total: int) -> None:
    tenant = InProcessTenant(choices=Choices(grant_totals=totals))
    client = tenant.call("POST", "/clients", {"name": "c"})
    for number in range(2):
        tenant.call("POST", "/resource-servers", {"identifier": f"urn:{number}"})
        grant = {"client_id": client["client_id"], "audience": f"urn:{number}", "scope": []}
        tenant.call("POST", "/client-grants", grant)
    assert tenant.call("GET", "/client-grants?include_totals=true&per_page=2")["total"] == total


def test_a_client_stores_as_many_credentials_as_the_tenant_lets_it() -> None:
    tenant = InProcessTenant(choices=Choices(stored_credentials=2))
    path = f"/clients/{tenant.call('POST', '/clients', {'name': 'c'})['client_id']}/credentials"
    statuses = [
        tenant.ask("POST", path, {"credential_type": "cert_subject_dn", "subject_dn": f"CN={number}"})
        for number in range(3)
    ]
    assert [status for status, dummy in statuses] == [201, 201, 400]
    assert statuses[-1][1]["message"] == "A client can have a maximum of 2 credentials."


@pytest.mark.parametrize(
    ("options", "choices"),
    [
        ([], Choices()),
        (["--lag", "2.5"], Choices(lag=2.5)),
        (["--narrow-scopes"], Choices(narrow_scopes=True)),
        (["--grant-totals", "page"], Choices(grant_totals="page")),
        (["--stored-credentials", "2"], Choices(stored_credentials=2)),
    ],
    ids=str,
)
def test_options_choose(options: list[str], choices: Choices, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[Any] = []
    monkeypatch.setattr("auth0_emulator.serving.server.run", lambda settings, say: given.append(settings))
    assert cli.main(options) == 0
    assert given[0].choices == choices
