# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rate limit policies: how often a client may call the Authentication API. None is applied to tokens here."""

from __future__ import annotations

from typing import Annotated, Literal, Required

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from auth0_emulator.schema.errors import AnsweredError, management_error
from auth0_emulator.schema.shapes import READ_ONLY, Handling, HttpsUri, Part, Shape
from auth0_emulator.state import clock, identifiers
from auth0_emulator.state.store import Thing
from auth0_emulator.state.tenant import Tenant

from .entity import Behaviour, Entity, Listing, RequiredScopes, equal


class Configuration(Part, total=False):
    action: Required[Literal["allow", "block", "log", "redirect"]]
    limit: Annotated[int, Field(ge=0, le=10000)]
    redirect_uri: HttpsUri


_BESIDE: dict[str, set[str]] = {
    "allow": set(),
    "block": {"limit"},
    "log": {"limit"},
    "redirect": {"limit", "redirect_uri"},
}


def _one_of_its_forms(value: Configuration) -> Configuration:
    """Each action has keys of its own, all of them (documented; the wording is the validator's)."""
    if value.keys() != {"action", *_BESIDE[value["action"]]}:
        raise PydanticCustomError("one_of", "Data does not match any schemas from 'oneOf'")
    return value


class RateLimitPolicy(Shape):
    id: Annotated[str, READ_ONLY]
    resource: Annotated[Literal["oauth_authentication_api"], Handling(update=False, required=True)]
    consumer: Annotated[Literal["client"], Handling(update=False, required=True)]
    consumer_selector: Annotated[Annotated[str, Field(max_length=255)], Handling(update=False, required=True)]
    """Whether others than the documented ones are refused is unverified: here they are not."""
    configuration: Annotated[
        Annotated[Configuration, AfterValidator(_one_of_its_forms)], Handling(required=True, update_required=True)
    ]
    """Replaced whole (recorded)."""
    created_at: Annotated[str, READ_ONLY]
    updated_at: Annotated[str, READ_ONLY]


def missing(dummy: str) -> AnsweredError:
    """404 (documented; the wording is unverified)."""
    return management_error(404, "The rate limit policy does not exist.")


def _conflict(thing: Thing) -> AnsweredError:
    """409 (documented)."""
    message = "A rate limit policy with the same resource, consumer, and consumer_selector already exists."
    return management_error(409, message)


class RateLimitPolicyBehaviour(Behaviour):
    def new_id(self, body: Thing) -> str:
        return identifiers.rate_limit_policy_id()

    def default_values(self, tenant: Tenant, body: Thing) -> Thing:
        now = clock.written_exactly(clock.moment(tenant.clock))
        return {"created_at": now, "updated_at": now}

    def settle(self, tenant: Tenant, thing: Thing, body: Thing) -> None:
        """Every change is noted (recorded)."""
        thing["updated_at"] = clock.written_exactly(clock.moment(tenant.clock))


RATE_LIMIT_POLICIES = Entity(
    name="rate_limit_policy",
    path="rate-limit-policies",
    model=RateLimitPolicy,
    scopes=RequiredScopes(
        read=("read:rate_limit_policies",),
        create=("create:rate_limit_policies",),
        update=("update:rate_limit_policies",),
        delete=("delete:rate_limit_policies",),
    ),
    listing=Listing(
        "rate_limit_policies",
        checkpoint=True,
        always_checkpoint=True,
        filters={
            "resource": equal("resource", choices=("oauth_authentication_api",)),
            "consumer": equal("consumer", choices=("client",)),
            "consumer_selector": equal("consumer_selector"),
        },
    ),
    missing=missing,
    behaviour=RateLimitPolicyBehaviour(),
    unique=("resource", "consumer", "consumer_selector"),
    conflict=_conflict,
    deleting_missing_fails=True,
)
