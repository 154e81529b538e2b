# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Deletions that are known to have been performed."""

from __future__ import annotations

import typing as t

from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind

from .management import ManagementClient
from .settling import settled


def remove(
    tenant: ManagementClient,
    kind: Kind,
    object_id: str,
    label: str,
    sleep: t.Callable[[float], None],
    force: bool = False,
) -> None:
    """Delete an object that was seen a moment ago, and know that it is gone.

    label: what to call it. force: delete it although others use it, where the server can.
    Raises OutcomeUnknown where that is not known, and what the requests raise.
    """
    settled(
        lambda attempt: tenant.delete(kind, object_id, label, force),
        lambda: tenant.get(kind, object_id),
        lambda found: found is None,
        sleep,
        problem="it is still there",
    )
