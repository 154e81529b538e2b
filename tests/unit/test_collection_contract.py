# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What holds for every file, every module and everything declared, also for what will be added.

That options are documented as they are, with types, choices and defaults, is what ansible-test's validate-modules looks
after; that what is declared works on a tenant, tests/contract.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import re
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible_collections.community.auth0.plugins.module_utils import _kinds
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS, LINKS, links_of
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind
from ansible_collections.community.auth0.plugins.module_utils._kinds.link import (
    Link,
    LinkList,
)
from ansible_collections.community.auth0.plugins.module_utils._task.arguments import connection_spec
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Work
from ansible_collections.community.auth0.plugins.plugin_utils.direct import module_work

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(path.stem for path in (ROOT / "plugins" / "modules").glob("*.py"))
LOOKUPS = sorted(path.stem for path in (ROOT / "plugins" / "lookup").glob("*.py"))
#: Which option of the module of its name a lookup takes as its terms.
TERMS = {"auth0_token": "audience", "auth0_token_info": "token"}
GALAXY = yaml.safe_load((ROOT / "galaxy.yml").read_text())


def files() -> list[Path]:
    """The files of the project, relative to its root: those that git knows, or all in a copy without git."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        paths = [ROOT / name for name in filter(None, os.fsdecode(listed.stdout).split("\0"))]
    else:
        paths = [path for path in ROOT.rglob("*") if "__pycache__" not in path.parts and "output" not in path.parts]
    return [path.relative_to(ROOT) for path in paths if path.is_file() and not path.is_symlink()]


@pytest.fixture(scope="session")
def collections(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A search path for collections that holds this one."""
    directory = tmp_path_factory.mktemp("collections")
    place = directory / "ansible_collections" / "community"
    place.mkdir(parents=True)
    (place / "auth0").symlink_to(ROOT, target_is_directory=True)
    return directory


def described(collections: Path, kind: str, names: list[str]) -> dict[str, Any]:
    """What ansible-doc says about each plugin of a kind, fragments included."""
    shown = subprocess.run(
        ["ansible-doc", "--json", "--type", kind, *(f"community.auth0.{name}" for name in names)],
        env={**os.environ, "ANSIBLE_COLLECTIONS_PATH": str(collections)},
        capture_output=True,
        check=False,
        text=True,
    )
    assert shown.returncode == 0, shown.stderr
    found: dict[str, Any] = json.loads(shown.stdout)
    return {name: found[f"community.auth0.{name}"] for name in names}


@pytest.fixture(scope="session")
def documentation(collections: Path) -> dict[str, Any]:
    """What ansible-doc says about each module."""
    return described(collections, "module", MODULES)


@pytest.fixture(scope="session")
def lookups(collections: Path) -> dict[str, Any]:
    """What ansible-doc says about each lookup."""
    return described(collections, "lookup", LOOKUPS)


def test_the_action_group_holds_every_module_and_nothing_else() -> None:
    runtime = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text())
    assert runtime["action_groups"] == {"auth0": MODULES}


def test_every_module_has_the_action_that_can_perform_it_in_the_controllers_process() -> None:
    # Not by a redirected action, for which Ansible would mix up the module_defaults of all modules.
    runtime = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text())
    action = {"action_plugin": "community.auth0.auth0_config"}
    assert runtime["plugin_routing"].keys() == {"modules"}
    routed = runtime["plugin_routing"]["modules"]
    assert [*routed] == [module for module in MODULES if module != "auth0_config"]
    assert [module for module in routed if routed[module] != action] == []


@pytest.mark.parametrize("module", MODULES)
def test_a_module_names_its_work_for_every_door(module: str) -> None:
    assert isinstance(module_work(f"community.auth0.{module}"), Work)


def everything_declared() -> dict[str, Kind | LinkList]:
    """All kinds and lists of links that a file of _kinds declares, by their names there."""
    found: dict[str, Kind | LinkList] = {}
    for place in pkgutil.iter_modules(_kinds.__path__):
        declared = vars(importlib.import_module(f"{_kinds.__name__}.{place.name}"))
        found |= {name: one for name, one in declared.items() if isinstance(one, (Kind, LinkList)) and name[0] != "_"}
    return found


DECLARED = everything_declared()
KIND_NAMES = sorted({one.name for one in DECLARED.values() if isinstance(one, Kind)})

#: The modules for kinds whose objects are not declared one by one, and why.
OTHER_MODULES = {
    # Only the set of all credentials of a client makes sense.
    "client_credential": {"auth0_client_credentials", "auth0_client_credentials_info"},
}


@pytest.mark.parametrize("kind", [name for name in KIND_NAMES if name not in OTHER_MODULES])
def test_a_kind_has_a_module_that_keeps_and_one_that_reads(kind: str) -> None:
    assert kind in KINDS
    assert {f"auth0_{kind}", f"auth0_{kind}_info"} <= set(MODULES)


