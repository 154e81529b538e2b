# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This plugin util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""A report on access → one page of HTML that needs no network and no script. Pure."""

from __future__ import annotations

import collections
import typing as t

from .access_report import title_of
from .html_text import Content, Html, element, joined, table
from .page_style import STYLE

Object = t.Mapping[str, t.Any]

#: With more tenants than this, what is long is folded.
MOST_UNFOLDED = 3
#: A list of more than this is folded: the Management API alone has hundreds of scopes.
MOST_LISTED = 12

#: The findings in the order of their weight, with what stands before each group.
TITLES = {
    "not_working": "Access that does not work",
    "missing_grant": "Grants that are declared and missing",
    "undeclared_grant": "Grants that nobody declared",
    "missing_api": "Grants for APIs that are gone",
    "undefined_scope": "Grants with scopes that the API does not have",
    "ending_key": "Keys that end",
    "unreadable_keys": "Keys that cannot be read",
    "old_secret": "Old secrets",
    "unknown_secret_age": "Secrets of unknown age",
    "client_without_grant": "Clients without a grant",
    "unused_scope": "Scopes that no grant holds",
}
#: For whom the tokens of a grant are, by its subject type.
_SUBJECTS = {"client": "the client", "user": "users", "anonymous_user": "anonymous users"}
#: What the summary counts of each tenant: findings by their codes.
_COUNTED = (
    ("Not working", ("not_working",)),
    ("Ending keys, old secrets", ("ending_key", "old_secret")),
    ("Scopes and APIs that are gone", ("undefined_scope", "missing_api")),
    ("Unused", ("unused_scope", "client_without_grant")),
)
#: In place of a number.
_UNKNOWN = element("span", "not known", class_="none")


def page_of(report: Object) -> str:
    """The page of a report, as access_report makes it."""
    tenants = report["tenants"]
    folded = len(tenants) > MOST_UNFOLDED
    body = joined(
        element("a", "Skip to the tenants", href="#tenants", class_="skip"),
        element("header", element("h1", "Access to APIs in Auth0"), _about(report)),
        element(
            "main",
            _verdict(report),
            _summary(tenants),
            element("div", *(_tenant(one, number, folded) for number, one in enumerate(tenants, 1)), id="tenants"),
        ),
    )
    head = joined(
        Html('<meta charset="utf-8">\n'),
        Html('<meta name="viewport" content="width=device-width, initial-scale=1">\n'),
        # Whatever a name in a tenant may hold: nothing is loaded and nothing runs.
        Html(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        ),
        Html('<meta name="color-scheme" content="light dark">\n'),
        element("title", "Access to APIs in Auth0, %s" % report["generated_at"]),
        Html("<style>%s</style>\n" % STYLE),
    )
    page = element("html", element("head", head), element("body", body), lang="en")
    return "<!doctype html>\n%s" % page.text


def _about(report: Object) -> Html:
    thresholds = report["thresholds"]
    words = ["%s, read at %s." % (_number(len(report["tenants"]), "tenant"), report["generated_at"])]
    if thresholds["max_secret_age"] is not None:
        words.append("A secret is old after %s." % _days(thresholds["max_secret_age"]))
    if thresholds["min_key_days"] is not None:
        words.append("A key is reported when it has fewer than %s left." % _days(thresholds["min_key_days"]))
    return element("p", " ".join(words))


def _verdict(report: Object) -> Html:
    """Whether what the run must fail on is there, and what it is."""
    if not report["fail_on"]:
        return Html("")
    gates = ", ".join(report["fail_on"])
    if not report["failures"]:
        return element("p", "Passed: nothing is wrong with %s." % gates, class_="good")
    messages: dict[tuple[str, str], list[Content]] = {}
    for one in report["failures"]:
        messages.setdefault((one["tenant"], one["gate"]), []).append(one["message"])
    rows: list[list[Content]] = [
        [tenant, gate, _listed(found, "failure")] for (tenant, gate), found in messages.items()
    ]
    failed, every = len({tenant for tenant, dummy in messages}), len(report["tenants"])
    words = "Failed: something is wrong with %s in %d of %s." % (gates, failed, _number(every, "tenant"))
    found = table("What is wrong", ["Tenant", "Because of", "What"], rows)
    return element(
        "section", element("p", words), found if len(rows) <= MOST_LISTED else _fold("Failures", found), class_="bad"
    )


