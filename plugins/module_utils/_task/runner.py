# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""A task from what Ansible gives to what it gets back. Only the last lines of this file touch AnsibleModule."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import os
import time
import typing as t

from ansible.module_utils.basic import AnsibleModule, missing_required_lib
from ansible_collections.community.auth0.plugins.module_utils._errors import (
    Auth0Error,
    InvalidOptions,
    OutcomeUnknown,
)
from ansible_collections.community.auth0.plugins.module_utils._http import causes
from ansible_collections.community.auth0.plugins.module_utils._http.address import TenantAddress, parse_domain
from ansible_collections.community.auth0.plugins.module_utils._http.rate_gate import RateGate
from ansible_collections.community.auth0.plugins.module_utils._http.session import Session
from ansible_collections.community.auth0.plugins.module_utils._tokens.client_authentication import ClientAuthentication
from ansible_collections.community.auth0.plugins.module_utils._tokens.pem import private_keys

from .arguments import ArgumentSpec, Params, check_connection, connection_spec, given
from .credentials import credentials_from, without_short_secrets
from .origin import origins_named
from .progress import Progress

Result = dict[str, t.Any]


@dataclasses.dataclass(frozen=True)
class Task:
    """What a task gave, in plain values.

    environ: the environment of the process that runs it. warnings: what to tell the user, however it ends.
    began: when, in seconds since the epoch.
    """

    params: Params
    check_mode: bool = False
    diff: bool = False
    environ: t.Mapping[str, str] = dataclasses.field(default_factory=dict, repr=False)
    warnings: list[str] = dataclasses.field(default_factory=list)
    began: float = dataclasses.field(default_factory=time.time, compare=False)

    @property
    def address(self) -> TenantAddress:
        """Where the tenant is. Raises InvalidOptions."""
        return parse_domain(str(self.params["auth0_domain"]))

    @property
    def management_audience(self) -> str:
        """The identifier of the tenant's Management API."""
        return self.params.get("auth0_audience") or self.address.management_audience

    def credentials(self, params: Params | None = None) -> str | ClientAuthentication | None:
        """With what to reach the tenant; see ``credentials_from``. Raises InvalidOptions."""
        with origins_named(self.params, self.environ):
            return credentials_from(params or self.params, self.environ, self.warnings.append)

    @contextlib.contextmanager
    def session(self, read_only: bool = False, gate: RateGate | None = None) -> t.Iterator[Session]:
        """The connection to the tenant; in check mode, or when it is read only, it refuses every write."""
        with origins_named(self.params, self.environ):
            check_connection(self.params)
            with Session(
                self.address.url,
                timeout=self.params["auth0_timeout"],
                retries=self.params["auth0_retries"],
                ca_path=self.params.get("auth0_ca_path"),
                read_only=read_only or self.check_mode,
                gate=gate,
            ) as session:
                yield session


class TaskFailed(Exception):
    """A task that failed. progress: what it had done by then."""

    def __init__(self, error: Auth0Error, progress: Progress) -> None:
        super().__init__(error.message + progress.told)
        self.error = error
        self.progress = progress

    @property
    def message(self) -> str:
        """For people: why it failed and, where something was written by then, what was done and what is left."""
        return str(self)

    @property
    def changed(self) -> bool:
        """Whether it had written something by then, or may have: what is not known must not be taken for nothing."""
        return self.progress.changed or isinstance(self.error, OutcomeUnknown)

    @property
    def result(self) -> Result:
        """For programs: failure, changed and, where something was written, the steps done and those remaining."""
        steps = {"done": self.progress.done, "remaining": self.progress.remaining} if self.progress.changed else {}
        return {"failure": self.error.failure(), "changed": self.changed, **steps, **self.error.returns}


def utc_now() -> datetime.datetime:
    """The clock of the work that depends on the date, with its time zone."""
    return datetime.datetime.now(datetime.UTC)


@contextlib.contextmanager
def performing() -> t.Iterator[Progress]:
    """The work of a task, which notes what it does in the progress. Raises TaskFailed for an Auth0Error in it."""
    progress = Progress()
    try:
        yield progress
    except Auth0Error as error:
        raise TaskFailed(error, progress) from None


class _Module(AnsibleModule):  # type: ignore[misc]
    """Ansible hides what is given to options that it knows to be secret. Here it hides a private key wherever it is
    given, also to an option that there is not, with which a module fails before it does anything."""

    params: dict[str, t.Any]
    refusal: InvalidOptions | None = None

    def _load_params(self) -> None:
        super()._load_params()
        self.params, self.refusal = without_short_secrets(self.argument_spec, given(self.params), os.environ)
        self.no_log_values.update(private_keys(self.params))


@dataclasses.dataclass(frozen=True)
class Work:
    """What a module does, for any door: its own process, the controller's, a lookup.

    make_spec: the module's options, without those of the connection. perform: the work; raises TaskFailed.
    crypto_import_error: why PyJWT[crypto] cannot be imported, for a module that is nothing without it.
    """

    make_spec: t.Callable[[], ArgumentSpec]
    perform: t.Callable[[Task], Result]
    crypto_import_error: str | None = None

    @property
    def spec(self) -> ArgumentSpec:
        """All options of the module, with those of the connection."""
        return connection_spec().merge(self.make_spec())

    @property
    def missing_library(self) -> tuple[str, str] | None:
        """The Python package that is missing where the work runs, and the traceback of its import; None for none."""
        packages = (("requests", causes.REQUESTS_IMPORT_ERROR), ("PyJWT[crypto]", self.crypto_import_error))
        return next(((name, problem) for name, problem in packages if problem), None)


def run_module(work: Work) -> None:
    """Run a module in its own process: its options, its result, its failure."""
    module = _Module(supports_check_mode=True, **work.spec.to_kwargs())
    if work.missing_library:
        name, problem = work.missing_library
        module.fail_json(msg=missing_required_lib(name), exception=problem)
    if module.refusal:
        module.fail_json(msg=module.refusal.message, failure=module.refusal.failure(), changed=False)
    task = Task(module.params, module.check_mode, bool(module._diff), os.environ)
    try:
        result = work.perform(task)
    except TaskFailed as failed:
        for warning in task.warnings:
            module.warn(warning)
        module.fail_json(msg=failed.message, **failed.result)
    for warning in [*task.warnings, *result.pop("warnings", ())]:
        module.warn(warning)
    module.exit_json(**result)
