# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Verification of access tokens as an API has to do it: what is acceptable, what is not and why, and attacks."""

from __future__ import annotations

import base64
import dataclasses
import functools
import json
import re
from collections.abc import Callable, Sequence
from typing import Any

import jwt
import pytest
from ansible_collections.community.auth0.plugins.module_utils._errors import Auth0Error
from ansible_collections.community.auth0.plugins.module_utils._tokens import verification
from ansible_collections.community.auth0.plugins.module_utils._tokens.compact_jws import MOST_CHARACTERS
from ansible_collections.community.auth0.plugins.module_utils._tokens.verification import (
    AcceptableToken,
    Expectation,
    TokenNotAcceptable,
    verify_token,
)
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from hypothesis import example, given
from hypothesis import strategies as st
from responses import RequestsMock

from .keys import rsa_key
from .signed_tokens import (
    AUDIENCE,
    GARBAGE,
    ISSUER,
    NOW,
    RFC9068_PROFILE,
    SIGNING_SECRET,
    KeySets,
    Maker,
    by_hand,
    by_joserfc,
    by_pyjwt,
    claims,
    encoded,
    header,
    json_bytes,
    jwk,
    private_key,
    public_pem,
    unsigned,
)

MAKERS = pytest.mark.parametrize("make", [by_pyjwt, by_joserfc])
HS256 = {"signing_alg": "HS256", "signing_secret": SIGNING_SECRET}
#: The tenant's keys are not asked for, once, twice.
NONE: list[bool] = []
ONCE, TWICE = [False], [False, True]


def expecting(**demands: Any) -> Expectation:
    return Expectation(**{"audience": AUDIENCE, "issuer": ISSUER, **demands})


def accepted(token: str, keys: KeySets | None = None, now: float = NOW, **demands: Any) -> AcceptableToken:
    return verify_token(token, expecting(**demands), keys or KeySets(), lambda: now)


def refused(token: str, keys: KeySets | None = None, now: float = NOW, **demands: Any) -> TokenNotAcceptable:
    """The refusal of a token: one sentence, which shows neither the token nor a key."""
    with pytest.raises(TokenNotAcceptable) as caught:
        accepted(token, keys, now, **demands)
    error = caught.value
    assert re.fullmatch(r"[ -~]{,700}\.", error.message)
    assert ". " not in error.message
    told = f"{error.message} {error.failure()} {error!r}"
    assert not any(len(part) > 20 and part in told for part in token.split("."))
    assert SIGNING_SECRET not in told
    assert "BEGIN PUBLIC KEY" not in told
    assert error.__cause__ is None
    return error


# what is acceptable


@MAKERS
@pytest.mark.parametrize("alg", ["RS256", "RS512", "PS256"])
def test_a_token_signed_by_a_key_that_the_tenant_publishes_is_acceptable(make: Maker, alg: str) -> None:
    keys = KeySets()
    assert accepted(make(claims(), header(alg)), keys, signing_alg=alg) == AcceptableToken(
        claims(), ["read:appointments", "write:appointments"], [], 86400
    )
    assert keys.looks == ONCE


@MAKERS
def test_a_token_signed_with_the_apis_secret_is_acceptable_and_the_tenants_keys_are_not_asked_for(make: Maker) -> None:
    keys = KeySets()
    assert accepted(make(claims(), header("HS256")), keys, **HS256).claims == claims()
    assert keys.looks == NONE


def test_an_api_secret_of_the_shortest_length_that_auth0_allows_can_verify() -> None:
    secret = "0123456789abcdef"
    token = by_hand(json_bytes(header("HS256")), json_bytes(claims()), "HS256", secret.encode())
    assert accepted(token, signing_alg="HS256", signing_secret=secret)


@pytest.mark.parametrize("secret", ["None", "null", "0123456789abcde"])
def test_what_is_too_short_to_be_an_apis_secret_verifies_nothing(secret: str) -> None:
    """A template that lost its value may leave a word behind that anybody can sign with."""
    token = by_hand(json_bytes(header("HS256")), json_bytes(claims()), "HS256", secret.encode())
    error = refused(token, signing_alg="HS256", signing_secret=secret)
    assert (error.code, error.message) == (
        "no_key",
        "To verify HS256 the API's signing secret is needed, which has 16 characters or more.",
    )


def test_what_can_be_relied_on_is_the_scope_the_permissions_and_the_remaining_life() -> None:
    content = claims(scope=" a  b:c ", permissions=["d", "e"], exp=NOW + 10)
    found = accepted(by_pyjwt(content), now=NOW + 0.5)
    assert (found.scope, found.permissions, found.expires_in) == (["a", "b:c"], ["d", "e"], 9)
    assert accepted(by_pyjwt(content), now=NOW + 15).expires_in == 0  # the leeway keeps it alive
    assert accepted(by_pyjwt(claims(scope=None))).scope == []


# accepted and refused alike, whichever library made it


@dataclasses.dataclass(frozen=True)
class Case:
    """A token and what the API demands. code: why it is refused, None when it is accepted."""

    about: str
    code: str | None = None
    content: dict[str, Any] = dataclasses.field(default_factory=claims)
    fields: dict[str, Any] = dataclasses.field(default_factory=header)
    demands: dict[str, Any] = dataclasses.field(default_factory=dict)
    key: str = "current"
    looks: Sequence[bool] = tuple(ONCE)


