"""Queues with one kind of server, against published figures and identities."""

import json
from math import inf
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyroom.rehearsal.theory.erlang import (
    Overloaded,
    erlang_b,
    erlang_c,
    mean_wait_s,
    priority_waits_s,
    servers_for,
    wait_percentile_s,
    waits_over,
)
from dutyroom.rehearsal.theory.varying import load_by_hour, offered_load, staffing

servers = st.integers(1, 300)


def test_the_formulas_give_the_published_figures(shared_data: Path) -> None:
    published = json.loads((shared_data / "queueing" / "published.json").read_text())
    for one in published["erlang_b"]:
        found = erlang_b(one["servers"], one["offered_erlang"])
        assert found == pytest.approx(one["p_block"], abs=5e-7)
    for one in published["erlang_c"]:
        found = erlang_c(one["servers"], one["offered_erlang"])
        assert found == pytest.approx(one["p_wait"], abs=5e-6)


@given(servers, st.floats(0.01, 0.99))
def test_waiting_is_losing_plus_what_the_line_adds(count: int, share: float) -> None:
    load = count * share
    lost, waits = erlang_b(count, load), erlang_c(count, load)
    assert waits == pytest.approx(lost / (1 - share * (1 - lost)))
    assert 0 <= lost <= waits <= 1
    # One more server is less loss.
    assert erlang_b(count + 1, load) <= lost


@given(servers, st.floats(0.05, 0.98), st.floats(0.5, 0.999))
def test_a_percentile_is_what_the_tail_says(count: int, used: float, share: float) -> None:
    load = count * used
    limit_s = wait_percentile_s(count, load, 600.0, share)
    assert waits_over(count, load, 600.0, limit_s) <= 1 - share + 1e-9
    if limit_s > 0:
        assert waits_over(count, load, 600.0, limit_s) == pytest.approx(1 - share)


@given(st.floats(0.1, 200), st.floats(0.5, 0.99), st.floats(0, 600))
def test_the_fewest_servers_are_enough_and_one_less_is_not(
    load: float, share: float, limit_s: float
) -> None:
    count = servers_for(load, 900.0, limit_s, share)
    assert waits_over(count, load, 900.0, limit_s) <= 1 - share
    if count - 1 > load:
        assert waits_over(count - 1, load, 900.0, limit_s) > 1 - share


def test_more_work_than_servers_is_refused_with_a_remedy() -> None:
    with pytest.raises(Overloaded, match="use at least 5"):
        erlang_c(4, 4.0)
    assert erlang_b(4, 4.0) == pytest.approx(0.310680, abs=1e-6)
    with pytest.raises(ValueError, match="negative"):
        erlang_b(-1, 2.0)


@given(servers, st.lists(st.floats(0.01, 0.3), min_size=1, max_size=4))
def test_priorities_share_out_the_wait_and_make_no_less_of_it(
    count: int, parts: list[float]
) -> None:
    shares = [part / max(1.0, sum(parts) / 0.95) for part in parts]
    loads = [share * count for share in shares]
    waits = priority_waits_s(count, loads, 600.0)
    assert waits == sorted(waits)
    # Kleinrock's conservation law: the mean over all calls is that of first come, first served.
    mean = float(np.dot(loads, waits) / sum(loads))
    assert mean == pytest.approx(mean_wait_s(count, sum(loads), 600.0))


def test_who_is_starved_waits_for_ever_and_who_is_not_does_not() -> None:
    first, second, third = priority_waits_s(2, [0.8, 0.6, 1.0], 600.0)
    assert first == pytest.approx(600 / (2 * 0.6))
    assert second == pytest.approx(600 / (2 * 0.6 * 0.3))
    assert third == inf


def test_the_load_follows_the_calls_by_about_a_service_time() -> None:
    calls = np.array([2.0] * 8 + [10.0] * 8 + [4.0] * 8)
    load = offered_load(calls, 3600.0).reshape(24, 60)
    # What comes in must be worked off: over the cycle both are the same.
    assert load.mean() == pytest.approx(calls.mean() * 1.0, rel=1e-2)
    assert load[8, 0] < 3.0 < 9.9 < load[15, -1] < 10.0
    # After a service time from the step, all but 1/e of it is there.
    assert load[8, -1] == pytest.approx(10 - 8 * np.exp(-1), rel=1e-2)


def test_the_rise_needs_less_and_the_fall_more_than_each_hour_by_itself() -> None:
    calls = np.array([2.0] * 8 + [10.0] * 8 + [2.0] * 8)
    plain = load_by_hour(calls, 3600.0, "plain")
    lagged = load_by_hour(calls, 3600.0, "lagged")
    assert plain[8] == 10.0
    assert lagged[8] == 2.0
    assert plain[16] == 2.0
    assert lagged[16] == 10.0
    for method in ("plain", "lagged", "offered_load"):
        found = staffing(calls, 3600.0, 0.0, 0.9, method)
        assert found.min() > 2
        assert found.max() > 10
