# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is asked for of a tenant: which queries that takes, what fits, and in which order it comes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._engine.references import Reference
from ansible_collections.community.auth0.plugins.module_utils._engine.selection import (
    Selection,
    select,
    validate_selection,
)
from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind
from hypothesis import given
from hypothesis import strategies as st

API, CLIENT, GRANT = KINDS["resource_server"], KINDS["client"], KINDS["client_grant"]


class Rows:
    """A tenant that answers every list with the same rows. queries: what it was asked."""

    def __init__(self, *rows: Mapping[str, Any], found: Mapping[str, Any] | None = None) -> None:
        self.rows = rows
        self.found = found
        self.queries: list[Any] = []

    def find(self, kind: Kind, identity: Mapping[str, Any], whole: bool = True) -> Mapping[str, Any] | None:
        self.queries.append((kind.name, dict(identity), whole))
        return self.found

    def directly(self, kind: Kind, field: str, value: str) -> Mapping[str, Any] | None:
        self.queries.append((field, value))
        return self.found

    def list(self, kind: Kind, query: Mapping[str, Any] | None = None) -> Iterator[Mapping[str, Any]]:
        self.queries.append(query)
        yield from self.rows


def query(kind: Kind, **filters: Any) -> Any:
    rows = Rows()
    assert select(Selection(kind, filters=filters), rows) == []
    (asked,) = rows.queries
    return asked


@pytest.mark.parametrize(
    ("kind", "filters", "expected"),
    [
        (API, {}, {}),
        (API, {"identifiers": ["urn:a", "urn:b,c"]}, {"identifiers": ["urn:a", "urn:b,c"]}),
        (CLIENT, {}, {"is_global": "false"}),
        (CLIENT, {"is_global": True}, {"is_global": "true"}),
        (CLIENT, {"app_type": ["spa", "native"]}, {"app_type": "spa,native", "is_global": "false"}),
        (CLIENT, {"is_first_party": False}, {"is_first_party": "false", "is_global": "false"}),
        (CLIENT, {"q": "client_grant.allow_any_organization:true"}, {"q": "client_grant.allow_any_organization:true"}),
        (GRANT, {}, {}),
        (
            GRANT,
            {"client_id": "c", "audience": "urn:a", "subject_type": "client", "allow_any_organization": True},
            {"client_id": "c", "audience": "urn:a", "subject_type": "client", "allow_any_organization": "true"},
        ),
    ],
)
def test_filters_are_sent_as_the_server_takes_them(kind: Kind, filters: dict[str, Any], expected: Any) -> None:
    assert query(kind, **filters) == expected


def test_an_object_that_is_named_directly_is_read_and_no_list() -> None:
    tenant = Rows(found={"id": "1"})
    assert select(Selection(API, direct=("identifier", "urn:a")), tenant) == [{"id": "1"}]
    assert tenant.queries == [("identifier", "urn:a")]
    assert select(Selection(API, direct=("identifier", "urn:b")), Rows()) == []


def test_a_reference_by_name_is_looked_up_and_what_does_not_exist_has_nothing() -> None:
    selection = Selection(GRANT, filters={"client_id": Reference(KINDS["client"], {"name": "shop"}, "client_id")})
    tenant = Rows({"id": "1"}, found={"client_id": "c1", "name": "shop"})
    assert select(selection, tenant) == [{"id": "1"}]
    assert tenant.queries == [("client", {"name": "shop"}, False), {"client_id": "c1"}]
    tenant = Rows({"id": "1"})
    assert select(selection, tenant) == []
    assert tenant.queries == [("client", {"name": "shop"}, False)]


NAMES = ["shop", "Shop", "shop [old]", "workshop", None]
SHOPS = [{"client_id": str(number), **({"name": name} if name else {})} for number, name in enumerate(NAMES)]


@pytest.mark.parametrize(
    ("pattern", "fits"),
    [
        ("shop", ["shop"]),
        ("*shop", ["shop", "workshop"]),
        ("[sS]hop", ["Shop", "shop"]),
        ("shop [[]old]", ["shop [old]"]),
        ("?hop*", ["Shop", "shop", "shop [old]"]),
        ("*", [None, "Shop", "shop", "shop [old]", "workshop"]),
        ("nothing*", []),
    ],
)
def test_a_pattern_is_one_of_the_shell_and_tells_upper_from_lower_case(pattern: str, fits: list[str | None]) -> None:
    found = select(Selection(CLIENT, name_pattern=pattern), Rows(*SHOPS))
    assert [client.get("name") for client in found] == fits


