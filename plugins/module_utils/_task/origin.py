# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Where a connection option came from, for a failure that it may be the cause of."""

from __future__ import annotations

import contextlib
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._errors import Auth0Error, Unreachable

from .arguments import ENVIRONMENT, Params, tidied

#: What a refused token request may be about.
_AUDIENCE_CODES = ("no_such_api", "no_client_grant", "scope_not_granted", "access_denied")
_CLIENT_OPTIONS = (
    "auth0_client_id",
    "auth0_client_secret",
    "auth0_private_key",
    "auth0_private_key_id",
    "auth0_signing_alg",
)


@contextlib.contextmanager
def origins_named(params: Params, environ: t.Mapping[str, str]) -> t.Iterator[None]:
    """A failure in this context says which of the options that it is about are the environment's.

    Another program may have variables of the same names, so the user need not know of them.
    """
    try:
        yield
    except Auth0Error as error:
        from_there = [
            name
            for name, variable in ENVIRONMENT.items()
            if params.get(name) and tidied(environ.get(variable, "")) == params[name]
        ]
        # A client that the task gives beats a token of the environment.
        by_token = params.get("auth0_api_token") and not any(
            params.get(name) and name not in from_there for name in _CLIENT_OPTIONS
        )
        names = [
            name
            for name in from_there
            if ENVIRONMENT[name] not in error.message and _is_about(error, name, str(params[name]), bool(by_token))
        ]
        if names:
            error.message += " (%s.)" % ", ".join(
                "%s comes from the environment variable %s" % (name, ENVIRONMENT[name]) for name in names
            )
        raise


def _is_about(error: Auth0Error, name: str, value: str, by_token: bool) -> bool:
    """Whether an option may be the cause of a failure. by_token: the task works with a token that was given."""
    token_refused = error.status == 401 and error.code != "invalid_client"
    if name in error.message:
        return True
    if name == "auth0_domain":
        return isinstance(error, Unreachable)
    if name == "auth0_audience":
        # A token for another API is no token for this one.
        return (error.code in _AUDIENCE_CODES and value in error.message) or (token_refused and not by_token)
    if name == "auth0_api_token":
        return token_refused and by_token
    return name in _CLIENT_OPTIONS and error.code == "invalid_client"
