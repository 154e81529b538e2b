# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""The options of auth0_client_credentials → what a client is to use credentials for. Pure."""

from __future__ import annotations

import dataclasses
import ipaddress
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._engine import value_problems, values
from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions
from ansible_collections.community.auth0.plugins.module_utils._kinds.client import CLIENT, SIGNED_REQUESTS_NEED_A_KEY
from ansible_collections.community.auth0.plugins.module_utils._kinds.client_credential import CLIENT_CREDENTIAL
from ansible_collections.community.auth0.plugins.module_utils._kinds.field import Field
from ansible_collections.community.auth0.plugins.module_utils._times import format_time, parse_time
from ansible_collections.community.auth0.plugins.module_utils._tokens.pem import with_line_breaks
from ansible_collections.community.auth0.plugins.module_utils._tokens.public_key import PublicKey, read_pem

from .steps import Goal
from .stored import (
    AUTHENTICATION,
    MOST_ATTACHED,
    MOST_STORED,
    NEVER,
    SIGNED_REQUESTS,
    TOKEN_VAULT,
    TYPES,
    Key,
    Object,
)

#: What a use has beside its credentials, under the names of the client's fields.
SETTINGS: t.Mapping[str, t.Mapping[str, Field]] = {
    use: {name: field for name, field in (CLIENT.fields[use].fields or {}).items() if name != "credentials"}
    for use in (SIGNED_REQUESTS, TOKEN_VAULT)
}
#: For all connections together (documented).
_MOST_SCOPES = 20

#: What lists of credentials must not be empty, and when.
_NEEDS = (SIGNED_REQUESTS_NEED_A_KEY,)


@dataclasses.dataclass(frozen=True)
class DeclaredUse:
    """What is declared for a use. keys: None when they are left alone. settings: of SETTINGS, those that are given."""

    keys: tuple[Key, ...] | None
    method: str | None = None
    settings: Object = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True)
class DeclaredCredentials:
    """What a client is to use credentials for. payloads: what creates each key, in the declared order."""

    uses: t.Mapping[str, DeclaredUse]
    payloads: t.Mapping[Key, Object] = dataclasses.field(repr=False)

    def goals(self, client: Object) -> dict[str, Goal]:
        """What each use is to become, for a client as the tenant returns it."""
        goals = {}
        for use, declared in self.uses.items():
            held = client.get(use) or {}
            changed = tuple(
                name
                for name, value in declared.settings.items()
                if values.differs(SETTINGS[use][name], value, held.get(name))
            )
            without = {**held, **declared.settings, "credentials": ()}
            needed = next((rule.advice for rule in _NEEDS if rule.field == use and rule.is_broken(without)), None)
            goals[use] = Goal(declared.keys, declared.method, changed, needed)
        return goals


def declared_credentials(params: t.Mapping[str, t.Any]) -> DeclaredCredentials:
    """What a task's options ask for. Raises InvalidOptions, whose message shows no key."""
    given = {use: params[use] for use in (SIGNED_REQUESTS, TOKEN_VAULT) if params[use] is not None}
    lists = {AUTHENTICATION: ("credentials", _in_lines(params["credentials"]))}
    lists.update((use, ("%s.credentials" % use, _in_lines(options["credentials"]))) for use, options in given.items())
    # First of all, so that no other mistake hides that a private key has been given.
    pems = dict(_pems(lists.values()))
    method = params["method"]
    uses = {}
    if method is None:
        if lists.pop(AUTHENTICATION)[1] is not None:
            raise InvalidOptions("credentials: needs method, which says how the client authenticates by them.")
    else:
        _check_method(method, params["credentials"])
        uses[AUTHENTICATION] = DeclaredUse((), method)
    uses.update((use, DeclaredUse(None, settings=_settings(use, options))) for use, options in given.items())
    keys = _DeclaredKeys(pems)
    for use, (where, items) in lists.items():
        if items is not None:
            keys.add(use, TYPES[method] if use == AUTHENTICATION else "public_key", items, where)
    uses = {use: dataclasses.replace(one, keys=keys.of(use, one.keys)) for use, one in uses.items()}
    return DeclaredCredentials(uses, keys.payloads)


def _in_lines(items: t.Sequence[Object] | None) -> t.Sequence[Object] | None:
    """The same with the line breaks of each PEM that has lost them, as on its way through an environment variable."""
    if items is None:
        return None
    one_line = [item.get("pem") and "\n" not in item["pem"].strip() for item in items]
    return [
        {**item, "pem": with_line_breaks(item["pem"])} if lost else item
        for item, lost in zip(items, one_line, strict=True)
    ]


