# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The verbs of the Management API: complete lists, exact look-ups, and what a refusal means."""

from __future__ import annotations

import dataclasses
import json
import re
import urllib.parse
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import responses
from ansible_collections.community.auth0.plugins.module_utils._engine.management import ManagementClient
from ansible_collections.community.auth0.plugins.module_utils._engine.pages import PAGE_SIZE
from ansible_collections.community.auth0.plugins.module_utils._errors import (
    Ambiguous,
    ApiError,
    Auth0Error,
    InvalidOptions,
    OutcomeUnknown,
    Unreachable,
)
from ansible_collections.community.auth0.plugins.module_utils._http.session import Session
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from ansible_collections.community.auth0.plugins.module_utils._kinds.client_credential import CLIENT_CREDENTIAL
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind
from ansible_collections.community.auth0.plugins.module_utils._kinds.signing_key import REVOKE, ROTATE
from ansible_collections.community.auth0.plugins.module_utils._tokens.authorization import FixedToken
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.clock import Clock
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.numbered_tenant import (
    GONE,
    TOKEN,
    URL,
    Numbered,
)
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.wire import answer, wire
from hypothesis import example, given
from hypothesis import strategies as st
from responses import RequestsMock

API, CLIENT, GRANT, SIGNING_KEY = KINDS["resource_server"], KINDS["client"], KINDS["client_grant"], KINDS["signing_key"]
BY_OFFSET = dataclasses.replace(CLIENT, checkpoint=False)
LIST = URL + "/api/v2/clients"
ABSENT = {"statusCode": 404, "error": "Not Found", "message": "It does not exist"}
KEYS = URL + "/api/v2/keys/signing"


@pytest.fixture
def management() -> Iterator[ManagementClient]:
    clock = Clock()
    with Session(URL, retries=0, sleep=clock.sleep, now=clock.now) as session:
        yield ManagementClient(session, FixedToken(TOKEN))


def queries(mocked: RequestsMock) -> list[dict[str, str]]:
    """The query of each request."""
    return [dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(call.request.url).query)) for call in mocked.calls]


# what the server does itself


def test_an_action_is_a_request_without_a_body_on_the_kind_or_on_one_object(
    management: ManagementClient, mocked: RequestsMock
) -> None:
    mocked.post(KEYS + "/rotate", json={"kid": "new"}, status=201)
    mocked.put(KEYS + "/a%2Fb/revoke", json={"kid": "a/b"})
    assert management.perform(SIGNING_KEY, ROTATE) == {"kid": "new"}
    assert management.perform(SIGNING_KEY, REVOKE, "a/b") == {"kid": "a/b"}
    assert [call.request.body for call in mocked.calls] == [None, None]
    with pytest.raises(InvalidOptions):
        management.perform(SIGNING_KEY, REVOKE, "..")


def test_a_refused_action_says_what_was_tried_on_what(management: ManagementClient, mocked: RequestsMock) -> None:
    mocked.put(KEYS + "/one/revoke", json={"message": "Only the previous one."}, status=400)
    mocked.post(KEYS + "/rotate", json={"message": "Not today."}, status=400)
    with pytest.raises(ApiError) as caught:
        management.perform(SIGNING_KEY, REVOKE, "one")
    assert caught.value.message == "Failed revoking the signing key one: Only the previous one (400)."
    with pytest.raises(ApiError) as caught:
        management.perform(SIGNING_KEY, ROTATE)
    assert caught.value.message == "Failed rotating the signing key: Not today (400)."


# what is below an object


def test_what_is_below_an_object_has_the_id_of_that_in_its_path_and_comes_in_one_list(
    management: ManagementClient, mocked: RequestsMock
) -> None:
    below = URL + "/api/v2/clients/a%2Fb/credentials"
    for dummy in range(2):
        mocked.get(below, json=[{"id": "one", "kid": "k"}, {"id": "two"}])
    kind = CLIENT_CREDENTIAL.below("a/b")
    assert [item["id"] for item in management.list(kind)] == ["one", "two"]
    assert management.find(kind, {"kid": "k"}) == {"id": "one", "kid": "k"}
    assert queries(mocked) == [{}, {}]
    for unexpected in ({"credentials": []}, [{"kid": "no id"}], "text"):
        mocked.get(below, json=unexpected)
        with pytest.raises(Unreachable, match=r"it is not a list|row 0 is not one of the credentials"):
            list(management.list(kind))


