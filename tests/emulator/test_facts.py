# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What real servers do and one would not guess: recorded, or said by Auth0's documentation, as the source tells."""

from __future__ import annotations

import datetime
from typing import Any

import jwt
import pytest
from ansible_collections.community.auth0.tests.harness.in_process import InProcessTenant
from auth0_emulator.entities.management_scopes import MANAGEMENT_SCOPE_NAMES
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from joserfc.jwk import RSAKey

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PUBLIC = (
    KEY.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()
)
ENDS = datetime.datetime(2031, 2, 3, 4, 5, 6, tzinfo=datetime.UTC)
STRICT = {"name": "partner", "is_first_party": False, "app_type": "regular_web"}
REFUSED = 400
EXPIRING = {"rotation_type": "rotating", "expiration_type": "expiring"}
FINITE = EXPIRING | {"infinite_token_lifetime": False, "infinite_idle_token_lifetime": False}
BY_KEY: dict[str, Any] = {"private_key_jwt": {"credentials": []}}


def certificate() -> str:
    """A certificate of the key, with a subject of several parts."""
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "NL"),
            x509.NameAttribute(NameOID.STATE_OR_PROVINCE_NAME, "Noord-Holland"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Acme, Inc"),
            x509.NameAttribute(NameOID.COMMON_NAME, "acme.example"),
            x509.NameAttribute(NameOID.EMAIL_ADDRESS, "a@acme.example"),
        ]
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(KEY.public_key())
        .serial_number(1)
        .not_valid_before(ENDS - datetime.timedelta(days=3650))
        .not_valid_after(ENDS)
        .sign(KEY, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM).decode()


@pytest.fixture
def tenant() -> InProcessTenant:
    """A new tenant."""
    return InProcessTenant()


