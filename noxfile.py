# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Everything that is checked about this collection; `nox --list` shows the sessions, `make test` runs them all.

The environment variable ANSIBLE_CORE_VERSION (such as 2.20) chooses the release of ansible-core; without it, it is the
newest tested one for the Python that runs nox.
"""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import nox

nox.needs_version = ">=2026.10.20"
nox.options.allow_parallel = True
nox.options.reuse_existing_virtualenvs = True

TOOLS = Path(".nox", "prepare", "bin").absolute()
CACHE = Path(".nox", "cache").absolute()
EXAMPLE_API = "examples/protected_api/requirements.txt"
RELEASE = os.environ.get("ANSIBLE_CORE_VERSION")
# Not newer than the newest that has been tested: each release deprecates something, and sanity tests get stricter.
ANSIBLE_CORE = f"ansible-core=={RELEASE}.*" if RELEASE else "ansible-core>=2.18,<2.22"
# Ansible starts a process for every task, and each would compile Ansible anew where this is set.
BYTECODE = {"PYTHONDONTWRITEBYTECODE": None}
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"


# Names of its temporary directories are in what it checks, where one that ends in _ is a link that leads nowhere.
ANTSIBULL_DOCS = """\
import sys, tempfile
tempfile._RandomNameSequence.characters = "abcdefghijklmnopqrstuvwxyz0123456789"
from antsibull_docs.cli.antsibull_docs import main
sys.exit(main())
"""


def run(session: nox.Session, command: str, *arguments: str) -> None:
    """Run one of the tools that `prepare` has installed; on an interrupt, let it clean up."""
    env = {
        "PATH": f"{TOOLS}{os.pathsep}{os.environ['PATH']}",
        "HYPOTHESIS_STORAGE_DIRECTORY": str(CACHE / "hypothesis"),
        "RUFF_CACHE_DIR": str(CACHE / "ruff"),
        **BYTECODE,
    }
    session.run(str(TOOLS / command), *arguments, env=env, external=True, interrupt_timeout=30)


def in_collection(session: nox.Session, *command: str) -> None:
    """Run a tool on a copy of the collection that stands where Ansible looks for it."""
    run(session, "python", "tests/harness/scratch.py", "--copy", *command)


# A session that works with the one environment that `prepare` makes for all of them.
tool_session = nox.session(venv_backend="none", requires=["prepare"])


@nox.session
def prepare(session: nox.Session) -> None:
    """Install the tools, ansible-core and the emulator, unless they are there already."""
    wanted = [ANSIBLE_CORE, "-r", "requirements-dev.txt", "-e", "./emulator[tests]"]
    files = ("requirements-dev.txt", "meta/ee-requirements.txt", EXAMPLE_API, "emulator/pyproject.toml")
    digest = hashlib.sha256("\0".join([*wanted, *(Path(name).read_text() for name in files)]).encode()).hexdigest()
    stamp = Path(session.virtualenv.location, "installed")
    if not stamp.exists() or stamp.read_text() != digest:
        session.install("--no-compile", *wanted)
        stamp.write_text(digest)


@tool_session
def format(session: nox.Session) -> None:
    """Formatting and lint of Python; `nox -s format -- --fix` mends what can be mended."""
    fix = "--fix" in session.posargs
    run(session, "ruff", "check", "--output-format=concise", *(["--fix"] if fix else []))
    run(session, "ruff", "format", *([] if fix else ["--check", "--diff"]))


@tool_session
def documentation(session: nox.Session) -> None:
    """The documentation of modules is as declared; `nox -s documentation -- --fix` writes it so."""
    command = ["python", "tests/harness/scratch.py", "python", "tests/harness/document_modules.py"]
    run(session, *command, *session.posargs)


@tool_session
def types(session: nox.Session) -> None:
    """Static types, strictly."""
    mypy = ["mypy", "--cache-dir", str(CACHE / "mypy")]
    in_collection(session, *mypy, "-p", "ansible_collections.community.auth0.plugins", "-p", "auth0_emulator")
    in_collection(session, *mypy, "noxfile.py", "tests/harness", "examples/protected_api")


@tool_session
def layers(session: nox.Session) -> None:
    """Imports only go down: the rooms of plugins/module_utils, the wings of the emulator."""
    in_collection(session, "lint-imports", "--no-cache", "--no-logo")
    in_collection(session, "lint-imports", "--no-cache", "--no-logo", "emulator/.importlinter")


@tool_session
def lint(session: nox.Session) -> None:
    """Playbooks, YAML, changelog, documentation."""
    in_collection(session, "ansible-lint", "--strict")
    in_collection(session, "yamllint", "--strict", ".")
    in_collection(session, "antsibull-changelog", "lint")
    documentation = ["--plugin-docs", "--validate-collection-refs=self", "--check-extra-docs-refs"]
    in_collection(session, "python", "-c", ANTSIBULL_DOCS, "lint-collection-docs", *documentation, ".")


@tool_session
def docs_site(session: nox.Session) -> None:
    """The guides and a page for each plugin as a site in dist/site, without a warning."""
    run(session, "python", "tests/harness/build_docs_site.py", "dist/site")


@tool_session
def molecule(session: nox.Session) -> None:
    """The scenarios in extensions/molecule: the playbooks in their order, and the role in a play for a service."""
    in_collection(session, "molecule", "test", "--all")


@tool_session
def licenses(session: nox.Session) -> None:
    """Every file says whose it is and under which licence."""
    # In the checkout, it takes what other parts compile at the same time for files of ours.
    in_collection(session, "reuse", "lint", "--lines")


@tool_session
def sanity(session: nox.Session) -> None:
    """All of ansible-test's sanity tests, without exceptions."""
    run(
        session,
        "python",
        "tests/harness/run_ansible_test.py",
        "sanity",
        "--local",
        "--python",
        PYTHON,
        *session.posargs,
    )


