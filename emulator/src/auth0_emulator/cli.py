# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The command ``auth0-emulator``."""

from __future__ import annotations

import argparse
import ipaddress
import math
import os
import re
import sys
from importlib.metadata import version
from pathlib import Path
from typing import NoReturn

from auth0_emulator.controls import latency
from auth0_emulator.controls.rate_limit import PLANS, Plan, Rate
from auth0_emulator.serving import own_files
from auth0_emulator.settings import Settings, StartError, TenantOption
from auth0_emulator.state.tenant import Choices, Credentials

BAD_USE = 2
SECRET_VARIABLE = "AUTH0_EMULATOR_CLIENT_SECRET"
INTERRUPTED = 130


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(BAD_USE, f"{self.prog}: {message}\n")


def main(arguments: list[str] | None = None) -> int:
    """Run the command; the result is the process's exit status."""
    parser = _parser()
    try:
        settings = _settings(parser.parse_args(arguments))
        if settings.ready_file is not None:
            # At once: a script that waits for the file must not read the one of an emulator that was killed.
            _remove_leftover(settings.ready_file)
        # Imported late: the options are judged before the web server is loaded.
        from auth0_emulator.serving.server import run

        run(settings, lambda line: print(line, flush=True))
    except StartError as error:
        print(f"{parser.prog}: {error}", file=sys.stderr)
        return BAD_USE
    except KeyboardInterrupt:
        # Before it listens; afterwards a signal is the ordinary end.
        return INTERRUPTED
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="auth0-emulator",
        description="Auth0 tenants on this machine, for tests. State is in memory, gone at exit.",
        epilog="Ctrl-C or SIGTERM end it. A bad option or an occupied port is one line on stderr and status 2.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {version('auth0-emulator')}")
    parser.add_argument(
        "--host",
        type=_host,
        default="127.0.0.1",
        metavar="ADDRESS",
        help="loopback address to listen on (default: %(default)s)",
    )
    parser.add_argument(
        "--tenant",
        type=_tenant,
        action="append",
        metavar="NAME[:PORT]",
        dest="tenants",
        help="a tenant to serve, repeatable; no port or 0: any free one (default: dev)",
    )
    parser.add_argument("--client-id", metavar="ID", help="id of the client that may do everything (default: made up)")
    parser.add_argument(
        "--client-secret",
        metavar="SECRET",
        help=f"its secret (default: that in the environment variable {SECRET_VARIABLE}, else made up)",
    )
    parser.add_argument(
        "--client-secret-file", type=Path, metavar="FILE", help="a file that holds the secret, and nothing else"
    )
    parser.add_argument("--tls-dir", type=Path, metavar="DIR", help="speak TLS, and write the CA to DIR/ca.pem")
    parser.add_argument(
        "--latency",
        type=_latency,
        default="0",
        metavar="SECONDS|recorded",
        help="wait before each answer: a constant, or as long as the real servers were recorded to take (default: 0)",
    )
    parser.add_argument(
        "--rate-limit",
        type=_plan,
        metavar="PLAN|BURST/PER_SECOND",
        help=f"limits of each tenant: a plan ({', '.join(PLANS)}), or your own, such as 50/16 (default: none)",
    )
    parser.add_argument(
        "--lag",
        type=_seconds,
        default=0,
        metavar="SECONDS",
        help="a created object cannot be read, and a new secret is refused, for so long (default: 0)",
    )
    parser.add_argument(
        "--narrow-scopes",
        action="store_true",
        help="tokens hold only the scopes that were asked for (default: all of the grant, as the real servers)",
    )
    parser.add_argument(
        "--grant-totals",
        choices=("all", "page"),
        default="all",
        help="what total counts in lists of client grants (default: all)",
    )
    parser.add_argument(
        "--stored-credentials",
        type=int,
        choices=range(1, 21),
        default=4,
        metavar="NUMBER",
        help="how many credentials a client may have (default: 4; tenants report 2, too)",
    )
    parser.add_argument(
        "--ready-file", type=Path, metavar="FILE", help="written when all tenants listen, removed at the end"
    )
    parser.add_argument(
        "--check-answers", action="store_true", help="answer 500 in place of what the own description does not allow"
    )
    return parser


