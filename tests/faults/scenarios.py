# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tasks that write: together every kind of write of every module, and the same by auth0_config."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

from ansible_collections.community.auth0.tests.contract.keys import public_key
from ansible_collections.community.auth0.tests.faults.tenant import FaultyTenant

Options = dict[str, Any]

API = "urn:api"
PLANTED = "a-planted-secret-"
OLD_DATE, OLDER_SECRET = "2020-01-01T00:00:00Z", PLANTED + "of-the-service"


@dataclasses.dataclass(frozen=True)
class Scenario:
    """A task.

    name: what it does. options: of the module, in a furnished tenant. prepare: what the tenant needs beside its
    furniture. returned: the secret results that the module documents. share: each write meets every n-th of the faults;
    so many writes, of this task and of those after it, meet all of them together. later: the seconds since the tenant
    was made.
    """

    name: str
    module: str
    options: Callable[[Mapping[str, str]], Options]
    prepare: Callable[[FaultyTenant, Mapping[str, str]], object] = lambda tenant, ids: None
    returned: frozenset[str] = frozenset()
    share: int = 1
    later: float = 0

    def __str__(self) -> str:
        return f"{self.module.removeprefix('auth0_')}: {self.name}"


def furnish(tenant: FaultyTenant) -> dict[str, str]:
    """What all tasks find in the tenant; the ids of it by names."""
    call = tenant.call
    scopes = [{"value": scope} for scope in ("read", "write", "delete")]
    call("POST", "/resource-servers", {"identifier": API, "scopes": scopes, "signing_secret": PLANTED + "of-the-api"})
    ids = {"caller": tenant.credentials.client_id}
    for name in ("app", "spare"):
        ids[name] = call("POST", "/clients", {"name": name, "grant_types": ["client_credentials"]})["client_id"]
        call("PATCH", f"/clients/{ids[name]}", {"client_secret": PLANTED + name})
    grant = {"client_id": ids["app"], "audience": API, "scope": ["read"], "organization_usage": "allow"}
    ids["grant"] = call("POST", "/client-grants", grant)["id"]
    ids["role"] = call("POST", "/roles", {"name": "viewer", "description": "views"})["id"]
    permissions = [{"resource_server_identifier": API, "permission_name": "read"}]
    call("POST", f"/roles/{ids['role']}/permissions", {"permissions": permissions})
    for name in ("acme", "globex"):
        ids[name] = call("POST", "/organizations", {"name": name})["id"]
    return ids


def _permissions(*names: str) -> list[dict[str, str]]:
    return [{"resource_server_identifier": API, "permission_name": name} for name in names]


def _with_a_key(tenant: FaultyTenant, ids: Mapping[str, str]) -> None:
    """The app authenticates by the first key."""
    credential = {"credential_type": "public_key", "name": "first", "pem": public_key(0)}
    made = tenant.call("POST", f"/clients/{ids['app']}/credentials", credential)
    methods = {"private_key_jwt": {"credentials": [{"id": made["id"]}]}}
    change = {"client_authentication_methods": methods, "token_endpoint_auth_method": None}
    tenant.call("PATCH", f"/clients/{ids['app']}", change)


def _with_an_old_secret(tenant: FaultyTenant, ids: Mapping[str, str]) -> None:
    metadata = {"client_secret_rotated_at": OLD_DATE}
    tenant.call("PATCH", f"/clients/{ids['app']}", {"client_metadata": metadata})


def _rotated(tenant: FaultyTenant, ids: Mapping[str, str]) -> None:
    tenant.call("POST", "/keys/signing/rotate")


def _for_an_organization(tenant: FaultyTenant, ids: Mapping[str, str]) -> None:
    tenant.call("POST", f"/organizations/{ids['acme']}/client-grants", {"grant_id": ids["grant"]})


def _with_a_client(tenant: FaultyTenant, ids: Mapping[str, str]) -> None:
    """The app belongs to an organization."""
    body = {"clients": [{"client_id": ids["app"], "use_for_member_access": True}]}
    tenant.call("POST", f"/organizations/{ids['acme']}/clients", body)


