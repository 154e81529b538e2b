# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""The work of the modules auth0_client_credentials and auth0_client_credentials_info."""

from __future__ import annotations

import datetime
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._engine.changes import (
    represent,
)
from ansible_collections.community.auth0.plugins.module_utils._engine.connection import connected
from ansible_collections.community.auth0.plugins.module_utils._engine.management import ManagementClient
from ansible_collections.community.auth0.plugins.module_utils._engine.references import Object, Reference, known_later
from ansible_collections.community.auth0.plugins.module_utils._kinds.client import CLIENT
from ansible_collections.community.auth0.plugins.module_utils._kinds.client_credential import CLIENT_CREDENTIAL
from ansible_collections.community.auth0.plugins.module_utils._task.arguments import ArgumentSpec, Spec
from ansible_collections.community.auth0.plugins.module_utils._task.runner import (
    Result,
    Task,
    Work,
    performing,
    utc_now,
)
from ansible_collections.community.auth0.plugins.module_utils._tokens.public_key import CRYPTOGRAPHY_IMPORT_ERROR

from ..kind_options import option_of
from ..named_client import client_from, client_of, foreseen, label_of_client
from .declared import (
    SETTINGS,
    declared_credentials,
)
from .performing import PlannedCredentials, shown_credential
from .stored import (
    AUTHENTICATION,
    SIGNED_REQUESTS,
    TOKEN_VAULT,
    TYPES,
    days_left,
    uses_of,
)


def credentials_options() -> Spec:
    """The options that say what a client uses credentials for, as the kinds of clients and of credentials know them."""
    given = {name: option_of(field) for name, field in CLIENT_CREDENTIAL.options.items() if name != "credential_type"}
    keys = {name: option for name, option in given.items() if name != "subject_dn"}
    keys["pem"] = {**keys["pem"], "required": True}
    methods = (*TYPES, *CLIENT.fields["token_endpoint_auth_method"].choices)
    options: Spec = {
        "method": {"type": "str", "choices": list(methods)},
        "credentials": {"type": "list", "elements": "dict", "options": given},
    }
    for use, fields in SETTINGS.items():
        parts = {name: option_of(field, whole=True) for name, field in fields.items()}
        public_keys = {"type": "list", "elements": "dict", "options": keys}
        # What is secret in it says so itself: only the name of one of them sounds like a secret.
        options[use] = {"type": "dict", "no_log": False, "options": {"credentials": public_keys, **parts}}
    return options


def _spec() -> ArgumentSpec:
    """The options of auth0_client_credentials."""
    return ArgumentSpec(
        {"client_id": {"type": "str"}, "client_name": {"type": "str"}, **credentials_options()},
        mutually_exclusive=(("client_id", "client_name"),),
        required_one_of=(("client_id", "client_name"), ("method", *SETTINGS)),
    )


def keep_credentials(task: Task, now: t.Callable[[], datetime.datetime] = utc_now) -> Result:
    """Keep what a client uses credentials for as a task asks; see the module auth0_client_credentials.

    Returns changed, the client, its credentials and the steps in words. Raises TaskFailed.
    """
    with performing() as progress:
        named, wanted = client_of(task.params), declared_credentials(task.params)
        with connected(task) as (tenant, surroundings):
            found = tenant.find(CLIENT, named.identity)
            assumed = [] if found else [foreseen(named, task.check_mode)]
            client = found or {**named.identity, CLIENT.id_field: known_later(assumed[0])}
            stored = tenant.list(CLIENT_CREDENTIAL.below(str(client[CLIENT.id_field]))) if found else ()
            planned = PlannedCredentials(wanted, client, stored, surroundings, now())
            done = planned.foreseen if task.check_mode else planned.perform(tenant, progress)
    result: Result = {
        "changed": bool(planned.steps) if task.check_mode else progress.changed,
        "steps": planned.steps,
        "credentials": done.credentials(),
    }
    if found:
        result["client"] = represent(CLIENT, done.client)
    if assumed:
        result["assumed"] = assumed
    if task.diff:
        result["diff"] = planned.diff(done, label_of_client(done.client), is_new=found is None)
    return result


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
                    rows.append({**owner, **shown_credential(item, uses), "days_left": left})
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
