"""How many units at which hours: the fewest that keep a level of service, by queueing theory, made
of shifts, and certified by rehearsal."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dutyroom.rehearsal.comparing.paired import overall
from dutyroom.rehearsal.comparing.replicate import Rehearsed
from dutyroom.rehearsal.optimise.program import Limits
from dutyroom.rehearsal.optimise.staffing import ShiftKind, ShiftLine, Week, propose_shifts
from dutyroom.rehearsal.proposing.proposal import Change, Proposal, Tried, attempt, write
from dutyroom.rehearsal.proposing.workload import (
    Group,
    NothingToPropose,
    demand_by_hour,
    groups,
    place_names,
    service_s,
)
from dutyroom.rehearsal.results.figures import Estimate
from dutyroom.rehearsal.scenario.hours import hours_of
from dutyroom.rehearsal.scenario.model import DAY_S, HOUR_S, Shift
from dutyroom.rehearsal.theory.varying import load_by_hour
from dutyroom.rehearsal.theory.varying import staffing as servers_by_hour

CHANGES_AT: Final = {12: (6, 7, 8, 18, 19, 20)}
"""Hours at which shifts of a length may begin; the others, every second hour."""
LENGTHS_H: Final = (8, 12)
LEVELS: Final = (0.0, 1.0, 2.0, 4.0, 8.0, 12.0)
"""Nines: at level 2, 99 % of the calls find a unit in time by Erlang C. At 0 there are just more
units than they have work, the fewest that the theory holds stable."""
GAP: Final = 0.005
"""Shifts may cost so much more than the cheapest, as a share: the last of it takes far longer."""
HALVINGS: Final = 4
"""Of the step between the level that misses the target and the next that keeps it."""


@dataclass(frozen=True, slots=True)
class Target:
    """``late``: the share of calls that may be late in the rehearsal. Theory asks how many units
    are needed for a call to find one within ``wait_s``, by shifts of ``lengths_h``."""

    late: float
    wait_s: float = 30.0
    lengths_h: tuple[int, ...] = LENGTHS_H


@dataclass(frozen=True, slots=True)
class _Work:
    """What a group has to do, and the fewest units that its calls' plans ask for at once."""

    group: Group
    calls_per_h: NDArray[np.float64]
    took_s: float
    least: int

    def units(self, level: float, wait_s: float) -> tuple[int, ...]:
        """Units by hour of the week."""
        load = load_by_hour(self.calls_per_h, self.took_s)
        if level == 0.0:
            found = load.astype(np.int64) + 1
        else:
            share = 1.0 - 10.0**-level
            found = servers_by_hour(self.calls_per_h, self.took_s, wait_s, share)
        return tuple(np.maximum(found, self.least).tolist())


@dataclass(frozen=True, slots=True)
class _Try:
    """Shifts of a level, rehearsed; ``late`` is None where they are overloaded."""

    level: float
    hours: float
    late: Estimate | None
    says: tuple[str, ...]
    tried: Tried


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
    """The fewest unit-hours with which the rehearsal keeps the target, be it more or fewer than
    today: levels of service from the lowest up until one does, then halfway back.

    `NothingToPropose` if even the highest misses it: then it says by how much.
    """
    scenario = now.scenario
    if not scenario.targets_s:
        raise NothingToPropose('no call can be late: give the scenario "targets_s"')
    kinds = tuple(
        ShiftKind(f"{length} h", CHANGES_AT.get(length, tuple(range(0, 24, 2))), length, length)
        for length in sorted(set(target.lengths_h))
    )
    trying = _Trying(base, now, folder, target, kinds, _work(now, agency), limits, progress)
    low = high = None
    for level in LEVELS:
        if trying.keeps(level):
            high = level
            break
        low = level
    if high is None:
        missed = ", ".join(f"{100 * one.late.mean:.1f} %" for one in trying.made if one.late)
        raise NothingToPropose(
            f"after {len(trying.made)} tries still more than {100 * target.late:g} % are late "
            f"({missed or 'overloaded'}): it isn't the number of units. Try other posts, or a "
            "longer promise"
        )
    for _ in range(0 if low is None else HALVINGS):
        middle = ((low or 0.0) + high) / 2
        if trying.keeps(middle):
            high = middle
        else:
            low = middle
    return trying.best()


def _work(now: Rehearsed, agency: str | None) -> list[_Work]:
    scenario, found = now.scenario, []
    for group in groups(scenario, agency):
        calls_per_h = demand_by_hour(scenario, group)
        if not calls_per_h.any():
            continue
        others = [unit for unit in scenario.units if unit not in group.units]
        # Of a plan for several units, what nobody else can send; a group that is too small for it
        # today isn't made larger on theory alone.
        together = [
            sum(
                max(0, need.count - sum(need.capability in unit.capabilities for unit in others))
                for need in kind.needs
                if need.capability in group.can
            )
            for kind in scenario.kinds
        ]
        least = min(max([1, *together]), len(group.units))
        found.append(_Work(group, calls_per_h, service_s(scenario, group), least))
    return found