def test_a_kind_without_modules_of_its_own_is_known() -> None:
    assert set(KIND_NAMES) - KINDS.keys() == OTHER_MODULES.keys()
    assert set[str]().union(*OTHER_MODULES.values()) <= set(MODULES)


@pytest.mark.parametrize("name", [name for name, one in DECLARED.items() if isinstance(one, LinkList)])
def test_links_are_kept_by_a_module_and_shown_by_one(documentation: dict[str, Any], name: str) -> None:
    """All links of an object by one module, or a single one; shown with the object, or where that is not, by one."""
    links = DECLARED[name]
    assert isinstance(links, LinkList)
    if isinstance(links, Link):
        assert links in LINKS
        (keeper,) = {f"auth0_{links.name}", f"auth0_{links.name}".removesuffix("s")} & set(MODULES)
        if links.kind:
            assert links.name in documentation[f"{keeper}_info"]["return"]
            return
    shown = documentation[f"auth0_{links.owner.name}_info"]
    assert links in links_of(links.owner)
    assert links.include in shown["doc"]["options"]
    assert links.collection in shown["return"][links.owner.collection]["contains"]


@pytest.mark.parametrize("kind", KINDS.values(), ids=str)
def test_results_are_documented_under_their_names(documentation: dict[str, Any], kind: Kind) -> None:
    kept, read = (documentation[f"auth0_{kind.name}{ending}"]["return"] for ending in ("", "_info"))
    assert read[kind.collection]["type"] == ("dict" if kind.single else "list")
    assert not kind.options or kept[kind.in_results]["type"] == "dict"
    assert not kind.shown_secret or kind.shown_secret in kept
    beside = {"verification"} if kind.accepts_tokens else set()
    beside |= {links.collection for links in links_of(kind)}
    described = read[kind.collection]["contains"].keys()
    assert beside <= described <= kind.fields.keys() | beside


@pytest.mark.parametrize("module", [module for module in MODULES if module.endswith("_info")])
def test_a_module_that_reads_says_so(documentation: dict[str, Any], module: str) -> None:
    attributes = documentation[module]["doc"].get("attributes")
    assert attributes, "DOCUMENTATION has no attributes"
    support = {name: attributes[name]["support"] for name in ("check_mode", "diff_mode", "idempotent")}
    assert support == {"check_mode": "full", "diff_mode": "N/A", "idempotent": "full"}


@pytest.mark.parametrize("attribute", ["check_mode", "diff_mode", "action_group"])
@pytest.mark.parametrize("module", MODULES)
def test_a_module_documents_its_attributes(documentation: dict[str, Any], module: str, attribute: str) -> None:
    attributes = documentation[module]["doc"].get("attributes")
    assert attributes, "DOCUMENTATION has no attributes"
    described = attributes[attribute]
    assert described["description"]
    if attribute == "action_group":
        assert described["membership"] == ["community.auth0.auth0"]
    else:
        assert described["support"] in {"full", "partial", "none", "N/A"}


@pytest.mark.parametrize("module", MODULES)
def test_a_module_documents_examples_and_results(documentation: dict[str, Any], module: str) -> None:
    assert f"community.auth0.{module}:" in documentation[module]["examples"]
    assert documentation[module]["return"]


@pytest.mark.parametrize("module", MODULES)
def test_a_module_has_an_integration_target(module: str) -> None:
    tasks = ROOT / "tests" / "integration" / "targets" / module / "tasks" / "main.yml"
    assert tasks.is_file(), f"there is no {tasks.relative_to(ROOT)}"
    assert f"community.auth0.{module}:" in tasks.read_text()


def test_the_search_for_secrets_runs_every_module() -> None:
    (play,) = yaml.safe_load(
        (ROOT / "tests" / "integration" / "targets" / "secrets" / "files" / "play.yml").read_text()
    )
    run = {key.removeprefix("community.auth0.") for task in play["tasks"] for key in task}
    assert set(MODULES) - run == set()


UNIT_TESTS = "\n".join(path.read_text() for path in (ROOT / "tests" / "unit" / "plugins").rglob("test_*.py"))


def work_of(module: str) -> str:
    """The function that does a module's work, or the kind from which that follows."""
    source = (ROOT / "plugins" / "modules" / f"{module}.py").read_text()
    kind = re.search(r"^WORK = (?:info_)?work_of\((\w+)\)$", source, re.MULTILINE)
    if kind:
        return kind[1].lower()
    entry = importlib.import_module(f"ansible_collections.community.auth0.plugins.modules.{module}")
    return str(entry.WORK.perform.__name__)


@pytest.mark.parametrize("module", MODULES)
def test_the_work_of_a_module_has_unit_tests(module: str) -> None:
    """What is done for one kind is tested for all of them."""
    work = work_of(module)
    assert work in KINDS or re.search(rf"\b{work}\b", UNIT_TESTS)


