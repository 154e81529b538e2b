# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""The work of the modules auth0_client_credentials and auth0_client_credentials_info."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import itertools
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._engine.apply import Applier
from ansible_collections.community.auth0.plugins.module_utils._engine.changes import (
    Desired,
    Surroundings,
    represent,
)
from ansible_collections.community.auth0.plugins.module_utils._engine.connection import connected
from ansible_collections.community.auth0.plugins.module_utils._engine.management import ManagementClient
from ansible_collections.community.auth0.plugins.module_utils._engine.plan import Plan
from ansible_collections.community.auth0.plugins.module_utils._engine.reconcile import reconcile
from ansible_collections.community.auth0.plugins.module_utils._engine.references import Object, Reference
from ansible_collections.community.auth0.plugins.module_utils._errors import Refused
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from ansible_collections.community.auth0.plugins.module_utils._kinds.client import SIGNED_REQUESTS_NEED_A_KEY
from ansible_collections.community.auth0.plugins.module_utils._kinds.client_credential import CLIENT_CREDENTIAL
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind
from ansible_collections.community.auth0.plugins.module_utils._task.arguments import ArgumentSpec, Spec
from ansible_collections.community.auth0.plugins.module_utils._task.progress import Progress
from ansible_collections.community.auth0.plugins.module_utils._task.runner import (
    Result,
    Task,
    Work,
    performing,
    utc_now,
)
from ansible_collections.community.auth0.plugins.module_utils._tokens.public_key import CRYPTOGRAPHY_IMPORT_ERROR

from ..kind_options import option_of
from ..named_client import client_from, foreseen
from .declared import (
    SETTINGS,
    DeclaredCredentials,
    declared_credentials,
)
from .step_planning import plan_steps
from .steps import (
    Attach,
    Create,
    Delete,
    Expire,
    Goal,
    Handle,
    Step,
    describe_steps,
)
from .stored import (
    AUTHENTICATION,
    FINGERPRINTS,
    NEVER,
    SIGNED_REQUESTS,
    TOKEN_VAULT,
    TYPES,
    Key,
    State,
    Use,
    days_left,
    fingerprint_of,
    identity_of,
    label_of,
    used_for,
    uses_of,
)

CLIENT = KINDS["client"]
#: As it is changed here. When a use may be without keys the plan decides, which knows the ones that still work.
_CHANGED = dataclasses.replace(
    CLIENT, rules=tuple(rule for rule in CLIENT.rules if rule is not SIGNED_REQUESTS_NEED_A_KEY)
)

_KNOWN_LATER = "(known once %s exists)"


def _spec() -> ArgumentSpec:
    """The options of auth0_client_credentials, which the kinds of clients and of credentials say."""
    given = {name: option_of(field) for name, field in CLIENT_CREDENTIAL.options.items() if name != "credential_type"}
    keys = {name: option for name, option in given.items() if name != "subject_dn"}
    keys["pem"] = {**keys["pem"], "required": True}
    methods = (*TYPES, *CLIENT.fields["token_endpoint_auth_method"].choices)
    options: Spec = {
        "client_id": {"type": "str"},
        "client_name": {"type": "str"},
        "method": {"type": "str", "choices": list(methods)},
        "credentials": {"type": "list", "elements": "dict", "options": given},
    }
    for use, fields in SETTINGS.items():
        parts = {name: option_of(field, whole=True) for name, field in fields.items()}
        public_keys = {"type": "list", "elements": "dict", "options": keys}
        # What is secret in it says so itself: only the name of one of them sounds like a secret.
        options[use] = {"type": "dict", "no_log": False, "options": {"credentials": public_keys, **parts}}
    return ArgumentSpec(
        options,
        mutually_exclusive=(("client_id", "client_name"),),
        required_one_of=(("client_id", "client_name"), ("method", *SETTINGS)),
    )


