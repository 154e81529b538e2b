# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""What an object is used for, so that it must not go. Pure but for the look-ups."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._errors import ApiError
from ansible_collections.community.auth0.plugins.module_utils._kinds import retainers_of
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind
from ansible_collections.community.auth0.plugins.module_utils._kinds.field import Refers

from .references import Object, all_at
from .refusals import is_of_plan, lacks_scope


@dataclasses.dataclass(frozen=True)
class Use:
    """An object refers to another one, which therefore must not go.

    kind, item: the object that refers; no item where the other one itself says that this is so. path: the dotted path
    of the field that does. value: what it holds then. unknown: why it is not known whether it refers, in words.
    """

    kind: Kind
    path: str
    refers: Refers
    value: t.Any
    item: Object | None = dataclasses.field(default=None, repr=False)
    unknown: str | None = None

    def label(self, names: t.Mapping[str, str] | None = None) -> str:
        """In words. names: what a user calls the object that refers, by the fields of its identity."""
        item = self.item or {}
        called = [(names or {}).get(name) or item.get(name) for name in self.kind.identity]
        owner = " / ".join(str(one) for one in called if one is not None)
        return "%s of the %s%s" % (self.path, self.kind.title, " %s" % owner if owner else "")


def uses_of(kind: Kind, current: Object, rows_of: t.Callable[[Kind], t.Iterable[Object]]) -> t.Iterator[Use]:
    """What refers to an object of a tenant so that it must not go.

    rows_of: all objects of a kind. Where the token is not allowed to read them, the use is ``unknown``. Raises what
    else the look-ups raise.
    """
    for other, path, refers in retainers_of(kind):
        if not _can_be_meant(kind, refers, current):
            continue
        value = refers.held(current.get(refers.field))
        if refers.shown_by:
            if current.get(refers.shown_by):
                yield Use(other, path, refers, value)
            continue
        try:
            for row in rows_of(other):
                if value in all_at(dict(row), path):
                    yield Use(other, path, refers, value, row)
        except ApiError as error:
            if lacks_scope(error):
                yield Use(other, path, refers, value, unknown=error.message)
            elif not is_of_plan(error):
                raise


def _can_be_meant(kind: Kind, refers: Refers, current: Object) -> bool:
    if refers.only is None:
        return True
    name, wanted = refers.only
    key = kind.fields[name].key
    return any(isinstance(item, dict) and item.get(key) == wanted for item in current.get(name) or ())
