# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Variables become a file that Ansible reads back as they are."""

from __future__ import annotations

import typing as t
from pathlib import Path

import pytest
from ansible.errors import AnsibleFilterError
from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar
from ansible.utils.unsafe_proxy import wrap_var
from ansible_collections.community.auth0.plugins.filter.variables_file import FilterModule
from hypothesis import given
from hypothesis import strategies as st

variables_file = FilterModule().filters()["variables_file"]

#: What YAML cannot hold: lone surrogates, and control characters that it has no escape for in a block.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.sampled_from(
    [
        "{{ x }}",
        "{% if %}",
        "a\n{# b #}\n",
        "yes",
        "007",
        "1e3",
        "2026-11-01",
        "~",
        " x ",
        "a: b",
        "# c",
        "!unsafe x",
        "",
        "|\n",
    ]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(TEXTS.filter(lambda key: "{" not in key), inner, max_size=3)
    ),
    max_leaves=10,
)


def read_back(text: str, directory: Path) -> t.Any:
    """What Ansible makes of a file of variables, its templates evaluated."""
    file = directory / "vars.yml"
    file.write_text(text)
    loader = DataLoader()
    return Templar(loader=loader, variables={}).template(loader.load_from_file(str(file)))


@given(variables=st.dictionaries(st.sampled_from(["auth0_clients", "auth0_roles"]), VALUES))
def test_ansible_reads_back_what_was_written(
    variables: dict[str, t.Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert read_back(variables_file(variables), tmp_path_factory.mktemp("file")) == variables


@pytest.mark.parametrize("end", ["\x85", "\u2028", "\u2029"])
@pytest.mark.parametrize("text", ["{}", " {} ", "a{}b\nc", "{{{{ a }}}}{}\n"])
def test_the_rare_ends_of_lines_are_read_back_as_they_were(end: str, text: str, tmp_path: Path) -> None:
    value = text.format(end)
    variables = {"auth0_clients": [{"description": value}], "auth0_roles": {end: None}}
    assert read_back(variables_file(variables), tmp_path) == variables


def test_what_a_module_has_returned_can_be_written() -> None:
    returned = wrap_var({"auth0_clients": [{"name": "a", "description": "{{ b }}", "sso": True}]})
    assert (
        variables_file(returned) == "auth0_clients:\n  - name: a\n    description: !unsafe '{{ b }}'\n    sso: true\n"
    )


def test_people_can_read_it() -> None:
    variables = {
        "auth0_clients": [
            {"name": "a", "description": "two\nlines", "grant_types": ["client_credentials"]},
            {"name": "{{ b }}", "grant_types": ["client_credentials"]},
        ],
        "auth0_roles": [],
    }
    assert variables_file(variables) == (
        "auth0_clients:\n"
        "  - name: a\n"
        "    description: |-\n"
        "      two\n"
        "      lines\n"
        "    grant_types:\n"
        "      - client_credentials\n"
        "  - name: !unsafe '{{ b }}'\n"
        "    grant_types:\n"
        "      - client_credentials\n"
        "auth0_roles: []\n"
    )


@pytest.mark.parametrize("variables", [["a"], "a", None, {"a": object()}])
def test_what_no_file_can_hold_is_refused(variables: t.Any) -> None:
    with pytest.raises(AnsibleFilterError, match="variables_file"):
        variables_file(variables)
