# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What users may give as ``auth0_domain``, and what becomes of it."""

from __future__ import annotations

import re
import urllib.parse

import pytest
from ansible_collections.community.auth0.plugins.module_utils._errors import InvalidOptions
from ansible_collections.community.auth0.plugins.module_utils._http.address import parse_domain
from hypothesis import example, given
from hypothesis import strategies as st

SCHEME, PATH, NO_DOMAIN = "has a scheme", "has a path", "is not a domain name"
PORT, PLAIN, EMPTY = "has a port that is not a number from 1 to 65535", "asks for plain http", "is empty"


@pytest.mark.parametrize(
    ("domain", "problem", "advice"),
    [
        ("https://acme.eu.auth0.com", SCHEME, "Give the domain alone: 'acme.eu.auth0.com'"),
        ("https://acme.eu.auth0.com/", SCHEME, "Give the domain alone: 'acme.eu.auth0.com'"),
        ("HTTPS://acme.eu.auth0.com/api/v2/", SCHEME, "Give the domain alone: 'acme.eu.auth0.com'"),
        ("https://", SCHEME, "for example acme.eu.auth0.com"),
        ("ftp://acme.eu.auth0.com", SCHEME, "Give the domain alone, for example"),
        ("acme.eu.auth0.com/", PATH, "Give the domain alone: 'acme.eu.auth0.com'"),
        ("acme.eu.auth0.com/api/v2/", PATH, "Give the domain alone: 'acme.eu.auth0.com'"),
        ("acme.eu.auth0.com?x=1", PATH, "Give the domain alone: 'acme.eu.auth0.com'"),
        ("acme.eu.auth0.com#top", PATH, "Give the domain alone: 'acme.eu.auth0.com'"),
        ("http://localhost:3000/", PATH, "Give the domain alone: 'http://localhost:3000'"),
        ("/acme.eu.auth0.com", PATH, "for example acme.eu.auth0.com"),
        ("acme,eu.auth0.com", NO_DOMAIN, "for example acme.eu.auth0.com"),
        ("acme.eu.auth0,com", NO_DOMAIN, "for example"),
        ("acme.eu auth0.com", NO_DOMAIN, "for example"),
        ("acme.eu.auth0.com.", NO_DOMAIN, "for example"),
        ("acme..auth0.com", NO_DOMAIN, "for example"),
        (".auth0.com", NO_DOMAIN, "for example"),
        ("-acme.auth0.com", NO_DOMAIN, "for example"),
        ("acme_dev.auth0.com", NO_DOMAIN, "for example"),
        ("a" * 64 + ".auth0.com", NO_DOMAIN, "for example"),
        ("someone@acme.eu.auth0.com", "holds an @", "for example"),
        ("acme\n.eu.auth0.com", NO_DOMAIN, "for example"),
        ("acme.eu.auth0.com\n:443", NO_DOMAIN, "for example"),
        ("acme.eu.auth0.com\r\nHost: x", PORT, ""),
        ("{{ domain }}", NO_DOMAIN, "for example"),
        ("acme", NO_DOMAIN, "for example"),
        ("auth0-emulator", NO_DOMAIN, "for example"),
        ("2130706433", NO_DOMAIN, "for example"),
        ("acme.eu.12", NO_DOMAIN, "for example"),
        ("1.2.3", NO_DOMAIN, "for example"),
        ("[127.0.0.1]", NO_DOMAIN, "for example"),
        ("[::1", PORT, ""),
        ("[::1%lo]", NO_DOMAIN, "for example"),
        ("acme.eu.auth0.com:", PORT, ""),
        ("acme.eu.auth0.com:https", PORT, ""),
        ("acme.eu.auth0.com:0", PORT, ""),
        ("acme.eu.auth0.com:65536", PORT, ""),
        ("acme.eu.auth0.com:-1", PORT, ""),
        ("acme.eu.auth0.com:²", PORT, ""),
        ("acme.eu.auth0.com:" + "9" * 5000, PORT, ""),
        ("http://acme.eu.auth0.com", PLAIN, "Give the domain without a scheme"),
        ("http://192.168.1.1", PLAIN, "Give the domain without a scheme"),
        ("http://localhost.acme.com", PLAIN, "Give the domain without a scheme"),
        ("http://", NO_DOMAIN, "for example"),
        ("https://me:hush@acme.eu.auth0.com", "holds an @", "for example acme.eu.auth0.com"),
        ("", EMPTY, "for example acme.eu.auth0.com"),
        (" \t", EMPTY, "for example acme.eu.auth0.com"),
    ],
)
def test_a_bad_domain_is_refused_with_what_is_wrong_and_what_to_give(domain: str, problem: str, advice: str) -> None:
    with pytest.raises(InvalidOptions) as caught:
        parse_domain(domain)
    assert problem in caught.value.message
    assert advice in caught.value.message
    assert "hush" not in caught.value.message
    assert caught.value.message.startswith("auth0_domain")
    assert "''" not in caught.value.message.replace(repr(domain), "")
    assert caught.value.code == "invalid_options"


