# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A task that gets a token: for whom and for what, by which proof, its quota, and tokens that are kept."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import itertools
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import jwt
import pytest
from ansible_collections.community.auth0.plugins.module_utils._modules.token import argument_spec, obtain_token
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Task, TaskFailed
from ansible_collections.community.auth0.plugins.module_utils._tokens import cache as token_cache
from ansible_collections.community.auth0.tests.harness.in_process import Fault, Raw, Request, answered, replaced
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.keys import ec_pem, public_pem, rsa_pem
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.numbered_tenant import (
    AUDIENCE,
    CALLER,
    DOMAIN,
    TOKEN,
    URL,
    Numbered,
)
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.tasks import InvalidTask, params_of
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.wire import RawRequest, answer, wire
from responses import RequestsMock

MACHINE = {"client_id": "the-machine", "client_secret": "the-machine-s-secret"}
POST_TOKEN = "POST /oauth/token"


@pytest.fixture
def tenant(tenant: Numbered) -> Numbered:
    """It gives a token to whoever asks."""
    tenant.issue()
    return tenant


def token_task(check_mode: bool = False, environ: dict[str, str] | None = None, **options: Any) -> Task:
    """A task with these options; None takes one out."""
    given = {name: value for name, value in options.items() if value is not None}
    return Task(params_of(argument_spec(), given), check_mode, environ=environ or {})


def token_of(**claims: Any) -> str:
    return jwt.encode(claims, "x" * 40, "HS256")


# for whom and for what


@pytest.mark.parametrize("check_mode", [True, False])
def test_a_token_is_by_default_for_the_management_api_with_the_callers_credentials(
    tenant: Numbered, check_mode: bool
) -> None:
    access_token = token_of(azp="the-caller", scope="a b")
    tenant.issue(access_token, expires_in=60, scope="a b")
    assert obtain_token(token_task(check_mode, **CALLER)) == {
        "changed": False,
        "access_token": access_token,
        "token_type": "Bearer",
        "expires_in": 60,
        "scope": ["a", "b"],
        "claims": {"azp": "the-caller", "scope": "a b"},
        "cached": False,
    }
    assert tenant.requests == [POST_TOKEN]
    assert (tenant.sent[0].body["client_id"], tenant.sent[0].body["audience"]) == ("the-caller", AUDIENCE)


def test_a_token_can_be_for_another_client_and_another_api(tenant: Numbered) -> None:
    options = {"audience": "urn:api", "scope": ["a", "b"], "organization": "o"}
    result = obtain_token(token_task(**CALLER, **MACHINE, **options))
    assert tenant.sent[0].body == {
        "grant_type": "client_credentials",
        "client_id": "the-machine",
        "client_secret": "the-machine-s-secret",
        "audience": "urn:api",
        "scope": "a b",
        "organization": "o",
    }
    assert (result["scope"], result["claims"]) == ([], {})


def test_further_parameters_are_sent_as_texts(tenant: Numbered) -> None:
    obtain_token(token_task(**CALLER, parameters={"tier": "gold", "level": 3, "dry": True, "none": None}))
    body = tenant.sent[0].body
    assert {name: body.get(name) for name in ("tier", "level", "dry")} == {"tier": "gold", "level": "3", "dry": "true"}
    assert "none" not in body


def test_the_own_client_needs_credentials_even_where_a_token_is_given(tenant: Numbered) -> None:
    obtain_token(token_task(**CALLER, auth0_api_token=TOKEN))
    with pytest.raises(TaskFailed, match="No credentials to get a token with") as caught:
        obtain_token(token_task(auth0_api_token=TOKEN))
    assert caught.value.error.code == "no_credentials"
    assert tenant.requests == [POST_TOKEN]


# by which proof


def test_a_secret_is_sent_in_the_body_or_in_a_header_as_the_client_wants_it(tenant: Numbered) -> None:
    for method in (None, "client_secret_post", "client_secret_basic"):
        obtain_token(token_task(**MACHINE, token_endpoint_auth_method=method))
    assert [call.body.get("client_secret") for call in tenant.sent] == ["the-machine-s-secret"] * 2 + [None]
    kind, dummy, pair = tenant.sent[2].headers["authorization"].partition(" ")
    assert (kind, base64.b64decode(pair)) == ("Basic", b"the-machine:the-machine-s-secret")


