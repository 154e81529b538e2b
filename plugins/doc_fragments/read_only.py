# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """What holds of the attributes of a module that changes nothing in the tenant."""

    DOCUMENTATION = r"""
attributes:
  check_mode:
    support: full
    details:
      - Nothing in the tenant changes, so check mode reads like any other run.
  diff_mode:
    support: N/A
    details:
      - Nothing in the tenant changes.
  idempotent:
    support: full
"""
