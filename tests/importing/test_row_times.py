"""Times are read on the clocks of their zone, and what can't have happened is mended or refused."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyroom.importing.contract import load_contract
from dutyroom.importing.fields import TIMES
from dutyroom.importing.reasons import QUARANTINE, REPAIRS, Unusable
from dutyroom.importing.row_times import Times, times_of

pytestmark = pytest.mark.unit
CONTRACT = load_contract("sf-fire")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
AUTUMN = datetime(2018, 11, 4, 9, 0, tzinfo=UTC)
"""When clocks in San Francisco go back from 2:00 to 1:00."""


def on_the_wall(moment: datetime) -> str:
    return moment.astimezone(CONTRACT.zone).strftime(CONTRACT.time_format)


def read(walls: dict[str, str]) -> tuple[Times, list[str]]:
    repairs: list[str] = []
    return times_of(CONTRACT, lambda name: walls.get(name, ""), repairs), repairs


@given(
    start=st.integers(-7_200, 7_200),
    after=st.lists(st.integers(0, 3_599), min_size=7, max_size=7),
    unknown=st.sets(st.sampled_from(["entered_at", "en_route_at", "on_scene_at", "transport_at"])),
)
def test_a_row_of_less_than_an_hour_keeps_its_intervals_when_clocks_go_back(
    start: int, after: list[int], unknown: set[str]
) -> None:
    moments = [AUTUMN + timedelta(seconds=start + s) for s in (0, *sorted(after))]
    true = {n: m for n, m in zip(TIMES, moments, strict=True) if n not in unknown}
    times, repairs = read({name: on_the_wall(moment) for name, moment in true.items()})
    found = [at_ms for name in true if (at_ms := times[name]) is not None]
    assert len(found) == len(true)
    gaps = [(b - a) // timedelta(milliseconds=1) for a, b in pairwise(true.values())]
    assert [b - a for a, b in pairwise(found)] == gaps
    assert set(repairs) <= {"repeated_hour"}


@given(
    start=st.integers(0, 365 * 86_400),
    after=st.lists(st.integers(0, 30_000), min_size=7, max_size=7),
)
def test_times_outside_the_repeated_hour_are_read_exactly(start: int, after: list[int]) -> None:
    first = datetime(2018, 1, 1, tzinfo=UTC) + timedelta(seconds=start)
    moments = [first + timedelta(seconds=s) for s in (0, 0, *sorted(after[:6]))]
    times, repairs = read(
        {name: on_the_wall(moment) for name, moment in zip(TIMES, moments, strict=True)}
    )
    if "repeated_hour" not in repairs:
        wanted = [(moment - EPOCH) // timedelta(milliseconds=1) for moment in moments]
        assert list(times.values()) == wanted
        assert not repairs


@given(st.lists(st.none() | st.integers(0, 400_000), min_size=8, max_size=8))
def test_whatever_the_times_they_end_up_in_order_or_the_row_is_refused(
    offsets: list[int | None],
) -> None:
    start = datetime(2018, 1, 15, 18, tzinfo=UTC)
    walls = {
        name: on_the_wall(start + timedelta(seconds=offset))
        for name, offset in zip(TIMES, offsets, strict=True)
        if offset is not None
    }
    why = ""
    try:
        times, repairs = read(walls)
    except Unusable as unusable:
        why = unusable.why
    if why:
        assert why in QUARANTINE
        return
    assert set(repairs) <= REPAIRS.keys()
    received = times["received_at"]
    steps = [at_ms for name in TIMES[2:] if (at_ms := times[name]) is not None]
    assert received is not None
    assert steps == sorted(steps)
    assert received <= steps[0]
    assert (times["entered_at"] or received) >= received


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "missing_value"),
        ("yesterday", "wrong_time"),
        ("2018-02-30 10:00:00.000000 UTC", "wrong_time"),
        ("0001-01-01 00:00:00.000000 UTC", "wait_too_long"),
        ("9999-12-31 23:59:59.000000 UTC", "wrong_time"),
    ],
)
def test_what_can_be_no_time_of_a_call_is_refused(text: str, why: str) -> None:
    good = on_the_wall(datetime(2018, 1, 15, 18, 30, tzinfo=UTC))
    walls = {"received_at": text, "dispatched_at": good, "cleared_at": good}
    with pytest.raises(Unusable) as unusable:
        read(walls)
    assert (unusable.value.why, unusable.value.what) == (why, "received_at")
