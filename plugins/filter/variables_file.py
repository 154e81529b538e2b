# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The filter community.auth0.variables_file."""

from __future__ import annotations

DOCUMENTATION = r"""
name: variables_file
short_description: Write variables as a file of an inventory
version_added: 1.1.0
description:
  - Makes a string of variables that Ansible reads back from a file in C(host_vars) or C(group_vars) as exactly these
    values.
  - A string that looks like a template gets the tag C(!unsafe), so that it stays what it is.
    P(ansible.builtin.to_nice_yaml#filter) does not do that.
author:
  - community.auth0 contributors (@ansible-collections)
options:
  _input:
    description: The variables by their names. Their values are what JSON can hold.
    type: dict
    required: true
"""

EXAMPLES = r"""
- name: Keep what a tenant holds as variables
  ansible.builtin.copy:
    content: "{{ {'auth0_clients': tenant.config.clients} | community.auth0.variables_file }}"
    dest: host_vars/acme.yml
    mode: "0600"
"""

RETURN = r"""
_value:
  description: YAML, in the order in which the variables and their keys were given.
  type: str
  sample: |
    auth0_clients:
      - name: Reminders
        description: !unsafe Reminds of {{ appointment }}
"""

import collections.abc
import typing as t

import yaml
from ansible.errors import AnsibleFilterError

#: What Ansible takes for the beginning of a template, as long as nobody has changed Jinja's settings.
TEMPLATE_MARKS = ("{{", "{%", "{#")
WIDTH = 120


class _Unsafe(str):
    """A string that Ansible must not take for a template."""


class _Dumper(yaml.SafeDumper):
    """Lists are indented, as ansible-lint wants them, and nothing refers to what is written elsewhere."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: t.Any) -> bool:
        return True


def _style(value: str) -> str | None:
    """How a string is written. What else YAML takes for the end of a line is read as a space or as another one, unless
    it is escaped."""
    if any(end in value for end in "\x85\u2028\u2029"):
        return '"'
    return "|" if "\n" in value else None


def _represented(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, _style(value))


def _represented_unsafe(dumper: yaml.SafeDumper, value: _Unsafe) -> yaml.Node:
    return dumper.represent_scalar("!unsafe", str.__str__(value), _style(value))


_Dumper.add_representer(str, _represented)
_Dumper.add_representer(_Unsafe, _represented_unsafe)


def variables_file(variables: t.Any) -> str:
    """Variables by name → what a file of variables holds. Raises AnsibleFilterError for what is no dictionary."""
    if not isinstance(variables, collections.abc.Mapping):
        raise AnsibleFilterError("variables_file expects a dictionary of variables.")
    text: str = yaml.dump(_plain(variables), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH)
    return text


def _plain(value: t.Any) -> t.Any:
    """A value without the types that Ansible gives to what it holds."""
    if isinstance(value, collections.abc.Mapping):
        return {_plain_string(key): _plain(one) for key, one in value.items()}
    if isinstance(value, str):
        plain = _plain_string(value)
        return _Unsafe(plain) if any(mark in plain for mark in TEMPLATE_MARKS) else plain
    if isinstance(value, collections.abc.Sequence):
        return [_plain(one) for one in value]
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value)
    raise AnsibleFilterError("variables_file cannot write a value of the type %s." % type(value).__name__)


def _plain_string(value: t.Any) -> str:
    """Some of the types that Ansible gives to strings return themselves from str()."""
    return str.__str__(value) if isinstance(value, str) else str(value)


class FilterModule:
    """What Ansible loads."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        """The filters by name."""
        return {"variables_file": variables_file}
