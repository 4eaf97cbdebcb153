"""How many units at which hours: from queueing theory, made of shifts, certified by rehearsal."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dutyroom.rehearsal.comparing.paired import overall
from dutyroom.rehearsal.comparing.replicate import Rehearsed
from dutyroom.rehearsal.optimise.program import Limits
from dutyroom.rehearsal.optimise.staffing import ShiftKind, ShiftLine, Week, propose_shifts
from dutyroom.rehearsal.proposing.proposal import Change, Proposal, Tried, attempt
from dutyroom.rehearsal.proposing.workload import (
    Group,
    NothingToPropose,
    demand_by_hour,
    groups,
    place_names,
    service_s,
)
from dutyroom.rehearsal.scenario.changes import hours_of
from dutyroom.rehearsal.scenario.model import DAY_S, HOUR_S, Shift
from dutyroom.rehearsal.theory.varying import staffing as servers_by_hour

SHIFTS: Final = (
    ShiftKind("8 h", tuple(range(0, 24, 2)), 8, 8.0),
    ShiftKind("12 h", (6, 7, 8, 18, 19, 20), 12, 12.0),
)
MOST_TRIES: Final = 6
RAISE: Final = 1.12
"""A rehearsal that misses its target is tried again with so many times the units."""


@dataclass(frozen=True, slots=True)
class Target:
    """``late``: the share of calls that may be late in the rehearsal. The first requirement is that
    ``share`` of the calls find a unit within ``wait_s``, by Erlang C."""

    late: float
    wait_s: float = 30.0
    share: float = 0.95


def staffing(
    base: Path,
    now: Rehearsed,
    folder: Path,
    target: Target,
    *,
    agency: str | None = None,
    limits: Limits | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Tried:
    """Shifts with which the rehearsal keeps the target, the cheapest first tried first.

    `NothingToPropose` if even the last try misses it: then it says by how much.
    """
    scenario = now.scenario
    if not scenario.targets_s:
        raise NothingToPropose('no call can be late: give the scenario "targets_s"')
    needed = {}
    for group in groups(scenario, agency):
        calls_per_h = demand_by_hour(scenario, group)
        if calls_per_h.any():
            took_s = service_s(scenario, group)
            needed[group.name] = (
                group,
                servers_by_hour(calls_per_h, took_s, target.wait_s, target.share),
            )
    factor, missed = 1.0, []
    for number in range(1, MOST_TRIES + 1):
        changes: list[Change] = []
        taken = {unit.id for unit in scenario.units}
        says = [f"Try {number}: {factor:.2f} times what Erlang C asks for."]
        for group, required in needed.values():
            units = np.ceil(required * factor).astype(np.int64)
            lines = _shifts(units, limits)
            changes += _hours(taken, group, lines, place_names(scenario, group))
            hours = sum(SHIFTS[line.kind].length * line.count for line in lines)
            says.append(
                f"{group.name}: {units.min()} to {units.max()} units, {hours:,} h a week "
                f"(today {_hours_on_duty(group):,.0f} h)."
            )
        tried = attempt(
            Proposal("shifts", tuple(changes), tuple(says)), base, now, folder, progress
        )
        if not tried.proposed.overloaded:
            late = overall(tried.proposed, "late").mean
            if late <= target.late:
                return tried
            missed.append(f"{100 * late:.1f} %")
        factor *= RAISE
    raise NothingToPropose(
        f"after {MOST_TRIES} tries still more than {100 * target.late:g} % are late "
        f"({', '.join(missed) or 'overloaded'}): it isn't the number of units. Try other posts, or "
        "a longer promise"
    )


def _hours_on_duty(group: Group) -> float:
    """Unit-hours of a week."""
    return sum(
        sum(shift.end_s - shift.start_s for shift in unit.shifts) / HOUR_S if unit.shifts else 168.0
        for unit in group.units
    )


def _shifts(required: NDArray[np.int64], limits: Limits | None) -> tuple[ShiftLine, ...]:
    week = Week(tuple(required.tolist()), 24, SHIFTS)
    found = propose_shifts(week, limits)
    if not found.lines:
        raise NothingToPropose("no shifts were found in the time given: allow more")
    return found.lines


def _hours(
    taken: set[str], group: Group, lines: tuple[ShiftLine, ...], names: list[str]
) -> list[Change]:
    """Each unit works one shift, on the days on which so many are wanted. ``taken`` are the ids of
    all units; those of new ones are added."""
    days: dict[tuple[int, int], list[int]] = {}
    for line in lines:
        length = SHIFTS[line.kind].length
        days.setdefault((line.start, length), [0] * 7)[line.day % 7] += line.count
    wanted: list[list[str]] = []
    for (start, length), counts in sorted(days.items()):
        for one in range(max(counts)):
            starts = [
                day * DAY_S + start * HOUR_S for day, count in enumerate(counts) if count > one
            ]
            wanted.append(hours_of(tuple(Shift(at, at + length * HOUR_S) for at in starts)))
    changes: list[Change] = []
    own = group.units
    for number, hours in enumerate(wanted):
        if number < len(own):
            key = own[number].id
        else:
            like = own[number % len(own)]
            key = _new_id(like.id, taken)
            taken.add(key)
            changes.append({"do": "add_unit", "id": key, "like": like.id, "at": names[like.base]})
        changes.append({"do": "set_hours", "id": key, "hours": hours})
    changes += [{"do": "remove_unit", "id": unit.id} for unit in own[len(wanted) :]]
    return changes


def _new_id(like: str, taken: set[str]) -> str:
    number = 2
    while f"{like}-{number}" in taken:
        number += 1
    return f"{like}-{number}"
