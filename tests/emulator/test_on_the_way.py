# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What other tools read on their way to what concerns them: lists that are empty here, settings, searches."""

from __future__ import annotations

from typing import Any

import jwt
import pytest
from ansible_collections.community.auth0.tests.harness.in_process import InProcessTenant

REFUSED = 400


@pytest.fixture
def tenant() -> InProcessTenant:
    """A new tenant."""
    return InProcessTenant()


@pytest.fixture
def organization(tenant: InProcessTenant) -> str:
    """The identifier of an organization."""
    return str(tenant.call("POST", "/organizations", {"name": "acme"})["id"])


def names(found: Any) -> list[str]:
    """The names of the listed objects, in their order."""
    return [one["name"] for one in found]


@pytest.mark.parametrize(
    ("below", "collection", "query"),
    [
        ("roles", "users", "?include_totals=true&per_page=50&take=100"),
        ("roles", "groups", ""),
        ("organizations", "members", "?take=50"),
        ("organizations", "enabled_connections", "?include_totals=true"),
        ("organizations", "clients", "?take=50"),
        ("organizations", "discovery-domains", "?take=50"),
        ("clients", "connections", "?take=50"),
    ],
)
def test_what_no_emulated_tenant_has_is_an_empty_list_below_what_is_there(
    tenant: InProcessTenant, below: str, collection: str, query: str
) -> None:
    made = tenant.call("POST", f"/{below}", {"name": "owner"})
    owner = made.get("client_id") or made["id"]
    answer = tenant.call("GET", f"/{below}/{owner}/{collection}{query}")
    key = "domains" if collection == "discovery-domains" else collection
    assert answer[key] == []
    assert "next" not in answer
    assert tenant.ask("GET", f"/{below}/none/{collection}{query}")[0] == 404


def test_reading_the_users_of_a_role_needs_both_scopes(tenant: InProcessTenant) -> None:
    role = tenant.call("POST", "/roles", {"name": "r"})
    client = tenant.call("POST", "/clients", {"name": "reader"})
    body = {"client_id": client["client_id"], "audience": tenant.audience, "scope": ["read:roles"]}
    tenant.call("POST", "/client-grants", body)
    token = tenant.token(client_id=client["client_id"], client_secret=client["client_secret"])
    status, answer = tenant.ask("GET", f"/roles/{role['id']}/users", token=token)
    assert (status, answer["errorCode"]) == (403, "insufficient_scope")


def test_a_client_is_associated_with_an_organization(tenant: InProcessTenant, organization: str) -> None:
    client = tenant.call("POST", "/clients", {"name": "c", "organization_usage": "allow"})
    path = f"/organizations/{organization}/clients"
    one = f"{path}/{client['client_id']}"
    association = {
        "client_id": client["client_id"],
        "use_for_member_access": True,
        "client": {
            "name": "c",
            "is_first_party": True,
            "grant_types": client["grant_types"],
            "organization_usage": "allow",
        },
    }
    added = {"clients": [{"client_id": client["client_id"], "use_for_member_access": True}]}
    assert tenant.call("POST", path, added) == [association]
    assert tenant.call("GET", one) == association
    assert tenant.call("GET", path + "?take=50") == {"clients": [association]}
    changed = association | {"use_for_member_access": False}
    assert tenant.call("PATCH", one, {"use_for_member_access": False}) == changed
    assert tenant.ask("DELETE", path, {"clients": [client["client_id"]]}) == (204, None)
    assert tenant.ask("GET", one)[0] == tenant.ask("PATCH", one, {"use_for_member_access": True})[0] == 404


def test_an_association_names_a_client_that_is_there(tenant: InProcessTenant, organization: str) -> None:
    path = f"/organizations/{organization}/clients"
    added = {"clients": [{"client_id": "none", "use_for_member_access": True}]}
    assert tenant.ask("POST", path, added)[0] == 404
    assert tenant.ask("POST", path, {"clients": []})[0] == REFUSED
    client = tenant.call("POST", "/clients", {"name": "c"})["client_id"]
    tenant.call("POST", path, {"clients": [{"client_id": client, "use_for_member_access": True}]})
    tenant.call("DELETE", f"/clients/{client}")
    assert tenant.call("GET", path) == {"clients": []}


