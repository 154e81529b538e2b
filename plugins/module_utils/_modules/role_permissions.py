# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""The work of the module auth0_role_permissions."""

from __future__ import annotations

from ansible_collections.community.auth0.plugins.module_utils._kinds.role_permissions import ROLE_PERMISSIONS
from ansible_collections.community.auth0.plugins.module_utils._task.arguments import STATE, ArgumentSpec
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Result, Task, Work

from .kind_options import links_from, links_options, owner_spec
from .linking import keep_links, owner_of


def role_permissions_spec() -> ArgumentSpec:
    """The options of auth0_role_permissions."""
    options = links_options(ROLE_PERMISSIONS)
    options["permissions"]["required"] = True
    return STATE.merge(owner_spec(ROLE_PERMISSIONS)).merge(ArgumentSpec(options))


def keep_role_permissions(task: Task) -> Result:
    """Keep the permissions of a role as a task declares them. Raises TaskFailed."""
    role = owner_of(ROLE_PERMISSIONS, task)
    return keep_links(links_from(ROLE_PERMISSIONS, role, task.params, task.params["state"] == "present"), task)


WORK = Work(role_permissions_spec, keep_role_permissions)
