#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: auth0_action
short_description: Manage an action of an Auth0 tenant
version_added: 1.1.0
description:
  - An action is code that Auth0 runs at a trigger. At V(credentials-exchange) it runs whenever a client asks for a
    token, and can deny it or add claims to it.
  - Auth0 builds an action after each change. What was changed has no effect before it is deployed, so this module waits
    for the build and deploys the action, unless O(deploy) is V(false). It also deploys an action that an earlier run
    has changed but not deployed.
  - A new action runs only after it is bound to its trigger. Bind it by M(community.auth0.auth0_action_trigger).
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
    support: partial
    details:
      - With O(update_secrets=always), secrets are sent in each run, since Auth0 does not show their values.
      - With O(update_dependencies=always), dependencies are sent in each run if one has a registry, since Auth0 does
        not show that once the action is built.
  action_group:
    support: full
options:
  state:
    description:
      - Whether the action exists. Deleting an action deletes all of its versions.
      - Auth0 does not delete an action that is bound to a trigger, unless O(force) is V(true).
      - An action that a token exchange profile uses is not deleted. Delete the profile first, or both in one
        M(community.auth0.auth0_config) task.
    type: str
    choices: [present, absent]
    default: present
  name:
    description:
      - The name of the action. Without O(id), the action is looked up by it.
      - "Value: needed for a new action."
    type: str
  supported_triggers:
    description:
      - The trigger at which the action runs. It is fixed once the action exists.
      - "Value: needed for a new action; at most 1 item; cannot be changed after creation."
    type: list
    elements: dict
    suboptions:
      id:
        description: The name of the trigger.
        type: str
        required: true
        choices: [post-login, credentials-exchange, pre-user-registration, post-user-registration, post-change-password,
          send-phone-message, custom-phone-provider, custom-email-provider, password-reset-post-challenge,
          custom-token-exchange, event-stream, password-hash-migration, login-post-identifier, signup-post-identifier]
      version:
        description:
          - The version of the trigger, such as V(v3). It decides what Auth0 hands over to the code.
          - Give it for a new action, so that the code and the trigger fit each other.
        type: str
  code:
    description:
      - The source code, in JavaScript.
      - How lines end, and whether the last one does, makes no difference.
    type: str
  code_file:
    description:
      - A file with the source code, in UTF-8.
      - It is read on the host on which the module runs. That is the controller if the connection of the host is local.
      - A path that does not begin with C(/) or C(~) starts in the directory in which the module runs. Better begin it
        with C({{ playbook_dir }}) or C({{ role_path }}).
    type: path
  runtime:
    description:
      - The runtime that the code needs, such as V(node22).
      - "Value: V(node22) for a new action."
    type: str
  dependencies:
    description:
      - The npm packages that the code needs. Packages that are not listed are removed.
      - Auth0 replaces them together, so declare O(dependencies[].registry_url) of each package that needs one.
    type: list
    elements: dict
    suboptions:
      name:
        description: The name of the package, such as V(axios).
        type: str
        required: true
      version:
        description: Its version, such as V(1.7.2).
        type: str
      registry_url:
        description:
          - Where the package is, if it is not in npm's own registry.
          - Auth0 does not show it once the action is built, so another one alone is no difference. It is sent whenever
            the dependencies are. O(update_dependencies) can have it sent.
        type: str
  secrets:
    description:
      - The secrets that the code finds in C(event.secrets). Secrets that are not listed are removed.
      - Auth0 never shows their values. A new name, or one that is no longer listed, is a difference. Another value
        alone is none, unless O(update_secrets) or O(secrets[].changed_at) says so.
      - Auth0 replaces all secrets together, so all values are needed whenever one of them changes.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - The name of the secret.
          - "Value: at most 128 characters."
        type: str
        required: true
      value:
        description:
          - Its value.
          - A short value, such as V(eu), is allowed. No result and no message of this module shows a value.
          - "Value: needed where it is not set yet; masked by Ansible."
        type: str
      changed_at:
        description:
          - When you changed the value last, in ISO 8601, such as V(2026-11-30T09:00:00Z). Set it to the present time
            whenever you change the value.
          - A value that Auth0 received before that time is sent again. If the time is in the future, each run sends it
            until then.
        type: str
  id:
    description:
      - The id of the action. With it, O(name) renames the action.
      - At least one of O(id) and O(name) is required.
    type: str
  update_dependencies:
    description:
      - V(on_create) sends O(dependencies) when the action is created, and when a package or its version differs.
      - V(always) sends them in each run if one has a O(dependencies[].registry_url), since Auth0 does not show that.
        Each run then changes the action, and deploys it.
    type: str
    choices: [on_create, always]
    default: on_create
  update_secrets:
    description:
      - V(on_create) sends O(secrets) when the action is created, when names are added or removed, and when
        O(secrets[].changed_at) asks for it.
      - V(always) sends them in each run. Each run then changes the action, and deploys it.
    type: str
    choices: [on_create, always]
    default: on_create
  modules:
    description: The action modules that the code uses. Modules that are not listed are removed.
    type: list
    elements: dict
    suboptions:
      module_id:
        description: The id of the module.
        type: str
        required: true
      module_version_id:
        description: The id of its version.
        type: str
  deploy:
    description: Whether all changes of the action are deployed. With V(false) they wait until somebody deploys them.
    type: bool
    default: true
  deploy_timeout:
    description: How many seconds to wait until Auth0 has built and deployed the action, from 1 to 3600. Many
      dependencies take longer.
    type: int
    default: 120
  force:
    description: Whether to unbind and delete an action that is bound to its trigger, with O(state=absent).
    type: bool
    default: false
