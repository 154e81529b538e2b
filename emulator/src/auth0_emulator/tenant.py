# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One tenant: its objects, its keys, and what a new tenant contains."""

from __future__ import annotations

import time

from auth0_emulator import identifiers, own_apis
from auth0_emulator.entities import ALL, CLIENT_GRANTS, CLIENTS, RESOURCE_SERVERS
from auth0_emulator.entity import Entity, Thing
from auth0_emulator.keys import KeyRing
from auth0_emulator.management_scopes import MANAGEMENT_SCOPE_NAMES, MANAGEMENT_SCOPES
from auth0_emulator.settings import Credentials
from auth0_emulator.store import Store
from auth0_emulator.token_quotas import TokenQuotas


class UsedOnce:
    """Names that may be used once, remembered until they expire."""

    def __init__(self) -> None:
        self._expiries: dict[str, float] = {}

    def take(self, name: str, expires: float) -> bool:
        """Whether this is the first use."""
        now = time.time()
        self._expiries = {one: moment for one, moment in self._expiries.items() if moment > now}
        return self._expiries.setdefault(name, expires) is expires


class Tenant:
    """The state of one tenant."""

    def __init__(self, name: str, credentials: Credentials | None = None) -> None:
        self.name = name
        self.keys = KeyRing(f"{name}.emulated.auth0.invalid")
        self.credentials = credentials or Credentials(identifiers.client_id(), identifiers.client_secret())
        self.used_assertions = UsedOnce()
        self.token_quotas = TokenQuotas()
        self._stores = {entity.name: Store(entity) for entity in ALL}
        self._populate()

    def store(self, entity: Entity) -> Store:
        """The objects of one entity."""
        return self._stores[entity.name]

    def client(self, client_id: str) -> Thing | None:
        """A client by its identifier."""
        return self.store(CLIENTS).get(client_id)

    def api(self, identifier: str) -> Thing | None:
        """A resource server by its stored identifier."""
        return self.store(RESOURCE_SERVERS).get_by_name(identifier)

    def _populate(self) -> None:
        """A real new tenant's system API and global client, and a client that may do everything."""
        api = RESOURCE_SERVERS.build(self, {"identifier": own_apis.MANAGEMENT, "name": "Auth0 Management API"})
        api |= {"scopes": MANAGEMENT_SCOPES, "is_system": True}
        self.store(RESOURCE_SERVERS).put(api)
        everything = CLIENTS.build(self, {"name": "All Applications"}) | {"global": True}
        self.store(CLIENTS).put(everything)
        caller = CLIENTS.build(
            self,
            {
                "name": "API Explorer Application",
                "app_type": "non_interactive",
                "grant_types": ["client_credentials"],
                "token_endpoint_auth_method": "client_secret_post",
            },
        )
        caller |= {"client_id": self.credentials.client_id, "client_secret": self.credentials.client_secret}
        self.store(CLIENTS).put(caller)
        grant = CLIENT_GRANTS.build(
            self,
            {
                "client_id": self.credentials.client_id,
                "audience": own_apis.MANAGEMENT,
                "scope": list(MANAGEMENT_SCOPE_NAMES),
            },
        )
        self.store(CLIENT_GRANTS).put(grant)
