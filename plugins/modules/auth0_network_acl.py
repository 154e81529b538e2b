#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: auth0_network_acl
short_description: Manage a network access control list of an Auth0 tenant
version_added: 1.1.0
description:
  - A network access control list (ACL) blocks, allows, redirects or only logs requests before the tenant looks at them,
    such as requests for tokens from networks in which no client runs.
  - An ACL that blocks or redirects requests to the Management API or to the token endpoint (O(rule.scope=management),
    O(rule.scope=authentication) or O(rule.scope=tenant)) can lock out your clients. It can also lock out this
    collection, which then cannot undo it. Declare it with the action C(log) first, and look at what it meets. Let the
    addresses of the controller in.
  - Network ACLs depend on the tenant's plan.
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
    description: Whether the network ACL exists.
    type: str
    choices: [present, absent]
    default: present
  description:
    description:
      - What the network ACL is for. Without O(id), it is looked up by it.
      - Auth0 lets several network ACLs have one description. This module does not create a second one, and fails where
        there are several, unless O(id) says which one is meant.
      - "Value: needed for a new network ACL; at most 255 characters."
    type: str
  id:
    description:
      - The id of the network ACL. With it, O(description) can change.
      - At least one of O(id) and O(description) is required.
    type: str
  active:
    description:
      - Whether the network ACL is applied.
      - "Value: needed for a new network ACL."
    type: bool
  priority:
    description:
      - In which order network ACLs are applied, lower numbers first. No two have the same. A number that another one
        has is refused. M(community.auth0.auth0_config) can let several change places.
      - "Value: from 1 to 100; V(50) for a new network ACL."
    type: int
  rule:
    description:
      - What is done with which requests. Give at least one of C(match), C(not_match) and C(match_all).
      - What is not given in it is kept.
      - "Value: needed for a new network ACL."
    type: dict
    suboptions:
      action:
        description:
          - What is done. Exactly one of the flags is V(true); giving another one replaces the one that is there.
          - "Value: needed where it is not set yet."
        type: dict
        suboptions:
          block:
            description: Refuse the request.
            type: bool
          allow:
            description: Let the request through.
            type: bool
          log:
            description: Let the request through, and note it in the tenant's log.
            type: bool
          redirect:
            description: Send the client somewhere else.
            type: bool
          redirect_uri:
            description:
              - Where to send it.
              - "Value: needed with C(redirect) V(true), and not allowed with others; at most 2000 characters."
            type: str
      match:
        description:
          - The requests are those in which one of these is found. What is not given in it is kept.
          - An empty dictionary removes it.
          - "Value: at least 1 key."
        type: dict
        suboptions:
          asns:
            description:
              - Numbers of autonomous systems.
              - "Value: V([]) removes it."
            type: list
            elements: int
          auth0_managed:
            description:
              - Lists of addresses that Auth0 keeps.
              - "Value: V([]) removes it."
            type: list
            elements: str
            choices: [auth0.low_reputation, auth0.icloud_relay_proxy]
          geo_country_codes:
            description:
              - Countries, such as V(US).
              - "Value: V([]) removes it."
            type: list
            elements: str
          geo_subdivision_codes:
            description:
              - Parts of countries, such as V(US-NY).
              - "Value: V([]) removes it."
            type: list
            elements: str
          ipv4_cidrs:
            description:
              - IPv4 addresses and networks from which the request originally comes, such as V(192.0.2.0/24).
              - "Value: V([]) removes it."
            type: list
            elements: str
          ipv6_cidrs:
            description:
              - IPv6 addresses and networks from which the request originally comes, such as V(2001:db8::/32).
              - "Value: V([]) removes it."
            type: list
            elements: str
          connecting_ipv4_cidrs:
            description:
              - IPv4 addresses and networks that connect to Auth0, such as those of a proxy.
              - "Value: V([]) removes it."
            type: list
            elements: str
          connecting_ipv6_cidrs:
            description:
              - IPv6 addresses and networks that connect to Auth0, such as those of a proxy.
              - "Value: V([]) removes it."
            type: list
            elements: str
          ja3_fingerprints:
            description:
              - JA3 fingerprints of TLS clients.
              - "Value: V([]) removes it."
            type: list
            elements: str
          ja4_fingerprints:
            description:
              - JA4 fingerprints of TLS clients.
              - "Value: V([]) removes it."
            type: list
            elements: str
          user_agents:
            description:
              - User agents.
              - "Value: V([]) removes it."
            type: list
            elements: str
          hostnames:
            description:
              - The domains of the tenant at which the request arrives, custom ones too.
              - "Value: V([]) removes it."
            type: list
            elements: str
          http_message_signature:
            description:
              - Signatures of HTTP messages. An empty dictionary removes it.
              - "Value: at least 1 key."
            type: dict
            suboptions:
              keys:
                description:
                  - The keys of which one signed the request. Auth0 stores them by requests of their own.
                  - "Value: needed where it is not set yet; at least 1 item."
                type: list
                elements: dict
                suboptions:
                  id:
                    description: The id of a key.
                    type: str
                    required: true
      not_match:
        description:
          - The requests are those in which none of these is found. What is not given in it is kept.
          - An empty dictionary removes it.
          - "Value: at least 1 key."
        type: dict
        suboptions:
          asns:
            description:
              - Numbers of autonomous systems.
              - "Value: V([]) removes it."
            type: list
            elements: int
          auth0_managed:
            description:
              - Lists of addresses that Auth0 keeps.
              - "Value: V([]) removes it."
            type: list
            elements: str
            choices: [auth0.low_reputation, auth0.icloud_relay_proxy]
          geo_country_codes:
            description:
              - Countries, such as V(US).
              - "Value: V([]) removes it."
            type: list
            elements: str
          geo_subdivision_codes:
            description:
              - Parts of countries, such as V(US-NY).
              - "Value: V([]) removes it."
            type: list
            elements: str
          ipv4_cidrs:
            description:
              - IPv4 addresses and networks from which the request originally comes, such as V(192.0.2.0/24).
              - "Value: V([]) removes it."
            type: list
            elements: str
          ipv6_cidrs:
            description:
              - IPv6 addresses and networks from which the request originally comes, such as V(2001:db8::/32).
              - "Value: V([]) removes it."
            type: list
            elements: str
          connecting_ipv4_cidrs:
            description:
              - IPv4 addresses and networks that connect to Auth0, such as those of a proxy.
              - "Value: V([]) removes it."
            type: list
            elements: str
          connecting_ipv6_cidrs:
            description:
              - IPv6 addresses and networks that connect to Auth0, such as those of a proxy.
              - "Value: V([]) removes it."
            type: list
            elements: str
          ja3_fingerprints:
            description:
              - JA3 fingerprints of TLS clients.
              - "Value: V([]) removes it."
            type: list
            elements: str
          ja4_fingerprints:
            description:
              - JA4 fingerprints of TLS clients.
              - "Value: V([]) removes it."
            type: list
            elements: str
          user_agents:
            description:
              - User agents.
              - "Value: V([]) removes it."
            type: list
            elements: str
          hostnames:
            description:
              - The domains of the tenant at which the request arrives, custom ones too.
              - "Value: V([]) removes it."
            type: list
            elements: str
          http_message_signature:
            description:
              - Signatures of HTTP messages. An empty dictionary removes it.
              - "Value: at least 1 key."
            type: dict
            suboptions:
              keys:
                description:
                  - The keys of which one signed the request. Auth0 stores them by requests of their own.
                  - "Value: needed where it is not set yet; at least 1 item."
                type: list
                elements: dict
                suboptions:
                  id:
                    description: The id of a key.
                    type: str
                    required: true
      match_all:
        description: The requests are all. It takes the place of C(match) and C(not_match), and they take its place.
        type: bool
      scope:
        description:
          - Of which part of the tenant the requests are.
          - "Value: needed where it is not set yet."
        type: str
        choices:
          management: the Management API
          authentication: the Authentication API, with the token endpoint
          tenant: everything
          dynamic_client_registration: dynamic registration of clients
