# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""The work of the modules auth0_client_credentials and auth0_client_credentials_info."""

from __future__ import annotations

import dataclasses
import datetime
import typing as t

from ansible_collections.community.auth0.plugins.module_utils import _credentials, _values
from ansible_collections.community.auth0.plugins.module_utils._apply import Applier
from ansible_collections.community.auth0.plugins.module_utils._credentials import (
    FINGERPRINTS,
    MOST_ATTACHED,
    NEVER,
    TYPES,
    Attach,
    Create,
    Expire,
    Handle,
    Key,
    State,
    Step,
    identity_of,
    method_of,
)
from ansible_collections.community.auth0.plugins.module_utils._errors import Auth0Error, InvalidOptions, Refused
from ansible_collections.community.auth0.plugins.module_utils._keys import PublicKey, read_pem
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from ansible_collections.community.auth0.plugins.module_utils._kinds._declaration import Kind
from ansible_collections.community.auth0.plugins.module_utils._kinds.client_credential import CLIENT_CREDENTIAL
from ansible_collections.community.auth0.plugins.module_utils._management import ManagementClient
from ansible_collections.community.auth0.plugins.module_utils._named_client import foreseen, identity_from
from ansible_collections.community.auth0.plugins.module_utils._plan import Plan
from ansible_collections.community.auth0.plugins.module_utils._reconcile import (
    Desired,
    Object,
    Surroundings,
    reconcile,
    represent,
)
from ansible_collections.community.auth0.plugins.module_utils._runner import Result, Task, TaskFailed, connected
from ansible_collections.community.auth0.plugins.module_utils._times import format_time, parse_time

CLIENT = KINDS["client"]

_KNOWN_LATER = "(known once %s exists)"


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


@dataclasses.dataclass(frozen=True)
class Wanted:
    """How the client is to authenticate. payloads: what creates each key, in the declared order."""

    method: str
    payloads: t.Mapping[Key, Object] = dataclasses.field(repr=False)


def keep_credentials(task: Task, now: t.Callable[[], datetime.datetime] = _now) -> Result:
    """Keep the way a client authenticates as a task asks for; see the module auth0_client_credentials.

    Returns changed, the client, its credentials and the steps in words. Raises TaskFailed.
    """
    applier: Applier | None = None
    try:
        identity, wanted = identity_from(task.params), _asked(task.params)
        with connected(task) as (tenant, surroundings):
            found = tenant.find(CLIENT, identity)
            assumed = [] if found else [foreseen(identity, task.check_mode)]
            client = found or {**identity, CLIENT.id_field: _KNOWN_LATER % assumed[0]}
            if client.get("global"):
                raise Refused("The tenant's global client is not managed: nothing authenticates by it.", "protected")
            kind = CLIENT_CREDENTIAL.below(str(client[CLIENT.id_field]))
            state = State.of(client, tenant.list(kind) if found else ())
            caller = client[CLIENT.id_field] == surroundings.caller
            steps = _credentials.plan(state, wanted.method, list(wanted.payloads), now(), keep_attached=caller)
            # Whether the caller's own client may be changed so is decided, and by more than reconcile can see.
            surroundings = dataclasses.replace(surroundings, caller=None)
            applier = None if task.check_mode else Applier(tenant, surroundings)
            done = _Doing(kind, client, state, wanted, surroundings, applier)
            for step in steps:
                done.step(step)
    except Auth0Error as error:
        raise TaskFailed(error, applier.changed if applier else False) from None
    result: Result = {
        "changed": bool(steps),
        "steps": _credentials.words(steps, state),
        "credentials": done.credentials(),
    }
    if found:
        result["client"] = represent(CLIENT, done.client)
    if assumed:
        result["assumed"] = assumed
    if task.diff:
        label = "authentication of %s" % done.label
        before = _Doing(kind, client, state, wanted, surroundings, None)
        result["diff"] = {
            "before_header": label,
            "after_header": label,
            "before": before.summary() if found else {},
            "after": done.summary(),
        }
    return result


