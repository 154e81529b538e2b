# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The gate for requests: as fast as a tenant's limits allow, hardly ever refused, and leaving a part to others."""

from __future__ import annotations

import contextlib
import email.utils
import math
import random
import threading
from collections.abc import Mapping
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._errors import ApiError, InvalidOptions, Refused
from ansible_collections.community.auth0.plugins.module_utils._http.rate_gate import GateCounts, RateGate
from ansible_collections.community.auth0.plugins.module_utils._http.session import Session
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.clock import Clock
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.numbered_tenant import URL
from ansible_collections.community.auth0.tests.unit.plugins.module_utils.virtual_time import VirtualTime
from hypothesis import given
from hypothesis import strategies as st
from responses import RequestsMock

CLIENTS, TOKEN = "/api/v2/clients", "/oauth/token"


class Server:
    """A tenant with a bucket of requests: so many at once, so many a second. Its clock is ahead of the one here.

    started: when each request arrived. refused: how many it refused. least: the fewest that it ever had left.
    """

    def __init__(self, time: VirtualTime, burst: int, per_second: float, ahead: float = 1_700_000_000.3) -> None:
        self._time, self._ahead = time, ahead
        self._burst, self._per_second = burst, per_second
        self._left, self._filled = float(burst), time.now()
        self._lock = threading.Lock()
        self.started: list[float] = []
        self.refused = 0
        self.least = burst

    def ask(self) -> tuple[int, dict[str, str]]:
        with self._lock:
            now = self._time.now()
            self.started.append(now)
            self._left = min(self._burst, self._left + (now - self._filled) * self._per_second)
            self._filled = now
            allowed = self._left >= 1
            self._left -= allowed
            self.refused += not allowed
            self.least = min(self.least, int(self._left))
            reset = now + self._ahead + max(0.0, 1 - self._left) / self._per_second
            return 201 if allowed else 429, headers(self._burst, int(self._left), reset, now + self._ahead)


def headers(limit: int, remaining: int, reset: float, date: float) -> dict[str, str]:
    return {
        "x-ratelimit-limit": str(limit),
        "x-ratelimit-remaining": str(remaining),
        "x-ratelimit-reset": str(math.ceil(reset)),
        "Date": email.utils.formatdate(math.floor(date), usegmt=True),
    }


def opened(time: VirtualTime, **options: Any) -> RateGate:
    return RateGate(monotonic=time.now, epoch=time.now, wait=time.wait, jitter=lambda: 0.0, **options)


def written(time: VirtualTime, gate: RateGate, server: Server, number: int, threads: int, latency: float = 0.1) -> None:
    """Let threads share so many writes, each of which is repeated until it is not refused."""
    left = iter(range(number))
    slowness = random.Random(number)
    lock = threading.Lock()

    def work() -> None:
        while True:
            with lock:
                if next(left, None) is None:
                    return
            while True:
                with gate.turn("POST", CLIENTS) as answered:
                    time.sleep(latency * slowness.uniform(0.3, 0.7))
                    status, said = server.ask()
                    time.sleep(latency * slowness.uniform(0.3, 0.7))
                    answered(status, said)
                if status != 429:
                    break

    time.run(*[work] * threads)


@pytest.mark.parametrize("ahead", [1_700_000_000.0, 1_700_000_000.4, 1_700_003_600.9])
@pytest.mark.parametrize("threads", [1, 8])
def test_a_run_takes_hardly_longer_than_the_limit_of_the_free_plan_imposes_and_is_hardly_ever_refused(
    threads: int, ahead: float
) -> None:
    time = VirtualTime()
    server = Server(time, 2, 2, ahead)
    gate = opened(time)
    written(time, gate, server, 60, threads)
    assert server.started[-1] - server.started[0] <= 1.1 * (60 - 2) / 2
    assert server.refused <= 4
    assert gate.counts.requests == len(server.started) == 60 + server.refused


@pytest.mark.parametrize(("burst", "per_second"), [(10, 2.5), (50, 16.0)])
def test_a_part_of_the_tenants_budget_is_left_to_others(burst: int, per_second: float) -> None:
    time = VirtualTime()
    server = Server(time, burst, per_second)
    written(time, opened(time), server, 120, 8)
    assert server.refused == 0
    # One request after each reset finds out how much there is again.
    assert server.least >= burst // 4 - 1
    assert server.started[-1] - server.started[0] <= 1.1 * (120 - 0.75 * burst) / per_second


def test_a_larger_reserve_leaves_more() -> None:
    time = VirtualTime()
    server = Server(time, 50, 16)
    written(time, opened(time, rate_reserve=0.9), server, 60, 8)
    assert server.least >= 44


