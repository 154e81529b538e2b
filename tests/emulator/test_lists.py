# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lists: the three styles of paging, filters, order."""

from __future__ import annotations

from typing import Any

import pytest

APIS, GRANTS = 60, 55


@pytest.fixture(scope="module")
def filled(lists: Any) -> Any:
    """A tenant with 60 further APIs, 60 further clients and 55 further grants."""
    clients = []
    for n in range(APIS):
        lists.make("/resource-servers", {"identifier": f"urn:list:{n:02}"})
        fields = {"name": f"c{n:02}", "app_type": "spa" if n % 2 else "non_interactive", "is_first_party": n % 10 != 0}
        clients.append(lists.make("/clients", fields))
    for n in range(GRANTS):
        body = {"client_id": clients[n]["client_id"], "audience": f"urn:list:{n % 5:02}", "scope": []}
        more = {"allow_any_organization": True, "organization_usage": "allow"} if n == 0 else {}
        lists.make("/client-grants", body | more | {"subject_type": "user" if n % 11 == 0 else "client"})
    return lists


def get(tenant: Any, path: str) -> Any:
    answer = tenant.call("GET", path)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize("path", ["/resource-servers", "/clients", "/client-grants"])
def test_without_paging_a_list_ends_silently_at_50(filled: Any, path: str) -> None:
    answer = filled.call("GET", path)
    assert len(answer.json()) == 50
    assert 'rel="next"' in answer.headers["link"]
    assert "link" not in filled.call("GET", path + "?page=0").headers


def test_offset(filled: Any) -> None:
    pages = [get(filled, f"/resource-servers?per_page=25&page={n}") for n in range(4)]
    assert [len(page) for page in pages] == [25, 25, 11, 0]
    assert len({api["id"] for page in pages for api in page}) == APIS + 1


def test_offset_with_totals(filled: Any) -> None:
    first = get(filled, "/resource-servers?include_totals=true&per_page=25")
    assert {k: v for k, v in first.items() if k != "resource_servers"} == {"start": 0, "limit": 25, "total": APIS + 1}
    last = get(filled, "/resource-servers?include_totals=true&per_page=25&page=9")
    assert (last["resource_servers"], last["start"], last["total"]) == ([], 225, APIS + 1)
    assert get(filled, "/clients?include_totals=true&per_page=1")["total"] == APIS + 2


def test_an_organization_has_a_hundred_grants_at_most_and_none_that_is_gone(lists: Any) -> None:
    added = f"/organizations/{lists.make('/organizations', {'name': 'full'})['id']}/client-grants"
    lists.make("/resource-servers", {"identifier": "urn:full"})
    made = [lists.granted_client("urn:full", []) for dummy in range(102)]
    lists.make(added, {"grant_id": made[0][1]["id"]})
    assert lists.call("DELETE", f"/client-grants/{made[0][1]['id']}").status_code == 204
    answers = [lists.call("POST", added, {"grant_id": grant["id"]}) for dummy, grant in made[1:]]
    assert [answer.status_code for answer in answers] == [201] * 100 + [409]
    assert answers[-1].json()["message"].startswith("Quota exceeded; cannot add more than 100 client grants")
    for client, dummy in made:
        lists.call("DELETE", f"/clients/{client['client_id']}")
    lists.call("DELETE", "/resource-servers/urn:full")


def test_the_total_of_grants_counts_all_of_them(filled: Any) -> None:
    page = get(filled, "/client-grants?include_totals=true&per_page=50")
    assert (page["total"], len(page["client_grants"])) == (GRANTS + 1, 50)


def checkpoint_pages(tenant: Any, path: str, collection: str) -> list[list[Any]]:
    """All pages of a list, by ``from``."""
    pages, query = [], "?take=20&per_page=7&include_totals=true"
    while True:
        page = get(tenant, path + query)
        assert set(page) <= {collection, "next"}
        pages.append(page[collection])
        if "next" not in page:
            return pages
        query = f"?take=20&from={page['next']}"


