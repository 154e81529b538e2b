# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Changes → the tenant: conflicts, and writes whose outcome is not known."""

from __future__ import annotations

import dataclasses
import time
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._errors import (
    Ambiguous,
    ApiError,
    Auth0Error,
    InvalidOptions,
    OutcomeUnknown,
    Refused,
)
from ansible_collections.community.auth0.plugins.module_utils._task.progress import Progress

from .management import ManagementClient
from .plan import Plan
from .reconcile import (
    Change,
    Object,
    Pending,
    Surroundings,
    holds,
    reconcile,
    to_clear,
)

#: Seconds to let a write settle whose answer was lost before reading it back.
SETTLE = 2.0
#: How often a write of unknown outcome is tried in all.
ATTEMPTS = 3


_Seen = t.TypeVar("_Seen")


def read_back(error: OutcomeUnknown, look: t.Callable[[], _Seen], sleep: t.Callable[[float], None]) -> _Seen:
    """What is there after a write whose answer was lost, once it has had time to settle."""
    sleep(SETTLE)
    try:
        return look()
    except Ambiguous as several:
        found = "reading it back found several that fit: %s" % several.message.rstrip(".")
        raise undecided(error, found) from None
    except Auth0Error as failed:
        raise undecided(error, "reading it back failed too: %s" % failed.message.rstrip(".")) from None


def undecided(error: Auth0Error, found: str) -> Auth0Error:
    """The failure of a write of which it stays unknown whether it was performed. found: what was seen afterwards."""
    return OutcomeUnknown(
        "%s; %s. Look at the tenant, then run the task again." % (error.message, found),
        "outcome_unknown",
        error.method,
        error.path,
        error.status,
        error.server_message,
        retryable=True,
    )


@dataclasses.dataclass
class Outcome:
    """What became of a planned change.

    change: what was done in the end, which differs from the plan where somebody else was faster.
    item: the object as the tenant holds it now, None when it is gone.
    """

    change: Change
    item: Object | None
    changed: bool


class Applier:
    """Sends the changes of a plan.

    progress: what has been done so far, request by request. outcomes: what became of the changes that are complete.
    """

    def __init__(
        self,
        tenant: ManagementClient,
        surroundings: Surroundings,
        progress: Progress,
        sleep: t.Callable[[float], None] = time.sleep,
    ) -> None:
        self._tenant = tenant
        self._surroundings = surroundings
        self._sleep = sleep
        self._later: list[str] = []
        self.progress = progress
        self.outcomes: list[Outcome] = []

    def apply(self, plan: Plan) -> None:
        """Apply a plan's changes in order. Raises Auth0Error where one fails; the later ones are not sent then."""
        for number, change in enumerate(plan.changes, 1):
            self._later = [step for other in plan.changes[number:] for step in other.steps]
            before = len(self.progress.done)
            done, item = self._apply(self._resolved(change))
            self.outcomes.append(Outcome(done, item, len(self.progress.done) > before))

    def _expect(self, change: Change) -> None:
        """What is to be done next is this change."""
        self.progress.remaining = [*change.steps, *self._later]

    def _did_next(self) -> None:
        self.progress.did(self.progress.remaining[:1])

    def _resolved(self, change: Change) -> Change:
        """The change with each value that had to be assigned first, from the outcomes so far."""
        if change.action == "none" or not change.desired.pending:
            return change
        fields = {name: self._value(value) for name, value in change.desired.fields.items()}
        # What it refers to has only just been created, so it cannot exist yet; if it does after all, a 409 will tell.
        return reconcile(dataclasses.replace(change.desired, fields=fields), None, self._surroundings)

    def _value(self, value: t.Any) -> t.Any:
        if not isinstance(value, Pending):
            return value
        for outcome in self.outcomes:
            if outcome.item and outcome.change.kind.name == value.kind and outcome.item.get(value.by) == value.value:
                return outcome.item[value.field]
        raise AssertionError("a plan applies what others refer to first: %s" % value)

    def _apply(self, change: Change) -> tuple[Change, Object | None]:
        self._expect(change)
        if change.action == "create":
            return self._create(change)
        if change.action == "update":
            return change, self._update(change)
        if change.action == "delete":
            self._delete(change)
            return change, None
        return change, change.current

    def _create(self, change: Change, attempt: int = 1) -> tuple[Change, Object | None]:
        kind, desired = change.kind, change.desired
        try:
            item = self._tenant.create(kind, change.payloads[0], desired.label)
        except ApiError as error:
            found = self._tenant.find(kind, desired.identity) if error.status == 409 else None
            if found is None:
                raise
            if attempt > 1:
                return self._adopt(change, found)
            # Somebody created it between our look and our write: take it over.
            return self._apply(reconcile(desired, found, self._surroundings))
        except OutcomeUnknown as error:
            return self._after_lost_create(change, error, attempt)
        self._did_next()
        object_id = str(item[kind.id_field])
        # What it comes with and is not to have can be told only now.
        later = {name: value for payload in change.payloads[1:] for name, value in payload.items()}
        later.update(to_clear(desired, item))
        payloads = (later,) if later else ()
        rest = dataclasses.replace(change, action="update", object_id=object_id, payloads=payloads, current=item)
        self._expect(rest)
        return change, self._update(rest)

    def _adopt(self, change: Change, found: Object) -> tuple[Change, Object | None]:
        """Take what was found for what a creation made whose answer was lost."""
        self._did_next()
        dummy, item = self._apply(reconcile(change.desired, found, self._surroundings))
        return change, item

    def _after_lost_create(self, change: Change, error: OutcomeUnknown, attempt: int) -> tuple[Change, Object | None]:
        kind, desired = change.kind, change.desired
        found = read_back(error, lambda: self._tenant.find(kind, desired.identity), self._sleep)
        if found is not None:
            if kind.unique or holds(kind, found, change.payloads[0]):
                try:
                    return self._adopt(change, found)
                except (InvalidOptions, Refused) as other:
                    found_out = "what is there cannot be made what is declared: %s" % other.message.rstrip(".")
                    raise undecided(error, found_out) from None
            raise undecided(error, "what is there under its identity is not what was sent")
        if kind.unique and attempt < ATTEMPTS:
            return self._create(change, attempt + 1)
        raise undecided(
            error,
            "it was not found afterwards, and was not sent again because it might then exist twice"
            if not kind.unique
            else "it was not found afterwards",
        )

    def _update(self, change: Change) -> Object:
        item: Object | None = None
        for payload in change.payloads:
            item = self._patch(change, payload)
            self._did_next()
        return item or change.current or {}

    def _patch(self, change: Change, payload: Object) -> Object:
        object_id, attempt = str(change.object_id), 1
        while True:
            try:
                return self._tenant.update(change.kind, object_id, payload, change.desired.label)
            except OutcomeUnknown as error:
                found = read_back(error, lambda: self._tenant.get(change.kind, object_id), self._sleep)
                if found is not None and holds(change.kind, found, payload):
                    return found
                if attempt >= ATTEMPTS or found is None:
                    raise undecided(error, "reading it back did not show the change") from None
                attempt += 1

    def _delete(self, change: Change) -> None:
        object_id, attempt = str(change.object_id), 1
        while True:
            try:
                self._tenant.delete(change.kind, object_id, change.desired.label)
                break
            except OutcomeUnknown as error:
                if read_back(error, lambda: self._tenant.get(change.kind, object_id), self._sleep) is None:
                    break
                if attempt >= ATTEMPTS:
                    raise undecided(error, "it is still there") from None
                attempt += 1
        self._did_next()
