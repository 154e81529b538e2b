# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.
"""What a person should know of the access in a tenant: what nobody declared, what ends, what serves nothing. Pure."""

from __future__ import annotations

import collections
import dataclasses
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._engine.references import Object
from ansible_collections.community.auth0.plugins.module_utils._errors import named

from .subjects import Access, by_secret, defined_by
from .verdicts import FAILED

Finding = dict[str, t.Any]
UNREADABLE_KEYS = (
    "its keys cannot be read, so nobody knows when they end: the token for the Management API needs the scope "
    "read:client_credentials"
)


@dataclasses.dataclass(frozen=True)
class Thresholds:
    """max_secret_age: days after which a secret is old. min_key_days: days before its end when a key is reported."""

    max_secret_age: int | None = None
    min_key_days: int | None = None


def findings_of(
    rows: t.Sequence[tuple[Access, t.Mapping[str, t.Any]]],
    clients: t.Sequence[tuple[Object, t.Mapping[str, t.Any]]],
    apis: t.Sequence[Object],
    thresholds: Thresholds,
    whole: bool,
) -> list[Finding]:
    """What a person should know of the access in a tenant.

    rows: each access with its row. clients: those of the rows, or all, each with how it authenticates, as rows say it.
    apis: all of the tenant. whole: whether all grants of the tenant are among the rows, so that what serves nothing
    can be known.
    """
    found = [finding for access, row in rows for finding in _of_row(access, row)]
    found += [finding for client, told in clients for finding in _of_credentials(client, told, thresholds)]
    if whole:
        found += _unused([access for access, dummy in rows], [client for client, dummy in clients], apis)
    return found


def _of_row(access: Access, row: t.Mapping[str, t.Any]) -> t.Iterator[Finding]:
    about = {"client": access.name, "client_id": access.client_id, "audience": access.audience}
    verdict = row.get("verification") or {}
    if verdict.get("result") == FAILED:
        yield _finding("not_working", "%s: %s" % (access.label, verdict["note"]), **about)
    if access.declared and access.grant is None:
        yield _finding("missing_grant", "%s: declared, and not in the tenant" % access.label, **about)
    if access.declared is False:
        yield _finding("undeclared_grant", "%s: in the tenant, and not declared" % access.label, **about)
    if access.grant is not None and access.api is None:
        yield _finding("missing_api", "%s: the tenant has no such API" % access.label, **about)
    elif access.undefined:
        scopes = named(access.undefined)
        message = "%s: the API has no scope %s" % (access.label, scopes)
        yield _finding("undefined_scope", message, **about, scope=list(access.undefined))


def _of_credentials(client: Object, told: t.Mapping[str, t.Any], thresholds: Thresholds) -> t.Iterator[Finding]:
    name = str(client.get("name") or client["client_id"])
    about = {"client": name, "client_id": client["client_id"]}
    least, most = thresholds.min_key_days, thresholds.max_secret_age
    if least is not None and told["keys"] is None:
        yield _finding("unreadable_keys", "%s: %s" % (name, UNREADABLE_KEYS), **about)
    for key in told["keys"] or ():
        left = key["days_left"]
        if least is not None and left is not None and left < least:
            words = "ends in %s" % (_days(left) if left else "less than a day") if left >= 0 else "has ended"
            label = key["name"] or key["fingerprint"]
            yield _finding("ending_key", "%s: the key %s %s" % (name, label, words), **about, days=left)
    age = told["secret_age_days"]
    if most is None or not by_secret(told["authentication"]):
        return
    if age is None and told["authentication"] is not None:
        yield _finding("unknown_secret_age", "%s: nothing says when its secret was last rotated" % name, **about)
    elif age is not None and age > most:
        yield _finding("old_secret", "%s: its secret is %s old" % (name, _days(age)), **about, days=age)


def _days(number: int) -> str:
    return "1 day" if number == 1 else "%d days" % number


def _unused(grants: t.Sequence[Access], clients: t.Sequence[Object], apis: t.Sequence[Object]) -> t.Iterator[Finding]:
    used: dict[str, set[str]] = collections.defaultdict(set)
    for access in grants:
        used[access.audience].update(access.granted)
    for api in apis:
        identifier = str(api["identifier"])
        unused = [scope for scope in defined_by(api) if scope not in used[identifier]]
        if unused and not api.get("is_system"):
            message = "%s: no grant holds the scope %s" % (identifier, named(unused))
            yield _finding("unused_scope", message, audience=identifier, scope=unused)
    granted = {access.client_id for access in grants if access.grant is not None}
    for client in clients:
        if client["client_id"] not in granted and "client_credentials" in (client.get("grant_types") or ()):
            name = str(client.get("name") or client["client_id"])
            message = "%s: can get tokens by client credentials, but has no grant for any API" % name
            yield _finding("client_without_grant", message, client=name, client_id=client["client_id"])


def _finding(code: str, message: str, **about: t.Any) -> Finding:
    """What is said, in a sentence and for programs."""
    nothing: Finding = {"client": None, "client_id": None, "audience": None, "scope": [], "days": None}
    return {"code": code, "message": message, **nothing, **about}
