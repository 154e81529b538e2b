# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is sent again and what never; waiting for rate limits; what a failure tells, and what it must not."""

from __future__ import annotations

import contextlib
import json
import queue
import re
import select
import socket
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import requests
import trustme
from ansible_collections.community.auth0.plugins.module_utils._errors import (
    ApiError,
    Auth0Error,
    InvalidOptions,
    OutcomeUnknown,
    Refused,
    Unreachable,
)
from ansible_collections.community.auth0.plugins.module_utils._http import transport
from ansible_collections.community.auth0.plugins.module_utils._http.exchange import LONGEST_WAIT
from ansible_collections.community.auth0.plugins.module_utils._http.session import Session
from ansible_collections.community.auth0.plugins.module_utils._tokens.authorization import FixedToken
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.clock import Clock
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.numbered_tenant import URL
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.wire import (
    DROP,
    RawRequest,
    Wire,
    answer,
    wire,
)
from hypothesis import given
from hypothesis import strategies as st
from responses import RequestsMock

PATH = "/api/v2/things"
WRITES = ("POST", "PATCH", "DELETE")
HTML = "<html><body>Bad gateway</body></html>"
TOO_MANY = {"statusCode": 429, "error": "Too Many Requests", "message": "Global limit has been reached"}


class Renewable:
    """A token that can be renewed as often as one likes. renewals: how often that was."""

    def __init__(self) -> None:
        self.renewals = 0

    def token(self) -> str:
        return f"token{self.renewals}"

    def renew(self, refused: str, status: int) -> bool:
        self.renewals += 1
        return True


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def opened(clock: Clock) -> Iterator[Callable[..., Session]]:
    """Makes sessions in which time passes only by waiting, without jitter."""
    made: list[Session] = []

    def make(url: str = URL, **options: Any) -> Session:
        session = Session(url, **{"sleep": clock.sleep, "now": clock.now, "jitter": lambda: 0.0, **options})
        made.append(session)
        return session

    yield make
    for session in made:
        session.__exit__()


def add(mocked: RequestsMock, method: str, *effects: Any) -> None:
    """Queue an effect per request: an exception, a status with an empty object, or the arguments of a Response."""
    for effect in effects:
        if isinstance(effect, Exception):
            mocked.add(method, URL + PATH, body=effect)
        elif isinstance(effect, int):
            mocked.add(method, URL + PATH, json={}, status=effect)
        else:
            mocked.add(method, URL + PATH, **effect)


LOST = [
    pytest.param(requests.exceptions.ReadTimeout("timed out"), id="timeout"),
    pytest.param(requests.exceptions.ConnectionError("reset"), id="reset"),
    pytest.param(requests.exceptions.ChunkedEncodingError("broken off"), id="broken off"),
    pytest.param(requests.exceptions.ContentDecodingError("not gzip"), id="undecodable"),
    pytest.param(500, id="500"),
    pytest.param({"status": 503, "json": {"message": "Down"}}, id="503 in JSON"),
    pytest.param({"status": 502, "body": HTML, "content_type": "text/html"}, id="502 in HTML"),
    pytest.param({"status": 200, "body": HTML, "content_type": "text/html"}, id="200 in HTML"),
    pytest.param({"status": 200, "body": '{"cut', "content_type": "application/json"}, id="half an object"),
]


@pytest.mark.parametrize("effect", LOST)
def test_a_read_is_sent_again_when_no_sensible_answer_came(
    opened: Callable[..., Session], mocked: RequestsMock, clock: Clock, effect: Any
) -> None:
    add(mocked, "GET", effect, effect, {"json": {"found": True}})
    assert opened().request("GET", PATH) == {"found": True}
    assert clock.slept == [0.5, 1.0]


@pytest.mark.parametrize("effect", LOST)
def test_a_read_that_never_gets_a_sensible_answer_fails_as_unreachable_after_the_retries(
    opened: Callable[..., Session], mocked: RequestsMock, effect: Any
) -> None:
    add(mocked, "GET", *[effect] * 9)
    with pytest.raises(Unreachable) as caught:
        opened(retries=2).request("GET", PATH)
    assert len(mocked.calls) == 3
    assert caught.value.retryable
    assert (caught.value.method, caught.value.path) == ("GET", PATH)


@pytest.mark.parametrize("method", WRITES)
@pytest.mark.parametrize("effect", LOST)
def test_a_write_whose_answer_is_lost_is_never_sent_again_and_its_outcome_is_unknown(
    opened: Callable[..., Session], mocked: RequestsMock, clock: Clock, method: str, effect: Any
) -> None:
    add(mocked, method, effect, {"json": {}})
    with pytest.raises(OutcomeUnknown) as caught:
        opened().request(method, PATH, body={"a": 1})
    assert len(mocked.calls) == 1
    assert clock.slept == []
    assert f"{method} {PATH}" in caught.value.message


@pytest.mark.parametrize("effect", LOST)
def test_a_post_that_is_declared_harmless_is_sent_again_like_a_read(
    opened: Callable[..., Session], mocked: RequestsMock, effect: Any
) -> None:
    add(mocked, "POST", effect, {"json": {"token": 1}})
    assert opened().request("POST", PATH, harmless=True) == {"token": 1}


def test_the_pauses_between_attempts_grow_to_a_cap_and_are_spread_by_jitter(
    opened: Callable[..., Session], mocked: RequestsMock, clock: Clock
) -> None:
    add(mocked, "GET", *[500] * 9)
    with pytest.raises(Unreachable):
        opened(retries=7, jitter=lambda: 1.0).request("GET", PATH)
    assert clock.slept == pytest.approx([0.6, 1.2, 2.4, 4.8, 9.6, 12.0, 12.0])


