# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An entity of the Management API, declared once: its fields, its paths, who may do what, how it is listed.

Everything generic (validation, defaults, merging, lists, routes, the OpenAPI description) is computed from the
declaration; what is special about one entity goes into its ``Behaviour``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, get_type_hints

from pydantic import BaseModel, create_model

from auth0_emulator.schema.errors import AnsweredError, invalid_body
from auth0_emulator.schema.shapes import ABSENT, Handling, Shape
from auth0_emulator.schema.validation import valid_body
from auth0_emulator.state.store import Keys, Thing
from auth0_emulator.state.tenant import Tenant

from .access import Caller


@dataclass(frozen=True)
class RequiredScopes:
    """Which scopes open which verb; any one of them suffices."""

    read: tuple[str, ...]
    create: tuple[str, ...]
    update: tuple[str, ...]
    delete: tuple[str, ...]
    read_by_name: tuple[str, ...] = ()
    """Those that open a read by the second name in the path; none: the same as other reads."""


@dataclass(frozen=True)
class Filter:
    """A query parameter of a list: ``keeps(object, values given)``."""

    keeps: Callable[[Thing, list[str]], bool]
    kind: str = "string"
    at_most: int | None = None
    choices: tuple[str, ...] = ()
    """The values that it takes; empty: any."""


def equal(name: str, at_most: int | None = None, choices: tuple[str, ...] = ()) -> Filter:
    """Keeps the objects that have one of the given values in a field."""
    return Filter(lambda thing, values: thing.get(name) in values, at_most=at_most, choices=choices)


def flag(name: str) -> Filter:
    """Keeps the objects in which a field is true, or those in which it is false or absent."""
    return Filter(lambda thing, values: bool(thing.get(name)) == (values[0] == "true"), kind="boolean")


@dataclass(frozen=True)
class Listing:
    """How a list is paged and filtered."""

    collection: str
    paged: bool = True
    """Whether the list knows paging at all; otherwise it is a bare array of everything."""
    checkpoint: bool = False
    always_checkpoint: bool = False
    """Whether the list pages by checkpoint also where no parameter asks for it."""
    numbered: bool = False
    """Whether each page is in an envelope that has its number, its size and the total, those of them that are not zero;
    only with offset paging."""
    smallest_page: int = 1
    filters: dict[str, Filter] = field(default_factory=dict)
    search: Callable[[Tenant, str], Callable[[Thing], bool]] | None = None
    """What the query parameter ``q`` keeps."""
    search_in_pages: bool = False
    """Whether ``q`` goes with checkpoint paging only, and without other filters."""
    order: Callable[[Thing], Any] | None = None
    """Sort key; None keeps the order of creation."""
    total_is_page: Callable[[Tenant], bool] | None = None
    """Whether ``total`` counts the page alone."""
    refuse: Callable[[Mapping[str, list[str]]], None] | None = None
    """Raises the refusal of a query that each parameter alone does not show."""
    deepest: int | None = None
    """Where paging by numbers ends."""
    adding: dict[str, Callable[[Thing, Thing, str], Thing]] = field(default_factory=dict)
    """What query parameters add to each object that is shown: ``(object, what is shown, value) -> what is shown``."""
    sorting: tuple[str, ...] = ()
    """The fields by which ``sort=field:1`` (or -1) orders the list; only with offset paging."""


