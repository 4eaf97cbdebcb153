"""Districts balanced by work, contiguous and compact: which station serves which zone.

Compact means little travel: the mean travel from station to work is the objective (Hess et al.,
Operations Research 13, 1965, with travel instead of squared distance). Contiguity in the exact
programme is a flow from each zone to its station within the district (T. Shirabe, Geographical
Analysis 37, 2005).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from dutyroom.rehearsal.optimise.district_search import search_districts
from dutyroom.rehearsal.optimise.district_task import Counts, DistrictTask
from dutyroom.rehearsal.optimise.effect import Better, Effect, effect_of
from dutyroom.rehearsal.optimise.program import (
    Effort,
    Limits,
    Method,
    Program,
    Progress,
    Solved,
    Status,
    relative_gap,
)
from dutyroom.rehearsal.optimise.region import UNREACHABLE_S

SMALL_TERMS: Final = 1_500
"""Stations x zones up to which the exact programme is tried."""


@dataclass(frozen=True, slots=True)
class ZoneChange:
    """A zone that would change hands, by index of its stations."""

    zone: int
    today: int
    proposed: int


@dataclass(frozen=True, slots=True)
class DistrictProposal:
    """``station_of`` [zones], ``loads`` [stations] in units of work.

    The effects are the objective (``district_cost_s``, losers are zones by travel), mean travel
    (the same losers), and the worst imbalance (losers are stations, further off their share).
    """

    station_of: tuple[int, ...]
    loads: tuple[float, ...]
    changes: tuple[ZoneChange, ...]
    effects: tuple[Effect, ...]
    effort: Effort


def propose_districts(
    task: DistrictTask,
    limits: Limits | None = None,
    *,
    method: Method = Method.AUTO,
    progress: Progress | None = None,
) -> DistrictProposal:
    """The districts with the least travel and imbalance; contiguous, each with its station's zone.

    The bound of a search is every zone at its nearest station, which knows no balance: where
    balance costs travel, the gap looks wider than it is.
    """
    limits = limits or Limits()
    owner = search_districts(task, limits, progress)
    bound, took_s = _nearest_s(task), 0.0
    gap = relative_gap(task.cost_s(owner), bound)
    small = task.travel_s.size <= SMALL_TERMS
    if gap > limits.gap and (method is Method.EXACT or (method is Method.AUTO and small)):
        solved = _solve(task, limits, progress)
        took_s = solved.effort.took_s
        if solved.found:
            found = solved.values[: task.travel_s.size].reshape(task.travel_s.shape).argmax(axis=0)
            if task.cost_s(found) < task.cost_s(owner):
                owner = found
        bound = max(bound, solved.effort.bound or 0.0)
    cost_s = task.cost_s(owner)
    bound = min(bound, cost_s)
    gap = relative_gap(cost_s, bound)
    status = Status.OPTIMAL if gap <= limits.gap else Status.FEASIBLE
    return DistrictProposal(
        tuple(owner.tolist()),
        tuple(task.loads(owner).tolist()),
        _changed(task, owner),
        _compared(task, owner),
        Effort(status, bound, gap, took_s),
    )


def _nearest_s(task: DistrictTask) -> float:
    nearest = task.seconds.min(axis=0)
    homes = list(task.homes)
    nearest[homes] = task.seconds[np.arange(len(homes)), homes]
    return float(nearest.sum())


def _solve(task: DistrictTask, limits: Limits, progress: Progress | None) -> Solved:
    """The first columns are [stations, zones]: whether the station serves the zone."""
    stations, zones = task.travel_s.shape
    program = Program()
    serves = program.columns(task.travel_s.size, cost=task.seconds.ravel()).reshape(stations, zones)
    program.terms(program.rows(zones, least=1, most=1), serves)
    homes = program.rows(stations, least=1)
    program.terms(homes, serves[np.arange(stations), list(task.homes)])
    beyond = program.columns(stations, cost=task.imbalance_s, upper=np.inf, whole=False)
    above, below = (
        program.rows(stations, most=1.0 + task.tolerance),
        program.rows(stations, least=1.0 - task.tolerance),
    )
    part = task.work / task.target[:, None]
    for rows, sign in ((above, -1.0), (below, 1.0)):
        program.terms(rows[:, None], serves, part)
        program.terms(rows, beyond, sign)
    pairs = [(one, other) for one, others in enumerate(task.neighbours) for other in others]
    for station, home in enumerate(task.homes):
        _flow_home(program, serves[station], pairs, home)
    return program.solve(limits, progress)


def _flow_home(program: Program, serves: Counts, pairs: list[tuple[int, int]], home: int) -> None:
    """Every zone that is served sends one unit of flow home, through zones that are served too."""
    zones = len(serves)
    flow = program.columns(len(pairs), upper=zones, whole=False)
    leaves, enters = np.array(pairs, np.int64).reshape(-1, 2).T
    sent, let_in = program.rows(zones, least=0), program.rows(zones, most=0)
    others = np.arange(zones) != home
    own = others[leaves]
    program.terms(sent[leaves[own]], flow[own])
    own = others[enters]
    program.terms(sent[enters[own]], flow[own], -1)
    program.terms(sent[others], serves[others], -1)
    program.terms(let_in[enters], flow)
    program.terms(let_in, serves, -(zones - 1.0))


def _changed(task: DistrictTask, owner: Counts) -> tuple[ZoneChange, ...]:
    if task.today is None:
        return ()
    return tuple(
        ZoneChange(zone, now, int(owner[zone]))
        for zone, now in enumerate(task.today)
        if now != owner[zone]
    )


def _compared(task: DistrictTask, owner: Counts) -> tuple[Effect, ...]:
    now = None if task.today is None else np.array(task.today, np.int64)
    at = np.arange(len(owner))
    travel_s = np.minimum(task.travel_s, UNREACHABLE_S)
    zones = None if now is None else (travel_s[now, at], travel_s[owner, at])
    off = task.imbalance(task.loads(owner))
    off_now = None if now is None else task.imbalance(task.loads(now))
    return (
        effect_of(
            "district_cost_s",
            Better.LESS,
            (None if now is None else task.cost_s(now), task.cost_s(owner)),
            "zone_travel_s",
            zones,
            Better.LESS,
        ),
        effect_of(
            "mean_travel_s",
            Better.LESS,
            (None if now is None else task.mean_travel_s(now), task.mean_travel_s(owner)),
            "zone_travel_s",
            zones,
            Better.LESS,
        ),
        effect_of(
            "worst_imbalance_share",
            Better.LESS,
            (None if off_now is None else float(off_now.max()), float(off.max())),
            "station_imbalance_share",
            None if off_now is None else (off_now, off),
            Better.LESS,
        ),
    )
