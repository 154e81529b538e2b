# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""How a client proves at the token endpoint who it is, and by a secret. By a key: ``private_key``."""

from __future__ import annotations

import base64
import dataclasses
import typing as t
import urllib.parse

#: What Auth0 accepts of a client's own JWTs (documented for private_key_jwt).
SIGNING_ALGS = ("RS256", "RS384", "PS256")


@dataclasses.dataclass(frozen=True)
class Proof:
    """What a token request holds besides what it asks for. fields: of its body. headers: of the request.

    secrets: what of it no failure shows, though the server may repeat it.
    """

    fields: t.Mapping[str, str] = dataclasses.field(default_factory=dict, repr=False)
    headers: t.Mapping[str, str] = dataclasses.field(default_factory=dict, repr=False)
    secrets: tuple[str, ...] = dataclasses.field(default=(), repr=False)


class ClientAuthentication(t.Protocol):
    """A client that can prove who it is."""

    @property
    def client_id(self) -> str:
        """Who it is."""

    @property
    def how(self) -> str:
        """How it proves that, in the words of OAuth's metadata."""

    @property
    def credential(self) -> tuple[str, ...]:
        """What differs for another secret or key of the same client. May hold the secret: only good for a hash."""

    def proof(self, issuer: str) -> Proof:
        """What one request needs; asked for again for each, since an assertion serves once."""


@dataclasses.dataclass(frozen=True)
class ClientSecret:
    """A client with a secret. basic: in a header (HTTP Basic) instead of in the body."""

    client_id: str
    client_secret: str = dataclasses.field(repr=False)
    basic: bool = False

    @property
    def how(self) -> str:
        return "client_secret_basic" if self.basic else "client_secret_post"

    @property
    def credential(self) -> tuple[str, ...]:
        return (self.client_secret,)

    def proof(self, issuer: str) -> Proof:
        secrets = (self.client_secret,)
        if not self.basic:
            return Proof({"client_id": self.client_id, "client_secret": self.client_secret}, secrets=secrets)
        # RFC 6749, 2.3.1: both are form-encoded first.
        pair = ":".join(urllib.parse.quote_plus(part) for part in (self.client_id, self.client_secret))
        return Proof({}, {"Authorization": "Basic %s" % base64.b64encode(pair.encode()).decode()}, secrets)
