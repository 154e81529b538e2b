# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lists that other tools read on their way, of what no emulated tenant has: users, connections, flows and the like."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import JSONResponse, Response

from auth0_emulator.entities.all import BY_NAME
from auth0_emulator.entities.entity import Listing
from auth0_emulator.schema.described import Body, DescribedRoute

from .. import paging
from ..calls import Call, route


class Item(Body):
    """There is none."""


@dataclass(frozen=True)
class EmptyList:
    """A list of the tenant, or below an object.

    all_of, any_of: the scopes that it needs. owner: the kind of the object.
    """

    path: str
    listing: Listing
    all_of: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    owner: str = ""

    def route(self) -> DescribedRoute:
        """GET."""
        query = paging.parameters(self.listing) | paging.FIELDS
        return route("GET", self.path, self._read, paging.page_of(Item, self.listing), query=query)

    def _read(self, call: Call) -> Response:
        if self.all_of:
            call.caller.require_all(self.all_of)
        if self.any_of:
            call.caller.require_any(self.any_of)
        if self.owner and call.tenant.store(self.owner).get(call.path["id"]) is None:
            raise BY_NAME[self.owner].missing(call.path["id"])
        found = paging.page([], self.listing, call.query, call.url)
        return JSONResponse(found.body(self.listing.collection, []))


def _by_checkpoint(collection: str) -> Listing:
    return Listing(collection, checkpoint=True, always_checkpoint=True)


_BELOW = (
    EmptyList(
        "/roles/{id}/users",
        Listing("users", checkpoint=True),
        all_of=("read:users", "read:roles"),
        owner="role",
    ),
    EmptyList(
        "/roles/{id}/groups",
        _by_checkpoint("groups"),
        any_of=("read:group_roles", "read:roles"),
        owner="role",
    ),
    EmptyList(
        "/organizations/{id}/members",
        Listing("members", checkpoint=True, deepest=1000),
        any_of=("read:organization_members",),
        owner="organization",
    ),
    EmptyList(
        "/organizations/{id}/enabled_connections",
        Listing("enabled_connections"),
        any_of=("read:organization_connections",),
        owner="organization",
    ),
    EmptyList(
        "/organizations/{id}/discovery-domains",
        _by_checkpoint("domains"),
        any_of=("read:organization_discovery_domains",),
        owner="organization",
    ),
    EmptyList(
        "/clients/{id}/connections",
        _by_checkpoint("connections"),
        all_of=("read:connections",),
        any_of=("read:clients", "read:client_summary"),
        owner="client",
    ),
)

_OF_TENANT = (
    EmptyList("/connections", Listing("connections", checkpoint=True), any_of=("read:connections",)),
    EmptyList(
        "/connection-profiles",
        _by_checkpoint("connection_profiles"),
        any_of=("read:connection_profiles",),
    ),
    EmptyList("/event-streams", _by_checkpoint("eventStreams"), any_of=("read:event_streams",)),
    EmptyList("/flows", Listing("flows"), any_of=("read:flows",)),
    EmptyList("/flows/vault/connections", Listing("connections"), any_of=("read:flows_vault_connections",)),
    EmptyList("/forms", Listing("forms"), any_of=("read:forms",)),
    EmptyList("/self-service-profiles", Listing("self_service_profiles"), any_of=("read:self_service_profiles",)),
    EmptyList(
        "/user-attribute-profiles",
        _by_checkpoint("user_attribute_profiles"),
        any_of=("read:user_attribute_profiles",),
    ),
)


def routes() -> list[DescribedRoute]:
    """All of them; scopes and paging are documented, an empty list of a role's users is recorded."""
    return [one.route() for one in (*_BELOW, *_OF_TENANT)]
