# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""What stands in the entry of a client beside its own fields: its keys, and how old its secret may be."""

from __future__ import annotations

import dataclasses
import secrets
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._engine.changes import Change, Desired
from ansible_collections.community.auth0.plugins.module_utils._engine.management import ManagementClient
from ansible_collections.community.auth0.plugins.module_utils._engine.references import Object, known_later
from ansible_collections.community.auth0.plugins.module_utils._engine.waves import Job
from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions, Refused
from ansible_collections.community.auth0.plugins.module_utils._kinds.client import CLIENT
from ansible_collections.community.auth0.plugins.module_utils._kinds.client_credential import CLIENT_CREDENTIAL
from ansible_collections.community.auth0.plugins.module_utils._task.arguments import Spec
from ansible_collections.community.auth0.plugins.module_utils._task.progress import Progress
from ansible_collections.community.auth0.plugins.module_utils._times import check_days

from ..client_credentials.declared import SETTINGS, declared_credentials
from ..client_credentials.performing import PlannedCredentials
from ..client_credentials.work import credentials_options
from ..client_secret.secret_rotation import METADATA, ROTATED_AT, SECRET, WantedSecret, declaration, format_rotated_at
from ..client_secret.work import SECRET_BYTES
from .part import (
    Context,
    PartChange,
    Read,
    SimplePart,
    job_key,
    jobs_before,
    made_id,
)


class ClientCredentials(SimplePart):
    """``credentials`` of a client: what auth0_client_credentials keeps."""

    kind = CLIENT
    _own = ("token_endpoint_auth_method", "client_authentication_methods")

    def options(self) -> Spec:
        return {"credentials": {"type": "dict", "options": credentials_options()}}

    def declared(self, params: t.Mapping[str, t.Any]) -> bool:
        return params["credentials"] is not None

    def mistakes(self, params: t.Mapping[str, t.Any]) -> t.Iterator[str]:
        given = params["credentials"]
        if given is None:
            return
        if given["method"] is None and not any(given[use] for use in SETTINGS):
            yield "credentials: give method, %s." % " or ".join(SETTINGS)
        taken = [name for name in self._own if given["method"] is not None and params[name] is not None]
        taken += [use for use in SETTINGS if given[use] is not None and params[use] is not None]
        for name in taken:
            yield "%s and credentials exclude each other: credentials says all of it." % name
        try:
            declared_credentials(given)
        except InvalidOptions as error:
            yield "credentials: %s" % error.message

    def read(self, current: Object) -> Read | None:
        kind = CLIENT_CREDENTIAL.below(self.kind.id_of(current))
        return lambda tenant: tuple(tenant.list(kind))

    def plan(
        self, change: Change, params: t.Mapping[str, t.Any], held: t.Any, context: Context
    ) -> t.Iterator[PartChange]:
        try:
            declared = declared_credentials(params["credentials"])
        except InvalidOptions:
            return  # a mistake, which is told already
        client = {CLIENT.id_field: known_later(change.desired.label), **(change.predicted or {})}
        planned = PlannedCredentials(declared, client, held or (), context.surroundings, context.now)
        if not planned.steps:
            return

        def perform(tenant: ManagementClient, progress: Progress) -> None:
            client_id = made_id(change, context)
            made = context.made.find(CLIENT, {CLIENT.id_field: client_id})
            item = made[-1] if made else change.current or {}
            again = PlannedCredentials(declared, item, held or (), context.surroundings, context.now)
            again.perform(tenant, progress)

        kind, name = "client_credentials", change.desired.name
        diff = planned.diff(planned.foreseen, change.desired.label, is_new=change.current is None)
        job = Job(
            (kind, job_key(change)), kind, name, "update", tuple(planned.steps), perform, jobs_before(context, change)
        )
        yield PartChange(kind, name, "update", change.object_id, ("credentials",), diff, job)


class ClientSecret(SimplePart):
    """``secret`` of a client: the age beyond which it is replaced, as auth0_client_secret does."""

    kind = CLIENT

    def options(self) -> Spec:
        options = {"max_age": {"type": "int", "required": True}}
        return {"secret": {"type": "dict", "no_log": False, "options": options}}

    def declared(self, params: t.Mapping[str, t.Any]) -> bool:
        return params["secret"] is not None

    def mistakes(self, params: t.Mapping[str, t.Any]) -> t.Iterator[str]:
        if params["secret"] is None:
            return
        try:
            check_days("secret.max_age", params["secret"]["max_age"], least=1)
        except InvalidOptions as error:
            yield error.message
        if params["client_secret"] is not None:
            yield "client_secret and secret exclude each other: a given secret has no age."

    def adjusted(
        self, desired: Desired, params: t.Mapping[str, t.Any], current: Object | None, context: Context
    ) -> Desired:
        if params["secret"] is None or not desired.present:
            return desired
        if current is None:
            # A new client has a new secret, whose age begins now.
            added: Object = {METADATA: {ROTATED_AT: format_rotated_at(context.now)}}
            unseen = desired.unseen
        else:
            wanted = WantedSecret(max_age=params["secret"]["max_age"])
            rotation, dummy = declaration(current, wanted, context.now, lambda: secrets.token_urlsafe(SECRET_BYTES))
            added, unseen = rotation.fields, desired.unseen | rotation.unseen
            own = current[CLIENT.id_field] == context.surroundings.caller
            if own and SECRET in added and not context.secrets_returned:
                raise Refused(
                    "%s: this task uses its secret, and would replace it by one that it does not return. Give "
                    "return_secrets: true and keep what it returns, or rotate it by auth0_client_secret."
                    % desired.label,
                    "protected",
                )
        metadata = {**(desired.fields.get(METADATA) or {}), **(added.get(METADATA) or {})}
        fields = {**desired.fields, **added, **({METADATA: metadata} if metadata else {})}
        return dataclasses.replace(desired, fields=fields, unseen=unseen)
