#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: auth0_client_grant_info
short_description: Read client grants of an Auth0 tenant
version_added: 1.1.0
description:
  - Reads one client grant, those that match all options that you give, or every client grant of the tenant.
  - Use it to find out who can call which API with which scopes.
  - The result includes grants that Auth0 manages itself. They have C(is_system=true).
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
      - The id of the grant to read. It is read directly, without going through the list.
      - Cannot be combined with other options that select grants.
    type: str
  client_id:
    description:
      - The id of the client whose grants to read.
      - At most one of O(client_id), O(client_name) and O(default_for) can be given.
    type: str
  client_name:
    description:
      - The name of the client whose grants to read. Looking it up reads the list of clients, which O(client_id) saves.
      - If no client has the name, there are no grants. If several have it, the task fails and lists their ids.
    type: str
  default_for:
    description: Reads the grants for all clients of this sort.
    type: str
    choices: [third_party_clients]
  audience:
    description:
      - The identifier of the API whose grants to read, exactly.
      - "Value: at most 600 characters."
    type: str
  subject_type:
    description: Reads only the grants for clients themselves (V(client), by client credentials), only those on behalf
      of users (V(user)), or only those on behalf of users who have not signed in (V(anonymous_user)).
    type: str
    choices: [client, user, anonymous_user]
  allow_any_organization:
    description: Whether to read only the grants that can be used with any organization, or only the others.
    type: bool
  include_organizations:
    description: Whether to also read for which organizations each grant is allowed. This costs one request for each
      grant.
    type: bool
    default: false
notes:
  - "Scopes of the Management API: C(read:client_grants); C(read:clients) for O(client_name);
    C(read:organization_client_grants) for O(include_organizations)."
seealso:
  - module: community.auth0.auth0_client_grant
  - module: community.auth0.auth0_organization_client_grant_info
  - module: community.auth0.auth0_client_info
"""

EXAMPLES = r"""
- name: A token of the Management API for the tasks that follow
  community.auth0.auth0_token:
    auth0_domain: acme.eu.auth0.com
    auth0_client_id: "{{ vault_auth0_client_id }}"
    auth0_client_secret: "{{ vault_auth0_client_secret }}"
  register: management
  no_log: true

- name: Who may call an API?
  community.auth0.auth0_client_grant_info:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    audience: https://appointments.example.com
    subject_type: client
  register: callers

- name: Show the clients and their scopes
  ansible.builtin.debug:
    msg: "{{ item.client_id }}: {{ item.scope | default([]) | join(' ') }}"
  loop: "{{ callers.client_grants }}"

- name: What may a client call?
  community.auth0.auth0_client_grant_info:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    client_name: Appointment reminders
  register: granted
"""

RETURN = r"""
client_grants:
  description:
    - The grants as Auth0 returns them, ordered by client, API and C(subject_type). Empty if there are none.
    - Their options are those of M(community.auth0.auth0_client_grant). What Auth0 leaves out is left out here too.
  type: list
  elements: dict
  returned: success
  contains:
    id:
      description: The id that Auth0 assigned to the grant.
      type: str
      returned: success
    client_id:
      description: The id of the client.
      type: str
      returned: when it is one client's
    default_for:
      description: The sort of clients that it is for.
      type: str
      returned: when it is not one client's
    audience:
      description: The identifier of the API.
      type: str
      returned: success
    subject_type:
      description: Whether it is for the client itself or on behalf of users. Absent for V(client).
      type: str
      returned: where Auth0 returns it
    scope:
      description: The scopes that are granted.
      type: list
      elements: str
      returned: unless C(allow_all_scopes) is V(true)
    is_system:
      description: Whether Auth0 manages the grant itself.
      type: bool
      returned: for a system grant
    organizations:
      description:
        - The organizations for which it is allowed, ordered by id. If C(allow_any_organization) is V(true), the grant
          can be used for all others too.
      type: list
      elements: dict
      returned: with O(include_organizations=true)
      contains:
        id:
          description: The id of the organization.
          type: str
        name:
          description: Its name.
          type: str
  sample:
    - id: cgr_8aQ2bD5fG7hJ9kLm
      client_id: AaiyAPdpYdesoKnqjj8HJqRn4T5titww
      audience: https://appointments.example.com
      subject_type: client
      scope: [read:appointments]
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

from ansible_collections.community.auth0.plugins.module_utils._kinds.client_grant import CLIENT_GRANT
from ansible_collections.community.auth0.plugins.module_utils._modules.reading import info_work_of
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module

WORK = info_work_of(CLIENT_GRANT)


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
