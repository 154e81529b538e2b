# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""The work of the module auth0_token_info."""

from __future__ import annotations

import time

from ansible_collections.community.auth0.plugins.module_utils import _verification
from ansible_collections.community.auth0.plugins.module_utils._arguments import ArgumentSpec
from ansible_collections.community.auth0.plugins.module_utils._errors import Auth0Error
from ansible_collections.community.auth0.plugins.module_utils._runner import Result, Task, TaskFailed


def argument_spec() -> ArgumentSpec:
    """The options by which a token is given to be verified, beside those of the connection."""
    return ArgumentSpec(
        {
            "token": {"type": "str", "required": True, "no_log": True},
            "audience": {"type": "str", "required": True},
            "issuer": {"type": "str"},
            "signing_alg": {"type": "str", "choices": ["HS256", "RS256", "RS512", "PS256"], "default": "RS256"},
            "signing_secret": {"type": "str", "no_log": True},
            "scope": {"type": "list", "elements": "str"},
            "leeway": {"type": "int", "default": 10},
            "fail": {"type": "bool", "default": True},
        }
    )


def verify_token(task: Task) -> Result:
    """Verify an access token as its API must; see the module auth0_token_info. Raises TaskFailed."""
    params = task.params
    try:
        expected = _verification.Expectation(
            audience=params["audience"],
            issuer=params["issuer"] or task.address.issuer,
            signing_alg=params["signing_alg"],
            signing_secret=params["signing_secret"],
            scope=tuple(params["scope"] or ()),
            leeway=params["leeway"],
        )
        with task.session() as session:
            claims = _verification.verify_token(params["token"], expected, lambda: _verification.fetch_jwks(session))
    except _verification.TokenNotAcceptable as error:
        if params["fail"]:
            error.message = "The token is not acceptable to %s: %s" % (params["audience"], error.message)
            raise TaskFailed(error, False) from None
        return {"changed": False, "active": False, "reason": error.message, "code": error.code}
    except Auth0Error as error:
        raise TaskFailed(error, False) from None
    return {
        "changed": False,
        "active": True,
        "claims": claims,
        "scope": str(claims.get("scope") or "").split(),
        "expires_in": int(claims["exp"] - time.time()),
    }
