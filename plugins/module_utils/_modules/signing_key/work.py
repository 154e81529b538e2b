# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""The work of the module auth0_signing_key."""

from __future__ import annotations

import datetime
import time
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._engine.changes import represent
from ansible_collections.community.auth0.plugins.module_utils._engine.connection import connected
from ansible_collections.community.auth0.plugins.module_utils._engine.management import ManagementClient
from ansible_collections.community.auth0.plugins.module_utils._engine.references import Object
from ansible_collections.community.auth0.plugins.module_utils._engine.selection import sorted_objects
from ansible_collections.community.auth0.plugins.module_utils._engine.settling import (
    ATTEMPTS,
    SETTLE,
    settled,
    undecided,
)
from ansible_collections.community.auth0.plugins.module_utils._errors import (
    ApiError,
    InvalidOptions,
    OutcomeUnknown,
)
from ansible_collections.community.auth0.plugins.module_utils._kinds.signing_key import REVOKE, ROTATE, SIGNING_KEY
from ansible_collections.community.auth0.plugins.module_utils._task.arguments import ArgumentSpec
from ansible_collections.community.auth0.plugins.module_utils._task.progress import Progress
from ansible_collections.community.auth0.plugins.module_utils._task.runner import (
    Result,
    Task,
    Work,
    performing,
    utc_now,
)
from ansible_collections.community.auth0.plugins.module_utils._times import check_days

from . import key_rotation
from .key_rotation import (
    MOST_A_DAY,
    REVOKED,
    RotationPlan,
    WantedRotation,
    current_of,
    role_of,
)


def keep_signing_key(task: Task, now: t.Callable[[], datetime.datetime] = utc_now) -> Result:
    """Rotate a tenant's signing key and revoke previous ones as a task asks for; see the module auth0_signing_key.

    Returns changed, the steps in words, the keys, in check mode as they would be, and the reason for a rotation.
    Raises TaskFailed.
    """
    with performing() as progress:
        if task.params["force"]:
            progress.repeat = "run the task again without force: it does only what is left"
        wanted = _asked(task.params)
        with connected(task) as (tenant, surroundings):
            # What is only foreseen is no progress.
            progressing = Progress() if task.check_mode else progress
            work = _SigningKeys(tenant, now, task.check_mode, progressing, surroundings.token_key)
            plan = key_rotation.plan_rotation(work.before, wanted, now(), surroundings.token_key)
            work.expect(plan)
            if plan.reason is not None:
                work.rotate()
            for kid in plan.revoked:
                if kid in key_rotation.due(work.keys, wanted, now()):  # a rotation can have shown other keys
                    work.revoke(kid)
                else:
                    work.leave(kid)
    result: Result = {
        "changed": bool(work.steps),
        "steps": work.steps,
        SIGNING_KEY.collection: [represent(SIGNING_KEY, key) for key in sorted_objects(SIGNING_KEY, work.keys)],
    }
    if plan.reason is not None:
        result["reason"] = plan.reason
    if task.diff:
        result["diff"] = {
            "before_header": "signing keys",
            "after_header": "signing keys",
            "before": key_rotation.roles(sorted_objects(SIGNING_KEY, work.before)),
            "after": key_rotation.roles(sorted_objects(SIGNING_KEY, work.keys)),
        }
    if surroundings.token_key in plan.revoked:
        result["warnings"] = [
            "The token that this task uses was signed by the key %s. That key %s. Get another token with "
            "community.auth0.auth0_token for the tasks that follow."
            % (
                surroundings.token_key,
                "would be revoked, and the token would not be accepted any more"
                if task.check_mode
                else "is revoked now, and the token is not accepted any more",
            )
        ]
    return result


def _asked(params: t.Mapping[str, t.Any]) -> WantedRotation:
    wanted = WantedRotation(params["max_age"], params["force"], params["revoke_previous_after"])
    check_days("max_age", wanted.max_age, least=1)
    check_days("revoke_previous_after", wanted.revoke_previous_after, least=0)
    if wanted == WantedRotation():
        raise InvalidOptions(
            "Say what to do: max_age rotates a key that has been signing for longer, force rotates it now, "
            "revoke_previous_after revokes keys that sign no more."
        )
    return wanted