def test_clients_are_associated_once_ten_at_a_time_and_a_hundred_in_all(
    tenant: InProcessTenant, organization: str
) -> None:
    path = f"/organizations/{organization}/clients"
    ids = [tenant.call("POST", "/clients", {"name": f"c{n}"})["client_id"] for n in range(101)]

    def added(*some: str) -> tuple[int, Any]:
        clients = [{"client_id": one, "use_for_member_access": True} for one in some]
        found: tuple[int, Any] = tenant.ask("POST", path, {"clients": clients})
        return found

    assert added(*ids[:11])[0] == REFUSED
    for first in range(0, 100, 10):
        assert added(*ids[first : first + 10])[0] == 201
    assert added(ids[100], ids[0])[0] == 409
    assert added(ids[100])[0] == 409
    assert tenant.ask("DELETE", path, {"clients": [ids[0], "none"]})[0] == 204
    assert added(ids[100], ids[0])[0] == 409
    status, answer = tenant.ask(
        "POST",
        path,
        {"clients": [{"client_id": ids[0], "use_for_member_access": access} for access in (True, False)]},
    )
    assert (status, [one["use_for_member_access"] for one in answer]) == (201, [False])


def test_organizations_are_listed_with_their_association(tenant: InProcessTenant, organization: str) -> None:
    tenant.call("POST", "/organizations", {"name": "other"})
    client = tenant.call("POST", "/clients", {"name": "c"})["client_id"]
    added = {"clients": [{"client_id": client, "use_for_member_access": False}]}
    tenant.call("POST", f"/organizations/{organization}/clients", added)
    listed = tenant.call("GET", f"/organizations?include_client_association_for={client}")
    assert {one["id"]: one.get("client") for one in listed}[organization] == {"use_for_member_access": False}
    assert sum("client" in one for one in listed) == 1


def test_organizations_can_be_sorted(tenant: InProcessTenant) -> None:
    for name, display_name in (("b", "1"), ("a", "2"), ("c", "0")):
        tenant.call("POST", "/organizations", {"name": name, "display_name": display_name})
        tenant.clock.advance(1)
    assert names(tenant.call("GET", "/organizations?sort=name:1")) == ["a", "b", "c"]
    assert names(tenant.call("GET", "/organizations?sort=name:-1")) == ["c", "b", "a"]
    assert names(tenant.call("GET", "/organizations?sort=display_name:1")) == ["c", "b", "a"]
    assert names(tenant.call("GET", "/organizations?sort=created_at:-1")) == ["c", "a", "b"]
    for sort in ("name", "name:2", "id:1"):
        assert tenant.ask("GET", f"/organizations?sort={sort}")[0] == REFUSED


def test_paging_by_numbers_ends_after_a_thousand_organizations(tenant: InProcessTenant) -> None:
    assert tenant.call("GET", "/organizations?per_page=100&page=9") == []
    status, answer = tenant.ask("GET", "/organizations?per_page=100&page=10")
    assert (status, answer["errorCode"]) == (REFUSED, "invalid_paging")


# tenant settings


def test_settings_are_changed_in_part(tenant: InProcessTenant) -> None:
    path = "/tenants/settings"
    before = tenant.call("GET", path)
    changed = tenant.call("PATCH", path, {"friendly_name": "Acme", "flags": {"enable_sso": False}})
    assert changed["friendly_name"] == "Acme"
    after = tenant.call("GET", path)
    assert after == before | {"friendly_name": "Acme", "flags": before["flags"] | {"enable_sso": False}}


def test_an_answer_to_a_change_has_two_flags_more_and_no_sandboxes(tenant: InProcessTenant) -> None:
    read = tenant.call("GET", "/tenants/settings")
    written = tenant.call("PATCH", "/tenants/settings", {"friendly_name": "Acme"})
    assert set(written["flags"]) - set(read["flags"]) == {
        "cannot_change_enforce_client_authentication_on_passwordless_start",
        "enforce_client_authentication_on_passwordless_start",
    }
    assert "sandbox_versions_available" in read
    assert "sandbox_versions_available" not in written


