# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One tenant: its objects, its keys, its time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from . import identifiers
from .clock import WALL, Clock
from .keys import KeyMaker, KeyRing, new_private_key
from .store import Keys, Store
from .token_quotas import TokenQuotas


@dataclass(frozen=True)
class Credentials:
    """What a client authenticates with."""

    client_id: str
    client_secret: str


class UsedOnce:
    """Names that may be used once, remembered until they expire."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._expiries: dict[str, float] = {}

    def take(self, name: str, expires: float) -> bool:
        """Whether this is the first use."""
        now = self._clock()
        self._expiries = {one: moment for one, moment in self._expiries.items() if moment > now}
        return self._expiries.setdefault(name, expires) is expires


class Tenant:
    """The state of one tenant.

    kinds: the names of its kinds of objects, each with the keys of its store. credentials: those of the client that may
    do everything; made up where there are none. clock: its time. make_key: makes the keys that it signs with.
    """

    def __init__(
        self,
        name: str,
        kinds: Mapping[str, Keys],
        credentials: Credentials | None = None,
        clock: Clock = WALL,
        make_key: KeyMaker = new_private_key,
    ) -> None:
        self.name = name
        self.clock = clock
        self.keys = KeyRing(f"{name}.emulated.auth0.invalid", clock, make_key)
        self.credentials = credentials or Credentials(identifiers.client_id(), identifiers.client_secret())
        self.used_assertions = UsedOnce(clock)
        self.token_quotas = TokenQuotas(clock)
        self._stores = {kind: Store(keys, clock) for kind, keys in kinds.items()}

    def store(self, kind: str) -> Store:
        """The objects of one kind, by its name."""
        return self._stores[kind]
