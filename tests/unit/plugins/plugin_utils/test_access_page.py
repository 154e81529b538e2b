# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The page of a report: well-formed, readable without a screen, without scripts and network, whatever names hold."""

from __future__ import annotations

import dataclasses
import functools
import html.parser
import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.plugin_utils.access_page import TITLES, page_of
from ansible_collections.community.auth0.plugins.plugin_utils.access_report import GATES, Thresholds, report_of
from ansible_collections.community.auth0.tests.harness.browser import FLAGS, read_aloud
from ansible_collections.community.auth0.tests.unit.plugins.plugin_utils.test_access_report import (
    EVERYTHING,
    UNREADABLE,
    change,
    row,
    tenant,
)

#: Elements that have no end.
VOID = {"meta"}


@dataclasses.dataclass
class Element:
    """An element of a page. pieces: of all that it shows, that of the elements in it included."""

    name: str
    attributes: dict[str, str]
    inside: list[Element] = dataclasses.field(default_factory=list)
    pieces: list[str] = dataclasses.field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def all(self, name: str) -> list[Element]:
        """All elements of that name in it."""
        found = [one for one in self.inside if one.name == name]
        return [*found, *(deeper for one in self.inside for deeper in one.all(name))]

    @property
    def words(self) -> str:
        return " ".join(self.text.split())


