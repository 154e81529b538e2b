# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an item of a loop costs: ``python tests/harness/scratch.py python benchmarks/doors.py``, by hand, a minute.

It shows the processor time of ansible-playbook and of all that it starts, for an item that has nothing to change, in
the controller's process and in a process of its own, beside an item of ansible.builtin.uri in the same run. Times of
the processor depend little on what else the machine does, and their ratios less.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from auth0_emulator.process import running

ITEMS = 100
FEW = 15


def play(directory: Path, tasks: list[dict[str, Any]]) -> float:
    """Run a play with these tasks; return the seconds of processor time that it took."""
    book = directory / "play.yml"
    here = {"connection": "local", "vars": {"ansible_python_interpreter": sys.executable}}
    book.write_text(json.dumps([{"hosts": "localhost", "gather_facts": False, **here, "tasks": tasks}]))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [str(Path(sys.executable).with_name("ansible-playbook")), "--inventory", "localhost,", str(book)]
    done = subprocess.run(command, env={**os.environ, "ANSIBLE_HOME": str(directory)}, capture_output=True, check=False)
    if done.returncode:
        raise SystemExit(done.stdout.decode())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    with tempfile.TemporaryDirectory() as name, running(Path(name), "doors") as emulator:
        tenant, directory = emulator.tenants["doors"], Path(name)
        access = {f"auth0_{key}": tenant[key] for key in ("domain", "client_id", "client_secret")}

        def clients(number: int, direct: bool) -> dict[str, Any]:
            options = {**access, "name": "client {{ item }}", "app_type": "non_interactive"}
            loop = "{{ range(%d) | list }}" % number
            return {"community.auth0.auth0_client": options, "loop": loop, "vars": {"auth0_direct": direct}}

        keys = tenant["url"] + "/.well-known/jwks.json"
        url = {"ansible.builtin.uri": {"url": keys}, "loop": "{{ range(%d) | list }}" % FEW}
        play(directory, [clients(ITEMS, True)])
        nothing = play(directory, [])
        uri = (play(directory, [url]) - nothing) / FEW
        print(f"{'an item of':<44}{'ms of processor':>16}{'of a uri item':>15}")
        for what, number, direct in (
            (f"a loop over {ITEMS}, in the controller's process", ITEMS, True),
            ("a loop over one, in the controller's process", 1, True),
            (f"a loop over {FEW}, in processes of their own", FEW, False),
        ):
            cost = (play(directory, [clients(number, direct)]) - nothing) / number
            print(f"{what:<44}{cost * 1000:>16.0f}{cost / uri:>15.2f}", flush=True)
        print(f"{'ansible.builtin.uri':<44}{uri * 1000:>16.0f}{1:>15.2f}")


if __name__ == "__main__":
    main()
