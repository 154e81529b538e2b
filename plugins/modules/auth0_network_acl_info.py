#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: auth0_network_acl_info
short_description: Read network access control lists of an Auth0 tenant
version_added: 1.1.0
description:
  - Reads one network access control list (ACL), or every one of the tenant.
author:
  - community.auth0 contributors (@ansible-collections)
extends_documentation_fragment:
  - community.auth0.auth0
  - community.auth0.attributes
  - community.auth0.read_only
attributes:
  action_group:
    support: full
options:
  id:
    description: The id of the network ACL to read. It is read directly, without going through the list.
    type: str
notes:
  - "Scopes of the Management API: C(read:network_acls)."
seealso:
  - module: community.auth0.auth0_network_acl
"""

EXAMPLES = r"""
- name: A token of the Management API for the tasks that follow
  community.auth0.auth0_token:
    auth0_domain: acme.eu.auth0.com
    auth0_client_id: "{{ vault_auth0_client_id }}"
    auth0_client_secret: "{{ vault_auth0_client_secret }}"
  register: management
  no_log: true

- name: Which network ACLs are there?
  community.auth0.auth0_network_acl_info:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
  register: all

- name: Show those that are applied, in their order
  ansible.builtin.debug:
    msg: "{{ item.priority }}: {{ item.description }}"
  loop: "{{ all.network_acls | selectattr('active') | sort(attribute='priority') }}"
"""

RETURN = r"""
network_acls:
  description:
    - The network ACLs as Auth0 returns them, ordered by description. Empty when there is none.
    - Their options are those of M(community.auth0.auth0_network_acl). What is absent in a network ACL is so in its
      entry.
  type: list
  elements: dict
  returned: success
  contains:
    id:
      description: The id that Auth0 assigned to the network ACL.
      type: str
      returned: success
    description:
      description: What it is for.
      type: str
      returned: success
    active:
      description: Whether it is applied.
      type: bool
      returned: success
    priority:
      description: In which order network ACLs are applied, lower numbers first.
      type: int
      returned: success
    rule:
      description: What is done with which requests.
      type: dict
      returned: success
    created_at:
      description: When it was created.
      type: str
      returned: success
    updated_at:
      description: When it was last changed.
      type: str
      returned: success
  sample:
    - id: acl_4oWrXrzhXSpmREA3xN3PPz
      description: Tokens for our networks only
      active: true
      priority: 10
      rule:
        action:
          block: true
        not_match:
          ipv4_cidrs: [192.0.2.0/24]
        scope: authentication
      created_at: "2026-07-30T11:42:44.103Z"
      updated_at: "2026-07-30T11:42:44.103Z"
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

from ansible_collections.community.auth0.plugins.module_utils._kinds.network_acl import NETWORK_ACL
from ansible_collections.community.auth0.plugins.module_utils._modules.reading import info_work_of
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module

WORK = info_work_of(NETWORK_ACL)


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