def test_settings_of_headers_and_countries_are_kept(tenant: InProcessTenant) -> None:
    fields: dict[str, Any] = {
        "country_codes": {"list": ["NL", "DE"], "mode": "allow"},
        "security_headers": {
            "content_security_policy": {
                "enabled": True,
                "policies": [{"mode": "reporting", "directives": {"default-src": ["'self'"]}}],
            },
            "x_xss_protection": {"enabled": True, "mode": "block"},
        },
        "session_lifetime": 24,
        "sandbox_version": "18",
    }
    answered = tenant.call("PATCH", "/tenants/settings", fields | {"idle_session_lifetime_in_minutes": 90})
    assert {name: answered[name] for name in fields} == fields
    assert answered["idle_session_lifetime"] == 1.5


def test_a_setting_that_may_be_absent_is_cleared_by_null(tenant: InProcessTenant) -> None:
    quota = {"clients": {"client_credentials": {"per_day": 5}}}
    assert tenant.call("PATCH", "/tenants/settings", {"default_token_quota": quota})["default_token_quota"] == quota
    cleared = tenant.call("PATCH", "/tenants/settings", {"default_token_quota": None, "error_page": None})
    assert "default_token_quota" not in cleared


def test_colors_are_taken_and_a_change_tells_that_no_page_has_a_theme_or_a_template(tenant: InProcessTenant) -> None:
    path = "/tenants/settings"
    colors = {"colors": {"primary": "#0059d6", "page_background": "#000000"}}
    written = tenant.call("PATCH", path, {"universal_login": colors, "flags": {"universal_login": True}})
    assert written["universal_login"] == {**colors, "is_custom_theme_set": False, "is_custom_template_set": False}
    assert written["flags"]["universal_login"] is True
    assert tenant.call("GET", path)["universal_login"] == colors
    assert tenant.call("PATCH", path, {"universal_login": {}})["universal_login"] == {}
    assert tenant.call("GET", path)["universal_login"] == {}


def test_a_redirection_that_is_no_https_address_is_refused_in_these_words(tenant: InProcessTenant) -> None:
    status, refused = tenant.ask("PATCH", "/tenants/settings", {"default_redirection_uri": "http://acme.example"})
    assert (status, refused["message"]) == (
        REFUSED,
        "Payload validation error: 'Object didn't pass validation for format absolute-https-uri-or-empty: "
        "http://acme.example' on property default_redirection_uri.",
    )


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"colour": "red"},
        {"universal_login": {"colours": {}}},
        {"universal_login": {"colors": {"primary": "red"}}},
        {"friendly_name": None},
        {"flags": {"no_such_flag": True}},
        {"session_lifetime": 1, "session_lifetime_in_minutes": 60},
        {"client_id_metadata_document_dynamic_registration_supported": True},
        {"resource_parameter_profile": "other"},
        {"support_email": "nobody"},
        {"enabled_locales": ["xx"]},
        {"session_lifetime": True},
        {"session_lifetime": 0},
        {"session_lifetime": 1.5},
        {"country_codes": {"list": ["nl"]}},
        {"country_codes": {"mode": "hide"}},
        {"security_headers": {"x_frame_options": "deny"}},
        {"security_headers": {"content_security_policy": {"policies": [{"mode": "on"}]}}},
        {"error_page": {"colour": "red"}},
        {"sessions": {"colour": "red"}},
        {"default_token_quota": {"clients": {"client_credentials": {"per_week": 1}}}},
        {"sandbox_version": "8"},
    ],
    ids=str,
)
def test_settings_that_make_no_sense_are_refused(tenant: InProcessTenant, body: dict[str, Any]) -> None:
    assert tenant.ask("PATCH", "/tenants/settings", body)[0] == REFUSED


