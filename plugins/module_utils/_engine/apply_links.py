# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Links: what an object has of them, and what adds and removes them in the tenant."""

from __future__ import annotations

import time
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._errors import ApiError, OutcomeUnknown
from ansible_collections.community.auth0.plugins.module_utils._kinds.link import Message
from ansible_collections.community.auth0.plugins.module_utils._task.progress import Progress

from .links import DesiredLinks, LinkChange, by_name
from .management import ManagementClient
from .references import Object, Reference
from .settling import ATTEMPTS, SETTLE, settled, undecided


def current_links(
    tenant: ManagementClient, desired: DesiredLinks, owner_id: str, items: t.Sequence[Object]
) -> t.Sequence[Object] | None:
    """The links that an object has, at least those of the items; None where there is no such object."""
    link = desired.link
    if desired.purge or not link.query:
        return tenant.links(link, owner_id)
    known = [item for item in items if not any(isinstance(value, Reference) for value in item.values())]
    if not known:
        return ()  # what does not exist yet is linked to nothing, and without a filter all would come
    query = {parameter: [item[name] for item in known] for name, parameter in link.query.items()}
    return tenant.links(link, owner_id, query)


class LinkApplier:
    """Sends what a change of an object's links needs. progress: what has been done so far."""

    def __init__(
        self,
        tenant: ManagementClient,
        progress: Progress,
        sleep: t.Callable[[float], None] = time.sleep,
    ) -> None:
        self._tenant = tenant
        self._progress = progress
        self._sleep = sleep

    def apply(self, change: LinkChange, owner_id: str) -> None:
        """Send a change. Raises Auth0Error where something fails; what follows is not sent then."""
        self._progress.remaining = list(change.steps)
        for message in change.messages:
            self._send(change.desired, owner_id, message)

    def _send(self, desired: DesiredLinks, owner_id: str, message: Message) -> None:
        link = desired.link
        adds = message.method == "POST"
        left: list[Object] = list(message.links)
        lost: list[OutcomeUnknown] = []

        def not_yet() -> list[Object]:
            """The links of the message that are not as it would make them."""
            held = by_name(link, current_links(self._tenant, desired, owner_id, message.links) or ())
            return [one for name, one in by_name(link, message.links).items() if (name in held) is not adds]

        def not_even_later() -> list[Object]:
            """The same, with pauses where it must be there, and reads may lag behind."""
            for dummy in range(ATTEMPTS - 1 if lost else 0):
                if not not_yet():
                    return []
                self._sleep(SETTLE)
            return not_yet()

        def send(attempt: int) -> bool:
            """Whether it was this task that did it."""
            for again in (
                (link.sending.added(left) if adds else link.sending.removed(left)) if attempt > 1 else (message,)
            ):
                try:
                    self._tenant.change_links(link, owner_id, again, desired.label)
                except OutcomeUnknown as error:
                    lost.append(error)
                    raise
                except ApiError as error:
                    # Auth0 says 409 to what is there already as well as to what there is no room for.
                    if error.status != 409:
                        raise
                    if not_even_later():
                        if lost:
                            raise undecided(
                                lost[-1], "another attempt was refused (409), and it was not found"
                            ) from None
                        raise
                    return attempt > 1
            return True

        def look() -> list[Object]:
            found = not_yet()
            self._note(desired, message, len(left) - len(found), len(found))
            left[:] = found
            return found

        done = settled(send, look, lambda found: not found, self._sleep)
        if done.answer is not None:
            step = [desired.step(adds, len(left))]
            if done.answer:
                self._progress.did(step)
            else:
                self._progress.skipped(step)

    def _note(self, desired: DesiredLinks, message: Message, done: int, left: int) -> None:
        """So many links of the message are as it makes them by now, and so many are not."""
        adds = message.method == "POST"
        self._progress.remaining[:1] = [desired.step(adds, number) for number in (done, left) if number]
        if done:
            self._progress.did(self._progress.remaining[:1])
