# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Organizations: what only they are like, and what refers to them in a configuration."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._errors import ApiError, InvalidOptions, Refused
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from ansible_collections.community.auth0.plugins.module_utils._modules.config.info import WORK as CONFIG_INFO
from ansible_collections.community.auth0.plugins.module_utils._modules.config.work import WORK as CONFIG
from ansible_collections.community.auth0.plugins.module_utils._modules.keeping import work_of
from ansible_collections.community.auth0.plugins.module_utils._modules.reading import info_work_of
from ansible_collections.community.auth0.plugins.module_utils._task.runner import TaskFailed
from ansible_collections.community.auth0.tests.harness.in_process import InProcessTenant, answered
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.tasks import (
    InvalidTask,
    refused,
    rows,
    run,
)

Options = dict[str, Any]
Result = dict[str, Any]

ORGANIZATION = KINDS["organization"]
KEEP, READ = work_of(ORGANIZATION), info_work_of(ORGANIZATION)
API = {"identifier": "urn:api", "scopes": [{"value": "read"}]}
CLIENT = {"name": "app", "app_type": "non_interactive"}
GRANT = {"client_name": "app", "audience": "urn:api", "scope": ["read"], "organization_usage": "allow"}


@pytest.fixture
def tenant() -> Iterator[InProcessTenant]:
    tenant = InProcessTenant()
    with tenant.installed():
        yield tenant


# ---------------------------------------------------------------- one organization


@pytest.mark.parametrize("name", ["Acme", "acme inc", "-acme", "_acme", "äcme", "acme.inc", "a" * 51, ""])
def test_a_name_that_auth0_would_refuse_is_refused_before_anything_is_sent(tenant: InProcessTenant, name: str) -> None:
    for work in (KEEP, READ):
        caught = refused(tenant, work, name=name)
        assert isinstance(caught.error, InvalidOptions)
        assert "name: " in caught.message
    assert tenant.sent == []


@pytest.mark.parametrize("name", ["a", "4you", "north-practice", "org_1", "a" * 50])
def test_other_names_are_taken_and_found(tenant: InProcessTenant, name: str) -> None:
    made = run(tenant, KEEP, name=name)["organization"]
    assert run(tenant, READ, name=name)["organizations"] == [made]
    assert run(tenant, KEEP, name=name)["action"] == "none"


def test_a_logo_is_removed_by_an_empty_string_and_the_colours_are_kept(tenant: InProcessTenant) -> None:
    colors = {"primary": "#000000", "page_background": "#ffffff"}
    run(tenant, KEEP, name="acme", branding={"logo_url": "https://acme.example/logo", "colors": colors})
    tenant.forget()
    bare = {"name": "acme", "branding": {"logo_url": ""}}
    foreseen, done = run(tenant, KEEP, True, **bare), run(tenant, KEEP, **bare)
    assert [one.body for one in tenant.writes] == [{"branding": {"logo_url": None, "colors": colors}}]
    assert foreseen["organization"]["branding"] == {"colors": colors}
    assert not done["organization"]["branding"].get("logo_url")
    assert run(tenant, KEEP, **bare)["action"] == "none"
    other = run(tenant, KEEP, name="acme", branding={"colors": {"primary": "#111111"}})["organization"]["branding"]
    assert other["colors"] == {**colors, "primary": "#111111"}


def test_one_colour_is_not_enough_where_there_is_none_yet(tenant: InProcessTenant) -> None:
    run(tenant, KEEP, name="acme")
    tenant.forget()
    caught = refused(tenant, KEEP, name="acme", branding={"colors": {"primary": "#000000"}})
    assert "branding.colors.page_background" in caught.message


def test_metadata_that_would_be_too_much_with_what_is_there_is_refused(tenant: InProcessTenant) -> None:
    run(tenant, KEEP, name="acme", metadata={f"key{n}": "v" for n in range(25)})
    tenant.forget()
    assert "would have 26 keys" in refused(tenant, KEEP, name="acme", metadata={"more": "v"}).message
    swapped = run(tenant, KEEP, name="acme", metadata={"more": "v", "key0": None})["organization"]["metadata"]
    assert len(swapped) == 25 and "key0" not in swapped


