#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: auth0_organization_client_grant
short_description: Allow a client grant for an organization of an Auth0 tenant
version_added: 1.1.0
description:
  - Lets the client of a client grant get tokens for an organization.
  - A grant with O(community.auth0.auth0_client_grant#module:allow_any_organization=true) needs no such permission. Its
    client can get tokens for all organizations.
  - Name the grant by its id, or by its client and API. The grant and the organization must exist.
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
    description: Whether the grant is allowed for the organization.
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
  grant_id:
    description:
      - The id of the client grant.
      - Excludes the other options that name a grant.
    type: str
  client_id:
    description:
      - The id of the client that has the grant.
      - One of O(grant_id), O(client_id) and O(client_name) is required.
    type: str
  client_name:
    description: The name of the client. Looking it up reads the list of clients, which O(client_id) saves.
    type: str
  audience:
    description:
      - The identifier of the API that the grant is for, exactly.
      - Required unless O(grant_id) is given.
    type: str
  subject_type:
    description: Whether it is the grant for the client itself (Auth0's default), the one on behalf of users, or the one
      on behalf of users who have not signed in.
    type: str
    choices: [client, user, anonymous_user]
notes:
  - "Scopes of the Management API: C(read:organization_client_grants); C(create:organization_client_grants) to allow;
    C(delete:organization_client_grants) to allow no longer; C(read:client_grants) to find a grant, or to see whether it
    is there; C(read:clients) for O(client_name); C(read:organizations) for O(organization_name)."
seealso:
  - module: community.auth0.auth0_organization_client_grant_info
  - module: community.auth0.auth0_client_grant
  - module: community.auth0.auth0_token
"""

EXAMPLES = r"""
- name: A token of the Management API for the tasks that follow
  community.auth0.auth0_token:
    auth0_domain: acme.eu.auth0.com
    auth0_client_id: "{{ vault_auth0_client_id }}"
    auth0_client_secret: "{{ vault_auth0_client_secret }}"
  register: management
  no_log: true

- name: Reminders may be sent for the practice of Dr. Weber
  community.auth0.auth0_organization_client_grant:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    organization_name: practice-weber
    client_name: Appointment reminders
    audience: https://appointments.example.com

- name: No longer
  community.auth0.auth0_organization_client_grant:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    organization_id: org_5EHAb80aPQC0zKyF
    grant_id: cgr_8aQ2bD5fG7hJ9kLm
    state: absent
"""

RETURN = r"""
action:
  description: What was done, or would be done in check mode.
  type: str
  returned: success
  choices: [create, delete, none]
  sample: create
organization_client_grant:
  description: The organization and the grant. In check mode, as they would be.
  type: dict
  returned: success and O(state=present)
  contains:
    organization_id:
      description: The id of the organization. V(null) if it does not exist yet.
      type: str
    grant_id:
      description: The id of the client grant.
      type: str
  sample:
    organization_id: org_5EHAb80aPQC0zKyF
    grant_id: cgr_8aQ2bD5fG7hJ9kLm
assumed:
  description: What does not exist yet and must exist before the grant can be allowed.
  type: list
  elements: str
  returned: in check mode, when there is something
  sample: [client Appointment reminders]
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

from ansible_collections.community.auth0.plugins.module_utils._modules.organization_client_grant import WORK
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
