# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tests of the engine and of the lookups share: a tenant in their process, and an empty environment."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import responses
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.numbered_tenant import Numbered

FOREIGN_VARIABLES = (
    "AUTH0_DOMAIN",
    "AUTH0_CLIENT_ID",
    "AUTH0_CLIENT_SECRET",
    "AUTH0_CLIENT_ASSERTION_PRIVATE_KEY",
    "AUTH0_CLIENT_ASSERTION_PRIVATE_KEY_ID",
    "AUTH0_CLIENT_ASSERTION_SIGNING_ALG",
    "AUTH0_API_TOKEN",
    "AUTH0_AUDIENCE",
    "AUTH0_CA_PATH",
    "REQUESTS_CA_BUNDLE",
    "CURL_CA_BUNDLE",
    "NETRC",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "NO_PROXY",
)


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that the developer has set for other purposes changes what a test sees."""
    for name in FOREIGN_VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def mocked() -> Iterator[responses.RequestsMock]:
    """Answers for requests, in the order in which they were added."""
    with responses.RequestsMock(
        assert_all_requests_are_fired=False, registry=responses.registries.OrderedRegistry
    ) as mock:
        yield mock


@pytest.fixture
def tenant() -> Iterator[Numbered]:
    """A tenant in this process, behind everything that is sent to its domain."""
    with Numbered().installed() as tenant:
        yield tenant
