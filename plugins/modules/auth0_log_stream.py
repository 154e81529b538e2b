#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: auth0_log_stream
short_description: Manage a log stream of an Auth0 tenant
version_added: 1.1.0
description:
  - A log stream sends the events of the tenant's log to another service as they occur, for example each token that a
    client gets or is refused.
  - Auth0 allows several log streams with one name. This module creates no second one, and fails if there are several,
    unless you choose one by O(id).
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
    support: partial
    details: With O(update_secrets=always), the password of Mixpanel is sent in each run, since Auth0 does not show it.
  action_group:
    support: full
options:
  state:
    description: Whether the log stream exists.
    type: str
    choices: [present, absent]
    default: present
  name:
    description:
      - The name of the log stream. Without O(id), the log stream is looked up by it.
      - "Value: needed for a new log stream."
    type: str
  id:
    description:
      - The id of the log stream. With it, O(name) renames the log stream.
      - At least one of O(id) and O(name) is required.
    type: str
  type:
    description:
      - The type of service that the events are sent to.
      - "Value: needed for a new log stream; cannot be changed after creation."
    type: str
    choices:
      http: any service that takes them by HTTPS
      splunk: Splunk
      datadog: Datadog
      eventbridge: Amazon EventBridge
      eventgrid: Azure Event Grid
      sumo: Sumo Logic
      segment: Segment
      mixpanel: Mixpanel
  sink:
    description:
      - Where the events are sent, and by which credentials. Which options it can have depends on O(type).
      - Options that you leave out are kept.
      - Auth0 shows most of its secrets to everybody who can read log streams, so the module notices if one differs. It
        never returns them.
      - "Value: needed for a new log stream."
    type: dict
    suboptions:
      httpEndpoint:
        description:
          - The URL to which the events are sent.
          - "Value: only for O(type=http); needed where it is not set yet; must begin with https://."
        type: str
      httpContentType:
        description:
          - The content type of the requests, such as V(application/json).
          - "Value: only for O(type=http)."
        type: str
      httpContentFormat:
        description:
          - How events are put into a request.
          - "Value: only for O(type=http)."
        type: str
        choices:
          JSONLINES: each on a line of its own
          JSONARRAY: in a JSON array
          JSONOBJECT: one event in each request
      httpAuthorization:
        description:
          - The header C(Authorization) of the requests, for a credential.
          - "Value: only for O(type=http); masked by Ansible."
        type: str
        aliases: [http_authorization]
      httpCustomHeaders:
        description:
          - Other headers of the requests. Headers that are not listed are removed.
          - "Value: only for O(type=http)."
        type: list
        elements: dict
        suboptions:
          header:
            description: The name of the header.
            type: str
            required: true
          value:
            description:
              - Its value.
              - "Value: needed where it is not set yet; masked by Ansible."
            type: str
      splunkDomain:
        description:
          - The domain of Splunk's HTTP event collector.
          - "Value: only for O(type=splunk); needed where it is not set yet."
        type: str
      splunkPort:
        description:
          - Its port. Put it in quotes.
          - "Value: only for O(type=splunk); needed where it is not set yet; must consist of digits."
        type: str
      splunkToken:
        description:
          - The token of the event collector.
          - "Value: only for O(type=splunk); needed where it is not set yet; masked by Ansible."
        type: str
        aliases: [splunk_token]
      splunkSecure:
        description:
          - Whether the certificate of the event collector is verified. V(false) is for self-signed ones.
          - "Value: only for O(type=splunk); needed where it is not set yet."
        type: bool
      datadogRegion:
        description:
          - The region of Datadog.
          - "Value: only for O(type=datadog); needed where it is not set yet."
        type: str
        choices: [us, eu, us3, us5]
      datadogApiKey:
        description:
          - The API key.
          - "Value: only for O(type=datadog); needed where it is not set yet; masked by Ansible."
        type: str
        aliases: [datadog_api_key]
      awsAccountId:
        description:
          - The AWS account. Put it in quotes.
          - "Value: only for O(type=eventbridge); needed where it is not set yet; must consist of 12 digits; cannot be
            changed after creation."
        type: str
      awsRegion:
        description:
          - The region of the event bus.
          - "Value: only for O(type=eventbridge); needed where it is not set yet; cannot be changed after creation."
        type: str
        choices: [af-south-1, ap-east-1, ap-east-2, ap-northeast-1, ap-northeast-2, ap-northeast-3, ap-south-1,
          ap-south-2, ap-southeast-1, ap-southeast-2, ap-southeast-3, ap-southeast-4, ap-southeast-5, ap-southeast-6,
          ap-southeast-7, ca-central-1, ca-west-1, eu-central-1, eu-central-2, eu-north-1, eu-south-1, eu-south-2,
          eu-west-1, eu-west-2, eu-west-3, il-central-1, me-central-1, me-south-1, mx-central-1, sa-east-1,
          us-gov-east-1, us-gov-west-1, us-east-1, us-east-2, us-west-1, us-west-2]
      azureSubscriptionId:
        description:
          - The id of the Azure subscription.
          - "Value: only for O(type=eventgrid); needed where it is not set yet; must be a UUID; cannot be changed after
            creation."
        type: str
      azureRegion:
        description:
          - The region of the partner topic.
          - "Value: only for O(type=eventgrid); needed where it is not set yet; cannot be changed after creation."
        type: str
        choices: [australiacentral, australiaeast, australiasoutheast, brazilsouth, canadacentral, canadaeast,
          centralindia, centralus, eastasia, eastus, eastus2, francecentral, germanywestcentral, japaneast, japanwest,
          koreacentral, koreasouth, northcentralus, northeurope, norwayeast, southafricanorth, southcentralus,
          southeastasia, southindia, swedencentral, switzerlandnorth, uaenorth, uksouth, ukwest, westcentralus,
          westeurope, westindia, westus, westus2]
      azureResourceGroup:
        description:
          - The resource group of the partner topic.
          - "Value: only for O(type=eventgrid); needed where it is not set yet; cannot be changed after creation."
        type: str
      sumoSourceAddress:
        description:
          - The URL of the HTTP source. Everybody who knows it can write to the source, so it is a secret.
          - "Value: only for O(type=sumo); needed where it is not set yet; masked by Ansible."
        type: str
        aliases: [sumo_source_address]
      segmentWriteKey:
        description:
          - The write key of the source.
          - "Value: only for O(type=segment); needed where it is not set yet; masked by Ansible."
        type: str
        aliases: [segment_write_key]
      mixpanelRegion:
        description:
          - The region of Mixpanel.
          - "Value: only for O(type=mixpanel); needed where it is not set yet."
        type: str
        choices: [us, eu]
      mixpanelProjectId:
        description:
          - The id of the project. Put it in quotes.
          - "Value: only for O(type=mixpanel); needed where it is not set yet; must consist of digits."
        type: str
      mixpanelServiceAccountUsername:
        description:
          - The name of the service account.
          - "Value: only for O(type=mixpanel); needed where it is not set yet; must hold no colon."
        type: str
      mixpanelServiceAccountPassword:
        description:
          - The password of the service account.
          - Auth0 never shows it, so it cannot be compared. O(update_secrets) says when it is sent.
          - "Value: only for O(type=mixpanel); needed for a new object, and kept where it is not given; must hold no
            colon; masked by Ansible."
        type: str
        aliases: [mixpanel_service_account_password]
  update_secrets:
    description:
      - When O(sink.mixpanelServiceAccountPassword) is sent. Other secrets are compared with those that Auth0 shows.
      - V(on_create) sends it when the log stream is created, and when something else in O(sink) changes.
      - V(always) sends it in each run. Each run then changes the log stream.
    type: str
    choices: [on_create, always]
    default: on_create
  filters:
    description:
      - The categories of events to send. Without any, every event is sent.
      - Categories that are not listed are removed.
      - While O(isPriority=true), Auth0 sends the category V(security) instead, and no filters can be given.
    type: list
    elements: dict
    suboptions:
      type:
        description:
          - What the filter looks at.
          - "Value: needed where it is not set yet."
        type: str
        choices: [category]
      name:
        description: The category.
        type: str
        required: true
        choices: [auth.login.fail, auth.login.notification, auth.login.success, auth.logout.fail, auth.logout.success,
          auth.signup.fail, auth.signup.success, auth.silent_auth.fail, auth.silent_auth.success,
          auth.token_exchange.fail, auth.token_exchange.success, management.fail, management.success, scim.event,
          system.notification, user.fail, user.notification, user.success, actions, other]
  pii_config:
    description:
      - Which personal data of users to make unreadable in the events.
      - Options that you leave out are kept.
    type: dict
    suboptions:
      log_fields:
        description:
          - The data. The list is authoritative.
          - "Value: needed where it is not set yet; at least 1 item."
        type: list
        elements: str
        choices: [first_name, last_name, username, email, phone, address]
      method:
        description: Whether they are masked, or hashed so that you can still recognize equal ones. The default for a
          new one is hashing.
        type: str
        choices: [mask, hash]
      algorithm:
        description: How they are hashed.
        type: str
        choices: [xxhash]
  isPriority:
    description:
      - Whether the log stream is served before others. Depends on the tenant's plan.
      - Auth0 filters such a log stream itself. To turn it off, give O(filters), too; an empty list sends every event.
      - "Value: V(false) for a new log stream."
    type: bool
  startFrom:
    description:
      - The time from which to send events, in ISO 8601. The default is now.
      - Auth0 does not return it, so it has no effect on a log stream that exists.
      - "Value: cannot be changed after creation."
    type: str
  status:
    description:
      - Whether events are sent.
      - Auth0 itself suspends a log stream that fails for a long time. V(active) starts it again.
      - "Value: V(active) for a new log stream."
    type: str
    choices: [active, paused]
  clear:
    description: Fields to remove from the log stream.
    type: list
    elements: str
    choices: [pii_config]
    default: []
