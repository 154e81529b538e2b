# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Organizations: whom a client may act for.

The official description of their create and update bodies is not at hand: the fields are those of its answers and of
recordings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, Required

from pydantic import Field

from auth0_emulator import identifiers
from auth0_emulator.entities.client_shapes import TokenQuota
from auth0_emulator.entity import Entity, Listing, Rules, Scopes, Thing
from auth0_emulator.errors import AnsweredError, management_error
from auth0_emulator.shapes import CLEARABLE, READ_ONLY, HtmlColor, Part, Rule, Shape, Url

if TYPE_CHECKING:
    from auth0_emulator.tenant import Tenant

_Metadata = dict[Annotated[str, Field(max_length=255)], Annotated[str, Field(max_length=255)] | None]


class Colors(Part, total=False):
    primary: Required[HtmlColor]
    page_background: Required[HtmlColor]


class Branding(Part, total=False):
    logo_url: Url | None
    colors: Colors


class EnabledConnection(Part, total=False):
    connection_id: Required[str]
    assign_membership_on_login: bool
    is_signup_enabled: bool
    show_as_button: bool


class Organization(Shape):
    id: Annotated[str, READ_ONLY]
    name: Annotated[str, Field(min_length=1, max_length=50, pattern=r"^[a-z0-9][a-z0-9_-]*$"), Rule(required=True)]
    display_name: Annotated[str, Field(min_length=1, max_length=255)]
    branding: Branding
    metadata: Annotated[_Metadata, Field(max_length=25)]
    enabled_connections: Annotated[list[EnabledConnection], Rule(update=False, answer=False)]
    token_quota: Annotated[TokenQuota, CLEARABLE]
    third_party_client_access: Annotated[Literal["block", "allow"], Rule(default="block")]
    """The default is recorded, the other value is not."""
    is_app_entitlement_active: bool
    grant_ids: Annotated[list[str], Rule(create=False, update=False, answer=False)]
    """The client grants that were added to it."""


def missing() -> AnsweredError:
    """404 (documented)."""
    return management_error(404, "No organization found by that id")


def _conflict(thing: Thing) -> AnsweredError:
    """409; names are unique, the text is unverified."""
    return management_error(409, "An organization with this name already exists.")


class OrganizationRules(Rules):
    def new_id(self, body: Thing) -> str:
        return identifiers.organization_id()

    def default_values(self, tenant: Tenant, body: Thing) -> Thing:
        return {"grant_ids": []}


def find_organization(tenant: Tenant, name: str) -> Thing | None:
    """An organization by its identifier or its name."""
    store = tenant.store(ORGANIZATIONS)
    return store.get(name) or store.get_by_name(name)


ORGANIZATIONS = Entity(
    name="organization",
    path="organizations",
    model=Organization,
    scopes=Scopes(
        read=("read:organizations",),
        create=("create:organizations",),
        update=("update:organizations",),
        delete=("delete:organizations",),
    ),
    listing=Listing("organizations", checkpoint=True),
    missing=missing,
    rules=OrganizationRules(),
    also_found_by="name",
    second_name_in_path="name",
    unique=("name",),
    conflict=_conflict,
    deleting_missing_fails=True,
)
