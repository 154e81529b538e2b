# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The scopes that the documentation of a module names are those that it needs, each for what it says."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from ansible_collections.community.auth0.plugins.module_utils._kinds import CONFIGURED_KINDS, KINDS
from ansible_collections.community.auth0.plugins.module_utils._task.runner import TaskFailed
from ansible_collections.community.auth0.tests.harness.documentation.scopes import SCOPES

from .keys import public_key
from .tenant import Item, Result, Surroundings, Tenant

Options = dict[str, Any]


class Scene(NamedTuple):
    """A task that needs the scopes of one group, and those of each run.

    options: makes what the task needs, and returns its options. also: other groups whose scopes it needs.
    """

    options: Callable[[Tenant, Surroundings], Options]
    also: tuple[str, ...] = ()


def client(tenant: Tenant, **fields: Any) -> str:
    return str(tenant.make("clients", name=tenant.unused("client"), **fields)["client_id"])


def posting(tenant: Tenant) -> str:
    """A client that says by itself how it authenticates."""
    return client(tenant, token_endpoint_auth_method="client_secret_post")


def action(tenant: Tenant, deploy: bool = True, trigger: str = "credentials-exchange") -> str:
    name = tenant.unused("action")
    return str(tenant.make("actions/actions", name=name, supported_triggers=[{"id": trigger}], deploy=deploy)["id"])


def profile(tenant: Tenant, surroundings: Surroundings) -> Options:
    names = {"subject_token_type": tenant.unused("urn:scopes:type"), "name": "profile"}
    action_id = surroundings.actions[0]
    tenant.make("token-exchange-profiles", **names, action_id=action_id, type="custom_authentication")
    return names


def api(tenant: Tenant) -> str:
    return str(tenant.make("resource-servers", identifier=tenant.unused("urn:scopes"), scopes=[{"value": "a"}])["id"])


def grant(tenant: Tenant, surroundings: Surroundings, client_id: str | None = None, **fields: Any) -> Options:
    found = {"client_id": client_id or client(tenant), "audience": surroundings.audiences[0]}
    tenant.make("client-grants", scope=[], **found, **fields)
    return found


def named_grant(tenant: Tenant, surroundings: Surroundings) -> Options:
    client_id = client(tenant)
    grant(tenant, surroundings, client_id)
    return {"client_name": tenant.item(KINDS["client"], client_id)["name"], "audience": surroundings.audiences[0]}


def allowed(tenant: Tenant, surroundings: Surroundings) -> Options:
    found = grant(tenant, surroundings, organization_usage="allow")
    (row,) = tenant.get(f"client-grants?client_id={found['client_id']}")
    tenant.make(f"organizations/{surroundings.organizations[0]}/client-grants", grant_id=row["id"])
    return {"organization_id": surroundings.organizations[0], "grant_id": row["id"]}


def granted_api(tenant: Tenant, surroundings: Surroundings) -> Options:
    found = tenant.item(KINDS["resource_server"], api(tenant))
    tenant.make("client-grants", scope=[], client_id=client(tenant), audience=found["identifier"])
    return {"id": found["id"], "state": "absent", "force": True}


def authenticating(client_id: str) -> Options:
    return {"client_id": client_id, "method": "private_key_jwt", "credentials": [{"pem": public_key(0)}]}


def keyed(tenant: Tenant) -> Options:
    """What declares the key by which a client authenticates already."""
    found = authenticating(client(tenant))
    tenant.run("auth0_client_credentials", found)
    return found


def expiring(options: Options) -> Options:
    (credential,) = options["credentials"]
    return {**options, "credentials": [{**credential, "expires_at": "2098-01-01T00:00:00Z"}]}


def custom_domain(tenant: Tenant) -> Item:
    return tenant.make("custom-domains", domain=tenant.unused("domain"), type="auth0_managed_certs")


def verified(tenant: Tenant) -> str:
    made = custom_domain(tenant)
    tenant.make(f"custom-domains/{made['custom_domain_id']}/verify")
    return str(made["domain"])


def acl_of(tenant: Tenant) -> Options:
    rule = {"action": {"log": True}, "match": {"asns": [1]}, "scope": "tenant"}
    taken = {row["priority"] for row in tenant.get("network-acls")}
    return {
        "description": tenant.unused("acl"),
        "active": True,
        "priority": min({*range(1, 101)} - taken),
        "rule": rule,
    }


