#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: auth0_organization_client_info
short_description: Read which clients belong to an organization of an Auth0 tenant
version_added: 1.1.0
description:
  - Reads all clients that belong to an organization.
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
      - An organization that does not exist has no clients, so that the list is empty then.
    type: str
  organization_name:
    description: The name of the organization. Looking it up costs one request.
    type: str
notes:
  - "Scopes of the Management API: C(read:organization_clients); C(read:organizations) for O(organization_name)."
seealso:
  - module: community.auth0.auth0_organization_client
  - module: community.auth0.auth0_organization_info
    description: Shows with O(community.auth0.auth0_organization_info#module:include_clients=true) the clients of
      several organizations.
"""

EXAMPLES = r"""
- name: A token of the Management API for the tasks that follow
  community.auth0.auth0_token:
    auth0_domain: acme.eu.auth0.com
    auth0_client_id: "{{ vault_auth0_client_id }}"
    auth0_client_secret: "{{ vault_auth0_client_secret }}"
  register: management
  no_log: true

- name: Which clients belong to the practice of Dr. Weber?
  community.auth0.auth0_organization_client_info:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    organization_name: practice-weber
  register: found

- name: Show those by which its members get in
  ansible.builtin.debug:
    msg: "{{ item.client.name }}"
  loop: "{{ found.organization_clients | selectattr('use_for_member_access') }}"
"""

RETURN = r"""
organization_clients:
  description: The clients that belong to the organization, ordered by id. Empty when there is none, also because there
    is no such organization.
  type: list
  elements: dict
  returned: success
  contains:
    client_id:
      description: The id of the client.
      type: str
    use_for_member_access:
      description: Whether members of the organization can log in by the client.
      type: bool
    client:
      description: What Auth0 tells of the client itself, such as C(name), C(app_type), C(is_first_party) and
        C(grant_types).
      type: dict
  sample:
    - client_id: AaiyAPdpYdesoKnqjj8HJqRn4T5titww
      use_for_member_access: true
      client:
        name: Planner
        is_first_party: true
        grant_types: [authorization_code, refresh_token]
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

from ansible_collections.community.auth0.plugins.module_utils._modules.organization_client import INFO_WORK as WORK
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
