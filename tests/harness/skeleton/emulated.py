# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A sketch → the file of the emulator that has the entity."""

from __future__ import annotations

import keyword
import re
from typing import Any

from .declared import raw_string
from .description import Schema
from .sketch import FIND_OUT, KindSketch, Sketch

HEAD = """\
# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""
#: Types of the emulator for formats (auth0_emulator/schema/shapes.py).
_FORMATS = {
    "absolute-uri-or-empty": "UriOrEmpty",
    "callback-url": "CallbackUrl",
    "client-id": "ClientId",
    "date-time": "DateTime",
    "email-or-empty": "EmailOrEmpty",
    "html-color": "HtmlColor",
    "organization-id": "OrganizationId",
    "organization-name": "OrganizationName",
    "strict-https-uri": "HttpsUri",
    "url": "Url",
    "url-with-placeholders": "UrlWithPlaceholders",
}


class Writer:
    """Writes types, and notes what they are made of."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.typing: set[str] = {"Annotated"}
        self.shapes: set[str] = {"Shape"}
        self.uses_field = False

    def type_of(self, schema: Schema, name: str) -> str:
        """The type of a value. name: of the class that an object gets."""
        if schema.choices:
            self.typing.add("Literal")
            return f"Literal[{', '.join(map(repr, schema.choices))}]"
        if schema.type == "str" and schema.format in _FORMATS:
            self.shapes.add(_FORMATS[str(schema.format)])
            return self._limited(_FORMATS[str(schema.format)], schema)
        if schema.type == "list":
            items = self.type_of(schema.items, f"{name}Item") if schema.items else self._anything()
            return self._limited(f"list[{items}]", schema)
        if schema.type == "dict" and schema.properties:
            return self._part(schema, name)
        if schema.type == "dict":
            values = self.type_of(schema.values, f"{name}Value") if schema.values else self._anything()
            return self._limited(f"dict[str, {values}]", schema)
        return self._limited({"str": "str", "bool": "bool", "int": "int"}.get(schema.type) or self._anything(), schema)

    def _anything(self) -> str:
        self.typing.add("Any")
        return "Any"

    def _limited(self, kind: str, schema: Schema) -> str:
        limits: dict[str, Any] = {"ge": schema.minimum, "le": schema.maximum} if schema.type == "int" else {}
        limits |= {"min_length": schema.min_length or None, "max_length": schema.max_length}
        given = [f"{word}={value!r}" for word, value in limits.items() if value is not None]
        if schema.type == "str" and schema.pattern:
            given.append(f"pattern={raw_string(schema.pattern)}")
        if not given:
            return kind
        self.uses_field = True
        return f"Annotated[{kind}, Field({', '.join(given)})]"

    def _part(self, schema: Schema, name: str) -> str:
        self.shapes.add("Part")
        lines = [f"class {name}(Part, total=False):"]
        if schema.values is not None:
            self.shapes.add("OPEN")
            lines.insert(0, "@OPEN")
        for key, inner in schema.properties.items():
            kind = self.type_of(inner, name + camel(key)) + (" | None" if inner.nullable else "")
            if key in schema.required and key not in schema.goes_with:
                self.typing.add("Required")
                kind = f"Required[{kind}]"
            written = key.isidentifier() and not keyword.iskeyword(key)
            lines.append(f"    {key}: {kind}" if written else f"    # {FIND_OUT}how to write the key {key!r} of {kind}")
        if schema.forms > 1:
            lines.append(f"    # {FIND_OUT}it has {schema.forms} forms: refuse what none of them is")
        if all(line.lstrip().startswith(("#", "@", "class ")) for line in lines):
            lines.append("    pass")
        text = "\n".join(lines)
        if text not in self.parts:
            self.parts.append(text)
        return name


