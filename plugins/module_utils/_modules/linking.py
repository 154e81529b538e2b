# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""The work of the modules that keep and read links between objects: declared → compared → sent → result and diff."""

from __future__ import annotations

import time
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._engine.apply_links import LinkApplier, current_links
from ansible_collections.community.auth0.plugins.module_utils._engine.changes import represent
from ansible_collections.community.auth0.plugins.module_utils._engine.connection import connected
from ansible_collections.community.auth0.plugins.module_utils._engine.links import (
    DesiredLinks,
    LinkChange,
    by_name,
    compare,
    described,
    shown,
    validate_links,
)
from ansible_collections.community.auth0.plugins.module_utils._engine.management import ManagementClient
from ansible_collections.community.auth0.plugins.module_utils._engine.membership import refuse_undefined_links
from ansible_collections.community.auth0.plugins.module_utils._engine.references import Object, Reference, resolve
from ansible_collections.community.auth0.plugins.module_utils._engine.selection import (
    fitting,
    query_of,
    validate_selection,
)
from ansible_collections.community.auth0.plugins.module_utils._errors import (
    InvalidOptions,
    Missing,
)
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind
from ansible_collections.community.auth0.plugins.module_utils._kinds.link import (
    Link,
)
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Result, Task, performing

from .kind_options import link_from, selection_from


def owner_of(link: Link, task: Task) -> Reference:
    """The object whose links a task keeps or reads, as it names it."""
    if task.params[link.owner_id] is not None:
        return Reference(link.owner, {link.owner.id_field: task.params[link.owner_id]}, link.owner.id_field)
    return Reference(link.owner, {"name": task.params[link.owner_name]}, link.owner.id_field)


def read_links(link: Link, task: Task) -> Result:
    """Read what an object is linked to.

    Returns it in a list under the link's name; it is empty where there is no such object. Raises TaskFailed.
    """
    owner = owner_of(link, task)
    with performing():
        selection = None if link.kind is None else selection_from(link.kind, task.params)
        if selection is not None:
            validate_selection(selection)
        for problem in owner.empty_names:
            raise InvalidOptions("The options are not valid: %s." % problem)
        with connected(task, read_only=True) as (tenant, dummy):
            owner_id = resolve(owner, lambda kind, identity: tenant.find(kind, identity, whole=False))
            query = None if owner_id is None else {} if selection is None else query_of(selection, tenant)
            rows = (None if owner_id is None or query is None else tenant.links(link, owner_id, query)) or ()
    if selection is None:
        return {"changed": False, link.name: described(link, rows)}
    return {"changed": False, link.name: [represent(selection.kind, row) for row in fitting(selection, rows)]}


def keep_link(link: Link, task: Task) -> Result:
    """Keep one link as a task declares it.

    Returns as ``keep_links``, but the link itself with the id of the object that has it, under the name of one.
    Raises TaskFailed.
    """
    present = task.params["state"] == "present"
    desired = DesiredLinks(link, owner_of(link, task), (link_from(link, task.params),), present)
    result = keep_links(desired, task, only=True)
    links, owner_id = result.pop(link.collection), result.pop(link.owner_id, None)
    if present:
        result[link.name_of_one] = {link.owner_id: owner_id, **links[0]}
    return result


def keep_links(desired: DesiredLinks, task: Task, only: bool = False) -> Result:
    """Keep links as they are declared. only: whether the result holds these links and no others.

    Returns changed, action (create, update, delete or none), the id of the object that has them where it is known, and
    the links themselves, sorted, in check mode as they would be; diff where it is wanted. Raises TaskFailed.
    """
    with performing() as progress:
        validate_links(desired)
        with connected(task) as (tenant, dummy):
            work = _Linking(tenant, desired, task.check_mode)
            change = work.plan()
            if not task.check_mode:
                LinkApplier(tenant, progress, time.sleep).apply(change, str(work.owner_id))
            return _result(task, work, change, progress.changed, only)


def _result(task: Task, work: _Linking, change: LinkChange, wrote: bool, only: bool) -> Result:
    link = change.desired.link
    changed = change.action != "none" if task.check_mode else wrote
    result: Result = {
        "changed": changed,
        "action": change.action if changed else "none",
        link.collection: shown(link, _declared(work, change) if only else change.after),
    }
    if work.owner_id is not None:
        result[link.owner_id] = work.owner_id
    if task.diff:
        result["diff"] = change.diff
    if work.assumed:
        result["assumed"] = list(work.assumed)
    return result


def _declared(work: _Linking, change: LinkChange) -> t.Sequence[Object]:
    """Of the links that an object has, those that are declared."""
    link = change.desired.link
    names = by_name(link, work.items)
    return [one for name, one in by_name(link, change.after).items() if name in names]


class _Linking:
    """owner_id: of the object that has the links, once it is known. items: the declared links, with known ids.

    assumed: what does not exist yet, in words.
    """

    def __init__(
        self,
        tenant: ManagementClient,
        desired: DesiredLinks,
        assume: bool,
    ) -> None:
        self._tenant = tenant
        self._desired = desired
        self._assume = assume
        self._unseen: list[Reference] = []
        self.owner_id: str | None = None
        self.items: t.Sequence[Object] = ()
        self.assumed: list[str] = []

    def plan(self) -> LinkChange:
        """Compare what is declared with the tenant. Raises Missing, InvalidOptions, and what the look-ups raise."""
        self.owner_id = self._id_of(self._desired.owner)
        self.items = [item for item in map(self._known, self._desired.items) if item is not None]
        change = compare(self._desired, self.items, self._current(self.items))
        self._check(change)
        return change

    def _known(self, item: Object) -> Object | None:
        """A declared link with the ids that are known; None where what it links to is not there, nor has to be."""
        found = {name: self._value(value) if isinstance(value, Reference) else value for name, value in item.items()}
        if not self._desired.present and any(isinstance(value, Reference) for value in found.values()):
            return None
        return found

    def _value(self, reference: Reference) -> t.Any:
        if reference.by_id:
            self._unseen.append(reference)
        return self._id_of(reference) or reference

    def _id_of(self, reference: Reference) -> str | None:
        found = resolve(reference, self._find)
        return None if found is None else str(found)

    def _find(self, kind: Kind, identity: Object, whole: bool = False) -> Object | None:
        found = self._tenant.find(kind, identity, whole)
        if found is None:
            self._miss(Reference(kind, identity, kind.id_field))
        return found

    def _miss(self, reference: Reference) -> None:
        if not self._desired.present:
            return
        if reference.by_id or not self._assume:
            subject = None if reference == self._desired.owner else "One of the %s" % self._desired.label
            raise Missing(reference.missing(subject))
        if reference.label not in self.assumed:
            self.assumed.append(reference.label)

    def _current(self, items: t.Sequence[Object]) -> t.Sequence[Object]:
        if self.owner_id is None:
            return ()
        found = current_links(self._tenant, self._desired, self.owner_id, items)
        if found is None:
            self._miss(self._desired.owner)
        return found or ()

    def _check(self, change: LinkChange) -> None:
        added = {item[name] for item in change.added for name in change.desired.link.naming}
        for reference in self._unseen:
            ((field, value),) = reference.identity.items()
            if value in added and self._tenant.directly(reference.kind, field, value) is None:
                self._miss(reference)
        refuse_undefined_links(change, lambda owner: self._find(owner.kind, owner.identity, whole=True))
