# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This plugin util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""What two modules say of each tenant → one report of all, as plain values that JSON can hold. Pure."""

from __future__ import annotations

import collections.abc
import dataclasses
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS

Object = t.Mapping[str, t.Any]

#: What can make a run of the report fail, and of which findings each consists; drift is compared, not found.
GATES: t.Mapping[str, tuple[str, ...]] = {
    "drift": ("missing_grant",),
    "undeclared": ("undeclared_grant",),
    "expiry": ("ending_key", "unreadable_keys", "old_secret"),
    "access": ("not_working",),
    "scopes": ("undefined_scope", "missing_api"),
    "unused": ("unused_scope", "client_without_grant"),
}
#: What an action of a change means for somebody who reads about a difference.
DIFFERENCES = {"create": "missing", "update": "different", "delete": "to be removed"}


class InvalidReport(Exception):
    """What a report is made of is wrong in itself."""


@dataclasses.dataclass(frozen=True)
class Thresholds:
    """In days; None for none."""

    max_secret_age: int | None = None
    min_key_days: int | None = None


def title_of(kind: str) -> str:
    """A kind of object, or what belongs to one of a kind, in words."""
    return KINDS[kind].title if kind in KINDS else kind.replace("_", " ")


def gates_of(given: t.Any) -> list[str]:
    """The gates that are named, as a list or with commas between them. Raises InvalidReport for an unknown one."""
    names = given.split(",") if isinstance(given, str) else list(given or ())
    found = [str(name).strip() for name in names if str(name).strip()]
    unknown = sorted(set(found) - GATES.keys())
    if unknown:
        message = "auth0_report_fail_on: there is no %s. Give some of %s." % (", ".join(unknown), ", ".join(GATES))
        raise InvalidReport(message)
    return found


def days_of(given: t.Any, name: str) -> int | None:
    """A threshold in days; None for an empty one. Raises InvalidReport for what is no number of days."""
    if given is None or (isinstance(given, str) and not given.strip()):
        return None
    words = str(given).strip()
    if isinstance(given, bool) or not (words.isascii() and words.isdigit()) or len(words) > 6:
        raise InvalidReport("%s must be a number of days, such as 30." % name)
    return int(words)


def report_of(
    tenants: t.Sequence[Object], generated_at: str, thresholds: Thresholds, fail_on: t.Sequence[str]
) -> dict[str, t.Any]:
    """The report on tenants.

    tenants: each with its ``name``, its ``domain``, and as ``access`` and ``config`` the results of auth0_access_info
    and of auth0_config in check mode with show_undeclared. generated_at: the time, as it is displayed.
    fail_on: the gates that count. A tenant that could not be read counts with each, since nobody knows.
    """
    found = [_tenant(tenant) for tenant in tenants]
    failures = [failure for tenant in found for failure in _failures(tenant, fail_on)]
    return {
        "generated_at": generated_at,
        "thresholds": dataclasses.asdict(thresholds),
        "fail_on": list(fail_on),
        "failures": failures,
        "tenants": found,
    }


def _tenant(given: Object) -> dict[str, t.Any]:
    access, config = _mapping(given.get("access")), _mapping(given.get("config"))
    problems = [_problem(access, "access"), _problem(config, "changes")]
    readable = problems[0] is None
    return {
        "name": str(given["name"]),
        "domain": str(given.get("domain") or ""),
        "read": readable,
        "compared": problems[1] is None,
        "problems": list(dict.fromkeys(problem for problem in problems if problem)),
        "access": list(access["access"]) if readable else [],
        "findings": list(access["findings"]) if readable else [],
        "drift": [] if problems[1] else _drift(config),
        "undeclared": {} if problems[1] else _undeclared(config, access),
    }


def _mapping(value: t.Any) -> Object:
    return value if isinstance(value, collections.abc.Mapping) else {}


def _problem(result: Object, wanted: str) -> str | None:
    """Why a module said nothing, in its own words."""
    if wanted in result and not result.get("failed"):
        return None
    if result.get("skipped"):
        return "auth0_domain is not set: give this tenant its domain in the inventory, such as acme-dev.eu.auth0.com."
    return str(result.get("msg") or "Nothing is known of it: its tasks did not run.")


def _undeclared(config: Object, access: Object) -> dict[str, list[str]]:
    """What the tenant holds and nobody declared, without the client that reads it, which nobody needs to declare."""
    rows = access.get("access") or ()
    caller = access.get("caller")
    own = {row["client"] for row in rows if caller is not None and row["client_id"] == caller}
    found = {str(kind): list(names) for kind, names in (config.get("undeclared") or {}).items()}
    clients = found.setdefault("client", [])
    for name in own & set(clients):
        clients.remove(name)  # once: something else may have the same name
    if "access" in access:
        grants = ["%s / %s" % (row["client"], row["audience"]) for row in rows if row["declared"] is False]
        found["client_grant"] = grants
    return {kind: names for kind, names in found.items() if names}


def _drift(config: Object) -> list[dict[str, t.Any]]:
    """What differs from the declarations, each with its fields and their values, which hold no secret."""
    diffs = config.get("diff") or ()
    views = {str(one.get("before_header")): one for one in ([diffs] if isinstance(diffs, dict) else diffs)}
    rows = []
    for change in config["changes"]:
        own = "%s %s" % (title_of(str(change["kind"])), change["name"])
        header = next((one for one in (own, *_headers_of_part(change)) if one in views), own)
        view = views.get(header, {})
        before, after = (_mapping(view.get(side)) for side in ("before", "after"))
        # What belongs to an object is one field of that object, but can have several of its own.
        sent = (change.get("fields") or ()) if header == own else ()
        names = sent or sorted(name for name in after if after[name] != before.get(name))
        fields = [{"name": name, "before": before.get(name), "after": after.get(name)} for name in names]
        rows.append(
            {
                "difference": DIFFERENCES.get(change["action"], str(change["action"])),
                "kind": change["kind"],
                "name": change["name"],
                "fields": fields if change["action"] == "update" else [],
            }
        )
    return rows


def _headers_of_part(change: Object) -> t.Iterator[str]:
    """What the diff is called where it is about what belongs to an object, as in "credentials of client shop"."""
    for field in change.get("fields") or ():
        owner = title_of(str(change["kind"]).removesuffix("_%s" % field))
        yield "%s of %s %s" % (field, owner, change["name"])
        yield "%s of the %s %s" % (field, owner, change["name"])


def _failures(tenant: Object, fail_on: t.Sequence[str]) -> t.Iterator[dict[str, str]]:
    if fail_on and not tenant["read"]:
        yield _failure("unreadable", tenant, "; ".join(tenant["problems"]))
        return
    if "drift" in fail_on and not tenant["compared"]:
        yield _failure("drift", tenant, "; ".join(tenant["problems"]))
    for gate in fail_on:
        if gate == "drift":
            for row in tenant["drift"]:
                yield _failure(gate, tenant, "%s %s: %s" % (title_of(row["kind"]), row["name"], row["difference"]))
        if gate == "undeclared":
            for kind, names in tenant["undeclared"].items():
                for name in names if kind != "client_grant" else ():
                    yield _failure(gate, tenant, "%s %s: not declared" % (title_of(kind), name))
        for finding in tenant["findings"]:
            # A grant that is missing is a difference already, where the declarations were compared.
            known = finding["code"] == "missing_grant" and tenant["compared"]
            if finding["code"] in GATES[gate] and not known:
                yield _failure(gate, tenant, finding["message"])


def _failure(gate: str, tenant: Object, message: str) -> dict[str, str]:
    return {"gate": gate, "tenant": str(tenant["name"]), "message": message}