# lists


def rows(start: int, end: int) -> list[dict[str, Any]]:
    return [{"client_id": str(number)} for number in range(start, end)]


def ids(items: Iterator[Any]) -> list[str]:
    return [item["client_id"] for item in items]


@pytest.mark.parametrize(
    "sizes", [[], [0], [1], [100], [50, 50], [100, 100, 1], [3, 0, 2], [1, 1, 1, 1], [100, 0, 0, 100]]
)
def test_a_list_by_checkpoint_follows_next_until_there_is_none_whatever_the_pages_hold(
    management: ManagementClient, mocked: RequestsMock, sizes: list[int]
) -> None:
    done = 0
    for number, size in enumerate(sizes or [0]):
        last = number >= len(sizes) - 1
        mocked.get(LIST, json={"clients": rows(done, done + size), **({} if last else {"next": f"page{number + 1}"})})
        done += size
    assert ids(management.list(CLIENT)) == [str(number) for number in range(done)]
    froms = [query.pop("from", None) for query in queries(mocked)]
    assert froms == [None, *(f"page{number}" for number in range(1, len(sizes)))]
    assert all("page" not in query and "per_page" not in query for query in queries(mocked))


@pytest.mark.parametrize("end", [{}, {"next": None}, {"next": ""}])
def test_a_list_by_checkpoint_ends_without_next(
    management: ManagementClient, mocked: RequestsMock, end: dict[str, Any]
) -> None:
    mocked.get(LIST, json={"clients": rows(0, PAGE_SIZE), **end})
    assert len(ids(management.list(CLIENT))) == PAGE_SIZE
    assert queries(mocked) == [{"take": str(PAGE_SIZE)}]


def test_a_list_that_never_ends_is_told_instead_of_read_for_ever(
    management: ManagementClient, mocked: RequestsMock
) -> None:
    for _request in range(2):
        mocked.get(LIST, json={"clients": rows(0, 1), "next": "again"})
    with pytest.raises(Unreachable, match="over and over"):
        list(management.list(CLIENT))
    assert len(mocked.calls) == 2


@pytest.mark.parametrize("total", [0, 1, 7, 10**9, None])
@pytest.mark.parametrize(("count", "limit", "pages"), [(7, 3, 3), (6, 3, 3), (0, 3, 1), (2, 3, 1), (250, 100, 3)])
def test_a_list_by_offset_goes_on_until_a_page_is_shorter_than_the_server_said_and_never_believes_total(
    management: ManagementClient, mocked: RequestsMock, count: int, limit: int, pages: int, total: int | None
) -> None:
    for number in range(pages):
        part = rows(number * limit, min(count, (number + 1) * limit))
        mocked.get(LIST, json={"clients": part, "start": number * limit, "limit": limit, "total": total})
    assert ids(management.list(BY_OFFSET)) == [str(number) for number in range(count)]
    assert [query["page"] for query in queries(mocked)] == [str(number) for number in range(pages)]
    assert {query["per_page"] for query in queries(mocked)} == {str(PAGE_SIZE)}


def test_a_list_by_offset_without_a_limit_in_the_answer_goes_on_until_a_page_is_empty(
    management: ManagementClient, mocked: RequestsMock
) -> None:
    for part in (rows(0, 50), rows(50, 60), []):
        mocked.get(LIST, json={"clients": part})
    assert len(ids(management.list(BY_OFFSET))) == 60


def test_a_list_is_only_read_as_far_as_it_is_needed(management: ManagementClient, mocked: RequestsMock) -> None:
    mocked.get(LIST, json={"clients": rows(0, 2), "next": "more"})
    assert next(iter(management.list(CLIENT)))["client_id"] == "0"
    assert len(mocked.calls) == 1


