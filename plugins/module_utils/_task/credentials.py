# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""With what a task reaches its tenant: from its options and its environment to a token or a client."""

from __future__ import annotations

import typing as t

from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions
from ansible_collections.community.auth0.plugins.module_utils._tokens.client_authentication import (
    ClientAuthentication,
    ClientSecret,
)

from .arguments import ENVIRONMENT, Params, tidied


def credentials_from(
    params: Params, environ: t.Mapping[str, str], warn: t.Callable[[str], None]
) -> str | ClientAuthentication | None:
    """The Management API token, or the client, with which to reach the tenant; None without any.

    What a task gives beats what only the environment holds; where both come from the same place, a token and a client
    exclude each other, as do a secret and a private key. warn: gets a sentence about a key that others can read.
    Raises InvalidOptions for both, or for half of a client.
    """
    given = {
        name for name, value in params.items() if value and tidied(environ.get(ENVIRONMENT.get(name, ""), "")) != value
    }
    token, client_id = params.get("auth0_api_token"), params.get("auth0_client_id")
    secret, key = params.get("auth0_client_secret"), params.get("auth0_private_key")
    if secret and key and ("auth0_client_secret" in given) != ("auth0_private_key" in given):
        secret, key = (secret, None) if "auth0_client_secret" in given else (None, key)
    client_given = bool(given & {"auth0_client_id", "auth0_client_secret", "auth0_private_key"})
    if token and (client_id or secret or key) and ("auth0_api_token" in given) == client_given:
        raise InvalidOptions(
            "Both auth0_api_token and %s are set%s. Give one or the other."
            % (
                "auth0_client_id" if client_id else "auth0_client_secret" if secret else "auth0_private_key",
                ""
                if client_given
                else " in the environment (AUTH0_API_TOKEN and AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET or %s)"
                % ENVIRONMENT["auth0_private_key"],
            )
        )
    if token and not client_given:
        return str(token)
    if secret and key:
        raise InvalidOptions(
            "Both auth0_client_secret and auth0_private_key are set. Give the one by which the client authenticates."
        )
    if bool(client_id) != bool(secret or key):
        raise InvalidOptions(
            "%s is missing: credentials are auth0_client_id together with auth0_client_secret or auth0_private_key (or "
            "%s with %s or %s in the environment)."
            % (
                "auth0_client_secret or auth0_private_key" if client_id else "auth0_client_id",
                ENVIRONMENT["auth0_client_id"],
                ENVIRONMENT["auth0_client_secret"],
                ENVIRONMENT["auth0_private_key"],
            )
        )
    if not client_id:
        return None
    if key:
        key_id, alg = params.get("auth0_private_key_id"), params.get("auth0_signing_alg")
        return client_with_key(str(client_id), str(key), key_id, alg, "auth0_private_key", warn)
    return ClientSecret(str(client_id), str(secret))


def client_with_key(
    client_id: str, key: str, key_id: str | None, signing_alg: str | None, option: str, warn: t.Callable[[str], None]
) -> ClientAuthentication:
    """The client that signs with the private key which an option gives. Raises InvalidOptions."""
    # Here, because most tasks have no use for it, and importing it takes a tenth of their time.
    from ansible_collections.community.auth0.plugins.module_utils._tokens.private_key import private_key
    from ansible_collections.community.auth0.plugins.module_utils._tokens.private_key_option import (
        is_pem,
        warning_about,
    )

    warning = None if is_pem(key) else warning_about(key, option)
    if warning:
        warn(warning)
    return private_key(client_id, key, key_id, signing_alg, option)
