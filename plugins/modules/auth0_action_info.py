#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: auth0_action_info
short_description: Read actions of an Auth0 tenant
version_added: 1.1.0
description:
  - Reads one action, those that fit a filter or whose names fit a pattern, or every action of the tenant.
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
      - The id of the action to read. It is read directly, without going through the list.
      - Cannot be combined with other options that select actions.
    type: str
  name:
    description: The name of the actions to read, exactly.
    type: str
  name_pattern:
    description:
      - A shell pattern that the whole names of the actions to read must match. V(*) stands for any string, V(?) for one
        character, V([ab]) for one of those.
      - All actions that fit the other options are read for that.
    type: str
  trigger_id:
    description: The trigger of the actions to read.
    type: str
    choices: [post-login, credentials-exchange, pre-user-registration, post-user-registration, post-change-password,
      send-phone-message, custom-phone-provider, custom-email-provider, password-reset-post-challenge,
      custom-token-exchange, event-stream, password-hash-migration, login-post-identifier, signup-post-identifier]
  deployed:
    description: Whether to read only actions that were deployed, or only those that never were. Without it, both are
      read.
    type: bool
  installed:
    description: Whether to read only actions that were installed from Auth0's marketplace, or only the tenant's own.
      Without it, both are read.
    type: bool
notes:
  - "Scopes of the Management API: C(read:actions)."
seealso:
  - module: community.auth0.auth0_action
  - module: community.auth0.auth0_action_trigger_info
"""

EXAMPLES = r"""
- name: A token of the Management API for the tasks that follow
  community.auth0.auth0_token:
    auth0_domain: acme.eu.auth0.com
    auth0_client_id: "{{ vault_auth0_client_id }}"
    auth0_client_secret: "{{ vault_auth0_client_secret }}"
  register: management
  no_log: true

- name: Which deployed actions are there for the trigger of clients?
  community.auth0.auth0_action_info:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    trigger_id: credentials-exchange
    deployed: true
  register: found

- name: Show them
  ansible.builtin.debug:
    msg: "{{ item.name }}: version {{ item.deployed_version.number }}"
  loop: "{{ found.actions }}"

- name: Which of them have changes that are not deployed yet?
  ansible.builtin.debug:
    msg: "{{ found.actions | rejectattr('all_changes_deployed') | map(attribute='name') }}"
"""

RETURN = r"""
actions:
  description:
    - The actions as Auth0 returns them, ordered by name. Empty when there is none.
    - Their options are those of M(community.auth0.auth0_action). What Auth0 leaves out is left out here too.
  type: list
  elements: dict
  returned: success
  contains:
    id:
      description: The id that Auth0 assigned to the action.
      type: str
      returned: success
    name:
      description: Its name.
      type: str
      returned: success
    supported_triggers:
      description: The trigger at which it runs, with its version.
      type: list
      elements: dict
      returned: success
    code:
      description: Its source code, deployed or not.
      type: str
      returned: success
    runtime:
      description: The runtime that it needs.
      type: str
      returned: success
    dependencies:
      description: The npm packages that it needs.
      type: list
      elements: dict
      returned: success
    secrets:
      description: Its secrets, without their values.
      type: list
      elements: dict
      returned: success
      contains:
        name:
          description: The name of the secret.
          type: str
        updated_at:
          description: When Auth0 received its value.
          type: str
    modules:
      description: The action modules that it uses.
      type: list
      elements: dict
      returned: where it uses some
    status:
      description: How far Auth0 is with building it, such as V(built) or V(failed).
      type: str
      returned: success
    all_changes_deployed:
      description: Whether what runs is what is shown here.
      type: bool
      returned: success
    deployed_version:
      description: The version that runs.
      type: dict
      returned: where it was deployed
      contains:
        id:
          description: The id of the version.
          type: str
        number:
          description: Its number.
          type: int
        status:
          description: How far Auth0 is with building it.
          type: str
        built_at:
          description: When it was built.
          type: str
    installed_integration_id:
      description: The id of the integration from Auth0's marketplace to which it belongs.
      type: str
      returned: where it belongs to one
  sample:
    - id: 910b1053-577f-4d81-a8c8-020e7319a38a
      name: Practice of a client
      supported_triggers:
        - id: credentials-exchange
          version: v2
      status: built
      all_changes_deployed: true
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

from ansible_collections.community.auth0.plugins.module_utils._kinds.action import ACTION
from ansible_collections.community.auth0.plugins.module_utils._modules.reading import info_work_of
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module

WORK = info_work_of(ACTION)


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
