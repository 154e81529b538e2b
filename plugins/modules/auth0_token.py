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
  - Gets an access token for any client and any API of a tenant. Without options, for the Management API with the
    credentials of the connection options, to hand it to the other modules as O(auth0_api_token).
  - Nothing in the tenant changes, so it works in check mode too and never reports a change.
  - Auth0 counts tokens that it issues for your own APIs, and bills them by plan.
author:
  - community.auth0 contributors (@ansible-collections)
extends_documentation_fragment:
  - community.auth0.auth0
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
      - Each run gets another token and changes nothing in the tenant.
  action_group:
    support: full
options:
  client_id:
    description: The client that the token is for; O(auth0_client_id) without it.
    type: str
  client_secret:
    description: The secret of O(client_id).
    type: str
  token_endpoint_auth_method:
    description:
      - How a secret is sent, in the body or in a header, as the client's own C(token_endpoint_auth_method) says. In the
        body without it.
    type: str
    choices: [client_secret_post, client_secret_basic]
    version_added: 1.1.0
  private_key:
    description:
      - The RSA key with which O(client_id) signs, instead of a secret (C(private_key_jwt)). A PEM without a passphrase,
        or the path of a file with one; a file that others can read gets a warning.
      - Needs the Python package C(PyJWT[crypto]).
      - Excludes O(client_secret).
    type: str
    version_added: 1.1.0
  key_id:
    description:
      - The id (C(kid)) under which Auth0 knows the key. Without it, the RFC 7638 thumbprint of the key, which is the id
        that Auth0 makes up itself.
    type: str
    version_added: 1.1.0
  signing_alg:
    description: The algorithm with which it signs; V(RS256) without it.
    type: str
    choices: [RS256, RS384, PS256]
    version_added: 1.1.0
  audience:
    description: The identifier of the API that the token is for, byte by byte; the Management API without it.
    type: str
  scope:
    description: A part of the scopes that the client was granted. All of them without it.
    type: list
    elements: str
  organization:
    description: The organization that the token is for, by id or name.
    type: str
  parameters:
    description: Further parameters of the request, for an Action that reads them.
    type: dict
    version_added: 1.1.0
notes:
  - The token is a return value. Set C(no_log) on the task, so that it is not printed, and never keep it as a fact,
    since facts may be cached on disk.
seealso:
  - module: community.auth0.auth0_token_info
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
  description: How to use it.
  type: str
  returned: success
  sample: Bearer
expires_in:
  description: Seconds for which it is valid.
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
    - What the token claims, decoded but not verified; M(community.auth0.auth0_token_info) verifies it. Empty for a
      token that cannot be read, such as an encrypted one.
  type: dict
  returned: success
  sample:
    iss: https://acme.eu.auth0.com/
    sub: AaiyAPdpYdesoKnqjj8HJqRn4T5titww@clients
    aud: https://appointments.example.com
    gty: client-credentials
    scope: read:appointments
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

from ansible_collections.community.auth0.plugins.module_utils._arguments import ArgumentSpec
from ansible_collections.community.auth0.plugins.module_utils._client_authentication import SIGNING_ALGS
from ansible_collections.community.auth0.plugins.module_utils._runner import run_module
from ansible_collections.community.auth0.plugins.module_utils._token import obtain_token


def main() -> None:
    spec = ArgumentSpec(
        {
            "client_id": {"type": "str"},
            "client_secret": {"type": "str", "no_log": True},
            "token_endpoint_auth_method": {"type": "str", "choices": ["client_secret_post", "client_secret_basic"]},
            "private_key": {"type": "str", "no_log": True},
            "key_id": {"type": "str", "no_log": False},
            "signing_alg": {"type": "str", "choices": list(SIGNING_ALGS)},
            "audience": {"type": "str"},
            "scope": {"type": "list", "elements": "str"},
            "organization": {"type": "str"},
            "parameters": {"type": "dict"},
        },
        mutually_exclusive=(("client_secret", "private_key"),),
        required_by={
            "client_secret": ("client_id",),
            "private_key": ("client_id",),
            "key_id": ("private_key",),
            "signing_alg": ("private_key",),
        },
    )
    run_module(spec, obtain_token)


if __name__ == "__main__":
    main()
