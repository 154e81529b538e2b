# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.
"""What is known of an access → its row, as the module returns it. Pure: the time comes from outside."""

from __future__ import annotations

import datetime
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._engine.references import Object
from ansible_collections.community.auth0.plugins.module_utils._errors import Refused

from ..client_credentials.stored import AUTHENTICATION, days_left, fingerprint_of, uses_of
from ..client_secret.secret_rotation import format_rotated_at, rotated_at
from .subjects import Access, authentication_of, by_secret
from .verdicts import Verdict

#: The keys of each client by its id; None where it has some that cannot be read.
Keys: t.TypeAlias = "t.Mapping[str, t.Sequence[Object] | None]"


def row_of(access: Access, keys: Keys, now: datetime.datetime, verdict: Verdict | None) -> dict[str, t.Any]:
    """The row of an access. verdict: on its token; None where none was to be obtained."""
    row = {
        "client": access.name,
        "client_id": access.client_id,
        "audience": access.audience,
        "api": (access.api or {}).get("name"),
        "subject_type": access.subject_type,
        "declared": access.declared,
        "exists": access.grant is not None,
        "scope": list(access.granted),
        "all_scopes": access.all_scopes,
        "undefined_scope": list(access.undefined),
        "organization_usage": access.organization_usage,
        **credentials_of(access.client, keys, now),
    }
    if verdict is not None:
        row["verification"] = verdict.shown()
        row["quota"] = verdict.quota
    return row


def credentials_of(client: Object | None, keys: Keys, now: datetime.datetime) -> dict[str, t.Any]:
    """How a client authenticates, how old its secret is and how long its keys last; no secret."""
    found: dict[str, t.Any] = {
        "authentication": None,
        "secret_rotated_at": None,
        "secret_age_days": None,
        "keys": [],
        "key_days_left": None,
        "token_quota": None,
    }
    if client is None:
        return found
    method = authentication_of(client)
    rotated = rotated_at_of(client)
    if by_secret(method) and rotated is not None:
        found["secret_rotated_at"] = format_rotated_at(rotated)
        found["secret_age_days"] = (now - rotated).days
    held = keys.get(str(client["client_id"]), ())
    hidden = held is None or method is None
    rows = None if hidden else [_key(item, now) for item in authenticating(client, held or ())]
    left = [row["days_left"] for row in rows or () if row["days_left"] is not None]
    quota = (client.get("token_quota") or {}).get("client_credentials")
    return {
        **found,
        "authentication": method,
        "keys": rows,
        "key_days_left": min(left, default=None),
        "token_quota": quota,
    }


def rotated_at_of(client: Object) -> datetime.datetime | None:
    """When the client's secret was last rotated; None where nothing, or nothing that makes sense, says so."""
    try:
        return rotated_at(client)
    except Refused:
        return None


def authenticating(client: Object, held: t.Iterable[Object]) -> list[Object]:
    """Those of a client's keys by which it authenticates."""
    attached = uses_of(client)[AUTHENTICATION].attached
    return [item for item in held if str(item["id"]) in attached]


def _key(item: Object, now: datetime.datetime) -> dict[str, t.Any]:
    return {
        "name": item.get("name"),
        "fingerprint": fingerprint_of(item),
        "alg": item.get("alg"),
        "expires_at": item.get("expires_at"),
        "days_left": days_left(item, now),
    }