@pytest.mark.parametrize("module", MODULES)
def test_a_module_is_in_the_readme(module: str) -> None:
    in_a_row = re.search(rf"^\|.*\b{module}`", (ROOT / "README.md").read_text(), re.MULTILINE)
    assert in_a_row, f"no row of a table in README.md names {module}"


@pytest.fixture(scope="session")
def released() -> set[str]:
    """The modules that the changelog has."""
    releases = yaml.safe_load((ROOT / "changelogs" / "changelog.yaml").read_text())["releases"]
    return {added["name"] for release in releases.values() for added in release.get("modules", [])}


@pytest.mark.parametrize("module", MODULES)
def test_a_module_is_in_the_changelog_or_says_in_which_version_it_comes(
    documentation: dict[str, Any], released: set[str], module: str
) -> None:
    assert module in released or documentation[module]["doc"].get("version_added") == GALAXY["version"]


@pytest.mark.parametrize("lookup", LOOKUPS)
def test_a_lookup_documents_examples_results_and_in_which_version_it_comes(
    lookups: dict[str, Any], lookup: str
) -> None:
    assert f"lookup('community.auth0.{lookup}'" in lookups[lookup]["examples"]
    assert lookups[lookup]["return"]["_raw"]["description"]
    assert lookups[lookup]["doc"]["version_added"] == GALAXY["version"]


@pytest.mark.parametrize("lookup", LOOKUPS)
def test_a_lookup_takes_the_options_of_its_module_and_one_of_them_as_its_terms(
    documentation: dict[str, Any], lookups: dict[str, Any], lookup: str
) -> None:
    meant = ("type", "elements", "choices", "default", "required")
    found, expected = (
        {name: {key: option.get(key) for key in meant} for name, option in where[lookup]["doc"]["options"].items()}
        for where in (lookups, documentation)
    )
    assert found.pop("_terms")["type"] == "list"
    assert expected.pop(TERMS[lookup])["type"] == "str"
    assert found == expected


@pytest.mark.parametrize("lookup", LOOKUPS)
def test_a_lookup_documents_where_the_connection_options_come_from(lookups: dict[str, Any], lookup: str) -> None:
    options = lookups[lookup]["doc"]["options"]
    for name, option in connection_spec().options.items():
        assert [found["name"] for found in options[name]["vars"]] == [name]
        assert [found["name"] for found in options[name].get("env", [])] == option.get("fallback", (None, []))[1]
    others = {name for name, option in options.items() if option.keys() & {"env", "vars", "ini"}}
    assert others == set(connection_spec().options)


@pytest.mark.parametrize("lookup", LOOKUPS)
def test_a_lookup_is_in_an_integration_target(lookup: str) -> None:
    targets = (ROOT / "tests" / "integration" / "targets").glob("lookup_*/tasks/*.yml")
    assert any(f"'community.auth0.{lookup}'" in path.read_text() for path in targets)


def test_requests_tell_the_version_of_the_collection() -> None:
    """It cannot be read from galaxy.yml where a module runs."""
    assert (
        f'VERSION = "{GALAXY["version"]}"\n'
        in (ROOT / "plugins" / "module_utils" / "_http" / "transport.py").read_text()
    )


def test_sanity_tests_have_no_exceptions() -> None:
    assert not [path for path in files() if path.match("tests/sanity/ignore-*")]


def test_plugins_carry_their_licences() -> None:
    """That every other file has one is what `reuse lint` looks after."""
    wrong = []
    for path in files():
        if path.parts[0] == "plugins" and path.suffix == ".py":
            expected = "BSD-2-Clause" if path.parts[1] == "module_utils" else "GPL-3.0-or-later"
            if f"Identifier: {expected}\n" not in (ROOT / path).read_text():
                wrong.append(f"{path}: not under {expected}")
    assert not wrong


def test_the_tarball_holds_the_collection_and_nothing_else(tmp_path: Path) -> None:
    subprocess.run(
        ["ansible-galaxy", "collection", "build", "--output-path", tmp_path, ROOT], check=True, capture_output=True
    )
    (tarball,) = tmp_path.glob("community-auth0-*.tar.gz")
    with tarfile.open(tarball) as archive:
        packed = {Path(name) for name in archive.getnames()}
    assert {path.parts[0] for path in packed} <= {
        "CHANGELOG.rst",
        "CODE_OF_CONDUCT.md",
        "CONTRIBUTING.md",
        "COPYING",
        "FILES.json",
        "LICENSES",
        "MANIFEST.json",
        "MAINTAINERS.md",
        "README.md",
        "SECURITY.md",
        "extensions",
        "changelogs",
        "docs",
        "examples",
        "meta",
        "playbooks",
        "plugins",
        "roles",
    }
    assert {Path("plugins", "modules", f"{module}.py") for module in MODULES} <= packed
    assert {Path("plugins", "lookup", f"{lookup}.py") for lookup in LOOKUPS} <= packed
