# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tasks of the modules without Ansible's processes, on a tenant of the emulator; and what the tenant says of them."""

from __future__ import annotations

import contextlib
import copy
import dataclasses
import datetime
import functools
import importlib
import itertools
import time
import urllib.parse
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, NamedTuple

import yaml
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind
from ansible_collections.community.auth0.plugins.module_utils._task.arguments import ArgumentSpec
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Task
from ansible_collections.community.auth0.tests.harness.in_process import Clock, InProcessTenant
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.tasks import params_of
from auth0_emulator.state.tenant import Choices

Item = dict[str, Any]
Result = dict[str, Any]
Moment = datetime.datetime


class Write(NamedTuple):
    """A request that was to change something. path: below /api/v2/, as sent."""

    method: str
    path: str
    body: Any


#: What every module may return, documented or not.
OF_ALL = frozenset({"changed", "diff", "warnings"})


class Module(NamedTuple):
    """A module's options, what it does with a task (and the time, where that matters), and the names of what it says
    that it returns."""

    spec: ArgumentSpec
    perform: Callable[..., Result]
    returns: frozenset[str]


@functools.cache
def module_of(name: str) -> Module:
    """The module of that name."""
    entry = importlib.import_module(f"ansible_collections.community.auth0.plugins.modules.{name}")
    return Module(entry.WORK.make_spec(), entry.WORK.perform, OF_ALL.union(yaml.safe_load(entry.RETURN)))


class Tenant:
    """A tenant in this process, which holds its answers against the emulator's description.

    A token has the scopes that were asked for, so that tasks can be limited to some.
    """

    def __init__(self, name: str) -> None:
        clock = Clock(time.time())  # it stands still; modules take the time of this machine
        choices = Choices(narrow_scopes=True)
        self._tenant = InProcessTenant(name, f"{name}.eu.auth0.com", clock, choices, check_answers=True)
        self.renew()
        self._numbers = itertools.count(1)
        self._kept = {kind.name: self._ids(kind) for kind in KINDS.values()}

    def renew(self) -> None:
        """Get another token, since the key that signed the last one may be revoked."""
        self.token = self._tenant.token()

    # what tests do

    def run(
        self, module: str, options: Mapping[str, Any], check_mode: bool = False, **clock: Callable[[], Moment]
    ) -> Result:
        """Run a module with these options, and hold its result against its documentation. Raises TaskFailed.

        clock: as ``now``, what tells a module the time for which that matters.
        """
        work = module_of(module)
        access = {"auth0_domain": self._tenant.domain, "auth0_api_token": self.token}
        task = Task(params_of(work.spec, {**access, **options}), check_mode, diff=True)
        with self._tenant.installed():
            result = work.perform(task, **clock)
        undocumented = result.keys() - work.returns
        assert not undocumented, f"RETURN of {module} does not describe {', '.join(sorted(undocumented))}"
        return result

    @contextlib.contextmanager
    def limited_to(self, scopes: Collection[str]) -> Iterator[None]:
        """Tasks in here have a token with these scopes and no others."""
        whole, self.token = self.token, self._tenant.token(scope=" ".join(scopes))
        try:
            yield
        finally:
            self.token = whole

    def keep(self, kind: Kind, options: Mapping[str, Any], check_mode: bool = False) -> Result:
        """Run the module of a kind. Raises TaskFailed."""
        return self.run(f"auth0_{kind.name}", options, check_mode)

    def unused(self, prefix: str) -> str:
        """A name that nothing in the tenant has."""
        return f"{prefix}-{next(self._numbers)}"

    # what tests look at

    def get(self, path: str) -> Any:
        """What is at a path below /api/v2/; None where nothing is."""
        status, found = self._tenant.ask("GET", f"/{path}")
        assert status in (200, 404), found
        return found if status == 200 else None

    @staticmethod
    def path(kind: Kind, object_id: str) -> str:
        """Where an object is."""
        quoted = urllib.parse.quote(object_id, safe="")
        return kind.path.format(quoted) if kind.standing else f"{kind.path}/{quoted}"

    def item(self, kind: Kind, object_id: str) -> Item:
        """An object, which is there, as the tenant shows it."""
        found = self.get(self.path(kind, object_id))
        assert isinstance(found, dict)
        return {kind.id_field: object_id, **kind.translation.read(found)} if kind.translation else found

    def make(self, path: str, **fields: Any) -> Item:
        """Create what a test needs."""
        made = self._tenant.make(path, **fields)
        assert isinstance(made, dict)
        return made

    def writes(self) -> list[Write]:
        """The requests of modules since the last call that were to change something."""
        found = [Write(one.method, one.path.removeprefix("/api/v2/"), one.body) for one in self._tenant.writes]
        self._tenant.forget()
        return found

    def changes(self, kind: Kind) -> list[Write]:
        """The same of one object of a kind, without what has to follow on them: that comes once, and at the end."""
        found = self.writes()
        if kind.follow_up and kind.follow_up.by_default and found and found[-1].method != "DELETE":
            followed = found.pop()
            assert (followed.method, followed.path.rpartition("/")[2]) == (
                kind.follow_up.action.method,
                kind.follow_up.action.name,
            )
        return found

    def furnish(self, path: str, **fields: Any) -> Item:
        """Create what all tests need."""
        made = self.make(path, **fields)
        self._kept = {kind.name: self._ids(kind) for kind in KINDS.values()}
        return made

    @contextlib.contextmanager
    def removing(self, kind: Kind) -> Iterator[None]:
        """Objects of the kind that come into being in here are gone afterwards, so that the tenant stays small.

        Those that are always there are as they were.
        """
        self.writes()
        store = self._tenant.site.tenant.store(kind.name)
        before = copy.deepcopy(list(store)) if kind.standing else []
        try:
            yield
        finally:
            for thing in before:
                store.put(thing)
            for object_id in self._ids(kind) - self._kept[kind.name]:
                self._tenant.ask("DELETE", f"/{self.path(kind, object_id)}")

    def _ids(self, kind: Kind) -> set[str]:
        if kind.standing:
            return set()
        found = self.get(f"{kind.path}?fields={kind.id_field}&include_fields=true")
        rows = found if isinstance(found, list) else found[kind.collection]
        return {str(row[kind.id_field]) for row in rows}


