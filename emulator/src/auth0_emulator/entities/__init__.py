# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The entities of the Management API: one declaration per module."""

from __future__ import annotations

from auth0_emulator.entities.client_grants import CLIENT_GRANTS
from auth0_emulator.entities.clients import CLIENTS
from auth0_emulator.entities.credentials import CREDENTIALS
from auth0_emulator.entities.organizations import ORGANIZATIONS
from auth0_emulator.entities.resource_servers import RESOURCE_SERVERS
from auth0_emulator.entities.roles import ROLES

ALL = (RESOURCE_SERVERS, CLIENTS, CREDENTIALS, CLIENT_GRANTS, ORGANIZATIONS, ROLES)
BY_NAME = {entity.name: entity for entity in ALL}

__all__ = ["ALL", "BY_NAME", "CLIENTS", "CLIENT_GRANTS", "CREDENTIALS", "ORGANIZATIONS", "RESOURCE_SERVERS", "ROLES"]
