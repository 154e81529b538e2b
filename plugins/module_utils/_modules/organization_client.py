# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""The work of the modules auth0_organization_client and auth0_organization_client_info."""

from __future__ import annotations

from ansible_collections.community.auth0.plugins.module_utils._kinds.organization import ORGANIZATION_CLIENT
from ansible_collections.community.auth0.plugins.module_utils._task.arguments import ArgumentSpec
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Result, Task, Work

from .kind_options import link_spec, links_info_spec
from .linking import keep_link, read_links


def organization_client_spec() -> ArgumentSpec:
    """The options of auth0_organization_client."""
    return link_spec(ORGANIZATION_CLIENT)


def keep_organization_client(task: Task) -> Result:
    """Keep a client associated with an organization, or not, as a task declares it. Raises TaskFailed."""
    return keep_link(ORGANIZATION_CLIENT, task)


def organization_client_info_spec() -> ArgumentSpec:
    """The options of auth0_organization_client_info."""
    return links_info_spec(ORGANIZATION_CLIENT)


def read_organization_clients(task: Task) -> Result:
    """Read the clients that belong to an organization. Raises TaskFailed."""
    return read_links(ORGANIZATION_CLIENT, task)


WORK = Work(organization_client_spec, keep_organization_client)
INFO_WORK = Work(organization_client_info_spec, read_organization_clients)
