#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: auth0_tenant_settings_info
short_description: Read the settings of an Auth0 tenant
version_added: 1.1.0
description:
  - Reads the settings of the tenant as a whole.
author:
  - community.auth0 contributors (@ansible-collections)
extends_documentation_fragment:
  - community.auth0.auth0
  - community.auth0.attributes
  - community.auth0.read_only
attributes:
  action_group:
    support: full
notes:
  - "Scopes of the Management API: C(read:tenant_settings)."
seealso:
  - module: community.auth0.auth0_tenant_settings
"""

EXAMPLES = r"""
- name: A token of the Management API for the tasks that follow
  community.auth0.auth0_token:
    auth0_domain: acme.eu.auth0.com
    auth0_client_id: "{{ vault_auth0_client_id }}"
    auth0_client_secret: "{{ vault_auth0_client_secret }}"
  register: management
  no_log: true

- name: What holds for the whole tenant?
  community.auth0.auth0_tenant_settings_info:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
  register: tenant

- name: Clients that name no API get tokens for one
  ansible.builtin.debug:
    msg: "{{ tenant.tenant_settings.default_audience }}"
  when: tenant.tenant_settings.default_audience | default('')
"""

RETURN = r"""
tenant_settings:
  description:
    - The settings as Auth0 returns them.
    - They are the options of M(community.auth0.auth0_tenant_settings). What was never set may be absent.
  type: dict
  returned: success
  contains:
    default_audience:
      description: The identifier of the API that a token is for if the client names none.
      type: str
      returned: if it was set
    default_token_quota:
      description: How many access tokens each client, and each organization, gets that has no quota of its own.
      type: dict
      returned: if it was set
    flags:
      description: What is switched on or off.
      type: dict
      returned: success
    session_lifetime:
      description: How many hours a session can last, with a fraction if needed.
      type: float
      returned: success
    sandbox_versions_available:
      description: The versions that O(community.auth0.auth0_tenant_settings#module:sandbox_version) can have.
      type: list
      elements: str
      returned: success
  sample:
    default_audience: ""
    enabled_locales: [en]
    flags:
      enable_sso: true
    resource_parameter_profile: audience
    session_lifetime: 168
    sandbox_version: "22"
    sandbox_versions_available: ["22", "18"]
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

from ansible_collections.community.auth0.plugins.module_utils._kinds.tenant_settings import TENANT_SETTINGS
from ansible_collections.community.auth0.plugins.module_utils._modules.reading import info_work_of
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module

WORK = info_work_of(TENANT_SETTINGS)


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
