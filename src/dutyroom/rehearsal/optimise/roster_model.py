"""The roster as a constraint programme for CP-SAT, in which any one rule can be made elastic."""

from dataclasses import dataclass, field
from itertools import product
from typing import Final

from ortools.sat.python import cp_model

from dutyroom.rehearsal.optimise.program import (
    Effort,
    Limits,
    Progress,
    Status,
    Step,
    relative_gap,
)
from dutyroom.rehearsal.optimise.roster_task import RosterTask, Rule, Turn, is_weekend

SHORT_WEIGHT: Final = 10_000
"""Nothing that the objective weighs is worth a need that lacks somebody."""

_MOST: Final = 1 << 20

type Term = cp_model.LinearExpr | int


@dataclass(slots=True)
class RosterModel:
    """Variables and constraints; ``relaxed`` names a rule that may be broken, at a price per unit.

    With ``may_be_short`` needs may lack crew members instead, at a price above all else.
    """

    task: RosterTask
    relaxed: Rule | None = None
    may_be_short: bool = False
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    works: dict[tuple[int, int, int], cp_model.IntVar] = field(default_factory=dict)
    price: list[Term] = field(default_factory=list)

    def __post_init__(self) -> None:
        task = self.task
        for at, day, shift in product(
            range(len(task.members)), range(task.days), range(len(task.shifts))
        ):
            if self.relaxed is Rule.LEAVE or day not in task.members[at].leave:
                self.works[at, day, shift] = self.model.new_bool_var("")
        self._meet_needs()
        for at in range(len(task.members)):
            self._one_a_day(at)
            self._rest(at)
            self._runs(at)
            self._weeks(at)
        if self.relaxed is Rule.LEAVE:
            self.price += [
                var for (at, day, _), var in self.works.items() if day in task.members[at].leave
            ]
        if self.relaxed is None:
            self._weigh()
        self.model.minimize(cp_model.LinearExpr.sum(self.price))

    def solve(self, limits: Limits, progress: Progress | None) -> tuple[tuple[Turn, ...], Effort]:
        """Turns (none if nothing was found) and how good they are; one worker, fixed seed."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = limits.seed
        solver.parameters.max_time_in_seconds = limits.time_s
        solver.parameters.relative_gap_limit = limits.gap
        if limits.work is not None:
            solver.parameters.max_deterministic_time = limits.work
        status = solver.solve(self.model, None if progress is None else _Tell(progress))
        took_s = float(solver.wall_time)
        if status == cp_model.INFEASIBLE:
            return (), Effort(Status.INFEASIBLE, None, None, took_s)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return (), Effort(Status.NOTHING_FOUND, None, None, took_s)
        turns = tuple(Turn(*key) for key, var in self.works.items() if solver.boolean_value(var))
        bound, objective = float(solver.best_objective_bound), float(solver.objective_value)
        return turns, Effort(
            Status.OPTIMAL if status == cp_model.OPTIMAL else Status.FEASIBLE,
            bound,
            relative_gap(objective, bound) if bound < objective else 0.0,
            took_s,
        )

    def _slack(self, rule: Rule) -> Term:
        """What may be beyond the rule: nothing, unless it is the relaxed one."""
        if self.relaxed is not rule:
            return 0
        slack = self.model.new_int_var(0, _MOST, "")
        self.price.append(slack)
        return slack

    def _of(self, at: int, day: int, nights: bool = False) -> list[cp_model.IntVar]:
        """The variables of a member's day, of its night shifts only if asked."""
        return [
            self.works[at, day, shift]
            for shift, kind in enumerate(self.task.shifts)
            if (at, day, shift) in self.works and (kind.night or not nights)
        ]

    def _meet_needs(self) -> None:
        for need in self.task.needs:
            present = [
                self.works[at, need.day, need.shift]
                for at, member in enumerate(self.task.members)
                if (at, need.day, need.shift) in self.works
                and (not need.capability or need.capability in member.capabilities)
            ]
            lacking: Term = 0
            if self.may_be_short:
                lacking = self.model.new_int_var(0, need.count, "")
                self.price.append(SHORT_WEIGHT * lacking)
            elif need.capability:
                lacking = self._slack(Rule.CAPABILITY)
            self.model.add(cp_model.LinearExpr.sum(present) + lacking >= need.count)
        if self.relaxed is Rule.CAPABILITY:
            self._others_stand_in()

    def _others_stand_in(self) -> None:
        """Without the capability, but in the same number."""
        for day, shift in {(need.day, need.shift) for need in self.task.needs}:
            present = [
                self.works[at, day, shift]
                for at in range(len(self.task.members))
                if (at, day, shift) in self.works
            ]
            self.model.add(cp_model.LinearExpr.sum(present) >= self.task.needed(day, shift))

    def _one_a_day(self, at: int) -> None:
        for day in range(self.task.days):
            own = self._of(at, day)
            if len(own) > 1:
                self.model.add(cp_model.LinearExpr.sum(own) <= 1)

    def _rest(self, at: int) -> None:
        task, before = self.task, self.task.members[at].before
        longest = max(shift.start_min + shift.length_min for shift in task.shifts)
        reach = (longest + task.rules.min_rest_min) // 1440 + 1
        shifts = range(len(task.shifts))
        for day, shift in product(range(task.days), shifts):
            later = self.works.get((at, day, shift))
            if later is None:
                continue
            for back, one in product(range(1, reach + 1), shifts):
                rest = task.rest_min((day - back, one), (day, shift))
                if rest >= task.rules.min_rest_min:
                    continue
                earlier: Term | None = self.works.get((at, day - back, one))
                if (day - back, one) in before:
                    earlier = 1
                if earlier is not None:
                    self._not_both(earlier, later, task.rules.min_rest_min - rest)

    def _not_both(self, earlier: Term, later: cp_model.IntVar, missing_min: int) -> None:
        if self.relaxed is Rule.REST:
            broken = self.model.new_bool_var("")
            self.price.append(missing_min * broken)
            self.model.add(earlier + later <= 1 + broken)
        else:
            self.model.add(earlier + later <= 1)

    def _runs(self, at: int) -> None:
        rules, before = self.task.rules, self.task.members[at].before
        for rule, most, nights in (
            (Rule.DAYS_RUNNING, rules.max_days_running, False),
            (Rule.NIGHTS_RUNNING, rules.max_nights_running, True),
        ):
            worked_before = {
                day for day, shift in before if self.task.shifts[shift].night or not nights
            }
            for first in range(-most, self.task.days - most):
                window = range(first, first + most + 1)
                own = [var for day in window if day >= 0 for var in self._of(at, day, nights)]
                count = len(worked_before.intersection(window))
                if own:
                    self.model.add(cp_model.LinearExpr.sum(own) + count <= most + self._slack(rule))

    def _weeks(self, at: int) -> None:
        task = self.task
        for first in range(0, task.days, 7):
            week = range(first, min(first + 7, task.days))
            spent = [
                task.shifts[shift].length_min * self.works[at, day, shift]
                for day, shift in product(week, range(len(task.shifts)))
                if (at, day, shift) in self.works
            ]
            limit = task.week_limit_min(at)
            self.model.add(cp_model.LinearExpr.sum(spent) <= limit + self._slack(Rule.WEEK_HOURS))
            if len(week) == 7:
                own = [var for day in week for var in self._of(at, day)]
                most = 7 - task.rules.min_days_off_a_week
                self.model.add(cp_model.LinearExpr.sum(own) <= most + self._slack(Rule.DAYS_OFF))

    def _weigh(self) -> None:
        """The objective of ``roster_rules.score``, in variables."""
        weights, task = self.task.weights, self.task
        slots = list(product(range(task.days), range(len(task.shifts))))
        for weight, counted in (
            (weights.night_spread, [slot for slot in slots if task.shifts[slot[1]].night]),
            (weights.weekend_spread, [slot for slot in slots if is_weekend(slot[0])]),
            (weights.shift_spread, slots),
        ):
            most, least = (self.model.new_int_var(0, task.days, "") for _ in range(2))
            for at in range(len(task.members)):
                own = [self.works[at, *slot] for slot in counted if (at, *slot) in self.works]
                self.model.add(cp_model.LinearExpr.sum(own) <= most)
                self.model.add(cp_model.LinearExpr.sum(own) >= least)
            self.price.append(weight * (most - least))
        self._weigh_surplus()
        self._weigh_wishes()

    def _weigh_surplus(self) -> None:
        task = self.task
        for day, shift in product(range(task.days), range(len(task.shifts))):
            own = [v for (_, d, s), v in self.works.items() if (d, s) == (day, shift)]
            surplus = self.model.new_int_var(0, len(task.members), "")
            self.model.add(cp_model.LinearExpr.sum(own) <= task.needed(day, shift) + surplus)
            self.price.append(task.weights.surplus * surplus)

    def _weigh_wishes(self) -> None:
        for at, member in enumerate(self.task.members):
            for wish in member.wishes:
                own = self._of(at, wish.day)
                if wish.shift is not None:
                    own = [
                        self.works[key] for key in [(at, wish.day, wish.shift)] if key in self.works
                    ]
                worked = cp_model.LinearExpr.sum(own)
                weight = self.task.weights.wish * wish.weight
                self.price.append(weight * (1 - worked) if wish.works else weight * worked)


class _Tell(cp_model.CpSolverSolutionCallback):
    """Passes each better solution on."""

    def __init__(self, progress: Progress) -> None:
        super().__init__()
        self._progress = progress

    def on_solution_callback(self) -> None:
        self._progress(Step(self.wall_time, self.objective_value, self.best_objective_bound))
