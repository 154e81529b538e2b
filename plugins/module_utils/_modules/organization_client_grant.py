# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""The work of the modules auth0_organization_client_grant and auth0_organization_client_grant_info."""

from __future__ import annotations

import typing as t

from ansible_collections.community.auth0.plugins.module_utils._engine.links import DesiredLinks
from ansible_collections.community.auth0.plugins.module_utils._engine.references import Reference
from ansible_collections.community.auth0.plugins.module_utils._kinds.client import CLIENT
from ansible_collections.community.auth0.plugins.module_utils._kinds.client_grant import CLIENT_GRANT
from ansible_collections.community.auth0.plugins.module_utils._kinds.organization import ORGANIZATION_CLIENT_GRANT
from ansible_collections.community.auth0.plugins.module_utils._task.arguments import STATE, ArgumentSpec
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Result, Task, Work

from .kind_options import links_info_spec, option_of, owner_spec
from .linking import (
    keep_links,
    owner_of,
    read_links,
)


def organization_client_grant_spec() -> ArgumentSpec:
    """The options of auth0_organization_client_grant."""
    options = {name: {"type": "str"} for name in ("grant_id", "client_id", "client_name", "audience")}
    return STATE.merge(owner_spec(ORGANIZATION_CLIENT_GRANT)).merge(
        ArgumentSpec(
            {**options, "subject_type": option_of(CLIENT_GRANT.fields["subject_type"])},
            mutually_exclusive=(
                ("grant_id", "client_id", "client_name"),
                ("grant_id", "audience"),
                ("grant_id", "subject_type"),
            ),
            required_one_of=(("grant_id", "client_id", "client_name"), ("grant_id", "audience")),
        )
    )


def keep_organization_client_grant(task: Task) -> Result:
    """Keep a client grant allowed for an organization, or not, as a task declares it. Raises TaskFailed."""
    params, link = task.params, ORGANIZATION_CLIENT_GRANT
    client: t.Any = params["client_id"]
    if params["client_name"] is not None:
        client = Reference(CLIENT, {"name": params["client_name"]}, "client_id")
    identity = {"client_id": client, "default_for": None, "audience": params["audience"]}
    identity["subject_type"] = params["subject_type"]
    if params["grant_id"] is not None:
        identity = {"id": params["grant_id"]}
    grant = Reference(CLIENT_GRANT, identity, "id")
    present = params["state"] == "present"
    result = keep_links(DesiredLinks(link, owner_of(link, task), ({"id": grant},), present), task)
    links, owner_id = result.pop(link.collection), result.pop(link.owner_id, None)
    if present:
        result["organization_client_grant"] = {link.owner_id: owner_id, "grant_id": links[0]["id"]}
    return result


def organization_client_grant_info_spec() -> ArgumentSpec:
    """The options of auth0_organization_client_grant_info."""
    return links_info_spec(ORGANIZATION_CLIENT_GRANT)


def read_organization_client_grants(task: Task) -> Result:
    """Read the client grants that may be used for an organization, as a task asks for them. Raises TaskFailed."""
    return read_links(ORGANIZATION_CLIENT_GRANT, task)


WORK = Work(organization_client_grant_spec, keep_organization_client_grant)
INFO_WORK = Work(organization_client_grant_info_spec, read_organization_client_grants)