def entity(kind: KindSketch) -> str:
    """The source of the file; ``ruff format`` breaks its lines."""
    writer = Writer()
    model = camel(kind.name)
    fields = [line for name, field in kind.fields.items() for line in _field(name, field, writer, model)]
    handled = sorted(word for word in ("READ_ONLY", "CREATE_ONLY", "Handling") if any(word in line for line in fields))
    conflict = kind.unique or bool(kind.words["conflict"])
    typing = ", ".join(sorted(writer.typing))
    shapes = ", ".join(sorted(writer.shapes | set(handled)))
    lines = [
        HEAD.rstrip("\n") + "\n",
        f'"""{kind.plural[0].upper()}{kind.plural[1:]}.\n',
        f'{FIND_OUT}in recordings, how the servers differ from this.\n"""\n',
        "from __future__ import annotations\n",
        f"from typing import {typing}\n",
        *(["from pydantic import Field\n"] if writer.uses_field else []),
        "from auth0_emulator.schema.errors import AnsweredError, management_error",
        f"from auth0_emulator.schema.shapes import {shapes}",
        "from auth0_emulator.state import identifiers",
        "from auth0_emulator.state.store import Thing\n",
        f"from .entity import Behaviour, Entity, Listing, RequiredScopes{', equal' if kind.filters else ''}\n\n",
        *(f"{part}\n\n" for part in writer.parts),
        f"class {model}(Shape):",
        *(f"    {line}" for line in fields),
        "\n",
        "def missing(dummy: str) -> AnsweredError:",
        '    """404 (documented)."""',
        f"    # {FIND_OUT}its words",
        f'    return management_error(404, "The {kind.title} does not exist.")\n\n',
        *(
            [
                "def _conflict(thing: Thing) -> AnsweredError:",
                '    """409 (documented)."""',
                f"    # {FIND_OUT}its words",
                f'    return management_error(409, "The {kind.title} already exists.")\n\n',
            ]
            if conflict
            else []
        ),
        f"class {model}Behaviour(Behaviour):",
        "    def new_id(self, body: Thing) -> str:",
        f"        # {FIND_OUT}how its ids are made (state/identifiers.py)",
        "        return identifiers.object_id()\n\n",
        f"{kind.file.upper()} = Entity(",
        f"name={kind.name!r}, path={kind.path!r}, model={model},",
        "scopes=RequiredScopes("
        + ", ".join(f"{verb}={kind.scopes[verb]!r}" for verb in ("read", "create", "update", "delete"))
        + "),",
        *_listing(kind),
        "missing=missing,",
        f"behaviour={model}Behaviour(),",
        *(["replaceable=True,"] if kind.replaced else []),
        *([] if kind.id_field == "id" else [f"id_field={kind.id_field!r},"]),
        *(f"also_found_by={name!r}, second_name_in_path={under!r}," for name, under in kind.directs if under),
        *([f"unique={kind.identity!r}, conflict=_conflict,"] if conflict else []),
        f"created_status={kind.statuses.get('create', 201)}, deleted_status={kind.statuses.get('delete', 204)},",
        f"# {FIND_OUT}what deleting a missing one is answered (deleting_missing_fails)",
        ")",
    ]
    return "\n".join(lines) + "\n"


def _listing(kind: KindSketch) -> list[str]:
    paging = "paged=False," if kind.bare else "checkpoint=True," if kind.checkpoint else ""
    if kind.checkpoint and not kind.offset:
        paging += " always_checkpoint=True,"
    filters = []
    for name, field in kind.filters.items():
        held = next((each for each, option in kind.query.items() if option == name), name)
        choices = f", choices={field.attributes['choices']!r}" if "choices" in field.attributes else ""
        if held not in kind.fields:
            filters.append(f"# {FIND_OUT}what the filter {name} keeps")
        filters.append(f"{name!r}: equal({held!r}{choices}),")
    return [f"listing=Listing({kind.collection!r}, {paging}", *(["filters={", *filters, "},"] if filters else []), "),"]


def _field(name: str, field: Sketch, writer: Writer, model: str) -> list[str]:
    if not name.isidentifier() or keyword.iskeyword(name):
        return [f"# {FIND_OUT}how to write the field {name!r} (Handling has `named`)"]
    handled = field.handled
    words = []
    if not handled.get("create", True):
        words.append("create=False")
    if not handled.get("update", True):
        words.append("update=False")
    if not handled.get("answer", True):
        words.append("answer=False")
    for word in ("required", "update_required", "clearable", "null_at_create"):
        if handled.get(word):
            words.append(f"{word}=True")
    default = handled.get("default")
    marks = []
    if default is not None and not handled.get("required"):
        words.append(f"default={default!r}")
        marks.append(f"# {FIND_OUT}whether a creation without it is answered with {default!r}")
    if "answer=False" in words:
        marks.append(f"# {FIND_OUT}whether answers show it")
    kind = writer.type_of(field.schema, model + camel(name))
    short = {("create=False", "update=False"): "READ_ONLY", ("update=False",): "CREATE_ONLY"}
    handling = short.get(tuple(words)) or f"Handling({', '.join(words)})"
    return [*marks, f"{name}: Annotated[{kind}, {handling}]" if words else f"{name}: {kind}"]


def camel(name: str) -> str:
    """A name as a class has it."""
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"[^0-9A-Za-z]+", name))