def _settings(given: argparse.Namespace) -> Settings:
    tenants = tuple(given.tenants or [TenantOption("dev")])
    names = [tenant.name for tenant in tenants]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise StartError(f"--tenant: given twice: {', '.join(twice)}")
    secret = _secret(given)
    for option, value in (("--client-id", given.client_id), ("--client-secret", secret)):
        if value == "":
            raise StartError(f"{option}: may not be empty")
    if (given.client_id is None) != (secret is None):
        raise StartError("--client-id and --client-secret go together")
    if given.ready_file is not None and not given.ready_file.parent.is_dir():
        raise StartError(f"--ready-file {given.ready_file}: there is no such directory")
    if given.ready_file is not None and given.ready_file.is_dir():
        raise StartError(f"--ready-file {given.ready_file}: is a directory")
    credentials = None if given.client_id is None else Credentials(given.client_id, secret or "")
    return Settings(
        host=given.host,
        tenants=tenants,
        credentials=credentials,
        tls_dir=given.tls_dir,
        latency=given.latency,
        plan=given.rate_limit,
        ready_file=given.ready_file,
        check_answers=given.check_answers,
        choices=Choices(
            lag=given.lag,
            narrow_scopes=given.narrow_scopes,
            grant_totals=given.grant_totals,
            stored_credentials=given.stored_credentials,
        ),
    )


def _secret(given: argparse.Namespace) -> str | None:
    """The secret; a file and the environment keep it out of the list of processes."""
    if given.client_secret is not None and given.client_secret_file is not None:
        raise StartError("--client-secret and --client-secret-file: give one of them")
    if given.client_secret_file is not None:
        try:
            content: str = given.client_secret_file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "is not UTF-8"
            raise StartError(f"--client-secret-file {given.client_secret_file}: {reason}") from None
        return content.rstrip("\r\n")
    if given.client_secret is None and given.client_id is not None:
        return os.environ.get(SECRET_VARIABLE)
    secret: str | None = given.client_secret
    return secret


def _remove_leftover(ready_file: Path) -> None:
    try:
        own_files.remove_leftover(ready_file)
    except OSError as error:
        raise StartError(f"--ready-file {ready_file}: {error.strerror}") from None


def _host(given: str) -> str:
    """Loopback only: the controls are open to everyone who can reach the port."""
    if given == "localhost":
        return "127.0.0.1"
    try:
        loopback = ipaddress.ip_address(given).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        raise argparse.ArgumentTypeError(f"{given} is not a loopback address")
    return given


def _tenant(given: str) -> TenantOption:
    match = re.fullmatch(r"([a-z0-9][a-z0-9-]{0,62})(?::(\d{1,5}))?", given)
    if not match or int(match.group(2) or 0) > 65535:
        raise argparse.ArgumentTypeError(
            f"{given!r} is not NAME[:PORT] with a name of lower-case letters, digits and hyphens"
        )
    return TenantOption(match.group(1), int(match.group(2) or 0))


def _latency(given: str) -> latency.Latency:
    if given == "recorded":
        return latency.recorded
    try:
        return latency.constant(_seconds(given))
    except argparse.ArgumentTypeError as error:
        raise argparse.ArgumentTypeError(f"{error}, nor 'recorded'") from None


def _seconds(given: str) -> float:
    try:
        value = float(given)
    except ValueError:
        value = -1
    if not (0 <= value < math.inf):
        raise argparse.ArgumentTypeError(f"{given!r} is not a number of seconds")
    return value


def _plan(given: str) -> Plan:
    if given in PLANS:
        return PLANS[given]
    match = re.fullmatch(r"(\d{1,6})/(\d{1,6}(?:\.\d+)?)", given)
    if not match or int(match.group(1)) < 1 or float(match.group(2)) <= 0:
        raise argparse.ArgumentTypeError(
            f"{given!r} is not BURST/PER_SECOND, such as 50/16, nor a plan: {', '.join(PLANS)}"
        )
    rate = Rate(int(match.group(1)), float(match.group(2)))
    return Plan(rate, rate)
