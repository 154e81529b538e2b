# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""The work of the modules that keep one object of a kind: declared → planned → applied → result and diff."""

from __future__ import annotations

import typing as t

from ansible_collections.community.auth0.plugins.module_utils._engine.apply import (
    Applier,
    Outcome,
)
from ansible_collections.community.auth0.plugins.module_utils._engine.changes import (
    Change,
    Desired,
    represent,
)
from ansible_collections.community.auth0.plugins.module_utils._engine.connection import connected
from ansible_collections.community.auth0.plugins.module_utils._engine.management import ManagementClient
from ansible_collections.community.auth0.plugins.module_utils._engine.membership import (
    defined_by,
    memberships,
    stale_members,
    undefined,
)
from ansible_collections.community.auth0.plugins.module_utils._engine.plan import Plan, plan
from ansible_collections.community.auth0.plugins.module_utils._engine.references import Object
from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions
from ansible_collections.community.auth0.plugins.module_utils._kinds import dependants_of
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Result, Task, Work, performing

from .file_options import with_files
from .kind_options import accepted_mistakes, desired_from, kind_spec


def keep(kind: Kind, task: Task) -> Result:
    """Keep one object of a kind as a task declares it.

    Returns changed, action (create, update, delete or none), the object under the name that results have for it, in
    check mode as it would be; the dependants that are removed with it, by the names of their kinds' collections; diff
    where it is wanted; and the secret where return_secret asks for it. Raises TaskFailed.
    """
    with performing():
        desired = desired_from(kind, with_files(kind, task.params))
    planned, outcomes = keep_all([desired], task)
    # What has to go before the object comes before it; there is nothing else beside it.
    *before, change = [outcome.change for outcome in outcomes] or planned.changes
    item = outcomes[-1].item if outcomes else change.predicted
    result: Result = {
        "changed": any(outcome.changed for outcome in outcomes) if outcomes else change.action != "none",
        "action": change.action,
    }
    if desired.present:
        result[kind.in_results] = represent(kind, item)
    if not desired.present and dependants_of(kind):
        result["dependants"] = {
            other.collection: [represent(other, one.current) for one in before if one.kind is other]
            for other, dummy in dependants_of(kind)
        }
    if task.diff:
        own = change.diff(outcomes[-1].item if outcomes else None)
        result["diff"] = [*(one.diff() for one in before), own] if before else own
    if planned.assumed:
        result["assumed"] = list(planned.assumed)
    task.warnings.extend((*planned.warnings, *change.warnings))
    if kind.shown_secret and task.params["return_secret"] and desired.present:
        result.update(_secret(kind, change, item))
    elif kind.returned_secret and task.params["return_secret"] and desired.present:
        result.update(_shown_once(change, kind.returned_secret, item, bool(outcomes)))
    return result


def keep_all(desired: t.Sequence[Desired], task: Task) -> tuple[Plan, list[Outcome]]:
    """Plan for a list of declarations and, out of check mode, apply the plan.

    Returns the plan and what became of each change; no outcomes in check mode. Raises TaskFailed.
    """
    with performing() as progress, connected(task) as (tenant, surroundings):
        planned = plan(desired, tenant, surroundings, assume=task.check_mode)
        for change in planned.changes:
            task.warnings.extend(_members_warnings(change, tenant))
        if task.check_mode:
            return planned, []
        applier = Applier(tenant, surroundings, progress)
        applier.apply(planned)
        return planned, applier.outcomes


def _members_warnings(change: Change, tenant: ManagementClient) -> t.Iterator[str]:
    """Say what is taken away while others hold it, and what is kept although it is not defined any more.

    Raises InvalidOptions where a task says that it must not take such things away.
    """
    stale = list(stale_members(change, lambda kind, field, value: tenant.list(kind, {field: value})))
    for one in stale:
        holder = " / ".join(str(one.holder[name]) for name in one.kind.identity if one.holder.get(name) is not None)
        sentence = one.sentence(change.desired.label, holder)
        if change.desired.refuses_stale:
            raise InvalidOptions("%s. Change that first." % sentence, "stale_%s" % one.noun)
        yield "%s. Auth0's Dashboard then refuses every change of it." % sentence
    for membership in memberships(change, kept=True):
        other = tenant.find(membership.owner.kind, membership.owner.identity)
        problem = undefined(membership, defined_by(membership, other or {}))
        if problem:
            yield "%s: %s" % (change.desired.label, problem.replace("\n", " "))


def _shown_once(change: Change, name: str, item: Object | None, applied: bool) -> Result:
    """The secret that Auth0 shows when what follows on a write is done, and never again."""
    value = (item or {}).get(name)
    follow_up = change.follow_up
    has_one = follow_up is not None and all((item or {}).get(one) == held for one, held in follow_up.shown_of.items())
    if value is None and applied and has_one:
        return {
            name: None,
            "warnings": [
                "%s: Auth0 did not show the %s, or its answer was lost. It shows it only once."
                % (change.desired.label, name)
            ],
        }
    return {name: value}


def _secret(kind: Kind, change: Change, item: Object | None) -> Result:
    name = str(kind.shown_secret)
    value = (item or {}).get(name)
    if value is None and change.action != "create":
        return {
            name: None,
            "warnings": [
                "%s: the %s was not returned by Auth0. The token may lack the scope to see it (%s), or there is none."
                % (change.desired.label, name, kind.secret_scope)
            ],
        }
    return {name: value}


def work_of(kind: Kind) -> Work:
    """The work of the module that keeps one object of a kind."""
    return Work(
        lambda: kind_spec(kind),
        lambda task: keep(kind, task),
        mistakes=lambda given: accepted_mistakes(kind, kind_spec(kind), given),
    )
