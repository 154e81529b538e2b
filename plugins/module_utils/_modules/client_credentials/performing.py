# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""What leads a client to the declared uses of credentials, foreseen or performed."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import itertools
import re
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._engine.apply import Applier
from ansible_collections.community.auth0.plugins.module_utils._engine.changes import (
    Desired,
    Surroundings,
    represent,
)
from ansible_collections.community.auth0.plugins.module_utils._engine.management import ManagementClient
from ansible_collections.community.auth0.plugins.module_utils._engine.plan import Plan
from ansible_collections.community.auth0.plugins.module_utils._engine.reconcile import reconcile
from ansible_collections.community.auth0.plugins.module_utils._engine.references import Object, known_later
from ansible_collections.community.auth0.plugins.module_utils._errors import ApiError, Refused
from ansible_collections.community.auth0.plugins.module_utils._kinds.client import CLIENT, SIGNED_REQUESTS_NEED_A_KEY
from ansible_collections.community.auth0.plugins.module_utils._kinds.client_credential import CLIENT_CREDENTIAL
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind
from ansible_collections.community.auth0.plugins.module_utils._task.progress import Progress

from ..named_client import label_of_client, part_of
from .declared import (
    SETTINGS,
    DeclaredCredentials,
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
    TYPES,
    Key,
    State,
    Use,
    fingerprint_of,
    identity_of,
    label_of,
    used_for,
    uses_of,
)

#: As it is changed here. When a use may be without keys the plan decides, which knows the ones that still work.
_CHANGED = dataclasses.replace(
    CLIENT, rules=tuple(rule for rule in CLIENT.rules if rule is not SIGNED_REQUESTS_NEED_A_KEY)
)


class PlannedCredentials:
    """The steps that lead a client to the declared uses of credentials.

    client: as the tenant has it, or as it will be. stored: the credentials that it has stored.
    steps: what is done, in words. before, foreseen: the client and its credentials before and after.
    Raises Refused and InvalidOptions where nothing leads there, so that what cannot be is refused before anything is
    written.
    """

    def __init__(
        self,
        declared: DeclaredCredentials,
        client: Object,
        stored: t.Iterable[Object],
        surroundings: Surroundings,
        now: datetime.datetime,
    ) -> None:
        if client.get("global"):
            raise Refused("The tenant's global client is not managed: nothing authenticates by it.", "protected")
        kind = CLIENT_CREDENTIAL.below(str(client[CLIENT.id_field]))
        state = State.of(client, stored)
        caller = client[CLIENT.id_field] == surroundings.caller
        goals = declared.goals(client)
        self._steps = _planned(state, goals, now, caller, label_of_client(client))
        self._words = describe_steps(self._steps, state, goals)
        # Whether the caller's own client may be changed so is decided, and by more than reconcile can see.
        self._surroundings = dataclasses.replace(surroundings, caller=None)
        self._start = (kind, client, state, declared, self._surroundings)
        self.leaves_detached = AUTHENTICATION not in goals and any(isinstance(step, Delete) for step in self._steps)
        self.before = Doing(*self._start, None)
        self.foreseen = Doing(*self._start, None)
        for step in self._steps:
            self.foreseen.step(step)

    @property
    def steps(self) -> list[str]:
        return [*itertools.chain.from_iterable(self._words)]

    def diff(self, after: Doing, label: str, is_new: bool) -> dict[str, t.Any]:
        """What changes, for display. label: what the user calls the client. is_new: it is not in the tenant yet."""
        header = "credentials of %s" % label
        return {
            "before_header": header,
            "after_header": header,
            "before": {} if is_new else self.before.summary(),
            "after": after.summary(),
        }

    def perform(self, tenant: ManagementClient, progress: Progress) -> Doing:
        """Take the steps; what is done is noted in the progress. Raises Auth0Error."""
        progress.remaining = self.steps
        if self.leaves_detached:
            progress.repeat += ", except for keys that are detached by now: those stay until a task declares method"
        applier = Applier(tenant, self._surroundings, Progress())
        doing = Doing(*self._start, applier)
        for step, words in zip(self._steps, self._words, strict=True):
            with _noted(words, applier, progress):
                doing.step(step)
        return doing


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


class Doing:
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
        try:
            item = self._kept(desired, None) or {}
        except ApiError as error:
            limit = re.search(r"maximum of (\d+) credentials", error.server_message or "")
            if limit is None:
                raise
            raise Refused(
                "This tenant stores at most %s credentials for a client, fewer than Auth0 documents, and has that "
                "many already. To replace one, declare only the keys that stay in a first run, which deletes the "
                "others, and the new one in a second run." % limit[1],
                "no_room",
            ) from None
        if self._applier is None:
            assigned = {"id": known_later("credential %s" % key.label)}
            ends = key.ends if key.expires_at is None else key.expires_at
            times = {} if ends in (None, NEVER) else {"expires_at": ends}
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
        """What several uses become, in one request."""
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
        return dataclasses.replace(part_of(self.client, fields, _CHANGED), clear=frozenset(clear))

    def credentials(self) -> list[dict[str, t.Any]]:
        """The credentials for the result: those that are declared in their order, then the others."""
        uses = uses_of(self.client)
        order = [key.identity for key in self._wanted.payloads]

        def place(item: Object) -> tuple[int, str]:
            found = identity_of(item)
            return (order.index(found) if found in order else len(order), str(item["id"]))

        return [shown_credential(item, uses) for item in sorted(self.items.values(), key=place)]

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


def shown_credential(item: Object, uses: t.Mapping[str, Use]) -> dict[str, t.Any]:
    used = used_for(item, uses)
    view = {"expires_at": None, **represent(CLIENT_CREDENTIAL, item)}
    return {**view, "attached": AUTHENTICATION in used, "used_for": used}
