# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""The work of the module auth0_config."""

from __future__ import annotations

import collections
import dataclasses
import datetime
import itertools
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._engine.apply import Outcome
from ansible_collections.community.auth0.plugins.module_utils._engine.changes import Change
from ansible_collections.community.auth0.plugins.module_utils._engine.connection import connected_workers, traffic
from ansible_collections.community.auth0.plugins.module_utils._engine.declarations import Declarations
from ansible_collections.community.auth0.plugins.module_utils._engine.references import Object
from ansible_collections.community.auth0.plugins.module_utils._engine.waves import JobOutcome, Key, run
from ansible_collections.community.auth0.plugins.module_utils._errors import Auth0Error, InvalidOptions
from ansible_collections.community.auth0.plugins.module_utils._kinds import CONFIGURED_KINDS
from ansible_collections.community.auth0.plugins.module_utils._task.arguments import ArgumentSpec, Spec
from ansible_collections.community.auth0.plugins.module_utils._task.runner import (
    Result,
    Task,
    TaskFailed,
    Work,
    performing,
    utc_now,
)
from ansible_collections.community.auth0.plugins.module_utils._task.validation import accepted

from .entries import Entry, Problem, entry_spec, read_entries, read_lists
from .part import job_key
from .parts import PARTS
from .planning import PlannedConfig, declared_of, plan_config, traffic_spec
from .prune import prune_mistakes, prune_options


def config_spec() -> ArgumentSpec:
    """The options of auth0_config. The entries of its lists are checked by ``read_entries``."""
    # Secrets in entries are masked one by one. Ansible would take a list with "token" in its name for a secret.
    lists: Spec = {
        kind.collection: {"no_log": False, **({"type": "raw"} if kind.single else {"type": "list", "elements": "raw"})}
        for kind in CONFIGURED_KINDS
    }
    return ArgumentSpec(
        {
            **lists,
            "prune": {"type": "dict", "options": prune_options(CONFIGURED_KINDS)},
            "show_undeclared": {"type": "bool", "default": False},
            "return_secrets": {"type": "bool", "default": False},
            **traffic_spec(),
        }
    )


def _error_of(outcome: JobOutcome) -> Auth0Error:
    """Why a job failed that did."""
    if outcome.error is None:
        raise AssertionError("it did not fail")
    return outcome.error


class ConfigFailed(TaskFailed):
    """Some changes of a configuration failed; what does not depend on them was done."""

    def __init__(self, failed: t.Sequence[JobOutcome], result: Result) -> None:
        first = _error_of(failed[0])
        super().__init__(first, failed[0].progress)
        self._failed = failed
        self._result = result

    @property
    def message(self) -> str:
        words = [
            "%s %s: %s" % (outcome.job.kind, outcome.job.name, _error_of(outcome).message) for outcome in self._failed
        ]
        remaining = len(self._result["remaining"])
        left = " %d step%s left to do." % (remaining, " is" if remaining == 1 else "s are") if remaining else ""
        return (
            "%d of the changes failed:\n%s\nEverything that does not depend on them was done.%s Once the cause is "
            "removed, run the task again: it does only what is left."
            % (
                len(words),
                "\n".join("  - %s" % text.replace("\n", "\n    ") for text in words),
                left,
            )
        )

    @property
    def changed(self) -> bool:
        return bool(self._result["changed"])

    @property
    def result(self) -> Result:
        return self._result


def keep_config(task: Task, now: t.Callable[[], datetime.datetime] = utc_now) -> Result:
    """Keep a whole tenant as a configuration declares it; see the module auth0_config. Raises TaskFailed."""
    with performing():
        problems: list[Problem] = []
        mistaken: list[Entry] = []
        entries = _entries(task, problems, mistaken)
        prune = task.params["prune"]
        if prune is not None:
            problems += [("prune", InvalidOptions(text)) for text in prune_mistakes(prune)]
        with connected_workers(task) as (tenant, workers, surroundings, gate):
            usable = prune if prune is not None and not any(where == "prune" for where, dummy in problems) else None
            shown = task.params["show_undeclared"]
            planned = plan_config(
                entries,
                problems,
                tenant,
                workers,
                surroundings,
                now(),
                task.check_mode,
                usable,
                [kind for kind in CONFIGURED_KINDS if shown and task.params[kind.collection] is not None],
                task.params["return_secrets"],
                mistaken,
            )
            outcomes = [] if task.check_mode else run(planned.waves, workers)
            result = _Results(task, planned, outcomes).all()
            result["requests"] = traffic(gate)
    task.warnings.extend(planned.warnings)
    failed = [outcome for outcome in outcomes if outcome.error]
    if failed:
        raise ConfigFailed(failed, result)
    return result


def _entries(task: Task, problems: list[Problem], mistaken: list[Entry]) -> list[Entry]:
    entries = []
    for kind in CONFIGURED_KINDS:
        entries += read_entries(kind, kind.collection, task.params[kind.collection], problems, task.warnings, mistaken)
    return _and_mistakes_of_parts(entries, problems)


def _and_mistakes_of_parts(entries: list[Entry], problems: list[Problem]) -> list[Entry]:
    for entry in entries:
        for part in PARTS:
            if part.kind is entry.kind:
                problems += [(entry.where, InvalidOptions(text)) for text in part.mistakes(entry.params)]
    return entries


