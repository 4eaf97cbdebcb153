"""Mixed-integer programmes in plain arrays, solved by HiGHS through OR-Tools' MathOpt.

The same programme, limits and version give the same answer, unless a limit in seconds strikes:
where answers must not depend on the machine, limit the nodes instead.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt
from ortools.math_opt.solvers import highs_pb2


class Status(StrEnum):
    """How an optimisation ended."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    NOTHING_FOUND = "nothing_found"


class Method(StrEnum):
    """Search only, the exact programme always, or exact where a small problem still has a gap."""

    AUTO = "auto"
    EXACT = "exact"
    SEARCH = "search"


@dataclass(frozen=True, slots=True)
class Step:
    """How far a search is: seconds, best objective so far and best bound, where known."""

    elapsed_s: float
    best: float | None
    bound: float | None


type Progress = Callable[[Step], None]


@dataclass(frozen=True, slots=True)
class Limits:
    """When to stop, and the seed.

    ``gap`` is relative. ``nodes`` (of the tree, for HiGHS), ``work`` (deterministic seconds, for
    CP-SAT) and ``rounds`` (how often a local search is shaken) stop at the same answer on every
    machine; ``time_s`` (of one solver call) doesn't.
    """

    time_s: float = 60.0
    gap: float = 1e-6
    seed: int = 1
    nodes: int | None = None
    work: float | None = None
    rounds: int = 20


@dataclass(frozen=True, slots=True)
class Effort:
    """How good an answer is: no answer can be better than ``bound``; ``gap`` is relative to it.

    ``bound`` and ``gap`` are None where nothing was found. ``took_s`` is the solver's own account,
    0 for a local search.
    """

    status: Status
    bound: float | None
    gap: float | None
    took_s: float


@dataclass(frozen=True, slots=True)
class Solved:
    """Values of all columns, whole where asked for; empty if none were found."""

    values: NDArray[np.float64]
    objective: float
    effort: Effort

    @property
    def found(self) -> bool:
        return self.effort.status in (Status.OPTIMAL, Status.FEASIBLE)