def keep_credentials(task: Task, now: t.Callable[[], datetime.datetime] = utc_now) -> Result:
    """Keep what a client uses credentials for as a task asks; see the module auth0_client_credentials.

    Returns changed, the client, its credentials and the steps in words. Raises TaskFailed.
    """
    with performing() as progress:
        named, wanted = client_from(task.params), declared_credentials(task.params)
        if named is None:
            raise AssertionError("the spec of the module requires one")
        with connected(task) as (tenant, surroundings):
            found = tenant.find(CLIENT, named.identity)
            assumed = [] if found else [foreseen(named, task.check_mode)]
            client = found or {**named.identity, CLIENT.id_field: _KNOWN_LATER % assumed[0]}
            if client.get("global"):
                raise Refused("The tenant's global client is not managed: nothing authenticates by it.", "protected")
            kind = CLIENT_CREDENTIAL.below(str(client[CLIENT.id_field]))
            state = State.of(client, tenant.list(kind) if found else ())
            caller = client[CLIENT.id_field] == surroundings.caller
            goals = wanted.goals(client)
            steps = _planned(state, goals, now(), caller, _label(client))
            told = describe_steps(steps, state, goals)
            all_told = [*itertools.chain.from_iterable(told)]
            # Whether the caller's own client may be changed so is decided, and by more than reconcile can see.
            surroundings = dataclasses.replace(surroundings, caller=None)
            applier = None if task.check_mode else Applier(tenant, surroundings, Progress())
            done = _Doing(kind, client, state, wanted, surroundings, None)
            for step in steps:  # so that what cannot be is refused before anything is written
                done.step(step)
            progress.remaining = list(all_told)
            if AUTHENTICATION not in goals and any(isinstance(step, Delete) for step in steps):
                progress.repeat += ", but for keys that are detached by now: those stay until a task declares method"
            if applier:
                done = _Doing(kind, client, state, wanted, surroundings, applier)
                for step, words in zip(steps, told, strict=True):
                    with _noted(words, applier, progress):
                        done.step(step)
    result: Result = {
        "changed": bool(steps) if applier is None else progress.changed,
        "steps": all_told,
        "credentials": done.credentials(),
    }
    if found:
        result["client"] = represent(CLIENT, done.client)
    if assumed:
        result["assumed"] = assumed
    if task.diff:
        label = "credentials of %s" % _label(done.client)
        before = _Doing(kind, client, state, wanted, surroundings, None)
        result["diff"] = {
            "before_header": label,
            "after_header": label,
            "before": before.summary() if found else {},
            "after": done.summary(),
        }
    return result


def _planned(
    state: State, goals: t.Mapping[str, Goal], now: datetime.datetime, is_caller: bool, label: str
) -> tuple[Step, ...]:
    try:
        return plan_steps(state, goals, now, keep_authentication=is_caller)
    except Refused as error:
        raise Refused("%s: %s" % (label, error.message), error.code) from None


@contextlib.contextmanager
def _noted(words: t.Sequence[str], applier: Applier, progress: Progress) -> t.Iterator[None]:
    """A step in these words, which is done if the applier sends anything for it, also where it fails after that."""
    before = len(applier.progress.done)
    try:
        yield
        if len(applier.progress.done) == before:
            progress.skipped(words)
    finally:
        if len(applier.progress.done) > before:
            progress.did(words)


def _of_client(client: Object, fields: Object, clear: t.Sequence[str] = ()) -> Desired:
    return Desired(
        _CHANGED,
        fields,
        object_id=str(client[CLIENT.id_field]),
        clear=frozenset(clear),
        names={"name": str(client["name"])} if client.get("name") else {},
    )


def _label(client: Object) -> str:
    return _of_client(client, {}).label


