# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""What stands in the entry of an object beside its own fields: its links, its keys, its secret.

A part adds options to the entries of a kind. It says what has to be read for it, and plans the jobs that it needs.
"""

from __future__ import annotations

import dataclasses
import datetime
import secrets
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._engine.apply_links import LinkApplier
from ansible_collections.community.auth0.plugins.module_utils._engine.changes import Change, Desired, Surroundings
from ansible_collections.community.auth0.plugins.module_utils._engine.links import (
    DesiredLinks,
    LinkChange,
    compare,
    validate_links,
)
from ansible_collections.community.auth0.plugins.module_utils._engine.management import ManagementClient
from ansible_collections.community.auth0.plugins.module_utils._engine.membership import (
    defined_by,
    memberships_of_links,
    refusal,
    undefined,
)
from ansible_collections.community.auth0.plugins.module_utils._engine.plan import LookUp, Planning
from ansible_collections.community.auth0.plugins.module_utils._engine.references import (
    Index,
    Object,
    Reference,
    resolve,
)
from ansible_collections.community.auth0.plugins.module_utils._engine.waves import Job, Key
from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions, Missing
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from ansible_collections.community.auth0.plugins.module_utils._kinds.client import CLIENT
from ansible_collections.community.auth0.plugins.module_utils._kinds.client_credential import CLIENT_CREDENTIAL
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
from ansible_collections.community.auth0.plugins.module_utils._times import check_days

from ..client_credentials.declared import SETTINGS, declared_credentials
from ..client_credentials.performing import PlannedCredentials
from ..client_credentials.work import credentials_options
from ..client_secret.secret_rotation import METADATA, ROTATED_AT, WantedSecret, declaration, format_rotated_at
from ..client_secret.work import SECRET_BYTES

#: Reads what a part needs of an object, once its id is known.
Read = t.Callable[[ManagementClient], t.Any]


@dataclasses.dataclass(frozen=True)
class Context:
    """What a part plans with.

    planning: all objects as they will be. look_up: the tenant as it is. made: objects as they are by the time when a
    job is performed. check_mode: what does not exist may come into being elsewhere then.
    """

    planning: Planning
    look_up: LookUp
    surroundings: Surroundings
    made: Index
    now: datetime.datetime
    check_mode: bool


@dataclasses.dataclass(frozen=True)
class PartChange:
    """What a part changes. fields: the names of what differs. diff: as Ansible shows it."""

    kind: str
    name: str
    action: str
    object_id: str | None
    fields: tuple[str, ...]
    diff: dict[str, t.Any]
    job: Job


class Part(t.Protocol):
    """What stands in the entries of a kind beside the fields of its objects."""

    kind: Kind

    def options(self) -> Spec:
        """The options that it adds to an entry."""

    def mistakes(self, params: t.Mapping[str, t.Any]) -> t.Iterator[str]:
        """What is wrong with the options of an entry in themselves."""

    def declared(self, params: t.Mapping[str, t.Any]) -> bool:
        """Whether an entry declares it."""

    def read(self, current: Object) -> Read | None:
        """What has to be read for an object that the tenant has."""

    def adjusted(
        self, desired: Desired, params: t.Mapping[str, t.Any], current: Object | None, context: Context
    ) -> Desired:
        """The declaration of the object with what the part adds to its own fields."""

    def plan(
        self, change: Change, params: t.Mapping[str, t.Any], held: t.Any, context: Context
    ) -> t.Iterator[PartChange]:
        """What the part changes. held: what was read. Raises InvalidOptions, Refused, Missing."""


class _Part:
    """A part that has no mistakes of its own and adds nothing to the object's own fields."""

    def mistakes(self, params: t.Mapping[str, t.Any]) -> t.Iterator[str]:
        yield from ()

    def adjusted(
        self, desired: Desired, params: t.Mapping[str, t.Any], current: Object | None, context: Context
    ) -> Desired:
        return desired

    def read(self, current: Object) -> Read | None:
        return None

    def plan(
        self, change: Change, params: t.Mapping[str, t.Any], held: t.Any, context: Context
    ) -> t.Iterator[PartChange]:
        yield from ()


