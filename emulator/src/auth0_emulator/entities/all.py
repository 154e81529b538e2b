# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""All entities, in the order of their routes."""

from __future__ import annotations

from .actions import ACTIONS
from .client_grants import CLIENT_GRANTS
from .clients import CLIENTS
from .credentials import CREDENTIALS
from .custom_domains import CUSTOM_DOMAINS
from .log_streams import LOG_STREAMS
from .network_acls import NETWORK_ACLS
from .organizations import ORGANIZATIONS
from .rate_limit_policies import RATE_LIMIT_POLICIES
from .resource_servers import RESOURCE_SERVERS
from .roles import ROLES
from .token_exchange_profiles import TOKEN_EXCHANGE_PROFILES

ALL = (
    RESOURCE_SERVERS,
    CLIENTS,
    CREDENTIALS,
    CLIENT_GRANTS,
    ORGANIZATIONS,
    ROLES,
    RATE_LIMIT_POLICIES,
    LOG_STREAMS,
    ACTIONS,
    TOKEN_EXCHANGE_PROFILES,
    CUSTOM_DOMAINS,
    NETWORK_ACLS,
)
BY_NAME = {entity.name: entity for entity in ALL}
