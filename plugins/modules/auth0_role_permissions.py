#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: auth0_role_permissions
short_description: Manage the permissions of a role of an Auth0 tenant
version_added: 1.1.0
description:
  - Adds permissions to a role and removes them. A permission is a scope of an API.
  - They matter to an API only with O(community.auth0.auth0_resource_server#module:enforce_policies=true).
author:
  - community.auth0 contributors (@ansible-collections)
extends_documentation_fragment:
  - community.auth0.auth0
  - community.auth0.attributes
attributes:
  check_mode:
    support: full
    details:
      - If the role or an API does not exist yet, check mode assumes that an earlier task of the same run would create
        it. RV(assumed) lists what was assumed.
  diff_mode:
    support: full
  idempotent:
    support: full
  action_group:
    support: full
options:
  state:
    description:
      - Whether the role has the O(permissions).
      - V(absent) removes the listed permissions from the role. All others stay.
    type: str
    choices: [present, absent]
    default: present
  role_id:
    description:
      - The id of the role.
      - One of O(role_id) and O(role_name) is required.
    type: str
  role_name:
    description: The name of the role. Looking it up reads the list of roles, which O(role_id) saves.
    type: str
  permissions:
    description:
      - The permissions. Their order does not matter.
      - What is not listed is removed, unless O(purge_permissions=false). C([]) removes all.
    type: list
    elements: dict
    required: true
    suboptions:
      resource_server_identifier:
        description:
          - The identifier of the API, exactly.
          - "Value: at most 600 characters."
        type: str
        required: true
      permission_name:
        description:
          - The scope of that API.
          - "Value: at most 280 characters."
        type: str
        required: true
      resource_server_name:
        description: Ignored, because it belongs to the API. It is accepted so that you can pass on what
          M(community.auth0.auth0_role_info) returns.
        type: str
      description:
        description: Ignored, as O(permissions[].resource_server_name).
        type: str
  purge_permissions:
    description: Whether to remove permissions that are not in O(permissions), with O(state=present).
    type: bool
    default: true
  validate_permissions:
    description:
      - Whether to refuse permissions that an API does not define, before anything is written, and to name those that it
        defines. This costs one request for each API whose permissions would be added.
      - With V(false), Auth0 itself refuses them, which check mode cannot predict.
    type: bool
    default: true
notes:
  - "Scopes of the Management API: C(read:roles); C(update:roles) to change; C(read:resource_servers) for
    O(validate_permissions) when permissions are added."
seealso:
  - module: community.auth0.auth0_role
  - module: community.auth0.auth0_role_info
  - module: community.auth0.auth0_resource_server
"""

EXAMPLES = r"""
- name: A token of the Management API for the tasks that follow
  community.auth0.auth0_token:
    auth0_domain: acme.eu.auth0.com
    auth0_client_id: "{{ vault_auth0_client_id }}"
    auth0_client_secret: "{{ vault_auth0_client_secret }}"
  register: management
  no_log: true

- name: What planners may do, and nothing else
  community.auth0.auth0_role_permissions:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    role_name: Planner
    permissions:
      - resource_server_identifier: https://appointments.example.com
        permission_name: read:appointments
      - resource_server_identifier: https://appointments.example.com
        permission_name: write:appointments

- name: One more permission, whatever others the role has
  community.auth0.auth0_role_permissions:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    role_id: rol_S3p4iAzx88HcDHGn
    permissions:
      - resource_server_identifier: https://rooms.example.com
        permission_name: read:rooms
    purge_permissions: false

- name: Take one away
  community.auth0.auth0_role_permissions:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    role_name: Planner
    permissions:
      - resource_server_identifier: https://appointments.example.com
        permission_name: write:appointments
    state: absent
"""

RETURN = r"""
action:
  description: What was done, or would be done in check mode.
  type: str
  returned: success
  choices: [create, update, delete, none]
  sample: create
role_id:
  description: The id of the role.
  type: str
  returned: success, when the role exists
  sample: rol_S3p4iAzx88HcDHGn
permissions:
  description: All permissions of the role, ordered by API and name. In check mode, as they would be.
  type: list
  elements: dict
  returned: success
  contains:
    resource_server_identifier:
      description: The identifier of the API.
      type: str
    permission_name:
      description: The scope of that API.
      type: str
  sample:
    - resource_server_identifier: https://appointments.example.com
      permission_name: read:appointments
assumed:
  description: What does not exist yet and must exist before the permissions can be added.
  type: list
  elements: str
  returned: in check mode, when there is something
  sample: [role Planner]
done:
  description: The steps that were done before it failed, in words.
  type: list
  elements: str
  returned: failure, when something was changed before
  sample: [add 2 of the permissions of the role Planner]
remaining:
  description: The steps that are left. Running the task again does these, and none of those that are done.
  type: list
  elements: str
  returned: failure, when something was changed before
  sample: [remove 1 of the permissions of the role Planner]
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

from ansible_collections.community.auth0.plugins.module_utils._modules.role_permissions import WORK
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
