#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: auth0_organization
short_description: Manage an organization of an Auth0 tenant
version_added: 1.1.0
description:
  - An organization stands for a customer or a partner of yours. A token can be for one organization, so that an API
    knows for whom it is called.
  - To say which client grants can be used for it, use M(community.auth0.auth0_organization_client_grant).
  - This module does not manage the connections by which its members log in.
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
      - Whether the organization exists.
      - Deleting an organization also deletes which client grants can be used for it.
    type: str
    choices: [present, absent]
    default: present
  name:
    description:
      - The name of the organization, which its members type and tokens can hold. Without O(id), the organization is
        looked up by it.
      - "Value: needed for a new organization; at most 50 characters; must consist of lower case letters, digits, - and
        _, and begin with a letter or a digit."
    type: str
  id:
    description:
      - The id of the organization. With it, O(name) renames the organization.
      - At least one of O(id) and O(name) is required.
    type: str
  display_name:
    description:
      - The name of the organization that is shown to people.
      - "Value: at most 255 characters."
    type: str
  branding:
    description:
      - How the login pages of its members look.
      - Options that you leave out are kept. Colours can be changed, but not removed.
    type: dict
    suboptions:
      logo_url:
        description:
          - Where the logo is. An empty string removes it.
          - "Value: must begin with https://."
        type: str
      colors:
        description: The colours. Auth0 takes both together, so give both if the organization has none yet.
        type: dict
        suboptions:
          primary:
            description:
              - The colour of what stands out, such as V(#0059d6).
              - "Value: needed where it is not set yet; must be a colour such as #0059d6, in hexadecimal digits."
            type: str
          page_background:
            description:
              - The colour behind everything.
              - "Value: needed where it is not set yet; must be a colour such as #0059d6, in hexadecimal digits."
            type: str
  metadata:
    description:
      - Your own keys and values. Numbers and booleans become strings.
      - Keys that are not given are kept. A key with the value V(null) is removed.
      - "Value: at most 25 keys; each value at most 255 characters."
    type: dict
  token_quota:
    description: How many access tokens Auth0 issues for the organization, to all clients together. Depends on the
      tenant's plan.
    type: dict
    suboptions:
      client_credentials:
        description:
          - The quota for client credentials.
          - "Value: needed where it is not set yet; at least 1 key."
        type: dict
        suboptions:
          enforce:
            description: Whether requests over the quota are refused, or only logged.
            type: bool
          per_day:
            description:
              - Tokens a day.
              - "Value: from 1 to 2147483647."
            type: int
          per_hour:
            description:
              - Tokens an hour.
              - "Value: from 1 to 2147483647."
            type: int
  third_party_client_access:
    description:
      - Whether third-party clients can be used for the organization.
      - "Value: V(block) for a new organization."
    type: str
    choices: [block, allow]
  is_app_entitlement_active:
    description:
      - Whether Auth0's app entitlement is switched on for the organization.
      - "Value: V(false) for a new organization."
    type: bool
  clear:
    description: Fields to remove from the organization.
    type: list
    elements: str
    choices: [token_quota]
    default: []
notes:
  - "Scopes of the Management API: C(read:organizations); C(create:organizations) to create; C(update:organizations) to
    change; C(delete:organizations) to delete."
seealso:
  - module: community.auth0.auth0_organization_info
  - module: community.auth0.auth0_organization_client_grant
  - module: community.auth0.auth0_client
    description: Its O(community.auth0.auth0_client#module:default_organization) names the organization for which a
      client gets tokens by itself.
"""

EXAMPLES = r"""
- name: A token of the Management API for the tasks that follow
  community.auth0.auth0_token:
    auth0_domain: acme.eu.auth0.com
    auth0_client_id: "{{ vault_auth0_client_id }}"
    auth0_client_secret: "{{ vault_auth0_client_secret }}"
  register: management
  no_log: true

- name: A practice that books appointments
  community.auth0.auth0_organization:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    name: north-practice
    display_name: The northern practice
    branding:
      logo_url: https://north.acme.example/logo.svg
      colors:
        primary: "#0059d6"
        page_background: "#ffffff"
    metadata:
      contract: 4711
    token_quota:
      client_credentials:
        enforce: true
        per_hour: 100

- name: Its clients may get a token for it
  community.auth0.auth0_organization_client_grant:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    organization_name: north-practice
    client_name: Appointment reminders
    audience: https://appointments.example.com

- name: Take away its quota, its logo and one key of its metadata
  community.auth0.auth0_organization:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    name: north-practice
    branding:
      logo_url: ""
    metadata:
      contract: null
    clear: [token_quota]

- name: Rename it
  community.auth0.auth0_organization:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    id: org_9ybsU1dN2dKfDkBi
    name: northern-practice

- name: Remove it
  community.auth0.auth0_organization:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    name: northern-practice
    state: absent
"""

RETURN = r"""
action:
  description: What was done, or would be done in check mode.
  type: str
  returned: success
  choices: [create, update, delete, none]
  sample: create
organization:
  description: The organization as Auth0 returns it. In check mode, as it would be, without an C(id) if it would be
    created.
  type: dict
  returned: success and O(state=present)
  sample:
    id: org_9ybsU1dN2dKfDkBi
    name: north-practice
    display_name: The northern practice
    metadata:
      contract: "4711"
    third_party_client_access: block
    is_app_entitlement_active: false
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
from ansible_collections.community.auth0.plugins.module_utils._modules.keeping import work_of
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module

WORK = work_of(ORGANIZATION)


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