def granted(tenant: InProcessTenant, **fields: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """A client and its grant for an API of three scopes."""
    tenant.call("POST", "/resource-servers", {"identifier": "urn:api", "scopes": [{"value": f"s:{n}"} for n in "abc"]})
    client = tenant.call("POST", "/clients", {"name": "client"})
    body = {"client_id": client["client_id"], "audience": "urn:api", "scope": ["s:a", "s:b", "s:c"]}
    return client, tenant.call("POST", "/client-grants", body | fields)


def token_of(tenant: InProcessTenant, client: dict[str, Any], **parameters: str) -> tuple[int, Any]:
    """What the token endpoint answers a client."""
    own = {"client_id": client["client_id"], "client_secret": client["client_secret"], "audience": "urn:api"}
    return tenant.token_request(**own | parameters)


def token_with(tenant: InProcessTenant, *scopes: str) -> str:
    """A token for the Management API with these scopes only."""
    client = tenant.call("POST", "/clients", {"name": "narrow"})
    body = {"client_id": client["client_id"], "audience": tenant.audience, "scope": list(scopes)}
    tenant.call("POST", "/client-grants", body)
    token: str = token_of(tenant, client, audience=tenant.audience)[1]["access_token"]
    return token


def claims(answer: dict[str, Any]) -> dict[str, Any]:
    """The claims of a token."""
    found: dict[str, Any] = jwt.decode(answer["access_token"], options={"verify_signature": False})
    return found


# roles


def test_a_role_without_a_description_is_read_with_an_empty_one_and_created_without(tenant: InProcessTenant) -> None:
    made = tenant.call("POST", "/roles", {"name": "r"})
    assert "description" not in made
    assert tenant.call("GET", f"/roles/{made['id']}")["description"] == ""
    assert tenant.call("GET", "/roles")[0]["description"] == ""


def test_a_role_is_the_tenants_unless_an_organization_owns_it(tenant: InProcessTenant) -> None:
    organization = tenant.call("POST", "/organizations", {"name": "acme"})
    own = {"name": "r", "type": "organization", "owner_id": organization["id"]}
    assert tenant.call("POST", "/roles", {"name": "r"})["type"] == "tenant"
    assert tenant.call("POST", "/roles", own)["owner_id"] == organization["id"]
    # Names are unique for each owner.
    assert tenant.ask("POST", "/roles", {"name": "r"})[0] == tenant.ask("POST", "/roles", own)[0] == 409
    assert [role["name"] for role in tenant.call("GET", "/roles?name_filter=r")] == ["r", "r"]
    query = f"/roles?type=organization&owner_id={organization['id']}"
    assert [role["type"] for role in tenant.call("GET", query)] == ["organization"]
    assert tenant.call("GET", "/roles?owner_id=auth0") == []


@pytest.mark.parametrize(
    "body",
    [
        {"name": "r", "type": "organization"},
        {"name": "r", "type": "tenant", "owner_id": "org_0123456789abcdef"},
        {"name": "r", "type": "global"},
    ],
    ids=str,
)
def test_a_role_of_a_type_has_the_owner_that_the_type_needs(tenant: InProcessTenant, body: dict[str, str]) -> None:
    assert tenant.ask("POST", "/roles", body)[0] == REFUSED


def test_a_role_keeps_its_type_and_its_owner(tenant: InProcessTenant) -> None:
    role = tenant.call("POST", "/roles", {"name": "r"})
    for body in ({"type": "organization"}, {"owner_id": "org_0123456789abcdef"}):
        assert tenant.ask("PATCH", f"/roles/{role['id']}", body)[0] == REFUSED


def test_roles_of_organizations_are_listed_for_one_owner_only(tenant: InProcessTenant) -> None:
    assert tenant.ask("GET", "/roles?type=organization")[0] == REFUSED
    assert tenant.ask("GET", "/roles?type=global")[0] == REFUSED


# organizations


def test_an_organization_says_whether_its_entitlement_is_active(tenant: InProcessTenant) -> None:
    assert tenant.call("POST", "/organizations", {"name": "acme"})["is_app_entitlement_active"] is False


def test_an_organization_that_is_not_there_is_not_there_by_id_or_name(tenant: InProcessTenant) -> None:
    status, answer = tenant.ask("GET", "/organizations/org_0123456789abcdef")
    assert (status, answer["message"]) == (404, "No organization found by that id or name")


# clients


def test_a_list_of_clients_with_totals_has_no_length(tenant: InProcessTenant) -> None:
    assert set(tenant.call("GET", "/clients?include_totals=true")) == {"total", "start", "limit", "clients"}


def test_the_global_client_lacks_what_the_others_have(tenant: InProcessTenant) -> None:
    (everything,) = tenant.call("GET", "/clients?is_global=true")
    assert everything["callbacks"] == []
    lacking = {"grant_types", "jwt_configuration", "oidc_conformant", "callback_url_template", "cross_origin_auth"}
    assert not lacking & set(everything)


def test_a_client_shows_the_older_name_of_cross_origin_authentication(tenant: InProcessTenant) -> None:
    made = tenant.call("POST", "/clients", {"name": "c", "cross_origin_authentication": True})
    shown = tenant.call("GET", f"/clients/{made['client_id']}")
    assert made["cross_origin_auth"] is shown["cross_origin_auth"] is True
    assert made["encrypted"] is True
    assert "encrypted" not in shown


def test_logout_urls_are_shown_under_both_names(tenant: InProcessTenant) -> None:
    logout = {"backchannel_logout_urls": ["https://acme.example/logout"]}
    made = tenant.call("POST", "/clients", {"name": "c", "oidc_logout": logout})
    assert made["oidc_logout"] == made["oidc_backchannel_logout"] == logout
    cleared = tenant.call("PATCH", f"/clients/{made['client_id']}", {"oidc_backchannel_logout": None})
    assert not {"oidc_logout", "oidc_backchannel_logout"} & set(cleared)


def test_a_partial_session_transfer_is_completed(tenant: InProcessTenant) -> None:
    made = tenant.call("POST", "/clients", {"name": "c", "session_transfer": {"enforce_device_binding": "asn"}})
    assert made["session_transfer"] == {
        "can_create_session_transfer_token": False,
        "enforce_cascade_revocation": True,
        "allowed_authentication_methods": [],
        "enforce_device_binding": "asn",
        "allow_refresh_token": False,
        "enforce_online_refresh_tokens": True,
    }


def test_a_cleared_refresh_token_is_completed_when_it_is_set_again(tenant: InProcessTenant) -> None:
    path = f"/clients/{tenant.call('POST', '/clients', {'name': 'c'})['client_id']}"
    tenant.call("PATCH", path, {"refresh_token": None})
    given = {"rotation_type": "non-rotating", "expiration_type": "non-expiring"}
    assert tenant.call("PATCH", path, {"refresh_token": given})["refresh_token"]["leeway"] == 0


@pytest.mark.parametrize(
    ("fields", "rotation"),
    [({}, "non-rotating"), ({"app_type": "spa"}, "rotating"), ({"app_type": "native"}, "rotating")],
    ids=str,
)
def test_refresh_tokens_of_a_strict_third_party_expire(
    tenant: InProcessTenant, fields: dict[str, str], rotation: str
) -> None:
    refresh = tenant.call("POST", "/clients", STRICT | fields)["refresh_token"]
    assert (refresh["expiration_type"], refresh["infinite_idle_token_lifetime"]) == ("expiring", False)
    assert refresh["rotation_type"] == rotation


def test_a_permissive_third_party_is_like_a_first_party(tenant: InProcessTenant) -> None:
    made = tenant.call("POST", "/clients", STRICT | {"third_party_security_mode": "permissive"})
    assert not made["client_id"].startswith("tpc_")
    assert made["refresh_token"]["expiration_type"] == "non-expiring"
    assert "implicit" in made["grant_types"]


@pytest.mark.parametrize(
    "fields",
    [
        {"app_type": "resource_server"},
        {"grant_types": ["implicit"]},
        {"grant_types": ["authorization_code", "password"]},
        {"token_endpoint_auth_method": "none", "grant_types": ["client_credentials"]},
        {"jwt_configuration": {"alg": "HS256"}},
        {"refresh_token": {"rotation_type": "rotating", "expiration_type": "non-expiring"}},
        {
            "refresh_token": {
                "rotation_type": "rotating",
                "expiration_type": "expiring",
                "infinite_idle_token_lifetime": True,
            }
        },
        {"client_authentication_methods": {"tls_client_auth": {"credentials": []}}},
        {"callbacks": ["https://*.acme.example/cb"]},
        {"oidc_logout": {"backchannel_logout_urls": ["https://acme.example/logout"]}},
        {"cross_origin_authentication": True},
    ],
    ids=str,
)
def test_a_strict_third_party_has_no_feature_beyond_the_supported(
    tenant: InProcessTenant, fields: dict[str, Any]
) -> None:
    assert tenant.ask("POST", "/clients", STRICT | fields)[0] == REFUSED
    assert tenant.ask("POST", "/clients", STRICT)[0] == 201


def test_a_strict_third_party_may_have_client_credentials(tenant: InProcessTenant) -> None:
    fields = {"grant_types": ["client_credentials"], "token_endpoint_auth_method": "client_secret_post"}
    assert tenant.ask("POST", "/clients", STRICT | fields)[0] == 201


def test_a_client_stays_whose_it_is(tenant: InProcessTenant) -> None:
    own = tenant.call("POST", "/clients", {"name": "c"})
    partner = tenant.call("POST", "/clients", STRICT)
    for client in (own, partner):
        path = f"/clients/{client['client_id']}"
        assert tenant.ask("PATCH", path, {"is_first_party": client["is_first_party"]})[0] == 200
        assert tenant.ask("PATCH", path, {"is_first_party": not client["is_first_party"]})[0] == REFUSED


@pytest.mark.parametrize("audience", ["system", "urn:api"])
def test_a_strict_third_party_is_granted_no_api_of_the_tenant_itself(tenant: InProcessTenant, audience: str) -> None:
    granted(tenant)
    partner = tenant.call("POST", "/clients", STRICT)
    named = tenant.audience if audience == "system" else audience
    status = 201 if audience == "urn:api" else REFUSED
    for holder in ({"client_id": partner["client_id"]}, {"default_for": "third_party_clients"}):
        assert tenant.ask("POST", "/client-grants", {"audience": named, "scope": [], **holder})[0] == status


def test_machines_of_a_third_party_get_no_organization_but_a_named_one(tenant: InProcessTenant) -> None:
    granted(tenant)
    partner = tenant.call("POST", "/clients", STRICT)
    body = {"client_id": partner["client_id"], "audience": "urn:api", "organization_usage": "allow", "scope": []}
    assert tenant.ask("POST", "/client-grants", body | {"allow_any_organization": True})[0] == REFUSED
    assert tenant.ask("POST", "/client-grants", body)[0] == 201


@pytest.mark.parametrize(
    "fields",
    [
        {"grant_types": ["urn:no:such:grant"]},
        {"organization_usage": "require", "organization_require_behavior": "post_login_prompt"},
        {"client_metadata": {"a.b": "no point in a name"}},
        {"oidc_logout": {"backchannel_logout_urls": ["https://a.example/", "https://b.example/"]}},
        {"organization_discovery_methods": ["email"]},
        {"organization_discovery_methods": ["email"], "organization_require_behavior": "no_prompt"},
        {"refresh_token": {"rotation_type": "rotating", "expiration_type": "non-expiring"}},
        {"refresh_token": FINITE | {"token_lifetime": 60, "idle_token_lifetime": 61}},
        {"is_token_endpoint_ip_header_trusted": True},
        {"is_token_endpoint_ip_header_trusted": True, "token_endpoint_auth_method": "none"},
        {"client_authentication_methods": BY_KEY, "jwt_configuration": {"alg": "HS256"}},
    ],
    ids=str,
)
def test_rules_of_the_documentation_are_enforced(tenant: InProcessTenant, fields: dict[str, Any]) -> None:
    assert tenant.ask("POST", "/clients", {"name": "c"} | fields)[0] == REFUSED
    client = tenant.call("POST", "/clients", {"name": "c"})
    assert tenant.ask("PATCH", f"/clients/{client['client_id']}", fields)[0] == REFUSED


@pytest.mark.parametrize(
    "fields",
    [
        {"organization_discovery_methods": ["email"], "organization_require_behavior": "pre_login_prompt"},
        {"refresh_token": EXPIRING},
        {"refresh_token": FINITE | {"token_lifetime": 60, "idle_token_lifetime": 60}},
        {"refresh_token": EXPIRING | {"token_lifetime": 60, "idle_token_lifetime": 61}},
        {"is_token_endpoint_ip_header_trusted": False},
        {"is_token_endpoint_ip_header_trusted": True, "token_endpoint_auth_method": "client_secret_post"},
        {"client_authentication_methods": BY_KEY, "jwt_configuration": {"alg": "RS256"}},
        {"client_authentication_methods": BY_KEY, "jwt_configuration": {"alg": "PS256"}},
        {"client_authentication_methods": BY_KEY},
        {"jwt_configuration": {"alg": "HS256"}},
    ],
    ids=str,
)
def test_what_those_rules_leave_is_taken(tenant: InProcessTenant, fields: dict[str, Any]) -> None:
    assert tenant.ask("POST", "/clients", {"name": "c"} | fields)[0] == 201
    client = tenant.call("POST", "/clients", {"name": "c"})
    assert tenant.ask("PATCH", f"/clients/{client['client_id']}", fields)[0] == 200


def test_the_prompt_by_which_organizations_are_found_stays_as_long_as_the_methods(tenant: InProcessTenant) -> None:
    early = {"organization_discovery_methods": ["email"], "organization_require_behavior": "pre_login_prompt"}
    path = f"/clients/{tenant.call('POST', '/clients', {'name': 'c'} | early)['client_id']}"
    assert tenant.ask("PATCH", path, {"organization_require_behavior": "no_prompt"})[0] == REFUSED
    both = {"organization_require_behavior": "no_prompt", "organization_discovery_methods": None}
    assert tenant.ask("PATCH", path, both)[0] == 200


def test_a_client_that_has_keys_keeps_an_algorithm_of_keys(tenant: InProcessTenant) -> None:
    fields = {"client_authentication_methods": BY_KEY, "jwt_configuration": {"alg": "RS256"}}
    path = f"/clients/{tenant.call('POST', '/clients', {'name': 'c'} | fields)['client_id']}"
    assert tenant.ask("PATCH", path, {"jwt_configuration": {"alg": "HS256"}})[0] == REFUSED
    secret = {"client_authentication_methods": None, "token_endpoint_auth_method": "client_secret_post"}
    assert tenant.ask("PATCH", path, secret | {"jwt_configuration": {"alg": "HS256"}})[0] == 200


def test_an_api_is_linked_with_the_client_of_an_api_only(tenant: InProcessTenant) -> None:
    granted(tenant)
    body = {"name": "c", "resource_server_identifier": "urn:api"}
    for kind in ({}, {"app_type": "regular_web"}):
        assert tenant.ask("POST", "/clients", body | kind)[0] == REFUSED
    made = tenant.call("POST", "/clients", body | {"app_type": "resource_server"})
    logout = {"backchannel_logout_urls": ["https://a.example/"]}
    for fields in ({"refresh_token": EXPIRING}, {"oidc_logout": logout}, {"oidc_backchannel_logout": logout}):
        assert tenant.ask("POST", "/clients", {"name": "c", "app_type": "resource_server"} | fields)[0] == REFUSED
        assert tenant.ask("PATCH", f"/clients/{made['client_id']}", fields)[0] == REFUSED
    assert tenant.ask("PATCH", f"/clients/{made['client_id']}", {"oidc_backchannel_logout": None})[0] == 200


def test_keys_of_a_client_need_a_scope_of_their_own(tenant: InProcessTenant) -> None:
    fields = {"client_authentication_methods": BY_KEY}
    path = f"/clients/{tenant.call('POST', '/clients', {'name': 'c'})['client_id']}"
    for scope, method, where, needed in (
        ("create:clients", "POST", "/clients", "create:client_credentials"),
        ("update:clients", "PATCH", path, "update:client_credentials"),
    ):
        for held, status in ((scope, 403), (f"{scope} {needed}", 201 if method == "POST" else 200)):
            narrow = token_with(tenant, *held.split())
            answered, answer = tenant.ask(method, where, {"name": "c"} | fields, token=narrow)
            assert answered == status
            assert status != 403 or answer["message"].endswith(needed)
            assert tenant.ask(method, where, {"name": "c"}, token=narrow)[0] < 300


def test_the_secret_of_a_client_that_has_keys_is_not_rotated(tenant: InProcessTenant) -> None:
    path = f"/clients/{tenant.call('POST', '/clients', {'name': 'c'})['client_id']}"
    assert tenant.ask("POST", f"{path}/rotate-secret")[0] == 200
    tenant.call("PATCH", path, {"client_authentication_methods": BY_KEY})
    assert tenant.ask("POST", f"{path}/rotate-secret")[0] == REFUSED


def test_scopes_are_granted_by_a_list_or_all_of_them(tenant: InProcessTenant) -> None:
    client, grant = granted(tenant)
    both = {"scope": ["s:a"], "allow_all_scopes": True}
    assert tenant.ask("PATCH", f"/client-grants/{grant['id']}", both)[0] == REFUSED
    body = {"client_id": client["client_id"], "audience": "urn:api", "subject_type": "user"}
    assert tenant.ask("POST", "/client-grants", body | both)[0] == REFUSED
    assert tenant.ask("POST", "/client-grants", body | both | {"scope": []})[0] == 201


@pytest.mark.parametrize(
    "query",
    ["subject_type=machine", "default_for=everybody", "default_for=third_party_clients&client_id=c"],
)
def test_a_list_of_grants_takes_known_values_only(tenant: InProcessTenant, query: str) -> None:
    status, answer = tenant.ask("GET", f"/client-grants?{query}")
    assert (status, answer["errorCode"]) == (REFUSED, "invalid_query_string")
    assert tenant.ask("GET", "/client-grants?default_for=third_party_clients&subject_type=client")[0] == 200


@pytest.mark.parametrize("seconds", [86399, 2592001])
def test_tokens_of_anonymous_users_live_from_a_day_to_a_month(tenant: InProcessTenant, seconds: int) -> None:
    name = "token_lifetime_for_anonymous_access_tokens"
    api = tenant.call("POST", "/resource-servers", {"identifier": "urn:api", name: 86400})
    path = f"/resource-servers/{api['id']}"
    assert tenant.ask("PATCH", path, {name: seconds})[0] == REFUSED
    assert name not in tenant.call("PATCH", path, {name: None})


def test_an_organization_is_made_as_the_official_description_says(tenant: InProcessTenant) -> None:
    connections = [{"connection_id": f"con_{number}"} for number in range(11)]
    for fields, problem in (
        ({"name": "Acme"}, "format organization-name: Acme"),
        ({"name": "acme", "branding": {"logo_url": "http://acme.example/"}}, "format strict-https-uri-or-null"),
        ({"name": "acme", "enabled_connections": connections}, "Array is too long (11), maximum 10"),
    ):
        status, answer = tenant.ask("POST", "/organizations", fields)
        assert status == REFUSED
        assert problem in answer["message"]
    made = tenant.call("POST", "/organizations", {"name": "acme", "metadata": {"a": "b", "c": None}})
    assert made["metadata"] == {"a": "b"}
    assert tenant.call("PATCH", f"/organizations/{made['id']}", {"metadata": {"c": "d"}})["metadata"] == {"c": "d"}


@pytest.mark.parametrize(
    ("configuration", "taken"),
    [
        ({"action": "allow"}, True),
        ({"action": "log", "limit": 0}, True),
        ({"action": "redirect", "limit": 1, "redirect_uri": "https://acme.example/"}, True),
        ({"action": "allow", "limit": 1}, False),
        ({"action": "block"}, False),
        ({"action": "block", "limit": 1, "redirect_uri": "https://acme.example/"}, False),
        ({"action": "redirect", "limit": 1}, False),
        ({"action": "log", "limit": 10001}, False),
    ],
    ids=str,
)
def test_each_action_of_a_rate_limit_policy_has_keys_of_its_own(
    tenant: InProcessTenant, configuration: dict[str, Any], taken: bool
) -> None:
    named = {"resource": "oauth_authentication_api", "consumer": "client", "consumer_selector": "default"}
    status, made = tenant.ask("POST", "/rate-limit-policies", named | {"configuration": configuration})
    assert (status == 201) is taken
    if not taken:
        assert (status, made["errorCode"]) == (REFUSED, "invalid_body")


def test_a_rate_limit_policy_is_one_for_its_consumer_and_changes_as_a_whole(tenant: InProcessTenant) -> None:
    named = {"resource": "oauth_authentication_api", "consumer": "client", "consumer_selector": "default"}
    made = tenant.call("POST", "/rate-limit-policies", named | {"configuration": {"action": "block", "limit": 1}})
    assert tenant.ask("POST", "/rate-limit-policies", named | {"configuration": {"action": "allow"}})[0] == 409
    path = f"/rate-limit-policies/{made['id']}"
    tenant.clock.advance(1.5)
    changed = tenant.call("PATCH", path, {"configuration": {"action": "allow"}})
    assert changed == made | {"configuration": {"action": "allow"}, "updated_at": changed["updated_at"]}
    assert (made["updated_at"], changed["updated_at"]) == ("2027-01-15T08:00:00Z", "2027-01-15T08:00:01.5Z")
    status, answer = tenant.ask("PATCH", path, {})
    assert status == REFUSED
    assert answer["message"] == "Payload validation error: 'Missing required property: configuration'."
    assert tenant.ask("PATCH", path, named)[0] == REFUSED
    tenant.call("DELETE", path)
    assert [tenant.ask(method, path)[0] for method in ("GET", "DELETE")] == [404, 404]


@pytest.mark.parametrize("managed", [True, False])
def test_a_domain_is_ready_once_it_is_verified_and_shows_the_key_once(tenant: InProcessTenant, managed: bool) -> None:
    kind = "auth0_managed_certs" if managed else "self_managed_certs"
    made = tenant.call("POST", "/custom-domains", {"domain": "login.acme.example", "type": kind})
    path = f"/custom-domains/{made['custom_domain_id']}"
    assert tenant.ask("POST", f"{path}/test")[0] == 409
    assert tenant.ask("PATCH", "/custom-domains/default", {"domain": made["domain"]})[0] == REFUSED
    status, answer = tenant.ask("POST", f"{path}/verify")
    assert (status, answer["status"], "cname_api_key" in answer) == (201, "ready", not managed)
    assert "cname_api_key" not in tenant.call("POST", f"{path}/verify") | tenant.call("GET", path)
    assert tenant.call("POST", f"{path}/test")["success"] is True
    assert tenant.call("GET", "/custom-domains/default") == {"domain": tenant.domain}
    assert tenant.call("PATCH", "/custom-domains/default", {"domain": made["domain"]})["is_default"] is True
    assert tenant.ask("DELETE", path)[0] == 409
    tenant.call("PATCH", "/custom-domains/default", {"domain": tenant.domain})
    tenant.call("DELETE", path)


def test_a_list_of_domains_has_pages_where_one_asks_for_them(tenant: InProcessTenant) -> None:
    made = tenant.call("POST", "/custom-domains", {"domain": "login.acme.example", "type": "self_managed_certs"})
    assert tenant.call("GET", "/custom-domains") == [made]
    assert tenant.call("GET", "/custom-domains?take=50") == {"custom_domains": [made]}


def test_the_prompt_after_the_login_needs_a_conformant_client(tenant: InProcessTenant) -> None:
    late = {"organization_usage": "require", "organization_require_behavior": "post_login_prompt"}
    made = tenant.call("POST", "/clients", {"name": "c", "oidc_conformant": True} | late)
    assert made["organization_require_behavior"] == "post_login_prompt"
    assert tenant.ask("PATCH", f"/clients/{made['client_id']}", {"oidc_conformant": False})[0] == REFUSED


# APIs and credentials


@pytest.mark.parametrize("pem", [PUBLIC, certificate()], ids=["key", "certificate"])
def test_an_encryption_key_is_known_by_its_own_thumbprint(tenant: InProcessTenant, pem: str) -> None:
    encryption = {"format": "compact-nested-jwe", "encryption_key": {"alg": "RSA-OAEP-256", "pem": pem}}
    made = tenant.call("POST", "/resource-servers", {"identifier": "urn:jwe", "token_encryption": encryption})
    key = made["token_encryption"]["encryption_key"]
    assert key == {"alg": "RSA-OAEP-256", "thumbprint_sha256": RSAKey.import_key(PUBLIC).thumbprint()}


@pytest.mark.parametrize("parse", [{}, {"parse_expiry_from_cert": False}], ids=str)
def test_a_certificate_always_ends_when_it_says(tenant: InProcessTenant, parse: dict[str, bool]) -> None:
    client = tenant.call("POST", "/clients", {"name": "c"})
    body = {"credential_type": "x509_cert", "pem": certificate()} | parse
    made = tenant.call("POST", f"/clients/{client['client_id']}/credentials", body)
    assert made["expires_at"] == "2031-02-03T04:05:06.000Z"


def test_the_subject_of_a_certificate_has_one_attribute_a_line_in_its_order(tenant: InProcessTenant) -> None:
    client = tenant.call("POST", "/clients", {"name": "c"})
    body = {"credential_type": "cert_subject_dn", "pem": certificate()}
    made = tenant.call("POST", f"/clients/{client['client_id']}/credentials", body)
    assert made["subject_dn"] == ("C=NL\nST=Noord-Holland\nO=Acme, Inc\nCN=acme.example\nemailAddress=a@acme.example")


def test_the_management_api_has_the_scopes_of_a_current_tenant(tenant: InProcessTenant) -> None:
    api = tenant.call("GET", f"/resource-servers/{tenant.audience.replace('/', '%2F')}")
    assert [scope["value"] for scope in api["scopes"]] == MANAGEMENT_SCOPE_NAMES
    assert len(MANAGEMENT_SCOPE_NAMES) == len(set(MANAGEMENT_SCOPE_NAMES)) == 273


@pytest.mark.parametrize("value", [True, False])
def test_all_scopes_of_a_system_api_are_not_even_denied(tenant: InProcessTenant, value: bool) -> None:
    client = tenant.call("POST", "/clients", {"name": "c"})
    body = {"client_id": client["client_id"], "audience": tenant.audience, "scope": [], "allow_all_scopes": value}
    assert tenant.ask("POST", "/client-grants", body)[0] == REFUSED


# tokens


@pytest.mark.parametrize(("usage", "org"), [("require", True), ("allow", False)])
def test_the_default_organization_counts_only_where_one_is_required(
    tenant: InProcessTenant, usage: str, org: bool
) -> None:
    client, dummy = granted(tenant, organization_usage=usage, allow_any_organization=True)
    organization = tenant.call("POST", "/organizations", {"name": "acme"})
    default = {"organization_id": organization["id"], "flows": ["client_credentials"]}
    tenant.call("PATCH", f"/clients/{client['client_id']}", {"default_organization": default})
    status, answer = token_of(tenant, client)
    assert status == 200
    assert claims(answer).get("org_id") == (organization["id"] if org else None)


def test_a_requested_subset_protects_nothing_and_more_is_refused(tenant: InProcessTenant) -> None:
    client, dummy = granted(tenant)
    status, answer = token_of(tenant, client, scope="s:b")
    assert (status, answer["scope"], claims(answer)["scope"]) == (200, "s:a s:b s:c", "s:a s:b s:c")
    assert token_of(tenant, client, scope="s:b s:z")[0] == 403
