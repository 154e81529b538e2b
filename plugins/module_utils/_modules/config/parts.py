# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""All that stands in entries beside the fields of their objects."""

from __future__ import annotations

from ansible_collections.community.auth0.plugins.module_utils._kinds import LINKS

from .client_parts import ClientCredentials, ClientSecret
from .link_parts import GrantOrganizations, OwnLinks
from .part import Part

#: In the order in which their jobs are done for one object.
PARTS: tuple[Part, ...] = (
    *(OwnLinks(link) for link in LINKS if link.in_entry),
    GrantOrganizations(),
    ClientCredentials(),
    ClientSecret(),
)
