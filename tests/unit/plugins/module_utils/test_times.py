# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Times as they are read and written."""

from __future__ import annotations

import datetime

import pytest
from ansible_collections.community.auth0.plugins.module_utils._times import format_time, parse_time
from hypothesis import given
from hypothesis import strategies as st

ZONES = st.integers(-23, 23).map(lambda hours: datetime.timezone(datetime.timedelta(hours=hours)))
YEARS = {"min_value": datetime.datetime(1970, 1, 2), "max_value": datetime.datetime(9999, 12, 30)}


@given(st.datetimes(**YEARS, timezones=ZONES))
def test_a_time_that_is_written_is_the_same_when_it_is_read(moment: datetime.datetime) -> None:
    moment = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    assert parse_time(format_time(moment)) == moment


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-22T03:15:00.000Z",
        "2026-11-22T03:15:00Z",
        " 2026-11-22t03:15z ",
        "2026-11-22T03:15:00",
        "2026-11-22T04:15:00.000+01:00",
        "2026-11-22T03:15:00.000000110Z",
    ],
)
def test_a_time_is_read_in_all_its_forms(text: str) -> None:
    assert format_time(parse_time(text)) == "2026-11-22T03:15:00.000Z"


@pytest.mark.parametrize("text", ["", "soon", "2026-13-01T00:00:00Z", "1764000000"])
def test_what_is_no_time_is_told(text: str) -> None:
    with pytest.raises(ValueError, match=r"isoformat|month"):
        parse_time(text)
