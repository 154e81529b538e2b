# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Argument specs that compose, and what was given in them. Touches no AnsibleModule."""

from __future__ import annotations

import dataclasses
import itertools
import typing as t

from ansible.module_utils.basic import env_fallback
from ansible.module_utils.common.parameters import AnsibleFallbackNotFound
from ansible_collections.community.auth0.plugins.module_utils._client_authentication import (
    SIGNING_ALGS,
    ClientAuthentication,
    ClientSecret,
)
from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions
from ansible_collections.community.auth0.plugins.module_utils._kinds import dependants_of, links_of
from ansible_collections.community.auth0.plugins.module_utils._kinds._declaration import (
    Direct,
    Field,
    Kind,
    Link,
    OneOf,
)
from ansible_collections.community.auth0.plugins.module_utils._reconcile import Desired, Pending
from ansible_collections.community.auth0.plugins.module_utils._selection import Selection

Params = t.Mapping[str, t.Any]
Spec = dict[str, t.Any]

_ENVIRONMENT = {
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
            "argument_spec": self.options,
            "mutually_exclusive": self.mutually_exclusive,
            "required_one_of": self.required_one_of,
            "required_by": self.required_by,
        }


def filled_env_fallback(*names: str) -> str:
    """The first of the environment variables, unless it is empty: pipelines set a missing one to nothing."""
    value: str = env_fallback(*names)
    if not value:
        raise AnsibleFallbackNotFound
    return value


def _from_environment(name: str, **more: t.Any) -> Spec:
    return {"type": "str", "fallback": (filled_env_fallback, [_ENVIRONMENT[name]]), **more}


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


def kind_spec(kind: Kind) -> ArgumentSpec:
    """The options of the module that keeps one object of a kind."""
    options: Spec = {"state": {"type": "str", "choices": ["present", "absent"], "default": "present"}}
    exclusive: list[tuple[str, ...]] = []
    one_of: list[tuple[str, ...]] = []
    if _has_id_option(kind):
        options[kind.id_field] = {"type": "str"}
    for name, field in kind.options.items():
        options[name] = _option(field)
        if field.purge_option:
            options[field.purge_option] = {"type": "bool", "default": True}
        if field.members_of:
            options[field.members_of.option] = {"type": "bool", "default": True}
        if field.refers and field.refers.option:
            options[field.refers.option] = {"type": "str"}
    nullable = sorted(name for name, field in kind.options.items() if field.nullable)
    if nullable:
        options["clear"] = {"type": "list", "elements": "str", "choices": nullable, "default": []}
    if kind.shown_secret:
        options["return_secret"] = {"type": "bool", "default": False}
    if dependants_of(kind):
        options["force"] = {"type": "bool", "default": False}
    if _has_id_option(kind):
        one_of.append((kind.id_field, *kind.identity))
    else:
        for name in kind.identity:
            options[name]["required"] = kind.fields[name].required
    for rule in kind.rules:
        if isinstance(rule, OneOf):
            names = _with_references(kind, rule.fields)
            exclusive.append(names)
            if set(rule.fields) <= set(kind.identity):
                one_of.append(names)
    return ArgumentSpec(options, tuple(exclusive), tuple(one_of))


def info_spec(kind: Kind) -> ArgumentSpec:
    """The options of the module that reads the objects of a kind."""
    options: Spec = {name: {"type": "str"} for name in kind.direct}
    options.update(_filter_options(kind))
    if kind.named:
        options.update({"name": {"type": "str"}, "name_pattern": {"type": "str"}})
    exclusive = _exclusive(kind, options)
    if kind.holds_secret:
        options["include_secrets"] = {"type": "bool", "default": False}
    options.update({links.include: {"type": "bool", "default": False} for links in links_of(kind)})
    return ArgumentSpec(options, exclusive)


def owner_spec(link: Link) -> ArgumentSpec:
    """The options that name the object whose links a module keeps or reads."""
    names = (link.owner_id, link.owner_name)
    return ArgumentSpec(
        {name: {"type": "str"} for name in names},
        mutually_exclusive=(names,),
        required_one_of=(names,),
    )


def links_info_spec(link: Link, kind: Kind) -> ArgumentSpec:
    """The options of the module that reads what an object is linked to, which are objects of a kind."""
    options = _filter_options(kind)
    return owner_spec(link).merge(ArgumentSpec(options, _exclusive(kind, options)))


def _filter_options(kind: Kind) -> Spec:
    options: Spec = {}
    for name, declared in kind.filters.items():
        options[name] = _option(declared.field)
        if declared.field.refers and declared.field.refers.option:
            options[declared.field.refers.option] = {"type": "str"}
    return options