def _pems(lists: t.Iterable[tuple[str, t.Sequence[Object] | None]]) -> t.Iterator[tuple[str, PublicKey]]:
    for where, items in lists:
        for number, item in enumerate(items or ()):
            if item.get("pem") is not None:
                yield "%s[%d]" % (where, number), read_pem(item["pem"], "%s[%d].pem" % (where, number))


def _check_method(method: str, given: t.Sequence[Object] | None) -> None:
    if method in TYPES and not given:
        raise InvalidOptions(
            "credentials: the method %s needs at least one; without any the client could not authenticate." % method
        )
    if method not in TYPES and given is not None:
        raise InvalidOptions(
            "credentials: the method %s takes none. Leave the option out; those that there are will be removed."
            % method
        )


def _settings(use: str, options: Object) -> Object:
    """What is declared for a use beside its credentials. Raises InvalidOptions."""
    fields = SETTINGS[use]
    settings = {name: options[name] for name in fields if options[name] is not None}
    if not settings and options["credentials"] is None:
        raise InvalidOptions("%s: is empty. Give %s." % (use, " or ".join(["credentials", *fields])))
    problems = [
        text
        for name, value in settings.items()
        for text in value_problems.problems(fields[name], value, "%s.%s" % (use, name))
    ]
    problems += _address_problems(settings.get("ip_allowlist") or (), "%s.ip_allowlist" % use)
    problems += _grant_problems(settings.get("grants") or (), "%s.grants" % use)
    if problems:
        raise _invalid(problems)
    return settings


def _address_problems(addresses: t.Sequence[str], where: str) -> t.Iterator[str]:
    for number, address in enumerate(addresses):
        dummy, slash, length = address.partition("/")
        try:
            ipaddress.ip_interface(address)
            known = not slash or length.isdecimal()
        except ValueError:
            known = False
        if not known:
            yield "%s[%d]: %r is neither an IP address nor a range of them like 192.0.2.0/24" % (where, number, address)


def _grant_problems(grants: t.Sequence[Object], where: str) -> t.Iterator[str]:
    for number, grant in enumerate(grants):
        if not grant["scopes"]:
            yield "%s[%d].scopes: at least one is needed" % (where, number)
    scopes = sum(len(grant["scopes"]) for grant in grants)
    if scopes > _MOST_SCOPES:
        yield "%s: %d scopes in all, at most %d are allowed" % (where, scopes, _MOST_SCOPES)


def _invalid(problems: t.Sequence[str]) -> InvalidOptions:
    return InvalidOptions("The options are not valid:\n%s" % "\n".join("  - %s" % text for text in problems))


@dataclasses.dataclass
class _Found:
    key: Key
    payload: Object
    where: str


class _DeclaredKeys:
    """The keys that are declared. One that is declared for several uses is one: Auth0 stores a key once.

    pems: what has been read of each key that is given in PEM format, by where that is.
    """

    def __init__(self, pems: t.Mapping[str, PublicKey]) -> None:
        self._pems = pems
        self._found: dict[tuple[str, str], _Found] = {}
        self._uses: dict[str, list[tuple[str, str]]] = {}

    def add(self, use: str, credential_type: str, items: t.Sequence[Object], where: str) -> None:
        """Take in the keys of a use. Raises InvalidOptions."""
        if len(items) > MOST_ATTACHED[use]:
            raise InvalidOptions(
                "%s: %d are given; Auth0 lets a client %s %d at most. Rotate in two runs: first the present and the "
                "next one, later the next one alone."
                % (where, len(items), "authenticate by" if use == AUTHENTICATION else "use", MOST_ATTACHED[use])
            )
        own = self._uses[use] = []
        for number, item in enumerate(items):
            here = "%s[%d]" % (where, number)
            given = {name: value for name, value in item.items() if value is not None}
            found = _key(credential_type, given, self._pems.get(here), here)
            identity = found.key.identity
            if identity in own:
                raise InvalidOptions("%s: is the same key as another one of the list." % here)
            own.append(identity)
            self._found[identity] = _together(self._found[identity], found) if identity in self._found else found
        if len(self._found) > MOST_STORED:
            raise InvalidOptions(
                "%d different keys are given; Auth0 stores %d at most for a client." % (len(self._found), MOST_STORED)
            )

    def of(self, use: str, otherwise: tuple[Key, ...] | None) -> tuple[Key, ...] | None:
        """Those of a use."""
        return tuple(self._found[identity].key for identity in self._uses[use]) if use in self._uses else otherwise

    @property
    def payloads(self) -> dict[Key, Object]:
        """What creates each key."""
        return {found.key: found.payload for found in self._found.values()}


