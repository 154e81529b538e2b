# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Schemas of an OpenAPI description, without references and combinations: what is known of one value."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

Json = Mapping[str, Any]

#: Ansible's names of the types. Auth0 calls a whole number a number, too.
_TYPES = {"string": "str", "boolean": "bool", "integer": "int", "number": "int", "array": "list", "object": "dict"}


class Unreadable(Exception):
    """The description does not hold what was asked for."""


@dataclasses.dataclass(frozen=True)
class Schema:
    """A value. type: Ansible's name of it; "raw" where it can be several.

    values: what the keys of an object hold that takes any; None where it takes only its properties.
    required: the properties that an object must have. goes_with: of an object that has several forms, the properties of
    which not all forms have: the property that decides, and its values with which they are there.
    chosen: the properties that are another object in each form: that property, and the object for each of its values.
    format: what a string must be like, by name. forms: how many the object has.
    """

    type: str = "raw"
    nullable: bool = False
    choices: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    min_length: int = 0
    max_length: int | None = None
    pattern: str | None = None
    format: str | None = None
    default: Any = None
    items: Schema | None = None
    properties: Mapping[str, Schema] = dataclasses.field(default_factory=dict)
    values: Schema | None = None
    required: frozenset[str] = frozenset()
    goes_with: Mapping[str, tuple[str, tuple[str, ...]]] = dataclasses.field(default_factory=dict)
    chosen: Mapping[str, tuple[str, Mapping[str, Schema]]] = dataclasses.field(default_factory=dict)
    forms: int = 1


class Description:
    """An OpenAPI description. document: as JSON has it."""

    def __init__(self, document: Any) -> None:
        if not isinstance(document.get("paths") if isinstance(document, dict) else None, Mapping):
            raise Unreadable("This is no OpenAPI description: it has no paths.")
        self._document = document

    @property
    def paths(self) -> Mapping[str, Json]:
        """The operations of each path, by their methods."""
        found: Mapping[str, Json] = self._document["paths"]
        return found

    def operation(self, path: str, method: str) -> Json | None:
        """What a method does there; None where it is not taken."""
        return self.paths.get(path, {}).get(method)

    def body(self, operation: Json | None) -> Schema | None:
        """What a request holds."""
        return self._content(self._resolved((operation or {}).get("requestBody") or {}))

    def answer(self, operation: Json | None) -> tuple[str | None, Json | None]:
        """The status of a success, and the schema of its body as it is written there, without references."""
        for status, response in sorted(((operation or {}).get("responses") or {}).items()):
            if status.startswith("2"):
                content = self._resolved(response).get("content") or {}
                raw = content.get("application/json", {}).get("schema")
                return status, None if raw is None else self.resolved(raw)
        return None, None

    def words(self, operation: Json | None, status: str) -> str | None:
        """What the description says of a status; None where there is none."""
        response = ((operation or {}).get("responses") or {}).get(status)
        return None if response is None else str(self._resolved(response).get("description", ""))

    def _content(self, owner: Json) -> Schema | None:
        raw = (owner.get("content") or {}).get("application/json", {}).get("schema")
        return None if raw is None else self.schema(raw)

    def _resolved(self, value: Json) -> Json:
        seen = []
        while "$ref" in value:
            name = str(value["$ref"])
            if name in seen or not name.startswith("#/"):
                raise Unreadable(f"The reference {name} leads nowhere in this file.")
            seen.append(name)
            found: Any = self._document
            for step in name[2:].split("/"):
                found = found.get(step) if isinstance(found, Mapping) else None
            if not isinstance(found, Mapping):
                raise Unreadable(f"The reference {name} leads nowhere in this file.")
            value = {**found, **{key: item for key, item in value.items() if key != "$ref"}}
        return value

    def resolved(self, raw: Json) -> Json:
        """A schema without references at its top."""
        return self._resolved(raw)

    def schema(self, raw: Json, depth: int = 0) -> Schema:
        """What a schema says of a value."""
        if depth > 20:  # a schema that holds itself
            return Schema()
        raw = self._resolved(raw)
        if "allOf" in raw:
            merged: dict[str, Any] = {key: item for key, item in raw.items() if key != "allOf"}
            for part in map(self._resolved, raw["allOf"]):
                merged["properties"] = {**merged.get("properties", {}), **part.get("properties", {})}
                merged["required"] = [*merged.get("required", []), *part.get("required", [])]
                merged = {**part, **merged}
            raw = {key: item for key, item in merged.items() if item not in ({}, [])}
        for word in ("oneOf", "anyOf"):
            if word in raw:
                return self._several([self.schema(part, depth + 1) for part in raw[word]], bool(raw.get("nullable")))
        types = raw.get("type")
        names = [types] if isinstance(types, str) else list(types or ())
        nullable = "null" in names or bool(raw.get("nullable")) or None in raw.get("enum", ())
        nullable = nullable or str(raw.get("format", "")).endswith("-or-null")
        names = [name for name in names if name != "null"]
        values = raw.get("enum") or ([raw["const"]] if "const" in raw else [])
        kind = _TYPES.get(names[0], "raw") if len(names) == 1 else "raw"
        if kind == "raw" and values and all(isinstance(value, str) for value in values if value is not None):
            kind = "str"
        if kind == "raw" and "properties" in raw:
            kind = "dict"
        small, large = {"list": ("minItems", "maxItems"), "dict": ("minProperties", "maxProperties")}.get(
            kind, ("minLength", "maxLength")
        )
        more = raw.get("additionalProperties")
        return Schema(
            type=kind,
            nullable=nullable,
            choices=tuple(value for value in values if isinstance(value, str)),
            minimum=_whole(raw.get("minimum")),
            maximum=_whole(raw.get("maximum")),
            min_length=int(raw.get(small) or 0),
            max_length=_whole(raw.get(large)),
            pattern=raw.get("pattern"),
            format=raw.get("format"),
            default=raw.get("default"),
            items=self.schema(raw["items"], depth + 1) if "items" in raw else None,
            properties={name: self.schema(part, depth + 1) for name, part in (raw.get("properties") or {}).items()},
            values=self.schema(more, depth + 1) if isinstance(more, Mapping) else Schema() if more is True else None,
            required=frozenset(raw.get("required", ())),
        )

    def _several(self, forms: Sequence[Schema], nullable: bool) -> Schema:
        nullable = nullable or any(form.nullable for form in forms)
        real = [form for form in forms if not (form.type == "raw" and form.nullable)]
        if len(real) == 1:
            return dataclasses.replace(real[0], nullable=nullable)
        kinds = {form.type for form in real}
        if kinds == {"dict"}:
            return dataclasses.replace(_united(real), nullable=nullable)
        if kinds == {"str"} and all(form.choices for form in real):
            choices = tuple(dict.fromkeys(value for form in real for value in form.choices))
            return Schema(type="str", nullable=nullable, choices=choices)
        return Schema(type=kinds.pop() if len(kinds) == 1 else "raw", nullable=nullable, forms=len(real))


