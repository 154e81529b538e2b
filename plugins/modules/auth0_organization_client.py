#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: auth0_organization_client
short_description: Associate a client with an organization of an Auth0 tenant
version_added: 1.1.0
description:
  - Makes a client belong to an organization, and says whether the organization's members can log in by it.
  - Both must exist. Name each by its id or its name.
  - To declare all clients of an organization together, use O(community.auth0.auth0_config#module:organizations).
  - Auth0 offers this as early access. To say which client grants can be used for an organization, use
    M(community.auth0.auth0_organization_client_grant).
author:
  - community.auth0 contributors (@ansible-collections)
extends_documentation_fragment:
  - community.auth0.auth0
  - community.auth0.attributes
attributes:
  check_mode:
    support: full
    details:
      - If something does not exist yet and is not named by its id, check mode assumes that an earlier task of the same
        run would create it. RV(assumed) lists what was assumed.
  diff_mode:
    support: full
  idempotent:
    support: full
  action_group:
    support: full
options:
  state:
    description: Whether the client belongs to the organization.
    type: str
    choices: [present, absent]
    default: present
  organization_id:
    description:
      - The id of the organization.
      - One of O(organization_id) and O(organization_name) is required.
    type: str
  organization_name:
    description: The name of the organization. Looking it up costs one request.
    type: str
  client_id:
    description:
      - The id of the client.
      - One of O(client_id) and O(client_name) is required.
    type: str
  client_name:
    description: The name of the client. Looking it up reads the list of clients, which O(client_id) saves.
    type: str
  use_for_member_access:
    description: Whether members of the organization can log in by this client. Required if the client does not belong
      to the organization yet.
    type: bool
notes:
  - "Scopes of the Management API: C(read:organization_clients); C(create:organization_clients) to associate;
    C(update:organization_clients) to change O(use_for_member_access); C(delete:organization_clients) to associate no
    longer; C(read:clients) for O(client_name), and to see whether a client is there; C(read:organizations) for
    O(organization_name)."
seealso:
  - module: community.auth0.auth0_organization_client_info
  - module: community.auth0.auth0_organization
  - module: community.auth0.auth0_client
"""

EXAMPLES = r"""
- name: A token of the Management API for the tasks that follow
  community.auth0.auth0_token:
    auth0_domain: acme.eu.auth0.com
    auth0_client_id: "{{ vault_auth0_client_id }}"
    auth0_client_secret: "{{ vault_auth0_client_secret }}"
  register: management
  no_log: true

- name: The planner belongs to the practice of Dr. Weber, and its members get in by it
  community.auth0.auth0_organization_client:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    organization_name: practice-weber
    client_name: Planner
    use_for_member_access: true

- name: No longer
  community.auth0.auth0_organization_client:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    organization_id: org_5EHAb80aPQC0zKyF
    client_id: AaiyAPdpYdesoKnqjj8HJqRn4T5titww
    state: absent
"""

RETURN = r"""
action:
  description: What was done, or would be done in check mode.
  type: str
  returned: success
  choices: [create, update, delete, none]
  sample: create
organization_client:
  description: The organization and the client. In check mode, as they would be.
  type: dict
  returned: success and O(state=present)
  contains:
    organization_id:
      description: The id of the organization. V(null) if it does not exist yet.
      type: str
    client_id:
      description: The id of the client.
      type: str
    use_for_member_access:
      description: Whether members of the organization can log in by the client.
      type: bool
  sample:
    organization_id: org_5EHAb80aPQC0zKyF
    client_id: AaiyAPdpYdesoKnqjj8HJqRn4T5titww
    use_for_member_access: true
assumed:
  description: What does not exist yet and must exist before the client can be associated.
  type: list
  elements: str
  returned: in check mode, when there is something
  sample: [client Planner]
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

from ansible_collections.community.auth0.plugins.module_utils._modules.organization_client import WORK
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