@pytest.mark.parametrize("method", ["GET", *WRITES])
@pytest.mark.parametrize("status", [400, 403, 404, 409, 422])
def test_a_refusal_is_never_sent_again(
    opened: Callable[..., Session], mocked: RequestsMock, method: str, status: int
) -> None:
    add(mocked, method, status, 200)
    with pytest.raises(ApiError) as caught:
        opened().request(method, PATH)
    assert len(mocked.calls) == 1
    assert caught.value.status == status
    assert not caught.value.retryable


@pytest.mark.parametrize("method", ["GET", *WRITES])
@pytest.mark.parametrize(
    ("headers", "waits"),
    [
        pytest.param({"x-ratelimit-reset": "1700000007"}, 7.0, id="reset, in epoch seconds"),
        pytest.param({"Retry-After": "3"}, 3.0, id="Retry-After, in seconds"),
        pytest.param({"Retry-After": "3", "x-ratelimit-reset": "1700000007"}, 3.0, id="Retry-After goes first"),
        pytest.param({}, 1.0, id="neither"),
        pytest.param({"x-ratelimit-reset": "1600000000"}, 0.2, id="reset is past"),
        pytest.param(
            {"x-ratelimit-reset": "1800000007", "Date": "Fri, 15 Jan 2027 08:00:00 GMT"},
            7.0,
            id="reset, by the clock of the server",
        ),
        pytest.param({"x-ratelimit-reset": "1700000007", "Date": "today"}, 7.0, id="reset, by no clock of the server"),
        pytest.param({"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}, 1.0, id="a date"),
        pytest.param({"Retry-After": "nan"}, 1.0, id="not a number"),
        pytest.param({"Retry-After": "-inf"}, 1.0, id="endless"),
    ],
)
def test_what_the_rate_limit_refused_is_sent_again_after_it_resets_writes_too(
    opened: Callable[..., Session],
    mocked: RequestsMock,
    clock: Clock,
    method: str,
    headers: dict[str, str],
    waits: float,
) -> None:
    add(mocked, method, {"status": 429, "json": TOO_MANY, "headers": headers}, {"json": {"done": 1}})
    assert opened().request(method, PATH) == {"done": 1}
    assert clock.slept == [waits]


def test_many_processes_do_not_all_come_back_at_the_moment_of_the_reset(
    opened: Callable[..., Session], mocked: RequestsMock, clock: Clock
) -> None:
    add(mocked, "GET", {"status": 429, "json": TOO_MANY, "headers": {"Retry-After": "10"}}, 200)
    opened(jitter=lambda: 0.5).request("GET", PATH)
    assert clock.slept == pytest.approx([11.0])


HEADER_TEXTS = st.one_of(st.text(st.characters(min_codepoint=32, max_codepoint=126)), st.floats().map(str))


@given(st.dictionaries(st.sampled_from(["Retry-After", "x-ratelimit-reset", "Date"]), HEADER_TEXTS))
def test_whatever_the_rate_limit_headers_hold_the_wait_stays_within_its_bounds(headers: dict[str, str]) -> None:
    clock = Clock()
    with (
        RequestsMock() as mocked,
        Session(URL, sleep=clock.sleep, now=clock.now, jitter=lambda: 1.0) as session,
        contextlib.suppress(ApiError),
    ):
        add(mocked, "GET", {"status": 429, "json": TOO_MANY, "headers": headers})
        mocked.add("GET", URL + PATH, json={})
        mocked.assert_all_requests_are_fired = False
        session.request("GET", PATH)
    assert all(0.2 <= wait <= LONGEST_WAIT * 1.2 for wait in clock.slept)


def test_a_rate_limit_that_does_not_reset_ends_the_task_after_the_retries(
    opened: Callable[..., Session], mocked: RequestsMock, clock: Clock
) -> None:
    add(mocked, "POST", *[{"status": 429, "json": TOO_MANY}] * 9)
    with pytest.raises(ApiError) as caught:
        opened(retries=3).request("POST", PATH)
    assert len(mocked.calls) == 4
    assert len(clock.slept) == 3
    assert caught.value.status == 429
    assert caught.value.retryable
    assert "Global limit has been reached" in caught.value.message
    assert "auth0_retries" in caught.value.message


@pytest.mark.parametrize("method", ["GET", *WRITES])
@pytest.mark.parametrize(
    ("headers", "told"),
    [
        ({"Retry-After": "61"}, "try again in 61 seconds"),
        ({"Retry-After": "3540"}, "in 59 minutes"),
        ({"Retry-After": "43200"}, "in 12 hours"),
        ({"x-ratelimit-reset": "1700003540"}, "in 59 minutes"),
    ],
)
def test_a_limit_that_tells_to_stay_away_for_long_is_not_asked_again(
    opened: Callable[..., Session],
    mocked: RequestsMock,
    clock: Clock,
    method: str,
    headers: dict[str, str],
    told: str,
) -> None:
    add(mocked, method, {"status": 429, "json": TOO_MANY, "headers": headers}, 200)
    with pytest.raises(ApiError) as caught:
        opened().request(method, PATH)
    assert (len(mocked.calls), clock.slept) == (1, [])
    assert told in caught.value.message
    assert caught.value.retryable


def test_a_rate_limit_in_html_was_a_refusal_too_so_that_a_write_may_be_sent_again(
    opened: Callable[..., Session], mocked: RequestsMock
) -> None:
    headers = {"Retry-After": "30"}
    add(
        mocked,
        "POST",
        {"status": 429, "body": HTML, "content_type": "text/html", "headers": headers},
        {"json": {"done": 1}},
    )
    assert opened().request("POST", PATH) == {"done": 1}


def test_the_headers_of_a_success_are_for_whoever_asks_for_them_and_those_of_a_failure_for_nobody(
    opened: Callable[..., Session], mocked: RequestsMock
) -> None:
    add(
        mocked,
        "GET",
        {"status": 503, "json": {}, "headers": {"X-Left": "2"}},
        {"status": 429, "json": TOO_MANY, "headers": {"X-Left": "1"}},
        {"json": {"done": 1}, "headers": {"X-Left": "0"}},
        {"status": 403, "json": {}, "headers": {"X-Left": "9"}},
    )
    seen: list[str] = []
    session = opened()
    assert session.request("GET", PATH, read_headers=lambda headers: seen.append(headers["x-left"])) == {"done": 1}
    with pytest.raises(ApiError):
        session.request("GET", PATH, read_headers=lambda headers: seen.append(headers["x-left"]))
    assert seen == ["0"]


def test_without_retries_nothing_is_sent_twice(opened: Callable[..., Session], mocked: RequestsMock) -> None:
    add(mocked, "GET", 500, 200)
    with pytest.raises(Unreachable):
        opened(retries=0).request("GET", PATH)
    assert len(mocked.calls) == 1


# tokens


def sent_tokens(mocked: RequestsMock) -> list[str | None]:
    return [call.request.headers.get("Authorization") for call in mocked.calls]


@pytest.mark.parametrize("method", ["GET", *WRITES])
def test_a_refused_token_is_renewed_once_and_the_request_sent_again_with_the_new_one(
    opened: Callable[..., Session], mocked: RequestsMock, clock: Clock, method: str
) -> None:
    add(mocked, method, 401, {"json": {"done": 1}})
    assert opened().request(method, PATH, authorization=Renewable()) == {"done": 1}
    assert sent_tokens(mocked) == ["Bearer token0", "Bearer token1"]
    assert clock.slept == []


def test_a_renewed_token_that_is_refused_as_well_ends_the_task(
    opened: Callable[..., Session], mocked: RequestsMock
) -> None:
    authorization = Renewable()
    add(mocked, "GET", 401, 401, 200)
    with pytest.raises(ApiError) as caught:
        opened().request("GET", PATH, authorization=authorization)
    assert caught.value.status == 401
    assert len(mocked.calls) == 2


def test_a_token_is_renewed_once_although_the_rate_limit_comes_in_between(
    opened: Callable[..., Session], mocked: RequestsMock
) -> None:
    authorization = Renewable()
    add(mocked, "GET", 401, 429, 401, 200)
    with pytest.raises(ApiError):
        opened().request("GET", PATH, authorization=authorization)
    assert authorization.renewals == 1


def test_a_token_that_was_given_cannot_be_renewed_so_its_refusal_is_final(
    opened: Callable[..., Session], mocked: RequestsMock
) -> None:
    add(mocked, "GET", 401, 200)
    with pytest.raises(ApiError):
        opened().request("GET", PATH, authorization=FixedToken("given"))
    assert len(mocked.calls) == 1


@pytest.mark.parametrize("token", ["abc\ndef", "abcdef\n", " abcdef", "abc def", "abc\u2026", "abc\0", "abc\r\nX: y"])
def test_a_token_that_no_header_can_hold_is_refused_before_sending_and_not_shown(
    opened: Callable[..., Session], mocked: RequestsMock, token: str
) -> None:
    add(mocked, "GET", 200)
    with pytest.raises(InvalidOptions) as caught:
        opened().request("GET", PATH, authorization=FixedToken(token))
    assert len(mocked.calls) == 0
    assert "abc" not in caught.value.message + repr(caught.value.failure())


# check mode


@pytest.mark.parametrize("method", [*WRITES, "PUT"])
def test_a_read_only_session_refuses_every_write_before_anything_is_sent(
    opened: Callable[..., Session], mocked: RequestsMock, method: str
) -> None:
    authorization = Renewable()
    add(mocked, method, 200)
    with pytest.raises(Refused) as caught:
        opened(read_only=True).request(method, PATH, authorization=authorization)
    assert len(mocked.calls) == 0
    assert (caught.value.code, caught.value.method, caught.value.path) == ("check_mode", method, PATH)


@pytest.mark.parametrize(("method", "harmless"), [("GET", False), ("HEAD", False), ("POST", True)])
def test_a_read_only_session_sends_what_changes_nothing(
    opened: Callable[..., Session], mocked: RequestsMock, method: str, harmless: bool
) -> None:
    add(mocked, method, {"body": ""})
    opened(read_only=True).request(method, PATH, harmless=harmless)
    assert len(mocked.calls) == 1


# answers


@pytest.mark.parametrize("effect", [{"status": 204}, {"status": 200, "body": ""}, {"status": 201, "body": ""}])
def test_an_empty_answer_is_none(opened: Callable[..., Session], mocked: RequestsMock, effect: Any) -> None:
    add(mocked, "DELETE", effect)
    assert opened().request("DELETE", PATH) is None


def test_the_body_is_sent_as_json_and_the_query_beside_the_path(
    opened: Callable[..., Session], mocked: RequestsMock
) -> None:
    add(mocked, "POST", {"json": {}})
    opened().request("POST", PATH, {"page": 0, "name": "a&b=c ü"}, {"name": "ü"})
    request = mocked.calls[0].request
    assert json.loads(request.body) == {"name": "ü"}
    assert request.url == URL + PATH + "?page=0&name=a%26b%3Dc+%C3%BC"
    assert request.headers["Accept"] == "application/json"
    assert request.headers["User-Agent"].startswith("ansible-community.auth0/")


@pytest.mark.parametrize(
    ("body", "code", "told"),
    [
        ({"errorCode": "invalid_body", "error": "Bad Request", "message": "Wrong"}, "invalid_body", "Wrong"),
        ({"error": "Bad Request", "message": "Wrong"}, "bad_request", "Wrong"),
        ({"error": "access_denied", "error_description": "No"}, "access_denied", "No"),
        ({"message": "Wrong"}, "http_400", "Wrong"),
        ({}, "http_400", None),
        ([], "http_400", None),
        (["Wrong"], "http_400", None),
        ("Wrong", "http_400", None),
        (None, "http_400", None),
        (12, "http_400", None),
        ({"message": None, "error": None, "errorCode": None}, "http_400", None),
        ({"message": ["Wrong", {"at": 1}]}, "http_400", "['Wrong', {'at': 1}]"),
        ({"errorCode": 17, "message": 18}, "http_400", "18"),
        ({"errorCode": {"a": 1}, "error": "invalid_body"}, "invalid_body", None),
        ({"error": "Go to https://x.example and pay", "message": "m"}, "http_400", "m"),
        ({"error_description": "", "error": ""}, "http_400", None),
    ],
)
def test_a_refusal_of_any_shape_becomes_a_code_and_the_servers_words(
    opened: Callable[..., Session], mocked: RequestsMock, body: Any, code: str, told: str | None
) -> None:
    add(mocked, "GET", {"status": 400, "body": json.dumps(body), "content_type": "application/json"})
    with pytest.raises(ApiError) as caught:
        opened().request("GET", PATH)
    assert (caught.value.code, caught.value.server_message) == (code, told)
    assert caught.value.failure() == {
        "method": "GET",
        "path": PATH,
        "status": 400,
        "code": code,
        "message": told or "",
        "retryable": False,
    }


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("\x1b[31mRed\x1b]8;;http://evil\x07", "\\x1b[31mRed\\x1b]8;;http://evil\\x07"),
        ("one\r\ntwo\ttabs", "one\\r\\ntwo\\ttabs"),
        ("safe\u202etxt.exe\u2066", "safe\\u202etxt.exe\\u2066"),
        ("c1\x9b31m del\x7f nul\0", "c1\\x9b31m del\\x7f nul\\x00"),
        ("lines\u2028\u2029 zero\u200b\ufeff", "lines\\u2028\\u2029 zero\\u200b\\ufeff"),
        pytest.param("half \ud800", "half \ufffd", id="half a character"),
        ("Größe 大小 🚀", "Größe 大小 🚀"),
    ],
)
@pytest.mark.parametrize("status", [400, 429, 500])
def test_control_characters_of_a_server_are_replaced_visibly(
    opened: Callable[..., Session], mocked: RequestsMock, said: str, shown: str, status: int
) -> None:
    add(mocked, "POST", {"status": status, "json": {"message": said, "errorCode": said, "error": said}})
    with pytest.raises(Auth0Error) as caught:
        opened(retries=0).request("POST", PATH)
    error = caught.value
    assert error.server_message == shown
    assert error.failure()["message"] == shown
    assert error.code == f"http_{status}"
    assert error.message.isprintable()


