# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Clients: the applications that ask for tokens."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from auth0_emulator.schema.errors import AnsweredError, invalid_query, management_error
from auth0_emulator.state import identifiers
from auth0_emulator.state.store import Thing
from auth0_emulator.state.tenant import Tenant

from . import client_defaults, client_sense, finding
from .access import Caller
from .client_fields import Client
from .client_grants import system_grant
from .creation import make
from .credentials import CREDENTIALS, attachments
from .entity import Behaviour, Entity, Filter, Listing, RequiredScopes, equal, flag

SECRET_READERS = ("read:client_keys", "read:client_credentials")


SECRET_WRITERS = ("update:client_keys",)


_READERS = ("read:clients", *SECRET_READERS)


_SUMMARY = ("client_id", "name", "app_type", "description")


_SECRET_FIELDS = ("client_secret", "signing_keys", "encryption_key", "client_authentication_methods")
"""What is shown to readers of keys only (documented)."""


def missing(dummy: str) -> AnsweredError:
    """404 (recorded)."""
    return management_error(404, "The client does not exist", "inexistent_client")


class ClientBehaviour(Behaviour):
    """Defaults depend on the other fields: app_type, the authentication method, whether it is a third party."""

    def new_id(self, body: Thing) -> str:
        """Strict third parties are known by their identifiers (recorded; documented)."""
        return identifiers.third_party_client_id() if client_defaults.is_strict(body) else identifiers.client_id()

    def default_values(self, tenant: Tenant, body: Thing) -> Thing:
        return client_defaults.values(body, tenant.clock())

    def settle(self, tenant: Tenant, thing: Thing, body: Thing) -> None:
        """``oidc_backchannel_logout`` is the older name for writing ``oidc_logout`` (documented)."""
        _store_inline_credentials(tenant, thing)
        if "oidc_backchannel_logout" in body:
            older = thing.pop("oidc_backchannel_logout", None)
            if older:
                thing["oidc_logout"] = older
            else:
                thing.pop("oidc_logout", None)
        client_defaults.complete_parts(thing, body)
        if "client_secret" in body:
            new_secret(tenant, thing, body["client_secret"])

    def refuse_creation(self, tenant: Tenant, body: Thing) -> None:
        client_sense.refuse_creation(tenant, body)

    def refuse_update(self, tenant: Tenant, current: Thing, body: Thing) -> None:
        client_sense.refuse_update(tenant, current, body)

    def refuse_setting(self, caller: Caller, body: Thing, verb: str) -> None:
        """Secrets and keys need scopes of their own (documented)."""
        if "client_secret" in body:
            caller.require_any(SECRET_WRITERS)
        if "client_authentication_methods" in body:
            caller.require_any((f"{verb}:client_credentials",))

    def refuse_deletion(self, tenant: Tenant, current: Thing) -> None:
        if current.get("global"):
            raise management_error(400, "Global client cannot be deleted.")

    def created(self, tenant: Tenant, thing: Thing) -> None:
        """The API that a client is made for shows the client's identifier; an express client is granted (recorded)."""
        self._link(tenant, thing, linked=True)
        if thing.get("app_type") == "express_configuration":
            system_grant(tenant, thing["client_id"], _EXPRESS_SCOPES)

    def deleted(self, tenant: Tenant, thing: Thing) -> None:
        """Deleting a client removes its grants (recorded), here at once."""
        self._link(tenant, thing, linked=False)
        grants = finding.client_grants(tenant)
        for grant in [g for g in grants if g.get("client_id") == thing["client_id"]]:
            grants.remove(grant["id"])
        for credential in finding.credentials_of(tenant, thing["client_id"]):
            tenant.store(CREDENTIALS.name).remove(credential["id"])

    def present(self, tenant: Tenant, thing: Thing, caller: Caller) -> Thing:
        """What one sees depends on one's scopes: secrets need a scope for keys, a summary shows four fields."""
        if caller.has_any(_READERS) or not caller.has_any(("read:client_summary",)):
            shown = thing | {"tenant": tenant.name, "global": thing.get("global", False)}
            if not shown["global"]:
                # Recorded in raw lists: the older alias is still answered.
                shown["cross_origin_auth"] = thing["cross_origin_authentication"]
                shown["callback_url_template"] = False
            if "oidc_logout" in thing:
                # Recorded: under both of its names.
                shown["oidc_backchannel_logout"] = thing["oidc_logout"]
        else:
            return {name: thing[name] for name in _SUMMARY if name in thing}
        if not caller.has_any(SECRET_READERS):
            return {name: value for name, value in shown.items() if name not in _SECRET_FIELDS}
        key = tenant.keys.current
        shown["signing_keys"] = [{"cert": key.pem, "pkcs7": key.pkcs7, "subject": f"/CN={key.common_name}"}]
        if "client_authentication_methods" in shown:
            del shown["client_secret"]
        return shown

    def present_created(self, tenant: Tenant, thing: Thing, body: Thing, caller: Caller) -> Thing:
        """After a creation with inline credentials the answer has them in full, and the secret (recorded); every
        creation is answered with ``encrypted`` (recorded in all raw answers)."""
        shown = self.present(tenant, thing, caller)
        if caller.has_any(_READERS):
            shown = shown | {"encrypted": True}
        if "client_authentication_methods" not in body:
            return shown
        if caller.has_any(SECRET_READERS):
            shown["client_secret"] = thing["client_secret"]
        stored = finding.credentials_of(tenant, thing["client_id"])
        own = {one["id"]: CREDENTIALS.present(tenant, one, caller) for one in stored}
        shown["client_authentication_methods"] = {
            method: {"credentials": [own[one["id"]] for one in holder["credentials"]]}
            for method, holder in thing["client_authentication_methods"].items()
        }
        return shown

    def refuse_fields(self, caller: Caller, fields: set[str]) -> None:
        """Asking by name for a field that one may not see is refused (documented)."""
        if not fields.isdisjoint(_SECRET_FIELDS):
            caller.require_any(SECRET_READERS)
        if not fields.issubset(_SUMMARY):
            caller.require_any(_READERS)

    def _link(self, tenant: Tenant, thing: Thing, linked: bool) -> None:
        api = finding.api(tenant, thing.get("resource_server_identifier", ""))
        if api is None:
            return
        changed = {name: value for name, value in api.items() if name != "client_id"}
        if linked:
            changed["client_id"] = thing["client_id"]
        tenant.store("resource_server").put(changed)