ACTION: Options = {"supported_triggers": [{"id": "credentials-exchange", "version": "v2"}], "code": "// 1"}


def _action_secret(value: str) -> Options:
    return {"secrets": [{"name": "KEY", "value": f"{PLANTED}{value}"}]}


def _deployed(tenant: FaultyTenant, ids: Mapping[str, str]) -> None:
    action = {"name": "claims", **ACTION, **_action_secret("old"), "deploy": True}
    made = tenant.call("POST", "/actions/actions", action)
    tenant.ask("GET", f"/actions/actions/{made['id']}")  # it is built by then


def _bound(tenant: FaultyTenant, ids: Mapping[str, str]) -> None:
    _deployed(tenant, ids)
    binding = {"ref": {"type": "action_name", "value": "claims"}, "display_name": "Old"}
    tenant.call("PATCH", "/actions/triggers/credentials-exchange/bindings", {"bindings": [binding]})


EXCHANGED: Options = {"subject_token_type": "urn:partner:token", "name": "Partner", "action_name": "exchange"}
POLICY: Options = {"resource": "oauth_authentication_api", "consumer": "client", "consumer_selector": "default"}


def _with_an_exchange(tenant: FaultyTenant, ids: Mapping[str, str]) -> str:
    """An action for a profile."""
    action = {"name": "exchange", "supported_triggers": [{"id": "custom-token-exchange"}], "code": "// 1"}
    return str(tenant.call("POST", "/actions/actions", action)["id"])


def _with_a_profile(tenant: FaultyTenant, ids: Mapping[str, str]) -> None:
    action = {"action_id": _with_an_exchange(tenant, ids), "type": "custom_authentication"}
    named = {name: value for name, value in EXCHANGED.items() if name != "action_name"}
    tenant.call("POST", "/token-exchange-profiles", {**named, **action})


def _with_a_policy(tenant: FaultyTenant, ids: Mapping[str, str]) -> None:
    tenant.call("POST", "/rate-limit-policies", {**POLICY, "configuration": {"action": "allow"}})


def _with_a_default_domain(tenant: FaultyTenant, ids: Mapping[str, str]) -> None:
    made = tenant.call("POST", "/custom-domains", {"domain": "login.acme.example", "type": "auth0_managed_certs"})
    tenant.call("POST", f"/custom-domains/{made['custom_domain_id']}/verify")


def _with_a_domain(tenant: FaultyTenant, ids: Mapping[str, str]) -> None:
    tenant.call("POST", "/custom-domains", {"domain": "login.acme.example", "type": "auth0_managed_certs"})


ACL: Options = {
    "description": "ours",
    "active": True,
    "priority": 3,
    "rule": {"action": {"block": True}, "match": {"asns": [1]}, "scope": "tenant"},
}


def _with_an_acl(tenant: FaultyTenant, ids: Mapping[str, str]) -> None:
    tenant.call("POST", "/network-acls", ACL)


def _sink(path: str) -> Options:
    return {"httpEndpoint": f"https://log.example/{path}", "httpAuthorization": f"{PLANTED}of-the-log"}


def _with_a_stream(tenant: FaultyTenant, ids: Mapping[str, str]) -> None:
    tenant.call("POST", "/log-streams", {"name": "audit", "type": "http", "sink": _sink("old")})


def _keys(*numbers: int, **more: Any) -> Options:
    names = ("first", "second")
    credentials = [{"name": names[number], "pem": public_key(number), **more} for number in numbers]
    return {"method": "private_key_jwt", "credentials": credentials}


def _config(**lists: Any) -> Options:
    # One request after the other, so that the number of a write says which one it is.
    return {**lists, "concurrency": 1}


