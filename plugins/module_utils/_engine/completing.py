# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Performing what has to be done after a write, so that it has an effect, and waiting for the server."""

from __future__ import annotations

import typing as t

from ansible_collections.community.auth0.plugins.module_utils._errors import ApiError, Auth0Error, duration
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import FollowUp, Stage

from .changes import Change
from .following import has_failed, is_done, is_reached, words_of
from .management import ManagementClient
from .references import Object, at
from .settling import settled

#: Seconds from one look at what the server is doing to the next; the last one, from then on.
PAUSES = (1.0, 1.0, 2.0, 3.0, 5.0)

Sleep = t.Callable[[float], None]


class Completing:
    """Puts to use what a change has written to an object."""

    def __init__(self, tenant: ManagementClient, change: Change, follow_up: FollowUp, sleep: Sleep) -> None:
        self._tenant = tenant
        self._change = change
        self._follow_up = follow_up
        self._object_id = str(change.object_id)
        self._sleep = sleep
        self._shown: Object = {}
        self._slept = 0.0
        self._looks = 0
        self._written: Object = {}

    def complete(self, item: Object) -> Object:
        """Perform what follows on an object that is as it was answered, and return it as it is then.

        Raises Auth0Error where the server fails at it or takes longer than the task is told to wait, and what the
        requests raise.
        """
        before, after = self._follow_up.before, self._follow_up.after
        self._written = {name: item[name] for name in self._change.sent if name in item}
        while True:
            item = self._until(item, before)
            try:
                item = self._performed()
                break
            except ApiError as error:
                # What was read may be older than what the server acts on.
                if not self._is_too_early(error):
                    raise
                self._wait(before, item)
        # A secret is shown once it is done, whatever reads say yet: it must not be lost by waiting for them.
        while not self._shown and not is_done(self._follow_up, item):
            if after is not None and has_failed(after, item):
                raise self._failure(after, item)
            self._wait(after, item)
            item = self._performed() if self._follow_up.repeated else self._look()
        return {**item, **self._shown}

    def _until(self, item: Object, stage: Stage | None) -> Object:
        """The object once it has reached a stage. What a write answers is older than what a read does."""
        while stage is not None and not is_reached(stage, item):
            # A failure that the answer to a write shows may be an old one.
            if self._looks and has_failed(stage, item):
                raise self._failure(stage, item)
            if self._looks:
                self._wait(stage, item)
            item = self._look()
        return item

    def _performed(self) -> Object:
        """Perform the action, once it is known that it was performed, and return the object."""
        kind, label = self._change.kind, self._change.desired.label
        done = settled(
            lambda attempt: self._tenant.perform(kind, self._follow_up.action, self._object_id, label),
            self._look,
            self._shows_that_it_was_performed,
            self._sleep,
        )
        name = self._follow_up.shows
        if name and done.answer and done.answer.get(name) is not None:
            self._shown = {name: done.answer[name]}
        if done.seen is not None:
            return done.seen
        # Reads may lag behind what the answer says.
        return {**self._look(), **((done.answer or {}) if self._follow_up.repeated else {})}

    def _shows_that_it_was_performed(self, found: Object) -> bool:
        """Whether an object is in use with what was written. A read can be older than that."""
        written = all(found.get(name) == value for name, value in self._written.items())
        return written and is_done(self._follow_up, found)

    def _look(self) -> Object:
        """The object as it is now. A new one may not be seen at once."""
        for pause in (*PAUSES, None):
            self._looks += 1
            found = self._tenant.get(self._change.kind, self._object_id)
            if found is not None:
                return found
            if pause is not None:
                self._sleep(pause)
        raise Auth0Error(
            "%s is gone: somebody has deleted it meanwhile." % self._change.desired.label, "not_found", retryable=True
        )

    def _is_too_early(self, error: ApiError) -> bool:
        words = self._follow_up.too_early
        return error.status == 400 and words is not None and words in (error.server_message or "")

    def _wait(self, stage: Stage | None, item: Object) -> None:
        """Pause before the next look, as long as the task is told to wait."""
        desired, left = self._change.desired, self._change.desired.patience - self._slept
        if left <= 0:
            shown = "" if stage is None else " Its %s is %s." % (stage.field, at(item, stage.field))
            raise Auth0Error(
                "Failed %s the %s: Auth0 was not ready after %s.%s Run the task again, or give a larger %s."
                % (
                    self._follow_up.action.doing,
                    desired.label,
                    duration(desired.patience),
                    shown,
                    self._follow_up.timeout,
                ),
                "timeout",
                retryable=True,
            )
        pause = min(PAUSES[max(min(self._looks, len(PAUSES)) - 1, 0)], left)
        self._slept += pause
        self._tenant.tell("%s the %s" % (self._follow_up.action.doing, desired.label))
        self._sleep(pause)

    def _failure(self, stage: Stage, item: Object) -> Auth0Error:
        words = words_of(stage, item)
        return Auth0Error(
            "Failed %s the %s: Auth0 gave up, its %s is %s.%s %s"
            % (
                self._follow_up.action.doing,
                self._change.desired.label,
                stage.field,
                at(item, stage.field),
                " It says: %s." % words.rstrip(".") if words else " It does not say why.",
                " ".join(filter(None, [stage.advice, "Correct it, then run the task again."])),
            ),
            "follow_up_failed",
            server_message=words or None,
        )
