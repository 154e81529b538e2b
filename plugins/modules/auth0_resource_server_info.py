#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: auth0_resource_server_info
short_description: Read APIs (resource servers) of an Auth0 tenant
version_added: 1.1.0
description:
  - Reads one API, those that match all options that you give, or every API of the tenant. It also returns what an API
    needs to verify its access tokens.
  - The result includes system APIs, such as the Management API. They have C(is_system=true).
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
  identifier:
    description:
      - The identifier of the API to read, exactly. It is read directly, without going through the list.
      - Cannot be combined with other options that select APIs, like O(id).
    type: str
  id:
    description: The id that Auth0 assigned to the API to read.
    type: str
  identifiers:
    description:
      - The identifiers of the APIs to read. Those that the tenant does not have are left out.
      - "Value: at most 10 items; each item at most 600 characters."
    type: list
    elements: str
  name:
    description:
      - The name of the APIs to read, exactly. Several can have the same name.
      - Auth0 cannot filter by name, so the whole list is read, as with O(name_pattern).
    type: str
  name_pattern:
    description: A shell pattern that the whole names of the APIs to read must match. V(*) stands for any string, V(?)
      for one character, V([ab]) for one of those. Upper and lower case differ.
    type: str
  include_secrets:
    description: Whether to return each API's C(signing_secret). If V(true), set C(no_log) on the task.
    type: bool
    default: false
notes:
  - "Scopes of the Management API: C(read:resource_servers)."
seealso:
  - module: community.auth0.auth0_resource_server
  - module: community.auth0.auth0_token_info
"""

EXAMPLES = r"""
- name: A token of the Management API for the tasks that follow
  community.auth0.auth0_token:
    auth0_domain: acme.eu.auth0.com
    auth0_client_id: "{{ vault_auth0_client_id }}"
    auth0_client_secret: "{{ vault_auth0_client_secret }}"
  register: management
  no_log: true

- name: What the implementer of an API needs to know
  community.auth0.auth0_resource_server_info:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    identifier: https://appointments.example.com
  register: appointments

- name: Check that it is there
  ansible.builtin.assert:
    that: appointments.resource_servers | length == 1
    fail_msg: There is no API https://appointments.example.com in this tenant.

- name: Configure it
  ansible.builtin.copy:
    content: "{{ appointments.resource_servers[0].verification | to_nice_json }}"
    dest: /etc/appointments/tokens.json
    mode: "0644"

- name: All APIs that are not Auth0's own
  community.auth0.auth0_resource_server_info:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
  register: apis

- name: Show what each is for
  ansible.builtin.debug:
    msg: "{{ item.identifier }}: {{ item.name | default('no name') }}"
  loop: "{{ apis.resource_servers | rejectattr('is_system', 'defined') }}"
  loop_control:
    label: "{{ item.identifier }}"

- name: The secrets with which APIs verify HS256 tokens
  community.auth0.auth0_resource_server_info:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    name_pattern: "Reports *"
    include_secrets: true
  register: reports
  no_log: true
"""

RETURN = r"""
resource_servers:
  description:
    - The APIs as Auth0 returns them, ordered by their identifiers. Empty if there are none.
    - Their options are those of M(community.auth0.auth0_resource_server). What Auth0 leaves out is left out here too.
  type: list
  elements: dict
  returned: success
  contains:
    id:
      description: The id that Auth0 assigned to the API.
      type: str
      returned: success
    identifier:
      description: The identifier of the API.
      type: str
      returned: success
    name:
      description: The name for display.
      type: str
      returned: when it has one
    scopes:
      description: The scopes that clients can be granted, each with its C(value) and C(description).
      type: list
      elements: dict
      returned: when it ever had one
    is_system:
      description: Whether Auth0 made the API for itself.
      type: bool
      returned: for a system API
    signing_secret:
      description: The secret with which tokens are signed when C(signing_alg) is V(HS256).
      type: str
      returned: with O(include_secrets=true), where Auth0 returns it
    verification:
      description:
        - What the API must check in the access tokens that it gets. Most libraries that verify JWTs take these values
          as their settings.
      type: dict
      returned: success
      contains:
        issuer:
          description:
            - The C(iss) of tokens that are requested from O(auth0_domain), including the trailing slash. Tokens that
              are requested from another domain of the tenant, such as a custom domain, name that domain.
          type: str
          returned: success
        audience:
          description: The C(aud) of the tokens, the identifier of the API.
          type: str
          returned: success
        algorithms:
          description: The only algorithm to accept, in a list, because libraries take a list.
          type: list
          elements: str
          returned: success
        jwks_uri:
          description:
            - Where the tenant publishes its public keys. V(null) if tokens are signed with the API's secret.
          type: str
          returned: success
        typ:
          description:
            - The C(typ) in the header of the tokens, V(JWT), or V(at+jwt) for the profile of RFC 9068. Its case does
              not matter, and it may begin with C(application/) (RFC 7515, section 4.1.9).
          type: str
          returned: success
        token_dialect:
          description:
            - Which profile the tokens follow, as in the option of M(community.auth0.auth0_resource_server) and of
              M(community.auth0.auth0_token_info); V(access_token) if the API has none.
            - With V(access_token_authz) or V(rfc9068_profile_authz), and with C(enforce_policies) of the API, tokens
              also hold the claim C(permissions).
          type: str
          returned: success
        scopes:
          description: The scopes that tokens can hold.
          type: list
          elements: str
          returned: success
  sample:
    - id: 64f1c0ffee0ddba11cafe042
      identifier: https://appointments.example.com
      name: Appointments
      scopes:
        - value: read:appointments
          description: Read appointments
      signing_alg: RS256
      token_lifetime: 3600
      verification:
        issuer: https://acme.eu.auth0.com/
        audience: https://appointments.example.com
        algorithms: [RS256]
        jwks_uri: https://acme.eu.auth0.com/.well-known/jwks.json
        token_dialect: access_token
        typ: JWT
        scopes: [read:appointments]
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

from ansible_collections.community.auth0.plugins.module_utils._kinds.resource_server import RESOURCE_SERVER
from ansible_collections.community.auth0.plugins.module_utils._modules.reading import info_work_of
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module

WORK = info_work_of(RESOURCE_SERVER)


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
