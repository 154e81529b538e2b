#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: auth0_token_info
short_description: Verify an access token as its API must
version_added: 1.0.0
description:
  - Verifies the signature with the tenant's published keys or the API's signing secret, then issuer, audience, times,
    scopes and permissions, and returns the claims. The algorithm is the one that the API demands, never the one that
    the token names. No claim is believed before the signature is verified.
  - Reads the tenant's keys once, and once more if the token is signed by a key that is not among them, because that may
    have been published a moment ago. Reads no keys with O(signing_alg=HS256), or if the token cannot be acceptable
    whatever its signature is.
  - The token must be a signed JWT (RFC 7515), of at most 262,144 characters, without spaces or line breaks around it.
    Only the API can decrypt an encrypted token (JWE). Verify the signed JWT that it contains.
  - Does not verify that whoever presents the token holds the key that it is bound to (its claim C(cnf), for an API with
    C(proof_of_possession)). Only the API itself can see that.
  - No credentials are needed, only O(auth0_domain).
author:
  - community.auth0 contributors (@ansible-collections)
extends_documentation_fragment:
  - community.auth0.auth0
  - community.auth0.token_info
  - community.auth0.attributes
  - community.auth0.read_only
attributes:
  action_group:
    support: full
options:
  token:
    description:
      - The access token, exactly as it was issued.
      - "Value: masked by Ansible."
    type: str
    required: true
  fail:
    description:
      - Whether the task fails if the token is not acceptable. Otherwise it returns RV(active=false).
      - It always fails if the tenant cannot be reached, or gives no keys.
    type: bool
    default: true
notes:
  - "Scopes of the Management API: none."
seealso:
  - module: community.auth0.auth0_token
  - plugin: community.auth0.auth0_token_info
    plugin_type: lookup
"""

EXAMPLES = r"""
- name: Would the API accept this token for reading?
  community.auth0.auth0_token_info:
    auth0_domain: acme.eu.auth0.com
    token: "{{ token.access_token }}"
    audience: https://appointments.example.com
    scope: [read:appointments]
  register: verified

- name: An API with RBAC, whose tokens follow RFC 9068
  community.auth0.auth0_token_info:
    auth0_domain: acme.eu.auth0.com
    token: "{{ token.access_token }}"
    audience: https://calendar.example.com
    signing_alg: PS256
    token_dialect: rfc9068_profile_authz
    permissions: [read:calendar]
  register: verified

- name: With the API's secret, and without failing
  community.auth0.auth0_token_info:
    auth0_domain: acme.eu.auth0.com
    token: "{{ token.access_token }}"
    audience: https://reports.example.com
    signing_alg: HS256
    signing_secret: "{{ reports.signing_secret }}"
    fail: false
  register: verified
"""

RETURN = r"""
active:
  description: Whether the API would accept the token.
  type: bool
  returned: success
claims:
  description: What the token claims.
  type: dict
  returned: when the token is acceptable
  sample:
    iss: https://acme.eu.auth0.com/
    aud: https://appointments.example.com
    scope: read:appointments
scope:
  description: The scopes that it holds.
  type: list
  elements: str
  returned: when the token is acceptable
  sample: [read:appointments]
permissions:
  description: The permissions that it holds, none when it has no such claim.
  type: list
  elements: str
  returned: when the token is acceptable
  version_added: 1.1.0
  sample: []
expires_in:
  description: Seconds until it expires. V(0) if it is acceptable only because of O(leeway).
  type: int
  returned: when the token is acceptable
  sample: 86390
reason:
  description: Why it is not acceptable, in one sentence.
  type: str
  returned: when the token is not acceptable and O(fail=false)
  sample: It has expired, 34 seconds ago.
code:
  description:
    - The reason in a word, as in RV(failure.code) when the task fails.
    - V(malformed) if it is not a signed JWT, or if a claim has the wrong type.
    - V(wrong_algorithm) and V(wrong_type) if the API demands another algorithm, or another type of token.
    - V(unknown_key) if the tenant publishes no usable key with the id that the token names, V(bad_signature) if the
      signature is not by that key, or not by the secret, and V(no_key) without a usable O(signing_secret).
    - V(missing_claim), V(wrong_issuer) and V(wrong_audience).
    - V(expired) and V(not_yet_valid).
    - V(wrong_organization) if the token is for another organization than O(organization), or for none.
    - V(insufficient_scope) and V(insufficient_permissions).
  type: str
  returned: when the token is not acceptable and O(fail=false)
  sample: expired
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

from ansible_collections.community.auth0.plugins.module_utils._modules.token_info import WORK
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
