# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The lookup auth0_token_info: what it says of tokens, and that it shows none."""

from __future__ import annotations

import dataclasses
import time
import traceback
from typing import Any

import jwt
import pytest
from ansible.errors import AnsibleError, AnsibleLookupError, AnsibleOptionsError
from ansible.plugins.loader import lookup_loader
from ansible_collections.community.auth0.tests.harness.in_process import answered
from ansible_collections.community.auth0.tests.unit.plugins.lookup.conftest import Templates
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.keys import rsa_key
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.numbered_tenant import (
    DOMAIN,
    URL,
    Numbered,
)
from responses import RequestsMock

SECRET = "the-signing-secret-of-an-api-0123456789"
GIVEN = "header.payload.signature"
NAME = "'community.auth0.auth0_token_info'"
HS256 = {"audience": "urn:api", "signing_alg": "HS256", "signing_secret": SECRET}


@pytest.fixture
def host(templates: Templates) -> Templates:
    """A host of the inventory that is a tenant."""
    templates.give({"auth0_domain": DOMAIN, "api": HS256})
    return templates


def claims(**changes: Any) -> dict[str, Any]:
    now = int(time.time())
    return {"iss": f"https://{DOMAIN}/", "aud": "urn:api", "iat": now, "exp": now + 600, "scope": "a b", **changes}


def token(**changes: Any) -> str:
    return jwt.encode(claims(**changes), SECRET, "HS256")


def told(caught: pytest.ExceptionInfo[BaseException]) -> str:
    """All that a failure can show of itself, with what it came from."""
    return "".join(traceback.format_exception(caught.value))


def test_an_acceptable_token_is_active_with_its_claims_and_the_rest_of_its_life(
    host: Templates, tenant: Numbered
) -> None:
    given = token(sub="the-client@clients")
    found = host.render("{{ lookup(%s, given, **api) }}" % NAME, given=given)
    assert found["active"] is True
    assert found["claims"]["sub"] == "the-client@clients"
    assert found["scope"] == ["a", "b"]
    assert 590 <= found["expires_in"] <= 600
    assert "changed" not in found
    assert given not in str(found)
    assert tenant.requests == []


def test_a_token_of_the_tenants_key_is_verified_by_what_the_tenant_publishes(
    host: Templates, mocked: RequestsMock
) -> None:
    jwk: dict[str, Any] = jwt.algorithms.RSAAlgorithm.to_jwk(rsa_key().public_key(), as_dict=True)
    mocked.get(f"{URL}/.well-known/jwks.json", json={"keys": [{**jwk, "kid": "k", "use": "sig", "alg": "RS256"}]})
    given = jwt.encode(claims(), rsa_key(), "RS256", headers={"kid": "k"})
    assert [found["active"] for found in host.run("auth0_token_info", given, audience="urn:api")] == [True]
    assert len(mocked.calls) == 1


def test_each_term_is_verified(host: Templates) -> None:
    tokens = [token(), token(aud="urn:other"), token(exp=int(time.time()) - 600)]
    found = host.run("auth0_token_info", tokens, fail=False, **HS256)
    assert [one.get("code") for one in found] == [None, "wrong_audience", "expired"]
    assert [one["active"] for one in found] == [True, False, False]


@pytest.mark.parametrize("template", ["lookup(%s, **api)", "query(%s, **api)", "query(%s, [], **api)"])
def test_without_a_token_it_fails_instead_of_verifying_nothing(host: Templates, template: str) -> None:
    with pytest.raises(AnsibleError) as caught:
        host.render("{{ %s }}" % template % NAME)
    assert "The terms of auth0_token_info are access tokens: at least one" in told(caught)


@pytest.mark.parametrize("term", ["", " \n", None, 3, {"access_token": GIVEN}])
@pytest.mark.parametrize("fail", [True, False])
def test_a_term_that_is_no_token_at_all_is_refused(host: Templates, tenant: Numbered, term: Any, fail: bool) -> None:
    with pytest.raises(AnsibleOptionsError, match="each a string, none of them empty") as caught:
        host.run("auth0_token_info", token(), term, fail=fail, audience="urn:api")
    assert GIVEN not in told(caught)
    assert tenant.requests == []


def test_a_token_that_is_not_acceptable_fails_the_template(host: Templates) -> None:
    given = token(scope="a")
    with pytest.raises(AnsibleError) as caught:
        host.render("{{ lookup(%s, given, scope=['a', 'c'], **api) }}" % NAME, given=given)
    assert "The token is not acceptable to urn:api: It lacks the scope" in told(caught)
    assert given not in told(caught) and SECRET not in told(caught)


@pytest.mark.parametrize(
    ("terms", "options", "words"),
    [
        ([GIVEN], {}, "missing required arguments: audience"),
        ([GIVEN], {"audience": "urn:api", "token": GIVEN}, "token is no option of this lookup: give it as the term"),
        ([GIVEN], {"audience": "urn:api", "signing_alg": "none"}, "value of signing_alg must be one of: HS256"),
        ([GIVEN], {"audience": "urn:api", "signing_alg": GIVEN}, r"got: \*\*\*\*\*\*\*\*"),
        ([GIVEN], {"audience": "urn:api", "scopes": ["a"]}, "Unsupported options of this lookup: scopes"),
    ],
)
def test_options_that_cannot_be_meant_are_told_in_the_words_of_the_module(
    host: Templates, tenant: Numbered, terms: list[Any], options: dict[str, Any], words: str
) -> None:
    with pytest.raises(AnsibleOptionsError, match=words) as caught:
        host.run("auth0_token_info", *terms, **options)
    assert GIVEN not in str(caught.value)
    assert tenant.requests == []


def test_a_tenant_that_gives_no_keys_is_a_failure_and_not_an_inactive_token(host: Templates, tenant: Numbered) -> None:
    tenant.fail(answered(404), "GET", "/.well-known/jwks.json")
    given = jwt.encode(claims(), rsa_key(), "RS256", headers={"kid": "k"})
    with pytest.raises(AnsibleLookupError, match=r"jwks\.json"):
        host.run("auth0_token_info", given, audience="urn:api", fail=False)


def test_a_missing_library_is_told(host: Templates, monkeypatch: pytest.MonkeyPatch) -> None:
    plugin = lookup_loader.get("community.auth0.auth0_token_info")
    work = dataclasses.replace(plugin.run.__globals__["WORK"], crypto_import_error="Traceback ...")
    monkeypatch.setitem(plugin.run.__globals__, "WORK", work)
    with pytest.raises(AnsibleLookupError, match=r"Python library \(PyJWT\[crypto\]\)"):
        host.run("auth0_token_info", "t", audience="urn:api")