notes:
  - "Scopes of the Management API: C(read:actions); C(create:actions) to create; C(update:actions) to change;
    C(delete:actions) to delete; C(create:actions) for O(deploy); C(read:token_exchange_profiles) to delete an action of
    the trigger V(custom-token-exchange)."
seealso:
  - module: community.auth0.auth0_action_info
  - module: community.auth0.auth0_action_trigger
  - name: Auth0's guide to actions
    description: How to write one.
    link: https://auth0.com/docs/customize/actions
"""

EXAMPLES = r"""
- name: A token of the Management API for the tasks that follow
  community.auth0.auth0_token:
    auth0_domain: acme.eu.auth0.com
    auth0_client_id: "{{ vault_auth0_client_id }}"
    auth0_client_secret: "{{ vault_auth0_client_secret }}"
  register: management
  no_log: true

- name: Tokens of clients say to which practice they belong
  community.auth0.auth0_action:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    name: Practice of a client
    supported_triggers:
      - id: credentials-exchange
        version: v2
    runtime: node22
    code: |
      exports.onExecuteCredentialsExchange = async (event, api) => {
        api.accessToken.setCustomClaim("https://acme.example/practice", event.client.metadata.practice);
      };

- name: Code from a file, with a package and a secret
  community.auth0.auth0_action:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    name: Exchange tokens of the partner
    supported_triggers:
      - id: custom-token-exchange
        version: v1
    code_file: "{{ playbook_dir }}/actions/partner.js"
    dependencies:
      - name: jose
        version: 5.9.6
    secrets:
      - name: PARTNER_KEY
        value: "{{ vault_partner_key }}"
        changed_at: "2026-11-30T09:00:00Z"
    deploy_timeout: 300

- name: Change it now, and deploy it later
  community.auth0.auth0_action:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    name: Practice of a client
    code_file: "{{ playbook_dir }}/actions/practice.js"
    deploy: false

- name: Remove it, even if it is bound
  community.auth0.auth0_action:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    name: Practice of a client
    state: absent
    force: true
"""

RETURN = r"""
action:
  description: What was done, or would be done in check mode.
  type: str
  returned: success
  choices: [create, update, delete, none]
  sample: create
auth0_action:
  description: The action as Auth0 returns it, without the values of its secrets. In check mode, as it would be, without
    what Auth0 sets with each change, such as C(status).
  type: dict
  returned: success and O(state=present)
  sample:
    id: 910b1053-577f-4d81-a8c8-020e7319a38a
    name: Practice of a client
    supported_triggers:
      - id: credentials-exchange
        version: v2
    code: exports.onExecuteCredentialsExchange = async (event, api) => {};
    runtime: node22
    dependencies: []
    secrets: []
    status: built
    all_changes_deployed: true
    deployed_version:
      id: 12a3b9e6-06e6-4a29-96bf-90c82fe79a0d
      number: 1
      status: built
      built_at: "2026-11-30T09:00:00.000000000Z"
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
from ansible_collections.community.auth0.plugins.module_utils._modules.keeping import work_of
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module

WORK = work_of(ACTION)


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