BOTH = {"permissions": ("a", "b")}
ACME = {"org_id": "org_acme", "org_name": "acme"}
OTHER_SECRET = {**HS256, "signing_secret": "another-secret-of-the-api-long-enough-for-hmac"}
AT_JWT, UNTYPED = header(typ="at+jwt"), header(typ=None)
OF_RFC9068 = claims(RFC9068_PROFILE)
CASES = [
    Case("nothing special"),
    # the algorithm
    Case("RS512 for RS256", "wrong_algorithm", fields=header("RS512"), looks=NONE),
    Case("PS256 for RS256", "wrong_algorithm", fields=header("PS256"), looks=NONE),
    Case("RS256 for PS256", "wrong_algorithm", demands={"signing_alg": "PS256"}, looks=NONE),
    Case("RS256 for HS256", "wrong_algorithm", demands=HS256, looks=NONE),
    Case("HS256 for RS256", "wrong_algorithm", fields=header("HS256"), looks=NONE),
    Case("HS256 for RS256, with a kid", "wrong_algorithm", fields=header("HS256", kid="current"), looks=NONE),
    # the key
    Case("the next key", key="next", fields=header(kid="next")),
    Case("an unpublished key", "unknown_key", key="forged", fields=header(kid="forged"), looks=TWICE),
    Case("an unpublished name", "unknown_key", fields=header(kid="forged"), looks=TWICE),
    Case("another case", "unknown_key", fields=header(kid="CURRENT"), looks=TWICE),
    Case("a space more", "unknown_key", fields=header(kid="current "), looks=TWICE),
    Case("an empty name", "unknown_key", fields=header(kid=""), looks=TWICE),
    Case("no name", "unknown_key", fields=header(kid=None), looks=NONE),
    Case("another key by that name", "bad_signature", key="forged"),
    Case("the other published key", "bad_signature", key="next"),
    Case("no secret", "no_key", fields=header("HS256"), demands={"signing_alg": "HS256"}, looks=NONE),
    Case("an empty secret", "no_key", fields=header("HS256"), demands={**HS256, "signing_secret": ""}, looks=NONE),
    Case(
        "a secret of spaces",
        "no_key",
        fields=header("HS256"),
        demands={**HS256, "signing_secret": " " * 40},
        looks=NONE,
    ),
    Case("another secret", "bad_signature", fields=header("HS256"), demands=OTHER_SECRET, looks=NONE),
    Case("HS256 with a kid", fields=header("HS256", kid="current"), demands=HS256, looks=NONE),
    # the type
    Case("no type", fields=header(typ=None)),
    Case("jwt in small letters", fields=header(typ="jwt")),
    Case("the whole media type", fields=header(typ="application/JWT")),
    Case("RFC 9068", None, OF_RFC9068, AT_JWT),
    Case("RFC 9068, the whole media type", None, OF_RFC9068, header(typ="application/AT+JWT")),
    *(
        case
        for dialect in ("access_token", "access_token_authz")
        for case in (
            Case(f"{dialect}: JWT", demands={"token_dialect": dialect}),
            Case(f"{dialect}: no type", fields=header(typ=None), demands={"token_dialect": dialect}),
            Case(f"{dialect}: at+jwt", "wrong_type", OF_RFC9068, AT_JWT, {"token_dialect": dialect}, looks=NONE),
        )
    ),
    *(
        case
        for dialect in ("rfc9068_profile", "rfc9068_profile_authz")
        for case in (
            Case(f"{dialect}: at+jwt", None, OF_RFC9068, AT_JWT, {"token_dialect": dialect}),
            Case(f"{dialect}: AT+JWT", None, OF_RFC9068, header(typ="AT+JWT"), {"token_dialect": dialect}),
            Case(f"{dialect}: JWT", "wrong_type", OF_RFC9068, header(), {"token_dialect": dialect}, looks=NONE),
            Case(f"{dialect}: no type", "wrong_type", OF_RFC9068, UNTYPED, {"token_dialect": dialect}, looks=NONE),
        )
    ),
    Case("a logout token", "wrong_type", fields=header(typ="logout+jwt"), looks=NONE),
    Case("a DPoP proof", "wrong_type", fields=header(typ="dpop+jwt"), looks=NONE),
    Case("a type of another tree", "wrong_type", fields=header(typ="text/jwt"), looks=NONE),
    *(Case(f"an ID token ({name})", "wrong_type", claims(**{name: "x"})) for name in ("nonce", "at_hash", "c_hash")),
    # claims that have to be there
    *(Case(f"no {name}", "missing_claim", claims(**{name: None})) for name in ("iss", "aud", "exp", "iat")),
    *(
        Case(f"RFC 9068 without {name}", "missing_claim", claims(RFC9068_PROFILE, **{name: None}), AT_JWT)
        for name in ("sub", "client_id", "jti")
    ),
    Case("Auth0's profile without sub", None, claims(sub=None)),
    # who issued it, for whom
    *(
        Case(f"issuer {issuer}", "wrong_issuer", claims(iss=issuer))
        for issuer in (ISSUER[:-1], ISSUER.upper(), "http://acme.eu.auth0.com/", "https://evil.example/", "")
    ),
    Case("audience in a list", None, claims(aud=[AUDIENCE])),
    Case("one audience of two", None, claims(aud=[f"{ISSUER}userinfo", AUDIENCE])),
    *(
        Case(f"audience {audience}", "wrong_audience", claims(aud=audience))
        for audience in (AUDIENCE + "/", AUDIENCE.upper(), AUDIENCE[:-1], "", [], ["https://a", "https://b"])
    ),
    # what it holds
    Case("both scopes", demands={"scope": ("write:appointments", "read:appointments")}),
    Case("one scope of two", "insufficient_scope", claims(scope="a"), demands={"scope": ("a", "b")}),
    Case("a scope that begins alike", "insufficient_scope", claims(scope="read:ab"), demands={"scope": ("read:a",)}),
    Case("a scope in another case", "insufficient_scope", claims(scope="READ:A"), demands={"scope": ("read:a",)}),
    Case("another blank", "insufficient_scope", claims(scope="a\u00a0b\tc"), demands={"scope": ("a",)}),
    Case("no scope", "insufficient_scope", claims(scope=None), demands={"scope": ("a",)}),
    Case("an empty scope", "insufficient_scope", claims(scope=""), demands={"scope": ("a",)}),
    Case("a permission for a scope", "insufficient_scope", claims(permissions=["a"]), demands={"scope": ("a",)}),
    Case("both permissions", None, claims(permissions=["b", "a"]), demands=BOTH),
    Case("a permission lacks", "insufficient_permissions", claims(permissions=["a"]), demands=BOTH),
    Case("no permissions", "insufficient_permissions", claims(scope="a"), demands={"permissions": ("a",)}),
    Case("empty permissions", "insufficient_permissions", claims(permissions=[]), demands={"permissions": ("a",)}),
    Case("the organization by id", None, claims(**ACME), demands={"organization": "org_acme"}),
    Case("the organization by name", None, claims(**ACME), demands={"organization": "Acme"}),
    Case("another organization", "wrong_organization", claims(**ACME), demands={"organization": "org_other"}),
    Case("another name", "wrong_organization", claims(**ACME), demands={"organization": "globex"}),
    Case("no organization", "wrong_organization", demands={"organization": "org_acme"}),
    Case("no name in it", "wrong_organization", claims(org_id="org_acme"), demands={"organization": "acme"}),
    Case("an id as a name", "wrong_organization", claims(org_name="org_acme2"), demands={"organization": "org_acme"}),
    Case("an organization that is no string", "malformed", claims(org_id=["org_acme"]), demands={}),
    Case("any organization where none is demanded", None, claims(**ACME)),
    Case("scope before permissions", "insufficient_scope", demands={"scope": ("x",), "permissions": ("y",)}),
]


