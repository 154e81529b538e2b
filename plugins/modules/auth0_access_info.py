#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: auth0_access_info
short_description: Read who can call which API of an Auth0 tenant, and prove it
version_added: 1.1.0
description:
  - Shows who can call what. Returns a row for each client, API and subject type, with the scopes, how the client
    authenticates, how old its secret is and how long its keys last.
  - With O(obtain_tokens=true) it gets a token for each row as the client itself would, and verifies that token as the
    API must. With O(calls) it calls APIs with such tokens and compares their answers.
  - Nothing in the tenant changes. The result holds no token and no secret. They go only to the tenant and to the APIs
    that O(calls) names.
author:
  - community.auth0 contributors (@ansible-collections)
extends_documentation_fragment:
  - community.auth0.auth0
  - community.auth0.attributes
  - community.auth0.read_only
  - community.auth0.traffic
attributes:
  check_mode:
    support: full
    details:
      - Nothing in the tenant changes, so check mode reads like any other run, and also gets tokens.
      - Of O(calls), only those with the methods V(GET), V(HEAD) and V(OPTIONS) are made.
  action_group:
    support: full
options:
  client_grants:
    description:
      - The declared client grants, as M(community.auth0.auth0_config) takes them. Those with C(state=absent) are left
        out.
      - Without it, there are rows for all client grants of the tenant.
    type: list
    elements: raw
  clients:
    description: The declared clients, as M(community.auth0.auth0_config) takes them. If one has a C(client_id), its
      name stands for the client with this id, whatever the tenant calls it. If one has a C(previous_name) and the
      tenant has no client with its name, its name stands for the client with the previous name.
    type: list
    elements: raw
  resource_servers:
    description: The declared APIs, as M(community.auth0.auth0_config) takes them. O(calls) of an API or by a client
      with C(state=absent) are refused.
    type: list
    elements: raw
  show_undeclared:
    description: Whether to add rows for the client grants of the tenant that O(client_grants) does not declare.
    type: bool
    default: false
  obtain_tokens:
    description:
      - Whether to get and verify a token for each row. Auth0 counts these tokens towards the tenant's quota of
        machine-to-machine tokens.
      - Needs the Python package C(PyJWT[crypto]).
    type: bool
    default: false
  private_keys:
    description: The private keys of clients that authenticate with C(private_key_jwt). The module gets tokens only for
      those whose key you give here.
    type: list
    elements: dict
    suboptions:
      client_name:
        description: The name of the client. Give this or O(private_keys[].client_id).
        type: str
      client_id:
        description: The id of the client.
        type: str
      private_key:
        description:
          - The key in PEM format, or the path of a file with one.
          - "Value: masked by Ansible."
        type: str
        required: true
      key_id:
        description: The id by which Auth0 knows the key. The default is the id of the client's key in the tenant if it
          has only one, else the thumbprint of the key, which Auth0 takes as the id itself.
        type: str
      signing_alg:
        description: The algorithm of the signature. The default is the one that the tenant has for the key, or
          V(RS256).
        type: str
        choices: [RS256, RS384, PS256]
  calls:
    description:
      - Calls of APIs, each with a token of a client. The module sends no body, follows no redirect, repeats no call and
        reads no C(.netrc). Plain C(http) uses no proxy.
      - Only the status of an answer and its error of RFC 6750 are returned, because an answer can repeat the token.
    type: list
    elements: dict
    suboptions:
      client_name:
        description: The name of the client. Give this or O(calls[].client_id).
        type: str
      client_id:
        description: The id of the client.
        type: str
      audience:
        description: The identifier of the API that the token is for.
        type: str
        required: true
      url:
        description: What to call. It is returned, so it cannot hold a password. C(http://) is for a loopback address
          only.
        type: str
        required: true
      method:
        description: The HTTP method.
        type: str
        choices: [GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE]
        default: GET
      scope:
        description: The only scopes that the token may have. You can give several in one string, separated by spaces.
          Auth0 issues all scopes of a client grant, whatever subset is asked for. If the token has more scopes than
          these, the call is not made and counts as a problem.
        type: list
        elements: str
      status:
        description: The expected HTTP status.
        type: int
        default: 200
      ca_path:
        description: A file with the certificate authorities of the API, if the system's are not the right ones.
        type: path
  max_secret_age:
    description: Report the secret of a client that is older than this many days. The age is known only if
      M(community.auth0.auth0_client_secret) has rotated the secret.
    type: int
  min_key_days:
    description: Report a key by which a client authenticates if it ends in fewer than this many days, or has ended. A
      client whose keys the task is not allowed to read is reported too.
    type: int
notes:
  - "Scopes of the Management API: C(read:clients), C(read:resource_servers) and C(read:client_grants);
    C(read:client_keys) for the secrets of clients, with O(obtain_tokens) and O(calls); C(read:client_credentials) for
    the keys of clients, and how long they last."
  - The module does not fail because of what it finds. Check RV(problems), or RV(findings).
  - Users can also hold scopes of an API, by roles and permissions. This module does not look at those.
seealso:
  - module: community.auth0.auth0_client_grant_info
  - module: community.auth0.auth0_token_info
  - module: community.auth0.auth0_config
"""

EXAMPLES = r"""
- name: Who can call what
  community.auth0.auth0_access_info:
    auth0_domain: acme.eu.auth0.com
    auth0_client_id: "{{ auth0_client_id }}"
    auth0_client_secret: "{{ auth0_client_secret }}"
    max_secret_age: 90
    min_key_days: 30
  register: tenant

- name: Prove that what is declared works
  community.auth0.auth0_access_info:
    auth0_domain: acme.eu.auth0.com
    auth0_client_id: "{{ auth0_client_id }}"
    auth0_client_secret: "{{ auth0_client_secret }}"
    client_grants:
      - {client_name: Reminders, audience: "https://appointments.example.com", scope: [read:appointments]}
    obtain_tokens: true
    calls:
      - client_name: Reminders
        audience: https://appointments.example.com
        url: https://appointments.example.com/today
      - client_name: Reminders
        audience: https://appointments.example.com
        url: https://appointments.example.com/doctors
        status: 403
  register: proof
  failed_when: proof.problems | default(['failed']) | length > 0
"""

RETURN = r"""
access:
  description: The rows, those of O(client_grants) in their order, then the others by client and API.
  type: list
  elements: dict
  returned: success
  contains:
    client:
      description: The name of the client; V(third_party_clients) for a grant for all third-party clients.
      type: str
    client_id:
      description: The id of the client. V(null) if there is none.
      type: str
    audience:
      description: The identifier of the API.
      type: str
    api:
      description: The name of the API. V(null) if the tenant does not have it.
      type: str
    subject_type:
      description: Whether the grant is for the client itself (V(client)), for its users (V(user)), or for users who
        have not signed in (V(anonymous_user)).
      type: str
    declared:
      description:
        - Whether O(client_grants) declares it. V(null) without that option, and for what Auth0 itself or the task
          needs.
      type: bool
    exists:
      description: Whether the tenant has this client grant.
      type: bool
    scope:
      description: The scopes that are granted.
      type: list
      elements: str
    all_scopes:
      description: Whether all scopes of the API are granted, including future ones.
      type: bool
    undefined_scope:
      description: Granted scopes that the API does not have.
      type: list
      elements: str
    organization_usage:
      description: Whether tokens are for an organization, one of V(deny), V(allow) and V(require).
      type: str
    authentication:
      description: How the client authenticates, such as V(client_secret_post) or V(private_key_jwt).
      type: str
    secret_rotated_at:
      description: When M(community.auth0.auth0_client_secret) last rotated the client's secret, V(null) if never.
      type: str
    secret_age_days:
      description: How many days ago that was.
      type: int
    keys:
      description: The keys by which the client authenticates. V(null) if they cannot be read.
      type: list
      elements: dict
      contains:
        name:
          description: The name of the key.
          type: str
        fingerprint:
          description: What identifies the key.
          type: str
        alg:
          description: The algorithm of its signatures.
          type: str
        expires_at:
          description: When it ends. V(null) if never.
          type: str
        days_left:
          description: The days until then, negative once it has ended.
          type: int
    key_days_left:
      description: The days until the first of these keys ends; V(null) if none does.
      type: int
    token_quota:
      description: The quota of tokens that is set for the client.
      type: dict
    quota:
      description: The tokens that are left of quotas, as Auth0 reports them with a token; with O(obtain_tokens).
      type: dict
    verification:
      description: Whether the access works; with O(obtain_tokens).
      type: dict
      contains:
        result:
          description:
            - V(verified) if the API must accept the token, V(failed) if it must not or there is no token, V(skipped) if
              this cannot be found out.
          type: str
        note:
          description: How it was verified, or why it was not.
          type: str
        scope:
          description: The scopes of the token.
          type: list
          elements: str
        expires_in:
          description: For how many seconds the token is valid.
          type: int
calls:
  description: The results of O(calls), in their order.
  type: list
  elements: dict
  returned: success
  contains:
    client:
      description: The client, as the call names it.
      type: str
    client_id:
      description: Its id.
      type: str
    audience:
      description: The API for which the token was.
      type: str
    call:
      description: The method and the URL.
      type: str
    scope:
      description: The scopes of the token.
      type: list
      elements: str
    status:
      description: The status of the answer, V(null) without one.
      type: int
    expected:
      description: The status that is expected.
      type: int
    answer:
      description: The answer, or why there is none, in a few words.
      type: str
    problem:
      description: What is wrong, in a sentence. Empty if nothing is.
      type: str
findings:
  description:
    - What you should know about the tenant. Scopes, clients and grants that serve nothing are found only if all client
      grants are read, without O(client_grants) or with O(show_undeclared=true).
  type: list
  elements: dict
  returned: success
  contains:
    code:
      description:
        - One of V(not_working), V(missing_grant), V(undeclared_grant), V(missing_api), V(undefined_scope),
          V(unused_scope), V(client_without_grant), V(ending_key), V(unreadable_keys), V(old_secret) and
          V(unknown_secret_age).
      type: str
    message:
      description: The same in a sentence, with what it is about.
      type: str
    client:
      description: The name of the client that it is about.
      type: str
    client_id:
      description: Its id.
      type: str
    audience:
      description: The API that it is about.
      type: str
    scope:
      description: The scopes that it is about.
      type: list
      elements: str
    days:
      description: The age of a secret, or the days that a key has left.
      type: int
problems:
  description: Which access, and which calls, do not work, in sentences.
  type: list
  elements: str
  returned: success
  sample: ["Reminders -> https://appointments.example.com: there is no such client in this tenant: create it first"]
caller:
  description: The id of the client whose credentials the task uses. V(null) if the token does not show it.
  type: str
  returned: success
requests:
  description: The requests to the tenant.
  type: dict
  returned: success
  contains:
    number:
      description: The number of requests, including those for tokens.
      type: int
    waited:
      description: The seconds spent waiting for a rate limit, all connections together.
      type: float
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

from ansible_collections.community.auth0.plugins.module_utils._modules.access.work import WORK
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
