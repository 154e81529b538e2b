# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The Management API: the routes of all entities, and their special operations."""

from __future__ import annotations

from auth0_emulator.entities.all import ALL
from auth0_emulator.schema.described import DescribedRoute

from .entity_routes import EntityRoutes
from .operations import (
    action_triggers,
    action_versions,
    custom_domains,
    custom_signing_keys,
    empty_lists,
    organization_clients,
    organization_grants,
    retired,
    role_permissions,
    search,
    secret_rotation,
    signing_keys,
    tenant_settings,
    untouched,
)


def routes() -> list[DescribedRoute]:
    """All routes of the Management API."""
    operations = (
        action_triggers,
        action_versions,
        custom_signing_keys,
        empty_lists,
        organization_clients,
        organization_grants,
        retired,
        role_permissions,
        secret_rotation,
        signing_keys,
        tenant_settings,
        untouched,
    )
    return [
        # Before the entities: search is no identifier, nor is default.
        *search.routes(),
        *custom_domains.routes(),
        *(one for entity in ALL for one in EntityRoutes(entity).routes()),
        *(one for operation in operations for one in operation.routes()),
    ]