def test_a_name_that_another_one_has_is_a_conflict(tenant: InProcessTenant) -> None:
    made = [run(tenant, KEEP, name=name)["organization"]["id"] for name in ("acme", "globex")]
    with pytest.raises(TaskFailed) as caught:
        run(tenant, KEEP, id=made[0], name="globex")
    assert isinstance(caught.value.error, ApiError)
    assert caught.value.error.status == 409


def test_a_plan_without_organizations_is_told_from_a_lack_of_scopes(tenant: InProcessTenant) -> None:
    words = "This feature is not enabled for your tenant."
    tenant.fail(answered(403, words, "insufficient_entitlement"), "POST", "/api/v2/organizations")
    with pytest.raises(TaskFailed) as caught:
        run(tenant, KEEP, name="acme")
    assert "plan" in caught.value.message and "scope" not in caught.value.message


def test_its_connections_are_no_option(tenant: InProcessTenant) -> None:
    with pytest.raises(InvalidTask, match="enabled_connections"):
        run(tenant, KEEP, name="acme", enabled_connections=[])


def test_its_grants_are_shown_with_it(tenant: InProcessTenant) -> None:
    grants = [{**GRANT, "organizations": ["acme"]}]
    names = [{"name": "acme"}, {"name": "globex"}]
    made = run(tenant, CONFIG, resource_servers=[API], clients=[CLIENT], client_grants=grants, organizations=names)
    shown = run(tenant, READ, include_client_grants=True)["organizations"]
    assert [(one["name"], len(one["client_grants"])) for one in shown] == [("acme", 1), ("globex", 0)]
    (grant,) = shown[0]["client_grants"]
    assert (grant["client_id"], grant["audience"]) == (made["ids"]["client"]["app"], "urn:api")


# ---------------------------------------------------------------- in a configuration


def test_a_grant_is_allowed_for_an_organization_that_the_same_run_creates(tenant: InProcessTenant) -> None:
    config: Options = {
        "resource_servers": [API],
        "clients": [CLIENT],
        "client_grants": [{**GRANT, "organizations": ["acme"]}],
        "organizations": [{"name": "acme", "metadata": {"level": "gold"}}],
    }
    foreseen, done = run(tenant, CONFIG, True, **config), run(tenant, CONFIG, **config)
    assert rows(foreseen) == rows(done)
    assert rows(done)[-1] == ("client_grant_organizations", "app / urn:api", "create")
    assert ("organization", "acme", "create") in rows(done)
    tenant.forget()
    assert not run(tenant, CONFIG, **config)["changed"]
    assert tenant.writes == []


def test_what_an_organization_allowed_goes_with_it(tenant: InProcessTenant) -> None:
    """There is nothing to take back from an organization that goes first."""
    config: Options = {
        "resource_servers": [API],
        "clients": [CLIENT],
        "client_grants": [{**GRANT, "organizations": ["acme", "globex"]}],
        "organizations": [{"name": "acme"}, {"name": "globex"}],
    }
    run(tenant, CONFIG, **config)
    config["client_grants"] = [{**GRANT, "organizations": []}]
    config["organizations"] = [{"name": "acme", "state": "absent"}, {"name": "globex"}]
    done = run(tenant, CONFIG, **config)
    assert rows(done) == [
        ("organization", "acme", "delete"),
        ("client_grant_organizations", "app / urn:api", "delete"),
    ]
    assert not run(tenant, CONFIG, **config)["changed"]


def test_a_failed_organization_stops_the_grants_for_it_and_nothing_else(tenant: InProcessTenant) -> None:
    tenant.fail(answered(403, "Not in this plan", "insufficient_entitlement"), "POST", "/api/v2/organizations")
    config: Options = {
        "resource_servers": [API],
        "clients": [CLIENT],
        "client_grants": [{**GRANT, "organizations": ["acme"]}],
        "organizations": [{"name": "acme"}],
    }
    with pytest.raises(TaskFailed):
        run(tenant, CONFIG, **config)
    written = {one.path.removeprefix("/api/v2/") for one in tenant.writes}
    assert written == {"resource-servers", "organizations", "clients", "client-grants"}
    assert rows(run(tenant, CONFIG, **config)) == [
        ("organization", "acme", "create"),
        ("client_grant_organizations", "app / urn:api", "create"),
    ]


