# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Making an object: the steps that a POST takes, and that other operations take which make objects on the way."""

from __future__ import annotations

from auth0_emulator.state import own_apis
from auth0_emulator.state.store import Thing
from auth0_emulator.state.tenant import Tenant

from .entity import Entity


def make(entity: Entity, tenant: Tenant, body: Thing, host: str = "") -> Thing:
    """Create an object from a valid body, with the entity's own checks and consequences."""
    entity.behaviour.refuse_creation(tenant, body)
    thing = entity.build(tenant, body)
    refuse_twin(entity, tenant, thing, host)
    tenant.store(entity.name).put(thing)
    entity.behaviour.created(tenant, thing)
    return thing


def refuse_twin(entity: Entity, tenant: Tenant, thing: Thing, host: str) -> None:
    """Raise the conflict with another object that holds the same unique key."""
    if entity.conflict is not None and tenant.store(entity.name).twin(thing) is not None:
        raise entity.conflict(named(entity, thing, host))


def named(entity: Entity, thing: Thing, host: str) -> Thing:
    """The object with the tenant's own APIs spelled as a caller of this host spells them."""
    name = entity.names_api
    if name is None or name not in thing:
        return thing
    return thing | {name: own_apis.shown(thing[name], host)}