@pytest.mark.parametrize("burst", [1, 2, 3])
@pytest.mark.parametrize("reserve", [0, 0.25, 0.9])
def test_the_smallest_limit_and_the_largest_reserve_block_nobody_for_good(burst: int, reserve: float) -> None:
    time = VirtualTime()
    server = Server(time, burst, 0.5)
    written(time, opened(time, rate_reserve=reserve), server, 10, 4)
    assert len(server.started) - server.refused == 10
    assert server.started[-1] - server.started[0] < 60
    assert server.refused <= 5


def test_a_budget_that_others_use_up_stops_nobody_for_good() -> None:
    time = VirtualTime()
    gate = opened(time)
    for dummy in range(5):
        with gate.turn("GET", CLIENTS) as answered:
            answered(200, headers(50, 3, time.now() + 1, time.now()))
        time._running = 1
    assert time.now() - 1_000 <= 6


def test_a_refusal_makes_all_threads_wait() -> None:
    time = VirtualTime()
    gate = opened(time)
    started: list[float] = []

    def work() -> None:
        with gate.turn("POST", CLIENTS) as answered:
            started.append(time.now())
            time.sleep(0.1)
            answered(*((429, {"Retry-After": "7"}) if len(started) == 1 else (201, {})))

    time.run(*[work] * 5)
    assert started[0] == 1_000
    assert all(moment == pytest.approx(1_007.1, abs=0.2) for moment in started[1:])
    assert gate.counts.refused == 1
    assert gate.counts.waited == pytest.approx(7.1, abs=0.2)  # once, however many waited


def test_a_limit_that_resets_in_an_hour_holds_nobody_back_so_that_each_hears_of_it() -> None:
    time = VirtualTime()
    gate = opened(time)
    for dummy in range(2):
        with gate.turn("POST", TOKEN) as answered:
            answered(429, {"Retry-After": "3600"})
    assert time.now() == 1_000


def test_each_api_of_a_tenant_has_a_limit_of_its_own() -> None:
    time = VirtualTime()
    gate = opened(time)
    with gate.turn("GET", CLIENTS) as answered:
        answered(200, headers(2, 0, time.now() + 30, time.now()))
    with gate.turn("POST", TOKEN) as answered:
        answered(200, headers(30, 29, time.now() + 1, time.now()))
    assert time.now() == 1_000


def test_endpoints_with_a_limit_of_their_own_do_not_hold_the_others_back() -> None:
    time = VirtualTime()
    gate = opened(time)

    def ask(method: str, path: str, said: Mapping[str, str]) -> None:
        with gate.turn(method, path) as answered:
            answered(200, said)

    ask("POST", CLIENTS, headers(10, 9, time.now() + 1, time.now()))
    ask("GET", CLIENTS, headers(5, 1, time.now() + 30, time.now()))
    for number in range(4):
        ask("POST", CLIENTS, headers(10, 8 - number, time.now() + 1, time.now()))
    assert time.now() == 1_000
    time._running = 1
    ask("GET", CLIENTS, {})
    assert time.now() > 1_025


def test_before_the_limit_is_known_one_request_at_a_time_is_sent() -> None:
    time = VirtualTime()
    gate = opened(time)
    on_their_way, most = 0, []

    def work() -> None:
        nonlocal on_their_way
        with gate.turn("GET", CLIENTS) as answered:
            on_their_way += 1
            most.append(on_their_way)
            time.sleep(1)
            on_their_way -= 1
            answered(200, headers(50, 49, time.now() + 1, time.now()))

    time.run(*[work] * 4)
    assert most == [1, 1, 2, 3]


def test_a_tenant_that_says_nothing_of_limits_is_asked_as_fast_as_it_answers() -> None:
    time = VirtualTime()
    gate = opened(time)

    def work() -> None:
        for dummy in range(5):
            with gate.turn("GET", CLIENTS) as answered:
                time.sleep(1)
                answered(200, {})

    time.run(*[work] * 4)
    assert time.now() == pytest.approx(1_006, abs=0.1)


@pytest.mark.parametrize("rate", [0.5, 2, 20])
def test_a_rate_limit_spaces_the_starts_of_requests_evenly(rate: float) -> None:
    time = VirtualTime()
    server = Server(time, 1000, 1000)
    written(time, opened(time, rate_limit=rate), server, 8, 3, latency=0.0)
    gaps = [after - before for before, after in zip(server.started, server.started[1:], strict=False)]
    assert all(gap == pytest.approx(1 / rate, abs=0.01) for gap in gaps)


