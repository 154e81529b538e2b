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
    ApiError,
    Auth0Error,
    InvalidOptions,
    OutcomeUnknown,
    Refused,
)
from ansible_collections.community.auth0.plugins.module_utils._task.progress import Progress

from .bodies import accompanied, holds, replacement, to_clear
from .changes import Change, Desired, Surroundings
from .completing import Completing
from .management import ManagementClient
from .plan import Plan
from .reconcile import reconcile
from .references import Index, Object, Reference, replaced, resolve
from .removing import remove
from .settling import ATTEMPTS, SETTLE, settled, undecided
from .twins import Twins


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
    made: what others have made, and this one makes, to which later changes refer. alone: whether somebody else looks
    for objects of the same identity that were created at the same time.
    """

    def __init__(
        self,
        tenant: ManagementClient,
        surroundings: Surroundings,
        progress: Progress,
        sleep: t.Callable[[float], None] = time.sleep,
        made: Index | None = None,
        alone: bool = False,
    ) -> None:
        self._tenant = tenant
        self._surroundings = surroundings
        self._sleep = sleep
        self._made = made or Index()
        self._alone = alone
        self.progress = progress
        self.outcomes: list[Outcome] = []

    def apply(self, plan: Plan) -> None:
        """Apply a plan's changes in order. Raises Auth0Error where one fails; the later ones are not sent then."""
        for number, change in enumerate(plan.changes, 1):
            try:
                self.outcomes.append(self.perform(change))
            except Auth0Error:
                later = (step for other in plan.changes[number:] for step in other.steps)
                self.progress.remaining = [*self.progress.remaining, *later]
                raise

    def perform(self, change: Change) -> Outcome:
        """Apply one change. Raises Auth0Error."""
        before = len(self.progress.done)
        done, item = self._apply(self._resolved(change))
        if item is not None:
            self._made.add(done.kind, item, item)
        return Outcome(done, item, len(self.progress.done) > before)

    def _expect(self, change: Change) -> None:
        """What is done next is this change."""
        self.progress.remaining = list(change.steps)

    def _did_next(self) -> None:
        self.progress.did(self.progress.remaining[:1])

    def _resolved(self, change: Change) -> Change:
        """The change with each value that had to be assigned first, from the outcomes so far."""
        if change.action == "none" or not change.desired.unresolved:
            return change

        def value_of(reference: Reference) -> t.Any:
            return resolve(reference, lambda kind, identity: (self._made.find(kind, identity) or (None,))[-1])

        desired = dataclasses.replace(change.desired, fields=replaced(dict(change.desired.fields), value_of))
        # What is found by something that has only just been created cannot exist yet; if it does, a 409 will tell.
        return reconcile(desired, change.current, self._surroundings)

    def _fresh(self, change: Change) -> Change:
        """The change against the object as it is now, where it sends back what somebody else may have changed.

        In a configuration, much may have happened since the object was read, such as the build of an action. What
        replaces an object must hold all of it, of which a list may not show everything.
        """
        fields, desired = change.kind.fields, change.desired
        grows = any(fields[name].ordered for name in desired.additive)
        sends_back = self._alone and (grows or any(field.sent_along for field in fields.values()))
        if change.action != "update" or not (change.kind.replaced or sends_back):
            return change
        current = self._tenant.get(change.kind, str(change.object_id))
        return change if current is None else reconcile(desired, current, self._surroundings)

    def _apply(self, change: Change) -> tuple[Change, Object | None]:
        change = self._fresh(change)
        self._expect(change)
        if change.action == "create":
            return self._create(change)
        if change.action == "update":
            return change, self._completed(change, self._update(change))
        if change.action == "delete":
            self._delete(change)
            return change, None
        return change, change.current

    def _create(self, change: Change) -> tuple[Change, Object | None]:
        kind, desired = change.kind, change.desired
        lost: list[OutcomeUnknown] = []

        def send(attempt: int) -> Object:
            try:
                return self._tenant.create(kind, change.payloads[0], desired.label)
            except OutcomeUnknown as error:
                lost.append(error)
                raise

        try:
            made = settled(
                send,
                lambda: self._look_for(desired),
                lambda found: found is not None,
                self._sleep,
                again=lambda found: kind.unique,
                problem="it was not found afterwards%s"
                % ("" if kind.unique else ", and was not sent again because it might then exist twice"),
            )
        except ApiError as error:
            if not kind.is_conflict(error.status, error.server_message):
                raise
            found = self._look_for(desired, patiently=bool(lost))
            if lost and found is None:
                raise undecided(lost[-1], "another attempt was refused since it exists, and it was not found") from None
            if found is None:
                raise
            if lost:
                return self._adopt(change, found)
            # Somebody created it between our look and our write: take it over.
            return self._apply(reconcile(desired, found, self._surroundings))
        if made.answer is None:
            return self._found_again(change, t.cast("Object", made.seen), lost[-1])
        self._did_next()
        item = made.answer
        if not kind.unique and not self._alone:
            other = Twins(self._tenant, kind, desired, self._sleep).settle(item)
            if other is not None:
                # What this task made is gone again; what somebody else made at the same time takes its place.
                self.progress.done.pop()
                return self._apply(reconcile(desired, other, self._surroundings))
        # What it comes with and is declared not to have is known only now.
        later = {name: value for payload in change.payloads[1:] for name, value in payload.items()}
        later.update(to_clear(desired, item))
        payloads = (later,) if later else ()
        object_id = kind.id_of(item)
        rest = dataclasses.replace(change, action="update", object_id=object_id, payloads=payloads, current=item)
        self._expect(rest)
        return change, self._completed(rest, self._update(rest))

    def _completed(self, change: Change, item: Object) -> Object:
        """An object once what was written to it is in use, where the change says so."""
        if change.follow_up is None:
            return item
        done = Completing(self._tenant, change, change.follow_up, self._sleep).complete(item)
        self._did_next()
        return done

    def _look_for(self, desired: Desired, patiently: bool = False) -> Object | None:
        """An object by its identity. patiently: with pauses, where it must be there, and reads may lag behind."""
        for attempt in range(ATTEMPTS if patiently else 1):
            if attempt:
                self._sleep(SETTLE)
            found = self._tenant.find(desired.kind, desired.identity)
            if found is not None:
                return found
        return None

    def _adopt(self, change: Change, found: Object) -> tuple[Change, Object | None]:
        """Take what was found for what a creation made whose answer was lost."""
        self._did_next()
        dummy, item = self._apply(reconcile(change.desired, found, self._surroundings))
        return change, item

    def _found_again(self, change: Change, found: Object, error: OutcomeUnknown) -> tuple[Change, Object | None]:
        if not change.kind.unique and not holds(change.kind, found, change.payloads[0]):
            raise undecided(error, "an object with its identity exists, but is not what was sent")
        try:
            return self._adopt(change, found)
        except (InvalidOptions, Refused) as other:
            found_out = "the object that exists cannot be made what is declared: %s" % other.message.rstrip(".")
            raise undecided(error, found_out) from None

    def _update(self, change: Change) -> Object:
        item: Object | None = None
        for payload in change.payloads:
            item = self._send_change(change, payload, item or change.current or {})
            self._did_next()
        if item is not None and change.kind.standing:
            # The answer to a change lacks some of what reads show (recorded of tenant settings).
            sent = {change.kind.fields[name].read_as or name for name in change.sent}
            item = {**{name: one for name, one in (change.current or {}).items() if name not in sent}, **item}
        return item or change.current or {}

    def _send_change(self, change: Change, payload: Object, held: Object) -> Object:
        """held: the object as it is before."""
        kind, object_id = change.kind, str(change.object_id)
        body = (replacement if kind.replaced else accompanied)(kind, held, payload)
        before = change.current or {}
        # Of what is never shown, an object seems to hold a new value before it was sent.
        seemed = holds(kind, before, payload)

        def is_performed(found: Object | None) -> bool:
            changed = found is not None and any(found.get(name) != before.get(name) for name in payload)
            return found is not None and holds(kind, found, payload) and (changed or not seemed)

        done = settled(
            lambda attempt: self._tenant.update(kind, object_id, body, change.desired.label),
            lambda: self._tenant.get(kind, object_id),
            is_performed,
            self._sleep,
            again=lambda found: found is not None,
        )
        return t.cast("Object", done.seen if done.answer is None else done.answer)

    def _delete(self, change: Change) -> None:
        kind, label, force = change.kind, change.desired.label, change.desired.with_dependants
        try:
            remove(self._tenant, kind, str(change.object_id), label, self._sleep, force)
        except ApiError as error:
            if kind.in_use and error.status == 409 and not force:
                error.message += " Take it out of use first, or declare force: true."
            raise
        self._did_next()
