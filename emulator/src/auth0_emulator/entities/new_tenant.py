# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a new tenant contains, as a real one does: its own APIs and clients, and one client that may do everything."""

from __future__ import annotations

import math

from auth0_emulator.state import own_apis
from auth0_emulator.state.clock import WALL, Clock
from auth0_emulator.state.keys import KeyMaker, new_private_key
from auth0_emulator.state.tenant import Choices, Credentials, Tenant

from . import action_triggers, client_defaults, custom_domains, tenant_settings
from .all import ALL
from .client_grants import CLIENT_GRANTS
from .clients import CLIENTS
from .management_scopes import MANAGEMENT_SCOPE_NAMES, MANAGEMENT_SCOPES
from .resource_servers import RESOURCE_SERVERS


def new_tenant(
    name: str,
    credentials: Credentials | None = None,
    clock: Clock = WALL,
    make_key: KeyMaker = new_private_key,
    choices: Choices | None = None,
) -> Tenant:
    """A tenant with the system API, the global client and a client that holds a grant for all management scopes.

    credentials: those of the last client; made up where there are none. clock: the tenant's time. make_key:
    makes the keys that it signs with. choices: where tenants differ.
    """
    standing = {one.NAME: one.KEYS for one in (tenant_settings, action_triggers)}
    standing[custom_domains.DEFAULT] = custom_domains.DEFAULT_KEYS
    kinds = {entity.name: entity.keys for entity in ALL} | standing
    tenant = Tenant(name, kinds, credentials, clock, make_key, choices)
    api = RESOURCE_SERVERS.build(tenant, {"identifier": own_apis.MANAGEMENT, "name": "Auth0 Management API"})
    tenant.store(RESOURCE_SERVERS.name).put(api | {"scopes": MANAGEMENT_SCOPES, "is_system": True}, age=math.inf)
    everything = CLIENTS.build(tenant, {"name": "All Applications"})
    tenant.store(CLIENTS.name).put(client_defaults.global_client(everything), age=math.inf)
    caller = CLIENTS.build(
        tenant,
        {
            "name": "API Explorer Application",
            "app_type": "non_interactive",
            "grant_types": ["client_credentials"],
            "token_endpoint_auth_method": "client_secret_post",
        },
    )
    own = {"client_id": tenant.credentials.client_id, "client_secret": tenant.credentials.client_secret}
    caller.pop("secret_since")
    tenant.store(CLIENTS.name).put(caller | own, age=math.inf)
    grant = CLIENT_GRANTS.build(
        tenant,
        {
            "client_id": tenant.credentials.client_id,
            "audience": own_apis.MANAGEMENT,
            "scope": list(MANAGEMENT_SCOPE_NAMES),
        },
    )
    tenant.store(CLIENT_GRANTS.name).put(grant, age=math.inf)
    tenant.store(custom_domains.DEFAULT).put({"id": custom_domains.DEFAULT, "domain": None}, age=math.inf)
    tenant.store(tenant_settings.NAME).put(tenant_settings.new(), age=math.inf)
    for trigger in action_triggers.new():
        tenant.store(action_triggers.NAME).put(trigger, age=math.inf)
    return tenant
