# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Organizations: whom a client may act for."""

from __future__ import annotations

from typing import Annotated, Literal, Required

from pydantic import Field

from auth0_emulator.schema.errors import AnsweredError, management_error
from auth0_emulator.schema.shapes import (
    CLEARABLE,
    READ_ONLY,
    Handling,
    HtmlColor,
    HttpsUriOrNull,
    OrganizationName,
    Part,
    Shape,
)
from auth0_emulator.state import identifiers
from auth0_emulator.state.store import Thing
from auth0_emulator.state.tenant import Tenant

from . import finding
from .entity import Behaviour, Entity, Listing, RequiredScopes
from .token_quota import TokenQuota

_Metadata = dict[Annotated[str, Field(max_length=255)], Annotated[str, Field(max_length=255)] | None]


class Colors(Part, total=False):
    primary: Required[HtmlColor]
    page_background: Required[HtmlColor]


class Branding(Part, total=False):
    logo_url: HttpsUriOrNull
    colors: Colors


class EnabledConnection(Part, total=False):
    connection_id: Required[str]
    assign_membership_on_login: bool
    is_signup_enabled: bool
    show_as_button: bool


class ClientAssociation(Part, total=False):
    use_for_member_access: bool


class Organization(Shape):
    id: Annotated[str, READ_ONLY]
    name: Annotated[Annotated[OrganizationName, Field(min_length=1, max_length=50)], Handling(required=True)]
    display_name: Annotated[str, Field(min_length=1, max_length=255)]
    branding: Branding
    metadata: Annotated[_Metadata, Field(max_length=25)]
    """Replaced whole (recorded)."""
    enabled_connections: Annotated[
        Annotated[list[EnabledConnection], Field(max_length=10)], Handling(update=False, answer=False)
    ]
    token_quota: Annotated[TokenQuota, CLEARABLE]
    third_party_client_access: Annotated[Literal["block", "allow"], Handling(default="block")]
    """The default is recorded, the other value is not."""
    is_app_entitlement_active: Annotated[bool, Handling(default=False)]
    """The default is recorded."""
    grant_ids: Annotated[list[str], Handling(create=False, update=False, answer=False)]
    """The client grants that were added to it."""
    client: Annotated[ClientAssociation, READ_ONLY]
    """In lists that ask for the association with a client (documented)."""
    clients: Annotated[dict[str, bool], Handling(create=False, update=False, answer=False)]
    """The clients that are associated with it, by identifier, and whether each serves the access of members."""
    created_at: Annotated[float, Handling(create=False, update=False, answer=False)]
    """Epoch seconds, for the order of lists; no answer shows it."""


def _conflict(thing: Thing) -> AnsweredError:
    """409; names are unique (documented)."""
    return management_error(409, "An organization with this name already exists.")


class OrganizationBehaviour(Behaviour):
    def new_id(self, body: Thing) -> str:
        return identifiers.organization_id()

    def default_values(self, tenant: Tenant, body: Thing) -> Thing:
        return {"grant_ids": [], "clients": {}, "created_at": tenant.clock()}

    def settle(self, tenant: Tenant, thing: Thing, body: Thing) -> None:
        """Metadata without a key are gone (recorded). One that is null is not kept (unverified: our choice)."""
        if "metadata" in body:
            kept = {name: value for name, value in body["metadata"].items() if value is not None}
            thing["metadata"] = kept
            if not kept:
                del thing["metadata"]

    def deleted(self, tenant: Tenant, thing: Thing) -> None:
        """The roles that it owns go with it (unverified: our choice)."""
        roles = tenant.store("role")
        for role in [one for one in roles if one.get("owner_id") == thing["id"]]:
            roles.remove(role["id"])


def _with_association(thing: Thing, shown: Thing, client_id: str) -> Thing:
    """What is shown, with the association with a client where there is one."""
    if client_id not in thing["clients"]:
        return shown
    return shown | {"client": {"use_for_member_access": thing["clients"][client_id]}}


ORGANIZATIONS = Entity(
    name="organization",
    path="organizations",
    model=Organization,
    scopes=RequiredScopes(
        read=("read:organizations", "read:organizations_summary"),
        read_by_name=("read:organizations",),
        create=("create:organizations",),
        update=("update:organizations",),
        delete=("delete:organizations",),
    ),
    listing=Listing(
        "organizations",
        checkpoint=True,
        deepest=1000,
        sorting=("name", "display_name", "created_at"),
        adding={"include_client_association_for": _with_association},
    ),
    missing=finding.no_organization,
    behaviour=OrganizationBehaviour(),
    also_found_by="name",
    second_name_in_path="name",
    unique=("name",),
    conflict=_conflict,
    deleting_missing_fails=True,
)
