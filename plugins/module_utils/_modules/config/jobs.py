# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""The planned changes of a configuration → jobs in waves, each with those on which it depends."""

from __future__ import annotations

import collections
import functools
import math
import time
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._engine.apply import Applier, Outcome
from ansible_collections.community.auth0.plugins.module_utils._engine.changes import Change, Desired, Surroundings
from ansible_collections.community.auth0.plugins.module_utils._engine.dependency import ranks_of
from ansible_collections.community.auth0.plugins.module_utils._engine.management import ManagementClient
from ansible_collections.community.auth0.plugins.module_utils._engine.plan import Planning
from ansible_collections.community.auth0.plugins.module_utils._engine.reconcile import reconcile
from ansible_collections.community.auth0.plugins.module_utils._engine.references import Index, Reference, all_at
from ansible_collections.community.auth0.plugins.module_utils._engine.twins import Twins
from ansible_collections.community.auth0.plugins.module_utils._engine.waves import Job, Key
from ansible_collections.community.auth0.plugins.module_utils._errors import OutcomeUnknown
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind
from ansible_collections.community.auth0.plugins.module_utils._task.progress import Progress

from .job_order import Place, Removals, Turns, detour_key
from .part import PartChange, job_key


class Jobs:
    """Makes jobs of changes.

    planning: all objects as they will be. made: objects as they are by the time when a job is performed.
    secrets_returned: the user gets to know the secrets that are made up.
    """

    def __init__(self, planning: Planning, surroundings: Surroundings, made: Index, secrets_returned: bool) -> None:
        self._planning = planning
        self._surroundings = surroundings
        self._made = made
        self._secrets_returned = secrets_returned
        self._outcomes: dict[Key, Outcome] = {}
        #: By their jobs, the changes after which objects have values that they have only for the time being.
        self.detours: dict[Key, Change] = {}

    def waves(
        self, changes: t.Sequence[Change], parts: t.Sequence[PartChange], removals: t.Sequence[Change]
    ) -> tuple[tuple[Job, ...], ...]:
        """What lets go of what is removed; declared removals, dependants first; then creations and changes, what they
        depend on first; then removals of what only those let go of; then what goes with objects; pruning last, and only
        where everything before it has succeeded."""
        ranks = ranks_of([*(change.kind for change in changes), *(change.kind for change in removals)])
        waves: dict[tuple[Place, float, float], list[Job]] = collections.defaultdict(list)
        order = Removals(changes, removals, self._after)
        turns = Turns(self._planning.turns)
        for change in changes:
            key, rank = job_key(change), ranks[change.kind.name]
            if key in order.first:
                waves[Place.LEAVING, 0, 0].append(self._job(change, frozenset()))
            elif change.action == "delete":
                place = Place.LATE_REMOVALS if key in order.late else Place.REMOVALS
                waves[place, -rank, 0].append(self._job(change, order.after(change)))
            elif change.action != "none":
                if turns.detour(change):
                    waves[Place.CHANGES, rank, 0].append(self._detour_job(change, turns))
                job = self._job(change, self._after(change) | turns.before(change))
                waves[Place.CHANGES, rank, turns.place(change)].append(job)
        for kind in {change.kind.name: change.kind for change in changes}.values():
            created = [change for change in changes if change.kind is kind and change.action == "create"]
            if created and not kind.unique:
                waves[Place.CHANGES, ranks[kind.name], math.inf].append(self._twins_job(kind, created))
        for part in parts:
            waves[Place.PARTS, 0, 0].append(part.job)
        before = frozenset(job.key for wave in waves.values() for job in wave)
        for change in removals:
            waves[Place.PRUNING, -ranks[change.kind.name], 0].append(self._job(change, before | order.after(change)))
        return tuple(tuple(waves[at]) for at in sorted(waves))

    def _job(self, change: Change, after: frozenset[Key]) -> Job:
        perform = functools.partial(self._perform, change)
        kind, name = change.kind.name, change.desired.name
        return Job(job_key(change), kind, name, change.action, change.steps, perform, after)

    def _perform(self, change: Change, tenant: ManagementClient, progress: Progress) -> t.Any:
        applier = Applier(tenant, self._surroundings, progress, made=self._made, alone=True)
        try:
            outcome = self._outcomes[job_key(change)] = applier.perform(change)
        except OutcomeUnknown as error:
            if self._secrets_returned and change.kind.shown_secret in change.desired.unseen:
                error.message += (
                    " Its secret may have been replaced: the new one is in secrets. Keep both until it is known which "
                    "one works."
                )
            raise
        return outcome

    def _detour_job(self, change: Change, turns: Turns) -> Job:
        """Lets an object take a free value for the time being, so that another one can have its present one."""
        current = change.current or {}
        fields = {name: current.get(name) for name in change.kind.identity}
        values = turns.detour(change)
        desired = Desired(change.kind, {**fields, **values}, object_id=change.object_id)
        moved = self.detours[detour_key(change)] = reconcile(desired, current, self._surroundings)
        words = " and ".join("%s to %s" % one for one in values.items())
        steps = ("change %s of %s for the time being" % (words, change.desired.label),)

        def perform(tenant: ManagementClient, progress: Progress) -> Outcome:
            outcome = Applier(tenant, self._surroundings, Progress(), made=self._made, alone=True).perform(moved)
            progress.did(steps if outcome.changed else ())
            return outcome

        return Job(detour_key(change), change.kind.name, change.desired.name, "update", steps, perform)

    def _twins_job(self, kind: Kind, created: t.Sequence[Change]) -> Job:
        """Looks once for all new objects of a kind whether others of the same identity were created meanwhile."""

        def perform(tenant: ManagementClient, progress: Progress) -> None:
            made = [change for change in created if job_key(change) in self._outcomes]
            rows = Index()
            for row in tenant.all_of(kind, {}) if made else ():
                rows.add(kind, row, row)
            for change in made:
                outcome = self._outcomes[job_key(change)]
                identity = {name: (outcome.item or {}).get(name) for name in kind.identity}
                if outcome.item is None or len(rows.find(kind, identity)) < 2:
                    continue
                other = Twins(tenant, kind, change.desired, time.sleep).settle(outcome.item)
                if other is not None:
                    applier = Applier(tenant, self._surroundings, progress, made=self._made, alone=True)
                    adopted = applier.perform(reconcile(change.desired, other, self._surroundings))
                    outcome.change, outcome.item = adopted.change, adopted.item
                    self._made.add(kind, adopted.item or other, adopted.item or other)

        return Job((kind.name, "(twins)"), kind.name, "(all)", "update", (), perform)

    def _after(self, change: Change) -> frozenset[Key]:
        """The jobs of what an object refers to."""
        found = set()
        for path, refers in change.kind.references.items():
            for held in all_at(dict(change.desired.fields), path):
                value = held if isinstance(held, Reference) else refers.value_in(held)
                if value is None:
                    continue
                identity = value.identity if isinstance(value, Reference) else {refers.field: value}
                other = self._planning.planned(KINDS[refers.kind], identity)
                if other is not None and other.action != "none":
                    found.add(job_key(other))
        return frozenset(found)
