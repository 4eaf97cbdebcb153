"""Calendars: when there is somebody to keep a promise. Weekly hours, holidays, make-up days."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from dutyroom.clocks.zones import (
    DAY_MS,
    END_OF_TIME_MS,
    MINUTE_MS,
    day_of_local,
    instants,
    midnight_ms,
    stretches,
)
from dutyroom.core.text import Text

ALWAYS: Final = "always"
"""The code of the calendar that every pack has: open at all times."""
MINUTES_OF_A_DAY: Final = 1440
NOTHING_CITED: Final = Text("", "")
_DAY: Final = timedelta(days=1)

type Openings = tuple[tuple[int, int], ...]
"""From and until, in minutes of the local day (until at most 1440), in order, none touching."""
type Span = tuple[int, int]
"""From and until, in ms UTC; the second is outside."""

_ALL_DAY: Final[Openings] = ((0, MINUTES_OF_A_DAY),)


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A date that isn't as its weekday: a holiday has no hours, a make-up day has some."""

    name: Text
    openings: Openings = ()
    citation: Text = NOTHING_CITED


@dataclass(frozen=True, slots=True)
class Calendar:
    """Open hours in a zone, holidays and make-up days.

    ``weekly``: Monday first. ``announced_until``: the last day whose holidays have been announced;
    None where nothing is announced year by year. Raises ValueError if no day of the week opens.
    """

    code: str
    name: Text
    zone: str
    weekly: tuple[Openings, ...]
    special: Mapping[date, SpecialDay] = field(default_factory=dict, hash=False)
    announced_until: date | None = None
    citation: Text = NOTHING_CITED

    def __post_init__(self) -> None:
        if len(self.weekly) != 7 or not any(self.weekly):
            raise ValueError(f"the calendar {self.code!r} opens on no day of the week")

    @property
    def always_open(self) -> bool:
        """Whether it never closes."""
        return not self.special and all(hours == _ALL_DAY for hours in self.weekly)

    def openings(self, day: date) -> Openings:
        """The hours of a date; none where it is closed."""
        special = self.special.get(day)
        return self.weekly[day.weekday()] if special is None else special.openings

    def opens(self, day: date) -> bool:
        """Whether a date has any hours."""
        return bool(self.openings(day))

    def announced(self, day: date) -> bool:
        """Whether the holidays of a date are certain."""
        return self.announced_until is None or day <= self.announced_until


def always(zone: str) -> Calendar:
    """Open at all times; its days begin at local midnight."""
    return Calendar(ALWAYS, Text("Always", "全天候"), zone, (_ALL_DAY,) * 7)


def open_spans(calendar: Calendar, from_ms: int, to_ms: int = END_OF_TIME_MS) -> Iterator[Span]:
    """When the calendar is open between two instants: in order, one at a time, cut at midnight.

    It is open exactly when the wall clock reads a time within the hours of its date: an hour that
    comes twice counts twice, one that is missing not at all.
    """
    if calendar.always_open:
        if from_ms < to_ms:
            yield from_ms, to_ms
        return
    for begin, end, offset in stretches(calendar.zone, from_ms, to_ms):
        day = day_of_local(begin + offset)
        while (midnight := midnight_ms(day) - offset) < end:
            for opens, closes in calendar.openings(day):
                opening = max(begin, midnight + opens * MINUTE_MS)
                closing = min(end, midnight + closes * MINUTE_MS)
                if opening < closing:
                    yield opening, closing
            day += _DAY


def spans_of_day(calendar: Calendar, day: date) -> tuple[Span, ...]:
    """When the calendar is open on a local date, in order."""
    midnight = midnight_ms(day)
    return tuple(
        sorted(
            span
            for opens, closes in calendar.openings(day)
            for span in instants(
                calendar.zone, midnight + opens * MINUTE_MS, midnight + closes * MINUTE_MS
            )
        )
    )


def bounds_of_day(zone: str, day: date) -> Span:
    """When a local date begins and when the next one does."""
    midnight = midnight_ms(day)
    spans = instants(zone, midnight, midnight + DAY_MS)
    return spans[0][0], spans[-1][1]
