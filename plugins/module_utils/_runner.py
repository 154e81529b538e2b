# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Ansible parameters in → result, diff and failure out. Only the last lines of this file touch AnsibleModule."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import typing as t

from ansible.module_utils.basic import AnsibleModule, missing_required_lib
from ansible_collections.community.auth0.plugins.module_utils import _address, _http, _tokens
from ansible_collections.community.auth0.plugins.module_utils._apply import Applier, Outcome
from ansible_collections.community.auth0.plugins.module_utils._arguments import (
    ArgumentSpec,
    Params,
    connection_spec,
    credentials_from,
    desired_from,
    info_spec,
    kind_spec,
    selection_from,
)
from ansible_collections.community.auth0.plugins.module_utils._client_authentication import ClientAuthentication
from ansible_collections.community.auth0.plugins.module_utils._errors import Auth0Error, InvalidOptions
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS, dependants_of, links_of
from ansible_collections.community.auth0.plugins.module_utils._kinds._declaration import Kind
from ansible_collections.community.auth0.plugins.module_utils._links import described
from ansible_collections.community.auth0.plugins.module_utils._management import ManagementClient
from ansible_collections.community.auth0.plugins.module_utils._plan import Plan, plan
from ansible_collections.community.auth0.plugins.module_utils._reconcile import (
    Change,
    Desired,
    Object,
    Surroundings,
    represent,
)
from ansible_collections.community.auth0.plugins.module_utils._selection import select, validate

Result = dict[str, t.Any]


@dataclasses.dataclass(frozen=True)
class Task:
    """What a task gave, in plain values.

    environ: the environment of the process that runs it. warnings: what to tell the user, however it ends.
    """

    params: Params
    check_mode: bool = False
    diff: bool = False
    environ: t.Mapping[str, str] = dataclasses.field(default_factory=dict, repr=False)
    warnings: list[str] = dataclasses.field(default_factory=list)

    @property
    def address(self) -> _address.TenantAddress:
        """Where the tenant is. Raises InvalidOptions."""
        return _address.parse_domain(str(self.params["auth0_domain"]))

    @property
    def management_audience(self) -> str:
        """The identifier of the tenant's Management API."""
        return self.params.get("auth0_audience") or self.address.management_audience

    def credentials(self, params: Params | None = None) -> str | ClientAuthentication | None:
        """With what to reach the tenant; see ``credentials_from``. Raises InvalidOptions."""
        return credentials_from(params or self.params, self.environ, self.warnings.append)

    @contextlib.contextmanager
    def session(self, read_only: bool = False) -> t.Iterator[_http.Session]:
        """The connection to the tenant; in check mode, or when it is to be read only, it refuses every write."""
        for name in ("auth0_timeout", "auth0_retries"):
            if self.params[name] < (1 if name == "auth0_timeout" else 0):
                raise InvalidOptions("%s: %s is too small." % (name, self.params[name]))
        with _http.Session(
            self.address.url,
            timeout=self.params["auth0_timeout"],
            retries=self.params["auth0_retries"],
            ca_path=self.params.get("auth0_ca_path"),
            read_only=read_only or self.check_mode,
        ) as session:
            yield session


class TaskFailed(Exception):
    """A task that failed. changed: whether it had written something by then."""

    def __init__(self, error: Auth0Error, changed: bool) -> None:
        super().__init__(error.message)
        self.error = error
        self.changed = changed


def keep(kind: Kind, task: Task) -> Result:
    """Keep one object of a kind as a task declares it.

    Returns changed, action (create, update, delete or none), the object under the kind's name, in check mode as it
    would be; the dependants that are removed with it, by the names of their kinds' collections; diff where it is
    wanted; and the secret where return_secret asks for it. Raises TaskFailed.
    """
    desired = desired_from(kind, task.params)
    planned, outcomes = keep_all([desired], task)
    # What has to go before the object comes before it; there is nothing else beside it.
    *before, change = [outcome.change for outcome in outcomes] or planned.changes
    item = outcomes[-1].item if outcomes else change.predicted
    result: Result = {
        "changed": any(outcome.changed for outcome in outcomes) if outcomes else change.action != "none",
        "action": change.action,
    }
    if desired.present:
        result[kind.name] = represent(kind, item)
    if not desired.present and dependants_of(kind):
        result["dependants"] = {
            other.collection: [represent(other, one.current) for one in before if one.kind is other]
            for other, dummy in dependants_of(kind)
        }
    if task.diff:
        own = change.diff(outcomes[-1].item if outcomes else None)
        result["diff"] = [*(one.diff() for one in before), own] if before else own
    if planned.assumed:
        result["assumed"] = list(planned.assumed)
    if kind.shown_secret and task.params["return_secret"] and desired.present:
        result.update(_secret(kind, change, item))
    return result


def keep_all(desired: t.Sequence[Desired], task: Task) -> tuple[Plan, list[Outcome]]:
    """Plan for a list of declarations and, out of check mode, apply the plan.

    Returns the plan and what became of each change; no outcomes in check mode. Raises TaskFailed.
    """
    applier: Applier | None = None
    try:
        with connected(task) as (tenant, surroundings):
            planned = plan(desired, tenant, surroundings, assume=task.check_mode)
            if task.check_mode:
                return planned, []
            applier = Applier(tenant, surroundings)
            applier.apply(planned)
            return planned, applier.outcomes
    except Auth0Error as error:
        raise TaskFailed(error, applier.changed if applier else False) from None


