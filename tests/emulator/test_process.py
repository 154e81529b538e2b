# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The command: options, the ready file, signals, TLS, many tenants, concurrency."""

from __future__ import annotations

import os
import signal
import socket
import ssl
import stat
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from auth0_emulator import cli
from auth0_emulator.process import NotStarted, running


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--tenant", "Bad Name"], "'Bad Name' is not NAME[:PORT]"),
        (["--tenant", "dev:99999"], "'dev:99999' is not NAME[:PORT]"),
        (["--tenant", "dev", "--tenant", "dev"], "given twice: dev"),
        (["--host", "0.0.0.0"], "0.0.0.0 is not a loopback address"),
        (["--host", "example.com"], "example.com is not a loopback address"),
        (["--client-id", "x"], "--client-id and --client-secret go together"),
        (["--client-id", "", "--client-secret", ""], "--client-id: may not be empty"),
        (["--client-id", "x", "--client-secret", ""], "--client-secret: may not be empty"),
        (["--latency", "soon"], "'soon' is not a number of seconds"),
        (["--latency", "-1"], "'-1' is not a number of seconds"),
        (["--rate-limit", "5"], "'5' is not BURST/PER_SECOND"),
        (["--rate-limit", "0/5"], "'0/5' is not BURST/PER_SECOND"),
        (["--ready-file", "/nowhere/at/all.json"], "/nowhere/at/all.json: there is no such directory"),
        (["--tls-dir", "/proc/none"], "--tls-dir /proc/none: "),
        (["--frobnicate"], "unrecognized arguments: --frobnicate"),
        (["extra"], "unrecognized arguments: extra"),
    ],
)
def test_a_bad_option_is_one_line_and_status_2(start: Any, options: list[str], complaint: str) -> None:
    running = start(*options, ready=False)
    out, err = running.finish()
    assert running.process.returncode == 2
    assert out == ""
    assert complaint in err
    assert err.count("\n") == 1


