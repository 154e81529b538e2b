# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.
"""What a task gives, and its tenant → the access that the rows are about, read once and side by side."""

from __future__ import annotations

import dataclasses
import functools
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._engine.changes import Surroundings
from ansible_collections.community.auth0.plugins.module_utils._engine.management import ManagementClient
from ansible_collections.community.auth0.plugins.module_utils._engine.references import Object, Reference
from ansible_collections.community.auth0.plugins.module_utils._engine.snapshot import Need, Snapshot
from ansible_collections.community.auth0.plugins.module_utils._engine.waves import Workers
from ansible_collections.community.auth0.plugins.module_utils._errors import Ambiguous, ApiError
from ansible_collections.community.auth0.plugins.module_utils._kinds.client import CLIENT
from ansible_collections.community.auth0.plugins.module_utils._kinds.client_credential import CLIENT_CREDENTIAL
from ansible_collections.community.auth0.plugins.module_utils._kinds.client_grant import CLIENT_GRANT
from ansible_collections.community.auth0.plugins.module_utils._kinds.resource_server import RESOURCE_SERVER

from ..client_credentials.stored import AUTHENTICATION, uses_of
from .calls import Call
from .declared import Declared, Named
from .subjects import Access

_IDENTITY = CLIENT_GRANT.identity


@dataclasses.dataclass(frozen=True)
class TenantAccess:
    """What was read. accesses: one for each row. of_calls: one for each call, many of which share one.

    clients, apis: those of the rows, or all. keys: of clients, by their ids; None where they cannot be read.
    key_owners: the ids of the clients to which the private keys belong that the task gives, None for unknown ones.
    """

    accesses: tuple[Access, ...]
    of_calls: tuple[Access, ...]
    clients: tuple[Object, ...] = dataclasses.field(repr=False)
    apis: tuple[Object, ...] = dataclasses.field(repr=False)
    keys: t.Mapping[str, t.Sequence[Object] | None]
    key_owners: tuple[str | None, ...]


def read_access(
    declared: Declared, whole: bool, tenant: ManagementClient, workers: Workers, surroundings: Surroundings
) -> TenantAccess:
    """Read what is needed of a tenant. whole: all of its grants, clients and APIs. Raises what the requests raise."""
    return _Reading(declared, whole, Snapshot(tenant, workers.each), surroundings).all(workers)