def granted(tenant: InProcessTenant, **fields: Any) -> dict[str, str]:
    """What a client with a grant says to the token endpoint, all but the audience."""
    tenant.call("POST", "/resource-servers", {"identifier": "urn:api"})
    client = tenant.call("POST", "/clients", {"name": "client"})
    body = {"client_id": client["client_id"], "audience": "urn:api", "scope": []}
    tenant.call("POST", "/client-grants", body | fields)
    return {"client_id": client["client_id"], "client_secret": client["client_secret"], "audience": ""}


def test_the_default_audience_counts_where_none_is_asked_for(tenant: InProcessTenant) -> None:
    client = granted(tenant)
    assert tenant.token_request(**client)[0] == 403
    tenant.call("PATCH", "/tenants/settings", {"default_audience": "urn:api"})
    assert tenant.token_request(**client)[0] == 200


def test_a_resource_is_an_audience_where_the_settings_say_so(tenant: InProcessTenant) -> None:
    client = granted(tenant)
    assert tenant.token_request(**client, resource="urn:api")[0] == 403
    tenant.call("PATCH", "/tenants/settings", {"resource_parameter_profile": "compatibility"})
    assert tenant.token_request(**client, resource="urn:api")[0] == 200


def test_default_quotas_count_for_who_has_none(tenant: InProcessTenant) -> None:
    client = granted(tenant) | {"audience": "urn:api"}
    tenant.token()
    quota = {"clients": {"client_credentials": {"per_hour": 1}}}
    tenant.call("PATCH", "/tenants/settings", {"default_token_quota": quota})
    assert [tenant.token_request(**client)[0] for dummy in range(2)] == [200, 429]
    own = {"client_credentials": {"per_hour": 5}}
    tenant.call("PATCH", f"/clients/{client['client_id']}", {"token_quota": own})
    assert tenant.token_request(**client)[0] == 200


def test_a_token_names_its_organization_where_the_settings_say_so(tenant: InProcessTenant, organization: str) -> None:
    client = granted(tenant, organization_usage="allow", allow_any_organization=True) | {"audience": "urn:api"}
    for allowed in (False, True):
        tenant.call("PATCH", "/tenants/settings", {"allow_organization_name_in_authentication_api": allowed})
        dummy, answer = tenant.token_request(**client, organization=organization)
        claims = jwt.decode(answer["access_token"], options={"verify_signature": False})
        assert claims.get("org_name") == ("acme" if allowed else None)


# searches, keys, what is retired


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["billing", "billing-2", "shop"]),
        ("?q=name:billing*", ["billing", "billing-2"]),
        ("?q=name:billing", ["billing"]),
        ("?q=name:*shop", ["shop"]),
        ('?q=name:"billing" OR name:shop', ["billing", "shop"]),
        ("?q=app_type:spa AND name:billing*", ["billing-2"]),
        ("?q=metadata.team:blue", ["shop"]),
        ('?parser=scim&q=name sw "bill" and app_type eq "spa"', ["billing-2"]),
        ('?parser=scim&q=name co "hop"', ["shop"]),
        ("?parser=scim&q=is_first_party eq true and metadata.team pr", ["shop"]),
        ("?q=client_grant.allow_any_organization:true", ["shop"]),
    ],
)
def test_clients_are_searched(tenant: InProcessTenant, query: str, found: list[str]) -> None:
    tenant.call("POST", "/resource-servers", {"identifier": "urn:api"})
    tenant.call("POST", "/clients", {"name": "billing"})
    tenant.call("POST", "/clients", {"name": "billing-2", "app_type": "spa"})
    shop = tenant.call("POST", "/clients", {"name": "shop", "client_metadata": {"team": "blue"}})
    grant = {"organization_usage": "allow", "allow_any_organization": True, "scope": []}
    tenant.call("POST", "/client-grants", {"client_id": shop["client_id"], "audience": "urn:api"} | grant)
    answer = tenant.call("GET", f"/clients/search{query.replace(' ', '%20')}")
    made = [one for one in answer["clients"] if one["name"] in ("billing", "billing-2", "shop")]
    assert names(made) == found
    assert all("client_secret" not in one for one in answer["clients"])