def test_control_characters_of_a_content_type_are_replaced_visibly(
    opened: Callable[..., Session], mocked: RequestsMock
) -> None:
    add(mocked, "GET", {"status": 400, "body": "<p>", "content_type": "text/\x1b[31mhtml"})
    with pytest.raises(Unreachable) as caught:
        opened().request("GET", PATH)
    assert caught.value.message.isprintable()


@pytest.mark.parametrize("body", ['{"a": NaN}', '{"a": Infinity}', '{"a": 1e999}', '{"a": ' + "9" * 5000 + "}"])
def test_what_other_programs_could_not_read_is_no_json(
    opened: Callable[..., Session], mocked: RequestsMock, body: str
) -> None:
    add(mocked, "GET", {"body": body, "content_type": "application/json"})
    with pytest.raises(Unreachable) as caught:
        opened(retries=0).request("GET", PATH)
    assert caught.value.code == "not_json"


def test_halves_of_characters_in_an_answer_are_replaced_at_every_depth(
    opened: Callable[..., Session], mocked: RequestsMock
) -> None:
    body = r'{"a\ud800": [{"b": "\udc00c"}, "\ud83d\ude80"], "path": "C:\\udir"}'
    add(mocked, "GET", {"body": body, "content_type": "application/json"})
    assert opened().request("GET", PATH) == {"a\ufffd": [{"b": "\ufffdc"}, "🚀"], "path": "C:\\udir"}


