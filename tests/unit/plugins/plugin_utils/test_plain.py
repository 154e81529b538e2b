# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Values without what Ansible knows about them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import ansible.template
import pytest
from ansible.parsing.vault import VaultLib, VaultSecret
from ansible.utils.unsafe_proxy import wrap_var
from ansible_collections.community.auth0.plugins.plugin_utils.plain import plain

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


def test_a_value_becomes_what_python_has_and_stays_equal() -> None:
    given = known("text")
    found = plain(given)
    assert not set(types(given)) <= set(PLAIN)
    assert set(types(found)) <= set(PLAIN)
    assert found == {"list": ["text"], "1": {"a": "text"}}


@pytest.mark.parametrize("value", [None, True, False, 0, 1, 1.5, "", "text", [], {}])
def test_what_is_plain_already_stays_as_it_is(value: Any) -> None:
    found = plain(value)
    assert (found, found.__class__) == (value, value.__class__)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (datetime.date(2027, 2, 1), "2027-02-01"),
        (datetime.datetime(2027, 2, 1, 3, tzinfo=datetime.UTC), "2027-02-01T03:00:00+00:00"),
    ],
)
def test_a_date_is_written_as_on_its_way_to_a_module(value: Any, written: str) -> None:
    assert plain([value]) == [written]


class Vaulted:
    """A string of YAML that is decrypted where it is used, as ansible-core 2.18 hands it over: no string for Python."""

    def __init__(self, vault: VaultLib, encrypted: bytes) -> None:
        self.vault, self.encrypted = vault, encrypted

    def __str__(self) -> str:
        return str(self.vault.decrypt(self.encrypted).decode())


def test_a_vaulted_string_is_decrypted() -> None:
    vault = VaultLib([("default", VaultSecret(b"password"))])
    assert plain({"a": Vaulted(vault, vault.encrypt("a-secret"))}) == {"a": "a-secret"}
