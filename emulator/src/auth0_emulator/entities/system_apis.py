# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The APIs that belong to a tenant itself: what they are made of, and what may be changed in them."""

from __future__ import annotations

import re

from auth0_emulator.state import own_apis
from auth0_emulator.state.store import Thing

WRITABLE = {
    "token_lifetime",
    "skip_consent_for_verifiable_first_party_clients",
    "subject_type_authorization",
    "proof_of_possession",
    "authorization_policy",
}


def _scopes(*values: str) -> list[Thing]:
    """Scopes such as read:me:factors, described as they are named (recorded for those of the My Account API)."""
    return [{"value": value, "description": re.sub(":my_org:|:me:|_", " ", value).title()} for value in values]


CREATABLE: dict[str, Thing] = {
    own_apis.MY_ACCOUNT: {
        "name": "Auth0 My Account API",
        "scopes": _scopes(
            "create:me:connected_accounts",
            "read:me:connected_accounts",
            "delete:me:connected_accounts",
            "read:me:authentication_methods",
            "delete:me:authentication_methods",
            "update:me:authentication_methods",
            "read:me:factors",
            "create:me:authentication_methods",
        ),
        "token_lifetime": 600,
        "token_lifetime_for_web": 600,
        "allow_offline_access": True,
        "skip_consent_for_verifiable_first_party_clients": True,
        "subject_type_authorization": {"client": {"policy": "deny_all"}, "user": {"policy": "require_client_grant"}},
        "proof_of_possession": {"mechanism": "dpop", "required": False},
    },
    own_apis.MY_ORGANIZATION: {
        "name": "Auth0 My Organization API",
        "scopes": _scopes(
            "read:my_org:configuration",
            "read:my_org:details",
            "update:my_org:details",
            "read:my_org:identity_providers",
            "create:my_org:identity_providers",
            "update:my_org:identity_providers",
            "delete:my_org:identity_providers",
            "update:my_org:identity_providers_detach",
            "create:my_org:identity_providers_domains",
            "delete:my_org:identity_providers_domains",
            "create:my_org:domains",
            "read:my_org:domains",
            "update:my_org:domains",
            "delete:my_org:domains",
            "create:my_org:identity_providers_provisioning",
            "update:my_org:identity_providers_provisioning",
            "read:my_org:identity_providers_provisioning",
            "delete:my_org:identity_providers_provisioning",
            "create:my_org:identity_providers_scim_tokens",
            "read:my_org:identity_providers_scim_tokens",
            "delete:my_org:identity_providers_scim_tokens",
            "read:my_org:member_invitations",
            "create:my_org:member_invitations",
            "delete:my_org:member_invitations",
            "read:my_org:members",
            "delete:my_org:memberships",
            "read:my_org:member_roles",
            "create:my_org:member_roles",
            "delete:my_org:member_roles",
            "create:my_org:client_grants",
            "create:my_org:clients",
            "read:my_org:clients",
            "delete:my_org:clients",
            "read:my_org:user_stores",
            "delete:my_org:organizations",
            "read:my_org:groups",
            "read:my_org:group_roles",
            "create:my_org:group_roles",
            "delete:my_org:group_roles",
        ),
    },
    own_apis.EXPRESS: {
        "name": "Okta OIN Express Configuration API",
        "scopes": [
            {"value": "express_configure:sso", "description": "Ability to create SSO configurations"},
            {"value": "express_configure:scim", "description": "Ability to create scim configurations"},
        ],
        "token_lifetime": 300,
        "enforce_policies": True,
        "subject_type_authorization": {"client": {"policy": "deny_all"}, "user": {"policy": "allow_all"}},
    },
}
"""System APIs that come into being when their identifier is posted, with values of their own whatever was sent
(recorded; the scopes of the My Organization API are those of its official SDKs, its other values are unverified)."""


SCOPES_IN_ANSWER_TO_CREATION = 3
"""The answer that creates the My Account API shows only the first three of its scopes (recorded)."""