def test_a_huge_error_is_told_in_brief(opened: Callable[..., Session], mocked: RequestsMock) -> None:
    add(mocked, "GET", {"status": 400, "json": {"message": "m" * 10**6, "errorCode": "e" * 10**6, "error": ["x"]}})
    with pytest.raises(ApiError) as caught:
        opened().request("GET", PATH)
    assert len(caught.value.message) < 2000
    assert len(repr(caught.value.failure())) < 2000


@pytest.mark.parametrize("status", [200, 400])
@pytest.mark.parametrize("body", ["[" * 200_000, "[" * 300 + "]" * 300, '{"a":' * 101 + "1" + "}" * 101])
def test_an_answer_nested_without_end_is_no_json(
    opened: Callable[..., Session], mocked: RequestsMock, status: int, body: str
) -> None:
    deep = {"status": status, "body": body, "content_type": "application/json"}
    add(mocked, "GET", deep)
    with pytest.raises(Unreachable) as caught:
        opened(retries=0).request("GET", PATH)
    assert caught.value.code == "not_json"


@pytest.mark.parametrize("status", [301, 302, 307, 400, 401, 403, 404])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_page_in_html_that_refuses_is_not_auth0_and_is_not_asked_again(
    opened: Callable[..., Session], mocked: RequestsMock, method: str, status: int
) -> None:
    add(mocked, method, {"status": status, "body": HTML, "content_type": "text/html; charset=utf-8"}, 200)
    with pytest.raises(Unreachable) as caught:
        opened().request(method, PATH)
    assert len(mocked.calls) == 1
    assert "text/html" in caught.value.message
    assert "auth0_domain" in caught.value.message
    assert not caught.value.retryable


