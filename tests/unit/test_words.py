# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One word for each thing: what the sources of the plugins never say, and what they say instead."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PLUGINS = Path(__file__).resolve().parents[2] / "plugins"

#: A regular expression, and what stands in its place.
INSTEAD = {
    r"\bfor people\b": "for display, for messages",
    r"\banew\b": "again",
    r"\bbyte by byte\b": "exactly",
    r"\b(?:is|are) to (?:be|have)\b": "must, will",
    r"\bmend(?:s|ed)?\b": "fix",
    r"\b(?:is|are) told (?:as|first|now)\b": "reported",
    r"\btold to people\b": "reported",
    r"\bblanks?\b": "space",
    r"\b(?:a|any|as|PEM|expected) text\b": "string",
    # An article before a name that is put in when it is known: Kind.a_title has the right one.
    r"\b[Aa]n? %[sr]\b": "%s with a_title or with_article",
    r"\b[Aa] (?:API|organization|access|ID token)\b": "an",
}


@pytest.mark.parametrize("wrong", INSTEAD)
def test_each_thing_has_one_word(wrong: str) -> None:
    found = [
        f"{path.relative_to(PLUGINS)}: {match[0]!r}: say {INSTEAD[wrong]}"
        for path in sorted(PLUGINS.rglob("*.py"))
        # Words that are parted by the end of a line are words all the same.
        for match in re.finditer(wrong, re.sub(r"\s*\n\s*(?:#: |# |- )?", " ", path.read_text()))
    ]
    assert not found