notes:
  - "Scopes of the Management API: C(read:network_acls); C(create:network_acls) to create; C(update:network_acls) to
    change; C(delete:network_acls) to delete."
seealso:
  - module: community.auth0.auth0_network_acl_info
  - module: community.auth0.auth0_rate_limit_policy
"""

EXAMPLES = r"""
- name: A token of the Management API for the tasks that follow
  community.auth0.auth0_token:
    auth0_domain: acme.eu.auth0.com
    auth0_client_id: "{{ vault_auth0_client_id }}"
    auth0_client_secret: "{{ vault_auth0_client_secret }}"
  register: management
  no_log: true

- name: Log which token requests come from outside our networks, the controller's included
  community.auth0.auth0_network_acl:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    description: Tokens for our networks only
    active: true
    priority: 10
    rule:
      action:
        log: true
      not_match:
        ipv4_cidrs: [192.0.2.0/24, 198.51.100.0/24]
      scope: authentication

- name: Block them, once the log shows none of our own
  community.auth0.auth0_network_acl:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    description: Tokens for our networks only
    rule:
      action:
        block: true

- name: Let one more network in, and keep the rest
  community.auth0.auth0_network_acl:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    description: Tokens for our networks only
    rule:
      not_match:
        ipv4_cidrs: [192.0.2.0/24, 198.51.100.0/24, 203.0.113.0/24]

- name: Do not apply it for a while
  community.auth0.auth0_network_acl:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    description: Tokens for our networks only
    active: false

- name: Remove it
  community.auth0.auth0_network_acl:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    description: Tokens for our networks only
    state: absent
"""

RETURN = r"""
action:
  description: What was done, or would be done in check mode.
  type: str
  returned: success
  choices: [create, update, delete, none]
  sample: create
network_acl:
  description: The network ACL as Auth0 returns it. In check mode, as it would be, without an C(id) where it is created.
  type: dict
  returned: success and O(state=present)
  sample:
    id: acl_4oWrXrzhXSpmREA3xN3PPz
    description: Tokens for our networks only
    active: true
    priority: 10
    rule:
      action:
        block: true
      not_match:
        ipv4_cidrs: [192.0.2.0/24, 198.51.100.0/24]
      scope: authentication
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

from ansible_collections.community.auth0.plugins.module_utils._kinds.network_acl import NETWORK_ACL
from ansible_collections.community.auth0.plugins.module_utils._modules.keeping import work_of
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module

WORK = work_of(NETWORK_ACL)


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
