# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Plans for lists of declarations whose dependencies may not exist yet."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._engine.changes import (
    Desired,
    Surroundings,
)
from ansible_collections.community.auth0.plugins.module_utils._engine.plan import Plan, plan
from ansible_collections.community.auth0.plugins.module_utils._engine.references import Reference
from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions, Missing, Refused
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind

HERE = Surroundings("https://tenant.example.com/api/v2/")
API, CLIENT, GRANT = KINDS["resource_server"], KINDS["client"], KINDS["client_grant"]


class Tenant:
    """Objects in memory. looked_up: what was asked for, in order."""

    def __init__(self, **objects: list[dict[str, Any]]) -> None:
        self.objects = objects
        self.looked_up: list[str] = []

    def find(self, kind: Kind, identity: Mapping[str, Any], whole: bool = True) -> Mapping[str, Any] | None:
        self.looked_up.append(kind.name if whole else kind.name + " id")
        for item in self.objects.get(kind.name, ()):
            if all(item.get(name) == value for name, value in identity.items() if name != "subject_type"):
                return item
        return None

    def list(self, kind: Kind, query: Mapping[str, Any] | None = None) -> Iterator[Mapping[str, Any]]:
        self.looked_up.append(kind.name + "s")
        for item in self.objects.get(kind.name, ()):
            if all(item.get(name) == value for name, value in (query or {}).items()):
                yield item


def the_api(*scopes: str, present: bool = True) -> Desired:
    fields = {"identifier": "urn:api", "scopes": [{"value": scope} for scope in scopes]}
    return Desired(API, fields, present=present)


def the_client(present: bool = True) -> Desired:
    return Desired(CLIENT, {"name": "reminders", "app_type": "non_interactive"}, present=present)


def the_grant(*scopes: str, present: bool = True) -> Desired:
    pending = Reference(KINDS["client"], {"name": "reminders"}, "client_id")
    return Desired(GRANT, {"client_id": pending, "audience": "urn:api", "scope": list(scopes)}, present=present)


def planned(desired: list[Desired], tenant: Tenant, assume: bool = False) -> Plan:
    return plan(desired, tenant, HERE, assume)


def actions(result: Plan) -> list[tuple[str, str]]:
    return [(change.kind.name, change.action) for change in result.changes]


def test_a_whole_set_up_is_planned_in_one_go_although_nothing_of_it_exists() -> None:
    tenant = Tenant()
    result = planned([the_grant("read"), the_client(), the_api("read")], tenant)
    assert actions(result) == [("client", "create"), ("resource_server", "create"), ("client_grant", "create")]
    assert result.assumed == ()
    assert tenant.looked_up == ["client", "resource_server"]


def test_a_reference_to_an_existing_object_is_resolved() -> None:
    tenant = Tenant(
        client=[{"client_id": "c1", "name": "reminders"}], resource_server=[{"id": "1", "identifier": "urn:api"}]
    )
    result = planned([the_grant()], tenant)
    assert result.changes[0].payloads[0]["client_id"] == "c1"
    assert tenant.looked_up == ["client id", "client_grant"]


@pytest.mark.parametrize("gone", ["client", "resource_server"])
def test_what_is_to_be_there_cannot_rest_on_what_the_same_plan_removes(gone: str) -> None:
    tenant = Tenant(
        client=[{"client_id": "c1", "name": "reminders"}], resource_server=[{"id": "1", "identifier": "urn:api"}]
    )
    removed = the_client(present=False) if gone == "client" else the_api(present=False)
    with pytest.raises(InvalidOptions, match=r"refers to the .*, which is declared with state: absent"):
        planned([the_grant("read"), removed], tenant)
    assert actions(planned([the_grant(present=False), removed], tenant))[-1] == (gone, "delete")


def test_nothing_is_declared_twice() -> None:
    tenant = Tenant(client=[{"client_id": "c1", "name": "reminders"}])
    by_id = Desired(CLIENT, {"description": "new"}, object_id="c1")
    for twice in ([the_client(), the_client()], [the_client(present=False), the_client()], [the_client(), by_id]):
        with pytest.raises(InvalidOptions, match="is declared more than once"):
            planned(twice, tenant)
    with pytest.raises(InvalidOptions, match="urn:api is declared more than once"):
        planned([the_api("read"), the_api("write")], Tenant())


def test_objects_of_two_kinds_may_have_the_same_name() -> None:
    twins = [Desired(KINDS[name], {"name": "Planner"}) for name in ("client", "role")]
    assert actions(planned(twins, Tenant())) == [("client", "create"), ("role", "create")]


@pytest.mark.parametrize("missing", ["client", "resource_server"])
def test_a_grant_for_what_does_not_exist_is_an_error_in_a_real_run(missing: str) -> None:
    objects = {
        "client": [{"client_id": "c1", "name": "reminders"}],
        "resource_server": [{"id": "1", "identifier": "urn:api", "scopes": [{"value": "read"}]}],
    }
    del objects[missing]
    with pytest.raises(Missing, match=r"which is not in this tenant\. Create it first"):
        planned([the_grant("read")], Tenant(**objects))


