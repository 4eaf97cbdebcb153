"""How many units start when: the cheapest shifts that cover what each period requires.

The requirement comes from queueing theory or from rehearsal. Shift covering is Dantzig's (1954);
breaks are placed after Aykin (Management Science 42, 1996): a shift and its breaks are counted
apart and tied together, instead of one column for each way to place the breaks.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from dutyroom.rehearsal.optimise.effect import Better, Effect, effect_of
from dutyroom.rehearsal.optimise.program import Effort, Limits, Program, Progress, Solved, Status

type Floats = NDArray[np.float64]
type Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Break:
    """Starts between ``earliest`` and ``latest``, in periods after the shift's start."""

    earliest: int
    latest: int
    length: int


@dataclass(frozen=True, slots=True)
class ShiftKind:
    """``starts`` are periods of a day; ``cost`` of one shift in any unit (paid hours, money)."""

    name: str
    starts: tuple[int, ...]
    length: int
    cost: float
    breaks: tuple[Break, ...] = ()
    days: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)


@dataclass(frozen=True, slots=True)
class ShiftLine:
    """``count`` units start together; ``breaks[n]`` says how many take the n-th break when.

    Each entry of a break is (periods after the start, units).
    """

    kind: int
    day: int
    start: int
    count: int
    breaks: tuple[tuple[tuple[int, int], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Week:
    """``required`` units [periods], of any number of whole days; the last night runs into the first
    morning. ``most_on_duty`` [periods] (vehicles, say) and ``budget`` (of costs) are limits that
    the user sets. ``today`` are the shifts to compare with.
    """

    required: tuple[int, ...]
    periods_per_day: int
    kinds: tuple[ShiftKind, ...]
    most_on_duty: tuple[int, ...] | None = None
    budget: float | None = None
    today: tuple[ShiftLine, ...] | None = None

    def __post_init__(self) -> None:
        periods, per_day = len(self.required), self.periods_per_day
        if per_day < 1 or periods < 1 or periods % per_day:
            raise ValueError("required must hold whole days")
        if min(self.required) < 0:
            raise ValueError("required must be 0 or more")
        if self.most_on_duty is not None and len(self.most_on_duty) != periods:
            raise ValueError("most_on_duty must be as long as required")
        for kind in self.kinds:
            _check(kind, periods, per_day)

    @property
    def starts(self) -> list[tuple[int, int, int]]:
        """All (kind, day, start) that a shift can have, within the week."""
        days = range(len(self.required) // self.periods_per_day)
        return [
            (number, day, start)
            for number, kind in enumerate(self.kinds)
            for day in days
            if day % 7 in kind.days
            for start in kind.starts
        ]


@dataclass(frozen=True, slots=True)
class Short:
    """A period that lacks units; ``reachable`` says whether any shift could cover it at all."""

    period: int
    required: int
    on_duty: int
    reachable: bool


@dataclass(frozen=True, slots=True)
class StaffingProposal:
    """Shifts, and units on duty [periods]; the first effect is cost, then unit-periods short.

    Where the limits don't let the requirement be met, ``effort.status`` is infeasible, the shifts
    are those that leave least short, and ``short`` says where; else ``short`` is empty.
    """

    lines: tuple[ShiftLine, ...]
    on_duty: tuple[int, ...]
    short: tuple[Short, ...]
    effects: tuple[Effect, ...]
    effort: Effort


def cover_shifts(
    covers: NDArray[np.bool_],
    required: Counts,
    cost: Floats,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> tuple[Counts, Effort]:
    """Fewest costs for shifts given as they are: ``covers`` [shifts, periods], no breaks to place.

    Returns the number of each shift; none where a period can't be covered.
    """
    program = Program()
    count = program.columns(len(covers), cost=cost, upper=np.inf)
    shift, period = np.nonzero(covers)
    rows = program.rows(len(required), least=required)
    program.terms(rows[period], count[shift])
    solved = program.solve(limits or Limits(), progress)
    return solved.values.astype(np.int64), solved.effort


def propose_shifts(
    week: Week, limits: Limits | None = None, progress: Progress | None = None
) -> StaffingProposal:
    """The cheapest shifts that meet the requirement, or those that leave least short."""
    limits = limits or Limits()
    model = _ShiftModel(week)
    solved = model.solve(limits, progress, shortage_cost=None)
    effort = solved.effort
    if effort.status is Status.INFEASIBLE:
        # One unit short for one period outweighs every cost, so that the least is left short.
        worst = sum(kind.cost for kind in week.kinds) * max(week.required) * len(week.required)
        solved = model.solve(limits, progress, shortage_cost=worst + 1)
        effort = replace(solved.effort, status=Status.INFEASIBLE, bound=None, gap=None)
    if not solved.values.size:
        return StaffingProposal((), (0,) * len(week.required), (), (), effort)
    lines = model.lines(solved.values)
    staffed = on_duty(week, lines)
    return StaffingProposal(
        lines, tuple(staffed.tolist()), _short(week, staffed), _compared(week, lines), effort
    )


def on_duty(week: Week, lines: tuple[ShiftLine, ...]) -> Counts:
    """Units on duty and not on a break, [periods]."""
    staffed = np.zeros(len(week.required), np.int64)
    for line in lines:
        first = line.day * week.periods_per_day + line.start
        _add(staffed, first, week.kinds[line.kind].length, line.count)
        for at, taken in enumerate(line.breaks):
            for offset, count in taken:
                length = week.kinds[line.kind].breaks[at].length
                _add(staffed, first + offset, length, -count)
    return staffed


def cost_of(week: Week, lines: tuple[ShiftLine, ...]) -> float:
    """Costs of all shifts."""
    return float(sum(week.kinds[line.kind].cost * line.count for line in lines))


class _ShiftModel:
    """The programme, and which column is which."""

    def __init__(self, week: Week) -> None:
        self._week = week
        self._starts = week.starts
        self._breaks = [
            (shift, at, offset)
            for shift, (kind, _, _) in enumerate(self._starts)
            for at, pause in enumerate(week.kinds[kind].breaks)
            for offset in range(pause.earliest, pause.latest + 1)
        ]

    def solve(
        self, limits: Limits, progress: Progress | None, shortage_cost: float | None
    ) -> Solved:
        week, periods = self._week, len(self._week.required)
        cost = np.array([week.kinds[kind].cost for kind, _, _ in self._starts])
        program = Program()
        shifts = program.columns(len(self._starts), cost=cost, upper=np.inf)
        breaks = program.columns(len(self._breaks), upper=np.inf)
        duty = program.columns(
            periods, upper=np.inf if week.most_on_duty is None else week.most_on_duty, whole=False
        )
        balance = program.rows(periods, least=0, most=0)
        program.terms(balance, duty, -1)
        for column, (kind, day, start) in zip(shifts, self._starts, strict=True):
            covered = self._periods(day, start, week.kinds[kind].length)
            program.terms(balance[covered], column)
        for column, (shift, at, offset) in zip(breaks, self._breaks, strict=True):
            kind, day, start = self._starts[shift]
            covered = self._periods(day, start + offset, week.kinds[kind].breaks[at].length)
            program.terms(balance[covered], column, -1)
        self._tie_breaks(program, shifts, breaks)
        enough = program.rows(periods, least=week.required)
        program.terms(enough, duty)
        if shortage_cost is not None:
            lacking = program.columns(periods, cost=shortage_cost, upper=np.inf, whole=False)
            program.terms(enough, lacking)
        if week.budget is not None:
            program.terms(program.rows(1, most=week.budget), shifts, cost)
        return program.solve(limits, progress)

    def lines(self, values: Floats) -> tuple[ShiftLine, ...]:
        taken: dict[tuple[int, int], list[tuple[int, int]]] = {}
        first_break = len(self._starts)
        for column, (shift, at, offset) in enumerate(self._breaks, first_break):
            if values[column] > 0:
                taken.setdefault((shift, at), []).append((offset, int(values[column])))
        return tuple(
            ShiftLine(
                kind,
                day,
                start,
                int(values[shift]),
                tuple(tuple(taken[shift, at]) for at in range(len(self._week.kinds[kind].breaks))),
            )
            for shift, (kind, day, start) in enumerate(self._starts)
            if values[shift] > 0
        )

    def _periods(self, day: int, start: int, length: int) -> Counts:
        first = day * self._week.periods_per_day + start
        return np.arange(first, first + length) % len(self._week.required)

    def _tie_breaks(self, program: Program, shifts: Counts, breaks: Counts) -> None:
        """Each shift takes each of its breaks once."""
        pairs = list(dict.fromkeys((shift, at) for shift, at, _ in self._breaks))
        row = dict(zip(pairs, program.rows(len(pairs), least=0, most=0), strict=True))
        for shift, at in pairs:
            program.terms(row[shift, at], shifts[shift], -1)
        for column, (shift, at, _) in zip(breaks, self._breaks, strict=True):
            program.terms(row[shift, at], column)


def _check(kind: ShiftKind, periods: int, per_day: int) -> None:
    if not 1 <= kind.length <= periods:
        raise ValueError(f"shift {kind.name}: length must be 1 to {periods} periods")
    if any(not 0 <= start < per_day for start in kind.starts):
        raise ValueError(f"shift {kind.name}: starts must be periods of a day")
    if kind.cost < 0:
        raise ValueError(f"shift {kind.name}: cost must be 0 or more")
    free_from = 0
    for pause in kind.breaks:
        if pause.earliest < free_from or pause.latest < pause.earliest or pause.length < 1:
            raise ValueError(f"shift {kind.name}: breaks must be in order and not overlap")
        free_from = pause.latest + pause.length
    if free_from > kind.length:
        raise ValueError(f"shift {kind.name}: a break runs beyond the end")


def _add(staffed: Counts, first: int, length: int, count: int) -> None:
    np.add.at(staffed, np.arange(first, first + length) % len(staffed), count)


def _short(week: Week, staffed: Counts) -> tuple[Short, ...]:
    one_each = tuple(ShiftLine(kind, day, start, 1) for kind, day, start in week.starts)
    reachable = on_duty(week, one_each) > 0
    if week.most_on_duty is not None:
        reachable &= np.array(week.most_on_duty) > 0
    return tuple(
        Short(at, need, int(staffed[at]), bool(reachable[at]))
        for at, need in enumerate(week.required)
        if staffed[at] < need
    )


def _compared(week: Week, lines: tuple[ShiftLine, ...]) -> tuple[Effect, ...]:
    required = np.array(week.required)
    after = on_duty(week, lines)
    parts, cost, short = None, None, None
    if week.today is not None:
        before = on_duty(week, week.today)
        parts = (before.astype(float), after.astype(float))
        cost = cost_of(week, week.today)
        short = float(np.maximum(required - before, 0).sum())
    lacking = float(np.maximum(required - after, 0).sum())
    return (
        effect_of(
            "cost",
            Better.LESS,
            (cost, cost_of(week, lines)),
            "period_units_on_duty",
            parts,
            Better.MORE,
        ),
        effect_of(
            "unit_periods_short",
            Better.LESS,
            (short, lacking),
            "period_units_on_duty",
            parts,
            Better.MORE,
        ),
    )
