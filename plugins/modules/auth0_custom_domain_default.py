#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: auth0_custom_domain_default
short_description: Manage which domain is the default one of an Auth0 tenant
version_added: 1.1.0
description:
  - Says which domain Auth0 uses where none is named, such as in links in its mails.
  - It is one of the custom domains, which must be verified, or the tenant's own domain.
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
  idempotent:
    support: full
  action_group:
    support: full
options:
  domain:
    description:
      - The domain.
      - "Value: needed for a new tenant; from 3 to 255 characters."
    type: str
notes:
  - "Scopes of the Management API: C(read:custom_domains); C(update:custom_domains) to change."
seealso:
  - module: community.auth0.auth0_custom_domain_default_info
  - module: community.auth0.auth0_custom_domain
"""

EXAMPLES = r"""
- name: A token of the Management API for the tasks that follow
  community.auth0.auth0_token:
    auth0_domain: acme.eu.auth0.com
    auth0_client_id: "{{ vault_auth0_client_id }}"
    auth0_client_secret: "{{ vault_auth0_client_secret }}"
  register: management
  no_log: true

- name: Our own domain is the default
  community.auth0.auth0_custom_domain_default:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    domain: login.acme.example
"""

RETURN = r"""
action:
  description: What was done, or would be done in check mode.
  type: str
  returned: success
  choices: [update, none]
  sample: update
custom_domain_default:
  description: The default domain. In check mode, as it would be.
  type: dict
  returned: success
  contains:
    domain:
      description: The domain.
      type: str
  sample:
    domain: login.acme.example
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

from ansible_collections.community.auth0.plugins.module_utils._kinds.custom_domain import CUSTOM_DOMAIN_DEFAULT
from ansible_collections.community.auth0.plugins.module_utils._modules.keeping import work_of
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module

WORK = work_of(CUSTOM_DOMAIN_DEFAULT)


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
