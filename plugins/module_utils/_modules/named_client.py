# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""The client that a task names by ``client_id`` or ``client_name``, for modules that manage a part of one."""

from __future__ import annotations

import typing as t

from ansible_collections.community.auth0.plugins.module_utils._engine.changes import Desired
from ansible_collections.community.auth0.plugins.module_utils._engine.references import Object, Reference
from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions, Missing
from ansible_collections.community.auth0.plugins.module_utils._kinds.client import CLIENT
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind

_OPTIONS = {"client_id": "client_id", "client_name": "name"}


def client_of(params: t.Mapping[str, t.Any]) -> Reference:
    """The client that a task names. Raises InvalidOptions where it names none, or by an empty value.

    For Ansible an option that is null is there.
    """
    client = client_from(params)
    if client is None:
        raise InvalidOptions("Name the client, by client_id or client_name.")
    return client


def client_from(params: t.Mapping[str, t.Any]) -> Reference | None:
    """The client that a task names; None when it names none. Raises InvalidOptions for an empty value."""
    for option, field in _OPTIONS.items():
        if params[option] == "":
            raise InvalidOptions("%s is empty." % option)
        if params[option] is not None:
            return Reference(CLIENT, {field: params[option]}, CLIENT.id_field)
    return None


def part_of(client: Object, fields: Object, kind: Kind = CLIENT) -> Desired:
    """The declaration of some fields of a client that the tenant has, and that messages call by its name.

    kind: that of clients, without the rules that the module sees to itself.
    """
    names = {"name": str(client["name"])} if client.get("name") else {}
    return Desired(kind, fields, object_id=str(client.get(CLIENT.id_field)), names=names)


def label_of_client(client: Object) -> str:
    """A client that the tenant has, for messages."""
    return part_of(client, {}).label


def foreseen(client: Reference, check_mode: bool) -> str:
    """What to assume, in words, of a client that is not in the tenant: an earlier task may be about to create it.

    Raises Missing out of check mode, and for an id, which nobody can know before the client exists.
    """
    if check_mode and not client.by_id:
        return client.label
    raise Missing(client.missing())
