# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""The work of the module auth0_config_info."""

from __future__ import annotations

import fnmatch
import functools
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._engine.changes import Surroundings
from ansible_collections.community.auth0.plugins.module_utils._engine.connection import connected_workers, traffic
from ansible_collections.community.auth0.plugins.module_utils._engine.guards import is_callers
from ansible_collections.community.auth0.plugins.module_utils._engine.links import sorted_links
from ansible_collections.community.auth0.plugins.module_utils._engine.management import ManagementClient
from ansible_collections.community.auth0.plugins.module_utils._engine.references import Object
from ansible_collections.community.auth0.plugins.module_utils._engine.refusals import is_of_plan
from ansible_collections.community.auth0.plugins.module_utils._engine.selection import sorted_objects
from ansible_collections.community.auth0.plugins.module_utils._engine.snapshot import Need, Snapshot
from ansible_collections.community.auth0.plugins.module_utils._engine.waves import Workers
from ansible_collections.community.auth0.plugins.module_utils._errors import ApiError
from ansible_collections.community.auth0.plugins.module_utils._kinds import CONFIGURED_KINDS, KINDS, LINKS
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind
from ansible_collections.community.auth0.plugins.module_utils._kinds.link import LinkList
from ansible_collections.community.auth0.plugins.module_utils._kinds.organization import CLIENT_GRANT_ORGANIZATIONS
from ansible_collections.community.auth0.plugins.module_utils._task.arguments import ArgumentSpec
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Result, Task, Work, performing

from .export import exported
from .planning import traffic_spec

#: The links that stand in the entries of objects, and what of each link an entry holds: a field, or all of it.
_LINKS: tuple[tuple[LinkList, str | None], ...] = (
    *((link, None) for link in LINKS if link.in_entry),
    (CLIENT_GRANT_ORGANIZATIONS, "name"),
)


def config_info_spec() -> ArgumentSpec:
    """The options of auth0_config_info."""
    lists = [kind.collection for kind in CONFIGURED_KINDS]
    return ArgumentSpec(
        {
            "kinds": {"type": "list", "elements": "str", "choices": lists, "default": lists},
            "name_pattern": {"type": "str"},
            "identifier_pattern": {"type": "str"},
            "include_secrets": {"type": "bool", "default": False},
            **traffic_spec(),
        }
    )


def read_config(task: Task) -> Result:
    """Read a tenant as a configuration; see the module auth0_config_info. Raises TaskFailed."""
    with performing(), connected_workers(task, read_only=True) as (tenant, workers, surroundings, gate):
        result = _Reading(task, tenant, workers, surroundings).all()
        result["requests"] = traffic(gate)
    return result


