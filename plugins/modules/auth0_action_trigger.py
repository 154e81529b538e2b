#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: auth0_action_trigger
short_description: Manage which actions run at a trigger of an Auth0 tenant
version_added: 1.1.0
description:
  - A trigger is a moment at which Auth0 runs actions, such as V(credentials-exchange), when a client asks for a token.
    An action does nothing until it is bound to its trigger.
  - Triggers are always there, so there is no O(ignore:state). Declare an empty list to bind no action.
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
  trigger_id:
    description:
      - The trigger.
      - Auth0 does not let the actions of some triggers be listed or bound this way, because they belong to another
        object, such as an event stream.
    type: str
    required: true
    choices: [post-login, credentials-exchange, pre-user-registration, post-user-registration, post-change-password,
      send-phone-message, custom-phone-provider, custom-email-provider, password-reset-post-challenge,
      custom-token-exchange, event-stream, password-hash-migration, login-post-identifier, signup-post-identifier]
  bindings:
    description:
      - The actions that run at the trigger, in this order.
      - An action must be deployed, and must support the trigger. In one task of M(community.auth0.auth0_config), the
        actions come first.
      - The list is authoritative, unless O(purge_bindings) is V(false).
      - Actions that are not listed no longer run. Those that refuse tokens then refuse nothing, and claims that APIs
        check are missing. Look at what C(--check --diff) shows first, or use O(purge_bindings=false).
      - "Value: at most 100 items."
    type: list
    elements: dict
    suboptions:
      action_name:
        description:
          - The name of the action.
          - Exactly one of O(bindings[].action_name) and O(bindings[].action_id) is needed.
        type: str
      action_id:
        description:
          - The id of the action.
          - "Value: needed where it is not set yet."
        type: str
      display_name:
        description:
          - What the Dashboard calls the binding.
          - "Value: needed where it is not set yet."
        type: str
  purge_bindings:
    description:
      - Whether actions that are not in O(bindings) are taken from the trigger.
      - With V(false), those that are bound keep their places, and the others are added behind them.
    type: bool
    default: true
notes:
  - "Scopes of the Management API: C(read:actions); C(update:actions) to change."
seealso:
  - module: community.auth0.auth0_action_trigger_info
  - module: community.auth0.auth0_action
"""

EXAMPLES = r"""
- name: A token of the Management API for the tasks that follow
  community.auth0.auth0_token:
    auth0_domain: acme.eu.auth0.com
    auth0_client_id: "{{ vault_auth0_client_id }}"
    auth0_client_secret: "{{ vault_auth0_client_secret }}"
  register: management
  no_log: true

- name: An action that adds claims to tokens of clients
  community.auth0.auth0_action:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    name: Add the region
    supported_triggers:
      - id: credentials-exchange
        version: v2
    code: |
      exports.onExecuteCredentialsExchange = async (event, api) => {
        api.accessToken.setCustomClaim("https://acme.example/region", "eu");
      };

- name: Run it, and nothing else, when a client asks for a token
  community.auth0.auth0_action_trigger:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    trigger_id: credentials-exchange
    bindings:
      - action_name: Add the region
        display_name: Add the region

- name: Run it at the end, whatever else is bound
  community.auth0.auth0_action_trigger:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    trigger_id: credentials-exchange
    bindings:
      - action_name: Add the region
        display_name: Add the region
    purge_bindings: false

- name: Run nothing
  community.auth0.auth0_action_trigger:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    trigger_id: credentials-exchange
    bindings: []
"""

RETURN = r"""
action:
  description: What was done, or would be done in check mode.
  type: str
  returned: success
  choices: [update, none]
  sample: update
action_trigger:
  description: The trigger and its bindings. In check mode, as they would be.
  type: dict
  returned: success
  sample:
    trigger_id: credentials-exchange
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
from ansible_collections.community.auth0.plugins.module_utils._modules.keeping import work_of
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module

WORK = work_of(ACTION_TRIGGER)


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
