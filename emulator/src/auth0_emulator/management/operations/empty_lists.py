# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lists that other tools read on their way, of things that no emulated tenant has: users, groups, connections."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.responses import JSONResponse, Response

from auth0_emulator.entities import clients, finding, roles
from auth0_emulator.entities.entity import Listing
from auth0_emulator.schema.described import Body, DescribedRoute
from auth0_emulator.schema.errors import AnsweredError
from auth0_emulator.state.store import Thing
from auth0_emulator.state.tenant import Tenant

from .. import paging
from ..calls import Call, route


class Item(Body):
    """There is none."""


@dataclass(frozen=True)
class EmptyList:
    """A list below an object.

    owner: the kind of the object, and missing: what is answered where it is not there. all_of, any_of: the scopes that
    it needs.
    """

    path: str
    owner: str
    missing: Callable[[], AnsweredError]
    listing: Listing
    all_of: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()

    def route(self) -> DescribedRoute:
        """GET."""
        query = paging.parameters(self.listing) | paging.FIELDS
        return route("GET", self.path, self._read, paging.page_of(Item, self.listing), query=query)

    def _read(self, call: Call) -> Response:
        if self.all_of:
            call.caller.require_all(self.all_of)
        if self.any_of:
            call.caller.require_any(self.any_of)
        owner = _owner(call.tenant, self.owner, call.path["id"])
        if owner is None:
            raise self.missing()
        found = paging.page([], self.listing, call.query, call.url)
        return JSONResponse(found.body(self.listing.collection, []))


def _owner(tenant: Tenant, kind: str, key: str) -> Thing | None:
    return tenant.store(kind).get(key)


def routes() -> list[DescribedRoute]:
    """All of them; scopes and paging are documented, an empty list of a role's users is recorded."""
    lists = (
        EmptyList(
            "/roles/{id}/users",
            "role",
            roles.missing,
            Listing("users", checkpoint=True),
            all_of=("read:users", "read:roles"),
        ),
        EmptyList(
            "/roles/{id}/groups",
            "role",
            roles.missing,
            Listing("groups", checkpoint=True, always_checkpoint=True),
            any_of=("read:group_roles", "read:roles"),
        ),
        EmptyList(
            "/organizations/{id}/members",
            "organization",
            finding.no_organization,
            Listing("members", checkpoint=True, deepest=1000),
            any_of=("read:organization_members",),
        ),
        EmptyList(
            "/organizations/{id}/enabled_connections",
            "organization",
            finding.no_organization,
            Listing("enabled_connections"),
            any_of=("read:organization_connections",),
        ),
        EmptyList(
            "/organizations/{id}/discovery-domains",
            "organization",
            finding.no_organization,
            Listing("domains", checkpoint=True, always_checkpoint=True),
            any_of=("read:organization_discovery_domains",),
        ),
        EmptyList(
            "/clients/{id}/connections",
            "client",
            clients.missing,
            Listing("connections", checkpoint=True, always_checkpoint=True),
            all_of=("read:connections",),
            any_of=("read:clients", "read:client_summary"),
        ),
    )
    return [one.route() for one in lists]
