"""When calls usually come."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.harness.examples import examples

from dutyroom.learning.fitting_calls import NotEnough
from dutyroom.learning.usual_week import UsualWeek

CLOCK = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 6, 1, tzinfo=CLOCK)
FRIDAY_NIGHT = [4 * 24 + hour for hour in (20, 21, 22, 23)]


def at_ms(hours: float) -> int:
    return round((MONDAY + timedelta(hours=hours)).timestamp() * 1000)


def weeks(count: int) -> list[int]:
    """Two calls each hour, and six in each hour of a Friday night."""
    found = []
    for hour in range(count * 168):
        calls = 6 if hour % 168 in FRIDAY_NIGHT else 2
        found += [at_ms(hour + n / calls) for n in range(calls)]
    return found


def test_a_friday_night_is_known_from_three_weeks_on() -> None:
    usual = UsualWeek(weeks(3), CLOCK)
    everything = range(len(weeks(3)))
    by_hour = usual.by_hour(everything)
    assert len(by_hour) == 168
    thursday, friday = by_hour[3 * 24 + 21], by_hour[4 * 24 + 21]
    assert friday == pytest.approx(3 * thursday, rel=0.25)
    assert np.mean(by_hour) == pytest.approx(1, abs=1e-5)
    assert usual.per_h(everything) == pytest.approx((164 * 2 + 4 * 6) / 168, rel=0.01)


def test_days_are_alike_where_there_are_fewer_weeks() -> None:
    usual = UsualWeek(weeks(2), CLOCK)
    by_hour = usual.by_hour(range(len(weeks(2))))
    assert len(by_hour) == 24
    assert by_hour[21] == pytest.approx((6 * 2 + 6) / 7 / 2 * by_hour[12], rel=0.05)


def test_the_few_of_a_kind_go_with_the_week_of_all() -> None:
    received = weeks(6)
    rare = range(5, len(received), 500)
    by_hour = UsualWeek(received, CLOCK).by_hour(rare)
    assert by_hour[4 * 24 + 21] > 1.5 * by_hour[3 * 24 + 21]


def test_no_hour_is_impossible_because_nobody_called_in_it_so_far() -> None:
    received = [ms for ms in weeks(3) if (ms - at_ms(0)) // 3_600_000 % 24 != 4]
    assert min(UsualWeek(received, CLOCK).by_hour(range(len(received)))) > 0


@pytest.mark.parametrize(("hours", "calls"), [(30, 500), (400, 50), (0, 1), (0, 0)])
def test_few_calls_or_a_short_time_show_nothing(hours: int, calls: int) -> None:
    with pytest.raises(NotEnough, match="Choose a longer period"):
        UsualWeek([at_ms(hours * n / max(calls - 1, 1)) for n in range(calls)], CLOCK)


@given(st.lists(st.floats(0, 2_000), min_size=150, max_size=400), st.integers(2, 7))
@settings(max_examples=examples(60))
def test_kinds_together_are_all_calls(hours: list[float], kinds: int) -> None:
    """However the calls are divided: their rates add up, and weights are a curve of mean 1."""
    received = [at_ms(0), *map(at_ms, hours), at_ms(2_000)]
    usual = UsualWeek(received, CLOCK)
    parts = [range(kind, len(received), kinds) for kind in range(kinds)]
    assert sum(map(usual.per_h, parts)) == pytest.approx(usual.per_h(range(len(received))))
    for part in parts:
        by_hour = usual.by_hour(part)
        assert len(by_hour) == 168
        assert np.mean(by_hour) == pytest.approx(1, abs=1e-5)
        assert min(by_hour) > 0
