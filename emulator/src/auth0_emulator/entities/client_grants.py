# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Client grants: which client may call which API with which scopes.

Scopes are not checked against those of the API (recorded), nor are authorization details.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from auth0_emulator.schema.errors import AnsweredError, invalid_body, invalid_query, management_error
from auth0_emulator.schema.shapes import CLEARABLE, CREATE_ONLY, READ_ONLY, Handling, Shape, Words
from auth0_emulator.state import identifiers, own_apis
from auth0_emulator.state.store import Thing
from auth0_emulator.state.tenant import Tenant

from . import client_defaults, finding
from .entity import Behaviour, Entity, Listing, RequiredScopes, equal, flag


class ClientGrant(Shape):
    id: Annotated[str, READ_ONLY]
    client_id: Annotated[str, CREATE_ONLY]
    default_for: Annotated[Literal["third_party_clients"], CREATE_ONLY]
    audience: Annotated[Words, Handling(update=False, required=True)]
    subject_type: Annotated[Literal["client", "user", "anonymous_user"], Handling(update=False, default="client")]
    """The third one is in newer official SDKs only."""
    scope: Annotated[list[Annotated[str, Field(min_length=1, max_length=280)]], CLEARABLE]
    allow_all_scopes: Annotated[bool, CLEARABLE]
    organization_usage: Annotated[Literal["deny", "allow", "require"], CLEARABLE]
    allow_any_organization: Annotated[bool, CLEARABLE]
    authorization_details_types: list[Annotated[str, Field(min_length=1, max_length=255)]]
    is_system: Annotated[bool, READ_ONLY]


def missing(dummy: str) -> AnsweredError:
    """404 (recorded)."""
    return management_error(404, "The grant does not exist.", "inexistent_client_grant")


def _conflict(thing: Thing) -> AnsweredError:
    """409; the wording is reported by users, a code is unverified and left out."""
    holder = thing.get("client_id") or thing.get("default_for")
    return management_error(409, f"A client grant already exists between {holder} and {thing['audience']}")


class ClientGrantBehaviour(Behaviour):
    def new_id(self, body: Thing) -> str:
        return identifiers.grant_id()

    def refuse_creation(self, tenant: Tenant, body: Thing) -> None:
        if ("client_id" in body) == ("default_for" in body):
            raise invalid_body("'Missing required property: client_id'" if "client_id" not in body else _BOTH)
        if "client_id" in body:
            client = finding.client(tenant, body["client_id"])
            if client is None or client.get("global"):
                raise management_error(404, "Client not found")
            if client.get("app_type") == "express_configuration":
                raise management_error(400, "Client of type express_configuration cannot be used", "validation_error")
        api = finding.api(tenant, body["audience"])
        if api is None:
            raise management_error(404, "Resource server not found")
        _refuse_scope_beside_all(body)
        _refuse_for_third_party(tenant, api, body)
        _refuse_all_scopes_of_system(tenant, body["audience"], body)

    def refuse_update(self, tenant: Tenant, current: Thing, body: Thing) -> None:
        _refuse_system(current)
        _refuse_scope_beside_all(body)
        _refuse_all_scopes_of_system(tenant, current["audience"], body)

    def refuse_deletion(self, tenant: Tenant, current: Thing) -> None:
        _refuse_system(current)

    def settle(self, tenant: Tenant, thing: Thing, body: Thing) -> None:
        """Granting all scopes removes the list of scopes (recorded)."""
        if thing.get("allow_all_scopes"):
            thing.pop("scope", None)


def _refuse_for_third_party(tenant: Tenant, api: Thing, body: Thing) -> None:
    """Strict third parties get neither an API of the tenant itself nor any organization (documented)."""
    client = finding.client(tenant, body.get("client_id", ""))
    third_party = "default_for" in body or (client is not None and client_defaults.is_strict(client))
    if third_party and api.get("is_system"):
        raise management_error(400, "Client grants for this API cannot be created for third-party clients.")
    if third_party and body.get("subject_type", "client") == "client" and body.get("allow_any_organization"):
        raise invalid_body("'Additional properties not allowed: allow_any_organization'")


def _refuse_scope_beside_all(body: Thing) -> None:
    """All scopes are granted instead of a list (the Terraform provider says so; the wording is unverified)."""
    if body.get("allow_all_scopes") and body.get("scope"):
        raise invalid_body("'scope cannot be provided when allow_all_scopes is true'")


def _refuse_list(query: Mapping[str, list[str]]) -> None:
    """Grants are those of a client or those by default (documented; the wording is unverified)."""
    if "default_for" in query and "client_id" in query:
        raise invalid_query("'The parameters client_id and default_for are mutually exclusive'")


_BOTH = "'Data matches more than one schema from oneOf'"


def _refuse_system(current: Thing) -> None:
    """Grants of system clients cannot be changed or deleted (documented; the wording is unverified)."""
    if current.get("is_system"):
        raise management_error(400, "System client grants cannot be changed.", "validation_error")


def _refuse_all_scopes_of_system(tenant: Tenant, audience: str, body: Thing) -> None:
    """Not even false may be sent for a system API (the wording is reported; the code, and that updates are refused like
    creations, are unverified)."""
    api = finding.api(tenant, audience)
    if api is not None and api.get("is_system") and body.get("allow_all_scopes") is not None:
        message = "`allow_all_scopes` cannot be provided when `audience` is a system API"
        raise management_error(400, message, "validation_error")


def system_grant(tenant: Tenant, client_id: str, scope: tuple[str, ...]) -> None:
    """Give a client its grant to the Management API, which nobody can change."""
    body = {"client_id": client_id, "audience": own_apis.MANAGEMENT, "scope": list(scope)}
    tenant.store(CLIENT_GRANTS.name).put(CLIENT_GRANTS.build(tenant, body) | {"is_system": True})


CLIENT_GRANTS = Entity(
    name="client_grant",
    path="client-grants",
    model=ClientGrant,
    scopes=RequiredScopes(
        read=("read:client_grants",),
        create=("create:client_grants",),
        update=("update:client_grants",),
        delete=("delete:client_grants",),
    ),
    listing=Listing(
        "client_grants",
        checkpoint=True,
        filters={
            "client_id": equal("client_id"),
            "audience": equal("audience"),
            "subject_type": equal("subject_type", choices=("client", "user", "anonymous_user")),
            "default_for": equal("default_for", choices=("third_party_clients",)),
            "allow_any_organization": flag("allow_any_organization"),
        },
        refuse=_refuse_list,
        order=lambda thing: thing["id"],
        # In the recordings it is both: each list fits into a page. Tools that page by it have worked for people.
        total_is_page=lambda tenant: tenant.choices.grant_totals == "page",
    ),
    missing=missing,
    behaviour=ClientGrantBehaviour(),
    unique=("client_id", "default_for", "audience", "subject_type"),
    conflict=_conflict,
    empty_update=False,
    names_api="audience",
)
