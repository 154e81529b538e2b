#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: auth0_role
short_description: Manage a role of an Auth0 tenant
version_added: 1.1.0
description:
  - A role is a name for a set of permissions, which are scopes of APIs. To declare the permissions, use
    M(community.auth0.auth0_role_permissions).
  - Roles are for users. To let a client call an API, use M(community.auth0.auth0_client_grant).
author:
  - community.auth0 contributors (@ansible-collections)
extends_documentation_fragment:
  - community.auth0.auth0
  - community.auth0.attributes
attributes:
  check_mode:
    support: full
  diff_mode:
    support: full
  idempotent:
    support: full
  action_group:
    support: full
options:
  state:
    description:
      - Whether the role exists.
      - Deleting a role removes it from all users who have it.
    type: str
    choices: [present, absent]
    default: present
  name:
    description:
      - The name of the role, exactly. Without O(id), the role is looked up by it.
      - "Value: needed for a new role."
    type: str
  id:
    description:
      - The id of the role. With it, O(name) renames the role.
      - At least one of O(id) and O(name) is required.
    type: str
  description:
    description: What the role is for. An empty string is the same as none.
    type: str
  type:
    description:
      - Whether the role belongs to the tenant or to an organization. A role of an organization is another role than one
        of the tenant with the same name.
      - "Value: V(tenant) for a new role; cannot be changed after creation."
    type: str
    choices: [tenant, organization]
  owner_id:
    description:
      - The id of the organization that owns the role, for O(type=organization).
      - "Value: cannot be changed after creation."
    type: str
  owner_name:
    description: The name of the organization that owns the role, in place of O(owner_id).
    type: str
notes:
  - "Scopes of the Management API: C(read:roles); C(create:roles) to create; C(update:roles) to change; C(delete:roles)
    to delete; C(read:organizations) for O(owner_name)."
seealso:
  - module: community.auth0.auth0_role_info
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

- name: Who plans appointments
  community.auth0.auth0_role:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    name: Planner
    description: Plans the appointments of a practice

- name: Rename a role
  community.auth0.auth0_role:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    id: rol_S3p4iAzx88HcDHGn
    name: Appointment planner

- name: Remove a role
  community.auth0.auth0_role:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    name: Planner
    state: absent
"""

RETURN = r"""
action:
  description: What was done, or would be done in check mode.
  type: str
  returned: success
  choices: [create, update, delete, none]
  sample: create
role:
  description: The role as Auth0 returns it. In check mode, as it would be, without an C(id) if it would be created.
  type: dict
  returned: success and O(state=present)
  sample:
    id: rol_S3p4iAzx88HcDHGn
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
from ansible_collections.community.auth0.plugins.module_utils._modules.keeping import work_of
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module

WORK = work_of(ROLE)


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