notes:
  - "Scopes of the Management API: C(read:log_streams); C(create:log_streams) to create; C(update:log_streams) to
    change; C(delete:log_streams) to delete."
seealso:
  - module: community.auth0.auth0_log_stream_info
  - name: Log streams
    description: Auth0's documentation of what each type of log stream needs on the other side.
    link: https://auth0.com/docs/customize/log-streams
"""

EXAMPLES = r"""
- name: A token of the Management API for the tasks that follow
  community.auth0.auth0_token:
    auth0_domain: acme.eu.auth0.com
    auth0_client_id: "{{ vault_auth0_client_id }}"
    auth0_client_secret: "{{ vault_auth0_client_secret }}"
  register: management
  no_log: true

- name: Send what clients do to a service of our own
  community.auth0.auth0_log_stream:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    name: Audit
    type: http
    sink:
      httpEndpoint: https://audit.acme.example/auth0
      httpContentType: application/json
      httpContentFormat: JSONLINES
      httpAuthorization: "Bearer {{ vault_audit_token }}"
    filters:
      - type: category
        name: auth.token_exchange.success
      - type: category
        name: auth.token_exchange.fail
    pii_config:
      log_fields: [email, phone]
      method: mask

- name: Send everything to Splunk
  community.auth0.auth0_log_stream:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    name: Splunk
    type: splunk
    sink:
      splunkDomain: inputs.acme.splunkcloud.com
      splunkPort: "8088"
      splunkToken: "{{ vault_splunk_token }}"
      splunkSecure: true