@pytest.mark.parametrize("around", ["{} ", "\n{}\r\n", "'{}'", "\u201c {}\u201d", "\ufeff{}"])
def test_what_came_along_with_credentials_is_cut(tenant: Numbered, around: str) -> None:
    obtain_token(token_task(**{name: around.format(value) for name, value in MACHINE.items()}))
    sent = tenant.sent[0].body
    assert (sent["client_id"], sent["client_secret"]) == tuple(MACHINE.values())


@pytest.mark.parametrize("alg", ["RS256", "RS384", "PS256"])
def test_a_client_can_sign_with_a_key_in_each_of_auth0s_algorithms(tenant: Numbered, alg: str) -> None:
    task = token_task(client_id="the-machine", private_key=rsa_pem(), key_id="the-kid", signing_alg=alg)
    obtain_token(task)
    body = tenant.sent[0].body
    assert set(body) == {"grant_type", "audience", "client_id", "client_assertion", "client_assertion_type"}
    header = jwt.get_unverified_header(body["client_assertion"])
    assert (header["alg"], header["kid"]) == (alg, "the-kid")
    claims = jwt.decode(body["client_assertion"], public_pem(), [alg], audience=f"https://{DOMAIN}/")
    assert (claims["iss"], claims["sub"]) == ("the-machine", "the-machine")
    assert task.warnings == []


@pytest.mark.parametrize(("mode", "warnings"), [(0o600, 0), (0o640, 1)])
def test_a_key_can_be_in_a_file_which_others_should_not_read(
    tenant: Numbered, tmp_path: Path, mode: int, warnings: int
) -> None:
    file = tmp_path / "key.pem"
    file.write_text(rsa_pem())
    file.chmod(mode)
    task = token_task(client_id="the-machine", private_key=str(file))
    obtain_token(task)
    assert len(task.warnings) == warnings
    assert all("private_key: others can read this file (its mode is 0o640)." in warning for warning in task.warnings)
    assert "client_assertion" in tenant.sent[0].body


def test_the_callers_own_key_serves_as_well(tenant: Numbered) -> None:
    obtain_token(token_task(auth0_client_id="the-caller", auth0_private_key=rsa_pem(), auth0_private_key_id="k"))
    assert jwt.get_unverified_header(tenant.sent[0].body["client_assertion"])["kid"] == "k"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        pytest.param(public_pem(), "private_key is a public key", id="public"),
        pytest.param(rsa_pem(b"passphrase"), "private_key is encrypted", id="encrypted"),
        pytest.param(ec_pem(), "private_key is not an RSA key", id="EC"),
        pytest.param(rsa_pem()[:400], "private_key is not a private key in PEM format", id="cut short"),
        pytest.param("/nowhere/key.pem", "private_key is neither a private key .* No such file", id="missing"),
        pytest.param("", "private_key is empty", id="empty"),
    ],
)
def test_a_key_that_cannot_sign_is_told_without_showing_it(tenant: Numbered, given: str, told: str) -> None:
    with pytest.raises(TaskFailed, match=told.replace(" .* ", ".*")) as caught:
        obtain_token(token_task(client_id="the-machine", private_key=given))
    shown = f"{caught.value.error.message} {caught.value.error.failure()}"
    assert not given or given not in shown
    assert "BEGIN" not in shown
    assert tenant.requests == []


@pytest.mark.parametrize("callers", [False, True])
def test_a_secret_of_which_the_task_says_that_it_is_new_is_given_time_to_be_accepted(
    tenant: Numbered, monkeypatch: pytest.MonkeyPatch, callers: bool
) -> None:
    waited: list[float] = []
    monkeypatch.setattr(Task, "pause", lambda task, seconds: waited.append(seconds))
    client = CALLER if callers else MACHINE
    for new, sent in ((False, 1), (True, 3)):
        tenant.heal()
        tenant.forget()
        tenant.fail(answered(401, "Unauthorized", "access_denied"), "POST", "/oauth/token", times=2)
        tenant.fail(replaced({"access_token": TOKEN}, performed=False), "POST", "/oauth/token")
        task = token_task(**client, secret_is_new=new)
        with contextlib.nullcontext() if new else pytest.raises(TaskFailed, match="secret is wrong"):
            assert obtain_token(task)["access_token"] == TOKEN
        assert tenant.requests == [POST_TOKEN] * sent
    assert waited == [1, 2]


