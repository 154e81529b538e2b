# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The playbooks, run as users run them, on tenants of the emulator."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import json
import os
import re
import shutil
import subprocess
import sys
import time
import typing as t
import urllib.request
from pathlib import Path

import ansible.template
import trustme
from ansible.parsing.dataloader import DataLoader
from auth0_emulator.process import running

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_START = 60


def blocks(text: str, language: str) -> str:
    """The fenced blocks in a language that a page of documentation shows, one after the other."""
    return "\n".join(re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))


def template(text: str) -> str:
    """A text that Ansible takes for a template, as it does in a playbook: since ansible-core 2.19, not any text."""
    trusted: str = getattr(ansible.template, "trust_as_template", str)(text)
    return trusted


def rendered(text: str, variables: dict[str, t.Any]) -> t.Any:
    """What Ansible makes of a template with these variables."""
    return ansible.template.Templar(loader=DataLoader(), variables=variables).template(template(text))


def tool(name: str) -> str:
    """The path of a command, in the first place of the environment in which the tests run."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    found = shutil.which(name, path=path)
    assert found, f"there is no {name} in {path}"
    return found


@dataclasses.dataclass(frozen=True)
class Tenant:
    """A tenant of the emulator."""

    name: str
    domain: str
    url: str
    client_id: str
    client_secret: str

    @property
    def access(self) -> dict[str, str]:
        """The variables by which a playbook reaches it."""
        return {
            "auth0_domain": self.domain,
            "auth0_client_id": self.client_id,
            "auth0_client_secret": self.client_secret,
        }

    def token_access(self) -> dict[str, str]:
        """The same with a token, which saves each run the task that gets one. The log of requests is empty then."""
        token = self.management_token()
        self.forget()
        return {"auth0_domain": self.domain, "auth0_api_token": token}

    def requests(self) -> list[dict[str, t.Any]]:
        """All requests since the last call of forget."""
        found: list[dict[str, t.Any]] = self.send("GET", "/_emulator/requests")
        return found

    def forget(self) -> None:
        """Empty the log of requests."""
        self.send("DELETE", "/_emulator/requests")

    def writes(self) -> list[str]:
        """The requests that were to change something."""
        return [
            f"{request['method']} {request['path']}"
            for request in self.requests()
            if request["method"] != "GET" and request["path"] != "/oauth/token"
        ]

    def token_requests(self) -> list[dict[str, t.Any]]:
        """The requests for tokens for the Management API."""
        return [
            request
            for request in self.requests()
            if request["path"] == "/oauth/token" and request["body"]["audience"].endswith("/api/v2/")
        ]

    def read(self, path: str) -> t.Any:
        """What the Management API answers to a GET."""
        return self.manage("GET", path)

    def create(self, path: str, **fields: t.Any) -> dict[str, t.Any]:
        """Create an object through the Management API."""
        made: dict[str, t.Any] = self.manage("POST", path, fields)
        return made

    def set_up(self, declarations: t.Mapping[str, t.Sequence[t.Mapping[str, t.Any]]]) -> None:
        """Bring about what a run of community.auth0.provision would, much sooner. The log of requests is empty then."""
        ids = {}
        for api in declarations["auth0_resource_servers"]:
            self.create("resource-servers", **api)
        for client in declarations["auth0_clients"]:
            ids[client["name"]] = self.create("clients", **client)["client_id"]
        for grant in declarations["auth0_client_grants"]:
            fields = {name: value for name, value in grant.items() if name != "client_name"}
            self.create("client-grants", client_id=ids[grant["client_name"]], **fields)
        self.forget()

    @property
    def management_audience(self) -> str:
        """The identifier of the Management API."""
        return "https://" + self.domain.removeprefix("http://") + "/api/v2/"

    def management_token(self, scopes: t.Collection[str] = ()) -> str:
        """A token for the Management API with these scopes, or with all."""
        body = {
            "grant_type": "client_credentials",
            "client_id": self.client_id,
            "client_secret": self.client_secret,
            "audience": self.management_audience,
            **({"scope": " ".join(scopes)} if scopes else {}),
        }
        return str(self.send("POST", "/oauth/token", json.dumps(body).encode())["access_token"])

    def manage(self, method: str, path: str, body: t.Mapping[str, t.Any] | None = None) -> t.Any:
        """Send a request to the Management API."""
        data = None if body is None else json.dumps(body).encode()
        return self.send(method, "/api/v2/" + path, data, self.management_token())

    def send(self, method: str, path: str, body: bytes | None = None, token: str = "") -> t.Any:
        """Send a request and read the JSON of its answer."""
        request = urllib.request.Request(self.url.rstrip("/") + path, data=body, method=method)
        if body is not None:
            request.add_header("Content-Type", "application/json")
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=30) as answer:
            text = answer.read()
        return json.loads(text) if text else None


@contextlib.contextmanager
def emulated(directory: Path, *names: str, arguments: t.Sequence[str] = ()) -> t.Iterator[list[Tenant]]:
    """Tenants on free ports, gone at the end."""
    fields = [field.name for field in dataclasses.fields(Tenant)]
    with running(directory, *names, options=arguments) as emulator:
        yield [Tenant(**{name: row[name] for name in fields}) for row in emulator.tenants.values()]


@dataclasses.dataclass(frozen=True)
class Played:
    """A finished run of a playbook. message: the lines that its last debug task showed."""

    status: int
    output: str

    @functools.cached_property
    def message(self) -> list[str]:
        shown = re.findall(r"^ok: \[\S+\] => (\{$.*?^\})$", self.output, re.MULTILINE | re.DOTALL)
        found = [message for message in (json.loads(one).get("msg") for one in shown) if isinstance(message, list)]
        assert found, self.output
        return list(found[-1])

    @property
    def words(self) -> list[str]:
        """The lines of the message with single spaces."""
        return [" ".join(line.split()) for line in self.message]

    @property
    def changes(self) -> list[str]:
        """What the summary says of each object, without the table of several tenants below."""
        return [*self.words, ""][: [*self.words, ""].index("")]

    @property
    def table(self) -> list[str]:
        """The table at the end of the summary, where there are several tenants."""
        return self.words[len(self.changes) + 1 :]

    def recap(self, host: str) -> dict[str, int]:
        """The counts for a host; empty when it was not part of the run."""
        found = re.search(rf"^{re.escape(host)} +: (.*)$", self.output, re.MULTILINE)
        return {name: int(count) for name, count in re.findall(r"(\w+)=(\d+)", found[1])} if found else {}

    def failure(self, host: str) -> str:
        """The line about the one task that failed for a host."""
        assert self.recap(host)["failed"] == 1
        (line,) = re.findall(rf"^fatal: \[{host}\]: .*$", self.output, re.MULTILINE)
        return str(line)


class Player:
    """Runs playbooks with an inventory that is written for the test.

    door: arguments that say where the modules do their work; none for where they do it anyway.
    """

    door: t.ClassVar[tuple[str, ...]] = ()

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.inventory = directory / "hosts.json"
        configuration = directory / "ansible.cfg"
        configuration.touch()
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("AUTH0_", "ANSIBLE_"))},
            "ANSIBLE_COLLECTIONS_PATH": os.environ.get("ANSIBLE_COLLECTIONS_PATH", ""),
            "ANSIBLE_CONFIG": str(configuration),
            "ANSIBLE_HOME": str(directory / "ansible"),
            "ANSIBLE_LOCAL_TEMP": str(directory / "ansible" / "local"),
            "ANSIBLE_REMOTE_TEMP": str(directory / "ansible" / "remote"),
            "ANSIBLE_NOCOLOR": "1",
            "NO_PROXY": "127.0.0.1",
            "no_proxy": "127.0.0.1",
        }

    def declare(self, hosts: t.Mapping[str, t.Mapping[str, t.Any]], **of_all: t.Any) -> None:
        """Write the inventory: the tenants with their variables, and variables that all have."""
        # Nothing about connection and interpreter: the playbooks have to work without.
        inventory = {"auth0_tenants": {"hosts": {name: dict(variables) for name, variables in hosts.items()}}}
        inventory["auth0_tenants"]["vars"] = of_all
        self.inventory.write_text(json.dumps(inventory))

    def command(self, playbook: str, inventory: Path | None = None) -> list[str]:
        """What runs a playbook: the name of one of the collection's, or a file."""
        name = playbook if "." in playbook else f"community.auth0.{playbook}"
        return [tool("ansible-playbook"), "--inventory", str(inventory or self.inventory), *self.door, name]

    def play(self, playbook: str, *arguments: str, inventory: Path | None = None, may_warn: bool = False) -> Played:
        """Run a playbook: the name of one of the collection's, or a file."""
        done = subprocess.run(
            [*self.command(playbook, inventory), *arguments],
            cwd=self.directory,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=600,
            check=False,
            text=True,
        )
        assert may_warn or "[WARNING]" not in done.stdout, done.stdout
        assert "[DEPRECATION" not in done.stdout, done.stdout
        assert "Traceback" not in done.stdout, done.stdout
        return Played(done.returncode, done.stdout)

    def run_job(self, private: Path, playbook: str) -> tuple[str, Path]:
        """Let ansible-runner run a playbook, which has to reach its end, from the directory of a job.

        The output, and the directory in which the job has left what it did.
        """
        done = subprocess.run(
            [tool("ansible-runner"), "run", str(private), "--playbook", playbook, "--ident", "job"],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stdout
        return done.stdout, private / "artifacts" / "job"

    def succeed(self, playbook: str, *arguments: str) -> Played:
        """Run a playbook that has to reach its end."""
        played = self.play(playbook, *arguments)
        assert played.status == 0, played.output
        return played


ORDERS, LEDGER = "https://orders.example.com", "https://ledger.example.com"
SIGNING_SECRET = "a-planted-signing-secret-of-the-ledger"
ADDON_SECRET = "a-planted-secret-of-an-addon"
DECLARATIONS: dict[str, t.Any] = {
    "auth0_resource_servers": [
        {
            "identifier": ORDERS,
            "name": "Orders",
            "signing_alg": "RS256",
            "token_dialect": "rfc9068_profile",
            "scopes": [{"value": "read:orders", "description": "See"}, {"value": "write:orders"}],
        },
        {
            "identifier": LEDGER,
            "name": "Ledger",
            "signing_alg": "HS256",
            "signing_secret": SIGNING_SECRET,
            "scopes": [{"value": "read:entries"}],
        },
    ],
    "auth0_clients": [
        {"name": "shop", "app_type": "non_interactive", "client_metadata": {"team": "sales"}},
        {"name": "books", "app_type": "non_interactive", "addons": {"wams": {"masterkey": ADDON_SECRET}}},
    ],
    "auth0_client_grants": [
        {"client_name": "shop", "audience": ORDERS, "scope": ["read:orders", "write:orders"]},
        {"client_name": "books", "audience": ORDERS, "scope": ["read:orders"]},
        {"client_name": "books", "audience": LEDGER, "scope": ["read:entries"]},
    ],
}
OBJECTS = [
    f"API {ORDERS}",
    f"API {LEDGER}",
    "client shop",
    "client books",
    f"client grant shop / {ORDERS}",
    f"client grant books / {ORDERS}",
    f"client grant books / {LEDGER}",
]

JWT = re.compile(r"eyJ[\w-]+\.[\w-]+")


def secrets(tenant: Tenant) -> set[str]:
    """What must not be shown: credentials, the clients' secrets and their addons', the APIs' signing secrets."""
    found = {tenant.client_secret, SIGNING_SECRET, ADDON_SECRET}
    found.update(str(client.get("client_secret") or "") for client in tenant.read("clients"))
    found.update(str(api.get("signing_secret") or "") for api in tenant.read("resource-servers"))
    return {secret for secret in found if secret}


# The least that has one of each kind, where more would show nothing more.
SMALL: dict[str, t.Any] = {
    "auth0_resource_servers": DECLARATIONS["auth0_resource_servers"][1:],
    "auth0_clients": DECLARATIONS["auth0_clients"][1:],
    "auth0_client_grants": DECLARATIONS["auth0_client_grants"][2:],
}
SMALL_OBJECTS = [f"API {LEDGER}", "client books", f"client grant books / {LEDGER}"]


#: What an inventory may say about all its hosts, tenants among them.
OF_SERVERS: dict[str, t.Any] = {
    "ansible_connection": "ssh",
    "ansible_host": "server.invalid",
    "ansible_become": True,
    "ansible_python_interpreter": "/nonexistent/python",
    "ansible_shell_type": "powershell",
    "ansible_shell_executable": "/nonexistent/shell",
}


@contextlib.contextmanager
def protected_api(tenant: Tenant, directory: Path) -> t.Iterator[str]:
    """The example, for the APIs of DECLARATIONS in this tenant, over TLS; its CA is DIRECTORY/api-ca.pem."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(directory / "api-ca.pem"))
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(directory / "api.pem"))
    (directory / "ledger.secret").write_text(SIGNING_SECRET)
    issuer = "https://" + tenant.domain.removeprefix("http://") + "/"
    orders = {
        "issuer": issuer,
        "audience": ORDERS,
        "typ": "at+jwt",
        "algorithms": ["RS256"],
        "jwks_uri": f"{tenant.url}/.well-known/jwks.json",
    }
    ledger = {
        "audience": LEDGER,
        "typ": "JWT",
        "algorithms": ["HS256"],
        "jwks_uri": None,
        "signing_secret_file": "ledger.secret",
    }
    apis = {"orders": orders, "invoices": orders, "vouchers": orders, "ledger": {**orders, **ledger}}
    settings = {"apis": apis, "leeway": 10, "jwks_lifetime": 300, "jwks_cooldown": 30}
    (directory / "settings.json").write_text(json.dumps(settings))
    arguments = ["--app-dir", str(ROOT / "examples" / "protected_api"), "--host", "127.0.0.1", "--port", "0"]
    log = directory / "api.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "uvicorn", *arguments, "--ssl-certfile", "api.pem", "app:app"],
            cwd=directory,
            env={"PROTECTED_API_SETTINGS": "settings.json", "NO_PROXY": "127.0.0.1"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        deadline = time.monotonic() + SECONDS_TO_START
        while not (found := re.search(r"running on (https://\S+)", log.read_text())):
            assert process.poll() is None and time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)
        yield found[1]
    finally:
        process.terminate()
        process.wait(10)
