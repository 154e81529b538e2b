# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The filter community.auth0.access_page."""

from __future__ import annotations

DOCUMENTATION = r"""
name: access_page
short_description: Write a report of access as one page of HTML
version_added: 1.1.0
description:
  - Makes a page of what P(community.auth0.access_report#filter) returns. It needs no network and no script, is for
    light and dark screens and for paper, and its tables have captions and headers.
author:
  - community.auth0 contributors (@ansible-collections)
options:
  _input:
    description: The report.
    type: dict
    required: true
"""

EXAMPLES = r"""
- name: Write the page
  ansible.builtin.copy:
    content: "{{ report | community.auth0.access_page }}"
    dest: report.html
    mode: "0600"
  vars:
    report: "{{ [{'name': 'prod', 'access': access, 'config': config}] | community.auth0.access_report }}"
"""

RETURN = r"""
_value:
  description: The page.
  type: str
"""

import typing as t

from ansible.errors import AnsibleFilterError
from ansible_collections.community.auth0.plugins.plugin_utils.access_page import page_of
from ansible_collections.community.auth0.plugins.plugin_utils.plain import plain


def access_page(report: t.Any) -> str:
    """The page of a report. Raises AnsibleFilterError for what is no report."""
    given = plain(report)
    if not isinstance(given, dict) or "tenants" not in given:
        raise AnsibleFilterError("access_page expects what community.auth0.access_report returns.")
    return page_of(given)


class FilterModule:
    """What Ansible loads."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        """The filters by name."""
        return {"access_page": access_page}
