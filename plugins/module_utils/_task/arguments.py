# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Argument specs that compose, and the options by which every module reaches a tenant. Touches no AnsibleModule."""

from __future__ import annotations

import dataclasses
import re
import typing as t

from ansible.module_utils.basic import env_fallback
from ansible.module_utils.common.parameters import AnsibleFallbackNotFound
from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions
from ansible_collections.community.auth0.plugins.module_utils._tokens.client_authentication import SIGNING_ALGS

Params = t.Mapping[str, t.Any]
Spec = dict[str, t.Any]

#: Characters of a secret. Ansible hides what is given to secret options wherever it shows it, in pieces of words too.
SHORTEST_SECRET = 8
#: The key of an option whose secrets may be shorter. Ansible does not know it.
SHORT = "short"
#: What a number may be: the least and the most.
_LIMITS = {"auth0_timeout": (1, 3600), "auth0_retries": (0, 100)}
#: Also a byte order mark and a space without width, which come along when a value is copied.
_SPACES = re.compile(r"\A[\s\ufeff\u200b]+|[\s\ufeff\u200b]+\Z")
_QUOTES = {'"': '"', "'": "'", "\u201c": "\u201d", "\u2018": "\u2019"}

#: The environment variable of each connection option that has one.
ENVIRONMENT = {
    "auth0_domain": "AUTH0_DOMAIN",
    "auth0_client_id": "AUTH0_CLIENT_ID",
    "auth0_client_secret": "AUTH0_CLIENT_SECRET",
    "auth0_private_key": "AUTH0_CLIENT_ASSERTION_PRIVATE_KEY",
    "auth0_private_key_id": "AUTH0_CLIENT_ASSERTION_PRIVATE_KEY_ID",
    "auth0_signing_alg": "AUTH0_CLIENT_ASSERTION_SIGNING_ALG",
    "auth0_api_token": "AUTH0_API_TOKEN",
    "auth0_audience": "AUTH0_AUDIENCE",
    "auth0_ca_path": "AUTH0_CA_PATH",
}


@dataclasses.dataclass(frozen=True)
class ArgumentSpec:
    """The options of a module and the rules between them, in the words of AnsibleModule."""

    options: Spec = dataclasses.field(default_factory=dict)
    mutually_exclusive: tuple[tuple[str, ...], ...] = ()
    required_one_of: tuple[tuple[str, ...], ...] = ()
    required_by: t.Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)

    def merge(self, other: ArgumentSpec) -> ArgumentSpec:
        """Both together; the other's options win."""
        return ArgumentSpec(
            {**self.options, **other.options},
            self.mutually_exclusive + other.mutually_exclusive,
            self.required_one_of + other.required_one_of,
            {**self.required_by, **other.required_by},
        )

    def to_kwargs(self) -> dict[str, t.Any]:
        """The keyword arguments for AnsibleModule."""
        return {
            "argument_spec": _for_ansible(self.options),
            "mutually_exclusive": self.mutually_exclusive,
            "required_one_of": self.required_one_of,
            "required_by": self.required_by,
        }


def _for_ansible(options: Spec) -> Spec:
    """The options with the keys that Ansible knows."""
    found = {}
    for name, option in options.items():
        found[name] = {key: item for key, item in option.items() if key != SHORT}
        if "options" in option:
            found[name]["options"] = _for_ansible(option["options"])
    return found


#: Whether what a module keeps must be there.
STATE = ArgumentSpec({"state": {"type": "str", "choices": ["present", "absent"], "default": "present"}})


def tidied(value: str) -> str:
    """A value without what came along by accident: spaces, line breaks and a pair of quotes around it."""
    text = _SPACES.sub("", value)
    if len(text) > 1 and _QUOTES.get(text[0]) == text[-1]:
        text = _SPACES.sub("", text[1:-1])
    return text


def filled_env_fallback(*names: str) -> str:
    """The first of the environment variables, unless it is empty: pipelines set a missing one to nothing."""
    value = tidied(env_fallback(*names))
    if not value:
        raise AnsibleFallbackNotFound
    return value


def secret_env_fallback(*names: str) -> str:
    """The same for a secret. One that is too short counts as none, so that Ansible does not mask by it."""
    value = filled_env_fallback(*names)
    if len(value) < SHORTEST_SECRET:
        raise AnsibleFallbackNotFound
    return value


def _from_environment(name: str, **more: t.Any) -> Spec:
    fallback = secret_env_fallback if more.get("no_log") else filled_env_fallback
    return {"type": "str", "fallback": (fallback, [ENVIRONMENT[name]]), **more}


def connection_spec() -> ArgumentSpec:
    """The options by which every module reaches a tenant."""
    return ArgumentSpec(
        {
            "auth0_domain": _from_environment("auth0_domain", required=True),
            "auth0_client_id": _from_environment("auth0_client_id"),
            "auth0_client_secret": _from_environment("auth0_client_secret", no_log=True),
            "auth0_private_key": _from_environment("auth0_private_key", no_log=True),
            "auth0_private_key_id": _from_environment("auth0_private_key_id", no_log=False),
            "auth0_signing_alg": _from_environment("auth0_signing_alg", choices=list(SIGNING_ALGS)),
            "auth0_api_token": _from_environment("auth0_api_token", no_log=True),
            "auth0_audience": _from_environment("auth0_audience"),
            "auth0_ca_path": _from_environment("auth0_ca_path", type="path"),
            "auth0_timeout": {"type": "int", "default": 60},
            "auth0_retries": {"type": "int", "default": 5},
        }
    )


def tidied_connection(params: Params) -> dict[str, t.Any]:
    """The parameters of a task with its connection options as they are meant, for every door, before they are checked.

    An option without content counts as not given, whatever its type: surveys and pipelines hand over empty answers.
    What is around a value by accident is cut. All other options stay as they are.
    """
    found = dict(params)
    for name in connection_spec().options.keys() & params.keys():
        value = params[name]
        if isinstance(value, str):
            found[name] = value = tidied(value)
        if value is None or value == "":
            del found[name]
    return found


def check_connection(params: Params) -> None:
    """Raises InvalidOptions for a number that makes no sense."""
    for name, (least, most) in _LIMITS.items():
        number = params[name]
        if least <= number <= most:
            continue
        raise InvalidOptions(
            "%s: %s is too %s. Give a number from %d to %d."
            % (
                name,
                number if abs(number) < 10**15 else "the number",
                "small" if number < least else "large",
                least,
                most,
            )
        )


def to_string(value: t.Any) -> t.Any:
    """A scalar as a string, since YAML makes numbers and booleans of what Auth0 keeps as strings; null stays."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, (int, float)) else value
