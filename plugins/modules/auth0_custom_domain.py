#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: auth0_custom_domain
short_description: Manage a custom domain of an Auth0 tenant
version_added: 1.1.0
description:
  - Gives a tenant a domain of your own. Clients can then get tokens at it, and C(iss) in those tokens is this domain.
  - A new domain is not used before it is verified. For that the DNS needs a record, which
    RV(custom_domain.verification) says. Create the record, then run the task again with O(verify=true).
  - The tenant's default domain is not deleted. Make another one the default first, by
    M(community.auth0.auth0_custom_domain_default), or do both in one M(community.auth0.auth0_config) task.
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
  state:
    description: Whether the custom domain exists. Without it, clients can no longer get tokens at it, and APIs that
      expect it as C(iss) refuse the tokens of the tenant's other domains.
    type: str
    choices: [present, absent]
    default: present
  domain:
    description:
      - The domain.
      - "Value: needed for a new custom domain; from 3 to 255 characters; must be a domain such as login.example.com;
        cannot be changed after creation."
    type: str
  custom_domain_id:
    description:
      - The id of the domain, with which it is read without a list.
      - One of O(domain) and O(custom_domain_id) is required.
    type: str
  type:
    description:
      - Whether Auth0 gets and renews the certificate of the domain, or your own proxy has one.
      - "Value: needed for a new custom domain; cannot be changed after creation."
    type: str
    choices: [auth0_managed_certs, self_managed_certs]
  verification_method:
    description:
      - How the domain is verified. Auth0 never returns it.
      - "Value: cannot be changed after creation."
    type: str
    choices: [txt]
  tls_policy:
    description:
      - Which versions of TLS are accepted. V(recommended) means 1.2 and newer.
      - "Value: V(recommended) for a new custom domain."
    type: str
    choices: [recommended]
  custom_client_ip_header:
    description: The header in which your proxy sends the address of the caller. Only for O(type=self_managed_certs).
    type: str
    choices: [true-client-ip, cf-connecting-ip, x-forwarded-for, x-azure-clientip]
  domain_metadata:
    description:
      - Your own keys and values. Keys that are not declared are kept; the value V(null) removes a key.
      - "Value: at most 10 keys; each value at most 255 characters."
    type: dict
  relying_party_identifier:
    description:
      - The domain for which passkeys are made, where it is not the whole O(domain).
      - "Value: at most 255 characters; must be a domain such as login.example.com."
    type: str
  clear:
    description: Fields to remove from the domain.
    type: list
    elements: str
    choices: [custom_client_ip_header, relying_party_identifier]
    default: []
  return_secret:
    description: Whether the result has RV(cname_api_key). Use C(no_log) then.
    type: bool
    default: false
  verify:
    description:
      - Whether to have Auth0 look for the record in the DNS, and to wait until it has found it. A domain that is
        verified is left alone.
      - For O(type=self_managed_certs), O(return_secret=true) is needed, too. Auth0 shows the key that your proxy has to
        send only this once.
    type: bool
    default: false
  verify_timeout:
    description: How many seconds to wait for that, from 1 to 3600.
    type: int
    default: 300
notes:
  - "Scopes of the Management API: C(read:custom_domains); C(create:custom_domains) to create; C(update:custom_domains)
    to change; C(delete:custom_domains) to delete; C(create:custom_domains) for O(verify)."
seealso:
  - module: community.auth0.auth0_custom_domain_info
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

- name: A domain of our own
  community.auth0.auth0_custom_domain:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    domain: login.acme.example
    type: auth0_managed_certs
  register: made

- name: Show the records that the DNS needs
  ansible.builtin.debug:
    msg: "{{ item.domain }} {{ item.name | upper }} {{ item.record }}"
  loop: "{{ made.custom_domain.verification.methods }}"

- name: Verify it, once the DNS has the record
  community.auth0.auth0_custom_domain:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    domain: login.acme.example
    verify: true

- name: No longer
  community.auth0.auth0_custom_domain:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    domain: login.acme.example
    state: absent
"""

RETURN = r"""
action:
  description: What was done, or would be done in check mode.
  type: str
  returned: success
  choices: [create, update, delete, none]
  sample: create
custom_domain:
  description: The domain as Auth0 returns it. In check mode, as it would be.
  type: dict
  returned: success and O(state=present)
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
    custom_domain_id: cd_0000000000000001
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
cname_api_key:
  description: The key that your proxy has to send in the header C(cname-api-key). V(null) unless this task has verified
    the domain, which has to be of O(type=self_managed_certs).
  type: str
  returned: with O(return_secret=true) and O(state=present)
done:
  description: The steps that were done before it failed, in words.
  type: list
  elements: str
  returned: failure, when something was changed before
  sample: [create custom domain login.acme.example]
remaining:
  description: The steps that are left. Running the task again does these, and none of those that are done.
  type: list
  elements: str
  returned: failure, when something was changed before
  sample: [verify custom domain login.acme.example]
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
from ansible_collections.community.auth0.plugins.module_utils._modules.keeping import work_of
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module

WORK = work_of(CUSTOM_DOMAIN)


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
