# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""A task → the Management API of its tenant, and what is known of who manages it."""

from __future__ import annotations

import contextlib
import math
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions
from ansible_collections.community.auth0.plugins.module_utils._http.rate_gate import RateGate
from ansible_collections.community.auth0.plugins.module_utils._http.session import Authorization, Session
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Task
from ansible_collections.community.auth0.plugins.module_utils._tokens.authorization import FixedToken
from ansible_collections.community.auth0.plugins.module_utils._tokens.client_authentication import ClientAuthentication
from ansible_collections.community.auth0.plugins.module_utils._tokens.unverified import (
    client_of,
    key_id_of,
    management_audience_of,
)

from .changes import Surroundings
from .management import ManagementClient
from .waves import Workers

#: The most requests that one task may have on their way to a tenant.
MOST_WORKERS = 32


@contextlib.contextmanager
def connected(
    task: Task, read_only: bool = False, gate: RateGate | None = None
) -> t.Iterator[tuple[ManagementClient, Surroundings]]:
    """A task's tenant, and what is known of who manages it. Raises InvalidOptions for unusable connection options."""
    credentials = task.credentials()
    with task.session(read_only, gate) as session:
        authorization, surroundings = _authorization(session, credentials, task)
        yield ManagementClient(session, authorization, task.report), surroundings


def _authorization(
    session: Session, credentials: str | ClientAuthentication | None, task: Task
) -> tuple[Authorization, Surroundings]:
    if credentials is None:
        raise InvalidOptions(
            "No credentials: give auth0_client_id and auth0_client_secret (or auth0_private_key), or auth0_api_token "
            "(or AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET, or AUTH0_API_TOKEN, in the environment).",
            "no_credentials",
        )
    if isinstance(credentials, str):
        # The token itself says what it is for, also where auth0_domain is a custom domain.
        audience = task.params.get("auth0_audience") or management_audience_of(credentials)
        surroundings = Surroundings(
            audience or task.management_audience, client_of(credentials), key_id_of(credentials)
        )
        return FixedToken(credentials), surroundings
    surroundings = Surroundings(task.management_audience, credentials.client_id)
    return task.authorization(session, credentials), surroundings


@contextlib.contextmanager
def connected_workers(
    task: Task, read_only: bool = False
) -> t.Iterator[tuple[ManagementClient, Workers, Surroundings, RateGate]]:
    """A task's tenant, threads that work on it, what is known of who manages it, and the gate through which all passes.

    The options ``concurrency``, ``rate_limit`` and ``rate_reserve`` say how much is asked of the tenant at a time.
    Raises InvalidOptions for unusable ones.
    """
    number = task.params["concurrency"]
    if not 1 <= number <= MOST_WORKERS:
        raise InvalidOptions("concurrency: %d is not from 1 to %d." % (number, MOST_WORKERS))

    def tell(seconds: float) -> None:
        task.report(0, None, "waiting %d seconds for a rate limit" % math.ceil(seconds))

    gate = RateGate(task.params["rate_limit"], task.params["rate_reserve"], tell=tell)
    with connected(task, read_only, gate) as (tenant, surroundings):
        try:
            yield tenant, Workers(tenant, number, task.report), surroundings, gate
        finally:
            gate.shut()  # threads of a task that was interrupted may still be there


def traffic(gate: RateGate) -> dict[str, t.Any]:
    """How much was asked of a tenant, as results hold it: the ``number`` of requests, the seconds ``waited``."""
    return {"number": gate.counts.requests, "waited": round(gate.counts.waited, 1)}