# what cannot be meant


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"client_id": "c"}, "give client_secret or private_key"),
        ({**CALLER, "parameters": {"scope": "x", "audience": "y"}}, "audience, scope cannot be given there"),
        ({**CALLER, "parameters": {"x": [1]}}, "parameters: x must be a string"),
        (
            {"client_id": "c", "private_key": rsa_pem(), "token_endpoint_auth_method": "client_secret_basic"},
            "is for a secret",
        ),
        ({"client_id": "c", "private_key": rsa_pem(), "secret_is_new": True}, "secret_is_new is for a secret"),
        ({**MACHINE, "private_key": "k"}, "mutually exclusive: client_secret|private_key"),
        ({"client_secret": "s"}, "required by 'client_secret': client_id"),
        ({**MACHINE, "key_id": "k"}, "required by 'key_id': private_key"),
        ({**CALLER, "cache": True, "cache_min_lifetime": -1}, "cache_min_lifetime: -1 is not from 0 to 2591999"),
        ({**CALLER, "cache": True, "cache_min_lifetime": 2_592_000}, "cache_min_lifetime: 2592000 is not from 0"),
        ({**CALLER, "cache_refresh": True}, "cache_refresh does nothing without cache: true"),
        ({**CALLER, "audience": ""}, "audience is empty"),
        ({**CALLER, "audience": " \n"}, "audience is empty"),
        ({**CALLER, "organization": ""}, "organization is empty"),
        ({"client_id": "", "client_secret": "", **CALLER}, "client_id is empty"),
        ({"client_id": "c", "client_secret": "", **CALLER}, "client_secret is empty"),
        ({**CALLER, "scope": []}, "scope is empty"),
        ({**CALLER, "scope": ["read:a", ""]}, "scope is empty, or holds an empty item"),
        ({**CALLER, "scope": [" "]}, "scope is empty, or holds an empty item"),
    ],
)
def test_bad_options_are_told_before_anything_is_sent(tenant: Numbered, options: dict[str, Any], told: str) -> None:
    with pytest.raises((TaskFailed, InvalidTask), match=told):
        obtain_token(token_task(**options))
    assert tenant.requests == []


def test_a_refusal_fails_with_its_explanation_and_changes_nothing(tenant: Numbered) -> None:
    tenant.heal()
    tenant.add_api("urn:api")
    with pytest.raises(TaskFailed) as caught:
        obtain_token(token_task(**CALLER, audience="urn:api"))
    assert caught.value.error.code == "no_client_grant"
    assert not caught.value.changed


# limits and quotas

ANSWER = {"access_token": "t", "token_type": "Bearer", "expires_in": 86400}
QUOTA_EXCEEDED = {"error": "too_many_requests", "error_description": "Client quota exceeded"}


def test_the_quotas_that_the_answer_tells_are_returned(mocked: RequestsMock) -> None:
    headers = {
        "Auth0-Client-Quota-Limit": "b=per_hour;q=10;r=7;t=3540,b=per_day;q=50;r=47;t=43200",
        "Auth0-Organization-Quota-Limit": "b=per_hour;q=50;r=47;t=3540",
    }
    mocked.post(f"{URL}/oauth/token", json=ANSWER, headers=headers)
    task = token_task(**CALLER)
    assert obtain_token(task)["quota"] == {
        "client": {
            "per_hour": {"limit": 10, "remaining": 7, "resets_in": 3540},
            "per_day": {"limit": 50, "remaining": 47, "resets_in": 43200},
        },
        "organization": {"per_hour": {"limit": 50, "remaining": 47, "resets_in": 3540}},
    }
    assert task.warnings == []


