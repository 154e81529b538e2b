# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An OpenAPI description of all operations, computed from what the routes declare."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from pydantic import TypeAdapter

from .described import DescribedRoute

Json = dict[str, Any]


def description(routes: Iterable[DescribedRoute]) -> Json:
    """The document (OpenAPI 3.1)."""
    routes = list(routes)
    parts = [
        (index, part, kind)
        for index, route in enumerate(routes)
        for part, kind in (("body", route.body), ("answer", route.answer), ("errors", route.errors))
        if kind is not None
    ]
    schemas, shared = TypeAdapter.json_schemas(
        [((index, part), "validation", TypeAdapter(kind)) for index, part, kind in parts],
        ref_template="#/components/schemas/{model}",
    )
    paths: dict[str, Json] = {}
    for index, route in enumerate(routes):
        own = {part: schemas[(index, part), "validation"] for owner, part, dummy in parts if owner == index}
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, own)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Auth0 emulator", "version": "1"},
        "paths": paths,
        "components": {
            "schemas": shared.get("$defs", {}),
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"bearer": []}],
    }


def _operation(route: DescribedRoute, schemas: Json) -> Json:
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
        for name in re.findall(r"\{(\w+)\}", route.path)
    ]
    parameters += [
        {"name": name, "in": "query", "required": False, "schema": {"type": kind}} for name, kind in route.query.items()
    ]
    done: Json = {"description": "Done"}
    if "answer" in schemas:
        done["content"] = _json(schemas["answer"])
    operation: Json = {
        "parameters": parameters,
        "responses": {
            str(route.status): done,
            "4XX": {"description": "Refused", "content": _json(schemas["errors"])},
        },
    }
    if "body" in schemas:
        operation["requestBody"] = {"required": True, "content": _json(schemas["body"])}
    return operation


def _json(schema: Json) -> Json:
    return {"application/json": {"schema": schema}}
