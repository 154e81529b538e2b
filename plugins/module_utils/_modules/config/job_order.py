# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""In which order the jobs of a configuration are done."""

from __future__ import annotations

import collections
import enum
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._engine.changes import Change
from ansible_collections.community.auth0.plugins.module_utils._engine.references import Index, all_at
from ansible_collections.community.auth0.plugins.module_utils._engine.unique_values import Turn
from ansible_collections.community.auth0.plugins.module_utils._engine.waves import Key
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS, dependants_of, retainers_of

from .part import job_key


class Place(enum.IntEnum):
    """When jobs are done: what lets go of what is removed comes first."""

    LEAVING = 0
    REMOVALS = 1
    CHANGES = 2
    LATE_REMOVALS = 3
    PARTS = 4
    PRUNING = 5


def leaving_of(changes: t.Sequence[Change], removed: Index) -> dict[Key, list[Change]]:
    """By the jobs that remove objects, the changes of what lets go of them, or of that with which they go.

    Auth0 may refuse to remove what something refers to, and what does would refer to nothing for a while.
    """
    found: dict[Key, list[Change]] = collections.defaultdict(list)
    for change in changes:
        for path, refers in change.kind.references.items() if change.action == "update" else ():
            for value in map(refers.value_in, all_at(dict(change.current or {}), path)):
                for other in removed.find(KINDS[refers.kind], {refers.field: value}) if value else ():
                    found[job_key(other)].append(change)
    removals = [change for change in changes if change.action == "delete"]
    undeclared = {job_key(change) for change in removals if change.desired.where is None}
    for change in removals:
        for key in removals_before(change, removed) & undeclared:
            found[key].extend(found[job_key(change)])
    return found


def late_removals(
    changes: t.Sequence[Change], removed: Index, leaving: t.Mapping[Key, t.Sequence[Change]], first: t.Collection[Key]
) -> frozenset[Key]:
    """The jobs of the removals that come after creations and changes, since only those let go of the object, and of
    those that come after such a one."""
    before = {job_key(change): removals_before(change, removed) for change in changes if change.action == "delete"}
    late = {key for key, ones in leaving.items() if any(job_key(one) not in first for one in ones)}
    while True:
        more = {key for key, others in before.items() if others & late}
        if more <= late:
            return frozenset(late)
        late |= more


def removals_before(change: Change, removed: Index) -> frozenset[Key]:
    """The jobs that take away what the server would leave behind of an object that is removed, and what must not be
    there without it."""
    refer = [(kind, name, kind.fields[name].refers) for kind, name in dependants_of(change.kind)]
    refer += [(kind, path, refers) for kind, path, refers in retainers_of(change.kind) if path in kind.fields]
    return frozenset(
        job_key(other)
        for kind, name, refers in refer
        if refers and change.current
        for other in removed.find(kind, {name: refers.held(change.current[refers.field])})
    )


class Turns:
    """Which job of a kind comes after which, since no two objects may have the same value of a field at a time."""

    def __init__(self, turns: t.Iterable[Turn]) -> None:
        self._turns: dict[Key, list[Turn]] = collections.defaultdict(list)
        for turn in turns:
            self._turns[job_key(turn.change)].append(turn)

    def _of(self, change: Change) -> t.Sequence[Turn]:
        return self._turns.get(job_key(change), ())

    def makes_way(self, change: Change) -> dict[str, t.Any]:
        """The values that its object takes for the time being."""
        return {turn.name: turn.meanwhile for turn in self._of(change) if turn.meanwhile is not None}

    def before(self, change: Change) -> frozenset[Key]:
        """The jobs after which the one of the change comes."""
        found = {way_key(change)} if self.makes_way(change) else set()
        for turn in self._of(change):
            if turn.after is not None:
                found.add(way_key(turn.after) if self.makes_way(turn.after) else job_key(turn.after))
        return frozenset(found)

    def place(self, change: Change) -> int:
        """How many jobs come before the one of the change, at most, each after another one."""
        others = [
            1 if self.makes_way(turn.after) else 1 + self.place(turn.after)
            for turn in self._of(change)
            if turn.after is not None and turn.after.action != "delete"
        ]
        return max(others, default=0)


def way_key(change: Change) -> Key:
    return change.kind.name, (*job_key(change), "(makes way)")