def _summary(tenants: t.Sequence[Object]) -> Html:
    columns = ["Tenant", "State", "Clients", "Grants", "Different", "Not declared"]
    rows: list[list[Content]] = []
    for number, tenant in enumerate(tenants, 1):
        link = element("a", tenant["name"], href="#tenant-%d" % number)
        counts: t.Counter[str] = collections.Counter(one["code"] for one in tenant["findings"])
        clients = {row["client_id"] or row["client"] for row in tenant["access"]}
        read = tenant["read"]
        rows.append(
            [
                link,
                "read" if read else element("strong", "COULD NOT BE READ", class_="some"),
                len(clients) if read else _UNKNOWN,
                sum(row["exists"] for row in tenant["access"]) if read else _UNKNOWN,
                _counted(len(tenant["drift"])) if tenant["compared"] else _UNKNOWN,
                _counted(_undeclared_number(tenant)) if tenant["compared"] or read else _UNKNOWN,
                *(_found(counts, codes) if read else _UNKNOWN for dummy, codes in _COUNTED),
            ]
        )
    nav = table("All tenants", [*columns, *(title for title, dummy in _COUNTED)], rows, row_headers=True)
    return element("nav", nav, aria_label="Tenants")


def _counted(number: int, more: bool = False) -> Html:
    """A number of what should not be there. more: whether there may be more."""
    words = "%d, not all known" % number if more else str(number)
    return element("span", words, class_="some" if number or more else "none")


def _found(counts: t.Counter[str], codes: t.Collection[str]) -> Html:
    return _counted(sum(counts[code] for code in codes), "ending_key" in codes and counts["unreadable_keys"] > 0)


def _undeclared_number(tenant: Object) -> int:
    if tenant["compared"]:
        return sum(len(names) for names in tenant["undeclared"].values())
    return sum(one["code"] == "undeclared_grant" for one in tenant["findings"])


def _tenant(tenant: Object, number: int, folded: bool) -> Html:
    heading = "tenant-%d-heading" % number
    parts = [element("h2", tenant["name"], id=heading)]
    if tenant["domain"]:
        parts.append(element("p", tenant["domain"], class_="domain"))
    parts += [element("p", problem, class_="problem") for problem in tenant["problems"]]
    if tenant["read"]:
        parts += [
            _fold("Who may call what", _matrix(tenant), not folded),
            _drift(tenant),
            _undeclared(tenant),
            _findings(tenant),
            _fold("Every grant", _access(tenant)),
        ]
    elif tenant["compared"]:
        parts += [_drift(tenant), _undeclared(tenant)]
    parts.append(element("p", element("a", "All tenants", href="#"), class_="up"))
    return element("section", *parts, id="tenant-%d" % number, aria_labelledby=heading)


def _fold(title: str, content: Html, is_open: bool = False) -> Html:
    attributes = {"open": ""} if is_open else {}
    return element("details", element("summary", title), content, **attributes)


def _listed(items: t.Sequence[Content], word: str) -> Html:
    """A list, folded where it is long. word: what one of its items is."""
    whole = element("ul", *(element("li", one) for one in items))
    return whole if len(items) <= MOST_LISTED else _fold(_number(len(items), word), whole)


def _matrix(tenant: Object) -> Html:
    """Clients in rows, APIs in columns, scopes where they meet."""
    granted = [row for row in tenant["access"] if row["exists"]]
    if not granted:
        return element("p", "There are no client grants.")
    apis = sorted({row["audience"] for row in granted})
    cells: dict[tuple[str, str | None], dict[str, list[Html]]] = {}
    for row in granted:
        key = (row["client"], row["client_id"])
        cells.setdefault(key, {}).setdefault(row["audience"], []).append(_scopes(row))
    twins = collections.Counter(name for name, dummy in cells)
    rows = []
    for name, client_id in sorted(cells, key=str):
        label = name if twins[name] == 1 else "%s (%s)" % (name, client_id)
        held = cells[name, client_id]
        rows.append([label, *(joined(*held[api]) if api in held else "" for api in apis)])
    return table("Scopes of each client for each API", ["Client", *apis], rows, row_headers=True)


