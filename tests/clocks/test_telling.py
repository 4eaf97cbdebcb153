"""When the steps of a deadline fall that a city pack has told otherwise than is usual."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dutyroom.clocks import Length, always
from dutyroom.clocks.arithmetic import backward, forward
from dutyroom.clocks.calendar import Calendar, open_spans
from dutyroom.clocks.escalation import after_fallen
from dutyroom.clocks.rule import Unit
from dutyroom.clocks.telling import Again, TellStep, falls_ms
from tests.harness.examples import examples

from .offices import OFFICE, at

DAY_MS = 86_400_000
ALWAYS = always("Asia/Shanghai")


@pytest.mark.parametrize(
    ("calendar", "due", "count", "unit", "wanted"),
    [
        (ALWAYS, "2026-11-02 10:00", 4, "hour", "2026-11-02 06:00"),
        (ALWAYS, "2026-11-02 10:00", 7, "day", "2026-10-26 10:00"),
        (OFFICE, "2026-11-02 10:00", 2, "hour", "2026-10-30 17:00"),  # a Monday; the Friday before
        (OFFICE, "2026-11-02 10:00", 1, "working_day", "2026-10-30 10:00"),
        (OFFICE, "2026-11-04 03:00", 1, "day", "2026-11-03 08:30"),  # the next opening
        (OFFICE, "2026-11-02 03:00", 1, "day", "2026-10-30 17:30"),  # a Sunday: the last opening
    ],
)
def test_a_step_before_falls_in_open_time(
    calendar: Calendar, due: str, count: int, unit: Unit, wanted: str
) -> None:
    found = backward(calendar, at(due), Length(count, unit))
    assert abs(found - at(wanted)) <= 1


@settings(max_examples=examples(150))
@given(
    calendar=st.sampled_from((OFFICE, ALWAYS)),
    due_ms=st.integers(at("2026-01-05 00:00"), at("2027-01-05 00:00")),
    count=st.integers(1, 60),
    unit=st.sampled_from(("minute", "hour", "day", "working_day")),
)
def test_it_lies_before_and_so_much_open_time_lies_between(
    calendar: Calendar, due_ms: int, count: int, unit: Unit
) -> None:
    found = backward(calendar, due_ms, Length(count, unit))
    assert found < due_ms
    assert next(iter(open_spans(calendar, found)))[0] == found
    if unit in ("minute", "hour"):
        between = sum(end - begin for begin, end in open_spans(calendar, found, due_ms))
        assert between == Length(count, unit).ms
        assert forward(calendar, found, Length(count, unit)) is not None


def test_a_step_after_falls_in_open_time_as_that_of_a_clock() -> None:
    friday = at("2026-10-30 17:00")
    assert falls_ms(TellStep(("supervisor",), Length(2, "hour")), OFFICE, friday) == forward(
        OFFICE, friday, Length(2, "hour")
    )


@given(told=st.integers(0, 9), now_ms=st.integers(0, 60 * DAY_MS))
def test_after_an_outage_one_step_speaks_for_all_and_the_next_lies_ahead(
    told: int, now_ms: int
) -> None:
    again = Again(Length(1, "working_day"), OFFICE)

    def at_ms(number: int) -> int | None:
        return again.at_ms(0, number) if number else 0

    after = after_fallen(at_ms, told, now_ms)
    ahead = at_ms(after)
    assert after >= told
    assert ahead is None or ahead > now_ms
    if after > told:
        fell = at_ms(after - 1)
        assert fell is not None
        assert fell <= now_ms