class Behaviour:
    """What is special about an entity; the defaults are 'nothing'."""

    def default_values(self, tenant: Tenant, body: Thing) -> Thing:
        """Values that depend on other fields or are made up, at creation; they stand back behind the body."""
        return {}

    def new_id(self, body: Thing) -> str:
        """The identifier of an object that is created with this body."""
        raise LookupError("an entity that can be created declares how its identifiers are made")

    def refuse_creation(self, tenant: Tenant, body: Thing) -> None:
        """Raise the refusal of a creation that the fields alone do not show."""

    def refuse_update(self, tenant: Tenant, current: Thing, body: Thing) -> None:
        """Raise the refusal of an update that the fields alone do not show."""

    def refuse_deletion(self, tenant: Tenant, current: Thing) -> None:
        """Raise the refusal of a deletion."""

    def completed(self, current: Thing, body: Thing) -> Thing:
        """A valid update with what it need not name of a value that it replaces, taken from the object."""
        return body

    def settle(self, tenant: Tenant, thing: Thing, body: Thing) -> None:
        """Adjust an object in place after the body was applied to it, before it is stored."""

    def settle_update(self, tenant: Tenant, thing: Thing) -> None:
        """Adjust an object in place after an update, besides what ``settle`` does."""

    def created(self, tenant: Tenant, thing: Thing) -> None:
        """Consequences for other objects of a creation."""

    def deleted(self, tenant: Tenant, thing: Thing) -> None:
        """Consequences for other objects of a deletion."""

    def refuse_key(self, key: str) -> None:
        """Raise the refusal of a path with what cannot be the identifier of any object."""

    def refuse_fields(self, caller: Caller, fields: set[str]) -> None:
        """Raise the refusal of a read that asks for fields which this caller may not see."""

    def refuse_setting(self, caller: Caller, body: Thing, verb: str) -> None:
        """Raise the refusal of a body with fields that this caller may not set. verb: create or update."""

    def present(self, tenant: Tenant, thing: Thing, caller: Caller) -> Thing:
        """The object as this caller sees it: a copy, or the object itself when nothing is hidden or added."""
        return thing

    def present_created(self, tenant: Tenant, thing: Thing, body: Thing, caller: Caller) -> Thing:
        """The answer to a creation, where it differs from what a read shows."""
        return self.present(tenant, thing, caller)

    def present_read(self, tenant: Tenant, thing: Thing, caller: Caller) -> Thing:
        """The answer to a read of the object alone, where it differs from what lists and updates show."""
        return self.present(tenant, thing, caller)