@MAKERS
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.about)
def test_tokens_of_either_library_are_accepted_and_refused_alike(make: Maker, case: Case) -> None:
    token, keys = make(case.content, case.fields, case.key), KeySets()
    if case.code is None:
        assert accepted(token, keys, **case.demands).claims == case.content
    else:
        assert refused(token, keys, **case.demands).code == case.code
    assert keys.looks == list(case.looks)


@pytest.mark.parametrize(
    ("demands", "content", "message"),
    [
        ({}, claims(iss="https://evil.example/"), f"It was issued by https://evil.example/, not by {ISSUER}."),
        ({}, claims(aud=["urn:a", "urn:b"]), f"It is for the audience urn:a, urn:b, not for {AUDIENCE}."),
        ({}, claims(aud=[]), f"It is for the audience (nothing), not for {AUDIENCE}."),
        ({"scope": ("a", "read:appointments", "b")}, claims(), "It lacks the scope a, b."),
        ({"permissions": ("a", "b")}, claims(permissions=["b"]), "It lacks the permission a."),
        ({"permissions": ("a", "b")}, claims(), "It lacks the claim permissions, and so the permission a, b."),
        ({}, claims(jti=7), "Its claim jti is not a string."),
        ({}, claims(exp=NOW - 11), "It has expired, 11 seconds ago."),
        ({}, claims(nbf=NOW + 11), "It is not valid yet, but in 11 seconds (nbf); compare the clocks."),
        ({}, claims(iat=NOW + 11), "It is not valid yet: it was issued 11 seconds from now (iat); compare the clocks."),
        ({}, claims(nonce="n"), "It is an ID token, which is for a client: it has the claim nonce."),
        ({"signing_alg": "PS256"}, claims(), "It is signed with RS256, the API demands PS256."),
        (
            {"token_dialect": "rfc9068_profile"},
            claims(),
            "Its type (typ) is JWT, that of an access token with token_dialect rfc9068_profile is at+jwt.",
        ),
    ],
)
def test_a_refusal_says_what_it_found_and_what_the_api_demands(
    demands: dict[str, Any], content: dict[str, Any], message: str
) -> None:
    assert refused(by_hand(json_bytes(header()), json_bytes(content)), **demands).message == message


# the order of the checks


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"[]", "malformed"),
        (json_bytes(claims(iss=None)), "missing_claim"),
        (json_bytes(claims(iss="https://evil.example/")), "wrong_issuer"),
        (json_bytes(claims(aud="urn:other")), "wrong_audience"),
        (json_bytes(claims(exp=1)), "expired"),
        (json_bytes(claims(scope="")), "insufficient_scope"),
    ],
)
def test_nothing_that_a_token_claims_is_looked_at_before_its_signature(content: bytes, code: str) -> None:
    token = by_hand(json_bytes(header()), content)
    assert refused(token, scope=("read:appointments",)).code == code
    forged = token.rpartition(".")[0] + "." + encoded(b"A" * 256)
    error = refused(forged, scope=("read:appointments",))
    assert (error.code, error.message) == ("bad_signature", "Its signature is not by the key that it names.")


def test_of_several_reasons_the_one_is_told_that_says_most() -> None:
    wrong: dict[str, Any] = {"scope": "", "exp": NOW - 100, "aud": "urn:other", "iss": "https://evil.example/"}
    found = []
    while wrong:
        found.append(refused(by_pyjwt(claims(**wrong)), scope=("read:appointments",)).code)
        wrong.popitem()
    assert found == ["wrong_issuer", "wrong_audience", "expired", "insufficient_scope"]


# clocks


@pytest.mark.parametrize("leeway", [0, 10, 60])
@pytest.mark.parametrize(
    ("claim", "border", "acceptable"),
    [
        # Seconds from the moment until which, or from which on, the leeway lets the token be.
        ("exp", -1, {-1: False, 0: False, 1: True}),
        ("nbf", 1, {-1: True, 0: True, 1: False}),
        ("iat", 1, {-1: True, 0: True, 1: False}),
    ],
)
def test_clocks_may_differ_by_the_leeway_and_by_no_second_more(
    leeway: int, claim: str, border: int, acceptable: dict[int, bool]
) -> None:
    for seconds, good in acceptable.items():
        token = by_joserfc(claims(**{claim: NOW + border * leeway + seconds}))
        if good:
            assert accepted(token, leeway=leeway)
        else:
            code = "expired" if claim == "exp" else "not_yet_valid"
            assert refused(token, leeway=leeway).code == code