def new_secret(tenant: Tenant, thing: Thing, secret: str) -> None:
    """Give a client a secret, in place, and remember since when."""
    former = finding.client(tenant, thing["client_id"])
    if former is not None and former["client_secret"] != secret:
        thing["former_secret"] = former["client_secret"]
    thing |= {"client_secret": secret, "secret_since": tenant.clock()}


def accepted_secret(tenant: Tenant, client: Thing) -> str | None:
    """The secret that proves a client just now: a new one may take a while to be accepted everywhere (documented: up to
    30 seconds), and so that long the one before, if there was one."""
    lag = tenant.choices.lag
    if lag and tenant.clock() < client.get("secret_since", -math.inf) + lag:
        former: str | None = client.get("former_secret")
        return former
    secret: str = client["client_secret"]
    return secret


def _store_inline_credentials(tenant: Tenant, thing: Thing) -> None:
    """Credentials that came with a creation are stored on their own; the client keeps references (recorded)."""
    made: list[str] = []
    try:
        for dummy, used in attachments(thing):
            for index, one in enumerate(used):
                if "id" not in one:
                    made.append(make(CREDENTIALS, tenant, one | {"client_id": thing["client_id"]})["id"])
                    used[index] = {"id": made[-1]}
    except AnsweredError:
        for credential_id in made:
            tenant.store(CREDENTIALS.name).remove(credential_id)
        raise


_EXPRESS_SCOPES = (
    "read:clients",
    "read:user_attribute_profiles",
    "read:connection_profiles",
    "read:organizations_summary",
    "read:connections",
    "create:connections",
    "update:connections",
    "read:connections_options",
    "update:connections_options",
    "read:organization_connections",
    "create:organization_connections",
    "update:organization_connections",
    "create:scim_config",
    "read:scim_token",
    "create:scim_token",
    "delete:scim_token",
)
"""What it may do with the Management API (recorded)."""


def _app_types(thing: Thing, values: list[str]) -> bool:
    return thing.get("app_type") in {kind for value in values for kind in value.split(",")}


_QUERY = re.compile(r"client_grant\.(?:organization_id:(?P<organization>\S+)|allow_any_organization:true)")


def _search(tenant: Tenant, query: str) -> Callable[[Thing], bool]:
    """The clients that one of their grants lets act for an organization, or for any (the queries are documented)."""
    asked = _QUERY.fullmatch(query.strip())
    if asked is None:
        raise invalid_query(f"'Unsupported query: {query}' on property q")
    name = asked["organization"]
    grants = finding.client_grants(tenant)
    if name is None:
        holders = {one.get("client_id") for one in grants if one.get("allow_any_organization")}
    else:
        organization: Thing = finding.organizations(tenant).get(name) or {"grant_ids": []}
        added = (grants.get(one) for one in organization["grant_ids"])
        holders = {grant.get("client_id") for grant in added if grant is not None}
    return lambda thing: thing["client_id"] in holders


CLIENTS = Entity(
    name="client",
    path="clients",
    model=Client,
    id_field="client_id",
    scopes=RequiredScopes(
        read=(*_READERS, "read:client_summary"),
        create=("create:clients",),
        update=("update:clients", "update:client_keys", "update:client_credentials"),
        delete=("delete:clients",),
    ),
    listing=Listing(
        "clients",
        checkpoint=True,
        smallest_page=0,
        filters={
            "is_global": flag("global"),
            "is_first_party": flag("is_first_party"),
            "app_type": Filter(_app_types),
            "external_client_id": equal("external_client_id"),
        },
        search=_search,
        search_in_pages=True,
    ),
    missing=missing,
    behaviour=ClientBehaviour(),
    empty_update=False,
    names_api="resource_server_identifier",
)
