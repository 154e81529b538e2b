# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who may call the Management API: its tokens are verified, their scopes count."""

from __future__ import annotations

import itertools
import time
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

_COUNT = itertools.count()

ENDPOINTS = [
    ("GET", "/resource-servers", ["read:resource_servers"]),
    ("GET", "/resource-servers/x", ["read:resource_servers"]),
    ("POST", "/resource-servers", ["create:resource_servers"]),
    ("PATCH", "/resource-servers/x", ["update:resource_servers"]),
    ("DELETE", "/resource-servers/x", ["delete:resource_servers"]),
    ("GET", "/clients", ["read:clients", "read:client_keys", "read:client_credentials", "read:client_summary"]),
    ("GET", "/clients/x", ["read:clients", "read:client_keys", "read:client_credentials", "read:client_summary"]),
    ("POST", "/clients", ["create:clients"]),
    ("PATCH", "/clients/x", ["update:clients", "update:client_keys", "update:client_credentials"]),
    ("DELETE", "/clients/x", ["delete:clients"]),
    ("POST", "/clients/x/rotate-secret", ["update:client_keys"]),
    ("GET", "/clients/x/credentials", ["read:client_credentials"]),
    ("POST", "/clients/x/credentials", ["create:client_credentials"]),
    ("GET", "/clients/x/credentials/y", ["read:client_credentials"]),
    ("PATCH", "/clients/x/credentials/y", ["update:client_credentials"]),
    ("DELETE", "/clients/x/credentials/y", ["delete:client_credentials"]),
    ("GET", "/client-grants", ["read:client_grants"]),
    ("GET", "/client-grants/x", ["read:client_grants"]),
    ("POST", "/client-grants", ["create:client_grants"]),
    ("PATCH", "/client-grants/x", ["update:client_grants"]),
    ("DELETE", "/client-grants/x", ["delete:client_grants"]),
    ("GET", "/client-grants/x/organizations", ["read:organization_client_grants"]),
    ("GET", "/organizations", ["read:organizations", "read:organizations_summary"]),
    ("GET", "/organizations/x", ["read:organizations", "read:organizations_summary"]),
    ("GET", "/organizations/name/x", ["read:organizations"]),
    ("POST", "/organizations", ["create:organizations"]),
    ("PATCH", "/organizations/x", ["update:organizations"]),
    ("DELETE", "/organizations/x", ["delete:organizations"]),
    ("GET", "/organizations/x/client-grants", ["read:organization_client_grants"]),
    ("POST", "/organizations/x/client-grants", ["create:organization_client_grants"]),
    ("DELETE", "/organizations/x/client-grants/y", ["delete:organization_client_grants"]),
    ("GET", "/roles", ["read:roles"]),
    ("GET", "/roles/x", ["read:roles"]),
    ("POST", "/roles", ["create:roles"]),
    ("PATCH", "/roles/x", ["update:roles"]),
    ("DELETE", "/roles/x", ["delete:roles"]),
    ("GET", "/roles/x/permissions", ["read:roles"]),
    ("POST", "/roles/x/permissions", ["update:roles"]),
    ("DELETE", "/roles/x/permissions", ["update:roles"]),
    ("GET", "/keys/signing", ["read:signing_keys"]),
    ("GET", "/keys/signing/x", ["read:signing_keys"]),
    ("PUT", "/keys/signing/x/revoke", ["update:signing_keys"]),
    ("GET", "/actions/triggers", ["read:actions"]),
    ("POST", "/actions/actions/x/deploy", ["create:actions"]),
    ("GET", "/actions/actions/x/versions", ["read:actions"]),
    ("GET", "/actions/actions/x/versions/y", ["read:actions"]),
    ("POST", "/actions/actions/x/versions/y/deploy", ["create:actions"]),
]


def token_with(tenant: Any, *scopes: str) -> str:
    """A management token that carries exactly these scopes."""
    client, dummy = tenant.granted_client(tenant.audience, list(scopes))
    token: str = tenant.token(client_id=client["client_id"], client_secret=client["client_secret"])
    return token


def test_no_token(main: Any) -> None:
    answer = main.call("GET", "/clients", token="")
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert answer.json() == {"statusCode": 401, "error": "Unauthorized", "message": "Missing authentication"}


@pytest.mark.parametrize("header", ["", "Bearer", "Basic abc", "Bearer a b", "token"])
def test_a_malformed_header(main: Any, header: str) -> None:
    answer = main.call("GET", "/clients", token="", headers={"Authorization": header})
    assert (answer.status_code, answer.json()) == (
        400,
        {
            "statusCode": 400,
            "error": "Bad Request",
            "message": "Bad HTTP authentication header format",
            "errorCode": "Bearer",
        },
    )


@pytest.mark.parametrize(("method", "path", "scopes"), ENDPOINTS)
def test_each_endpoint_needs_its_scopes(main: Any, method: str, path: str, scopes: list[str]) -> None:
    answer = main.call(method, path, {} if method in ("POST", "PATCH") else None, token_with(main, "read:users"))
    assert (answer.status_code, answer.json()) == (
        403,
        {
            "statusCode": 403,
            "error": "Forbidden",
            "message": f"Insufficient scope, expected any of: {','.join(scopes)}",
            "errorCode": "insufficient_scope",
        },
    )
    for scope in scopes:
        allowed = main.call(method, path, {} if method in ("POST", "PATCH") else None, token_with(main, scope))
        assert allowed.status_code != 403


