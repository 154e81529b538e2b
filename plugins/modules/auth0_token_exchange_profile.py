#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: auth0_token_exchange_profile
short_description: Manage a token exchange profile of an Auth0 tenant
version_added: 1.1.0
description:
  - Lets clients exchange tokens of one type, such as those of another identity provider, for tokens of Auth0. The
    profile names the action that checks such a token.
  - There is at most one profile for a type. The action of a profile cannot be changed.
  - To let a client use profiles, set O(community.auth0.auth0_client#module:token_exchange).
  - Auth0 offers token exchange profiles as early access.
author:
  - community.auth0 contributors (@ansible-collections)
extends_documentation_fragment:
  - community.auth0.auth0
  - community.auth0.attributes
attributes:
  check_mode:
    support: full
    details:
      - If the action does not exist yet, check mode assumes that an earlier task of the same run would create it, and
        predicts that the profile is created. RV(assumed) lists what was assumed.
  diff_mode:
    support: full
  idempotent:
    support: full
  action_group:
    support: full
options:
  state:
    description: Whether the profile exists.
    type: str
    choices: [present, absent]
    default: present
  subject_token_type:
    description:
      - The type that clients send as C(subject_token_type). Without O(id), the profile is looked up by it.
      - "Value: needed for a new token exchange profile; from 8 to 100 characters; must be a URI, such as
        https://acme.example/legacy-token or urn:acme:legacy-token."
    type: str
  id:
    description:
      - The id of the profile. With it, O(subject_token_type) gives the profile another type.
      - At least one of O(id) and O(subject_token_type) is required.
    type: str
  name:
    description:
      - What the Dashboard calls the profile.
      - "Value: needed for a new token exchange profile; from 3 to 50 characters."
    type: str
  action_name:
    description: The name of the action that checks the tokens. Its trigger must be V(custom-token-exchange).
    type: str
  action_id:
    description:
      - The id of that action.
      - "Value: needed for a new token exchange profile; at most 36 characters; cannot be changed after creation."
    type: str
  type:
    description:
      - What the profile does with a token.
      - "Value: cannot be changed after creation."
    type: str
    choices: [custom_authentication]
notes:
  - "Scopes of the Management API: C(read:token_exchange_profiles); C(create:token_exchange_profiles) to create;
    C(update:token_exchange_profiles) to change; C(delete:token_exchange_profiles) to delete; C(read:actions) for
    O(action_name)."
seealso:
  - module: community.auth0.auth0_token_exchange_profile_info
  - module: community.auth0.auth0_action
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

- name: The action that checks tokens of the partner
  community.auth0.auth0_action:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    name: Exchange tokens of the partner
    supported_triggers:
      - id: custom-token-exchange
        version: v1
    code_file: "{{ playbook_dir }}/actions/partner.js"

- name: Clients may exchange them
  community.auth0.auth0_token_exchange_profile:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    subject_token_type: urn:partner:session-token
    name: Tokens of the partner
    action_name: Exchange tokens of the partner

- name: Exchange them no longer
  community.auth0.auth0_token_exchange_profile:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    subject_token_type: urn:partner:session-token
    state: absent
"""

RETURN = r"""
action:
  description: What was done, or would be done in check mode.
  type: str
  returned: success
  choices: [create, update, delete, none]
  sample: create
token_exchange_profile:
  description: The profile as Auth0 returns it. In check mode, as it would be, without an C(id) if it would be created.
  type: dict
  returned: success and O(state=present)
  sample:
    id: tep_YGHxatF4SVyjeMyp
    name: Tokens of the partner
    subject_token_type: urn:partner:session-token
    action_id: 910b1053-577f-4d81-a8c8-020e7319a38a
    type: custom_authentication
assumed:
  description: What does not exist yet and must exist before the profile can be created.
  type: list
  elements: str
  returned: in check mode, when there is something
  sample: [action Exchange tokens of the partner]
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

from ansible_collections.community.auth0.plugins.module_utils._kinds.token_exchange_profile import (
    TOKEN_EXCHANGE_PROFILE,
)
from ansible_collections.community.auth0.plugins.module_utils._modules.keeping import work_of
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module

WORK = work_of(TOKEN_EXCHANGE_PROFILE)


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