#: By the modules for one object.
ALONE = (
    Scenario(
        "create",
        "auth0_resource_server",
        lambda ids: {"identifier": "urn:new", "name": "New", "scopes": [{"value": "a"}]},
    ),
    Scenario("change", "auth0_resource_server", lambda ids: {"identifier": API, "token_lifetime": 600}),
    Scenario("delete", "auth0_resource_server", lambda ids: {"identifier": API, "state": "absent", "force": True}),
    Scenario(
        "create",
        "auth0_client",
        lambda ids: {"name": "new", "app_type": "non_interactive", "client_secret": PLANTED + "given"},
    ),
    Scenario(
        "create and clear",
        "auth0_client",
        lambda ids: {
            "name": "new",
            "app_type": "non_interactive",
            "clear": ["refresh_token"],
            "return_secret": True,
        },
        returned=frozenset({"client_secret"}),
    ),
    Scenario("change", "auth0_client", lambda ids: {"name": "app", "description": "another"}),
    Scenario("delete", "auth0_client", lambda ids: {"name": "spare", "state": "absent"}),
    Scenario("delete with its grants", "auth0_client", lambda ids: {"name": "app", "state": "absent"}),
    Scenario("create", "auth0_client_grant", lambda ids: {"client_name": "spare", "audience": API, "scope": ["read"]}),
    Scenario(
        "change", "auth0_client_grant", lambda ids: {"client_name": "app", "audience": API, "scope": ["read", "write"]}
    ),
    Scenario("delete", "auth0_client_grant", lambda ids: {"client_name": "app", "audience": API, "state": "absent"}),
    Scenario("create", "auth0_role", lambda ids: {"name": "editor", "description": "edits"}),
    Scenario("change", "auth0_role", lambda ids: {"name": "viewer", "description": "sees"}),
    Scenario("delete", "auth0_role", lambda ids: {"name": "viewer", "state": "absent"}),
    Scenario("create", "auth0_organization", lambda ids: {"name": "initech", "display_name": "Initech"}),
    Scenario("change", "auth0_organization", lambda ids: {"name": "acme", "metadata": {"contract": "4711"}}),
    Scenario("delete", "auth0_organization", lambda ids: {"name": "acme", "state": "absent"}),
    Scenario("create", "auth0_action", lambda ids: {"name": "claims", **ACTION, **_action_secret("new")}),
    Scenario(
        "change",
        "auth0_action",
        lambda ids: {"name": "claims", "code": "// 2", "secrets": []},
        prepare=_deployed,
    ),
    Scenario(
        "delete",
        "auth0_action",
        lambda ids: {"name": "claims", "state": "absent", "force": True},
        prepare=_bound,
    ),
    Scenario(
        "change",
        "auth0_action_trigger",
        lambda ids: {
            "trigger_id": "credentials-exchange",
            "bindings": [{"action_name": "claims", "display_name": "New"}],
        },
        prepare=_bound,
    ),
    Scenario(
        "create", "auth0_token_exchange_profile", share=3, options=lambda ids: EXCHANGED, prepare=_with_an_exchange
    ),
    Scenario(
        "change",
        "auth0_token_exchange_profile",
        share=3,
        options=lambda ids: {"subject_token_type": "urn:partner:token", "name": "Another"},
        prepare=_with_a_profile,
    ),
    Scenario(
        "delete",
        "auth0_token_exchange_profile",
        share=3,
        options=lambda ids: {"subject_token_type": "urn:partner:token", "state": "absent"},
        prepare=_with_a_profile,
    ),
    Scenario(
        "create",
        "auth0_rate_limit_policy",
        share=3,
        options=lambda ids: {**POLICY, "configuration": {"action": "block", "limit": 9}},
    ),
    Scenario(
        "change",
        "auth0_rate_limit_policy",
        share=3,
        options=lambda ids: {**POLICY, "configuration": {"action": "block", "limit": 9}},
        prepare=_with_a_policy,
    ),
    Scenario(
        "delete",
        "auth0_rate_limit_policy",
        share=3,
        options=lambda ids: {**POLICY, "state": "absent"},
        prepare=_with_a_policy,
    ),
    Scenario(
        "create",
        "auth0_log_stream",
        share=3,
        options=lambda ids: {"name": "audit", "type": "http", "sink": _sink("new"), "status": "paused"},
    ),
    Scenario(
        "change",
        "auth0_log_stream",
        share=3,
        options=lambda ids: {"name": "audit", "sink": _sink("new")},
        prepare=_with_a_stream,
    ),
    Scenario(
        "delete",
        "auth0_log_stream",
        share=3,
        options=lambda ids: {"name": "audit", "state": "absent"},
        prepare=_with_a_stream,
    ),
    Scenario("create", "auth0_network_acl", share=3, options=lambda ids: ACL),
    Scenario(
        "change",
        "auth0_network_acl",
        share=3,
        options=lambda ids: {"description": "ours", "active": False},
        prepare=_with_an_acl,
    ),
    Scenario(
        "delete",
        "auth0_network_acl",
        share=3,
        options=lambda ids: {"description": "ours", "state": "absent"},
        prepare=_with_an_acl,
    ),
    Scenario("change", "auth0_tenant_settings", lambda ids: {"friendly_name": "Acme", "flags": {"enable_sso": False}}),
    Scenario(
        "add and remove",
        "auth0_role_permissions",
        lambda ids: {"role_name": "viewer", "permissions": _permissions("write", "delete"), "purge_permissions": True},
    ),
    Scenario(
        "remove",
        "auth0_role_permissions",
        lambda ids: {"role_name": "viewer", "permissions": _permissions("read"), "state": "absent"},
    ),
    Scenario(
        "add",
        "auth0_organization_client_grant",
        lambda ids: {"organization_name": "acme", "client_name": "app", "audience": API},
    ),
    Scenario(
        "remove",
        "auth0_organization_client_grant",
        lambda ids: {"organization_name": "acme", "client_name": "app", "audience": API, "state": "absent"},
        prepare=_for_an_organization,
    ),
    Scenario(
        "add",
        "auth0_organization_client",
        share=3,
        options=lambda ids: {"organization_name": "acme", "client_name": "app", "use_for_member_access": True},
    ),
    Scenario(
        "remove",
        "auth0_organization_client",
        share=3,
        options=lambda ids: {"organization_name": "acme", "client_name": "app", "state": "absent"},
        prepare=_with_a_client,
    ),
    Scenario(
        "change",
        "auth0_organization_client",
        share=3,
        options=lambda ids: {"organization_name": "acme", "client_name": "app", "use_for_member_access": False},
        prepare=_with_a_client,
    ),
    Scenario(
        "create",
        "auth0_custom_domain",
        share=3,
        options=lambda ids: {"domain": "login.acme.example", "type": "auth0_managed_certs"},
    ),
    Scenario(
        "change",
        "auth0_custom_domain",
        share=3,
        options=lambda ids: {"domain": "login.acme.example", "domain_metadata": {"site": "shop"}},
        prepare=_with_a_domain,
    ),
    Scenario(
        "delete",
        "auth0_custom_domain",
        share=3,
        options=lambda ids: {"domain": "login.acme.example", "state": "absent"},
        prepare=_with_a_domain,
    ),
    Scenario(
        "change",
        "auth0_custom_domain_default",
        lambda ids: {"domain": "login.acme.example"},
        prepare=_with_a_default_domain,
    ),
    Scenario(
        "verify",
        "auth0_custom_domain",
        share=3,
        options=lambda ids: {"domain": "login.acme.example", "verify": True},
        prepare=_with_a_domain,
    ),
    Scenario("from a secret to a key", "auth0_client_credentials", lambda ids: {"client_name": "app", **_keys(0)}),
    Scenario(
        "from one key to another",
        "auth0_client_credentials",
        lambda ids: {"client_name": "app", **_keys(1)},
        prepare=_with_a_key,
    ),
    Scenario(
        "the end of a key",
        "auth0_client_credentials",
        lambda ids: {"client_name": "app", **_keys(0, expires_at="2099-01-01T00:00:00Z")},
        prepare=_with_a_key,
    ),
    Scenario(
        "from a key to a secret",
        "auth0_client_credentials",
        lambda ids: {"client_name": "app", "method": "client_secret_post"},
        prepare=_with_a_key,
    ),
    Scenario(
        "set",
        "auth0_client_secret",
        lambda ids: {"client_name": "app", "client_secret": PLANTED + "given"},
        returned=frozenset({"client_secret"}),
    ),
    Scenario(
        "rotate",
        "auth0_client_secret",
        lambda ids: {"client_name": "app", "max_age": 90},
        prepare=_with_an_old_secret,
        returned=frozenset({"client_secret"}),
    ),
    Scenario(
        "rotate the caller's own",
        "auth0_client_secret",
        lambda ids: {"client_id": ids["caller"], "max_age": 90},
        returned=frozenset({"client_secret"}),
    ),
    Scenario("rotate", "auth0_signing_key", lambda ids: {"max_age": 1}, later=2 * 86400),
    Scenario("revoke", "auth0_signing_key", lambda ids: {"revoke_previous_after": 0}, prepare=_rotated),
)

