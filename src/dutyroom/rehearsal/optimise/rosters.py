"""Individual rosters that meet the shift cover, by CP-SAT; and what to do where none can.

Where no roster keeps all rules and meets all needs, the proposal is the one that lacks least, and
says which needs lack whom, what keeps each crew member from standing in, and for each rule whether
giving it up alone would do, and by how much, for whom and when.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dutyroom.rehearsal.optimise.effect import Better, Effect, effect_of
from dutyroom.rehearsal.optimise.program import Effort, Limits, Progress, Status
from dutyroom.rehearsal.optimise.roster_model import RosterModel
from dutyroom.rehearsal.optimise.roster_rules import (
    Breach,
    Unmet,
    breaches,
    burden,
    score,
    unmet,
)
from dutyroom.rehearsal.optimise.roster_task import RosterTask, Rule, Turn

RELAXABLE: Final = (
    Rule.CAPABILITY,
    Rule.DAYS_OFF,
    Rule.DAYS_RUNNING,
    Rule.LEAVE,
    Rule.NIGHTS_RUNNING,
    Rule.REST,
    Rule.WEEK_HOURS,
)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a need lacks somebody: how many crew members each rule keeps from it.

    A crew member whom several rules keep away counts for each.
    """

    need: Unmet
    kept_by: tuple[tuple[Rule, int], ...]


@dataclass(frozen=True, slots=True)
class RuleRelief:
    """Whether giving up one rule alone would let all needs be met; None: not known in time.

    ``breaches`` are the fewest that would do; for capabilities, ``stand_ins`` says which needs
    somebody without the capability would fill.
    """

    rule: Rule
    enough: bool | None
    breaches: tuple[Breach, ...] = ()
    stand_ins: tuple[Unmet, ...] = ()


@dataclass(frozen=True, slots=True)
class RosterProposal:
    """``effect`` is on the fairness score; losers are crew members with more of the burden.

    ``obstacles`` and ``reliefs`` are empty where all needs are met.
    """

    turns: tuple[Turn, ...]
    effect: Effect
    obstacles: tuple[Obstacle, ...]
    reliefs: tuple[RuleRelief, ...]
    effort: Effort


def propose_roster(
    task: RosterTask, limits: Limits | None = None, progress: Progress | None = None
) -> RosterProposal:
    """The fairest roster that keeps all rules; where there is none, the one that lacks least.

    The limits are those of each solver call; where needs can't be met, there are nine.
    """
    limits = limits or Limits(work=20.0)
    turns, effort = RosterModel(task).solve(limits, progress)
    obstacles: tuple[Obstacle, ...] = ()
    reliefs: tuple[RuleRelief, ...] = ()
    if effort.status in (Status.INFEASIBLE, Status.NOTHING_FOUND):
        status = effort.status
        turns, effort = RosterModel(task, may_be_short=True).solve(limits, progress)
        lacking = unmet(task, turns)
        if lacking:
            effort = replace(effort, status=status)
            obstacles = tuple(_obstacle(task, turns, each) for each in lacking)
            reliefs = tuple(_relief(task, rule, limits) for rule in RELAXABLE)
    return RosterProposal(turns, _compared(task, turns), obstacles, reliefs, effort)


def _obstacle(task: RosterTask, turns: tuple[Turn, ...], need: Unmet) -> Obstacle:
    """Puts everybody who isn't there into the shift, and counts the rules that this breaks."""
    there = {turn.member for turn in turns if (turn.day, turn.shift) == (need.day, need.shift)}
    kept: Counter[Rule] = Counter()
    for at, member in enumerate(task.members):
        if at in there:
            continue
        if need.capability and need.capability not in member.capabilities:
            kept[Rule.CAPABILITY] += 1
        with_them = [*turns, Turn(at, need.day, need.shift)]
        kept.update({breach.rule for breach in breaches(task, with_them)})
    return Obstacle(need, tuple(sorted(kept.items())))


def _relief(task: RosterTask, rule: Rule, limits: Limits) -> RuleRelief:
    turns, effort = RosterModel(task, relaxed=rule).solve(limits, None)
    if effort.status is Status.INFEASIBLE:
        return RuleRelief(rule, False)
    if effort.status is Status.NOTHING_FOUND:
        return RuleRelief(rule, None)
    return RuleRelief(rule, True, tuple(breaches(task, turns)), tuple(unmet(task, turns)))


def _compared(task: RosterTask, turns: tuple[Turn, ...]) -> Effect:
    """Burden of a crew member: nights, weekend shifts and wishes not met, by their weights."""
    today = task.today
    return effect_of(
        "roster_unfairness",
        Better.LESS,
        (None if today is None else float(score(task, today)), float(score(task, turns))),
        "member_burden",
        None if today is None else (_burden(task, today), _burden(task, turns)),
        Better.LESS,
    )


def _burden(task: RosterTask, turns: Iterable[Turn]) -> NDArray[np.float64]:
    carried, weights = burden(task, turns), task.weights
    return np.asarray(
        weights.night_spread * carried.nights
        + weights.weekend_spread * carried.weekends
        + weights.wish * carried.wishes,
        np.float64,
    )
