# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""The work of the modules that keep and read links between objects: declared → compared → sent → result and diff."""

from __future__ import annotations

import time
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._engine.apply import ATTEMPTS, read_back, undecided
from ansible_collections.community.auth0.plugins.module_utils._engine.connection import connected
from ansible_collections.community.auth0.plugins.module_utils._engine.links import (
    DesiredLinks,
    LinkChange,
    Named,
    by_name,
    compare,
    definitions,
    shown,
    undefined,
    unnamed,
    validate_links,
)
from ansible_collections.community.auth0.plugins.module_utils._engine.management import ManagementClient
from ansible_collections.community.auth0.plugins.module_utils._engine.reconcile import Object, represent
from ansible_collections.community.auth0.plugins.module_utils._engine.selection import (
    fitting,
    query_of,
    validate_selection,
)
from ansible_collections.community.auth0.plugins.module_utils._errors import (
    ApiError,
    InvalidOptions,
    Missing,
    OutcomeUnknown,
)
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind, Link, Message
from ansible_collections.community.auth0.plugins.module_utils._task.progress import Progress
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Result, Task, performing

from .kind_options import selection_from


def listed_by(link: Link) -> Kind:
    """The kind of what a list holds that is read by itself."""
    if link.kind is None:
        raise AssertionError("a list that is read by itself holds objects of a kind")
    return link.kind


def owner_of(link: Link, task: Task) -> Named:
    """The object whose links a task keeps or reads, as it names it."""
    if task.params[link.owner_id] is not None:
        return Named(link.owner, {link.owner.id_field: task.params[link.owner_id]})
    return Named(link.owner, {"name": task.params[link.owner_name]})


def read_links(link: Link, task: Task) -> Result:
    """Read what an object is linked to, which are objects of a kind.

    Returns them in a list under the link's name; it is empty where there is no such object. Raises TaskFailed.
    """
    kind, owner = listed_by(link), owner_of(link, task)
    with performing():
        selection = selection_from(kind, task.params)
        validate_selection(selection)
        for text in unnamed(owner):
            raise InvalidOptions("The options are not valid: %s." % text)
        with connected(task, read_only=True) as (tenant, dummy):
            owner_id = _look_up(tenant, owner.kind, owner.identity)
            query = None if owner_id is None else query_of(selection, tenant)
            rows = None if owner_id is None or query is None else tenant.links(link, owner_id, query)
    return {
        "changed": False,
        link.name: [represent(kind, row) for row in fitting(selection, rows or ())],
    }


def _look_up(tenant: ManagementClient, kind: Kind, identity: Object) -> str | None:
    """The id of the object of that identity, or None. Whether there is one of a given id is not asked."""
    if identity.keys() == {kind.id_field}:
        return str(identity[kind.id_field])
    found = tenant.find(kind, identity, whole=False)
    return None if found is None else str(found[kind.id_field])


def keep_links(desired: DesiredLinks, task: Task) -> Result:
    """Keep links as they are declared.

    Returns changed, action (create, update, delete or none), the id of the object that has them where it is known, and
    the links themselves, sorted, in check mode as they would be; diff where it is wanted. Raises TaskFailed.
    """
    with performing() as progress:
        validate_links(desired)
        with connected(task) as (tenant, dummy):
            work = _Linking(tenant, desired, task.check_mode, progress, time.sleep)
            change = work.plan()
            if not task.check_mode:
                work.apply(change)
            return _result(task, work, change, progress.changed)


def _result(task: Task, work: _Linking, change: LinkChange, wrote: bool) -> Result:
    link = change.desired.link
    changed = change.action != "none" if task.check_mode else wrote
    result: Result = {
        "changed": changed,
        "action": change.action if changed else "none",
        link.collection: shown(change.after),
    }
    if work.owner_id is not None:
        result[link.owner_id] = work.owner_id
    if task.diff:
        result["diff"] = change.diff
    if work.assumed:
        result["assumed"] = list(work.assumed)
    return result


