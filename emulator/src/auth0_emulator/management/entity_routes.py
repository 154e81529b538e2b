# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The operations that every entity has, computed from its declaration."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from starlette.responses import JSONResponse, Response

from auth0_emulator.entities.all import BY_NAME
from auth0_emulator.entities.creation import make, named, refuse_twin
from auth0_emulator.entities.entity import Entity
from auth0_emulator.schema.described import DescribedRoute, Nothing
from auth0_emulator.state import own_apis
from auth0_emulator.state.store import Store, Thing

from . import paging
from .calls import Call, no_content, route


class EntityRoutes:
    """The five operations of one entity."""

    def __init__(self, entity: Entity) -> None:
        self.entity = entity

    def routes(self) -> list[DescribedRoute]:
        """List and create; read, update and delete."""
        entity, listing, shown = self.entity, self.entity.listing, self.entity.answer_model
        many, one = f"/{entity.path}", f"/{entity.path}/{{id}}"
        second = entity.second_name_in_path
        by_name = [route("GET", f"{many}/{second}/{{name}}", self.read_by_name, shown)] if second else []
        query = paging.parameters(listing) | (paging.FIELDS if listing.paged else {})
        deleted = dict[str, Any] if entity.deleted_answer else Nothing
        status, gone = entity.deleted_status, None if entity.deleted_status == 204 else deleted
        put = [route("PUT", one, self.replace, shown, body=entity.create_model)] if entity.replaceable else []
        return [
            *by_name,
            route("GET", many, self.read_many, paging.page_of(shown, listing), query=query),
            route("POST", many, self.create, shown, status=entity.created_status, body=entity.create_model),
            route("GET", one, self.read, shown, query=paging.FIELDS),
            *put,
            route("PATCH", one, self.update, shown, body=entity.update_model),
            route(
                "DELETE", one, self.delete, gone, status=status, query={entity.force: "boolean"} if entity.force else {}
            ),
        ]

    def read_many(self, call: Call) -> Response:
        call.caller.require_any(self.entity.scopes.read)
        self._check_fields(call)
        query = call.stored_query
        listing = self.entity.listing
        if listing.refuse is not None:
            listing.refuse(query)
        rows = paging.searched(self._rows(call), listing, call.tenant, query)
        rows = paging.filtered(rows, listing.filters, query)
        rows = paging.ordered(rows, listing, query)
        total_is_page = listing.total_is_page(call.tenant) if listing.total_is_page else False
        found = paging.page(rows, listing, call.query, call.url, total_is_page)
        shown = [paging.selected(self._listed(call, thing), call.query) for thing in found.things]
        headers = {"Link": found.link} if found.link else None
        return JSONResponse(found.body(listing.collection, shown), headers=headers)

    def create(self, call: Call) -> Response:
        call.caller.require_any(self.entity.scopes.create)
        body = self._stored_body(call, self.entity.valid_creation(call.body())) | self._parentage(call)
        self.entity.behaviour.refuse_setting(call.caller, body, "create")
        thing = make(self.entity, call.tenant, body, call.host)
        shown = self.entity.present_created(call.tenant, thing, body, call.caller)
        return JSONResponse(named(self.entity, shown, call.host), self.entity.created_status)

    def read(self, call: Call) -> Response:
        call.caller.require_any(self.entity.scopes.read)
        self._check_fields(call)
        return self._answer(call, self._found(call))

    def read_by_name(self, call: Call) -> Response:
        call.caller.require_any(self.entity.scopes.read_by_name or self.entity.scopes.read)
        thing = self._store(call).get_by_name(call.path["name"])
        if thing is None:
            raise self.entity.missing(call.path["name"])
        return self._answer(call, thing)

    def update(self, call: Call) -> Response:
        call.caller.require_any(self.entity.scopes.update)
        body = self.entity.valid_update(call.body())
        self.entity.behaviour.refuse_setting(call.caller, body, "update")
        current = self._found(call)
        self.entity.behaviour.refuse_update(call.tenant, current, body)
        thing = self.entity.changed(call.tenant, current, body)
        refuse_twin(self.entity, call.tenant, thing, call.host)
        self._store(call).put(thing)
        return JSONResponse(call.shown(self.entity, thing))

    def replace(self, call: Call) -> Response:
        """PUT: the whole object (recorded)."""
        call.caller.require_any(self.entity.scopes.update)
        body = self.entity.valid_creation(call.body())
        self.entity.behaviour.refuse_setting(call.caller, body, "update")
        current = self._found(call)
        self.entity.behaviour.refuse_update(call.tenant, current, body)
        thing = self.entity.replaced(call.tenant, current, body)
        refuse_twin(self.entity, call.tenant, thing, call.host)
        self._store(call).put(thing)
        return JSONResponse(call.shown(self.entity, thing))

    def delete(self, call: Call) -> Response:
        """204, also when there is nothing to delete (recorded for most entities)."""
        call.caller.require_any(self.entity.scopes.delete)
        if self.entity.deleting_missing_fails:
            self._found(call)
        thing = self._sought(call)
        if thing is not None:
            if not paging.is_true(call.query, self.entity.force):
                self.entity.behaviour.refuse_deletion(call.tenant, thing)
            self._store(call).remove(thing[self.entity.id_field])
            self.entity.behaviour.deleted(call.tenant, thing)
        return (
            no_content()
            if self.entity.deleted_status == 204
            else JSONResponse(self.entity.deleted_answer, self.entity.deleted_status)
        )

    def _store(self, call: Call) -> Store:
        return call.tenant.store(self.entity.name)

    def _sought(self, call: Call) -> Thing | None:
        """The object that the path names; an identifier that was escaped twice is found, too (recorded)."""
        key = call.path["id"]
        self.entity.behaviour.refuse_key(key)
        for name in (key, unquote(key)):
            found = self._find(call, own_apis.stored(name, call.host))
            if found is not None:
                parent = self.entity.parent_field
                return found if not parent or found[parent] == call.path["parent"] else None
        return None

    def _find(self, call: Call, key: str) -> Thing | None:
        store = self._store(call)
        found = store.get(key)
        return store.get_by_name(key) if found is None and not self.entity.second_name_in_path else found

    def _found(self, call: Call) -> Thing:
        thing = self._sought(call)
        if thing is None:
            raise self.entity.missing(call.path["id"])
        return thing

    def _answer(self, call: Call, thing: Thing) -> Response:
        """The answer to a read of an object, unless reads still lag behind its creation."""
        if not call.tenant.is_readable(self.entity.name, thing):
            raise self.entity.missing(thing[self.entity.id_field])
        return JSONResponse(paging.selected(call.shown_alone(self.entity, thing), call.query))

    def _rows(self, call: Call) -> list[paging.Row]:
        """All objects of the list, or of the parent that the path names."""
        rows = self._store(call).sorted()
        if call.tenant.choices.lag:
            rows = [row for row in rows if call.tenant.is_readable(self.entity.name, row[1])]
        if self.entity.within:
            parentage = self._parentage(call)
            rows = [row for row in rows if parentage.items() <= row[1].items()]
        return rows

    def _parentage(self, call: Call) -> Thing:
        """The field that ties an object to its parent; the parent must exist."""
        if not self.entity.within:
            return {}
        within = BY_NAME[self.entity.within]
        if call.tenant.store(within.name).get(call.path["parent"]) is None:
            raise within.missing(call.path["parent"])
        return {self.entity.parent_field: call.path["parent"]}

    def _listed(self, call: Call, thing: Thing) -> Thing:
        shown = call.shown(self.entity, thing)
        for name, add in self.entity.listing.adding.items():
            if name in call.query:
                shown = add(thing, shown, call.query[name][0])
        return shown

    def _stored_body(self, call: Call, body: Thing) -> Thing:
        name = self.entity.names_api
        if name is None or name not in body:
            return body
        return body | {name: own_apis.stored(body[name], call.host)}

    def _check_fields(self, call: Call) -> None:
        if paging.asks_for_fields(call.query):
            self.entity.behaviour.refuse_fields(call.caller, paging.chosen_fields(call.query))
