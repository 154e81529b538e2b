# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Links, declared and present → what to add and to remove, and in which order."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._engine.links import (
    DesiredLinks,
    LinkChange,
    by_name,
    compare,
    validate_links,
)
from ansible_collections.community.auth0.plugins.module_utils._engine.references import Reference
from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from ansible_collections.community.auth0.plugins.module_utils._kinds.field import Field
from ansible_collections.community.auth0.plugins.module_utils._kinds.link import Link, OneByOne
from ansible_collections.community.auth0.plugins.module_utils._kinds.organization import (
    ORGANIZATION,
    ORGANIZATION_CLIENT,
    ORGANIZATION_CLIENT_GRANT,
)
from ansible_collections.community.auth0.plugins.module_utils._kinds.role_permissions import ROLE_PERMISSIONS
from hypothesis import given
from hypothesis import strategies as st

#: Links that carry fields, and are added, changed and removed one by one. No such ones are part of the collection yet.
CONNECTIONS = Link(
    owner=ORGANIZATION,
    title="connection",
    path="connections",
    collection="connections",
    fields={"connection_id": Field(required=True)},
    carries={"assign_membership": Field("bool", required=True), "scopes": Field("list", elements=Field())},
    sending=OneByOne("connection_id", "connection_id"),
    most=100,
)
LINKS = [ROLE_PERMISSIONS, ORGANIZATION_CLIENT_GRANT, ORGANIZATION_CLIENT, CONNECTIONS]
Items = list[dict[str, Any]]
Case = tuple[DesiredLinks, Items]
_NAME_LIST = ["urn:a", "urn:b", "read", "write", "é"]
_NAMES = st.sampled_from(_NAME_LIST)


def owner(link: Link) -> Reference:
    return Reference(link.owner, {"name": "the owner"}, link.owner.id_field)


_CARRIED = {"bool": st.booleans(), "list": st.lists(_NAMES, max_size=2, unique=True)}


