# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""What is sent to change an object, and whether an object holds it. Pure."""

from __future__ import annotations

from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind

from . import values
from .changes import Desired
from .references import Object


def to_clear(desired: Desired, item: Object) -> dict[str, None]:
    """What removes those fields from an object that it is declared not to have."""
    fields = desired.kind.fields
    return {
        name: None for name in sorted(desired.clear) if not fields[name].means_absent(fields[name].held(name, item))
    }


def holds(kind: Kind, item: Object, payload: Object) -> bool:
    """Whether an object is seen to hold what a payload sets.

    A secret that is not shown holds if the rest of the payload does, since they were sent together.
    """
    held = {name: kind.fields[name].held(name, item) for name in payload}
    rest = {name: values.comparable(kind.fields[name], value, held[name]) for name, value in payload.items()}
    seen = [name for name in payload if rest[name] is not None or payload[name] is None]
    return bool(seen) and not any(values.differs(kind.fields[name], rest[name], held[name]) for name in seen)


def replacement(kind: Kind, held: Object, payload: Object) -> Object:
    """The body that replaces an object: all that can be sent of what it has, with what changes; what is null is left
    out, so that it is gone.

    What can be set at creation only is not in it. Fields that are not declared are: sending them may be refused,
    leaving them out would silently remove them.
    """
    options = kind.options
    kept = {
        name: values.writable(options[name].chosen(held), value) if name in options else value
        for name, value in held.items()
        if name not in kind.fields or (name in options and not (options[name].create_only or options[name].write_only))
    }
    return {name: value for name, value in {**kept, **payload}.items() if value is not None}


def accompanied(kind: Kind, held: Object, payload: Object) -> Object:
    """The body of a change, with what the server would take from the object without it."""
    along = {
        name: values.writable(field.chosen(held), held[name])
        for name, field in kind.options.items()
        if field.sent_along and held.get(name) is not None
    }
    return {**along, **payload}
