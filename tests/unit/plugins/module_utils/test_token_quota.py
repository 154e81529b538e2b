# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the headers of a token answer say about quotas, and when that is worth a warning."""

from __future__ import annotations

import pytest
from ansible_collections.community.auth0.plugins.module_utils._tokens.quota import quota_of, warnings_about
from hypothesis import example, given
from hypothesis import strategies as st
from requests.structures import CaseInsensitiveDict

CLIENT = "Auth0-Client-Quota-Limit"
ORGANIZATION = "Auth0-Organization-Quota-Limit"


def bucket(limit: int, remaining: int, resets_in: int) -> dict[str, int]:
    return {"limit": limit, "remaining": remaining, "resets_in": resets_in}


def test_both_headers_are_read_as_auth0_documents_them() -> None:
    headers = CaseInsensitiveDict(
        {
            CLIENT.lower(): "b=per_hour;q=10;r=7;t=3540,b=per_day;q=50;r=47;t=43200",
            ORGANIZATION: "b=per_hour;q=50;r=47;t=3540",
        }
    )
    assert quota_of(headers) == {
        "client": {"per_hour": bucket(10, 7, 3540), "per_day": bucket(50, 47, 43200)},
        "organization": {"per_hour": bucket(50, 47, 3540)},
    }


def test_blanks_and_another_order_do_not_matter() -> None:
    assert quota_of({CLIENT: " r=0 ; b=per_day; t=1;q=5 , "}) == {"client": {"per_day": bucket(5, 0, 1)}}


@pytest.mark.parametrize(
    "text",
    [
        "",
        ",;=",
        "per_hour;q=10;r=7;t=3540",
        "b=per_hour;q=10;r=7",
        "b=per_hour;q=ten;r=7;t=3540",
        "b=per_hour;q=-1;r=7;t=3540",
        "b=per_hour;q=1e3;r=7;t=3540",
        "b=per_hour;q=٣;r=7;t=3540",
        "b=per_hour;q=99999999999999999999;r=7;t=3540",
        "b=hourly;q=10;r=7;t=3540",
        "b=per_<b>;q=10;r=7;t=3540",
        "<html>",
    ],
)
def test_what_is_not_of_that_form_is_left_out(text: str) -> None:
    assert quota_of({CLIENT: text}) == {}
    assert quota_of({CLIENT: text + ",b=per_day;q=5;r=4;t=3"}) == {"client": {"per_day": bucket(5, 4, 3)}}


PIECES = st.sampled_from(["b=per_hour", "b=per_day", "q=10", "q=-1", "r=2", "r=1e9", "t=60", "t=007", ";", ",", "="])
HEADERS = st.text() | st.lists(PIECES).map("".join) | st.lists(PIECES, min_size=4).map(";".join)


@given(HEADERS, HEADERS)
@example("b=per_hour;q=10;r=2;t=60", "b=per_day;q=4;r=0;t=9999999999")
def test_whatever_the_headers_hold_only_numbers_of_buckets_are_read(client: str, organization: str) -> None:
    found = quota_of({CLIENT: client, ORGANIZATION: organization})
    for owner, text in (("client", client), ("organization", organization)):
        for name, numbers in found.get(owner, {}).items():
            assert name in text
            assert set(numbers) == {"limit", "remaining", "resets_in"}
            assert all(str(number) in text and 0 <= number < 10**10 for number in numbers.values())
    assert len(warnings_about(found)) <= sum(map(len, found.values()))


@pytest.mark.parametrize(
    ("limit", "remaining", "warns"),
    [(10, 10, False), (10, 3, False), (10, 2, True), (10, 0, True), (1, 0, True), (2, 1, False), (5, 1, True)],
)
def test_a_warning_comes_when_four_fifths_are_used(limit: int, remaining: int, warns: bool) -> None:
    assert bool(warnings_about({"client": {"per_hour": bucket(limit, remaining, 60)}})) is warns


def test_a_warning_says_how_many_tokens_are_left_for_whom_until_when_and_what_to_do() -> None:
    assert warnings_about(
        {
            "client": {"per_hour": bucket(10, 1, 3540), "per_day": bucket(50, 41, 43200)},
            "organization": {"per_day": bucket(250, 0, 43200)},
        }
    ) == [
        "Tokens left for this client: 1 of 10 per hour; the quota resets in 59 minutes. Use each token for as long as "
        "it is valid, for example with cache: true, or raise the token_quota of the client.",
        "Tokens left for the organization: 0 of 250 per day; the quota resets in 12 hours. Use each token for as long "
        "as it is valid, for example with cache: true, or raise the token_quota of the organization.",
    ]
