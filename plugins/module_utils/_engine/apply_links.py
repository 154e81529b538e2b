# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Links: what an object has of them, and what adds, changes and removes them in the tenant."""

from __future__ import annotations

import time
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._errors import ApiError, OutcomeUnknown
from ansible_collections.community.auth0.plugins.module_utils._kinds.link import Link, Message
from ansible_collections.community.auth0.plugins.module_utils._task.progress import Progress

from .links import DesiredLinks, LinkChange, by_name, payload_of
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
        left: list[Object] = list(message.links)
        lost: list[OutcomeUnknown] = []
        held: dict[t.Any, Object] = {}

        def not_yet() -> list[Object]:
            """The links of the message that are not as it would make them."""
            held.clear()
            held.update(by_name(link, current_links(self._tenant, desired, owner_id, message.links) or ()))
            return [
                one
                for name, one in by_name(link, message.links).items()
                if not _is_made(link, message, one, held.get(name))
            ]

        def not_even_later() -> list[Object]:
            """The same, with pauses where it must be there, and reads may lag behind."""
            for dummy in range(ATTEMPTS - 1 if lost else 0):
                if not not_yet():
                    return []
                self._sleep(SETTLE)
            return not_yet()

        def deliver(messages: t.Sequence[Message]) -> None:
            for one in messages:
                try:
                    self._tenant.change_links(link, owner_id, one, desired.label)
                except OutcomeUnknown as error:
                    lost.append(error)
                    raise

        def send(attempt: int) -> bool:
            """Whether it was this task that did it."""
            try:
                deliver((message,) if attempt == 1 else _again(link, message, left, held))
            except ApiError as error:
                # Auth0 says 409 to what is there already as well as to what there is no room for.
                if error.status != 409:
                    raise
                lacking = not_even_later()
                if not lacking:
                    return attempt > 1
                none = len(lacking) == len(message.links) and not any(name in held for name in by_name(link, lacking))
                if none or message.method != "POST":
                    if lost:
                        raise undecided(lost[-1], "another attempt was refused (409), and it was not found") from None
                    raise
                # Somebody else added some meanwhile, for which all were refused.
                left[:] = lacking
                deliver(_again(link, message, left, held))
            return True

        def look() -> list[Object]:
            found = not_yet()
            self._note(desired, message, len(left) - len(found), len(found))
            left[:] = found
            return found

        done = settled(send, look, lambda found: not found, self._sleep)
        if done.answer is not None:
            step = [desired.step(message.method, len(left))]
            if done.answer:
                self._progress.did(step)
            else:
                self._progress.skipped(step)

    def _note(self, desired: DesiredLinks, message: Message, done: int, left: int) -> None:
        """So many links of the message are as it makes them by now, and so many are not."""
        self._progress.remaining[:1] = [desired.step(message.method, number) for number in (done, left) if number]
        if done:
            self._progress.did(self._progress.remaining[:1])


def _is_made(link: Link, message: Message, one: Object, held: Object | None) -> bool:
    """Whether a link is as the message makes it. held: the link as it is there, None where there is none."""
    if message.method == "DELETE":
        return held is None
    return held is not None and not payload_of(link, one, held)


def _again(
    link: Link, message: Message, left: t.Sequence[Object], held: t.Mapping[t.Any, Object]
) -> tuple[Message, ...]:
    """What makes the links of a message that are not made yet. held: the links that are there."""
    if message.method == "DELETE":
        return link.sending.removed(left)
    there = {name: one for name, one in by_name(link, left).items() if message.method == "PATCH" or name in held}
    added = [one for name, one in by_name(link, left).items() if name not in there]
    changes = [
        ({field: one[field] for field in link.naming}, payload_of(link, one, held.get(name, {})))
        for name, one in there.items()
    ]
    return (*link.sending.added(added), *link.sending.changed(changes))