class _Reading:
    def __init__(self, task: Task, tenant: ManagementClient, workers: Workers, surroundings: Surroundings) -> None:
        self._params = task.params
        self._workers = workers
        self._surroundings = surroundings
        self._warnings = task.warnings
        self._snapshot = Snapshot(tenant, workers.each, self._not_in_plan)

    def all(self) -> Result:
        kinds = [kind for kind in CONFIGURED_KINDS if kind.collection in self._params["kinds"]]
        fields = [field for kind in kinds for field in kind.fields.values()]
        fields += [field for links, dummy in _LINKS if links.owner in kinds for field in links.naming.values()]
        refers = [field.refers for field in fields if field.refers]
        # What is always there refers to others by all that it holds.
        refers += [one for kind in kinds if kind.standing for one in kind.references.values()]
        referred = {one.kind for one in refers if one.by}
        needed = [kind for kind in CONFIGURED_KINDS if kind in kinds or kind.name in referred]
        self._snapshot.load([Need(kind, whole=True) for kind in needed])
        config: dict[str, t.Any] = {}
        left_out = []
        for kind in kinds:
            rows = [row for row in sorted_objects(kind, self._snapshot.all(kind)) if self._is_wanted(kind, row)]
            links, unnamed = self._links(kind, rows)
            entries: list[dict[str, t.Any]] = []
            for row in rows:
                found = exported(kind, row, self._name_of, self._params["include_secrets"])
                if found is None:
                    continue
                entries.append({**found.entry, **links.get(kind.id_of(row), {})})
                lost = [*found.left_out, *unnamed.get(kind.id_of(row), ())]
                if lost:
                    names = (str(found.entry[key]) for key in list(found.entry)[: len(kind.identity)][:2])
                    left_out.append({"kind": kind.name, "name": " / ".join(names) or kind.title, "fields": lost})
            if kind.single:
                config[kind.collection] = entries[0] if entries else {}
                continue
            # By what names the objects here: their ids differ from tenant to tenant.
            config[kind.collection] = sorted(entries, key=lambda entry: list(map(str, list(entry.values())[:3])))
        return {"changed": False, "config": config, "left_out": left_out}

    def _not_in_plan(self, kind: Kind, error: ApiError) -> None:
        words = error.message.rstrip(".")
        warning = "%s. The configuration holds no %s." % (words, kind.titles)
        if warning not in self._warnings:
            self._warnings.append(warning)

    def _is_wanted(self, kind: Kind, row: Object) -> bool:
        """Whether an object fits the patterns, and is not the task's own way to the Management API."""
        if is_callers(kind, row, self._surroundings):
            return False
        for option, field in (("name_pattern", "name"), ("identifier_pattern", "identifier")):
            pattern = self._params[option]
            asked = pattern is not None and field in kind.fields
            if asked and not fnmatch.fnmatchcase(str(row.get(field) or ""), pattern):
                return False
        return True

    def _name_of(self, kind: str, field: str, value: t.Any, by: str) -> str | None:
        found = self._snapshot.find(KINDS[kind], {field: value})
        name = None if found is None else found.get(by)
        twins = [] if name is None else list(self._snapshot.list(KINDS[kind], {by: name}))
        return str(name) if len(twins) == 1 else None

    def _links(self, kind: Kind, rows: t.Sequence[Object]) -> tuple[dict[str, dict[str, t.Any]], dict[str, list[str]]]:
        """What stands in the entries beside the objects' own fields, and what of it is held by ids, both by the ids of
        the objects.

        Read side by side.
        """
        found: dict[str, dict[str, t.Any]] = {}
        unnamed: dict[str, list[str]] = {}
        for links, field in (pair for pair in _LINKS if pair[0].owner is kind):
            ids = [kind.id_of(row) for row in rows if links.has_place(row)]
            reads = [functools.partial(_links_of, links, owner_id) for owner_id in ids]
            held = self._workers.each(reads, "reading the %s of %s" % (links.titles, kind.titles))
            for owner_id, rows_of_one in zip(ids, held, strict=True):
                entries = [self._link_entry(links, one) for one in sorted_links(links, rows_of_one)]
                if entries:
                    plain = [one if field is None else one[field] for one, dummy in entries]
                    found.setdefault(owner_id, {})[links.collection] = plain
                if not all(named for dummy, named in entries):
                    unnamed.setdefault(owner_id, []).append(links.collection)
        return found, unnamed

    def _link_entry(self, links: LinkList, one: Object) -> tuple[dict[str, t.Any], bool]:
        """What declares a link, with names in place of ids; and whether all could be named."""
        entry, named = {}, True
        for name, value in one.items():
            refers = links.known[name].refers
            if refers and refers.option and refers.by:
                known = self._name_of(refers.kind, refers.field, value, refers.by)
                entry[refers.option if known else name] = known or value
                named = named and known is not None
            else:
                entry[name] = value
        return entry, named


def _links_of(link: LinkList, owner_id: str, tenant: ManagementClient) -> t.Sequence[Object]:
    try:
        return tenant.links(link, owner_id) or ()  # the object may have gone meanwhile
    except ApiError as error:
        if is_of_plan(error):
            return ()  # what the plan does not include, nothing is linked to
        raise


WORK = Work(config_info_spec, read_config)