class _SigningKeys:
    """The keys of a tenant, and what is done to them; where it is only foreseen, nothing is sent.

    token_key: the id of the key that signed the token that is used, where that cannot be replaced.
    before, keys: as they were found, and as they are by now. steps: what was done, or would be, in words.
    """

    def __init__(
        self,
        tenant: ManagementClient,
        now: t.Callable[[], datetime.datetime],
        foreseen: bool,
        progress: Progress,
        token_key: str | None,
    ) -> None:
        self._tenant = tenant
        self._now = now
        self._foreseen = foreseen
        self._progress = progress
        self._token_key = token_key
        self.before = self.keys = self._read()

    @property
    def steps(self) -> list[str]:
        return self._progress.done

    def expect(self, plan: RotationPlan) -> None:
        """Say what will be done."""
        after = key_rotation.rotated(self.before, self._now())
        first = [] if plan.reason is None else [key_rotation.describe_rotation(self.before, after)]
        self._progress.remaining = [*first, *map(_revocation, plan.revoked)]

    def _read(self) -> tuple[Object, ...]:
        return tuple(self._tenant.list(SIGNING_KEY))

    def rotate(self) -> None:
        """Let the next key sign. Raises Auth0Error."""
        found: tuple[Object, ...] | None = None
        answer: Object | None = None
        if not self._foreseen:
            answer, found = self._rotate()
        self.keys = found or key_rotation.rotated(self.before, self._now(), answer)
        try:
            if answer is not None and not key_rotation.tells_all(self.before, answer):
                self.keys = self._read()
        finally:
            self._progress.did([key_rotation.describe_rotation(self.before, self.keys)])

    def _rotate(self) -> tuple[Object | None, tuple[Object, ...] | None]:
        """What the tenant answers to a rotation and, where that was lost, the keys afterwards.

        It is sent only once: a second one could be done twice.
        """
        try:
            done = settled(
                lambda attempt: self._tenant.perform(SIGNING_KEY, ROTATE),
                self._read,
                lambda found: current_of(found) not in (None, current_of(self.before)),
                time.sleep,
                problem="afterwards no other key was current, and it was not sent again",
                attempts=1,
            )
        except ApiError as error:
            if error.status == 429:
                error.message += " Auth0 allows %d rotations of the signing key a day." % MOST_A_DAY
            raise
        return done.answer, done.seen

    def revoke(self, kid: str) -> None:
        """Revoke a key. Raises Auth0Error."""
        answer, done = (None, True) if self._foreseen else self._revoke(kid)
        self.keys = key_rotation.revoked(self.keys, kid, self._now(), answer)
        if done:
            self._progress.did([_revocation(kid)])
        else:
            self.leave(kid)

    def leave(self, kid: str) -> None:
        """Do not revoke a key, since that is not needed any more."""
        self._progress.skipped([_revocation(kid)])

    def _revoke(self, kid: str) -> tuple[Object | None, bool]:
        """What the tenant says of a key once it is revoked, None where it does not know it any more; and whether it
        was this task that revoked it."""
        lost: list[OutcomeUnknown] = []

        def send(attempt: int) -> Object:
            try:
                return self._tenant.perform(SIGNING_KEY, REVOKE, kid)
            except OutcomeUnknown as error:
                lost.append(error)
                raise

        try:
            done = settled(send, lambda: self._seen(kid), _is_revoked, time.sleep, problem="it is not revoked")
        except ApiError as error:
            late = bool(lost)
            if late and self._is_refused_with(kid, error):
                return None, True
            # Only a previous key can be revoked, so somebody may have been faster, or an attempt of ours was late.
            if error.status not in (400, 404, 409):
                raise
            found = self._tenant.get(SIGNING_KEY, kid)
            for dummy in range(ATTEMPTS - 1 if late else 0):
                if not _is_revoked(found):  # reads may lag behind the attempt whose answer was lost
                    time.sleep(SETTLE)
                    found = self._tenant.get(SIGNING_KEY, kid)
            if _is_revoked(found):
                return found, late
            if late:
                raise undecided(lost[-1], "another attempt was refused, and it is not revoked") from None
            raise
        return (done.seen if done.answer is None else done.answer), True

    def _seen(self, kid: str) -> Object | None:
        """What the tenant says of a key after its revocation was sent; None where it does not know it any more.

        That the token is not accepted any more, which that key signed, says that the key is revoked.
        """
        try:
            return self._tenant.get(SIGNING_KEY, kid)
        except ApiError as error:
            if self._is_refused_with(kid, error):
                return None
            raise

    def _is_refused_with(self, kid: str, error: ApiError) -> bool:
        """Whether the token, which was accepted until then, is refused now, and it was this key that signed it."""
        return error.status == 401 and kid == self._token_key


def _revocation(kid: str) -> str:
    return "revoke %s" % kid


def _is_revoked(key: Object | None) -> bool:
    """Whether a key is revoked. Auth0 need not keep those that were for ever (documented of its Dashboard)."""
    return key is None or role_of(key) == REVOKED


SPEC = ArgumentSpec(
    {
        "max_age": {"type": "int"},
        "force": {"type": "bool", "default": False},
        "revoke_previous_after": {"type": "int"},
    }
)

WORK = Work(lambda: SPEC, keep_signing_key)
