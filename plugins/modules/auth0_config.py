#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: auth0_config
short_description: Manage a whole Auth0 tenant in one task
version_added: 1.1.0
description:
  - Makes a tenant what a configuration declares. Reads each kind of object once, in pages of a hundred, and writes only
    what differs.
  - Checks everything before it writes anything. Reports all mistakes at once, each with its list, its position and the
    name of the object.
  - Applies changes in order of dependency, several at a time. If one fails, what depends on it is not tried, and
    everything else is done. The next run does the rest.
  - Refers to objects by names and identifiers, so that the same configuration works for every tenant. What you do not
    declare is left alone, unless O(prune) says that this configuration owns it.
author:
  - community.auth0 contributors (@ansible-collections)
extends_documentation_fragment:
  - community.auth0.auth0
  - community.auth0.attributes
  - community.auth0.traffic
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
  resource_servers:
    description: The APIs. Each entry is a dictionary with the options of M(community.auth0.auth0_resource_server),
      except those of the connection and C(return_secret).
    type: list
    elements: raw
  clients:
    description:
      - The clients. Each entry is a dictionary with the options of M(community.auth0.auth0_client), except those of the
        connection and C(return_secret).
      - C(credentials) is a dictionary with the options C(method), C(credentials), C(signed_request_object) and
        C(token_vault_privileged_access) of M(community.auth0.auth0_client_credentials).
      - C(secret) is a dictionary with C(max_age). A secret that is older than this many days is replaced, as
        M(community.auth0.auth0_client_secret) does it.
      - C(previous_name) renames a client. If the tenant has no client with the name but one with the previous name,
        that one gets the name.
    type: list
    elements: raw
  client_grants:
    description:
      - Which client can call which API. Each entry is a dictionary with the options of
        M(community.auth0.auth0_client_grant), except those of the connection.
      - C(organizations) is a list of the names or ids of the organizations for which the grant can be used. It is
        authoritative, unless C(purge_organizations) is V(false).
    type: list
    elements: raw
  roles:
    description:
      - The roles. Each entry is a dictionary with the options of M(community.auth0.auth0_role), except those of the
        connection.
      - C(permissions), C(purge_permissions) and C(validate_permissions) are those of
        M(community.auth0.auth0_role_permissions). C(previous_name) renames, as with O(clients).
    type: list
    elements: raw
  organizations:
    description:
      - The organizations. Each entry is a dictionary with the options of M(community.auth0.auth0_organization), except
        those of the connection.
      - C(clients) is a list of the clients that belong to the organization. Each has C(client_name) or C(client_id),
        and C(use_for_member_access), as in M(community.auth0.auth0_organization_client). Clients that are not listed
        are removed from it, unless C(purge_clients) is V(false).
      - C(previous_name) renames, as with O(clients). For which organizations a client grant can be used is declared in
        O(client_grants).
    type: list
    elements: raw
  rate_limit_policies:
    description: How often clients may call the Authentication API. Each entry is a dictionary with the options of
      M(community.auth0.auth0_rate_limit_policy), except those of the connection.
    type: list
    elements: raw
  log_streams:
    description:
      - The log streams. Each entry is a dictionary with the options of M(community.auth0.auth0_log_stream), except
        those of the connection.
      - C(previous_name) renames, as with O(clients).
    type: list
    elements: raw
  custom_domains:
    description:
      - The domains of your own. Each entry is a dictionary with the options of M(community.auth0.auth0_custom_domain),
        except those of the connection and C(return_secret).
      - A domain with C(type=self_managed_certs) cannot be verified here, since its key is shown only once. Use the
        module.
    type: list
    elements: raw
  custom_domain_default:
    description: Which domain is the default one. It is no list but one dictionary with the options of
      M(community.auth0.auth0_custom_domain_default), except those of the connection.
    type: raw
  network_acls:
    description: The network ACLs. Each entry is a dictionary with the options of M(community.auth0.auth0_network_acl),
      except those of the connection.
    type: list
    elements: raw
  tenant_settings:
    description:
      - What holds for the whole tenant. It is no list but one dictionary with the options of
        M(community.auth0.auth0_tenant_settings), except those of the connection.
      - The settings are always there, so they are never deleted, and a dictionary without anything in it is not even
        read.
    type: raw
  actions:
    description:
      - The actions. Each entry is a dictionary with the options of M(community.auth0.auth0_action), except those of the
        connection.
      - C(previous_name) renames, as with O(clients).
    type: list
    elements: raw
  token_exchange_profiles:
    description: The token exchange profiles. Each entry is a dictionary with the options of
      M(community.auth0.auth0_token_exchange_profile), except those of the connection.
    type: list
    elements: raw
  action_triggers:
    description:
      - Which actions run at which triggers. Each entry is a dictionary with the options of
        M(community.auth0.auth0_action_trigger), except those of the connection.
      - Triggers are always there, so an entry has no C(state). Actions are deployed before they are bound, and unbound
        before they are deleted. If the list replaces an action by a new one, the old one is deleted after the new one
        is bound. One that stays bound is deleted only with C(force=true) in its own entry.
    type: list
    elements: raw
  prune:
    description:
      - Which objects this configuration owns. Owned objects that it does not declare are deleted, at the end, and only
        if everything else has succeeded.
      - An object is owned if it matches all options that you give for its kind.
      - System objects are never deleted, nor is the client whose credentials the task uses, its grant for the
        Management API, and what a declared object refers to, even if only by the permissions of a role or the clients
        of an organization. Deleting an API also deletes its client grants.
      - The default domain, the API that is the default audience, and an action that a trigger or a token exchange
        profile uses are kept, with a warning.
    type: dict
    suboptions:
      max:
        description: Required. How many objects one run may delete. If there are more to delete, nothing is written and
          the task fails.
        type: int
      resource_servers:
        description: The APIs that this configuration owns.
        type: dict
        suboptions:
          name_pattern:
            description: A shell pattern that the name matches, such as V(acme *).
            type: str
          identifier_pattern:
            description: A shell pattern that the identifier matches, such as V(https://api.acme.example/*).
            type: str
          keep:
            description: Names, identifiers or ids, or shell patterns of those, of APIs that stay.
            type: list
            elements: str
            default: []
      clients:
        description: The clients that this configuration owns.
        type: dict
        suboptions:
          name_pattern:
            description: A shell pattern that the name matches, such as V(acme *).
            type: str
          client_metadata:
            description: Keys and values that the client's metadata must have, such as C(managed_by) V(ansible). A
              number or a boolean stands for the string that Auth0 keeps.
            type: dict
          keep:
            description: Names or ids, or shell patterns of those, of clients that stay.
            type: list
            elements: str
            default: []
      client_grants:
        description: The client grants that this configuration owns. One of the first two options must be V(true).
        type: dict
        suboptions:
          of_declared_apis:
            description: The grants for APIs that are declared.
            type: bool
            default: false
          of_declared_clients:
            description: The grants of clients that are declared.
            type: bool
            default: false
          keep:
            description: Ids of grants, their audiences, the names or ids of their clients, what RV(changes) calls
              grants, or shell patterns of those, of grants that stay.
            type: list
            elements: str
            default: []
      roles:
        description: The roles that this configuration owns.
        type: dict
        suboptions:
          name_pattern:
            description: A shell pattern that the name matches.
            type: str
          keep:
            description: Names or ids, or shell patterns of those, of roles that stay.
            type: list
            elements: str
            default: []
      organizations:
        description: The organizations that this configuration owns. One that is the default of a declared client, that
          owns a declared role, or for which a declared grant may be used, is not deleted.
        type: dict
        suboptions:
          name_pattern:
            description: A shell pattern that the name matches.
            type: str
          keep:
            description: Names or ids, or shell patterns of those, of organizations that stay.
            type: list
            elements: str
            default: []
      rate_limit_policies:
        description: The rate limit policies that this configuration owns. The first option must be V(true).
        type: dict
        suboptions:
          of_declared_clients:
            description: The policies of clients that are declared.
            type: bool
            default: false
          keep:
            description: Ids of policies, their selectors, the names of their clients, what RV(changes) calls policies,
              or shell patterns of those, of policies that stay.
            type: list
            elements: str
            default: []
      log_streams:
        description: The log streams that this configuration owns.
        type: dict
        suboptions:
          name_pattern:
            description: A shell pattern that the name matches.
            type: str
          keep:
            description: Names or ids, or shell patterns of those, of log streams that stay.
            type: list
            elements: str
            default: []
      custom_domains:
        description: The domains that this configuration owns.
        type: dict
        suboptions:
          domain_pattern:
            description: A shell pattern that the domain matches.
            type: str
          keep:
            description: Domains or ids, or shell patterns of those, of domains that stay.
            type: list
            elements: str
            default: []
      network_acls:
        description: The network ACLs that this configuration owns.
        type: dict
        suboptions:
          description_pattern:
            description: A shell pattern that the description matches.
            type: str
          keep:
            description: Descriptions or ids, or shell patterns of those, of network ACLs that stay.
            type: list
            elements: str
            default: []
      actions:
        description: The actions that this configuration owns. One that is bound to a trigger is not deleted, which
          counts as a failure.
        type: dict
        suboptions:
          name_pattern:
            description: A shell pattern that the name matches.
            type: str
          keep:
            description: Names or ids, or shell patterns of those, of actions that stay.
            type: list
            elements: str
            default: []
      token_exchange_profiles:
        description: The token exchange profiles that this configuration owns.
        type: dict
        suboptions:
          name_pattern:
            description: A shell pattern that the name matches.
            type: str
          keep:
            description: Types or ids, or shell patterns of those, of profiles that stay.
            type: list
            elements: str
            default: []
  show_undeclared:
    description: Whether to list in RV(undeclared) which objects of the declared kinds the tenant holds that this
      configuration does not declare.
    type: bool
    default: false
  return_secrets:
    description: Whether to return, in RV(secrets), the secrets of the clients and APIs that this run has created, and
      those that it has set. If V(true), set C(no_log) on the task. Without it, the secret by which the task itself
      works is not replaced.
    type: bool
    default: false
notes:
  - "Scopes of the Management API: C(read:resource_servers), C(read:clients), C(read:client_grants), C(read:roles),
    C(read:organizations), C(read:rate_limit_policies), C(read:log_streams), C(read:custom_domains),
    C(read:network_acls), C(read:tenant_settings), C(read:actions) and C(read:token_exchange_profiles) to read what is
    declared; C(create:resource_servers), C(update:resource_servers), C(delete:resource_servers), C(create:clients),
    C(update:clients), C(delete:clients), C(create:client_grants), C(update:client_grants), C(delete:client_grants),
    C(create:roles), C(update:roles), C(delete:roles), C(create:organizations), C(update:organizations),
    C(delete:organizations), C(create:rate_limit_policies), C(update:rate_limit_policies),
    C(delete:rate_limit_policies), C(create:log_streams), C(update:log_streams), C(delete:log_streams),
    C(create:custom_domains), C(update:custom_domains), C(delete:custom_domains), C(create:network_acls),
    C(update:network_acls), C(delete:network_acls), C(update:tenant_settings), C(create:actions), C(update:actions),
    C(delete:actions), C(create:token_exchange_profiles), C(update:token_exchange_profiles) and
    C(delete:token_exchange_profiles) to create, change or delete it; C(read:client_credentials),
    C(create:client_credentials), C(update:client_credentials) and C(delete:client_credentials) for C(credentials) and
    C(client_authentication_methods) of clients; C(read:client_keys) and C(update:client_keys) for C(secret) of clients,
    and to see secrets; C(read:organization_clients), C(create:organization_clients), C(update:organization_clients) and
    C(delete:organization_clients) for C(clients) of organizations; C(read:organizations),
    C(read:organization_client_grants), C(create:organization_client_grants) and C(delete:organization_client_grants)
    for C(organizations) of client grants."
seealso:
  - module: community.auth0.auth0_config_info
  - module: community.auth0.auth0_resource_server
  - module: community.auth0.auth0_client
  - module: community.auth0.auth0_client_grant
  - module: community.auth0.auth0_role
  - module: community.auth0.auth0_organization
  - module: community.auth0.auth0_rate_limit_policy
"""

EXAMPLES = r"""
- name: Set up an API and a client that may call it
  community.auth0.auth0_config:
    auth0_domain: acme.eu.auth0.com
    auth0_client_id: "{{ auth0_client_id }}"
    auth0_client_secret: "{{ auth0_client_secret }}"
    resource_servers:
      - identifier: https://appointments.acme.example/
        name: Appointments
        scopes:
          - value: read:appointments
            description: Read appointments
          - value: cancel:appointments
            description: Cancel an appointment
    clients:
      - name: Reminders
        app_type: non_interactive
        secret:
          max_age: 90
    client_grants:
      - client_name: Reminders
        audience: https://appointments.acme.example/
        scope:
          - read:appointments

- name: Show what a run would change, and delete, of what this configuration owns
  community.auth0.auth0_config:
    auth0_domain: acme.eu.auth0.com
    auth0_client_id: "{{ auth0_client_id }}"
    auth0_client_secret: "{{ auth0_client_secret }}"
    resource_servers: "{{ auth0_resource_servers }}"
    clients: "{{ auth0_clients }}"
    client_grants: "{{ auth0_client_grants }}"
    prune:
      max: 5
      clients:
        client_metadata:
          managed_by: ansible
      client_grants:
        of_declared_apis: true
  check_mode: true
  diff: true
"""

RETURN = r"""
changes:
  description: What was changed, in the order in which it was done. In check mode, what would be changed.
  type: list
  elements: dict
  returned: when the plan is made
  contains:
    kind:
      description: The kind of the object, or what else of an object was changed, such as V(role_permissions).
      type: str
    name:
      description: The name or the identifier of the object.
      type: str
    action:
      description: V(create), V(update) or V(delete).
      type: str
    id:
      description: The id of the object. V(null) if it is not known.
      type: str
    fields:
      description: The names of the fields that were sent.
      type: list
      elements: str
  sample:
    - kind: client
      name: Reminders
      action: update
      id: mbnq1iPUDaPzYCd9CWr0hMe8CWvJlCqd
      fields: [description]
unchanged:
  description: How many of the declared objects were as declared, by kind.
  type: dict
  returned: when the plan is made
  sample:
    client: 98
    client_grant: 100
ids:
  description: The ids of the declared objects by kind and by name or identifier.
  type: dict
  returned: when the plan is made
  sample:
    client:
      Reminders: mbnq1iPUDaPzYCd9CWr0hMe8CWvJlCqd
requests:
  description: The requests to the tenant.
  type: dict
  returned: when the plan is made
  contains:
    number:
      description: The number of requests, including those for tokens.
      type: int
    waited:
      description: The seconds spent waiting for a rate limit, all connections together.
      type: float
secrets:
  description: The secrets that this run has made or set, by kind and by name or identifier, including those that may be
    in force although the task failed.
  type: dict
  returned: O(return_secrets=true), after a failure too
undeclared:
  description: The names of the objects that the tenant holds and the configuration does not declare, by kind.
  type: dict
  returned: O(show_undeclared=true)
assumed:
  description: What a real run needs that the tenant does not have yet, in words.
  type: list
  elements: str
  returned: check mode, where something is assumed
failures:
  description: Why changes failed, each as RV(failure) with the kind and the name of the object.
  type: list
  elements: dict
  returned: when changes have failed
done:
  description: The steps that were done before it failed, in words.
  type: list
  elements: str
  returned: failure, when something was changed before
  sample: [create client Billing]
remaining:
  description: The steps that are left. Running the task again does these, and none of those that are done.
  type: list
  elements: str
  returned: failure, when something was changed before
  sample: [create client Reminders, create client grant Reminders / https://appointments.acme.example/]
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

from ansible_collections.community.auth0.plugins.module_utils._modules.config.work import WORK
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
