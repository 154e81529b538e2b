# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The guide to the declarations names every word in which something is declared, and no other."""

from __future__ import annotations

import dataclasses
import inspect
import re
from pathlib import Path

import pytest
from ansible_collections.community.auth0.plugins.module_utils._kinds import declaration, link, rules

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "adding-a-kind.md").read_text()

#: The classes of the words, by their names. What a class inherits is described with the class that it is from.
CLASSES = {
    name: found
    for place in (declaration, rules, link)
    for name, found in vars(place).items()
    if dataclasses.is_dataclass(found) and found.__module__ == place.__name__
}


def section(title: str) -> str:
    """What stands under a heading, as far as the next one."""
    found = re.search(rf"^##+ {title}\n(.*?)(?=^##|\Z)", GUIDE, re.MULTILINE | re.DOTALL)
    assert found, f"there is no section {title}"
    return found[1]


def described(title: str) -> list[str]:
    """The words that the table in a section describes."""
    return re.findall(r"^\| `(\w+)` \|", section(title), re.MULTILINE)


@pytest.mark.parametrize("name", CLASSES)
def test_each_word_is_described_with_an_example(name: str) -> None:
    inherited = {
        field.name
        for base in CLASSES[name].__bases__
        if dataclasses.is_dataclass(base)
        for field in dataclasses.fields(base)
    }
    words = [field.name for field in dataclasses.fields(CLASSES[name]) if field.name not in inherited]
    assert sorted(described(name)) == sorted(words)


def test_each_question_to_a_rule_is_described() -> None:
    asked = [name for name, dummy in inspect.getmembers(rules.Rule) if not name.startswith("_")]
    assert sorted(described("Rules")) == sorted(asked)


def test_each_file_that_the_guide_names_is_there() -> None:
    wings = ROOT / "plugins" / "module_utils"
    named = set(re.findall(r"`((?:_\w+|plugins|tests|emulator|meta|changelogs|roles|docs)/[\w/.-]+)`", GUIDE))
    assert named
    found = {path: (ROOT / path).exists() or (wings / path).exists() for path in named if "NAME" not in path}
    assert [path for path in found if not found[path]] == []


def test_contributing_leads_to_the_guide() -> None:
    assert "docs/adding-a-kind.md" in (ROOT / "CONTRIBUTING.md").read_text()
