#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: auth0_rate_limit_policy
short_description: Manage a rate limit policy of an Auth0 tenant
version_added: 1.1.0
description:
  - Limits how often a client can call the Authentication API, which includes the token endpoint, so that one busy
    client does not use up the limit that all share.
  - A policy is known by its O(resource), its O(consumer) and its O(consumer_selector), which cannot be changed. There
    is at most one policy for these three.
  - A policy with the action V(block) and too low a limit keeps clients from getting tokens. If V(default) covers it,
    that includes the client by which Ansible works. Begin with V(log). A limit of V(0) allows no call.
  - Auth0 offers rate limit policies as early access.
author:
  - community.auth0 contributors (@ansible-collections)
extends_documentation_fragment:
  - community.auth0.auth0
  - community.auth0.attributes
attributes:
  check_mode:
    support: full
    details:
      - If the client does not exist yet, check mode assumes that an earlier task of the same run would create it, and
        predicts that the policy is created. RV(assumed) lists what was assumed.
  diff_mode:
    support: full
  idempotent:
    support: full
  action_group:
    support: full
options:
  state:
    description: Whether the policy exists.
    type: str
    choices: [present, absent]
    default: present
  resource:
    description: The API of Auth0 that is called.
    type: str
    required: true
    choices: [oauth_authentication_api]
  consumer:
    description: What calls it.
    type: str
    required: true
    choices: [client]
  client_name:
    description: The name of the client that the policy is for. Looking it up reads the list of clients, which
      O(consumer_selector) saves.
    type: str
  consumer_selector:
    description:
      - Which clients the policy is for. V(client_id:ID) stands for the client of that id, and V(client_id:URI) for the
        client with the metadata document at that URI.
      - V(third_party_clients) stands for all third-party clients, V(cimd_clients) for all clients with a metadata
        document, and V(default) for each client that no other policy is for.
      - One of O(consumer_selector) and O(client_name) is required.
      - "Value: needed for a new rate limit policy; at most 255 characters."
    type: str
  configuration:
    description:
      - How often they can call it, and what happens to further calls.
      - Options that you leave out stay as they are, if the O(configuration.action) allows them.
      - "Value: needed for a new rate limit policy."
    type: dict
    suboptions:
      action:
        description:
          - What happens to calls beyond the limit. V(block) refuses them, V(log) only writes them to the tenant's log,
            and V(redirect) sends whoever calls to another page.
          - V(allow) means that there is no limit.
          - "Value: needed where it is not set yet."
        type: str
        choices: [allow, block, log, redirect]
      limit:
        description:
          - How many calls a second are allowed.
          - "Value: needed with C(action) V(block), V(log) or V(redirect), and not allowed with others; from 0 to
            10000."
        type: int
      redirect_uri:
        description:
          - Where calls beyond the limit are sent.
          - "Value: needed with C(action) V(redirect), and not allowed with others; must begin with https://."
        type: str
notes:
  - "Scopes of the Management API: C(read:rate_limit_policies); C(create:rate_limit_policies) to create;
    C(update:rate_limit_policies) to change; C(delete:rate_limit_policies) to delete; C(read:clients) for
    O(client_name)."
seealso:
  - module: community.auth0.auth0_rate_limit_policy_info
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

- name: The reminders get at most ten tokens a second
  community.auth0.auth0_rate_limit_policy:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    resource: oauth_authentication_api
    consumer: client
    client_name: Appointment reminders
    configuration:
      action: block
      limit: 10

- name: Calls of all other clients beyond a hundred a second are logged
  community.auth0.auth0_rate_limit_policy:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    resource: oauth_authentication_api
    consumer: client
    consumer_selector: default
    configuration:
      action: log
      limit: 100

- name: No policy for third-party clients
  community.auth0.auth0_rate_limit_policy:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    resource: oauth_authentication_api
    consumer: client
    consumer_selector: third_party_clients
    state: absent
"""

RETURN = r"""
action:
  description: What was done, or would be done in check mode.
  type: str
  returned: success
  choices: [create, update, delete, none]
  sample: create
rate_limit_policy:
  description: The policy as Auth0 returns it. In check mode, as it would be.
  type: dict
  returned: success and O(state=present)
  sample:
    id: rlp_cBKDUnDSTcs6CWygM7U3j
    resource: oauth_authentication_api
    consumer: client
    consumer_selector: client_id:AaiyAPdpYdesoKnqjj8HJqRn4T5titww
    configuration:
      action: block
      limit: 10
assumed:
  description: What does not exist yet and must exist before the policy can be created.
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

from ansible_collections.community.auth0.plugins.module_utils._kinds.rate_limit_policy import RATE_LIMIT_POLICY
from ansible_collections.community.auth0.plugins.module_utils._modules.keeping import work_of
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module

WORK = work_of(RATE_LIMIT_POLICY)


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
