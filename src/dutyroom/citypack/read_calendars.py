"""Reading and checking the calendars of loop.json, and holidays.csv."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from dutyroom.citypack.local_time import as_date, is_timezone
from dutyroom.citypack.pack_files import PackFiles
from dutyroom.citypack.pack_rows import rows_in
from dutyroom.citypack.read_vocabulary import fresh_code
from dutyroom.clocks import ALWAYS, Calendar, Openings, SpecialDay, always
from dutyroom.core.text import Text, halves
from dutyroom.reading.csv_file import Row
from dutyroom.reading.json_entry import Entry

FILE: Final = "holidays.csv"
COLUMNS: Final = ("calendar", "date", "kind", "name_en", "name_zh", "citation", "announced")
KINDS: Final = ("holiday", "make_up")
ANNOUNCED: Final = ("yes", "no")
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPAN: Final = re.compile(r"([01]\d|2[0-4]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)")
_MINUTES_OF_A_DAY: Final = 1440


def read_calendars(top: Entry, files: PackFiles, timezone: str) -> tuple[Calendar, ...]:
    """`always`, then those of the file with their holidays."""
    seen: set[str] = set()
    found: dict[str, Calendar] = {}
    worked: dict[str, Openings] = {}
    required = ("code", "en", "zh", "weekly", "citation")
    for entry in top.entries("calendars", required, ("zone", "make_up")):
        code = fresh_code(entry, seen)
        if code == ALWAYS:
            entry.problem("code", f'"{ALWAYS}" is there already', "Use another code")
        weekly = _read_week(entry)
        if not any(weekly):
            if entry.has("weekly"):
                entry.problem("weekly", "the calendar never opens", "Write hours for some days")
            weekly = (((0, _MINUTES_OF_A_DAY),),) * 7
        zone = _read_zone(entry, timezone)
        named = Calendar(code, entry.texts(), zone, weekly, {}, None, entry.text("citation"))
        found.setdefault(code, named)
        usual = next(hours for hours in weekly if hours)
        worked[code] = _read_hours(entry, "make_up") if entry.has("make_up") else usual
    special = _read_holidays(files, found, worked)
    return (
        always(timezone),
        *(
            replace(one, special=days, announced_until=_announced_until(days, certain))
            for one in found.values()
            for days, certain in [special.get(one.code, ({}, {}))]
        ),
    )


def _read_zone(entry: Entry, timezone: str) -> str:
    if not entry.has("zone"):
        return timezone
    zone = entry.string("zone")
    if zone and not is_timezone(zone):
        entry.problem("zone", f'unknown time zone "{zone}"', 'Write one like "Asia/Shanghai"')
        return timezone
    return zone or timezone


def _read_week(entry: Entry) -> tuple[Openings, ...]:
    if not entry.has("weekly"):
        return ((),) * 7
    week = Entry(entry.file, (*entry.path, "weekly"), WEEKDAYS)
    return tuple(_read_hours(week, day) for day in WEEKDAYS)


def _read_hours(entry: Entry, key: str) -> Openings:
    """``["08:30-12:00", "14:00-17:30"]``."""
    found: list[tuple[int, int]] = []
    for text in entry.items(key):
        match = _SPAN.fullmatch(text) if isinstance(text, str) else None
        if match is None:
            entry.problem(key, f"{text} is not a span of hours", 'Write one like "08:30-17:30"')
            continue
        hours = [int(part) for part in match.groups()]
        begin, end = hours[0] * 60 + hours[1], hours[2] * 60 + hours[3]
        if not begin < end <= _MINUTES_OF_A_DAY:
            entry.problem(
                key, f"{text} ends before it begins, or after 24:00", "Cut the hours at midnight"
            )
        elif found and begin <= found[-1][1]:
            entry.problem(
                key, f"{text} does not come after the hours before it", "Put the hours in order"
            )
        else:
            found.append((begin, end))
    return tuple(found)


type _Special = tuple[Mapping[date, SpecialDay], Mapping[date, bool]]


def _read_holidays(
    files: PackFiles, calendars: Mapping[str, Calendar], worked: Mapping[str, Openings]
) -> Mapping[str, _Special]:
    """By calendar: its special days, and which of them have been announced."""
    found: dict[str, tuple[dict[date, SpecialDay], dict[date, bool]]] = {}
    lines: dict[tuple[str, date], int] = {}
    for row in rows_in(files, FILE, COLUMNS) if FILE in files else ():
        code = row.code("calendar")
        if code and code not in calendars:
            row.problem(f'there is no calendar "{code}"', "Add it to loop.json or correct it")
        day, kind = _date(row), _one_of(row, "kind", KINDS)
        announced = _one_of(row, "announced", ANNOUNCED)
        name, citation = row.name(), row.fields["citation"].strip()
        if day is None or code not in calendars:
            continue
        if (code, day) in lines:
            row.problem(
                f"{day} is given twice, first on line {lines[code, day]}", "Keep one of them"
            )
            continue
        lines[code, day] = row.line
        hours = worked[code] if kind == "make_up" else ()
        cited = halves(citation) if citation else Text("", "")
        days, certain = found.setdefault(code, ({}, {}))
        days[day] = SpecialDay(name, hours, cited)
        certain[day] = announced != "no"
    return found


def _announced_until(days: Mapping[date, SpecialDay], certain: Mapping[date, bool]) -> date | None:
    """The end of the last year that is announced, before the first that has a day that isn't."""
    if not days:
        return None
    doubtful = [day.year for day, announced in certain.items() if not announced]
    last = min(doubtful) - 1 if doubtful else max(days).year
    return date(last, 12, 31)


def _date(row: Row) -> date | None:
    text = row.string("date")
    day = as_date(text)
    if text and day is None:
        row.problem(f'"{text}" is not a date', "Write one like 2026-10-01")
    return day


def _one_of(row: Row, column: str, choices: Sequence[str]) -> str:
    text = row.string(column)
    if text and text not in choices:
        row.problem(f'unknown {column} "{text}"', f"Write one of {', '.join(choices)}")
    return text
