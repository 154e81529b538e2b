# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Getting a token, for the module and the lookup auth0_token."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions, Refused, named
from ansible_collections.community.auth0.plugins.module_utils._task.arguments import (
    ArgumentSpec,
    Params,
    tidied,
    to_string,
)
from ansible_collections.community.auth0.plugins.module_utils._task.credentials import client_with_key
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Result, Task, Work, performing
from ansible_collections.community.auth0.plugins.module_utils._tokens import cache as token_cache
from ansible_collections.community.auth0.plugins.module_utils._tokens.client_authentication import (
    SIGNING_ALGS,
    ClientAuthentication,
    ClientSecret,
)
from ansible_collections.community.auth0.plugins.module_utils._tokens.profile import scopes_in
from ansible_collections.community.auth0.plugins.module_utils._tokens.quota import Quota, quota_of, warnings_about
from ansible_collections.community.auth0.plugins.module_utils._tokens.request import REQUEST_PARAMETERS, request_token
from ansible_collections.community.auth0.plugins.module_utils._tokens.unverified import decoded_claims

#: What comes along with these by accident is cut, as with those of the connection.
_PROOFS = ("client_id", "client_secret", "private_key", "key_id")


def argument_spec() -> ArgumentSpec:
    """The options by which a token is asked for, beside those of the connection."""
    return ArgumentSpec(
        {
            "client_id": {"type": "str"},
            "client_secret": {"type": "str", "no_log": True},
            "secret_is_new": {"type": "bool", "default": False, "no_log": False},
            "token_endpoint_auth_method": {"type": "str", "choices": ["client_secret_post", "client_secret_basic"]},
            "private_key": {"type": "str", "no_log": True},
            "key_id": {"type": "str", "no_log": False},
            "signing_alg": {"type": "str", "choices": list(SIGNING_ALGS)},
            "audience": {"type": "str"},
            "scope": {"type": "list", "elements": "str"},
            "validate_scope": {"type": "bool", "default": False},
            "organization": {"type": "str"},
            "parameters": {"type": "dict"},
            "cache": {"type": "bool", "default": False},
            "cache_min_lifetime": {"type": "int", "default": 300},
            "cache_refresh": {"type": "bool", "default": False},
        },
        mutually_exclusive=(("client_secret", "private_key"),),
        required_by={
            "client_secret": ("client_id",),
            "private_key": ("client_id",),
            "key_id": ("private_key",),
            "signing_alg": ("private_key",),
        },
    )


def obtain_token(task: Task) -> Result:
    """Get an access token; see the module auth0_token. Raises TaskFailed."""
    quota: Quota = {}
    with performing():
        _refuse_unusable(task.params)
        wanted = _TokenRequest(
            _client(task),
            task.params["audience"] or task.management_audience,
            None if task.params["scope"] is None else scopes_in(task.params["scope"]),
            task.params["organization"],
            {name: to_string(value) for name, value in (task.params["parameters"] or {}).items() if value is not None},
        )
        answer, cached = _answer(task, wanted, lambda headers: quota.update(quota_of(headers)))
        claims = decoded_claims(answer["access_token"])
        scope = scopes_in([str(answer.get("scope") or "")])
        # Without scope in the answer there is none (documented), which the token must bear out.
        known = "scope" in answer or claims is not None
        other = _other_scopes(wanted.scope, scope) if known else None
        if other and task.params["validate_scope"]:
            raise Refused("%s No token is returned, since validate_scope is true." % other, "other_scope")
    task.warnings.extend([other] if other else [])
    task.warnings.extend(warnings_about(quota))
    return {
        "changed": False,
        "access_token": answer["access_token"],
        "token_type": answer.get("token_type", "Bearer"),
        "expires_in": answer.get("expires_in"),
        "scope": scope,
        "claims": claims or {},
        "cached": cached,
        **({"quota": quota} if quota else {}),
    }


@dataclasses.dataclass(frozen=True)
class _TokenRequest:
    """What a token is made of. scope: what is asked for; None for nothing in particular."""

    client: ClientAuthentication
    audience: str
    scope: t.Sequence[str] | None
    organization: str | None
    parameters: t.Mapping[str, str]

    def key(self, url: str) -> str:
        """The name of such a token of the tenant at that URL in the cache."""
        scope = None if self.scope is None else sorted(set(self.scope))
        return token_cache.cache_key(
            {
                "url": url,
                "client_id": self.client.client_id,
                "how": self.client.how,
                "credential": self.client.credential,
                "audience": self.audience,
                "scope": scope,
                "organization": self.organization,
                "parameters": dict(self.parameters),
            }
        )


