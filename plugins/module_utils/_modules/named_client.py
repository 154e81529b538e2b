# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""The client that a task names by ``client_id`` or ``client_name``, for modules that manage a part of one."""

from __future__ import annotations

import typing as t

from ansible_collections.community.auth0.plugins.module_utils._engine.reconcile import Object
from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions, Missing

_OPTIONS = {"client_id": "client_id", "client_name": "name"}


def identity_from(params: t.Mapping[str, t.Any]) -> Object:
    """By what to find the client; empty when the task names none. Raises InvalidOptions for an empty value."""
    for option in _OPTIONS:
        if params[option] == "":
            raise InvalidOptions("%s is empty." % option)
    return {field: params[option] for option, field in _OPTIONS.items() if params[option] is not None}


def foreseen(identity: Object, check_mode: bool) -> str:
    """What to assume, in words, of a client that is not in the tenant: an earlier task may be about to create it.

    Raises Missing out of check mode, and for an id, which nobody can know before the client exists.
    """
    ((field, value),) = identity.items()
    if check_mode and field == "name":
        return "client %s" % value
    raise Missing(
        "There is no client with the %s %r in this tenant. Create it first, or correct the %s." % (field, value, field)
    )
