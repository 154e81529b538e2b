# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a lookup hands to the work of a module."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ansible.template
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.loader import lookup_loader
from ansible.utils.unsafe_proxy import wrap_var
from ansible_collections.community.auth0.plugins.module_utils._task.arguments import ArgumentSpec
from ansible_collections.community.auth0.plugins.module_utils._task.runner import Result, Task, Work
from ansible_collections.community.auth0.plugins.plugin_utils.lookup import perform_each

PLAIN = (str, int, float, bool, type(None), list, dict)


#: How Ansible marks a text: from release 2.19 on that it is a template, before that it is none.
marked = getattr(ansible.template, "trust_as_template", wrap_var)


def known(value: Any) -> Any:
    """A text of which Ansible knows something, within other things."""
    return {"list": [marked(value)], 1: {"a": marked(value)}}


def types(value: Any) -> Iterator[Any]:
    """The types of a value and of all that is in it."""
    yield value.__class__
    for item in [*value, *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from types(item)


def test_terms_options_and_variables_are_handed_over_plain() -> None:
    handed: list[Task] = []

    def perform(task: Task) -> Result:
        handed.append(task)
        return {}

    variables = {"auth0_domain": marked("acme.eu.auth0.com")}
    templar = ansible.template.Templar(loader=DataLoader(), variables=variables)
    lookup = lookup_loader.get("community.auth0.auth0_token", templar=templar)
    spec = ArgumentSpec({"term": {"type": "str"}, "option": {"type": "dict"}})
    perform_each(lookup, Work(lambda: spec, perform), "term", [marked("x")], variables, {"option": known("y")})
    (task,) = handed
    assert task.params["term"] == "x"
    assert task.params["auth0_domain"] == "acme.eu.auth0.com"
    assert set(types(dict(task.params))) <= set(PLAIN)
