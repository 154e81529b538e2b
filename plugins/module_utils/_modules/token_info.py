# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""The work of the module auth0_token_info."""

from __future__ import annotations

import functools
import time
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions
from ansible_collections.community.auth0.plugins.module_utils._task.arguments import ArgumentSpec
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Result, Task, Work, performing
from ansible_collections.community.auth0.plugins.module_utils._tokens import verification
from ansible_collections.community.auth0.plugins.module_utils._tokens.profile import scopes_in


def argument_spec() -> ArgumentSpec:
    """The options by which a token is given to be verified, beside those of the connection."""
    return ArgumentSpec(
        {
            "token": {"type": "str", "required": True, "no_log": True},
            "audience": {"type": "str", "required": True},
            "issuer": {"type": "str"},
            "signing_alg": {"type": "str", "choices": list(verification.SIGNING_ALGS), "default": "RS256"},
            "signing_secret": {"type": "str", "no_log": True},
            "token_dialect": {"type": "str", "choices": list(verification.TOKEN_DIALECTS), "no_log": False},
            "scope": {"type": "list", "elements": "str"},
            "permissions": {"type": "list", "elements": "str"},
            "organization": {"type": "str"},
            "leeway": {"type": "int", "default": 10},
            "fail": {"type": "bool", "default": True},
        }
    )


def verify_token(task: Task, now: t.Callable[[], float] = time.time) -> Result:
    """Verify an access token as its API must; see the module auth0_token_info.

    now: the clock, in seconds since the epoch. Raises TaskFailed.
    """
    params = task.params
    with performing():
        try:
            expected = _expectation(task)
            with task.session() as session:
                jwks = functools.partial(verification.fetch_jwks, session)
                accepted = verification.verify_token(params["token"], expected, jwks, now)
        except verification.TokenNotAcceptable as error:
            if params["fail"]:
                error.message = "The token is not acceptable to %s: %s" % (params["audience"], error.message)
                raise
            return {"changed": False, "active": False, "reason": error.message, "code": error.code}
    return {
        "changed": False,
        "active": True,
        "claims": accepted.claims,
        "scope": accepted.scope,
        "permissions": accepted.permissions,
        "expires_in": accepted.expires_in,
    }


def _expectation(task: Task) -> verification.Expectation:
    """What the options say that the API demands. Raises InvalidOptions."""
    params = task.params
    if not params["token"].strip():
        # Not an unacceptable token, but none: fail: false must not hide that a variable holds nothing.
        raise InvalidOptions("token is empty. Give the access token exactly as it was issued.")
    if not params["audience"].strip():
        raise InvalidOptions("audience is empty. Give the identifier of the API.")
    for name in ("issuer", "organization"):
        if params[name] is not None and not params[name].strip():
            raise InvalidOptions("%s is empty. Give a value, or leave the option out." % name)
    for name in ("scope", "permissions"):
        if not all(item.strip() for item in params[name] or ()):
            raise InvalidOptions("%s holds an empty item. Give what the token must hold." % name)
    if params["leeway"] < 0:
        raise InvalidOptions("leeway: %d is too small. Give the seconds by which clocks may differ." % params["leeway"])
    return verification.Expectation(
        audience=params["audience"],
        issuer=params["issuer"] or task.address.issuer,
        signing_alg=params["signing_alg"],
        signing_secret=params["signing_secret"],
        token_dialect=params["token_dialect"],
        scope=tuple(scopes_in(params["scope"] or ())),
        permissions=tuple(params["permissions"] or ()),
        organization=params["organization"],
        leeway=params["leeway"],
    )


WORK = Work(argument_spec, verify_token, verification.PYJWT_IMPORT_ERROR)
