# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Clients of an organization, which are links that carry a field: by a task for one, and in an entry of a
configuration."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._errors import (
    ApiError,
    InvalidOptions,
    Missing,
    OutcomeUnknown,
)
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from ansible_collections.community.auth0.plugins.module_utils._modules import linking
from ansible_collections.community.auth0.plugins.module_utils._modules.config.info import WORK as CONFIG_INFO
from ansible_collections.community.auth0.plugins.module_utils._modules.config.work import WORK as CONFIG
from ansible_collections.community.auth0.plugins.module_utils._modules.organization_client import (
    keep_organization_client,
    organization_client_info_spec,
    organization_client_spec,
    read_organization_clients,
)
from ansible_collections.community.auth0.plugins.module_utils._modules.reading import info_work_of
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Work
from ansible_collections.community.auth0.tests.harness.in_process import (
    HUNG_AFTER,
    HUNG_BEFORE,
    InProcessTenant,
    answered,
    replaced,
)
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.tasks import (
    InvalidTask,
    failed,
    rows,
    run,
)

Options = dict[str, Any]
Result = dict[str, Any]

WORK = Work(organization_client_spec, keep_organization_client)
INFO_WORK = Work(organization_client_info_spec, read_organization_clients)
READ = info_work_of(KINDS["organization"])
NAMED: Options = {"organization_name": "acme", "client_name": "app"}
LINKED = "/clients$"


@pytest.fixture
def tenant() -> Iterator[InProcessTenant]:
    """A tenant with an organization and three clients."""
    tenant = InProcessTenant()
    tenant.call("POST", "/organizations", {"name": "acme"})
    for name in ("app", "other", "third"):
        tenant.call("POST", "/clients", {"name": name, "app_type": "non_interactive"})
    with tenant.installed():
        yield tenant


@pytest.fixture(autouse=True)
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    seconds: list[float] = []
    monkeypatch.setattr(linking, "time", type("Clock", (), {"sleep": seconds.append}))
    return seconds


def writes(tenant: InProcessTenant) -> list[tuple[str, str, Any]]:
    """What was sent since the last call, below the organization."""
    found = [(one.method, one.path.split("/clients")[-1], one.body) for one in tenant.writes]
    tenant.forget()
    return found


def client(tenant: InProcessTenant, name: str) -> str:
    (found,) = [row for row in tenant.call("GET", "/clients") if row["name"] == name]
    return str(found["client_id"])


def held(tenant: InProcessTenant) -> dict[str, bool]:
    """The clients of the organization, by name."""
    acme = tenant.call("GET", "/organizations/name/acme")["id"]
    rows = tenant.call("GET", f"/organizations/{acme}/clients")["clients"]
    return {row["client"]["name"]: row["use_for_member_access"] for row in rows}


def keep(tenant: InProcessTenant, clients: list[Options], check_mode: bool = False, **more: Any) -> Result:
    return run(tenant, CONFIG, check_mode, organizations=[{"name": "acme", "clients": clients, **more}])


# ---------------------------------------------------------------- one client


def test_it_is_associated_changed_and_associated_no_longer(tenant: InProcessTenant) -> None:
    app, acme = client(tenant, "app"), tenant.call("GET", "/organizations/name/acme")["id"]
    for options, action, sent in (
        (
            {"use_for_member_access": True},
            "create",
            [("POST", "", {"clients": [{"client_id": app, "use_for_member_access": True}]})],
        ),
        ({"use_for_member_access": False}, "update", [("PATCH", f"/{app}", {"use_for_member_access": False})]),
        ({}, "none", []),
        ({"state": "absent"}, "delete", [("DELETE", "", {"clients": [app]})]),
        ({"state": "absent"}, "none", []),
    ):
        foreseen = run(tenant, WORK, True, **NAMED, **options)
        assert writes(tenant) == []
        done = run(tenant, WORK, **NAMED, **options)
        assert foreseen == done
        assert (done["action"], done["changed"]) == (action, action != "none")
        assert writes(tenant) == sent
        if options.get("state") != "absent":
            shown = {"client_id": app, "use_for_member_access": options.get("use_for_member_access", False)}
            assert done["organization_client"] == {"organization_id": acme, **shown}
            assert done["diff"]["after"] == {"clients": [shown]}


def test_others_are_left_alone_and_not_returned(tenant: InProcessTenant) -> None:
    run(tenant, WORK, **{**NAMED, "client_name": "other"}, use_for_member_access=True)
    run(tenant, WORK, **NAMED, use_for_member_access=False)
    done = run(tenant, WORK, **NAMED, use_for_member_access=True)
    assert done["organization_client"]["client_id"] == client(tenant, "app")
    assert len(done["diff"]["after"]["clients"]) == 2
    run(tenant, WORK, **NAMED, state="absent")
    assert held(tenant) == {"other": True}