@pytest.mark.parametrize(
    "query",
    ["?q=colour:red", "?q=name", "?parser=sql&q=name:a", "?sort=app_type", "?q=" + "%20AND%20".join(["name:a"] * 6)],
)
def test_a_search_that_is_not_known_is_refused(tenant: InProcessTenant, query: str) -> None:
    assert tenant.ask("GET", f"/clients/search{query}")[0] == REFUSED


def test_a_search_that_is_not_known_is_refused_also_where_nothing_can_be_found(tenant: InProcessTenant) -> None:
    assert tenant.call("GET", "/organizations") == []
    assert tenant.ask("GET", "/organizations/search?q=colour:red")[0] == REFUSED


def test_other_searches(tenant: InProcessTenant, organization: str) -> None:
    granted(tenant)
    apis = tenant.call("GET", "/resource-servers/search?q=identifier:urn*")["resource_servers"]
    assert [one["identifier"] for one in apis] == ["urn:api"]
    assert "signing_secret" not in apis[0]
    own = tenant.call("GET", f'/resource-servers/search?q=identifier:"{tenant.audience}"')
    assert [one["identifier"] for one in own["resource_servers"]] == [tenant.audience]
    grants = tenant.call("GET", '/client-grants/search?q=audience:"urn:api"')["client_grants"]
    assert [one["audience"] for one in grants] == ["urn:api"]
    found = tenant.call("GET", "/organizations/search?q=name:ac*")["organizations"]
    assert [one["id"] for one in found] == [organization]


def test_a_search_has_pages(tenant: InProcessTenant) -> None:
    for number in range(5):
        tenant.call("POST", "/clients", {"name": f"c{number}"})
    first = tenant.call("GET", "/clients/search?q=name:c*&take=3&sort=name")
    second = tenant.call("GET", f"/clients/search?q=name:c*&take=3&sort=name&from={first['next']}")
    assert names(first["clients"] + second["clients"]) == [f"c{number}" for number in range(5)]
    assert "next" not in second


def test_custom_signing_keys_are_one_document(tenant: InProcessTenant) -> None:
    path, keys = "/keys/custom-signing", {"keys": [{"kty": "RSA", "kid": "own"}]}
    assert tenant.ask("GET", path)[0] == 404
    assert tenant.call("PUT", path, keys) == tenant.call("GET", path) == keys
    assert tenant.ask("PUT", path, {"keys": []})[0] == REFUSED
    assert tenant.ask("DELETE", path)[0] == 204
    assert tenant.ask("GET", path)[0] == 404


@pytest.mark.parametrize(
    "path",
    [
        "/connections?take=50",
        "/connections?include_totals=true",
        "/connection-profiles",
        "/event-streams",
        "/flows",
        "/flows/vault/connections",
        "/forms",
        "/rate-limit-policies",
        "/self-service-profiles",
        "/token-exchange-profiles",
        "/user-attribute-profiles",
        "/actions/actions",
        "/attack-protection/brute-force-protection",
        "/branding",
        "/custom-domains",
        "/guardian/factors",
        "/log-streams",
        "/prompts",
        "/prompts/login/custom-text/en",
        "/prompts/login/partials",
        "/supplemental-signals",
    ],
)
def test_an_export_of_a_whole_tenant_finds_what_nobody_has_touched(tenant: InProcessTenant, path: str) -> None:
    assert tenant.ask("GET", path)[0] == 200


@pytest.mark.parametrize("feature", ["bot-detection", "captcha"])
def test_a_new_tenant_lacks_what_its_plan_lacks(tenant: InProcessTenant, feature: str) -> None:
    status, answer = tenant.ask("GET", f"/attack-protection/{feature}")
    assert (status, answer["errorCode"]) == (403, "insufficient_entitlement")


@pytest.mark.parametrize("path", ["/rules", "/rules?page=0&per_page=100", "/rules-configs", "/hooks"])
def test_rules_and_hooks_are_gone(tenant: InProcessTenant, path: str) -> None:
    status, answer = tenant.ask("GET", path)
    assert (status, answer["message"]) == (403, "Insufficient privileges to use this deprecated feature")