def test_a_quota_that_is_nearly_used_up_gets_a_warning(mocked: RequestsMock) -> None:
    headers = {"Auth0-Client-Quota-Limit": "b=per_hour;q=10;r=1;t=3540"}
    mocked.post(f"{URL}/oauth/token", json=ANSWER, headers=headers)
    task = token_task(**CALLER)
    obtain_token(task)
    assert ["Tokens left for this client: 1 of 10 per hour" in warning for warning in task.warnings] == [True]


def test_only_the_answer_with_the_token_tells_the_quota(mocked: RequestsMock) -> None:
    for status, body, remaining in ((503, {}, 9), (200, ANSWER, 8)):
        headers = {"Auth0-Client-Quota-Limit": f"b=per_day;q=10;r={remaining};t=10"}
        mocked.post(f"{URL}/oauth/token", status=status, json=body, headers=headers)
    assert obtain_token(token_task(**CALLER))["quota"]["client"]["per_day"]["remaining"] == 8


def test_a_quota_that_is_used_up_fails_at_once_and_tells_when_it_resets(mocked: RequestsMock) -> None:
    """Trying again within the hour would only use up the tenant's rate limit (documented)."""
    headers = {"Auth0-Client-Quota-Limit": "b=per_hour;q=10;r=0;t=3540", "Retry-After": "3540"}
    mocked.post(f"{URL}/oauth/token", status=429, json=QUOTA_EXCEEDED, headers=headers)
    with pytest.raises(TaskFailed) as caught:
        obtain_token(token_task(**CALLER))
    error = caught.value.error
    assert error.message.endswith("the limit of tokens is reached (Client quota exceeded). Try again in 59 minutes.")
    assert (error.code, error.status, error.retryable) == ("too_many_requests", 429, True)
    assert len(mocked.calls) == 1
    assert "r=0" not in f"{error.message} {error.failure()}"


def test_a_limit_that_resets_soon_is_waited_for_as_often_as_auth0_retries_says(mocked: RequestsMock) -> None:
    for dummy in range(2):
        mocked.post(f"{URL}/oauth/token", status=429, json=QUOTA_EXCEEDED, headers={"Retry-After": "0"})
    mocked.post(f"{URL}/oauth/token", json=ANSWER)
    with pytest.raises(TaskFailed, match="Client quota exceeded"):
        obtain_token(token_task(**CALLER, auth0_retries=1))
    assert len(mocked.calls) == 2
    assert obtain_token(token_task(**CALLER))["access_token"] == "t"


