# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""The work of the module auth0_role_permissions."""

from __future__ import annotations

from ansible_collections.community.auth0.plugins.module_utils._engine.links import DesiredLinks
from ansible_collections.community.auth0.plugins.module_utils._engine.references import Reference
from ansible_collections.community.auth0.plugins.module_utils._kinds.role_permissions import ROLE_PERMISSIONS
from ansible_collections.community.auth0.plugins.module_utils._task.arguments import (
    STATE,
    ArgumentSpec,
    Params,
    Spec,
)
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Result, Task, Work

from .kind_options import owner_spec
from .linking import keep_links, owner_of


def permissions_options() -> Spec:
    """The options that say which permissions a role has."""
    # What only the server tells is taken as well, so that what auth0_role_info returns can be given as it is.
    fields = {name: {"type": "str", "required": field.required} for name, field in ROLE_PERMISSIONS.fields.items()}
    return {
        "permissions": {"type": "list", "elements": "dict", "options": fields},
        "purge_permissions": {"type": "bool", "default": True},
        "validate_permissions": {"type": "bool", "default": True},
    }


def role_permissions_spec() -> ArgumentSpec:
    """The options of auth0_role_permissions."""
    options = permissions_options()
    options["permissions"]["required"] = True
    return STATE.merge(owner_spec(ROLE_PERMISSIONS)).merge(ArgumentSpec(options))


def desired_permissions(role: Reference, params: Params, present: bool = True) -> DesiredLinks:
    """The permissions that the options declare. present: False to have them removed."""
    return DesiredLinks(
        ROLE_PERMISSIONS,
        role,
        tuple({name: item[name] for name in ROLE_PERMISSIONS.naming} for item in params["permissions"]),
        present=present,
        purge=params["purge_permissions"],
        checked=params["validate_permissions"],
    )


def keep_role_permissions(task: Task) -> Result:
    """Keep the permissions of a role as a task declares them. Raises TaskFailed."""
    role = owner_of(ROLE_PERMISSIONS, task)
    return keep_links(desired_permissions(role, task.params, task.params["state"] == "present"), task)


WORK = Work(role_permissions_spec, keep_role_permissions)