class Program:
    """Columns and rows, added a block at a time; minimises unless asked otherwise.

    The objective must be bounded: a programme without end would be called infeasible.
    """

    def __init__(self, *, maximise: bool = False) -> None:
        self._maximise = maximise
        self._columns: list[tuple[NDArray[np.float64], ...]] = []
        self._width = 0
        self._bounds: list[tuple[NDArray[np.float64], NDArray[np.float64]]] = []
        self._height = 0
        self._terms: list[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]] = []

    def columns(
        self,
        count: int,
        *,
        cost: ArrayLike = 0.0,
        lower: ArrayLike = 0.0,
        upper: ArrayLike = 1.0,
        whole: bool = True,
    ) -> NDArray[np.int64]:
        """Adds columns and returns their indices; whole numbers from 0 to 1 if nothing is said."""
        block = (_filled(cost, count), _filled(lower, count), _filled(upper, count))
        self._columns.append((*block, np.full(count, float(whole))))
        self._width += count
        return np.arange(self._width - count, self._width)

    def rows(
        self, count: int, *, least: ArrayLike = -np.inf, most: ArrayLike = np.inf
    ) -> NDArray[np.int64]:
        """Adds rows ``least <= sum of terms <= most`` and returns their indices."""
        self._bounds.append((_filled(least, count), _filled(most, count)))
        self._height += count
        return np.arange(self._height - count, self._height)

    def terms(self, rows: ArrayLike, columns: ArrayLike, factor: ArrayLike = 1.0) -> None:
        """Adds ``factor`` x column to row, element by element; the three broadcast.

        A column may be named once per row only.
        """
        at, column, by = np.broadcast_arrays(
            np.asarray(rows, np.int64), np.asarray(columns, np.int64), np.asarray(factor, float)
        )
        self._terms.append((at.ravel(), column.ravel(), by.ravel()))

    def solve(self, limits: Limits, progress: Progress | None = None) -> Solved:
        """Solve within the limits; never raises for want of a solution."""
        result = mathopt.solve(
            mathopt.Model.from_model_proto(self._proto()),
            mathopt.SolverType.HIGHS,
            params=_parameters(limits),
            msg_cb=None if progress is None else _listen(progress),
        )
        took_s = result.solve_stats.solve_time.total_seconds()
        reason = result.termination.reason
        if reason not in (mathopt.TerminationReason.OPTIMAL, mathopt.TerminationReason.FEASIBLE):
            status = _without_solution(reason)
            return Solved(np.zeros(0), np.nan, Effort(status, None, None, took_s))
        optimal = reason == mathopt.TerminationReason.OPTIMAL
        bounds = result.termination.objective_bounds
        objective = float(result.objective_value())
        effort = Effort(
            Status.OPTIMAL if optimal else Status.FEASIBLE,
            float(bounds.dual_bound),
            relative_gap(objective, float(bounds.dual_bound)),
            took_s,
        )
        values = np.zeros(self._width)
        for column, value in result.variable_values().items():
            values[column.id] = value
        return Solved(self._whole(values), objective, effort)

    def _whole(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        whole = np.concatenate([block[3] for block in self._columns]) > 0
        return np.where(whole, np.rint(values), values)

    def _proto(self) -> model_pb2.ModelProto:
        proto = model_pb2.ModelProto()
        cost, lower, upper, whole = (
            np.concatenate([block[part] for block in self._columns]) for part in range(4)
        )
        proto.variables.ids.extend(range(self._width))
        proto.variables.lower_bounds.extend(lower.tolist())
        proto.variables.upper_bounds.extend(upper.tolist())
        proto.variables.integers.extend((whole > 0).tolist())
        proto.objective.maximize = self._maximise
        priced = np.flatnonzero(cost)
        proto.objective.linear_coefficients.ids.extend(priced.tolist())
        proto.objective.linear_coefficients.values.extend(cost[priced].tolist())
        proto.linear_constraints.ids.extend(range(self._height))
        for least, most in self._bounds:
            proto.linear_constraints.lower_bounds.extend(least.tolist())
            proto.linear_constraints.upper_bounds.extend(most.tolist())
        row, column, factor = (np.concatenate(part) for part in zip(*self._terms, strict=True))
        order = np.lexsort((column, row))
        order = order[factor[order] != 0]
        matrix = proto.linear_constraint_matrix
        matrix.row_ids.extend(row[order].tolist())
        matrix.column_ids.extend(column[order].tolist())
        matrix.coefficients.extend(factor[order].tolist())
        return proto


def relative_gap(objective: float, bound: float) -> float:
    """|bound - objective| / |objective|, with 1e-9 for 0; never below 0."""
    return abs(bound - objective) / max(abs(objective), 1e-9)


def _filled(values: ArrayLike, count: int) -> NDArray[np.float64]:
    return np.broadcast_to(np.asarray(values, np.float64), (count,))


def _parameters(limits: Limits) -> mathopt.SolveParameters:
    highs = highs_pb2.HighsOptionsProto()
    highs.string_options["parallel"] = "off"
    return mathopt.SolveParameters(
        time_limit=timedelta(seconds=limits.time_s),
        relative_gap_tolerance=limits.gap,
        absolute_gap_tolerance=0.0,
        random_seed=limits.seed,
        node_limit=limits.nodes,
        highs=highs,
    )


def _without_solution(reason: mathopt.TerminationReason) -> Status:
    reasons = mathopt.TerminationReason
    if reason in (reasons.INFEASIBLE, reasons.INFEASIBLE_OR_UNBOUNDED):
        return Status.INFEASIBLE
    if reason == reasons.NO_SOLUTION_FOUND:
        return Status.NOTHING_FOUND
    raise ArithmeticError(f"the solver gave up: {reason}")


def _listen(progress: Progress) -> Callable[[list[str]], None]:
    """HiGHS reports its progress by its log only: lines that end in a number of seconds."""

    def hear(lines: list[str]) -> None:
        for line in lines:
            step = read_step(line)
            if step is not None:
                progress(step)

    return hear


def read_step(line: str) -> Step | None:
    """A row of HiGHS's table as a step; None for any other line.

    The last columns are: explored, bound, best, gap, cuts, in LP, conflicts, iterations, time.
    """
    words = line.split()
    if len(words) < 9 or not words[-1].endswith("s") or "%" not in words[-9]:
        return None
    elapsed, bound, best = (_number(word) for word in (words[-1][:-1], words[-8], words[-7]))
    return None if elapsed is None else Step(elapsed, best, bound)


def _number(word: str) -> float | None:
    try:
        number = float(word)
    except ValueError:
        return None
    return number if np.isfinite(number) else None