# tokens that are kept


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home directory, and keys that are computed fast."""
    monkeypatch.setattr(token_cache, "ITERATIONS", 1)
    return tmp_path


def kept(home: Path, check_mode: bool = False, **options: Any) -> dict[str, Any]:
    """The result of a task that keeps tokens; nothing may be in the way of that."""
    task = token_task(check_mode, {"HOME": str(home)}, **{"cache": True, **MACHINE, **options})
    result = obtain_token(task)
    assert task.warnings == []
    return result


def numbered(tenant: Numbered, expires_in: int = 86400) -> None:
    """Let the tenant issue another token each time."""
    numbers = itertools.count(1)

    def answer(request: Request, answer: Raw) -> Raw:
        return answer.with_json({"access_token": f"token-{next(numbers)}", "expires_in": expires_in}, 200)

    tenant.heal()
    tenant.fail(Fault("numbered", False, answer), "POST", "/oauth/token", times=9)


def test_a_token_is_only_kept_on_request(tenant: Numbered, home: Path) -> None:
    assert kept(home, cache=False)["cached"] is False
    assert kept(home, cache=False)["cached"] is False
    assert list(home.iterdir()) == []
    assert len(tenant.requests) == 2


def test_a_kept_token_has_the_result_of_a_requested_one_but_for_its_age(tenant: Numbered, home: Path) -> None:
    access_token = token_of(azp="the-machine", scope="a b")
    tenant.issue(access_token, expires_in=600, scope="a b")
    first, second = kept(home), kept(home)
    assert (first["cached"], second["cached"]) == (False, True)
    assert first["expires_in"] == 600
    assert 590 <= second["expires_in"] <= 600
    assert {**first, "cached": True, "expires_in": second["expires_in"]} == second
    assert tenant.requests == [POST_TOKEN]


def test_check_mode_uses_the_cache_too(tenant: Numbered, home: Path) -> None:
    assert [kept(home, check_mode)["cached"] for check_mode in (True, False, True)] == [False, True, True]


def test_a_refreshed_token_takes_the_place_of_the_kept_one(tenant: Numbered, home: Path) -> None:
    numbered(tenant)
    tokens = [kept(home)["access_token"], kept(home, cache_refresh=True)["access_token"], kept(home)["access_token"]]
    assert tokens == ["token-1", "token-2", "token-2"]


def test_a_task_that_wants_another_token_takes_one_that_was_requested_after_it_began(
    tenant: Numbered, home: Path
) -> None:
    numbered(tenant)
    kept(home)
    options = {"cache": True, "cache_refresh": True, **MACHINE}
    first, second = (token_task(environ={"HOME": str(home)}, **options) for dummy in range(2))
    results = [obtain_token(task) for task in (first, second)]
    assert [(result["access_token"], result["cached"]) for result in results] == [("token-2", False), ("token-2", True)]
    assert kept(home, cache_refresh=True)["access_token"] == "token-3"


@pytest.mark.parametrize("lifetime", [-1, 10**30, True, "86400", None])
def test_a_token_with_an_absurd_lifetime_is_returned_and_not_kept(tenant: Numbered, home: Path, lifetime: Any) -> None:
    tenant.issue(expires_in=lifetime)
    task = token_task(environ={"HOME": str(home)}, cache=True, **MACHINE)
    result = obtain_token(task)
    assert (result["access_token"], result["cached"]) == (TOKEN, False)
    assert ["The token could not be kept" in warning for warning in task.warnings] == [True]


def test_a_token_that_lives_too_short_is_requested_again(tenant: Numbered, home: Path) -> None:
    numbered(tenant, expires_in=600)
    assert [kept(home, cache_min_lifetime=10)["cached"], kept(home, cache_min_lifetime=10)["cached"]] == [False, True]
    task = token_task(environ={"HOME": str(home)}, cache=True, cache_min_lifetime=601, **MACHINE)
    assert obtain_token(task)["access_token"] == "token-2"
    assert task.warnings == [
        "cache_min_lifetime is 601, but such a token is only valid for 600 seconds: one is requested each time."
    ]


OTHERS: list[dict[str, Any]] = [
    {"auth0_domain": "other.eu.auth0.com", "audience": AUDIENCE},
    {"client_id": "another"},
    {"client_secret": "another-secret"},
    {"token_endpoint_auth_method": "client_secret_basic"},
    {"client_secret": None, "private_key": rsa_pem()},
    {"client_secret": None, "private_key": rsa_pem(bits=3072)},
    {"client_secret": None, "private_key": rsa_pem(), "key_id": "another"},
    {"client_secret": None, "private_key": rsa_pem(), "signing_alg": "PS256"},
    {"audience": "urn:api"},
    {"audience": "urn:api/"},
    {"scope": ["a"]},
    {"scope": ["a", "b"]},
    {"scope": ["a b c"]},
    {"organization": "org"},
    {"parameters": {"tier": "gold"}},
    {"parameters": {"tier": "silver"}},
]


def test_a_token_is_only_found_for_exactly_what_it_was_requested_for(mocked: RequestsMock, home: Path) -> None:
    for number, other in enumerate([{}, *OTHERS]):
        url = "https://" + other.get("auth0_domain", DOMAIN)
        mocked.post(f"{url}/oauth/token", json={"access_token": f"token-{number}", "expires_in": 86400})
        assert kept(home, **other)["access_token"] == f"token-{number}"
    for number, other in enumerate([{}, *OTHERS]):
        assert kept(home, **other)["access_token"] == f"token-{number}"
    assert len(mocked.calls) == 1 + len(OTHERS)


def test_the_order_of_scopes_does_not_matter(tenant: Numbered, home: Path) -> None:
    assert [kept(home, scope=scope)["cached"] for scope in (["a", "b"], ["b", "a", "b"])] == [False, True]


def test_the_management_token_of_the_caller_is_kept_too(tenant: Numbered, home: Path) -> None:
    own = {"client_id": None, "client_secret": None, **CALLER}
    assert [kept(home, **own)["cached"], kept(home, **own)["cached"]] == [False, True]
    assert kept(home, **own, audience=AUDIENCE)["cached"] is True


def test_a_token_is_not_kept_with_anything_from_which_a_secret_can_be_told(tenant: Numbered, home: Path) -> None:
    secrets = ["the-machine-s-secret", "a-parameter-s-secret"]
    kept(home, parameters={"password": secrets[1]})
    found = b"".join(
        os.fsencode(path) + (path.read_bytes() if path.is_file() else b"") for path in sorted(home.rglob("*"))
    )
    assert TOKEN.encode() in found
    for secret in secrets:
        raw = secret.encode()
        digests = [hashlib.new(name, raw).digest() for name in ("md5", "sha1", "sha256", "sha512")]
        for shown in (raw, *digests):
            assert shown not in found
            assert shown.hex().encode() not in found
            assert base64.b64encode(shown).rstrip(b"=") not in found


def test_what_is_kept_comes_back_as_a_token_and_nothing_else(tenant: Numbered, home: Path) -> None:
    kept(home)
    (file,) = home.rglob("*.json")
    entry = json.loads(file.read_text())
    entry["answer"].update(refresh_token="planted", quota={"client": {}})
    file.write_text(json.dumps({**entry, "msg": "planted"}))
    result = kept(home)
    assert result["cached"] is True
    assert set(result) == {"changed", "access_token", "token_type", "expires_in", "scope", "claims", "cached"}
    assert "planted" not in json.dumps(result)


def test_a_cache_that_cannot_be_used_is_a_warning(tenant: Numbered, home: Path) -> None:
    (home / ".cache").write_text("")
    task = token_task(environ={"HOME": str(home)}, cache=True, **MACHINE)
    assert obtain_token(task)["access_token"] == TOKEN
    assert ["The cache for tokens cannot be used" in warning for warning in task.warnings] == [True]
    assert tenant.requests == [POST_TOKEN]


PROCESS = """
import json, os, sys
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Task
from ansible_collections.community.auth0.plugins.module_utils._modules.token import obtain_token
task = Task(json.loads(sys.stdin.readline()), environ=os.environ)
print("ready", flush=True)
sys.stdin.readline()
result = obtain_token(task)
print(json.dumps([result["access_token"], result["cached"], task.warnings]))
"""


@pytest.mark.parametrize("refresh", [False, True])
def test_of_many_processes_one_requests_the_token_and_the_others_use_it(tmp_path: Path, refresh: bool) -> None:
    """Also where all want another one than that which is kept, since each began to ask before it was requested."""
    all_ask = threading.Event()

    def answers(request: RawRequest) -> bytes:
        all_ask.wait()
        return answer({"access_token": "the-token", "expires_in": 600})

    with wire(answers) as server, contextlib.ExitStack() as running:
        params = params_of(
            argument_spec(),
            # An hour, as this must not depend on how busy the machine is.
            {
                **MACHINE,
                "cache": True,
                "cache_refresh": refresh,
                "auth0_domain": server.url,
                "auth0_timeout": 3600,
            },
        )
        if refresh:
            all_ask.set()
            obtain_token(Task(params, environ={"HOME": str(tmp_path)}))
            all_ask.clear()
            server.requests.clear()
        processes = [
            running.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", PROCESS],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                    env={**os.environ, "HOME": str(tmp_path), "XDG_CACHE_HOME": ""},
                )
            )
            for dummy in range(5)
        ]
        for process in processes:
            assert process.stdin and process.stdout
            process.stdin.write(json.dumps(params) + "\n")
            process.stdin.flush()
            assert process.stdout.readline() == "ready\n"
        for process in processes:
            assert process.stdin
            process.stdin.write("\n")
            process.stdin.flush()
        all_ask.set()
        results = [json.loads(process.communicate()[0]) for process in processes]
        assert len(server.requests) == 1
    assert sorted(results) == [["the-token", False, []]] + [["the-token", True, []]] * 4
