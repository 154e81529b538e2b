# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Three Auth0 tenants on this machine, set up by one playbook.

Starts the emulator with the tenants dev, staging and prod, runs the playbook community.auth0.provision over all three,
runs it again (nothing may change), runs community.auth0.verify (a token for every client grant, obtained and verified)
and shows who may call what. Then it runs ../protected_api/show.yml, which starts an API and shows which tokens that
accepts, and large.yml, which keeps a tenant with 300 objects in one task. At last it runs community.auth0.report and
leaves the page of that behind. Whatever else it starts or writes is gone afterwards, however it ends.

`make demo` calls it in an environment that has ansible-core, the emulator, what the API needs, and
ANSIBLE_COLLECTIONS_PATH.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import types
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

with contextlib.suppress(ImportError):  # what is missing is reported by name, before it is needed
    from auth0_emulator import process as emulation

TENANTS = ("dev", "staging", "prod")
LARGE = "large"
OF_EACH_KIND = 100
#: Each kind is listed, a hundred objects a request, with what a new tenant has of its own; and a token.
REQUESTS_AGAIN = 7
EXAMPLES = Path(__file__).resolve().parents[1]
INVENTORY = EXAMPLES / "inventory" / "emulator"
SECONDS_TO_STOP = 10
SECONDS_TO_FINISH = 3
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
TOKEN_REQUEST = "/oauth/token"
PAGE = "auth0-report.html"

OTHER_TENANTS = f"""\
The same on your own tenants:

  1. In each tenant, create a Machine to Machine application that is authorized for the Auth0 Management API
     (docs/playbooks.md lists the permissions).
  2. Install Ansible and this collection, which the demo had for itself alone. Here, in a virtual environment:

     python{sys.version_info.major}.{sys.version_info.minor} -m venv ~/auth0-venv && . ~/auth0-venv/bin/activate
     pip install 'ansible-core>=2.18' -r meta/ee-requirements.txt
     ansible-galaxy collection install .

  3. Copy the example; put your domains into real-tenants/hosts.yml and what you want into real-tenants/group_vars:

     cp -R examples/inventory/real-tenants ~/real-tenants && cd ~

  4. Look, do, prove, one tenant first:

     export AUTH0_CLIENT_ID=... AUTH0_CLIENT_SECRET=...
     ansible-playbook community.auth0.provision -i real-tenants --limit dev --check --diff
     ansible-playbook community.auth0.provision -i real-tenants --limit dev
     ansible-playbook community.auth0.verify -i real-tenants --limit dev"""


class Broken(Exception):
    """Something is not as promised. details: what a person needs to find out why."""

    def __init__(self, message: str, details: str = "") -> None:
        super().__init__(message)
        self.details = details


class Interrupted(BaseException):
    """A signal asks the demo to end."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@dataclasses.dataclass(frozen=True)
class Tenant:
    """A tenant as the emulator's ready file describes it."""

    name: str
    domain: str
    url: str
    client_id: str
    client_secret: str = dataclasses.field(repr=False)

    @property
    def access(self) -> dict[str, str]:
        """The variables by which a playbook reaches it."""
        return {
            "auth0_domain": self.domain,
            "auth0_client_id": self.client_id,
            "auth0_client_secret": self.client_secret,
        }


@dataclasses.dataclass(frozen=True)
class Played:
    """What a run of a playbook has said. lines: what its last debug task showed; changed: changed tasks by tenant."""

    output: str
    lines: list[str]
    changed: dict[str, int]