#: The same by auth0_config.
TOGETHER = (
    Scenario(
        "create everything",
        "auth0_config",
        share=3,
        options=lambda ids: _config(
            resource_servers=[{"identifier": "urn:new", "scopes": [{"value": "a"}]}],
            clients=[
                {"name": "new", "app_type": "non_interactive", "credentials": _keys(0)},
                {"name": "other", "secret": {"max_age": 90}},
            ],
            client_grants=[
                {
                    "client_name": "new",
                    "audience": "urn:new",
                    "scope": ["a"],
                    "organization_usage": "allow",
                    "organizations": ["acme", "initech"],
                }
            ],
            organizations=[
                {"name": "initech", "clients": [{"client_name": "new", "use_for_member_access": True}]},
            ],
            roles=[
                {"name": "editor", "permissions": [{"resource_server_identifier": "urn:new", "permission_name": "a"}]}
            ],
        ),
    ),
    Scenario(
        "change everything",
        "auth0_config",
        share=3,
        options=lambda ids: _config(
            resource_servers=[{"identifier": API, "token_lifetime": 600}],
            clients=[
                {"name": "app", "description": "another", "credentials": _keys(1)},
                {"name": "spare", "client_secret": PLANTED + "given"},
            ],
            client_grants=[{"client_name": "app", "audience": API, "scope": ["write"], "organizations": ["globex"]}],
            roles=[{"name": "viewer", "description": "sees", "permissions": _permissions("write")}],
            organizations=[{"name": "acme", "display_name": "Acme"}],
        ),
        prepare=lambda tenant, ids: (_with_a_key(tenant, ids), _for_an_organization(tenant, ids)),
    ),
    Scenario(
        "rotate a secret",
        "auth0_config",
        lambda ids: _config(clients=[{"name": "app", "secret": {"max_age": 90}}], return_secrets=True),
        prepare=_with_an_old_secret,
        returned=frozenset({"client_secret"}),
    ),
    Scenario(
        "delete and prune",
        "auth0_config",
        lambda ids: _config(
            clients=[{"name": "spare", "state": "absent"}],
            roles=[{"name": "viewer", "state": "absent"}],
            organizations=[{"name": "globex", "state": "absent"}],
            resource_servers=[{"identifier": API}],
            prune={"max": 10, "client_grants": {"of_declared_apis": True}, "clients": {"name_pattern": "app"}},
        ),
    ),
)

SCENARIOS = (*ALONE, *TOGETHER)

#: The modules that only read.
READERS = (
    Scenario("all", "auth0_client_info", lambda ids: {"include_secrets": True}),
    Scenario("all", "auth0_resource_server_info", lambda ids: {"include_secrets": True}),
    Scenario("all", "auth0_client_grant_info", lambda ids: {}),
    Scenario("all", "auth0_role_info", lambda ids: {}),
    Scenario("all", "auth0_client_credentials_info", lambda ids: {}),
    Scenario("all", "auth0_organization_client_grant_info", lambda ids: {"organization_name": "acme"}),
    Scenario("all", "auth0_signing_key_info", lambda ids: {}),
    Scenario("all", "auth0_config_info", lambda ids: {"concurrency": 1}),
    Scenario("all, with tokens", "auth0_access_info", lambda ids: {"obtain_tokens": True, "concurrency": 1}),
    Scenario("of the task's own client", "auth0_token", lambda ids: {}),
)
