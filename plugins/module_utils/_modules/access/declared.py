# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.
"""The options of a task → what it declares, the keys that it gives and the calls that it asks for, or all mistakes."""

from __future__ import annotations

import collections
import dataclasses
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._engine.references import Object
from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions
from ansible_collections.community.auth0.plugins.module_utils._kinds.client import CLIENT
from ansible_collections.community.auth0.plugins.module_utils._kinds.client_grant import CLIENT_GRANT
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind
from ansible_collections.community.auth0.plugins.module_utils._kinds.resource_server import RESOURCE_SERVER

from ..config.entries import Entry, Problem, read_entries
from .calls import Call, call_of, mistakes_in

#: The lists in which something is declared, as auth0_config takes them.
DECLARED_KINDS = (RESOURCE_SERVER, CLIENT, CLIENT_GRANT)


@dataclasses.dataclass(frozen=True)
class Named:
    """A client as a task names it: by its name, or by the id that tells it from others.

    previous_name: what the tenant may still call it, while nothing has its name.
    """

    name: str
    identity: Object
    previous_name: str | None = None

    @property
    def identities(self) -> list[Object]:
        """What it is looked up by, one after the other."""
        return [self.identity, *([{"name": self.previous_name}] if self.previous_name else [])]


@dataclasses.dataclass(frozen=True)
class Declared:
    """What a task gives.

    grants: the options of the client grants that are declared, each with its client, None for a grant for all clients
    of a sort; None where a task declares none. calls, private_keys: each with its client.
    """

    grants: tuple[tuple[Named | None, Object], ...] | None
    calls: tuple[tuple[Named, Call], ...]
    private_keys: tuple[tuple[Named, Object], ...] = dataclasses.field(repr=False)

    @property
    def named(self) -> list[Named]:
        """All clients that are named."""
        found = [client for client, dummy in (*(self.grants or ()), *self.calls, *self.private_keys)]
        return [client for client in found if client is not None]


def read_declared(params: t.Mapping[str, t.Any]) -> Declared:
    """What a task gives. Raises InvalidOptions that reports all mistakes."""
    problems: list[Problem] = []
    entries = {
        kind.name: read_entries(kind, kind.collection, params[kind.collection], problems) for kind in DECLARED_KINDS
    }
    clients = {str(entry.params["name"]): entry.params for entry in entries[CLIENT.name] if entry.params.get("name")}
    grants = entries[CLIENT_GRANT.name]
    problems += _twice(grants)
    problems += [(entry.where, InvalidOptions("it names no API.")) for entry in grants if not entry.params["audience"]]
    calls = [call_of(one) for one in params["calls"] or ()]
    problems += [(where, InvalidOptions(message)) for where, message in mistakes_in(calls)]
    for option in ("calls", "private_keys"):
        problems += _unnamed(option, params[option] or ())
    gone = {kind.name: _absent(kind, entries[kind.name]) for kind in (RESOURCE_SERVER, CLIENT)}
    for position, call in enumerate(calls):
        for what, name, kind in (("API", call.audience, RESOURCE_SERVER), ("client", call.client_name, CLIENT)):
            if name in gone[kind.name]:
                message = "its %s is declared with state: absent." % what
                problems.append(("calls[%d]" % position, InvalidOptions(message)))
    for option in ("max_secret_age", "min_key_days"):
        if params[option] is not None and params[option] < 0:
            problems.append((option, InvalidOptions("give a number of days, 0 or more.")))
    if problems:
        lines = ["%s: %s" % (where, error.message) for where, error in problems]
        bullets = "\n".join("  - %s" % line.replace("\n", "\n    ") for line in lines)
        raise InvalidOptions("The options are not valid; nothing was sent:\n%s" % bullets)
    present = [entry.params for entry in grants if entry.params["state"] == "present"]
    return Declared(
        None if params[CLIENT_GRANT.collection] is None else tuple((_client_of(one, clients), one) for one in present),
        tuple((_named(call.client_name, call.client_id, clients), call) for call in calls),
        tuple((_named(one["client_name"], one["client_id"], clients), one) for one in params["private_keys"] or ()),
    )


def _client_of(grant: Object, clients: t.Mapping[str, Object]) -> Named | None:
    name, client_id = grant.get("client_name"), grant.get("client_id")
    return None if name is None and client_id is None else _named(name, client_id, clients)


def _named(name: str | None, client_id: str | None, clients: t.Mapping[str, Object]) -> Named:
    """clients: those that are declared, by name. One with an id may be called something else in the tenant still, or
    not be the only one of its name.
    """
    declared = clients.get(name or "", {})
    found = client_id or declared.get("client_id")
    if found:
        return Named(str(name or client_id), {CLIENT.id_field: str(found)})
    return Named(str(name), {"name": str(name)}, declared.get("previous_name"))


def _twice(grants: t.Sequence[Entry]) -> t.Iterator[Problem]:
    """Grants that are declared more than once, or for no client."""
    names = ("client_name", "client_id", "default_for", "audience", "subject_type")
    seen: dict[tuple[t.Any, ...], list[Entry]] = collections.defaultdict(list)
    for entry in grants:
        if not any(entry.params.get(name) for name in names[:3]):
            yield entry.where, InvalidOptions("it names no client.")
        key = (*(entry.params.get(name) for name in names[:4]), entry.params.get("subject_type") or "client")
        if seen[key]:
            yield entry.where, InvalidOptions("it is declared already, as %s." % seen[key][0].where)
        seen[key].append(entry)


def _unnamed(option: str, given: t.Sequence[Object]) -> t.Iterator[Problem]:
    for position, one in enumerate(given):
        count = sum(bool(one[name]) for name in ("client_name", "client_id"))
        if count != 1:
            problem = "give client_name or client_id, not both." if count else "client_name or client_id is missing."
            yield "%s[%d]" % (option, position), InvalidOptions(problem)


def _absent(kind: Kind, entries: t.Sequence[Entry]) -> set[t.Any]:
    """What names the objects of a kind that are declared with state: absent."""
    (name,) = kind.identity
    return {entry.params.get(name) for entry in entries if entry.params["state"] == "absent"} - {None}