def acl(tenant: Tenant) -> str:
    return str(tenant.make("network-acls", **acl_of(tenant))["id"])


def log_stream(tenant: Tenant) -> str:
    sink = {"segmentWriteKey": "a-key-of-a-test"}
    return str(tenant.make("log-streams", name=tenant.unused("stream"), type="segment", sink=sink)["id"])


def organization(tenant: Tenant, field: str = "id") -> str:
    return str(tenant.make("organizations", name=tenant.unused("organization"))[field])


def associated(tenant: Tenant, surroundings: Surroundings, associate: bool = True) -> Options:
    found = {"organization_id": organization(tenant), "client_id": client(tenant), "use_for_member_access": True}
    if associate:
        tenant.run("auth0_organization_client", found)
    return found


def policy_for(client_id: str) -> Options:
    found = {
        "resource": "oauth_authentication_api",
        "consumer": "client",
        "consumer_selector": f"client_id:{client_id}",
    }
    return {**found, "configuration": {"action": "block", "limit": 1}}


def policy(tenant: Tenant, surroundings: Surroundings) -> Options:
    found = policy_for(client(tenant))
    tenant.make("rate-limit-policies", **found)
    return found


def named_policy(tenant: Tenant, surroundings: Surroundings) -> Options:
    client_id = client(tenant)
    found = policy_for(client_id)
    tenant.make("rate-limit-policies", **found)
    del found["consumer_selector"]
    return {**found, "client_name": tenant.item(KINDS["client"], client_id)["name"]}


def role(tenant: Tenant) -> str:
    return str(tenant.make("roles", name=tenant.unused("role"))["id"])


def permission(surroundings: Surroundings) -> Options:
    return {"resource_server_identifier": surroundings.audiences[0], "permission_name": surroundings.scopes[0]}


def secret(tenant: Tenant) -> Options:
    made = tenant.make("clients", name=tenant.unused("client"))
    return {"client_id": made["client_id"], "client_secret": made["client_secret"]}


def rotated(tenant: Tenant, surroundings: Surroundings) -> Options:
    """What revokes the key that has been replaced."""
    tenant.run("auth0_signing_key", {"force": True})
    tenant.renew()
    return {"revoke_previous_after": 0}


#: For a token that must have one.
UNRELATED = "read:stats"
#: The metadata of a client whose secret is not due for another day.
LATELY = {"client_secret_rotated_at": datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}
NEW_SECRET = "a secret of thirty-two characters"
#: A client that authenticates by keys, of which it has none yet.
BY_KEY: Options = {"client_authentication_methods": {"private_key_jwt": {"credentials": []}}}
#: What storing and deleting keys is done with, too.
ATTACHING = (
    "to attach and detach keys, and to change the method",
    "to attach and detach keys, and to change when one expires",
)

#: Scopes without which these tasks work, too. Some are documented since a person expects them: one that the task needs
#: anyway opens the same doors, and which parts of a client each scope shows and changes is not known for sure. Without
#: others, the task warns that it does not know what refers to the object.
SPARED: dict[tuple[str, str], set[str]] = {
    ("auth0_client_credentials", ""): {"read:clients"},
    ("auth0_client_credentials_info", ""): {"read:clients"},
    ("auth0_client_secret", "to rotate"): {"update:clients"},
    ("auth0_resource_server", "to delete"): {"read:tenant_settings"},
    ("auth0_action", "to delete an action of the trigger V(custom-token-exchange)"): {"read:token_exchange_profiles"},
}