def _asked(params: t.Mapping[str, t.Any]) -> Wanted:
    method, given = str(params["method"]), params["credentials"]
    if method not in TYPES:
        if given is not None:
            raise InvalidOptions(
                "credentials: the method %s takes none. Leave the option out; those that there are will be removed."
                % method
            )
        return Wanted(method, {})
    if not given:
        raise InvalidOptions(
            "credentials: the method %s needs at least one; without any the client could not authenticate." % method
        )
    if len(given) > MOST_ATTACHED:
        raise InvalidOptions(
            "credentials: %d are given; Auth0 lets a client authenticate by %d at most. Rotate in two runs: first the "
            "present and the next one, later the next one alone." % (len(given), MOST_ATTACHED)
        )
    payloads: dict[Key, Object] = {}
    for number, item in enumerate(given):
        where = "credentials[%d]" % number
        key, payload = _key(TYPES[method], {name: value for name, value in item.items() if value is not None}, where)
        if any(key.identity == other.identity for other in payloads):
            raise InvalidOptions("%s: is the same key as another one of the list." % where)
        payloads[key] = payload
    return Wanted(method, payloads)


def _key(credential_type: str, item: Object, where: str) -> tuple[Key, Object]:
    """A credential as a task gives it → what is wanted, and what creates it. Raises InvalidOptions."""
    # First of all, so that no other mistake hides that a private key has been given.
    read = read_pem(item["pem"], "%s.pem" % where) if "pem" in item else None
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
        for text in _values.problems(CLIENT_CREDENTIAL.fields[name], value, "%s.%s" % (where, name))
    ]
    if problems:
        raise InvalidOptions("The options are not valid:\n%s" % "\n".join("  - %s" % text for text in problems))
    fingerprint = _fingerprint(credential_type, read, item)
    return Key(credential_type, fingerprint, item.get("name"), item.get("alg"), expires_at), payload


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


