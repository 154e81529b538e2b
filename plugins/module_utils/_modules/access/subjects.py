# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""What a row of access is about: a client, an API and a subject type, with what is known of each. Pure."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._engine.references import Object
from ansible_collections.community.auth0.plugins.module_utils._errors import named

from ..client_credentials.stored import AUTHENTICATION, TYPES, uses_of


@dataclasses.dataclass(frozen=True)
class Access:
    """What a client may do with an API, or should be able to.

    name: what the user calls the client; of a grant for all clients of a sort, that sort. client_id: None where the
    client is not known. declared: None where nothing says what is declared. entry: the options that declare it.
    grant, client, api: the objects of the tenant; None for one that is not there. trouble: why it is not known which
    client is meant, in words. asked: the scopes that a call asks for, where nothing else needs this token.
    """

    name: str
    audience: str
    subject_type: str = "client"
    client_id: str | None = None
    declared: bool | None = None
    entry: Object | None = None
    grant: Object | None = None
    client: Object | None = dataclasses.field(default=None, repr=False)
    api: Object | None = dataclasses.field(default=None, repr=False)
    trouble: str | None = None
    asked: tuple[str, ...] | None = None

    @property
    def label(self) -> str:
        """For messages."""
        return "%s -> %s" % (self.name, self.audience)

    @property
    def default_for(self) -> str | None:
        """The sort of clients, of a grant that is for all clients of a sort."""
        return self._told("default_for")

    @property
    def organization_usage(self) -> str:
        """Whether its tokens are for an organization: deny, allow or require."""
        return self._told("organization_usage") or "deny"

    @property
    def organization(self) -> str | None:
        """The id of the one that a token is for when none is asked for: the client's default where one is required."""
        default = (self.client or {}).get("default_organization") or {}
        return default.get("organization_id") if self.organization_usage == "require" else None

    def _told(self, name: str) -> str | None:
        """A field of the grant, as it is rather than as it is declared."""
        value = (self.entry if self.grant is None else self.grant or {}) or {}
        found = value.get(name)
        return None if found is None else str(found)

    @property
    def all_scopes(self) -> bool:
        """Whether the grant holds every scope that the API has, also those of the future."""
        return bool((self.grant or {}).get("allow_all_scopes"))

    @property
    def granted(self) -> tuple[str, ...]:
        """The scopes that the grant holds, sorted."""
        held = self.defined if self.all_scopes else (self.grant or {}).get("scope") or ()
        return tuple(sorted(held))

    @property
    def defined(self) -> tuple[str, ...]:
        """The scopes that the API has."""
        return defined_by(self.api)

    @property
    def undefined(self) -> tuple[str, ...]:
        """The scopes of the grant that the API does not have."""
        known = set(self.defined)
        return tuple(scope for scope in self.granted if scope not in known)

    @property
    def wanted(self) -> Wanted | None:
        """The scopes that a token must hold; None where nothing says which."""
        if self.asked is not None:
            return Wanted(self.asked, True, "asked for")
        if self.entry is not None and self.entry.get("scope") is not None:
            return Wanted(tuple(self.entry["scope"]), bool(self.entry.get("purge_scope", True)), "declared")
        return None if self.grant is None else Wanted(self.granted, True, "granted")

    @property
    def authentication(self) -> str | None:
        """How the client authenticates, in OAuth's words; None where it does not say."""
        return None if self.client is None else authentication_of(self.client)


@dataclasses.dataclass(frozen=True)
class Wanted:
    """Scopes that a token must hold. exactly: whether it must hold no others. why: what they are, in words."""

    scope: tuple[str, ...]
    exactly: bool
    why: str

    def difference(self, held: t.Collection[str]) -> str | None:
        """What is wrong with the scopes of a token, in words; None where nothing is."""
        more = sorted(set(held) - set(self.scope)) if self.exactly else []
        lacking = sorted(set(self.scope) - set(held))
        words = ["the token has scopes that are not %s: %s" % (self.why, named(more))] if more else []
        words += ["the token lacks scopes that are %s: %s" % (self.why, named(lacking))] if lacking else []
        return "; ".join(words) or None


def defined_by(api: Object | None) -> tuple[str, ...]:
    """The scopes that an API has."""
    return tuple(str(scope["value"]) for scope in (api or {}).get("scopes") or ())


def authentication_of(client: Object) -> str | None:
    """How a client authenticates, in OAuth's words; None where its keys, if it has some, cannot be seen.

    A client with a secret and no other word sends it in the body, which is OAuth's and Auth0's default.
    """
    return uses_of(client)[AUTHENTICATION].method or ("client_secret_post" if client.get("client_secret") else None)


def by_secret(method: str | None) -> bool:
    """Whether that way to authenticate uses the client's secret."""
    return method not in TYPES and method != "none"