class Screen:
    """Steps, with their times on the right and what came of them below."""

    def __init__(self, verbose: bool) -> None:
        self.verbose = verbose
        self._colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        self._title = ""
        self._width = min(shutil.get_terminal_size((100, 24)).columns, 100)

    def say(self, text: str = "", style: str = "", end: str = "\n") -> None:
        """Print, styled when a person with a terminal reads it."""
        styled = f"\033[{style}m{text}\033[0m" if style and text and self._colour else text
        print(styled, end=end, flush=True)

    @contextlib.contextmanager
    def step(self, title: str) -> Iterator[None]:
        """Say what is going on, and how long it took once it is over."""
        started = time.monotonic()
        self._title = title
        self.say()
        self.say(title, "1", end="\n" if self.verbose else "")
        try:
            yield
            self.progress("")
        except BaseException:
            self.say()
            raise
        took = f"{time.monotonic() - started:.1f} s"
        self.say(took if self.verbose else took.rjust(self._width - len(title)), "2")

    def progress(self, text: str) -> None:
        """What a step is at, for a person with a terminal: written over by what comes next."""
        if sys.stdout.isatty() and not self.verbose:
            self.say("\r\033[K", end="")
            self.say(self._title, "1", end="")
            self.say(f"  {text}"[: max(self._width - len(self._title), 0)], "2", end="")

    def show(self, lines: Sequence[str], style: str = "") -> None:
        """What came of a step."""
        for line in lines:
            self.say(f"  {line}".rstrip(), style)