def changing(kind: Kind) -> str:
    """The method that changes an object."""
    return "PUT" if kind.replaced else "PATCH"


def changed_by(kind: Kind, before: Item, body: Item) -> Item:
    """What a request changes of an object: all that a PATCH sends, and what a PUT sends differently, or leaves out."""
    if not kind.replaced:
        return body
    left_out = {name: None for name in kind.options if name in before and name not in body}
    return {name: value for name, value in body.items() if before.get(name) != value} | left_out


@dataclasses.dataclass(frozen=True)
class Surroundings:
    """What declarations refer to.

    audiences: the identifiers of APIs, each of which defines the scopes. clients, organizations, actions: their ids.
    client_names: in the order of their ids. login_actions: the ids of those that are deployed, and run after a login.
    domains: the tenant's own, and another one that is verified.
    """

    audiences: tuple[str, ...]
    scopes: tuple[str, ...]
    clients: tuple[str, ...]
    client_names: tuple[str, ...]
    organizations: tuple[str, ...]
    actions: tuple[str, ...]
    login_actions: tuple[str, ...]
    domains: tuple[str, ...]


def furnish(tenant: Tenant) -> Surroundings:
    """Two of each, without grants."""
    scopes = ("read", "write", "a:b", "c-d")
    audiences = ("urn:first", "https://second.example.com/ä/")
    for audience in audiences:
        tenant.furnish("resource-servers", identifier=audience, scopes=[{"value": scope} for scope in scopes])
    names = ("furniture", "Furniture")
    clients = tuple(tenant.furnish("clients", name=name)["client_id"] for name in names)
    organizations = tuple(tenant.furnish("organizations", name=name)["id"] for name in ("here", "there"))
    trigger = {"id": "custom-token-exchange", "version": "v1"}
    actions = tuple(
        tenant.furnish("actions/actions", name=name, supported_triggers=[trigger])["id"] for name in ("this", "that")
    )
    login = [{"id": "post-login"}]
    login_actions = tuple(
        tenant.furnish("actions/actions", name=name, supported_triggers=login, deploy=True)["id"]
        for name in ("before", "after")
    )
    domain = tenant.furnish("custom-domains", domain="login.acme.example", type="auth0_managed_certs")
    tenant.make(f"custom-domains/{domain['custom_domain_id']}/verify")
    domains = (tenant.get("custom-domains/default")["domain"], domain["domain"])
    return Surroundings(audiences, scopes, clients, names, organizations, actions, login_actions, domains)
