# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Custom domains: names of a tenant's own. Nothing is served under them here."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from typing import Annotated, Literal

from pydantic import Field

from auth0_emulator.schema.errors import AnsweredError, invalid_query, management_error
from auth0_emulator.schema.shapes import READ_ONLY, Handling, Part, Shape
from auth0_emulator.state import clock, identifiers
from auth0_emulator.state.store import Keys, Thing
from auth0_emulator.state.tenant import Tenant

from .access import Caller
from .entity import Behaviour, Entity, Listing, RequiredScopes

_LABEL = r"[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
_DOMAIN = rf"^({_LABEL}\.)*{_LABEL}$"
_Metadata = dict[str, Annotated[str, Field(max_length=255)] | None]
_Header = Literal["true-client-ip", "cf-connecting-ip", "x-forwarded-for", "x-azure-clientip", ""]

SELF_MANAGED = "self_managed_certs"

DEFAULT = "custom_domain_default"
"""The name of the store that holds which domain is the default one, and of the only object in it."""
DEFAULT_KEYS = Keys()


class Method(Part, total=False):
    name: str
    record: str
    domain: str


class Verification(Part, total=False):
    methods: list[Method]
    status: str
    error_msg: str
    last_verified_at: str


class Certificate(Part, total=False):
    status: str
    error_msg: str
    certificate_authority: str
    renews_before: str


class CustomDomain(Shape):
    custom_domain_id: Annotated[str, READ_ONLY]
    domain: Annotated[
        Annotated[str, Field(min_length=3, max_length=255, pattern=_DOMAIN)], Handling(update=False, required=True)
    ]
    type: Annotated[Literal["auth0_managed_certs", "self_managed_certs"], Handling(update=False, required=True)]
    verification_method: Annotated[Literal["txt"], Handling(update=False, answer=False)]
    tls_policy: Annotated[Literal["recommended"], Handling(default="recommended")]
    custom_client_ip_header: Annotated[_Header, Handling(clearable=True, null_at_create=True, answer_as=_Header | None)]
    domain_metadata: Annotated[Annotated[_Metadata, Field(max_length=10)], Handling(default={})]
    """Whether it is replaced or merged is not known: here it is replaced."""
    relying_party_identifier: Annotated[
        Annotated[str, Field(max_length=255, pattern=_DOMAIN)], Handling(clearable=True)
    ]
    primary: Annotated[bool, READ_ONLY]
    is_default: Annotated[bool, READ_ONLY]
    status: Annotated[Literal["pending_verification", "ready", "failed"], READ_ONLY]
    origin_domain_name: Annotated[str, READ_ONLY]
    verification: Annotated[Verification, READ_ONLY]
    certificate: Annotated[Certificate, READ_ONLY]
    created_at: Annotated[str, READ_ONLY]


def missing(key: str) -> AnsweredError:
    """404 (recorded)."""
    return management_error(404, f"The custom domain {key} does not exist", "inexistent_custom_domain")


def _conflict(thing: Thing) -> AnsweredError:
    """409 (documented)."""
    return management_error(409, "Custom domain already exists.")


def default_domain(tenant: Tenant) -> str | None:
    """The domain that is the default one; None for the tenant's own."""
    found = tenant.store(DEFAULT).get(DEFAULT)
    domain = found["domain"] if found else None
    return domain if any(one["domain"] == domain for one in tenant.store("custom_domain")) else None


def edge_name(tenant: Tenant, thing: Thing) -> str:
    """What the name has to lead to in the DNS (recorded)."""
    number = thing["custom_domain_id"].replace("_", "-").lower()
    return f"{tenant.name}-{number}.edge.tenants.eu.auth0.com"


class CustomDomainBehaviour(Behaviour):
    def new_id(self, body: Thing) -> str:
        return identifiers.custom_domain_id()

    def default_values(self, tenant: Tenant, body: Thing) -> Thing:
        """The first one is the primary one (recorded of one; that others are not, too)."""
        first = next(iter(tenant.store("custom_domain")), None) is None
        return {
            "primary": first,
            "status": "pending_verification",
            "created_at": clock.written(clock.moment(tenant.clock)),
        }

    def settle(self, tenant: Tenant, thing: Thing, body: Thing) -> None:
        """What has to be in the DNS is said from the beginning (recorded). Metadata that are null are not kept.

        A header that is not set is null, also after null was sent; with certificates of Auth0's it is not there
        (recorded).
        """
        if thing["type"] == SELF_MANAGED:
            thing.setdefault("custom_client_ip_header", None)
        if "verification" not in thing:
            thing["verification"] = {"methods": [self._method(tenant, thing)]}
        if None in (thing.get("domain_metadata") or {}).values():
            thing["domain_metadata"] = {k: v for k, v in thing["domain_metadata"].items() if v is not None}

    @staticmethod
    def _method(tenant: Tenant, thing: Thing) -> Thing:
        """Its name is in upper case (recorded since October 2025; older recordings have it in lower case)."""
        if thing["type"] == SELF_MANAGED:
            return {"name": "TXT", "record": str(uuid.uuid4()), "domain": f"_cf-custom-hostname.{thing['domain']}"}
        return {"name": "CNAME", "record": edge_name(tenant, thing), "domain": thing["domain"]}

    def refuse_deletion(self, tenant: Tenant, current: Thing) -> None:
        """409 (documented)."""
        if default_domain(tenant) == current["domain"]:
            raise management_error(
                409,
                "Cannot delete the default custom domain. Please set another domain as default before deleting this "
                "one.",
            )

    def present(self, tenant: Tenant, thing: Thing, caller: Caller) -> Thing:
        return {**thing, "is_default": default_domain(tenant) == thing["domain"]}


_QUERY = re.compile(r"domain:(?P<beginning>[^\s*?:\"]+)(?P<any>\*?)")


def _search(tenant: Tenant, query: str) -> Callable[[Thing], bool]:
    """The domain of this name, or those that begin so (the latter is recorded, what else Auth0 knows is not)."""
    asked = _QUERY.fullmatch(query.strip())
    if asked is None:
        raise invalid_query(f"'Unsupported query: {query}' on property q")
    beginning = asked["beginning"].lower()
    if asked["any"]:
        return lambda thing: thing["domain"].lower().startswith(beginning)
    return lambda thing: thing["domain"].lower() == beginning


CUSTOM_DOMAINS = Entity(
    name="custom_domain",
    path="custom-domains",
    model=CustomDomain,
    scopes=RequiredScopes(
        read=("read:custom_domains",),
        create=("create:custom_domains",),
        update=("update:custom_domains",),
        delete=("delete:custom_domains",),
    ),
    listing=Listing("custom_domains", checkpoint=True, sorting=("domain",), search=_search),
    missing=missing,
    behaviour=CustomDomainBehaviour(),
    id_field="custom_domain_id",
    unique=("domain",),
    conflict=_conflict,
    deleting_missing_fails=False,
)
