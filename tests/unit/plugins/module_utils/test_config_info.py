# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A tenant as a configuration: what is read back declares the same, in this tenant and in an empty one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._kinds import CONFIGURED_KINDS
from ansible_collections.community.auth0.plugins.module_utils._modules.config.info import config_info_spec, read_config
from ansible_collections.community.auth0.plugins.module_utils._modules.config.work import config_spec, keep_config
from ansible_collections.community.auth0.plugins.module_utils._task.arguments import ArgumentSpec
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Task, TaskFailed
from ansible_collections.community.auth0.tests.harness.in_process import InProcessTenant, answered
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.tasks import params_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

Config = dict[str, list[dict[str, Any]]]


def task_of(tenant: InProcessTenant, spec: ArgumentSpec, **options: Any) -> Task:
    access = {
        "auth0_domain": tenant.domain,
        "auth0_client_id": tenant.credentials.client_id,
        "auth0_client_secret": tenant.credentials.client_secret,
    }
    return Task(params_of(spec, {**access, **options}))


def read(tenant: InProcessTenant, **options: Any) -> dict[str, Any]:
    with tenant.installed():
        return read_config(task_of(tenant, config_info_spec(), **options))


def keep(tenant: InProcessTenant, config: Config) -> dict[str, Any]:
    with tenant.installed():
        return keep_config(task_of(tenant, config_spec(), **config))


SCOPES = ("read", "write", "delete")
APIS = ("urn:a", "https://b/", "urn:c")
NAMES = ("one", "two", "three")

apis = st.fixed_dictionaries(
    {"scopes": st.just([{"value": scope, "description": ""} for scope in SCOPES])},
    optional={
        "name": st.sampled_from(("An API", "Another")),
        "signing_alg": st.sampled_from(("RS256", "HS256", "PS256")),
        "token_lifetime": st.integers(7200, 86400),
        "allow_offline_access": st.booleans(),
        "enforce_policies": st.booleans(),
        "token_dialect": st.sampled_from(("access_token", "rfc9068_profile")),
        "subject_type_authorization": st.sampled_from(
            ({"client": {"policy": "deny_all"}, "user": {"policy": "allow_all"}},)
        ),
        "proof_of_possession": st.just({"mechanism": "dpop", "required": True}),
    },
)
clients = st.fixed_dictionaries(
    {},
    optional={
        "app_type": st.sampled_from(("non_interactive", "spa", "regular_web")),
        "description": st.sampled_from(("", "Something")),
        "grant_types": st.lists(st.sampled_from(("client_credentials", "authorization_code")), unique=True),
        "token_endpoint_auth_method": st.sampled_from(("client_secret_post", "client_secret_basic")),
        "jwt_configuration": st.fixed_dictionaries({"alg": st.sampled_from(("RS256", "PS256"))}),
        "client_metadata": st.dictionaries(st.sampled_from(("a", "b")), st.sampled_from(("1", "x")), min_size=1),
        "callbacks": st.lists(st.sampled_from(("https://x.example/", "https://y.example/")), unique=True, min_size=1),
        "refresh_token": st.just({"rotation_type": "rotating", "expiration_type": "expiring", "leeway": 10}),
        "organization_usage": st.sampled_from(("deny", "allow")),
        "oidc_conformant": st.booleans(),
        "clear": st.just(["refresh_token"]),
    },
).filter(lambda client: not {"clear", "refresh_token"} <= client.keys())
grants = st.dictionaries(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(APIS)),
    st.fixed_dictionaries(
        {"scope": st.lists(st.sampled_from(SCOPES), unique=True)},
        optional={"organization_usage": st.sampled_from(("deny", "allow"))},
    ),
    max_size=4,
)
roles = st.dictionaries(
    st.sampled_from(("Planner", "Reader")),
    st.fixed_dictionaries(
        {},
        optional={
            "description": st.just("What it is for"),
            "permissions": st.lists(
                st.builds(
                    lambda api, scope: {"resource_server_identifier": api, "permission_name": scope},
                    st.sampled_from(APIS),
                    st.sampled_from(SCOPES),
                ),
                unique_by=str,
                min_size=1,
            ),
        },
    ),
)


