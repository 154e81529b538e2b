# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Objects of one identity that several runs create at the same time, where the server does not keep it unique.

Each run looks again once it has created its object. Where it finds others, all runs but one remove what they themselves
have made. No run ever removes what it did not make itself.
"""

from __future__ import annotations

import random
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._errors import Ambiguous
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind

from .changes import Desired
from .management import ManagementClient
from .references import Object
from .removing import remove

#: How often a run looks whether the others are gone, and the seconds between two looks: together longer than a run
#: needs to remove what it has made.
LOOKS = 4
PAUSE = 1.0


class Twins:
    """What to do about objects of the same identity.

    sleep, jitter: the clock (seconds), and a random number from 0 to 1.
    """

    def __init__(
        self,
        tenant: ManagementClient,
        kind: Kind,
        desired: Desired,
        sleep: t.Callable[[float], None],
        jitter: t.Callable[[], float] = random.random,
    ) -> None:
        self._tenant = tenant
        self._kind = kind
        self._desired = desired
        self._sleep = sleep
        self._jitter = jitter

    def settle(self, item: Object) -> Object | None:
        """Let one object stay, where others were created at the same time as this one.

        Returns the one that stays instead, whole; None where it is this one. Raises Ambiguous where several stay that
        others have made, and what the requests raise.
        """
        own = self._kind.id_of(item)
        for look in range(LOOKS):
            others = self._others(own)
            if not others:
                return None
            if min(others) < own:
                break  # the one with the lowest id stays, if its run sees ours as well
            if look + 1 < LOOKS:
                # Theirs goes if their run has seen ours; if it stays, their run was over before ours began.
                self._sleep(PAUSE * (1 + self._jitter()))
        remove(self._tenant, self._kind, own, self._desired.label, self._sleep)
        for look in range(LOOKS):
            others = self._others(own)
            if len(others) == 1:
                return self._tenant.get(self._kind, others[0])
            if look + 1 < LOOKS:
                self._sleep(PAUSE * (1 + self._jitter()))
        raise Ambiguous(
            "%s: at the same time others have created %d of that name. What this task made was removed. Run it again."
            % (self._desired.label, len(others))
        )

    def _others(self, own: str) -> list[str]:
        """The ids of the other objects of that identity, sorted."""
        rows = self._tenant.all_of(self._kind, self._desired.identity)
        return sorted(self._kind.id_of(row) for row in rows if self._kind.id_of(row) != own)
