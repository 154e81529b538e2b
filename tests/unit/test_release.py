# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a release is made of."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

import pytest

HARNESS = Path(__file__).parents[1] / "harness"

GOOD = "Importing with galaxy-importer\nLinting collection via ansible-lint 26.10.1...\nImporter processing completed\n"


@pytest.fixture
def make_release(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, which finds others beside itself."""
    monkeypatch.syspath_prepend(HARNESS)
    return importlib.import_module("make_release")


def test_an_importer_without_complaints_has_no_faults(make_release: ModuleType) -> None:
    assert make_release.faults_in(GOOD + "WARNING: a role has no license\n") == []


@pytest.mark.parametrize(
    "line", ["ERROR: no README", "WARNING: ERROR    Failed to find community.auth0.provision playbook.", "CRITICAL end"]
)
def test_every_error_that_the_importer_prints_is_a_fault_although_it_ends_well(
    make_release: ModuleType, line: str
) -> None:
    assert make_release.faults_in(f"{GOOD}{line}\n{GOOD}") == [line]


def test_the_checkout_gets_the_changelog_of_the_release_and_loses_its_fragments(
    make_release: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkout, released = tmp_path / "checkout", tmp_path / "released"
    for place, words in ((checkout, "before"), (released, "after")):
        (place / "changelogs" / "fragments").mkdir(parents=True)
        for name in ("CHANGELOG.rst", "changelogs/changelog.yaml", "changelogs/fragments/.keep"):
            (place / name).write_text(words)
    (checkout / "changelogs" / "fragments" / "mended.yml").write_text("bugfixes: [mended]")
    monkeypatch.setattr(make_release, "CHECKOUT", checkout)
    make_release.write(released)
    assert (checkout / "CHANGELOG.rst").read_text() == "after"
    assert (checkout / "changelogs" / "changelog.yaml").read_text() == "after"
    assert [path.name for path in (checkout / "changelogs" / "fragments").iterdir()] == [".keep"]
