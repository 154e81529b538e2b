# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Random permissions of roles, clients and grants of organizations on the emulator: what is declared, nothing else."""

from __future__ import annotations

import itertools
from typing import Any

from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS, LINKS
from hypothesis import given, settings
from hypothesis import strategies as st

from .tenant import Result, Surroundings, Tenant

some = settings(max_examples=max(1, settings().max_examples // 8))

Permission = tuple[str, str]


def foreseen_and_done(tenant: Tenant, module: str, options: dict[str, Any]) -> Result:
    """What a task does, and has said in check mode that it would, sending no write."""
    foreseen = tenant.run(module, options, check_mode=True)
    assert tenant.writes() == []
    done = tenant.run(module, options)
    assert foreseen == done
    return done


def unchanged(tenant: Tenant, module: str, options: dict[str, Any]) -> None:
    again = foreseen_and_done(tenant, module, options)
    assert (again["changed"], again["action"]) == (False, "none")
    assert tenant.writes() == []


def test_all_links_are_tested_here() -> None:
    assert {link.name for link in LINKS} == {"role_permissions", "organization_clients", "organization_client_grants"}


@some
@given(data=st.data())
def test_a_role_has_the_permissions_that_are_declared(
    tenant: Tenant, surroundings: Surroundings, data: st.DataObject
) -> None:
    known = list(itertools.product(surroundings.audiences, surroundings.scopes))
    role = KINDS["role"]
    with tenant.removing(role):
        role_id = tenant.make("roles", name=tenant.unused("role"))["id"]
        held: set[Permission] = set()
        for dummy in range(3):
            declared = set(data.draw(st.lists(st.sampled_from(known), max_size=5, unique=True), "permissions"))
            state = data.draw(st.sampled_from(["present", "present", "absent"]), "state")
            purge = data.draw(st.booleans(), "purge")
            named = [{"resource_server_identifier": api, "permission_name": scope} for api, scope in declared]
            options = {"role_id": role_id, "permissions": named, "state": state, "purge_permissions": purge}
            done = foreseen_and_done(tenant, "auth0_role_permissions", options)

            wanted = held - declared if state == "absent" else declared if purge else held | declared
            assert done["changed"] is (wanted != held)
            sent = {write.method: names_of(write.body["permissions"]) for write in tenant.writes()}
            changes = {"POST": wanted - held, "DELETE": held - wanted}
            assert sent == {method: names for method, names in changes.items() if names}
            rows = tenant.get(f"roles/{role_id}/permissions")
            assert names_of(rows) == names_of(done["permissions"]) == wanted
            unchanged(tenant, "auth0_role_permissions", options)
            held = wanted
        (shown,) = tenant.run("auth0_role_info", {"id": role_id, "include_permissions": True})["roles"]
        assert names_of(shown["permissions"]) == held


def names_of(permissions: list[dict[str, Any]]) -> set[Permission]:
    names = [(one["resource_server_identifier"], one["permission_name"]) for one in permissions]
    assert len(names) == len(set(names))
    return set(names)


@some
@given(data=st.data())
def test_an_organization_has_the_grants_that_are_declared(
    tenant: Tenant, surroundings: Surroundings, data: st.DataObject
) -> None:
    names = [
        {"client_id": client, "audience": audience}
        for client in surroundings.clients
        for audience in surroundings.audiences
    ]
    organization = surroundings.organizations[0]
    with tenant.removing(KINDS["client_grant"]):
        grants = [tenant.make("client-grants", **name, scope=[]) for name in names]
        held: set[str] = set()
        for dummy in range(4):
            grant = data.draw(st.sampled_from(grants), "grant")
            name = {one: grant[one] for one in ("client_id", "audience")}
            named = data.draw(st.sampled_from([{"grant_id": grant["id"]}, name]), "named by")
            state = data.draw(st.sampled_from(["present", "present", "absent"]), "state")
            options = {"organization_id": organization, **named, "state": state}
            done = foreseen_and_done(tenant, "auth0_organization_client_grant", options)

            wanted = held | {grant["id"]} if state == "present" else held - {grant["id"]}
            assert done["changed"] is (wanted != held)
            assert [write.method for write in tenant.writes()] == (
                [] if wanted == held else ["POST" if state == "present" else "DELETE"]
            )
            rows = tenant.get(f"organizations/{organization}/client-grants")
            assert {row["id"] for row in rows} == wanted
            unchanged(tenant, "auth0_organization_client_grant", options)
            held = wanted
        read = tenant.run("auth0_organization_client_grant_info", {"organization_id": organization})
        expected = [grant for grant in grants if grant["id"] in held]
        assert sorted(read["organization_client_grants"], key=str) == sorted(expected, key=str)
        shown = tenant.run("auth0_client_grant_info", {"include_organizations": True})["client_grants"]
        allowed = {grant["id"] for grant in shown if organization in [one["id"] for one in grant["organizations"]]}
        assert allowed == held


@some
@given(data=st.data())
def test_an_organization_has_the_clients_that_are_declared(
    tenant: Tenant, surroundings: Surroundings, data: st.DataObject
) -> None:
    with tenant.removing(KINDS["organization"]):
        organization = tenant.make("organizations", name=tenant.unused("organization"))["id"]
        path = f"organizations/{organization}/clients"
        held: dict[str, bool] = {}
        for dummy in range(4):
            index = data.draw(st.sampled_from(range(len(surroundings.clients))), "client")
            client = surroundings.clients[index]
            named = data.draw(
                st.sampled_from([{"client_id": client}, {"client_name": surroundings.client_names[index]}])
            )
            state = data.draw(st.sampled_from(["present", "present", "absent"]), "state")
            access = data.draw(st.booleans(), "access")
            declared = client not in held or data.draw(st.booleans(), "declared")
            carried = {"use_for_member_access": access} if declared else {}
            options = {"organization_id": organization, **named, **carried, "state": state}
            done = foreseen_and_done(tenant, "auth0_organization_client", options)

            wanted = {name: value for name, value in held.items() if name != client}
            if state == "present":
                wanted[client] = access if declared else held[client]
            assert done["changed"] is (wanted != held)
            method = "DELETE" if client not in wanted else "PATCH" if client in held else "POST"
            assert [write.method for write in tenant.writes()] == ([] if wanted == held else [method])
            assert {row["client_id"]: row["use_for_member_access"] for row in tenant.get(path)["clients"]} == wanted
            unchanged(tenant, "auth0_organization_client", options)
            held = wanted
        read = tenant.run("auth0_organization_client_info", {"organization_id": organization})["organization_clients"]
        assert {row["client_id"]: row["use_for_member_access"] for row in read} == held