class _Doing:
    """Takes steps, or without an applier foresees what they would do. client, items: as they are by then."""

    def __init__(
        self,
        kind: Kind,
        client: Object,
        state: State,
        wanted: Wanted,
        surroundings: Surroundings,
        applier: Applier | None,
    ) -> None:
        self._kind = kind
        self._wanted = wanted
        self._surroundings = surroundings
        self._applier = applier
        self.client = client
        self.items: dict[Handle, Object] = {}
        self.items.update(state.stored.items())

    @property
    def label(self) -> str:
        return self._of_client({}).label

    def step(self, step: Step) -> None:
        """Take a step. Raises Auth0Error."""
        if isinstance(step, Create):
            self.items[step.key] = self._created(step.key)
        elif isinstance(step, Attach):
            self.client = self._kept(self._attachment(step), self.client) or {}
        else:
            item = self.items.pop(step.credential)
            names = {"name": _credentials.label_of(item)}
            desired = Desired(self._kind, {}, step.credential, isinstance(step, Expire), names=names)
            if isinstance(step, Expire):
                times: Object = {"expires_at": step.expires_at} if step.expires_at else {}
                gone = frozenset(() if step.expires_at else ("expires_at",))
                desired = dataclasses.replace(desired, fields=times, clear=gone)
                item = self._kept(desired, item) or {}
                self.items[step.credential] = item
            else:
                self._kept(desired, item)

    def _kept(self, desired: Desired, current: Object | None) -> Object | None:
        change = reconcile(desired, current, self._surroundings)
        if self._applier is None:
            return change.predicted
        self._applier.apply(Plan((change,), ()))
        return self._applier.outcomes[-1].item

    def _created(self, key: Key) -> Object:
        derived = {FINGERPRINTS[key.type]: key.fingerprint}
        desired = Desired(self._kind, self._wanted.payloads[key], names={"name": key.label}, known_by=derived)
        item = self._kept(desired, None) or {}
        if self._applier is None:
            assigned = {"id": _KNOWN_LATER % ("credential %s" % key.label)}
            times = {} if key.expires_at in (None, NEVER) else {"expires_at": key.expires_at}
            return {**({"alg": "RS256"} if key.type == "public_key" else {}), **item, **assigned, **times}
        if identity_of(item) != key.identity:
            # Taken for the declared one it would be replaced in each run.
            raise Refused(
                "Auth0 made %s of the credential %s, and %s was expected. It was not attached. %s"
                % (
                    _credentials.label_of(item),
                    item.get("id"),
                    key.fingerprint,
                    "Declare subject_dn as Auth0 has it instead of the certificate."
                    if key.type == "cert_subject_dn"
                    else "Look at it in the tenant.",
                ),
                "unexpected",
            )
        return item

    def _attachment(self, step: Attach) -> Desired:
        if step.method not in TYPES:
            return self._of_client({"token_endpoint_auth_method": step.method}, "client_authentication_methods")
        ids = [{"id": str(self.items[handle]["id"])} for handle in step.credentials]
        methods = {step.method: {"credentials": ids}}
        return self._of_client({"client_authentication_methods": methods}, "token_endpoint_auth_method")

    def _of_client(self, fields: Object, clear: str | None = None) -> Desired:
        return Desired(
            CLIENT,
            fields,
            object_id=str(self.client[CLIENT.id_field]),
            clear=frozenset([clear] if clear else ()),
            names={"name": str(self.client["name"])} if self.client.get("name") else {},
        )

    def credentials(self) -> list[dict[str, t.Any]]:
        """The credentials for the result: those that are declared in their order, then the others."""
        attached = method_of(self.client)[1]
        order = [key.identity for key in self._wanted.payloads]

        def place(item: Object) -> tuple[int, str]:
            found = identity_of(item)
            return (order.index(found) if found in order else len(order), str(item["id"]))

        return [_shown(item, attached) for item in sorted(self.items.values(), key=place)]

    def summary(self) -> dict[str, t.Any]:
        """What a diff shows."""
        names = ("name", "alg", "expires_at", "attached")
        return {
            "method": method_of(self.client)[0],
            "credentials": [
                {"thumbprint": _credentials.fingerprint_of(item), **{name: item.get(name) for name in names}}
                for item in self.credentials()
            ],
        }


def _shown(item: Object, attached: frozenset[str]) -> dict[str, t.Any]:
    return {"expires_at": None, **represent(CLIENT_CREDENTIAL, item), "attached": item["id"] in attached}


def read_credentials(task: Task, now: t.Callable[[], datetime.datetime] = _now) -> Result:
    """Read the credentials of a client or of all; see the module auth0_client_credentials_info. Raises TaskFailed."""
    rows: list[dict[str, t.Any]] = []
    try:
        identity = identity_from(task.params)
        with connected(task, read_only=True) as (tenant, dummy):
            for client in _clients(tenant, identity):
                method, attached = method_of(client)
                owner = {"client_id": client[CLIENT.id_field], "client_name": client.get("name"), "method": method}
                for item in tenant.list(CLIENT_CREDENTIAL.below(str(client[CLIENT.id_field]))):
                    left = _credentials.days_left(item, now())
                    rows.append({**owner, **_shown(item, attached), "days_left": left})
    except Auth0Error as error:
        raise TaskFailed(error, False) from None
    # What ends first comes first within a client; what never ends comes last.
    rows.sort(key=lambda row: (str(row["client_name"]), row["client_id"], row["expires_at"] or "~", str(row["id"])))
    return {"changed": False, "credentials": rows}


def _clients(tenant: ManagementClient, identity: Object) -> list[Object]:
    """The named client, or all those that authenticate by keys."""
    if identity:
        found = tenant.find(CLIENT, identity)
        return [found] if found else []
    fields = "client_id,name,client_authentication_methods"
    query = {"fields": fields, "include_fields": "true", "is_global": "false"}
    # By their ids: a list that changes while it is read can hold an object on two pages.
    rows = {str(row[CLIENT.id_field]): row for row in tenant.list(CLIENT, query)}
    return [row for row in rows.values() if row.get("client_authentication_methods")]
