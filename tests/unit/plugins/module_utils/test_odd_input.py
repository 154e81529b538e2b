# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Options of another shape than anybody thought of: every module refuses them in words, whatever they are."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.plugin_utils.direct import KEPT, module_work, performed
from ansible_collections.community.auth0.tests.harness.in_process import InProcessTenant
from hypothesis import given, settings
from hypothesis import strategies as st

MODULES = sorted(path.stem for path in Path(__file__).parents[4].joinpath("plugins", "modules").glob("auth0_*.py"))

#: Options with which each module has something to do.
USUAL: Mapping[str, dict[str, Any]] = {
    "auth0_client": {"name": "new"},
    "auth0_client_credentials": {"client_name": "app", "method": "client_secret_post"},
    "auth0_client_grant": {"client_name": "app", "audience": "urn:api"},
    "auth0_client_secret": {"client_name": "app", "force": True},
    "auth0_organization_client_grant": {"organization_name": "acme", "client_name": "app", "audience": "urn:api"},
    "auth0_organization_client_grant_info": {"organization_name": "acme"},
    "auth0_resource_server": {"identifier": "urn:api"},
    "auth0_role": {"name": "viewer"},
    "auth0_role_permissions": {"role_name": "viewer", "permissions": []},
    "auth0_signing_key": {"max_age": 90},
    "auth0_token_info": {"token": "no-token-at-all", "audience": "urn:api"},
}

odd_scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from([-1, 0, 60, 9300000000, 10**30, -(10**400), 10**5000]),
    st.sampled_from([0.5, float("nan"), float("inf"), 1e308]),
    st.sampled_from(
        ["", " ", "{{ x }}", "\x00", "\x1b[31m", "\ud800", "a" * 70000, "1e999", "nan", "=", "{", "[1", "a=b", "../x"]
    ),
    st.sampled_from([datetime.date(2026, 11, 1), datetime.datetime(1, 1, 1), datetime.time(1)]),
    st.text(max_size=5),
)
odd = st.recursive(
    odd_scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.one_of(st.sampled_from(["value", "policies", "pem", "max"]), st.text(max_size=3), st.integers(0, 3)),
            inner,
            max_size=3,
        ),
    ),
    max_leaves=6,
)


@functools.cache
def tenant() -> InProcessTenant:
    """A tenant with one of each; tasks run in check mode, so that nothing in it changes."""
    found = InProcessTenant()
    found.call("POST", "/resource-servers", {"identifier": "urn:api", "scopes": [{"value": "read"}]})
    client = found.call("POST", "/clients", {"name": "app", "grant_types": ["client_credentials"]})
    found.call("POST", "/client-grants", {"client_id": client["client_id"], "audience": "urn:api", "scope": ["read"]})
    found.call("POST", "/roles", {"name": "viewer"})
    found.call("POST", "/organizations", {"name": "acme"})
    return found


def options_of(options: Mapping[str, Any], path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where something can be given: every option, at every depth."""
    for name, option in options.items():
        yield (*path, name)
        if option.get("options"):
            inner = (*path, name, 0) if option.get("type") == "list" else (*path, name)
            yield from options_of(option["options"], inner)


def placed(path: tuple[Any, ...], value: Any) -> Any:
    """The value in what is around it."""
    for step in reversed(path):
        value = [value] if step == 0 else {step: value}
    return value


def run(module: str, options: Mapping[str, Any]) -> dict[str, Any]:
    here = tenant()
    access = {
        "auth0_domain": here.domain,
        "auth0_client_id": here.credentials.client_id,
        "auth0_client_secret": here.credentials.client_secret,
        "auth0_retries": 0,
    }
    with here.installed():
        found = performed(
            module_work(module),
            module,
            {**access, **USUAL.get(module, {}), **options},
            {},
            True,
            True,
            lambda *of: None,
        )
    KEPT.close()
    return found


def refused_in_words(module: str, options: Mapping[str, Any]) -> None:
    """The task ends well, or says why not in words of its own; never in Python's."""
    result = run(module, options)
    assert "exception" not in result, result["exception"]
    assert (result.get("failure") or {}).get("code") != "bug", result["msg"]
    if result.get("failed"):
        assert result["msg"].strip()
        assert "Traceback" not in result["msg"]


@pytest.mark.parametrize("module", MODULES)
@settings(max_examples=max(20, settings().max_examples // 2))
@given(data=st.data())
def test_every_option_of_every_module_refuses_in_words_what_it_cannot_be(module: str, data: st.DataObject) -> None:
    places = list(options_of(module_work(module).watched))
    path = data.draw(st.sampled_from(places), label="option")
    refused_in_words(module, placed(path, data.draw(odd, label="value")))
