# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Triggers: what happens in a tenant, and which actions run then, in which order.

The triggers and that an action is named by its id or its name: Auth0's Management API description. That a change
replaces the whole list, keeps its order and gives each binding a new id, and what reads show: recorded exchanges of
Auth0's servers. That Auth0 refuses to list the actions of some triggers, which are bound by an object of their own
instead, and the words of that: what the official deployment tool looks for.
"""

from __future__ import annotations

import typing as t

from .action import TRIGGERS
from .declaration import Kind, Translation
from .field import Field, Refers

Object = t.Mapping[str, t.Any]

#: The most that Auth0 shows of a list at a time. What is not shown would go with a change.
_MOST = 100


def _read(answer: Object) -> Object:
    rows = answer.get("bindings")
    if not isinstance(rows, list):
        return answer
    total = answer.get("total")
    if isinstance(total, int) and total > len(rows):
        raise ValueError("it shows %d of %d bindings" % (len(rows), total))
    return {"bindings": [_binding(row) for row in rows]}


def _binding(row: t.Any) -> t.Any:
    action = row.get("action") if isinstance(row, dict) else None
    if not isinstance(action, dict):
        raise ValueError("it shows a binding without its action")
    return {"action_id": action.get("id"), "action_name": action.get("name"), "display_name": row.get("display_name")}


def _sent(payload: Object) -> Object:
    return {
        "bindings": [
            {"ref": {"type": "action_id", "value": one["action_id"]}, "display_name": one["display_name"]}
            for one in payload["bindings"]
        ]
    }


ACTION_TRIGGER = Kind(
    name="action_trigger",
    title="trigger",
    path="actions/triggers/{}/bindings",
    collection="action_triggers",
    id_field="trigger_id",
    identity=("trigger_id",),
    lookups=(),
    checkpoint=False,
    unique=True,
    standing=True,
    lacking="entity-bound trigger",
    translation=Translation(_read, _sent, query={"per_page": str(_MOST)}),
    fields={
        "trigger_id": Field(required=True, choices=TRIGGERS),
        "bindings": Field(
            "list",
            ordered=True,
            key="action_id",
            max_length=_MOST,
            purge_option="purge_bindings",
            elements=Field(
                "dict",
                fields={
                    "action_id": Field(
                        required=True,
                        refers=Refers(
                            "action", "id", "action_name", "name", retains=True, keyed_by="supported_triggers"
                        ),
                    ),
                    "display_name": Field(required=True, min_length=1),
                    "action_name": Field(read_only=True),
                },
            ),
        ),
    },
)