- name: Replace the token of the event collector, and keep the rest
  community.auth0.auth0_log_stream:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    name: Splunk
    sink:
      splunkToken: "{{ vault_splunk_token }}"

- name: Stop for a while, and send all categories and data from then on
  community.auth0.auth0_log_stream:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    name: Audit
    status: paused
    filters: []
    clear: [pii_config]

- name: Remove it
  community.auth0.auth0_log_stream:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    name: Audit
    state: absent
"""

RETURN = r"""
action:
  description: What was done, or would be done in check mode.
  type: str
  returned: success
  choices: [create, update, delete, none]
  sample: create
log_stream:
  description: The log stream as Auth0 returns it, without its secrets. In check mode, as it would be, without an C(id)
    if it would be created.
  type: dict
  returned: success and O(state=present)
  sample:
    id: lst_0000000000012804
    name: Audit
    type: http
    status: active
    sink:
      httpEndpoint: https://audit.acme.example/auth0
      httpContentType: application/json
      httpContentFormat: JSONLINES
    isPriority: false
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

from ansible_collections.community.auth0.plugins.module_utils._kinds.log_stream import LOG_STREAM
from ansible_collections.community.auth0.plugins.module_utils._modules.keeping import work_of
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module

WORK = work_of(LOG_STREAM)


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
