#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: auth0_action_trigger_info
short_description: Read which actions run at the triggers of an Auth0 tenant
version_added: 1.1.0
description:
  - Reads the actions of one trigger, or of all of them. Each trigger costs a request.
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
  trigger_id:
    description: The trigger to read. Without it, all triggers are read.
    type: str
    choices: [post-login, credentials-exchange, pre-user-registration, post-user-registration, post-change-password,
      send-phone-message, custom-phone-provider, custom-email-provider, password-reset-post-challenge,
      custom-token-exchange, event-stream, password-hash-migration, login-post-identifier, signup-post-identifier]
notes:
  - "Scopes of the Management API: C(read:actions)."
seealso:
  - module: community.auth0.auth0_action_trigger
  - module: community.auth0.auth0_action_info
"""

EXAMPLES = r"""
- name: A token of the Management API for the tasks that follow
  community.auth0.auth0_token:
    auth0_domain: acme.eu.auth0.com
    auth0_client_id: "{{ vault_auth0_client_id }}"
    auth0_client_secret: "{{ vault_auth0_client_secret }}"
  register: management
  no_log: true

- name: What runs when a client asks for a token?
  community.auth0.auth0_action_trigger_info:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    trigger_id: credentials-exchange
  register: exchange

- name: Show it, in order
  ansible.builtin.debug:
    msg: "{{ exchange.action_triggers[0].bindings | map(attribute='action_name') }}"
"""

RETURN = r"""
action_triggers:
  description: The triggers, ordered by their ids. Those whose actions belong to another object are left out.
  type: list
  elements: dict
  returned: success
  contains:
    trigger_id:
      description: The trigger.
      type: str
      returned: success
    bindings:
      description: The actions that run at it, in their order.
      type: list
      elements: dict
      returned: success
      contains:
        action_id:
          description: The id of the action.
          type: str
        action_name:
          description: Its name.
          type: str
        display_name:
          description: What the Dashboard calls the binding.
          type: str
  sample:
    - trigger_id: credentials-exchange
      bindings:
        - action_id: 7f2a9c1e-3b4d-4e5f-8a6b-9c0d1e2f3a4b
          action_name: Add the region
          display_name: Add the region
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

from ansible_collections.community.auth0.plugins.module_utils._kinds.action_trigger import ACTION_TRIGGER
from ansible_collections.community.auth0.plugins.module_utils._modules.reading import info_work_of
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module

WORK = info_work_of(ACTION_TRIGGER)


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
