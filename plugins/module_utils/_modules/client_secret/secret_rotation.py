# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""When a client gets another secret, and which. Pure: the time and a new secret come from outside.

Auth0 does not tell how old a secret is, so the time of each rotation is kept with the client, in its metadata.
"""

from __future__ import annotations

import dataclasses
import datetime
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._engine.changes import Desired
from ansible_collections.community.auth0.plugins.module_utils._engine.references import Object
from ansible_collections.community.auth0.plugins.module_utils._errors import Refused
from ansible_collections.community.auth0.plugins.module_utils._times import parse_time

from ..named_client import label_of_client, part_of

SECRET = "client_secret"
METADATA = "client_metadata"

#: The key of the client's metadata that holds the time of the last rotation, in UTC: 2026-11-22T03:15:00Z.
ROTATED_AT = "client_secret_rotated_at"
_FORMAT = "%Y-%m-%dT%H:%M:%SZ"


@dataclasses.dataclass(frozen=True)
class WantedSecret:
    """What a task wants of a client's secret.

    secret: the one that it must have. max_age: in days, the age beyond which it is replaced. force: replace it, or
    set the given one, in any case.
    """

    secret: str | None = dataclasses.field(default=None, repr=False)
    max_age: int | None = None
    force: bool = False


def format_rotated_at(moment: datetime.datetime) -> str:
    """The time of a rotation as the client's metadata hold it."""
    return moment.astimezone(datetime.UTC).strftime(_FORMAT)


def rotated_at(client: Object) -> datetime.datetime | None:
    """When the client's secret was last rotated, as its metadata say. Raises Refused for what is no such time."""
    kept = (client.get(METADATA) or {}).get(ROTATED_AT)
    if kept is None:
        return None
    try:
        # Also as YAML writes a time that stands there without quotes.
        return parse_time(kept)
    except (AttributeError, TypeError, ValueError, OverflowError):
        raise Refused(
            "%s: %s.%s is %r, not a time such as 2026-11-22T03:15:00Z, so the age of the secret is not known. "
            "Correct or remove it, or rotate with force: true." % (label_of_client(client), METADATA, ROTATED_AT, kept),
            "unknown_age",
        ) from None


def reason_to_rotate(client: Object, wanted: WantedSecret, now: datetime.datetime) -> str | None:
    """Why the client gets a made-up secret now, for display; None when it does not."""
    if wanted.secret is not None:
        return None
    if wanted.force:
        return "forced"
    last = rotated_at(client)
    if last is None:
        return "the time of its last rotation is not known"
    if last > now + datetime.timedelta(days=1):
        raise Refused(
            "%s: %s.%s is in the future, so the age of the secret is not known. Correct or remove it, or "
            "rotate with force: true." % (label_of_client(client), METADATA, ROTATED_AT),
            "unknown_age",
        )
    if now - last > datetime.timedelta(days=wanted.max_age or 0):
        return "it is %d days old" % (now - last).days
    return None


def declaration(
    client: Object, wanted: WantedSecret, now: datetime.datetime, make_secret: t.Callable[[], str]
) -> tuple[Desired, str | None]:
    """What must be declared for the client, and why it gets a made-up secret, if it does.

    The secret and the time of its rotation are declared together, so that one write sets both or neither.
    Raises Refused for a client that has no use for a secret.
    """
    methods = client.get("client_authentication_methods")
    if methods:
        raise Refused(
            "%s authenticates by %s, so a secret would be of no use to it."
            % (label_of_client(client), " and ".join(sorted(methods))),
            "no_secret",
        )
    if client.get("token_endpoint_auth_method") == "none":
        raise Refused(
            "%s does not authenticate (token_endpoint_auth_method: none), so a secret would be of no use to it."
            % label_of_client(client),
            "no_secret",
        )
    reason = reason_to_rotate(client, wanted, now)
    fields: dict[str, t.Any] = {}
    if reason is not None:
        fields[SECRET] = make_secret()
    elif wanted.secret is not None:
        fields[SECRET] = wanted.secret
    if fields and (reason or (client.get(SECRET) != wanted.secret and rotated_at_is_kept(client))):
        fields[METADATA] = {ROTATED_AT: format_rotated_at(now)}
    unseen = frozenset({SECRET}) if reason or wanted.force else frozenset()
    return dataclasses.replace(part_of(client, fields), unseen=unseen), reason


def rotated_at_is_kept(client: Object) -> bool:
    """Whether the client's metadata hold a time of rotation, which a secret that is set would make untrue."""
    return ROTATED_AT in (client.get(METADATA) or {})