def _scopes(row: Object) -> Html:
    """What one grant holds, with what is odd about it in words, not by a colour alone."""
    undefined = set(row["undefined_scope"])
    words = ["all scopes"] if row["all_scopes"] else []
    scopes = [
        joined(scope, *([element("em", " (not in the API)")] if scope in undefined else [])) for scope in row["scope"]
    ]
    notes = [*words, *([] if scopes or words else ["no scope"])]
    notes += ["for %s" % _subject(row)] if row["subject_type"] != "client" else []
    notes += ["not declared"] if row["declared"] is False else []
    if undefined and len(scopes) > MOST_LISTED:  # which are folded
        notes.append("%s not in the API" % _number(len(undefined), "scope"))
    return joined(
        _listed(scopes, "scope") if scopes else Html(""),
        element("p", "; ".join(notes), class_="note") if notes else Html(""),
    )


def _drift(tenant: Object) -> Html:
    if not tenant["compared"]:
        return element("p", "The tenant could not be compared with the declarations.", class_="problem")
    if not tenant["drift"]:
        return element("p", "Nothing differs from the declarations.", class_="good")
    rows: list[list[Content]] = []
    for one in tenant["drift"]:
        fields = [element("li", *_difference(field)) for field in one["fields"]]
        what = "%s %s" % (title_of(one["kind"]), one["name"])
        rows.append([one["difference"], what, element("ul", *fields) if fields else ""])
    return table("What differs from the declarations", ["Difference", "Object", "In the tenant → declared"], rows)


def _difference(field: Object) -> t.Iterator[Content]:
    """How a field differs: both values, or of long lists what only one of them has."""
    before, after = field["before"], field["after"]
    lists = isinstance(before, list) and isinstance(after, list)
    if not lists or max(len(before), len(after)) <= MOST_LISTED:
        yield "%s: %s → %s" % (field["name"], _value(before), _value(after))
        return
    only = ["only in the tenant: %s" % _value(one) for one in before if one not in after]
    only += ["only declared: %s" % _value(one) for one in after if one not in before]
    yield "%s: %s → %d: " % (field["name"], _number(len(before), "item"), len(after))
    yield _listed(only, "difference")


def _value(value: t.Any) -> str:
    if value is None:
        return "(not set)"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return ", ".join("%s: %s" % (name, _value(one)) for name, one in value.items()) or "(empty)"
    if isinstance(value, list):
        return ", ".join(map(_value, value)) or "(empty)"
    return str(value) or "(empty)"


def _undeclared(tenant: Object) -> Html:
    rows: list[list[Content]] = [
        [title_of(kind), _listed(names, "name")] for kind, names in tenant["undeclared"].items()
    ]
    columns = ["Kind", "Name"]
    return table("In the tenant, and not declared", columns, rows, row_headers=True) if rows else Html("")


def _findings(tenant: Object) -> Html:
    by_code: dict[str, list[str]] = {}
    for one in tenant["findings"]:
        by_code.setdefault(one["code"], []).append(one["message"])
    codes = [*(code for code in TITLES if code in by_code), *sorted(by_code.keys() - TITLES.keys())]
    rows: list[list[Content]] = [[TITLES.get(code, code), _listed(by_code[code], "finding")] for code in codes]
    if not rows:
        return element("p", "There are no findings.", class_="good")
    return table("Findings", ["What", "Which"], rows, row_headers=True)


def _access(tenant: Object) -> Html:
    columns = ["Client", "API", "For", "Scopes", "Declared", "Authentication", "Age of secret", "Key ends in"]
    proved = any("verification" in row for row in tenant["access"])
    rows = []
    for row in tenant["access"]:
        cells = [
            row["client"],
            row["audience"],
            _subject(row),
            _scope_words(row["scope"]) if row["exists"] else "the grant is missing",
            {True: "yes", False: "no"}.get(row["declared"], ""),
            row["authentication"] or "",
            _days(row["secret_age_days"]),
            _days(row["key_days_left"]),
        ]
        if proved:
            verdict = row.get("verification") or {}
            cells.append(
                " ".join(filter(None, ["%s:" % verdict.get("result"), verdict.get("note")])) if verdict else ""
            )
        rows.append(cells)
    return table("Every grant", [*columns, *(["Token"] if proved else [])], rows, row_headers=True)


def _subject(row: Object) -> str:
    return _SUBJECTS.get(row["subject_type"], str(row["subject_type"]))


def _scope_words(scope: t.Sequence[str]) -> str:
    """Scopes in short; the matrix has all of them."""
    return _number(len(scope), "scope") if len(scope) > MOST_LISTED else " ".join(scope) or "none"


def _days(number: int | None) -> str:
    return "" if number is None else _number(number, "day")


def _number(number: int, word: str) -> str:
    return "%d %s%s" % (number, word, "" if number == 1 else "s")
