# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""POST /oauth/token: who gets a token, what is in it, how it is signed. Verified with another library."""

from __future__ import annotations

import base64
import itertools
import time
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey

_COUNT = itertools.count()


def make_api(tenant: Any, **fields: Any) -> dict[str, Any]:
    """A new API with three scopes."""
    scopes = [{"value": name} for name in ("read:a", "write:a", "read:b")]
    body = {"identifier": f"urn:api:{next(_COUNT)}", "scopes": scopes} | fields
    made: dict[str, Any] = tenant.make("/resource-servers", body)
    return made


def keys(tenant: Any) -> KeySet:
    """The tenant's published keys; the ``alg`` they name is the default, not a limit."""
    published = tenant.http.get("/.well-known/jwks.json").json()["keys"]
    return KeySet.import_key_set({"keys": [{k: v for k, v in key.items() if k != "alg"} for key in published]})


def decoded(tenant: Any, token: str, algorithm: str = "RS256") -> Any:
    """The verified token: header and claims."""
    return jwt.decode(token, keys(tenant), algorithms=[algorithm])


def ask(tenant: Any, client: dict[str, Any], audience: str, **more: Any) -> Any:
    """A token request with a client's own credentials."""
    return tenant.token_request(
        client_id=client["client_id"], client_secret=client["client_secret"], audience=audience, **more
    )


def test_default_dialect(tokens: Any) -> None:
    api = make_api(tokens)
    client, dummy = tokens.granted_client(api["identifier"], ["read:a", "write:a"])
    answer = ask(tokens, client, api["identifier"])
    body = answer.json()
    assert set(body) == {"access_token", "token_type", "expires_in", "scope"}
    assert (body["token_type"], body["expires_in"], body["scope"]) == ("Bearer", 86400, "read:a write:a")
    token = decoded(tokens, body["access_token"])
    assert set(token.header) == {"alg", "typ", "kid"}
    assert (token.header["alg"], token.header["typ"]) == ("RS256", "JWT")
    now = time.time()
    claims = dict(token.claims)
    assert abs(claims["iat"] - now) < 10
    assert claims == {
        "iss": f"https://{tokens.host}/",
        "sub": f"{client['client_id']}@clients",
        "aud": api["identifier"],
        "iat": claims["iat"],
        "exp": claims["iat"] + 86400,
        "gty": "client-credentials",
        "azp": client["client_id"],
        "scope": "read:a write:a",
    }


@pytest.mark.parametrize(
    ("dialect", "rbac", "typ", "present", "absent"),
    [
        ("access_token", True, "JWT", {"azp", "gty"}, {"permissions", "jti", "client_id"}),
        ("access_token_authz", True, "JWT", {"azp", "gty", "permissions"}, {"jti"}),
        ("access_token_authz", False, "JWT", {"azp", "gty"}, {"permissions"}),
        ("rfc9068_profile", True, "at+jwt", {"client_id", "jti"}, {"azp", "gty", "permissions"}),
        ("rfc9068_profile_authz", True, "at+jwt", {"client_id", "jti", "permissions"}, {"azp", "gty"}),
    ],
)
def test_dialects(tokens: Any, dialect: str, rbac: bool, typ: str, present: set[str], absent: set[str]) -> None:
    api = make_api(tokens, token_dialect=dialect, enforce_policies=rbac)
    client, dummy = tokens.granted_client(api["identifier"], ["read:a"])
    token = decoded(tokens, ask(tokens, client, api["identifier"]).json()["access_token"])
    assert token.header["typ"] == typ
    assert present <= set(token.claims)
    assert not absent & set(token.claims)
    assert token.claims.get("permissions", ["read:a"]) == ["read:a"]


@pytest.mark.parametrize("algorithm", ["RS256", "RS512", "PS256"])
def test_the_api_chooses_the_algorithm(tokens: Any, algorithm: str) -> None:
    api = make_api(tokens, signing_alg=algorithm)
    client, dummy = tokens.granted_client(api["identifier"], [])
    answer = ask(tokens, client, api["identifier"]).json()
    assert "scope" not in answer
    assert decoded(tokens, answer["access_token"], algorithm).header["alg"] == algorithm


def test_hs256_is_signed_with_the_secret_of_the_api(tokens: Any) -> None:
    api = make_api(tokens, signing_alg="HS256", token_lifetime=600)
    client, dummy = tokens.granted_client(api["identifier"], ["read:a"])
    answer = ask(tokens, client, api["identifier"]).json()
    token = jwt.decode(answer["access_token"], OctKey.import_key(api["signing_secret"]), algorithms=["HS256"])
    assert "kid" not in token.header
    assert answer["expires_in"] == token.claims["exp"] - token.claims["iat"] == 600


def test_keys_are_published(tokens: Any) -> None:
    published = tokens.http.get("/.well-known/jwks.json").json()["keys"]
    assert len({key["kid"] for key in published}) == 2
    for key in published:
        assert set(key) == {"kty", "use", "n", "e", "kid", "x5t", "x5c", "alg"}
    assert tokens.http.get("/.well-known/jwks.json").json()["keys"] == published


