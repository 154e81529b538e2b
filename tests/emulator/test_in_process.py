# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The tenant inside a test's own process: the same answers as over a socket, and what can go wrong on the way."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from ansible_collections.community.auth0.tests.harness.in_process import (
    BROKEN_OFF,
    DROPPED_AFTER,
    DROPPED_BEFORE,
    EMPTY,
    HTML_502_AFTER,
    HTML_502_BEFORE,
    HUNG_AFTER,
    HUNG_BEFORE,
    REFUSED,
    TRANSPORT_FAULTS,
    TRUNCATED,
    WRONG_TYPE,
    Fault,
    InProcessTenant,
    answered,
    installed,
)

API = {"identifier": "urn:api", "name": "API"}


def post(tenant: InProcessTenant, **fields: Any) -> requests.Response:
    """Create an API as a client of the tenant does."""
    headers = {"Authorization": f"Bearer {tenant.token()}"}
    with tenant.installed():
        return requests.post(f"{tenant.url}/api/v2/resource-servers", json=API | fields, headers=headers)


def apis(tenant: InProcessTenant) -> list[str]:
    """The identifiers of the APIs that were made."""
    found = tenant.call("GET", "/resource-servers")
    return [one["identifier"] for one in found if "is_system" not in one]


def test_a_session_reaches_the_tenant_through_its_adapter() -> None:
    tenant = InProcessTenant()
    session = requests.Session()
    session.mount(tenant.url, tenant.adapter())
    answer = session.post(
        f"{tenant.url}/oauth/token",
        data={
            "grant_type": "client_credentials",
            "client_id": tenant.credentials.client_id,
            "client_secret": tenant.credentials.client_secret,
            "audience": tenant.audience,
        },
    )
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    session.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
    shown = session.get(f"{tenant.url}/api/v2/resource-servers/https:%2F%2F{tenant.domain}%2Fapi%2Fv2%2F")
    assert shown.json()["identifier"] == tenant.audience
    assert [str(sent) for sent in tenant.sent] == [
        "POST /oauth/token",
        f"GET /api/v2/resource-servers/https:%2F%2F{tenant.domain}%2Fapi%2Fv2%2F",
    ]


def test_several_tenants_are_told_apart_by_their_domains_and_nothing_else_is_reached() -> None:
    first, second = InProcessTenant(domain="first.auth0.com"), InProcessTenant(domain="second.auth0.com")
    with installed(first, second):
        for tenant in (first, second):
            found = requests.get(f"{tenant.url}/.well-known/openid-configuration").json()
            assert found["issuer"] == f"https://{tenant.domain}/"
        with pytest.raises(AssertionError, match=r"elsewhere\.example"):
            requests.get("https://elsewhere.example/")
    assert len(first.sent) == len(second.sent) == 1


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (REFUSED, requests.ConnectionError),
        (DROPPED_BEFORE, requests.ConnectionError),
        (DROPPED_AFTER, requests.ConnectionError),
        (HUNG_BEFORE, requests.ReadTimeout),
        (HUNG_AFTER, requests.ReadTimeout),
        (BROKEN_OFF, requests.exceptions.ChunkedEncodingError),
    ],
    ids=str,
)
def test_a_fault_of_the_connection_raises_what_requests_raises(fault: Fault, error: type[Exception]) -> None:
    tenant = InProcessTenant()
    tenant.fail(fault, "POST", "/resource-servers$")
    with pytest.raises(error):
        post(tenant)
    assert apis(tenant) == (["urn:api"] if fault.performed else [])
    assert [sent.fault for sent in tenant.sent] == [fault]
    assert post(tenant, identifier="urn:other").status_code == 201


@pytest.mark.parametrize(
    ("fault", "status", "content"),
    [
        (TRUNCATED, 201, b'{"id"'),
        (HTML_502_BEFORE, 502, b"<html>"),
        (HTML_502_AFTER, 502, b"<html>"),
        (EMPTY, 201, b""),
        (WRONG_TYPE, 201, b'"surprise"'),
        (answered(429, "Global limit has been reached", "too_many_requests", retry_after="1"), 429, b'{"statusCode'),
        (answered(500, performed=True), 500, b'{"statusCode'),
    ],
    ids=str,
)
def test_a_fault_of_the_answer_is_an_answer(fault: Fault, status: int, content: bytes) -> None:
    tenant = InProcessTenant()
    tenant.fail(fault, "POST", "/resource-servers$")
    answer = post(tenant)
    assert answer.status_code == status
    assert answer.content.startswith(content)
    assert bool(answer.content) == bool(content)
    assert apis(tenant) == (["urn:api"] if fault.performed else [])
    assert tenant.sent[0].status == status


def test_every_transport_fault_has_a_name_of_its_own() -> None:
    assert len({str(fault) for fault in TRANSPORT_FAULTS}) == len(TRANSPORT_FAULTS)


def test_a_fault_skips_and_counts_requests_and_can_be_forgotten() -> None:
    tenant = InProcessTenant()
    tenant.fail(answered(503), "POST", "/resource-servers$", times=2, skip=1)
    statuses = [post(tenant, identifier=f"urn:{number}").status_code for number in range(4)]
    assert statuses == [201, 503, 503, 201]
    tenant.fail(answered(503), "POST", "/resource-servers$")
    tenant.heal()
    assert post(tenant, identifier="urn:last").status_code == 201


def test_a_header_of_a_fault_arrives() -> None:
    tenant = InProcessTenant()
    tenant.fail(answered(429, retry_after="7"), "POST", "/resource-servers$")
    assert post(tenant).headers["Retry-After"] == "7"


def test_time_passes_only_where_a_test_lets_it() -> None:
    tenant = InProcessTenant()
    token = tenant.token()
    tenant.clock.advance(86399)
    assert tenant.call("GET", "/roles", token=token) == []
    tenant.clock.advance(1)
    headers = {"Authorization": f"Bearer {token}"}
    with tenant.installed():
        answer = requests.get(f"{tenant.url}/api/v2/roles", headers=headers)
    assert answer.status_code == 401
    assert answer.json()["message"] == "Expired token received for JSON Web Token validation"


def test_what_a_test_looks_at_is_not_among_what_was_sent() -> None:
    tenant = InProcessTenant()
    assert tenant.call("POST", "/clients", {"name": "made"})["name"] == "made"
    assert tenant.sent == []
    post(tenant)
    assert [str(sent) for sent in tenant.writes] == ["POST /api/v2/resource-servers"]
    assert tenant.writes[0].body == API
    tenant.forget()
    assert tenant.sent == []


def test_the_answers_of_all_these_tests_are_held_against_the_description() -> None:
    tenant = InProcessTenant()
    assert post(tenant).status_code == 201
    role = tenant.make("roles", name="r")
    tenant.site.tenant.store("role").put({**role, "undeclared": True})
    status, error = tenant.ask("GET", f"/roles/{role['id']}")
    assert (status, "undeclared" in error["message"]) == (500, True)
