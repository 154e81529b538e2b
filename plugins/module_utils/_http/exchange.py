# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""One request and what may come of it: its answer, or the failure that says what became of it.

A failure names method, path and status, and of the answer only Auth0's own error fields: never headers, never a body
that was sent.
"""

from __future__ import annotations

import dataclasses
import json
import re
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._errors import (
    ApiError,
    OutcomeUnknown,
    Unreachable,
    duration,
)

from .answers import decoded, displayable
from .causes import at_a_proxy, no_such_host, reason
from .limits import seconds_to_reset

#: The longest wait for a rate limit to reset, in seconds; Auth0's buckets refill within a minute.
LONGEST_WAIT = 60.0

_READS = ("GET", "HEAD")
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,99}")
_WORDS = re.compile(r"[A-Z][A-Za-z]*( [A-Z][A-Za-z]*){1,4}")


@dataclasses.dataclass(frozen=True)
class Answer:
    """What came back, in full. content: the body, decompressed."""

    status: int
    headers: t.Mapping[str, str]
    content: bytes


class Throttled(ApiError):
    """Refused by a rate limit or a quota.

    resets_in: seconds until more is allowed, where the answer says so. wait: seconds after which to send the request
    again; None when that would be too long to wait for.
    """

    resets_in: float | None = None
    wait: float | None = None


@dataclasses.dataclass(frozen=True)
class Exchange:
    """A request, as far as its failures need to know it.

    url: the tenant's. path: below it, without a query. harmless: it changes nothing, as no GET does.
    hidden: what no failure shows, though the server may repeat it, each with what is shown in its place.
    """

    url: str
    method: str
    path: str
    harmless: bool = False
    hidden: t.Mapping[str, str] = dataclasses.field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "harmless", self.harmless or self.method in _READS)

    def read(self, answer: Answer, now: float, jitter: t.Callable[[], float]) -> t.Any:
        """The decoded JSON of an answer that is a success, None for an empty one.

        now: epoch seconds. jitter: a random number from 0 to 1.
        Raises ApiError for a refusal, of which Throttled is one, Unreachable and OutcomeUnknown for anything else.
        """
        status = answer.status
        if status == 204 or (status < 300 and not answer.content):
            return None
        try:
            content = decoded(answer.content)
        except ValueError:
            if status == 429:  # by something in front of Auth0, which sets the same headers
                raise self._throttled(answer.headers, "too_many_requests", None, now, jitter) from None
            raise self._no_json(answer) from None
        if status < 300:
            return content
        fields = content if isinstance(content, dict) else {}
        words = fields.get("message") or fields.get("error_description")
        said = self._quoted(words, 500) if words else None
        code = self._code(fields, status)
        if status == 429:
            raise self._throttled(answer.headers, code, said, now, jitter)
        if status >= 500:
            raise self._broken(status, code, said)
        raise ApiError(
            "%s was refused (%d): %s" % (self._request, status, said or code),
            code,
            self.method,
            self.path,
            status,
            said,
        )

    @property
    def _request(self) -> str:
        return "%s %s" % (self.method, self.path)

    def untrusted(self, why: object, check: str) -> Unreachable:
        """There is no TLS connection that can be trusted, so nothing was sent."""
        return self._unreachable("%s: no trusted TLS connection (%s). %s" % (self.url, why, check), "tls")

    def unusable_proxy(self) -> Unreachable:
        """The environment names a proxy by an address that is none; what was wrong may hold part of its password."""
        return self._unreachable(
            "%s: the request could not be sent, because the address of a proxy is not usable. Check HTTPS_PROXY "
            "and ALL_PROXY in the environment; special characters in a password must be percent-encoded, and "
            "SOCKS needs the Python package PySocks." % self.url,
            "bad_proxy",
        )

    def not_sent(self, error: Exception) -> Unreachable:
        """No connection stood, so nothing was sent."""
        proxy = at_a_proxy(error)
        if no_such_host(error) and not proxy:
            # The resolver is certain, so the domain is probably mistyped: trying again would only delay the message.
            return self._unreachable(
                "There is no host %s. Check the spelling of auth0_domain." % self.url.split("://")[1], "no_such_host"
            )
        through, check = (" through the proxy that the environment names", "HTTPS_PROXY") if proxy else ("", "")
        return self._unreachable(
            "%s cannot be reached%s (%s). Check %s and the network."
            % (self.url, through, reason(error), check or "auth0_domain"),
            "unreachable",
            retryable=True,
        )

    def lost(self, error: Exception) -> Unreachable | OutcomeUnknown:
        """It was sent, and no answer came back."""
        if self.harmless:
            return self._unreachable(
                "%s does not answer %s (%s). Try again later, or raise auth0_timeout."
                % (self.url, self._request, reason(error)),
                "no_answer",
                retryable=True,
            )
        return self._unknown(
            "%s was sent, but its answer was lost (%s)" % (self._request, reason(error)), "outcome_unknown"
        )

    def too_large(self, most: int) -> Unreachable | OutcomeUnknown:
        """Its answer has more bytes than any of Auth0's."""
        size = "more than %d MiB" % (most // 2**20)
        if self.harmless:
            return self._unreachable(
                "%s answered %s with %s, as Auth0 never does. Is auth0_domain really an Auth0 tenant, with no proxy in "
                "between?" % (self.url, self._request, size),
                "too_large",
            )
        return self._unknown("%s was answered with %s" % (self._request, size), "too_large", retryable=False)

    def _broken(self, status: int, code: str, said: str | None) -> Unreachable | OutcomeUnknown:
        if self.harmless:
            return self._unreachable(
                "%s answers %s with the server error %d. Try again later." % (self.url, self._request, status),
                code,
                status,
                said,
                retryable=True,
            )
        return self._unknown("%s was answered with the server error %d" % (self._request, status), code, status, said)

    def _no_json(self, answer: Answer) -> Unreachable | OutcomeUnknown:
        status = answer.status
        kind = self._quoted(answer.headers.get("Content-Type", "no content type").split(";")[0], 100)
        done_or_broken = status < 300 or status >= 500
        if not self.harmless and done_or_broken:
            return self._unknown(
                "%s was answered with something that is not JSON (%d, %s)" % (self._request, status, kind),
                "not_json",
                status,
            )
        return self._unreachable(
            "%s answered %s with something that is not JSON (%d, %s). Is auth0_domain really an Auth0 tenant, with no "
            "proxy in between?" % (self.url, self._request, status, kind),
            "not_json",
            status,
            retryable=done_or_broken,
        )

    def _throttled(
        self,
        headers: t.Mapping[str, str],
        code: str,
        said: str | None,
        now: float,
        jitter: t.Callable[[], float],
    ) -> Throttled:
        resets_in = seconds_to_reset(headers, now)
        far = resets_in is not None and resets_in > LONGEST_WAIT
        error = Throttled(
            "%s was refused because of the tenant's rate limit (429): %s. Everything that calls this tenant shares it; "
            "%s."
            % (
                self._request,
                said or code,
                "try again in %s" % duration(resets_in or 0) if far else "run with fewer forks, or raise auth0_retries",
            ),
            code,
            self.method,
            self.path,
            429,
            said,
            retryable=True,
        )
        error.resets_in = resets_in
        error.wait = None if far else max(1.0 if resets_in is None else resets_in, 0.2) * (1 + 0.2 * jitter())
        return error

    def _unreachable(
        self, message: str, code: str, status: int | None = None, said: str | None = None, retryable: bool = False
    ) -> Unreachable:
        return Unreachable(message, code, self.method, self.path, status, said, retryable)

    def _unknown(
        self, message: str, code: str, status: int | None = None, said: str | None = None, retryable: bool = True
    ) -> OutcomeUnknown:
        return OutcomeUnknown(message, code, self.method, self.path, status, said, retryable)

    def _code(self, fields: t.Mapping[str, t.Any], status: int) -> str:
        """Auth0's errorCode or OAuth's error, if it is a word or a few (``Bad Request``); otherwise the status."""
        for name in ("errorCode", "error"):
            code = fields.get(name)
            if isinstance(code, str) and _WORDS.fullmatch(code):
                code = code.lower().replace(" ", "_")
            if isinstance(code, str) and _CODE.fullmatch(code) and self._quoted(code, 100) == code:
                return code
        return "http_%d" % status

    def _quoted(self, words: object, longest: int) -> str:
        """What the server says, with what stands for each string that must not be shown, if it repeats one.

        It is shortened at a space: Ansible would not recognise, and mask, half of a secret that a task gave.
        """
        text = str(words)
        for secret in sorted(filter(None, self.hidden), key=len, reverse=True):
            # Words of another shape than a string are written as Python does.
            for written in (secret, json.dumps(secret)[1:-1], repr(secret)[1:-1]):
                text = text.replace(written, self.hidden[secret])
        text = displayable(text)
        return text if len(text) <= longest else text[:longest].rpartition(" ")[0] + "..."