def _other_scopes(asked: t.Sequence[str] | None, came: t.Sequence[str]) -> str | None:
    """What a token holds that was not asked for, or lacks of that, in a sentence; None where it is as asked for."""
    if asked is None:
        return None
    more, less = [one for one in came if one not in asked], [one for one in asked if one not in came]
    words = []
    if more:
        words.append(
            "The token holds more than was asked for: %s. Auth0 issues all scopes of a client grant, whatever subset "
            "is asked for; a token with fewer needs a client whose grant holds fewer." % named(more)
        )
    if less:
        words.append("The token lacks what was asked for: %s." % named(less))
    return " ".join(words) or None


def _answer(
    task: Task, wanted: _TokenRequest, read_headers: t.Callable[[t.Mapping[str, str]], object]
) -> tuple[token_cache.Answer, bool]:
    """The answer of the token endpoint, or the same from the cache; and whether it comes from there."""
    params = task.params

    def request() -> token_cache.Answer:
        with task.session() as session:
            return request_token(
                session,
                wanted.client,
                wanted.audience,
                task.address.issuer,
                wanted.scope,
                wanted.organization,
                wanted.parameters,
                read_headers,
                params["secret_is_new"],
                task.pause,
            )

    if not params["cache"]:
        return request(), False
    policy = token_cache.CachePolicy(
        min_lifetime=params["cache_min_lifetime"],
        # Another process that asks at the same time, as for another host, gets a token that is new enough for this one.
        requested_since=task.began if params["cache_refresh"] else None,
        patience=params["auth0_timeout"],
    )
    key = wanted.key(task.address.url)
    answer, cached = token_cache.cached_answer(task.environ, key, policy, request, task.warnings.append)
    lifetime = token_cache.lifetime_of(answer)
    if lifetime is not None and lifetime < policy.min_lifetime:
        task.warnings.append(
            "cache_min_lifetime is %d, but such a token is only valid for %d seconds: one is requested each time."
            % (policy.min_lifetime, lifetime)
        )
    return answer, cached


def _refuse_unusable(params: Params) -> None:
    """Raises InvalidOptions for options that mean nothing, or something else than what they seem to."""
    for name in ("client_id", "client_secret", "private_key", "key_id", "audience", "organization"):
        if params[name] is not None and not params[name].strip():
            # What is left out has a powerful default, so an empty value must not count as left out.
            raise InvalidOptions("%s is empty. Give a value, or leave the option out." % name)
    if params["scope"] is not None and not all(scope.strip() for scope in params["scope"] or [""]):
        raise InvalidOptions(
            "scope is empty, or holds an empty item. Give the scopes that the token must have; without the option "
            "it has all that the client was granted."
        )
    parameters = params["parameters"] or {}
    taken = sorted(parameters.keys() & REQUEST_PARAMETERS)
    if taken:
        raise InvalidOptions("parameters: %s cannot be given there." % ", ".join(taken))
    nested = sorted(name for name, value in parameters.items() if isinstance(value, (dict, list)))
    if nested:
        raise InvalidOptions("parameters: %s must be a string, a number or a boolean." % ", ".join(nested))
    if not 0 <= params["cache_min_lifetime"] < token_cache.LONGEST_LIFETIME:
        raise InvalidOptions(
            "cache_min_lifetime: %d is not from 0 to %d. No token of Auth0 is valid for longer."
            % (params["cache_min_lifetime"], token_cache.LONGEST_LIFETIME - 1)
        )
    if params["cache_refresh"] and not params["cache"]:
        raise InvalidOptions("cache_refresh does nothing without cache: true.")


def _client(task: Task) -> ClientAuthentication:
    """The client that a token is for. Raises InvalidOptions."""
    params = {**task.params, **{name: tidied(task.params[name]) for name in _PROOFS if task.params[name] is not None}}
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
    if params["secret_is_new"]:
        raise InvalidOptions("secret_is_new is for a secret, and the client proves who it is by a private key.")
    if method is not None:
        raise InvalidOptions("token_endpoint_auth_method is for a secret; a private key is always private_key_jwt.")
    return client


WORK = Work(argument_spec, obtain_token)