@pytest.mark.parametrize(
    ("path", "collection", "sizes"),
    [("/clients", "clients", [20, 20, 20, 2]), ("/client-grants", "client_grants", [20, 20, 16])],
)
def test_checkpoint_wins_and_has_no_next_on_the_last_page(
    filled: Any, path: str, collection: str, sizes: list[int]
) -> None:
    pages = checkpoint_pages(filled, path, collection)
    assert [len(page) for page in pages] == sizes
    ids = [thing.get("id", thing.get("client_id")) for page in pages for thing in page]
    assert len(set(ids)) == len(ids)


def test_a_full_last_page_has_no_next(filled: Any) -> None:
    page = get(filled, "/client-grants?take=56")
    assert (len(page["client_grants"]), set(page)) == (56, {"client_grants"})


def test_from_alone_takes_50(filled: Any) -> None:
    first = get(filled, "/client-grants?take=1")
    assert len(get(filled, f"/client-grants?from={first['next']}")["client_grants"]) == 50


def test_resource_servers_know_no_checkpoint(filled: Any) -> None:
    assert len(get(filled, "/resource-servers?take=10")) == 50


def test_a_checkpoint_survives_deletions(lists: Any) -> None:
    made = [lists.make("/clients", {"name": "gone"})["client_id"] for dummy in range(4)]
    page = get(lists, "/clients?take=100")["clients"]
    assert [c["client_id"] for c in page[-4:]] == made
    first = get(lists, f"/clients?take={len(page) - 3}")
    lists.call("DELETE", f"/clients/{made[0]}")
    rest = get(lists, f"/clients?take=100&from={first['next']}")["clients"]
    assert [c["client_id"] for c in rest] == made[1:]
    assert made[0] not in [c["client_id"] for c in get(lists, "/clients?take=100")["clients"]]
    for client_id in made:
        lists.call("DELETE", f"/clients/{client_id}")


def test_grants_are_sorted_by_id(filled: Any) -> None:
    ids = [grant["id"] for grant in get(filled, "/client-grants?per_page=100")]
    assert ids == sorted(ids)


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("per_page=101", "'Value 101 is greater than maximum 100' on property per_page"),
        ("per_page=0", "'Value 0 is less than minimum 1' on property per_page"),
        ("page=-1", "'Value -1 is less than minimum 0' on property page"),
        ("page=x", "'Expected type integer but found type string' on property page"),
        ("include_totals=1", "'Expected type boolean but found type string' on property include_totals"),
        ("take=101", "'Value 101 is greater than maximum 100' on property take"),
        ("from=%21", "'Invalid checkpoint' on property from"),
        ("from=" + "W1tb" * 1000, "'Invalid checkpoint' on property from"),
    ],
)
def test_bad_paging(lists: Any, query: str, problem: str) -> None:
    answer = lists.call("GET", f"/client-grants?{query}")
    assert (answer.status_code, answer.json()["message"]) == (400, f"Query validation error: {problem}.")
    assert answer.json()["errorCode"] == "invalid_query_string"


def test_clients_allow_an_empty_page(filled: Any) -> None:
    assert get(filled, "/clients?per_page=0&include_totals=true")["clients"] == []


def test_filters_of_resource_servers(filled: Any) -> None:
    two = get(filled, "/resource-servers?identifiers=urn:list:03&identifiers=urn:list:07&identifiers=none")
    assert [api["identifier"] for api in two] == ["urn:list:03", "urn:list:07"]
    own = get(filled, f"/resource-servers?identifiers={filled.audience.replace('/', '%2F')}")
    assert [api["identifier"] for api in own] == [filled.audience]
    many = "&".join(f"identifiers={n}" for n in range(11))
    assert filled.call("GET", f"/resource-servers?{many}").status_code == 400


