# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Token exchange profiles: which action decides on tokens of a type. The token endpoint exchanges none here."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from auth0_emulator.schema.errors import AnsweredError, management_error
from auth0_emulator.schema.shapes import READ_ONLY, Handling, Shape, Uri
from auth0_emulator.state import clock, identifiers
from auth0_emulator.state.store import Thing
from auth0_emulator.state.tenant import Tenant

from .entity import Behaviour, Entity, Listing, RequiredScopes


class TokenExchangeProfile(Shape):
    id: Annotated[str, READ_ONLY]
    name: Annotated[Annotated[str, Field(min_length=3, max_length=50)], Handling(required=True)]
    subject_token_type: Annotated[Annotated[Uri, Field(min_length=8, max_length=100)], Handling(required=True)]
    action_id: Annotated[Annotated[str, Field(min_length=1, max_length=36)], Handling(required=True, update=False)]
    type: Annotated[Literal["custom_authentication"], Handling(required=True, update=False)]
    created_at: Annotated[str, READ_ONLY]
    updated_at: Annotated[str, READ_ONLY]


def missing(dummy: str) -> AnsweredError:
    """404, without an errorCode (recorded)."""
    return management_error(404, "Token exchange profile not found.")


def _conflict(thing: Thing) -> AnsweredError:
    """409 (documented; the wording of a creation serves for an update, too)."""
    return management_error(409, "subject_token_type already exists for tenant")


class TokenExchangeProfileBehaviour(Behaviour):
    def new_id(self, body: Thing) -> str:
        return identifiers.token_exchange_profile_id()

    def refuse_creation(self, tenant: Tenant, body: Thing) -> None:
        """The action must be there and have the trigger (documented; status and wording are unverified)."""
        action = tenant.store("action").get(body["action_id"])
        if action is None or action["supported_triggers"][0]["id"] != "custom-token-exchange":
            raise management_error(400, "The action must exist and use the custom-token-exchange trigger.")

    def default_values(self, tenant: Tenant, body: Thing) -> Thing:
        return {"created_at": clock.written(clock.moment(tenant.clock))}

    def settle(self, tenant: Tenant, thing: Thing, body: Thing) -> None:
        """Every change is noted (recorded)."""
        thing["updated_at"] = clock.written(clock.moment(tenant.clock))


TOKEN_EXCHANGE_PROFILES = Entity(
    name="token_exchange_profile",
    path="token-exchange-profiles",
    model=TokenExchangeProfile,
    scopes=RequiredScopes(
        read=("read:token_exchange_profiles",),
        create=("create:token_exchange_profiles",),
        update=("update:token_exchange_profiles",),
        delete=("delete:token_exchange_profiles",),
    ),
    listing=Listing("token_exchange_profiles", checkpoint=True, always_checkpoint=True),
    missing=missing,
    behaviour=TokenExchangeProfileBehaviour(),
    unique=("subject_token_type",),
    conflict=_conflict,
    empty_update=False,
)
