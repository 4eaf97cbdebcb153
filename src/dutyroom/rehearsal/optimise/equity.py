"""How many units each station gets, by its work, within limits of equity that the user sets.

The planner chooses what a unit more is measured by: a table [stations, units] from theory or
rehearsal (mean response in seconds, say), or, without one, the work per unit. The proposal has the
least measure, weighted by work: the average as the work itself meets it. With work per unit this is
sum of w^2 / n, which is least where units follow work (Cauchy-Schwarz).
"""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dutyroom.rehearsal.optimise.effect import Better, Effect, effect_of
from dutyroom.rehearsal.optimise.program import Effort, Limits, Program, Progress, Solved

type Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class EquityLimits:
    """What the user sets; None means no limit.

    ``min_per_station`` units; ``max_change`` units more or fewer at a station; ``max_measure`` the
    worst that a station may have; ``max_spread`` between the worst and the best station with work.
    """

    min_per_station: int | None = 1
    max_change: int | None = None
    max_measure: float | None = None
    max_spread: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Stations:
    """``work`` per station (unit-hours per day), ``today`` units per station, ``units`` in all.

    ``measure`` [stations, 0..units]: what a station has with so many units, less is better, never
    rising with units, inf where so few can't do; None: work per unit.
    """

    ids: tuple[str, ...]
    work: Floats
    today: tuple[int, ...]
    units: int
    measure: Floats | None = None
    measure_name: str = "work_per_unit"

    def __post_init__(self) -> None:
        count = len(self.ids)
        if self.work.shape != (count,) or len(self.today) != count or count == 0:
            raise ValueError("ids, work and today must be equally long, and not empty")
        if (self.work < 0).any() or not np.isfinite(self.work).all() or self.work.sum() <= 0:
            raise ValueError("work must be 0 or more, and more than 0 somewhere")
        if self.units < 0 or min(self.today) < 0:
            raise ValueError("units must be 0 or more")
        if self.measure is None:
            return
        if self.measure.shape[0] != count or self.measure.shape[1] <= self.units:
            raise ValueError(f"measure must be [{count} stations, at least {self.units + 1}]")
        if self.measure.shape[1] <= max(self.today):
            raise ValueError("measure must reach as far as today's units")

    @property
    def table(self) -> Floats:
        """[stations, units]: the measure; 0 for a station without work."""
        if self.measure is not None:
            return self.measure
        many = np.arange(max(self.units, *self.today, 0) + 1)
        with np.errstate(divide="ignore", invalid="ignore"):
            table = self.work[:, None] / many
        return np.where(self.work[:, None] == 0, 0.0, table)


@dataclass(frozen=True, slots=True)
class StationRow:
    """One row of the proposal, for export."""

    station: str
    work: float
    today: int
    proposed: int
    change: int
    measure_today: float
    measure_proposed: float


@dataclass(frozen=True, slots=True)
class Relief:
    """A limit that stands in the way, and the mildest value with which all else can be kept.

    ``enough_at`` is None where giving up this limit alone doesn't help.
    """

    limit: str
    asked: float
    enough_at: float | None


@dataclass(frozen=True, slots=True)
class EquityProposal:
    """``rows`` is empty where the limits can't all be kept: then ``reliefs`` says what would do."""

    rows: tuple[StationRow, ...]
    effect: Effect | None
    reliefs: tuple[Relief, ...]
    effort: Effort