@pytest.mark.parametrize(
    ("domain", "shown"),
    [
        ("user:hush@acme.eu.auth0.com", None),
        ("user:hush%40acme.eu.auth0.com", None),
        ("hush%40acme.eu.auth0.com", None),
        ("https://user%3Ahush%2540acme.eu.auth0.com/", None),
        ("user:hush\uff20acme.eu.auth0.com", None),
        ("user:hush\\acme.eu.auth0.com", None),
        ("user:hush", "user"),
        ("https://user:hush/acme.eu.auth0.com", "user"),
        ("acme.eu.auth0.com:hush", "acme.eu.auth0.com"),
        ("acme.eu.auth0.com/?client_secret=hush", "acme.eu.auth0.com"),
        ("https://acme.eu.auth0.com/api?access_token=hush#hush", "acme.eu.auth0.com"),
        ("acme.eu.auth0.com;hush", "acme.eu.auth0.com"),
        ("acme.eu.auth0.com hush", "acme.eu.auth0.com"),
        ("acme.eu.auth0.com\nhush", "acme.eu.auth0.com"),
        ("acme_hush.eu.auth0.com", "acme"),
        ("http://acme.eu.auth0.com?hush", "acme.eu.auth0.com"),
        ("ftp://acme.eu.auth0.com?hush", "acme.eu.auth0.com"),
        ("hush" + "a" * 64, None),
        ("\x1b[31mhush", None),
    ],
)
def test_a_bad_domain_is_shown_only_as_far_as_a_host_name_goes(domain: str, shown: str | None) -> None:
    with pytest.raises(InvalidOptions) as caught:
        parse_domain(domain)
    assert "hush" not in caught.value.message
    assert caught.value.message.isprintable()
    if shown:
        assert re.search(rf"'([a-z]+://)?{shown}", caught.value.message)


@pytest.mark.parametrize(
    ("domain", "url"),
    [
        ("acme.eu.auth0.com", "https://acme.eu.auth0.com"),
        ("login.acme.example", "https://login.acme.example"),
        ("Acme.EU.Auth0.com", "https://acme.eu.auth0.com"),
        ("  acme.eu.auth0.com\n", "https://acme.eu.auth0.com"),
        ("acme.eu.auth0.com:8443", "https://acme.eu.auth0.com:8443"),
        ("acme.eu.auth0.com:0443", "https://acme.eu.auth0.com:443"),
        ("xn--mnchen-3ya.example", "https://xn--mnchen-3ya.example"),
        ("localhost:3000", "https://localhost:3000"),
        ("10.0.0.1", "https://10.0.0.1"),
        ("[2001:db8::1]:8443", "https://[2001:db8::1]:8443"),
        ("http://localhost:3000", "http://localhost:3000"),
        ("HTTP://LocalHost:3000", "http://localhost:3000"),
        ("http://127.0.0.1:3000", "http://127.0.0.1:3000"),
        ("http://127.1.2.3", "http://127.1.2.3"),
        ("http://[::1]:3000", "http://[::1]:3000"),
    ],
)
def test_a_good_domain_becomes_the_url_of_requests(domain: str, url: str) -> None:
    assert parse_domain(domain).url == url


def test_issuer_and_management_audience_are_https_and_end_with_a_slash_as_auth0_has_them() -> None:
    address = parse_domain("Acme.eu.auth0.com")
    assert address.issuer == "https://acme.eu.auth0.com/"
    assert address.management_audience == "https://acme.eu.auth0.com/api/v2/"


def test_issuer_and_management_audience_of_a_loopback_tenant_are_https_too_and_keep_the_port() -> None:
    address = parse_domain("http://127.0.0.1:3000")
    assert address.issuer == "https://127.0.0.1:3000/"
    assert address.management_audience == "https://127.0.0.1:3000/api/v2/"


@given(st.text(st.characters(exclude_categories=["L", "N"])), st.sampled_from(["pw", "s3cr3t"]))
def test_what_stands_before_an_at_sign_is_never_shown(between: str, secret: str) -> None:
    with pytest.raises(InvalidOptions) as caught:
        parse_domain(f"{secret}{between}@acme.eu.auth0.com")
    assert secret not in caught.value.message


NEARLY_DOMAINS = st.text(st.sampled_from("ab0.-_:/[]@%?#,\n ²\u0661\u212a\u0130htps1"), max_size=20)


@given(st.one_of(st.text(), NEARLY_DOMAINS, NEARLY_DOMAINS.map("http://{}".format)))
@example("acme.auth0.com:²")
@example("acme.auth0.com\n")
@example("a.b\n:1")
@example("[::1%1]")
def test_whatever_is_given_is_refused_by_invalid_options_or_gives_a_url_with_exactly_that_host(domain: str) -> None:
    try:
        address = parse_domain(domain)
    except InvalidOptions:
        return
    parts = urllib.parse.urlsplit(address.url)
    given_host = domain.strip().lower().removeprefix("http://")
    port = f":{parts.port}" if parts.port is not None else ""
    bracketed = f"[{parts.hostname}]" if ":" in str(parts.hostname) else str(parts.hostname)
    assert parts.netloc == bracketed + port == address.host
    assert given_host.startswith(bracketed)
    assert (parts.path, parts.query, parts.fragment, parts.username) == ("", "", "", None)
    assert parts.scheme == ("http" if domain.strip().lower().startswith("http://") else "https")