def test_fractions_of_seconds_count() -> None:
    token = by_hand(json_bytes(header()), json_bytes(claims(exp=NOW + 0.5)))
    assert accepted(token, now=NOW + 0.25, leeway=0).expires_in == 0
    assert refused(token, now=NOW + 0.5, leeway=0).code == "expired"


def test_the_clock_is_read_after_the_keys_were_fetched() -> None:
    moments = [NOW]

    def slow(fresh: bool) -> list[dict[str, Any]]:
        moments.append(NOW + 100)
        return [jwk("current")]

    with pytest.raises(TokenNotAcceptable, match="expired"):
        verify_token(by_pyjwt(claims(exp=NOW + 50)), expecting(), slow, lambda: moments[-1])


# keys


def test_a_key_that_was_published_a_moment_ago_is_found_by_a_second_look_past_all_copies() -> None:
    keys = KeySets([jwk("next")], [jwk("next"), jwk("current")])
    assert accepted(by_pyjwt(claims()), keys)
    assert keys.looks == TWICE


def test_there_is_no_third_look() -> None:
    keys = KeySets([], [jwk("next")], [jwk("current")])
    assert refused(by_pyjwt(claims()), keys).message == "It is signed by a key that the tenant does not publish."
    assert keys.looks == TWICE


def test_a_key_is_found_without_its_alg_which_a_tenant_may_leave_out() -> None:
    entry = {name: value for name, value in jwk("current").items() if name not in ("alg", "use")}
    assert accepted(by_pyjwt(claims(), header("PS256")), KeySets([entry]), signing_alg="PS256")
    assert accepted(by_pyjwt(claims()), KeySets([{**entry, "key_ops": ["verify"]}]))


def test_the_right_key_is_found_among_thousands() -> None:
    many = [{**jwk("next"), "kid": f"key {number}"} for number in range(5000)]
    keys = KeySets([*many, jwk("current"), *many])
    assert accepted(by_pyjwt(claims()), keys)
    assert refused(by_pyjwt(claims(), header(kid="key 4999")), keys).code == "bad_signature"
    assert refused(by_pyjwt(claims(), header(kid="key 5000")), keys).code == "unknown_key"


def test_of_several_keys_by_one_name_each_may_be_the_one() -> None:
    unusable = [{"kid": "current"}, jwk("current", use="enc"), {"kid": "current", "kty": "oct", "k": "AAAA"}]
    keys = KeySets([*unusable, jwk("next", kid="current"), jwk("current")])
    assert accepted(by_pyjwt(claims()), keys)
    assert accepted(by_pyjwt(claims(), header(), "next"), keys)
    assert refused(by_pyjwt(claims(), header(), "forged"), keys).code == "bad_signature"


