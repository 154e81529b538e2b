#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: auth0_role_info
short_description: Read roles of an Auth0 tenant
version_added: 1.1.0
description:
  - Reads one role, those that match all options that you give, or every role of the tenant.
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
    description:
      - The id of the role to read. It is read directly, without going through the list.
      - Cannot be combined with other options that select roles.
    type: str
  name:
    description:
      - The name of the role to read, exactly.
      - Cannot be combined with O(name_pattern).
    type: str
  name_pattern:
    description:
      - A shell pattern that the whole names of the roles to read must match. V(*) stands for any string, V(?) for one
        character, V([ab]) for one of those. Upper and lower case differ.
      - This reads all roles, unless you also give O(name_filter).
    type: str
  name_filter:
    description: Reads the roles that Auth0 finds by this string. Auth0 searches their names and ignores case.
    type: str
  include_permissions:
    description: Whether to also read the permissions of each role. This costs one request for each role.
    type: bool
    default: false
notes:
  - "Scopes of the Management API: C(read:roles)."
seealso:
  - module: community.auth0.auth0_role
  - module: community.auth0.auth0_role_permissions
"""

EXAMPLES = r"""
- name: A token of the Management API for the tasks that follow
  community.auth0.auth0_token:
    auth0_domain: acme.eu.auth0.com
    auth0_client_id: "{{ vault_auth0_client_id }}"
    auth0_client_secret: "{{ vault_auth0_client_secret }}"
  register: management
  no_log: true

- name: Which roles are there?
  community.auth0.auth0_role_info:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
  register: all

- name: Read the roles of one application
  community.auth0.auth0_role_info:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    name_pattern: "Appointments: *"
  register: found

- name: Show them
  ansible.builtin.debug:
    msg: "{{ item.name }}: {{ item.description | default('') }}"
  loop: "{{ found.roles }}"

- name: What may a planner do?
  community.auth0.auth0_role_info:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    name: Planner
    include_permissions: true
  register: planner

- name: A deputy may do the same
  community.auth0.auth0_role_permissions:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    role_name: Deputy planner
    permissions: "{{ planner.roles[0].permissions }}"
"""

RETURN = r"""
roles:
  description: The roles as Auth0 returns them, ordered by name. Empty if there are none.
  type: list
  elements: dict
  returned: success
  contains:
    id:
      description: The id that Auth0 assigned to the role.
      type: str
      returned: success
    name:
      description: Its name.
      type: str
      returned: success
    description:
      description: What it is for.
      type: str
      returned: if it has one
    permissions:
      description: Its permissions, ordered by API and name, as M(community.auth0.auth0_role_permissions) takes them.
      type: list
      elements: dict
      returned: with O(include_permissions=true)
      contains:
        resource_server_identifier:
          description: The identifier of the API.
          type: str
        permission_name:
          description: The scope of that API.
          type: str
        resource_server_name:
          description: The name of the API.
          type: str
        description:
          description: The API's description of the scope.
          type: str
  sample:
    - id: rol_S3p4iAzx88HcDHGn
      name: Planner
      description: Plans the appointments of a practice
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

from ansible_collections.community.auth0.plugins.module_utils._kinds.role import ROLE
from ansible_collections.community.auth0.plugins.module_utils._modules.reading import info_work_of
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module

WORK = info_work_of(ROLE)


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