def test_openid_configuration(tokens: Any) -> None:
    document = tokens.http.get("/.well-known/openid-configuration").json()
    assert document["issuer"] == f"https://{tokens.host}/"
    assert document["jwks_uri"] == f"http://{tokens.host}/.well-known/jwks.json"
    assert document["token_endpoint"] == f"http://{tokens.host}/oauth/token"


def test_the_issuer_follows_the_host_header(tokens: Any) -> None:
    port = tokens.host.partition(":")[2]
    host = f"localhost:{port}"
    body = {
        "grant_type": "client_credentials",
        "client_id": tokens.row["client_id"],
        "client_secret": tokens.row["client_secret"],
        "audience": f"https://{host}/api/v2/",
    }
    answer = tokens.http.post("/oauth/token", json=body, headers={"Host": host})
    claims = decoded(tokens, answer.json()["access_token"]).claims
    assert (claims["iss"], claims["aud"]) == (f"https://{host}/", f"https://{host}/api/v2/")


def test_a_token_has_all_scopes_of_the_grant_also_where_a_subset_was_asked_for(tokens: Any) -> None:
    api = make_api(tokens)
    client, dummy = tokens.granted_client(api["identifier"], ["read:a", "write:a", "read:b"])
    answer = ask(tokens, client, api["identifier"], scope="read:b read:a").json()
    assert answer["scope"] == "read:a write:a read:b"
    assert decoded(tokens, answer["access_token"]).claims["scope"] == "read:a write:a read:b"


def test_all_scopes_are_those_of_the_api_at_the_time(tokens: Any) -> None:
    api = make_api(tokens)
    client, grant = tokens.granted_client(api["identifier"], [])
    tokens.call("PATCH", f"/client-grants/{grant['id']}", {"allow_all_scopes": True})
    tokens.call("PATCH", f"/resource-servers/{api['id']}", {"scopes": [{"value": "new"}]})
    assert ask(tokens, client, api["identifier"]).json()["scope"] == "new"


def test_credentials_by_form_and_by_basic(tokens: Any) -> None:
    api = make_api(tokens)
    client, dummy = tokens.granted_client(api["identifier"], ["read:a"])
    who, secret = client["client_id"], client["client_secret"]
    form = {"grant_type": "client_credentials", "audience": api["identifier"]}
    posted = tokens.http.post("/oauth/token", data=form | {"client_id": who, "client_secret": secret})
    assert posted.status_code == 200
    basic = base64.b64encode(f"{who}:{secret}".encode()).decode()
    assert tokens.http.post("/oauth/token", data=form, headers={"Authorization": f"Basic {basic}"}).status_code == 200
    for wrong in (basic[:-4], "=!", "a b"):
        refused = tokens.http.post("/oauth/token", data=form, headers={"Authorization": f"Basic {wrong}"})
        assert (refused.status_code, refused.json()["error"]) == (401, "access_denied")


UNAUTHORIZED = (401, {"error": "access_denied", "error_description": "Unauthorized"})


@pytest.mark.parametrize(
    ("changes", "status", "body"),
    [
        ({"client_secret": "wrong"}, *UNAUTHORIZED),
        ({"client_secret": None}, *UNAUTHORIZED),
        ({"client_id": "unknown"}, *UNAUTHORIZED),
        (
            {"audience": "urn:none"},
            403,
            {"error": "access_denied", "error_description": "Service not enabled within domain: urn:none"},
        ),
        (
            {"scope": "read:clients fly:away"},
            403,
            {"error": "access_denied", "error_description": "Client has not been granted scopes: fly:away"},
        ),
        (
            {"grant_type": "password"},
            400,
            {"error": "unsupported_grant_type", "error_description": "Unsupported grant type: password"},
        ),
        (
            {"grant_type": None},
            400,
            {"error": "invalid_request", "error_description": "Missing required parameter: grant_type"},
        ),
        (
            {"audience": None},
            403,
            {
                "error": "access_denied",
                "error_description": "Non-global clients are not allowed access to APIv1",
            },
        ),
    ],
)
def test_refusals(tokens: Any, changes: dict[str, Any], status: int, body: dict[str, str]) -> None:
    answer = tokens.token_request(**changes)
    assert (answer.status_code, answer.json()) == (status, body)


def test_the_audience_of_the_management_api_ends_in_a_slash(tokens: Any) -> None:
    answer = tokens.token_request(audience=tokens.audience.rstrip("/"))
    assert answer.status_code == 403
    assert answer.json()["error_description"].startswith("Service not enabled within domain")


def test_no_grant(tokens: Any) -> None:
    api = make_api(tokens)
    client = tokens.make("/clients", {"name": "n"})
    answer = ask(tokens, client, api["identifier"])
    assert (answer.status_code, answer.json()["error"]) == (403, "access_denied")
    assert answer.json()["error_description"].startswith(
        f'Client is not authorized to access "{api["identifier"]}". You need to create a "client-grant"'
    )


