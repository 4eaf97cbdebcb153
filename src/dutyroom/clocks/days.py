"""The days of a clock that counts days: which count, which don't and why, and on which it ends.

A day counts by its mark: local midnight for days of the year, the first opening for working days.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from dutyroom.clocks.calendar import Calendar, Span, bounds_of_day, spans_of_day
from dutyroom.clocks.rule import Rule
from dutyroom.clocks.zones import local_day

type Kind = Literal["counted", "extension", "closed", "paused", "not_counted", "rolled"]
"""What a part of a clock's time is. `rolled`: after the last day that counts, until the end."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Day:
    """One local date. ``ends_clock_ms``: when the clock would end on it; ``still_at_ms``: an
    instant that tells of a paused one why."""

    date: date
    kind: Kind
    begins_ms: int
    ends_ms: int
    mark_ms: int | None
    ends_clock_ms: int
    still_at_ms: int | None
    last: bool


def days_of(
    rule: Rule,
    calendar: Calendar,
    start_ms: int,
    still: Sequence[Span],
    extensions: int,
    until_ms: int,
) -> Iterator[Day]:
    """From the day of the start to the day of the end, but only those that begin before
    ``until_ms``; the last of all is marked so. ``still``: merged pauses.

    The end is never within a pause: where one holds the end of the last day, that of the next day
    is meant. It is never before the start.
    """
    promised = rule.within.count
    total = promised + (rule.extensions.by.count * extensions if rule.extensions else 0)
    counted = 0
    first = day = local_day(calendar.zone, start_ms)
    put_off: tuple[Kind, int | None] = "rolled", None
    while (bounds := bounds_of_day(calendar.zone, day))[0] < until_ms or day == first:
        spans = spans_of_day(calendar, day)
        mark = bounds[0] if rule.within.unit == "day" else spans[0][0] if spans else None
        kind, still_at = put_off
        if counted < total:
            kind, still_at = _judged(mark, still, day == first and not rule.counts_first)
            if kind == "counted":
                counted += 1
                kind = "counted" if counted <= promised else "extension"
        end = spans[-1][1] if rule.ends == "closing" and spans else bounds[1]
        last = False
        if counted == total:
            worked = spans[-1][1] if rule.within.unit == "working_day" and spans else end
            pause = next((one for one in still if one[0] < worked <= one[1]), None)
            shut = not spans and (rule.rolls or rule.within.unit == "working_day")
            last = pause is None and not shut and end > start_ms
            put_off = ("rolled", None) if pause is None else ("paused", pause[0])
        yield Day(day, kind, *bounds, mark, end, still_at, last)
        if last:
            return
        day += _DAY


def _judged(mark: int | None, still: Sequence[Span], not_counted: bool) -> tuple[Kind, int | None]:
    if not_counted:
        return "not_counted", None
    if mark is None:
        return "closed", None
    paused = any(begin <= mark < end for begin, end in still)
    return ("paused", mark) if paused else ("counted", None)