def test_what_it_carries_must_be_said_of_a_new_one(tenant: InProcessTenant) -> None:
    for check_mode in (True, False):
        caught = failed(tenant, WORK, check_mode, **NAMED)
        assert isinstance(caught.error, InvalidOptions)
        assert "app is none of the clients of the organization acme yet" in caught.message
        assert "without use_for_member_access" in caught.message
    assert tenant.writes == []


def test_what_is_not_there_is_assumed_by_its_name_only(tenant: InProcessTenant) -> None:
    access = {"use_for_member_access": True}
    later = run(tenant, WORK, True, organization_name="globex", client_name="nobody", **access)
    assert (later["action"], later["assumed"]) == ("create", ["organization globex", "client nobody"])
    assert later["organization_client"] == {
        "organization_id": None,
        "client_id": "(known once the client nobody exists)",
        **access,
    }
    for names in ({"client_name": "nobody"}, {"client_id": "nobody"}):
        caught = failed(tenant, WORK, "client_id" in names, organization_name="acme", **names, **access)
        assert isinstance(caught.error, Missing)
        assert "refers to the client nobody, which is not in this tenant" in caught.message
    assert tenant.writes == []


@pytest.mark.parametrize("options", [{"client_name": ""}, {"client_id": ""}])
def test_an_empty_name_is_refused(tenant: InProcessTenant, options: Options) -> None:
    caught = failed(tenant, WORK, organization_name="acme", use_for_member_access=True, **options)
    assert "of the client is empty" in caught.message
    assert tenant.sent == []


def test_each_of_them_is_named_in_one_way(tenant: InProcessTenant) -> None:
    with pytest.raises(InvalidTask, match="mutually exclusive"):
        run(tenant, WORK, **NAMED, client_id="abc")
    with pytest.raises(InvalidTask, match="one of the following is required: client_id, client_name"):
        run(tenant, WORK, organization_name="acme")


# ---------------------------------------------------------------- reading


def test_they_are_read_with_what_auth0_tells_of_the_clients(tenant: InProcessTenant) -> None:
    keep(tenant, [{"client_name": name, "use_for_member_access": name == "app"} for name in ("app", "other")])
    found = run(tenant, INFO_WORK, organization_name="acme")["organization_clients"]
    assert {one["client"]["name"]: one["use_for_member_access"] for one in found} == {"app": True, "other": False}
    assert [one["client_id"] for one in found] == sorted(client(tenant, name) for name in ("app", "other"))
    (organization,) = run(tenant, READ, include_clients=True)["organizations"]
    assert organization["clients"] == found
    assert run(tenant, INFO_WORK, organization_name="globex")["organization_clients"] == []
    # What is read can be declared as it is.
    again = run(tenant, CONFIG, organizations=[{"name": "acme", "clients": found}])
    assert not again["changed"]


def test_nothing_of_a_client_is_shown_that_is_not_known(tenant: InProcessTenant) -> None:
    row = {"client_id": "abc", "use_for_member_access": True, "client": {"name": "a", "client_secret": "planted"}}
    tenant.fail(replaced({"clients": [row]}), "GET", LINKED)
    (found,) = run(tenant, INFO_WORK, organization_name="acme")["organization_clients"]
    assert found == {"client_id": "abc", "use_for_member_access": True, "client": {"name": "a"}}


def test_all_pages_are_read(tenant: InProcessTenant) -> None:
    keep(tenant, [{"client_name": name, "use_for_member_access": False} for name in ("app", "other", "third")])
    tenant.page_size = 2
    assert len(run(tenant, INFO_WORK, organization_name="acme")["organization_clients"]) == 3


# ---------------------------------------------------------------- writes of which the outcome is not known


@pytest.mark.parametrize("performed", [True, False])
@pytest.mark.parametrize(
    ("before", "options", "method", "path"),
    [
        (None, {"use_for_member_access": True}, "POST", LINKED),
        (True, {"use_for_member_access": False}, "PATCH", "/clients/"),
        (True, {"state": "absent"}, "DELETE", LINKED),
    ],
)
def test_a_lost_answer_is_read_back_and_only_what_is_lacking_is_sent_again(
    tenant: InProcessTenant, before: bool | None, options: Options, method: str, path: str, performed: bool
) -> None:
    if before is not None:
        run(tenant, WORK, **NAMED, use_for_member_access=before)
    tenant.forget()
    tenant.fail(HUNG_AFTER if performed else HUNG_BEFORE, method, path)
    assert run(tenant, WORK, **NAMED, **options)["changed"] is True
    assert [one[0] for one in writes(tenant)] == [method] * (1 if performed else 2)
    assert run(tenant, WORK, **NAMED, **options)["action"] == "none"


