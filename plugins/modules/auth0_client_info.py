#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: auth0_client_info
short_description: Read clients (applications) of an Auth0 tenant
version_added: 1.1.0
description:
  - Reads one client, those that match all options that you give, or every client of the tenant.
  - The global client C(All Applications), which Auth0 keeps for itself, is left out unless you ask for it by
    O(is_global=true) or its O(client_id).
  - What you see of a client depends on the scopes of the Management API that the token holds. C(read:clients) shows
    everything except secrets. C(read:client_summary) shows only id, name, type and description.
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
  client_id:
    description:
      - The id of the client to read. It is read directly, without going through the list.
      - Cannot be combined with other options that select clients.
    type: str
  name:
    description:
      - The name of the clients to read, exactly. Several can have the same name.
      - Auth0 cannot filter by name, so the whole list is read, as with O(name_pattern).
    type: str
  name_pattern:
    description: A shell pattern that the whole names of the clients to read must match. V(*) stands for any string,
      V(?) for one character, V([ab]) for one of those. Upper and lower case differ.
    type: str
  app_type:
    description: The types of the clients to read.
    type: list
    elements: str
    choices: [native, spa, regular_web, non_interactive, resource_server, express_configuration, rms, box, cloudbees,
      concur, dropbox, mscrm, echosign, egnyte, newrelic, office365, salesforce, sentry, sharepoint, slack, springcm,
      zendesk, zoom, sso_integration, oag]
  is_first_party:
    description: Whether to read first-party clients only, or third-party clients only.
    type: bool
  is_global:
    description: V(true) reads the global client and no other. Otherwise it is left out.
    type: bool
  external_client_id:
    description:
      - The URI of the metadata document by which the client was registered.
      - "Value: at most 120 characters."
    type: str
  q:
    description:
      - A query in Auth0's own language. V(client_grant.organization_id:org_...) finds the clients that can act for that
        organization, V(client_grant.allow_any_organization:true) those that can act for any.
      - Auth0 takes no other filter together with it, has a lower rate limit for it, and may leave out the latest
        changes.
    type: str
  include_secrets:
    description: Whether to return each client's C(client_secret) and the secrets in its C(addons). If V(true), set
      C(no_log) on the task.
    type: bool
    default: false
notes:
  - "Scopes of the Management API: C(read:clients); C(read:client_keys) for O(include_secrets)."
seealso:
  - module: community.auth0.auth0_client
  - module: community.auth0.auth0_client_grant_info
"""

EXAMPLES = r"""
- name: A token of the Management API for the tasks that follow
  community.auth0.auth0_token:
    auth0_domain: acme.eu.auth0.com
    auth0_client_id: "{{ vault_auth0_client_id }}"
    auth0_client_secret: "{{ vault_auth0_client_secret }}"
  register: management
  no_log: true

- name: The machine-to-machine clients of a team
  community.auth0.auth0_client_info:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    app_type: [non_interactive]
    name_pattern: "billing-*"
  register: billing

- name: Fail when two clients have the same name
  ansible.builtin.assert:
    that: billing.clients | length == billing.clients | map(attribute='name') | unique | length

- name: Is there such a client?
  community.auth0.auth0_client_info:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    client_id: AaiyAPdpYdesoKnqjj8HJqRn4T5titww
  register: found

- name: The secret of one
  community.auth0.auth0_client_info:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    name: Appointment reminders
    include_secrets: true
  register: reminders
  no_log: true
"""

RETURN = r"""
clients:
  description:
    - The clients as Auth0 returns them, ordered by their names and then their ids. Empty if there are none.
    - Their options are those of M(community.auth0.auth0_client). What Auth0 leaves out is left out here too.
  type: list
  elements: dict
  returned: success
  contains:
    client_id:
      description: The id that Auth0 assigned to the client.
      type: str
      returned: success
    name:
      description: The name of the client.
      type: str
      returned: success
    app_type:
      description: The type of the client.
      type: str
      returned: when it was ever set
    grant_types:
      description: The grant types that the client may use.
      type: list
      elements: str
      returned: where the scopes of the token let it be seen
    client_secret:
      description: The secret of the client. One that authenticates with keys has none.
      type: str
      returned: with O(include_secrets=true), where Auth0 returns it
    global:
      description: Whether it is the global client.
      type: bool
      returned: where the scopes of the token let it be seen
  sample:
    - client_id: AaiyAPdpYdesoKnqjj8HJqRn4T5titww
      name: Appointment reminders
      app_type: non_interactive
      grant_types: [client_credentials]
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

from ansible_collections.community.auth0.plugins.module_utils._kinds.client import CLIENT
from ansible_collections.community.auth0.plugins.module_utils._modules.reading import info_work_of
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module

WORK = info_work_of(CLIENT)


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
