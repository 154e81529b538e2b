# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""The work of the module auth0_token."""

from __future__ import annotations

import dataclasses

from ansible_collections.community.auth0.plugins.module_utils import _tokens
from ansible_collections.community.auth0.plugins.module_utils._arguments import client_with_key, text
from ansible_collections.community.auth0.plugins.module_utils._client_authentication import (
    ClientAuthentication,
    ClientSecret,
)
from ansible_collections.community.auth0.plugins.module_utils._errors import Auth0Error, InvalidOptions
from ansible_collections.community.auth0.plugins.module_utils._runner import Result, Task, TaskFailed


def obtain_token(task: Task) -> Result:
    """Get an access token; see the module auth0_token. Raises TaskFailed."""
    params = task.params
    try:
        for name in ("client_id", "client_secret", "private_key", "key_id", "audience", "organization"):
            if params[name] == "":
                # What is left out has a powerful default, so an empty value must not count as left out.
                raise InvalidOptions("%s is empty. Give a value, or leave the option out." % name)
        if params["scope"] is not None and not all(params["scope"] or [""]):
            raise InvalidOptions(
                "scope is empty, or holds an empty item. Give the scopes that the token is to have; without the option "
                "it has all that the client was granted."
            )
        parameters = params["parameters"] or {}
        taken = sorted(parameters.keys() & _tokens.REQUEST_PARAMETERS)
        if taken:
            raise InvalidOptions("parameters: %s cannot be given there." % ", ".join(taken))
        nested = sorted(name for name, value in parameters.items() if isinstance(value, (dict, list)))
        if nested:
            raise InvalidOptions("parameters: %s has to be a text, a number or a boolean." % ", ".join(nested))
        client = _client(task)
        with task.session() as session:
            answer = _tokens.request_token(
                session,
                client,
                params["audience"] or task.management_audience,
                task.address.issuer,
                params["scope"],
                params["organization"],
                {name: text(value) for name, value in parameters.items() if value is not None},
            )
    except Auth0Error as error:
        raise TaskFailed(error, False) from None
    return {
        "changed": False,
        "access_token": answer["access_token"],
        "token_type": answer.get("token_type", "Bearer"),
        "expires_in": answer.get("expires_in"),
        "scope": str(answer.get("scope") or "").split(),
        "claims": _tokens.decoded_claims(answer["access_token"]) or {},
    }


def _client(task: Task) -> ClientAuthentication:
    """The client that a token is for. Raises InvalidOptions."""
    params = task.params
    if params["client_id"] is None:
        client = task.credentials({**params, "auth0_api_token": None})
    elif params["private_key"] is not None:
        key = (params["private_key"], params["key_id"], params["signing_alg"])
        client = client_with_key(params["client_id"], *key, "private_key", task.warnings.append)
    elif params["client_secret"] is not None:
        client = ClientSecret(params["client_id"], params["client_secret"])
    else:
        raise InvalidOptions("client_id alone proves nothing: give client_secret or private_key with it.")
    if client is None or isinstance(client, str):
        raise InvalidOptions(
            "No credentials to get a token with: give client_id and client_secret (or private_key), or auth0_client_id "
            "and auth0_client_secret or auth0_private_key (AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET in the environment).",
            "no_credentials",
        )
    method = params["token_endpoint_auth_method"]
    if isinstance(client, ClientSecret):
        return dataclasses.replace(client, basic=method == "client_secret_basic")
    if method is not None:
        raise InvalidOptions("token_endpoint_auth_method is for a secret; a private key is always private_key_jwt.")
    return client