@dataclass(frozen=True)
class Entity:
    """One declaration per entity."""

    name: str
    path: str
    model: type[Shape]
    scopes: RequiredScopes
    listing: Listing
    missing: Callable[[str], AnsweredError]
    """The 404 of a path that names an object by this key, which is not there."""
    behaviour: Behaviour
    id_field: str = "id"
    within: str = ""
    """The name of the entity whose object the path names first, as ``{parent}``."""
    parent_field: str = ""
    """The field that holds the identifier of that object."""
    also_found_by: str | None = None
    """A second field by which the path may name an object."""
    second_name_in_path: str = ""
    """The word in the path before the second name; without one, it stands where the identifier does."""
    unique: tuple[str, ...] = ()
    """Fields that together occur once per tenant."""
    conflict: Callable[[Thing], AnsweredError] | None = None
    empty_update: bool = True
    """Whether PATCH takes an empty object."""
    created_status: int = 201
    deleted_status: int = 204
    deleted_answer: Thing = field(default_factory=dict)
    """What a deletion answers that is no 204."""
    replaceable: bool = False
    """Whether PUT replaces an object: what the body leaves out has its default again, or is gone."""
    deleting_missing_fails: bool = False
    force: str = ""
    """The query parameter by which an object is deleted that others use, and which are rid of it then."""
    names_api: str | None = None
    """The field that holds an API's identifier; those of the tenant's own APIs are spelled with the request's host."""

    @cached_property
    def keys(self) -> Keys:
        """How a store knows the objects of this entity."""
        return Keys(self.id_field, self.also_found_by, self.unique, self.listing.order)

    @cached_property
    def fields(self) -> dict[str, tuple[Any, Handling]]:
        """Each field's type and how it is handled."""
        found: dict[str, tuple[Any, Handling]] = {}
        hints = get_type_hints(self.model, include_extras=True)
        for name in self.model.model_fields:
            hint = hints[name]
            given = [m for m in getattr(hint, "__metadata__", ()) if isinstance(m, Handling)]
            handling = given[0] if given else Handling()
            found[handling.named or name] = (hint, handling)
        return found

    @cached_property
    def create_model(self) -> type[BaseModel]:
        """The body of a creation."""
        fields: dict[str, Any] = {}
        for name, (hint, handling) in self.fields.items():
            if handling.create:
                fields[name] = (hint | None if handling.null_at_create else hint, ... if handling.required else None)
        return create_model(f"{self.model.__name__}Create", __base__=Shape, **fields)

    @cached_property
    def update_model(self) -> type[BaseModel]:
        """The body of an update: almost every field may be left out."""
        fields: dict[str, Any] = {}
        for name, (hint, handling) in self.fields.items():
            if handling.update:
                kind = handling.update_as or hint
                fields[name] = (kind | None if handling.clearable else kind, ... if handling.update_required else None)
        return create_model(f"{self.model.__name__}Update", __base__=Shape, **fields)

    @cached_property
    def answer_model(self) -> type[BaseModel]:
        """An answer: which fields are there depends on the object, the caller and the fields asked for."""
        fields: dict[str, Any] = {}
        for name, (hint, handling) in self.fields.items():
            if handling.answer:
                fields[name] = (handling.answer_as or hint, None)
        return create_model(f"{self.model.__name__}Answer", __base__=Shape, **fields)

    @cached_property
    def hidden(self) -> frozenset[str]:
        """The fields that no answer shows."""
        return frozenset(name for name, (dummy, handling) in self.fields.items() if not handling.answer)

    def present(self, tenant: Tenant, thing: Thing, caller: Caller) -> Thing:
        """The object as this caller sees it."""
        return self._without_hidden(self.behaviour.present(tenant, thing, caller))

    def present_read(self, tenant: Tenant, thing: Thing, caller: Caller) -> Thing:
        """The answer to a read of the object alone."""
        return self._without_hidden(self.behaviour.present_read(tenant, thing, caller))

    def present_created(self, tenant: Tenant, thing: Thing, body: Thing, caller: Caller) -> Thing:
        """The answer to a creation."""
        return self._without_hidden(self.behaviour.present_created(tenant, thing, body, caller))

    def _without_hidden(self, thing: Thing) -> Thing:
        if self.hidden.isdisjoint(thing):
            return thing
        return {name: value for name, value in thing.items() if name not in self.hidden}

    def build(self, tenant: Tenant, body: Thing) -> Thing:
        """A new object from a valid body: defaults, then what was given (null leaves the key away)."""
        thing = {self.id_field: self.behaviour.new_id(body)}
        thing |= {n: deepcopy(r.default) for n, (dummy, r) in self.fields.items() if r.default is not ABSENT}
        thing |= self.behaviour.default_values(tenant, body)
        self._apply(thing, body)
        self.behaviour.settle(tenant, thing, body)
        return thing

    def changed(self, tenant: Tenant, current: Thing, body: Thing) -> Thing:
        """A copy of an object with a valid update applied."""
        thing = deepcopy(current)
        body = self.behaviour.completed(current, body)
        self._apply(thing, body)
        self.behaviour.settle(tenant, thing, body)
        self.behaviour.settle_update(tenant, thing)
        return thing

    def replaced(self, tenant: Tenant, current: Thing, body: Thing) -> Thing:
        """What a valid PUT makes of an object: what cannot be set stays."""
        kept = {name: value for name, value in current.items() if not self.fields[name][1].update}
        defaults = {n: deepcopy(r.default) for n, (dummy, r) in self.fields.items() if r.default is not ABSENT}
        return self.changed(tenant, {**defaults, **kept}, body)

    def valid_creation(self, body: Any) -> Thing:
        """The body of a creation, if the schema takes it. Raises the refusal."""
        return valid_body(self.create_model, body)

    def valid_update(self, body: Any) -> Thing:
        """The body of an update, if the schema takes it. Raises the refusal."""
        update = valid_body(self.update_model, body)
        if not update and not self.empty_update:
            raise invalid_body("'Too few properties defined (0), minimum 1'")
        return update

    def _apply(self, thing: Thing, body: Thing) -> None:
        for name, value in body.items():
            handling = self.fields[name][1]
            if value is None or (handling.empty_is_absent and not value):
                thing.pop(name, None)
            elif handling.merged:
                merged = {**thing.get(name, {}), **value}
                thing[name] = {k: v for k, v in merged.items() if v is not None}
            else:
                thing[name] = deepcopy(value)
