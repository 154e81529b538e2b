# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""The work of the modules that read the objects of a kind: asked for → found → shown."""

from __future__ import annotations

import typing as t

from ansible_collections.community.auth0.plugins.module_utils._engine.changes import represent
from ansible_collections.community.auth0.plugins.module_utils._engine.connection import connected
from ansible_collections.community.auth0.plugins.module_utils._engine.links import described
from ansible_collections.community.auth0.plugins.module_utils._engine.management import ManagementClient
from ansible_collections.community.auth0.plugins.module_utils._engine.references import Object
from ansible_collections.community.auth0.plugins.module_utils._engine.selection import select, validate_selection
from ansible_collections.community.auth0.plugins.module_utils._kinds import links_of
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Result, Task, Work, performing
from ansible_collections.community.auth0.plugins.module_utils._tokens.profile import jwks_uri, token_type

from .kind_options import info_spec, selection_from


def read(kind: Kind, task: Task) -> Result:
    """Read the objects of a kind that a task asks for.

    Returns them in a list under the name of the kind's collection, or the only one as it is; with their secrets where
    include_secrets asks for them, with what verifies access tokens for them where there are any, and with their links
    where an option asks for those. Raises TaskFailed.
    """
    secrets = bool(task.params.get("include_secrets"))
    with performing():
        selection = selection_from(kind, task.params)
        validate_selection(selection)
        with connected(task, read_only=True) as (tenant, dummy):
            items = select(selection, tenant)
            links = [_linked(kind, item, task, tenant, (number, len(items))) for number, item in enumerate(items, 1)]
    views = [{**_described(kind, item, task, secrets), **more} for item, more in zip(items, links, strict=True)]
    shown = next(iter(views), {}) if kind.single else views
    result: Result = {"changed": False, kind.collection: shown}
    if secrets and kind.shown_secret and items and not any(item.get(kind.shown_secret) for item in items):
        result["warnings"] = [
            "No %s was returned by Auth0. The token may lack the scope to see it (%s), or there is none."
            % (kind.shown_secret, kind.secret_scope)
        ]
    return result


def _linked(kind: Kind, item: Object, task: Task, tenant: ManagementClient, place: tuple[int, int]) -> dict[str, t.Any]:
    """The links of an object that are asked for. place: which of how many objects it is."""
    found = {}
    for links in links_of(kind):
        if task.params[links.include]:
            rows = tenant.links(links, kind.id_of(item)) or ()  # the object may have gone meanwhile
            found[links.collection] = described(links, rows)
            task.report(*place, "reading the %s of %s" % (links.titles, kind.titles))
    return found


def _described(kind: Kind, item: Object, task: Task, secrets: bool) -> dict[str, t.Any]:
    view = represent(kind, item, secrets)
    if kind.accepts_tokens:
        algorithm = item.get(kind.accepts_tokens.algorithm)
        dialect = item.get(kind.accepts_tokens.dialect) or kind.accepts_tokens.usual_dialect
        view["verification"] = {
            "issuer": task.address.issuer,
            "audience": item.get(kind.accepts_tokens.audience),
            "algorithms": [algorithm] if algorithm else [],
            "jwks_uri": jwks_uri(task.address.url, algorithm),
            "token_dialect": dialect,
            "typ": token_type(dialect),
            "scopes": [scope.get(kind.accepts_tokens.scope) for scope in item.get(kind.accepts_tokens.scopes) or ()],
        }
    return view


def info_work_of(kind: Kind) -> Work:
    """The work of the module that reads the objects of a kind."""
    return Work(lambda: info_spec(kind), lambda task: read(kind, task))
