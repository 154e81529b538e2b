# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""The kinds of objects in a tenant, by name, and the links between them."""

from __future__ import annotations

import typing as t

from .action import ACTION
from .action_trigger import ACTION_TRIGGER
from .client import CLIENT
from .client_grant import CLIENT_GRANT
from .custom_domain import CUSTOM_DOMAIN, CUSTOM_DOMAIN_DEFAULT
from .declaration import Kind
from .field import Refers
from .link import (
    Link,
    LinkList,
)
from .log_stream import LOG_STREAM
from .network_acl import NETWORK_ACL
from .organization import (
    CLIENT_GRANT_ORGANIZATIONS,
    ORGANIZATION,
    ORGANIZATION_CLIENT,
    ORGANIZATION_CLIENT_GRANT,
)
from .rate_limit_policy import RATE_LIMIT_POLICY
from .resource_server import RESOURCE_SERVER
from .role import ROLE
from .role_permissions import ROLE_PERMISSIONS
from .signing_key import SIGNING_KEY
from .tenant_settings import TENANT_SETTINGS
from .token_exchange_profile import TOKEN_EXCHANGE_PROFILE

KINDS: t.Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        RESOURCE_SERVER,
        CLIENT,
        CLIENT_GRANT,
        ROLE,
        ORGANIZATION,
        RATE_LIMIT_POLICY,
        LOG_STREAM,
        CUSTOM_DOMAIN,
        CUSTOM_DOMAIN_DEFAULT,
        NETWORK_ACL,
        TENANT_SETTINGS,
        ACTION,
        TOKEN_EXCHANGE_PROFILE,
        ACTION_TRIGGER,
        SIGNING_KEY,
    )
}

#: The kinds whose objects a configuration declares, in the order of its lists.
CONFIGURED_KINDS: tuple[Kind, ...] = tuple(kind for kind in KINDS.values() if kind.options)

LINKS: tuple[Link, ...] = (ROLE_PERMISSIONS, ORGANIZATION_CLIENT, ORGANIZATION_CLIENT_GRANT)


def dependants_of(kind: Kind) -> tuple[tuple[Kind, str], ...]:
    """The kinds whose objects stay behind when one of that kind is deleted, each with its field that refers to it."""
    return tuple(
        (other, name)
        for other in KINDS.values()
        for name, field in other.fields.items()
        if field.refers and field.refers.outlives and field.refers.kind == kind.name
    )


def retainers_of(kind: Kind) -> tuple[tuple[Kind, str, Refers], ...]:
    """The kinds whose objects keep one of that kind from going while they refer to it: each with the dotted path of
    the field that does, and how it does."""
    return tuple(
        (other, path, refers)
        for other in KINDS.values()
        for path, refers in other.references.items()
        if refers.retains and refers.kind == kind.name
    )


def links_of(kind: Kind) -> tuple[LinkList, ...]:
    """The lists of links that objects of a kind have, whether they can be changed there or not."""
    return tuple(links for links in (*LINKS, CLIENT_GRANT_ORGANIZATIONS) if links.owner is kind)