def job_key(change: Change) -> Key:
    """What tells the job of an object from all others."""
    return change.kind.name, change.object_id or change.desired.name


def _value(reference: Reference, context: Context, subject: str) -> t.Any:
    """The value of an object to which a part refers; a Reference where it is known only later.

    Raises Missing where there is none, InvalidOptions where it will be none.
    """

    def find(kind: Kind, identity: Object) -> Object | None:
        planned = context.planning.planned(kind, identity)
        if planned is not None:
            return planned.predicted
        found = context.look_up.find(kind, identity, whole=False)
        if found is not None and context.planning.is_removed(kind, str(found[kind.id_field])):
            raise InvalidOptions("%s refers to the %s, which is declared to be absent." % (subject, reference.label))
        return found

    found = resolve(reference, find)
    if found is not None:
        return found
    if not context.check_mode:
        raise Missing(reference.missing(subject))
    return reference


def _after(context: Context, change: Change, others: t.Iterable[tuple[Kind, Object]] = ()) -> frozenset[Key]:
    """The jobs of the object itself and of the others that it needs."""
    planned = [change, *(context.planning.planned(kind, identity) for kind, identity in others)]
    return frozenset(job_key(one) for one in planned if one is not None and one.action != "none")


def _made_id(change: Change, context: Context) -> str:
    """The id of the object of a change, once that was performed."""
    if change.object_id is not None:
        return change.object_id
    identity = {name: value for name, value in (change.predicted or {}).items() if name in change.kind.identity}
    plain = {name: value for name, value in identity.items() if not isinstance(value, Reference)}
    found = context.made.find(change.kind, plain)
    return str(found[-1][change.kind.id_field])


class RolePermissions(_Part):
    """``permissions`` of a role."""

    kind = ROLE_PERMISSIONS.owner
    link: Link = ROLE_PERMISSIONS

    def options(self) -> Spec:
        fields = {name: {"type": "str", "required": field.required} for name, field in self.link.fields.items()}
        return {
            "permissions": {"type": "list", "elements": "dict", "options": fields},
            "purge_permissions": {"type": "bool", "default": True},
            "validate_permissions": {"type": "bool", "default": True},
        }

    def declared(self, params: t.Mapping[str, t.Any]) -> bool:
        return params["permissions"] is not None

    def read(self, current: Object) -> Read | None:
        role_id = str(current[self.kind.id_field])
        return lambda tenant: tenant.links(self.link, role_id)

    def plan(
        self, change: Change, params: t.Mapping[str, t.Any], held: t.Any, context: Context
    ) -> t.Iterator[PartChange]:
        owner = Reference(self.kind, {"name": change.desired.name}, self.kind.id_field)
        items = tuple({name: item[name] for name in self.link.naming} for item in params["permissions"])
        desired = DesiredLinks(
            self.link, owner, items, True, params["purge_permissions"], params["validate_permissions"]
        )
        validate_links(desired)
        links = compare(desired, items, held or ())
        self._check(links, context)
        if links.action != "none":
            apis = {item["resource_server_identifier"] for item in links.added}
            needed = [(KINDS["resource_server"], {"identifier": api}) for api in apis]
            yield _links_change(links, change, context, _after(context, change, needed), self.link.name)

    def _check(self, links: LinkChange, context: Context) -> None:
        if not links.desired.checked:
            return
        subject = "The %s" % links.desired.label
        problems = []
        for membership in memberships_of_links(self.link.fields, links.added):
            other = context.planning.planned(membership.owner.kind, membership.owner.identity)
            item = other.predicted if other else context.look_up.find(membership.owner.kind, membership.owner.identity)
            if item is None:
                _value(membership.owner, context, "One of the %s" % links.desired.label)
                continue
            problem = undefined(membership, defined_by(membership, item))
            if problem:
                problems.append((membership, problem))
        if problems:
            raise refusal(subject, problems[0][0], [problem for dummy, problem in problems])


def _links_change(links: LinkChange, change: Change, context: Context, after: frozenset[Key], kind: str) -> PartChange:
    def perform(tenant: ManagementClient, progress: Progress) -> None:
        LinkApplier(tenant, progress).apply(links, _made_id(change, context))

    name = change.desired.name
    job = Job((kind, job_key(change)), kind, name, links.action, links.steps, perform, after)
    return PartChange(kind, name, links.action, change.object_id, (links.desired.link.collection,), links.diff, job)


