# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""What stands in an entry of the links of an object: permissions of a role, organizations of a client grant."""

from __future__ import annotations

import typing as t

from ansible_collections.community.auth0.plugins.module_utils._engine.apply_links import LinkApplier
from ansible_collections.community.auth0.plugins.module_utils._engine.changes import Change
from ansible_collections.community.auth0.plugins.module_utils._engine.links import (
    DesiredLinks,
    LinkChange,
    compare,
    validate_links,
)
from ansible_collections.community.auth0.plugins.module_utils._engine.management import ManagementClient
from ansible_collections.community.auth0.plugins.module_utils._engine.membership import refuse_undefined_links
from ansible_collections.community.auth0.plugins.module_utils._engine.references import (
    Object,
    Reference,
    known_later,
)
from ansible_collections.community.auth0.plugins.module_utils._engine.waves import Job, Key
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from ansible_collections.community.auth0.plugins.module_utils._kinds.client_grant import CLIENT_GRANT
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind
from ansible_collections.community.auth0.plugins.module_utils._kinds.link import Link
from ansible_collections.community.auth0.plugins.module_utils._kinds.organization import (
    CLIENT_GRANT_ORGANIZATIONS,
    ORGANIZATION,
    ORGANIZATION_CLIENT_GRANT,
)
from ansible_collections.community.auth0.plugins.module_utils._kinds.role_permissions import ROLE_PERMISSIONS
from ansible_collections.community.auth0.plugins.module_utils._task.arguments import Spec
from ansible_collections.community.auth0.plugins.module_utils._task.progress import Progress

from ..role_permissions import desired_permissions, permissions_options
from .part import (
    Context,
    PartChange,
    Read,
    SimplePart,
    job_key,
    jobs_before,
    made_id,
    value_of,
)


class RolePermissions(SimplePart):
    """``permissions`` of a role."""

    kind = ROLE_PERMISSIONS.owner
    link: Link = ROLE_PERMISSIONS

    def options(self) -> Spec:
        return permissions_options()

    def declared(self, params: t.Mapping[str, t.Any]) -> bool:
        return params["permissions"] is not None

    def references(self, params: t.Mapping[str, t.Any]) -> t.Iterator[tuple[Kind, Object]]:
        apis = dict.fromkeys(item["resource_server_identifier"] for item in params["permissions"])
        return ((KINDS["resource_server"], {"identifier": api}) for api in apis)

    def read(self, current: Object) -> Read | None:
        role_id = str(current[self.kind.id_field])
        return lambda tenant: tenant.links(self.link, role_id)

    def plan(
        self, change: Change, params: t.Mapping[str, t.Any], held: t.Any, context: Context
    ) -> t.Iterator[PartChange]:
        owner = Reference(self.kind, {"name": change.desired.name}, self.kind.id_field)
        desired = desired_permissions(owner, params)
        validate_links(desired)
        links = compare(desired, desired.items, held or ())
        refuse_undefined_links(links, lambda api: self._whole(api, links, context))
        if links.action != "none":
            apis = {item["resource_server_identifier"] for item in links.added}
            needed = [(KINDS["resource_server"], {"identifier": api}) for api in apis]
            yield _links_change(links, change, context, jobs_before(context, change, needed), self.link.name)

    @staticmethod
    def _whole(reference: Reference, links: LinkChange, context: Context) -> Object | None:
        if context.planning.is_mistaken(reference.kind, reference.identity):
            return None
        planned = context.planning.planned(reference.kind, reference.identity)
        found = planned.predicted if planned else context.look_up.find(reference.kind, reference.identity)
        if found is None:
            value_of(reference, context, "One of the %s" % links.desired.label)
        return found


def _links_change(links: LinkChange, change: Change, context: Context, after: frozenset[Key], kind: str) -> PartChange:
    def perform(tenant: ManagementClient, progress: Progress) -> None:
        LinkApplier(tenant, progress).apply(links, made_id(change, context))

    name = change.desired.name
    job = Job((kind, job_key(change)), kind, name, links.action, links.steps, perform, after)
    return PartChange(kind, name, links.action, change.object_id, (links.desired.link.collection,), links.diff, job)


