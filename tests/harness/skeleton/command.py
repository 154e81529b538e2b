# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The command: the files of a kind are written, and what is left to do is printed."""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from .declared import declaration
from .description import Description, Unreadable
from .documented import info_module, module, targets
from .emulated import entity
from .emulated_standing import standing_entity, standing_operations
from .sketch import DESCRIBE, FIND_OUT, KindSketch, kind_sketch
from .standing import is_standing, standing_sketch

ROOT = Path(__file__).resolve().parents[3]
KINDS = "plugins/module_utils/_kinds"
EMULATOR = "emulator/src/auth0_emulator"


def files(kind: KindSketch, version: str) -> dict[str, str]:
    """The files of a kind, by their paths in the repository. version: in which it is new."""
    found = {
        f"{KINDS}/{kind.name}.py": declaration(kind),
        f"{EMULATOR}/entities/{kind.file}.py": standing_entity(kind) if kind.standing else entity(kind),
        f"plugins/modules/auth0_{kind.name}.py": module(kind, version),
        f"plugins/modules/auth0_{kind.name}_info.py": info_module(kind, version),
    }
    if kind.standing:
        found[f"{EMULATOR}/management/operations/{kind.file}.py"] = standing_operations(kind)
    found.update({f"tests/integration/targets/{name}": text for name, text in targets(kind).items()})
    return {name: _formatted(name, text) if name.endswith(".py") else text for name, text in found.items()}


def _formatted(name: str, source: str) -> str:
    """The source with its lines broken and its imports sorted as the project has them."""
    for command in (["check", "--quiet", "--fix", "--select", "I", "--exit-zero"], ["format", "--quiet"]):
        done = subprocess.run(
            ["ruff", *command, "--no-cache", "--stdin-filename", str(ROOT / name), "-"],
            input=source,
            capture_output=True,
            check=True,
            cwd=ROOT,
            text=True,
        )
        source = done.stdout
    return source


def marks(written: Mapping[str, str]) -> list[str]:
    """What is left to find out or to describe, with the place of each."""
    return [
        f"{name}:{number}: {line.strip().lstrip('# ')}"
        for name, text in written.items()
        for number, line in enumerate(text.splitlines(), 1)
        if FIND_OUT.strip() in line or DESCRIBE.strip() in line
    ]


def by_hand(kind: KindSketch) -> list[str]:
    """What is to be done in files that are there, in the order of docs/adding-a-kind.md."""
    usual = {verb: (f"{verb}:{kind.collection}",) for verb in ("read", "create", "update", "delete")}
    kept = (
        f'_kept("{kind.collection}")'
        if kind.scopes == usual
        else f"Scopes({', '.join(repr(scopes) for scopes in kind.scopes.values())})"
    )
    if kind.standing:
        kept = f"Scopes({kind.scopes['read']!r}, change={kind.scopes['update']!r})"
    needs = ", ".join(f'"{name}": ...' for name in kind.identity)
    scene = f"Scene(lambda tenant, around: {{{needs}}})"
    emulated = [
        f"{EMULATOR}/entities/all.py: `from .{kind.file} import {kind.file.upper()}`, and {kind.file.upper()} in ALL",
        f"{EMULATOR}/state/identifiers.py: how the ids of a {kind.title} are made",
    ]
    scenes = f'{{"": {scene}, "to create": …, "to change": …, "to delete": …}}'
    if kind.standing:
        emulated = [
            f"{EMULATOR}/entities/new_tenant.py: {kind.file} among those that are standing, and what new() returns",
            f"{EMULATOR}/management/routes.py: {kind.file} among the operations",
        ]
        scenes = f'{{"": {scene}, "to change": …}}'
    routed = "{action_plugin: community.auth0.auth0_config}"
    return [
        f"{KINDS}/__init__.py: `from .{kind.name} import {kind.constant}`, and {kind.constant} in KINDS, behind "
        "what it refers to",
        f'.importlinter: {kind.name} in a layer under "Inside _kinds"',
        *emulated,
        f"{EMULATOR}/management/operations/untouched.py, empty_lists.py: without /{kind.path}",
        "tests/emulator/test_fuzzing.py: how many operations there are; docs/emulator.md: a row",
        f'tests/harness/sdk_fields.py: the SDK\'s class for "{kind.name}" in CLIENTS',
        f'tests/harness/documentation/scopes.py: "auth0_{kind.name}": {kept}, '
        f'"auth0_{kind.name}_info": Scopes(({", ".join(map(repr, kind.scopes["read"]))},))',
        f'tests/contract/test_scopes.py: "auth0_{kind.name}": {scenes}, and one for auth0_{kind.name}_info',
        f"meta/runtime.yml: auth0_{kind.name} and auth0_{kind.name}_info in action_groups, and in plugin_routing "
        f"as {routed}",
        f"plugins/modules/auth0_config.py: the description of {kind.collection}"
        + ("" if kind.standing else ", and of what prune has of it"),
        f"roles/tenant: auth0_{kind.collection} in defaults/main.yml, vars/main.yml, meta/argument_specs.yml; a row in "
        "docs/playbooks.md",
        "README.md, docs/terraform.md: a row",
        "tests/contract/values.py: what the servers want of a value beyond its declaration",
        "tests/integration/targets/secrets/files/play.yml: a task",
    ]


def write(root: Path, written: Mapping[str, str]) -> None:
    """Write files below a directory. Raises FileExistsError, before anything is written, where one is there."""
    there = [name for name in written if (root / name).exists()]
    if there:
        raise FileExistsError("Nothing was written, since these files are there: " + ", ".join(there))
    for name, text in written.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def read(file: Path) -> Description:
    """The description in a file, in JSON or YAML. Raises Unreadable."""
    try:
        text = file.read_text()
        return Description(json.loads(text) if file.suffix == ".json" else yaml.safe_load(text))
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise Unreadable(f"{file} cannot be read as JSON or YAML: {error}") from None


def main(arguments: Sequence[str], root: Path = ROOT) -> int:
    parser = argparse.ArgumentParser(prog="nox -s kind_skeleton --", description="Write the skeleton of a kind.")
    parser.add_argument("openapi", type=Path, help="an OpenAPI description of the Management API, a file of yours")
    parser.add_argument("path", help="where its objects are, such as /rate-limit-policies")
    parser.add_argument("--name", help="the name of the kind, such as rate_limit_policy, where the path is no good one")
    given = parser.parse_args(arguments)
    try:
        if given.name and not re.fullmatch(r"[a-z][a-z0-9_]*", given.name):
            raise Unreadable(f"The name {given.name} has other characters than lower case letters, digits and _.")
        description = read(given.openapi)
        sketched = standing_sketch if is_standing(description, given.path) else kind_sketch
        kind = sketched(description, given.path, given.name)
        version = str(yaml.safe_load((ROOT / "galaxy.yml").read_text())["version"])
        written = files(kind, version)
        write(root, written)
    except (Unreadable, FileExistsError) as error:
        print(error, file=sys.stderr)
        return 1
    left = marks(written)
    print(f"The kind {kind.name}. Written:", *(f"  {name}" for name in written), sep="\n")
    print("\nTo be done in files that are there (docs/adding-a-kind.md says how):", *by_hand(kind), sep="\n  * ")
    print(
        f"\nTo find out and to describe, {len(left)} in all:",
        *(f"  {one}" for one in left if FIND_OUT.strip() in one),
        sep="\n",
    )
    print("\nThen .venv/bin/nox -s documentation -- --fix writes the types, the limits and the scopes of the options.")
    return 0
