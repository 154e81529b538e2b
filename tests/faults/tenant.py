# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A tenant that one write fails in, whose reads lag behind or fail from then on, and that can be put back."""

from __future__ import annotations

import contextlib
import copy
import enum
import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import requests
from ansible_collections.community.auth0.tests.harness.in_process import (
    BEGINNING,
    DROPPED_BEFORE,
    Fault,
    InProcessTenant,
    Raw,
    Request,
)
from auth0_emulator.state.tenant import Choices

#: Seconds for which reads lag behind, where they do so for a while: shorter than the product waits in all.
LAG = 3.0


class Reads(enum.Enum):
    """What becomes of the reads after the write that fails."""

    FRESH = "reads as ever"
    LATE = "reads that lag behind for some seconds"
    STALE = "reads that stay as they were"
    FAILING = "reads that fail, too"


class Memory(NamedTuple):
    """What a tenant holds at a moment."""

    stores: Any
    keys: Any


class Killed(BaseException):
    """The end of a process, as by a signal: nothing of the collection can catch it."""


class FaultyTenant(InProcessTenant):
    """A tenant to which one fault happens, at its n-th write. choices: where it differs from others, as in its lag."""

    def __init__(self, choices: Choices | None = None) -> None:
        super().__init__(choices=choices or Choices())
        self._strike: tuple[Fault, int, float] | None = None
        self._reads = Reads.FRESH
        self._number = 0
        self._old: Memory | None = None
        self._old_until = -math.inf
        self.struck = 0
        self.dead = False
        #: What becomes of each answer, the number of which comes first; None for nothing.
        self.bent: Callable[[int, Raw], Raw] | None = None
        self._answers = 0

    def kill(self, number: int, performed: bool) -> None:
        """Let the process end at the write of that number, from 0 on. performed: the write arrives."""

        def end(dummy_request: Request, dummy_answer: Raw) -> Raw:
            self.dead = True
            raise Killed

        self.strike(Fault("killed", performed, end), number, 1, Reads.FRESH)

    def bend(self, bent: Callable[[int, Raw], Raw]) -> None:
        """Let this become of each answer from now on."""
        self.bent, self._answers = bent, 0

    def strike(self, fault: Fault, number: int, times: float, reads: Reads) -> None:
        """Let a fault happen to the write of that number, from 0 on, and to those that follow it, ``times`` in all."""
        self._strike, self._reads = (fault, number, times), reads
        self._number = self.struck = 0

    def heal(self) -> None:
        """Let everything go well from now on."""
        super().heal()
        self._strike, self._reads, self._old, self._old_until = None, Reads.FRESH, None, -math.inf
        self.dead, self.bent = False, None

    # what it holds

    def remember(self) -> Memory:
        """What it holds now."""
        tenant = self.site.tenant
        dummy = tenant.keys.published  # all are made when they are first looked at
        keys = copy.copy(tenant.keys)
        for name in ("_current", "_next", "previous"):
            setattr(keys, name, copy.copy(getattr(keys, name)))
        keys._revoked = [copy.copy(one) for one in keys._revoked]
        # The system's own API is large, and nobody changes it.
        large = [one for one in tenant._stores["resource_server"] if one.get("is_system")]
        alike = {id(one): one for one in (tenant.clock, *large)}
        return Memory(copy.deepcopy(tenant._stores, alike), keys)

    def restore(self, memory: Memory) -> None:
        """Hold that again, at the beginning of its time."""
        self.heal()
        self.forget()
        self.clock.now = BEGINNING + 1000
        self._hold(memory)
        self._hold(self.remember())

    def _hold(self, memory: Memory) -> None:
        self.site.tenant._stores, self.site.tenant.keys = memory.stores, memory.keys

    @property
    def things(self) -> Mapping[str, list[dict[str, Any]]]:
        """All that it holds, by kind."""
        held = {kind: list(store) for kind, store in self.site.tenant._stores.items()}
        keys = self.site.tenant.keys
        held["signing_key"] = [
            {"kid": key.kid, "role": role}
            for role, some in (("current", [keys.current]), ("next", [keys.next]), ("previous", [keys.previous]))
            for key in some
            if key is not None
        ] + [{"kid": key.kid, "role": "revoked"} for key in keys._revoked]
        return held

    # the way of a request

    def send(self, request: Request, **options: Any) -> requests.Response:
        if self.dead:
            raise Killed
        path = str(request.path_url)
        if request.method == "GET" or path.startswith("/oauth/"):
            if request.method == "GET" and self._reads is Reads.FAILING and self.struck:
                self.fail(DROPPED_BEFORE, "GET", "")
            return super().send(request, **options)
        number, self._number = self._number, self._number + 1
        if self._strike:
            fault, first, times = self._strike
            if first <= number < first + times:
                if not self.struck and self._reads in (Reads.LATE, Reads.STALE):
                    self._old = self.remember()
                    self._old_until = self.clock.now + (LAG if self._reads is Reads.LATE else math.inf)
                self.struck += 1
                self.fail(fault, str(request.method), "")
        return super().send(request, **options)

    def _perform(self, method: str, path: str, query: str, headers: Mapping[str, str], raw: bytes) -> Raw:
        answer = self._perform_in_time(method, path, query, headers, raw)
        if self.bent is None:
            return answer
        number, self._answers = self._answers, self._answers + 1
        return self.bent(number, answer)

    def _perform_in_time(self, method: str, path: str, query: str, headers: Mapping[str, str], raw: bytes) -> Raw:
        if method == "GET" and self._old is not None and self.clock.now < self._old_until:
            with self._as_it_was(self._old):
                return super()._perform(method, path, query, headers, raw)
        return super()._perform(method, path, query, headers, raw)

    @contextlib.contextmanager
    def _as_it_was(self, memory: Memory) -> Iterator[None]:
        now = Memory(self.site.tenant._stores, self.site.tenant.keys)
        self._hold(memory)
        try:
            yield
        finally:
            self._hold(now)