@pytest.mark.parametrize("kind", [CLIENT, BY_OFFSET])
def test_a_filter_is_sent_with_every_page(management: ManagementClient, mocked: RequestsMock, kind: Kind) -> None:
    for part in (rows(0, 2), rows(2, 3), []):
        mocked.get(LIST, json={"clients": part, "limit": 2, **({"next": "x"} if len(part) == 2 else {})})
    list(management.list(kind, {"name": "a&b"}))
    assert [query["name"] for query in queries(mocked)] == ["a&b", "a&b"]


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {},
        [{"client_id": "1"}],
        {"clients": None},
        {"clients": {}},
        {"grants": []},
        "clients",
        {"clients": [7]},
        {"clients": [{"name": "without an id"}]},
    ],
)
@pytest.mark.parametrize("kind", [CLIENT, BY_OFFSET])
def test_something_else_than_a_list_is_a_failure_not_an_empty_list(
    management: ManagementClient, mocked: RequestsMock, kind: Kind, body: Any
) -> None:
    mocked.get(LIST, body=json.dumps(body), content_type="application/json")
    with pytest.raises(Unreachable) as caught:
        list(management.list(kind))
    assert (caught.value.code, caught.value.path) == ("unexpected", "/api/v2/clients")


# look-ups

STRANGE = [
    "https://api.example.com/v2?x=1&y=2#top",
    "a/../b",
    "%2e%2e",
    "100%",
    "with blanks ",
    "ünïcode \N{SNOWMAN}",
    "semi;colon,comma+plus",
    "back\\slash",
    "~tilde-_.!*'()",
    "...",
    "line\nbreak",
]


@pytest.mark.parametrize("identifier", STRANGE)
def test_an_identifier_goes_over_the_wire_as_one_segment_of_the_path(identifier: str) -> None:
    with wire(lambda dummy: answer({"id": "1", "identifier": identifier})) as server, Session(server.url) as session:
        found = ManagementClient(session, FixedToken(TOKEN)).find(API, {"identifier": identifier})
    assert found == {"id": "1", "identifier": identifier}
    (request,) = server.requests
    head, segment = request.target.rsplit("/", 1)
    assert head == "/api/v2/resource-servers"
    assert urllib.parse.unquote(segment) == identifier


@given(st.text(min_size=1, max_size=50).filter(lambda text: text not in (".", "..")))
@example("/")
@example("..\\")
def test_any_identifier_reaches_the_server_unchanged(identifier: str) -> None:
    targets = []

    def found(request: Any) -> tuple[int, dict[str, str], str]:
        targets.append(request.url)
        return 200, {}, json.dumps({"id": "1", "identifier": identifier})

    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock, Session(URL) as session:
        mock.add_callback("GET", re.compile(".*"), found)
        ManagementClient(session, FixedToken(TOKEN)).find(API, {"identifier": identifier})
    prefix = URL + "/api/v2/resource-servers/"
    assert targets[0].startswith(prefix)
    assert urllib.parse.unquote(targets[0][len(prefix) :]) == identifier


@pytest.mark.parametrize("object_id", ["", ".", ".."])
def test_what_would_name_another_path_is_refused_before_sending(
    management: ManagementClient, mocked: RequestsMock, object_id: str
) -> None:
    with pytest.raises(InvalidOptions):
        management.find(API, {"identifier": object_id})
    for use in (management.get, management.delete, management.update):
        with pytest.raises(InvalidOptions):
            use(
                CLIENT,
                object_id,
                *([{}] if use == management.update else []),
                *([] if use == management.get else ["x"]),
            )
    assert len(mocked.calls) == 0


def test_an_api_is_found_by_its_identifier_or_its_id(management: ManagementClient, tenant: Numbered) -> None:
    api = tenant.add_api("https://api.example.com/")
    assert management.find(API, {"identifier": "https://api.example.com/"}) == api
    assert management.find(API, {"id": api["id"]}) == api
    assert management.find(API, {"identifier": "https://api.example.com"}) is None
    assert management.find(API, {"id": "nothing"}) is None


