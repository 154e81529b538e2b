# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run ansible-test on a copy of the collection, without containers and without files from outside a package index.

    python tests/harness/run_ansible_test.py sanity|units|... [ARGUMENT]...

ansible-test makes ten virtual environments without pip and fetches pip's bootstrap script from a site of its own. A
script that is in its cache already is used instead; it copies the pip of the Python that runs this, which takes a tenth
of the time of ensurepip. ansible-test also drops most of the environment, so that pip must find its settings in files.
Both go into a home directory for ansible-test alone, in .nox, where its virtual environments stay for the next run.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from configparser import RawConfigParser
from importlib.util import find_spec
from pathlib import Path

from scratch import CHECKOUT, PLACE, copied, run

HOMES = CHECKOUT / ".nox" / "ansible-test-home"

BOOTSTRAP = """\
import shutil
import sysconfig

shutil.copytree({pip!r}, sysconfig.get_path('purelib') + '/pip')
"""


def prepare_home(home: Path) -> None:
    """Make the home directory that ansible-test finds pip and its settings in."""
    cache = home / ".ansible" / "test" / "cache"
    cache.mkdir(parents=True, exist_ok=True)
    pip = find_spec("pip")
    if pip is None or not pip.submodule_search_locations:
        sys.exit("pip is not installed beside ansible-test")
    for version in pip_versions():
        script = BOOTSTRAP.format(pip=pip.submodule_search_locations[0])
        (cache / f"get_pip_{version.replace('.', '_')}.py").write_text(script)

    config = home / ".config" / "pip" / "pip.conf"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.touch(mode=0o600)  # an index may need a password
    with config.open("w") as file:
        pip_settings().write(file)


def pip_versions() -> set[str]:
    """The versions of pip that the installed ansible-test asks for."""
    package = find_spec("ansible_test")
    if package is None or not package.submodule_search_locations:
        sys.exit("ansible-test is not installed: pip install ansible-core")
    requirements = Path(package.submodule_search_locations[0], "_internal", "python_requirements.py")
    versions = set(re.findall(r"\bpip='([0-9.]+)'", requirements.read_text()))
    if not versions:
        sys.exit(f"{requirements} does not say any more which pip it wants; adapt {__file__}")
    return versions


def pip_settings() -> RawConfigParser:
    """What pip is told here by files and by the environment, as a configuration file."""
    settings = RawConfigParser()
    settings["global"] = {"quiet": "1"}  # ansible-test installs something for every test
    for name, variable in (("cert", "REQUESTS_CA_BUNDLE"), ("proxy", "HTTPS_PROXY"), ("proxy", "https_proxy")):
        if variable in os.environ:
            settings["global"][name] = os.environ[variable]
    listed = subprocess.run([sys.executable, "-m", "pip", "config", "list"], check=True, capture_output=True, text=True)
    for line in listed.stdout.splitlines():
        name, value = line.split("=", 1)
        section, option = name.rsplit(".", 1)
        section = "global" if section == ":env:" else section
        if option != "config-file":  # its content is in the list
            if not settings.has_section(section):
                settings.add_section(section)
            settings[section][option] = ast.literal_eval(value)
    return settings


def ansible_test(
    arguments: Sequence[str], collections: Path, home: str, edit: Callable[[str], str] | None = None
) -> int:
    """Run ansible-test in the copy in `collections`; return its exit status. See `scratch.run` for `edit`.

    home: the name of its home directory. Runs that go side by side need one each: both would make a key there.
    """
    prepare_home(HOMES / home)
    command = [str(Path(sys.executable).with_name("ansible-test")), *arguments]
    return run(command, collections, cwd=collections / PLACE, env={"HOME": str(HOMES / home)}, edit=edit)


def main(arguments: Sequence[str]) -> int:
    with copied() as collections:
        return ansible_test(arguments, collections, "any")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
