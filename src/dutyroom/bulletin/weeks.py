"""Weeks of a city: from Monday 00:00 by its own clocks to the next, named as ISO 8601 does."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

EARLIEST: Final = 1970
LATEST: Final = 9998
"""Years of which the weeks beside a week have a name too."""


@dataclass(frozen=True, slots=True)
class Week:
    """``name`` is like ``2026-W48``; ``to_ms`` belongs to the next one. Instants in ms UTC."""

    name: str
    from_ms: int
    to_ms: int

    def holds(self, at_ms: int | None) -> bool:
        """Whether an instant lies in it."""
        return at_ms is not None and self.from_ms <= at_ms < self.to_ms


def week_at(at_ms: int, zone: str) -> Week:
    """The week of an instant, by the clocks of a time zone."""
    local = datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(ZoneInfo(zone)).date()
    return _week_of(local, zone)


def week_named(name: str, zone: str) -> Week | None:
    """The week of a name; None if no week is called so."""
    found = re.fullmatch(r"(\d{4})-W(\d{2})", name)
    if not found or not EARLIEST <= int(found[1]) <= LATEST:
        return None
    try:
        return _week_of(date.fromisocalendar(int(found[1]), int(found[2]), 1), zone)
    except ValueError:
        return None


def weeks_until(last: Week, count: int, zone: str) -> tuple[Week, ...]:
    """So many weeks up to one, the earliest first."""
    found = [last]
    while len(found) < count and int(found[-1].name[:4]) > EARLIEST:
        found.append(week_at(found[-1].from_ms - 1, zone))
    return tuple(reversed(found))


def _week_of(day: date, zone: str) -> Week:
    monday = day - timedelta(days=day.weekday())
    year, number, _ = monday.isocalendar()
    return Week(
        f"{year}-W{number:02}", _midnight(monday, zone), _midnight(monday + timedelta(7), zone)
    )


def _midnight(day: date, zone: str) -> int:
    return int(datetime.combine(day, time(), ZoneInfo(zone)).timestamp() * 1000)