def too_short(bits: int) -> dict[str, Any]:
    """Of 512 bits, which is less than any library makes, only the form."""
    modulus = rsa_key(bits).public_key().public_numbers().n if bits >= 1024 else 2**bits - 1
    return {"n": encoded(modulus.to_bytes(bits // 8, "big")), "e": "AQAB"}


def elliptic() -> dict[str, Any]:
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    return dict(jwt.algorithms.ECAlgorithm.to_jwk(key, as_dict=True))


@pytest.mark.parametrize(
    "entry",
    [
        dict,
        lambda: {"kty": ["RSA"]},
        lambda: {"kty": "RSA"},
        lambda: {"kty": "RSA", "n": "!", "e": 3},
        lambda: {"kty": "RSA", "n": "", "e": ""},
        lambda: {"kty": "RSA", "n": ["AQAB"], "e": {}},
        lambda: {"kty": "RSA", "n": "A" * 1_000_000, "e": "AQAB"},
        lambda: {"kty": "oct", "k": encoded(SIGNING_SECRET.encode())},
        elliptic,
        lambda: jwk("current", kty="oct"),
        lambda: jwk("current", use="enc"),
        lambda: jwk("current", use=None),
        lambda: jwk("current", alg="RSA-OAEP-256"),
        lambda: jwk("current", alg=["RS256"]),
        lambda: jwk("current", key_ops=["encrypt"]),
        lambda: jwk("current", key_ops="verify"),
        lambda: jwk("current", e="AQ"),
        lambda: jwk("current", **too_short(512)),
        lambda: jwk("current", **too_short(1024)),
        lambda: jwk("current", e="Ag"),
        lambda: jwk("current", e="AA"),
    ],
    ids=range(21),
)
def test_a_key_that_must_not_verify_signatures_does_not(entry: Callable[[], dict[str, Any]]) -> None:
    keys = KeySets([{"kid": "current", **entry()}])
    error = refused(by_pyjwt(claims()), keys)
    assert error.code == "unknown_key"
    assert error.message == (
        "The tenant publishes the key that it names, but not as an RSA key for signatures of 2048 bits or more."
    )
    assert keys.looks == ONCE


def test_a_signature_by_a_key_of_1024_bits_does_not_count_though_the_tenant_publishes_it() -> None:
    signed = f"{encoded(json_bytes(header()))}.{encoded(json_bytes(claims()))}"
    signature = rsa_key(1024).sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
    token = f"{signed}.{encoded(signature)}"
    assert refused(token, KeySets([jwk("current", **too_short(1024))])).code == "unknown_key"


@pytest.mark.parametrize("alg", ["RS256", "PS256"])
@pytest.mark.parametrize(
    ("bits", "exponent"), [(2**17, 65537), (16385, 65537), (4096, 2**100 + 1), (2048, 2**2048 - 3)]
)
def test_an_enormous_key_verifies_nothing_and_takes_no_time(alg: str, bits: int, exponent: int) -> None:
    def number(value: int) -> str:
        return encoded(value.to_bytes((value.bit_length() + 7) // 8, "big"))

    keys = KeySets([jwk("current", n=number(2**bits - 1), e=number(exponent))])
    assert refused(by_pyjwt(claims(), header(alg)), keys, signing_alg=alg).code in ("bad_signature", "unknown_key")


def test_a_private_key_that_was_published_by_mistake_is_used_as_the_public_one_that_it_holds() -> None:
    entry: dict[str, Any] = jwt.algorithms.RSAAlgorithm.to_jwk(private_key("current"), as_dict=True)
    del entry["key_ops"]
    assert accepted(by_pyjwt(claims()), KeySets([{**entry, "kid": "current"}]))


# attacks


@pytest.mark.parametrize("token", GARBAGE, ids=range(len(GARBAGE)))
@pytest.mark.parametrize("demands", [{}, HS256])
def test_garbage_is_refused_before_anything_is_asked_for(token: str, demands: dict[str, Any]) -> None:
    keys = KeySets()
    assert refused(token, keys, **demands).code in ("malformed", "wrong_algorithm")
    assert keys.looks == NONE


def test_a_token_of_a_megabyte_is_refused_at_once_though_its_signature_is_right() -> None:
    keys = KeySets()
    token = by_pyjwt(claims(padding="x" * 2**20))
    told = refused(token, keys).message
    assert told == f"It has {len(token)} characters, and no more than {MOST_CHARACTERS} are read."
    assert keys.looks == NONE


@pytest.mark.parametrize("alg", ["none", "None", "nOnE", "NONE", ""])
@pytest.mark.parametrize("demands", [{}, HS256])
def test_alg_none_is_refused_in_every_spelling(alg: str, demands: dict[str, Any]) -> None:
    keys = KeySets()
    fields, content = encoded(json_bytes(header(alg))), encoded(json_bytes(claims()))
    for signature in ("", encoded(b"anything"), by_pyjwt(claims()).rpartition(".")[2]):
        assert refused(f"{fields}.{content}.{signature}", keys, **demands).code == "wrong_algorithm"
    assert refused(jwt.encode(claims(), None, "none"), keys, **demands).code == "wrong_algorithm"
    assert keys.looks == NONE


@pytest.mark.parametrize("alg", ["RS256 ", "rs256", "RS256\0", "RS384", "ES256", "HS512", "\x1b[2Jx", "x" * 5000, "ä"])
def test_the_tokens_own_choice_of_an_algorithm_is_never_taken(alg: str) -> None:
    keys = KeySets()
    error = refused(by_hand(json_bytes(header(alg)), json_bytes(claims())), keys)
    assert error.code == "wrong_algorithm"
    assert len(error.message) < 80
    assert keys.looks == NONE


@pytest.mark.parametrize("kid", ["current", None])
def test_hs256_with_the_public_key_as_the_secret_is_refused_where_rs256_is_demanded(kid: str | None) -> None:
    for secret in (public_pem("current"), json_bytes(jwk("current")), jwk("current")["n"].encode()):
        token = by_hand(json_bytes(header("HS256", kid=kid)), json_bytes(claims()), "HS256", secret)
        keys = KeySets()
        assert refused(token, keys).code == "wrong_algorithm"
        assert keys.looks == NONE


def test_hs256_under_the_name_of_rs256_is_a_bad_signature() -> None:
    for secret in (public_pem("current"), json_bytes(jwk("current"))):
        token = by_hand(json_bytes(header("RS256")), json_bytes(claims()), "HS256", secret)
        assert refused(token).code == "bad_signature"


def test_a_public_key_given_as_the_signing_secret_verifies_nothing() -> None:
    pem = public_pem("current")
    token = by_hand(json_bytes(header("HS256")), json_bytes(claims()), "HS256", pem)
    error = refused(token, signing_alg="HS256", signing_secret=pem.decode())
    assert (error.code, error.message) == (
        "no_key",
        "To verify HS256 the API's signing secret is needed, not a public key.",
    )


@pytest.mark.parametrize(
    "kid",
    [
        "../../../../dev/null",
        "/etc/passwd",
        "file:///etc/passwd",
        "https://evil.example/jwks.json",
        "current\0",
        "\0",
        "' OR 1=1 --",
        "$(id)",
        "{{ lookup('pipe', 'id') }}",
        "\u202ecurrent",
        "x" * 100_000,
    ],
)
def test_a_kid_is_only_ever_compared(kid: str) -> None:
    keys = KeySets()
    error = refused(by_pyjwt(claims(), header(kid=kid)), keys)
    assert error.message == "It is signed by a key that the tenant does not publish."
    assert keys.looks == TWICE


@pytest.mark.parametrize("pointers", [("jku",), ("x5u",), ("jwk",), ("x5c",), ("jku", "jwk", "x5t", "x5t#S256")])
def test_a_key_that_the_token_itself_names_is_not_trusted_and_not_fetched(
    pointers: tuple[str, ...], mocked: RequestsMock
) -> None:
    where = {"jku": "https://evil.example/jwks.json", "x5u": "https://evil.example/cert.pem", "x5c": ["AAAA"]}
    more = {name: {"jwk": jwk("forged"), **where}.get(name, "AAAA") for name in pointers}
    for kid, code in (("forged", "unknown_key"), ("current", "bad_signature")):
        token = jwt.encode(claims(), private_key("forged"), "RS256", headers=header(kid=kid, **more))
        assert refused(token).code == code
    assert accepted(by_pyjwt(claims(), header(**more)))  # they may be there, and mean nothing
    assert len(mocked.calls) == 0


@pytest.mark.parametrize("crit", [["exp"], ["b64"], [], "exp", None, ["http://example.com/UNDEFINED"]])
def test_a_token_with_extensions_that_have_to_be_understood_is_refused(crit: Any) -> None:
    keys = KeySets()
    fields = {**header(), "crit": crit, "exp": NOW, "http://example.com/UNDEFINED": True}
    error = refused(by_hand(json_bytes(fields), json_bytes(claims())), keys)
    assert (error.code, keys.looks) == ("malformed", NONE)
    assert "(crit)" in error.message


def test_a_payload_that_is_not_encoded_is_refused() -> None:
    assert refused(by_hand(json_bytes({**header(), "b64": False}), json_bytes(claims()))).code == "malformed"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        (b'{"alg":"none","alg":"RS256","kid":"current"}', "malformed"),
        (b'{"alg":"RS256","kid":"forged","kid":"current"}', "malformed"),
        (b'{"alg":"RS256","kid":"current","kid":"forged"}', "malformed"),
        (b'{"alg":["RS256"],"kid":"current"}', "malformed"),
        (b'{"alg":null,"kid":"current"}', "malformed"),
        (b'{"alg":"RS256","kid":["current"]}', "malformed"),
        (b'{"alg":"RS256","kid":null}', "malformed"),
        (b'{"alg":"RS256","kid":"current","typ":{"JWT":1}}', "malformed"),
        (b'{"alg":"RS256","kid":"current","typ":""}', "wrong_type"),
        (b'{"kid":"current"}', "wrong_algorithm"),
        (b"{}", "wrong_algorithm"),
        (b"[]", "malformed"),
        (b"null", "malformed"),
        (b'"RS256"', "malformed"),
        (b"", "malformed"),
        (b'{"alg":"RS256","kid":"current"', "malformed"),
        (b'{"alg":"RS256","kid":"current","x":' + b"[" * 5000 + b"]" * 5000 + b"}", "malformed"),
        (b'{"alg":"RS256","kid":"current","x":' + b'{"y":' * 5000 + b"1" + b"}" * 5000 + b"}", "malformed"),
        (b"\xef\xbb\xbf" + b'{"alg":"RS256","kid":"current"}', "malformed"),
        ('{"alg":"RS256","kid":"current"}'.encode("utf-16"), "malformed"),
    ],
    ids=range(20),
)
def test_an_odd_header_is_refused_though_its_signature_is_right(fields: bytes, code: str) -> None:
    keys = KeySets()
    assert refused(by_hand(fields, json_bytes(claims())), keys).code == code
    assert keys.looks == NONE


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[]",
        b'"claims"',
        b"{",
        b'{"aud":"%s","aud":"urn:other"}' % AUDIENCE.encode(),
        json_bytes(claims()).decode().encode("utf-16"),
        json_bytes(claims()) + b"\0",
        b'{"deep":' + b"[" * 50_000 + b"]" * 50_000 + b"}",
        json_bytes(claims(deep=json.loads("[" * 60 + "]" * 60))),
        json_bytes(claims(number=float("nan"))),
        json_bytes(claims(text="\ud800")),
    ],
    ids=range(12),
)
def test_odd_claims_are_refused_though_their_signature_is_right(content: bytes) -> None:
    for alg, demands in (("RS256", {}), ("HS256", HS256)):
        assert refused(by_hand(json_bytes(header(alg)), content, alg), **demands).code == "malformed"


TIMES = ["1900000000", True, False, [], {}, [NOW], float("inf"), float("nan"), 10**400, 2**53 + 2, -(10**17), 1e17]
WRONG_TYPES = {
    "iss": [7, True, [ISSUER], {"iss": ISSUER}],
    "aud": [7, True, {AUDIENCE: True}, [AUDIENCE, 7], [None], [[AUDIENCE]]],
    "exp": TIMES,
    "iat": TIMES,
    "nbf": [*TIMES, None],
    "sub": [7, None, ["the-client@clients"]],
    "jti": [7, None, []],
    "client_id": [7, None, {}],
    "scope": [7, None, True, ["read:appointments"], {"read:appointments": True}],
    "permissions": [7, None, True, "read:appointments", {"read:appointments": True}, [7], [None], [["a"]]],
}


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in WRONG_TYPES.items() for value in values], ids=repr
)
def test_a_claim_of_the_wrong_type_is_refused_though_the_signature_is_right(name: str, value: Any) -> None:
    token = by_hand(json_bytes(header("HS256")), json_bytes({**claims(), name: value}), "HS256")
    assert refused(token, **HS256).code == "malformed"


