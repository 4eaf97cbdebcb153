"""What holds for every rule, calendar, start and pause."""

from bisect import bisect_right
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dutyroom.clocks import (
    Calendar,
    Extensions,
    Length,
    Pause,
    Rule,
    SpecialDay,
    Step,
    always,
    due,
    escalation,
    open_spans,
    outlook,
    ruler,
    spans_of_day,
)
from dutyroom.core.text import Text
from tests.clocks.offices import ZONES, at, is_open, open_ms, rule
from tests.harness.examples import examples

pytestmark = pytest.mark.property
FORTY = settings(max_examples=examples(40, at_night=1000))
FIRST_MS, LAST_MS = at("2025-01-15 00:00", "UTC"), at("2028-12-15 00:00", "UTC")
CHANGES_MS = [
    at(day, zone) + shift * 600_000
    for zone, days in {
        "America/St_Johns": ("2026-03-08 01:00", "2026-11-01 00:00"),
        "Australia/Lord_Howe": ("2026-04-05 01:00", "2026-10-04 01:00"),
        "Europe/London": ("2026-03-29 00:00", "2026-10-25 00:00"),
    }.items()
    for day in days
    for shift in range(0, 30, 3)
]
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
instants = st.one_of(
    st.integers(FIRST_MS, LAST_MS),
    st.sampled_from(CHANGES_MS),
    st.integers(FIRST_MS // (30 * MINUTE), LAST_MS // (30 * MINUTE)).map(lambda n: n * 30 * MINUTE),
)


hours = st.sampled_from(
    (
        (),
        ((510, 1050),),
        ((510, 720), (840, 1050)),
        ((0, 360), (1320, 1440)),
        ((0, 1440),),
        ((60, 90),),
        ((75, 150), (300, 301)),
    )
)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    zone = draw(st.sampled_from(ZONES))
    if draw(st.integers(0, 3)) == 0:
        return always(zone)
    weekly = draw(st.tuples(*[hours] * 7).filter(any))
    first = date(2025, 1, 1) + timedelta(days=draw(st.integers(0, 1400)))
    special = {
        first + timedelta(days=day): SpecialDay(Text("Special", "特殊"), given)
        for day, given in draw(st.dictionaries(st.integers(0, 60), hours, max_size=8)).items()
    }
    return Calendar("office", Text("Office", "办公"), zone, weekly, special)


def lengths(*units: Any, least: int = 1) -> st.SearchStrategy[Length]:
    return st.builds(Length, st.integers(least, 40), st.sampled_from(units))


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    unit = draw(st.sampled_from(("minute", "hour", "day", "working_day")))
    in_days = unit in ("day", "working_day")
    count = draw(st.integers(1, 60))
    warn = draw(
        st.none() | (lengths(unit) if in_days else st.nothing()) | lengths("minute", "hour")
    )
    assume(warn is None or warn.unit != unit or warn.count < count)
    steps = tuple(
        Step("supervisor", length)
        for length in draw(
            st.lists(lengths("minute", "hour", "working_day", "day", least=0), max_size=3)
        )
    )
    return rule(
        count,
        unit,
        counts_first=draw(st.booleans()),
        rolls=in_days and draw(st.booleans()),
        ends=draw(st.sampled_from(("midnight", "closing"))) if in_days else "midnight",
        warn=warn,
        extensions=Extensions(2, Length(draw(st.integers(1, 9)), unit), "supervisor"),
        escalate=steps,
        again=draw(st.none() | lengths("minute", "hour", "working_day", "day")),
    )


@st.composite
def paused(draw: st.DrawFn, start_ms: int, lasting: bool = True) -> tuple[Pause, ...]:
    found = []
    for _ in range(draw(st.integers(0, 4))):
        begin = start_ms + draw(st.integers(-2 * DAY, 30 * DAY))
        span = draw(st.integers(0, 6 * DAY))
        reason = draw(st.sampled_from(("appraisal", "hearing")))
        ends = not lasting or draw(st.integers(0, 9)) > 0
        found.append(Pause(reason, begin, begin + span if ends else None))
    return tuple(found)


def clear(calendar: Calendar, pauses: tuple[Pause, ...], at_ms: int) -> bool:
    return is_open(calendar, at_ms) and not any(
        one.from_ms <= at_ms < one.until_ms for one in pauses
    )


extended = st.integers(0, 2)


@FORTY
@given(calendars(), st.lists(instants, min_size=2, max_size=2), st.lists(st.floats(0, 1)))
def test_a_calendar_is_open_exactly_when_the_wall_clock_reads_one_of_its_hours(
    calendar: Calendar, ends: list[int], shares: list[float]
) -> None:
    begin, end = sorted(ends)
    end = min(end, begin + 20 * DAY)
    spans = list(open_spans(calendar, begin, end))
    assert all(a < b for a, b in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    edges = [edge for span in spans for edge in span]
    for moment in (*(begin + round(share * (end - begin)) for share in shares), *edges, begin):
        if moment < end:
            inside = bisect_right([a for a, _ in spans], moment)
            found = inside > 0 and moment < spans[inside - 1][1]
            assert found is is_open(calendar, moment)


@FORTY
@given(calendars(), st.integers(0, 1400))
def test_the_spans_of_a_day_are_those_that_its_calendar_is_open_on_that_date(
    calendar: Calendar, day: int
) -> None:
    one = date(2025, 1, 1) + timedelta(days=day)
    begin = at(f"{one}T00:00", calendar.zone)
    end = at(f"{one + timedelta(days=1)}T00:00", calendar.zone)
    found = spans_of_day(calendar, one)
    assert sum(b - a for a, b in found) == open_ms(calendar, begin, end)
    assert all(begin <= a < b <= end for a, b in found)


@FORTY
@given(st.data(), calendars(), rules(), instants, extended)
def test_the_parts_of_a_ruler_are_contiguous_and_add_up_to_the_promise(
    data: st.DataObject, calendar: Calendar, clock: Rule, start: int, extensions: int
) -> None:
    pauses = data.draw(paused(start))
    now = start + data.draw(st.integers(-DAY, 60 * DAY))
    found = ruler(clock, calendar, start, pauses, extensions, now)
    promise = due(clock, calendar, start, pauses, extensions)
    assert found.promise == promise
    end = promise.due_ms if promise.due_ms is not None else max(now, start)
    edges = [start, *(one.to_ms for one in found.parts)]
    assert [one.from_ms for one in found.parts] == edges[:-1]
    assert edges[-1] == end
    assert clock.extensions is not None
    promised = clock.within.count if found.in_days else clock.within.ms
    more = clock.extensions.by.times(extensions)
    more_promised = more.count if found.in_days else more.ms
    if promise.due_ms is None:
        assert found.amount("counted") <= promised
        assert found.amount("extension") <= more_promised
    else:
        assert (found.amount("counted"), found.amount("extension")) == (promised, more_promised)


@FORTY
@given(st.data(), calendars(), rules(), instants, st.integers(0, 3 * DAY), extended)
def test_who_begins_later_is_not_due_earlier(
    data: st.DataObject, calendar: Calendar, clock: Rule, start: int, later: int, extensions: int
) -> None:
    pauses = data.draw(paused(start))
    first = due(clock, calendar, start, pauses, extensions).due_ms
    second = due(clock, calendar, start + later, pauses, extensions).due_ms
    assert second is None or (first is not None and first <= second)


@FORTY
@given(st.data(), calendars(), rules(), instants)
def test_the_end_is_after_the_start_and_never_in_a_pause(
    data: st.DataObject, calendar: Calendar, clock: Rule, start: int
) -> None:
    pauses = data.draw(paused(start))
    end = due(clock, calendar, start, pauses).due_ms
    if end is None:
        assert any(one.to_ms is None for one in pauses)
        return
    assert end > start
    for one in pauses:  # but in hours that are closed anyhow
        if one.from_ms < end <= one.until_ms:
            assert clock.within.in_days
            assert clock.within.unit == "day" or not open_ms(calendar, one.from_ms, end)
            assert clock.within.unit == "working_day"


@FORTY
@given(st.data(), calendars(), rules(), instants, extended)
def test_a_pause_in_closed_time_moves_nothing(
    data: st.DataObject, calendar: Calendar, clock: Rule, start: int, extensions: int
) -> None:
    assume(clock.within.unit != "day" and not calendar.always_open)
    spans = list(open_spans(calendar, start, start + 40 * DAY))
    gaps = [(a[1], b[0]) for a, b in pairwise(spans) if a[1] < b[0]]
    assume(gaps)
    begin, end = data.draw(st.sampled_from(gaps))
    edges = sorted(data.draw(st.integers(begin, end)) for _ in range(2))
    pauses = data.draw(paused(start, lasting=False))
    without = due(clock, calendar, start, pauses, extensions)
    more = (*pauses, Pause("hearing", *edges), Pause("hearing", begin, end))
    assert due(clock, calendar, start, more, extensions) == without


@FORTY
@given(st.data(), calendars(), rules(), instants)
def test_a_pause_moves_a_clock_of_open_time_by_exactly_its_open_time(
    data: st.DataObject, calendar: Calendar, clock: Rule, start: int
) -> None:
    assume(not clock.within.in_days)
    before = due(clock, calendar, start).due_ms
    assert before is not None
    begin = data.draw(st.integers(start, before - 1))
    end = begin + data.draw(st.integers(0, 5 * DAY))
    after = due(clock, calendar, start, (Pause("hearing", begin, end),)).due_ms
    assert after is not None
    counted = (
        max(begin, ruler(clock, calendar, start, (), 0, 0).parts[0].to_ms)
        if (not clock.counts_first)
        else begin
    )
    assert open_ms(calendar, before, after) == open_ms(calendar, counted, max(end, counted))


@FORTY
@given(st.sampled_from(ZONES), instants, st.integers(1, 20_000))
def test_hours_around_the_clock_are_hours_whatever_is_done_to_clocks(
    zone: str, start: int, hours: int
) -> None:
    assert due(rule(hours, "hour"), always(zone), start).due_ms == start + hours * HOUR


@FORTY
@given(st.data(), calendars(), rules(), instants, extended)
def test_two_pauses_that_touch_are_one(
    data: st.DataObject, calendar: Calendar, clock: Rule, start: int, extensions: int
) -> None:
    begin = start + data.draw(st.integers(0, 20 * DAY))
    middle = begin + data.draw(st.integers(0, 3 * DAY))
    end = middle + data.draw(st.integers(0, 3 * DAY))
    one = due(clock, calendar, start, (Pause("hearing", begin, end),), extensions)
    parts = (Pause("hearing", middle, end), Pause("appraisal", begin, middle))
    assert due(clock, calendar, start, parts, extensions) == one


@FORTY
@given(st.data(), calendars(), rules(), instants, extended)
def test_a_warning_lies_in_open_time_between_start_and_end(
    data: st.DataObject, calendar: Calendar, clock: Rule, start: int, extensions: int
) -> None:
    pauses = data.draw(paused(start))
    promise = due(clock, calendar, start, pauses, extensions)
    if promise.warn_ms is not None:
        assert promise.due_ms is not None
        assert start <= promise.warn_ms < promise.due_ms
        assert clear(calendar, pauses, promise.warn_ms)
    elif promise.due_ms is not None and clock.warn is not None:
        assert clock.within.in_days  # nobody is there before the end
        spans = open_spans(calendar, start, promise.due_ms)
        late = [a for a, b in spans if any(clear(calendar, pauses, t) for t in (a, b - 1))]
        assert clock.warn.in_days or not late


@FORTY
@given(st.data(), calendars(), rules(), instants, st.integers(0, 12))
def test_every_escalation_lies_in_open_time_after_the_end_and_after_the_one_before(
    data: st.DataObject, calendar: Calendar, clock: Rule, end: int, number: int
) -> None:
    pauses = data.draw(paused(end))
    found = [escalation(clock, calendar, end, n, pauses) for n in range(number)]
    times = [one.at_ms for one in found if one is not None]
    assert times == sorted(times)
    assert found[: len(times)] == [one for one in found if one is not None]
    for moment in times:
        assert moment >= end
        assert clear(calendar, pauses, moment)


@FORTY
@given(st.data(), calendars(), rules(), instants)
def test_however_long_nobody_looked_one_step_is_told_and_the_next_lies_ahead(
    data: st.DataObject, calendar: Calendar, clock: Rule, end: int
) -> None:
    pauses = data.draw(paused(end))
    told, now = 0, end - HOUR
    for wait in data.draw(st.lists(st.integers(0, 20 * DAY), max_size=6)):
        now += wait
        found = outlook(clock, calendar, end, told, now, pauses)
        if found.now is not None:
            assert found.now.at_ms <= now
            assert found.now.number == told + found.passed_over
            assert found.now == escalation(clock, calendar, end, found.now.number, pauses)
            told = found.now.number + 1
            assert outlook(clock, calendar, end, told, now, pauses).now is None
        if found.next is not None:
            assert found.next.at_ms > now
            assert found.next.number == told


@FORTY
@given(st.data(), calendars(), rules(), instants)
def test_a_rule_of_another_length_keeps_the_pauses(
    data: st.DataObject, calendar: Calendar, clock: Rule, start: int
) -> None:
    pauses = data.draw(paused(start, lasting=False))
    longer = replace(clock, within=clock.within.times(2))
    first = due(clock, calendar, start, pauses).due_ms
    second = due(longer, calendar, start, pauses).due_ms
    assert first is not None
    assert second is not None
    assert first < second