def _exclusive(kind: Kind, options: t.Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """The pairs of options, among those that select objects, of which at most one can be meant."""
    return tuple(pair for pair in itertools.combinations(options, 2) if _exclude_each_other(kind, set(pair)))


def _exclude_each_other(kind: Kind, pair: set[str]) -> bool:
    """Whether at most one of two options that select objects can be meant."""
    alone = {name for name, declared in kind.filters.items() if declared.alone}
    one_of = [set(_with_references(kind, rule.fields)) for rule in kind.rules if isinstance(rule, OneOf)]
    one_of += [set(_with_references(kind, [name])) for name in kind.filters if name in kind.fields]
    return bool(
        pair & set(kind.direct)
        or (pair & alone and pair <= kind.filters.keys())
        or pair == {"name", "name_pattern"}
        or any(pair <= names for names in one_of)
    )


def _with_references(kind: Kind, names: t.Iterable[str]) -> tuple[str, ...]:
    """The fields, and the options by which those can be given that refer to another object."""
    found: list[str] = []
    for name in names:
        refers = kind.fields[name].refers
        found += [name, refers.option] if refers and refers.option else [name]
    return tuple(found)


def _has_id_option(kind: Kind) -> bool:
    return any(isinstance(way, Direct) and way.field == kind.id_field for way in kind.lookups)


def _option(field: Field) -> Spec:
    option: Spec = {"type": field.type, "no_log": field.secret or field.write_only}
    if field.choices:
        option["choices"] = list(field.choices)
    if field.elements:
        element = _option(field.elements)
        option["elements"] = element["type"]
        for key in ("choices", "options"):
            if key in element:
                option[key] = element[key]
        if field.key:
            option["options"][field.key]["required"] = True
    if field.fields is not None and not field.free:
        option["options"] = {name: _option(sub) for name, sub in field.fields.items() if not sub.read_only}
    return option


def desired_from(kind: Kind, params: Params) -> Desired:
    """What a task declares: the options that were given."""
    fields = {name: _given(field, params[name]) for name, field in kind.options.items() if params.get(name) is not None}
    names: dict[str, str] = {}
    for name, field in kind.options.items():
        refers = field.refers
        if refers and refers.option and refers.by and params.get(refers.option) is not None:
            names[name] = params[refers.option]
            fields[name] = Pending(refers.kind, refers.field, refers.by, params[refers.option])
    return Desired(
        kind,
        fields,
        object_id=params.get(kind.id_field) if _has_id_option(kind) else None,
        present=params["state"] == "present",
        clear=frozenset(params.get("clear") or ()),
        additive=frozenset(
            name for name, field in kind.options.items() if field.purge_option and not params[field.purge_option]
        ),
        unchecked=frozenset(
            name for name, field in kind.options.items() if field.members_of and not params[field.members_of.option]
        ),
        names=names,
        with_dependants=bool(params.get("force")),
    )


def selection_from(kind: Kind, params: Params) -> Selection:
    """Which objects a task asks for."""
    filters = {name: params[name] for name in kind.filters if params.get(name) is not None}
    for name, declared in kind.filters.items():
        refers = declared.field.refers
        if refers and refers.option and refers.by and params.get(refers.option) is not None:
            filters[name] = Pending(refers.kind, refers.field, refers.by, params[refers.option])
    return Selection(
        kind,
        direct=next(((name, params[name]) for name in kind.direct if params.get(name) is not None), None),
        filters=filters,
        name=params.get("name"),
        name_pattern=params.get("name_pattern"),
    )


def _given(field: Field, value: t.Any) -> t.Any:
    """An option's value without the sub-options that were not given. Free-form objects keep their nulls."""
    if isinstance(value, dict) and field.fields is not None and not field.free:
        return {key: _given(field.fields[key], item) for key, item in value.items() if item is not None}
    if isinstance(value, dict) and field.values and field.values.type == "str":
        return {str(key): text(item) for key, item in value.items()}
    if isinstance(value, list) and field.elements:
        return [_given(field.elements, item) for item in value]
    return value


def text(value: t.Any) -> t.Any:
    """A scalar as text, since YAML makes numbers and booleans of what Auth0 keeps as strings; null stays."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, (int, float)) else value


def credentials_from(
    params: Params, environ: t.Mapping[str, str], warn: t.Callable[[str], None]
) -> str | ClientAuthentication | None:
    """The Management API token, or the client, with which to reach the tenant; None without any.

    What a task gives beats what only the environment holds; where both come from the same place, a token and a client
    exclude each other, as do a secret and a private key. warn: gets a sentence about a key that others can read.
    Raises InvalidOptions for both, or for half of a client.
    """
    given = {name for name, value in params.items() if value and environ.get(_ENVIRONMENT.get(name, "")) != value}
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
                % _ENVIRONMENT["auth0_private_key"],
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
                _ENVIRONMENT["auth0_client_id"],
                _ENVIRONMENT["auth0_client_secret"],
                _ENVIRONMENT["auth0_private_key"],
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
    from ansible_collections.community.auth0.plugins.module_utils import _private_key

    warning = None if _private_key.is_pem(key) else _private_key.warning_about(key, option)
    if warning:
        warn(warning)
    return _private_key.private_key(client_id, key, key_id, signing_alg, option)
