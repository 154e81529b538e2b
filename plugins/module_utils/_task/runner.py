# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""A task from what Ansible gives to what it gets back. Only the last lines of this file touch AnsibleModule."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import functools
import math
import os
import sys
import time
import traceback
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
from ansible_collections.community.auth0.plugins.module_utils._http.session import Authorization, Session
from ansible_collections.community.auth0.plugins.module_utils._http.transport import Transport
from ansible_collections.community.auth0.plugins.module_utils._tokens.authorization import RequestedToken
from ansible_collections.community.auth0.plugins.module_utils._tokens.client_authentication import ClientAuthentication
from ansible_collections.community.auth0.plugins.module_utils._tokens.kept import Kept

from .arguments import ArgumentSpec, Params, Spec, check_connection, connection_spec, tidied_connection
from .credentials import credentials_from
from .misread import Misread, misread
from .origin import origins_named
from .progress import Progress
from .reports import Report, unreported
from .secrets import Guarded, guarded, restored
from .validation import Complaint, Mistakes, no_mistakes

Result = dict[str, t.Any]

#: Seconds of waiting after which to tell again how long it takes.
_NAP = 1.0


@dataclasses.dataclass(frozen=True)
class Task:
    """What a task gave, in plain values.

    environ: the environment of the process that runs it. warnings: what to tell the user, however it ends.
    began: when, in seconds since the epoch. report: tell the user how far long work is, as often as the work likes.
    kept: the connections and tokens of the tasks that share them; None for a task that has its own.
    """

    params: Params
    check_mode: bool = False
    diff: bool = False
    environ: t.Mapping[str, str] = dataclasses.field(default_factory=dict, repr=False)
    warnings: list[str] = dataclasses.field(default_factory=list)
    began: float = dataclasses.field(default_factory=time.time, compare=False)
    report: Report = dataclasses.field(default=unreported, repr=False, compare=False)
    kept: Kept | None = dataclasses.field(default=None, repr=False, compare=False)

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
                **self._connection_options,
                retries=self.params["auth0_retries"],
                read_only=read_only or self.check_mode,
                sleep=self.pause,
                gate=gate,
                transport=self._transport,
            ) as session:
                yield session

    def authorization(self, session: Session, client: ClientAuthentication) -> Authorization:
        """The Management API token of a client: that of an earlier task, where tasks share one."""
        audience, issuer = self.management_audience, self.address.issuer
        if self.kept and self._transport:
            return self.kept.authorization(session, self._transport, client, audience, issuer)
        return RequestedToken(session, client, audience, issuer)

    @property
    def _connection_options(self) -> dict[str, t.Any]:
        return {"timeout": self.params["auth0_timeout"], "ca_path": self.params.get("auth0_ca_path")}

    @property
    def _transport(self) -> Transport | None:
        """The connections of earlier tasks, where tasks share them. Raises InvalidOptions."""
        return self.kept.transport(self.address.url, **self._connection_options) if self.kept else None

    def pause(self, seconds: float) -> None:
        """Wait until a request is sent again."""
        while seconds > 0:
            self.report(0, None, "waiting %d seconds until a request is sent again" % math.ceil(seconds))
            nap = min(seconds, _NAP)
            time.sleep(nap)
            seconds -= nap


class TaskFailed(Exception):
    """A task that failed. progress: what it had done by then."""

    def __init__(self, error: Auth0Error, progress: Progress) -> None:
        super().__init__(error.message + progress.report)
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
    """The work of a task, which notes what it does in the progress. Raises TaskFailed for whatever fails in it."""
    progress = Progress()
    try:
        yield progress
    except Auth0Error as error:
        raise TaskFailed(error, progress) from None
    except TaskFailed:
        raise
    except Exception as error:
        raise TaskFailed(_bug(error), progress) from error


def _bug(error: Exception) -> Auth0Error:
    """A mistake of ours, in words by which it can be found."""
    found = traceback.extract_tb(error.__traceback__)[-1]
    place = "%s, line %s" % (os.path.basename(found.filename), found.lineno)
    return Auth0Error(
        "This is a bug of community.auth0, please report it: %s: %s (%s)." % (type(error).__name__, error, place), "bug"
    )