def propose_staffing(
    stations: Stations,
    equity: EquityLimits,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> EquityProposal:
    """Units per station with the least measure as the work meets it, within the limits."""
    limits = limits or Limits()
    solved = _solve(stations, equity, limits, progress)
    if not solved.found:
        reliefs = _reliefs(stations, equity, limits)
        return EquityProposal((), None, reliefs, solved.effort)
    size = len(stations.ids) * (stations.units + 1)
    chosen = solved.values[:size].reshape(len(stations.ids), -1).argmax(axis=1)
    table, at = stations.table, np.arange(len(stations.ids))
    before, after = table[at, np.array(stations.today)], table[at, chosen]
    rows = tuple(
        StationRow(
            station,
            float(stations.work[n]),
            stations.today[n],
            int(chosen[n]),
            int(chosen[n]) - stations.today[n],
            float(before[n]),
            float(after[n]),
        )
        for n, station in enumerate(stations.ids)
    )
    with_work = stations.work > 0
    weight = stations.work[with_work] / stations.work.sum()
    effect = effect_of(
        f"mean_{stations.measure_name}",
        Better.LESS,
        (float(before[with_work] @ weight), float(after[with_work] @ weight)),
        f"station_{stations.measure_name}",
        (before, after),
        Better.LESS,
    )
    return EquityProposal(rows, effect, (), solved.effort)


def _solve(
    stations: Stations,
    equity: EquityLimits,
    limits: Limits,
    progress: Progress | None,
    least_spread: bool = False,
) -> Solved:
    """One column per station and number of units; the first columns, in that order."""
    count, width = len(stations.ids), stations.units + 1
    table = stations.table[:, :width]
    many = np.broadcast_to(np.arange(width), table.shape)
    allowed = np.isfinite(table) & (many >= (equity.min_per_station or 0))
    if equity.max_change is not None:
        allowed &= np.abs(many - np.array(stations.today)[:, None]) <= equity.max_change
    counted = stations.work > 0
    if equity.max_measure is not None:
        allowed &= ~counted[:, None] | (table <= equity.max_measure)
    known = np.where(np.isfinite(table), table, 0.0)
    program = Program()
    weight = stations.work / stations.work.sum()
    chosen = program.columns(
        table.size,
        cost=0.0 if least_spread else (known * weight[:, None]).ravel(),
        upper=allowed.ravel(),
    )
    station = np.repeat(np.arange(count), width)
    program.terms(program.rows(count, least=1, most=1)[station], chosen)
    total = program.rows(1, least=stations.units, most=stations.units)
    program.terms(total, chosen, many.ravel())
    if equity.max_spread is not None:
        spread = program.columns(1, cost=float(least_spread), upper=equity.max_spread, whole=False)
        _spread_rows(program, chosen, np.where(counted[:, None], known, 0.0), counted, spread)
    return program.solve(limits, progress)


def _spread_rows(
    program: Program,
    chosen: NDArray[np.int64],
    table: Floats,
    counted: NDArray[np.bool_],
    spread: NDArray[np.int64],
) -> None:
    """No counted station is more than ``spread`` above the best of them."""
    best = program.columns(1, upper=np.inf, whole=False)
    for station in np.flatnonzero(counted):
        columns = chosen.reshape(table.shape)[station]
        above, below = program.rows(1, least=0), program.rows(1, most=0)
        for row in (above, below):
            program.terms(row, columns, table[station])
            program.terms(row, best, -1)
        program.terms(below, spread, -1)


def _reliefs(stations: Stations, equity: EquityLimits, limits: Limits) -> tuple[Relief, ...]:
    """For each limit alone: the mildest value that lets all others be kept."""
    found = []
    for limit in (field.name for field in fields(equity)):
        asked = getattr(equity, limit)
        if asked is None:
            continue
        found.append(Relief(limit, float(asked), _enough_at(stations, equity, limits, limit)))
    return tuple(found)


def _enough_at(
    stations: Stations, equity: EquityLimits, limits: Limits, limit: str
) -> float | None:
    if limit == "max_spread":
        return _least_spread(stations, equity, limits)

    def holds(value: float) -> bool:
        milder: dict[str, Any] = {limit: value}
        return _solve(stations, replace(equity, **milder), limits, None).found

    return _first_that(_milder(stations, limit, getattr(equity, limit)), holds)


def _least_spread(stations: Stations, equity: EquityLimits, limits: Limits) -> float | None:
    """The least spread with which all other limits can be kept."""
    free = replace(equity, max_spread=np.inf)
    solved = _solve(stations, free, limits, None, least_spread=True)
    return solved.objective if solved.found else None


def _milder(stations: Stations, limit: str, asked: float) -> list[float]:
    """Every value of a limit that makes a difference, from the asked one to none at all."""
    if limit == "min_per_station":
        return [float(n) for n in range(int(asked) - 1, -1, -1)]
    if limit == "max_change":
        return [float(n) for n in range(int(asked) + 1, stations.units + max(stations.today) + 1)]
    table = stations.table[stations.work > 0, : stations.units + 1]
    return [float(value) for value in np.unique(table[np.isfinite(table)]) if value > asked]


def _first_that(choices: list[float], holds: Callable[[float], bool]) -> float | None:
    """The first choice that holds, where all after it hold too; None where the last doesn't."""
    if not choices or not holds(choices[-1]):
        return None
    low, high = 0, len(choices) - 1
    while low < high:
        middle = (low + high) // 2
        if holds(choices[middle]):
            high = middle
        else:
            low = middle + 1
    return choices[low]