def test_grants_for_users_are_no_grants_for_clients(tokens: Any) -> None:
    api = make_api(tokens)
    client = tokens.make("/clients", {"name": "n"})
    body = {"client_id": client["client_id"], "audience": api["identifier"], "scope": ["read:a"]}
    tokens.make("/client-grants", body | {"subject_type": "user"})
    assert ask(tokens, client, api["identifier"]).status_code == 403
    tokens.make("/client-grants", body)
    assert ask(tokens, client, api["identifier"]).status_code == 200


def test_an_api_may_deny_all_clients(tokens: Any) -> None:
    api = make_api(tokens, subject_type_authorization={"client": {"policy": "deny_all"}})
    client, dummy = tokens.granted_client(api["identifier"], ["read:a"])
    assert ask(tokens, client, api["identifier"]).status_code == 403


def test_the_grant_type_must_be_allowed(tokens: Any) -> None:
    api = make_api(tokens)
    client, dummy = tokens.granted_client(api["identifier"], [], grant_types=["implicit"])
    answer = ask(tokens, client, api["identifier"])
    assert answer.status_code == 403
    assert answer.json() == {
        "error": "unauthorized_client",
        "error_description": "Grant type 'client_credentials' not allowed for the client.",
        "error_uri": "https://auth0.com/docs/clients/client-grant-types",
    }


def test_a_new_secret_counts_at_once(tokens: Any) -> None:
    api = make_api(tokens)
    client, dummy = tokens.granted_client(api["identifier"], [])
    tokens.call("PATCH", f"/clients/{client['client_id']}", {"client_secret": "brand new"})
    assert ask(tokens, client, api["identifier"]).status_code == 401
    assert ask(tokens, client | {"client_secret": "brand new"}, api["identifier"]).status_code == 200


def test_third_parties_use_the_grant_for_all_of_them(tokens: Any) -> None:
    api = make_api(tokens)
    shared = {"default_for": "third_party_clients", "audience": api["identifier"], "scope": ["read:a"]}
    tokens.make("/client-grants", shared)
    fields = {"name": "n", "grant_types": ["client_credentials"]}
    third = tokens.make("/clients", fields | {"is_first_party": False})
    assert ask(tokens, third, api["identifier"]).json()["scope"] == "read:a"
    first = tokens.make("/clients", fields)
    assert ask(tokens, first, api["identifier"]).status_code == 403


@pytest.mark.parametrize("body", [b"[]", b"{", b'"x"', b""])
def test_a_body_that_is_neither_form_nor_object(tokens: Any, body: bytes) -> None:
    answer = tokens.http.post("/oauth/token", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


def organization_usage(tenant: Any, usage: str, **more: Any) -> tuple[dict[str, Any], dict[str, Any], str]:
    """A client and its grant with this usage, and the audience."""
    api = make_api(tenant)
    client = tenant.make("/clients", {"name": "n"})
    body = {"client_id": client["client_id"], "audience": api["identifier"], "organization_usage": usage}
    return client, tenant.make("/client-grants", body | more), api["identifier"]


def make_organization(tenant: Any) -> dict[str, Any]:
    made: dict[str, Any] = tenant.make("/organizations", {"name": f"org-{next(_COUNT)}"})
    return made


def test_a_token_for_an_organization(tokens: Any) -> None:
    organization = make_organization(tokens)
    client, grant, audience = organization_usage(tokens, "allow")
    assert ask(tokens, client, audience, organization=organization["id"]).status_code == 403
    tokens.make(f"/organizations/{organization['id']}/client-grants", {"grant_id": grant["id"]})
    for name in (organization["id"], organization["name"]):
        answer = ask(tokens, client, audience, organization=name)
        assert decoded(tokens, answer.json()["access_token"]).claims["org_id"] == organization["id"]
    without = ask(tokens, client, audience).json()["access_token"]
    assert "org_id" not in decoded(tokens, without).claims
    assert ask(tokens, client, audience, organization="org_none").status_code == 400


def test_the_grant_says_whether_there_is_an_organization(tokens: Any) -> None:
    organization = make_organization(tokens)
    client, dummy, audience = organization_usage(tokens, "deny", allow_any_organization=True)
    assert ask(tokens, client, audience, organization=organization["id"]).status_code == 400
    client, dummy, audience = organization_usage(tokens, "require", allow_any_organization=True)
    assert ask(tokens, client, audience).status_code == 400
    assert ask(tokens, client, audience, organization=organization["id"]).status_code == 200


def test_the_default_organization_of_a_client(tokens: Any) -> None:
    organization = make_organization(tokens)
    client, dummy, audience = organization_usage(tokens, "require", allow_any_organization=True)
    default = {"organization_id": organization["id"], "flows": ["client_credentials"]}
    path = f"/clients/{client['client_id']}"
    assert tokens.call("PATCH", path, {"default_organization": default}).status_code == 200
    token = ask(tokens, client, audience).json()["access_token"]
    assert decoded(tokens, token).claims["org_id"] == organization["id"]
