# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""docs/terraform.md: whatever it says that a module has, the module has, and what it says is missing is missing."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS
from ansible_collections.community.auth0.plugins.module_utils._kinds.client_credential import CLIENT_CREDENTIAL

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "terraform.md"
HEADER = ["Provider's field", "Module", "Option", "Remark"]
RESOURCES = [
    "auth0_resource_server",
    "auth0_resource_server_scopes",
    "auth0_resource_server_scope",
    "auth0_client",
    "auth0_client_credentials",
    "auth0_client_grant",
    "auth0_log_stream",
    "auth0_network_acl",
    "auth0_organization",
    "auth0_organization_client",
    "auth0_organization_clients",
    "auth0_organization_client_grant",
    "auth0_custom_domain",
    "auth0_custom_domain_verification",
    "auth0_custom_domain_default",
    "auth0_rate_limit_policy",
    "auth0_role",
    "auth0_role_permissions",
    "auth0_tenant",
    "auth0_action",
    "auth0_token_exchange_profile",
    "auth0_trigger_action",
    "auth0_trigger_actions",
]
RETURNED = {**{kind.in_results: kind for kind in KINDS.values()}, CLIENT_CREDENTIAL.collection: CLIENT_CREDENTIAL}
NAMES = re.compile(r"`[^`]+`(?:, `[^`]+`)*")


class Row(NamedTuple):
    """A row of a table: a resource's fields beside what the modules have for them."""

    resource: str
    fields: tuple[str, ...]
    modules: tuple[str, ...]
    options: tuple[str, ...]  # each an option, or option: value
    results: tuple[str, ...]
    missing: str  # why there are neither options nor results


def _names(cell: str) -> tuple[str, ...]:
    assert NAMES.fullmatch(cell), cell
    return tuple(re.findall(r"`([^`]+)`", cell))


def _row(resource: str, cells: list[str]) -> Row:
    fields, module, option, _remark = cells
    if module == "-":
        assert option in {"none yet", "none needed"}, cells
        return Row(resource, _names(fields), (), (), (), option)
    if option.startswith("result "):
        return Row(resource, _names(fields), _names(module), (), _names(option.removeprefix("result ")), "")
    return Row(resource, _names(fields), _names(module), _names(option), (), "")


def _read() -> list[Row]:
    """All rows of the page. A table is where a heading that names a resource says so."""
    rows = []
    resource = ""
    for line in PAGE.read_text().splitlines():
        if line.startswith("## "):
            resource = line.removeprefix("## ")
        elif line.startswith("|") and not line.startswith("|---"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            assert len(cells) == len(HEADER), line
            if cells != HEADER:
                rows.append(_row(resource, cells))
    return rows


ROWS = _read()


def _described(module: str, name: str) -> dict[str, Any]:
    """A module's DOCUMENTATION or RETURN. Its own options are all that is needed, so no fragment is."""
    for statement in ast.parse((ROOT / "plugins" / "modules" / f"{module}.py").read_text()).body:
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == name:
            described: dict[str, Any] = yaml.safe_load(ast.literal_eval(statement.value))
            return described
    raise AssertionError(f"{module} has no {name}")


MODULES = sorted({module for row in ROWS for module in row.modules})
OPTIONS: dict[str, dict[str, Any]] = {module: _described(module, "DOCUMENTATION")["options"] for module in MODULES}
RETURNS = {module: _described(module, "RETURN") for module in MODULES}


def _at(described: Mapping[str, Any], path: str, below: str) -> Any:
    """What stands under a dotted path, None if nothing does."""
    found: Any = None
    for name in path.split("."):
        found = described.get(name)
        if found is None:
            return None
        described = found.get(below) or {}
    return found


def _has_option(module: str, option: str) -> bool:
    path, _colon, value = option.partition(": ")
    found = _at(OPTIONS[module], path, "suboptions")
    return found is not None and (not value or value in found["choices"])


def _has_result(module: str, path: str) -> bool:
    """Whether a module documents a result, or returns an object of a kind that has such a field."""
    if _at(RETURNS[module], path, "contains"):
        return True
    kind, *names = path.split(".")
    if kind not in RETURNS[module] or kind not in RETURNED:
        return False
    fields: Mapping[str, Any] = RETURNED[kind].fields
    for name in names:
        if name not in fields:
            return False
        fields = fields[name].fields or {}
    return True


def _id(row: Row) -> str:
    return f"{row.resource}-{row.fields[0]}"


def test_every_resource_has_a_table() -> None:
    assert list(dict.fromkeys(row.resource for row in ROWS)) == RESOURCES


def test_no_field_is_listed_twice() -> None:
    counted = Counter((row.resource, field) for row in ROWS for field in row.fields)
    assert not [field for field, times in counted.items() if times > 1]


def test_no_nested_field_is_listed_without_the_block_that_holds_it() -> None:
    listed = {(row.resource, field) for row in ROWS for field in row.fields}
    blocks = {(resource, field.rpartition(".")[0]) for resource, field in listed if "." in field}
    assert not blocks - listed


@pytest.mark.parametrize("row", [row for row in ROWS if row.options], ids=_id)
def test_a_module_has_the_options_that_the_table_names(row: Row) -> None:
    assert not [
        f"{module}: {option}" for module in row.modules for option in row.options if not _has_option(module, option)
    ]


@pytest.mark.parametrize("row", [row for row in ROWS if row.results], ids=_id)
def test_a_module_returns_what_the_table_names(row: Row) -> None:
    assert not [f"{module}: {path}" for module in row.modules for path in row.results if not _has_result(module, path)]


@pytest.mark.parametrize("row", [row for row in ROWS if row.missing], ids=_id)
def test_what_the_table_calls_missing_is_missing(row: Row) -> None:
    """Who adds the option has to say so in the table."""
    modules = sorted({module for other in ROWS if other.resource == row.resource for module in other.modules})
    assert not [
        f"{module}: {field}"
        for module in modules
        for field in row.fields
        if row.missing == "none yet" and (_has_option(module, field) or _has_result(module, field))
    ]


@pytest.mark.parametrize("named", sorted(set(re.findall(r"`(auth0_\w+)`", PAGE.read_text()))))
def test_the_text_names_modules_that_exist(named: str) -> None:
    assert (ROOT / "plugins" / "modules" / f"{named}.py").is_file()


@pytest.mark.parametrize("task_line", sorted(set(re.findall(r"`(\w+: [^`]+)`", PAGE.read_text()))))
def test_the_text_shows_lines_of_tasks_that_are_valid(task_line: str) -> None:
    ((option, value),) = yaml.safe_load(task_line).items()
    found = [options[option] for options in OPTIONS.values() if option in options]
    assert found
    if option == "clear" and value != "x":
        assert any(set(value if isinstance(value, list) else [value]) <= set(each["choices"]) for each in found)
