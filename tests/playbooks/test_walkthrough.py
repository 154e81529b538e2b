# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What docs/walkthrough.md tells its readers to do works."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from .support import ROOT, Player, blocks, emulated, tool

TEXT = (ROOT / "docs" / "walkthrough.md").read_text()


def test_the_tasks_are_a_playbook_and_it_finds_nothing_to_do_after_the_commands(player: Player, tmp_path: Path) -> None:
    playbook = tmp_path / "walkthrough.yml"
    playbook.write_text(blocks(TEXT, "yaml"))
    with emulated(tmp_path, "tasks", "commands", arguments=["--tls-dir", str(tmp_path)]) as (tasks, commands):
        player.declare({"unused": {}})  # an empty inventory gets a warning
        player.environment.update(AUTH0_CA_PATH=str(tmp_path / "ca.pem"))
        for tenant in (tasks, commands):
            player.environment.update({name.upper(): value for name, value in tenant.access.items()})
            if tenant is commands:
                run_commands(player, tmp_path)
                arguments = (tmp_path / "arguments").read_text()
                assert commands.domain in arguments
                assert commands.client_secret not in arguments
                assert "eyJ" not in arguments  # what every token begins with
            first = player.succeed(str(playbook))
            assert first.recap("localhost")["changed"] == (3 if tenant is tasks else 0)
            assert '"scope": "sample-scope"' in first.output
        assert player.succeed(str(playbook), "--check", "--diff").recap("localhost")["changed"] == 0


def run_commands(player: Player, directory: Path) -> None:
    """Run them with commands that write down their arguments, which everybody on a machine can see."""
    bash = tool("bash")
    commands = directory / "commands"
    commands.mkdir()
    # python3 has to be the one that has PyJWT.
    for name, command in (("curl", tool("curl")), ("python3", sys.executable)):
        script = f"#!{bash}\nprintf '%s\\n' \"$@\" >> '{directory}/arguments'\nexec '{command}' \"$@\"\n"
        (commands / name).write_text(script)
        (commands / name).chmod(0o700)
    environment = {
        **player.environment,
        "PATH": f"{commands}:{player.environment['PATH']}",
        "CURL_CA_BUNDLE": str(directory / "ca.pem"),
        "SSL_CERT_FILE": str(directory / "ca.pem"),
    }
    script = "set -euo pipefail\n" + blocks(TEXT, "bash")
    done = subprocess.run([bash, "-c", script], env=environment, capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "'scope': 'sample-scope'" in done.stdout
