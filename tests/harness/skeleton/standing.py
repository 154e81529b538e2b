# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A path that can be read and changed, and where nothing is created → the one object that is always there."""

from __future__ import annotations

from .description import Description, Unreadable
from .sketch import KindSketch, answers, field_sketch, found_path, name_of, scopes_of


def is_standing(description: Description, path: str) -> bool:
    """Whether a path leads to one object that is always there. Raises Unreadable where there is no such path."""
    path = found_path(description, path)
    operations = description.paths[path]
    return "{" not in path and {"get", "patch"} <= operations.keys() and "post" not in operations


def standing_sketch(description: Description, path: str, name: str | None = None) -> KindSketch:
    """What a description says of that object. name: of the kind, where the one in it does not fit.

    Raises Unreadable where a change has no body.
    """
    path = found_path(description, path)
    read, patch = (description.paths[path][method] for method in ("get", "patch"))
    update = description.body(patch)
    if update is None:
        raise Unreadable(f"PATCH {path} has no body.")
    answered = answers(description, read, patch)
    found = name or name_of(patch, path)
    names = dict.fromkeys((*update.properties, *answered.properties))
    return KindSketch(
        name=found,
        title=found.replace("_", " "),
        path=path[1:],
        collection=found,
        id_field="",
        identity=(),
        checkpoint=False,
        offset=False,
        bare=False,
        unique=True,
        directs=(),
        query={},
        filters={},
        # What is there already is as a creation would have left it.
        fields={each: field_sketch(each, update, update, answered, True) for each in names},
        scopes={"read": scopes_of(read), "create": (), "update": scopes_of(patch), "delete": ()},
        statuses={},
        words={},
        questions={
            "kind": [],
            "identity": [],
            "lookups": [],
            "fields": [
                "read it in a new tenant: what does it have (initial), which values mean the same as none (absent), "
                "what cannot be read in another tenant (local)"
            ],
        },
        standing=True,
    )