class _Doing:
    """Takes steps, or without an applier foresees what they would do. client, items: as they are by then."""

    def __init__(
        self,
        kind: Kind,
        client: Object,
        state: State,
        wanted: DeclaredCredentials,
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

    def step(self, step: Step) -> None:
        """Take a step. Raises Auth0Error."""
        if isinstance(step, Create):
            self.items[step.key] = self._created(step.key)
        elif isinstance(step, Attach):
            self.client = self._kept(self._attachment(step), self.client) or {}
        else:
            item = self.items.pop(step.credential)
            names = {"name": label_of(item)}
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
                    label_of(item),
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
        """What several uses are to be, in one request."""
        fields: dict[str, t.Any] = {}
        clear = []
        for one in step.uses:
            ids = [{"id": str(self.items[handle]["id"])} for handle in one.credentials]
            if one.use != AUTHENTICATION:
                settings = self._wanted.uses[one.use].settings if one.settings else {}
                fields[one.use] = {"credentials": ids, **settings}
            elif one.method in TYPES:
                fields["client_authentication_methods"] = {one.method: {"credentials": ids}}
                clear.append("token_endpoint_auth_method")
            else:
                fields["token_endpoint_auth_method"] = one.method
                clear.append("client_authentication_methods")
        return _of_client(self.client, fields, clear)

    def credentials(self) -> list[dict[str, t.Any]]:
        """The credentials for the result: those that are declared in their order, then the others."""
        uses = uses_of(self.client)
        order = [key.identity for key in self._wanted.payloads]

        def place(item: Object) -> tuple[int, str]:
            found = identity_of(item)
            return (order.index(found) if found in order else len(order), str(item["id"]))

        return [_shown(item, uses) for item in sorted(self.items.values(), key=place)]

    def summary(self) -> dict[str, t.Any]:
        """What a diff shows."""
        names = ("name", "alg", "expires_at", "used_for")
        view: dict[str, t.Any] = {"method": uses_of(self.client)[AUTHENTICATION].method}
        for use, fields in SETTINGS.items():
            held = self.client.get(use)
            if held is not None:
                view[use] = {name: held[name] for name in fields if name in held}
        view["credentials"] = [
            {"thumbprint": fingerprint_of(item), **{name: item.get(name) for name in names}}
            for item in self.credentials()
        ]
        return view


def _shown(item: Object, uses: t.Mapping[str, Use]) -> dict[str, t.Any]:
    used = used_for(item, uses)
    view = {"expires_at": None, **represent(CLIENT_CREDENTIAL, item)}
    return {**view, "attached": AUTHENTICATION in used, "used_for": used}


def read_credentials(task: Task, now: t.Callable[[], datetime.datetime] = utc_now) -> Result:
    """Read the credentials of a client or of all; see the module auth0_client_credentials_info. Raises TaskFailed."""
    rows: list[dict[str, t.Any]] = []
    with performing():
        named = client_from(task.params)
        with connected(task, read_only=True) as (tenant, dummy):
            for client in _clients(tenant, named):
                uses = uses_of(client)
                method = uses[AUTHENTICATION].method
                owner = {"client_id": client[CLIENT.id_field], "client_name": client.get("name"), "method": method}
                for item in tenant.list(CLIENT_CREDENTIAL.below(str(client[CLIENT.id_field]))):
                    left = days_left(item, now())
                    rows.append({**owner, **_shown(item, uses), "days_left": left})
    # What ends first comes first within a client; what never ends comes last.
    rows.sort(key=lambda row: (str(row["client_name"]), row["client_id"], row["expires_at"] or "~", str(row["id"])))
    return {"changed": False, "credentials": rows}


def _clients(tenant: ManagementClient, named: Reference | None) -> list[Object]:
    """The named client, or all those that use keys for anything, or authenticate by keys that they do not have."""
    if named:
        found = tenant.find(CLIENT, named.identity)
        return [found] if found else []
    methods = ("token_endpoint_auth_method", "client_authentication_methods")
    fields = ",".join(("client_id", "name", *methods, SIGNED_REQUESTS, TOKEN_VAULT))
    query = {"fields": fields, "include_fields": "true", "is_global": "false"}
    # By their ids: a list that changes while it is read can hold an object on two pages.
    rows = {str(row[CLIENT.id_field]): row for row in tenant.list(CLIENT, query)}
    return [
        row
        for row in rows.values()
        if row.get("client_authentication_methods") or any(use.attached for use in uses_of(row).values())
    ]


INFO_SPEC = ArgumentSpec(
    {"client_id": {"type": "str"}, "client_name": {"type": "str"}},
    mutually_exclusive=(("client_id", "client_name"),),
)

WORK = Work(_spec, keep_credentials, CRYPTOGRAPHY_IMPORT_ERROR)
INFO_WORK = Work(lambda: INFO_SPEC, read_credentials)
