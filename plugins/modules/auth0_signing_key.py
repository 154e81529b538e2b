#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: auth0_signing_key
short_description: Rotate and revoke the signing keys of an Auth0 tenant
version_added: 1.1.0
description:
  - Rotates the key by which a tenant signs tokens, and revokes keys that it signed with before.
  - A rotation makes the next key sign, and Auth0 creates a new next key. Nothing stops working, as long as APIs take
    the keys from the tenant's JWKS and fetch it again if a token names a key that they do not know.
  - A revocation makes every token invalid that the key signed, at once and for good, including tokens for the
    Management API. Wait longer than the longest lifetime of a token before you revoke a previous key, unless it has
    leaked.
  - Tokens for APIs that sign with a secret (C(HS256)) are not affected.
author:
  - community.auth0 contributors (@ansible-collections)
extends_documentation_fragment:
  - community.auth0.auth0
  - community.auth0.attributes
attributes:
  check_mode:
    support: full
    details:
      - Refuses what a real run would refuse, such as a rotation beyond the daily limit.
  diff_mode:
    support: full
    details:
      - Shows which keys are current, next, previous and revoked, by their ids.
  idempotent:
    support: partial
    details:
      - O(max_age) and O(revoke_previous_after) change nothing if there is nothing to do. O(force) rotates each time.
  action_group:
    support: full
options:
  max_age:
    description:
      - Rotate a key that has been signing for more than this number of days, at least one.
      - The task fails if it is not known how long the key has been signing, or if it began in the future.
    type: int
  force:
    description: Whether to rotate now, in every run, however long the key has been signing.
    type: bool
    default: false
  revoke_previous_after:
    description:
      - Revoke each previous key that signed for the last time at least this many days ago. This happens after the
        rotation.
      - V(0) revokes every previous key at once, including the one that the same run has replaced.
      - The current and the next key are never revoked.
    type: int
notes:
  - "Scopes of the Management API: C(read:signing_keys); C(create:signing_keys) and C(update:signing_keys) to rotate;
    C(update:signing_keys) to revoke."
  - Give at least one of O(max_age), O(force) and O(revoke_previous_after).
  - Auth0 lets a tenant rotate its key five times a day. A rotation is refused before anything is written when five keys
    have become current within the last 24 hours, whoever rotated them.
  - If you give a token as O(auth0_api_token), and the task revokes the key that signed it, later tasks cannot use the
    token. The module then revokes that key last, and warns. With a client's credentials, each task gets its own token.
  - A rotation whose answer is lost is not sent again. The keys are read instead, to see whether it was done.
  - Two runs at the same time can rotate twice, since Auth0 has nothing to prevent it.
seealso:
  - module: community.auth0.auth0_signing_key_info
  - module: community.auth0.auth0_token_info
  - name: Auth0 on signing keys
    description: What a rotation and a revocation mean for applications and APIs.
    link: https://auth0.com/docs/get-started/tenant-settings/signing-keys
"""

EXAMPLES = r"""
- name: Rotate every 90 days, and revoke what was replaced two days later (run it daily)
  community.auth0.auth0_signing_key:
    auth0_domain: acme.eu.auth0.com
    auth0_client_id: "{{ vault_management_client_id }}"
    auth0_client_secret: "{{ vault_management_client_secret }}"
    max_age: 90
    revoke_previous_after: 2

- name: What would happen?
  community.auth0.auth0_signing_key:
    auth0_domain: acme.eu.auth0.com
    auth0_client_id: "{{ vault_management_client_id }}"
    auth0_client_secret: "{{ vault_management_client_secret }}"
    max_age: 90
    revoke_previous_after: 2
  check_mode: true
  diff: true

- name: The key has leaked, replace it and make all that it signed invalid
  community.auth0.auth0_signing_key:
    auth0_domain: acme.eu.auth0.com
    auth0_client_id: "{{ vault_management_client_id }}"
    auth0_client_secret: "{{ vault_management_client_secret }}"
    force: true
    revoke_previous_after: 0
"""

RETURN = r"""
signing_keys:
  description:
    - All keys of the tenant as they are afterwards, the current one first, then the next, previous and revoked ones. In
      check mode, as they would be.
    - Times that this run has set are those of the machine that it ran on. A next key that it has created has only the
      fields that Auth0 answered. M(community.auth0.auth0_signing_key_info) reads the rest.
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
      returned: if it is known
    pkcs7:
      description: The certificate in PKCS#7.
      type: str
      returned: if it is known
    fingerprint:
      description: The fingerprint of the certificate.
      type: str
      returned: if it is known
    thumbprint:
      description: The same without colons.
      type: str
      returned: if it is known
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
      current: true
      next: false
      previous: false
      revoked: false
      current_since: "2026-11-22T03:15:00.000Z"
steps:
  description: What was done, or would be done in check mode, in order. Empty if there was nothing to do.
  type: list
  elements: str
  returned: success
  sample: ["rotate: 21hi274Rp02112mgkUGma signs instead of Hn3cBz8VvsX1d2QzkPqLr", revoke Hn3cBz8VvsX1d2QzkPqLr]
reason:
  description: Why the key was rotated, or would be in check mode.
  type: str
  returned: when it was rotated
  sample: it has been signing for 93 days
done:
  description: The steps that were done before it failed, in words.
  type: list
  elements: str
  returned: failure, when something was changed before
  sample: ["rotate: 21hi274Rp02112mgkUGma signs instead of Hn3cBz8VvsX1d2QzkPqLr"]
remaining:
  description:
    - The steps that are left. Running the task again, without O(force), does these, and none of those that are done.
  type: list
  elements: str
  returned: failure, when something was changed before
  sample: [revoke Hn3cBz8VvsX1d2QzkPqLr]
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

from ansible_collections.community.auth0.plugins.module_utils._modules.signing_key.work import WORK
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