def test_an_occupied_port(start: Any, tmp_path: Path) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        running = start("--tenant", "one", "--tenant", f"two:{port}", "--tls-dir", str(tmp_path / "tls"))
        dummy, err = running.finish()
    assert running.process.returncode == 2
    assert err == (
        f"{running.process.args[2].replace('_', '-')}: tenant two: cannot listen on 127.0.0.1:{port}:"
        " Address already in use\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_a_later_start_leaves_the_running_one_alone(start: Any, tmp_path: Path) -> None:
    """The same command again finds its port occupied, and takes neither the ready file nor the CA away."""
    port = free_port()
    options = ["--tenant", f"one:{port}", "--tls-dir", str(tmp_path / "tls")]
    first = start(*options)
    ready, ca = first.wait(), (tmp_path / "tls" / "ca.pem").read_bytes()
    for other, complaint in (
        (options, f"cannot listen on 127.0.0.1:{port}"),
        (["--tenant", "two"], f"--ready-file {first.ready_file}: a running emulator uses it"),
    ):
        second = start(*other)
        dummy, err = second.finish()
        assert second.process.returncode == 2
        assert complaint in err
        assert err.count("\n") == 1
        assert first.wait() == ready
        assert (tmp_path / "tls" / "ca.pem").read_bytes() == ca
    third = start("--tls-dir", str(tmp_path / "tls"), ready=False)
    assert f"--tls-dir {tmp_path / 'tls'}: a running emulator uses it\n" in third.finish()[1]
    assert third.process.returncode == 2


def test_a_ready_file_that_a_killed_one_left_is_removed_at_once(start: Any) -> None:
    """Who waits for the file must not read the old one, even if the new start fails or takes long."""
    killed = start("--tenant", "one")
    killed.wait()
    killed.stop(signal.SIGKILL)
    assert killed.ready_file.exists()
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        failing = start("--tenant", f"two:{busy.getsockname()[1]}")
        failing.finish()
    assert failing.process.returncode == 2
    assert not killed.ready_file.exists()


def ci_example() -> str:
    """The step of the example in the documentation that starts the emulator."""
    text = (Path(__file__).parents[2] / "docs" / "emulator.md").read_text(encoding="utf-8")
    block = text.partition("## In your own CI")[2].split("```")[1]
    return next(step for step in block.split("- run: |\n")[1:]).partition("- run:")[0]


@pytest.mark.parametrize("shell", ["bash", "sh"])
def test_the_example_for_ci(tmp_path: Path, shell: str) -> None:
    """It hands the tenant to the next step, and neither waits for ever nor reads an old file."""
    for options, status in (("", 0), (" --rate-limit nonsense", 1)):
        script = textwrap.dedent(ci_example()).replace("auth0-emulator", f"{sys.executable} -m auth0_emulator{options}")
        found = tmp_path / f"env{status}"
        process = subprocess.run(
            [shell, "-ec", f"{script}\nkill $!\nwait"],
            cwd=tmp_path,
            env=os.environ | {"GITHUB_ENV": str(found)},
            capture_output=True,
            check=False,
            text=True,
            timeout=30,
        )
        assert process.returncode == status, process.stderr
        assert not (tmp_path / "ready.json").exists()
        if status == 0:
            names = [line.partition("=")[0] for line in found.read_text().splitlines()]
            assert names == ["AUTH0_DOMAIN", "AUTH0_CLIENT_ID", "AUTH0_CLIENT_SECRET"]
        else:
            assert "--rate-limit" in process.stderr


def test_a_process_that_does_not_start_says_what_it_printed(tmp_path: Path) -> None:
    says = r"has ended with status 2: .*'soon' is not a number of seconds"
    with pytest.raises(NotStarted, match=says), running(tmp_path, "dev", options=["--latency", "soon"]):
        pass


def test_a_process_runs_as_long_as_it_is_used(tmp_path: Path) -> None:
    with running(tmp_path, "dev", "prod") as emulator:
        assert list(emulator.tenants) == ["dev", "prod"]
        assert httpx.get(emulator.tenants["prod"]["url"] + "/.well-known/jwks.json").status_code == 200
    assert emulator.process.returncode == 0
    assert not emulator.ready_file.exists()


def test_a_ready_file_that_cannot_be_written(start: Any, tmp_path: Path) -> None:
    running = start("--ready-file", str(tmp_path / ("n" * 255)), ready=False)
    out, err = running.finish()
    assert running.process.returncode == 2
    assert (out, err.count("\n")) == ("", 1)
    assert err.endswith(": File name too long\n")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_cleanly(start: Any, tmp_path: Path, number: int) -> None:
    tls = tmp_path / "tls"
    running = start("--tenant", "one", "--tls-dir", str(tls))
    row = running.wait()["tenants"][0]
    with socket.create_connection(("127.0.0.1", int(row["url"].rpartition(":")[2]))):
        assert running.stop(number) == 0
    out, err = running.finish()
    assert err == ""
    assert row["client_secret"] not in out
    assert not running.ready_file.exists()
    assert not tls.exists()


def test_a_signal_while_it_starts_leaves_nothing(start: Any, tmp_path: Path) -> None:
    tls = tmp_path / "tls"
    running = start("--tenant", "one", "--tls-dir", str(tls))
    while not (tls / "ca.pem").exists():
        assert running.process.poll() is None
        time.sleep(0.002)
    assert running.stop() in (0, 130)
    assert running.finish()[1] == ""
    assert list(tmp_path.iterdir()) == []


def test_ready_file(start: Any) -> None:
    port = free_port()
    running = start("--tenant", f"dev:{port}", "--tenant", "prod", "--client-id", "me", "--client-secret", "hush")
    ready = running.wait()
    assert stat.S_IMODE(running.ready_file.stat().st_mode) == 0o600
    assert ready["ca"] is None
    dev, prod = ready["tenants"]
    assert dev == {
        "name": "dev",
        "domain": f"http://127.0.0.1:{port}",
        "url": f"http://127.0.0.1:{port}",
        "client_id": "me",
        "client_secret": "hush",
    }
    assert prod["url"] != dev["url"]
    running.stop()
    assert "hush" not in "".join(running.printed())


def credentials_of(options: list[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """The credentials that the command starts with."""
    given: list[Any] = []
    monkeypatch.setattr("auth0_emulator.serving.server.run", lambda settings, say: given.append(settings))
    assert cli.main(options) == 0
    return given[0].credentials


def test_a_secret_can_stay_out_of_the_list_of_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "secret"
    file.write_text("from-a-file\n")
    monkeypatch.setenv(cli.SECRET_VARIABLE, "from-the-environment")
    whose = ["--client-id", "me"]
    assert credentials_of([*whose, "--client-secret-file", str(file)], monkeypatch).client_secret == "from-a-file"
    assert credentials_of(whose, monkeypatch).client_secret == "from-the-environment"
    assert credentials_of([*whose, "--client-secret", "given"], monkeypatch).client_secret == "given"
    # Without a client the variable says nothing.
    assert credentials_of([], monkeypatch) is None


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--client-id", "x", "--client-secret-file", "/no/such/file"], "/no/such/file: No such file or directory"),
        (["--client-id", "x", "--client-secret-file", "{empty}"], "--client-secret: may not be empty"),
        (["--client-id", "x", "--client-secret", "y", "--client-secret-file", "{empty}"], "give one of them"),
        (["--client-secret-file", "{some}"], "--client-id and --client-secret go together"),
        (["--stored-credentials", "0"], "--stored-credentials"),
        (["--lag", "inf"], "'inf' is not a number of seconds"),
        (["--grant-totals", "some"], "--grant-totals"),
    ],
)
def test_a_bad_choice_is_one_line(
    options: list[str], complaint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "some").write_text("secret")
    given = [option.format(empty=tmp_path / "empty", some=tmp_path / "some") for option in options]
    try:
        status = cli.main(given)
    except SystemExit as ended:
        status = int(ended.code or 0)
    err = capsys.readouterr().err
    assert (status, err.count("\n")) == (2, 1)
    assert complaint in err


def test_made_up_secrets_are_printed_only_without_a_ready_file(start: Any) -> None:
    running = start("--tenant", "dev", ready=False)
    while not running.printed()[0].endswith("\n"):
        assert running.process.poll() is None
        time.sleep(0.01)
    name, url, client_id, client_secret = running.printed()[0].split()
    assert name == "dev"
    credentials = dict(text.split("=", 1) for text in (client_id, client_secret))
    body = {"grant_type": "client_credentials", "audience": f"https://{url.removeprefix('http://')}/api/v2/"}
    assert httpx.post(f"{url}/oauth/token", json=body | credentials).status_code == 200


def test_tls(start: Any, tmp_path: Path, client_of: Callable[..., Any]) -> None:
    running = start("--tenant", "one", "--tls-dir", str(tmp_path / "tls"))
    ready = running.wait()
    row = ready["tenants"][0]
    assert ready["ca"] == str(tmp_path / "tls" / "ca.pem")
    assert row["url"] == f"https://{row['domain']}"
    with client_of(row, ssl.create_default_context(cafile=ready["ca"])) as tenant:
        assert tenant.call("GET", "/clients").status_code == 200
        document = tenant.http.get("/.well-known/openid-configuration").json()
        assert document["token_endpoint"] == f"https://{row['domain']}/oauth/token"
    with pytest.raises(httpx.ConnectError):
        httpx.get(row["url"])


def test_tenants_do_not_share_anything(start: Any, client_of: Callable[..., Any]) -> None:
    one, two = start("--tenant", "one", "--tenant", "two").wait()["tenants"]
    assert one["client_secret"] != two["client_secret"]
    with client_of(one) as first, client_of(two) as second:
        first.make("/resource-servers", {"identifier": "urn:mine"})
        assert second.call("GET", "/resource-servers/urn:mine").status_code == 404
        assert second.call("GET", "/clients", token=first.token()).status_code == 401


def test_a_hundred_tenants(start: Any, client_of: Callable[..., Any]) -> None:
    """What bounds the start is work that grows with tenants: no keys are made, and one thread serves all."""
    options = [option for n in range(100) for option in ("--tenant", f"t{n}")]
    running = start(*options)
    rows = running.wait()["tenants"]
    assert len({row["url"] for row in rows}) == 100
    process = Path(f"/proc/{running.process.pid}")
    if process.exists():
        assert len(list((process / "task").iterdir())) == 1
        memory = next(line for line in (process / "status").read_text().splitlines() if line.startswith("VmRSS"))
        assert int(memory.split()[1]) < 300_000
    for row in (rows[0], rows[99]):
        with client_of(row) as tenant:
            assert tenant.call("GET", "/clients").status_code == 200


def together(number: int, action: Callable[[int], Any]) -> list[Any]:
    """The results of an action done at the same time by so many threads."""
    barrier, results = threading.Barrier(number), [None] * number

    def work(n: int) -> None:
        barrier.wait()
        results[n] = action(n)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_simultaneous_creations_of_one_identifier(main: Any) -> None:
    token = main.token()
    for n in range(5):
        body = {"identifier": f"urn:race:{n}"}
        answers = together(8, lambda dummy, body=body: main.call("POST", "/resource-servers", body, token).status_code)
        assert sorted(answers) == [201] + [409] * 7


def test_simultaneous_grants(main: Any) -> None:
    token = main.token()
    main.make("/resource-servers", {"identifier": "urn:race:grants"})
    client = main.make("/clients", {"name": "racer"})
    body = {"client_id": client["client_id"], "audience": "urn:race:grants"}
    answers = together(8, lambda dummy: main.call("POST", "/client-grants", body, token).status_code)
    assert sorted(answers) == [201] + [409] * 7


@pytest.mark.parametrize(("option", "says"), [("--help", "--tenant NAME[:PORT]"), ("--version", "auth0-emulator ")])
def test_help(option: str, says: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main([option])
    assert end.value.code == 0
    assert says in capsys.readouterr().out


def test_an_interrupt_before_it_listens_is_quiet(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(settings: Any, say: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("auth0_emulator.serving.server.run", interrupted)
    assert cli.main([]) == 130
    assert capsys.readouterr() == ("", "")


def test_latency(start: Any) -> None:
    row = start("--tenant", "slow", "--latency", "0.3").wait()["tenants"][0]
    answer = httpx.get(f"{row['url']}/.well-known/openid-configuration")
    assert answer.elapsed.total_seconds() >= 0.3


def test_it_leaves_no_process(start: Any) -> None:
    running = start("--tenant", "one")
    running.wait()
    pid = running.process.pid
    assert running.stop() == 0
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