@st.composite
def configurations(draw: st.DrawFn) -> Config:
    """All APIs and clients, with anything declared of them, some grants and roles."""
    return {
        "resource_servers": [{"identifier": api, **draw(apis)} for api in APIS],
        "clients": [{"name": name, **draw(clients)} for name in NAMES],
        "client_grants": [
            {"client_name": client, "audience": api, **more} for (client, api), more in draw(grants).items()
        ],
        "roles": [{"name": name, **more} for name, more in draw(roles).items()],
    }


#: What the server assigns.
ASSIGNED = {"id", "client_id", "client_secret", "signing_secret", "signing_keys", "tenant"}


def meant(value: Any) -> Any:
    """A value without what means the same as nothing, such as an empty description."""
    if isinstance(value, dict):
        return {name: meant(item) for name, item in value.items() if item not in ("", False, [], None)}
    return [meant(item) for item in value] if isinstance(value, list) else value


def contents(tenant: InProcessTenant) -> Any:
    """What a tenant holds, by names, without what the server assigns and what means the same as nothing."""
    names = {row["client_id"]: row["name"] for row in tenant.call("GET", "/clients")}
    found: dict[str, Any] = {}
    for kind in CONFIGURED_KINDS:
        if kind.standing:
            continue
        listed = tenant.call("GET", f"/{kind.path}?per_page=100")
        for row in listed if isinstance(listed, list) else listed[kind.collection]:
            key = row.get("identifier") or row.get("name") or f"{names[row['client_id']]} / {row['audience']}"
            held = {name: value for name, value in row.items() if name in kind.fields and name not in ASSIGNED}
            found[f"{kind.name} {key}"] = {
                name: meant(value)
                for name, value in held.items()
                if name == "grant_types" or not kind.fields[name].means_absent(value)
            }
            if kind.name == "role":
                found[f"permissions {key}"] = sorted(map(str, tenant.call("GET", f"/roles/{row['id']}/permissions")))
    return found


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(configurations())
def test_what_is_read_back_changes_nothing_here_and_makes_an_empty_tenant_alike(config: Config) -> None:
    tenant, empty = InProcessTenant(), InProcessTenant()
    keep(tenant, config)
    exported = read(tenant)["config"]
    tenant.forget()
    assert keep(tenant, exported)["changes"] == []
    assert tenant.writes == []
    keep(empty, exported)
    made, source = contents(empty), contents(tenant)
    assert [(key, made.get(key), source[key]) for key in source if made.get(key) != source[key]] == []
    assert made.keys() == source.keys()
    assert read(empty)["config"] == exported


def test_a_configuration_holds_no_ids_no_secrets_and_no_defaults_and_says_what_it_leaves_out() -> None:
    tenant = InProcessTenant()
    api = {"identifier": "urn:a", "name": "A", "scopes": [{"value": "read"}]}
    client = {"name": "one", "app_type": "non_interactive"}
    keep(
        tenant,
        {
            "resource_servers": [api],
            "clients": [client],
            "client_grants": [{"client_name": "one", "audience": "urn:a", "scope": ["read"]}],
        },
    )
    found = read(tenant)
    assert found["config"] == {
        **{kind.collection: {} if kind.single else [] for kind in CONFIGURED_KINDS},
        "resource_servers": [{"identifier": "urn:a", "name": "A", "scopes": [{"value": "read"}]}],
        "clients": [{"name": "one", "app_type": "non_interactive", "grant_types": ["client_credentials"]}],
        "client_grants": [{"client_name": "one", "audience": "urn:a", "scope": ["read"]}],
    }
    assert {"kind": "client", "name": "one", "fields": ["client_secret"]} in found["left_out"]
    (held,) = [row for row in tenant.call("GET", "/clients") if row["name"] == "one"]
    assert held["client_secret"] not in json.dumps(found)
    secrets = read(tenant, include_secrets=True, kinds=["clients"])
    assert secrets["config"]["clients"][0]["client_secret"] == held["client_secret"]


def test_what_was_removed_from_an_object_is_removed_from_a_new_one_too() -> None:
    tenant, empty = InProcessTenant(), InProcessTenant()
    keep(tenant, {"clients": [{"name": "one", "clear": ["refresh_token"]}, {"name": "two"}]})
    found = read(tenant)["config"]
    assert [one.get("clear") for one in found["clients"]] == [["refresh_token"], None]
    keep(empty, found)
    made = {row["name"]: row for row in empty.call("GET", "/clients")}
    assert "refresh_token" not in made["one"]
    assert "refresh_token" in made["two"]
    assert keep(empty, found)["changes"] == []