def links_of(link: Link) -> st.SearchStrategy[Items]:
    """Links with all that they carry; what one carries depends on its name, so that it is declared in one way."""
    named = st.lists(st.fixed_dictionaries(dict.fromkeys(link.naming, _NAMES)), max_size=8)
    if not link.carries:
        return named
    carried = st.fixed_dictionaries({name: _CARRIED[field.type] for name, field in link.carries.items()})
    return st.tuples(named, st.fixed_dictionaries(dict.fromkeys(_NAME_LIST, carried))).map(
        lambda pair: [{**one, **pair[1][next(iter(one.values()))]} for one in pair[0]]
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    link = draw(st.sampled_from(LINKS))
    desired = DesiredLinks(
        link, owner(link), tuple(draw(links_of(link))), present=draw(st.booleans()), purge=draw(st.booleans())
    )
    current = draw(links_of(link))
    return desired, [{**item, "description": "what only the server says"} for item in current]


def changed(desired: DesiredLinks, current: Items) -> LinkChange:
    return compare(desired, desired.items, current)


def sent(change: LinkChange) -> dict[Any, Any]:
    """What the messages of a change make of what is there, in the order in which they are sent."""
    link = change.desired.link
    held = by_name(link, change.before)
    for message in change.messages:
        named = by_name(link, message.links)
        assert named, "an empty list is refused"
        if message.method == "PATCH":
            assert isinstance(link.sending, OneByOne) or message.below in next(iter(named))
            assert {name: one[name] for one in message.links for name in message.body or {}} == message.body
        if message.method == "DELETE":
            held = {name: one for name, one in held.items() if name not in named}
        else:
            held = {**held, **{name: {**held.get(name, {}), **one} for name, one in named.items()}}
    return held


def as_sets(one: Any) -> Any:
    """A link with its lists in one order, which means nothing."""
    return {name: sorted(value) if isinstance(value, list) else value for name, value in one.items()}


@given(cases())
def test_the_messages_lead_to_what_is_declared_and_leave_the_rest(
    case: Case,
) -> None:
    desired, current = case
    change = changed(desired, current)
    wanted, held = by_name(desired.link, desired.items), by_name(desired.link, current)
    expected = wanted.keys() if desired.purge else wanted.keys() | held.keys()
    if not desired.present:
        expected = held.keys() - wanted.keys()
    made = sent(change)
    assert made.keys() == expected
    assert by_name(desired.link, change.after) == made
    for name, one in made.items():
        assert as_sets(one) == as_sets(wanted[name] if desired.present and name in wanted else held[name])
    assert (change.action == "none") is (
        {k: as_sets(v) for k, v in made.items()} == {k: as_sets(v) for k, v in held.items()}
    )


@given(cases())
def test_the_second_run_changes_nothing(case: Case) -> None:
    desired, current = case
    again = compare(desired, desired.items, changed(desired, current).after)
    assert (again.action, again.messages) == ("none", ())
    assert again.diff["before"] == again.diff["after"]


@given(cases())
def test_only_differences_are_sent_and_each_once(case: Case) -> None:
    desired, current = case
    change = changed(desired, current)
    held = by_name(desired.link, current)
    assert not by_name(desired.link, change.added).keys() & held.keys()
    assert by_name(desired.link, change.removed).keys() <= held.keys()
    assert all(item.keys() == desired.link.naming.keys() for item in change.removed)
    assert all("description" not in item for item in (*change.added, *change.after))
    for one, payload in change.changed:
        (name,) = by_name(desired.link, [one])
        assert payload
        assert not any(as_sets(held[name])[field] == as_sets(payload)[field] for field in payload)
    assert desired.purge or not (change.added and change.removed)


@given(cases(), st.randoms())
def test_order_and_repetition_mean_nothing(case: Case, random: Any) -> None:
    desired, current = case
    items, shuffled = [*desired.items, *desired.items], [*current]
    random.shuffle(items)
    random.shuffle(shuffled)
    assert compare(desired, items, shuffled) == changed(desired, current)


def permissions(*numbers: int) -> list[dict[str, str]]:
    return [{"resource_server_identifier": "urn:a", "permission_name": f"p{number:04}"} for number in numbers]


@pytest.mark.parametrize(("held", "methods"), [(999, ["POST", "DELETE"]), (1000, ["DELETE", "POST"])])
def test_what_may_be_refused_goes_first_unless_there_is_no_room(held: int, methods: list[str]) -> None:
    wanted = (*permissions(*range(1, held)), *permissions(2000))
    change = changed(
        DesiredLinks(ROLE_PERMISSIONS, owner(ROLE_PERMISSIONS), wanted, purge=True), permissions(*range(held))
    )
    assert [message.method for message in change.messages] == methods
    assert change.action == "update"


def test_permissions_go_together_and_grants_one_by_one() -> None:
    role = DesiredLinks(ROLE_PERMISSIONS, owner(ROLE_PERMISSIONS), tuple(permissions(2, 1)))
    assert [message.body for message in changed(role, []).messages] == [{"permissions": permissions(1, 2)}]
    grants = DesiredLinks(
        ORGANIZATION_CLIENT_GRANT, owner(ORGANIZATION_CLIENT_GRANT), ({"id": "cgr_2"}, {"id": "cgr_1"}), purge=True
    )
    messages = changed(grants, [{"id": "cgr_3"}]).messages
    assert [(message.method, message.below, message.body) for message in messages] == [
        ("POST", None, {"grant_id": "cgr_1"}),
        ("POST", None, {"grant_id": "cgr_2"}),
        ("DELETE", "cgr_3", None),
    ]


def test_what_a_link_carries_is_sent_with_it_and_changed_alone() -> None:
    wanted = [
        {"connection_id": "con_1", "assign_membership": True, "scopes": ["a"]},
        {"connection_id": "con_2", "assign_membership": False},
        {"connection_id": "con_3"},
    ]
    held = [
        {"connection_id": "con_2", "assign_membership": True, "scopes": ["b"], "connection": {"name": "n"}},
        {"connection_id": "con_3", "assign_membership": True},
        {"connection_id": "con_4", "assign_membership": True},
    ]
    desired = DesiredLinks(CONNECTIONS, owner(CONNECTIONS), tuple(wanted), purge=True)
    change = changed(desired, held)
    assert [(message.method, message.below, message.body) for message in change.messages] == [
        ("POST", None, {"connection_id": "con_1", "assign_membership": True, "scopes": ["a"]}),
        ("PATCH", "con_2", {"assign_membership": False}),
        ("DELETE", "con_4", None),
    ]
    assert change.steps == tuple(
        f"{doing} 1 of the connections of the organization the owner" for doing in ("add", "change", "remove")
    )
    assert change.diff["after"] == {
        "connections": [
            wanted[0],
            {**wanted[1], "scopes": ["b"]},
            {"connection_id": "con_3", "assign_membership": True},
        ]
    }


def test_links_are_removed_by_their_ids_where_they_are_added_as_objects() -> None:
    item = {"client_id": "a", "use_for_member_access": True}
    desired = DesiredLinks(ORGANIZATION_CLIENT, owner(ORGANIZATION_CLIENT), (item,), purge=True)
    messages = changed(desired, [{"client_id": "b", "use_for_member_access": True}]).messages
    assert [(message.method, message.body) for message in messages] == [
        ("POST", {"clients": [item]}),
        ("DELETE", {"clients": ["b"]}),
    ]


def test_what_a_new_link_cannot_be_without_is_told_by_the_users_name() -> None:
    app = Reference(KINDS["client"], {"name": "app"}, "client_id")
    desired = DesiredLinks(ORGANIZATION_CLIENT, owner(ORGANIZATION_CLIENT), ({"client_id": app},))
    told = "app is none of the clients of the organization the owner yet and cannot be added without use_for_member"
    with pytest.raises(InvalidOptions, match=told):
        compare(desired, [{"client_id": "abc"}], [])
    assert compare(desired, [{"client_id": "abc"}], [{"client_id": "abc"}]).action == "none"


def test_what_is_wrong_is_told_in_one_message() -> None:
    desired = DesiredLinks(
        ROLE_PERMISSIONS,
        Reference(ROLE_PERMISSIONS.owner, {"name": ""}, "id"),
        (*permissions(1, 1), {"resource_server_identifier": "", "permission_name": "x" * 281}),
    )
    with pytest.raises(InvalidOptions) as caught:
        validate_links(desired)
    for told in (
        "permissions[1]: {'resource_server_identifier': 'urn:a', 'permission_name': 'p0001'} is given twice",
        "permissions[2].resource_server_identifier: must not be empty",
        "permissions[2].permission_name: has 281 characters",
        "the name of the role is empty",
    ):
        assert told in caught.value.message
    too_many = DesiredLinks(ROLE_PERMISSIONS, owner(ROLE_PERMISSIONS), tuple(permissions(*range(1001))))
    with pytest.raises(InvalidOptions, match="1001 items, at most 1000"):
        validate_links(too_many)


def test_a_name_within_a_name_is_told_in_the_users_words() -> None:
    client = Reference(KINDS["client"], {"name": "reminders"}, "client_id")
    grant = Reference(KINDS["client_grant"], {"client_id": client, "audience": "urn:a", "subject_type": None}, "id")
    assert grant.label == "client grant reminders / urn:a"
    assert str(grant) == "(known once the client grant reminders / urn:a exists)"