@pytest.mark.parametrize("name", ["iss", "aud", "exp", "iat"])
def test_a_claim_that_is_null_is_not_there(name: str) -> None:
    token = by_hand(json_bytes(header("HS256")), json_bytes({**claims(), name: None}), "HS256")
    assert refused(token, **HS256).code == "missing_claim"


@pytest.mark.parametrize(
    "value",
    ["i" * 150_000, "\x1b[31mred\x1b[0m", "two\nlines", "\u202egnirts", "{{ lookup('pipe', 'id') }}" * 50, "ä" * 300],
)
def test_what_a_token_says_is_shown_in_one_short_printable_line(value: str) -> None:
    for name in ("iss", "aud"):
        error = refused(by_pyjwt(claims(**{name: value})))
        assert error.code in ("wrong_issuer", "wrong_audience")
        assert len(error.message) < 300


@pytest.mark.parametrize("alg", ["RS256", "HS256"])
def test_claims_that_were_changed_after_signing_have_a_bad_signature(alg: str) -> None:
    fields, dummy, signature = by_pyjwt(claims(), header(alg)).split(".")
    token = f"{fields}.{encoded(json_bytes(claims(scope='everything')))}.{signature}"
    assert refused(token, **(HS256 if alg == "HS256" else {})).code == "bad_signature"


@pytest.mark.parametrize("cut", [1, 2, 3, 4, 10, 300, 400])
def test_a_truncated_token_is_refused(cut: int) -> None:
    assert refused(by_pyjwt(claims())[:-cut]).code in ("bad_signature", "malformed")


