# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""When a tenant's signing key is rotated, and which keys are revoked. Pure: the time comes from outside.

A rotation takes nothing away: what the replaced key signed stays good, since a previous key is still published. A
revocation does, at once and for good.
"""

from __future__ import annotations

import dataclasses
import datetime
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._errors import Refused
from ansible_collections.community.auth0.plugins.module_utils._times import format_time, parse_time

Object = t.Mapping[str, t.Any]

#: What a key can be, which is also the name of the flag that says so.
CURRENT, NEXT, PREVIOUS, REVOKED = "current", "next", "previous", "revoked"

SINCE, UNTIL = "current_since", "current_until"

#: How often a key may be rotated within a day (Auth0's documentation: a rate limit of the request).
MOST_A_DAY = 5
_DAY = datetime.timedelta(days=1)

#: The id of a key that Auth0 has not made yet.
NOT_MADE_YET = "(known once it has been made)"


@dataclasses.dataclass(frozen=True)
class WantedRotation:
    """What a task wants of the keys.

    max_age: in days, for how long a key may have been signing before it is rotated. force: rotate it in any case.
    revoke_previous_after: the number of days after which a key that signs no more is revoked; 0: at once.
    """

    max_age: int | None = None
    force: bool = False
    revoke_previous_after: int | None = None


@dataclasses.dataclass(frozen=True)
class RotationPlan:
    """reason: why the key is rotated, None when it is not. revoked: the ids of keys to revoke afterwards, in order."""

    reason: str | None
    revoked: tuple[str, ...]


def plan_rotation(
    keys: t.Sequence[Object], wanted: WantedRotation, now: datetime.datetime, token_key: str | None = None
) -> RotationPlan:
    """What to do with a tenant's keys.

    token_key: the id of the key that signed the token by which it is done; if it is revoked, then last.
    Raises Refused where the age of a key is not known, or as many rotations have been done as Auth0 allows in a day.
    """
    reason = _reason(keys, wanted, now)
    if reason is not None:
        _refuse_too_many(keys, now)
    after = rotated(keys, now) if reason is not None else keys
    found = due(after, wanted, now)
    return RotationPlan(reason, tuple(sorted(found, key=lambda kid: kid == token_key)))


def role_of(key: Object) -> str | None:
    """CURRENT, NEXT, REVOKED, PREVIOUS, or None for a key that says none of these of itself.

    In this order, so that a key that signs, or will, is not taken for one that did, whatever else it says.
    """
    flags = {**key, REVOKED: key.get(REVOKED, bool(key.get("revoked_at")))}
    return next((role for role in (CURRENT, NEXT, REVOKED, PREVIOUS) if flags.get(role)), None)


def current_of(keys: t.Iterable[Object]) -> str | None:
    """The id of the key that signs."""
    return next((str(key["kid"]) for key in keys if role_of(key) == CURRENT), None)


def roles(keys: t.Sequence[Object]) -> dict[str, t.Any]:
    """What the keys are, by their ids, for display."""
    return {role: [key["kid"] for key in keys if role_of(key) == role] for role in (CURRENT, NEXT, PREVIOUS, REVOKED)}


def _reason(keys: t.Sequence[Object], wanted: WantedRotation, now: datetime.datetime) -> str | None:
    """Why the key is rotated, for display."""
    if wanted.force:
        return "forced"
    if wanted.max_age is None:
        return None
    current = next((key for key in keys if role_of(key) == CURRENT), None)
    if current is None:
        raise _unknown_age("None of the tenant's signing keys is the current one")
    since = _time(current, SINCE)
    if since is None:
        raise _unknown_age("%s.%s is %r, not a time" % (current["kid"], SINCE, current.get(SINCE)))
    if since > now + _DAY:
        raise _unknown_age("%s.%s is %s, in the future" % (current["kid"], SINCE, current[SINCE]))
    if now - since > datetime.timedelta(days=wanted.max_age):
        return "it has been signing for %d days" % (now - since).days
    return None


def _unknown_age(why: str) -> Refused:
    return Refused(
        "signing keys: %s, so it is not known how long the key has been signing. Look at the tenant (and at the clock "
        "of this machine), or rotate with force: true." % why,
        "unknown_age",
    )


def _refuse_too_many(keys: t.Sequence[Object], now: datetime.datetime) -> None:
    times = sorted(since for since in (_time(key, SINCE) for key in keys) if since and since > now - _DAY)
    if len(times) >= MOST_A_DAY:
        raise Refused(
            "The signing key was not rotated: %d keys have become current within 24 hours, and Auth0 lets a tenant "
            "rotate %d times a day. Rotate after %s, or look for what rotates so often."
            % (len(times), MOST_A_DAY, format_time(times[-MOST_A_DAY] + _DAY)),
            "daily_limit",
            retryable=True,
        )


def due(keys: t.Sequence[Object], wanted: WantedRotation, now: datetime.datetime) -> list[str]:
    """The ids of the keys to revoke, those that stopped signing first before the others."""
    if wanted.revoke_previous_after is None:
        return []
    previous = [key for key in keys if role_of(key) == PREVIOUS]
    if wanted.revoke_previous_after > 0:
        period = datetime.timedelta(days=wanted.revoke_previous_after)
        previous = [key for key in previous if now - _end(key, keys) >= period]
    return [str(key["kid"]) for key in sorted(previous, key=lambda key: str(key.get(UNTIL) or ""))]


def _end(key: Object, keys: t.Sequence[Object]) -> datetime.datetime:
    """When a previous key signed for the last time; at the latest when the present one began."""
    current = next((other for other in keys if role_of(other) == CURRENT), {})
    end = _time(key, UNTIL) or _time(current, SINCE)
    if end is None:
        raise Refused(
            "signing key %s: %s is %r, not a time, so it is not known when the key stopped signing. "
            "Look at the tenant, or revoke it with revoke_previous_after: 0." % (key["kid"], UNTIL, key.get(UNTIL)),
            "unknown_age",
        )
    return end


def _time(key: Object, name: str) -> datetime.datetime | None:
    try:
        return parse_time(key[name])
    except (KeyError, AttributeError, ValueError, OverflowError):
        return None


def rotated(keys: t.Sequence[Object], now: datetime.datetime, made: Object | None = None) -> tuple[Object, ...]:
    """The keys as they are after a rotation. made: the next key, which the rotation makes, once it is known."""
    moment = format_time(now)
    changes: dict[str | None, Object] = {
        CURRENT: {CURRENT: False, PREVIOUS: True, UNTIL: moment},
        NEXT: {CURRENT: True, NEXT: False, PREVIOUS: False, SINCE: moment},
    }
    after = [{**key, **changes.get(role_of(key), {})} for key in keys]
    return (*after, {**(made or {"kid": NOT_MADE_YET}), CURRENT: False, NEXT: True, PREVIOUS: False, REVOKED: False})


def tells_all(keys: t.Sequence[Object], answer: Object) -> bool:
    """Whether the answer to a rotation is enough to know what the keys are afterwards.

    It is if it is the next key, as Auth0's description says, and if there was no older previous key: whether a
    rotation revokes that one is not known.
    """
    held = [role_of(key) for key in keys]
    return (
        held.count(CURRENT) == held.count(NEXT) == 1
        and PREVIOUS not in held
        and answer["kid"] not in [key["kid"] for key in keys]
    )


def revoked(
    keys: t.Sequence[Object], kid: str, now: datetime.datetime, answer: Object | None = None
) -> tuple[Object, ...]:
    """The keys as they are after one of them was revoked. answer: what the server said of it."""
    moment = (answer or {}).get("revoked_at") or format_time(now)
    change = {PREVIOUS: False, REVOKED: True, "revoked_at": moment}
    return tuple({**key, **change} if key["kid"] == kid else key for key in keys)


def describe_rotation(before: t.Sequence[Object], after: t.Sequence[Object]) -> str:
    """What a rotation does, for display."""
    return "rotate: %s signs instead of %s" % (current_of(after) or "another key", current_of(before) or "none")