def test_pruning_keeps_what_a_declared_client_or_role_refers_to(tenant: InProcessTenant) -> None:
    names = ("a-1", "a-2", "a-3", "a-4", "a-5", "b")
    made = {name: tenant.call("POST", "/organizations", {"name": name})["id"] for name in names}
    default = {"organization_id": made["a-1"], "flows": ["client_credentials"]}
    config: Options = {
        "resource_servers": [API],
        "clients": [{**CLIENT, "default_organization": default}],
        "client_grants": [{**GRANT, "organizations": ["a-4", made["a-5"]]}],
        "roles": [{"name": "admin", "type": "organization", "owner_id": made["a-2"]}],
        "organizations": [],
        "prune": {"max": 5, "organizations": {"name_pattern": "a-*"}},
    }
    assert rows(run(tenant, CONFIG, **config))[-1] == ("organization", "a-3", "delete")
    left = run(tenant, READ)["organizations"]
    assert [one["name"] for one in left] == ["a-1", "a-2", "a-4", "a-5", "b"]


def test_organizations_come_before_clients_and_roles_and_go_after_them(tenant: InProcessTenant) -> None:
    made = tenant.call("POST", "/organizations", {"name": "acme"})["id"]
    own = {"name": "admin", "type": "organization", "owner_id": made}
    tenant.call("POST", "/roles", own)
    config: Options = {
        "roles": [{**own, "state": "absent"}],
        "organizations": [{"name": "acme", "state": "absent"}],
    }
    assert [row[0] for row in rows(run(tenant, CONFIG, **config))] == ["role", "organization"]
    new: Options = {"clients": [CLIENT], "organizations": [{"name": "globex"}]}
    run(tenant, CONFIG, **new)
    assert {"organization"} == KINDS["role"].depends_on
    assert "organization" in KINDS["client"].depends_on


def test_an_organization_that_is_declared_to_go_cannot_be_the_one_of_a_grant(tenant: InProcessTenant) -> None:
    tenant.call("POST", "/organizations", {"name": "acme"})
    tenant.forget()
    caught = refused(
        tenant,
        CONFIG,
        resource_servers=[API],
        clients=[CLIENT],
        client_grants=[{**GRANT, "organizations": ["acme"]}],
        organizations=[{"name": "acme", "state": "absent"}],
    )
    assert "declared with state: absent" in caught.message


def test_organizations_are_exported_without_ids_and_come_back_as_they_were(tenant: InProcessTenant) -> None:
    declared = {
        "name": "acme",
        "display_name": "Acme",
        "metadata": {"level": "gold"},
        "token_quota": {"client_credentials": {"enforce": True, "per_day": 9}},
    }
    run(tenant, CONFIG, organizations=[declared, {"name": "globex"}])
    read = run(tenant, CONFIG_INFO, kinds=["organizations"])
    assert read["config"] == {"organizations": [declared, {"name": "globex"}]}
    assert read["left_out"] == []
    assert not run(tenant, CONFIG, **read["config"])["changed"]


def test_what_would_be_for_an_organization_that_is_not_there_is_refused_before_anything_is_written(
    tenant: InProcessTenant,
) -> None:
    nobody = "org_0000000000000000"
    caught = refused(
        tenant,
        CONFIG,
        clients=[{**CLIENT, "default_organization": {"organization_id": nobody, "flows": ["client_credentials"]}}],
        roles=[{"name": "admin", "type": "organization", "owner_id": nobody}],
    )
    assert "clients[0] (app)" in caught.message
    assert "roles[0] (admin" in caught.message


def test_one_is_renamed_by_its_previous_name(tenant: InProcessTenant) -> None:
    made = tenant.call("POST", "/organizations", {"name": "acme"})["id"]
    done = run(tenant, CONFIG, organizations=[{"name": "acme-inc", "previous_name": "acme"}])
    assert rows(done) == [("organization", "acme-inc", "update")]
    assert done["ids"]["organization"] == {"acme-inc": made}


def test_an_id_that_is_not_unicode_is_refused_in_words(tenant: InProcessTenant) -> None:
    for work in (KEEP, READ):
        assert "cannot name an organization: it is not Unicode" in refused(tenant, work, id="\ud800").message


def test_an_id_that_nobody_has_is_no_new_organization(tenant: InProcessTenant) -> None:
    caught = refused(tenant, KEEP, id="org_0000000000000000", name="acme")
    assert isinstance(caught.error, Refused)


