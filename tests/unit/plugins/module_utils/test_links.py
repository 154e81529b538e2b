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
from ansible_collections.community.auth0.plugins.module_utils._kinds.link import Link
from ansible_collections.community.auth0.plugins.module_utils._kinds.organization import ORGANIZATION_CLIENT_GRANT
from ansible_collections.community.auth0.plugins.module_utils._kinds.role_permissions import ROLE_PERMISSIONS
from hypothesis import given
from hypothesis import strategies as st

LINKS = [ROLE_PERMISSIONS, ORGANIZATION_CLIENT_GRANT]
Case = tuple[DesiredLinks, list[dict[str, str]]]
_NAMES = st.sampled_from(["urn:a", "urn:b", "read", "write", "é"])


def owner(link: Link) -> Reference:
    return Reference(link.owner, {"name": "the owner"}, link.owner.id_field)


def links_of(link: Link) -> st.SearchStrategy[list[dict[str, str]]]:
    return st.lists(st.fixed_dictionaries(dict.fromkeys(link.naming, _NAMES)), max_size=8)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    link = draw(st.sampled_from(LINKS))
    desired = DesiredLinks(
        link, owner(link), tuple(draw(links_of(link))), present=draw(st.booleans()), purge=draw(st.booleans())
    )
    current = draw(links_of(link))
    return desired, [{**item, "description": "what only the server says"} for item in current]


def changed(desired: DesiredLinks, current: list[dict[str, str]]) -> LinkChange:
    return compare(desired, desired.items, current)


def sent(change: LinkChange) -> dict[Any, Any]:
    """What the messages of a change make of what is there, in the order in which they are sent."""
    link = change.desired.link
    held = by_name(link, change.before)
    for message in change.messages:
        named = by_name(link, message.links)
        assert named, "an empty list is refused"
        held = {**held, **named} if message.method == "POST" else {k: v for k, v in held.items() if k not in named}
    return held


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
    assert sent(change).keys() == expected
    assert by_name(desired.link, change.after).keys() == expected
    assert (change.action == "none") is (expected == held.keys())


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
    assert all(item.keys() == desired.link.naming.keys() for item in (*change.added, *change.removed, *change.after))
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
