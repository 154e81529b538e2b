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
  - Verifies the signature with the tenant's published keys or the API's signing secret, then issuer, audience, times
    and scopes, and returns the claims. The algorithm is the one that the API demands, never the one that the token
    names.
  - No credentials are needed, only O(auth0_domain).
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
    support: full
  action_group:
    support: full
options:
  token:
    description: The access token.
    type: str
    required: true
  audience:
    description: The identifier of the API.
    type: str
    required: true
  issuer:
    description: Who has to have issued it; C(https://) O(auth0_domain) C(/) without it.
    type: str
  signing_alg:
    description: The algorithm that the API demands.
    type: str
    choices: [HS256, RS256, RS512, PS256]
    default: RS256
  signing_secret:
    description: The API's signing secret, needed for O(signing_alg=HS256).
    type: str
  scope:
    description: Scopes that the token has to hold.
    type: list
    elements: str
  leeway:
    description: Seconds by which the clocks may differ.
    type: int
    default: 10
  fail:
    description: Whether the task fails when the token is not acceptable. Otherwise it returns RV(active=false).
    type: bool
    default: true
requirements:
  - PyJWT[crypto] >= 2.8
seealso:
  - module: community.auth0.auth0_token
"""

EXAMPLES = r"""
- name: Would the API accept this token for reading?
  community.auth0.auth0_token_info:
    auth0_domain: acme.eu.auth0.com
    token: "{{ token.access_token }}"
    audience: https://appointments.example.com
    scope: [read:appointments]
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
expires_in:
  description: Seconds for which it is still valid.
  type: int
  returned: when the token is acceptable
  sample: 86390
reason:
  description: Why it is not acceptable, in one sentence.
  type: str
  returned: when the token is not acceptable and O(fail=false)
  sample: It has expired.
code:
  description: The reason in a word.
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

from ansible_collections.community.auth0.plugins.module_utils._runner import run_module
from ansible_collections.community.auth0.plugins.module_utils._token_info import argument_spec, verify_token
from ansible_collections.community.auth0.plugins.module_utils._verification import PYJWT_IMPORT_ERROR


def main() -> None:
    run_module(argument_spec(), verify_token, PYJWT_IMPORT_ERROR)


if __name__ == "__main__":
    main()
