# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The request log, faults and rate limits."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from auth0_emulator.controls.latency import recorded
from auth0_emulator.controls.rate_limit import PLANS, Bucket, Rate
from auth0_emulator.controls.request_log import logged_body


def log(tenant: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tenant.http.get("/_emulator/requests").json()
    return rows


def faults(tenant: Any, *rows: dict[str, Any]) -> None:
    answer = tenant.http.put("/_emulator/faults", json=list(rows))
    assert answer.status_code == 204, answer.text


def test_the_log_shows_requests(controls: Any) -> None:
    controls.call("GET", "/clients?per_page=1&page=0")
    controls.call("GET", "/nowhere")
    controls.call("POST", "/clients", {"name": ""})
    one, two, three = log(controls)
    assert (one["method"], one["path"], one["query"], one["status"]) == (
        "GET",
        "/api/v2/clients",
        {"per_page": ["1"], "page": ["0"]},
        200,
    )
    assert "body" not in one
    assert (two["path"], two["status"]) == ("/api/v2/nowhere", 404)
    assert (three["body"], three["status"]) == ({"name": ""}, 400)


def test_the_log_counts_connections(controls: Any) -> None:
    for dummy in range(3):
        controls.call("GET", "/clients?per_page=1")
    httpx.get(controls.row["url"] + "/.well-known/openid-configuration")
    ports = [row["connection"] for row in log(controls)]
    assert (len(ports), len(set(ports))) == (4, 2)


def test_the_log_keeps_escapes(controls: Any) -> None:
    controls.call("GET", "/resource-servers/https:%2F%2Fa%2Fb")
    assert log(controls)[0]["path"] == "/api/v2/resource-servers/https:%2F%2Fa%2Fb"


def test_the_log_holds_no_secrets(controls: Any) -> None:
    secrets = [controls.row["client_secret"], "SECRET-1", "SECRET-2", "SECRET-3", "SECRET-4", "SECRET-5"]
    token = controls.token()
    client = controls.make("/clients", {"name": "n"})
    controls.call("PATCH", f"/clients/{client['client_id']}", {"client_secret": "SECRET-1"}, token)
    controls.call("POST", "/resource-servers", {"identifier": "urn:log", "signing_secret": "SECRET-2-and-more"}, token)
    controls.http.post("/oauth/token", data={"client_secret": "SECRET-3", "client_assertion": "SECRET-4"})
    controls.http.post("/oauth/token?client_secret=SECRET-5", content=b"client_secret=SECRET-5")
    text = controls.http.get("/_emulator/requests").text
    for secret in [*secrets, token, client["client_secret"]]:
        assert secret not in text
    assert text.count("[REDACTED]") >= 5


def test_the_log_holds_no_secrets_of_grants_that_are_refused(controls: Any) -> None:
    secrets = dict.fromkeys(("password", "refresh_token", "subject_token", "actor_token"), "SECRET")
    answer = controls.http.post("/oauth/token", json={"grant_type": "password", "username": "name", **secrets})
    assert answer.status_code == 400
    assert log(controls)[0]["body"] == {
        "grant_type": "password",
        "username": "name",
        **dict.fromkeys(secrets, "[REDACTED]"),
    }
    settings = {"rotation_type": "rotating", "expiration_type": "expiring"}
    controls.make("/clients", {"name": "n", "refresh_token": settings})
    assert log(controls)[1]["body"] == {"name": "n", "refresh_token": settings}


def test_the_log_holds_no_secrets_of_addons(controls: Any) -> None:
    secrets = {
        "azure_blob": {"accountName": "name", "storageAccessKey": "S" * 86 + "=="},
        "azure_sb": {"sasKeyName": "name", "sasKey": "SECRET"},
        "firebase": {"secret": "SECRET", "private_key_id": "name", "private_key": "SECRET"},
        "layer": {"providerId": "name", "keyId": "name", "privateKey": "SECRET"},
        "sap_api": {"clientid": "name", "servicePassword": "SECRET"},
        "wams": {"masterkey": "SECRET"},
    }
    controls.make("/clients", {"name": "n", "addons": secrets})
    text = controls.http.get("/_emulator/requests").text
    assert "SECRET" not in text
    assert "S" * 86 not in text
    assert (text.count("[REDACTED]"), text.count('"name"')) == (7, 7)


def test_the_log_holds_no_secrets_of_actions(controls: Any) -> None:
    body = {"name": "a", "supported_triggers": [], "secrets": [{"name": "KEY", "value": "hidden"}]}
    controls.call("POST", "/actions/actions", body)
    assert log(controls)[-1]["body"]["secrets"] == [{"name": "KEY", "value": "[REDACTED]"}]


def test_the_log_holds_no_values_of_headers_of_a_log_stream(controls: Any) -> None:
    headers = [{"header": "X-Token", "value": "SECRET"}]
    sink = {"httpEndpoint": "https://logs.example.com/", "httpCustomHeaders": headers}
    controls.make("/log-streams", {"name": "n", "type": "http", "sink": sink})
    assert log(controls)[-1]["body"]["sink"]["httpCustomHeaders"] == [{"header": "X-Token", "value": "[REDACTED]"}]


@pytest.mark.parametrize(
    ("address", "logged"),
    [
        ("https://user:SECRET@logs.example.com:8443/in?token=SECRET#SECRET", "https://*@logs.example.com:8443/in?*#*"),
        ("https://SECRET@logs.example.com", "https://*@logs.example.com"),
        ("https://logs.example.com/in", "https://logs.example.com/in"),
        ("https://[SECRET", "*"),
        ("user:SECRET@logs.example.com", "*"),
    ],
)
def test_the_log_holds_an_address_of_a_log_stream_without_what_may_be_secret(address: str, logged: str) -> None:
    body = json.dumps({"sink": {"httpEndpoint": address}}).encode()
    assert logged_body(body, "application/json") == {"sink": {"httpEndpoint": logged.replace("*", "[REDACTED]")}}


def test_the_log_can_be_cleared(controls: Any) -> None:
    controls.call("GET", "/clients?per_page=1")
    assert controls.http.delete("/_emulator/requests").status_code == 204
    assert log(controls) == []


def test_a_status_for_the_first_requests(controls: Any) -> None:
    faults(
        controls, {"method": "POST", "path": "/clients$", "times": 2, "status": 503, "headers": {"Retry-After": "1"}}
    )
    assert controls.call("GET", "/clients?per_page=1").status_code == 200
    for dummy in range(2):
        answer = controls.call("POST", "/clients", {"name": "n"})
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    assert controls.call("POST", "/clients", {"name": "n"}).status_code == 201


def test_a_body_that_is_no_json(controls: Any) -> None:
    faults(controls, {"path": "/clients", "status": 502, "body": "<html>"}, {"path": "/clients", "body": "{oops"})
    first = controls.http.get("/api/v2/clients")
    assert (first.status_code, first.text) == (502, "<html>")
    garbage = controls.http.get("/api/v2/clients")
    assert (garbage.status_code, garbage.text) == (401, "{oops")


def test_a_status_that_has_no_body(controls: Any) -> None:
    faults(controls, {"path": "/clients", "status": 204}, {"path": "/clients", "status": 304, "body": "x"})
    for status in (204, 304):
        answer = controls.http.get("/api/v2/clients")
        assert (answer.status_code, answer.content) == (status, b"")


def test_a_delay(controls: Any) -> None:
    faults(controls, {"path": "jwks", "delay": 0.3})
    assert controls.http.get("/.well-known/jwks.json").elapsed.total_seconds() >= 0.3
    assert controls.http.get("/.well-known/jwks.json").elapsed.total_seconds() < 0.3


@pytest.mark.parametrize(("drop", "made"), [("before", 0), ("after", 1)])
def test_a_dropped_connection(controls: Any, drop: str, made: int) -> None:
    identifier = f"urn:drop:{drop}"
    faults(controls, {"method": "POST", "path": "/resource-servers", "drop": drop})
    with pytest.raises(httpx.TransportError):
        controls.call("POST", "/resource-servers", {"identifier": identifier})
    assert log(controls)[-1]["status"] is None
    found = controls.call("GET", f"/resource-servers?identifiers={identifier}").json()
    assert len(found) == made


def test_faults_can_be_cleared(controls: Any) -> None:
    faults(controls, {"path": ".", "times": 99, "status": 500})
    assert controls.http.delete("/_emulator/faults").status_code == 204
    assert controls.call("GET", "/clients?per_page=1").status_code == 200


@pytest.mark.parametrize(
    "bad",
    [
        {},
        [{}],
        [{"path": "(", "status": 500}],
        [{"path": "x", "method": "(", "status": 500}],
        [{"path": "x"}],
        [{"path": "x", "status": "500"}],
        [{"path": "x", "status": 500, "wrong": 1}],
        [{"path": "x", "status": 500, "headers": {"a\nb": "c"}}],
        [{"path": "x", "status": 500, "headers": {"a": "\u20ac"}}],
    ],
)
def test_bad_faults_are_refused(controls: Any, bad: Any) -> None:
    assert controls.http.put("/_emulator/faults", json=bad).status_code == 400


def test_every_answer_tells_the_rate_limit(controls: Any) -> None:
    for path in ("/api/v2/clients", "/api/v2/nowhere", "/oauth/token", "/.well-known/jwks.json"):
        headers = controls.http.get(path).headers
        assert int(headers["x-ratelimit-remaining"]) < int(headers["x-ratelimit-limit"])
        assert abs(int(headers["x-ratelimit-reset"]) - time.time()) < 10


def test_json_is_told_to_be_in_utf8(controls: Any) -> None:
    """As the real servers tell it of every JSON answer, also of an empty one."""
    client = controls.make("/clients", {"name": "ä"})["client_id"]
    answers = [
        controls.http.get("/.well-known/jwks.json"),
        controls.http.get("/api/v2/nowhere"),
        controls.token_request(),
        controls.call("GET", "/clients"),
        controls.call("DELETE", f"/clients/{client}"),
    ]
    assert {answer.headers["content-type"] for answer in answers} == {"application/json; charset=utf-8"}


def test_the_keys_have_a_limit_of_their_own_on_the_free_plan(start: Any) -> None:
    row = start("--tenant", "free", "--rate-limit", "free").wait()["tenants"][0]
    limits = {}
    for path in ("jwks.json", "openid-configuration"):
        limits[path] = httpx.get(f"{row['url']}/.well-known/{path}").headers["x-ratelimit-limit"]
    assert limits == {"jwks.json": "20", "openid-configuration": "30"}


def test_rate_limit(start: Any, client_of: Callable[..., Any]) -> None:
    row = start("--tenant", "limited", "--rate-limit", "3/1").wait()["tenants"][0]
    with client_of(row) as tenant:
        answers = [tenant.http.get("/api/v2/clients") for dummy in range(4)]
        assert [answer.status_code for answer in answers] == [401, 401, 401, 429]
        assert [answer.headers["x-ratelimit-remaining"] for answer in answers] == ["2", "1", "0", "0"]
        assert answers[3].json() == {
            "statusCode": 429,
            "error": "Too Many Requests",
            "message": "Global limit has been reached",
            "errorCode": "too_many_requests",
        }
        assert tenant.token()
        time.sleep(max(0, int(answers[3].headers["x-ratelimit-reset"]) - time.time()))
        assert tenant.http.get("/api/v2/clients").status_code == 401


def test_the_plans(start: Any, client_of: Callable[..., Any]) -> None:
    row = start("--tenant", "small", "--rate-limit", "essentials").wait()["tenants"][0]
    with client_of(row) as tenant:
        answers = [tenant.http.get("/api/v2/clients") for dummy in range(6)]
        assert [answer.status_code for answer in answers] == [401] * 5 + [429]
        assert answers[5].json()["message"] == "Endpoint limit has been reached"
        searches = [tenant.http.get("/api/v2/clients?q=x&take=1") for dummy in range(6)]
        assert [answer.status_code for answer in searches] == [401] * 5 + [429]
        others = [tenant.http.get("/api/v2/roles") for dummy in range(11)]
        assert {answer.headers["x-ratelimit-limit"] for answer in others} == {"10"}
        assert others[10].json()["message"] == "Global limit has been reached"


@pytest.mark.parametrize(("plan", "burst", "per_second"), [("free", 2, 2), ("enterprise", 50, 16)])
def test_the_documented_numbers(plan: str, burst: int, per_second: int) -> None:
    assert PLANS[plan].management == Rate(burst, per_second)


def test_a_bucket_refills() -> None:
    now = [1000.0]
    bucket = Bucket(Rate(2, 0.5), "enough", lambda: now[0])
    assert [bucket.take().allowed for dummy in range(3)] == [True, True, False]
    refused = bucket.take()
    assert (refused.remaining, refused.reset) == (0, 1002)
    now[0] = 1002.0
    assert [bucket.take().allowed for dummy in range(2)] == [True, False]
    now[0] = 2000.0
    assert [bucket.take().allowed for dummy in range(3)] == [True, True, False]


def test_the_recorded_latency_has_the_recorded_median() -> None:
    for method, path, median in (("GET", "/api/v2/clients", 0.339), ("POST", "/oauth/token", 0.18)):
        samples = sorted(recorded(method, path) for dummy in range(2001))
        assert samples[1000] == pytest.approx(median, rel=0.15)
        assert samples[0] > 0
