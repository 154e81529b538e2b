# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.
"""The work of the module auth0_access_info."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._engine.connection import connected_workers, traffic
from ansible_collections.community.auth0.plugins.module_utils._engine.management import ManagementClient
from ansible_collections.community.auth0.plugins.module_utils._engine.references import Object
from ansible_collections.community.auth0.plugins.module_utils._engine.waves import Workers
from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions
from ansible_collections.community.auth0.plugins.module_utils._http.rate_gate import RateGate
from ansible_collections.community.auth0.plugins.module_utils._task.arguments import ArgumentSpec, Spec
from ansible_collections.community.auth0.plugins.module_utils._task.credentials import client_with_key
from ansible_collections.community.auth0.plugins.module_utils._task.runner import (
    Result,
    Task,
    Work,
    performing,
    utc_now,
)
from ansible_collections.community.auth0.plugins.module_utils._tokens.client_authentication import (
    SIGNING_ALGS,
    ClientAuthentication,
)
from ansible_collections.community.auth0.plugins.module_utils._tokens.quota import warnings_about

from ..config.entries import Problem, entry_spec, read_lists
from ..config.planning import traffic_spec
from .calling import perform_call
from .calls import METHODS, Answered, Call, not_called, row_of_call
from .declared import DECLARED_KINDS, Declared, read_declared
from .findings import Thresholds, findings_of
from .reading import TenantAccess, read_access
from .rows import authenticating, credentials_of, row_of
from .subjects import Access
from .verdicts import FAILED, UNREADABLE_SECRET, Verdict

#: The verdict on each access, by its place in memory.
Proofs = dict[int, Verdict]


def access_spec() -> ArgumentSpec:
    """The options of auth0_access_info. The entries of its first lists are checked by ``read_declared``."""
    client: Spec = {"client_name": {"type": "str"}, "client_id": {"type": "str"}}
    return ArgumentSpec(
        {
            **{kind.collection: {"type": "list", "elements": "raw"} for kind in DECLARED_KINDS},
            "show_undeclared": {"type": "bool", "default": False},
            "obtain_tokens": {"type": "bool", "default": False},
            "private_keys": {
                "type": "list",
                "elements": "dict",
                "no_log": False,
                "options": {
                    **client,
                    "private_key": {"type": "str", "required": True, "no_log": True},
                    "key_id": {"type": "str", "no_log": False},
                    "signing_alg": {"type": "str", "choices": list(SIGNING_ALGS)},
                },
            },
            "calls": {
                "type": "list",
                "elements": "dict",
                "options": {
                    **client,
                    "audience": {"type": "str", "required": True},
                    "url": {"type": "str", "required": True},
                    "method": {"type": "str", "choices": list(METHODS), "default": "GET"},
                    "scope": {"type": "list", "elements": "str"},
                    "status": {"type": "int", "default": 200},
                    "ca_path": {"type": "path"},
                },
            },
            "max_secret_age": {"type": "int", "no_log": False},
            "min_key_days": {"type": "int", "no_log": False},
            **traffic_spec(),
        }
    )


def read_tenant_access(task: Task, now: t.Callable[[], datetime.datetime] = utc_now) -> Result:
    """Read who may call what in a tenant, and prove it; see the module auth0_access_info. Raises TaskFailed."""
    with performing():
        declared = read_declared(task.params)
        if task.params["obtain_tokens"] or declared.calls:
            _refuse_without_crypto()
        with connected_workers(task, read_only=True) as (tenant, workers, surroundings, gate):
            whole = declared.grants is None or task.params["show_undeclared"]
            found = read_access(declared, whole, tenant, workers, surroundings)
            proofs = _proofs(task, declared, found, workers, gate, now)
            called = _called(task, declared, found, proofs, workers)
            result = _result(task, found, proofs, called, whole, now())
            result["caller"] = surroundings.caller
            result["requests"] = traffic(gate)
    return result


def _refuse_without_crypto() -> None:
    # Here, because a task that obtains no token has no use for it, and importing it takes a tenth of its time.
    from ansible_collections.community.auth0.plugins.module_utils._tokens.verification import PYJWT_IMPORT_ERROR

    if PYJWT_IMPORT_ERROR:
        raise InvalidOptions(
            "To verify tokens, the Python package PyJWT[crypto] is needed where the module runs.", "missing_library"
        )


def _proofs(
    task: Task,
    declared: Declared,
    found: TenantAccess,
    workers: Workers,
    gate: RateGate,
    now: t.Callable[[], datetime.datetime],
) -> Proofs:
    """Prove what the task wants proved, side by side: each access once, however many calls need it."""
    wanted = [*(found.accesses if task.params["obtain_tokens"] else ()), *found.of_calls]
    once = {id(access): access for access in wanted}
    if not once:
        return {}
    from .proving import Prover  # here for the same reason

    keys = _client_keys(task, declared, found, now)
    with task.session(read_only=True, gate=gate) as session:
        prover = Prover(session, task.address.issuer, keys, lambda: now().timestamp(), task.pause)
        work = [functools.partial(_proved, prover, access) for access in once.values()]
        verdicts = workers.each(work, "obtaining and verifying access tokens")
    return dict(zip(once, verdicts, strict=True))


def _proved(prover: t.Any, access: Access, dummy_tenant: ManagementClient) -> Verdict:
    verdict: Verdict = prover.prove(access)
    return verdict


def _client_keys(
    task: Task, declared: Declared, found: TenantAccess, now: t.Callable[[], datetime.datetime]
) -> dict[str, ClientAuthentication]:
    """The clients whose private keys the task gives, by their ids. Raises InvalidOptions for a key that is none."""
    made: dict[str, ClientAuthentication] = {}
    clients = {str(row["client_id"]): row for row in found.clients}
    for position, (owner, (dummy, given)) in enumerate(zip(found.key_owners, declared.private_keys, strict=True)):
        option = "private_keys[%d].private_key" % position
        client = client_with_key(
            owner or "", given["private_key"], given["key_id"], given["signing_alg"], option, task.warnings.append
        )
        if owner is None or owner not in clients:
            continue
        held = authenticating(clients[owner], found.keys.get(owner) or ())
        made[owner] = _as_known(client, given, held, now)
    return made


def _as_known(
    client: t.Any, given: Object, held: t.Sequence[Object], now: t.Callable[[], datetime.datetime]
) -> ClientAuthentication:
    """The client with the key id and the algorithm by which the tenant knows its key, unless the task gives those."""
    known = [item for item in held if item.get("kid") == client.key_id] or (held if len(held) == 1 else [])
    changes: dict[str, t.Any] = {"now": lambda: now().timestamp()}
    if known and not given["key_id"]:
        changes["key_id"] = known[0].get("kid") or client.key_id
    if known and not given["signing_alg"]:
        changes["signing_alg"] = known[0].get("alg") or client.signing_alg
    made: ClientAuthentication = dataclasses.replace(client, **changes)
    return made


def _called(
    task: Task, declared: Declared, found: TenantAccess, proofs: Proofs, workers: Workers
) -> list[dict[str, t.Any]]:
    """Call the APIs, side by side."""
    calls = [call for dummy, call in declared.calls]
    verdicts = [proofs[id(access)] for access in found.of_calls]
    refusals = [not_called(call, verdict, task.check_mode) for call, verdict in zip(calls, verdicts, strict=True)]
    work = [
        functools.partial(_performed, call, str(verdict.token), task.params["auth0_timeout"])
        for call, verdict, refusal in zip(calls, verdicts, refusals, strict=True)
        if refusal is None
    ]
    answers = iter(workers.each(work, "calling APIs"))
    return [
        row_of_call(call, access, verdict, refusal, next(answers) if refusal is None else None)
        for call, access, verdict, refusal in zip(calls, found.of_calls, verdicts, refusals, strict=True)
    ]


def _performed(call: Call, token: str, timeout: float, dummy_tenant: ManagementClient) -> Answered:
    return perform_call(call, token, timeout)


def _result(
    task: Task,
    found: TenantAccess,
    proofs: Proofs,
    called: list[dict[str, t.Any]],
    whole: bool,
    now: datetime.datetime,
) -> Result:
    thresholds = Thresholds(task.params["max_secret_age"], task.params["min_key_days"])
    obtained = task.params["obtain_tokens"]
    rows = [row_of(one, found.keys, now, proofs[id(one)] if obtained else None) for one in found.accesses]
    clients = [(client, credentials_of(client, found.keys, now)) for client in found.clients]
    findings = findings_of(list(zip(found.accesses, rows, strict=True)), clients, found.apis, thresholds, whole)
    warnings = _warnings(found, proofs, [told for dummy, told in clients])
    return {
        "changed": False,
        "access": rows,
        "calls": called,
        "findings": findings,
        "problems": _problems(found, proofs, called),
        **({"warnings": warnings} if warnings else {}),
    }


def _warnings(found: TenantAccess, proofs: Proofs, clients: t.Sequence[t.Mapping[str, t.Any]]) -> list[str]:
    """What the task may not see, and quotas that are nearly used up. clients: how each authenticates."""
    told = []
    if any(verdict.note == UNREADABLE_SECRET for verdict in proofs.values()):
        told.append(
            "The secrets of clients cannot be read: the token for the Management API needs the scope read:client_keys."
        )
    if any(client["keys"] is None for client in clients):
        told.append(
            "The keys of clients, and how long they last, cannot be read: the token for the Management API needs the "
            "scope read:client_credentials."
        )
    for access in {id(one): one for one in (*found.accesses, *found.of_calls) if id(one) in proofs}.values():
        told += ["%s: %s" % (access.label, words) for words in warnings_about(proofs[id(access)].quota)]
    return told


def _problems(found: TenantAccess, proofs: Proofs, called: t.Sequence[t.Mapping[str, t.Any]]) -> list[str]:
    """What does not work as it is declared, in sentences, each once."""
    sentences = []
    for access in (*found.accesses, *found.of_calls):
        verdict = proofs.get(id(access))
        if verdict and verdict.result == FAILED:
            sentences.append(_sentence(access, verdict))
    return list(dict.fromkeys([*sentences, *(str(row["problem"]) for row in called if row["problem"])]))


def _sentence(access: Access, verdict: Verdict) -> str:
    return "%s: %s" % (access.label, verdict.note)


def _mistakes(given: t.Mapping[str, t.Any]) -> list[str]:
    """What is wrong in the lists of declarations where Ansible refuses the options of the task."""
    problems: list[Problem] = []
    read_lists(DECLARED_KINDS, WORK.spec.options, given, problems)
    return ["%s: %s" % (where, error.message) for where, error in problems]


WORK = Work(
    access_spec,
    read_tenant_access,
    mistakes=_mistakes,
    entries=lambda: {kind.collection: entry_spec(kind).options for kind in DECLARED_KINDS},
)
