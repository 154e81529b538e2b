# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""How a client authenticates, and is to → the steps that lead there, or a refusal. Pure: the time comes from outside.

The steps are searched for, not written down case by case: among all that the server allows and that never leave the
client without a credential that works, the fewest are taken. What is not found is impossible.
"""

from __future__ import annotations

import base64
import binascii
import collections
import dataclasses
import datetime
import itertools
import re
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._errors import Refused
from ansible_collections.community.auth0.plugins.module_utils._times import parse_time

Object = t.Mapping[str, t.Any]

#: The methods that take credentials, and the type of credential that each one takes.
TYPES = {
    "private_key_jwt": "public_key",
    "self_signed_tls_client_auth": "x509_cert",
    "tls_client_auth": "cert_subject_dn",
}
#: The methods that take none.
SECRET_METHODS = ("client_secret_post", "client_secret_basic", "none")

MOST_ATTACHED, MOST_STORED = 2, 4

#: An expires_at that removes the one there is.
NEVER = "never"

#: The field by which a credential of each type is told from the others of its client.
FINGERPRINTS = {"public_key": "kid", "x509_cert": "thumbprint_sha256", "cert_subject_dn": "subject_dn"}

#: Other fields of a client that use credentials, which therefore cannot be deleted.
_OTHER_USES = ("signed_request_object", "token_vault_privileged_access")


@dataclasses.dataclass(frozen=True)
class Key:
    """A credential that is wanted. fingerprint: the value of the field of FINGERPRINTS for its type.

    name, alg, expires_at: None when they are not declared. expires_at: a time as Auth0 writes it, or NEVER.
    """

    type: str
    fingerprint: str
    name: str | None = None
    alg: str | None = None
    expires_at: str | None = None

    @property
    def identity(self) -> tuple[str, str]:
        return self.type, _comparable(self.type, self.fingerprint)

    @property
    def label(self) -> str:
        return _label(self.name, self.fingerprint)


#: A credential in a plan: by its id where it is stored already, else as what is wanted.
Handle: t.TypeAlias = "str | Key"


@dataclasses.dataclass(frozen=True)
class State:
    """How a client authenticates now.

    method: of TYPES or SECRET_METHODS; None where the client says nothing. attached: the ids of the credentials by
    which it authenticates. used_otherwise: the ids of those that cannot be deleted. stored: all its credentials by id.
    """

    method: str | None = None
    attached: frozenset[str] = frozenset()
    used_otherwise: frozenset[str] = frozenset()
    stored: t.Mapping[str, Object] = dataclasses.field(default_factory=dict)

    @classmethod
    def of(cls, client: Object, stored: t.Iterable[Object] = ()) -> State:
        """What a client and its credentials, as the tenant returns them, say."""
        method, attached = method_of(client)
        others = {one["id"] for name in _OTHER_USES for one in (client.get(name) or {}).get("credentials") or ()}
        return cls(method, attached, frozenset(others), {str(item["id"]): item for item in stored})


def method_of(client: Object) -> tuple[str | None, frozenset[str]]:
    """By which method a client authenticates, and the ids of the credentials that it does so with."""
    methods = client.get("client_authentication_methods") or {}
    for method, holder in methods.items():
        return method, frozenset(one["id"] for one in holder.get("credentials") or ())
    return client.get("token_endpoint_auth_method"), frozenset()


@dataclasses.dataclass(frozen=True)
class Create:
    key: Key


@dataclasses.dataclass(frozen=True)
class Attach:
    """Let the client authenticate by this method with exactly these credentials. It is one request to the server."""

    method: str
    credentials: tuple[Handle, ...]


@dataclasses.dataclass(frozen=True)
class Expire:
    """expires_at: None to have it never expire."""

    credential: str
    expires_at: str | None


@dataclasses.dataclass(frozen=True)
class Delete:
    credential: str


Step: t.TypeAlias = "Create | Attach | Expire | Delete"


def plan(
    state: State, method: str, keys: t.Sequence[Key], now: datetime.datetime, keep_attached: bool = False
) -> tuple[Step, ...]:
    """The steps after which the client authenticates by a method, with those keys and no others stored.

    keep_attached: what the client authenticates by now has to stay, since the task itself depends on it.
    Raises Refused when no steps lead there.
    """
    return _Planning(state, method, keys, now, keep_attached).plan()


#: A point of the search: the method, what is attached, what is stored.
_Point: t.TypeAlias = "tuple[str | None, frozenset[Handle], frozenset[Handle]]"


class _Planning:
    def __init__(
        self, state: State, method: str, keys: t.Sequence[Key], now: datetime.datetime, keep_attached: bool
    ) -> None:
        self._state = state
        self._method = method
        self._keys = keys
        self._now = now
        self._keep_attached = keep_attached
        self._kept: dict[str, Key] = {}
        self._replaced: dict[Key, str] = {}
        for key in keys:
            stored = sorted(handle for handle, item in state.stored.items() if identity_of(item) == key.identity)
            same = [handle for handle in stored if not self._another(key, state.stored[handle])]
            if same:
                self._kept[next((handle for handle in same if handle in state.attached), same[0])] = key
            elif stored:
                self._replaced[key] = stored[0]
        kept = {key: handle for handle, key in self._kept.items()}
        self._goal: tuple[Handle, ...] = tuple(kept.get(key, key) for key in keys)
        self._new = [key for key in keys if key not in kept]

    @staticmethod
    def _another(key: Key, item: Object) -> bool:
        """Whether what cannot be changed of a stored credential differs from what is declared."""
        declared = {"name": key.name, "alg": key.alg}
        return any(value is not None and value != (item.get(field) or "") for field, value in declared.items())

    def plan(self) -> tuple[Step, ...]:
        if self._goal and not any(self._lasts(self._end(handle)) for handle in self._goal):
            raise Refused(
                "All keys that are declared have expired, so the client could not authenticate any more. Declare one "
                "that has not.",
                "expired",
            )
        longer, shorter = self._expiries()
        if self._keep_attached and any(step.credential in self._state.attached for step in shorter):
            raise self._protected()
        return (*longer, *self._path(), *shorter)

    def _expiries(self) -> tuple[list[Expire], list[Expire]]:
        """The changes of times, those that let a credential live longer apart from the others."""
        longer, shorter = list[Expire](), list[Expire]()
        for handle, key in self._kept.items():
            if key.expires_at is None:
                continue
            held, wanted = expiry_of(self._state.stored[handle]), self._ends(key)
            if held != wanted:
                step = Expire(handle, None if key.expires_at == NEVER else key.expires_at)
                (longer if wanted is None or (held is not None and held < wanted) else shorter).append(step)
        return longer, shorter

    @staticmethod
    def _ends(key: Key) -> datetime.datetime | None:
        return None if key.expires_at in (None, NEVER) else parse_time(str(key.expires_at))

    def _end(self, handle: Handle) -> datetime.datetime | None:
        """When what is wanted expires in the end."""
        key = handle if isinstance(handle, Key) else self._kept[handle]
        held = None if isinstance(handle, Key) else expiry_of(self._state.stored[handle])
        return held if key.expires_at is None else self._ends(key)

    def _works(self, handle: Handle) -> bool:
        """Whether the client could authenticate by it: times are made later first, and earlier last."""
        if isinstance(handle, Key):
            ends = [self._ends(handle)]
        else:
            kept = self._kept.get(handle)
            ends = [expiry_of(self._state.stored[handle])] if handle in self._state.stored else []
            if kept and kept.expires_at is not None:
                ends.append(self._ends(kept))
        return any(self._lasts(end) for end in ends)

    def _lasts(self, end: datetime.datetime | None) -> bool:
        return end is None or end > self._now

    def _safe(self, point: _Point) -> bool:
        method, attached, dummy = point
        return method not in TYPES or any(self._works(handle) for handle in attached)

    def _path(self) -> list[Step]:
        """The fewest steps; among as few, creations come first and deletions last."""
        start: _Point = (self._state.method, frozenset(self._state.attached), frozenset(self._state.stored))
        goal: _Point = (self._method, frozenset(self._goal), frozenset(self._goal) | self._locked)
        came: dict[_Point, tuple[_Point, Step] | None] = {start: None}
        queue = collections.deque([start])
        while queue and goal not in came:
            here = queue.popleft()
            for step, there in self._moves(here):
                if there not in came and (self._safe(there) or not self._safe(here)):
                    came[there] = (here, step)
                    queue.append(there)
        if goal not in came:
            raise self._impossible()
        steps: list[Step] = []
        back = came[goal]
        while back:
            steps.append(back[1])
            back = came[back[0]]
        return steps[::-1]

    @property
    def _locked(self) -> frozenset[Handle]:
        return frozenset(self._state.used_otherwise & self._state.stored.keys())

    def _moves(self, point: _Point) -> t.Iterator[tuple[Step, _Point]]:
        method, attached, stored = point
        for key in self._new:
            if key not in stored and len(stored) < MOST_STORED and key.identity not in map(self._identity, stored):
                yield Create(key), (method, attached, stored | {key})
        for then, handles in self._attachments(point):
            if not self._keep_attached or (then == method and handles >= attached):
                yield Attach(then, _in_order(handles, self._goal)), (then, handles, stored)
        for handle in sorted(handle for handle in stored - attached - self._locked if isinstance(handle, str)):
            if handle not in self._kept:
                yield Delete(handle), (method, attached, stored - {handle})

    def _attachments(self, point: _Point) -> t.Iterator[tuple[str, frozenset[Handle]]]:
        """What may be attached next: the goal before what leads towards it, and at last less of what is attached."""
        method, attached, stored = point
        ready = [handle for handle in self._goal if handle in stored]
        if not self._goal:
            yield self._method, frozenset()
        elif method == self._method:
            ready += [handle for handle in _in_order(attached, ()) if handle not in ready]
        for size in range(min(MOST_ATTACHED, len(ready)), 0, -1):
            for some in itertools.combinations(ready, size):
                yield self._method, frozenset(some)
        if method in TYPES and method != self._method:
            for some in itertools.combinations(_in_order(attached, ()), 1):
                yield str(method), frozenset(some)

    def _identity(self, handle: Handle) -> tuple[str, str]:
        return handle.identity if isinstance(handle, Key) else identity_of(self._state.stored[handle])

    def _impossible(self) -> Refused:
        if self._keep_attached:
            without = _Planning(self._state, self._method, self._keys, self._now, False)
            without._path()  # what is impossible for any client is told first
            return self._protected()
        for handle in self._replaced.values():
            if handle in self._locked:
                return Refused(
                    "%s cannot get another name or alg: Auth0 lets neither be changed, and it cannot be deleted and "
                    "created anew while the client uses it in %s as well. Take it out there first, or declare the name "
                    "and alg that it has." % (label_of(self._state.stored[handle]), " or ".join(_OTHER_USES)),
                    "in_use",
                )
        if len(self._locked | frozenset(self._goal)) > MOST_STORED or not self._replaced:
            return Refused(
                "Auth0 stores at most %d credentials for a client, and %d of this one's are used in %s, so there is no "
                "room for those that are declared. Take some out there first."
                % (MOST_STORED, len(self._locked), " or ".join(_OTHER_USES)),
                "no_room",
            )
        return Refused(
            "%s cannot get another name or alg while it is all that the client can authenticate by: Auth0 lets neither "
            "be changed nor the same key be stored twice, so the client would be without a key for a while. Declare "
            "the name and alg that it has, or a second key beside it in a first run."
            % " and ".join(label_of(self._state.stored[handle]) for handle in self._replaced.values()),
            "last_credential",
        )

    @staticmethod
    def _protected() -> Refused:
        return Refused(
            "The client is the one whose credentials this task uses, so that neither its method can be changed nor a "
            "key be taken from it: which of them the next run authenticates by is not known. Only keys can be added to "
            "it. For anything else, let another client manage the tenant meanwhile.",
            "protected",
        )


def _in_order(handles: t.Iterable[Handle], wanted: t.Sequence[Handle]) -> tuple[Handle, ...]:
    """In the declared order; what is not declared follows, in an order that depends on nothing but itself."""
    order = {handle: number for number, handle in enumerate(wanted)}
    return tuple(sorted(handles, key=lambda handle: (order.get(handle, len(order)), str(handle))))


def words(steps: t.Sequence[Step], state: State) -> list[str]:
    """What the steps do, for people. A request that attaches and detaches is told as both."""
    told, method, attached = [], state.method, frozenset[Handle](state.attached)
    for step in steps:
        if isinstance(step, Create):
            told.append("create %s" % step.key.label)
        elif isinstance(step, Attach):
            now = frozenset(step.credentials)
            if step.method != method:
                told.append("switch to %s" % step.method)
            told += ["attach %s" % _name(handle, state) for handle in step.credentials if handle not in attached]
            told += ["detach %s" % _name(handle, state) for handle in _in_order(attached - now, ())]
            method, attached = step.method, now
        elif isinstance(step, Expire):
            told.append("let %s expire %s" % (_name(step.credential, state), step.expires_at or NEVER))
        else:
            told.append("delete %s" % _name(step.credential, state))
    return told


def _name(handle: Handle, state: State) -> str:
    if isinstance(handle, Key):
        return handle.label
    return label_of(state.stored.get(handle, {"id": handle}))


def label_of(item: Object) -> str:
    """A stored credential, for people."""
    return _label(item.get("name"), fingerprint_of(item))


def fingerprint_of(item: Object) -> str:
    """The fingerprint of a stored credential as the tenant writes it; its id where it has none."""
    return str(item.get(FINGERPRINTS.get(str(item.get("credential_type")), "id")) or item["id"])


def _label(name: str | None, fingerprint: str) -> str:
    return "%s (%s)" % (name, fingerprint) if name else fingerprint


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