class Reader(html.parser.HTMLParser):
    """Reads a page, and does not forgive: every element ends where it must."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, dummy in attrs]
        assert len(set(names)) == len(names), (tag, names)
        made = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(made)
        if tag not in VOID:
            self.open.append(made)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].name == tag, (self.open[-1].name, tag)
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for one in self.open:
            one.pieces.append(data)


def page(*tenants: dict[str, Any], fail_on: tuple[str, ...] = (), **thresholds: int) -> tuple[str, Element]:
    text = page_of(report_of(tenants, "2026-11-30 12:00 UTC", Thresholds(**thresholds), fail_on))
    reader = Reader()
    reader.feed(text)
    reader.close()
    assert reader.open == [reader.root]
    return text, reader.root


def tables(element: Element) -> dict[str, list[list[str]]]:
    """The cells of all tables by their captions, the headers in the first row."""
    found = {}
    for one in element.all("table"):
        (caption,) = one.all("caption")
        cells = [[cell.words for cell in line.inside if cell.name in ("th", "td")] for line in one.all("tr")]
        found[caption.words] = cells
    return found


FULL = tenant(
    access={
        "access": [
            row("shop", "urn:a", scope=["read", "gone"], undefined_scope=["gone"], declared=False),
            row("shop", "urn:b", subject_type="user", scope=[]),
            row(
                "books",
                "urn:b",
                all_scopes=True,
                secret_age_days=91,
                verification={"result": "verified", "note": "RS256"},
            ),
            row("nobody", "urn:b", exists=False, scope=[], client_id=None, authentication=None),
        ],
        "findings": EVERYTHING["access"]["findings"],
    },
    config={
        "changes": [change("update", "client", "shop", "description", "oidc_conformant", "callbacks")],
        "diff": [
            {
                "before_header": "client shop",
                "before": {"description": None, "oidc_conformant": False, "callbacks": []},
                "after": {"description": "x", "oidc_conformant": True, "callbacks": ["https://x", {"a": 1}]},
            }
        ],
        "undeclared": {"role": ["Planner"]},
    },
)


def test_a_matrix_has_clients_in_rows_apis_in_columns_and_scopes_where_they_meet() -> None:
    dummy, root = page(FULL)
    assert tables(root)["Scopes of each client for each API"] == [
        ["Client", "urn:a", "urn:b"],
        ["books", "", "read all scopes"],
        ["shop", "read gone (not in the API) not declared", "no scope; for users"],
    ]


def test_clients_of_one_name_are_told_apart_by_their_ids() -> None:
    twins = [row("twin", "urn:a", client_id=f"id-{number}") for number in (1, 2)]
    dummy, root = page(tenant(access={"access": twins}))
    assert [line[0] for line in tables(root)["Scopes of each client for each API"]] == [
        "Client",
        "twin (id-1)",
        "twin (id-2)",
    ]


@pytest.mark.parametrize(
    ("subject", "note", "cell"),
    [
        ("client", "read", "the client"),
        ("user", "read for users", "users"),
        ("anonymous_user", "read for anonymous users", "anonymous users"),
    ],
)
def test_each_grant_says_for_whom_its_tokens_are(subject: str, note: str, cell: str) -> None:
    dummy, root = page(tenant(access={"access": [row("shop", "urn:a", subject_type=subject)]}))
    assert tables(root)["Scopes of each client for each API"][1] == ["shop", note]
    assert tables(root)["Every grant"][1][2] == cell


def test_differences_findings_and_every_grant_have_tables() -> None:
    dummy, root = page(FULL)
    found = tables(root)
    assert found["What differs from the declarations"][1:] == [
        [
            "different",
            "client shop",
            "description: (not set) → x oidc_conformant: false → true callbacks: (empty) → https://x, a: 1",
        ]
    ]
    assert found["In the tenant, and not declared"][1:] == [["role", "Planner"], ["client grant", "shop / urn:a"]]
    assert [line[0] for line in found["Findings"]] == ["What", *TITLES.values()]
    grants = found["Every grant"]
    assert grants[0][-1] == "Token"
    assert grants[3][3:] == ["read", "yes", "client_secret_post", "91 days", "", "verified: RS256"]
    assert grants[4][3] == "the grant is missing"


def test_of_long_lists_only_what_differs_is_shown() -> None:
    every = [{"value": f"scope:{number}"} for number in range(20)]
    config = {
        "changes": [change("update", "resource_server", "urn:a", "scopes")],
        "diff": [
            {
                "before_header": "API urn:a",
                "before": {"scopes": every[:-1]},
                "after": {"scopes": every[2:]},
            }
        ],
    }
    dummy, root = page(tenant(config=config))
    assert tables(root)["What differs from the declarations"][1][2] == (
        "scopes: 19 items → 18: only in the tenant: value: scope:0 only in the tenant: value: scope:1"
        " only declared: value: scope:19"
    )


def test_the_summary_leads_to_each_tenant_and_counts() -> None:
    dummy, root = page(FULL, UNREADABLE, max_secret_age=90, min_key_days=30)
    (nav,) = root.all("nav")
    lines = tables(nav)["All tenants"]
    assert lines[1] == ["dev", "read", "3", "3", "1", "2", "1", "2, not all known", "2", "2"]
    assert lines[2] == ["gone", "COULD NOT BE READ", *["not known"] * 8]
    ids = [
        one.attributes["id"] for name in ("section", "div", "h2") for one in root.all(name) if "id" in one.attributes
    ]
    assert len(set(ids)) == len(ids)
    targets = [link.attributes["href"].removeprefix("#") for link in root.all("a")]
    assert {target for target in targets if target} <= set(ids)
    assert (
        root.all("p")[0].words == "2 tenants, read at 2026-11-30 12:00 UTC. A secret is old after 90 days."
        " A key is reported when it has fewer than 30 days left."
    )
    one = page(tenant(access={"access": [row("shop", "urn:a", secret_age_days=1)]}), max_secret_age=1)[1]
    assert one.all("p")[0].words == "1 tenant, read at 2026-11-30 12:00 UTC. A secret is old after 1 day."
    assert tables(one)["Every grant"][1][6] == "1 day"


def test_a_tenant_that_cannot_be_read_has_its_reason_and_no_empty_tables() -> None:
    dummy, root = page(UNREADABLE)
    (section,) = root.all("section")
    assert "https://gone cannot be reached." in section.words
    assert section.all("table") == []


def test_a_gate_says_whether_it_is_passed() -> None:
    assert "Passed: nothing is wrong with drift, expiry." in page(tenant(), fail_on=("drift", "expiry"))[1].words
    dummy, root = page(EVERYTHING, tenant("calm"), fail_on=("drift", "expiry"))
    assert "Failed: something is wrong with drift, expiry in 1 of 2 tenants." in root.words
    assert tables(root)["What is wrong"] == [
        ["Tenant", "Because of", "What"],
        ["dev", "drift", "client new: missing"],
        ["dev", "expiry", "ending_key unreadable_keys old_secret"],
    ]
    assert "Passed" not in root.words and "Failed" not in page(tenant())[1].words


def test_many_failures_are_counted_and_folded_so_that_the_tenants_stay_in_sight() -> None:
    failed = [tenant(f"t-{number}", access={"findings": EVERYTHING["access"]["findings"] * 5}) for number in range(13)]
    dummy, root = page(*failed, fail_on=("unused",))
    assert "Failed: something is wrong with unused in 13 of 13 tenants." in root.words
    (section,) = (one for one in root.all("section") if one.attributes.get("class") == "bad")
    assert [one.name for one in section.inside] == ["p", "details"]
    assert len(tables(section)["What is wrong"]) == 14


@pytest.mark.parametrize("number", [12, 13, 400])
def test_a_long_list_is_folded_and_says_how_long_it_is(number: int) -> None:
    scopes = [f"scope:{one}" for one in range(number)]
    given = tenant(
        access={
            "access": [row("all", "urn:a", scope=scopes, undefined_scope=scopes[-2:])],
            "findings": [{"code": "unused_scope", "message": f"message {one}"} for one in range(number)],
        },
        config={"undeclared": {"client": [f"client {one}" for one in range(number)]}},
    )
    dummy, root = page(given)
    found = tables(root)
    cell = found["Scopes of each client for each API"][1][1]
    assert all(scope in cell.split() for scope in scopes)
    folded = {one.all("summary")[0].words for one in root.all("details") if "open" not in one.attributes}
    if number == 12:
        assert folded == {"Every grant"}
        assert found["Every grant"][1][3] == " ".join(scopes)
    else:
        assert folded == {f"{number} scopes", f"{number} names", f"{number} findings", "Every grant"}
        assert found["Every grant"][1][3] == f"{number} scopes"
        assert cell.startswith(f"{number} scopes scope:0 ") and cell.endswith(" 2 scopes not in the API")


@pytest.mark.parametrize("tenants", [(), (FULL,), (FULL, UNREADABLE, EVERYTHING, tenant("calm"))], ids=len)
def test_it_can_be_read_without_a_screen(tenants: tuple[dict[str, Any], ...]) -> None:
    text, root = page(*tenants, fail_on=("drift",))
    assert text.startswith("<!doctype html>\n")
    (document,) = root.all("html")
    assert document.attributes["lang"] == "en"
    assert root.all("title")[0].words and len(root.all("h1")) == len(root.all("main")) == 1
    for one in root.all("table"):
        assert one.all("caption")[0].words
        assert {cell.attributes["scope"] for cell in one.all("th")} <= {"col", "row"}
        (head,) = one.all("thead")
        assert all(cell.attributes["scope"] == "col" and cell.words for cell in head.all("th"))
        widths = {len([cell for cell in line.inside if cell.name in ("th", "td")]) for line in one.all("tr")}
        assert len(widths) == 1
    for one in root.all("section"):
        if "aria-labelledby" in one.attributes:
            assert one.attributes["aria-labelledby"] in {heading.attributes.get("id") for heading in one.all("h2")}


def test_it_needs_no_script_and_no_network() -> None:
    text, root = page(FULL, UNREADABLE)
    for name in ("script", "link", "img", "iframe", "object", "embed", "form", "base"):
        assert root.all(name) == []
    every = [one for name in set(re.findall(r"<([a-z0-9]+)", text)) for one in root.all(name)]
    assert not [name for one in every for name in one.attributes if name.startswith("on") or name in ("src", "style")]
    (style,) = root.all("style")
    assert "url(" not in style.text and "@import" not in style.text
    assert "default-src 'none'" in root.all("meta")[2].attributes["content"]
    assert "prefers-color-scheme: dark" in style.text and "@media print" in style.text


EVIL = "<script>alert(1)</script>\"><img src=x onerror=alert(1)>'&amp;\u202e\x00\x1b[31m"


def test_whatever_a_tenant_holds_is_shown_and_nothing_else() -> None:
    access = [
        row(EVIL, EVIL, scope=[EVIL], undefined_scope=[EVIL], client_id=number, authentication=EVIL) for number in "12"
    ]
    evil = tenant(
        EVIL,
        access={
            "access": [{**one, "verification": {"result": EVIL, "note": EVIL}} for one in access],
            "findings": [{"code": EVIL, "message": EVIL}],
        },
        config={
            "changes": [change("update", EVIL, EVIL, EVIL), change(EVIL, "client", EVIL)],
            "diff": [{"before_header": f"{EVIL} {EVIL}", "before": {EVIL: EVIL}, "after": {EVIL: {EVIL: [EVIL]}}}],
            "undeclared": {EVIL: [EVIL]},
        },
    )
    failed = {"name": EVIL, "domain": EVIL, "access": {"msg": EVIL, "failed": True}}
    text, root = page(evil, failed, fail_on=tuple(GATES))
    assert root.all("script") == root.all("img") == []
    assert "\x1b" not in text and "\x00" not in text and "\u202e" not in text
    assert text.count("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&gt;&lt;img") > 20
    shown = tables(root)["In the tenant, and not declared"][1][1]
    assert shown.startswith("<script>alert(1)</script>\"><img src=x onerror=alert(1)>'&amp;")


@functools.cache
def large() -> tuple[str, Element]:
    """The page of a hundred tenants with thirty grants each, and one for as many scopes as the Management API has."""
    every = [f"read:something_{number}" for number in range(400)]
    tenants = [
        tenant(
            f"tenant-{number:03d}",
            access={
                "access": [
                    row(f"client-{one % 10}", f"https://api-{one % 3}.example.com", client_id=str(one))
                    for one in range(30)
                ]
                + [row("manager", "https://acme.eu.auth0.com/api/v2/", scope=every)],
                "findings": EVERYTHING["access"]["findings"],
            },
        )
        for number in range(100)
    ]
    return page(*tenants)


def few() -> tuple[str, Element]:
    """The page of a tenant that has something of all there is, and one that cannot be read."""
    return page(FULL, UNREADABLE)


def test_a_hundred_tenants_are_folded_and_a_few_megabytes_at_most() -> None:
    text, root = large()
    assert len(text) < 4_000_000
    folded = root.all("details")
    assert Counter(one.all("summary")[0].words for one in folded) == {
        "Who may call what": 100,
        "Every grant": 100,
        "400 scopes": 100,
    }
    assert not [one for one in folded if "open" in one.attributes]
    assert len(tables(root.all("nav")[0])["All tenants"]) == 101
    alone = [one for one in page(FULL)[1].all("details") if "open" in one.attributes]
    assert [one.all("summary")[0].words for one in alone] == ["Who may call what"]


#: What the machine has of them; without one, only the parser reads the page.
BROWSERS = list(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))[:1]


def as_shown(text: str, browser: str, directory: Path) -> str:
    """The page as a browser has understood it, which must have nothing to complain about."""
    file = directory / "report.html"
    file.write_text(text, encoding="utf-8")
    done = subprocess.run(
        [
            browser,
            *FLAGS,
            f"--user-data-dir={directory / 'profile'}",
            "--enable-logging=stderr",
            "--dump-dom",
            file.as_uri(),
        ],
        capture_output=True,
        env={**os.environ, "HOME": str(directory)},
        check=False,
        timeout=300,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert ":CONSOLE" not in done.stderr
    return done.stdout


@pytest.mark.parametrize("reader", ["parser", *BROWSERS])
@pytest.mark.parametrize("made", [few, large], ids=["few", "many"])
def test_whoever_reads_it_understands_all_of_it_without_an_error(
    reader: str, made: Callable[[], tuple[str, Element]], tmp_path: Path
) -> None:
    text, root = made()
    shown = text if reader == "parser" else as_shown(text, reader, tmp_path)
    for name in ("table", "caption", "th", "td", "section", "details"):
        assert len(re.findall(rf"<{name}[\s>]", shown)) == len(root.all(name))
    assert shown.rstrip().endswith("</html>")


@pytest.mark.parametrize("browser", BROWSERS)
def test_a_browser_tells_screen_readers_of_all_tables_with_their_headers(browser: str, tmp_path: Path) -> None:
    text, root = page(FULL, UNREADABLE, fail_on=("drift",))
    file = tmp_path / "report.html"
    file.write_text(text.replace("<details>", "<details open>"), encoding="utf-8")
    told = Counter((node.role, node.name) for node in read_aloud(file, browser, tmp_path))
    for role, name, scope in (("table", "caption", ""), ("columnheader", "th", "col"), ("rowheader", "th", "row")):
        shown = [one.words for one in root.all(name) if one.attributes.get("scope", "") == scope]
        assert shown and Counter({found: told[role, found] for found in set(shown)}) == Counter(shown)
    assert told["main", ""] == told["navigation", "Tenants"] == 1
    assert [told["region", name] for name in ("dev", "gone")] == [1, 1]
