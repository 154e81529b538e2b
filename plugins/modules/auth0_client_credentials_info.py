#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: auth0_client_credentials_info
short_description: Read the keys that Auth0 clients use, and when they expire
version_added: 1.1.0
description:
  - Reads the public keys and certificates of one client, or of every client that uses keys to authenticate, to sign
    authorization requests or at the token vault. It returns how many days each has left, so that a play can warn you in
    time.
  - Auth0 never returns the keys themselves, only their thumbprints.
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
    description: The id of the client. Without it and without O(client_name), the keys of all clients are read. That
      costs one request for each client that uses keys.
    type: str
  client_name:
    description: The name of the client. If several clients have the name, the task fails.
    type: str
notes:
  - "Scopes of the Management API: C(read:clients) and C(read:client_credentials)."
seealso:
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

- name: The keys of all clients
  community.auth0.auth0_client_credentials_info:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
  register: keys

- name: Fail when one that is in use ends within 30 days
  ansible.builtin.assert:
    that: due | length == 0
    fail_msg: "{{ due | map(attribute='client_name') | unique | join(', ') }}"
  vars:
    ending: "{{ keys.credentials | selectattr('used_for') | rejectattr('days_left', 'none') }}"
    due: "{{ ending | selectattr('days_left', 'lt', 30) }}"

- name: The keys of one client, also those that it does not use
  community.auth0.auth0_client_credentials_info:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    client_name: Appointment reminders
  register: reminders
"""

RETURN = r"""
credentials:
  description:
    - The credentials, ordered by the names and ids of their clients, and within a client by when they expire, the first
      to expire first. Empty if there are none, or if the client does not exist.
  type: list
  elements: dict
  returned: success
  contains:
    client_id:
      description: The client that it belongs to.
      type: str
    client_name:
      description: The name of that client.
      type: str
    method:
      description: How that client authenticates. V(null) if the client does not say.
      type: str
    id:
      description: The id that Auth0 assigned to it.
      type: str
    name:
      description: Its name, if it has one.
      type: str
    credential_type:
      description: V(public_key), V(x509_cert) or V(cert_subject_dn).
      type: str
    alg:
      description: The algorithm of a public key.
      type: str
    kid:
      description: The thumbprint of a public key.
      type: str
    thumbprint_sha256:
      description: The thumbprint of a certificate.
      type: str
    subject_dn:
      description: The subject, for a certificate that is known by its subject.
      type: str
    expires_at:
      description: When it expires, V(null) for never.
      type: str
    days_left:
      description: Whole days until it expires. Negative if it has expired, V(null) if it never does.
      type: int
    created_at:
      description: When it was created.
      type: str
    updated_at:
      description: When it was last changed.
      type: str
    attached:
      description: Whether the client can authenticate by it.
      type: bool
    used_for:
      description:
        - All that the client uses it for, of V(authentication), V(signed_request_object) and
          V(token_vault_privileged_access). Empty when it is only stored.
      type: list
      elements: str
  sample:
    - client_id: AaiyAPdpYdesoKnqjj8HJqRn4T5titww
      client_name: Appointment reminders
      method: private_key_jwt
      id: cred_1m7sfABoNTTKYwTQ8qt6tX
      name: reminders-2026
      credential_type: public_key
      alg: RS256
      kid: NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs
      expires_at: "2027-02-01T00:00:00.000Z"
      days_left: 70
      attached: true
      used_for: [authentication]
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

from ansible_collections.community.auth0.plugins.module_utils._modules.client_credentials.work import INFO_WORK as WORK
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
