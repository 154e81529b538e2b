# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The filter community.auth0.access_report."""

from __future__ import annotations

DOCUMENTATION = r"""
name: access_report
short_description: Make a report of the access in Auth0 tenants
version_added: 1.1.0
description:
  - Puts together what M(community.auth0.auth0_access_info) and M(community.auth0.auth0_config) in check mode return
    about tenants. The result is plain data, which can be written as JSON or, with
    P(community.auth0.access_page#filter), as a page of HTML.
  - A tenant that could not be read is in the report, with the reason.
author:
  - community.auth0 contributors (@ansible-collections)
options:
  _input:
    description:
      - The tenants. Each has a C(name) and may have a C(domain), as C(access) the result of
        M(community.auth0.auth0_access_info), and as C(config) that of M(community.auth0.auth0_config) with
        C(check_mode=true), C(diff=true) and O(community.auth0.auth0_config#module:show_undeclared=true). These may be
        results of tasks that failed.
    type: list
    elements: dict
    required: true
  generated_at:
    description: When the tenants were read, in words.
    type: str
    default: ""
  max_secret_age:
    description: The age in days after which a secret is old, as the module was given it.
    type: int
  min_key_days:
    description: The days before its end at which a key is reported, as the module was given them.
    type: int
  fail_on:
    description:
      - What counts as a failure. V(drift) is a difference from the declarations, V(undeclared) what nobody declared,
        V(expiry) a key that ends, keys that cannot be read or an old secret, V(access) a token or an API call that does
        not work, V(scopes) a grant with scopes that the API does not have or for an API that is gone, V(unused) a scope
        that no grant holds or a client without a grant.
      - Where something counts, a tenant that could not be read does, too.
    type: list
    elements: str
    default: []
"""

EXAMPLES = r"""
- name: Show how many differences there are
  ansible.builtin.debug:
    msg: "{{ (tenants | community.auth0.access_report(fail_on=['drift'])).failures | length }}"
  vars:
    tenants:
      - {name: prod, access: "{{ access }}", config: "{{ config }}"}
"""

RETURN = r"""
_value:
  description:
    - The report. Its C(tenants) have C(name), C(domain), C(read), C(compared), C(problems), C(access), C(findings),
      C(drift) and C(undeclared). C(failures) has what counts, each with C(gate), C(tenant) and C(message).
  type: dict
"""

import typing as t

from ansible.errors import AnsibleFilterError
from ansible_collections.community.auth0.plugins.plugin_utils.access_report import (
    InvalidReport,
    Thresholds,
    days_of,
    gates_of,
    report_of,
)
from ansible_collections.community.auth0.plugins.plugin_utils.plain import plain


def access_report(
    tenants: t.Any,
    generated_at: str = "",
    max_secret_age: t.Any = None,
    min_key_days: t.Any = None,
    fail_on: t.Any = (),
) -> dict[str, t.Any]:
    """The report on tenants. Raises AnsibleFilterError for what is no list of them, and for other mistakes."""
    given = plain(tenants)
    if not isinstance(given, list) or not all(isinstance(one, dict) and "name" in one for one in given):
        raise AnsibleFilterError("access_report expects a list of tenants, each a dictionary with a name.")
    try:
        thresholds = Thresholds(days_of(max_secret_age, "max_secret_age"), days_of(min_key_days, "min_key_days"))
        return report_of(given, str(generated_at), thresholds, gates_of(plain(fail_on)))
    except InvalidReport as error:
        raise AnsibleFilterError(str(error)) from None


class FilterModule:
    """What Ansible loads."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        """The filters by name."""
        return {"access_report": access_report}