def test_what_cannot_be_without_a_secret_is_left_out_with_it() -> None:
    tenant, empty = InProcessTenant(), InProcessTenant()
    layer = {"providerId": "p", "keyId": "k", "privateKey": "a-private-key-of-a-test"}
    keep(
        tenant,
        {
            "clients": [
                {"name": "one", "addons": {"layer": layer, "oag": {}}},
                {"name": "two", "addons": {"layer": layer}},
            ]
        },
    )
    found = read(tenant)
    assert [one.get("addons") for one in found["config"]["clients"]] == [{"oag": {}}, None]
    assert all("addons" in row["fields"] for row in found["left_out"] if row["kind"] == "client")
    assert keep(tenant, found["config"])["changes"] == []
    keep(empty, found["config"])
    assert read(empty)["config"] == found["config"]
    whole = read(tenant, include_secrets=True)["config"]
    assert [one["addons"]["layer"] for one in whole["clients"]] == [layer, layer]


def test_system_objects_are_in_it_only_as_far_as_they_were_changed() -> None:
    tenant = InProcessTenant()
    assert read(tenant)["config"]["resource_servers"] == []
    (system,) = [row for row in tenant.call("GET", "/resource-servers") if row.get("is_system")]
    tenant.call("PATCH", f"/resource-servers/{system['id']}", {"token_lifetime": 3600})
    assert read(tenant)["config"]["resource_servers"] == [{"identifier": tenant.audience, "token_lifetime": 3600}]


def test_two_clients_of_one_name_are_told_apart_by_their_ids() -> None:
    tenant = InProcessTenant()
    twin, dummy = (tenant.call("POST", "/clients", {"name": "twin"}) for dummy in range(2))
    tenant.call("POST", "/resource-servers", {"identifier": "urn:a"})
    tenant.call("POST", "/client-grants", {"client_id": twin["client_id"], "audience": "urn:a", "scope": []})
    found = read(tenant)
    assert found["config"]["client_grants"][0]["client_id"] == twin["client_id"]
    assert any(row["kind"] == "client_grant" and "client_id" in row["fields"] for row in found["left_out"])


def test_patterns_and_kinds_choose_what_is_read() -> None:
    tenant = InProcessTenant()
    for name in ("svc-a", "svc-b", "other"):
        tenant.call("POST", "/clients", {"name": name})
    found = read(tenant, kinds=["clients"], name_pattern="svc-*")
    assert [row["name"] for row in found["config"]["clients"]] == ["svc-a", "svc-b"]
    assert found["config"].keys() == {"clients"}
    assert all(sent.path in ("/oauth/token", "/api/v2/clients") for sent in tenant.sent)


def test_what_the_plan_does_not_include_counts_as_empty_and_is_said() -> None:
    tenant = InProcessTenant()
    tenant.call("POST", "/organizations", {"name": "acme"})
    lacking = answered(403, "Not in this plan", "insufficient_entitlement")
    tenant.fail(lacking, "GET", "/rate-limit-policies")
    tenant.fail(lacking, "GET", "/tenants/settings")
    tenant.fail(lacking, "GET", "/organizations/.*/clients$")
    with tenant.installed():
        task = task_of(tenant, config_info_spec())
        found = read_config(task)["config"]
    assert (found["rate_limit_policies"], found["tenant_settings"]) == ([], {})
    assert found["organizations"] == [{"name": "acme"}]
    assert sorted(task.warnings) == [
        "Failed listing the rate limit policies: the tenant's plan does not include this (403: Not in this plan). "
        "The configuration holds no rate limit policies.",
        "Failed reading the tenant settings: the tenant's plan does not include this (403: Not in this plan). "
        "The configuration holds no tenant settings.",
    ]


def test_a_missing_scope_is_no_matter_of_the_plan() -> None:
    tenant = InProcessTenant()
    tenant.fail(answered(403, "Insufficient scope, expected any of: read:roles", "insufficient_scope"), "GET", "/roles")
    with pytest.raises(TaskFailed, match=r"lacks a scope .403.. It needs read:roles"):
        read(tenant)
