#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: auth0_organization_client_grant_info
short_description: Read which client grants can be used for an organization of an Auth0 tenant
version_added: 1.1.0
description:
  - Reads the client grants that are allowed for an organization, all of them or those of a client or an API.
  - Grants with O(community.auth0.auth0_client_grant#module:allow_any_organization=true) can be used for every
    organization, but are listed only for those for which they are also allowed.
    M(community.auth0.auth0_client_grant_info) finds all of them.
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
  organization_id:
    description:
      - The id of the organization.
      - One of O(organization_id) and O(organization_name) is required.
      - If the organization does not exist, the list is empty.
    type: str
  organization_name:
    description: The name of the organization. Looking it up costs one request.
    type: str
  client_id:
    description:
      - The id of the client whose grants to read.
      - At most one of O(client_id) and O(client_name) can be given.
    type: str
  client_name:
    description:
      - The name of the client whose grants to read. Looking it up reads the list of clients, which O(client_id) saves.
      - If no client has the name, there are no grants. If several have it, the task fails and lists their ids.
    type: str
  audience:
    description: The identifier of the API whose grants to read, exactly.
    type: str
notes:
  - "Scopes of the Management API: C(read:organization_client_grants); C(read:organizations) for O(organization_name);
    C(read:clients) for O(client_name)."
seealso:
  - module: community.auth0.auth0_organization_client_grant
  - module: community.auth0.auth0_client_grant_info
    description: Shows with O(community.auth0.auth0_client_grant_info#module:include_organizations=true) for which
      organizations a grant was allowed.
"""

EXAMPLES = r"""
- name: A token of the Management API for the tasks that follow
  community.auth0.auth0_token:
    auth0_domain: acme.eu.auth0.com
    auth0_client_id: "{{ vault_auth0_client_id }}"
    auth0_client_secret: "{{ vault_auth0_client_secret }}"
  register: management
  no_log: true

- name: Which clients may get tokens for the practice of Dr. Weber?
  community.auth0.auth0_organization_client_grant_info:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    organization_name: practice-weber
  register: allowed

- name: Show them
  ansible.builtin.debug:
    msg: "{{ item.client_id }} may call {{ item.audience }}: {{ item.scope | default([]) | join(' ') }}"
  loop: "{{ allowed.organization_client_grants }}"

- name: May the reminders be sent for it?
  community.auth0.auth0_organization_client_grant_info:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    organization_name: practice-weber
    client_name: Appointment reminders
    audience: https://appointments.example.com
  register: reminders
  failed_when: reminders.organization_client_grants == []
"""

RETURN = r"""
organization_client_grants:
  description:
    - The grants as Auth0 returns them, ordered by client, API and C(subject_type). Empty if there are none, or if the
      organization does not exist.
    - Their options are those of M(community.auth0.auth0_client_grant). What Auth0 leaves out is left out here too.
  type: list
  elements: dict
  returned: success
  contains:
    id:
      description:
        - The id that Auth0 assigned to the grant, the C(grant_id) of
          M(community.auth0.auth0_organization_client_grant).
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
    organization_usage:
      description: Whether tokens must be for an organization.
      type: str
      returned: where the grant has it
    allow_any_organization:
      description: Whether it can be used for every organization, whichever it is allowed for.
      type: bool
      returned: where the grant has it
  sample:
    - id: cgr_8aQ2bD5fG7hJ9kLm
      client_id: AaiyAPdpYdesoKnqjj8HJqRn4T5titww
      audience: https://appointments.example.com
      subject_type: client
      scope: [read:appointments]
      organization_usage: allow
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

from ansible_collections.community.auth0.plugins.module_utils._modules.organization_client_grant import (
    INFO_WORK as WORK,
)
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
