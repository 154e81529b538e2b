# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which scopes of the Management API each module needs: the one place that says it.

tests/contract holds it against the emulator, with tokens that have these scopes and no others.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from ansible_collections.community.auth0.plugins.module_utils._kinds import CONFIGURED_KINDS

#: No note of a person begins so.
MARK = "Scopes of the Management API: "


@dataclasses.dataclass(frozen=True)
class Scopes:
    """The scopes that a module needs, each group for what it is needed.

    read: in every run. create, change, delete: to do that to an object of the module's kind.
    more: for anything else, in words that follow the scopes, such as ``for O(client_name)``.
    """

    read: tuple[str, ...] = ()
    create: tuple[str, ...] = ()
    change: tuple[str, ...] = ()
    delete: tuple[str, ...] = ()
    more: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def groups(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What the scopes are needed for, in words, "" for every run; and the scopes."""
        kept = (("to create", self.create), ("to change", self.change), ("to delete", self.delete))
        return tuple(group for group in (("", self.read), *kept, *self.more) if group[1])

    @property
    def all(self) -> tuple[str, ...]:
        """Each scope once."""
        return tuple(dict.fromkeys(scope for dummy, scopes in self.groups for scope in scopes))

    @property
    def sentence(self) -> str:
        """The note that says so in a module's documentation."""
        groups = [_listed(scopes) + (" %s" % words if words else "") for words, scopes in self.groups]
        return MARK + ("; ".join(groups) or "none") + "."


def _listed(scopes: tuple[str, ...]) -> str:
    *others, last = ("C(%s)" % scope for scope in scopes)
    return " and ".join([", ".join(others), last] if others else [last])


def _kept(kind: str, *more: tuple[str, tuple[str, ...]]) -> Scopes:
    return Scopes((f"read:{kind}",), (f"create:{kind}",), (f"update:{kind}",), (f"delete:{kind}",), more)


_CLIENT_NAME = ("for O(client_name)", ("read:clients",))
_ACTION_NAME = ("for O(action_name)", ("read:actions",))
_ORGANIZATION_NAME = ("for O(organization_name)", ("read:organizations",))

#: Most kinds are known to scopes by their collection.
_KNOWN_AS = {"action_trigger": "actions", "custom_domain_default": "custom_domains"}
_KINDS = [(kind, _KNOWN_AS.get(kind.name, kind.collection)) for kind in CONFIGURED_KINDS]
_READ_ALL = tuple(dict.fromkeys(f"read:{name}" for dummy, name in _KINDS))
_WRITE_ALL = tuple(
    dict.fromkeys(
        f"{verb}:{name}"
        for kind, name in _KINDS
        for verb in (("update",) if kind.standing else ("create", "update", "delete"))
    )
)

SCOPES: Mapping[str, Scopes] = {
    "auth0_access_info": Scopes(
        ("read:clients", "read:resource_servers", "read:client_grants"),
        more=(
            ("for the secrets of clients, with O(obtain_tokens) and O(calls)", ("read:client_keys",)),
            ("for the keys of clients, and how long they last", ("read:client_credentials",)),
        ),
    ),
    # Deploying makes a version.
    "auth0_action": Scopes(
        ("read:actions",),
        ("create:actions",),
        ("update:actions",),
        ("delete:actions",),
        (
            ("for O(deploy)", ("create:actions",)),
            # No action is deleted that a profile uses, so they are looked for where there can be one.
            ("to delete an action of the trigger V(custom-token-exchange)", ("read:token_exchange_profiles",)),
        ),
    ),
    "auth0_action_info": Scopes(("read:actions",)),
    "auth0_action_trigger": Scopes(("read:actions",), change=("update:actions",)),
    "auth0_action_trigger_info": Scopes(("read:actions",)),
    "auth0_client": _kept(
        "clients",
        ("to see secrets, for O(return_secret) and to compare those that are given", ("read:client_keys",)),
        ("to set O(client_secret)", ("update:client_keys",)),
        ("to create with O(client_authentication_methods)", ("create:client_credentials",)),
        ("to change O(client_authentication_methods)", ("update:client_credentials",)),
        ("for O(default_organization.organization_name)", ("read:organizations",)),
    ),
    "auth0_client_info": Scopes(("read:clients",), more=(("for O(include_secrets)", ("read:client_keys",)),)),
    "auth0_client_credentials": Scopes(
        ("read:clients", "read:client_credentials"),
        more=(
            ("to attach and detach keys, and to change the method", ("update:clients",)),
            ("to store keys", ("create:client_credentials",)),
            ("to attach and detach keys, and to change when one expires", ("update:client_credentials",)),
            ("to delete keys", ("delete:client_credentials",)),
        ),
    ),
    "auth0_client_credentials_info": Scopes(("read:clients", "read:client_credentials")),
    "auth0_client_grant": _kept(
        "client_grants",
        _CLIENT_NAME,
        ("for O(validate_scope) when scopes change", ("read:resource_servers",)),
    ),
    "auth0_client_grant_info": Scopes(
        ("read:client_grants",),
        more=(_CLIENT_NAME, ("for O(include_organizations)", ("read:organization_client_grants",))),
    ),
    "auth0_client_secret": Scopes(
        ("read:clients",),
        more=(
            ("to rotate", ("update:clients", "update:client_keys")),
            ("to see whether the client has a given O(client_secret)", ("read:client_keys",)),
        ),
    ),
    "auth0_config": Scopes(
        more=(
            ("to read what is declared", _READ_ALL),
            ("to create, change or delete it", _WRITE_ALL),
            (
                "for C(credentials) and C(client_authentication_methods) of clients",
                (
                    "read:client_credentials",
                    "create:client_credentials",
                    "update:client_credentials",
                    "delete:client_credentials",
                ),
            ),
            ("for C(secret) of clients, and to see secrets", ("read:client_keys", "update:client_keys")),
            (
                "for C(clients) of organizations",
                (
                    "read:organization_clients",
                    "create:organization_clients",
                    "update:organization_clients",
                    "delete:organization_clients",
                ),
            ),
            (
                "for C(organizations) of client grants",
                (
                    "read:organizations",
                    "read:organization_client_grants",
                    "create:organization_client_grants",
                    "delete:organization_client_grants",
                ),
            ),
        )
    ),
    "auth0_config_info": Scopes(
        more=(
            ("for the kinds that are read", _READ_ALL),
            ("for the clients of organizations", ("read:organization_clients",)),
            ("for the organizations of client grants", ("read:organization_client_grants",)),
            ("for O(include_secrets)", ("read:client_keys",)),
        )
    ),
    "auth0_custom_domain": _kept("custom_domains", ("for O(verify)", ("create:custom_domains",))),
    "auth0_custom_domain_info": Scopes(("read:custom_domains",)),
    "auth0_custom_domain_default": Scopes(("read:custom_domains",), change=("update:custom_domains",)),
    "auth0_custom_domain_default_info": Scopes(("read:custom_domains",)),
    "auth0_log_stream": _kept("log_streams"),
    "auth0_log_stream_info": Scopes(("read:log_streams",)),
    "auth0_network_acl": _kept("network_acls"),
    "auth0_network_acl_info": Scopes(("read:network_acls",)),
    "auth0_organization": _kept("organizations"),
    "auth0_organization_info": Scopes(
        ("read:organizations",),
        more=(
            ("for O(include_clients)", ("read:organization_clients",)),
            ("for O(include_client_grants)", ("read:organization_client_grants",)),
        ),
    ),
    "auth0_organization_client": Scopes(
        ("read:organization_clients",),
        more=(
            ("to associate", ("create:organization_clients",)),
            ("to change O(use_for_member_access)", ("update:organization_clients",)),
            ("to associate no longer", ("delete:organization_clients",)),
            ("for O(client_name), and to see whether a client is there", ("read:clients",)),
            _ORGANIZATION_NAME,
        ),
    ),
    "auth0_organization_client_info": Scopes(("read:organization_clients",), more=(_ORGANIZATION_NAME,)),
    "auth0_organization_client_grant": Scopes(
        ("read:organization_client_grants",),
        more=(
            ("to allow", ("create:organization_client_grants",)),
            ("to allow no longer", ("delete:organization_client_grants",)),
            ("to find a grant, or to see whether it is there", ("read:client_grants",)),
            _CLIENT_NAME,
            _ORGANIZATION_NAME,
        ),
    ),
    "auth0_organization_client_grant_info": Scopes(
        ("read:organization_client_grants",), more=(_ORGANIZATION_NAME, _CLIENT_NAME)
    ),
    "auth0_token_exchange_profile": _kept("token_exchange_profiles", _ACTION_NAME),
    "auth0_token_exchange_profile_info": Scopes(("read:token_exchange_profiles",)),
    "auth0_rate_limit_policy": _kept("rate_limit_policies", _CLIENT_NAME),
    "auth0_rate_limit_policy_info": Scopes(("read:rate_limit_policies",), more=(_CLIENT_NAME,)),
    "auth0_resource_server": dataclasses.replace(
        _kept("resource_servers", ("to delete grants, for O(force)", ("delete:client_grants",))),
        # No API is deleted on which there are grants, or which is the default one, so that is looked at.
        delete=("delete:resource_servers", "read:client_grants", "read:tenant_settings"),
    ),
    "auth0_resource_server_info": Scopes(("read:resource_servers",)),
    "auth0_role": _kept("roles", ("for O(owner_name)", ("read:organizations",))),
    "auth0_role_info": Scopes(("read:roles",)),
    "auth0_role_permissions": Scopes(
        ("read:roles",),
        change=("update:roles",),
        more=(("for O(validate_permissions) when permissions are added", ("read:resource_servers",)),),
    ),
    "auth0_signing_key": Scopes(
        ("read:signing_keys",),
        more=(
            ("to rotate", ("create:signing_keys", "update:signing_keys")),
            ("to revoke", ("update:signing_keys",)),
        ),
    ),
    "auth0_signing_key_info": Scopes(("read:signing_keys",)),
    "auth0_tenant_settings": Scopes(("read:tenant_settings",), change=("update:tenant_settings",)),
    "auth0_tenant_settings_info": Scopes(("read:tenant_settings",)),
    "auth0_token": Scopes(),
    "auth0_token_info": Scopes(),
}
