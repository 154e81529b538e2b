# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""What stands in an entry of the links of an object: permissions of a role, clients of an organization, organizations
of a client grant."""

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
    resolve,
)
from ansible_collections.community.auth0.plugins.module_utils._engine.waves import Job, Key
from ansible_collections.community.auth0.plugins.module_utils._errors import Missing
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from ansible_collections.community.auth0.plugins.module_utils._kinds.client_grant import CLIENT_GRANT
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind
from ansible_collections.community.auth0.plugins.module_utils._kinds.link import Link
from ansible_collections.community.auth0.plugins.module_utils._kinds.organization import (
    CLIENT_GRANT_ORGANIZATIONS,
    ORGANIZATION,
    ORGANIZATION_CLIENT_GRANT,
)
from ansible_collections.community.auth0.plugins.module_utils._task.arguments import Spec
from ansible_collections.community.auth0.plugins.module_utils._task.progress import Progress

from ..kind_options import link_from, links_from, links_options
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


class OwnLinks(SimplePart):
    """The links of an object, such as ``permissions`` of a role, as a list in its entry."""

    def __init__(self, link: Link) -> None:
        self.link = link
        self.kind = link.owner

    def options(self) -> Spec:
        return links_options(self.link)

    def declared(self, params: t.Mapping[str, t.Any]) -> bool:
        return params[self.link.collection] is not None

    def references(self, params: t.Mapping[str, t.Any]) -> t.Iterator[tuple[Kind, Object]]:
        found = {}
        for item in params[self.link.collection]:
            for name, value in link_from(self.link, item).items():
                refers = self.link.known[name].refers
                if refers:
                    identity = value.identity if isinstance(value, Reference) else {refers.field: value}
                    found[refers.kind, *identity.items()] = (KINDS[refers.kind], identity)
        yield from found.values()

    def read(self, current: Object) -> Read | None:
        owner_id = self.kind.id_of(current)
        return lambda tenant: tenant.links(self.link, owner_id)

    def plan(
        self, change: Change, params: t.Mapping[str, t.Any], held: t.Any, context: Context
    ) -> t.Iterator[PartChange]:
        owner = Reference(self.kind, {"name": change.desired.name}, self.kind.id_field)
        desired = links_from(self.link, owner, params)
        validate_links(desired)
        items = [self._known(item, desired.label, context) for item in desired.items]
        left = [row for row in held or () if not self._goes(row, context)]
        links = compare(desired, items, left)
        self._refuse_missing(links, context)
        refuse_undefined_links(links, lambda api: self._whole(api, links, context))
        if links.action != "none":
            needed = [identity for identity in self.references(params) if _is_named(links.added, *identity)]
            yield self._change(links, items, left, change, context, jobs_before(context, change, needed))

    @staticmethod
    def _known(item: Object, label: str, context: Context) -> Object:
        subject = "One of the %s" % label
        return {
            name: value_of(value, context, subject) if isinstance(value, Reference) else value
            for name, value in item.items()
        }

    def _goes(self, row: Object, context: Context) -> bool:
        """Whether a link goes by itself, since the plan removes what it leads to."""
        for name, field in self.link.naming.items():
            kind = KINDS[field.refers.kind] if field.refers else None
            by_id = kind is not None and field.refers is not None and field.refers.field == kind.id_field
            if kind is not None and by_id and context.planning.is_removed(kind, str(row[name])):
                return True
        return False

    def _refuse_missing(self, links: LinkChange, context: Context) -> None:
        """Refuse an id of what is not there, which the tenant would refuse only after other things were written.

        Raises Missing.
        """
        for name, field in self.link.naming.items():
            refers = field.refers
            for value in {item[name] for item in links.added} if refers and refers.option else ():
                if refers and not isinstance(value, Reference):
                    reference = Reference(KINDS[refers.kind], {refers.field: value}, refers.field)
                    known = context.planning.planned(reference.kind, reference.identity)
                    if not known and not context.look_up.find(reference.kind, reference.identity, whole=False):
                        raise Missing(reference.missing("One of the %s" % links.desired.label))

    @staticmethod
    def _whole(reference: Reference, links: LinkChange, context: Context) -> Object | None:
        if context.planning.is_mistaken(reference.kind, reference.identity):
            return None
        planned = context.planning.planned(reference.kind, reference.identity)
        found = planned.predicted if planned else context.look_up.find(reference.kind, reference.identity)
        if found is None:
            value_of(reference, context, "One of the %s" % links.desired.label)
        return found

    def _change(
        self,
        links: LinkChange,
        items: t.Sequence[Object],
        held: t.Sequence[Object],
        change: Change,
        context: Context,
        after: frozenset[Key],
    ) -> PartChange:
        def made(value: t.Any) -> t.Any:
            if not isinstance(value, Reference):
                return value
            return resolve(value, lambda kind, identity: (context.made.find(kind, identity) or (None,))[-1])

        def perform(tenant: ManagementClient, progress: Progress) -> None:
            known = [{name: made(value) for name, value in item.items()} for item in items]
            LinkApplier(tenant, progress).apply(compare(links.desired, known, held), made_id(change, context))

        name, kind = change.desired.name, self.link.name
        job = Job((kind, job_key(change)), kind, name, links.action, links.steps, perform, after)
        return PartChange(kind, name, links.action, change.object_id, (self.link.collection,), links.diff, job)


def _is_named(links: t.Sequence[Object], kind: Kind, identity: Object) -> bool:
    """Whether one of the links leads to an object."""
    ((name, value),) = identity.items()
    named = [held for one in links for held in one.values()]
    return value in named or any(isinstance(one, Reference) and one.identity == {name: value} for one in named)


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
        grant_id = self.kind.id_of(current)
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
