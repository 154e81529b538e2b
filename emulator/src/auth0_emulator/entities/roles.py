# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Roles: names for sets of permissions, which are scopes of APIs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from auth0_emulator.schema.errors import AnsweredError, invalid_body, invalid_query, management_error
from auth0_emulator.schema.shapes import CREATE_ONLY, READ_ONLY, Handling, Shape
from auth0_emulator.state import identifiers
from auth0_emulator.state.store import Thing
from auth0_emulator.state.tenant import Tenant

from . import finding
from .access import Caller
from .entity import Behaviour, Entity, Filter, Listing, RequiredScopes, equal


class Role(Shape):
    id: Annotated[str, READ_ONLY]
    name: Annotated[str, Handling(required=True)]
    description: str
    type: Annotated[Literal["tenant", "organization"], Handling(update=False, default="tenant")]
    """Recorded since August 2026."""
    owner_id: Annotated[str, CREATE_ONLY]
    """The organization that owns the role (recorded)."""
    permissions: Annotated[list[tuple[str, str]], Handling(create=False, update=False, answer=False)]
    """(stored identifier of the API, scope) of each permission."""


def missing(dummy: str) -> AnsweredError:
    """404, without an errorCode (recorded)."""
    return management_error(404, "The role does not exist.")


def _conflict(thing: Thing) -> AnsweredError:
    """409 (documented)."""
    return management_error(409, "The role already exists.")


class RoleBehaviour(Behaviour):
    def new_id(self, body: Thing) -> str:
        return identifiers.role_id()

    def refuse_creation(self, tenant: Tenant, body: Thing) -> None:
        """An organization's role names its owner (documented). That the owner must be there, and that a tenant's role
        has none, are our choice."""
        owned = body.get("type") == "organization"
        if owned and "owner_id" not in body:
            raise invalid_body("'Missing required property: owner_id'")
        if not owned and "owner_id" in body:
            raise invalid_body("'Additional properties not allowed: owner_id'")
        if owned:
            finding.organization_by_id(tenant, body["owner_id"])

    def default_values(self, tenant: Tenant, body: Thing) -> Thing:
        return {"permissions": []}

    def present(self, tenant: Tenant, thing: Thing, caller: Caller) -> Thing:
        """A description that was never set is shown as "" (recorded of reads)."""
        return {"description": "", **thing}

    def present_created(self, tenant: Tenant, thing: Thing, body: Thing, caller: Caller) -> Thing:
        """The answer to a creation leaves such a description out (recorded)."""
        return thing


def _refuse_list(query: Mapping[str, list[str]]) -> None:
    """Asking for roles of organizations means asking for those of one (documented; the wording is unverified)."""
    if "organization" in query.get("type", []) and "owner_id" not in query:
        raise invalid_query("'Missing required property: owner_id'")


def _name_contains(thing: Thing, values: list[str]) -> bool:
    """Case does not matter (documented); that a part of the name suffices is unverified."""
    return values[0].lower() in thing["name"].lower()


ROLES = Entity(
    name="role",
    path="roles",
    model=Role,
    scopes=RequiredScopes(
        read=("read:roles",), create=("create:roles",), update=("update:roles",), delete=("delete:roles",)
    ),
    listing=Listing(
        "roles",
        filters={
            "name_filter": Filter(_name_contains),
            "type": equal("type", choices=("tenant", "organization")),
            # "auth0" asks for system roles, which a tenant here does not have (documented).
            "owner_id": equal("owner_id"),
        },
        refuse=_refuse_list,
    ),
    missing=missing,
    behaviour=RoleBehaviour(),
    unique=("owner_id", "name"),
    conflict=_conflict,
    # Recorded: a role is created with 200, deleted with 200 and {}, and deleting a missing one is a 404.
    created_status=200,
    deleted_status=200,
    deleting_missing_fails=True,
)
