# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Jobs in waves: several at a time inside a wave, and a failure stops what depends on it and nothing else."""

from __future__ import annotations

import concurrent.futures
import dataclasses
import functools
import itertools
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._errors import Auth0Error, OutcomeUnknown
from ansible_collections.community.auth0.plugins.module_utils._task.progress import Progress

from .management import ManagementClient

#: A job of a plan, by what it is about: the name of the kind, and what tells its objects apart.
Key: t.TypeAlias = "tuple[str, t.Any]"


@dataclasses.dataclass(frozen=True)
class Job:
    """A change of one object, of its links or of its keys.

    kind, name: what it is about, for programs. action: ``create``, ``update`` or ``delete``.
    steps: what is done, in words, a step for each request. after: the jobs on which it depends.
    perform: does it, notes each step in the progress and returns what became of it. Raises Auth0Error.
    """

    key: Key
    kind: str
    name: str
    action: str
    steps: tuple[str, ...]
    perform: t.Callable[[ManagementClient, Progress], t.Any] = dataclasses.field(repr=False)
    after: frozenset[Key] = frozenset()


@dataclasses.dataclass
class JobOutcome:
    """What became of a job. result: what it returned. error: why it failed. skipped: it was not begun."""

    job: Job
    progress: Progress
    result: t.Any = None
    error: Auth0Error | None = None
    skipped: bool = False

    @property
    def changed(self) -> bool:
        """Whether something was written, or may have been."""
        return self.progress.changed or isinstance(self.error, OutcomeUnknown)


class Workers:
    """Threads that work on one tenant side by side, each over a connection of its own. number: how many."""

    def __init__(self, tenant: ManagementClient, number: int) -> None:
        self._tenant = tenant
        self._number = number

    def each(self, work: t.Sequence[t.Callable[[ManagementClient], t.Any]]) -> list[t.Any]:
        """Do all of the work and return the results in order.

        Raises what the first part raised that failed; what was begun by then is finished first.
        """
        if len(work) < 2 or self._number < 2:
            return [part(self._tenant) for part in work]
        with concurrent.futures.ThreadPoolExecutor(self._number) as pool:
            futures = [pool.submit(part, self._tenant) for part in work]
            concurrent.futures.wait(futures, return_when=concurrent.futures.FIRST_EXCEPTION)
            for future in futures:
                future.cancel()
        failed = next((future for future in futures if not future.cancelled() and future.exception()), None)
        return [failed.result()] if failed else [future.result() for future in futures]


def run(
    waves: t.Sequence[t.Sequence[Job]],
    workers: Workers,
    report: t.Callable[[int, int, str], None] = lambda done, total, step: None,
) -> list[JobOutcome]:
    """Do the jobs of one wave after the other, and return what became of each, in order.

    A job is skipped when one on which it depends has failed or was skipped. report: gets the number of jobs that are
    done, that of all, and what was done last.
    """
    outcomes: list[JobOutcome] = []
    stopped: set[Key] = set()
    finished = itertools.count(1)
    total = sum(len(wave) for wave in waves)

    def perform(job: Job, tenant: ManagementClient) -> JobOutcome:
        outcome = JobOutcome(job, Progress(remaining=list(job.steps)))
        try:
            outcome.result = job.perform(tenant, outcome.progress)
        except Auth0Error as error:
            outcome.error = error
        report(next(finished), total, job.steps[-1] if job.steps else job.name)
        return outcome

    for wave in waves:
        skipped = {job.key for job in wave if job.after & stopped}
        stopped |= skipped
        begun = [job for job in wave if job.key not in skipped]
        done = iter(workers.each([functools.partial(perform, job) for job in begun]))
        for job in wave:
            if job.key in skipped:
                next(finished)
                outcomes.append(JobOutcome(job, Progress(remaining=list(job.steps)), skipped=True))
                continue
            outcomes.append(next(done))
            if outcomes[-1].error:
                stopped.add(job.key)
    return outcomes
