# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is read as a signed JWT: exactly what the standards call one, and nothing that readers could differ about."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._tokens.compact_jws import (
    MOST_CHARACTERS,
    MOST_LEVELS,
    NotCompactJws,
    read_header,
    read_object,
)
from hypothesis import given
from hypothesis import strategies as st

from .signed_tokens import encoded

HEADER = encoded(b'{"alg":"RS256"}')


def told(token: str) -> str:
    with pytest.raises(NotCompactJws) as caught:
        read_header(token)
    return caught.value.message


def test_the_header_of_a_token_is_read_whatever_else_is_in_it() -> None:
    assert read_header(f"{HEADER}.{encoded(b'not JSON')}.{encoded(b'')}") == {"alg": "RS256"}


@pytest.mark.parametrize(
    ("token", "words"),
    [
        pytest.param("", "has 3 parts: it has 1", id="empty"),
        pytest.param("opaque", "has 3 parts: it has 1", id="opaque"),
        pytest.param(f"{HEADER}.e30", "has 3 parts: it has 2", id="truncated"),
        pytest.param(f"{HEADER}.e30.AA.AA", "has 3 parts: it has 4", id="an extra part"),
        pytest.param(f"{HEADER}.e30.AA.", "has 3 parts: it has 4", id="an empty extra part"),
        pytest.param(f"{HEADER}.AA.AA.AA.AA", "encrypted (JWE)", id="encrypted"),
        pytest.param(f"{HEADER}.e30.AA\n", "a character that none has", id="a trailing line break"),
        pytest.param(f" {HEADER}.e30.AA", "a character that none has", id="a leading blank"),
        pytest.param(f"Bearer {HEADER}.e30.AA", "a character that none has", id="with its type"),
        pytest.param(f"{HEADER}.e30.AÄ", "a character that none has", id="not ASCII"),
        pytest.param(f"{HEADER}.e30.A\ud800", "a character that none has", id="half of a character"),
        pytest.param(f"{HEADER}.e30.A\0", "a character that none has", id="NUL"),
        pytest.param(f"{HEADER}.e30.AA==", "a character that none has", id="padding"),
        pytest.param(f"{HEADER}.e30.A+/A", "a character that none has", id="the other base64"),
        pytest.param(f"{HEADER}.e30.A", "not base64url", id="a length that base64 does not have"),
        pytest.param(f"{HEADER}.e.AA", "not base64url", id="that length in the payload"),
        pytest.param(f"{HEADER}.e30.AB", "not base64url", id="bits that stand for nothing"),
        pytest.param(".e30.AA", "header is not JSON", id="no header"),
    ],
)
def test_what_has_not_the_form_of_a_token_is_told_in_a_sentence(token: str, words: str) -> None:
    assert words in told(token)


def test_a_token_may_be_as_long_as_the_documentation_says_and_no_longer() -> None:
    start = f"{HEADER}.e30."
    longest = start + "A" * ((MOST_CHARACTERS - len(start)) // 4 * 4)
    assert MOST_CHARACTERS - len(longest) < 4
    assert read_header(longest)
    assert told(longest + "AAAA") == f"It has {len(longest) + 4} characters, and no more than 262144 are read."


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"", "is not JSON", id="nothing"),
        pytest.param(b"{", "is not JSON", id="broken off"),
        pytest.param(b"{} {}", "is not JSON", id="two objects"),
        pytest.param(b"{'a': 1}", "is not JSON", id="Python"),
        pytest.param(b'{"a": 1, "a": 1}', "is not JSON with unique names", id="a name twice"),
        pytest.param(b'{"b": [{"a": 1, "\\u0061": 2}]}', "with unique names", id="a name twice, spelt differently"),
        pytest.param(b'\xef\xbb\xbf{"a": 1}', "is not JSON", id="a byte order mark"),
        pytest.param('{"a": 1}'.encode("utf-16"), "is not JSON", id="UTF-16"),
        pytest.param('{"a": "ä"}'.encode("latin-1"), "is not JSON", id="Latin-1"),
        pytest.param(b'{"a": "\n"}', "is not JSON", id="a line break in a text"),
        pytest.param(b'{"a": %s}' % (b"9" * 10_000), "is not JSON", id="an endless number"),
        pytest.param(b"[]", "is not a JSON object", id="a list"),
        pytest.param(b'"a"', "is not a JSON object", id="a text"),
        pytest.param(b"null", "is not a JSON object", id="null"),
        pytest.param(b'{"a": NaN}', "JSON cannot express", id="NaN"),
        pytest.param(b'{"a": -Infinity}', "JSON cannot express", id="infinity"),
        pytest.param(b'{"a": 1e999}', "JSON cannot express", id="beyond a double"),
        pytest.param(b'{"a": "\\ud800"}', "JSON cannot express", id="half of a character"),
        pytest.param(b'{"\\udfff": 1}', "JSON cannot express", id="half of a character in a name"),
        pytest.param(b"[" * 200_000, "deeper than 50", id="lists without end"),
        pytest.param(b'{"a":' * 200_000, "deeper than 50", id="objects without end"),
    ],
)
def test_what_is_no_object_that_all_readers_understand_alike_is_told_in_a_sentence(content: bytes, words: str) -> None:
    with pytest.raises(NotCompactJws) as caught:
        read_object(content, "payload")
    assert caught.value.message.startswith("Its payload ")
    assert words in caught.value.message


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
def test_values_may_be_nested_as_deep_as_is_allowed_and_no_deeper(opening: str, closing: str) -> None:
    def nested(levels: int) -> bytes:
        return f'{{"a":{opening * (levels - 1)}1{closing * (levels - 1)}}}'.encode()

    assert read_object(nested(MOST_LEVELS), "payload")
    for levels in (MOST_LEVELS + 1, 300, 900):
        with pytest.raises(NotCompactJws, match="deeper"):
            read_object(nested(levels), "payload")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(max_size=3), JSON, max_size=3))
def test_every_object_of_json_is_read_as_what_it_is(value: dict[str, Any]) -> None:
    assert read_object(json.dumps(value).encode(), "payload") == value
    assert read_object(json.dumps(value, ensure_ascii=False).encode(), "payload") == value


@given(st.binary() | st.text(alphabet='{}[]":,01e. NaIn\\ud8', max_size=30).map(str.encode))
def test_whatever_is_read_can_be_shown_and_everything_else_is_told(content: bytes) -> None:
    try:
        found = read_object(content, "payload")
    except NotCompactJws:
        return
    assert json.loads(json.dumps(found, allow_nan=False, ensure_ascii=False).encode()) == found