# secrets


SECRETS = {
    "query": "secret-q",
    "body": "secret-b",
    "token": "secret-t",
    "request header": "Bearer",
    "cookie": "secret-c",
}


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    "effect",
    [
        pytest.param(requests.exceptions.ReadTimeout(f"{URL}{PATH}?q=secret-q timed out"), id="timeout"),
        pytest.param(requests.exceptions.ConnectionError(ValueError("secret-t")), id="odd answer"),
        pytest.param({"status": 400, "json": {"message": "No", "secret": "secret-b"}}, id="refused"),
        pytest.param({"status": 401, "json": {"message": "No"}}, id="unauthorized"),
        pytest.param({"status": 429, "json": TOO_MANY}, id="throttled"),
        pytest.param({"status": 500, "json": {"message": "Oops", "secret": "secret-b"}}, id="broken"),
        pytest.param({"status": 200, "body": "<p>secret-b</p>", "content_type": "text/html"}, id="html"),
        pytest.param({"status": 200, "body": "<p>", "content_type": "text/secret-t"}, id="content type"),
        pytest.param({"status": 302, "headers": {"Location": "https://x/?secret-q"}}, id="redirected"),
    ],
)
def test_no_failure_shows_a_header_a_body_a_query_or_the_token(
    opened: Callable[..., Session], mocked: RequestsMock, method: str, effect: Any
) -> None:
    if isinstance(effect, dict):
        effect = {**effect, "headers": {"Set-Cookie": "session=secret-c", **effect.get("headers", {})}}
    add(mocked, method, effect)
    with pytest.raises(Auth0Error) as caught:
        opened(retries=0).request(
            method, PATH, {"q": "secret-q"}, {"password": "secret-b"}, authorization=FixedToken("secret-t")
        )
    error = caught.value
    told = f"{error.message} {error} {error!r} {error.failure()}"
    assert [name for name, secret in SECRETS.items() if secret in told] == []
    assert error.__suppress_context__ or error.__context__ is None


@pytest.mark.parametrize("wrap", [lambda said: said, lambda said: [said], lambda said: {"at": {"why": said}}])
def test_a_secret_is_hidden_as_it_is_written_in_whatever_shape_the_server_speaks(
    opened: Callable[..., Session], mocked: RequestsMock, wrap: Callable[[str], Any]
) -> None:
    secret = 'it\'s a "señal"\n'
    add(mocked, "POST", {"status": 400, "json": {"message": wrap(f"{secret} is bad")}})
    with pytest.raises(ApiError) as caught:
        opened().request("POST", PATH, secrets=[secret])
    assert "(secret) is bad" in caught.value.message
    assert "it's" not in caught.value.message


# over real sockets


def things(dummy: RawRequest) -> bytes:
    return answer({"ok": True})


def test_all_requests_of_a_session_go_over_one_tcp_connection(opened: Callable[..., Session]) -> None:
    with wire(things) as server:
        session = opened(server.url)
        for method in ("GET", "POST", "PATCH", "GET"):
            session.request(method, PATH, {"page": 1}, {"a": 1})
        session.__exit__()
    assert len(server.requests) == 4
    assert server.connections == 1


def test_threads_that_send_at_the_same_time_have_a_connection_each_and_share_all_else(
    opened: Callable[..., Session],
) -> None:
    together = threading.Barrier(3)

    def answers(dummy: RawRequest) -> bytes:
        together.wait()
        return answer({"ok": True})

    with wire(answers) as server:
        session = opened(server.url)
        for dummy in range(2):
            with ThreadPoolExecutor(3) as pool:
                assert list(pool.map(lambda number: session.request("GET", PATH), range(3))) == [{"ok": True}] * 3
        session.__exit__()
    assert len(server.requests) == 6
    assert server.connections == 3


def test_the_lock_of_check_mode_holds_in_every_thread(opened: Callable[..., Session], mocked: RequestsMock) -> None:
    session = opened(read_only=True)
    with ThreadPoolExecutor(2) as pool, pytest.raises(Refused):
        pool.submit(session.request, "POST", PATH).result()
    assert len(mocked.calls) == 0