def test_filters_of_clients(filled: Any) -> None:
    assert [c["name"] for c in get(filled, "/clients?is_global=true")] == ["All Applications"]
    rest = get(filled, "/clients?is_global=false&per_page=100")
    assert len(rest) == APIS + 1
    assert all(c["app_type"] == "spa" for c in get(filled, "/clients?app_type=spa"))
    assert len(get(filled, "/clients?app_type=spa,non_interactive&per_page=100")) == APIS + 1
    assert len(get(filled, "/clients?is_first_party=false")) == APIS // 10
    assert filled.call("GET", "/clients?is_global=yes").status_code == 400


def searched(tenant: Any, query: str) -> list[str]:
    """The clients that the two pages of a search show."""
    first = get(tenant, f"/clients?q={query}&take=1")
    rest = get(tenant, f"/clients?q={query}&take=50&from={first['next']}") if "next" in first else {"clients": []}
    return [client["client_id"] for client in first["clients"] + rest["clients"]]


def test_search_by_the_organizations_of_grants(lists: Any) -> None:
    lists.make("/resource-servers", {"identifier": "urn:searched"})
    organization = lists.make("/organizations", {"name": "searched"})
    path = f"/organizations/{organization['id']}/client-grants"
    clients = [lists.make("/clients", {"name": f"searched {n}"})["client_id"] for n in range(3)]
    for client_id in clients[:2]:
        grant = lists.make("/client-grants", {"client_id": client_id, "audience": "urn:searched"})
        lists.make(path, {"grant_id": grant["id"]})
    lists.make("/client-grants", {"client_id": clients[2], "audience": "urn:searched", "allow_any_organization": True})
    assert searched(lists, f"client_grant.organization_id:{organization['id']}") == clients[:2]
    assert searched(lists, "client_grant.organization_id:org_0000000000000000") == []
    assert clients[2] in searched(lists, "client_grant.allow_any_organization:true")
    assert not set(clients[:2]) & set(searched(lists, "client_grant.allow_any_organization:true"))
    for client_id in clients:
        lists.call("DELETE", f"/clients/{client_id}")
    lists.call("DELETE", "/resource-servers/urn:searched")


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("take=5&q=name:x", "'Unsupported query: name:x' on property q"),
        ("take=5&q=client_grant.allow_any_organization:false", "'Unsupported query: "),
        ("take=5&q=client_grant.allow_any_organization:true&is_global=false", "'The parameter is_global cannot be"),
        ("q=client_grant.allow_any_organization:true&page=0", "'The parameter page cannot be used together with q'"),
        ("q=client_grant.allow_any_organization:true", "'The parameters from and take are required together with q'"),
    ],
)
def test_bad_searches(lists: Any, query: str, problem: str) -> None:
    answer = lists.call("GET", f"/clients?{query}")
    assert (answer.status_code, answer.json()["errorCode"]) == (400, "invalid_query_string")
    assert answer.json()["message"].startswith(f"Query validation error: {problem}")


def test_filters_of_grants(filled: Any) -> None:
    grants = get(filled, "/client-grants?audience=urn:list:02&per_page=100")
    assert len(grants) == GRANTS // 5
    one = get(filled, f"/client-grants?client_id={grants[0]['client_id']}&audience=urn:list:02")
    assert one == grants[:1]
    assert get(filled, f"/client-grants?client_id={grants[0]['client_id']}&audience=urn:list:03") == []
    assert len(get(filled, "/client-grants?subject_type=user")) == 5
    assert len(get(filled, "/client-grants?allow_any_organization=true")) == 1
    assert get(filled, "/client-grants?default_for=third_party_clients") == []


def test_fields(filled: Any) -> None:
    for client in get(filled, "/clients?fields=client_id,name&include_fields=true&is_global=false"):
        assert set(client) == {"client_id", "name"}
    for api in get(filled, "/resource-servers?fields=id"):
        assert set(api) == {"id"}
    for api in get(filled, "/resource-servers?fields=signing_secret,scopes&include_fields=false"):
        assert not {"signing_secret", "scopes"} & set(api)
