"""Reads the crew whose roster is to be made: a small JSON file, and rosters as CSV beside it."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from dutyroom.citypack import PackRefused
from dutyroom.reading.csv_file import Row
from dutyroom.reading.json_entry import Entry
from dutyroom.reading.json_file import JsonFile
from dutyroom.reading.problems import Problem, ProblemList
from dutyroom.rehearsal.optimise.roster_task import (
    DAY_MIN,
    CrewMember,
    RosterRules,
    RosterShift,
    Turn,
    Wish,
)
from dutyroom.rehearsal.scenario.model import DAY_S, Scenario, ScenarioUnit, Shift
from dutyroom.rehearsal.scenario.tables import read_rows

COLUMNS: Final = ("date", "shift", "crew", "unit")
"""Of a roster: who is on which unit. The day is that on which the shift begins."""
NIGHT_ENDS_MIN, NIGHT_WORK_MIN = 5 * 60, 3 * 60
"""A shift is one of the night if three hours of it or more lie between 0:00 and 5:00 (the night
time and the night worker of Directive 2003/88/EC, article 2)."""
LOOK_BACK_DAYS: Final = 14
"""Turns of the last roster count so many days back: no rule looks further."""
_HOURS: Final = {
    "min_rest_h": ("min_rest_min", 0, 48),
    "max_week_h": ("max_week_min", 1, 168),
}
_DAYS: Final = {
    "max_days_running": (1, 14),
    "max_nights_running": (1, 14),
    "min_days_off_a_week": (0, 6),
}


@dataclass(frozen=True, slots=True)
class Crew:
    """Who is there, from a Monday on.

    ``members`` and ``today`` (the roster to compare with; turns number the members and the shifts
    of the agency) are by agency. ``skills[capability][skill]`` is how many of a unit's
    ``per_unit`` need the skill, if the unit has the capability.
    """

    starts: dt.date
    weeks: int
    per_unit: int
    skills: Mapping[str, Mapping[str, int]]
    rules: RosterRules
    members: Mapping[str, tuple[CrewMember, ...]]
    today: Mapping[str, tuple[Turn, ...]]


def roster_shift(shift: Shift) -> RosterShift:
    """A shift of a unit, without its day."""
    start, length = round(shift.start_s % DAY_S / 60), round((shift.end_s - shift.start_s) / 60)
    name = f"{_clock(start)}-{_clock(start + length)}"
    return RosterShift(name, start, length, _is_night(start, length))


def shifts_of(units: Iterable[ScenarioUnit]) -> tuple[RosterShift, ...]:
    """The shifts that any of the units works, each once, by beginning and length."""
    found = {roster_shift(shift) for unit in units for shift in unit.shifts}
    return tuple(sorted(found, key=lambda shift: (shift.start_min, shift.length_min)))


def units_of(scenario: Scenario, agency: str) -> list[ScenarioUnit]:
    """The units of an agency that work shifts; those always on duty have none to crew."""
    return [unit for unit in scenario.units if unit.agency == agency and unit.shifts]


def read_crew(path: Path, scenario: Scenario) -> Crew:
    """The crew of a file, for the units of a scenario. PackRefused with every problem: file, line,
    remedy."""
    problems = ProblemList()
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        said = Problem(str(path), None, f"can't be read: {error}", "Name a file of the crew")
        raise PackRefused((said,)) from None
    file = JsonFile(path.name, text, problems)
    problems.raise_if_any()
    found = _Reading(path.parent, file, scenario, problems).crew()
    problems.raise_if_any()
    return found


class _Reading:
    def __init__(
        self, folder: Path, file: JsonFile, scenario: Scenario, problems: ProblemList
    ) -> None:
        self.folder, self.problems = folder, problems
        self.top = Entry(
            file, (), ("starts", "crew"),
            ("weeks", "crew_per_unit", "skills", "rules", "last", "today"),
        )  # fmt: skip
        self.agencies = {unit.agency for unit in scenario.units}
        self.capabilities = {each for unit in scenario.units for each in unit.capabilities}
        self.shifts = {
            agency: shifts_of(units_of(scenario, agency)) for agency in sorted(self.agencies)
        }
        self.starts = _date(self.top, "starts", self.top.string("starts"))
        self.weeks = self.top.integer("weeks", 1, 12, 4)

    def crew(self) -> Crew:
        if self.starts.weekday():
            self.top.problem("starts", f"{self.starts} is a {self.starts:%A}", "Begin on a Monday")
        members = self._members()
        last, today = (self._turns(key, members) for key in ("last", "today"))
        for agency, turns in last.items():
            members[agency] = [
                replace(member, before=_before(turns, at))
                for at, member in enumerate(members[agency])
            ]
        days = 7 * self.weeks
        return Crew(
            self.starts,
            self.weeks,
            self.top.integer("crew_per_unit", 1, 20, 1),
            self._skills(),
            self._rules(),
            {agency: tuple(own) for agency, own in members.items()},
            {
                agency: tuple(turn for turn in turns if 0 <= turn.day < days)
                for agency, turns in today.items()
            },
        )

    def _members(self) -> dict[str, list[CrewMember]]:
        found: dict[str, list[CrewMember]] = {}
        seen: set[str] = set()
        for entry in self.top.entries(
            "crew", ("id",), ("agency", "skills", "max_week_h", "leave", "wishes")
        ):
            key, agency = entry.string("id"), str(entry.value.get("agency", ""))
            if key in seen:
                entry.problem("id", f'"{key}" is there already', "Name everybody once")
            seen.add(key)
            if agency not in self.agencies:
                there = ", ".join(f'"{one}"' for one in sorted(self.agencies))
                entry.problem(
                    "agency", f'no unit is of the agency "{agency}"', f"Write one of {there}"
                )
                continue
            week_h = entry.number("max_week_h", 0, 168)
            found.setdefault(agency, []).append(
                CrewMember(
                    key,
                    frozenset(map(str, entry.items("skills"))),
                    round(week_h * 60) if entry.has("max_week_h") else None,
                    frozenset(self._leave(entry)),
                    tuple(self._wishes(entry, agency)),
                )
            )
        return found

    def _leave(self, entry: Entry) -> Iterator[int]:
        """Days of the roster; those outside it don't matter here."""
        for said in entry.items("leave"):
            day = (_date(entry, "leave", said) - self.starts).days
            if 0 <= day < 7 * self.weeks:
                yield day

    def _wishes(self, entry: Entry, agency: str) -> Iterator[Wish]:
        names = [shift.name for shift in self.shifts[agency]]
        for wish in entry.entries("wishes", ("day", "works"), ("shift", "weight")):
            day = (_date(wish, "day", wish.string("day")) - self.starts).days
            shift = wish.string("shift") if wish.has("shift") else None
            if shift is not None and shift not in names:
                wish.problem("shift", f'no unit works "{shift}"', _one_of(names))
            elif 0 <= day < 7 * self.weeks:
                number = None if shift is None else names.index(shift)
                yield Wish(day, wish.flag("works"), number, wish.integer("weight", 1, 1000))

    def _skills(self) -> dict[str, dict[str, int]]:
        if not self.top.has("skills"):
            return {}
        asked = Entry(
            self.top.file, ("skills",), (), tuple(map(str, dict(self.top.value["skills"])))
        )
        found = {}
        for capability, wanted in asked.value.items():
            if capability not in self.capabilities:
                asked.problem(capability, f'no unit can "{capability}"', _one_of(self.capabilities))
                continue
            keys = tuple(map(str, wanted)) if isinstance(wanted, dict) else ()
            own = Entry(self.top.file, ("skills", capability), (), keys)
            found[capability] = {key: own.integer(key, 1, 20) for key in keys}
        return found

    def _rules(self) -> RosterRules:
        if not self.top.has("rules"):
            return RosterRules()
        entry, usual = Entry(self.top.file, ("rules",), (), (*_HOURS, *_DAYS)), RosterRules()
        minutes = {
            name: round(60 * entry.number(key, low, high, getattr(usual, name) / 60))
            for key, (name, low, high) in _HOURS.items()
        }
        days = {
            key: entry.integer(key, low, high, getattr(usual, key))
            for key, (low, high) in _DAYS.items()
        }
        return replace(usual, **minutes, **days)

    def _turns(self, key: str, members: dict[str, list[CrewMember]]) -> dict[str, list[Turn]]:
        """The turns of a roster in a file beside this one, by agency; before it days are below
        0."""
        if not self.top.has(key):
            return {}
        who = {
            member.id: (agency, at)
            for agency, own in members.items()
            for at, member in enumerate(own)
        }
        found: dict[str, list[Turn]] = {}
        name = self.top.string(key)
        for row in read_rows(self.folder, name, COLUMNS, (), self.problems):
            day = (_row_date(row) - self.starts).days
            if row.fields["crew"] not in who:
                row.problem(
                    f'"{row.fields["crew"]}" is not one of the crew', "Add them, or drop the line"
                )
                continue
            agency, at = who[row.fields["crew"]]
            names = [shift.name for shift in self.shifts[agency]]
            if row.fields["shift"] not in names:
                row.problem(f'no unit works "{row.fields["shift"]}"', _one_of(names))
                continue
            found.setdefault(agency, []).append(Turn(at, day, names.index(row.fields["shift"])))
        return found


