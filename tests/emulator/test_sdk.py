# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The official Python SDK, unmodified and over TLS, doing its ordinary work for every entity."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from auth0.authentication import GetToken
from auth0.management import ManagementClient
from auth0.management.core.api_error import ApiError
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

# It calls what Python 3.12 deprecates.
pytestmark = pytest.mark.filterwarnings("ignore:datetime.datetime.utcnow:DeprecationWarning")


@pytest.fixture
def row(start: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A tenant over TLS; the SDK finds the CA as it would any other."""
    ready = start("--tenant", "sdk", "--tls-dir", str(tmp_path / "tls")).wait()
    monkeypatch.setenv("SSL_CERT_FILE", ready["ca"])
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", ready["ca"])
    tenant: dict[str, str] = ready["tenants"][0]
    return tenant


@pytest.fixture
def sdk(row: dict[str, str]) -> Iterator[Any]:
    with httpx.Client(timeout=60) as http:
        credentials = {"client_id": row["client_id"], "client_secret": row["client_secret"]}
        yield ManagementClient(domain=row["domain"], httpx_client=http, **credentials)


def gone(action: Any, *arguments: Any) -> None:
    """The object does not exist any more."""
    with pytest.raises(ApiError) as caught:
        action(*arguments)
    assert caught.value.status_code == 404


def test_apis_clients_and_grants(sdk: Any, row: dict[str, str]) -> None:
    scopes = [{"value": "read:a", "description": "A"}, {"value": "read:b"}]
    api = sdk.resource_servers.create(identifier="https://sdk.example", name="SDK", scopes=scopes)
    assert sdk.resource_servers.get("https://sdk.example").id == api.id
    assert sdk.resource_servers.update(api.id, token_lifetime=60).token_lifetime == 60
    assert "https://sdk.example" in [one.identifier for one in sdk.resource_servers.list()]

    client = sdk.clients.create(name="SDK", app_type="non_interactive", grant_types=["client_credentials"])
    assert sdk.clients.update(client.client_id, description="d").description == "d"
    assert sdk.clients.get(client.client_id).name == "SDK"
    assert {one.name for one in sdk.clients.list()} >= {"SDK", "All Applications"}

    grant = sdk.client_grants.create(client_id=client.client_id, audience=api.identifier, scope=["read:a", "read:b"])
    assert sdk.client_grants.get(grant.id).scope == ["read:a", "read:b"]
    assert [one.id for one in sdk.client_grants.list(client_id=client.client_id)] == [grant.id]

    secret = sdk.clients.rotate_secret(client.client_id).client_secret
    token = GetToken(row["domain"], client.client_id, client_secret=secret).client_credentials(api.identifier)
    assert (token["scope"], token["expires_in"]) == ("read:a read:b", 60)
    assert sdk.client_grants.update(grant.id, scope=["read:b"]).scope == ["read:b"]

    sdk.client_grants.delete(grant.id)
    gone(sdk.client_grants.get, grant.id)
    sdk.clients.delete(client.client_id)
    gone(sdk.clients.get, client.client_id)
    sdk.resource_servers.delete(api.id)
    gone(sdk.resource_servers.get, api.id)


def test_credentials_and_private_key_jwt(sdk: Any, row: dict[str, str]) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    spki = serialization.PublicFormat.SubjectPublicKeyInfo
    pem = key.public_key().public_bytes(serialization.Encoding.PEM, spki).decode()
    client = sdk.clients.create(name="keyed", app_type="non_interactive")
    made = sdk.clients.credentials.create(client.client_id, credential_type="public_key", name="k", pem=pem)
    assert [one.kid for one in sdk.clients.credentials.list(client.client_id)] == [made.kid]
    assert sdk.clients.credentials.get(client.client_id, made.id).name == "k"
    methods = {"private_key_jwt": {"credentials": [{"id": made.id}]}}
    sdk.clients.update(client.client_id, client_authentication_methods=methods)
    sdk.client_grants.create(client_id=client.client_id, audience=f"https://{row['domain']}/api/v2/", scope=[])
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    tokens = GetToken(row["domain"], client.client_id, client_assertion_signing_key=private.decode())
    assert tokens.client_credentials(f"https://{row['domain']}/api/v2/")["token_type"] == "Bearer"


def test_organizations_roles_and_keys(sdk: Any) -> None:
    api = sdk.resource_servers.create(identifier="urn:sdk", name="SDK", scopes=[{"value": "read:a"}])
    client = sdk.clients.create(name="SDK")
    grant = sdk.client_grants.create(client_id=client.client_id, audience=api.identifier, scope=[])
    organization = sdk.organizations.create(name="acme", display_name="Acme")
    assert sdk.organizations.get_by_name("acme").id == organization.id
    assert sdk.organizations.update(organization.id, display_name="Other").display_name == "Other"
    sdk.organizations.client_grants.create(organization.id, grant_id=grant.id)
    assert [one.id for one in sdk.organizations.client_grants.list(organization.id)] == [grant.id]
    assert [one.id for one in sdk.client_grants.organizations.list(grant.id)] == [organization.id]
    sdk.organizations.client_grants.delete(organization.id, grant.id)
    assert [one.name for one in sdk.organizations.list()] == ["acme"]
    sdk.organizations.delete(organization.id)
    gone(sdk.organizations.get, organization.id)

    role = sdk.roles.create(name="reader", description="d")
    permissions = [{"resource_server_identifier": "urn:sdk", "permission_name": "read:a"}]
    sdk.roles.permissions.add(role.id, permissions=permissions)
    assert [one.permission_name for one in sdk.roles.permissions.list(role.id)] == ["read:a"]
    sdk.roles.permissions.delete(role.id, permissions=permissions)
    assert list(sdk.roles.permissions.list(role.id)) == []
    assert sdk.roles.update(role.id, description="e").description == "e"
    assert [one.id for one in sdk.roles.list(name_filter="read")] == [role.id]
    sdk.roles.delete(role.id)
    gone(sdk.roles.get, role.id)

    before = next(one for one in sdk.keys.signing.list() if one.current)
    rotated = sdk.keys.signing.rotate()
    assert rotated.kid != before.kid
    assert sdk.keys.signing.get(before.kid).previous
    assert sdk.keys.signing.revoke(before.kid).kid == before.kid


def test_what_the_sdk_knows_and_the_description_of_june_2026_does_not(sdk: Any) -> None:
    claims = [{"name": "country", "expression": "anonymous_session.metadata.country"}]
    fields: dict[str, Any] = {
        "token_lifetime_for_anonymous_access_tokens": 86400,
        "access_token": {"claims_mapping": {"custom_claims": claims}},
        "require_consent_non_repudiation": True,
        "subject_type_authorization": {
            "user": {"policy": "allow_all"},
            "client": {"policy": "deny_all"},
            "anonymous_user": {"policy": "deny_all"},
        },
    }
    api = sdk.resource_servers.create(identifier="urn:new", **fields)
    assert {name: dumped(getattr(api, name)) for name in fields} == fields
    fields = {
        "identity_assertion_authorization_grant": {"active": True},
        "anonymous_sessions": {"active": True},
        "enforce_anon_session_transfer_network_binding": "asn",
        "b_2_b_integration_configuration": {"sso_profiles": ["p"], "integration_type": "application"},
        "my_organization_configuration": {
            "allowed_strategies": ["okta"],
            "connection_deletion_behavior": "allow",
            "third_party_client_access": {"default_value": "block", "allowed_values": ["block", "allow"]},
            "enforce_permission_ceiling": True,
            "enforce_self_assignment_restriction": False,
        },
        "oidc_logout": {
            "backchannel_logout_urls": ["https://sdk.example/"],
            "backchannel_logout_initiators": {"mode": "custom", "selected_initiators": ["profile-changed"]},
        },
        "oidc_support": {"is_allowed": True, "allowed_scopes": ["profile"]},
    }
    client = sdk.clients.create(name="new", **fields)
    assert {name: dumped(getattr(client, name)) for name in fields} == fields
    changed = sdk.clients.update(client.client_id, oidc_support={"is_allowed": False})
    assert dumped(changed.oidc_support) == {"is_allowed": False}
    grant = {"client_id": client.client_id, "audience": "urn:new", "scope": []}
    assert sdk.client_grants.create(**grant, subject_type="anonymous_user").subject_type == "anonymous_user"
    organization = sdk.organizations.create(name="owner")
    roles = [
        sdk.roles.create(name="admin"),
        sdk.roles.create(name="admin", type="organization", owner_id=organization.id),
    ]
    assert [one.id for one in sdk.roles.list(type="tenant")] == [roles[0].id]
    assert [one.id for one in sdk.roles.list(type="organization", owner_id=organization.id)] == [roles[1].id]
    with pytest.raises(ApiError) as caught:
        sdk.roles.create(name="x", type="organization")
    assert caught.value.status_code == 400


def dumped(value: Any) -> Any:
    """A value of the SDK's answers, as JSON has it."""
    return value.model_dump(by_alias=True, exclude_none=True, mode="json") if hasattr(value, "model_dump") else value


def test_lists_are_read_to_the_end(sdk: Any) -> None:
    for number in range(120):
        sdk.clients.create(name=f"c{number}")
    assert len(list(sdk.clients.list())) == 122
