#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: auth0_custom_domain_default_info
short_description: Read which domain is the default one of an Auth0 tenant
version_added: 1.1.0
description:
  - Reads which domain Auth0 uses where none is named.
author:
  - community.auth0 contributors (@ansible-collections)
extends_documentation_fragment:
  - community.auth0.auth0
  - community.auth0.attributes
  - community.auth0.read_only
attributes:
  action_group:
    support: full
notes:
  - "Scopes of the Management API: C(read:custom_domains)."
seealso:
  - module: community.auth0.auth0_custom_domain_default
"""

EXAMPLES = r"""
- name: A token of the Management API for the tasks that follow
  community.auth0.auth0_token:
    auth0_domain: acme.eu.auth0.com
    auth0_client_id: "{{ vault_auth0_client_id }}"
    auth0_client_secret: "{{ vault_auth0_client_secret }}"
  register: management
  no_log: true

- name: Which domain is the default?
  community.auth0.auth0_custom_domain_default_info:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
  register: found

- name: Show it
  ansible.builtin.debug:
    msg: "{{ found.custom_domain_default.domain }}"
"""

RETURN = r"""
custom_domain_default:
  description: The default domain.
  type: dict
  returned: success
  contains:
    domain:
      description: The domain, which is a custom domain or the tenant's own.
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
from ansible_collections.community.auth0.plugins.module_utils._modules.reading import info_work_of
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module

WORK = info_work_of(CUSTOM_DOMAIN_DEFAULT)


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