def test_one_that_somebody_else_added_meanwhile_in_another_way_gets_what_is_declared(
    tenant: InProcessTenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    acme = tenant.call("GET", "/organizations/name/acme")["id"]
    body = {"clients": [{"client_id": client(tenant, "app"), "use_for_member_access": False}]}
    tenant.fail(HUNG_BEFORE, "POST", LINKED)

    def sleep(seconds: float) -> None:
        tenant.call("POST", f"/organizations/{acme}/clients", body)

    monkeypatch.setattr(linking, "time", type("Clock", (), {"sleep": sleep}))
    assert run(tenant, WORK, **NAMED, use_for_member_access=True)["action"] == "create"
    assert [one[0] for one in writes(tenant)] == ["POST", "PATCH"]
    assert held(tenant) == {"app": True}


def test_of_several_the_others_are_added_where_one_is_there_by_now(tenant: InProcessTenant) -> None:
    """Auth0 refuses all of them then."""
    keep(tenant, [{"client_name": "app", "use_for_member_access": False}])
    tenant.fail(replaced({"clients": []}), "GET", LINKED)
    tenant.forget()
    done = keep(tenant, [{"client_name": name, "use_for_member_access": True} for name in ("app", "other")])
    assert done["changed"]
    assert [one[0] for one in writes(tenant)] == ["POST", "POST", "PATCH"]
    assert held(tenant) == {"app": True, "other": True}


def test_a_full_organization_is_a_failure(tenant: InProcessTenant) -> None:
    tenant.fail(answered(409, "Quota exceeded"), "POST", LINKED)
    caught = failed(tenant, WORK, **NAMED, use_for_member_access=True)
    assert isinstance(caught.error, ApiError)
    assert ("Quota exceeded" in caught.message, caught.changed) == (True, False)


def test_a_write_that_is_lost_each_time_fails_and_says_so(tenant: InProcessTenant) -> None:
    run(tenant, WORK, **NAMED, use_for_member_access=True)
    tenant.fail(answered(503), "PATCH", "/clients/", times=3)
    caught = failed(tenant, WORK, **NAMED, use_for_member_access=False)
    assert isinstance(caught.error, OutcomeUnknown)
    assert (caught.changed, caught.error.retryable) == (True, True)


# ---------------------------------------------------------------- in a configuration


def test_they_are_a_list_in_the_entry_of_their_organization(tenant: InProcessTenant) -> None:
    declared = [
        {"client_name": "app", "use_for_member_access": True},
        {"client_id": client(tenant, "other"), "use_for_member_access": False},
    ]
    foreseen, done = keep(tenant, declared, True), keep(tenant, declared)
    assert rows(foreseen) == rows(done) == [("organization_clients", "acme", "create")]
    assert foreseen["diff"] == done["diff"]
    assert held(tenant) == {"app": True, "other": False}
    tenant.forget()
    assert not keep(tenant, declared)["changed"]
    assert tenant.writes == []

    # Another value, one more and one less.
    changed = [
        {"client_name": "app", "use_for_member_access": False},
        {"client_name": "third", "use_for_member_access": True},
    ]
    foreseen, done = keep(tenant, changed, True), keep(tenant, changed)
    assert rows(foreseen) == rows(done) == [("organization_clients", "acme", "update")]
    assert [one[0] for one in writes(tenant)] == ["POST", "PATCH", "DELETE"]
    assert held(tenant) == {"app": False, "third": True}

    assert not keep(tenant, [], purge_clients=False)["changed"]
    assert rows(keep(tenant, [])) == [("organization_clients", "acme", "delete")]
    assert held(tenant) == {}


def test_more_than_a_request_takes_are_sent_in_several(tenant: InProcessTenant) -> None:
    names = [f"c{number:02}" for number in range(11)]
    clients = [{"name": name, "app_type": "non_interactive"} for name in names]
    declared = [{"client_name": name, "use_for_member_access": True} for name in names]
    config = {"clients": clients, "organizations": [{"name": "acme", "clients": declared}]}
    run(tenant, CONFIG, **config)
    sent = [one for one in tenant.writes if one.path.endswith("/clients") and "organizations" in one.path]
    assert [len(one.body["clients"]) for one in sent] == [10, 1]
    tenant.forget()
    keep(tenant, [])
    assert [len(one.body["clients"]) for one in tenant.writes] == [10, 1]
    assert not held(tenant)


def test_clients_and_the_organization_may_be_new_in_the_same_run(tenant: InProcessTenant) -> None:
    config: Options = {
        "clients": [{"name": "new", "app_type": "non_interactive"}],
        "organizations": [{"name": "globex", "clients": [{"client_name": "new", "use_for_member_access": True}]}],
    }
    foreseen, done = run(tenant, CONFIG, True, **config), run(tenant, CONFIG, **config)
    assert rows(foreseen) == rows(done)
    assert rows(done)[-1] == ("organization_clients", "globex", "create")
    found = run(tenant, INFO_WORK, organization_name="globex")["organization_clients"]
    assert [one["client"]["name"] for one in found] == ["new"]
    assert not run(tenant, CONFIG, **config)["changed"]


def test_a_client_that_could_not_be_made_stops_its_association_and_nothing_else(tenant: InProcessTenant) -> None:
    tenant.fail(answered(403, "Not in this plan", "insufficient_entitlement"), "POST", "/api/v2/clients")
    config: Options = {
        "clients": [{"name": "new", "app_type": "non_interactive"}],
        "organizations": [
            {"name": "globex", "clients": [{"client_name": "new", "use_for_member_access": True}]},
            {"name": "acme", "clients": [{"client_name": "app", "use_for_member_access": True}]},
        ],
    }
    failed(tenant, CONFIG, **config)
    assert held(tenant) == {"app": True}
    assert rows(run(tenant, CONFIG, **config)) == [
        ("client", "new", "create"),
        ("organization_clients", "globex", "create"),
    ]


@pytest.mark.parametrize(
    ("clients", "said"),
    [
        ([{"client_name": "app"}], "app is none of the clients of the organization acme yet"),
        ([{"client_name": "nobody", "use_for_member_access": True}], "refers to the client nobody"),
        ([{"client_id": "nobody", "use_for_member_access": True}], "refers to the client nobody"),
        ([{"use_for_member_access": True}], "one of the following is required: client_id, client_name"),
        ([{"client_name": "app", "use_for_members": True}], "use_for_member_access"),
        (
            [{"client_name": "app", "use_for_member_access": one} for one in (True, False)],
            "clients[1]: app is given twice",
        ),
        ([{"client_name": "", "use_for_member_access": True}], "the name of the client is empty"),
    ],
    ids=str,
)
def test_a_mistake_is_refused_before_anything_is_written(
    tenant: InProcessTenant, clients: list[Options], said: str
) -> None:
    config = {"organizations": [{"name": "acme", "display_name": "Other", "clients": clients}]}
    caught = failed(tenant, CONFIG, **config)
    assert isinstance(caught.error, (InvalidOptions, Missing))
    assert "organizations[0] (acme)" in caught.message
    assert said in caught.message
    assert tenant.writes == []


def test_one_client_under_two_names_is_refused_where_they_contradict_each_other(tenant: InProcessTenant) -> None:
    both = [
        {"client_name": "app", "use_for_member_access": True},
        {"client_id": client(tenant, "app"), "use_for_member_access": False},
    ]
    caught = failed(tenant, CONFIG, organizations=[{"name": "acme", "clients": both}])
    assert "is declared in two ways" in caught.message
    assert tenant.writes == []


def test_a_client_that_is_declared_to_go_cannot_belong_to_an_organization(tenant: InProcessTenant) -> None:
    gone = [{"name": "app", "state": "absent"}]
    declared = [{"client_name": "app", "use_for_member_access": True}]
    keep(tenant, declared)
    caught = failed(tenant, CONFIG, clients=gone, organizations=[{"name": "acme", "clients": declared}])
    assert "declared with state: absent" in caught.message
    assert tenant.writes == []
    # And goes from it by itself.
    done = run(tenant, CONFIG, clients=gone, organizations=[{"name": "acme", "clients": []}])
    assert rows(done) == [("client", "app", "delete")]


def test_a_client_that_a_declared_organization_has_is_not_pruned(tenant: InProcessTenant) -> None:
    declared = [{"client_name": "app", "use_for_member_access": True}]
    done = run(
        tenant,
        CONFIG,
        clients=[],
        organizations=[{"name": "acme", "clients": declared}],
        prune={"max": 5, "clients": {"name_pattern": "[!D]*", "keep": ["other"]}},
    )
    deleted = [row[1] for row in rows(done) if row[2] == "delete"]
    assert deleted == ["third"]


def test_an_export_names_the_clients_and_can_be_given_back(tenant: InProcessTenant) -> None:
    tenant.call("POST", "/clients", {"name": "third", "app_type": "non_interactive"})
    twin = tenant.call("GET", "/clients")[-1]["client_id"]
    declared = [{"client_name": "app", "use_for_member_access": True}]
    keep(tenant, [*declared, {"client_id": twin, "use_for_member_access": False}])
    read = run(tenant, CONFIG_INFO, kinds=["organizations"])
    (entry,) = read["config"]["organizations"]
    by_id = {"client_id": twin, "use_for_member_access": False}
    assert sorted(entry["clients"], key=str) == sorted([*declared, by_id], key=str)
    assert read["left_out"] == [{"kind": "organization", "name": "acme", "fields": ["clients"]}]
    assert not run(tenant, CONFIG, **read["config"])["changed"]