def _organization(given: str) -> Object:
    """What an organization is looked up by: its id or its name."""
    return {"id" if given.startswith("org_") else "name": given}


class GrantOrganizations(SimplePart):
    """``organizations`` of a client grant: those for which it may be used, by name or id.

    The server keeps them as grants of an organization, so that each is added or removed by a request of its own.
    """

    kind = CLIENT_GRANT
    link: Link = ORGANIZATION_CLIENT_GRANT

    def options(self) -> Spec:
        return {
            "organizations": {"type": "list", "elements": "str"},
            "purge_organizations": {"type": "bool", "default": True},
        }

    def mistakes(self, params: t.Mapping[str, t.Any]) -> t.Iterator[str]:
        names = params["organizations"] or ()
        for name in names:
            if not name.strip():
                yield "organizations: an item is empty."
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield "organizations: %s is given twice." % name

    def declared(self, params: t.Mapping[str, t.Any]) -> bool:
        return params["organizations"] is not None

    def references(self, params: t.Mapping[str, t.Any]) -> t.Iterator[tuple[Kind, Object]]:
        return ((ORGANIZATION, _organization(name)) for name in params["organizations"])

    def read(self, current: Object) -> Read | None:
        grant_id = str(current[self.kind.id_field])
        return lambda tenant: tenant.links(CLIENT_GRANT_ORGANIZATIONS, grant_id)

    def plan(
        self, change: Change, params: t.Mapping[str, t.Any], held: t.Any, context: Context
    ) -> t.Iterator[PartChange]:
        present = {str(row["id"]): str(row.get("name") or row["id"]) for row in held or ()}
        wanted = {}
        for name in params["organizations"]:
            reference = Reference(ORGANIZATION, _organization(name), "id")
            wanted[value_of(reference, context, change.desired.label)] = (reference, name)
        before, after = sorted(present.values()), {str(name) for dummy, name in wanted.values()}
        for organization_id, (reference, name) in wanted.items():
            if organization_id not in present and name not in present:
                yield self._change(change, context, reference, organization_id, True, before, after)
        if params["purge_organizations"]:
            for organization_id in present:
                # With an organization goes what it allowed.
                if organization_id not in wanted and not context.planning.is_removed(ORGANIZATION, organization_id):
                    reference = Reference(ORGANIZATION, {"id": organization_id}, "id")
                    yield self._change(change, context, reference, organization_id, False, before, after)

    def _change(
        self,
        change: Change,
        context: Context,
        organization: Reference,
        organization_id: t.Any,
        adds: bool,
        before: list[str],
        after: set[str],
    ) -> PartChange:
        def change_of(grant_id: str) -> LinkChange:
            item = {"id": grant_id}
            desired = DesiredLinks(self.link, organization, (item,), adds)
            return compare(desired, (item,), () if adds else (item,))

        def perform(tenant: ManagementClient, progress: Progress) -> None:
            owner = organization_id
            if isinstance(owner, Reference):
                owner = context.made.find(ORGANIZATION, owner.identity)[-1]["id"]
            LinkApplier(tenant, progress).apply(change_of(made_id(change, context)), str(owner))

        name, kind = change.desired.name, "client_grant_organizations"
        foreseen = change_of(change.object_id or known_later(change.desired.label))
        job = Job(
            (kind, (job_key(change), organization.name)),
            kind,
            name,
            foreseen.action,
            ("%s %s for %s" % ("allow" if adds else "no longer allow", change.desired.label, organization.name),),
            perform,
            jobs_before(context, change, [(organization.kind, organization.identity)]),
        )
        header = "organizations of %s" % change.desired.label
        diff = {
            "before_header": header,
            "after_header": header,
            "before": {"organizations": before},
            "after": {"organizations": sorted(after)},
        }
        return PartChange(kind, name, foreseen.action, change.object_id, ("organizations",), diff, job)