# ---------------------------------------------------------------- references by name, at every depth


def named_default(name: str) -> dict[str, Any]:
    return {"organization_name": name, "flows": ["client_credentials"]}


def test_a_client_and_a_role_name_an_organization_that_the_same_run_creates(tenant: InProcessTenant) -> None:
    config: Options = {
        "clients": [{**CLIENT, "default_organization": named_default("acme")}],
        "organizations": [{"name": "acme"}],
        "roles": [{"name": "admin", "type": "organization", "owner_name": "acme"}],
    }
    done = run(tenant, CONFIG, **config)
    assert rows(done)[0] == ("organization", "acme", "create")
    made = done["ids"]["organization"]["acme"]
    (client,) = [row for row in tenant.call("GET", "/clients") if row["name"] == "app"]
    assert client["default_organization"] == {"organization_id": made, "flows": ["client_credentials"]}
    assert [row["owner_id"] for row in tenant.call("GET", "/roles")] == [made]
    tenant.forget()
    assert not run(tenant, CONFIG, **config)["changed"]
    assert tenant.writes == []


def test_a_client_that_is_there_is_changed_to_refer_to_what_is_yet_to_be_created(tenant: InProcessTenant) -> None:
    there = tenant.call("POST", "/clients", CLIENT)["client_id"]
    config: Options = {
        "clients": [{**CLIENT, "default_organization": named_default("acme")}],
        "organizations": [{"name": "acme"}],
    }
    foreseen = run(tenant, CONFIG, check_mode=True, **config)
    assert rows(foreseen) == [("organization", "acme", "create"), ("client", "app", "update")]
    diff = next(one for one in foreseen["diff"] if one["after_header"] == "client app")
    assert diff["after"]["default_organization"]["organization_id"] == "(known once the organization acme exists)"
    assert rows(run(tenant, CONFIG, **config)) == rows(foreseen)
    clients = [row for row in tenant.call("GET", "/clients") if row["name"] == "app"]
    assert [row["client_id"] for row in clients] == [there]
    assert clients[0]["default_organization"]["organization_id"].startswith("org_")


def test_the_module_for_one_client_takes_the_name_too(tenant: InProcessTenant) -> None:
    keep_client = work_of(KINDS["client"])
    foreseen = run(tenant, keep_client, True, name="app", default_organization=named_default("acme"))
    assert foreseen["assumed"] == ["organization acme"]
    caught = refused(tenant, keep_client, name="app", default_organization=named_default("acme"))
    assert "client app refers to the organization acme, which is not in this tenant" in caught.message
    made = tenant.call("POST", "/organizations", {"name": "acme"})["id"]
    done = run(tenant, keep_client, name="app", default_organization=named_default("acme"))
    assert done["client"]["default_organization"]["organization_id"] == made
    assert not run(tenant, keep_client, name="app", default_organization=named_default("acme"))["changed"]


def test_an_organization_is_named_in_one_way(tenant: InProcessTenant) -> None:
    both = {**named_default("acme"), "organization_id": "org_0000000000000000"}
    caught = refused(tenant, CONFIG, clients=[{**CLIENT, "default_organization": both}])
    assert "mutually exclusive: organization_id|organization_name" in caught.message
    caught = refused(tenant, CONFIG, clients=[{**CLIENT, "default_organization": {"flows": ["client_credentials"]}}])
    assert "organization_id" in caught.message


def test_what_refers_to_an_organization_is_exported_by_its_name(tenant: InProcessTenant) -> None:
    config: Options = {
        "clients": [{**CLIENT, "default_organization": named_default("acme")}],
        "organizations": [{"name": "acme"}],
        "roles": [{"name": "admin", "type": "organization", "owner_name": "acme"}],
    }
    run(tenant, CONFIG, **config)
    read = run(tenant, CONFIG_INFO, kinds=["clients", "organizations", "roles"])
    (client,) = read["config"]["clients"]
    assert client["default_organization"] == named_default("acme")
    assert read["config"]["roles"] == config["roles"]
    assert [row for row in read["left_out"] if row["fields"] != ["client_secret"]] == []
    empty = InProcessTenant()
    with empty.installed():
        run(empty, CONFIG, **read["config"])
        assert run(empty, CONFIG_INFO, kinds=["clients", "organizations", "roles"])["config"] == read["config"]
