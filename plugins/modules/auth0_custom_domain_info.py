#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: auth0_custom_domain_info
short_description: Read custom domains of an Auth0 tenant
version_added: 1.1.0
description:
  - Reads one custom domain, or every custom domain of the tenant.
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
  custom_domain_id:
    description: The id of the domain to read. Without it, all domains are read.
    type: str
notes:
  - "Scopes of the Management API: C(read:custom_domains)."
seealso:
  - module: community.auth0.auth0_custom_domain
  - module: community.auth0.auth0_custom_domain_default_info
"""

EXAMPLES = r"""
- name: A token of the Management API for the tasks that follow
  community.auth0.auth0_token:
    auth0_domain: acme.eu.auth0.com
    auth0_client_id: "{{ vault_auth0_client_id }}"
    auth0_client_secret: "{{ vault_auth0_client_secret }}"
  register: management
  no_log: true

- name: Which domains are there?
  community.auth0.auth0_custom_domain_info:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
  register: found

- name: Show those that are not verified yet
  ansible.builtin.debug:
    msg: "{{ item.domain }}"
  loop: "{{ found.custom_domains | rejectattr('status', 'eq', 'ready') }}"
"""

RETURN = r"""
custom_domains:
  description: The domains as Auth0 returns them, ordered by domain. Empty when there is none. Their options are those
    of M(community.auth0.auth0_custom_domain).
  type: list
  elements: dict
  returned: success
  contains:
    custom_domain_id:
      description: The id that Auth0 assigned to the domain.
      type: str
    domain:
      description: The domain.
      type: str
    type:
      description: Who manages its certificates.
      type: str
    status:
      description: How far it is. V(pending_verification) until its DNS record was found, then V(ready).
      type: str
    verification:
      description: C(methods) has the records that the DNS needs. Each has C(name), which is the type of the record,
        such as V(TXT) or V(CNAME), C(domain), where it belongs, and C(record), what it holds.
      type: dict
    origin_domain_name:
      description: Where your proxy has to send requests to, if you manage the certificates. Known once the domain is
        verified.
      type: str
    is_default:
      description: Whether it is the tenant's default domain.
      type: bool
    certificate:
      description: How far its certificate is, if Auth0 manages that.
      type: dict
  sample:
    - custom_domain_id: cd_0000000000000001
      domain: login.acme.example
      type: auth0_managed_certs
      status: pending_verification
      is_default: false
      primary: true
      tls_policy: recommended
      verification:
        methods:
          - name: CNAME
            domain: login.acme.example
            record: acme-cd-0000000000000001.edge.tenants.auth0.com
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

from ansible_collections.community.auth0.plugins.module_utils._kinds.custom_domain import CUSTOM_DOMAIN
from ansible_collections.community.auth0.plugins.module_utils._modules.reading import info_work_of
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module

WORK = info_work_of(CUSTOM_DOMAIN)


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
