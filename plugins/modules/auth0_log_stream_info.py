#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: auth0_log_stream_info
short_description: Read log streams of an Auth0 tenant
version_added: 1.1.0
description:
  - Reads one log stream, those with a name, those whose names match a pattern, or every log stream of the tenant.
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
      - The id of the log stream to read. It is read directly, without going through the list.
      - Cannot be combined with other options that select log streams.
    type: str
  name:
    description:
      - The name of the log streams to read, exactly. Several log streams can have one name.
      - Cannot be combined with other options that select log streams.
    type: str
  name_pattern:
    description: A shell pattern that the whole names of the log streams to read must match. V(*) stands for any string,
      V(?) for one character, V([ab]) for one of those.
    type: str
  include_secrets:
    description: Whether to also return the secrets in each C(sink), as far as Auth0 returns them. Set C(no_log) on such
      a task.
    type: bool
    default: false
notes:
  - "Scopes of the Management API: C(read:log_streams)."
seealso:
  - module: community.auth0.auth0_log_stream
"""

EXAMPLES = r"""
- name: A token of the Management API for the tasks that follow
  community.auth0.auth0_token:
    auth0_domain: acme.eu.auth0.com
    auth0_client_id: "{{ vault_auth0_client_id }}"
    auth0_client_secret: "{{ vault_auth0_client_secret }}"
  register: management
  no_log: true

- name: Which log streams are there?
  community.auth0.auth0_log_stream_info:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
  register: all

- name: Show those that do not send anything
  ansible.builtin.debug:
    msg: "{{ item.name }} is {{ item.status }}"
  loop: "{{ all.log_streams | rejectattr('status', 'eq', 'active') }}"

- name: Which token does the collector get?
  community.auth0.auth0_log_stream_info:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    name: Splunk
    include_secrets: true
  register: splunk
  no_log: true
"""

RETURN = r"""
log_streams:
  description:
    - The log streams as Auth0 returns them, ordered by their names and then their ids. Empty if there are none.
    - Their options are those of M(community.auth0.auth0_log_stream). What Auth0 leaves out is left out here too.
  type: list
  elements: dict
  returned: success
  contains:
    id:
      description: The id that Auth0 assigned to the log stream.
      type: str
      returned: success
    name:
      description: Its name.
      type: str
      returned: if it has one
    type:
      description: The type of service that the events are sent to.
      type: str
      returned: success
    status:
      description: V(active) and V(paused), or V(suspended) where it failed for a long time.
      type: str
      returned: success
    sink:
      description: Where exactly the events are sent, without secrets, or with them where O(include_secrets) asks for
        them.
      type: dict
      returned: success
      contains:
        awsPartnerEventSource:
          description: The name of the partner event source that Auth0 made in Amazon EventBridge.
          type: str
          returned: for the type V(eventbridge)
        azurePartnerTopic:
          description: The name of the partner topic that Auth0 made in Azure Event Grid.
          type: str
          returned: for the type V(eventgrid)
    filters:
      description: The categories of events that are sent. V(security) for a log stream with priority.
      type: list
      elements: dict
      returned: where not all are sent
    pii_config:
      description: Which personal data are made unreadable.
      type: dict
      returned: if it was set
    isPriority:
      description: Whether it is served before others.
      type: bool
      returned: success
  sample:
    - id: lst_0000000000012804
      name: Audit
      type: http
      status: active
      sink:
        httpEndpoint: https://audit.acme.example/auth0
      isPriority: false
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

from ansible_collections.community.auth0.plugins.module_utils._kinds.log_stream import LOG_STREAM
from ansible_collections.community.auth0.plugins.module_utils._modules.reading import info_work_of
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module

WORK = info_work_of(LOG_STREAM)


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