def main() -> int:
    """Run the demo; the result is the process's exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("-v", "--verbose", action="store_true", help="show everything that Ansible says")
    screen = Screen(parser.parse_args().verbose)
    for number in SIGNALS:
        signal.signal(number, _interrupt)
    started = time.monotonic()
    try:
        with contextlib.ExitStack() as started_things:
            try:
                report = demonstrate(screen, started_things)
            finally:
                _ignore_signals()  # they have been heard; cleaning up is what they ask for
        screen.say()
        screen.say(f"All as promised, in {time.monotonic() - started:.0f} s; nothing is left but a page.", "1;32")
        screen.say()
        screen.say(OTHER_TENANTS)
        screen.say()
        screen.say(f"Who may call what in the three tenants, for your browser: {kept(report)}", "1")
    except Broken as error:
        screen.say()
        screen.say(f"The demo has failed: {error}", "1;31")
        if error.details:
            screen.say(error.details)
        return 1
    except Interrupted as interrupted:
        with contextlib.suppress(OSError):  # the terminal may be gone
            screen.say("Interrupted: what was running has been stopped, what was written is gone.")
        return 128 + interrupted.number
    return 0


def kept(report: Mapping[str, str]) -> Path:
    """Where the page of the report is from now on. report: the texts of its files, by their names."""
    directory = Path(tempfile.mkdtemp(prefix="auth0-report-"))
    for name, text in report.items():
        (directory / name).write_text(text, encoding="utf-8")
    return directory / PAGE


def demonstrate(screen: Screen, cleanup: contextlib.ExitStack) -> Mapping[str, str]:
    """The demo itself; returns the files of the report. Raises Broken where something is not as promised."""
    bin_directory = Path(sys.executable).parent
    playbook_command, *dummy = (_tool(bin_directory, name) for name in ("ansible-playbook", "auth0-emulator"))
    if not os.environ.get("ANSIBLE_COLLECTIONS_PATH"):
        raise Broken("ANSIBLE_COLLECTIONS_PATH is not set, so Ansible would not find this collection. Use make demo.")
    # Resolved, since Ansible resolves paths, too, and private, since credentials are written there.
    scratch = Path(cleanup.enter_context(tempfile.TemporaryDirectory(prefix="auth0-demo-"))).resolve()

    with screen.step("Starting three new tenants on this machine, and one for many objects"):
        *tenants, large = start_emulator(scratch, cleanup)
    screen.show([f"{tenant.name:<8}{tenant.url}" for tenant in (*tenants, large)])

    inventories = (INVENTORY, overlay(scratch, tenants))
    ansible = Ansible(playbook_command, scratch, inventories, cleanup, screen)

    with screen.step("ansible-playbook community.auth0.provision"):
        provisioned = ansible.play("community.auth0.provision")
    screen.show(provisioned.lines)
    for tenant in TENANTS:
        if not provisioned.changed[tenant]:
            raise Broken(f"the first run has changed nothing in the tenant {tenant}", provisioned.output)

    with screen.step("The same again, which has to change nothing"):
        for each in tenants:
            _control(each, "DELETE")
        again = ansible.play("community.auth0.provision")
    screen.show(again.lines)
    if any(again.changed.values()):
        raise Broken("the second run has changed something", again.output)
    for each in tenants:
        written = writes(each)
        if written:
            raise Broken(f"the second run has sent a write to the tenant {each.name}: {', '.join(written)}")
    screen.show(["(the tenants' request logs agree: no write was sent)"], "2")

    with screen.step("ansible-playbook community.auth0.verify: a token for every grant, obtained and verified"):
        verified = ansible.play("community.auth0.verify")
    screen.show(verified.lines)
    # The playbook fails when a grant does not work; the table has to speak of every tenant all the same.
    missing = [tenant for tenant in TENANTS if not any(line.split()[:1] == [tenant] for line in verified.lines)]
    if missing:
        raise Broken(f"the access table has no line about {', '.join(missing)}", verified.output)

    with screen.step("ansible-playbook examples/protected_api/show.yml: an API, and which tokens it accepts"):
        cleanup.callback(stop_api, scratch)
        # It fails when an answer is not the expected one.
        show = str(EXAMPLES / "protected_api" / "show.yml")
        shown = ansible.play(show, {"protected_api_tmp": str(scratch)}, ("dev", "staging"))
    screen.show(shown.lines)

    with screen.step(f"ansible-playbook examples/demo/large.yml: {3 * OF_EACH_KIND} objects in one task, twice"):
        inventories = (many_objects(scratch, large),)
        many = Ansible(playbook_command, scratch, inventories, cleanup, screen).play(
            str(EXAMPLES / "demo" / "large.yml"), tenants=[LARGE]
        )
    screen.show(many.lines)
    again = many.lines[-1].split()
    if again != ["again", "0", str(3 * OF_EACH_KIND), str(REQUESTS_AGAIN)]:
        raise Broken("the second run has changed something, or asked too much", many.output)

    with screen.step("ansible-playbook community.auth0.report: the state of all tenants on one page"):
        page = scratch / PAGE
        options = {"auth0_report_file": str(page), "auth0_report_fail_on": "drift,access,scopes"}
        reported = ansible.play("community.auth0.report", {**options, "auth0_report_verify": "true"})
    screen.show(reported.lines[: len(TENANTS) + 1])
    return {file.name: file.read_text(encoding="utf-8") for file in (page, page.with_suffix(".json"))}


def start_emulator(scratch: Path, cleanup: contextlib.ExitStack) -> list[Tenant]:
    """Start the emulator in a process group of its own and wait until it listens."""
    ready, log = scratch / "ready.json", scratch / "emulator.log"
    names = [argument for tenant in (*TENANTS, LARGE) for argument in ("--tenant", tenant)]
    with log.open("wb") as output:
        command = emulation.command_line(*names, ready_file=ready)
        process = _started(command, _environment(scratch), output.fileno(), cleanup)
    try:
        described = emulation.wait_until_ready(process, ready, [log])["tenants"]
    except emulation.NotStarted as error:
        raise Broken(str(error)) from None
    fields = [field.name for field in dataclasses.fields(Tenant)]
    return [Tenant(**{name: each[name] for name in fields}) for each in described]


def overlay(scratch: Path, tenants: Sequence[Tenant]) -> Path:
    """An inventory that says where the tenants of the example inventory are this time. JSON is YAML, too."""
    inventory = scratch / "inventory"
    (inventory / "host_vars").mkdir(parents=True)
    (inventory / "hosts.yml").write_text(json.dumps({"auth0_tenants": {"hosts": dict.fromkeys(TENANTS)}}))
    for tenant in tenants:
        write_privately(inventory / "host_vars" / f"{tenant.name}.json", tenant.access)
    return inventory


def many_objects(scratch: Path, tenant: Tenant) -> Path:
    """An inventory that declares many objects for a tenant."""
    numbers = range(OF_EACH_KIND)
    apis = [f"https://api-{number}.example.com" for number in numbers]
    declared = {
        "auth0_resource_servers": [
            {"identifier": api, "name": f"API {number}", "scopes": [{"value": "read"}, {"value": "write"}]}
            for number, api in enumerate(apis)
        ],
        "auth0_clients": [{"name": f"service {number}", "app_type": "non_interactive"} for number in numbers],
        "auth0_client_grants": [
            {"client_name": f"service {number}", "audience": api, "scope": ["read"]} for number, api in enumerate(apis)
        ],
    }
    inventory = scratch / "large.json"
    host = {**tenant.access, **declared, "ansible_connection": "local", "ansible_python_interpreter": sys.executable}
    write_privately(inventory, {"all": {"hosts": {LARGE: host}}})
    return inventory


def write_privately(file: Path, content: Mapping[str, object]) -> None:
    """Write JSON that holds credentials."""
    file.touch(mode=0o600)
    file.write_text(json.dumps(content))


def stop_api(scratch: Path) -> None:
    """Stop the API of show.yml and wait for its end, unless the playbook has done so: an interrupted one has not."""
    for file in scratch.glob("*/api.pid"):
        with contextlib.suppress(OSError, ValueError):  # it has ended, or not begun
            api = int(file.read_text())
            os.kill(api, signal.SIGTERM)
            deadline = time.monotonic() + SECONDS_TO_STOP
            while time.monotonic() < deadline and api in dict(_processes()):
                time.sleep(0.05)
            os.kill(api, signal.SIGKILL)


class Ansible:
    """Runs playbooks with inventories."""

    def __init__(
        self,
        command: Path,
        scratch: Path,
        inventories: Sequence[Path],
        cleanup: contextlib.ExitStack,
        screen: Screen,
    ) -> None:
        self._command = [str(command), *(argument for each in inventories for argument in ("--inventory", str(each)))]
        self._environment = _environment(scratch)
        self._cleanup = cleanup
        self._screen = screen

    def play(
        self, playbook: str, variables: Mapping[str, str] | None = None, tenants: Sequence[str] = TENANTS
    ) -> Played:
        """Run a playbook to its end. Raises Broken when it fails or leaves a tenant out."""
        command = [*self._command, playbook, "--extra-vars", json.dumps(variables or {})]
        process = _started(command, self._environment, subprocess.PIPE, self._cleanup)
        lines = []
        assert process.stdout is not None
        for raw in process.stdout:
            lines.append(raw.decode(errors="replace"))
            task = re.match(r"TASK \[(.*)\]", lines[-1])
            if task:
                self._screen.progress(task[1])
            if self._screen.verbose:
                self._screen.say(lines[-1], end="")
        output = "".join(lines)
        if process.wait() != 0:
            details = "" if self._screen.verbose else output
            raise Broken(f"{playbook} has ended with status {process.returncode}", details)
        recap = re.findall(r"^(\S+) +: ok=\d+ +changed=(\d+) ", output, re.MULTILINE)
        played = Played(output, _last_message(output), {tenant: int(changed) for tenant, changed in recap})
        if set(played.changed) != set(tenants):
            raise Broken(f"{playbook} has run on {', '.join(played.changed) or 'no tenant'}", output)
        return played


def writes(tenant: Tenant) -> list[str]:
    """The requests in a tenant's log that were to change something."""
    return [
        f"{request['method']} {request['path']}"
        for request in json.loads(_control(tenant, "GET"))
        if request["method"] not in ("GET", "HEAD") and request["path"] != TOKEN_REQUEST
    ]


