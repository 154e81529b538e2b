# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Credentials of a client: what tells one from another, when they end, and what the client uses them for. Pure."""

from __future__ import annotations

import base64
import binascii
import dataclasses
import datetime
import re
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._times import parse_time

Object = t.Mapping[str, t.Any]

#: The methods that take credentials, and the type of credential that each one takes.
TYPES = {
    "private_key_jwt": "public_key",
    "self_signed_tls_client_auth": "x509_cert",
    "tls_client_auth": "cert_subject_dn",
}

#: What a client uses credentials for: to authenticate, and by the name of the client's field what else there is.
AUTHENTICATION, SIGNED_REQUESTS, TOKEN_VAULT = USES = (
    "authentication",
    "signed_request_object",
    "token_vault_privileged_access",
)

#: How many Auth0 stores for a client, and how many the client can use at a time for each use. That of authentication is
#: reported, that of the token vault is the Terraform provider's; no limit is known for signed requests but the first.
MOST_STORED = 4
MOST_ATTACHED = {AUTHENTICATION: 2, SIGNED_REQUESTS: MOST_STORED, TOKEN_VAULT: 2}

#: An expires_at that removes the one there is.
NEVER = "never"

#: The field by which a credential of each type differs from the others of its client.
FINGERPRINTS = {"public_key": "kid", "x509_cert": "thumbprint_sha256", "cert_subject_dn": "subject_dn"}


@dataclasses.dataclass(frozen=True)
class Key:
    """A credential that is wanted. fingerprint: the value of the field of FINGERPRINTS for its type.

    name, alg, expires_at: None when they are not declared. expires_at: a time as Auth0 writes it, or NEVER.
    ends: when its certificate ends, which Auth0 takes for expires_at where nothing is declared (recorded).
    """

    type: str
    fingerprint: str
    name: str | None = None
    alg: str | None = None
    expires_at: str | None = None
    ends: str | None = dataclasses.field(default=None, compare=False)

    @property
    def identity(self) -> tuple[str, str]:
        return self.type, _comparable(self.type, self.fingerprint)

    @property
    def label(self) -> str:
        return _label(self.name, self.fingerprint)


@dataclasses.dataclass(frozen=True)
class Use:
    """What a client uses credentials for, as it is. attached: the ids of those that it uses.

    method: how it authenticates, by credentials if it is one of TYPES; None where it does not say, and for other uses.
    """

    attached: frozenset[str] = frozenset()
    method: str | None = None


def uses_of(client: Object) -> dict[str, Use]:
    """Each of USES, as a client that the tenant returns says."""
    uses = {name: Use(_ids(client.get(name))) for name in (SIGNED_REQUESTS, TOKEN_VAULT)}
    methods = client.get("client_authentication_methods") or {}
    for method, holder in methods.items():
        return {AUTHENTICATION: Use(_ids(holder), method), **uses}
    return {AUTHENTICATION: Use(method=client.get("token_endpoint_auth_method")), **uses}


def _ids(holder: t.Any) -> frozenset[str]:
    # What stands under a method that is not known here may be anything.
    held = holder.get("credentials") if isinstance(holder, dict) else None
    rows = held if isinstance(held, (list, tuple)) else ()
    return frozenset(str(one["id"]) for one in rows if isinstance(one, dict) and one.get("id") is not None)


def used_for(item: Object, uses: t.Mapping[str, Use]) -> list[str]:
    """What a stored credential is used for, of USES."""
    return [name for name in USES if item["id"] in uses[name].attached]


@dataclasses.dataclass(frozen=True)
class State:
    """What a client uses credentials for, each of USES, and all the credentials that it has stored, by their ids."""

    uses: t.Mapping[str, Use]
    stored: t.Mapping[str, Object] = dataclasses.field(default_factory=dict)

    @classmethod
    def of(cls, client: Object, stored: t.Iterable[Object] = ()) -> State:
        """What a client and its credentials, as the tenant returns them, say."""
        return cls(uses_of(client), {str(item["id"]): item for item in stored})


def label_of(item: Object) -> str:
    """A stored credential, for messages."""
    return _label(item.get("name"), fingerprint_of(item))


def fingerprint_of(item: Object) -> str:
    """The fingerprint of a stored credential as the tenant writes it; its id where it has none."""
    return str(item.get(FINGERPRINTS.get(str(item.get("credential_type")), "id")) or item["id"])


def _label(name: str | None, fingerprint: str) -> str:
    known = fingerprint.replace("\n", ",")
    return "%s (%s)" % (name, known) if name else known


def identity_of(item: Object) -> tuple[str, str]:
    """What tells a stored credential from the others of its client. Those of an unknown type are all different."""
    kind = str(item.get("credential_type"))
    field = FINGERPRINTS.get(kind)
    value = item.get(field) if field else None
    return (kind, _comparable(kind, str(value))) if value else ("id", str(item.get("id")))


def _comparable(kind: str, fingerprint: str) -> str:
    """A fingerprint in one of the ways in which it can be written."""
    if kind == "x509_cert":
        plain = fingerprint.replace(":", "").lower()
        if re.fullmatch("[0-9a-f]{64}", plain):
            return plain
        try:
            return base64.urlsafe_b64decode(fingerprint + "=" * (-len(fingerprint) % 4)).hex()
        except (ValueError, binascii.Error):
            return fingerprint
    if kind == "cert_subject_dn":
        # The parts of a name are written from either end, after commas, slashes or on lines of their own.
        parts = re.split(r"(?<!\\)[,/\n+]\s*(?=[A-Za-z0-9.]+\s*=)", "," + fingerprint.lstrip(" ,/\n"))
        pairs = (part.partition("=") for part in parts if part.strip())
        return "\n".join(sorted("%s=%s" % (name.strip().upper(), _unescaped(value)) for name, dummy, value in pairs))
    return fingerprint


def _unescaped(value: str) -> str:
    return re.sub(r"\\(.)", r"\1", value.strip())


def expiry_of(item: Object) -> datetime.datetime | None:
    """When a stored credential expires; None: never."""
    return parse_time(item["expires_at"]) if item.get("expires_at") else None


def days_left(item: Object, now: datetime.datetime) -> int | None:
    """Whole days until a stored credential expires, negative once it has; None: it never does."""
    ends = expiry_of(item)
    return None if ends is None else (ends - now).days