@contextlib.contextmanager
def connected(task: Task, read_only: bool = False) -> t.Iterator[tuple[ManagementClient, Surroundings]]:
    """A task's tenant, and what is known of who manages it. Raises InvalidOptions for unusable connection options."""
    credentials = task.credentials()
    with task.session(read_only) as session:
        authorization, surroundings = _authorization(session, credentials, task)
        yield ManagementClient(session, authorization), surroundings


def _authorization(
    session: _http.Session, credentials: str | ClientAuthentication | None, task: Task
) -> tuple[_http.Authorization, Surroundings]:
    if credentials is None:
        raise InvalidOptions(
            "No credentials: give auth0_client_id and auth0_client_secret (or auth0_private_key), or auth0_api_token "
            "(or AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET, or AUTH0_API_TOKEN, in the environment).",
            "no_credentials",
        )
    if isinstance(credentials, str):
        # The token itself says what it is for, also where auth0_domain is a custom domain.
        audience = task.params.get("auth0_audience") or _tokens.management_audience_of(credentials)
        surroundings = Surroundings(
            audience or task.management_audience, _tokens.client_of(credentials), _tokens.key_of(credentials)
        )
        return _tokens.FixedToken(credentials), surroundings
    requested = _tokens.RequestedToken(session, credentials, task.management_audience, task.address.issuer)
    return requested, Surroundings(task.management_audience, credentials.client_id)


def _secret(kind: Kind, change: Change, item: Object | None) -> Result:
    name = str(kind.shown_secret)
    value = (item or {}).get(name)
    if value is None and change.action != "create":
        return {
            name: None,
            "warnings": [
                "%s: the %s was not returned by Auth0. The token may lack the scope to see it (%s), or there is none."
                % (change.desired.label, name, kind.secret_scope)
            ],
        }
    return {name: value}


def read(kind: Kind, task: Task) -> Result:
    """Read the objects of a kind that a task asks for.

    Returns them in a list under the name of the kind's collection, with their secrets where include_secrets asks for
    them, with what verifies access tokens for them where there are any, and with their links where an option asks for
    those. Raises TaskFailed.
    """
    secrets = bool(task.params.get("include_secrets"))
    try:
        selection = selection_from(kind, task.params)
        validate(selection)
        with connected(task, read_only=True) as (tenant, dummy):
            items = select(selection, tenant)
            links = [_linked(kind, item, task, tenant) for item in items]
    except Auth0Error as error:
        raise TaskFailed(error, False) from None
    views = [{**_described(kind, item, task, secrets), **more} for item, more in zip(items, links, strict=True)]
    result: Result = {"changed": False, kind.collection: views}
    if secrets and kind.shown_secret and items and not any(item.get(kind.shown_secret) for item in items):
        result["warnings"] = [
            "No %s was returned by Auth0. The token may lack the scope to see it (%s), or there is none."
            % (kind.shown_secret, kind.secret_scope)
        ]
    return result


def _linked(kind: Kind, item: Object, task: Task, tenant: ManagementClient) -> dict[str, t.Any]:
    found = {}
    for links in links_of(kind):
        if task.params[links.include]:
            rows = tenant.links(links, str(item[kind.id_field])) or ()  # the object may have gone meanwhile
            found[links.collection] = described(links, rows)
    return found


def _described(kind: Kind, item: Object, task: Task, secrets: bool) -> dict[str, t.Any]:
    view = represent(kind, item, secrets)
    if kind.accepts_tokens:
        algorithm = item.get(kind.accepts_tokens.algorithm)
        view["verification"] = {
            "issuer": task.address.issuer,
            "audience": item.get(kind.accepts_tokens.audience),
            "algorithms": [algorithm] if algorithm else [],
            "jwks_uri": _tokens.jwks_uri(task.address.url, algorithm),
            "scopes": [scope.get(kind.accepts_tokens.scope) for scope in item.get(kind.accepts_tokens.scopes) or ()],
        }
    return view


def run_kind_module(name: str) -> None:
    """The whole of the module that keeps one object of the kind of that name."""
    kind = KINDS[name]
    run_module(kind_spec(kind), lambda task: keep(kind, task))


def run_info_module(name: str) -> None:
    """The whole of the module that reads the objects of the kind of that name."""
    kind = KINDS[name]
    run_module(info_spec(kind), lambda task: read(kind, task))


def run_module(spec: ArgumentSpec, perform: t.Callable[[Task], Result], crypto_import_error: str | None = None) -> None:
    """Run a module: its options on top of the connection options, its result, its failure.

    crypto_import_error: why PyJWT[crypto] cannot be imported, for a module that is nothing without it.
    """
    module = AnsibleModule(supports_check_mode=True, **connection_spec().merge(spec).to_kwargs())
    if _http.REQUESTS_IMPORT_ERROR:
        module.fail_json(msg=missing_required_lib("requests"), exception=_http.REQUESTS_IMPORT_ERROR)
    if crypto_import_error:
        module.fail_json(msg=missing_required_lib("PyJWT[crypto]"), exception=crypto_import_error)
    task = Task(module.params, module.check_mode, bool(module._diff), os.environ)
    try:
        result = perform(task)
    except TaskFailed as failed:
        for warning in task.warnings:
            module.warn(warning)
        module.fail_json(msg=failed.error.message, failure=failed.error.failure(), changed=failed.changed)
    for warning in [*task.warnings, *result.pop("warnings", ())]:
        module.warn(warning)
    module.exit_json(**result)
