# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The text of a module's file, and the blocks of documentation in it."""

from __future__ import annotations

import re

BLOCKS = ("DOCUMENTATION", "EXAMPLES", "RETURN")


def block(source: str, name: str) -> str:
    """The text of a block. Raises ValueError where a file has none of that name."""
    return _found(source, name)[1]


def with_block(source: str, name: str, text: str) -> str:
    """The source with another text in a block. Raises ValueError where a file has none of that name."""
    start, end = _found(source, name).span(1)
    if '"""' in text:
        raise ValueError("%s cannot hold three quotes" % name)
    return source[:start] + text + source[end:]


def _found(source: str, name: str) -> re.Match[str]:
    found = re.search(r'^%s = r"""\n(.*?)^"""$' % name, source, re.MULTILINE | re.DOTALL)
    if not found:
        raise ValueError('there is no %s = r""" in it' % name)
    return found
