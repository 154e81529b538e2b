# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""What stands in the entry of an object beside its own fields: its links, its keys, its secret.

A part adds options to the entries of a kind. It says what has to be read for it, and plans the jobs that it needs.
"""

from __future__ import annotations

import dataclasses
import datetime
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._engine.changes import Change, Desired, Surroundings
from ansible_collections.community.auth0.plugins.module_utils._engine.look_up import LookUp
from ansible_collections.community.auth0.plugins.module_utils._engine.management import ManagementClient
from ansible_collections.community.auth0.plugins.module_utils._engine.plan import Planning
from ansible_collections.community.auth0.plugins.module_utils._engine.references import (
    Index,
    Object,
    Reference,
    resolve,
)
from ansible_collections.community.auth0.plugins.module_utils._engine.waves import Job, Key
from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions, Missing
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind
from ansible_collections.community.auth0.plugins.module_utils._task.arguments import Spec

#: Reads what a part needs of an object, once its id is known.
Read = t.Callable[[ManagementClient], t.Any]


@dataclasses.dataclass(frozen=True)
class Context:
    """What a part plans with.

    planning: all objects as they will be. look_up: the tenant as it is. made: objects as they are by the time when a
    job is performed. check_mode: what does not exist may come into being elsewhere then. secrets_returned: the user
    gets to know the secrets that this run makes up.
    """

    planning: Planning
    look_up: LookUp
    surroundings: Surroundings
    made: Index
    now: datetime.datetime
    check_mode: bool
    secrets_returned: bool


@dataclasses.dataclass(frozen=True)
class PartChange:
    """What a part changes. fields: the names of what differs. diff: as Ansible shows it."""

    kind: str
    name: str
    action: str
    object_id: str | None
    fields: tuple[str, ...]
    diff: dict[str, t.Any]
    job: Job


class Part(t.Protocol):
    """What stands in the entries of a kind beside the fields of its objects."""

    kind: Kind

    def options(self) -> Spec:
        """The options that it adds to an entry."""

    def mistakes(self, params: t.Mapping[str, t.Any]) -> t.Iterator[str]:
        """What is wrong with the options of an entry in themselves."""

    def declared(self, params: t.Mapping[str, t.Any]) -> bool:
        """Whether an entry declares it."""

    def references(self, params: t.Mapping[str, t.Any]) -> t.Iterator[tuple[Kind, Object]]:
        """The objects to which an entry that declares it refers by it."""

    def read(self, current: Object) -> Read | None:
        """What has to be read for an object that the tenant has."""

    def adjusted(
        self, desired: Desired, params: t.Mapping[str, t.Any], current: Object | None, context: Context
    ) -> Desired:
        """The declaration of the object with what the part adds to its own fields."""

    def plan(
        self, change: Change, params: t.Mapping[str, t.Any], held: t.Any, context: Context
    ) -> t.Iterator[PartChange]:
        """What the part changes. held: what was read. Raises InvalidOptions, Refused, Missing."""


class SimplePart:
    """A part that has no mistakes of its own, refers to nothing and adds nothing to the object's own fields."""

    def mistakes(self, params: t.Mapping[str, t.Any]) -> t.Iterator[str]:
        yield from ()

    def references(self, params: t.Mapping[str, t.Any]) -> t.Iterator[tuple[Kind, Object]]:
        yield from ()

    def adjusted(
        self, desired: Desired, params: t.Mapping[str, t.Any], current: Object | None, context: Context
    ) -> Desired:
        return desired

    def read(self, current: Object) -> Read | None:
        return None

    def plan(
        self, change: Change, params: t.Mapping[str, t.Any], held: t.Any, context: Context
    ) -> t.Iterator[PartChange]:
        yield from ()


def job_key(change: Change) -> Key:
    """What tells the job of an object from all others."""
    return change.kind.name, change.object_id or change.desired.name


def value_of(reference: Reference, context: Context, subject: str) -> t.Any:
    """The value of an object to which a part refers; a Reference where it is known only later, or where its own
    declaration is wrong.

    Raises Missing where there is none, InvalidOptions where it will be none.
    """

    def find(kind: Kind, identity: Object) -> Object | None:
        planned = context.planning.planned(kind, identity)
        if planned is not None:
            return planned.predicted
        found = context.look_up.find(kind, identity, whole=False)
        if found is not None and context.planning.is_removed(kind, kind.id_of(found)):
            raise InvalidOptions(
                "%s refers to the %s, which is declared with state: absent." % (subject, reference.label)
            )
        return found

    found = resolve(reference, find)
    if found is not None:
        return found
    if not context.check_mode and not context.planning.is_mistaken(reference.kind, reference.identity):
        raise Missing(reference.missing(subject))
    return reference


def jobs_before(context: Context, change: Change, others: t.Iterable[tuple[Kind, Object]] = ()) -> frozenset[Key]:
    """The jobs of the object itself and of the others that it needs."""
    planned = [change, *(context.planning.planned(kind, identity) for kind, identity in others)]
    return frozenset(job_key(one) for one in planned if one is not None and one.action != "none")


def made_id(change: Change, context: Context) -> str:
    """The id of the object of a change, once that was performed."""
    if change.object_id is not None:
        return change.object_id
    identity = {name: value for name, value in (change.predicted or {}).items() if name in change.kind.identity}
    plain = {name: value for name, value in identity.items() if not isinstance(value, Reference)}
    found = context.made.find(change.kind, plain)
    return change.kind.id_of(found[-1])
