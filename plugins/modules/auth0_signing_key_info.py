#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: auth0_signing_key_info
short_description: Read the signing keys of an Auth0 tenant
version_added: 1.1.0
description:
  - Reads the keys by which a tenant signs tokens, or one of them. The result holds only public certificates and no
    secret.
  - One key signs (C(current)), and one will sign next (C(next)). Tokens that others signed before are good
    (C(previous)) until their key is revoked (C(revoked)). Auth0 may drop revoked keys.
  - To read only the keys that verify tokens, no scope is needed. They are at the C(jwks_uri) that
    M(community.auth0.auth0_resource_server_info) returns.
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
  kid:
    description: The id of the key to read.
    type: str
notes:
  - "Scopes of the Management API: C(read:signing_keys)."
seealso:
  - module: community.auth0.auth0_signing_key
"""

EXAMPLES = r"""
- name: A token of the Management API for the tasks that follow
  community.auth0.auth0_token:
    auth0_domain: acme.eu.auth0.com
    auth0_client_id: "{{ vault_auth0_client_id }}"
    auth0_client_secret: "{{ vault_auth0_client_secret }}"
  register: management
  no_log: true

- name: Read the keys of a tenant
  community.auth0.auth0_signing_key_info:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
  register: keys

- name: Give the certificates to a gateway that cannot fetch them itself
  ansible.builtin.copy:
    content: "{{ item.cert }}"
    dest: "/etc/gateway/auth0-{{ item.kid }}.pem"
    mode: "0644"
  loop: "{{ keys.signing_keys | rejectattr('revoked') }}"
  loop_control:
    label: "{{ item.kid }}"

- name: Which key signs, and since when?
  ansible.builtin.debug:
    msg: "{{ current.kid }} since {{ current.current_since }}"
  vars:
    current: "{{ keys.signing_keys | selectattr('current') | first }}"
"""

RETURN = r"""
signing_keys:
  description: The keys, the current one first, then the next, previous and revoked ones. Empty if there are none.
  type: list
  elements: dict
  returned: success
  contains:
    kid:
      description: The id of the key, as in the header of the tokens that it signs.
      type: str
      returned: success
    cert:
      description: Its public certificate in PEM format.
      type: str
      returned: success
    pkcs7:
      description: The certificate in PKCS#7.
      type: str
      returned: where Auth0 returns it
    fingerprint:
      description: The fingerprint of the certificate.
      type: str
      returned: success
    thumbprint:
      description: The same without colons.
      type: str
      returned: success
    current:
      description: Whether it signs.
      type: bool
      returned: success
    next:
      description: Whether it signs after the next rotation.
      type: bool
      returned: success
    previous:
      description: Whether it signed before, and tokens that it signed are still good.
      type: bool
      returned: success
    current_since:
      description: When it began to sign.
      type: str
      returned: when it has signed
    current_until:
      description: When it signed for the last time.
      type: str
      returned: when it signs no more
    revoked:
      description: Whether tokens that it signed are no longer good.
      type: bool
      returned: success
    revoked_at:
      description: When it was revoked.
      type: str
      returned: when it is revoked
  sample:
    - kid: 21hi274Rp02112mgkUGma
      cert: -----BEGIN CERTIFICATE-----...
      pkcs7: -----BEGIN PKCS7-----...
      fingerprint: CC:FB:DD:D8:9A:B5:DE:1B:F0:CC:36:D2:99:59:21:12:03:DD:A8:25
      thumbprint: CCFBDDD89AB5DE1BF0CC36D29959211203DDA825
      current: true
      next: false
      previous: false
      revoked: false
      current_since: "2026-11-22T03:15:00.000Z"
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

from ansible_collections.community.auth0.plugins.module_utils._kinds.signing_key import SIGNING_KEY
from ansible_collections.community.auth0.plugins.module_utils._modules.reading import info_work_of
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module

WORK = info_work_of(SIGNING_KEY)


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
