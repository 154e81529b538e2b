# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""What is known of a token → whether the access works, and how that is known or why it is not. Pure."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._tokens.quota import Quota

from .subjects import Access, by_secret

#: Of a verdict: the token is what the API accepts; it is not, or there is none; nobody but the API can tell.
VERIFIED, FAILED, SKIPPED = "verified", "failed", "skipped"
UNREADABLE_SECRET = (
    "the client's secret cannot be read: the token for the Management API needs the scope read:client_keys"
)


@dataclasses.dataclass(frozen=True)
class Verdict:
    """Whether access works.

    result: one of the three words above. note: how that is known, or why it is not. scope: of the token, sorted.
    expires_in: seconds. quota: tokens that are left. token: for the calls; never shown.
    """

    result: str
    note: str
    scope: tuple[str, ...] = ()
    expires_in: int | None = None
    quota: Quota = dataclasses.field(default_factory=dict)
    token: str | None = dataclasses.field(default=None, repr=False)

    def shown(self) -> dict[str, t.Any]:
        """As a row holds it."""
        return {
            "result": self.result,
            "note": self.note,
            "scope": list(self.scope),
            "expires_in": self.expires_in,
        }


def before_asking(access: Access, key_given: bool) -> Verdict | None:
    """Why no token is asked for; None where one is. key_given: whether the task has the client's private key."""
    if access.default_for is not None:
        return Verdict(SKIPPED, "a grant for all clients of a sort, not for one that could get a token")
    if access.subject_type == "user":
        return Verdict(SKIPPED, "a grant for users, who sign in")
    if access.subject_type != "client":
        return Verdict(SKIPPED, "a grant for users who have not signed in")
    if access.client is None:
        return Verdict(FAILED, access.trouble or "there is no such client in this tenant: create it first")
    if access.organization_usage == "require" and access.organization is None:
        return Verdict(SKIPPED, "tokens are for one organization only, and the client has no default organization")
    refusal = _without_proof(access, key_given)
    if refusal is None and access.api is None:
        return Verdict(FAILED, "there is no such API in this tenant: create it first")
    return refusal


def _without_proof(access: Access, key_given: bool) -> Verdict | None:
    """Why the client cannot prove here who it is."""
    method = access.authentication
    if method == "none":
        return Verdict(SKIPPED, "the client does not authenticate")
    if not by_secret(method):
        if method == "private_key_jwt" and key_given:
            return None
        return Verdict(SKIPPED, "the client authenticates with %s, not with a secret" % method)
    if key_given:
        return Verdict(FAILED, "a private key is given, but the client authenticates with a secret")
    if not (access.client or {}).get("client_secret"):
        return Verdict(FAILED, UNREADABLE_SECRET)
    return None


def of_accepted(access: Access, scope: t.Iterable[str], algorithm: str, verdict: Verdict) -> Verdict:
    """The verdict on a token that has the right form. scope: that it claims. verdict: with what else is known."""
    held = tuple(sorted(scope))
    wanted = access.wanted
    difference = wanted.difference(held) if wanted else None
    if difference:
        return dataclasses.replace(verdict, result=FAILED, note=difference, scope=held)
    key = "the API's secret" if algorithm.startswith("HS") else "the tenant's key"
    whose = ", for the organization %s" % access.organization if access.organization else ""
    return dataclasses.replace(verdict, result=VERIFIED, note="%s, %s%s" % (algorithm, key, whose), scope=held)


def of_encrypted(access: Access, verdict: Verdict) -> Verdict:
    """The verdict on a token that only the API can read, by the scopes that Auth0 says it has."""
    wanted = access.wanted
    difference = wanted.difference(verdict.scope) if wanted else None
    if difference:
        return dataclasses.replace(verdict, result=FAILED, note=difference)
    note = "the token is encrypted (token_encryption), and only the API has the key"
    return dataclasses.replace(verdict, result=SKIPPED, note=note)
