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
from ansible_collections.community.auth0.plugins.module_utils._task.reports import Report, unreported

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
    """Threads that work on one tenant side by side, each over a connection of its own.

    number: how many. report: tells how far they are.
    """

    def __init__(self, tenant: ManagementClient, number: int, report: Report = unreported) -> None:
        self._tenant = tenant
        self._number = number
        self.report = report

    def each(self, work: t.Sequence[t.Callable[[ManagementClient], t.Any]], doing: str = "") -> list[t.Any]:
        """Do all of the work and return the results in order. doing: what it is, in words; nothing for work that tells
        by itself how far it is.

        Raises what the first part raised that failed; what was begun by then is finished first. Where the task is
        interrupted, as by its timeout, nobody waits for that.
        """
        finished = itertools.count(1)

        def perform(part: t.Callable[[ManagementClient], t.Any]) -> t.Any:
            result = part(self._tenant)
            if doing:
                self.report(next(finished), len(work), doing)
            return result

        if len(work) < 2 or self._number < 2:
            return [perform(part) for part in work]
        pool, interrupted = concurrent.futures.ThreadPoolExecutor(self._number), True
        try:
            futures = [pool.submit(perform, part) for part in work]
            concurrent.futures.wait(futures, return_when=concurrent.futures.FIRST_EXCEPTION)
            interrupted = False
        finally:
            pool.shutdown(wait=not interrupted, cancel_futures=True)
        failed = next((future for future in futures if not future.cancelled() and future.exception()), None)
        return [failed.result()] if failed else [future.result() for future in futures]


def run(waves: t.Sequence[t.Sequence[Job]], workers: Workers) -> list[JobOutcome]:
    """Do the jobs of one wave after the other, and return what became of each, in order.

    A job is skipped when one on which it depends has failed or was skipped.
    """
    outcomes: list[JobOutcome] = []
    stopped: set[Key] = set()
    finished = itertools.count(1)
    total = sum(bool(job.steps) for wave in waves for job in wave)

    def perform(job: Job, tenant: ManagementClient) -> JobOutcome:
        outcome = JobOutcome(job, Progress(remaining=list(job.steps)))
        try:
            outcome.result = job.perform(tenant, outcome.progress)
        except Auth0Error as error:
            outcome.error = error
        if job.steps:
            workers.report(next(finished), total, job.steps[-1])
        return outcome

    for wave in waves:
        skipped = {job.key for job in wave if job.after & stopped}
        stopped |= skipped
        begun = [job for job in wave if job.key not in skipped]
        done = iter(workers.each([functools.partial(perform, job) for job in begun]))
        for job in wave:
            if job.key in skipped:
                if job.steps:
                    next(finished)
                outcomes.append(JobOutcome(job, Progress(remaining=list(job.steps)), skipped=True))
                continue
            outcomes.append(next(done))
            if outcomes[-1].error:
                stopped.add(job.key)
    return outcomes
