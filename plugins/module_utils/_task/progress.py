# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""How far a task has come: what a failure has to tell beside its reason, since what was written stays written."""

from __future__ import annotations

import dataclasses
import typing as t


@dataclasses.dataclass
class Progress:
    """The steps of a task, in words.

    done: those that changed the tenant, in order. remaining: those that are still to be taken, as far as it is known.
    repeat: how to have the rest done, and what comes of that.
    """

    done: list[str] = dataclasses.field(default_factory=list)
    remaining: list[str] = dataclasses.field(default_factory=list)
    repeat: str = "run the task again: it does only what is left"

    @property
    def changed(self) -> bool:
        """Whether the tenant was changed, as far as it is known."""
        return bool(self.done)

    def did(self, steps: t.Sequence[str]) -> None:
        """The next of the remaining steps were taken, and had an effect."""
        self.done.extend(steps)
        self.skipped(steps)

    def skipped(self, steps: t.Sequence[str]) -> None:
        """The next of the remaining steps need not be taken any more."""
        del self.remaining[: len(steps)]

    @property
    def report(self) -> str:
        """What to add to the reason of a failure; nothing where nothing was done."""
        if not self.done:
            return ""
        left = " Left to do: %s." % ", ".join(self.remaining) if self.remaining else ""
        return " Done before: %s.%s Once the cause is removed, %s." % (
            ", ".join(self.done),
            left,
            self.repeat,
        )
