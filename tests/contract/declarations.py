# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whole declarations that Auth0's servers take, also as changes of an object that is there."""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind
from ansible_collections.community.auth0.plugins.module_utils._kinds.field import Field
from ansible_collections.community.auth0.plugins.module_utils._kinds.rules import (
    AtMost,
    Excludes,
    Fills,
    Needs,
    OneOf,
    Overrides,
)
from hypothesis import strategies as st

from .tenant import Item, Surroundings
from .values import Credentials, Leaf, credential_lists, values_of

MOST_FIELDS, MOST_CLEARED = 6, 3


class Declaration(NamedTuple):
    """fields: what is declared, but for what `identity_of` gives: what names the object, and what its creation needs.
    clear: what is not to be there.

    additive: the lists in ``fields`` that only grow.
    """

    fields: dict[str, Any]
    clear: frozenset[str]
    additive: frozenset[str]
    kind: Kind

    @property
    def options(self) -> dict[str, Any]:
        """The same as a module's options."""
        purge = {str(self.kind.fields[name].purge_option): False for name in self.additive}
        return {**self.fields, **purge, **({"clear": sorted(self.clear)} if self.clear else {})}

    @property
    def turned(self) -> dict[str, Any]:
        """The same options with every list in another order whose order means nothing."""
        return {**self.options, **{name: _turned(self.kind.fields[name], value) for name, value in self.fields.items()}}

    def __repr__(self) -> str:
        return repr(self.options)


def _turned(field: Field, value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _turned((field.fields or {}).get(key) or Field("raw"), item) for key, item in value.items()}
    if isinstance(value, list) and field.elements and not field.ordered:
        return [_turned(field.elements, item) for item in reversed(value)]
    return value


def needs_credentials(kind: Kind) -> st.SearchStrategy[bool]:
    """Whether the second declaration of an object may name credentials, which have to be made first."""
    return st.booleans() if credential_lists(kind) else st.just(False)


@st.composite
def declarations_of(
    draw: st.DrawFn,
    kind: Kind,
    here: Surroundings,
    held: Item | None = None,
    own: Credentials | None = None,
    again: Collection[str] = (),
) -> Declaration:
    """held: the object that is there, as the tenant shows it. own: its credentials, where it is a client.

    again: fields of which some are to be declared, since they were before.
    """
    create = held is None
    held = held or {}
    names = [
        name
        for name, field in kind.options.items()
        if name not in kind.identity and not field.required and (create or not field.create_only)
    ]
    chosen = _some(draw, names, MOST_FIELDS)
    chosen += [name for name in again if name in names and name not in chosen and draw(st.booleans())]
    fields = {}
    for name in chosen:
        field = kind.fields[name]
        value = draw(values_of(kind, here, Leaf(name, field), own))
        fields[name] = value if create else _part(draw, field, value, held.get(field.read_as or name))
    nullable = [name for name, field in kind.options.items() if field.nullable and name not in fields]
    clear = set(_some(draw, nullable, MOST_CLEARED))
    _leave_out_contradictions(kind, fields, clear, held)
    for name in _lists_to_follow(kind, fields, clear, held):
        fields[name] = draw(values_of(kind, here, Leaf(name, kind.fields[name])))
        clear.discard(name)
    if kind.name == "client":
        _add_what_is_needed(fields, clear, held)
    lists = [name for name in fields if kind.fields[name].purge_option]
    additive = frozenset(name for name in lists if not create and draw(st.booleans()))
    return Declaration(fields, frozenset(clear), additive, kind)


def _some(draw: st.DrawFn, names: Sequence[str], most: int) -> list[str]:
    """Some of the names. How many is drawn by itself, as Hypothesis prefers short lists."""
    number = draw(st.integers(0, min(most, len(names))))
    return draw(st.lists(st.sampled_from(names), min_size=number, max_size=number, unique=True)) if number else []


def _part(draw: st.DrawFn, field: Field, value: Any, held: Any) -> Any:
    """A value without some of the keys that the object has already; create-only ones among them are not declared."""
    if not isinstance(value, dict) or not field.fields or field.one_key or not isinstance(held, dict):
        return value
    part = {}
    for key, item in value.items():
        sub = field.fields.get(key) or Field("raw")
        # What is not seen has to be declared whenever the object around it is sent.
        droppable = key in held and not any(one.write_only for one in (sub, *(sub.fields or {}).values()))
        # What others go with is declared with them.
        droppable = droppable and not any(one.goes_with and one.goes_with[0] == key for one in field.fields.values())
        if not sub.create_only and not (droppable and draw(st.booleans())):
            part[key] = _part(draw, sub, item, held.get(key))
    return part