@pytest.mark.parametrize("tail", [".", ".x", ".x.y", "ä", "AAAA", "=", "==", "\n", " ", "\0", "\r\n", ",", "#", "?x"])
def test_a_token_with_something_added_is_refused(tail: str) -> None:
    token = by_pyjwt(claims())
    assert refused(token + tail).code in ("bad_signature", "malformed")
    if tail != "AAAA":
        assert refused(tail + token).code == "malformed"


# whatever comes

ALGS = {"RS256": {}, "HS256": HS256}


@functools.cache
def good(alg: str) -> str:
    return by_pyjwt(claims(), header(alg))


@pytest.mark.parametrize("alg", sorted(ALGS))
def test_no_bit_of_a_good_token_can_be_another(alg: str) -> None:
    token = good(alg).encode()
    for place in range(len(token)):
        turned = token[place] ^ 1 << place % 8
        changed = token[:place] + bytes([turned]) + token[place + 1 :]
        assert refused(changed.decode("latin-1"), **ALGS[alg])


@given(st.sampled_from(sorted(ALGS)), st.data())
def test_no_byte_of_a_good_token_can_be_another(alg: str, data: st.DataObject) -> None:
    token = good(alg).encode()
    place = data.draw(st.integers(0, len(token) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != token[place]))
    changed = token[:place] + bytes([byte]) + token[place + 1 :]
    assert refused(changed.decode("latin-1"), **ALGS[alg])


@given(st.sampled_from(sorted(ALGS)), st.data())
def test_nothing_can_be_put_into_or_taken_out_of_a_good_token(alg: str, data: st.DataObject) -> None:
    token = good(alg)
    start = data.draw(st.integers(0, len(token)))
    end = data.draw(st.integers(start, len(token)))
    put = data.draw(st.text(max_size=5) | st.text(alphabet="AZaz09-_.=", max_size=5))
    changed = token[:start] + put + token[end:]
    if changed != token:
        assert refused(changed, **ALGS[alg])


@pytest.mark.parametrize("alg", sorted(ALGS))
def test_the_spare_bits_of_the_last_character_cannot_spell_a_token_in_another_way(alg: str) -> None:
    token = good(alg)
    signature = token.rpartition(".")[2]
    padding = "=" * (-len(signature) % 4)
    twins = [
        letter
        for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        if letter != token[-1]
        and base64.urlsafe_b64decode(signature[:-1] + letter + padding) == base64.urlsafe_b64decode(signature + padding)
    ]
    assert twins
    assert {refused(token[:-1] + letter, **ALGS[alg]).code for letter in twins} == {"malformed"}


@given(st.text() | st.lists(st.binary(), min_size=3, max_size=3).map(lambda parts: ".".join(map(encoded, parts))))
def test_no_text_makes_verification_end_in_another_way_than_a_refusal(token: str) -> None:
    assert refused(token)
    assert refused(token, **HS256)


@given(
    st.dictionaries(
        st.sampled_from(["alg", "kid", "typ", "crit", "b64", "zip", "cty", "jku", "jwk", "x5c", "enc"]),
        st.none() | st.integers() | st.text() | st.lists(st.text()) | st.sampled_from(["RS256", "HS256", "current"]),
    )
)
def test_no_header_makes_verification_end_in_another_way_than_a_refusal(fields: dict[str, Any]) -> None:
    assert refused(unsigned(claims(), fields))
    assert refused(unsigned(claims(), fields), **HS256)


@given(
    st.sampled_from(["iss", "aud", "exp", "iat", "nbf", "sub", "jti", "client_id", "scope", "permissions", "other"]),
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.lists(st.text())
    | st.dictionaries(st.text(), st.text()),
)
@example("exp", 2**53)
@example("nbf", -(2**53))
def test_signed_claims_of_any_value_are_acceptable_or_told_why_not(name: str, value: Any) -> None:
    token = by_hand(json_bytes(header("HS256")), json_bytes({**claims(), name: value}), "HS256")
    try:
        found = accepted(token, **HS256)
    except TokenNotAcceptable:
        assert refused(token, **HS256)
        return
    assert found.expires_in >= 0
    assert json.dumps(dataclasses.asdict(found), allow_nan=False, ensure_ascii=False).encode()


PARTS = st.sampled_from(["current", "RSA", "sig", "RS256", "AQAB", None, 7, [], ["RSA"]])
ENTRIES = st.dictionaries(st.sampled_from(["kid", "kty", "use", "alg", "key_ops", "n", "e", "d"]), PARTS | st.text())


@given(st.lists(ENTRIES.map(lambda entry: {"kid": "current", "kty": "RSA", **entry}), max_size=3))
def test_no_key_set_makes_verification_end_in_another_way_than_a_refusal(entries: list[dict[str, Any]]) -> None:
    assert refused(by_pyjwt(claims(), header(), "forged"), KeySets(entries)).code == "unknown_key"


# examples of the standards