def _before(turns: Iterable[Turn], member: int) -> tuple[tuple[int, int], ...]:
    return tuple(
        sorted(
            (turn.day, turn.shift)
            for turn in turns
            if turn.member == member and -LOOK_BACK_DAYS <= turn.day < 0
        )
    )


def _date(entry: Entry, key: str, said: object) -> dt.date:
    """A date; the first Monday of 1970 after a problem."""
    try:
        return dt.date.fromisoformat(str(said))
    except ValueError:
        entry.problem(key, f'"{said}" is not a date', 'Write it like "2026-12-07"')
        return dt.date(1970, 1, 5)


def _row_date(row: Row) -> dt.date:
    try:
        return dt.date.fromisoformat(row.fields["date"])
    except ValueError:
        row.problem(f'"{row.fields["date"]}" is not a date', "Write it like 2026-12-07")
        return dt.date(1970, 1, 5)


def _one_of(names: Iterable[str]) -> str:
    return f"Write one of {', '.join(sorted(names)) or '(none: give units shifts)'}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def _is_night(start_min: int, length_min: int) -> bool:
    nights = (
        min(start_min + length_min, night + NIGHT_ENDS_MIN) - max(start_min, night)
        for night in (0, DAY_MIN)
    )
    return sum(max(0, minutes) for minutes in nights) >= NIGHT_WORK_MIN