def _control(tenant: Tenant, method: str) -> bytes:
    request = urllib.request.Request(f"{tenant.url.rstrip('/')}/_emulator/requests", method=method)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # the tenants are on this machine
    with opener.open(request, timeout=30) as answer:
        body: bytes = answer.read()
    return body


def _last_message(output: str) -> list[str]:
    """What the last debug task of a playbook showed: JSON, between the lines `ok: [host] => {` and `}`."""
    found = re.findall(r"^ok: \[\S+\] => (\{$.*?^\})$", output, re.MULTILINE | re.DOTALL)
    if not found:
        raise Broken("the playbook has shown no result", output)
    return list(json.loads(found[-1])["msg"])


def _environment(scratch: Path) -> Mapping[str, str]:
    """The caller's environment without settings of Ansible and Auth0: a real tenant must stay out of this."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "AUTH0_"))}
    configuration = scratch / "ansible.cfg"
    configuration.touch()
    return {
        **kept,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "NO_PROXY": "127.0.0.1,localhost",
        "no_proxy": "127.0.0.1,localhost",
        "PYTHONUNBUFFERED": "1",
        "ANSIBLE_CONFIG": str(configuration),
        "ANSIBLE_COLLECTIONS_PATH": os.environ["ANSIBLE_COLLECTIONS_PATH"],
        "ANSIBLE_HOME": str(scratch / "ansible"),
        "ANSIBLE_LOCAL_TEMP": str(scratch / "ansible" / "local"),
        "ANSIBLE_REMOTE_TEMP": str(scratch / "ansible" / "remote"),
        "ANSIBLE_NOCOLOR": "1",
        "ANSIBLE_FORCE_COLOR": "0",
    }


def _tool(directory: Path, name: str) -> Path:
    found = shutil.which(name, path=f"{directory}{os.pathsep}{os.environ.get('PATH', os.defpath)}")
    if not found:
        raise Broken(f"there is no {name} here. Use make demo, which installs what the demo needs.")
    return Path(found)


def _started(
    command: Sequence[str], environment: Mapping[str, str], output: int, cleanup: contextlib.ExitStack
) -> subprocess.Popen[bytes]:
    """Start a process in a session of its own, so that the terminal's Ctrl-C reaches only the demo, which stops it."""
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)  # nothing may come between starting it and knowing it
    try:
        process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_unblock_signals,
        )
        cleanup.callback(_stop, process)
    finally:
        _unblock_signals()
    return process


