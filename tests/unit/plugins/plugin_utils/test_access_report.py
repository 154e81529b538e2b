# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The report on tenants: what it says of each, and what makes a run of it fail."""

from __future__ import annotations

from typing import Any

import pytest
from ansible.errors import AnsibleFilterError
from ansible_collections.community.auth0.plugins.filter.access_page import FilterModule as PageFilters
from ansible_collections.community.auth0.plugins.filter.access_report import FilterModule
from ansible_collections.community.auth0.tests.harness.in_process import InProcessTenant
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.keys import public_pem
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.test_config import run as keep

report = FilterModule().filters()["access_report"]
page = PageFilters().filters()["access_page"]


def row(client: str, audience: str, **fields: Any) -> dict[str, Any]:
    """A row of access as auth0_access_info returns it."""
    return {
        "client": client,
        "client_id": f"id-of-{client}",
        "audience": audience,
        "api": "An API",
        "subject_type": "client",
        "declared": True,
        "exists": True,
        "scope": ["read"],
        "all_scopes": False,
        "undefined_scope": [],
        "organization_usage": "deny",
        "authentication": "client_secret_post",
        "secret_rotated_at": None,
        "secret_age_days": None,
        "keys": [],
        "key_days_left": None,
        "token_quota": None,
        **fields,
    }


def finding(code: str, message: str) -> dict[str, Any]:
    return {
        "code": code,
        "message": message,
        "client": None,
        "client_id": None,
        "audience": None,
        "scope": [],
        "days": None,
    }


def change(action: str, kind: str, name: str, *fields: str) -> dict[str, Any]:
    return {"action": action, "kind": kind, "name": name, "id": None, "fields": list(fields)}


def tenant(name: str = "dev", **results: Any) -> dict[str, Any]:
    """A tenant that was read and has nothing to report, but for what is given."""
    access = {"access": [], "findings": [], **results.pop("access", {})}
    config = {"changes": [], "undeclared": {}, "diff": [], **results.pop("config", {})}
    return {"name": name, "domain": f"{name}.example.com", "access": access, "config": config}


UNREADABLE = {
    "name": "gone",
    "access": {"failed": True, "msg": "https://gone cannot be reached."},
    "config": {"failed": True, "msg": "https://gone cannot be reached."},
}


def test_a_difference_is_told_by_its_fields_with_their_values() -> None:
    config = {
        "changes": [
            change("update", "resource_server", "urn:a", "token_lifetime", "scopes"),
            change("create", "client_grant", "shop / urn:a / client", "scope"),
            change("delete", "client", "old"),
        ],
        "diff": [
            {
                "before_header": "API urn:a",
                "before": {"token_lifetime": 1, "name": "x", "scopes": []},
                "after": {"token_lifetime": 2, "name": "x", "scopes": [{"value": "s"}]},
            },
            {"before_header": "client grant shop / urn:a / client", "before": {}, "after": {"scope": ["read"]}},
        ],
        "undeclared": {"client": ["stranger"]},
    }
    (found,) = report([tenant(config=config)])["tenants"]
    assert found["drift"] == [
        {
            "difference": "different",
            "kind": "resource_server",
            "name": "urn:a",
            "fields": [
                {"name": "token_lifetime", "before": 1, "after": 2},
                {"name": "scopes", "before": [], "after": [{"value": "s"}]},
            ],
        },
        {"difference": "missing", "kind": "client_grant", "name": "shop / urn:a / client", "fields": []},
        {"difference": "to be removed", "kind": "client", "name": "old", "fields": []},
    ]
    assert found["undeclared"] == {"client": ["stranger"]}


def test_what_differs_of_what_belongs_to_an_object_is_told_with_its_values() -> None:
    api = {"identifier": "urn:a", "scopes": [{"value": "read"}, {"value": "write"}]}
    held, wanted = ({"resource_server_identifier": "urn:a", "permission_name": name} for name in ("read", "write"))
    keys = {"method": "private_key_jwt", "credentials": [{"name": "spring", "pem": public_pem()}]}
    in_process = InProcessTenant()
    with in_process.installed():
        # A role that is called alike must not be taken for it.
        keep(
            in_process,
            resource_servers=[api],
            clients=[{"name": "shop"}],
            roles=[role(held), role(held, "Chief Planner")],
        )
        result = keep(
            in_process,
            check_mode=True,
            diff=True,
            clients=[{"name": "shop", "credentials": keys}],
            roles=[role(wanted), role(wanted, "Chief Planner", purge_permissions=False)],
        )
    (found,) = report([tenant(config=result)])["tenants"]
    shop, planner, chief = found["drift"]
    assert (shop["kind"], shop["name"], shop["difference"]) == ("client_credentials", "shop", "different")
    credentials, method = shop["fields"]
    assert (credentials["before"], [one["name"] for one in credentials["after"]]) == ([], ["spring"])
    assert method == {"name": "method", "before": None, "after": "private_key_jwt"}
    assert (planner["name"], planner["fields"]) == (
        "Planner",
        [{"name": "permissions", "before": [held], "after": [wanted]}],
    )
    assert (chief["name"], chief["difference"]) == ("Chief Planner", "missing")


