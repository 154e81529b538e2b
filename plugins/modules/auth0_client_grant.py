#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: auth0_client_grant
short_description: Manage a client grant of an Auth0 tenant
version_added: 1.0.0
description:
  - Lets a client call an API with some of its scopes.
  - A grant is known by its client, its O(audience) and its O(subject_type). There is at most one grant for these three.
  - Auth0 does not check whether the API has the scopes of a grant, so it accepts a typing error. This module refuses
    it.
  - The module never deletes the grant by which the task itself uses the Management API.
author:
  - community.auth0 contributors (@ansible-collections)
extends_documentation_fragment:
  - community.auth0.auth0
  - community.auth0.attributes
attributes:
  check_mode:
    support: full
    details:
      - If the client or the API does not exist yet, check mode assumes that an earlier task of the same run would
        create it, and predicts that the grant is created. RV(assumed) lists what was assumed.
  diff_mode:
    support: full
  idempotent:
    support: full
  action_group:
    support: full
options:
  state:
    description: Whether the grant exists.
    type: str
    choices: [present, absent]
    default: present
  client_name:
    description: The name of the client. Looking it up reads the list of clients, which O(client_id) saves.
    type: str
  client_id:
    description:
      - The id of the client.
      - One of O(client_id), O(client_name) and O(default_for) is required.
    type: str
  audience:
    description:
      - The identifier of the API, exactly.
      - "Value: at most 600 characters."
    type: str
    required: true
  scope:
    description:
      - The scopes that the client can use. Their order does not matter. C([]) is a valid grant without scopes.
      - What is not listed is removed, unless O(purge_scope=false).
      - "Value: each item at most 280 characters; each item must hold no space, which separates scopes in OAuth; give
        each scope as an item of its own."
    type: list
    elements: str
  purge_scope:
    description: Whether to remove scopes that are not in O(scope).
    type: bool
    default: true
  validate_scope:
    description: Whether to refuse scopes that the API does not define. This costs one request if scopes would change.
    type: bool
    default: true
  allow_all_scopes:
    description:
      - Whether the client can use all scopes of the API, including those that it gets later. Excludes O(scope).
      - To go back to a list, give V(false) together with O(scope).
    type: bool
  subject_type:
    description:
      - Whether the grant is for the client itself (client credentials, Auth0's default), on behalf of users, or on
        behalf of users who have not signed in (V(anonymous_user)).
      - "Value: V(client) for a new client grant."
    type: str
    choices: [client, user, anonymous_user]
  organization_usage:
    description: Whether tokens can be for an organization.
    type: str
    choices: [deny, allow, require]
  allow_any_organization:
    description: Whether tokens can be for any organization, or only for those to which the grant was added.
    type: bool
  clear:
    description: Fields to remove from the grant.
    type: list
    elements: str
    choices: [allow_all_scopes, allow_any_organization, organization_usage, scope]
    default: []
  default_for:
    description: The sort of clients that the grant is for, instead of a single client.
    type: str
    choices: [third_party_clients]
  authorization_details_types:
    description:
      - Types of authorization details (RFC 9396) that the client may use, with O(subject_type=user).
      - "Value: each item at most 255 characters."
    type: list
    elements: str
notes:
  - "Scopes of the Management API: C(read:client_grants); C(create:client_grants) to create; C(update:client_grants) to
    change; C(delete:client_grants) to delete; C(read:clients) for O(client_name); C(read:resource_servers) for
    O(validate_scope) when scopes change."
seealso:
  - module: community.auth0.auth0_client_grant_info
  - module: community.auth0.auth0_client
  - module: community.auth0.auth0_resource_server
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

- name: Reminders may read appointments
  community.auth0.auth0_client_grant:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    client_name: Appointment reminders
    audience: https://appointments.example.com
    scope: [read:appointments]

- name: One more scope, whatever others the grant holds
  community.auth0.auth0_client_grant:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    client_id: AaiyAPdpYdesoKnqjj8HJqRn4T5titww
    audience: https://appointments.example.com
    scope: [write:appointments]
    purge_scope: false

- name: Withdraw it
  community.auth0.auth0_client_grant:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    client_name: Appointment reminders
    audience: https://appointments.example.com
    state: absent
"""

RETURN = r"""
action:
  description: What was done, or would be done in check mode.
  type: str
  returned: success
  choices: [create, update, delete, none]
  sample: create
client_grant:
  description: The grant as Auth0 returns it. In check mode, as it would be.
  type: dict
  returned: success and O(state=present)
  sample:
    id: cgr_8aQ2bD5fG7hJ9kLm
    client_id: AaiyAPdpYdesoKnqjj8HJqRn4T5titww
    audience: https://appointments.example.com
    subject_type: client
    scope: [read:appointments]
assumed:
  description: What does not exist yet and must exist before the grant can be created.
  type: list
  elements: str
  returned: in check mode, when there is something
  sample: [client 'Appointment reminders']
done:
  description: The steps that were done before it failed, in words.
  type: list
  elements: str
  returned: failure, when something was changed before
  sample:
    - change allow_all_scopes and scope of client grant AaiyAPdpYdesoKnqjj8HJqRn4T5titww / https://reports.example.com
remaining:
  description: The steps that are left. Running the task again does these, and none of those that are done.
  type: list
  elements: str
  returned: failure, when something was changed before
  sample: [change scope of client grant AaiyAPdpYdesoKnqjj8HJqRn4T5titww / https://reports.example.com]
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
from ansible_collections.community.auth0.plugins.module_utils._modules.keeping import work_of
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module

WORK = work_of(CLIENT_GRANT)


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