def _unblock_signals() -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a process that was started, and what it has started itself: Ansible's workers have sessions of their own."""
    running = process.poll() is None
    descendants = _descendants(process.pid) if running else []
    if running:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)  # on SIGTERM, Ansible leaves files of its own behind
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(SECONDS_TO_STOP)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        # A module that Ansible has not waited for removes its temporary directory when it ends, and it soon does.
        deadline = time.monotonic() + SECONDS_TO_FINISH
        while time.monotonic() < deadline and {pid for pid, dummy in _processes()} & set(descendants):
            time.sleep(0.05)
        for pid in descendants:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    if process.stdout:
        process.stdout.close()


def _descendants(pid: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for child, parent in _processes():
        children.setdefault(parent, []).append(child)
    found, new = [], [pid]
    while new:
        new = [child for parent in new for child in children.get(parent, [])]
        found.extend(new)
    return found


def _processes() -> list[tuple[int, int]]:
    """The processes of this machine that run, each with its parent: from /proc where that is (Linux), else from ps."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            # pid (name) state parent ...; a name may have spaces and parentheses.
            state, parent, *dummy = status.read_text(errors="replace").rpartition(")")[2].split()
            if state != "Z":  # it has ended, and nobody has asked yet how
                found.append((int(status.parent.name), int(parent)))
    if not found:
        with contextlib.suppress(FileNotFoundError):  # without ps, ending the process itself has to do
            command = ["ps", "-A", "-o", "pid=,ppid="]
            listing = subprocess.run(command, capture_output=True, text=True, check=False).stdout
            found = [(int(line.split()[0]), int(line.split()[1])) for line in listing.splitlines()]
    return found


def _interrupt(number: int, _frame: types.FrameType | None) -> NoReturn:
    _ignore_signals()
    raise Interrupted(number)


def _ignore_signals() -> None:
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)


if __name__ == "__main__":
    sys.exit(main())
