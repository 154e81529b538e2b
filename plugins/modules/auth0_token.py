#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: auth0_token
short_description: Get an access token by client credentials
version_added: 1.0.0
description:
  - Gets an access token for any client and any API of a tenant. Without options, gets one for the Management API by the
    credentials of the connection options. Pass it to the other modules as O(auth0_api_token).
  - Nothing in the tenant changes, so it works in check mode too and never reports a change.
  - Auth0 counts the tokens that it issues for your own APIs, and bills them by plan. To use a token for as long as it
    is valid, set O(cache=true).
author:
  - community.auth0 contributors (@ansible-collections)
extends_documentation_fragment:
  - community.auth0.auth0
  - community.auth0.token
  - community.auth0.attributes
attributes:
  check_mode:
    support: full
  diff_mode:
    support: N/A
    details:
      - Nothing in the tenant changes.
  idempotent:
    support: N/A
    details:
      - Each run gets another token, unless it takes one from the cache, and changes nothing in the tenant.
  action_group:
    support: full
options:
  audience:
    description: The identifier of the API that the token is for, exactly. The default is the Management API.
    type: str
notes:
  - "Scopes of the Management API: none."
  - The token is a return value. Set C(no_log) on the task, so that it is not printed. Never keep it as a fact, because
    facts may be cached on disk.
  - The module warns if four fifths or more of a quota are used, as Auth0 does in its log. Set quotas with
    O(community.auth0.auth0_client#module:token_quota).
seealso:
  - module: community.auth0.auth0_token_info
  - plugin: community.auth0.auth0_token
    plugin_type: lookup
"""

EXAMPLES = r"""
- name: One Management API token for the tasks that follow
  community.auth0.auth0_token:
    auth0_domain: acme.eu.auth0.com
    auth0_client_id: "{{ vault_auth0_client_id }}"
    auth0_client_secret: "{{ vault_auth0_client_secret }}"
  register: management
  no_log: true

- name: Use it
  module_defaults:
    group/community.auth0.auth0:
      auth0_domain: acme.eu.auth0.com
      auth0_api_token: "{{ management.access_token }}"
  block:
    - name: An API
      community.auth0.auth0_resource_server:
        identifier: https://appointments.example.com

- name: A token by a key instead of a secret
  community.auth0.auth0_token:
    auth0_domain: acme.eu.auth0.com
    client_id: AaiyAPdpYdesoKnqjj8HJqRn4T5titww
    private_key: ~/.keys/reminders.pem
    audience: https://appointments.example.com
  register: token
  no_log: true

- name: A token that serves all hosts and later runs, as long as it is valid for another ten minutes
  community.auth0.auth0_token:
    auth0_domain: acme.eu.auth0.com
    client_id: "{{ reminders.client.client_id }}"
    client_secret: "{{ reminders.client_secret }}"
    audience: https://appointments.example.com
    cache: true
    cache_min_lifetime: 600
  register: token
  no_log: true

- name: Another secret for the client
  community.auth0.auth0_client_secret:
    auth0_domain: acme.eu.auth0.com
    client_name: Reminders
    max_age: 90
  register: rotation
  no_log: true

- name: A token by the new secret, which may take half a minute to be accepted
  community.auth0.auth0_token:
    auth0_domain: acme.eu.auth0.com
    client_id: "{{ rotation.client.client_id }}"
    client_secret: "{{ rotation.client_secret }}"
    secret_is_new: true
    audience: https://appointments.example.com
  register: token
  when: rotation is changed
  no_log: true

- name: A token as the client itself would get it
  community.auth0.auth0_token:
    auth0_domain: acme.eu.auth0.com
    client_id: "{{ reminders.client.client_id }}"
    client_secret: "{{ reminders.client_secret }}"
    audience: https://appointments.example.com
    scope: [read:appointments]
  register: token
  no_log: true
"""

RETURN = r"""
access_token:
  description: The token.
  type: str
  returned: success
token_type:
  description: The type of the token, which says how to use it.
  type: str
  returned: success
  sample: Bearer
expires_in:
  description: Seconds for which the token is valid, from now.
  type: int
  returned: success
  sample: 86400
scope:
  description: The scopes that it holds.
  type: list
  elements: str
  returned: success
  sample: [read:appointments]
claims:
  description:
    - The claims of the token, decoded but not verified. M(community.auth0.auth0_token_info) verifies them. Empty for a
      token that cannot be read, such as an encrypted one.
  type: dict
  returned: success
  sample:
    iss: https://acme.eu.auth0.com/
    sub: AaiyAPdpYdesoKnqjj8HJqRn4T5titww@clients
    aud: https://appointments.example.com
    gty: client-credentials
    scope: read:appointments
cached:
  description: Whether it comes from the cache.
  type: bool
  returned: success
quota:
  description:
    - How many tokens are left. Auth0 reports this if a quota applies to the request. Never returned for a token from
      the cache.
    - An owner or a period without a quota is left out.
  type: dict
  returned: success, if Auth0 reports a quota
  contains:
    client:
      description: The quotas of the client, C(per_hour) and C(per_day).
      type: dict
    organization:
      description: Those of the organization.
      type: dict
  sample:
    client:
      per_hour:
        limit: 10
        remaining: 7
        resets_in: 3540
      per_day:
        limit: 50
        remaining: 47
        resets_in: 43200
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

from ansible_collections.community.auth0.plugins.module_utils._modules.token import WORK
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
