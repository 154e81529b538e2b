# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One tenant: its objects, its keys, its time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from . import identifiers
from .clock import WALL, Clock
from .custom_claims import CustomClaims
from .keys import KeyMaker, KeyRing, new_private_key
from .store import Keys, Store, Thing
from .token_quotas import TokenQuotas


@dataclass(frozen=True)
class Credentials:
    """What a client authenticates with."""

    client_id: str
    client_secret: str


@dataclass(frozen=True)
class Choices:
    """What a tenant does where Auth0's own tenants differ, or where nobody has published what they do.

    lag: seconds until what was created can be read, and until a new secret is accepted. narrow_scopes: whether a token
    has only the scopes that were asked for. grant_totals: what ``total`` counts in lists of client grants, "all" or the
    "page". stored_credentials: how many a client may have.
    """

    lag: float = 0
    narrow_scopes: bool = False
    grant_totals: Literal["all", "page"] = "all"
    stored_credentials: int = 4


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
        choices: Choices | None = None,
    ) -> None:
        self.name = name
        self.clock = clock
        self.choices = choices or Choices()
        self.keys = KeyRing(f"{name}.emulated.auth0.invalid", clock, make_key)
        self.credentials = credentials or Credentials(identifiers.client_id(), identifiers.client_secret())
        self.used_assertions = UsedOnce(clock)
        self.token_quotas = TokenQuotas(clock)
        self.custom_claims = CustomClaims()
        self.custom_signing_keys: list[dict[str, Any]] | None = None
        self._stores = {kind: Store(keys, clock) for kind, keys in kinds.items()}

    def store(self, kind: str) -> Store:
        """The objects of one kind, by its name."""
        return self._stores[kind]

    def is_readable(self, kind: str, thing: Thing) -> bool:
        """Whether reads show an object already, or still lag behind its creation."""
        return not self.choices.lag or self.store(kind).age(thing) >= self.choices.lag