@dataclasses.dataclass(frozen=True)
class Work:
    """What a module does, for any door: its own process, the controller's, a lookup.

    make_spec: the module's options, without those of the connection. perform: the work; raises TaskFailed.
    crypto_import_error: why PyJWT[crypto] cannot be imported, for a module that is nothing without it.
    entries: the options of what options of the type raw hold, by the names of those, for the secrets among them.
    mistakes: what is wrong beside what Ansible looks for, to be told also where Ansible refuses the options.
    """

    make_spec: t.Callable[[], ArgumentSpec]
    perform: t.Callable[[Task], Result]
    crypto_import_error: str | None = None
    entries: t.Callable[[], t.Mapping[str, Spec]] = dict
    mistakes: Mistakes = no_mistakes

    @functools.cached_property
    def watched(self) -> Spec:
        """All options in which secrets are looked for, at every depth."""
        entries = self.entries()
        return {
            name: {**option, "options": entries[name]} if name in entries else option
            for name, option in self.spec.options.items()
        }

    @property
    def spec(self) -> ArgumentSpec:
        """All options of the module, with those of the connection."""
        return connection_spec().merge(self.make_spec())

    @property
    def missing_library(self) -> tuple[str, str] | None:
        """The Python package that is missing where the work runs, and the traceback of its import; None for none."""
        packages = (("requests", causes.REQUESTS_IMPORT_ERROR), ("PyJWT[crypto]", self.crypto_import_error))
        return next(((name, problem) for name, problem in packages if problem), None)


@dataclasses.dataclass(frozen=True)
class Outcome:
    """How a task has ended.

    message: why it failed; None for a success. result: what it returns beside that. warnings: what to tell the user.
    """

    result: Result
    message: str | None = None
    warnings: tuple[str, ...] = ()


def refused(error: Auth0Error) -> Outcome:
    """The end of a task that did not begin."""
    return Outcome({"failure": error.failure(), "changed": False}, error.message)


def missing_library(work: Work) -> Outcome | None:
    """The end of a task without the Python package that it needs; None where there is everything."""
    if not work.missing_library:
        return None
    name, problem = work.missing_library
    reason = problem.strip().rpartition("\n")[2]
    message = "%s (%s). Install it: %s -m pip install '%s'" % (
        missing_required_lib(name).partition(" Please read")[0].rstrip("."),
        reason,
        sys.executable,
        name,
    )
    return refused(InvalidOptions(message, "missing_library"))


def perform(work: Work, task: Task, refusal: InvalidOptions | None = None) -> Outcome:
    """Perform a task; a mistake of ours is a failure, too. refusal: why the options cannot be used."""
    if refusal:
        return refused(refusal)
    try:
        try:
            result = work.perform(task)
        except TaskFailed:
            raise
        except Exception as error:
            raise TaskFailed(_bug(error), Progress()) from error
    except TaskFailed as failed:
        cause = failed.__cause__
        more = {"exception": "".join(traceback.format_exception(cause))} if isinstance(cause, Exception) else {}
        return Outcome({**failed.result, **more}, failed.message, tuple(task.warnings))
    return Outcome(result, None, (*task.warnings, *result.pop("warnings", ())))


class _Module(AnsibleModule):  # type: ignore[misc]
    """Ansible hides what is given to options that it knows to be secret, but not where an option beside them has the
    wrong shape, and of several mistakes it reports one, not always the one that helps. Here all secrets are hidden
    before Ansible looks at the options, and all mistakes are reported."""

    params: dict[str, t.Any]
    guard: Guarded
    odd: Misread
    validated = False

    @property
    def complaint(self) -> Complaint:
        """All that is wrong with the options."""
        return Complaint(self._work.spec, self._name, self.guard.refusal, self.odd, self._work.mistakes)

    def __init__(self, work: Work) -> None:
        self._work = work
        super().__init__(supports_check_mode=True, **work.spec.to_kwargs())
        self.validated = True

    def _load_params(self) -> None:
        super()._load_params()
        own = {name: value for name, value in self.params.items() if name.startswith("_ansible_")}
        options = {name: value for name, value in self.params.items() if name not in own}
        self.guard = guarded(self._work.watched, tidied_connection(options))
        self.odd = misread(self._work.spec.options, self.guard.params)
        self.params = {**self.odd.options, **own}
        self.no_log_values.update(self.guard.secrets)

    def fail_json(self, msg: str, **more: t.Any) -> t.NoReturn:
        if not self.validated and hasattr(self, "validation_result"):
            msg = self.complaint.problem(self.validation_result.errors) or msg
        super().fail_json(msg, **more)
        raise AssertionError("fail_json does not return")


def run_module(work: Work) -> None:
    """Run a module in its own process: its options, its result, its failure."""
    module = _Module(work)
    task = Task(restored(module.params, module.guard.short), module.check_mode, bool(module._diff), os.environ)
    outcome = missing_library(work) or perform(work, task, module.complaint.refusal)
    for warning in (*module.odd.warnings, *outcome.warnings):
        module.warn(warning)
    if outcome.message is not None:
        module.fail_json(msg=outcome.message, **outcome.result)
    module.exit_json(**outcome.result)
