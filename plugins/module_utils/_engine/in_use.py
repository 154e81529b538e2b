# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""What an object is used for, so that it must not go. Pure but for the look-ups."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._errors import ApiError, Refused, named
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

    @property
    def identity(self) -> Object:
        """What names the object that refers; nothing where there is only one."""
        item = self.item or {}
        return {name: item[name] for name in self.kind.identity if name in item}

    def label(self, names: t.Mapping[str, str] | None = None) -> str:
        """In words. names: what a user calls the object that refers, by the fields of its identity."""
        item = self.item or {}
        called = [(names or {}).get(name) or item.get(name) for name in self.kind.identity]
        owner = " / ".join(str(one) for one in called if one is not None)
        return "%s of the %s%s" % (self.path, self.kind.title, " %s" % owner if owner else "")


#: Objects of a kind: all of them, or those of these ids.
RowsOf: t.TypeAlias = "t.Callable[[Kind, t.Sequence[str] | None], t.Iterable[Object]]"


def uses_of(kind: Kind, current: Object, rows_of: RowsOf, by_force: bool = False) -> t.Iterator[Use]:
    """What refers to an object of a tenant so that it must not go.

    by_force: what the server itself lets go of it then counts as none. Where the token is not allowed to read them, the
    use is ``unknown``. Raises what else the look-ups raise.
    """
    for other, path, refers in retainers_of(kind):
        ids = _keys_of(kind, refers.keyed_by, current)
        if (refers.only is not None and not _has(kind, refers.only, current)) or (by_force and refers.keyed_by):
            continue
        value = refers.held(current.get(refers.field))
        if refers.shown_by:
            if current.get(refers.shown_by):
                yield Use(other, path, refers, value)
            continue
        try:
            for row in rows_of(other, ids):
                if value in all_at(dict(row), path):
                    yield Use(other, path, refers, value, row)
        except ApiError as error:
            if lacks_scope(error):
                yield Use(other, path, refers, value, unknown=error.message)
            elif not is_of_plan(error):
                raise


def _keys_of(kind: Kind, name: str | None, current: Object) -> list[str] | None:
    """What names the items of a list of objects; None where no list is meant."""
    if name is None:
        return None
    items = (item for item in current.get(name) or () if isinstance(item, dict))
    return [str(item[key]) for item in items if (key := kind.fields[name].key) in item]


def _has(kind: Kind, wanted: tuple[str, str], current: Object) -> bool:
    name, item = wanted
    return item in (_keys_of(kind, name, current) or ())


def refuse_in_use(label: str, left: t.Sequence[str], uses: t.Sequence[str], by_force: bool) -> None:
    """Raise Refused where there is something that a removal would leave behind, or that refers to its object.

    by_force: Auth0 itself can let go of it.
    """
    found = []
    if uses:
        found.append(
            "%s must not go while something refers to it: %s. Change or remove that first, or in the same "
            "configuration%s." % (label, named(uses), ", or declare force: true" if by_force else "")
        )
    if left:
        found.append(
            "Deleting %s would leave behind: %s. Remove that first, or declare force: true to remove it as well."
            % (label, named(left))
        )
    if found:
        raise Refused(" ".join(found), "in_use" if uses else "has_dependants")
