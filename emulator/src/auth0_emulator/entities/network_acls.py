# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Network access control lists: who may reach the tenant. None is applied to requests here."""

from __future__ import annotations

import ipaddress
import re
from typing import Annotated, Any, Literal, Required

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from auth0_emulator.schema.errors import AnsweredError, management_error
from auth0_emulator.schema.shapes import READ_ONLY, UNIQUE, Handling, Part, Shape
from auth0_emulator.state import clock, identifiers
from auth0_emulator.state.store import Thing
from auth0_emulator.state.tenant import Tenant

from .access import Caller
from .entity import Behaviour, Entity, Listing, RequiredScopes

_CURATED = ("auth0.low_reputation", "auth0.icloud_relay_proxy")
_ACTIONS = ("block", "allow", "log", "redirect")
_ID = re.compile(r"acl_[A-Za-z0-9]{22}")


def _network(version: int) -> AfterValidator:
    def check(value: str) -> str:
        try:
            if ipaddress.ip_network(value, strict=False).version == version:
                return value
        except ValueError:
            pass
        raise PydanticCustomError("union", "None of the valid schemas were met")

    return AfterValidator(check)


_Strings = Annotated[list[str], Field(min_length=1), UNIQUE]
_Ipv4 = Annotated[list[Annotated[str, _network(4)]], Field(min_length=1), UNIQUE]
_Ipv6 = Annotated[list[Annotated[str, _network(6)]], Field(min_length=1), UNIQUE]


class SignatureKey(Part, total=False):
    id: Required[str]


class MessageSignature(Part, total=False):
    keys: Required[Annotated[list[SignatureKey], Field(min_length=1)]]


class Match(Part, total=False):
    asns: Annotated[list[int], Field(min_length=1), UNIQUE]
    auth0_managed: _Strings
    geo_country_codes: _Strings
    geo_subdivision_codes: _Strings
    ipv4_cidrs: _Ipv4
    ipv6_cidrs: _Ipv6
    connecting_ipv4_cidrs: _Ipv4
    connecting_ipv6_cidrs: _Ipv6
    ja3_fingerprints: _Strings
    ja4_fingerprints: _Strings
    user_agents: _Strings
    hostnames: _Strings
    http_message_signature: MessageSignature


class Action(Part, total=False):
    block: Literal[True]
    allow: Literal[True]
    log: Literal[True]
    redirect: Literal[True]
    redirect_uri: Annotated[str, Field(min_length=1, max_length=2000)]


class Rule(Part, total=False):
    action: Required[Action]
    match: Match
    not_match: Match
    match_all: Literal[True]
    scope: Required[Literal["management", "authentication", "tenant", "dynamic_client_registration"]]


class NetworkAcl(Shape):
    id: Annotated[str, READ_ONLY]
    description: Annotated[Annotated[str, Field(max_length=255)], Handling(required=True)]
    active: Annotated[bool, Handling(required=True)]
    priority: Annotated[Annotated[int, Field(ge=1, le=100)], Handling(default=50)]
    """The default is documented. No two lists have the same (documented)."""
    rule: Annotated[Rule, Handling(required=True)]
    created_at: Annotated[str, READ_ONLY]
    updated_at: Annotated[str, READ_ONLY]
    tenant_id: Annotated[str, READ_ONLY]
    deleted_at: Annotated[str | None, READ_ONLY]


def missing(dummy: str) -> AnsweredError:
    """404, without an errorCode (recorded)."""
    return management_error(404, "NetworkACL with this ID was not found")


def _conflict(thing: Thing) -> AnsweredError:
    """409 (documented)."""
    return management_error(409, "A Network ACL with this priority number has already been created.")


def _refuse_id(key: str) -> None:
    """400 to what can be no id (recorded)."""
    if not _ID.fullmatch(key):
        words = "Network ACL id is not a valid ACL ID in the form 'acl_XXXXXXXXXXXXXXXXXXXXXX'"
        raise management_error(400, words, "invalid_uri")


def _invalid(words: str) -> AnsweredError:
    return management_error(400, f"Payload validation error: {words}", "invalid_body")


def _refuse_rule(rule: dict[str, Any]) -> None:
    """What the form of a rule alone does not show. The wordings are recorded for a redirect and for lists that Auth0
    curates; of the others, the refusal is."""
    action = rule["action"]
    chosen = [name for name in _ACTIONS if name in action]
    if "redirect" in action and "redirect_uri" not in action:
        raise _invalid("Action type of `redirect` requires a `redirect_uri`")
    if len(chosen) != 1 or ("redirect_uri" in action and chosen != ["redirect"]):
        raise _invalid("'None of the valid schemas were met' on property rule.action.")
    signals = [name for name in ("match", "not_match") if name in rule]
    if bool(signals) == ("match_all" in rule):
        raise _invalid("'None of the valid schemas were met' on property rule.")
    for name in signals:
        unknown = [one for one in rule[name].get("auth0_managed", ()) if one not in _CURATED]
        if unknown:
            words = f"Invalid curated list name(s): {', '.join(unknown)}. Allowed curated list names are: "
            raise management_error(400, words + ", ".join(_CURATED), "invalid_body")


class NetworkAclBehaviour(Behaviour):
    def new_id(self, body: Thing) -> str:
        return identifiers.network_acl_id()

    def refuse_key(self, key: str) -> None:
        _refuse_id(key)

    def refuse_creation(self, tenant: Tenant, body: Thing) -> None:
        _refuse_rule(body["rule"])

    def refuse_update(self, tenant: Tenant, current: Thing, body: Thing) -> None:
        if "rule" in body:
            _refuse_rule(body["rule"])

    def default_values(self, tenant: Tenant, body: Thing) -> Thing:
        now = clock.written(clock.moment(tenant.clock))
        return {"created_at": now, "updated_at": now}

    def settle_update(self, tenant: Tenant, thing: Thing) -> None:
        thing["updated_at"] = clock.written(clock.moment(tenant.clock))

    def present_read(self, tenant: Tenant, thing: Thing, caller: Caller) -> Thing:
        """A read of one shows more than a list, or the answer to a write (recorded)."""
        return {"tenant_id": tenant.name, **thing, "deleted_at": None}


NETWORK_ACLS = Entity(
    name="network_acl",
    path="network-acls",
    model=NetworkAcl,
    scopes=RequiredScopes(
        read=("read:network_acls",),
        create=("create:network_acls",),
        update=("update:network_acls",),
        delete=("delete:network_acls",),
    ),
    listing=Listing("network_acls"),
    missing=missing,
    behaviour=NetworkAclBehaviour(),
    unique=("priority",),
    conflict=_conflict,
    replaceable=True,
    deleted_status=200,
    deleted_answer={"code": 204, "object": ""},
    deleting_missing_fails=True,
)