@tool_session
@nox.parametrize("door", ["controller", "module"], ids=["controller", "module"])
def integration(session: nox.Session, door: str) -> None:
    """The integration targets, against an emulator: `nox -s integration -- auth0_client` runs one.

    With the work done in the controller's process, and with each module in a process of its own.
    """
    run(session, "python", "tests/harness/run_integration.py", "--door", door, *session.posargs)


def pytest(session: nox.Session, *directories: str) -> None:
    """Run the tests in directories, on all processors unless there are arguments that say what to run."""
    arguments = session.posargs or ["--numprocesses=auto", "--hypothesis-profile=ci", *directories]
    run(session, "python", "tests/harness/scratch.py", "pytest", "-o", f"cache_dir={CACHE / 'pytest'}", *arguments)


@tool_session
def emulator(session: nox.Session) -> None:
    """The emulator's tests, and those that hold everything that the modules can declare against it."""
    pytest(session, "tests/emulator", "tests/contract")


@tool_session
def faults(session: nox.Session) -> None:
    """Every write under every fault; `nox -s faults -- --fix` writes how they end into docs/faults.md."""
    if session.posargs == ["--fix"]:
        session.posargs.append("tests/faults")
    pytest(session, "tests/faults")


@tool_session
def playbooks(session: nox.Session) -> None:
    """The tests of the playbooks, against an emulator."""
    pytest(session, "tests/playbooks")


@tool_session
def unit(session: nox.Session) -> None:
    """The collection's unit tests."""
    pytest(session, "tests/unit")


@nox.session(venv_backend="none", requires=["prepare"], default=False)
def kind_skeleton(session: nox.Session) -> None:
    """The skeleton of a new kind from an OpenAPI file of yours: `nox -s kind_skeleton -- FILE /event-streams`."""
    command = ["python", "tests/harness/scratch.py", "python", "tests/harness/kind_skeleton.py"]
    run(session, *command, *session.posargs)


@nox.session(default=False)
def release(session: nox.Session) -> None:
    """Changelog and tarball of the version in galaxy.yml, checked as Galaxy does; `-- --write` keeps the changelog."""
    session.install("--no-compile", ANSIBLE_CORE, "antsibull-changelog>=0.36", "galaxy-importer>=0.4.44")
    session.run("python", "tests/harness/make_release.py", "dist", *session.posargs, env=BYTECODE)


@nox.session(default=False)
def emulator_wheel(session: nox.Session) -> None:
    """The emulator as a wheel in dist/, for people who don't have this repository; installed and started once."""
    for old in Path("dist").glob("auth0_emulator-*.whl"):
        old.unlink()
    session.run("python", "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", "dist", "./emulator")
    (wheel,) = Path("dist").glob("auth0_emulator-*.whl")
    session.install("--no-compile", "--force-reinstall", str(wheel))
    session.run("auth0-emulator", "--version")


@nox.session(default=False)
def demo(session: nox.Session) -> None:
    """Three tenants on this machine, provisioned by one playbook, and an API that accepts their tokens."""
    session.install("--no-compile", ANSIBLE_CORE, "-r", "meta/ee-requirements.txt", "-r", EXAMPLE_API, "./emulator")
    command = ["python", "tests/harness/scratch.py", "python", "examples/demo/demo.py", *session.posargs]
    session.run(*command, env=BYTECODE, interrupt_timeout=30)