def role(permission: dict[str, str], name: str = "Planner", **fields: Any) -> dict[str, Any]:
    return {"name": name, "permissions": [permission], **fields}


def test_the_client_that_reads_a_tenant_need_not_be_declared_and_grants_are_those_of_the_rows() -> None:
    rows = [
        row("reader", "urn:management", declared=None),
        row("stranger", "urn:a", declared=False),
        row("shop", "urn:a"),
    ]
    undeclared = {"client": ["reader", "stranger"], "client_grant": ["reader / urn:management", "stranger / urn:a"]}
    access = {"access": rows, "caller": "id-of-reader"}
    (found,) = report([tenant(access=access, config={"undeclared": undeclared})], fail_on=["undeclared"])["tenants"]
    assert found["undeclared"] == {"client": ["stranger"], "client_grant": ["stranger / urn:a"]}
    (found,) = report([tenant(access=access, config={"undeclared": {"client": ["reader", "reader"]}})])["tenants"]
    assert found["undeclared"]["client"] == ["reader"]


def test_a_tenant_that_cannot_be_read_is_in_the_report_with_the_reason() -> None:
    found = report([UNREADABLE, {"name": "never"}, tenant()])
    assert [(one["read"], one["compared"], one["problems"]) for one in found["tenants"]] == [
        (False, False, ["https://gone cannot be reached."]),
        (False, False, ["Nothing is known of it: its tasks did not run."]),
        (True, True, []),
    ]
    assert found["failures"] == []


def test_what_can_be_read_is_told_also_where_the_declarations_have_a_mistake() -> None:
    given = tenant(access={"access": [row("shop", "urn:a")]})
    given["config"] = {"failed": True, "msg": "The declarations are not valid"}
    (found,) = report([given], fail_on=["drift"])["tenants"]
    assert (found["read"], found["compared"]) == (True, False)
    assert found["access"][0]["client"] == "shop"
    assert [one["gate"] for one in report([given], fail_on=["drift"])["failures"]] == ["drift"]
    assert report([given], fail_on=["expiry"])["failures"] == []


EVERYTHING = tenant(
    access={
        "findings": [
            finding(code, code)
            for code in (
                "not_working",
                "missing_grant",
                "undeclared_grant",
                "missing_api",
                "undefined_scope",
                "ending_key",
                "unreadable_keys",
                "old_secret",
                "unknown_secret_age",
                "client_without_grant",
                "unused_scope",
            )
        ]
    },
    config={
        "changes": [change("create", "client", "new")],
        "undeclared": {"client": ["stranger"], "client_grant": ["counted as a finding"]},
    },
)


@pytest.mark.parametrize(
    ("gate", "messages"),
    [
        ("drift", ["client new: missing"]),
        ("undeclared", ["client stranger: not declared", "undeclared_grant"]),
        ("expiry", ["ending_key", "unreadable_keys", "old_secret"]),
        ("access", ["not_working"]),
        ("scopes", ["missing_api", "undefined_scope"]),
        ("unused", ["client_without_grant", "unused_scope"]),
    ],
)
def test_a_gate_fails_for_what_it_is_about_and_for_a_tenant_that_cannot_be_read(gate: str, messages: list[str]) -> None:
    found = report([EVERYTHING, UNREADABLE, tenant("calm")], fail_on=[gate])["failures"]
    assert [(one["gate"], one["tenant"], one["message"]) for one in found] == [
        *((gate, "dev", message) for message in messages),
        ("unreadable", "gone", "https://gone cannot be reached."),
    ]


def test_gates_are_a_list_or_have_commas_between_them() -> None:
    for given in (["drift", "expiry"], "drift,expiry", " drift , expiry ,"):
        assert report([], fail_on=given)["fail_on"] == ["drift", "expiry"]
    for given in ("", [], None):
        assert report([], fail_on=given)["fail_on"] == []
    with pytest.raises(AnsibleFilterError, match=r"there is no drifts\. Give some of drift, undeclared, expiry"):
        report([], fail_on="drifts")


@pytest.mark.parametrize("given", ["soon", "-1", -1, 1.5, "1e3", True, "9999999", "٣", [], {}])
def test_a_threshold_that_is_no_number_of_days_is_refused(given: Any) -> None:
    for name in ("max_secret_age", "min_key_days"):
        with pytest.raises(AnsibleFilterError, match=f"{name} must be a number of days, such as 30"):
            report([], **{name: given})


@pytest.mark.parametrize(("given", "days"), [(None, None), ("", None), (" ", None), (0, 0), ("30", 30), (90, 90)])
def test_a_threshold_is_a_number_of_days_or_none(given: Any, days: int | None) -> None:
    assert report([], max_secret_age=given)["thresholds"] == {"max_secret_age": days, "min_key_days": None}


@pytest.mark.parametrize("given", [None, "x", {}, [1], [{}]])
def test_what_is_no_list_of_tenants_is_refused(given: Any) -> None:
    with pytest.raises(AnsibleFilterError, match="expects a list of tenants"):
        report(given)


@pytest.mark.parametrize("given", [None, "x", {}, []])
def test_what_is_no_report_is_refused(given: Any) -> None:
    with pytest.raises(AnsibleFilterError, match=r"expects what community\.auth0\.access_report returns"):
        page(given)