def _add_what_is_needed(fields: dict[str, Any], clear: set[str], held: Mapping[str, Any]) -> None:
    """Let fields of a client go together as the servers want (documented)."""
    settled = {name: value for name, value in {**held, **fields}.items() if name not in clear}
    if settled.get("organization_discovery_methods"):
        fields["organization_require_behavior"] = "pre_login_prompt"
        clear.discard("organization_require_behavior")
    if "resource_server_identifier" in fields:
        fields["app_type"] = "resource_server"
    if fields.get("app_type", settled.get("app_type")) == "resource_server":
        for name in ("refresh_token", "oidc_logout", "oidc_backchannel_logout"):
            fields.pop(name, None)
    if settled.get("token_endpoint_auth_method") not in ("client_secret_post", "client_secret_basic"):
        fields.pop("is_token_endpoint_ip_header_trusted", None)
    algorithm = settled.get("jwt_configuration", {}).get("alg")
    if "private_key_jwt" in settled.get("client_authentication_methods", {}) and algorithm in ("HS256", "RS512"):
        fields["jwt_configuration"] = {**fields.get("jwt_configuration", {}), "alg": "RS256"}
    if "refresh_token" in fields:
        tokens = {**held.get("refresh_token", {}), **fields["refresh_token"]}
        if tokens["rotation_type"] == "rotating":
            fields["refresh_token"]["expiration_type"] = "expiring"
        if tokens.get("idle_token_lifetime", 0) > tokens.get("token_lifetime", 0):
            fields["refresh_token"]["infinite_token_lifetime"] = True


def _leave_out_contradictions(kind: Kind, fields: dict[str, Any], clear: set[str], held: Mapping[str, Any]) -> None:
    for name, field in kind.fields.items():
        if field.read_as and (field.read_as in fields or field.read_as in clear):
            fields.pop(name, None)
            clear.discard(name)
    for rule in kind.rules:
        if isinstance(rule, OneOf):
            _leave_one(kind, rule, fields, clear, held)
        elif isinstance(rule, (Overrides, Fills)):
            _leave_overridden(rule, fields, clear, held)
        elif isinstance(rule, AtMost) and rule.field in fields:
            other = kind.fields[rule.other]
            fields[rule.field] = min(fields[rule.field], fields.get(rule.other, held.get(rule.other, other.initial)))
        elif isinstance(rule, Needs) and rule.field in fields:
            whole = {**(held.get(rule.field) or {}), **fields[rule.field]}
            if whole.get(rule.flag) and not whole.get(rule.items):
                fields[rule.field] = {**fields[rule.field], rule.flag: False}
        elif isinstance(rule, Excludes):
            _leave_out_excluded(rule, fields, clear, held)
    if kind.name == "client":
        _leave_out_what_clients_cannot_have(fields, clear, held)


def _settled(name: str, fields: Mapping[str, Any], clear: Collection[str], held: Mapping[str, Any]) -> Any:
    """What the object has in a field after the change."""
    return None if name in clear else fields.get(name, held.get(name))


def _leave_one(kind: Kind, rule: OneOf, fields: dict[str, Any], clear: set[str], held: Mapping[str, Any]) -> None:
    """At most one has a value; what has one already is cleared in the same change."""
    declared = [name for name in rule.fields if name in fields]
    for name in declared[1:]:
        del fields[name]
    if declared:
        clear.update(name for name in rule.fields if name != declared[0] and held.get(name) is not None)


def _leave_overridden(
    rule: Overrides | Fills, fields: dict[str, Any], clear: set[str], held: Mapping[str, Any]
) -> None:
    """What overrides or fills another field leaves nothing to declare of it."""
    if _settled(rule.field, fields, clear, held):
        fields.pop(rule.other, None)
        clear.discard(rule.other)


def _leave_out_excluded(rule: Excludes, fields: dict[str, Any], clear: set[str], held: Mapping[str, Any]) -> None:
    """The list is declared without what is excluded, also where that is there already."""
    items = fields.get(rule.other, held.get(rule.other)) or []
    if _settled(rule.field, fields, clear, held) == rule.value and rule.item in items:
        fields[rule.other] = [item for item in items if item != rule.item]


def _lists_to_follow(kind: Kind, fields: dict[str, Any], clear: set[str], held: Mapping[str, Any]) -> list[str]:
    """The lists that have to be declared since what has overridden or filled them is turned off."""
    return [
        rule.other
        for rule in kind.rules
        if isinstance(rule, (Overrides, Fills))
        and held.get(rule.field) is True
        and (rule.field in clear or fields.get(rule.field) is False)
        and rule.other not in fields
    ]


def _leave_out_what_clients_cannot_have(fields: dict[str, Any], clear: set[str], held: Mapping[str, Any]) -> None:
    settled = functools.partial(_settled, fields=fields, clear=clear, held=held)

    # The clients of Okta's express configuration are made with a method that takes keys (recorded).
    if settled("client_authentication_methods") is not None or settled("app_type") == "express_configuration":
        fields.pop("client_secret", None)
    if held:  # whose a client is stays as it is (documented)
        fields.pop("is_first_party", None)
    elif fields.get("is_first_party") is False:  # in strict mode most fields are refused (documented)
        fields["third_party_security_mode"] = "permissive"
    if settled("is_first_party") is False:  # third parties have no settings for organizations (documented)
        fields.pop("organization_usage", None)
        fields.pop("organization_require_behavior", None)
