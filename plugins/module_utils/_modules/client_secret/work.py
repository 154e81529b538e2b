# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""The work of the module auth0_client_secret."""

from __future__ import annotations

import datetime
import secrets
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._engine.apply import Applier
from ansible_collections.community.auth0.plugins.module_utils._engine.changes import (
    Change,
    represent,
)
from ansible_collections.community.auth0.plugins.module_utils._engine.connection import connected
from ansible_collections.community.auth0.plugins.module_utils._engine.plan import Plan
from ansible_collections.community.auth0.plugins.module_utils._engine.reconcile import reconcile
from ansible_collections.community.auth0.plugins.module_utils._engine.references import Object, Reference
from ansible_collections.community.auth0.plugins.module_utils._errors import (
    InvalidOptions,
    OutcomeUnknown,
    Refused,
)
from ansible_collections.community.auth0.plugins.module_utils._kinds.client import CLIENT
from ansible_collections.community.auth0.plugins.module_utils._task.arguments import ArgumentSpec
from ansible_collections.community.auth0.plugins.module_utils._task.runner import (
    Result,
    Task,
    Work,
    performing,
    utc_now,
)
from ansible_collections.community.auth0.plugins.module_utils._times import check_days

from ..named_client import client_of, foreseen
from .secret_rotation import (
    ROTATED_AT,
    SECRET,
    WantedSecret,
    declaration,
)

#: 48 random bytes make 64 characters of the URL-safe alphabet, as the secrets that Auth0 makes up.
SECRET_BYTES = 48


def keep_secret(task: Task, now: t.Callable[[], datetime.datetime] = utc_now) -> Result:
    """Set or rotate a client's secret as a task asks for; see the module auth0_client_secret.

    Returns changed, the client, the time of the last rotation, the reason for this one, and the new secret where
    there is one. Raises TaskFailed.
    """
    with performing() as progress:
        wanted, named = _asked(task)
        with connected(task) as (tenant, surroundings):
            client = tenant.find(CLIENT, named.identity)
            if client is None:
                return {"changed": True, "assumed": [foreseen(named, task.check_mode)]}
            if client.get("global"):
                raise Refused("The tenant's global client is not managed: nothing uses its secret.", "protected")
            desired, reason = declaration(client, wanted, now(), lambda: secrets.token_urlsafe(SECRET_BYTES))
            change = reconcile(desired, client, surroundings)
            item: Object = change.predicted or client
            if not task.check_mode:
                item = _applied(change, Applier(tenant, surroundings, progress)) or client
    changed = change.action != "none"
    result: Result = {"changed": changed, "client": represent(CLIENT, item)}
    result["rotated_at"] = (item.get("client_metadata") or {}).get(ROTATED_AT)
    if reason:
        result["reason"] = reason
    if changed and not task.check_mode:
        result[SECRET] = change.sent[SECRET]
    if task.diff:
        result["diff"] = change.diff(item)
    task.warnings.extend(change.warnings)
    return result


def _applied(change: Change, applier: Applier) -> Object | None:
    try:
        applier.apply(Plan((change,), ()))
    except OutcomeUnknown as error:
        # The time of the rotation may have arrived with the secret, and then another run would find nothing to do.
        error.message += (
            " The secret may have been replaced: this failure returns the new one as client_secret. Keep both until it "
            "is known which one works, or use force: true to get another."
        )
        error.returns[SECRET] = change.sent[SECRET]
        raise
    return applier.outcomes[0].item


def _asked(task: Task) -> tuple[WantedSecret, Reference]:
    params = task.params
    wanted = WantedSecret(params["client_secret"], params["max_age"], params["force"])
    check_days("max_age", wanted.max_age, least=1)
    if wanted.secret == "":
        raise InvalidOptions("client_secret is empty. Give a value, or leave the option out.")
    if wanted.secret is None and wanted.max_age is None and not wanted.force:
        raise InvalidOptions(
            "Say what to do: client_secret sets a given secret, max_age rotates an older one, force rotates it now."
        )
    return wanted, client_of(params)


SPEC = ArgumentSpec(
    {
        "client_id": {"type": "str"},
        "client_name": {"type": "str"},
        "client_secret": {"type": "str", "no_log": True},
        "max_age": {"type": "int"},
        "force": {"type": "bool", "default": False},
    },
    mutually_exclusive=(("client_id", "client_name"), ("client_secret", "max_age")),
    required_one_of=(("client_id", "client_name"),),
)

WORK = Work(lambda: SPEC, keep_secret)
