"""Who works when: rosters by name that crew the units' hours; what is lost where they can't."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from dutyroom.rehearsal.comparing.replicate import Rehearsed
from dutyroom.rehearsal.optimise.program import Limits, Step
from dutyroom.rehearsal.optimise.roster_task import (
    CrewMember,
    RosterNeed,
    RosterShift,
    RosterTask,
    Rule,
)
from dutyroom.rehearsal.optimise.rosters import RosterProposal, propose_roster
from dutyroom.rehearsal.proposing.crew_file import Crew, roster_shift, shifts_of, units_of
from dutyroom.rehearsal.proposing.proposal import Change, Proposal
from dutyroom.rehearsal.proposing.workload import NothingToPropose
from dutyroom.rehearsal.scenario.hours import hours_of
from dutyroom.rehearsal.scenario.model import DAY_S, ScenarioUnit, Shift

RULES: Final = {
    Rule.REST: "rest between shifts",
    Rule.DAYS_RUNNING: "days running",
    Rule.NIGHTS_RUNNING: "nights running",
    Rule.WEEK_HOURS: "hours a week",
    Rule.DAYS_OFF: "days off a week",
    Rule.ONE_A_DAY: "one shift a day",
    Rule.LEAVE: "leave",
    Rule.CAPABILITY: "skills",
}


@dataclass(frozen=True, slots=True, order=True)
class Seat:
    """A crew member (by id) on a unit, for one shift (by index) of a day of the roster."""

    day: int
    shift: int
    unit: str
    member: str


@dataclass(frozen=True, slots=True, order=True)
class Uncrewed:
    """A unit that stays at home for one shift, for want of crew."""

    day: int
    shift: int
    unit: str


@dataclass(frozen=True, slots=True)
class Rostered:
    """The roster of an agency: who is on which unit, and what is left without crew."""

    agency: str
    task: RosterTask
    found: RosterProposal
    seats: tuple[Seat, ...]
    uncrewed: tuple[Uncrewed, ...]


def rosters(
    now: Rehearsed,
    crew: Crew,
    *,
    agency: str | None = None,
    limits: Limits | None = None,
    progress: Callable[[Step], None] | None = None,
) -> tuple[Proposal, list[Rostered]]:
    """A roster for each agency of which the file names crew (``agency``: only this one).

    The proposal leaves at home what can't be crewed, by the week of the roster that lacks most:
    where nothing lacks, it changes nothing. A unit goes out only with its whole crew, with the
    skills that its capabilities ask for; if not all can, those named first in the scenario do.
    `NothingToPropose` if no unit of these agencies works shifts.
    """
    changes: list[Change] = []
    says, made = [], []
    for name in sorted(crew.members):
        units = units_of(now.scenario, name)
        if agency not in (None, name) or not units:
            continue
        one = _rostered(name, units, crew, limits, progress)
        made.append(one)
        changes += _kept_hours(units, one)
        says += [f"{name}: {line}" if name else line for line in _says(one)]
    if not made:
        raise NothingToPropose(
            "no unit of the crew's agencies works shifts, so there is nothing to roster: give "
            "units shifts (propose staffing does)"
        )
    return Proposal("rosters", tuple(changes), tuple(says)), made


def _rostered(
    name: str,
    units: list[ScenarioUnit],
    crew: Crew,
    limits: Limits | None,
    progress: Callable[[Step], None] | None,
) -> Rostered:
    shifts = shifts_of(units)
    at_work = _units_by_slot(units, shifts)
    task = RosterTask(
        7 * crew.weeks,
        shifts,
        crew.members[name],
        tuple(
            need
            for week in range(crew.weeks)
            for (day, shift), out in sorted(at_work.items())
            for need in _needs(7 * week + day, shift, out, crew)
        ),
        crew.rules,
        today=crew.today.get(name),
    )
    found = propose_roster(task, limits, progress)
    seats: list[Seat] = []
    uncrewed: list[Uncrewed] = []
    for week in range(crew.weeks):
        for (weekday, shift), out in sorted(at_work.items()):
            day = 7 * week + weekday
            there = [
                task.members[turn.member]
                for turn in found.turns
                if (turn.day, turn.shift) == (day, shift)
            ]
            crews = _crews(out, there, crew)
            for unit in out:
                if unit.id in crews:
                    seats += [Seat(day, shift, unit.id, who) for who in crews[unit.id]]
                else:
                    uncrewed.append(Uncrewed(day, shift, unit.id))
    return Rostered(name, task, found, tuple(seats), tuple(uncrewed))


def _units_by_slot(
    units: Iterable[ScenarioUnit], shifts: tuple[RosterShift, ...]
) -> dict[tuple[int, int], list[ScenarioUnit]]:
    """The units at work by day of the week and shift."""
    found: dict[tuple[int, int], list[ScenarioUnit]] = {}
    for unit in units:
        for shift in unit.shifts:
            found.setdefault(_slot(shift, shifts), []).append(unit)
    return found


def _slot(shift: Shift, shifts: tuple[RosterShift, ...]) -> tuple[int, int]:
    return int(shift.start_s // DAY_S) % 7, shifts.index(roster_shift(shift))


def _seats_of(unit: ScenarioUnit, crew: Crew) -> list[str]:
    """What each seat of a unit asks for: a skill, or "" for anybody."""
    wanted: Counter[str] = Counter()
    for capability in sorted(unit.capabilities):
        wanted |= Counter(crew.skills.get(capability, {}))
    skilled = list(wanted.elements())
    return skilled + [""] * (crew.per_unit - len(skilled))


def _needs(day: int, shift: int, out: list[ScenarioUnit], crew: Crew) -> list[RosterNeed]:
    seats = [seat for unit in out for seat in _seats_of(unit, crew)]
    skilled = Counter(seat for seat in seats if seat)
    return [
        RosterNeed(day, shift, len(seats)),
        *(RosterNeed(day, shift, count, skill) for skill, count in sorted(skilled.items())),
    ]


def _crews(
    out: list[ScenarioUnit], there: list[CrewMember], crew: Crew
) -> dict[str, tuple[str, ...]]:
    """Whole crews, for as many units in their order as those who are there can fill."""
    taken: list[tuple[str, str]] = []
    matched: list[int] = []
    for unit in out:
        asked = [*taken, *((unit.id, skill) for skill in _seats_of(unit, crew))]
        fits = [[not skill or skill in who.capabilities for who in there] for _, skill in asked]
        if len(asked) > len(there):
            break
        pairs = maximum_bipartite_matching(csr_array(np.array(fits, np.int8)), perm_type="column")
        if (pairs >= 0).all():
            taken, matched = asked, pairs.tolist()
    found: dict[str, tuple[str, ...]] = {}
    for (unit_id, _), at in zip(taken, matched, strict=True):
        found[unit_id] = (*found.get(unit_id, ()), there[at].id)
    return found


def _kept_hours(units: list[ScenarioUnit], made: Rostered) -> list[Change]:
    """What the week that lacks most leaves of the units' hours."""
    lengths = [shift.length_min for shift in made.task.shifts]
    lost: Counter[int] = Counter()
    for lack in made.uncrewed:
        lost[lack.day // 7] += lengths[lack.shift]
    if not lost:
        return []
    worst = max(lost, key=lambda week: (lost[week], -week))
    missing = {
        (lack.unit, lack.day % 7, lack.shift) for lack in made.uncrewed if lack.day // 7 == worst
    }
    changes: list[Change] = []
    for unit in units:
        kept = tuple(
            shift
            for shift in unit.shifts
            if (unit.id, *_slot(shift, made.task.shifts)) not in missing
        )
        if not kept:
            changes.append({"do": "remove_unit", "id": unit.id})
        elif len(kept) < len(unit.shifts):
            changes.append({"do": "set_hours", "id": unit.id, "hours": hours_of(kept)})
    return changes


def _says(made: Rostered) -> list[str]:
    """What the roster reaches, in lines."""
    task, found = made.task, made.found
    slots = {(seat.day, seat.shift, seat.unit) for seat in made.seats}
    said = []
    if not made.uncrewed:
        said.append(f"every shift is crewed ({len(slots)}, by {len(task.members)}).")
    else:
        hours = sum(task.shifts[lack.shift].length_min for lack in made.uncrewed) / 60
        said.append(
            f"{len(made.uncrewed)} of {len(slots) + len(made.uncrewed)} shifts have no crew "
            f"({hours:,.0f} h); the week that lacks most is rehearsed."
        )
    gap = found.effort.gap
    if gap:
        said.append(
            f"unfairness {found.effect.proposed:g}, at most {100 * gap:.0f} % from the least: "
            "more --seconds may find a fairer one."
        )
    if found.effect.today is not None:
        worse = ", ".join(task.members[loser.index].id for loser in found.effect.losers)
        said.append(
            f"unfairness {found.effect.today:g} today, {found.effect.proposed:g} proposed; "
            f"more nights, weekends or wishes not met for: {worse or 'nobody'}."
        )
    for relief in found.reliefs:
        rule = RULES[relief.rule]
        if relief.enough:
            times = len(relief.breaches) or sum(one.short for one in relief.stand_ins)
            said.append(f"without the rule on {rule} all would be crewed (broken {times} times).")
        elif relief.enough is None:
            said.append(f"whether all would be crewed without the rule on {rule} isn't known.")
    if found.reliefs and not any(relief.enough for relief in found.reliefs):
        said.append("giving up one rule alone doesn't crew all: without the rule, some still lack.")
    return said
