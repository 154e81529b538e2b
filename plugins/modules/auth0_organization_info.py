#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: auth0_organization_info
short_description: Read organizations of an Auth0 tenant
version_added: 1.1.0
description:
  - Reads one organization, those whose names match a pattern, or every organization of the tenant.
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
      - The id of the organization to read. It is read directly, without going through the list.
      - Cannot be combined with other options that select organizations.
    type: str
  name:
    description:
      - The name of the organization to read, exactly. It is also read directly.
      - Cannot be combined with other options that select organizations.
    type: str
  name_pattern:
    description:
      - A shell pattern that the whole names of the organizations to read must match. V(*) stands for any string, V(?)
        for one character, V([ab]) for one of those.
      - This reads all organizations.
    type: str
  include_clients:
    description: Whether to also read which clients belong to each organization. This costs one request for each
      organization.
    type: bool
    default: false
  include_client_grants:
    description: Whether to also read which client grants can be used for each organization. This costs one request for
      each organization.
    type: bool
    default: false
notes:
  - "Scopes of the Management API: C(read:organizations); C(read:organization_clients) for O(include_clients);
    C(read:organization_client_grants) for O(include_client_grants)."
seealso:
  - module: community.auth0.auth0_organization
  - module: community.auth0.auth0_organization_client_info
  - module: community.auth0.auth0_organization_client_grant_info
"""

EXAMPLES = r"""
- name: A token of the Management API for the tasks that follow
  community.auth0.auth0_token:
    auth0_domain: acme.eu.auth0.com
    auth0_client_id: "{{ vault_auth0_client_id }}"
    auth0_client_secret: "{{ vault_auth0_client_secret }}"
  register: management
  no_log: true

- name: Which organizations are there?
  community.auth0.auth0_organization_info:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
  register: all

- name: Show them
  ansible.builtin.debug:
    msg: "{{ item.name }}: {{ item.display_name | default('') }}"
  loop: "{{ all.organizations }}"

- name: Which clients may act for the practices?
  community.auth0.auth0_organization_info:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    name_pattern: "*-practice"
    include_client_grants: true
  register: practices
"""

RETURN = r"""
organizations:
  description:
    - The organizations as Auth0 returns them, ordered by name. Empty if there are none.
    - Their options are those of M(community.auth0.auth0_organization). What Auth0 leaves out is left out here too.
  type: list
  elements: dict
  returned: success
  contains:
    id:
      description: The id that Auth0 assigned to the organization.
      type: str
      returned: success
    name:
      description: Its name.
      type: str
      returned: success
    display_name:
      description: Its name that is shown to people.
      type: str
      returned: if it has one
    branding:
      description: How the login pages of its members look.
      type: dict
      returned: if it was set
    metadata:
      description: Its own keys and values.
      type: dict
      returned: success
    token_quota:
      description: How many access tokens Auth0 issues for it.
      type: dict
      returned: if it was set
    clients:
      description: The clients that belong to it, ordered by id.
      type: list
      elements: dict
      returned: with O(include_clients=true)
      contains:
        client_id:
          description: The id of the client.
          type: str
        use_for_member_access:
          description: Whether members of the organization can log in by the client.
          type: bool
        client:
          description: What Auth0 tells of the client itself, such as its C(name).
          type: dict
    client_grants:
      description: The client grants that can be used for it, ordered by id.
      type: list
      elements: dict
      returned: with O(include_client_grants=true)
      contains:
        id:
          description: The id of the client grant.
          type: str
        client_id:
          description: The id of the client that can call the API.
          type: str
        audience:
          description: The identifier of the API.
          type: str
  sample:
    - id: org_9ybsU1dN2dKfDkBi
      name: north-practice
      display_name: The northern practice
      metadata: {}
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

from ansible_collections.community.auth0.plugins.module_utils._kinds.organization import ORGANIZATION
from ansible_collections.community.auth0.plugins.module_utils._modules.reading import info_work_of
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module

WORK = info_work_of(ORGANIZATION)


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