def test_time_without_requests_is_not_saved_up_for_a_burst() -> None:
    time = VirtualTime()
    gate = opened(time, rate_limit=2)
    started = []

    def work() -> None:
        for number in range(4):
            with gate.turn("GET", CLIENTS):
                started.append(time.now())
            if number == 0:
                time.sleep(60)

    time.run(work)
    assert [moment - started[1] for moment in started[1:]] == pytest.approx([0, 0.5, 1.0], abs=0.01)


def test_what_has_passed_is_counted() -> None:
    time = VirtualTime()
    gate = opened(time, rate_limit=1)
    server = Server(time, 50, 16)
    assert gate.counts == GateCounts(0, 0.0, 0)
    written(time, gate, server, 5, 2, latency=0.0)
    assert (gate.counts.requests, gate.counts.refused) == (5, 0)
    assert gate.counts.waited == pytest.approx(4, abs=0.05)


def test_a_request_that_never_got_an_answer_does_not_count_as_on_its_way() -> None:
    time = VirtualTime()
    gate = opened(time)
    for dummy in range(3):
        with contextlib.suppress(OSError), gate.turn("GET", CLIENTS):
            raise OSError
    assert time.now() == 1_000


@pytest.mark.parametrize(
    "options",
    [
        *({"rate_limit": number} for number in (0, -1, 0.001, 1e9, math.nan, math.inf)),
        *({"rate_reserve": number} for number in (-0.1, 0.91, 1, 25, math.nan)),
    ],
)
def test_numbers_that_make_no_sense_are_refused_by_name(options: dict[str, float]) -> None:
    with pytest.raises(InvalidOptions, match=next(iter(options))):
        RateGate(**options)


NUMBERS = st.one_of(st.text(max_size=5), st.integers().map(str), st.floats().map(str))
NAMES = ["x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset", "Retry-After", "Date"]


@given(st.lists(st.tuples(st.sampled_from([200, 429]), st.dictionaries(st.sampled_from(NAMES), NUMBERS)), max_size=8))
def test_whatever_the_headers_hold_the_gate_opens_within_a_minute_or_two(
    answers: list[tuple[int, dict[str, str]]],
) -> None:
    clock = Clock()
    gate = RateGate(
        monotonic=clock.now, epoch=clock.now, wait=lambda dummy, seconds: clock.sleep(seconds), jitter=lambda: 1.0
    )
    for status, said in [*answers, (200, {})]:
        before = clock.time
        with gate.turn("GET", CLIENTS) as answered:
            answered(status, said)
        assert clock.time - before <= 120


def test_what_a_limit_refused_is_sent_again_through_the_gate_and_the_session_does_not_wait_as_well(
    mocked: RequestsMock,
) -> None:
    clock = Clock()
    gate = RateGate(
        monotonic=clock.now, epoch=clock.now, wait=lambda dummy, seconds: clock.sleep(seconds), jitter=lambda: 0.0
    )
    mocked.post(URL + CLIENTS, status=429, json={"message": "Global limit"}, headers={"Retry-After": "3"})
    mocked.post(URL + CLIENTS, json={"done": 1})
    with Session(URL, now=clock.now, sleep=clock.sleep, gate=gate) as session:
        assert session.request("POST", CLIENTS) == {"done": 1}
    assert clock.slept == [3.0]
    assert (gate.counts.requests, gate.counts.refused) == (2, 1)


def test_a_limit_that_does_not_reset_ends_the_task_after_the_retries_behind_a_gate_too(mocked: RequestsMock) -> None:
    clock = Clock()
    gate = RateGate(monotonic=clock.now, epoch=clock.now, wait=lambda dummy, seconds: clock.sleep(seconds))
    for dummy in range(9):
        mocked.get(URL + CLIENTS, status=429, json={})
    with Session(URL, retries=2, now=clock.now, sleep=clock.sleep, gate=gate) as session, pytest.raises(ApiError):
        session.request("GET", CLIENTS)
    assert len(mocked.calls) == 3


def test_nothing_passes_a_gate_that_is_shut_neither_what_waits_nor_what_comes() -> None:
    time = VirtualTime()
    gate = opened(time, rate_limit=0.01)
    passed = []

    def ask() -> None:
        with pytest.raises(Refused, match="Nothing is sent any more"), gate.turn("GET", CLIENTS):
            passed.append(time.now())

    def shut() -> None:
        with gate.turn("GET", CLIENTS):
            passed.append(time.now())
        time.sleep(1)
        gate.shut()

    def wait_and_ask() -> None:
        time.sleep(0.5)
        ask()
        ask()

    time.run(shut, wait_and_ask)
    assert passed == [1_000]
    assert gate.counts.requests == 1
    assert time.now() == pytest.approx(1_001, abs=0.1)