SCENES: dict[str, dict[str, Scene]] = {
    "auth0_access_info": {
        "": Scene(lambda tenant, around: {"client_grants": [grant(tenant, around, posting(tenant))]}),
        "for the secrets of clients, with O(obtain_tokens) and O(calls)": Scene(
            lambda tenant, around: {"client_grants": [grant(tenant, around, posting(tenant))], "obtain_tokens": True}
        ),
        "for the keys of clients, and how long they last": Scene(
            lambda tenant, around: {"client_grants": [grant(tenant, around, keyed(tenant)["client_id"])]}
        ),
    },
    "auth0_client": {
        "": Scene(lambda tenant, around: {"client_id": client(tenant)}),
        "to create": Scene(lambda tenant, around: {"name": tenant.unused("client")}),
        "to change": Scene(lambda tenant, around: {"client_id": client(tenant), "description": "other"}),
        "to delete": Scene(lambda tenant, around: {"client_id": client(tenant), "state": "absent"}),
        "to see secrets, for O(return_secret) and to compare those that are given": Scene(
            lambda tenant, around: {"client_id": client(tenant), "return_secret": True}
        ),
        "to set O(client_secret)": Scene(
            lambda tenant, around: {"client_id": client(tenant), "client_secret": NEW_SECRET},
            also=("to see secrets, for O(return_secret) and to compare those that are given",),
        ),
        "to create with O(client_authentication_methods)": Scene(
            lambda tenant, around: {"name": tenant.unused("client"), **BY_KEY}, also=("to create",)
        ),
        "to change O(client_authentication_methods)": Scene(
            lambda tenant, around: {"client_id": client(tenant), **BY_KEY}, also=("to change",)
        ),
        "for O(default_organization.organization_name)": Scene(
            lambda tenant, around: {
                "client_id": client(tenant),
                "default_organization": {
                    "organization_name": organization(tenant, "name"),
                    "flows": ["client_credentials"],
                },
            },
            also=("to change",),
        ),
    },
    "auth0_client_info": {
        "": Scene(lambda tenant, around: {"client_id": client(tenant)}),
        "for O(include_secrets)": Scene(lambda tenant, around: {"client_id": client(tenant), "include_secrets": True}),
    },
    "auth0_client_credentials": {
        "": Scene(
            lambda tenant, around: {
                "client_id": client(tenant, token_endpoint_auth_method="client_secret_post"),
                "method": "client_secret_post",
            }
        ),
        "to attach and detach keys, and to change the method": Scene(
            lambda tenant, around: {"client_id": client(tenant), "method": "client_secret_basic"}
        ),
        "to store keys": Scene(
            lambda tenant, around: authenticating(client(tenant)),
            also=ATTACHING,
        ),
        "to attach and detach keys, and to change when one expires": Scene(
            lambda tenant, around: {
                **keyed(tenant),
                "credentials": [{"pem": public_key(0), "expires_at": "2098-01-01T00:00:00Z"}],
            }
        ),
        "to delete keys": Scene(
            lambda tenant, around: {"client_id": keyed(tenant)["client_id"], "method": "client_secret_post"},
            also=ATTACHING,
        ),
    },
    "auth0_client_credentials_info": {"": Scene(lambda tenant, around: {"client_id": client(tenant)})},
    "auth0_client_grant": {
        "": Scene(grant),
        "to create": Scene(lambda tenant, around: {"client_id": client(tenant), "audience": around.audiences[0]}),
        "to change": Scene(lambda tenant, around: {**grant(tenant, around), "organization_usage": "allow"}),
        "to delete": Scene(lambda tenant, around: {**grant(tenant, around), "state": "absent"}),
        "for O(client_name)": Scene(named_grant),
        "for O(validate_scope) when scopes change": Scene(
            lambda tenant, around: {**grant(tenant, around), "scope": [around.scopes[0]]}, also=("to change",)
        ),
    },
    "auth0_client_grant_info": {
        "": Scene(grant),
        "for O(client_name)": Scene(named_grant),
        "for O(include_organizations)": Scene(
            lambda tenant, around: {**grant(tenant, around), "include_organizations": True}
        ),
    },
    "auth0_client_secret": {
        "": Scene(lambda tenant, around: {"client_id": client(tenant, client_metadata=LATELY), "max_age": 30}),
        "to rotate": Scene(lambda tenant, around: {"client_id": client(tenant), "force": True}),
        "to see whether the client has a given O(client_secret)": Scene(lambda tenant, around: secret(tenant)),
    },
    "auth0_organization_client": {
        "": Scene(associated),
        "to associate": Scene(
            lambda tenant, around: associated(tenant, around, False),
            also=("for O(client_name), and to see whether a client is there",),
        ),
        "to change O(use_for_member_access)": Scene(
            lambda tenant, around: {**associated(tenant, around), "use_for_member_access": False}
        ),
        "to associate no longer": Scene(lambda tenant, around: {**associated(tenant, around), "state": "absent"}),
        "for O(client_name), and to see whether a client is there": Scene(
            lambda tenant, around: {
                "organization_id": around.organizations[0],
                "client_name": around.client_names[0],
                "state": "absent",
            }
        ),
        "for O(organization_name)": Scene(
            lambda tenant, around: {
                "organization_name": "here",
                "client_id": around.clients[0],
                "state": "absent",
            }
        ),
    },
    "auth0_organization_client_info": {
        "": Scene(lambda tenant, around: {"organization_id": around.organizations[0]}),
        "for O(organization_name)": Scene(lambda tenant, around: {"organization_name": "here"}),
    },
    "auth0_organization_client_grant": {
        "": Scene(allowed, also=("to find a grant, or to see whether it is there",)),
        "to allow": Scene(
            lambda tenant, around: {
                **grant(tenant, around, organization_usage="allow"),
                "organization_id": around.organizations[0],
            },
            also=("to find a grant, or to see whether it is there",),
        ),
        "to allow no longer": Scene(lambda tenant, around: {**allowed(tenant, around), "state": "absent"}),
        "to find a grant, or to see whether it is there": Scene(
            lambda tenant, around: {
                **grant(tenant, around),
                "organization_id": around.organizations[0],
                "state": "absent",
            },
        ),
        "for O(client_name)": Scene(
            lambda tenant, around: {
                **named_grant(tenant, around),
                "organization_id": around.organizations[0],
                "state": "absent",
            },
            also=("to find a grant, or to see whether it is there",),
        ),
        "for O(organization_name)": Scene(
            lambda tenant, around: {
                **grant(tenant, around),
                "organization_name": "here",
                "state": "absent",
            },
            also=("to find a grant, or to see whether it is there",),
        ),
    },
    "auth0_organization_client_grant_info": {
        "": Scene(lambda tenant, around: {"organization_id": around.organizations[0]}),
        "for O(organization_name)": Scene(lambda tenant, around: {"organization_name": "here"}),
        "for O(client_name)": Scene(
            lambda tenant, around: {**named_grant(tenant, around), "organization_id": around.organizations[0]}
        ),
    },
    "auth0_resource_server": {
        "": Scene(lambda tenant, around: {"id": api(tenant)}),
        "to create": Scene(lambda tenant, around: {"identifier": tenant.unused("urn:scopes")}),
        "to change": Scene(lambda tenant, around: {"id": api(tenant), "name": "other"}),
        "to delete": Scene(lambda tenant, around: {"id": api(tenant), "state": "absent"}),
        "to delete grants, for O(force)": Scene(granted_api, also=("to delete",)),
    },
    "auth0_resource_server_info": {"": Scene(lambda tenant, around: {"id": api(tenant)})},
    "auth0_custom_domain": {
        "": Scene(lambda tenant, around: {"custom_domain_id": custom_domain(tenant)["custom_domain_id"]}),
        "to create": Scene(
            lambda tenant, around: {"domain": tenant.unused("domain"), "type": "auth0_managed_certs"},
        ),
        "for O(verify)": Scene(
            lambda tenant, around: {
                "custom_domain_id": custom_domain(tenant)["custom_domain_id"],
                "verify": True,
            }
        ),
        "to change": Scene(
            lambda tenant, around: {
                "custom_domain_id": custom_domain(tenant)["custom_domain_id"],
                "domain_metadata": {"a": "b"},
            }
        ),
        "to delete": Scene(
            lambda tenant, around: {"custom_domain_id": custom_domain(tenant)["custom_domain_id"], "state": "absent"}
        ),
    },
    "auth0_custom_domain_info": {"": Scene(lambda tenant, around: {})},
    "auth0_custom_domain_default": {
        "": Scene(lambda tenant, around: {"domain": tenant.get("custom-domains/default")["domain"]}),
        "to change": Scene(lambda tenant, around: {"domain": verified(tenant)}),
    },
    "auth0_custom_domain_default_info": {"": Scene(lambda tenant, around: {})},
    "auth0_log_stream": {
        "": Scene(lambda tenant, around: {"id": log_stream(tenant)}),
        "to create": Scene(
            lambda tenant, around: {
                "name": tenant.unused("stream"),
                "type": "segment",
                "sink": {"segmentWriteKey": "a-key-of-a-test"},
            }
        ),
        "to change": Scene(lambda tenant, around: {"id": log_stream(tenant), "status": "paused"}),
        "to delete": Scene(lambda tenant, around: {"id": log_stream(tenant), "state": "absent"}),
    },
    "auth0_log_stream_info": {"": Scene(lambda tenant, around: {"id": log_stream(tenant)})},
    "auth0_token_exchange_profile": {
        "": Scene(profile),
        "to create": Scene(
            lambda tenant, around: {
                "subject_token_type": tenant.unused("urn:scopes:type"),
                "name": "profile",
                "action_id": around.actions[0],
            }
        ),
        "to change": Scene(lambda tenant, around: {**profile(tenant, around), "name": "other"}),
        "to delete": Scene(lambda tenant, around: {**profile(tenant, around), "state": "absent"}),
        "for O(action_name)": Scene(lambda tenant, around: {**profile(tenant, around), "action_name": "this"}),
    },
    "auth0_token_exchange_profile_info": {"": Scene(lambda tenant, around: {})},
    "auth0_action": {
        "": Scene(lambda tenant, around: {"id": action(tenant)}),
        "to create": Scene(
            lambda tenant, around: {
                "name": tenant.unused("action"),
                "supported_triggers": [{"id": "post-login"}],
                "deploy": False,
            }
        ),
        "to change": Scene(lambda tenant, around: {"id": action(tenant), "code": "// other", "deploy": False}),
        "to delete": Scene(lambda tenant, around: {"id": action(tenant), "state": "absent"}),
        "for O(deploy)": Scene(lambda tenant, around: {"id": action(tenant, deploy=False)}),
        "to delete an action of the trigger V(custom-token-exchange)": Scene(
            lambda tenant, around: {"id": action(tenant, trigger="custom-token-exchange"), "state": "absent"},
            also=("to delete",),
        ),
    },
    "auth0_action_trigger": {
        "": Scene(lambda tenant, around: {"trigger_id": "post-login"}),
        "to change": Scene(
            lambda tenant, around: {
                "trigger_id": "post-login",
                "bindings": [{"action_id": around.login_actions[0], "display_name": tenant.unused("It")}],
            }
        ),
    },
    "auth0_action_trigger_info": {"": Scene(lambda tenant, around: {"trigger_id": "post-login"})},
    "auth0_action_info": {"": Scene(lambda tenant, around: {"id": action(tenant)})},
    "auth0_network_acl": {
        "": Scene(lambda tenant, around: {"id": acl(tenant)}),
        "to create": Scene(lambda tenant, around: acl_of(tenant)),
        "to change": Scene(lambda tenant, around: {"id": acl(tenant), "active": False}),
        "to delete": Scene(lambda tenant, around: {"id": acl(tenant), "state": "absent"}),
    },
    "auth0_network_acl_info": {"": Scene(lambda tenant, around: {"id": acl(tenant)})},
    "auth0_organization": {
        "": Scene(lambda tenant, around: {"id": organization(tenant)}),
        "to create": Scene(lambda tenant, around: {"name": tenant.unused("organization")}),
        "to change": Scene(lambda tenant, around: {"id": organization(tenant), "display_name": "other"}),
        "to delete": Scene(lambda tenant, around: {"id": organization(tenant), "state": "absent"}),
    },
    "auth0_tenant_settings": {
        "": Scene(lambda tenant, around: {}),
        "to change": Scene(lambda tenant, around: {"friendly_name": tenant.unused("tenant")}),
    },
    "auth0_tenant_settings_info": {"": Scene(lambda tenant, around: {})},
    "auth0_organization_info": {
        "": Scene(lambda tenant, around: {"id": organization(tenant)}),
        "for O(include_clients)": Scene(lambda tenant, around: {"id": organization(tenant), "include_clients": True}),
        "for O(include_client_grants)": Scene(
            lambda tenant, around: {"id": organization(tenant), "include_client_grants": True}
        ),
    },
    "auth0_rate_limit_policy": {
        "": Scene(policy),
        "to create": Scene(lambda tenant, around: policy_for(client(tenant))),
        "to change": Scene(lambda tenant, around: {**policy(tenant, around), "configuration": {"limit": 2}}),
        "to delete": Scene(lambda tenant, around: {**policy(tenant, around), "state": "absent"}),
        "for O(client_name)": Scene(named_policy),
    },
    "auth0_rate_limit_policy_info": {
        "": Scene(lambda tenant, around: {}),
        "for O(client_name)": Scene(
            lambda tenant, around: {"client_name": named_policy(tenant, around)["client_name"]}
        ),
    },
    "auth0_role": {
        "": Scene(lambda tenant, around: {"id": role(tenant)}),
        "to create": Scene(lambda tenant, around: {"name": tenant.unused("role")}),
        "to change": Scene(lambda tenant, around: {"id": role(tenant), "description": "other"}),
        "to delete": Scene(lambda tenant, around: {"id": role(tenant), "state": "absent"}),
        "for O(owner_name)": Scene(
            lambda tenant, around: {
                "name": tenant.unused("role"),
                "type": "organization",
                "owner_name": organization(tenant, "name"),
            },
            also=("to create",),
        ),
    },
    "auth0_role_info": {"": Scene(lambda tenant, around: {"id": role(tenant)})},
    "auth0_role_permissions": {
        "": Scene(lambda tenant, around: {"role_id": role(tenant), "permissions": []}),
        "to change": Scene(
            lambda tenant, around: {
                "role_id": role(tenant),
                "permissions": [permission(around)],
                "validate_permissions": False,
            }
        ),
        "for O(validate_permissions) when permissions are added": Scene(
            lambda tenant, around: {"role_id": role(tenant), "permissions": [permission(around)]}, also=("to change",)
        ),
    },
    "auth0_signing_key": {
        "": Scene(lambda tenant, around: {"max_age": 30}),
        "to rotate": Scene(lambda tenant, around: {"force": True}),
        "to revoke": Scene(rotated),
    },
    "auth0_signing_key_info": {"": Scene(lambda tenant, around: {})},
}