class _Reading:
    def __init__(self, declared: Declared, whole: bool, snapshot: Snapshot, surroundings: Surroundings) -> None:
        self._declared = declared
        self._whole = whole
        self._snapshot = snapshot
        self._surroundings = surroundings

    def all(self, workers: Workers) -> TenantAccess:
        self._snapshot.load(list(self._needs()))
        accesses = [self._declared_access(client, entry) for client, entry in self._declared.grants or ()]
        if self._whole:
            known = {access.grant["id"] for access in accesses if access.grant is not None}
            accesses += self._others(known)
        of_calls = self._of_calls(accesses)
        clients = {str(one.client["client_id"]): one.client for one in (*accesses, *of_calls) if one.client is not None}
        apis = {str(one.api["id"]): one.api for one in accesses if one.api is not None}
        if self._whole:
            clients.update((str(row["client_id"]), row) for row in self._snapshot.all(CLIENT))
            apis.update((str(row["id"]), row) for row in self._snapshot.all(RESOURCE_SERVER))
        owners = [self._client(named)[0] for named, dummy in self._declared.private_keys]
        return TenantAccess(
            tuple(accesses),
            tuple(of_calls),
            tuple(clients.values()),
            tuple(apis.values()),
            _keys_of(list(clients.values()), workers),
            tuple(None if owner is None else str(owner["client_id"]) for owner in owners),
        )

    def _needs(self) -> t.Iterator[Need]:
        audiences = [str(entry["audience"]) for dummy, entry in self._declared.grants or ()]
        audiences += [call.audience for dummy, call in self._declared.calls]
        grants = [(client, str(entry["audience"]), entry) for client, entry in self._declared.grants or ()]
        grants += [(client, call.audience, {}) for client, call in self._declared.calls]
        yield Need(RESOURCE_SERVER, tuple({"identifier": one} for one in dict.fromkeys(audiences)), self._whole)
        clients = [identity for named in self._declared.named for identity in named.identities]
        yield Need(CLIENT, tuple(clients), self._whole)
        yield Need(
            CLIENT_GRANT,
            tuple(
                _identity(Reference(CLIENT, client.identity, "client_id") if client else None, audience, entry)
                for client, audience, entry in grants
            ),
            self._whole,
        )

    def _client(self, named: Named | None) -> tuple[Object | None, str | None]:
        """A client, or why it is not known which one is meant."""
        if named is None:
            return None, None
        try:
            found = (self._snapshot.find(CLIENT, identity) for identity in named.identities)
            return next((client for client in found if client is not None), None), None
        except Ambiguous as error:
            return None, error.message

    def _declared_access(self, named: Named | None, entry: Object) -> Access:
        found = self._access(named, str(entry["audience"]), entry)
        return dataclasses.replace(found, name=found.name or str(entry["default_for"]), declared=True, entry=entry)

    def _access(self, named: Named | None, audience: str, entry: Object) -> Access:
        client, trouble = self._client(named)
        client_id = None if client is None else str(client["client_id"])
        grant = None
        if named is None or client is not None:
            grant = self._snapshot.find(CLIENT_GRANT, _identity(client_id, audience, entry))
        name = named.name if named else ""
        return Access(
            str((client or {}).get("name") or name) if name == client_id else name,
            audience,
            str(entry.get("subject_type") or "client"),
            client_id,
            grant=grant,
            client=client,
            api=self._snapshot.find(RESOURCE_SERVER, {"identifier": audience}),
            trouble=trouble,
        )

    def _others(self, known: t.Collection[str]) -> list[Access]:
        """The grants of the tenant that are not declared."""
        rest = [grant for grant in self._snapshot.all(CLIENT_GRANT) if grant["id"] not in known]
        return sorted(map(self._other, rest), key=lambda one: (one.name, one.audience, one.subject_type))

    def _other(self, grant: Object) -> Access:
        client_id, audience = grant.get("client_id"), str(grant["audience"])
        client = self._snapshot.find(CLIENT, {"client_id": client_id}) if client_id else None
        name = (client or {}).get("name") or client_id or grant.get("default_for")
        return Access(
            str(name),
            audience,
            str(grant.get("subject_type") or "client"),
            client_id,
            None if self._declared.grants is None or self._needs_no_declaration(grant) else False,
            grant=grant,
            client=client,
            api=self._snapshot.find(RESOURCE_SERVER, {"identifier": audience}),
        )

    def _needs_no_declaration(self, grant: Object) -> bool:
        """Whether Auth0 itself keeps a grant, or it is the one by which the task reads the tenant."""
        own = (self._surroundings.caller, self._surroundings.management_audience)
        return bool(grant.get("is_system")) or (grant.get("client_id"), grant["audience"]) == own

    def _of_calls(self, accesses: t.Sequence[Access]) -> list[Access]:
        """The access that each call needs: one of the rows where that has all its scopes, else one of its own."""
        made: dict[tuple[t.Any, ...], Access] = {}
        for access in accesses:
            if access.client_id is not None and access.subject_type == "client":
                made[access.client_id, access.audience, None] = access
        return [self._of_call(named, call, made) for named, call in self._declared.calls]

    def _of_call(self, named: Named, call: Call, made: dict[tuple[t.Any, ...], Access]) -> Access:
        access = self._access(named, call.audience, {})
        asked = None if call.scope is None else tuple(sorted(set(call.scope)))
        return made.setdefault(
            (access.client_id or named.name, call.audience, asked), dataclasses.replace(access, asked=asked)
        )


def _identity(client_id: t.Any, audience: str, entry: Object) -> dict[str, t.Any]:
    """What names a client grant."""
    given = {**entry, "client_id": client_id, "audience": audience}
    return {name: given.get(name) for name in _IDENTITY}


def _keys_of(clients: t.Sequence[Object], workers: Workers) -> dict[str, t.Sequence[Object] | None]:
    """The keys of the clients that authenticate by some, read side by side; None where they must not be read."""
    owners = [str(row["client_id"]) for row in clients if uses_of(row)[AUTHENTICATION].attached]
    held = workers.each([functools.partial(_keys, owner) for owner in owners], "reading the keys of clients")
    return dict(zip(owners, held, strict=True))


def _keys(client_id: str, tenant: ManagementClient) -> t.Sequence[Object] | None:
    try:
        return tuple(tenant.list(CLIENT_CREDENTIAL.below(client_id)))
    except ApiError as error:
        if error.status == 403:
            return None
        if error.status == 404:
            return ()  # it has gone meanwhile
        raise
