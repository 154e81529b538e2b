# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""A task → the Management API of its tenant, and what is known of who manages it."""

from __future__ import annotations

import contextlib
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions
from ansible_collections.community.auth0.plugins.module_utils._http.session import Authorization, Session
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Task
from ansible_collections.community.auth0.plugins.module_utils._tokens.authorization import FixedToken, RequestedToken
from ansible_collections.community.auth0.plugins.module_utils._tokens.client_authentication import ClientAuthentication
from ansible_collections.community.auth0.plugins.module_utils._tokens.unverified import (
    client_of,
    key_id_of,
    management_audience_of,
)

from .changes import Surroundings
from .management import ManagementClient
from .waves import Workers


@contextlib.contextmanager
def connected(task: Task, read_only: bool = False) -> t.Iterator[tuple[ManagementClient, Surroundings]]:
    """A task's tenant, and what is known of who manages it. Raises InvalidOptions for unusable connection options."""
    credentials = task.credentials()
    with task.session(read_only) as session:
        authorization, surroundings = _authorization(session, credentials, task)
        yield ManagementClient(session, authorization), surroundings


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
    requested = RequestedToken(session, credentials, task.management_audience, task.address.issuer)
    return task.authorization(credentials, requested), Surroundings(task.management_audience, credentials.client_id)


@contextlib.contextmanager
def connected_workers(
    task: Task, number: int, read_only: bool = False
) -> t.Iterator[tuple[ManagementClient, Workers, Surroundings, t.Callable[[], dict[str, t.Any]]]]:
    """A task's tenant, several connections to it, what is known of who manages it, and how much was sent so far.

    What was sent is told as ``number`` of requests and ``waited`` seconds. Raises InvalidOptions for unusable
    connection options.
    """
    with connected(task, read_only) as (tenant, surroundings):
        yield tenant, Workers([tenant] * number), surroundings, lambda: {"number": 0, "waited": 0}