def test_an_identifier_that_reads_like_the_id_of_another_api_does_not_find_that_one(
    management: ManagementClient, tenant: Numbered
) -> None:
    other = tenant.add_api("https://other.example.com")
    assert management.find(API, {"identifier": other["id"]}) is None
    assert management.find(API, {"id": other["identifier"]}) is None


def test_a_client_is_found_by_its_id_in_one_request_and_by_its_name_in_the_list(
    management: ManagementClient, tenant: Numbered
) -> None:
    tenant.add_client("reminders", app_type="non_interactive")
    (client,) = tenant.clients
    assert management.find(CLIENT, {"client_id": client["client_id"]}) == client
    assert tenant.requests == [f"GET /api/v2/clients/{client['client_id']}"]
    tenant.forget()
    assert management.find(CLIENT, {"name": "reminders"}) == client
    assert tenant.requests == ["GET /api/v2/clients", f"GET /api/v2/clients/{client['client_id']}"]
    assert tenant.sent[0].query == {
        "fields": ["client_id,name"],
        "include_fields": ["true"],
        "is_global": ["false"],
        "take": [str(PAGE_SIZE)],
    }


def test_the_id_of_a_client_by_name_costs_no_further_request(management: ManagementClient, tenant: Numbered) -> None:
    tenant.add_client("reminders", app_type="non_interactive")
    assert management.find(CLIENT, {"name": "reminders"}, whole=False) == {"client_id": "client1", "name": "reminders"}
    assert tenant.requests == ["GET /api/v2/clients"]


def test_a_client_on_a_later_page_is_found_and_names_compare_byte_by_byte(
    management: ManagementClient, tenant: Numbered
) -> None:
    tenant.page_size = 2
    for name in ("Reminders", "reminders ", "reminder", "x", "reminders"):
        tenant.add_client(name)
    found = management.find(CLIENT, {"name": "reminders"})
    assert found is not None
    assert found["client_id"] == "client5"
    assert management.find(CLIENT, {"name": "REMINDERS"}) is None


def test_two_clients_of_one_name_are_an_error_that_lists_their_ids_wherever_they_are_in_the_list(
    management: ManagementClient, tenant: Numbered
) -> None:
    tenant.page_size = 1
    for name in ("reminders", "x", "reminders"):
        tenant.add_client(name)
    with pytest.raises(Ambiguous) as caught:
        management.find(CLIENT, {"name": "reminders"})
    assert "2 clients have the name 'reminders': client1, client3" in caught.value.message
    assert "client_id" in caught.value.message


def test_a_client_that_is_deleted_between_the_list_and_the_reading_is_not_there(
    management: ManagementClient, tenant: Numbered
) -> None:
    tenant.add_client("reminders")
    tenant.fail(GONE, "GET", "/api/v2/clients/client1")
    assert management.find(CLIENT, {"name": "reminders"}) is None


def grant_identity(**fields: str | None) -> dict[str, str | None]:
    return {"client_id": None, "default_for": None, "audience": None, "subject_type": None, **fields}


def granted(tenant: Numbered) -> None:
    """A client and two APIs that can be granted to it."""
    tenant.add_client("reminders")
    tenant.add_api("urn:api")
    tenant.add_api("urn:other")


def test_a_grant_is_found_by_client_audience_and_subject_type_in_one_filtered_request(
    management: ManagementClient, tenant: Numbered
) -> None:
    granted(tenant)
    client = tenant.add_grant("client1", "urn:api")
    user = tenant.add_grant("client1", "urn:api", subject_type="user")
    default = tenant.add_grant("client1", "urn:other")
    identity = grant_identity(client_id="client1", audience="urn:api")
    assert management.find(GRANT, identity) == client
    assert tenant.sent[0].query == {"client_id": ["client1"], "audience": ["urn:api"], "take": [str(PAGE_SIZE)]}
    assert management.find(GRANT, {**identity, "subject_type": "client"}) == client
    assert management.find(GRANT, {**identity, "subject_type": "user"}) == user
    assert management.find(GRANT, {**identity, "audience": "urn:other"}) == default
    assert management.find(GRANT, {**identity, "audience": "urn:none"}) is None
    assert len(tenant.sent) == 5


