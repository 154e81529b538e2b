# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""In which order objects can be removed and made, by what their kinds refer to. Pure."""

from __future__ import annotations

import typing as t

from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind

from .changes import Desired


def in_order_of_dependency(desired: t.Sequence[Desired]) -> list[Desired]:
    """A list of declarations in an order in which each can be applied.

    What is removed goes first, dependants before what they depend on; what must be there follows, the other way round.
    Within that, the given order is kept.
    """
    ranks = ranks_of([item.kind for item in desired])
    removed = [item for item in desired if not item.present]
    present = [item for item in desired if item.present]
    return sorted(removed, key=lambda item: -ranks[item.kind.name]) + sorted(
        present, key=lambda item: ranks[item.kind.name]
    )


def ranks_of(kinds: t.Sequence[Kind]) -> dict[str, int]:
    """How deep in the graph of dependencies each kind is; 0 for those that depend on none of the others."""
    by_name = {kind.name: kind for kind in kinds}

    def depth(name: str) -> int:
        below = [depth(other) for other in by_name[name].depends_on if other in by_name]
        return 1 + max(below) if below else 0

    return {name: depth(name) for name in by_name}
