# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The scopes of a tenant's Management API: names and order are those of a real tenant of August 2026 (recorded).

Descriptions follow one pattern here; real ones vary.
"""

from __future__ import annotations

_VERBS = {"r": "read", "c": "create", "u": "update", "d": "delete"}

_RECORDED = """
client_grants:rcdu users:rudc users_app_metadata:rudc user_custom_blocks:rcd user_tickets:c clients:rudc
client_keys:rudc client_credentials:rudc connections:rudc resource_servers:rudc device_credentials:rudc rules:rudc
rules_configs:rud hooks:rudc actions:rudc email_provider:rudc tokens:blacklist stats:r insights:r tenant_settings:ru
logs:r logs_users:r shields:rcud anomaly_blocks:rd triggers:ur grants:rd guardian_factors:ru guardian_enrollments:rd
guardian_enrollment_tickets:c user_idp_tokens:r passwords_checking_job:cd custom_domains:rdcu email_templates:rcu
mfa_policies:ru roles:rcdu prompts:ru branding:rud log_streams:rcdu signing_keys:cru limits:ru role_members:crd
entitlements:r attack_protection:ru organizations_summary:r authentication_methods:crud organizations:rucd
organization_discovery_domains:rucd organization_members:crd organization_connections:crud
organization_member_roles:crd organization_invitations:crd scim_config:rcud scim_token:crd
directory_provisionings:rcud phone_providers:dcru phone_templates:dcru encryption_keys:crud sessions:rud
refresh_tokens:rud self_service_profiles:crud sso_access_tickets:cd forms:rudc flows:rudc flows_vault:r
flows_vault_connections:rudc flows_executions:rd connections_options:ru self_service_profile_custom_texts:ru
network_acls:curd vdcs_templates:drcu custom_signing_keys:crud federated_connections_tokens:rd
user_attribute_profiles:crud event_streams:rcdu event_deliveries:ru connection_profiles:crud group_roles:cd
user_effective_permissions:r user_effective_roles:r organization_member_effective_roles:r user_role_source_groups:r
organization_member_role_source_groups:r user_permission_source_roles:r group_roles:r organization_groups:rcd
organization_group_roles:rcd token_exchange_profiles:crud organization_client_grants:rcd organization_clients:rcud
events:r rate_limit_policies:crud portals:crud network_acl_keys:curd security_metrics:r connections_keys:ruc
groups:crud group_members:r
"""


def _expand(compact: str) -> list[dict[str, str]]:
    scopes = []
    for entry in compact.split():
        entity, dummy, letters = entry.partition(":")
        verbs = [letters] if letters == "blacklist" else [_VERBS[letter] for letter in letters]
        for verb in verbs:
            title = entity.replace("_", " ").title()
            scopes.append({"description": f"{verb.title()} {title}", "value": f"{verb}:{entity}"})
    return scopes


MANAGEMENT_SCOPES = _expand(_RECORDED)
MANAGEMENT_SCOPE_NAMES = [scope["value"] for scope in MANAGEMENT_SCOPES]
