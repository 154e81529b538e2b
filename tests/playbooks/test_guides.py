# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The tasks in the guides are playbooks that work, and show no secret."""

from __future__ import annotations

import itertools
import json
import re
import stat
import typing as t
import urllib.parse
from pathlib import Path

import pytest
import yaml
from ansible_collections.community.auth0.plugins.lookup.auth0_token import EXAMPLES

from .support import (
    DECLARATIONS,
    JWT,
    LEDGER,
    ORDERS,
    ROOT,
    SIGNING_SECRET,
    Player,
    Tenant,
    blocks,
    protected_api,
    rendered,
    secrets,
    template,
    tool,
)

GUIDES = ("protecting-an-api", "calling-an-api", "delivering-secrets")


def tasks_of(guide: str) -> list[dict[str, t.Any]]:
    """The tasks of the playbook that a guide is."""
    (play,) = yaml.safe_load(blocks((ROOT / "docs" / f"{guide}.md").read_text(), "yaml"))
    return list(play["tasks"])


def test_the_tasks_of_the_guides_are_playbooks_that_show_no_secret(
    player: Player, tenants: list[Tenant], tmp_path: Path
) -> None:
    dev = tenants[0]
    dev.set_up(DECLARATIONS)
    clients = {name: dev.create("clients", name=name, app_type="non_interactive") for name in ("my-service", "reports")}
    dev.create("client-grants", client_id=clients["reports"]["client_id"], audience=ORDERS, scope=["read:orders"])
    before = secrets(dev)
    playbooks = []
    for guide in GUIDES:
        playbooks.append(str(tmp_path / f"{guide}.yml"))
        Path(playbooks[-1]).write_text(blocks((ROOT / "docs" / f"{guide}.md").read_text(), "yaml"))

    # A store that writes down the arguments of its processes, which everybody can see, and what it is given.
    store = tmp_path / "commands" / "secret-store"
    store.parent.mkdir()
    store.write_text(f'#!{tool("sh")}\necho "$@" >> \'{tmp_path}/arguments\'\ncat > "{tmp_path}/$(echo $2 | tr / .)"\n')
    store.chmod(0o700)
    player.environment.update({name.upper(): value for name, value in dev.access.items()})
    player.environment.update(PATH=f"{store.parent}:{player.environment['PATH']}")
    player.declare({"unused": {}})  # an empty inventory gets a warning
    with protected_api(dev, tmp_path) as url:
        variables = {
            "settings_directory": str(tmp_path),
            "service_directory": str(tmp_path),
            "reports_client_id": clients["reports"]["client_id"],
            "reports_client_secret": clients["reports"]["client_secret"],
            "orders_url": url,
            "orders_ca_path": str(tmp_path / "api-ca.pem"),
        }
        (tmp_path / "variables.json").write_text(json.dumps(variables))
        arguments = ("-vvv", "--diff", "--extra-vars", f"@{tmp_path}/variables.json")
        played = player.play(*playbooks, *arguments, may_warn=True)
    assert played.status == 0, played.output
    assert played.recap("localhost")["failed"] == 0

    settings = json.loads((tmp_path / "orders.json").read_text())
    api = dev.read("resource-servers/" + urllib.parse.quote(ORDERS, safe=""))
    assert settings == {
        "algorithms": ["RS256"],
        "audience": ORDERS,
        "issuer": dev.management_audience.removesuffix("api/v2/"),
        "jwks_uri": f"{dev.url}/.well-known/jwks.json",
        "scopes": [scope["value"] for scope in api["scopes"]],
        "token_dialect": "rfc9068_profile",
        "typ": "at+jwt",
    }
    assert settings.keys() == json.loads(blocks((ROOT / "docs" / f"{GUIDES[0]}.md").read_text(), "json")).keys()
    assert (tmp_path / "ledger.secret").read_text() == SIGNING_SECRET
    assert '"a teapot"' in played.output
    assert "The token is good." in played.output

    now = {client["name"]: client["client_secret"] for client in dev.read("clients") if not client.get("global")}
    for name in ("my-service", "reports"):
        assert (tmp_path / f"{name}.client-secret").read_text() == now[name]
    assert (tmp_path / "client-secret").read_text() in before - set(now.values())  # before it was rotated
    for name in ("ledger.secret", "client-secret"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600

    hidden = before | secrets(dev)
    for output in (played.output, (tmp_path / "arguments").read_text()):
        assert not [secret for secret in hidden if secret in output]
        assert not JWT.search(output)

    # In a tenant without the client, what the store has is left alone.
    delivered = {path: path.read_bytes() for path in tmp_path.glob("*client-secret")}
    player.environment.update({name.upper(): value for name, value in tenants[1].access.items()})
    missing = player.play(playbooks[-1], *arguments, may_warn=True)
    assert missing.status == 2
    assert "There is no client my-service in this tenant." in missing.output
    assert {path: path.read_bytes() for path in tmp_path.glob("*client-secret")} == delivered


GOOD = {"item": "my-service", "client": {}, "client_secret": "of-the-service", "action": "none", "changed": True}


@pytest.mark.parametrize(
    "result",
    [
        {"msg": "There are two clients with that name."},
        {"msg": "It broke off after the write.", "changed": True},
        {"client": {}, "client_secret": None, "action": "create", "changed": True},
        {"client": {}, "client_secret": "", "action": "none", "changed": True},
        {"client": {}, "action": "none", "changed": True},
    ],
)
def test_an_empty_secret_is_never_delivered_over_a_good_one(result: dict[str, t.Any]) -> None:
    tasks = tasks_of("delivering-secrets")
    delivered = []
    for number, task in enumerate(tasks):
        found = re.search(r"\{\{ (\w+)\S*\.client_secret \}\}", json.dumps(task))
        if not found:
            continue
        delivered.append(found[1])
        # The last one that looks at what is delivered.
        *dummy, check = (
            {
                **earlier["ansible.builtin.assert"],
                "vars": {name: template(text) for name, text in earlier.get("vars", {}).items()},
            }
            for earlier in tasks[:number]
            if "ansible.builtin.assert" in earlier and found[1] in json.dumps(earlier)
        )
        for one, passes in ((GOOD, True), ({"item": "reports", "changed": False, **result}, False)):
            registered = {"results": [GOOD, one]} if found[1] == "read" else one
            variables = {found[1]: registered, "ansible_check_mode": False, **check["vars"]}
            conditions = [check["that"]] if isinstance(check["that"], str) else check["that"]
            held = [rendered("{{ (%s) | bool }}" % condition, variables) for condition in conditions]
            assert (set(held) == {True}) is passes, (task["name"], held)
            assert passes or re.search(result.get("msg", "secret|no client"), rendered(check["fail_msg"], variables))
    assert delivered == ["my_service", "my_service", "rotation", "read"]


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        (
            {"status": 401, "msg": "HTTP Error 401: eyJh.eyJi", "www_authenticate": 'Bearer error="invalid_token"'},
            'The API answers 401 error="invalid_token"',
        ),
        (
            {"status": 403, "msg": "eyJh.eyJi", "www_authenticate": 'Bearer error="eyJh.eyJi", scope="eyJh.eyJi"'},
            "The API answers 403",
        ),
        (
            {"status": -1, "msg": "Connection failure: connection was closed before a valid response: eyJh.eyJi"},
            "No answer in HTTP: is orders_url right, the API reachable, its certificate trusted?",
        ),
        (
            {"msg": "Invalid header value b'Bearer eyJh.eyJi'"},
            "No answer in HTTP: is orders_url right, the API reachable, its certificate trusted?",
        ),
    ],
)
def test_the_guide_shows_what_an_api_answers_without_words_that_may_repeat_the_token(
    answer: dict[str, t.Any], shown: str
) -> None:
    (message,) = (
        task["ansible.builtin.assert"]["fail_msg"]
        for task in tasks_of("calling-an-api")
        if task["name"] == "Check the answer"
    )
    assert rendered(message, {"orders": answer}).strip() == shown


