# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Custom domains, as the real servers answer: recorded, or documented where the test says so."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.auth0.tests.harness.in_process import InProcessTenant

PATH = "/custom-domains"
OWN: dict[str, Any] = {"domain": "login.acme.example", "type": "self_managed_certs"}
MANAGED: dict[str, Any] = {**OWN, "type": "auth0_managed_certs"}


@pytest.fixture
def tenant() -> InProcessTenant:
    return InProcessTenant()


def test_a_header_that_is_not_set_is_null_also_after_null_was_sent(tenant: InProcessTenant) -> None:
    made = tenant.call("POST", PATH, {**OWN, "custom_client_ip_header": None})
    path = f"{PATH}/{made['custom_domain_id']}"
    assert made["custom_client_ip_header"] is None
    header = {"custom_client_ip_header": "true-client-ip"}
    assert tenant.call("PATCH", path, header).items() >= header.items()
    assert tenant.call("PATCH", path, {"custom_client_ip_header": None})["custom_client_ip_header"] is None
    assert tenant.call("GET", path)["custom_client_ip_header"] is None


def test_a_domain_with_certificates_of_auth0s_has_no_header(tenant: InProcessTenant) -> None:
    made = tenant.call("POST", PATH, MANAGED)
    assert "custom_client_ip_header" not in made
    assert "custom_client_ip_header" not in tenant.call("GET", f"{PATH}/{made['custom_domain_id']}")


@pytest.mark.parametrize(
    ("body", "name", "record_of"),
    [(OWN, "TXT", "_cf-custom-hostname.login.acme.example"), (MANAGED, "CNAME", "login.acme.example")],
)
def test_the_name_of_a_record_is_in_upper_case(
    tenant: InProcessTenant, body: dict[str, Any], name: str, record_of: str
) -> None:
    (method,) = tenant.call("POST", PATH, body)["verification"]["methods"]
    assert (method["name"], method["domain"]) == (name, record_of)


def test_a_certificate_of_auth0s_is_good_for_90_days_and_there_is_no_origin_to_pass_requests_on_to(
    tenant: InProcessTenant,
) -> None:
    made = tenant.call("POST", PATH, MANAGED)
    ready = tenant.call("POST", f"{PATH}/{made['custom_domain_id']}/verify")
    assert ready["certificate"] == {
        "status": "provisioned",
        "certificate_authority": "letsencrypt",
        "renews_before": "2027-04-15T08:00:00Z",
    }
    assert ready["verification"]["last_verified_at"] == "2027-01-15T08:00:00Z"
    assert "origin_domain_name" not in ready


def test_who_has_certificates_of_their_own_learns_where_to_pass_requests_on_to(tenant: InProcessTenant) -> None:
    made = tenant.call("POST", PATH, OWN)
    ready = tenant.call("POST", f"{PATH}/{made['custom_domain_id']}/verify")
    assert ready["origin_domain_name"].endswith(".edge.tenants.eu.auth0.com")
    assert "certificate" not in ready


@pytest.mark.parametrize("tail", ["", "/verify", "/test"])
def test_one_that_is_not_there_is_named(tenant: InProcessTenant, tail: str) -> None:
    status, refused = tenant.ask("POST" if tail else "GET", f"{PATH}/cd_FEt6ft8M0RkBUDsp{tail}")
    assert (status, refused) == (
        404,
        {
            "statusCode": 404,
            "error": "Not Found",
            "message": "The custom domain cd_FEt6ft8M0RkBUDsp does not exist",
            "errorCode": "inexistent_custom_domain",
        },
    )


def test_a_search_keeps_the_domains_that_begin_so(tenant: InProcessTenant) -> None:
    for name in ("beacon", "authninja1", "authninja2"):
        tenant.call("POST", PATH, {**OWN, "domain": f"{name}.auth.acme.example"})

    def found(query: str) -> list[str]:
        answer = tenant.call("GET", f"{PATH}?q={query}")
        domains = answer["custom_domains"] if isinstance(answer, dict) else answer
        return [one["domain"].partition(".")[0] for one in domains]

    assert found("domain%3Aauthninja%2A&take=100") == ["authninja1", "authninja2"]
    assert found("domain%3Anobody%2A&take=100") == []
    # Not recorded: a whole name, and a search without pages.
    assert found("domain:beacon.auth.acme.example&take=100") == ["beacon"]
    assert found("domain:authninja%2A") == ["authninja1", "authninja2"]


def test_a_search_that_is_not_known_is_refused(tenant: InProcessTenant) -> None:
    status, refused = tenant.ask("GET", f"{PATH}?q=nonsense&take=100")
    assert (status, refused["errorCode"]) == (400, "invalid_query_string")