class _Trying:
    """Staffings by level, each rehearsed once."""

    def __init__(
        self,
        base: Path,
        now: Rehearsed,
        folder: Path,
        target: Target,
        kinds: tuple[ShiftKind, ...],
        work: list[_Work],
        limits: Limits | None,
        progress: Callable[[int, int], None] | None,
    ) -> None:
        self._base, self._now, self._folder, self._target = base, now, folder, target
        self._kinds, self._work, self._progress = kinds, work, progress
        limits = limits or Limits()
        self._limits = replace(limits, gap=max(limits.gap, GAP))
        self._by_units: dict[tuple[tuple[int, ...], ...], _Try] = {}
        self._lines: dict[tuple[int, ...], tuple[ShiftLine, ...]] = {}

    @property
    def made(self) -> list[_Try]:
        return list(self._by_units.values())

    def keeps(self, level: float) -> bool:
        """Whether the rehearsal of this level keeps the target."""
        required = tuple(one.units(level, self._target.wait_s) for one in self._work)
        if required not in self._by_units:  # neighbouring levels may well ask for the same
            self._by_units[required] = self._rehearse(level, required)
        return self._kept(self._by_units[required])

    def best(self) -> Tried:
        """The fewest hours that keep the target; its file is written again, over later tries."""
        best = min((one for one in self.made if self._kept(one)), key=lambda one: one.hours)
        assert best.late is not None
        now = sum(_hours_on_duty(one.group) for one in self._work)
        says = [
            f"{_percent(best.late)} are late in the rehearsal; {100 * self._target.late:g} % may.",
            f"{best.hours:,.0f} unit-hours a week (today {now:,.0f}).",
        ]
        fewer = [one for one in self.made if one.hours < best.hours]
        if fewer:
            near = max(fewer, key=lambda one: one.hours)
            late = "overloaded" if near.late is None else f"{_percent(near.late)} late"
            says.append(
                f"The next fewer of {len(self.made)} staffings tried, {near.hours:,.0f}: {late}."
            )
        elif best.level == 0.0:
            says.append("With fewer there would be hours with more work than units.")
        proposal = replace(best.tried.proposal, says=(*says, *best.says))
        file = write(proposal, self._base, self._folder)
        return replace(best.tried, proposal=proposal, file=file)

    def _kept(self, one: _Try) -> bool:
        return one.late is not None and one.late.mean <= self._target.late

    def _rehearse(self, level: float, required: tuple[tuple[int, ...], ...]) -> _Try:
        scenario = self._now.scenario
        taken = {unit.id for unit in scenario.units}
        changes: list[Change] = []
        says, total = [], 0.0
        for one, units in zip(self._work, required, strict=True):
            lines = self._shifts(units)
            names = place_names(scenario, one.group)
            changes += _hours(taken, one.group, lines, self._kinds, names)
            hours = sum(self._kinds[line.kind].length * line.count for line in lines)
            total += hours
            says.append(
                f"{one.group.name}: {min(units)} to {max(units)} units, {hours:,} h a week "
                f"(today {_hours_on_duty(one.group):,.0f} h)."
            )
        proposal = Proposal("shifts", tuple(changes), tuple(says))
        tried = attempt(proposal, self._base, self._now, self._folder, self._progress)
        late = None if tried.proposed.overloaded else overall(tried.proposed, "late")
        return _Try(level, total, late, tuple(says), tried)

    def _shifts(self, required: tuple[int, ...]) -> tuple[ShiftLine, ...]:
        if required not in self._lines:
            found = propose_shifts(Week(required, 24, self._kinds), self._limits)
            if not found.lines:
                raise NothingToPropose("no shifts were found in the time given: allow more")
            if found.short:
                raise NothingToPropose("shifts of these lengths leave hours empty: allow others")
            self._lines[required] = found.lines
        return self._lines[required]


def _percent(share: Estimate) -> str:
    return f"{100 * share.mean:.2f} %"


def _hours_on_duty(group: Group) -> float:
    """Unit-hours of a week."""
    return sum(
        sum(shift.end_s - shift.start_s for shift in unit.shifts) / HOUR_S if unit.shifts else 168.0
        for unit in group.units
    )


def _hours(
    taken: set[str],
    group: Group,
    lines: tuple[ShiftLine, ...],
    kinds: tuple[ShiftKind, ...],
    names: list[str],
) -> list[Change]:
    """Each unit works one shift, on the days on which so many are wanted. ``taken`` are the ids of
    all units; those of new ones are added."""
    days: dict[tuple[int, int], list[int]] = {}
    for line in lines:
        length = kinds[line.kind].length
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
