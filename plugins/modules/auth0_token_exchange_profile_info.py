#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: auth0_token_exchange_profile_info
short_description: Read token exchange profiles of an Auth0 tenant
version_added: 1.1.0
description:
  - Reads one token exchange profile, those whose names match, or every one of the tenant.
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
      - The id of the profile to read. It is read directly, without going through the list.
      - Cannot be combined with other options that select profiles.
    type: str
  name:
    description: The name of the profiles to read, exactly. This reads all profiles.
    type: str
  name_pattern:
    description:
      - A shell pattern that the whole names of the profiles to read must match. V(*) stands for any string, V(?) for
        one character, V([ab]) for one of those.
      - This reads all profiles.
    type: str
notes:
  - "Scopes of the Management API: C(read:token_exchange_profiles)."
seealso:
  - module: community.auth0.auth0_token_exchange_profile
"""

EXAMPLES = r"""
- name: A token of the Management API for the tasks that follow
  community.auth0.auth0_token:
    auth0_domain: acme.eu.auth0.com
    auth0_client_id: "{{ vault_auth0_client_id }}"
    auth0_client_secret: "{{ vault_auth0_client_secret }}"
  register: management
  no_log: true

- name: Which tokens can be exchanged?
  community.auth0.auth0_token_exchange_profile_info:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
  register: found

- name: Show them
  ansible.builtin.debug:
    msg: "{{ item.subject_token_type }}: {{ item.name }}"
  loop: "{{ found.token_exchange_profiles }}"
"""

RETURN = r"""
token_exchange_profiles:
  description:
    - The profiles as Auth0 returns them, ordered by type. Empty if there are none.
    - Their options are those of M(community.auth0.auth0_token_exchange_profile).
  type: list
  elements: dict
  returned: success
  contains:
    id:
      description: The id that Auth0 assigned to the profile.
      type: str
      returned: success
    subject_token_type:
      description: The type of the tokens.
      type: str
      returned: success
    name:
      description: Its name.
      type: str
      returned: success
    action_id:
      description: The id of the action that checks them.
      type: str
      returned: success
    type:
      description: What it does with a token.
      type: str
      returned: success
  sample:
    - id: tep_YGHxatF4SVyjeMyp
      name: Tokens of the partner
      subject_token_type: urn:partner:session-token
      action_id: 910b1053-577f-4d81-a8c8-020e7319a38a
      type: custom_authentication
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
from ansible_collections.community.auth0.plugins.module_utils._modules.reading import info_work_of
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module

WORK = info_work_of(TOKEN_EXCHANGE_PROFILE)


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
