#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: auth0_config_info
short_description: Read an Auth0 tenant as a configuration
version_added: 1.1.0
description:
  - Returns the objects of a tenant as options of M(community.auth0.auth0_config). Pass them to that module, and it
    changes nothing in this tenant, and makes another tenant the same.
  - The configuration has names in place of ids. It leaves out secrets, fields that only the server sets and values that
    a new object has by itself. Of system objects, it has only what was changed.
  - It leaves out the client whose credentials the task uses, and that client's grant for the Management API.
  - A kind that the tenant's plan does not include counts as empty, with a warning.
author:
  - community.auth0 contributors (@ansible-collections)
extends_documentation_fragment:
  - community.auth0.auth0
  - community.auth0.attributes
  - community.auth0.read_only
  - community.auth0.traffic
attributes:
  action_group:
    support: full
options:
  kinds:
    description: The lists to return.
    type: list
    elements: str
    choices: [resource_servers, clients, client_grants, roles, organizations, rate_limit_policies, log_streams,
      custom_domains, custom_domain_default, network_acls, tenant_settings, actions, token_exchange_profiles,
      action_triggers]
    default: [resource_servers, clients, client_grants, roles, organizations, rate_limit_policies, log_streams,
      custom_domains, custom_domain_default, network_acls, tenant_settings, actions, token_exchange_profiles,
      action_triggers]
  name_pattern:
    description: A shell pattern that the names of the objects must match, for kinds whose objects have a name.
    type: str
  identifier_pattern:
    description: A shell pattern that the identifiers of the APIs must match.
    type: str
  include_secrets:
    description: Whether to include the secrets that the tenant shows. If V(true), set C(no_log) on the task.
    type: bool
    default: false
notes:
  - "Scopes of the Management API: C(read:resource_servers), C(read:clients), C(read:client_grants), C(read:roles),
    C(read:organizations), C(read:rate_limit_policies), C(read:log_streams), C(read:custom_domains),
    C(read:network_acls), C(read:tenant_settings), C(read:actions) and C(read:token_exchange_profiles) for the kinds
    that are read; C(read:organization_clients) for the clients of organizations; C(read:organization_client_grants) for
    the organizations of client grants; C(read:client_keys) for O(include_secrets)."
seealso:
  - module: community.auth0.auth0_config
"""

EXAMPLES = r"""
- name: Read a tenant as a configuration
  community.auth0.auth0_config_info:
    auth0_domain: acme.eu.auth0.com
    auth0_client_id: "{{ auth0_client_id }}"
    auth0_client_secret: "{{ auth0_client_secret }}"
  register: tenant

- name: Write it to a file
  ansible.builtin.copy:
    content: "{{ tenant.config | ansible.builtin.to_nice_yaml(indent=2) }}"
    dest: tenant.yml
    mode: "0600"
"""

RETURN = r"""
config:
  description: The lists of the configuration, by the names of the options of M(community.auth0.auth0_config).
  type: dict
  returned: success
  sample:
    clients:
      - name: Reminders
        app_type: non_interactive
        grant_types: [client_credentials]
left_out:
  description:
    - What the configuration cannot hold of these objects, such as secrets, keys, and ids of other objects of this
      tenant. Each entry names the kind, the object and the fields.
  type: list
  elements: dict
  returned: success
  sample:
    - kind: client
      name: Reminders
      fields: [client_secret]
requests:
  description: The requests to the tenant.
  type: dict
  returned: success
  contains:
    number:
      description: The number of requests, including those for tokens.
      type: int
    waited:
      description: The seconds spent waiting for a rate limit, all connections together.
      type: float
failure:
  description: Why it failed, for programs.
  type: dict
  returned: failure
  contains:
    method:
      description: The method of the request that failed, V(null) when none was sent.
      type: str
    path:
      description: Its path, without the query.
      type: str
    status:
      description: The status of the answer, V(null) without one.
      type: int
    code:
      description: A word for the reason.
      type: str
    message:
      description: The server's own words, where it gave any.
      type: str
    retryable:
      description: Whether the same task may succeed later.
      type: bool
"""

from ansible_collections.community.auth0.plugins.module_utils._modules.config.info import WORK
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
