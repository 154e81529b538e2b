# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Objects of other entities that an entity or an operation looks up, by the entity's name.

So two entities that refer to each other need not import each other.
"""

from __future__ import annotations

from auth0_emulator.schema.errors import AnsweredError, management_error
from auth0_emulator.state.store import Store, Thing
from auth0_emulator.state.tenant import Tenant


def clients(tenant: Tenant) -> Store:
    """The clients of a tenant."""
    return tenant.store("client")


def client(tenant: Tenant, client_id: str) -> Thing | None:
    """A client by its identifier."""
    return clients(tenant).get(client_id)


def client_grants(tenant: Tenant) -> Store:
    """The client grants of a tenant."""
    return tenant.store("client_grant")


def api(tenant: Tenant, identifier: str) -> Thing | None:
    """A resource server by its stored identifier."""
    return tenant.store("resource_server").get_by_name(identifier)


def organizations(tenant: Tenant) -> Store:
    """The organizations of a tenant."""
    return tenant.store("organization")


def organization_by_id(tenant: Tenant, organization_id: str) -> Thing:
    """An organization by its identifier alone. Raises the 404 where there is none."""
    found = organizations(tenant).get(organization_id)
    if found is None:
        raise no_organization(organization_id)
    return found


def organization(tenant: Tenant, name: str) -> Thing | None:
    """An organization by its identifier or its name."""
    store = organizations(tenant)
    return store.get(name) or store.get_by_name(name)


def no_organization(dummy: str) -> AnsweredError:
    """404 (recorded in April 2026)."""
    return management_error(404, "No organization found by that id or name")


def credentials_of(tenant: Tenant, client_id: str) -> list[Thing]:
    """The stored credentials of a client."""
    return [one for one in tenant.store("credential") if one["client_id"] == client_id]
