"""Local time: a zone as stretches of time with one offset, so that no hour is counted twice or
lost. All times are integer ms; local ms are those that the wall clock would have in UTC."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

MINUTE_MS: Final = 60_000
HOUR_MS: Final = 3_600_000
DAY_MS: Final = 86_400_000
END_OF_TIME_MS: Final = 253_370_764_800_000
"""9999-01-01: nothing here is counted further."""
_EPOCH_DAY: Final = date(1970, 1, 1).toordinal()
_WIDEST_OFFSET_MS: Final = 26 * HOUR_MS

type Stretch = tuple[int, int, int]
"""From, until, and the offset of local time from UTC in between, all in ms."""


def local_day(zone: str, at_ms: int) -> date:
    """The date on the wall at an instant."""
    return date.fromordinal((at_ms + offset_ms(zone, at_ms)) // DAY_MS + _EPOCH_DAY)


def midnight_ms(day: date) -> int:
    """Local ms of the beginning of a date."""
    return (day.toordinal() - _EPOCH_DAY) * DAY_MS


def day_of_local(local_ms: int) -> date:
    """The date of local ms."""
    return date.fromordinal(local_ms // DAY_MS + _EPOCH_DAY)


def offset_ms(zone: str, at_ms: int) -> int:
    """Local time less UTC at an instant."""
    moment = datetime.fromtimestamp(at_ms // 1000, UTC).astimezone(ZoneInfo(zone))
    offset = moment.utcoffset()
    assert offset is not None
    return round(offset.total_seconds()) * 1000


def stretches(zone: str, from_ms: int, to_ms: int = END_OF_TIME_MS) -> Iterator[Stretch]:
    """The stretches between two instants, in order, one at a time; cut at the years of UTC."""
    for year in range(_year(from_ms), _year(to_ms - 1) + 1):
        for begin, end, offset in _stretches_of(zone, year):
            begins, ends = max(begin, from_ms), min(end, to_ms)
            if begins < ends:
                yield begins, ends, offset


@lru_cache(maxsize=8192)
def offset_of_day(zone: str, day: date) -> int | None:
    """The offset of a whole local date; None where clocks are changed on it, or close by."""
    midnight = midnight_ms(day)
    window = midnight - _WIDEST_OFFSET_MS, midnight + DAY_MS + _WIDEST_OFFSET_MS
    offsets = {offset for _, _, offset in stretches(zone, *window)}
    return offsets.pop() if len(offsets) == 1 else None


def instants(zone: str, local_from: int, local_to: int) -> tuple[tuple[int, int], ...]:
    """When the wall clock reads from ``local_from`` on and before ``local_to``: mostly one span.

    Where clocks are set back, a time that comes twice is meant twice; where they are set forward,
    the missing time has no instant.
    """
    day = day_of_local(local_from)
    steady = offset_of_day(zone, day)
    if steady is not None and local_to <= midnight_ms(day) + DAY_MS:
        return ((local_from - steady, local_to - steady),)
    found: list[tuple[int, int]] = []
    window = (local_from - _WIDEST_OFFSET_MS, local_to + _WIDEST_OFFSET_MS)
    for begin, end, offset in stretches(zone, *window):
        span = max(begin, local_from - offset), min(end, local_to - offset)
        if span[0] >= span[1]:
            continue
        if found and found[-1][1] == span[0]:
            span = found.pop()[0], span[1]
        found.append(span)
    return tuple(found)


def first_instant(zone: str, local_ms: int) -> int:
    """When the wall clock first reads a local time or, where that is missing, a later one."""
    return instants(zone, local_ms, local_ms + DAY_MS)[0][0]


def next_full_hour(zone: str, at_ms: int) -> int:
    """The first instant after this one at which the wall clock reads a full hour."""
    begun = at_ms + 1
    for begin, end, offset in stretches(zone, begun, begun + _WIDEST_OFFSET_MS):
        candidate = -(-(begin + offset) // HOUR_MS) * HOUR_MS - offset
        if candidate < end:
            return candidate
    raise AssertionError("every day has a full hour")


@lru_cache(maxsize=1024)
def _stretches_of(zone: str, year: int) -> tuple[Stretch, ...]:
    """Those of a year of UTC. Two changes within one of its days that cancel each other are not
    seen: no zone has had any since 1970."""
    at, last = _year_begins(year), _year_begins(year + 1)
    offset = offset_ms(zone, at)
    found = []
    for day_ms in range(at, last, DAY_MS):
        after = offset_ms(zone, day_ms + DAY_MS)
        if after != offset:
            change = _change_between(zone, day_ms, offset)
            found.append((at, change, offset))
            at, offset = change, after
    return (*found, (at, last, offset))


def _change_between(zone: str, low_ms: int, before: int) -> int:
    """The instant within a day at which the offset is no longer ``before``; whole seconds."""
    low, high = low_ms // 1000, (low_ms + DAY_MS) // 1000
    while high - low > 1:
        middle = (low + high) // 2
        if offset_ms(zone, middle * 1000) == before:
            low = middle
        else:
            high = middle
    return high * 1000


def _year(at_ms: int) -> int:
    return datetime.fromtimestamp(at_ms // 1000, UTC).year


def _year_begins(year: int) -> int:
    return midnight_ms(date(year, 1, 1))
