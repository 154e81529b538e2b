# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.
"""Calls of APIs that a task asks for: which may be made, and what an answer means. Pure."""

from __future__ import annotations

import dataclasses
import re
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._tokens.profile import scopes_in

from .subjects import Access
from .verdicts import SKIPPED, Verdict

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
#: Those that change nothing (RFC 9110), and so may be sent in check mode.
_SAFE = ("GET", "HEAD", "OPTIONS")
_URL = re.compile(
    r"(?P<base>https://[^\s/?#@]+|http://(?:localhost|127(?:\.[0-9]{1,3}){3}|\[::1\])(?::[0-9]+)?)(?P<path>(?:[/?#]\S*)?)"
)
_ERROR = re.compile(r'\berror="([a-z_]{1,50})"')


@dataclasses.dataclass(frozen=True)
class Call:
    """A call of an API. scope: the only ones that its token may have; None for all that are granted."""

    audience: str
    url: str
    method: str
    status: int
    client_name: str | None = None
    client_id: str | None = None
    scope: tuple[str, ...] | None = None
    ca_path: str | None = None

    @property
    def client(self) -> str:
        """What the user calls the client."""
        return str(self.client_name or self.client_id)

    @property
    def label(self) -> str:
        return "%s %s" % (self.method, self.url)

    @property
    def parts(self) -> tuple[str, str]:
        """Scheme and host of the URL, and what follows."""
        found = _URL.fullmatch(self.url)
        return (found["base"], found["path"]) if found else ("", "")


@dataclasses.dataclass(frozen=True)
class Answered:
    """What came of a call. challenge: of the answer, as RFC 6750 has it. problem: why there is none, in words."""

    status: int | None = None
    challenge: str = ""
    problem: str = ""


def call_of(params: t.Mapping[str, t.Any]) -> Call:
    """What an entry of the option asks for."""
    scope = params["scope"]
    names = ("audience", "url", "method", "status", "client_name", "client_id", "ca_path")
    # What holds nothing stays, to be refused.
    scopes = None if scope is None else tuple(scopes_in(scope) if all(one.strip() for one in scope) else scope)
    return Call(**{name: params[name] for name in names}, scope=scopes)


def mistakes_in(calls: t.Sequence[Call]) -> t.Iterator[tuple[str, str]]:
    """What is wrong with calls, each with its place."""
    for position, call in enumerate(calls):
        where = "calls[%d]" % position
        if not _URL.fullmatch(call.url):
            # The URL is not shown: what stands before an @ may be a password.
            yield (
                where,
                "url must begin with https:// and a host without a password; http:// would show the token to others, "
                "so it is for a loopback address only.",
            )
        if not call.audience:
            yield where, "audience is missing."
        if not 100 <= call.status <= 599:
            yield where, "status must be the status of an HTTP answer, such as 403."
        if call.scope is not None and not (call.scope and all(scope.strip() for scope in call.scope)):
            yield (
                where,
                "scope is empty, or holds an empty item; leave it out to call with all scopes of the grant.",
            )


def not_called(call: Call, verdict: Verdict, check_mode: bool) -> str | None:
    """Why a call is not made; None where it is."""
    if verdict.token is None:
        return "not called: %s" % verdict.note if verdict.result == SKIPPED else "NO TOKEN, see below"
    if call.scope is not None and set(verdict.scope) - set(call.scope):
        # Auth0 gives all scopes of a grant, also when a subset is asked for (documented): the call would do more.
        return "NOT CALLED, see below"
    return "not called with --check" if check_mode and call.method not in _SAFE else None


def row_of_call(
    call: Call, access: Access, verdict: Verdict, refusal: str | None, answered: Answered | None
) -> dict[str, t.Any]:
    """The row of a call. refusal: why it was not made. answered: what came of it."""
    answer, problem = (refusal or "", "")
    if answered is not None:
        answer, problem = _told(call, answered)
    return {
        "client": call.client,
        "client_id": access.client_id,
        "audience": call.audience,
        "call": call.label,
        "scope": list(verdict.scope),
        "status": None if answered is None else answered.status,
        "expected": call.status,
        "answer": answer,
        "problem": "%s -> %s: %s" % (call.client, call.label, problem) if problem else "",
    }


def _told(call: Call, answered: Answered) -> tuple[str, str]:
    """An answer, and what is wrong with it."""
    if answered.status is None:
        return "NO ANSWER, see below", "no answer: %s" % answered.problem
    error = _ERROR.search(answered.challenge)
    words = " ".join([str(answered.status), *([error[1]] if error else [])])
    if answered.status == call.status:
        return words, ""
    return "%s, NOT %d" % (words, call.status), "the API answers %s, not %d" % (words, call.status)