def test_a_connection_that_nobody_used_for_long_is_not_trusted_with_a_write() -> None:
    clock = Clock()
    with wire(things) as server:
        kept = transport.Transport(server.url, 60, None, monotonic=clock.now)
        for pause in (0, 20, 21):
            clock.time += pause
            with Session(server.url, transport=kept) as session:
                session.request("POST", PATH)
        kept.close()
    assert [request.connection for request in server.requests] == [0, 0, 1]


def test_a_connection_in_use_is_closed_when_it_is_not_any_more(opened: Callable[..., Session]) -> None:
    def close_meanwhile(dummy: RawRequest) -> bytes:
        session.__exit__()
        return answer({"ok": True})

    with wire(close_meanwhile) as server:
        session = opened(server.url)
        assert session.request("GET", PATH) == {"ok": True}
        assert session._transport._idle == []


def test_a_refusal_does_not_cost_the_connection(opened: Callable[..., Session]) -> None:
    with wire(lambda request: answer({}, 404 if len(server.requests) == 1 else 200)) as server:
        session = opened(server.url)
        with pytest.raises(ApiError):
            session.request("GET", PATH)
        session.request("GET", PATH)
        session.__exit__()
    assert server.connections == 1


@pytest.mark.parametrize("method", ["GET", *WRITES])
def test_a_refused_connection_sent_nothing_so_that_everything_is_sent_when_it_stands(
    opened: Callable[..., Session], method: str
) -> None:
    server = Wire(things)
    clock = Clock(on_sleep=server.listen)
    try:
        session = opened(server.url, sleep=clock.sleep)
        assert session.request(method, PATH, body={"a": 1}) == {"ok": True}
        session.__exit__()
    finally:
        server.close()
    assert clock.slept == [0.5]
    assert [request.method for request in server.requests] == [method]


@pytest.mark.parametrize("method", ["GET", *WRITES])
def test_a_connection_that_stays_refused_is_unreachable_not_an_unknown_outcome(
    opened: Callable[..., Session], clock: Clock, method: str
) -> None:
    server = Wire(things)
    server.close()
    with pytest.raises(Unreachable) as caught:
        opened(server.url, retries=2).request(method, PATH)
    assert caught.value.code == "unreachable"
    assert caught.value.retryable
    assert "auth0_domain" in caught.value.message
    assert "refused" in caught.value.message
    assert "object at 0x" not in caught.value.message
    assert len(clock.slept) == 2


