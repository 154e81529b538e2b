# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A sketch of what is always there → the two files of the emulator that have it."""

from __future__ import annotations

import keyword

from .description import Schema
from .emulated import HEAD, Writer, camel
from .sketch import FIND_OUT, KindSketch, Sketch

_STATE = """\
# {find_out}which objects a change names in part, and keeps otherwise
_MERGED: tuple[str, ...] = ()


def new() -> Thing:
    \"\"\"What a new tenant has.\"\"\"
    # {find_out}what that is, in a recording of a tenant where nobody has changed it
    return {{"id": _ID}}


def of(tenant: Tenant) -> Thing:
    \"\"\"What a tenant has.\"\"\"
    found = tenant.store(NAME).get(_ID)
    assert found is not None, "it is always there"
    return found


def change(tenant: Tenant, body: Thing) -> Thing:
    \"\"\"What a tenant has after a valid update: null removes, some objects are merged, all else is replaced.\"\"\"
    thing = dict(of(tenant))
    for name, value in body.items():
        if value is None:
            thing.pop(name, None)
        elif name in _MERGED:
            thing[name] = {{**thing.get(name, {{}}), **value}}
        else:
            thing[name] = value
    tenant.store(NAME).put(thing)
    return thing


def shown(thing: Thing) -> Thing:
    \"\"\"The answer to a read or an update.\"\"\"
    return {{name: value for name, value in thing.items() if name != "id"}}
"""
_OPERATIONS = """\
from __future__ import annotations

from starlette.responses import JSONResponse, Response

from auth0_emulator.entities import {file}
from auth0_emulator.schema.described import DescribedRoute
from auth0_emulator.schema.validation import valid_body

from .. import paging
from ..calls import Call, route


def routes() -> list[DescribedRoute]:
    \"\"\"Both operations.\"\"\"
    path = {path!r}
    return [
        route("GET", path, _read, {file}.Answer, query=paging.FIELDS),
        route("PATCH", path, _update, {file}.Answer, body={file}.Update),
    ]


def _read(call: Call) -> Response:
    call.caller.require_any({read!r})
    return JSONResponse(paging.selected({file}.shown({file}.of(call.tenant)), call.query))


def _update(call: Call) -> Response:
    call.caller.require_any({update!r})
    # {find_out}whether an empty body is refused
    body = valid_body({file}.Update, call.body())
    return JSONResponse({file}.shown({file}.change(call.tenant, body)))
"""


def standing_entity(kind: KindSketch) -> str:
    """The source of the file that has its fields and what becomes of them; ``ruff format`` breaks its lines."""
    writer = Writer()
    model = camel(kind.name)
    sent = [line for name, field in kind.options.items() for line in _field(name, field, writer, model)]
    only_shown = {name: field for name, field in kind.fields.items() if name not in kind.options}
    answered = [line for name, field in only_shown.items() for line in _field(name, field, writer, model)]
    uses = "Annotated" if any("Annotated" in line for line in (*sent, *answered, *writer.parts)) else ""
    typing = ", ".join(sorted((writer.typing - {"Annotated"}) | ({uses} - {""})))
    lines = [
        HEAD.rstrip("\n") + "\n",
        f'"""{kind.plural[0].upper()}{kind.plural[1:]}: one object that is always there.\n',
        f'{FIND_OUT}in recordings, how the servers differ from this.\n"""\n',
        "from __future__ import annotations\n",
        *([f"from typing import {typing}\n"] if typing else []),
        *(["from pydantic import Field\n"] if writer.uses_field else []),
        f"from auth0_emulator.schema.shapes import {', '.join(sorted(writer.shapes))}",
        "from auth0_emulator.state.store import Keys, Thing",
        "from auth0_emulator.state.tenant import Tenant\n",
        f"NAME = {kind.name!r}",
        "KEYS = Keys()",
        f"_ID = {kind.name!r}\n\n",
        *(f"{part}\n\n" for part in writer.parts),
        "class Update(Shape):",
        '    """The body of an update; null removes what can be removed."""\n',
        *(f"    {line}" for line in sent),
        "\n",
        "class Answer(Update):",
        '    """An answer."""\n',
        *(f"    {line}" for line in answered),
        "\n",
        _STATE.format(find_out=FIND_OUT),
    ]
    return "\n".join(lines)


def standing_operations(kind: KindSketch) -> str:
    """The source of the file that answers requests."""
    text = _OPERATIONS.format(
        file=kind.file,
        path=f"/{kind.path}",
        read=kind.scopes["read"],
        update=kind.scopes["update"],
        find_out=FIND_OUT,
    )
    return f'{HEAD.rstrip(chr(10))}\n\n"""GET and PATCH /{kind.path}."""\n\n{text}'


def _field(name: str, field: Sketch, writer: Writer, model: str) -> list[str]:
    if not name.isidentifier() or keyword.iskeyword(name):
        return [f"# {FIND_OUT}how to write the field {name!r}"]
    kind = writer.type_of(field.schema, model + camel(name))
    if field.handled.get("clearable"):
        return [f"{name}: {kind} | None = None"]
    return [f"{name}: {kind} = {_nothing(field.schema)}"]


def _nothing(schema: Schema) -> str:
    """What the type checker takes where a body has no such key; no such value is ever used."""
    if schema.choices:
        return repr(schema.choices[0])
    return {"str": '""', "bool": "False", "int": "0", "list": "[]", "dict": "{}"}.get(schema.type, "None")
