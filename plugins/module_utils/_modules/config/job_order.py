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
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from ansible_collections.community.auth0.plugins.module_utils._kinds.field import Refers

from .part import job_key


class Place(enum.IntEnum):
    """When jobs are done: what lets go of what is removed comes first."""

    LEAVING = 0
    REMOVALS = 1
    CHANGES = 2
    LATE_REMOVALS = 3
    PARTS = 4
    PRUNING = 5


class Removals:
    """When what is removed can go: after what lets go of it, and after what Auth0 would leave behind of it.

    changes, pruned: of the plan. needs: the jobs of what an object refers to.
    """

    def __init__(
        self,
        changes: t.Sequence[Change],
        pruned: t.Sequence[Change],
        needs: t.Callable[[Change], frozenset[Key]],
    ) -> None:
        removals = [change for change in changes if change.action == "delete"]
        removed = Index()
        for change in (*removals, *pruned):
            removed.add(change.kind, change.current or {}, change)
        #: By the jobs that remove objects, the changes of what lets go of them, and the jobs that remove what refers to
        #: them and would mean nothing without them.
        self._leaving: dict[Key, list[Change]] = collections.defaultdict(list)
        self._before: dict[Key, set[Key]] = collections.defaultdict(set)
        for change in (*changes, *pruned) if removals or pruned else ():
            for refers, other in _referred(change, removed):
                if change.action == "update":
                    self._leaving[job_key(other)].append(change)
                elif change.action == "delete" and (refers.outlives or refers.retains):
                    self._before[job_key(other)].add(job_key(change))
        self._bring_along(removals)
        leaving = {job_key(one): one for ones in self._leaving.values() for one in ones}
        #: The jobs of what lets go of something that is removed, and needs nothing new for that.
        self.first = frozenset(key for key, change in leaving.items() if not needs(change))
        #: The removals that come after creations and changes, since only those let go of the object.
        self.late = frozenset(
            key for key in map(job_key, removals) if any(job_key(one) not in self.first for one in self._leaving[key])
        )

    def _bring_along(self, removals: t.Sequence[Change]) -> None:
        """Let what nobody has declared to go, which goes only with an object, go no earlier than that."""
        undeclared = {job_key(change) for change in removals if change.desired.where is None}
        for change in removals:
            for key in self._before[job_key(change)] & undeclared:
                self._leaving[key].extend(self._leaving[job_key(change)])

    def after(self, change: Change) -> frozenset[Key]:
        """The jobs after which the one of a removal comes."""
        key = job_key(change)
        return frozenset(self._before[key]).union(map(job_key, self._leaving[key]))


def _referred(change: Change, removed: Index) -> t.Iterator[tuple[Refers, Change]]:
    """What is removed of that to which the object of a change refers so far, and how it does."""
    for path, refers in change.kind.references.items():
        for value in map(refers.value_in, all_at(dict(change.current or {}), path)):
            for other in removed.find(KINDS[refers.kind], {refers.field: value}) if value else ():
                yield refers, other


class Turns:
    """Which job of a kind comes after which, since no two objects may have the same value of a field at a time."""

    def __init__(self, turns: t.Iterable[Turn]) -> None:
        self._turns: dict[Key, list[Turn]] = collections.defaultdict(list)
        for turn in turns:
            self._turns[job_key(turn.change)].append(turn)

    def _of(self, change: Change) -> t.Sequence[Turn]:
        return self._turns.get(job_key(change), ())

    def detour(self, change: Change) -> dict[str, t.Any]:
        """The values that its object takes for the time being."""
        return {turn.name: turn.meanwhile for turn in self._of(change) if turn.meanwhile is not None}

    def before(self, change: Change) -> frozenset[Key]:
        """The jobs after which the one of the change comes."""
        found = {detour_key(change)} if self.detour(change) else set()
        for turn in self._of(change):
            if turn.after is not None:
                found.add(detour_key(turn.after) if self.detour(turn.after) else job_key(turn.after))
        return frozenset(found)

    def place(self, change: Change) -> int:
        """How many jobs come before the one of the change, at most, each after another one."""
        others = [
            1 if self.detour(turn.after) else 1 + self.place(turn.after)
            for turn in self._of(change)
            if turn.after is not None and turn.after.action != "delete"
        ]
        return max(others, default=0)


def detour_key(change: Change) -> Key:
    """What tells the job that lets an object take values for the time being from the one of its change."""
    return change.kind.name, (*job_key(change), "(detour)")