class _Linking:
    """owner_id: of the object that has the links, once it is known. assumed: what does not exist yet, in words."""

    def __init__(
        self,
        tenant: ManagementClient,
        desired: DesiredLinks,
        assume: bool,
        progress: Progress,
        sleep: t.Callable[[float], None],
    ) -> None:
        self._tenant = tenant
        self._desired = desired
        self._link = desired.link
        self._assume = assume
        self._progress = progress
        self._sleep = sleep
        self._unseen: list[Named] = []
        self.owner_id: str | None = None
        self.assumed: list[str] = []

    def plan(self) -> LinkChange:
        """Compare what is declared with the tenant. Raises Missing, InvalidOptions, and what the look-ups raise."""
        self.owner_id = self._id_of(self._desired.owner)
        items = [item for item in map(self._known, self._desired.items) if item is not None]
        change = compare(self._desired, items, self._current(items))
        self._check(change)
        return change

    def _known(self, item: Object) -> Object | None:
        """A declared link with the ids that are known; None where what it links to is not there, nor has to be."""
        found = {}
        for name, value in item.items():
            found[name] = (self._id_of(value) or value) if isinstance(value, Named) else value
            if isinstance(value, Named) and value.by_id:
                self._unseen.append(value)
        if not self._desired.present and any(isinstance(value, Named) for value in found.values()):
            return None
        return found

    def _id_of(self, named: Named) -> str | None:
        identity = {}
        for name, value in named.identity.items():
            identity[name] = self._id_of(value) if isinstance(value, Named) else value
            if isinstance(value, Named) and identity[name] is None:
                return None
        found = _look_up(self._tenant, named.kind, identity)
        if found is None:
            self._miss(named)
        return found

    def _miss(self, named: Named) -> None:
        if not self._desired.present:
            return
        if named.by_id or not self._assume:
            raise Missing(
                "The %s cannot be kept: there is no %s in this tenant. Create it first, or correct the declaration."
                % (self._desired.label, named.label)
            )
        self.assumed.append(named.label)

    def _current(self, items: t.Sequence[Object]) -> t.Sequence[Object]:
        if self.owner_id is None:
            return ()
        found = self._listed(self.owner_id, items)
        if found is None:
            self._miss(self._desired.owner)
        return found or ()

    def _listed(self, owner_id: str, items: t.Sequence[Object]) -> t.Sequence[Object] | None:
        """The links that are there, at least those of the items; None where the object that has them is not."""
        if self._desired.purge or not self._link.query:
            return self._tenant.links(self._link, owner_id)
        known = [item for item in items if not any(isinstance(value, Named) for value in item.values())]
        if not known:
            return ()  # what does not exist yet is linked to nothing, and without a filter all would come
        query = {parameter: [item[name] for item in known] for name, parameter in self._link.query.items()}
        return self._tenant.links(self._link, owner_id, query)

    def _check(self, change: LinkChange) -> None:
        added = {value for item in change.added for value in item.values()}
        for named in self._unseen:
            ((field, value),) = named.identity.items()
            if value in added and self._tenant.directly(named.kind, field, value) is None:
                self._miss(named)
        found = []
        for definition in definitions(change, KINDS):
            other = self._tenant.find(definition.owner.kind, definition.owner.identity)
            if other is None:
                self._miss(definition.owner)
            else:
                found.append((definition.noun, undefined(definition, other)))
        told = ["  - %s" % text for dummy, text in found if text]
        if told:
            raise InvalidOptions(
                "The %s cannot be added to:\n%s.\nCorrect the declaration, or add it there first."
                % (self._desired.label, "\n".join(told)),
                "undefined_%s" % found[0][0],
            )

    def apply(self, change: LinkChange) -> None:
        """Send what a change needs. Raises Auth0Error where something fails; what follows is not sent then."""
        self._progress.remaining = [self._step(message, len(message.links)) for message in change.messages]
        for message in change.messages:
            self._send(message)

    def _step(self, message: Message, number: int) -> str:
        """What a message does with a number of its links, for people."""
        return "%s %d of the %s" % ("add" if message.method == "POST" else "remove", number, self._desired.label)

    def _send(self, message: Message, attempt: int = 1) -> None:
        step = self._step(message, len(message.links))
        try:
            self._tenant.change_links(self._link, str(self.owner_id), message, self._desired.label)
            self._progress.did([step])
        except ApiError as error:
            # Auth0 says 409 to what is there already as well as to what there is no room for.
            if error.status != 409 or self._left(message):
                raise
            if attempt > 1:
                self._progress.did([step])
            else:
                self._progress.skipped([step])
        except OutcomeUnknown as error:
            left = read_back(error, lambda: self._left(message), self._sleep)
            self._note(message, len(left))
            if left and attempt >= ATTEMPTS:
                raise undecided(error, "reading it back did not show the change") from None
            for again in self._again(message, left):
                self._send(again, attempt + 1)

    def _note(self, message: Message, left: int) -> None:
        """Of the message that was sent last, so many links are left, and the others are as it was to make them."""
        done = len(message.links) - left
        self._progress.remaining[:1] = [self._step(message, number) for number in (done, left) if number]
        if done:
            self._progress.did(self._progress.remaining[:1])

    def _again(self, message: Message, links: t.Sequence[Object]) -> tuple[Message, ...]:
        sending = self._link.sending
        return sending.added(links) if message.method == "POST" else sending.removed(links)

    def _left(self, message: Message) -> t.Sequence[Object]:
        """The links of a message that are not as it would make them."""
        held = by_name(self._link, self._listed(str(self.owner_id), message.links) or ())
        there = message.method == "POST"
        return [link for name, link in by_name(self._link, message.links).items() if (name in held) is not there]