BROKEN_OFF = "(it broke off)"


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        pytest.param(DROP, "(the connection was closed)", id="before the answer"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{", BROKEN_OFF, id="within the answer"),
        pytest.param(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{", BROKEN_OFF, id="within a chunk"),
        pytest.param(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nodd\r\n", BROKEN_OFF, id="bad chunk"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Encoding: gzip\r\n\r\nhello",
            "(it cannot be decompressed)",
            id="no gzip",
        ),
        pytest.param(b"SSH-2.0-OpenSSH_9.6 eyJh.eyJi\r\n", "(it is not HTTP)", id="no HTTP"),
        pytest.param(b"HTTP/1.1 eyJh.eyJi\r\n\r\n", "(it is not HTTP)", id="no status"),
    ],
)
def test_a_connection_that_breaks_off_is_tried_again_for_reads_and_never_for_writes(
    opened: Callable[..., Session], broken: bytes | None, told: str
) -> None:
    with wire(lambda request: things(request) if len(server.requests) == 3 else broken) as server:
        session = opened(server.url)
        assert session.request("GET", PATH) == {"ok": True}
        server.requests.clear()
        for method in WRITES:
            with pytest.raises(OutcomeUnknown) as caught:
                session.request(method, PATH, body={"a": 1})
            assert told in caught.value.message
            assert "eyJ" not in caught.value.message
            assert len(server.requests) == 1
            server.requests.clear()
        session.__exit__()


def test_a_silent_server_is_given_up_after_the_timeout(opened: Callable[..., Session]) -> None:
    silent = threading.Event()
    with wire(lambda dummy: answer({}) if silent.wait() else None) as server:
        session = opened(server.url, timeout=0.05, retries=0)
        try:
            with pytest.raises(OutcomeUnknown, match="timed out"):
                session.request("POST", PATH)
            with pytest.raises(Unreachable, match="timed out"):
                session.request("GET", PATH)
        finally:
            silent.set()
        session.__exit__()


@pytest.mark.parametrize(
    "begun",
    [
        pytest.param(b"HTTP/1.1 200 OK\r\nX-Slow: ", id="header"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n", id="body"),
    ],
)
def test_an_answer_that_comes_byte_by_byte_is_given_up_after_the_timeout(
    opened: Callable[..., Session], begun: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def byte_by_byte() -> Iterator[bytes]:
        yield begun
        for dummy in range(5):
            yield b"x"
        bytes_came.release()
        while not over.wait(0.02):
            yield b"x"

    def within(seconds: float, outcomes: queue.SimpleQueue[Any]) -> Any:
        """Let the time be over when some bytes have come."""
        assert seconds == 10 + 60
        if next(slow, False):
            bytes_came.acquire()
            raise queue.Empty
        return outcomes.get()

    monkeypatch.setattr(transport, "within", within)
    slow = iter([True, True])
    bytes_came = threading.Semaphore(0)
    over = threading.Event()
    with wire(lambda dummy: answer({}) if len(server.requests) == 3 else byte_by_byte()) as server:
        session = opened(server.url, retries=0)
        with pytest.raises(OutcomeUnknown, match="timed out"):
            session.request("POST", PATH)
        with pytest.raises(Unreachable, match="timed out"):
            session.request("GET", PATH)
        assert session.request("GET", PATH) == {}
        session.__exit__()
        over.set()
    assert server.connections == 3


def test_an_answer_larger_than_any_of_auth0s_is_not_taken_in(
    opened: Callable[..., Session], mocked: RequestsMock, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "LARGEST_ANSWER", 100_000)
    session = opened()
    add(mocked, "GET", {"json": "x" * 99_000}, {"json": "x" * 100_000})
    assert session.request("GET", PATH) == "x" * 99_000
    with pytest.raises(Unreachable, match="really an Auth0 tenant") as caught:
        session.request("GET", PATH)
    assert caught.value.code == "too_large"
    assert not caught.value.retryable
    add(mocked, "POST", {"json": "x" * 100_000})
    with pytest.raises(OutcomeUnknown):
        session.request("POST", PATH)
    assert clock.slept == []


def test_a_redirect_is_not_followed(opened: Callable[..., Session]) -> None:
    with wire(lambda dummy: answer(None, 302, {"Location": "/elsewhere"})) as server:
        session = opened(server.url)
        with pytest.raises(Unreachable):
            session.request("GET", PATH, authorization=FixedToken("t"))
        session.__exit__()
    assert [request.target for request in server.requests] == [PATH]


@pytest.mark.parametrize("encrypted", [True, False])
def test_credentials_of_a_netrc_file_are_never_sent(
    opened: Callable[..., Session],
    tls: ssl.SSLContext,
    ca_path: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    encrypted: bool,
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password something\n")
    monkeypatch.setenv("NETRC", str(netrc))
    assert requests.utils.get_netrc_auth("https://127.0.0.1") is not None
    with wire(things, tls if encrypted else None) as server:
        session = opened(server.url, ca_path=ca_path)
        session.request("GET", PATH)
        session.request("GET", PATH, authorization=FixedToken("given"))
        session.__exit__()
    assert [request.headers.get("authorization") for request in server.requests] == [None, "Bearer given"]


def test_a_cookie_of_one_answer_does_not_stop_the_next_request(opened: Callable[..., Session]) -> None:
    with wire(lambda dummy: answer({"ok": 1}, 200, {"Set-Cookie": "a=b"})) as server:
        session = opened(server.url)
        session.request("GET", PATH)
        assert session.request("GET", PATH) == {"ok": 1}
        session.__exit__()


def test_plain_http_to_loopback_never_goes_through_a_proxy(
    opened: Callable[..., Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    with wire(lambda dummy: answer({"proxy": True})) as proxy, wire(things) as server:
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.setenv("all_proxy", proxy.url)
        session = opened(server.url)
        assert session.request("GET", PATH) == {"ok": True}
        session.__exit__()
    assert proxy.requests == []


def test_an_unusable_proxy_sent_nothing_so_that_even_a_write_may_be_sent_again(
    opened: Callable[..., Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    with wire(lambda dummy: b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n") as proxy:
        monkeypatch.setenv("https_proxy", proxy.url)
        session = opened("https://acme.eu.auth0.example", retries=1)
        with pytest.raises(Unreachable) as caught:
            session.request("POST", PATH)
        session.__exit__()
    assert [request.method for request in proxy.requests] == ["CONNECT", "CONNECT"]
    assert caught.value.retryable


@contextlib.contextmanager
def tunnel(port: int) -> Iterator[str]:
    """The address of a proxy that passes everything on to a port, both ways, until one side closes."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            while self.rfile.readline().strip():
                pass
            self.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            with socket.create_connection(("127.0.0.1", port)) as target:
                ends = {self.connection: target, target: self.connection}
                while True:
                    for end in select.select(list(ends), [], [])[0]:
                        content = end.recv(65536)
                        if not content:
                            return
                        ends[end].sendall(content)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize("method", WRITES)
def test_a_write_whose_answer_is_lost_behind_a_proxy_is_not_repeated(
    opened: Callable[..., Session],
    tls: ssl.SSLContext,
    ca_path: str,
    monkeypatch: pytest.MonkeyPatch,
    method: str,
) -> None:
    with wire(lambda dummy: DROP, tls) as server, tunnel(server.port) as proxy:
        monkeypatch.setenv("https_proxy", proxy)
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        session = opened(server.url, ca_path=ca_path)
        with pytest.raises(OutcomeUnknown):
            session.request(method, PATH)
        session.__exit__()
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "address",
    [
        "http://bob:s3cr/et-word@127.0.0.1:3128",
        "http://bob:s3cr#et-word@127.0.0.1:3128",
        "htp://s3cr@x",
        "socks5://s3cr@x",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_proxy_that_cannot_be_used_is_told_at_once_without_its_password(
    opened: Callable[..., Session], clock: Clock, monkeypatch: pytest.MonkeyPatch, address: str, method: str
) -> None:
    monkeypatch.setenv("https_proxy", address)
    with pytest.raises(Unreachable) as caught:
        opened("https://acme.eu.auth0.example").request(method, PATH)
    assert caught.value.code == "bad_proxy"
    assert "HTTPS_PROXY" in caught.value.message
    assert not re.search("s3cr|et-word", caught.value.message)
    assert clock.slept == []


def test_a_proxy_that_is_down_is_named_as_what_is_down(
    opened: Callable[..., Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    with pytest.raises(Unreachable) as caught:
        opened("https://acme.eu.auth0.example", retries=0).request("POST", PATH)
    told = "cannot be reached through the proxy that the environment names"
    assert told in caught.value.message
    assert "Connection refused" in caught.value.message
    assert "Connection(" not in caught.value.message


def test_a_proxy_whose_name_is_unknown_is_not_taken_for_an_unknown_tenant(
    opened: Callable[..., Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", "http://no-such-proxy.invalid:3128")
    with pytest.raises(Unreachable) as caught:
        opened("https://acme.eu.auth0.example", retries=0).request("GET", PATH)
    assert caught.value.code == "unreachable"
    assert "through the proxy" in caught.value.message


# TLS


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def tls(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


@pytest.fixture(scope="module")
def ca_path(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return str(path)


@pytest.fixture(scope="module")
def other_ca_path(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("ca") / "other.pem"
    trustme.CA().cert_pem.write_to_path(str(path))
    return str(path)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_certificate_that_nobody_trusts_ends_the_task_before_sending_and_tells_of_ca_path(
    opened: Callable[..., Session], tls: ssl.SSLContext, clock: Clock, method: str
) -> None:
    with wire(things, tls) as server, pytest.raises(Unreachable) as caught:
        opened(server.url).request(method, PATH, authorization=FixedToken("t"))
    assert server.requests == []
    assert clock.slept == []
    assert caught.value.code == "tls"
    assert "auth0_ca_path" in caught.value.message
    assert not caught.value.retryable


def test_ca_path_is_trusted_whatever_the_environment_says(
    opened: Callable[..., Session],
    tls: ssl.SSLContext,
    ca_path: str,
    other_ca_path: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", other_ca_path)
    with wire(things, tls) as server:
        session = opened(server.url, ca_path=ca_path)
        assert session.request("GET", PATH) == {"ok": True}
        session.__exit__()


def test_ca_path_replaces_what_the_environment_trusts(
    opened: Callable[..., Session],
    tls: ssl.SSLContext,
    ca_path: str,
    other_ca_path: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", ca_path)
    with wire(things, tls) as server:
        with pytest.raises(Unreachable):
            opened(server.url, ca_path=other_ca_path).request("GET", PATH)
        session = opened(server.url)
        assert session.request("GET", PATH) == {"ok": True}
        session.__exit__()


def test_a_certificate_of_another_host_is_refused(
    opened: Callable[..., Session], authority: trustme.CA, ca_path: str
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("acme.eu.auth0.example").configure_cert(context)
    with wire(things, context) as server, pytest.raises(Unreachable) as caught:
        opened(server.url, ca_path=ca_path).request("GET", PATH)
    assert caught.value.code == "tls"


def test_a_server_that_speaks_no_tls_is_told_as_such(opened: Callable[..., Session], clock: Clock) -> None:
    with wire(things) as server, pytest.raises(Unreachable) as caught:
        opened("https://" + server.host).request("GET", PATH)
    assert caught.value.code == "tls"
    assert clock.slept == []


@pytest.mark.parametrize("content", [None, "no certificates in here\n"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_ca_path_without_certificates_is_a_failure_that_names_it(
    opened: Callable[..., Session], tmp_path: Path, method: str, content: str | None
) -> None:
    path = tmp_path / "ca.pem"
    if content:
        path.write_text(content)
    with wire(things) as server, pytest.raises(Auth0Error) as caught:
        opened("https://" + server.host, ca_path=str(path)).request(method, PATH)
    assert "auth0_ca_path" in caught.value.message
    assert not isinstance(caught.value, OutcomeUnknown)


def test_a_ca_bundle_of_the_environment_that_is_not_there_is_a_failure_not_a_traceback(
    opened: Callable[..., Session], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "missing.pem"))
    with pytest.raises(Unreachable, match="REQUESTS_CA_BUNDLE"):
        opened("https://127.0.0.1:1").request("GET", PATH)


@pytest.mark.parametrize("method", WRITES)
def test_a_tls_connection_that_breaks_off_after_a_write_leaves_its_outcome_unknown(
    opened: Callable[..., Session], tls: ssl.SSLContext, ca_path: str, method: str
) -> None:
    with wire(lambda dummy: DROP, tls) as server:
        session = opened(server.url, ca_path=ca_path)
        with pytest.raises(OutcomeUnknown):
            session.request(method, PATH, body={"a": 1})
        session.__exit__()
    assert len(server.requests) == 1


def test_a_tls_error_in_the_middle_of_a_write_leaves_its_outcome_unknown(
    opened: Callable[..., Session], mocked: RequestsMock
) -> None:
    broken = requests.exceptions.SSLError("[SSL: DECRYPTION_FAILED_OR_BAD_RECORD_MAC] decryption failed")
    add(mocked, "POST", broken)
    with pytest.raises(OutcomeUnknown):
        opened().request("POST", PATH)


@pytest.mark.parametrize(
    ("errno", "code", "waits"), [(socket.EAI_NONAME, "no_such_host", 0), (socket.EAI_AGAIN, "unreachable", 5)]
)
def test_a_host_that_does_not_exist_is_told_at_once_and_a_resolver_that_fails_is_asked_again(
    monkeypatch: pytest.MonkeyPatch, errno: int, code: str, waits: int
) -> None:
    def resolve(*dummy: Any, **__: Any) -> Any:
        raise socket.gaierror(errno, "made up")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    clock = Clock()
    with (
        Session("https://acme.eu.auth0.con", sleep=clock.sleep, now=clock.now) as session,
        pytest.raises(Unreachable) as raised,
    ):
        session.request("GET", PATH)
    assert raised.value.code == code
    assert len(clock.slept) == waits
    assert "auth0_domain" in raised.value.message