#: RFC 7515, appendix A.1, also in RFC 7519, section 3.1: HS256. Its key is bytes, which no option could give.
RFC7515_A1 = (
    "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9."
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ."
    "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
)
RFC7515_A1_KEY: Any = base64.urlsafe_b64decode(
    "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow=="
)
#: RFC 7515, appendix A.2: RS256, without a kid.
RFC7515_A2 = (
    "eyJhbGciOiJSUzI1NiJ9."
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ."
    "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CU"
    "Ar7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_d"
    "O--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0ig"
    "cN_IoypGlUPQGe77Rw"
)
RFC7515_A2_KEY = {
    "kty": "RSA",
    "n": "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SF"
    "d2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTB"
    "EMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2"
    "PAcDTW9gb54h4FRWyuXpoQ",
    "e": "AQAB",
}
#: RFC 7520, section 4.1: RS256 with a kid; what is signed is a sentence.
RFC7520_4_1 = (
    "eyJhbGciOiJSUzI1NiIsImtpZCI6ImJpbGJvLmJhZ2dpbnNAaG9iYml0b24uZXhhbXBsZSJ9."
    "SXTigJlzIGEgZGFuZ2Vyb3VzIGJ1c2luZXNzLCBGcm9kbywgZ29pbmcgb3V0IHlvdXIgZG9vci4gWW91IHN0ZXAgb250byB0aGUgcm9hZCwg"
    "YW5kIGlmIHlvdSBkb24ndCBrZWVwIHlvdXIgZmVldCwgdGhlcmXigJlzIG5vIGtub3dpbmcgd2hlcmUgeW91IG1pZ2h0IGJlIHN3ZXB0IG9m"
    "ZiB0by4."
    "MRjdkly7_-oTPTS3AXP41iQIGKa80A0ZmTuV5MEaHoxnW2e5CZ5NlKtainoFmKZopdHM1O2U4mwzJdQx996ivp83xuglII7PNDi84wnB-BDk"
    "oBwA78185hX-Es4JIwmDLJK3lfWRa-XtL0RnltuYv746iYTh_qHRD68BNt1uSNCrUCTJDt5aAE6x8wW1Kt9eRo4QPocSadnHXFxnt8Is9Uzp"
    "ERV0ePPQdLuW3IS_de3xyIrDaLGdjluPxUAhb6L2aXic1U12podGU0KLUQSE_oI-ZnmKJ3F4uOZDnd6QZWJushZ41Axf_fcIe8u9ipH84ogo"
    "ree7vjbU5y18kDquDg"
)
RFC7520_KEY = {
    "kty": "RSA",
    "kid": "bilbo.baggins@hobbiton.example",
    "use": "sig",
    "n": "n4EPtAOCc9AlkeQHPzHStgAbgs7bTZLwUBZdR8_KuKPEHLd4rHVTeT-O-XV2jRojdNhxJWTDvNd7nqQ0VEiZQHz_AJmSCpMaJMRBSFKr"
    "Kb2wqVwGU_NsYOYL-QtiWN2lbzcEe6XC0dApr5ydQLrHqkHHig3RBordaZ6Aj-oBHqFEHYpPe7Tpe-OfVfHd1E6cS6M1FZcD1NNLYD5lFHpP"
    "I9bTwJlsde3uhGqC0ZCuEHg8lhzwOHrtIQbS0FVbb9k3-tVTU4fg_3L_vniUFAKwuCLqKnS2BYwdq_mzSnbLY7h_qixoR7jig3__kRhuaxwU"
    "kRz5iaiQkqgc5gHdrNP5zw",
    "e": "AQAB",
}


def with_another_bit(token: str) -> str:
    """The token with one bit of its signature turned, still well spelt."""
    start, dot, signature = token.rpartition(".")
    return f"{start}{dot}{'B' if signature[0] == 'A' else 'A'}{signature[1:]}"


def test_the_example_of_rfc_7515_for_hs256_is_rightly_signed_and_lacks_claims() -> None:
    demands = {"signing_alg": "HS256", "signing_secret": RFC7515_A1_KEY}
    error = refused(RFC7515_A1, **demands)
    assert (error.code, error.message) == ("missing_claim", "It lacks the claim aud.")
    assert refused(with_another_bit(RFC7515_A1), **demands).code == "bad_signature"


def test_the_example_of_rfc_7515_for_rs256_names_no_key() -> None:
    for key in (RFC7515_A2_KEY, {**RFC7515_A2_KEY, "kid": ""}, {**RFC7515_A2_KEY, "kid": None}):
        keys = KeySets([key])
        assert refused(RFC7515_A2, keys).message == "It does not name the key that it is signed by (kid)."
        assert keys.looks == NONE


def test_the_example_of_rfc_7520_for_rs256_is_rightly_signed_and_no_jwt() -> None:
    keys = KeySets([RFC7520_KEY])
    error = refused(RFC7520_4_1, keys)
    assert (error.code, error.message) == ("malformed", "Its payload is not JSON with unique names.")
    assert refused(with_another_bit(RFC7520_4_1), keys).code == "bad_signature"
    assert refused(RFC7520_4_1, KeySets([{**RFC7515_A2_KEY, "kid": RFC7520_KEY["kid"]}])).code == "bad_signature"


def test_the_unsecured_example_of_rfc_7519_is_refused() -> None:
    token = f"eyJhbGciOiJub25lIn0.{RFC7515_A1.split('.')[1]}."  # section 6.1
    assert refused(token).message == "It is signed with none, the API demands RS256."


def test_the_example_of_rfc_9068_is_acceptable_to_its_api_while_it_lasts() -> None:
    content = {  # section 3
        "iss": "https://authorization-server.example.com/",
        "sub": "5ba552d67",
        "aud": "https://rs.example.com/",
        "exp": 1639528912,
        "iat": 1618354090,
        "jti": "dbe39bf3a3ba4238a513f51d6e1691c4",
        "client_id": "s6BhdRkqt3",
        "scope": "openid profile reademail",
    }
    fields = {"typ": "at+JWT", "alg": "RS256", "kid": "RjEwOwOA"}
    keys = KeySets([jwk("current", kid="RjEwOwOA")])
    demands = {"issuer": content["iss"], "audience": content["aud"], "token_dialect": "rfc9068_profile"}
    token = by_joserfc(content, fields)
    assert accepted(token, keys, 1618354090, scope=("reademail",), **demands).claims == content
    assert refused(token, keys, NOW, **demands).code == "expired"


# nothing is given away


def test_the_secret_is_not_shown_when_an_expectation_is_printed() -> None:
    assert SIGNING_SECRET not in repr(expecting(**HS256))


def test_a_refusal_is_an_error_of_this_collection_like_any_other() -> None:
    assert issubclass(TokenNotAcceptable, Auth0Error)
    assert verification.PYJWT_IMPORT_ERROR is None
