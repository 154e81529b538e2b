# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""What has to be done after a write, so that it has an effect: whether it is needed, what is foreseen of it. Pure."""

from __future__ import annotations

import typing as t

from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import FollowUp, Kind, Stage

from .references import Object, at


def is_done(follow_up: FollowUp, item: Object) -> bool:
    """Whether what was written to an object is in use."""
    held = all(at(item, path) == value for path, value in follow_up.done.items())
    return held and (follow_up.after is None or at(item, follow_up.after.field) in (None, follow_up.after.reached))


def has_failed(stage: Stage | None, item: Object) -> bool:
    """Whether an object never reaches a stage by itself."""
    return stage is not None and stage.failed is not None and at(item, stage.field) == stage.failed


def is_reached(stage: Stage | None, item: Object) -> bool:
    """Whether an object has reached a stage."""
    return stage is None or at(item, stage.field) == stage.reached


def words_of(stage: Stage, item: Object) -> str:
    """The server's words for why a stage was not reached; nothing where it says none."""
    errors = at(item, stage.errors) if stage.errors else None
    found = [one.get("msg") for one in errors if isinstance(one, dict)] if isinstance(errors, list) else []
    return " ".join(str(words) for words in found if words)


def begun_again(follow_up: FollowUp, current: Object) -> dict[str, t.Any]:
    """What to send to an object to which nothing is to change, but on which the server has given up."""
    name = follow_up.again
    if name is None or current.get(name) is None or not has_failed(follow_up.before, current):
        return {}
    return {name: current[name]}


def foreseen(kind: Kind, values: Object) -> dict[str, t.Any]:
    """Those of the fields, with their values, of which something can be foreseen."""
    return {name: value for name, value in values.items() if name in kind.fields and not kind.fields[name].volatile}