def forged(tenant: Any, **changes: Any) -> str:
    """A token like the tenant's own, signed by somebody else's key."""
    own = tenant.token()
    claims = jwt.decode(own, options={"verify_signature": False}) | changes
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return jwt.encode(claims, key, algorithm="RS256", headers={"kid": jwt.get_unverified_header(own)["kid"]})


def test_bad_tokens(main: Any) -> None:
    api = {"identifier": f"urn:access:{next(_COUNT)}"}
    main.make("/resource-servers", api)
    client, dummy = main.granted_client(api["identifier"], ["read:clients"])
    other_audience = main.token(
        audience=api["identifier"], client_id=client["client_id"], client_secret=client["client_secret"]
    )
    unsigned = jwt.encode({"aud": main.audience, "exp": time.time() + 60}, "", algorithm="none")
    hs256 = jwt.encode({"aud": main.audience}, "x" * 32, algorithm="HS256", headers={"kid": "x"})
    header, dummy, signature = main.token().split(".")
    tampered = f"{header}.e30.{signature}"
    for bad in ("abc", "a.b.c", other_audience, forged(main), unsigned, hs256, tampered):
        answer = main.call("GET", "/clients", token=bad)
        assert (answer.status_code, answer.json()["error"]) == (401, "Unauthorized"), bad


def test_an_expired_token(main: Any) -> None:
    management = f"/resource-servers/{main.audience.replace('/', '%2F')}"
    try:
        assert main.call("PATCH", management, {"token_lifetime": 5}).status_code == 200
        token = main.token()
        assert main.call("GET", "/clients", token=token).status_code == 200
    finally:
        main.call("PATCH", management, {"token_lifetime": 86400})
    time.sleep(max(0, jwt.decode(token, options={"verify_signature": False})["exp"] - time.time()) + 0.1)
    answer = main.call("GET", "/clients", token=token)
    assert (answer.status_code, answer.json()["message"]) == (
        401,
        "Expired token received for JSON Web Token validation",
    )


def test_a_token_is_for_the_host_that_issued_it(main: Any) -> None:
    host = f"localhost:{main.host.partition(':')[2]}"
    assert main.call("GET", "/clients", headers={"Host": host}).status_code == 401


def test_secrets_need_a_scope_for_keys(main: Any) -> None:
    path = f"/clients/{main.make('/clients', {'name': 'n'})['client_id']}"
    secret = {"client_secret", "signing_keys"}
    seen = set(main.call("GET", path, token=token_with(main, "read:clients")).json())
    assert {"name", "grant_types"} <= seen
    assert not seen & secret
    for scope in ("read:client_keys", "read:client_credentials"):
        assert secret <= set(main.call("GET", path, token=token_with(main, scope)).json())
    created = main.call("POST", "/clients", {"name": "n"}, token_with(main, "create:clients")).json()
    assert "client_id" in created
    assert not set(created) & secret


def test_keys_of_a_client_need_the_same_scope_and_secrets_of_addons_do_not(main: Any) -> None:
    methods = {"private_key_jwt": {"credentials": []}}
    body = {"name": "n", "client_authentication_methods": methods, "addons": {"wams": {"masterkey": "m"}}}
    path = f"/clients/{main.make('/clients', body)['client_id']}"
    seen = main.call("GET", path, token=token_with(main, "read:clients")).json()
    assert "client_authentication_methods" not in seen
    assert seen["addons"] == {"wams": {"masterkey": "m"}}
    seen = main.call("GET", path, token=token_with(main, "read:client_keys")).json()
    assert seen["client_authentication_methods"] == methods


def test_a_summary_shows_four_fields(main: Any) -> None:
    path = f"/clients/{main.make('/clients', {'name': 'n', 'app_type': 'spa', 'description': 'd'})['client_id']}"
    seen = main.call("GET", path, token=token_with(main, "read:client_summary")).json()
    assert set(seen) == {"client_id", "name", "app_type", "description"}


def test_who_sees_a_summary_cannot_ask_for_more(main: Any) -> None:
    token = token_with(main, "read:client_summary")
    answer = main.call("GET", "/clients?fields=name,callbacks", token=token)
    assert (answer.status_code, answer.json()["errorCode"]) == (403, "insufficient_scope")
    assert set(main.call("GET", "/clients?fields=name,client_id", token=token).json()[0]) == {"name", "client_id"}


def test_asking_for_a_secret_by_name_is_refused(main: Any) -> None:
    path = f"/clients/{main.make('/clients', {'name': 'n'})['client_id']}?fields=client_secret"
    answer = main.call("GET", path, token=token_with(main, "read:clients"))
    assert (answer.status_code, answer.json()["errorCode"]) == (403, "insufficient_scope")
    without = main.call("GET", path + "&include_fields=false", token=token_with(main, "read:clients"))
    assert without.status_code == 200


def test_setting_a_secret_needs_its_scope(main: Any) -> None:
    path = f"/clients/{main.make('/clients', {'name': 'n'})['client_id']}"
    body = {"client_secret": "s"}
    assert main.call("PATCH", path, body, token_with(main, "update:clients")).status_code == 403
    assert main.call("PATCH", path, body, token_with(main, "update:client_keys")).status_code == 200


def test_a_refusal_comes_before_validation(main: Any) -> None:
    assert main.call("POST", "/clients", {"nonsense": 1}, token_with(main, "read:clients")).status_code == 403
    assert main.call("GET", "/nowhere", token="").status_code == 404
