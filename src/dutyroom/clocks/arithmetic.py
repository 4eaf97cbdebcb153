"""When a clock is due, and when it warns: by its rule, its calendar and its pauses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dutyroom.clocks.calendar import Calendar, Span, bounds_of_day, open_spans, spans_of_day
from dutyroom.clocks.days import Day, days_of
from dutyroom.clocks.pauses import Pause, merged, without
from dutyroom.clocks.rule import Length, Rule
from dutyroom.clocks.zones import (
    END_OF_TIME_MS,
    first_instant,
    local_day,
    midnight_ms,
    next_full_hour,
    offset_ms,
)

_DAY = timedelta(days=1)
_DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Promise:
    """What a running clock comes to, in ms UTC.

    ``due_ms``: None while a pause lasts. ``warn_ms``: in the calendar's open time; None without
    a warning, or where the calendar doesn't open before the end. ``provisional``: a day counts
    whose holidays haven't been announced.
    """

    due_ms: int | None
    warn_ms: int | None
    provisional: bool


_PAUSED = Promise(None, None, False)


def due(
    rule: Rule,
    calendar: Calendar,
    start_ms: int,
    pauses: Iterable[Pause] = (),
    extensions: int = 0,
) -> Promise:
    """When a clock that began at ``start_ms`` is due; ``extensions``: how many were granted."""
    still = merged(pauses)
    if rule.within.in_days:
        return _due_in_days(rule, calendar, start_ms, still, extensions)
    begin = counted_from(rule, calendar, start_ms)
    end = _reached(calendar, begin, wanted_ms(rule, extensions), still)
    if end is None:
        return _PAUSED
    warn = None
    if rule.warn is not None:
        warn = _before(calendar, begin, end, rule.warn.ms, still)
    return Promise(end, warn, not calendar.announced(local_day(calendar.zone, end - 1)))


def counted_from(rule: Rule, calendar: Calendar, start_ms: int) -> int:
    """From when on a clock of open time counts: where its first hour doesn't, from the next full
    one."""
    return start_ms if rule.counts_first else next_full_hour(calendar.zone, start_ms)


def wanted_ms(rule: Rule, extensions: int) -> int:
    """The open time of a clock, extensions included."""
    more = rule.extensions.by.ms * extensions if rule.extensions else 0
    return rule.within.ms + more


def forward(
    calendar: Calendar, at_ms: int, length: Length, pauses: Iterable[Pause] = ()
) -> int | None:
    """The first instant in open time and outside of pauses that is so far on from another; None if
    a pause lasts before.

    Days on, it is the same time of a later day: of any that isn't paused, or of one that opens.
    """
    still = merged(pauses)
    if not length.in_days:
        return _open_instant(calendar, at_ms, length.ms, still)
    begin = _open_instant(calendar, at_ms, 0, still)
    if begin is None or length.count == 0:
        return begin
    day = local_day(calendar.zone, begin)
    time_of_day = begin + offset_ms(calendar.zone, begin) - midnight_ms(day)
    passed = 0
    while passed < length.count:
        day += _DAY
        begins, _ = bounds_of_day(calendar.zone, day)
        if begins >= never_from(still):
            return None
        spans = spans_of_day(calendar, day)
        mark = begins if length.unit == "day" else spans[0][0] if spans else None
        if mark is not None and not any(a <= mark < b for a, b in still):
            passed += 1
    aimed = first_instant(calendar.zone, midnight_ms(day) + time_of_day)
    return _open_instant(calendar, aimed, 0, still)


def backward(calendar: Calendar, at_ms: int, length: Length) -> int:
    """The instant in open time that is so far before another: so much open time, or the same time
    of an earlier day, of any or of one that opens. Where the calendar is closed then, the next
    opening; the last one before, if that comes too late."""
    if not length.in_days:
        return _open_before(calendar, at_ms, length.ms)
    day = local_day(calendar.zone, at_ms)
    time_of_day = at_ms + offset_ms(calendar.zone, at_ms) - midnight_ms(day)
    passed = 0
    while passed < length.count:
        day -= _DAY
        passed += length.unit == "day" or calendar.opens(day)
    aimed = first_instant(calendar.zone, midnight_ms(day) + time_of_day)
    found = _open_instant(calendar, aimed, 0, ())
    return found if found is not None and found < at_ms else _open_before(calendar, at_ms, 0)


def _open_before(calendar: Calendar, at_ms: int, amount: int) -> int:
    """The last instant in open time after which there was so much of it, and at least a
    millisecond."""
    amount, reach = max(amount, 1), 7 * _DAY_MS
    while True:
        spans = tuple(open_spans(calendar, at_ms - reach, at_ms))
        if sum(end - begin for begin, end in spans) >= amount:
            break
        reach *= 2
    for begin, end in reversed(spans):
        if amount <= end - begin:
            return end - amount
        amount -= end - begin
    raise AssertionError("there was as much open time")


def never_from(still: Sequence[Span]) -> int:
    """From when on a clock stands still for good, as things are; else the end of time."""
    lasting = still and still[-1][1] >= END_OF_TIME_MS
    return still[-1][0] if lasting else END_OF_TIME_MS


def _due_in_days(
    rule: Rule, calendar: Calendar, start_ms: int, still: Sequence[Span], extensions: int
) -> Promise:
    days = tuple(days_of(rule, calendar, start_ms, still, extensions, never_from(still)))
    if not days[-1].last:
        return _PAUSED
    end = days[-1].ends_clock_ms
    warn = _warning(rule, calendar, start_ms, days, still) if rule.warn is not None else None
    asked = rule.within.unit == "working_day" or rule.rolls or rule.ends == "closing"
    return Promise(end, warn, asked and not calendar.announced(days[-1].date))


def _warning(
    rule: Rule, calendar: Calendar, start_ms: int, days: Sequence[Day], still: Sequence[Span]
) -> int | None:
    """So much open time before the end; or when that many of the days that count are left, on the
    last day before it on which the calendar opens."""
    assert rule.warn is not None
    end = days[-1].ends_clock_ms
    if not rule.warn.in_days:
        return _before(calendar, start_ms, end, rule.warn.ms, still)
    counting = [one.date for one in days if one.kind in ("counted", "extension")]
    begin = max(start_ms, _opening_by(calendar, counting[-rule.warn.count], days[0].date))
    found = _open_instant(calendar, begin, 0, still)
    return found if found is not None and found < end else None


def _opening_by(calendar: Calendar, day: date, not_before: date) -> int:
    """The opening of the last open day up to a date; the beginning of ``not_before`` if none is."""
    while not calendar.opens(day) and day > not_before:
        day -= _DAY
    spans = spans_of_day(calendar, day)
    return spans[0][0] if spans else bounds_of_day(calendar.zone, day)[0]


def _reached(calendar: Calendar, from_ms: int, amount: int, still: Sequence[Span]) -> int | None:
    """When so much open time is over: at the latest when it closes."""
    for begin, end in without(open_spans(calendar, from_ms), still):
        if amount <= end - begin:
            return begin + amount
        amount -= end - begin
    return None


def _open_instant(
    calendar: Calendar, from_ms: int, amount: int, still: Sequence[Span]
) -> int | None:
    """The first instant in open time before which there was so much of it."""
    for begin, end in without(open_spans(calendar, from_ms), still):
        if amount < end - begin:
            return begin + amount
        amount -= end - begin
    return None


def _before(
    calendar: Calendar, from_ms: int, end_ms: int, amount: int, still: Sequence[Span]
) -> int | None:
    """So much open time before an end; where there isn't so much, the first of it."""
    spans = tuple(without(open_spans(calendar, from_ms, end_ms), still))
    for begin, end in reversed(spans):
        if amount <= end - begin:
            return end - amount
        amount -= end - begin
    return spans[0][0] if spans else None
