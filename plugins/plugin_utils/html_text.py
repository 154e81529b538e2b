# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This plugin util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""HTML in which every value is escaped: what is no Html is a value. Pure."""

from __future__ import annotations

import dataclasses
import html
import typing as t


@dataclasses.dataclass(frozen=True)
class Html:
    """A piece of HTML that is well-formed and safe."""

    text: str


#: What an element may hold: HTML, or a value to show.
Content: t.TypeAlias = "Html | str | int | float | None"


def escaped(value: Content) -> str:
    """A value as HTML shows it, on one line; HTML stays what it is."""
    if isinstance(value, Html):
        return value.text
    words = "" if value is None else str(value)
    if not words.isprintable():
        words = "".join(one if one.isprintable() else " " if one.isspace() else "\ufffd" for one in words)
    return html.escape(words, quote=True)


def joined(*parts: Content) -> Html:
    """Several pieces, one after the other."""
    return Html("".join(map(escaped, parts)))


def element(name: str, *content: Content, **attributes: str) -> Html:
    """An element. attributes: with ``class_`` for class, and underscores for hyphens."""
    written = "".join(
        ' %s="%s"' % (key.rstrip("_").replace("_", "-"), escaped(value)) for key, value in attributes.items()
    )
    return Html("<%s%s>%s</%s>\n" % (name, written, joined(*content).text, name))


def table(
    caption: str, columns: t.Sequence[str], rows: t.Sequence[t.Sequence[Content]], row_headers: bool = False
) -> Html:
    """A table with a caption and headers. row_headers: whether the first cell of a row names it.

    It can be scrolled by itself, also with the keyboard, so that a wide one does not make the page wide.
    """
    head = element("tr", *(element("th", column, scope="col") for column in columns))
    body = []
    for row in rows:
        first = element("th", row[0], scope="row") if row_headers else element("td", row[0])
        body.append(element("tr", first, *(element("td", cell) for cell in row[1:])))
    whole = element("table", element("caption", caption), element("thead", head), element("tbody", *body))
    return element("div", whole, class_="scroll", role="region", aria_label=caption, tabindex="0")