def test_a_grant_from_before_subject_types_is_one_for_clients(management: ManagementClient, tenant: Numbered) -> None:
    granted(tenant)
    old = tenant.stored("client_grant", tenant.add_grant("client1", "urn:api")["id"])
    del old["subject_type"]
    assert management.find(GRANT, grant_identity(client_id="client1", audience="urn:api", subject_type="client")) == old


def test_a_grant_for_all_third_party_clients_is_not_taken_for_one_of_a_client(
    management: ManagementClient, tenant: Numbered
) -> None:
    granted(tenant)
    default = tenant.make("client-grants", default_for="third_party_clients", audience="urn:api", scope=[])
    assert management.find(GRANT, grant_identity(client_id="client1", audience="urn:api")) is None
    assert management.find(GRANT, grant_identity(default_for="third_party_clients", audience="urn:api")) == default


def test_a_kind_cannot_be_found_by_a_field_that_does_not_name_it(management: ManagementClient) -> None:
    with pytest.raises(InvalidOptions, match="No client can be found by app_type"):
        management.find(CLIENT, {"app_type": "spa"})


# writing


def test_every_request_carries_the_token(management: ManagementClient, tenant: Numbered) -> None:
    management.create(CLIENT, {"name": "a"}, "client a")
    management.update(CLIENT, "client1", {"name": "b"}, "client a")
    management.get(CLIENT, "client1")
    list(management.list(CLIENT))
    management.delete(CLIENT, "client1", "client b")
    assert {call.headers["authorization"] for call in tenant.sent} == {f"Bearer {TOKEN}"}
    assert tenant.requests == [
        "POST /api/v2/clients",
        "PATCH /api/v2/clients/client1",
        "GET /api/v2/clients/client1",
        "GET /api/v2/clients",
        "DELETE /api/v2/clients/client1",
    ]


@pytest.mark.parametrize("status", [200, 204])
def test_deleting_what_is_gone_already_succeeds(
    management: ManagementClient, mocked: RequestsMock, status: int
) -> None:
    mocked.delete(LIST + "/gone", status=status, body="" if status == 204 else json.dumps(ABSENT))
    management.delete(CLIENT, "gone", "client gone")


def test_a_404_to_a_deletion_is_not_believed_since_it_may_come_from_what_lags_behind(
    management: ManagementClient, mocked: RequestsMock
) -> None:
    mocked.delete(LIST + "/gone", status=404, json=ABSENT)
    with pytest.raises(OutcomeUnknown, match=r"DELETE /api/v2/clients/gone was answered with a 404$"):
        management.delete(CLIENT, "gone", "client gone")


@pytest.mark.parametrize(
    "body", [{}, [], {"detail": "Not Found"}, {"status": 404, "error": "Not Found"}, {"message": "No such page"}]
)
def test_a_404_of_another_service_does_not_mean_that_an_object_is_absent(
    management: ManagementClient, mocked: RequestsMock, body: Any
) -> None:
    mocked.get(LIST + "/1", status=404, json=body)
    mocked.delete(LIST + "/1", status=404, json=body)
    with pytest.raises(ApiError) as caught:
        management.get(CLIENT, "1")
    assert "Is auth0_domain really an Auth0 tenant" in caught.value.message
    with pytest.raises(OutcomeUnknown, match="a 404 that is not Auth0's"):
        management.delete(CLIENT, "1", "client 1")


