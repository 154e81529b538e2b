# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What stands in the documentation of several modules alike, and which options come first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: Options in the order in which most tasks need them. Of the others, those for the logins of people come last, as the
#: declaration has them.
FIRST: Mapping[str, tuple[str, ...]] = {
    "auth0_client": (
        "name",
        "client_id",
        "description",
        "app_type",
        "grant_types",
        "token_endpoint_auth_method",
        "client_authentication_methods",
        "client_secret",
        "return_secret",
        "client_metadata",
        "clear",
        "token_quota",
        "default_organization",
        "require_proof_of_possession",
        "is_first_party",
    ),
    "auth0_resource_server": (
        "identifier",
        "id",
        "name",
        "scopes",
        "purge_scopes",
        "signing_alg",
        "signing_secret",
        "return_secret",
        "token_lifetime",
        "token_dialect",
        "clear",
        "force",
        "subject_type_authorization",
    ),
    "auth0_client_grant": (
        "client_name",
        "client_id",
        "audience",
        "scope",
        "purge_scope",
        "validate_scope",
        "allow_all_scopes",
        "subject_type",
        "organization_usage",
        "allow_any_organization",
        "clear",
    ),
    "auth0_custom_domain": ("domain", "custom_domain_id", "type"),
    "auth0_log_stream": ("name", "id"),
    "auth0_token_exchange_profile": ("subject_token_type", "id", "name", "action_name"),
    "auth0_action": ("name", "supported_triggers", "code", "code_file", "runtime", "dependencies", "secrets"),
    "auth0_network_acl": ("description", "id"),
    "auth0_organization": ("name", "id"),
    "auth0_rate_limit_policy": ("resource", "consumer", "client_name", "consumer_selector", "configuration"),
    "auth0_role": ("name", "id"),
    "auth0_tenant_settings": (
        "default_token_quota",
        "default_audience",
        "resource_parameter_profile",
        "allow_organization_name_in_authentication_api",
        "mtls",
        "flags",
        "clear",
    ),
}

#: A module with more options than this says in its description which of them most tasks need, since the pages of the
#: documentation have the options by the alphabet.
MANY_OPTIONS = 20
#: No sentence of a person begins so.
FIRST_MARK = "Most tasks need "

#: Return values of several modules: what all say of them. What else a module says of one, such as a sample, is kept.
RETURNS: Mapping[str, Mapping[str, Any]] = {
    "action": {
        "description": "What was done, or would be done in check mode.",
        "type": "str",
        "returned": "success",
    },
    "done": {
        "description": "The steps that were done before it failed, in words.",
        "type": "list",
        "elements": "str",
        "returned": "failure, when something was changed before",
    },
    "remaining": {
        "type": "list",
        "elements": "str",
        "returned": "failure, when something was changed before",
    },
    "failure": {
        "description": "Why it failed, for programs.",
        "type": "dict",
        "returned": "failure",
        "contains": {
            "method": {
                "description": "The method of the request that failed, V(null) when none was sent.",
                "type": "str",
            },
            "path": {"description": "Its path, without the query.", "type": "str"},
            "status": {"description": "The status of the answer, V(null) without one.", "type": "int"},
            "code": {"description": "A word for the reason.", "type": "str"},
            "message": {"description": "The server's own words, where it gave any.", "type": "str"},
            "retryable": {"description": "Whether the same task may succeed later.", "type": "bool"},
        },
    },
}
#: The return value that every module has.
OF_ALL_MODULES = "failure"

#: What the examples of a module begin with where they use this token, so that they can be run as they are.
TOKEN_TASK = """\
- name: A token of the Management API for the tasks that follow
  community.auth0.auth0_token:
    auth0_domain: acme.eu.auth0.com
    auth0_client_id: "{{ vault_auth0_client_id }}"
    auth0_client_secret: "{{ vault_auth0_client_secret }}"
  register: management
  no_log: true

"""
TOKEN_USED = "{{ management.access_token }}"