def _whole(value: Any) -> int | None:
    return None if value is None else int(value)


def _united(forms: Sequence[Schema]) -> Schema:
    """An object that has several forms: what any of them has."""
    names = list(dict.fromkeys(name for form in forms for name in form.properties))
    properties: dict[str, Schema] = {}
    for name in names:
        found = [form.properties[name] for form in forms if name in form.properties]
        choices = tuple(dict.fromkeys(value for one in found for value in one.choices))
        first = dataclasses.replace(found[0], choices=choices if all(one.choices for one in found) else ())
        if first.type == "dict" and len(found) > 1 and all(one.type == "dict" for one in found):
            first = _united(found)
        properties[name] = first
    decides = next((name for name in names if _decides(name, forms)), None)
    goes_with: dict[str, tuple[str, tuple[str, ...]]] = {}
    chosen: dict[str, tuple[str, Mapping[str, Schema]]] = {}
    required = set(names)
    for name in names:
        having = [form for form in forms if name in form.properties]
        if not all(name in form.required for form in having) or (len(having) < len(forms) and decides is None):
            required.discard(name)
        if decides is not None and len(having) < len(forms):
            values = tuple(value for form in having for value in form.properties[decides].choices)
            goes_with[name] = (decides, values)
        parts = [form.properties[name] for form in having]
        differ = any(one.properties.keys() != parts[0].properties.keys() for one in parts)
        if decides is not None and differ and len(having) == len(forms) and all(map(_is_object, parts)):
            deciding = [form.properties[decides].choices for form in forms]
            by_value = {value: one for one, them in zip(parts, deciding, strict=True) for value in them}
            chosen[name] = (decides, by_value)
    return Schema(
        type="dict",
        properties=properties,
        required=frozenset(required),
        goes_with=goes_with,
        chosen=chosen,
        forms=len(forms),
    )


def _is_object(schema: Schema) -> bool:
    return schema.type == "dict" and bool(schema.properties)


def _decides(name: str, forms: Sequence[Schema]) -> bool:
    """Whether the value of a property says which form an object has."""
    if not all(name in form.properties and form.properties[name].choices for form in forms):
        return False
    values = [value for form in forms for value in form.properties[name].choices]
    return len(values) == len(set(values))
