# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: auth0_token
short_description: Get access tokens by client credentials, in a template
version_added: 1.1.0
description:
  - Does in a template what the module M(community.auth0.auth0_token) does in a task, with the same code. It runs on the
    controller.
  - A template is evaluated each time it is used, so it requests a new token each time. With O(cache=true), one token is
    used for as long as it is valid.
author:
  - community.auth0 contributors (@ansible-collections)
extends_documentation_fragment:
  - community.auth0.auth0.plugins
  - community.auth0.auth0
  - community.auth0.token
options:
  _terms:
    description:
      - The identifiers of the APIs that the tokens are for, exactly. Give at least one, and none that is empty.
      - The identifier of the Management API is C(https://TENANT.REGION.auth0.com/api/v2/). Unlike the module, the
        lookup gets a token for it only if you name it, because a variable that turns out empty must not become a
        powerful token.
    type: list
    elements: str
    required: true
notes:
  - Ansible prints what a task does with the token, such as an argument of a module. Set C(no_log) on each task that
    uses it. Never keep it as a fact, because facts may be cached on disk.
  - To use one token in several tasks, get it once with the module and C(register) it.
seealso:
  - module: community.auth0.auth0_token
  - plugin: community.auth0.auth0_token_info
    plugin_type: lookup
"""

EXAMPLES = r"""
# The host's variables are auth0_domain, auth0_client_id, auth0_client_secret and, where the first is a custom
# domain, auth0_audience. The Management API's identifier begins with https://, even if auth0_domain has http://.
- name: Call the Management API for what no module does
  ansible.builtin.uri:
    url: "{{ auth0_domain | regex_replace('^(?!http://)', 'https://') }}/api/v2/tenants/settings"
    headers:
      Authorization: "Bearer {{ lookup('community.auth0.auth0_token', management, scope=['read:tenant_settings']) }}"
  vars:
    management: "{{ auth0_audience | default('https://' ~ auth0_domain | regex_replace('^http://', '') ~ '/api/v2/') }}"
  register: settings
  no_log: true

- name: Call an API as a service would, with one token for as long as it is valid
  ansible.builtin.uri:
    url: https://appointments.example.com/tomorrow
    headers:
      Authorization: "Bearer {{ lookup('community.auth0.auth0_token', 'https://appointments.example.com', **service) }}"
  vars:
    service:
      client_id: "{{ reminders.client.client_id }}"
      client_secret: "{{ reminders.client_secret }}"
      cache: true
  no_log: true
"""

RETURN = r"""
_raw:
  description: The access tokens, in the order of the terms.
  type: list
  elements: str
"""

import typing as t

from ansible.errors import AnsibleOptionsError
from ansible.plugins.lookup import LookupBase
from ansible_collections.community.auth0.plugins.module_utils._modules.token import WORK
from ansible_collections.community.auth0.plugins.plugin_utils.lookup import perform_each


class LookupModule(LookupBase):  # type: ignore[misc]
    """The module auth0_token in templates."""

    def run(self, terms: list[t.Any], variables: dict[str, t.Any] | None = None, **kwargs: t.Any) -> list[str]:
        """The tokens for the audiences that the terms are. Raises AnsibleOptionsError for none, or an empty one."""
        audiences = self._flatten(terms)
        if not audiences or not all(isinstance(audience, str) and audience.strip() for audience in audiences):
            # To the module, no audience is the Management API: what a variable lacks by accident must not mean that.
            raise AnsibleOptionsError(
                "The terms of auth0_token are the identifiers of APIs: at least one, each a string, none of them "
                "empty. For a token for the Management API give its identifier, https://TENANT.REGION.auth0.com/api/v2/."
            )
        results = perform_each(self, WORK, "audience", audiences, variables, kwargs)
        return [result["access_token"] for result in results]
