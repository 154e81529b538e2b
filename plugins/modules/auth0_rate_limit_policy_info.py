#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: auth0_rate_limit_policy_info
short_description: Read rate limit policies of an Auth0 tenant
version_added: 1.1.0
description:
  - Reads one rate limit policy, those that match all options that you give, or every rate limit policy of the tenant.
  - Use it to find out how often each client can call the Authentication API.
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
      - The id of the policy to read. It is read directly, without going through the list.
      - Cannot be combined with other options that select policies.
    type: str
  resource:
    description: The API of Auth0 whose policies to read.
    type: str
    choices: [oauth_authentication_api]
  consumer:
    description: The sort of callers whose policies to read.
    type: str
    choices: [client]
  client_name:
    description:
      - The name of the client whose policy to read. Looking it up reads the list of clients, which O(consumer_selector)
        saves.
      - If no client has the name, there is no policy. If several have it, the task fails and lists their ids.
    type: str
  consumer_selector:
    description:
      - Which clients the policy to read is for, such as V(default) or V(client_id:ID).
      - At most one of O(consumer_selector) and O(client_name) can be given.
      - "Value: at most 255 characters."
    type: str
notes:
  - "Scopes of the Management API: C(read:rate_limit_policies); C(read:clients) for O(client_name)."
seealso:
  - module: community.auth0.auth0_rate_limit_policy
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

- name: How often may clients ask for tokens?
  community.auth0.auth0_rate_limit_policy_info:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    resource: oauth_authentication_api
  register: found

- name: Show what is limited, and to how many calls a second
  ansible.builtin.debug:
    msg: "{{ item.consumer_selector }}: {{ item.configuration.limit | default('no limit') }}"
  loop: "{{ found.rate_limit_policies }}"

- name: The policy of one client
  community.auth0.auth0_rate_limit_policy_info:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    client_name: Appointment reminders
"""

RETURN = r"""
rate_limit_policies:
  description:
    - The policies as Auth0 returns them, ordered by C(consumer_selector). Empty if there are none.
    - Their options are those of M(community.auth0.auth0_rate_limit_policy).
  type: list
  elements: dict
  returned: success
  contains:
    id:
      description: The id that Auth0 assigned to the policy.
      type: str
    resource:
      description: The API of Auth0 that is called.
      type: str
    consumer:
      description: What calls it.
      type: str
    consumer_selector:
      description: Which clients the policy is for.
      type: str
    configuration:
      description: How often they can call it (C(limit), calls a second), and what happens to further calls (C(action)).
        With V(redirect) also where they are sent (C(redirect_uri)).
      type: dict
  sample:
    - id: rlp_cBKDUnDSTcs6CWygM7U3j
      resource: oauth_authentication_api
      consumer: client
      consumer_selector: default
      configuration:
        action: block
        limit: 100
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

from ansible_collections.community.auth0.plugins.module_utils._kinds.rate_limit_policy import RATE_LIMIT_POLICY
from ansible_collections.community.auth0.plugins.module_utils._modules.reading import info_work_of
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module

WORK = info_work_of(RATE_LIMIT_POLICY)


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