def _together(one: _Found, other: _Found) -> _Found:
    """The same key, declared for two uses. Raises InvalidOptions where it cannot be one."""
    declared: dict[str, t.Any] = {}
    for name in ("name", "alg", "expires_at"):
        values = [value for value in (getattr(one.key, name), getattr(other.key, name)) if value is not None]
        if len(set(values)) > 1:
            raise InvalidOptions(
                "%s: is the same key as %s, which Auth0 stores once. Give it the same %s in both."
                % (other.where, one.where, name)
            )
        declared[name] = values[0] if values else None
    # It takes a certificate to tell its end, and one of them may be a public key alone.
    tells, more = (other, one) if "parse_expiry_from_cert" in other.payload else (one, other)
    payload = {**more.payload, **tells.payload}
    if "parse_expiry_from_cert" in payload:
        payload.pop("expires_at", None)
    return _Found(dataclasses.replace(one.key, **declared), payload, one.where)


def _key(credential_type: str, item: Object, read: PublicKey | None, where: str) -> _Found:
    """A credential as a task gives it → what is wanted, and what creates it. Raises InvalidOptions."""
    needs = ("subject_dn", "pem") if credential_type == "cert_subject_dn" else ("pem",)
    if len(item.keys() & {"subject_dn", "pem"} & set(needs)) != 1:
        raise InvalidOptions("%s: %s is needed." % (where, "exactly one of subject_dn and pem" if needs[1:] else "pem"))
    only = {"alg", "expires_at", "parse_expiry_from_cert"} if credential_type != "public_key" else {"subject_dn"}
    for option in sorted(only & item.keys()):
        if item[option] is not False:
            raise InvalidOptions("%s.%s: does not apply to this method." % (where, option))
    if read and credential_type != "public_key" and read.certificate is None:
        raise InvalidOptions("%s.pem: is a public key, but this method needs an X.509 certificate." % where)
    expires_at = _expiry(item, read, where)
    payload: dict[str, t.Any] = {"credential_type": credential_type}
    payload.update({name: item[name] for name in ("name", "alg", "subject_dn", "pem") if name in item})
    if item.get("parse_expiry_from_cert"):
        payload["parse_expiry_from_cert"] = True
    elif expires_at not in (None, NEVER):
        payload["expires_at"] = expires_at
    problems = [
        text
        for name, value in payload.items()
        for text in value_problems.problems(CLIENT_CREDENTIAL.fields[name], value, "%s.%s" % (where, name))
    ]
    if problems:
        raise _invalid(problems)
    fingerprint = _fingerprint(credential_type, read, item)
    certificate = read.certificate if read and credential_type == "x509_cert" else None
    ends = format_time(certificate.expires) if certificate else None
    return _Found(
        Key(credential_type, fingerprint, item.get("name"), item.get("alg"), expires_at, ends), payload, where
    )


def _expiry(item: Object, read: PublicKey | None, where: str) -> str | None:
    given = item.get("expires_at")
    if item.get("parse_expiry_from_cert"):
        if given is not None:
            raise InvalidOptions("%s: expires_at and parse_expiry_from_cert exclude each other." % where)
        if read is None or read.certificate is None:
            raise InvalidOptions("%s: parse_expiry_from_cert needs a certificate; pem is a public key alone." % where)
        return format_time(read.certificate.expires)
    if given is None or given == NEVER:
        return given
    try:
        return format_time(parse_time(given))
    except (ValueError, OverflowError):
        raise InvalidOptions(
            "%s.expires_at: %r is neither a time like 2027-02-01T00:00:00Z nor %s." % (where, given, NEVER)
        ) from None


def _fingerprint(credential_type: str, read: PublicKey | None, item: Object) -> str:
    if credential_type == "public_key" and read:
        return read.thumbprint
    if read and read.certificate:
        return read.certificate.thumbprint if credential_type == "x509_cert" else read.certificate.subject
    return str(item["subject_dn"])
