#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: auth0_client_secret
short_description: Set or rotate the secret of an Auth0 client
version_added: 1.1.0
description:
  - Gives a client a new secret, either your own or a generated one, and returns it once.
  - The old secret stops working at once. Deliver the new one to the service in the same play.
  - Auth0 can need up to 30 seconds until it accepts the new secret everywhere. To get a token by it in the same play,
    set O(community.auth0.auth0_token#module:secret_is_new=true).
  - Auth0 does not say how old a secret is. So the module keeps the time of each rotation in the client's
    C(client_metadata), under the key C(client_secret_rotated_at), in UTC, such as V(2026-11-22T03:15:00Z). One request
    writes both the time and the secret, so either both are set or neither.
  - To give a client keys instead of a secret, see M(community.auth0.auth0_client_credentials).
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
    details:
      - Secrets are shown as C((secret)) and C((new secret)).
  idempotent:
    support: partial
    details:
      - O(client_secret) and O(max_age) change nothing if there is nothing to do. O(force) rotates each time.
  action_group:
    support: full
options:
  client_id:
    description: The client.
    type: str
  client_name:
    description: The name of the client. If several clients have the name, the task fails.
    type: str
  client_secret:
    description:
      - The secret that the client must have. If the client has it already, nothing changes. To see that, the token
        needs the scope C(read:client_keys).
      - Excludes O(max_age).
      - "Value: masked by Ansible."
    type: str
  max_age:
    description:
      - Rotate a secret whose last rotation is more than this many days ago, from 1 to 36500.
      - A secret whose last rotation is not known is rotated too, for example that of a client on which this module was
        never used.
    type: int
  force:
    description: Whether to rotate now, in every run, or to set the given O(client_secret) even if the present one
      cannot be seen.
    type: bool
    default: false
notes:
  - "Scopes of the Management API: C(read:clients); C(update:clients) and C(update:client_keys) to rotate;
    C(read:client_keys) to see whether the client has a given O(client_secret)."
  - The new secret is a return value. Set C(no_log) on the task, so that it is not printed.
seealso:
  - module: community.auth0.auth0_client
  - module: community.auth0.auth0_client_credentials
"""

EXAMPLES = r"""
- name: A token of the Management API for the tasks that follow
  community.auth0.auth0_token:
    auth0_domain: acme.eu.auth0.com
    auth0_client_id: "{{ vault_auth0_client_id }}"
    auth0_client_secret: "{{ vault_auth0_client_secret }}"
  register: management
  no_log: true

- name: Rotate a client's secret every 90 days
  community.auth0.auth0_client_secret:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    client_name: Appointment reminders
    max_age: 90
  register: rotation
  no_log: true

- name: Hand it to the service
  ansible.builtin.copy:
    content: "{{ rotation.client_secret }}"
    dest: /etc/reminders/secret
    mode: "0600"
  when: rotation is changed and not ansible_check_mode
  no_log: true

- name: Give it the secret that the secret store holds
  community.auth0.auth0_client_secret:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    client_id: AaiyAPdpYdesoKnqjj8HJqRn4T5titww
    client_secret: "{{ vault_reminders_secret }}"

- name: Replace a secret that has leaked
  community.auth0.auth0_client_secret:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    client_name: Appointment reminders
    force: true
  register: rotation
  no_log: true
"""

RETURN = r"""
client:
  description: The client as Auth0 returns it, without secrets. In check mode, as it would be.
  type: dict
  returned: success, but not in check mode for a client that does not exist yet
  sample:
    client_id: AaiyAPdpYdesoKnqjj8HJqRn4T5titww
    name: Appointment reminders
    client_metadata:
      client_secret_rotated_at: "2026-11-22T03:15:00Z"
client_secret:
  description:
    - The new secret, only if it was changed, and not in check mode.
    - Masked by Ansible if the task itself gives it as O(client_secret).
  type: str
  returned: changed
rotated_at:
  description: When this module last rotated the secret, in UTC. V(null) if that is not known.
  type: str
  returned: success, but not in check mode for a client that does not exist yet
  sample: "2026-11-22T03:15:00Z"
reason:
  description: Why it was rotated, or would be in check mode.
  type: str
  returned: when a secret was made up
  sample: it is 93 days old
assumed:
  description: What does not exist yet and must exist by the time of the real run.
  type: list
  elements: str
  returned: in check mode, for a client that does not exist yet
  sample: [client Appointment reminders]
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

from ansible_collections.community.auth0.plugins.module_utils._modules.client_secret.work import WORK
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