@pytest.mark.parametrize("body", [None, [], {}, "done", {"name": "without an id"}])
def test_a_successful_write_with_an_unexpected_answer_may_have_written_so_its_outcome_is_unknown(
    management: ManagementClient, mocked: RequestsMock, body: Any
) -> None:
    text = "" if body is None else json.dumps(body)
    mocked.post(LIST, body=text, content_type="application/json", status=201)
    mocked.patch(LIST + "/1", body=text, content_type="application/json")
    with pytest.raises(OutcomeUnknown):
        management.create(CLIENT, {"name": "a"}, "client a")
    with pytest.raises(OutcomeUnknown):
        management.update(CLIENT, "1", {"name": "a"}, "client a")
    mocked.post(KEYS + "/rotate", body=text, content_type="application/json", status=201)
    with pytest.raises(OutcomeUnknown):
        management.perform(SIGNING_KEY, ROTATE)


@pytest.mark.parametrize("body", [[], {}, "found", {"name": "without an id"}, [{"client_id": "1"}]])
def test_an_unexpected_answer_to_a_read_is_a_failure_not_an_absent_object(
    management: ManagementClient, mocked: RequestsMock, body: Any
) -> None:
    mocked.get(LIST + "/1", json=body)
    with pytest.raises(Unreachable):
        management.get(CLIENT, "1")


# what a refusal means

Use = Callable[[ManagementClient], Any]
READ, CREATE, UPDATE, DELETE = "reading", "creating", "updating", "deleting"
USES: dict[str, tuple[str, str, Use]] = {
    READ: ("GET", "/api/v2/clients/1", lambda m: m.get(CLIENT, "1")),
    CREATE: ("POST", "/api/v2/clients", lambda m: m.create(CLIENT, {"name": "a"}, "client a")),
    UPDATE: ("PATCH", "/api/v2/clients/1", lambda m: m.update(CLIENT, "1", {"name": "a"}, "client a")),
    DELETE: ("DELETE", "/api/v2/clients/1", lambda m: m.delete(CLIENT, "1", "client a")),
    "listing": ("GET", "/api/v2/clients", lambda m: list(m.list(CLIENT))),
}


def refused(
    management: ManagementClient, mocked: RequestsMock, status: int, body: dict[str, Any], doing: str = CREATE
) -> ApiError:
    method, path, use = USES[doing]
    mocked.add(method, URL + path, status=status, json={"statusCode": status, **body})
    with pytest.raises(ApiError) as caught:
        use(management)
    assert (caught.value.status, caught.value.method, caught.value.path) == (status, method, path)
    return caught.value


@pytest.mark.parametrize("doing", USES)
def test_a_failure_says_what_was_tried_on_what(management: ManagementClient, mocked: RequestsMock, doing: str) -> None:
    error = refused(management, mocked, 400, {"error": "Bad Request", "message": "Nonsense"}, doing)
    what = {READ: "the client 1", "listing": "the clients"}.get(doing, "the client a")
    assert error.message == f"Failed {doing} {what}: Nonsense (400)."


KEY = "-----BEGIN %s KEY-----\nplanted\n-----END %s KEY-----\n" % ("PRIVATE", "PRIVATE")


@pytest.mark.parametrize("repeated", [KEY, json.dumps(KEY), KEY + "x" * 400, "x" * (500 - len(KEY)) + KEY + "y"])
@pytest.mark.parametrize("status", [400, 500])
def test_a_failure_repeats_no_secret_that_was_sent_also_where_no_task_has_given_it(
    management: ManagementClient, mocked: RequestsMock, repeated: str, status: int
) -> None:
    mocked.patch(LIST + "/1", status=status, json={"message": f"bad {repeated}", "error": f"bad {repeated}"})
    payload = {"addons": {"slack": {"team": "t"}, "firebase": {"private_key": KEY, "client_email": "service"}}}
    with pytest.raises(Auth0Error) as caught:
        management.update(CLIENT, "1", payload, "client a")
    failure = caught.value.failure()
    assert "bad " in failure["message"]
    assert "planted" not in json.dumps([caught.value.message, str(caught.value), failure])