@pytest.mark.parametrize("name", [name for name in NAMES if name])
def test_a_name_is_no_pattern(name: str) -> None:
    found = select(Selection(CLIENT, name=name), Rows(*SHOPS))
    assert [client["name"] for client in found] == [name]


def test_all_objects_of_a_name_are_found_ordered_by_their_ids() -> None:
    rows = [{"client_id": number, "name": "shop"} for number in "312"]
    found = select(Selection(CLIENT, name="shop"), Rows(*rows))
    assert [client["client_id"] for client in found] == ["1", "2", "3"]


@given(st.permutations(range(6)))
def test_the_order_depends_on_nothing_but_the_objects(order: list[int]) -> None:
    grants = [
        {"id": "9", "default_for": "third_party_clients", "audience": "urn:a"},
        {"id": "8", "client_id": "a", "audience": "urn:a"},
        {"id": "7", "client_id": "a", "audience": "urn:a", "subject_type": "user"},
        {"id": "6", "client_id": "a", "audience": "urn:b"},
        {"id": "5", "client_id": "b", "audience": "urn:a", "subject_type": "client"},
        {"id": "4", "client_id": "b", "audience": "urn:a", "subject_type": None},
    ]
    found = select(Selection(GRANT), Rows(*(grants[number] for number in order)))
    assert [grant["id"] for grant in found] == ["9", "8", "7", "6", "4", "5"]


@given(st.permutations(range(7)))
def test_a_kind_can_say_what_comes_first(order: list[int]) -> None:
    keys = [
        {"kid": "z", "current": True, "previous": True, "current_since": "2026-03-01T00:00:00.000Z"},
        {"kid": "c", "next": True},
        {"kid": "b", "previous": True, "current_since": "2026-02-01T00:00:00.000Z"},
        {"kid": "a", "previous": True, "current_since": "2026-01-01T00:00:00.000Z"},
        {"kid": "x", "revoked": True, "current_since": "2025-12-01T00:00:00.000Z", "next": False, "current": None},
        {"kid": "y", "revoked": True, "current_since": "2025-12-01T00:00:00.000Z"},
        {"kid": "d"},
    ]
    found = select(Selection(KINDS["signing_key"]), Rows(*(keys[number] for number in order)))
    assert found == keys


def test_an_object_that_is_on_two_pages_of_a_changing_list_comes_once() -> None:
    row = {"id": "1", "identifier": "urn:a"}
    assert select(Selection(API), Rows(row, {"id": "2"}, row)) == [{"id": "2"}, row]


@pytest.mark.parametrize(
    ("selection", "told"),
    [
        (Selection(API, direct=("identifier", "")), ["identifier: is empty"]),
        (Selection(API, direct=("identifier", "x" * 601)), ["identifier: has 601 characters"]),
        (Selection(API, filters={"identifiers": []}), ["identifiers: is empty"]),
        (Selection(API, filters={"identifiers": ["a", ""]}), ["identifiers[1]: must not be empty"]),
        (Selection(API, filters={"identifiers": ["a", "a"]}), ["'a' is given twice"]),
        (Selection(API, filters={"identifiers": list("abcdefghijk")}), ["identifiers: 11 items, at most 10"]),
        (Selection(API, name=""), ["name: is empty; give a value, or leave the option out"]),
        (Selection(API, name_pattern="", filters={"identifiers": []}), ["name_pattern: is empty", "identifiers: is"]),
        (Selection(CLIENT, filters={"external_client_id": "x" * 121}), ["external_client_id: has 121 characters"]),
        (Selection(CLIENT, filters={"app_type": []}), ["app_type: is empty"]),
        (Selection(GRANT, filters={"audience": ""}), ["audience: is empty"]),
        (
            Selection(GRANT, filters={"client_id": Reference(KINDS["client"], {"name": ""}, "client_id")}),
            ["client_name: is empty"],
        ),
    ],
)
def test_what_cannot_be_meant_is_refused_with_all_reasons(selection: Selection, told: list[str]) -> None:
    with pytest.raises(InvalidOptions) as caught:
        validate_selection(selection)
    assert all(words in caught.value.message for words in told)
    assert caught.value.message.count("\n") == len(told)


def test_false_and_a_pattern_are_values() -> None:
    validate_selection(Selection(CLIENT, filters={"is_first_party": False}, name_pattern="*"))
