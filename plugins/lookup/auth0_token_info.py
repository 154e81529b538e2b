# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: auth0_token_info
short_description: Verify access tokens as their API must, in a template
version_added: 1.1.0
description:
  - Does in a template what the module M(community.auth0.auth0_token_info) does in a task, with the same code. It runs
    on the controller.
author:
  - community.auth0 contributors (@ansible-collections)
extends_documentation_fragment:
  - community.auth0.auth0.plugins
  - community.auth0.auth0
  - community.auth0.token_info
options:
  _terms:
    description: The access tokens, each exactly as it was issued. Give at least one, and none that is empty.
    type: list
    elements: str
    required: true
  fail:
    description:
      - Whether the lookup fails if a token is not acceptable. Otherwise it returns V(false) as C(active) for it.
      - It always fails if the tenant cannot be reached, or gives no keys.
    type: bool
    default: true
seealso:
  - module: community.auth0.auth0_token_info
  - plugin: community.auth0.auth0_token
    plugin_type: lookup
"""

EXAMPLES = r"""
# The host's variable auth0_domain says who must have issued the token.
- name: Deploy only what the API would let in
  ansible.builtin.assert:
    that: verified.active and verified.expires_in > 3600
    fail_msg: "{{ verified.reason | default('It expires within the hour.') }}"
  vars:
    api: {audience: https://appointments.example.com, scope: [read:appointments], fail: false}
    verified: "{{ lookup('community.auth0.auth0_token_info', token.access_token, **api) }}"
"""

RETURN = r"""
_raw:
  description: For each term what the module M(community.auth0.auth0_token_info) returns, and never the token.
  type: list
  elements: dict
  contains:
    active:
      description: Whether the API would accept the token.
      type: bool
    claims:
      description: What the token claims, when it is acceptable.
      type: dict
    scope:
      description: The scopes that it holds, when it is acceptable.
      type: list
      elements: str
    permissions:
      description: The permissions that it holds, when it is acceptable.
      type: list
      elements: str
    expires_in:
      description: Seconds until it expires, when it is acceptable.
      type: int
    reason:
      description: Why it is not acceptable, in one sentence, with O(fail=false).
      type: str
    code:
      description: The reason in a word, one of those that the module documents.
      type: str
"""

import typing as t

from ansible.errors import AnsibleOptionsError
from ansible.plugins.lookup import LookupBase
from ansible_collections.community.auth0.plugins.module_utils._modules.token_info import WORK
from ansible_collections.community.auth0.plugins.plugin_utils.lookup import perform_each


class LookupModule(LookupBase):  # type: ignore[misc]
    """The module auth0_token_info in templates."""

    def run(
        self, terms: list[t.Any], variables: dict[str, t.Any] | None = None, **kwargs: t.Any
    ) -> list[dict[str, t.Any]]:
        """What each of the tokens that the terms are is worth. Raises AnsibleOptionsError for none, or an empty one."""
        tokens = self._flatten(terms)
        if not tokens or not all(isinstance(token, str) and token.strip() for token in tokens):
            # A check of nothing would pass, by whichever of its results a play looks at.
            raise AnsibleOptionsError(
                "The terms of auth0_token_info are access tokens: at least one, each a string, none of them empty. "
                "Give each exactly as it was issued; where it is registered, that is its access_token."
            )
        results = perform_each(self, WORK, "token", tokens, variables, kwargs)
        return [{name: value for name, value in result.items() if name != "changed"} for result in results]