@dataclasses.dataclass
class _Results:
    """What a task returns. outcomes: of the jobs; none in check mode, where the plan is what is returned."""

    task: Task
    planned: PlannedConfig
    outcomes: t.Sequence[JobOutcome]

    def __post_init__(self) -> None:
        self._by_key = {outcome.job.key: outcome for outcome in self.outcomes}
        self._changes = [
            change for change in (*self.planned.changes, *self.planned.removals) if change.action != "none"
        ]

    def all(self) -> Result:
        rows = self._rows()
        result: Result = {
            "changed": bool(rows) if self.task.check_mode else any(outcome.changed for outcome in self.outcomes),
            "changes": rows,
            "unchanged": dict(collections.Counter(change.kind.name for change in self._unchanged())),
            "ids": self._ids(),
        }
        if self.planned.assumed:
            result["assumed"] = list(self.planned.assumed)
        if self.task.params["show_undeclared"]:
            result["undeclared"] = dict(self.planned.undeclared)
        if self.task.params["return_secrets"]:
            result["secrets"] = self._secrets()
        if self.task.diff:
            result["diff"] = self._diffs()
        failed = [outcome for outcome in self.outcomes if outcome.error]
        if failed:
            result["failures"] = [
                {**_error_of(outcome).failure(), "kind": outcome.job.kind, "name": outcome.job.name}
                for outcome in failed
            ]
            result["failure"] = _error_of(failed[0]).failure()
            result["done"] = [step for outcome in self.outcomes for step in outcome.progress.done]
            result["remaining"] = [
                step
                for outcome in self.outcomes
                if outcome.error or outcome.skipped
                for step in outcome.progress.remaining
            ]
        return result

    def _unchanged(self) -> t.Iterator[Change]:
        return (change for change in self.planned.changes if change.action == "none" and change.desired.present)

    def _done(self, change: Change) -> Outcome | None:
        """What became of the change of an object; None where none was applied."""
        outcome = self._by_key.get(job_key(change))
        return outcome.result if outcome and isinstance(outcome.result, Outcome) else None

    def _is_shown(self, key: Key) -> bool:
        """Whether what a job does is told of: in check mode all, in a real run what was written."""
        outcome = self._by_key.get(key)
        return self.task.check_mode or (outcome is not None and outcome.changed)

    def _rows(self) -> list[dict[str, t.Any]]:
        """What is changed, in the order in which it is done."""
        changes = {job_key(change): change for change in self._changes}
        parts = {part.job.key: part for part in self.planned.parts}
        rows = []
        for job in itertools.chain.from_iterable(self.planned.waves):
            if not self._is_shown(job.key):
                continue
            if job.key in parts:
                part = parts[job.key]
                rows.append(_row(part.kind, part.name, part.action, part.object_id, part.fields))
            elif job.key in changes:
                rows.append(self._change_row(changes[job.key]))
            elif job.key in self._interrupted():
                rows.append(self._change_row(self.planned.detours[job.key]))
        return rows

    def _interrupted(self) -> dict[Key, Change]:
        """The changes for the time being that were made, or may have been, and after which nothing else was."""
        return {
            key: change
            for key, change in self.planned.detours.items()
            if not self.task.check_mode and self._is_shown(key) and not self._is_shown(job_key(change))
        }

    def _change_row(self, change: Change) -> dict[str, t.Any]:
        done = self._done(change)
        item = done.item if done else None
        object_id = change.object_id or (None if change.kind.single or item is None else change.kind.id_of(item))
        made = done.change if done else change
        return _row(change.kind.name, change.desired.name, made.action, object_id, made.touched)

    def _items(self) -> t.Iterator[tuple[Change, Object]]:
        """The declared objects that are there, each as it is now."""
        for change in self.planned.changes:
            if not change.desired.present:
                continue
            done = self._done(change)
            item = done.item if done else change.current
            if item is not None:
                yield change, item

    def _ids(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for change, item in self._items():
            if change.kind.standing:
                continue
            found.setdefault(change.kind.name, {})[change.desired.name] = change.kind.id_of(item)
        return found

    def _secrets(self) -> dict[str, dict[str, dict[str, t.Any]]]:
        """The secrets of objects that this run has created, or whose secrets it has set."""
        found: dict[str, dict[str, dict[str, t.Any]]] = {}
        for change, item in self._items():
            name = change.kind.shown_secret
            written = change.action == "create" or (name in change.sent if name else False)
            if not name or self.task.check_mode or not written or not self._is_shown(job_key(change)):
                continue
            value = change.sent.get(name) or item.get(name)
            if value is not None:
                row = {change.kind.id_field: change.kind.id_of(item), name: value}
                found.setdefault(change.kind.name, {})[change.desired.name] = row
        return found

    def _diffs(self) -> list[dict[str, t.Any]]:
        diffs = []
        for change in self._changes:
            if self._is_shown(job_key(change)):
                done = self._done(change)
                diffs.append(change.diff(done.item if done else None))
        diffs += [change.diff() for change in self._interrupted().values()]
        return [*diffs, *(part.diff for part in self.planned.parts if self._is_shown(part.job.key))]


def _row(kind: str, name: str, action: str, object_id: str | None, fields: t.Sequence[str]) -> dict[str, t.Any]:
    return {"kind": kind, "name": name, "action": action, "id": object_id, "fields": list(fields)}


def _mistakes(given: t.Mapping[str, t.Any]) -> list[str]:
    """What is wrong in a configuration that Ansible refuses, as far as it can be said without asking the tenant."""
    spec = WORK.spec
    problems: list[Problem] = []
    declarations = Declarations()
    entries = _and_mistakes_of_parts(read_lists(CONFIGURED_KINDS, spec.options, given, problems), problems)
    declarations.valid([declared_of(entry) for entry in entries])
    prune = accepted(spec, given)["prune"]
    if prune is not None:
        problems += [("prune", InvalidOptions(text)) for text in prune_mistakes(prune)]
    declarations.problems[:0] = problems
    return declarations.sentences


WORK = Work(
    config_spec,
    keep_config,
    mistakes=_mistakes,
    entries=lambda: {kind.collection: entry_spec(kind).options for kind in CONFIGURED_KINDS},
)
