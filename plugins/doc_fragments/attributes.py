# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """The attributes that modules can have, and what else all of them have in common."""

    DOCUMENTATION = r"""
options: {}
attributes:
  check_mode:
    description: Can run in C(check_mode) and return changed status prediction without modifying the tenant.
  diff_mode:
    description:
      - Will return details on what has changed (or possibly needs changing in C(check_mode)), when in diff mode.
  idempotent:
    description: When run twice in a row with the same options, the second run changes nothing.
  action_group:
    description: Use C(group/community.auth0.auth0) in C(module_defaults) to set the connection options of this module.
    membership:
      - community.auth0.auth0
notes:
  - Give O(auth0_domain) and the other connection options once per play, in C(module_defaults) for the group
    C(group/community.auth0.auth0).
  - Environment variables are those of the process in which the module runs. If a tenant is a host of the inventory with
    C(ansible_connection=local), that is on the machine on which C(ansible-playbook) runs.
"""