def test_in_check_mode_it_is_predicted_and_what_was_assumed_is_told() -> None:
    result = planned([the_grant("read")], Tenant(), assume=True)
    assert actions(result) == [("client_grant", "create")]
    assert result.assumed == ("client reminders", "API urn:api")


def test_scopes_are_checked_against_the_api_as_it_will_be() -> None:
    existing = {"resource_server": [{"id": "1", "identifier": "urn:api", "scopes": [{"value": "old"}]}]}
    planned([the_client(), the_api("new"), the_grant("new")], Tenant(**existing))
    with pytest.raises(InvalidOptions, match="does not define this scope: old") as raised:
        planned([the_client(), the_api("new"), the_grant("old")], Tenant(**existing))
    assert "It defines: new" in raised.value.message


def test_a_reference_to_an_object_that_the_plan_changes_or_leaves_is_known() -> None:
    for description, first in (("new", "update"), ("old", "none")):
        tenant = Tenant(
            client=[{"client_id": "c1", "name": "reminders", "description": "old"}],
            client_grant=[{"id": "cgr_1", "client_id": "c1", "audience": "urn:api", "scope": []}],
        )
        client = Desired(CLIENT, {"name": "reminders", "description": description})
        assert actions(planned([the_grant(), client], tenant)) == [("client", first), ("client_grant", "none")]
        assert tenant.looked_up == ["client", "client_grant"]


def test_an_api_is_only_looked_at_when_scopes_would_change() -> None:
    tenant = Tenant(
        client=[{"client_id": "c1", "name": "reminders"}],
        client_grant=[{"id": "cgr_1", "client_id": "c1", "audience": "urn:api", "scope": ["gone", "other"]}],
    )
    assert actions(planned([the_grant("other", "gone")], tenant)) == [("client_grant", "none")]
    assert "resource_server" not in tenant.looked_up


def test_removals_come_first_and_what_is_gone_already_is_not_missed() -> None:
    tenant = Tenant(
        client=[{"client_id": "c1", "name": "reminders"}],
        resource_server=[{"id": "1", "identifier": "urn:api"}],
        client_grant=[{"id": "cgr_1", "client_id": "c1", "audience": "urn:api"}],
    )
    absent = [the_api(present=False), the_client(present=False), the_grant(present=False)]
    assert actions(planned(absent, tenant))[0] == ("client_grant", "delete")
    assert actions(planned(absent, Tenant())) == [
        ("client_grant", "none"),
        ("resource_server", "none"),
        ("client", "none"),
    ]


def test_what_the_same_plan_removes_is_not_in_the_way_of_a_removal() -> None:
    tenant = Tenant(
        client=[{"client_id": "c1", "name": "reminders"}],
        resource_server=[{"id": "1", "identifier": "urn:api"}],
        client_grant=[
            {"id": "cgr_1", "client_id": "c1", "audience": "urn:api"},
            {"id": "cgr_2", "client_id": "c1", "audience": "urn:another"},
        ],
    )
    absent = [the_api(present=False), the_grant(present=False)]
    assert actions(planned(absent, tenant)) == [("client_grant", "delete"), ("resource_server", "delete")]
    with pytest.raises(Refused, match=r"client grant c1 / urn:api\. Remove that first"):
        planned(absent[:1], tenant)


def test_grants_go_with_their_client_so_that_a_removal_of_it_does_not_look_for_them() -> None:
    tenant = Tenant(
        client=[{"client_id": "c1", "name": "reminders"}],
        client_grant=[{"id": "cgr_1", "client_id": "c1", "audience": "urn:api"}],
    )
    assert actions(planned([the_client(present=False)], tenant)) == [("client", "delete")]
    assert tenant.looked_up == ["client"]


def test_nothing_is_looked_up_when_a_declaration_is_wrong_in_itself() -> None:
    tenant = Tenant()
    with pytest.raises(InvalidOptions):
        planned([Desired(API, {"identifier": ""})], tenant)
    assert tenant.looked_up == []


def test_all_mistakes_are_reported_at_once_and_each_says_where_it_was_made() -> None:
    wrong = [
        dataclasses.replace(Desired(API, {"identifier": ""}), where="resource_servers[0]"),
        dataclasses.replace(the_grant("raed"), where="client_grants[4]"),
        dataclasses.replace(the_client(), where="clients[1]"),
        dataclasses.replace(the_client(), where="clients[2]"),
    ]
    with pytest.raises(InvalidOptions) as caught:
        planned(wrong, Tenant(resource_server=[{"id": "1", "identifier": "urn:api", "scopes": [{"value": "read"}]}]))
    lines = caught.value.message.splitlines()
    assert lines[0] == "The declarations are not valid; nothing was written:"
    assert "  - resource_servers[0]: API  is not valid:" in lines
    assert any("client_grants[4]: " in line and "does not define this scope: raed" in line for line in lines)
    assert "  - clients[2]: client reminders is declared more than once (it is also declared in clients[1])." in lines


def test_what_refers_to_a_mistaken_declaration_is_not_reported_as_well() -> None:
    wrong = Desired(CLIENT, {"name": "reminders", "description": "x" * 141}, where="clients[0]")
    with pytest.raises(InvalidOptions) as caught:
        planned([wrong, the_grant(), the_api()], Tenant())
    assert "which is not in this tenant" not in caught.value.message
