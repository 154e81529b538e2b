# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Network ACLs, as the real servers answer: recorded, or documented where the test says so."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.auth0.tests.harness.in_process import InProcessTenant

RULE = {"action": {"block": True}, "match": {"asns": [9453]}, "scope": "tenant"}
ACL: dict[str, Any] = {"description": "an ACL", "active": True, "priority": 10, "rule": RULE}


@pytest.fixture
def tenant() -> InProcessTenant:
    return InProcessTenant()


def test_a_read_of_one_shows_more_than_lists_and_writes(tenant: InProcessTenant) -> None:
    status, made = tenant.ask("POST", "/network-acls", ACL)
    assert (status, made.keys() - ACL.keys()) == (201, {"id", "created_at", "updated_at"})
    assert tenant.ask("GET", "/network-acls") == (200, [made])
    read = tenant.ask("GET", f"/network-acls/{made['id']}")[1]
    assert (read.keys() - made.keys(), read["deleted_at"]) == ({"tenant_id", "deleted_at"}, None)


def test_put_replaces_all_and_patch_keeps_what_it_does_not_name(tenant: InProcessTenant) -> None:
    made = tenant.make("network-acls", **ACL)
    path = f"/network-acls/{made['id']}"
    other = {"description": "other", "active": False, "rule": {**RULE, "not_match": {"asns": [1]}}}
    del other["rule"]["match"]
    status, put = tenant.ask("PUT", path, other)
    assert (status, put["rule"], put["priority"]) == (200, other["rule"], 50)  # the default is documented
    assert (put["id"], put["created_at"]) == (made["id"], made["created_at"])
    assert tenant.ask("PUT", path, {"active": True})[0] == 400
    assert tenant.ask("PATCH", path, {"priority": 2})[1]["description"] == "other"


def test_a_deletion_is_answered_with_a_204_in_a_200_and_a_second_one_with_a_404(tenant: InProcessTenant) -> None:
    path = f"/network-acls/{tenant.make('network-acls', **ACL)['id']}"
    assert tenant.ask("DELETE", path) == (200, {"code": 204, "object": ""})
    for method in ("GET", "DELETE"):
        status, refused = tenant.ask(method, path)
        assert (status, refused["message"]) == (404, "NetworkACL with this ID was not found")
        assert "errorCode" not in refused


def test_an_id_that_none_can_have_is_refused(tenant: InProcessTenant) -> None:
    status, refused = tenant.ask("GET", "/network-acls/acl_invalid_id")
    assert (status, refused["errorCode"]) == (400, "invalid_uri")
    assert refused["message"] == "Network ACL id is not a valid ACL ID in the form 'acl_XXXXXXXXXXXXXXXXXXXXXX'"


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (
            {**RULE, "action": {"redirect": True}},
            "Payload validation error: Action type of `redirect` requires a `redirect_uri`",
        ),
        (
            {**RULE, "match": {"auth0_managed": ["auth0.totally_made_up"]}},
            "Invalid curated list name(s): auth0.totally_made_up. Allowed curated list names are: "
            "auth0.low_reputation, auth0.icloud_relay_proxy",
        ),
        (
            {**RULE, "match": {"auth0_managed": ["auth0.low_reputation"] * 2}},
            "Payload validation error: 'Array items are not unique (indexes 0 and 1)' on property "
            "rule.match.auth0_managed.",
        ),
    ],
)
def test_a_rule_is_refused_in_these_words(tenant: InProcessTenant, rule: Any, words: str) -> None:
    status, refused = tenant.ask("POST", "/network-acls", {**ACL, "rule": rule})
    assert (status, refused["errorCode"], refused["message"]) == (400, "invalid_body", words)


@pytest.mark.parametrize(
    "rule",
    [
        {**RULE, "action": {"block": True, "allow": True}},
        {**RULE, "action": {"block": False}},
        {"action": {"block": True}, "scope": "tenant"},
        {**RULE, "match_all": True},
        {**RULE, "scope": "invalid_scope"},
        {**RULE, "match": {"ipv4_cidrs": ["::1"]}},
    ],
)
def test_so_is_one_that_says_too_much_or_too_little(tenant: InProcessTenant, rule: Any) -> None:
    assert tenant.ask("POST", "/network-acls", {**ACL, "rule": rule})[0] == 400
    assert tenant.ask("GET", "/network-acls") == (200, [])


def test_a_priority_is_taken_once(tenant: InProcessTenant) -> None:
    made = tenant.make("network-acls", **ACL)
    assert tenant.ask("POST", "/network-acls", {**ACL, "description": "other"})[0] == 409  # documented
    other = tenant.make("network-acls", **{**ACL, "priority": 11})
    assert tenant.ask("PUT", f"/network-acls/{other['id']}", ACL)[0] == 409
    assert tenant.ask("PUT", f"/network-acls/{made['id']}", ACL)[0] == 200