@pytest.mark.parametrize(
    ("check", "read", "shown"),
    [
        ("Check that it is there", {"resource_servers": [{}]}, ""),
        ("Check that it is there", {"resource_servers": []}, f"There is no API {ORDERS} in this tenant."),
        ("Check that it is there", {"msg": "No answer."}, "No answer."),
        ("Check that there is one", {"resource_servers": [{"signing_secret": "s"}]}, ""),
        ("Check that there is one", {"resource_servers": []}, f"There is no API {LEDGER} in this tenant."),
        ("Check that there is one", {"resource_servers": [{"name": "x"}]}, "Its signing secret was not returned: "),
        ("Check that there is one", {"msg": "No answer."}, "No answer."),
    ],
)
def test_the_guide_says_what_it_lacks_of_an_api(check: str, read: dict[str, t.Any], shown: str) -> None:
    tasks = tasks_of("protecting-an-api")
    ((before, task),) = ((one, other) for one, other in itertools.pairwise(tasks) if other["name"] == check)
    assert before["failed_when"] is False
    of_task = {name: template(text) for name, text in task.get("vars", {}).items()}
    variables = {before["register"]: read, **of_task}
    assert rendered("{{ %s }}" % task["ansible.builtin.assert"]["that"], variables) is not bool(shown)
    assert not shown or rendered(task["ansible.builtin.assert"]["fail_msg"], variables).startswith(shown)


@pytest.mark.parametrize(
    ("variables", "url", "identifier"),
    [
        ({"auth0_domain": "acme.eu.auth0.com"}, "https://acme.eu.auth0.com", "https://acme.eu.auth0.com/api/v2/"),
        ({"auth0_domain": "http://127.0.0.1:8701"}, "http://127.0.0.1:8701", "https://127.0.0.1:8701/api/v2/"),
        (
            {"auth0_domain": "login.example.com", "auth0_audience": "https://acme.eu.auth0.com/api/v2/"},
            "https://login.example.com",
            "https://acme.eu.auth0.com/api/v2/",
        ),
    ],
)
def test_templates_ask_for_a_management_token_by_the_identifier_that_the_modules_use(
    variables: dict[str, str], url: str, identifier: str
) -> None:
    (example, *dummy) = yaml.safe_load(EXAMPLES)
    assert rendered(example["ansible.builtin.uri"]["url"], variables) == f"{url}/api/v2/tenants/settings"
    (of_docs,) = re.findall(r"^ +(management: .*)$", (ROOT / "docs" / "tokens.md").read_text(), re.MULTILINE)
    for text in (example["vars"]["management"], yaml.safe_load(of_docs)["management"]):
        assert rendered(text, variables) == identifier


def test_every_guide_can_be_found_from_the_readme() -> None:
    text = (ROOT / "README.md").read_text()
    assert [page.name for page in (ROOT / "docs").glob("*.md") if f"docs/{page.name}" not in text] == []
