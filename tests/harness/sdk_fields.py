# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The fields that the official Python SDK (auth0-python) sends and reads, by their names on the wire.

A field of an object inside another one has a name with a point, such as ``refresh_token.leeway``; items of lists have
their list's name. So a declaration of the same objects, whoever made it, can be held against the SDK.
"""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
import typing as t

import pydantic
from auth0.management.actions.raw_client import RawActionsClient
from auth0.management.client_grants.raw_client import RawClientGrantsClient
from auth0.management.clients.credentials.raw_client import RawCredentialsClient
from auth0.management.clients.raw_client import RawClientsClient
from auth0.management.core.serialization import FieldMetadata
from auth0.management.custom_domains.raw_client import RawCustomDomainsClient
from auth0.management.log_streams.raw_client import RawLogStreamsClient
from auth0.management.network_acls.raw_client import RawNetworkAclsClient
from auth0.management.organizations.raw_client import RawOrganizationsClient
from auth0.management.rate_limit_policies.raw_client import RawRateLimitPoliciesClient
from auth0.management.resource_servers.raw_client import RawResourceServersClient
from auth0.management.roles.raw_client import RawRolesClient
from auth0.management.tenants.settings.raw_client import RawSettingsClient
from auth0.management.token_exchange_profiles.raw_client import RawTokenExchangeProfilesClient

Fields = dict[str, bool]
"""The names, and whether the fields of what each one holds are known, too."""

CLIENTS: dict[str, type] = {
    "action": RawActionsClient,
    "client": RawClientsClient,
    "client_grant": RawClientGrantsClient,
    "credential": RawCredentialsClient,
    "custom_domain": RawCustomDomainsClient,
    "log_stream": RawLogStreamsClient,
    "network_acl": RawNetworkAclsClient,
    "organization": RawOrganizationsClient,
    "rate_limit_policy": RawRateLimitPoliciesClient,
    "resource_server": RawResourceServersClient,
    "role": RawRolesClient,
    "tenant_settings": RawSettingsClient,
    "token_exchange_profile": RawTokenExchangeProfilesClient,
}
"""The class of the SDK that deals with a kind."""


def sent(kind: str, method: str) -> Fields:
    """The fields of the body that a method such as create or update sends."""
    function = _function(kind, method)
    hints = t.get_type_hints(function, vars(sys.modules[function.__module__]))
    whole = _whole_body(function)
    if whole is not None:
        return _of_any(_models_in(hints[whole]))
    names = _names_in_body(function)
    found: Fields = {}
    for name, parameter in names.items():
        found |= _below(name, hints[parameter])
    return found


def answered(kind: str, method: str) -> Fields:
    """The fields of the object that a method such as get or create answers."""
    function = _function(kind, method)
    answer = t.get_type_hints(function, vars(sys.modules[function.__module__]))["return"]
    return _of_any(_models_in(t.get_args(answer)[0]))


def owners(name: str) -> list[str]:
    """The fields that a field is in."""
    steps = name.split(".")
    return [".".join(steps[:count]) for count in range(1, len(steps))]


def comparable(fields: Fields, others: Fields) -> set[str]:
    """The fields without those inside of what the others take as it comes."""
    return {name for name in fields if not any(others.get(owner) is False for owner in owners(name))}


def _function(kind: str, method: str) -> t.Any:
    if kind not in CLIENTS:
        raise LookupError(f"CLIENTS of {__name__} does not say which class of the SDK deals with {kind}")
    return getattr(CLIENTS[kind], method)


def _whole_body(function: t.Any) -> str | None:
    """The parameter that is the body as it is: the SDK takes one object where it can have several forms; None where it
    writes the body field by field."""
    bodies = [body for body in _bodies(function) if not isinstance(body, ast.Dict)]
    parameters = inspect.signature(function).parameters
    used = [node.id for body in bodies for node in ast.walk(body) if isinstance(node, ast.Name)]
    return next((name for name in used if name in parameters), None)


def _bodies(function: t.Any) -> list[ast.expr]:
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    return [
        keyword.value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        for keyword in call.keywords
        if keyword.arg == "json"
    ]


def _names_in_body(function: t.Any) -> dict[str, str]:
    """The parameter of each field on the wire: the SDK writes its bodies as dictionaries."""
    bodies = [body for body in _bodies(function) if isinstance(body, ast.Dict)]
    if len(bodies) != 1:
        raise LookupError(f"{function.__qualname__} of the SDK writes {len(bodies)} bodies field by field, not one")
    (body,) = bodies
    parameters = inspect.signature(function).parameters
    found = {}
    for key, value in zip(body.keys, body.values, strict=True):
        assert isinstance(key, ast.Constant)
        used = [node.id for node in ast.walk(value) if isinstance(node, ast.Name) and node.id in parameters]
        found[str(key.value)] = used[0]
    return found


def _fields_of(model: t.Any, prefix: str) -> Fields:
    found: Fields = {}
    hints = t.get_type_hints(model, include_extras=True)
    for name, field in model.model_fields.items():
        aliases = [one.alias for one in getattr(hints[name], "__metadata__", ()) if isinstance(one, FieldMetadata)]
        found |= _below(prefix + (aliases[0] if aliases else field.alias or name), hints[name])
    return found


def _of_any(models: t.Iterable[t.Any], prefix: str = "") -> Fields:
    """The fields of objects that have one of several forms."""
    found: Fields = {}
    for model in models:
        for name, known in _fields_of(model, prefix).items():
            found[name] = found.get(name, False) or known
    return found


def _below(name: str, hint: t.Any) -> Fields:
    models = _models_in(hint)
    found: Fields = {name: bool(models)}
    return found | _of_any(models, name + ".")


def _models_in(hint: t.Any) -> list[t.Any]:
    """The models that a type is made of; one that takes anything has none."""
    if isinstance(hint, type) and issubclass(hint, pydantic.BaseModel):
        return [hint] if hint.model_fields else []
    if t.get_origin(hint) in (None, dict, t.Literal):
        return []
    return [model for part in t.get_args(hint) for model in _models_in(part)]