#: What the modules for a whole tenant do is what these do, each with its own scopes, which are tested here.
WHOLES: dict[str, tuple[str, ...]] = {
    "auth0_config": (
        *(f"auth0_{kind.name}" for kind in CONFIGURED_KINDS),
        "auth0_client_credentials",
        "auth0_client_secret",
        "auth0_client_grant_info",
        "auth0_organization_client",
        "auth0_organization_client_grant",
        "auth0_role_permissions",
    ),
    "auth0_config_info": tuple(f"auth0_{kind.name}_info" for kind in CONFIGURED_KINDS),
}


@pytest.mark.parametrize("whole", WHOLES)
def test_a_whole_tenant_needs_the_scopes_of_the_modules_for_its_parts(whole: str) -> None:
    assert set(SCOPES[whole].all) == {scope for module in WHOLES[whole] for scope in SCOPES[module].all}


@pytest.mark.parametrize("module", sorted(SCOPES.keys() - WHOLES.keys()))
def test_all_that_a_module_needs_scopes_for_is_tested(module: str) -> None:
    assert SCENES.get(module, {}).keys() == dict(SCOPES[module].groups).keys()


@pytest.mark.parametrize(
    ("module", "purpose"), [(module, purpose) for module, found in SCENES.items() for purpose in found]
)
def test_a_task_works_with_the_documented_scopes_and_not_without_one_of_them(
    tenant: Tenant, surroundings: Surroundings, module: str, purpose: str
) -> None:
    scene, groups = SCENES[module][purpose], dict(SCOPES[module].groups)
    needed = {scope for group in ("", purpose, *scene.also) for scope in groups[group]}
    options = scene.options(tenant, surroundings)
    try:
        for scope in set(groups[purpose]) - SPARED.get((module, purpose), set()):
            with tenant.limited_to(needed - {scope} or {UNRELATED}):
                assert lacking(tenant, module, options), scope
        with tenant.limited_to(needed):
            assert "warnings" not in tenant.run(module, options)
    finally:
        tenant.renew()  # the key that signed the token may be revoked


def lacking(tenant: Tenant, module: str, options: Options) -> bool:
    """Whether a task fails for a lack of scopes, or warns that it sees no secret."""
    try:
        result: Result = tenant.run(module, options)
    except TaskFailed as failed:
        return failed.error.failure()["status"] == 403 or "read:client_keys" in failed.message
    return bool(result.get("warnings"))
