# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What documents, plugins and playbooks link to in this repository is there, headings included."""

from __future__ import annotations

import functools
import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).parents[2]
#: How files that people read elsewhere link to a file of this repository.
ON_THE_FORGE = "https://github.com/ansible-collections/community.auth0/blob/main/"
IGNORED = {".git", ".nox", ".venv", ".ansible", "collections"}


def files() -> Iterator[Path]:
    """All files of the project: nobody looks into what is ignored, which is far more."""
    for directory, inside, names in os.walk(ROOT):
        inside[:] = sorted(set(inside) - IGNORED)
        yield from (Path(directory, name) for name in sorted(names))


FILES = list(files())
DOCUMENTS = [path for path in FILES if path.suffix == ".md"]
OTHERS = [
    path
    for path in FILES
    if path.suffix in (".yml", ".yaml", ".rst", ".j2") or (path.suffix == ".py" and "plugins" in path.parent.parts)
]


def tokens(document: Path) -> Iterator[Token]:
    for token in MarkdownIt().enable("table").parse(document.read_text(encoding="utf-8")):
        yield token
        yield from token.children or ()


@functools.cache
def headings(document: Path) -> set[str]:
    """The anchors of the headings, as the forge makes them: "What `clear` does" → what-clear-does."""
    found: Counter[str] = Counter()
    anchors = set()
    last = None
    for token in tokens(document):
        if token.type == "inline" and last == "heading_open":
            words = "".join(child.content for child in token.children or () if child.type in ("text", "code_inline"))
            anchor = re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")
            anchors.add(f"{anchor}-{found[anchor]}" if found[anchor] else anchor)
            found[anchor] += 1
        last = token.type
    return anchors


def problem(source: Path, link: str) -> str | None:
    """What is wrong with a link, in words; None where nothing is, or where it leads elsewhere."""
    if link.startswith(ON_THE_FORGE):
        path, dummy, anchor = link.removeprefix(ON_THE_FORGE).partition("#")
        target = ROOT / path
    elif re.match(r"[a-z]+:", link):
        return None
    else:
        path, dummy, anchor = link.partition("#")
        target = source.parent / path if path else source
    if not target.exists():
        return f"{link}: there is no such file"
    if anchor and anchor not in headings(target):
        return f"{link}: there is no such heading"
    return None


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_of_a_document_leads_somewhere(document: Path) -> None:
    links = [str(token.attrs["href"]) for token in tokens(document) if token.type == "link_open"]
    assert [words for link in links if (words := problem(document, link))] == []


def test_plugins_and_playbooks_link_to_documents_that_are_there() -> None:
    found = {
        (path, link)
        for path in OTHERS
        for link in re.findall(rf"{re.escape(ON_THE_FORGE)}[\w./#-]+\w", path.read_text())
    }
    assert found
    assert [words for path, link in sorted(found) if (words := problem(path, link))] == []


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("README.md", None),
        ("docs/nowhere.md", "there is no such file"),
        ("docs/emulator.md#in-your-own-ci", None),
        ("docs/emulator.md#in-your-own-kitchen", "there is no such heading"),
        (ON_THE_FORGE + "docs/nowhere.md", "there is no such file"),
        ("https://example.com/nowhere", None),
    ],
)
def test_a_link_that_leads_nowhere_is_noticed(link: str, expected: str | None) -> None:
    found = problem(ROOT / "README.md", link)
    assert found is None if expected is None else expected in (found or "")