@pytest.mark.parametrize("words", ["Invalid token.", "Missing authentication", "Expired token received", None])
@pytest.mark.parametrize("doing", USES)
def test_a_token_that_is_not_accepted_is_told_with_how_to_get_another(
    management: ManagementClient, mocked: RequestsMock, doing: str, words: str | None
) -> None:
    error = refused(management, mocked, 401, {"error": "Unauthorized", "message": words}, doing)
    assert "the Management API token is not accepted" in error.message
    assert "auth0_token" in error.message
    assert words is None or words in error.message
    assert TOKEN not in error.message


@pytest.mark.parametrize(
    ("listed", "told"),
    [
        ("create:clients", "It needs create:clients: add it to the grant"),
        ("create:clients, create:client_keys", "It needs one of create:clients, create:client_keys: add it"),
        ("read:a,read:b", "It needs one of read:a, read:b: add it"),
    ],
)
def test_a_missing_scope_is_named(management: ManagementClient, mocked: RequestsMock, listed: str, told: str) -> None:
    message = f"Insufficient scope, expected any of: {listed}"
    error = refused(management, mocked, 403, {"message": message, "errorCode": "insufficient_scope"})
    assert "lacks a scope (403)" in error.message
    assert told in error.message
    assert error.code == "insufficient_scope"


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("Insufficient scope; expected create:a_b and update:a_b.", "It needs create:a_b and update:a_b: add it"),
        ("Insufficient scope; expected any of: update:a_b.", "It needs update:a_b: add it"),
    ],
)
@pytest.mark.parametrize("code", [{}, {"errorCode": "insufficient_scope"}])
def test_a_missing_scope_is_named_where_the_refusal_is_worded_as_in_the_description(
    management: ManagementClient, mocked: RequestsMock, message: str, told: str, code: dict[str, str]
) -> None:
    error = refused(management, mocked, 403, {"error": "Forbidden", "message": message, **code})
    assert "lacks a scope (403)" in error.message
    assert told in error.message


@pytest.mark.parametrize("code", ["feature_not_enabled", "insufficient_entitlement", "operation_not_supported"])
def test_what_the_plan_does_not_include_is_not_told_as_a_missing_scope(
    management: ManagementClient, mocked: RequestsMock, code: str
) -> None:
    error = refused(management, mocked, 403, {"message": "Not in your plan", "errorCode": code})
    assert "the tenant's plan does not include this (403: Not in your plan)" in error.message
    assert "scope" not in error.message


def test_a_plan_limit_under_the_code_of_a_missing_scope_is_told_by_its_words(
    management: ManagementClient, mocked: RequestsMock
) -> None:
    words = "Please upgrade your subscription to use token quotas."
    error = refused(management, mocked, 403, {"message": words, "errorCode": "insufficient_scope"})
    assert "plan does not include this" in error.message
    assert "lacks a scope" not in error.message


def test_a_full_tenant_is_told_as_such(management: ManagementClient, mocked: RequestsMock) -> None:
    words = "You reached the limit of entities of this type for this tenant."
    error = refused(management, mocked, 403, {"error": "Forbidden", "message": words})
    assert "as many of these as its plan allows" in error.message


@pytest.mark.parametrize("code", [{}, {"errorCode": "insufficient_scope"}])
def test_another_403_is_told_in_the_servers_words(
    management: ManagementClient, mocked: RequestsMock, code: dict[str, str]
) -> None:
    error = refused(management, mocked, 403, {"error": "Forbidden", "message": "Not today", **code})
    assert error.message.endswith("not allowed (403: Not today).")


def test_a_conflict_keeps_its_status_so_that_it_can_be_read_back(
    management: ManagementClient, mocked: RequestsMock
) -> None:
    assert refused(management, mocked, 409, {"message": "It exists."}).message.endswith("It exists (409).")


def test_a_rate_limit_says_what_to_do_about_it(management: ManagementClient, mocked: RequestsMock) -> None:
    error = refused(management, mocked, 429, {"message": "Global limit has been reached"})
    assert "fewer forks" in error.message
    assert error.retryable
