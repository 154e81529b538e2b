# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the command line asks for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from auth0_emulator.controls.latency import Latency
from auth0_emulator.controls.rate_limit import Plan
from auth0_emulator.state.tenant import Choices, Credentials


class StartError(Exception):
    """The emulator cannot start; the message says why, in one line."""


@dataclass(frozen=True)
class TenantOption:
    """A tenant to serve; port 0 is any free port."""

    name: str
    port: int = 0


@dataclass(frozen=True)
class Settings:
    """All options."""

    host: str
    tenants: tuple[TenantOption, ...]
    credentials: Credentials | None
    tls_dir: Path | None
    latency: Latency
    plan: Plan | None
    ready_file: Path | None
    check_answers: bool
    choices: Choices