class GrantOrganizations(_Part):
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

    def read(self, current: Object) -> Read | None:
        grant_id = str(current[self.kind.id_field])
        return lambda tenant: tenant.links(CLIENT_GRANT_ORGANIZATIONS, grant_id)

    def plan(
        self, change: Change, params: t.Mapping[str, t.Any], held: t.Any, context: Context
    ) -> t.Iterator[PartChange]:
        present = {str(row["id"]): str(row.get("name") or row["id"]) for row in held or ()}
        wanted = {}
        for name in params["organizations"]:
            field = "id" if name.startswith("org_") else "name"
            reference = Reference(ORGANIZATION, {field: name}, "id")
            wanted[_value(reference, context, change.desired.label)] = (reference, name)
        before, after = sorted(present.values()), {str(name) for dummy, name in wanted.values()}
        for organization_id, (reference, name) in wanted.items():
            if organization_id not in present and name not in present:
                yield self._change(change, context, reference, organization_id, True, before, after)
        if params["purge_organizations"]:
            for organization_id in present:
                if organization_id not in wanted:
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
            LinkApplier(tenant, progress).apply(change_of(_made_id(change, context)), str(owner))

        name, kind = change.desired.name, "client_grant_organizations"
        foreseen = change_of(change.object_id or "(known later)")
        job = Job(
            (kind, (job_key(change), organization.name)),
            kind,
            name,
            foreseen.action,
            ("%s %s for %s" % ("allow" if adds else "no longer allow", change.desired.label, organization.name),),
            perform,
            _after(context, change, [(organization.kind, organization.identity)]),
        )
        header = "organizations of %s" % change.desired.label
        diff = {
            "before_header": header,
            "after_header": header,
            "before": {"organizations": before},
            "after": {"organizations": sorted(after)},
        }
        return PartChange(kind, name, foreseen.action, change.object_id, ("organizations",), diff, job)


class ClientCredentials(_Part):
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
            yield "%s and credentials exclude each other: credentials says it all." % name
        try:
            declared_credentials(given)
        except InvalidOptions as error:
            yield "credentials: %s" % error.message

    def read(self, current: Object) -> Read | None:
        kind = CLIENT_CREDENTIAL.below(str(current[self.kind.id_field]))
        return lambda tenant: tuple(tenant.list(kind))

    def plan(
        self, change: Change, params: t.Mapping[str, t.Any], held: t.Any, context: Context
    ) -> t.Iterator[PartChange]:
        declared = declared_credentials(params["credentials"])
        client = {CLIENT.id_field: "(known once %s exists)" % change.desired.label, **(change.predicted or {})}
        planned = PlannedCredentials(declared, client, held or (), context.surroundings, context.now)
        if not planned.steps:
            return

        def perform(tenant: ManagementClient, progress: Progress) -> None:
            client_id = _made_id(change, context)
            made = context.made.find(CLIENT, {CLIENT.id_field: client_id})
            item = made[-1] if made else change.current or {}
            again = PlannedCredentials(declared, item, held or (), context.surroundings, context.now)
            again.perform(tenant, progress)

        kind, name = "client_credentials", change.desired.name
        header = "credentials of %s" % change.desired.label
        diff = {
            "before_header": header,
            "after_header": header,
            "before": planned.before.summary() if change.current else {},
            "after": planned.foreseen.summary(),
        }
        job = Job((kind, job_key(change)), kind, name, "update", tuple(planned.steps), perform, _after(context, change))
        yield PartChange(kind, name, "update", change.object_id, ("credentials",), diff, job)


class ClientSecret(_Part):
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
        metadata = {**(desired.fields.get(METADATA) or {}), **(added.get(METADATA) or {})}
        fields = {**desired.fields, **added, **({METADATA: metadata} if metadata else {})}
        return dataclasses.replace(desired, fields=fields, unseen=unseen)


#: In the order in which their jobs are done for one object.
PARTS: tuple[Part, ...] = (RolePermissions(), GrantOrganizations(), ClientCredentials(), ClientSecret())
